// Normalizations as chains of generics: reductions over rows, and elementwise operations that read
// their results. Half floats are computed in f32 and rounded at the end.
#include "compiler/structure/reduction.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

/// Elementwise over the shape `dims`; inputs of lower rank are those of the kept dimensions. The
/// body's f32 is rounded to `element`.
static Value mapRows(Lowering &lowering, ValueRange inputs, ArrayRef<Dim> dims,
                     ArrayRef<int64_t> axes, Type element, Lowering::Body body) {
  return lowering.parallel(lowering.empty(lowering.sizes(dims), element), inputs,
                           readingMaps(inputs, dims.size(), axes),
                           [&](OpBuilder &b, Location loc, ValueRange s) {
                             SmallVector<Value> scalars;
                             for (Value scalar : s)
                               scalars.push_back(extend(b, loc, scalar));
                             Value result = body(b, loc, scalars);
                             return result.getType() == element
                                        ? result
                                        : Value(arith::TruncFOp::create(b, loc, element, result));
                           });
}

namespace {
struct SoftmaxStructure : StructureOpInterface::ExternalModel<SoftmaxStructure, nn::SoftmaxOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto softmax = cast<nn::SoftmaxOp>(op);
    SmallVector<Dim> dims = nn::dimsOf(softmax.getType());
    int64_t axis = softmax.getAxis();
    Type element = getElementTypeOrSelf(softmax.getType()), type = accumulatorType(element);
    Value x = lowering.get(softmax.getInput());
    Value max = reduceAxes(lowering, x, dims, axis, nn::ReduceKind::Max, false);
    auto shifted = [](OpBuilder &b, Location loc, ValueRange s) -> Value {
      return arith::SubFOp::create(b, loc, s[0], s[1]);
    };
    auto exponential = [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
      return math::ExpOp::create(b, loc, shifted(b, loc, s));
    };
    Value terms = mapRows(lowering, {x, max}, dims, axis, type, exponential);
    Value sum = reduceAxes(lowering, terms, dims, axis, nn::ReduceKind::Sum, false);
    // A division for each row, not for each element. The sum is 1 at least.
    auto inverse = [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
      return arith::DivFOp::create(b, loc, constantOf(b, loc, type, 1), s[0]);
    };
    if (!softmax.getLog())
      sum = mapRows(lowering, sum, dropDims(dims, axis), {}, type, inverse);
    Value result =
        softmax.getLog()
            ? mapRows(lowering, {x, max, sum}, dims, axis, element,
                      [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
                        return arith::SubFOp::create(b, loc, shifted(b, loc, s.take_front(2)),
                                                     math::LogOp::create(b, loc, s[2]));
                      })
            : mapRows(lowering, {terms, sum}, dims, axis, element,
                      [](OpBuilder &b, Location loc, ValueRange s) -> Value {
                        return arith::MulFOp::create(b, loc, s[0], s[1]);
                      });
    lowering.set(softmax.getOutput(), result);
    return success();
  }
};

struct HardmaxStructure : StructureOpInterface::ExternalModel<HardmaxStructure, nn::HardmaxOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto hardmax = cast<nn::HardmaxOp>(op);
    OpBuilder &b = lowering.builder;
    SmallVector<Dim> dims = nn::dimsOf(hardmax.getType());
    int64_t axis = hardmax.getAxis();
    Type element = getElementTypeOrSelf(hardmax.getType());
    Value position = extremePositions(lowering, lowering.get(hardmax.getInput()), dims, axis,
                                      /*smallest=*/false, /*last=*/false, false);
    Value result = lowering.parallel(
        lowering.empty(hardmax.getType()), position, keptDims(b.getContext(), dims.size(), axis),
        [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          Value at = arith::IndexCastOp::create(b, loc, b.getI64Type(),
                                                linalg::IndexOp::create(b, loc, axis));
          Value hit = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, at, s[0]);
          return arith::SelectOp::create(b, loc, hit, constantOf(b, loc, element, 1),
                                         constantOf(b, loc, element, 0));
        });
    lowering.set(hardmax.getOutput(), result);
    return success();
  }
};

struct NormalizeStructure
    : StructureOpInterface::ExternalModel<NormalizeStructure, nn::NormalizeOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto normalize = cast<nn::NormalizeOp>(op);
    SmallVector<Dim> dims = nn::dimsOf(normalize.getType());
    ArrayRef<int64_t> axes = normalize.getAxes();
    SmallVector<Dim> kept = dropDims(dims, axes);
    Type element = getElementTypeOrSelf(normalize.getType()), type = accumulatorType(element);
    double epsilon = normalize.getEpsilon().convertToDouble();
    Dim count(1);
    for (int64_t axis : axes)
      count = count * dims[axis];
    Value x = lowering.get(normalize.getInput());
    SmallVector<Value> centred = {x};
    if (!normalize.getRms())
      centred.push_back(reduceAxes(lowering, x, dims, axes, nn::ReduceKind::Mean, false));
    auto difference = [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
      return normalize.getRms() ? s[0] : Value(arith::SubFOp::create(b, loc, s[0], s[1]));
    };
    Value squares;
    if (axes.empty()) {
      squares = mapRows(lowering, centred, dims, axes, type,
                        [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
                          Value d = difference(b, loc, s);
                          return arith::MulFOp::create(b, loc, d, d);
                        });
    } else {
      squares = foldAxes(
          lowering, centred, dims, axes, lowering.filled(lowering.sizes(kept), type, 0),
          [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
            SmallVector<Value> scalars = {extend(b, loc, s[0]), s[1]};
            Value d = difference(b, loc, scalars);
            return arith::AddFOp::create(b, loc, s.back(), arith::MulFOp::create(b, loc, d, d));
          });
    }
    Value variance = divideBy(lowering, squares, lowering.size(count), false);
    Value scale = mapRows(
        lowering, variance, kept, {}, type, [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          Value shifted = arith::AddFOp::create(b, loc, s[0], constantOf(b, loc, type, epsilon));
          return arith::DivFOp::create(b, loc, constantOf(b, loc, type, 1),
                                       math::SqrtOp::create(b, loc, shifted));
        });
    centred.push_back(scale);
    lowering.set(normalize.getOutput(),
                 mapRows(lowering, centred, dims, axes, element,
                         [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
                           return arith::MulFOp::create(b, loc, difference(b, loc, s), s.back());
                         }));
    return success();
  }
};

/// x * factor + shift; factor and shift follow from the statistics alone.
struct BatchNormStructure
    : StructureOpInterface::ExternalModel<BatchNormStructure, nn::BatchNormOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto norm = cast<nn::BatchNormOp>(op);
    OpBuilder &b = lowering.builder;
    SmallVector<Dim> dims = nn::dimsOf(norm.getType()), channels = {dims[norm.getAxis()]};
    Type element = getElementTypeOrSelf(norm.getType()), type = accumulatorType(element);
    for (Value operand : norm->getOperands())
      if (getElementTypeOrSelf(operand.getType()).isF64())
        type = b.getF64Type();
    double epsilon = norm.getEpsilon().convertToDouble();
    auto wide = [&](OpBuilder &b, Location loc, Value x) -> Value {
      return x.getType() == type ? x : arith::ExtFOp::create(b, loc, type, x);
    };
    auto perChannel = [&](ArrayRef<Value> operands, ArrayRef<Value> lowered, Lowering::Body body) {
      SmallVector<Value> inputs(lowered);
      SmallVector<AffineMap> maps(lowered.size(), b.getMultiDimIdentityMap(1));
      for (Value operand : operands) {
        inputs.push_back(lowering.get(operand));
        maps.push_back(lowering.broadcastMap(nn::dimsOf(operand.getType()), channels));
      }
      return lowering.parallel(lowering.empty(lowering.sizes(channels), type), inputs, maps,
                               [&](OpBuilder &b, Location loc, ValueRange s) {
                                 SmallVector<Value> scalars;
                                 for (Value scalar : s)
                                   scalars.push_back(wide(b, loc, scalar));
                                 return body(b, loc, scalars);
                               });
    };
    Value factor = perChannel(
        {norm.getScale(), norm.getVariance()}, {},
        [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          Value shifted = arith::AddFOp::create(b, loc, s[1], constantOf(b, loc, type, epsilon));
          return arith::DivFOp::create(b, loc, s[0], math::SqrtOp::create(b, loc, shifted));
        });
    Value shift = perChannel({norm.getBias(), norm.getMean()}, factor,
                             [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
                               return arith::SubFOp::create(
                                   b, loc, s[1], arith::MulFOp::create(b, loc, s[2], s[0]));
                             });
    AffineMap channelMap = AffineMap::get(dims.size(), 0, b.getAffineDimExpr(norm.getAxis()));
    Value result = lowering.parallel(
        lowering.empty(norm.getType()), {lowering.get(norm.getInput()), factor, shift},
        {b.getMultiDimIdentityMap(dims.size()), channelMap, channelMap},
        [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          Value scaled = arith::MulFOp::create(b, loc, wide(b, loc, s[0]), s[1]);
          Value y = arith::AddFOp::create(b, loc, scaled, s[2]);
          return type == element ? y : arith::TruncFOp::create(b, loc, element, y);
        });
    lowering.set(norm.getOutput(), result);
    return success();
  }
};

struct LrnStructure : StructureOpInterface::ExternalModel<LrnStructure, nn::LrnOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto lrn = cast<nn::LrnOp>(op);
    OpBuilder &b = lowering.builder;
    SmallVector<Dim> dims = nn::dimsOf(lrn.getType());
    unsigned rank = dims.size();
    int64_t axis = lrn.getAxis(), size = lrn.getSize();
    Type element = getElementTypeOrSelf(lrn.getType()), type = accumulatorType(element);
    Value x = lowering.get(lrn.getInput());
    SmallVector<OpFoldResult> low(rank, b.getIndexAttr(0)), high = low;
    low[axis] = b.getIndexAttr((size - 1) / 2);
    high[axis] = b.getIndexAttr(size - 1 - (size - 1) / 2);
    Value padded = lowering.pad(x, low, high, lowering.scalar(element, 0));
    SmallVector<AffineExpr> exprs;
    for (unsigned i = 0; i < rank; ++i)
      exprs.push_back(b.getAffineDimExpr(i));
    exprs[axis] = exprs[axis] + b.getAffineDimExpr(rank);
    SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
    iterators.push_back(utils::IteratorType::reduction);
    Value squares = lowering.reduce(
        lowering.filled(lowering.sizes(dims), type, 0),
        {padded, lowering.empty({b.getIndexAttr(size)}, type)},
        {AffineMap::get(rank + 1, 0, exprs, b.getContext()),
         AffineMap::get(rank + 1, 0, b.getAffineDimExpr(rank))},
        AffineMap::getMultiDimIdentityMap(rank + 1, b.getContext()).getMajorSubMap(rank), iterators,
        [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          Value value = extend(b, loc, s[0]);
          return arith::AddFOp::create(b, loc, s[2], arith::MulFOp::create(b, loc, value, value));
        });
    double alpha = lrn.getAlpha().convertToDouble() / double(size),
           beta = lrn.getBeta().convertToDouble(), bias = lrn.getBias().convertToDouble();
    lowering.set(lrn.getOutput(),
                 mapRows(lowering, {x, squares}, dims, {}, element,
                         [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
                           Value scaled =
                               arith::MulFOp::create(b, loc, s[1], constantOf(b, loc, type, alpha));
                           Value base = arith::AddFOp::create(b, loc, scaled,
                                                              constantOf(b, loc, type, bias));
                           return arith::DivFOp::create(
                               b, loc, s[0],
                               math::PowFOp::create(b, loc, base, constantOf(b, loc, type, beta)));
                         }));
    return success();
  }
};
} // namespace

void dlc::registerNormalizationStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::SoftmaxOp::attachInterface<SoftmaxStructure>(*context);
    nn::HardmaxOp::attachInterface<HardmaxStructure>(*context);
    nn::NormalizeOp::attachInterface<NormalizeStructure>(*context);
    nn::BatchNormOp::attachInterface<BatchNormStructure>(*context);
    nn::LrnOp::attachInterface<LrnStructure>(*context);
  });
}
