// Passes of floor 2, in pipeline order: nn to nn.
#ifndef DLC_COMPILER_GRAPH_PASSES_TD
#define DLC_COMPILER_GRAPH_PASSES_TD

include "mlir/Pass/PassBase.td"

def NNFoldShapeValues : Pass<"nn-fold-shape-values", "::mlir::func::FuncOp"> {
  let summary = "small integer tensors whose elements are known become nn.constant or nn.dims";
  let dependentDialects = ["::dlc::nn::NNDialect"];
}

def NNQuantize : Pass<"nn-quantize", "::mlir::func::FuncOp"> {
  let summary = "products of dequantised tensors become products of 8-bit integers, and scales follow them";
  let description = [{
    Rounding and clamping to 8 bits becomes nn.quantize; what quantises again what was just dequantised vanishes; convolutions and matrix
    products of dequantised activations and constant, dequantised weights become nn.conv_integer and nn.matmul_integer with the zero points'
    share taken off, then the product of both scales; the division by the next scale goes into that product. With `precise` only what is exact
    is done: products of integers that no scale touches.
  }];
  let options = [Option<"precise", "precise", "bool", "false", "leave the rounding of results as it is">];
  let dependentDialects = ["::dlc::nn::NNDialect"];
}

def NNSimplify : Pass<"nn-simplify", "::mlir::func::FuncOp"> {
  let summary = "views and casts that do nothing, constant scales and shifts into filters, batch normalisation into both";
  let description = [{
    With `precise`, nothing that changes the rounding of a result is done: filters stay as they are.
  }];
  let options = [Option<"precise", "precise", "bool", "false", "leave the rounding of results as it is">];
  let dependentDialects = ["::dlc::nn::NNDialect"];
}

def NNPropagateLayout : Pass<"nn-propagate-layout", "::mlir::func::FuncOp"> {
  let summary = "convolutions, pooling and resampling become channels-last; transpositions are pushed down and cancel";
  let dependentDialects = ["::dlc::nn::NNDialect"];
}

def NNNarrowWeights : Pass<"nn-narrow-weights", "::mlir::func::FuncOp"> {
  let summary = "store the constant factors of products in 16 bits";
  let description = [{
    f32 constants (or what is computed from them alone) of at least 1024 elements that products, convolutions and recurrent layers
    multiply with are rounded to `type`. Sums stay f32. `dlc --weights=bf16` and `--weights=f16`.
  }];
  let options = [Option<"type", "type", "std::string", "\"bf16\"", "bf16 or f16">];
  let dependentDialects = ["::dlc::nn::NNDialect"];
}

#endif // DLC_COMPILER_GRAPH_PASSES_TD
