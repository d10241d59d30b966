// Opens a compiled model, runs it on zeros, and prints the first values of each output.
//     clang++ -std=c++17 -I runtime/include docs/examples/run_model.cpp -o run_model && ./run_model
//     model.so
#include "dlc/dlc.hpp"
#include <algorithm>
#include <cstdio>

int main(int argc, char **argv) {
  auto model = dlc::Model::open(argc == 2 ? argv[1] : "model.so");
  if (!model) {
    std::fprintf(stderr, "%s\n", model.message().c_str());
    return 1;
  }
  std::vector<dlc::Tensor> inputs;
  for (const dlc::Port &port : model->inputs()) {
    std::printf("%s: %s\n", port.name.c_str(), port.text.c_str());
    std::vector<int64_t> shape = port.shape;
    std::replace(shape.begin(), shape.end(), int64_t(-1), int64_t(1)); // symbols, such as the batch
    inputs.push_back(dlc::Tensor(port.dtype, shape));
  }
  auto outputs = model->run(inputs);
  if (!outputs) {
    std::fprintf(stderr, "%s\n", outputs.message().c_str());
    return 1;
  }
  for (size_t i = 0; i < outputs->size(); ++i) {
    std::printf("%s:", model->outputs()[i].name.c_str());
    auto values = (*outputs)[i].values<float>();
    for (size_t k = 0; k < std::min<size_t>(values.size(), 8); ++k)
      std::printf(" %g", values[k]);
    std::printf("\n");
  }
}
