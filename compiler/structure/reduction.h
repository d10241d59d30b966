// What reductions, normalizations, pooling and convolutions share at this floor: accumulators,
// reductions over axes, padding.
#ifndef DLC_COMPILER_STRUCTURE_REDUCTION_H
#define DLC_COMPILER_STRUCTURE_REDUCTION_H

#include "compiler/structure/structure.h"

namespace dlc {

/// The type in which sums of `element` (signless) are kept: f32 for half floats.
mlir::Type accumulatorType(mlir::Type element);
/// A float scalar in that type: half floats are extended.
mlir::Value extend(mlir::OpBuilder &b, mlir::Location loc, mlir::Value scalar);
/// A scalar constant of a signless or float type, at the builder's position (bodies do not capture
/// constants).
mlir::Value constantOf(mlir::OpBuilder &b, mlir::Location loc, mlir::Type type, double value);
/// What a reduction of nothing gives.
mlir::Value identityOf(mlir::OpBuilder &b, mlir::Location loc, nn::ReduceKind kind, mlir::Type type,
                       bool isUnsigned);
/// `sum` joined with `x`, both of the accumulator type. Means are summed.
mlir::Value join(mlir::OpBuilder &b, mlir::Location loc, nn::ReduceKind kind, bool isUnsigned,
                 mlir::Value sum, mlir::Value x);

/// The map from loops over all of `rank` dimensions to those that are not in `axes`.
mlir::AffineMap keptDims(mlir::MLIRContext *context, unsigned rank, llvm::ArrayRef<int64_t> axes);
/// The dimensions that are not in `axes`.
llvm::SmallVector<nn::Dim> dropDims(llvm::ArrayRef<nn::Dim> dims, llvm::ArrayRef<int64_t> axes);

/// The maps by which loops over all of `rank` dimensions read `inputs`: tensors of that rank, or of
/// the kept dimensions.
llvm::SmallVector<mlir::AffineMap> readingMaps(mlir::ValueRange inputs, unsigned rank,
                                               llvm::ArrayRef<int64_t> axes);

/// Folds `inputs` (tensors of shape `dims`, or of the kept dimensions)
/// over `axes`: a tensor of type `init` of the kept dimensions. `body` sees one scalar an input and
/// the running value.
mlir::Value foldAxes(Lowering &lowering, mlir::ValueRange inputs, llvm::ArrayRef<nn::Dim> dims,
                     llvm::ArrayRef<int64_t> axes, mlir::Value init, Lowering::Body body);
/// Joins the elements of `x` along `axes`; in the accumulator type, without the reduced dimensions.
/// A mean is divided.
mlir::Value reduceAxes(Lowering &lowering, mlir::Value x, llvm::ArrayRef<nn::Dim> dims,
                       llvm::ArrayRef<int64_t> axes, nn::ReduceKind kind, bool isUnsigned);
/// Elements divided by `count`, which is at least 1 for integers.
mlir::Value divideBy(Lowering &lowering, mlir::Value tensor, mlir::OpFoldResult count,
                     bool isUnsigned);

/// Whether `x` takes the place of `best` as the largest (`smallest`: smallest) element; equal ones
/// do with `last` only. NaN is the extreme.
mlir::Value exceeds(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x, mlir::Value best,
                    bool smallest, bool last, bool isUnsigned);
/// i64 position of the largest (`smallest`: smallest) element along `axis`, the first (`last`:
/// last) one; without that dimension.
mlir::Value extremePositions(Lowering &lowering, mlir::Value x, llvm::ArrayRef<nn::Dim> dims,
                             int64_t axis, bool smallest, bool last, bool isUnsigned);

/// Pads (or, where negative, cuts) the spatial dimensions of `x`, whose shape `dims` is updated.
/// They begin at 2, with `last` at 1.
mlir::Value padSpatial(Lowering &lowering, mlir::Value x, llvm::SmallVectorImpl<nn::Dim> &dims,
                       llvm::ArrayRef<nn::Dim> low, llvm::ArrayRef<nn::Dim> high, bool last,
                       mlir::Value scalar);
/// The same for the padding of a window.
mlir::Value padWindow(Lowering &lowering, mlir::Value x, llvm::SmallVectorImpl<nn::Dim> &dims,
                      nn::WindowAttr window, bool last, mlir::Value scalar);

/// out[n, co, p] = sum over ci, k of x[n, ci, p * stride + k * dilation] * filter[co, ci, k]; `x`
/// is padded already. `body` adds a product (its operands: of x, of the filter, the running sum).
mlir::Value convolve(Lowering &lowering, mlir::Value x, llvm::ArrayRef<nn::Dim> in,
                     mlir::Value filter, llvm::ArrayRef<nn::Dim> w, llvm::ArrayRef<nn::Dim> out,
                     mlir::Type sumType, llvm::ArrayRef<int64_t> stride,
                     llvm::ArrayRef<int64_t> dilation, int64_t groups, bool last,
                     Lowering::Body body);

/// The sum over k of products of matrices; `body` as for convolve.
mlir::Value multiply(Lowering &lowering, mlir::Value lhs, llvm::ArrayRef<nn::Dim> lhsDims,
                     bool transposeLhs, mlir::Value rhs, llvm::ArrayRef<nn::Dim> rhsDims,
                     bool transposeRhs, llvm::ArrayRef<nn::Dim> out, mlir::Type sumType,
                     Lowering::Body body);

} // namespace dlc

#endif // DLC_COMPILER_STRUCTURE_REDUCTION_H
