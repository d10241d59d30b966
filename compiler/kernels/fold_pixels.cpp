// kernel-fold-pixels: convolutions with fewer output channels than a vector has lanes compute g
// neighbouring pixels of a row as channels.
//
//   out[.., x, co]          = sum over .., k of in[.., s*x + k, ..] * w[co, .., k]          K taps
//   out[.., g*X + p, co]    = sum over .., k of in[.., g*s*X + k, ..] * W[(p, co), .., k]
//   W[(p, co), .., k]       = w[co, .., k - s*p], 0 outside                     K + (g-1)*s taps
//
// The result [.., X, (p, co)] is the wanted one but for its shape. There are more products, some
// with zeros, but in whole vectors: K + (g-1)*s vector operations for g pixels in place of K each.
// Elementwise consumers compute on the folded result, so that it is not stored for them.
#include "compiler/kernels/backend.h"
#include "compiler/kernels/grouping.h"
#include "compiler/kernels/padding.h"
#include "compiler/kernels/passes.h"
#include "compiler/kernels/window.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/Support/MathExtras.h"

namespace dlc {
#define GEN_PASS_DEF_KERNELFOLDPIXELS
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
struct Plan {
  linalg::LinalgOp op;
  OpOperand *data = nullptr, *filter = nullptr;
  unsigned column = 0, pixel = 0, tap = 0; ///< the loops co, x and k
  unsigned dataAt = 0;                     ///< position of s*x + k in the data
  unsigned columnAt = 0, tapAt = 0;        ///< positions of co and k in the filter
  int64_t stride = 1, pixels = 0, columns = 0, taps = 0;
  int64_t fold = 1; ///< g
  int64_t foldedPixels() const { return llvm::divideCeil(pixels, fold); }
  int64_t foldedTaps() const { return taps + (fold - 1) * stride; }
};
} // namespace

/// How the folded form of an operand of an elementwise consumer is made.
enum class Folding { None, Whole, Columns, Same };

static Folding foldingOf(linalg::GenericOp consumer, OpOperand &operand) {
  AffineMap map = consumer.getMatchingIndexingMap(&operand);
  auto type = dyn_cast<RankedTensorType>(operand.get().getType());
  unsigned last = map.getNumDims() - 1;
  if (type && map.isIdentity())
    return type.hasStaticShape() ? Folding::Whole : Folding::None;
  if (type && !type.hasStaticShape())
    return Folding::None;
  Folding folding = Folding::Same;
  for (auto [i, expr] : llvm::enumerate(map.getResults())) {
    if (expr == getAffineDimExpr(last, map.getContext()))
      folding = Folding::Columns;
    else if (!isa<AffineConstantExpr>(expr) && type.getDimSize(i) != 1)
      return Folding::None;
  }
  return folding;
}

/// The only user of a value, if it computes element by element and can do so on folded pixels.
static linalg::GenericOp foldableConsumer(Value value) {
  if (!value.hasOneUse())
    return {};
  auto consumer = dyn_cast<linalg::GenericOp>(*value.user_begin());
  if (!consumer || !consumer.hasPureTensorSemantics() || consumer.getNumResults() != 1 ||
      consumer.getNumReductionLoops() != 0 ||
      !consumer.getIndexingMapsArray().back().isIdentity() ||
      consumer.payloadUsesValueFromOperand(consumer.getDpsInitOperand(0)) ||
      cast<ShapedType>(consumer.getResult(0).getType()).getShape() !=
          cast<ShapedType>(value.getType()).getShape() ||
      !consumer.getBody()->getOps<linalg::IndexOp>().empty())
    return {};
  for (OpOperand *operand : consumer.getDpsInputOperands())
    if (foldingOf(consumer, *operand) == Folding::None)
      return {};
  return consumer;
}

/// How many pixels: as many as fill a vector, fewer where that takes fewer operations a pixel; 1
/// where it hardly pays: where pixels are left over, or what follows is more than elementwise, the
/// result is stored once more.
static int64_t chooseFold(const Plan &plan, int64_t lanes) {
  linalg::LinalgOp op = plan.op;
  int64_t best = 1;
  double least = 0.75 * double(plan.taps);
  for (int64_t fold = 2; fold * plan.columns <= lanes && fold <= plan.pixels; fold *= 2) {
    double cost = double(plan.taps + (fold - 1) * plan.stride) / double(fold);
    if (cost < least) {
      least = cost;
      best = fold;
    }
  }
  int64_t others = 1; // the reductions but for the taps of a row
  for (auto [range, iterator] : llvm::zip(op.getStaticLoopRanges(), op.getIteratorTypesArray()))
    if (iterator == utils::IteratorType::reduction)
      others *= range;
  others /= plan.taps;
  bool isStored = plan.pixels % best != 0 || !foldableConsumer(op->getResult(0));
  double store = isStored ? 32 : 4; // multiply-adds of vectors
  return (double(plan.taps) - least) * double(others) >= store ? best : 1;
}

static std::optional<Plan> planFold(linalg::LinalgOp op, int64_t lanes) {
  if (classify(op) != OpClass::Contraction || op.getNumDpsInputs() != 2 || op.getNumDpsInits() != 1)
    return std::nullopt;
  for (OpOperand &operand : op->getOpOperands())
    if (!getElementTypeOrSelf(operand.get().getType()).isF32())
      return std::nullopt;
  auto fill = op.getDpsInits().front().getDefiningOp<linalg::FillOp>();
  if (!fill || !fill.getOutputs().front().getDefiningOp<tensor::EmptyOp>())
    return std::nullopt;
  Plan plan;
  plan.op = op;
  plan.data = op.getDpsInputOperand(0);
  plan.filter = op.getDpsInputOperand(1);
  AffineMap data = op.getMatchingIndexingMap(plan.data),
            filter = op.getMatchingIndexingMap(plan.filter), out = op.getIndexingMapsArray().back();
  unsigned rank = out.getNumResults();
  if (rank < 3 || !out.isProjectedPermutation() || !filter.isProjectedPermutation())
    return std::nullopt;
  plan.column = out.getDimPosition(rank - 1);
  plan.pixel = out.getDimPosition(rank - 2);
  bool found = false;
  for (auto [i, expr] : llvm::enumerate(data.getResults())) {
    std::optional<Window> window = windowOf(expr, op);
    if (!window || !window->isDense() || window->loop != plan.pixel)
      continue;
    plan.dataAt = i;
    plan.tap = window->tap;
    plan.stride = window->step;
    found = true;
  }
  auto positionIn = [&](AffineMap map, unsigned loop) {
    return map.getResultPosition(getAffineDimExpr(loop, op.getContext()));
  };
  std::optional<unsigned> columnAt = positionIn(filter, plan.column),
                          tapAt = positionIn(filter, plan.tap);
  if (!found || !columnAt || !tapAt || data.isFunctionOfDim(plan.column) ||
      filter.isFunctionOfDim(plan.pixel))
    return std::nullopt;
  // Nothing but the window may depend on x and k.
  for (auto [i, expr] : llvm::enumerate(data.getResults()))
    if (i != plan.dataAt && (expr.isFunctionOfDim(plan.pixel) || expr.isFunctionOfDim(plan.tap)))
      return std::nullopt;
  plan.columnAt = *columnAt;
  plan.tapAt = *tapAt;
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  plan.pixels = ranges[plan.pixel];
  plan.columns = ranges[plan.column];
  plan.taps = ranges[plan.tap];
  auto filterType = cast<RankedTensorType>(plan.filter->get().getType());
  if (ShapedType::isDynamic(plan.pixels) || ShapedType::isDynamic(plan.columns) ||
      !filterType.hasStaticShape())
    return std::nullopt;
  plan.fold = chooseFold(plan, lanes);
  return plan.fold > 1 ? std::optional(plan) : std::nullopt;
}

/// W, in the order of dimensions of w.
static Value foldFilter(OpBuilder &b, const Plan &plan) {
  Location loc = plan.filter->getOwner()->getLoc();
  Value filter = plan.filter->get();
  auto type = cast<RankedTensorType>(filter.getType());
  unsigned rank = type.getRank();
  int64_t beyond = (plan.fold - 1) * plan.stride;
  SmallVector<OpFoldResult> pad(rank, b.getIndexAttr(0));
  pad[plan.tapAt] = b.getIndexAttr(beyond);
  Value zero = arith::ConstantOp::create(b, loc, b.getZeroAttr(type.getElementType()));
  filter = tensor::PadOp::create(b, loc, Type(), filter, pad, pad, zero);
  // Loops: those of W, with p before co.
  SmallVector<int64_t> shape(type.getShape());
  shape[plan.tapAt] = plan.foldedTaps();
  shape.insert(shape.begin() + plan.columnAt, plan.fold);
  SmallVector<AffineExpr> source;
  for (unsigned i = 0; i < rank; ++i)
    source.push_back(b.getAffineDimExpr(i + (i >= plan.columnAt)));
  source[plan.tapAt] =
      source[plan.tapAt] - b.getAffineDimExpr(plan.columnAt) * plan.stride + beyond;
  Value empty = tensor::EmptyOp::create(b, loc, shape, type.getElementType());
  SmallVector<AffineMap> maps = {AffineMap::get(rank + 1, 0, source, b.getContext()),
                                 b.getMultiDimIdentityMap(rank + 1)};
  SmallVector<utils::IteratorType> iterators(rank + 1, utils::IteratorType::parallel);
  Value folded = linalg::GenericOp::create(b, loc, empty.getType(), filter, empty, maps, iterators,
                                           [](OpBuilder &builder, Location l, ValueRange x) {
                                             linalg::YieldOp::create(builder, l, x[0]);
                                           })
                     .getResult(0);
  SmallVector<ReassociationIndices> groups;
  for (int64_t i = 0; i < int64_t(rank); ++i) {
    int64_t from = i + (i > int64_t(plan.columnAt));
    groups.push_back({from});
    if (i == int64_t(plan.columnAt))
      groups.back().push_back(from + 1);
  }
  return tensor::CollapseShapeOp::create(b, loc, folded, groups);
}

/// The last two dimensions of `value`, as one and cut anew.
static Value reshapeRows(OpBuilder &b, Location loc, Value value, ArrayRef<OpFoldResult> sizes,
                         ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<ReassociationIndices> groups;
  for (int64_t i = 0; i + 2 < type.getRank(); ++i)
    groups.push_back({i});
  groups.push_back({type.getRank() - 2, type.getRank() - 1});
  value = tensor::CollapseShapeOp::create(b, loc, value, groups);
  return tensor::ExpandShapeOp::create(b, loc, RankedTensorType::get(shape, type.getElementType()),
                                       value, groups, sizes);
}

/// `fold` copies of the columns of an operand, one behind the other.
static Value repeatColumns(OpBuilder &b, Location loc, Value value, AffineMap map, int64_t fold,
                           int64_t columns) {
  Type element = cast<ShapedType>(value.getType()).getElementType();
  SmallVector<AffineExpr> results;
  for (AffineExpr expr : map.getResults())
    results.push_back(expr == b.getAffineDimExpr(map.getNumDims() - 1)
                          ? b.getAffineDimExpr(1)
                          : b.getAffineConstantExpr(0));
  SmallVector<AffineMap> maps = {AffineMap::get(2, 0, results, b.getContext()),
                                 b.getMultiDimIdentityMap(2)};
  SmallVector<utils::IteratorType> iterators(2, utils::IteratorType::parallel);
  Value empty = tensor::EmptyOp::create(b, loc, {fold, columns}, element);
  Value copies = linalg::GenericOp::create(b, loc, empty.getType(), value, empty, maps, iterators,
                                           [](OpBuilder &builder, Location l, ValueRange x) {
                                             linalg::YieldOp::create(builder, l, x[0]);
                                           })
                     .getResult(0);
  return tensor::CollapseShapeOp::create(b, loc, copies, SmallVector<ReassociationIndices>{{0, 1}});
}

/// Elementwise consumers of `result`, which is `folded` in another shape, compute on that.
static void foldConsumers(IRRewriter &b, const Plan &plan, Value folded, Value result) {
  while (linalg::GenericOp consumer = foldableConsumer(result)) {
    Location loc = consumer.getLoc();
    b.setInsertionPoint(consumer);
    auto type = cast<RankedTensorType>(folded.getType());
    SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(b, loc, folded);
    SmallVector<OpFoldResult> resultSizes = tensor::getMixedSizes(b, loc, result);
    unsigned rank = type.getRank();
    SmallVector<Value> inputs;
    SmallVector<AffineMap> maps;
    for (OpOperand *operand : consumer.getDpsInputOperands()) {
      AffineMap map = consumer.getMatchingIndexingMap(operand);
      switch (foldingOf(consumer, *operand)) {
      case Folding::Whole:
        inputs.push_back(operand->get() == result
                             ? folded
                             : reshapeRows(b, loc, operand->get(), sizes, type.getShape()));
        maps.push_back(map);
        break;
      case Folding::Columns:
        inputs.push_back(repeatColumns(b, loc, operand->get(), map, plan.fold, plan.columns));
        maps.push_back(AffineMap::get(rank, 0, {b.getAffineDimExpr(rank - 1)}, b.getContext()));
        break;
      case Folding::Same:
      case Folding::None: // foldableConsumer() asked
        inputs.push_back(operand->get());
        maps.push_back(map);
      }
    }
    maps.push_back(b.getMultiDimIdentityMap(rank));
    auto outType = cast<RankedTensorType>(consumer.getResult(0).getType());
    Value empty = tensor::EmptyOp::create(b, loc, sizes, outType.getElementType());
    auto generic = linalg::GenericOp::create(b, loc, empty.getType(), inputs, empty, maps,
                                             consumer.getIteratorTypesArray());
    IRMapping mapping;
    consumer->getRegion(0).cloneInto(&generic.getRegion(), generic.getRegion().begin(), mapping);
    folded = generic.getResult(0);
    result = reshapeRows(b, loc, folded, resultSizes, outType.getShape());
    b.replaceOp(consumer, result);
  }
}

static void fold(IRRewriter &b, const Plan &plan) {
  linalg::LinalgOp op = plan.op;
  Location loc = op.getLoc();
  b.setInsertionPoint(op);
  Value data = plan.data->get();
  auto dataType = cast<RankedTensorType>(data.getType());
  SmallVector<int64_t> missing(dataType.getRank(), 0);
  int64_t wanted = (plan.foldedPixels() - 1) * plan.fold * plan.stride + plan.foldedTaps();
  missing[plan.dataAt] = std::max<int64_t>(wanted - dataType.getDimSize(plan.dataAt), 0);
  data = padAtEnd(b, loc, data, missing);
  Value filter = foldFilter(b, plan);

  auto fill = op.getDpsInits().front().getDefiningOp<linalg::FillOp>();
  auto empty = fill.getOutputs().front().getDefiningOp<tensor::EmptyOp>();
  SmallVector<OpFoldResult> wantedSizes = empty.getMixedSizes(), sizes = wantedSizes;
  unsigned rank = sizes.size();
  sizes[rank - 2] = b.getIndexAttr(plan.foldedPixels());
  sizes[rank - 1] = b.getIndexAttr(plan.fold * plan.columns);
  Type element = empty.getType().getElementType();
  Value init = tensor::EmptyOp::create(b, loc, sizes, element);
  init = linalg::FillOp::create(b, loc, fill.getInputs().front(), init).getResult(0);
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  SmallVector<AffineExpr> position(maps[0].getResults());
  position[plan.dataAt] =
      b.getAffineDimExpr(plan.pixel) * (plan.fold * plan.stride) + b.getAffineDimExpr(plan.tap);
  maps[0] = AffineMap::get(maps[0].getNumDims(), 0, position, b.getContext());
  auto generic = linalg::GenericOp::create(b, loc, init.getType(), ValueRange{data, filter}, init,
                                           maps, op.getIteratorTypesArray());
  IRMapping mapping;
  op->getRegion(0).cloneInto(&generic.getRegion(), generic.getRegion().begin(), mapping);

  // [.., X, (p, co)] -> [.., (X, p), co], cut where the last pixels are too many.
  sizes[rank - 2] = b.getIndexAttr(plan.foldedPixels() * plan.fold);
  sizes[rank - 1] = b.getIndexAttr(plan.columns);
  SmallVector<int64_t> shape(cast<RankedTensorType>(init.getType()).getShape());
  shape[rank - 2] = plan.foldedPixels() * plan.fold;
  shape[rank - 1] = plan.columns;
  Value result = reshapeRows(b, loc, generic.getResult(0), sizes, shape);
  b.replaceOp(op, cutAtEnd(b, loc, result, op->getResult(0).getType(), wantedSizes));
  if (shape[rank - 2] == plan.pixels)
    foldConsumers(b, plan, generic.getResult(0), result);
}

namespace {
struct KernelFoldPixels : dlc::impl::KernelFoldPixelsBase<KernelFoldPixels> {
  using KernelFoldPixelsBase::KernelFoldPixelsBase;

  void runOnOperation() override {
    FailureOr<TargetInfo> info = resolveTarget(getOperation(), target);
    if (failed(info))
      return signalPassFailure();
    SmallVector<Plan> plans;
    llvm::DenseMap<Value, bool> constants;
    getOperation().walk([&](linalg::LinalgOp op) {
      std::optional<Plan> plan = planFold(op, info->vectorBytes / 4);
      if (plan && isConstant(plan->filter->get(), constants))
        plans.push_back(*plan);
    });
    IRRewriter rewriter(&getContext());
    for (const Plan &plan : plans)
      fold(rewriter, plan);
  }
};
} // namespace
