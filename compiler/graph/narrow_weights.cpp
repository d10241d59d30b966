// nn-narrow-weights: constant factors of products are stored in 16 bits. Each becomes
// cast(cast(w)): the inner cast is computed ahead with all other constants, the outer one goes into
// the kernel that multiplies (kernel-form), so that sums are those of f32.
#include "compiler/graph/graph.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace dlc {
#define GEN_PASS_DEF_NNNARROWWEIGHTS
#include "compiler/graph/passes.h.inc"
} // namespace dlc

/// The operands that are worth it: of products that read each of them more than once or not at all
/// otherwise. Biases and the filters of depthwise convolutions are small.
static SmallVector<OpOperand *> factorsOf(Operation *op) {
  if (isa<nn::MatmulOp, nn::EinsumOp>(op))
    return llvm::map_to_vector(op->getOpOperands(), [](OpOperand &o) { return &o; });
  if (auto conv = dyn_cast<nn::ConvOp>(op)) {
    std::optional<int64_t> inputs = nn::dimsOf(conv.getFilter().getType())[1].constant();
    if (inputs && *inputs == 1 && conv.getGroups() > 1)
      return {};
    return {&conv.getFilterMutable()};
  }
  if (isa<nn::LstmOp, nn::GruOp, nn::RnnOp>(op))
    return {&op->getOpOperand(1), &op->getOpOperand(2)}; // W and R
  return {};
}

namespace {
struct NarrowWeights : dlc::impl::NNNarrowWeightsBase<NarrowWeights> {
  using NNNarrowWeightsBase::NNNarrowWeightsBase;

  void runOnOperation() override {
    constexpr int64_t least = 1024; // elements: smaller ones take no time
    OpBuilder b(&getContext());
    Type narrow = type == "bf16"  ? Type(b.getBF16Type())
                  : type == "f16" ? Type(b.getF16Type())
                                  : Type();
    if (!narrow) {
      getOperation().emitError("type must be bf16 or f16");
      return signalPassFailure();
    }
    getOperation().walk([&](Operation *op) {
      for (OpOperand *operand : factorsOf(op)) {
        Value weight = operand->get();
        auto tensor = cast<RankedTensorType>(weight.getType());
        if (!tensor.getElementType().isF32() || !tensor.hasStaticShape() ||
            tensor.getNumElements() < least || !isConstantValue(weight))
          continue;
        b.setInsertionPoint(op);
        Location loc = weight.getLoc();
        auto cast = [&](Value value, Type to) -> Value {
          return nn::CastOp::create(b, loc, tensor.clone(to), value, to);
        };
        operand->set(cast(cast(weight, narrow), tensor.getElementType()));
      }
    });
  }
};
} // namespace
