// Operators whose results follow from comparing positions: Range, EyeLike, Trilu, OneHot.
#include "compiler/import/registry.h"
#include "compiler/import/shape_math.h"

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {
namespace {

/// The number of elements of start, start + delta, ... before limit.
FailureOr<Dim> rangeLength(NodeContext &n, Value start, Value limit, Value delta) {
  ShapeMath m{n};
  Type element = n.elementType(0);
  Value span = m.sub(limit, start);
  if (isa<FloatType>(element)) {
    Type wide = n.builder().getF64Type();
    Value steps = m.div(n.castTo(span, wide), n.castTo(delta, wide));
    span = m.i64(n.create<nn::CeilOp>(steps));
  } else {
    std::optional<nn::ShapeValue> known =
        n.ok() ? n.elements(span) : std::optional<nn::ShapeValue>();
    std::optional<SmallVector<int64_t>> step = n.constantInts(2);
    if (step && (*step)[0] == 0)
      return n.error("delta is 0");
    if (known && step && (*step)[0] != INT64_MIN)
      return nonNegative((*step)[0] > 0 ? Dim::ceilDiv((*known)[0], (*step)[0])
                                        : Dim::ceilDiv(Dim(0) - (*known)[0], -(*step)[0]));
    // Division rounds towards zero; up where signs agree and there is a rest.
    Value wide = m.i64(span), by = m.i64(delta), quotient = m.div(wide, by);
    Value rest = m.sub(wide, m.mul(quotient, by));
    Value sameSign =
        m.less(m.number(0), m.mul(n.create<nn::SignOp>(wide), n.create<nn::SignOp>(by)));
    Value isRest = n.create<nn::NotOp>(m.equal(rest, m.number(0)));
    span = m.add(quotient, m.i64(n.create<nn::AndOp>(isRest, sameSign)));
  }
  Value count = m.max(span, m.number(0));
  if (!n.ok())
    return failure();
  FailureOr<nn::ShapeValue> bound = n.elementsOrBind(count);
  return failed(bound) ? FailureOr<Dim>(failure()) : FailureOr<Dim>((*bound)[0]);
}

LogicalResult buildRange(NodeContext &n) {
  if (!n.sameElementType(0, 1) || !n.sameElementType(0, 2))
    return failure();
  for (unsigned i : {0, 1, 2})
    if (n.type(i).getRank() > 1 || !n.type(i).hasStaticShape() || n.type(i).getNumElements() != 1)
      return n.error(n.inputName(i) + " must be a scalar");
  Value start = n.reshape(n.input(0), ArrayRef<Dim>{}),
        limit = n.reshape(n.input(1), ArrayRef<Dim>{}),
        delta = n.reshape(n.input(2), ArrayRef<Dim>{});
  FailureOr<Dim> length = rangeLength(n, start, limit, delta);
  if (failed(length))
    return failure();
  ShapeMath m{n};
  Value steps = n.castTo(n.iota({*length}, 0), n.elementType(0));
  return n.result(m.add(start, m.mul(steps, delta)));
}

/// Row and column numbers of the last two dimensions, [R, 1] and [C].
std::pair<Value, Value> rowsAndColumns(NodeContext &n, ArrayRef<Dim> dims) {
  Dim rows = dims[dims.size() - 2], columns = dims.back();
  return {n.iota({rows, Dim(1)}, 0), n.iota({columns}, 0)};
}

LogicalResult buildEyeLike(NodeContext &n) {
  if (n.rank(0) != 2)
    return n.error("input must have two dimensions");
  Type element = n.hasAttr("dtype") ? n.typeAttr("dtype", 1) : n.elementType(0);
  int64_t k = n.intAttr("k", 0);
  if (!n.ok())
    return failure();
  ShapeMath m{n};
  auto [rows, columns] = rowsAndColumns(n, n.shape(0));
  return n.result(n.castTo(m.equal(m.add(rows, m.number(k)), columns), element));
}

LogicalResult buildTrilu(NodeContext &n) {
  if (n.rank(0) < 2)
    return n.error("input must have at least two dimensions");
  bool upper = n.intAttr("upper", 1);
  ShapeMath m{n};
  Value k = n.hasInput(1) ? m.i64(n.reshape(n.input(1), ArrayRef<Dim>{})) : m.number(0);
  auto [rows, columns] = rowsAndColumns(n, n.shape(0));
  Value diagonal = m.add(rows, k);
  Value kept = upper ? m.lessEqual(diagonal, columns) : m.lessEqual(columns, diagonal);
  return n.result(m.where(kept, n.input(0), n.scalar(0, n.elementType(0))));
}

LogicalResult buildOneHot(NodeContext &n) {
  if (n.type(1).getRank() > 1 || !n.type(1).hasStaticShape() || n.type(1).getNumElements() != 1)
    return n.error("depth must be a scalar");
  if (n.rank(2) != 1 || n.shape(2)[0].constant().value_or(2) != 2)
    return n.error("values must have two entries, off and on");
  ShapeMath m{n};
  int64_t rank = n.rank(0) + 1, axis = n.axisAttr("axis", -1, rank);
  if (!n.ok())
    return failure();
  Value depth = m.i64(n.reshape(n.input(1), ArrayRef<Dim>{})), indices = m.i64(n.input(0));
  if (!n.ok())
    return failure();
  FailureOr<nn::ShapeValue> size = n.elementsOrBind(depth);
  if (failed(size))
    return failure();
  SmallVector<Dim> spread = n.shape(0), line(rank - axis, Dim(1));
  spread.insert(spread.begin() + axis, Dim(1));
  line[0] = (*size)[0];
  Value wanted = n.reshape(m.fromEnd(indices, depth), spread);
  Value hit = m.equal(wanted, n.iota(line, 0));
  auto entry = [&](int64_t i) {
    return n.reshape(n.slice(n.input(2), 0, Dim(i), Dim(1)), ArrayRef<Dim>{});
  };
  Value off = entry(0), on = entry(1);
  return n.result(m.where(hit, on, off));
}

} // namespace

ArrayRef<OpRow> positionRows() {
  static const OpRow rows[] = {
      {"", "EyeLike", 9, buildEyeLike, "input", "output"},
      {"", "OneHot", 9, buildOneHot, "indices depth values", "output"},
      {"", "Range", 11, buildRange, "start limit delta", "output"},
      {"", "Trilu", 14, buildTrilu, "input k?", "output"},
  };
  return rows;
}

} // namespace dlc
