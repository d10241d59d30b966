// For tests of floors 4 and 6: a module in the form of floor 3 (linalg on tensors, or kernels
// already outlined) goes through the real pipeline and the JIT, and runs through dlc.h.
#ifndef DLC_TEST_UNIT_HOST_HARNESS_H
#define DLC_TEST_UNIT_HOST_HARNESS_H

#include "dlc/dlc.h"

#include "llvm/ADT/StringRef.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace dlc {

/// A dense tensor that owns its data.
struct TestTensor {
  dlc_dtype dtype = DLC_F32;
  std::vector<int64_t> shape;
  std::vector<char> bytes;

  static TestTensor f32(std::vector<int64_t> shape, std::vector<float> values);
  static TestTensor i64(std::vector<int64_t> shape, std::vector<int64_t> values);
  /// Values that differ from each other, small and exact in f32.
  static TestTensor iota(std::vector<int64_t> shape, float start = 0);
  std::vector<float> floats() const;
  std::vector<int64_t> words() const;
};

struct CompileChoice {
  bool outline = true; ///< form kernels; otherwise everything that is not a kernel yet is host code
  std::string stopAt;  ///< unused by run(): text of the module after floor 4 is always kept
};

/// Weights by key.
using TestWeights = std::map<std::string, TestTensor>;

class TestModel {
public:
  ~TestModel();
  /// Null on failure; `error` says why.
  static std::unique_ptr<TestModel> compile(llvm::StringRef mlir, const TestWeights &weights,
                                            std::string &error, CompileChoice choice = {});
  /// The outputs, from a workspace that was filled with `poison` bytes before. Records error().
  std::vector<TestTensor> run(const std::vector<TestTensor> &inputs, int poison = 0xff);
  const std::string &error() const;
  /// The status of the last run.
  int status() const;
  /// The module after floor 4.
  const std::string &planned() const;
  /// Bytes of the arena for inputs like these.
  uint64_t arenaBytes(const std::vector<TestTensor> &inputs);

private:
  struct State;
  std::unique_ptr<State> state;
};

} // namespace dlc

#endif // DLC_TEST_UNIT_HOST_HARNESS_H
