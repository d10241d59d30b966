// Convolution as one linalg.generic over padded input: parallel n, (g,) co, o...; reductions ci, k...
//
// With `channels_last` the channel is the innermost dimension of activations and the loops are n, o..., (g,) co; the filter keeps ONNX's
// layout [Co, Ci, K...] until a schedule packs it.
#include "compiler/structure/structure.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace {
struct ConvStructure : StructureOpInterface::ExternalModel<ConvStructure, nn::ConvOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto conv = cast<nn::ConvOp>(op);
    OpBuilder &b = lowering.builder;
    nn::WindowAttr window = conv.getWindow();
    unsigned rank = window.rank();
    bool last = conv.getChannelsLast();
    int64_t groups = conv.getGroups();
    SmallVector<Dim> in = nn::dimsOf(conv.getInput().getType()), w = nn::dimsOf(conv.getFilter().getType()),
                     out = nn::dimsOf(conv.getOutput().getType());
    int64_t ci = *w[1].constant(), co = *w[0].constant();
    lowering.requireEqual(in[last ? rank + 1 : 1], Dim(ci * groups), "the channels of a convolution differ");
    Type element = signless(getElementTypeOrSelf(conv.getOutput().getType()));
    Type sumType = element.isF16() || element.isBF16() ? b.getF32Type() : element;

    // Positive pads become tensor.pad; negative ones cut the input.
    Value x = lowering.get(conv.getInput());
    x = padded(lowering, x, in, window, last);

    // Groups split the channel dimension: [G, C/G]. Loop order: n, then spatial and channel as the output has them, then reductions.
    bool grouped = groups > 1, depthwise = grouped && ci == 1 && co == groups;
    Value filter = lowering.get(conv.getFilter());
    unsigned channelAt = last ? rank + 1 : 1;
    SmallVector<Dim> paddedDims = in;
    for (unsigned i = 0; i < rank; ++i)
      paddedDims[(last ? 1 : 2) + i] = in[(last ? 1 : 2) + i] + Dim(window.padBegin(i) + window.padEnd(i));
    SmallVector<Dim> outLoops = out;
    if (depthwise) {
      filter = lowering.reshape(filter, w, dropDim(w, 1));
    } else if (grouped) {
      SmallVector<Dim> splitIn = paddedDims, splitW = w;
      splitDim(splitIn, channelAt, groups, ci);
      splitDim(splitW, 0, groups, co / groups);
      x = lowering.reshape(x, paddedDims, splitIn);
      filter = lowering.reshape(filter, w, splitW);
      splitDim(outLoops, channelAt, groups, co / groups);
    }

    // Loops.
    unsigned parallelCount = outLoops.size();
    unsigned n = 0, spatial = last ? 1 : (grouped && !depthwise ? 3 : 2), channel = last ? rank + 1 : 1;
    unsigned reduction = parallelCount, taps = depthwise ? reduction : reduction + 1, loops = taps + rank;
    auto d = [&](unsigned i) { return b.getAffineDimExpr(i); };
    SmallVector<AffineExpr> xs = {d(n)}, ws, positions;
    for (unsigned i = 0; i < rank; ++i)
      positions.push_back(d(spatial + i) * window.getStride()[i] + d(taps + i) * window.getDilation()[i]);
    SmallVector<AffineExpr> channels;
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
    if (last) {
      xs.append(positions);
      xs.append(channels);
    } else {
      xs.append(channels);
      xs.append(positions);
    }
    for (unsigned i = 0; i < rank; ++i)
      ws.push_back(d(taps + i));
    SmallVector<utils::IteratorType> iterators(parallelCount, utils::IteratorType::parallel);
    iterators.append(loops - parallelCount, utils::IteratorType::reduction);
    AffineMap outMap = AffineMap::getMultiDimIdentityMap(loops, b.getContext()).getMajorSubMap(parallelCount);
    Value init = lowering.filled(lowering.sizes(outLoops), sumType, 0);
    Value sum = lowering.reduce(
        init, {x, filter}, {AffineMap::get(loops, 0, xs, b.getContext()), AffineMap::get(loops, 0, ws, b.getContext())}, outMap,
        iterators, [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          Value lhs = s[0], rhs = s[1];
          if (lhs.getType() != sumType) {
            lhs = arith::ExtFOp::create(b, loc, sumType, lhs);
            rhs = arith::ExtFOp::create(b, loc, sumType, rhs);
          }
          return arith::AddFOp::create(b, loc, s[2], arith::MulFOp::create(b, loc, lhs, rhs));
        });
    sum = lowering.convert(sum, element);
    lowering.set(conv.getOutput(), lowering.reshape(sum, outLoops, out));
    return success();
  }

  static Value padded(Lowering &lowering, Value x, ArrayRef<Dim> in, nn::WindowAttr window, bool last) {
    OpBuilder &b = lowering.builder;
    unsigned rank = window.rank(), first = last ? 1 : 2;
    SmallVector<OpFoldResult> low(in.size(), b.getIndexAttr(0)), high = low, offsets = low, strides(in.size(), b.getIndexAttr(1)),
                              sizes = lowering.sizes(in);
    bool cut = false;
    for (unsigned i = 0; i < rank; ++i) {
      int64_t begin = window.padBegin(i), end = window.padEnd(i);
      low[first + i] = b.getIndexAttr(std::max<int64_t>(begin, 0));
      high[first + i] = b.getIndexAttr(std::max<int64_t>(end, 0));
      if (begin < 0 || end < 0) {
        cut = true;
        offsets[first + i] = b.getIndexAttr(std::max<int64_t>(-begin, 0));
        sizes[first + i] = lowering.size(in[first + i] + Dim(std::min<int64_t>(begin, 0) + std::min<int64_t>(end, 0)));
      }
    }
    if (cut)
      x = tensor::ExtractSliceOp::create(b, lowering.loc, x, offsets, sizes, strides);
    return lowering.pad(x, low, high, lowering.scalar(getElementTypeOrSelf(x.getType()), 0));
  }

  static SmallVector<Dim> dropDim(ArrayRef<Dim> dims, unsigned i) {
    SmallVector<Dim> result(dims);
    result.erase(result.begin() + i);
    return result;
  }
  static void splitDim(SmallVector<Dim> &dims, unsigned i, int64_t outer, int64_t inner) {
    dims[i] = inner;
    dims.insert(dims.begin() + i, Dim(outer));
  }
};
} // namespace

void dlc::registerConvolutionStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::ConvOp::attachInterface<ConvStructure>(*context);
  });
}
