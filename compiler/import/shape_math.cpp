#include "compiler/import/shape_math.h"

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {

Dim nonNegative(const Dim &dim) { return dim.provablyNonNegative() ? dim : Dim::max(dim, Dim(0)); }

Value ShapeMath::scalar(int64_t value) {
  auto type = RankedTensorType::get({}, n.builder().getI64Type());
  return n.constant(DenseElementsAttr::get(type, value));
}

Value ShapeMath::reduce(Value value, nn::ReduceKind kind, ArrayRef<int64_t> axes) {
  return n.create<nn::ReduceOp>(value, nn::ReduceKindAttr::get(n.context(), kind),
                                n.builder().getDenseI64ArrayAttr(axes), /*keepdims=*/UnitAttr());
}

Value ShapeMath::positions(int64_t count) {
  return n.ok() ? n.intsConstant(llvm::to_vector(llvm::seq<int64_t>(0, count))) : Value();
}

Value ShapeMath::countBefore(Value mask, int64_t rank) {
  if (!n.ok())
    return {};
  Value counted = n.create<nn::AndOp>(less(positions(rank), column(rank)), mask);
  return sum(i64(counted), 1);
}

Value ShapeMath::truePositions(Value mask) {
  if (!n.ok())
    return {};
  Dim size = nn::dimOf(mask.getType(), 0);
  Value ones = i64(mask), total = sum(ones, 0);
  Value before = n.create<nn::CumulativeOp>(ones, nn::ReduceKind::Sum, uint64_t(0),
                                            /*exclusive=*/true, /*reverse=*/false);
  if (!n.ok())
    return {};
  FailureOr<nn::ShapeValue> count = n.elementsOrBind(total);
  if (failed(count))
    return {};
  // Each position is written where it belongs; those of false elements into one more place.
  Dim found = (*count)[0];
  Value last = n.dimsTensor({found}, {}, n.builder().getI64Type());
  Value places = n.expand(number(0), {found + Dim(1)});
  Value filled =
      n.create<nn::ScatterElementsOp>(places, where(mask, before, last), n.iota({size}, 0),
                                      uint64_t(0), nn::ScatterReduction::None);
  return n.slice(filled, 0, Dim(0), found);
}

/// [rank, k]: whether axis k is position i.
Value ShapeMath::hits(Value axes, int64_t rank) {
  Value normal = fromEnd(i64(axes), number(rank));
  return equal(column(rank), normal);
}

Value ShapeMath::spread(Value values, Value axes, int64_t rank, int64_t otherwise) {
  if (!n.ok())
    return {};
  Value chosen = where(hits(axes, rank), sub(i64(values), number(otherwise)), number(0));
  return n.ok() ? add(sum(chosen, 1), number(otherwise)) : Value();
}

Value ShapeMath::isAmong(Value axes, int64_t rank) {
  if (!n.ok())
    return {};
  Value count = sum(i64(hits(axes, rank)), 1);
  return n.ok() ? less(number(0), count) : Value();
}

} // namespace dlc
