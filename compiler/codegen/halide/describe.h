// From a specialised kernel.func to the neutral description of program.h.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_DESCRIBE_H
#define DLC_COMPILER_CODEGEN_HALIDE_DESCRIBE_H

#include "compiler/codegen/halide/program.h"
#include "dialects/kernel/kernel.h"

#include "mlir/Dialect/Linalg/IR/LinalgInterfaces.h"
#include "llvm/ADT/DenseMap.h"

#include <optional>
#include <string>

namespace dlc::halide {

/// Describes `func` (specialised form). On failure `reason` says what is not supported; nothing is
/// printed.
mlir::FailureOr<Program> describe(kernel::FuncOp func, std::string &reason);

/// What a LinalgOp computes, as far as templates care.
Role roleOf(mlir::linalg::LinalgOp op);

std::optional<ElementType> elementTypeOf(mlir::Type type);

/// The walk itself; split over describe.cpp (kernel, buffers), describe_tensor.cpp (operations on
/// tensors) and describe_scalar.cpp (scalar bodies). Every member returns failure with `reason`
/// set.
class Describer {
public:
  Describer(kernel::FuncOp func, Program &program, std::string &reason)
      : func(func), program(program), reason(reason) {}
  mlir::LogicalResult run();

private:
  mlir::LogicalResult fail(const llvm::Twine &message);
  ValueId id(mlir::Value value);
  ValueId define(mlir::Value value);
  ValueId fresh() { return program.values++; }

  // describe.cpp
  mlir::LogicalResult buffers();
  mlir::LogicalResult buffer(mlir::MemRefType type, std::vector<Size> extents);
  void readBuffer(int index, mlir::Value value);
  mlir::LogicalResult results(kernel::ReturnOp end);
  mlir::LogicalResult operation(mlir::Operation &op);
  mlir::FailureOr<Size> size(mlir::OpFoldResult value);
  mlir::FailureOr<std::vector<Size>> sizes(llvm::ArrayRef<mlir::OpFoldResult> values);
  /// The sizes of a tensor type; dynamic ones have no scalar and are marked -1.
  mlir::FailureOr<std::vector<Size>> shapeOf(mlir::Type type);

  // describe_tensor.cpp
  mlir::LogicalResult tensorOperation(mlir::Operation &op, bool &known);
  mlir::LogicalResult structured(mlir::linalg::LinalgOp op);
  mlir::LogicalResult constant(mlir::Operation &op, mlir::DenseElementsAttr data);
  mlir::LogicalResult newNode(mlir::Operation &op, Node::Kind kind, mlir::ValueRange operands,
                              Node *&node);

  // describe_scalar.cpp
  mlir::LogicalResult scalarOperation(mlir::Operation &op, Body *body);
  mlir::LogicalResult emit(ScalarOp op, Body *body);
  mlir::FailureOr<ValueId> affineScalar(mlir::AffineExpr expr, mlir::ValueRange dims,
                                        mlir::ValueRange symbols, Body *body);
  mlir::LogicalResult bodyOf(mlir::Block &block, Body &body);

  kernel::FuncOp func;
  Program &program;
  std::string &reason;
  llvm::DenseMap<mlir::Value, ValueId> ids;
};

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_DESCRIBE_H
