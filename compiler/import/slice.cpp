// The rest of the shape family: parts of tensors and what is put around them (Concat, Split, Slice,
// Pad, CenterCropPad).
#include "compiler/import/registry.h"
#include "compiler/import/shape_math.h"

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {
namespace {

//===----------------------------------------------------------------------===//
// Concat, Split
//===----------------------------------------------------------------------===//

LogicalResult buildConcat(NodeContext &n) {
  for (unsigned i = 1; i < n.numInputs(); ++i)
    if (!n.sameElementType(0, i))
      return failure();
  int64_t axis =
      n.opset() < 4 ? n.axisAttr("axis", 1, n.rank(0)) : n.requiredAxis("axis", n.rank(0));
  return n.result(n.concat(n.inputs(), axis));
}

/// Parts of these sizes, one after the other. Sizes that are not known to add up are checked at run
/// time, by a reshape to their sum.
LogicalResult splitInto(NodeContext &n, int64_t axis, ArrayRef<Dim> sizes) {
  if (sizes.size() < n.numOutputs())
    return n.error("split has " + Twine(sizes.size()) + " parts for " + Twine(n.numOutputs()) +
                   " outputs");
  SmallVector<Dim> dims = n.shape(0);
  Dim total(0);
  for (const Dim &size : sizes)
    total = total + size;
  std::optional<int64_t> sum = total.constant(), have = dims[axis].constant();
  if (sum && have && *sum != *have)
    return n.error("the parts have " + Twine(*sum) + " entries, but dimension " + Twine(axis) +
                   " of " + nn::printType(n.type(0)) + " has " + Twine(*have));
  // Of nothing, all parts are empty.
  SmallVector<Dim> parted(sizes);
  if (have == 0)
    parted.assign(sizes.size(), Dim(0));
  else
    dims[axis] = total;
  Value input = n.reshape(n.input(0), dims);
  SmallVector<Value> parts;
  Dim at(0);
  for (const Dim &size : parted) {
    parts.push_back(n.slice(input, axis, at, size));
    at = at + size;
  }
  if (!n.ok())
    return failure();
  parts.resize(n.numOutputs());
  return n.results(parts);
}

LogicalResult buildSplit(NodeContext &n) {
  int64_t axis = n.axisAttr("axis", 0, n.rank(0));
  if (!n.ok())
    return failure();
  if (n.hasInput(1)) {
    FailureOr<nn::ShapeValue> sizes = n.elementsOrBind(1);
    return failed(sizes) ? failure() : splitInto(n, axis, *sizes);
  }
  if (n.opset() < 13)
    if (std::optional<SmallVector<int64_t>> sizes = n.intsAttr("split"))
      return splitInto(n, axis, llvm::to_vector_of<Dim>(*sizes));
  // Equal parts; since opset 18 the last may be smaller.
  int64_t count = n.numOutputs();
  if (n.opset() >= 18 && n.hasAttr("num_outputs"))
    count = n.intAttr("num_outputs", count);
  if (count < 1 || count > 65536)
    return n.error("num_outputs = " + Twine(count) + " makes no sense");
  Dim size = n.shape(0)[axis];
  std::optional<int64_t> known = size.constant();
  if (n.opset() < 18) {
    if (known && *known % count)
      return n.error("dimension " + Twine(axis) + " of " + nn::printType(n.type(0)) +
                     " does not divide into " + Twine(count) + " equal parts");
    return splitInto(n, axis, SmallVector<Dim>(count, Dim::floorDiv(size, Dim(count))));
  }
  Dim part = Dim::ceilDiv(size, Dim(count)), rest = size;
  SmallVector<Dim> sizes;
  for (int64_t i = 0; i < count; ++i) {
    // With a known size that does not divide, and more parts than entries, the last are empty.
    bool last = i + 1 == count;
    sizes.push_back(last ? rest : known ? Dim(std::min(*part.constant(), *rest.constant())) : part);
    rest = rest - sizes.back();
  }
  return splitInto(n, axis, sizes);
}

//===----------------------------------------------------------------------===//
// Slice
//===----------------------------------------------------------------------===//

/// Beyond every dimension, and still far from overflows.
constexpr int64_t kFar = int64_t(1) << 48;

/// The position that `value` names in a dimension of that size: negative ones count from the end;
/// not clamped. Nullopt where the sign is not known.
std::optional<Dim> positionOf(const Dim &value, const Dim &size) {
  if (std::optional<int64_t> number = value.constant()) {
    // Exporters write the largest 32-bit or 64-bit number for "to the end".
    if (*number >= INT32_MAX)
      return Dim(kFar);
    if (*number <= -INT32_MAX)
      return Dim(-1);
    return *number < 0 ? size + Dim(*number) : Dim(*number);
  }
  if (value.provablyNonNegative())
    return value;
  if ((Dim(-1) - value).provablyNonNegative())
    return size + value;
  if (value == size - Dim(1)) // for size 0: -1, which is position -1
    return value;
  return std::nullopt;
}

Dim clampHigh(const Dim &value, const Dim &high) {
  if ((high - value).provablyNonNegative())
    return value;
  std::optional<int64_t> number = value.constant();
  if ((value - high).provablyNonNegative() || number == kFar)
    return high;
  return Dim::min(value, high);
}

struct SliceRange {
  Dim offset, size;
};

/// What a slice reads where that can be said now.
std::optional<SliceRange> knownRange(const Dim &start, const Dim &end, int64_t step,
                                     const Dim &size) {
  std::optional<Dim> first = positionOf(start, size), last = positionOf(end, size);
  if (step > 0) {
    if (!first || !last)
      return std::nullopt;
    // The clamps at the far ends cannot matter for the number of elements.
    Dim from = nonNegative(*first), to = clampHigh(*last, size);
    Dim count = nonNegative(Dim::ceilDiv(to - from, Dim(step)));
    return SliceRange{count.constant() == 0 ? Dim(0) : clampHigh(from, size), count};
  }
  if (step == INT64_MIN || !first || !last)
    return std::nullopt;
  // Backwards: the end may be -1, before the first element.
  Dim from = clampHigh(*first, size - Dim(1)), to = *last;
  if (!(to + Dim(1)).provablyNonNegative())
    to = to.constant() ? Dim(std::max<int64_t>(*to.constant(), -1)) : Dim::max(to, Dim(-1));
  Dim count = nonNegative(Dim::ceilDiv(from - to, Dim(-step)));
  return SliceRange{nonNegative(from), count};
}

/// A slice whose starts, ends, axes or steps are data. `axes` and `steps` may be null.
LogicalResult sliceUnknown(NodeContext &n, Value starts, Value ends, Value axes, Value steps) {
  SmallVector<Dim> dims = n.shape(0);
  int64_t rank = dims.size(), count = cast<RankedTensorType>(starts.getType()).getDimSize(0);
  ShapeMath m{n};
  starts = m.i64(starts);
  ends = m.i64(ends);
  steps = steps ? m.i64(steps) : n.intsConstant(SmallVector<int64_t>(count, 1));
  if (!axes)
    axes = m.positions(count);
  // Each as one entry a dimension; what is not sliced is read whole.
  std::optional<SmallVector<int64_t>> knownSteps = n.constantInts(steps),
                                      knownAxes = n.constantInts(axes);
  starts = m.spread(starts, axes, rank, 0);
  ends = m.spread(ends, axes, rank, kFar);
  steps = m.spread(steps, axes, rank, 1);
  Value size = m.dims(dims), zero = m.number(0), one = m.number(1);
  Value isForward = m.less(zero, steps), last = m.sub(size, one);
  Value from = m.fromEnd(starts, size), to = m.fromEnd(ends, size);
  from = m.where(isForward, m.clamp(from, zero, size), m.clamp(from, m.number(-1), last));
  to = m.where(isForward, m.clamp(to, zero, size), m.clamp(to, m.number(-1), last));
  Value forward = m.div(m.sub(m.add(m.sub(to, from), steps), one), steps);
  Value backward = m.div(m.sub(m.sub(m.sub(from, to), steps), one), m.neg(steps));
  Value counts = m.max(m.where(isForward, forward, backward), zero);
  from = m.max(from, zero);
  if (!n.ok())
    return failure();

  Value result = n.input(0);
  SmallVector<int64_t> strides(rank, 1);
  SmallVector<bool> touched(rank, !knownAxes);
  if (knownAxes)
    for (auto [i, axis] : llvm::enumerate(*knownAxes)) {
      int64_t at = n.normalizeAxis(axis, rank, "axes");
      if (!n.ok())
        return failure();
      touched[at] = true;
      strides[at] = knownSteps ? (*knownSteps)[i] : 1;
      if (strides[at] == 0)
        return n.error("a step is 0");
    }
  bool direct = knownSteps &&
                (knownAxes || llvm::all_of(*knownSteps, [](int64_t step) { return step == 1; }));
  FailureOr<nn::ShapeValue> newSizes = n.elementsOrBind(counts);
  if (failed(newSizes))
    return failure();
  for (int64_t i = 0; i < rank; ++i)
    if (!touched[i])
      (*newSizes)[i] = dims[i];
  if (direct) {
    FailureOr<nn::ShapeValue> offsets = n.elementsOrBind(from);
    if (failed(offsets))
      return failure();
    for (int64_t i = 0; i < rank; ++i)
      if (!touched[i])
        (*offsets)[i] = Dim(0);
    return n.result(n.slice(result, *offsets, *newSizes, strides));
  }
  // Steps that are data: dimension by dimension, at computed positions.
  for (int64_t i = 0; i < rank; ++i) {
    if (!touched[i])
      continue;
    auto entry = [&](Value vector) {
      return n.reshape(n.slice(vector, 0, Dim(i), Dim(1)), ArrayRef<Dim>{});
    };
    Value at = m.add(entry(from), m.mul(n.iota((*newSizes)[i], 0), entry(steps)));
    result = n.gather(result, at, i);
  }
  return n.result(result);
}

/// With constants for axes and steps, and expressions for starts and ends. Nullopt where only a run
/// can tell.
std::optional<LogicalResult> sliceKnown(NodeContext &n, ArrayRef<Dim> starts, ArrayRef<Dim> ends,
                                        ArrayRef<int64_t> axes, ArrayRef<int64_t> steps) {
  SmallVector<Dim> sizes = n.shape(0), offsets(sizes.size(), Dim(0));
  SmallVector<int64_t> strides(sizes.size(), 1);
  SmallVector<bool> seen(sizes.size(), false);
  for (size_t i = 0; i < starts.size(); ++i) {
    int64_t axis = n.normalizeAxis(axes[i], sizes.size(), "axes");
    if (!n.ok())
      return failure();
    if (seen[axis])
      return n.error("axes names dimension " + Twine(axis) + " twice");
    if (steps[i] == 0)
      return n.error("a step is 0");
    seen[axis] = true;
    // Steps beyond every dimension read one element.
    int64_t step = std::clamp<int64_t>(steps[i], -kFar, kFar);
    std::optional<SliceRange> range = knownRange(starts[i], ends[i], step, sizes[axis]);
    if (!range)
      return std::nullopt;
    offsets[axis] = range->offset;
    sizes[axis] = range->size;
    strides[axis] = step;
  }
  return n.result(n.slice(n.input(0), offsets, sizes, strides));
}

LogicalResult buildLegacySlice(NodeContext &n) {
  SmallVector<int64_t> starts = n.requiredInts("starts"), ends = n.requiredInts("ends");
  SmallVector<int64_t> axes =
      n.intsAttr("axes").value_or(llvm::to_vector(llvm::seq<int64_t>(0, starts.size())));
  if (!n.ok())
    return failure();
  if (starts.size() != ends.size() || axes.size() != starts.size())
    return n.error("starts, ends and axes differ in length");
  std::optional<LogicalResult> done =
      sliceKnown(n, llvm::to_vector_of<Dim>(starts), llvm::to_vector_of<Dim>(ends), axes,
                 SmallVector<int64_t>(starts.size(), 1));
  return done ? *done : n.unsupported("starts and ends cannot be resolved");
}

LogicalResult buildSlice(NodeContext &n) {
  std::optional<int64_t> count = n.rank(1) == 1 ? n.shape(1)[0].constant() : std::nullopt;
  for (unsigned i : {1, 2, 3, 4}) {
    if (!n.hasInput(i))
      continue;
    if (n.rank(i) != 1)
      return n.error(n.inputName(i) + " must have one dimension");
    std::optional<int64_t> length = n.shape(i)[0].constant();
    if (!count || !length)
      return n.unsupported("the number of sliced dimensions depends on data");
    if (*length != *count)
      return n.error("starts, ends, axes and steps differ in length");
  }
  if (*count > n.rank(0))
    return n.error("starts has " + Twine(*count) + " entries for rank " + Twine(n.rank(0)));
  std::optional<SmallVector<int64_t>> axes = llvm::to_vector(llvm::seq<int64_t>(0, *count)),
                                      steps = SmallVector<int64_t>(*count, 1);
  if (n.hasInput(3))
    axes = n.constantInts(3);
  if (n.hasInput(4))
    steps = n.constantInts(4);
  std::optional<nn::ShapeValue> starts = n.elements(1), ends = n.elements(2);
  if (axes && steps && starts && ends)
    if (std::optional<LogicalResult> done = sliceKnown(n, *starts, *ends, *axes, *steps))
      return *done;
  return sliceUnknown(n, n.input(1), n.input(2), n.input(3), n.input(4));
}

//===----------------------------------------------------------------------===//
// Pad
//===----------------------------------------------------------------------===//

/// Crops and pads by expressions none of which is negative.
Value cropAndPad(NodeContext &n, Value input, ArrayRef<Dim> cropLow, ArrayRef<Dim> cropHigh,
                 ArrayRef<Dim> low, ArrayRef<Dim> high, Value value, nn::PadMode mode) {
  if (!n.ok())
    return {};
  SmallVector<Dim> sizes = nn::dimsOf(input.getType());
  bool any = false;
  for (size_t i = 0; i < sizes.size(); ++i) {
    Dim cut = cropLow[i] + cropHigh[i];
    any |= cut != Dim(0);
    sizes[i] = cut == Dim(0) ? sizes[i] : nonNegative(sizes[i] - cut);
  }
  if (any)
    input = n.slice(input, cropLow, sizes, SmallVector<int64_t>(sizes.size(), 1));
  auto isZero = [](const Dim &dim) { return dim == Dim(0); };
  if (llvm::all_of(low, isZero) && llvm::all_of(high, isZero))
    return input;
  return n.create<nn::PadOp>(input, value, n.dimsAttr(low), n.dimsAttr(high),
                             nn::PadModeAttr::get(n.context(), mode));
}

/// `pads`: all begins, then all ends; negative ones crop.
LogicalResult pad(NodeContext &n, ArrayRef<Dim> pads, Value value, nn::PadMode mode) {
  int64_t rank = n.rank(0);
  SmallVector<Dim> crop, add;
  for (const Dim &entry : pads) {
    crop.push_back(nonNegative(Dim(0) - entry));
    add.push_back(nonNegative(entry));
  }
  ArrayRef<Dim> c(crop), a(add);
  return n.result(cropAndPad(n, n.input(0), c.take_front(rank), c.drop_front(rank),
                             a.take_front(rank), a.drop_front(rank), value, mode));
}

/// Pads that are data, one begin and one end a dimension.
LogicalResult padUnknown(NodeContext &n, Value pads, Value value, nn::PadMode mode) {
  int64_t rank = n.rank(0);
  ShapeMath m{n};
  Value crop = m.max(m.neg(pads), m.number(0)), add = m.max(pads, m.number(0));
  if (!n.ok())
    return failure();
  FailureOr<nn::ShapeValue> crops = n.elementsOrBind(crop), adds = n.elementsOrBind(add);
  if (failed(crops) || failed(adds))
    return failure();
  ArrayRef<Dim> c(*crops), a(*adds);
  return n.result(cropAndPad(n, n.input(0), c.take_front(rank), c.drop_front(rank),
                             a.take_front(rank), a.drop_front(rank), value, mode));
}

FailureOr<nn::PadMode> padMode(NodeContext &n) {
  std::string name = n.stringAttr("mode", "constant");
  std::optional<nn::PadMode> mode = nn::symbolizePadMode(name);
  if (!mode || (mode == nn::PadMode::Wrap && n.opset() < 19))
    return n.error("attribute 'mode' must be constant, reflect" +
                   Twine(n.opset() >= 19 ? ", edge or wrap" : " or edge") + ", not '" +
                   escapeName(name) + "'");
  return *mode;
}

LogicalResult buildLegacyPad(NodeContext &n) {
  StringRef name = n.opset() < 2 ? "paddings" : "pads";
  SmallVector<int64_t> pads = n.requiredInts(name);
  FailureOr<nn::PadMode> mode = padMode(n);
  Value value = n.scalar(n.floatAttr("value", 0), n.elementType(0));
  if (!n.ok() || failed(mode))
    return failure();
  if (int64_t(pads.size()) != 2 * n.rank(0))
    return n.error("attribute '" + name + "' must have two entries for each of the " +
                   Twine(n.rank(0)) + " dimensions");
  return pad(n, llvm::to_vector_of<Dim>(pads), value, *mode);
}

LogicalResult buildPad(NodeContext &n) {
  int64_t rank = n.rank(0);
  FailureOr<nn::PadMode> mode = padMode(n);
  if (failed(mode))
    return failure();
  Value value = n.scalar(0, n.elementType(0));
  if (n.hasInput(2)) {
    if (!n.sameElementType(0, 2))
      return failure();
    value = n.reshape(n.input(2), ArrayRef<Dim>{});
  }
  RankedTensorType type = n.type(1);
  if (type.getRank() == 2 && type.hasStaticShape() && type.getDimSize(0) == 1)
    type = RankedTensorType::get(type.getDimSize(1), type.getElementType()); // old exporters
  if (type.getRank() != 1)
    return n.error("pads must have one dimension");
  if (!type.hasStaticShape())
    return n.unsupported("the number of pads depends on data");
  int64_t entries = type.getDimSize(0) / 2;
  if (type.getDimSize(0) % 2 || entries > rank || (!n.hasInput(3) && entries != rank))
    return n.error("pads has " + Twine(type.getDimSize(0)) +
                   " entries; two are needed for each padded dimension");
  if (n.hasInput(3) && (n.rank(3) != 1 || n.shape(3)[0] != Dim(entries)))
    return n.error("pads and axes differ in length");

  std::optional<nn::ShapeValue> pads = n.elements(1);
  std::optional<SmallVector<int64_t>> axes = llvm::to_vector(llvm::seq<int64_t>(0, entries));
  if (n.hasInput(3))
    axes = n.constantInts(3);
  if (pads && axes) {
    SmallVector<Dim> full(2 * rank, Dim(0));
    SmallVector<bool> seen(rank, false);
    for (auto [i, axis] : llvm::enumerate(*axes)) {
      int64_t at = n.normalizeAxis(axis, rank, "axes");
      if (!n.ok())
        return failure();
      if (seen[at])
        return n.error("axes names dimension " + Twine(at) + " twice");
      seen[at] = true;
      full[at] = (*pads)[i];
      full[rank + at] = (*pads)[entries + i];
    }
    return pad(n, full, value, *mode);
  }
  ShapeMath m{n};
  Value given = n.reshape(m.i64(n.input(1)), {Dim(2 * entries)});
  if (n.hasInput(3)) {
    Value low = m.spread(n.slice(given, 0, Dim(0), Dim(entries)), n.input(3), rank, 0);
    Value high = m.spread(n.slice(given, 0, Dim(entries), Dim(entries)), n.input(3), rank, 0);
    if (!n.ok())
      return failure();
    given = n.concat({low, high}, 0);
  }
  return n.ok() ? padUnknown(n, given, value, *mode) : failure();
}

LogicalResult buildCenterCropPad(NodeContext &n) {
  int64_t rank = n.rank(0);
  SmallVector<int64_t> axes =
      n.intsAttr("axes").value_or(llvm::to_vector(llvm::seq<int64_t>(0, rank)));
  FailureOr<nn::ShapeValue> shape = n.elementsOrBind(1);
  if (failed(shape) || !n.ok())
    return failure();
  if (shape->size() != axes.size())
    return n.error("shape has " + Twine(shape->size()) + " entries for " + Twine(axes.size()) +
                   " axes");
  SmallVector<Dim> cropLow(rank, Dim(0)), cropHigh = cropLow, low = cropLow, high = cropLow,
                                          dims = n.shape(0);
  for (auto [axis, target] : llvm::zip_equal(axes, *shape)) {
    int64_t at = n.normalizeAxis(axis, rank, "axes");
    if (!n.ok())
      return failure();
    // The odd element goes to the end.
    Dim cut = nonNegative(dims[at] - target), add = nonNegative(target - dims[at]), two(2);
    cropLow[at] = Dim::floorDiv(cut, two);
    cropHigh[at] = cut - cropLow[at];
    low[at] = Dim::floorDiv(add, two);
    high[at] = add - low[at];
  }
  Value value = n.scalar(0, n.elementType(0));
  return n.result(
      cropAndPad(n, n.input(0), cropLow, cropHigh, low, high, value, nn::PadMode::Constant));
}

} // namespace

ArrayRef<OpRow> sliceRows() {
  static const OpRow rows[] = {
      {"", "CenterCropPad", 18, buildCenterCropPad, "input_data shape", "output_data"},
      {"", "Concat", 1, buildConcat, "inputs+", "concat_result"},
      {"", "Pad", 1, buildLegacyPad, "data", "output"},
      {"", "Pad", 11, buildPad, "data pads constant_value? axes?", "output"},
      {"", "Slice", 1, buildLegacySlice, "data", "output"},
      {"", "Slice", 10, buildSlice, "data starts ends axes? steps?", "output"},
      {"", "Split", 1, buildSplit, "input split?", "outputs+"},
  };
  return rows;
}

} // namespace dlc
