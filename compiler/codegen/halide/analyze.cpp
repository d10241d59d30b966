// See analyze.h.
#include "compiler/codegen/halide/analyze.h"

#include "dialects/kernel/places.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::halide;

int64_t dlc::halide::known(int64_t extent) {
  return ShapedType::isDynamic(extent) ? kUnknownExtent : extent;
}

int64_t dlc::halide::workOf(linalg::LinalgOp op) {
  int64_t work = 1;
  for (int64_t range : op.getStaticLoopRanges())
    work = std::min<int64_t>(work * known(range), int64_t(1) << 50);
  return work;
}

int64_t KernelInfo::dimension(unsigned above) const {
  int64_t position = int64_t(shape.size()) - 1;
  for (int64_t d = position; d >= 0; --d)
    if (shape[d] != 1 && above-- == 0)
      return d;
  bool allUnits = llvm::all_of(shape, [](int64_t extent) { return extent == 1; });
  return allUnits && above == 0 ? position : -1;
}

/// See KernelInfo::across.
static SmallVector<int64_t> readAcross(linalg::LinalgOp op) {
  if (op.getNumReductionLoops() != 0 || op.getNumLoops() < 2)
    return {};
  AffineMap result = op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  AffineExpr column = result.getResults().back();
  for (OpOperand *operand : op.getDpsInputOperands()) {
    auto type = dyn_cast<ShapedType>(operand->get().getType());
    ArrayRef<AffineExpr> places = op.getMatchingIndexingMap(operand).getResults();
    while (!places.empty() && type.getDimSize(int64_t(places.size()) - 1) == 1)
      places = places.drop_back();
    if (places.empty() || places.back() == column || !llvm::is_contained(places, column))
      continue;
    SmallVector<int64_t> order;
    for (AffineExpr place : places)
      for (auto [d, expr] : llvm::enumerate(result.getResults().drop_back()))
        if (expr == place)
          order.push_back(int64_t(d));
    if (order.size() + 1 == places.size()) // no windows
      return order;
  }
  return {};
}

static SmallVector<ShapedType> outputsOf(kernel::FuncOp func) {
  SmallVector<ShapedType> outputs;
  if (!func.isSpecialized())
    for (Type type : func.getResultTypes())
      outputs.push_back(cast<ShapedType>(type));
  else
    func.walk([&](bufferization::MaterializeInDestinationOp op) {
      outputs.push_back(cast<ShapedType>(op.getDest().getType()));
    });
  return outputs;
}

KernelInfo dlc::halide::analyze(kernel::FuncOp func, const TargetInfo &target) {
  KernelInfo kernel{target, {}, {}, {}, Role::Plain, 0, 32, {}, false, 0};
  int64_t heaviest = 0;
  func.walk([&](linalg::LinalgOp op) {
    if (!op.hasPureTensorSemantics())
      return;
    int64_t work = workOf(op);
    kernel.work += work;
    Role role = roleOf(op);
    if (kernel.across.empty())
      kernel.across = readAcross(op);
    if (role == Role::Plain || work <= heaviest)
      return;
    heaviest = work;
    kernel.root = op;
    kernel.role = role;
    Type element = getElementTypeOrSelf(op->getResult(0).getType());
    kernel.bits = element.isIntOrFloat() ? std::max(8u, element.getIntOrFloatBitWidth()) : 64;
  });
  SmallVector<ShapedType> outputs = outputsOf(func);
  kernel.winograd = kernel.root ? kernel::winogradTile(func) : 0;
  kernel.apart = kernel.root && outputs.size() == 1 && kernel.winograd == 0 &&
                 !reachesOutput(kernel.root->getResult(0));
  ShapedType tiled = kernel.apart       ? cast<ShapedType>(kernel.root->getResult(0).getType())
                     : !outputs.empty() ? outputs.front()
                                        : ShapedType();
  if (tiled)
    for (int64_t extent : tiled.getShape()) {
      kernel.shape.push_back(known(extent));
      kernel.isStatic.push_back(!ShapedType::isDynamic(extent));
    }
  return kernel;
}
