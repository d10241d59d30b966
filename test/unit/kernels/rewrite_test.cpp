// Rewritten kernels compute what the original did: packed weights, Winograd. Each is run through
// the loops backend.
#include "kernel_harness.h"

#include "compiler/kernels/passes.h"

#include "mlir/IR/Matchers.h"
#include "mlir/Pass/PassManager.h"
#include "gtest/gtest.h"

#include <cmath>
#include <random>

using namespace dlc;
using namespace dlc::test;
using namespace mlir;

namespace {
std::vector<float> randomFloats(size_t count, unsigned seed) {
  std::mt19937 engine(seed);
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::vector<float> values(count);
  for (float &value : values)
    value = uniform(engine);
  return values;
}

double maxDifference(const std::vector<float> &a, const std::vector<float> &b) {
  double result = 0;
  for (size_t i = 0; i < a.size(); ++i)
    result = std::max(result, double(std::fabs(a[i] - b[i])));
  return result;
}

/// A module with a convolution of constant weights, and the passes that rewrite it.
class Rewritten {
public:
  Rewritten(const std::string &text, StringRef pipeline) {
    registerDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    original = parseSourceString<ModuleOp>(text, &context);
    changed = OwningOpRef<ModuleOp>(cast<ModuleOp>(original.get()->clone()));
    PassManager pm(&context);
    if (pipeline.consume_front("winograd"))
      pm.addPass(createKernelWinograd({"native", pipeline == "2" ? 2 : 4}));
    else
      pm.addPass(createKernelApplySchedule());
    ok = succeeded(pm.run(*changed));
  }

  /// The kernel whose name begins so.
  CompiledKernel compile(ModuleOp module, StringRef prefix) {
    for (auto func : module.getOps<kernel::FuncOp>())
      if (func.getSymName().starts_with(prefix)) {
        auto schedule = func.getScheduleAttr();
        func.removeScheduleAttr();
        CompiledKernel compiled(loopsBackend(), func);
        if (schedule)
          func.setScheduleAttr(schedule);
        return compiled;
      }
    ADD_FAILURE() << "no kernel " << prefix.str();
    return CompiledKernel(loopsBackend(), kernel::FuncOp());
  }

  DialectRegistry registry;
  MLIRContext context;
  OwningOpRef<ModuleOp> original, changed;
  bool ok = false;
};

std::string shape(const std::vector<int64_t> &dims) {
  std::string text = "tensor<";
  for (int64_t d : dims)
    text += std::to_string(d) + "x";
  return text + "f32>";
}

/// `taps` x `taps` of them, `h` x `w` results; the data bring what the pad does not.
struct Convolution {
  int64_t n, h, w, ci, co, taps = 3;
  bool pad = true;

  std::string text(const std::string &schedule = "") const {
    int64_t reach = taps - 1;
    std::string halo = std::to_string(reach / 2);
    std::string x = shape({n, h + grow(), w + grow(), ci}),
                padded = shape({n, h + reach, w + reach, ci}), filter = shape({co, ci, taps, taps}),
                y = shape({n, h, w, co});
    std::string text =
        "func.func @main(%x: " + x + ") -> " + y + " {\n" +
        "%w = arith.constant dense_resource<w> : " + filter + "\n%0 = tensor.empty() : " + y +
        "\n%1 = kernel.launch @conv_1 ins(%x, %w : " + x + ", " + filter + ") outs(%0 : " + y +
        ") -> " + y + "\nreturn %1 : " + y + "\n}\n" + "kernel.func private @conv_1(%x: " + x +
        ", %w: " + filter + ") -> " + y + " " + schedule + " {\n%z = arith.constant 0.0 : f32\n";
    if (pad)
      text +=
          "%p = tensor.pad %x low[0," + halo + "," + halo + ",0] high[0," + halo + "," + halo +
          ",0] {\n^bb0(%i: index, %j: index, %k: index, %l: index):\ntensor.yield %z : f32\n} : " +
          x + " to " + padded + "\n";
    text += "%e = tensor.empty() : " + y + "\n%f = linalg.fill ins(%z : f32) outs(%e : " + y +
            ") -> " + y +
            "\n%c = linalg.generic {indexing_maps = "
            "[affine_map<(n,h,w,co,ci,kh,kw)->(n,h+kh,w+kw,ci)>, "
            "affine_map<(n,h,w,co,ci,kh,kw)->(co,ci,kh,kw)>, "
            "affine_map<(n,h,w,co,ci,kh,kw)->(n,h,w,co)>], "
            "iterator_types = "
            "[\"parallel\",\"parallel\",\"parallel\",\"parallel\",\"reduction\",\"reduction\","
            "\"reduction\"]} ins(" +
            std::string(pad ? "%p" : "%x") + ", %w : " + padded + ", " + filter +
            ") outs(%f : " + y +
            ") {\n^bb0(%a: f32, %b: f32, %o: f32):\n%m = arith.mulf %a, %b : f32\n"
            "%s = arith.addf %o, %m : f32\nlinalg.yield %s : f32\n} -> " +
            y + "\nkernel.return %c : " + y + "\n}\n";
    return text;
  }

  std::vector<float> data() const {
    return randomFloats(size_t(n * (h + grow()) * (w + grow()) * ci), 1);
  }
  std::vector<float> filters() const { return randomFloats(size_t(co * ci * taps * taps), 2); }
  size_t results() const { return size_t(n * h * w * co); }
  size_t transformed(int64_t a) const { return size_t(a * a * ci * co); }

private:
  int64_t grow() const { return pad ? 0 : taps - 1; }
};

/// Of one dimension: `l` results, taps `apart`, with a pad in front.
struct Line {
  int64_t n, l, ci, co, taps = 3, apart = 1;

  std::string text() const {
    int64_t reach = (taps - 1) * apart;
    std::string x = shape({n, l, ci}), padded = shape({n, l + reach, ci}),
                filter = shape({co, ci, taps}), y = shape({n, l, co});
    return "func.func @main(%x: " + x + ") -> " + y +
           " {\n%w = arith.constant dense_resource<w> : " + filter +
           "\n%0 = tensor.empty() : " + y + "\n%1 = kernel.launch @conv_1 ins(%x, %w : " + x +
           ", " + filter + ") outs(%0 : " + y + ") -> " + y + "\nreturn %1 : " + y +
           "\n}\nkernel.func private @conv_1(%x: " + x + ", %w: " + filter + ") -> " + y +
           " {\n%z = arith.constant 0.0 : f32\n%p = tensor.pad %x low[0," + std::to_string(reach) +
           ",0] high[0,0,0] {\n^bb0(%i: index, %j: index, %k: index):\ntensor.yield %z : f32\n} "
           ": " +
           x + " to " + padded + "\n%e = tensor.empty() : " + y +
           "\n%f = linalg.fill ins(%z : f32) outs(%e : " + y + ") -> " + y +
           "\n%c = linalg.generic {indexing_maps = [affine_map<(n,l,co,ci,k)->(n,l+k*" +
           std::to_string(apart) +
           ",ci)>, affine_map<(n,l,co,ci,k)->(co,ci,k)>, affine_map<(n,l,co,ci,k)->(n,l,co)>], "
           "iterator_types = [\"parallel\",\"parallel\",\"parallel\",\"reduction\","
           "\"reduction\"]} ins(%p, %w : " +
           padded + ", " + filter + ") outs(%f : " + y +
           ") {\n^bb0(%a: f32, %b: f32, %o: f32):\n%m = arith.mulf %a, %b : f32\n"
           "%s = arith.addf %o, %m : f32\nlinalg.yield %s : f32\n} -> " +
           y + "\nkernel.return %c : " + y + "\n}\n";
  }

  std::vector<float> data() const { return randomFloats(size_t(n * l * ci), 1); }
  std::vector<float> filters() const { return randomFloats(size_t(co * ci * taps), 2); }
  size_t results() const { return size_t(n * l * co); }
  size_t transformed(int64_t a) const { return size_t(a * ci * co); }
};

/// The constant G that the module gives the kernel of filters.
std::vector<float> filterMatrixOf(ModuleOp module) {
  std::vector<float> matrix;
  module.walk([&](kernel::LaunchOp launch) {
    if (launch.getCallee().starts_with("filter_"))
      if (DenseElementsAttr value; matchPattern(launch->getOperand(1), m_Constant(&value)))
        matrix.assign(value.value_begin<float>(), value.value_end<float>());
  });
  return matrix;
}

template <typename Any> void checkWinograd(const Any &convolution, int64_t tile, double tolerance) {
  const int64_t a = tile + convolution.taps - 1;
  Rewritten module(convolution.text(), "winograd" + std::to_string(tile));
  ASSERT_TRUE(module.ok);
  CompiledKernel direct = module.compile(*module.original, "conv_");
  CompiledKernel filterKernel = module.compile(*module.changed, "filter_");
  CompiledKernel winograd = module.compile(*module.changed, "winograd_");
  ASSERT_TRUE(direct && filterKernel && winograd)
      << direct.error << filterKernel.error << winograd.error;
  std::vector<float> x = convolution.data(), f = convolution.filters();
  std::vector<float> g = filterMatrixOf(*module.changed);
  ASSERT_EQ(g.size(), size_t(a * convolution.taps));
  std::vector<float> expected(convolution.results()), got(expected.size(), NAN),
      u(convolution.transformed(a));
  EXPECT_EQ(direct.run({x.data(), f.data(), expected.data()}), 0);
  EXPECT_EQ(filterKernel.run({f.data(), g.data(), u.data()}), 0);
  EXPECT_EQ(winograd.run({x.data(), u.data(), got.data()}), 0);
  EXPECT_LT(maxDifference(expected, got), tolerance);
}
} // namespace

TEST(Winograd, F43WithPad) { checkWinograd(Convolution{2, 14, 13, 16, 17}, 4, 1e-4); }
TEST(Winograd, F43WithoutPad) {
  checkWinograd(Convolution{1, 12, 10, 16, 17, 3, /*pad=*/false}, 4, 1e-4);
}
TEST(Winograd, F23OnSmallImages) { checkWinograd(Convolution{1, 7, 6, 16, 17}, 2, 2e-5); }
TEST(Winograd, F25WithPad) { checkWinograd(Convolution{2, 9, 8, 16, 17, 5}, 2, 1e-4); }
TEST(Winograd, F25WithoutPad) {
  checkWinograd(Convolution{1, 6, 7, 16, 17, 5, /*pad=*/false}, 2, 1e-4);
}

TEST(Winograd, F43OfLines) { checkWinograd(Line{2, 37, 16, 17}, 4, 1e-5); }
TEST(Winograd, F43OfLinesWithTapsApart) { checkWinograd(Line{1, 100, 32, 16, 3, 7}, 4, 1e-5); }
TEST(Winograd, F23OfLines) { checkWinograd(Line{1, 21, 16, 17, 3, 2}, 2, 5e-6); }
TEST(Winograd, F25OfLines) { checkWinograd(Line{1, 40, 16, 17, 5}, 2, 1e-5); }

TEST(Pack, ConvolutionWithAPartialPanel) {
  const int64_t ci = 5, co = 24, h = 4, w = 6, panel = 16, panels = 2;
  const Convolution convolution{1, h, w, ci, co};
  Rewritten module(
      convolution.text("attributes {schedule = #kernel.schedule<halide, contraction, tile = "
                       "[1, 1, 4, 16], lanes = 16>}"),
      "pack");
  ASSERT_TRUE(module.ok);
  CompiledKernel direct = module.compile(*module.original, "conv_");
  CompiledKernel pack = module.compile(*module.changed, "pack_");
  CompiledKernel changed = module.compile(*module.changed, "conv_");
  ASSERT_TRUE(direct && pack && changed) << direct.error << pack.error << changed.error;
  std::vector<float> x = convolution.data(), f = convolution.filters();
  std::vector<float> expected(h * w * co), got(expected.size(), NAN),
      packed(panels * 9 * ci * panel, NAN);
  EXPECT_EQ(direct.run({x.data(), f.data(), expected.data()}), 0);
  EXPECT_EQ(pack.run({f.data(), packed.data()}), 0);
  EXPECT_EQ(changed.run({x.data(), packed.data(), got.data()}), 0);
  EXPECT_LT(maxDifference(expected, got), 1e-5);
  // [no][kh][kw][ci][ni], zero beyond the last column.
  EXPECT_EQ(packed[((1 * 9 + 2) * ci + 3) * panel + 7], f[((16 + 7) * ci + 3) * 9 + 2]);
  EXPECT_EQ(packed[((1 * 9 + 2) * ci + 3) * panel + 8], 0);
}
