// What this machine can do, measured: the roofs that profiles and reports compare kernels with.
#ifndef DLC_COMPILER_DRIVER_MACHINE_H
#define DLC_COMPILER_DRIVER_MACHINE_H

#include <cstdint>
#include <optional>
#include <string>

namespace dlc {

struct Machine {
  int threads = 1;
  double peakGflops = 0; ///< f32 multiply-adds (two operations each), all threads
  double memoryGbps = 0; ///< reading a block far larger than the caches
  double cacheGbps = 0;  ///< reading a block that fits the second-level cache of each core
  /// Reading a block of `workingSet` bytes, again and again: what a model whose weights and
  /// intermediate results have that size can hope for.
  uint64_t workingSet = 0;
  double workingSetGbps = 0;
};

/// Measures for a quarter of a second or so, with code made for this processor. Nothing if it
/// cannot be measured; `error` says why.
std::optional<Machine> measureMachine(int threads, uint64_t workingSet, std::string &error);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_MACHINE_H
