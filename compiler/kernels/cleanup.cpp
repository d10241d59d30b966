// See cleanup.h.
#include "compiler/kernels/cleanup.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

std::unique_ptr<Pass> dlc::createSafeCanonicalizer() {
  // Gives a loop-carried tensor the static shape of its initial value although the loop yields
  // another one: a list that grows from empty would stay empty. (MLIR 22.1; the names of a pattern
  // are those that two compilers give its class.)
  return createCanonicalizerPass(
      GreedyRewriteConfig(),
      {"(anonymous namespace)::ForOpTensorCastFolder", "{anonymous}::ForOpTensorCastFolder"});
}

void dlc::addCleanup(OpPassManager &pm) {
  pm.addNestedPass<func::FuncOp>(createCSEPass());
  pm.addNestedPass<func::FuncOp>(createSafeCanonicalizer());
}
