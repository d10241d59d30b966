// dlc-run: runs a model (a compiled library, or one that it compiles first), measures it, verifies
// it.
#include "compiler/driver/crash.h"
#include "compiler/driver/kernel_pool.h"
#include "compiler/driver/run_options.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

#include <iostream>

using namespace dlc;

static int usage(const char *message) {
  std::cerr << "dlc-run: error: " << message << "\n  help: dlc-run --help\n";
  return 2;
}

static int run(RunOptions &options) {
  if (options.verify)
    return runVerify(options);
  if (options.files.size() != 1)
    return usage("one model is run at a time");
  options.compile.model = options.files.front();
  if (options.check)
    return runCheck(options);
  if (!options.compare.empty() || !options.dumpTensors.empty())
    return runCompare(options);
  if (options.info)
    return runInfo(options);
  if (!options.profile.empty() || !options.report.empty()) {
    options.compile.report = options.report;
    if (!options.report.empty() && llvm::StringRef(options.compile.model).ends_with(".so"))
      return usage("--report needs the model, not the library: dlc-run MODEL.onnx --report=...");
    return runProfile(options);
  }
  return options.bench ? runBench(options) : runOnce(options);
}

int main(int argc, char **argv) {
  installCrashHandler("dlc-run");
  runIfKernelWorker(argc, argv);
  runIfVerifyWorker(argc, argv);

  RunOptions options;
  CLI::App app(
      "Runs a neural network: a library made by dlc, or an ONNX model that is compiled first.",
      "dlc-run");
  app.add_option("MODEL", options.files, "MODEL.onnx, .so or .mlir; case folders with --verify")
      ->required();
  app.add_option("--input", options.inputs,
                 "[NAME=]FILE.npy or .pb; without a name: the next input")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--output-dir", options.outputDir, "write the outputs here as output_0.npy, ...");
  app.add_option("--output-format", options.outputFormat, "of --output-dir")
      ->check(CLI::IsMember({"npy", "pb"}))
      ->capture_default_str();
  app.add_option("--random", options.seed,
                 "draw the inputs that are not given, from this seed (not 0)")
      ->check(CLI::Range(uint64_t(1), UINT64_MAX));
  // A flag, since its value is optional and must not swallow the argument after it.
  std::string bench;
  app.add_flag("--bench{1}", bench, "run for SECONDS (default 1) and print the time per inference");
  app.add_flag("--huge-weights", options.hugeWeights,
               "copy the weights to anonymous huge pages when the model is opened");
  app.add_flag("--json", options.json, "print --bench, --profile and --info as JSON");
  app.add_option("--profile", options.profile,
                 "measure each kernel, print a table, and write a trace for Perfetto to this file");
  app.add_flag("--info", options.info, "print the inputs and outputs, and do not run");
  app.add_option("--dump-tensors", options.dumpTensors,
                 "print the values whose names match this pattern");
  app.add_option("--compare", options.compare,
                 "compare the outputs with another engine's, or with those of f32 weights (f32)")
      ->check(CLI::IsMember({"loops", "onnxruntime", "f32"}));
  app.add_flag("--bisect", options.bisect,
               "with --compare: find the first node whose value differs");
  app.add_flag("--check", options.check, "run the check operations of a .mlir test");
  app.add_flag("--verify", options.verify,
               "compare the cases in the given folders with their recorded outputs");
  app.add_option("--jobs", options.jobs, "of --verify: cases at a time (default: one a core)")
      ->check(CLI::Range(1, 1024));
  app.add_option("--report", options.report,
                 "measure each kernel and write a page about the model to this file (HTML); with "
                 "--verify: the results (JSON)");
  app.add_option("--rtol", options.rtol, "relative tolerance instead of the case's");
  app.add_option("--atol", options.atol, "absolute tolerance instead of the case's");
  app.add_option("--case-time-limit", options.caseTimeLimit, "of --verify: seconds a case may take")
      ->capture_default_str();
  app.add_option("--symbol", options.compile.symbol, "the function that the library exports")
      ->capture_default_str();
  addCommonOptions(app, options.compile, &options.backends);
  if (auto code = parseCommandLine(app, argc, argv))
    return *code;
  options.bench = !bench.empty();
  if (options.bench &&
      (llvm::StringRef(bench).getAsDouble(options.benchSeconds) || !(options.benchSeconds > 0)))
    return usage("--bench=SECONDS wants a time");
  if (options.backends.empty())
    options.backends = {options.compile.backend};
  options.compile.backend = options.backends.front();
  if (options.bisect && options.compare.empty())
    return usage("--bisect needs --compare");
  int code = run(options);
  llvm::outs().flush();
  if (llvm::outs().has_error()) {
    llvm::outs().clear_error();
    std::cerr << "dlc-run: error: standard output cannot be written\n";
    return code ? code : 4;
  }
  return code;
}
