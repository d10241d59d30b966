// Verifiers of control flow.
#include "dialects/nn/nn.h"

using namespace mlir;
using namespace dlc::nn;

/// Element type and rank agree; sizes that are constants on both sides too.
static bool agree(Type a, Type b) {
  if (getElementTypeOrSelf(a) != getElementTypeOrSelf(b))
    return false;
  SmallVector<Dim> x = dimsOf(a), y = dimsOf(b);
  return x.size() == y.size() && llvm::all_of(llvm::zip_equal(x, y), [](auto pair) {
           std::optional<int64_t> c = std::get<0>(pair).constant(),
                                  d = std::get<1>(pair).constant();
           return !c || !d || *c == *d;
         });
}

static bool isScalar(Value value) { return cast<RankedTensorType>(value.getType()).getRank() == 0; }

/// control_c1: regions end with nn.yield of what the results say.
static LogicalResult checkYield(Operation *op, Region &region, TypeRange wanted, unsigned skip) {
  auto yield = dyn_cast<YieldOp>(region.front().getTerminator());
  if (!yield)
    return op->emitOpError() << "has a region that does not end with nn.yield";
  if (yield->getNumOperands() != wanted.size() + skip)
    return op->emitOpError() << "needs " << wanted.size() + skip << " values from its region, not "
                             << yield->getNumOperands();
  for (auto [type, value] : llvm::zip_equal(wanted, yield.getOperands().drop_front(skip)))
    if (!agree(type, value.getType()))
      return op->emitOpError() << "gives " << printType(type) << " but its region yields "
                               << printType(value.getType());
  return success();
}

LogicalResult IfOp::verify() {
  // control_c2: the condition is a scalar.
  if (!isScalar(getCondition()))
    return emitOpError() << "needs a scalar condition, not " << printType(getCondition().getType());
  if (failed(checkYield(*this, getThenRegion(), getResultTypes(), 0)))
    return failure();
  return checkYield(*this, getElseRegion(), getResultTypes(), 0);
}

LogicalResult LoopOp::verify() {
  Block &body = getBody().front();
  unsigned states = getStates().size();
  if (!isScalar(getCondition()) || !isScalar(getLimit()) ||
      !getElementTypeOrSelf(getLimit().getType()).isInteger(64))
    return emitOpError() << "needs a scalar i64 limit and a scalar condition";
  // control_c3: the region takes the iteration and the states.
  if (body.getNumArguments() != states + 1 || getNumResults() < states)
    return emitOpError() << "has " << states << " states, but its region takes "
                         << body.getNumArguments() << " arguments and there are " << getNumResults()
                         << " results";
  for (unsigned i = 0; i < states; ++i)
    if (!agree(body.getArgument(i + 1).getType(), getStates()[i].getType()) ||
        !agree(body.getArgument(i + 1).getType(), getResult(i).getType()))
      return emitOpError() << "has a state " << printType(getStates()[i].getType())
                           << " that its region takes as "
                           << printType(body.getArgument(i + 1).getType());
  SmallVector<Type> types(getResultTypes()), yielded(ArrayRef(types).take_front(states));
  for (Type type : ArrayRef(types).drop_front(states)) {
    SmallVector<Dim> dims = dimsOf(type);
    // control_c4: stacked values have one dimension more.
    if (dims.empty())
      return emitOpError() << "stacks values into " << printType(type);
    yielded.push_back(tensorOf(ArrayRef(dims).drop_front(), getElementTypeOrSelf(type)));
  }
  auto yield = dyn_cast<YieldOp>(body.getTerminator());
  if (!yield || yield->getNumOperands() == 0 ||
      !getElementTypeOrSelf(yield->getOperand(0).getType()).isInteger(1) ||
      !isScalar(yield->getOperand(0)))
    return emitOpError() << "needs a scalar condition from its region";
  return checkYield(*this, getBody(), yielded, 1);
}
