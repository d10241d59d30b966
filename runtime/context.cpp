// Contexts: creating one, and planning for the symbols of a run. run.cpp runs them.
#include "internal.h"
#include <new>
#include <stdlib.h>

using namespace dlc::rt;

void dlc::rt::logMessage(const dlc_context_options &options, int32_t level, const char *message) {
  if (options.log)
    options.log(options.user, level, message);
  else if (level > DLC_LOG_INFO)
    fprintf(stderr, "dlc: %s\n", message);
}

// ---- Creation ----

static int32_t wantedThreads(const dlc_context_options &options) {
  if (options.threads > 0)
    return options.threads < maxThreads ? options.threads : maxThreads;
  if (const char *text = getenv("DLC_NUM_THREADS")) {
    char *end;
    long count = strtol(text, &end, 10);
    if (end != text && *end == 0 && count > 0)
      return count < maxThreads ? static_cast<int32_t>(count) : maxThreads;
    Text warning;
    warning.add("DLC_NUM_THREADS is '%s', which is not a number of threads: ignored", text);
    logMessage(options, DLC_LOG_WARNING, warning.buffer);
  }
  return availableThreads();
}

// Makes room for `threads` threads in the model's pool, which starts with the first context that
// wants it.
static int32_t joinPool(dlc_context *context, int32_t threads) {
  dlc_model_state *state = context->model->state;
  pthread_mutex_lock(&state->mutex);
  ++state->contexts;
  if (threads > 1 && !state->pool)
    state->pool = createPool();
  int32_t got = threads > 1 && state->pool ? growPool(state->pool, threads) : 1;
  pthread_mutex_unlock(&state->mutex);
  if (got < threads) {
    Text text;
    text.add("only %d of %d threads could be started", got, threads);
    logMessage(context->options, DLC_LOG_WARNING, text.buffer);
  }
  return got;
}

static size_t outputDimCount(const dlc_program &program) {
  size_t count = 0;
  for (int32_t i = 0; i < program.output_count; ++i)
    count += static_cast<size_t>(program.outputs[i].rank);
  return count;
}

// The parts of a context lie in one block.
template <typename T> static T *carve(char *&at, size_t count) {
  auto *array = reinterpret_cast<T *>(at);
  at += (count * sizeof(T) + blockAlignment - 1) / blockAlignment * blockAlignment;
  return array;
}

static size_t layOut(dlc_context *context, char *base, const dlc_program &program,
                     int32_t threads) {
  auto inputs = static_cast<size_t>(program.input_count),
       outputs = static_cast<size_t>(program.output_count);
  auto symbols = static_cast<size_t>(program.symbol_count);
  char *at = base;
  carve<dlc_context>(at, 1);
  dlc_context scratch;
  dlc_context &c = context ? *context : scratch;
  c.symbols = carve<int64_t>(at, symbols);
  c.newSymbols = carve<int64_t>(at, symbols);
  c.boundBy = carve<int32_t>(at, symbols);
  c.outputDims = carve<int64_t>(at, outputDimCount(program));
  c.actualDims = carve<int64_t>(at, outputDimCount(program));
  c.inputs = carve<Buffer>(at, inputs);
  c.outputs = carve<Output>(at, outputs);
  c.buffers = carve<void *>(at, inputs + outputs);
  c.scratch = carve<Scratch>(at, static_cast<size_t>(threads));
  return static_cast<size_t>(at - base);
}

int32_t dlc::rt::createContext(dlc_model *model, const dlc_context_options *given,
                               dlc_context **result) {
  dlc_context_options options = {};
  if (given)
    memcpy(&options, given, given->size < sizeof(options) ? given->size : sizeof(options));
  if (options.threads < 0)
    return fail(DLC_ERROR_ARGUMENT, "dlc_context_create: threads is %d", options.threads);
  if (!options.allocate != !options.release)
    return fail(DLC_ERROR_ARGUMENT,
                "dlc_context_create: give both allocate and release, or neither");
  if (reinterpret_cast<uintptr_t>(options.workspace) % blockAlignment)
    return fail(DLC_ERROR_ARGUMENT, "dlc_context_create: the workspace is not aligned to %zu bytes",
                blockAlignment);

  const dlc_program &program = *model->program;
  Allocator allocator = {options.user, options.allocate, options.release};
  int32_t threads = options.parallel_for ? 1 : wantedThreads(options);
  size_t bytes = layOut(nullptr, nullptr, program, threads);
  auto *base = static_cast<char *>(allocateBlock(allocator, bytes));
  if (!base)
    return fail(DLC_ERROR_MEMORY, "no memory for a context");
  memset(base, 0, bytes);
  auto *context = new (base) dlc_context();
  layOut(context, base, program, threads);
  context->model = model;
  context->allocator = allocator;
  context->options = options;
  context->bytes = bytes;
  context->run.context = context;
  context->run.profile = options.profile;
  pthread_mutex_init(&context->mutex, nullptr);
  size_t dims = 0;
  for (int32_t i = 0; i < program.output_count; ++i) {
    const dlc_port &port = program.outputs[i];
    context->outputs[i].dims = context->outputDims + dims;
    for (int32_t d = 0; d < port.rank; ++d)
      context->outputs[i].dataDependent |= port.shape[d] == DLC_DIM_DATA;
    dims += static_cast<size_t>(port.rank);
  }
  context->threads = joinPool(context, threads);
  *result = context;
  return DLC_OK;
}

void dlc::rt::destroyContext(dlc_context *context) {
  Allocator allocator = context->allocator;
  const dlc_program &program = *context->model->program;
  freeBlocks(allocator, context->run.blocks);
  freeBlocks(allocator, context->run.delivered);
  context->arena.release(allocator);
  for (int32_t i = 0; i < program.input_count; ++i)
    context->inputs[i].release(allocator);
  for (int32_t i = 0; i < program.output_count; ++i) {
    context->outputs[i].own.release(allocator);
    context->outputs[i].spare.release(allocator);
    context->outputs[i].staging.release(allocator);
  }
  for (int32_t i = 0; i < context->threads; ++i)
    context->scratch[i].release(allocator);
  while (LentScratch *lent = context->lent) {
    context->lent = lent->next;
    lent->scratch.release(allocator);
    releaseBlock(allocator, lent, sizeof(LentScratch));
  }
  pthread_mutex_destroy(&context->mutex);
  dlc_model_state *state = context->model->state;
  releaseBlock(allocator, context, context->bytes);
  pthread_mutex_lock(&state->mutex);
  --state->contexts;
  pthread_mutex_unlock(&state->mutex);
}

// ---- Planning ----

static void addSymbols(Text &text, const dlc_program &program, const int64_t *symbols) {
  for (int32_t s = 0; s < program.symbol_count; ++s)
    text.add("%s%s = %lld", s ? ", " : "", program.symbol_names[s],
             static_cast<long long>(symbols[s]));
}

// Calls the program's plan and does not trust it blindly: every output must have a size that
// exists.
static int32_t plan(const dlc_program &program, const int64_t *symbols, int64_t *dims,
                    uint64_t &arenaBytes) {
  int64_t bytes = 0;
  int32_t status = program.plan(symbols, dims, &bytes);
  if (status != 0) {
    Text text;
    text.add("the model does not work with these sizes: ");
    addSymbols(text, program, symbols);
    return fail(status > 0 && status < DLC_ERROR_INTERNAL ? status : DLC_ERROR_INTERNAL, "%s",
                text.buffer);
  }
  bool possible = bytes >= 0 && bytes <= int64_t(1) << 60;
  for (int32_t i = 0; i < program.output_count && possible; ++i) {
    const dlc_port &port = program.outputs[i];
    bool known = true;
    for (int32_t d = 0; d < port.rank; ++d) {
      if (port.shape[d] == DLC_DIM_DATA)
        dims[d] = -1;
      else if (dims[d] < 0)
        possible = false;
      known &= dims[d] >= 0;
    }
    size_t size;
    possible = possible && (!known || denseBytes(port.dtype, port.rank, dims, size));
    dims += port.rank;
  }
  if (!possible) {
    Text text;
    text.add("the model's results are too large for these sizes: ");
    addSymbols(text, program, symbols);
    return fail(DLC_ERROR_SHAPE, "%s", text.buffer);
  }
  arenaBytes = static_cast<uint64_t>(bytes);
  return DLC_OK;
}

int32_t dlc::rt::planModel(const dlc_model *model, const dlc_tensor *inputs, size_t inputCount,
                           int64_t *symbols, int64_t *outputDims, uint64_t *workspaceBytes) {
  const dlc_program &program = *model->program;
  auto symbolCount = static_cast<size_t>(program.symbol_count);
  size_t dimCount = outputDimCount(program);
  auto *values = static_cast<int64_t *>(calloc(symbolCount + dimCount + 1, sizeof(int64_t)));
  auto *boundBy = static_cast<int32_t *>(calloc(symbolCount + 1, sizeof(int32_t)));
  uint64_t arenaBytes = 0;
  int32_t status = values && boundBy ? DLC_OK : fail(DLC_ERROR_MEMORY, "no memory to plan");
  if (status == DLC_OK)
    status = bindInputs(program, inputs, inputCount, values, boundBy);
  if (status == DLC_OK)
    status = plan(program, values, values + symbolCount, arenaBytes);
  if (status == DLC_OK) {
    if (symbols)
      memcpy(symbols, values, symbolCount * sizeof(int64_t));
    if (outputDims)
      memcpy(outputDims, values + symbolCount, dimCount * sizeof(int64_t));
    if (workspaceBytes)
      *workspaceBytes = arenaBytes;
  }
  ::free(values);
  ::free(boundBy);
  return status;
}

// Plans again where a symbol has changed.
int32_t dlc::rt::planContext(dlc_context *context) {
  const dlc_program &program = *context->model->program;
  size_t symbolBytes = static_cast<size_t>(program.symbol_count) * sizeof(int64_t);
  if (context->planned && !memcmp(context->symbols, context->newSymbols, symbolBytes))
    return DLC_OK;
  context->planned = false;
  if (int32_t status = plan(program, context->newSymbols, context->outputDims, context->arenaBytes))
    return status;
  for (int32_t i = 0; i < program.output_count; ++i) {
    Output &output = context->outputs[i];
    output.bytes = 0;
    if (!output.dataDependent)
      denseBytes(program.outputs[i].dtype, program.outputs[i].rank, output.dims, output.bytes);
  }
  const dlc_context_options &options = context->options;
  if (options.workspace) {
    if (options.workspace_bytes < context->arenaBytes)
      return fail(DLC_ERROR_MEMORY, "the workspace has %zu bytes, this run needs %llu",
                  options.workspace_bytes, static_cast<unsigned long long>(context->arenaBytes));
  } else if (context->arenaBytes &&
             !context->arena.reserve(context->allocator, context->arenaBytes)) {
    return fail(DLC_ERROR_MEMORY, "no memory for %llu bytes of intermediate results",
                static_cast<unsigned long long>(context->arenaBytes));
  }
  memcpy(context->symbols, context->newSymbols, symbolBytes);
  context->planned = true;
  return DLC_OK;
}
