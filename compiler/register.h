// One call that makes every dialect, interface model and pass of dlc known: used by the driver,
// dlc-opt and the tests.
#ifndef DLC_COMPILER_REGISTER_H
#define DLC_COMPILER_REGISTER_H

#include "mlir/IR/DialectRegistry.h"

namespace dlc {

/// All dialects that any floor reads or writes, with their external models.
void registerDialects(mlir::DialectRegistry &registry);

/// All passes and pipelines, for dlc-opt and for reproducers.
void registerPasses();

} // namespace dlc

#endif // DLC_COMPILER_REGISTER_H
