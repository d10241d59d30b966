// Data that whole tiles need, beyond its end.
#ifndef DLC_COMPILER_KERNELS_PADDING_H
#define DLC_COMPILER_KERNELS_PADDING_H

#include "mlir/IR/Builders.h"

namespace dlc {

/// `x` with `missing[d]` more elements at the end of each dimension; a constant pad that makes `x`
/// is made larger, otherwise they are zeros.
mlir::Value padAtEnd(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x,
                     llvm::ArrayRef<int64_t> missing);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_PADDING_H
