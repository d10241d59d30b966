// Sampling at positions that are data: gathers at clamped indices.
#include "compiler/structure/interpolation.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace {
/// Nothing is computed for a result without elements, and slices of what it is made of must not
/// begin at its end.
bool isEmpty(Value result) {
  return llvm::is_contained(cast<RankedTensorType>(result.getType()).getShape(), 0);
}

/// One generic: parallel over the result, a reduction loop of taps for each spatial dimension.
struct GridSampleStructure
    : StructureOpInterface::ExternalModel<GridSampleStructure, nn::GridSampleOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto sample = cast<nn::GridSampleOp>(op);
    OpBuilder &b = lowering.builder;
    SmallVector<Dim> in = nn::dimsOf(sample.getInput().getType()),
                     grid = nn::dimsOf(sample.getGrid().getType()),
                     out = nn::dimsOf(sample.getType());
    unsigned spatial = in.size() - 2, rank = out.size();
    lowering.requireEqual(in[0], grid[0], "input and grid have different batches");
    SmallVector<Value> sizes;
    for (const Dim &dim : in)
      sizes.push_back(lowering.sizeValue(dim));
    for (unsigned i = 0; i < spatial; ++i)
      if (!in[2 + i].constant())
        lowering.require(arith::CmpIOp::create(b, lowering.loc, arith::CmpIPredicate::sgt,
                                               sizes[2 + i], lowering.sizeValue(0)),
                         "the input of a grid sample is empty");
    if (isEmpty(sample.getOutput())) {
      lowering.set(sample.getOutput(), lowering.empty(sample.getType()));
      return success();
    }
    Value x = lowering.get(sample.getInput()), gridTensor = lowering.get(sample.getGrid());
    Type element = getElementTypeOrSelf(x.getType()),
         type = accumulatorType(getElementTypeOrSelf(gridTensor.getType()));
    bool nearest = sample.getMode() == nn::Interpolation::Nearest,
         isUnsigned = nn::isUnsigned(sample.getInput().getType());
    int64_t taps = nearest ? 1 : sample.getMode() == nn::Interpolation::Linear ? 2 : 4;
    unsigned loops = rank + (nearest ? 0 : spatial);

    // Coordinate k as a tensor [N, O...] of its own.
    SmallVector<Value> inputs;
    SmallVector<AffineMap> maps;
    SmallVector<AffineExpr> gridExprs = {b.getAffineDimExpr(0)};
    for (unsigned i = 2; i < rank; ++i)
      gridExprs.push_back(b.getAffineDimExpr(i));
    for (unsigned i = 0; i < spatial; ++i) {
      SmallVector<OpFoldResult> offsets(grid.size(), b.getIndexAttr(0)),
          strides(grid.size(), b.getIndexAttr(1)), extents = lowering.sizes(grid);
      offsets.back() = b.getIndexAttr(spatial - 1 - i);
      extents.back() = b.getIndexAttr(1);
      SmallVector<Dim> kept(grid.begin(), grid.end() - 1);
      auto reduced =
          lowering.typeOf(nn::tensorOf(kept, getElementTypeOrSelf(gridTensor.getType())));
      inputs.push_back(tensor::ExtractSliceOp::create(b, lowering.loc, reduced, gridTensor, offsets,
                                                      extents, strides));
      maps.push_back(AffineMap::get(loops, 0, gridExprs, b.getContext()));
    }
    if (!nearest) {
      inputs.push_back(
          lowering.empty(SmallVector<OpFoldResult>(spatial, b.getIndexAttr(taps)), type));
      SmallVector<AffineExpr> tapExprs;
      for (unsigned i = 0; i < spatial; ++i)
        tapExprs.push_back(b.getAffineDimExpr(rank + i));
      maps.push_back(AffineMap::get(loops, 0, tapExprs, b.getContext()));
    }

    /// The element at the taps that the loops say, and its weight (null for nearest).
    auto read = [&](OpBuilder &b, Location loc, ValueRange s, Value &weight) -> Value {
      Coordinates k{b, loc, type};
      SmallVector<Value> at = {linalg::IndexOp::create(b, loc, 0),
                               linalg::IndexOp::create(b, loc, 1)};
      Value inside;
      for (unsigned i = 0; i < spatial; ++i) {
        Value size = k.fromIndex(sizes[2 + i]), last = k.sub(size, k.c(1));
        Value g = extend(b, loc, s[i]);
        Value position = sample.getAlignCorners()
                             ? k.mul(k.mul(k.add(g, k.c(1)), k.c(0.5)), last)
                             : k.mul(k.sub(k.mul(k.add(g, k.c(1)), size), k.c(1)), k.c(0.5));
        if (nearest)
          position = math::RoundEvenOp::create(b, loc, position);
        Value low = sample.getAlignCorners() ? k.c(0) : k.c(-0.5),
              high = sample.getAlignCorners() ? last : k.sub(size, k.c(0.5));
        // Cubic interpolation repeats the border for each tap, and so goes on beyond it.
        if (sample.getOutside() == nn::Outside::Border && taps != 4)
          position = k.clamped(position, k.c(0), last);
        else if (sample.getOutside() == nn::Outside::Reflection)
          position = reflected(k, position, low, high);
        // NaN and what is far outside stay outside.
        position = k.clamped(position, k.c(-8), k.add(size, k.c(8)));
        Value tap = position;
        if (!nearest) {
          Value base = k.floor(position), ratio = k.sub(position, base);
          Value offset = k.add(k.fromIndex(linalg::IndexOp::create(b, loc, rank + i)),
                               k.c(taps == 2 ? 0 : -1));
          tap = k.add(base, offset);
          Value distance = k.abs(k.sub(offset, ratio));
          Value w = taps == 2 ? k.max(k.sub(k.c(1), distance), k.c(0)) : k.cubic(distance, -0.75);
          weight = weight ? k.mul(weight, w) : w;
        }
        if (sample.getOutside() == nn::Outside::Zeros) {
          Value here = k.both(k.lessEqual(k.c(0), tap), k.lessEqual(tap, last));
          inside = inside ? k.both(inside, here) : here;
        } else if (sample.getOutside() == nn::Outside::Reflection) {
          Value mirrored = reflected(k, tap, low, high);
          // Reflected about an edge between elements, a whole position stays whole but for
          // rounding.
          tap = math::RoundEvenOp::create(b, loc, mirrored);
        }
        at.push_back(arith::IndexCastOp::create(b, loc, b.getIndexType(),
                                                k.toInteger(k.clamped(tap, k.c(0), last))));
      }
      Value value = tensor::ExtractOp::create(b, loc, x, at);
      if (inside)
        value = arith::SelectOp::create(b, loc, inside, value, constantOf(b, loc, element, 0));
      return value;
    };

    if (nearest) {
      lowering.set(sample.getOutput(),
                   lowering.parallel(lowering.empty(sample.getType()), inputs, maps,
                                     [&](OpBuilder &b, Location loc, ValueRange s) {
                                       Value weight;
                                       return read(b, loc, s, weight);
                                     }));
      return success();
    }
    Type sumType = element.isF64() || type.isF64() ? Type(b.getF64Type()) : b.getF32Type();
    SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
    iterators.append(spatial, utils::IteratorType::reduction);
    Value sum = lowering.reduce(
        lowering.filled(lowering.sizes(out), sumType, 0), inputs, maps,
        AffineMap::getMultiDimIdentityMap(loops, b.getContext()).getMajorSubMap(rank), iterators,
        [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          Value weight, value = read(b, loc, s, weight);
          if (isa<IntegerType>(element))
            value = isUnsigned ? Value(arith::UIToFPOp::create(b, loc, sumType, value))
                               : arith::SIToFPOp::create(b, loc, sumType, value);
          else if (value.getType() != sumType)
            value = arith::ExtFOp::create(b, loc, sumType, value);
          if (weight.getType() != sumType)
            weight = arith::ExtFOp::create(b, loc, sumType, weight);
          return arith::AddFOp::create(b, loc, s.back(),
                                       arith::MulFOp::create(b, loc, value, weight));
        });
    if (isa<IntegerType>(element)) {
      // Truncated as C does, within the type's range.
      unsigned width = element.getIntOrFloatBitWidth();
      double lowest = isUnsigned ? 0 : -std::ldexp(1.0, width - 1),
             highest = std::ldexp(1.0, isUnsigned ? width : width - 1);
      highest = width > 24 ? std::nextafterf(float(highest), 0) : highest - 1;
      sum = lowering.parallel(lowering.empty(sample.getType()), sum, b.getMultiDimIdentityMap(rank),
                              [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
                                Coordinates k{b, loc, sumType};
                                Value value = k.clamped(s[0], k.c(lowest), k.c(highest));
                                return isUnsigned
                                           ? Value(arith::FPToUIOp::create(b, loc, element, value))
                                           : arith::FPToSIOp::create(b, loc, element, value);
                              });
    }
    lowering.set(sample.getOutput(), lowering.convert(sum, element));
    return success();
  }

  /// `x` mirrored at low and high until it lies between them: a triangle wave.
  static Value reflected(Coordinates &k, Value x, Value low, Value high) {
    Value range = k.sub(high, low), safe = k.select(k.less(k.c(0), range), range, k.c(1));
    Value distance = k.abs(k.sub(x, low)), turns = k.floor(k.div(distance, safe));
    Value rest = k.sub(distance, k.mul(turns, safe));
    Value half = k.mul(turns, k.c(0.5));
    Value even = k.equal(half, k.floor(half));
    Value mirrored = k.select(even, k.add(low, rest), k.sub(high, rest));
    return k.select(k.less(k.c(0), range), mirrored, low);
  }
};

/// out[n, c, p] sums over the taps k of a block the column whose window has tap k at p.
struct ColToImStructure : StructureOpInterface::ExternalModel<ColToImStructure, nn::ColToImOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto fold = cast<nn::ColToImOp>(op);
    OpBuilder &b = lowering.builder;
    auto parse = [](ArrayAttr texts) {
      SmallVector<Dim> dims;
      for (StringRef text : texts.getAsValueRange<StringAttr>())
        dims.push_back(*Dim::parse(text));
      return dims;
    };
    SmallVector<Dim> in = nn::dimsOf(fold.getInput().getType()), out = nn::dimsOf(fold.getType()),
                     image = parse(fold.getImage()), block = parse(fold.getBlock());
    unsigned rank = image.size(), parallel = rank + 2, loops = parallel + rank;
    ArrayRef<int64_t> pad = fold.getPad();
    lowering.requireEqual(in[1], out[1] * nn::product(block), "blocks do not divide the channels");
    // How many windows lie along each dimension.
    SmallVector<Value> positions, taps;
    Dim columns(1);
    for (unsigned i = 0; i < rank; ++i) {
      Dim span = image[i] + Dim(pad[i] + pad[rank + i] - 1) -
                 Dim(fold.getDilation()[i]) * (block[i] - Dim(1));
      Dim count = Dim::floorDiv(span, Dim(fold.getStride()[i])) + Dim(1);
      columns = columns * count;
      positions.push_back(lowering.sizeValue(count));
      taps.push_back(lowering.sizeValue(block[i]));
    }
    lowering.requireEqual(in[2], columns, "the number of columns is not that of the windows");
    Value x = lowering.get(fold.getInput());
    Type element = signless(getElementTypeOrSelf(fold.getType())),
         sumType = accumulatorType(element);
    SmallVector<AffineExpr> tapExprs;
    for (unsigned i = 0; i < rank; ++i)
      tapExprs.push_back(b.getAffineDimExpr(parallel + i));
    SmallVector<utils::IteratorType> iterators(parallel, utils::IteratorType::parallel);
    iterators.append(rank, utils::IteratorType::reduction);
    Value sum = lowering.reduce(
        lowering.filled(lowering.sizes(out), sumType, 0),
        lowering.empty(lowering.sizes(block), sumType),
        AffineMap::get(loops, 0, tapExprs, b.getContext()),
        AffineMap::getMultiDimIdentityMap(loops, b.getContext()).getMajorSubMap(parallel),
        iterators, [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          auto constant = [&](int64_t value) -> Value {
            return arith::ConstantIndexOp::create(b, loc, value);
          };
          auto compare = [&](arith::CmpIPredicate p, Value x, Value y) -> Value {
            return arith::CmpIOp::create(b, loc, p, x, y);
          };
          Value channel = linalg::IndexOp::create(b, loc, 1), column = constant(0), valid;
          for (unsigned i = 0; i < rank; ++i) {
            Value tap = linalg::IndexOp::create(b, loc, parallel + i),
                  p = linalg::IndexOp::create(b, loc, 2 + i);
            channel =
                arith::AddIOp::create(b, loc, arith::MulIOp::create(b, loc, channel, taps[i]), tap);
            Value start = arith::SubIOp::create(
                b, loc, arith::AddIOp::create(b, loc, p, constant(pad[i])),
                arith::MulIOp::create(b, loc, tap, constant(fold.getDilation()[i])));
            Value stride = constant(fold.getStride()[i]);
            Value forward = arith::MaxSIOp::create(b, loc, start, constant(0));
            Value window = arith::DivSIOp::create(b, loc, forward, stride);
            Value fits = compare(arith::CmpIPredicate::eq,
                                 arith::MulIOp::create(b, loc, window, stride), start);
            fits = arith::AndIOp::create(b, loc, fits,
                                         compare(arith::CmpIPredicate::slt, window, positions[i]));
            valid = valid ? Value(arith::AndIOp::create(b, loc, valid, fits)) : fits;
            Value last = arith::SubIOp::create(b, loc, positions[i], constant(1));
            window = arith::MaxSIOp::create(b, loc, arith::MinSIOp::create(b, loc, window, last),
                                            constant(0));
            column = arith::AddIOp::create(
                b, loc, arith::MulIOp::create(b, loc, column, positions[i]), window);
          }
          Value value = extend(
              b, loc,
              tensor::ExtractOp::create(
                  b, loc, x, ValueRange{linalg::IndexOp::create(b, loc, 0), channel, column}));
          Value term =
              arith::SelectOp::create(b, loc, valid, value, constantOf(b, loc, sumType, 0));
          return join(b, loc, nn::ReduceKind::Sum, false, s[1], term);
        });
    lowering.set(fold.getOutput(), lowering.convert(sum, element));
    return success();
  }
};

/// Reductions over the samples of an element; where their number follows from the region, loops run
/// to the largest one and skip.
struct RoiAlignStructure : StructureOpInterface::ExternalModel<RoiAlignStructure, nn::RoiAlignOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto align = cast<nn::RoiAlignOp>(op);
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    SmallVector<Dim> in = nn::dimsOf(align.getInput().getType()), out = nn::dimsOf(align.getType());
    Value x = lowering.get(align.getInput()), rois = lowering.get(align.getRois()),
          batches = lowering.get(align.getBatchIndices());
    lowering.requireEqual(out[0], nn::dimOf(align.getBatchIndices().getType(), 0),
                          "as many batch indices as regions are needed");
    Type element = getElementTypeOrSelf(x.getType()), type = accumulatorType(element);
    Value sizes[] = {lowering.sizeValue(in[2]), lowering.sizeValue(in[3])},
          images = lowering.sizeValue(in[0]);
    Value zero = lowering.sizeValue(0);
    for (Value size : sizes)
      lowering.require(arith::CmpIOp::create(b, loc, arith::CmpIPredicate::sgt, size, zero),
                       "the input of a region pooling is empty");
    checkBatches(lowering, batches, images);
    if (isEmpty(align.getOutput())) {
      lowering.set(align.getOutput(), lowering.empty(align.getType()));
      return success();
    }
    int64_t ratio = align.getSamplingRatio(),
            extents[] = {int64_t(align.getHeight()), int64_t(align.getWidth())};
    double scale = align.getSpatialScale().convertToDouble();

    // Begin and extent of region `r` along dimension d (0: y, 1: x), in elements. corners: x1, y1,
    // x2, y2.
    auto region = [&](Coordinates &k, ValueRange corners, unsigned d) {
      Value offset = k.c(align.getHalfPixel() ? 0.5 : 0),
            begin = k.sub(k.mul(corners[1 - d], k.c(scale)), offset);
      Value extent = k.sub(k.sub(k.mul(corners[3 - d], k.c(scale)), offset), begin);
      if (!align.getHalfPixel())
        extent = k.max(extent, k.c(1));
      return std::pair(begin, extent);
    };
    auto samples = [&](Coordinates &k, Value extent, unsigned d) {
      return ratio > 0
                 ? k.c(double(ratio))
                 : k.clamped(k.ceil(k.div(extent, k.c(double(extents[d])))), k.c(0), k.c(1 << 20));
    };
    SmallVector<Value> corners;
    for (unsigned i = 0; i < 4; ++i) {
      SmallVector<OpFoldResult> offsets = {b.getIndexAttr(0), b.getIndexAttr(i)},
                                strides(2, b.getIndexAttr(1)),
                                shape = {lowering.size(out[0]), b.getIndexAttr(1)};
      auto column = lowering.typeOf(nn::tensorOf({out[0]}, element));
      corners.push_back(
          tensor::ExtractSliceOp::create(b, loc, column, rois, offsets, shape, strides));
    }
    // The largest number of samples along each dimension.
    SmallVector<OpFoldResult> window;
    for (unsigned d = 0; d < 2; ++d) {
      if (ratio > 0) {
        window.push_back(b.getIndexAttr(ratio));
        continue;
      }
      AffineMap identity = b.getMultiDimIdentityMap(1);
      Value most = lowering.reduce(
          lowering.filled({}, b.getI64Type(), 0), corners, SmallVector<AffineMap>(4, identity),
          AffineMap::get(1, 0, b.getContext()), {utils::IteratorType::reduction},
          [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
            Coordinates k{b, loc, type};
            SmallVector<Value> wide;
            for (Value corner : s.take_front(4))
              wide.push_back(extend(b, loc, corner));
            Value count = k.toInteger(samples(k, region(k, wide, d).second, d));
            return arith::MaxSIOp::create(b, loc, s.back(), count);
          });
      Value count = tensor::ExtractOp::create(b, loc, most, ValueRange());
      window.push_back(
          OpFoldResult(Value(arith::IndexCastOp::create(b, loc, b.getIndexType(), count))));
    }

    // Loops r, c, y, x, then the samples.
    unsigned loops = 6;
    auto map = [&](ArrayRef<AffineExpr> exprs) {
      return AffineMap::get(loops, 0, exprs, b.getContext());
    };
    SmallVector<Value> inputs = corners;
    SmallVector<AffineMap> maps(4, map(b.getAffineDimExpr(0)));
    inputs.push_back(batches);
    maps.push_back(map(b.getAffineDimExpr(0)));
    inputs.push_back(lowering.empty(window, type));
    maps.push_back(map({b.getAffineDimExpr(4), b.getAffineDimExpr(5)}));
    SmallVector<utils::IteratorType> iterators(4, utils::IteratorType::parallel);
    iterators.append(2, utils::IteratorType::reduction);
    Value start = lowering.scalar(type, align.getMax() ? -INFINITY : 0);
    Value pooled = lowering.reduce(
        lowering.fill(lowering.empty(lowering.sizes(out), type), start), inputs, maps,
        AffineMap::getMultiDimIdentityMap(loops, b.getContext()).getMajorSubMap(4), iterators,
        [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          Coordinates k{b, loc, type};
          SmallVector<Value> wide;
          for (Value corner : s.take_front(4))
            wide.push_back(extend(b, loc, corner));
          Value batch = arith::IndexCastOp::create(b, loc, b.getIndexType(), s[4]);
          batch = arith::MaxSIOp::create(
              b, loc,
              arith::MinSIOp::create(
                  b, loc, batch,
                  arith::SubIOp::create(b, loc, images, arith::ConstantIndexOp::create(b, loc, 1))),
              arith::ConstantIndexOp::create(b, loc, 0));
          Value here, counts = k.c(1), low[2], high[2], fraction[2];
          for (unsigned d = 0; d < 2; ++d) {
            auto [begin, extent] = region(k, wide, d);
            Value bin = k.div(extent, k.c(double(extents[d]))), count = samples(k, extent, d);
            Value sample = k.fromIndex(linalg::IndexOp::create(b, loc, 4 + d)),
                  cell = k.fromIndex(linalg::IndexOp::create(b, loc, 2 + d));
            Value at = k.add(k.add(begin, k.mul(cell, bin)),
                             k.div(k.mul(k.add(sample, k.c(0.5)), bin), k.max(count, k.c(1))));
            Value size = k.fromIndex(sizes[d]), last = k.sub(size, k.c(1));
            Value inside = k.both(k.both(k.lessEqual(k.c(-1), at), k.lessEqual(at, size)),
                                  k.less(sample, count));
            here = here ? k.both(here, inside) : inside;
            at = k.clamped(at, k.c(0), last);
            Value base = k.floor(at);
            fraction[d] = k.sub(at, base);
            low[d] = arith::IndexCastOp::create(b, loc, b.getIndexType(), k.toInteger(base));
            high[d] = arith::IndexCastOp::create(b, loc, b.getIndexType(),
                                                 k.toInteger(k.min(k.add(base, k.c(1)), last)));
            counts = k.mul(counts, k.max(count, k.c(1)));
          }
          auto corner = [&](bool bottom, bool right) {
            Value value = tensor::ExtractOp::create(
                b, loc, x,
                ValueRange{batch, linalg::IndexOp::create(b, loc, 1), bottom ? high[0] : low[0],
                           right ? high[1] : low[1]});
            Value wy = bottom ? fraction[0] : k.sub(k.c(1), fraction[0]),
                  wx = right ? fraction[1] : k.sub(k.c(1), fraction[1]);
            return k.mul(k.mul(wy, wx), extend(b, loc, value));
          };
          Value c[] = {corner(false, false), corner(false, true), corner(true, false),
                       corner(true, true)};
          if (align.getMax()) {
            // A sample outside counts as 0; one beyond the region's own number not at all.
            Value best = k.max(k.max(c[0], c[1]), k.max(c[2], c[3]));
            Value counted = sampled(k, wide, region, samples);
            return k.select(counted, k.max(s.back(), k.select(here, best, k.c(0))), s.back());
          }
          Value sum = k.add(k.add(c[0], c[1]), k.add(c[2], c[3]));
          return k.add(s.back(), k.select(here, k.div(sum, counts), k.c(0)));
        });
    lowering.set(align.getOutput(), lowering.convert(pooled, element));
    return success();
  }

  /// Whether the sample of this iteration is one of its region.
  template <typename Region, typename Samples>
  static Value sampled(Coordinates &k, ValueRange corners, Region region, Samples samples) {
    Value all;
    for (unsigned d = 0; d < 2; ++d) {
      Value sample = k.fromIndex(linalg::IndexOp::create(k.b, k.loc, 4 + d));
      Value one = k.less(sample, samples(k, region(k, corners, d).second, d));
      all = all ? k.both(all, one) : one;
    }
    return all;
  }

  static void checkBatches(Lowering &lowering, Value batches, Value images) {
    OpBuilder &b = lowering.builder;
    Value init =
        lowering.fill(lowering.empty({}, b.getI1Type()), lowering.scalar(b.getI1Type(), 1));
    Value valid = lowering.reduce(
        init, batches, b.getMultiDimIdentityMap(1), AffineMap::get(1, 0, b.getContext()),
        {utils::IteratorType::reduction}, [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          Value index = arith::IndexCastOp::create(b, loc, b.getIndexType(), s[0]);
          Value inside = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ult, index, images);
          return arith::AndIOp::create(b, loc, s[1], inside);
        });
    lowering.require(tensor::ExtractOp::create(b, lowering.loc, valid, ValueRange()),
                     "a batch index is outside of the input");
  }
};
} // namespace

void dlc::registerSamplingStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::ColToImOp::attachInterface<ColToImStructure>(*context);
    nn::RoiAlignOp::attachInterface<RoiAlignStructure>(*context);
    nn::GridSampleOp::attachInterface<GridSampleStructure>(*context);
  });
}
