// Which ops run together: the fusion rules of kernel-form.
//
// A group is one root (contraction, window, reduction or elementwise op), the elementwise ops that
// follow it, and the pads and elementwise ops that only it reads. Rules decide what is worth
// fusing, never what is right: any set of ops that grouping returns can be outlined.
#ifndef DLC_COMPILER_KERNELS_GROUPING_H
#define DLC_COMPILER_KERNELS_GROUPING_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include "llvm/ADT/DenseMap.h"

#include <vector>

namespace dlc {

/// What an op is for grouping.
enum class OpClass {
  Other,       ///< stays in the caller
  View,        ///< another shape of the same elements: expand, collapse, slice, cast
  Light,       ///< made anew wherever it is needed: empty, fill, splat constants
  Elementwise, ///< parallel loops only
  Pad,         ///< tensor.pad with a constant border
  Reduction,   ///< one input folded over some dimensions
  Window,      ///< one input folded over overlapping or strided windows
  Contraction  ///< products of inputs that are used again and again: GEMM, convolution, depthwise
};

OpClass classify(mlir::Operation *op);

/// The tensor that `value` is a view of: itself where it is none. Views are followed within `block`
/// only.
mlir::Value throughViews(mlir::Value value, mlir::Block *block);

/// Tensors that the regions of `op` read without having them as operands (tensor.extract of an
/// outer tensor).
llvm::SmallVector<mlir::Value> capturedTensors(mlir::Operation *op);

/// Whether a value of a function follows from constants alone, so that it is computed once and not
/// in the run. `known` keeps the answers.
bool isConstant(mlir::Value value, llvm::DenseMap<mlir::Value, bool> &known);

/// Ops of one block that become one kernel, in block order; views and light ops between them are
/// not listed.
struct KernelGroup {
  mlir::Operation *root;
  OpClass kind;
  llvm::SmallVector<mlir::Operation *> ops;
};

/// Groups for all ops of `block` that do not stay in the caller, in the order of their last op.
std::vector<KernelGroup> formGroups(mlir::Block &block);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_GROUPING_H
