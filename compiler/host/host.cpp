// See host.h: runs the passes of floor 6 on a copy of the module and emits code.
#include "compiler/host/host.h"
#include "compiler/host/kernel_table.h"
#include "compiler/host/program.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc;

/// Runs the host passes; what they report becomes `error`.
static LogicalResult lowerToLlvmDialect(ModuleOp module, std::string &error) {
  ScopedDiagnosticHandler handler(module.getContext(), [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error) {
      if (!error.empty())
        error += "; ";
      error += diagnostic.str();
    }
    return success();
  });
  PassManager pm(module.getContext(), ModuleOp::getOperationName());
  addHostPasses(pm);
  if (succeeded(pm.run(module)))
    return success();
  if (error.empty())
    error = "the host code could not be lowered";
  return failure();
}

/// A copy of the module without the functions named.
static OwningOpRef<ModuleOp> copyWithout(ModuleOp module, ArrayRef<StringRef> names) {
  OwningOpRef<ModuleOp> copy(cast<ModuleOp>(module->clone()));
  for (StringRef name : names)
    if (Operation *func = copy->lookupSymbol(name))
      func->erase();
  return copy;
}

FailureOr<std::string> dlc::buildHostObject(ModuleOp module, const HostOptions &options,
                                            CodeKind kind, std::string &error) {
  FailureOr<ProgramInfo> program = readProgram(module, error);
  if (failed(program))
    return failure();
  program->table = readKernelTable(module);
  OwningOpRef<ModuleOp> copy = copyWithout(module, {kWeightsFunc});
  numberLaunches(*copy);
  if (failed(lowerToLlvmDialect(*copy, error)))
    return failure();
  llvm::LLVMContext context;
  auto code = translateToLlvm(*copy, context, options.target, error);
  if (failed(code))
    return failure();
  emitProgram(**code, *program, options);
  return emitCode(**code, options.target, options.level, kind, error);
}

FailureOr<WeightsCode> dlc::buildWeightsObject(ModuleOp module, const HostOptions &options,
                                               std::string &error) {
  auto weights = module.lookupSymbol<func::FuncOp>(kWeightsFunc);
  if (!weights) {
    error = "the module has no @weights";
    return failure();
  }
  WeightsCode result;
  for (unsigned i = 0; i < weights.getNumArguments(); ++i)
    if (auto key = weights.getArgAttrOfType<StringAttr>(i, kWeightKeyAttr))
      result.rawKeys.push_back(key.str());
  if (auto bytes = weights->getAttrOfType<IntegerAttr>(kArenaBytesAttr))
    result.arenaBytes = bytes.getInt();
  OwningOpRef<ModuleOp> copy = copyWithout(module, {kMainFunc, kPlanFunc});
  if (failed(lowerToLlvmDialect(*copy, error)))
    return failure();
  FailureOr<std::string> object =
      emitCode(*copy, options.target, options.level, CodeKind::Object, error);
  if (failed(object))
    return failure();
  result.object = std::move(*object);
  return result;
}

SmallVector<kernel::FuncOp> dlc::kernelsOf(ModuleOp module, StringRef function) {
  llvm::SetVector<kernel::FuncOp> kernels;
  if (auto func = module.lookupSymbol<func::FuncOp>(function)) {
    SymbolTable symbols(module);
    func.walk([&](kernel::LaunchOp launch) {
      if (auto kernel = symbols.lookup<kernel::FuncOp>(launch.getCallee()))
        kernels.insert(kernel);
    });
  }
  return kernels.takeVector();
}
