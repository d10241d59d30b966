// The options of one compilation: one struct, filled once from the command line (or by the caller
// of the C++ interface) and passed by reference from then on.
#ifndef DLC_COMPILER_DRIVER_OPTIONS_H
#define DLC_COMPILER_DRIVER_OPTIONS_H

#include "llvm/ADT/StringRef.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dlc {

/// What --emit= names, in the order of the floors.
enum class Stage { Nn, Graph, Linalg, Kernel, Halide, Asm, Llvm, Obj, So };

/// "nn", "graph", ...
llvm::StringRef stageName(Stage stage);

struct CompileOptions {
  std::string model; ///< .onnx or .mlir
  std::string output;
  std::optional<Stage> emit; ///< else by the extension of `output`
  std::string header;        ///< --header=FILE.h
  std::string target = "native";
  std::string backend = "halide"; ///< or loops
  /// --shape=NAME:1,3,N,224: per input, a number or a symbol's name for each dimension.
  std::map<std::string, std::vector<std::string>> shapes;
  int threads = 0;             ///< threads that schedules may assume; 0: all cores
  int level = 2;               ///< -O0 .. -O3
  bool small = false;          ///< -Os: as -O2, but weights are not made larger to be faster
  std::string weights = "f32"; ///< what constant factors are stored as: f32, bf16, f16
  bool precise = false;
  bool checked = false;
  bool symbols = false; ///< keep the symbol table of the library
  std::string symbol = "dlc_model_v1";
  std::string tuningDb;
  /// Schedules by the key of a kernel, instead of tuningDb's (see recorded_schedule.h).
  std::function<std::string(llvm::StringRef)> recorded;
  int winograd = -1; ///< see KernelPipelineOptions
  bool cache = true;
  bool externalWeights = false;
  std::string printStages; ///< a folder
  std::string report;      ///< --report=FILE.html
  std::string profile;     ///< --profile=FILE.json of a run, for the report
  bool timing = false;
  std::string progress = "auto"; ///< auto, plain, none
  /// Worker processes that compile kernels; 0 compiles them on threads of this process.
  int workers = -1; ///< -1: one a core

  /// The stage asked for: --emit, else by the extension, else so. Nothing if the extension says
  /// nothing.
  std::optional<Stage> stage() const;
};

/// Splits "NAME:DIMS" at the last colon (names of ONNX values may contain colons, dimensions
/// cannot) and adds it to `shapes`. False if it is not of that form.
bool parseShape(llvm::StringRef text, std::map<std::string, std::vector<std::string>> &shapes);

/// Declares what dlc, dlc-run and the other tools have in common. With `backends`, --backend takes
/// a list.
void addCommonOptions(CLI::App &app, CompileOptions &options,
                      std::vector<std::string> *backends = nullptr);

/// Fills in what follows from the rest (--emit, the default output); returns 2 and says why if
/// options contradict each other.
std::optional<int> finishOptions(llvm::StringRef tool, llvm::StringRef emit,
                                 CompileOptions &options);

/// Parses; returns the exit code if the program should end now (0 after --help, 2 after a usage
/// error).
std::optional<int> parseCommandLine(CLI::App &app, int argc, char **argv);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_OPTIONS_H
