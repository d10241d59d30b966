// Shapes of sampling operations.
#include "dialects/nn/nn.h"

using namespace mlir;
using namespace dlc::nn;

static FailureOr<SmallVector<Dim>> parseDims(std::optional<Location> loc, ArrayAttr texts) {
  SmallVector<Dim> dims;
  for (StringRef text : texts.getAsValueRange<StringAttr>()) {
    FailureOr<Dim> dim = Dim::parse(text);
    if (failed(dim))
      return inferError(loc, "cannot read '", text, "' as an expression over symbols");
    dims.push_back(*dim);
  }
  return dims;
}

LogicalResult ResizeOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                         Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> dims = dimsOf(op.getInput().getType());
  FailureOr<SmallVector<Dim>> sizes = parseDims(loc, op.getSizes());
  if (failed(sizes))
    return failure();
  ArrayRef<int64_t> axes = op.getAxes();
  int64_t count = axes.size();
  // resize_c1: a size and a scale an axis, two numbers of the region.
  if (int64_t(sizes->size()) != count ||
      dimsOf(op.getScales().getType()) != SmallVector<Dim>{Dim(count)} ||
      dimsOf(op.getRoi().getType()) != SmallVector<Dim>{Dim(2 * count)})
    return inferError(loc, "a resize of ", count,
                      " dimensions needs as many sizes and scales, and a region of ", 2 * count,
                      " numbers");
  for (auto [i, axis] : llvm::enumerate(axes)) {
    // resize_c2: axes are distinct dimensions. resize_c3: something is not made of nothing.
    if (axis < 0 || axis >= int64_t(dims.size()) || llvm::is_contained(axes.take_front(i), axis))
      return inferError(loc, "axes are not distinct dimensions of ", printShape(dims));
    std::optional<int64_t> in = dims[axis].constant(), out = (*sizes)[i].constant();
    if ((out && *out < 0) || (in == 0 && out && *out > 0))
      return inferError(loc, "dimension ", axis, " of size ", dims[axis].str(),
                        " cannot be resized to ", (*sizes)[i].str());
  }
  // resize_c4: antialias is of linear and cubic interpolation; numbers are interpolated, not
  // booleans.
  if (op.getAntialias() && op.getMode() == Interpolation::Nearest)
    return inferError(loc, "antialias with nearest interpolation");
  if (getElementTypeOrSelf(op.getInput().getType()).isInteger(1) &&
      op.getMode() != Interpolation::Nearest)
    return inferError(loc, "booleans cannot be interpolated");
  for (auto [i, axis] : llvm::enumerate(axes))
    dims[axis] = (*sizes)[i];
  results.push_back(tensorOf(dims, getElementTypeOrSelf(op.getInput().getType())));
  return success();
}

LogicalResult GridSampleOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                             Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> input = dimsOf(op.getInput().getType()), grid = dimsOf(op.getGrid().getType());
  // grid_sample_c1: ranks agree; the grid has as many coordinates as there are spatial dimensions.
  if (input.size() < 3 || grid.size() != input.size() ||
      grid.back().constant() != int64_t(input.size() - 2))
    return inferError(loc, "a grid of shape ", printShape(grid), " for an input of shape ",
                      printShape(input));
  std::optional<Dim> batch = input[0] == grid[0] ? std::optional<Dim>(input[0]) : std::nullopt;
  if (!batch && (!input[0].constant() || !grid[0].constant()))
    batch = input[0].constant() ? input[0] : grid[0];
  // grid_sample_c2: batches agree.
  if (!batch)
    return inferError(loc, "input and grid have different batches, ", input[0].str(), " and ",
                      grid[0].str());
  // grid_sample_c3: there is something to read, and it can be interpolated.
  for (const Dim &dim : ArrayRef(input).drop_front(2))
    if (dim.constant() == 0)
      return inferError(loc, "the input ", printShape(input), " is empty");
  if (getElementTypeOrSelf(op.getInput().getType()).isInteger(1) &&
      op.getMode() != Interpolation::Nearest)
    return inferError(loc, "booleans cannot be interpolated");
  SmallVector<Dim> output = {*batch, input[1]};
  output.append(grid.begin() + 1, grid.end() - 1);
  results.push_back(tensorOf(output, getElementTypeOrSelf(op.getInput().getType())));
  return success();
}

LogicalResult ColToImOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                          Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> input = dimsOf(op.getInput().getType());
  FailureOr<SmallVector<Dim>> image = parseDims(loc, op.getImage()),
                              block = parseDims(loc, op.getBlock());
  if (failed(image) || failed(block))
    return failure();
  size_t rank = image->size();
  // col_to_im_c1: three dimensions, and an entry a dimension of the image everywhere.
  if (input.size() != 3 || rank == 0 || block->size() != rank || op.getStride().size() != rank ||
      op.getDilation().size() != rank || op.getPad().size() != 2 * rank)
    return inferError(loc, "an input of shape ", printShape(input), " with an image of ", rank,
                      " dimensions and blocks, strides, dilations or pads of others");
  // col_to_im_c2: sizes make sense.
  for (size_t i = 0; i < rank; ++i) {
    std::optional<int64_t> size = (*image)[i].constant(), extent = (*block)[i].constant();
    if ((size && *size < 0) || (extent && *extent < 1) || op.getStride()[i] < 1 ||
        op.getDilation()[i] < 1)
      return inferError(loc, "sizes, strides and dilations must be positive");
  }
  Dim blockSize = product(*block);
  std::optional<int64_t> known = blockSize.constant(), channels = input[1].constant();
  // col_to_im_c3: blocks divide the channels.
  if (known && (*known == 0 || (channels && *channels % *known != 0)))
    return inferError(loc, "blocks of ", *known, " elements do not divide ", input[1].str());
  SmallVector<Dim> output = {input[0], Dim::floorDiv(input[1], blockSize)};
  output.append(*image);
  results.push_back(tensorOf(output, getElementTypeOrSelf(op.getInput().getType())));
  return success();
}

LogicalResult RoiAlignOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                           Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> input = dimsOf(op.getInput().getType()), rois = dimsOf(op.getRois().getType()),
                   batches = dimsOf(op.getBatchIndices().getType());
  // roi_align_c1: shapes and types fit.
  if (input.size() != 4 || rois.size() != 2 || rois[1].constant() != 4 || batches.size() != 1 ||
      (rois[0].constant() && batches[0].constant() && rois[0] != batches[0]) ||
      getElementTypeOrSelf(op.getInput().getType()) != getElementTypeOrSelf(op.getRois().getType()))
    return inferError(loc, "an input of shape ", printShape(input), " with regions of shape ",
                      printShape(rois), " and batch indices of shape ", printShape(batches));
  // roi_align_c2: sizes are sensible.
  constexpr int64_t limit = 1 << 20;
  if (op.getHeight() < 1 || op.getWidth() < 1 || op.getHeight() > limit || op.getWidth() > limit ||
      op.getSamplingRatio() < 0 || op.getSamplingRatio() > limit)
    return inferError(loc, "output_height, output_width and sampling_ratio are out of range");
  results.push_back(tensorOf({rois[0], input[1], Dim(op.getHeight()), Dim(op.getWidth())},
                             getElementTypeOrSelf(op.getInput().getType())));
  return success();
}
