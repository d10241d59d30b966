// Conversions of scalars, and the operations that are made of them; see elementwise.cpp.
#include "dialects/nn/scalars.h"

#include <cmath>

using namespace mlir;
using namespace dlc::nn;

Value dlc::nn::toFloat(OpBuilder &b, Location loc, Value x, Type to, bool isUnsignedType) {
  if (auto from = dyn_cast<FloatType>(x.getType())) {
    if (from == to)
      return x;
    if (from.getWidth() < cast<FloatType>(to).getWidth())
      return arith::ExtFOp::create(b, loc, to, x);
    return arith::TruncFOp::create(b, loc, to, x);
  }
  if (isUnsignedType)
    return arith::UIToFPOp::create(b, loc, to, x);
  return arith::SIToFPOp::create(b, loc, to, x);
}

/// f64 to f32, an inexact value to the neighbour whose last bit is 1 (round to odd): rounding that
/// to a half float gives what rounding the f64 once would give. Boldo and Melquiond, Emulation of
/// FMA and Correctly Rounded Sums: Proved Algorithms Using Rounding to Odd.
static Value toFloatOdd(OpBuilder &b, Location loc, Value x) {
  Scalars s{b, loc};
  Type bitsType = b.getI32Type();
  Value nearest = arith::TruncFOp::create(b, loc, b.getF32Type(), x);
  Value back = arith::ExtFOp::create(b, loc, x.getType(), nearest);
  Value bits = arith::BitcastOp::create(b, loc, bitsType, nearest);
  Value beyond = s.compare(arith::CmpFPredicate::OGT, math::AbsFOp::create(b, loc, back),
                           math::AbsFOp::create(b, loc, x));
  Value towardsZero =
      arith::SubIOp::create(b, loc, bits, arith::ExtUIOp::create(b, loc, bitsType, beyond));
  Value odd = arith::OrIOp::create(b, loc, towardsZero, s.constant(bitsType, 1));
  Value inexact = s.compare(arith::CmpFPredicate::ONE, back, x);
  return arith::BitcastOp::create(b, loc, b.getF32Type(), s.select(inexact, odd, bits));
}

Value dlc::nn::toInteger(OpBuilder &b, Location loc, Value x, IntegerType to, bool isUnsignedType) {
  Scalars s{b, loc};
  unsigned width = to.getWidth();
  // The bounds as floats: the lowest value is a power of two (or 0), hence exact; the upper one is
  // exclusive, 2^width or 2^(width - 1).
  double low = isUnsignedType ? 0 : -std::ldexp(1.0, width - 1);
  double high = std::ldexp(1.0, isUnsignedType ? width : width - 1);
  APInt lowest = isUnsignedType ? APInt::getZero(width) : APInt::getSignedMinValue(width);
  APInt highest = isUnsignedType ? APInt::getMaxValue(width) : APInt::getSignedMaxValue(width);
  auto integer = [&](const APInt &value) -> Value {
    return arith::ConstantOp::create(b, loc, b.getIntegerAttr(to, value));
  };
  Value above = s.compare(arith::CmpFPredicate::OGE, x, s.like(x, high));
  // For unsigned targets anything below 0 (and above -1, which truncates to 0) gives 0.
  Value below = s.compare(arith::CmpFPredicate::OLT, x, s.like(x, low));
  Value nan = s.compare(arith::CmpFPredicate::UNO, x, x);
  Value unsafe = arith::OrIOp::create(b, loc, arith::OrIOp::create(b, loc, above, below), nan);
  Value safe = s.select(unsafe, s.like(x, 0), x);
  Value converted = isUnsignedType ? Value(arith::FPToUIOp::create(b, loc, to, safe))
                                   : Value(arith::FPToSIOp::create(b, loc, to, safe));
  return s.select(above, integer(highest), s.select(below, integer(lowest), converted));
}

//===-- Operations --===//

LogicalResult CastOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                       Adaptor op, SmallVectorImpl<Type> &results) {
  return inferElementwise(loc, op.getOperands(), op.getTo(), results);
}

Value CastOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Type to = getTo();
  bool fromUnsigned = isUnsigned(getInput().getType()), toUnsigned = isUnsigned(to);
  if (auto type = dyn_cast<FloatType>(to)) {
    // Half floats are computed as f32 and rounded at the end.
    if (type.getWidth() < 32) {
      if (x[0].getType().isF64())
        return toFloatOdd(b, loc, x[0]);
      to = b.getF32Type();
    }
    return toFloat(b, loc, x[0], to, fromUnsigned);
  }
  auto type = IntegerType::get(b.getContext(), to.getIntOrFloatBitWidth());
  Scalars s{b, loc};
  if (type.getWidth() == 1)
    return isFloat(x[0]) ? s.compare(arith::CmpFPredicate::UNE, x[0], s.like(x[0], 0))
                         : s.compare(arith::CmpIPredicate::ne, x[0], s.like(x[0], 0));
  if (isFloat(x[0]))
    return toInteger(b, loc, x[0], type, toUnsigned);
  unsigned from = x[0].getType().getIntOrFloatBitWidth();
  if (from == type.getWidth())
    return x[0];
  if (from > type.getWidth())
    return arith::TruncIOp::create(b, loc, type, x[0]);
  if (fromUnsigned)
    return arith::ExtUIOp::create(b, loc, type, x[0]);
  return arith::ExtSIOp::create(b, loc, type, x[0]);
}

LogicalResult BitCastOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                          Adaptor op, SmallVectorImpl<Type> &results) {
  Type from = getElementTypeOrSelf(op.getInput().getType()), to = op.getTo();
  auto bits = [](Type type) { return type.isInteger(1) ? 8 : type.getIntOrFloatBitWidth(); };
  // bitcast_c1: the widths agree.
  if (!to.isIntOrFloat() || bits(from) != bits(to))
    return inferError(loc, "a bitcast from ", from, " to ", to, ", whose widths differ");
  return inferElementwise(loc, op.getOperands(), to, results);
}
