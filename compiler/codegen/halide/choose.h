// Which schedules are worth trying for a kernel: heuristics from measurements, by the structure of
// the ops alone.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_CHOOSE_H
#define DLC_COMPILER_CODEGEN_HALIDE_CHOOSE_H

#include "compiler/codegen/halide/emit.h"
#include "compiler/kernels/backend.h"

namespace dlc::halide {

/// The default first; never empty.
llvm::SmallVector<kernel::ScheduleAttr> chooseSchedules(kernel::FuncOp func,
                                                        const TargetInfo &target);

EmitOptions emitOptions(const TargetInfo &target, const CodegenOptions &options);

/// Whether some of this many bytes can still be in the cache when they are needed next, but not
/// all.
bool outlastsCache(int64_t bytes, const TargetInfo &target);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_CHOOSE_H
