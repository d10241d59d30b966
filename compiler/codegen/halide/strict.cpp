// Float arithmetic that respects NaN, infinities and the order of operations. Halide's own
// operators assume that there are no such values; its strict intrinsics do not.
#include "compiler/codegen/halide/translator.h"

#include <limits>

using namespace Halide;
using namespace Halide::Internal;

static Expr strictCall(Call::IntrinsicOp op, Type type, Expr a, Expr b) {
  return Call::make(type, op, {std::move(a), std::move(b)}, Call::PureIntrinsic);
}

Expr dlc::halide::strictAdd(Expr a, Expr b) { return strictCall(Call::strict_add, a.type(), a, b); }
Expr dlc::halide::strictSub(Expr a, Expr b) { return strictCall(Call::strict_sub, a.type(), a, b); }
Expr dlc::halide::strictMul(Expr a, Expr b) { return strictCall(Call::strict_mul, a.type(), a, b); }
Expr dlc::halide::strictDiv(Expr a, Expr b) { return strictCall(Call::strict_div, a.type(), a, b); }
Expr dlc::halide::strictLess(Expr a, Expr b) { return strictCall(Call::strict_lt, Bool(), a, b); }
/// Not Halide's own strict_le: for vectors of x86 it is made as !(a > b), which is true for NaN.
Expr dlc::halide::strictLessEqual(Expr a, Expr b) { return strictLess(a, b) || strictEqual(a, b); }
Expr dlc::halide::strictEqual(Expr a, Expr b) { return strictCall(Call::strict_eq, Bool(), a, b); }

Expr dlc::halide::isNan(Expr x) { return !strictEqual(x, x); }

/// A literal that is a number: comparisons with it need no test for NaN on its side.
static bool isNumber(const Expr &x) {
  auto value = as_const_float(x);
  return value && *value == *value;
}

Expr dlc::halide::notANumber(Type type) {
  return launder(FloatImm::make(type, std::numeric_limits<double>::quiet_NaN()));
}

/// `above(a, b) ? a : b` gives b where either is NaN, as the processor's instruction does. What is
/// asked of b (of a sum so far and a new value, the new one) does not wait for a.
static Expr extremum(Expr a, Expr b, bool numbers, Expr (*above)(const Expr &, const Expr &)) {
  if (numbers) {
    if (isNumber(b))
      return select(above(a, b), a, b);
    if (isNumber(a))
      return select(above(b, a), b, a);
    return select(above(a, b) || dlc::halide::isNan(b), a, b);
  }
  if (isNumber(a))
    return select(above(a, b), a, b);
  if (isNumber(b))
    return select(above(b, a), b, a);
  // Not b itself: LLVM would make one choice of both conditions.
  return select(dlc::halide::isNan(b), dlc::halide::notANumber(a.type()),
                select(above(b, a), b, a));
}

Expr dlc::halide::maximum(Expr a, Expr b, bool numbers) {
  return extremum(a, b, numbers, [](const Expr &a, const Expr &b) { return strictLess(b, a); });
}
Expr dlc::halide::minimum(Expr a, Expr b, bool numbers) {
  return extremum(a, b, numbers, [](const Expr &a, const Expr &b) { return strictLess(a, b); });
}

/// A parameter that is always 0. One object for all kernels: nothing ever changes it.
static Expr opaqueZero() {
  static const Parameter zero(Int(32), /*is_buffer=*/false, 0, dlc::halide::kZeroArgument);
  return Variable::make(Int(32), zero.name(), zero);
}

Expr dlc::halide::launder(Expr x) {
  Type bits = UInt(x.type().bits());
  return reinterpret(x.type(), reinterpret(bits, x) | cast(bits, opaqueZero()));
}

Expr dlc::halide::roundToHalf(Expr x) { return launder(cast<float>(cast<float16_t>(x))); }

/// Round to nearest even by integer arithmetic on the upper half; NaN stays NaN (made quiet).
Expr dlc::halide::roundToBFloat(Expr x) {
  Expr bits = reinterpret<uint32_t>(x);
  Expr rounded = bits + make_const(UInt(32), 0x7fff) + ((bits >> 16) & make_const(UInt(32), 1));
  Expr quiet = bits | make_const(UInt(32), 0x400000);
  Expr nan = (bits & make_const(UInt(32), 0x7fffffff)) > make_const(UInt(32), 0x7f800000);
  return reinterpret<float>(select(nan, quiet, rounded) & make_const(UInt(32), 0xffff0000));
}
