// Packing for products of bytes: processors multiply four neighbouring pairs and add the products
// to one i32 (vpdpbusd, vpmaddwd, sdot), so that four steps of the reduction lie side by side.
//
// For `out[.., n] += x[.., t.., k] * w[.., n, t.., k]` the packed form of w is [.., no, t.., k4,
// ni, 4] with k = 4 * k4 + r, zero where n or k ends; x is seen as [.., t.., k4, 4], padded where k
// is no multiple of four. Where x is a window over few channels, [.., W, C] with W = stride * o +
// kx, the taps kx and the channels are one run of C * kx bytes: k is that run then, and x is [.., W
// * C].
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
  unsigned column = 0;   ///< position of n in the operand
  /// Positions of its other dimensions: parallel ones, reductions outside k, those that make up k.
  llvm::SmallVector<unsigned> outer, taps, run;
  int64_t quads() const { return (depth + 3) / 4; }
};

/// How the kernel's contraction wants its weights by a schedule that says `dot`; nullopt where that
/// cannot be.
std::optional<DotPlan> planDotPacking(kernel::FuncOp func);

/// Rewrites the kernel for the packed operand.
void applyDotPacking(kernel::FuncOp func, const DotPlan &plan);

/// Emits the packing of `weights` as linalg; `ops` receives what can be outlined as one kernel.
mlir::Value buildDotPack(mlir::OpBuilder &builder, mlir::Value weights, const DotPlan &plan,
                         llvm::SmallVectorImpl<mlir::Operation *> &ops);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_PACK_DOT_H
