// Packing for products of bytes: processors multiply neighbouring pairs and add the products to one
// i32, four of bytes (vpdpbusd, sdot) or two of 16-bit integers (vpmaddwd), so that d steps of the
// reduction lie side by side; the schedule says how many (`dot = d`).
//
// For `out[.., n] += x[.., t.., k] * w[.., n, t.., k]` the packed form of w is [.., no, t.., kd,
// ni, d] with k = d * kd + r, zero where n or k ends; x is seen as [.., t.., kd, d], padded where k
// is no multiple of d. Where x is a window over few channels, [.., W, C] with W = stride * o +
// kx, the taps kx and the channels are one run of C * kx bytes: k is that run then, and x is [.., W
// * C].
//
// Runs that are no multiple of d bytes waste a part of each last step. Where that is much, k is the
// runs of all rows of the window, one after the other, and x a copy of them for each output:
// [.., o_y, o_x, k].
//
// For pairs x is widened to 16 bits before the sums: each of its elements serves many columns, and
// a pair of them is one load then. The weights stay bytes: a vector of them is widened as it is
// loaded, for all rows of the tile.
#ifndef DLC_COMPILER_KERNELS_PACK_DOT_H
#define DLC_COMPILER_KERNELS_PACK_DOT_H

#include "dialects/kernel/kernel.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

#include <optional>

namespace dlc {

struct DotPlan {
  unsigned argument = 0; ///< of the kernel: the operand that is packed
  int64_t panel = 0;     ///< columns of a panel
  int64_t depth = 0;     ///< of k
  int64_t terms = 0;     ///< d
  int64_t piece = 0;     ///< of k, that comes from one row of x; 0: k is no copy
  unsigned column = 0;   ///< position of n in the operand
  /// Positions of its other dimensions: parallel ones, reductions outside k, those that make up k.
  llvm::SmallVector<unsigned> outer, taps, run;
  int64_t groups() const { return (depth + terms - 1) / terms; }
};

/// How the kernel's contraction wants its weights by a schedule that says `dot = d`; nullopt where
/// that cannot be.
std::optional<DotPlan> planDotPacking(kernel::FuncOp func);

/// Rewrites the kernel for the packed operand.
void applyDotPacking(kernel::FuncOp func, const DotPlan &plan);

/// Emits the packing of `weights` as linalg; `ops` receives what can be outlined as one kernel.
mlir::Value buildDotPack(mlir::OpBuilder &builder, mlir::Value weights, const DotPlan &plan,
                         llvm::SmallVectorImpl<mlir::Operation *> &ops);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_PACK_DOT_H
