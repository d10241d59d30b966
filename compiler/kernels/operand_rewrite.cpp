// See operand_rewrite.h.
#include "compiler/kernels/operand_rewrite.h"

#include "compiler/kernels/grouping.h"
#include "compiler/kernels/outline.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace dlc;

void dlc::rewriteOperands(ModuleOp module,
                          llvm::function_ref<std::optional<OperandRewrite>(kernel::FuncOp)> plan) {
  llvm::MapVector<StringAttr, SmallVector<kernel::LaunchOp>> launches;
  module.walk([&](kernel::LaunchOp launch) {
    launches[launch.getCalleeAttr().getAttr()].push_back(launch);
  });
  Outliner outliner(module);
  llvm::DenseMap<Value, bool> constants;
  SmallVector<kernel::FuncOp> unused;
  llvm::MapVector<std::pair<Value, StringAttr>, Value> made;
  for (auto &[name, list] : launches) {
    auto func = module.lookupSymbol<kernel::FuncOp>(name);
    std::optional<OperandRewrite> rewrite = func ? plan(func) : std::nullopt;
    if (!rewrite)
      continue;
    SmallVector<kernel::LaunchOp> chosen;
    llvm::copy_if(list, std::back_inserter(chosen), [&](kernel::LaunchOp launch) {
      return rewrite->inRun || isConstant(launch.getIns()[rewrite->argument], constants);
    });
    if (chosen.empty())
      continue;
    OpBuilder builder(func);
    auto copy = cast<kernel::FuncOp>(builder.clone(*func));
    rewrite->rewriteKernel(copy);
    copy = outliner.share(copy, rewrite->kind);
    for (kernel::LaunchOp launch : chosen) {
      launch.setCallee(copy.getSymName());
      OpOperand &operand = launch.getInsMutable()[rewrite->argument];
      Value source = operand.get();
      Value &form = made[{source, builder.getStringAttr(rewrite->key)}];
      if (!form) {
        builder.setInsertionPointAfterValue(source);
        SmallVector<Operation *> ops;
        operand.set(rewrite->buildOperand(builder, source, ops));
        outliner.outline(ops, rewrite->operandKind); // the operand becomes the launch's result
        form = operand.get();
      }
      operand.set(form);
    }
    if (chosen.size() == list.size())
      unused.push_back(func);
  }
  for (kernel::FuncOp func : unused)
    func.erase();
  module.walk([](func::FuncOp func) {
    for (Block &block : func.getBody())
      eraseDeadOps(block);
  });
}
