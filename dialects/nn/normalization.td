// Normalizations: softmax, standardization, norms across channels.
#ifndef DLC_DIALECTS_NN_NORMALIZATION_TD
#define DLC_DIALECTS_NN_NORMALIZATION_TD

include "dialects/nn/nn.td"

def NN_SoftmaxOp : NN_PureOp<"softmax"> {
  let summary = "e^(x - max) / sum of e^(x - max) along a dimension; with `log` its logarithm";
  let arguments = (ins NN_FloatTensor:$input, I64Attr:$axis, UnitAttr:$log);
  let results = (outs NN_FloatTensor:$output);
}

def NN_HardmaxOp : NN_PureOp<"hardmax"> {
  let summary = "1 at the first largest element along a dimension, 0 elsewhere";
  let arguments = (ins NN_FloatTensor:$input, I64Attr:$axis);
  let results = (outs NN_FloatTensor:$output);
}

def NN_NormalizeOp : NN_PureOp<"normalize"> {
  let summary = "(x - mean) / sqrt(variance + epsilon) over some dimensions; with `rms` x / sqrt(mean of x^2 + epsilon)";
  let description = [{
    `axes` are ascending. The variance is that of the population (divided by the count). Half floats are computed in f32. Scale and bias are operations of their
    own. Source: the common part of ONNX LayerNormalization, InstanceNormalization, GroupNormalization, RMSNormalization, MeanVarianceNormalization.
  }];
  let arguments = (ins NN_FloatTensor:$input, DenseI64ArrayAttr:$axes, F64Attr:$epsilon, UnitAttr:$rms);
  let results = (outs NN_FloatTensor:$output);
}

def NN_BatchNormOp : NN_PureOp<"batch_norm"> {
  let summary = "(x - mean) / sqrt(variance + epsilon) * scale + bias, with statistics that are given for each channel";
  let description = [{
    scale, bias, mean and variance have the size of dimension `axis` (or 1). Their element types may differ from the input's. Source: ONNX BatchNormalization (inference).
  }];
  let arguments = (ins NN_FloatTensor:$input, NN_FloatTensor:$scale, NN_FloatTensor:$bias, NN_FloatTensor:$mean,
                       NN_FloatTensor:$variance, F64Attr:$epsilon, I64Attr:$axis);
  let results = (outs NN_FloatTensor:$output);
}

def NN_LrnOp : NN_PureOp<"lrn"> {
  let summary = "x / (bias + alpha / size * s)^beta, where s sums x^2 over `size` neighbouring channels";
  let description = [{
    The neighbours of channel c along dimension `axis` are `c - floor((size - 1) / 2) .. c + ceil((size - 1) / 2)`, as far as they exist. Source: ONNX LRN.
  }];
  let arguments = (ins NN_FloatTensor:$input, I64Attr:$axis, I64Attr:$size, F64Attr:$alpha, F64Attr:$beta, F64Attr:$bias);
  let results = (outs NN_FloatTensor:$output);
}

#endif // DLC_DIALECTS_NN_NORMALIZATION_TD
