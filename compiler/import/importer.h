// The import: a checked model file becomes a module with one function, `main`, of nn operations.
//
// Arguments and results of the function carry their ONNX names (`dlc.name`). Dynamic dimensions are
// symbols: a `dim_param` keeps its name, an unnamed one gets a name made of the input's.
// Initialisers become nn.constant; those of more than 64 elements are dense_resource handles
// without a blob, whose bytes are in the WeightTable under the same key.
#ifndef DLC_COMPILER_IMPORT_IMPORTER_H
#define DLC_COMPILER_IMPORT_IMPORTER_H

#include "compiler/import/diagnostics.h"
#include "compiler/import/model_file.h"
#include "compiler/import/weight_table.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace dlc {

struct ImportOptions {
  /// From `--shape=NAME:DIMS`: per graph input, one number or symbol name a dimension; `?` is a new
  /// symbol.
  std::map<std::string, std::vector<std::string>> shapes;
};

/// Reads `NAME:DIMS` (split at the last colon; DIMS is `1,3,N,224`, empty for rank 0) into
/// `options`. Failure with the reason in `why`.
mlir::LogicalResult parseShapeOption(llvm::StringRef text, ImportOptions &options,
                                     std::string &why);

/// The name under which arguments and results of the function carry their ONNX names.
inline constexpr llvm::StringLiteral kPortNameAttr = "dlc.name";

/// Imports the model's graph. Everything wrong or unsupported is in `diags` afterwards, all
/// unsupported operators of the model among it; the result is then null.
mlir::OwningOpRef<mlir::ModuleOp> importModel(ModelFile &model, mlir::MLIRContext *context,
                                              const ImportOptions &options, WeightTable &weights,
                                              Diagnostics &diags);

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_IMPORTER_H
