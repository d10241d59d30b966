// See profile.h: recording, and the table.
#include "compiler/driver/profile.h"

#include "compiler/import/diagnostics.h"
#include "compiler/kernels/cost.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

#include <sys/syscall.h>
#include <unistd.h>

using namespace dlc;
using llvm::StringRef;

//===-- Recording ----------------------------------------------------------------------------===//

/// A trace of more spans than this is slow to open.
static constexpr size_t kMostSpans = 10000;

Profile::Profile(const dlc_model *model) : model(model) {
  launches.resize(static_cast<size_t>(dlc_launch_count(model)));
  current.resize(launches.size());
  spans.reserve(kMostSpans + launches.size() + 1);
}

void Profile::listen(dlc_context_options &options) {
  options.user = this;
  options.profile = tell;
}

void Profile::restart() {
  spans.clear();
  launches.assign(launches.size(), {});
  allRuns = runs = 0;
  runNs = bestRunNs = 0;
  wholeRuns = 0;
}

static void add(double &sum, double value) { sum = sum < 0 || value < 0 ? -1 : sum + value; }

void Profile::tell(void *user, const dlc_kernel_span *span) {
  auto &self = *static_cast<Profile *>(user);
  if (self.spans.size() < kMostSpans || self.runs == 0)
    self.spans.push_back({span->launch, span->begin_ns, span->end_ns});
  auto ns = static_cast<double>(span->end_ns - span->begin_ns);
  if (span->launch < 0)
    return self.endRun(ns);
  if (static_cast<size_t>(span->launch) >= self.current.size())
    return;
  LaunchProfile &launch = self.current[static_cast<size_t>(span->launch)];
  launch.ns += ns;
  const dlc_launch *place = dlc_launch_at(self.model, span->launch);
  const dlc_kernel *kernel = place ? dlc_kernel_at(self.model, place->kernel) : nullptr;
  if (!kernel)
    return;
  if (launch.calls++ == 0 && launch.shapes.empty())
    launch.shapes =
        fillSizes(kernel->shapes, [&](unsigned k) { return std::optional(span->dims[k]); });
  add(launch.flops, dlc_cost_value(&kernel->flops, span->dims));
  add(launch.directFlops, dlc_cost_value(&kernel->direct_flops, span->dims));
  add(launch.bytes, dlc_cost_value(&kernel->bytes, span->dims));
}

void Profile::endRun(double ns) {
  ++allRuns;
  threadId = syscall(SYS_gettid);
  if (bestRunNs > 0 && ns < bestRunNs / 1.1) { // what came before was disturbed
    spans.erase(spans.begin(), spans.begin() + static_cast<ptrdiff_t>(wholeRuns));
    launches.assign(launches.size(), {});
    runs = 0;
    runNs = 0;
  }
  bestRunNs = bestRunNs > 0 ? std::min(bestRunNs, ns) : ns;
  bool counts = ns <= bestRunNs * 1.1;
  if (counts) {
    runNs += ns;
    ++runs;
    for (auto [sum, one] : llvm::zip(launches, current)) {
      sum.calls += one.calls;
      sum.ns += one.ns;
      add(sum.flops, one.flops);
      add(sum.directFlops, one.directFlops);
      add(sum.bytes, one.bytes);
      if (sum.shapes.empty())
        sum.shapes = one.shapes;
    }
  }
  // A run whose end found no place is not kept.
  if (!counts || spans.empty() || spans.back().launch >= 0)
    spans.resize(std::min(wholeRuns, spans.size()));
  wholeRuns = spans.size();
  for (LaunchProfile &launch : current) {
    launch.calls = 0;
    launch.ns = launch.flops = launch.directFlops = launch.bytes = 0;
  }
}

//===-- The table ----------------------------------------------------------------------------===//

namespace {
/// What one compiled function did in one run, on average.
struct Row {
  const dlc_kernel *kernel = nullptr;
  double calls = 0, us = 0, flops = 0, directFlops = 0, bytes = 0;
  std::string nodes, shapes;
  int sites = 0;

  /// Operations or bytes in nanoseconds: giga a second; -1 where not known.
  double rate(double amount) const { return amount < 0 || us <= 0 ? -1 : amount / us * 1e-3; }
};
} // namespace

static std::vector<Row> rowsOf(const Profile &profile) {
  std::vector<Row> rows(static_cast<size_t>(dlc_kernel_count(profile.model)));
  double runs = static_cast<double>(std::max<int64_t>(profile.runs, 1));
  for (auto [i, launch] : llvm::enumerate(profile.launches)) {
    const dlc_launch *place = dlc_launch_at(profile.model, static_cast<int32_t>(i));
    if (!place || launch.calls == 0 || static_cast<size_t>(place->kernel) >= rows.size())
      continue;
    Row &row = rows[static_cast<size_t>(place->kernel)];
    row.kernel = dlc_kernel_at(profile.model, place->kernel);
    row.calls += static_cast<double>(launch.calls) / runs;
    row.us += launch.ns / runs * 1e-3;
    add(row.flops, launch.flops < 0 ? -1 : launch.flops / runs);
    add(row.directFlops, launch.directFlops < 0 ? -1 : launch.directFlops / runs);
    add(row.bytes, launch.bytes < 0 ? -1 : launch.bytes / runs);
    row.nodes += place->nodes;
    if (row.sites++ == 0)
      row.shapes = launch.shapes;
  }
  llvm::erase_if(rows, [](const Row &row) { return !row.kernel; });
  llvm::sort(rows, [](const Row &a, const Row &b) { return a.us > b.us; });
  return rows;
}

/// "12.3", or "-" where it is not known or means nothing.
static std::string cell(double value) {
  if (value < 0)
    return "-";
  std::string text;
  llvm::raw_string_ostream os(text);
  os << llvm::format(value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
  return text;
}

void dlc::printProfile(llvm::raw_ostream &os, const Profile &profile) {
  std::vector<Row> rows = rowsOf(profile);
  double runs = static_cast<double>(std::max<int64_t>(profile.runs, 1));
  double runUs = profile.runNs / runs * 1e-3;
  os << escapeName(dlc_model_name(profile.model)) << ": " << profile.runs << " of "
     << profile.allRuns << " runs (within a tenth of the best), " << profile.threads
     << (profile.threads == 1 ? " thread, " : " threads, ")
     << llvm::format("%.1f us a run (best %.1f)\n", runUs, profile.bestRunNs * 1e-3);
  const std::optional<Machine> &machine = profile.machine;
  if (machine)
    os << llvm::format("machine: %.0f GFLOP/s f32, memory %.1f GB/s, %.1f GB/s over the %.1f MB of "
                       "this model\n",
                       machine->peakGflops, machine->memoryGbps, machine->workingSetGbps,
                       static_cast<double>(machine->workingSet) * 1e-6);
  bool direct = llvm::any_of(rows, [](const Row &r) { return r.directFlops != r.flops; });
  size_t width = 6;
  for (const Row &row : rows)
    width = std::max(width, StringRef(row.kernel->name).size());
  auto line = [&](StringRef name, StringRef calls, StringRef us, StringRef part, StringRef gflops,
                  StringRef peak, StringRef directGflops, StringRef gbps, StringRef what) {
    os << llvm::left_justify(name, static_cast<unsigned>(width)) << llvm::right_justify(calls, 7)
       << llvm::right_justify(us, 10) << llvm::right_justify(part, 7)
       << llvm::right_justify(gflops, 9) << llvm::right_justify(peak, 8);
    if (direct)
      os << llvm::right_justify(directGflops, 10);
    os << llvm::right_justify(gbps, 8);
    if (!what.empty())
      os << "  " << what;
    os << "\n";
  };
  auto part = [&](double us) { return runUs > 0 ? us / runUs * 100 : -1; };
  os << "\n";
  line("kernel", "calls", "us", "% run", "GFLOP/s", "% peak", "as direct", "GB/s", "what");
  double inside = 0;
  for (const Row &row : rows) {
    double gflops = row.flops > 0 ? row.rate(row.flops) : -1;
    bool other = row.directFlops != row.flops;
    line(row.kernel->name, cell(row.calls), cell(row.us), cell(part(row.us)), cell(gflops),
         cell(machine && gflops >= 0 ? gflops / machine->peakGflops * 100 : -1),
         other ? cell(row.rate(row.directFlops)) : "", cell(row.rate(row.bytes)), row.kernel->what);
    inside += row.us;
  }
  line("(between kernels)", "", cell(std::max(runUs - inside, 0.0)),
       cell(part(std::max(runUs - inside, 0.0))), "", "", "", "", "");
  if (direct)
    os << "\n'as direct': what the direct convolution would need to be as fast as Winograd's\n";
}

llvm::json::Object dlc::profileJson(const Profile &profile) {
  double runs = static_cast<double>(std::max<int64_t>(profile.runs, 1));
  double runUs = profile.runNs / runs * 1e-3;
  auto known = [](double value) -> llvm::json::Value {
    if (value < 0)
      return nullptr;
    return value;
  };
  llvm::json::Array kernels;
  double inside = 0;
  for (const Row &row : rowsOf(profile)) {
    double gflops = row.rate(row.flops);
    llvm::SmallVector<StringRef> names;
    StringRef(row.nodes).split(names, '\n', -1, /*KeepEmpty=*/false);
    llvm::json::Array nodes;
    for (StringRef name : names)
      nodes.push_back(llvm::json::fixUTF8(name));
    inside += row.us;
    kernels.push_back(llvm::json::Object{
        {"name", row.kernel->name},
        {"what", row.kernel->what},
        {"schedule", row.kernel->schedule},
        {"shapes", row.shapes},
        {"nodes", std::move(nodes)},
        {"calls", row.calls},
        {"us", row.us},
        {"percent_of_run", runUs > 0 ? row.us / runUs * 100 : 0},
        {"flops", known(row.flops)},
        {"direct_flops", known(row.directFlops)},
        {"bytes", known(row.bytes)},
        {"gflops", known(gflops)},
        {"gbps", known(row.rate(row.bytes))},
        {"percent_of_peak",
         known(profile.machine && gflops >= 0 ? gflops / profile.machine->peakGflops * 100 : -1)}});
  }
  llvm::json::Object result{{"model", llvm::json::fixUTF8(dlc_model_name(profile.model))},
                            {"threads", profile.threads},
                            {"runs", profile.runs},
                            {"all_runs", profile.allRuns},
                            {"us_per_run", runUs},
                            {"min_us", profile.bestRunNs * 1e-3},
                            {"between_kernels_us", std::max(runUs - inside, 0.0)},
                            {"kernels", std::move(kernels)}};
  if (profile.machine)
    result["machine"] =
        llvm::json::Object{{"peak_gflops", profile.machine->peakGflops},
                           {"memory_gbps", profile.machine->memoryGbps},
                           {"cache_gbps", profile.machine->cacheGbps},
                           {"working_set", static_cast<int64_t>(profile.machine->workingSet)},
                           {"working_set_gbps", profile.machine->workingSetGbps}};
  return result;
}

MeasuredTimes dlc::measuredTimes(const Profile &profile) {
  MeasuredTimes times;
  double runs = static_cast<double>(std::max<int64_t>(profile.runs, 1));
  times.runUs = profile.runNs / runs * 1e-3;
  times.runs = profile.runs;
  times.threads = profile.threads;
  times.machine = profile.machine;
  for (auto [i, launch] : llvm::enumerate(profile.launches)) {
    const dlc_launch *place = dlc_launch_at(profile.model, static_cast<int32_t>(i));
    const dlc_kernel *kernel = place ? dlc_kernel_at(profile.model, place->kernel) : nullptr;
    times.launches.push_back({kernel ? kernel->name : "", launch.ns / runs * 1e-3,
                              static_cast<double>(launch.calls) / runs});
  }
  for (auto [i, value] : llvm::enumerate(profile.symbols))
    times.symbols.emplace_back(dlc_symbol_name(profile.model, static_cast<int32_t>(i)), value);
  return times;
}
