// The whole compiler as one function: reads as the architecture, floor by floor.
#ifndef DLC_COMPILER_DRIVER_PIPELINE_H
#define DLC_COMPILER_DRIVER_PIPELINE_H

#include "compiler/driver/options.h"
#include "compiler/driver/progress.h"
#include "compiler/driver/weights_block.h"
#include "compiler/import/diagnostics.h"
#include "compiler/import/weight_table.h"
#include "compiler/kernels/backend.h"
#include "compiler/kernels/pipeline.h"
#include "compiler/report/report.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

namespace dlc {

/// What a report needs, kept only where options.report asks for one.
struct KeptModel {
  TargetInfo target;
  std::unique_ptr<mlir::MLIRContext> context;
  mlir::OwningOpRef<mlir::ModuleOp> module; ///< after floor 4
  std::vector<KernelBuild> builds;
};

/// What comes out: objects and the weights block, ready for link() or JitLibrary; or the text of an
/// earlier stage.
struct CompiledModel {
  TargetInfo target;
  std::vector<std::string> objects; ///< the host object first
  std::unique_ptr<WeightsBlock> weights;
  std::string weightsFile; ///< name of the file beside the library, if the weights are not in it
  std::string text;        ///< if the stage asked for is printed rather than linked
  KeptModel kept;
};

/// A module on its way through the floors, with what travels beside it.
struct ModelInProgress {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  WeightTable weights;
};

/// Where the model's weights shall lie: in memory for the JIT, in an object, or (if they are large
/// or --external-weights is given) in a file beside the output.
enum class Purpose { Library, Jit };

/// The context that the floors need.
std::unique_ptr<mlir::MLIRContext> createContext();

/// The first three floors: options.model as linalg on tensors.
mlir::LogicalResult lowerModel(const CompileOptions &options, mlir::MLIRContext &context,
                               Diagnostics &diags, Progress &progress, ModelInProgress &model);
/// The processor that options name, with the threads that schedules may assume.
mlir::LogicalResult resolveOptions(const CompileOptions &options, Diagnostics &diags,
                                   TargetInfo &target);
/// What addKernelPasses() needs of options; opens the tuning database.
mlir::LogicalResult kernelOptions(const CompileOptions &options, const TargetInfo &target,
                                  Diagnostics &diags, KernelPipelineOptions &kernels);

/// Compiles options.model up to `stage`. On failure everything is in `diags`.
mlir::LogicalResult compileModel(const CompileOptions &options, Stage stage, Purpose purpose,
                                 Diagnostics &diags, Progress &progress, CompiledModel &result);

/// The same for a module that is already there (nn or linalg dialect), in its own context.
mlir::LogicalResult compileModule(ModelInProgress model, const CompileOptions &options, Stage stage,
                                  Purpose purpose, Diagnostics &diags, Progress &progress,
                                  CompiledModel &result);

/// Compiles and links to options.output, or prints there, as options.stage() says. Returns the exit
/// code.
int compileToFile(const CompileOptions &options, Diagnostics &diags, Progress &progress);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_PIPELINE_H
