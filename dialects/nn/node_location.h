// Which ONNX node an operation comes from: every operation carries it in its location, from the
// import to the code, so that every message can name it.
#ifndef DLC_DIALECTS_NN_NODE_LOCATION_H
#define DLC_DIALECTS_NN_NODE_LOCATION_H

#include "mlir/IR/Location.h"

#include <cstdint>
#include <optional>
#include <string>

namespace dlc {

/// An ONNX node, as messages name it.
struct NodeRef {
  std::string file;   ///< the model's file, as given by the user
  std::string name;   ///< the node's own name; may be empty
  std::string opType; ///< "Conv"
  std::string domain; ///< empty for ai.onnx
  int64_t index = -1; ///< position in its graph
  int64_t opset = 0;  ///< opset version of the domain; 0 if unknown
  bool isValid() const { return index >= 0 || !name.empty() || !opType.empty(); }
};

/// A location that carries the node: a NameLoc with the node's name, inside a FusedLoc whose
/// metadata holds the rest.
mlir::Location nodeLocation(mlir::MLIRContext *context, const NodeRef &node);

/// The node that a location carries, also inside fused, named and call-site locations.
std::optional<NodeRef> readNodeLocation(mlir::Location location);

} // namespace dlc

#endif // DLC_DIALECTS_NN_NODE_LOCATION_H
