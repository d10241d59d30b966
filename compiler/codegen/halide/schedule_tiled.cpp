// The template of contractions, windows, elementwise kernels and transposes: the output is tiled;
// the inner tile is vectors along its innermost dimension and unrolled along the others, so that
// its accumulators are registers. The root (the heaviest contraction) is computed tile by tile, on
// the stack.
#include "compiler/codegen/halide/schedule.h"

#include <algorithm>
#include <utility>

using namespace Halide;
using namespace dlc::halide;

namespace {

/// How one dimension of the target was split.
struct SplitDim {
  Var outer, inner;
  int64_t tile = 1;
};

/// What is tiled, and how. Vectors are innermost first, as Halide has its dimensions.
struct Tiling {
  Func target;
  std::vector<Var> vars;
  std::vector<int64_t> extents, tiles; ///< no tile is larger than its extent
  int64_t width = 1;                   ///< of the columns, as the schedule says
  std::vector<size_t> loops;           ///< the outer loops, outermost first
  std::vector<size_t> parallel;
  size_t vector = 0; ///< the dimension that vectors run along
  std::vector<SplitDim> dims;
  int lanes = 1;
  std::vector<Var> outer; ///< the outer loops, innermost first
};

} // namespace

/// The innermost dimension that is not 1.
static size_t vectorDimension(const std::vector<int64_t> &extents) {
  for (size_t i = 0; i < extents.size(); ++i)
    if (extents[i] != 1)
      return i;
  return 0;
}

/// Reads the schedule, which counts dimensions from the outermost, for the target. A packed
/// contraction has one dimension more than the schedule: its columns are panels, innermost.
static bool readSchedule(Tiling &tiling, const ScheduleSpec &spec) {
  size_t rank = tiling.vars.size(), described = spec.tile.empty() ? rank : spec.tile.size();
  bool packed = rank == described + 1;
  if (rank == 0 || (described != rank && !packed))
    return false;
  auto dimension = [&](int64_t position) { return rank - 1 - size_t(position); };
  tiling.tiles.assign(rank, 1);
  for (size_t position = 0; position < spec.tile.size(); ++position)
    tiling.tiles[dimension(position)] = std::max<int64_t>(spec.tile[position], 1);
  if (packed) // the tile is the panel
    tiling.tiles[0] = std::exchange(tiling.tiles[1], 1);
  tiling.vector = vectorDimension(tiling.extents);
  tiling.width = tiling.tiles[tiling.vector];
  for (size_t i = 0; i < rank; ++i)
    if (tiling.extents[i] > 0)
      tiling.tiles[i] = std::min(tiling.tiles[i], tiling.extents[i]);
  // What the order leaves out comes outermost.
  std::vector<bool> named(rank);
  for (int64_t position : spec.order)
    if (position >= 0 && position < int64_t(described))
      named[dimension(position)] = true;
  for (size_t i = rank; i-- > size_t(packed);)
    if (!named[i])
      tiling.loops.push_back(i);
  for (int64_t position : spec.order)
    if (position >= 0 && position < int64_t(described))
      tiling.loops.push_back(dimension(position));
  if (packed)
    tiling.loops.push_back(0);
  for (int64_t position : spec.parallel)
    if (position >= 0 && position < int64_t(described))
      tiling.parallel.push_back(dimension(position));
  return true;
}

/// Guards against loops that would be unrolled into megabytes of code.
static constexpr int64_t kMostUnrolled = 512;

/// The heaviest reduction that is not written inline.
static int findRoot(const Translator &translator) {
  int root = -1;
  int64_t most = 0;
  for (size_t i = 0; i < translator.stages.size(); ++i) {
    const dlc::halide::Stage &stage = translator.stages[i];
    if (!stage.isReduction())
      continue;
    int64_t work = elementsOf(stage) * rangeOf(stage);
    if (work > most) {
      most = work;
      root = int(i);
    }
  }
  return root;
}

/// Splits the target's dimensions and orders its loops.
static bool tile(Tiling &tiling, const ScheduleSpec &spec, int names) {
  size_t rank = tiling.vars.size();
  int64_t &width = tiling.tiles[tiling.vector];
  // All of a short row in one vector, of which a part is stored.
  if (width == tiling.extents[tiling.vector] && width < spec.lanes) {
    int64_t full = 1;
    while (full < width)
      full *= 2;
    width = std::min<int64_t>(full, spec.lanes);
  }
  tiling.lanes = fittingLanes(width, spec.lanes);
  if (width % tiling.lanes != 0 && width % (tiling.lanes / 2) == 0)
    tiling.lanes /= 2; // half vectors rather than a guard in every row
  int64_t unrolled = 1;
  for (int64_t tile : tiling.tiles)
    unrolled *= tile;
  if (unrolled / tiling.lanes > kMostUnrolled)
    return false;
  Func &target = tiling.target;
  std::vector<VarOrRVar> order;
  std::vector<Var> unroll;
  for (size_t i = 0; i < rank; ++i) {
    SplitDim dim;
    dim.tile = tiling.tiles[i];
    std::string name = "dlc_t" + std::to_string(names) + "_" + std::to_string(i);
    dim.outer = dim.tile == 1 ? tiling.vars[i] : Var(name + "o");
    dim.inner = Var(name + "i");
    tiling.dims.push_back(dim);
    if (dim.tile == 1)
      continue;
    bool divides = tiling.extents[i] > 0 && tiling.extents[i] % dim.tile == 0;
    target.split(tiling.vars[i], dim.outer, dim.inner, int(dim.tile),
                 divides ? TailStrategy::RoundUp : TailStrategy::GuardWithIf);
    if (!divides) // in the last panel of columns, too, or its guards are inside the sums
      target.partition(dim.outer, Partition::Always);
    if (i == tiling.vector && tiling.lanes > 1) {
      if (dim.tile == tiling.lanes) {
        target.vectorize(dim.inner);
        order.push_back(dim.inner);
        continue;
      }
      Var vector(name + "v"), rest(name + "u");
      target.split(dim.inner, rest, vector, tiling.lanes,
                   dim.tile % tiling.lanes == 0 ? TailStrategy::RoundUp
                                                : TailStrategy::GuardWithIf);
      target.vectorize(vector);
      order.push_back(vector);
      order.push_back(rest);
      unroll.push_back(rest);
      continue;
    }
    order.push_back(dim.inner);
    unroll.push_back(dim.inner);
  }
  for (size_t i = tiling.loops.size(); i-- > 0;) {
    order.push_back(tiling.dims[tiling.loops[i]].outer);
    tiling.outer.push_back(tiling.dims[tiling.loops[i]].outer);
  }
  if (order.size() > 1)
    target.reorder(order);
  for (const Var &var : unroll)
    target.unroll(var);
  if (!tiling.parallel.empty()) // a loop inside a parallel loop runs serially: the first one only
    target.parallel(tiling.dims[tiling.parallel.front()].outer);
  return true;
}

/// Products of bytes: `terms` of them at a time, as one instruction adds them. The innermost
/// reduction has as many steps.
static bool dotForm(dlc::halide::Stage &root, int64_t terms, int lanes) {
  if (root.ranges[0] != terms || root.vars.empty() || root.func.outputs() != 1)
    return false;
  Func &func = root.func;
  std::vector<VarOrRVar> order{root.rvars[0]};
  Var vector("dlc_dot_v"), rest("dlc_dot_u");
  func.update().split(root.vars[0], rest, vector, lanes, TailStrategy::GuardWithIf);
  order.push_back(vector);
  order.push_back(rest);
  for (size_t i = 1; i < root.vars.size(); ++i)
    order.push_back(root.vars[i]);
  for (size_t i = 1; i < root.rvars.size(); ++i)
    order.push_back(root.rvars[i]);
  func.update().reorder(order).atomic().vectorize(root.rvars[0]).vectorize(vector).unroll(rest);
  for (size_t i = 1; i < root.vars.size(); ++i)
    func.update().unroll(root.vars[i]);
  return true;
}

namespace {
/// How the innermost dimension of the root is cut into vectors.
struct RootVectors {
  size_t dimension = 0;
  int lanes = 1;
  bool panel = false;   ///< the tile is a whole panel, read whole: columns beyond the result are 0
  bool divides = false; ///< the dimension ends with a whole tile
};
} // namespace

static RootVectors rootVectors(const dlc::halide::Stage &root, const ScheduleSpec &spec,
                               int64_t width) {
  RootVectors result;
  result.dimension = vectorDimension(root.extents);
  int64_t extent = root.vars.empty() ? 1 : root.extents[result.dimension];
  result.lanes = fittingLanes(extent > 0 ? std::min(extent, width) : width, spec.lanes);
  result.panel = extent > 0 && extent % result.lanes == 0 && width % extent == 0;
  result.divides = extent > 0 && extent % width == 0 && width % result.lanes == 0;
  return result;
}

/// The accumulators: computed once for each tile, in registers.
static void scheduleRoot(dlc::halide::Stage &root, const Tiling &tiling, const ScheduleSpec &spec) {
  Func &func = root.func;
  func.compute_at(tiling.target, tiling.outer.front());
  func.store_in(MemoryType::Stack);
  if (root.vars.empty())
    return;
  RootVectors v = rootVectors(root, spec, tiling.width);
  const Var &columns = root.vars[v.dimension];
  if (v.panel)
    func.bound_extent(columns, int(root.extents[v.dimension]));
  TailStrategy tail = v.panel || v.divides ? TailStrategy::RoundUp : TailStrategy::GuardWithIf;
  auto vectors = [&](auto stage, bool update) {
    if (v.lanes > 1) {
      Var rest(update ? "dlc_root_u1" : "dlc_root_u0"),
          vector(update ? "dlc_root_v1" : "dlc_root_v0");
      stage.split(columns, rest, vector, v.lanes, tail).vectorize(vector).unroll(rest);
    } else {
      stage.unroll(columns);
    }
    for (size_t i = 0; i < root.vars.size(); ++i)
      if (i != v.dimension)
        stage.unroll(root.vars[i]);
  };
  vectors(Halide::Stage(func.function(), func.function().definition(), 0), false);
  if (spec.dot > 0 && dotForm(root, spec.dot, v.lanes))
    return;
  std::vector<VarOrRVar> order;
  order.push_back(columns);
  for (size_t i = 0; i < root.vars.size(); ++i)
    if (i != v.dimension)
      order.push_back(root.vars[i]);
  order.insert(order.end(), root.rvars.begin(), root.rvars.end());
  func.update().reorder(order);
  vectors(func.update(), true);
  if (spec.unroll > 1) {
    int64_t range = root.ranges[0];
    if (range == spec.unroll)
      func.update().unroll(root.rvars[0]);
    else if (range % spec.unroll == 0 && range > 0)
      func.update().unroll(root.rvars[0], int(spec.unroll));
  }
}

/// Copies of runs are made for a line of outputs at a time, where the target has one, in vectors of
/// which each is its own piece of code.
static void schedulePieces(const Translator &translator, dlc::halide::Stage &stage,
                           const Tiling &tiling) {
  Func &func = stage.func;
  constexpr size_t line = 2; // of the copy: after what is copied, and columns
  size_t rank = stage.vars.size(), others = tiling.vars.size() - rank;
  bool matches = rank > line && tiling.vars.size() >= rank;
  for (size_t i = 1; matches && i <= line; ++i)
    matches = stage.extents[i] == tiling.extents[i + others];
  if (matches)
    func.compute_at(tiling.target, tiling.dims[line + others].outer);
  else
    func.compute_root();
  int64_t extent = stage.extents[0];
  int lanes = fittingLanes(extent, std::min(translator.options.vectorBytes, 32));
  if (lanes < 2)
    return;
  Var vectors("dlc_vectors"), vector("dlc_vector");
  func.bound(stage.vars[0], 0, int(extent))
      .split(stage.vars[0], vectors, vector, lanes, TailStrategy::ShiftInwards)
      .vectorize(vector)
      .unroll(vectors);
}

/// What the root reads: pads and other producers, each where the schedule wants them.
static void placeProducers(Translator &translator, Plan &plan, int root, const Tiling &tiling) {
  const ScheduleSpec &spec = translator.program.schedule;
  std::vector<bool> needed = cone(translator, root);
  for (int i = 0; i < root; ++i) {
    dlc::halide::Stage &stage = translator.stages[i];
    if (!needed[i] || stage.isReduction() || plan.scheduled[i])
      continue;
    if (stage.pieces) {
      plan.inlined[i] = false;
      plan.scheduled[i] = true;
      schedulePieces(translator, stage, tiling);
      continue;
    }
    bool pad = stage.node && stage.node->kind == Node::Pad;
    // Without operations and without operands there is nothing to store: a fill.
    if (stage.reads.empty() && stage.cost == 0)
      continue;
    Placement place = pad ? spec.pad : stage.cost > 0 ? spec.producers : Placement::Inline;
    if (place == Placement::Inline)
      continue; // as planned: inlined if that is cheap
    plan.inlined[i] = false;
    if (place == Placement::Outer && !tiling.outer.empty()) {
      stage.func.compute_at(tiling.target, tiling.outer.back());
      int lanes = stage.extents.empty()
                      ? 1
                      : fittingLanes(stage.extents[0], naturalLanes(translator, stage));
      if (lanes > 1)
        stage.func.vectorize(stage.vars[0], lanes, TailStrategy::GuardWithIf);
      plan.scheduled[i] = true;
    }
  }
}

/// Whether a tile of the target is a tile of the root: without units both have the same dimensions
/// (a packed root has its columns in two), so that what is unrolled is what was meant.
static bool isAligned(const Tiling &tiling, const dlc::halide::Stage &root) {
  auto withoutUnits = [](std::vector<int64_t> extents, bool packed) {
    if (packed)
      extents.erase(extents.begin(), extents.begin() + 2);
    extents.erase(std::remove(extents.begin(), extents.end(), 1), extents.end());
    return extents;
  };
  std::vector<int64_t> own = withoutUnits(root.extents, false);
  std::vector<int64_t> others = withoutUnits(tiling.extents, false);
  if (own == others || others.empty())
    return true;
  if (root.extents.size() < 2)
    return false;
  others.erase(others.begin());
  return withoutUnits(root.extents, true) == others;
}

static bool scheduleWithRoot(Translator &translator, Plan &plan, int root) {
  const ScheduleSpec &spec = translator.program.schedule;
  dlc::halide::Stage &stage = translator.stages[root];
  int output = translator.outputs.front();
  Tiling tiling;
  // Of several outputs none may own the root: a copy of it is the target then.
  bool wrapped = spec.apart || translator.outputs.size() > 1;
  if (wrapped) {
    if (stage.func.outputs() != 1)
      return false;
    tiling.target = stage.func.in();
    tiling.vars = tiling.target.args();
    tiling.extents = stage.extents;
  } else {
    tiling.target = translator.stages[output].func;
    tiling.vars = translator.stages[output].vars;
    tiling.extents = translator.stages[output].extents;
    if (!isAligned(tiling, stage) || !inlineConsumers(translator, plan, root))
      return false;
  }
  if (!readSchedule(tiling, spec))
    return false;
  if (translator.options.checked) {
    // Halide's assertions take the guarded vectors of a tail for accesses outside: no such schedule
    // then.
    RootVectors v = rootVectors(stage, spec, tiling.width);
    if (!v.panel && !v.divides)
      return false;
  }
  if (!tile(tiling, spec, output))
    return false;
  if (wrapped)
    tiling.target.compute_root();
  else
    plan.scheduled[output] = true;
  scheduleRoot(stage, tiling, spec);
  plan.scheduled[root] = true;
  placeProducers(translator, plan, root, tiling);
  return true;
}

/// Windows of vectors would gather each of them, for each tap, from what lies across or elsewhere:
/// the last such copy before the window is stored.
static void storeCopiesAcross(const Translator &translator, Plan &plan) {
  std::vector<bool> within(translator.stages.size()); // a stored one
  for (size_t i = translator.stages.size(); i-- > 0;) {
    const dlc::halide::Stage &stage = translator.stages[i];
    bool copies = (stage.node && stage.node->kind == Node::Pad) || stage.cost == 0;
    if (within[i] || !copies || !gathers(stage))
      continue;
    plan.inlined[i] = false;
    std::vector<bool> needed = cone(translator, int(i));
    for (size_t k = 0; k < i; ++k)
      within[k] = within[k] || needed[k];
  }
}

bool dlc::halide::scheduleTiled(Translator &translator, Plan &plan) {
  const ScheduleSpec &spec = translator.program.schedule;
  int root = findRoot(translator);
  if (spec.kind == Template::Window ||
      (root >= 0 && translator.stages[root].role == Role::Depthwise))
    storeCopiesAcross(translator, plan);
  if (root >= 0)
    return scheduleWithRoot(translator, plan, root);
  if (spec.kind == Template::Contraction)
    return false;
  // Further outputs get the same tiles where they have the same shape.
  const std::vector<int64_t> &extents = translator.stages[translator.outputs.front()].extents;
  bool any = false;
  for (int output : translator.outputs) {
    const dlc::halide::Stage &stage = translator.stages[output];
    Tiling tiling;
    tiling.target = stage.func;
    tiling.vars = stage.vars;
    tiling.extents = stage.extents;
    if (stage.extents == extents && readSchedule(tiling, spec) && tile(tiling, spec, output))
      any = plan.scheduled[output] = true;
  }
  return any;
}
