// --report: from what the compiler kept of a model, and what was measured, to the page.
#ifndef DLC_COMPILER_DRIVER_REPORT_FILE_H
#define DLC_COMPILER_DRIVER_REPORT_FILE_H

#include "compiler/driver/pipeline.h"
#include "compiler/driver/profile.h"

namespace dlc {

/// Reads --profile=FILE.json of a run.
mlir::LogicalResult readProfile(llvm::StringRef path, Diagnostics &diags,
                                std::optional<MeasuredTimes> &times);

/// Writes options.report. `compiled` must have been made with that option; `library` is the size of
/// the output (0: none). Without measured times the machine's peaks are measured here, if it is the
/// target.
mlir::LogicalResult writeReport(const CompileOptions &options, const KeptModel &kept,
                                const Progress &progress, uint64_t library,
                                const std::optional<MeasuredTimes> &times, Diagnostics &diags);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_REPORT_FILE_H
