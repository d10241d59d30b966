// What the formulas on scalars are written with (elementwise.cpp, activation.cpp, cast.cpp).
#ifndef DLC_DIALECTS_NN_SCALARS_H
#define DLC_DIALECTS_NN_SCALARS_H

#include "dialects/nn/nn.h"

#include "mlir/Dialect/Math/IR/Math.h"

namespace dlc::nn {

inline bool isFloat(mlir::Value x) { return mlir::isa<mlir::FloatType>(x.getType()); }

/// Short names for what the formulas need; `x` counts as the operand that types are taken from.
struct Scalars {
  mlir::OpBuilder &b;
  mlir::Location loc;
  mlir::Value constant(mlir::Type type, double value) {
    if (mlir::isa<mlir::FloatType>(type))
      return mlir::arith::ConstantOp::create(b, loc, b.getFloatAttr(type, value));
    return mlir::arith::ConstantOp::create(b, loc, b.getIntegerAttr(type, int64_t(value)));
  }
  mlir::Value like(mlir::Value x, double value) { return constant(x.getType(), value); }
  mlir::Value add(mlir::Value x, mlir::Value y) {
    return mlir::arith::AddFOp::create(b, loc, x, y);
  }
  mlir::Value sub(mlir::Value x, mlir::Value y) {
    return mlir::arith::SubFOp::create(b, loc, x, y);
  }
  mlir::Value mul(mlir::Value x, mlir::Value y) {
    return mlir::arith::MulFOp::create(b, loc, x, y);
  }
  mlir::Value div(mlir::Value x, mlir::Value y) {
    return mlir::arith::DivFOp::create(b, loc, x, y);
  }
  mlir::Value neg(mlir::Value x) { return mlir::arith::NegFOp::create(b, loc, x); }
  mlir::Value exp(mlir::Value x) { return mlir::math::ExpOp::create(b, loc, x); }
  mlir::Value max(mlir::Value x, mlir::Value y) {
    return mlir::arith::MaximumFOp::create(b, loc, x, y);
  }
  mlir::Value min(mlir::Value x, mlir::Value y) {
    return mlir::arith::MinimumFOp::create(b, loc, x, y);
  }
  mlir::Value compare(mlir::arith::CmpFPredicate p, mlir::Value x, mlir::Value y) {
    return mlir::arith::CmpFOp::create(b, loc, p, x, y);
  }
  mlir::Value compare(mlir::arith::CmpIPredicate p, mlir::Value x, mlir::Value y) {
    return mlir::arith::CmpIOp::create(b, loc, p, x, y);
  }
  mlir::Value select(mlir::Value c, mlir::Value x, mlir::Value y) {
    return mlir::arith::SelectOp::create(b, loc, c, x, y);
  }
};

/// Converts a scalar of any type to a float type.
mlir::Value toFloat(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x, mlir::Type to,
                    bool isUnsignedType);
/// Float to integer: towards zero, saturating, NaN to 0.
mlir::Value toInteger(mlir::OpBuilder &b, mlir::Location loc, mlir::Value x, mlir::IntegerType to,
                      bool isUnsignedType);

} // namespace dlc::nn

#endif // DLC_DIALECTS_NN_SCALARS_H
