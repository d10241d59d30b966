// Operators of com.microsoft that quantise their activations when they run (DynamicQuantize*), or
// give the product of quantised tensors as f32.
#include "compiler/import/loop.h"
#include "compiler/import/quantization.h"
#include "compiler/import/registry.h"
#include "compiler/import/shape_math.h"

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {
namespace {

/// A quantised matrix; its parameters are numbers or have an entry a column.
struct Weights {
  Value q, scale, zero; ///< the zero point may be null
};

/// x w, with the scales of both.
Value scaledProduct(NodeContext &n, const DynamicallyQuantized &x, const Weights &w) {
  Value product = integerProduct(n, centred(n, x.bytes, x.zeroPoint), centred(n, w.q, w.zero));
  return mul(n, n.castTo(product, f32(n)), mul(n, x.scale, w.scale));
}

//===----------------------------------------------------------------------===//
// Matrix products
//===----------------------------------------------------------------------===//

bool checkScale(NodeContext &n, unsigned i) {
  if (!n.elementType(i).isF32())
    (void)n.error(n.inputName(i) + " must be f32");
  return n.ok();
}

LogicalResult addBias(NodeContext &n, Value y, unsigned bias) {
  if (!n.hasInput(bias))
    return n.result(y);
  if (!n.elementType(bias).isF32() || n.rank(bias) != 1)
    return n.error(n.inputName(bias) + " must be a vector of f32");
  return n.result(add(n, y, n.input(bias)));
}

LogicalResult buildMatMulIntegerToFloat(NodeContext &n) {
  if (!checkQuantized(n, {0, 1, 4, 5}) || !checkScale(n, 2) || !checkScale(n, 3))
    return failure();
  if ((n.hasInput(4) && !n.sameElementType(0, 4)) || (n.hasInput(5) && !n.sameElementType(1, 5)))
    return failure();
  // onnxruntime's fusion may write the scales the other way round.
  bool swapped = !nn::product(n.shape(2)).isOne();
  if (swapped && !nn::product(n.shape(3)).isOne())
    return n.error("a_scale and b_scale are both vectors");
  DynamicallyQuantized a = {n.input(0), oneNumber(n, swapped ? 3 : 2),
                            n.hasInput(4) ? oneNumber(n, 4) : Value()};
  Weights b = {n.input(1), columnParameter(n, swapped ? 2 : 3),
               n.hasInput(5) ? columnParameter(n, 5) : Value()};
  return addBias(n, n.ok() ? scaledProduct(n, a, b) : Value(), 6);
}

LogicalResult buildDynamicQuantizeMatMul(NodeContext &n) {
  if (!checkScale(n, 0) || !checkQuantized(n, {1, 3}) || !checkScale(n, 2) ||
      (n.hasInput(3) && !n.sameElementType(1, 3)))
    return failure();
  Weights b = {n.input(1), columnParameter(n, 2), n.hasInput(3) ? columnParameter(n, 3) : Value()};
  return addBias(n, scaledProduct(n, quantizeDynamically(n, n.input(0)), b), 4);
}

//===----------------------------------------------------------------------===//
// DynamicQuantizeLSTM
//===----------------------------------------------------------------------===//

enum LstmInput { X, W, R, B, Lengths, InitialH, InitialC, P, WScale, WZero, RScale, RZero };

/// Entry d of the first dimension.
Value entry(NodeContext &n, Value value, int64_t d) {
  if (!n.ok())
    return {};
  SmallVector<Dim> dims = nn::dimsOf(value.getType());
  return n.reshape(n.slice(value, 0, Dim(d), Dim(1)), ArrayRef(dims).drop_front());
}

/// The matrix of direction d, from inputs for all directions.
Weights weightsOf(NodeContext &n, unsigned q, unsigned scale, unsigned zero, int64_t d) {
  return {entry(n, n.input(q), d), entry(n, n.input(scale), d), entry(n, n.input(zero), d)};
}

struct LstmResult {
  Value sequence, h, c; ///< [T, B, H], [B, H], [B, H]
};

/// One direction: the products with the inputs at once, then a loop over the steps, which quantises
/// the state of all of the batch anew each time.
FailureOr<LstmResult> buildDirection(NodeContext &n, const DynamicallyQuantized &x, int64_t d,
                                     bool backwards) {
  Dim steps = n.shape(X)[0], batch = n.shape(X)[1], hidden = n.shape(R)[1];
  Weights w = weightsOf(n, W, WScale, WZero, d), r = weightsOf(n, R, RScale, RZero, d);
  Value projected = scaledProduct(n, x, w), bias;
  if (n.hasInput(B)) {
    Value both = entry(n, n.input(B), d);
    bias = add(n, n.slice(both, 0, Dim(0), hidden * Dim(4)),
               n.slice(both, 0, hidden * Dim(4), hidden * Dim(4)));
  }
  auto initial = [&](unsigned input) {
    return n.hasInput(input) ? entry(n, n.input(input), d)
                             : n.expand(n.scalar(0, f32(n)), {batch, hidden});
  };
  ShapeMath m{n};
  LoopSpec spec;
  spec.bounded = true;
  spec.count = steps;
  spec.limit = n.dimsTensor({steps}, {}, n.builder().getI64Type());
  spec.condition = boolean(n, true);
  spec.states = {initial(InitialH), initial(InitialC)};
  spec.stacked = 1;
  spec.body = [&](Value step, ArrayRef<Value> states) -> FailureOr<SmallVector<Value>> {
    Value at = backwards ? m.sub(m.sub(spec.limit, m.number(1)), step) : step;
    Value gates =
        add(n, n.gather(projected, at, 0), scaledProduct(n, quantizeDynamically(n, states[0]), r));
    if (bias)
      gates = add(n, gates, bias);
    auto gate = [&](int64_t i) { return n.slice(gates, 1, hidden * Dim(i), hidden); };
    Value input = n.create<nn::SigmoidOp>(gate(0)), output = n.create<nn::SigmoidOp>(gate(1));
    Value forget = n.create<nn::SigmoidOp>(gate(2)), candidate = n.create<nn::TanhOp>(gate(3));
    Value c = add(n, mul(n, states[1], forget), mul(n, input, candidate));
    Value h = mul(n, n.create<nn::TanhOp>(c), output);
    if (!n.ok())
      return failure();
    return SmallVector<Value>{boolean(n, true), h, c, h};
  };
  FailureOr<SmallVector<Value>> results = buildLoopOp(n, spec);
  if (failed(results))
    return failure();
  Value sequence = (*results)[2];
  if (backwards)
    sequence = n.slice(sequence, {nonNegative(steps - Dim(1)), Dim(0), Dim(0)},
                       {steps, batch, hidden}, {-1, 1, 1});
  return LstmResult{sequence, (*results)[0], (*results)[1]};
}

/// What the attributes ask for beyond the plain layer is refused.
LogicalResult checkLstmAttributes(NodeContext &n, int64_t directions) {
  if (n.floatAttr("clip", 0) != 0)
    return n.unsupported("clip is not supported");
  if (n.intAttr("input_forget", 0))
    return n.unsupported("input_forget is not supported");
  static constexpr StringRef plain[] = {"sigmoid", "tanh", "tanh"};
  std::vector<std::string> names =
      n.stringsAttr("activations").value_or(std::vector<std::string>());
  if (!names.empty() && int64_t(names.size()) != 3 * directions)
    return n.error("attribute 'activations' must name " + Twine(3 * directions) + " functions");
  for (auto [i, name] : llvm::enumerate(names))
    if (!plain[i % 3].equals_insensitive(name))
      return n.unsupported("activations other than Sigmoid, Tanh, Tanh are not supported");
  n.ignoreAttr("activation_alpha");
  n.ignoreAttr("activation_beta");
  return n.ok() ? success() : failure();
}

/// Reports unless input i has the shape; sizes that are not known fit.
bool checkShape(NodeContext &n, unsigned i, ArrayRef<Dim> expected) {
  SmallVector<Dim> dims = n.shape(i);
  bool fits =
      dims.size() == expected.size() && llvm::all_of(llvm::zip(dims, expected), [](auto pair) {
        auto [have, want] = pair;
        return have == want || !have.constant() || !want.constant();
      });
  if (!fits)
    (void)n.error(n.inputName(i) + " must have the shape " + nn::printShape(expected) + ", not " +
                  nn::printShape(dims));
  return fits;
}

LogicalResult checkLstmInputs(NodeContext &n, int64_t directions) {
  SmallVector<Dim> x = n.shape(X);
  Dim all(directions), hidden = n.shape(R)[1], columns = hidden * Dim(4);
  if (!checkShape(n, W, {all, x[2], columns}) || !checkShape(n, R, {all, hidden, columns}))
    return failure();
  if (n.hasInput(B) && !checkShape(n, B, {all, hidden * Dim(8)}))
    return failure();
  for (unsigned i : {InitialH, InitialC})
    if (n.hasInput(i) && !checkShape(n, i, {all, x[1], hidden}))
      return failure();
  for (unsigned i : {X, B, InitialH, InitialC, WScale, RScale})
    if (n.hasInput(i) && !checkScale(n, i))
      return failure();
  for (unsigned i : {WScale, WZero, RScale, RZero})
    if (n.rank(i) == 2 ? !checkShape(n, i, {all, columns}) : !checkShape(n, i, {all}))
      return failure();
  if (!checkQuantized(n, {W, R}) || !n.sameElementType(W, WZero) || !n.sameElementType(R, RZero))
    return failure();
  if (n.hasInput(Lengths) || n.hasInput(P))
    return n.unsupported("sequence_lens and peepholes are not supported");
  int64_t size = n.intAttr("hidden_size", hidden.constant().value_or(0));
  if (hidden.constant() && *hidden.constant() != size)
    return n.error("hidden_size = " + Twine(size) + ", but R is " + nn::printType(n.type(R)));
  return n.ok() ? success() : failure();
}

/// W [D, I, 4H] and R [D, H, 4H], gates in the order input, output, forget, cell.
LogicalResult buildDynamicQuantizeLstm(NodeContext &n) {
  std::optional<nn::Direction> direction =
      nn::symbolizeDirection(n.stringAttr("direction", "forward"));
  if (!direction)
    return n.error("attribute 'direction' must be forward, reverse or bidirectional");
  int64_t directions = *direction == nn::Direction::Bidirectional ? 2 : 1;
  if (n.rank(X) != 3 || n.rank(W) != 3 || n.rank(R) != 3)
    return n.error("X, W and R must have three dimensions");
  if (failed(checkLstmInputs(n, directions)) || failed(checkLstmAttributes(n, directions)))
    return failure();
  DynamicallyQuantized x = quantizeDynamically(n, n.input(X));
  Dim steps = n.shape(X)[0], batch = n.shape(X)[1], hidden = n.shape(R)[1];
  SmallVector<Value> sequences, hs, cs;
  for (int64_t d = 0; d < directions; ++d) {
    FailureOr<LstmResult> result =
        buildDirection(n, x, d, d == 1 || *direction == nn::Direction::Reverse);
    if (failed(result))
      return failure();
    sequences.push_back(n.reshape(result->sequence, {steps, Dim(1), batch, hidden}));
    hs.push_back(n.reshape(result->h, {Dim(1), batch, hidden}));
    cs.push_back(n.reshape(result->c, {Dim(1), batch, hidden}));
  }
  if (!n.ok())
    return failure();
  SmallVector<Value> results = {n.concat(sequences, 1), n.concat(hs, 0), n.concat(cs, 0)};
  results.resize(n.numOutputs());
  return n.results(results);
}

} // namespace

ArrayRef<OpRow> dynamicQuantizedRows() {
  static const OpRow rows[] = {
      {"com.microsoft", "DynamicQuantizeLSTM", 1, buildDynamicQuantizeLstm,
       "X W R B? sequence_lens? initial_h? initial_c? P? W_scale W_zero_point R_scale R_zero_point",
       "Y? Y_h? Y_c?"},
      {"com.microsoft", "DynamicQuantizeMatMul", 1, buildDynamicQuantizeMatMul,
       "A B b_scale b_zero_point? bias?", "Y"},
      {"com.microsoft", "MatMulIntegerToFloat", 1, buildMatMulIntegerToFloat,
       "A B a_scale b_scale a_zero_point? b_zero_point? bias?", "Y"},
  };
  return rows;
}

} // namespace dlc
