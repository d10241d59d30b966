// kernel-split-sums: a reduction along the rows of its operand, and perhaps over several of them,
// becomes one of vectors, and one of the lanes of the last vector.
//
//   s[i]    = op over k of x[i, k]
//   p[i, l] = op over q of x[i, q*L + l]       vectors along l
//   s[i]    = op over l of p[i, l]
#include "compiler/kernels/backend.h"
#include "compiler/kernels/grouping.h"
#include "compiler/kernels/passes.h"

#include "dialects/kernel/kernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"

#include <limits>

namespace dlc {
#define GEN_PASS_DEF_KERNELSPLITSUMS
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

/// The operation that combines the accumulator with what one element gives; null where the body
/// does more with the accumulator.
static Operation *combiner(linalg::GenericOp op) {
  Block &body = *op.getBody();
  BlockArgument accumulator = body.getArguments().back();
  Operation *combine = body.getTerminator()->getOperand(0).getDefiningOp();
  bool isKnown =
      isa_and_nonnull<arith::AddFOp, arith::MulFOp, arith::MaximumFOp, arith::MinimumFOp>(combine);
  return isKnown && accumulator.hasOneUse() && *accumulator.user_begin() == combine ? combine
                                                                                    : nullptr;
}

/// What combines with each value to that value.
static double neutral(Operation *combine) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (isa<arith::AddFOp>(combine))
    return -0.0;
  if (isa<arith::MulFOp>(combine))
    return 1;
  return isa<arith::MaximumFOp>(combine) ? -infinity : infinity;
}

/// Lanes for rows of this length, of which `rows` make one sum; 0 where they do not fit.
static int64_t lanesFor(int64_t length, int64_t rows, int64_t most) {
  for (int64_t lanes = most; lanes >= 4; lanes /= 2)
    if (length % lanes == 0 && (length >= 4 * lanes || rows >= 4))
      return lanes;
  return 0;
}

/// The reduction loop that the operands' innermost dimension follows.
static std::optional<unsigned> rowLoop(linalg::GenericOp op) {
  for (OpOperand *input : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(input);
    auto inner = map.getNumResults() > 0 ? dyn_cast<AffineDimExpr>(map.getResults().back())
                                         : AffineDimExpr(nullptr);
    if (inner && op.getIteratorTypesArray()[inner.getPosition()] == utils::IteratorType::reduction)
      return inner.getPosition();
  }
  return std::nullopt;
}

static void split(IRRewriter &b, linalg::GenericOp op, int64_t most) {
  if (op.getNumReductionLoops() == 0 || op->getNumResults() != 1 || op.hasIndexSemantics() ||
      !op.hasPureTensorSemantics() || classify(op) != OpClass::Reduction)
    return;
  std::optional<unsigned> row = rowLoop(op);
  if (!row)
    return;
  Operation *combine = combiner(op);
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  AffineMap out = op.getIndexingMapsArray().back();
  unsigned loop = *row, loops = op.getNumLoops();
  SmallVector<unsigned> reductions;
  op.getReductionDims(reductions);
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  int64_t length = ranges[loop], rows = 1;
  for (unsigned other : reductions)
    if (other != loop)
      rows =
          std::min<int64_t>(rows * (ShapedType::isDynamic(ranges[other]) ? 4 : ranges[other]), 4);
  int64_t lanes = ShapedType::isDynamic(length) ? 0 : lanesFor(length, rows, most);
  if (!combine || !type.getElementType().isF32() || lanes == 0 || !out.isProjectedPermutation())
    return;
  AffineExpr column = b.getAffineDimExpr(loop), lane = b.getAffineDimExpr(loops);
  SmallVector<AffineMap> maps;
  SmallVector<Value> inputs;
  SmallVector<bool> isSplit;
  for (OpOperand *input : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(input);
    bool along = map.isFunctionOfDim(loop);
    if (along && (map.getResults().back() != column ||
                  llvm::count_if(map.getResults(),
                                 [&](AffineExpr e) { return e.isFunctionOfDim(loop); }) != 1))
      return;
    isSplit.push_back(along);
    SmallVector<AffineExpr> results(map.getResults());
    if (along)
      results.push_back(lane);
    maps.push_back(AffineMap::get(loops + 1, 0, results, b.getContext()));
  }
  b.setInsertionPoint(op);
  Location loc = op.getLoc();
  for (auto [input, along] : llvm::zip(op.getDpsInputs(), isSplit)) {
    if (!along) {
      inputs.push_back(input);
      continue;
    }
    auto from = cast<RankedTensorType>(input.getType());
    SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(b, loc, input);
    SmallVector<int64_t> shape(from.getShape());
    SmallVector<ReassociationIndices> groups;
    for (int64_t i = 0; i < from.getRank(); ++i)
      groups.push_back({i});
    groups.back().push_back(from.getRank());
    shape.back() = length / lanes;
    shape.push_back(lanes);
    sizes.back() = b.getIndexAttr(length / lanes);
    sizes.push_back(b.getIndexAttr(lanes));
    inputs.push_back(tensor::ExpandShapeOp::create(
        b, loc, RankedTensorType::get(shape, from.getElementType()), input, groups, sizes));
  }
  // Vectors.
  SmallVector<AffineExpr> partial(out.getResults());
  partial.push_back(lane);
  maps.push_back(AffineMap::get(loops + 1, 0, partial, b.getContext()));
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypesArray();
  iterators.push_back(utils::IteratorType::parallel);
  Value start = op.getDpsInits().front();
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(b, loc, start);
  sizes.push_back(b.getIndexAttr(lanes));
  Value init = tensor::EmptyOp::create(b, loc, sizes, type.getElementType());
  Value value = arith::ConstantOp::create(b, loc, b.getF32FloatAttr(float(neutral(combine))));
  init = linalg::FillOp::create(b, loc, value, init).getResult(0);
  auto vectors = linalg::GenericOp::create(b, loc, init.getType(), inputs, init, maps, iterators);
  IRMapping mapping;
  op->getRegion(0).cloneInto(&vectors.getRegion(), vectors.getRegion().begin(), mapping);
  // Lanes.
  unsigned rank = type.getRank();
  AffineMap identity = b.getMultiDimIdentityMap(rank + 1);
  AffineMap kept =
      AffineMap::get(rank + 1, 0, identity.getResults().take_front(rank), b.getContext());
  SmallVector<utils::IteratorType> last(rank, utils::IteratorType::parallel);
  last.push_back(utils::IteratorType::reduction);
  auto total =
      linalg::GenericOp::create(b, loc, type, vectors.getResult(0), start, {identity, kept}, last,
                                [&](OpBuilder &builder, Location l, ValueRange x) {
                                  Operation *join = builder.clone(*combine);
                                  join->setOperands({x[1], x[0]});
                                  linalg::YieldOp::create(builder, l, join->getResult(0));
                                });
  b.replaceOp(op, total);
}

namespace {
struct KernelSplitSums : dlc::impl::KernelSplitSumsBase<KernelSplitSums> {
  using KernelSplitSumsBase::KernelSplitSumsBase;

  void runOnOperation() override {
    FailureOr<TargetInfo> info = resolveTarget(getOperation(), target);
    if (failed(info))
      return signalPassFailure();
    SmallVector<linalg::GenericOp> found;
    for (auto func : getOperation().getOps<kernel::FuncOp>())
      func.walk([&](linalg::GenericOp op) { found.push_back(op); });
    IRRewriter rewriter(&getContext());
    for (linalg::GenericOp op : found)
      split(rewriter, op, info->vectorBytes / 4);
  }
};
} // namespace
