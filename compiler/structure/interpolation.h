// Arithmetic that interpolating operations share, on scalars inside generics.
#ifndef DLC_COMPILER_STRUCTURE_INTERPOLATION_H
#define DLC_COMPILER_STRUCTURE_INTERPOLATION_H

#include "compiler/structure/reduction.h"

namespace dlc {

/// Short names for the arithmetic of coordinates. Constants are made in the type of `type`.
struct Coordinates {
  mlir::OpBuilder &b;
  mlir::Location loc;
  mlir::Type type; ///< f32 or f64

  using Value = mlir::Value;
  Value c(double value) { return constantOf(b, loc, type, value); }
  Value add(Value x, Value y) { return mlir::arith::AddFOp::create(b, loc, x, y); }
  Value sub(Value x, Value y) { return mlir::arith::SubFOp::create(b, loc, x, y); }
  Value mul(Value x, Value y) { return mlir::arith::MulFOp::create(b, loc, x, y); }
  Value div(Value x, Value y) { return mlir::arith::DivFOp::create(b, loc, x, y); }
  Value floor(Value x) { return mlir::math::FloorOp::create(b, loc, x); }
  Value ceil(Value x) { return mlir::math::CeilOp::create(b, loc, x); }
  Value abs(Value x) { return mlir::math::AbsFOp::create(b, loc, x); }
  Value max(Value x, Value y) { return mlir::arith::MaximumFOp::create(b, loc, x, y); }
  Value min(Value x, Value y) { return mlir::arith::MinimumFOp::create(b, loc, x, y); }
  Value less(Value x, Value y) {
    return mlir::arith::CmpFOp::create(b, loc, mlir::arith::CmpFPredicate::OLT, x, y);
  }
  Value lessEqual(Value x, Value y) {
    return mlir::arith::CmpFOp::create(b, loc, mlir::arith::CmpFPredicate::OLE, x, y);
  }
  Value equal(Value x, Value y) {
    return mlir::arith::CmpFOp::create(b, loc, mlir::arith::CmpFPredicate::OEQ, x, y);
  }
  Value select(Value condition, Value x, Value y) {
    return mlir::arith::SelectOp::create(b, loc, condition, x, y);
  }
  Value both(Value x, Value y) { return mlir::arith::AndIOp::create(b, loc, x, y); }
  Value either(Value x, Value y) { return mlir::arith::OrIOp::create(b, loc, x, y); }
  Value fromIndex(Value index);
  /// `x` in [low, high]; NaN becomes low.
  Value clamped(Value x, Value low, Value high) {
    x = select(lessEqual(low, x), x, low);
    return select(lessEqual(x, high), x, high);
  }
  /// A whole number in [0, 2^31) as i64; the caller has clamped it.
  Value toInteger(Value x) { return mlir::arith::FPToSIOp::create(b, loc, b.getI64Type(), x); }
  /// The weight of an element at `distance` >= 0: Keys' cubic convolution with coefficient a.
  Value cubic(Value distance, double a);
};

} // namespace dlc

#endif // DLC_COMPILER_STRUCTURE_INTERPOLATION_H
