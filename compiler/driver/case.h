// One case of --verify: a model, data sets with the outputs that are expected, and tolerances. What
// crosses to the worker and back is JSON.
#ifndef DLC_COMPILER_DRIVER_CASE_H
#define DLC_COMPILER_DRIVER_CASE_H

#include "compiler/driver/run_options.h"

#include "llvm/Support/JSON.h"

namespace dlc {

struct CaseRequest {
  std::string folder;
  CompileOptions compile;
  std::optional<double> rtol, atol; ///< override what the case says

  llvm::json::Object toJson() const;
  static CaseRequest fromJson(const llvm::json::Object &object);
};

struct CaseResult {
  enum class Status { Passed, Failed, Skipped };
  Status status = Status::Failed;
  std::string message;
  double seconds = 0;

  llvm::json::Object toJson() const;
  static CaseResult fromJson(const llvm::json::Object &object);
};

/// Compiles the model in this process, runs every data set, compares.
CaseResult verifyCase(const CaseRequest &request);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_CASE_H
