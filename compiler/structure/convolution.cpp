// Convolution as one linalg.generic over padded input: parallel n, (g,) co, o...; reductions ci,
// k...
//
// With `channels_last` the channel is the innermost dimension of activations and the loops are n,
// o..., (g,) co; the filter keeps ONNX's layout [Co, Ci, K...] until a schedule packs it. A
// transposed convolution is a convolution, too: of all phases of its result at once.
#include "compiler/structure/reduction.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

Value dlc::convolve(Lowering &lowering, Value x, ArrayRef<Dim> in, Value filter, ArrayRef<Dim> w,
                    ArrayRef<Dim> out, Type sumType, ArrayRef<int64_t> stride,
                    ArrayRef<int64_t> dilation, int64_t groups, bool last, Lowering::Body body) {
  OpBuilder &b = lowering.builder;
  unsigned rank = stride.size();
  int64_t ci = *w[1].constant(), co = *w[0].constant();

  // Groups split the channel dimension: [G, C/G]. Loop order: n, then spatial and channel as the
  // output has them, then reductions.
  bool grouped = groups > 1, depthwise = grouped && ci == 1 && co == groups;
  unsigned channelAt = last ? rank + 1 : 1;
  SmallVector<Dim> outLoops(out);
  auto splitDim = [](SmallVector<Dim> &dims, unsigned i, int64_t outer, int64_t inner) {
    dims[i] = inner;
    dims.insert(dims.begin() + i, Dim(outer));
  };
  if (depthwise) {
    SmallVector<Dim> dropped(w);
    dropped.erase(dropped.begin() + 1);
    filter = lowering.reshape(filter, w, dropped);
  } else if (grouped) {
    SmallVector<Dim> splitIn(in), splitW(w);
    splitDim(splitIn, channelAt, groups, ci);
    splitDim(splitW, 0, groups, co / groups);
    x = lowering.reshape(x, in, splitIn);
    filter = lowering.reshape(filter, w, splitW);
    splitDim(outLoops, channelAt, groups, co / groups);
  }

  // Loops.
  unsigned parallelCount = outLoops.size();
  unsigned n = 0, spatial = last ? 1 : (grouped && !depthwise ? 3 : 2), channel = channelAt;
  unsigned reduction = parallelCount, taps = depthwise ? reduction : reduction + 1,
           loops = taps + rank;
  auto d = [&](unsigned i) { return b.getAffineDimExpr(i); };
  SmallVector<AffineExpr> xs = {d(n)}, ws, positions, channels;
  for (unsigned i = 0; i < rank; ++i)
    positions.push_back(d(spatial + i) * stride[i] + d(taps + i) * dilation[i]);
  if (depthwise) {
    channels = {d(channel)};
    ws = {d(channel)};
  } else if (grouped) {
    channels = {d(channel), d(reduction)};
    ws = {d(channel), d(channel + 1), d(reduction)};
  } else {
    channels = {d(reduction)};
    ws = {d(channel), d(reduction)};
  }
  llvm::append_range(xs, last ? positions : channels);
  llvm::append_range(xs, last ? channels : positions);
  for (unsigned i = 0; i < rank; ++i)
    ws.push_back(d(taps + i));
  SmallVector<utils::IteratorType> iterators(parallelCount, utils::IteratorType::parallel);
  iterators.append(loops - parallelCount, utils::IteratorType::reduction);
  AffineMap outMap =
      AffineMap::getMultiDimIdentityMap(loops, b.getContext()).getMajorSubMap(parallelCount);
  Value init = lowering.filled(lowering.sizes(outLoops), sumType, 0);
  Value sum = lowering.reduce(
      init, {x, filter},
      {AffineMap::get(loops, 0, xs, b.getContext()), AffineMap::get(loops, 0, ws, b.getContext())},
      outMap, iterators, body);
  return lowering.reshape(sum, outLoops, out);
}

/// The same for floats; half floats are summed in f32.
static Value convolveFloats(Lowering &lowering, Value x, ArrayRef<Dim> in, Value filter,
                            ArrayRef<Dim> w, ArrayRef<Dim> out, Type element,
                            ArrayRef<int64_t> stride, ArrayRef<int64_t> dilation, int64_t groups,
                            bool last) {
  Type sumType = accumulatorType(element);
  Value sum = convolve(lowering, x, in, filter, w, out, sumType, stride, dilation, groups, last,
                       [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
                         Value lhs = s[0], rhs = s[1];
                         if (lhs.getType() != sumType) {
                           lhs = arith::ExtFOp::create(b, loc, sumType, lhs);
                           rhs = arith::ExtFOp::create(b, loc, sumType, rhs);
                         }
                         return arith::AddFOp::create(b, loc, s[2],
                                                      arith::MulFOp::create(b, loc, lhs, rhs));
                       });
  return lowering.convert(sum, element);
}

namespace {
struct ConvStructure : StructureOpInterface::ExternalModel<ConvStructure, nn::ConvOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto conv = cast<nn::ConvOp>(op);
    nn::WindowAttr window = conv.getWindow();
    unsigned rank = window.rank();
    bool last = conv.getChannelsLast();
    SmallVector<Dim> in = nn::dimsOf(conv.getInput().getType()),
                     w = nn::dimsOf(conv.getFilter().getType()),
                     out = nn::dimsOf(conv.getOutput().getType());
    lowering.requireEqual(in[last ? rank + 1 : 1], Dim(*w[1].constant() * conv.getGroups()),
                          "the channels of a convolution differ");
    Type element = signless(getElementTypeOrSelf(conv.getOutput().getType()));
    Value x = padWindow(lowering, lowering.get(conv.getInput()), in, window, last,
                        lowering.scalar(element, 0));
    lowering.set(conv.getOutput(),
                 convolveFloats(lowering, x, in, lowering.get(conv.getFilter()), w, out, element,
                                window.getStride(), window.getDilation(), conv.getGroups(), last));
    return success();
  }
};

/// Whether the transposed convolution is computed in phases.
static bool hasPhases(nn::ConvTransposeOp conv) {
  return conv.getGroups() == 1 &&
         llvm::all_of(conv.getWindow().getDilation(), [](int64_t d) { return d == 1; });
}

/// Along a dimension with stride s, output o (counted with the padding that is cut) is in phase f =
/// o mod s and reads the inputs m - t, m = o / s, with the taps f + s * t: a convolution of stride
/// 1 whose channels are (phases, co), and whose result is then interleaved.
static Value convolveInPhases(nn::ConvTransposeOp conv, Lowering &lowering) {
  OpBuilder &b = lowering.builder;
  nn::WindowAttr window = conv.getWindow();
  unsigned rank = window.rank();
  bool last = conv.getChannelsLast();
  unsigned first = last ? 1 : 2;
  ArrayRef<int64_t> stride = window.getStride(), kernel = window.getKernel();
  SmallVector<Dim> in = nn::dimsOf(conv.getInput().getType()),
                   w = nn::dimsOf(conv.getFilter().getType()),
                   out = nn::dimsOf(conv.getOutput().getType());
  int64_t ci = *w[0].constant(), co = *w[1].constant(), phases = 1;
  Type element = signless(getElementTypeOrSelf(conv.getOutput().getType()));
  Value zero = lowering.scalar(element, 0);
  auto d = [&](unsigned i) { return b.getAffineDimExpr(i); };

  // Filter [ci, co, k...] -> [phases..., co, ci, taps reversed...], zero beyond the last tap.
  SmallVector<OpFoldResult> none(w.size(), b.getIndexAttr(0)), beyond(none);
  SmallVector<Dim> arranged, merged = {Dim(0), Dim(ci)};
  SmallVector<AffineExpr> source = {d(rank + 1), d(rank)};
  SmallVector<Dim> low, high, size(in);
  for (unsigned i = 0; i < rank; ++i) {
    int64_t s = stride[i], taps = llvm::divideCeil(kernel[i], s);
    int64_t begin = llvm::divideFloorSigned(window.padBegin(i), s); // the first m that is wanted
    int64_t reach = kernel[i] - window.padEnd(i) + conv.getOutputPadding()[i];
    arranged.push_back(s);
    phases *= s;
    merged.push_back(taps);
    beyond[2 + i] = b.getIndexAttr(taps * s - kernel[i]);
    source.push_back(d(i) + (b.getAffineConstantExpr(taps - 1) - d(rank + 2 + i)) * s);
    low.push_back(taps - 1 - begin);
    // The last m is D - 2 + ceil(reach / s).
    high.push_back(Dim::ceilDiv(Dim(reach), Dim(s)) - Dim(1));
    size[first + i] = in[first + i] + low[i] + high[i] - Dim(taps - 1);
  }
  merged[0] = phases * co;
  arranged.append({Dim(co), Dim(ci)});
  arranged.append(merged.begin() + 2, merged.end());
  Value filter = lowering.pad(lowering.get(conv.getFilter()), none, beyond, zero);
  filter = lowering.parallel(lowering.empty(lowering.sizes(arranged), element), filter,
                             AffineMap::get(arranged.size(), 0, source, b.getContext()),
                             [](OpBuilder &, Location, ValueRange s) { return s[0]; });
  filter = lowering.reshape(filter, arranged, merged);

  Value x = padSpatial(lowering, lowering.get(conv.getInput()), in, low, high, last, zero);
  size[last ? rank + 1 : 1] = phases * co;
  SmallVector<int64_t> ones(rank, 1);
  Value y = convolveFloats(lowering, x, in, filter, merged, size, element, ones, ones, 1, last);

  // [n, m..., phases..., co] -> [n, (m, phase)..., co], or the same with co after n.
  SmallVector<Dim> split = {size[0]}, wide = size;
  SmallVector<int64_t> order = {0};
  unsigned spatialAt = last ? 1 : rank + 2, phaseAt = last ? rank + 1 : 1;
  if (last)
    split.append(size.begin() + 1, size.begin() + 1 + rank);
  llvm::append_range(split, ArrayRef(arranged).take_front(rank + 1));
  if (!last) {
    split.append(size.begin() + 2, size.end());
    order.push_back(rank + 1);
  }
  for (unsigned i = 0; i < rank; ++i) {
    order.append({spatialAt + i, phaseAt + i});
    wide[first + i] = size[first + i] * Dim(stride[i]);
  }
  if (last)
    order.push_back(2 * rank + 1);
  wide[last ? rank + 1 : 1] = co;
  SmallVector<Dim> interleaved;
  for (int64_t i : order)
    interleaved.push_back(split[i]);
  y = lowering.transpose(lowering.reshape(y, size, split), order);
  y = lowering.reshape(y, interleaved, wide);

  // What the padding cuts.
  SmallVector<OpFoldResult> offsets(out.size(), b.getIndexAttr(0)),
      steps(out.size(), b.getIndexAttr(1));
  for (unsigned i = 0; i < rank; ++i)
    offsets[first + i] = b.getIndexAttr(llvm::mod(window.padBegin(i), stride[i]));
  if (wide == out)
    return y;
  return tensor::ExtractSliceOp::create(b, lowering.loc, y, offsets, lowering.sizes(out), steps);
}

/// In phases; with groups or dilation a convolution with stride 1 of the input, between whose
/// elements stride - 1 zeros are put, with the filter reversed.
struct ConvTransposeStructure
    : StructureOpInterface::ExternalModel<ConvTransposeStructure, nn::ConvTransposeOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto conv = cast<nn::ConvTransposeOp>(op);
    OpBuilder &b = lowering.builder;
    nn::WindowAttr window = conv.getWindow();
    unsigned rank = window.rank();
    bool last = conv.getChannelsLast();
    unsigned first = last ? 1 : 2;
    int64_t groups = conv.getGroups();
    SmallVector<Dim> in = nn::dimsOf(conv.getInput().getType()),
                     w = nn::dimsOf(conv.getFilter().getType()),
                     out = nn::dimsOf(conv.getOutput().getType());
    lowering.requireEqual(in[last ? rank + 1 : 1], w[0],
                          "the channels of a transposed convolution differ");
    if (hasPhases(conv)) {
      lowering.set(conv.getOutput(), convolveInPhases(conv, lowering));
      return success();
    }
    Type element = signless(getElementTypeOrSelf(conv.getOutput().getType()));
    Value zero = lowering.scalar(element, 0);

    // Zeros between: [D] -> [D, 1] -> [D, stride] -> [D * stride], of which the last stride - 1 are
    // cut below.
    Value x = lowering.get(conv.getInput());
    if (llvm::any_of(window.getStride(), [](int64_t s) { return s != 1; })) {
      SmallVector<Dim> split, wide, joined;
      for (auto [i, dim] : llvm::enumerate(in)) {
        bool spatial = i >= first && i < first + rank;
        int64_t stride = spatial ? window.getStride()[i - first] : 1;
        split.push_back(dim);
        wide.push_back(dim);
        if (stride != 1) {
          split.push_back(1);
          wide.push_back(stride);
        }
        joined.push_back(dim * Dim(stride));
      }
      SmallVector<OpFoldResult> none(split.size(), b.getIndexAttr(0)), high;
      for (auto [from, to] : llvm::zip(split, wide))
        high.push_back(lowering.size(to - from));
      x = lowering.pad(lowering.reshape(x, in, split), none, high, zero);
      x = lowering.reshape(x, wide, joined);
      in = joined;
    }
    SmallVector<Dim> low, high;
    for (unsigned i = 0; i < rank; ++i) {
      int64_t reach = window.extent(i) - 1;
      low.push_back(reach - window.padBegin(i));
      high.push_back(reach - window.padEnd(i) + conv.getOutputPadding()[i] -
                     (window.getStride()[i] - 1));
    }
    x = padSpatial(lowering, x, in, low, high, last, zero);

    // Filter [Ci, Co/G, K...] -> [Co, Ci/G, reversed K...].
    int64_t ci = *w[0].constant() / groups, co = *w[1].constant();
    SmallVector<Dim> kernel(w.begin() + 2, w.end()), from = {Dim(groups), Dim(ci), Dim(co)},
                                                     to = {Dim(groups), Dim(co), Dim(ci)},
                                                     merged = {Dim(groups * co), Dim(ci)};
    llvm::append_range(from, kernel);
    llvm::append_range(to, kernel);
    llvm::append_range(merged, kernel);
    SmallVector<AffineExpr> exprs = {b.getAffineDimExpr(0), b.getAffineDimExpr(2),
                                     b.getAffineDimExpr(1)};
    for (unsigned i = 0; i < rank; ++i)
      exprs.push_back(b.getAffineConstantExpr(window.getKernel()[i] - 1) -
                      b.getAffineDimExpr(3 + i));
    Value filter = lowering.parallel(lowering.empty(lowering.sizes(to), element),
                                     lowering.reshape(lowering.get(conv.getFilter()), w, from),
                                     AffineMap::get(to.size(), 0, exprs, b.getContext()),
                                     [](OpBuilder &, Location, ValueRange s) { return s[0]; });
    filter = lowering.reshape(filter, to, merged);
    SmallVector<int64_t> ones(rank, 1);
    lowering.set(conv.getOutput(), convolveFloats(lowering, x, in, filter, merged, out, element,
                                                  ones, window.getDilation(), groups, last));
    return success();
  }
};
} // namespace

void dlc::registerConvolutionStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::ConvOp::attachInterface<ConvStructure>(*context);
    nn::ConvTransposeOp::attachInterface<ConvTransposeStructure>(*context);
  });
}
