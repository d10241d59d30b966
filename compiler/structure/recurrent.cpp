// Recurrent layers. The input projection is one matrix product over all steps and batch entries;
// then a loop over time, for each direction, with one product of the hidden state and one pointwise
// operation a step, which updates the states in place (so the loop needs no copies).
//
// Steps beyond a batch entry's length leave its states as they are and give 0. Read backwards, the
// same rule makes the entry begin at its own last step.
#include "compiler/structure/structure.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace {

//===----------------------------------------------------------------------===//
// Activations
//===----------------------------------------------------------------------===//

struct Activation {
  StringRef name;
  double alpha, beta;
};

struct Scalars {
  OpBuilder &b;
  Location loc;
  Value constant(Type type, double value) {
    return arith::ConstantOp::create(b, loc, b.getFloatAttr(type, value));
  }
  Value add(Value x, Value y) { return arith::AddFOp::create(b, loc, x, y); }
  Value mul(Value x, Value y) { return arith::MulFOp::create(b, loc, x, y); }
  Value sub(Value x, Value y) { return arith::SubFOp::create(b, loc, x, y); }
  Value scaled(Value x, double by) { return mul(x, constant(x.getType(), by)); }
  /// x > y ? a : b
  Value select(Value x, Value y, Value ifGreater, Value otherwise) {
    Value greater = arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OGT, x, y);
    return arith::SelectOp::create(b, loc, greater, ifGreater, otherwise);
  }
  Value clamp(Value x, double low, double high) {
    Value raised = arith::MaximumFOp::create(b, loc, x, constant(x.getType(), low));
    return arith::MinimumFOp::create(b, loc, raised, constant(x.getType(), high));
  }
  /// Formulas as in ONNX's description of RNN.
  Value apply(const Activation &f, Value x) {
    Type type = x.getType();
    Value one = constant(type, 1), zero = constant(type, 0);
    if (f.name == "Sigmoid") {
      Value e = math::ExpOp::create(b, loc, arith::NegFOp::create(b, loc, x));
      return arith::DivFOp::create(b, loc, one, add(one, e));
    }
    if (f.name == "Tanh")
      return math::TanhOp::create(b, loc, x);
    if (f.name == "Relu")
      return arith::MaximumFOp::create(b, loc, x, zero);
    if (f.name == "Affine")
      return add(scaled(x, f.alpha), constant(type, f.beta));
    if (f.name == "LeakyRelu")
      return select(zero, x, scaled(x, f.alpha), x);
    if (f.name == "ThresholdedRelu")
      return select(constant(type, f.alpha), x, zero, x);
    if (f.name == "ScaledTanh")
      return scaled(math::TanhOp::create(b, loc, scaled(x, f.beta)), f.alpha);
    if (f.name == "HardSigmoid")
      return clamp(add(scaled(x, f.alpha), constant(type, f.beta)), 0, 1);
    if (f.name == "Elu")
      return select(zero, x, scaled(sub(math::ExpOp::create(b, loc, x), one), f.alpha), x);
    if (f.name == "Softsign")
      return arith::DivFOp::create(b, loc, x, add(one, math::AbsFOp::create(b, loc, x)));
    assert(f.name == "Softplus" && "the verifier knows the names");
    // max(x, 0) + log(1 + e^-|x|)
    Value e =
        math::ExpOp::create(b, loc, arith::NegFOp::create(b, loc, math::AbsFOp::create(b, loc, x)));
    return add(arith::MaximumFOp::create(b, loc, x, zero), math::Log1pOp::create(b, loc, e));
  }
};

//===----------------------------------------------------------------------===//
// What the layers share
//===----------------------------------------------------------------------===//

/// One layer's operands, in the type of computation, and its loop over time.
struct Layer {
  Lowering &lowering;
  OpBuilder &b;
  Location loc;
  Type element; ///< f32 for half floats
  Dim steps, batch, inputs, hidden;
  int64_t gates, functions;
  Value x, w, r, bias, lengths;
  SmallVector<Value> initial; ///< the states
  Value peephole;
  nn::Direction direction;
  SmallVector<Activation> activations;
  double clip;

  template <typename OpTy>
  Layer(Lowering &lowering, OpTy op, int64_t gates, ValueRange states, Value peepholes)
      : lowering(lowering), b(lowering.builder), loc(lowering.loc), gates(gates),
        direction(op.getDirection()), clip(op.getClip().convertToDouble()) {
    SmallVector<Dim> in = nn::dimsOf(op.getInput().getType()),
                     rec = nn::dimsOf(op.getR().getType());
    steps = in[0];
    batch = in[1];
    inputs = in[2];
    hidden = rec[2];
    Type given = getElementTypeOrSelf(op.getInput().getType());
    element = given.isF16() || given.isBF16() ? b.getF32Type() : given;
    auto operand = [&](Value value) { return lowering.convert(lowering.get(value), element); };
    x = operand(op.getInput());
    w = operand(op.getW());
    r = operand(op.getR());
    bias = operand(op.getBias());
    for (Value state : states)
      initial.push_back(operand(state));
    if (peepholes)
      peephole = operand(peepholes);
    if (op.getLengths())
      lengths = lowering.get(op.getLengths());
    functions = op.getActivations().size() / directions();
    for (auto [name, alpha, beta] :
         llvm::zip_equal(op.getActivations().template getAsValueRange<StringAttr>(), op.getAlphas(),
                         op.getBetas()))
      activations.push_back({name, alpha, beta});
    // Symbolic sizes that must agree.
    auto check = [&](Value value, ArrayRef<Dim> wanted) {
      for (auto [have, want] : llvm::zip_equal(nn::dimsOf(value.getType()), wanted))
        lowering.requireEqual(have, want, "the sizes of a recurrent layer's operands differ");
    };
    Dim d(directions()), rows = hidden * Dim(gates);
    check(op.getW(), {d, rows, inputs});
    check(op.getR(), {d, rows, hidden});
    check(op.getBias(), {d, rows * Dim(2)});
    for (Value state : states)
      check(state, {d, batch, hidden});
    if (op.getLengths())
      check(op.getLengths(), {batch});
  }

  int64_t directions() const { return direction == nn::Direction::Bidirectional ? 2 : 1; }

  /// tensor[offset...] of these sizes, without the first `dropped` dimensions (of size 1).
  Value part(Value tensor, ArrayRef<OpFoldResult> offsets, ArrayRef<Dim> sizes, unsigned dropped) {
    SmallVector<OpFoldResult> ones(sizes.size(), b.getIndexAttr(1));
    Type type = lowering.typeOf(nn::tensorOf(sizes.drop_front(dropped), element));
    if (auto had = cast<RankedTensorType>(tensor.getType()); had.getElementType() != element)
      type = RankedTensorType::get(cast<RankedTensorType>(type).getShape(), had.getElementType());
    return tensor::ExtractSliceOp::create(b, loc, cast<RankedTensorType>(type), tensor, offsets,
                                          lowering.sizes(sizes), ones);
  }
  OpFoldResult at(int64_t value) { return b.getIndexAttr(value); }
  OpFoldResult rowsOf(int64_t gate) { return lowering.size(hidden * Dim(gate)); }

  /// lhs [M, K] times the transpose of rhs [N, K].
  Value product(Value lhs, Value rhs, const Dim &m, const Dim &n) {
    Value init = lowering.filled(lowering.sizes({m, n}), element, 0);
    AffineExpr i, j, k;
    bindDims(b.getContext(), i, j, k);
    auto map = [&](ArrayRef<AffineExpr> exprs) {
      return AffineMap::get(3, 0, exprs, b.getContext());
    };
    return lowering.reduce(init, {lhs, rhs}, {map({i, k}), map({j, k})}, map({i, j}),
                           {utils::IteratorType::parallel, utils::IteratorType::parallel,
                            utils::IteratorType::reduction},
                           [](OpBuilder &b, Location loc, ValueRange v) -> Value {
                             Value p = arith::MulFOp::create(b, loc, v[0], v[1]);
                             return arith::AddFOp::create(b, loc, v[2], p);
                           });
  }

  /// Rows `[first, first + count)` (in units of the hidden size) of W or R, one direction.
  Value weightRows(Value weights, int64_t d, int64_t first, int64_t count, const Dim &columns) {
    return part(weights, {at(d), rowsOf(first), at(0)}, {Dim(1), hidden * Dim(count), columns}, 1);
  }
  /// A row of the bias `[count * H]` that begins at `first`.
  Value biasRow(int64_t d, int64_t first, int64_t count) {
    return part(bias, {at(d), rowsOf(first)}, {Dim(1), hidden * Dim(count)}, 1);
  }

  /// X W + bias for all steps: [T, B, gates * H]. `recurrentBias` is the number of gates whose bias
  /// of R can be added here too.
  Value projection(int64_t d, int64_t recurrentBias) {
    Dim rows = hidden * Dim(gates), lines = steps * batch;
    Value flat = lowering.reshape(x, {steps, batch, inputs}, {lines, inputs});
    Value y = product(flat, weightRows(w, d, 0, gates, inputs), lines, rows);
    AffineMap line = AffineMap::get(2, 0, b.getAffineDimExpr(1), b.getContext());
    AffineMap all = b.getMultiDimIdentityMap(2);
    // The bias of R ends where it cannot be added before the product.
    Value ofW = biasRow(d, 0, gates), ofR = biasRow(d, gates, gates);
    Value limit =
        recurrentBias == gates ? Value() : lowering.sizeValue(hidden * Dim(recurrentBias));
    Value out = lowering.empty(lowering.sizes({lines, rows}), element);
    y = lowering.parallel(out, {y, ofW, ofR}, {all, line, line},
                          [&](OpBuilder &b, Location loc, ValueRange v) -> Value {
                            Value other = v[2];
                            if (limit) {
                              Value inside =
                                  arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt,
                                                        linalg::IndexOp::create(b, loc, 1), limit);
                              Value zero =
                                  arith::ConstantOp::create(b, loc, b.getFloatAttr(element, 0));
                              other = arith::SelectOp::create(b, loc, inside, other, zero);
                            }
                            Value biased = arith::AddFOp::create(b, loc, v[0], v[1]);
                            return arith::AddFOp::create(b, loc, biased, other);
                          });
    return lowering.reshape(y, {lines, rows}, {steps, batch, rows});
  }

  /// [T, B]: whether a batch entry has that step. Null without lengths.
  Value activeSteps() {
    if (!lengths)
      return {};
    AffineMap entry = AffineMap::get(2, 0, b.getAffineDimExpr(1), b.getContext());
    return lowering.parallel(
        lowering.empty(lowering.sizes({steps, batch}), b.getI1Type()), lengths, entry,
        [](OpBuilder &b, Location loc, ValueRange v) -> Value {
          Value length = arith::IndexCastOp::create(b, loc, b.getIndexType(), v[0]);
          return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt,
                                       linalg::IndexOp::create(b, loc, 0), length);
        });
  }

  /// What a step is given.
  struct Step {
    int64_t direction;
    Value time;      ///< index
    Value projected; ///< [T, B, gates * H]
    Value active;    ///< [B] i1, or null
    ArrayRef<Value> states;
    ArrayRef<Value> weights; ///< what `prepare` gave
  };
  /// Gate g of this step's projection, [B, H].
  Value projectedGate(const Step &step, int64_t g) {
    return part(step.projected, {step.time, at(0), rowsOf(g)}, {Dim(1), batch, hidden}, 1);
  }
  /// Gate g of a product [B, n * H].
  Value gateOf(Value product, int64_t g) {
    return part(product, {at(0), rowsOf(g)}, {batch, hidden}, 0);
  }
  Value apply(OpBuilder &b, Location loc, const Step &step, unsigned function, Value value,
              bool clipped = true) {
    Scalars s{b, loc};
    if (clip > 0 && clipped)
      value = s.clamp(value, -clip, clip);
    return s.apply(activations[step.direction * functions + function], value);
  }

  /// The pointwise end of a step: from `inputs` (of shape [B, H], or one with a smaller map) and
  /// the states, `body` makes the next states. Updates the states in place; gives them and the
  /// output.
  using PointBody = llvm::function_ref<SmallVector<Value>(OpBuilder &, Location, ValueRange inputs,
                                                          ValueRange states)>;
  SmallVector<Value> point(const Step &step, ArrayRef<Value> inputs, PointBody body) {
    AffineMap all = b.getMultiDimIdentityMap(2);
    SmallVector<Value> ins(inputs), outs(step.states);
    SmallVector<AffineMap> maps;
    for (Value input : ins)
      maps.push_back(cast<RankedTensorType>(input.getType()).getRank() == 2
                         ? all
                         : AffineMap::get(2, 0, b.getAffineDimExpr(1), b.getContext()));
    if (step.active) {
      ins.push_back(step.active);
      maps.push_back(AffineMap::get(2, 0, b.getAffineDimExpr(0), b.getContext()));
      outs.push_back(lowering.empty(lowering.sizes({batch, hidden}), element));
    }
    maps.append(outs.size(), all);
    SmallVector<utils::IteratorType> iterators(2, utils::IteratorType::parallel);
    auto generic = linalg::GenericOp::create(
        b, loc, ValueRange(outs).getTypes(), ins, outs, maps, iterators,
        [&](OpBuilder &b, Location loc, ValueRange v) {
          ValueRange given = v.take_front(inputs.size()),
                     old = v.drop_front(ins.size()).take_front(step.states.size());
          SmallVector<Value> next = body(b, loc, given, old);
          if (step.active) {
            Value active = v[inputs.size()];
            Value zero = arith::ConstantOp::create(b, loc, b.getFloatAttr(element, 0));
            Value shown = arith::SelectOp::create(b, loc, active, next[0], zero);
            for (auto [value, before] : llvm::zip_equal(next, old))
              value = arith::SelectOp::create(b, loc, active, value, before);
            next.push_back(shown);
          }
          linalg::YieldOp::create(b, loc, next);
        });
    SmallVector<Value> results(generic.getResults());
    if (!step.active)
      results.push_back(results[0]);
    return results;
  }

  /// Runs all directions; sets the results of `op`. `prepare` gives what all steps of a direction
  /// share: parts of the weights; `recurrentBias` is as for projection().
  using StepBody = llvm::function_ref<SmallVector<Value>(const Step &)>;
  void run(Operation *op, int64_t recurrentBias,
           llvm::function_ref<SmallVector<Value>(int64_t)> prepare, StepBody body) {
    Value active = activeSteps();
    Value zero = arith::ConstantIndexOp::create(b, loc, 0),
          one = arith::ConstantIndexOp::create(b, loc, 1), count = lowering.sizeValue(steps);
    Dim d(directions());
    Value all = lowering.empty(lowering.sizes({steps, d, batch, hidden}), element);
    SmallVector<Value> lasts;
    for (unsigned i = 0; i < initial.size(); ++i)
      lasts.push_back(lowering.empty(lowering.sizes({d, batch, hidden}), element));
    SmallVector<OpFoldResult> ones4(4, at(1)), ones3(3, at(1));
    for (int64_t dir = 0; dir < directions(); ++dir) {
      bool backwards = dir == 1 || direction == nn::Direction::Reverse;
      Value projected = projection(dir, recurrentBias);
      SmallVector<Value> weights = prepare(dir);
      SmallVector<Value> carried;
      for (Value state : initial)
        carried.push_back(part(state, {at(dir), at(0), at(0)}, {Dim(1), batch, hidden}, 1));
      carried.push_back(all);
      auto loop =
          scf::ForOp::create(b, loc, zero, count, one, carried,
                             [&](OpBuilder &, Location, Value iteration, ValueRange values) {
                               Step step{dir, iteration, projected, Value(), {}, weights};
                               if (backwards)
                                 step.time = arith::SubIOp::create(
                                     b, loc, arith::SubIOp::create(b, loc, count, one), iteration);
                               if (active)
                                 step.active = part(active, {step.time, at(0)}, {Dim(1), batch}, 1);
                               SmallVector<Value> states(values.drop_back());
                               step.states = states;
                               SmallVector<Value> next = body(step);
                               Value shown = next.pop_back_val();
                               next.push_back(tensor::InsertSliceOp::create(
                                   b, loc, shown, values.back(), {step.time, at(dir), at(0), at(0)},
                                   lowering.sizes({Dim(1), Dim(1), batch, hidden}), ones4));
                               scf::YieldOp::create(b, loc, next);
                             });
      all = loop.getResults().back();
      for (auto [last, state] : llvm::zip_equal(lasts, loop.getResults().drop_back()))
        last = tensor::InsertSliceOp::create(b, loc, state, last, {at(dir), at(0), at(0)},
                                             lowering.sizes({Dim(1), batch, hidden}), ones3);
    }
    Type given = signless(getElementTypeOrSelf(op->getResult(0).getType()));
    lowering.set(op->getResult(0), lowering.convert(all, given));
    for (auto [i, last] : llvm::enumerate(lasts))
      lowering.set(op->getResult(1 + i), lowering.convert(last, given));
  }
};

//===----------------------------------------------------------------------===//
// The layers
//===----------------------------------------------------------------------===//

struct RnnStructure : StructureOpInterface::ExternalModel<RnnStructure, nn::RnnOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto rnn = cast<nn::RnnOp>(op);
    Layer layer(lowering, rnn, 1, rnn.getInitialH(), {});
    layer.run(
        op, 1,
        [&](int64_t d) {
          return SmallVector<Value>{layer.weightRows(layer.r, d, 0, 1, layer.hidden)};
        },
        [&](const Layer::Step &step) {
          Value recurrent =
              layer.product(step.states[0], step.weights[0], layer.batch, layer.hidden);
          return layer.point(
              step, {layer.projectedGate(step, 0), recurrent},
              [&](OpBuilder &b, Location loc, ValueRange v, ValueRange) -> SmallVector<Value> {
                return {layer.apply(b, loc, step, 0, arith::AddFOp::create(b, loc, v[0], v[1]))};
              });
        });
    return success();
  }
};

struct GruStructure : StructureOpInterface::ExternalModel<GruStructure, nn::GruOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto gru = cast<nn::GruOp>(op);
    Layer layer(lowering, gru, 3, gru.getInitialH(), {});
    bool linear = gru.getLinearBeforeReset();
    layer.run(
        op, linear ? 2 : 3,
        [&](int64_t d) {
          if (linear)
            return SmallVector<Value>{layer.weightRows(layer.r, d, 0, 3, layer.hidden),
                                      layer.biasRow(d, 5, 1)};
          return SmallVector<Value>{layer.weightRows(layer.r, d, 0, 2, layer.hidden),
                                    layer.weightRows(layer.r, d, 2, 1, layer.hidden)};
        },
        [&](const Layer::Step &step) {
          return linear ? linearStep(layer, step) : resetStep(layer, step);
        });
    return success();
  }

  /// (1 - z) * candidate + z * h
  static Value blend(OpBuilder &b, Location loc, Value z, Value candidate, Value h) {
    Scalars s{b, loc};
    Value one = s.constant(z.getType(), 1);
    return s.add(s.mul(s.sub(one, z), candidate), s.mul(z, h));
  }

  /// The reset gate multiplies R h: one product a step.
  static SmallVector<Value> linearStep(Layer &layer, const Layer::Step &step) {
    Value gates =
        layer.product(step.states[0], step.weights[0], layer.batch, layer.hidden * Dim(3));
    return layer.point(
        step,
        {layer.projectedGate(step, 0), layer.projectedGate(step, 1), layer.projectedGate(step, 2),
         layer.gateOf(gates, 0), layer.gateOf(gates, 1), layer.gateOf(gates, 2), step.weights[1]},
        [&](OpBuilder &b, Location loc, ValueRange v, ValueRange h) -> SmallVector<Value> {
          Scalars s{b, loc};
          Value z = layer.apply(b, loc, step, 0, s.add(v[0], v[3]));
          Value r = layer.apply(b, loc, step, 0, s.add(v[1], v[4]));
          Value candidate = s.add(v[2], s.mul(r, s.add(v[5], v[6])));
          return {blend(b, loc, z, layer.apply(b, loc, step, 1, candidate), h[0])};
        });
  }

  /// The reset gate multiplies h: two products a step.
  static SmallVector<Value> resetStep(Layer &layer, const Layer::Step &step) {
    Value h = step.states[0];
    Value gates = layer.product(h, step.weights[0], layer.batch, layer.hidden * Dim(2));
    AffineMap all = layer.b.getMultiDimIdentityMap(2);
    Value reset = layer.lowering.parallel(
        layer.lowering.empty(layer.lowering.sizes({layer.batch, layer.hidden}), layer.element),
        {layer.projectedGate(step, 1), layer.gateOf(gates, 1), h}, {all, all, all},
        [&](OpBuilder &b, Location loc, ValueRange v) -> Value {
          Scalars s{b, loc};
          return s.mul(layer.apply(b, loc, step, 0, s.add(v[0], v[1])), v[2]);
        });
    Value candidate = layer.product(reset, step.weights[1], layer.batch, layer.hidden);
    return layer.point(
        step,
        {layer.projectedGate(step, 0), layer.projectedGate(step, 2), layer.gateOf(gates, 0),
         candidate},
        [&](OpBuilder &b, Location loc, ValueRange v, ValueRange old) -> SmallVector<Value> {
          Scalars s{b, loc};
          Value z = layer.apply(b, loc, step, 0, s.add(v[0], v[2]));
          return {blend(b, loc, z, layer.apply(b, loc, step, 1, s.add(v[1], v[3])), old[0])};
        });
  }
};

struct LstmStructure : StructureOpInterface::ExternalModel<LstmStructure, nn::LstmOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto lstm = cast<nn::LstmOp>(op);
    Layer layer(lowering, lstm, 4, {lstm.getInitialH(), lstm.getInitialC()}, lstm.getPeephole());
    bool coupled = lstm.getInputForget();
    layer.run(
        op, 4,
        [&](int64_t d) {
          SmallVector<Value> weights = {layer.weightRows(layer.r, d, 0, 4, layer.hidden)};
          for (int64_t g = 0; layer.peephole && g < 3; ++g)
            weights.push_back(layer.part(layer.peephole, {layer.at(d), layer.rowsOf(g)},
                                         {Dim(1), layer.hidden}, 1));
          return weights;
        },
        [&](const Layer::Step &step) { return lstmStep(layer, step, coupled); });
    return success();
  }

  static SmallVector<Value> lstmStep(Layer &layer, const Layer::Step &step, bool coupled) {
    Value gates =
        layer.product(step.states[0], step.weights[0], layer.batch, layer.hidden * Dim(4));
    SmallVector<Value> inputs;
    for (int64_t g = 0; g < 4; ++g) {
      inputs.push_back(layer.projectedGate(step, g));
      inputs.push_back(layer.gateOf(gates, g));
    }
    llvm::append_range(inputs, step.weights.drop_front());
    return layer.point(
        step, inputs,
        [&](OpBuilder &b, Location loc, ValueRange v, ValueRange states) -> SmallVector<Value> {
          Scalars s{b, loc};
          // Gate g before its function; input, output and forget gates look at the cell.
          auto gate = [&](unsigned g, Value cell) {
            Value sum = s.add(v[2 * g], v[2 * g + 1]);
            return layer.peephole && cell ? s.add(sum, s.mul(v[8 + g], cell)) : sum;
          };
          Value c = states[1];
          Value i = layer.apply(b, loc, step, 0, gate(0, c));
          Value f = coupled ? s.sub(s.constant(i.getType(), 1), i)
                            : layer.apply(b, loc, step, 0, gate(2, c));
          Value g = layer.apply(b, loc, step, 1, gate(3, Value()));
          Value nextC = s.add(s.mul(f, c), s.mul(i, g));
          Value o = layer.apply(b, loc, step, 0, gate(1, nextC));
          Value shown = layer.apply(b, loc, step, 2, nextC, /*clipped=*/false);
          return {s.mul(o, shown), nextC};
        });
  }
};
} // namespace

void dlc::registerRecurrentStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::RnnOp::attachInterface<RnnStructure>(*context);
    nn::GruOp::attachInterface<GruStructure>(*context);
    nn::LstmOp::attachInterface<LstmStructure>(*context);
  });
}
