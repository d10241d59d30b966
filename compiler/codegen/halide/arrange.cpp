// The loops of stages that no template arranges: vectors along the innermost dimension, and blocks
// of vectors where a stage reads along another one.
#include "compiler/codegen/halide/schedule.h"

#include <algorithm>
#include <map>
#include <string>

using namespace Halide;
using namespace dlc::halide;

namespace {
/// What a Func does with its variables, through other Funcs too; each is looked at once.
class Reading {
public:
  /// The dimension along which it reads neighbouring elements.
  size_t dimension(const Internal::Function &function) { return of(function).dimension; }
  /// Whether it divides to find out what it reads: a shuffle of channels, say.
  bool divides(const Internal::Function &function) { return of(function).divides; }

private:
  struct Summary {
    size_t dimension = 0;
    bool divides = false;
  };
  Summary of(const Internal::Function &function);
  std::map<std::string, Summary> known;
};
} // namespace

Reading::Summary Reading::of(const Internal::Function &function) {
  struct Visitor : Internal::IRVisitor {
    Reading &reading;
    const std::vector<std::string> &vars;
    std::vector<int> count; // of reads along each variable
    bool divides = false;
    Visitor(Reading &reading, const std::vector<std::string> &vars)
        : reading(reading), vars(vars), count(vars.size()) {}
    void visit(const Internal::Mod *op) override {
      divides |= op->type.is_int();
      Internal::IRVisitor::visit(op);
    }
    void visit(const Internal::Div *op) override {
      divides |= op->type.is_int();
      Internal::IRVisitor::visit(op);
    }
    void visit(const Internal::Call *call) override {
      size_t position = 0;
      if (call->call_type == Internal::Call::Halide) {
        Internal::Function callee(call->func);
        if (callee.has_pure_definition() && !callee.has_update_definition()) {
          Summary summary = reading.of(callee);
          position = summary.dimension;
          divides |= summary.divides;
        }
      }
      bool reads = call->call_type == Internal::Call::Halide || call->image.defined() ||
                   call->param.defined();
      for (size_t i = 0; reads && position < call->args.size() && i < vars.size(); ++i)
        count[i] += Internal::expr_uses_var(call->args[position], vars[i]);
      Internal::IRVisitor::visit(call);
    }
  };
  auto [place, isNew] = known.try_emplace(function.name());
  if (!isNew)
    return place->second;
  const std::vector<std::string> vars = function.args();
  Visitor visitor(*this, vars);
  for (const Expr &value : function.values())
    value.accept(&visitor);
  auto most = std::max_element(visitor.count.begin(), visitor.count.end());
  Summary summary;
  summary.dimension = size_t(most - visitor.count.begin());
  summary.divides = visitor.divides;
  return known[function.name()] = summary;
}

static bool isComputed(const dlc::halide::Stage &stage) {
  return !stage.output && !stage.isReduction() && stage.func.outputs() == 1 && !stage.vars.empty();
}

/// 0: the innermost one.
static size_t readDimension(const dlc::halide::Stage &stage) {
  return isComputed(stage) ? Reading().dimension(stage.func.function()) : 0;
}

bool dlc::halide::gathers(const dlc::halide::Stage &stage) {
  Reading reading;
  return isComputed(stage) &&
         (reading.dimension(stage.func.function()) != 0 || reading.divides(stage.func.function()));
}

/// The loops that are left after `inner`, which came of the innermost dimension and of d.
static void reorderInner(dlc::halide::Stage &stage, size_t d, std::vector<VarOrRVar> inner) {
  for (size_t i = 1; i < stage.vars.size(); ++i)
    if (i != d)
      inner.push_back(stage.vars[i]);
  stage.func.reorder(inner);
}

/// Few elements innermost: vectors along d, stored that way.
static void arrangeAsRead(dlc::halide::Stage &stage, size_t d, int lanes) {
  std::vector<Var> order = stage.vars;
  std::rotate(order.begin(), order.begin() + d, order.begin() + d + 1);
  stage.func.reorder_storage(order).reorder({order.begin(), order.end()});
  if (lanes > 1)
    stage.func.vectorize(stage.vars[d], lanes, TailStrategy::GuardWithIf);
}

/// The same, stored as it is: Halide interleaves the vectors.
static void arrangeInterleaved(dlc::halide::Stage &stage, size_t d, int lanes) {
  Var columns("dlc_columns"), vector("dlc_vector");
  stage.func.split(stage.vars[d], columns, vector, lanes, TailStrategy::GuardWithIf);
  reorderInner(stage, d, {vector, stage.vars[0], columns});
  stage.func.vectorize(vector).unroll(stage.vars[0]);
}

/// Blocks of a line of what is read by a vector of what is stored: whole lines are read, shuffled
/// and stored as vectors.
static void arrangeBlocks(dlc::halide::Stage &stage, size_t d, int lanes, int line) {
  Var rows("dlc_rows"), row("dlc_row"), columns("dlc_columns"), vector("dlc_vector");
  stage.func.split(stage.vars[0], columns, vector, lanes, TailStrategy::GuardWithIf)
      .split(stage.vars[d], rows, row, line, TailStrategy::GuardWithIf);
  reorderInner(stage, d, {vector, row, columns, rows});
  stage.func.vectorize(vector).unroll(row);
}

/// Whether what reads the copies loads neighbours in one piece: bytes for a dot, and the vectors of
/// a window.
static bool loadsNeighbours(const Translator &translator) {
  const ScheduleSpec &spec = translator.program.schedule;
  return spec.dot > 0 || spec.kind == Template::Window ||
         std::any_of(translator.stages.begin(), translator.stages.end(),
                     [](const dlc::halide::Stage &s) { return s.role == Role::Depthwise; });
}

/// For a stage that reads along d; `dense`: neighbours stay neighbours. False: it is better
/// arranged as others are.
static bool arrangeAcross(dlc::halide::Stage &stage, size_t d, int lanes, bool dense) {
  constexpr int line = 16, half = 8;
  int along = fittingLanes(stage.extents[d], lanes);
  bool few = stage.extents[0] >= 0 && stage.extents[0] * 2 <= lanes;
  if (!few && stage.heavy) // a block of it would be a long piece of code
    return false;
  if (!few)
    arrangeBlocks(stage, d, fittingLanes(stage.extents[0], std::min(lanes, half)),
                  fittingLanes(stage.extents[d], line));
  else if (dense)
    arrangeInterleaved(stage, d, along);
  else
    arrangeAsRead(stage, d, along);
  return true;
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
  if (!isComputed(stage))
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
  bool dense = loadsNeighbours(translator);
  if (size_t d = readDimension(stage);
      d != 0 && arrangeAcross(stage, d, naturalLanes(translator, stage), dense))
    return;
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
