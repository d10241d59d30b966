// kernel-apply-schedule: weights are packed as the schedules of their kernels want them, and sums
// begin with what is added to them.
#include "compiler/kernels/operand_rewrite.h"
#include "compiler/kernels/pack.h"
#include "compiler/kernels/pack_dot.h"
#include "compiler/kernels/passes.h"
#include "compiler/kernels/seed_sums.h"

#include "llvm/Support/raw_ostream.h"

namespace dlc {
#define GEN_PASS_DEF_KERNELAPPLYSCHEDULE
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

static OperandRewrite dotRewrite(kernel::FuncOp func, const DotPlan &plan) {
  OperandRewrite rewrite;
  rewrite.argument = plan.argument;
  llvm::raw_string_ostream key(rewrite.key);
  key << "dot " << plan.terms << " " << plan.panel << " " << plan.column;
  for (const SmallVector<unsigned> *positions : {&plan.outer, &plan.taps, &plan.run}) {
    key << " |";
    for (unsigned i : *positions)
      key << " " << i;
  }
  rewrite.kind = func.getSymName().rsplit('_').first.str();
  rewrite.operandKind = "pack";
  rewrite.rewriteKernel = [plan](kernel::FuncOp copy) { applyDotPacking(copy, plan); };
  rewrite.buildOperand = [plan](OpBuilder &builder, Value weights,
                                SmallVectorImpl<Operation *> &ops) {
    return buildDotPack(builder, weights, plan, ops);
  };
  return rewrite;
}

namespace {
struct KernelApplySchedule : dlc::impl::KernelApplyScheduleBase<KernelApplySchedule> {
  void runOnOperation() override {
    rewriteOperands(getOperation(), [](kernel::FuncOp func) -> std::optional<OperandRewrite> {
      if (std::optional<DotPlan> plan = planDotPacking(func))
        return dotRewrite(func, *plan);
      std::optional<PackPlan> plan = planPacking(func);
      if (!plan)
        return std::nullopt;
      OperandRewrite rewrite;
      rewrite.argument = plan->argument;
      llvm::raw_string_ostream key(rewrite.key);
      key << plan->panel << " " << plan->outerPosition;
      for (unsigned i : plan->order)
        key << " " << i;
      rewrite.kind = func.getSymName().rsplit('_').first.str();
      rewrite.operandKind = "pack";
      rewrite.inRun = plan->paysInRun;
      rewrite.rewriteKernel = [plan](kernel::FuncOp copy) { applyPacking(copy, *plan); };
      rewrite.buildOperand = [plan](OpBuilder &builder, Value weights,
                                    SmallVectorImpl<Operation *> &ops) {
        return buildPack(builder, weights, *plan, ops);
      };
      return rewrite;
    });
    for (auto func : getOperation().getOps<kernel::FuncOp>())
      if (kernel::ScheduleAttr schedule = func.getScheduleAttr();
          schedule && (schedule.getKind() == kernel::Template::Contraction ||
                       schedule.getKind() == kernel::Template::Window))
        seedSums(func);
  }
};
} // namespace
