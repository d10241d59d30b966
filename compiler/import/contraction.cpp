// Contractions: MatMul, Gemm.
#include "compiler/import/registry.h"

using namespace mlir;

namespace dlc {

/// numpy's rule for vectors: a missing row (column) dimension of 1 is added before the product and
/// taken away after it.
static LogicalResult buildMatMul(NodeContext &n) {
  if (!n.sameElementType(0, 1))
    return failure();
  Value lhs = n.input(0), rhs = n.input(1);
  SmallVector<nn::Dim> a = n.shape(0), b = n.shape(1);
  if (a.empty() || b.empty())
    return n.error("a matrix product of scalars");
  bool lhsVector = a.size() == 1, rhsVector = b.size() == 1;
  if (lhsVector)
    lhs = n.reshape(lhs, {nn::Dim(1), a[0]});
  if (rhsVector)
    rhs = n.reshape(rhs, {b[0], nn::Dim(1)});
  Value product =
      n.create<nn::MatmulOp>(lhs, rhs, /*transpose_lhs=*/false, /*transpose_rhs=*/false);
  if (!n.ok())
    return failure();
  if (lhsVector || rhsVector) {
    SmallVector<nn::Dim> dims = nn::dimsOf(product.getType());
    if (rhsVector)
      dims.pop_back();
    if (lhsVector)
      dims.erase(dims.end() - (rhsVector ? 1 : 2));
    product = n.reshape(product, dims);
  }
  return n.result(product);
}

/// alpha * A' * B' + beta * C; C broadcasts to the product.
static LogicalResult buildGemm(NodeContext &n) {
  if (!n.sameElementType(0, 1))
    return failure();
  if (n.rank(0) != 2 || n.rank(1) != 2)
    return n.error("A and B must have two dimensions");
  n.ignoreAttr("broadcast"); // of opsets before 7, where it announces what is the rule today
  Type element = n.elementType(0);
  double alpha = n.floatAttr("alpha", 1), beta = n.floatAttr("beta", 1);
  bool transA = n.intAttr("transA", 0), transB = n.intAttr("transB", 0);
  Value y = n.create<nn::MatmulOp>(n.input(0), n.input(1), transA, transB);
  if (alpha != 1)
    y = n.create<nn::MulOp>(y, n.scalar(alpha, element));
  if (n.hasInput(2) && beta != 0) {
    if (!n.sameElementType(0, 2) || !n.ok())
      return failure();
    Value c = n.input(2);
    if (beta != 1)
      c = n.create<nn::MulOp>(c, n.scalar(beta, element));
    Type product = y.getType();
    y = n.create<nn::AddOp>(y, c);
    // One way only: C must not enlarge the product.
    if (n.ok() && (n.rank(2) > 2 || (nn::dimsOf(product) != nn::dimsOf(y.getType()) &&
                                     cast<RankedTensorType>(y.getType()).hasStaticShape())))
      return n.error("C does not broadcast to the product " + nn::printType(product));
  }
  return n.result(y);
}

ArrayRef<OpRow> contractionRows() {
  static const OpRow rows[] = {
      {"", "Gemm", 1, buildGemm, "A B C?", "Y"},
      {"", "MatMul", 1, buildMatMul, "A B", "Y"},
  };
  return rows;
}

} // namespace dlc
