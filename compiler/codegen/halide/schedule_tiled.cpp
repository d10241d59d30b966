// The template of contractions, windows, elementwise kernels and transposes: the output is tiled;
// the inner tile is vectors along its innermost dimension and unrolled along the others, so that
// its accumulators are registers. The root (the heaviest contraction) is computed tile by tile, on
// the stack.
#include "compiler/codegen/halide/schedule.h"

#include <algorithm>

using namespace Halide;
using namespace dlc::halide;

namespace {

/// How one dimension of the target was split.
struct SplitDim {
  Var outer, inner;
  int64_t tile = 1;
};

struct Tiling {
  Func target;
  std::vector<SplitDim> dims; ///< innermost first
  int lanes = 1;
  std::vector<Var> outer; ///< loop order of the outer loops, innermost first
};

} // namespace

static int64_t tileOf(const ScheduleSpec &spec, size_t rank, size_t varIndex) {
  size_t position = rank - 1 - varIndex;
  return position < spec.tile.size() ? std::max<int64_t>(spec.tile[position], 1) : 1;
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

/// Every stage that `stage` needs, itself included.
static std::vector<bool> cone(const Translator &translator, int stage) {
  std::vector<bool> needed(translator.stages.size());
  needed[stage] = true;
  for (int i = stage; i >= 0; --i)
    if (needed[i])
      for (auto [producer, sites] : translator.stages[i].reads)
        needed[producer] = true;
  return needed;
}

/// Splits the target's dimensions and orders its loops.
static bool tile(Tiling &tiling, const std::vector<Var> &vars, const std::vector<int64_t> &extents,
                 const ScheduleSpec &spec, int names) {
  size_t rank = vars.size();
  int64_t unrolled = 1;
  for (size_t i = 0; i < rank; ++i) {
    SplitDim dim;
    dim.tile = tileOf(spec, rank, i);
    if (extents[i] > 0)
      dim.tile = std::min(dim.tile, extents[i]);
    unrolled *= dim.tile;
    tiling.dims.push_back(dim);
  }
  tiling.lanes = rank == 0 ? 1 : fittingLanes(tiling.dims[0].tile, spec.lanes);
  if (unrolled / tiling.lanes > kMostUnrolled)
    return false;
  Func &target = tiling.target;
  std::vector<VarOrRVar> order;
  std::vector<Var> unroll;
  for (size_t i = 0; i < rank; ++i) {
    SplitDim &dim = tiling.dims[i];
    std::string name = "dlc_t" + std::to_string(names) + "_" + std::to_string(i);
    dim.outer = Var(name + "o");
    dim.inner = Var(name + "i");
    if (dim.tile == 1) {
      dim.outer = vars[i];
      continue;
    }
    bool divides = extents[i] > 0 && extents[i] % dim.tile == 0;
    target.split(vars[i], dim.outer, dim.inner, int(dim.tile),
                 divides ? TailStrategy::RoundUp : TailStrategy::GuardWithIf);
    if (i == 0 && tiling.lanes > 1) {
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
  // Outer loops: `order` names output dimensions, outermost first; what it leaves out comes
  // outermost.
  std::vector<size_t> loops; // outermost first
  for (size_t position = 0; position < rank; ++position)
    if (std::find(spec.order.begin(), spec.order.end(), int64_t(position)) == spec.order.end())
      loops.push_back(rank - 1 - position);
  for (int64_t position : spec.order)
    if (position >= 0 && position < int64_t(rank))
      loops.push_back(rank - 1 - size_t(position));
  for (size_t i = loops.size(); i-- > 0;) {
    order.push_back(tiling.dims[loops[i]].outer);
    tiling.outer.push_back(tiling.dims[loops[i]].outer);
  }
  if (order.size() > 1)
    target.reorder(order);
  for (const Var &var : unroll)
    target.unroll(var);
  for (int64_t position : spec.parallel)
    if (position >= 0 && position < int64_t(rank)) {
      target.parallel(tiling.dims[rank - 1 - size_t(position)].outer);
      break; // a loop inside a parallel loop runs serially
    }
  return true;
}

/// The int8 form: four products at a time, as vpdpbusd does them. The innermost reduction has four
/// steps.
static bool dotForm(dlc::halide::Stage &root, int lanes) {
  if (root.ranges[0] != 4 || root.vars.empty() || root.func.outputs() != 1)
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

/// Lanes of the root, and whether its innermost dimension is a whole panel or ends with whole
/// tiles.
static int rootLanes(const dlc::halide::Stage &root, const ScheduleSpec &spec, int64_t width,
                     bool &panel, bool &divides) {
  int64_t extent = root.vars.empty() ? 1 : root.extents[0];
  int lanes = fittingLanes(extent > 0 ? std::min(extent, width) : width, spec.lanes);
  // A panel is read whole: its columns beyond the result are zeros. Other operands end with the
  // result.
  panel = extent > 0 && extent % lanes == 0 && width % extent == 0;
  divides = extent > 0 && extent % width == 0 && width % lanes == 0;
  return lanes;
}

/// The accumulators: computed once for each tile, in registers.
static void scheduleRoot(dlc::halide::Stage &root, const Tiling &tiling, const ScheduleSpec &spec) {
  Func &func = root.func;
  if (!tiling.outer.empty())
    func.compute_at(tiling.target, tiling.outer.front());
  else
    func.compute_root();
  func.store_in(MemoryType::Stack);
  if (root.vars.empty())
    return;
  int64_t width = root.extents[0];
  bool panel, divides;
  int lanes = rootLanes(root, spec, tiling.dims[0].tile, panel, divides);
  if (panel)
    func.bound_extent(root.vars[0], int(width));
  TailStrategy tail = panel || divides ? TailStrategy::RoundUp : TailStrategy::GuardWithIf;
  auto vectors = [&](auto stage, bool update) {
    if (lanes > 1) {
      Var rest(update ? "dlc_root_u1" : "dlc_root_u0"),
          vector(update ? "dlc_root_v1" : "dlc_root_v0");
      stage.split(root.vars[0], rest, vector, lanes, tail).vectorize(vector).unroll(rest);
    } else {
      stage.unroll(root.vars[0]);
    }
    for (size_t i = 1; i < root.vars.size(); ++i)
      stage.unroll(root.vars[i]);
  };
  vectors(Halide::Stage(func.function(), func.function().definition(), 0), false);
  if (spec.dot && dotForm(root, lanes))
    return;
  std::vector<VarOrRVar> order(root.vars.begin(), root.vars.end());
  order.insert(order.end(), root.rvars.begin(), root.rvars.end());
  func.update().reorder(order);
  vectors(func.update(), true);
  if (spec.unroll > 1 && !root.rvars.empty()) {
    int64_t range = root.ranges[0];
    if (range == spec.unroll)
      func.update().unroll(root.rvars[0]);
    else if (range % spec.unroll == 0 && range > 0)
      func.update().unroll(root.rvars[0], int(spec.unroll));
  }
}

/// What the root reads: pads and other producers, each where the schedule wants them.
static void placeProducers(Translator &translator, Plan &plan, int root, const Tiling &tiling) {
  const ScheduleSpec &spec = translator.program.schedule;
  std::vector<bool> needed = cone(translator, root);
  for (int i = 0; i < root; ++i) {
    dlc::halide::Stage &stage = translator.stages[i];
    if (!needed[i] || stage.isReduction() || plan.scheduled[i])
      continue;
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

bool dlc::halide::scheduleTiled(Translator &translator, Plan &plan) {
  const ScheduleSpec &spec = translator.program.schedule;
  int root = findRoot(translator);
  if (root < 0 && spec.kind == Template::Contraction)
    return false;
  // Of several outputs none may own the root: a wrapper of it is the target then.
  Tiling tiling;
  std::vector<Var> vars;
  std::vector<int64_t> extents;
  int output = translator.outputs.front();
  bool wrapped = root >= 0 && translator.outputs.size() > 1;
  if (wrapped) {
    if (translator.stages[root].func.outputs() != 1)
      return false;
    tiling.target = translator.stages[root].func.in();
    vars = translator.stages[root].vars;
    extents = translator.stages[root].extents;
    std::vector<Var> own = tiling.target.args();
    vars = own;
    if (vars.size() != translator.stages[output].vars.size())
      return false;
  } else {
    tiling.target = translator.stages[output].func;
    vars = translator.stages[output].vars;
    extents = translator.stages[output].extents;
  }
  if (vars.empty())
    return false;
  // The root must be used by the target alone, through inlined stages.
  if (root >= 0 && !wrapped)
    for (size_t i = root + 1; i < translator.stages.size(); ++i) {
      const dlc::halide::Stage &stage = translator.stages[i];
      if (stage.output || plan.inlined[i])
        continue;
      if (cone(translator, int(i))[root])
        return false;
    }
  if (root >= 0 && translator.options.checked) {
    // Halide's assertions take the guarded vectors of a tail for accesses outside: no such schedule
    // then.
    bool panel, divides;
    int64_t width = tileOf(spec, vars.size(), 0);
    if (extents[0] > 0)
      width = std::min(width, extents[0]);
    rootLanes(translator.stages[root], spec, width, panel, divides);
    if (!panel && !divides)
      return false;
  }
  if (!tile(tiling, vars, extents, spec, output))
    return false;
  if (wrapped)
    tiling.target.compute_root();
  else
    plan.scheduled[output] = true;
  if (root >= 0) {
    scheduleRoot(translator.stages[root], tiling, spec);
    plan.scheduled[root] = true;
    placeProducers(translator, plan, root, tiling);
  }
  // Further outputs of a kernel without a root get the same tiles where they have the same shape.
  if (root < 0)
    for (size_t i = 1; i < translator.outputs.size(); ++i) {
      int other = translator.outputs[i];
      Tiling same;
      same.target = translator.stages[other].func;
      if (translator.stages[other].extents == extents &&
          tile(same, translator.stages[other].vars, extents, spec, other))
        plan.scheduled[other] = true;
    }
  return true;
}
