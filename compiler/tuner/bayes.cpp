// Bayesian search: a Gaussian process over the logarithm of the cost, expected improvement as what
// is wanted. (C. E. Rasmussen and C. K. I. Williams, "Gaussian Processes for Machine Learning",
// 2006, algorithm 2.1; D. R. Jones, M. Schonlau and W. J. Welch, "Efficient Global Optimization of
// Expensive Black-Box Functions", 1998.)
#include "compiler/tuner/search.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>

using namespace dlc;

namespace {

/// A failed trial costs as much as this many times the default; slower ones are not worth telling
/// apart.
constexpr double kWorst = 3;
/// The process looks at this many trials: the work grows with the third power.
constexpr size_t kMostTrials = 160;
constexpr size_t kFirst = 8;

using Vector = std::vector<double>;

/// Ordered knobs as a number in [0, 1], others as one coordinate a value.
Vector featuresOf(const SearchSpace &space, const Point &point) {
  Vector features;
  for (size_t i = 0; i < point.size(); ++i) {
    size_t count = space.knobs[i].values.size();
    if (count < 2)
      continue;
    if (space.knobs[i].ordered) {
      features.push_back(static_cast<double>(point[i]) / static_cast<double>(count - 1));
      continue;
    }
    for (size_t v = 0; v < count; ++v)
      features.push_back(v == point[i] ? M_SQRT1_2 : 0);
  }
  return features;
}

/// Matern's covariance with smoothness 5/2.
double covariance(const Vector &a, const Vector &b, double length) {
  double square = 0;
  for (size_t i = 0; i < a.size(); ++i)
    square += (a[i] - b[i]) * (a[i] - b[i]);
  double r = std::sqrt(5 * square) / length;
  return (1 + r + r * r / 3) * std::exp(-r);
}

class GaussianProcess {
public:
  /// False where the covariance is not positive definite.
  bool fit(std::vector<Vector> points, const Vector &values, double lengthScale, double noise) {
    inputs = std::move(points);
    length = lengthScale;
    size_t n = inputs.size();
    mean = 0;
    for (double value : values)
      mean += value / static_cast<double>(n);
    variance = 1e-6;
    for (double value : values)
      variance += (value - mean) * (value - mean) / static_cast<double>(n);
    // Cholesky: K + noise = L L^T.
    factor.assign(n, Vector(n));
    likelihood = 0;
    for (size_t i = 0; i < n; ++i)
      for (size_t j = 0; j <= i; ++j) {
        double sum = covariance(inputs[i], inputs[j], length) + (i == j ? noise : 0);
        for (size_t k = 0; k < j; ++k)
          sum -= factor[i][k] * factor[j][k];
        if (i == j) {
          if (!(sum > 0))
            return false;
          factor[i][i] = std::sqrt(sum);
          likelihood -= std::log(factor[i][i]);
        } else {
          factor[i][j] = sum / factor[j][j];
        }
      }
    weights.clear();
    for (double value : values)
      weights.push_back((value - mean) / std::sqrt(variance));
    forward(weights);
    for (double w : weights)
      likelihood -= w * w / 2;
    for (size_t i = n; i-- > 0;) {
      for (size_t k = i + 1; k < n; ++k)
        weights[i] -= factor[k][i] * weights[k];
      weights[i] /= factor[i][i];
    }
    return true;
  }

  /// How much less than `least` a point costs, as an expected value.
  double expectedImprovement(const Vector &x, double least) const {
    Vector k;
    double m = 0;
    for (size_t i = 0; i < inputs.size(); ++i) {
      k.push_back(covariance(inputs[i], x, length));
      m += k.back() * weights[i];
    }
    forward(k);
    double rest = 1;
    for (double value : k)
      rest -= value * value;
    double deviation = std::sqrt(variance * std::max(rest, 1e-12));
    double gain = least - (mean + m * std::sqrt(variance));
    double z = gain / deviation;
    return gain * 0.5 * std::erfc(-z * M_SQRT1_2) +
           deviation * std::exp(-z * z / 2) / std::sqrt(2 * M_PI);
  }

  double likelihood = 0; ///< logarithm, without constants

private:
  /// x = L^-1 x
  void forward(Vector &x) const {
    for (size_t i = 0; i < x.size(); ++i) {
      for (size_t k = 0; k < i; ++k)
        x[i] -= factor[i][k] * x[k];
      x[i] /= factor[i][i];
    }
  }

  std::vector<Vector> inputs, factor;
  Vector weights;
  double length = 1, mean = 0, variance = 1;
};

struct BayesianSearch : SearchStrategy {
  std::optional<Point> propose(const SearchSpace &space, llvm::ArrayRef<Evaluation> history,
                               std::mt19937_64 &random) override {
    TriedPoints tried(history);
    if (history.size() < kFirst)
      return drawPoint(space, tried, random);
    // The best half and the latest half of what the process may look at.
    std::vector<Evaluation> used(history.begin(), history.end());
    if (used.size() > kMostTrials) {
      std::sort(used.begin(), used.end() - kMostTrials / 2,
                [](const Evaluation &a, const Evaluation &b) { return a.cost < b.cost; });
      used.erase(used.begin() + kMostTrials / 2, used.end() - kMostTrials / 2);
    }
    std::vector<Vector> inputs;
    Vector values;
    double least = 1e30;
    const Evaluation *best = nullptr;
    for (const Evaluation &evaluation : used) {
      inputs.push_back(featuresOf(space, evaluation.point));
      double cost = std::isfinite(evaluation.cost) ? std::min(evaluation.cost, kWorst) : kWorst;
      values.push_back(std::log(std::max(cost, 1e-3)));
      if (values.back() < least)
        least = values.back(), best = &evaluation;
    }
    GaussianProcess process;
    bool fitted = false;
    for (double length : {0.3, 0.6, 1.2, 2.4}) {
      GaussianProcess candidate;
      if (candidate.fit(inputs, values, length, 0.01) &&
          (!fitted || candidate.likelihood > process.likelihood)) {
        process = std::move(candidate);
        fitted = true;
      }
    }
    if (!fitted)
      return drawPoint(space, tried, random);

    std::optional<Point> wanted;
    double most = -1;
    auto consider = [&](const Point &point) {
      if (!space.contains(point) || tried.contains(point))
        return;
      double improvement = process.expectedImprovement(featuresOf(space, point), least);
      if (improvement > most)
        most = improvement, wanted = point;
    };
    for (int i = 0; i < 200; ++i)
      if (std::optional<Point> point = drawPoint(space, tried, random))
        consider(*point);
      else
        break;
    for (int i = 0; i < 100; ++i) {
      Point near = neighbour(space, best->point, random);
      consider(near);
      consider(neighbour(space, near, random));
    }
    return wanted;
  }
};

} // namespace

std::unique_ptr<SearchStrategy> dlc::makeBayesianSearch() {
  return std::make_unique<BayesianSearch>();
}
