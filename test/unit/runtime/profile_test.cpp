// Spans: what a context's profiler is told, and that there are none without one.
#include "hand_models.h"
#include <gtest/gtest.h>

using namespace dlc::test;

namespace {

int32_t calls;

int32_t goodKernel(void *const *, const int64_t *dims) {
  ++calls;
  return dims[0] == 7 ? DLC_OK : DLC_ERROR_INTERNAL;
}
int32_t badKernel(void *const *, const int64_t *) { return DLC_ERROR_DATA; }

int32_t launchTwo(dlc_run_state *run, void *const *buffers, const int64_t *, void *) {
  const int64_t dims[] = {7};
  if (int32_t status = dlc_rt_launch(buffers, dims, goodKernel, run, 3))
    return status;
  return dlc_rt_launch(buffers, dims, badKernel, run, 4);
}

struct Seen {
  std::vector<dlc_kernel_span> spans;
  std::vector<int64_t> firstDims;
  static void add(void *user, const dlc_kernel_span *span) {
    auto *seen = static_cast<Seen *>(user);
    seen->spans.push_back(*span);
    seen->firstDims.push_back(span->dims ? span->dims[0] : -1);
  }
};

struct Profile : testing::Test {
  AddModel add{launchTwo};
  std::vector<float> a = std::vector<float>(8, 1), b = a;
  std::vector<int64_t> shape = {2, 4};
  dlc_tensor inputs[2] = {tensorOf(a, shape), tensorOf(b, shape)};
  dlc_tensor output = {};
  void SetUp() override { calls = 0; }
};

} // namespace

TEST_F(Profile, launchesThenTheRun) {
  Seen seen;
  dlc_context_options options = dlc_context_defaults();
  options.user = &seen;
  options.profile = Seen::add;
  ScopedContext context(add.model, options);
  EXPECT_EQ(dlc_run(context, inputs, 2, &output, 1), DLC_ERROR_DATA);
  EXPECT_EQ(calls, 1);
  ASSERT_EQ(seen.spans.size(), 3u);
  EXPECT_EQ(seen.firstDims, (std::vector<int64_t>{7, 7, -1}));
  const int32_t launches[] = {3, 4, -1}, statuses[] = {DLC_OK, DLC_ERROR_DATA, DLC_ERROR_DATA};
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(seen.spans[i].size, sizeof(dlc_kernel_span));
    EXPECT_EQ(seen.spans[i].launch, launches[i]);
    EXPECT_EQ(seen.spans[i].status, statuses[i]);
    EXPECT_LE(seen.spans[i].begin_ns, seen.spans[i].end_ns);
  }
  const dlc_kernel_span &run = seen.spans[2];
  EXPECT_LE(run.begin_ns, seen.spans[0].begin_ns);
  EXPECT_LE(seen.spans[0].end_ns, seen.spans[1].begin_ns);
  EXPECT_GE(run.end_ns, seen.spans[1].end_ns);
}

TEST_F(Profile, withoutCallbackTheKernelsRun) {
  ScopedContext context(add.model);
  EXPECT_EQ(dlc_run(context, inputs, 2, &output, 1), DLC_ERROR_DATA);
  EXPECT_EQ(calls, 1);
}

// A program that was compiled before there was a callback passes a shorter struct.
TEST_F(Profile, shorterOptions) {
  Seen seen;
  dlc_context_options options = dlc_context_defaults();
  options.user = &seen;
  options.profile = Seen::add;
  options.size = offsetof(dlc_context_options, profile);
  ScopedContext context(add.model, options);
  EXPECT_EQ(dlc_run(context, inputs, 2, &output, 1), DLC_ERROR_DATA);
  EXPECT_TRUE(seen.spans.empty());
}

TEST(KernelTable, ofAnOlderModel) {
  static const dlc_kernel kernel = {"k", "add", "", "", {0, 0, nullptr}, {0, 0, nullptr}, {}};
  static const dlc_launch launch = {0, 0, "Add sum\n"};
  dlc_program program = {};
  program.size = sizeof(program);
  program.kernel_count = program.launch_count = 1;
  program.kernel_size = sizeof(dlc_kernel);
  program.launch_size = sizeof(dlc_launch);
  program.kernels = &kernel;
  program.launches = &launch;
  dlc_model model = {DLC_ABI_VERSION, sizeof(model), &program, nullptr, nullptr, nullptr};
  EXPECT_EQ(dlc_kernel_at(&model, 0), &kernel);
  EXPECT_EQ(dlc_launch_at(&model, 0), &launch);
  EXPECT_EQ(dlc_kernel_at(&model, 1), nullptr);
  EXPECT_EQ(dlc_launch_at(&model, -1), nullptr);
  program.size = offsetof(dlc_program, kernel_count);
  EXPECT_EQ(dlc_launch_count(&model), 0);
  EXPECT_EQ(dlc_kernel_at(&model, 0), nullptr);
}

TEST(KernelTable, costs) {
  static const dlc_cost_term terms[] = {{8, {0, 2, -1, -1, -1, -1}}, {5, {-1, -1, -1, -1, -1, -1}}};
  const int64_t dims[] = {3, 100, 4};
  dlc_cost cost = {2, 0, terms}, unknown = {-1, 0, nullptr}, fixed = {1, 0, terms + 1};
  EXPECT_EQ(dlc_cost_value(&cost, dims), 8 * 3 * 4 + 5);
  EXPECT_EQ(dlc_cost_value(&cost, nullptr), -1);
  EXPECT_EQ(dlc_cost_value(&fixed, nullptr), 5);
  EXPECT_EQ(dlc_cost_value(&unknown, dims), -1);
}
