// Pooling as one linalg.generic over padded input: parallel n, c, o... (or n, o..., c), reduction
// k...; a tensor that is only a shape gives the window's extents, as in the named pooling
// operations.
#include "compiler/structure/reduction.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace {
/// Loops and operands of one pooling operation.
struct Pool {
  Lowering &lowering;
  nn::WindowAttr window;
  bool last;
  SmallVector<Dim> in, out; ///< `in` is not padded
  unsigned rank;
  AffineMap inputMap, windowMap, outputMap;
  SmallVector<utils::IteratorType> iterators;

  Pool(Lowering &lowering, Value input, Value output, nn::WindowAttr window, bool last)
      : lowering(lowering), window(window), last(last), in(nn::dimsOf(input.getType())),
        out(nn::dimsOf(output.getType())), rank(window.rank()) {
    MLIRContext *context = input.getContext();
    unsigned parallel = rank + 2, loops = parallel + rank;
    SmallVector<AffineExpr> inputExprs, windowExprs;
    for (unsigned i = 0; i < parallel; ++i)
      inputExprs.push_back(getAffineDimExpr(i, context));
    for (unsigned i = 0; i < rank; ++i) {
      AffineExpr tap = getAffineDimExpr(parallel + i, context);
      windowExprs.push_back(tap);
      inputExprs[spatial(i)] =
          inputExprs[spatial(i)] * window.getStride()[i] + tap * window.getDilation()[i];
    }
    inputMap = AffineMap::get(loops, 0, inputExprs, context);
    windowMap = AffineMap::get(loops, 0, windowExprs, context);
    outputMap = AffineMap::getMultiDimIdentityMap(loops, context).getMajorSubMap(parallel);
    iterators.assign(parallel, utils::IteratorType::parallel);
    iterators.append(rank, utils::IteratorType::reduction);
  }

  unsigned spatial(unsigned i) const { return (last ? 1 : 2) + i; }
  unsigned channel() const { return last ? rank + 1 : 1; }
  unsigned tap(unsigned i) const { return rank + 2 + i; }

  /// The input with pads; where output sizes are rounded up also with what the last window needs
  /// beyond them.
  Value padded(Value x, Value scalar) {
    SmallVector<Dim> dims = in, low, high;
    for (unsigned i = 0; i < rank; ++i) {
      Dim need = (out[spatial(i)] - Dim(1)) * Dim(window.getStride()[i]) +
                 Dim(window.extent(i) - window.padBegin(i)) - in[spatial(i)];
      low.push_back(window.padBegin(i));
      high.push_back(Dim::max(window.padEnd(i), need));
    }
    return padSpatial(lowering, x, dims, low, high, last, scalar);
  }
  Value windowShape(Type element) {
    SmallVector<Dim> dims;
    for (int64_t k : window.getKernel())
      dims.push_back(k);
    return lowering.empty(lowering.sizes(dims), element);
  }
  /// Folds the padded input from `start`; the body gets the element (extended) and the running
  /// value.
  Value fold(Value x, Value pad, Value start, Lowering::Body body) {
    Type type = start.getType();
    Value init = lowering.fill(lowering.empty(lowering.sizes(out), type), start);
    return lowering.reduce(init, {padded(x, pad), windowShape(type)}, {inputMap, windowMap},
                           outputMap, iterators, [&](OpBuilder &b, Location loc, ValueRange s) {
                             return body(b, loc, {extend(b, loc, s[0]), s[2]});
                           });
  }
};

struct MaxPoolStructure : StructureOpInterface::ExternalModel<MaxPoolStructure, nn::MaxPoolOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto pool = cast<nn::MaxPoolOp>(op);
    Pool p(lowering, pool.getInput(), pool.getOutput(), pool.getWindow(), pool.getChannelsLast());
    OpBuilder &b = lowering.builder;
    Type element = signless(getElementTypeOrSelf(pool.getType()));
    bool isUnsigned = nn::isUnsigned(pool.getType());
    auto lowest = [&](Type type) {
      return identityOf(b, lowering.loc, nn::ReduceKind::Max, type, isUnsigned);
    };
    Value result =
        p.fold(lowering.get(pool.getInput()), lowest(element), lowest(accumulatorType(element)),
               [&](OpBuilder &b, Location loc, ValueRange s) {
                 return join(b, loc, nn::ReduceKind::Max, isUnsigned, s[1], s[0]);
               });
    lowering.set(pool.getOutput(), lowering.convert(result, element));
    return success();
  }
};

struct MaxPoolIndicesStructure
    : StructureOpInterface::ExternalModel<MaxPoolIndicesStructure, nn::MaxPoolIndicesOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto pool = cast<nn::MaxPoolIndicesOp>(op);
    Pool p(lowering, pool.getInput(), pool.getOutput(), pool.getWindow(), pool.getChannelsLast());
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    Type element = signless(getElementTypeOrSelf(pool.getInput().getType())),
         type = accumulatorType(element), i64 = b.getI64Type();
    bool isUnsigned = nn::isUnsigned(pool.getInput().getType());
    Value x = p.padded(lowering.get(pool.getInput()),
                       identityOf(b, loc, nn::ReduceKind::Max, element, isUnsigned));
    Value best = lowering.fill(lowering.empty(lowering.sizes(p.out), type),
                               identityOf(b, loc, nn::ReduceKind::Max, type, isUnsigned));
    Value position = lowering.filled(lowering.sizes(p.out), i64, -1);
    SmallVector<Value> sizes;
    for (const Dim &dim : p.in)
      sizes.push_back(lowering.sizeValue(dim));
    auto generic = linalg::GenericOp::create(
        b, loc, TypeRange{best.getType(), position.getType()}, ValueRange{x, p.windowShape(type)},
        ValueRange{best, position},
        ArrayRef<AffineMap>{p.inputMap, p.windowMap, p.outputMap, p.outputMap}, p.iterators,
        [&](OpBuilder &b, Location loc, ValueRange s) {
          auto index = [&](unsigned loop) -> Value {
            return linalg::IndexOp::create(b, loc, loop);
          };
          auto constant = [&](int64_t value) -> Value {
            return arith::ConstantIndexOp::create(b, loc, value);
          };
          auto add = [&](Value x, Value y) -> Value { return arith::AddIOp::create(b, loc, x, y); };
          auto mul = [&](Value x, Value y) -> Value { return arith::MulIOp::create(b, loc, x, y); };
          Value inside = arith::ConstantOp::create(b, loc, b.getBoolAttr(true)), flat = constant(0),
                area = constant(1);
          for (unsigned step = 0; step < p.rank; ++step) {
            // From the dimension that moves slowest to the fastest.
            unsigned i = pool.getColumnMajor() ? p.rank - 1 - step : step;
            Value at = add(mul(index(p.spatial(i)), constant(p.window.getStride()[i])),
                           mul(index(p.tap(i)), constant(p.window.getDilation()[i])));
            at = arith::SubIOp::create(b, loc, at, constant(p.window.padBegin(i)));
            Value size = sizes[p.spatial(i)];
            inside = arith::AndIOp::create(
                b, loc, inside,
                arith::CmpIOp::create(b, loc, arith::CmpIPredicate::sge, at, constant(0)));
            inside = arith::AndIOp::create(
                b, loc, inside, arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, at, size));
            flat = add(mul(flat, size), at);
            area = mul(area, size);
          }
          Value plane = add(mul(index(0), sizes[p.channel()]), index(p.channel()));
          flat = arith::IndexCastOp::create(b, loc, i64, add(mul(plane, area), flat));
          Value value = extend(b, loc, s[0]);
          Value better =
              exceeds(b, loc, value, s[2], /*smallest=*/false, /*last=*/false, isUnsigned);
          Value none = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, s[3],
                                             constantOf(b, loc, i64, 0));
          better =
              arith::AndIOp::create(b, loc, inside, arith::OrIOp::create(b, loc, none, better));
          Value newBest = arith::SelectOp::create(b, loc, better, value, s[2]);
          Value newPosition = arith::SelectOp::create(b, loc, better, flat, s[3]);
          linalg::YieldOp::create(b, loc, ValueRange{newBest, newPosition});
        });
    lowering.set(pool.getOutput(), generic.getResult(1));
    return success();
  }
};

struct AvgPoolStructure : StructureOpInterface::ExternalModel<AvgPoolStructure, nn::AvgPoolOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto pool = cast<nn::AvgPoolOp>(op);
    Pool p(lowering, pool.getInput(), pool.getOutput(), pool.getWindow(), pool.getChannelsLast());
    Type element = signless(getElementTypeOrSelf(pool.getType())), type = accumulatorType(element);
    Value sum =
        p.fold(lowering.get(pool.getInput()), lowering.scalar(element, 0), lowering.scalar(type, 0),
               [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
                 return arith::AddFOp::create(b, loc, s[1], s[0]);
               });
    // Along some dimensions all windows lie inside what counts; the others count their taps.
    int64_t fixed = 1;
    SmallVector<unsigned> counted;
    SmallVector<Value> ends(p.rank);
    for (unsigned i = 0; i < p.rank; ++i) {
      bool pads = pool.getWindow().padBegin(i) > 0 || pool.getWindow().padEnd(i) > 0;
      if (pool.getCeilMode() || (pads && !pool.getCountIncludePad())) {
        counted.push_back(i);
        ends[i] = lowering.sizeValue(
            p.in[p.spatial(i)] + Dim(pool.getCountIncludePad() ? pool.getWindow().padEnd(i) : 0));
      } else {
        fixed *= pool.getWindow().getKernel()[i];
      }
    }
    Value mean = lowering.parallel(
        lowering.empty(lowering.sizes(p.out), element), sum,
        lowering.builder.getMultiDimIdentityMap(p.rank + 2),
        [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          Value count;
          for (unsigned i : counted) {
            Value taps = countTaps(b, loc, p, i, pool.getCountIncludePad(), ends[i]);
            count = count ? arith::MulIOp::create(b, loc, count, taps) : taps;
          }
          Value divisor = constantOf(b, loc, type, double(fixed));
          if (count) {
            count = arith::IndexCastOp::create(b, loc, b.getI64Type(), count);
            count = arith::SIToFPOp::create(b, loc, type, count);
            divisor = fixed == 1 ? count : arith::MulFOp::create(b, loc, count, divisor);
          }
          Value result = arith::DivFOp::create(b, loc, s[0], divisor);
          return type == element ? result : arith::TruncFOp::create(b, loc, element, result);
        });
    lowering.set(pool.getOutput(), mean);
    return success();
  }

  /// How many taps k of the window at this output position have begin <= o * stride - pad + k *
  /// dilation < end.
  static Value countTaps(OpBuilder &b, Location loc, const Pool &p, unsigned i, bool includePad,
                         Value end) {
    auto constant = [&](int64_t value) -> Value {
      return arith::ConstantIndexOp::create(b, loc, value);
    };
    int64_t dilation = p.window.getDilation()[i], padBegin = p.window.padBegin(i);
    Value o = linalg::IndexOp::create(b, loc, p.spatial(i));
    Value start = arith::SubIOp::create(
        b, loc, arith::MulIOp::create(b, loc, o, constant(p.window.getStride()[i])),
        constant(padBegin));
    // ceil(max(limit - start, 0) / dilation), at most the number of taps: how many taps lie before
    // `limit`.
    auto before = [&](Value limit) -> Value {
      Value distance =
          arith::MaxSIOp::create(b, loc, arith::SubIOp::create(b, loc, limit, start), constant(0));
      if (dilation != 1)
        distance = arith::DivSIOp::create(
            b, loc, arith::AddIOp::create(b, loc, distance, constant(dilation - 1)),
            constant(dilation));
      return arith::MinSIOp::create(b, loc, distance, constant(p.window.getKernel()[i]));
    };
    Value taps = before(end);
    if (!includePad && padBegin > 0)
      taps = arith::SubIOp::create(b, loc, taps, before(constant(0)));
    return taps;
  }
};

struct LpPoolStructure : StructureOpInterface::ExternalModel<LpPoolStructure, nn::LpPoolOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto pool = cast<nn::LpPoolOp>(op);
    Pool p(lowering, pool.getInput(), pool.getOutput(), pool.getWindow(), pool.getChannelsLast());
    Type element = signless(getElementTypeOrSelf(pool.getType())), type = accumulatorType(element);
    int64_t power = pool.getP();
    Value sum =
        p.fold(lowering.get(pool.getInput()), lowering.scalar(element, 0), lowering.scalar(type, 0),
               [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
                 Value x = power == 2 ? Value(arith::MulFOp::create(b, loc, s[0], s[0]))
                                      : math::AbsFOp::create(b, loc, s[0]);
                 if (power > 2)
                   x = math::PowFOp::create(b, loc, x, constantOf(b, loc, type, double(power)));
                 return arith::AddFOp::create(b, loc, s[1], x);
               });
    Value result = lowering.parallel(
        lowering.empty(lowering.sizes(p.out), element), sum,
        lowering.builder.getMultiDimIdentityMap(p.rank + 2),
        [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          Value x = s[0];
          if (power == 2)
            x = math::SqrtOp::create(b, loc, x);
          else if (power > 2)
            x = math::PowFOp::create(b, loc, x, constantOf(b, loc, type, 1.0 / double(power)));
          return type == element ? x : arith::TruncFOp::create(b, loc, element, x);
        });
    lowering.set(pool.getOutput(), result);
    return success();
  }
};
} // namespace

void dlc::registerPoolingStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::MaxPoolOp::attachInterface<MaxPoolStructure>(*context);
    nn::MaxPoolIndicesOp::attachInterface<MaxPoolIndicesStructure>(*context);
    nn::AvgPoolOp::attachInterface<AvgPoolStructure>(*context);
    nn::LpPoolOp::attachInterface<LpPoolStructure>(*context);
  });
}
