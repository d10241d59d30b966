// dlc-tune: searches faster schedules for the kernels of a model.
#include "compiler/driver/crash.h"
#include "compiler/driver/kernel_pool.h"
#include "compiler/tuner/tuner.h"

#include "llvm/ADT/StringExtras.h"

#include <CLI/CLI.hpp>

#include <iostream>

using namespace dlc;

static int usage(const std::string &message) {
  std::cerr << "dlc-tune: error: " << message << "\n  help: dlc-tune --help\n";
  return 2;
}

int main(int argc, char **argv) {
  // Before the crash handler: a crash in the child is a result, not an error.
  runIfMeasureWorker(argc, argv);
  installCrashHandler("dlc-tune");
  runIfKernelWorker(argc, argv);

  TuneOptions options;
  CLI::App app("Searches faster schedules for the kernels of a model and records them for dlc "
               "--tuning-db=.",
               "dlc-tune");
  std::string time = "10m";
  app.add_option("MODEL", options.compile.model, "the model; none to export or import only");
  app.add_option("--time", time, "how long to search: 90s, 10m, 1h30m")->capture_default_str();
  app.add_option("--search", options.search, "strategy: " + llvm::join(searchNames(), ", "))
      ->check(CLI::IsMember(searchNames()))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "of the search")->capture_default_str();
  app.add_option("--trials", options.trials, "at most, for each kernel (earlier runs count)")
      ->check(CLI::Range(1, 1000000))
      ->capture_default_str();
  app.add_option("--trial-time-limit", options.trialLimit, "seconds a trial may take")
      ->capture_default_str();
  app.add_flag("--mpi", options.ranks,
               "measure on the other ranks of the MPI job that this runs in: mpirun -n 3 dlc-tune "
               "--mpi ...");
  app.add_option("--report", options.report, "write a page with all trials to this file (.html)");
  app.add_option("--export", options.exportFile, "write the database to this file as JSON");
  app.add_option("--import", options.importFile, "add the records of a file that --export wrote");
  addCommonOptions(app, options.compile);
  if (auto code = parseCommandLine(app, argc, argv))
    return *code;
  options.seconds = parseDuration(time);
  if (!(options.seconds > 0))
    return usage("--time=" + time + " is no time: 90s, 10m, 1h30m");
  if (options.compile.tuningDb.empty())
    return usage("--tuning-db=FILE is missing");
  if (options.compile.model.empty() && options.exportFile.empty() && options.importFile.empty())
    return usage("MODEL is missing (or --export= or --import=)");
  if (!(options.trialLimit > 0))
    return usage("--trial-time-limit wants seconds");
  return runTune(options);
}
