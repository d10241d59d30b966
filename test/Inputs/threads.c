/* Runs a compiled model with 1, 2, 3 and 7 threads on the same inputs, compares the outputs bit by bit, and sees how much the
 * threads compute while nothing runs.
 *     threads MODEL.so SIZE     SIZE is what open dimensions are */
#include "dlc/dlc.h"
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 8, TRIES = 5 };

static double cpu_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

int main(int argc, char **argv) {
  dlc_model *model;
  if (argc != 3 || dlc_open(argv[1], &model)) {
    fprintf(stderr, "%s\n", argc == 3 ? dlc_error_message() : "usage: threads MODEL.so SIZE");
    return 1;
  }
  dlc_tensor inputs[MOST], outputs[MOST];
  int64_t shapes[MOST][MOST];
  int input_count = dlc_input_count(model), output_count = dlc_output_count(model);
  unsigned seed = 1;
  for (int i = 0; i < input_count; ++i) {
    const dlc_port *port = dlc_input(model, i);
    for (int d = 0; d < port->rank; ++d) {
      shapes[i][d] = dlc_port_dim(model, port, d, NULL);
      if (shapes[i][d] < 0)
        shapes[i][d] = atoi(argv[2]);
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
  static const int threads[] = {1, 2, 3, 7};
  void *first[MOST];
  int different = 0;
  double idle = 1e9;
  for (int t = 0; t < 4; ++t) {
    dlc_context_options options = dlc_context_defaults();
    options.threads = threads[t];
    dlc_context *context;
    memset(outputs, 0, sizeof(outputs));
    if (dlc_context_create(model, &options, &context) ||
        dlc_run(context, inputs, (size_t)input_count, outputs, (size_t)output_count)) {
      fprintf(stderr, "%s\n", dlc_error_message());
      return 1;
    }
    for (int i = 0; i < output_count; ++i) {
      size_t size = (size_t)dlc_tensor_elements(&outputs[i]) * dlc_dtype_bytes(outputs[i].dtype);
      if (t == 0) {
        first[i] = malloc(size);
        memcpy(first[i], outputs[i].data, size);
      } else {
        different |= memcmp(first[i], outputs[i].data, size) != 0;
      }
    }
    /* The least of some tries: what else this process does now (page faults, signals) is not spinning. */
    for (int i = 0; t == 3 && i < TRIES; ++i) {
      usleep(20000); /* threads may spin for a moment before they park */
      double before = cpu_ms();
      usleep(100000);
      double used = cpu_ms() - before;
      idle = used < idle ? used : idle;
    }
    dlc_context_destroy(context);
  }
  for (int i = 0; i < output_count; ++i)
    free(first[i]);
  for (int i = 0; i < input_count; ++i)
    free(inputs[i].data);
  dlc_close(model);
  printf("%s, %s\n", different ? "different" : "equal", idle < 2 ? "idle" : "busy");
  return different || idle >= 2;
}
