// Rewritten kernels compute what the original did: packed weights, Winograd. Each is run through
// the loops backend.
#include "kernel_harness.h"

#include "compiler/kernels/passes.h"

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

std::string convolution(int64_t n, int64_t h, int64_t w, int64_t ci, int64_t co, bool pad,
                        const std::string &schedule = "") {
  auto shape = [](std::vector<int64_t> dims) {
    std::string text = "tensor<";
    for (int64_t d : dims)
      text += std::to_string(d) + "x";
    return text + "f32>";
  };
  int64_t grow = pad ? 0 : 2;
  std::string x = shape({n, h + grow, w + grow, ci}), padded = shape({n, h + 2, w + 2, ci}),
              filter = shape({co, ci, 3, 3}), y = shape({n, h, w, co});
  std::string text =
      "func.func @main(%x: " + x + ") -> " + y + " {\n" +
      "%w = arith.constant dense_resource<w> : " + filter + "\n%0 = tensor.empty() : " + y +
      "\n%1 = kernel.launch @conv_1 ins(%x, %w : " + x + ", " + filter + ") outs(%0 : " + y +
      ") -> " + y + "\nreturn %1 : " + y + "\n}\n" + "kernel.func private @conv_1(%x: " + x +
      ", %w: " + filter + ") -> " + y + " " + schedule + " {\n%z = arith.constant 0.0 : f32\n";
  if (pad)
    text +=
        "%p = tensor.pad %x low[0,1,1,0] high[0,1,1,0] {\n^bb0(%i: index, %j: index, %k: index, "
        "%l: index):\ntensor.yield %z : f32\n} : " +
        x + " to " + padded + "\n";
  text +=
      "%e = tensor.empty() : " + y + "\n%f = linalg.fill ins(%z : f32) outs(%e : " + y + ") -> " +
      y +
      "\n%c = linalg.generic {indexing_maps = [affine_map<(n,h,w,co,ci,kh,kw)->(n,h+kh,w+kw,ci)>, "
      "affine_map<(n,h,w,co,ci,kh,kw)->(co,ci,kh,kw)>, "
      "affine_map<(n,h,w,co,ci,kh,kw)->(n,h,w,co)>], "
      "iterator_types = "
      "[\"parallel\",\"parallel\",\"parallel\",\"parallel\",\"reduction\",\"reduction\","
      "\"reduction\"]} ins(" +
      std::string(pad ? "%p" : "%x") + ", %w : " + padded + ", " + filter + ") outs(%f : " + y +
      ") {\n^bb0(%a: f32, %b: f32, %o: f32):\n%m = arith.mulf %a, %b : f32\n"
      "%s = arith.addf %o, %m : f32\nlinalg.yield %s : f32\n} -> " +
      y + "\nkernel.return %c : " + y + "\n}\n";
  return text;
}

void checkWinograd(int64_t n, int64_t h, int64_t w, int64_t tile, bool pad, double tolerance) {
  const int64_t ci = 16, co = 17, a = tile + 2;
  Rewritten module(convolution(n, h, w, ci, co, pad), tile == 2 ? "winograd2" : "winograd4");
  ASSERT_TRUE(module.ok);
  CompiledKernel direct = module.compile(*module.original, "conv_");
  CompiledKernel filterKernel = module.compile(*module.changed, "filter_");
  CompiledKernel winograd = module.compile(*module.changed, "winograd_");
  ASSERT_TRUE(direct && filterKernel && winograd)
      << direct.error << filterKernel.error << winograd.error;
  int64_t grow = pad ? 0 : 2;
  std::vector<float> x = randomFloats(n * (h + grow) * (w + grow) * ci, 1),
                     f = randomFloats(co * ci * 9, 2);
  std::vector<float> expected(n * h * w * co), got(expected.size(), NAN), u(a * a * ci * co);
  std::vector<float> g2 = {1, 0, 0, .5, .5, .5, .5, -.5, .5, 0, 0, 1};
  std::vector<float> g4 = {1.f / 4,  0,         0,        -1.f / 6, -1.f / 6, -1.f / 6,
                           -1.f / 6, 1.f / 6,   -1.f / 6, 1.f / 24, 1.f / 12, 1.f / 6,
                           1.f / 24, -1.f / 12, 1.f / 6,  0,        0,        1};
  EXPECT_EQ(direct.run({x.data(), f.data(), expected.data()}), 0);
  EXPECT_EQ(filterKernel.run({f.data(), (tile == 2 ? g2 : g4).data(), u.data()}), 0);
  EXPECT_EQ(winograd.run({x.data(), u.data(), got.data()}), 0);
  EXPECT_LT(maxDifference(expected, got), tolerance);
}
} // namespace

TEST(Winograd, F43WithPad) { checkWinograd(2, 14, 13, 4, /*pad=*/true, 1e-4); }
TEST(Winograd, F43WithoutPad) { checkWinograd(1, 12, 10, 4, /*pad=*/false, 1e-4); }
TEST(Winograd, F23OnSmallImages) { checkWinograd(1, 7, 6, 2, /*pad=*/true, 2e-5); }

TEST(Pack, ConvolutionWithAPartialPanel) {
  const int64_t ci = 5, co = 24, h = 4, w = 6, panel = 16, panels = 2;
  Rewritten module(convolution(1, h, w, ci, co, /*pad=*/true,
                               "attributes {schedule = #kernel.schedule<halide, contraction, tile "
                               "= [1, 1, 4, 16], lanes = 16>}"),
                   "pack");
  ASSERT_TRUE(module.ok);
  CompiledKernel direct = module.compile(*module.original, "conv_");
  CompiledKernel pack = module.compile(*module.changed, "pack_");
  CompiledKernel changed = module.compile(*module.changed, "conv_");
  ASSERT_TRUE(direct && pack && changed) << direct.error << pack.error << changed.error;
  std::vector<float> x = randomFloats(h * w * ci, 1), f = randomFloats(co * ci * 9, 2);
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
