// Quantisation: integers that stand for reals by a scale and a zero point. Written with elementwise
// operations, and integer products and convolutions; all of it is exact up to the one rounding that
// ONNX defines.
#include "compiler/import/quantization.h"
#include "compiler/import/registry.h"
#include "compiler/import/window.h"

#include <cmath>

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {

//===----------------------------------------------------------------------===//
// What quantization.h declares
//===----------------------------------------------------------------------===//

bool isQuantized(Type type) {
  unsigned width = type.getIntOrFloatBitWidth();
  return isa<IntegerType>(type) && width > 1 && width <= 32;
}

bool checkQuantized(NodeContext &n, ArrayRef<unsigned> inputs) {
  for (unsigned i : inputs)
    if (n.hasInput(i) && !isQuantized(n.elementType(i))) {
      (void)n.error(n.inputName(i) + " must be a quantised integer tensor");
      return false;
    }
  return true;
}

Value oneNumber(NodeContext &n, unsigned i) {
  std::optional<int64_t> count = nn::product(n.shape(i)).constant();
  if (count && *count != 1) {
    (void)n.error(n.inputName(i) + " must be a scalar");
    return {};
  }
  return n.reshape(n.input(i), ArrayRef<Dim>{});
}

Value oneScale(NodeContext &n, unsigned i) {
  if (!n.elementType(i).isF32()) {
    (void)n.error(n.inputName(i) + " must be f32");
    return {};
  }
  return oneNumber(n, i);
}

Value columnParameter(NodeContext &n, unsigned i) {
  return nn::product(n.shape(i)).isOne() ? n.reshape(n.input(i), ArrayRef<Dim>{}) : n.input(i);
}

Value saturate(NodeContext &n, Value x, Value zeroPoint, Type to) {
  if (!n.ok())
    return {};
  unsigned width = to.getIntOrFloatBitWidth();
  bool isUnsigned = nn::isUnsigned(to);
  double low = isUnsigned ? 0 : -std::ldexp(1.0, int(width) - 1);
  double high = std::ldexp(1.0, int(width) - (isUnsigned ? 0 : 1)) - 1;
  Value y = n.create<nn::RoundOp>(x);
  if (zeroPoint)
    y = add(n, y, n.castTo(zeroPoint, f32(n)));
  y = n.create<nn::MaxOp>(y, n.scalar(low, f32(n)));
  y = n.create<nn::MinOp>(y, n.scalar(high, f32(n)));
  return n.castTo(y, to);
}

Value centred(NodeContext &n, Value q, Value zeroPoint) {
  q = n.castTo(q, i32(n));
  return zeroPoint ? sub(n, q, n.castTo(zeroPoint, i32(n))) : q;
}

Value centred(NodeContext &n, unsigned input, unsigned zeroPoint, bool perRow) {
  if (!n.hasInput(zeroPoint))
    return n.castTo(n.input(input), i32(n));
  Value zero = n.input(zeroPoint);
  SmallVector<Dim> dims = n.shape(zeroPoint);
  if (nn::product(dims).isOne())
    zero = n.reshape(zero, ArrayRef<Dim>{});
  else if (perRow && dims.size() == 1)
    zero = n.reshape(zero, {dims[0], Dim(1)});
  return centred(n, n.input(input), zero);
}

Value dequantize(NodeContext &n, Value q, Value scale, Value zeroPoint) {
  if (zeroPoint)
    q = centred(n, q, zeroPoint);
  return mul(n, n.castTo(q, f32(n)), scale);
}

Value integerProduct(NodeContext &n, Value lhs, Value rhs) {
  if (!n.ok())
    return {};
  SmallVector<Dim> a = nn::dimsOf(lhs.getType()), b = nn::dimsOf(rhs.getType());
  if (a.empty() || b.empty()) {
    (void)n.error("a matrix product of scalars");
    return {};
  }
  if (a.size() == 1)
    lhs = n.reshape(lhs, {Dim(1), a[0]});
  if (b.size() == 1)
    rhs = n.reshape(rhs, {b[0], Dim(1)});
  Value y = n.create<nn::MatmulOp>(lhs, rhs, /*transpose_lhs=*/false, /*transpose_rhs=*/false);
  if (!n.ok() || (a.size() > 1 && b.size() > 1))
    return y;
  SmallVector<Dim> dims = nn::dimsOf(y.getType());
  if (b.size() == 1)
    dims.pop_back();
  if (a.size() == 1)
    dims.erase(dims.end() - (b.size() == 1 ? 1 : 2));
  return n.reshape(y, dims);
}

DynamicallyQuantized quantizeDynamically(NodeContext &n, Value x) {
  if (!n.ok())
    return {};
  int64_t rank = cast<RankedTensorType>(x.getType()).getRank();
  SmallVector<int64_t> axes = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  auto extreme = [&](nn::ReduceKind kind) {
    return n.create<nn::ReduceOp>(x, kind, axes, /*keepdims=*/false);
  };
  Value zero = n.scalar(0, f32(n));
  Value low = n.create<nn::MinOp>(extreme(nn::ReduceKind::Min), zero);
  Value high = n.create<nn::MaxOp>(extreme(nn::ReduceKind::Max), zero);
  Value scale = div(n, sub(n, high, low), n.scalar(255, f32(n)));
  // A tensor of zeros: any scale will do.
  scale = n.create<nn::WhereOp>(n.create<nn::EqualOp>(scale, zero), n.scalar(1, f32(n)), scale);
  Type u8 = IntegerType::get(n.context(), 8, IntegerType::Unsigned);
  Value point = saturate(n, div(n, sub(n, zero, low), scale), {}, u8);
  return {saturate(n, div(n, x, scale), point, u8), scale, point};
}

//===----------------------------------------------------------------------===//
// QuantizeLinear, DequantizeLinear, DynamicQuantizeLinear
//===----------------------------------------------------------------------===//

namespace {

/// A scale or zero point in a shape that broadcasts to that of input 0: one for the tensor, one for
/// each entry along `axis`, or one for each block of `block` entries.
Value spread(NodeContext &n, unsigned input, int64_t axis, int64_t block) {
  SmallVector<Dim> x = n.shape(0), s = n.shape(input);
  Value value = n.input(input);
  if (block > 0) {
    if (s.size() != x.size()) {
      (void)n.error(n.inputName(input) +
                    " must have the rank of the input where block_size is given");
      return {};
    }
    // Each entry is repeated; the last block may be cut.
    SmallVector<Dim> split(s), repeated(s), joined(s), sizes(s);
    split.insert(split.begin() + axis + 1, Dim(1));
    repeated.insert(repeated.begin() + axis + 1, Dim(block));
    joined[axis] = s[axis] * Dim(block);
    std::optional<int64_t> have = joined[axis].constant(), want = x[axis].constant();
    if (have && want && (*have < *want || *have - *want >= block)) {
      (void)n.error(n.inputName(input) + " has " + s[axis].str() + " blocks of " + Twine(block) +
                    " for " + x[axis].str() + " entries");
      return {};
    }
    value = n.reshape(n.expand(n.reshape(value, split), repeated), joined);
    return n.slice(value, axis, Dim(0), x[axis]);
  }
  // One element serves all, however many dimensions it has.
  if (nn::product(s).isOne())
    return n.reshape(value, ArrayRef<Dim>{});
  if (s.size() != 1) {
    (void)n.error(n.inputName(input) + " must be a scalar or have one dimension");
    return {};
  }
  SmallVector<Dim> line(x.size(), Dim(1));
  line[axis] = s[0];
  return n.reshape(value, line);
}

/// Axis and block size, where scales are not scalars.
struct Granularity {
  int64_t axis = 0, block = 0;
};
FailureOr<Granularity> granularity(NodeContext &n) {
  Granularity g;
  g.block = n.intAttr("block_size", 0);
  int64_t axis = n.intAttr("axis", 1);
  if (g.block < 0)
    return n.error("block_size = " + Twine(g.block) + " is negative");
  // Without a dimension to run along the axis means nothing.
  if (nn::product(n.shape(1)).isOne() && g.block == 0)
    return g;
  g.axis = n.normalizeAxis(axis, n.rank(0));
  return n.ok() ? FailureOr<Granularity>(g) : FailureOr<Granularity>(failure());
}

LogicalResult buildQuantizeLinear(NodeContext &n) {
  FailureOr<Granularity> g = granularity(n);
  n.ignoreAttr("saturate"); // concerns float8 alone, which is refused below
  n.ignoreAttr("precision");
  if (failed(g))
    return failure();
  Type to = IntegerType::get(n.context(), 8, IntegerType::Unsigned);
  if (n.hasInput(2))
    to = n.elementType(2);
  else if (n.intAttr("output_dtype", 0))
    to = n.typeAttr("output_dtype", 0);
  if (!n.ok())
    return failure();
  if (!isQuantized(to))
    return n.unsupported("quantisation to this element type is not supported");
  Value scale = n.castTo(spread(n, 1, g->axis, g->block), f32(n));
  Value zero = n.hasInput(2) ? spread(n, 2, g->axis, g->block) : Value();
  if (!n.ok())
    return failure();
  return n.result(saturate(n, div(n, n.castTo(n.input(0), f32(n)), scale), zero, to));
}

LogicalResult buildDequantizeLinear(NodeContext &n) {
  FailureOr<Granularity> g = granularity(n);
  if (failed(g))
    return failure();
  Type from = n.elementType(0), to = n.elementType(1);
  if (n.intAttr("output_dtype", 0))
    to = n.typeAttr("output_dtype", 0);
  if (!n.ok() || (n.hasInput(2) && !n.sameElementType(0, 2)))
    return failure();
  if (!isQuantized(from))
    return n.unsupported("dequantisation of this element type is not supported");
  Value scale = n.castTo(spread(n, 1, g->axis, g->block), f32(n));
  Value zero = n.hasInput(2) ? spread(n, 2, g->axis, g->block) : Value();
  return n.result(n.castTo(dequantize(n, n.input(0), scale, zero), to));
}

LogicalResult buildDynamicQuantizeLinear(NodeContext &n) {
  if (n.elementType(0) != f32(n))
    return n.error("x must be f32");
  DynamicallyQuantized y = quantizeDynamically(n, n.input(0));
  return n.results({y.bytes, y.scale, y.zeroPoint});
}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

LogicalResult buildMatMulInteger(NodeContext &n) {
  if (!checkQuantized(n, {0, 1, 2, 3}))
    return failure();
  Value a = centred(n, 0, 2, /*perRow=*/true), b = centred(n, 1, 3, /*perRow=*/false);
  return n.result(integerProduct(n, a, b));
}

LogicalResult buildQLinearMatMul(NodeContext &n) {
  if (!checkQuantized(n, {0, 2, 3, 5, 7}))
    return failure();
  Value a = centred(n, 0, 2, /*perRow=*/true), b = centred(n, 3, 5, /*perRow=*/false);
  Value sum = integerProduct(n, a, b);
  auto scale = [&](unsigned i, bool perRow) {
    Value value = n.castTo(n.input(i), f32(n));
    SmallVector<Dim> dims = n.shape(i);
    if (nn::product(dims).isOne())
      return n.reshape(value, ArrayRef<Dim>{});
    return perRow && dims.size() == 1 ? n.reshape(value, {dims[0], Dim(1)}) : value;
  };
  Value factor = div(n, mul(n, scale(1, true), scale(4, false)), scale(6, true));
  Value zero = n.input(7);
  SmallVector<Dim> zeroDims = n.shape(7);
  if (nn::product(zeroDims).isOne())
    zero = n.reshape(zero, ArrayRef<Dim>{});
  else if (zeroDims.size() == 1)
    zero = n.reshape(zero, {zeroDims[0], Dim(1)});
  Value y = mul(n, n.castTo(sum, f32(n)), factor);
  return n.result(saturate(n, y, zero, n.elementType(7)));
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

/// Inputs of one convolution: which are which.
struct ConvInputs {
  unsigned x, xZero, w, wZero;
  bool channelsLast = false; ///< of x and the result
};

/// i32 sums of products. They are computed in a float type that holds them exactly.
Value convolution(NodeContext &n, ConvInputs in) {
  int64_t rank = n.rank(in.x);
  if (rank < 3 || n.rank(in.w) != rank) {
    (void)n.error("x and w need the same rank, at least 3");
    return {};
  }
  FailureOr<SmallVector<int64_t>> kernel = filterKernel(n, in.w);
  if (failed(kernel))
    return {};
  Value input = in.channelsLast ? channelsFirst(n, n.input(in.x)) : n.input(in.x);
  if (!n.ok())
    return {};
  SmallVector<Dim> x = nn::dimsOf(input.getType()), w = n.shape(in.w);
  FailureOr<nn::WindowAttr> window = windowAttr(n, ArrayRef(x).drop_front(2), *kernel);
  int64_t groups = n.intAttr("group", 1);
  if (failed(window) || !n.ok())
    return {};
  // Differences of 8-bit numbers are below 2^8, so sums of up to 2^8 products fit f32's 24 bits.
  std::optional<int64_t> terms = nn::product(ArrayRef(w).drop_front()).constant();
  Type element = terms && *terms <= 256 ? f32(n) : Type(n.builder().getF64Type());
  auto operand = [&](Value value, unsigned zeroPoint, bool perChannel) {
    Value zero;
    if (n.hasInput(zeroPoint)) {
      zero = n.input(zeroPoint);
      SmallVector<Dim> dims = n.shape(zeroPoint);
      if (nn::product(dims).isOne()) {
        zero = n.reshape(zero, ArrayRef<Dim>{});
      } else if (perChannel && dims.size() == 1) {
        dims.append(rank - 1, Dim(1));
        zero = n.reshape(zero, dims);
      } else {
        (void)n.error(n.inputName(zeroPoint) + " must be a scalar");
      }
    }
    return n.castTo(centred(n, value, zero), element);
  };
  Value y =
      n.create<nn::ConvOp>(operand(input, in.xZero, false), operand(n.input(in.w), in.wZero, true),
                           *window, n.builder().getI64IntegerAttr(groups),
                           /*channels_last=*/UnitAttr());
  return n.castTo(y, i32(n));
}

LogicalResult buildConvInteger(NodeContext &n) {
  if (!checkQuantized(n, {0, 1, 2, 3}))
    return failure();
  return n.result(convolution(n, {0, 2, 1, 3}));
}

template <bool Microsoft> LogicalResult buildQLinearConv(NodeContext &n) {
  if (!checkQuantized(n, {0, 2, 3, 5, 7, 8}))
    return failure();
  bool last = Microsoft && n.intAttr("channels_last", 0);
  Value sum = convolution(n, {0, 2, 3, 5, last});
  if (!n.ok())
    return failure();
  int64_t rank = n.rank(0);
  auto perChannel = [&](Value value, unsigned i) {
    SmallVector<Dim> dims = n.shape(i);
    if (nn::product(dims).isOne())
      return n.reshape(value, ArrayRef<Dim>{});
    dims.append(rank - 2, Dim(1));
    return n.reshape(value, dims);
  };
  if (n.hasInput(8)) {
    if (!n.elementType(8).isInteger(32) || n.rank(8) != 1)
      return n.error("B must be a vector of i32");
    sum = add(n, sum, perChannel(n.input(8), 8));
  }
  Value factor = div(n, mul(n, perChannel(n.input(1), 1), perChannel(n.input(4), 4)),
                     perChannel(n.input(6), 6));
  Value y = mul(n, n.castTo(sum, f32(n)), factor);
  y = saturate(n, y, perChannel(n.input(7), 7), n.elementType(7));
  return n.result(last ? channelsLast(n, y) : y);
}

} // namespace

ArrayRef<OpRow> quantizationRows() {
  static const OpRow rows[] = {
      {"", "ConvInteger", 10, buildConvInteger, "x w x_zero_point? w_zero_point?", "y"},
      {"", "DequantizeLinear", 10, buildDequantizeLinear, "x x_scale x_zero_point?", "y"},
      {"", "DynamicQuantizeLinear", 11, buildDynamicQuantizeLinear, "x", "y y_scale y_zero_point"},
      {"", "MatMulInteger", 10, buildMatMulInteger, "A B a_zero_point? b_zero_point?", "Y"},
      {"", "QLinearConv", 10, buildQLinearConv<false>,
       "x x_scale x_zero_point w w_scale w_zero_point y_scale y_zero_point B?", "y"},
      {"", "QLinearMatMul", 10, buildQLinearMatMul,
       "a a_scale a_zero_point b b_scale b_zero_point y_scale y_zero_point", "y"},
      {"", "QuantizeLinear", 10, buildQuantizeLinear, "x y_scale y_zero_point?", "y"},
      {"com.microsoft", "DequantizeLinear", 1, buildDequantizeLinear, "x x_scale x_zero_point?",
       "y"},
      {"com.microsoft", "QLinearConv", 1, buildQLinearConv<true>,
       "x x_scale x_zero_point w w_scale w_zero_point y_scale y_zero_point B?", "y"},
      {"com.microsoft", "QuantizeLinear", 1, buildQuantizeLinear, "x y_scale y_zero_point?", "y"},
  };
  return rows;
}

} // namespace dlc
