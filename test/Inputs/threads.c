/* Runs a compiled model with 1, 2, 3 and 7 threads on the same inputs, compares the outputs bit by
 * bit, and sees how much the threads compute while nothing runs. threads MODEL.so SIZE     SIZE is
 * what open dimensions are */
#include "drawn_inputs.h"
#include <time.h>
#include <unistd.h>

enum { TRIES = 5 };

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
  dlc_tensor outputs[MOST];
  int output_count = dlc_output_count(model);
  struct inputs inputs;
  draw_inputs(model, atoi(argv[2]), &inputs);
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
        dlc_run(context, inputs.tensors, inputs.count, outputs, (size_t)output_count)) {
      fprintf(stderr, "%s\n", dlc_error_message());
      return 1;
    }
    for (int i = 0; i < output_count; ++i) {
      size_t size;
      void *bytes = copy_bytes(&outputs[i], &size);
      if (t == 0) {
        first[i] = bytes;
        continue;
      }
      different |= memcmp(first[i], bytes, size) != 0;
      free(bytes);
    }
    /* The least of some tries: what else this process does now (page faults, signals) is not
     * spinning. */
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
  free_inputs(&inputs);
  dlc_close(model);
  printf("%s, %s\n", different ? "different" : "equal", idle < 2 ? "idle" : "busy");
  return different || idle >= 2;
}
