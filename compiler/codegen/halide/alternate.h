// Kernels that read their weights once in a run, from the first panel to the last, find nothing of
// them in the cache in the next run where they are larger than it: what is needed first is what was
// thrown out first. They run through the panels in turns from both ends, therefore.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_ALTERNATE_H
#define DLC_COMPILER_CODEGEN_HALIDE_ALTERNATE_H

#include "llvm/IR/PassManager.h"

namespace dlc::halide {

/// Makes the outermost loops of the kernel change their direction from call to call, where an inner
/// loop adds vectors up and every step of the outer loop is for outputs of its own. The direction
/// is kept in a variable of the kernel, which threads may change at the same time: results do not
/// depend on it.
void alternateDirection(llvm::Function &kernel, llvm::FunctionAnalysisManager &analyses);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_ALTERNATE_H
