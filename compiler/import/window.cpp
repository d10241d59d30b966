#include "compiler/import/window.h"

using namespace mlir;

namespace dlc {

/// One list attribute with an entry a spatial dimension (times `factor`), all at least `least`.
static SmallVector<int64_t> listAttr(NodeContext &n, StringRef name, size_t size, int64_t otherwise,
                                     int64_t least) {
  SmallVector<int64_t> values = n.intsAttr(name).value_or(SmallVector<int64_t>(size, otherwise));
  if (values.size() != size)
    (void)n.error("attribute '" + name + "' has " + Twine(values.size()) + " entries; it needs " +
                  Twine(size));
  for (int64_t value : values)
    if (value < least || value > (int64_t(1) << 31))
      (void)n.error(
          "attribute '" + name + "' has the entry " + Twine(value) +
          (value < least ? ", which is below " + Twine(least) : Twine(", which is too large")));
  return values;
}

FailureOr<SmallVector<int64_t>> filterKernel(NodeContext &n, unsigned input) {
  SmallVector<int64_t> kernel;
  SmallVector<nn::Dim> dims = n.shape(input);
  for (const nn::Dim &dim : ArrayRef(dims).drop_front(std::min<size_t>(2, dims.size()))) {
    if (!dim.constant())
      return n.unsupported("the filter's size depends on a run-time size: " +
                           nn::printType(n.type(input)));
    kernel.push_back(*dim.constant());
  }
  return kernel;
}

FailureOr<nn::WindowAttr> windowAttr(NodeContext &n, ArrayRef<nn::Dim> spatial,
                                     ArrayRef<int64_t> kernel) {
  size_t rank = spatial.size();
  SmallVector<int64_t> size(kernel);
  if (kernel.empty() && !n.hasAttr("kernel_shape"))
    return n.error("attribute 'kernel_shape' is missing");
  if (n.hasAttr("kernel_shape"))
    size = listAttr(n, "kernel_shape", rank, 1, 1);
  if (n.ok() && !kernel.empty() && size != SmallVector<int64_t>(kernel))
    return n.error("kernel_shape is not the size of the filter");
  SmallVector<int64_t> strides = listAttr(n, "strides", rank, 1, 1);
  SmallVector<int64_t> dilations = listAttr(n, "dilations", rank, 1, 1);
  SmallVector<int64_t> pads = listAttr(n, "pads", 2 * rank, 0, 0);
  std::string autoPad = n.stringAttr("auto_pad", "NOTSET");
  if (!n.ok())
    return failure();

  if (autoPad == "VALID") {
    pads.assign(2 * rank, 0);
  } else if (autoPad == "SAME_UPPER" || autoPad == "SAME_LOWER") {
    // The output has ceil(size / stride) positions; the odd pad goes to the end (upper) or the
    // beginning (lower).
    for (size_t i = 0; i < rank; ++i) {
      int64_t extent = dilations[i] * (size[i] - 1) + 1, total = extent - 1;
      if (strides[i] != 1) {
        std::optional<int64_t> input = spatial[i].constant();
        if (!input)
          return n.unsupported("auto_pad = " + autoPad +
                                   " with a stride needs a constant input size",
                               "give the shape with --shape");
        int64_t positions = *input / strides[i] + (*input % strides[i] != 0);
        total = std::max<int64_t>(0, (positions - 1) * strides[i] + extent - *input);
      }
      int64_t small = total / 2, large = total - small;
      pads[i] = autoPad == "SAME_UPPER" ? small : large;
      pads[rank + i] = autoPad == "SAME_UPPER" ? large : small;
    }
  } else if (autoPad != "NOTSET") {
    return n.error("attribute 'auto_pad' must be NOTSET, SAME_UPPER, SAME_LOWER or VALID");
  }
  return nn::WindowAttr::get(n.context(), size, strides, dilations, pads);
}

/// Dimension 1 to the end, or the other way round; the value has at least 3 dimensions.
static Value moveChannels(NodeContext &n, Value value, bool toEnd) {
  if (!n.ok())
    return {};
  int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  SmallVector<int64_t> permutation = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  if (toEnd)
    std::rotate(permutation.begin() + 1, permutation.begin() + 2, permutation.end());
  else
    std::rotate(permutation.begin() + 1, permutation.end() - 1, permutation.end());
  return n.transpose(value, permutation);
}

Value channelsFirst(NodeContext &n, Value value) { return moveChannels(n, value, /*toEnd=*/false); }
Value channelsLast(NodeContext &n, Value value) { return moveChannels(n, value, /*toEnd=*/true); }

} // namespace dlc
