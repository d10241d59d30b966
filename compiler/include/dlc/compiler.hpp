// compiler.hpp: compile neural networks from C++17, into this process or into a file. The result
// runs through dlc.hpp.
//
//     auto model = dlc::compile("model.onnx");
//     if (!model)
//       return std::puts(model.message().c_str());
//     auto outputs = model->run({dlc::Tensor({1, 3, 224, 224}, std::move(pixels))});
//
// Link with -ldlc (in dlc's own build: dlc_compiler). Nothing here throws. Calls are
// independent of each other and may come from several threads.
#ifndef DLC_COMPILER_HPP
#define DLC_COMPILER_HPP

#include "dlc/dlc.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace dlc {

struct Options {
  std::string target = "native";  // or x86-64-v3, x86-64-v4, an LLVM processor name (files only)
  std::string backend = "halide"; // or loops: slow, for comparison
  // Fixed shapes: per input, a number or a symbol's name for each dimension.
  std::map<std::string, std::vector<std::string>> shapes;
  int threads = 0;             // threads that a run may use; 0: one a core
  int level = 2;               // 0..3
  bool small = false;          // weights are not made larger to be faster (-Os)
  std::string weights = "f32"; // what constant factors are stored as: f32, bf16, f16
  bool precise = false;
  bool checked = false;
  bool cache = true; // keep compiled kernels in the user's cache folder
};

namespace detail {
struct CodeHolder {
  std::shared_ptr<void> code;
};
} // namespace detail

// A model with the code that it consists of. The code is a base so that it outlives the model.
class JitModel : detail::CodeHolder, public Model {
public:
  JitModel(std::shared_ptr<void> code, Model model)
      : CodeHolder{std::move(code)}, Model(std::move(model)) {}
};

// Compiles a model (.onnx, or .mlir of an earlier stage) into this process. Where it fails,
// message() holds what `dlc` would print.
Result<JitModel> compile(const std::string &path, const Options &options = {});

// Compiles a model to a file: .so, .o, .a, .ll, .s or .mlir, as `dlc path -o output` does.
Result<Done> compileToFile(const std::string &path, const std::string &output,
                           const Options &options = {});

} // namespace dlc
#endif // DLC_COMPILER_HPP
