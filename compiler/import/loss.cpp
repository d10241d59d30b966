// Losses of classifiers, from elementwise operations, gathers and reductions.
#include "compiler/import/registry.h"

using namespace mlir;

namespace dlc {
namespace {

/// -weight[label] * logProbabilities[label] for every position, joined as `reduction` says.
Value negativeLogLikelihood(NodeContext &n, Value logProbabilities) {
  std::string reduction = n.stringAttr("reduction", "mean");
  if (reduction != "none" && reduction != "sum" && reduction != "mean") {
    (void)n.error("attribute 'reduction' must be none, sum or mean");
    return {};
  }
  bool ignores = n.hasAttr("ignore_index");
  int64_t ignored = n.intAttr("ignore_index", 0);
  if (!n.ok())
    return {};
  SmallVector<nn::Dim> dims = nn::dimsOf(logProbabilities.getType()), positions = n.shape(1),
                       picked;
  if (dims.size() < 2 || positions.size() + 1 != dims.size()) {
    (void)n.error("labels of shape " + nn::printShape(positions) + " for scores of shape " +
                  nn::printShape(dims));
    return {};
  }
  Type element = getElementTypeOrSelf(logProbabilities.getType());
  Value label = n.castTo(n.input(1), n.builder().getI64Type()), isIgnored;
  if (ignores) {
    isIgnored = n.create<nn::EqualOp>(
        label, n.constant(DenseElementsAttr::get(
                   RankedTensorType::get({}, n.builder().getI64Type()), ignored)));
    label = n.create<nn::WhereOp>(isIgnored, n.scalar(0, n.builder().getI64Type()), label);
  }
  picked = positions;
  picked.insert(picked.begin() + 1, nn::Dim(1));
  Value loss = n.create<nn::GatherElementsOp>(logProbabilities, n.reshape(label, picked), 1);
  loss = n.create<nn::NegOp>(n.reshape(loss, positions));
  Value weight;
  if (n.hasInput(2)) {
    if (!n.sameElementType(0, 2))
      return {};
    if (n.rank(2) != 1) {
      (void)n.error("weights must have one dimension");
      return {};
    }
    weight = n.create<nn::GatherOp>(n.input(2), label, 0);
    loss = n.create<nn::MulOp>(loss, weight);
  } else if (ignores) {
    weight = n.scalar(1, element);
  }
  if (ignores) {
    Value zero = n.scalar(0, element);
    loss = n.create<nn::WhereOp>(isIgnored, zero, loss);
    weight = n.create<nn::WhereOp>(isIgnored, zero, weight);
  }
  if (reduction == "none" || !n.ok())
    return loss;
  SmallVector<int64_t> axes = llvm::to_vector(llvm::seq<int64_t>(0, positions.size()));
  if (reduction == "mean" && !weight)
    return n.create<nn::ReduceOp>(loss, nn::ReduceKind::Mean, axes, /*keepdims=*/false);
  Value sum = n.create<nn::ReduceOp>(loss, nn::ReduceKind::Sum, axes, /*keepdims=*/false);
  if (reduction == "sum")
    return sum;
  return n.create<nn::DivOp>(
      sum, n.create<nn::ReduceOp>(weight, nn::ReduceKind::Sum, axes, /*keepdims=*/false));
}

LogicalResult buildNegativeLogLikelihood(NodeContext &n) {
  return n.result(negativeLogLikelihood(n, n.input(0)));
}

LogicalResult buildSoftmaxCrossEntropy(NodeContext &n) {
  if (n.rank(0) < 2)
    return n.error("scores need at least 2 dimensions");
  Value logProbabilities = n.create<nn::SoftmaxOp>(n.input(0), 1, /*log=*/true);
  if (!n.ok())
    return failure();
  return n.results({negativeLogLikelihood(n, logProbabilities), logProbabilities});
}

} // namespace

ArrayRef<OpRow> lossRows() {
  static const OpRow rows[] = {
      {"", "NegativeLogLikelihoodLoss", 12, buildNegativeLogLikelihood, "input target weight?",
       "loss"},
      {"", "SoftmaxCrossEntropyLoss", 12, buildSoftmaxCrossEntropy, "scores labels weights?",
       "output log_prob?"},
  };
  return rows;
}

} // namespace dlc
