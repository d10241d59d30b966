// The tuning database: one SQLite file in which dlc-tune records every trial and, for each kernel,
// the schedule that dlc shall use. Many processes may use one file at once; each record is a
// transaction of its own, so a killed process loses at most the record that it was about to write.
#ifndef DLC_COMPILER_TUNER_DATABASE_H
#define DLC_COMPILER_TUNER_DATABASE_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dlc {

/// One schedule that was tried.
struct TrialRecord {
  std::string kernel;    ///< kernelKey()
  std::string processor; ///< see processorKey()
  std::string schedule;  ///< #kernel.schedule<...>
  std::string status;    ///< ok, failed, wrong, crashed, timeout, same
  double ns = 0;         ///< of one run, where status is ok or same
  double defaultNs = 0;  ///< of the default schedule, measured in turns with it
  std::string strategy;
  std::string message; ///< why, where it failed
  int64_t time = 0;    ///< seconds since 1970
};

/// What dlc uses.
struct BestRecord {
  std::string kernel, processor, schedule;
  double ns = 0, defaultNs = 0;
  std::string label;  ///< for people: the kind of kernel and its shape
  std::string origin; ///< the model that it was tuned for, `hand`, ...
  int64_t time = 0;
};

class TuningDatabase {
public:
  enum class Mode { Read, Write };
  /// Opens the file; in mode Write it is made if it is not there. Null on failure: `error` says
  /// why.
  static std::unique_ptr<TuningDatabase> open(llvm::StringRef path, Mode mode, std::string &error);
  ~TuningDatabase();
  TuningDatabase(const TuningDatabase &) = delete;
  TuningDatabase &operator=(const TuningDatabase &) = delete;

  // All of these return false (or nothing) on failure; error() says why then.

  bool addTrial(const TrialRecord &trial);
  /// Of one kernel, or of all where `kernel` is empty; in the order in which they ended.
  bool trials(llvm::StringRef kernel, llvm::StringRef processor, std::vector<TrialRecord> &result);
  bool allTrials(std::vector<TrialRecord> &result) { return trials("", "", result); }

  bool setBest(const BestRecord &best);
  bool removeBest(llvm::StringRef kernel, llvm::StringRef processor);
  std::optional<BestRecord> best(llvm::StringRef kernel, llvm::StringRef processor);
  bool allBest(std::vector<BestRecord> &result);

  /// Several records as one transaction.
  bool begin();
  bool commit();

  const std::string &error() const { return message; }

private:
  struct Statement;
  explicit TuningDatabase(void *handle) : handle(handle) {}
  bool execute(const char *sql);
  bool fail();
  void *handle; ///< sqlite3
  std::string message;
};

} // namespace dlc

#endif // DLC_COMPILER_TUNER_DATABASE_H
