// Integer products as one linalg.generic, as the float forms are; the body widens its operands.
#include "compiler/structure/reduction.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

/// x[2] + x[0] * x[1], where the factors are bytes.
static Value multiplyAddBytes(OpBuilder &b, Location loc, ValueRange x, bool unsignedLhs,
                              bool unsignedRhs) {
  Type sum = x[2].getType();
  auto widen = [&](Value value, bool isUnsigned) -> Value {
    return isUnsigned ? Value(arith::ExtUIOp::create(b, loc, sum, value))
                      : Value(arith::ExtSIOp::create(b, loc, sum, value));
  };
  return arith::AddIOp::create(
      b, loc, x[2],
      arith::MulIOp::create(b, loc, widen(x[0], unsignedLhs), widen(x[1], unsignedRhs)));
}

static bool isUnsignedTensor(Value value) {
  return nn::isUnsigned(getElementTypeOrSelf(value.getType()));
}

namespace {
struct MatmulIntegerStructure
    : StructureOpInterface::ExternalModel<MatmulIntegerStructure, nn::MatmulIntegerOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto matmul = cast<nn::MatmulIntegerOp>(op);
    bool lhs = isUnsignedTensor(matmul.getLhs()), rhs = isUnsignedTensor(matmul.getRhs());
    lowering.set(matmul.getOutput(),
                 multiply(lowering, lowering.get(matmul.getLhs()),
                          nn::dimsOf(matmul.getLhs().getType()), matmul.getTransposeLhs(),
                          lowering.get(matmul.getRhs()), nn::dimsOf(matmul.getRhs().getType()),
                          matmul.getTransposeRhs(), nn::dimsOf(matmul.getOutput().getType()),
                          lowering.builder.getI32Type(),
                          [&](OpBuilder &b, Location loc, ValueRange x) {
                            return multiplyAddBytes(b, loc, x, lhs, rhs);
                          }));
    return success();
  }
};

struct ConvIntegerStructure
    : StructureOpInterface::ExternalModel<ConvIntegerStructure, nn::ConvIntegerOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto conv = cast<nn::ConvIntegerOp>(op);
    OpBuilder &b = lowering.builder;
    nn::WindowAttr window = conv.getWindow();
    unsigned rank = window.rank();
    bool last = conv.getChannelsLast();
    SmallVector<Dim> in = nn::dimsOf(conv.getInput().getType()),
                     w = nn::dimsOf(conv.getFilter().getType()),
                     out = nn::dimsOf(conv.getOutput().getType());
    lowering.requireEqual(in[last ? rank + 1 : 1], Dim(*w[1].constant() * conv.getGroups()),
                          "the channels of a convolution differ");
    APInt outside(8, uint64_t(conv.getPadValue()), false, /*implicitTrunc=*/true);
    Value x = padWindow(lowering, lowering.get(conv.getInput()), in, window, last,
                        lowering.scalar(b.getI8Type(), outside));
    Value filter = lowering.get(conv.getFilter());
    bool lhs = isUnsignedTensor(conv.getInput()), rhs = isUnsignedTensor(conv.getFilter());
    // One product a tap: floats have fused multiply-adds for that, and hold the sums exactly.
    bool depthwise = *w[1].constant() == 1 && w[0].constant() == int64_t(conv.getGroups());
    bool floats = depthwise && nn::product(ArrayRef(w).drop_front()).constant() <= 256;
    Type sumType = floats ? Type(b.getF32Type()) : b.getI32Type();
    if (floats)
      filter = lowering.convert(filter, sumType, rhs);
    Value sum = convolve(
        lowering, x, in, filter, w, out, sumType, window.getStride(), window.getDilation(),
        conv.getGroups(), last, [&](OpBuilder &b, Location loc, ValueRange s) -> Value {
          if (!floats)
            return multiplyAddBytes(b, loc, s, lhs, rhs);
          Value x = lhs ? Value(arith::UIToFPOp::create(b, loc, sumType, s[0]))
                        : Value(arith::SIToFPOp::create(b, loc, sumType, s[0]));
          return arith::AddFOp::create(b, loc, s[2], arith::MulFOp::create(b, loc, x, s[1]));
        });
    lowering.set(conv.getOutput(), lowering.convert(sum, signless(conv.getTo())));
    return success();
  }
};
} // namespace

void dlc::registerQuantizationStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::ConvIntegerOp::attachInterface<ConvIntegerStructure>(*context);
    nn::MatmulIntegerOp::attachInterface<MatmulIntegerStructure>(*context);
  });
}
