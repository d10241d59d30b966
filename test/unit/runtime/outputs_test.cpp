// Outputs: the caller's buffers, the context's own, results that go in again, and shapes known only
// after the run.
#include "hand_models.h"
#include <atomic>
#include <cstdlib>
#include <gtest/gtest.h>

using namespace dlc::test;

namespace {

struct Outputs : testing::Test {
  AddModel add;
  ScopedContext context{add.model};
  std::vector<float> a = std::vector<float>(64, 1), b = std::vector<float>(64, 2);
  std::vector<int64_t> shape = {2, 4};
  dlc_tensor inputs[2] = {tensorOf(a, shape), tensorOf(b, shape)};
};

} // namespace

TEST_F(Outputs, callersBuffer) {
  std::vector<float> result(8);
  dlc_tensor y = tensorOf(result, shape);
  ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
  EXPECT_EQ(y.data, result.data());
  EXPECT_EQ(y.flags, 0u);
  EXPECT_EQ(result, std::vector<float>(8, 3));
}

TEST_F(Outputs, callersBufferMustFit) {
  std::vector<float> result(8, -1);
  std::vector<int64_t> other = {3, 4};
  dlc_tensor y = tensorOf(result, other);
  EXPECT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_ERROR_SHAPE);
  EXPECT_STREQ(dlc_error_message(), "output 'y': the model gives f32[2,4], the buffer is f32[3,4]");
  y.rank = 1;
  EXPECT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_ERROR_SHAPE);
  y = tensorOf(result, shape);
  y.dtype = DLC_F16;
  EXPECT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_ERROR_DTYPE);
  EXPECT_EQ(result, std::vector<float>(8, -1));
}

TEST_F(Outputs, stridedBuffer) {
  std::vector<float> result(16, -1);
  const int64_t strides[] = {8, 2};
  for (size_t i = 0; i < 8; ++i)
    a[i] = static_cast<float>(i);
  dlc_tensor y = tensorOf(result, shape);
  y.strides = strides;
  ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
  for (size_t i = 0; i < 16; ++i)
    EXPECT_EQ(result[i], i % 2 ? -1 : static_cast<float>(i / 2) + 2);
}

TEST_F(Outputs, overlaps) {
  dlc_tensor y = tensorOf(a, shape);
  EXPECT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_ERROR_ARGUMENT);
  EXPECT_STREQ(dlc_error_message(), "output 'y' overlaps input 'a'");
  y.data = b.data() + 7;
  EXPECT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_ERROR_ARGUMENT);
  EXPECT_STREQ(dlc_error_message(), "output 'y' overlaps input 'b'");
  y.data = b.data() + 8;
  EXPECT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
}

TEST_F(Outputs, borrowedTensorIsFilledAnew) {
  dlc_tensor y = {};
  for (int64_t n : {2, 8, 1, 16}) {
    shape[0] = n;
    ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
    EXPECT_EQ(y.flags, DLC_TENSOR_BORROWED);
    EXPECT_EQ(y.shape[0], n);
    EXPECT_EQ(static_cast<float *>(y.data)[n * 4 - 1], 3);
  }
}

// A recurrent model: the last result is the next input.
TEST_F(Outputs, resultGoesInAgain) {
  dlc_tensor y = {};
  ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK);
  for (int step = 2; step < 10; ++step) {
    inputs[0] = y;
    ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
    EXPECT_NE(y.data, inputs[0].data);
    for (int i = 0; i < 8; ++i)
      EXPECT_EQ(static_cast<float *>(y.data)[i], static_cast<float>(1 + 2 * step));
  }
}

// ---- Data-dependent shapes ----

namespace {

const int64_t inShape[] = {-1}, outShape[] = {DLC_DIM_DATA};

// The positive elements of x, delivered as two outputs.
int32_t positive(dlc_run_state *run, void *const *buffers, const int64_t *symbols, void *) {
  auto *x = static_cast<const float *>(buffers[0]);
  EXPECT_EQ(buffers[1], nullptr);
  int64_t count = 0;
  auto *all = static_cast<float *>(dlc_rt_alloc(run, symbols[0] * 4));
  if (!all)
    return dlc_rt_fail(run, DLC_ERROR_MEMORY, "no memory for the result");
  EXPECT_EQ(reinterpret_cast<uintptr_t>(all) % 64, 0u);
  for (int64_t i = 0; i < symbols[0]; ++i) {
    dlc_rt_free(run, dlc_rt_alloc(run, 100)); // freed in the run
    if (i % 3 == 0)
      dlc_rt_alloc(run, 10); // forgotten: freed at its end
    if (x[i] > 0)
      all[count++] = x[i];
  }
  float onStack[1000];
  memcpy(onStack, all, static_cast<size_t>(count) * 4);
  if (int32_t status = dlc_rt_output(run, 0, all, &count))
    return status;
  return dlc_rt_output(run, 1, onStack, &count); // not from the heap: copied
}

struct DataDependent : testing::Test {
  CustomModel model{{{"x", DLC_F32, 1, inShape}},
                    {{"p", DLC_F32, 1, outShape}, {"q", DLC_F32, 1, outShape}},
                    {"N"},
                    positive,
                    [](const int64_t *, int64_t *, int64_t *bytes) { return *bytes = 0, DLC_OK; }};
  std::vector<float> x = {1, -2, 3, -4, 5};
  std::vector<int64_t> shape = {5};
  dlc_tensor input = tensorOf(x, shape);
  dlc_tensor outputs[2] = {};

  static std::vector<float> values(const dlc_tensor &tensor) {
    return {static_cast<float *>(tensor.data), static_cast<float *>(tensor.data) + tensor.shape[0]};
  }
};

} // namespace

TEST_F(DataDependent, shapesFollowTheData) {
  ScopedContext context(model.model);
  ASSERT_EQ(dlc_run(context, &input, 1, outputs, 2), DLC_OK) << dlc_error_message();
  EXPECT_EQ(values(outputs[0]), (std::vector<float>{1, 3, 5}));
  EXPECT_EQ(values(outputs[1]), (std::vector<float>{1, 3, 5}));
  x[1] = 7;
  ASSERT_EQ(dlc_run(context, &input, 1, outputs, 2), DLC_OK) << dlc_error_message();
  EXPECT_EQ(values(outputs[0]), (std::vector<float>{1, 7, 3, 5}));
  x = {-1, -1, -1, -1, -1};
  input.data = x.data();
  ASSERT_EQ(dlc_run(context, &input, 1, outputs, 2), DLC_OK) << dlc_error_message();
  EXPECT_EQ(outputs[0].shape[0], 0);
}

TEST_F(DataDependent, resultGoesInAgain) {
  ScopedContext context(model.model);
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(dlc_run(context, &input, 1, outputs, 2), DLC_OK) << dlc_error_message();
    EXPECT_EQ(values(outputs[0]), (std::vector<float>{1, 3, 5}));
    input = outputs[0];
  }
}

TEST_F(DataDependent, callersBuffer) {
  ScopedContext context(model.model);
  std::vector<float> result(4);
  std::vector<int64_t> dims = {3};
  outputs[0] = tensorOf(result, dims);
  ASSERT_EQ(dlc_run(context, &input, 1, outputs, 2), DLC_OK) << dlc_error_message();
  EXPECT_EQ(result, (std::vector<float>{1, 3, 5, 0}));
  dims = {4};
  EXPECT_EQ(dlc_run(context, &input, 1, outputs, 2), DLC_ERROR_SHAPE);
  EXPECT_STREQ(dlc_error_message(), "output 'p': the model gives f32[3], the buffer is f32[4]");
}

TEST(DataDependentErrors, outputNotDelivered) {
  CustomModel model(
      {}, {{"p", DLC_F32, 1, outShape}}, {}, [](auto...) { return DLC_OK; },
      [](const int64_t *, int64_t *, int64_t *bytes) { return *bytes = 0, DLC_OK; });
  ScopedContext context(model.model);
  dlc_tensor out = {};
  EXPECT_EQ(dlc_run(context, nullptr, 0, &out, 1), DLC_ERROR_INTERNAL);
  EXPECT_STREQ(dlc_error_message(), "the model did not deliver output 'p': this is a bug in dlc");
}

// ---- Memory ----

namespace {

// Counts what is allocated, and fails at the nth request, or from there on.
struct CountingAllocator {
  std::atomic<int64_t> blocks{0}, bytes{0}, requests{0};
  int64_t failAt = -1;
  bool goOnFailing = false;
  dlc_context_options options = dlc_context_defaults();
  CountingAllocator() {
    options.threads = 2;
    options.user = this;
    options.allocate = [](void *user, size_t bytes, size_t alignment) -> void * {
      auto &self = *static_cast<CountingAllocator *>(user);
      int64_t request = self.requests++;
      if (request == self.failAt || (self.goOnFailing && request > self.failAt))
        return nullptr;
      ++self.blocks;
      self.bytes += static_cast<int64_t>(bytes);
      return aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
    };
    options.release = [](void *user, void *block, size_t bytes) {
      auto &self = *static_cast<CountingAllocator *>(user);
      --self.blocks;
      self.bytes -= static_cast<int64_t>(bytes);
      free(block);
    };
  }
};

extern "C" void *halide_malloc(void *, size_t);
extern "C" void halide_free(void *, void *);

} // namespace

TEST(Memory, allocationFailsAnywhere) {
  // A model that uses all there is: arena, outputs, heap, scratch on the caller and in parallel
  // code.
  static const int64_t fixed[] = {64};
  CustomModel model(
      {{"x", DLC_F32, 1, fixed}}, {{"y", DLC_F32, 1, fixed}, {"p", DLC_F32, 1, outShape}}, {},
      [](dlc_run_state *run, void *const *buffers, const int64_t *, void *arena) -> int32_t {
        memset(arena, 1, 1000);
        void *scratch =
            halide_malloc(nullptr, 100000); // code without asserts does not look at the result
        memset(scratch, 2, 100000);
        dlc_rt_parallel_for(
            run, 8,
            [](void *y, int64_t i) -> int32_t {
              void *own = halide_malloc(nullptr, 200000);
              memset(own, 3, 200000);
              static_cast<float *>(y)[i] = 1;
              halide_free(nullptr, own);
              return 0;
            },
            buffers[1]);
        halide_free(nullptr, scratch);
        int64_t dims[] = {10};
        void *block = dlc_rt_alloc(run, 40);
        return block ? dlc_rt_output(run, 1, block, dims)
                     : dlc_rt_fail(run, DLC_ERROR_MEMORY, "no memory for p");
      },
      [](const int64_t *, int64_t *dims, int64_t *bytes) {
        dims[0] = 64;
        *bytes = 1000;
        return DLC_OK;
      });
  std::vector<float> x(128);
  std::vector<int64_t> shape = {64};
  dlc_tensor input = tensorOf(x, shape);
  const int64_t strides[] = {2};
  input.strides = strides;
  bool finished = false;
  int failures = 0;
  for (int64_t n = 0; !finished && n < 100; ++n) {
    CountingAllocator counting;
    int64_t failAt = n / 2;
    counting.failAt = failAt;
    counting.goOnFailing = n % 2 == 1;
    dlc_context *context = nullptr;
    dlc_status status = dlc_context_create(model.model, &counting.options, &context);
    if (status == DLC_OK) {
      for (int run = 0; run < 3; ++run) {
        dlc_tensor outputs[2] = {};
        status = dlc_run(context, &input, 1, outputs, 2);
        if (status != DLC_OK) { // the context goes on working
          EXPECT_EQ(status, DLC_ERROR_MEMORY) << dlc_error_message();
          EXPECT_NE(std::string(dlc_error_message()).find("no memory for "), std::string::npos)
              << dlc_error_message();
          ++failures;
        } else {
          EXPECT_EQ(outputs[1].shape[0], 10);
        }
      }
      finished = counting.requests <= failAt;
      dlc_context_destroy(context);
    } else {
      EXPECT_EQ(status, DLC_ERROR_MEMORY);
    }
    EXPECT_EQ(counting.blocks, 0) << failAt;
    EXPECT_EQ(counting.bytes, 0) << failAt;
  }
  EXPECT_TRUE(finished);
  EXPECT_GT(failures, 10);
}

TEST(Memory, nothingIsAllocatedAfterTheFirstRuns) {
  AddModel add([](dlc_run_state *run, auto...) {
    void *a = halide_malloc(nullptr, 3000000);
    void *b = halide_malloc(nullptr, 100);
    halide_free(nullptr, a);
    halide_free(nullptr, b);
    return dlc_rt_parallel_for(
        run, 16,
        [](void *, int64_t) { return halide_free(nullptr, halide_malloc(nullptr, 1000000)), 0; },
        nullptr);
  });
  CountingAllocator counting;
  counting.options.threads = 1;
  ScopedContext context(add.model, counting.options);
  std::vector<float> a(8);
  std::vector<int64_t> shape = {2, 4};
  dlc_tensor inputs[] = {tensorOf(a, shape), tensorOf(a, shape)}, y = {};
  for (int i = 0; i < 3; ++i)
    ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK);
  int64_t before = counting.requests;
  for (int i = 0; i < 10; ++i)
    ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK);
  EXPECT_EQ(counting.requests, before);
}
