// Normalizations. Their common part is nn.normalize; scale and bias are elementwise operations.
#include "compiler/import/registry.h"

using namespace mlir;

namespace dlc {
namespace {

APFloat epsilonOf(NodeContext &n, double otherwise) {
  return APFloat(n.floatAttr("epsilon", otherwise));
}

SmallVector<int64_t> axesFrom(int64_t first, int64_t rank) {
  return llvm::to_vector(llvm::seq<int64_t>(first, std::max(first, rank)));
}

/// A vector of one element a channel, so that it broadcasts along dimension `axis` of a tensor of
/// that rank.
Value alongAxis(NodeContext &n, Value vector, int64_t axis, int64_t rank) {
  if (!n.ok())
    return {};
  SmallVector<nn::Dim> dims = nn::dimsOf(vector.getType());
  if (dims.size() != 1) {
    (void)n.error("scale and bias need one dimension; one of them has the shape " +
                  nn::printShape(dims));
    return {};
  }
  dims.append(rank - axis - 1, nn::Dim(1));
  return n.reshape(vector, dims);
}

//===----------------------------------------------------------------------===//
// Batch normalization
//===----------------------------------------------------------------------===//

LogicalResult buildBatchNorm(NodeContext &n) {
  n.ignoreAttr("consumed_inputs");
  APFloat epsilon = epsilonOf(n, 1e-5f);
  double momentum = n.floatAttr("momentum", 0.9f);
  if (n.opset() < 9 && !n.intAttr("spatial", 1))
    return n.unsupported("spatial = 0 is not supported");
  bool training = n.opset() >= 14 ? n.intAttr("training_mode", 0)
                                  : n.opset() < 7 && !n.intAttr("is_test", 0) && n.numOutputs() > 1;
  if (n.rank(0) < 2)
    return n.error("X needs at least 2 dimensions");
  Value x = n.input(0), scale = n.input(1), bias = n.input(2), mean = n.input(3),
        variance = n.input(4);
  if (!training)
    return n.result(n.create<nn::BatchNormOp>(x, scale, bias, mean, variance, epsilon, 1));
  // Statistics of the batch; the running ones move towards them.
  SmallVector<int64_t> axes = {0};
  axes.append(axesFrom(2, n.rank(0)));
  Type type = getElementTypeOrSelf(mean.getType());
  Value wide = n.castTo(x, type);
  Value batchMean = n.create<nn::ReduceOp>(wide, nn::ReduceKind::Mean, axes, /*keepdims=*/false);
  Value centred = n.create<nn::SubOp>(wide, alongAxis(n, batchMean, 1, n.rank(0)));
  Value batchVariance = n.create<nn::ReduceOp>(n.create<nn::MulOp>(centred, centred),
                                               nn::ReduceKind::Mean, axes, /*keepdims=*/false);
  auto move = [&](Value running, Value batch) {
    Value old = n.create<nn::MulOp>(running, n.scalar(momentum, type));
    return n.create<nn::AddOp>(old, n.create<nn::MulOp>(batch, n.scalar(1 - momentum, type)));
  };
  Value y = n.create<nn::BatchNormOp>(x, scale, bias, batchMean, batchVariance, epsilon, 1);
  return n.results({y, move(mean, batchMean), move(variance, batchVariance)});
}

//===----------------------------------------------------------------------===//
// nn.normalize and its relatives
//===----------------------------------------------------------------------===//

LogicalResult buildInstanceNorm(NodeContext &n) {
  n.ignoreAttr("consumed_inputs");
  int64_t rank = n.rank(0);
  if (rank < 3)
    return n.error("the input needs at least 3 dimensions");
  Value y =
      n.create<nn::NormalizeOp>(n.input(0), axesFrom(2, rank), epsilonOf(n, 1e-5f), /*rms=*/false);
  y = n.create<nn::MulOp>(y, alongAxis(n, n.input(1), 1, rank));
  return n.result(n.create<nn::AddOp>(y, alongAxis(n, n.input(2), 1, rank)));
}

/// Operand i broadcasts to the input, one way.
bool broadcastsToInput(NodeContext &n, unsigned i) {
  SmallVector<nn::Dim> dims = n.shape(i), input = n.shape(0);
  bool fits = dims.size() <= input.size();
  for (size_t j = 0; fits && j < dims.size(); ++j) {
    const nn::Dim &target = input[input.size() - dims.size() + j];
    fits = dims[j].isOne() || !dims[j].constant() || !target.constant() || dims[j] == target;
  }
  if (!fits)
    (void)n.error(n.inputName(i) + " of shape " + nn::printShape(dims) + " does not broadcast to " +
                  nn::printShape(input));
  return fits;
}

LogicalResult buildLayerNorm(NodeContext &n) {
  int64_t rank = n.rank(0), axis = n.axisAttr("axis", -1, rank);
  APFloat epsilon = epsilonOf(n, 1e-5f);
  Type stash = n.typeAttr("stash_type", 1);
  if (!n.ok() || !n.sameElementType(0, 1) || !broadcastsToInput(n, 1))
    return failure();
  SmallVector<int64_t> axes = axesFrom(axis, rank);
  Value y = n.create<nn::NormalizeOp>(n.input(0), axes, epsilon, /*rms=*/false);
  y = n.create<nn::MulOp>(y, n.input(1));
  if (n.hasInput(2)) {
    if (!n.sameElementType(0, 2) || !broadcastsToInput(n, 2))
      return failure();
    y = n.create<nn::AddOp>(y, n.input(2));
  }
  Value mean, inverse;
  if (n.wantsOutput(1) || n.wantsOutput(2)) {
    Value wide = n.castTo(n.input(0), stash);
    mean = n.create<nn::ReduceOp>(wide, nn::ReduceKind::Mean, axes, /*keepdims=*/true);
    Value centred = n.create<nn::SubOp>(wide, mean);
    Value variance = n.create<nn::ReduceOp>(n.create<nn::MulOp>(centred, centred),
                                            nn::ReduceKind::Mean, axes, /*keepdims=*/true);
    Value shifted = n.create<nn::AddOp>(variance, n.scalar(epsilon.convertToDouble(), stash));
    inverse = n.create<nn::ReciprocalOp>(n.create<nn::SqrtOp>(shifted));
  }
  return n.results({y, mean, inverse});
}

/// RMSNormalization; and as onnxruntime's optimiser writes it, in ONNX's own domain, with a second
/// result.
LogicalResult buildRmsNorm(NodeContext &n) {
  int64_t rank = n.rank(0), axis = n.axisAttr("axis", -1, rank);
  APFloat epsilon = epsilonOf(n, 1e-5f);
  Type stash = n.typeAttr("stash_type", 1);
  if (!n.ok() || !n.sameElementType(0, 1) || !broadcastsToInput(n, 1))
    return failure();
  SmallVector<int64_t> axes = axesFrom(axis, rank);
  Value y = n.create<nn::NormalizeOp>(n.input(0), axes, epsilon, /*rms=*/true), inverse;
  if (n.wantsOutput(1)) {
    Value wide = n.castTo(n.input(0), stash);
    Value square = n.create<nn::ReduceOp>(n.create<nn::MulOp>(wide, wide), nn::ReduceKind::Mean,
                                          axes, /*keepdims=*/true);
    square = n.create<nn::AddOp>(square, n.scalar(epsilon.convertToDouble(), stash));
    inverse = n.create<nn::ReciprocalOp>(n.create<nn::SqrtOp>(square));
  }
  return n.results({n.create<nn::MulOp>(y, n.input(1)), inverse});
}

/// The norm of a sum: of the input, what skips a layer, and a bias. The sum is a result, too.
template <bool Rms> LogicalResult buildSkipLayerNorm(NodeContext &n) {
  constexpr unsigned beta = 3, bias = Rms ? 3 : 4;
  APFloat epsilon = epsilonOf(n, 1e-12f);
  if (n.rank(0) < 1)
    return n.error("input needs at least one dimension");
  for (unsigned i = 1; i < n.numInputs(); ++i)
    if (n.hasInput(i) && (!n.sameElementType(0, i) || !broadcastsToInput(n, i)))
      return failure();
  Value sum = n.create<nn::AddOp>(n.input(0), n.input(1));
  if (n.hasInput(bias))
    sum = n.create<nn::AddOp>(sum, n.input(bias));
  Value y = n.create<nn::NormalizeOp>(sum, axesFrom(n.rank(0) - 1, n.rank(0)), epsilon, Rms);
  y = n.create<nn::MulOp>(y, n.input(2));
  if (!Rms && n.hasInput(beta))
    y = n.create<nn::AddOp>(y, n.input(beta));
  return n.results({y, {}, {}, sum});
}

/// Until opset 20 scale and bias have an element a group, since 21 one a channel.
LogicalResult buildGroupNorm(NodeContext &n) {
  n.ignoreAttr("stash_type");
  int64_t groups = n.requiredInt("num_groups"), rank = n.rank(0);
  APFloat epsilon = epsilonOf(n, 1e-5f);
  if (!n.ok())
    return failure();
  if (rank < 3)
    return n.error("X needs at least 3 dimensions");
  SmallVector<nn::Dim> dims = n.shape(0);
  std::optional<int64_t> channels = dims[1].constant();
  if (!channels)
    return n.unsupported("the number of channels is not known", "give the shape with --shape");
  if (groups < 1 || *channels % groups != 0)
    return n.error("num_groups = " + Twine(groups) + " does not divide the " + Twine(*channels) +
                   " channels");
  SmallVector<nn::Dim> split = {dims[0], nn::Dim(groups), nn::Dim(*channels / groups)};
  split.append(dims.begin() + 2, dims.end());
  Value y = n.create<nn::NormalizeOp>(n.reshape(n.input(0), split), axesFrom(2, rank + 1), epsilon,
                                      /*rms=*/false);
  bool perGroup = n.opset() < 21;
  int64_t scaledRank = perGroup ? rank + 1 : rank;
  if (!perGroup)
    y = n.reshape(y, dims);
  y = n.create<nn::MulOp>(y, alongAxis(n, n.input(1), 1, scaledRank));
  y = n.create<nn::AddOp>(y, alongAxis(n, n.input(2), 1, scaledRank));
  return n.result(n.reshape(y, dims));
}

/// (x - mean) / (deviation + 1e-9).
LogicalResult buildMeanVarianceNorm(NodeContext &n) {
  int64_t rank = n.rank(0);
  SmallVector<int64_t> axes;
  for (int64_t axis : n.intsAttr("axes").value_or(SmallVector<int64_t>{0, 2, 3})) {
    axes.push_back(n.normalizeAxis(axis, rank, "axes"));
    if (!n.ok())
      return failure();
  }
  llvm::sort(axes);
  return n.result(n.create<nn::NormalizeOp>(n.input(0), axes, APFloat(1e-18),
                                            /*rms=*/false));
}

/// x / norm; 0 where the norm is.
LogicalResult buildLpNorm(NodeContext &n) {
  int64_t axis = n.axisAttr("axis", -1, n.rank(0)), p = n.intAttr("p", 2);
  if (!n.ok())
    return failure();
  if (p != 1 && p != 2)
    return n.error("p must be 1 or 2; it is " + Twine(p));
  Value x = n.input(0);
  Type element = n.elementType(0);
  if (element.isF16() || element.isBF16())
    x = n.castTo(x, n.builder().getF32Type());
  Value terms = p == 1 ? n.create<nn::AbsOp>(x) : n.create<nn::MulOp>(x, x);
  Value norm = n.create<nn::ReduceOp>(terms, nn::ReduceKind::Sum, ArrayRef<int64_t>{axis},
                                      /*keepdims=*/true);
  if (p == 2)
    norm = n.create<nn::SqrtOp>(norm);
  if (!n.ok())
    return failure();
  Value zero = n.scalar(0, getElementTypeOrSelf(norm.getType()));
  Value y =
      n.create<nn::WhereOp>(n.create<nn::EqualOp>(norm, zero), zero, n.create<nn::DivOp>(x, norm));
  return n.result(n.castTo(y, element));
}

LogicalResult buildLrn(NodeContext &n) {
  if (n.rank(0) < 2)
    return n.error("X needs at least 2 dimensions");
  return n.result(n.create<nn::LrnOp>(
      n.input(0), 1, n.requiredInt("size"), APFloat(n.floatAttr("alpha", 1e-4f)),
      APFloat(n.floatAttr("beta", 0.75f)), APFloat(n.floatAttr("bias", 1))));
}

//===----------------------------------------------------------------------===//
// Softmax and its relatives
//===----------------------------------------------------------------------===//

/// Until opset 12 all dimensions from `axis` on count as one.
template <typename Build> LogicalResult alongLast(NodeContext &n, Build build) {
  int64_t rank = n.rank(0);
  SmallVector<nn::Dim> dims = n.shape(0);
  if (n.opset() >= 13 || rank == 0) {
    int64_t axis = n.axisAttr("axis", -1, rank);
    return n.result(n.ok() ? build(n.input(0), axis) : Value());
  }
  int64_t axis = n.intAttr("axis", 1);
  if (axis != rank)
    axis = n.normalizeAxis(axis, rank);
  if (!n.ok())
    return failure();
  if (axis == rank - 1)
    return n.result(build(n.input(0), axis));
  Value flat = n.reshape(n.input(0), {nn::product(ArrayRef(dims).take_front(axis)),
                                      nn::product(ArrayRef(dims).drop_front(axis))});
  return n.result(n.reshape(build(flat, 1), dims));
}

template <bool Log> LogicalResult buildSoftmax(NodeContext &n) {
  return alongLast(n, [&](Value x, int64_t axis) { return n.create<nn::SoftmaxOp>(x, axis, Log); });
}
LogicalResult buildHardmax(NodeContext &n) {
  return alongLast(n, [&](Value x, int64_t axis) { return n.create<nn::HardmaxOp>(x, axis); });
}

} // namespace

ArrayRef<OpRow> normalizationRows() {
  static const OpRow rows[] = {
      {"", "BatchNormalization", 1, buildBatchNorm, "X scale B input_mean input_var",
       "Y running_mean? running_var? saved_mean? saved_var?"},
      {"", "GroupNormalization", 18, buildGroupNorm, "X scale bias"},
      {"", "Hardmax", 1, buildHardmax, "input", "output"},
      {"", "InstanceNormalization", 1, buildInstanceNorm, "input scale B", "output"},
      {"", "LayerNormalization", 17, buildLayerNorm, "X Scale B?", "Y Mean? InvStdDev?"},
      {"", "LogSoftmax", 1, buildSoftmax<true>, "input", "output"},
      {"", "LpNormalization", 1, buildLpNorm, "input", "output"},
      {"", "LRN", 1, buildLrn},
      {"", "MeanVarianceNormalization", 9, buildMeanVarianceNorm},
      {"", "RMSNormalization", 23, buildRmsNorm, "X scale"},
      {"", "SimplifiedLayerNormalization", 1, buildRmsNorm, "X scale", "Y inv_std_var?"},
      {"", "Softmax", 1, buildSoftmax<false>, "input", "output"},
      {"com.microsoft", "SkipLayerNormalization", 1, buildSkipLayerNorm<false>,
       "input skip gamma beta? bias?", "output mean? inv_std_var? input_skip_bias_sum?"},
      {"com.microsoft", "SkipSimplifiedLayerNormalization", 1, buildSkipLayerNorm<true>,
       "input skip gamma bias?", "output mean? inv_std_var? input_skip_bias_sum?"},
  };
  return rows;
}

} // namespace dlc
