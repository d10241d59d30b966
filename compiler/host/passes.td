// The passes of floor 6, in the order in which the pipeline runs them.
#ifndef DLC_COMPILER_HOST_PASSES_TD
#define DLC_COMPILER_HOST_PASSES_TD

include "mlir/Pass/PassBase.td"

def HostFreeBuffers : Pass<"host-free-buffers", "::mlir::ModuleOp"> {
  let summary = "free what arena-plan left on the heap";
  let description = [{
    Only buffers whose size depends on data are allocated at run time. They are freed as soon as nothing can read them
    (upstream's ownership-based deallocation), so a loop does not pile them up. A module without any is left alone.
  }];
  let dependentDialects = ["mlir::bufferization::BufferizationDialect", "mlir::memref::MemRefDialect",
                           "mlir::scf::SCFDialect", "mlir::arith::ArithDialect"];
}

def HostLowerCopies : Pass<"host-lower-copies", "::mlir::func::FuncOp"> {
  let summary = "turn strided copies into loops";
  let description = [{
    A dense `memref.copy` becomes memcpy later on; a strided one would become a call with descriptors on the stack.
  }];
  let dependentDialects = ["mlir::linalg::LinalgDialect", "mlir::memref::MemRefDialect"];
}

def HostAbi : Pass<"host-abi", "::mlir::ModuleOp"> {
  let summary = "give @main, @plan and @weights the signatures of dlc/abi.h";
  let description = [{
    They become `dlc_infer`, `dlc_plan` and `dlc_make_weights`: arguments are loaded from the caller's arrays, a launch is a call whose
    status is checked (through `dlc_rt_launch` if the launch has a number, `dlc.launch`), a failed `cf.assert` returns `dlc_rt_fail`, memory comes from `dlc_rt_alloc`, and results that
    stayed are delivered by `dlc_rt_output`. The message of an assertion may begin with the kind of error: `shape: `, `index: `,
    `data: ` (the default), `memory: `. The bodies have no regions any more when this runs.
  }];
  let dependentDialects = ["mlir::LLVM::LLVMDialect", "mlir::cf::ControlFlowDialect", "mlir::arith::ArithDialect",
                           "mlir::memref::MemRefDialect"];
}

#endif // DLC_COMPILER_HOST_PASSES_TD
