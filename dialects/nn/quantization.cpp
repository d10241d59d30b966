// Shapes of integer products; their constraints are those of the float forms.
#include "dialects/nn/nn.h"
#include "dialects/nn/window.h"

using namespace mlir;
using namespace dlc::nn;

LogicalResult ConvIntegerOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                              Adaptor op, SmallVectorImpl<Type> &results) {
  // conv_integer_c1: sums are i32 or f32.
  if (!op.getTo().isInteger(32) && !op.getTo().isF32())
    return inferError(loc, "sums of integers are of type i32 or f32");
  return inferConv(loc, op.getInput().getType(), op.getFilter().getType(), op.getWindow(),
                   op.getGroups(), op.getChannelsLast(), op.getTo(), results);
}

LogicalResult MatmulIntegerOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                                Adaptor op, SmallVectorImpl<Type> &results) {
  return inferMatmul(loc, op.getLhs().getType(), op.getRhs().getType(), op.getTransposeLhs(),
                     op.getTransposeRhs(), IntegerType::get(context, 32), results);
}

LogicalResult QuantizeOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                           Adaptor op, SmallVectorImpl<Type> &results) {
  // quantize_c1: the zero point is a number of the type.
  Type to = op.getTo();
  int64_t zero = static_cast<int64_t>(op.getZeroPoint());
  int64_t low = isUnsigned(to) ? 0 : -128;
  if (to.getIntOrFloatBitWidth() != 8 || zero < low || zero > low + 255)
    return inferError(loc, "the zero point ", zero, " is no number of type ", to);
  return inferElementwise(loc, op.getOperands(), to, results);
}

/// Numbers of this size and below are rounded by adding 1.5 * 2^23, whose last digit is 1: the
/// sum's bits are those of the constant plus the integer, of which the low byte is 0. An even zero
/// point can be part of the constant: ties go to even numbers as before.
Value QuantizeOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Type f32 = b.getF32Type(), i32 = b.getI32Type();
  auto real = [&](double value) -> Value {
    return arith::ConstantOp::create(b, loc, b.getFloatAttr(f32, value));
  };
  int64_t zero = getZeroPoint(), low = isUnsigned(getTo()) ? 0 : -128;
  // The bounds are integers, so that the order of rounding and clamping does not matter.
  Value clamped = arith::MaxNumFOp::create(b, loc, x[0], real(low - zero));
  clamped = arith::MinNumFOp::create(b, loc, clamped, real(low + 255 - zero));
  bool isEven = zero % 2 == 0;
  Value moved =
      arith::AddFOp::create(b, loc, clamped, real(12582912.0 + double(isEven ? zero : 0)));
  Value bits = arith::BitcastOp::create(b, loc, i32, moved);
  if (!isEven)
    bits = arith::AddIOp::create(
        b, loc, bits, arith::ConstantOp::create(b, loc, b.getI32IntegerAttr(int32_t(zero))));
  return arith::TruncIOp::create(b, loc, b.getI8Type(), bits);
}
