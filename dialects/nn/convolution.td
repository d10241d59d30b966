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

#endif // DLC_DIALECTS_NN_CONVOLUTION_TD
