// What the kernels floor and the backends ask about the body of a kernel.
#ifndef DLC_DIALECTS_KERNEL_PLACES_H
#define DLC_DIALECTS_KERNEL_PLACES_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

#include <optional>

namespace dlc {

/// Whether each element of the kernel's results that depends on `value` depends on the element of
/// `value` at the same place alone, apart from dimensions of size 1: what lies between is
/// elementwise, reshapes that add or drop units, and slices that start at 0. Then a tile of the
/// result needs the same tile of `value`.
bool reachesOutput(mlir::Value value);

/// The width of the panels of a packed contraction (see pack.h), whose columns are its last two
/// dimensions and are joined by its one user; none if it is not packed.
std::optional<int64_t> panelOf(mlir::linalg::LinalgOp op);

/// Whether the op sums products of bytes in i32; they may have been widened to i16 (pack_dot.h).
bool multipliesBytes(mlir::linalg::LinalgOp op);

} // namespace dlc

#endif // DLC_DIALECTS_KERNEL_PLACES_H
