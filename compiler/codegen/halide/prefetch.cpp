// See prefetch.h.
#include "compiler/codegen/halide/prefetch.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Intrinsics.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Transforms/Utils/ScalarEvolutionExpander.h"

#include <optional>

using namespace llvm;
using namespace dlc::halide;

/// Whether the loop sums into vectors that stay in registers.
static bool accumulates(const Loop &loop) {
  return any_of(loop.getHeader()->phis(),
                [](const PHINode &phi) { return phi.getType()->isVectorTy(); });
}

namespace {
/// What an innermost reduction loads step by step.
struct Stream {
  LoadInst *load;
  const SCEVAddRecExpr *address;
  int64_t step; ///< bytes between iterations
};

/// A block of an operand that a reduction runs through, and the one after it. The block is read
/// once for each step of the `passes` loops around the reduction, where it does not change;
/// meanwhile the next one can come from memory.
struct Block {
  const SCEV *begin = nullptr;
  const SCEV *pass = nullptr; ///< index among the passes
  int64_t passes = 1, size = 0;
};
} // namespace

/// Counts the loops from `loop` outwards in which the block stays the same. The loop over the
/// blocks may be the threads' and not be seen here.
static bool countPasses(Block &block, const Loop *loop, ScalarEvolution &evolution) {
  Type *type = evolution.getEffectiveSCEVType(block.begin->getType());
  block.pass = evolution.getZero(type);
  for (; loop && evolution.isLoopInvariant(block.begin, loop); loop = loop->getParentLoop()) {
    int64_t trips = evolution.getSmallConstantTripCount(loop);
    if (trips == 0)
      return false;
    block.pass = evolution.getAddExpr(
        block.pass, evolution.getAddRecExpr(evolution.getZero(type),
                                            evolution.getConstant(type, uint64_t(block.passes)),
                                            loop, SCEV::FlagAnyWrap));
    block.passes *= trips;
  }
  return true;
}

/// The panel of packed weights that a load runs through, with the reduction's loops, of which the
/// outermost runs through all of it.
static std::optional<Block> panelOf(const Stream &from, ScalarEvolution &evolution) {
  Block panel;
  panel.begin = from.address;
  const Loop *loop = from.address->getLoop();
  auto steps = [&] {
    auto *address = dyn_cast<SCEVAddRecExpr>(panel.begin);
    return address && address->getLoop() == loop ? address : nullptr;
  };
  for (; loop && steps(); loop = loop->getParentLoop()) {
    auto *step = dyn_cast<SCEVConstant>(steps()->getStepRecurrence(evolution));
    int64_t trips = evolution.getSmallConstantTripCount(loop);
    if (!step || !step->getAPInt().isStrictlyPositive() || trips == 0)
      return std::nullopt;
    panel.size = step->getAPInt().getSExtValue() * trips;
    panel.begin = steps()->getStart();
  }
  // Of a panel that is read once, the next one is what the loads will come to by themselves.
  if (!countPasses(panel, loop, evolution) || panel.passes < 2)
    return std::nullopt;
  return panel;
}

/// The rows of the other factor, if the loads run through a row each and these are neighbours.
/// Puts the load of the first row first.
static std::optional<Block> rowsOf(MutableArrayRef<Stream> loads, ScalarEvolution &evolution) {
  if (loads.size() < 2)
    return std::nullopt;
  const Loop *loop = loads[0].address->getLoop();
  int64_t row = evolution.getSmallConstantTripCount(loop) * loads[0].step;
  if (row == 0)
    return std::nullopt;
  SmallVector<int64_t> places;
  for (const Stream &load : loads) {
    auto *place = dyn_cast<SCEVConstant>(
        evolution.getMinusSCEV(load.address->getStart(), loads[0].address->getStart()));
    if (!place || load.step != loads[0].step)
      return std::nullopt;
    places.push_back(place->getAPInt().getSExtValue());
  }
  std::swap(loads[0], loads[llvm::min_element(places) - places.begin()]);
  llvm::sort(places);
  for (size_t i = 0; i < places.size(); ++i)
    if (places[i] - places[0] != int64_t(i) * row)
      return std::nullopt;
  Block rows;
  rows.begin = loads[0].address->getStart();
  rows.size = row * int64_t(loads.size());
  if (!countPasses(rows, loop->getParentLoop(), evolution))
    return std::nullopt;
  return rows;
}

static void emitPrefetch(IRBuilder<> &builder, Value *address, int locality) {
  builder.CreateIntrinsic(Intrinsic::prefetch, {address->getType()},
                          {address, /*rw=*/builder.getInt32(0), builder.getInt32(locality),
                           /*data=*/builder.getInt32(1)});
}

static constexpr int64_t kLineBytes = 64;

/// Fetches the next block at the speed at which this one is used up: in all passes together, each
/// line once. A pass moves the load through `length` bytes of this block.
static void prefetchNext(const Stream &from, const Block &block, int64_t length, int locality,
                         SCEVExpander &expander) {
  Instruction *before = from.address->getLoop()->getLoopPreheader()->getTerminator();
  IRBuilder<> builder(before);
  Type *type = block.pass->getType();
  Value *begin = expander.expandCodeFor(block.begin, from.load->getPointerOperandType(), before);
  Value *pass = expander.expandCodeFor(block.pass, type, before);
  builder.SetInsertPoint(before);
  // begin + size + (pass * length + offset) * size / (length * passes)
  Value *done = builder.CreateSub(builder.CreateMul(pass, ConstantInt::get(type, length)),
                                  builder.CreatePtrToInt(begin, type));
  Value *next = builder.CreateConstGEP1_64(builder.getInt8Ty(), begin, uint64_t(block.size));
  builder.SetInsertPoint(from.load);
  Value *used =
      builder.CreateAdd(builder.CreatePtrToInt(from.load->getPointerOperand(), type), done);
  Value *scaled = builder.CreateMul(used, ConstantInt::get(type, block.size / length));
  Value *offset = builder.CreateUDiv(scaled, ConstantInt::get(type, block.passes));
  Value *address = builder.CreateGEP(builder.getInt8Ty(), next, offset);
  int64_t advance = from.step * (block.size / length) / block.passes;
  for (int64_t line = 0; line == 0 || line < advance; line += kLineBytes)
    emitPrefetch(builder, builder.CreateConstGEP1_64(builder.getInt8Ty(), address, uint64_t(line)),
                 locality);
}

/// The loads of a loop that move on by a constant.
static SmallVector<Stream> streamsOf(const Loop &loop, bool vectors, ScalarEvolution &evolution) {
  SmallVector<Stream> streams;
  for (BasicBlock *block : loop.blocks())
    for (Instruction &instruction : *block) {
      auto *load = dyn_cast<LoadInst>(&instruction);
      if (!load || load->getType()->isVectorTy() != vectors)
        continue;
      auto *address = dyn_cast<SCEVAddRecExpr>(evolution.getSCEV(load->getPointerOperand()));
      auto *step = address && address->getLoop() == &loop
                       ? dyn_cast<SCEVConstant>(address->getStepRecurrence(evolution))
                       : nullptr;
      if (step && step->getAPInt().isStrictlyPositive())
        streams.push_back({load, address, step->getAPInt().getSExtValue()});
    }
  return streams;
}

/// Drops what lies in a line of memory with another stream of the same loop, where their distance
/// from the first stream is known, which is taken to begin a line: one fetch serves all of them.
static void keepLines(SmallVectorImpl<Stream> &streams, ScalarEvolution &evolution) {
  auto placeOf = [&](const Stream &stream) -> std::optional<int64_t> {
    auto *place = dyn_cast<SCEVConstant>(
        evolution.getMinusSCEV(stream.address->getStart(), streams.front().address->getStart()));
    return place ? std::optional(place->getAPInt().getSExtValue()) : std::nullopt;
  };
  SmallVector<Stream> lines;
  SmallVector<int64_t> seen;
  for (const Stream &stream : streams) {
    std::optional<int64_t> place = placeOf(stream);
    int64_t line = divideFloorSigned(place.value_or(0), kLineBytes);
    if (place && llvm::is_contained(seen, line))
      continue;
    if (place)
      seen.push_back(line);
    lines.push_back(stream);
  }
  streams = std::move(lines);
}

/// The innermost loops of reductions whose sums are vectors in registers.
static SmallVector<Loop *> reductionsOf(LoopInfo &loops) {
  SmallVector<Loop *> found;
  for (Loop *loop : loops.getLoopsInPreorder())
    if (loop->isInnermost() && loop->getLoopPreheader() && accumulates(*loop))
      found.push_back(loop);
  return found;
}

bool dlc::halide::prefetchWeights(Function &function, FunctionAnalysisManager &analyses,
                                  int64_t distance, int64_t cache) {
  auto &evolution = analyses.getResult<ScalarEvolutionAnalysis>(function);
  SmallVector<SmallVector<Stream>> found; // loop by loop
  for (Loop *loop : reductionsOf(analyses.getResult<LoopAnalysis>(function)))
    keepLines(found.emplace_back(streamsOf(*loop, /*vectors=*/true, evolution)), evolution);
  SCEVExpander expander(evolution, "panel");
  bool anyPanel = false;
  for (ArrayRef<Stream> list : found) {
    int64_t lines = 0; // of the next panel, fetched in an iteration
    for (const Stream &from : list) {
      std::optional<Block> panel = panelOf(from, evolution);
      if (!panel || 2 * panel->size > cache || lines * kLineBytes * panel->passes >= from.step)
        continue;
      ++lines;
      anyPanel = true;
      prefetchNext(from, *panel, panel->size, /*locality=*/2, expander);
    }
  }
  for (ArrayRef<Stream> list : found)
    for (const Stream &from : list) {
      IRBuilder<> builder(from.load);
      emitPrefetch(builder,
                   builder.CreateConstGEP1_64(builder.getInt8Ty(), from.load->getPointerOperand(),
                                              uint64_t(distance * from.step)),
                   /*locality=*/3);
    }
  return anyPanel;
}

void dlc::halide::prefetchRows(Function &function, FunctionAnalysisManager &analyses) {
  auto &evolution = analyses.getResult<ScalarEvolutionAnalysis>(function);
  SCEVExpander expander(evolution, "rows");
  for (Loop *loop : reductionsOf(analyses.getResult<LoopAnalysis>(function))) {
    SmallVector<Stream> streams = streamsOf(*loop, /*vectors=*/false, evolution);
    std::optional<Block> rows = rowsOf(streams, evolution);
    // A line in several steps: not for a line in many.
    int64_t count = int64_t(streams.size());
    if (rows && streams[0].step * count * 16 >= kLineBytes * rows->passes)
      prefetchNext(streams[0], *rows, rows->size / count, rows->size <= 8192 ? 3 : 2, expander);
  }
}
