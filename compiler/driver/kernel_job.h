// One kernel to compile, as text, so that it can cross into another process and be the key of a
// cache.
#ifndef DLC_COMPILER_DRIVER_KERNEL_JOB_H
#define DLC_COMPILER_DRIVER_KERNEL_JOB_H

#include "compiler/kernels/backend.h"

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace dlc {

struct KernelJob {
  std::string name;    ///< of the kernel.func, which is also the symbol that the object defines
  std::string ir;      ///< a module that holds the specialised kernel.func alone
  std::string backend; ///< halide or loops
  TargetInfo target;
  CodegenOptions options;
};

struct KernelResult {
  bool ok = false;
  bool crashed = false; ///< the compiler died or hung, rather than said no
  std::string error;
  KernelObject object;
};

/// Everything that the object depends on, this compiler's version included, as a SHA-256 in
/// hexadecimal.
std::string cacheKey(const KernelJob &job);

/// Compiles in this thread, with an MLIR context of its own.
KernelResult compileKernel(const KernelJob &job);

/// Bytes for a pipe, and back; the readers return false on anything malformed.
std::string encode(const KernelJob &job);
bool decode(llvm::StringRef bytes, KernelJob &job);
std::string encode(const KernelResult &result);
bool decode(llvm::StringRef bytes, KernelResult &result);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_KERNEL_JOB_H
