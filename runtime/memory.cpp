// Blocks on huge pages, the scratch stack of a thread, and the context heap.
#include "internal.h"
#include <stdlib.h>
#include <sys/mman.h>

using namespace dlc::rt;

namespace {

constexpr size_t hugePage = size_t(2) << 20;
constexpr size_t hugeFrom = hugePage / 4 * 3; // the least that a huge page is used for
constexpr size_t firstChunk = size_t(64) << 10;

size_t roundUp(size_t bytes, size_t to) { return (bytes + to - 1) / to * to; }

} // namespace

void *dlc::rt::allocateBlock(const Allocator &allocator, size_t bytes) {
  if (bytes > size_t(1) << 62) // nothing that big exists, and rounding up must not wrap around
    return nullptr;
  if (allocator.allocate)
    return allocator.allocate(allocator.user, bytes ? bytes : 1, blockAlignment);
  bool huge = bytes >= hugeFrom;
  void *block = nullptr;
  size_t size = bytes ? bytes : 1;
  // The last page is a huge one if most of it is used: page walks cost less than wasted memory.
  if (huge && roundUp(bytes, hugePage) - bytes <= hugePage - hugeFrom)
    size = roundUp(bytes, hugePage);
  if (posix_memalign(&block, huge ? hugePage : blockAlignment, size) != 0)
    return nullptr;
  if (huge)
    madvise(block, size, MADV_HUGEPAGE); // advice: where it is refused, small pages do
  return block;
}

void dlc::rt::releaseBlock(const Allocator &allocator, void *block, size_t bytes) {
  if (!block)
    return;
  if (allocator.release)
    allocator.release(allocator.user, block, bytes ? bytes : 1);
  else
    ::free(block);
}

// ---- Buffer ----

bool Buffer::reserve(const Allocator &allocator, size_t bytes) {
  if (data && bytes <= capacity)
    return true;
  release(allocator); // first, so that both need not fit at once
  data = allocateBlock(allocator, bytes);
  capacity = data ? bytes : 0;
  return data != nullptr;
}

void Buffer::release(const Allocator &allocator) {
  releaseBlock(allocator, data, capacity);
  data = nullptr;
  capacity = 0;
}

bool Buffer::overlaps(const void *other, size_t bytes) const {
  auto mine = reinterpret_cast<uintptr_t>(data), its = reinterpret_cast<uintptr_t>(other);
  return data && capacity && bytes && mine < its + bytes && its < mine + capacity;
}

// ---- Scratch ----

struct alignas(blockAlignment) Scratch::Block {
  Chunk *chunk;
  Block *previous; // in the chunk
  bool live;
};

struct alignas(blockAlignment) Scratch::Chunk {
  Chunk *older;
  size_t bytes; // this header included
  size_t top;   // offset of the first free byte
  Block *last;
};

// Vector code may read a little past either end of a block: a header lies before it, and this much
// after the last.
static constexpr size_t slack = 64;

void *Scratch::allocate(const Allocator &allocator, size_t bytes) {
  if (bytes > size_t(1) << 60)
    return nullptr;
  size_t need = sizeof(Block) + roundUp(bytes, blockAlignment);
  if (!chunk || chunk->bytes - chunk->top < need + slack) {
    size_t least = need + slack + sizeof(Chunk);
    size_t size = chunk ? 2 * chunk->bytes : wanted > firstChunk ? wanted : firstChunk;
    if (size < least)
      size = least;
    auto *fresh = static_cast<Chunk *>(allocateBlock(allocator, size));
    if (!fresh && size > least) { // memory is short: no more than needed
      size = least;
      fresh = static_cast<Chunk *>(allocateBlock(allocator, size));
    }
    if (!fresh)
      return nullptr;
    fresh->bytes = size;
    fresh->older = chunk;
    fresh->top = sizeof(Chunk);
    fresh->last = nullptr;
    chunk = fresh;
  }
  auto *block = reinterpret_cast<Block *>(reinterpret_cast<char *>(chunk) + chunk->top);
  block->chunk = chunk;
  block->previous = chunk->last;
  block->live = true;
  chunk->last = block;
  chunk->top += need;
  return block + 1;
}

void Scratch::free(void *data) {
  Block *block = static_cast<Block *>(data) - 1;
  Chunk *chunk = block->chunk;
  block->live = false;
  while (chunk->last && !chunk->last->live) {
    chunk->top = static_cast<size_t>(reinterpret_cast<char *>(chunk->last) -
                                     reinterpret_cast<char *>(chunk));
    chunk->last = chunk->last->previous;
  }
}

Scratch::Mark Scratch::mark() const { return {chunk, chunk ? chunk->last : nullptr}; }

void Scratch::popTo(const Mark &mark) {
  for (Chunk *c = chunk; c; c = c->older) {
    Block *keep = c == mark.chunk ? mark.last : nullptr;
    while (c->last != keep) {
      c->top = static_cast<size_t>(reinterpret_cast<char *>(c->last) - reinterpret_cast<char *>(c));
      c->last = c->last->previous;
    }
    if (c == mark.chunk)
      return;
  }
}

void Scratch::reset(const Allocator &allocator) {
  if (!chunk)
    return;
  if (!chunk->older) {
    chunk->top = sizeof(Chunk);
    chunk->last = nullptr;
    return;
  }
  size_t all = 0;
  for (Chunk *c = chunk; c; c = c->older)
    all += c->bytes;
  release(allocator);
  wanted = all;
}

void Scratch::release(const Allocator &allocator) {
  while (chunk) {
    Chunk *older = chunk->older;
    releaseBlock(allocator, chunk, chunk->bytes);
    chunk = older;
  }
}

// ---- The context heap ----

static_assert(sizeof(HeapBlock) <= blockAlignment, "the data after the header must be aligned");

HeapBlock *dlc::rt::headerOf(void *data) {
  return reinterpret_cast<HeapBlock *>(static_cast<char *>(data) - blockAlignment);
}

void dlc::rt::freeBlocks(const Allocator &allocator, HeapBlock *&list) {
  while (list) {
    HeapBlock *next = list->next;
    releaseBlock(allocator, list, list->bytes + blockAlignment);
    list = next;
  }
}

static void unlink(HeapBlock *&list, HeapBlock *block) {
  if (block->previous)
    block->previous->next = block->next;
  else
    list = block->next;
  if (block->next)
    block->next->previous = block->previous;
}

static void link(HeapBlock *&list, HeapBlock *block) {
  block->previous = nullptr;
  block->next = list;
  if (list)
    list->previous = block;
  list = block;
}

// Without a run (code that the compiler calls while it compiles) blocks come from the C library.
static constexpr Allocator libc = {nullptr, nullptr, nullptr};

extern "C" void *dlc_rt_alloc(dlc_run_state *run, int64_t bytes) {
  if (bytes < 0 || bytes > int64_t(1) << 60)
    return nullptr;
  const Allocator &allocator = run ? run->context->allocator : libc;
  size_t size = static_cast<size_t>(bytes);
  auto *block = static_cast<HeapBlock *>(allocateBlock(allocator, size + blockAlignment));
  if (!block)
    return nullptr;
  block->run = run;
  block->bytes = size;
  block->delivered = 0;
  if (run)
    link(run->blocks, block);
  return reinterpret_cast<char *>(block) + blockAlignment;
}

extern "C" void dlc_rt_free(dlc_run_state *run, void *data) {
  if (!data)
    return;
  HeapBlock *block = headerOf(data);
  if (block->delivered)
    return;
  if (block->run)
    unlink(block->run->blocks, block);
  releaseBlock(run ? run->context->allocator : libc, block, block->bytes + blockAlignment);
}

extern "C" int32_t dlc_rt_output(dlc_run_state *run, int32_t index, void *data,
                                 const int64_t *dims) {
  dlc_context *context = run->context;
  const dlc_program &program = *context->model->program;
  if (index < 0 || index >= program.output_count)
    return dlc_rt_fail(run, DLC_ERROR_INTERNAL,
                       "generated code delivers an output that does not exist");
  const dlc_port &port = program.outputs[index];
  int64_t *actual = context->actualDims + (context->outputs[index].dims - context->outputDims);
  for (int32_t d = 0; d < port.rank; ++d)
    actual[d] = dims[d];
  size_t bytes;
  if (!denseBytes(port.dtype, port.rank, dims, bytes))
    return dlc_rt_fail(run, DLC_ERROR_INTERNAL,
                       "generated code delivers an output of impossible size");

  HeapBlock *block = run->blocks;
  while (block && reinterpret_cast<char *>(block) + blockAlignment != data)
    block = block->next;
  if (!block) {
    for (HeapBlock *b = run->delivered; b && !block; b = b->next)
      if (reinterpret_cast<char *>(b) + blockAlignment == data && b->delivered == 1)
        block = b;
  } else {
    unlink(run->blocks, block);
    link(run->delivered, block);
    block->delivered = 1; // of this run; 2: of the previous one
  }
  if (!block) {
    void *copy = dlc_rt_alloc(run, static_cast<int64_t>(bytes));
    if (!copy)
      return dlc_rt_fail(run, DLC_ERROR_MEMORY, "no memory for an output");
    if (bytes)
      memcpy(copy, data, bytes);
    return dlc_rt_output(run, index, copy, dims);
  }
  if (bytes > block->bytes)
    return dlc_rt_fail(run, DLC_ERROR_INTERNAL,
                       "generated code delivers less than an output's size");
  context->outputs[index].data = data;
  return DLC_OK;
}
