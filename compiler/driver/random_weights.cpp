// See random_weights.h.
#include "compiler/driver/random_weights.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace dlc;

int32_t dlc::dtypeOf(Type type) {
  if (type.isF32())
    return DLC_F32;
  if (type.isF64())
    return DLC_F64;
  if (type.isF16())
    return DLC_F16;
  if (type.isBF16())
    return DLC_BF16;
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer)
    return 0;
  bool u = integer.isUnsigned();
  switch (integer.getWidth()) {
  case 1:
    return DLC_BOOL;
  case 8:
    return u ? DLC_U8 : DLC_I8;
  case 16:
    return u ? DLC_U16 : DLC_I16;
  case 32:
    return u ? DLC_U32 : DLC_I32;
  case 64:
    return u ? DLC_U64 : DLC_I64;
  default:
    return 0;
  }
}

bool dlc::drawWeights(ModuleOp module, WeightTable &weights, std::string &error) {
  uint64_t seed = 1;
  WalkResult result = module->walk([&](Operation *op) {
    auto resource = op->getAttrOfType<DenseResourceElementsAttr>("value");
    if (!resource)
      return WalkResult::advance();
    auto type = cast<ShapedType>(resource.getType());
    int32_t dtype = dtypeOf(type.getElementType());
    std::optional<HostTensor> data;
    if (dtype != 0)
      data = makeTensor(dtype, type.getShape());
    if (!data) {
      error = "its weights have a type that cannot be drawn, or are too large";
      return WalkResult::interrupt();
    }
    fillRandom(*data, ++seed);
    weights.add(resource.getRawHandle().getKey(), ArrayRef(data->data.get(), data->bytes),
                data->data);
    return WalkResult::advance();
  });
  return !result.wasInterrupted();
}
