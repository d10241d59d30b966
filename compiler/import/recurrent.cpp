// Recurrent layers: RNN, GRU, LSTM. Defaults are written out; with layout 1 (batch first) operands
// and results are transposed.
#include "compiler/import/registry.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {
namespace {

struct Parameters {
  double alpha = 0, beta = 0;
  bool hasAlpha = false, hasBeta = false;
};

/// ONNX's defaults; those of ScaledTanh are not defined there.
Parameters parametersOf(StringRef name) {
  if (name == "Affine")
    return {1, 0, true, true};
  if (name == "LeakyRelu")
    return {0.01f, 0, true, false};
  if (name == "ThresholdedRelu" || name == "Elu")
    return {1, 0, true, false};
  if (name == "ScaledTanh")
    return {1, 1, true, true};
  if (name == "HardSigmoid")
    return {0.2f, 0.5, true, true};
  return {};
}

/// What the three operators share, read and checked.
struct Layer {
  Value input, bias, initialH, lengths;
  Dim steps, batch, hidden;
  int64_t directions = 1, layout = 0;
  nn::Direction direction = nn::Direction::Forward;
  std::vector<std::string> activations;
  SmallVector<double> alphas, betas;
  double clip = 0;
};

/// [D, B, H] from an initial state; zeros where it is absent.
Value initialState(NodeContext &n, const Layer &layer, unsigned input) {
  if (n.hasInput(input)) {
    if (!n.sameElementType(0, input))
      return {};
    if (!layer.layout)
      return n.input(input);
    if (n.rank(input) == 3)
      return n.transpose(n.input(input), {1, 0, 2});
    (void)n.error(n.inputName(input) + " must have three dimensions");
    return {};
  }
  return n.expand(n.scalar(0, n.elementType(0)),
                  {Dim(layer.directions), layer.batch, layer.hidden});
}

LogicalResult readActivations(NodeContext &n, Layer &layer, ArrayRef<StringRef> defaults) {
  SmallVector<double> alphas = n.floatsAttr("activation_alpha").value_or(SmallVector<double>()),
                      betas = n.floatsAttr("activation_beta").value_or(SmallVector<double>());
  std::vector<std::string> names =
      n.stringsAttr("activations").value_or(std::vector<std::string>());
  size_t count = defaults.size() * layer.directions;
  if (names.empty())
    for (size_t i = 0; i < count; ++i)
      names.push_back(defaults[i % defaults.size()].str());
  if (names.size() != count)
    return n.error("attribute 'activations' must name " + Twine(count) + " functions");
  size_t nextAlpha = 0, nextBeta = 0;
  for (std::string &name : names) {
    static constexpr StringRef known[] = {"Sigmoid",         "Tanh",       "Relu",        "Affine",
                                          "LeakyRelu",       "ScaledTanh", "HardSigmoid", "Elu",
                                          "ThresholdedRelu", "Softsign",   "Softplus"};
    const StringRef *it =
        llvm::find_if(known, [&](StringRef k) { return k.equals_insensitive(name); });
    if (it == std::end(known))
      return n.error("attribute 'activations' names '" + escapeName(name) +
                     "', which is no activation function");
    name = it->str();
    // Parameters are taken in order by the functions that have one.
    Parameters p = parametersOf(name);
    if (p.hasAlpha && nextAlpha < alphas.size())
      p.alpha = alphas[nextAlpha++];
    if (p.hasBeta && nextBeta < betas.size())
      p.beta = betas[nextBeta++];
    layer.alphas.push_back(p.alpha);
    layer.betas.push_back(p.beta);
  }
  layer.activations = names;
  return n.ok() ? success() : failure();
}

FailureOr<Layer> readLayer(NodeContext &n, int64_t gates, ArrayRef<StringRef> defaults) {
  Layer layer;
  for (unsigned i : {1, 2, 3})
    if (n.hasInput(i) && !n.sameElementType(0, i))
      return failure();
  if (n.rank(0) != 3 || n.rank(1) != 3 || n.rank(2) != 3)
    return n.error("X, W and R must have three dimensions");
  std::string direction = n.stringAttr("direction", "forward");
  std::optional<nn::Direction> parsed = nn::symbolizeDirection(direction);
  if (!parsed)
    return n.error("attribute 'direction' must be forward, reverse or bidirectional");
  layer.direction = *parsed;
  layer.directions = *parsed == nn::Direction::Bidirectional ? 2 : 1;
  layer.layout = n.intAttr("layout", 0);
  if (layer.layout != 0 && layer.layout != 1)
    return n.error("attribute 'layout' must be 0 or 1");
  layer.clip = n.floatAttr("clip", 0);
  n.ignoreAttr("output_sequence"); // of opset 1: whether Y is wanted
  layer.input = layer.layout ? n.transpose(n.input(0), {1, 0, 2}) : n.input(0);
  SmallVector<Dim> x = n.shape(0);
  layer.steps = x[layer.layout ? 1 : 0];
  layer.batch = x[layer.layout ? 0 : 1];
  layer.hidden = n.shape(2)[2];
  int64_t hidden = n.intAttr("hidden_size", layer.hidden.constant().value_or(0));
  if (layer.hidden.constant() && *layer.hidden.constant() != hidden)
    return n.error("hidden_size = " + Twine(hidden) + ", but R is " + nn::printType(n.type(2)));
  layer.bias = n.hasInput(3) ? n.input(3)
                             : n.expand(n.scalar(0, n.elementType(0)),
                                        {Dim(layer.directions), layer.hidden * Dim(2 * gates)});
  if (n.hasInput(4))
    layer.lengths = n.input(4);
  layer.initialH = initialState(n, layer, 5);
  if (!n.ok() || failed(readActivations(n, layer, defaults)))
    return failure();
  return layer;
}

/// Attributes in the order of the operations' definitions.
struct LayerAttrs {
  nn::DirectionAttr direction;
  ArrayAttr activations;
  DenseF64ArrayAttr alphas, betas;
  FloatAttr clip;
  LayerAttrs(NodeContext &n, const Layer &layer)
      : direction(nn::DirectionAttr::get(n.context(), layer.direction)),
        alphas(n.builder().getDenseF64ArrayAttr(layer.alphas)),
        betas(n.builder().getDenseF64ArrayAttr(layer.betas)),
        clip(n.builder().getF64FloatAttr(layer.clip)) {
    SmallVector<StringRef> names(layer.activations.begin(), layer.activations.end());
    activations = n.builder().getStrArrayAttr(names);
  }
};

LogicalResult finish(NodeContext &n, const Layer &layer, SmallVector<Value> results) {
  if (layer.layout && n.ok()) {
    // [T, D, B, H] -> [B, T, D, H]; [D, B, H] -> [B, D, H]
    results[0] = n.transpose(results[0], {2, 0, 1, 3});
    for (size_t i = 1; i < results.size(); ++i)
      results[i] = n.transpose(results[i], {1, 0, 2});
  }
  if (!n.ok())
    return failure();
  results.resize(n.numOutputs());
  return n.results(results);
}

LogicalResult buildRnn(NodeContext &n) {
  FailureOr<Layer> layer = readLayer(n, 1, {"Tanh"});
  if (failed(layer))
    return failure();
  LayerAttrs a(n, *layer);
  return finish(n, *layer,
                n.createMulti<nn::RnnOp, 2>(layer->input, n.input(1), n.input(2), layer->bias,
                                            layer->initialH, layer->lengths, a.direction,
                                            a.activations, a.alphas, a.betas, a.clip));
}

LogicalResult buildGru(NodeContext &n) {
  FailureOr<Layer> layer = readLayer(n, 3, {"Sigmoid", "Tanh"});
  if (failed(layer))
    return failure();
  LayerAttrs a(n, *layer);
  UnitAttr linear = n.intAttr("linear_before_reset", 0) ? n.builder().getUnitAttr() : UnitAttr();
  return finish(n, *layer,
                n.createMulti<nn::GruOp, 2>(layer->input, n.input(1), n.input(2), layer->bias,
                                            layer->initialH, layer->lengths, a.direction,
                                            a.activations, a.alphas, a.betas, a.clip, linear));
}

LogicalResult buildLstm(NodeContext &n) {
  FailureOr<Layer> layer = readLayer(n, 4, {"Sigmoid", "Tanh", "Tanh"});
  if (failed(layer))
    return failure();
  LayerAttrs a(n, *layer);
  UnitAttr coupled = n.intAttr("input_forget", 0) ? n.builder().getUnitAttr() : UnitAttr();
  Value initialC = initialState(n, *layer, 6);
  if (n.hasInput(7) && !n.sameElementType(0, 7))
    return failure();
  return finish(n, *layer,
                n.createMulti<nn::LstmOp, 3>(layer->input, n.input(1), n.input(2), layer->bias,
                                             layer->initialH, initialC, n.input(7), layer->lengths,
                                             a.direction, a.activations, a.alphas, a.betas, a.clip,
                                             coupled));
}

} // namespace

ArrayRef<OpRow> recurrentRows() {
  static const OpRow rows[] = {
      {"", "GRU", 1, buildGru, "X W R B? sequence_lens? initial_h?", "Y? Y_h?"},
      {"", "LSTM", 1, buildLstm, "X W R B? sequence_lens? initial_h? initial_c? P?",
       "Y? Y_h? Y_c?"},
      {"", "RNN", 1, buildRnn, "X W R B? sequence_lens? initial_h?", "Y? Y_h?"},
  };
  return rows;
}

} // namespace dlc
