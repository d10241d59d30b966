// Programs with loops, branches and sizes that depend on data.
#include "harness.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace dlc;

namespace {
std::unique_ptr<TestModel> compile(const char *program, bool outline = true,
                                   const TestWeights &weights = {}) {
  std::string error;
  CompileChoice choice;
  choice.outline = outline;
  auto model = TestModel::compile(program, weights, error, choice);
  EXPECT_TRUE(model) << error;
  return model;
}

/// How often `text` has `word` inside a loop or anywhere: a count of lines.
size_t count(const std::string &text, const std::string &word) {
  size_t found = 0;
  for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
    ++found;
  return found;
}
} // namespace

TEST(Control, RecurrentLoop) {
  // h = tanh-free cell: h' = 0.5 * h + x[t]; ys[t] = h'.
  const char *program = R"mlir(
#id = affine_map<(d0, d1) -> (d0, d1)>
func.func @main(%x: tensor<?x2x4xf32> {dlc.name = "x", dlc.dtype = "f32", dlc.dims = ["T"]},
                %h0: tensor<2x4xf32> {dlc.name = "h0", dlc.dtype = "f32", dlc.dims = []},
                %t: index {dlc.symbol = "T"})
    -> (tensor<?x2x4xf32> {dlc.name = "ys", dlc.dtype = "f32", dlc.dims = ["T"]},
        tensor<2x4xf32> {dlc.name = "h", dlc.dtype = "f32", dlc.dims = []}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %half = arith.constant 0.5 : f32
  %ys0 = tensor.empty(%t) : tensor<?x2x4xf32>
  %ys, %h = scf.for %i = %c0 to %t step %c1 iter_args(%ys_i = %ys0, %h_i = %h0) -> (tensor<?x2x4xf32>, tensor<2x4xf32>) {
    %x_i = tensor.extract_slice %x[%i, 0, 0][1, 2, 4][1, 1, 1] : tensor<?x2x4xf32> to tensor<2x4xf32>
    %e = tensor.empty() : tensor<2x4xf32>
    %next = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
        ins(%h_i, %x_i : tensor<2x4xf32>, tensor<2x4xf32>) outs(%e : tensor<2x4xf32>) {
      ^bb0(%a: f32, %b: f32, %o: f32):
        %m = arith.mulf %a, %half : f32
        %s = arith.addf %m, %b : f32
        linalg.yield %s : f32
    } -> tensor<2x4xf32>
    %ys_n = tensor.insert_slice %next into %ys_i[%i, 0, 0][1, 2, 4][1, 1, 1] : tensor<2x4xf32> into tensor<?x2x4xf32>
    scf.yield %ys_n, %next : tensor<?x2x4xf32>, tensor<2x4xf32>
  }
  return %ys, %h : tensor<?x2x4xf32>, tensor<2x4xf32>
}
func.func @plan(%t: index) -> (index, index, index, index, index) {
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  return %t, %c2, %c4, %c2, %c4 : index, index, index, index, index
}
)mlir";
  for (bool outline : {true, false}) {
    auto model = compile(program, outline);
    ASSERT_TRUE(model);
    for (int64_t t : {5, 1, 0, 12}) {
      TestTensor x = TestTensor::iota({t, 2, 4}, 1), h0 = TestTensor::iota({2, 4}, -4);
      std::vector<TestTensor> out = model->run({x, h0});
      ASSERT_EQ(model->status(), 0) << model->error();
      std::vector<float> h = h0.floats(), in = x.floats(), ys;
      for (int64_t i = 0; i < t; ++i)
        for (int64_t k = 0; k < 8; ++k) {
          h[k] = h[k] * 0.5f + in[i * 8 + k];
          ys.push_back(h[k]);
        }
      EXPECT_EQ(out[0].floats(), ys) << model->planned();
      EXPECT_EQ(out[1].floats(), h) << model->planned();
    }
    EXPECT_EQ(count(model->planned(), "memref.alloc"), 0u) << model->planned();
  }
}

TEST(Control, TwoStatesThatSwap) {
  const char *program = R"mlir(
func.func @main(%a0: tensor<4xf32> {dlc.name = "a0", dlc.dtype = "f32", dlc.dims = []},
                %b0: tensor<4xf32> {dlc.name = "b0", dlc.dtype = "f32", dlc.dims = []},
                %k: tensor<i64> {dlc.name = "k", dlc.dtype = "i64", dlc.dims = []})
    -> (tensor<4xf32> {dlc.name = "a", dlc.dtype = "f32", dlc.dims = []},
        tensor<4xf32> {dlc.name = "b", dlc.dtype = "f32", dlc.dims = []}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %kv = tensor.extract %k[] : tensor<i64>
  %n = arith.index_cast %kv : i64 to index
  %a, %b = scf.for %i = %c0 to %n step %c1 iter_args(%a_i = %a0, %b_i = %b0) -> (tensor<4xf32>, tensor<4xf32>) {
    %e = tensor.empty() : tensor<4xf32>
    %s = linalg.add ins(%a_i, %b_i : tensor<4xf32>, tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
    scf.yield %b_i, %s : tensor<4xf32>, tensor<4xf32>
  }
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}
func.func @plan() -> (index, index) {
  %c4 = arith.constant 4 : index
  return %c4, %c4 : index, index
}
)mlir";
  for (bool outline : {true, false}) {
    auto model = compile(program, outline);
    ASSERT_TRUE(model);
    for (int64_t k : {0, 1, 2, 9}) {
      std::vector<TestTensor> out =
          model->run({TestTensor::f32({4}, {1, 0, 2, -1}), TestTensor::f32({4}, {1, 1, 5, 3}),
                      TestTensor::i64({}, {k})});
      ASSERT_EQ(model->status(), 0) << model->error();
      std::vector<float> a = {1, 0, 2, -1}, b = {1, 1, 5, 3};
      for (int64_t i = 0; i < k; ++i)
        for (int j = 0; j < 4; ++j) {
          float sum = a[j] + b[j];
          a[j] = b[j];
          b[j] = sum;
        }
      EXPECT_EQ(out[0].floats(), a) << k << model->planned();
      EXPECT_EQ(out[1].floats(), b) << k << model->planned();
    }
  }
}

TEST(Control, Branch) {
  const char *program = R"mlir(
func.func @main(%c: tensor<i1> {dlc.name = "c", dlc.dtype = "i1", dlc.dims = []},
                %x: tensor<?xf32> {dlc.name = "x", dlc.dtype = "f32", dlc.dims = ["N"]},
                %n: index {dlc.symbol = "N"})
    -> (tensor<?xf32> {dlc.name = "y", dlc.dtype = "f32", dlc.dims = ["N"]}) {
  %cv = tensor.extract %c[] : tensor<i1>
  %r = scf.if %cv -> (tensor<?xf32>) {
    %e = tensor.empty(%n) : tensor<?xf32>
    %s = linalg.add ins(%x, %x : tensor<?xf32>, tensor<?xf32>) outs(%e : tensor<?xf32>) -> tensor<?xf32>
    scf.yield %s : tensor<?xf32>
  } else {
    scf.yield %x : tensor<?xf32>
  }
  %e2 = tensor.empty(%n) : tensor<?xf32>
  %y = linalg.mul ins(%r, %x : tensor<?xf32>, tensor<?xf32>) outs(%e2 : tensor<?xf32>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @plan(%n: index) -> (index) {
  return %n : index
}
)mlir";
  for (bool outline : {true, false}) {
    auto model = compile(program, outline);
    ASSERT_TRUE(model);
    for (char flag : {0, 1}) {
      TestTensor c;
      c.dtype = DLC_BOOL;
      c.bytes = {flag};
      std::vector<TestTensor> out = model->run({c, TestTensor::f32({3}, {1, -2, 3})});
      ASSERT_EQ(model->status(), 0) << model->error();
      std::vector<float> want = flag ? std::vector<float>{2, 8, 18} : std::vector<float>{1, 4, 9};
      EXPECT_EQ(out[0].floats(), want) << model->planned();
    }
  }
}

TEST(Control, WhileLoop) {
  // Doubles x until its first element is at least 100.
  const char *program = R"mlir(
func.func @main(%x: tensor<3xf32> {dlc.name = "x", dlc.dtype = "f32", dlc.dims = []})
    -> (tensor<3xf32> {dlc.name = "y", dlc.dtype = "f32", dlc.dims = []}) {
  %c0 = arith.constant 0 : index
  %limit = arith.constant 100.0 : f32
  %y = scf.while (%v = %x) : (tensor<3xf32>) -> tensor<3xf32> {
    %f = tensor.extract %v[%c0] : tensor<3xf32>
    %go = arith.cmpf olt, %f, %limit : f32
    scf.condition(%go) %v : tensor<3xf32>
  } do {
  ^bb0(%v: tensor<3xf32>):
    %e = tensor.empty() : tensor<3xf32>
    %s = linalg.add ins(%v, %v : tensor<3xf32>, tensor<3xf32>) outs(%e : tensor<3xf32>) -> tensor<3xf32>
    scf.yield %s : tensor<3xf32>
  }
  return %y : tensor<3xf32>
}
func.func @plan() -> (index) {
  %c3 = arith.constant 3 : index
  return %c3 : index
}
)mlir";
  for (bool outline : {true, false}) {
    auto model = compile(program, outline);
    ASSERT_TRUE(model);
    std::vector<TestTensor> out = model->run({TestTensor::f32({3}, {3, 1, -2})});
    ASSERT_EQ(model->status(), 0) << model->error();
    EXPECT_EQ(out[0].floats(), (std::vector<float>{192, 64, -128})) << model->planned();
    out = model->run({TestTensor::f32({3}, {300, 1, -2})});
    EXPECT_EQ(out[0].floats(), (std::vector<float>{300, 1, -2}));
  }
}

namespace {
/// The positions of the positive elements, as NonZero would give them.
const char *const positions = R"mlir(
func.func @main(%x: tensor<?xf32> {dlc.name = "x", dlc.dtype = "f32", dlc.dims = ["N"]},
                %n: index {dlc.symbol = "N"})
    -> (tensor<?xi64> {dlc.name = "p", dlc.dtype = "i64", dlc.dims = ["?"]},
        tensor<?xf32> {dlc.name = "y", dlc.dtype = "f32", dlc.dims = ["N"]},
        tensor<?xi64> {dlc.name = "q", dlc.dtype = "i64", dlc.dims = ["?"]}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f32
  %count = scf.for %i = %c0 to %n step %c1 iter_args(%c = %c0) -> (index) {
    %v = tensor.extract %x[%i] : tensor<?xf32>
    %p = arith.cmpf ogt, %v, %zero : f32
    %c2 = arith.addi %c, %c1 : index
    %c3 = arith.select %p, %c2, %c : index
    scf.yield %c3 : index
  }
  %e = tensor.empty(%count) : tensor<?xi64>
  %list, %end = scf.for %i = %c0 to %n step %c1 iter_args(%l = %e, %c = %c0) -> (tensor<?xi64>, index) {
    %v = tensor.extract %x[%i] : tensor<?xf32>
    %p = arith.cmpf ogt, %v, %zero : f32
    %l2, %c2 = scf.if %p -> (tensor<?xi64>, index) {
      %w = arith.index_cast %i : index to i64
      %l3 = tensor.insert %w into %l[%c] : tensor<?xi64>
      %c3 = arith.addi %c, %c1 : index
      scf.yield %l3, %c3 : tensor<?xi64>, index
    } else {
      scf.yield %l, %c : tensor<?xi64>, index
    }
    scf.yield %l2, %c2 : tensor<?xi64>, index
  }
  %e2 = tensor.empty(%n) : tensor<?xf32>
  %y = linalg.add ins(%x, %x : tensor<?xf32>, tensor<?xf32>) outs(%e2 : tensor<?xf32>) -> tensor<?xf32>
  %e3 = tensor.empty(%count) : tensor<?xi64>
  %q = linalg.add ins(%list, %list : tensor<?xi64>, tensor<?xi64>) outs(%e3 : tensor<?xi64>) -> tensor<?xi64>
  return %list, %y, %q : tensor<?xi64>, tensor<?xf32>, tensor<?xi64>
}
func.func @plan(%n: index) -> (index, index, index) {
  %m = arith.constant -1 : index
  return %m, %n, %m : index, index, index
}
)mlir";
} // namespace

TEST(Control, SizesFromData) {
  for (bool outline : {true, false}) {
    auto model = compile(positions, outline);
    ASSERT_TRUE(model);
    std::vector<TestTensor> out = model->run({TestTensor::f32({5}, {1, -1, 0, 3, 2})});
    ASSERT_EQ(model->status(), 0) << model->error();
    EXPECT_EQ(out[0].words(), (std::vector<int64_t>{0, 3, 4})) << model->planned();
    EXPECT_EQ(out[1].floats(), (std::vector<float>{2, -2, 0, 6, 4}));
    EXPECT_EQ(out[2].words(), (std::vector<int64_t>{0, 6, 8})) << model->planned();
    out = model->run({TestTensor::f32({2}, {-1, NAN})});
    ASSERT_EQ(model->status(), 0) << model->error();
    EXPECT_EQ(out[0].shape, (std::vector<int64_t>{0}));
    EXPECT_EQ(out[2].shape, (std::vector<int64_t>{0}));
  }
}

TEST(Control, SizesFromDataInALoop) {
  // A list that grows: each step appends its number; steps come from an input.
  const char *program = R"mlir(
func.func @main(%k: tensor<i64> {dlc.name = "k", dlc.dtype = "i64", dlc.dims = []})
    -> (tensor<?xi64> {dlc.name = "y", dlc.dtype = "i64", dlc.dims = ["?"]}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %kv = tensor.extract %k[] : tensor<i64>
  %n = arith.index_cast %kv : i64 to index
  %e = tensor.empty(%c0) : tensor<?xi64>
  %y = scf.for %i = %c0 to %n step %c1 iter_args(%l = %e) -> (tensor<?xi64>) {
    %size = tensor.dim %l, %c0 : tensor<?xi64>
    %more = arith.addi %size, %c1 : index
    %fresh = tensor.empty(%more) : tensor<?xi64>
    %old = tensor.insert_slice %l into %fresh[0][%size][1] : tensor<?xi64> into tensor<?xi64>
    %w = arith.index_cast %i : index to i64
    %new = tensor.insert %w into %old[%size] : tensor<?xi64>
    scf.yield %new : tensor<?xi64>
  }
  return %y : tensor<?xi64>
}
func.func @plan() -> (index) {
  %m = arith.constant -1 : index
  return %m : index
}
)mlir";
  for (bool outline : {true, false}) {
    auto model = compile(program, outline);
    ASSERT_TRUE(model);
    for (int64_t k : {0, 1, 7, 300}) {
      std::vector<TestTensor> out = model->run({TestTensor::i64({}, {k})});
      ASSERT_EQ(model->status(), 0) << model->error();
      std::vector<int64_t> want;
      for (int64_t i = 0; i < k; ++i)
        want.push_back(i);
      EXPECT_EQ(out[0].words(), want);
    }
  }
}
