// What lowerings of several families share (reduction.h): folds along axes, their scalars, padding.
#include "compiler/structure/reduction.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using nn::Dim;
using nn::ReduceKind;

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

SmallVector<AffineMap> dlc::readingMaps(ValueRange inputs, unsigned rank, ArrayRef<int64_t> axes) {
  SmallVector<AffineMap> maps;
  for (Value input : inputs) {
    bool isWhole = cast<RankedTensorType>(input.getType()).getRank() == int64_t(rank);
    maps.push_back(isWhole ? AffineMap::getMultiDimIdentityMap(rank, input.getContext())
                           : keptDims(input.getContext(), rank, axes));
  }
  return maps;
}

Value dlc::foldAxes(Lowering &lowering, ValueRange inputs, ArrayRef<Dim> dims,
                    ArrayRef<int64_t> axes, Value init, Lowering::Body body) {
  unsigned rank = dims.size();
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
  for (int64_t axis : axes)
    iterators[axis] = utils::IteratorType::reduction;
  return lowering.reduce(init, inputs, readingMaps(inputs, rank, axes),
                         keptDims(init.getContext(), rank, axes), iterators, body);
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

Value dlc::padWindow(Lowering &lowering, Value x, SmallVectorImpl<Dim> &dims, nn::WindowAttr window,
                     bool last, Value scalar) {
  SmallVector<Dim> low, high;
  for (unsigned i = 0; i < window.rank(); ++i) {
    low.push_back(window.padBegin(i));
    high.push_back(window.padEnd(i));
  }
  return padSpatial(lowering, x, dims, low, high, last, scalar);
}
