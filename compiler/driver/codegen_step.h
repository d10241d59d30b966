// Floors 5 and 6 as the driver runs them: kernels to objects (in parallel, through the cache), the
// host code, the weights.
#ifndef DLC_COMPILER_DRIVER_CODEGEN_STEP_H
#define DLC_COMPILER_DRIVER_CODEGEN_STEP_H

#include "compiler/driver/kernel_job.h"
#include "compiler/driver/pipeline.h"
#include "compiler/host/host.h"
#include "compiler/report/report.h"

namespace dlc {

/// What the steps below share.
struct CodegenStep {
  const CompileOptions &options;
  TargetInfo target;
  Diagnostics &diags;
  Progress &progress;
  mlir::ModuleOp module; ///< after floor 4
  const WeightTable &table;
  /// Those of @weights' kernels, between compileKernels() and fillWeights().
  std::vector<std::string> weightsObjects = {};

  CodegenOptions codegenOptions() const;
  HostOptions hostOptions() const;

  /// All kernels: the objects of @main's are appended to `objects`, how each was made to `builds`;
  /// those of @weights wait for fillWeights().
  mlir::LogicalResult compileKernels(std::vector<std::string> &objects,
                                     std::vector<KernelBuild> &builds);
  /// The host object; `weightsFile` as in HostOptions.
  mlir::LogicalResult compileHost(llvm::StringRef weightsFile, CodeKind kind, std::string &code);
  /// The key of the host object in the cache: it depends on the whole module.
  std::string hostKey(const HostOptions &host);
  /// For people: what Halide makes of the kernels (Stage::Halide; kernels of other backends as they
  /// are), or all code as assembly (Stage::Asm).
  mlir::LogicalResult print(Stage stage, std::string &text);
  /// Makes the block and fills it: raw constants are copied, the others computed by running
  /// @weights here, after compileKernels().
  mlir::LogicalResult fillWeights(WeightsBlock::Place place, llvm::StringRef folder,
                                  std::unique_ptr<WeightsBlock> &block);

private:
  mlir::FailureOr<std::string> printKernel(kernel::FuncOp func, Stage stage, std::string &error);
  /// The target, or this machine where it does not run the target's code.
  mlir::FailureOr<TargetInfo> weightsTarget();
  mlir::LogicalResult runWeightsCode(WeightsBlock &block);
  void warnOfOverflow(const WeightsBlock &block);
  mlir::LogicalResult internal(const llvm::Twine &message, mlir::ModuleOp keep);
  mlir::LogicalResult missingWeight(llvm::StringRef key);
};

/// Whether code for `target` runs on this machine.
bool runsHere(const TargetInfo &target);

/// A module that holds `func` alone, as text: what a kernel job carries.
std::string kernelText(kernel::FuncOp func);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_CODEGEN_STEP_H
