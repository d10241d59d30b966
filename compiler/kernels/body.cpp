// What a kernel's body looks like after fusion: chains of elementwise ops are one generic, and
// whether all of it is one elementwise pass.
#include "compiler/kernels/outline.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace dlc;

void dlc::eraseDeadOps(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (isOpTriviallyDead(&op))
      op.erase();
}

static bool isParallel(Operation *op) {
  auto linalgOp = dyn_cast_or_null<linalg::LinalgOp>(op);
  return linalgOp && !isa<linalg::FillOp>(op) && linalgOp.getNumReductionLoops() == 0;
}

/// One step of fusion into `consumer`; true if something changed (the op is then gone).
static bool fuseOneProducer(IRRewriter &rewriter, linalg::LinalgOp consumer) {
  for (OpOperand *operand : consumer.getDpsInputOperands()) {
    Operation *producer = operand->get().getDefiningOp();
    if (!isParallel(producer) || !operand->get().hasOneUse() || producer->getNumResults() != 1)
      continue;
    // Reading an element more than once would compute it more than once.
    AffineMap map = consumer.getMatchingIndexingMap(operand);
    SmallVector<int64_t> ranges = consumer.getStaticLoopRanges();
    bool readOnce = map.isProjectedPermutation(/*allowZeroInResults=*/true);
    for (auto [d, range] : llvm::enumerate(ranges))
      readOnce &= range == 1 || map.isFunctionOfDim(d);
    if (!readOnce)
      continue;
    rewriter.setInsertionPoint(producer);
    if (!isa<linalg::GenericOp>(producer)) {
      auto generic = linalg::generalizeNamedOp(rewriter, cast<linalg::LinalgOp>(producer));
      if (failed(generic))
        continue;
    }
    unsigned number = operand->getOperandNumber();
    rewriter.setInsertionPoint(consumer);
    linalg::GenericOp generic = dyn_cast<linalg::GenericOp>(*consumer);
    if (!generic) {
      auto made = linalg::generalizeNamedOp(rewriter, consumer);
      if (failed(made))
        return false;
      generic = *made;
    }
    OpOperand &fused = generic->getOpOperand(number);
    Operation *source = fused.get().getDefiningOp();
    if (!linalg::areElementwiseOpsFusable(&fused))
      return false;
    rewriter.setInsertionPoint(generic);
    FailureOr<linalg::ElementwiseOpFusionResult> result =
        linalg::fuseElementwiseOps(rewriter, &fused);
    if (failed(result))
      return false;
    for (auto [from, to] : result->replacements)
      rewriter.replaceUsesWithIf(from, to,
                                 [&](OpOperand &use) { return use.getOwner() != source; });
    rewriter.eraseOp(generic);
    if (isOpTriviallyDead(source))
      rewriter.eraseOp(source);
    return true;
  }
  return false;
}

void dlc::fuseElementwiseChains(kernel::FuncOp func) {
  IRRewriter rewriter(func.getContext());
  bool changed = true;
  while (changed) {
    changed = false;
    SmallVector<linalg::LinalgOp> ops(func.getBody().getOps<linalg::LinalgOp>());
    for (linalg::LinalgOp op : llvm::reverse(ops))
      if (isParallel(op) && fuseOneProducer(rewriter, op)) {
        changed = true;
        break;
      }
  }
  eraseDeadOps(func.getBody().front());
}

/// Results are loop dimensions in growing order, or constant zero: if the operand has as many
/// elements as the output, this is the identity.
static bool isIdentityOrBroadcast(AffineMap map) {
  int64_t last = -1;
  for (AffineExpr expr : map.getResults()) {
    if (auto constant = dyn_cast<AffineConstantExpr>(expr); constant && constant.getValue() == 0)
      continue;
    auto dim = dyn_cast<AffineDimExpr>(expr);
    if (!dim || int64_t(dim.getPosition()) <= last)
      return false;
    last = dim.getPosition();
  }
  return true;
}

bool dlc::isElementwise(kernel::FuncOp func) {
  linalg::LinalgOp only;
  for (Operation &op : func.getBody().front().without_terminator()) {
    if (op.getNumResults() == 1 && (isa<tensor::EmptyOp, arith::ConstantOp>(op) ||
                                    !isa<TensorType>(op.getResult(0).getType())))
      continue;
    auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
    if (!linalgOp || only || !linalgOp.hasPureTensorSemantics())
      return false;
    only = linalgOp;
  }
  if (!only || only.getNumReductionLoops() != 0)
    return false;
  SetVector<Value> captured;
  getUsedValuesDefinedAbove(only->getRegions(), captured);
  if (llvm::any_of(captured, [](Value v) { return isa<TensorType>(v.getType()); }))
    return false;
  for (OpOperand &operand : only->getOpOperands()) {
    AffineMap map = only.getMatchingIndexingMap(&operand);
    if (only.isDpsInit(&operand) ? !map.isIdentity() : !isIdentityOrBroadcast(map))
      return false;
  }
  return llvm::all_of(func.getBody().front().getTerminator()->getOperands(),
                      [&](Value v) { return v.getDefiningOp() == only.getOperation(); });
}
