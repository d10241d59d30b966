// What nn-quantize knows of quantised tensors: which values are one number, and which are
// `scale * (bytes - zero)`.
#ifndef DLC_COMPILER_GRAPH_QUANTIZED_H
#define DLC_COMPILER_GRAPH_QUANTIZED_H

#include "compiler/graph/graph.h"

#include <optional>

namespace dlc::quantized {

//===-- Constants --===//

inline mlir::Type elementOf(mlir::Value value) {
  return mlir::getElementTypeOrSelf(value.getType());
}
inline bool isByte(mlir::Type type) { return type.isInteger(8); }
inline bool isOne(mlir::Value value) { return nn::product(nn::dimsOf(value.getType())).isOne(); }

/// uniform(), where it is an integer.
std::optional<int64_t> uniformInteger(mlir::Value value);
/// Whether all elements of both are the same number.
bool sameNumber(mlir::Value a, mlir::Value b);

/// Every element `number`; a scalar unless `dims` says otherwise.
mlir::Value constant(mlir::OpBuilder &b, mlir::Location loc, mlir::Type element, double number,
                     llvm::ArrayRef<int64_t> dims = {});
mlir::Value castTo(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value, mlir::Type to);
/// value + number, which may meet a constant that is added already.
mlir::Value shifted(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value, int64_t number);

//===-- Bytes --===//

mlir::Type byteType(mlir::MLIRContext *context, bool isUnsigned);
/// The i8 tensor that is 128 less than a ui8 one.
mlir::Value toSigned(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value);
/// The ui8 tensor of which `value` is toSigned, or null.
mlir::Value unsignedSource(mlir::Value value);

/// A tensor that is `scale * (bytes - zero)`, seen through `views` (outermost first).
struct Bytes {
  mlir::Value bytes;
  mlir::Value zero; ///< i32; null: `number`
  int64_t number = 0;
  llvm::SmallVector<mlir::Value> scales; ///< factors
  llvm::SmallVector<mlir::Operation *> views;

  bool isPerTensor() const;
  /// The zero point, where it is known.
  std::optional<int64_t> knownZero() const { return zero ? uniformInteger(zero) : number; }
  /// The zero point plus `offset`, null where that is 0.
  mlir::Value zeroPoint(mlir::OpBuilder &b, mlir::Location loc, int64_t offset) const;
  /// Whether a zero point or scale has all its elements along dimension `axis` of the tensor as it
  /// is seen.
  bool liesAlong(mlir::Value value, int64_t axis) const;
  /// The bytes as they are seen.
  mlir::Value seen(mlir::OpBuilder &b, mlir::Location loc) const;
  /// A zero point or scale with the rank of the tensor, as it is seen.
  mlir::Value parameter(mlir::OpBuilder &b, mlir::Location loc, mlir::Value value) const;
};

/// Whether `value` is such a tensor.
bool matchBytes(mlir::Value value, Bytes &result);

//===-- Steps of the pass --===//

/// Products of dequantised tensors become products of integers (step 2); with `exactOnly` where
/// that changes no rounding.
void addProductPatterns(mlir::RewritePatternSet &patterns, bool exactOnly);

} // namespace dlc::quantized

#endif // DLC_COMPILER_GRAPH_QUANTIZED_H
