// Windows that slide over an operand: `step * loop + dilation * tap`.
#ifndef DLC_COMPILER_KERNELS_WINDOW_H
#define DLC_COMPILER_KERNELS_WINDOW_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

#include <optional>

namespace dlc {

struct Window {
  unsigned loop = 0; ///< the parallel loop that moves it
  unsigned tap = 0;  ///< the reduction inside it
  int64_t step = 1, dilation = 1;
  /// Whether its taps are neighbours.
  bool isDense() const { return dilation == 1; }
};

/// The window that an operand of `op` reads at position `expr`.
std::optional<Window> windowOf(mlir::AffineExpr expr, mlir::linalg::LinalgOp op);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_WINDOW_H
