// Control flow: operations with regions.
#ifndef DLC_DIALECTS_NN_CONTROL_TD
#define DLC_DIALECTS_NN_CONTROL_TD

include "dialects/nn/nn.td"
include "mlir/IR/RegionKindInterface.td"

def NN_IfOp : NN_Op<"if", [RecursiveMemoryEffects, NoRegionArguments, SingleBlock]> {
  let summary = "the values of one of two regions";
  let description = [{
    Both regions end with nn.yield of as many values as there are results, with the results' element types and ranks. A dimension that the regions
    do not agree on is a symbol of its own in the result type, defined by the operation. Source: ONNX If.
  }];
  let arguments = (ins NN_BoolTensor:$condition);
  let results = (outs Variadic<NN_Tensor>:$outputs);
  let regions = (region SizedRegion<1>:$then_region, SizedRegion<1>:$else_region);
  let assemblyFormat = "$condition $then_region `else` $else_region attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def NN_LoopOp : NN_Op<"loop", [RecursiveMemoryEffects, SingleBlock]> {
  let summary = "repeats a region that hands states on and stacks values";
  let description = [{
    The region takes the number of the iteration (a scalar i64, from 0) and the states, and yields a condition (a scalar i1), the next states, and the values to be
    stacked. It runs while the iteration is below `limit` and `condition` (later: what the region yielded last) holds. Results: the last states, then for each value
    to be stacked a tensor with the iterations as first dimension.

    The dimensions of a state are those of the region's argument; where an iteration may change one, it is a symbol of its own there and in the result. The shapes of values that are stacked
    do not depend on the iteration. `bounded` says that `limit` is a number of iterations for which there may be memory; without it stacked values are appended one by
    one. Source: ONNX Loop, Scan.
  }];
  let arguments = (ins NN_Tensor:$limit, NN_BoolTensor:$condition, Variadic<NN_Tensor>:$states, UnitAttr:$bounded);
  let results = (outs Variadic<NN_Tensor>:$outputs);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$limit `,` $condition (`,` $states^)? $body attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    unsigned numStacked() { return getOutputs().size() - getStates().size(); }
  }];
}

#endif // DLC_DIALECTS_NN_CONTROL_TD
