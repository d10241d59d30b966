// Constants: the tensors of the model, the Constant operator, and reading constants back.
#include "compiler/import/graph_importer.h"
#include "compiler/import/registry.h"

#include "mlir/IR/BuiltinDialect.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include <cstring>

using namespace mlir;
using onnx::TensorProto;

namespace dlc {

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// Null for types that dlc does not have: strings, complex numbers, and numbers of less than eight
/// bits or with eight-bit floating point, which no backend computes with.
Type GraphImporter::elementType(int32_t onnxType) {
  auto unsignedType = [&](unsigned width) {
    return IntegerType::get(context, width, IntegerType::Unsigned);
  };
  switch (onnxType) {
  case TensorProto::FLOAT:
    return builder.getF32Type();
  case TensorProto::DOUBLE:
    return builder.getF64Type();
  case TensorProto::FLOAT16:
    return builder.getF16Type();
  case TensorProto::BFLOAT16:
    return builder.getBF16Type();
  case TensorProto::BOOL:
    return builder.getI1Type();
  case TensorProto::INT8:
    return builder.getI8Type();
  case TensorProto::INT16:
    return builder.getI16Type();
  case TensorProto::INT32:
    return builder.getI32Type();
  case TensorProto::INT64:
    return builder.getI64Type();
  case TensorProto::UINT8:
    return unsignedType(8);
  case TensorProto::UINT16:
    return unsignedType(16);
  case TensorProto::UINT32:
    return unsignedType(32);
  case TensorProto::UINT64:
    return unsignedType(64);
  default:
    return {};
  }
}

//===----------------------------------------------------------------------===//
// Tensors to constants
//===----------------------------------------------------------------------===//

/// One byte an element: how dlc stores types of less than eight bits everywhere behind the import.
static std::shared_ptr<std::vector<char>> unpack(const TensorData &data, unsigned bits) {
  auto out = std::make_shared<std::vector<char>>(data.numElements());
  for (size_t i = 0; i < out->size(); ++i) {
    size_t bit = i * bits;
    unsigned window = static_cast<unsigned char>(data.bytes[bit / 8]);
    if (bit / 8 + 1 < data.bytes.size())
      window |= static_cast<unsigned char>(data.bytes[bit / 8 + 1]) << 8;
    (*out)[i] = static_cast<char>((window >> (bit % 8)) & ((1u << bits) - 1));
  }
  return out;
}

/// The bits of element i of little-endian data with `width` bits in whole bytes.
static APInt elementBitsAt(ArrayRef<char> bytes, size_t i, unsigned width) {
  size_t size = (width + 7) / 8;
  uint64_t value = 0;
  std::memcpy(&value, bytes.data() + i * size, size);
  return APInt(width, value, /*isSigned=*/false, /*implicitTrunc=*/true);
}

Value GraphImporter::createConstant(ElementsAttr value, Location location) {
  return nn::ConstantOp::create(builder, location, cast<ShapedType>(value.getType()), value);
}

/// At the insertion point, or for initialisers (whose location is a name) at the entry of the
/// function, where all uses see them. Null if dlc has no such element type.
Value GraphImporter::constantOf(const TensorData &data, Location location) {
  Type element = elementType(data.type);
  if (!element)
    return {};
  auto type = RankedTensorType::get(data.dims, element);
  int64_t count = data.numElements();
  ArrayRef<char> bytes = data.bytes;
  std::shared_ptr<const void> owner = data.owner;
  if (unsigned bits = elementBits(data.type); bits < 8) {
    auto unpacked = unpack(data, bits);
    bytes = *unpacked;
    owner = unpacked;
  }

  ElementsAttr value;
  unsigned size = (element.getIntOrFloatBitWidth() + 7) / 8;
  // Vectors of one value, such as the zero points of channels, say what that is.
  bool uniform = data.dims.size() == 1 && isa<IntegerType>(element) && count > nn::kSmallTensor &&
                 count <= (1 << 16) &&
                 std::memcmp(bytes.data(), bytes.data() + size, (count - 1) * size) == 0;
  if (uniform) {
    value = DenseElementsAttr::get(type, elementBitsAt(bytes, 0, element.getIntOrFloatBitWidth()));
  } else if (count <= nn::kSmallTensor) {
    unsigned width = element.getIntOrFloatBitWidth();
    auto floatType = dyn_cast<FloatType>(element);
    SmallVector<APInt> integers;
    SmallVector<APFloat> floats;
    for (int64_t i = 0; i < count; ++i) {
      APInt bits = elementBitsAt(bytes, i, width);
      if (floatType)
        floats.push_back(APFloat(floatType.getFloatSemantics(), bits));
      else
        integers.push_back(bits);
    }
    value =
        floatType ? DenseElementsAttr::get(type, floats) : DenseElementsAttr::get(type, integers);
  } else {
    // The manager makes the key unique; it holds no data (weight_table.h).
    auto &manager = DenseResourceElementsHandle::getManagerInterface(context);
    auto handle = manager.insert(data.name.empty() ? "constant" : data.name);
    weights.add(handle.getKey(), bytes, owner);
    value = DenseResourceElementsAttr::get(type, handle);
  }

  OpBuilder::InsertionGuard guard(builder);
  bool initializer = isa<NameLoc>(location);
  if (initializer && lastConstant)
    builder.setInsertionPointAfter(lastConstant);
  else if (initializer)
    builder.setInsertionPointToStart(entry);
  Value constant = createConstant(value, location);
  if (initializer)
    lastConstant = constant.getDefiningOp();
  return constant;
}

//===----------------------------------------------------------------------===//
// Constants read back
//===----------------------------------------------------------------------===//

static ElementsAttr constantAttr(Value value) {
  auto constant = value.getDefiningOp<nn::ConstantOp>();
  return constant ? constant.getValue() : ElementsAttr();
}

std::optional<SmallVector<int64_t>> NodeContext::constantInts(Value value) {
  ElementsAttr attr = constantAttr(value);
  auto type = attr ? dyn_cast<IntegerType>(attr.getElementType()) : IntegerType();
  if (!type)
    return std::nullopt;
  SmallVector<int64_t> out;
  auto push = [&](const APInt &bits) {
    out.push_back(nn::isUnsigned(type) ? int64_t(bits.getZExtValue()) : bits.getSExtValue());
  };
  if (auto dense = dyn_cast<DenseIntElementsAttr>(attr)) {
    for (const APInt &bits : dense.getValues<APInt>())
      push(bits);
    return out;
  }
  auto resource = dyn_cast<DenseResourceElementsAttr>(attr);
  std::optional<ArrayRef<char>> bytes;
  if (resource)
    bytes = importer.weights.lookup(resource.getRawHandle().getKey());
  if (!bytes)
    return std::nullopt;
  for (int64_t i = 0, e = attr.getNumElements(); i < e; ++i)
    push(elementBitsAt(*bytes, i, type.getWidth()));
  return out;
}

std::optional<SmallVector<double>> NodeContext::constantFloats(Value value) {
  ElementsAttr attr = constantAttr(value);
  auto type = attr ? dyn_cast<FloatType>(attr.getElementType()) : FloatType();
  if (!type)
    return std::nullopt;
  SmallVector<double> out;
  auto push = [&](APFloat element) {
    bool lost;
    element.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &lost);
    out.push_back(element.convertToDouble());
  };
  if (auto dense = dyn_cast<DenseFPElementsAttr>(attr)) {
    for (const APFloat &element : dense.getValues<APFloat>())
      push(element);
    return out;
  }
  auto resource = dyn_cast<DenseResourceElementsAttr>(attr);
  std::optional<ArrayRef<char>> bytes;
  if (resource)
    bytes = importer.weights.lookup(resource.getRawHandle().getKey());
  if (!bytes)
    return std::nullopt;
  for (int64_t i = 0, e = attr.getNumElements(); i < e; ++i)
    push(APFloat(type.getFloatSemantics(), elementBitsAt(*bytes, i, type.getWidth())));
  return out;
}

/// Remembered, known or not: results of earlier nodes are in the table, so the recursion stays
/// inside one node.
std::optional<nn::ShapeValue> GraphImporter::shapeValue(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || !type.hasStaticShape() || type.getNumElements() > nn::kSmallTensor ||
      !isa<IntegerType>(type.getElementType()))
    return std::nullopt;
  if (auto it = shapeValues.find(value); it != shapeValues.end())
    return it->second;
  std::optional<nn::ShapeValue> result;
  if (Operation *op = value.getDefiningOp(); op && nn::canEvaluate(op)) {
    SmallVector<std::optional<nn::ShapeValue>> operands;
    for (Value operand : op->getOperands())
      operands.push_back(shapeValue(operand));
    FailureOr<SmallVector<nn::ShapeValue>> results = nn::evaluateShape(op, operands);
    if (succeeded(results))
      result = (*results)[cast<OpResult>(value).getResultNumber()];
    if (result && llvm::any_of(*result, [](const nn::Dim &dim) { return dim.overflowed(); }))
      result = std::nullopt;
  }
  shapeValues[value] = result;
  return result;
}

//===----------------------------------------------------------------------===//
// Constant
//===----------------------------------------------------------------------===//

static LogicalResult buildConstant(NodeContext &n) {
  Builder b(n.context());
  if (n.hasAttr("value"))
    return n.result(n.tensorAttr("value"));
  if (n.hasAttr("value_float"))
    return n.result(n.scalar(n.floatAttr("value_float", 0), b.getF32Type()));
  if (n.hasAttr("value_int")) {
    int64_t value = n.intAttr("value_int", 0);
    return n.result(
        n.constant(DenseElementsAttr::get(RankedTensorType::get({}, b.getI64Type()), value)));
  }
  for (StringRef name : {"value_string", "value_strings"})
    if (n.hasAttr(name))
      return n.unsupported("constant strings are not supported");
  if (n.hasAttr("sparse_value"))
    return n.unsupported("sparse constants are not supported");
  // Lists may be long: they take the way of tensors.
  if (auto values = n.floatsAttr("value_floats")) {
    TensorProto tensor;
    tensor.set_data_type(TensorProto::FLOAT);
    tensor.add_dims(values->size());
    for (double value : *values)
      tensor.add_float_data(static_cast<float>(value));
    return n.result(n.constant(tensor));
  }
  if (auto values = n.intsAttr("value_ints")) {
    TensorProto tensor;
    tensor.set_data_type(TensorProto::INT64);
    tensor.add_dims(values->size());
    for (int64_t value : *values)
      tensor.add_int64_data(value);
    return n.result(n.constant(tensor));
  }
  return n.error("attribute 'value' is missing");
}

ArrayRef<OpRow> constantRows() {
  static const OpRow rows[] = {
      {"", "Constant", 1, buildConstant, "", "output"},
  };
  return rows;
}

} // namespace dlc
