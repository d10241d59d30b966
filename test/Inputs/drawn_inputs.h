/* Inputs of a model for the programs beside this file, drawn here: the same in each run. */
#ifndef DRAWN_INPUTS_H
#define DRAWN_INPUTS_H

#include "dlc/dlc.h"
#include <stdlib.h>

enum { MOST = 8 };

struct inputs {
  dlc_tensor tensors[MOST];
  int64_t shapes[MOST][MOST];
  size_t count;
};

/* f32 elements in [-1, 1); `open` is the size of dimensions that the model leaves open. */
static void draw_inputs(dlc_model *model, int64_t open, struct inputs *inputs) {
  inputs->count = (size_t)dlc_input_count(model);
  unsigned seed = 1;
  for (size_t i = 0; i < inputs->count; ++i) {
    const dlc_port *port = dlc_input(model, (int)i);
    for (int d = 0; d < port->rank; ++d) {
      inputs->shapes[i][d] = dlc_port_dim(model, port, d, NULL);
      if (inputs->shapes[i][d] < 0)
        inputs->shapes[i][d] = open;
    }
    inputs->tensors[i] =
        dlc_tensor_dense((dlc_dtype)port->dtype, port->rank, inputs->shapes[i], NULL);
    size_t count = (size_t)dlc_tensor_elements(&inputs->tensors[i]);
    float *data = malloc(count * sizeof(float));
    for (size_t k = 0; k < count; ++k) {
      seed = seed * 1664525u + 1013904223u;
      data[k] = (float)(seed >> 8) / (1 << 23) - 1;
    }
    inputs->tensors[i].data = data;
  }
}

static void free_inputs(struct inputs *inputs) {
  for (size_t i = 0; i < inputs->count; ++i)
    free(inputs->tensors[i].data);
}

/* The bytes of a result, copied; their number in `size`. */
static void *copy_bytes(const dlc_tensor *tensor, size_t *size) {
  *size = (size_t)dlc_tensor_elements(tensor) * dlc_dtype_bytes(tensor->dtype);
  void *bytes = malloc(*size);
  memcpy(bytes, tensor->data, *size);
  return bytes;
}

#endif /* DRAWN_INPUTS_H */
