// Inputs: every mistake is an error that names the input and both shapes; symbols; strides;
// options.
#include "hand_models.h"
#include <cstdlib>
#include <gtest/gtest.h>
#include <thread>

using namespace dlc::test;

namespace {

struct Run : testing::Test {
  AddModel add;
  ScopedContext context{add.model};
  std::vector<float> a = std::vector<float>(64, 1), b = std::vector<float>(64, 2);
  std::vector<int64_t> shape = {2, 4};
  dlc_tensor inputs[2] = {tensorOf(a, shape), tensorOf(b, shape)};
  dlc_tensor y = {};

  void refuse(dlc_status status, const std::string &message) {
    EXPECT_EQ(dlc_run(context, inputs, 2, &y, 1), status);
    EXPECT_EQ(dlc_error_message(), message);
    // A refused call leaves the context usable.
    dlc_tensor good[] = {tensorOf(a, shape), tensorOf(b, shape)}, out = {};
    ASSERT_EQ(dlc_run(context, good, 2, &out, 1), DLC_OK) << dlc_error_message();
    EXPECT_EQ(static_cast<float *>(out.data)[7], 3);
  }
};

} // namespace

TEST_F(Run, counts) {
  EXPECT_EQ(dlc_run(context, inputs, 1, &y, 1), DLC_ERROR_ARGUMENT);
  EXPECT_STREQ(dlc_error_message(), "the model has 2 inputs, got 1");
  EXPECT_EQ(dlc_run(context, inputs, 2, &y, 0), DLC_ERROR_ARGUMENT);
  EXPECT_STREQ(dlc_error_message(), "the model has 1 output, got 0");
  EXPECT_EQ(dlc_run(context, nullptr, 2, &y, 1), DLC_ERROR_ARGUMENT);
  EXPECT_EQ(dlc_run(context, inputs, 2, nullptr, 1), DLC_ERROR_ARGUMENT);
  EXPECT_EQ(dlc_run(nullptr, inputs, 2, &y, 1), DLC_ERROR_ARGUMENT);
}

TEST_F(Run, dtype) {
  inputs[1].dtype = DLC_F64;
  refuse(DLC_ERROR_DTYPE, "input 'b': expected f32[N=2,4], got f64[2,4]");
  inputs[1].dtype = 77;
  refuse(DLC_ERROR_DTYPE, "input 'b': expected f32[N=2,4], got ?[2,4]");
}

TEST_F(Run, rank) {
  inputs[0].rank = 1;
  refuse(DLC_ERROR_SHAPE, "input 'a': expected f32[N,4], got f32[2]: the ranks differ");
  inputs[0].rank = -5;
  refuse(DLC_ERROR_SHAPE, "input 'a': expected f32[N,4], got f32[]: the ranks differ");
  inputs[0].rank = 1000000;
  refuse(DLC_ERROR_SHAPE, "input 'a': expected f32[N,4], got f32[]: the ranks differ");
}

TEST_F(Run, dimension) {
  std::vector<int64_t> wrong = {2, 5};
  inputs[0].shape = wrong.data();
  refuse(DLC_ERROR_SHAPE, "input 'a': expected f32[N=2,4], got f32[2,5]: dimension 1 must be 4");
  wrong = {-2, 4};
  refuse(DLC_ERROR_SHAPE, "input 'a': expected f32[N,4], got f32[-2,4]: dimension 0 is negative");
  wrong = {int64_t(1) << 61, 4};
  refuse(DLC_ERROR_SHAPE, "input 'a': expected f32[N=2305843009213693952,4], got "
                          "f32[2305843009213693952,4]: too large");
  inputs[0].shape = nullptr;
  refuse(DLC_ERROR_ARGUMENT, "input 'a': shape is NULL");
}

TEST_F(Run, symbol) {
  std::vector<int64_t> wrong = {3, 4};
  inputs[1].shape = wrong.data();
  refuse(DLC_ERROR_SHAPE, "input 'b': expected f32[N=2,4], got f32[3,4]: N is 2 in input 'a'");
}

TEST_F(Run, impossibleSymbol) {
  std::vector<int64_t> wrong = {1000001, 4};
  inputs[0].shape = inputs[1].shape = wrong.data();
  refuse(DLC_ERROR_SHAPE, "the model does not work with these sizes: N = 1000001");
}

TEST_F(Run, data) {
  inputs[1].data = nullptr;
  refuse(DLC_ERROR_ARGUMENT, "input 'b': data is NULL");
}

TEST_F(Run, oneSymbolTwiceInAnInput) {
  static const int64_t square[] = {-1, -1};
  CustomModel model(
      {{"x", DLC_F32, 2, square}}, {}, {"N"}, [](auto...) { return DLC_OK; },
      [](const int64_t *, int64_t *, int64_t *bytes) { return *bytes = 0, DLC_OK; });
  ScopedContext own(model.model);
  std::vector<int64_t> wrong = {2, 3};
  dlc_tensor x = tensorOf(a, wrong);
  EXPECT_EQ(dlc_run(own, &x, 1, nullptr, 0), DLC_ERROR_SHAPE);
  EXPECT_STREQ(dlc_error_message(),
               "input 'x': expected f32[N=2,N=2], got f32[2,3]: N is 2 in another dimension");
  wrong = {3, 3};
  EXPECT_EQ(dlc_run(own, &x, 1, nullptr, 0), DLC_OK) << dlc_error_message();
}

TEST_F(Run, changingSymbols) {
  for (int64_t n : {1, 5, 2, 0, 16, 3}) {
    shape[0] = n;
    y = {};
    ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
    EXPECT_EQ(y.shape[0], n);
    for (int64_t i = 0; i < n * 4; ++i)
      EXPECT_EQ(static_cast<float *>(y.data)[i], 3);
  }
}

TEST_F(Run, emptyTensorsNeedNoData) {
  shape[0] = 0;
  inputs[0].data = inputs[1].data = nullptr;
  ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
  EXPECT_EQ(dlc_tensor_elements(&y), 0);
}

TEST_F(Run, stridedAndMisalignedInputs) {
  for (size_t i = 0; i < 64; ++i)
    a[i] = static_cast<float>(i);
  const int64_t transposed[] = {1, 8}, reversed[] = {-4, -1}, broadcast[] = {0, 1};
  inputs[0].strides = transposed;
  inputs[1].strides = broadcast;
  ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
  for (int64_t i = 0; i < 2; ++i)
    for (int64_t j = 0; j < 4; ++j)
      EXPECT_EQ(static_cast<float *>(y.data)[i * 4 + j], static_cast<float>(i + 8 * j) + 2);
  inputs[0].strides = reversed;
  inputs[0].data = a.data() + 7;
  ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
  for (int i = 0; i < 8; ++i)
    EXPECT_EQ(static_cast<float *>(y.data)[i], static_cast<float>(7 - i) + 2);
  std::vector<char> bytes(100);
  memcpy(bytes.data() + 1, a.data(), 32);
  inputs[0].strides = nullptr;
  inputs[0].data = bytes.data() + 1;
  ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
  for (int i = 0; i < 8; ++i)
    EXPECT_EQ(static_cast<float *>(y.data)[i], static_cast<float>(i) + 2);
}

TEST_F(Run, impossibleStrides) {
  const int64_t strides[] = {INT64_MAX / 2, 1};
  inputs[0].strides = strides;
  refuse(DLC_ERROR_SHAPE, "input 'a': the strides are too large");
}

TEST_F(Run, plan) {
  int64_t symbols[1], dims[2];
  uint64_t bytes = 0;
  inputs[0].data = inputs[1].data = nullptr;
  ASSERT_EQ(dlc_plan(add.model, inputs, 2, symbols, dims, &bytes), DLC_OK) << dlc_error_message();
  EXPECT_EQ(symbols[0], 2);
  EXPECT_EQ(dims[0], 2);
  EXPECT_EQ(dims[1], 4);
  EXPECT_EQ(bytes, 32u);
  EXPECT_EQ(dlc_plan(add.model, inputs, 2, nullptr, nullptr, nullptr), DLC_OK);
  inputs[0].dtype = DLC_I32;
  EXPECT_EQ(dlc_plan(add.model, inputs, 2, nullptr, nullptr, nullptr), DLC_ERROR_DTYPE);
}

TEST_F(Run, workspace) {
  alignas(64) static char memory[64];
  dlc_context_options options = dlc_context_defaults();
  options.workspace = memory;
  options.workspace_bytes = sizeof(memory);
  ScopedContext own(add.model, options);
  ASSERT_EQ(dlc_run(own, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
  EXPECT_EQ(reinterpret_cast<float *>(memory)[7], 3);
  shape[0] = 5;
  EXPECT_EQ(dlc_run(own, inputs, 2, &y, 1), DLC_ERROR_MEMORY);
  EXPECT_STREQ(dlc_error_message(), "the workspace has 64 bytes, this run needs 80");
  dlc_context *none = nullptr;
  options.workspace = memory + 4;
  EXPECT_EQ(dlc_context_create(add.model, &options, &none), DLC_ERROR_ARGUMENT);
}

TEST_F(Run, options) {
  dlc_context *none = nullptr;
  dlc_context_options options = withThreads(-1);
  EXPECT_EQ(dlc_context_create(add.model, &options, &none), DLC_ERROR_ARGUMENT);
  options = withThreads(0);
  options.allocate = [](void *, size_t, size_t) -> void * { return nullptr; };
  EXPECT_EQ(dlc_context_create(add.model, &options, &none), DLC_ERROR_ARGUMENT);
  options.release = [](void *, void *, size_t) {};
  EXPECT_EQ(dlc_context_create(add.model, &options, &none), DLC_ERROR_MEMORY);

  setenv("DLC_NUM_THREADS", "3", 1);
  EXPECT_EQ(dlc_context_threads(ScopedContext(add.model)), 3);
  EXPECT_EQ(dlc_context_threads(ScopedContext(add.model, withThreads(2))), 2);
  setenv("DLC_NUM_THREADS", "many", 1);
  std::string warning;
  options = withThreads(0);
  options.user = &warning;
  options.log = [](void *user, int32_t level, const char *text) {
    EXPECT_EQ(level, DLC_LOG_WARNING);
    *static_cast<std::string *>(user) = text;
  };
  EXPECT_GE(dlc_context_threads(ScopedContext(add.model, options)), 1);
  EXPECT_EQ(warning, "DLC_NUM_THREADS is 'many', which is not a number of threads: ignored");
  unsetenv("DLC_NUM_THREADS");
  // A caller that was compiled when the struct was shorter: what lies beyond is not read.
  options = withThreads(2);
  options.size = offsetof(dlc_context_options, user);
  options.workspace = reinterpret_cast<void *>(1);
  EXPECT_EQ(dlc_context_threads(ScopedContext(add.model, options)), 2);
}

TEST(RunErrors, generatedCode) {
  int32_t result = 0;
  std::function<void(dlc_run_state *)> act;
  AddModel add([&](dlc_run_state *run, auto...) {
    if (act)
      act(run);
    return result;
  });
  ScopedContext context(add.model);
  std::vector<float> a(8);
  std::vector<int64_t> shape = {2, 4};
  dlc_tensor inputs[] = {tensorOf(a, shape), tensorOf(a, shape)}, y = {};
  auto expect = [&](dlc_status status, const char *message) {
    EXPECT_EQ(dlc_run(context, inputs, 2, &y, 1), status);
    EXPECT_STREQ(dlc_error_message(), message);
  };
  result = DLC_ERROR_DATA;
  expect(DLC_ERROR_DATA, "the model failed: bad data");
  result = -17;
  expect(DLC_ERROR_INTERNAL, "the model failed with status -17: this is a bug in dlc");
  act = [](dlc_run_state *run) {
    dlc_rt_fail(run, DLC_ERROR_DATA, "the first error");
    dlc_rt_fail(run, DLC_ERROR_MEMORY, "the second error");
  };
  expect(DLC_ERROR_DATA, "the first error");
  result = DLC_OK; // recorded errors count even if the code goes on
  expect(DLC_ERROR_DATA, "the first error");
  act = [](dlc_run_state *run) { *dlc_rt_index_flag(run) = 1; };
  expect(DLC_ERROR_INDEX, "an index in the data is out of range");
  act = nullptr;
  EXPECT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
}

TEST(RunErrors, contextInUse) {
  dlc_context *self = nullptr;
  dlc_status inner = DLC_OK;
  std::string message;
  AddModel add([&](auto...) {
    dlc_tensor y = {};
    inner = dlc_run(self, nullptr, 0, &y, 1);
    message = dlc_error_message();
    return DLC_OK;
  });
  ScopedContext context(add.model);
  self = context;
  std::vector<float> a(8);
  std::vector<int64_t> shape = {2, 4};
  dlc_tensor inputs[] = {tensorOf(a, shape), tensorOf(a, shape)}, y = {};
  EXPECT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
  EXPECT_EQ(inner, DLC_ERROR_ARGUMENT);
  EXPECT_EQ(message, "dlc_run: the context is in use by another run");
}

TEST(RunErrors, messagesArePerThread) {
  EXPECT_EQ(dlc_open(nullptr, nullptr), DLC_ERROR_ARGUMENT);
  std::string here = dlc_error_message(), there = "?";
  std::thread([&] { there = dlc_error_message(); }).join();
  EXPECT_NE(here, "");
  EXPECT_EQ(there, "");
}

TEST(Signature, queries) {
  AddModel add;
  EXPECT_EQ(dlc_input_count(add.model), 2);
  EXPECT_EQ(dlc_output_count(add.model), 1);
  EXPECT_EQ(dlc_find_input(add.model, "b"), 1);
  EXPECT_EQ(dlc_find_input(add.model, "y"), -1);
  EXPECT_EQ(dlc_find_output(add.model, "y"), 0);
  EXPECT_EQ(dlc_input(add.model, 2), nullptr);
  EXPECT_STREQ(dlc_symbol_name(add.model, 0), "N");
  EXPECT_EQ(dlc_symbol_name(add.model, 1), nullptr);
  const dlc_port *a = dlc_input(add.model, 0);
  const char *symbol = nullptr;
  EXPECT_EQ(dlc_port_dim(add.model, a, 0, &symbol), -1);
  EXPECT_STREQ(symbol, "N");
  EXPECT_EQ(dlc_port_dim(add.model, a, 1, &symbol), 4);
  EXPECT_EQ(symbol, nullptr);
  char text[16];
  EXPECT_EQ(dlc_port_text(add.model, a, text, sizeof(text)), 8);
  EXPECT_STREQ(text, "f32[N,4]");
  EXPECT_EQ(dlc_port_text(add.model, a, text, 6), 8);
  EXPECT_STREQ(text, "f32[N");
  EXPECT_EQ(dlc_port_text(add.model, a, nullptr, 0), 8);
}
