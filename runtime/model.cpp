// Loading a model: checks first, then weights. Also the table of functions behind dlc.h.
#include "internal.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace dlc::rt;

// ---- Checks ----

static int32_t checkPorts(const dlc_program &program, const dlc_port *ports, int32_t count,
                          bool outputs, bool *named) {
  for (int32_t i = 0; i < count; ++i) {
    const dlc_port &port = ports[i];
    if (!port.name || !dlc_dtype_bytes(port.dtype) || port.rank < 0 || port.rank > maxRank ||
        (port.rank && !port.shape))
      return fail(DLC_ERROR_ABI, "the model is damaged: %s %d is not described well",
                  outputs ? "output" : "input", i);
    for (int32_t d = 0; d < port.rank; ++d) {
      int64_t size = port.shape[d];
      bool isSymbol = size < 0 && -1 - size < program.symbol_count;
      if (isSymbol && !outputs)
        named[-1 - size] = true;
      if (size < 0 && !isSymbol && !(outputs && (size == DLC_DIM_COMPUTED || size == DLC_DIM_DATA)))
        return fail(DLC_ERROR_ABI, "the model is damaged: '%s' has a dimension %lld", port.name,
                    static_cast<long long>(size));
    }
  }
  return DLC_OK;
}

static int32_t checkProgram(const dlc_program &program) {
  if (program.abi_version != DLC_ABI_VERSION || program.size < offsetof(dlc_program, kernel_count))
    return fail(
        DLC_ERROR_ABI,
        "the model was compiled for version %u of the interface, its runtime has version %d",
        program.abi_version, DLC_ABI_VERSION);
  // A bit of room below -DLC_DIM_COMPUTED: symbols must not reach it.
  if (program.input_count < 0 || program.output_count < 0 || program.symbol_count < 0 ||
      program.symbol_count > 999999 || (program.input_count && !program.inputs) ||
      (program.output_count && !program.outputs) ||
      (program.symbol_count && !program.symbol_names) || !program.plan || !program.infer)
    return fail(DLC_ERROR_ABI, "the model is damaged: its description is incomplete");
  auto *named =
      static_cast<bool *>(calloc(static_cast<size_t>(program.symbol_count) + 1, sizeof(bool)));
  if (!named)
    return fail(DLC_ERROR_MEMORY, "no memory to load the model");
  int32_t status = checkPorts(program, program.inputs, program.input_count, false, named);
  if (status == DLC_OK)
    status = checkPorts(program, program.outputs, program.output_count, true, named);
  for (int32_t s = 0; s < program.symbol_count && status == DLC_OK; ++s)
    if (!named[s])
      status = fail(DLC_ERROR_ABI, "the model is damaged: no input has the dimension '%s'",
                    program.symbol_names[s]);
  ::free(named);
  return status;
}

static int32_t checkProcessor(const dlc_program &program) {
  size_t length = 0;
  const char *missing = missingFeature(program.features, length);
  if (!missing)
    return DLC_OK;
  Text all;
  for (const char *rest = program.features; rest && *rest;) { // name every missing one
    size_t size = 0;
    const char *name = missingFeature(rest, size);
    if (!name)
      break;
    all.add("%s%.*s", all.length ? ", " : "", static_cast<int>(size), name);
    rest = name + size;
  }
  return fail(DLC_ERROR_CPU,
              "this processor lacks %s, which the model needs: it was compiled for %s", all.buffer,
              program.target ? program.target : "another one");
}

// ---- Weights ----

static void adviseHuge(const void *data, uint64_t bytes) {
  auto page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  uintptr_t begin = (reinterpret_cast<uintptr_t>(data) + page - 1) / page * page;
  uintptr_t end = (reinterpret_cast<uintptr_t>(data) + bytes) / page * page;
  if (begin < end)
    madvise(reinterpret_cast<void *>(begin), end - begin, MADV_HUGEPAGE);
}

static int32_t mapWeights(const dlc_program &program, const char *path, dlc_model_state &state) {
  char local[2048];
  if (!path) { // beside the library
    Dl_info info;
    const char *slash = nullptr;
    if (program.weights_file[0] != '/' && dladdr(reinterpret_cast<const void *>(&program), &info) &&
        info.dli_fname)
      slash = strrchr(info.dli_fname, '/');
    int folder = slash ? static_cast<int>(slash - info.dli_fname + 1) : 0;
    int length = snprintf(local, sizeof(local), "%.*s%s", folder, slash ? info.dli_fname : "",
                          program.weights_file);
    if (length < 0 || static_cast<size_t>(length) >= sizeof(local))
      return fail(DLC_ERROR_IO, "the name of the weights file is too long");
    path = local;
  }
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return fail(DLC_ERROR_IO, "cannot open the weights %s: %s", path, strerror(errno));
  struct stat status;
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
      static_cast<uint64_t>(status.st_size) < program.weights_size) {
    close(file);
    return fail(DLC_ERROR_IO, "the weights %s are damaged: the model needs %llu bytes", path,
                static_cast<unsigned long long>(program.weights_size));
  }
  void *data = mmap(nullptr, program.weights_size, PROT_READ, MAP_PRIVATE, file, 0);
  int why = errno;
  close(file);
  if (data == MAP_FAILED)
    return fail(DLC_ERROR_IO, "cannot map the weights %s: %s", path, strerror(why));
  state.mapped = data;
  state.mappedBytes = program.weights_size;
  state.weights = data;
  return DLC_OK;
}

static int32_t findWeights(const dlc_program &program, const dlc_load_options &options,
                           dlc_model_state &state) {
  if (options.weights) {
    if (options.weights_bytes < program.weights_size)
      return fail(DLC_ERROR_ARGUMENT, "the model needs %llu bytes of weights, got %llu",
                  static_cast<unsigned long long>(program.weights_size),
                  static_cast<unsigned long long>(options.weights_bytes));
    state.weights = options.weights;
  } else if (options.weights_file ||
             (program.weights_file && !program.weights && program.weights_size)) {
    if (int32_t status = mapWeights(program, options.weights_file, state))
      return status;
  } else {
    state.weights = program.weights;
  }
  if (program.weights_size && !state.weights)
    return fail(DLC_ERROR_ABI, "the model is damaged: it has no weights");
  if (reinterpret_cast<uintptr_t>(state.weights) % blockAlignment)
    return fail(DLC_ERROR_ARGUMENT, "the weights are not aligned to %zu bytes", blockAlignment);
  // Files are read into huge pages where the system has them for files; elsewhere this does
  // nothing.
  if (state.weights == program.weights || state.mapped)
    adviseHuge(state.weights, program.weights_size);
  if (options.flags & DLC_LOAD_HUGE_WEIGHTS && program.weights_size) {
    constexpr Allocator libc = {nullptr, nullptr, nullptr};
    state.copy = allocateBlock(libc, program.weights_size);
    if (!state.copy)
      return fail(DLC_ERROR_MEMORY, "no memory for a copy of %llu bytes of weights",
                  static_cast<unsigned long long>(program.weights_size));
    memcpy(state.copy, state.weights, program.weights_size);
    state.weights = state.copy;
    if (state.mapped)
      munmap(state.mapped, state.mappedBytes);
    state.mapped = nullptr;
  }
  return DLC_OK;
}

static void freeState(dlc_model_state *state) {
  destroyPool(state->pool);
  if (state->mapped)
    munmap(state->mapped, state->mappedBytes);
  ::free(state->copy);
  pthread_mutex_destroy(&state->mutex);
  ::free(state);
}

// ---- Loading and unloading ----

int32_t dlc::rt::loadModel(const dlc_model *table, const dlc_load_options *given,
                           dlc_model **model) {
  if (!table || !table->program || !model)
    return fail(DLC_ERROR_ARGUMENT, "dlc_load: an argument is NULL");
  *model = nullptr;
  dlc_load_options options = {};
  if (given)
    memcpy(&options, given, given->size < sizeof(options) ? given->size : sizeof(options));
  const dlc_program &program = *table->program;
  if (int32_t status = checkProgram(program))
    return status;
  if (int32_t status = checkProcessor(program))
    return status;

  auto *loaded = static_cast<dlc_model *>(calloc(1, sizeof(dlc_model)));
  auto *state = static_cast<dlc_model_state *>(calloc(1, sizeof(dlc_model_state)));
  if (!loaded || !state) {
    ::free(loaded);
    ::free(state);
    return fail(DLC_ERROR_MEMORY, "no memory to load the model");
  }
  pthread_mutex_init(&state->mutex, nullptr);
  if (int32_t status = findWeights(program, options, *state)) {
    freeState(state);
    ::free(loaded);
    return status;
  }
  loaded->abi_version = DLC_ABI_VERSION;
  loaded->size = sizeof(dlc_model);
  loaded->program = &program;
  loaded->api = &dlc_rt_api_v1;
  loaded->state = state;
  *model = loaded;
  return DLC_OK;
}

int32_t dlc::rt::unloadModel(dlc_model *model) {
  pthread_mutex_lock(&model->state->mutex);
  int32_t contexts = model->state->contexts;
  pthread_mutex_unlock(&model->state->mutex);
  if (contexts > 0)
    return fail(DLC_ERROR_ARGUMENT, "dlc_close: %d context%s not destroyed yet", contexts,
                contexts == 1 ? " is" : "s are");
  freeState(model->state);
  ::free(model);
  return DLC_OK;
}

// ---- dlc_api ----

static ThreadState callInto(char *message, size_t size) {
  return {nullptr, nullptr, nullptr, false, message, size};
}

static int32_t apiLoad(const dlc_model *table, const dlc_load_options *options, dlc_model **model,
                       char *message, size_t size) {
  if (!makeThreadStates()) {
    snprintf(message, size, "this process has no thread-specific key left: too many libraries");
    return DLC_ERROR_MEMORY;
  }
  ThreadScope scope(callInto(message, size));
  return loadModel(table, options, model);
}

// A constant table, which was never loaded, holds no thread states: it must not come further than
// this.
static int32_t notLoaded(const char *function, char *message, size_t size) {
  snprintf(message, size, "%s: the model is not loaded (use dlc_open or dlc_load)", function);
  return DLC_ERROR_ARGUMENT;
}

static int32_t apiUnload(dlc_model *model, char *message, size_t size) {
  if (!model->state)
    return notLoaded("dlc_close", message, size);
  ThreadScope scope(callInto(message, size));
  return unloadModel(model);
}

static int32_t apiContextCreate(dlc_model *model, const dlc_context_options *options,
                                dlc_context **context, char *message, size_t size) {
  if (!model->state)
    return notLoaded("dlc_context_create", message, size);
  ThreadScope scope(callInto(message, size));
  return createContext(model, options, context);
}

static int32_t apiContextThreads(const dlc_context *context) { return context->threads; }

static int32_t apiRun(dlc_context *context, const dlc_tensor *inputs, size_t inputCount,
                      dlc_tensor *outputs, size_t outputCount, char *message, size_t size) {
  ThreadScope scope(callInto(message, size));
  return runContext(context, inputs, inputCount, outputs, outputCount);
}

static int32_t apiPlan(const dlc_model *model, const dlc_tensor *inputs, size_t inputCount,
                       int64_t *symbols, int64_t *outputDims, uint64_t *workspaceBytes,
                       char *message, size_t size) {
  if (!model->state)
    return notLoaded("dlc_plan", message, size);
  ThreadScope scope(callInto(message, size));
  return planModel(model, inputs, inputCount, symbols, outputDims, workspaceBytes);
}

extern "C" const dlc_api dlc_rt_api_v1 = {
    DLC_ABI_VERSION, sizeof(dlc_api),   apiLoad, apiUnload, apiContextCreate,
    destroyContext,  apiContextThreads, apiRun,  apiPlan,
};
