// The heuristics. Numbers: a register tile holds P rows of NV vectors, P * NV + NV + 1 registers;
// 14x2 (or 2 rows of 7 pixels) keeps two fused multiply-adds a cycle busy while the panel of
// weights comes from the second-level cache, 8 rows at most where the rows of the left operand are
// a multiple of 2 kB apart (they share the sets of the first-level cache).
#include "compiler/codegen/halide/choose.h"

#include "compiler/codegen/halide/describe.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::halide;
using Place = dlc::kernel::Placement;
using Kind = dlc::kernel::Template;

namespace {

constexpr int64_t kUnknownExtent = 64; ///< what a dynamic extent is taken for

struct Choice {
  Kind kind = Kind::Elementwise;
  SmallVector<int64_t> tile, order, parallel;
  int64_t lanes = 1, unroll = 1;
  Place producers = Place::Inline, pad = Place::Inline;
  bool dot = false;
};

/// What the heuristics look at.
struct Kernel {
  const TargetInfo &target;
  SmallVector<int64_t> shape; ///< of the first output; dynamic extents guessed
  SmallVector<bool> isStatic;
  linalg::LinalgOp root; ///< the heaviest reduction; null where all is elementwise
  Role role = Role::Plain;
  int64_t work = 0; ///< scalar operations, roughly
  int64_t bits = 32;
  bool transposes = false;
};

} // namespace

static int64_t known(int64_t extent) {
  return ShapedType::isDynamic(extent) ? kUnknownExtent : extent;
}

static int64_t workOf(linalg::LinalgOp op) {
  int64_t work = 1;
  for (int64_t range : op.getStaticLoopRanges())
    work = std::min<int64_t>(work * known(range), int64_t(1) << 50);
  return work;
}

/// Whether an operand is read across its rows while the result is written along them.
static bool readsAcross(linalg::LinalgOp op) {
  if (op.getNumReductionLoops() != 0 || op.getNumLoops() < 2)
    return false;
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  auto inner = dyn_cast<AffineDimExpr>(result.getResults().back());
  if (!inner)
    return false;
  for (OpOperand *operand : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(operand);
    if (map.getNumResults() < 2 || map.getResults().back() == inner)
      continue;
    if (llvm::is_contained(map.getResults(), AffineExpr(inner)))
      return true;
  }
  return false;
}

static Kernel analyze(kernel::FuncOp func, const TargetInfo &target) {
  Kernel kernel{target, {}, {}, {}, Role::Plain, 0, 32, false};
  ShapedType output;
  if (func.isSpecialized()) {
    func.walk([&](bufferization::MaterializeInDestinationOp op) {
      if (!output)
        output = cast<ShapedType>(op.getDest().getType());
    });
  } else if (func.getNumResults() > 0) {
    output = cast<ShapedType>(func.getResultTypes().front());
  }
  if (output)
    for (int64_t extent : output.getShape()) {
      kernel.shape.push_back(known(extent));
      kernel.isStatic.push_back(!ShapedType::isDynamic(extent));
    }
  int64_t heaviest = 0;
  func.walk([&](linalg::LinalgOp op) {
    if (!op.hasPureTensorSemantics())
      return;
    int64_t work = workOf(op);
    kernel.work += work;
    Role role = roleOf(op);
    kernel.transposes |= readsAcross(op);
    if (role == Role::Plain || work <= heaviest)
      return;
    heaviest = work;
    kernel.root = op;
    kernel.role = role;
    Type element = getElementTypeOrSelf(op->getResult(0).getType());
    kernel.bits = element.isIntOrFloat() ? std::max(8u, element.getIntOrFloatBitWidth()) : 64;
  });
  return kernel;
}

static int64_t largestDivisor(int64_t n, int64_t limit) {
  for (int64_t d = std::min(n, limit); d > 1; --d)
    if (n % d == 0)
      return d;
  return 1;
}

/// Rows of a tile along a dimension: a divisor if there is a good one, else what wastes least.
static int64_t rowsFor(int64_t extent, bool isStatic, int64_t limit) {
  if (!isStatic)
    return std::min<int64_t>(limit, 8);
  if (extent <= limit)
    return extent;
  int64_t divisor = largestDivisor(extent, limit);
  if (divisor * 2 > limit)
    return divisor;
  int64_t best = limit, least = extent * 2;
  for (int64_t rows = limit; rows >= std::max<int64_t>(limit / 2, 1); --rows) {
    int64_t waste = (extent + rows - 1) / rows * rows;
    if (waste < least)
      least = waste, best = rows;
  }
  return best;
}

/// Lanes for `channels` elements of `bits`: half vectors where they waste less.
static int64_t lanesFor(const Kernel &kernel, int64_t channels) {
  int64_t full =
      std::max<int64_t>(kernel.target.vectorBytes * 8 / std::max<int64_t>(kernel.bits, 32), 1);
  while (full > 1 && full / 2 >= channels)
    full /= 2;
  int64_t rest = channels % full;
  if (full >= 8 && rest != 0 && rest <= full / 2 && channels < 8 * full)
    return full / 2;
  return full;
}

static void chooseParallel(Choice &choice, const Kernel &kernel) {
  if (kernel.target.threads <= 1 || kernel.work < 200000)
    return;
  // The outermost loop with enough steps; else the one with most.
  SmallVector<int64_t> order = choice.order;
  for (size_t d = 0; d < kernel.shape.size(); ++d)
    if (!llvm::is_contained(order, int64_t(d)))
      order.push_back(d);
  int64_t best = -1, most = 1;
  for (int64_t d : order) {
    int64_t tile = size_t(d) < choice.tile.size() ? choice.tile[d] : 1;
    int64_t steps = (kernel.shape[d] + tile - 1) / tile;
    if (steps >= 4 * kernel.target.threads) {
      best = d;
      break;
    }
    if (steps > most)
      best = d, most = steps;
  }
  if (best < 0)
    return;
  choice.parallel = {best};
  // It becomes the outermost loop.
  llvm::erase(order, best);
  order.insert(order.begin(), best);
  choice.order = order;
}

/// Innermost reduction dimension of the left operand, in bytes between rows.
static int64_t rowStride(linalg::LinalgOp op) {
  auto type = dyn_cast<RankedTensorType>(op.getDpsInputOperand(0)->get().getType());
  if (!type || type.getRank() == 0)
    return 0;
  return known(type.getShape().back()) * std::max(1u, type.getElementTypeBitWidth() / 8);
}

/// A transformed convolution: products for each pair (i, j) of a transform, [i, j, n, ty, tx, co].
static bool isTransformed(const Kernel &kernel) {
  auto type = cast<RankedTensorType>(kernel.root->getResult(0).getType());
  ArrayRef<int64_t> shape = type.getShape();
  return kernel.shape.size() == 4 && (shape.size() == 6 || shape.size() == 7) &&
         shape[0] == shape[1] && (shape[0] == 4 || shape[0] == 6) && linalg::LinalgOp(kernel.root).getNumReductionLoops() == 1;
}

static Choice chooseWinograd(const Kernel &kernel) {
  ArrayRef<int64_t> shape =
      cast<RankedTensorType>(kernel.root->getResult(0).getType()).getShape();
  Choice choice;
  choice.kind = Kind::Winograd;
  choice.lanes = lanesFor(kernel, kernel.shape.back());
  int64_t m = shape[0] - 2, tilesY = shape[3], tilesX = shape[4];
  int64_t registers = kernel.target.vectorRegisters;
  int64_t vectors = registers >= 32 && kernel.shape.back() % (2 * choice.lanes) == 0 ? 2 : 1;
  int64_t width = shape.size() == 7 ? shape[6] : vectors * choice.lanes;
  vectors = std::max<int64_t>(width / choice.lanes, 1);
  int64_t limit = std::min<int64_t>(14, std::max<int64_t>((registers - 2 - vectors) / vectors, 1));
  // Few tiles: the whole image is a block, and register tiles have several rows.
  bool row = tilesX >= 7;
  int64_t x = rowsFor(tilesX, true, limit);
  int64_t y = row ? 1 : std::max<int64_t>(largestDivisor(tilesY, limit / x), 1);
  choice.tile = {1, y * m, x * m, width};
  choice.pad = row ? Place::Inline : Place::Root;
  if (kernel.target.threads > 1)
    choice.parallel = {1};
  return choice;
}

static std::optional<Choice> chooseContraction(const Kernel &kernel) {
  size_t rank = kernel.shape.size();
  if (rank == 0)
    return std::nullopt;
  if (isTransformed(kernel))
    return chooseWinograd(kernel);
  linalg::LinalgOp root = kernel.root;
  auto rootType = cast<RankedTensorType>(root->getResult(0).getType());
  Choice choice;
  choice.kind = Kind::Contraction;
  int64_t channels = kernel.shape.back();
  bool packed =
      rootType.getRank() == int64_t(rank) + 1 && !ShapedType::isDynamic(rootType.getShape().back());
  int64_t lanes = lanesFor(kernel, channels);
  int64_t registers = kernel.target.vectorRegisters;
  int64_t width; // of the tile, in elements
  int64_t range = workOf(root);
  for (int64_t extent : rootType.getShape())
    range = std::max<int64_t>(range / std::max<int64_t>(known(extent), 1), 1);
  if (packed) {
    width = rootType.getShape().back();
    while (lanes > 1 && width % lanes != 0)
      lanes /= 2;
  } else {
    int64_t vectors = (channels + lanes - 1) / lanes;
    int64_t wide = registers >= 32 ? 2 : (vectors % 2 == 0 ? 2 : 1);
    if (vectors % 2 != 0)
      wide = vectors % 3 == 0 && registers >= 32 ? 3 : vectors >= 5 ? 2 : 1;
    if (vectors == 1)
      wide = 1;
    width = lanes * wide;
  }
  int64_t vectors = std::max<int64_t>(width / lanes, 1);
  int64_t limit = std::max<int64_t>((registers - 2 - vectors) / vectors, 1);
  limit = std::min<int64_t>(limit, 14);
  int64_t stride = rowStride(root);
  if (stride > 0 && stride % 2048 == 0)
    limit = std::min<int64_t>(limit, 8);
  choice.lanes = lanes;
  choice.tile.assign(rank, 1);
  choice.tile[rank - 1] = width;
  if (rank >= 2) {
    int64_t x = rank - 2;
    int64_t rows = rowsFor(kernel.shape[x], kernel.isStatic[x], limit);
    choice.tile[x] = rows;
    if (rank >= 4 && rows * 2 <= limit && kernel.shape[rank - 3] > 1)
      choice.tile[rank - 3] =
          kernel.isStatic[rank - 3] ? largestDivisor(kernel.shape[rank - 3], limit / rows) : 1;
  }
  // Weights stream from memory once if the columns are the outer loop; short reductions keep the
  // pixels outside.
  int64_t weights = range * channels * (kernel.bits / 8);
  bool pixelsOuter = range <= 320 && weights <= (int64_t(3) << 19);
  for (size_t d = 0; d < rank; ++d)
    choice.order.push_back(d);
  if (!pixelsOuter && rank >= 2) {
    choice.order.pop_back();
    // A batch dimension that both operands have stays outside.
    size_t at = rank == 3 && kernel.role == Role::Contraction ? 1 : 0;
    choice.order.insert(choice.order.begin() + at, int64_t(rank) - 1);
  }
  choice.producers = pixelsOuter && rank == 2 ? Place::Outer : Place::Root;
  choice.pad = Place::Root;
  if (kernel.role == Role::Depthwise) {
    choice.pad = Place::Inline;
    choice.producers = Place::Root;
    SmallVector<int64_t> ranges = root.getStaticLoopRanges();
    if (!ShapedType::isDynamic(ranges.back()))
      choice.unroll = std::min<int64_t>(ranges.back(), 8);
  }
  chooseParallel(choice, kernel);
  return choice;
}

/// The steps of the window between neighbouring outputs, from the map of the input.
static int64_t windowStride(linalg::LinalgOp op) {
  int64_t stride = 1;
  AffineMap map = op.getMatchingIndexingMap(op.getDpsInputOperand(0));
  for (AffineExpr expr : map.getResults())
    expr.walk([&](AffineExpr part) {
      auto product = dyn_cast<AffineBinaryOpExpr>(part);
      if (!product || product.getKind() != AffineExprKind::Mul)
        return;
      auto dim = dyn_cast<AffineDimExpr>(product.getLHS());
      auto factor = dyn_cast<AffineConstantExpr>(product.getRHS());
      if (dim && factor &&
          op.getIteratorTypesArray()[dim.getPosition()] == utils::IteratorType::parallel)
        stride = std::max(stride, factor.getValue());
    });
  return stride;
}

static std::optional<Choice> chooseWindow(const Kernel &kernel) {
  size_t rank = kernel.shape.size();
  linalg::LinalgOp root = kernel.root;
  int64_t taps = 1;
  for (auto [range, iterator] : llvm::zip(root.getStaticLoopRanges(), root.getIteratorTypesArray()))
    if (iterator == utils::IteratorType::reduction)
      taps *= ShapedType::isDynamic(range) ? 1000 : range;
  if (rank < 3 || taps > 16)
    return chooseContraction(kernel);
  if (kernel.role == Role::Depthwise && taps > 9)
    return chooseContraction(kernel);
  Choice choice;
  choice.kind = Kind::Window;
  choice.lanes = lanesFor(kernel, kernel.shape.back());
  choice.tile.assign(rank, 1);
  choice.tile[rank - 1] = choice.lanes;
  int64_t width = kernel.shape[rank - 2];
  bool strided = windowStride(root) > 1, pooling = kernel.role == Role::Window;
  int64_t rows = 1, columns = 1;
  if (rank >= 4 && (pooling || width >= 28)) {
    rows = strided || pooling ? 2 : 4;
    columns = 2;
  } else if (rank >= 4 && width >= 14) {
    rows = 2, columns = 7;
  } else {
    columns = std::min<int64_t>(7, width);
  }
  if (kernel.target.vectorRegisters < 32) {
    rows = std::min<int64_t>(rows, 2);
    columns = std::min<int64_t>(columns, 4);
  }
  choice.tile[rank - 2] = std::min(columns, width);
  if (rank >= 4)
    choice.tile[rank - 3] = std::min(rows, kernel.shape[rank - 3]);
  for (size_t d = 0; d < rank; ++d)
    choice.order.push_back(d);
  if (width < 14 && !pooling) {
    choice.order.pop_back();
    choice.order.insert(choice.order.begin(), int64_t(rank) - 1);
  }
  chooseParallel(choice, kernel);
  return choice;
}

/// Whether the innermost dimension of the reduced operand is reduced.
static bool reducesRows(linalg::LinalgOp op) {
  for (OpOperand *operand : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(operand);
    if (map.getNumResults() == 0)
      continue;
    auto dim = dyn_cast<AffineDimExpr>(map.getResults().back());
    if (dim && op.getIteratorTypesArray()[dim.getPosition()] == utils::IteratorType::reduction)
      return true;
  }
  return false;
}

static Choice chooseElementwise(const Kernel &kernel) {
  Choice choice;
  size_t rank = kernel.shape.size();
  int64_t lanes = std::max<int64_t>(kernel.target.vectorBytes / 4, 1);
  choice.lanes = rank ? lanesFor(kernel, kernel.shape.back()) : 1;
  choice.tile.assign(rank, 1);
  if (rank == 0)
    return choice;
  choice.tile[rank - 1] = choice.lanes;
  if (kernel.transposes && rank >= 2) {
    // A square of vectors: rows are loaded, shuffled and stored whole.
    choice.kind = Kind::Transpose;
    choice.lanes = std::min<int64_t>(lanes, choice.lanes);
    choice.tile[rank - 1] = choice.lanes;
    choice.tile[rank - 2] = std::min<int64_t>(lanes, kernel.shape[rank - 2]);
  } else if (kernel.isStatic.back() && kernel.shape.back() % (2 * choice.lanes) == 0) {
    choice.tile[rank - 1] = 2 * choice.lanes;
  }
  chooseParallel(choice, kernel);
  return choice;
}

SmallVector<kernel::ScheduleAttr> dlc::halide::chooseSchedules(kernel::FuncOp func,
                                                               const TargetInfo &target) {
  Kernel kernel = analyze(func, target);
  Choice choice;
  std::optional<Choice> found;
  if (kernel.role == Role::Contraction)
    found = chooseContraction(kernel);
  else if (kernel.role == Role::Depthwise || kernel.role == Role::Window)
    found = chooseWindow(kernel);
  if (found) {
    choice = *found;
  } else if (kernel.role == Role::Reduction && reducesRows(kernel.root)) {
    choice.kind = Kind::Rowwise;
    choice.lanes =
        std::max<int64_t>(target.vectorBytes * 8 / std::max<int64_t>(kernel.bits, 32), 1);
    if (!kernel.shape.empty())
      chooseParallel(choice, kernel);
  } else if (kernel.role == Role::Reduction && !kernel.shape.empty()) {
    // Columns: vectors along them, accumulators in registers.
    choice.kind = Kind::Contraction;
    choice.lanes = lanesFor(kernel, kernel.shape.back());
    choice.tile.assign(kernel.shape.size(), 1);
    choice.tile.back() =
        std::min<int64_t>(8, std::max<int64_t>(kernel.shape.back() / choice.lanes, 1)) *
        choice.lanes;
    choice.producers = Place::Inline;
    chooseParallel(choice, kernel);
  } else {
    choice = chooseElementwise(kernel);
  }
  return {kernel::ScheduleAttr::get(func.getContext(), "halide", choice.kind, choice.tile,
                                    choice.order, choice.lanes, choice.parallel, choice.producers,
                                    choice.pad, choice.unroll, choice.dot)};
}
