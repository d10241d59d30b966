// Shapes of contractions.
#include "dialects/nn/nn.h"
#include "dialects/nn/window.h"

using namespace mlir;
using namespace dlc::nn;

LogicalResult dlc::nn::inferMatmul(std::optional<Location> loc, Type lhsType, Type rhsType,
                                   bool transposeLhs, bool transposeRhs, Type element,
                                   SmallVectorImpl<Type> &results) {
  SmallVector<Dim> lhs = dimsOf(lhsType), rhs = dimsOf(rhsType);
  if (lhs.size() < 2 || rhs.size() < 2)
    return inferError(loc, "operands of a matrix product need two dimensions; they have ",
                      lhs.size(), " and ", rhs.size());
  Dim m = lhs.end()[-2], k = lhs.end()[-1], kRhs = rhs.end()[-2], n = rhs.end()[-1];
  if (transposeLhs)
    std::swap(m, k);
  if (transposeRhs)
    std::swap(kRhs, n);
  std::optional<int64_t> kl = k.constant(), kr = kRhs.constant();
  if (kl && kr && *kl != *kr)
    return inferError(loc, "the inner dimensions of ", printShape(lhs), " and ", printShape(rhs),
                      " differ: ", *kl, " and ", *kr);
  SmallVector<Dim> output;
  size_t batch = std::max(lhs.size(), rhs.size()) - 2;
  for (size_t i = 0; i < batch; ++i) {
    // Counted from the right, as numpy aligns shapes.
    size_t fromRight = batch - i;
    Dim a = fromRight <= lhs.size() - 2 ? lhs[lhs.size() - 2 - fromRight] : Dim(1);
    Dim b = fromRight <= rhs.size() - 2 ? rhs[rhs.size() - 2 - fromRight] : Dim(1);
    std::optional<Dim> dim = broadcastDim(a, b);
    if (!dim)
      return inferError(loc, "batch dimensions of ", printShape(lhs), " and ", printShape(rhs),
                        " do not broadcast");
    output.push_back(*dim);
  }
  output.push_back(m);
  output.push_back(n);
  results.push_back(tensorOf(output, element));
  return success();
}

LogicalResult MatmulOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                         Adaptor op, SmallVectorImpl<Type> &results) {
  Type lhs = op.getLhs().getType();
  return inferMatmul(loc, lhs, op.getRhs().getType(), op.getTransposeLhs(), op.getTransposeRhs(),
                     getElementTypeOrSelf(lhs), results);
}

LogicalResult EinsumOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                         Adaptor op, SmallVectorImpl<Type> &results) {
  ValueRange operands = op.getOperands();
  // einsum_c1: a list of labels an operand, a label a dimension, one element type.
  if (operands.empty() || op.getLabels().size() != operands.size())
    return inferError(loc, "an einsum of ", operands.size(), " operands with ",
                      op.getLabels().size(), " lists of labels");
  std::map<int64_t, Dim> sizes;
  for (auto [operand, attribute] : llvm::zip(operands, op.getLabels())) {
    ArrayRef<int64_t> labels = cast<DenseI64ArrayAttr>(attribute).asArrayRef();
    SmallVector<Dim> dims = dimsOf(operand.getType());
    if (labels.size() != dims.size())
      return inferError(loc, labels.size(), " labels for an operand of shape ", printShape(dims));
    if (getElementTypeOrSelf(operand.getType()) != getElementTypeOrSelf(operands[0].getType()))
      return inferError(loc, "operands have different element types");
    for (auto [label, dim] : llvm::zip(labels, dims)) {
      // einsum_c2: dimensions of one label broadcast.
      auto [it, isNew] = sizes.try_emplace(label, dim);
      std::optional<Dim> joined = broadcastDim(it->second, dim);
      if (!joined)
        return inferError(loc, "dimensions with one label differ: ", it->second.str(), " and ",
                          dim.str());
      it->second = *joined;
    }
  }
  SmallVector<Dim> output;
  ArrayRef<int64_t> outputLabels = op.getOutputLabels();
  for (auto [i, label] : llvm::enumerate(outputLabels)) {
    // einsum_c3: the result's labels are distinct and occur.
    if (!sizes.count(label) || llvm::is_contained(outputLabels.take_front(i), label))
      return inferError(
          loc, "a label of the result does not occur in the operands, or twice in the result");
    output.push_back(sizes[label]);
  }
  results.push_back(tensorOf(output, getElementTypeOrSelf(operands[0].getType())));
  return success();
}
