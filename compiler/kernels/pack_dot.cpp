// See pack_dot.h.
#include "compiler/kernels/pack_dot.h"

#include "compiler/kernels/grouping.h"
#include "compiler/kernels/pack.h"
#include "compiler/kernels/window.h"
#include "dialects/kernel/places.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

//===-- Planning -----------------------------------------------------------------------------===//

namespace {
/// What the plan and the rewriting read off the contraction.
struct Dot {
  linalg::LinalgOp op;
  OpOperand *data = nullptr, *weights = nullptr;
  unsigned column = 0;          ///< the loop n
  unsigned inner = 0;           ///< the loop of the data's innermost dimension
  std::optional<Window> window; ///< of the dimension before it, where both are one run
  std::optional<Window> rows;   ///< and of the one before that
  int64_t channels = 0;         ///< of that run
  SmallVector<int64_t> ranges;  ///< of all loops
};
} // namespace

/// The op by which the body widens an operand, if that is all that reads it.
static Operation *extensionOf(linalg::LinalgOp op, OpOperand *operand) {
  BlockArgument argument = op.getMatchingBlockArgument(operand);
  Operation *user = argument.hasOneUse() ? *argument.user_begin() : nullptr;
  return isa_and_nonnull<arith::ExtSIOp, arith::ExtUIOp>(user) ? user : nullptr;
}

/// Whether the data is widened before the sums: pairs are of 16-bit integers.
static bool widensData(int64_t terms) { return terms == 2; }

static std::optional<Dot> readDot(linalg::LinalgOp op, BlockArgument argument, int64_t terms) {
  if (!multipliesBytes(op))
    return std::nullopt;
  Dot dot;
  dot.op = op;
  dot.ranges = op.getStaticLoopRanges();
  for (OpOperand *input : op.getDpsInputOperands())
    (input->get() == argument ? dot.weights : dot.data) = input;
  if (!dot.weights || !dot.data || (widensData(terms) && !extensionOf(op, dot.data)))
    return std::nullopt;
  // Products of 16-bit integers could overflow the sum of a pair.
  if (!cast<ShapedType>(dot.data->get().getType()).getElementType().isInteger(8))
    return std::nullopt;
  AffineMap weights = op.getMatchingIndexingMap(dot.weights);
  AffineMap data = op.getMatchingIndexingMap(dot.data);
  AffineMap out = op.getIndexingMapsArray().back();
  if (!weights.isProjectedPermutation() || !out.isProjectedPermutation() ||
      out.getNumResults() == 0 || data.getNumResults() == 0)
    return std::nullopt;
  dot.column = cast<AffineDimExpr>(out.getResults().back()).getPosition();
  auto inner = dyn_cast<AffineDimExpr>(data.getResults().back());
  if (!inner || data.isFunctionOfDim(dot.column) || !weights.isFunctionOfDim(dot.column) ||
      !weights.isFunctionOfDim(inner.getPosition()) ||
      op.getIteratorTypesArray()[inner.getPosition()] != utils::IteratorType::reduction)
    return std::nullopt;
  dot.inner = inner.getPosition();
  SmallVector<unsigned> reductions;
  op.getReductionDims(reductions);
  for (unsigned loop : reductions)
    if (!weights.isFunctionOfDim(loop))
      return std::nullopt;
  dot.channels = cast<RankedTensorType>(dot.data->get().getType()).getShape().back();
  if (ShapedType::isDynamic(dot.channels))
    return std::nullopt;
  unsigned rank = data.getNumResults();
  if (dot.channels % terms != 0 && rank >= 2)
    dot.window = windowOf(data.getResult(rank - 2), op);
  if (dot.window && (!dot.window->isDense() || !weights.isFunctionOfDim(dot.window->tap)))
    dot.window.reset();
  if (dot.window && rank >= 3)
    dot.rows = windowOf(data.getResult(rank - 3), op);
  if (dot.rows && !weights.isFunctionOfDim(dot.rows->tap))
    dot.rows.reset();
  return dot;
}

/// Whether the runs of all rows of the window are better copied for each output than used as they
/// lie in memory: what that saves, in products of vectors, against loads and stores of the copy.
static bool copiesRuns(const Dot &dot, const DotPlan &plan, ArrayRef<int64_t> weights,
                       int64_t lanes) {
  constexpr int64_t kMostRows = 15; // vectors are chosen from rows one by one
  if (!dot.rows || plan.terms != 4 || plan.depth < plan.terms ||
      ShapedType::isDynamic(dot.ranges[dot.rows->loop]) ||
      ShapedType::isDynamic(dot.ranges[dot.window->loop]))
    return false;
  int64_t rows = dot.ranges[dot.rows->tap],
          together = llvm::divideCeil(plan.depth * rows, plan.terms);
  int64_t saved = (rows * plan.groups() - together) * llvm::divideCeil(weights[plan.column], lanes);
  int64_t vectors = llvm::divideCeil(plan.depth * rows, 32);
  return rows <= kMostRows && 2 * saved > 3 * (rows + vectors);
}

static linalg::LinalgOp bytesOf(kernel::FuncOp func) {
  linalg::LinalgOp op = contractionOf(func);
  return op && multipliesBytes(op) ? op : linalg::LinalgOp();
}

std::optional<DotPlan> dlc::planDotPacking(kernel::FuncOp func) {
  kernel::ScheduleAttr schedule = func.getScheduleAttr();
  if (!schedule || schedule.getDot() == 0 || schedule.getLanes() <= 1 || schedule.getTile().empty())
    return std::nullopt;
  linalg::LinalgOp op = bytesOf(func);
  if (!op)
    return std::nullopt;
  auto fill = op.getDpsInits().front().getDefiningOp<linalg::FillOp>();
  if (!fill || !fill.getOutputs().front().getDefiningOp<tensor::EmptyOp>())
    return std::nullopt;
  for (OpOperand *input : op.getDpsInputOperands()) {
    auto argument = dyn_cast<BlockArgument>(input->get());
    if (!argument || !isa<kernel::FuncOp>(argument.getOwner()->getParentOp()) ||
        !argument.hasOneUse())
      continue;
    auto type = cast<RankedTensorType>(argument.getType());
    std::optional<Dot> dot = readDot(op, argument, schedule.getDot());
    if (!dot || !type.hasStaticShape())
      continue;
    DotPlan plan;
    plan.argument = argument.getArgNumber();
    plan.terms = schedule.getDot();
    AffineMap weights = op.getMatchingIndexingMap(dot->weights);
    AffineMap data = op.getMatchingIndexingMap(dot->data);
    auto positionOf = [](AffineMap map, unsigned loop) -> unsigned {
      for (auto [i, expr] : llvm::enumerate(map.getResults()))
        if (expr.isFunctionOfDim(loop))
          return i;
      return map.getNumResults();
    };
    SmallVector<unsigned> reductions;
    op.getReductionDims(reductions);
    llvm::sort(reductions, [&](unsigned a, unsigned b) {
      return std::pair(positionOf(data, a), a) < std::pair(positionOf(data, b), b);
    });
    plan.column = positionOf(weights, dot->column);
    for (unsigned i = 0; i < weights.getNumResults(); ++i)
      if (unsigned loop = weights.getDimPosition(i);
          i != plan.column && !llvm::is_contained(reductions, loop))
        plan.outer.push_back(i);
    plan.depth = 1;
    for (unsigned loop : reductions) {
      unsigned i = positionOf(weights, loop);
      bool inRun = loop == dot->inner || (dot->window && loop == dot->window->tap);
      (inRun ? plan.run : plan.taps).push_back(i);
      if (inRun)
        plan.depth *= type.getDimSize(i);
    }
    if (copiesRuns(*dot, plan, type.getShape(), schedule.getLanes())) {
      plan.piece = plan.depth;
      plan.run.insert(plan.run.begin(), positionOf(weights, dot->rows->tap));
      llvm::erase(plan.taps, plan.run.front());
      plan.depth *= type.getDimSize(plan.run.front());
    }
    int64_t lanes = schedule.getLanes(), tile = 1;
    for (int64_t size : schedule.getTile())
      tile = size > 1 ? size : tile; // the last one that is not 1: the columns
    plan.panel = std::min<int64_t>(llvm::alignTo(tile, lanes),
                                   llvm::alignTo(type.getDimSize(plan.column), lanes));
    return plan;
  }
  return std::nullopt;
}

static RankedTensorType packedDotType(const DotPlan &plan, RankedTensorType type) {
  SmallVector<int64_t> shape;
  for (unsigned i : plan.outer)
    shape.push_back(type.getDimSize(i));
  shape.push_back(llvm::divideCeil(type.getDimSize(plan.column), plan.panel));
  for (unsigned i : plan.taps)
    shape.push_back(type.getDimSize(i));
  shape.append({plan.groups(), plan.panel, plan.terms});
  return RankedTensorType::get(shape, type.getElementType());
}

//===-- The kernel ---------------------------------------------------------------------------===//

/// The dimensions before `joined` stay, the rest is one.
static SmallVector<ReassociationIndices> joinLast(unsigned rank, unsigned joined) {
  SmallVector<ReassociationIndices> groups;
  for (unsigned i = 0; i < rank; ++i) {
    if (i <= joined)
      groups.emplace_back();
    groups.back().push_back(i);
  }
  return groups;
}

/// `value` with `more` elements after those of the dimension that comes `fromLast` before the last
/// one. They meet zeros only, so that they may be anything: a pad that is there already grows.
static Value lengthen(IRRewriter &rewriter, Location loc, Value value, int64_t more,
                      int64_t fromLast = 0) {
  if (more == 0)
    return value;
  int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  size_t at = size_t(rank - 1 - fromLast);
  SmallVector<OpFoldResult> low(rank, rewriter.getIndexAttr(0)), high = low;
  Value scalar;
  int64_t before = 0;
  if (auto pad = value.getDefiningOp<tensor::PadOp>())
    if (std::optional<int64_t> known = getConstantIntValue(pad.getMixedHighPad()[at]))
      scalar = pad.getConstantPaddingValue(), before = *known;
  if (scalar) {
    auto pad = value.getDefiningOp<tensor::PadOp>();
    low = pad.getMixedLowPad();
    high = pad.getMixedHighPad();
    value = pad.getSource();
  } else {
    scalar = arith::ConstantOp::create(rewriter, loc,
                                       rewriter.getZeroAttr(getElementTypeOrSelf(value.getType())));
    before = 0;
  }
  high[at] = rewriter.getIndexAttr(before + more);
  return tensor::PadOp::create(rewriter, loc, Type(), value, low, high, scalar);
}

/// [.., W, C] as [.., W * C]; a pad of W comes after it.
static Value joinRun(IRRewriter &rewriter, Location loc, Value value, int64_t channels) {
  unsigned rank = cast<RankedTensorType>(value.getType()).getRank();
  auto groups = joinLast(rank, rank - 2);
  auto pad = value.getDefiningOp<tensor::PadOp>();
  if (!pad || !pad.getConstantPaddingValue())
    return tensor::CollapseShapeOp::create(rewriter, loc, value, groups);
  SmallVector<OpFoldResult> low = pad.getMixedLowPad(), high = pad.getMixedHighPad();
  for (SmallVector<OpFoldResult> *sizes : {&low, &high}) {
    std::optional<int64_t> columns = getConstantIntValue((*sizes)[rank - 2]);
    if (!columns || !isZeroInteger(sizes->back()))
      return tensor::CollapseShapeOp::create(rewriter, loc, value, groups);
    sizes->pop_back();
    sizes->back() = rewriter.getIndexAttr(*columns * channels);
  }
  Value source = tensor::CollapseShapeOp::create(rewriter, loc, pad.getSource(), groups);
  return tensor::PadOp::create(rewriter, loc, Type(), source, low, high,
                               pad.getConstantPaddingValue());
}

/// `value`, [.., H, W * C], as [.., o_y, o_x, k]: for each output the runs of its window, one row
/// after the other.
static Value copyRuns(IRRewriter &rewriter, Location loc, Value value, const Dot &dot,
                      const DotPlan &plan) {
  int64_t length = plan.groups() * plan.terms, last = (length - 1) / plan.piece;
  // The last bytes may come of one row more. And one byte more makes sure that there is a pad:
  // whole vectors of a row can be read then, wherever it ends.
  value =
      lengthen(rewriter, loc, value,
               std::max<int64_t>(last + 1 - dot.ranges[dot.rows->tap], 0) * dot.rows->dilation, 1);
  value = lengthen(rewriter, loc, value, 1);
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(rewriter, loc, value);
  unsigned lead = sizes.size() - 2, rank = lead + 3;
  sizes.truncate(lead);
  for (int64_t size : {dot.ranges[dot.rows->loop], dot.ranges[dot.window->loop], length})
    sizes.push_back(rewriter.getIndexAttr(size));
  Value empty =
      tensor::EmptyOp::create(rewriter, loc, sizes, getElementTypeOrSelf(value.getType()));
  SmallVector<AffineExpr> read;
  for (unsigned i = 0; i < lead; ++i)
    read.push_back(rewriter.getAffineDimExpr(i));
  AffineExpr y = rewriter.getAffineDimExpr(lead), x = rewriter.getAffineDimExpr(lead + 1),
             k = rewriter.getAffineDimExpr(lead + 2);
  read.push_back(y * dot.rows->step + k.floorDiv(plan.piece) * dot.rows->dilation);
  read.push_back(x * (dot.window->step * dot.channels) + k % plan.piece);
  AffineMap maps[] = {AffineMap::get(rank, 0, read, rewriter.getContext()),
                      rewriter.getMultiDimIdentityMap(rank)};
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
  auto body = [](OpBuilder &b, Location loc, ValueRange x) {
    linalg::YieldOp::create(b, loc, x[0]);
  };
  return linalg::GenericOp::create(rewriter, loc, empty.getType(), value, empty, maps, iterators,
                                   body)
      .getResult(0);
}

/// The bytes of `value` as 16-bit integers of the same value.
static Value widened(IRRewriter &rewriter, Location loc, Value value, bool isUnsigned) {
  int64_t rank = cast<RankedTensorType>(value.getType()).getRank();
  Type wide = rewriter.getI16Type();
  Value empty =
      tensor::EmptyOp::create(rewriter, loc, tensor::getMixedSizes(rewriter, loc, value), wide);
  SmallVector<AffineMap> maps(2, rewriter.getMultiDimIdentityMap(unsigned(rank)));
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
  auto body = [&](OpBuilder &b, Location loc, ValueRange x) {
    Value result = isUnsigned ? Value(arith::ExtUIOp::create(b, loc, wide, x[0]))
                              : Value(arith::ExtSIOp::create(b, loc, wide, x[0]));
    linalg::YieldOp::create(b, loc, result);
  };
  return linalg::GenericOp::create(rewriter, loc, empty.getType(), value, empty, maps, iterators,
                                   body)
      .getResult(0);
}

/// The body takes the operand with 16 bits instead of a byte.
static void takeWidened(IRRewriter &rewriter, linalg::LinalgOp op, OpOperand *operand) {
  Operation *extension = extensionOf(op, operand);
  BlockArgument argument = op.getMatchingBlockArgument(operand);
  argument.setType(rewriter.getI16Type());
  rewriter.setInsertionPoint(extension);
  rewriter.replaceOpWithNewOp<arith::ExtSIOp>(extension, extension->getResult(0).getType(),
                                              argument);
}

void dlc::applyDotPacking(kernel::FuncOp func, const DotPlan &plan) {
  IRRewriter rewriter(func.getContext());
  MLIRContext *context = func.getContext();
  linalg::LinalgOp op = bytesOf(func);
  BlockArgument argument = func.getArgument(plan.argument);
  Dot dot = *readDot(op, argument, plan.terms);
  auto packed = packedDotType(plan, cast<RankedTensorType>(argument.getType()));
  Location loc = op.getLoc();
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  AffineMap dataMap = op.getMatchingIndexingMap(dot.data),
            weightsMap = op.getMatchingIndexingMap(dot.weights), outMap = maps.back();

  // Loops: the parallel ones with n as (no, ni), taps, kd, r.
  SmallVector<AffineExpr> replacements(op.getNumLoops());
  SmallVector<unsigned> parallels;
  op.getParallelDims(parallels);
  unsigned count = 0, outerLoop = 0;
  for (unsigned loop : parallels) {
    if (loop == dot.column)
      outerLoop = count++;
    replacements[loop] = getAffineDimExpr(count++, context);
  }
  unsigned parallelCount = count;
  for (unsigned i : plan.taps)
    replacements[weightsMap.getDimPosition(i)] = getAffineDimExpr(count++, context);
  AffineExpr group = getAffineDimExpr(count++, context), step = getAffineDimExpr(count++, context),
             outer = getAffineDimExpr(outerLoop, context), inner = replacements[dot.column];
  SmallVector<utils::IteratorType> iterators(parallelCount, utils::IteratorType::parallel);
  iterators.append(count - parallelCount, utils::IteratorType::reduction);

  // The data.
  rewriter.setInsertionPoint(op);
  Value data = dot.data->get();
  SmallVector<AffineExpr> dataExprs;
  bool copied = plan.piece > 0;
  unsigned kept = dataMap.getNumResults() - (copied ? 3 : dot.window ? 2 : 1);
  for (AffineExpr expr : dataMap.getResults().take_front(kept))
    dataExprs.push_back(expr.replaceDims(replacements));
  int64_t missing = plan.groups() * plan.terms - plan.depth;
  if (dot.window)
    data = joinRun(rewriter, loc, data, dot.channels);
  data = copied ? copyRuns(rewriter, loc, data, dot, plan) : lengthen(rewriter, loc, data, missing);
  if (copied)
    for (unsigned loop : {dot.rows->loop, dot.window->loop})
      dataExprs.push_back(replacements[loop]);
  if (widensData(plan.terms))
    data = widened(rewriter, loc, data, isa<arith::ExtUIOp>(extensionOf(op, dot.data)));
  if (dot.window && !copied) {
    dataExprs.push_back(replacements[dot.window->loop] * (dot.window->step * dot.channels) +
                        group * plan.terms + step);
  } else {
    auto type = cast<RankedTensorType>(data.getType());
    SmallVector<int64_t> shape(type.getShape());
    shape.back() = plan.groups();
    shape.push_back(plan.terms);
    auto groups = joinLast(shape.size(), shape.size() - 2);
    data = tensor::ExpandShapeOp::create(
        rewriter, loc, RankedTensorType::get(shape, type.getElementType()), data, groups);
    dataExprs.append({group, step});
  }

  // The weights and the result.
  SmallVector<AffineExpr> weightExprs, outExprs;
  for (unsigned i : plan.outer)
    weightExprs.push_back(weightsMap.getResult(i).replaceDims(replacements));
  weightExprs.push_back(outer);
  for (unsigned i : plan.taps)
    weightExprs.push_back(weightsMap.getResult(i).replaceDims(replacements));
  weightExprs.append({group, inner, step});
  for (AffineExpr expr : outMap.getResults())
    outExprs.push_back(expr.replaceDims(replacements));
  outExprs.insert(outExprs.end() - 1, outer);

  auto fill = op.getDpsInits().front().getDefiningOp<linalg::FillOp>();
  auto empty = fill.getOutputs().front().getDefiningOp<tensor::EmptyOp>();
  SmallVector<OpFoldResult> sizes = empty.getMixedSizes();
  unsigned columnAt = sizes.size() - 1;
  sizes.back() = rewriter.getIndexAttr(packed.getDimSize(plan.outer.size()));
  sizes.push_back(rewriter.getIndexAttr(plan.panel));
  Value init = tensor::EmptyOp::create(rewriter, loc, sizes, empty.getType().getElementType());
  init = linalg::FillOp::create(rewriter, loc, fill.getInputs().front(), init).getResult(0);

  argument.setType(packed);
  SmallVector<Value> inputs = op.getDpsInputs();
  SmallVector<AffineMap> newMaps(3);
  unsigned dataAt = dot.data->getOperandNumber(), weightsAt = dot.weights->getOperandNumber();
  inputs[dataAt] = data;
  newMaps[dataAt] = AffineMap::get(count, 0, dataExprs, context);
  newMaps[weightsAt] = AffineMap::get(count, 0, weightExprs, context);
  newMaps[2] = AffineMap::get(count, 0, outExprs, context);
  auto generic =
      linalg::GenericOp::create(rewriter, loc, init.getType(), inputs, init, newMaps, iterators);
  IRMapping mapping;
  op->getRegion(0).cloneInto(&generic.getRegion(), generic.getRegion().begin(), mapping);
  if (widensData(plan.terms))
    takeWidened(rewriter, generic, generic.getDpsInputOperand(dataAt));
  rewriter.setInsertionPointAfter(generic);
  Value result = tensor::CollapseShapeOp::create(rewriter, loc, generic.getResult(0),
                                                 joinLast(columnAt + 2, columnAt));
  replacePacked(rewriter, op, result);
}

//===-- The caller ---------------------------------------------------------------------------===//

Value dlc::buildDotPack(OpBuilder &builder, Value weights, const DotPlan &plan,
                        SmallVectorImpl<Operation *> &ops) {
  auto type = cast<RankedTensorType>(weights.getType());
  auto packed = packedDotType(plan, type);
  Location loc = weights.getLoc();
  Type element = type.getElementType();
  auto transpose = [&](Value value, ArrayRef<int64_t> permutation) -> Value {
    SmallVector<int64_t> shape;
    for (int64_t from : permutation)
      shape.push_back(cast<RankedTensorType>(value.getType()).getDimSize(from));
    Value empty = tensor::EmptyOp::create(builder, loc, shape, element);
    auto op = linalg::TransposeOp::create(builder, loc, value, empty, permutation);
    ops.push_back(op);
    return op->getResult(0);
  };

  // [outer.., taps.., n, run..], then [outer.., taps.., n, k].
  SmallVector<int64_t> order(plan.outer.begin(), plan.outer.end());
  order.append(plan.taps.begin(), plan.taps.end());
  unsigned lead = order.size();
  order.push_back(plan.column);
  order.append(plan.run.begin(), plan.run.end());
  if (!llvm::equal(order, llvm::seq<int64_t>(0, order.size())))
    weights = transpose(weights, order);
  if (plan.run.size() > 1)
    weights =
        tensor::CollapseShapeOp::create(builder, loc, weights, joinLast(order.size(), lead + 1));
  int64_t panels = packed.getDimSize(plan.outer.size());
  int64_t missingColumns = panels * plan.panel - type.getDimSize(plan.column),
          missingSteps = plan.groups() * plan.terms - plan.depth;
  if (missingColumns || missingSteps) {
    Value zero = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(element));
    SmallVector<OpFoldResult> low(lead + 2, builder.getIndexAttr(0)), high = low;
    high[lead] = builder.getIndexAttr(missingColumns);
    high[lead + 1] = builder.getIndexAttr(missingSteps);
    auto pad = tensor::PadOp::create(builder, loc, Type(), weights, low, high, zero);
    ops.push_back(pad);
    weights = pad;
  }
  // [outer.., taps.., no, ni, kd, d], then as it is read.
  SmallVector<int64_t> split(cast<RankedTensorType>(weights.getType()).getShape().take_front(lead));
  split.append({panels, plan.panel, plan.groups(), plan.terms});
  SmallVector<ReassociationIndices> groups;
  for (int64_t i = 0; i < int64_t(lead); ++i)
    groups.push_back({i});
  int64_t next = lead;
  groups.push_back({next, next + 1});
  groups.push_back({next + 2, next + 3});
  weights = tensor::ExpandShapeOp::create(builder, loc, RankedTensorType::get(split, element),
                                          weights, groups);
  SmallVector<int64_t> permutation;
  for (int64_t i = 0; i < int64_t(plan.outer.size()); ++i)
    permutation.push_back(i);
  permutation.push_back(next);
  for (int64_t i = plan.outer.size(); i < int64_t(lead); ++i)
    permutation.push_back(i);
  permutation.append({next + 2, next + 1, next + 3});
  return transpose(weights, permutation);
}
