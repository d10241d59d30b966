/* dlc.h: run a compiled model from C. Inline functions over the table that the model exports: there
 * is no library to link, only this folder to include (and -ldl if the C library is older than glibc
 * 2.34).
 *
 *     dlc_model *model;
 *     dlc_context *context;
 *     if (dlc_open("model.so", &model) || dlc_context_create(model, NULL, &context))
 *       return puts(dlc_error_message());
 *     const int64_t shape[] = {1, 3, 224, 224};
 *     dlc_tensor in = dlc_tensor_dense(DLC_F32, 4, shape, pixels), out = {0};
 *     if (dlc_run(context, &in, 1, &out, 1)) ...
 *     const float *scores = out.data; // of shape out.shape; valid until the context's next run
 *     dlc_context_destroy(context);
 *     dlc_close(model);
 *
 * Errors: a function that can fail returns a dlc_status (abi.h), DLC_OK = 0. dlc_error_message()
 * then says what was wrong, per thread. A failed call changes nothing that the caller owns, except
 * the contents of output buffers.
 * Threads: a model may be used by any number of threads, a context by one at a time. Contexts of
 * one model need no lock against each other. dlc_close comes after all else.
 * Sizes are in bytes where a name says so, else in elements. */
#ifndef DLC_H
#define DLC_H

#include "dlc/abi.h"
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A tensor: a view, which owns nothing. Fields mean what they mean in DLPack (strides are in
 * elements and may be 0 or negative; `data` is the first element, DLPack's data + byte_offset).
 * Start from {0}. */
typedef struct dlc_tensor {
  int32_t dtype; /* dlc_dtype */
  int32_t rank;
  const int64_t *shape;   /* `rank` sizes; may be NULL for rank 0 */
  const int64_t *strides; /* `rank` strides; NULL: dense, row-major */
  void *data;             /* inputs are only read; may be NULL if a dimension is 0 */
  uint32_t flags;         /* set by dlc_run only */
  uint32_t reserved;
} dlc_tensor;

/* `data` and `shape` belong to the context. Such a tensor may be handed to dlc_run as an output
 * again (it is filled anew), and as an input of the context's next run. */
#define DLC_TENSOR_BORROWED 1u

/* One context: the mutable half of a model. Opaque. */
typedef struct dlc_context dlc_context;

enum { DLC_LOG_INFO = 0, DLC_LOG_WARNING = 1, DLC_LOG_ERROR = 2 };

/* Copy the weights into memory backed by huge pages: faster runs, but the copy is not shared with
 * other processes. */
enum { DLC_LOAD_HUGE_WEIGHTS = 1 };

/* Start from dlc_load_defaults(). */
typedef struct dlc_load_options {
  uint32_t size;            /* sizeof(dlc_load_options) */
  uint32_t flags;           /* DLC_LOAD_* */
  const char *weights_file; /* where the external weights are, instead of the name in the model;
                               NULL: that name */
  const void *weights;      /* the weights themselves, instead of the model's: 64-byte aligned, must
                               outlive the model */
  uint64_t weights_bytes;
} dlc_load_options;

/* What a profiler is told: one launch of a kernel, or the whole of the generated code of one run.
 */
typedef struct dlc_kernel_span {
  uint32_t size;       /* sizeof(dlc_kernel_span) of the runtime that wrote it */
  int32_t launch;      /* index for dlc_launch_at, or -1: the run */
  const int64_t *dims; /* of the launch, for dlc_cost_value; NULL for the run. Valid in the call */
  uint64_t begin_ns;   /* CLOCK_MONOTONIC */
  uint64_t end_ns;
  int32_t status; /* what the kernel, or the code, returned */
  int32_t reserved;
} dlc_kernel_span;

/* Start from dlc_context_defaults(): 0 everywhere but in `size`. All callbacks get `user`; none
 * may throw or leave by longjmp. */
typedef struct dlc_context_options {
  uint32_t size;   /* sizeof(dlc_context_options) */
  int32_t threads; /* how many threads may work on a run, the caller included; 0: DLC_NUM_THREADS,
                      else one for each core that the process may use */
  void *user;
  /* Calls body(argument, i) once for every 0 <= i < count, on any threads, and returns when all
   * have returned. NULL: the model's own pool, whose threads start with the first context that may
   * use them and end in dlc_close. */
  void (*parallel_for)(void *user, int64_t count, void (*body)(void *argument, int64_t i),
                       void *argument);
  /* All memory of the context; called from the thread that runs and from the threads of
   * parallel_for. Both or neither. `allocate` may return NULL: the run then ends with
   * DLC_ERROR_MEMORY. */
  void *(*allocate)(void *user, size_t bytes, size_t alignment);
  void (*release)(void *user, void *block, size_t bytes);
  /* Memory for intermediate results, 64-byte aligned, owned by the caller, not used by two contexts
   * at a time: a run that needs more (see dlc_plan) fails. NULL: the context allocates. */
  void *workspace;
  size_t workspace_bytes;
  /* Warnings and what generated code prints. NULL: warnings and errors go to standard error. */
  void (*log)(void *user, int32_t level, const char *message);
  /* Called after each launch of a kernel, and after those of a run with the run itself, from the
   * thread that runs. NULL: nothing is measured, and nothing is spent on it. */
  void (*profile)(void *user, const dlc_kernel_span *span);
} dlc_context_options;

/* What a model's runtime offers; call it through the functions below. Where one fails, it writes
 * why to `message`, at most `size` bytes with the zero at the end. */
struct dlc_api {
  uint32_t abi_version, size;
  int32_t (*load)(const dlc_model *table, const dlc_load_options *options, dlc_model **model,
                  char *message, size_t size);
  int32_t (*unload)(dlc_model *model, char *message, size_t size);
  int32_t (*context_create)(dlc_model *model, const dlc_context_options *options,
                            dlc_context **context, char *message, size_t size);
  void (*context_destroy)(dlc_context *context);
  int32_t (*context_threads)(const dlc_context *context);
  int32_t (*run)(dlc_context *context, const dlc_tensor *inputs, size_t input_count,
                 dlc_tensor *outputs, size_t output_count, char *message, size_t size);
  int32_t (*plan)(const dlc_model *model, const dlc_tensor *inputs, size_t input_count,
                  int64_t *symbols, int64_t *output_dims, uint64_t *workspace_bytes, char *message,
                  size_t size);
};

/* ---- Errors ---- */

#if defined(__GNUC__)
__attribute__((weak, visibility("hidden"))) __thread char dlc_error_text_[2048];
#else
static _Thread_local char dlc_error_text_[2048];
#endif

/* What went wrong in this thread's last call that failed: text, without a newline at its end. Never
 * NULL. */
static inline const char *dlc_error_message(void) { return dlc_error_text_; }

static inline const char *dlc_status_name(int32_t status) {
  static const char *const names[] = {"ok",
                                      "bad argument",
                                      "wrong shape",
                                      "wrong element type",
                                      "out of memory",
                                      "index out of range",
                                      "bad data",
                                      "input/output",
                                      "not compatible",
                                      "processor",
                                      "device",
                                      "internal error"};
  return status >= 0 && status < (int32_t)(sizeof(names) / sizeof(names[0])) ? names[status]
                                                                             : "unknown error";
}

static inline dlc_status dlc_fail_(dlc_status status, const char *text, const char *detail) {
  snprintf(dlc_error_text_, sizeof(dlc_error_text_), "%s%s", text, detail);
  return status;
}

/* ---- Models ---- */

static inline dlc_load_options dlc_load_defaults(void) {
  dlc_load_options options;
  memset(&options, 0, sizeof(options));
  options.size = sizeof(options);
  return options;
}

/* Makes a model ready from the table that its function returns: for models that are linked in
 * (`dlc_load(my_model(), ...)`) or compiled in this process. Checks the version and the processor's
 * features first, and names what is missing; maps external weights. `options` may be NULL. `table`
 * must stay; a model that is itself loaded may serve as the table too. */
static inline dlc_status dlc_load(const dlc_model *table, const dlc_load_options *options,
                                  dlc_model **model) {
  if (!model)
    return dlc_fail_(DLC_ERROR_ARGUMENT, "dlc_load: model is NULL", "");
  *model = NULL;
  if (!table)
    return dlc_fail_(DLC_ERROR_ARGUMENT, "dlc_load: table is NULL", "");
  if (table->abi_version != DLC_ABI_VERSION) {
    snprintf(dlc_error_text_, sizeof(dlc_error_text_),
             "the model was compiled for version %u of the interface, this program uses version "
             "%d: compile the model again",
             (unsigned)table->abi_version, DLC_ABI_VERSION);
    return DLC_ERROR_ABI;
  }
  return (dlc_status)table->api->load(table, options, model, dlc_error_text_,
                                      sizeof(dlc_error_text_));
}

/* Frees a model and joins its threads. Fails, and does nothing, while one of its contexts exists.
 * NULL is fine. */
static inline dlc_status dlc_close(dlc_model *model) {
  void *library;
  dlc_status status;
  if (!model)
    return DLC_OK;
  library = model->library;
  status = (dlc_status)model->api->unload(model, dlc_error_text_, sizeof(dlc_error_text_));
  if (status == DLC_OK && library)
    dlclose(library);
  return status;
}

/* Opens the compiled model in the file `path`, whose exported function is `symbol` (--symbol= of
 * the compiler). `options` may be NULL. */
static inline dlc_status dlc_open_symbol(const char *path, const char *symbol,
                                         const dlc_load_options *options, dlc_model **model) {
  char local[1024];
  void *library, *address;
  const dlc_model *(*table)(void);
  dlc_status status;
  if (!path || !symbol || !model)
    return dlc_fail_(DLC_ERROR_ARGUMENT, "dlc_open: an argument is NULL", "");
  *model = NULL;
  if (!strchr(path, '/')) { /* a file name, not a library to search for */
    if ((size_t)snprintf(local, sizeof(local), "./%s", path) >= sizeof(local))
      return dlc_fail_(DLC_ERROR_ARGUMENT, "dlc_open: the file name is too long", "");
    path = local;
  }
  library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *why = dlerror();
    return dlc_fail_(DLC_ERROR_IO, "cannot open the model: ", why ? why : path);
  }
  address = dlsym(library, symbol);
  if (!address) {
    snprintf(dlc_error_text_, sizeof(dlc_error_text_),
             "%s is not a compiled model: it has no function '%s'", path, symbol);
    dlclose(library);
    return DLC_ERROR_ABI;
  }
  memcpy(&table, &address, sizeof(table));
  status = dlc_load(table(), options, model);
  if (status == DLC_OK)
    (*model)->library = library;
  else
    dlclose(library);
  return status;
}

/* Opens the compiled model in the file `path`. */
static inline dlc_status dlc_open(const char *path, dlc_model **model) {
  return dlc_open_symbol(path, "dlc_model_v1", NULL, model);
}

/* ---- The signature. These take a loaded model or a table. ---- */

static inline const char *dlc_model_name(const dlc_model *model) { return model->program->name; }
static inline const char *dlc_model_target(const dlc_model *model) {
  return model->program->target;
}
static inline int32_t dlc_input_count(const dlc_model *model) {
  return model->program->input_count;
}
static inline int32_t dlc_output_count(const dlc_model *model) {
  return model->program->output_count;
}
static inline int32_t dlc_symbol_count(const dlc_model *model) {
  return model->program->symbol_count;
}

/* Name, element type and rank of an input or output; NULL if there is no such index. */
static inline const dlc_port *dlc_input(const dlc_model *model, int32_t index) {
  return index >= 0 && index < model->program->input_count ? &model->program->inputs[index] : NULL;
}
static inline const dlc_port *dlc_output(const dlc_model *model, int32_t index) {
  return index >= 0 && index < model->program->output_count ? &model->program->outputs[index]
                                                            : NULL;
}
/* The index of the input or output of that name, or -1. */
static inline int32_t dlc_find_input(const dlc_model *model, const char *name) {
  int32_t i;
  for (i = 0; i < model->program->input_count; ++i)
    if (!strcmp(model->program->inputs[i].name, name))
      return i;
  return -1;
}
static inline int32_t dlc_find_output(const dlc_model *model, const char *name) {
  int32_t i;
  for (i = 0; i < model->program->output_count; ++i)
    if (!strcmp(model->program->outputs[i].name, name))
      return i;
  return -1;
}
static inline const char *dlc_symbol_name(const dlc_model *model, int32_t symbol) {
  return symbol >= 0 && symbol < model->program->symbol_count ? model->program->symbol_names[symbol]
                                                              : NULL;
}

/* Dimension `d` of a port: its size; or -1 and `*symbol` is the name that stands for it, "?" where
 * it is only known after planning (dlc_plan) or after the run. `symbol` may be NULL. */
static inline int64_t dlc_port_dim(const dlc_model *model, const dlc_port *port, int32_t d,
                                   const char **symbol) {
  int64_t size = port->shape[d];
  int named = size < 0 && -1 - size < model->program->symbol_count;
  if (symbol)
    *symbol = named ? model->program->symbol_names[-1 - size] : size < 0 ? "?" : NULL;
  return size < 0 ? -1 : size;
}

/* "f32", "i64", ...; "?" if there is no such type. */
static inline const char *dlc_dtype_name(int32_t dtype) {
  static const char *const names[] = {"?",    "f32", "u8",  "i8",  "u16", "i16", "i32", "i64", "?",
                                      "bool", "f16", "f64", "u32", "u64", "?",   "?",   "bf16"};
  return dtype >= 0 && dtype <= DLC_BF16 ? names[dtype] : "?";
}
/* Bytes of one element; 0 if there is no such type. */
static inline size_t dlc_dtype_bytes(int32_t dtype) {
  static const unsigned char bytes[] = {0, 4, 1, 1, 2, 2, 4, 8, 0, 1, 2, 8, 4, 8, 0, 0, 2};
  return dtype >= 0 && dtype <= DLC_BF16 ? bytes[dtype] : 0;
}

/* Writes "f32[N,3,224,224]" like snprintf and returns the length that it has or would have. */
static inline int dlc_port_text(const dlc_model *model, const dlc_port *port, char *text,
                                size_t size) {
  int32_t d;
  const char *symbol;
  int length = snprintf(text, size, "%s[", dlc_dtype_name(port->dtype));
  for (d = 0; d < port->rank; ++d) {
    int64_t extent = dlc_port_dim(model, port, d, &symbol);
    size_t used = (size_t)length < size ? (size_t)length : size;
    char *rest = size ? text + used : text;
    length += symbol ? snprintf(rest, size - used, "%s%s", d ? "," : "", symbol)
                     : snprintf(rest, size - used, "%s%lld", d ? "," : "", (long long)extent);
  }
  {
    size_t used = (size_t)length < size ? (size_t)length : size;
    return length + snprintf(size ? text + used : text, size - used, "]");
  }
}

/* ---- Kernels, for profilers ---- */

/* Whether the model's table goes as far as `field`: models of an older compiler end before. */
#define DLC_PROGRAM_HAS_(program, field)                                                           \
  ((program)->size >= offsetof(dlc_program, field) + sizeof((program)->field))

static inline int32_t dlc_kernel_count(const dlc_model *model) {
  return DLC_PROGRAM_HAS_(model->program, launches) ? model->program->kernel_count : 0;
}
static inline int32_t dlc_launch_count(const dlc_model *model) {
  return DLC_PROGRAM_HAS_(model->program, launches) ? model->program->launch_count : 0;
}
/* NULL if there is no such index, or if the model was compiled against an older table. */
static inline const dlc_kernel *dlc_kernel_at(const dlc_model *model, int32_t index) {
  const dlc_program *program = model->program;
  if (index < 0 || index >= dlc_kernel_count(model) || program->kernel_size < sizeof(dlc_kernel))
    return NULL;
  return (const dlc_kernel *)(const void *)((const char *)program->kernels +
                                            (size_t)index * program->kernel_size);
}
static inline const dlc_launch *dlc_launch_at(const dlc_model *model, int32_t index) {
  const dlc_program *program = model->program;
  if (index < 0 || index >= dlc_launch_count(model) || program->launch_size < sizeof(dlc_launch))
    return NULL;
  return (const dlc_launch *)(const void *)((const char *)program->launches +
                                            (size_t)index * program->launch_size);
}

/* The value for the sizes of a launch; -1 if it is not known. */
static inline double dlc_cost_value(const dlc_cost *cost, const int64_t *dims) {
  double sum = 0;
  int32_t t, f;
  if (cost->term_count < 0)
    return -1;
  for (t = 0; t < cost->term_count; ++t) {
    double product = (double)cost->terms[t].coefficient;
    for (f = 0; f < DLC_COST_FACTORS && cost->terms[t].factors[f] >= 0; ++f) {
      if (!dims)
        return -1;
      product *= (double)dims[cost->terms[t].factors[f]];
    }
    sum += product;
  }
  return sum;
}

/* ---- Running ---- */

static inline dlc_tensor dlc_tensor_dense(dlc_dtype dtype, int32_t rank, const int64_t *shape,
                                          void *data) {
  dlc_tensor tensor;
  memset(&tensor, 0, sizeof(tensor));
  tensor.dtype = dtype;
  tensor.rank = rank;
  tensor.shape = shape;
  tensor.data = data;
  return tensor;
}

static inline int64_t dlc_tensor_elements(const dlc_tensor *tensor) {
  int64_t count = 1;
  int32_t d;
  for (d = 0; d < tensor->rank; ++d)
    count *= tensor->shape[d];
  return count;
}

static inline dlc_context_options dlc_context_defaults(void) {
  dlc_context_options options;
  memset(&options, 0, sizeof(options));
  options.size = sizeof(options);
  return options;
}

/* `options` may be NULL. The context must be destroyed before its model is closed. */
static inline dlc_status dlc_context_create(dlc_model *model, const dlc_context_options *options,
                                            dlc_context **context) {
  if (context)
    *context = NULL;
  if (!model || !context)
    return dlc_fail_(DLC_ERROR_ARGUMENT, "dlc_context_create: an argument is NULL", "");
  return (dlc_status)model->api->context_create(model, options, context, dlc_error_text_,
                                                sizeof(dlc_error_text_));
}

/* A context begins with the address of its model. */
static inline const dlc_model *dlc_context_model(const dlc_context *context) {
  return *(const dlc_model *const *)(const void *)context;
}

static inline void dlc_context_destroy(dlc_context *context) {
  if (context)
    dlc_context_model(context)->api->context_destroy(context);
}

/* How many threads may work on a run of this context; 1 if it has its own parallel_for. */
static inline int32_t dlc_context_threads(const dlc_context *context) {
  return dlc_context_model(context)->api->context_threads(context);
}

/* Runs the model. All inputs and outputs, in the order of the signature.
 * Inputs: type and rank must match; each symbol is bound by the first input that names it, and must
 * be the same in all others. Strided inputs are copied to dense ones first. Outputs: with `data`
 * NULL (start from {0}) or borrowed, the context provides memory and fills the whole tensor in; it
 * is valid until the context's next run or end. Otherwise type, rank and shape must be what the
 * model computes and the result is written there; such a buffer may overlap no other tensor of the
 * call. */
static inline dlc_status dlc_run(dlc_context *context, const dlc_tensor *inputs, size_t input_count,
                                 dlc_tensor *outputs, size_t output_count) {
  if (!context)
    return dlc_fail_(DLC_ERROR_ARGUMENT, "dlc_run: the context is NULL", "");
  return (dlc_status)dlc_context_model(context)->api->run(context, inputs, input_count, outputs,
                                                          output_count, dlc_error_text_,
                                                          sizeof(dlc_error_text_));
}

/* What a run on such inputs (their data is not looked at) would need and give. `symbols` receives
 * the value of each symbol, `output_dims` the dimensions of all outputs one after the other (-1:
 * known only after the run), `workspace_bytes` what a caller's workspace must hold. Each of the
 * three may be NULL. */
static inline dlc_status dlc_plan(const dlc_model *model, const dlc_tensor *inputs,
                                  size_t input_count, int64_t *symbols, int64_t *output_dims,
                                  uint64_t *workspace_bytes) {
  if (!model)
    return dlc_fail_(DLC_ERROR_ARGUMENT, "dlc_plan: the model is NULL", "");
  return (dlc_status)model->api->plan(model, inputs, input_count, symbols, output_dims,
                                      workspace_bytes, dlc_error_text_, sizeof(dlc_error_text_));
}

#ifdef __cplusplus
}
#endif
#endif /* DLC_H */
