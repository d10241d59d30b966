// Models written by hand for the tests of the runtime, with entry points that misbehave on demand.
#ifndef DLC_TEST_UNIT_RUNTIME_HAND_MODELS_H
#define DLC_TEST_UNIT_RUNTIME_HAND_MODELS_H

#include "dlc/dlc.h"
#include <functional>
#include <string>
#include <vector>

namespace dlc::test {

using Infer = std::function<int32_t(dlc_run_state *run, void *const *buffers,
                                    const int64_t *symbols, void *arena)>;

// y[N,4] = a[N,4] + b[N,4], and what `infer` does after it. Only one such model at a time may have
// a hook.
struct AddModel {
  explicit AddModel(Infer hook = nullptr);
  ~AddModel();
  dlc_model *model = nullptr;
};

// Any signature and behaviour; one at a time.
struct CustomModel {
  CustomModel(std::vector<dlc_port> inputs, std::vector<dlc_port> outputs,
              std::vector<const char *> symbols, Infer infer,
              std::function<int32_t(const int64_t *, int64_t *, int64_t *)> plan);
  ~CustomModel();
  dlc_program program = {};
  dlc_model table = {};
  dlc_model *model = nullptr;

private:
  std::vector<dlc_port> inputs, outputs;
  std::vector<const char *> symbols;
};

// A context that ends with the scope.
struct ScopedContext {
  explicit ScopedContext(dlc_model *model, dlc_context_options options = dlc_context_defaults());
  ~ScopedContext();
  dlc_context *context = nullptr;
  operator dlc_context *() const { return context; }
};

inline dlc_context_options withThreads(int32_t threads) {
  dlc_context_options options = dlc_context_defaults();
  options.threads = threads;
  return options;
}

inline dlc_tensor tensorOf(std::vector<float> &data, const std::vector<int64_t> &shape) {
  return dlc_tensor_dense(DLC_F32, static_cast<int32_t>(shape.size()), shape.data(), data.data());
}

} // namespace dlc::test
#endif // DLC_TEST_UNIT_RUNTIME_HAND_MODELS_H
