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
