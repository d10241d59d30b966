// Reductions as one linalg.generic: parallel loops over the kept dimensions, then the reduced ones.
// Scans are loops over elements.
#include "compiler/structure/reduction.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using nn::Dim;
using nn::ReduceKind;

//===-- Building blocks --===//

Type dlc::accumulatorType(Type element) {
  return element.isF16() || element.isBF16() ? Float32Type::get(element.getContext()) : element;
}

Value dlc::extend(OpBuilder &b, Location loc, Value scalar) {
  Type type = accumulatorType(scalar.getType());
  return type == scalar.getType() ? scalar : arith::ExtFOp::create(b, loc, type, scalar);
}

Value dlc::constantOf(OpBuilder &b, Location loc, Type type, double value) {
  if (isa<FloatType>(type))
    return arith::ConstantOp::create(b, loc, b.getFloatAttr(type, value));
  return arith::ConstantOp::create(b, loc, b.getIntegerAttr(type, int64_t(value)));
}

Value dlc::identityOf(OpBuilder &b, Location loc, ReduceKind kind, Type type, bool isUnsigned) {
  bool highest = kind == ReduceKind::Min;
  if (kind == ReduceKind::Sum || kind == ReduceKind::Mean)
    return constantOf(b, loc, type, 0);
  if (kind == ReduceKind::Prod)
    return constantOf(b, loc, type, 1);
  if (isa<FloatType>(type))
    return constantOf(b, loc, type, highest ? INFINITY : -INFINITY);
  unsigned width = type.getIntOrFloatBitWidth();
  APInt value = isUnsigned
                    ? (highest ? APInt::getMaxValue(width) : APInt::getMinValue(width))
                    : (highest ? APInt::getSignedMaxValue(width) : APInt::getSignedMinValue(width));
  return arith::ConstantOp::create(b, loc, b.getIntegerAttr(type, value));
}

Value dlc::join(OpBuilder &b, Location loc, ReduceKind kind, bool isUnsigned, Value sum, Value x) {
  bool isFloat = isa<FloatType>(sum.getType());
  switch (kind) {
  case ReduceKind::Sum:
  case ReduceKind::Mean:
    return isFloat ? Value(arith::AddFOp::create(b, loc, sum, x))
                   : arith::AddIOp::create(b, loc, sum, x);
  case ReduceKind::Prod:
    return isFloat ? Value(arith::MulFOp::create(b, loc, sum, x))
                   : arith::MulIOp::create(b, loc, sum, x);
  case ReduceKind::Max:
    if (isFloat)
      return arith::MaximumFOp::create(b, loc, sum, x);
    return isUnsigned ? Value(arith::MaxUIOp::create(b, loc, sum, x))
                      : arith::MaxSIOp::create(b, loc, sum, x);
  case ReduceKind::Min:
    if (isFloat)
      return arith::MinimumFOp::create(b, loc, sum, x);
    return isUnsigned ? Value(arith::MinUIOp::create(b, loc, sum, x))
                      : arith::MinSIOp::create(b, loc, sum, x);
  case ReduceKind::LogSumExp: {
    // log(e^a + e^b) = max + log1p(e^(min - max)); the difference of two equal infinities is taken
    // as 0.
    Value max = arith::MaximumFOp::create(b, loc, sum, x),
          min = arith::MinimumFOp::create(b, loc, sum, x);
    Value equal = arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OEQ, max, min);
    Value zero = constantOf(b, loc, max.getType(), 0);
    Value difference =
        arith::SelectOp::create(b, loc, equal, zero, arith::SubFOp::create(b, loc, min, max));
    return arith::AddFOp::create(
        b, loc, max, math::Log1pOp::create(b, loc, math::ExpOp::create(b, loc, difference)));
  }
  }
  llvm_unreachable("all kinds are handled");
}

AffineMap dlc::keptDims(MLIRContext *context, unsigned rank, ArrayRef<int64_t> axes) {
  SmallVector<AffineExpr> exprs;
  for (unsigned i = 0; i < rank; ++i)
    if (!llvm::is_contained(axes, int64_t(i)))
      exprs.push_back(getAffineDimExpr(i, context));
  return AffineMap::get(rank, 0, exprs, context);
}

SmallVector<Dim> dlc::dropDims(ArrayRef<Dim> dims, ArrayRef<int64_t> axes) {
  SmallVector<Dim> kept;
  for (auto [i, dim] : llvm::enumerate(dims))
    if (!llvm::is_contained(axes, int64_t(i)))
      kept.push_back(dim);
  return kept;
}

Value dlc::foldAxes(Lowering &lowering, ValueRange inputs, ArrayRef<Dim> dims,
                    ArrayRef<int64_t> axes, Value init, Lowering::Body body) {
  OpBuilder &b = lowering.builder;
  unsigned rank = dims.size();
  AffineMap kept = keptDims(b.getContext(), rank, axes), identity = b.getMultiDimIdentityMap(rank);
  SmallVector<AffineMap> maps;
  for (Value input : inputs)
    maps.push_back(cast<RankedTensorType>(input.getType()).getRank() == int64_t(rank) ? identity
                                                                                      : kept);
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
  for (int64_t axis : axes)
    iterators[axis] = utils::IteratorType::reduction;
  return lowering.reduce(init, inputs, maps, kept, iterators, body);
}

Value dlc::divideBy(Lowering &lowering, Value tensor, OpFoldResult count, bool isUnsigned) {
  OpBuilder &b = lowering.builder;
  auto type = cast<RankedTensorType>(tensor.getType());
  Value dynamic = dyn_cast<Value>(count);
  int64_t fixed = dynamic ? 0 : *getConstantIntValue(count);
  Value output =
      lowering.empty(tensor::getMixedSizes(b, lowering.loc, tensor), type.getElementType());
  return lowering.parallel(
      output, tensor, b.getMultiDimIdentityMap(type.getRank()),
      [&](OpBuilder &b, Location loc, ValueRange x) -> Value {
        Type element = x[0].getType();
        if (isa<FloatType>(element)) {
          Value divisor = dynamic
                              ? Value(arith::SIToFPOp::create(
                                    b, loc, element,
                                    arith::IndexCastOp::create(b, loc, b.getI64Type(), dynamic)))
                              : constantOf(b, loc, element, double(fixed));
          return arith::DivFOp::create(b, loc, x[0], divisor);
        }
        // In 64 bits, so that the count fits.
        auto wide = b.getI64Type();
        Value value = x[0];
        if (value.getType() != wide)
          value = isUnsigned ? Value(arith::ExtUIOp::create(b, loc, wide, value))
                             : arith::ExtSIOp::create(b, loc, wide, value);
        Value divisor = dynamic ? Value(arith::IndexCastOp::create(b, loc, wide, dynamic))
                                : constantOf(b, loc, wide, double(fixed));
        divisor = arith::MaxSIOp::create(b, loc, divisor, constantOf(b, loc, wide, 1));
        value = isUnsigned ? Value(arith::DivUIOp::create(b, loc, value, divisor))
                           : arith::DivSIOp::create(b, loc, value, divisor);
        return element == wide ? value : arith::TruncIOp::create(b, loc, element, value);
      });
}

Value dlc::reduceAxes(Lowering &lowering, Value x, ArrayRef<Dim> dims, ArrayRef<int64_t> axes,
                      ReduceKind kind, bool isUnsigned) {
  OpBuilder &b = lowering.builder;
  Type type = accumulatorType(getElementTypeOrSelf(x.getType()));
  if (axes.empty())
    return lowering.convert(x, type);
  Value init = lowering.fill(lowering.empty(lowering.sizes(dropDims(dims, axes)), type),
                             identityOf(b, lowering.loc, kind, type, isUnsigned));
  Value sum =
      foldAxes(lowering, x, dims, axes, init, [&](OpBuilder &b, Location loc, ValueRange s) {
        return join(b, loc, kind, isUnsigned, s[1], extend(b, loc, s[0]));
      });
  if (kind != ReduceKind::Mean)
    return sum;
  Dim count(1);
  for (int64_t axis : axes)
    count = count * dims[axis];
  return divideBy(lowering, sum, lowering.size(count), isUnsigned);
}

Value dlc::padSpatial(Lowering &lowering, Value x, SmallVectorImpl<Dim> &dims, ArrayRef<Dim> low,
                      ArrayRef<Dim> high, bool last, Value scalar) {
  OpBuilder &b = lowering.builder;
  unsigned first = last ? 1 : 2;
  OpFoldResult zero = b.getIndexAttr(0);
  SmallVector<OpFoldResult> lows(dims.size(), zero), highs(dims.size(), zero),
      offsets(dims.size(), zero), strides(dims.size(), b.getIndexAttr(1)),
      sizes = lowering.sizes(dims);
  bool cut = false;
  for (unsigned i = 0; i < low.size(); ++i) {
    Dim padLow = Dim::max(low[i], 0), padHigh = Dim::max(high[i], 0);
    Dim cutLow = padLow - low[i], cutHigh = padHigh - high[i];
    lows[first + i] = lowering.size(padLow);
    highs[first + i] = lowering.size(padHigh);
    if (cutLow != Dim(0) || cutHigh != Dim(0)) {
      cut = true;
      offsets[first + i] = lowering.size(cutLow);
      sizes[first + i] = lowering.size(dims[first + i] - cutLow - cutHigh);
    }
    dims[first + i] = dims[first + i] + low[i] + high[i];
  }
  if (cut)
    x = tensor::ExtractSliceOp::create(b, lowering.loc, x, offsets, sizes, strides);
  return lowering.pad(x, lows, highs, scalar);
}

//===-- nn.reduce --===//

static Type elementOf(Value value) { return getElementTypeOrSelf(value.getType()); }

namespace {
struct ReduceStructure : StructureOpInterface::ExternalModel<ReduceStructure, nn::ReduceOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto reduce = cast<nn::ReduceOp>(op);
    SmallVector<Dim> dims = nn::dimsOf(reduce.getInput().getType());
    Value result = reduceAxes(lowering, lowering.get(reduce.getInput()), dims, reduce.getAxes(),
                              reduce.getKind(), nn::isUnsigned(reduce.getInput().getType()));
    result = lowering.convert(result, signless(elementOf(reduce.getOutput())));
    lowering.set(reduce.getOutput(), lowering.reshape(result, dropDims(dims, reduce.getAxes()),
                                                      nn::dimsOf(reduce.getOutput().getType())));
    return success();
  }
};

//===-- nn.dynamic_reduce --===//

/// Like pooling with stride 1 and a window as large as the input along reduced dimensions and 1
/// along the others, where the result has the other's size: output o sums input o + r, and one of
/// both is always 0.
struct DynamicReduceStructure
    : StructureOpInterface::ExternalModel<DynamicReduceStructure, nn::DynamicReduceOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto reduce = cast<nn::DynamicReduceOp>(op);
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    bool isUnsigned = nn::isUnsigned(reduce.getInput().getType());
    nn::ReduceKind kind = reduce.getKind();
    Value x = lowering.get(reduce.getInput());
    SmallVector<Value> sizes;
    for (const Dim &dim : nn::dimsOf(reduce.getInput().getType()))
      sizes.push_back(lowering.sizeValue(dim));
    unsigned rank = sizes.size();
    auto index = [&](int64_t value) -> Value {
      return arith::ConstantIndexOp::create(b, loc, value);
    };
    auto equal = [&](Value x, Value y) -> Value {
      return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, x, y);
    };

    SmallVector<Value> axes = normalizedAxes(lowering, lowering.get(reduce.getAxes()), rank);
    SmallVector<Value> reduced, window, kept;
    Value count = index(1);
    for (unsigned d = 0; d < rank; ++d) {
      Value hit = arith::ConstantOp::create(b, loc, b.getBoolAttr(false));
      for (Value axis : axes)
        hit = arith::OrIOp::create(b, loc, hit, equal(axis, index(d)));
      reduced.push_back(hit);
      window.push_back(arith::SelectOp::create(b, loc, hit, sizes[d], index(1)));
      kept.push_back(arith::SelectOp::create(b, loc, hit, index(1), sizes[d]));
      count = arith::MulIOp::create(b, loc, count, window.back());
    }

    Type type = accumulatorType(elementOf(x));
    SmallVector<OpFoldResult> windowSizes = getAsOpFoldResult(window),
                              keptSizes = getAsOpFoldResult(kept);
    Value init =
        lowering.fill(lowering.empty(keptSizes, type), identityOf(b, loc, kind, type, isUnsigned));
    SmallVector<AffineExpr> inputExprs, windowExprs;
    for (unsigned d = 0; d < rank; ++d) {
      windowExprs.push_back(b.getAffineDimExpr(rank + d));
      inputExprs.push_back(b.getAffineDimExpr(d) + windowExprs.back());
    }
    SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
    iterators.append(rank, utils::IteratorType::reduction);
    auto map = [&](ArrayRef<AffineExpr> exprs) {
      return AffineMap::get(2 * rank, 0, exprs, b.getContext());
    };
    // All extents are dynamic, also those of the input.
    auto dynamic =
        RankedTensorType::get(SmallVector<int64_t>(rank, ShapedType::kDynamic), elementOf(x));
    if (x.getType() != dynamic)
      x = tensor::CastOp::create(b, loc, dynamic, x);
    Value result = lowering.reduce(
        init, {x, lowering.empty(windowSizes, type)}, {map(inputExprs), map(windowExprs)},
        AffineMap::getMultiDimIdentityMap(2 * rank, b.getContext()).getMajorSubMap(rank), iterators,
        [&](OpBuilder &b, Location l, ValueRange s) {
          return join(b, l, kind, isUnsigned, s[2], extend(b, l, s[0]));
        });
    if (kind == nn::ReduceKind::Mean)
      result = divideBy(lowering, result, count, isUnsigned);
    result = lowering.convert(result, signless(elementOf(reduce.getOutput())));

    SmallVector<Value> outputSizes = kept;
    if (!reduce.getKeepdims()) {
      outputSizes = keptInOrder(lowering, sizes, reduced, rank - axes.size());
      result = squeeze(lowering, result, outputSizes);
    }
    for (auto [text, size] :
         llvm::zip(reduce.getSizes().getAsValueRange<StringAttr>(), outputSizes))
      if (FailureOr<Dim> dim = Dim::parse(text); succeeded(dim))
        if (std::optional<std::string> name = dim->symbolName(); name && !lowering.symbol(*name))
          lowering.define(*name, size);
    RankedTensorType outputType = lowering.typeOf(reduce.getOutput().getType());
    if (result.getType() != outputType)
      result = tensor::CastOp::create(b, loc, outputType, result);
    lowering.set(reduce.getOutput(), result);
    return success();
  }

  /// The elements of `axes` counted from the front; checked to be in range and distinct.
  static SmallVector<Value> normalizedAxes(Lowering &lowering, Value tensor, int64_t rank) {
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    Value zero = arith::ConstantIndexOp::create(b, loc, 0),
          n = arith::ConstantIndexOp::create(b, loc, rank);
    SmallVector<Value> axes;
    for (int64_t i = 0; i < cast<RankedTensorType>(tensor.getType()).getDimSize(0); ++i) {
      Value at = arith::ConstantIndexOp::create(b, loc, i);
      Value element = tensor::ExtractOp::create(b, loc, tensor, at);
      Value axis = arith::IndexCastOp::create(b, loc, b.getIndexType(), element);
      Value negative = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, axis, zero);
      axis =
          arith::SelectOp::create(b, loc, negative, arith::AddIOp::create(b, loc, axis, n), axis);
      // One unsigned comparison for both ends.
      lowering.require(arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ult, axis, n),
                       "an axis is out of range");
      for (Value other : axes)
        lowering.require(arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ne, axis, other),
                         "an axis is given twice");
      axes.push_back(axis);
    }
    return axes;
  }

  /// sizes[d] of the dimensions that are not reduced, of which there are `count`.
  static SmallVector<Value> keptInOrder(Lowering &lowering, ArrayRef<Value> sizes,
                                        ArrayRef<Value> reduced, unsigned count) {
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    SmallVector<Value> result(count, arith::ConstantIndexOp::create(b, loc, 1));
    Value seen = arith::ConstantIndexOp::create(b, loc, 0),
          one = arith::ConstantIndexOp::create(b, loc, 1);
    for (auto [size, hit] : llvm::zip(sizes, reduced)) {
      Value keep = arith::XOrIOp::create(b, loc, hit,
                                         arith::ConstantOp::create(b, loc, b.getBoolAttr(true)));
      for (unsigned i = 0; i < count; ++i) {
        Value at = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, seen,
                                         arith::ConstantIndexOp::create(b, loc, i));
        result[i] = arith::SelectOp::create(b, loc, arith::AndIOp::create(b, loc, keep, at), size,
                                            result[i]);
      }
      seen = arith::SelectOp::create(b, loc, keep, arith::AddIOp::create(b, loc, seen, one), seen);
    }
    return result;
  }

  /// The tensor without the dimensions of size 1 that are not in `sizes`, through one dimension.
  static Value squeeze(Lowering &lowering, Value tensor, ArrayRef<Value> sizes) {
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    auto type = cast<RankedTensorType>(tensor.getType());
    if (type.getRank() > 1) {
      ReassociationIndices all = llvm::to_vector(llvm::seq<int64_t>(0, type.getRank()));
      tensor =
          tensor::CollapseShapeOp::create(b, loc, tensor, SmallVector<ReassociationIndices>{all});
    }
    if (sizes.size() == 1)
      return tensor;
    Type element = type.getElementType();
    if (sizes.empty()) {
      tensor = tensor::CastOp::create(b, loc, RankedTensorType::get({1}, element), tensor);
      return tensor::CollapseShapeOp::create(b, loc, tensor, SmallVector<ReassociationIndices>{});
    }
    ReassociationIndices all = llvm::to_vector(llvm::seq<int64_t>(0, sizes.size()));
    auto target =
        RankedTensorType::get(SmallVector<int64_t>(sizes.size(), ShapedType::kDynamic), element);
    return tensor::ExpandShapeOp::create(
        b, loc, target, tensor, SmallVector<ReassociationIndices>{all}, getAsOpFoldResult(sizes));
  }
};

//===-- nn.arg_reduce --===//

/// One generic with two results, the extreme value and its position.
struct ArgReduceStructure
    : StructureOpInterface::ExternalModel<ArgReduceStructure, nn::ArgReduceOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto reduce = cast<nn::ArgReduceOp>(op);
    SmallVector<Dim> dims = nn::dimsOf(reduce.getInput().getType());
    if (!dims[reduce.getAxis()].constant())
      lowering.require(
          arith::CmpIOp::create(lowering.builder, lowering.loc, arith::CmpIPredicate::sgt,
                                lowering.sizeValue(dims[reduce.getAxis()]), lowering.sizeValue(0)),
          "the dimension whose extreme is asked for is empty");
    Value result = extremePositions(lowering, lowering.get(reduce.getInput()), dims,
                                    reduce.getAxis(), reduce.getSmallest(), reduce.getLast(),
                                    nn::isUnsigned(reduce.getInput().getType()));
    lowering.set(reduce.getOutput(), lowering.reshape(result, dropDims(dims, reduce.getAxis()),
                                                      nn::dimsOf(reduce.getOutput().getType())));
    return success();
  }
};

//===-- nn.cumulative --===//

/// Over [before, axis, after]: for each pair of outer positions a loop along the axis carries the
/// sum.
struct CumulativeStructure
    : StructureOpInterface::ExternalModel<CumulativeStructure, nn::CumulativeOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto scan = cast<nn::CumulativeOp>(op);
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    SmallVector<Dim> dims = nn::dimsOf(scan.getInput().getType());
    int64_t axis = scan.getAxis();
    SmallVector<Dim> view = {nn::product(ArrayRef(dims).take_front(axis)), dims[axis],
                             nn::product(ArrayRef(dims).drop_front(axis + 1))};
    Value x = lowering.reshape(lowering.get(scan.getInput()), dims, view);
    Type element = elementOf(x), type = accumulatorType(element);
    bool isUnsigned = nn::isUnsigned(scan.getInput().getType());
    Value zero = lowering.sizeValue(0), one = lowering.sizeValue(1),
          length = lowering.sizeValue(view[1]);
    Value start = identityOf(b, loc, scan.getKind(), type, isUnsigned);
    Value output = lowering.empty(lowering.sizes(view), element);
    auto outer = scf::ForOp::create(
        b, loc, zero, lowering.sizeValue(view[0]), one, output,
        [&](OpBuilder &b, Location loc, Value i, ValueRange out0) {
          auto middle = scf::ForOp::create(
              b, loc, zero, lowering.sizeValue(view[2]), one, out0,
              [&](OpBuilder &b, Location loc, Value k, ValueRange out1) {
                auto inner = scf::ForOp::create(
                    b, loc, zero, length, one, ValueRange{out1[0], start},
                    [&](OpBuilder &b, Location loc, Value j, ValueRange carried) {
                      if (scan.getReverse())
                        j = arith::SubIOp::create(b, loc,
                                                  arith::SubIOp::create(b, loc, length, one), j);
                      Value value =
                          extend(b, loc, tensor::ExtractOp::create(b, loc, x, ValueRange{i, j, k}));
                      Value sum = join(b, loc, scan.getKind(), isUnsigned, carried[1], value);
                      Value written = scan.getExclusive() ? carried[1] : sum;
                      if (type != element)
                        written = arith::TruncFOp::create(b, loc, element, written);
                      Value out = tensor::InsertOp::create(b, loc, written, carried[0],
                                                           ValueRange{i, j, k});
                      scf::YieldOp::create(b, loc, ValueRange{out, sum});
                    });
                scf::YieldOp::create(b, loc, inner.getResult(0));
              });
          scf::YieldOp::create(b, loc, middle.getResult(0));
        });
    lowering.set(scan.getOutput(), lowering.reshape(outer.getResult(0), view, dims));
    return success();
  }
};
} // namespace

Value dlc::exceeds(OpBuilder &b, Location loc, Value x, Value best, bool smallest, bool last,
                   bool isUnsigned) {
  if (isa<FloatType>(x.getType())) {
    // Ordered comparisons only: that two of them are not each other's opposite is easily forgotten
    // by what optimises them.
    using P = arith::CmpFPredicate;
    Value beyond = arith::CmpFOp::create(b, loc, smallest ? P::OLT : P::OGT, x, best);
    if (last)
      beyond = arith::OrIOp::create(b, loc, beyond, arith::CmpFOp::create(b, loc, P::OEQ, x, best));
    Value isNan = arith::CmpFOp::create(b, loc, P::UNO, x, x);
    if (!last)
      isNan =
          arith::AndIOp::create(b, loc, isNan, arith::CmpFOp::create(b, loc, P::ORD, best, best));
    return arith::OrIOp::create(b, loc, beyond, isNan);
  }
  using P = arith::CmpIPredicate;
  P predicate = isUnsigned ? (smallest ? (last ? P::ule : P::ult) : (last ? P::uge : P::ugt))
                           : (smallest ? (last ? P::sle : P::slt) : (last ? P::sge : P::sgt));
  return arith::CmpIOp::create(b, loc, predicate, x, best);
}

Value dlc::extremePositions(Lowering &lowering, Value x, ArrayRef<Dim> dims, int64_t axis,
                            bool smallest, bool last, bool isUnsigned) {
  OpBuilder &b = lowering.builder;
  Location loc = lowering.loc;
  unsigned rank = dims.size();
  Type type = accumulatorType(elementOf(x));
  SmallVector<OpFoldResult> sizes = lowering.sizes(dropDims(dims, axis));
  Value best = lowering.fill(
      lowering.empty(sizes, type),
      identityOf(b, loc, smallest ? ReduceKind::Min : ReduceKind::Max, type, isUnsigned));
  Value position = lowering.filled(sizes, b.getI64Type(), 0);
  AffineMap kept = keptDims(b.getContext(), rank, axis);
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
  iterators[axis] = utils::IteratorType::reduction;
  auto generic = linalg::GenericOp::create(
      b, loc, TypeRange{best.getType(), position.getType()}, x, ValueRange{best, position},
      ArrayRef<AffineMap>{b.getMultiDimIdentityMap(rank), kept, kept}, iterators,
      [&](OpBuilder &b, Location loc, ValueRange s) {
        Value value = extend(b, loc, s[0]);
        Value better = exceeds(b, loc, value, s[1], smallest, last, isUnsigned);
        Value at = arith::IndexCastOp::create(b, loc, b.getI64Type(),
                                              linalg::IndexOp::create(b, loc, axis));
        Value newBest = arith::SelectOp::create(b, loc, better, value, s[1]);
        Value newPosition = arith::SelectOp::create(b, loc, better, at, s[2]);
        linalg::YieldOp::create(b, loc, ValueRange{newBest, newPosition});
      });
  return generic.getResult(1);
}

//===-- nn.pairwise_distance --===//

namespace {
/// Parallel over pairs of rows, folded over their elements.
struct PairwiseDistanceStructure
    : StructureOpInterface::ExternalModel<PairwiseDistanceStructure, nn::PairwiseDistanceOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto distance = cast<nn::PairwiseDistanceOp>(op);
    OpBuilder &b = lowering.builder;
    SmallVector<Dim> lhs = nn::dimsOf(distance.getLhs().getType()),
                     rhs = nn::dimsOf(distance.getRhs().getType());
    lowering.requireEqual(lhs[1], rhs[1], "the lengths of rows of which distances are taken");

    AffineExpr m = b.getAffineDimExpr(0), n = b.getAffineDimExpr(1), k = b.getAffineDimExpr(2);
    auto map = [&](AffineExpr row, AffineExpr column) {
      return AffineMap::get(3, 0, {row, column}, b.getContext());
    };
    Type type = accumulatorType(elementOf(distance.getLhs()));
    Value sum =
        lowering.reduce(lowering.filled(lowering.sizes({lhs[0], rhs[0]}), type, 0),
                        {lowering.get(distance.getLhs()), lowering.get(distance.getRhs())},
                        {map(m, k), map(n, k)}, map(m, n),
                        {utils::IteratorType::parallel, utils::IteratorType::parallel,
                         utils::IteratorType::reduction},
                        [](OpBuilder &b, Location loc, ValueRange s) -> Value {
                          Value difference = arith::SubFOp::create(b, loc, extend(b, loc, s[0]),
                                                                   extend(b, loc, s[1]));
                          return arith::AddFOp::create(
                              b, loc, s[2], arith::MulFOp::create(b, loc, difference, difference));
                        });
    if (distance.getRoot())
      sum = lowering.parallel(lowering.empty(lowering.sizes({lhs[0], rhs[0]}), type), sum,
                              b.getMultiDimIdentityMap(2),
                              [](OpBuilder &b, Location loc, ValueRange s) -> Value {
                                return math::SqrtOp::create(b, loc, s[0]);
                              });
    lowering.set(distance.getOutput(), lowering.convert(sum, elementOf(distance.getOutput())));
    return success();
  }
};
} // namespace

void dlc::registerReductionStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::ReduceOp::attachInterface<ReduceStructure>(*context);
    nn::DynamicReduceOp::attachInterface<DynamicReduceStructure>(*context);
    nn::ArgReduceOp::attachInterface<ArgReduceStructure>(*context);
    nn::CumulativeOp::attachInterface<CumulativeStructure>(*context);
    nn::PairwiseDistanceOp::attachInterface<PairwiseDistanceStructure>(*context);
  });
}
