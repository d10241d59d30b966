// The kernel ABI over Halide's: a function `int32_t name(void *const *buffers, const int64_t
// *dims)` that fills halide_buffer_t structs and calls the function that Halide made.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_THUNK_H
#define DLC_COMPILER_CODEGEN_HALIDE_THUNK_H

#include "compiler/codegen/halide/program.h"

#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"

#include <memory>

namespace dlc::halide {

/// `callee` is Halide's function; it takes the inputs and outputs as emit.h says.
std::unique_ptr<llvm::Module> makeThunk(const Program &program, llvm::StringRef callee,
                                        llvm::LLVMContext &context);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_THUNK_H
