// From a kernel's description to its code: Halide's bitcode and the thunk, through our own LLVM.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_KERNEL_CODE_H
#define DLC_COMPILER_CODEGEN_HALIDE_KERNEL_CODE_H

#include "compiler/codegen/halide/program.h"
#include "compiler/codegen/llvm/emit.h"

namespace dlc::halide {

mlir::FailureOr<std::string> emitKernelCode(const Program &program, const TargetInfo &target,
                                            const CodegenOptions &options, CodeKind kind,
                                            std::string &error);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_KERNEL_CODE_H
