#include "specialize.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace dlc;

static MemRefType bufferType(Type type, bool strided) {
  auto tensor = cast<RankedTensorType>(type);
  if (!strided || tensor.getRank() == 0)
    return MemRefType::get(tensor.getShape(), tensor.getElementType());
  SmallVector<int64_t> strides(tensor.getRank(), ShapedType::kDynamic);
  strides.back() = 1;
  auto layout = StridedLayoutAttr::get(type.getContext(), 0, strides);
  return MemRefType::get(tensor.getShape(), tensor.getElementType(), layout);
}

kernel::FuncOp dlc::test::specialize(kernel::FuncOp func, bool strided) {
  OpBuilder builder(func);
  SmallVector<Type> types;
  SmallVector<Attribute> attributes;
  auto add = [&](Type type, Attribute extents) {
    types.push_back(bufferType(type, strided));
    NamedAttrList list;
    if (extents)
      list.set(kernel::kExtentsAttr, extents);
    attributes.push_back(list.getDictionary(func.getContext()));
  };
  SmallVector<BlockArgument> indices = func.getIndexArguments();
  unsigned inputs = func.getNumArguments() - indices.size();
  for (unsigned i = 0; i < inputs; ++i)
    add(func.getArgumentTypes()[i], func.getArgAttr(i, kernel::kExtentsAttr));
  for (unsigned i = 0; i < func.getNumResults(); ++i)
    add(func.getResultTypes()[i], func.getResultAttr(i, kernel::kExtentsAttr));
  for (size_t i = 0; i < indices.size(); ++i) {
    types.push_back(builder.getIndexType());
    attributes.push_back(DictionaryAttr::get(func.getContext()));
  }
  auto result = kernel::FuncOp::create(builder, func.getLoc(), (func.getSymName() + "_s").str(),
                                       builder.getFunctionType(types, {}));
  result.setArgAttrsAttr(builder.getArrayAttr(attributes));
  if (func.getScheduleAttr())
    result.setScheduleAttr(func.getScheduleAttr());
  Block *block = &result.getBody().emplaceBlock();
  for (Type type : types)
    block->addArgument(type, func.getLoc());
  builder.setInsertionPointToStart(block);
  IRMapping mapping;
  for (unsigned i = 0; i < inputs; ++i)
    mapping.map(func.getArgument(i), bufferization::ToTensorOp::create(
                                         builder, func.getLoc(), func.getArgumentTypes()[i],
                                         block->getArgument(i), /*restrict=*/true));
  for (auto [i, index] : llvm::enumerate(indices))
    mapping.map(index, block->getArgument(inputs + func.getNumResults() + i));
  for (Operation &op : func.getBody().front().without_terminator())
    builder.clone(op, mapping);
  for (auto [i, value] : llvm::enumerate(func.getBody().front().getTerminator()->getOperands())) {
    auto store = bufferization::MaterializeInDestinationOp::create(
        builder, func.getLoc(), mapping.lookupOrDefault(value), block->getArgument(inputs + i));
    store.setRestrict(true);
    store.setWritable(true);
  }
  kernel::ReturnOp::create(builder, func.getLoc(), ValueRange());
  return result;
}
