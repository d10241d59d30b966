// The passes of floor 4, in the order in which the pipeline runs them.
#ifndef DLC_COMPILER_KERNELS_PASSES_TD
#define DLC_COMPILER_KERNELS_PASSES_TD

include "mlir/Pass/PassBase.td"

//===-- Which kernels there are ------------------------------------------------------------------------------------===//

def KernelForm : Pass<"kernel-form", "::mlir::ModuleOp"> {
  let summary = "fuse linalg into kernels, outline them, share equal ones";
  let description = [{
    Groups the linalg ops (and the views between them) of each block into units of one root, its elementwise and
    padding producers and its elementwise epilogues; outlines every group as a kernel.func and launches it
    with a fresh `tensor.empty` per result. Equal bodies become one kernel.func. Tiny integer tensors (shape
    arithmetic) stay where they are.
  }];
  let dependentDialects = ["kernel::KernelDialect", "mlir::arith::ArithDialect", "mlir::linalg::LinalgDialect",
                           "mlir::tensor::TensorDialect"];
}

def KernelWinograd : Pass<"kernel-winograd", "::mlir::ModuleOp"> {
  let summary = "rewrite stride-1 3x3 convolutions of enough channels as Winograd's";
  let description = [{
    Channels-last f32 convolutions whose filter is constant and whose image is static; the rest stays. Errors grow by about a factor
    of two, so `--precise` leaves this pass out.
  }];
  let dependentDialects = ["kernel::KernelDialect", "mlir::arith::ArithDialect", "mlir::linalg::LinalgDialect",
                           "mlir::tensor::TensorDialect"];
}

//===-- How each one runs ------------------------------------------------------------------------------------------===//

def KernelChooseSchedule : Pass<"kernel-choose-schedule", "::mlir::ModuleOp"> {
  let summary = "give each kernel.func without a schedule its backend's default";
  let description = [{
    A kernel that the chosen backend does not support is given to `loops`.
  }];
  let options = [
    Option<"backend", "backend", "std::string", "\"halide\"", "halide or loops">,
    Option<"target", "target", "std::string", "\"native\"", "as --target of dlc">,
    Option<"threads", "threads", "int", "1", "threads that schedules may assume">];
  let dependentDialects = ["kernel::KernelDialect"];
}

def KernelApplySchedule : Pass<"kernel-apply-schedule", "::mlir::ModuleOp"> {
  let summary = "pack the constant operands of contractions into the panels that the schedule wants";
  let description = [{
    Rewrites the kernel so that it reads its packed operand as (panel, lane) dimensions, zero-padded, with a collapsing view
    after the contraction, and packs in the caller by a kernel of its own, which hoist-weights moves out of the run. The
    packing kernels have no schedule yet: kernel-choose-schedule runs once more.
  }];
  let dependentDialects = ["kernel::KernelDialect", "mlir::arith::ArithDialect", "mlir::linalg::LinalgDialect",
                           "mlir::tensor::TensorDialect"];
}

//===-- Memory -----------------------------------------------------------------------------------------------------===//

#endif // DLC_COMPILER_KERNELS_PASSES_TD
