// What dlc-tune does with its options: import, export, who measures, then the search.
#include "compiler/kernels/recorded_schedule.h"
#include "compiler/tuner/ranks.h"
#include "compiler/tuner/tuner.h"

using namespace dlc;
using llvm::StringRef;

double dlc::parseDuration(StringRef text) {
  double total = 0;
  while (!text.empty()) {
    size_t end = text.find_first_not_of("0123456789.");
    double number;
    if (text.take_front(end).getAsDouble(number))
      return 0;
    text = end == StringRef::npos ? "" : text.drop_front(end);
    double unit = 1;
    if (!text.empty()) {
      switch (text.front()) {
      case 's':
        break;
      case 'm':
        unit = 60;
        break;
      case 'h':
        unit = 3600;
        break;
      default:
        return 0;
      }
      text = text.drop_front();
    }
    total += number * unit;
  }
  return total;
}

static int tune(const TuneOptions &options, Ranks *ranks) {
  Diagnostics diags;
  auto fail = [&](const std::string &error) {
    (void)diags.error(ErrorClass::Io, "", error);
    return diags.exitCode();
  };
  std::string error;
  auto database =
      TuningDatabase::open(options.compile.tuningDb, TuningDatabase::Mode::Write, error);
  if (!database)
    return fail(error);
  if (!options.importFile.empty()) {
    std::string summary;
    if (!importDatabase(*database, options.importFile, error, summary))
      return fail(error);
    llvm::outs() << summary << "\n";
  }
  if (!options.exportFile.empty() && !exportDatabase(*database, options.exportFile, error))
    return fail(error);
  if (options.compile.model.empty())
    return 0;
  std::vector<std::unique_ptr<Measurer>> measurers;
  if (ranks)
    measurers = ranks->measurers(error);
  else
    measurers.push_back(makeProcessMeasurer(options.trialLimit));
  if (measurers.empty()) {
    (void)diags.error(ErrorClass::Resource, "", error);
    return diags.exitCode();
  }
  return searchSchedules(options, *database, std::move(measurers));
}

int dlc::runTune(const TuneOptions &options) {
  if (!options.ranks)
    return tune(options, nullptr);
  Diagnostics diags;
  std::string error;
  TargetInfo target;
  if (failed(resolveOptions(options.compile, diags, target)))
    return diags.exitCode();
  std::unique_ptr<Ranks> ranks = Ranks::join(processorKey(target), error);
  if (!ranks) {
    (void)diags.error(Ranks::kAvailable ? ErrorClass::Resource : ErrorClass::Unsupported, "",
                      "--mpi: " + error);
    return diags.exitCode();
  }
  if (ranks->searches())
    return tune(options, ranks.get());
  ranks->serve(*makeProcessMeasurer(options.trialLimit));
  return 0;
}
