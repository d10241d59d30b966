// host-free-buffers, host-lower-copies, host-expand-shapes: what upstream's lowerings need to be
// told.
#include "compiler/host/passes.h"
#include "compiler/kernels/cleanup.h"

#include "mlir/Conversion/BufferizationToMemRef/BufferizationToMemRef.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

namespace dlc {
#define GEN_PASS_DEF_HOSTEXPANDSHAPES
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

struct HostExpandShapesPass : dlc::impl::HostExpandShapesBase<HostExpandShapesPass> {
  void runOnOperation() override {
    SmallVector<memref::ExpandShapeOp> ops;
    getOperation().walk([&](memref::ExpandShapeOp op) {
      for (const ReassociationIndices &group : op.getReassociationIndices())
        if (llvm::count_if(group,
                           [&](int64_t dim) { return op.getResultType().isDynamicDim(dim); }) > 1)
          return ops.push_back(op);
    });
    for (memref::ExpandShapeOp op : ops) {
      OpBuilder b(op);
      Location loc = op.getLoc();
      auto source = memref::ExtractStridedMetadataOp::create(b, loc, op.getSrc());
      SmallVector<OpFoldResult> sizes =
          getMixedValues(op.getStaticOutputShape(), op.getOutputShape(), b);
      SmallVector<OpFoldResult> from = source.getConstifiedMixedStrides(), strides(sizes.size());
      for (auto [i, group] : llvm::enumerate(op.getReassociationIndices())) {
        OpFoldResult stride = from[i];
        for (int64_t dim : llvm::reverse(group)) {
          strides[dim] = stride;
          auto a = getConstantIntValue(stride), c = getConstantIntValue(sizes[dim]);
          if (a && c)
            stride = b.getIndexAttr(*a * *c);
          else
            stride = arith::MulIOp::create(b, loc, getValueOrCreateConstantIndexOp(b, loc, stride),
                                           getValueOrCreateConstantIndexOp(b, loc, sizes[dim]))
                         .getResult();
        }
      }
      Value result = memref::ReinterpretCastOp::create(
          b, loc, source.getBaseBuffer(), source.getConstifiedMixedOffset(), sizes, strides);
      if (result.getType() != op.getType())
        result = memref::CastOp::create(b, loc, op.getType(), result);
      op.replaceAllUsesWith(result);
      op.erase();
    }
  }
};
} // namespace
