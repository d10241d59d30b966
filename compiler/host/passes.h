// The passes of floor 6: see passes.td for what each does, in pipeline order.
#ifndef DLC_COMPILER_HOST_PASSES_H
#define DLC_COMPILER_HOST_PASSES_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

#include <memory>

namespace dlc {

#define GEN_PASS_DECL
#include "compiler/host/passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/host/passes.h.inc"

} // namespace dlc

#endif // DLC_COMPILER_HOST_PASSES_H
