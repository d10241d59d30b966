// The fusion rules; see grouping.h.
//
// First every root grows forwards through elementwise consumers, as long as it ends in no more
// results than it began with; then groups take in what only they read. Launches stand at the last
// op of their group, and every value that leaves a group is used after that op only, so that no op
// has to move.
#include "compiler/kernels/grouping.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc;

/// Bounds that keep a kernel's compile time and argument list sane.
static constexpr unsigned kMaxOps = 64, kMaxTrial = 32;

//===-- Shapes -------------------------------------------------------------------------------===//

using Shape = SmallVector<int64_t>;

static Shape withoutUnits(ArrayRef<int64_t> shape) {
  Shape result;
  llvm::copy_if(shape, std::back_inserter(result), [](int64_t d) { return d != 1; });
  return result;
}

static ArrayRef<int64_t> shapeOf(Value tensor) {
  return cast<RankedTensorType>(tensor.getType()).getShape();
}

/// Whether an operand with this map is read once per iteration: each loop of more than one trip
/// appears alone in one result.
static bool coversDomain(AffineMap map, ArrayRef<int64_t> ranges) {
  if (!map.isProjectedPermutation(/*allowZeroInResults=*/true))
    return false;
  for (auto [d, range] : llvm::enumerate(ranges))
    if (range != 1 && !map.isFunctionOfDim(d))
      return false;
  return true;
}

/// Whether the operand's innermost dimension is the innermost loop, so that vectors stay vectors.
static bool keepsInnermost(AffineMap map, ArrayRef<int64_t> ranges) {
  int64_t last = static_cast<int64_t>(ranges.size()) - 1;
  while (last >= 0 && ranges[last] == 1)
    --last;
  for (AffineExpr expr : llvm::reverse(map.getResults())) {
    if (auto dim = dyn_cast<AffineDimExpr>(expr); dim && ranges[dim.getPosition()] != 1)
      return int64_t(dim.getPosition()) == last;
  }
  return last < 0;
}

/// A scalar body that costs much more than a load.
static bool isCostly(Operation *op) {
  bool costly = false;
  op->walk([&](Operation *inner) {
    costly |= inner->getName().getDialectNamespace() == "math" &&
              !llvm::StringRef(inner->getName().getStringRef()).ends_with("absf");
    costly |=
        isa<arith::DivFOp, arith::DivSIOp, arith::DivUIOp, arith::RemSIOp, arith::RemUIOp>(inner);
  });
  return costly;
}

/// The shapes of a reduction whose reduced dimensions are the innermost ones of its input: the
/// whole and the rows. Nullopt for other reductions.
struct RowShapes {
  Shape full, row;
  bool operator==(const RowShapes &other) const { return full == other.full && row == other.row; }
};
static std::optional<RowShapes> rowShapes(linalg::LinalgOp op) {
  for (OpOperand *input : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(input);
    if (!map.isProjectedPermutation() || map.getNumResults() != op.getNumLoops())
      continue;
    SmallVector<utils::IteratorType> iterators = op.getIteratorTypesArray();
    RowShapes shapes;
    bool reduced = false;
    for (auto [expr, extent] : llvm::zip(map.getResults(), shapeOf(input->get()))) {
      if (extent == 1)
        continue;
      shapes.full.push_back(extent);
      bool isReduction =
          iterators[cast<AffineDimExpr>(expr).getPosition()] == utils::IteratorType::reduction;
      if (reduced && !isReduction)
        return std::nullopt;
      reduced |= isReduction;
      if (!isReduction)
        shapes.row.push_back(extent);
    }
    return shapes;
  }
  return std::nullopt;
}

//===-- Grouping -----------------------------------------------------------------------------===//

namespace {
class Grouping {
public:
  explicit Grouping(Block &block) : block(block) {
    for (Operation &op : block)
      classes[&op] = classify(&op);
  }

  std::vector<KernelGroup> run() {
    for (Operation &op : block)
      if (isRoot(classOf(&op)) && !groupOf.count(&op))
        addGroup(&op, grow(&op));
    for (size_t i = groups.size(); i-- > 0;)
      absorb(i);
    materializeRest();
    std::vector<KernelGroup> result;
    for (KernelGroup &group : groups)
      if (!group.ops.empty()) {
        llvm::sort(group.ops, [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
        result.push_back(std::move(group));
      }
    llvm::sort(result, [](const KernelGroup &a, const KernelGroup &b) {
      return a.ops.back()->isBeforeInBlock(b.ops.back());
    });
    return result;
  }

private:
  using OpSet = llvm::SmallSetVector<Operation *, 16>;

  static bool isRoot(OpClass c) { return c >= OpClass::Elementwise && c != OpClass::Pad; }
  static bool isHeavy(OpClass c) { return c > OpClass::Pad; }
  OpClass classOf(Operation *op) const { return classes.lookup(op); }
  Operation *inBlock(Operation *op) const { return block.findAncestorOpInBlock(*op); }

  void addGroup(Operation *root, ArrayRef<Operation *> ops) {
    for (Operation *op : ops)
      groupOf[op] = groups.size();
    groups.push_back({root, classOf(root), SmallVector<Operation *>(ops)});
  }

  //===-- What leaves a set of ops --===//

  /// Calls `visit(op, operand)` for each op of the block that uses `value` or a view of it; views
  /// themselves are not visited.
  void forEachUser(Value value, llvm::function_ref<void(Operation *, OpOperand &)> visit) const {
    for (OpOperand &use : value.getUses()) {
      Operation *user = inBlock(use.getOwner());
      if (user == use.getOwner() && classOf(user) == OpClass::View && use.getOperandNumber() == 0)
        for (Value result : user->getResults())
          forEachUser(result, visit);
      else
        visit(user, use);
    }
  }

  /// The values of `ops` that are used elsewhere; `firstUse` becomes the earliest such user.
  SmallVector<Value> escaping(const OpSet &ops, Operation *&firstUse) const {
    SmallVector<Value> result;
    firstUse = nullptr;
    for (Operation *op : ops)
      for (Value value : op->getResults()) {
        bool escapes = false;
        forEachUser(value, [&](Operation *user, OpOperand &use) {
          if (ops.contains(user) && use.getOwner() == user)
            return;
          escapes = true;
          if (!firstUse || user->isBeforeInBlock(firstUse))
            firstUse = user;
        });
        if (escapes)
          result.push_back(value);
      }
    return result;
  }

  bool isConstant(Operation *op) {
    return op->getNumResults() && dlc::isConstant(op->getResult(0), constants);
  }

  //===-- Growing forwards --===//

  SmallVector<Operation *> grow(Operation *root) {
    OpSet ops;
    ops.insert(root);
    Operation *firstUse;
    unsigned results = escaping(ops, firstUse).size(), best = 1;
    std::optional<RowShapes> rows;
    if (classOf(root) == OpClass::Reduction)
      rows = rowShapes(cast<linalg::LinalgOp>(root));
    llvm::DenseSet<Operation *> rejected;
    while (ops.size() < kMaxOps && ops.size() < best + kMaxTrial) {
      Operation *next = nextConsumer(ops, rejected);
      if (!next)
        break;
      if (!mayFollow(next, ops, root, rows)) {
        rejected.insert(next);
        continue;
      }
      ops.insert(next);
      SmallVector<Value> escapes = escaping(ops, firstUse);
      if (escapes.size() <= std::max(1u, results) &&
          (!firstUse || ops.back()->isBeforeInBlock(firstUse)))
        best = ops.size();
    }
    return SmallVector<Operation *>(ops.begin(), ops.begin() + best);
  }

  /// The earliest ungrouped root op that uses a value of `ops`.
  Operation *nextConsumer(const OpSet &ops, const llvm::DenseSet<Operation *> &rejected) const {
    Operation *next = nullptr;
    for (Operation *op : ops)
      for (Value value : op->getResults())
        forEachUser(value, [&](Operation *user, OpOperand &) {
          if (ops.contains(user) || rejected.contains(user) || groupOf.count(user) ||
              !isRoot(classOf(user)))
            return;
          if (!next || user->isBeforeInBlock(next))
            next = user;
        });
    return next;
  }

  bool mayFollow(Operation *op, const OpSet &ops, Operation *root,
                 const std::optional<RowShapes> &rows) {
    auto isOurs = [&](Value value) {
      Operation *def = throughViews(value, &block).getDefiningOp();
      return def && ops.contains(def);
    };
    if (isConstant(root) != isConstant(op) || llvm::any_of(capturedTensors(op), isOurs))
      return false;
    auto consumer = cast<linalg::LinalgOp>(op);
    for (Value init : consumer.getDpsInits())
      if (isOurs(init))
        return false;
    for (OpOperand *operand : consumer.getDpsInputOperands())
      if (!isOurs(operand->get()) && !isReadyBefore(operand->get(), root, ops))
        return false;
    for (Value captured : capturedTensors(op))
      if (!isReadyBefore(captured, root, ops))
        return false;
    return rows ? fitsRows(consumer, isOurs, *rows) : isEpilogue(consumer, isOurs, classOf(root));
  }

  /// Each element of our values is read once, at the index at which it was computed (up to a
  /// permutation).
  bool isEpilogue(linalg::LinalgOp op, llvm::function_ref<bool(Value)> isOurs, OpClass root) {
    if (classOf(op) != OpClass::Elementwise)
      return false;
    SmallVector<int64_t> ranges = op.getStaticLoopRanges();
    for (OpOperand *operand : op.getDpsInputOperands()) {
      if (!isOurs(operand->get()))
        continue;
      AffineMap map = op.getMatchingIndexingMap(operand);
      if (!coversDomain(map, ranges) || (isHeavy(root) && !keepsInnermost(map, ranges)))
        return false;
    }
    return true;
  }

  /// Row by row: elementwise ops on whole rows or on one value a row, and further reductions of the
  /// same rows.
  bool fitsRows(linalg::LinalgOp op, llvm::function_ref<bool(Value)> isOurs,
                const RowShapes &rows) {
    OpClass c = classOf(op);
    if (c == OpClass::Reduction) {
      std::optional<RowShapes> own = rowShapes(op);
      return own && *own == rows;
    }
    if (c != OpClass::Elementwise)
      return false;
    Shape domain = withoutUnits(op.getStaticLoopRanges());
    if (domain != rows.full && domain != rows.row)
      return false;
    for (OpOperand *operand : op.getDpsInputOperands()) {
      AffineMap map = op.getMatchingIndexingMap(operand);
      if (!isOurs(operand->get()))
        continue;
      if (!map.isProjectedPermutation(/*allowZeroInResults=*/true) || !keepsOrder(map))
        return false;
      Shape shape = withoutUnits(shapeOf(operand->get()));
      if (shape != domain && shape != rows.row)
        return false;
    }
    return true;
  }

  static bool keepsOrder(AffineMap map) {
    int64_t last = -1;
    for (AffineExpr expr : map.getResults())
      if (auto dim = dyn_cast<AffineDimExpr>(expr)) {
        if (int64_t(dim.getPosition()) < last)
          return false;
        last = dim.getPosition();
      }
    return true;
  }

  /// Whether `value` needs none of `ops`, and no other heavy op that comes after `root`: so a
  /// residual sum goes to the later of its two convolutions.
  bool isReadyBefore(Value value, Operation *root, const OpSet &ops) const {
    SmallVector<Value> work = {value};
    llvm::DenseSet<Operation *> seen;
    while (!work.empty()) {
      Operation *def = work.pop_back_val().getDefiningOp();
      if (!def || def->getBlock() != &block || !root->isBeforeInBlock(def) ||
          !seen.insert(def).second)
        continue;
      bool ordinary = def->getNumRegions() == 0 || isa<linalg::LinalgOp, tensor::PadOp>(def);
      if (ops.contains(def) || isHeavy(classOf(def)) || !ordinary || seen.size() > kMaxOps)
        return false;
      llvm::append_range(work, def->getOperands());
      llvm::append_range(work, capturedTensors(def));
    }
    return !ops.contains(value.getDefiningOp());
  }

  //===-- Taking in producers --===//

  void absorb(size_t index) {
    for (size_t i = 0; i < groups[index].ops.size() && groups[index].ops.size() < kMaxOps; ++i) {
      Operation *op = groups[index].ops[i];
      if (auto pad = dyn_cast<tensor::PadOp>(op)) {
        absorbInto(index, op, pad.getSource(), /*once=*/!isDepthwise(groups[index].root));
        continue;
      }
      auto consumer = cast<linalg::LinalgOp>(op);
      bool isReused = classOf(op) == OpClass::Contraction || classOf(op) == OpClass::Window;
      SmallVector<int64_t> ranges = consumer.getStaticLoopRanges();
      for (OpOperand *operand : consumer.getDpsInputOperands()) {
        AffineMap map = consumer.getMatchingIndexingMap(operand);
        absorbPad(index, operand->get());
        if (!isReused)
          absorbInto(index, op, operand->get(), coversDomain(map, ranges));
      }
    }
  }

  /// A pad goes to its consumers, one copy for each.
  void absorbPad(size_t index, Value value) {
    Operation *def = throughViews(value, &block).getDefiningOp();
    KernelGroup &group = groups[index];
    if (!def || def->getBlock() != &block || classOf(def) != OpClass::Pad ||
        llvm::is_contained(group.ops, def) || isConstant(def) != isConstant(group.root))
      return;
    group.ops.push_back(def);
  }

  /// The elementwise group that computes `value` joins if nothing else reads it. `once`: each
  /// element is needed once.
  void absorbInto(size_t index, Operation *consumer, Value value, bool once) {
    Operation *def = throughViews(value, &block).getDefiningOp();
    auto found = groupOf.find(def);
    if (!def || found == groupOf.end() || found->second == index)
      return;
    KernelGroup &group = groups[index], &producer = groups[found->second];
    if (producer.kind != OpClass::Elementwise || producer.ops.size() + group.ops.size() > kMaxOps ||
        isConstant(producer.root) != isConstant(group.root))
      return;
    if (!once && llvm::any_of(producer.ops, isCostly))
      return;
    OpSet ops(producer.ops.begin(), producer.ops.end());
    OpSet ours(group.ops.begin(), group.ops.end());
    for (Operation *op : ops)
      for (Value result : op->getResults()) {
        bool elsewhere = false;
        forEachUser(result, [&](Operation *user, OpOperand &use) {
          bool direct = use.getOwner() == user;
          bool heavyUse = isa<linalg::LinalgOp>(user) && classOf(user) >= OpClass::Window;
          elsewhere |= !direct || (!ops.contains(user) && (!ours.contains(user) || heavyUse));
        });
        if (elsewhere)
          return;
      }
    for (Operation *op : producer.ops)
      groupOf[op] = index;
    group.ops.append(producer.ops);
    producer.ops.clear();
  }

  /// A depthwise convolution computes its pad at each tap; others once.
  static bool isDepthwise(Operation *root) {
    auto op = dyn_cast<linalg::LinalgOp>(root);
    if (!op || op.getNumDpsInputs() != 2)
      return true;
    FailureOr<linalg::ConvolutionDimensions> dims = linalg::inferConvolutionDims(op);
    return succeeded(dims) && dims->inputChannel.empty();
  }

  //===-- What is left --===//

  /// Pads and fills that something other than a group uses are kernels of their own.
  void materializeRest() {
    llvm::DenseSet<Operation *> grouped;
    for (KernelGroup &group : groups)
      for (Operation *op : group.ops)
        grouped.insert(op);
    for (Operation &op : block) {
      bool isPad = classOf(&op) == OpClass::Pad, isFill = isa<linalg::FillOp>(op);
      if (!isPad && !isFill)
        continue;
      bool needed = false;
      forEachUser(op.getResult(0), [&](Operation *user, OpOperand &) {
        needed |= !grouped.contains(user) || (isPad && !sharesGroup(&op, user));
      });
      if (needed && !(isFill && isTinyFill(&op)))
        groups.push_back({&op, isPad ? OpClass::Pad : OpClass::Elementwise, {&op}});
    }
  }

  bool sharesGroup(Operation *pad, Operation *user) const {
    auto found = groupOf.find(user);
    return found != groupOf.end() && llvm::is_contained(groups[found->second].ops, pad);
  }

  static bool isTinyFill(Operation *op) {
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    return type.hasStaticShape() && type.getNumElements() <= 64;
  }

  Block &block;
  llvm::DenseMap<Operation *, OpClass> classes;
  llvm::DenseMap<Operation *, size_t> groupOf;
  llvm::DenseMap<Value, bool> constants;
  std::vector<KernelGroup> groups;
};
} // namespace

std::vector<KernelGroup> dlc::formGroups(Block &block) { return Grouping(block).run(); }
