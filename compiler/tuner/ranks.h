// Measuring on other machines: the ranks of an MPI job that all run the same dlc-tune command. Rank
// 0 searches and has the database; each other rank measures what rank 0 asks, with a child process
// as on one machine.
#ifndef DLC_COMPILER_TUNER_RANKS_H
#define DLC_COMPILER_TUNER_RANKS_H

#include "compiler/tuner/measure.h"

namespace dlc {

class Ranks {
public:
  /// Whether this build has MPI.
  static const bool kAvailable;

  /// Joins the job that this process was started in. Null if that is not possible: `error` says
  /// why. `processor` is processorKey() of what is tuned for; all ranks must have it.
  static std::unique_ptr<Ranks> join(const std::string &processor, std::string &error);
  /// Rank 0 ends the others.
  virtual ~Ranks() = default;

  /// Whether this is the rank that searches.
  virtual bool searches() const = 0;
  /// Of rank 0: a measurer for each other rank. They may be used from a thread each, and not longer
  /// than this object. None, with the reason, if a rank has another processor.
  virtual std::vector<std::unique_ptr<Measurer>> measurers(std::string &error) = 0;
  /// Of the others: measures until rank 0 ends.
  virtual void serve(Measurer &measurer) = 0;
};

} // namespace dlc

#endif // DLC_COMPILER_TUNER_RANKS_H
