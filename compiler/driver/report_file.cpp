// See report_file.h.
#include "compiler/driver/report_file.h"

#include "compiler/codegen/llvm/emit.h"
#include "compiler/driver/codegen_step.h"
#include "compiler/driver/output_file.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <map>
#include <unistd.h>

using namespace dlc;
using namespace mlir;
namespace json = llvm::json;

LogicalResult dlc::readProfile(StringRef path, Diagnostics &diags,
                               std::optional<MeasuredTimes> &times) {
  auto file = llvm::MemoryBuffer::getFile(path);
  if (!file)
    return diags.error(ErrorClass::Io, path, file.getError().message());
  std::string error;
  times = readTrace((*file)->getBuffer(), error);
  return times ? success() : LogicalResult(diags.error(ErrorClass::Model, path, error));
}

static json::Object machineJson(const Machine &machine) {
  return json::Object{{"threads", machine.threads},
                      {"peak_gflops", machine.peakGflops},
                      {"memory_gbps", machine.memoryGbps},
                      {"cache_gbps", machine.cacheGbps},
                      {"working_set", static_cast<int64_t>(machine.workingSet)},
                      {"working_set_gbps", machine.workingSetGbps}};
}

/// Puts the measured times into the nodes; fails if they are those of another model.
static bool addTimes(json::Object &model, const MeasuredTimes &times) {
  json::Array &kernels = *model.getArray("kernels");
  for (json::Value &value : *model.getArray("nodes")) {
    json::Object &node = *value.getAsObject();
    auto launch = node.getInteger("launch"), kernel = node.getInteger("kernel");
    if (!launch || !kernel || static_cast<size_t>(*launch) >= times.launches.size())
      continue;
    const MeasuredTimes::Launch &measured = times.launches[static_cast<size_t>(*launch)];
    if (measured.calls == 0)
      continue; // a branch not taken
    if (kernels[static_cast<size_t>(*kernel)].getAsObject()->getString("name") != measured.kernel)
      return false;
    node["us"] = measured.us;
    node["calls"] = measured.calls;
  }
  return true;
}

/// The time of a launch if it were as fast as the machine: the roofs of arithmetic and memory. What
/// an iteration of a loop touches comes from the cache if it fits there.
static void addPredictions(json::Object &model, const Machine &machine) {
  json::Array &nodes = *model.getArray("nodes");
  std::map<int64_t, double> bytesOfLoop;
  for (json::Value &value : nodes) {
    json::Object &node = *value.getAsObject();
    bytesOfLoop[node.getInteger("loop").value_or(-1)] += node.getNumber("bytes").value_or(0);
  }
  double cache = static_cast<double>(sysconf(_SC_LEVEL2_CACHE_SIZE)) * machine.threads;
  for (json::Value &value : nodes) {
    json::Object &node = *value.getAsObject();
    auto flops = node.getNumber("flops"), bytes = node.getNumber("bytes");
    if (!flops || !bytes || machine.peakGflops <= 0)
      continue;
    int64_t loop = node.getInteger("loop").value_or(-1);
    bool fits = loop >= 0 && bytesOfLoop[loop] <= cache * 0.9;
    double gbps = fits ? machine.cacheGbps : machine.workingSetGbps;
    double arithmetic = *flops / machine.peakGflops * 1e-3;
    double memory = gbps > 0 ? *bytes / gbps * 1e-3 : 0;
    node["predicted_us"] = std::max(arithmetic, memory);
    node["bound"] = arithmetic >= memory ? "arithmetic" : fits ? "cache" : "memory";
  }
}

LogicalResult dlc::writeReport(const CompileOptions &options, const KeptModel &kept,
                               const Progress &progress, uint64_t library,
                               const std::optional<MeasuredTimes> &times, Diagnostics &diags) {
  llvm::StringMap<int64_t> symbols;
  if (times)
    for (const auto &[name, size] : times->symbols)
      symbols[name] = size;
  ModuleOp module = *kept.module;
  json::Object data = describeModel(module, kept.builds, symbols);
  if (times && !addTimes(data, *times))
    return diags.error(ErrorClass::Model, options.model,
                       "the profile is of another model, or of one compiled with other options");

  std::optional<Machine> machine;
  if (times)
    machine = times->machine;
  if (!machine && runsHere(kept.target)) {
    std::string error;
    auto weights = static_cast<uint64_t>(data.getInteger("weights").value_or(0));
    int64_t arena = data.getObject("arena")->getInteger("bytes").value_or(0);
    machine = measureMachine(times ? times->threads : kept.target.threads,
                             weights + static_cast<uint64_t>(std::max<int64_t>(arena, 0)), error);
    if (!machine)
      diags.warning(options.model, "the machine's peak is not known: " + error);
  }
  if (machine) {
    addPredictions(data, *machine);
    data["machine"] = machineJson(*machine);
  }
  if (times)
    data["measured"] =
        json::Object{{"run_us", times->runUs}, {"runs", times->runs}, {"threads", times->threads}};
  json::Array stages;
  for (const auto &[name, seconds] : progress.timing())
    stages.push_back(json::Object{{"name", name}, {"seconds", seconds}});
  data["stages"] = std::move(stages);
  data["model"] = json::fixUTF8(module.getName().value_or(llvm::sys::path::stem(options.model)));
  data["file"] = json::fixUTF8(llvm::sys::path::filename(options.model));
  data["producer"] = std::string("dlc ") + DLC_VERSION;
  data["target"] = kept.target.triple + "/" + kept.target.cpu;
  data["backend"] = options.backend;
  data["level"] = options.level;
  data["threads"] = kept.target.threads;
  data["precise"] = options.precise;
  data["library"] = static_cast<int64_t>(library);
  std::string error;
  if (!writeFile(options.report, renderPage(std::move(data)), error))
    return diags.error(ErrorClass::Io, "", error);
  return success();
}
