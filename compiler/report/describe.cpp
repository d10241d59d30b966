// describeModel: the IR after floor 4 as JSON.
#include "compiler/report/report.h"

#include "compiler/host/kernel_table.h"
#include "compiler/kernels/memory.h"
#include "compiler/report/dataflow.h"

using namespace mlir;
using namespace dlc;
namespace json = llvm::json;

/// An amount for the sizes that a launch passes; null where it is not known.
static json::Value amountOf(const Amount &amount, kernel::LaunchOp launch,
                            SizeEvaluator &evaluate) {
  if (!amount.isKnown())
    return nullptr;
  double sum = 0;
  for (const auto &[factors, coefficient] : amount.getTerms()) {
    double product = static_cast<double>(coefficient);
    for (int32_t factor : factors) {
      if (static_cast<size_t>(factor) >= launch.getSizes().size())
        return nullptr;
      std::optional<int64_t> size = evaluate(launch.getSizes()[factor]);
      if (!size)
        return nullptr;
      product *= static_cast<double>(*size);
    }
    sum += product;
  }
  return sum;
}

static json::Array strings(const std::vector<std::string> &values) {
  json::Array array;
  for (const std::string &value : values)
    array.push_back(json::fixUTF8(value));
  return array;
}

json::Object dlc::describeModel(ModuleOp module, const std::vector<KernelBuild> &builds,
                                const llvm::StringMap<int64_t> &symbols) {
  SizeEvaluator evaluate(symbols);
  KernelTable table = readKernelTable(module);
  Dataflow flow = readDataflow(module, evaluate);

  json::Array kernels;
  llvm::StringMap<const KernelBuild *> buildOf;
  for (const KernelBuild &build : builds)
    buildOf[build.name] = &build;
  for (const KernelTable::Kernel &kernel : table.kernels) {
    json::Object object{
        {"name", kernel.name}, {"what", kernel.what}, {"schedule", kernel.schedule}};
    if (const KernelBuild *build = buildOf.lookup(kernel.name)) {
      object["backend"] = build->backend;
      object["cached"] = build->cached;
      object["seconds"] = build->seconds;
      object["code"] = static_cast<int64_t>(build->codeBytes);
    }
    kernels.push_back(std::move(object));
  }

  json::Array nodes;
  size_t launch = 0;
  for (const Dataflow::Node &node : flow.nodes) {
    json::Object object{{"nodes", strings(node.nodes)}, {"loop", node.loop}};
    if (node.launch && launch < table.launches.size()) {
      unsigned number = table.launches[launch].kernel;
      const KernelTable::Kernel &kernel = table.kernels[number];
      object["launch"] = static_cast<int64_t>(launch++);
      object["kernel"] = number;
      object["shapes"] = fillSizes(kernel.shapes, [&](unsigned k) -> std::optional<int64_t> {
        kernel::LaunchOp op = node.launch; // its accessors are not const
        ValueRange sizes = op.getSizes();
        return k < sizes.size() ? evaluate(sizes[k]) : std::nullopt;
      });
      object["flops"] = amountOf(kernel.cost.flops, node.launch, evaluate);
      object["direct"] = amountOf(kernel.cost.directFlops, node.launch, evaluate);
      object["bytes"] = amountOf(kernel.cost.bytes, node.launch, evaluate);
    }
    nodes.push_back(std::move(object));
  }
  json::Array loops, edges, buffers;
  for (const Dataflow::Loop &loop : flow.loops)
    loops.push_back(json::Object{{"parent", loop.parent}, {"trips", loop.trips}});
  for (const Dataflow::Edge &edge : flow.edges)
    edges.push_back(json::Array{edge.from, edge.to, edge.carried});
  for (const Dataflow::Buffer &buffer : flow.buffers)
    buffers.push_back(json::Object{{"offset", buffer.offset},
                                   {"size", buffer.size},
                                   {"first", buffer.first},
                                   {"last", buffer.last},
                                   {"type", buffer.type}});
  json::Object sizes;
  for (const auto &[name, size] : symbols)
    sizes[json::fixUTF8(name)] = size;
  return json::Object{{"kernels", std::move(kernels)},
                      {"nodes", std::move(nodes)},
                      {"loops", std::move(loops)},
                      {"edges", std::move(edges)},
                      {"inputs", strings(flow.inputs)},
                      {"outputs", strings(flow.outputs)},
                      {"symbols", std::move(sizes)},
                      {"arena", json::Object{{"bytes", flow.arenaBytes},
                                             {"largest_live", flow.largestLive},
                                             {"buffers", std::move(buffers)}}},
                      {"weights", weightsLayout(module).size}};
}

std::string dlc::describeMemory(ModuleOp module) {
  llvm::StringMap<int64_t> symbols;
  SizeEvaluator evaluate(symbols);
  Dataflow flow = readDataflow(module, evaluate);
  std::string text = "weights " + std::to_string(weightsLayout(module).size) + " bytes, arena ";
  if (flow.arenaBytes < 0)
    return text + "unknown";
  text += std::to_string(flow.arenaBytes) + " bytes, largest live set " +
          std::to_string(flow.largestLive) + " bytes";
  auto plan = module.lookupSymbol<func::FuncOp>(kPlanFunc);
  return plan && plan.getNumArguments() ? text + " where every symbol is 1" : text;
}
