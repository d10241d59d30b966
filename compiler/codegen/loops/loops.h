// The `loops` backend: every kernel as plain scalar loops, compiled by LLVM with IEEE arithmetic.
//
// It is slow and accepts everything, and is what the other backends are checked against. The steps
// are open to the tools that print a stage: kernel.func -> LLVM dialect -> code.
#ifndef DLC_COMPILER_CODEGEN_LOOPS_LOOPS_H
#define DLC_COMPILER_CODEGEN_LOOPS_LOOPS_H

#include "compiler/codegen/llvm/emit.h"
#include "compiler/kernels/backend.h"

#include "mlir/IR/OwningOpRef.h"

namespace dlc {

/// A module in the LLVM dialect that defines the entry point of the specialised kernel `func`.
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>> lowerKernelToLlvm(kernel::FuncOp func,
                                                                     std::string &error);

} // namespace dlc

#endif // DLC_COMPILER_CODEGEN_LOOPS_LOOPS_H
