// What is tuned: each distinct kernel of a model, alone in a model of its own.
#ifndef DLC_COMPILER_TUNER_UNITS_H
#define DLC_COMPILER_TUNER_UNITS_H

#include "compiler/driver/pipeline.h"
#include "compiler/tuner/schedule_space.h"

#include <vector>

namespace dlc {

struct TuningUnit {
  std::string key;   ///< kernelKey() of the kernel as it was formed
  std::string label; ///< for people: "conv 1x56x56x64"
  /// A module as after floor 3 that launches this kernel alone: what varies are inputs of @main,
  /// weights are constants.
  std::string module;
  double launches = 0; ///< in one run of the model
  bool warm = false;   ///< launched in a loop: its weights are in the cache from the last time
  TuningCost cost;
  ScheduleSpace space;
  Candidate initial; ///< the default

  // What the space refers to.
  std::vector<mlir::OwningOpRef<mlir::ModuleOp>> forms;
};

struct UnitList {
  std::vector<TuningUnit> units;
  unsigned dynamic = 0; ///< kernels that were left out: their sizes are not known
  unsigned fixed = 0;   ///< kernels with one schedule only
};

/// The kernels of options.model, in the order of their first launch. Their IR is in `context`.
mlir::LogicalResult collectUnits(const CompileOptions &options, const TargetInfo &target,
                                 mlir::MLIRContext &context, Diagnostics &diags, Progress &progress,
                                 UnitList &result);

} // namespace dlc

#endif // DLC_COMPILER_TUNER_UNITS_H
