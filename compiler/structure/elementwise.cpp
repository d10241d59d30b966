// Elementwise operations: one linalg.generic around the scalar formula. Half floats are computed in
// f32.
#include "compiler/structure/structure.h"

using namespace mlir;
using namespace dlc;

static bool isHalf(Type type) { return type.isF16() || type.isBF16(); }

LogicalResult dlc::lowerElementwise(nn::ElementwiseOpInterface op, Lowering &lowering) {
  Type resultType = op->getResult(0).getType();
  SmallVector<nn::Dim> shape = nn::dimsOf(resultType);
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  for (Value operand : op->getOperands()) {
    inputs.push_back(lowering.get(operand));
    maps.push_back(lowering.broadcastMap(nn::dimsOf(operand.getType()), shape));
  }
  Type element = signless(getElementTypeOrSelf(resultType));
  Value result = lowering.parallel(
      lowering.empty(resultType), inputs, maps,
      [&](OpBuilder &b, Location loc, ValueRange arguments) -> Value {
        SmallVector<Value> scalars;
        for (Value argument : arguments)
          scalars.push_back(isHalf(argument.getType())
                                ? Value(arith::ExtFOp::create(b, loc, b.getF32Type(), argument))
                                : argument);
        Value scalar = op.buildScalar(b, loc, scalars);
        if (scalar.getType() != element)
          scalar = arith::TruncFOp::create(b, loc, element, scalar);
        return scalar;
      });
  lowering.set(op->getResult(0), result);
  return success();
}

namespace {
struct BitCastStructure : StructureOpInterface::ExternalModel<BitCastStructure, nn::BitCastOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto cast = llvm::cast<nn::BitCastOp>(op);
    Value x = lowering.get(cast.getInput());
    Type from = getElementTypeOrSelf(x.getType()), to = signless(cast.getTo());
    unsigned rank = cast.getInput().getType().getRank();
    lowering.set(cast.getOutput(),
                 lowering.parallel(
                     lowering.empty(cast.getOutput().getType()), x,
                     lowering.builder.getMultiDimIdentityMap(rank),
                     [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
                       if (from == to)
                         return s[0];
                       if (from.isInteger(1))
                         return arith::ExtUIOp::create(b, loc, to, s[0]);
                       if (to.isInteger(1)) {
                         Value zero = arith::ConstantOp::create(b, loc, b.getZeroAttr(from));
                         return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ne, s[0], zero);
                       }
                       return arith::BitcastOp::create(b, loc, to, s[0]);
                     }));
    return success();
  }
};
} // namespace

void dlc::registerElementwiseStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::BitCastOp::attachInterface<BitCastStructure>(*context);
  });
}
