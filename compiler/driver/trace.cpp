// Traces: the JSON form of the Trace Event format ("complete" events, ph X; times in microseconds),
// written and, for reports, read again. What viewers do not know, they show as metadata.
#include "compiler/driver/profile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"

#include <map>
#include <unistd.h>

using namespace dlc;
using llvm::StringRef;
namespace json = llvm::json;

static void attribute(json::OStream &j, StringRef name, StringRef text) {
  j.attribute(name, json::fixUTF8(text));
}

/// Six digits are enough, and the file is half as long.
static void attribute(json::OStream &j, StringRef name, double value) {
  j.attributeBegin(name);
  j.rawValue([&](llvm::raw_ostream &os) { os << llvm::format("%.6g", value); });
  j.attributeEnd();
}

static void machineAttributes(json::OStream &j, const Machine &machine) {
  j.attributeObject("machine", [&] {
    j.attribute("threads", machine.threads);
    j.attribute("peak_gflops", machine.peakGflops);
    j.attribute("memory_gbps", machine.memoryGbps);
    j.attribute("cache_gbps", machine.cacheGbps);
    j.attribute("working_set", static_cast<int64_t>(machine.workingSet));
    j.attribute("working_set_gbps", machine.workingSetGbps);
  });
}

/// As microseconds, exactly.
static void nanoseconds(json::OStream &j, StringRef name, uint64_t ns) {
  j.attributeBegin(name);
  j.rawValue([&](llvm::raw_ostream &os) {
    os << ns / 1000 << llvm::format(".%03u", static_cast<unsigned>(ns % 1000));
  });
  j.attributeEnd();
}

/// What a span of a kernel says when it is clicked.
static void kernelArguments(json::OStream &j, const Profile &profile, int32_t number, double us) {
  const LaunchProfile &launch = profile.launches[static_cast<size_t>(number)];
  const dlc_launch *place = dlc_launch_at(profile.model, number);
  const dlc_kernel *kernel = place ? dlc_kernel_at(profile.model, place->kernel) : nullptr;
  j.attribute("launch", number);
  if (!kernel)
    return;
  attribute(j, "what", kernel->what);
  StringRef nodes = place->nodes;
  std::string list = nodes.rtrim('\n').str();
  size_t at = 0;
  while ((at = list.find('\n', at)) != std::string::npos)
    list.replace(at, 1, ", ");
  attribute(j, "nodes", list);
  attribute(j, "shapes", launch.shapes);
  attribute(j, "schedule", kernel->schedule);
  double calls = static_cast<double>(std::max<int64_t>(launch.calls, 1));
  if (launch.flops >= 0) {
    attribute(j, "GFLOP", launch.flops / calls * 1e-9);
    attribute(j, "GFLOP/s", launch.flops / calls / us * 1e-3);
    if (profile.machine)
      attribute(j, "% of peak", launch.flops / calls / us * 1e-1 / profile.machine->peakGflops);
  }
  if (launch.directFlops >= 0 && launch.directFlops != launch.flops)
    attribute(j, "GFLOP/s as direct", launch.directFlops / calls / us * 1e-3);
  if (launch.bytes >= 0) {
    attribute(j, "MB", launch.bytes / calls * 1e-6);
    attribute(j, "GB/s", launch.bytes / calls / us * 1e-3);
  }
}

void dlc::writeTrace(llvm::raw_ostream &os, const Profile &profile) {
  uint64_t start = UINT64_MAX;
  for (const ProfileSpan &span : profile.spans)
    start = std::min(start, span.beginNs);
  const dlc_model *model = profile.model;
  auto process = static_cast<int64_t>(getpid());
  // One event a line: such a file can be read, and compared.
  os << "{\"displayTimeUnit\":\"ns\",\n\"otherData\":";
  {
    json::OStream j(os);
    j.object([&] {
      attribute(j, "model", dlc_model_name(model));
      attribute(j, "target", dlc_model_target(model));
      attribute(j, "producer", model->program->producer);
      j.attribute("threads", profile.threads);
      j.attribute("runs", profile.runs);
      j.attribute("us_per_run",
                  profile.runNs / static_cast<double>(std::max<int64_t>(profile.runs, 1)) * 1e-3);
      j.attributeObject("symbols", [&] {
        for (auto [i, value] : llvm::enumerate(profile.symbols))
          j.attribute(json::fixUTF8(dlc_symbol_name(model, static_cast<int32_t>(i))), value);
      });
      if (profile.machine)
        machineAttributes(j, *profile.machine);
    });
  }
  os << ",\n\"traceEvents\":[\n";
  auto metadata = [&](StringRef kind, StringRef name) {
    json::OStream j(os);
    j.object([&] {
      j.attribute("name", kind);
      j.attribute("ph", "M");
      j.attribute("pid", process);
      j.attribute("tid", profile.threadId);
      j.attributeObject("args", [&] { attribute(j, "name", name); });
    });
  };
  metadata("process_name", ("dlc: " + StringRef(dlc_model_name(model))).str());
  os << ",\n";
  metadata("thread_name", "runs the model");
  int64_t run = 0;
  for (const ProfileSpan &span : profile.spans) {
    os << ",\n";
    bool kernel = span.launch >= 0;
    double us = std::max(static_cast<double>(span.endNs - span.beginNs), 1.0) * 1e-3;
    const dlc_launch *place = kernel ? dlc_launch_at(model, span.launch) : nullptr;
    const dlc_kernel *of = place ? dlc_kernel_at(model, place->kernel) : nullptr;
    json::OStream j(os);
    j.object([&] {
      attribute(j, "name", of ? of->name : kernel ? "kernel" : dlc_model_name(model));
      j.attribute("cat", kernel ? "kernel" : "run");
      j.attribute("ph", "X");
      nanoseconds(j, "ts", span.beginNs - start);
      nanoseconds(j, "dur", span.endNs - span.beginNs);
      j.attribute("pid", process);
      j.attribute("tid", profile.threadId);
      j.attributeObject("args", [&] {
        if (kernel)
          kernelArguments(j, profile, span.launch, us);
        else
          j.attribute("run", run++);
      });
    });
  }
  os << "\n]}\n";
}

//===-- Reading ------------------------------------------------------------------------------===//

std::optional<MeasuredTimes> dlc::readTrace(StringRef text, std::string &error) {
  auto parsed = json::parse(text);
  if (!parsed) {
    error = "is no JSON: " + llvm::toString(parsed.takeError());
    return std::nullopt;
  }
  const json::Object *root = parsed->getAsObject();
  const json::Array *events = root ? root->getArray("traceEvents") : nullptr;
  const json::Object *other = root ? root->getObject("otherData") : nullptr;
  if (!events || !other || !other->getString("model")) {
    error = "is no trace of dlc-run --profile";
    return std::nullopt;
  }
  MeasuredTimes times;
  times.threads = static_cast<int>(other->getInteger("threads").value_or(1));
  double runNs = 0;
  for (const json::Value &value : *events) {
    const json::Object *event = value.getAsObject();
    if (!event || event->getString("ph").value_or("") != "X")
      continue;
    const json::Object *arguments = event->getObject("args");
    double us = event->getNumber("dur").value_or(0);
    if (event->getString("cat").value_or("") == "run") {
      runNs += us * 1e3;
      ++times.runs;
      continue;
    }
    int64_t launch = arguments ? arguments->getInteger("launch").value_or(-1) : -1;
    if (launch < 0 || launch > (1 << 24))
      continue;
    if (times.launches.size() <= static_cast<size_t>(launch))
      times.launches.resize(static_cast<size_t>(launch) + 1);
    MeasuredTimes::Launch &known = times.launches[static_cast<size_t>(launch)];
    known.kernel = event->getString("name").value_or("").str();
    known.us += us;
    known.calls += 1;
  }
  if (times.runs == 0) {
    error = "has no whole run";
    return std::nullopt;
  }
  double runs = static_cast<double>(times.runs);
  times.runUs = runNs / runs * 1e-3;
  for (MeasuredTimes::Launch &launch : times.launches) {
    launch.us /= runs;
    launch.calls /= runs;
  }
  if (const json::Object *symbols = other->getObject("symbols"))
    for (const auto &[name, value] : *symbols)
      if (auto number = value.getAsInteger())
        times.symbols.emplace_back(name.str(), *number);
  if (const json::Object *from = other->getObject("machine")) {
    Machine machine;
    machine.threads = static_cast<int>(from->getInteger("threads").value_or(1));
    machine.peakGflops = from->getNumber("peak_gflops").value_or(0);
    machine.memoryGbps = from->getNumber("memory_gbps").value_or(0);
    machine.cacheGbps = from->getNumber("cache_gbps").value_or(0);
    machine.workingSet = static_cast<uint64_t>(from->getInteger("working_set").value_or(0));
    machine.workingSetGbps = from->getNumber("working_set_gbps").value_or(0);
    times.machine = machine;
  }
  return times;
}
