// The peak that percentages are of.
#include "compiler/driver/roofs.h"
#include "compiler/kernels/backend.h"
#include "compiler/tuner/measure.h"

#include <algorithm>
#include <ctime>

using namespace dlc;

static double processorSeconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double dlc::measurePeak(const TargetInfo &target) {
  std::string error;
  auto native = resolveTarget("native", error);
  if (mlir::failed(native) || native->cpu != target.cpu)
    return 0; // code for another processor
  std::unique_ptr<Roofs> roofs = Roofs::create(error);
  if (!roofs)
    return 0;
  constexpr int64_t kSteps = 200000;
  double best = 0;
  for (int i = 0; i < 30; ++i) {
    double start = processorSeconds();
    double operations = roofs->multiplyAdds(kSteps);
    best = std::max(best, operations / (processorSeconds() - start) * 1e-9);
  }
  return best;
}
