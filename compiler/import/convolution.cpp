// Convolutions: Conv (and FusedConv of com.microsoft), ConvTranspose, DeformConv,
// CausalConvWithState.
#include "compiler/import/fused_activation.h"
#include "compiler/import/registry.h"
#include "compiler/import/window.h"

using namespace mlir;

namespace dlc {

/// Adds a bias of one entry a channel, where the channels are dimension 1.
static Value addBias(NodeContext &n, Value y, unsigned bias) {
  if (!n.hasInput(bias) || !n.ok())
    return y;
  SmallVector<nn::Dim> dims = n.shape(bias);
  if (dims.size() != 1) {
    (void)n.error(n.inputName(bias) + " must have one dimension");
    return {};
  }
  auto output = cast<RankedTensorType>(y.getType());
  std::optional<int64_t> entries = dims[0].constant(), channels = nn::dimOf(output, 1).constant();
  if (entries && channels && *entries != *channels) {
    (void)n.error(n.inputName(bias) + " has " + Twine(*entries) + " entries for " +
                  Twine(*channels) + " channels");
    return {};
  }
  dims.append(output.getRank() - 2, nn::Dim(1));
  return n.create<nn::AddOp>(y, n.reshape(n.input(bias), dims));
}

static FailureOr<Value> convolution(NodeContext &n) {
  if (!n.sameElementType(0, 1) || (n.hasInput(2) && !n.sameElementType(0, 2)))
    return failure();
  if (n.rank(0) < 3 || n.rank(1) != n.rank(0))
    return n.error("X and W need the same rank, at least 3");
  FailureOr<SmallVector<int64_t>> kernel = filterKernel(n, 1);
  if (failed(kernel))
    return failure();
  SmallVector<nn::Dim> x = n.shape(0);
  FailureOr<nn::WindowAttr> window = windowAttr(n, ArrayRef(x).drop_front(2), *kernel);
  if (failed(window))
    return failure();
  int64_t groups = n.intAttr("group", 1);
  Value y =
      n.create<nn::ConvOp>(n.input(0), n.input(1), *window, n.builder().getI64IntegerAttr(groups),
                           /*channels_last=*/UnitAttr());
  y = addBias(n, y, 2);
  return n.ok() ? FailureOr<Value>(y) : FailureOr<Value>(failure());
}

static LogicalResult buildConv(NodeContext &n) {
  FailureOr<Value> y = convolution(n);
  return failed(y) ? failure() : n.result(*y);
}

/// A convolution, a sum with Z and an activation.
static LogicalResult buildFusedConv(NodeContext &n) {
  SmallVector<double> parameters =
      n.floatsAttr("activation_params").value_or(SmallVector<double>());
  FailureOr<Value> y = convolution(n);
  if (failed(y) || (n.hasInput(3) && !n.sameElementType(0, 3)))
    return failure();
  Value sum = *y;
  if (n.hasInput(3)) {
    sum = n.create<nn::AddOp>(sum, n.input(3));
    if (n.ok() && sum.getType() != y->getType())
      return n.error("Z must have the shape of the result " + nn::printType(y->getType()));
  }
  return n.result(fusedActivation(n, sum, [&](unsigned i, double otherwise) {
    return i < parameters.size() ? parameters[i] : otherwise;
  }));
}

/// strides or dilations: `rank` entries, 1 where the attribute is absent.
static FailureOr<SmallVector<int64_t>> perDimension(NodeContext &n, StringRef name, unsigned rank) {
  SmallVector<int64_t> values = n.intsAttr(name).value_or(SmallVector<int64_t>(rank, 1));
  if (!n.ok())
    return failure();
  if (values.size() != rank)
    return n.error("attribute '" + name + "' has " + Twine(values.size()) + " entries for " +
                   Twine(rank) + " spatial dimensions");
  for (int64_t value : values)
    if (value < 1 || value > (int64_t(1) << 31))
      return n.error("attribute '" + name + "' has an entry out of range: " + Twine(value));
  return values;
}

/// output_shape and auto_pad give the pads; ONNX says how an odd total is split.
static LogicalResult buildConvTranspose(NodeContext &n) {
  if (!n.sameElementType(0, 1) || (n.hasInput(2) && !n.sameElementType(0, 2)))
    return failure();
  if (n.rank(0) < 3 || n.rank(1) != n.rank(0))
    return n.error("X and W need the same rank, at least 3");
  SmallVector<nn::Dim> input = n.shape(0);
  unsigned rank = input.size() - 2;
  FailureOr<SmallVector<int64_t>> kernel = filterKernel(n, 1);
  n.ignoreAttr("kernel_shape"); // the filter says it
  FailureOr<SmallVector<int64_t>> strides = perDimension(n, "strides", rank),
                                  dilations = perDimension(n, "dilations", rank);
  if (failed(kernel) || failed(strides) || failed(dilations))
    return failure();
  SmallVector<int64_t> extra = n.intsAttr("output_padding").value_or(SmallVector<int64_t>(rank, 0));
  SmallVector<int64_t> pads = n.intsAttr("pads").value_or(SmallVector<int64_t>(2 * rank, 0));
  std::optional<SmallVector<int64_t>> shape = n.intsAttr("output_shape");
  std::string mode = n.stringAttr("auto_pad", "NOTSET");
  if (!n.ok())
    return failure();
  if (shape && shape->size() == rank + 2) // some exporters write batch and channels, too
    shape->erase(shape->begin(), shape->begin() + 2);
  if (kernel->size() != rank || extra.size() != rank || pads.size() != 2 * rank ||
      (shape && shape->size() != rank))
    return n.error("kernel_shape, output_padding, output_shape and pads need one entry (pads: two) "
                   "for each of the " +
                   Twine(rank) + " spatial dimensions");
  bool upper = mode == "SAME_UPPER", lower = mode == "SAME_LOWER";
  if (!upper && !lower && mode != "NOTSET" && mode != "VALID" && !mode.empty())
    return n.error("attribute 'auto_pad' must be NOTSET, SAME_UPPER, SAME_LOWER or VALID");
  if (mode == "VALID")
    pads.assign(2 * rank, 0);
  for (unsigned i = 0; i < rank && (shape || upper || lower); ++i) {
    for (int64_t value : {(*kernel)[i], extra[i], shape ? (*shape)[i] : 0})
      if (value < 0 || value > (int64_t(1) << 31))
        return n.error(
            "an entry of kernel_shape, output_padding or output_shape is out of range: " +
            Twine(value));
    nn::Dim stride((*strides)[i]);
    nn::Dim wanted = shape ? nn::Dim((*shape)[i]) : input[2 + i] * stride;
    nn::Dim total = stride * (input[2 + i] - nn::Dim(1)) +
                    nn::Dim(extra[i] + ((*kernel)[i] - 1) * (*dilations)[i] + 1) - wanted;
    std::optional<int64_t> known = total.constant();
    if (!known)
      return n.unsupported("output_shape needs a constant size of spatial dimension " + Twine(i),
                           "give the shape with --shape");
    // A negative total enlarges the result.
    int64_t half = *known >= 0 ? *known / 2 : -((1 - *known) / 2);
    pads[i] = upper ? half : *known - half;
    pads[rank + i] = *known - pads[i];
  }
  auto window = nn::WindowAttr::get(n.context(), *kernel, *strides, *dilations, pads);
  Value y = n.create<nn::ConvTransposeOp>(n.input(0), n.input(1), window, extra,
                                          n.intAttr("group", 1), /*channels_last=*/false);
  return n.result(addBias(n, y, 2));
}

//===----------------------------------------------------------------------===//
// Deformable convolution
//===----------------------------------------------------------------------===//

/// index 0, 1, ... along dimension `at` of a tensor of that rank, times `stride`, plus `offset`.
static Value ramp(NodeContext &n, const nn::Dim &count, unsigned at, unsigned rank, int64_t stride,
                  int64_t offset, Type element) {
  if (!n.ok())
    return {};
  SmallVector<nn::Dim> dims(rank, nn::Dim(1));
  dims[at] = count;
  Value index =
      nn::IotaOp::create(n.builder(), n.loc(), nn::tensorOf({count}, n.builder().getI64Type()), 0);
  Value scaled = n.create<nn::MulOp>(n.castTo(n.reshape(index, dims), element),
                                     n.scalar(double(stride), element));
  return n.create<nn::AddOp>(scaled, n.scalar(double(offset), element));
}

/// Samples of the input at shifted positions, then a contraction with the filter.
static LogicalResult buildDeformConv(NodeContext &n) {
  if (!n.sameElementType(0, 1) || !n.sameElementType(0, 2) ||
      (n.hasInput(3) && !n.sameElementType(0, 3)) || (n.hasInput(4) && !n.sameElementType(0, 4)))
    return failure();
  if (n.rank(0) != 4 || n.rank(1) != 4 || n.rank(2) != 4 || (n.hasInput(4) && n.rank(4) != 4))
    return n.rank(0) == 4 ? n.error("W, offset and mask need 4 dimensions, as X")
                          : n.unsupported("only two spatial dimensions are supported");
  FailureOr<SmallVector<int64_t>> kernel = filterKernel(n, 1);
  if (failed(kernel))
    return failure();
  SmallVector<nn::Dim> x = n.shape(0), w = n.shape(1), offset = n.shape(2);
  FailureOr<nn::WindowAttr> window = windowAttr(n, ArrayRef(x).drop_front(2), *kernel);
  if (failed(window))
    return failure();
  int64_t groups = n.intAttr("group", 1), offsetGroups = n.intAttr("offset_group", 1),
          taps = (*kernel)[0] * (*kernel)[1];
  std::optional<int64_t> channels = x[1].constant(), co = w[0].constant(),
                         perGroup = w[1].constant();
  if (!n.ok())
    return failure();
  if (!channels || !co || !perGroup)
    return n.unsupported("the numbers of channels are not known", "give the shape with --shape");
  if (groups < 1 || offsetGroups < 1 || *channels != *perGroup * groups || *co % groups != 0 ||
      *channels % offsetGroups != 0)
    return n.error(Twine(*channels) + " channels and a filter of shape " + nn::printShape(w) +
                   " do not divide into " + Twine(groups) + " groups and " + Twine(offsetGroups) +
                   " offset groups");
  if (offset[1].constant() && offset[1] != nn::Dim(offsetGroups * taps * 2))
    return n.error("offset needs " + Twine(offsetGroups * taps * 2) + " channels; it has " +
                   offset[1].str());
  nn::Dim batch = x[0] * nn::Dim(offsetGroups), positions = offset[2] * offset[3];
  Type element = n.elementType(0);
  // Coordinate d (0: y, 1: x) of every sample as [N * offset groups, taps, positions, 1], from -1
  // to 1 between the outermost centres.
  auto coordinate = [&](unsigned d) {
    Value base =
        n.create<nn::AddOp>(ramp(n, nn::Dim((*kernel)[d]), d, 4, window->getDilation()[d],
                                 -window->padBegin(d), element),
                            ramp(n, offset[2 + d], 2 + d, 4, window->getStride()[d], 0, element));
    if (!n.ok())
      return Value();
    SmallVector<nn::Dim> full = {nn::Dim((*kernel)[0]), nn::Dim((*kernel)[1]), offset[2],
                                 offset[3]};
    base = nn::ExpandOp::create(n.builder(), n.loc(), nn::tensorOf(full, element), base);
    base = n.reshape(base, {nn::Dim(1), nn::Dim(taps), positions, nn::Dim(1)});
    Value pairs = n.reshape(n.input(2), {batch, nn::Dim(taps), nn::Dim(2), positions});
    Value shift = n.reshape(n.create<nn::GatherOp>(pairs, n.intsConstant({int64_t(d)}), 2),
                            {batch, nn::Dim(taps), positions, nn::Dim(1)});
    Value at = n.create<nn::AddOp>(shift, base);
    Value last = n.castTo(n.dimsTensor({nn::Dim::max(x[2 + d] - nn::Dim(1), nn::Dim(1))}, {},
                                       n.builder().getI64Type()),
                          element);
    Value scaled = n.create<nn::DivOp>(n.create<nn::MulOp>(at, n.scalar(2, element)), last);
    return n.create<nn::SubOp>(scaled, n.scalar(1, element));
  };
  Value grid = n.create<nn::ConcatOp>(ValueRange{coordinate(1), coordinate(0)}, 3);
  Value images = n.reshape(n.input(0), {batch, nn::Dim(*channels / offsetGroups), x[2], x[3]});
  Value samples = n.create<nn::GridSampleOp>(images, grid, nn::Interpolation::Linear,
                                             nn::Outside::Zeros, /*align_corners=*/true);
  if (n.hasInput(4))
    samples = n.create<nn::MulOp>(
        samples, n.reshape(n.input(4), {batch, nn::Dim(1), nn::Dim(taps), positions}));
  // out[n, g, co, p] = sum over ci, k of w[g, co, ci, k] * samples[n, g, ci, k, p].
  samples = n.reshape(samples, {x[0], nn::Dim(groups), nn::Dim(*perGroup * taps), positions});
  Value filter =
      n.reshape(n.input(1), {nn::Dim(groups), nn::Dim(*co / groups), nn::Dim(*perGroup * taps)});
  Value y =
      n.create<nn::MatmulOp>(filter, samples, /*transpose_lhs=*/false, /*transpose_rhs=*/false);
  return n.result(addBias(n, n.reshape(y, {x[0], nn::Dim(*co), offset[2], offset[3]}), 3));
}

//===----------------------------------------------------------------------===//
// Causal convolution with a state
//===----------------------------------------------------------------------===//

/// The state (or zeros) and the input, then a convolution of each channel; the last elements are
/// the next state.
static LogicalResult buildCausalConv(NodeContext &n) {
  if (!n.sameElementType(0, 1) || (n.hasInput(2) && !n.sameElementType(0, 2)) ||
      (n.hasInput(3) && !n.sameElementType(0, 3)))
    return failure();
  SmallVector<nn::Dim> x = n.shape(0), w = n.shape(1);
  std::string activation = n.stringAttr("activation", "none");
  if (activation != "none" && activation != "silu" && activation != "swish")
    return n.error("attribute 'activation' must be none, silu or swish");
  if (x.size() != 3 || w.size() != 3)
    return n.error("input and weight need 3 dimensions");
  std::optional<int64_t> channels = w[0].constant(), taps = w[2].constant();
  if (!channels || !taps)
    return n.unsupported("the filter's size is not known");
  if (w[1] != nn::Dim(1) || *taps < 1 || *channels < 1)
    return n.error("weight must have the shape [channels,1,k]; it is " + nn::printShape(w));
  Value padded;
  auto texts = [&](ArrayRef<int64_t> values) {
    std::vector<std::string> storage;
    for (int64_t value : values)
      storage.push_back(std::to_string(value));
    SmallVector<StringRef> refs(storage.begin(), storage.end());
    return n.builder().getStrArrayAttr(refs);
  };
  if (n.hasInput(3)) {
    if (n.rank(3) != 3 || (n.shape(3)[2].constant() && n.shape(3)[2] != nn::Dim(*taps - 1)))
      return n.error("past_state needs " + Twine(*taps - 1) + " positions; it has the shape " +
                     nn::printShape(n.shape(3)));
    padded = n.create<nn::ConcatOp>(ValueRange{n.input(3), n.input(0)}, 2);
  } else {
    padded = n.create<nn::PadOp>(n.input(0), n.scalar(0, n.elementType(0)),
                                 texts({0, 0, *taps - 1}), texts({0, 0, 0}), nn::PadMode::Constant);
  }
  auto window = nn::WindowAttr::get(n.context(), {*taps}, {1}, {1}, {0, 0});
  Value y = addBias(
      n, n.create<nn::ConvOp>(padded, n.input(1), window, *channels, /*channels_last=*/false), 2);
  if (activation != "none")
    y = n.create<nn::SwishOp>(y, n.builder().getF64FloatAttr(1));
  Value state;
  if (n.wantsOutput(1) && n.ok()) {
    SmallVector<nn::Dim> from = nn::dimsOf(padded.getType()), kept = from;
    kept[2] = nn::Dim(*taps - 1);
    std::string first = (from[2] - kept[2]).str();
    SmallVector<StringRef> offsets = {"0", "0", first};
    state = nn::SliceOp::create(n.builder(), n.loc(), nn::tensorOf(kept, n.elementType(0)), padded,
                                n.builder().getStrArrayAttr(offsets),
                                n.builder().getDenseI64ArrayAttr({1, 1, 1}));
  }
  return n.results({y, state});
}

ArrayRef<OpRow> convolutionRows() {
  static const OpRow rows[] = {
      {"", "CausalConvWithState", 27, buildCausalConv, "input weight bias? past_state?",
       "output present_state?"},
      {"", "Conv", 1, buildConv, "X W B?", "Y"},
      {"", "ConvTranspose", 1, buildConvTranspose, "X W B?", "Y"},
      {"", "DeformConv", 19, buildDeformConv, "X W offset B? mask?", "Y"},
      {"com.microsoft", "FusedConv", 1, buildFusedConv, "X W B? Z?", "Y"},
  };
  return rows;
}

} // namespace dlc
