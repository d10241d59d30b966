// resolve-dims: shape code speaks of the symbols at the entry, not of tensors.
//
// A size is looked for where the tensor comes from: the dlc.dims of an argument, the operands of
// the tensor.empty that an op writes to, the initial value of a loop whose state keeps its size.
// Upstream's reification does the rest; what it leaves in affine form is lowered to plain
// arithmetic, so that equal sizes are equal values after CSE.
#include "compiler/kernels/memory.h"
#include "compiler/kernels/passes.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Dialect/MemRef/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace dlc {
#define GEN_PASS_DEF_RESOLVEDIMS
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
/// Finds sizes without making any code.
class SizeFinder {
public:
  /// The size of dimension `d`; null if it cannot be said.
  OpFoldResult of(Value tensor, int64_t d, int depth = 0);

private:
  OpFoldResult ofArgument(BlockArgument argument, int64_t d, int depth);
  OpFoldResult ofResult(OpResult result, int64_t d, int depth);
  /// The size of a loop's state that is `init` at first and `next` after an iteration that sees
  /// `state`.
  OpFoldResult ofState(Value init, ArrayRef<Value> states, Value next, int64_t d, int depth);
  /// A size as far back as it can be followed.
  OpFoldResult settle(OpFoldResult size, int depth);
  static bool isBefore(OpFoldResult size, Operation *op);

  /// What is taken to be true while a loop is looked at.
  llvm::DenseMap<std::pair<Value, int64_t>, OpFoldResult> assumed;
};

OpFoldResult SizeFinder::of(Value tensor, int64_t d, int depth) {
  auto type = dyn_cast<RankedTensorType>(tensor.getType());
  if (!type || depth > 64)
    return nullptr;
  if (!type.isDynamicDim(d))
    return Builder(tensor.getContext()).getIndexAttr(type.getDimSize(d));
  if (auto argument = dyn_cast<BlockArgument>(tensor))
    return ofArgument(argument, d, depth + 1);
  return ofResult(cast<OpResult>(tensor), d, depth + 1);
}

OpFoldResult SizeFinder::settle(OpFoldResult size, int depth) {
  auto value = size ? dyn_cast<Value>(size) : Value();
  auto dim = value ? value.getDefiningOp<tensor::DimOp>() : nullptr;
  std::optional<int64_t> index = dim ? dim.getConstantIndex() : std::nullopt;
  if (!index)
    return size;
  OpFoldResult further = of(dim.getSource(), *index, depth + 1);
  return further ? further : size;
}

OpFoldResult SizeFinder::ofState(Value init, ArrayRef<Value> states, Value next, int64_t d,
                                 int depth) {
  OpFoldResult first = of(init, d, depth);
  if (!first)
    return nullptr;
  auto before = assumed;
  for (Value state : states)
    assumed[{state, d}] = first;
  if (of(next, d, depth) == first)
    return first;
  assumed = before; // with it goes what was concluded from it
  return nullptr;
}

OpFoldResult SizeFinder::ofArgument(BlockArgument argument, int64_t d, int depth) {
  if (OpFoldResult known = assumed.lookup({argument, d}))
    return known;
  Operation *parent = argument.getOwner()->getParentOp();
  if (auto func = dyn_cast<func::FuncOp>(parent)) {
    auto type = cast<RankedTensorType>(argument.getType());
    auto dims = func.getArgAttrOfType<ArrayAttr>(argument.getArgNumber(), kDimsAttr);
    size_t position = llvm::count_if(type.getShape().take_front(d), ShapedType::isDynamic);
    if (dims && position < dims.size())
      for (BlockArgument symbol : func.getArguments())
        if (auto name = func.getArgAttrOfType<StringAttr>(symbol.getArgNumber(), kSymbolAttr))
          if (name == dims[position])
            return Value(symbol);
    return nullptr;
  }
  if (auto loop = dyn_cast<scf::ForOp>(parent)) {
    unsigned k = argument.getArgNumber() - loop.getNumInductionVars();
    return ofState(loop.getInitArgs()[k], {argument}, loop.getYieldedValues()[k], d, depth);
  }
  if (auto loop = dyn_cast<scf::WhileOp>(parent)) {
    // The usual form: the condition hands all states on.
    unsigned k = argument.getArgNumber();
    OperandRange handedOn = loop.getConditionOp().getArgs();
    if (k < loop.getInits().size() && k < handedOn.size() &&
        handedOn[k] == Value(loop.getBeforeArguments()[k]))
      return ofState(loop.getInits()[k],
                     {loop.getBeforeArguments()[k], loop.getAfterArguments()[k]},
                     loop.getYieldOp().getResults()[k], d, depth);
  }
  return nullptr;
}

bool SizeFinder::isBefore(OpFoldResult size, Operation *op) {
  auto value = dyn_cast<Value>(size);
  return !value || !op->isAncestor(value.getParentRegion()->getParentOp());
}

OpFoldResult SizeFinder::ofResult(OpResult result, int64_t d, int depth) {
  Operation *op = result.getOwner();
  unsigned number = result.getResultNumber();
  if (auto empty = dyn_cast<tensor::EmptyOp>(op))
    return settle(empty.getMixedSizes()[d], depth);
  if (auto cast = dyn_cast<tensor::CastOp>(op))
    return of(cast.getSource(), d, depth);
  if (auto insert = dyn_cast<tensor::InsertOp>(op))
    return of(insert.getDest(), d, depth);
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(op))
    return of(insert.getDest(), d, depth);
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op)) {
    llvm::SmallBitVector dropped = slice.getDroppedDims();
    for (auto [i, size] : llvm::enumerate(slice.getMixedSizes()))
      if (!dropped.test(i) && d-- == 0)
        return settle(size, depth);
    return nullptr;
  }
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op))
    return settle(expand.getMixedOutputShape()[d], depth);
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op)) {
    // One dimension of a group is left if the others are 1.
    ReassociationIndices group = collapse.getReassociationIndices()[d];
    SmallVector<int64_t> wide;
    for (int64_t from : group)
      if (collapse.getSrcType().getDimSize(from) != 1)
        wide.push_back(from);
    return wide.size() == 1 ? of(collapse.getSrc(), wide[0], depth) : OpFoldResult();
  }
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return of(loop.getRegionIterArg(number), d, depth);
  if (auto loop = dyn_cast<scf::WhileOp>(op)) {
    OperandRange handedOn = loop.getConditionOp().getArgs();
    OpFoldResult size = of(handedOn[number], d, depth);
    return size && isBefore(size, loop) ? size : nullptr;
  }
  if (auto branch = dyn_cast<scf::IfOp>(op)) {
    OpFoldResult a = of(branch.thenYield().getResults()[number], d, depth);
    OpFoldResult b = a ? of(branch.elseYield().getResults()[number], d, depth) : nullptr;
    return a && a == b && isBefore(a, branch) ? a : OpFoldResult();
  }
  if (auto dps = dyn_cast<DestinationStyleOpInterface>(op))
    return of(dps.getTiedOpOperand(result)->get(), d, depth);
  return nullptr;
}

struct KnownDim : OpRewritePattern<tensor::DimOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(tensor::DimOp op, PatternRewriter &rewriter) const override {
    std::optional<int64_t> index = op.getConstantIndex();
    auto type = dyn_cast<RankedTensorType>(op.getSource().getType());
    if (!index || !type || *index < 0 || *index >= type.getRank())
      return failure();
    OpFoldResult size = SizeFinder().of(op.getSource(), *index);
    if (!size || size == OpFoldResult(op.getResult()))
      return failure();
    if (auto value = dyn_cast<Value>(size))
      rewriter.replaceOp(op, value);
    else
      rewriter.replaceOpWithNewOp<arith::ConstantIndexOp>(op, *getConstantIntValue(size));
    return success();
  }
};

struct ResolveDimsPass : dlc::impl::ResolveDimsBase<ResolveDimsPass> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    RewritePatternSet patterns(&getContext());
    patterns.add<KnownDim>(&getContext(), /*benefit=*/2);
    tensor::populateDecomposeTensorConcatPatterns(patterns); // these make dimensions of their own
    tensor::DimOp::getCanonicalizationPatterns(patterns, &getContext());
    memref::populateResolveRankedShapedTypeResultDimsPatterns(patterns);
    memref::populateResolveShapedTypeResultDimsPatterns(patterns);
    populateAffineToStdConversionPatterns(patterns);
    (void)applyPatternsGreedily(func, std::move(patterns));
  }
};
} // namespace
