// dlc-bench-kernels: how much of what the processor can do do kernels reach?
//
//   dlc-bench-kernels [Google Benchmark's options]
//
// Each kernel is compiled by the whole compiler with its default schedule, for one thread, and runs
// hot: on the same weights and data again and again. Bursts of it take turns with bursts of its
// roofs (multiply-adds in registers; reading and writing blocks as large as its data), and the
// least time of each counts, so that the clock and the neighbours of the machine are the same for
// all. `percent` is the roof's time over the kernel's; `of_both` is the same against the larger of
// the times that its arithmetic and its bytes need, which kernels that do little with each byte are
// held to.
#include "kernels.h"

#include "compiler/driver/crash.h"
#include "compiler/driver/loaded_model.h"
#include "compiler/driver/random_weights.h"
#include "compiler/driver/roofs.h"
#include "compiler/driver/run_inputs.h"

#include "mlir/Parser/Parser.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <ctime>
#include <limits>

using namespace dlc;
using namespace dlc::bench;

static constexpr double kBurstSeconds = 2e-3;
static constexpr int kRounds = 40;

static double processorSeconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

namespace {

/// One kernel as a loaded model with its inputs and outputs.
class Runner {
public:
  ~Runner() {
    if (context)
      dlc_context_destroy(context);
  }

  bool load(const Kernel &kernel, std::string &error) {
    llvm::raw_string_ostream os(error);
    Diagnostics diags(os);
    Progress progress("none");
    RunOptions run;
    run.compile.model = kernel.name;
    run.compile.threads = 1;
    run.compile.winograd = kernel.direct ? 0 : -1;
    run.compile.workers = 0;
    run.compile.cache = false;
    run.seed = 3;
    std::unique_ptr<mlir::MLIRContext> mlirContext = createContext();
    ModelInProgress module;
    module.module = mlir::parseSourceString<mlir::ModuleOp>(kernel.module, mlirContext.get());
    if (!module.module || !drawWeights(*module.module, module.weights, error))
      return false;
    DiagnosticPrinter printer(mlirContext.get(), diags);
    CompiledModel compiled;
    if (failed(compileModule(std::move(module), run.compile, Stage::So, Purpose::Jit, diags,
                             progress, compiled)) ||
        failed(LoadedModel::fromCompiled(std::move(compiled), run.compile.symbol, kernel.name,
                                         diags, model)) ||
        failed(collectInputs(run, model.get(), /*random=*/true, diags, inputs)))
      return false;
    dlc_context_options options = {};
    options.size = sizeof(options);
    options.threads = 1;
    if (dlc_context_create(model.get(), &options, &context)) {
      error = dlc_error_message();
      return false;
    }
    for (const HostTensor &input : inputs)
      views.push_back(input.view());
    // Outputs of the first run become the destination of all others.
    outputs.resize(size_t(dlc_output_count(model.get())), dlc_tensor{});
    if (!runOnce()) {
      error = dlc_error_message();
      return false;
    }
    for (dlc_tensor &output : outputs) {
      std::optional<HostTensor> place = copyTensor(output, "y");
      if (!place)
        return false;
      places.push_back(std::move(*place));
    }
    for (size_t i = 0; i < places.size(); ++i)
      outputs[i] = places[i].view();
    return true;
  }

  bool runOnce() {
    return dlc_run(context, views.data(), views.size(), outputs.data(), outputs.size()) == DLC_OK;
  }

  /// What the kernel's schedule is, for the table.
  std::string schedule() const {
    std::string text;
    for (int32_t i = 0; i < dlc_kernel_count(model.get()); ++i)
      text += (i ? "; " : "") + std::string(dlc_kernel_at(model.get(), i)->schedule);
    return text;
  }

private:
  LoadedModel model;
  dlc_context *context = nullptr;
  std::vector<HostTensor> inputs, places;
  std::vector<dlc_tensor> views, outputs;
};

/// What is called in bursts, and the least time of one call seen in any.
template <typename Work> struct Timed {
  Work work;
  double best = std::numeric_limits<double>::infinity();
  int64_t calls = 1;

  explicit Timed(Work work) : work(std::move(work)) {
    this->work();
    while (burst() * double(calls) < kBurstSeconds / 2)
      calls *= 2;
    best = std::numeric_limits<double>::infinity();
  }
  double burst() {
    work(); // its data comes back into the caches
    double start = processorSeconds();
    for (int64_t i = 0; i < calls; ++i)
      work();
    double time = (processorSeconds() - start) / double(calls);
    best = std::min(best, time);
    return time;
  }
};

} // namespace

static void measure(benchmark::State &state, const Kernel &kernel, const Roofs &roofs) {
  Runner runner;
  std::string error;
  if (!runner.load(kernel, error)) {
    state.SkipWithError(error.c_str());
    return;
  }
  // Blocks of the roof: as large as what the kernel reads and writes.
  auto steps = [&](double bytes) {
    uint64_t step = roofs.stepBytes();
    return std::max<uint64_t>(uint64_t(bytes) / step, 1) * step;
  };
  uint64_t reads = steps(kernel.reads), writes = steps(kernel.writes);
  MemoryBlock source(reads), target(writes);
  if (!source.get() || !target.get()) {
    state.SkipWithError("no memory");
    return;
  }
  bool integer = kernel.roof == Roof::Integer;
  auto arithmetic = [&] { return integer ? roofs.dotProducts(1000) : roofs.multiplyAdds(1000); };
  double operations = arithmetic(); // of a call
  if (integer && operations == 0) {
    state.SkipWithError("no instruction is known that multiplies bytes on this processor");
    return;
  }
  Timed runs([&] { runner.runOnce(); });
  Timed peaks(arithmetic);
  Timed streams([&] { roofs.stream(source.get(), reads, target.get(), writes); });
  for (auto _ : state) {
    state.SetIterationTime(runs.burst());
    peaks.burst();
    streams.burst();
  }
  double peak = operations / peaks.best, rate = double(reads + writes) / streams.best;
  double bytes = (kernel.reads + kernel.writes) * kernel.times, time = runs.best;
  double needs = kernel.operations / peak, moves = bytes / rate;
  state.counters["us"] = time * 1e6;
  state.counters["gops"] = kernel.operations / time * 1e-9;
  state.counters["gbps"] = bytes / time * 1e-9;
  state.counters["peak_gops"] = peak * 1e-9;
  state.counters["memory_gbps"] = rate * 1e-9;
  state.counters["moves"] = kernel.roof == Roof::Memory;
  state.counters["percent"] = (kernel.roof == Roof::Memory ? moves : needs) / time * 100;
  state.counters["of_both"] = std::max(needs, moves) / time * 100;
  state.SetLabel(runner.schedule());
}

int main(int argc, char **argv) {
  installCrashHandler("dlc-bench-kernels");
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv))
    return 2;
  std::string error;
  std::unique_ptr<Roofs> roofs = Roofs::create(error);
  if (!roofs) {
    llvm::errs() << "dlc-bench-kernels: error: " << error << "\n";
    return 70;
  }
  std::vector<Kernel> kernels = allKernels();
  for (const Kernel &kernel : kernels)
    benchmark::RegisterBenchmark(
        (kernel.family + "/" + kernel.name).c_str(),
        [&kernel, &roofs](benchmark::State &state) { measure(state, kernel, *roofs); })
        ->UseManualTime()
        ->Iterations(kRounds)
        ->Unit(benchmark::kMicrosecond);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
