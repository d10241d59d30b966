// Compiles an ONNX model in this process, runs it on ones, and prints the first values of each
// output.
//     clang++-22 -std=c++17 -I PREFIX/include jit.cpp -L PREFIX/lib -ldlc -Wl,-rpath,PREFIX/lib
#include "dlc/compiler.hpp"
#include <algorithm>
#include <cstdio>

int main(int argc, char **argv) {
  dlc::Options options;
  options.threads = 1;
  auto model = dlc::compile(argc > 1 ? argv[1] : "model.onnx", options);
  if (!model) {
    std::fputs(model.message().c_str(), stderr);
    return 1;
  }
  std::vector<dlc::Tensor> inputs;
  for (const dlc::Port &port : model->inputs()) {
    std::vector<int64_t> shape = port.shape;
    std::replace(shape.begin(), shape.end(), int64_t(-1), int64_t(1)); // symbols, such as the batch
    inputs.push_back(dlc::Tensor(port.dtype, shape));
    for (float &value : inputs.back().values<float>())
      value = 1;
  }
  auto outputs = model->run(inputs);
  if (!outputs) {
    std::fprintf(stderr, "%s\n", outputs.message().c_str());
    return 1;
  }
  for (size_t i = 0; i < outputs->size(); ++i) {
    std::printf("%s: %s:", model->outputs()[i].name.c_str(), model->outputs()[i].text.c_str());
    auto values = (*outputs)[i].values<float>();
    for (size_t k = 0; k < std::min<size_t>(values.size(), 8); ++k)
      std::printf(" %g", values[k]);
    std::printf("\n");
  }
}
