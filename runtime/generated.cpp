// What generated code calls: parallel loops, scratch memory, errors. Halide's objects are compiled
// without a runtime of their own and know no context, so the thread's state says which run they
// belong to.
#include "internal.h"
#include <new>
#include <stdlib.h>
#include <time.h>

using namespace dlc::rt;

// ---- Errors ----

void dlc::rt::recordError(dlc_run_state *run, int32_t status, const char *message) {
  int32_t none = DLC_OK;
  if (!run->status.compare_exchange_strong(none, status, std::memory_order_acq_rel))
    return;
  snprintf(run->message, sizeof(run->message), "%s", message);
  run->described.store(1, std::memory_order_release);
}

void dlc::rt::abandon(int32_t status, const char *message) {
  const ThreadState &thread = thisThread();
  if (!thread.unwind) {
    fail(status, "%s", message);
    return;
  }
  recordError(thread.run, status, message);
  _longjmp(*thread.unwind, 1);
}

extern "C" int32_t dlc_rt_fail(dlc_run_state *run, int32_t status, const char *message) {
  if (run)
    recordError(run, status, message);
  else
    fail(status, "%s", message);
  return status;
}

extern "C" int32_t *dlc_rt_index_flag(dlc_run_state *run) {
  static int32_t unread; // without a run there is nobody to tell
  return run ? &run->indexFlag : &unread;
}

// ---- Launches ----

uint64_t dlc::rt::nanoseconds() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<uint64_t>(time.tv_sec) * 1000000000u + static_cast<uint64_t>(time.tv_nsec);
}

typedef int32_t (*Kernel)(void *const *buffers, const int64_t *dims);

// Apart, so that the function below needs no frame and ends in a jump to the kernel.
__attribute__((noinline, cold)) static int32_t profiledLaunch(void *const *buffers,
                                                              const int64_t *dims, Kernel kernel,
                                                              dlc_run_state *run, int32_t launch) {
  dlc_kernel_span span = {sizeof(span), launch, dims, nanoseconds(), 0, 0, 0};
  span.status = kernel(buffers, dims);
  span.end_ns = nanoseconds();
  run->profile(run->context->options.user, &span);
  return span.status;
}

extern "C" int32_t dlc_rt_launch(void *const *buffers, const int64_t *dims, Kernel kernel,
                                 dlc_run_state *run, int32_t launch) {
  if (__builtin_expect(run->profile != nullptr, 0))
    return profiledLaunch(buffers, dims, kernel, run, launch);
  return kernel(buffers, dims);
}

// ---- Parallel loops ----

int32_t dlc::rt::runSlice(const Loop &loop, int64_t first, int64_t count, Scratch &scratch,
                          bool &fatal) {
  Scratch::Mark mark = scratch.mark();
  jmp_buf unwind;
  ThreadScope scope({loop.run, &scratch, &unwind, true, nullptr, 0});
  SubnormalScope subnormals(flushesSubnormals(*loop.run->context->model->program));
  if (_setjmp(unwind) != 0) { // nothing above changes after this
    fatal = true;
    scratch.popTo(mark);
    return DLC_ERROR_INTERNAL; // abandon() recorded the true one
  }
  int32_t status = 0;
  for (int64_t i = first; i < first + count && status == 0; ++i)
    status = loop.call(loop, i);
  return status;
}

namespace {

// A loop that the caller's parallel_for runs.
struct External {
  const Loop &loop;
  std::atomic<int32_t> status{0};
  std::atomic<bool> fatal{false};
};

LentScratch *borrow(dlc_context *context) {
  pthread_mutex_lock(&context->mutex);
  LentScratch *lent = context->lent;
  while (lent && lent->taken.exchange(true, std::memory_order_acquire))
    lent = lent->next;
  if (!lent) {
    if (void *memory = allocateBlock(context->allocator, sizeof(LentScratch))) {
      lent = new (memory) LentScratch();
      lent->taken.store(true, std::memory_order_relaxed);
      lent->next = context->lent;
      context->lent = lent;
    }
  }
  pthread_mutex_unlock(&context->mutex);
  return lent;
}

void runExternal(void *argument, int64_t i) {
  auto &external = *static_cast<External *>(argument);
  if (external.status.load(std::memory_order_relaxed))
    return;
  dlc_run_state *run = external.loop.run;
  bool fatal = false;
  int32_t status;
  LentScratch *lent = borrow(run->context);
  if (lent) {
    status = runSlice(external.loop, i, 1, lent->scratch, fatal);
    lent->taken.store(false, std::memory_order_release);
  } else {
    status = DLC_ERROR_MEMORY;
    fatal = true;
    recordError(run, status, "no memory for scratch");
  }
  if (status) {
    int32_t none = 0;
    external.status.compare_exchange_strong(none, status, std::memory_order_relaxed);
    if (fatal)
      external.fatal.store(true, std::memory_order_relaxed);
  }
}

} // namespace

int32_t dlc::rt::parallelFor(const Loop &loop) {
  const ThreadState &thread = thisThread();
  dlc_run_state *run = loop.run;
  dlc_context *context = run ? run->context : nullptr;
  bool serial = !run || thread.run != run || thread.parallel || loop.count <= 1;
  int32_t status = 0;
  bool fatal = false;
  if (!serial && context->options.parallel_for) {
    External external{loop};
    context->options.parallel_for(context->options.user, loop.count, runExternal, &external);
    status = external.status.load();
    fatal = external.fatal.load();
  } else if (!serial && context->threads > 1) {
    status = runOnPool(context->model->state->pool, loop, context->threads, fatal);
  } else {
    // What such a loop begins with is what the caches still have: of the weights that it read last
    // in the run before, or of what the loop before it wrote last.
    bool backward = !serial && loop.alternating && run->backward;
    if (!serial && loop.alternating)
      run->backward = !run->backward;
    for (int64_t i = 0; i < loop.count && status == 0; ++i)
      status = loop.call(loop, backward ? loop.count - 1 - i : i);
  }
  if (fatal && thread.unwind) // code without asserts would go on with half a result
    _longjmp(*thread.unwind, 1);
  return status;
}

static int32_t callBody(const Loop &loop, int64_t i) {
  return reinterpret_cast<int32_t (*)(void *, int64_t)>(loop.function)(loop.argument, i);
}

extern "C" int32_t dlc_rt_parallel_for(dlc_run_state *run, int64_t count,
                                       int32_t (*body)(void *argument, int64_t i), void *argument) {
  return parallelFor({callBody, reinterpret_cast<void *>(body), argument, 0, count, run, false});
}

typedef int (*HalideTask)(void *userContext, int index, uint8_t *closure);

static int32_t callHalide(const Loop &loop, int64_t i) {
  return reinterpret_cast<HalideTask>(loop.function)(nullptr, static_cast<int>(loop.first + i),
                                                     static_cast<uint8_t *>(loop.argument));
}

extern "C" int halide_do_par_for(void *, HalideTask task, int min, int size, uint8_t *closure) {
  return parallelFor(
      {callHalide, reinterpret_cast<void *>(task), closure, min, size, thisThread().run, false});
}

// The same, for kernels that go through more data than the caches hold, but not much more.
extern "C" int dlc_rt_alternating_for(void *, HalideTask task, int min, int size,
                                      uint8_t *closure) {
  return parallelFor(
      {callHalide, reinterpret_cast<void *>(task), closure, min, size, thisThread().run, true});
}

// ---- Scratch memory ----

// Outside a run (kernels called by themselves) blocks come from the C library, with the same
// layout: the word before the data is where a scratch block keeps its chunk, here null.
namespace {
struct alignas(blockAlignment) LooseBlock {
  void *chunk;
};
} // namespace

extern "C" void *halide_malloc(void *, size_t bytes) {
  const ThreadState &thread = thisThread();
  if (thread.scratch) {
    void *data = thread.scratch->allocate(thread.run->context->allocator, bytes);
    if (!data) {
      char message[96];
      snprintf(message, sizeof(message), "no memory for %zu bytes of scratch", bytes);
      abandon(DLC_ERROR_MEMORY, message);
    }
    return data;
  }
  void *memory = nullptr;
  size_t size = (bytes + blockAlignment - 1) / blockAlignment * blockAlignment + 2 * blockAlignment;
  if (size < bytes || posix_memalign(&memory, blockAlignment, size) != 0)
    return nullptr;
  auto *block = static_cast<LooseBlock *>(memory);
  block->chunk = nullptr;
  return block + 1;
}

extern "C" void halide_free(void *, void *data) {
  if (!data)
    return;
  LooseBlock *block = static_cast<LooseBlock *>(data) - 1;
  if (block->chunk)
    Scratch::free(data);
  else
    ::free(block);
}
