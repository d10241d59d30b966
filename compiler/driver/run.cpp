// dlc-run without --verify, --check and --compare: once, many times against the clock, or not at
// all (--info).
#include "compiler/driver/footprint.h"
#include "compiler/driver/loaded_model.h"
#include "compiler/driver/run_inputs.h"
#include "compiler/driver/worker_process.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

#include <ctime>

using namespace dlc;
using namespace mlir;

namespace {

/// Loads the model and collects its inputs; the exit code if that fails.
struct Session {
  const RunOptions &options;
  Diagnostics diags;
  Progress progress;
  LoadedModel model;
  std::vector<HostTensor> inputs;

  explicit Session(const RunOptions &options)
      : options(options), progress(options.compile.progress) {}

  bool load() {
    bool loaded = succeeded(LoadedModel::load(options.compile, diags, progress, model,
                                              options.hugeWeights ? DLC_LOAD_HUGE_WEIGHTS : 0));
    progress.finish();
    if (loaded && options.compile.timing)
      progress.printTiming(llvm::errs());
    return loaded;
  }
  bool collect(bool random) {
    return succeeded(collectInputs(options, model.get(), random, diags, inputs));
  }
  int exitCode() const { return diags.hasErrors() ? diags.exitCode() : 70; }
  int fail(int32_t status, const std::string &message) {
    (void)diags.error(errorClassOf(status), options.compile.model, message);
    return exitCode();
  }
};

double cpuSeconds() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

llvm::json::Object portJson(const dlc_model *model, const dlc_port *port) {
  llvm::json::Array shape;
  for (int32_t d = 0; d < port->rank; ++d) {
    const char *symbol;
    int64_t dim = dlc_port_dim(model, port, d, &symbol);
    if (dim >= 0)
      shape.push_back(dim);
    else
      shape.push_back(llvm::json::fixUTF8(symbol));
  }
  return llvm::json::Object{{"name", llvm::json::fixUTF8(port->name)},
                            {"dtype", dlc_dtype_name(port->dtype)},
                            {"shape", std::move(shape)}};
}

} // namespace

int dlc::runInfo(const RunOptions &options) {
  Session session(options);
  if (!session.load())
    return session.exitCode();
  const dlc_model *model = session.model.get();
  const dlc_program *program = model->program;
  if (options.json) {
    llvm::json::Array inputs, outputs;
    for (int32_t i = 0; i < program->input_count; ++i)
      inputs.push_back(portJson(model, &program->inputs[i]));
    for (int32_t i = 0; i < program->output_count; ++i)
      outputs.push_back(portJson(model, &program->outputs[i]));
    llvm::outs() << llvm::formatv("{0:2}", llvm::json::Value(llvm::json::Object{
                                               {"name", llvm::json::fixUTF8(program->name)},
                                               {"target", program->target},
                                               {"producer", program->producer},
                                               {"inputs", std::move(inputs)},
                                               {"outputs", std::move(outputs)},
                                               {"weights_bytes",
                                                static_cast<int64_t>(program->weights_size)}}))
                 << "\n";
    return 0;
  }
  llvm::outs() << "model    " << escapeName(program->name) << "\ntarget   " << program->target
               << "\ncompiler " << program->producer << "\nweights  " << program->weights_size
               << " bytes";
  if (program->weights_file)
    llvm::outs() << " in " << escapeName(program->weights_file);
  llvm::outs() << "\n";
  for (int32_t i = 0; i < program->input_count; ++i)
    llvm::outs() << "input    " << portText(model, &program->inputs[i]) << "\n";
  for (int32_t i = 0; i < program->output_count; ++i)
    llvm::outs() << "output   " << portText(model, &program->outputs[i]) << "\n";
  return 0;
}

int dlc::runOnce(const RunOptions &options) {
  Session session(options);
  if (!session.load() || !session.collect(options.seed != 0))
    return session.exitCode();
  std::vector<HostTensor> outputs;
  RunError error;
  if (!runModel(session.model.get(), session.inputs, options.compile.threads, outputs, error))
    return session.fail(error.status, error.message);
  if (options.outputDir.empty()) {
    for (const HostTensor &output : outputs)
      printSummary(llvm::outs(), output);
    return 0;
  }
  if (std::error_code code = llvm::sys::fs::create_directories(options.outputDir)) {
    (void)session.diags.error(ErrorClass::Io, options.outputDir, code.message());
    return session.exitCode();
  }
  for (auto [i, output] : llvm::enumerate(outputs)) {
    std::string path =
        options.outputDir + "/output_" + std::to_string(i) + "." + options.outputFormat;
    FileError fileError;
    if (!writeTensor(path, output, fileError)) {
      (void)session.diags.error(static_cast<ErrorClass>(fileError.exitCode), fileError.path,
                                fileError.message);
      return session.exitCode();
    }
    llvm::outs() << path << ": " << escapeName(output.name) << " " << output.typeText() << "\n";
  }
  return 0;
}

/// What happened before the clock of --bench: from opening the library to the first answer, and the
/// memory that this took.
struct FirstRun {
  double openUs = 0, firstUs = 0;
  uint64_t arena = 0, weights = 0;
  Footprint growth;
};

static void printBench(const RunOptions &options, llvm::json::Object times, const FirstRun &first,
                       bool isLibrary) {
  if (options.json) {
    times["arena_bytes"] = static_cast<int64_t>(first.arena);
    times["weights_bytes"] = static_cast<int64_t>(first.weights);
    if (isLibrary) {
      times["open_us"] = first.openUs;
      times["first_us"] = first.firstUs;
      times["anonymous_bytes"] = first.growth.anonymous;
      times["huge_bytes"] = first.growth.huge;
    }
    llvm::outs() << llvm::json::Value(std::move(times)) << "\n";
    return;
  }
  auto number = [&](StringRef key) { return times.getNumber(key).value_or(0); };
  llvm::outs() << llvm::format(
      "%.1f us per inference (best %.1f, processor time %.1f), %lld runs, %d threads\n",
      number("us_per_inference"), number("min_us"), number("cpu_us_per_inference"),
      static_cast<long long>(number("runs")), static_cast<int>(number("threads")));
  if (!isLibrary)
    return;
  auto mega = [](auto bytes) { return static_cast<double>(bytes) / 1e6; };
  llvm::outs() << llvm::format("first answer after %.1f ms (%.1f ms to open the library), ",
                               (first.openUs + first.firstUs) / 1e3, first.openUs / 1e3)
               << llvm::format("weights %.1f MB, arena %.1f MB, ", mega(first.weights),
                               mega(first.arena))
               << llvm::format("anonymous memory %.1f MB, huge pages %.1f MB\n",
                               mega(first.growth.anonymous), mega(first.growth.huge));
}

int dlc::runBench(const RunOptions &options) {
  Session session(options);
  bool isLibrary = StringRef(options.compile.model).ends_with(".so");
  FirstRun first;
  Footprint before = readFootprint();
  double start = now();
  if (!session.load())
    return session.exitCode();
  first.openUs = (now() - start) * 1e6;
  Footprint opened = readFootprint();
  if (!session.collect(/*random=*/true))
    return session.exitCode();
  Footprint collected = readFootprint(); // the inputs are the caller's
  start = now();
  dlc_context_options contextOptions = {};
  contextOptions.size = sizeof(contextOptions);
  contextOptions.threads = options.compile.threads;
  dlc_context *context;
  if (dlc_status status = dlc_context_create(session.model.get(), &contextOptions, &context))
    return session.fail(status, dlc_error_message());
  llvm::scope_exit destroy([&] { dlc_context_destroy(context); });
  std::vector<dlc_tensor> in,
      out(static_cast<size_t>(dlc_output_count(session.model.get())), dlc_tensor{});
  for (const HostTensor &input : session.inputs)
    in.push_back(input.view());
  auto once = [&] { return dlc_run(context, in.data(), in.size(), out.data(), out.size()); };

  // The first run pays for memory; a twentieth of the time warms up caches and the processor's
  // clock.
  if (dlc_status status = once())
    return session.fail(status, dlc_error_message());
  first.firstUs = (now() - start) * 1e6;
  Footprint after = readFootprint();
  first.growth.anonymous =
      opened.anonymous - before.anonymous + after.anonymous - collected.anonymous;
  first.growth.huge = opened.huge - before.huge + after.huge - collected.huge;
  const dlc_model *model = session.model.get();
  if (dlc_status status = dlc_plan(model, in.data(), in.size(), nullptr, nullptr, &first.arena))
    return session.fail(status, dlc_error_message());
  start = now();
  do {
    if (dlc_status status = once())
      return session.fail(status, dlc_error_message());
  } while (now() - start < options.benchSeconds / 20);
  int64_t runs = 0;
  double best = 1e30, cpu = cpuSeconds(), last = now(), time = last;
  start = last;
  do {
    if (dlc_status status = once())
      return session.fail(status, dlc_error_message());
    time = now();
    best = std::min(best, time - last);
    last = time;
    ++runs;
  } while (time - start < options.benchSeconds);
  double wallUs = (time - start) / static_cast<double>(runs) * 1e6;
  double cpuUs = (cpuSeconds() - cpu) / static_cast<double>(runs) * 1e6;
  first.weights = model->program->weights_size;
  printBench(options,
             llvm::json::Object{{"us_per_inference", wallUs},
                                {"cpu_us_per_inference", cpuUs},
                                {"min_us", best * 1e6},
                                {"runs", runs},
                                {"threads", dlc_context_threads(context)}},
             first, isLibrary);
  return 0;
}
