// Costs of kernels: static and symbolic extents, Winograd, tables that are only looked into.
#include "compiler/kernels/cost.h"
#include "compiler/register.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "gtest/gtest.h"

using namespace dlc;
using namespace mlir;

namespace {
/// A kernel in a module of its own.
struct Parsed {
  explicit Parsed(const std::string &text) {
    DialectRegistry registry;
    registerDialects(registry);
    context.appendDialectRegistry(registry);
    module = parseSourceString<ModuleOp>(text, &context);
    EXPECT_TRUE(module);
  }
  kernel::FuncOp func() { return *module->getOps<kernel::FuncOp>().begin(); }
  MLIRContext context{MLIRContext::Threading::DISABLED};
  OwningOpRef<ModuleOp> module;
};

using Terms = std::map<Amount::Factors, int64_t>;

const char *const gemm = R"mlir(
kernel.func private @k(%x: memref<?x8xf32> {kernel.extents = array<i64: 0>}, %w: memref<8x4xf32>,
                       %y: memref<?x4xf32> {kernel.extents = array<i64: 0>}, %n: index)
    attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 4]>} {
  %0 = bufferization.to_tensor %x restrict : memref<?x8xf32> to tensor<?x8xf32>
  %1 = bufferization.to_tensor %w restrict : memref<8x4xf32> to tensor<8x4xf32>
  %zero = arith.constant 0.0 : f32
  %2 = tensor.empty(%n) : tensor<?x4xf32>
  %3 = linalg.fill ins(%zero : f32) outs(%2 : tensor<?x4xf32>) -> tensor<?x4xf32>
  %4 = linalg.matmul ins(%0, %1 : tensor<?x8xf32>, tensor<8x4xf32>) outs(%3 : tensor<?x4xf32>) -> tensor<?x4xf32>
  %5 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%4 : tensor<?x4xf32>) outs(%2 : tensor<?x4xf32>) {
    ^bb0(%a: f32, %o: f32):
      %m = arith.maximumf %a, %zero : f32
      linalg.yield %m : f32
  } -> tensor<?x4xf32>
  bufferization.materialize_in_destination %5 in restrict writable %y : (tensor<?x4xf32>, memref<?x4xf32>) -> ()
  kernel.return
})mlir";

const char *const lookup = R"mlir(
kernel.func private @k(%t: memref<1000x16xf32>, %i: memref<5xi64>, %y: memref<5x16xf32>) {
  %0 = bufferization.to_tensor %t restrict : memref<1000x16xf32> to tensor<1000x16xf32>
  %1 = bufferization.to_tensor %i restrict : memref<5xi64> to tensor<5xi64>
  %2 = tensor.empty() : tensor<5x16xf32>
  %3 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%1 : tensor<5xi64>) outs(%2 : tensor<5x16xf32>) {
    ^bb0(%a: i64, %o: f32):
      %row = arith.index_cast %a : i64 to index
      %column = linalg.index 1 : index
      %v = tensor.extract %0[%row, %column] : tensor<1000x16xf32>
      linalg.yield %v : f32
  } -> tensor<5x16xf32>
  bufferization.materialize_in_destination %3 in restrict writable %y : (tensor<5x16xf32>, memref<5x16xf32>) -> ()
  kernel.return
})mlir";
} // namespace

TEST(Cost, symbolicGemm) {
  Parsed parsed(gemm);
  KernelCost cost = costOf(parsed.func());
  EXPECT_EQ(cost.flops.getTerms(), (Terms{{{0}, 2 * 8 * 4 + 4}}));
  EXPECT_EQ(cost.directFlops.getTerms(), cost.flops.getTerms());
  EXPECT_EQ(cost.bytes.getTerms(), (Terms{{{}, 4 * 8 * 4}, {{0}, 4 * (8 + 4)}}));
  EXPECT_EQ(operandShapes(parsed.func()), "f32[{0},8] f32[8,4] -> f32[{0},4]");
  EXPECT_EQ(describeKernel(parsed.func()), "contraction over 8, then maximum");
  EXPECT_EQ(scheduleText(parsed.func()), "halide, contraction, tile = [1, 4]");
}

TEST(Cost, whatIsLookedUp) {
  Parsed parsed(lookup);
  KernelCost cost = costOf(parsed.func());
  EXPECT_EQ(cost.flops.getTerms(), Terms{});
  EXPECT_EQ(cost.bytes.getTerms(), (Terms{{{}, 5 * 16 * 4 + 5 * 8 + 5 * 16 * 4}}));
  EXPECT_EQ(describeKernel(parsed.func()), "copy");
}

TEST(Cost, amounts) {
  Amount n = Amount::argument(0), m = Amount::argument(1);
  EXPECT_EQ(((n + Amount(2)) * (m * Amount(3))).getTerms(), (Terms{{{0, 1}, 3}, {{1}, 6}}));
  EXPECT_EQ((n * m + m * n * Amount(-1)).getTerms(), Terms{});
  EXPECT_FALSE((n + Amount::unknown()).isKnown());
  EXPECT_FALSE((Amount(int64_t(1) << 62) * Amount(4)).isKnown());
}
