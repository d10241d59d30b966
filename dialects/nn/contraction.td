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

#endif // DLC_DIALECTS_NN_CONTRACTION_TD
