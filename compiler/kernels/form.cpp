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
/// Returns the op that is there afterwards.
static linalg::GenericOp inlineSplats(IRRewriter &rewriter, linalg::GenericOp op) {
  if (!op.hasPureTensorSemantics())
    return op;
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
    return op;
  for (unsigned i : llvm::reverse(removed)) {
    op.getBody()->eraseArgument(i);
    maps.erase(maps.begin() + i);
  }
  rewriter.setInsertionPoint(op);
  auto smaller = linalg::GenericOp::create(rewriter, op.getLoc(), op.getResultTypes(), inputs,
                                           op.getDpsInits(), maps, op.getIteratorTypesArray());
  rewriter.inlineRegionBefore(op.getRegion(), smaller.getRegion(), smaller.getRegion().begin());
  rewriter.replaceOp(op, smaller.getResults());
  return smaller;
}

/// A concatenation is slices of one destination, so that the pieces can be written there directly.
static void decomposeConcat(IRRewriter &rewriter, tensor::ConcatOp op) {
  rewriter.setInsertionPoint(op);
  FailureOr<SmallVector<Value>> parts = op.decomposeOperation(rewriter);
  if (succeeded(parts))
    rewriter.replaceOp(op, *parts);
}

/// A large constant of one value is filled, not stored.
static void fillSplat(IRRewriter &rewriter, arith::ConstantOp op) {
  auto type = dyn_cast<RankedTensorType>(op.getType());
  auto splat = dyn_cast<SplatElementsAttr>(op.getValue());
  auto value = splat ? dyn_cast<TypedAttr>(splat.getSplatValue<Attribute>()) : TypedAttr();
  if (!type || !value || type.getNumElements() <= 64 ||
      !isa<FloatType, IntegerType, IndexType>(value.getType()))
    return;
  rewriter.setInsertionPoint(op);
  Value scalar = arith::ConstantOp::create(rewriter, op.getLoc(), value);
  Value empty = tensor::EmptyOp::create(rewriter, op.getLoc(), type, ValueRange());
  rewriter.replaceOpWithNewOp<linalg::FillOp>(op, scalar, empty);
}

/// Vectors run along the innermost dimension n of a contraction's result. A factor that has n
/// further out, and that is not a constant (those are packed), is transposed first, if it is then
/// read often enough.
static void straightenFactors(IRRewriter &rewriter, linalg::GenericOp op,
                              llvm::DenseMap<Value, bool> &constants) {
  if (classify(op) != OpClass::Contraction)
    return;
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  if (maps.back().getNumResults() == 0)
    return;
  auto column = dyn_cast<AffineDimExpr>(maps.back().getResults().back());
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  for (OpOperand *input : op.getDpsInputOperands()) {
    AffineMap &map = maps[input->getOperandNumber()];
    std::optional<unsigned> at = column ? map.getResultPosition(column) : std::nullopt;
    int64_t rank = map.getNumResults();
    if (!at || *at + 1 == rank || !map.isProjectedPermutation() ||
        isConstant(input->get(), constants))
      continue;
    int64_t reads = 1;
    for (auto [d, range] : llvm::enumerate(ranges))
      if (!map.isFunctionOfDim(d) && !ShapedType::isDynamic(range))
        reads *= range;
      else if (!map.isFunctionOfDim(d))
        reads *= 8; // unknown, likely more than a few
    if (reads < 4)
      continue;
    SmallVector<int64_t> permutation;
    for (int64_t i = 0; i < rank; ++i)
      if (i != *at)
        permutation.push_back(i);
    permutation.push_back(*at);
    rewriter.setInsertionPoint(op);
    SmallVector<OpFoldResult> sizes = Sizes(rewriter).of(input->get()), moved;
    SmallVector<AffineExpr> exprs;
    for (int64_t from : permutation) {
      moved.push_back(sizes[from]);
      exprs.push_back(map.getResult(from));
    }
    Value empty = tensor::EmptyOp::create(rewriter, op.getLoc(), moved,
                                          getElementTypeOrSelf(input->get().getType()));
    auto transpose =
        linalg::TransposeOp::create(rewriter, op.getLoc(), input->get(), empty, permutation);
    map = AffineMap::get(map.getNumDims(), 0, exprs, op.getContext());
    rewriter.modifyOpInPlace(op, [&] {
      input->set(transpose->getResult(0));
      op.setIndexingMapsAttr(rewriter.getAffineMapArrayAttr(maps));
    });
  }
}

/// The narrow tensor of which `widened` is the extension, through views; null if it is none.
static Value narrowSource(OpBuilder &builder, Value widened) {
  Operation *def = widened.getDefiningOp();
  if (!def)
    return {};
  if (isa<tensor::ExtractSliceOp, tensor::ExpandShapeOp, tensor::CollapseShapeOp>(def)) {
    Value source = narrowSource(builder, def->getOperand(0));
    if (!source)
      return {};
    builder.setInsertionPointAfter(def);
    IRMapping map;
    map.map(def->getOperand(0), source);
    Operation *view = builder.clone(*def, map);
    view->getResult(0).setType(
        cast<RankedTensorType>(widened.getType()).clone(getElementTypeOrSelf(source.getType())));
    return view->getResult(0);
  }
  auto generic = dyn_cast<linalg::GenericOp>(def);
  if (!generic || generic.getNumDpsInputs() != 1 || generic.getNumDpsInits() != 1 ||
      generic.getNumReductionLoops() != 0 ||
      !llvm::all_of(generic.getIndexingMapsArray(), [](AffineMap m) { return m.isIdentity(); }))
    return {};
  Operation *yield = generic.getBody()->getTerminator();
  auto extension = yield->getOperand(0).getDefiningOp<arith::ExtFOp>();
  return extension && extension.getIn() == generic.getBody()->getArgument(0)
             ? generic.getDpsInputs().front()
             : Value();
}

/// Constant factors that are stored in fewer bits are widened where they are multiplied, not ahead:
/// that would undo what they save.
static void widenInside(IRRewriter &rewriter, linalg::GenericOp op,
                        llvm::DenseMap<Value, bool> &constants) {
  if (classify(op) != OpClass::Contraction)
    return;
  for (OpOperand *input : op.getDpsInputOperands()) {
    if (!isConstant(input->get(), constants))
      continue;
    Value source = narrowSource(rewriter, input->get());
    if (!source)
      continue;
    BlockArgument scalar = op.getBody()->getArgument(input->getOperandNumber());
    Type wide = scalar.getType();
    rewriter.setInsertionPointToStart(op.getBody());
    scalar.setType(getElementTypeOrSelf(source.getType()));
    auto extended = arith::ExtFOp::create(rewriter, op.getLoc(), wide, scalar);
    rewriter.replaceAllUsesExcept(scalar, extended.getResult(), extended);
    rewriter.modifyOpInPlace(op, [&] { input->set(source); });
  }
}

/// A destination that is not read only gives its shape: a fresh one depends on nothing.
static void freshDestinations(IRRewriter &rewriter, linalg::LinalgOp op) {
  if (!op.hasPureTensorSemantics())
    return;
  for (OpOperand &init : op.getDpsInitsMutable()) {
    if (op.payloadUsesValueFromOperand(&init) || init.get().getDefiningOp<tensor::EmptyOp>())
      continue;
    rewriter.setInsertionPoint(op);
    Value empty = tensor::EmptyOp::create(rewriter, op.getLoc(), Sizes(rewriter).of(init.get()),
                                          getElementTypeOrSelf(init.get().getType()));
    if (empty.getType() == init.get().getType())
      init.set(empty);
    else
      rewriter.eraseOp(empty.getDefiningOp());
  }
}

/// A size that a tensor is asked for is the value that says it, if there is one.
static void resolveDim(IRRewriter &rewriter, tensor::DimOp op) {
  std::optional<int64_t> d = op.getConstantIndex();
  auto type = dyn_cast<RankedTensorType>(op.getSource().getType());
  if (!d || !type || *d < 0 || *d >= type.getRank())
    return;
  rewriter.setInsertionPoint(op);
  Sizes sizes(rewriter);
  rewriter.replaceOp(op, sizes.value(sizes.of(op.getSource(), *d), op.getLoc()));
}

static void prepare(func::FuncOp func) {
  IRRewriter rewriter(func.getContext());
  SmallVector<linalg::GenericOp> generics;
  SmallVector<tensor::ConcatOp> concats;
  SmallVector<tensor::SplatOp> splats;
  SmallVector<arith::ConstantOp> constants;
  SmallVector<tensor::DimOp> dims;
  SmallVector<linalg::LinalgOp> structured;
  func.walk([&](Operation *op) {
    if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
      structured.push_back(linalgOp);
    if (auto generic = dyn_cast<linalg::GenericOp>(op))
      generics.push_back(generic);
    else if (auto concat = dyn_cast<tensor::ConcatOp>(op))
      concats.push_back(concat);
    else if (auto splat = dyn_cast<tensor::SplatOp>(op))
      splats.push_back(splat);
    else if (auto constant = dyn_cast<arith::ConstantOp>(op))
      constants.push_back(constant);
    else if (auto dim = dyn_cast<tensor::DimOp>(op))
      dims.push_back(dim);
  });
  for (tensor::DimOp dim : dims)
    resolveDim(rewriter, dim);
  for (linalg::LinalgOp op : structured)
    freshDestinations(rewriter, op);
  for (arith::ConstantOp constant : constants)
    fillSplat(rewriter, constant);
  for (tensor::SplatOp splat : splats) {
    rewriter.setInsertionPoint(splat);
    auto type = cast<RankedTensorType>(splat.getType());
    Value empty = tensor::EmptyOp::create(rewriter, splat.getLoc(), type, splat.getDynamicSizes());
    rewriter.replaceOpWithNewOp<linalg::FillOp>(splat, splat.getInput(), empty);
  }
  for (tensor::ConcatOp concat : concats)
    decomposeConcat(rewriter, concat);
  for (linalg::GenericOp &generic : generics)
    generic = inlineSplats(rewriter, generic);
  llvm::DenseMap<Value, bool> known;
  for (linalg::GenericOp generic : generics)
    straightenFactors(rewriter, generic, known);
  for (linalg::GenericOp generic : generics)
    widenInside(rewriter, generic, known);
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
