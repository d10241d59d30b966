// Parts of the runtime by themselves.
#include "hand_models.h"
#include "runtime/internal.h"
#include "runtime/jit_symbols.h"
#include <cstdlib>
#include <gtest/gtest.h>
#include <random>
#include <set>

using namespace dlc;

static constexpr rt::Allocator libc = {nullptr, nullptr, nullptr};

TEST(Scratch, freesInAnyOrder) {
  rt::Scratch scratch;
  std::mt19937 random(1);
  for (int round = 0; round < 20; ++round) {
    std::vector<std::pair<unsigned char *, size_t>> live;
    for (int step = 0; step < 500; ++step) {
      if (live.size() < 20 && random() % 3) {
        size_t bytes = random() % 5000;
        auto *data = static_cast<unsigned char *>(scratch.allocate(libc, bytes));
        ASSERT_NE(data, nullptr);
        EXPECT_EQ(reinterpret_cast<uintptr_t>(data) % 64, 0u);
        memset(data, static_cast<int>(bytes % 251), bytes);
        live.push_back({data, bytes});
      } else if (!live.empty()) {
        size_t victim = random() % live.size();
        for (size_t i = 0; i < live[victim].second; ++i)
          ASSERT_EQ(live[victim].first[i], live[victim].second % 251);
        rt::Scratch::free(live[victim].first);
        live.erase(live.begin() + static_cast<ptrdiff_t>(victim));
      }
    }
    scratch.reset(libc); // with blocks left
  }
  scratch.release(libc);
}

TEST(Scratch, blocksOfALoopReuseTheSameMemory) {
  rt::Scratch scratch;
  void *first = nullptr;
  for (int i = 0; i < 1000; ++i) {
    void *a = scratch.allocate(libc, 1000), *b = scratch.allocate(libc, 2000);
    if (!first)
      first = a;
    EXPECT_EQ(a, first);
    rt::Scratch::free(a); // in the order of allocation
    rt::Scratch::free(b);
  }
  scratch.release(libc);
}

TEST(Scratch, popToAMark) {
  rt::Scratch scratch;
  void *kept = scratch.allocate(libc, 100);
  rt::Scratch::Mark mark = scratch.mark();
  void *next = scratch.allocate(libc, 100);
  scratch.allocate(libc, 1000000); // another chunk
  scratch.popTo(mark);
  rt::Scratch::free(kept);
  scratch.reset(libc);
  EXPECT_NE(scratch.allocate(libc, 1000000), nullptr);
  (void)next;
  scratch.release(libc);
  EXPECT_EQ(scratch.allocate(libc, SIZE_MAX), nullptr);
  EXPECT_EQ(scratch.allocate(libc, SIZE_MAX - 100), nullptr);
}

TEST(Copy, anyStrides) {
  std::mt19937 random(2);
  for (int round = 0; round < 2000; ++round) {
    auto rank = static_cast<int32_t>(random() % 5);
    size_t element = size_t(1) << random() % 5;
    std::vector<int64_t> shape, sourceStrides(static_cast<size_t>(rank)),
        targetStrides(static_cast<size_t>(rank));
    for (int32_t d = 0; d < rank; ++d)
      shape.push_back(static_cast<int64_t>(random() % 4));
    // Strides of a random permutation with gaps.
    auto strides = [&](std::vector<int64_t> &out) {
      std::vector<size_t> order(static_cast<size_t>(rank));
      for (size_t i = 0; i < order.size(); ++i)
        order[i] = i;
      std::shuffle(order.begin(), order.end(), random);
      int64_t stride = 1;
      for (size_t d : order) {
        out[d] = stride;
        stride *= std::max<int64_t>(shape[d], 1) + static_cast<int64_t>(random() % 2);
      }
      return static_cast<size_t>(stride);
    };
    std::vector<char> source(strides(sourceStrides) * element + 16),
        target(strides(targetStrides) * element + 16, 99), expected = target;
    for (char &c : source)
      c = static_cast<char>(random());
    int64_t total = 1;
    for (int64_t size : shape)
      total *= size;
    for (int64_t i = 0; i < total; ++i) {
      int64_t rest = i, from = 0, to = 0;
      for (int32_t d = rank - 1; d >= 0; --d) {
        from += rest % shape[static_cast<size_t>(d)] * sourceStrides[static_cast<size_t>(d)];
        to += rest % shape[static_cast<size_t>(d)] * targetStrides[static_cast<size_t>(d)];
        rest /= shape[static_cast<size_t>(d)];
      }
      memcpy(&expected[static_cast<size_t>(to) * element],
             &source[static_cast<size_t>(from) * element], element);
    }
    rt::copyStrided(element, rank, shape.data(), source.data(), sourceStrides.data(), target.data(),
                    targetStrides.data());
    ASSERT_EQ(target, expected);
  }
}

TEST(Copy, memref) {
  float source[12], target[6] = {};
  for (int i = 0; i < 12; ++i)
    source[i] = static_cast<float>(i);
  struct {
    float *allocated, *aligned;
    int64_t offset, sizes[2], strides[2];
  } from = {nullptr, source, 1, {3, 2}, {4, 2}}, to = {nullptr, target, 0, {3, 2}, {1, 3}};
  struct {
    int64_t rank;
    void *descriptor;
  } unrankedFrom = {2, &from}, unrankedTo = {2, &to};
  memrefCopy(4, &unrankedFrom, &unrankedTo);
  EXPECT_EQ(std::vector<float>(target, target + 6), (std::vector<float>{1, 5, 9, 3, 7, 11}));
}

TEST(Processor, features) {
  size_t length = 0;
  EXPECT_EQ(rt::missingFeature(nullptr, length), nullptr);
  EXPECT_EQ(rt::missingFeature("", length), nullptr);
#if defined(__x86_64__)
  EXPECT_EQ(rt::missingFeature("sse2,+cmov, cx8,-no-such-thing,fast-gather,64bit", length),
            nullptr);
  for (const char *name : {"avx", "avx2", "fma", "f16c", "bmi", "bmi2", "popcnt", "lzcnt",
                           "avx512f", "avx512bw", "avx512vl", "avx512vnni"}) {
    bool has = rt::missingFeature(name, length) == nullptr;
    __builtin_cpu_init();
    bool expected = false;
#define CASE(x)                                                                                    \
  if (!strcmp(name, x))                                                                            \
    expected = __builtin_cpu_supports(x);
    CASE("avx")
    CASE("avx2")
    CASE("fma")
    CASE("f16c")
    CASE("bmi")
    CASE("bmi2")
        CASE("popcnt") CASE("lzcnt") CASE("avx512f") CASE("avx512bw") CASE("avx512vl")
            CASE("avx512vnni")
#undef CASE
                EXPECT_EQ(has, expected)
        << name;
  }
#endif
  const char *missing = rt::missingFeature("no-such-thing", length);
  ASSERT_NE(missing, nullptr);
  EXPECT_EQ(std::string(missing, length), "no-such-thing");
}

TEST(Processor, threads) {
  EXPECT_GE(rt::availableThreads(), 1);
  EXPECT_LE(rt::availableThreads(), 256);
}

TEST(JitSymbols, namesAndAddresses) {
  std::set<std::string> names;
  for (size_t i = 0; i < dlc_jit_symbol_count; ++i) {
    EXPECT_NE(dlc_jit_symbols[i].address, nullptr);
    EXPECT_TRUE(names.insert(dlc_jit_symbols[i].name).second) << dlc_jit_symbols[i].name;
  }
  for (const char *name :
       {"dlc_rt_api_v1", "dlc_rt_alloc", "dlc_rt_output", "halide_do_par_for", "halide_malloc",
        "halide_free", "halide_error", "halide_error_out_of_memory", "memrefCopy"})
    EXPECT_EQ(names.count(name), 1u) << name;
}

extern "C" void *halide_malloc(void *, size_t);
extern "C" void halide_free(void *, void *);
extern "C" int halide_do_par_for(void *, int (*)(void *, int, uint8_t *), int, int, uint8_t *);
extern "C" int halide_error_param_too_small_i64(void *, const char *, int64_t, int64_t);
extern "C" char *halide_int64_to_string(char *, char *, int64_t, int);
extern "C" char *halide_string_to_string(char *, char *, const char *);

// Kernels run without a model too: while the compiler tests them.
TEST(Generated, outsideOfARun) {
  void *data = halide_malloc(nullptr, 100);
  ASSERT_NE(data, nullptr);
  memset(data, 1, 100);
  halide_free(nullptr, data);
  halide_free(nullptr, nullptr);
  EXPECT_EQ(halide_malloc(nullptr, SIZE_MAX), nullptr);
  uint8_t calls = 0;
  EXPECT_EQ(
      halide_do_par_for(
          nullptr, [](void *, int, uint8_t *closure) { return ++*closure, 0; }, 0, 10, &calls),
      0);
  EXPECT_EQ(calls, 10);
  void *block = dlc_rt_alloc(nullptr, 10);
  ASSERT_NE(block, nullptr);
  dlc_rt_free(nullptr, block);
  EXPECT_EQ(dlc_rt_alloc(nullptr, -1), nullptr);
  testing::internal::CaptureStderr();
  EXPECT_EQ(halide_error_param_too_small_i64(nullptr, "p", 1, 2), -9);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "dlc: p is 1, at least 2 is needed\n");
}

TEST(Generated, halideErrorsEndTheRun) {
  test::AddModel add([](auto...) { return halide_error_param_too_small_i64(nullptr, "p", 1, 2); });
  test::ScopedContext context(add.model);
  std::vector<float> a(4);
  std::vector<int64_t> shape = {1, 4};
  dlc_tensor inputs[] = {test::tensorOf(a, shape), test::tensorOf(a, shape)}, y = {};
  EXPECT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_ERROR_INTERNAL);
  EXPECT_STREQ(dlc_error_message(), "p is 1, at least 2 is needed");
}

TEST(Generated, textOfPrint) {
  char text[12];
  char *end = text + sizeof(text);
  char *at = halide_string_to_string(text, end, "x = ");
  at = halide_int64_to_string(at, end, -5, 1);
  EXPECT_STREQ(text, "x = -5");
  at = halide_string_to_string(at, end, "a long tail");
  EXPECT_STREQ(text, "x = -5a lon");
  EXPECT_EQ(at, end - 1);
}
