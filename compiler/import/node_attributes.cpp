// The attributes of a node; see node_context.h.
#include "compiler/import/graph_importer.h"
#include "compiler/import/node_context.h"

using namespace mlir;
using onnx::AttributeProto;

namespace dlc {

/// The attribute, with references to the enclosing function's attributes resolved; null if absent.
const AttributeProto *NodeContext::rawAttr(StringRef name) {
  asked.insert(name);
  for (const auto &attribute : proto.attribute()) {
    if (attribute.name() != name)
      continue;
    if (attribute.ref_attr_name().empty())
      return &attribute;
    auto it = importer.frame->attributes.find(attribute.ref_attr_name());
    return it == importer.frame->attributes.end() ? nullptr : it->second;
  }
  return nullptr;
}

const AttributeProto *NodeContext::find(StringRef name, int type, const char *typeName) {
  const AttributeProto *attribute = rawAttr(name);
  if (attribute && attribute->type() != type) {
    (void)error("attribute '" + name + "' must be " + typeName);
    return nullptr;
  }
  return attribute;
}

bool NodeContext::hasAttr(StringRef name) { return rawAttr(name); }

int64_t NodeContext::intAttr(StringRef name, int64_t otherwise) {
  const auto *attribute = find(name, AttributeProto::INT, "an integer");
  return attribute ? attribute->i() : otherwise;
}
double NodeContext::floatAttr(StringRef name, double otherwise) {
  const auto *attribute = find(name, AttributeProto::FLOAT, "a float");
  return attribute ? double(attribute->f()) : otherwise;
}
std::string NodeContext::stringAttr(StringRef name, StringRef otherwise) {
  const auto *attribute = find(name, AttributeProto::STRING, "a string");
  return attribute ? attribute->s() : otherwise.str();
}
std::optional<SmallVector<int64_t>> NodeContext::intsAttr(StringRef name) {
  const auto *attribute = find(name, AttributeProto::INTS, "a list of integers");
  if (!attribute)
    return std::nullopt;
  return SmallVector<int64_t>(attribute->ints().begin(), attribute->ints().end());
}
std::optional<SmallVector<double>> NodeContext::floatsAttr(StringRef name) {
  const auto *attribute = find(name, AttributeProto::FLOATS, "a list of floats");
  if (!attribute)
    return std::nullopt;
  return SmallVector<double>(attribute->floats().begin(), attribute->floats().end());
}
std::optional<std::vector<std::string>> NodeContext::stringsAttr(StringRef name) {
  const auto *attribute = find(name, AttributeProto::STRINGS, "a list of strings");
  if (!attribute)
    return std::nullopt;
  return std::vector<std::string>(attribute->strings().begin(), attribute->strings().end());
}

int64_t NodeContext::requiredInt(StringRef name) {
  if (!rawAttr(name))
    (void)error("attribute '" + name + "' is missing");
  return intAttr(name, 0);
}
SmallVector<int64_t> NodeContext::requiredInts(StringRef name) {
  if (!rawAttr(name))
    (void)error("attribute '" + name + "' is missing");
  return intsAttr(name).value_or(SmallVector<int64_t>());
}

Type NodeContext::typeAttr(StringRef name, int32_t otherwise) {
  int64_t number = intAttr(name, otherwise);
  int32_t narrow = number >= 0 && number < 1000 ? static_cast<int32_t>(number) : 0;
  Type type = importer.elementType(narrow);
  if (type || failed)
    return type;
  if (elementName(narrow) == "undefined")
    (void)error("attribute '" + name + "' = " + Twine(number) + " names no element type");
  else
    (void)unsupported("element type " + elementName(narrow) + " is not supported");
  return {};
}

Value NodeContext::tensorAttr(StringRef name) {
  const auto *attribute = find(name, AttributeProto::TENSOR, "a tensor");
  return attribute ? constant(attribute->t()) : Value();
}
const onnx::GraphProto *NodeContext::graphAttr(StringRef name) {
  const auto *attribute = find(name, AttributeProto::GRAPH, "a graph");
  return attribute ? &attribute->g() : nullptr;
}

int64_t NodeContext::normalizeAxis(int64_t axis, int64_t rank, StringRef name) {
  if (axis >= -rank && axis < rank)
    return axis < 0 ? axis + rank : axis;
  (void)error(name + " = " + Twine(axis) + " is out of range for rank " + Twine(rank));
  return 0;
}
int64_t NodeContext::axisAttr(StringRef name, int64_t otherwise, int64_t rank) {
  return normalizeAxis(intAttr(name, otherwise), rank, name);
}
int64_t NodeContext::requiredAxis(StringRef name, int64_t rank) {
  int64_t axis = requiredInt(name);
  return failed ? 0 : normalizeAxis(axis, rank, name);
}

void NodeContext::warnUnaskedAttributes() {
  for (const auto &attribute : proto.attribute())
    if (!asked.contains(attribute.name()))
      warning("unknown attribute '" + escapeName(attribute.name()) + "' is ignored");
}

} // namespace dlc
