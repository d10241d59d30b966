// Interfaces of nn operations that are part of their meaning (shape, scalar formula). What later floors need of an operation is
// declared on those floors and attached as external models.
#ifndef DLC_DIALECTS_NN_INTERFACES_TD
#define DLC_DIALECTS_NN_INTERFACES_TD

include "mlir/IR/OpBase.td"

def ElementwiseOpInterface : OpInterface<"ElementwiseOpInterface"> {
  let cppNamespace = "::dlc::nn";
  let description = [{
    An operation whose result at an index depends on its operands at that index (after numpy broadcasting) alone. The formula on
    scalars is everything that later floors need: lowering, folding and gradients follow from it.
  }];
  let methods = [
    InterfaceMethod<[{
        Emits the formula with arith and math operations. `args` has one scalar an operand, of the operand's element type made signless;
        half-precision floats arrive as f32. Returns a scalar of the result's element type (again signless, or f32).
      }],
      "::mlir::Value", "buildScalar", (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$loc, "::mlir::ValueRange":$args)>,
  ];
}

def ShapeValueOpInterface : OpInterface<"ShapeValueOpInterface"> {
  let cppNamespace = "::dlc::nn";
  let description = [{
    An operation that can compute small integer tensors symbolically: how Shape -> Gather -> Concat -> Reshape chains become
    dimensions. Elements are Dim expressions in row-major order.
  }];
  let methods = [
    InterfaceMethod<[{
        `operands[i]` holds the elements of operand i, or nullopt where they are not known. Returns the elements of each result, or
        failure where they cannot be said. At most 64 elements.
      }],
      "::mlir::FailureOr<::llvm::SmallVector<::dlc::nn::ShapeValue>>", "evaluate",
      (ins "::llvm::ArrayRef<std::optional<::dlc::nn::ShapeValue>>":$operands)>,
  ];
}

#endif // DLC_DIALECTS_NN_INTERFACES_TD
