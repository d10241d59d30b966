#include "compiler/codegen/llvm/expand_views.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;

namespace {

bool hasSeveralUnknownSizes(memref::ExpandShapeOp op) {
  MemRefType type = op.getResultType();
  return llvm::any_of(op.getReassociationIndices(), [&](ArrayRef<int64_t> group) {
    return llvm::count_if(group, [&](int64_t dim) { return type.isDynamicDim(dim); }) > 1;
  });
}

/// The value as a constant where the type says it; the cast's operands must agree with its type.
OpFoldResult asTyped(OpBuilder &builder, int64_t typed, OpFoldResult value) {
  return ShapedType::isDynamic(typed) ? value : OpFoldResult(builder.getIndexAttr(typed));
}

void rewrite(memref::ExpandShapeOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  MemRefType type = op.getResultType();
  auto metadata = memref::ExtractStridedMetadataOp::create(builder, loc, op.getSrc());
  SmallVector<int64_t> typedStrides;
  int64_t typedOffset;
  if (failed(type.getStridesAndOffset(typedStrides, typedOffset)))
    return; // not a strided layout: the verifier of the operation excludes it
  SmallVector<OpFoldResult> sizes = op.getMixedOutputShape(), strides(sizes.size());
  for (auto [i, group] : llvm::enumerate(op.getReassociationIndices())) {
    // The last of a group moves as the source does, each one before it over all that follow it.
    Value stride = metadata.getStrides()[i];
    for (int64_t dim : llvm::reverse(group)) {
      strides[dim] = asTyped(builder, typedStrides[dim], stride);
      Value size = getValueOrCreateConstantIndexOp(builder, loc, sizes[dim]);
      stride = arith::MulIOp::create(builder, loc, stride, size);
    }
  }
  auto cast = memref::ReinterpretCastOp::create(
      builder, loc, type, metadata.getBaseBuffer(),
      asTyped(builder, typedOffset, OpFoldResult(metadata.getOffset())), sizes, strides);
  op.replaceAllUsesWith(cast.getResult());
  op.erase();
}

struct ExpandViews : PassWrapper<ExpandViews, OperationPass<>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ExpandViews)
  StringRef getArgument() const override { return "expand-views"; }
  StringRef getDescription() const override {
    return "expansions into several unknown sizes become casts";
  }
  void getDependentDialects(DialectRegistry &registry) const override {
    registry.insert<arith::ArithDialect, memref::MemRefDialect>();
  }
  void runOnOperation() override {
    SmallVector<memref::ExpandShapeOp> ops;
    getOperation()->walk([&](memref::ExpandShapeOp op) {
      if (hasSeveralUnknownSizes(op))
        ops.push_back(op);
    });
    for (memref::ExpandShapeOp op : ops)
      rewrite(op);
  }
};
} // namespace

std::unique_ptr<Pass> dlc::createExpandViewsPass() { return std::make_unique<ExpandViews>(); }
