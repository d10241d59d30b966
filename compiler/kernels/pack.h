// Packing the weights of a contraction: the operand is read as panels of as many columns as the
// schedule's innermost tile has, each panel contiguous in the order in which the kernel reads it.
//
// For `out[.., n] += x[.., k..] * w[.., n, k..]` the packed form of w is [.., no, k.., ni] with n =
// no * panel + ni, zero where n ends. The contraction then has the two parallel loops (no, ni), and
// a collapse_shape (and a slice, where the last panel is not full) after it, so that it is still
// recognised as a contraction. Where n is shared by both operands (depthwise), w is transposed to
// [k.., n] and the contraction keeps its loops.
#ifndef DLC_COMPILER_KERNELS_PACK_H
#define DLC_COMPILER_KERNELS_PACK_H

#include "dialects/kernel/kernel.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

#include <optional>

namespace dlc {

/// The kernel's one contraction, or null.
mlir::linalg::LinalgOp contractionOf(kernel::FuncOp func);

struct PackPlan {
  unsigned argument = 0;             ///< of the kernel: the operand that is packed
  int64_t panel = 0;                 ///< columns of a panel; 0 where dimensions are only reordered
  unsigned column = 0;               ///< position of n in the operand
  llvm::SmallVector<unsigned> order; ///< operand dimensions in packed order; n stands for ni, and
                                     ///< no is put before the reductions
  unsigned outerPosition = 0;        ///< where no goes in the packed form
  bool paysInRun = false;            ///< also where the operand is computed in each run
};

/// How the kernel's contraction wants its weights, by its schedule; nullopt where there is nothing
/// to pack.
std::optional<PackPlan> planPacking(kernel::FuncOp func);

/// The packed form of a tensor of this type.
mlir::RankedTensorType packedType(const PackPlan &plan, mlir::RankedTensorType type);

/// Rewrites the kernel for the packed operand.
void applyPacking(kernel::FuncOp func, const PackPlan &plan);

/// Ends such a rewriting: `result`, which may have more columns, takes the place of the contraction
/// `op`; what only that needed goes, and the type of the function follows from its arguments.
void replacePacked(mlir::IRRewriter &rewriter, mlir::linalg::LinalgOp op, mlir::Value result);

/// Emits the packing of `weights` as linalg; `ops` receives what can be outlined as one kernel.
mlir::Value buildPack(mlir::OpBuilder &builder, mlir::Value weights, const PackPlan &plan,
                      llvm::SmallVectorImpl<mlir::Operation *> &ops);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_PACK_H
