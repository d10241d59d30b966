// Who reads what whom wrote, and when memory is live, read off @main after its buffers are placed:
// for reports. Everything is in bytes of the blocks that @main works on.
#ifndef DLC_COMPILER_REPORT_DATAFLOW_H
#define DLC_COMPILER_REPORT_DATAFLOW_H

#include "dialects/kernel/kernel.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

#include <optional>
#include <string>
#include <vector>

namespace dlc {

struct Dataflow {
  /// A launch of a kernel, or host code of one ONNX node (which has no launch).
  struct Node {
    kernel::LaunchOp launch;
    std::vector<std::string> nodes; ///< "Conv /conv1/Conv"
    int loop = -1;                  ///< innermost, in `loops`
  };
  struct Loop {
    int parent = -1;
    int64_t trips = -1; ///< -1: not known
  };
  /// From a node, or from input -1 - `from`, to a node, or to output `to` - nodes.size().
  struct Edge {
    int from, to;
    bool carried; ///< by a later iteration of a loop
  };
  /// A place in the arena, live from the node `first` to the node `last`.
  struct Buffer {
    int64_t offset, size;
    int first, last;
    std::string type;
  };

  std::vector<Node> nodes; ///< in the order of the code
  std::vector<Loop> loops;
  std::vector<Edge> edges;
  std::vector<Buffer> buffers;
  int64_t arenaBytes = -1; ///< -1: depends on more than the symbols
  int64_t largestLive = 0; ///< bytes that are live at a time, at most
  std::vector<std::string> inputs, outputs;
};

/// Values of index arithmetic on the symbols.
class SizeEvaluator {
public:
  /// Sizes of symbols by name; those that are not named are 1.
  explicit SizeEvaluator(const llvm::StringMap<int64_t> &symbols) : symbols(symbols) {}
  std::optional<int64_t> operator()(mlir::Value value);
  std::optional<int64_t> operator()(mlir::OpFoldResult value);

private:
  std::optional<int64_t> compute(mlir::Value value);
  const llvm::StringMap<int64_t> &symbols;
  llvm::DenseMap<mlir::Value, std::optional<int64_t>> known;
};

Dataflow readDataflow(mlir::ModuleOp module, SizeEvaluator &evaluate);

} // namespace dlc

#endif // DLC_COMPILER_REPORT_DATAFLOW_H
