// Weights that are drawn instead of read: for models that stand for others of their shape when time
// is measured.
#ifndef DLC_COMPILER_DRIVER_RANDOM_WEIGHTS_H
#define DLC_COMPILER_DRIVER_RANDOM_WEIGHTS_H

#include "compiler/driver/tensor_file.h"
#include "compiler/import/weight_table.h"

#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// The dlc_dtype of an element type; 0 if there is none. Signless integers count as signed.
int32_t dtypeOf(mlir::Type element);

/// Puts random values under each dense_resource of the module. False, with a message, where a type
/// cannot be drawn or is too large.
bool drawWeights(mlir::ModuleOp module, WeightTable &weights, std::string &error);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_RANDOM_WEIGHTS_H
