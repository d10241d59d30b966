// kernel-choose-schedule: every kernel.func gets the first schedule that its backend proposes.
#include "compiler/codegen/llvm/emit.h"
#include "compiler/kernels/backend.h"
#include "compiler/kernels/passes.h"

namespace dlc {
#define GEN_PASS_DEF_KERNELCHOOSESCHEDULE
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
struct KernelChooseSchedule : dlc::impl::KernelChooseScheduleBase<KernelChooseSchedule> {
  using KernelChooseScheduleBase::KernelChooseScheduleBase;

  void runOnOperation() override {
    std::string error;
    FailureOr<TargetInfo> info = resolveTarget(target, error);
    if (failed(info)) {
      getOperation().emitError(error);
      return signalPassFailure();
    }
    info->threads = threads;
    const KernelBackend *chosen = findBackend(backend);
    if (!chosen) {
      getOperation().emitError("there is no backend '" + backend + "'");
      return signalPassFailure();
    }
    for (auto func : getOperation().getOps<kernel::FuncOp>()) {
      if (func.getScheduleAttr())
        continue;
      std::string reason;
      const KernelBackend &used = chosen->supports(func, reason) ? *chosen : loopsBackend();
      func.setScheduleAttr(used.candidates(func, *info).front());
    }
  }
};
} // namespace
