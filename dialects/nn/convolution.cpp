// Shapes of convolutions. Constraints have names that recur in the tests.
#include "dialects/nn/nn.h"
#include "dialects/nn/window.h"

using namespace mlir;
using namespace dlc::nn;

LogicalResult dlc::nn::checkWindow(std::optional<Location> loc, WindowAttr window, unsigned rank) {
  // window_c1: one entry a spatial dimension.
  if (window.getKernel().size() != rank || window.getStride().size() != rank ||
      window.getDilation().size() != rank || window.getPad().size() != 2 * rank)
    return inferError(loc, "kernel, strides and dilations need ", rank, " entries and pads ",
                      2 * rank, ", one (two) for each spatial dimension; they have ",
                      window.getKernel().size(), ", ", window.getStride().size(), ", ",
                      window.getDilation().size(), " and ", window.getPad().size());
  for (unsigned i = 0; i < rank; ++i) {
    // window_c2: sizes are positive.
    if (window.getKernel()[i] < 1 || window.getStride()[i] < 1 || window.getDilation()[i] < 1)
      return inferError(loc, "kernel, strides and dilations must be positive; along dimension ", i,
                        " they are ", window.getKernel()[i], ", ", window.getStride()[i], " and ",
                        window.getDilation()[i]);
    // window_c3: the arithmetic below fits 64 bits.
    constexpr int64_t limit = int64_t(1) << 31;
    if (window.getKernel()[i] > limit || window.getStride()[i] > limit ||
        window.getDilation()[i] > limit || window.padBegin(i) > limit ||
        window.padBegin(i) < -limit || window.padEnd(i) > limit || window.padEnd(i) < -limit)
      return inferError(loc, "kernel, strides, dilations or pads are too large along dimension ",
                        i);
  }
  return success();
}

FailureOr<Dim> dlc::nn::windowOutput(std::optional<Location> loc, WindowAttr window, unsigned i,
                                     const Dim &input, bool ceil) {
  Dim span = input + Dim(window.padBegin(i) + window.padEnd(i) - window.extent(i));
  int64_t stride = window.getStride()[i];
  if (std::optional<int64_t> size = span.constant(); size && *size < 0)
    return inferError(loc, "the window of extent ", window.extent(i), " does not fit dimension ", i,
                      " of size ", input.str(), " with pads ", window.padBegin(i), " and ",
                      window.padEnd(i));
  if (!ceil)
    return Dim::floorDiv(span, Dim(stride)) + Dim(1);
  // The last window may hang over, but must begin inside the input or its leading pad.
  Dim rounded = Dim::ceilDiv(span, Dim(stride)) + Dim(1);
  Dim inside = Dim::floorDiv(input + Dim(window.padBegin(i) - 1), Dim(stride)) + Dim(1);
  return Dim::min(rounded, inside);
}

/// Whether the filter has the window's extent along spatial dimension `i`.
static LogicalResult checkExtent(std::optional<Location> loc, ArrayRef<Dim> filter,
                                 WindowAttr window, unsigned i) {
  if (filter[2 + i].constant() == window.getKernel()[i])
    return success();
  auto numbers = llvm::map_range(window.getKernel(), [](int64_t k) { return std::to_string(k); });
  return inferError(loc, "the filter is ", printShape(filter), " but kernel_shape is [",
                    llvm::join(numbers, ","), "]");
}

/// n images, with their channels last or before the spatial dimensions.
static Type imagesOf(Dim n, Dim channels, ArrayRef<Dim> spatial, bool last, Type element) {
  SmallVector<Dim> dims = {n};
  if (!last)
    dims.push_back(channels);
  llvm::append_range(dims, spatial);
  if (last)
    dims.push_back(channels);
  return tensorOf(dims, element);
}

LogicalResult dlc::nn::inferConv(std::optional<Location> loc, Type inputType, Type filterType,
                                 WindowAttr window, int64_t groups, bool last, Type element,
                                 SmallVectorImpl<Type> &results) {
  SmallVector<Dim> input = dimsOf(inputType), filter = dimsOf(filterType);
  // conv_c1: ranks agree.
  if (input.size() < 3 || filter.size() != input.size())
    return inferError(loc, "input and filter need the same rank, at least 3; they are ",
                      printShape(input), " and ", printShape(filter));
  unsigned rank = input.size() - 2;
  if (failed(checkWindow(loc, window, rank)))
    return failure();
  // conv_c2: channels divide into groups.
  if (groups < 1)
    return inferError(loc, "group must be positive; it is ", groups);
  std::optional<int64_t> ci = input[last ? rank + 1 : 1].constant(),
                         perGroup = filter[1].constant(), co = filter[0].constant();
  if (!perGroup || !co || *co % groups != 0)
    return inferError(loc, "the filter ", printShape(filter), " does not divide into ", groups,
                      " groups");
  if (ci && *ci != *perGroup * groups)
    return inferError(loc, "input has ", *ci, " channels but the filter expects ",
                      *perGroup * groups, " (groups = ", groups, ")");
  SmallVector<Dim> spatial;
  for (unsigned i = 0; i < rank; ++i) {
    // conv_c3: the filter has the window's extents.
    if (failed(checkExtent(loc, filter, window, i)))
      return failure();
    FailureOr<Dim> size = windowOutput(loc, window, i, input[(last ? 1 : 2) + i], /*ceil=*/false);
    if (failed(size))
      return failure();
    spatial.push_back(*size);
  }
  results.push_back(imagesOf(input[0], *co, spatial, last, element));
  return success();
}

LogicalResult ConvOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                       Adaptor op, SmallVectorImpl<Type> &results) {
  Type input = op.getInput().getType();
  return inferConv(loc, input, op.getFilter().getType(), op.getWindow(), op.getGroups(),
                   op.getChannelsLast(), getElementTypeOrSelf(input), results);
}

LogicalResult ConvTransposeOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                                Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> input = dimsOf(op.getInput().getType()),
                   filter = dimsOf(op.getFilter().getType());
  // conv_transpose_c1: ranks agree.
  if (input.size() < 3 || filter.size() != input.size())
    return inferError(loc, "input and filter need the same rank, at least 3; they are ",
                      printShape(input), " and ", printShape(filter));
  unsigned rank = input.size() - 2;
  WindowAttr window = op.getWindow();
  if (failed(checkWindow(loc, window, rank)))
    return failure();
  bool last = op.getChannelsLast();
  int64_t groups = op.getGroups();
  ArrayRef<int64_t> extra = op.getOutputPadding();
  // conv_transpose_c2: output_padding has an entry a spatial dimension, none negative.
  if (extra.size() != rank ||
      llvm::any_of(extra, [](int64_t e) { return e < 0 || e > (int64_t(1) << 31); }))
    return inferError(loc, "output_padding needs ", rank, " entries, none negative");
  // conv_transpose_c3: channels divide into groups.
  if (groups < 1)
    return inferError(loc, "group must be positive; it is ", groups);
  std::optional<int64_t> channels = input[last ? rank + 1 : 1].constant(),
                         ci = filter[0].constant(), perGroup = filter[1].constant();
  if (!perGroup || !ci || *ci % groups != 0)
    return inferError(loc, "the filter ", printShape(filter), " does not divide into ", groups,
                      " groups");
  if (channels && *channels != *ci)
    return inferError(loc, "input has ", *channels, " channels but the filter expects ", *ci);
  SmallVector<Dim> spatial;
  for (unsigned i = 0; i < rank; ++i) {
    // conv_transpose_c4: the filter has the window's extents.
    if (failed(checkExtent(loc, filter, window, i)))
      return failure();
    Dim size = (input[(last ? 1 : 2) + i] - Dim(1)) * Dim(window.getStride()[i]) +
               Dim(extra[i] + window.extent(i) - window.padBegin(i) - window.padEnd(i));
    // conv_transpose_c5: something is left.
    if (std::optional<int64_t> known = size.constant(); known && *known < 0)
      return inferError(loc, "the pads take more than dimension ", i, " has: ", *known,
                        " elements would be left");
    spatial.push_back(size);
  }
  results.push_back(imagesOf(input[0], *perGroup * groups, spatial, last,
                             getElementTypeOrSelf(op.getInput().getType())));
  return success();
}
