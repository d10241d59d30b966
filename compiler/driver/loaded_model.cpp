// See loaded_model.h.
#include "compiler/driver/loaded_model.h"

#include "compiler/driver/jit.h"
#include "compiler/driver/weights_section.h"

#include "llvm/ADT/STLExtras.h"

using namespace dlc;
using namespace mlir;

namespace {

/// Code and weights of a JIT-compiled model.
struct JitCode {
  CompiledModel compiled;
  std::unique_ptr<JitLibrary> library;
};

dlc_load_options loadOptions(uint32_t flags) {
  dlc_load_options options = {};
  options.size = sizeof(options);
  options.flags = flags;
  return options;
}

} // namespace

LoadedModel::LoadedModel(LoadedModel &&other) noexcept
    : code(std::move(other.code)), model(std::exchange(other.model, nullptr)) {}

LoadedModel &LoadedModel::operator=(LoadedModel &&other) noexcept {
  std::swap(code, other.code);
  std::swap(model, other.model);
  return *this;
}

LoadedModel::~LoadedModel() { dlc_close(model); }

ErrorClass dlc::errorClassOf(int32_t status) {
  switch (status) {
  case DLC_ERROR_MEMORY:
  case DLC_ERROR_CPU:
  case DLC_ERROR_DEVICE:
    return ErrorClass::Resource;
  case DLC_ERROR_IO:
    return ErrorClass::Io;
  case DLC_ERROR_INTERNAL:
    return ErrorClass::Internal;
  default:
    return ErrorClass::Model;
  }
}

LogicalResult dlc::linkInMemory(CompiledModel compiled, const std::string &symbol, StringRef file,
                                Diagnostics &diags, std::shared_ptr<void> &result,
                                const dlc_model *&table) {
  auto code = std::make_shared<JitCode>();
  code->compiled = std::move(compiled);
  std::vector<StringRef> objects(code->compiled.objects.begin(), code->compiled.objects.end());
  std::vector<std::pair<std::string, const void *>> symbols;
  if (code->compiled.weights && code->compiled.weights->size())
    symbols.emplace_back(kWeightsSymbol.str(), code->compiled.weights->data());
  std::string error;
  code->library = JitLibrary::create(objects, symbols, error);
  void *entry = code->library ? code->library->lookup(symbol, error) : nullptr;
  if (!entry)
    return diags.error(ErrorClass::Internal, file, "the compiled code cannot be linked: " + error);
  table = reinterpret_cast<const dlc_model *(*)()>(entry)();
  result = std::move(code);
  return success();
}

LogicalResult LoadedModel::fromCompiled(CompiledModel compiled, const std::string &symbol,
                                        StringRef file, Diagnostics &diags, LoadedModel &result,
                                        uint32_t flags) {
  const dlc_model *table;
  if (failed(linkInMemory(std::move(compiled), symbol, file, diags, result.code, table)))
    return failure();
  dlc_load_options how = loadOptions(flags);
  if (dlc_status status = dlc_load(table, &how, &result.model))
    return diags.error(errorClassOf(status), file, dlc_error_message());
  return success();
}

LogicalResult LoadedModel::load(const CompileOptions &options, Diagnostics &diags,
                                Progress &progress, LoadedModel &result, uint32_t flags) {
  StringRef file = options.model;
  if (file.ends_with(".so")) {
    dlc_load_options how = loadOptions(flags);
    if (dlc_status status =
            dlc_open_symbol(options.model.c_str(), options.symbol.c_str(), &how, &result.model))
      return diags.error(errorClassOf(status), file, dlc_error_message());
    return success();
  }
  CompiledModel compiled;
  if (failed(compileModel(options, Stage::So, Purpose::Jit, diags, progress, compiled)))
    return failure();
  progress.stage("link");
  return fromCompiled(std::move(compiled), options.symbol, file, diags, result, flags);
}

bool dlc::runModel(dlc_model *model, llvm::ArrayRef<HostTensor> inputs, int threads,
                   std::vector<HostTensor> &outputs, RunError &error) {
  auto fail = [&](int32_t status, std::string message) {
    error = {status, std::move(message)};
    return false;
  };
  dlc_context_options options = {};
  options.size = sizeof(options);
  options.threads = threads;
  dlc_context *context;
  if (dlc_status status = dlc_context_create(model, &options, &context))
    return fail(status, dlc_error_message());
  std::vector<dlc_tensor> in, out(static_cast<size_t>(dlc_output_count(model)), dlc_tensor{});
  for (const HostTensor &input : inputs)
    in.push_back(input.view());
  dlc_status status = dlc_run(context, in.data(), in.size(), out.data(), out.size());
  std::string message = status ? dlc_error_message() : "";
  outputs.clear();
  for (size_t i = 0; !status && i < out.size(); ++i) {
    auto copy = copyTensor(out[i], dlc_output(model, static_cast<int32_t>(i))->name);
    if (!copy) {
      status = DLC_ERROR_MEMORY;
      message = "not enough memory for a copy of the outputs";
    } else {
      outputs.push_back(std::move(*copy));
    }
  }
  dlc_context_destroy(context);
  return status ? fail(status, message) : true;
}
