// A local, trivial form of kernel-specialize: every tensor of an outlined kernel.func becomes a
// memref argument.
#ifndef DLC_TEST_KERNEL_CHECK_SPECIALIZE_H
#define DLC_TEST_KERNEL_CHECK_SPECIALIZE_H

#include "dialects/kernel/kernel.h"

namespace dlc::test {

/// Inserts the specialised form of `func` beside it. Layouts are dense, or, with `strided`, have
/// dynamic strides (inner dimension 1).
kernel::FuncOp specialize(kernel::FuncOp func, bool strided);

} // namespace dlc::test

#endif // DLC_TEST_KERNEL_CHECK_SPECIALIZE_H
