// Sizes that follow from the model's symbols (dataflow.h).
#include "compiler/report/dataflow.h"

#include "compiler/kernels/memory.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

std::optional<int64_t> SizeEvaluator::operator()(OpFoldResult value) {
  if (auto attr = dyn_cast<Attribute>(value))
    return cast<IntegerAttr>(attr).getInt();
  return (*this)(cast<Value>(value));
}

std::optional<int64_t> SizeEvaluator::operator()(Value value) {
  auto found = known.find(value);
  if (found != known.end())
    return found->second;
  std::optional<int64_t> result = compute(value);
  known[value] = result;
  return result;
}

std::optional<int64_t> SizeEvaluator::compute(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    auto func = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
    if (!func || !argument.getType().isIndex())
      return std::nullopt;
    auto name = func.getArgAttrOfType<StringAttr>(argument.getArgNumber(), kSymbolAttr);
    auto symbol = name ? symbols.find(name.getValue()) : symbols.end();
    return symbol == symbols.end() ? 1 : symbol->second;
  }
  if (std::optional<int64_t> constant = getConstantIntValue(OpFoldResult(value)))
    return constant;
  Operation *def = value.getDefiningOp();
  if (!isa<arith::ArithDialect>(def->getDialect()) || def->getNumOperands() == 0)
    return std::nullopt;
  if (auto select = dyn_cast<arith::SelectOp>(def)) {
    std::optional<int64_t> condition = (*this)(select.getCondition());
    return condition ? (*this)(*condition ? select.getTrueValue() : select.getFalseValue())
                     : std::nullopt;
  }
  SmallVector<int64_t> in;
  for (Value operand : def->getOperands()) {
    std::optional<int64_t> known = (*this)(operand);
    if (!known)
      return std::nullopt;
    in.push_back(*known);
  }
  if (isa<arith::IndexCastOp>(def))
    return in[0];
  if (in.size() != 2)
    return std::nullopt;
  int64_t a = in[0], b = in[1], result;
  bool overflow = false;
  if (isa<arith::AddIOp>(def))
    overflow = llvm::AddOverflow(a, b, result);
  else if (isa<arith::SubIOp>(def))
    overflow = llvm::SubOverflow(a, b, result);
  else if (isa<arith::MulIOp>(def))
    overflow = llvm::MulOverflow(a, b, result);
  else if (isa<arith::MaxSIOp>(def))
    result = std::max(a, b);
  else if (isa<arith::MinSIOp>(def))
    result = std::min(a, b);
  else if (b <= 0)
    return std::nullopt;
  else if (isa<arith::DivSIOp>(def))
    result = a / b;
  else if (isa<arith::FloorDivSIOp>(def))
    result = llvm::divideFloorSigned(a, b);
  else if (isa<arith::CeilDivSIOp>(def))
    result = llvm::divideCeilSigned(a, b);
  else if (isa<arith::RemSIOp>(def))
    result = a % b;
  else
    return std::nullopt;
  return overflow ? std::nullopt : std::optional(result);
}
