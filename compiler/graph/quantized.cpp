// See quantized.h.
#include "compiler/graph/quantized.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::quantized;
using nn::Dim;

//===-- Constants ----------------------------------------------------------------------------===//

std::optional<int64_t> quantized::uniformInteger(Value value) {
  std::optional<double> number = uniform(value);
  if (!number || *number != double(int64_t(*number)))
    return std::nullopt;
  return int64_t(*number);
}

Value quantized::constant(OpBuilder &b, Location loc, Type element, double number,
                          ArrayRef<int64_t> dims) {
  auto type = RankedTensorType::get(dims, element);
  Attribute value = isa<FloatType>(element)
                        ? Attribute(b.getFloatAttr(element, number))
                        : IntegerAttr::get(element, APInt(element.getIntOrFloatBitWidth(),
                                                          uint64_t(int64_t(number)), false, true));
  return nn::ConstantOp::create(b, loc, type, DenseElementsAttr::get(type, value));
}

Value quantized::castTo(OpBuilder &b, Location loc, Value value, Type to) {
  return elementOf(value) == to ? value : nn::CastOp::create(b, loc, value, to).getOutput();
}

Value quantized::shifted(OpBuilder &b, Location loc, Value value, int64_t number) {
  if (number == 0)
    return value;
  return nn::AddOp::create(b, loc, value, constant(b, loc, elementOf(value), double(number)));
}

bool quantized::sameNumber(Value a, Value b) {
  if (a == b)
    return true;
  std::optional<double> x = uniform(a), y = uniform(b);
  return x && y && *x == *y;
}

//===-- Bytes --------------------------------------------------------------------------------===//

Type quantized::byteType(MLIRContext *context, bool isUnsigned) {
  return IntegerType::get(context, 8, isUnsigned ? IntegerType::Unsigned : IntegerType::Signless);
}

Value quantized::toSigned(OpBuilder &b, Location loc, Value value) {
  Value wide = castTo(b, loc, value, b.getI32Type());
  return castTo(b, loc, shifted(b, loc, wide, -128), byteType(b.getContext(), false));
}

Value quantized::unsignedSource(Value value) {
  auto narrow = value.getDefiningOp<nn::CastOp>();
  auto add = narrow ? narrow.getInput().getDefiningOp<nn::AddOp>() : nn::AddOp();
  auto wide = add ? add.getLhs().getDefiningOp<nn::CastOp>() : nn::CastOp();
  if (!wide || !narrow.getTo().isSignlessInteger(8) || !wide.getTo().isInteger(32) ||
      elementOf(wide.getInput()) != byteType(value.getContext(), true) ||
      uniformInteger(add.getRhs()) != -128 || add.getType() != wide.getType())
    return {};
  return wide.getInput();
}

bool Bytes::isPerTensor() const {
  return (!zero || isOne(zero)) && llvm::all_of(scales, [](Value s) { return isOne(s); });
}

Value Bytes::zeroPoint(OpBuilder &b, Location loc, int64_t offset) const {
  if (std::optional<int64_t> known = knownZero())
    return *known + offset ? constant(b, loc, b.getI32Type(), double(*known + offset)) : Value();
  return shifted(b, loc, zero, offset);
}

bool Bytes::liesAlong(Value value, int64_t axis) const {
  if (isOne(value))
    return true;
  int64_t rank = cast<RankedTensorType>(bytes.getType()).getRank(), at = -1;
  SmallVector<Dim> dims = nn::dimsOf(value.getType());
  for (auto [i, dim] : llvm::enumerate(dims)) {
    if (dim.isOne())
      continue;
    if (at >= 0)
      return false;
    at = rank - int64_t(dims.size()) + int64_t(i);
  }
  for (Operation *view : llvm::reverse(views)) {
    auto transpose = dyn_cast<nn::TransposeOp>(view);
    if (!transpose)
      return false;
    at = llvm::find(transpose.getPermutation(), at) - transpose.getPermutation().begin();
  }
  return at == axis;
}

Value Bytes::seen(OpBuilder &b, Location loc) const {
  Value value = bytes;
  for (Operation *view : llvm::reverse(views)) {
    if (auto transpose = dyn_cast<nn::TransposeOp>(view)) {
      value = permute(b, loc, value, transpose.getPermutation());
      continue;
    }
    value = reshapeTo(b, loc, value, nn::dimsOf(view->getResult(0).getType()));
  }
  return value;
}

Value Bytes::parameter(OpBuilder &b, Location loc, Value value) const {
  if (isOne(value))
    return reshapeTo(b, loc, value, {});
  int64_t rank = cast<RankedTensorType>(bytes.getType()).getRank();
  SmallVector<Dim> dims = nn::dimsOf(value.getType());
  dims.insert(dims.begin(), rank - dims.size(), Dim(1));
  value = reshapeTo(b, loc, value, dims);
  for (Operation *view : llvm::reverse(views))
    value = permute(b, loc, value, cast<nn::TransposeOp>(view).getPermutation());
  return value;
}

/// i32: bytes, or bytes less their zero point.
static bool matchCentred(Value value, Bytes &result) {
  if (auto cast = value.getDefiningOp<nn::CastOp>()) {
    result.bytes = cast.getInput();
    return isByte(elementOf(result.bytes));
  }
  auto sub = value.getDefiningOp<nn::SubOp>();
  auto cast = sub ? sub.getLhs().getDefiningOp<nn::CastOp>() : nn::CastOp();
  if (cast && isByte(elementOf(cast.getInput())) && sub.getType() == cast.getType()) {
    result.bytes = cast.getInput();
    result.zero = sub.getRhs();
    return true;
  }
  return false;
}

bool quantized::matchBytes(Value value, Bytes &result) {
  Type type = elementOf(value);
  for (int depth = 0; depth < 8; ++depth) {
    Operation *def = value.getDefiningOp();
    if (!def)
      return false;
    if (auto mul = dyn_cast<nn::MulOp>(def); mul && isa<FloatType>(type)) {
      bool left = mul.getLhs().getType() == mul.getType();
      bool right = mul.getRhs().getType() == mul.getType();
      // The scale is the smaller factor.
      if (left && right)
        return false;
      result.scales.push_back(left ? mul.getRhs() : mul.getLhs());
      value = left ? mul.getLhs() : mul.getRhs();
      continue;
    }
    if (isa<nn::TransposeOp, nn::ReshapeOp>(def) && result.scales.empty()) {
      result.views.push_back(def);
      value = def->getOperand(0);
      continue;
    }
    break;
  }
  auto cast = value.getDefiningOp<nn::CastOp>();
  Value centred = value;
  if (cast && isa<FloatType>(type)) {
    if (isByte(elementOf(cast.getInput()))) {
      result.bytes = cast.getInput();
    } else if (elementOf(cast.getInput()).isInteger(32)) {
      centred = cast.getInput();
    } else {
      return false;
    }
  } else if (!elementOf(value).isInteger(32)) {
    return false;
  }
  if (!result.bytes) {
    // An offset: the zero point with the other sign.
    if (auto add = centred.getDefiningOp<nn::AddOp>()) {
      std::optional<int64_t> number = uniformInteger(add.getRhs());
      auto wide = add.getLhs().getDefiningOp<nn::CastOp>();
      if (!number || !wide || !isByte(elementOf(wide.getInput())) ||
          add.getType() != wide.getType())
        return false;
      result.bytes = wide.getInput();
      result.number = -*number;
    } else if (!matchCentred(centred, result)) {
      return false;
    }
  }
  // A reshape may tear apart what parameters of one dimension belong to.
  bool reshapes = llvm::any_of(result.views, [](Operation *v) { return isa<nn::ReshapeOp>(v); });
  return !reshapes || result.isPerTensor();
}
