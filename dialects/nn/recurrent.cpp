// Shapes of recurrent layers, and the checks of their operands.
#include "dialects/nn/nn.h"

using namespace mlir;
using namespace dlc::nn;

/// The functions that activations name (compiler/structure/recurrent.cpp gives their formulas).
bool dlc::nn::isRecurrentActivation(StringRef name) {
  return llvm::is_contained({"Sigmoid", "Tanh", "Relu", "Affine", "LeakyRelu", "ThresholdedRelu",
                             "ScaledTanh", "HardSigmoid", "Elu", "Softsign", "Softplus"},
                            name);
}

/// Checks what the three layers share and appends the types of all hidden states and of `states`
/// last states. `gates` is G of the definition, `functions` the number of activations a direction.
template <typename Adaptor>
static LogicalResult inferRecurrent(std::optional<Location> loc, Adaptor op, unsigned gates,
                                    unsigned functions, ArrayRef<Value> initialStates,
                                    SmallVectorImpl<Type> &results) {
  Type element = getElementTypeOrSelf(op.getInput().getType());
  SmallVector<Dim> x = dimsOf(op.getInput().getType()), w = dimsOf(op.getW().getType()),
                   r = dimsOf(op.getR().getType()), bias = dimsOf(op.getBias().getType());
  // recurrent_c1: ranks.
  if (x.size() != 3 || w.size() != 3 || r.size() != 3 || bias.size() != 2)
    return inferError(loc, "X, W and R need three dimensions and B two, not ",
                      printType(op.getInput().getType()), ", ", printType(op.getW().getType()),
                      ", ", printType(op.getR().getType()), ", ",
                      printType(op.getBias().getType()));
  Dim steps = x[0], batch = x[1], hidden = r[2];
  int64_t directions = op.getDirection() == Direction::Bidirectional ? 2 : 1;
  auto fits = [&](Value value, ArrayRef<Dim> wanted, StringRef name) -> LogicalResult {
    SmallVector<Dim> dims = dimsOf(value.getType());
    bool same = dims.size() == wanted.size() && getElementTypeOrSelf(value.getType()) == element;
    for (size_t i = 0; same && i < dims.size(); ++i) {
      std::optional<int64_t> a = dims[i].constant(), b = wanted[i].constant();
      same = !a || !b || *a == *b;
    }
    if (same)
      return success();
    return inferError(loc, name, " must be ", printType(tensorOf(wanted, element)), ", not ",
                      printType(value.getType()));
  };
  // recurrent_c2: the weights fit each other and the input.
  Dim d(directions), rows = hidden * Dim(gates);
  if (failed(fits(op.getW(), {d, rows, x[2]}, "W")) ||
      failed(fits(op.getR(), {d, rows, hidden}, "R")) ||
      failed(fits(op.getBias(), {d, rows * Dim(2)}, "B")))
    return failure();
  // recurrent_c3: so do the states.
  for (Value state : initialStates)
    if (failed(fits(state, {d, batch, hidden}, "an initial state")))
      return failure();
  // recurrent_c4: one length a batch entry.
  if (op.getLengths()) {
    SmallVector<Dim> lengths = dimsOf(op.getLengths().getType());
    if (lengths.size() != 1 || (lengths[0].constant() && batch.constant() && lengths[0] != batch))
      return inferError(loc, "sequence_lens must have one entry for each of the ", batch.str(),
                        " batch entries");
  }
  // recurrent_c5: the functions are known, with parameters for each.
  size_t count = functions * directions;
  if (op.getActivations().size() != count || op.getAlphas().size() != count ||
      op.getBetas().size() != count)
    return inferError(loc, "activations must name ", count, " functions");
  for (StringRef name : op.getActivations().template getAsValueRange<StringAttr>())
    if (!isRecurrentActivation(name))
      return inferError(loc, "'", name, "' is no activation of a recurrent layer");
  results.push_back(tensorOf({steps, d, batch, hidden}, element));
  results.append(initialStates.size(), tensorOf({d, batch, hidden}, element));
  return success();
}

LogicalResult RnnOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc, Adaptor op,
                                      SmallVectorImpl<Type> &results) {
  return inferRecurrent(loc, op, 1, 1, op.getInitialH(), results);
}

LogicalResult GruOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc, Adaptor op,
                                      SmallVectorImpl<Type> &results) {
  return inferRecurrent(loc, op, 3, 2, op.getInitialH(), results);
}

LogicalResult LstmOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                       Adaptor op, SmallVectorImpl<Type> &results) {
  if (failed(inferRecurrent(loc, op, 4, 3, {op.getInitialH(), op.getInitialC()}, results)))
    return failure();
  if (!op.getPeephole())
    return success();
  // recurrent_c6: three peepholes a hidden unit.
  SmallVector<Dim> peephole = dimsOf(op.getPeephole().getType()), r = dimsOf(op.getR().getType());
  std::optional<int64_t> wanted = (r[2] * Dim(3)).constant();
  if (peephole.size() != 2 || (wanted && peephole[1].constant().value_or(*wanted) != *wanted))
    return inferError(loc, "P ", printShape(peephole), " must have three entries for each of the ",
                      r[2].str(), " hidden units");
  return success();
}
