// The template of normalisations and the like: reductions of rows, and what is computed from them.
// Everything that is stored on the way is computed row by row, on the stack, so that it stays in
// the first-level cache.
#include "compiler/codegen/halide/schedule.h"

#include <algorithm>

using namespace Halide;
using namespace dlc::halide;

/// A row that is stored must not be larger than this, in bytes.
static constexpr int64_t kLargestRow = 32 << 10;
/// Of a vector.
static constexpr int64_t kMostLanes = 64;

/// The extents without units, outermost first.
static std::vector<int64_t> properExtents(const dlc::halide::Stage &stage) {
  std::vector<int64_t> result;
  for (size_t i = stage.extents.size(); i-- > 0;)
    if (stage.extents[i] != 1)
      result.push_back(stage.extents[i]);
  return result;
}

static bool isPrefix(const std::vector<int64_t> &begin, const std::vector<int64_t> &whole) {
  return begin.size() <= whole.size() && std::equal(begin.begin(), begin.end(), whole.begin());
}

bool dlc::halide::scheduleRowwise(Translator &translator, Plan &plan) {
  if (translator.outputs.size() != 1)
    return false;
  dlc::halide::Stage &out = translator.stages[translator.outputs[0]];
  std::vector<int64_t> whole = properExtents(out);
  // How many dimensions count rows: those that all reductions keep.
  size_t rows = whole.size();
  std::vector<size_t> stored;
  for (size_t i = 0; i < translator.stages.size(); ++i) {
    const dlc::halide::Stage &stage = translator.stages[i];
    if (stage.output || plan.inlined[i])
      continue;
    stored.push_back(i);
    std::vector<int64_t> own = properExtents(stage);
    size_t same = 0;
    while (same < own.size() && same < whole.size() && own[same] == whole[same])
      ++same;
    if (!stage.isReduction())
      continue;
    // A long sum without vectors inside the row is better off with vectors of rows.
    if (same == own.size() && rangeOf(stage) > kMostLanes)
      return false;
    rows = std::min(rows, same);
  }
  if (rows == 0 || rows >= whole.size() || out.isReduction())
    return false;
  std::vector<int64_t> prefix(whole.begin(), whole.begin() + rows);
  std::vector<size_t> inRows, broadcast;
  for (size_t i : stored) {
    dlc::halide::Stage &stage = translator.stages[i];
    std::vector<int64_t> own = properExtents(stage);
    // The same for several rows, and cheap (an embedding of positions): part of what reads it.
    if (!stage.isReduction() && !stage.heavy && own.size() < whole.size() &&
        !isPrefix(prefix, own)) {
      broadcast.push_back(i);
      continue;
    }
    inRows.push_back(i);
    int64_t bytes = 8;
    for (size_t d = rows; d < own.size(); ++d)
      bytes = own[d] < 0 ? kLargestRow + 1 : std::min(bytes * own[d], kLargestRow + 1);
    if (!isPrefix(prefix, own) || bytes > kLargestRow)
      return false;
  }
  // The innermost loop over rows.
  size_t seen = 0, at = 0;
  for (size_t i = out.extents.size(); i-- > 0;)
    if (out.extents[i] != 1 && ++seen == rows)
      at = i;
  for (size_t i : broadcast)
    plan.inlined[i] = true;
  for (size_t i : inRows) {
    dlc::halide::Stage &stage = translator.stages[i];
    stage.func.compute_at(out.func, out.vars[at]).store_in(MemoryType::Stack);
    if (properExtents(stage).size() > rows) // not one number a row
      arrangeInnermost(translator, stage);
    plan.scheduled[i] = true;
  }
  return true;
}
