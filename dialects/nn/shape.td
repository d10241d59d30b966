// Views and rearrangements: the same elements in another shape or order.
#ifndef DLC_DIALECTS_NN_SHAPE_TD
#define DLC_DIALECTS_NN_SHAPE_TD

include "dialects/nn/nn.td"

def NN_ReshapeOp : NN_Op<"reshape", [Pure, SameOperandsAndResultElementType, DeclareOpInterfaceMethods<ShapeValueOpInterface>]> {
  let summary = "the same elements, row-major, in another shape: that of the result type";
  let arguments = (ins NN_Tensor:$input);
  let results = (outs NN_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def NN_TransposeOp : NN_PureOp<"transpose", [DeclareOpInterfaceMethods<ShapeValueOpInterface>]> {
  let summary = "dimensions in another order: dimension i of the result is dimension permutation[i] of the input";
  let arguments = (ins NN_Tensor:$input, DenseI64ArrayAttr:$permutation);
  let results = (outs NN_Tensor:$output);
}

def NN_DimsOp : NN_Op<"dims", [Pure, DeclareOpInterfaceMethods<ShapeValueOpInterface>]> {
  let summary = "a small integer tensor whose elements are expressions over symbols: `nn.dims [\"N\", \"64\"] : tensor<2xi64>`";
  let arguments = (ins StrArrayAttr:$values);
  let results = (outs NN_IntegerTensor:$output);
  let assemblyFormat = "$values attr-dict `:` type($output)";
  let hasVerifier = 1;
}

def NN_BindOp : NN_Op<"bind"> {
  let summary = "defines symbols: the elements of a small integer tensor, known at run time only";
  let description = [{
    `nn.bind %shape ["u0", "u1"] : tensor<2xi64>` defines symbols `u0` and `u1` for all that follows it in its block and in regions
    below. A negative element is a run-time error.
  }];
  let arguments = (ins NN_IndexTensor:$values, StrArrayAttr:$symbols);
  let assemblyFormat = "$values $symbols attr-dict `:` type($values)";
  let hasVerifier = 1;
}

#endif // DLC_DIALECTS_NN_SHAPE_TD
