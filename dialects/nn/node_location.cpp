// See node_location.h.
#include "dialects/nn/node_location.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;
using namespace dlc;

namespace {
constexpr llvm::StringLiteral kFile = "onnx.file", kIndex = "onnx.node", kOp = "onnx.op",
                              kDomain = "onnx.domain", kOpset = "onnx.opset";

/// NameLoc refuses empty names.
constexpr llvm::StringLiteral kNoName = "<unnamed>";
} // namespace

Location dlc::nodeLocation(MLIRContext *context, const NodeRef &node) {
  Builder b(context);
  SmallVector<NamedAttribute> entries{b.getNamedAttr(kFile, b.getStringAttr(node.file)),
                                      b.getNamedAttr(kIndex, b.getI64IntegerAttr(node.index)),
                                      b.getNamedAttr(kOp, b.getStringAttr(node.opType)),
                                      b.getNamedAttr(kOpset, b.getI64IntegerAttr(node.opset))};
  if (!node.domain.empty())
    entries.push_back(b.getNamedAttr(kDomain, b.getStringAttr(node.domain)));
  StringRef name = node.name.empty() ? StringRef(kNoName) : StringRef(node.name);
  Location child = NameLoc::get(b.getStringAttr(name));
  return FusedLoc::get(context, {child}, b.getDictionaryAttr(entries));
}

std::optional<NodeRef> dlc::readNodeLocation(Location location) {
  if (auto fused = dyn_cast<FusedLoc>(location)) {
    if (auto entries = dyn_cast_or_null<DictionaryAttr>(fused.getMetadata())) {
      auto op = entries.getAs<StringAttr>(kOp);
      auto index = entries.getAs<IntegerAttr>(kIndex);
      if (op && index) {
        NodeRef node;
        node.opType = op.str();
        node.index = index.getInt();
        if (auto file = entries.getAs<StringAttr>(kFile))
          node.file = file.str();
        if (auto domain = entries.getAs<StringAttr>(kDomain))
          node.domain = domain.str();
        if (auto opset = entries.getAs<IntegerAttr>(kOpset))
          node.opset = opset.getInt();
        for (Location child : fused.getLocations())
          if (auto name = dyn_cast<NameLoc>(child); name && name.getName() != kNoName)
            node.name = name.getName().str();
        return node;
      }
    }
    for (Location child : fused.getLocations())
      if (auto node = readNodeLocation(child))
        return node;
    return std::nullopt;
  }
  if (auto name = dyn_cast<NameLoc>(location))
    return readNodeLocation(name.getChildLoc());
  if (auto call = dyn_cast<CallSiteLoc>(location)) {
    if (auto node = readNodeLocation(call.getCallee()))
      return node;
    return readNodeLocation(call.getCaller());
  }
  return std::nullopt;
}
