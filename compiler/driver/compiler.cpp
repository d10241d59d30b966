// The public interface, compiler.hpp, over the pipeline.
#include "dlc/compiler.hpp"

#include "compiler/driver/loaded_model.h"

#include "llvm/ADT/SmallString.h"

using namespace dlc;

namespace {

CompileOptions internalOptions(const std::string &path, const Options &options) {
  CompileOptions result;
  result.model = path;
  result.target = options.target;
  result.backend = options.backend;
  result.shapes = options.shapes;
  result.threads = options.threads;
  result.level = options.level;
  result.small = options.small;
  result.weights = options.weights;
  result.precise = options.precise;
  result.checked = options.checked;
  result.cache = options.cache;
  result.progress = "none";
  result.workers = 0; // kernels are compiled in the calling process
  return result;
}

/// What the caller is told for an exit code of the tools.
dlc_status statusOf(int exitCode) {
  switch (static_cast<ErrorClass>(exitCode)) {
  case ErrorClass::Model:
    return DLC_ERROR_DATA;
  case ErrorClass::Usage:
  case ErrorClass::Unsupported:
    return DLC_ERROR_ARGUMENT;
  case ErrorClass::Io:
    return DLC_ERROR_IO;
  case ErrorClass::Resource:
    return DLC_ERROR_MEMORY;
  case ErrorClass::Internal:
    break;
  }
  return DLC_ERROR_INTERNAL;
}

} // namespace

Result<JitModel> dlc::compile(const std::string &path, const Options &options) {
  std::string messages;
  llvm::raw_string_ostream os(messages);
  Diagnostics diags(os);
  Progress progress("none");
  CompileOptions internal = internalOptions(path, options);
  CompiledModel compiled;
  std::shared_ptr<void> code;
  const dlc_model *table;
  if (failed(compileModel(internal, Stage::So, Purpose::Jit, diags, progress, compiled)) ||
      failed(linkInMemory(std::move(compiled), internal.symbol, path, diags, code, table)))
    return {statusOf(diags.exitCode()), messages};
  Result<Model> model = Model::load(table);
  if (!model)
    return {model.status(), model.message()};
  return JitModel(std::move(code), std::move(*model));
}

Result<Done> dlc::compileToFile(const std::string &path, const std::string &output,
                                const Options &options) {
  std::string messages;
  llvm::raw_string_ostream os(messages);
  Diagnostics diags(os);
  Progress progress("none");
  CompileOptions internal = internalOptions(path, options);
  internal.output = output;
  if (!internal.stage())
    return {DLC_ERROR_ARGUMENT, output + ": the extension must be .so, .o, .a, .ll, .s or .mlir"};
  if (int exitCode = dlc::compileToFile(internal, diags, progress))
    return {statusOf(exitCode), messages};
  return Done{};
}
