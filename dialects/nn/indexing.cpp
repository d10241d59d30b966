// Shapes of gathers and scatters; gathers of shape tensors are evaluated symbolically.
#include "dialects/nn/nn.h"

using namespace mlir;
using namespace dlc::nn;

/// index_c1: the axis exists.
static LogicalResult checkAxis(std::optional<Location> loc, int64_t axis, ArrayRef<Dim> dims) {
  if (axis < 0 || axis >= int64_t(dims.size()))
    return inferError(loc, "axis ", axis, " is outside the ", dims.size(), " dimensions of ",
                      printShape(dims));
  return success();
}

LogicalResult GatherOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                         Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> data = dimsOf(op.getData().getType()),
                   indices = dimsOf(op.getIndices().getType());
  if (failed(checkAxis(loc, op.getAxis(), data)))
    return failure();
  SmallVector<Dim> output(data.begin(), data.begin() + op.getAxis());
  llvm::append_range(output, indices);
  output.append(data.begin() + op.getAxis() + 1, data.end());
  results.push_back(tensorOf(output, getElementTypeOrSelf(op.getData().getType())));
  return success();
}

FailureOr<SmallVector<ShapeValue>>
GatherOp::evaluate(ArrayRef<std::optional<ShapeValue>> operands) {
  if (!operands[0] || !operands[1] || cast<RankedTensorType>(getData().getType()).getRank() != 1)
    return failure();
  ShapeValue picked;
  int64_t size = operands[0]->size();
  for (const Dim &dim : *operands[1]) {
    std::optional<int64_t> index = dim.constant();
    if (!index || *index < -size || *index >= size)
      return failure();
    picked.push_back((*operands[0])[*index < 0 ? *index + size : *index]);
  }
  return SmallVector<ShapeValue>{picked};
}

LogicalResult GatherElementsOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                                 Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> data = dimsOf(op.getData().getType()),
                   indices = dimsOf(op.getIndices().getType());
  if (failed(checkAxis(loc, op.getAxis(), data)))
    return failure();
  // index_c2: ranks agree.
  if (data.size() != indices.size())
    return inferError(loc, "data ", printShape(data), " and indices ", printShape(indices),
                      " differ in rank");
  results.push_back(tensorOf(indices, getElementTypeOrSelf(op.getData().getType())));
  return success();
}

/// index_c3: tuples have a constant length and fit the dimensions that they index.
static FailureOr<int64_t> tupleLength(std::optional<Location> loc, ArrayRef<Dim> data,
                                      ArrayRef<Dim> indices, int64_t batch) {
  if (batch < 0 || batch >= int64_t(indices.size()) || batch > int64_t(data.size()))
    return inferError(loc, "batch_dims ", batch, " does not fit data ", printShape(data),
                      " and indices ", printShape(indices));
  std::optional<int64_t> length = indices.back().constant();
  if (!length || *length < 0 || *length + batch > int64_t(data.size()))
    return inferError(loc, "the last dimension of indices ", printShape(indices),
                      " does not index data ", printShape(data));
  return *length;
}

LogicalResult GatherNDOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                           Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> data = dimsOf(op.getData().getType()),
                   indices = dimsOf(op.getIndices().getType());
  int64_t batch = op.getBatchDims();
  if (indices.empty())
    return inferError(loc, "indices need at least one dimension");
  FailureOr<int64_t> length = tupleLength(loc, data, indices, batch);
  if (failed(length))
    return failure();
  SmallVector<Dim> output(indices.begin(), indices.end() - 1);
  output.append(data.begin() + batch + *length, data.end());
  results.push_back(tensorOf(output, getElementTypeOrSelf(op.getData().getType())));
  return success();
}

LogicalResult ScatterElementsOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                                  Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> data = dimsOf(op.getData().getType()),
                   indices = dimsOf(op.getIndices().getType()),
                   updates = dimsOf(op.getUpdates().getType());
  if (failed(checkAxis(loc, op.getAxis(), data)))
    return failure();
  if (data.size() != indices.size() || updates.size() != indices.size())
    return inferError(loc, "data ", printShape(data), ", indices ", printShape(indices),
                      " and updates ", printShape(updates), " differ in rank");
  if (getElementTypeOrSelf(op.getData().getType()) !=
      getElementTypeOrSelf(op.getUpdates().getType()))
    return inferError(loc, "data and updates differ in element type");
  results.push_back(op.getData().getType());
  return success();
}

LogicalResult ScatterNDOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                            Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> data = dimsOf(op.getData().getType()),
                   indices = dimsOf(op.getIndices().getType()),
                   updates = dimsOf(op.getUpdates().getType());
  if (indices.empty())
    return inferError(loc, "indices need at least one dimension");
  FailureOr<int64_t> length = tupleLength(loc, data, indices, 0);
  if (failed(length))
    return failure();
  if (getElementTypeOrSelf(op.getData().getType()) !=
      getElementTypeOrSelf(op.getUpdates().getType()))
    return inferError(loc, "data and updates differ in element type");
  // scatter_c1: updates have the shape of the tuples followed by that of a slice.
  if (updates.size() != indices.size() - 1 + data.size() - *length)
    return inferError(loc, "updates ", printShape(updates), " do not match indices ",
                      printShape(indices), " into data ", printShape(data));
  results.push_back(op.getData().getType());
  return success();
}

LogicalResult ArgSortOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                          Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> input = dimsOf(op.getInput().getType());
  if (input.size() != 3)
    return inferError(loc, "sorting needs batch, rows and columns, not ", printShape(input));
  results.push_back(tensorOf({input[0], input[1]}, IntegerType::get(context, 64)));
  return success();
}

LogicalResult NonMaxSuppressionOp::inferReturnTypes(MLIRContext *context,
                                                    std::optional<Location> loc, Adaptor op,
                                                    SmallVectorImpl<Type> &results) {
  SmallVector<Dim> boxes = dimsOf(op.getBoxes().getType()),
                   scores = dimsOf(op.getScores().getType());
  // nms_c1: shapes.
  if (boxes.size() != 3 || scores.size() != 3 || boxes[2].constant().value_or(4) != 4)
    return inferError(loc, "boxes must be [B,N,4] and scores [B,K,N], not ", printShape(boxes),
                      " and ", printShape(scores));
  for (Value scalar : {op.getLimit(), op.getIouThreshold(), op.getScoreThreshold()})
    if (cast<RankedTensorType>(scalar.getType()).getRank() != 0)
      return inferError(loc, "the limit and the thresholds must be scalars");
  Type i64 = IntegerType::get(context, 64);
  results.push_back(tensorOf({product(scores), Dim(3)}, i64));
  results.push_back(RankedTensorType::get({}, i64));
  return success();
}
