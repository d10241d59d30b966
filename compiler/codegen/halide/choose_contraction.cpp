// Schedules of sums of products. Numbers: a register tile holds P rows of NV vectors,
// P * NV + NV + 1 registers; 14x2 (or 2 rows of 7 pixels) keeps two fused multiply-adds a cycle
// busy while the panel of weights comes from the second-level cache, 8 rows at most where the rows
// of the left operand are a multiple of 4 kB apart (they share the sets of the first-level cache).
#include "compiler/codegen/halide/choice.h"
#include "compiler/codegen/halide/register_tile.h"
#include "dialects/kernel/places.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <algorithm>

using namespace mlir;
using namespace dlc;
using namespace dlc::halide;
using Place = dlc::kernel::Placement;
using Kind = dlc::kernel::Template;

static int64_t largestDivisor(int64_t n, int64_t limit) {
  for (int64_t d = std::min(n, limit); d > 1; --d)
    if (n % d == 0)
      return d;
  return 1;
}

/// Rows of a tile along a dimension: as many as possible, since each tile reads all weights of its
/// columns; fewer where they divide the extent and need no more tiles, or where the rest would be
/// too few sums to keep multiply-adds busy. A rest of known size becomes a tile of its own, a rest
/// of unknown size is guarded row by row.
static int64_t rowsFor(int64_t extent, bool isStatic, int64_t limit, int64_t vectors) {
  constexpr int64_t kChains = 8; // two a cycle, each of which takes four
  if (!isStatic)
    return std::min<int64_t>(limit, 8);
  if (extent <= limit)
    return extent;
  int64_t tiles = llvm::divideCeil(extent, limit);
  if (extent % tiles == 0)
    return extent / tiles;
  return extent % limit * vectors < kChains ? llvm::divideCeil(extent, tiles) : limit;
}

static Choice chooseWinograd(const KernelInfo &kernel) {
  ArrayRef<int64_t> shape = cast<RankedTensorType>(kernel.root->getResult(0).getType()).getShape();
  Choice choice;
  choice.kind = Kind::Winograd;
  choice.winograd = kernel.winograd;
  choice.lanes = lanesFor(kernel, kernel.shape.back());
  int64_t m = kernel.winograd, tilesY = shape[3], tilesX = shape[4];
  int64_t registers = kernel.target.vectorRegisters;
  int64_t channels = llvm::divideCeil(kernel.shape.back(), choice.lanes); // in vectors
  int64_t packed = shape.size() == 7 ? shape[6] / choice.lanes : 0;
  int64_t vectors = packed ? packed : registers >= 32 && channels % 2 == 0 ? 2 : 1;
  int64_t limit = std::min<int64_t>(14, std::max<int64_t>((registers - 2 - vectors) / vectors, 1));
  // A block of tiles is a row of them, or the whole image where the filters are read too often
  // otherwise: they leave the near cache from row to row, and the blocks of an image do so, too.
  // Blocks of a line are a few register tiles; all of it, if that stays near.
  bool line = kernel.shape.size() == 3;
  int64_t points = shape[0] * shape[1];
  int64_t channelsIn = workOf(kernel.root) / std::max<int64_t>(productOf(shape), 1);
  int64_t filters = 4 * points * channelsIn * kernel.shape.back();
  int64_t tilesOfRow = line ? tilesY * tilesX : tilesX;
  int64_t rowBytes = 4 * points * tilesOfRow * (channelsIn + kernel.shape.back());
  bool staysNear = filters + rowBytes <= kernel.target.cacheBytes / 8 * 7;
  bool row = tilesX >= 7 &&
             (staysNear || double(filters) * kernel.target.flopsPerByte < 48 * double(rowBytes));
  bool parallel = kernel.target.threads > 1 && (!line || isWorthThreads(kernel));
  if (line)
    row = parallel || !staysNear;
  RegisterTile tile;
  if (registers < 32) {
    TiledExtents extents;
    extents.x = line ? tilesOfRow : tilesX;
    extents.y = row || line ? 1 : tilesY;
    extents.vectors = channels;
    extents.fixedVectors = packed;
    extents.range = channelsIn;
    tile = chooseRegisterTile(extents, kernel.target);
  } else {
    tile.vectors = vectors;
    tile.x = rowsFor(tilesX, true, limit, vectors);
    if (line)
      tile.y = tile.x < tilesX
                   ? 1
                   : rowsFor(tilesY, true, std::max<int64_t>(limit / tile.x, 1), vectors * tile.x);
    else
      tile.y = row ? 1 : std::max<int64_t>(largestDivisor(tilesY, limit / tile.x), 1);
  }
  int64_t width = tile.vectors * choice.lanes;
  if (line)
    choice.tile = {1, tile.y * tile.x * m, width};
  else
    choice.tile = {1, tile.y * m, tile.x * m, width};
  choice.pad = row ? Place::Inline : Place::Root;
  choice.prefetch = std::max<int64_t>(4096 / (width * 4), 1);
  if (parallel)
    choice.parallel = {1};
  return choice;
}

/// Vectors in a row of the register tile: enough accumulators that the latency of the multiply-add
/// does not show, few enough that the rows of the left operand are not read too often. For short
/// sums (`range` terms) whole rows, so that stores, which are most of the work, go along memory.
static int64_t vectorsPerRow(int64_t rows, int64_t vectors, int64_t range, int64_t registers) {
  if (range <= 32 && rows > 4 && registers >= 32 && vectors > 2) {
    int64_t divisor = largestDivisor(vectors, 6);
    return divisor >= 4 ? divisor : vectors <= 9 ? vectors : std::max<int64_t>(divisor, 3);
  }
  if (registers < 32)
    return vectors % 2 == 0 && rows > 1 ? 2 : std::min<int64_t>(vectors, rows == 1 ? 4 : 1);
  if (rows <= 2)
    return std::min<int64_t>(vectors, 4);
  if (rows <= 4)
    return std::min<int64_t>(vectors, 3);
  if (vectors % 2 == 0 || vectors == 1)
    return std::min<int64_t>(vectors, 2);
  return vectors % 3 == 0 ? 3 : vectors >= 5 ? 2 : 1;
}

/// Whether one factor (the weights) serves the rows of the two innermost dimensions of rows alike:
/// not so for a batch of matrix products.
static bool sharesWeights(linalg::LinalgOp root, bool packed) {
  SmallVector<int64_t> ranges = root.getStaticLoopRanges();
  SmallVector<AffineExpr> rows;
  for (AffineExpr expr : root.getIndexingMapsArray().back().getResults().drop_back(packed ? 2 : 1))
    if (auto dim = dyn_cast<AffineDimExpr>(expr); dim && ranges[dim.getPosition()] != 1)
      rows.push_back(expr);
  return rows.size() >= 2 && llvm::any_of(root.getDpsInputOperands(), [&](OpOperand *input) {
           AffineMap map = root.getMatchingIndexingMap(input);
           return llvm::none_of(ArrayRef(rows).take_back(2), [&](AffineExpr row) {
             return map.isFunctionOfDim(cast<AffineDimExpr>(row).getPosition());
           });
         });
}

/// So many rows fit in the ways of a set.
static constexpr int64_t kRowsThatShareSets = 8;

/// Whether neighbouring rows of a factor are so far apart that they share the sets of the
/// first-level cache (64 sets of 64 bytes).
static bool rowsShareSets(const KernelInfo &kernel, int64_t row) {
  linalg::LinalgOp root = kernel.root;
  AffineMap result = root.getIndexingMapsArray().back();
  if (row >= result.getNumResults())
    return false;
  auto loop = dyn_cast<AffineDimExpr>(result.getResult(unsigned(row)));
  if (!loop)
    return false;
  for (OpOperand *input : root.getDpsInputOperands()) {
    AffineMap map = root.getMatchingIndexingMap(input);
    auto found = llvm::find_if(map.getResults(), [&](AffineExpr expr) {
      return expr.isFunctionOfDim(loop.getPosition());
    });
    if (found == map.getResults().end())
      continue;
    ArrayRef<int64_t> shape = cast<ShapedType>(input->get().getType()).getShape();
    int64_t stride = productOf(shape.drop_front(found - map.getResults().begin() + 1));
    if (stride * kernel.bits / 8 % 4096 == 0)
      return true;
  }
  return false;
}

/// Whether columns run through exactly one factor, and not along memory: each vector of it is
/// gathered. Sets in `owned` the dimensions of the result that it depends on.
static bool gathersColumns(linalg::LinalgOp root, int64_t column, SmallVectorImpl<bool> &owned) {
  ArrayRef<AffineExpr> result = root.getIndexingMapsArray().back().getResults();
  AffineMap gathered;
  for (OpOperand *input : root.getDpsInputOperands()) {
    AffineMap map = root.getMatchingIndexingMap(input);
    if (!map.isFunctionOfDim(cast<AffineDimExpr>(result[column]).getPosition()))
      continue;
    if (gathered || map.getResults().back() == result[column])
      return false;
    gathered = map;
  }
  for (AffineExpr expr : result)
    owned.push_back(gathered && gathered.isFunctionOfDim(cast<AffineDimExpr>(expr).getPosition()));
  return bool(gathered);
}

namespace {
/// Fills in a choice for a sum of products, field by field.
class Contraction {
public:
  explicit Contraction(const KernelInfo &kernel);
  Choice run() {
    chooseTile();
    chooseOrder();
    choosePlaces();
    choosePrefetch();
    chooseParallel(choice, kernel);
    return choice;
  }

private:
  void chooseTile();
  void chooseOrder();
  void choosePlaces();
  void choosePrefetch();
  bool chooseSmallTile();
  int64_t chooseWidth();
  bool padsFewTiles();
  int64_t mostRows(int64_t vectors) const;
  int64_t extentOf(int64_t d) const { return d < 0 ? 1 : kernel.shape[d]; }

  const KernelInfo &kernel;
  linalg::LinalgOp root;
  Choice choice;
  const size_t rank;
  const int64_t registers;
  const bool isDepthwise;
  int64_t c, x, y;  ///< dimensions of columns, rows, and rows of rows; -1: none
  int64_t channels; ///< columns
  int64_t range;    ///< terms of a sum
  int64_t weights;  ///< bytes of the factor that has the columns
  bool gathers;     ///< that factor, as gathersColumns() has it, and its rows are not x
  bool pixelsOuter; ///< and the columns inside
  std::optional<int64_t> panel;
  SmallVector<bool> owned; ///< see gathersColumns()
};
} // namespace

Contraction::Contraction(const KernelInfo &kernel)
    : kernel(kernel), root(kernel.root), rank(kernel.shape.size()),
      registers(kernel.target.vectorRegisters), isDepthwise(kernel.role == Role::Depthwise),
      c(kernel.dimension(0)), x(kernel.dimension(1)), y(kernel.dimension(2)),
      channels(kernel.shape[c]) {
  choice.kind = Kind::Contraction;
  if (kernel.role == Role::Contraction && multipliesBytes(root))
    choice.dot = kernel.target.vnni ? 4 : 2;
  if (!kernel.apart)
    panel = panelOf(root);
  ArrayRef<int64_t> sums = cast<RankedTensorType>(root->getResult(0).getType()).getShape();
  range = workOf(root);
  for (int64_t extent : sums)
    range = std::max<int64_t>(range / std::max<int64_t>(known(extent), 1), 1);
  weights = range * channels * (choice.dot > 0 ? 8 : kernel.bits) / 8;
  // What is gathered serves rows that do not depend on it, if there are such.
  bool isResult = llvm::equal(sums, kernel.shape); // dimension by dimension
  gathers = isResult && !isDepthwise && x >= 0 && gathersColumns(root, c, owned) && owned[x];
  if (gathers) {
    x = y = -1;
    for (size_t d = 0; d < rank; ++d)
      if (!owned[d] && kernel.shape[d] > 1)
        x = int64_t(d);
  }
  // Weights stream from memory once if the columns are the outer loop; short reductions keep the
  // pixels outside.
  pixelsOuter = gathers || (range <= 320 && weights <= (int64_t(3) << 19));
}

/// Elements of a row of the tile.
int64_t Contraction::chooseWidth() {
  choice.lanes = isDepthwise ? lanesWithoutMasks(kernel, channels) : lanesFor(kernel, channels);
  if (panel) {
    while (choice.lanes > 1 && *panel % choice.lanes != 0)
      choice.lanes /= 2;
    return *panel;
  }
  // A row reads data of its own anyway, and each weight for all rows; or a vector serves them.
  if (isDepthwise || gathers)
    return choice.lanes;
  int64_t vectors = llvm::divideCeil(channels, choice.lanes);
  return choice.lanes * vectorsPerRow(extentOf(x), vectors, range, registers);
}

/// Of tiles of so many vectors.
int64_t Contraction::mostRows(int64_t vectors) const {
  int64_t others = 2 + (choice.dot == 2); // products of pairs before they are added
  int64_t limit = std::max<int64_t>((registers - others - vectors) / vectors, 1);
  limit = std::min<int64_t>(limit, vectors == 1 && range <= 64 && !isDepthwise ? 28 : 14);
  // Of tiles with fewer rows the weights are read more often, which processors feel that multiply
  // twice as fast: rows that make one tile stay together there.
  if (extentOf(x) > limit || halvesAreFree(kernel.target))
    limit = std::min<int64_t>(limit, rowsShareSets(kernel, x) ? kRowsThatShareSets : 14);
  return limit;
}

/// The tile for short sums on processors that multiply vectors once a cycle. They need no more than
/// four sums at a time, and what follows the sums of a small tile is done while those of the next
/// one begin, which is most of what a large tile would win by reading weights less often.
bool Contraction::chooseSmallTile() {
  constexpr int64_t kNear = 32 << 10; // weights that a vector a row can be read from
  choice.lanes = lanesFor(kernel, channels);
  if (!halvesAreFree(kernel.target) || registers < 32 || !pixelsOuter || gathers || isDepthwise ||
      panel || x < 0 || !kernel.isStatic[x] || channels % choice.lanes != 0 ||
      weights > kernel.target.cacheBytes / 4)
    return false;
  int64_t all = channels / choice.lanes, rows = 4, vectors = 0;
  if (choice.dot > 0)
    vectors = weights <= kNear ? 1 : all % 2 == 0 ? 2 : 0;
  else if (all % 4 == 0 || all % 3 == 0)
    vectors = all % 4 == 0 ? 4 : 3;
  else if (all <= 2)
    vectors = 1, rows = 8;
  int64_t extent = kernel.shape[x];
  if (vectors == 0 || (extent % rows != 0 && extent < 3 * rows))
    return false;
  // The last tile waits for its sums if it has few.
  int64_t rest = extent % rows * vectors, idle = rest == 0 ? 0 : std::max<int64_t>(4 - rest, 0);
  if (idle * 20 > extent * vectors)
    return false;
  choice.tile[x] = rowsFor(extent, true, rows, vectors);
  choice.tile[c] = vectors * choice.lanes;
  return true;
}

void Contraction::chooseTile() {
  choice.tile.assign(rank, 1);
  if (chooseSmallTile())
    return;
  int64_t width = chooseWidth(), vectors = std::max<int64_t>(width / choice.lanes, 1);
  bool sharesRows = x >= 0 && y >= 0 && kernel.isStatic[y] &&
                    (isDepthwise || sharesWeights(root, panel.has_value()));
  if (registers < 32 && !isDepthwise && x >= 0 && kernel.isStatic[x]) {
    TiledExtents extents;
    extents.x = kernel.shape[x];
    extents.y = sharesRows ? kernel.shape[y] : 1;
    extents.vectors = llvm::divideCeil(channels, choice.lanes);
    extents.fixedVectors = panel || gathers ? vectors : 0;
    extents.range = range;
    extents.pairs = choice.dot == 2;
    if (rowsShareSets(kernel, x))
      extents.mostRows = kRowsThatShareSets;
    RegisterTile tile = chooseRegisterTile(extents, kernel.target);
    width = extents.fixedVectors ? width : tile.vectors * choice.lanes;
    choice.tile[x] = tile.x;
    if (y >= 0)
      choice.tile[y] = tile.y;
  } else if (x >= 0) {
    int64_t limit = mostRows(vectors);
    choice.tile[x] = rowsFor(kernel.shape[x], kernel.isStatic[x], limit, vectors);
    if (sharesRows && choice.tile[x] * 2 <= limit)
      choice.tile[y] = std::min(kernel.shape[y], limit / choice.tile[x]);
  }
  choice.tile[c] = width;
}

void Contraction::chooseOrder() {
  for (size_t d = 0; d < rank; ++d)
    if (pixelsOuter || int64_t(d) != c)
      choice.order.push_back(d);
  if (gathers) // what is gathered is in a near cache for all rows
    std::stable_partition(choice.order.begin(), choice.order.end(),
                          [&](int64_t d) { return owned[d]; });
  if (!pixelsOuter) {
    // Images and the batch of a matrix product stay outside.
    bool batch = rank >= 3 && kernel.shape[0] != 1 && c != 0;
    choice.order.insert(choice.order.begin() + batch, c);
  }
}

/// Whether pads are at the ends of dimensions of so many tiles that what the first and the last one
/// cost does not count: signals of one dimension.
bool Contraction::padsFewTiles() {
  constexpr int64_t kMany = 64;
  ArrayRef<AffineExpr> result = root.getIndexingMapsArray().back().getResults();
  bool pads = false;
  for (OpOperand *input : root.getDpsInputOperands()) {
    auto pad = input->get().getDefiningOp<tensor::PadOp>();
    if (!pad)
      continue;
    AffineMap map = root.getMatchingIndexingMap(input);
    for (auto [expr, low, high] :
         llvm::zip(map.getResults(), pad.getMixedLowPad(), pad.getMixedHighPad())) {
      if (isConstantIntValue(low, 0) && isConstantIntValue(high, 0))
        continue;
      pads = true;
      // The loop of the result that moves along this dimension.
      size_t d = 0;
      while (d < result.size() &&
             !expr.isFunctionOfDim(cast<AffineDimExpr>(result[d]).getPosition()))
        ++d;
      if (d == result.size() || result.size() != rank || kernel.shape[d] < kMany * choice.tile[d])
        return false;
    }
  }
  return pads;
}

void Contraction::choosePlaces() {
  choice.producers = pixelsOuter && rank == 2 ? Place::Outer : Place::Root;
  // A padded copy pays where the sums are long: the loop over the window is the same everywhere.
  // The copy that widens bytes pads them, too; without one, four bytes are loaded at a time.
  bool inlined =
      isDepthwise || choice.dot == 2 || (choice.dot == 0 && (range <= 32 || padsFewTiles()));
  choice.pad = inlined ? Place::Inline : Place::Root;
  SmallVector<int64_t> ranges = root.getStaticLoopRanges();
  if (isDepthwise && !ShapedType::isDynamic(ranges.back()))
    choice.unroll = std::min<int64_t>(ranges.back(), 8);
}

/// About 4 kB ahead: the processor's own prefetchers do not follow panels at the speed at which
/// they are used up. They follow those that are read once, in order, through narrow data paths, if
/// no memory is waited for. Where each row's factor is a load, prefetches are in the way of the
/// panels that are read once or often.
void Contraction::choosePrefetch() {
  constexpr int64_t kNear = 40 << 10;               // stays in a first-level cache of 32 or 48 kB
  constexpr int64_t kLastLevel = int64_t(16) << 20; // and this in that of the last level
  int64_t passes = 1;                               // through a panel
  for (size_t d = 0; d < rank; ++d)
    if (int64_t(d) != c)
      passes *= llvm::divideCeil(kernel.shape[d], choice.tile[d]);
  bool follows = passes == 1 && halvesAreFree(kernel.target) && weights <= kLastLevel;
  bool inTheWay = registers < 32 && (passes == 1 || passes >= 10);
  if (isDepthwise || choice.dot > 0 || weights <= kNear || follows || inTheWay)
    return;
  choice.prefetch =
      std::max<int64_t>(4096 / std::max<int64_t>(choice.tile[c] * (kernel.bits / 8), 1), 1);
}

std::optional<Choice> dlc::halide::chooseContraction(const KernelInfo &kernel) {
  if (kernel.shape.empty())
    return std::nullopt;
  if (kernel.winograd != 0 && (kernel.shape.size() == 3 || kernel.shape.size() == 4))
    return chooseWinograd(kernel);
  return Contraction(kernel).run();
}
