// dlc-tune: searches the schedules of a model's kernels and records what is faster.
#ifndef DLC_COMPILER_TUNER_TUNER_H
#define DLC_COMPILER_TUNER_TUNER_H

#include "compiler/tuner/database.h"
#include "compiler/tuner/measure.h"
#include "compiler/tuner/units.h"

namespace dlc {

struct TuneOptions {
  CompileOptions compile; ///< compile.tuningDb is the database
  double seconds = 600;
  std::string search = "evolution";
  uint64_t seed = 1;
  int trials = 400;                   ///< at most, for each kernel, earlier runs included
  double trialLimit = 60;             ///< seconds
  bool ranks = false;                 ///< measured by the other ranks of an MPI job
  std::string report;                 ///< FILE.html
  std::string exportFile, importFile; ///< FILE.json
};

/// One kernel while it is tuned.
struct TuningState {
  const TuningUnit *unit = nullptr;
  std::vector<Evaluation> history; ///< the default first
  double defaultNs = 0;
  double spent = 0;       ///< seconds of this run
  bool exhausted = false; ///< nothing left to try
  bool busy = false;      ///< a measurer has it
  size_t best = 0;        ///< in history
  std::string broken;     ///< why it cannot be measured
  std::string verdict;    ///< what became of it in the end, for people

  double bestCost() const { return history.empty() ? 1 : history[best].cost; }
  /// Of the model's time, by the default's measurement.
  double weight() const { return unit->launches * defaultNs; }
};

/// What the display and the report are made of.
struct TuningSession {
  const TuneOptions &options;
  std::string processor;
  double peakGflops = 0;
  std::vector<TuningState> kernels;
  std::string phase;
  double started = 0, deadline = 0;
  std::string netVerdict;
};

/// The work of dlc-tune; returns the exit code.
int runTune(const TuneOptions &options);

/// Searches for the kernels of options.compile.model with these measurers, each of which has a
/// thread of its own; returns the exit code.
int searchSchedules(const TuneOptions &options, TuningDatabase &database,
                    std::vector<std::unique_ptr<Measurer>> measurers);

/// Reads "10m", "90s", "1h30m" or seconds; 0 if it is none of that.
double parseDuration(llvm::StringRef text);

/// Accepted schedules, kernel by kernel in the order of what they gain.
struct Accepted {
  size_t kernel = 0; ///< in TuningSession::kernels
  Candidate candidate;
  double ns = 0, defaultNs = 0;
};
/// Keeps of `accepted` what makes the whole model faster (net.cpp).
std::vector<Accepted> keepWhatHelps(TuningSession &session, Measurer &measurer,
                                    std::vector<Accepted> accepted, double deadline);

/// Live table on a terminal, lines elsewhere (table.cpp).
class TuningDisplay {
public:
  TuningDisplay(const TuningSession &session, llvm::StringRef mode);
  ~TuningDisplay();
  void update();
  /// A line that stays.
  void say(const std::string &text);
  /// The whole table, to standard output.
  void final();

private:
  std::string row(const TuningState &state, double total) const;
  const TuningSession &session;
  bool terminal, plain;
  int lines = 0;
  double last = 0;
};

/// One self-contained page (report.cpp).
std::string tuningReport(const TuningSession &session);

/// Everything in the database as JSON, and back (exchange.cpp). False: `error` says why.
bool exportDatabase(TuningDatabase &database, llvm::StringRef path, std::string &error);
bool importDatabase(TuningDatabase &database, llvm::StringRef path, std::string &error,
                    std::string &summary);

} // namespace dlc

#endif // DLC_COMPILER_TUNER_TUNER_H
