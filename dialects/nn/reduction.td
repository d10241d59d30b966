// Reductions and scans along dimensions.
#ifndef DLC_DIALECTS_NN_REDUCTION_TD
#define DLC_DIALECTS_NN_REDUCTION_TD

include "dialects/nn/nn.td"

def NN_ReduceKind : I32EnumAttr<"ReduceKind", "how a reduction joins elements", [
    I32EnumAttrCase<"Sum", 0, "sum">, I32EnumAttrCase<"Mean", 1, "mean">, I32EnumAttrCase<"Prod", 2, "prod">,
    I32EnumAttrCase<"Max", 3, "max">, I32EnumAttrCase<"Min", 4, "min">,
    I32EnumAttrCase<"LogSumExp", 5, "log_sum_exp">]> {
  let cppNamespace = "::dlc::nn";
  let genSpecializedAttr = 0;
}
def NN_ReduceKindAttr : EnumAttr<NN_Dialect, NN_ReduceKind, "reduce_kind"> { let assemblyFormat = "`<` $value `>`"; }

def NN_ReduceOp : NN_PureOp<"reduce", [DeclareOpInterfaceMethods<ShapeValueOpInterface>]> {
  let summary = "joins all elements along some dimensions";
  let description = [{
    `axes` are ascending. With `keepdims` reduced dimensions stay, with size 1. Nothing joined gives 0 (sum), 1 (prod), the lowest
    (max) or highest (min) value of the type, -inf and inf for floats, NaN (mean). The maximum and minimum of booleans are "any" and "all".
    The logarithm of the sum of exponentials of nothing is -inf. NaN among the elements gives NaN. Half floats accumulate in f32. A mean of integers rounds towards zero. Source: ONNX Reduce*.
  }];
  let arguments = (ins NN_Tensor:$input, NN_ReduceKindAttr:$kind, DenseI64ArrayAttr:$axes, UnitAttr:$keepdims);
  let results = (outs NN_Tensor:$output);
}

def NN_DynamicReduceOp : NN_PureOp<"dynamic_reduce"> {
  let summary = "nn.reduce whose axes are known at run time only";
  let description = [{
    `axes` has one dimension of constant size; its elements may be negative (from the end) and must be distinct and in range, which is checked at
    run time. `sizes` names the result's dimensions, as many as the input has with `keepdims`, else fewer by the number of axes.
  }];
  let arguments = (ins NN_Tensor:$input, NN_IndexTensor:$axes, NN_ReduceKindAttr:$kind, UnitAttr:$keepdims, StrArrayAttr:$sizes);
  let results = (outs NN_Tensor:$output);
}

def NN_ArgReduceOp : NN_PureOp<"arg_reduce"> {
  let summary = "the position of the largest (with `smallest`: smallest) element along a dimension";
  let description = [{
    The first such position, or with `last` the last one. NaN counts as the extreme. Source: ONNX ArgMax, ArgMin, numpy.argmax.
  }];
  let arguments = (ins NN_Tensor:$input, I64Attr:$axis, UnitAttr:$smallest, UnitAttr:$keepdims, UnitAttr:$last);
  let results = (outs NN_IndexTensor:$output);
}

def NN_CumulativeOp : NN_PureOp<"cumulative"> {
  let summary = "running sum or product along a dimension";
  let description = [{
    `exclusive` leaves the element itself out; `reverse` runs from the end. `kind` is sum or prod. Source: ONNX CumSum, CumProd.
  }];
  let arguments = (ins NN_Tensor:$input, NN_ReduceKindAttr:$kind, I64Attr:$axis, UnitAttr:$exclusive, UnitAttr:$reverse);
  let results = (outs NN_Tensor:$output);
}

def NN_PairwiseDistanceOp : NN_PureOp<"pairwise_distance", [AllElementTypesMatch<["lhs", "rhs"]>]> {
  let summary = "the squared distance (with `root`: the distance) of each row of one matrix to each row of another";
  let description = [{
    `out[m, n] = sum over k of (lhs[m, k] - rhs[n, k])^2`. Shapes: lhs `[M, K]`, rhs `[N, K]`, out `[M, N]`. Differences are squared as they are: the
    expansion into products is a matrix multiplication, but loses the digits of points that are near each other. Half floats accumulate in f32.
    Source: CDist of com.microsoft, scipy.spatial.distance.cdist.
  }];
  let arguments = (ins NN_FloatTensor:$lhs, NN_FloatTensor:$rhs, UnitAttr:$root);
  let results = (outs NN_FloatTensor:$output);
}

#endif // DLC_DIALECTS_NN_REDUCTION_TD
