// See options.h.
#include "compiler/driver/options.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <CLI/CLI.hpp>

#include <iostream>

using namespace dlc;
using llvm::StringRef;

static constexpr const char *kStageNames[] = {"nn",  "graph", "linalg", "kernel", "halide",
                                              "asm", "llvm",  "obj",    "so"};

StringRef dlc::stageName(Stage stage) { return kStageNames[static_cast<int>(stage)]; }

std::optional<Stage> CompileOptions::stage() const {
  if (emit)
    return emit;
  if (output.empty() || output == "-")
    return Stage::So;
  return llvm::StringSwitch<std::optional<Stage>>(llvm::sys::path::extension(output))
      .Case(".so", Stage::So)
      .Cases({".o", ".a"}, Stage::Obj)
      .Case(".ll", Stage::Llvm)
      .Case(".s", Stage::Asm)
      .Case(".mlir", Stage::Kernel)
      .Default(std::nullopt);
}

bool dlc::parseShape(StringRef text, std::map<std::string, std::vector<std::string>> &shapes) {
  auto [name, dims] = text.rsplit(':');
  if (name.empty() || name.size() == text.size())
    return false;
  llvm::SmallVector<StringRef> parts;
  if (!dims.trim().empty())
    dims.split(parts, ',');
  std::vector<std::string> shape;
  for (StringRef part : parts) {
    part = part.trim();
    uint64_t value;
    bool number = !part.getAsInteger(10, value);
    if (part.empty() ||
        (number ? value > (uint64_t(1) << 40) : llvm::isDigit(part[0]) || part[0] == '-'))
      return false;
    shape.push_back(part.str());
  }
  shapes[name.str()] = std::move(shape);
  return true;
}

std::optional<int> dlc::finishOptions(StringRef tool, StringRef emit, CompileOptions &options) {
  auto usage = [&](const llvm::Twine &message) {
    llvm::errs() << tool << ": error: " << message << "\n  help: " << tool << " --help\n";
    return 2;
  };
  if (!emit.empty()) {
    const auto *name = llvm::find(kStageNames, emit);
    if (name == std::end(kStageNames))
      return usage("--emit=" + emit + ": no such stage");
    options.emit = static_cast<Stage>(name - kStageNames);
  }
  auto stage = options.stage();
  if (!stage)
    return usage(
        "'" + options.output +
        "': the extension must be .so, .o, .a, .ll, .s or .mlir, or --emit must say what is made");
  if (options.output.empty() && *stage >= Stage::Obj)
    options.output =
        (llvm::sys::path::stem(options.model) + (*stage == Stage::So ? ".so" : ".o")).str();
  if (options.symbol.empty() || llvm::isDigit(options.symbol[0]) ||
      !llvm::all_of(options.symbol, [](char c) { return llvm::isAlnum(c) || c == '_'; }))
    return usage("--symbol=" + options.symbol + " is no name of a C function");
  return std::nullopt;
}

void dlc::addCommonOptions(CLI::App &app, CompileOptions &options,
                           std::vector<std::string> *backends) {
  app.add_option("--target", options.target,
                 "processor: native, x86-64-v2, x86-64-v3, x86-64-v4, aarch64-linux, or an LLVM "
                 "processor name")
      ->capture_default_str();
  if (backends)
    app.add_option("--backend", *backends,
                   "code generators of the kernels: halide (default), loops, or both with a comma")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(CLI::IsMember({"halide", "loops"}));
  else
    app.add_option("--backend", options.backend, "code generator of the kernels")
        ->check(CLI::IsMember({"halide", "loops"}))
        ->capture_default_str();
  app.add_option_function<std::vector<std::string>>(
         "--shape",
         [&options](const std::vector<std::string> &texts) {
           for (const std::string &text : texts) {
             if (!parseShape(text, options.shapes))
               throw CLI::ValidationError("--shape", "'" + text + "' is not NAME:D0,D1,...");
           }
         },
         "fix the shape of an input: NAME:1,3,224,224 (a name keeps a dimension symbolic)")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--threads", options.threads, "threads that a run may use (0: all cores)")
      ->check(CLI::Range(0, 4096));
  app.add_option_function<std::string>(
         "-O",
         [&options](const std::string &level) {
           options.small = level == "s";
           options.level = options.small ? 2 : level[0] - '0';
         },
         "optimisation level 0..3, or s: small weights, without Winograd's larger filters")
      ->check(CLI::IsMember({"0", "1", "2", "3", "s"}))
      ->default_str("2");
  app.add_option("--weights", options.weights,
                 "store constant factors of products as f32, bf16 or f16; sums are f32 always")
      ->check(CLI::IsMember({"f32", "bf16", "f16"}))
      ->capture_default_str();
  app.add_flag("--precise", options.precise,
               "no approximation of functions beyond a unit in the last place");
  app.add_flag("--checked", options.checked, "keep run-time assertions in kernels");
  app.add_flag("-g", options.symbols,
               "keep the names of kernels in the library, for debuggers and profilers");
  app.add_option("--tuning-db", options.tuningDb, "schedules found by dlc-tune");
  app.add_flag("!--no-cache", options.cache, "compile every kernel anew");
  app.add_option("--print-stages", options.printStages,
                 "write the IR after each stage into this folder");
  app.add_flag("--timing", options.timing, "say how long each stage took");
  app.add_option("--progress", options.progress, "auto, plain or none")
      ->check(CLI::IsMember({"auto", "plain", "none"}));
  app.set_version_flag("--version", std::string("dlc ") + DLC_VERSION);
}

std::optional<int> dlc::parseCommandLine(CLI::App &app, int argc, char **argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success &help) { // --help, --version
    return app.exit(help, std::cout, std::cerr);
  } catch (const CLI::ParseError &error) {
    std::cerr << app.get_name() << ": error: " << error.what() << "\n  help: " << app.get_name()
              << " --help\n";
    return 2;
  }
  return std::nullopt;
}
