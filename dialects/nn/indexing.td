// Reading and writing at indices that are data.
#ifndef DLC_DIALECTS_NN_INDEXING_TD
#define DLC_DIALECTS_NN_INDEXING_TD

include "dialects/nn/nn.td"

def NN_GatherOp : NN_PureOp<"gather", [DeclareOpInterfaceMethods<ShapeValueOpInterface>]> {
  let summary = "slices at indices: out[a..., i..., b...] = data[a..., indices[i...], b...]";
  let description = [{ Negative indices count from the end; others outside the dimension are a run-time error. Source: ONNX Gather. }];
  let arguments = (ins NN_Tensor:$data, NN_IndexTensor:$indices, I64Attr:$axis);
  let results = (outs NN_Tensor:$output);
}

def NN_GatherElementsOp : NN_PureOp<"gather_elements"> {
  let summary = "elements at indices: out[i] = data[i with indices[i] along axis]";
  let description = [{ Out has the shape of `indices`. Source: ONNX GatherElements. }];
  let arguments = (ins NN_Tensor:$data, NN_IndexTensor:$indices, I64Attr:$axis);
  let results = (outs NN_Tensor:$output);
}

def NN_GatherNDOp : NN_PureOp<"gather_nd"> {
  let summary = "slices at index tuples";
  let description = [{
    The last dimension of `indices` (a constant) is a tuple over the dimensions of `data` after the first `batch_dims`. Source: ONNX GatherND.
  }];
  let arguments = (ins NN_Tensor:$data, NN_IndexTensor:$indices, I64Attr:$batch_dims);
  let results = (outs NN_Tensor:$output);
}

def NN_ScatterReduction : I32EnumAttr<"ScatterReduction", "what happens to an element that is written", [
    I32EnumAttrCase<"None", 0, "none">, I32EnumAttrCase<"Add", 1, "add">, I32EnumAttrCase<"Mul", 2, "mul">,
    I32EnumAttrCase<"Max", 3, "max">, I32EnumAttrCase<"Min", 4, "min">]> {
  let cppNamespace = "::dlc::nn";
}

def NN_ScatterElementsOp : NN_PureOp<"scatter_elements"> {
  let summary = "a copy of `data` with elements written at indices along one dimension, in row-major order of the indices";
  let description = [{ Source: ONNX ScatterElements. }];
  let arguments = (ins NN_Tensor:$data, NN_IndexTensor:$indices, NN_Tensor:$updates, I64Attr:$axis, NN_ScatterReduction:$reduction);
  let results = (outs NN_Tensor:$output);
}

def NN_ScatterNDOp : NN_PureOp<"scatter_nd"> {
  let summary = "a copy of `data` with slices written at index tuples, in row-major order of the indices";
  let description = [{ Source: ONNX ScatterND. }];
  let arguments = (ins NN_Tensor:$data, NN_IndexTensor:$indices, NN_Tensor:$updates, NN_ScatterReduction:$reduction);
  let results = (outs NN_Tensor:$output);
}

def NN_ArgSortOp : NN_PureOp<"arg_sort"> {
  let summary = "the order of the rows of a matrix, in each batch entry";
  let description = [{
    `input` is `[B, N, C]`; out `[B, N]` (i64) lists the rows in ascending (with `descending`: descending) lexicographic order; equal rows keep their order. NaN counts as the largest
    value. Source: numpy.lexsort, ONNX TopK, Unique.
  }];
  let arguments = (ins NN_Tensor:$input, UnitAttr:$descending);
  let results = (outs NN_IndexTensor:$output);
}

def NN_NonMaxSuppressionOp : NN_PureOp<"non_max_suppression"> {
  let summary = "the boxes that no better box overlaps";
  let description = [{
    Walks the N boxes of each batch entry and class in the given `order` `[B*K, N]` of falling scores, takes those whose score exceeds `score_threshold` and whose
    intersection over union with each box taken before is at most `iou_threshold`, and at most `limit` of them. `boxes` is `[B, N, 4]`: two opposite corners, or with `center` the centre, width and height;
    `scores` `[B, K, N]`. Results: `[B*K*N, 3]` (i64), of which the first `count` (scalar i64) rows hold batch entry, class and box. Source: ONNX NonMaxSuppression.
  }];
  let arguments = (ins NN_FloatTensor:$boxes, NN_FloatTensor:$scores, NN_IndexTensor:$order, NN_IndexTensor:$limit, NN_FloatTensor:$iou_threshold,
                       NN_FloatTensor:$score_threshold, UnitAttr:$center);
  let results = (outs NN_IndexTensor:$selected, NN_IndexTensor:$count);
}

#endif // DLC_DIALECTS_NN_INDEXING_TD
