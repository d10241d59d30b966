// nn-propagate-layout: one layout for the whole graph, by pushing transpositions.
//
// 1. Each convolution, pooling and resampling is rebuilt channels-last between two transpositions.
// 2. Transpositions move down through operations that commute with them, and vanish where they meet
// their inverse. What is left stands at the
//    model's borders, where it merges into the first and last kernel.
#include "compiler/graph/graph.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

#include "compiler/graph/layout_interfaces.cpp.inc"

namespace dlc {
#define GEN_PASS_DEF_NNPROPAGATELAYOUT
#include "compiler/graph/passes.h.inc"
} // namespace dlc

/// [N, C, D...] from [N, D..., C], as a permutation of the latter.
static SmallVector<int64_t> toChannelsFirst(int64_t rank) {
  SmallVector<int64_t> permutation = {0, rank - 1};
  for (int64_t i = 1; i + 1 < rank; ++i)
    permutation.push_back(i);
  return permutation;
}

namespace {
struct PropagateLayout : dlc::impl::NNPropagateLayoutBase<PropagateLayout> {
  llvm::SetVector<Operation *> worklist; ///< transpositions that may move

  void runOnOperation() override {
    SmallVector<LayoutOpInterface> roots;
    getOperation().walk([&](LayoutOpInterface op) { roots.push_back(op); });
    for (LayoutOpInterface op : roots)
      makeChannelsLast(op);
    while (!worklist.empty())
      push(cast<nn::TransposeOp>(worklist.pop_back_val()));
  }

  void makeChannelsLast(LayoutOpInterface op) {
    auto type = dyn_cast<RankedTensorType>(op->getOperand(0).getType());
    if (!type || type.getRank() < 3)
      return;
    SmallVector<int64_t> first = toChannelsFirst(type.getRank());
    OpBuilder builder(op);
    // Asked with a placeholder only when it cares: the transposition is built first and erased if
    // it does not.
    Value input = permute(builder, op.getLoc(), op->getOperand(0), inverse(first));
    Value result = op.buildChannelsLast(builder, input);
    if (!result) {
      if (input != op->getOperand(0))
        input.getDefiningOp()->erase();
      return;
    }
    replace(op->getResult(0), permute(builder, op.getLoc(), result, first));
    op->erase();
  }

  void replace(Value from, Value to) {
    from.replaceAllUsesWith(to);
    if (auto transpose = to.getDefiningOp<nn::TransposeOp>())
      worklist.insert(transpose);
  }

  /// Moves a transposition below each of its users that allows it.
  void push(nn::TransposeOp transpose) {
    llvm::SmallSetVector<Operation *, 4> users(transpose->user_begin(), transpose->user_end());
    for (Operation *user : users)
      pushThrough(transpose, user);
    if (transpose.use_empty())
      transpose.erase();
  }

  void pushThrough(nn::TransposeOp transpose, Operation *user) {
    SmallVector<int64_t> permutation(transpose.getPermutation());
    OpBuilder builder(user);
    if (auto next = dyn_cast<nn::TransposeOp>(user)) {
      SmallVector<int64_t> merged;
      for (int64_t dim : next.getPermutation())
        merged.push_back(permutation[dim]);
      Value result = permute(builder, user->getLoc(), transpose.getInput(), merged);
      worklist.remove(user);
      replace(next.getOutput(), result);
      next.erase();
      return;
    }
    auto layout = dyn_cast<LayoutOpInterface>(user);
    if (!layout || user->getNumResults() != 1)
      return;
    SmallVector<Value> operands(user->getOperands());
    for (unsigned i : layout.getPermutedOperands()) {
      FailureOr<Value> other = otherForm(builder, transpose, user, operands[i]);
      if (failed(other))
        return;
      operands[i] = *other;
    }
    Value result = layout.buildPermuted(builder, operands, permutation);
    if (!result)
      return;
    replace(user->getResult(0), permute(builder, user->getLoc(), result, permutation));
    user->erase();
  }

  /// An operand of `user` in the form before `transpose`; failure where that would cost a new
  /// transposition of activations.
  FailureOr<Value> otherForm(OpBuilder &builder, nn::TransposeOp transpose, Operation *user,
                             Value operand) {
    ArrayRef<int64_t> permutation = transpose.getPermutation();
    auto type = cast<RankedTensorType>(operand.getType());
    if (type.getRank() == 0)
      return operand;
    if (auto other = operand.getDefiningOp<nn::TransposeOp>();
        other && other.getPermutation() == permutation)
      return other.getInput();
    if (type.getRank() > int64_t(permutation.size()))
      return failure();
    // Constants are permuted ahead of time; one dimension alone costs nothing to move.
    SmallVector<Dim> dims = nn::dimsOf(type);
    bool line = llvm::count_if(dims, [](const Dim &d) { return !d.isOne(); }) <= 1;
    SmallVector<int64_t> back = inverse(permutation);
    if (!line && !isConstantValue(operand)) {
      // A transposition of the same value, which exists already, is free.
      for (Operation *sibling : operand.getUsers())
        if (auto other = dyn_cast<nn::TransposeOp>(sibling);
            other && other.getPermutation() == ArrayRef<int64_t>(back) &&
            other->getBlock() == user->getBlock() && other->isBeforeInBlock(user))
          return other.getOutput();
      return failure();
    }
    // (Not insert(): inserting no element would assign each of the others to itself.)
    SmallVector<Dim> padded(permutation.size() - dims.size(), Dim(1));
    llvm::append_range(padded, dims);
    return permute(builder, user->getLoc(), reshapeTo(builder, user->getLoc(), operand, padded),
                   back);
  }
};
} // namespace
