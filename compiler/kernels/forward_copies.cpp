// forward-copies: `A = alloc; ...; copy A -> D` becomes "A is that part of D".
//
// One-shot bufferisation is right but shy: it does not see that two slices of one buffer are
// disjoint, so a piece of a concatenation that is also read elsewhere is written to a buffer of its
// own and copied. Writing it in place is sound if, between the first write and the last use of A,
// nobody else touches that part of D (before the copy) or writes it (after the copy). Outside that
// time A holds nothing, so the rest of the program does not matter; in a loop the same holds within
// one iteration, since A is made anew in each.
#include "compiler/kernels/memory.h"
#include "compiler/kernels/passes.h"

#include "mlir/Dialect/Bufferization/Transforms/BufferViewFlowAnalysis.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

namespace dlc {
#define GEN_PASS_DEF_FORWARDCOPIES
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
/// The views from a buffer to `value`, innermost last; `root` is the buffer.
SmallVector<Operation *> viewChain(Value value, Value &root) {
  SmallVector<Operation *> chain;
  while (auto view = value.getDefiningOp<ViewLikeOpInterface>()) {
    chain.push_back(view);
    value = view.getViewSource();
  }
  root = value;
  std::reverse(chain.begin(), chain.end());
  return chain;
}

/// Whether `end` is surely the sum of `begin` and `size`.
bool isSum(OpFoldResult end, OpFoldResult begin, OpFoldResult size) {
  auto e = getConstantIntValue(end), b = getConstantIntValue(begin), s = getConstantIntValue(size);
  if (e && b && s)
    return *e >= *b + *s;
  if (b && *b == 0 && end == size)
    return true;
  auto value = dyn_cast<Value>(end);
  auto add = value ? value.getDefiningOp<arith::AddIOp>() : nullptr;
  auto is = [](Value operand, OpFoldResult term) {
    auto constant = getConstantIntValue(term);
    return OpFoldResult(operand) == term ||
           (constant && getConstantIntValue(OpFoldResult(operand)) == constant);
  };
  return add && ((is(add.getLhs(), begin) && is(add.getRhs(), size)) ||
                 (is(add.getRhs(), begin) && is(add.getLhs(), size)));
}

/// Whether two views of the same buffer are surely disjoint.
bool disjoint(Value a, Value b) {
  Value rootA, rootB;
  auto chainA = viewChain(a, rootA), chainB = viewChain(b, rootB);
  // Views that both share come first; the first that differ must be two slices of the same thing.
  size_t common = 0;
  while (common < chainA.size() && common < chainB.size() && chainA[common] == chainB[common])
    ++common;
  if (common == chainA.size() || common == chainB.size())
    return false;
  auto sliceA = dyn_cast<memref::SubViewOp>(chainA[common]);
  auto sliceB = dyn_cast<memref::SubViewOp>(chainB[common]);
  if (!sliceA || !sliceB || sliceA.getSource() != sliceB.getSource() || !sliceA.hasUnitStride() ||
      !sliceB.hasUnitStride())
    return false;
  for (auto [offA, sizeA, offB, sizeB] :
       llvm::zip(sliceA.getMixedOffsets(), sliceA.getMixedSizes(), sliceB.getMixedOffsets(),
                 sliceB.getMixedSizes()))
    if (isSum(offB, offA, sizeA) || isSum(offA, offB, sizeB))
      return true;
  return false;
}

struct Forwarder {
  func::FuncOp func;
  BufferViewFlowAnalysis flow;

  explicit Forwarder(func::FuncOp func) : func(func), flow(func) {}

  /// Collects the users of `value` and of all its views; false if a user could not take another
  /// layout.
  static bool collectUsers(Value value, SmallVectorImpl<OpOperand *> &users) {
    for (OpOperand &use : value.getUses()) {
      Operation *op = use.getOwner();
      if (isa<memref::SubViewOp, memref::ExpandShapeOp, memref::CollapseShapeOp>(op)) {
        if (!collectUsers(op->getResult(0), users))
          return false;
        continue;
      }
      if (!isa<kernel::LaunchOp, memref::CopyOp, memref::LoadOp, memref::StoreOp, memref::DimOp,
               linalg::LinalgOp>(op))
        return false;
      if (!isa<memref::DimOp>(op))
        users.push_back(&use);
    }
    return true;
  }

  /// The type of view `op` over a source of type `source`; null if it cannot be one.
  static MemRefType retype(Operation *op, MemRefType source) {
    if (auto slice = dyn_cast<memref::SubViewOp>(op))
      return memref::SubViewOp::inferRankReducedResultType(
          slice.getType().getShape(), source, slice.getStaticOffsets(), slice.getStaticSizes(),
          slice.getStaticStrides());
    if (auto expand = dyn_cast<memref::ExpandShapeOp>(op)) {
      auto type = memref::ExpandShapeOp::computeExpandedType(
          source, expand.getResultType().getShape(), expand.getReassociationIndices());
      return succeeded(type) ? *type : nullptr;
    }
    auto collapse = cast<memref::CollapseShapeOp>(op);
    if (!memref::CollapseShapeOp::isGuaranteedCollapsible(source,
                                                          collapse.getReassociationIndices()))
      return nullptr;
    return memref::CollapseShapeOp::computeCollapsedType(source,
                                                         collapse.getReassociationIndices());
  }

  static bool canRetype(Value value, MemRefType type) {
    for (Operation *user : value.getUsers())
      if (isa<memref::SubViewOp, memref::ExpandShapeOp, memref::CollapseShapeOp>(user)) {
        MemRefType next = retype(user, type);
        if (!next || !canRetype(user->getResult(0), next))
          return false;
      }
    return true;
  }

  static void setType(Value value, MemRefType type) {
    value.setType(type);
    for (Operation *user : value.getUsers())
      if (isa<memref::SubViewOp, memref::ExpandShapeOp, memref::CollapseShapeOp>(user))
        setType(user->getResult(0), retype(user, type));
  }

  /// Collects what must move so that `value` is known at `anchor`, in order; false if that is
  /// impossible.
  bool collectMoves(Value value, Operation *anchor, llvm::SetVector<Operation *> &moves) {
    Operation *def = value.getDefiningOp();
    if (!def)
      return value.getParentRegion()->isAncestor(anchor->getParentRegion());
    Operation *ancestor = def->getParentRegion()->findAncestorOpInRegion(*anchor);
    if (!ancestor)
      return false;
    if (def != ancestor && def->isBeforeInBlock(ancestor))
      return true;
    if (def == ancestor || !(isa<memref::AllocOp>(def) || isMemoryEffectFree(def)) ||
        def->getNumRegions() != 0)
      return false;
    for (Value operand : def->getOperands())
      if (!collectMoves(operand, anchor, moves))
        return false;
    moves.insert(def);
    return true;
  }

  /// A's place in the target, where what is copied is a reshape of A: the reshapes backwards.
  struct Inverse {
    SmallVector<Operation *> reshapes; ///< from the copy towards A
    SmallVector<MemRefType> types;     ///< after undoing each
    MemRefType type;                   ///< of A
  };
  static bool findInverse(Value source, MemRefType target, Inverse &inverse) {
    inverse.type = target;
    while (Operation *def = source.getDefiningOp()) {
      if (auto expand = dyn_cast<memref::ExpandShapeOp>(def)) {
        if (!memref::CollapseShapeOp::isGuaranteedCollapsible(inverse.type,
                                                              expand.getReassociationIndices()))
          return false;
        inverse.type = memref::CollapseShapeOp::computeCollapsedType(
            inverse.type, expand.getReassociationIndices());
        source = expand.getSrc();
      } else if (auto collapse = dyn_cast<memref::CollapseShapeOp>(def)) {
        if (!collapse.getSrcType().hasStaticShape() &&
            !collapse.getSrc().getDefiningOp<memref::AllocOp>())
          return false;
        auto type = memref::ExpandShapeOp::computeExpandedType(
            inverse.type, collapse.getSrcType().getShape(), collapse.getReassociationIndices());
        if (failed(type))
          return false;
        inverse.type = *type;
        source = collapse.getSrc();
      } else {
        break;
      }
      inverse.reshapes.push_back(def);
      inverse.types.push_back(inverse.type);
    }
    return source.getDefiningOp<memref::AllocOp>() != nullptr;
  }
  static Value undo(OpBuilder &b, Value target, const Inverse &inverse) {
    for (auto [op, type] : llvm::zip(inverse.reshapes, inverse.types)) {
      if (auto expand = dyn_cast<memref::ExpandShapeOp>(op)) {
        target = memref::CollapseShapeOp::create(b, op->getLoc(), type, target,
                                                 expand.getReassociationIndices());
        continue;
      }
      auto collapse = cast<memref::CollapseShapeOp>(op);
      SmallVector<OpFoldResult> sizes;
      if (auto alloc = collapse.getSrc().getDefiningOp<memref::AllocOp>())
        sizes = alloc.getMixedSizes();
      else
        for (int64_t size : type.getShape())
          sizes.push_back(b.getIndexAttr(size));
      target = memref::ExpandShapeOp::create(b, op->getLoc(), type, target,
                                             collapse.getReassociationIndices(), sizes);
    }
    return target;
  }

  static bool writes(OpOperand &use) {
    auto effects = dyn_cast<MemoryEffectOpInterface>(use.getOwner());
    if (!effects)
      return true;
    SmallVector<MemoryEffects::EffectInstance> list;
    effects.getEffectsOnValue(use.get(), list);
    return llvm::any_of(list, [](const MemoryEffects::EffectInstance &effect) {
      return !isa<MemoryEffects::Read>(effect.getEffect());
    });
  }

  /// An op that gives all of `buffer` a value that depends on no memory.
  static bool isFill(Operation *op, Value buffer) {
    if (auto fill = dyn_cast<linalg::FillOp>(op))
      return fill.getOutputs()[0] == buffer;
    auto launch = dyn_cast<kernel::LaunchOp>(op);
    return launch && launch.getIns().empty() && launch.getOuts().size() == 1 &&
           launch.getOuts()[0] == buffer && !launch.getReadsOuts();
  }

  bool forward(memref::CopyOp copy) {
    auto target = cast<MemRefType>(copy.getTarget().getType());
    Inverse inverse;
    if (cast<MemRefType>(copy.getSource().getType()).getShape() != target.getShape() ||
        !findInverse(copy.getSource(), target, inverse))
      return false;
    Value source = copy.getSource();
    for (Operation *reshape : inverse.reshapes)
      source = reshape->getOperand(0);
    auto alloc = source.getDefiningOp<memref::AllocOp>();
    if (alloc->getBlock() != copy->getBlock() ||
        alloc.getType().getShape() != inverse.type.getShape())
      return false;
    Value root;
    SmallVector<Operation *> chain = viewChain(copy.getTarget(), root);
    if (root == alloc.getResult() ||
        !(root.getDefiningOp<memref::AllocOp>() || root.getParentBlock() == &func.front()))
      return false;

    SmallVector<OpOperand *> uses;
    if (!collectUsers(alloc, uses) || !canRetype(alloc, inverse.type))
      return false;
    Block *block = copy->getBlock();
    Operation *first = copy, *last = copy;
    for (OpOperand *use : uses) {
      Operation *op = block->findAncestorOpInBlock(*use->getOwner());
      if (!op)
        return false;
      if (op->isBeforeInBlock(first))
        first = op;
      if (last->isBeforeInBlock(op))
        last = op;
    }
    if (first == copy)
      return false;

    llvm::SetVector<Operation *> moves;
    if (!collectMoves(copy.getTarget(), alloc, moves))
      return false;

    // Who touches the target buffer in that time?
    SmallVector<Operation *> fills;
    for (Value alias : flow.resolve(root))
      for (OpOperand &use : alias.getUses()) {
        Operation *user = use.getOwner();
        if (user == copy || isa<ViewLikeOpInterface, memref::DimOp>(user))
          continue;
        Operation *op = block->findAncestorOpInBlock(*user);
        if (!op || op->isBeforeInBlock(first) || last->isBeforeInBlock(op))
          continue;
        if (op == copy || disjoint(alias, copy.getTarget()))
          continue;
        if (copy->isBeforeInBlock(op)) {
          if (writes(use))
            return false;
          continue;
        }
        // Before the copy, only the fill that comes before everything else: it moves up.
        if (op != user || !isFill(user, root) || !fills.empty() ||
            !root.getDefiningOp<memref::AllocOp>() || root.getParentBlock() != block)
          return false;
        for (Value operand : user->getOperands())
          if (!collectMoves(operand, first, moves))
            return false;
        fills.push_back(user);
      }
    for (Operation *fill : fills)
      for (Value alias : flow.resolve(root))
        for (Operation *user : alias.getUsers()) {
          Operation *op = block->findAncestorOpInBlock(*user);
          if (op && op != fill && !isa<ViewLikeOpInterface, memref::DimOp>(user) &&
              op->isBeforeInBlock(fill))
            return false;
        }

    for (Operation *op : moves)
      op->moveBefore(alloc);
    for (Operation *fill : fills)
      fill->moveBefore(first);
    OpBuilder b(alloc);
    Value destination = undo(b, copy.getTarget(), inverse);
    copy.erase();
    setType(alloc, inverse.type);
    alloc.getResult().replaceAllUsesWith(destination);
    alloc.erase();
    return true;
  }
};

struct ForwardCopiesPass : dlc::impl::ForwardCopiesBase<ForwardCopiesPass> {
  void runOnOperation() override {
    func::FuncOp func = getOperation();
    if (func.isExternal())
      return;
    for (bool changed = true; changed;) {
      changed = false;
      SmallVector<memref::CopyOp> copies;
      func.walk([&](memref::CopyOp copy) { copies.push_back(copy); });
      Forwarder forwarder(func);
      for (memref::CopyOp copy : copies)
        if (forwarder.forward(copy)) {
          changed = true; // the aliases have changed
          forwarder = Forwarder(func);
        }
    }
  }
};
} // namespace
