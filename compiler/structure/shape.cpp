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
    lowering.set(constant, arith::ConstantOp::create(lowering.builder, lowering.loc, cast<TypedAttr>(value)));
    return success();
  }
};

struct ReshapeStructure : StructureOpInterface::ExternalModel<ReshapeStructure, nn::ReshapeOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto reshape = cast<nn::ReshapeOp>(op);
    lowering.set(reshape, lowering.reshape(lowering.get(reshape.getInput()), nn::dimsOf(reshape.getInput().getType()),
                                           nn::dimsOf(reshape.getType())));
    return success();
  }
};

struct TransposeStructure : StructureOpInterface::ExternalModel<TransposeStructure, nn::TransposeOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto transpose = cast<nn::TransposeOp>(op);
    lowering.set(transpose, lowering.transpose(lowering.get(transpose.getInput()), transpose.getPermutation()));
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
      lowering.require(arith::CmpIOp::create(b, lowering.loc, arith::CmpIPredicate::sge, size, zero),
                       "a size computed at run time is negative");
      lowering.define(name, size);
    }
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
  });
}
