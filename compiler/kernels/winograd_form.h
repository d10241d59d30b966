// The form of a stride-1 convolution after kernel-winograd: what is planned, and the linalg of it.
//
// In two dimensions, with a = m + r - 1, tiles (ty, tx) of m x m outputs and a x a inputs that
// overlap by r - 1, the kernel is five generics:
//   T[i, q, n, ty, tx, c] = sum over p of B^T[i, p] * x[n, m*ty + p, m*tx + q, c]
//   V[i, j, n, ty, tx, c] = sum over q of B^T[j, q] * T[i, q, n, ty, tx, c]
//   M[i, j, n, ty, tx, co] = sum over c of V[i, j, n, ty, tx, c] * U[i, j, c, co]
//   P[r, j, n, ty, tx, co] = sum over i of A^T[r, i] * M[i, j, n, ty, tx, co]
//   Y[n, ty, r, tx, s, co] = sum over j of A^T[s, j] * P[r, j, n, ty, tx, co]
// In one dimension, with taps d apart, tile (t, f) has the m outputs (m*t + s) * d + f, T and P
// fall away, and j is 0:
//   V[i, j, n, t, f, c] = sum over p of B^T[i, p] * x[n, (m*t + p) * d + f, c]
//   M[i, j, n, t, f, co] as above
//   Y[n, t, s, f, co] = sum over i of A^T[s, i] * M[i, 0, n, t, f, co]
// V (T), P and Y take the a values of their sum as a operands (the same tensor, with constants in
// the maps); their bodies compute all rows with shared terms and select by the loop index, which
// folds where that loop is unrolled. U = G g G^T, or G g, is a constant of the caller. Matrices: A.
// Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2015.
#ifndef DLC_COMPILER_KERNELS_WINOGRAD_FORM_H
#define DLC_COMPILER_KERNELS_WINOGRAD_FORM_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/Support/MathExtras.h"

namespace dlc {

struct WinogradPlan {
  mlir::linalg::LinalgOp op;
  mlir::OpOperand *data = nullptr, *filter = nullptr;
  int64_t tile = 0;                ///< m
  int64_t taps = 0;                ///< r
  int64_t sides = 2;               ///< dimensions of the window
  int64_t dilation = 1;            ///< d, of one dimension
  mlir::Type given;                ///< elements of the filter
  mlir::Type stored;               ///< elements of the transformed filter
  int64_t height = 1, width = 0;   ///< of the output; the length is a width
  int64_t inputs = 0, outputs = 0; ///< channels
  /// Of co, ci, and the taps (of rows, then columns) in the filter.
  llvm::SmallVector<unsigned> positions;
  int64_t alpha() const { return tile + taps - 1; }
  int64_t tilesY() const { return llvm::divideCeil(sides == 1 ? width : height, tile * dilation); }
  int64_t tilesX() const { return sides == 1 ? dilation : llvm::divideCeil(width, tile); }
};

/// Whether there are matrices for F(tile, taps): four points (0, 1, -1, infinity) or six.
bool isWinogradKnown(int64_t tile, int64_t taps);

/// The shape of the transformed filter, [i, j, ci, co].
llvm::SmallVector<int64_t> winogradFilterShape(const WinogradPlan &plan);

/// Replaces the convolution; `filter` is the transformed one.
void buildWinograd(mlir::IRRewriter &rewriter, WinogradPlan &plan, mlir::Value filter);

/// U of a filter; of the plan only what does not lie in a kernel is used. `ops` receives what can
/// be outlined as kernels.
mlir::Value buildWinogradFilter(mlir::OpBuilder &builder, mlir::Value filter,
                                const WinogradPlan &plan,
                                llvm::SmallVectorImpl<mlir::Operation *> &ops);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_WINOGRAD_FORM_H
