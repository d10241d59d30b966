// Ops of a block become a kernel.func and a launch of it; equal bodies share one kernel.func.
#ifndef DLC_COMPILER_KERNELS_OUTLINE_H
#define DLC_COMPILER_KERNELS_OUTLINE_H

#include "compiler/kernels/sizes.h"
#include "dialects/kernel/kernel.h"

#include "llvm/ADT/StringMap.h"

namespace dlc {

class Outliner {
public:
  /// Kernels that `module` already has are shared, too.
  explicit Outliner(mlir::ModuleOp module);

  /// Outlines `ops` (of one block, in block order; views, empties, fills and scalars that they need
  /// come along) and replaces what others use of them by the results of a launch at the last op.
  /// The ops themselves stay, dead. `kind` begins the kernel's name.
  void outline(llvm::ArrayRef<mlir::Operation *> ops, llvm::StringRef kind);

  /// A kernel was changed: gives it a name by its new body, or merges it with an equal one (then it
  /// is erased). Launches of it must be redirected by the caller to the function that is returned.
  kernel::FuncOp share(kernel::FuncOp func, llvm::StringRef kind);

private:
  mlir::ModuleOp module;
  mlir::OpBuilder builder;
  Sizes sizes;
  llvm::StringMap<kernel::FuncOp> byText;
};

/// Erases what nothing uses, last op first. Nested blocks are not entered.
void eraseDeadOps(mlir::Block &block);

/// Whether the body is one pass that reads each input element at the written index only (inputs
/// that broadcast read fewer), so that an output may take the place of an input of its size.
bool isElementwise(kernel::FuncOp func);

/// Fuses chains of elementwise ops in a kernel's body into single generics, where nothing is
/// computed twice.
void fuseElementwiseChains(kernel::FuncOp func);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_OUTLINE_H
