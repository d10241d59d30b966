// Floor 4 as one list of passes: from linalg on tensors to kernels with memory layouts and a
// bufferised, planned @main.
#ifndef DLC_COMPILER_KERNELS_PIPELINE_H
#define DLC_COMPILER_KERNELS_PIPELINE_H

#include "compiler/kernels/recorded_schedule.h"

#include "mlir/Pass/PassManager.h"

#include <string>

namespace dlc {

struct KernelPipelineOptions {
  std::string backend = "halide"; ///< which backend schedules are chosen for
  std::string target = "native";  ///< as --target of dlc
  int threads = 1;                ///< threads that schedules may assume
  bool precise = false; ///< no algorithm whose rounding errors are larger than the plain one's
  /// Convolutions in Winograd's form F(m x m, r x r): m for all, 0 for none, -1 by what each costs.
  int winograd = -1;
  ScheduleLookup recorded; ///< schedules that come before the heuristics'; may be empty
};

/// The first part of floor 4: which kernels there are, and the schedule of each. Weights are not
/// packed yet.
void addScheduledKernelPasses(mlir::OpPassManager &pm, const KernelPipelineOptions &options);

/// All of floor 4: which kernels there are, how each runs, where buffers lie.
void addKernelPasses(mlir::OpPassManager &pm, const KernelPipelineOptions &options);

/// Its last part alone, for a module that already has its kernel.funcs (or none): weights leave
/// @main, @main and @weights get memory, kernels get layouts.
void addMemoryPasses(mlir::OpPassManager &pm);

/// The same as pipelines of dlc-opt: `kernel-pipeline`, `memory-pipeline`.
void registerKernelPipelines();

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_PIPELINE_H
