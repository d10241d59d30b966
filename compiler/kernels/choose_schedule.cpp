// kernel-choose-schedule: every kernel.func gets the schedule that is recorded for it, else the
// first one that its backend proposes.
#include "compiler/kernels/backend.h"
#include "compiler/kernels/passes.h"
#include "compiler/kernels/recorded_schedule.h"

namespace dlc {
#define GEN_PASS_DEF_KERNELCHOOSESCHEDULE
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
struct KernelChooseSchedule : dlc::impl::KernelChooseScheduleBase<KernelChooseSchedule> {
  using KernelChooseScheduleBase::KernelChooseScheduleBase;
  KernelChooseSchedule(const KernelChooseScheduleOptions &options, ScheduleLookup recorded)
      : KernelChooseScheduleBase(options), recorded(std::move(recorded)) {}

  /// The recorded schedule, if there is one that can be used.
  kernel::ScheduleAttr recordedFor(kernel::FuncOp func) {
    std::string text = recorded ? recorded(kernelKey(func)) : "", reason;
    if (text.empty())
      return {};
    kernel::ScheduleAttr schedule = parseSchedule(text, func, reason);
    const KernelBackend *used = schedule ? findBackend(schedule.getBackend()) : nullptr;
    if (schedule && (!used || !used->supports(func, reason)))
      schedule = {};
    if (!schedule && !recordedOnly) // it is looked at again
      func.emitWarning("the recorded schedule '" + text + "' is not used: " + reason);
    // Which form a kernel takes is over when all get their schedules.
    if (schedule && !recordedOnly && schedule.getWinograd() != kernel::winogradTile(func))
      schedule = {};
    return schedule;
  }

  void runOnOperation() override {
    FailureOr<TargetInfo> info = resolveTarget(getOperation(), target);
    if (failed(info))
      return signalPassFailure();
    info->threads = threads;
    const KernelBackend *chosen = findBackend(backend);
    if (!chosen) {
      getOperation().emitError("there is no backend '" + backend + "'");
      return signalPassFailure();
    }
    for (auto func : getOperation().getOps<kernel::FuncOp>()) {
      if (func.getScheduleAttr())
        continue;
      // Records are of the backend that they were made with.
      if (kernel::ScheduleAttr schedule = recordedFor(func);
          schedule && schedule.getBackend() == backend) {
        func.setScheduleAttr(schedule);
        continue;
      }
      if (recordedOnly)
        continue;
      std::string reason;
      const KernelBackend &used = chosen->supports(func, reason) ? *chosen : loopsBackend();
      func.setScheduleAttr(used.candidates(func, *info).front());
    }
  }

  ScheduleLookup recorded;
};
} // namespace

std::unique_ptr<Pass> dlc::createKernelChooseSchedule(const KernelChooseScheduleOptions &options,
                                                      ScheduleLookup recorded) {
  return std::make_unique<KernelChooseSchedule>(options, std::move(recorded));
}
