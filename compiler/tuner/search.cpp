// The spaces, and the strategies random, grid and evolution.
#include "compiler/tuner/search.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

using namespace dlc;

Point SearchSpace::initial() const {
  Point point;
  for (const Knob &knob : knobs)
    point.push_back(knob.initial);
  return point;
}

bool SearchSpace::contains(const Point &point) const {
  if (point.size() != knobs.size())
    return false;
  for (size_t i = 0; i < point.size(); ++i)
    if (point[i] >= knobs[i].values.size())
      return false;
  Point normal = point;
  if (normalise)
    normalise(normal);
  return normal == point && (!legal || legal(point));
}

double SearchSpace::size() const {
  double size = 1;
  for (const Knob &knob : knobs)
    size *= static_cast<double>(knob.values.size());
  return size > 9e15 ? std::numeric_limits<double>::infinity() : size;
}

TriedPoints::TriedPoints(llvm::ArrayRef<Evaluation> history) {
  for (const Evaluation &evaluation : history)
    sorted.push_back(evaluation.point);
  llvm::sort(sorted);
}

bool TriedPoints::contains(const Point &point) const {
  return std::binary_search(sorted.begin(), sorted.end(), point);
}

static unsigned draw(size_t count, std::mt19937_64 &random) {
  return static_cast<unsigned>(random() % count);
}

/// How often a point is drawn again before a strategy takes the space for used up.
static constexpr int kDraws = 2000;

std::optional<Point> dlc::drawPoint(const SearchSpace &space, const TriedPoints &tried,
                                    std::mt19937_64 &random) {
  for (int i = 0; i < kDraws; ++i) {
    Point point;
    for (const Knob &knob : space.knobs)
      point.push_back(draw(knob.values.size(), random));
    if (space.normalise)
      space.normalise(point);
    if (space.contains(point) && !tried.contains(point))
      return point;
  }
  return std::nullopt;
}

Point dlc::neighbour(const SearchSpace &space, Point point, std::mt19937_64 &random) {
  std::vector<size_t> free;
  for (size_t i = 0; i < point.size(); ++i)
    if (space.knobs[i].values.size() > 1)
      free.push_back(i);
  if (free.empty())
    return point;
  size_t i = free[draw(free.size(), random)];
  size_t count = space.knobs[i].values.size();
  if (space.knobs[i].ordered && count > 3) {
    int step = 1 + static_cast<int>(draw(2, random));
    int moved = static_cast<int>(point[i]) + (draw(2, random) ? step : -step);
    point[i] = static_cast<unsigned>(std::clamp(moved, 0, static_cast<int>(count) - 1));
  } else {
    point[i] = draw(count, random);
  }
  if (space.normalise)
    space.normalise(point);
  return point;
}

namespace {

struct RandomSearch : SearchStrategy {
  std::optional<Point> propose(const SearchSpace &space, llvm::ArrayRef<Evaluation> history,
                               std::mt19937_64 &random) override {
    return drawPoint(space, TriedPoints(history), random);
  }
};

/// All points, in steps that have no divisor in common with their number: any prefix of the walk is
/// spread over the whole space.
struct GridSearch : SearchStrategy {
  uint64_t position = 0;

  std::optional<Point> propose(const SearchSpace &space, llvm::ArrayRef<Evaluation> history,
                               std::mt19937_64 &random) override {
    TriedPoints tried(history);
    double size = space.size();
    if (std::isinf(size))
      return drawPoint(space, tried, random);
    auto total = static_cast<uint64_t>(size);
    // Near the golden section of the space.
    auto step = static_cast<uint64_t>(0.6180339887 * size) | 1;
    while (std::gcd(step, total) != 1)
      ++step;
    // Where only few points are left, chance finds them sooner.
    uint64_t last = total - position > kMostSteps ? position + kMostSteps : total;
    for (; position < last; ++position) {
      auto index = static_cast<uint64_t>((static_cast<unsigned __int128>(position) * step) % total);
      Point point;
      for (const Knob &knob : space.knobs) {
        point.push_back(static_cast<unsigned>(index % knob.values.size()));
        index /= knob.values.size();
      }
      if (space.normalise)
        space.normalise(point);
      if (space.contains(point) && !tried.contains(point))
        return point;
    }
    return drawPoint(space, tried, random);
  }

private:
  static constexpr uint64_t kMostSteps = 1000000;
};

/// Parents are drawn from the best points so far, the better ones more often; children take each
/// knob from one of two parents and are changed a little.
struct EvolutionSearch : SearchStrategy {
  static constexpr size_t kFirst = 8, kParents = 12;

  std::optional<Point> propose(const SearchSpace &space, llvm::ArrayRef<Evaluation> history,
                               std::mt19937_64 &random) override {
    TriedPoints tried(history);
    std::vector<Evaluation> best;
    llvm::copy_if(history, std::back_inserter(best),
                  [](const Evaluation &e) { return std::isfinite(e.cost); });
    if (history.size() < kFirst || best.empty())
      return drawPoint(space, tried, random);
    llvm::sort(best, [](const Evaluation &a, const Evaluation &b) { return a.cost < b.cost; });
    if (best.size() > kParents)
      best.resize(kParents);
    // The smaller of two draws.
    auto parent = [&]() -> const Point & {
      return best[std::min(draw(best.size(), random), draw(best.size(), random))].point;
    };
    for (int i = 0; i < kDraws; ++i) {
      Point child = parent();
      if (draw(2, random)) {
        const Point &other = parent();
        for (size_t k = 0; k < child.size(); ++k)
          if (draw(2, random))
            child[k] = other[k];
      }
      for (unsigned changes = 1 + draw(3, random); changes; --changes)
        child = neighbour(space, child, random);
      if (space.contains(child) && !tried.contains(child))
        return child;
    }
    return drawPoint(space, tried, random);
  }
};

using Factory = std::function<std::unique_ptr<SearchStrategy>()>;

std::map<std::string, Factory> &strategies() {
  static std::map<std::string, Factory> all = {
      {"random", [] { return std::make_unique<RandomSearch>(); }},
      {"grid", [] { return std::make_unique<GridSearch>(); }},
      {"evolution", [] { return std::make_unique<EvolutionSearch>(); }},
      {"bayes", makeBayesianSearch},
  };
  return all;
}

} // namespace

std::unique_ptr<SearchStrategy> dlc::makeSearch(llvm::StringRef name) {
  auto found = strategies().find(name.str());
  return found == strategies().end() ? nullptr : found->second();
}

void dlc::registerSearch(llvm::StringRef name, Factory factory) {
  strategies()[name.str()] = std::move(factory);
}

std::vector<std::string> dlc::searchNames() {
  std::vector<std::string> names;
  for (const auto &[name, factory] : strategies())
    names.push_back(name);
  return names;
}
