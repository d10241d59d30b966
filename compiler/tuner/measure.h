// How a schedule is measured.
//
// A Measurer takes one kernel at a time and compares schedules of it with the default one. The one
// there is runs a child process on this machine; one that spreads trials over machines would
// implement the same three functions.
#ifndef DLC_COMPILER_TUNER_MEASURE_H
#define DLC_COMPILER_TUNER_MEASURE_H

#include "compiler/driver/options.h"
#include "compiler/tuner/schedule_space.h"

namespace dlc {

/// One kernel to measure.
struct MeasureTask {
  std::string module; ///< TuningUnit::module
  bool warm = false;  ///< TuningUnit::warm
  /// The options that matter: target, backend, threads, level, precise, checked, cache.
  CompileOptions options;
};

/// How much time a comparison may take.
struct Effort {
  int rounds = 5;       ///< bursts of each, in turns
  double giveUp = 1.25; ///< a candidate that is slower than the default by this factor in the first
                        ///< round gets no more
  /// A candidate that looks faster after `rounds` gets as many more, up to this factor: luck is
  /// sorted out before a search builds on it.
  int extend = 1;
  static Effort search() { return {5, 1.25, 3}; }
  static Effort confirm() { return {24, 1e9, 1}; }
  static Effort net() { return {60, 1e9, 1}; }
};

struct Measurement {
  /// ok; same (the same code as the default: not measured); failed (no code); wrong (other results
  /// than the default's); crashed; timeout.
  std::string status = "failed";
  std::string message;
  double ns = 0;        ///< of a run, the least seen
  double defaultNs = 0; ///< of the default, in turns with it
  /// What two copies of the default differ by in the same rounds: 0.01 is one percent.
  double noise = 0;
  /// Whether the candidate was the faster one in both halves of the rounds and in most of them.
  bool consistent = false;
  bool ok() const { return status == "ok"; }
  double ratio() const { return ns / defaultNs; }
};

class Measurer {
public:
  virtual ~Measurer() = default;
  /// Takes a kernel; what follows is about it. Nothing if even its default cannot be measured:
  /// `error` says why. The result is the default's own measurement.
  virtual std::optional<Measurement> begin(const MeasureTask &task, std::string &error) = 0;
  virtual Measurement measure(const Candidate &candidate, const Effort &effort) = 0;
  /// The whole model with the schedules `recorded` against the same with those of `base`. The
  /// kernel of begin() is forgotten.
  virtual Measurement compareNets(const CompileOptions &model, llvm::ArrayRef<Candidate> base,
                                  llvm::ArrayRef<Candidate> recorded, const Effort &effort) = 0;
};

/// Measures in a child process; a crash or a hang of it costs one trial.
std::unique_ptr<Measurer> makeProcessMeasurer(double timeLimit = 60);

/// In main(), before all else: does not return in the measurer's child process.
void runIfMeasureWorker(int argc, char **argv);

/// The most float operations (fused multiply-adds count as two) a second that one thread does here,
/// in 1e9; 0 if that cannot be measured.
double measurePeak(const TargetInfo &target);

} // namespace dlc

#endif // DLC_COMPILER_TUNER_MEASURE_H
