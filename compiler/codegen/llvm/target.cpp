// Which processor: the words of --target, and the host's own features.
#include "compiler/codegen/llvm/emit.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"
#include "llvm/TargetParser/X86TargetParser.h"

#include <mutex>
#include <unistd.h>

using namespace mlir;
using namespace dlc;

static void initializeTargets() {
  static std::once_flag once;
  std::call_once(once, [] {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargets();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllAsmPrinters();
    llvm::InitializeAllAsmParsers();
  });
}

bool TargetInfo::has(llvm::StringRef name) const {
  SmallVector<StringRef> list;
  StringRef(features).split(list, ',');
  return llvm::any_of(list, [&](StringRef f) { return f.consume_front("+") && f == name; });
}

std::string dlc::enabledFeatures(const TargetInfo &target) {
  SmallVector<StringRef> list, enabled;
  StringRef(target.features).split(list, ',', -1, /*KeepEmpty=*/false);
  for (StringRef feature : list)
    if (feature.consume_front("+"))
      enabled.push_back(feature);
  llvm::sort(enabled);
  return llvm::join(enabled, ",");
}

/// What schedules need to know follows from the feature list.
static void deriveVectors(TargetInfo &target, const llvm::Triple &triple) {
  if (triple.isX86()) {
    bool wide = target.has("avx512f");
    target.vectorBytes = wide ? 64 : target.has("avx") ? 32 : 16;
    target.vectorRegisters = wide ? 32 : 16;
    target.vnni = target.has("avx512vnni") || target.has("avxvnni");
  } else if (triple.isAArch64()) {
    target.vectorBytes = 16;
    target.vectorRegisters = 32;
  }
  target.datapathBytes = target.vectorBytes;
  if (target.cpu == "znver4") // 512-bit operations in two halves
    target.datapathBytes = 32;
  // 240 GFLOP/s and 20 GB/s of a core; cores of half the width were seen with 100 and 24.
  target.flopsPerByte = target.datapathBytes == 64 ? 12 : 4.5 * double(target.datapathBytes) / 32;
}

static std::string hostFeatures() {
  SmallVector<std::string> list;
  for (auto &feature : llvm::sys::getHostCPUFeatures())
    list.push_back((feature.second ? "+" : "-") + feature.first().str());
  llvm::sort(list);
  return llvm::join(list, ",");
}

/// All features of an x86-64 processor, the implied ones written out.
static std::string featuresOf(StringRef cpu) {
  SmallVector<StringRef> own;
  llvm::X86::getFeaturesForCPU(cpu, own);
  llvm::StringMap<bool> all;
  for (StringRef feature : own) {
    all[feature] = true;
    llvm::X86::updateImpliedFeatures(feature, /*Enabled=*/true, all);
  }
  SmallVector<std::string> list;
  for (auto &feature : all)
    list.push_back((feature.second ? "+" : "-") + feature.first().str());
  llvm::sort(list);
  return llvm::join(list, ",");
}

FailureOr<TargetInfo> dlc::resolveTarget(StringRef spec, std::string &error) {
  initializeTargets();
  TargetInfo target;
  llvm::Triple host(llvm::sys::getProcessTriple());
  if (spec.empty() || spec == "native") {
    target.triple = host.str();
    target.cpu = llvm::sys::getHostCPUName().str();
    target.features = hostFeatures();
    deriveVectors(target, host);
    if (long bytes = sysconf(_SC_LEVEL2_CACHE_SIZE); bytes > 0)
      target.cacheBytes = bytes;
    return target;
  }
  if (spec == "aarch64-linux") {
    target.triple = "aarch64-unknown-linux-gnu";
    target.cpu = "generic";
    target.features = "+fp-armv8,+neon";
    deriveVectors(target, llvm::Triple(target.triple));
    return target;
  }
  SmallVector<StringRef> known;
  llvm::X86::fillValidCPUArchList(known, /*Only64Bit=*/true);
  if (llvm::is_contained(known, spec)) {
    target.triple = host.isX86() ? host.str() : "x86_64-unknown-linux-gnu";
    target.cpu = spec.str();
    target.features = featuresOf(spec);
    deriveVectors(target, llvm::Triple(target.triple));
    return target;
  }
  error = ("unknown target '" + spec +
           "'; known are native, x86-64-v2, x86-64-v3, x86-64-v4, aarch64-linux and LLVM's names "
           "of x86-64 processors")
              .str();
  return failure();
}

FailureOr<TargetInfo> dlc::resolveTarget(Operation *root, StringRef spec) {
  std::string error;
  FailureOr<TargetInfo> target = resolveTarget(spec, error);
  if (failed(target))
    root->emitError(error);
  return target;
}

FailureOr<std::unique_ptr<llvm::TargetMachine>>
dlc::createTargetMachine(const TargetInfo &target, int level, std::string &error) {
  initializeTargets();
  llvm::Triple triple(target.triple);
  const llvm::Target *found = llvm::TargetRegistry::lookupTarget(triple, error);
  if (!found)
    return failure();
  auto codegenLevel = llvm::CodeGenOpt::getLevel(std::min(std::max(level, 0), 3));
  std::unique_ptr<llvm::TargetMachine> machine(
      found->createTargetMachine(triple, target.cpu, target.features, llvm::TargetOptions(),
                                 llvm::Reloc::PIC_, std::nullopt, *codegenLevel));
  if (!machine) {
    error = "LLVM has no code generator for " + target.triple + " with processor " + target.cpu;
    return failure();
  }
  return machine;
}
