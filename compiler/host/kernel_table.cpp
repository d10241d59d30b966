// See kernel_table.h.
#include "compiler/host/kernel_table.h"

#include "compiler/host/host.h"

#include "dialects/nn/node_location.h"

#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace dlc;

std::vector<std::string> dlc::nodesOf(Location location) {
  std::vector<std::string> names;
  llvm::StringSet<> seen;
  location->walk([&](Location part) {
    auto fused = dyn_cast<FusedLoc>(part);
    if (!fused || !fused.getMetadata())
      return WalkResult::advance();
    std::optional<NodeRef> node = readNodeLocation(part);
    if (!node)
      return WalkResult::advance();
    std::string name = node->name.empty() ? "#" + std::to_string(node->index) : node->name;
    llvm::erase(name, '\n'); // the table separates by it
    std::string text = node->opType + " " + name;
    if (seen.insert(text).second)
      names.push_back(std::move(text));
    return WalkResult::skip();
  });
  return names;
}

KernelTable dlc::readKernelTable(ModuleOp module) {
  KernelTable table;
  llvm::StringMap<unsigned> numbers;
  for (kernel::FuncOp func : kernelsOf(module, kMainFunc)) {
    numbers[func.getName()] = static_cast<unsigned>(table.kernels.size());
    table.kernels.push_back({func.getName().str(), describeKernel(func), operandShapes(func),
                             scheduleText(func), costOf(func)});
  }
  if (auto main = module.lookupSymbol<func::FuncOp>(kMainFunc))
    main.walk([&](kernel::LaunchOp launch) {
      table.launches.push_back({numbers.lookup(launch.getCallee()), nodesOf(launch.getLoc())});
    });
  return table;
}

void dlc::numberLaunches(ModuleOp module) {
  auto main = module.lookupSymbol<func::FuncOp>(kMainFunc);
  if (!main)
    return;
  int32_t next = 0;
  Builder b(module.getContext());
  main.walk(
      [&](kernel::LaunchOp launch) { launch->setAttr(kLaunchAttr, b.getI32IntegerAttr(next++)); });
}
