// Resize: for each dimension two small tables say which input elements an output element reads
// (`taps` of them) and with what weights; one generic then sums over the taps of all dimensions.
// Tables depend on sizes and scales alone, so they are computed once where those are constants.
// With antialias, where taps are many, one dimension is done after the other.
#include "compiler/structure/interpolation.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using nn::Dim;

Value Coordinates::fromIndex(Value index) {
  Value integer = arith::IndexCastOp::create(b, loc, b.getI64Type(), index);
  return arith::SIToFPOp::create(b, loc, type, integer);
}

Value Coordinates::cubic(Value distance, double a) {
  // Horner's form of both pieces: |d| <= 1, and 1 < |d| < 2.
  Value near = add(mul(sub(mul(c(a + 2), distance), c(a + 3)), mul(distance, distance)), c(1));
  Value far = sub(mul(add(mul(sub(mul(c(a), distance), c(5 * a)), distance), c(8 * a)), distance),
                  c(4 * a));
  return select(lessEqual(distance, c(1)), near, select(less(distance, c(2)), far, c(0)));
}

namespace {
/// One dimension that is resized.
struct Axis {
  unsigned dim;
  unsigned position; ///< among the operation's axes
  Value in, out;     ///< sizes, of type index
  OpFoldResult outSize, taps;
  std::optional<double> scale;     ///< where it is a constant
  Value indices, weights, outside; ///< tables [out, taps], [out, taps], [out]
};

struct Resizer {
  Lowering &lowering;
  nn::ResizeOp op;
  OpBuilder &b;
  Value scales, roi;
  Type f32;

  Resizer(Lowering &lowering, nn::ResizeOp op)
      : lowering(lowering), op(op), b(lowering.builder), scales(lowering.get(op.getScales())),
        roi(lowering.get(op.getRoi())), f32(lowering.builder.getF32Type()) {}

  bool nearest() { return op.getMode() == nn::Interpolation::Nearest; }
  bool crops() { return op.getCoordinates() == nn::Coordinates::Crop; }

  Value element(Value vector, unsigned i) {
    return tensor::ExtractOp::create(
        b, lowering.loc, vector, ValueRange{arith::ConstantIndexOp::create(b, lowering.loc, i)});
  }

  /// A generic over [out] or [out, taps] without data operands but the axis' scale and region:
  /// `body` gets the loop indices' values.
  Value table(const Axis &axis, bool withTaps, Type element,
              llvm::function_ref<Value(Coordinates &, ValueRange inputs)> body,
              ValueRange extra = {}, ArrayRef<AffineMap> extraMaps = {}) {
    unsigned rank = withTaps ? 2 : 1;
    SmallVector<OpFoldResult> sizes = {axis.outSize};
    if (withTaps)
      sizes.push_back(axis.taps);
    SmallVector<Value> inputs = {slice(scales, axis.position), slice(roi, axis.position),
                                 slice(roi, axis.position + op.getAxes().size())};
    SmallVector<AffineMap> maps(
        3, AffineMap::get(rank, 0, b.getAffineConstantExpr(0), b.getContext()));
    llvm::append_range(inputs, extra);
    llvm::append_range(maps, extraMaps);
    return lowering.parallel(lowering.empty(sizes, element), inputs, maps,
                             [&](OpBuilder &b, Location loc, ValueRange s) {
                               Coordinates k{b, loc, f32};
                               return body(k, s);
                             });
  }
  Value slice(Value vector, unsigned i) {
    SmallVector<OpFoldResult> offset = {b.getIndexAttr(i)}, one = {b.getIndexAttr(1)};
    return tensor::ExtractSliceOp::create(b, lowering.loc, vector, offset, one, one);
  }

  /// Where in the input the output element of the first loop lies. inputs: scale, region begin,
  /// region end.
  Value position(Coordinates &k, const Axis &axis, ValueRange inputs) {
    Value o = k.fromIndex(linalg::IndexOp::create(k.b, k.loc, 0)), size = k.fromIndex(axis.in),
          scale = inputs[0];
    Value resized = k.mul(scale, size), half = k.c(0.5);
    auto halfPixel = [&] { return k.sub(k.div(k.add(o, half), scale), half); };
    switch (op.getCoordinates()) {
    case nn::Coordinates::HalfPixel:
      return halfPixel();
    case nn::Coordinates::PytorchHalfPixel: {
      Value one = arith::CmpIOp::create(k.b, k.loc, arith::CmpIPredicate::sle, axis.out,
                                        arith::ConstantIndexOp::create(k.b, k.loc, 1));
      return k.select(one, k.c(-0.5), halfPixel());
    }
    case nn::Coordinates::HalfPixelSymmetric: {
      Value adjustment = k.div(k.fromIndex(axis.out), resized);
      return k.add(k.mul(k.mul(size, half), k.sub(k.c(1), adjustment)), halfPixel());
    }
    case nn::Coordinates::AlignCorners: {
      Value single = k.equal(resized, k.c(1));
      Value last = k.select(single, k.c(1), k.sub(resized, k.c(1)));
      return k.select(single, k.c(0), k.div(k.mul(o, k.sub(size, k.c(1))), last));
    }
    case nn::Coordinates::Asymmetric:
      return k.div(o, scale);
    case nn::Coordinates::Crop: {
      Value begin = inputs[1], extent = k.sub(inputs[2], inputs[1]), inner = k.sub(size, k.c(1));
      Value single = k.equal(resized, k.c(1));
      Value last = k.select(single, k.c(1), k.sub(resized, k.c(1)));
      Value spread = k.div(k.mul(k.mul(o, extent), inner), last);
      return k.add(k.mul(begin, inner),
                   k.select(single, k.mul(k.mul(extent, inner), half), spread));
    }
    }
    llvm_unreachable("all modes are handled");
  }

  /// Keeps coordinates (and so all that follows) finite and small: beyond this distance only the
  /// outermost element is read.
  Value bounded(Coordinates &k, const Axis &axis, Value x) {
    Value size = k.fromIndex(axis.in);
    return k.clamped(x, k.sub(k.c(-1), size), k.add(k.add(size, size), k.c(1)));
  }
  Value inRange(Coordinates &k, const Axis &axis, Value index) {
    Value last = k.sub(k.fromIndex(axis.in), k.c(1));
    return k.toInteger(k.clamped(index, k.c(0), last));
  }

  void buildTables(Axis &axis) {
    AffineMap identity = b.getMultiDimIdentityMap(2),
              row = AffineMap::get(2, 0, b.getAffineDimExpr(0));
    if (crops())
      axis.outside = table(axis, false, b.getI1Type(), [&](Coordinates &k, ValueRange s) {
        Value x = position(k, axis, s);
        return k.either(k.less(x, k.c(0)), k.less(k.sub(k.fromIndex(axis.in), k.c(1)), x));
      });
    if (nearest()) {
      axis.indices = table(axis, false, b.getI64Type(), [&](Coordinates &k, ValueRange s) {
        Value x = bounded(k, axis, position(k, axis, s)), rounded;
        switch (op.getRounding()) {
        case nn::Rounding::PreferFloor:
          rounded = k.ceil(k.sub(x, k.c(0.5)));
          break;
        case nn::Rounding::PreferCeil:
          rounded = k.floor(k.add(x, k.c(0.5)));
          break;
        case nn::Rounding::Floor:
          rounded = k.floor(x);
          break;
        case nn::Rounding::Ceil:
          rounded = k.ceil(x);
          break;
        }
        return inRange(k, axis, rounded);
      });
      return;
    }
    // The first tap relative to floor(x).
    Value taps = getValueOrCreateConstantIndexOp(axis.taps);
    auto tapPosition = [&](Coordinates &k, ValueRange s, Value &ratio) {
      Value x = bounded(k, axis, position(k, axis, s)), base = k.floor(x);
      ratio = k.sub(x, base);
      Value first = k.sub(k.c(1), k.mul(k.fromIndex(taps), k.c(0.5)));
      Value offset = k.add(first, k.fromIndex(linalg::IndexOp::create(k.b, k.loc, 1)));
      ratio = k.sub(offset, ratio); // signed distance of the tap from x
      return k.add(base, offset);
    };
    axis.indices = table(axis, true, b.getI64Type(), [&](Coordinates &k, ValueRange s) {
      Value ratio;
      return inRange(k, axis, tapPosition(k, s, ratio));
    });
    Value weights = table(axis, true, f32, [&](Coordinates &k, ValueRange s) {
      Value distance;
      Value at = tapPosition(k, s, distance);
      distance = k.abs(distance);
      if (op.getAntialias())
        distance = k.mul(distance, k.min(s[0], k.c(1)));
      Value weight = op.getMode() == nn::Interpolation::Linear
                         ? k.max(k.sub(k.c(1), distance), k.c(0))
                         : k.cubic(distance, op.getCubicCoefficient().convertToDouble());
      if (!op.getExcludeOutside())
        return weight;
      Value inside = k.both(k.lessEqual(k.c(0), at), k.less(at, k.fromIndex(axis.in)));
      return k.select(inside, weight, k.c(0));
    });
    if (op.getExcludeOutside() || op.getAntialias()) {
      Value sum = lowering.reduce(lowering.filled({axis.outSize}, f32, 0), weights, identity, row,
                                  {utils::IteratorType::parallel, utils::IteratorType::reduction},
                                  [](OpBuilder &b, Location loc, ValueRange s) -> Value {
                                    return arith::AddFOp::create(b, loc, s[1], s[0]);
                                  });
      weights =
          lowering.parallel(lowering.empty({axis.outSize, axis.taps}, f32), {weights, sum},
                            {identity, row}, [](OpBuilder &b, Location loc, ValueRange s) -> Value {
                              return arith::DivFOp::create(b, loc, s[0], s[1]);
                            });
    }
    axis.weights = weights;
  }

  Value getValueOrCreateConstantIndexOp(OpFoldResult value) {
    if (auto dynamic = dyn_cast<Value>(value))
      return dynamic;
    return arith::ConstantIndexOp::create(b, lowering.loc, *getConstantIntValue(value));
  }

  /// Taps a dimension: 2 or 4, with antialias more by 1 / scale.
  OpFoldResult tapCount(const Axis &axis) {
    int64_t reach = op.getMode() == nn::Interpolation::Cubic ? 2 : 1;
    if (!op.getAntialias())
      return b.getIndexAttr(2 * reach);
    if (axis.scale)
      return b.getIndexAttr(2 * int64_t(std::ceil(double(reach) / std::min(*axis.scale, 1.0))));
    Coordinates k{b, lowering.loc, f32};
    Value inverse =
        k.ceil(k.div(k.c(double(reach)), k.min(element(scales, axis.position), k.c(1))));
    // A scale that is not positive is refused below; the count stays harmless.
    Value count = k.toInteger(k.clamped(inverse, k.c(1), k.c(1 << 24)));
    count = arith::IndexCastOp::create(b, lowering.loc, b.getIndexType(), count);
    return OpFoldResult(Value(arith::AddIOp::create(b, lowering.loc, count, count)));
  }

  /// Resizes `axes` (one, or all) of `x`, whose shape is `dims`, which is updated.
  Value sample(Value x, SmallVectorImpl<Dim> &dims, ArrayRef<Axis> axes, ArrayRef<Dim> target) {
    unsigned rank = dims.size(), loops = rank;
    SmallVector<Value> inputs;
    SmallVector<AffineMap> maps;
    SmallVector<int> indexInput(rank, -1), weightInput(rank, -1);
    if (!nearest())
      loops += axes.size();
    for (auto [i, axis] : llvm::enumerate(axes)) {
      SmallVector<AffineExpr> exprs = {b.getAffineDimExpr(axis.dim)};
      if (!nearest())
        exprs.push_back(b.getAffineDimExpr(rank + i));
      AffineMap map = AffineMap::get(loops, 0, exprs, b.getContext());
      indexInput[axis.dim] = inputs.size();
      inputs.push_back(axis.indices);
      maps.push_back(map);
      if (!nearest()) {
        weightInput[axis.dim] = inputs.size();
        inputs.push_back(axis.weights);
        maps.push_back(map);
      }
      dims[axis.dim] = target[axis.dim];
    }
    auto read = [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
      SmallVector<Value> at;
      for (unsigned d = 0; d < rank; ++d)
        at.push_back(indexInput[d] < 0
                         ? Value(linalg::IndexOp::create(b, loc, d))
                         : arith::IndexCastOp::create(b, loc, b.getIndexType(), s[indexInput[d]]));
      return tensor::ExtractOp::create(b, loc, x, at);
    };
    Type element = getElementTypeOrSelf(x.getType());
    if (nearest())
      return lowering.parallel(lowering.empty(lowering.sizes(dims), element), inputs, maps, read);
    Type sumType = element.isF64() ? element : f32;
    bool unsignedInput = nn::isUnsigned(op.getInput().getType());
    SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
    iterators.append(loops - rank, utils::IteratorType::reduction);
    return lowering.reduce(
        lowering.filled(lowering.sizes(dims), sumType, 0), inputs, maps,
        AffineMap::getMultiDimIdentityMap(loops, b.getContext()).getMajorSubMap(rank), iterators,
        [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          Value value = read(b, loc, s);
          if (isa<IntegerType>(value.getType()))
            value = unsignedInput ? Value(arith::UIToFPOp::create(b, loc, sumType, value))
                                  : arith::SIToFPOp::create(b, loc, sumType, value);
          else if (value.getType() != sumType)
            value = arith::ExtFOp::create(b, loc, sumType, value);
          Value weight;
          for (const Axis &axis : axes) {
            Value w = s[weightInput[axis.dim]];
            weight = weight ? Value(arith::MulFOp::create(b, loc, weight, w)) : w;
          }
          if (sumType != f32)
            weight = arith::ExtFOp::create(b, loc, sumType, weight);
          return arith::AddFOp::create(b, loc, s.back(),
                                       arith::MulFOp::create(b, loc, value, weight));
        });
  }

  /// The result in the input's element type; outside of the region the extrapolation value.
  Value finish(Value x, ArrayRef<Axis> axes) {
    Type element = signless(getElementTypeOrSelf(op.getType())),
         from = getElementTypeOrSelf(x.getType());
    if (!crops() && from == element)
      return x;
    unsigned rank = op.getType().getRank();
    SmallVector<Value> inputs = {x};
    SmallVector<AffineMap> maps = {b.getMultiDimIdentityMap(rank)};
    if (crops())
      for (const Axis &axis : axes) {
        inputs.push_back(axis.outside);
        maps.push_back(AffineMap::get(rank, 0, b.getAffineDimExpr(axis.dim)));
      }
    bool isUnsigned = nn::isUnsigned(op.getType());
    double extrapolation = op.getExtrapolation().convertToDouble();
    return lowering.parallel(
        lowering.empty(op.getType()), inputs, maps, [&](OpBuilder &b, Location loc, ValueRange s) {
          Value value = s[0];
          if (from != element && isa<IntegerType>(element)) {
            // Cubic weights overshoot; the value is brought into the type's range.
            unsigned width = element.getIntOrFloatBitWidth();
            double low = isUnsigned ? 0 : -std::ldexp(1.0, width - 1),
                   high = std::ldexp(1.0, isUnsigned ? width : width - 1);
            high = width > 24 ? std::nextafterf(float(high), 0) : high - 1;
            Coordinates k{b, loc, from};
            value = k.clamped(value, k.c(low), k.c(high));
            value = isUnsigned ? Value(arith::FPToUIOp::create(b, loc, element, value))
                               : arith::FPToSIOp::create(b, loc, element, value);
          } else if (from != element) {
            value = arith::TruncFOp::create(b, loc, element, value);
          }
          for (Value outside : s.drop_front())
            value = arith::SelectOp::create(b, loc, outside,
                                            constantOf(b, loc, element, extrapolation), value);
          return value;
        });
  }

  LogicalResult run() {
    SmallVector<Dim> dims = nn::dimsOf(op.getInput().getType()), target = nn::dimsOf(op.getType());
    SmallVector<Axis> axes;
    DenseElementsAttr constantScales;
    matchPattern(op.getScales(), m_Constant(&constantScales));
    for (auto [i, dim] : llvm::enumerate(op.getAxes())) {
      Axis axis;
      axis.dim = dim;
      axis.position = i;
      axis.in = lowering.sizeValue(dims[dim]);
      axis.out = lowering.sizeValue(target[dim]);
      axis.outSize = lowering.size(target[dim]);
      if (constantScales)
        axis.scale = constantScales.getValues<APFloat>()[i].convertToDouble();
      Coordinates k{b, lowering.loc, f32};
      if (!axis.scale)
        lowering.require(k.less(k.c(0), element(scales, i)), "a scale of a resize is not positive");
      else if (!(*axis.scale > 0) || *axis.scale < 1e-6)
        return op.emitError("scales must be positive; one is ") << *axis.scale;
      if (!dims[dim].constant())
        lowering.require(arith::CmpIOp::create(b, lowering.loc, arith::CmpIPredicate::sgt, axis.in,
                                               lowering.sizeValue(0)),
                         "an empty dimension is resized");
      axis.taps = nearest() ? OpFoldResult(b.getIndexAttr(1)) : tapCount(axis);
      buildTables(axis);
      axes.push_back(axis);
    }
    Value x = lowering.get(op.getInput());
    bool together = nearest() || (!op.getAntialias() && axes.size() <= 2);
    if (together && !axes.empty())
      x = sample(x, dims, axes, target);
    else
      for (const Axis &axis : axes)
        x = sample(x, dims, axis, target);
    lowering.set(op.getOutput(), finish(x, axes));
    return success();
  }
};

struct ResizeStructure : StructureOpInterface::ExternalModel<ResizeStructure, nn::ResizeOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    return Resizer(lowering, cast<nn::ResizeOp>(op)).run();
  }
};
} // namespace

void dlc::registerResizeStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::ResizeOp::attachInterface<ResizeStructure>(*context);
  });
}
