// See harness.h.
#include "harness.h"

#include "compiler/driver/jit.h"
#include "compiler/host/host.h"
#include "compiler/kernels/backend.h"
#include "compiler/kernels/memory.h"
#include "compiler/kernels/pipeline.h"
#include "compiler/register.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

#include <cstdlib>
#include <cstring>

using namespace mlir;
using namespace dlc;

template <typename T>
static TestTensor make(dlc_dtype dtype, std::vector<int64_t> shape, const std::vector<T> &values) {
  TestTensor tensor;
  tensor.dtype = dtype;
  tensor.shape = std::move(shape);
  tensor.bytes.resize(values.size() * sizeof(T));
  if (!values.empty())
    std::memcpy(tensor.bytes.data(), values.data(), tensor.bytes.size());
  return tensor;
}
TestTensor TestTensor::f32(std::vector<int64_t> shape, std::vector<float> values) {
  return make(DLC_F32, std::move(shape), values);
}
TestTensor TestTensor::i64(std::vector<int64_t> shape, std::vector<int64_t> values) {
  return make(DLC_I64, std::move(shape), values);
}
TestTensor TestTensor::iota(std::vector<int64_t> shape, float start) {
  int64_t count = 1;
  for (int64_t dim : shape)
    count *= dim;
  std::vector<float> values;
  for (int64_t i = 0; i < count; ++i)
    values.push_back(start + float(i % 97) * 0.25f - float(i % 13));
  return f32(std::move(shape), values);
}
template <typename T> static std::vector<T> read(const TestTensor &tensor) {
  std::vector<T> values(tensor.bytes.size() / sizeof(T));
  if (!values.empty())
    std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
}
std::vector<float> TestTensor::floats() const { return read<float>(*this); }
std::vector<int64_t> TestTensor::words() const { return read<int64_t>(*this); }

namespace {
struct Free {
  void operator()(void *block) const { std::free(block); }
};
using Memory = std::unique_ptr<char, Free>;
Memory allocate(uint64_t bytes) {
  return Memory(static_cast<char *>(std::aligned_alloc(64, (bytes + 127) / 64 * 64)));
}
} // namespace

struct TestModel::State {
  Memory weights;
  std::unique_ptr<JitLibrary> library;
  dlc_model *model = nullptr;
  std::string error, planned;
  int status = 0;
  ~State() { dlc_close(model); }
};

TestModel::~TestModel() = default;
const std::string &TestModel::error() const { return state->error; }
const std::string &TestModel::planned() const { return state->planned; }
int TestModel::status() const { return state->status; }

/// Compiles kernels with the loops backend.
static bool addKernels(ArrayRef<kernel::FuncOp> kernels, const TargetInfo &target,
                       std::vector<std::string> &objects, std::string &error) {
  for (kernel::FuncOp kernel : kernels) {
    auto object = loopsBackend().compile(kernel, target, {}, error);
    if (failed(object)) {
      error = (kernel.getName() + ": " + error).str();
      return false;
    }
    for (std::string &bytes : object->objects)
      objects.push_back(std::move(bytes));
  }
  return true;
}

static std::unique_ptr<JitLibrary> jit(const std::vector<std::string> &objects,
                                       ArrayRef<std::pair<std::string, const void *>> symbols,
                                       std::string &error) {
  std::vector<StringRef> references(objects.begin(), objects.end());
  return JitLibrary::create(references, symbols, error);
}

std::unique_ptr<TestModel> TestModel::compile(StringRef text, const TestWeights &weights,
                                              std::string &error, CompileChoice choice) {
  static bool registered = (registerPasses(), true);
  (void)registered;
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  std::string diagnostics;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    diagnostics += diagnostic.str() + "\n";
    return success();
  });
  auto module = parseSourceString<ModuleOp>(text, &context);
  if (!module) {
    error = "does not parse: " + diagnostics;
    return nullptr;
  }
  PassManager pm(&context);
  if (choice.outline) {
    KernelPipelineOptions options;
    options.backend = "loops";
    addKernelPasses(pm, options);
  } else {
    addMemoryPasses(pm);
  }
  if (failed(pm.run(*module))) {
    error = "floor 4: " + diagnostics;
    return nullptr;
  }
  std::unique_ptr<TestModel> result(new TestModel);
  result->state = std::make_unique<State>();
  State &state = *result->state;
  llvm::raw_string_ostream(state.planned) << *module;

  HostOptions options;
  auto target = resolveTarget("native", error);
  if (failed(target))
    return nullptr;
  options.target = *target;
  WeightsLayout layout = weightsLayout(*module);
  state.weights = allocate(layout.size);
  for (const WeightsLayout::Raw &raw : layout.raw)
    std::memcpy(state.weights.get() + raw.offset, weights.at(raw.key).bytes.data(), raw.size);
  if (layout.hasCode) {
    auto code = buildWeightsObject(*module, options, error);
    if (failed(code))
      return nullptr;
    std::vector<std::string> objects = {code->object};
    if (!addKernels(kernelsOf(*module, kWeightsFunc), *target, objects, error))
      return nullptr;
    auto library = jit(objects, {}, error);
    void *function = library ? library->lookup("dlc_make_weights", error) : nullptr;
    if (!function)
      return nullptr;
    std::vector<const void *> raw;
    for (const std::string &key : code->rawKeys)
      raw.push_back(weights.at(key).bytes.data());
    Memory arena = allocate(code->arenaBytes);
    auto make =
        reinterpret_cast<int32_t (*)(void *, const void *const *, void *, void *)>(function);
    if (int32_t status = make(nullptr, raw.data(), state.weights.get(), arena.get())) {
      error = "dlc_make_weights returned " + std::to_string(status);
      return nullptr;
    }
  }

  auto host = buildHostObject(*module, options, CodeKind::Object, error);
  if (failed(host))
    return nullptr;
  std::vector<std::string> objects = {*host};
  if (!addKernels(kernelsOf(*module, kMainFunc), *target, objects, error))
    return nullptr;
  state.library = jit(objects, {{"dlc_weights", state.weights.get()}}, error);
  void *function = state.library ? state.library->lookup("dlc_model_v1", error) : nullptr;
  if (!function)
    return nullptr;
  auto table = reinterpret_cast<const dlc_model *(*)()>(function);
  if (dlc_load(table(), nullptr, &state.model)) {
    error = dlc_error_message();
    return nullptr;
  }
  return result;
}

static std::vector<dlc_tensor> views(const std::vector<TestTensor> &tensors) {
  std::vector<dlc_tensor> result;
  for (const TestTensor &tensor : tensors)
    result.push_back(dlc_tensor_dense(tensor.dtype, int32_t(tensor.shape.size()),
                                      tensor.shape.data(),
                                      const_cast<char *>(tensor.bytes.data())));
  return result;
}

uint64_t TestModel::arenaBytes(const std::vector<TestTensor> &inputs) {
  uint64_t bytes = 0;
  std::vector<dlc_tensor> tensors = views(inputs);
  state->status = dlc_plan(state->model, tensors.data(), tensors.size(), nullptr, nullptr, &bytes);
  state->error = state->status ? dlc_error_message() : "";
  return bytes;
}

std::vector<TestTensor> TestModel::run(const std::vector<TestTensor> &inputs, int poison) {
  uint64_t bytes = arenaBytes(inputs);
  if (state->status)
    return {};
  // The compiler's promise is kept exactly: the workspace is no byte larger than the plan said.
  Memory workspace = allocate(bytes);
  std::memset(workspace.get(), poison, bytes);
  dlc_context_options options = dlc_context_defaults();
  options.threads = 1;
  if (bytes) {
    options.workspace = workspace.get();
    options.workspace_bytes = bytes;
  }
  dlc_context *context;
  state->status = dlc_context_create(state->model, &options, &context);
  std::vector<TestTensor> result;
  if (!state->status) {
    std::vector<dlc_tensor> in = views(inputs);
    std::vector<dlc_tensor> out(dlc_output_count(state->model));
    state->status = dlc_run(context, in.data(), in.size(), out.data(), out.size());
    if (!state->status)
      for (const dlc_tensor &tensor : out) {
        TestTensor &copy = result.emplace_back();
        copy.dtype = dlc_dtype(tensor.dtype);
        copy.shape.assign(tensor.shape, tensor.shape + tensor.rank);
        const char *data = static_cast<const char *>(tensor.data);
        copy.bytes.assign(data,
                          data + dlc_tensor_elements(&tensor) * dlc_dtype_bytes(tensor.dtype));
      }
  }
  state->error = state->status ? dlc_error_message() : "";
  dlc_context_destroy(context);
  return result;
}
