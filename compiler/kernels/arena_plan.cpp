// arena-plan: one block of memory for all buffers whose size follows from the symbols.
//
// Ops are numbered in program order, regions included; a buffer is live from its first to its last
// use. A loop that uses a buffer from outside keeps it live all through the loop; the branches of
// an scf.if come one after the other, so they share. Sizes are `coefficient x product of values
// known at entry`; the coefficient is rounded to the alignment, so every offset is aligned whatever
// the symbols are.
#include "compiler/kernels/memory.h"
#include "compiler/kernels/passes.h"

#include "mlir/Dialect/Bufferization/Transforms/BufferViewFlowAnalysis.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

#include <cmath>
#include <deque>

namespace dlc {
#define GEN_PASS_DEF_ARENAPLAN
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
/// One place in the arena; more than one buffer where an elementwise kernel works in place.
struct Slot {
  SmallVector<memref::AllocOp> buffers;
  int64_t number = 0; ///< in program order, to break ties
  int64_t first = 0, last = 0;
  int64_t coefficient = 0;    ///< bytes, aligned
  SmallVector<Value> product; ///< factors, by number
  int64_t offset = 0;         ///< in units of the product, where placed by number
  bool overlaps(const Slot &other) const { return first <= other.last && other.first <= last; }
};

/// Puts each slot at the lowest offset that is free in its time, big ones first. Returns the end.
int64_t placeByNumber(SmallVector<Slot *> slots) {
  llvm::sort(slots, [](Slot *a, Slot *b) {
    return std::make_pair(-a->coefficient, a->number) < std::make_pair(-b->coefficient, b->number);
  });
  int64_t end = 0;
  SmallVector<Slot *> placed; // by offset
  for (Slot *slot : slots) {
    int64_t offset = 0;
    for (Slot *other : placed)
      if (slot->overlaps(*other) && other->offset < offset + slot->coefficient)
        offset = std::max(offset, other->offset + other->coefficient);
    slot->offset = offset;
    end = std::max(end, offset + slot->coefficient);
    placed.insert(
        llvm::upper_bound(placed, slot, [](Slot *a, Slot *b) { return a->offset < b->offset; }),
        slot);
  }
  return end;
}

/// Makes values of @main anew at another place (its entry, or @plan).
struct Cloner {
  OpBuilder b;
  IRMapping map;
  Value get(Value value) {
    if (map.contains(value))
      return map.lookup(value);
    Operation *def = value.getDefiningOp();
    for (Value operand : def->getOperands())
      get(operand);
    b.clone(*def, map);
    return map.lookup(value);
  }
  Value constant(Location loc, int64_t value) {
    return arith::ConstantIndexOp::create(b, loc, value);
  }
  Value times(Location loc, int64_t coefficient, ArrayRef<Value> factors) {
    Value result = constant(loc, coefficient);
    for (Value factor : factors)
      result = arith::MulIOp::create(b, loc, result, get(factor));
    return result;
  }
};

struct Planner {
  func::FuncOp func;
  DenseMap<Value, int64_t> numbers; ///< of the factors, in order of appearance
  std::deque<Slot> slots;
  /// After place(): the static part, and the symbolic part if it is one product.
  int64_t staticEnd = 0, symbolicEnd = 0;
  SmallVector<Slot *> symbolic;
  bool oneProduct = true;

  /// Whether a value is arithmetic on the symbols.
  static bool isSymbolic(Value value) {
    if (auto argument = dyn_cast<BlockArgument>(value))
      return argument.getType().isIndex() && isa<func::FuncOp>(argument.getOwner()->getParentOp());
    Operation *def = value.getDefiningOp();
    return isa<arith::ArithDialect>(def->getDialect()) && def->getNumRegions() == 0 &&
           llvm::all_of(def->getOperands(), isSymbolic);
  }

  /// Position of every op, and of the end of every op with regions.
  DenseMap<Operation *, int64_t> begins, ends;

  void number() {
    int64_t next = 0;
    func.walk([&](Operation *op, const WalkStage &stage) {
      if (stage.isBeforeAllRegions())
        begins[op] = next++;
      if (stage.isAfterAllRegions())
        ends[op] = op->getNumRegions() ? next++ : begins[op];
    });
  }

  /// The loops around `op`, inside the function.
  static SmallVector<LoopLikeOpInterface> loopsAround(Operation *op) {
    SmallVector<LoopLikeOpInterface> loops;
    for (auto loop = op->getParentOfType<LoopLikeOpInterface>(); loop;
         loop = loop->getParentOfType<LoopLikeOpInterface>())
      loops.push_back(loop);
    return loops;
  }

  /// The time in which a buffer is live; false if it outlives an iteration of a loop that makes it
  /// anew each time.
  bool findLifetime(memref::AllocOp alloc, const BufferViewFlowAnalysis &flow, Slot &slot) {
    auto aliases = flow.resolve(alloc);
    SmallVector<LoopLikeOpInterface> around = loopsAround(alloc);
    for (LoopLikeOpInterface loop : around)
      for (Region &region : loop->getRegions())
        for (Value operand : region.back().getTerminator()->getOperands())
          if (aliases.contains(operand))
            return false;
    int64_t first = INT64_MAX, last = -1;
    for (Value alias : aliases)
      for (Operation *user : alias.getUsers()) {
        int64_t from = begins[user], to = ends[user];
        for (LoopLikeOpInterface loop : loopsAround(user))
          if (!llvm::is_contained(around, loop)) {
            from = std::min(from, begins[loop]);
            to = std::max(to, ends[loop]);
          }
        last = std::max(last, to);
        if (!isa<ViewLikeOpInterface>(user) || from < begins[user])
          first = std::min(first, from);
      }
    slot.first = std::min(first, last);
    slot.last = last;
    return true;
  }

  void collect() {
    number();
    BufferViewFlowAnalysis flow(func);
    DenseMap<Value, Slot *> slotOf;
    SmallVector<memref::AllocOp> allocs;
    func.walk([&](memref::AllocOp alloc) { allocs.push_back(alloc); });
    for (memref::AllocOp alloc : allocs) {
      if (alloc.use_empty()) {
        alloc.erase();
        continue;
      }
      Slot slot;
      if (!alloc.getType().getLayout().isIdentity() ||
          !llvm::all_of(alloc.getDynamicSizes(), isSymbolic) || !findLifetime(alloc, flow, slot))
        continue;
      slot.buffers.push_back(alloc);
      slot.number = slots.size();
      int64_t elements = 1;
      for (int64_t dim : alloc.getType().getShape())
        if (!ShapedType::isDynamic(dim))
          elements *= dim;
      slot.coefficient = alignUp(elements * elementBytes(alloc.getType().getElementType()));
      slot.product.assign(alloc.getDynamicSizes().begin(), alloc.getDynamicSizes().end());
      for (Value factor : slot.product)
        numbers.try_emplace(factor, numbers.size());
      llvm::sort(slot.product, [&](Value a, Value b) { return numbers[a] < numbers[b]; });
      slots.push_back(slot);
    }
    for (Slot &slot : slots)
      slotOf[slot.buffers[0]] = &slot;
    shareInPlace(slotOf);
  }

  /// The destination of an elementwise kernel takes the place of an input of the same size that
  /// dies there.
  void shareInPlace(DenseMap<Value, Slot *> &slotOf) {
    func.walk([&](kernel::LaunchOp launch) {
      if (!launch.getElementwise() || launch.getOuts().size() != 1 || launch.getReadsOuts())
        return;
      Slot *out = slotOf.lookup(launch.getOuts()[0]);
      if (!out || out->first != begins[launch])
        return;
      for (Value input : launch.getIns()) {
        Slot *in = slotOf.lookup(input);
        if (!in || in == out || in->last != begins[launch] || in->coefficient != out->coefficient ||
            in->product != out->product || input.getType() != launch.getOuts()[0].getType() ||
            llvm::count(launch.getIns(), input) != 1)
          continue;
        in->last = out->last;
        in->buffers.append(out->buffers);
        for (memref::AllocOp buffer : out->buffers)
          slotOf[buffer] = in;
        out->buffers.clear();
        break;
      }
    });
    llvm::erase_if(slots, [](const Slot &slot) { return slot.buffers.empty(); });
  }

  void place() {
    SmallVector<Slot *> fixed;
    for (Slot &slot : slots)
      (slot.product.empty() ? fixed : symbolic).push_back(&slot);
    staticEnd = placeByNumber(fixed);
    oneProduct =
        llvm::all_of(symbolic, [&](Slot *slot) { return slot->product == symbolic[0]->product; });
    if (oneProduct) {
      symbolicEnd = placeByNumber(symbolic);
    } else {
      // By size for a guessed extent of each factor: the order matters for the space, not for
      // soundness.
      auto guess = [](Slot *slot) {
        return double(slot->coefficient) * std::pow(32.0, double(slot->product.size()));
      };
      llvm::sort(symbolic, [&](Slot *a, Slot *b) {
        return std::make_pair(-guess(a), a->number) < std::make_pair(-guess(b), b->number);
      });
    }
  }

  /// Emits the offset of every symbolic slot, and the end of the arena.
  Value emitOffsets(Cloner &cloner, Location loc, SmallVectorImpl<Value> &offsets) {
    OpBuilder &b = cloner.b;
    Value base = cloner.constant(loc, staticEnd);
    if (symbolic.empty())
      return base;
    if (oneProduct) {
      for (Slot *slot : symbolic)
        offsets.push_back(
            arith::AddIOp::create(b, loc, base, cloner.times(loc, slot->offset, slot->product)));
      return arith::AddIOp::create(b, loc, base,
                                   cloner.times(loc, symbolicEnd, symbolic[0]->product));
    }
    SmallVector<Value> ends;
    Value end = base;
    for (auto [i, slot] : llvm::enumerate(symbolic)) {
      Value offset = base;
      for (size_t j = 0; j < i; ++j)
        if (slot->overlaps(*symbolic[j]))
          offset = arith::MaxSIOp::create(b, loc, offset, ends[j]);
      offsets.push_back(offset);
      ends.push_back(arith::AddIOp::create(b, loc, offset,
                                           cloner.times(loc, slot->coefficient, slot->product)));
      end = arith::MaxSIOp::create(b, loc, end, ends.back());
    }
    return end;
  }

  LogicalResult emitViews() {
    OpBuilder b(func.getContext());
    unsigned position = func.getNumArguments();
    if (failed(func.insertArgument(position, MemRefType::get({ShapedType::kDynamic}, b.getI8Type()),
                                   b.getDictionaryAttr(b.getNamedAttr(kArenaAttr, b.getUnitAttr())),
                                   func.getLoc())))
      return failure();
    Value arena = func.getArgument(position);
    Cloner cloner{OpBuilder::atBlockBegin(&func.front()), {}};
    for (BlockArgument argument : func.getArguments())
      cloner.map.map(Value(argument), Value(argument));
    SmallVector<Value> offsets;
    if (!symbolic.empty())
      emitOffsets(cloner, func.getLoc(), offsets);
    DenseMap<Slot *, Value> offsetOf;
    for (auto [slot, offset] : llvm::zip(symbolic, offsets))
      offsetOf[slot] = offset;
    for (Slot &slot : slots)
      for (memref::AllocOp alloc : slot.buffers) {
        b.setInsertionPoint(alloc);
        Value offset = offsetOf.lookup(&slot);
        if (!offset)
          offset = arith::ConstantIndexOp::create(b, alloc.getLoc(), slot.offset);
        Value view = memref::ViewOp::create(b, alloc.getLoc(), alloc.getType(), arena, offset,
                                            alloc.getDynamicSizes());
        alloc.replaceAllUsesWith(view);
        alloc.erase();
      }
    return success();
  }

  /// Gives @plan the size of the arena and the checks that make the arithmetic of @main safe.
  LogicalResult extendPlan(func::FuncOp plan) {
    SmallVector<BlockArgument> symbols;
    for (BlockArgument argument : func.getArguments())
      if (argument.getType().isIndex())
        symbols.push_back(argument);
    if (symbols.size() != plan.getNumArguments())
      return plan.emitError("takes ")
             << plan.getNumArguments() << " symbols, but @main has " << symbols.size();
    auto ret = cast<func::ReturnOp>(plan.front().getTerminator());
    Location loc = ret.getLoc();
    Cloner cloner{OpBuilder(ret), {}};
    OpBuilder &b = cloner.b;
    for (auto [symbol, argument] : llvm::zip(symbols, plan.getArguments()))
      cloner.map.map(Value(symbol), Value(argument));

    // Sizes are not negative, and so small that no sum or product of them overflows.
    Value zero = cloner.constant(loc, 0);
    auto check = [&](Value condition, StringRef message) {
      cf::AssertOp::create(b, loc, condition, message);
    };
    llvm::SmallDenseSet<Value> checked;
    auto notNegative = [&](Value dim) {
      if (!getConstantIntValue(OpFoldResult(dim)) && checked.insert(dim).second)
        check(arith::CmpIOp::create(b, loc, arith::CmpIPredicate::sge, dim, zero),
              "shape: a dimension would be negative for these sizes of the inputs");
    };
    for (Value dim : ret.getOperands())
      notNegative(dim);
    SmallVector<std::pair<Value, int64_t>> factors(numbers.begin(), numbers.end());
    llvm::sort(factors, [](auto &a, auto &b) { return a.second < b.second; });
    for (auto &[factor, number] : factors)
      notNegative(cloner.get(factor));
    Type f64 = b.getF64Type();
    auto number = [&](double value) -> Value {
      return arith::ConstantOp::create(b, loc, b.getF64FloatAttr(value));
    };
    Value total;
    for (Slot *slot : symbolic) {
      Value bytes = number(double(slot->coefficient));
      for (Value factor : slot->product) {
        Value wide = arith::IndexCastOp::create(b, loc, b.getI64Type(), cloner.get(factor));
        bytes = arith::MulFOp::create(b, loc, bytes, arith::SIToFPOp::create(b, loc, f64, wide));
      }
      total = total ? arith::AddFOp::create(b, loc, total, bytes).getResult() : bytes;
    }
    if (total)
      check(arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OLE, total,
                                  number(double(int64_t(1) << 50))),
            "memory: the model would need more than a petabyte for these sizes of the inputs");

    SmallVector<Value> offsets;
    Value bytes = emitOffsets(cloner, loc, offsets);
    ret.getOperandsMutable().append(bytes);
    SmallVector<Type> results(plan.getResultTypes());
    results.push_back(b.getIndexType());
    plan.setFunctionType(b.getFunctionType(plan.getArgumentTypes(), results));
    return success();
  }
};

struct ArenaPlanPass : dlc::impl::ArenaPlanBase<ArenaPlanPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    for (StringRef name : {kMainFunc, kWeightsFunc}) {
      auto func = module.lookupSymbol<func::FuncOp>(name);
      if (!func || func.isExternal())
        continue;
      Planner planner;
      planner.func = func;
      planner.collect();
      planner.place();
      if (name == kWeightsFunc) {
        func->setAttr(kArenaBytesAttr, Builder(&getContext()).getI64IntegerAttr(planner.staticEnd));
      } else {
        auto plan = module.lookupSymbol<func::FuncOp>(kPlanFunc);
        if (!plan || plan.isExternal()) {
          func.emitError("has no @plan beside it");
          return signalPassFailure();
        }
        if (failed(planner.extendPlan(plan)))
          return signalPassFailure();
      }
      if (!planner.slots.empty() && failed(planner.emitViews()))
        return signalPassFailure();
    }
  }
};
} // namespace
