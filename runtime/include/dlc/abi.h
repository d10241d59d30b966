/* The border between generated code and the thin runtime, version 1.
 *
 * A compiled model exports one function, `const dlc_model *dlc_model_v1(void)`. The table that it returns is
 * read-only and describes everything: signature, entry points, weights. Users do not need this header; they
 * include dlc.h, which is inline C over this table.
 *
 * Who fills what: the host code generator (compiler/host) emits `dlc_program` and the entry functions that it points
 * to; the runtime archive (runtime/) supplies `dlc_model_v1`, which wraps the program, and everything that generated code
 * calls (dlc_rt_*, halide_*, memrefCopy). */
#ifndef DLC_ABI_H
#define DLC_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DLC_ABI_VERSION 1

/* Element types. Values are ONNX's TensorProto.DataType. */
typedef enum dlc_dtype {
  DLC_F32 = 1, DLC_U8 = 2, DLC_I8 = 3, DLC_U16 = 4, DLC_I16 = 5, DLC_I32 = 6, DLC_I64 = 7, DLC_BOOL = 9,
  DLC_F16 = 10, DLC_F64 = 11, DLC_U32 = 12, DLC_U64 = 13, DLC_BF16 = 16
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
  const int64_t *shape;
} dlc_port;

/* State of one run, owned by the context; generated code only passes it on. */
typedef struct dlc_run dlc_run;

/* The entry that computes. `buffers`: inputs, then outputs (dense, row-major; NULL for an output that has a
 * DLC_DIM_DATA dimension: generated code delivers it through dlc_rt_output). `symbols`: the value of each symbol.
 * `arena`: 64-byte aligned scratch of the size that `plan` said. `weights`: base of the weights block, 64-byte aligned.
 * Returns 0 or a dlc_status. Re-entrant: all mutable state is in `run` and `arena`. */
typedef int32_t (*dlc_infer_fn)(dlc_run *run, void *const *buffers, const int64_t *symbols, void *arena,
                                const void *weights);

/* Sizes for given symbol values: `output_dims` receives the dimensions of all outputs, one after the other (-1 where
 * data-dependent), `*arena_bytes` the scratch that infer needs. Returns 0, or DLC_ERROR_SHAPE where the symbol
 * values are impossible for this model. */
typedef int32_t (*dlc_plan_fn)(const int64_t *symbols, int64_t *output_dims, int64_t *arena_bytes);

typedef struct dlc_program {
  uint32_t abi_version;  /* DLC_ABI_VERSION */
  uint32_t size;         /* sizeof(dlc_program) of the compiler that wrote it */
  const char *name;      /* model name (ONNX graph name) */
  const char *target;    /* e.g. "x86_64-linux-gnu/znver4": for people */
  const char *features;  /* processor features needed, LLVM names, comma-separated: "avx512f,fma" */
  const char *producer;  /* "dlc 0.1.0" */
  int32_t input_count, output_count, symbol_count, reserved;
  const dlc_port *inputs, *outputs;
  const char *const *symbol_names;
  dlc_plan_fn plan;
  dlc_infer_fn infer;
  const void *weights;        /* in this library, or NULL: in the file named below */
  uint64_t weights_size;
  const char *weights_file;   /* NULL, or a file name relative to the library's folder */
} dlc_program;

typedef struct dlc_model dlc_model; /* defined in dlc.h's implementation table; see dlc.h */

/* ---- What generated code may call. Implemented in runtime/. ---- */

/* Delivers data-dependent output `index` of this run: a dense row-major block from dlc_rt_alloc and its dimensions. */
void dlc_rt_output(dlc_run *run, int32_t index, void *data, const int64_t *dims);
/* Context heap: freed by dlc_rt_free or at the end of the run. 64-byte aligned; NULL when memory is exhausted. */
void *dlc_rt_alloc(dlc_run *run, int64_t bytes);
void dlc_rt_free(dlc_run *run, void *block);
/* Records an error for the caller's message and returns `status`, so that code can `return dlc_rt_fail(...)`. `message` is static text. */
int32_t dlc_rt_fail(dlc_run *run, int32_t status, const char *message);

#ifdef __cplusplus
}
#endif
#endif /* DLC_ABI_H */
