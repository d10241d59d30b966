// CSE and canonicalisation as every pipeline of dlc should run them.
#ifndef DLC_COMPILER_KERNELS_CLEANUP_H
#define DLC_COMPILER_KERNELS_CLEANUP_H

#include "mlir/Pass/PassManager.h"

#include <memory>

namespace dlc {

/// The canonicalizer without the patterns that are wrong for our programs.
std::unique_ptr<mlir::Pass> createSafeCanonicalizer();

/// CSE, then that, on every func.func. In this order equal views become one value, so that a copy
/// of a buffer onto itself folds.
void addCleanup(mlir::OpPassManager &pm);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_CLEANUP_H
