// Parallel loops: every index once, whoever runs it; errors; nesting; many callers at a time.
#include "hand_models.h"
#include <atomic>
#include <cfenv>
#include <gtest/gtest.h>
#include <mutex>
#include <thread>

using namespace dlc::test;

extern "C" int halide_do_par_for(void *, int (*)(void *, int, uint8_t *), int, int, uint8_t *);
extern "C" int dlc_rt_alternating_for(void *, int (*)(void *, int, uint8_t *), int, int, uint8_t *);
extern "C" void *halide_malloc(void *, size_t);
extern "C" void halide_free(void *, void *);

namespace {

using Body = std::function<int32_t(int64_t)>;

int32_t parallel(dlc_run_state *run, int64_t count, const Body &body) {
  return dlc_rt_parallel_for(
      run, count, [](void *f, int64_t i) { return (*static_cast<const Body *>(f))(i); },
      const_cast<Body *>(&body));
}

// Runs `body(run)` as the entry of a model.
dlc_status runIn(dlc_context_options options, const std::function<int32_t(dlc_run_state *)> &body,
                 int times = 1) {
  AddModel add([&](dlc_run_state *run, auto...) { return body(run); });
  ScopedContext context(add.model, options);
  std::vector<float> a(4);
  std::vector<int64_t> shape = {1, 4};
  dlc_tensor inputs[] = {tensorOf(a, shape), tensorOf(a, shape)}, y = {};
  dlc_status status = DLC_OK;
  for (int i = 0; i < times; ++i)
    status = dlc_run(context, inputs, 2, &y, 1);
  return status;
}

} // namespace

class PoolThreads : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Pool, PoolThreads, testing::Values(1, 2, 3, 4, 8));

// 100,000 tiny loops: each index exactly once, and the loop has ended when it returns.
TEST_P(PoolThreads, tinyLoops) {
  dlc_status status = runIn(withThreads(GetParam()), [](dlc_run_state *run) {
    std::vector<std::atomic<int>> seen(64);
    for (int loop = 0; loop < 100000; ++loop) {
      int64_t count = loop % 64 + 1;
      if (int32_t status = parallel(run, count, [&](int64_t i) {
            return seen[static_cast<size_t>(i)].fetch_add(1, std::memory_order_relaxed), 0;
          }))
        return status;
      for (int64_t i = 0; i < 64; ++i)
        if (seen[static_cast<size_t>(i)].exchange(0, std::memory_order_relaxed) != (i < count)) {
          ADD_FAILURE() << "index " << i << " of " << count << " in loop " << loop;
          return 1;
        }
    }
    return 0;
  });
  EXPECT_EQ(status, DLC_OK) << dlc_error_message();
}

// One thread goes through an alternating loop the other way than through the one before, and than
// in the run before.
TEST(Pool, oneThreadTurnsRound) {
  std::vector<std::string> orders;
  auto task = [](void *, int i, uint8_t *order) {
    return reinterpret_cast<std::string *>(order)->push_back(static_cast<char>('0' + i)), 0;
  };
  EXPECT_EQ(runIn(
                withThreads(1),
                [&](dlc_run_state *run) {
                  std::string first, second, third;
                  auto text = [](std::string &s) { return reinterpret_cast<uint8_t *>(&s); };
                  dlc_rt_alternating_for(nullptr, task, 0, 3, text(first));
                  halide_do_par_for(nullptr, task, 0, 3, text(second));
                  dlc_rt_alternating_for(nullptr, task, 2, 3, text(third));
                  orders.push_back(first + " " + second + " " + third);
                  return 0;
                },
                3),
            DLC_OK);
  EXPECT_EQ(orders, (std::vector<std::string>{"210 012 234", "012 012 432", "210 012 234"}));
}

// Plain memory written in the loop is seen after it, and the other way round.
TEST_P(PoolThreads, memoryIsVisible) {
  EXPECT_EQ(runIn(withThreads(GetParam()),
                  [](dlc_run_state *run) {
                    std::vector<int64_t> data(1000);
                    for (int64_t loop = 0; loop < 300; ++loop) {
                      parallel(run, 1000, [&](int64_t i) {
                        return data[static_cast<size_t>(i)] += i + loop, 0;
                      });
                      for (int64_t i = 0; i < 1000; ++i) {
                        EXPECT_EQ(data[static_cast<size_t>(i)], i + loop);
                        data[static_cast<size_t>(i)] = 0;
                      }
                    }
                    return 0;
                  }),
            DLC_OK);
}

TEST_P(PoolThreads, nestedLoopsRunSerially) {
  EXPECT_EQ(runIn(withThreads(GetParam()),
                  [](dlc_run_state *run) {
                    std::atomic<int> calls{0};
                    for (int loop = 0; loop < 100; ++loop)
                      parallel(run, 10, [&](int64_t) {
                        std::thread::id self = std::this_thread::get_id();
                        return parallel(run, 10, [&](int64_t) {
                          EXPECT_EQ(std::this_thread::get_id(), self);
                          return ++calls, 0;
                        });
                      });
                    EXPECT_EQ(calls, 10000);
                    return 0;
                  }),
            DLC_OK);
}

TEST_P(PoolThreads, anErrorEndsTheLoop) {
  std::atomic<int> calls{0};
  EXPECT_EQ(runIn(withThreads(GetParam()),
                  [&](dlc_run_state *run) {
                    int32_t status = parallel(run, 100000, [&](int64_t i) {
                      ++calls;
                      return i == 50 ? dlc_rt_fail(run, DLC_ERROR_DATA, "index 50") : 0;
                    });
                    EXPECT_EQ(status, DLC_ERROR_DATA);
                    EXPECT_EQ(parallel(run, 10, [](int64_t) { return 0; }),
                              0); // and the pool goes on
                    return status;
                  }),
            DLC_ERROR_DATA);
  EXPECT_STREQ(dlc_error_message(), "index 50");
  EXPECT_LT(calls, 100000);
}

TEST_P(PoolThreads, halideLoops) {
  EXPECT_EQ(runIn(
                withThreads(GetParam()),
                [](dlc_run_state *) {
                  for (int size : {-3, 0, 1, 2, 7, 1000}) {
                    std::vector<std::atomic<int>> seen(1000);
                    auto task = [](void *, int i, uint8_t *closure) {
                      // Scratch is freed in the order of allocation, as Halide does.
                      auto *one = static_cast<char *>(halide_malloc(nullptr, 1000));
                      auto *two =
                          static_cast<char *>(halide_malloc(nullptr, static_cast<size_t>(i) * 100));
                      EXPECT_EQ(reinterpret_cast<uintptr_t>(two) % 64, 0u);
                      memset(one, i, 1000);
                      memset(two, i + 1, static_cast<size_t>(i) * 100);
                      bool intact = one[999] == static_cast<char>(i);
                      halide_free(nullptr, one);
                      halide_free(nullptr, two);
                      (*reinterpret_cast<std::vector<std::atomic<int>> *>(
                          closure))[static_cast<size_t>(i - 5)] += intact ? 1 : 100;
                      return 0;
                    };
                    EXPECT_EQ(halide_do_par_for(nullptr, task, 5, size,
                                                reinterpret_cast<uint8_t *>(&seen)),
                              0);
                    for (int i = 0; i < 1000; ++i)
                      EXPECT_EQ(seen[static_cast<size_t>(i)], i < size) << i;
                  }
                  return 0;
                },
                3),
            DLC_OK);
}

TEST(Pool, threadsTakePartUpToTheLimit) {
  AddModel add([](auto...) { return 0; });
  std::mutex mutex;
  for (int limit : {1, 2, 4}) {
    std::vector<std::thread::id> ids;
    EXPECT_EQ(runIn(withThreads(limit),
                    [&](dlc_run_state *run) {
                      return parallel(run, 64, [&](int64_t) {
                        std::this_thread::sleep_for(std::chrono::milliseconds(2));
                        std::lock_guard<std::mutex> lock(mutex);
                        std::thread::id self = std::this_thread::get_id();
                        if (std::find(ids.begin(), ids.end(), self) == ids.end())
                          ids.push_back(self);
                        return 0;
                      });
                    }),
              DLC_OK);
    EXPECT_EQ(ids.size(), static_cast<size_t>(limit));
  }
}

// Four threads, each with a context of its own that wants four threads, all on one model.
TEST(Pool, manyContextsAtATime) {
  AddModel add([](dlc_run_state *run, void *const *buffers, const int64_t *symbols, void *arena) {
    auto *y = static_cast<float *>(buffers[2]), *scratch = static_cast<float *>(arena);
    return parallel(run, symbols[0], [=](int64_t row) {
      auto *own = static_cast<float *>(halide_malloc(nullptr, 16));
      for (int64_t i = row * 4; i < row * 4 + 4; ++i) {
        own[i % 4] = scratch[i] * 2;
        y[i] = own[i % 4];
      }
      halide_free(nullptr, own);
      return 0;
    });
  });
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&add, t] {
      ScopedContext context(add.model, withThreads(4));
      for (int64_t n = 1; n < 400; ++n) {
        int64_t rows = n % 37 + 1;
        std::vector<float> a(static_cast<size_t>(rows * 4), static_cast<float>(t)),
            b(a.size(), static_cast<float>(n));
        std::vector<int64_t> shape = {rows, 4};
        dlc_tensor inputs[] = {tensorOf(a, shape), tensorOf(b, shape)}, y = {};
        ASSERT_EQ(dlc_run(context, inputs, 2, &y, 1), DLC_OK) << dlc_error_message();
        for (int64_t i = 0; i < rows * 4; ++i)
          ASSERT_EQ(static_cast<float *>(y.data)[i], 2 * static_cast<float>(t + n));
      }
    });
  for (std::thread &thread : threads)
    thread.join();
}

TEST(Pool, callersParallelFor) {
  static std::atomic<int> used;
  used = 0;
  dlc_context_options options = dlc_context_defaults();
  options.parallel_for = [](void *, int64_t count, void (*body)(void *, int64_t), void *argument) {
    ++used;
    std::vector<std::thread> threads;
    for (int64_t t = 0; t < 3; ++t)
      threads.emplace_back([=] {
        for (int64_t i = t; i < count; i += 3)
          body(argument, i);
      });
    for (std::thread &thread : threads)
      thread.join();
  };
  EXPECT_EQ(runIn(
                options,
                [](dlc_run_state *run) {
                  std::atomic<int> calls{0};
                  parallel(run, 100, [&](int64_t) {
                    void *scratch = halide_malloc(nullptr, 5000);
                    memset(scratch, 1, 5000);
                    halide_free(nullptr, scratch);
                    return parallel(run, 3, [&](int64_t) { return ++calls, 0; });
                  });
                  EXPECT_EQ(calls, 300);
                  return 0;
                },
                5),
            DLC_OK);
  EXPECT_EQ(used, 5);
  EXPECT_EQ(runIn(options,
                  [](dlc_run_state *run) {
                    return parallel(run, 100,
                                    [](int64_t i) { return i == 7 ? DLC_ERROR_DATA : 0; });
                  }),
            DLC_ERROR_DATA);
}

// Results must not depend on who computes: the caller's rounding mode holds in all threads.
TEST(Pool, threadsTakeOverTheRoundingMode) {
  EXPECT_EQ(runIn(withThreads(4),
                  [](dlc_run_state *run) {
                    for (int mode : {FE_UPWARD, FE_DOWNWARD, FE_TONEAREST}) {
                      fesetround(mode);
                      volatile float one = 1, three = 3; // volatile: divided here and now
                      float third = one / three;
                      parallel(run, 64, [&](int64_t) {
                        EXPECT_EQ(one / three, third);
                        std::this_thread::sleep_for(std::chrono::microseconds(200));
                        return 0;
                      });
                    }
                    return 0;
                  }),
            DLC_OK);
}

// Numbers below the smallest normal one count as 0 where the program says so, in all threads, and
// afterwards as before.
TEST(Pool, subnormals) {
  dlc_context_options external = dlc_context_defaults();
  external.parallel_for = [](void *, int64_t count, void (*body)(void *, int64_t), void *argument) {
    std::thread([=] {
      for (int64_t i = 0; i < count; ++i)
        body(argument, i);
    }).join();
  };
  auto product = [] {
    volatile float small = 1e-20f; // volatile: multiplied here and now
    return small * small;
  };
  ASSERT_GT(product(), 0);
  for (bool flush : {false, true})
    for (const dlc_context_options &options : {withThreads(1), withThreads(4), external}) {
      std::atomic<int> zeros{0};
      CustomModel custom(
          {}, {}, {},
          [&](dlc_run_state *run, auto...) {
            zeros += product() == 0;
            return parallel(run, 64, [&](int64_t) {
              zeros += product() == 0;
              std::this_thread::sleep_for(std::chrono::microseconds(50));
              return 0;
            });
          },
          [](auto, auto, int64_t *bytes) { return *bytes = 0, 0; });
      custom.program.flags = flush ? DLC_FLUSH_SUBNORMALS : 0;
      ScopedContext context(custom.model, options);
      EXPECT_EQ(dlc_run(context, nullptr, 0, nullptr, 0), DLC_OK);
      EXPECT_EQ(zeros, flush ? 65 : 0);
      EXPECT_GT(product(), 0);
    }
}
