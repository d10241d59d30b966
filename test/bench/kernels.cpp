// See kernels.h. Shapes are those of ResNet, MobileNet (V1 to V3), BERT and of plain squares.
#include "kernels.h"

#include "llvm/Support/FormatVariadic.h"

using namespace dlc::bench;
using llvm::formatv;

static std::string shape(std::initializer_list<int64_t> extents, const char *element = "f32") {
  std::string text = "tensor<";
  for (int64_t extent : extents)
    text += std::to_string(extent) + "x";
  return text + element + ">";
}

/// @main with one input and one result around these lines.
static std::string module(const std::string &input, const std::string &output,
                          const std::string &body, const std::string &result) {
  return formatv("func.func @main(%x: {0} {{dlc.name = \"x\"}) -> ({1} {{dlc.name = \"y\"}) {{\n{2}"
                 "  return {3} : {1}\n}\n",
                 input, output, body, result);
}

static std::string constant(const char *name, const std::string &type) {
  return formatv("  %{0} = nn.constant dense_resource<{0}> : {1}\n", name, type);
}

static std::string transpose(const char *to, const char *from, const char *permutation,
                             const std::string &fromType, const std::string &toType) {
  return formatv("  %{0} = nn.transpose %{1} {{permutation = array<i64: {2}>} : ({3}) -> {4}\n", to,
                 from, permutation, fromType, toType);
}

namespace {
struct Convolution {
  int64_t size, in, out, kernel, stride = 1;
  bool depthwise = false, bytes = false;
};
} // namespace

/// The sums of a product of bytes, scaled by columns, rectified and quantised: %y of %p.
static std::string requantise(const std::string &sums, const std::string &floats,
                              const std::string &scales, const std::string &result) {
  return constant("s", scales) +
         formatv("  %f = nn.cast %p {{to = f32} : ({0}) -> {1}\n"
                 "  %m = nn.mul %f, %s : ({1}, {2}) -> {1}\n  %r = nn.relu %m : ({1}) -> {1}\n"
                 "  %q = nn.quantize %r {{zero_point = 0 : i64, to = ui8} : ({1}) -> {3}\n",
                 sums, floats, scales, result)
             .str();
}

/// Convolution, bias and ReLU (of bytes: scales and ReLU) on data that lies channels-last already,
/// as inside a network; images of three channels come channels-first.
static Kernel convolution(const char *family, Convolution c) {
  int64_t pad = c.kernel / 2, size = (c.size + 2 * pad - c.kernel) / c.stride + 1;
  int64_t perGroup = c.depthwise ? 1 : c.in;
  bool first = c.in == 3;
  const char *data = c.bytes ? "ui8" : "f32";
  std::string input = shape({1, c.size, c.size, c.in}, data),
              inner = shape({1, c.in, c.size, c.size}, data),
              filter = shape({c.out, perGroup, c.kernel, c.kernel}, c.bytes ? "i8" : "f32"),
              columns = shape({c.out, 1, 1}), floats = shape({1, c.out, size, size}),
              sums = shape({1, c.out, size, size}, "i32"),
              result = shape({1, c.out, size, size}, data),
              output = shape({1, size, size, c.out}, data);
  std::string body = constant("w", filter);
  if (!first)
    body += transpose("t", "x", "0, 3, 1, 2", input, inner);
  body +=
      formatv("  %p = nn.{0} %{1}, %w {{window = #nn.window<kernel = [{2}, {2}], stride = [{3}, "
              "{3}], dilation = [1, 1], pad = [{4}, {4}, {4}, {4}]>, groups = {5} : i64{6}} : "
              "({7}, {8}) -> {9}\n",
              c.bytes ? "conv_integer" : "conv", first ? "x" : "t", c.kernel, c.stride, pad,
              c.depthwise ? c.in : 1, c.bytes ? ", pad_value = 0 : i64, to = i32" : "", inner,
              filter, c.bytes ? sums : floats);
  if (c.bytes) {
    body += requantise(sums, floats, columns, result);
  } else {
    body += constant("b", columns);
    body += formatv("  %a = nn.add %p, %b : ({0}, {1}) -> {0}\n", floats, columns);
    body += formatv("  %q = nn.relu %a : ({0}) -> {0}\n", floats);
  }
  body += transpose("y", "q", "0, 2, 3, 1", result, output);
  Kernel kernel;
  kernel.family = family;
  kernel.name =
      formatv("{0}x{0}{1} {2}->{3} @{4}", c.kernel, c.stride == 1 ? "" : "s2", c.in, c.out, c.size);
  kernel.module = module(first ? inner : input, output, body, "%y");
  auto number = [](int64_t a, int64_t b, int64_t c, int64_t d) {
    return double(a) * double(b) * double(c) * double(d);
  };
  kernel.operations = 2 * number(size * size, c.out, perGroup, c.kernel * c.kernel);
  double element = c.bytes ? 1 : 4;
  kernel.reads =
      element * (number(c.size, c.size, c.in, 1) + number(c.out, perGroup, c.kernel, c.kernel));
  kernel.writes = element * number(size, size, c.out, 1);
  if (c.bytes)
    kernel.roof = Roof::Integer;
  kernel.direct = !c.depthwise;
  return kernel;
}

/// Products with constant weights; `times` of them one after another where a single one is too
/// short to be measured (then the matrix is square).
static Kernel product(const char *family, int64_t m, int64_t n, int64_t k, int times = 1) {
  std::string input = shape({m, k}), weights = shape({k, n}), output = shape({m, n});
  std::string body = constant("w", weights), last = "x";
  for (int i = 0; i < times; ++i) {
    body += formatv("  %y{0} = nn.matmul %{1}, %w : ({2}, {3}) -> {4}\n", i, last, input, weights,
                    output);
    last = "y" + std::to_string(i);
  }
  Kernel kernel;
  kernel.family = family;
  kernel.name = formatv("{0}x{1}x{2}", m, n, k);
  kernel.module = module(input, output, body, "%" + last);
  kernel.operations = 2.0 * times * double(m) * double(n) * double(k);
  kernel.times = times;
  kernel.reads = 4.0 * (double(k) * double(n) + double(m) * double(k));
  kernel.writes = 4.0 * double(m) * double(n);
  return kernel;
}

/// A product of bytes, quantised again.
static Kernel byteProduct(int64_t m, int64_t n, int64_t k) {
  std::string input = shape({m, k}, "ui8"), weights = shape({k, n}, "i8"),
              sums = shape({m, n}, "i32"), output = shape({m, n}, "ui8");
  std::string body = constant("w", weights);
  body += formatv("  %p = nn.matmul_integer %x, %w : ({0}, {1}) -> {2}\n", input, weights, sums);
  body += requantise(sums, shape({m, n}), shape({n}), output);
  Kernel kernel;
  kernel.family = "int8";
  kernel.name = formatv("{0}x{1}x{2}", m, n, k);
  kernel.module = module(input, output, body, "%q");
  kernel.operations = 2.0 * double(m) * double(n) * double(k);
  kernel.reads = double(k) * double(n) + double(m) * double(k);
  kernel.writes = double(m) * double(n);
  kernel.roof = Roof::Integer;
  return kernel;
}

static Kernel vectorProduct(const char *level, int64_t n, int64_t k, int times = 1) {
  Kernel kernel = product("gemv", 1, n, k, times);
  kernel.name += formatv(" ({0})", level);
  kernel.roof = Roof::Memory;
  return kernel;
}

/// Row-wise kernels are compared with reading what they read and write.
static Kernel rows(const char *what, int64_t count, int64_t length) {
  std::string type = shape({count, length}), vector = shape({length}), body;
  if (llvm::StringRef(what) == "softmax") {
    body = formatv("  %y = nn.softmax %x {{axis = 1 : i64} : ({0}) -> {0}\n", type);
  } else {
    body = constant("s", vector) + constant("b", vector);
    body +=
        formatv("  %n = nn.normalize %x {{axes = array<i64: 1>, epsilon = 1.0e-5 : f64} : ({0}) -> "
                "{0}\n  %m = nn.mul %n, %s : ({0}, {1}) -> {0}\n  %y = nn.add %m, %b : ({0}, {1}) "
                "-> {0}\n",
                type, vector);
  }
  Kernel kernel;
  kernel.family = what;
  kernel.name = formatv("{0}x{1}", count, length);
  kernel.module = module(type, type, body, "%y");
  kernel.reads = kernel.writes = 4.0 * double(count) * double(length);
  kernel.roof = Roof::Memory;
  return kernel;
}

std::vector<Kernel> dlc::bench::allKernels() {
  std::vector<Kernel> kernels;
  const Convolution convolutions[] = {
      // ResNet
      {224, 3, 64, 7, 2},
      {56, 64, 64, 3},
      {56, 64, 128, 3, 2},
      {28, 128, 128, 3},
      {28, 128, 256, 3, 2},
      {14, 256, 256, 3},
      {14, 256, 512, 3, 2},
      {7, 512, 512, 3},
      {56, 64, 64, 1},
      {56, 64, 256, 1},
      {56, 256, 64, 1},
      {56, 256, 128, 1},
      {28, 128, 512, 1},
      {28, 512, 128, 1},
      {14, 256, 1024, 1},
      {14, 1024, 256, 1},
      {7, 512, 2048, 1},
      {7, 2048, 512, 1},
      {56, 64, 128, 1, 2},
      {14, 256, 512, 1, 2},
      // MobileNet
      {224, 3, 32, 3, 2},
      {112, 32, 64, 1},
      {112, 32, 16, 1},
      {112, 16, 96, 1},
      {56, 96, 24, 1},
      {56, 24, 144, 1},
      {28, 144, 32, 1},
      {28, 192, 32, 1},
      {14, 384, 64, 1},
      {14, 64, 384, 1},
      {14, 576, 96, 1},
      {7, 960, 160, 1},
      {7, 160, 960, 1},
      {7, 320, 1280, 1},
  };
  for (const Convolution &c : convolutions)
    kernels.push_back(convolution("conv", c));
  const Convolution depthwise[] = {
      {112, 32, 32, 3},     {112, 96, 96, 3},  {112, 96, 96, 3, 2}, {56, 144, 144, 3},
      {56, 144, 144, 3, 2}, {28, 192, 192, 3}, {14, 384, 384, 3},   {14, 576, 576, 3, 2},
      {7, 960, 960, 3},     {14, 240, 240, 5}, {56, 96, 96, 7},
  };
  for (Convolution c : depthwise) {
    c.depthwise = true;
    kernels.push_back(convolution("depthwise", c));
  }
  // The same convolutions in the form that the compiler chooses: percentages are of what the direct
  // form would need.
  for (const Convolution &c : convolutions)
    if (c.kernel == 3 && c.stride == 1) {
      kernels.push_back(convolution("winograd", c));
      kernels.back().direct = false;
    }
  const int64_t products[][3] = {
      {32, 768, 768},   {32, 3072, 768}, {32, 768, 3072},  {128, 768, 768}, {128, 3072, 768},
      {128, 768, 3072}, {49, 512, 512},  {64, 1000, 1024}, {512, 512, 512}, {1024, 1024, 1024},
  };
  for (const auto &p : products)
    kernels.push_back(product("gemm", p[0], p[1], p[2]));
  const Convolution byteConvolutions[] = {
      {224, 3, 64, 7, 2}, {56, 64, 64, 3},      {28, 128, 128, 3}, {14, 256, 256, 3},
      {7, 512, 512, 3},   {28, 128, 256, 3, 2}, {56, 64, 256, 1},  {56, 256, 64, 1},
      {14, 256, 1024, 1}, {14, 1024, 256, 1},   {7, 2048, 512, 1},
  };
  for (Convolution c : byteConvolutions) {
    c.bytes = true;
    kernels.push_back(convolution("int8", c));
  }
  for (const auto &p : {products[0], products[3], products[5], products[8]})
    kernels.push_back(byteProduct(p[0], p[1], p[2]));
  kernels.push_back(vectorProduct("L1", 80, 80, 32));
  kernels.push_back(vectorProduct("L2", 256, 256, 8));
  kernels.push_back(vectorProduct("L2", 512, 512, 4));
  kernels.push_back(vectorProduct("L3", 1024, 1024));
  kernels.push_back(vectorProduct("L3", 2048, 2048));
  kernels.push_back(vectorProduct("memory", 4096, 4096));
  kernels.push_back(vectorProduct("memory", 4096, 9216));
  for (auto [count, length] : {std::pair<int64_t, int64_t>{1536, 128}, {128, 1024}, {64, 1000}})
    kernels.push_back(rows("softmax", count, length));
  for (auto [count, length] : {std::pair<int64_t, int64_t>{32, 768}, {128, 768}, {512, 1024}})
    kernels.push_back(rows("layernorm", count, length));
  return kernels;
}
