// Symbolic evaluation of small integer tensors. Operations of the shape family evaluate themselves
// (ShapeValueOpInterface); elementwise ones are evaluated here, element by element after
// broadcasting. What cannot be said exactly, with the wrapping and rounding of the element type, is
// left unknown: it is then computed at run time.
#include "dialects/nn/nn.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc::nn;

namespace {
using Element = std::optional<Dim>;

/// a <= b, where that follows whatever the symbols are.
std::optional<bool> lessEqual(const Dim &a, const Dim &b) {
  if ((b - a).provablyNonNegative())
    return true;
  if ((a - b - Dim(1)).provablyNonNegative())
    return false;
  return std::nullopt;
}

Element fromBool(std::optional<bool> value) {
  return value ? Element(Dim(*value ? 1 : 0)) : std::nullopt;
}

Element equal(const Dim &a, const Dim &b) {
  if (a == b)
    return Dim(1);
  if ((a - b - Dim(1)).provablyNonNegative() || (b - a - Dim(1)).provablyNonNegative())
    return Dim(0);
  return std::nullopt;
}

/// Integer division rounds towards zero; floorDiv agrees where nothing is negative.
Element divide(const Dim &a, const Dim &b) {
  std::optional<int64_t> ca = a.constant(), cb = b.constant();
  if (cb == 0)
    return Dim(0);
  if (ca && cb && !(*ca == INT64_MIN && *cb == -1))
    return Dim(*ca / *cb);
  if (a.provablyNonNegative() && (b - Dim(1)).provablyNonNegative())
    return Dim::floorDiv(a, b);
  return std::nullopt;
}

Element evaluateElement(Operation *op, ArrayRef<Dim> x) {
  std::optional<bool> first =
      x[0].constant() ? std::optional<bool>(*x[0].constant() != 0) : std::nullopt;
  return llvm::TypeSwitch<Operation *, Element>(op)
      .Case<AddOp>([&](auto) { return x[0] + x[1]; })
      .Case<SubOp>([&](auto) { return x[0] - x[1]; })
      .Case<MulOp>([&](auto) { return x[0] * x[1]; })
      .Case<DivOp>([&](auto) { return divide(x[0], x[1]); })
      .Case<ModOp, FmodOp>([&](auto) -> Element {
        // The two agree where nothing is negative.
        if (!x[0].provablyNonNegative() || !(x[1] - Dim(1)).provablyNonNegative())
          return std::nullopt;
        return Dim::mod(x[0], x[1]);
      })
      .Case<MaxOp>([&](auto) { return Dim::max(x[0], x[1]); })
      .Case<MinOp>([&](auto) { return Dim::min(x[0], x[1]); })
      .Case<NegOp>([&](auto) { return Dim(0) - x[0]; })
      .Case<AbsOp>([&](auto) -> Element {
        if (x[0].provablyNonNegative())
          return x[0];
        return x[0].constant() ? Element(Dim(0) - x[0]) : std::nullopt;
      })
      .Case<ReluOp>([&](auto) { return Dim::max(x[0], Dim(0)); })
      .Case<EqualOp>([&](auto) { return equal(x[0], x[1]); })
      .Case<LessEqualOp>([&](auto) { return fromBool(lessEqual(x[0], x[1])); })
      .Case<LessOp>([&](auto) { return fromBool(lessEqual(x[0] + Dim(1), x[1])); })
      .Case<AndOp>([&](auto) -> Element {
        return x[0] == Dim(0) || x[1] == Dim(0) ? Dim(0)
               : x[0] == Dim(1)                 ? Element(x[1])
                                                : Element(x[0]);
      })
      .Case<OrOp>(
          [&](auto) -> Element { return x[0] == Dim(1) || x[1] == Dim(1) ? Dim(1) : x[0] + x[1]; })
      .Case<XorOp>([&](auto) { return Dim(x[0] == x[1] ? 0 : 1); })
      .Case<NotOp>([&](auto) { return Dim(1) - x[0]; })
      .Case<WhereOp>(
          [&](auto) -> Element { return first ? Element(*first ? x[1] : x[2]) : std::nullopt; })
      .Case<CastOp>([&](CastOp cast) -> Element {
        if (!cast.getTo().isInteger(1))
          return x[0];
        Element isZero = equal(x[0], Dim(0));
        return isZero ? Element(Dim(1) - *isZero) : std::nullopt;
      })
      .Default([](auto) -> Element { return std::nullopt; });
}

/// Whether a constant result is a value of the type; symbols are sizes and taken to fit.
bool fits(const Dim &value, IntegerType type) {
  std::optional<int64_t> number = value.constant();
  if (!number)
    return !value.overflowed();
  unsigned width = type.getWidth();
  if (isUnsigned(type))
    return *number >= 0 && (width >= 63 || *number < (int64_t(1) << width));
  return width == 64 ||
         (*number >= -(int64_t(1) << (width - 1)) && *number < (int64_t(1) << (width - 1)));
}

bool isEvaluable(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  // Large ui64 values are negative as int64_t.
  return tensor && tensor.hasStaticShape() && tensor.getNumElements() <= kSmallTensor &&
         isa<IntegerType>(tensor.getElementType()) &&
         !(isUnsigned(tensor) && tensor.getElementType().getIntOrFloatBitWidth() == 64);
}
} // namespace

bool dlc::nn::canEvaluate(Operation *op) {
  return isa<ShapeValueOpInterface, ElementwiseOpInterface>(op);
}

FailureOr<SmallVector<ShapeValue>>
dlc::nn::evaluateShape(Operation *op, ArrayRef<std::optional<ShapeValue>> operands) {
  if (auto shape = dyn_cast<ShapeValueOpInterface>(op))
    return shape.evaluate(operands);
  if (!isa<ElementwiseOpInterface>(op) || !isEvaluable(op->getResult(0).getType()))
    return failure();
  for (auto [value, known] : llvm::zip_equal(op->getOperands(), operands))
    if (!known || !isEvaluable(value.getType()))
      return failure();

  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  auto element = cast<IntegerType>(type.getElementType());
  ArrayRef<int64_t> shape = type.getShape();
  ShapeValue result;
  for (int64_t flat = 0, count = type.getNumElements(); flat < count; ++flat) {
    SmallVector<Dim> scalars;
    for (auto [value, known] : llvm::zip_equal(op->getOperands(), operands)) {
      ArrayRef<int64_t> from = cast<RankedTensorType>(value.getType()).getShape();
      // The operand's index of this element, dimension by dimension from the right.
      int64_t index = 0, stride = 1, rest = flat;
      for (size_t i = 0; i < shape.size(); ++i) {
        int64_t position = rest % shape[shape.size() - 1 - i];
        rest /= shape[shape.size() - 1 - i];
        if (i >= from.size())
          continue;
        int64_t size = from[from.size() - 1 - i];
        index += size == 1 ? 0 : position * stride;
        stride *= size;
      }
      scalars.push_back((*known)[index]);
    }
    Element value = evaluateElement(op, scalars);
    if (!value || !fits(*value, element))
      return failure();
    result.push_back(*value);
  }
  return SmallVector<ShapeValue>{result};
}
