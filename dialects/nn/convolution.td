// Convolutions.
#ifndef DLC_DIALECTS_NN_CONVOLUTION_TD
#define DLC_DIALECTS_NN_CONVOLUTION_TD

include "dialects/nn/nn.td"

def NN_ConvOp : NN_PureOp<"conv", [AllElementTypesMatch<["input", "filter"]>]> {
  let summary = "N-dimensional cross-correlation";
  let description = [{
    `out[n, co, p] = sum over ci, k of x[n, ci, p * stride + k * dilation - pad] * w[co, ci, k]`, with zero padding.
    Shapes: x `[N, Ci, D...]`, w `[Co, Ci/groups, K...]`, out `[N, Co, O...]`,
    `O = floor((D + pad_begin + pad_end - dilation * (K - 1) - 1) / stride) + 1`. With `channels_last` the activations (not the
    filter) are `[N, D..., C]`. Source: ONNX Conv.
  }];
  let arguments = (ins NN_FloatTensor:$input, NN_FloatTensor:$filter, NN_WindowAttr:$window, I64Attr:$groups,
                       UnitAttr:$channels_last);
  let results = (outs NN_FloatTensor:$output);
}

def NN_ConvTransposeOp : NN_PureOp<"conv_transpose", [AllElementTypesMatch<["input", "filter"]>]> {
  let summary = "transposed convolution: the gradient of nn.conv with respect to its input";
  let description = [{
    `out[n, co, p * stride + k * dilation - pad_begin] += x[n, ci, p] * w[ci, co, k]` for all p and k whose target exists.
    Shapes: x `[N, Ci, D...]`, w `[Ci, Co/groups, K...]`, out `[N, Co, O...]`,
    `O = stride * (D - 1) + output_padding + dilation * (K - 1) + 1 - pad_begin - pad_end`; pads may be negative. With `channels_last` the activations
    (not the filter) are `[N, D..., C]`. Source: ONNX ConvTranspose.
  }];
  let arguments = (ins NN_FloatTensor:$input, NN_FloatTensor:$filter, NN_WindowAttr:$window, DenseI64ArrayAttr:$output_padding,
                       I64Attr:$groups, UnitAttr:$channels_last);
  let results = (outs NN_FloatTensor:$output);
}

#endif // DLC_DIALECTS_NN_CONVOLUTION_TD
