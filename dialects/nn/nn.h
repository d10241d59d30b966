// The nn dialect: networks as graphs of normalised operations. See nn.td and the family files
// beside it.
#ifndef DLC_DIALECTS_NN_NN_H
#define DLC_DIALECTS_NN_NN_H

#include "dialects/nn/dim.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "dialects/nn/nn_dialect.h.inc"
#include "dialects/nn/nn_enums.h.inc"
#include "dialects/nn/nn_interfaces.h.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/nn/nn_attrs.h.inc"
#define GET_OP_CLASSES
#include "dialects/nn/nn_ops.h.inc"

namespace dlc::nn {

/// Tensors of at most this many elements are folded symbolically and written as `dense` constants.
inline constexpr int64_t kSmallTensor = 64;

/// Unsigned integer elements: `ui8` .. `ui64`, and booleans.
inline bool isUnsigned(mlir::Type type) {
  mlir::Type element = mlir::getElementTypeOrSelf(type);
  return element.isUnsignedInteger() || element.isInteger(1);
}

/// For people and messages: `f32[N,3,28,28]`.
std::string printType(mlir::Type type);

/// Builds `OpTy` from untrusted operands and attributes: infers the result types and runs the
/// verifier; where either fails, an error has been emitted at `loc` and failure is returned. (The
/// plain OpTy::create stops the process on such input; use it only where the operands are known to
/// be right.) `ResultCount` is the number of results of operations with several.
template <typename OpTy, unsigned ResultCount = 1, typename... Args>
mlir::FailureOr<OpTy> create(mlir::OpBuilder &builder, mlir::Location loc, Args &&...args) {
  mlir::OperationState state(loc, OpTy::getOperationName());
  llvm::SmallVector<mlir::Type> types(ResultCount, builder.getNoneType());
  OpTy::build(builder, state, mlir::TypeRange(types), std::forward<Args>(args)...);
  types.clear();
  if (mlir::failed(OpTy::inferReturnTypes(builder.getContext(), loc, state.operands,
                                          state.attributes.getDictionary(builder.getContext()),
                                          state.getRawProperties(),
                                          mlir::RegionRange(state.regions), types)))
    return mlir::failure();
  state.types.assign(types.begin(), types.end());
  mlir::Operation *op = builder.create(state);
  if (mlir::failed(op->getName().verifyInvariants(op))) {
    op->erase();
    return mlir::failure();
  }
  return mlir::cast<OpTy>(op);
}

/// Result type of an elementwise operation: operand shapes broadcast, elements as said.
mlir::LogicalResult inferElementwise(std::optional<mlir::Location> loc, mlir::ValueRange operands,
                                     mlir::Type element,
                                     llvm::SmallVectorImpl<mlir::Type> &results);

/// Whether recurrent layers know an activation function of this name.
bool isRecurrentActivation(llvm::StringRef name);

/// Whether evaluateShape can say something about operations of this kind.
bool canEvaluate(mlir::Operation *op);
/// The elements of each result of an operation on small integer tensors, from those of its operands
/// (nullopt where not known). Takes ShapeValueOpInterface and elementwise operations.
mlir::FailureOr<llvm::SmallVector<ShapeValue>>
evaluateShape(mlir::Operation *op, llvm::ArrayRef<std::optional<ShapeValue>> operands);

/// Emits `message` at `loc` if there is one, and returns failure: how inferReturnTypes reports.
template <typename... Args>
mlir::LogicalResult inferError(std::optional<mlir::Location> loc, Args &&...args) {
  return mlir::emitOptionalError(loc, std::forward<Args>(args)...);
}

} // namespace dlc::nn

#endif // DLC_DIALECTS_NN_NN_H
