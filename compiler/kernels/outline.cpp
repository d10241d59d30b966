// Making a kernel.func: clone, collect what comes from outside, name by the text of the body.
#include "compiler/kernels/outline.h"

#include "compiler/kernels/grouping.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;
using namespace dlc;

namespace {
/// The body of one new kernel and what it takes from outside.
class BodyBuilder {
public:
  BodyBuilder(ArrayRef<Operation *> ops, Block *body, OpBuilder &outside, Sizes &sizes)
      : ops(ops), members(ops.begin(), ops.end()), body(body), inside(outside.getContext()),
        outside(outside), sizes(sizes) {
    inside.setInsertionPointToEnd(body);
  }

  void build(ArrayRef<Value> results) {
    for (Operation *op : ops)
      clone(op);
    SmallVector<Value> returned;
    for (Value result : results)
      returned.push_back(mapping.lookup(result));
    // Extents come after all other index arguments.
    for (Value tensor : tensors)
      tensorExtents.push_back(extentsOf(tensor));
    for (Value result : results)
      resultExtents.push_back(extentsOf(result));
    kernel::ReturnOp::create(inside, ops.back()->getLoc(), returned);
  }

  SmallVector<Value> tensors, indices;
  SmallVector<SmallVector<int64_t>> tensorExtents, resultExtents;

private:
  /// For each `?` the position among the index arguments.
  SmallVector<int64_t> extentsOf(Value tensor) {
    SmallVector<int64_t> positions;
    auto type = cast<RankedTensorType>(tensor.getType());
    for (int64_t d = 0; d < type.getRank(); ++d)
      if (type.isDynamicDim(d)) {
        Value size = sizes.value(sizes.of(tensor, d), tensor.getLoc());
        indexArgument(size);
        positions.push_back(llvm::find(indices, size) - indices.begin());
      }
    return positions;
  }

  Value indexArgument(Value outer) {
    auto found = llvm::find(indices, outer);
    if (found != indices.end())
      return body->getArgument(tensors.size() + (found - indices.begin()));
    indices.push_back(outer);
    return body->addArgument(outer.getType(), outer.getLoc());
  }

  Value tensorArgument(Value outer) {
    Value argument = body->insertArgument(tensors.size(), outer.getType(), outer.getLoc());
    tensors.push_back(outer);
    return argument;
  }

  void clone(Operation *op) {
    for (Value operand : op->getOperands())
      get(operand);
    SetVector<Value> captured;
    getUsedValuesDefinedAbove(op->getRegions(), captured);
    for (Value value : captured)
      get(value);
    inside.clone(*op, mapping);
  }

  void get(Value outer) {
    if (mapping.contains(outer))
      return;
    Operation *def = outer.getDefiningOp();
    if (isa<RankedTensorType>(outer.getType())) {
      if (def && (classify(def) == OpClass::Light || isViewToTakeIn(outer)))
        return clone(def);
      return mapping.map(outer, tensorArgument(outer));
    }
    if (def && matchPattern(def, m_Constant()))
      return clone(def);
    if (outer.getType().isIndex())
      return mapping.map(outer, indexArgument(outer));
    scalar(outer, def);
  }

  /// Scalars that are not index: arithmetic on constants and indices is repeated inside; other
  /// integers are passed as indices, floats as tensors of one element.
  void scalar(Value outer, Operation *def) {
    StringRef dialect = def ? def->getName().getDialectNamespace() : "";
    if ((dialect == "arith" || dialect == "math") && def->getNumRegions() == 0)
      return clone(def);
    Location loc = outer.getLoc();
    Type type = outer.getType();
    OpBuilder::InsertionGuard guard(outside);
    outside.setInsertionPoint(ops.back());
    if (isa<IntegerType>(type)) {
      Value index = arith::IndexCastOp::create(outside, loc, outside.getIndexType(), outer);
      Value argument = indexArgument(index);
      return mapping.map(outer, arith::IndexCastOp::create(inside, loc, type, argument));
    }
    Value tensor =
        tensor::FromElementsOp::create(outside, loc, RankedTensorType::get({}, type), outer);
    Value argument = tensorArgument(tensor);
    mapping.map(outer, tensor::ExtractOp::create(inside, loc, argument, ValueRange()));
  }

  /// Views of our own values and of what is made anew; and those of outer tensors that memory
  /// cannot express (a collapsed slice).
  bool isViewToTakeIn(Value value) {
    bool collapsed = false;
    while (Operation *def = value.getDefiningOp()) {
      if (members.contains(def))
        return true;
      OpClass c = classify(def);
      if (c == OpClass::Light)
        return true;
      if (c != OpClass::View)
        return false;
      if (collapsed && isa<tensor::ExtractSliceOp>(def))
        return true;
      collapsed |= isa<tensor::CollapseShapeOp>(def);
      value = def->getOperand(0);
    }
    return false;
  }

  ArrayRef<Operation *> ops;
  llvm::SmallPtrSet<Operation *, 16> members;
  Block *body;
  OpBuilder inside;
  OpBuilder &outside;
  Sizes &sizes;
  IRMapping mapping;
};
} // namespace

static void setExtents(kernel::FuncOp func, ArrayRef<SmallVector<int64_t>> arguments,
                       ArrayRef<SmallVector<int64_t>> results) {
  Builder builder(func.getContext());
  for (auto [i, extents] : llvm::enumerate(arguments))
    if (!extents.empty())
      func.setArgAttr(i, kernel::kExtentsAttr, builder.getDenseI64ArrayAttr(extents));
  for (auto [i, extents] : llvm::enumerate(results))
    if (!extents.empty())
      func.setResultAttr(i, kernel::kExtentsAttr, builder.getDenseI64ArrayAttr(extents));
}

/// The function without its name: what two kernels must share to be one.
static std::string textOf(kernel::FuncOp func) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  StringAttr name = func.getSymNameAttr();
  func.setSymName("k");
  func->print(stream, OpPrintingFlags().useLocalScope());
  func.setSymNameAttr(name);
  return text;
}

Outliner::Outliner(ModuleOp module) : module(module), builder(module.getContext()), sizes(builder) {
  for (auto func : module.getOps<kernel::FuncOp>())
    byText.try_emplace(textOf(func), func);
}

kernel::FuncOp Outliner::share(kernel::FuncOp func, StringRef kind) {
  std::string text = textOf(func);
  auto [it, isNew] = byText.try_emplace(text, func);
  if (!isNew) {
    func.erase();
    return it->second;
  }
  std::string base =
      (kind + "_" + llvm::utohexstr(llvm::xxh3_64bits(text), /*LowerCase=*/true)).str();
  std::string name = base;
  for (int i = 1; module.lookupSymbol(name); ++i)
    name = base + "_" + std::to_string(i);
  func.setSymName(name);
  return func;
}

/// Views of a result may stand before the launch (what uses them does not): they move behind
/// `anchor`.
static void moveUsersBehind(Operation *launch, Operation *anchor, Value value) {
  for (Operation *user : llvm::make_early_inc_range(value.getUsers()))
    if (user->getBlock() == launch->getBlock() && user->isBeforeInBlock(launch)) {
      user->moveAfter(anchor);
      for (Value result : user->getResults())
        moveUsersBehind(launch, user, result);
    }
}

void Outliner::outline(ArrayRef<Operation *> ops, StringRef kind) {
  llvm::SmallPtrSet<Operation *, 16> members(ops.begin(), ops.end());
  Block *block = ops.front()->getBlock();
  auto isInside = [&](OpOperand &use) {
    return members.contains(use.getOwner()) && use.getOwner()->getBlock() == block;
  };
  // A result leaves if a user outside of the group can see it, also through views.
  SmallVector<Value> results;
  std::function<bool(Value)> leaves = [&](Value value) {
    return llvm::any_of(value.getUses(), [&](OpOperand &use) {
      if (isInside(use))
        return false;
      Operation *user = use.getOwner();
      if (user->getBlock() == block && classify(user) == OpClass::View)
        return leaves(user->getResult(0));
      return true;
    });
  };
  // A pad that came along is a copy; what others want of it is a kernel of its own.
  for (Operation *op : ops)
    for (Value value : op->getResults())
      if ((ops.size() == 1 || !isa<tensor::PadOp>(op)) && leaves(value))
        results.push_back(value);
  if (results.empty())
    return;

  SmallVector<Location> locations;
  for (Operation *op : ops)
    locations.push_back(op->getLoc());
  Location loc = builder.getFusedLoc(locations);
  builder.setInsertionPoint(ops.back());

  // Nothing to compute for tensors without elements.
  auto destination = [&](Value value) -> Value {
    return tensor::EmptyOp::create(builder, loc, sizes.of(value),
                                   cast<RankedTensorType>(value.getType()).getElementType());
  };
  auto isEmpty = [](Value value) {
    return llvm::is_contained(cast<RankedTensorType>(value.getType()).getShape(), 0);
  };
  if (llvm::all_of(results, isEmpty)) {
    for (Value result : results)
      result.replaceUsesWithIf(destination(result), [&](OpOperand &use) { return !isInside(use); });
    return;
  }

  OpBuilder moduleBuilder(module.getContext());
  moduleBuilder.setInsertionPointToEnd(module.getBody());
  auto func = kernel::FuncOp::create(moduleBuilder, loc, "new", builder.getFunctionType({}, {}));
  Block *body = moduleBuilder.createBlock(&func.getBody());
  BodyBuilder made(ops, body, builder, sizes);
  made.build(results);
  SmallVector<Type> resultTypes;
  for (Value result : results)
    resultTypes.push_back(result.getType());
  func.setFunctionType(builder.getFunctionType(body->getArgumentTypes(), resultTypes));
  setExtents(func, made.tensorExtents, made.resultExtents);
  fuseElementwiseChains(func);
  bool elementwise = isElementwise(func);
  func = share(func, kind);

  SmallVector<Value> destinations = llvm::map_to_vector(results, destination);
  auto launch = kernel::LaunchOp::create(
      builder, loc, resultTypes, FlatSymbolRefAttr::get(func.getSymNameAttr()), made.tensors,
      made.indices, destinations, elementwise ? builder.getUnitAttr() : UnitAttr(), UnitAttr());
  for (auto [result, launched] : llvm::zip(results, launch.getResults())) {
    // Views of the result stay outside and see the launch; those inside are dead copies now.
    result.replaceUsesWithIf(launched, [&](OpOperand &use) { return !isInside(use); });
    moveUsersBehind(launch, launch, launched);
  }
}
