// Straight-line programs: static and symbolic sizes, weights, concatenation, aliasing outputs,
// checks.
#include "harness.h"

#include "gtest/gtest.h"

#include <algorithm>

using namespace dlc;

namespace {
/// Runs with kernels and without, and with two poisons; all must agree with `expected`.
void expectOutputs(const char *program, const TestWeights &weights,
                   const std::vector<std::vector<TestTensor>> &runs,
                   const std::vector<std::vector<TestTensor>> &expected) {
  for (bool outline : {true, false}) {
    std::string error;
    CompileChoice choice;
    choice.outline = outline;
    auto model = TestModel::compile(program, weights, error, choice);
    ASSERT_TRUE(model) << error;
    for (size_t i = 0; i < runs.size(); ++i)
      for (int poison : {0xff, 0x5a}) {
        std::vector<TestTensor> out = model->run(runs[i], poison);
        ASSERT_EQ(model->status(), 0) << model->error();
        ASSERT_EQ(out.size(), expected[i].size());
        for (size_t k = 0; k < out.size(); ++k) {
          EXPECT_EQ(out[k].shape, expected[i][k].shape) << "output " << k << " of run " << i;
          EXPECT_EQ(out[k].floats(), expected[i][k].floats())
              << "output " << k << " of run " << i << (outline ? "" : " (no kernels)") << "\n"
              << model->planned();
        }
      }
  }
}

const char *const perceptron = R"mlir(
#id = affine_map<(d0, d1) -> (d0, d1)>
func.func @main(%x: tensor<?x8xf32> {dlc.name = "x", dlc.dtype = "f32", dlc.dims = ["N"]},
                %n: index {dlc.symbol = "N"})
    -> (tensor<?x4xf32> {dlc.name = "y", dlc.dtype = "f32", dlc.dims = ["N"]}) {
  %w1 = arith.constant dense_resource<w1> : tensor<4x8xf32>
  %w2 = arith.constant dense_resource<w2> : tensor<4x4xf32>
  %b = arith.constant dense<[1.0, 2.0, 3.0, -4.0]> : tensor<4xf32>
  %zero = arith.constant 0.0 : f32
  %e0 = tensor.empty() : tensor<8x4xf32>
  %t = linalg.transpose ins(%w1 : tensor<4x8xf32>) outs(%e0 : tensor<8x4xf32>) permutation = [1, 0]
  %e1 = tensor.empty(%n) : tensor<?x4xf32>
  %i1 = linalg.broadcast ins(%b : tensor<4xf32>) outs(%e1 : tensor<?x4xf32>) dimensions = [0]
  %m1 = linalg.matmul ins(%x, %t : tensor<?x8xf32>, tensor<8x4xf32>) outs(%i1 : tensor<?x4xf32>) -> tensor<?x4xf32>
  %e2 = tensor.empty(%n) : tensor<?x4xf32>
  %r = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%m1 : tensor<?x4xf32>) outs(%e2 : tensor<?x4xf32>) {
    ^bb0(%a: f32, %o: f32):
      %v = arith.maximumf %a, %zero : f32
      linalg.yield %v : f32
  } -> tensor<?x4xf32>
  %i2 = linalg.fill ins(%zero : f32) outs(%e1 : tensor<?x4xf32>) -> tensor<?x4xf32>
  %m2 = linalg.matmul ins(%r, %w2 : tensor<?x4xf32>, tensor<4x4xf32>) outs(%i2 : tensor<?x4xf32>) -> tensor<?x4xf32>
  return %m2 : tensor<?x4xf32>
}
func.func @plan(%n: index) -> (index, index) {
  %c4 = arith.constant 4 : index
  return %n, %c4 : index, index
}
)mlir";
} // namespace

TEST(Straight, PerceptronWithASymbolicBatch) {
  TestTensor w1 = TestTensor::iota({4, 8}, 1), w2 = TestTensor::iota({4, 4}, -2);
  std::vector<std::vector<TestTensor>> runs, expected;
  for (int64_t n : {1, 3, 0, 17, 2}) {
    TestTensor x = TestTensor::iota({n, 8}, 3);
    std::vector<float> a = w1.floats(), c = w2.floats(), in = x.floats(), bias = {1, 2, 3, -4};
    std::vector<float> y;
    for (int64_t row = 0; row < n; ++row) {
      float hidden[4];
      for (int64_t j = 0; j < 4; ++j) {
        hidden[j] = bias[j];
        for (int64_t k = 0; k < 8; ++k)
          hidden[j] += in[row * 8 + k] * a[j * 8 + k];
        hidden[j] = std::max(hidden[j], 0.f);
      }
      for (int64_t j = 0; j < 4; ++j) {
        float sum = 0;
        for (int64_t k = 0; k < 4; ++k)
          sum += hidden[k] * c[k * 4 + j];
        y.push_back(sum);
      }
    }
    runs.push_back({x});
    expected.push_back({TestTensor::f32({n, 4}, y)});
  }
  expectOutputs(perceptron, {{"w1", w1}, {"w2", w2}}, runs, expected);
}

TEST(Straight, ConcatenationWithAResidual) {
  // y = cat(relu(x), x + x); z = relu(x) + slice(y): one piece is read beside the concatenation.
  const char *program = R"mlir(
#id = affine_map<(d0, d1) -> (d0, d1)>
func.func @main(%x: tensor<?x4xf32> {dlc.name = "x", dlc.dtype = "f32", dlc.dims = ["N"]},
                %n: index {dlc.symbol = "N"})
    -> (tensor<?x8xf32> {dlc.name = "y", dlc.dtype = "f32", dlc.dims = ["N"]},
        tensor<?x4xf32> {dlc.name = "z", dlc.dtype = "f32", dlc.dims = ["N"]}) {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty(%n) : tensor<?x4xf32>
  %a = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<?x4xf32>) outs(%e : tensor<?x4xf32>) {
    ^bb0(%i: f32, %o: f32):
      %v = arith.maximumf %i, %zero : f32
      linalg.yield %v : f32
  } -> tensor<?x4xf32>
  %b = linalg.add ins(%x, %x : tensor<?x4xf32>, tensor<?x4xf32>) outs(%e : tensor<?x4xf32>) -> tensor<?x4xf32>
  %y = tensor.concat dim(1) %a, %b : (tensor<?x4xf32>, tensor<?x4xf32>) -> tensor<?x8xf32>
  %s = tensor.extract_slice %y[0, 4][%n, 4][1, 1] : tensor<?x8xf32> to tensor<?x4xf32>
  %z = linalg.mul ins(%a, %s : tensor<?x4xf32>, tensor<?x4xf32>) outs(%e : tensor<?x4xf32>) -> tensor<?x4xf32>
  return %y, %z : tensor<?x8xf32>, tensor<?x4xf32>
}
func.func @plan(%n: index) -> (index, index, index, index) {
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  return %n, %c8, %n, %c4 : index, index, index, index
}
)mlir";
  std::vector<std::vector<TestTensor>> runs, expected;
  for (int64_t n : {5, 1}) {
    TestTensor x = TestTensor::iota({n, 4}, -3);
    std::vector<float> in = x.floats(), y, z;
    for (int64_t row = 0; row < n; ++row) {
      for (int64_t k = 0; k < 4; ++k)
        y.push_back(std::max(in[row * 4 + k], 0.f));
      for (int64_t k = 0; k < 4; ++k)
        y.push_back(2 * in[row * 4 + k]);
      for (int64_t k = 0; k < 4; ++k)
        z.push_back(std::max(in[row * 4 + k], 0.f) * 2 * in[row * 4 + k]);
    }
    runs.push_back({x});
    expected.push_back({TestTensor::f32({n, 8}, y), TestTensor::f32({n, 4}, z)});
  }
  expectOutputs(program, {}, runs, expected);
  std::string error;
  auto model = TestModel::compile(program, {}, error);
  ASSERT_TRUE(model) << error;
  EXPECT_EQ(model->planned().find("memref.copy"), std::string::npos) << model->planned();
}

TEST(Straight, OutputsThatAlias) {
  // An input, a weight, one value twice, and a reshape of it.
  const char *program = R"mlir(
func.func @main(%x: tensor<2x3xf32> {dlc.name = "x", dlc.dtype = "f32", dlc.dims = []})
    -> (tensor<2x3xf32> {dlc.name = "a", dlc.dtype = "f32", dlc.dims = []},
        tensor<2x3xf32> {dlc.name = "b", dlc.dtype = "f32", dlc.dims = []},
        tensor<2x3xf32> {dlc.name = "c", dlc.dtype = "f32", dlc.dims = []},
        tensor<6xf32> {dlc.name = "d", dlc.dtype = "f32", dlc.dims = []},
        tensor<2x2xf32> {dlc.name = "e", dlc.dtype = "f32", dlc.dims = []}) {
  %w = arith.constant dense_resource<w> : tensor<2x3xf32>
  %e = tensor.empty() : tensor<2x3xf32>
  %s = linalg.add ins(%x, %w : tensor<2x3xf32>, tensor<2x3xf32>) outs(%e : tensor<2x3xf32>) -> tensor<2x3xf32>
  %d = tensor.collapse_shape %s [[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
  %k = tensor.extract_slice %w[0, 1][2, 2][1, 1] : tensor<2x3xf32> to tensor<2x2xf32>
  return %x, %s, %s, %d, %k : tensor<2x3xf32>, tensor<2x3xf32>, tensor<2x3xf32>, tensor<6xf32>, tensor<2x2xf32>
}
func.func @plan() -> (index, index, index, index, index, index, index, index, index) {
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c6 = arith.constant 6 : index
  return %c2, %c3, %c2, %c3, %c2, %c3, %c6, %c2, %c2 : index, index, index, index, index, index, index, index, index
}
)mlir";
  TestTensor x = TestTensor::f32({2, 3}, {1, 2, 3, 4, 5, 6});
  TestTensor w = TestTensor::f32({2, 3}, {10, 20, 30, 40, 50, 60});
  std::vector<float> sum = {11, 22, 33, 44, 55, 66};
  expectOutputs(program, {{"w", w}}, {{x}},
                {{x, TestTensor::f32({2, 3}, sum), TestTensor::f32({2, 3}, sum),
                  TestTensor::f32({6}, sum), TestTensor::f32({2, 2}, {20, 30, 50, 60})}});
}

TEST(Straight, ManySizesShareTheArena) {
  // A chain over buffers of N*H, N*(H+2) and 2*N*H elements.
  const char *program = R"mlir(
func.func @main(%x: tensor<?x?xf32> {dlc.name = "x", dlc.dtype = "f32", dlc.dims = ["N", "H"]},
                %n: index {dlc.symbol = "N"}, %h: index {dlc.symbol = "H"})
    -> (tensor<?x?xf32> {dlc.name = "y", dlc.dtype = "f32", dlc.dims = ["N", "H + 2"]}) {
  %c2 = arith.constant 2 : index
  %zero = arith.constant 0.5 : f32
  %h2 = arith.addi %h, %c2 : index
  %e1 = tensor.empty(%n, %h) : tensor<?x?xf32>
  %a = linalg.exp ins(%x : tensor<?x?xf32>) outs(%e1 : tensor<?x?xf32>) -> tensor<?x?xf32>
  %b = linalg.log ins(%a : tensor<?x?xf32>) outs(%e1 : tensor<?x?xf32>) -> tensor<?x?xf32>
  %m = linalg.mul ins(%b, %x : tensor<?x?xf32>, tensor<?x?xf32>) outs(%e1 : tensor<?x?xf32>) -> tensor<?x?xf32>
  %p = tensor.pad %m low[0, 1] high[0, 1] {
    ^bb0(%i: index, %j: index):
      tensor.yield %zero : f32
  } : tensor<?x?xf32> to tensor<?x?xf32>
  %e2 = tensor.empty(%n, %h2) : tensor<?x?xf32>
  %q = linalg.add ins(%p, %p : tensor<?x?xf32>, tensor<?x?xf32>) outs(%e2 : tensor<?x?xf32>) -> tensor<?x?xf32>
  %r = linalg.mul ins(%q, %p : tensor<?x?xf32>, tensor<?x?xf32>) outs(%e2 : tensor<?x?xf32>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}
func.func @plan(%n: index, %h: index) -> (index, index) {
  %c2 = arith.constant 2 : index
  %h2 = arith.addi %h, %c2 : index
  return %n, %h2 : index, index
}
)mlir";
  for (bool outline : {true, false}) {
    std::string error;
    CompileChoice choice;
    choice.outline = outline;
    auto model = TestModel::compile(program, {}, error, choice);
    ASSERT_TRUE(model) << error;
    for (auto [n, h] : {std::pair<int64_t, int64_t>{3, 5}, {1, 1}, {2, 40}, {7, 3}}) {
      std::vector<float> in;
      for (int64_t i = 0; i < n * h; ++i)
        in.push_back(float(i % 7) * 0.25f);
      std::vector<TestTensor> out = model->run({TestTensor::f32({n, h}, in)});
      ASSERT_EQ(model->status(), 0) << model->error();
      ASSERT_EQ(out[0].shape, (std::vector<int64_t>{n, h + 2}));
      std::vector<float> y = out[0].floats();
      for (int64_t i = 0; i < n; ++i)
        for (int64_t j = 0; j < h + 2; ++j) {
          float p = j == 0 || j == h + 1 ? 0.5f : in[i * h + j - 1] * in[i * h + j - 1];
          EXPECT_NEAR(y[i * (h + 2) + j], 2 * p * p, 1e-4) << n << " " << h << "\n"
                                                           << model->planned();
        }
    }
  }
}

TEST(Straight, ChecksFailWithTheirMessage) {
  const char *program = R"mlir(
func.func @main(%x: tensor<?xf32> {dlc.name = "x", dlc.dtype = "f32", dlc.dims = ["N"]},
                %i: tensor<1xi64> {dlc.name = "i", dlc.dtype = "i64", dlc.dims = []},
                %n: index {dlc.symbol = "N"})
    -> (tensor<?xf32> {dlc.name = "y", dlc.dtype = "f32", dlc.dims = ["N"]}) {
  %zero = arith.constant 0 : index
  %v = tensor.extract %i[%zero] : tensor<1xi64>
  %k = arith.index_cast %v : i64 to index
  %good = arith.cmpi ult, %k, %n : index
  cf.assert %good, "index: Gather: an index is out of range"
  %picked = tensor.extract %x[%k] : tensor<?xf32>
  %e = tensor.empty(%n) : tensor<?xf32>
  %y = linalg.fill ins(%picked : f32) outs(%e : tensor<?xf32>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @plan(%n: index) -> (index) {
  return %n : index
}
)mlir";
  std::string error;
  auto model = TestModel::compile(program, {}, error);
  ASSERT_TRUE(model) << error;
  TestTensor x = TestTensor::f32({3}, {1, 2, 3});
  std::vector<TestTensor> out = model->run({x, TestTensor::i64({1}, {2})});
  ASSERT_EQ(model->status(), 0) << model->error();
  EXPECT_EQ(out[0].floats(), (std::vector<float>{3, 3, 3}));
  model->run({x, TestTensor::i64({1}, {3})});
  EXPECT_EQ(model->status(), DLC_ERROR_INDEX);
  EXPECT_NE(model->error().find("Gather: an index is out of range"), std::string::npos)
      << model->error();
  model->run({x, TestTensor::i64({1}, {-1})});
  EXPECT_EQ(model->status(), DLC_ERROR_INDEX);
}

TEST(Straight, ImpossibleSizesAreRefused) {
  // H - 3 elements: negative for small H.
  const char *program = R"mlir(
func.func @main(%x: tensor<?xf32> {dlc.name = "x", dlc.dtype = "f32", dlc.dims = ["H"]},
                %h: index {dlc.symbol = "H"})
    -> (tensor<?xf32> {dlc.name = "y", dlc.dtype = "f32", dlc.dims = ["H - 3"]}) {
  %c3 = arith.constant 3 : index
  %m = arith.subi %h, %c3 : index
  %s = tensor.extract_slice %x[3][%m][1] : tensor<?xf32> to tensor<?xf32>
  %e = tensor.empty(%m) : tensor<?xf32>
  %y = linalg.add ins(%s, %s : tensor<?xf32>, tensor<?xf32>) outs(%e : tensor<?xf32>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @plan(%h: index) -> (index) {
  %c3 = arith.constant 3 : index
  %m = arith.subi %h, %c3 : index
  return %m : index
}
)mlir";
  std::string error;
  auto model = TestModel::compile(program, {}, error);
  ASSERT_TRUE(model) << error;
  std::vector<TestTensor> out = model->run({TestTensor::f32({5}, {1, 2, 3, 4, 5})});
  ASSERT_EQ(model->status(), 0) << model->error();
  EXPECT_EQ(out[0].floats(), (std::vector<float>{8, 10}));
  model->run({TestTensor::f32({2}, {1, 2})});
  EXPECT_EQ(model->status(), DLC_ERROR_SHAPE) << model->error();
  out = model->run({TestTensor::f32({3}, {1, 2, 3})});
  EXPECT_EQ(model->status(), 0) << model->error();
  EXPECT_EQ(out[0].shape, (std::vector<int64_t>{0}));
}
