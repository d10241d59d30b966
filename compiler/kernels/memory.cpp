// See memory.h.
#include "compiler/kernels/memory.h"

#include "mlir/IR/Builders.h"

using namespace mlir;

int64_t dlc::elementBytes(Type element) {
  if (element.isIndex())
    return 8;
  return (element.getIntOrFloatBitWidth() + 7) / 8;
}

int64_t dlc::staticBytes(ShapedType type) {
  return type.getNumElements() * elementBytes(type.getElementType());
}

dlc::WeightsLayout dlc::weightsLayout(ModuleOp module) {
  WeightsLayout layout;
  auto dictionary = module->getAttrOfType<DictionaryAttr>(kWeightsLayoutAttr);
  if (!dictionary)
    return layout;
  if (auto size = dictionary.getAs<IntegerAttr>("size"))
    layout.size = size.getInt();
  if (auto list = dictionary.getAs<ArrayAttr>("raw"))
    for (auto entry : list.getAsRange<DictionaryAttr>())
      layout.raw.push_back({entry.getAs<StringAttr>("key").str(),
                            entry.getAs<IntegerAttr>("offset").getInt(),
                            entry.getAs<IntegerAttr>("size").getInt()});
  layout.hasCode = static_cast<bool>(module.lookupSymbol<func::FuncOp>(kWeightsFunc));
  return layout;
}

void dlc::setWeightsLayout(ModuleOp module, const WeightsLayout &layout) {
  Builder b(module.getContext());
  SmallVector<Attribute> raw;
  for (const WeightsLayout::Raw &entry : layout.raw)
    raw.push_back(b.getDictionaryAttr({b.getNamedAttr("key", b.getStringAttr(entry.key)),
                                       b.getNamedAttr("offset", b.getI64IntegerAttr(entry.offset)),
                                       b.getNamedAttr("size", b.getI64IntegerAttr(entry.size))}));
  module->setAttr(kWeightsLayoutAttr,
                  b.getDictionaryAttr({b.getNamedAttr("size", b.getI64IntegerAttr(layout.size)),
                                       b.getNamedAttr("raw", b.getArrayAttr(raw))}));
}
