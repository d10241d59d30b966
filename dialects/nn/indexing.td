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

#endif // DLC_DIALECTS_NN_INDEXING_TD
