// What each thread is doing, behind a pthread key: the states lie on the threads' stacks. Not
// `thread_local`: that would tie every model to the dynamic linker's allocation of thread-local
// blocks.
#include "internal.h"
#include <stdarg.h>

using namespace dlc::rt;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; // guards the making of the key
static pthread_key_t key;
static std::atomic<bool> keyExists;

static const ThreadState idle = {};

bool dlc::rt::makeThreadStates() {
  pthread_mutex_lock(&mutex);
  bool exists = keyExists.load(std::memory_order_relaxed) || pthread_key_create(&key, nullptr) == 0;
  keyExists.store(exists, std::memory_order_release);
  pthread_mutex_unlock(&mutex);
  return exists;
}

// Keys are few: give it back when the model's library is closed.
__attribute__((destructor)) static void deleteKey() {
  if (keyExists.exchange(false))
    pthread_key_delete(key);
}

const ThreadState &dlc::rt::thisThread() {
  const void *state =
      keyExists.load(std::memory_order_acquire) ? pthread_getspecific(key) : nullptr;
  return state ? *static_cast<const ThreadState *>(state) : idle;
}

ThreadScope::ThreadScope(const ThreadState &during)
    : state(during), before(pthread_getspecific(key)) {
  pthread_setspecific(key, &state);
}

ThreadScope::~ThreadScope() { pthread_setspecific(key, before); }

// ---- The processor's mode for subnormal numbers ----

#if defined(__x86_64__)
static constexpr uint64_t flushBits = 0x8040; // MXCSR.FTZ for results, MXCSR.DAZ for operands
static uint64_t floatMode() { return __builtin_ia32_stmxcsr(); }
static void setFloatMode(uint64_t mode) { __builtin_ia32_ldmxcsr(static_cast<uint32_t>(mode)); }
#elif defined(__aarch64__)
static constexpr uint64_t flushBits = 1u << 24; // FPCR.FZ
static uint64_t floatMode() {
  uint64_t mode;
  asm volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
}
static void setFloatMode(uint64_t mode) { asm volatile("msr fpcr, %0" : : "r"(mode)); }
#else
static constexpr uint64_t flushBits = 0;
static uint64_t floatMode() { return 0; }
static void setFloatMode(uint64_t) {}
#endif

SubnormalScope::SubnormalScope(bool flush) : before(flush ? floatMode() : 0) {
  changed = flush && (before & flushBits) != flushBits;
  if (changed)
    setFloatMode(before | flushBits);
}

SubnormalScope::~SubnormalScope() {
  if (changed) // what the run did to the other bits, such as exceptions that occurred, stays
    setFloatMode((floatMode() & ~flushBits) | (before & flushBits));
}

int32_t dlc::rt::fail(int32_t status, const char *format, ...) {
  const ThreadState &state = thisThread();
  va_list arguments;
  va_start(arguments, format);
  if (state.message) {
    vsnprintf(state.message, state.messageBytes, format, arguments);
  } else { // generated code that is called outside of a run
    char text[512];
    vsnprintf(text, sizeof(text), format, arguments);
    fprintf(stderr, "dlc: %s\n", text);
  }
  va_end(arguments);
  return status;
}
