// What the heuristics look at in a kernel: its heaviest reduction, how much it works, and whether
// the dimensions of that reduction are those of the output.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_ANALYZE_H
#define DLC_COMPILER_CODEGEN_HALIDE_ANALYZE_H

#include "compiler/codegen/halide/describe.h"
#include "compiler/kernels/backend.h"

namespace dlc::halide {

inline constexpr int64_t kUnknownExtent = 64; ///< what a dynamic extent is taken for

/// The extent, or the guess.
int64_t known(int64_t extent);
/// Product of the ranges of the loops, at most 2^50.
int64_t workOf(mlir::linalg::LinalgOp op);

struct KernelInfo {
  const TargetInfo &target;
  /// Of what is tiled: the first output, or the root's result where `apart`; dynamic extents
  /// guessed.
  llvm::SmallVector<int64_t> shape;
  llvm::SmallVector<bool> isStatic;
  mlir::linalg::LinalgOp root; ///< the heaviest reduction; null where all is elementwise
  Role role = Role::Plain;
  int64_t work = 0; ///< scalar operations, roughly
  int64_t bits = 32;
  /// Where an operand is read across its rows while the result is written along its own: the
  /// dimensions of the result, but for the last one, in the order in which that operand has them.
  llvm::SmallVector<int64_t> across;
  /// The root's result does not reach the (only) output dimension by dimension.
  bool apart = false;
  /// m, where the root is the products of a convolution in Winograd's form.
  int64_t winograd = 0;

  /// Position of the innermost dimension that is not 1 (the last one where all are), and of those
  /// above it; -1: there are no more.
  int64_t dimension(unsigned above) const;
};

KernelInfo analyze(kernel::FuncOp func, const TargetInfo &target);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_ANALYZE_H
