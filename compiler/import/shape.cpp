// The shape family: reshaping, broadcasting, and tensors made of sizes.
//
// A shape that is data becomes symbols (nn.bind); its rank must be known now. Values that ONNX lets
// stand for something else (-1, 0, negative positions) are resolved by small tensor arithmetic
// first where they are not known, so that the symbols are plain sizes.
#include "compiler/import/registry.h"
#include "compiler/import/shape_math.h"

#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {
namespace {

//===----------------------------------------------------------------------===//
// Shape, Size
//===----------------------------------------------------------------------===//

LogicalResult buildShape(NodeContext &n) {
  SmallVector<Dim> dims = n.shape(0);
  int64_t rank = dims.size();
  auto clamped = [&](int64_t position) {
    return std::clamp<int64_t>(position < 0 ? position + rank : position, 0, rank);
  };
  int64_t start = clamped(n.intAttr("start", 0)), end = clamped(n.intAttr("end", rank));
  return n.result(n.dimsTensor(ArrayRef(dims).slice(start, std::max<int64_t>(end - start, 0))));
}

LogicalResult buildSize(NodeContext &n) {
  return n.result(n.dimsTensor({nn::product(n.shape(0))}, {}, n.builder().getI64Type()));
}

//===----------------------------------------------------------------------===//
// Reshape
//===----------------------------------------------------------------------===//

/// With the elements of the target known.
LogicalResult reshapeKnown(NodeContext &n, ArrayRef<Dim> target, bool allowZero) {
  SmallVector<Dim> in = n.shape(0), out;
  std::optional<size_t> inferred;
  for (auto [i, dim] : llvm::enumerate(target)) {
    std::optional<int64_t> size = dim.constant();
    if (size == 0 && !allowZero) {
      if (i >= in.size())
        return n.error("the shape copies dimension " + Twine(i) + " of " +
                       nn::printType(n.type(0)) + ", which has none");
      out.push_back(in[i]);
      continue;
    }
    if (size == -1) {
      if (inferred)
        return n.error("the shape has more than one -1");
      inferred = i;
      out.push_back(1);
      continue;
    }
    if (size && *size < 0)
      return n.error("the shape has the entry " + Twine(*size));
    out.push_back(dim);
  }
  if (inferred) {
    Dim rest = nn::product(out), total = nn::product(in);
    std::optional<int64_t> size = rest.constant(), count = total.constant();
    if (size == 0)
      return n.error("-1 cannot be inferred beside a dimension of size 0");
    if (size && count && *count % *size)
      return n.error("cannot reshape " + nn::printType(n.type(0)) + ": " + Twine(*count) +
                     " elements are not a multiple of " + Twine(*size));
    out[*inferred] = Dim::floorDiv(total, rest);
  }
  return n.result(n.reshape(n.input(0), out));
}

/// With the target known at run time only.
LogicalResult reshapeUnknown(NodeContext &n, bool allowZero) {
  RankedTensorType type = n.type(1);
  if (type.getRank() != 1 || !type.hasStaticShape() || type.getDimSize(0) > 16)
    return n.unsupported("the rank of the result depends on data: the shape is " +
                         nn::printType(type));
  ShapeMath m{n};
  Value target = m.i64(n.input(1));
  SmallVector<Dim> in = n.shape(0), copied = in;
  copied.resize(type.getDimSize(0), Dim(0));
  if (!allowZero)
    target = m.where(m.equal(target, m.number(0)), m.dims(copied), target);
  Value isInferred = m.equal(target, m.number(-1));
  if (!n.ok())
    return failure();
  Value rest = m.prod(m.where(isInferred, m.number(1), target), 0);
  Value total = n.dimsTensor({nn::product(in)}, {}, n.builder().getI64Type());
  Value sizes = m.where(isInferred, m.div(total, rest), target);
  if (!n.ok())
    return failure();
  FailureOr<nn::ShapeValue> out = n.elementsOrBind(sizes);
  return failed(out) ? failure() : n.result(n.reshape(n.input(0), *out));
}

LogicalResult buildReshape(NodeContext &n) {
  bool allowZero = n.intAttr("allowzero", 0);
  std::optional<nn::ShapeValue> target = n.elements(1);
  if (target && n.rank(1) != 1)
    return n.error("shape must have one dimension");
  return target ? reshapeKnown(n, *target, allowZero) : reshapeUnknown(n, allowZero);
}

LogicalResult buildLegacyReshape(NodeContext &n) {
  n.ignoreAttr("consumed_inputs");
  SmallVector<int64_t> shape = n.requiredInts("shape");
  return n.ok() ? reshapeKnown(n, llvm::to_vector_of<Dim>(shape), false) : failure();
}

LogicalResult buildFlatten(NodeContext &n) {
  int64_t rank = n.rank(0), axis = n.intAttr("axis", 1);
  if (axis < -rank || axis > rank)
    return n.error("axis = " + Twine(axis) + " is out of range for rank " + Twine(rank));
  SmallVector<Dim> dims = n.shape(0);
  if (axis < 0)
    axis += rank;
  return n.result(n.reshape(n.input(0), {nn::product(ArrayRef(dims).take_front(axis)),
                                         nn::product(ArrayRef(dims).drop_front(axis))}));
}

//===----------------------------------------------------------------------===//
// Squeeze, Unsqueeze
//===----------------------------------------------------------------------===//

/// Positions as a set; reports axes that are out of range or given twice.
FailureOr<llvm::SmallBitVector> axisSet(NodeContext &n, ArrayRef<int64_t> axes, int64_t rank) {
  llvm::SmallBitVector set(rank);
  for (int64_t axis : axes) {
    axis = n.normalizeAxis(axis, rank, "axes");
    if (!n.ok())
      return failure();
    if (set.test(axis))
      return n.error("axes names dimension " + Twine(axis) + " twice");
    set.set(axis);
  }
  return set;
}

/// The number of axes where they are an input known at run time only.
FailureOr<int64_t> unknownAxisCount(NodeContext &n) {
  RankedTensorType type = n.type(1);
  if (type.getRank() > 1 || !type.hasStaticShape())
    return n.unsupported("the rank of the result depends on data: axes is " + nn::printType(type));
  return type.getNumElements();
}

LogicalResult squeezeUnknown(NodeContext &n) {
  FailureOr<int64_t> count = unknownAxisCount(n);
  int64_t rank = n.rank(0);
  if (failed(count))
    return failure();
  if (*count > rank)
    return n.error("axes has " + Twine(*count) + " entries for rank " + Twine(rank));
  if (*count == rank)
    return n.result(n.reshape(n.input(0), ArrayRef<Dim>{}));
  // Position j of the result takes the j-th dimension that stays.
  ShapeMath m{n};
  Value axes = n.reshape(n.input(1), Dim(*count));
  Value stays = n.create<nn::NotOp>(m.isAmong(axes, rank));
  Value chosen =
      n.create<nn::AndOp>(stays, m.equal(m.column(rank - *count), m.countBefore(stays, rank)));
  Value kept = m.where(chosen, m.dims(n.shape(0)), m.number(0));
  if (!n.ok())
    return failure();
  FailureOr<nn::ShapeValue> out = n.elementsOrBind(m.sum(kept, 1));
  return failed(out) ? failure() : n.result(n.reshape(n.input(0), *out));
}

LogicalResult squeeze(NodeContext &n, std::optional<ArrayRef<int64_t>> axes) {
  SmallVector<Dim> in = n.shape(0), out;
  llvm::SmallBitVector gone(in.size());
  if (axes) {
    FailureOr<llvm::SmallBitVector> set = axisSet(n, *axes, in.size());
    if (failed(set))
      return failure();
    gone = *set;
  }
  for (auto [i, dim] : llvm::enumerate(in)) {
    std::optional<int64_t> size = dim.constant();
    if (!axes && !size)
      return n.unsupported("without axes the rank of the result depends on data: X is " +
                           nn::printType(n.type(0)));
    if (!axes && *size == 1)
      gone.set(i);
    if (!gone.test(i))
      out.push_back(dim);
    else if (size && *size != 1)
      return n.error("dimension " + Twine(i) + " has size " + Twine(*size) +
                     " and cannot be squeezed");
  }
  return n.result(n.reshape(n.input(0), out));
}

LogicalResult buildLegacySqueeze(NodeContext &n) {
  std::optional<SmallVector<int64_t>> axes = n.intsAttr("axes");
  return squeeze(n, axes ? std::optional<ArrayRef<int64_t>>(*axes) : std::nullopt);
}
LogicalResult buildSqueeze(NodeContext &n) {
  if (!n.hasInput(1))
    return squeeze(n, std::nullopt);
  std::optional<SmallVector<int64_t>> axes = n.constantInts(1);
  return axes ? squeeze(n, ArrayRef<int64_t>(*axes)) : squeezeUnknown(n);
}

LogicalResult unsqueeze(NodeContext &n, ArrayRef<int64_t> axes) {
  SmallVector<Dim> in = n.shape(0), out;
  int64_t rank = in.size() + axes.size();
  if (rank > 16)
    return n.unsupported("the result has rank " + Twine(rank) + "; the limit is 16");
  FailureOr<llvm::SmallBitVector> added = axisSet(n, axes, rank);
  if (failed(added))
    return failure();
  for (int64_t i = 0, next = 0; i < rank; ++i)
    out.push_back(added->test(i) ? Dim(1) : in[next++]);
  return n.result(n.reshape(n.input(0), out));
}

LogicalResult unsqueezeUnknown(NodeContext &n) {
  FailureOr<int64_t> count = unknownAxisCount(n);
  if (failed(count))
    return failure();
  int64_t inRank = n.rank(0), rank = inRank + *count;
  if (rank > 16)
    return n.unsupported("the result has rank " + Twine(rank) + "; the limit is 16");
  ShapeMath m{n};
  Value added = m.isAmong(n.reshape(n.input(1), Dim(*count)), rank);
  // Position i takes the dimension after as many as are not added before it.
  Value sizes;
  if (inRank == 0) {
    sizes = m.dims(SmallVector<Dim>(rank, Dim(1)));
  } else {
    Value before = m.countBefore(n.create<nn::NotOp>(added), rank);
    if (!n.ok())
      return failure();
    Value dim = n.gather(m.dims(n.shape(0)), m.min(before, m.number(inRank - 1)), 0);
    sizes = m.where(added, m.number(1), dim);
  }
  if (!n.ok())
    return failure();
  FailureOr<nn::ShapeValue> out = n.elementsOrBind(sizes);
  return failed(out) ? failure() : n.result(n.reshape(n.input(0), *out));
}

LogicalResult buildLegacyUnsqueeze(NodeContext &n) {
  SmallVector<int64_t> axes = n.requiredInts("axes");
  return n.ok() ? unsqueeze(n, axes) : failure();
}
LogicalResult buildUnsqueeze(NodeContext &n) {
  std::optional<SmallVector<int64_t>> axes = n.constantInts(1);
  return axes ? unsqueeze(n, *axes) : unsqueezeUnknown(n);
}

//===----------------------------------------------------------------------===//
// Transpose, DepthToSpace, SpaceToDepth
//===----------------------------------------------------------------------===//

LogicalResult buildTranspose(NodeContext &n) {
  SmallVector<int64_t> reversed = llvm::to_vector(llvm::reverse(llvm::seq<int64_t>(0, n.rank(0))));
  return n.result(n.transpose(n.input(0), n.intsAttr("perm").value_or(reversed)));
}

/// The attributes of DepthToSpace and SpaceToDepth.
struct Blocks {
  int64_t size;
  bool depthLast; ///< mode DCR: channels are [size, size, depth], else [depth, size, size]
};

FailureOr<Blocks> readBlocks(NodeContext &n) {
  int64_t size = n.requiredInt("blocksize");
  std::string mode = n.stringAttr("mode", "DCR"); // of SpaceToDepth since opset 27
  if (!n.ok())
    return failure();
  if (n.rank(0) != 4)
    return n.error("input must have four dimensions");
  if (mode != "DCR" && mode != "CRD")
    return n.error("attribute 'mode' must be DCR or CRD");
  return Blocks{size, mode == "DCR"};
}

LogicalResult buildDepthToSpace(NodeContext &n) {
  FailureOr<Blocks> blocks = readBlocks(n);
  if (failed(blocks))
    return failure();
  int64_t block = blocks->size;
  SmallVector<Dim> x = n.shape(0);
  std::optional<int64_t> channels = x[1].constant();
  if (block < 1 || block > 65536 || (channels && *channels % (block * block)))
    return n.error("blocksize = " + Twine(block) + " does not divide the " + x[1].str() +
                   " channels");
  Dim b(block), depth = Dim::floorDiv(x[1], b * b);
  Value split = blocks->depthLast ? n.reshape(n.input(0), {x[0], b, b, depth, x[2], x[3]})
                                  : n.reshape(n.input(0), {x[0], depth, b, b, x[2], x[3]});
  Value moved = n.transpose(split, blocks->depthLast ? ArrayRef<int64_t>{0, 3, 4, 1, 5, 2}
                                                     : ArrayRef<int64_t>{0, 1, 4, 2, 5, 3});
  return n.result(n.reshape(moved, {x[0], depth, x[2] * b, x[3] * b}));
}

LogicalResult buildSpaceToDepth(NodeContext &n) {
  FailureOr<Blocks> blocks = readBlocks(n);
  if (failed(blocks))
    return failure();
  int64_t block = blocks->size;
  SmallVector<Dim> x = n.shape(0);
  for (unsigned i : {2, 3})
    if (std::optional<int64_t> size = x[i].constant();
        block < 1 || block > 65536 || (size && *size % block))
      return n.error("blocksize = " + Twine(block) + " does not divide dimension " + Twine(i) +
                     " of " + nn::printType(n.type(0)));
  Dim b(block), h = Dim::floorDiv(x[2], b), w = Dim::floorDiv(x[3], b);
  Value split = n.reshape(n.input(0), {x[0], x[1], h, b, w, b});
  Value moved = n.transpose(split, blocks->depthLast ? ArrayRef<int64_t>{0, 3, 5, 1, 2, 4}
                                                     : ArrayRef<int64_t>{0, 1, 3, 5, 2, 4});
  return n.result(n.reshape(moved, {x[0], x[1] * b * b, h, w}));
}

//===----------------------------------------------------------------------===//
// Expand, Tile, ConstantOfShape
//===----------------------------------------------------------------------===//

LogicalResult buildExpand(NodeContext &n) {
  FailureOr<nn::ShapeValue> shape = n.elementsOrBind(1);
  if (failed(shape))
    return failure();
  if (n.rank(1) != 1)
    return n.error("shape must have one dimension");
  SmallVector<Dim> in = n.shape(0), out(*shape);
  if (out.size() < in.size())
    out.insert(out.begin(), in.size() - out.size(), Dim(1));
  for (size_t i = 0; i < in.size(); ++i) {
    Dim &to = out[out.size() - in.size() + i];
    std::optional<Dim> joined = nn::broadcastDim(in[i], to);
    if (!joined)
      return n.error("cannot broadcast " + nn::printType(n.type(0)) + " to " +
                     nn::printShape(*shape));
    to = *joined;
  }
  return n.result(n.expand(n.input(0), out));
}

/// Repeats each dimension: [d] -> [1, d] -> [r, d] -> [r * d].
Value tile(NodeContext &n, Value value, ArrayRef<Dim> repeats) {
  if (!n.ok())
    return {};
  SmallVector<Dim> split, repeated, joined;
  for (auto [dim, count] : llvm::zip_equal(nn::dimsOf(value.getType()), repeats)) {
    joined.push_back(count * dim);
    if (!count.isOne()) {
      split.push_back(1);
      repeated.push_back(count);
    }
    split.push_back(dim);
    repeated.push_back(dim);
  }
  return n.reshape(n.expand(n.reshape(value, split), repeated), joined);
}

LogicalResult buildTile(NodeContext &n) {
  FailureOr<nn::ShapeValue> repeats = n.elementsOrBind(1);
  if (failed(repeats))
    return failure();
  if (n.rank(1) != 1 || int64_t(repeats->size()) != n.rank(0))
    return n.error("repeats must have one entry for each of the " + Twine(n.rank(0)) +
                   " dimensions");
  return n.result(tile(n, n.input(0), *repeats));
}

LogicalResult buildLegacyTile(NodeContext &n) {
  std::optional<SmallVector<int64_t>> axis = n.constantInts(2);
  if (!axis || axis->size() != 1)
    return n.unsupported("the axis must be a constant");
  int64_t at = n.normalizeAxis((*axis)[0], n.rank(0));
  FailureOr<nn::ShapeValue> count = n.elementsOrBind(1);
  if (!n.ok() || failed(count))
    return failure();
  if (count->size() != 1)
    return n.error("tiles must be a scalar");
  SmallVector<Dim> repeats(n.rank(0), Dim(1));
  repeats[at] = (*count)[0];
  return n.result(tile(n, n.input(0), repeats));
}

LogicalResult buildConstantOfShape(NodeContext &n) {
  Value value = n.hasAttr("value") ? n.tensorAttr("value") : n.scalar(0, n.builder().getF32Type());
  if (!n.ok())
    return failure();
  if (cast<RankedTensorType>(value.getType()).getNumElements() != 1)
    return n.error("attribute 'value' must have one element");
  if (n.rank(0) != 1)
    return n.error("input must have one dimension");
  FailureOr<nn::ShapeValue> shape = n.elementsOrBind(0);
  if (failed(shape))
    return failure();
  return n.result(n.expand(n.reshape(value, ArrayRef<Dim>{}), *shape));
}

} // namespace

ArrayRef<OpRow> shapeRows() {
  static const OpRow rows[] = {
      {"", "ConstantOfShape", 9, buildConstantOfShape, "input", "output"},
      {"", "DepthToSpace", 1, buildDepthToSpace, "input", "output"},
      {"", "Expand", 8, buildExpand, "input shape", "output"},
      {"", "Flatten", 1, buildFlatten, "input", "output"},
      {"", "Reshape", 1, buildLegacyReshape, "data", "reshaped"},
      {"", "Reshape", 5, buildReshape, "data shape", "reshaped"},
      {"", "Shape", 1, buildShape, "data", "shape"},
      {"", "Size", 1, buildSize, "data", "size"},
      {"", "SpaceToDepth", 1, buildSpaceToDepth, "input", "output"},
      {"", "Squeeze", 1, buildLegacySqueeze, "data", "squeezed"},
      {"", "Squeeze", 13, buildSqueeze, "data axes?", "squeezed"},
      {"", "Tile", 1, buildLegacyTile, "input tiles axis", "output"},
      {"", "Tile", 6, buildTile, "input repeats", "output"},
      {"", "Transpose", 1, buildTranspose, "data", "transposed"},
      {"", "Unsqueeze", 1, buildLegacyUnsqueeze, "data", "expanded"},
      {"", "Unsqueeze", 13, buildUnsqueeze, "data axes", "expanded"},
  };
  return rows;
}

} // namespace dlc
