// kernel-winograd: a stride-1 convolution of r x r taps on channels-last data becomes Winograd's
// F(m x m, r x r), as plain linalg: F(2, 3), F(4, 3) or F(2, 5).
//
// With a = m + r - 1, tiles (ty, tx) of m x m outputs and a x a inputs that overlap by r - 1, the
// kernel is five generics:
//   T[i, q, n, ty, tx, c] = sum over p of B^T[i, p] * x[n, m*ty + p, m*tx + q, c]
//   V[i, j, n, ty, tx, c] = sum over q of B^T[j, q] * T[i, q, n, ty, tx, c]
//   M[i, j, n, ty, tx, co] = sum over c of V[i, j, n, ty, tx, c] * U[i, j, c, co]
//   P[r, j, n, ty, tx, co] = sum over i of A^T[r, i] * M[i, j, n, ty, tx, co]
//   Y[n, ty, r, tx, s, co] = sum over j of A^T[s, j] * P[r, j, n, ty, tx, co]
// T, V, P and Y take the a values of their sum as a operands (the same tensor, with constants in
// the maps); their bodies compute all rows with shared terms and select by the loop index, which
// folds where that loop is unrolled. U = G g G^T is a constant of the caller. Matrices: A. Lavin
// and S. Gray, "Fast Algorithms for Convolutional Neural Networks", 2015.
#include "compiler/kernels/backend.h"
#include "compiler/kernels/grouping.h"
#include "compiler/kernels/operand_rewrite.h"
#include "compiler/kernels/outline.h"
#include "compiler/kernels/padding.h"
#include "compiler/kernels/passes.h"
#include "compiler/kernels/window.h"

#include "dialects/kernel/places.h"

#include "mlir/IR/PatternMatch.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>

namespace dlc {
#define GEN_PASS_DEF_KERNELWINOGRAD
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

//===-- Which convolutions -------------------------------------------------------------------===//

static int64_t alphaOf(int64_t tile, int64_t taps) { return tile + taps - 1; }

/// Six points are 0, a, -a, b, -b, infinity. Of the multiples of 1/16 these had the least error on
/// random sums, less than half that of 1 and 2, with which a transform has a few products less.
static constexpr double kInner = 0.625, kOuter = 1.5;
static constexpr double kInner2 = kInner * kInner, kOuter2 = kOuter * kOuter;

/// Whether there are matrices for it: four points (0, 1, -1, infinity) or six.
static bool isKnown(int64_t tile, int64_t taps) {
  int64_t alpha = alphaOf(tile, taps);
  return (tile == 2 || tile == 4) && taps >= 3 && (alpha == 4 || alpha == 6);
}

namespace {
struct Plan {
  linalg::LinalgOp op;
  OpOperand *data = nullptr, *filter = nullptr;
  int64_t tile = 0;                     ///< m
  int64_t taps = 0;                     ///< r
  Type given;                           ///< elements of the filter
  Type stored;                          ///< elements of the transformed filter
  int64_t height = 0, width = 0;        ///< of the output
  int64_t inputs = 0, outputs = 0;      ///< channels
  unsigned positions[4] = {0, 0, 0, 0}; ///< of co, ci, kh, kw in the filter
  int64_t alpha() const { return alphaOf(tile, taps); }
  int64_t tilesY() const { return llvm::divideCeil(height, tile); }
  int64_t tilesX() const { return llvm::divideCeil(width, tile); }
};
} // namespace

/// What the transformed filter is stored as where the filter is `given`. The sums over six points
/// take its rounding errors several times: too much for the 8 bits of bf16.
static Type storedType(Type given, int64_t alpha) {
  return given.isBF16() && alpha == 6 ? Float32Type::get(given.getContext()) : given;
}

/// The m of F(m x m, r x r) that costs least, 0 for the direct form. Costs are float operations;
/// a byte of the filters is worth `flopsPerByte` of them, since each run reads the filters from
/// memory, and a byte of the transformed image less, since it stays in the caches.
static int64_t chooseTile(const Plan &plan, int64_t images, double flopsPerByte) {
  double filters = double(plan.inputs) * double(plan.outputs);
  auto bytes = [](Type type) { return double(type.getIntOrFloatBitWidth()) / 8; };
  double taps = double(plan.taps * plan.taps);
  double direct = 2 * taps * double(images * plan.height * plan.width) * filters +
                  flopsPerByte * taps * bytes(plan.given) * filters;
  int64_t best = 0;
  double least = 0.9 * direct; // what is hardly better is not worth its errors and its memory
  for (int64_t tile : {2, 4}) {
    if (!isKnown(tile, plan.taps))
      continue;
    int64_t alpha = alphaOf(tile, plan.taps);
    double tiles =
        double(images * llvm::divideCeil(plan.height, tile) * llvm::divideCeil(plan.width, tile));
    double products = double(alpha * alpha);
    // Both transformed images are written and read once.
    double image = 2 * 4 * products * tiles * double(plan.inputs + plan.outputs);
    double cost = 2 * products * tiles * filters +
                  flopsPerByte * bytes(storedType(plan.given, alpha)) * products * filters +
                  flopsPerByte / 3 * image;
    if (cost < least) {
      least = cost;
      best = tile;
    }
  }
  return best;
}

/// The window of step 1 over dimension `i` of the data, which the loop of the result's dimension
/// `i` moves.
static std::optional<Window> windowAt(linalg::LinalgOp op, AffineMap data, AffineMap out,
                                      unsigned i) {
  std::optional<Window> window = windowOf(data.getResult(i), op);
  bool isPlain = window && window->isDense() && window->step == 1 &&
                 out.getResult(i) == getAffineDimExpr(window->loop, op.getContext());
  return isPlain ? window : std::nullopt;
}

/// `tile` as the pass has it: 0, 2, 4, or -1 to choose.
static std::optional<Plan> planWinograd(kernel::FuncOp func, double flopsPerByte, int64_t tile) {
  Plan plan;
  for (auto op : func.getBody().getOps<linalg::LinalgOp>()) {
    if (classify(op) != OpClass::Contraction)
      continue;
    if (plan.op)
      return std::nullopt;
    plan.op = op;
  }
  linalg::LinalgOp op = plan.op;
  // Tiles of the result are computed from tiles of the products: no transpose may lie between.
  if (!op || !linalg::isaConvolutionOpInterface(op) || op.getNumDpsInputs() != 2 ||
      op.getNumLoops() != 7 || !reachesOutput(op->getResult(0)))
    return std::nullopt;
  // The sizes of the result are read off its destination.
  auto fill = op.getDpsInits().front().getDefiningOp<linalg::FillOp>();
  if (!fill || !fill.getOutputs().front().getDefiningOp<tensor::EmptyOp>())
    return std::nullopt;
  plan.data = op.getDpsInputOperand(0);
  plan.filter = op.getDpsInputOperand(1);
  auto argument = dyn_cast<BlockArgument>(plan.filter->get());
  if (!argument || !argument.hasOneUse())
    return std::nullopt;
  plan.given = getElementTypeOrSelf(argument.getType());
  bool known = plan.given.isF32() || plan.given.isBF16() || plan.given.isF16();
  for (OpOperand &operand : op->getOpOperands())
    if (&operand != plan.filter && !getElementTypeOrSelf(operand.get().getType()).isF32())
      return std::nullopt;
  if (!known)
    return std::nullopt;
  AffineMap data = op.getMatchingIndexingMap(plan.data), out = op.getIndexingMapsArray().back(),
            filter = op.getMatchingIndexingMap(plan.filter);
  if (data.getNumResults() != 4 || out.getNumResults() != 4 || !filter.isProjectedPermutation() ||
      filter.getNumResults() != 4 || data.getResult(0) != out.getResult(0))
    return std::nullopt;
  auto rows = windowAt(op, data, out, 1), columns = windowAt(op, data, out, 2);
  auto ci = dyn_cast<AffineDimExpr>(data.getResult(3)),
       co = dyn_cast<AffineDimExpr>(out.getResult(3));
  if (!rows || !columns || !ci || !co)
    return std::nullopt;
  unsigned wanted[4] = {co.getPosition(), ci.getPosition(), rows->tap, columns->tap};
  for (unsigned i = 0; i < 4; ++i) {
    std::optional<unsigned> position =
        filter.getResultPosition(getAffineDimExpr(wanted[i], op.getContext()));
    if (!position)
      return std::nullopt;
    plan.positions[i] = *position;
  }
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  plan.height = ranges[rows->loop];
  plan.width = ranges[columns->loop];
  plan.inputs = ranges[ci.getPosition()];
  plan.outputs = ranges[co.getPosition()];
  plan.taps = ranges[rows->tap];
  if (ranges[columns->tap] != plan.taps || ShapedType::isDynamic(plan.height) ||
      ShapedType::isDynamic(plan.width) || plan.inputs < 16 || plan.outputs < 16 ||
      plan.inputs % 8 != 0) // the transforms run along the channels
    return std::nullopt;
  int64_t images = cast<ShapedType>(plan.data->get().getType()).getDimSize(0);
  plan.tile =
      tile >= 0 ? tile : chooseTile(plan, ShapedType::isDynamic(images) ? 1 : images, flopsPerByte);
  if (!isKnown(plan.tile, plan.taps))
    return std::nullopt;
  plan.stored = storedType(plan.given, plan.alpha());
  return plan;
}

//===-- Scalar bodies ------------------------------------------------------------------------===//

namespace {
/// f32 arithmetic in a body.
struct Scalars {
  OpBuilder &b;
  Location loc;
  Value add(Value x, Value y) { return arith::AddFOp::create(b, loc, x, y); }
  Value sub(Value x, Value y) { return arith::SubFOp::create(b, loc, x, y); }
  Value times(double factor, Value x) {
    Value constant = arith::ConstantOp::create(b, loc, b.getF32FloatAttr(factor));
    return arith::MulFOp::create(b, loc, x, constant);
  }
};
using Rows = SmallVector<Value>;
} // namespace

/// B^T d.
static Rows inputTransform(Scalars s, int64_t, ValueRange d) {
  if (d.size() == 4)
    return {s.sub(d[0], d[2]), s.add(d[1], d[2]), s.sub(d[2], d[1]), s.sub(d[1], d[3])};
  // Rows of x (x + a) (x^2 - b^2) and the like; of x (x^2 - a^2) (x^2 - b^2) for infinity.
  auto pair = [&](double own, double others2, Rows &rows) {
    Value even = s.sub(d[4], s.times(others2, d[2])), odd = s.sub(d[3], s.times(others2, d[1]));
    Value scaled = s.times(own, odd);
    rows.append({s.add(even, scaled), s.sub(even, scaled)});
  };
  auto whole = [&](unsigned k) {
    Value low = s.sub(s.times(kInner2 * kOuter2, d[k]), s.times(kInner2 + kOuter2, d[k + 2]));
    return s.add(low, d[k + 4]);
  };
  Rows rows = {whole(0)};
  pair(kInner, kOuter2, rows);
  pair(kOuter, kInner2, rows);
  rows.push_back(whole(1));
  return rows;
}

/// A^T m: row i is the sum over the points of their power i; infinity counts in the last row.
static Rows outputTransform(Scalars s, int64_t tile, ValueRange m) {
  Value sum = s.add(m[1], m[2]), difference = s.sub(m[1], m[2]);
  if (m.size() == 4)
    return {s.add(m[0], sum), s.sub(difference, m[3])};
  Value sum2 = s.add(m[3], m[4]), difference2 = s.sub(m[3], m[4]);
  auto powers = [&](int power, Value inner, Value outer) {
    return s.add(s.times(std::pow(kInner, power), inner), s.times(std::pow(kOuter, power), outer));
  };
  Value first = s.add(s.add(m[0], sum), sum2), second = powers(1, difference, difference2);
  if (tile == 2)
    return {first, s.add(second, m[5])};
  return {first, second, powers(2, sum, sum2), s.add(powers(3, difference, difference2), m[5])};
}

/// rows[index of loop `dim`].
static Value selectRow(OpBuilder &b, Location loc, ArrayRef<Value> rows, unsigned dim) {
  Value index = linalg::IndexOp::create(b, loc, dim);
  Value result = rows.back();
  for (int64_t i = static_cast<int64_t>(rows.size()) - 2; i >= 0; --i) {
    Value here = arith::ConstantIndexOp::create(b, loc, i);
    Value isHere = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, index, here);
    result = arith::SelectOp::create(b, loc, isHere, rows[i], result);
  }
  return result;
}

/// f32 of a filter's element.
static Value widened(OpBuilder &b, Location loc, Value x) {
  return x.getType().isF32() ? x : arith::ExtFOp::create(b, loc, b.getF32Type(), x).getResult();
}

//===-- The five generics --------------------------------------------------------------------===//

/// G, row-major, alpha x taps: the powers of a point, and its weight.
static SmallVector<float> filterMatrix(int64_t alpha, int64_t taps) {
  using Weighted = std::pair<double, double>;
  SmallVector<Weighted> points = {{0, 1}, {1, 0.5}, {-1, 0.5}};
  if (alpha == 6) {
    double inner = 0.5 / (kInner2 * (kInner2 - kOuter2));
    double outer = 0.5 / (kOuter2 * (kOuter2 - kInner2));
    points = {{0, 1 / (kInner2 * kOuter2)},
              {kInner, inner},
              {-kInner, inner},
              {kOuter, outer},
              {-kOuter, outer}};
  }
  SmallVector<float> matrix;
  for (auto [point, weight] : points)
    for (int64_t tap = 0; tap < taps; ++tap) {
      matrix.push_back(static_cast<float>(weight));
      weight *= point;
    }
  matrix.append(static_cast<size_t>(taps - 1), 0);
  matrix.push_back(1); // infinity
  return matrix;
}

namespace {
class WinogradBuilder {
public:
  WinogradBuilder(Plan &plan, IRRewriter &b)
      : plan(plan), b(b), loc(plan.op.getLoc()), a(plan.alpha()), m(plan.tile) {}

  void run(Value transformedFilter) {
    b.setInsertionPoint(plan.op);
    Value x = paddedData();
    auto fill = plan.op.getDpsInits().front().getDefiningOp<linalg::FillOp>();
    auto destination = fill.getOutputs().front().getDefiningOp<tensor::EmptyOp>();
    OpFoldResult n = destination.getMixedSizes()[0];
    SmallVector<OpFoldResult> tiles = {n, size(plan.tilesY()), size(plan.tilesX())};
    auto shape = [&](int64_t i, int64_t j, int64_t channels) {
      SmallVector<OpFoldResult> result = {size(i), size(j)};
      llvm::append_range(result, tiles);
      result.push_back(size(channels));
      return result;
    };
    // Loops (i, q, n, ty, tx, c): operand p is x[n, m*ty + p, m*tx + q, c].
    Value t =
        transform(x, shape(a, a, plan.inputs), identity(6), /*row=*/0, inputTransform,
                  [&](int64_t p) { return map({d(2), d(3) * m + p, d(4) * m + d(1), d(5)}); });
    Value v = transform(t, shape(a, a, plan.inputs), identity(6), /*row=*/1, inputTransform,
                        [&](int64_t q) { return map({d(0), c(q), d(2), d(3), d(4), d(5)}); });
    Value products = multiply(v, transformedFilter, shape(a, a, plan.outputs));
    Value p =
        transform(products, shape(m, a, plan.outputs), identity(6), /*row=*/0, outputTransform,
                  [&](int64_t i) { return map({c(i), d(1), d(2), d(3), d(4), d(5)}); });
    // Loops (n, ty, r, tx, s, co).
    SmallVector<OpFoldResult> outShape = {n,        tiles[1], size(m),
                                          tiles[2], size(m),  size(plan.outputs)};
    Value y = transform(p, outShape, identity(6), /*row=*/4, outputTransform,
                        [&](int64_t j) { return map({d(2), c(j), d(0), d(1), d(3), d(5)}); });
    y = tensor::CollapseShapeOp::create(
        b, loc, y, SmallVector<ReassociationIndices>{{0}, {1, 2}, {3, 4}, {5}});
    y = cutAtEnd(b, loc, y, plan.op->getResult(0).getType(),
                 {n, size(plan.height), size(plan.width), size(plan.outputs)});
    b.replaceOp(plan.op, y);
  }

private:
  using MapOf = llvm::function_ref<AffineMap(int64_t)>;
  OpFoldResult size(int64_t value) { return b.getIndexAttr(value); }
  AffineExpr d(unsigned i) { return getAffineDimExpr(i, b.getContext()); }
  AffineExpr c(int64_t value) { return getAffineConstantExpr(value, b.getContext()); }
  AffineMap map(ArrayRef<AffineExpr> results) {
    return AffineMap::get(6, 0, results, b.getContext());
  }
  AffineMap identity(unsigned rank) { return b.getMultiDimIdentityMap(rank); }

  /// The data with enough rows and columns for whole tiles.
  Value paddedData() {
    auto type = cast<RankedTensorType>(plan.data->get().getType());
    return padAtEnd(b, loc, plan.data->get(),
                    {0, plan.tilesY() * m + plan.taps - 1 - type.getDimSize(1),
                     plan.tilesX() * m + plan.taps - 1 - type.getDimSize(2), 0});
  }

  Value transform(Value source, ArrayRef<OpFoldResult> shape, AffineMap out, unsigned row,
                  Rows (*rows)(Scalars, int64_t, ValueRange), MapOf mapOf) {
    Value empty = tensor::EmptyOp::create(b, loc, shape, b.getF32Type());
    SmallVector<AffineMap> maps;
    for (int64_t i = 0; i < a; ++i)
      maps.push_back(mapOf(i));
    maps.push_back(out);
    SmallVector<Value> operands(a, source);
    SmallVector<utils::IteratorType> iterators(6, utils::IteratorType::parallel);
    auto generic = linalg::GenericOp::create(
        b, loc, empty.getType(), operands, empty, maps, iterators,
        [&](OpBuilder &builder, Location l, ValueRange arguments) {
          Rows all = rows({builder, l}, m, arguments.drop_back());
          linalg::YieldOp::create(builder, l, selectRow(builder, l, all, row));
        });
    return generic.getResult(0);
  }

  /// Loops (i, j, n, ty, tx, co | c).
  Value multiply(Value v, Value u, ArrayRef<OpFoldResult> shape) {
    Value init = tensor::EmptyOp::create(b, loc, shape, b.getF32Type());
    Value zero = arith::ConstantOp::create(b, loc, b.getF32FloatAttr(0));
    init = linalg::FillOp::create(b, loc, zero, init).getResult(0);
    auto map7 = [&](ArrayRef<AffineExpr> results) {
      return AffineMap::get(7, 0, results, b.getContext());
    };
    SmallVector<AffineMap> maps = {map7({d(0), d(1), d(2), d(3), d(4), d(6)}),
                                   map7({d(0), d(1), d(6), d(5)}),
                                   map7({d(0), d(1), d(2), d(3), d(4), d(5)})};
    SmallVector<utils::IteratorType> iterators(7, utils::IteratorType::parallel);
    iterators.back() = utils::IteratorType::reduction;
    auto generic = linalg::GenericOp::create(
        b, loc, init.getType(), ValueRange{v, u}, init, maps, iterators,
        [](OpBuilder &builder, Location l, ValueRange x) {
          Value product = arith::MulFOp::create(builder, l, x[0], widened(builder, l, x[1]));
          linalg::YieldOp::create(builder, l,
                                  Value(arith::AddFOp::create(builder, l, x[2], product)));
        });
    return generic.getResult(0);
  }

  Plan &plan;
  IRRewriter &b;
  Location loc;
  int64_t a, m;
};
} // namespace

static void rewriteKernel(kernel::FuncOp func, int64_t tile) {
  Plan plan = *planWinograd(func, /*flopsPerByte=*/0, tile);
  IRRewriter rewriter(func.getContext());
  auto argument = cast<BlockArgument>(plan.filter->get());
  auto type =
      RankedTensorType::get({plan.alpha(), plan.alpha(), plan.inputs, plan.outputs}, plan.stored);
  // The old op is erased below and must not see a filter of another shape before.
  Value filter =
      func.getBody().insertArgument(argument.getArgNumber() + 1, type, argument.getLoc());
  WinogradBuilder(plan, rewriter).run(filter);
  func.getBody().eraseArgument(argument.getArgNumber());
  eraseDeadOps(func.getBody().front());
  func.setFunctionType(FunctionType::get(func.getContext(), func.getBody().getArgumentTypes(),
                                         func.getResultTypes()));
  func->setAttr(kernel::kWinogradAttr, rewriter.getI64IntegerAttr(tile));
}

/// U[i, j, ci, co] = sum over kh, kw of G[i, kh] * G[j, kw] * filter, stored as `stored`.
static Value buildFilter(OpBuilder &b, Value filter, int64_t tile, ArrayRef<unsigned> positions,
                         Type stored, SmallVectorImpl<Operation *> &ops) {
  Location loc = filter.getLoc();
  auto type = cast<RankedTensorType>(filter.getType());
  int64_t taps = type.getDimSize(positions[2]), a = alphaOf(tile, taps);
  int64_t co = type.getDimSize(positions[0]), ci = type.getDimSize(positions[1]);
  auto matrixType = RankedTensorType::get({a, taps}, b.getF32Type());
  Value matrix = arith::ConstantOp::create(
      b, loc, DenseElementsAttr::get(matrixType, ArrayRef(filterMatrix(a, taps))));
  Value init = tensor::EmptyOp::create(b, loc, ArrayRef<int64_t>{a, a, ci, co}, b.getF32Type());
  Value zero = arith::ConstantOp::create(b, loc, b.getF32FloatAttr(0));
  init = linalg::FillOp::create(b, loc, zero, init).getResult(0);
  // Loops (i, j, ci, co | kh, kw).
  auto d = [&](unsigned i) { return getAffineDimExpr(i, b.getContext()); };
  SmallVector<AffineExpr> source(4);
  const unsigned loops[4] = {3, 2, 4, 5};
  for (unsigned k = 0; k < 4; ++k)
    source[positions[k]] = d(loops[k]);
  auto map = [&](ArrayRef<AffineExpr> results) {
    return AffineMap::get(6, 0, results, b.getContext());
  };
  SmallVector<AffineMap> maps = {map(source), map({d(0), d(4)}), map({d(1), d(5)}),
                                 map({d(0), d(1), d(2), d(3)})};
  SmallVector<utils::IteratorType> iterators(6, utils::IteratorType::parallel);
  iterators[4] = iterators[5] = utils::IteratorType::reduction;
  auto generic = linalg::GenericOp::create(
      b, loc, init.getType(), ValueRange{filter, matrix, matrix}, init, maps, iterators,
      [](OpBuilder &builder, Location l, ValueRange x) {
        Value factor = arith::MulFOp::create(builder, l, x[1], x[2]);
        Value product = arith::MulFOp::create(builder, l, widened(builder, l, x[0]), factor);
        linalg::YieldOp::create(builder, l,
                                Value(arith::AddFOp::create(builder, l, x[3], product)));
      });
  ops.push_back(generic);
  if (stored.isF32())
    return generic.getResult(0);
  Value narrow = tensor::EmptyOp::create(b, loc, ArrayRef<int64_t>{a, a, ci, co}, stored);
  SmallVector<utils::IteratorType> parallels(4, utils::IteratorType::parallel);
  auto rounded = linalg::GenericOp::create(
      b, loc, narrow.getType(), generic.getResult(0), narrow,
      SmallVector<AffineMap>(2, b.getMultiDimIdentityMap(4)), parallels,
      [&](OpBuilder &builder, Location l, ValueRange x) {
        linalg::YieldOp::create(builder, l,
                                Value(arith::TruncFOp::create(builder, l, stored, x[0])));
      });
  ops.push_back(rounded);
  return rounded.getResult(0);
}

namespace {
struct KernelWinograd : dlc::impl::KernelWinogradBase<KernelWinograd> {
  using KernelWinogradBase::KernelWinogradBase;

  void runOnOperation() override {
    FailureOr<TargetInfo> info = resolveTarget(getOperation(), target);
    if (failed(info))
      return signalPassFailure();
    double balance = info->flopsPerByte;
    if (tile != -1 && tile != 0 && tile != 2 && tile != 4) {
      getOperation().emitError("tile must be -1, 0, 2 or 4");
      return signalPassFailure();
    }
    rewriteOperands(getOperation(), [&](kernel::FuncOp func) -> std::optional<OperandRewrite> {
      if (kernel::winogradTile(func))
        return std::nullopt;
      kernel::ScheduleAttr schedule = func.getScheduleAttr();
      std::optional<Plan> plan =
          planWinograd(func, balance, schedule ? schedule.getWinograd() : int64_t(tile));
      if (!plan)
        return std::nullopt;
      OperandRewrite rewrite;
      rewrite.argument = cast<BlockArgument>(plan->filter->get()).getArgNumber();
      SmallVector<unsigned> positions(ArrayRef<unsigned>(plan->positions));
      rewrite.key = "winograd" + std::to_string(plan->tile);
      Type stored = plan->stored;
      for (unsigned i : positions)
        rewrite.key += " " + std::to_string(i);
      rewrite.kind = "winograd";
      rewrite.operandKind = "filter";
      rewrite.rewriteKernel = [tile = plan->tile](kernel::FuncOp copy) {
        rewriteKernel(copy, tile);
      };
      rewrite.buildOperand = [tile = plan->tile, positions, stored](
                                 OpBuilder &b, Value filter, SmallVectorImpl<Operation *> &ops) {
        return buildFilter(b, filter, tile, positions, stored, ops);
      };
      return rewrite;
    });
    // A schedule for a form that a kernel does not have (its filter may be no constant) is none.
    for (auto func : getOperation().getOps<kernel::FuncOp>())
      if (kernel::ScheduleAttr schedule = func.getScheduleAttr();
          schedule && schedule.getWinograd() != kernel::winogradTile(func))
        func.removeScheduleAttr();
  }
};
} // namespace
