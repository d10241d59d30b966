// All families of the nn dialect, in the order of docs/ops.md.
#ifndef DLC_DIALECTS_NN_OPS_TD
#define DLC_DIALECTS_NN_OPS_TD

include "dialects/nn/nn.td"
include "dialects/nn/elementwise.td"
include "dialects/nn/contraction.td"
include "dialects/nn/convolution.td"
include "dialects/nn/pooling.td"
include "dialects/nn/reduction.td"
include "dialects/nn/normalization.td"
include "dialects/nn/sampling.td"
include "dialects/nn/shape.td"
include "dialects/nn/indexing.td"
include "dialects/nn/recurrent.td"
include "dialects/nn/control.td"
include "dialects/nn/quantization.td"

#endif // DLC_DIALECTS_NN_OPS_TD
