// The passes of floor 4: see passes.td for what each does, in pipeline order.
#ifndef DLC_COMPILER_KERNELS_PASSES_H
#define DLC_COMPILER_KERNELS_PASSES_H

#include "compiler/kernels/recorded_schedule.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Pass/Pass.h"

#include <memory>

namespace dlc {

#define GEN_PASS_DECL
#include "compiler/kernels/passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/kernels/passes.h.inc"

/// kernel-choose-schedule with recorded schedules.
std::unique_ptr<mlir::Pass> createKernelChooseSchedule(const KernelChooseScheduleOptions &options,
                                                       ScheduleLookup recorded);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_PASSES_H
