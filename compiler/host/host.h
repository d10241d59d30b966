// Floor 6: the code around the kernels. From a module that has been through addKernelPasses()
// (compiler/kernels/pipeline.h) to the object that holds a model's entry points and its
// description, in the form that dlc/abi.h fixes.
//
// None of these functions changes the module that it is given. Errors come back as text; nothing is
// printed.
#ifndef DLC_COMPILER_HOST_HOST_H
#define DLC_COMPILER_HOST_HOST_H

#include "compiler/codegen/llvm/emit.h"
#include "compiler/kernels/memory.h"
#include "dialects/kernel/kernel.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"

#include <string>
#include <vector>

namespace dlc {

struct HostOptions {
  TargetInfo target;
  int level = 2;                   ///< -O0 .. -O3
  std::string modelName = "model"; ///< as the user knows it
  std::string producer = "dlc 0.1.0";
  std::string symbol = "dlc_model_v1"; ///< the one exported function
  /// Where the weights are, if the model has any: a symbol that another object defines (64-byte
  /// aligned), or, where `weightsFile` is not empty, a file beside the library.
  std::string weightsSymbol = "dlc_weights";
  std::string weightsFile;
  bool flushSubnormals = false; ///< numbers below the smallest normal one may count as 0
};

/// The object (or assembly, or LLVM IR) of a model: `symbol` and what it refers to. It needs the
/// kernels that @main launches (kernelsOf(module, kMainFunc)), the runtime archive and, if
/// weightsLayout(module).size > 0, the weights.
mlir::FailureOr<std::string> buildHostObject(mlir::ModuleOp module, const HostOptions &options,
                                             CodeKind kind, std::string &error);

/// The computation of the constants that need code.
struct WeightsCode {
  /// Defines `int32_t dlc_make_weights(dlc_run_state *run, const void *const *raw, void *out, void
  /// *arena)`; it writes everything of the weights block but the raw copies. `run` may be NULL
  /// unless the code has run-time checks.
  std::string object;
  std::vector<std::string> rawKeys; ///< keys in the WeightTable of `raw`, in order
  int64_t arenaBytes = 0;           ///< scratch that `arena` must have, 64-byte aligned
};

/// Compiles @weights. Only for modules with weightsLayout(module).hasCode. It needs
/// kernelsOf(module, kWeightsFunc).
mlir::FailureOr<WeightsCode> buildWeightsObject(mlir::ModuleOp module, const HostOptions &options,
                                                std::string &error);

/// The kernels that a function (kMainFunc or kWeightsFunc) launches, each once, in order of their
/// first launch.
llvm::SmallVector<kernel::FuncOp> kernelsOf(mlir::ModuleOp module, llvm::StringRef function);

/// All passes from planned memrefs to the LLVM dialect; part of the above, and `host-pipeline` of
/// dlc-opt.
void addHostPasses(mlir::OpPassManager &pm);
void registerHostPipelines();

} // namespace dlc

#endif // DLC_COMPILER_HOST_HOST_H
