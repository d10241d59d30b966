// What a model is run on: files given by name or in order, random values for the rest.
#ifndef DLC_COMPILER_DRIVER_RUN_INPUTS_H
#define DLC_COMPILER_DRIVER_RUN_INPUTS_H

#include "compiler/driver/run_options.h"
#include "compiler/driver/tensor_file.h"
#include "compiler/import/diagnostics.h"

namespace dlc {

/// One tensor for each input of the model. Inputs without a file are an error, unless `random`:
/// then they are drawn, of the shape that --shape says (symbols that nothing binds are 1).
mlir::LogicalResult collectInputs(const RunOptions &options, const dlc_model *model, bool random,
                                  Diagnostics &diags, std::vector<HostTensor> &inputs);

/// "scores: f32[1,10] min -3.2 max 4.1: 0.1 0.2 ..."
void printSummary(llvm::raw_ostream &os, const HostTensor &tensor);

/// "x: f32[N,3]"
std::string portText(const dlc_model *model, const dlc_port *port);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_RUN_INPUTS_H
