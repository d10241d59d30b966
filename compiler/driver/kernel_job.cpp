// See kernel_job.h.
#include "compiler/driver/kernel_job.h"

#include "compiler/driver/codegen_version.h"
#include "compiler/driver/worker_process.h"
#include "compiler/register.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/SHA256.h"

using namespace dlc;
using llvm::StringRef;

namespace {

/// Numbers as eight bytes, strings with their length in front.
struct Writer {
  std::string bytes;
  void number(uint64_t value) {
    char raw[8];
    llvm::support::endian::write64le(raw, value);
    bytes.append(raw, 8);
  }
  void string(StringRef text) {
    number(text.size());
    bytes += text;
  }
};

struct Reader {
  StringRef bytes;
  bool ok = true;
  uint64_t number() {
    if (bytes.size() < 8) {
      ok = false;
      return 0;
    }
    uint64_t value = llvm::support::endian::read64le(bytes.data());
    bytes = bytes.drop_front(8);
    return value;
  }
  std::string string() {
    uint64_t size = number();
    if (!ok || size > bytes.size()) {
      ok = false;
      return "";
    }
    std::string text = bytes.take_front(size).str();
    bytes = bytes.drop_front(size);
    return text;
  }
  bool finished() const { return ok && bytes.empty(); }
};

} // namespace

std::string dlc::encode(const KernelJob &job) {
  Writer w;
  w.string(job.name);
  w.string(job.ir);
  w.string(job.backend);
  w.string(job.target.triple);
  w.string(job.target.cpu);
  w.string(job.target.features);
  w.number(job.target.vectorBytes);
  w.number(job.target.vectorRegisters);
  w.number(job.target.vnni);
  w.number(job.target.threads);
  w.number(job.options.level);
  w.number(job.options.checked);
  w.number(job.options.precise);
  return std::move(w.bytes);
}

bool dlc::decode(StringRef bytes, KernelJob &job) {
  Reader r{bytes};
  job.name = r.string();
  job.ir = r.string();
  job.backend = r.string();
  job.target.triple = r.string();
  job.target.cpu = r.string();
  job.target.features = r.string();
  job.target.vectorBytes = static_cast<int64_t>(r.number());
  job.target.vectorRegisters = static_cast<int64_t>(r.number());
  job.target.vnni = r.number() != 0;
  job.target.threads = static_cast<int>(r.number());
  job.options.level = static_cast<int>(r.number());
  job.options.checked = r.number() != 0;
  job.options.precise = r.number() != 0;
  return r.finished();
}

std::string dlc::encode(const KernelResult &result) {
  Writer w;
  w.number(result.ok);
  w.number(result.crashed);
  w.string(result.error);
  w.number(llvm::bit_cast<uint64_t>(result.object.seconds));
  w.number(result.object.objects.size());
  for (const std::string &object : result.object.objects)
    w.string(object);
  return std::move(w.bytes);
}

bool dlc::decode(StringRef bytes, KernelResult &result) {
  Reader r{bytes};
  result.ok = r.number() != 0;
  result.crashed = r.number() != 0;
  result.error = r.string();
  result.object.seconds = llvm::bit_cast<double>(r.number());
  result.object.objects.clear();
  for (uint64_t left = r.number(); r.ok && left; --left)
    result.object.objects.push_back(r.string());
  return r.finished();
}

std::string dlc::cacheKey(const KernelJob &job) {
  llvm::SHA256 hash;
  hash.update(kCodegenVersion);
  hash.update(encode(job));
  return llvm::toHex(hash.final(), /*LowerCase=*/true);
}

KernelResult dlc::compileKernel(const KernelJob &job) {
  KernelResult result;
  const KernelBackend *backend = findBackend(job.backend);
  if (!backend) {
    result.error = "this build has no backend '" + job.backend + "'";
    return result;
  }
  mlir::DialectRegistry registry;
  registerDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  std::string messages;
  mlir::ScopedDiagnosticHandler handler(&context, [&](mlir::Diagnostic &diagnostic) {
    messages += (messages.empty() ? "" : "; ") + diagnostic.str();
    return mlir::success();
  });
  auto module = mlir::parseSourceString<mlir::ModuleOp>(job.ir, &context);
  if (!module) {
    result.error = "the kernel's IR does not parse: " + messages;
    return result;
  }
  auto func = module->lookupSymbol<kernel::FuncOp>(job.name);
  if (!func) {
    result.error = "the IR has no kernel '" + job.name + "'";
    return result;
  }
  double start = now();
  auto object = backend->compile(func, job.target, job.options, result.error);
  if (mlir::failed(object)) {
    if (!messages.empty())
      result.error += (result.error.empty() ? "" : ": ") + messages;
    return result;
  }
  result.ok = true;
  result.object = std::move(*object);
  result.object.seconds = now() - start;
  return result;
}
