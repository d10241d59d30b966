// host-free-buffers, host-lower-copies: what upstream's lowerings need to be told.
#include "compiler/host/passes.h"
#include "compiler/kernels/cleanup.h"

#include "mlir/Conversion/BufferizationToMemRef/BufferizationToMemRef.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

namespace dlc {
#define GEN_PASS_DEF_HOSTFREEBUFFERS
#define GEN_PASS_DEF_HOSTLOWERCOPIES
#include "compiler/host/passes.h.inc"
} // namespace dlc

using namespace mlir;

namespace {
struct HostFreeBuffersPass : dlc::impl::HostFreeBuffersBase<HostFreeBuffersPass> {
  void runOnOperation() override {
    bool found = false;
    for (auto func : getOperation().getOps<func::FuncOp>())
      func.walk([&](memref::AllocOp) { found = true; });
    if (!found)
      return;
    OpPassManager pm(ModuleOp::getOperationName());
    pm.addPass(bufferization::createOwnershipBasedBufferDeallocationPass());
    pm.addNestedPass<func::FuncOp>(dlc::createSafeCanonicalizer());
    pm.addPass(bufferization::createBufferDeallocationSimplificationPass());
    pm.addPass(bufferization::createLowerDeallocationsPass());
    pm.addPass(createInlinerPass()); // the helper function for lists of buffers
    pm.addPass(createSymbolDCEPass());
    pm.addNestedPass<func::FuncOp>(createConvertBufferizationToMemRefPass());
    pm.addNestedPass<func::FuncOp>(createCSEPass());
    pm.addNestedPass<func::FuncOp>(dlc::createSafeCanonicalizer());
    if (failed(runPipeline(pm, getOperation())))
      signalPassFailure();
  }
};

struct HostLowerCopiesPass : dlc::impl::HostLowerCopiesBase<HostLowerCopiesPass> {
  void runOnOperation() override {
    SmallVector<memref::CopyOp> copies;
    getOperation().walk([&](memref::CopyOp copy) {
      auto dense = [](Value value) {
        return cast<MemRefType>(value.getType()).getLayout().isIdentity();
      };
      if (!dense(copy.getSource()) || !dense(copy.getTarget()))
        copies.push_back(copy);
    });
    for (memref::CopyOp copy : copies) {
      OpBuilder b(copy);
      linalg::makeMemRefCopyOp(b, copy.getLoc(), copy.getSource(), copy.getTarget());
      copy.erase();
    }
  }
};
} // namespace
