// Contractions: MatMul, Gemm, Einsum, and the forms of com.microsoft.
#include "compiler/import/fused_activation.h"
#include "compiler/import/registry.h"

#include "llvm/ADT/StringExtras.h"

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
static FailureOr<Value> gemm(NodeContext &n) {
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
  return n.ok() ? FailureOr<Value>(y) : FailureOr<Value>(failure());
}

static LogicalResult buildGemm(NodeContext &n) {
  FailureOr<Value> y = gemm(n);
  return failed(y) ? failure() : n.result(*y);
}

static LogicalResult buildFusedGemm(NodeContext &n) {
  static constexpr const char *names[] = {"activation_alpha", "activation_beta",
                                          "activation_gamma"};
  for (const char *name : names)
    n.ignoreAttr(name);
  FailureOr<Value> y = gemm(n);
  return failed(y) ? failure() : n.result(fusedActivation(n, *y, [&](unsigned i, double otherwise) {
    return n.floatAttr(names[i], otherwise);
  }));
}

/// alpha * A' * B'. With transBatch the rows of the matrices are the first dimension, before those
/// of the batch.
static LogicalResult buildFusedMatMul(NodeContext &n) {
  if (!n.sameElementType(0, 1))
    return failure();
  double alpha = n.floatAttr("alpha", 1);
  auto operand = [&](unsigned i, StringRef attribute) {
    int64_t rank = n.rank(i);
    if (!n.intAttr(attribute, 0) || !n.ok())
      return n.input(i);
    if (rank < 3) {
      (void)n.error(n.inputName(i) + " needs at least 3 dimensions for " + attribute);
      return Value();
    }
    SmallVector<int64_t> permutation = llvm::to_vector(llvm::seq<int64_t>(0, rank));
    std::rotate(permutation.begin(), permutation.begin() + 1, permutation.end() - 1);
    return n.transpose(n.input(i), permutation);
  };
  Value a = operand(0, "transBatchA"), b = operand(1, "transBatchB");
  bool transA = n.intAttr("transA", 0), transB = n.intAttr("transB", 0);
  if (n.rank(0) < 2 || n.rank(1) < 2)
    return n.unsupported("products of vectors are not supported");
  Value y = n.create<nn::MatmulOp>(a, b, transA, transB);
  return n.result(alpha == 1 ? y : n.create<nn::MulOp>(y, n.scalar(alpha, n.elementType(0))));
}

//===----------------------------------------------------------------------===//
// Einsum
//===----------------------------------------------------------------------===//

/// One term of an equation as labels: letters are their character codes; the dimensions of an
/// ellipsis get labels from the right, so that they align as numpy aligns shapes. `rank` is that of
/// the operand, or nullopt for the result, whose ellipsis has `widest` dimensions.
static FailureOr<SmallVector<int64_t>> readTerm(NodeContext &n, StringRef term,
                                                std::optional<int64_t> rank, int64_t widest,
                                                int64_t *ellipsis) {
  constexpr int64_t kEllipsis = 1000; // counts down to the left
  SmallVector<int64_t> labels;
  int64_t letters = llvm::count_if(term, [](char c) { return llvm::isAlpha(c); });
  bool seen = false;
  while (!term.empty()) {
    if (term.consume_front("...")) {
      if (seen)
        return n.error("a term of the equation has two ellipses");
      seen = true;
      int64_t count = rank ? *rank - letters : widest;
      if (count < 0)
        return n.error("a term of the equation has more labels than its operand dimensions");
      if (ellipsis)
        *ellipsis = std::max(*ellipsis, count);
      for (int64_t i = count; i > 0; --i)
        labels.push_back(kEllipsis - i);
      continue;
    }
    if (!llvm::isAlpha(term.front()))
      return n.error(
          "the equation has a character that is neither a letter nor part of an ellipsis");
    labels.push_back(static_cast<unsigned char>(term.front()));
    term = term.drop_front();
  }
  if (rank && int64_t(labels.size()) != *rank)
    return n.error("a term of the equation has " + Twine(labels.size()) +
                   " labels for an operand with " + Twine(*rank) + " dimensions");
  return labels;
}

static LogicalResult buildEinsum(NodeContext &n) {
  std::string equation;
  for (char c : n.stringAttr("equation", ""))
    if (c != ' ')
      equation += c;
  auto [left, right] = StringRef(equation).split("->");
  bool isExplicit = StringRef(equation).contains("->");
  SmallVector<StringRef> terms;
  left.split(terms, ',');
  if (!n.ok() || terms.size() != n.numInputs())
    return n.error("the equation has " + Twine(terms.size()) + " terms for " +
                   Twine(n.numInputs()) + " inputs");
  int64_t widest = 0;
  SmallVector<Attribute> labels;
  std::map<int64_t, unsigned> counts;
  for (unsigned i = 0; i < n.numInputs(); ++i) {
    if (!n.sameElementType(0, i))
      return failure();
    FailureOr<SmallVector<int64_t>> term = readTerm(n, terms[i], n.rank(i), 0, &widest);
    if (failed(term))
      return failure();
    for (int64_t label : *term)
      ++counts[label];
    labels.push_back(n.builder().getDenseI64ArrayAttr(*term));
  }
  SmallVector<int64_t> output;
  if (isExplicit) {
    FailureOr<SmallVector<int64_t>> term = readTerm(n, right, std::nullopt, widest, nullptr);
    if (failed(term))
      return failure();
    output = *term;
    if (widest > 0 && !right.contains("..."))
      return n.error("the equation's result lacks the ellipsis of the operands");
  } else {
    // The ellipsis, then the labels that occur once, in the order of the alphabet.
    for (int64_t i = widest; i > 0; --i)
      output.push_back(1000 - i);
    for (auto [label, count] : counts)
      if (label < 256 && count == 1)
        output.push_back(label);
  }
  return n.result(n.create<nn::EinsumOp>(n.inputs(), n.builder().getArrayAttr(labels),
                                         n.builder().getDenseI64ArrayAttr(output)));
}

ArrayRef<OpRow> contractionRows() {
  static const OpRow rows[] = {
      {"", "Einsum", 12, buildEinsum, "Inputs+", "Output"},
      {"", "Gemm", 1, buildGemm, "A B C?", "Y"},
      {"", "MatMul", 1, buildMatMul, "A B", "Y"},
      {"com.microsoft", "FusedGemm", 1, buildFusedGemm, "A B C?", "Y"},
      {"com.microsoft", "FusedMatMul", 1, buildFusedMatMul, "A B", "Y"},
  };
  return rows;
}

} // namespace dlc
