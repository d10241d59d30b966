// See dataflow.h. @main is walked in order with a map from bytes to whoever wrote them last; loops
// are walked twice, so that the second time shows what an iteration leaves to the next.
#include "compiler/report/dataflow.h"

#include "compiler/host/kernel_table.h"
#include "compiler/kernels/memory.h"
#include "compiler/report/places.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/MathExtras.h"

#include <map>
#include <set>

using namespace mlir;
using namespace dlc;

namespace {
/// Writers of bytes, by where they begin.
class Writers {
public:
  using Ids = SmallVector<int, 2>;
  void write(Run run, ArrayRef<int> ids, bool replaces) {
    split(run.first);
    split(run.second);
    auto at = pieces.lower_bound(run.first);
    int64_t from = run.first;
    while (at != pieces.end() && at->first < run.second) {
      if (replaces) {
        at = pieces.erase(at);
        continue;
      }
      if (at->first > from)
        pieces[from] = {at->first, Ids(ids)};
      for (int id : ids)
        if (!llvm::is_contained(at->second.ids, id))
          at->second.ids.push_back(id);
      from = at->second.end;
      ++at;
    }
    if (replaces || from < run.second)
      pieces[replaces ? run.first : from] = {run.second, Ids(ids)};
  }
  void read(Run run, llvm::SetVector<int> &ids) const {
    auto at = pieces.upper_bound(run.first);
    if (at != pieces.begin())
      --at;
    for (; at != pieces.end() && at->first < run.second; ++at)
      if (at->second.end > run.first)
        ids.insert(at->second.ids.begin(), at->second.ids.end());
  }

private:
  struct Piece {
    int64_t end;
    Ids ids;
  };
  void split(int64_t where) {
    auto at = pieces.lower_bound(where);
    if (at == pieces.begin())
      return;
    --at;
    if (at->second.end > where) {
      pieces[where] = at->second;
      at->second.end = where;
    }
  }
  std::map<int64_t, Piece> pieces;
};

class Reader {
public:
  Reader(ModuleOp module, SizeEvaluator &evaluate)
      : evaluate(evaluate), main(module.lookupSymbol<func::FuncOp>(kMainFunc)),
        places(main, evaluate) {
    plan = module.lookupSymbol<func::FuncOp>(kPlanFunc);
  }

  Dataflow read() {
    if (!main)
      return std::move(flow);
    names();
    walk(main.getBody(), -1, /*sure=*/true);
    outputs();
    findPeaks();
    return std::move(flow);
  }

private:
  void names() {
    auto text = [](Attribute name) { return name ? cast<StringAttr>(name).str() : std::string(); };
    std::map<int64_t, std::string> outputNames;
    for (unsigned i = 0; i < main.getNumArguments(); ++i)
      if (auto output = main.getArgAttrOfType<IntegerAttr>(i, kOutputAttr))
        outputNames[output.getInt()] = text(main.getArgAttr(i, kNameAttr));
      else if (isa<MemRefType>(main.getArgument(i).getType()) && !main.getArgAttr(i, kArenaAttr) &&
               !main.getArgAttr(i, kWeightsBaseAttr)) {
        inputNumber[i] = static_cast<int>(flow.inputs.size());
        flow.inputs.push_back(text(main.getArgAttr(i, kNameAttr)));
      }
    for (unsigned i = 0; i < main.getNumResults(); ++i)
      if (auto output = main.getResultAttrOfType<IntegerAttr>(i, kOutputAttr))
        outputNames[output.getInt()] = text(main.getResultAttr(i, kNameAttr));
    for (auto &[position, name] : outputNames)
      flow.outputs.push_back(name);
  }

  //===-- The walk --===//

  /// Buffers in the arena: one that is written anew after it was read is another one.
  struct Open {
    int buffer = -1;
    bool readSince = false;
  };

  void touch(const Place &place, int node, bool writes, bool carried = false) {
    if (place.space != Space::Arena || !place.base || node < 0)
      return;
    auto view = cast<memref::ViewOp>(place.base);
    std::optional<int64_t> offset = evaluate(view.getByteShift());
    if (!offset)
      return;
    int64_t size = alignUp(places.bytesOf(view.getType(), view.getSizes()));
    Open &open = opened[{*offset, size}];
    bool anew = writes && place.exact && place.whole && open.readSince && !secondTime;
    if (open.buffer < 0 || anew) {
      if (writes)
        begin(place, *offset, *offset + size);
      open = {static_cast<int>(flow.buffers.size()), false};
      std::string type;
      llvm::raw_string_ostream os(type);
      os << view.getType();
      StringRef inner = type;
      inner.consume_front("memref<");
      inner.consume_back(">");
      flow.buffers.push_back({*offset, size, node, node, inner.str()});
    }
    open.readSince |= !writes;
    Dataflow::Buffer &buffer = flow.buffers[static_cast<size_t>(open.buffer)];
    buffer.first = std::min(buffer.first, node);
    buffer.last = std::max(buffer.last, node);
    // What a later iteration reads, or what was there before the loop, lives all through it.
    for (const auto &[first, last] : loopsNow)
      if (carried || buffer.first < first) {
        buffer.first = std::min(buffer.first, first);
        buffer.last = std::max(buffer.last, last);
      }
  }

  bool isBegun(const Place &place) {
    auto view = dyn_cast_or_null<memref::ViewOp>(place.base);
    std::optional<int64_t> offset = view ? evaluate(view.getByteShift()) : std::nullopt;
    if (place.space != Space::Arena || !offset)
      return true;
    auto found = opened.find({*offset, alignUp(places.bytesOf(view.getType(), view.getSizes()))});
    return found != opened.end() && found->second.buffer >= 0;
  }

  /// A buffer begins here: what lay in its place is over.
  void begin(const Place &place, int64_t from, int64_t to) {
    for (auto &[run, open] : opened)
      if (run.first < to && from < run.first + run.second)
        open.buffer = -1;
    written[{place.space, place.block}].write({from, to}, {}, /*replaces=*/true);
  }

  void reads(Value memref, int node, llvm::SetVector<int> &from) {
    for (const Place &place : places.of(memref)) {
      if (place.space == Space::Input)
        if (auto argument = dyn_cast<BlockArgument>(Value::getFromOpaquePointer(place.block)))
          from.insert(-1 - inputNumber[argument.getArgNumber()]);
      if (!isBegun(place)) // one of the places that a loop's value may be in, not written yet
        continue;
      auto &writers = written[{place.space, place.block}];
      llvm::SetVector<int> here;
      for (Run run : place.runs)
        writers.read(run, here);
      bool carried = llvm::any_of(here, [&](int writer) { return secondTime && writer >= node; });
      touch(place, node, /*writes=*/false, carried);
      from.insert(here.begin(), here.end());
    }
  }

  void writes(Value memref, int node, ArrayRef<int> ids, bool sure) {
    for (const Place &place : places.of(memref)) {
      touch(place, node, /*writes=*/true);
      auto &writers = written[{place.space, place.block}];
      for (Run run : place.runs)
        writers.write(run, ids, sure && place.exact);
    }
  }

  void connect(const llvm::SetVector<int> &from, int to) {
    for (int id : from)
      if (id != to && edges.insert({id, to}).second)
        flow.edges.push_back({id, to, id >= to});
      else if (id == to && secondTime && edges.insert({id, to}).second)
        flow.edges.push_back({id, to, true});
  }

  int nodeFor(Operation *op, int loop) {
    auto [it, isNew] = nodeOf.try_emplace(op, static_cast<int>(flow.nodes.size()));
    if (!isNew)
      return it->second;
    std::vector<std::string> nodes = nodesOf(op->getLoc());
    auto launch = dyn_cast<kernel::LaunchOp>(op);
    // Host code of one ONNX node is one node.
    if (!launch && !flow.nodes.empty() && !flow.nodes.back().launch &&
        flow.nodes.back().nodes == nodes)
      return it->second = it->second - 1;
    flow.nodes.push_back({launch, std::move(nodes), loop});
    return it->second;
  }

  void visit(Operation *op, int loop, bool sure) {
    llvm::SetVector<int> from;
    if (auto launch = dyn_cast<kernel::LaunchOp>(op)) {
      int node = nodeFor(op, loop);
      for (Value in : launch.getIns())
        reads(in, node, from);
      if (launch.getReadsOuts())
        for (Value out : launch.getOuts())
          reads(out, node, from);
      connect(from, node);
      for (Value out : launch.getOuts())
        writes(out, node, node, sure);
      return;
    }
    if (auto copy = dyn_cast<memref::CopyOp>(op)) {
      int node = std::max<int>(static_cast<int>(flow.nodes.size()) - 1, 0);
      reads(copy.getSource(), node, from);
      writes(copy.getTarget(), node, from.getArrayRef(), sure);
      return;
    }
    // Host code: a node where it writes; what it loads before is its input.
    if (auto load = dyn_cast<memref::LoadOp>(op)) {
      reads(load.getMemref(), -1, loaded);
      return;
    }
    auto store = dyn_cast<memref::StoreOp>(op);
    auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
    if (!store && !linalgOp)
      return;
    int node = nodeFor(op, loop);
    connect(loaded, node);
    loaded.clear();
    if (store)
      return writes(store.getMemref(), node, node, false);
    for (Value in : linalgOp.getDpsInputs())
      if (isa<MemRefType>(in.getType()))
        reads(in, node, from);
    connect(from, node);
    for (Value out : linalgOp.getDpsInits())
      writes(out, node, node, sure);
  }

  void walk(Region &region, int loop, bool sure) {
    for (Block &block : region)
      for (Operation &op : block) {
        visit(&op, loop, sure);
        if (op.getNumRegions() == 0 || isa<linalg::LinalgOp>(op))
          continue;
        if (!isa<LoopLikeOpInterface>(op)) {
          for (Region &inner : op.getRegions())
            walk(inner, loop, false);
          continue;
        }
        walkLoop(&op, loop, sure);
      }
  }

  void walkLoop(Operation *op, int loop, bool sure) {
    auto [it, isNew] = loopOf.try_emplace(op, static_cast<int>(flow.loops.size()));
    int number = it->second;
    if (isNew) {
      int64_t trips = -1;
      if (auto counted = dyn_cast<scf::ForOp>(op)) {
        auto from = evaluate(counted.getLowerBound()), to = evaluate(counted.getUpperBound()),
             step = evaluate(counted.getStep());
        if (from && to && step && *step > 0)
          trips = std::max<int64_t>(llvm::divideCeilSigned(*to - *from, *step), 0);
      }
      flow.loops.push_back({loop, trips});
    }
    auto body = [&] {
      for (Region &inner : op->getRegions())
        walk(inner, number, sure);
    };
    if (secondTime) {
      loopsNow.push_back(nodeRange[op]);
      body();
      loopsNow.pop_back();
      return;
    }
    // The first time shows where the loop ends; buffers are stretched over it the second time.
    int first = static_cast<int>(flow.nodes.size());
    loopsNow.push_back({first, first});
    body();
    int last = std::max(static_cast<int>(flow.nodes.size()) - 1, first);
    loopsNow.back() = nodeRange[op] = {first, last};
    secondTime = true;
    body();
    secondTime = false;
    loopsNow.pop_back();
  }

  void outputs() {
    auto count = static_cast<int>(flow.nodes.size());
    for (unsigned i = 0; i < main.getNumArguments(); ++i)
      if (auto output = main.getArgAttrOfType<IntegerAttr>(i, kOutputAttr)) {
        llvm::SetVector<int> from;
        written[{Space::Output, main.getArgument(i).getAsOpaquePointer()}].read(
            {0, int64_t(1) << 50}, from);
        connect(from, count + static_cast<int>(output.getInt()));
      }
    Operation *ret = main.getBody().back().getTerminator();
    for (unsigned i = 0; i < main.getNumResults(); ++i)
      if (auto output = main.getResultAttrOfType<IntegerAttr>(i, kOutputAttr)) {
        llvm::SetVector<int> from;
        reads(ret->getOperand(i), -1, from);
        connect(from, count + static_cast<int>(output.getInt()));
      }
  }

  void findPeaks() {
    for (size_t t = 0; t < flow.nodes.size(); ++t) {
      int64_t live = 0;
      for (const Dataflow::Buffer &buffer : flow.buffers)
        if (buffer.first <= static_cast<int>(t) && static_cast<int>(t) <= buffer.last)
          live += buffer.size;
      flow.largestLive = std::max(flow.largestLive, live);
    }
    if (!plan || plan.isExternal())
      return;
    Operation *ret = plan.getBody().back().getTerminator();
    if (ret->getNumOperands())
      flow.arenaBytes = evaluate(ret->getOperands().back()).value_or(-1);
  }

  SizeEvaluator &evaluate;
  func::FuncOp main, plan;
  Places places;
  Dataflow flow;
  DenseMap<unsigned, int> inputNumber;
  std::map<std::pair<Space, const void *>, Writers> written;
  std::map<Run, Open> opened;
  std::set<std::pair<int, int>> edges;
  DenseMap<Operation *, int> nodeOf, loopOf;
  DenseMap<Operation *, std::pair<int, int>> nodeRange;
  SmallVector<std::pair<int, int>> loopsNow;
  llvm::SetVector<int> loaded;
  bool secondTime = false;
};
} // namespace

Dataflow dlc::readDataflow(ModuleOp module, SizeEvaluator &evaluate) {
  return Reader(module, evaluate).read();
}
