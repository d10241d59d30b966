// The description of a model, as constants: dlc_program and dlc_model of dlc/abi.h.
#ifndef DLC_COMPILER_HOST_PROGRAM_H
#define DLC_COMPILER_HOST_PROGRAM_H

#include "compiler/host/host.h"
#include "compiler/host/kernel_table.h"

namespace dlc {

/// One input or output, as floor 3 described it in attributes.
struct PortInfo {
  std::string name;
  int32_t dtype = 0;
  std::vector<int64_t> shape; ///< coded as dlc_port.shape
};

struct ProgramInfo {
  std::vector<PortInfo> inputs, outputs;
  std::vector<std::string> symbols;
  int64_t weightsSize = 0;
  KernelTable table;
};

/// Reads the description from @main after floor 4.
mlir::FailureOr<ProgramInfo> readProgram(mlir::ModuleOp module, std::string &error);

/// Adds the tables to `module`, which already has dlc_infer and dlc_plan, and the exported
/// function.
void emitProgram(llvm::Module &module, const ProgramInfo &program, const HostOptions &options);

} // namespace dlc

#endif // DLC_COMPILER_HOST_PROGRAM_H
