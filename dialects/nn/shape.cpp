// Views and rearrangements: verifiers, shapes, symbolic evaluation.
#include "dialects/nn/nn.h"

using namespace mlir;
using namespace dlc::nn;

//===-- nn.reshape --===//

LogicalResult ReshapeOp::verify() {
  Dim in = product(dimsOf(getInput().getType())), out = product(dimsOf(getOutput().getType()));
  // reshape_c1: the element counts agree. Symbolic counts that look different are checked at run time.
  if (std::optional<int64_t> a = in.constant(), b = out.constant(); a && b && *a != *b)
    return emitOpError() << "cannot turn " << *a << " elements of " << printType(getInput().getType())
                         << " into " << printType(getOutput().getType());
  return success();
}

FailureOr<SmallVector<ShapeValue>> ReshapeOp::evaluate(ArrayRef<std::optional<ShapeValue>> operands) {
  if (!operands[0])
    return failure();
  return SmallVector<ShapeValue>{*operands[0]};
}

//===-- nn.transpose --===//

LogicalResult TransposeOp::inferReturnTypes(MLIRContext *context, std::optional<Location> loc,
                                            ValueRange operands, DictionaryAttr attributes,
                                            OpaqueProperties properties, RegionRange regions,
                                            SmallVectorImpl<Type> &results) {
  Adaptor op(operands, attributes, properties, regions);
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
  // Shape tensors have one dimension; only there is a transposition trivial.
  if (!operands[0] || getPermutation().size() > 1)
    return failure();
  return SmallVector<ShapeValue>{*operands[0]};
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
