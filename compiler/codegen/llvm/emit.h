// LLVM code shared by the backends and the host floor: which processor, and from LLVM (dialect or
// IR) to object bytes.
//
// All functions return errors as text in `error`; nothing is printed. They are thread-safe for
// different modules (and different MLIR contexts).
#ifndef DLC_COMPILER_CODEGEN_LLVM_EMIT_H
#define DLC_COMPILER_CODEGEN_LLVM_EMIT_H

#include "compiler/kernels/backend.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/DialectRegistry.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

#include <memory>
#include <string>

namespace dlc {

/// The processor features of `target` that are on, without signs, comma-separated and sorted:
/// "avx,avx2,...".
std::string enabledFeatures(const TargetInfo &target);

/// The machine that emits code for `target` (position-independent, optimisation `level` 0..3).
mlir::FailureOr<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(const TargetInfo &target, int level, std::string &error);

/// Models that translate the LLVM dialect to LLVM IR; part of registerDialects().
void registerLlvmTranslation(mlir::DialectRegistry &registry);

/// LLVM dialect -> LLVM IR, with the triple and data layout of `target`, not optimised.
mlir::FailureOr<std::unique_ptr<llvm::Module>> translateToLlvm(mlir::ModuleOp module,
                                                               llvm::LLVMContext &context,
                                                               const TargetInfo &target,
                                                               std::string &error);

/// What emitCode writes.
enum class CodeKind { Object, Assembly, IR };

/// Optimises `module` unless it is `optimized` (IEEE arithmetic is kept: no fast-math) and writes
/// it.
mlir::FailureOr<std::string> emitCode(llvm::Module &module, const TargetInfo &target, int level,
                                      CodeKind kind, std::string &error, bool optimized = false);

/// The same for a module in the LLVM dialect.
mlir::FailureOr<std::string> emitCode(mlir::ModuleOp module, const TargetInfo &target, int level,
                                      CodeKind kind, std::string &error);

} // namespace dlc

#endif // DLC_COMPILER_CODEGEN_LLVM_EMIT_H
