// Integer arithmetic with MLIR's meaning. Halide takes overflow of signed 32- and 64-bit integers
// to be impossible and its division rounds to minus infinity, so data is computed as unsigned and
// cast back; indices stay signed, since bounds follow from them.
#include "compiler/codegen/halide/scalar.h"

using namespace Halide;
using namespace Halide::Internal;
using namespace dlc::halide;

static Expr asUnsigned(Expr x) { return cast(UInt(x.type().bits()), x); }
static Expr zero(const Expr &x) { return make_zero(x.type()); }

/// Quotients that cannot overflow: both operands were widened from half the width or less.
static bool isWidened(const Expr &x) {
  const Cast *conversion = x.as<Cast>();
  return conversion && conversion->value.type().is_int_or_uint() &&
         conversion->value.type().bits() * 2 <= x.type().bits();
}

static Expr wrapped(const std::string &name, Expr a, Expr b, bool keepSigned) {
  auto compute = [&](Expr x, Expr y) {
    return name == "addi" ? x + y : name == "subi" ? x - y : x * y;
  };
  if (a.type().bits() < 32 || keepSigned)
    return compute(a, b);
  return cast(a.type(), compute(asUnsigned(a), asUnsigned(b)));
}

static Expr magnitude(Expr x) {
  return select(x < zero(x), asUnsigned(zero(x)) - asUnsigned(x), asUnsigned(x));
}

/// Quotient rounded to zero; x / 0 is 0 and the lowest number / -1 is itself.
static Expr divideSigned(Expr a, Expr b) {
  Type type = a.type();
  if (type.bits() <= 32 && !is_const(b)) {
    // Exact in double, and a vector instruction, where integer division is not.
    Expr special = b == zero(b) || b == make_const(type, -1);
    Expr safe = select(special, make_one(type), b);
    Expr quotient = cast(type, trunc(strictDiv(cast<double>(a), cast<double>(safe))));
    Expr negative = cast(type, make_zero(UInt(type.bits())) - asUnsigned(a));
    return select(special, select(b == zero(b), zero(a), negative), quotient);
  }
  Expr quotient = magnitude(a) / magnitude(b);
  Expr negative = (a < zero(a)) != (b < zero(b));
  return cast(type, select(negative, make_zero(quotient.type()) - quotient, quotient));
}

static Expr divide(const std::string &name, Expr a, Expr b, const Ranges *ranges) {
  Type type = a.type();
  auto divisor = as_const_int(b);
  bool nonNegative = divisor && *divisor > 0 &&
                     (name == "floordivsi" || (ranges && can_prove(a >= zero(a), *ranges)));
  if (nonNegative && name != "ceildivsi")
    return a / b; // Halide rounds to minus infinity
  Expr quotient = divideSigned(a, b);
  if (name == "divsi")
    return quotient;
  Expr rest = wrapped("subi", a, wrapped("muli", quotient, b, false), false);
  Expr inexact = rest != zero(rest) && b != zero(b);
  Expr oneSign = (rest < zero(rest)) == (b < zero(b));
  Expr one = make_one(type);
  return name == "floordivsi" ? select(inexact && !oneSign, quotient - one, quotient)
                              : select(inexact && oneSign, quotient + one, quotient);
}

static Expr remainder(Expr a, Expr b, const Ranges *ranges) {
  auto divisor = as_const_int(b);
  if (divisor && *divisor > 0 && ranges && can_prove(a >= zero(a), *ranges))
    return a % b;
  Expr product = wrapped("muli", divideSigned(a, b), b, false);
  return select(b == zero(b), zero(a), wrapped("subi", a, product, false));
}

static Expr unsignedDivide(const std::string &name, Expr a, Expr b) {
  Expr x = asUnsigned(a), y = asUnsigned(b);
  if (name == "divui")
    return cast(a.type(), x / y);
  if (name == "remui")
    return cast(a.type(), x % y);
  return cast(a.type(), x / y + cast(x.type(), x % y != zero(x)));
}

static Expr shift(const std::string &name, Expr a, Expr b) {
  int bits = a.type().bits();
  Expr amount = asUnsigned(b);
  Expr limit = make_const(amount.type(), bits - 1);
  if (name == "shrsi")
    return a >> min(amount, limit);
  Expr result =
      name == "shli" ? asUnsigned(a) << min(amount, limit) : asUnsigned(a) >> min(amount, limit);
  return cast(a.type(), select(amount > limit, make_zero(result.type()), result));
}

static Expr booleanBinary(const std::string &name, Expr a, Expr b) {
  if (name == "andi" || name == "muli" || name == "minui" || name == "maxsi")
    return a && b;
  if (name == "ori" || name == "maxui" || name == "minsi")
    return a || b;
  if (name == "xori" || name == "addi" || name == "subi")
    return a != b;
  if (name == "divui" || name == "divsi")
    return a && b;
  return Expr();
}

Expr dlc::halide::integerBinary(const std::string &name, Expr a, Expr b, ElementType type,
                                bool relaxed, const Ranges *ranges) {
  if (a.type().is_bool())
    return booleanBinary(name, a, b);
  bool index = type == ElementType::Index;
  if (name == "addi" || name == "subi" || name == "muli")
    return wrapped(name, a, b,
                   index || relaxed || (name == "muli" && isWidened(a) && isWidened(b)));
  if (name == "divsi" || name == "floordivsi" || name == "ceildivsi")
    return divide(name, a, b, index ? ranges : nullptr);
  if (name == "remsi")
    return remainder(a, b, index ? ranges : nullptr);
  if (name == "floormod") // of affine expressions: the divisor is a positive constant
    return a % b;
  if (name == "divui" || name == "remui" || name == "ceildivui")
    return index && ranges && can_prove(a >= zero(a), *ranges) && is_positive_const(b) &&
                   name != "ceildivui"
               ? (name == "divui" ? a / b : a % b)
               : unsignedDivide(name, a, b);
  if (name == "andi")
    return a & b;
  if (name == "ori")
    return a | b;
  if (name == "xori")
    return a ^ b;
  if (name == "shli" || name == "shrsi" || name == "shrui")
    return shift(name, a, b);
  if (name == "maxsi")
    return max(a, b);
  if (name == "minsi")
    return min(a, b);
  if (name == "maxui")
    return cast(a.type(), max(asUnsigned(a), asUnsigned(b)));
  if (name == "minui")
    return cast(a.type(), min(asUnsigned(a), asUnsigned(b)));
  return Expr();
}

Expr dlc::halide::compareIntegers(int64_t predicate, Expr a, Expr b) {
  if (a.type().is_bool()) { // one bit: as signed, true is -1
    a = predicate >= 6 ? cast<int8_t>(a) : cast<int8_t>(0) - cast<int8_t>(a);
    b = predicate >= 6 ? cast<int8_t>(b) : cast<int8_t>(0) - cast<int8_t>(b);
  } else if (predicate >= 6) {
    a = asUnsigned(a);
    b = asUnsigned(b);
  }
  switch (predicate) { // arith::CmpIPredicate
  case 0:
    return a == b;
  case 1:
    return a != b;
  case 2:
  case 6:
    return a < b;
  case 3:
  case 7:
    return a <= b;
  case 4:
  case 8:
    return a > b;
  default:
    return a >= b;
  }
}

Expr dlc::halide::integerMath(const std::string &name, Expr a) {
  if (a.type().is_bool())
    return Expr();
  Type type = a.type();
  if (name == "absi")
    return cast(type, magnitude(a));
  if (name == "ctpop")
    return cast(type, popcount(asUnsigned(a)));
  // Halide leaves the count for 0 undefined.
  Expr width = make_const(type, type.bits());
  if (name == "ctlz")
    return select(a == zero(a), width, cast(type, count_leading_zeros(asUnsigned(a))));
  if (name == "cttz")
    return select(a == zero(a), width, cast(type, count_trailing_zeros(asUnsigned(a))));
  return Expr();
}
