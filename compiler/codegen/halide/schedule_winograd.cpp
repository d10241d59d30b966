// The template of transformed convolutions (kernel-winograd): T and V transform the input, M is one
// matrix product for each pair (i, j), P and Y transform back.
//
// Tiles of the output are computed in blocks: a row of tiles, or the whole image; of lines, a few
// register tiles, or the whole line. In a block V is stored, then M (register tiles of tiles x
// channels into a stored copy), then the outputs, one transformed tile at a time. T and P live on
// the stack; lines have neither.
#include "compiler/codegen/halide/schedule.h"

#include <algorithm>

using namespace Halide;
using namespace dlc::halide;

namespace {
struct Parts {
  int t = -1, v = -1, m = -1, p = -1, y = -1;
  bool isLine = false;
};

/// What both forms have in common.
struct Shape {
  int lanes = 1, lanesIn = 1; ///< of the products and of the transformed input
  int tilesX = 1, tilesY = 1; ///< of a register tile
  bool isLine = false;
  bool inBlocks = false;      ///< of a row, or a part of a line
  bool parallel = false;      ///< the blocks
  bool wholeChannels = false; ///< the result's channels are whole vectors
  int64_t blockOfLine = 0;    ///< see blockOfLine()
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
  auto rank = [&](int stage) { return stages[stage].vars.size(); };
  for (size_t i = 0; i < stages.size(); ++i)
    if (stages[i].role == Role::Contraction && stages[i].isReduction() &&
        stages[i].vars.size() >= 6)
      parts.m = int(i);
  if (parts.m < 0 || rank(parts.m) != 7)
    return false;
  for (auto [producer, sites] : stages[parts.m].reads)
    if (!stages[producer].isReduction() && rank(producer) == 6)
      parts.v = producer;
  int next = mainConsumer(stages, parts.m);
  if (parts.v < 0 || next < 0)
    return false;
  if (rank(next) == 5) {
    parts.y = next;
    parts.isLine = true;
    return true;
  }
  parts.t = mainProducer(stages, parts.v);
  parts.p = next;
  parts.y = mainConsumer(stages, parts.p);
  return parts.t >= 0 && parts.y >= 0 && rank(parts.t) == 6 && rank(parts.p) == 6 &&
         rank(parts.y) == 6;
}

/// Everything static but the number of images, since all of it is unrolled.
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

/// M: a stored copy whose register tiles are computed by M itself.
static void scheduleProducts(dlc::halide::Stage &m, const LoopLevel &block, const Shape &shape,
                             int64_t tiles) {
  int64_t panel = m.extents[0];
  Func stored = m.func.in();
  std::vector<Var> args = stored.args(); // ni, no, tx, ty, n, j, i
  Var txo("dlc_m_txo"), txi("dlc_m_txi"), tyo("dlc_m_tyo"), tyi("dlc_m_tyi"), ni("dlc_m_ni"),
      nu("dlc_m_nu");
  stored.compute_at(block)
      .split(args[2], txo, txi, shape.tilesX, TailStrategy::GuardWithIf)
      .split(args[3], tyo, tyi, shape.tilesY, TailStrategy::GuardWithIf)
      .split(args[0], nu, ni, shape.lanes, TailStrategy::RoundUp)
      .reorder({ni, nu, txi, tyi, txo, tyo, args[1], args[4], args[5], args[6]})
      .vectorize(ni)
      .unroll(nu)
      .unroll(txi)
      .unroll(tyi)
      .align_storage(args[1], int(spreadRow(m.extents[1], panel, tiles)));
  m.func.compute_at(stored, txo).store_in(MemoryType::Stack).bound_extent(m.vars[0], int(panel));
  if (shape.isLine && shape.inBlocks) // the last block ends anywhere
    m.func.bound_extent(m.vars[2], shape.tilesX).bound_extent(m.vars[3], shape.tilesY);
  Var rest0("dlc_m_r0"), lane0("dlc_m_l0"), rest1("dlc_m_r1"), lane1("dlc_m_l1");
  m.func.split(m.vars[0], rest0, lane0, shape.lanes, TailStrategy::RoundUp)
      .vectorize(lane0)
      .unroll(rest0);
  std::vector<VarOrRVar> order{lane1, rest1};
  for (int i = 1; i < 7; ++i) {
    m.func.unroll(m.vars[i]);
    order.push_back(m.vars[i]);
  }
  for (const RVar &rvar : m.rvars)
    order.push_back(rvar);
  m.func.update().split(m.vars[0], rest1, lane1, shape.lanes, TailStrategy::RoundUp).reorder(order);
  m.func.update().vectorize(lane1).unroll(rest1);
  for (int i = 1; i < 7; ++i)
    m.func.update().unroll(m.vars[i]);
  if (shape.parallel && !shape.inBlocks)
    stored.parallel(args[6]);
}

/// V is [i, j, n, ty, tx, c]: all pairs of one tile at a time.
static void scheduleInput(dlc::halide::Stage &v, const LoopLevel &block, const Shape &shape,
                          int64_t tiles) {
  Var vo("dlc_v_co"), vi("dlc_v_ci");
  v.func.compute_at(block)
      .split(v.vars[0], vo, vi, shape.lanesIn, TailStrategy::RoundUp)
      .reorder({vi, v.vars[4], v.vars[5], v.vars[1], v.vars[2], vo, v.vars[3]})
      .vectorize(vi)
      .unroll(v.vars[4])
      .unroll(v.vars[5])
      .align_storage(v.vars[0], int(spreadRow(v.extents[0], 1, tiles)));
  if (shape.parallel && !shape.inBlocks)
    v.func.parallel(vo);
}

/// The output of an image, one transformed tile of channels at a time.
static LoopLevel scheduleImage(dlc::halide::Stage &out, dlc::halide::Stage &v,
                               dlc::halide::Stage &t, dlc::halide::Stage &p, const Shape &shape) {
  int outputs = int(p.extents[5]); // P is [r, j, n, ty, tx, co], outermost first
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
      .split(out.vars[0], co, ci, shape.lanes,
             shape.wholeChannels ? TailStrategy::RoundUp : TailStrategy::GuardWithIf)
      .reorder(ci, xi, yi, co, xo, yo, out.vars[3])
      .vectorize(ci)
      .unroll(xi)
      .unroll(yi);
  if (shape.parallel)
    target.parallel(yo);
  p.func.compute_at(target, co)
      .store_in(MemoryType::Stack)
      .bound_extent(p.vars[0], shape.lanes)
      .bound_extent(p.vars[1], 1)
      .bound_extent(p.vars[2], 1)
      .vectorize(p.vars[0], shape.lanes);
  for (int i = 1; i < 6; ++i)
    if (i != 3)
      p.func.unroll(p.vars[i]);
  t.func.compute_at(v.func, v.vars[1])
      .store_in(MemoryType::Stack)
      .bound_extent(t.vars[0], shape.lanesIn)
      .vectorize(t.vars[0], shape.lanesIn)
      .unroll(t.vars[4])
      .unroll(t.vars[5]);
  return shape.inBlocks ? LoopLevel(target, yo) : LoopLevel(target, out.vars[3]);
}

/// Values of t in a block of a line: about four register tiles, for which the filters are read from
/// the second-level cache once each; fewer, where threads would have nothing to do. All values of f
/// are in each block: f is a remainder, of which Halide would not see that a part of a block needs
/// a part only.
static int64_t blockOfLine(const dlc::halide::Stage &m, const Shape &shape, int threads) {
  constexpr int64_t registerTiles = 4;
  int64_t apart = m.extents[2], all = m.extents[3], images = std::max<int64_t>(m.extents[4], 1);
  if (!shape.inBlocks)
    return all;
  int64_t block = shape.tilesX == apart
                      ? shape.tilesY * registerTiles
                      : std::max<int64_t>(shape.tilesX * registerTiles / apart, 1);
  if (!shape.parallel)
    return block;
  int64_t wanted = std::max<int64_t>(2 * threads / images, 1),
          share = std::max<int64_t>(all / wanted, 1);
  // Whole register tiles while that leaves enough blocks.
  if (share > shape.tilesY)
    share = share / shape.tilesY * shape.tilesY;
  return std::min(block, share);
}

/// The output of a line. Y is [n, t, s, f, co], outermost first.
static LoopLevel scheduleLine(dlc::halide::Stage &out, const dlc::halide::Stage &y,
                              const dlc::halide::Stage &m, const Shape &shape) {
  int apart = int(y.extents[1]), span = int(y.extents[2]) * apart;
  int64_t block = shape.blockOfLine;
  Var t("dlc_w_t"), to("dlc_w_to"), ti("dlc_w_ti"), rest("dlc_w_rest"), s("dlc_w_s"), f("dlc_w_f"),
      co("dlc_w_co"), ci("dlc_w_ci");
  auto tailOf = [](bool whole) {
    return whole ? TailStrategy::RoundUp : TailStrategy::GuardWithIf;
  };
  bool whole = out.extents[1] > 0 && out.extents[1] % span == 0;
  Func &target = out.func;
  target.split(out.vars[1], t, rest, span, tailOf(whole))
      .split(rest, s, f, apart, TailStrategy::RoundUp)
      .split(t, to, ti, int(block), tailOf(whole && m.extents[3] % block == 0))
      .split(out.vars[0], co, ci, shape.lanes, tailOf(shape.wholeChannels))
      .reorder(ci, s, co, f, ti, to, out.vars[2])
      .vectorize(ci)
      .unroll(s);
  if (!shape.inBlocks)
    return LoopLevel(target, out.vars[2]);
  if (!shape.parallel)
    return LoopLevel(target, to);
  Var blocks("dlc_w_blocks");
  target.fuse(to, out.vars[2], blocks).parallel(blocks);
  return LoopLevel(target, blocks);
}

/// Where the register tile, which the schedule gives in outputs, and the vectors fit.
static bool readShape(const Translator &translator, const Parts &parts, Shape &shape) {
  const ScheduleSpec &spec = translator.program.schedule;
  const dlc::halide::Stage &out = translator.stages[translator.outputs[0]],
                           &v = translator.stages[parts.v], &m = translator.stages[parts.m],
                           &back = translator.stages[parts.isLine ? parts.y : parts.p];
  size_t rank = parts.isLine ? 3 : 4;
  if (spec.tile.size() != rank || out.vars.size() != rank || !isStatic(v) || !isStatic(m))
    return false;
  if (!parts.isLine && !isStatic(back))
    return false;
  int64_t outputs = back.extents[parts.isLine ? 2 : 5], inputs = m.extents[6];
  if (outputs < 2 || outputs > 4 || inputs < outputs || inputs > 6)
    return false;
  int64_t panel = m.extents[0];
  shape.lanes = fittingLanes(std::min(out.extents[0], panel), spec.lanes);
  shape.lanesIn = shape.lanes;
  while (shape.lanesIn > 1 && v.extents[0] % shape.lanesIn != 0)
    shape.lanesIn /= 2;
  if (shape.lanes < 2 || shape.lanesIn < 2 || panel % shape.lanes != 0)
    return false;
  // Panels are whole vectors; a result that is not ends with a masked one.
  shape.wholeChannels = out.extents[0] % shape.lanes == 0;
  shape.isLine = parts.isLine;
  shape.inBlocks = spec.pad != Placement::Root;
  auto tilesOf = [&](size_t dimension, int64_t extent) {
    return int(std::max<int64_t>(1, std::min(spec.tile[dimension] / outputs, extent)));
  };
  shape.tilesX = tilesOf(rank - 2, m.extents[2]);
  shape.tilesY = parts.isLine     ? tilesOf(1, m.extents[3] * shape.tilesX) / shape.tilesX
                 : shape.inBlocks ? 1
                                  : tilesOf(1, m.extents[3]);
  shape.parallel = !spec.parallel.empty();
  if (parts.isLine) {
    shape.blockOfLine = blockOfLine(m, shape, translator.options.threads);
    shape.tilesY = int(std::min<int64_t>(shape.tilesY, shape.blockOfLine));
  }
  return true;
}

bool dlc::halide::scheduleWinograd(Translator &translator, Plan &plan) {
  std::vector<dlc::halide::Stage> &stages = translator.stages;
  Parts parts;
  Shape shape;
  if (translator.outputs.size() != 1 || !findParts(stages, parts) ||
      !readShape(translator, parts, shape) || !inlineConsumers(translator, plan, parts.y))
    return false;
  dlc::halide::Stage &out = stages[translator.outputs[0]], &v = stages[parts.v],
                     &m = stages[parts.m];
  LoopLevel block = parts.isLine ? scheduleLine(out, stages[parts.y], m, shape)
                                 : scheduleImage(out, v, stages[parts.t], stages[parts.p], shape);
  int64_t tiles = m.extents[2] * (shape.inBlocks ? 1 : m.extents[3]);
  if (parts.isLine)
    tiles = m.extents[2] * shape.blockOfLine;
  scheduleProducts(m, block, shape, std::max<int64_t>(tiles, 1));
  scheduleInput(v, block, shape, std::max<int64_t>(tiles, 1));

  for (int stage : {parts.t, parts.v, parts.m, parts.p, translator.outputs[0]})
    if (stage >= 0) {
      plan.scheduled[stage] = true;
      plan.inlined[stage] = false;
    }
  plan.inlined[parts.y] = true;
  // The pad of an image is a buffer of its own, since tiles overlap. A line is read where it is:
  // most of its tiles meet no pad.
  for (int i = 0; i < parts.v; ++i)
    if (stages[i].node && stages[i].node->kind == Node::Pad)
      plan.inlined[i] = parts.isLine;
  return true;
}
