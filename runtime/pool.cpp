// The fork-join pool of a model.
//
// A loop is published in one of a few job slots. The slot's `word` packs which indices are still
// unclaimed and how many threads may take part; a thread claims a slice by compare-and-swap on it.
// Threads of even number claim from the front, those of odd number from the back: so what a thread
// wrote in one loop it tends to read in the next, out of its own cache.
// Whoever holds a claim keeps the loop from ending, so everything else in the slot is read after
// the claim and cannot change meanwhile. A thread that comes late finds no unclaimed index, or
// claims a slice of a newer loop that meanwhile uses the slot, which is just as good: there is no
// generation to check and no pair of counters to reset together.
//
// Threads that find nothing spin for a moment, then sleep on a futex. The caller works too, and
// only waits for slices that others have already begun. Slices shrink as the loop nears its end, so
// that a thread whose core is taken away holds up little. Which thread runs an index never
// influences results; threads take over the caller's floating-point mode.
#include "internal.h"
#include <linux/futex.h>
#include <new>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

using namespace dlc::rt;

namespace {

constexpr int jobSlots = 8;
// How long a thread that has nothing to do spins before it offers its core to others (sched_yield),
// and until it sleeps: a worker between loops, and the caller waiting for slices that others have
// begun.
constexpr int64_t spinAlone = 5000, workerPatience = 60000, callerPatience = 20000;

// Indices are claimed by the grain, so that their number fits.
constexpr int grainBits = 24;
constexpr uint64_t mostGrains = (uint64_t(1) << grainBits) - 1;

// What is left of a loop: the grains [begin, end), for threads below `threads`.
struct Left {
  int64_t begin, end;
  int32_t threads;
};
uint64_t pack(Left left) {
  return static_cast<uint64_t>(left.threads) << (2 * grainBits) |
         static_cast<uint64_t>(left.end) << grainBits | static_cast<uint64_t>(left.begin);
}
Left unpack(uint64_t word) {
  return {static_cast<int64_t>(word & mostGrains),
          static_cast<int64_t>(word >> grainBits & mostGrains),
          static_cast<int32_t>(word >> (2 * grainBits))};
}

struct alignas(64) Job {
  std::atomic<uint64_t> word{0}; // a packed Left
  std::atomic<bool> taken{false};

  alignas(64) const Loop *loop = nullptr;
  int64_t grain = 1; // indices
  uint64_t floatMode = 0;

  alignas(64) std::atomic<int64_t> done{0};
  std::atomic<int32_t> status{0};
  std::atomic<bool> fatal{false};
  std::atomic<uint32_t> waiting{0}; // futex: the caller sleeps
};

void relax() {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("isb" ::: "memory");
#endif
}

int64_t now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return int64_t(t.tv_sec) * 1000000000 + t.tv_nsec;
}

void futexWait(std::atomic<uint32_t> &word, uint32_t expected) {
  syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, expected, nullptr, nullptr, 0);
}
void futexWake(std::atomic<uint32_t> &word, int threads) {
  syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, threads, nullptr, nullptr, 0);
}

// Rounding, denormals, masks: the caller's, so that results do not depend on who computes.
uint64_t getFloatMode() {
#if defined(__x86_64__)
  return _mm_getcsr() & ~0x3fu; // without the sticky exception flags
#elif defined(__aarch64__)
  uint64_t mode;
  asm volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
#else
  return 0;
#endif
}
void setFloatMode(uint64_t mode) {
#if defined(__x86_64__)
  _mm_setcsr(static_cast<unsigned>(mode));
#elif defined(__aarch64__)
  asm volatile("msr fpcr, %0" ::"r"(mode));
#endif
}

} // namespace

namespace dlc::rt {

struct Pool {
  Job jobs[jobSlots];
  alignas(64) std::atomic<uint32_t> epoch{0}; // futex: counts published loops
  std::atomic<int32_t> sleepers{0};
  std::atomic<bool> stop{false};
  std::atomic<bool> spin{true};

  alignas(64) pthread_mutex_t mutex; // guards the rest
  pid_t process;
  int32_t threads; // started
  int32_t available;
  struct Worker {
    Pool *pool;
    int32_t number;
    pthread_t thread;
  } workers[maxThreads];
};

} // namespace dlc::rt

// Claims and runs slices of the job until none is left for this thread.
static void work(Job &job, int32_t number) {
  uint64_t word = job.word.load(std::memory_order_acquire);
  for (;;) {
    Left left = unpack(word);
    if (left.begin == left.end || number >= left.threads)
      return;
    int64_t grains = (left.end - left.begin) / (4 * left.threads);
    if (grains == 0)
      grains = 1;
    int64_t begin = number % 2 == 0 ? left.begin : left.end - grains, end = begin + grains;
    (number % 2 == 0 ? left.begin : left.end) = number % 2 == 0 ? end : begin;
    if (!job.word.compare_exchange_weak(word, pack(left), std::memory_order_acq_rel,
                                        std::memory_order_acquire))
      continue;
    const Loop &loop = *job.loop;
    int64_t count = loop.count, grain = job.grain;
    begin *= grain;
    end = end * grain < count ? end * grain : count; // the last grain may be smaller
    int64_t slice = end - begin;
    if (number != 0)
      setFloatMode(job.floatMode);
    bool fatal = false;
    int32_t status = 0;
    if (job.status.load(std::memory_order_relaxed) == 0) // after an error the rest is only counted
      status = runSlice(loop, begin, slice, loop.run->context->scratch[number], fatal);
    if (status != 0) {
      int32_t none = 0;
      job.status.compare_exchange_strong(none, status, std::memory_order_relaxed);
      if (fatal)
        job.fatal.store(true, std::memory_order_relaxed);
    }
    // From here on the slot may serve another loop, unless this thread claims again.
    if (job.done.fetch_add(slice) + slice == count && job.waiting.load()) {
      job.waiting.store(0);
      futexWake(job.waiting, 1);
    }
    word = job.word.load(std::memory_order_acquire);
  }
}

// Spins until `ready()`, at most for `patience`. Returns whether it became ready.
template <typename Ready> static bool spinUntil(int64_t patience, Ready ready) {
  int64_t start = now(), spent = 0;
  while (spent < patience) {
    for (int i = 0; i < 16; ++i) {
      if (ready())
        return true;
      relax();
    }
    if (spent > spinAlone) // whoever is waited for may be waiting for this very core
      sched_yield();
    spent = now() - start;
  }
  return ready();
}

static void *workerMain(void *argument) {
  auto &self = *static_cast<Pool::Worker *>(argument);
  Pool &pool = *self.pool;
  uint32_t seen = 0; // loops may have been published before this thread first looked
  auto isNews = [&] { return pool.epoch.load(std::memory_order_acquire) != seen; };
  while (!pool.stop.load(std::memory_order_relaxed)) {
    for (Job &job : pool.jobs)
      work(job, self.number);
    if (!isNews() &&
        !(pool.spin.load(std::memory_order_relaxed) && spinUntil(workerPatience, isNews))) {
      pool.sleepers.fetch_add(1);
      if (pool.epoch.load() == seen)
        futexWait(pool.epoch, seen);
      pool.sleepers.fetch_sub(1);
    }
    seen = pool.epoch.load(std::memory_order_acquire); // before the next look at the slots
  }
  return nullptr;
}

int32_t dlc::rt::runOnPool(Pool *pool, const Loop &loop, int32_t threads, bool &fatal) {
  Job *job = nullptr;
  for (Job &candidate : pool->jobs)
    if (!candidate.taken.load(std::memory_order_relaxed) &&
        !candidate.taken.exchange(true, std::memory_order_acquire)) {
      job = &candidate;
      break;
    }
  if (!job) // all slots in use: the other threads are busy anyway
    return runSlice(loop, 0, loop.count, loop.run->context->scratch[0], fatal);

  job->loop = &loop;
  job->floatMode = getFloatMode();
  job->done.store(0, std::memory_order_relaxed);
  job->status.store(0, std::memory_order_relaxed);
  job->fatal.store(false, std::memory_order_relaxed);
  job->grain = loop.count / static_cast<int64_t>(mostGrains) + 1;
  job->word.store(pack({0, (loop.count + job->grain - 1) / job->grain, threads}),
                  std::memory_order_release);
  pool->epoch.fetch_add(1);
  int32_t sleepers = pool->sleepers.load();
  if (sleepers > 0) // all of them: those that wake first might not be allowed to take part
    futexWake(pool->epoch, sleepers);

  work(*job, 0);

  auto isDone = [&] { return job->done.load(std::memory_order_acquire) == loop.count; };
  if (!isDone() &&
      !(pool->spin.load(std::memory_order_relaxed) && spinUntil(callerPatience, isDone)))
    while (!isDone()) {
      job->waiting.store(1);
      if (job->done.load() != loop.count)
        futexWait(job->waiting, 1);
    }
  job->waiting.store(0, std::memory_order_relaxed);
  int32_t status = job->status.load(std::memory_order_relaxed);
  fatal = job->fatal.load(std::memory_order_relaxed);
  job->taken.store(false, std::memory_order_release);
  return status;
}

Pool *dlc::rt::createPool() {
  void *memory = nullptr;
  if (posix_memalign(&memory, 64, sizeof(Pool)) != 0)
    return nullptr;
  auto *pool = static_cast<Pool *>(memory);
  for (Job &job : pool->jobs)
    new (&job) Job();
  new (&pool->epoch) std::atomic<uint32_t>(0);
  new (&pool->sleepers) std::atomic<int32_t>(0);
  new (&pool->stop) std::atomic<bool>(false);
  new (&pool->spin) std::atomic<bool>(true);
  pthread_mutex_init(&pool->mutex, nullptr);
  pool->process = getpid();
  pool->threads = 0;
  pool->available = availableThreads();
  return pool;
}

int32_t dlc::rt::growPool(Pool *pool, int32_t threads) {
  if (threads > maxThreads)
    threads = maxThreads;
  pthread_mutex_lock(&pool->mutex);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, size_t(8) << 20); // kernels keep accumulators on the stack
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before); // signals are the application's threads' business
  while (pool->threads + 1 < threads) {
    Pool::Worker &worker = pool->workers[pool->threads];
    worker.pool = pool;
    worker.number = pool->threads + 1;
    if (pthread_create(&worker.thread, &attributes, workerMain, &worker) != 0)
      break;
    ++pool->threads;
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_attr_destroy(&attributes);
  if (pool->threads + 1 > pool->available) // spinning would take the core from those who work
    pool->spin.store(false, std::memory_order_relaxed);
  int32_t started = pool->threads + 1;
  pthread_mutex_unlock(&pool->mutex);
  return started < threads ? started : threads;
}

void dlc::rt::destroyPool(Pool *pool) {
  if (!pool)
    return;
  if (pool->process == getpid()) { // in a forked child the threads do not exist
    pool->stop.store(true);
    pool->epoch.fetch_add(1);
    futexWake(pool->epoch, maxThreads);
    for (int32_t i = 0; i < pool->threads; ++i)
      pthread_join(pool->workers[i].thread, nullptr);
  }
  pthread_mutex_destroy(&pool->mutex);
  ::free(pool);
}
