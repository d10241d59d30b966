// dlc: compiles a model to a library, an object, or the IR of a stage.
#include "compiler/driver/crash.h"
#include "compiler/driver/kernel_pool.h"
#include "compiler/driver/pipeline.h"

#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

int main(int argc, char **argv) {
  using namespace dlc;
  installCrashHandler("dlc");
  runIfKernelWorker(argc, argv);

  CompileOptions options;
  CLI::App app("Compiles a neural network in ONNX form to native code.", "dlc");
  std::string emit;
  app.add_option("MODEL", options.model, "the model: .onnx or .mlir")->required();
  app.add_option("-o,--output", options.output,
                 "MODEL.so, .o, .a, .ll, .s or .mlir; the extension says what is made (default: "
                 "MODEL.so in this folder)");
  app.add_option("--emit", emit,
                 "stop after a stage: nn, graph, linalg, kernel, halide, asm, llvm, obj, so");
  app.add_option("--header", options.header,
                 "also write a C header that declares the model's function");
  app.add_option("--symbol", options.symbol, "the exported function")->capture_default_str();
  app.add_flag("--external-weights", options.externalWeights,
               "keep the weights in a file beside the library");
  app.add_option("--report", options.report,
                 "write a page about the compiled model: its kernels, memory, times");
  app.add_option("--profile", options.profile,
                 "for --report: times that dlc-run --profile wrote of this model");
  addCommonOptions(app, options);
  if (auto code = parseCommandLine(app, argc, argv))
    return *code;
  if (auto code = finishOptions("dlc", emit, options))
    return *code;
  bool report = !options.report.empty();
  if ((report && *options.stage() < Stage::Obj) || (!report && !options.profile.empty())) {
    llvm::errs() << "dlc: error: "
                 << (report ? "--report needs a compiled model (-o MODEL.so, .o or .a)"
                            : "--profile needs --report")
                 << "\n  help: dlc --help\n";
    return 2;
  }

  Diagnostics diags;
  Progress progress(options.progress);
  int code = compileToFile(options, diags, progress);
  if (options.timing)
    progress.printTiming(llvm::errs());
  return code;
}
