// See padding.h.
#include "compiler/kernels/padding.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

Value dlc::padAtEnd(OpBuilder &b, Location loc, Value x, ArrayRef<int64_t> missing) {
  if (llvm::all_of(missing, [](int64_t n) { return n == 0; }))
    return x;
  auto pad = x.getDefiningOp<tensor::PadOp>();
  Value value = pad ? pad.getConstantPaddingValue() : Value();
  SmallVector<OpFoldResult> low(missing.size(), b.getIndexAttr(0)), high(low);
  if (value) {
    low = pad.getMixedLowPad();
    high = pad.getMixedHighPad();
  }
  bool isKnown = true;
  for (auto [amount, more] : llvm::zip(high, missing)) {
    std::optional<int64_t> known = getConstantIntValue(amount);
    isKnown &= known || more == 0;
    if (known)
      amount = b.getIndexAttr(*known + more);
  }
  if (value && isKnown)
    return tensor::PadOp::create(b, loc, Type(), pad.getSource(), low, high, value);
  low.assign(missing.size(), b.getIndexAttr(0));
  high.clear();
  for (int64_t more : missing)
    high.push_back(b.getIndexAttr(more));
  Type element = cast<RankedTensorType>(x.getType()).getElementType();
  Value zero = arith::ConstantOp::create(b, loc, b.getZeroAttr(element));
  return tensor::PadOp::create(b, loc, Type(), x, low, high, zero);
}

Value dlc::cutAtEnd(OpBuilder &b, Location loc, Value x, Type type, ArrayRef<OpFoldResult> sizes) {
  if (x.getType() == type)
    return x;
  SmallVector<OpFoldResult> zeros(sizes.size(), b.getIndexAttr(0)),
      ones(sizes.size(), b.getIndexAttr(1));
  return tensor::ExtractSliceOp::create(b, loc, x, zeros, sizes, ones);
}
