// See register_tile.h. Numbers are of AVX2 processors: two multiply-adds a cycle with a latency of
// four, two loads of vectors a cycle, of which streams get less; measured on Zen 3.
#include "compiler/codegen/halide/register_tile.h"

#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <array>

using namespace dlc;
using namespace dlc::halide;

static constexpr double kLatency = 4, kPerCycle = 2, kLoadsPerCycle = 1.6;
/// Pairs of bytes: a multiplication and an addition, which take each other's pipes, and weights are
/// widened there; the sums wait for the additions alone.
static constexpr double kPairLatency = 1, kPairsPerCycle = 1.7;
static constexpr double kSecondLevelBytes = 20; ///< a cycle
static constexpr int64_t kFirstLevel = 36 << 10;
static constexpr int64_t kFactorBytes = 4; ///< a float, or a pair of 16 bits
/// Cycles to begin and to end a tile, besides its stores.
static constexpr double kTileCycles = 12;

namespace {
class Model {
public:
  Model(const TiledExtents &extents, const TargetInfo &target) : extents(extents), target(target) {}

  bool fits(int64_t rows, int64_t vectors) const {
    // Sums, a row of weights, a factor; products of pairs before they are added.
    return rows * vectors + vectors + 1 + extents.pairs <= target.vectorRegisters;
  }

  /// Cycles for all sums.
  double cost(const RegisterTile &tile) const {
    double columns = double(llvm::divideCeil(extents.vectors, tile.vectors));
    double sum = 0;
    for (auto [y, countY] : parts(extents.y, tile.y))
      for (auto [x, countX] : parts(extents.x, tile.x))
        sum += double(countX * countY) * tileCycles(x * y, tile.vectors);
    return columns * sum;
  }

private:
  /// Whole tiles and the rest.
  static std::array<std::pair<int64_t, int64_t>, 2> parts(int64_t extent, int64_t tile) {
    return {{{tile, extent / tile}, {extent % tile, extent % tile ? 1 : 0}}};
  }

  double tileCycles(int64_t rows, int64_t vectors) const {
    double products = double(rows * vectors), streamed = 0;
    double latency = extents.pairs ? kPairLatency : kLatency;
    double perCycle = extents.pairs ? kPairsPerCycle : kPerCycle;
    int64_t steps = extents.pairs ? llvm::divideCeil(extents.range, 2) : extents.range;
    int64_t weightBytes = vectors * target.vectorBytes / (extents.pairs ? 2 : 1); // of a step
    // The panel of weights is read again for each tile.
    bool isNear = steps * weightBytes <= kFirstLevel;
    if (!isNear)
      streamed = double(weightBytes + rows * kFactorBytes) / kSecondLevelBytes;
    // The chains of multiply-adds wait for what comes late, unless there are half as many again as
    // the latency needs.
    double slack = products / (latency * perCycle);
    double efficiency = slack >= 1.5 ? (isNear ? 1 : 0.92) : slack >= 1.25 && isNear ? 0.97 : 0.78;
    double widening = extents.pairs ? double(vectors) / 2 : 0;
    double term = std::max({(products + widening) / perCycle / efficiency, latency,
                            double(rows + vectors) / kLoadsPerCycle, streamed});
    return term * double(steps) + kTileCycles + products;
  }

  const TiledExtents &extents;
  const TargetInfo &target;
};
} // namespace

RegisterTile dlc::halide::chooseRegisterTile(const TiledExtents &extents,
                                             const TargetInfo &target) {
  Model model(extents, target);
  RegisterTile best;
  best.vectors = std::max<int64_t>(extents.fixedVectors, 1);
  double least = model.cost(best);
  int64_t firstVectors = best.vectors;
  int64_t lastVectors = extents.fixedVectors ? firstVectors : std::min<int64_t>(extents.vectors, 4);
  for (int64_t vectors = firstVectors; vectors <= lastVectors; ++vectors)
    for (int64_t x = 1; x <= std::min(extents.x, extents.mostRows); ++x)
      for (int64_t y = 1; y <= (x == extents.x ? std::min(extents.y, extents.mostRows / x) : 1);
           ++y) {
        RegisterTile tile{x, y, vectors};
        if (!model.fits(x * y, vectors))
          continue;
        if (double cost = model.cost(tile); cost < least) {
          least = cost;
          best = tile;
        }
      }
  return best;
}
