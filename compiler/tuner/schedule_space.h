// The schedules of one kernel as a space for a search: every field of #kernel.schedule that its
// template reads is a knob, with the values that can make sense for the kernel's shape and the
// processor's registers.
#ifndef DLC_COMPILER_TUNER_SCHEDULE_SPACE_H
#define DLC_COMPILER_TUNER_SCHEDULE_SPACE_H

#include "compiler/kernels/backend.h"
#include "compiler/tuner/search.h"

namespace dlc {

/// A kernel and a schedule from which its knobs start. A unit has several forms where there are
/// several ways to compute it: Winograd and direct, or two templates.
struct ScheduleForm {
  std::string name;    ///< unique within the unit
  kernel::FuncOp func; ///< the kernel in this form
  kernel::ScheduleAttr start;
};

/// A schedule, and for which kernel it is.
struct Candidate {
  std::string kernel, schedule;
};

class ScheduleSpace {
public:
  /// `key` is kernelKey() of the kernel as it was formed: schedules are recorded for that, whatever
  /// form they bring it into. The first form is the default; its start is the initial point.
  ScheduleSpace(std::string key, std::vector<ScheduleForm> forms, const TargetInfo &target);
  ~ScheduleSpace();
  ScheduleSpace(ScheduleSpace &&) noexcept;
  ScheduleSpace &operator=(ScheduleSpace &&) noexcept;

  const SearchSpace &search() const;
  Candidate at(const Point &point) const;
  /// How many schedules it has, those that take too many registers included.
  double size() const;
  /// The point of a recorded schedule; nothing if the space does not have it.
  std::optional<Point> find(const Candidate &candidate) const;

private:
  struct State;
  std::unique_ptr<State> state;
};

/// The tuning-relevant numbers of a kernel: float operations and bytes of its operands, once each.
struct TuningCost {
  double flops = 0, bytes = 0;
};
TuningCost tuningCostOf(kernel::FuncOp func);

} // namespace dlc

#endif // DLC_COMPILER_TUNER_SCHEDULE_SPACE_H
