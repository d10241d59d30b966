// Shapes of reductions and scans.
#include "dialects/nn/nn.h"

using namespace mlir;
using namespace dlc::nn;

//===-- nn.reduce --===//

LogicalResult ReduceOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                         Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> input = dimsOf(op.getInput().getType()), output;
  // reduce_c1: axes are ascending dimensions of the input.
  ArrayRef<int64_t> axes = op.getAxes();
  for (auto [i, axis] : llvm::enumerate(axes))
    if (axis < 0 || axis >= int64_t(input.size()) || (i && axes[i - 1] >= axis))
      return inferError(loc, "axes are not distinct dimensions of ", printShape(input));
  // reduce_c2: only numbers with exponentials have a log_sum_exp.
  if (op.getKind() == ReduceKind::LogSumExp &&
      !isa<FloatType>(getElementTypeOrSelf(op.getInput().getType())))
    return inferError(loc, "log_sum_exp of integers");
  for (auto [i, dim] : llvm::enumerate(input)) {
    if (!llvm::is_contained(axes, int64_t(i)))
      output.push_back(dim);
    else if (op.getKeepdims())
      output.push_back(1);
  }
  results.push_back(tensorOf(output, getElementTypeOrSelf(op.getInput().getType())));
  return success();
}

FailureOr<SmallVector<ShapeValue>>
ReduceOp::evaluate(ArrayRef<std::optional<ShapeValue>> operands) {
  // Shape tensors have one dimension.
  if (!operands[0] || getInput().getType().getRank() != 1 || getAxes().size() != 1)
    return failure();
  const ShapeValue &elements = *operands[0];
  ReduceKind kind = getKind();
  if (elements.empty() && kind != ReduceKind::Sum && kind != ReduceKind::Prod)
    return failure();
  Dim result = kind == ReduceKind::Prod                      ? 1
               : kind == ReduceKind::Sum || elements.empty() ? 0
                                                             : elements[0];
  for (const Dim &element : elements)
    switch (kind) {
    case ReduceKind::Sum:
      result = result + element;
      break;
    case ReduceKind::Prod:
      result = result * element;
      break;
    case ReduceKind::Max:
      result = Dim::max(result, element);
      break;
    case ReduceKind::Min:
      result = Dim::min(result, element);
      break;
    case ReduceKind::Mean:
    case ReduceKind::LogSumExp:
      return failure();
    }
  return SmallVector<ShapeValue>{{result}};
}

//===-- nn.dynamic_reduce --===//

LogicalResult DynamicReduceOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                                Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> input = dimsOf(op.getInput().getType()), axes = dimsOf(op.getAxes().getType()),
                   output;
  // reduce_c2: only numbers with exponentials have a log_sum_exp.
  if (op.getKind() == ReduceKind::LogSumExp &&
      !isa<FloatType>(getElementTypeOrSelf(op.getInput().getType())))
    return inferError(loc, "log_sum_exp of integers");
  // dynamic_reduce_c1: the number of axes is known and possible.
  std::optional<int64_t> count = axes.size() == 1 ? axes[0].constant() : std::nullopt;
  if (!count || *count > int64_t(input.size()))
    return inferError(loc, "axes of shape ", printShape(axes), " for an input of shape ",
                      printShape(input));
  for (StringRef text : op.getSizes().getAsValueRange<StringAttr>()) {
    FailureOr<Dim> dim = Dim::parse(text);
    if (failed(dim))
      return inferError(loc, "cannot read '", text, "' as an expression over symbols");
    output.push_back(*dim);
  }
  // dynamic_reduce_c2: one size a dimension of the result.
  if (output.size() != input.size() - (op.getKeepdims() ? 0 : *count))
    return inferError(loc, "sizes has ", output.size(), " entries for an input of shape ",
                      printShape(input), " and ", *count, " axes");
  results.push_back(tensorOf(output, getElementTypeOrSelf(op.getInput().getType())));
  return success();
}

//===-- nn.arg_reduce, nn.cumulative --===//

LogicalResult ArgReduceOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                            Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> dims = dimsOf(op.getInput().getType());
  int64_t axis = op.getAxis();
  // arg_reduce_c1: the axis exists and is not empty.
  if (axis < 0 || axis >= int64_t(dims.size()))
    return inferError(loc, "axis ", axis, " is not a dimension of ", printShape(dims));
  if (dims[axis].constant() == 0)
    return inferError(loc, "dimension ", axis, " of ", printShape(dims),
                      " is empty: no element is the extreme one");
  if (op.getKeepdims())
    dims[axis] = 1;
  else
    dims.erase(dims.begin() + axis);
  results.push_back(tensorOf(dims, IntegerType::get(context, 64)));
  return success();
}

LogicalResult CumulativeOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                             Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> dims = dimsOf(op.getInput().getType());
  int64_t axis = op.getAxis();
  // cumulative_c1: the axis exists. cumulative_c2: kind is sum or prod.
  if (axis < 0 || axis >= int64_t(dims.size()))
    return inferError(loc, "axis ", axis, " is not a dimension of ", printShape(dims));
  if (op.getKind() != ReduceKind::Sum && op.getKind() != ReduceKind::Prod)
    return inferError(loc, "a running ", stringifyReduceKind(op.getKind()), " is not defined");
  results.push_back(op.getInput().getType());
  return success();
}

//===-- nn.pairwise_distance --===//

LogicalResult PairwiseDistanceOp::inferReturnTypes(MLIRContext *context,
                                                   std::optional<Location> loc, Adaptor op,
                                                   SmallVectorImpl<Type> &results) {
  SmallVector<Dim> lhs = dimsOf(op.getLhs().getType()), rhs = dimsOf(op.getRhs().getType());
  // pairwise_distance_c1: both are matrices.
  if (lhs.size() != 2 || rhs.size() != 2)
    return inferError(loc, "the rows of ", printShape(lhs), " and ", printShape(rhs),
                      ": both must be matrices");
  // pairwise_distance_c2: rows have the same length; symbols are compared at run time.
  if (lhs[1].constant() && rhs[1].constant() && lhs[1] != rhs[1])
    return inferError(loc, "the rows of ", printShape(lhs), " and ", printShape(rhs),
                      " have different lengths");
  results.push_back(tensorOf({lhs[0], rhs[0]}, getElementTypeOrSelf(op.getLhs().getType())));
  return success();
}
