// Kernels that want an operand in another form (packed, transformed): the kernel is rewritten, and
// the new form is computed in the caller, beside the operand, by a kernel of its own. Of a constant
// operand hoist-weights moves that kernel out of the run.
#ifndef DLC_COMPILER_KERNELS_OPERAND_REWRITE_H
#define DLC_COMPILER_KERNELS_OPERAND_REWRITE_H

#include "dialects/kernel/kernel.h"

#include "mlir/IR/BuiltinOps.h"

#include <functional>
#include <optional>
#include <string>

namespace dlc {

struct OperandRewrite {
  unsigned argument = 0;   ///< of the kernel
  std::string key;         ///< equal keys make equal forms of equal operands
  std::string kind;        ///< begins the name of the rewritten kernel
  std::string operandKind; ///< begins the name of the kernel that makes the operand
  bool inRun = false;      ///< worth its time in each run, too: for operands that are not constant
  std::function<void(kernel::FuncOp)> rewriteKernel;
  /// Emits linalg; `ops` receives what is outlined as one kernel.
  std::function<mlir::Value(mlir::OpBuilder &, mlir::Value,
                            llvm::SmallVectorImpl<mlir::Operation *> &)>
      buildOperand;
};

/// Asks `plan` about each kernel, and rewrites those launches whose operand follows from constants
/// alone, or all of them (`inRun`). Other launches of the same kernel keep it as it was.
void rewriteOperands(mlir::ModuleOp module,
                     llvm::function_ref<std::optional<OperandRewrite>(kernel::FuncOp)> plan);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_OPERAND_REWRITE_H
