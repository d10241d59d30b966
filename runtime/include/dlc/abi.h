/* The border between generated code and the thin runtime, version 1.
 *
 * Users do not need this header: they include dlc.h (C) or dlc.hpp (C++), thin layers over it.
 *
 * Who fills what:
 *   - The host code generator emits a constant `dlc_program` (any name, hidden), the functions that
 *     it points to, and a constant `dlc_model` (any name, hidden)
 *         { DLC_ABI_VERSION, sizeof(dlc_model), &program, &dlc_rt_api_v1, NULL, NULL }
 *     with the ONE exported function, `dlc_model_v1` or what --symbol= says, that returns its
 * address: const dlc_model *dlc_model_v1(void) { return &model; } All of it is constant data;
 * nothing runs when the library is loaded.
 *   - The runtime archive (libdlcrt.a) supplies `dlc_rt_api_v1`, which is what dlc.h calls, and
 *     everything that generated code calls: dlc_rt_*, halide_*, memrefCopy. Its symbols are hidden.
 *
 * Structs with a `size` grow at the end only; a reader looks at no field beyond the size that the
 * writer gave. */
#ifndef DLC_ABI_H
#define DLC_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DLC_ABI_VERSION 1

/* What every function here and in dlc.h returns. Generated code may return other values (Halide's
 * are negative): the runtime reports those as DLC_ERROR_INTERNAL. */
typedef enum dlc_status {
  DLC_OK = 0,
  DLC_ERROR_ARGUMENT = 1, /* a null pointer, a wrong number of tensors, a bad option, an overlap */
  DLC_ERROR_SHAPE = 2,    /* a rank, dimension or symbol that the model does not accept */
  DLC_ERROR_DTYPE = 3,    /* an element type that the model does not accept */
  DLC_ERROR_MEMORY = 4,   /* no memory, or the caller's workspace is too small */
  DLC_ERROR_INDEX = 5,    /* an index that came from the data is out of range */
  DLC_ERROR_DATA = 6,     /* another value in the data that the model cannot work with */
  DLC_ERROR_IO = 7,       /* a file cannot be opened, read or mapped */
  DLC_ERROR_ABI = 8, /* not a compiled model, or one made for another version of this interface */
  DLC_ERROR_CPU = 9, /* the processor lacks a feature that the model was compiled for */
  DLC_ERROR_DEVICE = 10,  /* no accelerator, or it failed */
  DLC_ERROR_INTERNAL = 11 /* a bug in dlc */
} dlc_status;

/* Element types. Values are ONNX's TensorProto.DataType. */
typedef enum dlc_dtype {
  DLC_F32 = 1,
  DLC_U8 = 2,
  DLC_I8 = 3,
  DLC_U16 = 4,
  DLC_I16 = 5,
  DLC_I32 = 6,
  DLC_I64 = 7,
  DLC_BOOL = 9, /* one byte, 0 or 1 */
  DLC_F16 = 10,
  DLC_F64 = 11,
  DLC_U32 = 12,
  DLC_U64 = 13,
  DLC_BF16 = 16
} dlc_dtype;

/* One input or output. A dimension d of `shape` is
 *   d >= 0            static,
 *   d == -1 - s       the value of symbol s (0 <= s < dlc_program.symbol_count),
 *   DLC_DIM_COMPUTED  outputs only: follows from the symbols; `plan` computes it,
 *   DLC_DIM_DATA      outputs only: known only after the run (data-dependent). */
#define DLC_DIM_COMPUTED (-1000000)
#define DLC_DIM_DATA (-1000001)
typedef struct dlc_port {
  const char *name; /* ONNX name, UTF-8 */
  int32_t dtype;    /* dlc_dtype */
  int32_t rank;
  const int64_t *shape; /* NULL where rank is 0 */
} dlc_port;

/* State of one run, owned by the context; generated code only passes it on. */
typedef struct dlc_run_state dlc_run_state;

/* The entry that computes. `buffers`: inputs, then outputs (dense, row-major, no two overlap; NULL
 * for an output that has a DLC_DIM_DATA dimension: generated code delivers it through
 * dlc_rt_output). A buffer of an empty tensor may be NULL. Buffers need not be aligned beyond their
 * element. `symbols`: the value of each symbol, >= 0. `arena`: 64-byte aligned scratch of the size
 * that `plan` said, with arbitrary contents (NULL if that was 0). `weights`: base of the weights
 * block, 64-byte aligned. Returns 0 or a dlc_status. Re-entrant: all mutable state is in `run` and
 * `arena`. */
typedef int32_t (*dlc_infer_fn)(dlc_run_state *run, void *const *buffers, const int64_t *symbols,
                                void *arena, const void *weights);

/* Sizes for given symbol values: `output_dims` receives the dimensions of all outputs, one after
 * the other (-1 where data-dependent), `*arena_bytes` the scratch that infer needs. Returns 0, or
 * DLC_ERROR_SHAPE where the symbol values are impossible for this model. The runtime calls it again
 * only when a symbol changes. */
typedef int32_t (*dlc_plan_fn)(const int64_t *symbols, int64_t *output_dims, int64_t *arena_bytes);

/* ---- What the model consists of: for profilers and people. Nothing here is needed to run. ---- */

/* An amount that may depend on sizes of the run: the sum of its terms, each `coefficient` x the
 * product of dims[factor] over its factors (-1: no further factor), where `dims` are those of the
 * launch. dlc_cost_value (dlc.h) computes it. */
#define DLC_COST_FACTORS 6
typedef struct dlc_cost_term {
  int64_t coefficient;
  int32_t factors[DLC_COST_FACTORS];
} dlc_cost_term;
typedef struct dlc_cost {
  int32_t term_count; /* -1: not known */
  int32_t reserved;
  const dlc_cost_term *terms;
} dlc_cost;

/* One compiled function, launched from one or more places. */
typedef struct dlc_kernel {
  const char *name;      /* its symbol */
  const char *what;      /* in words: "convolution 3x3 over 64, then add, max" */
  const char *shapes;    /* "f32[{0},64] f32[64,10] -> f32[{0},10]"; {k} stands for dims[k] */
  const char *schedule;  /* as the compiler prints it: "halide, contraction, tile = [1, 32]"; "" */
  dlc_cost flops;        /* arithmetic operations of a launch; a multiply-add counts as two */
  dlc_cost direct_flops; /* those of the textbook algorithm, where another one is used (Winograd) */
  dlc_cost bytes;        /* of all operands, each once: what a launch moves at least */
} dlc_kernel;

/* One place that launches a kernel. */
typedef struct dlc_launch {
  int32_t kernel; /* index into dlc_program.kernels */
  int32_t reserved;
  const char *nodes; /* names of the ONNX nodes that it computes, each ended by a newline */
} dlc_launch;

/* Flag of a program: numbers below the smallest normal one of their type may count as 0. Processors
 * take a hundred times as long for them, so the runtime sets the mode for the length of a run. */
#define DLC_FLUSH_SUBNORMALS 1u

typedef struct dlc_program {
  uint32_t abi_version; /* DLC_ABI_VERSION */
  uint32_t size;        /* sizeof(dlc_program) of the compiler that wrote it */
  const char *name;     /* model name (ONNX graph name) */
  const char *target;   /* e.g. "x86_64-linux-gnu/znver4": for people */
  const char *features; /* processor features needed: LLVM names, "avx512f,fma"; NULL: none */
  const char *producer; /* "dlc 0.1.0" */
  int32_t input_count, output_count, symbol_count;
  uint32_t flags;
  const dlc_port *inputs, *outputs;
  const char *const *symbol_names; /* every symbol is a dimension of at least one input */
  dlc_plan_fn plan;
  dlc_infer_fn infer;
  const void *weights;      /* in this library, or NULL: in the file named below */
  uint64_t weights_size;    /* bytes; 0: the model has none */
  const char *weights_file; /* NULL, or a file name relative to the library's folder */
  /* Since version 1 was first used; absent where `size` ends before. */
  int32_t kernel_count, launch_count;
  uint32_t kernel_size, launch_size; /* of one element of the arrays below, for the compiler */
  const dlc_kernel *kernels;
  const dlc_launch *launches; /* in the order of the code */
} dlc_program;

/* The functions behind dlc.h; defined there, since users' types appear in it. */
struct dlc_api;

/* A model. The compiler emits one as a constant, with `state` and `library` NULL; dlc_open and
 * dlc_load of dlc.h hand out a copy of it on the heap, with those set: only that one can run. */
typedef struct dlc_model {
  uint32_t abi_version; /* DLC_ABI_VERSION */
  uint32_t size;        /* sizeof(dlc_model) */
  const dlc_program *program;
  const struct dlc_api *api; /* &dlc_rt_api_v1 */
  struct dlc_model_state *state;
  void *library;
} dlc_model;

/* ---- What generated code may refer to. Implemented in runtime/. ---- */

#if defined(__GNUC__)
#define DLC_RT __attribute__((visibility("hidden"))) extern
#else
#define DLC_RT extern
#endif

DLC_RT const struct dlc_api dlc_rt_api_v1;

/* Delivers data-dependent output `index` of this run: a dense row-major block from dlc_rt_alloc and
 * its dimensions (as many as the output's rank; copied). The block then belongs to the runtime:
 * generated code does not free it, and may deliver it for several outputs. A block that is not from
 * dlc_rt_alloc is copied. Returns 0, or DLC_ERROR_MEMORY. */
DLC_RT int32_t dlc_rt_output(dlc_run_state *run, int32_t index, void *data, const int64_t *dims);

/* Context heap: freed by dlc_rt_free or at the end of the run. 64-byte aligned, never NULL for 0
 * bytes; NULL when memory is exhausted or `bytes` is negative. dlc_rt_free(run, NULL) does nothing.
 * Not for use inside parallel loops. */
DLC_RT void *dlc_rt_alloc(dlc_run_state *run, int64_t bytes);
DLC_RT void dlc_rt_free(dlc_run_state *run, void *block);

/* Records an error for the caller's message and returns `status`, so that code can `return
 * dlc_rt_fail(...)`. `message` is a zero-terminated string, copied. The first error of a run is the
 * one reported. */
DLC_RT int32_t dlc_rt_fail(dlc_run_state *run, int32_t status, const char *message);

/* A word that is 0 when infer starts. Kernels that clamp indices set it to anything else when they
 * had to (plain stores; it may be passed to a kernel as a buffer of one i32): the run then ends
 * with DLC_ERROR_INDEX. */
DLC_RT int32_t *dlc_rt_index_flag(dlc_run_state *run);

/* Calls kernel(buffers, dims) and returns what it returned; tells the context's profiler. `launch`
 * is an index into dlc_program.launches. */
DLC_RT int32_t dlc_rt_launch(void *const *buffers, const int64_t *dims,
                             int32_t (*kernel)(void *const *buffers, const int64_t *dims),
                             dlc_run_state *run, int32_t launch);

/* Calls body(argument, i) for 0 <= i < count on the context's threads, in any order, and waits.
 * Inside another parallel loop it runs serially. Returns 0, or what one of the calls that failed
 * returned. */
DLC_RT int32_t dlc_rt_parallel_for(dlc_run_state *run, int64_t count,
                                   int32_t (*body)(void *argument, int64_t i), void *argument);

/* MLIR's strided copy between unranked memref descriptors {rank, pointer to a ranked one}. */
DLC_RT void memrefCopy(int64_t element_size, void *source, void *target);

#ifdef __cplusplus
}
#endif
#endif /* DLC_ABI_H */
