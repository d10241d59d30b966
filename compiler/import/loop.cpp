// A loop's states may change their sizes. The body is imported with the states' first types; where
// it yields another size, that dimension becomes a symbol of the loop and the body is imported
// again.
#include "compiler/import/loop.h"

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {

Value boolean(NodeContext &n, bool value) {
  auto type = RankedTensorType::get({}, n.builder().getI1Type());
  return n.ok() ? n.constant(DenseElementsAttr::get(type, value)) : Value();
}

static bool isConstantTrue(NodeContext &n, Value value) {
  std::optional<SmallVector<int64_t>> known = n.constantInts(value);
  return known && known->size() == 1 && (*known)[0];
}

FailureOr<SmallVector<Value>> buildLoopOp(NodeContext &n, LoopSpec &spec) {
  if (!n.ok())
    return failure();
  SymbolScope outer = n.symbolScope();
  SmallVector<Type> arguments = {RankedTensorType::get({}, n.builder().getI64Type())};
  for (Value state : spec.states)
    arguments.push_back(state.getType());
  Region region;
  // Each round gives at least one dimension a symbol, so this ends.
  while (true) {
    n.clearRegion(region);
    Block &block = region.emplaceBlock();
    for (Type type : arguments)
      block.addArgument(type, n.loc());
    OpBuilder::InsertionGuard guard(n.builder());
    n.builder().setInsertionPointToStart(&block);
    SmallVector<Value> states(block.getArguments().drop_front());
    FailureOr<SmallVector<Value>> values = spec.body(block.getArgument(0), states);
    if (failed(values))
      return failure();
    if (values->size() != 1 + spec.states.size() + spec.stacked)
      return n.error("the body gives " + Twine(values->size()) + " values instead of " +
                     Twine(1 + spec.states.size() + spec.stacked));
    bool changed = false;
    for (size_t i = 0; i < spec.states.size(); ++i) {
      Type have = arguments[i + 1], next = (*values)[i + 1].getType();
      SmallVector<Dim> x = nn::dimsOf(have), y = nn::dimsOf(next);
      if (x.size() != y.size() || getElementTypeOrSelf(have) != getElementTypeOrSelf(next))
        return n.unsupported("a state of the loop changes from " + nn::printType(have) + " to " +
                             nn::printType(next) + ": its rank or element type");
      for (size_t d = 0; d < x.size(); ++d) {
        // A symbol of the loop's own may become anything.
        if (x[d] == y[d] || !n.isOuter(x[d], outer))
          continue;
        x[d] = n.freshSymbol();
        changed = true;
      }
      arguments[i + 1] = nn::tensorOf(x, getElementTypeOrSelf(have));
    }
    if (changed)
      continue;
    nn::YieldOp::create(n.builder(), n.loc(), *values);
    break;
  }

  auto yield = cast<nn::YieldOp>(region.front().getTerminator());
  bool always = isConstantTrue(n, yield->getOperand(0)) && isConstantTrue(n, spec.condition);
  SmallVector<Type> results;
  for (size_t i = 0; i < spec.states.size(); ++i) {
    SmallVector<Dim> dims = nn::dimsOf(arguments[i + 1]);
    for (Dim &dim : dims)
      if (!n.isOuter(dim, outer))
        dim = n.freshSymbol();
    results.push_back(nn::tensorOf(dims, getElementTypeOrSelf(arguments[i + 1])));
  }
  Dim count = always && spec.bounded ? spec.count : n.freshSymbol();
  for (Value value : yield.getOperands().take_back(spec.stacked)) {
    SmallVector<Dim> dims = nn::dimsOf(value.getType());
    // A size that the body computes should be the same each time, which is checked at run time.
    for (Dim &dim : dims)
      if (!n.isOuter(dim, outer))
        dim = n.freshSymbol();
    dims.insert(dims.begin(), count);
    results.push_back(nn::tensorOf(dims, getElementTypeOrSelf(value.getType())));
  }
  auto op = nn::LoopOp::create(n.builder(), n.loc(), results, spec.limit, spec.condition,
                               spec.states, spec.bounded);
  op.getBody().takeBody(region);
  return SmallVector<Value>(op.getResults());
}

} // namespace dlc
