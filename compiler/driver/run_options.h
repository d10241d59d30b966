// The options of dlc-run, over those of the compiler.
#ifndef DLC_COMPILER_DRIVER_RUN_OPTIONS_H
#define DLC_COMPILER_DRIVER_RUN_OPTIONS_H

#include "compiler/driver/options.h"

namespace dlc {

struct RunOptions {
  CompileOptions compile;
  std::vector<std::string> files;  ///< the model, or the case folders of --verify
  std::vector<std::string> inputs; ///< [NAME=]FILE
  std::string outputDir;
  std::string outputFormat = "npy";
  uint64_t seed = 0;
  bool bench = false;
  double benchSeconds = 1;
  bool json = false;
  bool hugeWeights = false; ///< copy the weights to huge pages
  bool info = false;
  std::string profile;     ///< --profile=FILE.json
  std::string dumpTensors; ///< a glob over names of values
  std::string compare;     ///< loops or onnxruntime
  bool bisect = false;
  bool check = false;
  std::vector<std::string> backends; ///< of --check and --verify: --backend=loops,halide
  bool verify = false;
  int jobs = 0;
  std::string report;
  std::optional<double> rtol, atol;
  double caseTimeLimit = 300;
};

/// The work of dlc-run, one function each; they return exit codes.
int runInfo(const RunOptions &options);
int runOnce(const RunOptions &options);
int runBench(const RunOptions &options);
int runProfile(const RunOptions &options);
int runVerify(const RunOptions &options);
int runCheck(const RunOptions &options);
int runCompare(const RunOptions &options);

/// The worker of --verify; does not return in a worker.
void runIfVerifyWorker(int argc, char **argv);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_RUN_OPTIONS_H
