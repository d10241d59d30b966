// hoist-weights: what depends on constants alone leaves @main.
//
// Every op of @main (at any depth) is constant or not. A constant op is one of
//   Generated  without data (fills, splats, empty tensors, scalar arithmetic): cheaper to make than
//   to load, stays; Small      a `dense` constant: stays, and becomes a global of the host object;
//   Weight     a `dense_resource` constant;
//   View       a reshape or slice of one of the others: free, stays;
//   Derived    computed from data, or by a kernel that makes little, with static tensor results;
//   Stuck      computed from data, but a scalar or of unknown size: stays, recomputed each run.
// What stays reads Weight and Derived values from the weights block. Weights so read are raw
// copies; Derived values are computed by @weights, which gets a clone of all that they need.
#include "compiler/kernels/memory.h"
#include "compiler/kernels/passes.h"
#include "dialects/kernel/kernel.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/MathExtras.h"

namespace dlc {
#define GEN_PASS_DEF_HOISTWEIGHTS
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
enum class Kind { Generated, Small, Weight, View, Derived, Stuck };

/// The values that an op reads: operands, and what its regions capture.
SmallVector<Value> readsOf(Operation *op) {
  SmallVector<Value> reads(op->getOperands());
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(op->getRegions(), captured);
  reads.append(captured.begin(), captured.end());
  return reads;
}

DenseResourceElementsAttr resourceOf(Operation *op) {
  auto constant = dyn_cast<arith::ConstantOp>(op);
  return constant ? dyn_cast<DenseResourceElementsAttr>(constant.getValue()) : nullptr;
}

/// A kernel without data that computes little: reading the result is cheaper than the call. A large
/// one may take more time and memory than whoever compiles it has.
bool isSmallLaunch(Operation *op) {
  constexpr int64_t most = 1 << 12; // steps of a loop nest, elements of a tensor
  auto launch = dyn_cast<kernel::LaunchOp>(op);
  auto callee =
      launch ? SymbolTable::lookupNearestSymbolFrom<kernel::FuncOp>(op, launch.getCalleeAttr())
             : kernel::FuncOp();
  if (!callee)
    return false;
  auto isSmall = [](Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return !tensor || (tensor.hasStaticShape() && tensor.getNumElements() <= most);
  };
  WalkResult result = callee.walk([&](Operation *inner) {
    if (!llvm::all_of(inner->getResultTypes(), isSmall))
      return WalkResult::interrupt();
    int64_t steps = 1;
    if (auto linalgOp = dyn_cast<linalg::LinalgOp>(inner))
      for (int64_t range : linalgOp.getStaticLoopRanges())
        if (ShapedType::isDynamic(range) || llvm::MulOverflow(steps, range, steps) || steps > most)
          return WalkResult::interrupt();
    return WalkResult::advance();
  });
  return !result.wasInterrupted();
}

bool isView(Operation *op) {
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op))
    return slice.getType().hasStaticShape() && slice.getOffsets().empty() &&
           slice.getStrides().empty();
  return isa<tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::CastOp>(op);
}

struct Hoister {
  ModuleOp module;
  func::FuncOp main;
  DenseMap<Operation *, Kind> kinds;
  /// Values that @main reads from the block, in program order after sort().
  llvm::SetVector<Value> frontier;

  Hoister(ModuleOp module, func::FuncOp main) : module(module), main(main) {}

  void classify() {
    main.getBody().walk<WalkOrder::PreOrder>([&](Operation *op) {
      std::optional<Kind> kind = kindOf(op);
      if (!kind)
        return WalkResult::advance();
      kinds[op] = *kind;
      return WalkResult::skip(); // its regions belong to it
    });
  }

  std::optional<Kind> kindOf(Operation *op) {
    if (op->hasTrait<OpTrait::IsTerminator>() || op->getNumResults() == 0 ||
        !isMemoryEffectFree(op))
      return std::nullopt;
    if (resourceOf(op))
      return Kind::Weight;
    if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
      auto elements = dyn_cast<DenseElementsAttr>(constant.getValue());
      return elements && !elements.isSplat() ? Kind::Small : Kind::Generated;
    }
    bool data = false;
    for (Value read : readsOf(op)) {
      Operation *def = read.getDefiningOp();
      auto found = def ? kinds.find(def) : kinds.end();
      if (found == kinds.end())
        return std::nullopt;
      data |= found->second != Kind::Generated;
    }
    if (!data && !isSmallLaunch(op))
      return Kind::Generated;
    if (isView(op))
      return Kind::View;
    bool movable = llvm::all_of(op->getResultTypes(), [](Type type) {
      auto tensor = dyn_cast<RankedTensorType>(type);
      return tensor && tensor.hasStaticShape();
    });
    return movable ? Kind::Derived : Kind::Stuck;
  }

  /// Finds what the ops that stay read from the block.
  void findFrontier() {
    SmallVector<Operation *> staying;
    DenseSet<Operation *> seen;
    main.getBody().walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (kinds.contains(op))
        return WalkResult::skip();
      staying.push_back(op);
      return WalkResult::advance();
    });
    while (!staying.empty()) {
      Operation *op = staying.pop_back_val();
      for (Value read : kinds.contains(op) ? readsOf(op) : SmallVector<Value>(op->getOperands())) {
        Operation *def = read.getDefiningOp();
        auto found = def ? kinds.find(def) : kinds.end();
        if (found == kinds.end())
          continue;
        if (found->second == Kind::Weight || found->second == Kind::Derived)
          frontier.insert(read);
        else if (seen.insert(def).second)
          staying.push_back(def);
      }
    }
    // Program order: deterministic, and weights lie in the order of their use.
    DenseMap<Operation *, int64_t> order;
    main.walk<WalkOrder::PreOrder>([&](Operation *op) { order.try_emplace(op, order.size()); });
    SmallVector<Value> sorted = frontier.takeVector();
    llvm::sort(sorted, [&](Value a, Value b) {
      return std::make_pair(order[a.getDefiningOp()], cast<OpResult>(a).getResultNumber()) <
             std::make_pair(order[b.getDefiningOp()], cast<OpResult>(b).getResultNumber());
    });
    frontier.insert(sorted.begin(), sorted.end());
  }

  /// Clones what the derived values need into @weights and returns the function.
  func::FuncOp buildWeights(ArrayRef<Value> derived, ArrayRef<int64_t> offsets) {
    DenseSet<Operation *> needed;
    SmallVector<Operation *> work;
    for (Value value : derived)
      work.push_back(value.getDefiningOp());
    while (!work.empty()) {
      Operation *op = work.pop_back_val();
      if (needed.insert(op).second)
        for (Value read : readsOf(op))
          work.push_back(read.getDefiningOp());
    }

    OpBuilder b(module.getContext());
    b.setInsertionPointAfter(main);
    SmallVector<Type> results(ValueRange(derived).getTypes());
    auto func =
        func::FuncOp::create(b, main.getLoc(), kWeightsFunc, b.getFunctionType({}, results));
    Block *body = func.addEntryBlock();
    b.setInsertionPointToStart(body);
    IRMapping map;
    llvm::MapVector<std::pair<StringRef, Type>, BlockArgument> raws;
    SmallVector<DictionaryAttr> argAttrs;
    main.getBody().walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (!kinds.contains(op))
        return WalkResult::advance();
      if (!needed.contains(op))
        return WalkResult::skip();
      if (auto resource = resourceOf(op)) {
        StringRef key = resource.getRawHandle().getKey();
        auto &argument = raws[{key, resource.getType()}];
        if (!argument) {
          argument = body->addArgument(resource.getType(), op->getLoc());
          argAttrs.push_back(b.getDictionaryAttr(
              {b.getNamedAttr(kWeightKeyAttr, b.getStringAttr(key)),
               b.getNamedAttr("bufferization.writable", b.getBoolAttr(false))}));
        }
        map.map(op->getResult(0), Value(argument));
      } else {
        b.clone(*op, map);
      }
      return WalkResult::skip();
    });
    SmallVector<Value> returned;
    for (Value value : derived)
      returned.push_back(map.lookup(value));
    func::ReturnOp::create(b, main.getLoc(), returned);
    func.setFunctionType(b.getFunctionType(body->getArgumentTypes(), results));
    for (auto [i, attrs] : llvm::enumerate(argAttrs))
      func.setArgAttrs(i, attrs);
    for (auto [i, offset] : llvm::enumerate(offsets))
      func.setResultAttr(i, kWeightOffsetAttr, b.getI64IntegerAttr(offset));
    func.setPrivate();
    return func;
  }

  LogicalResult run() {
    classify();
    findFrontier();
    WeightsLayout layout;
    OpBuilder b(module.getContext());
    if (!frontier.empty()) {
      DenseMap<Value, int64_t> offsets;
      llvm::StringMap<int64_t> rawOffsets;
      SmallVector<Value> derived;
      SmallVector<int64_t> derivedOffsets;
      for (Value value : frontier) {
        int64_t size = staticBytes(cast<ShapedType>(value.getType()));
        int64_t offset = layout.size;
        if (auto resource = resourceOf(value.getDefiningOp())) {
          StringRef key = resource.getRawHandle().getKey();
          auto [known, isNew] = rawOffsets.try_emplace(key, offset);
          if (!isNew) {
            offsets[value] = known->second;
            continue;
          }
          layout.raw.push_back({key.str(), offset, size});
        } else {
          derived.push_back(value);
          derivedOffsets.push_back(offset);
        }
        offsets[value] = offset;
        layout.size = alignUp(offset + size);
      }
      if (!derived.empty())
        buildWeights(derived, derivedOffsets);

      Type blockType = MemRefType::get({ShapedType::kDynamic}, b.getI8Type());
      unsigned position = main.getNumArguments();
      if (failed(main.insertArgument(
              position, blockType,
              b.getDictionaryAttr(b.getNamedAttr(kWeightsBaseAttr, b.getUnitAttr())),
              main.getLoc())))
        return failure();
      Value block = main.getArgument(position);
      b.setInsertionPointToStart(&main.getBody().front());
      for (Value value : frontier) {
        auto type = cast<RankedTensorType>(value.getType());
        Location loc = value.getLoc();
        Value offset = arith::ConstantIndexOp::create(b, loc, offsets[value]);
        Value view =
            memref::ViewOp::create(b, loc, MemRefType::get(type.getShape(), type.getElementType()),
                                   block, offset, ValueRange());
        value.replaceAllUsesWith(
            bufferization::ToTensorOp::create(b, loc, type, view, /*restrict=*/true));
      }
    }
    setWeightsLayout(module, layout);
    return clean();
  }

  /// Removes what nothing reads any more; no big constant may be left.
  LogicalResult clean() {
    SmallVector<Operation *> constants;
    main.getBody().walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (!kinds.contains(op))
        return WalkResult::advance();
      constants.push_back(op);
      return WalkResult::skip();
    });
    for (Operation *op : llvm::reverse(constants))
      if (op->use_empty())
        op->erase();
    WalkResult left = main.walk([&](Operation *op) {
      if (resourceOf(op)) {
        op->emitError("a weight is still read directly after hoist-weights");
        return WalkResult::interrupt();
      }
      return WalkResult::advance();
    });
    return failure(left.wasInterrupted());
  }
};

struct HoistWeightsPass : dlc::impl::HoistWeightsBase<HoistWeightsPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto main = module.lookupSymbol<func::FuncOp>(kMainFunc);
    if (!main || main.isExternal())
      return;
    if (failed(Hoister(module, main).run()))
      signalPassFailure();
  }
};
} // namespace
