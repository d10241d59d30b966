// Contractions: products summed over shared dimensions.
#ifndef DLC_DIALECTS_NN_CONTRACTION_TD
#define DLC_DIALECTS_NN_CONTRACTION_TD

include "dialects/nn/nn.td"

def NN_MatmulOp : NN_PureOp<"matmul", [AllElementTypesMatch<["lhs", "rhs"]>]> {
  let summary = "matrix product over the last two dimensions; the others broadcast";
  let description = [{
    `out[..., m, n] = sum over k of lhs[..., m, k] * rhs[..., k, n]`. With `transpose_lhs` (`transpose_rhs`) the last two dimensions of
    that operand are swapped: `[..., k, m]` (`[..., n, k]`). Both operands have rank >= 2; sums are of the element type.
    Source: numpy.matmul, ONNX MatMul and Gemm.
  }];
  let arguments = (ins NN_Tensor:$lhs, NN_Tensor:$rhs, UnitAttr:$transpose_lhs, UnitAttr:$transpose_rhs);
  let results = (outs NN_Tensor:$output);
}

def NN_EinsumOp : NN_PureOp<"einsum"> {
  let summary = "sum of products over labelled dimensions";
  let description = [{
    `labels` has one list an operand: dimensions with the same label run together (or have size 1 and broadcast), several of one operand take its diagonal.
    `output` lists the labels that the result keeps; the others are summed. Half floats accumulate in f32. Source: ONNX Einsum.
  }];
  let arguments = (ins Variadic<NN_Tensor>:$inputs, TypedArrayAttrBase<DenseI64ArrayAttr, "label lists">:$labels, DenseI64ArrayAttr:$output_labels);
  let results = (outs NN_Tensor:$output);
}

#endif // DLC_DIALECTS_NN_CONTRACTION_TD
