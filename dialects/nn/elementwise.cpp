// The formula of each elementwise operation on scalars, in arith and math; shapes by broadcasting.
//
// Formulas see signless scalars (half floats arrive as f32); whether integers are unsigned is asked
// of the operation's operands. They must be right for NaN, infinities and the extreme integers:
// backends compute exactly what is written here.
#include "dialects/nn/nn.h"

#include "mlir/Dialect/Math/IR/Math.h"

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

namespace {
/// Short names for what the formulas need; `x` counts as the operand that types are taken from.
struct Scalars {
  OpBuilder &b;
  Location loc;
  Value constant(Type type, double value) {
    if (isa<FloatType>(type))
      return arith::ConstantOp::create(b, loc, b.getFloatAttr(type, value));
    return arith::ConstantOp::create(b, loc, b.getIntegerAttr(type, int64_t(value)));
  }
  Value like(Value x, double value) { return constant(x.getType(), value); }
  Value add(Value x, Value y) { return arith::AddFOp::create(b, loc, x, y); }
  Value sub(Value x, Value y) { return arith::SubFOp::create(b, loc, x, y); }
  Value mul(Value x, Value y) { return arith::MulFOp::create(b, loc, x, y); }
  Value div(Value x, Value y) { return arith::DivFOp::create(b, loc, x, y); }
  Value neg(Value x) { return arith::NegFOp::create(b, loc, x); }
  Value exp(Value x) { return math::ExpOp::create(b, loc, x); }
  Value max(Value x, Value y) { return arith::MaximumFOp::create(b, loc, x, y); }
  Value min(Value x, Value y) { return arith::MinimumFOp::create(b, loc, x, y); }
  Value compare(arith::CmpFPredicate p, Value x, Value y) {
    return arith::CmpFOp::create(b, loc, p, x, y);
  }
  Value compare(arith::CmpIPredicate p, Value x, Value y) {
    return arith::CmpIOp::create(b, loc, p, x, y);
  }
  Value select(Value c, Value x, Value y) { return arith::SelectOp::create(b, loc, c, x, y); }
  /// log(1 + e^x) = max(x, 0) + log1p(e^-|x|), which does not overflow.
  Value softplus(Value x) {
    Value magnitude = math::AbsFOp::create(b, loc, x);
    return add(max(x, like(x, 0)), math::Log1pOp::create(b, loc, exp(neg(magnitude))));
  }
  Value sigmoid(Value x) { return div(like(x, 1), add(like(x, 1), exp(neg(x)))); }
  /// e^x - 1, accurate near 0.
  Value expm1(Value x) { return math::ExpM1Op::create(b, loc, x); }
};
bool isFloat(Value x) { return isa<FloatType>(x.getType()); }
} // namespace

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

/// Converts a scalar of any type to a float type.
static Value toFloat(OpBuilder &b, Location loc, Value x, Type to, bool isUnsignedType) {
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

/// Float to integer: towards zero, saturating, NaN to 0.
static Value toInteger(OpBuilder &b, Location loc, Value x, IntegerType to, bool isUnsignedType) {
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

//===-- Activations --===//

Value ReluOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  if (isFloat(x[0]))
    return s.max(x[0], s.like(x[0], 0));
  return isUnsigned(getInput().getType())
             ? x[0]
             : Value(arith::MaxSIOp::create(b, loc, x[0], s.like(x[0], 0)));
}

Value SigmoidOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return Scalars{b, loc}.sigmoid(x[0]);
}
Value SoftplusOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return Scalars{b, loc}.softplus(x[0]);
}

Value SoftsignOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  return s.div(x[0], s.add(s.like(x[0], 1), math::AbsFOp::create(b, loc, x[0])));
}

Value MishOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  return s.mul(x[0], math::TanhOp::create(b, loc, s.softplus(x[0])));
}

/// min(max(alpha * x + beta, 0), 1)
static Value hardSigmoid(Scalars s, Value x, double alpha, double beta) {
  Value line = s.add(s.mul(x, s.like(x, alpha)), s.like(x, beta));
  return s.min(s.max(line, s.like(x, 0)), s.like(x, 1));
}

Value HardSwishOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  return s.mul(x[0], hardSigmoid(s, x[0], 1.0 / 6, 0.5));
}

Value HardSigmoidOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return hardSigmoid(Scalars{b, loc}, x[0], getAlpha().convertToDouble(),
                     getBeta().convertToDouble());
}

/// x where x >= 0 (or NaN), else `negative`.
static Value negativeBranch(Scalars s, Value x, Value negative) {
  return s.select(s.compare(arith::CmpFPredicate::OLT, x, s.like(x, 0)), negative, x);
}

Value LeakyReluOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  return negativeBranch(s, x[0], s.mul(x[0], s.like(x[0], getAlpha().convertToDouble())));
}

Value EluOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  return negativeBranch(s, x[0], s.mul(s.like(x[0], getAlpha().convertToDouble()), s.expm1(x[0])));
}

Value CeluOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  Value alpha = s.like(x[0], getAlpha().convertToDouble());
  return negativeBranch(s, x[0], s.mul(alpha, s.expm1(s.div(x[0], alpha))));
}

Value SeluOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  Value scaled = s.mul(s.like(x[0], getAlpha().convertToDouble()), s.expm1(x[0]));
  return s.mul(s.like(x[0], getGamma().convertToDouble()), negativeBranch(s, x[0], scaled));
}

Value ThresholdedReluOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  Value above =
      s.compare(arith::CmpFPredicate::OGT, x[0], s.like(x[0], getAlpha().convertToDouble()));
  return s.select(above, x[0], s.like(x[0], 0));
}

Value SwishOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  double alpha = getAlpha().convertToDouble();
  return s.mul(x[0], s.sigmoid(alpha == 1 ? x[0] : s.mul(x[0], s.like(x[0], alpha))));
}

Value ShrinkOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  double bias = getBias().convertToDouble(), lambda = getLambd().convertToDouble();
  Value value = x[0];
  bool integer = !isFloat(value);
  // Integers shrink in f64: bias and lambda need not be integers.
  if (integer)
    value = toFloat(b, loc, value, b.getF64Type(), isUnsigned(getInput().getType()));
  Value low = s.compare(arith::CmpFPredicate::OLT, value, s.like(value, -lambda));
  Value high = s.compare(arith::CmpFPredicate::OGT, value, s.like(value, lambda));
  Value result = s.select(low, s.add(value, s.like(value, bias)),
                          s.select(high, s.sub(value, s.like(value, bias)), s.like(value, 0)));
  return integer ? toInteger(b, loc, result, cast<IntegerType>(x[0].getType()),
                             isUnsigned(getInput().getType()))
                 : result;
}

Value GeluOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  Value half = s.mul(s.like(x[0], 0.5), x[0]);
  Value inner;
  if (getTanh()) {
    // Hendrycks and Gimpel, Gaussian Error Linear Units: 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715
    // x^3))).
    Value cube = s.mul(s.mul(x[0], x[0]), x[0]);
    Value argument =
        s.mul(s.like(x[0], std::sqrt(2 / M_PI)), s.add(x[0], s.mul(s.like(x[0], 0.044715), cube)));
    inner = math::TanhOp::create(b, loc, argument);
  } else {
    inner = math::ErfOp::create(b, loc, s.mul(x[0], s.like(x[0], M_SQRT1_2)));
  }
  return s.mul(half, s.add(s.like(x[0], 1), inner));
}

Value PreluOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  if (isFloat(x[0]))
    return negativeBranch(s, x[0], s.mul(x[1], x[0]));
  if (isUnsigned(getLhs().getType()))
    return x[0];
  Value negative = s.compare(arith::CmpIPredicate::slt, x[0], s.like(x[0], 0));
  return s.select(negative, arith::MulIOp::create(b, loc, x[1], x[0]), x[0]);
}

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

//===-- Casts --===//

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
