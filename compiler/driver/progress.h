// What the compiler is doing, for people: one line on standard error, only on a terminal and only
// when it takes longer than two seconds; and the table of --timing.
#ifndef DLC_COMPILER_DRIVER_PROGRESS_H
#define DLC_COMPILER_DRIVER_PROGRESS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace dlc {

class Progress {
public:
  /// `mode` as --progress: auto, plain (a line for each stage, also to files) or none.
  explicit Progress(llvm::StringRef mode);
  ~Progress();

  /// Begins a stage; the one before it ends.
  void stage(llvm::StringRef name);
  /// Within the stage: `done` of `total`.
  void step(size_t done, size_t total);
  /// No stage any more; the line is removed.
  void finish();
  /// Stages that are over, and their wall seconds.
  const std::vector<std::pair<std::string, double>> &timing() const { return times; }
  /// One more line of printTiming(): what was made.
  void note(std::string line) { notes.push_back(std::move(line)); }
  /// Stage, wall seconds; then the notes.
  void printTiming(llvm::raw_ostream &os) const;

private:
  void show(const std::string &text);
  bool terminal = false, plain = false, shown = false;
  double start, stageStart, lastShown = 0;
  std::string current;
  std::vector<std::pair<std::string, double>> times;
  std::vector<std::string> notes;
};

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_PROGRESS_H
