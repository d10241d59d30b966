// What a report says about a compiled model, as JSON, and the page that shows it.
#ifndef DLC_COMPILER_REPORT_REPORT_H
#define DLC_COMPILER_REPORT_REPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"

#include <string>
#include <vector>

namespace dlc {

/// How one kernel became code.
struct KernelBuild {
  std::string name, backend;
  bool cached = false;    ///< its code was there already
  double seconds = 0;     ///< that compiling it took, now or when it was cached
  uint64_t codeBytes = 0; ///< machine code, without data
};

/// What the module after floor 4 says: kernels, launches, the graph, the arena. Sizes that depend
/// on symbols are given for `symbols` (1 for those that are not named).
llvm::json::Object describeModel(mlir::ModuleOp module, const std::vector<KernelBuild> &builds,
                                 const llvm::StringMap<int64_t> &symbols);

/// One line: bytes of the weights, of the arena, and of what is live in it at a time at most.
std::string describeMemory(mlir::ModuleOp module);

/// One HTML file with everything in it.
std::string renderPage(llvm::json::Object data);

} // namespace dlc

#endif // DLC_COMPILER_REPORT_REPORT_H
