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

def KernelFoldPixels : Pass<"kernel-fold-pixels", "::mlir::ModuleOp"> {
  let summary = "compute neighbouring pixels as channels in convolutions of few output channels";
  let description = [{
    Runs on linalg before kernels are formed. f32 convolutions with a constant filter and rows of static length, with fewer
    output channels than a vector has lanes, take several pixels of a row as further channels: more products, some of them
    with zeros, but in whole vectors. Where the data is not finite, neighbouring pixels of a row may become NaN, so
    `--precise` leaves this pass out.
  }];
  let options = [Option<"target", "target", "std::string", "\"native\"", "as --target of dlc">];
  let dependentDialects = ["mlir::arith::ArithDialect", "mlir::linalg::LinalgDialect", "mlir::tensor::TensorDialect"];
}

def KernelSplitSums : Pass<"kernel-split-sums", "::mlir::ModuleOp"> {
  let summary = "reduce rows by vectors, and then the lanes of a vector";
  let description = [{
    f32 reductions (sum, product, maximum, minimum) along the innermost dimension of their operand, whose length is known
    and a multiple of some number of lanes.
  }];
  let options = [Option<"target", "target", "std::string", "\"native\"", "as --target of dlc">];
  let dependentDialects = ["kernel::KernelDialect", "mlir::arith::ArithDialect", "mlir::linalg::LinalgDialect",
                           "mlir::tensor::TensorDialect"];
}

def KernelWinograd : Pass<"kernel-winograd", "::mlir::ModuleOp"> {
  let summary = "rewrite stride-1 convolutions of enough channels as Winograd's";
  let description = [{
    Channels-last f32 convolutions of 3x3 or 5x5 taps, or of three or five taps of one dimension (which may be apart),
    whose filter is constant and whose image is static, where the transformed form is
    expected to be faster: it multiplies less, but reads larger filters. The rest stays. A kernel that has a schedule
    already is brought into the form that this names (`winograd`). What was rewritten is marked `kernel.winograd = m`.
    Errors grow by about a factor of two, so `--precise` leaves this pass out.
  }];
  let options = [
    Option<"target", "target", "std::string", "\"native\"", "as --target of dlc">,
    Option<"tile", "tile", "int64_t", "-1", "m of F(m x m, r x r): 2 or 4, 0: all stay direct; -1 chooses by what each costs">];
  let dependentDialects = ["kernel::KernelDialect", "mlir::arith::ArithDialect", "mlir::linalg::LinalgDialect",
                           "mlir::tensor::TensorDialect"];
}

//===-- How each one runs ------------------------------------------------------------------------------------------===//

def KernelChooseSchedule : Pass<"kernel-choose-schedule", "::mlir::ModuleOp"> {
  let summary = "give each kernel.func without a schedule the recorded one, or its backend's default";
  let description = [{
    Recorded schedules come from the tuning database (`dlc --tuning-db=`). A kernel that the chosen backend does not support is
    given to `loops`. With `recorded-only`, kernels without a record keep no schedule.
  }];
  let options = [
    Option<"backend", "backend", "std::string", "\"halide\"", "halide or loops">,
    Option<"target", "target", "std::string", "\"native\"", "as --target of dlc">,
    Option<"threads", "threads", "int", "1", "threads that schedules may assume">,
    Option<"recordedOnly", "recorded-only", "bool", "false", "no defaults">];
  let dependentDialects = ["kernel::KernelDialect"];
}

def KernelApplySchedule : Pass<"kernel-apply-schedule", "::mlir::ModuleOp"> {
  let summary = "pack the constant operands of contractions into the panels that the schedule wants, begin sums with their bias";
  let description = [{
    Rewrites the kernel so that it reads its packed operand as (panel, lane) dimensions, zero-padded, with a collapsing view
    after the contraction, and packs in the caller by a kernel of its own, which hoist-weights moves out of the run. The
    packing kernels have no schedule yet: kernel-choose-schedule runs once more. Sums of products that are followed by the addition
    of a vector along their columns begin with it.
  }];
  let dependentDialects = ["kernel::KernelDialect", "mlir::arith::ArithDialect", "mlir::linalg::LinalgDialect",
                           "mlir::tensor::TensorDialect"];
}

//===-- Memory -----------------------------------------------------------------------------------------------------===//

def HoistWeights : Pass<"hoist-weights", "::mlir::ModuleOp"> {
  let summary = "move what depends on constants alone out of @main";
  let description = [{
    Everything in @main that is computed from constant tensors alone moves into a function @weights; @main reads the results, and
    the raw weights that it uses as they are, at fixed, aligned offsets of one block that it gets as an argument.
    The module attribute `dlc.weights_layout` lists the size of the block and the raw copies. Afterwards no
    `dense_resource` is left in @main.
  }];
  let dependentDialects = ["mlir::arith::ArithDialect", "mlir::bufferization::BufferizationDialect",
                           "mlir::memref::MemRefDialect"];
}

def ResolveDims : Pass<"resolve-dims", "::mlir::func::FuncOp"> {
  let summary = "express the dimensions of tensors by the symbols at the entry";
  let description = [{
    `tensor.dim` of an argument becomes the symbol argument that its `dlc.dims` names; of an op's result, what the op can
    say about its shape. What is left asks a value whose size depends on data.
  }];
  let dependentDialects = ["mlir::affine::AffineDialect", "mlir::arith::ArithDialect",
                           "mlir::memref::MemRefDialect", "mlir::tensor::TensorDialect"];
}

def KernelBufferize : Pass<"kernel-bufferize", "::mlir::ModuleOp"> {
  let summary = "bufferise the functions around the kernels";
  let description = [{
    One-shot bufferisation across function borders; the bodies of kernels stay on tensors. Inputs are never written.
  }];
  let dependentDialects = ["mlir::bufferization::BufferizationDialect", "mlir::memref::MemRefDialect",
                           "mlir::scf::SCFDialect", "mlir::linalg::LinalgDialect", "mlir::affine::AffineDialect"];
}

def ForwardCopies : Pass<"forward-copies", "::mlir::func::FuncOp"> {
  let summary = "write a buffer straight into where it is copied";
  let description = [{
    Where `A = alloc; ...; copy A to D` and nothing touches that part of D between the first write and the last use of
    A, A becomes that part of D: pieces of a concatenation are written in place, and all readers of a piece read the strided
    view.
  }];
  let dependentDialects = ["mlir::memref::MemRefDialect"];
}

def ReuseLoopBuffers : Pass<"reuse-loop-buffers", "::mlir::func::FuncOp"> {
  let summary = "allocate the state of a loop before the loop";
  let description = [{
    A state of fixed size that each iteration makes anew lives in two buffers that take turns (`scf.for`), or in one for each region
    (`scf.while`).
  }];
  let dependentDialects = ["mlir::memref::MemRefDialect", "mlir::scf::SCFDialect"];
}

def DeliverResults : Pass<"deliver-results", "::mlir::ModuleOp"> {
  let summary = "turn results of @main and @weights into destination arguments";
  let description = [{
    A result whose buffer is allocated in the function is written in place; any other is copied. Results of @main with a
    data-dependent dimension stay results.
  }];
  let dependentDialects = ["mlir::memref::MemRefDialect"];
}

def ArenaPlan : Pass<"arena-plan", "::mlir::ModuleOp"> {
  let summary = "place the buffers of @main and @weights in one block each";
  let description = [{
    Every `memref.alloc` whose size follows from the symbols (and that does not outlive an iteration of a loop around it) becomes a view of
    the arena argument; buffers that are never live together share memory. Static buffers are placed greedily by size at the lowest free offset; so are symbolic
    ones where all sizes are multiples of one product of symbols; otherwise a symbolic buffer lies above all earlier-placed ones that
    live at the same time, at an offset computed at entry. @plan gets one more result, the bytes needed, and
    checks that the sizes are possible. What remains depends on data.
  }];
  let dependentDialects = ["mlir::arith::ArithDialect", "mlir::cf::ControlFlowDialect",
                           "mlir::memref::MemRefDialect"];
}

def KernelSpecialize : Pass<"kernel-specialize", "::mlir::ModuleOp"> {
  let summary = "make one kernel.func per layout of its operands";
  let description = [{
    Gives each launched kernel its memory form (see kernel.td): memref arguments with the strides of the launch and
    without its offsets. Kernels that nothing launches are removed.
  }];
  let dependentDialects = ["mlir::bufferization::BufferizationDialect", "mlir::memref::MemRefDialect"];
}

#endif // DLC_COMPILER_KERNELS_PASSES_TD
