// The backend itself: description, Halide's object, the thunk.
#include "compiler/kernels/backend.h"

#include "compiler/codegen/halide/choose.h"
#include "compiler/codegen/halide/describe.h"
#include "compiler/codegen/halide/emit.h"
#include "compiler/codegen/halide/thunk.h"
#include "compiler/codegen/llvm/emit.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/TargetParser/Triple.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::halide;

EmitOptions dlc::halide::emitOptions(const TargetInfo &target, const CodegenOptions &options) {
  EmitOptions result;
  result.architecture = llvm::Triple(target.triple).isAArch64() ? "aarch64"
                        : llvm::Triple(target.triple).getArch() == llvm::Triple::x86_64
                            ? "x86_64"
                            : target.triple;
  SmallVector<StringRef> list;
  std::string enabled = enabledFeatures(target);
  StringRef(enabled).split(list, ',', -1, /*KeepEmpty=*/false);
  for (StringRef feature : list)
    result.features.push_back(feature.str());
  result.vectorBytes = int(target.vectorBytes);
  result.vectorRegisters = int(target.vectorRegisters);
  result.threads = target.threads;
  result.checked = options.checked;
  result.precise = options.precise;
  return result;
}

namespace {
struct HalideBackend : KernelBackend {
  StringRef name() const override { return "halide"; }

  bool supports(kernel::FuncOp func, std::string &reason) const override {
    return succeeded(describe(func, reason));
  }

  SmallVector<kernel::ScheduleAttr> candidates(kernel::FuncOp func,
                                               const TargetInfo &target) const override {
    return chooseSchedules(func, target);
  }

  FailureOr<KernelObject> compile(kernel::FuncOp func, const TargetInfo &target,
                                  const CodegenOptions &options,
                                  std::string &error) const override {
    FailureOr<Program> program = describe(func, error);
    if (failed(program))
      return failure();
    std::string name = program->name;
    KernelObject result;
    // Halide's own function has another name; the thunk has the kernel's.
    program->name = name + "_halide";
    std::string object;
    if (!emitKernel(*program, emitOptions(target, options), object, error)) {
      StringRef text = StringRef(error).rtrim();
      error = text.empty() ? "Halide could not compile the kernel" : text.str();
      return failure();
    }
    result.objects.push_back(std::move(object));
    llvm::LLVMContext context;
    std::string callee = std::exchange(program->name, name);
    std::unique_ptr<llvm::Module> thunk = makeThunk(*program, callee, context);
    FailureOr<std::string> code = emitCode(*thunk, target, options.level, CodeKind::Object, error);
    if (failed(code))
      return failure();
    result.objects.push_back(std::move(*code));
    return result;
  }
};
} // namespace

const KernelBackend &dlc::halideBackend() {
  static const HalideBackend backend;
  return backend;
}
