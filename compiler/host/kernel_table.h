// The kernels of a model and the places that launch them, as profilers and reports see them.
#ifndef DLC_COMPILER_HOST_KERNEL_TABLE_H
#define DLC_COMPILER_HOST_KERNEL_TABLE_H

#include "compiler/kernels/cost.h"

#include "mlir/IR/BuiltinOps.h"

#include <string>
#include <vector>

namespace dlc {

/// On a kernel.launch of @main: its number, from which its span gets its name.
inline constexpr llvm::StringLiteral kLaunchAttr = "dlc.launch";

struct KernelTable {
  struct Kernel {
    std::string name, what, shapes, schedule;
    KernelCost cost;
  };
  struct Launch {
    unsigned kernel = 0;
    std::vector<std::string> nodes; ///< "Conv /layer1/conv1/Conv"
  };
  std::vector<Kernel> kernels;  ///< in the order of kernelsOf(module, kMainFunc)
  std::vector<Launch> launches; ///< in the order of the code
};

/// Reads @main after floor 4.
KernelTable readKernelTable(mlir::ModuleOp module);

/// Gives each launch of @main its position in that table.
void numberLaunches(mlir::ModuleOp module);

/// The ONNX nodes of a location, each once, in order: operator and name.
std::vector<std::string> nodesOf(mlir::Location location);

} // namespace dlc

#endif // DLC_COMPILER_HOST_KERNEL_TABLE_H
