// See prefetch.h.
#include "compiler/codegen/halide/prefetch.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Intrinsics.h"
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
/// A vector that an innermost reduction loads from packed weights.
struct PanelLoad {
  LoadInst *load;
  const SCEVAddRecExpr *address;
  int64_t step; ///< bytes between iterations
};

/// The panel after the one that a load runs through. The panel is read once for each step of the
/// `passes` loops around the reduction, where it does not change; meanwhile the next one can come
/// from memory.
struct NextPanel {
  const SCEV *begin = nullptr; ///< of this load in this panel
  const SCEV *pass = nullptr;  ///< index among the passes
  int64_t passes = 1, size = 0;
};
} // namespace

static std::optional<NextPanel> nextPanel(const PanelLoad &from, ScalarEvolution &evolution) {
  NextPanel panel;
  panel.begin = from.address;
  const Loop *loop = from.address->getLoop();
  auto steps = [&] {
    auto *address = dyn_cast<SCEVAddRecExpr>(panel.begin);
    return address && address->getLoop() == loop ? address : nullptr;
  };
  // The reduction's loops, of which the outermost runs through the panel, then the passes, then the
  // loop over the panels, which may be the threads' and not be seen here.
  for (; loop && steps(); loop = loop->getParentLoop()) {
    auto *step = dyn_cast<SCEVConstant>(steps()->getStepRecurrence(evolution));
    int64_t trips = evolution.getSmallConstantTripCount(loop);
    if (!step || !step->getAPInt().isStrictlyPositive() || trips == 0)
      return std::nullopt;
    panel.size = step->getAPInt().getSExtValue() * trips;
    panel.begin = steps()->getStart();
  }
  panel.pass = evolution.getZero(evolution.getEffectiveSCEVType(panel.begin->getType()));
  for (; loop && !steps(); loop = loop->getParentLoop()) {
    int64_t trips = evolution.getSmallConstantTripCount(loop);
    if (trips == 0)
      return std::nullopt;
    Type *type = panel.pass->getType();
    panel.pass = evolution.getAddExpr(
        panel.pass, evolution.getAddRecExpr(evolution.getZero(type),
                                            evolution.getConstant(type, uint64_t(panel.passes)),
                                            loop, SCEV::FlagAnyWrap));
    panel.passes *= trips;
  }
  if (panel.passes < 2)
    return std::nullopt;
  return panel;
}

static void emitPrefetch(IRBuilder<> &builder, Value *address, int locality) {
  builder.CreateIntrinsic(Intrinsic::prefetch, {address->getType()},
                          {address, /*rw=*/builder.getInt32(0), builder.getInt32(locality),
                           /*data=*/builder.getInt32(1)});
}

/// Fetches the next panel into the second-level cache at the speed at which this one is used up:
/// in all passes together, each line once.
static void prefetchPanel(const PanelLoad &from, const NextPanel &panel, SCEVExpander &expander) {
  BasicBlock *before = from.address->getLoop()->getLoopPreheader();
  IRBuilder<> builder(before->getTerminator());
  Type *type = panel.pass->getType();
  Value *begin = expander.expandCodeFor(panel.begin, from.load->getPointerOperandType(),
                                        before->getTerminator());
  Value *pass = expander.expandCodeFor(panel.pass, type, before->getTerminator());
  builder.SetInsertPoint(before->getTerminator());
  // begin + size + (pass * size + offset) / passes
  Value *done = builder.CreateSub(builder.CreateMul(pass, ConstantInt::get(type, panel.size)),
                                  builder.CreatePtrToInt(begin, type));
  Value *next = builder.CreateConstGEP1_64(builder.getInt8Ty(), begin, uint64_t(panel.size));
  builder.SetInsertPoint(from.load);
  Value *used =
      builder.CreateAdd(builder.CreatePtrToInt(from.load->getPointerOperand(), type), done);
  Value *offset = builder.CreateUDiv(used, ConstantInt::get(type, panel.passes));
  emitPrefetch(builder, builder.CreateGEP(builder.getInt8Ty(), next, offset), /*locality=*/2);
}

bool dlc::halide::prefetchOperands(Function &function, FunctionAnalysisManager &analyses,
                                   int64_t distance, int64_t cache) {
  constexpr int64_t lineBytes = 64;
  auto &loops = analyses.getResult<LoopAnalysis>(function);
  auto &evolution = analyses.getResult<ScalarEvolutionAnalysis>(function);
  SmallVector<SmallVector<PanelLoad>> found; // loop by loop
  for (Loop *loop : loops.getLoopsInPreorder()) {
    if (!loop->isInnermost() || !accumulates(*loop))
      continue;
    found.emplace_back();
    for (BasicBlock *block : loop->blocks())
      for (Instruction &instruction : *block) {
        auto *load = dyn_cast<LoadInst>(&instruction);
        if (!load || !load->getType()->isVectorTy())
          continue;
        auto *address = dyn_cast<SCEVAddRecExpr>(evolution.getSCEV(load->getPointerOperand()));
        auto *step = address && address->getLoop() == loop
                         ? dyn_cast<SCEVConstant>(address->getStepRecurrence(evolution))
                         : nullptr;
        if (step && step->getAPInt().isStrictlyPositive())
          found.back().push_back({load, address, step->getAPInt().getSExtValue()});
      }
  }
  SCEVExpander expander(evolution, "panel");
  bool anyPanel = false;
  for (ArrayRef<PanelLoad> list : found) {
    int64_t lines = 0; // of the next panel, fetched in an iteration
    for (const PanelLoad &from : list) {
      std::optional<NextPanel> panel = nextPanel(from, evolution);
      if (!panel || 2 * panel->size > cache || !from.address->getLoop()->getLoopPreheader() ||
          lines * lineBytes * panel->passes >= from.step)
        continue;
      ++lines;
      anyPanel = true;
      prefetchPanel(from, *panel, expander);
    }
  }
  for (ArrayRef<PanelLoad> list : found)
    for (const PanelLoad &from : list) {
      IRBuilder<> builder(from.load);
      emitPrefetch(builder,
                   builder.CreateConstGEP1_64(builder.getInt8Ty(), from.load->getPointerOperand(),
                                              uint64_t(distance * from.step)),
                   /*locality=*/3);
    }
  return anyPanel;
}
