// The template of transformed convolutions (kernel-winograd): T and V transform the input, M is one
// matrix product for each pair (i, j), P and Y transform back.
//
// Tiles of the output are computed in blocks: a row of tiles, or the whole image. In a block V is
// stored, then M (register tiles of tiles x channels into a stored copy), then the outputs, one
// transformed tile at a time. T and P live on the stack.
#include "compiler/codegen/halide/schedule.h"

#include <algorithm>

using namespace Halide;
using namespace dlc::halide;

namespace {
struct Parts {
  int t = -1, v = -1, m = -1, p = -1, y = -1;
};
} // namespace

/// The producer that `stage` reads most often.
static int mainProducer(const std::vector<dlc::halide::Stage> &stages, int stage) {
  int best = -1, most = 1;
  for (auto [producer, sites] : stages[stage].reads)
    if (sites > most)
      best = producer, most = sites;
  return best;
}

static int mainConsumer(const std::vector<dlc::halide::Stage> &stages, int stage) {
  for (size_t i = stage + 1; i < stages.size(); ++i)
    for (auto [producer, sites] : stages[i].reads)
      if (producer == stage && sites > 1)
        return int(i);
  return -1;
}

static bool findParts(const std::vector<dlc::halide::Stage> &stages, Parts &parts) {
  for (size_t i = 0; i < stages.size(); ++i)
    if (stages[i].role == Role::Contraction && stages[i].isReduction() &&
        stages[i].vars.size() >= 6)
      parts.m = int(i);
  if (parts.m < 0 || stages[parts.m].vars.size() != 7)
    return false;
  for (auto [producer, sites] : stages[parts.m].reads)
    if (!stages[producer].isReduction() && stages[producer].vars.size() == 6 &&
        mainProducer(stages, producer) >= 0)
      parts.v = producer;
  if (parts.v < 0)
    return false;
  parts.t = mainProducer(stages, parts.v);
  parts.p = mainConsumer(stages, parts.m);
  if (parts.p >= 0)
    parts.y = mainConsumer(stages, parts.p);
  return parts.t >= 0 && parts.y >= 0 && stages[parts.t].vars.size() == 6 &&
         stages[parts.p].vars.size() == 6 && stages[parts.y].vars.size() == 6;
}

/// Everything static, since all of it is unrolled.
static bool isStatic(const dlc::halide::Stage &stage) {
  return std::all_of(stage.extents.begin(), stage.extents.end() - 4,
                     [](int64_t extent) { return extent > 0; }) &&
         stage.extents[stage.extents.size() - 1] > 0;
}

/// The length at which rows of `length` elements of `floats` floats are stored, `tiles` of them for
/// each pair (i, j): a little longer if that helps. The pairs of a tile are written, and read back,
/// one after the other, and should not share the sets of the first-level cache.
static int64_t spreadRow(int64_t length, int64_t floats, int64_t tiles) {
  constexpr int64_t kLine = 16; // floats
  auto setsShared = [&](int64_t row) {
    int64_t apart = row * floats * tiles;
    int64_t lines = apart % kLine ? 1 : apart / kLine;
    return lines & -lines;
  };
  int64_t longer = length + std::max<int64_t>(kLine / floats, 1);
  return setsShared(longer) < setsShared(length) ? longer : length;
}

bool dlc::halide::scheduleWinograd(Translator &translator, Plan &plan) {
  std::vector<dlc::halide::Stage> &stages = translator.stages;
  const ScheduleSpec &spec = translator.program.schedule;
  Parts parts;
  if (translator.outputs.size() != 1 || spec.tile.size() != 4 || !findParts(stages, parts))
    return false;
  dlc::halide::Stage &out = stages[translator.outputs[0]];
  dlc::halide::Stage &t = stages[parts.t], &v = stages[parts.v], &m = stages[parts.m],
                     &p = stages[parts.p];
  if (out.vars.size() != 4 || !isStatic(v) || !isStatic(m) || !isStatic(p))
    return false;
  // P is [r, j, n, ty, tx, co], outermost first.
  int outputs = int(p.extents[5]), inputs = int(p.extents[4]);
  if (outputs < 2 || outputs > 4 || inputs < outputs || inputs > 6)
    return false;
  int64_t panel = m.extents[0];
  int lanes = fittingLanes(std::min(out.extents[0], panel), spec.lanes);
  int lanesIn = lanes; // of the transformed input
  while (lanesIn > 1 && v.extents[0] % lanesIn != 0)
    lanesIn /= 2;
  if (lanes < 2 || lanesIn < 2 || panel % lanes != 0 || !inlineConsumers(translator, plan, parts.y))
    return false;
  // Panels are whole vectors; a result that is not ends with a masked one.
  bool wholeChannels = out.extents[0] % lanes == 0;
  bool blockOfRow = spec.pad != Placement::Root;
  int tilesX = int(std::max<int64_t>(1, std::min(spec.tile[2] / outputs, m.extents[2])));
  int tilesY =
      blockOfRow ? 1 : int(std::max<int64_t>(1, std::min(spec.tile[1] / outputs, m.extents[3])));
  bool parallel = !spec.parallel.empty();

  // The output, one transformed tile of channels at a time.
  Var yo("dlc_w_yo"), yi("dlc_w_yi"), xo("dlc_w_xo"), xi("dlc_w_xi"), co("dlc_w_co"),
      ci("dlc_w_ci");
  bool wholeX = out.extents[1] > 0 && out.extents[1] % outputs == 0;
  bool wholeY = out.extents[2] > 0 && out.extents[2] % outputs == 0;
  Func &target = out.func;
  target
      .split(out.vars[2], yo, yi, outputs,
             wholeY ? TailStrategy::RoundUp : TailStrategy::GuardWithIf)
      .split(out.vars[1], xo, xi, outputs,
             wholeX ? TailStrategy::RoundUp : TailStrategy::GuardWithIf)
      .split(out.vars[0], co, ci, lanes,
             wholeChannels ? TailStrategy::RoundUp : TailStrategy::GuardWithIf)
      .reorder(ci, xi, yi, co, xo, yo, out.vars[3])
      .vectorize(ci)
      .unroll(xi)
      .unroll(yi);
  if (parallel)
    target.parallel(yo);
  p.func.compute_at(target, co)
      .store_in(MemoryType::Stack)
      .bound_extent(p.vars[0], lanes)
      .bound_extent(p.vars[1], 1)
      .bound_extent(p.vars[2], 1)
      .vectorize(p.vars[0], lanes);
  for (int i = 1; i < 6; ++i)
    if (i != 3)
      p.func.unroll(p.vars[i]);

  LoopLevel block = blockOfRow ? LoopLevel(target, yo) : LoopLevel(target, out.vars[3]);

  // M: a stored copy whose register tiles are computed by M itself.
  Func stored = m.func.in();
  std::vector<Var> args = stored.args(); // ni, no, tx, ty, n, j, i
  Var txo("dlc_m_txo"), txi("dlc_m_txi"), tyo("dlc_m_tyo"), tyi("dlc_m_tyi"), ni("dlc_m_ni"),
      nu("dlc_m_nu");
  stored.compute_at(block)
      .split(args[2], txo, txi, tilesX, TailStrategy::GuardWithIf)
      .split(args[3], tyo, tyi, tilesY, TailStrategy::GuardWithIf)
      .split(args[0], nu, ni, lanes, TailStrategy::RoundUp)
      .reorder({ni, nu, txi, tyi, txo, tyo, args[1], args[4], args[5], args[6]})
      .vectorize(ni)
      .unroll(nu)
      .unroll(txi)
      .unroll(tyi);
  m.func.compute_at(stored, txo).store_in(MemoryType::Stack).bound_extent(m.vars[0], int(panel));
  Var rest0("dlc_m_r0"), lane0("dlc_m_l0"), rest1("dlc_m_r1"), lane1("dlc_m_l1");
  m.func.split(m.vars[0], rest0, lane0, lanes, TailStrategy::RoundUp)
      .vectorize(lane0)
      .unroll(rest0);
  std::vector<VarOrRVar> order{lane1, rest1};
  for (int i = 1; i < 7; ++i) {
    m.func.unroll(m.vars[i]);
    order.push_back(m.vars[i]);
  }
  for (const RVar &rvar : m.rvars)
    order.push_back(rvar);
  m.func.update().split(m.vars[0], rest1, lane1, lanes, TailStrategy::RoundUp).reorder(order);
  m.func.update().vectorize(lane1).unroll(rest1);
  for (int i = 1; i < 7; ++i)
    m.func.update().unroll(m.vars[i]);

  // V is [i, j, n, ty, tx, c]: all pairs of one tile at a time, from the rows in T.
  Var vo("dlc_v_co"), vi("dlc_v_ci");
  v.func.compute_at(block)
      .split(v.vars[0], vo, vi, lanesIn, TailStrategy::RoundUp)
      .reorder({vi, v.vars[4], v.vars[5], v.vars[1], v.vars[2], vo, v.vars[3]})
      .vectorize(vi)
      .unroll(v.vars[4])
      .unroll(v.vars[5]);
  t.func.compute_at(v.func, v.vars[1])
      .store_in(MemoryType::Stack)
      .bound_extent(t.vars[0], lanesIn)
      .vectorize(t.vars[0], lanesIn)
      .unroll(t.vars[4])
      .unroll(t.vars[5]);
  int64_t tiles = std::max<int64_t>(m.extents[2] * (blockOfRow ? 1 : m.extents[3]), 1);
  v.func.align_storage(v.vars[0], int(spreadRow(v.extents[0], 1, tiles)));
  stored.align_storage(args[1], int(spreadRow(m.extents[1], panel, tiles)));
  if (parallel && !blockOfRow) {
    v.func.parallel(vo);
    stored.parallel(args[6]);
  }

  for (int stage : {parts.t, parts.v, parts.m, parts.p, translator.outputs[0]}) {
    plan.scheduled[stage] = true;
    plan.inlined[stage] = false;
  }
  plan.inlined[parts.y] = true;
  // The pad is a buffer of its own: tiles overlap.
  for (int i = 0; i < parts.t; ++i)
    if (stages[i].node && stages[i].node->kind == Node::Pad)
      plan.inlined[i] = false;
  return true;
}
