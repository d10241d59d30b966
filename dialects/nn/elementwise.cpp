// The formula of each elementwise operation on scalars, in arith and math; shapes by broadcasting.
//
// Formulas see signless scalars (half floats arrive as f32); whether integers are unsigned is asked
// of the operation's operands. They must be right for NaN, infinities and the extreme integers:
// backends compute exactly what is written here.
#include "dialects/nn/scalars.h"

#include <cmath>

using namespace mlir;
using namespace dlc::nn;

LogicalResult dlc::nn::inferElementwise(std::optional<Location> loc, ValueRange operands,
                                        Type element, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> output;
  size_t rank = 0;
  for (Value operand : operands)
    rank = std::max<size_t>(rank, cast<RankedTensorType>(operand.getType()).getRank());
  output.assign(rank, Dim(1));
  for (Value operand : operands) {
    SmallVector<Dim> dims = dimsOf(operand.getType());
    for (size_t i = 0; i < dims.size(); ++i) {
      Dim &out = output[rank - dims.size() + i];
      std::optional<Dim> joined = broadcastDim(out, dims[i]);
      if (!joined) {
        std::string shapes = llvm::join(
            llvm::map_range(operands, [](Value v) { return printShape(dimsOf(v.getType())); }),
            " and ");
        return inferError(loc, "shapes ", shapes, " do not broadcast: ", out.str(), " and ",
                          dims[i].str(), " differ");
      }
      out = *joined;
    }
  }
  results.push_back(tensorOf(output, element));
  return success();
}

//===-- Arithmetic --===//

template <typename FloatOp, typename IntOp>
static Value floatOrInt(OpBuilder &b, Location loc, ValueRange x) {
  if (isFloat(x[0]))
    return FloatOp::create(b, loc, x[0], x[1]);
  return IntOp::create(b, loc, x[0], x[1]);
}

Value AddOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return floatOrInt<arith::AddFOp, arith::AddIOp>(b, loc, x);
}
Value SubOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return floatOrInt<arith::SubFOp, arith::SubIOp>(b, loc, x);
}
Value MulOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return floatOrInt<arith::MulFOp, arith::MulIOp>(b, loc, x);
}

/// `divide(x, d)` with a divisor that cannot trap: where y is 0, or x / y overflows, 1 divides
/// instead; the result is then `otherwise` (for y = 0) or what `divide(x, 1)` gives (for the
/// overflow, whose wrapped quotient is x itself and whose remainder is 0).
static Value guardedDivision(OpBuilder &b, Location loc, Value x, Value y, bool isUnsignedType,
                             llvm::function_ref<Value(Value, Value)> divide) {
  Scalars s{b, loc};
  Value zero = s.like(y, 0), one = s.like(y, 1);
  Value isZero = s.compare(arith::CmpIPredicate::eq, y, zero);
  Value unsafe = isZero;
  if (!isUnsignedType) {
    unsigned width = x.getType().getIntOrFloatBitWidth();
    Value lowest = arith::ConstantOp::create(
        b, loc, b.getIntegerAttr(x.getType(), APInt::getSignedMinValue(width)));
    Value minusOne = arith::ConstantOp::create(b, loc, b.getIntegerAttr(y.getType(), -1));
    Value overflows = arith::AndIOp::create(b, loc, s.compare(arith::CmpIPredicate::eq, x, lowest),
                                            s.compare(arith::CmpIPredicate::eq, y, minusOne));
    unsafe = arith::OrIOp::create(b, loc, isZero, overflows);
  }
  return s.select(isZero, zero, divide(x, s.select(unsafe, one, y)));
}

Value DivOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  if (isFloat(x[0]))
    return arith::DivFOp::create(b, loc, x[0], x[1]);
  bool isUnsignedType = isUnsigned(getLhs().getType());
  return guardedDivision(b, loc, x[0], x[1], isUnsignedType, [&](Value n, Value d) -> Value {
    if (isUnsignedType)
      return arith::DivUIOp::create(b, loc, n, d);
    return arith::DivSIOp::create(b, loc, n, d);
  });
}

static Value remainder(OpBuilder &b, Location loc, Value x, Value y, bool isUnsignedType) {
  return guardedDivision(b, loc, x, y, isUnsignedType, [&](Value n, Value d) -> Value {
    if (isUnsignedType)
      return arith::RemUIOp::create(b, loc, n, d);
    return arith::RemSIOp::create(b, loc, n, d);
  });
}

/// A remainder with the dividend's sign, moved to the divisor's sign (Python's %).
static Value toDivisorSign(OpBuilder &b, Location loc, Value rest, Value y) {
  Scalars s{b, loc};
  if (isFloat(rest)) {
    Value zero = s.like(rest, 0);
    Value nonZero = s.compare(arith::CmpFPredicate::ONE, rest, zero);
    Value differ = arith::XOrIOp::create(b, loc, s.compare(arith::CmpFPredicate::OLT, rest, zero),
                                         s.compare(arith::CmpFPredicate::OLT, y, zero));
    return s.select(arith::AndIOp::create(b, loc, nonZero, differ), s.add(rest, y), rest);
  }
  Value zero = s.like(rest, 0);
  Value nonZero = s.compare(arith::CmpIPredicate::ne, rest, zero);
  Value differ = arith::XOrIOp::create(b, loc, s.compare(arith::CmpIPredicate::slt, rest, zero),
                                       s.compare(arith::CmpIPredicate::slt, y, zero));
  return s.select(arith::AndIOp::create(b, loc, nonZero, differ),
                  arith::AddIOp::create(b, loc, rest, y), rest);
}

Value ModOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  if (isFloat(x[0]))
    return toDivisorSign(b, loc, arith::RemFOp::create(b, loc, x[0], x[1]), x[1]);
  bool isUnsignedType = isUnsigned(getLhs().getType());
  Value rest = remainder(b, loc, x[0], x[1], isUnsignedType);
  return isUnsignedType ? rest : toDivisorSign(b, loc, rest, x[1]);
}

Value FmodOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  if (isFloat(x[0]))
    return arith::RemFOp::create(b, loc, x[0], x[1]);
  return remainder(b, loc, x[0], x[1], isUnsigned(getLhs().getType()));
}

Value PowOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Value base = x[0], exponent = x[1];
  if (auto type = dyn_cast<FloatType>(base.getType()))
    return math::PowFOp::create(b, loc, base,
                                toFloat(b, loc, exponent, type, isUnsigned(getRhs().getType())));
  if (isFloat(exponent)) {
    // An integer to a fractional power: in f64, then back.
    Type wide = b.getF64Type();
    Value power =
        math::PowFOp::create(b, loc, toFloat(b, loc, base, wide, isUnsigned(getLhs().getType())),
                             toFloat(b, loc, exponent, wide, false));
    return toInteger(b, loc, power, cast<IntegerType>(base.getType()),
                     isUnsigned(getLhs().getType()));
  }
  // Integer to an integer power: repeated squaring over the exponent's bits would need a loop; f64
  // is exact up to 2^53.
  Type wide = b.getF64Type();
  Value power =
      math::PowFOp::create(b, loc, toFloat(b, loc, base, wide, isUnsigned(getLhs().getType())),
                           toFloat(b, loc, exponent, wide, isUnsigned(getRhs().getType())));
  return toInteger(b, loc, power, cast<IntegerType>(base.getType()),
                   isUnsigned(getLhs().getType()));
}

Value MaxOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  if (isFloat(x[0]))
    return arith::MaximumFOp::create(b, loc, x[0], x[1]);
  if (isUnsigned(getLhs().getType()))
    return arith::MaxUIOp::create(b, loc, x[0], x[1]);
  return arith::MaxSIOp::create(b, loc, x[0], x[1]);
}

Value MinOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  if (isFloat(x[0]))
    return arith::MinimumFOp::create(b, loc, x[0], x[1]);
  if (isUnsigned(getLhs().getType()))
    return arith::MinUIOp::create(b, loc, x[0], x[1]);
  return arith::MinSIOp::create(b, loc, x[0], x[1]);
}

Value AbsOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  if (isFloat(x[0]))
    return math::AbsFOp::create(b, loc, x[0]);
  if (isUnsigned(getInput().getType()))
    return x[0];
  Scalars s{b, loc};
  Value negative = s.compare(arith::CmpIPredicate::slt, x[0], s.like(x[0], 0));
  return s.select(negative, arith::SubIOp::create(b, loc, s.like(x[0], 0), x[0]), x[0]);
}

Value NegOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  if (isFloat(x[0]))
    return arith::NegFOp::create(b, loc, x[0]);
  return arith::SubIOp::create(b, loc, Scalars{b, loc}.like(x[0], 0), x[0]);
}

Value SignOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  Value zero = s.like(x[0], 0), one = s.like(x[0], 1);
  if (isFloat(x[0])) {
    Value low = s.select(s.compare(arith::CmpFPredicate::OLT, x[0], zero), s.like(x[0], -1), x[0]);
    return s.select(s.compare(arith::CmpFPredicate::OGT, x[0], zero), one, low);
  }
  if (isUnsigned(getInput().getType()))
    return s.select(s.compare(arith::CmpIPredicate::ne, x[0], zero), one, zero);
  Value low = s.select(s.compare(arith::CmpIPredicate::slt, x[0], zero), s.like(x[0], -1), zero);
  return s.select(s.compare(arith::CmpIPredicate::sgt, x[0], zero), one, low);
}

Value ReciprocalOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  return s.div(s.like(x[0], 1), x[0]);
}

//===-- Functions of the math dialect --===//

#define NN_MATH(OP, MATH)                                                                          \
  Value OP::buildScalar(OpBuilder &b, Location loc, ValueRange x) {                                \
    return MATH::create(b, loc, x[0]);                                                             \
  }
NN_MATH(SqrtOp, math::SqrtOp)
NN_MATH(FloorOp, math::FloorOp)
NN_MATH(CeilOp, math::CeilOp)
NN_MATH(RoundOp, math::RoundEvenOp)
NN_MATH(ExpOp, math::ExpOp)
NN_MATH(LogOp, math::LogOp)
NN_MATH(ErfOp, math::ErfOp)
NN_MATH(SinOp, math::SinOp)
NN_MATH(CosOp, math::CosOp)
NN_MATH(TanOp, math::TanOp)
NN_MATH(AsinOp, math::AsinOp)
NN_MATH(AcosOp, math::AcosOp)
NN_MATH(AtanOp, math::AtanOp)
NN_MATH(SinhOp, math::SinhOp)
NN_MATH(CoshOp, math::CoshOp)
NN_MATH(TanhOp, math::TanhOp)
NN_MATH(AsinhOp, math::AsinhOp)
NN_MATH(AcoshOp, math::AcoshOp)
NN_MATH(AtanhOp, math::AtanhOp)
#undef NN_MATH

//===-- Comparison and logic --===//

static Value compare(OpBuilder &b, Location loc, ValueRange x, bool isUnsignedType,
                     arith::CmpFPredicate onFloat, arith::CmpIPredicate onSigned,
                     arith::CmpIPredicate onUnsigned) {
  if (isFloat(x[0]))
    return arith::CmpFOp::create(b, loc, onFloat, x[0], x[1]);
  return arith::CmpIOp::create(b, loc, isUnsignedType ? onUnsigned : onSigned, x[0], x[1]);
}

Value EqualOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return compare(b, loc, x, false, arith::CmpFPredicate::OEQ, arith::CmpIPredicate::eq,
                 arith::CmpIPredicate::eq);
}
Value LessOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return compare(b, loc, x, isUnsigned(getLhs().getType()), arith::CmpFPredicate::OLT,
                 arith::CmpIPredicate::slt, arith::CmpIPredicate::ult);
}
Value LessEqualOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return compare(b, loc, x, isUnsigned(getLhs().getType()), arith::CmpFPredicate::OLE,
                 arith::CmpIPredicate::sle, arith::CmpIPredicate::ule);
}
Value AndOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return arith::AndIOp::create(b, loc, x[0], x[1]);
}
Value OrOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return arith::OrIOp::create(b, loc, x[0], x[1]);
}
Value XorOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return arith::XOrIOp::create(b, loc, x[0], x[1]);
}
Value NotOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return arith::XOrIOp::create(b, loc, x[0],
                               arith::ConstantOp::create(b, loc, b.getBoolAttr(true)));
}
Value IsNanOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return arith::CmpFOp::create(b, loc, arith::CmpFPredicate::UNO, x[0], x[0]);
}
Value IsInfOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  auto equals = [&](double value) {
    return s.compare(arith::CmpFPredicate::OEQ, x[0], s.like(x[0], value));
  };
  Value none = arith::ConstantOp::create(b, loc, b.getBoolAttr(false));
  Value positive = getPositive() ? equals(INFINITY) : none;
  Value negative = getNegative() ? equals(-INFINITY) : none;
  return arith::OrIOp::create(b, loc, positive, negative);
}
Value WhereOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return arith::SelectOp::create(b, loc, x[0], x[1], x[2]);
}

//===-- Bits --===//

Value BitwiseAndOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return arith::AndIOp::create(b, loc, x[0], x[1]);
}
Value BitwiseOrOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return arith::OrIOp::create(b, loc, x[0], x[1]);
}
Value BitwiseXorOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return arith::XOrIOp::create(b, loc, x[0], x[1]);
}
Value BitwiseNotOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Value ones = arith::ConstantOp::create(b, loc, b.getIntegerAttr(x[0].getType(), -1));
  return arith::XOrIOp::create(b, loc, x[0], ones);
}

/// A shift by at least the width (undefined in arith) gives 0.
template <typename Shift> static Value guardedShift(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  Value width = s.like(x[1], x[1].getType().getIntOrFloatBitWidth());
  Value inside = s.compare(arith::CmpIPredicate::ult, x[1], width);
  Value amount = s.select(inside, x[1], s.like(x[1], 0));
  return s.select(inside, Shift::create(b, loc, x[0], amount), s.like(x[0], 0));
}
Value ShiftLeftOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return guardedShift<arith::ShLIOp>(b, loc, x);
}
Value ShiftRightOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  if (isUnsigned(getLhs().getType()))
    return guardedShift<arith::ShRUIOp>(b, loc, x);
  // A signed number shifted out leaves its sign.
  Scalars s{b, loc};
  Value last = s.like(x[1], x[1].getType().getIntOrFloatBitWidth() - 1);
  return arith::ShRSIOp::create(b, loc, x[0], arith::MinUIOp::create(b, loc, x[1], last));
}

/// Austin Appleby's MurmurHash3_x86_32 (public domain): blocks of 4 bytes are mixed into h one
/// after the other, then the bits of h are spread.
Value MurmurHashOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  Type i32 = b.getI32Type();
  auto number = [&](uint32_t value) -> Value {
    return arith::ConstantOp::create(b, loc, b.getI32IntegerAttr(int32_t(value)));
  };
  auto mul = [&](Value x, uint32_t y) -> Value {
    return arith::MulIOp::create(b, loc, x, number(y));
  };
  auto exclusiveOr = [&](Value x, Value y) -> Value { return arith::XOrIOp::create(b, loc, x, y); };
  auto shiftRight = [&](Value x, uint32_t bits) -> Value {
    return arith::ShRUIOp::create(b, loc, x, number(bits));
  };
  auto rotate = [&](Value x, uint32_t bits) -> Value {
    Value left = arith::ShLIOp::create(b, loc, x, number(bits));
    return arith::OrIOp::create(b, loc, left, shiftRight(x, 32 - bits));
  };

  unsigned width = x[0].getType().getIntOrFloatBitWidth();
  Value bits = x[0];
  if (isFloat(bits))
    bits = arith::BitcastOp::create(b, loc, b.getIntegerType(width), bits);
  SmallVector<Value> blocks = {bits};
  if (width == 64) {
    Value high = arith::ShRUIOp::create(b, loc, bits, s.like(bits, 32));
    blocks = {arith::TruncIOp::create(b, loc, i32, bits),
              arith::TruncIOp::create(b, loc, i32, high)};
  }
  Value h = number(getSeed());
  for (Value block : blocks) {
    Value mixed = mul(rotate(mul(block, 0xcc9e2d51), 15), 0x1b873593);
    Value rotated = rotate(exclusiveOr(h, mixed), 13);
    h = arith::AddIOp::create(b, loc, mul(rotated, 5), number(0xe6546b64));
  }
  h = exclusiveOr(h, number(width / 8));
  h = mul(exclusiveOr(h, shiftRight(h, 16)), 0x85ebca6b);
  h = mul(exclusiveOr(h, shiftRight(h, 13)), 0xc2b2ae35);
  return exclusiveOr(h, shiftRight(h, 16));
}
