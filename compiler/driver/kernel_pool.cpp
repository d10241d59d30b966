// See kernel_pool.h.
#include "compiler/driver/kernel_pool.h"

#include "compiler/driver/worker_process.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <poll.h>
#include <thread>
#include <unistd.h>

using namespace dlc;

static bool workersPossible = false;

bool dlc::canStartWorkers() { return workersPossible; }

void dlc::runIfKernelWorker(int argc, char **argv) {
  workersPossible = true;
  if (argc != 2 || llvm::StringRef(argv[1]) != kWorkerFlag)
    return;
  serveMessages([](llvm::StringRef message) {
    KernelJob job;
    KernelResult result;
    if (decode(message, job))
      result = compileKernel(job);
    else
      result.error = "the worker cannot read its message";
    return encode(result);
  });
}

namespace {

std::vector<KernelResult> compileOnThreads(llvm::ArrayRef<KernelJob> jobs, int threads,
                                           const std::function<void(size_t)> &progress) {
  std::vector<KernelResult> results(jobs.size());
  std::atomic<size_t> next{0};
  std::mutex mutex;
  size_t done = 0;
  auto work = [&] {
    for (size_t i = next++; i < jobs.size(); i = next++) {
      results[i] = compileKernel(jobs[i]);
      std::lock_guard<std::mutex> lock(mutex);
      ++done;
      if (progress)
        progress(done);
    }
  };
  std::vector<std::thread> pool;
  for (int t = 1; t < threads && t < static_cast<int>(jobs.size()); ++t)
    pool.emplace_back(work);
  work();
  for (std::thread &thread : pool)
    thread.join();
  return results;
}

/// A worker and the job that it has.
struct Slot {
  WorkerProcess process;
  size_t job = SIZE_MAX;
  double deadline = 0;
};

struct Dispatcher {
  llvm::ArrayRef<KernelJob> jobs;
  const PoolOptions &options;
  std::vector<KernelResult> results{jobs.size()};
  std::vector<std::unique_ptr<Slot>> slots{};
  size_t next = 0, done = 0;

  /// Gives the slot its next job; compiles here if no process can be started.
  void feed(Slot &slot) {
    slot.job = SIZE_MAX;
    while (next < jobs.size()) {
      size_t job = next++;
      if ((slot.process.running() || slot.process.start({kWorkerFlag})) &&
          slot.process.send(encode(jobs[job]))) {
        slot.job = job;
        slot.deadline = now() + options.timeLimit;
        return;
      }
      slot.process.stop();
      results[job] = compileKernel(jobs[job]);
      ++done;
    }
  }

  void fail(Slot &slot, const std::string &how) {
    KernelResult &result = results[slot.job];
    result.ok = false;
    result.crashed = true;
    result.error = how + slot.process.stop();
    ++done;
    feed(slot);
  }

  std::vector<KernelResult> run(const std::function<void(size_t)> &progress) {
    size_t count = std::min<size_t>(static_cast<size_t>(options.workers), jobs.size());
    for (size_t i = 0; i < count; ++i) {
      slots.push_back(std::make_unique<Slot>());
      feed(*slots.back());
    }
    while (done < jobs.size()) {
      std::vector<pollfd> polls;
      std::vector<Slot *> waiting;
      double soonest = now() + 3600;
      for (auto &slot : slots)
        if (slot->job != SIZE_MAX) {
          polls.push_back({slot->process.descriptor(), POLLIN, 0});
          waiting.push_back(slot.get());
          soonest = std::min(soonest, slot->deadline);
        }
      int wait = static_cast<int>(std::max(0.0, soonest - now()) * 1000) + 1;
      poll(polls.data(), polls.size(), wait);
      for (size_t i = 0; i < polls.size(); ++i) {
        Slot &slot = *waiting[i];
        if (polls[i].revents) {
          std::string answer;
          WorkerProcess::State state = slot.process.receive(answer);
          if (state == WorkerProcess::State::Answered && decode(answer, results[slot.job])) {
            ++done;
            feed(slot);
          } else if (state != WorkerProcess::State::Waiting) {
            fail(slot, "the kernel compiler crashed: ");
          }
        } else if (now() > slot.deadline) {
          fail(slot, "the kernel compiler took more than " +
                         std::to_string(static_cast<int>(options.timeLimit)) + " seconds: ");
        }
      }
      if (progress)
        progress(done);
    }
    return std::move(results);
  }
};

} // namespace

std::vector<KernelResult> dlc::compileKernels(llvm::ArrayRef<KernelJob> jobs,
                                              const PoolOptions &options,
                                              const std::function<void(size_t)> &progress) {
  if (options.workers <= 0 || !canStartWorkers() || jobs.empty())
    return compileOnThreads(jobs, options.threads, progress);
  return Dispatcher{jobs, options}.run(progress);
}
