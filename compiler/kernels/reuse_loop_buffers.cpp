// reuse-loop-buffers: what a loop needs gets its memory before the loop.
//
// Scratch of fixed size, which does not outlive the iteration, simply moves. State is harder: after
// bufferisation a loop whose next state is a new value allocates it anew in each iteration. With a
// fixed size:
//   scf.for    two buffers take turns. `(state, next, other)` are carried; the iteration writes
//   `next` and yields
//              `(next, other, next)`. The initial state is only read.
//   scf.while  one buffer is enough for each side: what the body yields is dead once the
//   condition's region has
//              ended (what it forwards are buffers of its own), and the other way round.
// Both hold only if the carried buffer of the last iteration is not handed on to the next under
// another name.
#include "compiler/kernels/memory.h"
#include "compiler/kernels/passes.h"

#include "mlir/Dialect/Bufferization/Transforms/BufferViewFlowAnalysis.h"
#include "mlir/IR/PatternMatch.h"

namespace dlc {
#define GEN_PASS_DEF_REUSELOOPBUFFERS
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
/// The allocation in `block` that operand `position` of its terminator is, if it could be made
/// before `loop` and no other operand is an alias of it.
memref::AllocOp freshBuffer(Operation *loop, Block *block, OperandRange carried, unsigned position,
                            BufferViewFlowAnalysis &flow) {
  auto alloc = carried[position].getDefiningOp<memref::AllocOp>();
  if (!alloc || alloc->getBlock() != block)
    return nullptr;
  for (Value size : alloc.getDynamicSizes())
    if (loop->isAncestor(size.getParentRegion()->getParentOp()))
      return nullptr;
  auto aliases = flow.resolve(alloc);
  for (auto [i, operand] : llvm::enumerate(carried))
    if (i != position && aliases.contains(operand))
      return nullptr;
  return alloc;
}

/// Whether any of `operands` may be the buffer `value`.
bool mayBeAmong(Value value, OperandRange operands, BufferViewFlowAnalysis &flow) {
  auto aliases = flow.resolve(value);
  return llvm::any_of(operands, [&](Value operand) { return aliases.contains(operand); });
}

/// Moves what does not leave the iteration.
void hoistScratch(Operation *loop) {
  BufferViewFlowAnalysis flow(loop->getParentOfType<func::FuncOp>());
  SmallVector<Value> leaving;
  for (Region &region : loop->getRegions())
    llvm::append_range(leaving, region.front().getTerminator()->getOperands());
  SmallVector<memref::AllocOp> scratch;
  loop->walk([&](memref::AllocOp alloc) {
    if (llvm::any_of(alloc.getDynamicSizes(), [&](Value size) {
          return loop->isAncestor(size.getParentRegion()->getParentOp());
        }))
      return;
    auto aliases = flow.resolve(alloc);
    if (llvm::none_of(leaving, [&](Value value) { return aliases.contains(value); }))
      scratch.push_back(alloc);
  });
  for (memref::AllocOp alloc : scratch)
    alloc->moveBefore(loop);
}

bool reuseInWhile(scf::WhileOp loop) {
  BufferViewFlowAnalysis flow(loop->getParentOfType<func::FuncOp>());
  auto move = [&](Block *block, OperandRange carried, Block::BlockArgListType received,
                  OperandRange handedOn) {
    for (unsigned i = 0; i < carried.size(); ++i)
      if (auto alloc = freshBuffer(loop, block, carried, i, flow))
        if (!mayBeAmong(received[i], handedOn, flow)) {
          alloc->moveBefore(loop);
          return true;
        }
    return false;
  };
  OperandRange condition = loop.getConditionOp().getArgs();
  OperandRange yield = loop.getYieldOp().getResults();
  return move(loop.getBeforeBody(), condition, loop.getAfterArguments(), yield) ||
         move(loop.getAfterBody(), yield, loop.getBeforeArguments(), condition);
}

/// Rewrites the loop once, for the first state that allows it; the new loop, or null.
scf::ForOp reuseInFor(scf::ForOp loop) {
  BufferViewFlowAnalysis flow(loop->getParentOfType<func::FuncOp>());
  auto yield = cast<scf::YieldOp>(loop.getBody()->getTerminator());
  for (unsigned i = 0; i < loop.getNumRegionIterArgs(); ++i) {
    auto alloc = freshBuffer(loop, loop.getBody(), yield.getResults(), i, flow);
    if (!alloc || mayBeAmong(loop.getRegionIterArg(i), yield.getResults(), flow))
      continue;
    IRRewriter b(loop.getContext());
    b.setInsertionPoint(loop);
    Value first = b.clone(*alloc)->getResult(0), second = b.clone(*alloc)->getResult(0);
    auto made =
        loop.replaceWithAdditionalYields(b, {first, second}, /*replaceInitOperandUsesInLoop=*/false,
                                         [&](OpBuilder &, Location, ArrayRef<BlockArgument> added) {
                                           return SmallVector<Value>{added[1], added[0]};
                                         });
    if (failed(made))
      return nullptr;
    auto result = cast<scf::ForOp>(**made);
    Value next = result.getRegionIterArg(result.getNumRegionIterArgs() - 2);
    alloc.replaceAllUsesWith(next);
    alloc.erase();
    return result;
  }
  return nullptr;
}

struct ReuseLoopBuffersPass : dlc::impl::ReuseLoopBuffersBase<ReuseLoopBuffersPass> {
  void runOnOperation() override {
    // Inner loops first: what leaves them may then leave the outer ones.
    SmallVector<Operation *> loops;
    getOperation().walk([&](Operation *op) {
      if (isa<scf::ForOp, scf::WhileOp>(op))
        loops.push_back(op);
    });
    for (Operation *op : loops) {
      hoistScratch(op);
      if (auto loop = dyn_cast<scf::WhileOp>(op)) {
        while (reuseInWhile(loop)) {
        }
        continue;
      }
      for (auto loop = cast<scf::ForOp>(op); loop; loop = reuseInFor(loop)) {
      }
    }
  }
};
} // namespace
