// See places.h.
#include "dialects/kernel/places.h"

#include "dialects/kernel/kernel.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc;

/// The extents without those that are 1.
static SmallVector<int64_t> withoutUnits(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> result;
  llvm::copy_if(shape, std::back_inserter(result), [](int64_t extent) { return extent != 1; });
  return result;
}

/// Whether the operation computes each element from the element of `operand` at the same place,
/// apart from dimensions of size 1.
static bool keepsPlaces(linalg::LinalgOp op, OpOperand &operand) {
  if (op.getNumReductionLoops() != 0 || op.isDpsInit(&operand))
    return false;
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  auto loops = [&](AffineMap map) -> std::optional<SmallVector<unsigned>> {
    SmallVector<unsigned> result;
    for (AffineExpr expr : map.getResults()) {
      auto dim = dyn_cast<AffineDimExpr>(expr);
      if (!dim && !isa<AffineConstantExpr>(expr))
        return std::nullopt;
      if (dim && ranges[dim.getPosition()] != 1)
        result.push_back(dim.getPosition());
    }
    return result;
  };
  auto in = loops(op.getMatchingIndexingMap(&operand)),
       out = loops(op.getMatchingIndexingMap(op.getDpsInitOperand(0)));
  return in && out && *in == *out;
}

static bool keepsPlaces(OpOperand &use) {
  Operation *op = use.getOwner();
  if (isa<kernel::ReturnOp, bufferization::MaterializeInDestinationOp>(op))
    return true;
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return keepsPlaces(linalgOp, use);
  auto shapeOf = [](Value value) { return cast<ShapedType>(value.getType()).getShape(); };
  if (isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::CastOp>(op)) {
    if (withoutUnits(shapeOf(op->getOperand(0))) == withoutUnits(shapeOf(op->getResult(0))))
      return true;
    auto contraction = use.get().getDefiningOp<linalg::LinalgOp>();
    return contraction && panelOf(contraction);
  }
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op))
    return use.getOperandNumber() == 0 && slice.hasZeroOffset() && slice.hasUnitStride();
  return false;
}

std::optional<int64_t> dlc::panelOf(linalg::LinalgOp op) {
  if (op->getNumResults() != 1 || !op->getResult(0).hasOneUse())
    return std::nullopt;
  auto collapse = dyn_cast<tensor::CollapseShapeOp>(*op->getResult(0).user_begin());
  AffineMap out = op.getIndexingMapsArray().back();
  if (!collapse || out.getNumResults() < 2)
    return std::nullopt;
  SmallVector<ReassociationIndices> groups = collapse.getReassociationIndices();
  if (groups.back().size() != 2 ||
      llvm::any_of(ArrayRef(groups).drop_back(),
                   [](const ReassociationIndices &group) { return group.size() != 1; }))
    return std::nullopt;
  // Some factor lies in panels: the reductions stand between their number and their columns.
  ArrayRef<AffineExpr> columns = out.getResults().take_back(2);
  bool isPacked = llvm::any_of(op.getDpsInputOperands(), [&](OpOperand *input) {
    ArrayRef<AffineExpr> map = op.getMatchingIndexingMap(input).getResults();
    // Terms of the sum may lie beside each other (pack_dot.h).
    if (multipliesBytes(op) && !map.empty() && !llvm::is_contained(out.getResults(), map.back()))
      map = map.drop_back();
    return map.size() > 2 && map.back() == columns[1] &&
           llvm::is_contained(map.drop_back(2), columns[0]);
  });
  int64_t width = cast<ShapedType>(op->getResult(0).getType()).getShape().back();
  return isPacked && !ShapedType::isDynamic(width) ? std::optional(width) : std::nullopt;
}

bool dlc::reachesOutput(Value value) {
  llvm::SetVector<Value> values;
  values.insert(value);
  for (size_t i = 0; i < values.size(); ++i)
    for (OpOperand &use : values[i].getUses()) {
      if (!keepsPlaces(use))
        return false;
      for (Value result : use.getOwner()->getResults())
        values.insert(result);
    }
  return true;
}

bool dlc::multipliesBytes(linalg::LinalgOp op) {
  if (op.getNumDpsInputs() != 2 || op.getNumDpsInits() != 1 ||
      !getElementTypeOrSelf(op->getResult(0).getType()).isInteger(32))
    return false;
  return llvm::all_of(op.getDpsInputs(), [](Value v) {
    Type element = getElementTypeOrSelf(v.getType());
    return element.isInteger(8) || element.isInteger(16);
  });
}
