// The part of the indexing family that sorts: TopK, Unique, NonMaxSuppression.
#include "compiler/import/registry.h"
#include "compiler/import/shape_math.h"

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {
namespace {

/// A permutation of `rank` dimensions that moves one.
SmallVector<int64_t> moved(int64_t rank, int64_t from, int64_t to) {
  SmallVector<int64_t> permutation;
  for (int64_t i = 0; i < rank; ++i)
    if (i != from)
      permutation.push_back(i);
  permutation.insert(permutation.begin() + to, from);
  return permutation;
}

/// The order of a vector: [N] -> [N].
Value sortVector(NodeContext &n, Value vector, bool descending) {
  if (!n.ok())
    return {};
  Dim size = nn::dimOf(vector.getType(), 0);
  Value rows = n.reshape(vector, {Dim(1), size, Dim(1)});
  return n.reshape(n.create<nn::ArgSortOp>(rows, descending), {size});
}

//===----------------------------------------------------------------------===//
// TopK
//===----------------------------------------------------------------------===//

LogicalResult topK(NodeContext &n, Dim k) {
  int64_t rank = n.rank(0), axis = n.axisAttr("axis", -1, rank);
  bool largest = n.opset() < 11 || n.intAttr("largest", 1);
  (void)n.intAttr("sorted", 1); // sorted output is one of those that sorted = 0 allows
  if (!n.ok())
    return failure();
  SmallVector<Dim> dims = n.shape(0);
  std::optional<int64_t> count = k.constant(), size = dims[axis].constant();
  if (count && size && *count > *size)
    return n.error("k = " + Twine(*count) + " is more than the " + Twine(*size) +
                   " elements along the axis");
  if (count && *count < 0)
    return n.error("k = " + Twine(*count) + " is negative");
  if (!count || !size)
    k = Dim::min(k, dims[axis]);
  SmallVector<Dim> outer(dims);
  outer.erase(outer.begin() + axis);
  Dim batch = nn::product(outer);
  Value rows = n.transpose(n.input(0), moved(rank, axis, rank - 1));
  Value order = n.create<nn::ArgSortOp>(n.reshape(rows, {batch, dims[axis], Dim(1)}), largest);
  SmallVector<Dim> out(outer);
  out.push_back(k);
  Value best = n.reshape(n.slice(order, 1, Dim(0), k), out);
  Value indices = n.transpose(best, moved(rank, rank - 1, axis));
  Value values = n.create<nn::GatherElementsOp>(n.input(0), indices, uint64_t(axis));
  return n.results({values, indices});
}

LogicalResult buildTopK(NodeContext &n) {
  if (n.type(1).getRank() > 1 || !n.type(1).hasStaticShape() || n.type(1).getNumElements() != 1)
    return n.error("K must have one element");
  FailureOr<nn::ShapeValue> k = n.elementsOrBind(1);
  return failed(k) ? failure() : topK(n, (*k)[0]);
}
LogicalResult buildLegacyTopK(NodeContext &n) {
  int64_t k = n.requiredInt("k");
  return n.ok() ? topK(n, Dim(k)) : failure();
}

//===----------------------------------------------------------------------===//
// Unique
//===----------------------------------------------------------------------===//

/// Rows are sorted; a row that differs from the one before begins a group. Sorting is stable, so
/// the first of a group is its first occurrence.
LogicalResult buildUnique(NodeContext &n) {
  ShapeMath m{n};
  bool flat = !n.hasAttr("axis"), sorted = n.intAttr("sorted", 1);
  int64_t rank = n.rank(0), axis = flat ? 0 : n.axisAttr("axis", 0, rank);
  if (!n.ok())
    return failure();
  SmallVector<Dim> dims = n.shape(0), rest;
  if (flat)
    dims = {nn::product(dims)};
  for (auto [i, dim] : llvm::enumerate(dims))
    if (int64_t(i) != axis)
      rest.push_back(dim);
  Dim count = dims[axis], columns = nn::product(rest);
  Value data = flat ? n.reshape(n.input(0), dims) : n.transpose(n.input(0), moved(rank, axis, 0));
  Value rows = n.reshape(data, {count, columns});
  Value order = n.reshape(
      n.create<nn::ArgSortOp>(n.reshape(rows, {Dim(1), count, columns}), /*descending=*/false),
      {count});
  Value ordered = n.gather(rows, order, 0), at = n.iota({count}, 0);
  Value before = n.gather(ordered, m.max(m.sub(at, m.number(1)), m.number(0)), 0);
  Value differs = m.i64(n.create<nn::NotOp>(m.equal(ordered, before)));
  if (!n.ok())
    return failure();
  Value begins =
      n.create<nn::OrOp>(m.less(m.number(0), m.sum(differs, 1)), m.equal(at, m.number(0)));
  Value firsts = m.truePositions(begins); // [U], in sorted order
  Value group = m.sub(n.create<nn::CumulativeOp>(m.i64(begins), nn::ReduceKind::Sum, uint64_t(0),
                                                 /*exclusive=*/false, /*reverse=*/false),
                      m.number(1));
  Value inverse = n.create<nn::ScatterElementsOp>(n.expand(m.number(0), {count}), order, group,
                                                  uint64_t(0), nn::ScatterReduction::None);
  Value indices = n.gather(order, firsts, 0);
  if (!n.ok())
    return failure();
  Dim groups = nn::dimOf(firsts.getType(), 0);
  // A group ends where the next begins.
  Value bounds = n.concat({firsts, n.dimsTensor({count})}, 0);
  Value counts = m.sub(n.slice(bounds, 0, Dim(1), groups), firsts);
  if (!sorted) {
    Value byFirst = sortVector(n, indices, /*descending=*/false);
    indices = n.gather(indices, byFirst, 0);
    counts = n.gather(counts, byFirst, 0);
    inverse = n.gather(sortVector(n, byFirst, /*descending=*/false), inverse, 0);
  }
  SmallVector<Dim> out(rest);
  out.insert(out.begin(), groups);
  Value y = n.reshape(n.gather(rows, indices, 0), out);
  if (!flat)
    y = n.transpose(y, moved(rank, 0, axis));
  SmallVector<Value> results = {y, indices, inverse, counts};
  results.resize(n.numOutputs());
  return n.results(results);
}

//===----------------------------------------------------------------------===//
// NonMaxSuppression
//===----------------------------------------------------------------------===//

LogicalResult buildNonMaxSuppression(NodeContext &n) {
  if (n.rank(0) != 3 || n.rank(1) != 3)
    return n.error("boxes and scores must have three dimensions");
  if (!n.sameElementType(0, 1))
    return failure();
  Type element = n.elementType(0);
  bool center = n.intAttr("center_point_box", 0);
  auto scalar = [&](unsigned i, Type type, double otherwise) {
    if (!n.hasInput(i))
      return n.scalar(otherwise, type);
    return n.castTo(n.reshape(n.input(i), ArrayRef<Dim>{}), type);
  };
  Value limit = scalar(2, n.builder().getI64Type(), 0), iou = scalar(3, element, 0),
        least = scalar(4, element, -std::numeric_limits<double>::infinity());
  SmallVector<Dim> scores = n.shape(1);
  Value lines = n.reshape(n.input(1), {scores[0] * scores[1], scores[2], Dim(1)});
  Value order = n.create<nn::ArgSortOp>(lines, /*descending=*/true);
  SmallVector<Value> found = n.createMulti<nn::NonMaxSuppressionOp, 2>(
      n.input(0), n.input(1), order, limit, iou, least, center);
  if (!n.ok())
    return failure();
  FailureOr<nn::ShapeValue> count = n.elementsOrBind(found[1]);
  if (failed(count))
    return failure();
  return n.result(n.slice(found[0], 0, Dim(0), (*count)[0]));
}

} // namespace

ArrayRef<OpRow> sortingRows() {
  static const OpRow rows[] = {
      {"", "NonMaxSuppression", 10, buildNonMaxSuppression,
       "boxes scores max_output_boxes_per_class? iou_threshold? score_threshold?",
       "selected_indices"},
      {"", "TopK", 1, buildLegacyTopK, "X", "Values Indices"},
      {"", "TopK", 10, buildTopK, "X K", "Values Indices"},
      {"", "Unique", 11, buildUnique, "X", "Y indices? inverse_indices? counts?"},
  };
  return rows;
}

} // namespace dlc
