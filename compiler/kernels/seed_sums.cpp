// See seed_sums.h.
#include "compiler/kernels/seed_sums.h"

#include "compiler/kernels/outline.h"
#include "compiler/kernels/pack.h"
#include "compiler/kernels/padding.h"
#include "dialects/kernel/places.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace dlc;

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

/// How many columns the sums have: they are the last dimension, or panels and their columns are the
/// last two.
static int64_t columnsOf(linalg::LinalgOp contraction, bool packed) {
  ArrayRef<int64_t> shape = shapeOf(contraction->getResult(0));
  ArrayRef<int64_t> columns = shape.take_back(packed ? 2 : 1);
  return llvm::is_contained(columns, ShapedType::kDynamic) ? 0 : llvm::product_of(columns);
}

/// The use by which an elementwise op alone reads the sums, through views that keep the columns
/// innermost or cut off those that only fill the last panel.
static OpOperand *epilogueUse(linalg::LinalgOp contraction, bool packed) {
  int64_t columns = columnsOf(contraction, packed);
  Value value = contraction->getResult(0);
  while (value.hasOneUse()) {
    OpOperand *use = &*value.use_begin();
    Operation *user = use->getOwner();
    if (auto generic = dyn_cast<linalg::GenericOp>(user))
      return generic.getNumReductionLoops() == 0 && generic.isDpsInput(use) ? use : nullptr;
    auto slice = dyn_cast<tensor::ExtractSliceOp>(user);
    if (slice ? !slice.hasZeroOffset() || !slice.hasUnitStride() || slice.getDroppedDims().any()
              : !isa<tensor::CollapseShapeOp, tensor::ExpandShapeOp>(user))
      return nullptr;
    value = user->getResult(0);
    if (shapeOf(value).empty())
      return nullptr;
    if (slice && shapeOf(value).back() > 0)
      columns = shapeOf(value).back();
    if (shapeOf(value).back() != columns)
      return nullptr;
  }
  return nullptr;
}

namespace {
/// `sum + vector` in the body of an epilogue.
struct Addition {
  Operation *op = nullptr;
  OpOperand *vector = nullptr; ///< of the epilogue
};
} // namespace

/// Whether the operand is a vector along the columns of the result: its only dimension that is not
/// 1 is that of the loop `column`.
static bool isVectorAlong(linalg::GenericOp epilogue, OpOperand &operand, unsigned column,
                          int64_t columns) {
  auto type = dyn_cast<RankedTensorType>(operand.get().getType());
  if (!type || !type.hasStaticShape() || type.getNumElements() != columns || columns == 1)
    return false;
  AffineMap map = epilogue.getMatchingIndexingMap(&operand);
  for (auto [extent, expr] : llvm::zip(type.getShape(), map.getResults()))
    if (extent == columns)
      return expr == getAffineDimExpr(column, epilogue.getContext());
  return false;
}

static std::optional<Addition> additionTo(OpOperand *sum) {
  auto epilogue = cast<linalg::GenericOp>(sum->getOwner());
  AffineMap map = epilogue.getMatchingIndexingMap(sum);
  auto column = dyn_cast<AffineDimExpr>(map.getResults().back());
  BlockArgument argument = epilogue.getMatchingBlockArgument(sum);
  if (!column || !argument.hasOneUse())
    return std::nullopt;
  Addition addition;
  addition.op = *argument.user_begin();
  if (!isa<arith::AddFOp, arith::AddIOp>(addition.op))
    return std::nullopt;
  Value other = addition.op->getOperand(addition.op->getOperand(0) == argument ? 1 : 0);
  for (OpOperand *input : epilogue.getDpsInputOperands())
    if (epilogue.getMatchingBlockArgument(input) == other && other.hasOneUse() &&
        isVectorAlong(epilogue, *input, column.getPosition(), shapeOf(sum->get()).back())) {
      addition.vector = input;
      return addition;
    }
  return std::nullopt;
}

/// The vector as [.., n], or [.., no, ni], for all rows of `sums`.
static Value broadcast(IRRewriter &rewriter, Location loc, Value vector, Value sums,
                       ArrayRef<OpFoldResult> sizes, bool packed) {
  ArrayRef<int64_t> shape = shapeOf(sums);
  auto type = cast<RankedTensorType>(vector.getType());
  int64_t rank = type.getRank(), columns = type.getNumElements();
  if (rank > 1) {
    SmallVector<ReassociationIndices> all{llvm::to_vector(llvm::seq<int64_t>(0, rank))};
    vector = tensor::CollapseShapeOp::create(rewriter, loc, vector, all);
  }
  unsigned first = shape.size() - (packed ? 2 : 1);
  if (packed) {
    ArrayRef<int64_t> panels = shape.take_back(2);
    vector = padAtEnd(rewriter, loc, vector, panels[0] * panels[1] - columns);
    SmallVector<ReassociationIndices> split{{0, 1}};
    vector = tensor::ExpandShapeOp::create(
        rewriter, loc, RankedTensorType::get(panels, type.getElementType()), vector, split);
  }
  AffineMap all = rewriter.getMultiDimIdentityMap(shape.size());
  AffineMap inner = all.getMinorSubMap(shape.size() - first);
  SmallVector<utils::IteratorType> iterators(shape.size(), utils::IteratorType::parallel);
  Value empty = tensor::EmptyOp::create(rewriter, loc, sizes, type.getElementType());
  auto generic = linalg::GenericOp::create(
      rewriter, loc, empty.getType(), vector, empty, ArrayRef{inner, all}, iterators,
      [](OpBuilder &b, Location l, ValueRange x) { linalg::YieldOp::create(b, l, x[0]); });
  return generic.getResult(0);
}

/// The epilogue without the addition and its operand.
static void dropAddition(IRRewriter &rewriter, OpOperand *sum, const Addition &addition) {
  auto epilogue = cast<linalg::GenericOp>(sum->getOwner());
  rewriter.setInsertionPoint(epilogue);
  rewriter.replaceOp(addition.op, epilogue.getMatchingBlockArgument(sum));
  unsigned dropped = addition.vector->getOperandNumber();
  SmallVector<Value> inputs = epilogue.getDpsInputs();
  SmallVector<AffineMap> maps = epilogue.getIndexingMapsArray();
  inputs.erase(inputs.begin() + dropped);
  maps.erase(maps.begin() + dropped);
  auto shorter =
      linalg::GenericOp::create(rewriter, epilogue.getLoc(), epilogue.getResultTypes(), inputs,
                                epilogue.getOutputs(), maps, epilogue.getIteratorTypesArray());
  epilogue.getRegion().front().eraseArgument(dropped);
  rewriter.inlineRegionBefore(epilogue.getRegion(), shorter.getRegion(),
                              shorter.getRegion().begin());
  rewriter.replaceOp(epilogue, shorter.getResults());
}

static bool isZero(Value value) {
  return matchPattern(value, m_AnyZeroFloat()) || matchPattern(value, m_Zero());
}

void dlc::seedSums(kernel::FuncOp func) {
  linalg::LinalgOp contraction = contractionOf(func);
  if (!contraction || contraction->getNumResults() != 1)
    return;
  auto fill = contraction.getDpsInits().front().getDefiningOp<linalg::FillOp>();
  auto empty =
      fill ? fill.getOutputs().front().getDefiningOp<tensor::EmptyOp>() : tensor::EmptyOp();
  if (!empty || !isZero(fill.getInputs().front()) || empty.getType().getRank() == 0)
    return;
  bool packed = panelOf(contraction).has_value();
  OpOperand *sum = epilogueUse(contraction, packed);
  std::optional<Addition> addition = sum ? additionTo(sum) : std::nullopt;
  if (!addition)
    return;
  // The vector may be made between the sums and what follows them.
  Operation *epilogue = sum->getOwner();
  for (Operation *op = contraction; op != epilogue;) {
    Operation *next = *op->user_begin();
    op->moveBefore(epilogue);
    op = next;
  }
  IRRewriter rewriter(func.getContext());
  rewriter.setInsertionPoint(contraction);
  Value seed = broadcast(rewriter, contraction.getLoc(), addition->vector->get(),
                         contraction->getResult(0), empty.getMixedSizes(), packed);
  contraction.getDpsInitsMutable().assign(seed);
  dropAddition(rewriter, sum, *addition);
  eraseDeadOps(func.getBody().front());
}
