/* Runs a compiled model on inputs drawn here, first in one context, then in four contexts on four
 * threads at once, and compares the outputs bit by bit. contexts MODEL.so RUNS */
#include "drawn_inputs.h"
#include <pthread.h>

enum { THREADS = 4 };

static dlc_model *model;
static struct inputs inputs;
static int output_count, runs;

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
    if (dlc_run(context, inputs.tensors, inputs.count, outputs, (size_t)output_count)) {
      fprintf(stderr, "%s\n", dlc_error_message());
      dlc_context_destroy(context);
      return NULL;
    }
  for (int i = 0; i < output_count; ++i)
    result->bytes[i] = copy_bytes(&outputs[i], &result->sizes[i]);
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
  output_count = dlc_output_count(model);
  draw_inputs(model, 3, &inputs);
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
  free_inputs(&inputs);
  dlc_close(model);
  printf(different ? "different\n" : "equal\n");
  return different;
}
