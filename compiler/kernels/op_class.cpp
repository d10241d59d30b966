// What an op is for grouping; see grouping.h.
#include "compiler/kernels/grouping.h"

#include "dialects/kernel/kernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace dlc;

/// Shape arithmetic on tensors: at most this many integers are computed by the caller's own code.
static constexpr int64_t kTinyElements = 64;

static bool isTiny(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return !tensor || (tensor.hasStaticShape() && tensor.getNumElements() <= kTinyElements &&
                     tensor.getElementType().isIntOrIndex());
}

static bool isTiny(Operation *op) {
  return llvm::all_of(op->getOperandTypes(), [](Type t) { return isTiny(t); }) &&
         llvm::all_of(op->getResultTypes(), [](Type t) { return isTiny(t); });
}

SmallVector<Value> dlc::capturedTensors(Operation *op) {
  SmallVector<Value> captured;
  SetVector<Value> used;
  getUsedValuesDefinedAbove(op->getRegions(), used);
  for (Value value : used)
    if (isa<TensorType>(value.getType()))
      captured.push_back(value);
  return captured;
}

static OpClass classifyLinalg(linalg::LinalgOp op) {
  if (!op.hasPureTensorSemantics())
    return OpClass::Other;
  if (isa<linalg::FillOp>(op))
    return OpClass::Light;
  if (op.getNumReductionLoops() == 0) {
    for (OpOperand &init : op.getDpsInitsMutable())
      if (!op.getMatchingIndexingMap(&init).isPermutation())
        return OpClass::Window;
    return OpClass::Elementwise;
  }
  // A product of two inputs without reuse (a dot product of rows) is a reduction.
  // Inputs whose values matter (a pooling window is a shape only), and whether one of them is read
  // again along a parallel loop that it lacks.
  SmallVector<unsigned> reductions, parallels;
  op.getReductionDims(reductions);
  op.getParallelDims(parallels);
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  unsigned inputs = 0, reused = 0;
  bool window = false;
  for (OpOperand *input : op.getDpsInputOperands()) {
    if (!op.payloadUsesValueFromOperand(input))
      continue;
    AffineMap map = op.getMatchingIndexingMap(input);
    if (llvm::none_of(reductions, [&](unsigned d) { return map.isFunctionOfDim(d); }))
      continue;
    ++inputs;
    window |= !map.isProjectedPermutation(/*allowZeroInResults=*/true);
    reused += llvm::any_of(parallels,
                           [&](unsigned d) { return ranges[d] != 1 && !map.isFunctionOfDim(d); });
  }
  if (inputs >= 2 && reused)
    return OpClass::Contraction;
  return window ? OpClass::Window : OpClass::Reduction;
}

OpClass dlc::classify(Operation *op) {
  if (isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::ExtractSliceOp, tensor::CastOp>(
          op))
    return OpClass::View;
  if (isa<tensor::EmptyOp>(op))
    return OpClass::Light;
  if (auto constant = dyn_cast<arith::ConstantOp>(op))
    return isa<SplatElementsAttr>(constant.getValue()) ? OpClass::Light : OpClass::Other;
  if (auto fill = dyn_cast<linalg::FillOp>(op))
    return fill.hasPureTensorSemantics() ? OpClass::Light : OpClass::Other;
  if (!isa<linalg::LinalgOp, tensor::PadOp>(op) || isTiny(op))
    return OpClass::Other;
  if (auto pad = dyn_cast<tensor::PadOp>(op))
    return pad.getConstantPaddingValue() ? OpClass::Pad : OpClass::Other;
  return classifyLinalg(cast<linalg::LinalgOp>(op));
}

Value dlc::throughViews(Value value, Block *block) {
  while (Operation *def = value.getDefiningOp()) {
    if (def->getBlock() != block || classify(def) != OpClass::View)
      break;
    value = def->getOperand(0);
  }
  return value;
}

bool dlc::isConstant(Value value, llvm::DenseMap<Value, bool> &known) {
  auto [it, isNew] = known.try_emplace(value, false);
  if (!isNew)
    return it->second;
  Operation *def = value.getDefiningOp();
  if (!def)
    return false;
  bool result = false;
  if (!isa<RankedTensorType>(value.getType()))
    result = matchPattern(value, m_Constant());
  else if (isa<arith::ConstantOp>(def))
    result = true;
  else if (isa<linalg::LinalgOp, kernel::LaunchOp>(def) ||
           def->getName().getDialectNamespace() == "tensor")
    result = llvm::all_of(def->getOperands(), [&](Value v) { return isConstant(v, known); }) &&
             llvm::all_of(capturedTensors(def), [&](Value v) { return isConstant(v, known); });
  known[value] = result;
  return result;
}
