// See pipeline.h. The order was measured: weights leave before shapes are resolved, copies are
// forwarded before results and buffers are placed (that sets the strides), kernels are specialised
// last.
#include "compiler/kernels/pipeline.h"

#include "compiler/kernels/cleanup.h"
#include "compiler/kernels/passes.h"

#include "mlir/Pass/PassRegistry.h"

using namespace mlir;

void dlc::addKernelPasses(OpPassManager &pm, const KernelPipelineOptions &options) {
  pm.addPass(createKernelForm());
  if (!options.precise)
    pm.addPass(createKernelWinograd());
  KernelChooseScheduleOptions choose;
  choose.backend = options.backend;
  choose.target = options.target;
  choose.threads = options.threads;
  pm.addPass(createKernelChooseSchedule(choose));
  pm.addPass(createKernelApplySchedule());
  pm.addPass(createKernelChooseSchedule(choose)); // of the packing kernels
  addMemoryPasses(pm);
}

void dlc::addMemoryPasses(OpPassManager &pm) {
  addCleanup(pm);
  pm.addPass(createHoistWeights());
  pm.addNestedPass<func::FuncOp>(createResolveDims());
  addCleanup(pm);
  pm.addPass(createKernelBufferize());
  addCleanup(pm);
  pm.addNestedPass<func::FuncOp>(createForwardCopies());
  pm.addNestedPass<func::FuncOp>(createReuseLoopBuffers());
  addCleanup(pm);
  pm.addPass(createDeliverResults());
  addCleanup(pm);
  pm.addPass(createArenaPlan());
  addCleanup(pm);
  pm.addPass(createKernelSpecialize());
}

void dlc::registerKernelPipelines() {
  PassPipelineRegistration<>("memory-pipeline", "the memory half of floor 4",
                             [](OpPassManager &pm) { addMemoryPasses(pm); });
}
