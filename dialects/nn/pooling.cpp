// Shapes of pooling operations.
#include "dialects/nn/window.h"

using namespace mlir;
using namespace dlc::nn;

static LogicalResult inferPool(std::optional<Location> loc, Value input, WindowAttr window,
                               bool ceil, bool last, Type element, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> dims = dimsOf(input.getType());
  // pool_c1: batch, channels and at least one spatial dimension.
  if (dims.size() < 3)
    return inferError(loc, "the input needs at least 3 dimensions; it is ", printShape(dims));
  unsigned rank = dims.size() - 2, first = last ? 1 : 2;
  if (failed(checkWindow(loc, window, rank)))
    return failure();
  for (unsigned i = 0; i < rank; ++i) {
    FailureOr<Dim> size = windowOutput(loc, window, i, dims[first + i], ceil);
    if (failed(size))
      return failure();
    dims[first + i] = *size;
  }
  results.push_back(tensorOf(dims, element));
  return success();
}

LogicalResult MaxPoolOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                          Adaptor op, SmallVectorImpl<Type> &results) {
  return inferPool(loc, op.getInput(), op.getWindow(), op.getCeilMode(), op.getChannelsLast(),
                   getElementTypeOrSelf(op.getInput().getType()), results);
}

LogicalResult MaxPoolIndicesOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                                 Adaptor op, SmallVectorImpl<Type> &results) {
  return inferPool(loc, op.getInput(), op.getWindow(), op.getCeilMode(), op.getChannelsLast(),
                   IntegerType::get(context, 64), results);
}

LogicalResult AvgPoolOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                          Adaptor op, SmallVectorImpl<Type> &results) {
  // avg_pool_c1: means are of floats.
  if (!isa<FloatType>(getElementTypeOrSelf(op.getInput().getType())))
    return inferError(loc, "average pooling of ", getElementTypeOrSelf(op.getInput().getType()));
  return inferPool(loc, op.getInput(), op.getWindow(), op.getCeilMode(), op.getChannelsLast(),
                   getElementTypeOrSelf(op.getInput().getType()), results);
}

LogicalResult LpPoolOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                         Adaptor op, SmallVectorImpl<Type> &results) {
  // lp_pool_c1: p is positive, and norms are of floats.
  if (op.getP() < 1 || !isa<FloatType>(getElementTypeOrSelf(op.getInput().getType())))
    return inferError(loc, "the ", op.getP(), "-norm of ",
                      getElementTypeOrSelf(op.getInput().getType()));
  return inferPool(loc, op.getInput(), op.getWindow(), op.getCeilMode(), op.getChannelsLast(),
                   getElementTypeOrSelf(op.getInput().getType()), results);
}
