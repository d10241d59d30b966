#include "compiler/import/registry.h"

#include "llvm/ADT/StringMap.h"
#include <vector>

using namespace llvm;

namespace dlc {

/// One entry a family, in the order of docs/ops.md.
static const std::vector<ArrayRef<OpRow>> &families() {
  static const std::vector<ArrayRef<OpRow>> list = {
      // clang-format off
      attentionRows(),
      constantRows(),
      contractionRows(),
      controlRows(),
      convolutionRows(),
      dynamicQuantizedRows(),
      elementwiseRows(),
      indexingRows(),
      mlRows(),
      lossRows(),
      normalizationRows(),
      poolingRows(),
      positionRows(),
      qlinearRows(),
      quantizationRows(),
      recurrentRows(),
      reductionRows(),
      samplingRows(),
      shapeRows(),
      sliceRows(),
      sortingRows(),
      // clang-format on
  };
  return list;
}

ArrayRef<const OpRow *> allOps() {
  static const std::vector<const OpRow *> all = [] {
    std::vector<const OpRow *> rows;
    for (ArrayRef<OpRow> family : families())
      for (const OpRow &row : family)
        rows.push_back(&row);
    return rows;
  }();
  return all;
}

const OpRow *findOp(StringRef domain, StringRef op, int64_t opset, bool &known) {
  static const StringMap<std::vector<const OpRow *>> byName = [] {
    StringMap<std::vector<const OpRow *>> map;
    for (const OpRow *row : allOps())
      map[row->op].push_back(row);
    return map;
  }();
  known = false;
  const OpRow *best = nullptr;
  auto it = byName.find(op);
  if (it == byName.end())
    return nullptr;
  for (const OpRow *row : it->second) {
    if (domain != row->domain)
      continue;
    known = true;
    if (row->since <= opset && (!best || row->since > best->since))
      best = row;
  }
  return best;
}

} // namespace dlc
