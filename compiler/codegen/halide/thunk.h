// The kernel ABI over Halide's: a function `int32_t name(void *const *buffers, const int64_t
// *dims)` that fills halide_buffer_t structs and calls the function that Halide made.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_THUNK_H
#define DLC_COMPILER_CODEGEN_HALIDE_THUNK_H

#include "compiler/codegen/halide/program.h"

#include "llvm/IR/Module.h"

namespace dlc::halide {

/// Adds the function `program.name` to `module`, which defines `callee`: Halide's function, which
/// takes the inputs and outputs as emit.h says.
void addThunk(const Program &program, llvm::Function &callee, llvm::Module &module);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_THUNK_H
