#include "compiler/import/diagnostics.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ConvertUTF.h"

using namespace mlir;

namespace dlc {

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

std::string escapeName(StringRef name, size_t maxLength) {
  std::string out;
  const auto *begin = reinterpret_cast<const llvm::UTF8 *>(name.data());
  size_t i = 0;
  for (; i < name.size() && out.size() < maxLength;) {
    unsigned char c = name[i];
    if (c >= 0x20 && c < 0x7f) {
      out += c;
      ++i;
      continue;
    }
    unsigned length = c < 0x80 ? 1 : llvm::getNumBytesForUTF8(c);
    // C1 control characters (U+0080..U+009F) steer terminals as much as the C0 ones do.
    bool printable = c >= 0x80 && length >= 2 && i + length <= name.size() &&
                     llvm::isLegalUTF8Sequence(begin + i, begin + i + length) &&
                     !(c == 0xc2 && static_cast<unsigned char>(name[i + 1]) < 0xa0);
    if (printable) {
      out += name.substr(i, length);
      i += length;
      continue;
    }
    out += "\\x";
    out += llvm::hexdigit(c >> 4);
    out += llvm::hexdigit(c & 15);
    ++i;
  }
  if (i < name.size())
    out += "... (" + std::to_string(name.size()) + " bytes)";
  return out;
}

//===----------------------------------------------------------------------===//
// Printing
//===----------------------------------------------------------------------===//

void printDiagnostic(raw_ostream &os, const Diagnostic &diagnostic) {
  const NodeRef &node = diagnostic.node;
  StringRef file = diagnostic.file.empty() ? StringRef(node.file) : StringRef(diagnostic.file);
  os << (file.empty() ? std::string("dlc") : escapeName(file, 400)) << ": ";
  switch (diagnostic.severity) {
  case Severity::Error:
    os << (diagnostic.errorClass == ErrorClass::Internal ? "internal error: " : "error: ");
    break;
  case Severity::Warning:
    os << "warning: ";
    break;
  case Severity::Note:
    os << "note: ";
    break;
  }
  if (!node.opType.empty())
    os << escapeName(node.opType) << ": ";
  os << diagnostic.message << "\n";

  if (node.isValid()) {
    os << "  --> node";
    if (!node.name.empty())
      os << " '" << escapeName(node.name) << "'";
    if (node.index >= 0)
      os << (node.name.empty() ? " #" : " (#") << node.index << (node.name.empty() ? "" : ")");
    if (!node.domain.empty() && node.domain != "ai.onnx")
      os << ", domain '" << escapeName(node.domain) << "'";
    if (node.opset > 0)
      os << ", opset " << node.opset;
    os << "\n";
  }
  if (!diagnostic.inputs.empty()) {
    os << "     ";
    constexpr size_t maxInputs = 12;
    for (size_t i = 0; i < diagnostic.inputs.size() && i < maxInputs; ++i) {
      const ValueDescription &input = diagnostic.inputs[i];
      os << (i ? "   " : " ") << escapeName(input.label, 60) << ": " << input.type;
      if (!input.initializer.empty())
        os << " ('" << escapeName(input.initializer, 60) << "')";
    }
    if (diagnostic.inputs.size() > maxInputs)
      os << "   and " << diagnostic.inputs.size() - maxInputs << " more";
    os << "\n";
  }
  for (const std::string &note : diagnostic.notes)
    os << "  note: " << note << "\n";
  if (!diagnostic.help.empty())
    os << "  help: " << diagnostic.help << "\n";
}

void Diagnostics::report(const Diagnostic &diagnostic) {
  if (diagnostic.severity == Severity::Error) {
    ++byClass[static_cast<int>(diagnostic.errorClass)];
    if (++errors > printLimit) {
      if (errors == printLimit + 1)
        os << "dlc: note: more than " << printLimit << " errors; the rest is not printed\n";
      return;
    }
  } else if (diagnostic.severity == Severity::Warning) {
    if (++warnings > printLimit)
      return;
  }
  printDiagnostic(os, diagnostic);
}

LogicalResult Diagnostics::error(ErrorClass errorClass, StringRef file, const Twine &message,
                                 StringRef help) {
  Diagnostic diagnostic;
  diagnostic.errorClass = errorClass;
  diagnostic.file = file.str();
  diagnostic.message = message.str();
  diagnostic.help = help.str();
  report(diagnostic);
  return failure();
}

void Diagnostics::warning(StringRef file, const Twine &message) {
  Diagnostic diagnostic;
  diagnostic.severity = Severity::Warning;
  diagnostic.file = file.str();
  diagnostic.message = message.str();
  report(diagnostic);
}

int Diagnostics::exitCode() const {
  // "Unsupported" comes last: where something else is wrong too, the user has to mend that first.
  for (ErrorClass c : {ErrorClass::Internal, ErrorClass::Usage, ErrorClass::Model, ErrorClass::Io,
                       ErrorClass::Resource, ErrorClass::Unsupported})
    if (byClass.count(static_cast<int>(c)))
      return static_cast<int>(c);
  return 0;
}

//===----------------------------------------------------------------------===//
// MLIR diagnostics
//===----------------------------------------------------------------------===//

namespace {
constexpr llvm::StringLiteral kHelpPrefix = "help: ";
constexpr llvm::StringLiteral kClassTag = "dlc.class";
} // namespace

void setErrorClass(InFlightDiagnostic &diagnostic, ErrorClass errorClass) {
  // An in-flight diagnostic that was already reported or dropped has nothing to mark.
  if (auto *underlying = diagnostic.getUnderlyingDiagnostic()) {
    underlying->getMetadata().push_back(DiagnosticArgument(StringRef(kClassTag)));
    underlying->getMetadata().push_back(DiagnosticArgument(static_cast<int>(errorClass)));
  }
}

void attachHelp(InFlightDiagnostic &diagnostic, const Twine &help) {
  diagnostic.attachNote() << kHelpPrefix << help.str();
}

InFlightDiagnostic emitUnsupported(Location location, const Twine &message) {
  InFlightDiagnostic diagnostic = emitError(location, message);
  setErrorClass(diagnostic, ErrorClass::Unsupported);
  return diagnostic;
}

InFlightDiagnostic emitUnsupported(Operation *op, const Twine &message) {
  InFlightDiagnostic diagnostic = op->emitError(message);
  setErrorClass(diagnostic, ErrorClass::Unsupported);
  return diagnostic;
}

/// "'nn.conv' op input has ..." -> "input has ...": the ONNX op is named anyway.
static StringRef dropOpPrefix(StringRef message) {
  if (!message.starts_with("'"))
    return message;
  size_t end = message.find("' op ");
  if (end == StringRef::npos || message.substr(1, end - 1).find_first_of("' ") != StringRef::npos)
    return message;
  return message.substr(end + 5);
}

static std::string locationText(Location location) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (auto file = dyn_cast<FileLineColLoc>(location))
    os << file.getFilename().getValue() << ":" << file.getLine() << ":" << file.getColumn();
  return text;
}

DiagnosticPrinter::DiagnosticPrinter(MLIRContext *context, Diagnostics &diags,
                                     std::string defaultFile)
    : diags(diags), defaultFile(std::move(defaultFile)),
      handler(context, [this](mlir::Diagnostic &diagnostic) { return handle(diagnostic); }) {}

LogicalResult DiagnosticPrinter::handle(mlir::Diagnostic &from) {
  Diagnostic to;
  switch (from.getSeverity()) {
  case DiagnosticSeverity::Error:
    to.severity = Severity::Error;
    break;
  case DiagnosticSeverity::Warning:
    to.severity = Severity::Warning;
    break;
  default:
    to.severity = Severity::Note;
  }

  std::string message = from.str();
  if (auto node = readNodeLocation(from.getLocation())) {
    to.node = *node;
    to.message = dropOpPrefix(message).str();
    to.errorClass = ErrorClass::Model;
  } else {
    std::string at = locationText(from.getLocation());
    to.file = at.empty() ? defaultFile : at;
    to.message = message;
    to.errorClass = defaultClass;
  }
  auto metadata = ArrayRef<DiagnosticArgument>(from.getMetadata());
  for (size_t i = 0; i + 1 < metadata.size(); ++i)
    if (metadata[i].getKind() == DiagnosticArgument::DiagnosticArgumentKind::String &&
        metadata[i].getAsString() == kClassTag &&
        metadata[i + 1].getKind() == DiagnosticArgument::DiagnosticArgumentKind::Integer)
      to.errorClass = static_cast<ErrorClass>(metadata[i + 1].getAsInteger());

  for (mlir::Diagnostic &note : from.getNotes()) {
    std::string text = note.str();
    if (StringRef(text).starts_with(kHelpPrefix))
      to.help = text.substr(kHelpPrefix.size());
    else if (!StringRef(text).starts_with("see current operation"))
      to.notes.push_back(std::move(text));
  }
  if (!complete || complete(to))
    diags.report(to);
  return success();
}

} // namespace dlc
