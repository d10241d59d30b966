// Products of quantised numbers. Scales and zero points are elementwise operations around them.
#ifndef DLC_DIALECTS_NN_QUANTIZATION_TD
#define DLC_DIALECTS_NN_QUANTIZATION_TD

include "dialects/nn/nn.td"

def NN_ByteTensor : RankedTensorOf<[I8, UI8]>;

def NN_ConvIntegerOp : NN_PureOp<"conv_integer"> {
  let summary = "N-dimensional cross-correlation of 8-bit integers";
  let description = [{
    As nn.conv, on integers of 8 bits, signed or not, and with exact sums: of type i32 (they wrap), or of type f32 (`to`), which is for sums
    below 2^24. Beyond its borders the input is `pad_value`, a number of its type. Source: ONNX ConvInteger.
  }];
  let arguments = (ins NN_ByteTensor:$input, NN_ByteTensor:$filter, NN_WindowAttr:$window, I64Attr:$groups, I64Attr:$pad_value, TypeAttr:$to,
                       UnitAttr:$channels_last);
  let results = (outs NN_Tensor:$output);
}

def NN_MatmulIntegerOp : NN_PureOp<"matmul_integer"> {
  let summary = "matrix product of 8-bit integers over the last two dimensions; the others broadcast";
  let description = [{
    As nn.matmul, on integers of 8 bits, signed or not, with exact sums of type i32 (they wrap). Source: ONNX MatMulInteger.
  }];
  let arguments = (ins NN_ByteTensor:$lhs, NN_ByteTensor:$rhs, UnitAttr:$transpose_lhs, UnitAttr:$transpose_rhs);
  let results = (outs NN_Tensor:$output);
}

def NN_QuantizeOp : NN_PureOp<"quantize", [DeclareOpInterfaceMethods<ElementwiseOpInterface>]> {
  let summary = "rounds to nearest (ties to even), adds a zero point and clamps to an 8-bit type";
  let description = [{
    `to` is i8 or ui8, `zero_point` a number of that type. NaN gives the lowest one. Source: ONNX QuantizeLinear after its division.
  }];
  let arguments = (ins RankedTensorOf<[F32]>:$input, I64Attr:$zero_point, TypeAttr:$to);
  let results = (outs NN_ByteTensor:$output);
}

#endif // DLC_DIALECTS_NN_QUANTIZATION_TD
