// Pooling: a window moves over the spatial dimensions. Global pooling is nn.reduce.
#ifndef DLC_DIALECTS_NN_POOLING_TD
#define DLC_DIALECTS_NN_POOLING_TD

include "dialects/nn/nn.td"

class NN_PoolOp<string mnemonic, dag extra, dag outputs> : NN_PureOp<mnemonic> {
  let arguments = !con((ins NN_Tensor:$input, NN_WindowAttr:$window, UnitAttr:$ceil_mode), extra, (ins UnitAttr:$channels_last));
  let results = outputs;
}

def NN_MaxPoolOp : NN_PoolOp<"max_pool", (ins), (outs NN_Tensor:$output)> {
  let summary = "the largest element under a moving window; pads do not count; NaN if one is NaN";
  let description = [{
    Input `[N, C, D...]`, with `channels_last` `[N, D..., C]`. Output sizes are those of a convolution; `ceil_mode` rounds them up, as long as the last
    window begins inside the input or its leading pad. Source: ONNX MaxPool.
  }];
}

def NN_MaxPoolIndicesOp : NN_PoolOp<"max_pool_indices", (ins UnitAttr:$column_major), (outs NN_IndexTensor:$output)> {
  let summary = "the flat position in the whole input of what nn.max_pool gives: the first in the window's row-major order";
  let description = [{
    With `column_major` the positions count the spatial dimensions in reverse order (the first one moves fastest).
    Source: ONNX MaxPool, output Indices.
  }];
}

def NN_AvgPoolOp : NN_PoolOp<"avg_pool", (ins UnitAttr:$count_include_pad), (outs NN_Tensor:$output)> {
  let summary = "the mean of what is under a moving window";
  let description = [{
    Divides by the number of elements inside the input; with `count_include_pad` inside the padded input (what a rounded-up window has
    beyond the pad never counts). Half floats accumulate in f32. Source: ONNX AveragePool.
  }];
}

def NN_LpPoolOp : NN_PoolOp<"lp_pool", (ins I64Attr:$p), (outs NN_Tensor:$output)> {
  let summary = "the p-norm of what is under a moving window: (sum of |x|^p)^(1/p)";
}

#endif // DLC_DIALECTS_NN_POOLING_TD
