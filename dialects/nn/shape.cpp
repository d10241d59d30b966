// Views and rearrangements: verifiers, shapes, symbolic evaluation.
#include "dialects/nn/nn.h"

using namespace mlir;
using namespace dlc::nn;

/// Elements of a small tensor of shape `to`: each is that of a tensor of shape `from` at the index
/// that `source` makes, in place, of its own.
static ShapeValue rearranged(const ShapeValue &elements, ArrayRef<int64_t> from,
                             ArrayRef<int64_t> to,
                             llvm::function_ref<void(MutableArrayRef<int64_t>)> source) {
  ShapeValue result;
  for (int64_t flat = 0, count = ShapedType::getNumElements(to); flat < count; ++flat) {
    SmallVector<int64_t> index(to.size());
    for (int64_t d = int64_t(to.size()) - 1, rest = flat; d >= 0; rest /= to[d--])
      index[d] = rest % to[d];
    source(index);
    int64_t position = 0;
    for (auto [size, at] : llvm::zip_equal(from, index))
      position = position * size + at;
    result.push_back(elements[position]);
  }
  return result;
}

//===-- nn.reshape --===//

LogicalResult ReshapeOp::verify() {
  Dim in = product(dimsOf(getInput().getType())), out = product(dimsOf(getOutput().getType()));
  // reshape_c1: the element counts agree. Symbolic counts that look different are checked at run
  // time.
  if (std::optional<int64_t> a = in.constant(), b = out.constant(); a && b && *a != *b)
    return emitOpError() << "cannot turn " << *a << " elements of "
                         << printType(getInput().getType()) << " into "
                         << printType(getOutput().getType());
  return success();
}

FailureOr<SmallVector<ShapeValue>>
ReshapeOp::evaluate(ArrayRef<std::optional<ShapeValue>> operands) {
  if (!operands[0])
    return failure();
  return SmallVector<ShapeValue>{*operands[0]};
}

//===-- nn.transpose --===//

LogicalResult TransposeOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                            Adaptor op, SmallVectorImpl<Type> &results) {
  SmallVector<Dim> input = dimsOf(op.getInput().getType()), output;
  ArrayRef<int64_t> permutation = op.getPermutation();
  llvm::SmallBitVector seen(input.size());
  for (int64_t dim : permutation)
    if (dim >= 0 && dim < int64_t(input.size()) && !seen.test(dim)) {
      seen.set(dim);
      output.push_back(input[dim]);
    }
  if (output.size() != input.size() || permutation.size() != input.size())
    return inferError(loc, "perm is not a permutation of the ", input.size(), " dimensions of ",
                      printShape(input));
  results.push_back(tensorOf(output, getElementTypeOrSelf(op.getInput().getType())));
  return success();
}

FailureOr<SmallVector<ShapeValue>>
TransposeOp::evaluate(ArrayRef<std::optional<ShapeValue>> operands) {
  auto in = cast<RankedTensorType>(getInput().getType()),
       out = cast<RankedTensorType>(getOutput().getType());
  if (!operands[0] || !out.hasStaticShape())
    return failure();
  return SmallVector<ShapeValue>{
      rearranged(*operands[0], in.getShape(), out.getShape(), [&](MutableArrayRef<int64_t> index) {
        SmallVector<int64_t> at(index);
        for (auto [i, dim] : llvm::enumerate(getPermutation()))
          index[dim] = at[i];
      })};
}

//===-- nn.dims, nn.bind --===//

LogicalResult DimsOp::verify() {
  auto type = cast<RankedTensorType>(getOutput().getType());
  if (!type.hasStaticShape() || type.getNumElements() != int64_t(getValues().size()))
    return emitOpError() << "lists " << getValues().size() << " elements for " << type;
  for (StringRef text : getValues().getAsValueRange<StringAttr>())
    if (failed(Dim::parse(text)))
      return emitOpError() << "cannot read '" << text << "' as an expression over symbols";
  return success();
}

FailureOr<SmallVector<ShapeValue>> DimsOp::evaluate(ArrayRef<std::optional<ShapeValue>>) {
  ShapeValue elements;
  for (StringRef text : getValues().getAsValueRange<StringAttr>())
    elements.push_back(*Dim::parse(text));
  return SmallVector<ShapeValue>{elements};
}

LogicalResult BindOp::verify() {
  auto type = cast<RankedTensorType>(getValues().getType());
  if (!type.hasStaticShape() || type.getNumElements() != int64_t(getSymbols().size()))
    return emitOpError() << "names " << getSymbols().size() << " symbols for " << type;
  return success();
}

//===-- nn.expand --===//

/// The dimension of a value that is read at output index `i` of dimension `d` when `in` broadcasts
/// to `out`; for constants.
static SmallVector<int64_t> staticShape(ArrayRef<Dim> dims) {
  SmallVector<int64_t> shape;
  for (const Dim &dim : dims)
    shape.push_back(dim.constant().value_or(ShapedType::kDynamic));
  return shape;
}

LogicalResult ExpandOp::verify() {
  SmallVector<Dim> in = dimsOf(getInput().getType()), out = dimsOf(getOutput().getType());
  // expand_c1: dimensions, aligned at the right, are equal or 1 in the input.
  bool fits = in.size() <= out.size();
  for (size_t i = 0; fits && i < in.size(); ++i) {
    const Dim &from = in[i], &to = out[out.size() - in.size() + i];
    std::optional<int64_t> a = from.constant(), b = to.constant();
    fits = from == to || from.isOne() || !(a && b);
  }
  if (!fits)
    return emitOpError() << "cannot broadcast " << printType(getInput().getType()) << " to "
                         << printType(getOutput().getType());
  return success();
}

FailureOr<SmallVector<ShapeValue>>
ExpandOp::evaluate(ArrayRef<std::optional<ShapeValue>> operands) {
  auto type = cast<RankedTensorType>(getOutput().getType());
  if (!operands[0] || !type.hasStaticShape() || type.getNumElements() > kSmallTensor)
    return failure();
  SmallVector<int64_t> in = staticShape(dimsOf(getInput().getType()));
  return SmallVector<ShapeValue>{broadcastElements(*operands[0], in, type.getShape())};
}

ShapeValue dlc::nn::broadcastElements(const ShapeValue &elements, ArrayRef<int64_t> from,
                                      ArrayRef<int64_t> to) {
  ShapeValue result;
  int64_t count = ShapedType::getNumElements(to);
  for (int64_t flat = 0; flat < count; ++flat) {
    int64_t rest = flat, position = 0, stride = 1;
    for (int64_t d = to.size() - 1, s = from.size() - 1; d >= 0; --d, --s) {
      int64_t index = rest % to[d];
      rest /= to[d];
      if (s < 0)
        continue;
      position += (from[s] == 1 ? 0 : index) * stride;
      stride *= from[s];
    }
    result.push_back(elements[position]);
  }
  return result;
}

//===-- nn.concat --===//

LogicalResult ConcatOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                         Adaptor op, SmallVectorImpl<Type> &results) {
  ValueRange operands = op.getOperands();
  if (operands.empty())
    return inferError(loc, "there is nothing to join");
  Type element = getElementTypeOrSelf(operands[0].getType());
  SmallVector<Dim> output = dimsOf(operands[0].getType());
  int64_t axis = op.getAxis();
  // concat_c1: the axis exists.
  if (axis < 0 || axis >= int64_t(output.size()))
    return inferError(loc, "axis ", axis, " is outside the ", output.size(), " dimensions of ",
                      printShape(output));
  for (Value operand : operands.drop_front()) {
    SmallVector<Dim> dims = dimsOf(operand.getType());
    // concat_c2: ranks, element types and the other dimensions agree.
    if (dims.size() != output.size() || getElementTypeOrSelf(operand.getType()) != element)
      return inferError(loc, "cannot join ", printType(operands[0].getType()), " and ",
                        printType(operand.getType()));
    for (size_t i = 0; i < dims.size(); ++i) {
      std::optional<int64_t> a = output[i].constant(), b = dims[i].constant();
      if (int64_t(i) == axis)
        output[i] = output[i] + dims[i];
      else if (a && b && *a != *b)
        return inferError(loc, "dimension ", i, " differs: ", printType(operands[0].getType()),
                          " and ", printType(operand.getType()));
      else if (b)
        output[i] = dims[i];
    }
  }
  results.push_back(tensorOf(output, element));
  return success();
}

FailureOr<SmallVector<ShapeValue>>
ConcatOp::evaluate(ArrayRef<std::optional<ShapeValue>> operands) {
  auto type = cast<RankedTensorType>(getOutput().getType());
  if (!type.hasStaticShape() || type.getNumElements() > kSmallTensor)
    return failure();
  // Row by row: what lies before the axis, then a run of each operand.
  ArrayRef<int64_t> shape = type.getShape();
  int64_t rows = ShapedType::getNumElements(shape.take_front(getAxis()));
  ShapeValue joined;
  for (int64_t row = 0; row < rows; ++row)
    for (const std::optional<ShapeValue> &operand : operands) {
      if (!operand)
        return failure();
      int64_t run = operand->size() / rows;
      joined.append(operand->begin() + row * run, operand->begin() + (row + 1) * run);
    }
  return SmallVector<ShapeValue>{joined};
}

//===-- nn.slice --===//

LogicalResult SliceOp::verify() {
  SmallVector<Dim> in = dimsOf(getInput().getType()), out = dimsOf(getOutput().getType());
  // slice_c1: one offset, stride and size a dimension.
  if (getOffsets().size() != in.size() || getStrides().size() != in.size() ||
      out.size() != in.size())
    return emitOpError() << "needs one offset and one stride for each of the " << in.size()
                         << " dimensions";
  for (auto [i, text] : llvm::enumerate(getOffsets().getAsValueRange<StringAttr>())) {
    FailureOr<Dim> offset = Dim::parse(text);
    int64_t stride = getStrides()[i];
    if (failed(offset) || stride == 0)
      return emitOpError() << "offset '" << text << "' or stride " << stride << " is not usable";
    // slice_c2: what is read lies inside.
    std::optional<int64_t> first = offset->constant(), size = out[i].constant(),
                           extent = in[i].constant();
    if (first && size && extent && *size > 0) {
      int64_t last = *first + (*size - 1) * stride;
      if (std::min(*first, last) < 0 || std::max(*first, last) >= *extent)
        return emitOpError() << "reads " << *first << " to " << last << " of a dimension of size "
                             << *extent;
    }
  }
  return success();
}

FailureOr<SmallVector<ShapeValue>> SliceOp::evaluate(ArrayRef<std::optional<ShapeValue>> operands) {
  auto in = cast<RankedTensorType>(getInput().getType()),
       out = cast<RankedTensorType>(getOutput().getType());
  if (!operands[0] || !in.hasStaticShape() || !out.hasStaticShape())
    return failure();
  SmallVector<int64_t> offsets;
  for (StringRef text : getOffsets().getAsValueRange<StringAttr>()) {
    std::optional<int64_t> offset = Dim::parse(text)->constant();
    if (!offset)
      return failure();
    offsets.push_back(*offset);
  }
  return SmallVector<ShapeValue>{
      rearranged(*operands[0], in.getShape(), out.getShape(), [&](MutableArrayRef<int64_t> index) {
        for (auto [i, at] : llvm::enumerate(index))
          at = offsets[i] + at * getStrides()[i];
      })};
}

//===-- nn.pad --===//

LogicalResult PadOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc, Adaptor op,
                                      SmallVectorImpl<Type> &results) {
  SmallVector<Dim> dims = dimsOf(op.getInput().getType());
  if (op.getLow().size() != dims.size() || op.getHigh().size() != dims.size())
    return inferError(loc, "pads need two entries for each of the ", dims.size(), " dimensions");
  for (size_t i = 0; i < dims.size(); ++i) {
    FailureOr<Dim> low = Dim::parse(cast<StringAttr>(op.getLow()[i]).getValue()),
                   high = Dim::parse(cast<StringAttr>(op.getHigh()[i]).getValue());
    if (failed(low) || failed(high))
      return inferError(loc, "pads are not expressions over symbols");
    dims[i] = dims[i] + *low + *high;
  }
  results.push_back(tensorOf(dims, getElementTypeOrSelf(op.getInput().getType())));
  return success();
}

//===-- nn.iota --===//

LogicalResult IotaOp::verify() {
  int64_t rank = cast<RankedTensorType>(getOutput().getType()).getRank();
  if (int64_t(getAxis()) < 0 || int64_t(getAxis()) >= rank)
    return emitOpError() << "axis " << getAxis() << " is outside the " << rank << " dimensions";
  return success();
}

FailureOr<SmallVector<ShapeValue>> IotaOp::evaluate(ArrayRef<std::optional<ShapeValue>>) {
  auto type = cast<RankedTensorType>(getOutput().getType());
  if (type.getRank() != 1 || !type.hasStaticShape() || type.getNumElements() > kSmallTensor)
    return failure();
  ShapeValue elements;
  for (int64_t i = 0; i < type.getDimSize(0); ++i)
    elements.push_back(i);
  return SmallVector<ShapeValue>{elements};
}
