#include "hand_models.h"
#include <gtest/gtest.h>

using namespace dlc::test;

// The entry points are plain functions, so what they do lies here.
static Infer currentInfer;
static std::function<int32_t(const int64_t *, int64_t *, int64_t *)> currentPlan;

static int32_t callInfer(dlc_run_state *run, void *const *buffers, const int64_t *symbols,
                         void *arena, const void *) {
  return currentInfer(run, buffers, symbols, arena);
}
static int32_t callPlan(const int64_t *symbols, int64_t *dims, int64_t *arenaBytes) {
  return currentPlan(symbols, dims, arenaBytes);
}

CustomModel::CustomModel(std::vector<dlc_port> in, std::vector<dlc_port> out,
                         std::vector<const char *> names, Infer infer,
                         std::function<int32_t(const int64_t *, int64_t *, int64_t *)> plan)
    : inputs(std::move(in)), outputs(std::move(out)), symbols(std::move(names)) {
  currentInfer = std::move(infer);
  currentPlan = std::move(plan);
  program.abi_version = DLC_ABI_VERSION;
  program.size = sizeof(dlc_program);
  program.name = "custom";
  program.target = "by hand";
  program.features = "";
  program.producer = "test";
  program.input_count = static_cast<int32_t>(inputs.size());
  program.output_count = static_cast<int32_t>(outputs.size());
  program.symbol_count = static_cast<int32_t>(symbols.size());
  program.inputs = inputs.data();
  program.outputs = outputs.data();
  program.symbol_names = symbols.data();
  program.plan = callPlan;
  program.infer = callInfer;
  table = {DLC_ABI_VERSION, sizeof(dlc_model), &program, &dlc_rt_api_v1, nullptr, nullptr};
  EXPECT_EQ(dlc_load(&table, nullptr, &model), DLC_OK) << dlc_error_message();
}

CustomModel::~CustomModel() { EXPECT_EQ(dlc_close(model), DLC_OK) << dlc_error_message(); }

static const int64_t addShape[] = {-1, 4};
static Infer addHook;

static int32_t addPlan(const int64_t *symbols, int64_t *dims, int64_t *arenaBytes) {
  if (symbols[0] > 1000000)
    return DLC_ERROR_SHAPE;
  dims[0] = symbols[0];
  dims[1] = 4;
  *arenaBytes = symbols[0] * 16;
  return DLC_OK;
}

static int32_t addInfer(dlc_run_state *run, void *const *buffers, const int64_t *symbols,
                        void *arena, const void *) {
  auto *a = static_cast<const float *>(buffers[0]), *b = static_cast<const float *>(buffers[1]);
  auto *y = static_cast<float *>(buffers[2]), *scratch = static_cast<float *>(arena);
  for (int64_t i = 0; i < symbols[0] * 4; ++i)
    scratch[i] = a[i] + b[i];
  for (int64_t i = 0; i < symbols[0] * 4; ++i)
    y[i] = scratch[i];
  return addHook ? addHook(run, buffers, symbols, arena) : DLC_OK;
}

AddModel::AddModel(Infer hook) {
  static const dlc_port inputs[] = {{"a", DLC_F32, 2, addShape}, {"b", DLC_F32, 2, addShape}};
  static const dlc_port outputs[] = {{"y", DLC_F32, 2, addShape}};
  static const char *const symbols[] = {"N"};
  static dlc_program program;
  program = {DLC_ABI_VERSION,
             sizeof(dlc_program),
             "add",
             "by hand",
             "",
             "test",
             2,
             1,
             1,
             0,
             inputs,
             outputs,
             symbols,
             addPlan,
             addInfer,
             nullptr,
             0,
             nullptr,
             0,
             0,
             0,
             0,
             nullptr,
             nullptr};
  static const dlc_model table = {DLC_ABI_VERSION, sizeof(dlc_model), &program,
                                  &dlc_rt_api_v1,  nullptr,           nullptr};
  addHook = std::move(hook);
  EXPECT_EQ(dlc_load(&table, nullptr, &model), DLC_OK) << dlc_error_message();
}

AddModel::~AddModel() {
  EXPECT_EQ(dlc_close(model), DLC_OK) << dlc_error_message();
  addHook = nullptr;
}

ScopedContext::ScopedContext(dlc_model *model, dlc_context_options options) {
  EXPECT_EQ(dlc_context_create(model, &options, &context), DLC_OK) << dlc_error_message();
}

ScopedContext::~ScopedContext() { dlc_context_destroy(context); }
