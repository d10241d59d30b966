// The loops backend: the in-memory form of a kernel, layouts, temporaries.
#include "kernel_harness.h"

#include "gtest/gtest.h"

#include <cmath>
#include <limits>
#include <numeric>

using namespace dlc;
using namespace dlc::test;

TEST(Loops, MatmulBiasReluWithTemporaries) {
  CompiledKernel kernel(loopsBackend(), R"(
    kernel.func private @k(%a: memref<2x3xf32>, %b: memref<3x2xf32>, %bias: memref<2xf32>, %out: memref<2x2xf32>) {
      %0 = bufferization.to_tensor %a restrict : memref<2x3xf32> to tensor<2x3xf32>
      %1 = bufferization.to_tensor %b restrict : memref<3x2xf32> to tensor<3x2xf32>
      %2 = bufferization.to_tensor %bias restrict : memref<2xf32> to tensor<2xf32>
      %zero = arith.constant 0.0 : f32
      %e = tensor.empty() : tensor<2x2xf32>
      %f = linalg.fill ins(%zero : f32) outs(%e : tensor<2x2xf32>) -> tensor<2x2xf32>
      %m = linalg.matmul ins(%0, %1 : tensor<2x3xf32>, tensor<3x2xf32>) outs(%f : tensor<2x2xf32>) -> tensor<2x2xf32>
      %e2 = tensor.empty() : tensor<2x2xf32>
      %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
          iterator_types = ["parallel", "parallel"]} ins(%m, %2 : tensor<2x2xf32>, tensor<2xf32>) outs(%e2 : tensor<2x2xf32>) {
      ^bb0(%x: f32, %y: f32, %o: f32):
        %s = arith.addf %x, %y : f32
        %p = arith.maximumf %s, %zero : f32
        linalg.yield %p : f32
      } -> tensor<2x2xf32>
      bufferization.materialize_in_destination %r in restrict writable %out : (tensor<2x2xf32>, memref<2x2xf32>) -> ()
      kernel.return
    })");
  ASSERT_TRUE(kernel) << kernel.error;
  std::vector<float> a = {1, 2, 3, 4, 5, 6}, b = {1, 0, 0, 1, 1, -3}, bias = {0.5f, 1}, out(4);
  EXPECT_EQ(kernel.run({a.data(), b.data(), bias.data(), out.data()}), 0);
  EXPECT_EQ(out, (std::vector<float>{4.5f, 0, 10.5f, 0}));
  EXPECT_EQ(liveBlocks(), 0);
  // A NaN goes through a relu that is written as maximumf.
  a[0] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(kernel.run({a.data(), b.data(), bias.data(), out.data()}), 0);
  EXPECT_TRUE(std::isnan(out[0]));
}

TEST(Loops, DynamicExtentsAndStrides) {
  // Extents: rows n, columns m. The input's row stride is dynamic, the output is a dense identity
  // layout.
  CompiledKernel kernel(loopsBackend(), R"(
    kernel.func private @t(%x: memref<?x?xf32, strided<[?, 1]>> {kernel.extents = array<i64: 0, 1>},
                           %out: memref<?x?xf32> {kernel.extents = array<i64: 1, 0>}, %n: index, %m: index) {
      %0 = bufferization.to_tensor %x restrict : memref<?x?xf32, strided<[?, 1]>> to tensor<?x?xf32>
      %e = tensor.empty(%m, %n) : tensor<?x?xf32>
      %r = linalg.transpose ins(%0 : tensor<?x?xf32>) outs(%e : tensor<?x?xf32>) permutation = [1, 0]
      bufferization.materialize_in_destination %r in restrict writable %out : (tensor<?x?xf32>, memref<?x?xf32>) -> ()
      kernel.return
    })");
  ASSERT_TRUE(kernel) << kernel.error;
  std::vector<float> x(3 * 10), out(6, -1);
  std::iota(x.begin(), x.end(), 0.0f);
  EXPECT_EQ(kernel.run({x.data(), out.data()}, {2, 3, /*row stride=*/10}), 0);
  EXPECT_EQ(out, (std::vector<float>{0, 10, 1, 11, 2, 12}));
}

TEST(Loops, StaticOffsetIsTheCallersBusiness) {
  CompiledKernel kernel(loopsBackend(), R"(
    kernel.func private @o(%x: memref<2x2xi8, strided<[4, 1], offset: 6>>, %out: memref<2x2xi8, strided<[8, 2], offset: 3>>) {
      %0 = bufferization.to_tensor %x restrict : memref<2x2xi8, strided<[4, 1], offset: 6>> to tensor<2x2xi8>
      bufferization.materialize_in_destination %0 in restrict writable %out : (tensor<2x2xi8>, memref<2x2xi8, strided<[8, 2], offset: 3>>) -> ()
      kernel.return
    })");
  ASSERT_TRUE(kernel) << kernel.error;
  std::vector<int8_t> x = {1, 2, 0, 0, 3, 4}, out(11, 0);
  EXPECT_EQ(kernel.run({x.data(), out.data()}), 0);
  EXPECT_EQ(out, (std::vector<int8_t>{1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4}));
}

TEST(Loops, BooleansAreBytesAndHalvesRound) {
  CompiledKernel kernel(loopsBackend(), R"(
    kernel.func private @h(%x: memref<3xbf16>, %y: memref<3xbf16>, %sum: memref<3xbf16>, %less: memref<3xi1>) {
      %0 = bufferization.to_tensor %x restrict : memref<3xbf16> to tensor<3xbf16>
      %1 = bufferization.to_tensor %y restrict : memref<3xbf16> to tensor<3xbf16>
      %e = tensor.empty() : tensor<3xbf16>
      %f = tensor.empty() : tensor<3xi1>
      %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
          iterator_types = ["parallel"]} ins(%0, %1 : tensor<3xbf16>, tensor<3xbf16>) outs(%e, %f : tensor<3xbf16>, tensor<3xi1>) {
      ^bb0(%a: bf16, %b: bf16, %o: bf16, %p: i1):
        %s = arith.addf %a, %b : bf16
        %t = math.exp %s : bf16
        %l = arith.cmpf olt, %a, %b : bf16
        linalg.yield %t, %l : bf16, i1
      } -> (tensor<3xbf16>, tensor<3xi1>)
      bufferization.materialize_in_destination %r#0 in restrict writable %sum : (tensor<3xbf16>, memref<3xbf16>) -> ()
      bufferization.materialize_in_destination %r#1 in restrict writable %less : (tensor<3xi1>, memref<3xi1>) -> ()
      kernel.return
    })");
  ASSERT_TRUE(kernel) << kernel.error;
  std::vector<uint16_t> x = {0x3f80, 0x0000, 0x4000}, y = {0x0000, 0x0000, 0xc000},
                        sum(3); // 1 0 2, 0 0 -2
  std::vector<uint8_t> less(3, 7);
  EXPECT_EQ(kernel.run({x.data(), y.data(), sum.data(), less.data()}), 0);
  EXPECT_EQ(sum, (std::vector<uint16_t>{0x402e, 0x3f80, 0x3f80})); // e = 2.71875 in bf16
  EXPECT_EQ(less, (std::vector<uint8_t>{0, 0, 0}));
}

TEST(Loops, OtherProcessorsCanBeTargeted) {
  std::string error;
  for (llvm::StringRef spec : {"x86-64-v3", "x86-64-v4", "aarch64-linux"}) {
    auto target = resolveTarget(spec, error);
    ASSERT_TRUE(succeeded(target)) << error;
    EXPECT_EQ(target->vectorBytes, spec == "x86-64-v4" ? 64 : spec == "x86-64-v3" ? 32 : 16);
    EXPECT_EQ(target->has("fma"), spec != "aarch64-linux");
  }
  EXPECT_TRUE(failed(resolveTarget("x86-64-v9", error)));
  EXPECT_NE(error.find("unknown target 'x86-64-v9'"), std::string::npos);
}
