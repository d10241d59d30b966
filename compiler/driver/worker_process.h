// A child process of this same program that answers messages over a socket, one at a time. Its
// death and its slowness are results, not failures of the parent.
#ifndef DLC_COMPILER_DRIVER_WORKER_PROCESS_H
#define DLC_COMPILER_DRIVER_WORKER_PROCESS_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace dlc {

class WorkerProcess {
public:
  WorkerProcess() = default;
  WorkerProcess(const WorkerProcess &) = delete;
  WorkerProcess &operator=(const WorkerProcess &) = delete;
  ~WorkerProcess() { stop(); }

  /// Starts this executable with the arguments. False if that is not possible.
  bool start(const std::vector<std::string> &arguments);
  bool running() const { return pid > 0; }
  /// Sends one message; the answer comes through poll().
  bool send(llvm::StringRef message);
  int descriptor() const { return fd; }
  /// Reads what has come. True once the answer is whole.
  enum class State { Waiting, Answered, Dead };
  State receive(std::string &answer);
  /// Kills it and says how it ended, with the end of what it wrote to standard error.
  std::string stop();

private:
  pid_t pid = -1;
  int fd = -1;
  int errors = -1; ///< its standard error, an unnamed file
  std::string buffer;
};

/// The child's side: calls `answer` for each message until the parent is gone, then ends the
/// process.
[[noreturn]] void serveMessages(std::string (*answer)(llvm::StringRef message));

/// Seconds on a clock that never goes back.
double now();

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_WORKER_PROCESS_H
