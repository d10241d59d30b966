// The strategies: each proposes only new, legal points, finds good ones, and ends.
#include "compiler/tuner/search.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

using namespace dlc;

namespace {

Knob knob(const std::string &name, unsigned count, bool ordered, unsigned initial) {
  Knob result{name, {}, ordered, initial};
  for (unsigned i = 0; i < count; ++i)
    result.values.push_back(std::to_string(i));
  return result;
}

/// 10 x 8 x 6 x 4 points; those with a large sum are illegal.
SearchSpace space() {
  SearchSpace s;
  s.knobs = {knob("tile0", 10, true, 0), knob("tile1", 8, true, 0), knob("order", 6, false, 0),
             knob("pad", 4, false, 0)};
  s.legal = [](const Point &p) { return p[0] + p[1] < 14; };
  return s;
}

/// Least, 0.5, at (7, 5, 2, 3); some points fail.
double cost(const Point &p) {
  if (p[0] == 3 && p[1] == 3)
    return INFINITY;
  double distance = std::pow((double(p[0]) - 7) / 10, 2) + std::pow((double(p[1]) - 5) / 8, 2);
  return 0.5 + distance + (p[2] == 2 ? 0 : 0.2) + (p[3] == 3 ? 0 : 0.1);
}

/// The best cost after so many trials; checks every proposal.
double search(const std::string &name, int trials, uint64_t seed) {
  SearchSpace s = space();
  std::mt19937_64 random(seed);
  auto strategy = makeSearch(name);
  std::vector<Evaluation> history = {{s.initial(), 1}};
  std::set<Point> seen = {s.initial()};
  double best = 1;
  for (int i = 0; i < trials; ++i) {
    auto point = strategy->propose(s, history, random);
    EXPECT_TRUE(point) << name << " ends after " << i;
    if (!point)
      break;
    EXPECT_TRUE(s.contains(*point)) << name;
    EXPECT_TRUE(seen.insert(*point).second) << name << " repeats itself";
    history.push_back({*point, cost(*point)});
    best = std::min(best, history.back().cost);
  }
  return best;
}

double mean(const std::string &name, int trials) {
  double sum = 0;
  for (uint64_t seed = 1; seed <= 8; ++seed)
    sum += search(name, trials, seed);
  return sum / 8;
}

} // namespace

class Strategy : public testing::TestWithParam<const char *> {};

TEST_P(Strategy, FindsGoodPoints) { EXPECT_LT(mean(GetParam(), 60), 0.72); }

TEST_P(Strategy, EndsWhenAllIsTried) {
  SearchSpace s;
  s.knobs = {knob("a", 3, true, 1), knob("b", 4, false, 0)};
  s.legal = [](const Point &p) { return p[0] != 2 || p[1] != 3; };
  std::mt19937_64 random(1);
  auto strategy = makeSearch(GetParam());
  std::vector<Evaluation> history = {{s.initial(), 1}};
  while (auto point = strategy->propose(s, history, random)) {
    history.push_back({*point, 1.0 + (*point)[0]});
    ASSERT_LE(history.size(), 11u);
  }
  EXPECT_EQ(history.size(), 11u);
}

TEST_P(Strategy, GoesOnFromAHistory) {
  // A new object with the trials of an old one is as good as the old one.
  SearchSpace s = space();
  std::mt19937_64 random(5);
  std::vector<Evaluation> history = {{s.initial(), 1}};
  std::set<Point> seen = {s.initial()};
  for (int i = 0; i < 30; ++i) {
    auto point = makeSearch(GetParam())->propose(s, history, random);
    ASSERT_TRUE(point);
    EXPECT_TRUE(seen.insert(*point).second);
    history.push_back({*point, cost(*point)});
  }
}

TEST_P(Strategy, WorksWhereEverythingFails) {
  SearchSpace s = space();
  std::mt19937_64 random(5);
  auto strategy = makeSearch(GetParam());
  std::vector<Evaluation> history = {{s.initial(), 1}};
  for (int i = 0; i < 20; ++i) {
    auto point = strategy->propose(s, history, random);
    ASSERT_TRUE(point);
    history.push_back({*point, INFINITY});
  }
}

INSTANTIATE_TEST_SUITE_P(All, Strategy, testing::Values("random", "grid", "evolution", "bayes"));

TEST(Search, ModelsBeatChance) {
  double chance = mean("random", 40);
  EXPECT_LT(mean("evolution", 40), chance);
  EXPECT_LT(mean("bayes", 40), chance);
}

TEST(Search, OwnStrategies) {
  struct First : SearchStrategy {
    std::optional<Point> propose(const SearchSpace &space, llvm::ArrayRef<Evaluation> history,
                                 std::mt19937_64 &) override {
      return history.size() < 2 ? std::optional(Point(space.knobs.size(), 0)) : std::nullopt;
    }
  };
  EXPECT_FALSE(makeSearch("first"));
  registerSearch("first", [] { return std::make_unique<First>(); });
  EXPECT_TRUE(makeSearch("first"));
}

TEST(Search, SpacesThatAreTooLargeToCount) {
  SearchSpace s;
  for (int i = 0; i < 30; ++i)
    s.knobs.push_back(knob("k", 10, true, 0));
  EXPECT_TRUE(std::isinf(s.size()));
  std::mt19937_64 random(1);
  for (const char *name : {"random", "grid", "evolution", "bayes"}) {
    auto point = makeSearch(name)->propose(s, {{s.initial(), 1}}, random);
    ASSERT_TRUE(point) << name;
  }
}
