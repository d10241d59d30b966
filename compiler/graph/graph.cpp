// Helpers of floor 2 and the order of its passes.
#include "compiler/graph/graph.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

static bool isConstantValue(Value value, int depth) {
  Operation *op = value.getDefiningOp();
  if (!op || depth > 16 || !isPure(op) || op->getNumRegions() || isa<nn::DimsOp, nn::IotaOp>(op))
    return false;
  return llvm::all_of(op->getOperands(), [&](Value v) { return isConstantValue(v, depth + 1); });
}

bool dlc::isConstantValue(Value value) { return ::isConstantValue(value, 0); }

SmallVector<int64_t> dlc::inverse(ArrayRef<int64_t> permutation) {
  SmallVector<int64_t> result(permutation.size());
  for (auto [i, dim] : llvm::enumerate(permutation))
    result[dim] = i;
  return result;
}

std::optional<double> dlc::uniform(Value value) {
  for (int depth = 0; depth < 8; ++depth) {
    Operation *def = value.getDefiningOp();
    if (isa_and_nonnull<nn::ReshapeOp, nn::ExpandOp>(def)) {
      value = def->getOperand(0);
      continue;
    }
    if (auto cast = dyn_cast_or_null<nn::CastOp>(def)) {
      // Where the number keeps its value: to a wider type.
      Type from = getElementTypeOrSelf(cast.getInput().getType()), to = cast.getTo();
      if (!isa<IntegerType>(from) || from.getIntOrFloatBitWidth() > 16 ||
          to.getIntOrFloatBitWidth() < 32)
        return std::nullopt;
      value = cast.getInput();
      continue;
    }
    break;
  }
  auto constant = value.getDefiningOp<nn::ConstantOp>();
  auto dense = constant ? dyn_cast<DenseElementsAttr>(constant.getValue()) : DenseElementsAttr();
  if (!dense || dense.empty())
    return std::nullopt;
  if (!dense.isSplat() && !llvm::all_equal(dense.getValues<Attribute>()))
    return std::nullopt;
  Type type = dense.getElementType();
  if (isa<FloatType>(type))
    return (*dense.value_begin<APFloat>()).convertToDouble();
  APInt bits = *dense.value_begin<APInt>();
  return nn::isUnsigned(type) ? double(bits.getZExtValue()) : double(bits.getSExtValue());
}

Value dlc::reshapeTo(OpBuilder &builder, Location loc, Value value, ArrayRef<Dim> dims) {
  RankedTensorType type = nn::tensorOf(dims, getElementTypeOrSelf(value.getType()));
  return type == value.getType() ? value
                                 : nn::ReshapeOp::create(builder, loc, type, value).getOutput();
}

Value dlc::permute(OpBuilder &builder, Location loc, Value value, ArrayRef<int64_t> permutation) {
  SmallVector<Dim> dims = nn::dimsOf(value.getType()), permuted;
  int64_t last = -1;
  bool moves = false;
  for (int64_t dim : permutation) {
    permuted.push_back(dims[dim]);
    if (dims[dim].isOne())
      continue;
    moves |= dim < last;
    last = dim;
  }
  if (!moves)
    return reshapeTo(builder, loc, value, permuted);
  return nn::TransposeOp::create(builder, loc, value, permutation);
}

void dlc::addGraphPasses(OpPassManager &manager, bool precise, StringRef weights) {
  OpPassManager &functions = manager.nest<func::FuncOp>();
  NNSimplifyOptions options;
  options.precise = precise;
  functions.addPass(createNNFoldShapeValues());
  functions.addPass(createCSEPass());
  NNQuantizeOptions quantize;
  quantize.precise = precise;
  functions.addPass(createNNQuantize(quantize));
  functions.addPass(createCSEPass());
  functions.addPass(createNNSimplify(options));
  functions.addPass(createNNPropagateLayout());
  functions.addPass(createNNSimplify(options));
  if (weights != "f32")
    functions.addPass(createNNNarrowWeights({weights.str()}));
  functions.addPass(createCSEPass());
}
