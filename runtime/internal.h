// What the parts of the runtime share. The runtime is C++17 without exceptions, RTTI and libstdc++:
// it ships inside every compiled model and needs libc and libm alone, so there is no operator new,
// no container and no static that would need a constructor here. Errors are dlc_status codes; the
// words go to the thread's message.
#ifndef DLC_RUNTIME_INTERNAL_H
#define DLC_RUNTIME_INTERNAL_H

#include "dlc/dlc.h"
#include <atomic>
#include <pthread.h>
#include <setjmp.h>
#include <sys/types.h>

namespace dlc::rt {

constexpr int32_t maxThreads = 256;
constexpr int32_t maxRank = 64;
constexpr size_t blockAlignment = 64;

// ---- Errors and text ----

// Writes the message of the call that this thread is in, and returns `status`.
int32_t fail(int32_t status, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Text that is built piece by piece into a fixed buffer and is cut off where that ends.
struct Text {
  char buffer[1024];
  size_t length = 0;
  Text() { buffer[0] = 0; }
  void add(const char *format, ...) __attribute__((format(printf, 2, 3)));
};

// ---- Memory ----

struct Allocator {
  void *user;
  void *(*allocate)(void *user, size_t bytes, size_t alignment); // null: the C library
  void (*release)(void *user, void *block, size_t bytes);
};

// 64-byte aligned; large blocks lie on huge pages. Null where memory is exhausted.
void *allocateBlock(const Allocator &allocator, size_t bytes);
void releaseBlock(const Allocator &allocator, void *block, size_t bytes);

// A block that only grows. Its contents do not survive growth.
struct Buffer {
  void *data = nullptr;
  size_t capacity = 0;
  bool reserve(const Allocator &allocator, size_t bytes);
  void release(const Allocator &allocator);
  bool overlaps(const void *other, size_t bytes) const;
};

// One thread's stack of scratch blocks (halide_malloc). Blocks are freed in any order: a freed
// block stays until everything above it is free too. Grows by chunks, which are merged into one
// between runs.
struct Scratch {
  struct Chunk;
  struct Block;
  struct Mark {
    Chunk *chunk;
    Block *last;
  };

  Chunk *chunk = nullptr; // the newest one; blocks come from here
  size_t wanted = 0;      // size of the next chunk

  void *allocate(const Allocator &allocator, size_t bytes);
  static void free(void *data);
  Mark mark() const;
  void popTo(const Mark &mark);           // frees what was allocated since
  void reset(const Allocator &allocator); // frees everything, keeps the memory as one chunk
  void release(const Allocator &allocator);
};

// Blocks of the context heap form a list, so that a run can free what is left.
struct HeapBlock {
  HeapBlock *previous, *next;
  dlc_run_state *run; // null: not in a list
  size_t bytes;       // of the data
  uint32_t delivered; // the data of an output: outlives the run
};
HeapBlock *headerOf(void *data);
void freeBlocks(const Allocator &allocator, HeapBlock *&list);

// ---- Parallel loops ----

// What a parallel loop does; lives on the stack of the thread that runs it, until all calls have
// returned.
struct Loop {
  int32_t (*call)(const Loop &loop, int64_t i);
  void *function, *argument; // for `call`
  int64_t first;             // for `call`
  int64_t count;
  dlc_run_state *run;
  bool alternating; // one thread changes its direction, from loop to loop and from run to run
};

struct Pool;
Pool *createPool();
void destroyPool(Pool *pool); // joins the threads; no loop may be running
// Starts threads until `threads` may take part in a loop, the caller included. Returns how many
// may.
int32_t growPool(Pool *pool, int32_t threads);
// Runs the loop on at most `threads` threads, the caller being number 0. Sets `fatal` where a call
// was abandoned.
int32_t runOnPool(Pool *pool, const Loop &loop, int32_t threads, bool &fatal);

// Runs indices [first, first + count) in this thread, with `scratch`, as a part of a parallel loop.
// Returns the first status that is not 0; `fatal` says that a call was abandoned (see abandon()).
int32_t runSlice(const Loop &loop, int64_t first, int64_t count, Scratch &scratch, bool &fatal);

// Runs the loop the way that the thread's current run says: on the pool, by the caller's
// parallel_for, or serially.
int32_t parallelFor(const Loop &loop);

// Threads that the process may use: cores of its affinity mask, at most the CPU quota of its
// control group.
int32_t availableThreads();

// ---- Contexts ----

struct Output {
  Buffer own, spare;   // `spare` takes over while an input of the run lies in `own`
  Buffer staging;      // dense result on its way to a strided buffer
  const int64_t *dims; // in dlc_context::outputDims
  size_t bytes;        // as planned; unused where data-dependent
  void *data;          // data-dependent: what was delivered in this run
  bool dataDependent;
};

} // namespace dlc::rt

struct dlc_run_state {
  dlc_context *context;
  void (*profile)(void *user, const dlc_kernel_span *span); // null: not profiled
  std::atomic<int32_t> status; // the first error; its message is complete once `described` is set
  std::atomic<int32_t> described;
  int32_t indexFlag;
  bool backward;      // the direction of the next alternating loop that one thread runs
  bool beganBackward; // that of the run's first one
  char message[512];
  dlc::rt::HeapBlock *blocks;    // of this run
  dlc::rt::HeapBlock *delivered; // of the previous run and this one
};

struct dlc_context {
  dlc_model *model; // first: dlc.h reads it
  dlc::rt::Allocator allocator;
  dlc_context_options options;
  size_t bytes; // of the block that holds the context and its arrays
  int32_t threads;
  std::atomic<bool> busy;

  bool planned;
  int64_t *symbols;    // values of the plan
  int64_t *newSymbols; // values of the run that is being checked
  int32_t *boundBy;    // the input that gave a symbol its value
  int64_t *outputDims; // as planned; -1 where data-dependent
  int64_t *actualDims; // after the run
  uint64_t arenaBytes;
  dlc::rt::Buffer arena;
  dlc::rt::Buffer *inputs; // dense copies of strided inputs
  dlc::rt::Output *outputs;
  void **buffers; // for infer

  dlc::rt::Scratch *scratch; // one for each thread of the pool that may take part
  pthread_mutex_t mutex;     // guards `lent`
  struct LentScratch *lent;  // for threads of the caller's parallel_for

  dlc_run_state run;
};

// A scratch stack that threads of the caller's parallel_for take and give back.
struct LentScratch {
  dlc::rt::Scratch scratch;
  LentScratch *next; // of all
  std::atomic<bool> taken;
};

struct dlc_model_state {
  const void *weights;
  void *mapped; // external weights, or null
  size_t mappedBytes;
  void *copy; // weights on huge pages, or null
  size_t copyBytes;
  pthread_mutex_t mutex; // guards `pool` and `contexts`
  dlc::rt::Pool *pool;
  int32_t contexts;
};

namespace dlc::rt {

// What a thread is doing for a model: a function of dlc_api, and in it generated code.
struct ThreadState {
  dlc_run_state *run;
  Scratch *scratch;
  jmp_buf *unwind; // where abandon() goes; null: nowhere
  bool parallel;   // inside a parallel loop: further loops run serially
  char *message;   // of the call, or null
  size_t messageBytes;
};
const ThreadState &thisThread(); // all null where the thread does nothing

// Says what the thread is doing until the end of the scope. Only once thread states are made.
struct ThreadScope {
  explicit ThreadScope(const ThreadState &during);
  ~ThreadScope();
  ThreadScope(const ThreadScope &) = delete;
  ThreadScope &operator=(const ThreadScope &) = delete;

private:
  ThreadState state;
  void *before;
};

// Has this thread take numbers below the smallest normal one for 0, until the end of the scope and
// if `flush` says so.
class SubnormalScope {
public:
  explicit SubnormalScope(bool flush);
  ~SubnormalScope();
  SubnormalScope(const SubnormalScope &) = delete;
  SubnormalScope &operator=(const SubnormalScope &) = delete;

private:
  uint64_t before;
  bool changed;
};
inline bool flushesSubnormals(const dlc_program &program) {
  return (program.flags & DLC_FLUSH_SUBNORMALS) != 0;
}

// Makes the key behind them, once. Loading a model does; false if the process has none left.
bool makeThreadStates();

// Leaves generated code that has no way to go on: code without asserts does not check whether
// halide_malloc succeeded. The run ends with `status`. Returns only where no run is active.
// Generated code holds nothing that needs cleaning up but blocks of the scratch stack and the
// context heap, which the run frees.
void abandon(int32_t status, const char *message);

// CLOCK_MONOTONIC.
uint64_t nanoseconds();

// Records the first error of a run. Any thread.
void recordError(dlc_run_state *run, int32_t status, const char *message);

void logMessage(const dlc_context_options &options, int32_t level, const char *message);

// The first feature of a comma-separated list that this processor or its system lacks: its length
// in `length`; null if all are there.
const char *missingFeature(const char *features, size_t &length);

// ---- The functions of dlc_api, inside a ThreadScope ----

int32_t loadModel(const dlc_model *table, const dlc_load_options *options, dlc_model **model);
int32_t unloadModel(dlc_model *model);
int32_t createContext(dlc_model *model, const dlc_context_options *options, dlc_context **context);
void destroyContext(dlc_context *context);
int32_t runContext(dlc_context *context, const dlc_tensor *inputs, size_t inputCount,
                   dlc_tensor *outputs, size_t outputCount);
int32_t planModel(const dlc_model *model, const dlc_tensor *inputs, size_t inputCount,
                  int64_t *symbols, int64_t *outputDims, uint64_t *workspaceBytes);

// Plans for the symbols in `newSymbols`, if they differ from those of the last plan.
int32_t planContext(dlc_context *context);

// ---- Tensors ----

// "f32[1,3,224,224]" of a tensor; of a port with its symbols, and their values where `symbols` is
// not null.
void addTensor(Text &text, const dlc_tensor &tensor);
void addPort(Text &text, const dlc_program &program, const dlc_port &port, const int64_t *symbols,
             const int32_t *boundBy);
// Checks inputs against the signature and binds the symbols. `boundBy` has one entry a symbol.
int32_t bindInputs(const dlc_program &program, const dlc_tensor *inputs, size_t count,
                   int64_t *symbols, int32_t *boundBy);
// Bytes of a dense tensor; false where that does not fit.
bool denseBytes(int32_t dtype, int32_t rank, const int64_t *shape, size_t &bytes);
// Whether elements lie one after the other, on addresses that fit their type.
bool isDense(const dlc_tensor &tensor);
// Copies between tensors of one shape and any strides (null: dense).
void copyStrided(size_t elementBytes, int32_t rank, const int64_t *shape, const char *source,
                 const int64_t *sourceStrides, char *target, const int64_t *targetStrides);

} // namespace dlc::rt
#endif // DLC_RUNTIME_INTERNAL_H
