// The backend itself: description, Halide's object, the thunk.
#include "compiler/kernels/backend.h"

#include "compiler/codegen/halide/choose.h"
#include "compiler/codegen/halide/describe.h"
#include "compiler/codegen/halide/emit.h"
#include "compiler/codegen/halide/kernel_code.h"

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
    FailureOr<std::string> code =
        emitKernelCode(*program, target, options, CodeKind::Object, error);
    if (failed(code))
      return failure();
    KernelObject result;
    result.objects.push_back(std::move(*code));
    return result;
  }
};
} // namespace

const KernelBackend &dlc::halideBackend() {
  static const HalideBackend backend;
  return backend;
}
