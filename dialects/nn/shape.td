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
    below. A negative element is a run-time error, unless `any` says that the symbols are not sizes (starts and ends of slices).
  }];
  let arguments = (ins NN_IndexTensor:$values, StrArrayAttr:$symbols, UnitAttr:$any);
  let assemblyFormat = "$values $symbols attr-dict `:` type($values)";
  let hasVerifier = 1;
}

def NN_ExpandOp : NN_Op<"expand", [Pure, SameOperandsAndResultElementType, DeclareOpInterfaceMethods<ShapeValueOpInterface>]> {
  let summary = "broadcasts to the shape of the result type (numpy's rule)";
  let arguments = (ins NN_Tensor:$input);
  let results = (outs NN_Tensor:$output);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def NN_ConcatOp : NN_PureOp<"concat", [DeclareOpInterfaceMethods<ShapeValueOpInterface>]> {
  let summary = "joins tensors along one dimension";
  let description = [{ Element types and all other dimensions are equal. `axis` is in `[0, rank)`. }];
  let arguments = (ins Variadic<NN_Tensor>:$inputs, I64Attr:$axis);
  let results = (outs NN_Tensor:$output);
}

def NN_SliceOp : NN_Op<"slice", [Pure, SameOperandsAndResultElementType, DeclareOpInterfaceMethods<ShapeValueOpInterface>]> {
  let summary = "a strided part: out[i] = input[offset + i * stride] in each dimension; the sizes are those of the result type";
  let description = [{
    Offsets are expressions over symbols; strides are constants and may be negative (then `offset` is the last element that is
    read first). Every element read lies inside the input: whoever builds the operation has clamped.
  }];
  let arguments = (ins NN_Tensor:$input, StrArrayAttr:$offsets, DenseI64ArrayAttr:$strides);
  let results = (outs NN_Tensor:$output);
  let assemblyFormat = "operands $offsets $strides attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def NN_PadMode : I32EnumAttr<"PadMode", "what lies outside a tensor", [
    I32EnumAttrCase<"Constant", 0, "constant">, I32EnumAttrCase<"Reflect", 1, "reflect">,
    I32EnumAttrCase<"Edge", 2, "edge">, I32EnumAttrCase<"Wrap", 3, "wrap">]> {
  let cppNamespace = "::dlc::nn";
}

def NN_PadOp : NN_PureOp<"pad"> {
  let summary = "elements added around a tensor";
  let description = [{
    `low` and `high` are expressions over symbols, one a dimension, not negative. `value` is a scalar, read in mode `constant` only. `reflect`
    mirrors without repeating the border (and goes on mirroring beyond one reflection), `edge` repeats it, `wrap` continues at the other end.
  }];
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$value, StrArrayAttr:$low, StrArrayAttr:$high, NN_PadMode:$mode);
  let results = (outs NN_Tensor:$output);
}

def NN_IotaOp : NN_Op<"iota", [Pure, DeclareOpInterfaceMethods<ShapeValueOpInterface>]> {
  let summary = "the index along one dimension: out[..., i, ...] = i";
  let arguments = (ins I64Attr:$axis);
  let results = (outs NN_IntegerTensor:$output);
  let assemblyFormat = "attr-dict `:` type($output)";
  let hasVerifier = 1;
}

#endif // DLC_DIALECTS_NN_SHAPE_TD
