// Compiles kernels in parallel: in worker processes, so that a crash of a code generator costs one
// kernel, or on threads.
#ifndef DLC_COMPILER_DRIVER_KERNEL_POOL_H
#define DLC_COMPILER_DRIVER_KERNEL_POOL_H

#include "compiler/driver/kernel_job.h"

#include "llvm/ADT/ArrayRef.h"

#include <functional>

namespace dlc {

struct PoolOptions {
  int workers = 0;        ///< processes; 0: threads of this process
  int threads = 1;        ///< used where workers is 0
  double timeLimit = 120; ///< seconds a kernel may take in a worker
};

/// Compiles all jobs; result i belongs to job i. `progress` is told how many are done.
std::vector<KernelResult> compileKernels(llvm::ArrayRef<KernelJob> jobs, const PoolOptions &options,
                                         const std::function<void(size_t)> &progress = {});

/// The first argument with which a worker is started. A program that compiles in worker processes
/// calls runIfKernelWorker() first thing in main(): it does not return in a worker.
inline constexpr const char *kWorkerFlag = "--kernel-worker";
void runIfKernelWorker(int argc, char **argv);
/// Whether the program called it, so that workers can be started.
bool canStartWorkers();

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_KERNEL_POOL_H
