// The child process that measures: what it answers, and that it may die, hang or be asked nonsense.
#include "matmul_module.h"

#include "compiler/kernels/recorded_schedule.h"
#include "compiler/tuner/measure.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>
#include <unistd.h>

using namespace dlc;

namespace {

std::string keyOfGemm() { return kernelKey(test::MatmulModule().func); }

MeasureTask task() {
  MeasureTask result;
  result.module = test::kMatmulModule;
  result.options.threads = 1;
  result.options.cache = false;
  return result;
}

Candidate schedule(const std::string &fields) {
  return {keyOfGemm(), "#kernel.schedule<halide, contraction, " + fields + ">"};
}

/// Kills the child of this process, as soon as there is one, again and again while it lives.
struct Killer {
  std::atomic<bool> done{false};
  std::thread thread{[this] {
    while (!done) {
      std::ifstream children("/proc/self/task/" + std::to_string(getpid()) + "/children");
      pid_t child = 0;
      if (children >> child)
        kill(child, SIGKILL);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }};
  ~Killer() {
    done = true;
    thread.join();
  }
};

} // namespace

TEST(Measurer, ComparesSchedules) {
  auto measurer = makeProcessMeasurer();
  std::string error;
  auto own = measurer->begin(task(), error);
  ASSERT_TRUE(own) << error;
  EXPECT_GT(own->defaultNs, 0);

  Measurement good = measurer->measure(schedule("tile = [4, 32], lanes = 16"), Effort::search());
  EXPECT_EQ(good.status, "ok") << good.message;
  EXPECT_GT(good.ns, 0);
  Measurement again = measurer->measure(schedule("tile = [4, 32], lanes = 16"), Effort::search());
  EXPECT_EQ(again.status, "same");
  EXPECT_EQ(again.ns, good.ns);
  // One row and four lanes at a time, columns outside: not worth all rounds.
  Measurement slow = measurer->measure(schedule("tile = [1, 4], lanes = 4"), Effort::search());
  EXPECT_EQ(slow.status, "ok") << slow.message;
  EXPECT_GT(slow.ratio(), 1);
}

TEST(Measurer, RefusesWhatIsNoSchedule) {
  auto measurer = makeProcessMeasurer();
  std::string error;
  ASSERT_TRUE(measurer->begin(task(), error)) << error;
  Measurement bad = measurer->measure(schedule("tile = [0, 32]"), Effort::search());
  EXPECT_EQ(bad.status, "failed");
  EXPECT_NE(bad.message.find("is not used"), std::string::npos) << bad.message;
  MeasureTask nonsense = task();
  nonsense.module = "module { nonsense }";
  EXPECT_FALSE(measurer->begin(nonsense, error));
  EXPECT_FALSE(error.empty());
  // A measurer that refused one goes on with the next.
  EXPECT_TRUE(measurer->begin(task(), error)) << error;
}

TEST(Measurer, SurvivesItsChild) {
  auto measurer = makeProcessMeasurer();
  std::string error;
  ASSERT_TRUE(measurer->begin(task(), error)) << error;
  {
    Killer killer;
    Measurement result =
        measurer->measure(schedule("tile = [4, 32], lanes = 16"), Effort::search());
    EXPECT_EQ(result.status, "crashed");
    EXPECT_NE(result.message.find("Killed"), std::string::npos) << result.message;
  }
  Measurement result = measurer->measure(schedule("tile = [4, 32], lanes = 16"), Effort::search());
  EXPECT_EQ(result.status, "ok") << result.message;
}

TEST(Measurer, HasATimeLimit) {
  auto measurer = makeProcessMeasurer(0.001);
  std::string error;
  EXPECT_FALSE(measurer->begin(task(), error));
  EXPECT_NE(error.find("more than"), std::string::npos) << error;
}

TEST(Measurer, Peak) {
  // Of another processor nothing can be measured.
  TargetInfo other;
  other.cpu = "none";
  EXPECT_EQ(measurePeak(other), 0);
}

int main(int argc, char **argv) {
  runIfMeasureWorker(argc, argv);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
