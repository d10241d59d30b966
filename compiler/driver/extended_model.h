// A copy of an ONNX model in which intermediate values are outputs as well, so that any engine
// shows them.
#ifndef DLC_COMPILER_DRIVER_EXTENDED_MODEL_H
#define DLC_COMPILER_DRIVER_EXTENDED_MODEL_H

#include "compiler/import/diagnostics.h"

#include <string>
#include <vector>

namespace dlc {

/// A value that a node of the main graph computes.
struct NodeValue {
  std::string name;   ///< of the value
  std::string node;   ///< "Conv 'conv1' (#4)"
  int64_t output = 0; ///< its position among the outputs of the extended model
};

class ExtendedModel {
public:
  ~ExtendedModel();
  /// Writes the copy beside `model` (its external data lies there) or, where that cannot be, in the
  /// temporary folder. Values whose names match `glob` become outputs; the model's own outputs stay
  /// in front.
  mlir::LogicalResult create(llvm::StringRef model, llvm::StringRef glob, Diagnostics &diags);

  std::string path;
  std::vector<NodeValue> values; ///< in the order of the nodes, the model's own outputs among them
};

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_EXTENDED_MODEL_H
