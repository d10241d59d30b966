/* Runs a compiled model on inputs drawn here, first in one context, then in four contexts on four threads at once, and compares the
 * outputs bit by bit.
 *     contexts MODEL.so RUNS */
#include "dlc/dlc.h"
#include <pthread.h>
#include <stdlib.h>

enum { MOST = 8, THREADS = 4 };

static dlc_model *model;
static dlc_tensor inputs[MOST];
static int64_t shapes[MOST][MOST];
static int input_count, output_count, runs;

struct result {
  void *bytes[MOST];
  size_t sizes[MOST];
  int failed;
};

static void *run(void *argument) {
  struct result *result = argument;
  dlc_context *context;
  result->failed = 1;
  if (dlc_context_create(model, NULL, &context))
    return NULL;
  dlc_tensor outputs[MOST];
  memset(outputs, 0, sizeof(outputs));
  for (int i = 0; i < runs; ++i)
    if (dlc_run(context, inputs, (size_t)input_count, outputs, (size_t)output_count)) {
      fprintf(stderr, "%s\n", dlc_error_message());
      dlc_context_destroy(context);
      return NULL;
    }
  for (int i = 0; i < output_count; ++i) {
    result->sizes[i] = (size_t)dlc_tensor_elements(&outputs[i]) * dlc_dtype_bytes(outputs[i].dtype);
    result->bytes[i] = malloc(result->sizes[i]);
    memcpy(result->bytes[i], outputs[i].data, result->sizes[i]);
  }
  dlc_context_destroy(context);
  result->failed = 0;
  return NULL;
}

int main(int argc, char **argv) {
  if (argc != 3 || dlc_open(argv[1], &model)) {
    fprintf(stderr, "%s\n", argc == 3 ? dlc_error_message() : "usage: contexts MODEL.so RUNS");
    return 1;
  }
  runs = atoi(argv[2]);
  input_count = dlc_input_count(model);
  output_count = dlc_output_count(model);
  unsigned seed = 1;
  for (int i = 0; i < input_count; ++i) {
    const dlc_port *port = dlc_input(model, i);
    for (int d = 0; d < port->rank; ++d) {
      shapes[i][d] = dlc_port_dim(model, port, d, NULL);
      if (shapes[i][d] < 0)
        shapes[i][d] = 3;
    }
    inputs[i] = dlc_tensor_dense((dlc_dtype)port->dtype, port->rank, shapes[i], NULL);
    size_t count = (size_t)dlc_tensor_elements(&inputs[i]);
    float *data = malloc(count * sizeof(float));
    for (size_t k = 0; k < count; ++k) {
      seed = seed * 1664525u + 1013904223u;
      data[k] = (float)(seed >> 8) / (1 << 23) - 1;
    }
    inputs[i].data = data;
  }
  struct result alone = {{0}, {0}, 0}, together[THREADS] = {{{0}, {0}, 0}};
  pthread_t threads[THREADS];
  run(&alone);
  for (int t = 0; t < THREADS; ++t)
    pthread_create(&threads[t], NULL, run, &together[t]);
  int different = alone.failed;
  for (int t = 0; t < THREADS; ++t) {
    pthread_join(threads[t], NULL);
    different |= together[t].failed;
    for (int i = 0; i < output_count && !different; ++i)
      different |= memcmp(alone.bytes[i], together[t].bytes[i], alone.sizes[i]) != 0;
  }
  for (int i = 0; i < output_count; ++i) {
    free(alone.bytes[i]);
    for (int t = 0; t < THREADS; ++t)
      free(together[t].bytes[i]);
  }
  for (int i = 0; i < input_count; ++i)
    free(inputs[i].data);
  dlc_close(model);
  printf(different ? "different\n" : "equal\n");
  return different;
}
