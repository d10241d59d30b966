// The kernel dialect: units of computation, their schedules, their launches. See kernel.td.
#ifndef DLC_DIALECTS_KERNEL_KERNEL_H
#define DLC_DIALECTS_KERNEL_KERNEL_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/kernel/kernel_dialect.h.inc"
#include "dialects/kernel/kernel_enums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/kernel/kernel_attrs.h.inc"
#define GET_OP_CLASSES
#include "dialects/kernel/kernel_ops.h.inc"

namespace dlc::kernel {

/// Name of the argument and result attribute that ties dynamic extents to index arguments.
inline constexpr llvm::StringLiteral kExtentsAttr = "kernel.extents";

/// The m of a kernel.func that is a convolution in Winograd's form F(m x m, r x r).
inline constexpr llvm::StringLiteral kWinogradAttr = "kernel.winograd";
/// 0 where it is no such kernel.
int64_t winogradTile(FuncOp func);

/// Lets one-shot bufferisation understand kernel.launch.
void registerBufferization(mlir::DialectRegistry &registry);

} // namespace dlc::kernel

#endif // DLC_DIALECTS_KERNEL_KERNEL_H
