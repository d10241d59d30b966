// Search strategies: which point of a schedule space is tried next.
//
// A strategy is one function of the space and of what was tried so far. It keeps no state that
// matters, so a search that was interrupted goes on from the database as if nothing had happened.
// A strategy of your own: derive from SearchStrategy, implement propose(), and register it before
// the command line is read:
//
//     struct Mine : dlc::SearchStrategy {
//       std::optional<dlc::Point> propose(const dlc::SearchSpace &space,
//                                         llvm::ArrayRef<dlc::Evaluation> history,
//                                         std::mt19937_64 &random) override { ... }
//     };
//     dlc::registerSearch("mine", [] { return std::make_unique<Mine>(); });
//
// and `dlc-tune --search=mine` uses it.
#ifndef DLC_COMPILER_TUNER_SEARCH_H
#define DLC_COMPILER_TUNER_SEARCH_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace dlc {

/// One choice for each knob: the index of a value.
using Point = std::vector<unsigned>;

struct Knob {
  std::string name;                ///< as in #kernel.schedule: tile0, order, lanes, ...
  std::vector<std::string> values; ///< for people
  bool ordered = false;            ///< neighbouring values behave alike
  unsigned initial = 0;            ///< the default schedule's value
};

struct SearchSpace {
  std::vector<Knob> knobs;
  /// Points that make no schedule are not tried (none where this is empty).
  std::function<bool(const Point &)> legal;
  /// Sets knobs that have no effect at a point to their initial value, so that equal schedules are
  /// equal points. May be empty.
  std::function<void(Point &)> normalise;

  Point initial() const;
  /// In range, normalised already, and legal.
  bool contains(const Point &point) const;
  /// Number of points, the illegal ones included; infinite where it is beyond 2^53.
  double size() const;
};

/// A point and what it cost: time relative to the default schedule's, infinity if it failed.
struct Evaluation {
  Point point;
  double cost = 0;
};

class SearchStrategy {
public:
  virtual ~SearchStrategy() = default;
  /// A point of the space that is not in `history`; nothing when there is none left (or none is
  /// found). `history` begins with the default schedule and is in the order of the trials.
  virtual std::optional<Point> propose(const SearchSpace &space, llvm::ArrayRef<Evaluation> history,
                                       std::mt19937_64 &random) = 0;
};

/// By name: `random`, `grid`, `evolution`, `bayes`, or a registered one; null if there is none.
std::unique_ptr<SearchStrategy> makeSearch(llvm::StringRef name);
void registerSearch(llvm::StringRef name, std::function<std::unique_ptr<SearchStrategy>()> factory);
std::vector<std::string> searchNames();

//===-- For strategies -----------------------------------------------------------------------===//

/// Points that were tried.
class TriedPoints {
public:
  explicit TriedPoints(llvm::ArrayRef<Evaluation> history);
  bool contains(const Point &point) const;

private:
  std::vector<Point> sorted;
};

/// A legal point that was not tried, uniformly; nothing if many draws find none.
std::optional<Point> drawPoint(const SearchSpace &space, const TriedPoints &tried,
                               std::mt19937_64 &random);
/// `point` with one knob changed: to a near value if the knob is ordered.
Point neighbour(const SearchSpace &space, Point point, std::mt19937_64 &random);

/// The Bayesian strategy (bayes.cpp).
std::unique_ptr<SearchStrategy> makeBayesianSearch();

} // namespace dlc

#endif // DLC_COMPILER_TUNER_SEARCH_H
