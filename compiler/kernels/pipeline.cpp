// See pipeline.h. The order was measured: weights leave before shapes are resolved, copies are
// forwarded before results and buffers are placed (that sets the strides), kernels are specialised
// last.
#include "compiler/kernels/pipeline.h"

#include "compiler/kernels/cleanup.h"
#include "compiler/kernels/passes.h"

#include "mlir/Pass/PassRegistry.h"

using namespace mlir;

static dlc::KernelChooseScheduleOptions chooseOptions(const dlc::KernelPipelineOptions &options) {
  dlc::KernelChooseScheduleOptions choose;
  choose.backend = options.backend;
  choose.target = options.target;
  choose.threads = options.threads;
  return choose;
}

void dlc::addScheduledKernelPasses(OpPassManager &pm, const KernelPipelineOptions &options) {
  if (!options.precise)
    pm.addPass(createKernelFoldPixels({options.target}));
  pm.addPass(createKernelForm());
  pm.addPass(createKernelSplitSums({options.target}));
  KernelChooseScheduleOptions choose = chooseOptions(options);
  if (!options.precise) {
    // A convolution for which a schedule is recorded takes the form that this is for.
    if (options.recorded) {
      choose.recordedOnly = true;
      pm.addPass(createKernelChooseSchedule(choose, options.recorded));
      choose.recordedOnly = false;
    }
    pm.addPass(createKernelWinograd({options.target, options.winograd}));
  }
  pm.addPass(createKernelChooseSchedule(choose, options.recorded));
}

void dlc::addKernelPasses(OpPassManager &pm, const KernelPipelineOptions &options) {
  addScheduledKernelPasses(pm, options);
  pm.addPass(createKernelApplySchedule());
  pm.addPass(createKernelChooseSchedule(chooseOptions(options))); // of the packing kernels
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
