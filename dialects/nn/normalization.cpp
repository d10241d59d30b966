// Shapes of normalizations: those of their input.
#include "dialects/nn/nn.h"

using namespace mlir;
using namespace dlc::nn;

/// normalization_c1: the axis is a dimension of the input.
static LogicalResult inferAlong(std::optional<Location> loc, Value input, int64_t axis,
                                SmallVectorImpl<Type> &results) {
  if (axis < 0 || axis >= cast<RankedTensorType>(input.getType()).getRank())
    return inferError(loc, "axis ", axis, " is not a dimension of ",
                      printShape(dimsOf(input.getType())));
  results.push_back(input.getType());
  return success();
}

LogicalResult SoftmaxOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                          Adaptor op, SmallVectorImpl<Type> &results) {
  return inferAlong(loc, op.getInput(), op.getAxis(), results);
}

LogicalResult HardmaxOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                          Adaptor op, SmallVectorImpl<Type> &results) {
  return inferAlong(loc, op.getInput(), op.getAxis(), results);
}

LogicalResult NormalizeOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                            Adaptor op, SmallVectorImpl<Type> &results) {
  ArrayRef<int64_t> axes = op.getAxes();
  // normalize_c1: axes are ascending dimensions of the input.
  for (auto [i, axis] : llvm::enumerate(axes))
    if (axis < 0 || axis >= cast<RankedTensorType>(op.getInput().getType()).getRank() ||
        (i && axes[i - 1] >= axis))
      return inferError(loc, "axes are not distinct dimensions of ",
                        printShape(dimsOf(op.getInput().getType())));
  results.push_back(op.getInput().getType());
  return success();
}

LogicalResult BatchNormOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                            Adaptor op, SmallVectorImpl<Type> &results) {
  if (failed(inferAlong(loc, op.getInput(), op.getAxis(), results)))
    return failure();
  Dim channels = dimOf(op.getInput().getType(), op.getAxis());
  // batch_norm_c1: one statistic a channel.
  for (Value statistic : op.getOperands().drop_front()) {
    SmallVector<Dim> dims = dimsOf(statistic.getType());
    std::optional<int64_t> size = dims.size() == 1 ? dims[0].constant() : std::nullopt,
                           wanted = channels.constant();
    if (dims.size() != 1 || (size && wanted && *size != *wanted && *size != 1))
      return inferError(loc, "scale, bias, mean and variance need one element for each of the ",
                        channels.str(), " channels; one of them is ", printShape(dims));
  }
  return success();
}

LogicalResult LrnOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc, Adaptor op,
                                      SmallVectorImpl<Type> &results) {
  // lrn_c1: the neighbourhood has a sensible size.
  if (op.getSize() < 1 || op.getSize() > (int64_t(1) << 31))
    return inferError(loc, "size must be positive; it is ", op.getSize());
  return inferAlong(loc, op.getInput(), op.getAxis(), results);
}
