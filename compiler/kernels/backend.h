// The seam between floor 4 (which kernels exist, and their schedules) and floor 5 (their code).
//
// A backend turns one specialised kernel.func into objects that define `int32_t <name>(void *const
// *buffers, const int64_t *dims)` (see kernel.td). `halide` is the fast one; `loops` accepts every
// kernel and is the oracle that the others are tested against.
#ifndef DLC_COMPILER_KERNELS_BACKEND_H
#define DLC_COMPILER_KERNELS_BACKEND_H

#include "dialects/kernel/kernel.h"

#include <string>
#include <vector>

namespace dlc {

/// The processor that code is made for. Names are LLVM's.
struct TargetInfo {
  std::string triple;       ///< e.g. "x86_64-unknown-linux-gnu"
  std::string cpu;          ///< e.g. "znver4", "x86-64-v3"
  std::string features;     ///< LLVM feature string, e.g. "+avx512f,+fma"
  int64_t vectorBytes = 16; ///< width of a vector register
  int64_t vectorRegisters = 16;
  int64_t datapathBytes = 16; ///< what one operation of a vector takes at a time: narrower vectors
                              ///< down to this width lose nothing
  bool vnni = false;          ///< int8 dot products (vpdpbusd)
  int threads = 1;            ///< threads that schedules may assume
  /// Float operations that one core does in the time in which it reads a byte that is in no cache
  /// of its own: what weights cost, which a run reads once.
  double flopsPerByte = 2.25;
  int64_t cacheBytes = 1 << 20; ///< of the second-level cache
  /// Whether the feature list has "+name".
  bool has(llvm::StringRef name) const;
};

/// What `--target=` says: `native` (or empty), `x86-64-v2`, `x86-64-v3`, `x86-64-v4`,
/// `aarch64-linux`, or an LLVM processor name of the host's architecture. `threads` of the result
/// is 1.
mlir::FailureOr<TargetInfo> resolveTarget(llvm::StringRef spec, std::string &error);
/// The same for a pass over `root`, at which a wrong one is reported.
mlir::FailureOr<TargetInfo> resolveTarget(mlir::Operation *root, llvm::StringRef spec);

/// How code is generated, apart from the target.
struct CodegenOptions {
  int level = 2;        ///< -O0 .. -O3
  bool checked = false; ///< keep run-time assertions in kernels
  bool precise = false; ///< no approximations beyond correct rounding of reassociated sums
};

/// Object files (ELF, relocatable) of one kernel. They may reference the runtime (halide_*,
/// dlc_rt_*) and libm.
struct KernelObject {
  std::vector<std::string> objects;
  double seconds = 0; ///< that compiling took
};

class KernelBackend {
public:
  virtual ~KernelBackend() = default;
  virtual llvm::StringRef name() const = 0;
  /// Whether `func` can be compiled; if not, `reason` says why (no diagnostic is emitted).
  virtual bool supports(kernel::FuncOp func, std::string &reason) const = 0;
  /// Schedules worth trying for an outlined or specialised kernel, the default first. Never empty
  /// where supports() is true.
  virtual llvm::SmallVector<kernel::ScheduleAttr> candidates(kernel::FuncOp func,
                                                             const TargetInfo &target) const = 0;
  /// Compiles a specialised kernel with its schedule. Thread-safe for kernels of different MLIR
  /// contexts. On failure `error` says why; nothing is thrown and nothing aborts.
  virtual mlir::FailureOr<KernelObject> compile(kernel::FuncOp func, const TargetInfo &target,
                                                const CodegenOptions &options,
                                                std::string &error) const = 0;
};

/// The two backends; they live for the whole process.
const KernelBackend &halideBackend();
const KernelBackend &loopsBackend();
/// By name, `halide` or `loops`; null where there is none of that name in this build.
const KernelBackend *findBackend(llvm::StringRef name);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_BACKEND_H
