// See machine.h. The roofs run for short stretches, and the best of many counts, so that what else
// the machine does matters little.
#include "compiler/driver/machine.h"

#include "compiler/driver/roofs.h"
#include "compiler/driver/worker_process.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace dlc;

namespace {

constexpr double kSeconds = 0.03; // for each measurement
constexpr uint64_t kMiB = 1 << 20;

/// Calls `work` on each thread at the same time; the sum of their best rates (amount a second).
double sumOfRates(int threads, double amount, const std::function<void(int)> &work) {
  std::vector<double> best(static_cast<size_t>(threads), 1e30);
  std::atomic<int> ready{0};
  auto measure = [&](int thread) {
    work(thread); // warm
    ++ready;
    while (ready < threads)
      std::this_thread::yield();
    double start = now(), before = start, time = start;
    do {
      work(thread);
      time = now();
      best[static_cast<size_t>(thread)] =
          std::min(best[static_cast<size_t>(thread)], time - before);
      before = time;
    } while (time - start < kSeconds);
  };
  std::vector<std::thread> others;
  for (int thread = 1; thread < threads; ++thread)
    others.emplace_back(measure, thread);
  measure(0);
  for (std::thread &other : others)
    other.join();
  double sum = 0;
  for (double seconds : best)
    sum += amount / std::max(seconds, 1e-9);
  return sum;
}

/// Gigabytes a second of reading `bytes`, split among the threads; 0 if there is no such memory.
double readRate(const Roofs &roofs, int threads, uint64_t bytes) {
  auto threadCount = static_cast<uint64_t>(threads);
  uint64_t step = roofs.stepBytes();
  // Between two looks at the clock a megabyte or so is read: a part of a large block, which then
  // is not read again before the rest, or a small block several times.
  uint64_t part = std::max<uint64_t>(bytes / threadCount / step, 1);
  uint64_t pieces = std::max<uint64_t>(part * step / kMiB, 1);
  part /= pieces;
  uint64_t sweeps = std::max<uint64_t>(kMiB / (part * step), 1);
  MemoryBlock block(part * step * pieces * threadCount);
  if (!block.get())
    return 0;
  std::vector<uint64_t> next(threadCount * 16); // apart, each on its own cache line
  auto work = [&](int thread) {
    auto number = static_cast<uint64_t>(thread);
    uint64_t piece = next[number * 16]++ % pieces;
    for (uint64_t sweep = 0; sweep < sweeps; ++sweep)
      roofs.read(block.get() + part * step * (number * pieces + piece), part * step);
  };
  return sumOfRates(threads, static_cast<double>(part * step * sweeps), work) / 1e9;
}

} // namespace

std::optional<Machine> dlc::measureMachine(int threads, uint64_t workingSet, std::string &error) {
  std::unique_ptr<Roofs> roofs = Roofs::create(error);
  if (!roofs)
    return std::nullopt;
  Machine machine;
  machine.threads = std::max(threads, 1);
  constexpr int64_t kRounds = 20000;
  double operations = roofs->multiplyAdds(1) * kRounds;
  machine.peakGflops =
      sumOfRates(machine.threads, operations, [&](int) { roofs->multiplyAdds(kRounds); }) / 1e9;
  auto available = static_cast<uint64_t>(sysconf(_SC_AVPHYS_PAGES)) *
                   static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  uint64_t most = std::max(std::min(512 * kMiB, available / 4), 16 * kMiB);
  machine.memoryGbps = readRate(*roofs, machine.threads, most);
  machine.cacheGbps =
      readRate(*roofs, machine.threads, kMiB / 2 * static_cast<uint64_t>(machine.threads));
  machine.workingSet = std::clamp<uint64_t>(workingSet, kMiB / 4, most);
  machine.workingSetGbps = readRate(*roofs, machine.threads, machine.workingSet);
  return machine;
}
