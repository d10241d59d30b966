// Shapes of contractions.
#include "dialects/nn/nn.h"

using namespace mlir;
using namespace dlc::nn;

LogicalResult MatmulOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                         ValueRange operands, DictionaryAttr attributes,
                                         OpaqueProperties properties, RegionRange regions,
                                         SmallVectorImpl<Type> &results) {
  Adaptor op(operands, attributes, properties, regions);
  SmallVector<Dim> lhs = dimsOf(op.getLhs().getType()), rhs = dimsOf(op.getRhs().getType());
  if (lhs.size() < 2 || rhs.size() < 2)
    return inferError(loc, "operands of a matrix product need two dimensions; they have ", lhs.size(),
                      " and ", rhs.size());
  Dim m = lhs.end()[-2], k = lhs.end()[-1], kRhs = rhs.end()[-2], n = rhs.end()[-1];
  if (op.getTransposeLhs())
    std::swap(m, k);
  if (op.getTransposeRhs())
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
  results.push_back(tensorOf(output, getElementTypeOrSelf(op.getLhs().getType())));
  return success();
}
