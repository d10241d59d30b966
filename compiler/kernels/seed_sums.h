// Sums that begin with what is added to them.
//
// `y[.., n] = f(b[n] + sum_k x[.., k] * w[n, k])`: where the sum is followed by the addition of a
// vector along its columns (a bias, the correction for a zero point), the vector is what the
// accumulators begin with, instead of zero. That saves an operation for each element of the
// result, which is a tenth of a sum of 16 terms. Integers stay exact; floats are added in another
// order.
#ifndef DLC_COMPILER_KERNELS_SEED_SUMS_H
#define DLC_COMPILER_KERNELS_SEED_SUMS_H

#include "dialects/kernel/kernel.h"

namespace dlc {

/// Rewrites the kernel's contraction, packed or not, and the elementwise op that follows it.
/// Nothing happens where they do not have that form.
void seedSums(kernel::FuncOp func);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_SEED_SUMS_H
