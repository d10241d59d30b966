// Views and rearrangements, constants, and the operations that name sizes.
#include "compiler/structure/structure.h"

#include "mlir/IR/BuiltinDialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace {
struct ConstantStructure : StructureOpInterface::ExternalModel<ConstantStructure, nn::ConstantOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto constant = cast<nn::ConstantOp>(op);
    RankedTensorType type = lowering.typeOf(constant.getType());
    ElementsAttr value = constant.getValue();
    if (auto resource = dyn_cast<DenseResourceElementsAttr>(value))
      value = DenseResourceElementsAttr::get(type, resource.getRawHandle());
    else if (auto dense = dyn_cast<DenseElementsAttr>(value))
      value = dense.getType().getElementType() == type.getElementType()
                  ? DenseElementsAttr(dense)
                  : dense.bitcast(type.getElementType());
    else
      return op->emitError("constants are dense or dense_resource");
    lowering.set(constant,
                 arith::ConstantOp::create(lowering.builder, lowering.loc, cast<TypedAttr>(value)));
    return success();
  }
};

struct ReshapeStructure : StructureOpInterface::ExternalModel<ReshapeStructure, nn::ReshapeOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto reshape = cast<nn::ReshapeOp>(op);
    lowering.set(reshape, lowering.reshape(lowering.get(reshape.getInput()),
                                           nn::dimsOf(reshape.getInput().getType()),
                                           nn::dimsOf(reshape.getType())));
    return success();
  }
};

struct TransposeStructure
    : StructureOpInterface::ExternalModel<TransposeStructure, nn::TransposeOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto transpose = cast<nn::TransposeOp>(op);
    lowering.set(transpose, lowering.transpose(lowering.get(transpose.getInput()),
                                               transpose.getPermutation()));
    return success();
  }
};

struct DimsStructure : StructureOpInterface::ExternalModel<DimsStructure, nn::DimsOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto dims = cast<nn::DimsOp>(op);
    OpBuilder &b = lowering.builder;
    RankedTensorType type = lowering.typeOf(dims.getOutput().getType());
    SmallVector<Value> elements;
    for (StringRef text : dims.getValues().getAsValueRange<StringAttr>())
      elements.push_back(arith::IndexCastOp::create(b, lowering.loc, type.getElementType(),
                                                    lowering.sizeValue(*Dim::parse(text))));
    lowering.set(dims.getOutput(), tensor::FromElementsOp::create(b, lowering.loc, type, elements));
    return success();
  }
};

struct BindStructure : StructureOpInterface::ExternalModel<BindStructure, nn::BindOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto bind = cast<nn::BindOp>(op);
    OpBuilder &b = lowering.builder;
    Value values = lowering.get(bind.getValues());
    auto type = cast<RankedTensorType>(values.getType());
    for (auto [i, name] : llvm::enumerate(bind.getSymbols().getAsValueRange<StringAttr>())) {
      // Row-major position of element i.
      SmallVector<Value> indices(type.getRank());
      int64_t rest = i;
      for (int64_t d = type.getRank() - 1; d >= 0; rest /= type.getDimSize(d--))
        indices[d] = arith::ConstantIndexOp::create(b, lowering.loc, rest % type.getDimSize(d));
      Value element = tensor::ExtractOp::create(b, lowering.loc, values, indices);
      Value size = arith::IndexCastOp::create(b, lowering.loc, b.getIndexType(), element);
      Value zero = arith::ConstantIndexOp::create(b, lowering.loc, 0);
      if (!bind.getAny())
        lowering.require(
            arith::CmpIOp::create(b, lowering.loc, arith::CmpIPredicate::sge, size, zero),
            "a size computed at run time is negative");
      lowering.define(name, size);
    }
    return success();
  }
};
/// Expressions of an attribute.
SmallVector<Dim> parseDims(ArrayAttr texts) {
  SmallVector<Dim> dims;
  for (StringRef text : texts.getAsValueRange<StringAttr>())
    dims.push_back(*Dim::parse(text));
  return dims;
}

struct ExpandStructure : StructureOpInterface::ExternalModel<ExpandStructure, nn::ExpandOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto expand = cast<nn::ExpandOp>(op);
    AffineMap map = lowering.broadcastMap(nn::dimsOf(expand.getInput().getType()),
                                          nn::dimsOf(expand.getType()));
    lowering.set(
        expand, lowering.parallel(lowering.empty(expand.getType()), lowering.get(expand.getInput()),
                                  map, [](OpBuilder &, Location, ValueRange x) { return x[0]; }));
    return success();
  }
};

/// A concatenation is a chain of insertions: bufferisation makes each piece a direct write into its
/// slice.
struct ConcatStructure : StructureOpInterface::ExternalModel<ConcatStructure, nn::ConcatOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto concat = cast<nn::ConcatOp>(op);
    OpBuilder &b = lowering.builder;
    unsigned axis = concat.getAxis(), rank = cast<RankedTensorType>(concat.getType()).getRank();
    SmallVector<Dim> out = nn::dimsOf(concat.getType());
    Value joined = lowering.empty(concat.getType());
    Dim position(0);
    for (Value input : concat.getInputs()) {
      SmallVector<Dim> dims = nn::dimsOf(input.getType());
      if (dims[axis] == Dim(0))
        continue;
      for (unsigned i = 0; i < rank; ++i)
        if (i != axis)
          lowering.requireEqual(dims[i], out[i], "dimensions of joined tensors differ");
      SmallVector<OpFoldResult> offsets(rank, b.getIndexAttr(0)), strides(rank, b.getIndexAttr(1));
      offsets[axis] = lowering.size(position);
      joined = tensor::InsertSliceOp::create(b, lowering.loc, lowering.get(input), joined, offsets,
                                             lowering.sizes(dims), strides);
      position = position + dims[axis];
    }
    lowering.set(concat, joined);
    return success();
  }
};

struct SliceStructure : StructureOpInterface::ExternalModel<SliceStructure, nn::SliceOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto slice = cast<nn::SliceOp>(op);
    OpBuilder &b = lowering.builder;
    SmallVector<Dim> offsets = parseDims(slice.getOffsets());
    Value input = lowering.get(slice.getInput());
    // An empty part may begin at the end, where a view must not.
    if (llvm::is_contained(cast<RankedTensorType>(slice.getType()).getShape(), 0)) {
      lowering.set(slice, lowering.empty(slice.getType()));
      return success();
    }
    if (llvm::all_of(slice.getStrides(), [](int64_t stride) { return stride > 0; })) {
      SmallVector<OpFoldResult> strides;
      for (int64_t stride : slice.getStrides())
        strides.push_back(b.getIndexAttr(stride));
      lowering.set(slice, tensor::ExtractSliceOp::create(
                              b, lowering.loc, lowering.typeOf(slice.getType()), input,
                              lowering.sizes(offsets), lowering.sizes(slice.getType()), strides));
      return success();
    }
    // Backwards: element by element.
    SmallVector<Value> firsts;
    for (const Dim &offset : offsets)
      firsts.push_back(lowering.sizeValue(offset));
    lowering.set(slice, lowering.gather(lowering.empty(slice.getType()), input,
                                        [&](OpBuilder &b, Location loc, ValueRange indices) {
                                          SmallVector<Value> at;
                                          for (auto [i, index] : llvm::enumerate(indices)) {
                                            Value stride = arith::ConstantIndexOp::create(
                                                b, loc, slice.getStrides()[i]);
                                            at.push_back(arith::AddIOp::create(
                                                b, loc, firsts[i],
                                                arith::MulIOp::create(b, loc, index, stride)));
                                          }
                                          return at;
                                        }));
    return success();
  }
};

struct PadStructure : StructureOpInterface::ExternalModel<PadStructure, nn::PadOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto pad = cast<nn::PadOp>(op);
    OpBuilder &b = lowering.builder;
    SmallVector<Dim> low = parseDims(pad.getLow()), high = parseDims(pad.getHigh()),
                     in = nn::dimsOf(pad.getInput().getType());
    Value input = lowering.get(pad.getInput());
    if (pad.getMode() == nn::PadMode::Constant) {
      Value scalar =
          tensor::ExtractOp::create(b, lowering.loc, lowering.get(pad.getValue()), ValueRange());
      Value padded = lowering.pad(input, lowering.sizes(low), lowering.sizes(high), scalar);
      RankedTensorType type = lowering.typeOf(pad.getType());
      if (padded.getType() != type)
        padded = tensor::CastOp::create(b, lowering.loc, type, padded);
      lowering.set(pad, padded);
      return success();
    }
    SmallVector<Value> lows, extents;
    for (auto [from, to, size] : llvm::zip_equal(low, high, in)) {
      lows.push_back(lowering.sizeValue(from));
      extents.push_back(lowering.sizeValue(size));
      if (from.constant() == 0 && to.constant() == 0)
        continue;
      // There must be something to repeat.
      lowering.require(arith::CmpIOp::create(b, lowering.loc, arith::CmpIPredicate::sgt,
                                             extents.back(),
                                             arith::ConstantIndexOp::create(b, lowering.loc, 0)),
                       "an empty dimension cannot be padded by its own elements");
    }
    nn::PadMode mode = pad.getMode();
    lowering.set(pad,
                 lowering.gather(lowering.empty(pad.getType()), input,
                                 [&](OpBuilder &b, Location loc, ValueRange indices) {
                                   SmallVector<Value> at;
                                   for (auto [i, index] : llvm::enumerate(indices))
                                     at.push_back(
                                         low[i].constant() == 0 && high[i].constant() == 0
                                             ? index
                                             : source(b, loc, mode,
                                                      arith::SubIOp::create(b, loc, index, lows[i]),
                                                      extents[i]));
                                   return at;
                                 }));
    return success();
  }

  /// The element of a dimension of size n that stands at position x, which may lie outside.
  static Value source(OpBuilder &b, Location loc, nn::PadMode mode, Value x, Value n) {
    auto constant = [&](int64_t value) -> Value {
      return arith::ConstantIndexOp::create(b, loc, value);
    };
    auto modulo = [&](Value value, Value by) -> Value {
      Value rest = arith::RemSIOp::create(b, loc, value, by);
      Value negative = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, rest, constant(0));
      return arith::SelectOp::create(b, loc, negative, arith::AddIOp::create(b, loc, rest, by),
                                     rest);
    };
    Value last = arith::SubIOp::create(b, loc, n, constant(1));
    switch (mode) {
    case nn::PadMode::Edge:
      return arith::MinSIOp::create(b, loc, arith::MaxSIOp::create(b, loc, x, constant(0)), last);
    case nn::PadMode::Wrap:
      return modulo(x, n);
    case nn::PadMode::Reflect: {
      // A zigzag of period 2 (n - 1); a single element repeats.
      Value period = arith::MaxSIOp::create(
          b, loc, arith::MulIOp::create(b, loc, last, constant(2)), constant(1));
      Value rest = modulo(x, period);
      return arith::MinSIOp::create(b, loc, rest, arith::SubIOp::create(b, loc, period, rest));
    }
    case nn::PadMode::Constant:
      break;
    }
    llvm_unreachable("constant padding reads nothing outside");
  }
};

struct IotaStructure : StructureOpInterface::ExternalModel<IotaStructure, nn::IotaOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto iota = cast<nn::IotaOp>(op);
    Value output = lowering.empty(iota.getType());
    Type element = getElementTypeOrSelf(output.getType());
    lowering.set(iota, lowering.parallel(
                           output, {}, {}, [&](OpBuilder &b, Location loc, ValueRange) -> Value {
                             return arith::IndexCastOp::create(
                                 b, loc, element, linalg::IndexOp::create(b, loc, iota.getAxis()));
                           }));
    return success();
  }
};
} // namespace

void dlc::registerShapeStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::ConstantOp::attachInterface<ConstantStructure>(*context);
    nn::ReshapeOp::attachInterface<ReshapeStructure>(*context);
    nn::TransposeOp::attachInterface<TransposeStructure>(*context);
    nn::DimsOp::attachInterface<DimsStructure>(*context);
    nn::BindOp::attachInterface<BindStructure>(*context);
    nn::ExpandOp::attachInterface<ExpandStructure>(*context);
    nn::ConcatOp::attachInterface<ConcatStructure>(*context);
    nn::SliceOp::attachInterface<SliceStructure>(*context);
    nn::PadOp::attachInterface<PadStructure>(*context);
    nn::IotaOp::attachInterface<IotaStructure>(*context);
  });
}
