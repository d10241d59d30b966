// Floor 2: what the layout pass must know of an operation.
#ifndef DLC_COMPILER_GRAPH_LAYOUT_TD
#define DLC_COMPILER_GRAPH_LAYOUT_TD

include "mlir/IR/OpBase.td"

def LayoutOpInterface : OpInterface<"LayoutOpInterface"> {
  let cppNamespace = "::dlc";
  let description = [{
    One decision holds for the whole graph: activations are channels-last. Operations that care (convolution, pooling, resampling) are
    rebuilt in that form between two transpositions; all others say how they commute with a transposition, so that it can be pushed
    through them until it meets its inverse. An operation without this interface stops a transposition.

    A permutation `p` relates two forms of a tensor: dimension i of the form in the graph is dimension p[i] of the other.
  }];
  let methods = [
    InterfaceMethod<[{
        The operation on an input of form [N, D..., C], with a result of that form; null if the operation does not care.
      }],
      "::mlir::Value", "buildChannelsLast", (ins "::mlir::OpBuilder &":$builder, "::mlir::Value":$input),
      [{}], [{ return {}; }]>,
    InterfaceMethod<"The operands that are permuted with the result; the others stay as they are.",
      "::llvm::SmallVector<unsigned>", "getPermutedOperands", (ins), [{}], [{ return {0}; }]>,
    InterfaceMethod<[{
        The operation on `operands` (all of them, the permuted ones in their other form). On return `permutation` relates the graph's form of the
        result to the value returned. Null where the operation does not commute with it.
      }],
      "::mlir::Value", "buildPermuted",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::ValueRange":$operands, "::llvm::SmallVectorImpl<int64_t> &":$permutation),
      [{}], [{ return {}; }]>,
  ];
}

#endif // DLC_COMPILER_GRAPH_LAYOUT_TD
