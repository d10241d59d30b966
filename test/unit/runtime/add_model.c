/* What a compiled model looks like to the runtime, by hand: y = a + b + w, over [N, 4]. */
#include "dlc/abi.h"

#ifndef ADD_FEATURES
#define ADD_FEATURES ""
#endif
#ifndef ADD_VERSION
#define ADD_VERSION DLC_ABI_VERSION
#endif

static const int64_t shape[] = {-1, 4};
static const dlc_port inputs[] = {{"a", DLC_F32, 2, shape}, {"b", DLC_F32, 2, shape}};
static const dlc_port outputs[] = {{"y", DLC_F32, 2, shape}};
static const char *const symbols[] = {"N"};

static int32_t plan(const int64_t *values, int64_t *dims, int64_t *arena_bytes) {
  dims[0] = values[0];
  dims[1] = 4;
  *arena_bytes = values[0] * 16;
  return DLC_OK;
}

static int32_t infer(dlc_run_state *run, void *const *buffers, const int64_t *values, void *arena,
                     const void *weights) {
  const float *a = (const float *)buffers[0], *b = (const float *)buffers[1];
  const float *w = (const float *)weights;
  float *y = (float *)buffers[2], *sum = (float *)arena;
  (void)run;
  for (int64_t i = 0; i < values[0] * 4; ++i)
    sum[i] = a[i] + b[i];
  for (int64_t i = 0; i < values[0] * 4; ++i)
    y[i] = sum[i] + w[i % 4];
  return DLC_OK;
}

#ifdef ADD_EXTERNAL_WEIGHTS
#define WEIGHTS 0
#define WEIGHTS_FILE "add_model.weights"
#else
static const float weights_data[16] __attribute__((aligned(64))) = {1, 2, 3, 4};
#define WEIGHTS weights_data
#define WEIGHTS_FILE 0
#endif

static const dlc_program program = {ADD_VERSION,
                                    sizeof(dlc_program),
                                    "add",
                                    "by hand",
                                    ADD_FEATURES,
                                    "hand",
                                    2,
                                    1,
                                    1,
                                    0,
                                    inputs,
                                    outputs,
                                    symbols,
                                    plan,
                                    infer,
                                    WEIGHTS,
                                    64,
                                    WEIGHTS_FILE,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0,
                                    0};
static const dlc_model model = {ADD_VERSION, sizeof(dlc_model), &program, &dlc_rt_api_v1, 0, 0};

const dlc_model *dlc_model_v1(void);
const dlc_model *dlc_model_v1(void) { return &model; }
