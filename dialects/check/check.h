// The check dialect: what a test expects. See check.td.
#ifndef DLC_DIALECTS_CHECK_CHECK_H
#define DLC_DIALECTS_CHECK_CHECK_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"

#include "dialects/check/check_dialect.h.inc"
#define GET_OP_CLASSES
#include "dialects/check/check_ops.h.inc"

namespace dlc::check {

/// Argument attributes: the value, or the seed of random ones. Function attribute: words of the
/// expected error.
inline constexpr llvm::StringLiteral kValueAttr = "check.value";
inline constexpr llvm::StringLiteral kRandomAttr = "check.random";
inline constexpr llvm::StringLiteral kErrorAttr = "check.error";

} // namespace dlc::check

#endif // DLC_DIALECTS_CHECK_CHECK_H
