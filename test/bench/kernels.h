// The kernels that dlc-bench-kernels measures: each is a small model in the nn dialect, as the
// importer would make it, with weights that are constants. New families are added in kernels.cpp.
#ifndef DLC_TEST_BENCH_KERNELS_H
#define DLC_TEST_BENCH_KERNELS_H

#include <cstdint>
#include <string>
#include <vector>

namespace dlc::bench {

/// Which roof percentages are of.
enum class Roof {
  Float,   ///< f32 multiply-adds
  Integer, ///< sums of products of bytes
  Memory,  ///< reading and writing blocks as large as what the kernel reads and writes
};

struct Kernel {
  std::string family, name;
  std::string module;    ///< text, with a function @main
  double operations = 0; ///< of one run of the model
  double reads = 0;      ///< bytes of its inputs and weights, once each
  double writes = 0;     ///< bytes of its outputs
  int times = 1;         ///< how often a run goes through the bytes
  Roof roof = Roof::Float;
  bool direct = false; ///< Winograd's forms are not wanted
};

std::vector<Kernel> allKernels();

} // namespace dlc::bench

#endif // DLC_TEST_BENCH_KERNELS_H
