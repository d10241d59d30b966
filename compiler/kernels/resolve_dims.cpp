// resolve-dims: shape code speaks of the symbols at the entry, not of tensors.
//
// Dimensions of arguments are looked up in their dlc.dims; for the rest upstream's reification is
// asked again and again, then what it leaves in affine form is lowered to plain arithmetic, so that
// equal dimensions are equal values after CSE.
#include "compiler/kernels/memory.h"
#include "compiler/kernels/passes.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace dlc {
#define GEN_PASS_DEF_RESOLVEDIMS
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
/// tensor.dim %argument, c -> the index argument of that symbol.
struct ArgumentDim : OpRewritePattern<tensor::DimOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(tensor::DimOp op, PatternRewriter &rewriter) const override {
    auto argument = dyn_cast<BlockArgument>(op.getSource());
    std::optional<int64_t> index = op.getConstantIndex();
    if (!argument || !index)
      return failure();
    auto func = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
    auto type = cast<RankedTensorType>(op.getSource().getType());
    if (!func || *index < 0 || *index >= type.getRank())
      return failure();
    auto dims = func.getArgAttrOfType<ArrayAttr>(argument.getArgNumber(), kDimsAttr);
    if (!dims || !type.isDynamicDim(*index))
      return failure();
    size_t position = llvm::count_if(type.getShape().take_front(*index), ShapedType::isDynamic);
    if (position >= dims.size())
      return failure();
    for (BlockArgument symbol : func.getArguments())
      if (auto name = func.getArgAttrOfType<StringAttr>(symbol.getArgNumber(), kSymbolAttr))
        if (name == dims[position]) {
          rewriter.replaceOp(op, symbol);
          return success();
        }
    return failure();
  }
};

struct ResolveDimsPass : dlc::impl::ResolveDimsBase<ResolveDimsPass> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    RewritePatternSet patterns(&getContext());
    patterns.add<ArgumentDim>(&getContext());
    tensor::populateDecomposeTensorConcatPatterns(patterns); // these make dimensions of their own
    tensor::DimOp::getCanonicalizationPatterns(patterns, &getContext());
    memref::populateResolveRankedShapedTypeResultDimsPatterns(patterns);
    memref::populateResolveShapedTypeResultDimsPatterns(patterns);
    populateAffineToStdConversionPatterns(patterns);
    (void)applyPatternsGreedily(func, std::move(patterns));
  }
};
} // namespace
