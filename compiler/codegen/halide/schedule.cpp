// What is inlined, and where everything else goes by default.
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
