// The indexing family: reading and writing at positions that are data, and the operators that find
// such positions (NonZero, Compress).
#include "compiler/import/registry.h"
#include "compiler/import/shape_math.h"

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {
namespace {

//===----------------------------------------------------------------------===//
// Gathers and scatters
//===----------------------------------------------------------------------===//

/// Indices are i32 or i64.
bool checkIndices(NodeContext &n, unsigned i) {
  if (n.elementType(i).isInteger(32) || n.elementType(i).isInteger(64))
    return true;
  (void)n.error(n.inputName(i) + " must be i32 or i64");
  return false;
}

LogicalResult buildGather(NodeContext &n) {
  int64_t axis = n.axisAttr("axis", 0, n.rank(0));
  if (!checkIndices(n, 1) || !n.ok())
    return failure();
  return n.result(n.gather(n.input(0), n.input(1), axis));
}

LogicalResult buildGatherElements(NodeContext &n) {
  int64_t axis = n.axisAttr("axis", 0, n.rank(0));
  if (!checkIndices(n, 1) || !n.ok())
    return failure();
  return n.result(n.create<nn::GatherElementsOp>(n.input(0), n.input(1), uint64_t(axis)));
}

LogicalResult buildGatherND(NodeContext &n) {
  int64_t batch = n.intAttr("batch_dims", 0);
  if (!checkIndices(n, 1) || !n.ok())
    return failure();
  return n.result(n.create<nn::GatherNDOp>(n.input(0), n.input(1), uint64_t(batch)));
}

FailureOr<nn::ScatterReduction> reductionAttr(NodeContext &n) {
  std::string name = n.stringAttr("reduction", "none");
  std::optional<nn::ScatterReduction> reduction = nn::symbolizeScatterReduction(name);
  if (!reduction)
    return n.error("attribute 'reduction' must be none, add, mul, max or min, not '" +
                   escapeName(name) + "'");
  return *reduction;
}

LogicalResult buildScatterElements(NodeContext &n) {
  int64_t axis = n.axisAttr("axis", 0, n.rank(0));
  FailureOr<nn::ScatterReduction> reduction = reductionAttr(n);
  if (!checkIndices(n, 1) || !n.sameElementType(0, 2) || failed(reduction) || !n.ok())
    return failure();
  return n.result(n.create<nn::ScatterElementsOp>(n.input(0), n.input(1), n.input(2),
                                                  uint64_t(axis), *reduction));
}

LogicalResult buildScatterND(NodeContext &n) {
  FailureOr<nn::ScatterReduction> reduction = reductionAttr(n);
  if (!checkIndices(n, 1) || !n.sameElementType(0, 2) || failed(reduction) || !n.ok())
    return failure();
  return n.result(n.create<nn::ScatterNDOp>(n.input(0), n.input(1), n.input(2), *reduction));
}

/// Writes `update` into a copy of the cache, for each batch entry at a position of its own.
LogicalResult buildTensorScatter(NodeContext &n) {
  int64_t rank = n.rank(0), axis = n.axisAttr("axis", -2, rank);
  std::string mode = n.stringAttr("mode", "linear");
  if (!n.sameElementType(0, 1) || !n.ok())
    return failure();
  if (mode != "linear" && mode != "circular")
    return n.error("attribute 'mode' must be linear or circular");
  if (n.rank(1) != rank || axis == 0)
    return n.error("past_cache and update need the same rank, and axis must not be 0");
  ShapeMath m{n};
  SmallVector<Dim> update = n.shape(1), line(rank, Dim(1)), start(rank, Dim(1));
  line[axis] = update[axis];
  Value at = n.iota(line, axis);
  if (n.hasInput(2)) {
    if (n.rank(2) != 1)
      return n.error("write_indices must have one dimension");
    start[0] = n.shape(2)[0];
    at = m.add(at, m.i64(n.reshape(n.input(2), start)));
  }
  Value size = n.dimsTensor({n.shape(0)[axis]}, {}, n.builder().getI64Type());
  if (mode == "circular")
    at = m.mod(at, size);
  return n.result(n.create<nn::ScatterElementsOp>(n.input(0), n.expand(at, update), n.input(1),
                                                  uint64_t(axis), nn::ScatterReduction::None));
}

/// Reads backwards in the first `sequence_lens[b]` steps of each batch entry.
LogicalResult buildReverseSequence(NodeContext &n) {
  int64_t rank = n.rank(0);
  if (rank < 2)
    return n.error("input must have at least two dimensions");
  int64_t batch = n.axisAttr("batch_axis", 1, rank), time = n.axisAttr("time_axis", 0, rank);
  if (!n.ok())
    return failure();
  if (batch == time || n.rank(1) != 1)
    return n.error("batch_axis and time_axis must differ, and sequence_lens have one dimension");
  ShapeMath m{n};
  SmallVector<Dim> dims = n.shape(0), line(rank, Dim(1)), perBatch(rank, Dim(1));
  line[time] = dims[time];
  perBatch[batch] = n.shape(1)[0];
  Value step = n.iota(line, time), length = m.i64(n.reshape(n.input(1), perBatch));
  Value backwards = m.sub(m.sub(length, step), m.number(1));
  Value from = m.where(m.less(step, length), backwards, step);
  return n.result(n.create<nn::GatherElementsOp>(n.input(0), n.expand(from, dims), uint64_t(time)));
}

//===----------------------------------------------------------------------===//
// NonZero, Compress
//===----------------------------------------------------------------------===//

LogicalResult buildNonZero(NodeContext &n) {
  ShapeMath m{n};
  SmallVector<Dim> dims = n.shape(0);
  Value flat = n.reshape(n.input(0), {nn::product(dims)});
  Value positions = m.truePositions(n.castTo(flat, n.builder().getI1Type()));
  if (!n.ok())
    return failure();
  Dim count = nn::dimOf(positions.getType(), 0);
  SmallVector<Value> rows(dims.size());
  for (int64_t i = int64_t(dims.size()) - 1; i >= 0; --i) {
    Value size = n.dimsTensor({dims[i]}, {}, n.builder().getI64Type());
    Value row = i == 0 ? positions : m.mod(positions, size);
    rows[i] = n.reshape(row, {Dim(1), count});
    if (i > 0)
      positions = m.div(positions, size);
  }
  // A scalar has no dimensions to count along; ONNX gives the shape [0, count].
  if (rows.empty())
    return n.result(n.expand(n.reshape(m.number(0), {Dim(1), Dim(1)}), {Dim(0), count}));
  return n.result(n.concat(rows, 0));
}

LogicalResult buildCompress(NodeContext &n) {
  if (!n.elementType(1).isInteger(1) || n.rank(1) != 1)
    return n.error("condition must be a vector of booleans");
  bool flat = !n.hasAttr("axis");
  int64_t axis = flat ? 0 : n.axisAttr("axis", 0, n.rank(0));
  if (!n.ok())
    return failure();
  Value data = flat ? n.reshape(n.input(0), {nn::product(n.shape(0))}) : n.input(0);
  // The condition may be shorter than the dimension; the rest counts as false.
  return n.result(n.gather(data, ShapeMath{n}.truePositions(n.input(1)), axis));
}

} // namespace

ArrayRef<OpRow> indexingRows() {
  static const OpRow rows[] = {
      {"", "Compress", 9, buildCompress, "input condition", "output"},
      {"", "Gather", 1, buildGather, "data indices", "output"},
      {"", "GatherElements", 11, buildGatherElements, "data indices", "output"},
      {"", "GatherND", 11, buildGatherND, "data indices", "output"},
      {"", "NonZero", 9, buildNonZero},
      {"", "ReverseSequence", 10, buildReverseSequence, "input sequence_lens"},
      {"", "Scatter", 9, buildScatterElements, "data indices updates", "output"},
      {"", "ScatterElements", 11, buildScatterElements, "data indices updates", "output"},
      {"", "ScatterND", 11, buildScatterND, "data indices updates", "output"},
      {"", "TensorScatter", 24, buildTensorScatter, "past_cache update write_indices?",
       "present_cache"},
  };
  return rows;
}

} // namespace dlc
