/* Opens a compiled model, runs it on zeros, and prints the first values of each output.
 *     clang -I runtime/include docs/examples/run_model.c -o run_model && ./run_model model.so */
#include "dlc/dlc.h"
#include <stdlib.h>

int main(int argc, char **argv) {
  dlc_model *model;
  dlc_context *context;
  if (argc != 2 || dlc_open(argv[1], &model) || dlc_context_create(model, NULL, &context)) {
    fprintf(stderr, "%s\n", argc == 2 ? dlc_error_message() : "usage: run_model MODEL.so");
    return 1;
  }
  dlc_tensor inputs[16], outputs[16] = {{0}};
  int64_t shapes[16][8];
  int input_count = dlc_input_count(model), output_count = dlc_output_count(model);
  for (int i = 0; i < input_count && i < 16; ++i) {
    const dlc_port *port = dlc_input(model, i);
    for (int d = 0; d < port->rank && d < 8; ++d) {
      shapes[i][d] = dlc_port_dim(model, port, d, NULL);
      if (shapes[i][d] < 0) /* a symbol, such as the batch: take 1 */
        shapes[i][d] = 1;
    }
    inputs[i] = dlc_tensor_dense((dlc_dtype)port->dtype, port->rank, shapes[i], NULL);
    inputs[i].data = calloc((size_t)dlc_tensor_elements(&inputs[i]), dlc_dtype_bytes(port->dtype));
  }
  if (dlc_run(context, inputs, (size_t)input_count, outputs, (size_t)output_count)) {
    fprintf(stderr, "%s\n", dlc_error_message());
    return 1;
  }
  for (int i = 0; i < output_count; ++i) {
    printf("%s:", dlc_output(model, i)->name);
    for (int64_t k = 0;
         outputs[i].dtype == DLC_F32 && k < dlc_tensor_elements(&outputs[i]) && k < 8; ++k)
      printf(" %g", ((const float *)outputs[i].data)[k]);
    printf("\n");
  }
  for (int i = 0; i < input_count; ++i)
    free(inputs[i].data);
  dlc_context_destroy(context);
  return dlc_close(model);
}
