// See alternate.h.
#include "compiler/codegen/halide/alternate.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/IR/IRBuilder.h"

using namespace llvm;

/// The loop's counter, if nothing else is carried from step to step: from 0, by 1, a known number
/// of times.
static PHINode *onlyCounter(Loop &loop, ScalarEvolution &evolution) {
  auto phis = loop.getHeader()->phis();
  if (!hasSingleElement(phis) || evolution.getSmallConstantTripCount(&loop) < 2)
    return nullptr;
  PHINode &phi = *phis.begin();
  auto *steps = dyn_cast<SCEVAddRecExpr>(evolution.getSCEV(&phi));
  if (!steps || steps->getLoop() != &loop || !steps->getStart()->isZero() ||
      !steps->getStepRecurrence(evolution)->isOne())
    return nullptr;
  return &phi;
}

/// Whether steps add into their own accumulators: vectors that an inner loop carries.
static bool accumulates(const Loop &loop) {
  for (const Loop *inner : loop.getSubLoops())
    for (const PHINode &phi : inner->getHeader()->phis())
      if (phi.getType()->isVectorTy())
        return true;
  return false;
}

void dlc::halide::alternateDirection(Function &kernel, FunctionAnalysisManager &analyses) {
  auto &evolution = analyses.getResult<ScalarEvolutionAnalysis>(kernel);
  SmallVector<PHINode *> counters;
  SmallVector<uint64_t> trips;
  for (Loop *loop : analyses.getResult<LoopAnalysis>(kernel))
    if (PHINode *counter = accumulates(*loop) ? onlyCounter(*loop, evolution) : nullptr) {
      counters.push_back(counter);
      trips.push_back(evolution.getSmallConstantTripCount(loop));
    }
  if (counters.empty())
    return;
  Module &module = *kernel.getParent();
  IRBuilder<> builder(&*kernel.getEntryBlock().getFirstInsertionPt());
  Type *type = builder.getInt8Ty();
  auto *variable =
      new GlobalVariable(module, type, /*isConstant=*/false, GlobalValue::InternalLinkage,
                         builder.getInt8(0), "dlc_direction");
  LoadInst *last = builder.CreateAlignedLoad(type, variable, Align(1));
  last->setAtomic(AtomicOrdering::Monotonic);
  builder.CreateAlignedStore(builder.CreateXor(last, 1), variable, Align(1))
      ->setAtomic(AtomicOrdering::Monotonic);
  Value *isBackward = builder.CreateICmpNE(last, builder.getInt8(0));
  for (size_t i = 0; i < counters.size(); ++i) {
    PHINode *counter = counters[i];
    BasicBlock *header = counter->getParent();
    builder.SetInsertPoint(header, header->getFirstInsertionPt());
    Value *mirrored = builder.CreateSub(ConstantInt::get(counter->getType(), trips[i] - 1), counter);
    Value *place = builder.CreateSelect(isBackward, mirrored, counter);
    // What steps on or leaves the loop goes on to count.
    counter->replaceUsesWithIf(place, [&](Use &use) {
      auto *user = cast<Instruction>(use.getUser());
      return user != place && user != mirrored &&
             !is_contained(counter->incoming_values(), static_cast<Value *>(user));
    });
  }
}
