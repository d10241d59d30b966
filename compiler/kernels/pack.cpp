// Planning, packing and the rewritten contraction; see pack.h.
#include "compiler/kernels/pack.h"

#include "compiler/kernels/grouping.h"
#include "compiler/kernels/outline.h"
#include "compiler/kernels/padding.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

//===-- Planning -----------------------------------------------------------------------------===//

linalg::LinalgOp dlc::contractionOf(kernel::FuncOp func) {
  linalg::LinalgOp found;
  for (auto op : func.getBody().getOps<linalg::LinalgOp>()) {
    if (classify(op) != OpClass::Contraction)
      continue;
    if (found)
      return {};
    found = op;
  }
  return found;
}

namespace {
/// The two factors of a contraction.
struct Factors {
  OpOperand *data = nullptr, *weights = nullptr;
};
} // namespace

/// `weights` is the operand that an argument of the kernel holds and that has reductions and
/// nothing but plain dimensions.
static std::optional<Factors> factorsOf(linalg::LinalgOp op, unsigned argument) {
  Factors factors;
  for (OpOperand *input : op.getDpsInputOperands()) {
    if (!op.payloadUsesValueFromOperand(input))
      continue;
    auto block = dyn_cast<BlockArgument>(input->get());
    bool isWeights = block && block.getArgNumber() == argument &&
                     isa<kernel::FuncOp>(block.getOwner()->getParentOp());
    OpOperand *&slot = isWeights ? factors.weights : factors.data;
    if (slot)
      return std::nullopt;
    slot = input;
  }
  if (!factors.data || !factors.weights)
    return std::nullopt;
  return factors;
}

/// Position of the loop `d` in the results of `map`, or -1.
static int64_t positionOf(AffineMap map, unsigned d) {
  for (auto [i, expr] : llvm::enumerate(map.getResults()))
    if (expr.isFunctionOfDim(d))
      return i;
  return -1;
}

/// The reductions as the data has them, so that the innermost is contiguous there: rows, columns,
/// channels.
static SmallVector<unsigned> orderedReductions(linalg::LinalgOp op, AffineMap data) {
  SmallVector<unsigned> reductions;
  op.getReductionDims(reductions);
  llvm::sort(reductions, [&](unsigned a, unsigned b) {
    return std::pair(positionOf(data, a), a) < std::pair(positionOf(data, b), b);
  });
  return reductions;
}

/// The tile of the columns: dimensions of size 1 may come after them.
static int64_t columnTile(kernel::ScheduleAttr schedule) {
  for (int64_t tile : llvm::reverse(schedule.getTile()))
    if (tile > 1)
      return tile;
  return 1;
}

static std::optional<PackPlan> planArgument(kernel::FuncOp func, linalg::LinalgOp op,
                                            unsigned argument) {
  std::optional<Factors> factors = factorsOf(op, argument);
  auto type = dyn_cast<RankedTensorType>(func.getArgumentTypes()[argument]);
  if (!factors || !type || !type.hasStaticShape() || !func.getArgument(argument).hasOneUse())
    return std::nullopt;
  AffineMap weights = op.getMatchingIndexingMap(factors->weights);
  AffineMap data = op.getMatchingIndexingMap(factors->data);
  AffineMap out = op.getIndexingMapsArray().back();
  if (!weights.isProjectedPermutation() || !out.isProjectedPermutation() ||
      out.getNumResults() == 0)
    return std::nullopt;
  // The init is built anew: it must be a fill.
  auto fill = op.getDpsInits().front().getDefiningOp<linalg::FillOp>();
  if (!fill || op.getNumDpsInits() != 1 ||
      !fill.getOutputs().front().getDefiningOp<tensor::EmptyOp>())
    return std::nullopt;

  PackPlan plan;
  plan.argument = argument;
  unsigned column = cast<AffineDimExpr>(out.getResults().back()).getPosition();
  int64_t position = positionOf(weights, column);
  // Vectors run along the data where the weights have no columns: they are read one by one.
  if (position < 0 || type.getDimSize(position) == 1)
    return std::nullopt;
  plan.column = position;
  bool shared = data.isFunctionOfDim(column);
  SmallVector<unsigned> reductions = orderedReductions(op, data);
  for (unsigned i = 0; i < weights.getNumResults(); ++i) {
    unsigned dim = weights.getDimPosition(i);
    if (dim != column && !llvm::is_contained(reductions, dim))
      plan.order.push_back(i);
  }
  plan.outerPosition = plan.order.size();
  for (unsigned dim : reductions)
    if (int64_t i = positionOf(weights, dim); i >= 0)
      plan.order.push_back(i);
  plan.order.push_back(plan.column);
  if (shared) {
    bool isIdentity = llvm::equal(plan.order, llvm::seq<unsigned>(0, plan.order.size()));
    return isIdentity ? std::nullopt : std::optional(plan);
  }
  kernel::ScheduleAttr schedule = func.getScheduleAttr();
  int64_t lanes = schedule.getLanes();
  int64_t extent = type.getDimSize(plan.column);
  plan.panel =
      std::min<int64_t>(llvm::alignTo(columnTile(schedule), lanes), llvm::alignTo(extent, lanes));
  // Vectors that end with the operand, or run across it, are read lane by lane; a copy in panels is
  // less work where each of its elements is read often.
  bool isUneven = extent % lanes != 0 || plan.column + 1 != unsigned(type.getRank());
  int64_t reads = 1;
  for (auto [dim, range] : llvm::enumerate(op.getStaticLoopRanges()))
    if (positionOf(weights, dim) < 0)
      reads *= ShapedType::isDynamic(range) ? 16 : range;
  plan.paysInRun = isUneven && reads >= 4;
  return plan;
}

std::optional<PackPlan> dlc::planPacking(kernel::FuncOp func) {
  kernel::ScheduleAttr schedule = func.getScheduleAttr();
  if (!schedule || schedule.getLanes() <= 1 || schedule.getTile().empty())
    return std::nullopt;
  linalg::LinalgOp op = contractionOf(func);
  if (!op)
    return std::nullopt;
  for (unsigned i = 0; i < func.getNumArguments(); ++i)
    if (std::optional<PackPlan> plan = planArgument(func, op, i))
      return plan;
  return std::nullopt;
}

RankedTensorType dlc::packedType(const PackPlan &plan, RankedTensorType type) {
  SmallVector<int64_t> shape;
  for (unsigned i : plan.order)
    shape.push_back(i == plan.column && plan.panel ? plan.panel : type.getDimSize(i));
  if (plan.panel)
    shape.insert(shape.begin() + plan.outerPosition,
                 llvm::divideCeil(type.getDimSize(plan.column), plan.panel));
  return RankedTensorType::get(shape, type.getElementType());
}

//===-- The kernel ---------------------------------------------------------------------------===//

namespace {
/// The contraction's loops before and after: n becomes (no, ni), reductions are reordered.
struct NewLoops {
  SmallVector<unsigned> position; ///< of each old loop; n: of ni
  unsigned outer = 0;             ///< of no
  unsigned count = 0;
};
} // namespace

static NewLoops newLoops(linalg::LinalgOp op, AffineMap data, unsigned column, bool split) {
  NewLoops loops;
  loops.position.resize(op.getNumLoops());
  SmallVector<unsigned> parallels;
  op.getParallelDims(parallels);
  for (unsigned dim : parallels) {
    if (dim == column && split)
      loops.outer = loops.count++;
    loops.position[dim] = loops.count++;
  }
  for (unsigned dim : orderedReductions(op, data))
    loops.position[dim] = loops.count++;
  return loops;
}

void dlc::applyPacking(kernel::FuncOp func, const PackPlan &plan) {
  IRRewriter rewriter(func.getContext());
  linalg::LinalgOp op = contractionOf(func);
  Factors factors = *factorsOf(op, plan.argument);
  BlockArgument argument = func.getArgument(plan.argument);
  auto packed = packedType(plan, cast<RankedTensorType>(argument.getType()));
  Location loc = op.getLoc();
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  unsigned column = cast<AffineDimExpr>(maps.back().getResults().back()).getPosition();
  NewLoops loops = newLoops(op, op.getMatchingIndexingMap(factors.data), column, plan.panel);
  MLIRContext *context = func.getContext();
  SmallVector<AffineExpr> replacements;
  for (unsigned position : loops.position)
    replacements.push_back(getAffineDimExpr(position, context));
  AffineExpr outer = getAffineDimExpr(loops.outer, context);
  AffineExpr inner = replacements[column];

  SmallVector<utils::IteratorType> iterators(loops.count, utils::IteratorType::parallel);
  for (auto [dim, iterator] : llvm::enumerate(op.getIteratorTypesArray()))
    iterators[loops.position[dim]] = iterator;
  SmallVector<AffineMap> newMaps;
  for (auto [i, map] : llvm::enumerate(maps)) {
    SmallVector<AffineExpr> exprs;
    for (AffineExpr expr : map.getResults())
      exprs.push_back(expr.replaceDims(replacements));
    if (i == factors.weights->getOperandNumber()) {
      SmallVector<AffineExpr> ordered;
      for (unsigned from : plan.order)
        ordered.push_back(exprs[from]);
      if (plan.panel)
        ordered.insert(ordered.begin() + plan.outerPosition, outer);
      exprs = ordered;
    } else if (i + 1 == maps.size() && plan.panel) {
      exprs.insert(llvm::find(exprs, inner), outer);
    }
    newMaps.push_back(AffineMap::get(loops.count, 0, exprs, context));
  }

  // The destination, with (no, ni) in place of n.
  rewriter.setInsertionPoint(op);
  auto fill = op.getDpsInits().front().getDefiningOp<linalg::FillOp>();
  auto empty = fill.getOutputs().front().getDefiningOp<tensor::EmptyOp>();
  SmallVector<OpFoldResult> sizes = empty.getMixedSizes();
  unsigned columnAt = sizes.size() - 1;
  int64_t panels = plan.panel ? packed.getDimSize(plan.outerPosition) : 0;
  if (plan.panel) {
    sizes[columnAt] = rewriter.getIndexAttr(plan.panel);
    sizes.insert(sizes.begin() + columnAt, rewriter.getIndexAttr(panels));
  }
  Value init = tensor::EmptyOp::create(rewriter, loc, sizes, empty.getType().getElementType());
  init = linalg::FillOp::create(rewriter, loc, fill.getInputs().front(), init).getResult(0);

  argument.setType(packed);
  SmallVector<Value> inputs = op.getDpsInputs();
  auto generic =
      linalg::GenericOp::create(rewriter, loc, init.getType(), inputs, init, newMaps, iterators);
  IRMapping mapping;
  op->getRegion(0).cloneInto(&generic.getRegion(), generic.getRegion().begin(), mapping);
  Value result = generic.getResult(0);
  if (plan.panel) {
    SmallVector<ReassociationIndices> groups;
    for (unsigned i = 0; i < columnAt; ++i)
      groups.push_back({i});
    groups.push_back({columnAt, columnAt + 1});
    result = tensor::CollapseShapeOp::create(rewriter, loc, result, groups);
  }
  replacePacked(rewriter, op, result);
}

void dlc::replacePacked(IRRewriter &rewriter, linalg::LinalgOp op, Value result) {
  auto func = op->getParentOfType<kernel::FuncOp>();
  auto fill = op.getDpsInits().front().getDefiningOp<linalg::FillOp>();
  auto empty = fill.getOutputs().front().getDefiningOp<tensor::EmptyOp>();
  rewriter.replaceOp(op, cutAtEnd(rewriter, op.getLoc(), result, op->getResult(0).getType(),
                                  empty.getMixedSizes()));
  eraseDeadOps(func.getBody().front());
  func.setFunctionType(FunctionType::get(func.getContext(), func.getBody().getArgumentTypes(),
                                         func.getResultTypes()));
}

//===-- The caller ---------------------------------------------------------------------------===//

Value dlc::buildPack(OpBuilder &builder, Value weights, const PackPlan &plan,
                     SmallVectorImpl<Operation *> &ops) {
  auto type = cast<RankedTensorType>(weights.getType());
  auto packed = packedType(plan, type);
  Location loc = weights.getLoc();
  int64_t rank = type.getRank();
  SmallVector<unsigned> order = plan.order;
  if (plan.panel) {
    int64_t panels = packed.getDimSize(plan.outerPosition);
    int64_t missing = panels * plan.panel - type.getDimSize(plan.column);
    if (missing) {
      Value zero =
          arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type.getElementType()));
      SmallVector<OpFoldResult> low(rank, builder.getIndexAttr(0)), high = low;
      high[plan.column] = builder.getIndexAttr(missing);
      auto pad = tensor::PadOp::create(builder, loc, Type(), weights, low, high, zero);
      ops.push_back(pad);
      weights = pad;
    }
    SmallVector<int64_t> split(cast<RankedTensorType>(weights.getType()).getShape());
    split[plan.column] = plan.panel;
    split.insert(split.begin() + plan.column, panels);
    SmallVector<ReassociationIndices> groups;
    for (int64_t i = 0, next = 0; i < rank; ++i) {
      groups.push_back({next++});
      if (i == plan.column)
        groups.back().push_back(next++);
    }
    weights = tensor::ExpandShapeOp::create(
        builder, loc, RankedTensorType::get(split, type.getElementType()), weights, groups);
    for (unsigned &from : order)
      from += from >= plan.column; // n: ni, after no
    order.insert(order.begin() + plan.outerPosition, plan.column);
  }
  Value empty = tensor::EmptyOp::create(builder, loc, packed.getShape(), packed.getElementType());
  SmallVector<int64_t> permutation(order.begin(), order.end());
  auto transpose = linalg::TransposeOp::create(builder, loc, weights, empty, permutation);
  ops.push_back(transpose);
  return transpose->getResult(0);
}
