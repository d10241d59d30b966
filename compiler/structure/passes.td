// Passes of floor 3.
#ifndef DLC_COMPILER_STRUCTURE_PASSES_TD
#define DLC_COMPILER_STRUCTURE_PASSES_TD

include "mlir/Pass/PassBase.td"

def NNLowerToLinalg : Pass<"nn-lower-to-linalg", "::mlir::ModuleOp"> {
  let summary = "nn to linalg, tensor and scf on tensors";
  let description = [{
    Every function loses its symbolic types: it gets one `index` argument for each symbol of its arguments, after the tensors
    (attribute `dlc.symbol`), and `dlc.name`, `dlc.dtype`, `dlc.dims` on arguments and results say what the types said. Beside `@main` a
    function `@plan` computes the dimensions of the results from the symbols (-1 where they depend on data).
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect", "::mlir::func::FuncDialect",
                           "::mlir::linalg::LinalgDialect", "::mlir::math::MathDialect", "::mlir::scf::SCFDialect",
                           "::mlir::tensor::TensorDialect"];
}

#endif // DLC_COMPILER_STRUCTURE_PASSES_TD
