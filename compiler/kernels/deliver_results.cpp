// deliver-results: results become destinations.
//
// Upstream's buffer-results-to-out-params needs every result to be an allocation of its own; here a
// result may also be a reshaped allocation, an argument, the same buffer twice, or of
// data-dependent size (then it stays a result). A destination is a block of bytes like the arena
// and the weights, so one op, memref.view, gives it its shape.
#include "compiler/kernels/memory.h"
#include "compiler/kernels/passes.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace dlc {
#define GEN_PASS_DEF_DELIVERRESULTS
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
/// The allocation in the entry block that `value` is a reshape of, element by element in the same
/// order.
memref::AllocOp wholeAllocation(Value value, Block *entry) {
  while (Operation *def = value.getDefiningOp()) {
    if (auto alloc = dyn_cast<memref::AllocOp>(def))
      return alloc->getBlock() == entry && alloc.getType().getLayout().isIdentity() ? alloc
                                                                                    : nullptr;
    if (!isa<memref::ExpandShapeOp, memref::CollapseShapeOp, memref::CastOp>(def) ||
        !cast<MemRefType>(def->getOperand(0).getType()).getLayout().isIdentity())
      return nullptr;
    value = def->getOperand(0);
  }
  return nullptr;
}

bool isDataDependent(func::FuncOp func, unsigned result) {
  auto dims = func.getResultAttrOfType<ArrayAttr>(result, kDimsAttr);
  return dims && llvm::any_of(dims.getAsRange<StringAttr>(),
                              [](StringAttr dim) { return dim.getValue() == "?"; });
}

LogicalResult deliver(func::FuncOp func) {
  Block *entry = &func.getBody().front();
  if (!llvm::hasSingleElement(func.getBody()))
    return func.emitError("has more than one block before its results are delivered");
  auto ret = cast<func::ReturnOp>(entry->getTerminator());
  OpBuilder b(ret);
  Type blockType = MemRefType::get({ShapedType::kDynamic}, b.getI8Type());
  SmallVector<Value> returned;
  SmallVector<DictionaryAttr> returnedAttrs;
  for (auto [i, value] : llvm::enumerate(ret.getOperands())) {
    NamedAttrList attrs(func.getResultAttrDict(i));
    attrs.set(kOutputAttr, b.getI64IntegerAttr(i));
    auto type = dyn_cast<MemRefType>(value.getType());
    if (!type || isDataDependent(func, i)) {
      returned.push_back(value);
      returnedAttrs.push_back(attrs.getDictionary(func.getContext()));
      continue;
    }
    attrs.set(kOutputTypeAttr, TypeAttr::get(type));
    unsigned position = func.getNumArguments();
    if (failed(func.insertArgument(position, blockType, attrs.getDictionary(func.getContext()),
                                   value.getLoc())))
      return failure();
    Value destination = func.getArgument(position);

    memref::AllocOp alloc = wholeAllocation(value, entry);
    if (alloc)
      b.setInsertionPoint(alloc);
    else
      b.setInsertionPoint(ret);
    MemRefType viewType =
        alloc ? alloc.getType() : MemRefType::get(type.getShape(), type.getElementType());
    SmallVector<Value> sizes;
    if (alloc)
      sizes = SmallVector<Value>(alloc.getDynamicSizes());
    else
      for (int64_t dim = 0; dim < type.getRank(); ++dim)
        if (type.isDynamicDim(dim))
          sizes.push_back(memref::DimOp::create(b, value.getLoc(), value, dim));
    Value zero = arith::ConstantIndexOp::create(b, value.getLoc(), 0);
    Value view = memref::ViewOp::create(b, value.getLoc(), viewType, destination, zero, sizes);
    if (alloc) {
      alloc.replaceAllUsesWith(view);
      alloc.erase();
    } else {
      memref::CopyOp::create(b, value.getLoc(), value, view);
    }
  }
  b.setInsertionPoint(ret);
  func::ReturnOp::create(b, ret.getLoc(), returned);
  ret.erase();
  if (ArrayAttr attrs = func.getAllResultAttrs())
    func.removeResAttrsAttr();
  func.setFunctionType(b.getFunctionType(func.getArgumentTypes(), ValueRange(returned).getTypes()));
  for (auto [i, attrs] : llvm::enumerate(returnedAttrs))
    func.setResultAttrs(i, attrs);
  return success();
}

struct DeliverResultsPass : dlc::impl::DeliverResultsBase<DeliverResultsPass> {
  void runOnOperation() override {
    for (StringRef name : {kMainFunc, kWeightsFunc})
      if (auto func = getOperation().lookupSymbol<func::FuncOp>(name))
        if (!func.isExternal() && failed(deliver(func)))
          return signalPassFailure();
  }
};
} // namespace
