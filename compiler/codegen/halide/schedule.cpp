// What is inlined, and the default arrangement of everything else.
#include "compiler/codegen/halide/schedule.h"

#include <algorithm>

using namespace Halide;
using namespace dlc::halide;

static int64_t product(const std::vector<int64_t> &extents) {
  int64_t result = 1;
  for (int64_t extent : extents)
    result = std::min<int64_t>(result * (extent < 0 ? kGuessedExtent : extent), int64_t(1) << 50);
  return result;
}

int64_t dlc::halide::elementsOf(const dlc::halide::Stage &stage) { return product(stage.extents); }
int64_t dlc::halide::rangeOf(const dlc::halide::Stage &stage) { return product(stage.ranges); }

int dlc::halide::naturalLanes(const Translator &translator, const dlc::halide::Stage &stage) {
  int bytes = 1;
  for (const Type &type : stage.func.types())
    bytes = std::max(bytes, type.bytes());
  // Narrow results are often computed from wider values.
  return std::max(1, translator.options.vectorBytes / std::max(bytes, 4));
}

int dlc::halide::fittingLanes(int64_t extent, int64_t lanes) {
  int fitting = 1;
  while (fitting * 2 <= lanes && (extent < 0 || fitting * 2 <= extent))
    fitting *= 2;
  return fitting;
}

Plan dlc::halide::planStages(const Translator &translator) {
  const std::vector<dlc::halide::Stage> &stages = translator.stages;
  size_t count = stages.size();
  Plan plan{std::vector<bool>(count), std::vector<bool>(count)};

  // How large each stage's expression becomes when cheap producers are inlined into it.
  constexpr int cheap = 4, largest = 1000;
  std::vector<int> inlinedCost(count);
  std::vector<bool> heavy(count);
  for (size_t i = 0; i < count; ++i) {
    int64_t cost = stages[i].cost;
    heavy[i] = stages[i].heavy;
    for (auto [producer, sites] : stages[i].reads) {
      if (stages[producer].isReduction())
        continue;
      cost += int64_t(inlinedCost[producer]) * sites;
      heavy[i] = heavy[i] || heavy[producer];
    }
    inlinedCost[i] = int(std::min<int64_t>(cost, 1 << 20));
  }

  // Consumers first: how often is an element of each stage asked for?
  std::vector<int64_t> asked(count);
  std::vector<int64_t> size(count);
  for (size_t i = count; i-- > 0;) {
    const dlc::halide::Stage &stage = stages[i];
    int64_t elements = elementsOf(stage), evaluations = elements * rangeOf(stage);
    if (!stage.isReduction() && !stage.output) {
      bool once = asked[i] <= elements + elements / 2;
      bool small = inlinedCost[i] <= cheap && !heavy[i];
      plan.inlined[i] = (once || small) && inlinedCost[i] <= largest;
      if (plan.inlined[i])
        evaluations = std::max(asked[i], elements);
    }
    for (auto [producer, sites] : stage.reads)
      asked[producer] += evaluations * sites;
  }
  return plan;
}

std::vector<bool> dlc::halide::cone(const Translator &translator, int stage) {
  std::vector<bool> needed(translator.stages.size());
  needed[stage] = true;
  for (int i = stage; i >= 0; --i)
    if (needed[i])
      for (auto [producer, sites] : translator.stages[i].reads)
        needed[producer] = true;
  return needed;
}

bool dlc::halide::inlineConsumers(const Translator &translator, Plan &plan, int stage) {
  std::vector<size_t> consumers;
  for (size_t i = stage + 1; i < translator.stages.size(); ++i) {
    const dlc::halide::Stage &consumer = translator.stages[i];
    if (consumer.output || plan.inlined[i] || !cone(translator, int(i))[stage])
      continue;
    if (consumer.isReduction())
      return false;
    consumers.push_back(i);
  }
  for (size_t i : consumers)
    plan.inlined[i] = true;
  return true;
}

/// The dimension of a Func along which it reads neighbouring elements, through other Funcs too.
static size_t contiguousDimension(const Internal::Function &function) {
  struct Reads : Internal::IRVisitor {
    const std::vector<std::string> &vars;
    std::vector<int> count; // of each variable
    explicit Reads(const std::vector<std::string> &vars) : vars(vars), count(vars.size()) {}
    void visit(const Internal::Call *call) override {
      size_t position = 0;
      if (call->call_type == Internal::Call::Halide) {
        Internal::Function callee(call->func);
        if (callee.has_pure_definition() && !callee.has_update_definition())
          position = contiguousDimension(callee);
      }
      bool reads = call->call_type == Internal::Call::Halide || call->image.defined() ||
                   call->param.defined();
      for (size_t i = 0; reads && position < call->args.size() && i < vars.size(); ++i)
        count[i] += Internal::expr_uses_var(call->args[position], vars[i]);
      Internal::IRVisitor::visit(call);
    }
  };
  const std::vector<std::string> vars = function.args();
  Reads reads(vars);
  for (const Expr &value : function.values())
    value.accept(&reads);
  return size_t(std::max_element(reads.count.begin(), reads.count.end()) - reads.count.begin());
}

/// The dimension that vectors of a copy run along: the innermost, or, where that is too short, the
/// one along which it reads; it is stored that way then.
static size_t vectorDimensionOf(dlc::halide::Stage &stage, int lanes) {
  if (stage.output || stage.isReduction() || stage.func.outputs() != 1 || stage.extents[0] < 0 ||
      stage.extents[0] * 2 > lanes)
    return 0;
  return contiguousDimension(stage.func.function());
}

/// How many planes the innermost dimension interleaves: it reads with v / planes and v % planes.
/// 0: it does not.
static int64_t interleavedPlanes(const dlc::halide::Stage &stage) {
  struct Remainders : Internal::IRGraphVisitor {
    const std::string &var;
    int64_t divisor = 0; // -1: several
    explicit Remainders(const std::string &var) : var(var) {}
    void visit(const Internal::Mod *op) override {
      Internal::IRGraphVisitor::visit(op);
      auto number = Internal::as_const_int(op->b);
      if (number && Internal::expr_uses_var(op->a, var))
        divisor = divisor == 0 || divisor == *number ? *number : -1;
    }
  };
  constexpr int64_t most = 4; // more are unrolled into more than a line of memory
  if (stage.output || stage.isReduction() || stage.func.outputs() != 1)
    return 0;
  Remainders remainders(stage.vars[0].name());
  for (const Expr &value : stage.func.function().values())
    Internal::substitute_in_all_lets(value).accept(&remainders);
  return remainders.divisor >= 2 && remainders.divisor <= most ? remainders.divisor : 0;
}

/// Vectors of each plane are read whole; Halide interleaves what they store.
static void arrangePlanes(const Translator &translator, dlc::halide::Stage &stage, int64_t planes) {
  int64_t extent = stage.extents[0] < 0 ? -1 : (stage.extents[0] + planes - 1) / planes;
  int lanes = fittingLanes(extent, naturalLanes(translator, stage));
  Var columns("dlc_columns"), plane("dlc_plane"), vector("dlc_vector");
  stage.func.split(stage.vars[0], columns, plane, int(planes), TailStrategy::RoundUp)
      .split(columns, columns, vector, lanes, TailStrategy::RoundUp)
      .reorder(vector, plane, columns)
      .vectorize(vector)
      .unroll(plane);
}

void dlc::halide::arrangeInnermost(const Translator &translator, dlc::halide::Stage &stage) {
  if (stage.vars.empty())
    return;
  if (int64_t planes = interleavedPlanes(stage)) {
    arrangePlanes(translator, stage, planes);
    return;
  }
  if (size_t d = vectorDimensionOf(stage, naturalLanes(translator, stage)); d != 0) {
    std::vector<Var> order = stage.vars;
    std::rotate(order.begin(), order.begin() + d, order.begin() + d + 1);
    stage.func.reorder_storage(order).reorder({order.begin(), order.end()});
    int lanes = fittingLanes(stage.extents[d], naturalLanes(translator, stage));
    if (lanes > 1)
      stage.func.vectorize(stage.vars[d], lanes, TailStrategy::GuardWithIf);
    return;
  }
  int lanes = fittingLanes(stage.extents[0], naturalLanes(translator, stage));
  if (lanes < 2)
    return;
  stage.func.vectorize(stage.vars[0], lanes, TailStrategy::GuardWithIf);
  if (!stage.isReduction())
    return;
  std::vector<VarOrRVar> order;
  order.push_back(stage.vars[0]);
  for (const RVar &rvar : stage.rvars)
    order.push_back(rvar);
  for (size_t i = 1; i < stage.vars.size(); ++i)
    order.push_back(stage.vars[i]);
  stage.func.update().reorder(order).vectorize(stage.vars[0], lanes, TailStrategy::GuardWithIf);
}

void dlc::halide::scheduleDefault(Translator &translator, Plan &plan) {
  for (size_t i = 0; i < translator.stages.size(); ++i) {
    dlc::halide::Stage &stage = translator.stages[i];
    if (plan.inlined[i] || plan.scheduled[i])
      continue;
    if (!stage.output)
      stage.func.compute_root();
    arrangeInnermost(translator, stage);
    if (stage.output)
      for (int64_t dim : translator.program.schedule.parallel) {
        int64_t var = int64_t(stage.vars.size()) - 1 - dim;
        // The vectorised dimension is not also a parallel one.
        if (var > 0 && var < int64_t(stage.vars.size()))
          stage.func.parallel(stage.vars[var]);
      }
    plan.scheduled[i] = true;
  }
}

void dlc::halide::applySchedule(Translator &translator) {
  Plan plan = planStages(translator);
  switch (translator.program.schedule.kind) {
  case Template::Contraction:
  case Template::Window:
  case Template::Elementwise:
  case Template::Transpose:
    scheduleTiled(translator, plan);
    break;
  case Template::Winograd:
    scheduleWinograd(translator, plan);
    break;
  case Template::Rowwise:
    scheduleRowwise(translator, plan);
    break;
  default:
    break;
  }
  scheduleDefault(translator, plan);
}
