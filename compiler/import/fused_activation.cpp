#include "compiler/import/fused_activation.h"

#include <cfloat>

using namespace mlir;

namespace dlc {

Value fusedActivation(NodeContext &n, Value x,
                      const std::function<double(unsigned i, double otherwise)> &parameter) {
  std::string name = n.stringAttr("activation", "");
  auto number = [&](unsigned i, double otherwise) {
    return n.builder().getF64FloatAttr(parameter(i, otherwise));
  };
  if (name.empty() || !n.ok())
    return x;
  if (name == "Relu")
    return n.create<nn::ReluOp>(x);
  if (name == "Sigmoid")
    return n.create<nn::SigmoidOp>(x);
  if (name == "Tanh")
    return n.create<nn::TanhOp>(x);
  if (name == "Softplus")
    return n.create<nn::SoftplusOp>(x);
  if (name == "Softsign")
    return n.create<nn::SoftsignOp>(x);
  if (name == "LeakyRelu")
    return n.create<nn::LeakyReluOp>(x, number(0, 0.01f));
  if (name == "Elu")
    return n.create<nn::EluOp>(x, number(0, 1));
  if (name == "ThresholdedRelu")
    return n.create<nn::ThresholdedReluOp>(x, number(0, 1));
  if (name == "HardSigmoid")
    return n.create<nn::HardSigmoidOp>(x, number(0, 0.2f), number(1, 0.5));
  if (name == "Clip") {
    Type element = getElementTypeOrSelf(x.getType());
    x = n.create<nn::MaxOp>(x, n.scalar(parameter(0, -FLT_MAX), element));
    return n.create<nn::MinOp>(x, n.scalar(parameter(1, FLT_MAX), element));
  }
  (void)n.unsupported("activation = '" + escapeName(name) + "' is not supported");
  return {};
}

} // namespace dlc
