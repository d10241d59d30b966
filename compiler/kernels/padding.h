// What whole tiles have beyond the end of their data: put there before, cut off after.
#ifndef DLC_COMPILER_KERNELS_PADDING_H
#define DLC_COMPILER_KERNELS_PADDING_H

#include "mlir/IR/Builders.h"

namespace dlc {

/// `x` with `missing[d]` more elements at the end of each dimension; a constant pad that makes `x`
/// is made larger, otherwise they are zeros.
mlir::Value padAtEnd(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x,
                     llvm::ArrayRef<int64_t> missing);

/// The first `sizes` elements of each dimension of `x`, a tensor of type `type`; `x` itself where
/// that is its type.
mlir::Value cutAtEnd(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x, mlir::Type type,
                     llvm::ArrayRef<mlir::OpFoldResult> sizes);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_PADDING_H
