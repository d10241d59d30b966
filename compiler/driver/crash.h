// What the tools do when something goes wrong that no code expected: a signal or an abort becomes
// exit code 70 with a message that says where to report it and keeps the IR; memory that runs out
// becomes exit code 5. Never a signal.
#ifndef DLC_COMPILER_DRIVER_CRASH_H
#define DLC_COMPILER_DRIVER_CRASH_H

#include "mlir/IR/BuiltinOps.h"

#include <string>

namespace dlc {

/// Called first in main().
void installCrashHandler(const char *tool);

/// While it lives, a crash keeps `module` (which nobody changes meanwhile) in a file and says that
/// it was in `stage`.
class CrashContext {
public:
  CrashContext(std::string stage, mlir::ModuleOp module);
  ~CrashContext();
  CrashContext(const CrashContext &) = delete;
  CrashContext &operator=(const CrashContext &) = delete;

  const std::string stage;
  const mlir::ModuleOp module; ///< may be null

private:
  CrashContext *outer;
};

/// Writes `module` to a file in the temporary folder; returns its name, or nothing.
std::string keepIr(mlir::ModuleOp module);

/// The lines that go with an internal error.
std::string reportHelp();

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_CRASH_H
