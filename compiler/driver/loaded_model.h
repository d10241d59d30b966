// A model that can run: a compiled library that was opened, or one compiled here by the JIT.
// Everything after this point does not know which.
#ifndef DLC_COMPILER_DRIVER_LOADED_MODEL_H
#define DLC_COMPILER_DRIVER_LOADED_MODEL_H

#include "compiler/driver/pipeline.h"
#include "compiler/driver/tensor_file.h"

namespace dlc {

class LoadedModel {
public:
  LoadedModel() = default;
  LoadedModel(LoadedModel &&other) noexcept;
  LoadedModel &operator=(LoadedModel &&other) noexcept;
  ~LoadedModel();

  dlc_model *get() const { return model; }

  /// Opens options.model if it is a library, else compiles it. `flags` are DLC_LOAD_*.
  static mlir::LogicalResult load(const CompileOptions &options, Diagnostics &diags,
                                  Progress &progress, LoadedModel &result, uint32_t flags = 0);
  /// Takes what the pipeline made for Purpose::Jit.
  static mlir::LogicalResult fromCompiled(CompiledModel compiled, const std::string &symbol,
                                          llvm::StringRef file, Diagnostics &diags,
                                          LoadedModel &result, uint32_t flags = 0);

private:
  std::shared_ptr<void> code; ///< what the table belongs to
  dlc_model *model = nullptr;
};

/// Links what the pipeline made for Purpose::Jit into this process: `table` is the model's, `code`
/// keeps it alive.
mlir::LogicalResult linkInMemory(CompiledModel compiled, const std::string &symbol,
                                 llvm::StringRef file, Diagnostics &diags,
                                 std::shared_ptr<void> &code, const dlc_model *&table);

/// The exit code for a status of dlc.h.
ErrorClass errorClassOf(int32_t status);

/// Runs once in a context of its own. On failure the message of the runtime is in `error`.
struct RunError {
  int32_t status = 0;
  std::string message;
};
bool runModel(dlc_model *model, llvm::ArrayRef<HostTensor> inputs, int threads,
              std::vector<HostTensor> &outputs, RunError &error);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_LOADED_MODEL_H
