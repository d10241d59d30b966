// The formulas of activation functions; see elementwise.cpp.
#include "dialects/nn/scalars.h"

#include <cmath>

using namespace mlir;
using namespace dlc::nn;

/// log(1 + e^x) = max(x, 0) + log1p(e^-|x|), which does not overflow.
static Value softplus(Scalars s, Value x) {
  Value magnitude = math::AbsFOp::create(s.b, s.loc, x);
  return s.add(s.max(x, s.like(x, 0)), math::Log1pOp::create(s.b, s.loc, s.exp(s.neg(magnitude))));
}

static Value sigmoid(Scalars s, Value x) {
  return s.div(s.like(x, 1), s.add(s.like(x, 1), s.exp(s.neg(x))));
}

/// e^x - 1, accurate near 0.
static Value expm1(Scalars s, Value x) { return math::ExpM1Op::create(s.b, s.loc, x); }

Value ReluOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  if (isFloat(x[0]))
    return s.max(x[0], s.like(x[0], 0));
  return isUnsigned(getInput().getType())
             ? x[0]
             : Value(arith::MaxSIOp::create(b, loc, x[0], s.like(x[0], 0)));
}

Value SigmoidOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return sigmoid({b, loc}, x[0]);
}
Value SoftplusOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  return softplus({b, loc}, x[0]);
}

Value SoftsignOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  return s.div(x[0], s.add(s.like(x[0], 1), math::AbsFOp::create(b, loc, x[0])));
}

Value MishOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  return s.mul(x[0], math::TanhOp::create(b, loc, softplus(s, x[0])));
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
  return negativeBranch(s, x[0], s.mul(s.like(x[0], getAlpha().convertToDouble()), expm1(s, x[0])));
}

Value CeluOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  Value alpha = s.like(x[0], getAlpha().convertToDouble());
  return negativeBranch(s, x[0], s.mul(alpha, expm1(s, s.div(x[0], alpha))));
}

Value SeluOp::buildScalar(OpBuilder &b, Location loc, ValueRange x) {
  Scalars s{b, loc};
  Value scaled = s.mul(s.like(x[0], getAlpha().convertToDouble()), expm1(s, x[0]));
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
  return s.mul(x[0], sigmoid(s, alpha == 1 ? x[0] : s.mul(x[0], s.like(x[0], alpha))));
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
