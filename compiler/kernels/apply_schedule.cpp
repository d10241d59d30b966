// kernel-apply-schedule: weights are packed as the schedules of their kernels want them.
#include "compiler/kernels/grouping.h"
#include "compiler/kernels/outline.h"
#include "compiler/kernels/pack.h"
#include "compiler/kernels/passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/MapVector.h"

namespace dlc {
#define GEN_PASS_DEF_KERNELAPPLYSCHEDULE
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// Whether a value of the caller follows from constants alone.
static bool isConstant(Value value) {
  Operation *def = value.getDefiningOp();
  if (!def)
    return false;
  if (isa<arith::ConstantOp, tensor::EmptyOp>(def))
    return def->getNumOperands() == 0;
  if (!isa<kernel::LaunchOp, tensor::InsertSliceOp>(def) && classify(def) != OpClass::View)
    return false;
  return llvm::all_of(def->getOperands(), isConstant);
}

namespace {
struct KernelApplySchedule : dlc::impl::KernelApplyScheduleBase<KernelApplySchedule> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    llvm::MapVector<StringAttr, SmallVector<kernel::LaunchOp>> launches;
    module.walk([&](kernel::LaunchOp launch) {
      launches[launch.getCalleeAttr().getAttr()].push_back(launch);
    });
    Outliner outliner(module);
    for (auto &[name, list] : launches) {
      auto func = module.lookupSymbol<kernel::FuncOp>(name);
      std::optional<PackPlan> plan = func ? planPacking(func) : std::nullopt;
      if (!plan)
        continue;
      // Launches whose weights come from outside keep the kernel as it is.
      SmallVector<kernel::LaunchOp> constant;
      llvm::copy_if(list, std::back_inserter(constant), [&](kernel::LaunchOp launch) {
        return isConstant(launch.getIns()[plan->argument]);
      });
      if (constant.empty())
        continue;
      OpBuilder builder(func);
      auto copy = cast<kernel::FuncOp>(builder.clone(*func));
      applyPacking(copy, *plan);
      StringRef kind = func.getSymName().rsplit('_').first;
      copy = outliner.share(copy, kind);
      for (kernel::LaunchOp launch : constant) {
        launch.setCallee(copy.getSymName());
        pack(launch.getInsMutable()[plan->argument], *plan, outliner);
      }
      if (constant.size() == list.size())
        dead.push_back(func);
    }
    for (kernel::FuncOp func : dead)
      func.erase();
    module.walk([](func::FuncOp func) {
      for (Block &block : func.getBody())
        eraseDeadOps(block);
    });
  }

private:
  /// `operand` becomes the packed weights, made where the weights are, once for all kernels that
  /// want them so.
  void pack(OpOperand &operand, const PackPlan &plan, Outliner &outliner) {
    Value weights = operand.get();
    Type type = packedType(plan, cast<RankedTensorType>(weights.getType()));
    auto &known = packs[weights];
    for (auto &[order, result] : known)
      if (order == plan.order && result.getType() == type)
        return operand.set(result);
    OpBuilder builder(weights.getContext());
    builder.setInsertionPointAfterValue(weights);
    SmallVector<Operation *> ops;
    operand.set(buildPack(builder, weights, plan, ops));
    outliner.outline(ops, "pack"); // replaces the operand by the launch's result
    known.emplace_back(plan.order, operand.get());
  }

  llvm::DenseMap<Value, SmallVector<std::pair<SmallVector<unsigned>, Value>>> packs;
  SmallVector<kernel::FuncOp> dead;
};
} // namespace
