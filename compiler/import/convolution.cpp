// Convolutions: Conv, ConvTranspose.
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

static LogicalResult buildConv(NodeContext &n) {
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
  return n.result(addBias(n, y, 2));
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

ArrayRef<OpRow> convolutionRows() {
  static const OpRow rows[] = {
      {"", "Conv", 1, buildConv, "X W B?", "Y"},
      {"", "ConvTranspose", 1, buildConvTranspose, "X W B?", "Y"},
  };
  return rows;
}

} // namespace dlc
