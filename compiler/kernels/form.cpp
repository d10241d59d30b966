// kernel-form: the linalg of every function becomes kernels and launches.
#include "compiler/kernels/grouping.h"
#include "compiler/kernels/outline.h"
#include "compiler/kernels/passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/RegionUtils.h"

namespace dlc {
#define GEN_PASS_DEF_KERNELFORM
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

//===-- Preparation --------------------------------------------------------------------------===//

/// The scalar that every element of `tensor` is, or null. May create a constant inside `builder`'s
/// region.
static Value splatScalar(OpBuilder &builder, Value tensor) {
  Operation *def = tensor.getDefiningOp();
  if (!def)
    return {};
  if (auto fill = dyn_cast<linalg::FillOp>(def); fill && fill.hasPureTensorSemantics())
    return fill.getInputs().front();
  SplatElementsAttr splat;
  if (!matchPattern(def, m_Constant(&splat)))
    return {};
  auto value = dyn_cast<TypedAttr>(splat.getSplatValue<Attribute>());
  if (!value || !isa<FloatType, IntegerType, IndexType>(value.getType()))
    return {};
  return arith::ConstantOp::create(builder, tensor.getLoc(), value);
}

/// Inputs of a generic that are one value throughout become scalars in its body: fewer operands,
/// more equal kernels.
static void inlineSplats(IRRewriter &rewriter, linalg::GenericOp op) {
  if (!op.hasPureTensorSemantics())
    return;
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  SmallVector<unsigned> removed;
  rewriter.setInsertionPointToStart(op.getBody());
  for (unsigned i = 0; i < op.getNumDpsInputs(); ++i) {
    Value input = op.getDpsInputs()[i];
    // The shapes of the other operands must still give all loops.
    SmallVector<AffineMap> rest;
    for (auto [j, map] : llvm::enumerate(maps))
      if (j != i && !llvm::is_contained(removed, j))
        rest.push_back(map);
    bool enough = !rest.empty() && inversePermutation(concatAffineMaps(rest, op.getContext()));
    if (enough && op.getBody()->getArgument(i).use_empty())
      enough = false; // a shape only (a pooling window): leave it
    Value scalar = enough ? splatScalar(rewriter, input) : Value();
    if (!scalar) {
      inputs.push_back(input);
      continue;
    }
    rewriter.replaceAllUsesWith(op.getBody()->getArgument(i), scalar);
    removed.push_back(i);
  }
  if (removed.empty())
    return;
  for (unsigned i : llvm::reverse(removed)) {
    op.getBody()->eraseArgument(i);
    maps.erase(maps.begin() + i);
  }
  rewriter.setInsertionPoint(op);
  auto smaller = linalg::GenericOp::create(rewriter, op.getLoc(), op.getResultTypes(), inputs,
                                           op.getDpsInits(), maps, op.getIteratorTypesArray());
  rewriter.inlineRegionBefore(op.getRegion(), smaller.getRegion(), smaller.getRegion().begin());
  rewriter.replaceOp(op, smaller.getResults());
}

/// A concatenation is slices of one destination, so that the pieces can be written there directly.
static void decomposeConcat(IRRewriter &rewriter, tensor::ConcatOp op) {
  rewriter.setInsertionPoint(op);
  FailureOr<SmallVector<Value>> parts = op.decomposeOperation(rewriter);
  if (succeeded(parts))
    rewriter.replaceOp(op, *parts);
}

static void prepare(func::FuncOp func) {
  IRRewriter rewriter(func.getContext());
  SmallVector<linalg::GenericOp> generics;
  SmallVector<tensor::ConcatOp> concats;
  SmallVector<tensor::SplatOp> splats;
  func.walk([&](Operation *op) {
    if (auto generic = dyn_cast<linalg::GenericOp>(op))
      generics.push_back(generic);
    else if (auto concat = dyn_cast<tensor::ConcatOp>(op))
      concats.push_back(concat);
    else if (auto splat = dyn_cast<tensor::SplatOp>(op))
      splats.push_back(splat);
  });
  for (tensor::SplatOp splat : splats) {
    rewriter.setInsertionPoint(splat);
    auto type = cast<RankedTensorType>(splat.getType());
    Value empty = tensor::EmptyOp::create(rewriter, splat.getLoc(), type, splat.getDynamicSizes());
    rewriter.replaceOpWithNewOp<linalg::FillOp>(splat, splat.getInput(), empty);
  }
  for (tensor::ConcatOp concat : concats)
    decomposeConcat(rewriter, concat);
  for (linalg::GenericOp generic : generics)
    inlineSplats(rewriter, generic);
}

//===-- The pass -----------------------------------------------------------------------------===//

static StringRef kindName(const KernelGroup &group) {
  switch (group.kind) {
  case OpClass::Contraction: {
    auto op = dyn_cast<linalg::LinalgOp>(group.root);
    return op && linalg::isaConvolutionOpInterface(op) ? "conv" : "contraction";
  }
  case OpClass::Window:
    return "window";
  case OpClass::Reduction:
    return group.ops.size() > 1 && llvm::count_if(group.ops,
                                                  [](Operation *op) {
                                                    return classify(op) == OpClass::Reduction;
                                                  }) > 1
               ? "rowwise"
               : "reduction";
  case OpClass::Pad:
    return "pad";
  default:
    return isa<linalg::FillOp>(group.root) ? "fill" : "elementwise";
  }
}

static bool hasKernelsInside(Operation &op) {
  return op.getNumRegions() && !isa<linalg::LinalgOp>(op) &&
         !isa<tensor::PadOp, tensor::GenerateOp>(op);
}

static void formBlock(Block &block, Outliner &outliner) {
  SmallVector<Block *> nested;
  for (Operation &op : block)
    if (hasKernelsInside(op))
      for (Region &region : op.getRegions())
        for (Block &inner : region)
          nested.push_back(&inner);
  for (Block *inner : nested)
    formBlock(*inner, outliner);

  std::vector<KernelGroup> groups = formGroups(block);
  // Pads and fills that are kernels of their own may also be part of others, and come last.
  auto isShared = [](const KernelGroup &group) {
    return group.kind == OpClass::Pad || isa<linalg::FillOp>(group.root);
  };
  for (const KernelGroup &group : groups)
    if (!isShared(group))
      outliner.outline(group.ops, kindName(group));
  for (const KernelGroup &group : groups)
    if (isShared(group))
      outliner.outline(group.ops, kindName(group));
  eraseDeadOps(block);
}

namespace {
struct KernelForm : dlc::impl::KernelFormBase<KernelForm> {
  void runOnOperation() override {
    Outliner outliner(getOperation());
    for (auto func : getOperation().getOps<func::FuncOp>()) {
      prepare(func);
      for (Block &block : func.getBody())
        formBlock(block, outliner);
    }
  }
};
} // namespace
