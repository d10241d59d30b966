// What operators on quantised tensors share. A quantised tensor stands for scale * (q - zero
// point).
#ifndef DLC_COMPILER_IMPORT_QUANTIZATION_H
#define DLC_COMPILER_IMPORT_QUANTIZATION_H

#include "compiler/import/node_context.h"

namespace dlc {

inline mlir::Value add(NodeContext &n, mlir::Value a, mlir::Value b) {
  return n.create<nn::AddOp>(a, b);
}
inline mlir::Value sub(NodeContext &n, mlir::Value a, mlir::Value b) {
  return n.create<nn::SubOp>(a, b);
}
inline mlir::Value mul(NodeContext &n, mlir::Value a, mlir::Value b) {
  return n.create<nn::MulOp>(a, b);
}
inline mlir::Value div(NodeContext &n, mlir::Value a, mlir::Value b) {
  return n.create<nn::DivOp>(a, b);
}
inline mlir::Type f32(NodeContext &n) { return n.builder().getF32Type(); }
inline mlir::Type i32(NodeContext &n) { return n.builder().getI32Type(); }

/// Integers of 2 to 32 bits.
bool isQuantized(mlir::Type type);
/// Reports inputs that are there and not quantised.
bool checkQuantized(NodeContext &n, llvm::ArrayRef<unsigned> inputs);

/// Input i without dimensions; reported unless it has one element.
mlir::Value oneNumber(NodeContext &n, unsigned i);
/// The same for a scale, which must be f32.
mlir::Value oneScale(NodeContext &n, unsigned i);

/// Input i without dimensions where it has one element; else it is a vector of parameters, one for
/// each column of a matrix.
mlir::Value columnParameter(NodeContext &n, unsigned i);

/// round(x) + zero point, clamped to the integer type; x is of type f32. The zero point may be
/// null.
mlir::Value saturate(NodeContext &n, mlir::Value x, mlir::Value zeroPoint, mlir::Type to);
/// q - zero point as i32. The zero point may be null.
mlir::Value centred(NodeContext &n, mlir::Value q, mlir::Value zeroPoint);
/// The same for inputs. A vector of zero points has one for each row (`perRow`) or column of the
/// matrix.
mlir::Value centred(NodeContext &n, unsigned input, unsigned zeroPoint, bool perRow);
/// scale * (q - zero point) as f32.
mlir::Value dequantize(NodeContext &n, mlir::Value q, mlir::Value scale, mlir::Value zeroPoint);

/// numpy's matmul of i32 tensors.
mlir::Value integerProduct(NodeContext &n, mlir::Value lhs, mlir::Value rhs);

/// A tensor of f32 as ui8, with the scale that its own range asks for.
struct DynamicallyQuantized {
  mlir::Value bytes, scale, zeroPoint;
};
DynamicallyQuantized quantizeDynamically(NodeContext &n, mlir::Value x);

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_QUANTIZATION_H
