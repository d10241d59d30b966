// Measuring a model kernel by kernel, through the spans of dlc.h: the numbers, the file for trace
// viewers, the table for people.
#ifndef DLC_COMPILER_DRIVER_PROFILE_H
#define DLC_COMPILER_DRIVER_PROFILE_H

#include "compiler/driver/machine.h"

#include "dlc/dlc.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <string>
#include <vector>

namespace dlc {

/// One launch of one run, or (launch -1) the generated code of a run.
struct ProfileSpan {
  int32_t launch;
  uint64_t beginNs, endNs;
};

/// What one place in the code did. Amounts are sums over its calls; -1: not known.
struct LaunchProfile {
  int64_t calls = 0;
  double ns = 0;
  double flops = 0, directFlops = 0, bytes = 0;
  std::string shapes; ///< of the first call, with numbers
};

/// Only runs that took at most a tenth longer than the best one count: what else the machine did
/// meanwhile is not the model's.
class Profile {
public:
  explicit Profile(const dlc_model *model);
  Profile(const Profile &) = delete;
  Profile &operator=(const Profile &) = delete;

  /// Makes a context tell this profile; the profile must outlive the context.
  void listen(dlc_context_options &options);
  /// Forgets what it was told.
  void restart();

  const dlc_model *model;
  std::vector<ProfileSpan> spans;      ///< of some of the runs that count, whole
  std::vector<LaunchProfile> launches; ///< of the runs that count, by number
  int64_t allRuns = 0, runs = 0;       ///< `runs` count
  double runNs = 0, bestRunNs = 0;     ///< the sum of the runs that count
  int threads = 1;
  int64_t threadId = 0;         ///< of the thread that ran
  std::vector<int64_t> symbols; ///< sizes of the runs
  std::optional<Machine> machine;

private:
  static void tell(void *user, const dlc_kernel_span *span);
  void endRun(double ns);
  size_t wholeRuns = 0;               ///< spans up to the end of the last run
  std::vector<LaunchProfile> current; ///< of the run that is not over
};

/// Writes the Trace Event format that Perfetto and chrome://tracing open.
void writeTrace(llvm::raw_ostream &os, const Profile &profile);

/// Kernels by time: calls, microseconds, rates, parts of the machine's peak. All for one run.
void printProfile(llvm::raw_ostream &os, const Profile &profile);
llvm::json::Object profileJson(const Profile &profile);

/// Measured times of a model, for its report: as recorded here, or read from a trace file.
struct MeasuredTimes {
  double runUs = 0;
  int64_t runs = 0;
  int threads = 1;
  struct Launch {
    std::string kernel; ///< to see whether the file is of this model
    double us = 0;      ///< all calls of one run
    double calls = 0;   ///< in one run
  };
  std::vector<Launch> launches; ///< by number; without a kernel where the file has none
  std::vector<std::pair<std::string, int64_t>> symbols;
  std::optional<Machine> machine;
};
MeasuredTimes measuredTimes(const Profile &profile);
/// Nothing, and why in `error`, if the text is no trace of ours.
std::optional<MeasuredTimes> readTrace(llvm::StringRef text, std::string &error);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_PROFILE_H
