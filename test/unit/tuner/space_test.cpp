// Schedules as points: there and back, legal ones only, and what a database may say is checked.
#include "matmul_module.h"

#include "compiler/kernels/recorded_schedule.h"
#include "compiler/tuner/schedule_space.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <gtest/gtest.h>

using namespace dlc;
using namespace mlir;

namespace {

struct SpaceTest : testing::Test, test::MatmulModule {
  TargetInfo target;

  SpaceTest() {
    target.triple = "x86_64-unknown-linux-gnu";
    target.cpu = "x86-64-v4";
    target.vectorBytes = 64;
    target.vectorRegisters = 32;
  }
  kernel::ScheduleAttr parse(StringRef text) {
    reason.clear();
    return parseSchedule(text, func, reason);
  }
  ScheduleSpace space(StringRef text) {
    return ScheduleSpace(kernelKey(func), {{"contraction", func, parse(text)}}, target);
  }
  std::string reason;
};

constexpr const char *kDefault = "#kernel.schedule<halide, contraction, tile = [14, 32], order = "
                                 "[1, 0], lanes = 16, pad = root>";

} // namespace

TEST_F(SpaceTest, PointsAreSchedules) {
  ScheduleSpace s = space(kDefault);
  const SearchSpace &search = s.search();
  EXPECT_EQ(s.at(search.initial()).schedule, kDefault);
  EXPECT_GT(search.size(), 100);
  std::mt19937_64 random(1);
  TriedPoints none({});
  for (int i = 0; i < 200; ++i) {
    auto point = drawPoint(search, none, random);
    ASSERT_TRUE(point);
    Candidate candidate = s.at(*point);
    EXPECT_TRUE(parse(candidate.schedule)) << candidate.schedule << ": " << reason;
    auto back = s.find(candidate);
    ASSERT_TRUE(back) << candidate.schedule;
    EXPECT_EQ(s.at(*back).schedule, candidate.schedule);
    // Accumulators, a row of weights and a broadcast value are at most 32 registers.
    kernel::ScheduleAttr schedule = parse(candidate.schedule);
    int64_t rows = schedule.getTile()[0], vectors = schedule.getTile()[1] / schedule.getLanes();
    EXPECT_LE(rows * vectors + vectors + 1, 32) << candidate.schedule;
  }
}

TEST_F(SpaceTest, TheDefaultIsLegalWhateverItIs) {
  ScheduleSpace s = space("#kernel.schedule<halide, contraction, tile = [28, 48], lanes = 8>");
  EXPECT_TRUE(s.search().contains(s.search().initial()));
}

TEST_F(SpaceTest, ThreadsAreAKnobWhereThereAreSome) {
  auto has = [](const ScheduleSpace &s, StringRef name) {
    return llvm::any_of(s.search().knobs, [&](const Knob &k) { return k.name == name; });
  };
  EXPECT_FALSE(has(space(kDefault), "parallel"));
  target.threads = 4;
  EXPECT_TRUE(has(space(kDefault), "parallel"));
}

TEST_F(SpaceTest, FormsHaveKnobsOfTheirOwn) {
  kernel::ScheduleAttr one = parse(kDefault);
  kernel::ScheduleAttr two = parse("#kernel.schedule<halide, window, tile = [4, 16], lanes = 16>");
  ScheduleSpace s("a", {{"contraction", func, one}, {"window", func, two}}, target);
  EXPECT_EQ(s.search().knobs[0].name, "form");
  std::mt19937_64 random(3);
  TriedPoints none({});
  bool seen[2] = {};
  for (int i = 0; i < 50; ++i) {
    Point point = *drawPoint(s.search(), none, random);
    Candidate candidate = s.at(point);
    EXPECT_EQ(candidate.kernel, "a");
    EXPECT_EQ(StringRef(candidate.schedule).contains("window"), point[0] == 1);
    EXPECT_EQ(s.find(candidate), point);
    seen[point[0]] = true;
  }
  EXPECT_TRUE(seen[0] && seen[1]);
}

TEST_F(SpaceTest, RecordsAreChecked) {
  EXPECT_TRUE(parse(kDefault));
  for (const char *text : {"",
                           "nonsense",
                           "42 : i32",
                           "#kernel.schedule<halide, contraction",
                           "#kernel.schedule<fpga, contraction>",
                           "#kernel.schedule<halide, contraction, tile = [0, 32]>",
                           "#kernel.schedule<halide, contraction, tile = [-4, 32]>",
                           "#kernel.schedule<halide, contraction, tile = [1, 2, 3]>",
                           "#kernel.schedule<halide, contraction, tile = [100000, 32]>",
                           "#kernel.schedule<halide, contraction, order = [0, 0]>",
                           "#kernel.schedule<halide, contraction, order = [2]>",
                           "#kernel.schedule<halide, contraction, parallel = [-1]>",
                           "#kernel.schedule<halide, contraction, lanes = 0>",
                           "#kernel.schedule<halide, contraction, prefetch = -1>",
                           "#kernel.schedule<halide, contraction, lanes = 3>",
                           "#kernel.schedule<halide, contraction, winograd = 2>",
                           "#kernel.schedule<halide, winograd, winograd = 3>",
                           "#kernel.schedule<halide, winograd>",
                           "#kernel.schedule<halide, contraction, unroll = 0>",
                           "#kernel.schedule<halide, contraction, dot = 3>",
                           "#kernel.schedule<halide, contraction, dot = -2>",
                           "#kernel.schedule<halide, contraction, dot>",
                           "#kernel.schedule<halide, contraction, unroll = 1000000>"}) {
    EXPECT_FALSE(parse(text)) << text;
    EXPECT_FALSE(reason.empty()) << text;
  }
}

TEST_F(SpaceTest, KeysDependOnTheBodyAlone) {
  std::string key = kernelKey(func);
  EXPECT_EQ(key.size(), 64u);
  func.setSymName("another");
  func.setScheduleAttr(parse(kDefault));
  EXPECT_EQ(kernelKey(func), key);
  EXPECT_TRUE(func.getScheduleAttr());
  EXPECT_EQ(func.getSymName(), "another");
  func.walk(
      [&](arith::ConstantOp op) { op.setValueAttr(Builder(context.get()).getF32FloatAttr(1)); });
  EXPECT_NE(kernelKey(func), key);
}
