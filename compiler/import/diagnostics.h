// The diagnostics of the whole compiler: what is wrong, where in the model, and what to do about
// it.
//
// An error is a value of type Diagnostic, reported to a Diagnostics object, which prints it like
// this and remembers the exit code:
//
//   conv.onnx: error: Conv: input has 3 channels but the filter expects 1 (groups = 1)
//     --> node 'conv1' (#4), opset 13
//         X: f32[N,3,28,28]   W: f32[8,1,5,5] ('conv1.weight')
//     help: give the shape with --shape=X:N,1,28,28, or export the model again
//
// Floors after the import emit ordinary MLIR diagnostics (`op->emitError()`): every op carries its
// ONNX node in its location (node_location.h), and a DiagnosticPrinter turns what MLIR emits into
// the same form.
#ifndef DLC_COMPILER_IMPORT_DIAGNOSTICS_H
#define DLC_COMPILER_IMPORT_DIAGNOSTICS_H

#include "dialects/nn/node_location.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace dlc {

enum class Severity { Error, Warning, Note };

/// Why a run fails; the value is the exit code of the tools.
enum class ErrorClass : int {
  Model = 1,       ///< the model or the data is wrong
  Usage = 2,       ///< the command line is wrong
  Unsupported = 3, ///< valid, but dlc cannot do it
  Io = 4,          ///< a file cannot be read or written
  Resource = 5,    ///< memory, a limit, a device
  Internal = 70,   ///< a bug of dlc
};

/// One input of the node: its name, its type in short form (`f32[N,3,28,28]`), and the initialiser
/// behind it, if any.
struct ValueDescription {
  std::string label;
  std::string type;
  std::string initializer;
};

struct Diagnostic {
  Severity severity = Severity::Error;
  ErrorClass errorClass = ErrorClass::Model;
  std::string file; ///< taken from the node where empty
  NodeRef node;
  std::string message;
  std::vector<ValueDescription> inputs;
  std::vector<std::string> notes;
  std::string help;
};

/// Makes a name safe to print: control characters and invalid UTF-8 become \xNN, long names are
/// cut.
std::string escapeName(llvm::StringRef name, size_t maxLength = 120);

/// Collects, prints and counts. Not thread-safe: one object a run.
class Diagnostics {
public:
  explicit Diagnostics(llvm::raw_ostream &os = llvm::errs()) : os(os) {}

  void report(const Diagnostic &diagnostic);
  /// Shorthand for an error about the file as a whole. Returns failure, for `return
  /// diags.error(...)`.
  mlir::LogicalResult error(ErrorClass errorClass, llvm::StringRef file, const llvm::Twine &message,
                            llvm::StringRef help = {});
  void warning(llvm::StringRef file, const llvm::Twine &message);

  size_t errorCount() const { return errors; }
  size_t warningCount() const { return warnings; }
  bool hasErrors() const { return errors != 0; }
  /// 0 without errors; else the worst class seen: internal, usage, model, input/output, resource,
  /// unsupported.
  int exitCode() const;

  /// Errors after this many are counted but not printed.
  size_t printLimit = 50;

private:
  llvm::raw_ostream &os;
  size_t errors = 0, warnings = 0;
  std::map<int, size_t> byClass;
};

/// Prints one diagnostic in the form shown above.
void printDiagnostic(llvm::raw_ostream &os, const Diagnostic &diagnostic);

//===----------------------------------------------------------------------===//
// MLIR diagnostics
//===----------------------------------------------------------------------===//

/// Marks an MLIR diagnostic with an exit code class; unmarked ones mean Model when they have an
/// ONNX node, else Internal.
void setErrorClass(mlir::InFlightDiagnostic &diagnostic, ErrorClass errorClass);
/// Adds a `help:` line.
void attachHelp(mlir::InFlightDiagnostic &diagnostic, const llvm::Twine &help);

/// An error that says "valid, but not supported" (exit code 3).
mlir::InFlightDiagnostic emitUnsupported(mlir::Location location, const llvm::Twine &message = {});
mlir::InFlightDiagnostic emitUnsupported(mlir::Operation *op, const llvm::Twine &message = {});

/// While it lives, MLIR's diagnostics of the context go to `diags` in the compiler's own form.
class DiagnosticPrinter {
public:
  DiagnosticPrinter(mlir::MLIRContext *context, Diagnostics &diags, std::string defaultFile = {});

  /// Completes a diagnostic with what the emitter did not know (the inputs of the node); called
  /// before it is reported.
  std::function<bool(Diagnostic &)> complete; ///< false drops the diagnostic
  /// The class of errors that carry neither an ONNX node nor a mark. `dlc-opt`-like tools set
  /// Model.
  ErrorClass defaultClass = ErrorClass::Internal;

private:
  mlir::LogicalResult handle(mlir::Diagnostic &diagnostic);

  Diagnostics &diags;
  std::string defaultFile;
  mlir::ScopedDiagnosticHandler handler;
};

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_DIAGNOSTICS_H
