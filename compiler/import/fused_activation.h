// The activation that onnxruntime's optimiser writes into another operator, as an attribute.
#ifndef DLC_COMPILER_IMPORT_FUSED_ACTIVATION_H
#define DLC_COMPILER_IMPORT_FUSED_ACTIVATION_H

#include "compiler/import/node_context.h"

#include <functional>

namespace dlc {

/// Applies the function that attribute `activation` names, if it is there. `parameter` gives number
/// i of its parameters (0: alpha or min, 1: beta or max, 2: gamma), or the default.
mlir::Value fusedActivation(NodeContext &n, mlir::Value x,
                            const std::function<double(unsigned i, double otherwise)> &parameter);

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_FUSED_ACTIVATION_H
