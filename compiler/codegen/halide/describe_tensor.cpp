// Operations on tensors: structured ones by their interface, the tensor dialect's views and copies
// by kind.
#include "compiler/codegen/halide/describe.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::halide;

static Affine affineOf(AffineExpr expr) {
  Affine result;
  if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
    result.kind = Affine::Dim;
    result.value = dim.getPosition();
    return result;
  }
  if (auto constant = dyn_cast<AffineConstantExpr>(expr)) {
    result.value = constant.getValue();
    return result;
  }
  auto binary = cast<AffineBinaryOpExpr>(expr);
  switch (binary.getKind()) {
  case AffineExprKind::Add:
    result.kind = Affine::Add;
    break;
  case AffineExprKind::Mul:
    result.kind = Affine::Mul;
    break;
  case AffineExprKind::FloorDiv:
    result.kind = Affine::FloorDiv;
    break;
  case AffineExprKind::CeilDiv:
    result.kind = Affine::CeilDiv;
    break;
  default:
    result.kind = Affine::Mod;
    break;
  }
  result.operands = {affineOf(binary.getLHS()), affineOf(binary.getRHS())};
  return result;
}

/// Sums of products whose body is `acc + a * b` (with extensions of the operands at most).
static bool multipliesAndAdds(linalg::LinalgOp op) {
  bool multiply = false, add = false;
  for (Operation &inner : op.getBlock()->without_terminator()) {
    multiply |= isa<arith::MulFOp, arith::MulIOp>(inner);
    add |= isa<arith::AddFOp, arith::AddIOp>(inner);
    if (!isa<arith::MulFOp, arith::MulIOp, arith::AddFOp, arith::AddIOp, arith::SubIOp,
             arith::ExtFOp, arith::ExtSIOp, arith::ExtUIOp, arith::SIToFPOp, arith::UIToFPOp>(
            inner))
      return false;
  }
  return multiply && add;
}

Role dlc::halide::roleOf(linalg::LinalgOp op) {
  if (op.getNumReductionLoops() == 0)
    return Role::Plain;
  bool window = false, channels = false;
  if (op.getNumDpsInputs() < 2)
    return Role::Reduction;
  for (AffineMap map : op.getIndexingMapsArray())
    for (AffineExpr expr : map.getResults())
      window |= isa<AffineBinaryOpExpr>(expr);
  if (!multipliesAndAdds(op))
    return window ? Role::Window : Role::Reduction;
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypesArray();
  auto plainDims = [&](OpOperand *operand) {
    llvm::SmallBitVector dims(op.getNumLoops());
    for (AffineExpr expr : op.getMatchingIndexingMap(operand).getResults())
      if (auto dim = dyn_cast<AffineDimExpr>(expr))
        dims.set(dim.getPosition());
    return dims;
  };
  llvm::SmallBitVector lhs = plainDims(op.getDpsInputOperand(0));
  llvm::SmallBitVector rhs = plainDims(op.getDpsInputOperand(1));
  if (!window) {
    // Without a dimension that one operand alone has there is no reuse: a reduction of a product.
    llvm::SmallBitVector one = lhs;
    one ^= rhs;
    for (unsigned dim : one.set_bits())
      if (iterators[dim] == utils::IteratorType::parallel)
        return Role::Contraction;
    return Role::Reduction;
  }
  // A reduction dimension that both operands have by itself is a channel. A channel that both have
  // and that is not reduced makes the window depthwise.
  bool shared = false;
  lhs &= rhs;
  for (unsigned dim : lhs.set_bits()) {
    channels |= iterators[dim] == utils::IteratorType::reduction;
    shared |= iterators[dim] == utils::IteratorType::parallel;
  }
  return channels || !shared ? Role::Contraction : Role::Depthwise;
}

LogicalResult Describer::newNode(Operation &op, Node::Kind kind, ValueRange operands, Node *&made) {
  Node node;
  node.kind = kind;
  auto type = dyn_cast<RankedTensorType>(op.getResult(0).getType());
  if (!type)
    return fail("'" + op.getName().getStringRef() + "' without a ranked result");
  std::optional<ElementType> element = elementTypeOf(type.getElementType());
  if (!element)
    return fail("an element type that kernels do not have");
  node.element = *element;
  FailureOr<std::vector<Size>> shape = shapeOf(type);
  if (failed(shape))
    return failure();
  node.shape = *shape;
  for (Value operand : operands) {
    ValueId number = id(operand);
    if (number < 0)
      return fail("'" + op.getName().getStringRef() + "' of a value that the kernel lacks");
    node.operands.push_back(number);
  }
  for (Value result : op.getResults())
    node.results.push_back(define(result));
  program.nodes.push_back(std::move(node));
  made = &program.nodes.back();
  return success();
}

LogicalResult Describer::structured(linalg::LinalgOp op) {
  if (!op.hasPureTensorSemantics())
    return fail("'" + op->getName().getStringRef() + "' on buffers");
  Body body;
  if (failed(bodyOf(*op.getBlock(), body)))
    return failure();
  SmallVector<Value> operands(op->getOperands().take_front(op.getNumDpsInputs()));
  llvm::append_range(operands, op.getDpsInits());
  Node *node = nullptr;
  if (failed(newNode(*op, Node::Structured, operands, node)))
    return failure();
  node->inputs = op.getNumDpsInputs();
  node->body = std::move(body);
  node->role = roleOf(op);
  for (AffineMap map : op.getIndexingMapsArray()) {
    if (map.getNumSymbols() != 0)
      return fail("an indexing map with symbols");
    std::vector<Affine> exprs;
    for (AffineExpr expr : map.getResults())
      exprs.push_back(affineOf(expr));
    node->maps.push_back(std::move(exprs));
  }
  for (Value result : op->getResults()) {
    std::optional<ElementType> element =
        elementTypeOf(cast<RankedTensorType>(result.getType()).getElementType());
    if (!element || failed(shapeOf(result.getType())))
      return fail("an element type that kernels do not have");
    node->resultElements.push_back(*element);
  }
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  for (auto [loop, iterator] : llvm::enumerate(op.getIteratorTypesArray())) {
    node->reduction.push_back(iterator == utils::IteratorType::reduction);
    LoopRange range;
    if (!ShapedType::isDynamic(ranges[loop])) {
      range.value = ranges[loop];
      if (range.value == 0)
        return fail("an empty loop");
    } else {
      for (auto [k, exprs] : llvm::enumerate(node->maps))
        for (auto [d, expr] : llvm::enumerate(exprs))
          if (range.operand < 0 && expr.kind == Affine::Dim && expr.value == int64_t(loop))
            range.operand = k, range.dim = d;
      if (range.operand < 0)
        return fail("a loop whose range follows from no operand");
    }
    node->ranges.push_back(range);
  }
  return success();
}

LogicalResult Describer::constant(Operation &op, DenseElementsAttr data) {
  if (data.getNumElements() > (1 << 16) && !data.isSplat())
    return fail("a constant of more than 65536 elements inside a kernel");
  Node *node = nullptr;
  if (failed(newNode(op, Node::Constant, {}, node)))
    return failure();
  node->splat = data.isSplat();
  if (node->element == ElementType::I1) {
    // MLIR packs i1 in bits; kernels have bytes.
    if (node->splat)
      node->data.push_back(data.getSplatValue<bool>());
    else
      for (bool bit : data.getValues<bool>())
        node->data.push_back(bit);
  } else {
    ArrayRef<char> raw = data.getRawData();
    node->data.assign(raw.begin(), raw.end());
  }
  return success();
}

LogicalResult Describer::tensorOperation(Operation &op, bool &known) {
  known = true;
  Node *node = nullptr;
  auto assign = [&](std::vector<Size> &field, ArrayRef<OpFoldResult> values) -> LogicalResult {
    FailureOr<std::vector<Size>> list = sizes(values);
    if (failed(list))
      return failure();
    field = std::move(*list);
    return success();
  };
  auto groupsOf = [&](ArrayRef<ReassociationIndices> groups) {
    for (const ReassociationIndices &group : groups)
      node->groups.emplace_back(group.begin(), group.end());
  };
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return structured(linalgOp);
  if (auto constantOp = dyn_cast<arith::ConstantOp>(op)) {
    if (!isa<ShapedType>(constantOp.getType()))
      return known = false, success();
    auto data = dyn_cast<DenseElementsAttr>(constantOp.getValue());
    return data ? constant(op, data) : fail("a constant without its data");
  }
  if (auto empty = dyn_cast<tensor::EmptyOp>(op)) {
    if (failed(newNode(op, Node::Empty, {}, node)))
      return failure();
    return assign(node->shape, empty.getMixedSizes());
  }
  if (auto pad = dyn_cast<tensor::PadOp>(op)) {
    Body body;
    if (failed(bodyOf(pad.getRegion().front(), body)) ||
        failed(newNode(op, Node::Pad, pad.getSource(), node)))
      return failure();
    node->body = std::move(body);
    return success(succeeded(assign(node->offsets, pad.getMixedLowPad())) &&
                   succeeded(assign(node->sizes, pad.getMixedHighPad())));
  }
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op)) {
    if (failed(newNode(op, Node::Slice, slice.getSource(), node)))
      return failure();
    llvm::SmallBitVector dropped = slice.getDroppedDims();
    for (unsigned i = 0; i < dropped.size(); ++i)
      node->kept.push_back(!dropped[i]);
    return success(succeeded(assign(node->offsets, slice.getMixedOffsets())) &&
                   succeeded(assign(node->sizes, slice.getMixedSizes())) &&
                   succeeded(assign(node->strides, slice.getMixedStrides())));
  }
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(op)) {
    if (failed(newNode(op, Node::Insert, ValueRange{insert.getSource(), insert.getDest()}, node)))
      return failure();
    llvm::SmallBitVector dropped = insert.getDroppedDims();
    for (unsigned i = 0; i < dropped.size(); ++i)
      node->kept.push_back(!dropped[i]);
    return success(succeeded(assign(node->offsets, insert.getMixedOffsets())) &&
                   succeeded(assign(node->sizes, insert.getMixedSizes())) &&
                   succeeded(assign(node->strides, insert.getMixedStrides())));
  }
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op)) {
    if (failed(newNode(op, Node::Expand, expand.getSrc(), node)))
      return failure();
    groupsOf(expand.getReassociationIndices());
    return assign(node->shape, expand.getMixedOutputShape());
  }
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op)) {
    if (failed(newNode(op, Node::Collapse, collapse.getSrc(), node)))
      return failure();
    groupsOf(collapse.getReassociationIndices());
    return success();
  }
  if (auto concat = dyn_cast<tensor::ConcatOp>(op)) {
    if (failed(newNode(op, Node::Concat, concat.getInputs(), node)))
      return failure();
    node->dim = concat.getDim();
    return success();
  }
  if (auto cast = dyn_cast<tensor::CastOp>(op))
    return newNode(op, Node::Alias, cast.getSource(), node);
  if (auto elements = dyn_cast<tensor::FromElementsOp>(op))
    return newNode(op, Node::FromElements, elements.getElements(), node);
  if (auto splat = dyn_cast<tensor::SplatOp>(op)) {
    if (failed(newNode(op, Node::FromElements, splat.getInput(), node)))
      return failure();
    node->splat = true;
    SmallVector<OpFoldResult> mixed =
        getMixedValues(splat.getType().getShape(), splat.getDynamicSizes(), op.getContext());
    return assign(node->shape, mixed);
  }
  if (auto generate = dyn_cast<tensor::GenerateOp>(op)) {
    Body body;
    if (failed(bodyOf(generate.getBody().front(), body)) ||
        failed(newNode(op, Node::Generate, {}, node)))
      return failure();
    node->body = std::move(body);
    SmallVector<OpFoldResult> mixed =
        getMixedValues(cast<RankedTensorType>(generate.getType()).getShape(),
                       generate.getDynamicExtents(), op.getContext());
    return assign(node->shape, mixed);
  }
  return known = false, success();
}
