// Schedules that somebody recorded for a kernel: by dlc-tune, or by hand. They are found by the
// kernel's key, and they are data from outside: what does not fit the kernel is not used.
#ifndef DLC_COMPILER_KERNELS_RECORDED_SCHEDULE_H
#define DLC_COMPILER_KERNELS_RECORDED_SCHEDULE_H

#include "compiler/kernels/backend.h"

#include <functional>
#include <string>

namespace dlc {

/// The text of the schedule recorded for a kernel's key; empty where there is none.
using ScheduleLookup = std::function<std::string(llvm::StringRef key)>;

/// What records are kept apart by, besides the kernel: architecture, processor, vectors, threads.
std::string processorKey(const TargetInfo &target);

/// SHA-256 of the kernel's text without its name and its schedule, in hexadecimal.
std::string kernelKey(kernel::FuncOp func);

/// `#kernel.schedule<...>` as an attribute, if it can be applied to `func`; else null, and `reason`
/// says why.
kernel::ScheduleAttr parseSchedule(llvm::StringRef text, kernel::FuncOp func, std::string &reason);

/// The other way round: the text that parseSchedule() reads.
std::string scheduleText(kernel::ScheduleAttr schedule);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_RECORDED_SCHEDULE_H
