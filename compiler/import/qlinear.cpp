// Operators of com.microsoft on quantised tensors, as onnxruntime's quantiser writes them
// (QuantFormat.QOperator). Each is what it says of the dequantised tensors, quantised again; the
// order of roundings is that of onnxruntime's kernels, so that the integers are the same.
#include "compiler/import/quantization.h"
#include "compiler/import/registry.h"
#include "compiler/import/window.h"

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {
namespace {

/// A quantised input.
struct Operand {
  Value q, scale, zero; ///< the zero point is null where it is absent
};

/// Inputs i, i + 1 and i + 2.
Operand operandAt(NodeContext &n, unsigned i) {
  if (!checkQuantized(n, {i}) || (n.hasInput(i + 2) && !n.sameElementType(i, i + 2)))
    return {};
  return {n.input(i), oneScale(n, i + 1), n.hasInput(i + 2) ? oneNumber(n, i + 2) : Value()};
}

/// How the result is quantised.
struct Target {
  Value scale, zero;
  Type type;
};

/// Inputs i and i + 1; without a zero point the result has the type of input `like`.
Target targetAt(NodeContext &n, unsigned i, unsigned like) {
  bool hasZero = n.hasInput(i + 1);
  if (hasZero && !checkQuantized(n, {i + 1}))
    return {};
  return {oneScale(n, i), hasZero ? oneNumber(n, i + 1) : Value(),
          n.elementType(hasZero ? i + 1 : like)};
}

Value dequantized(NodeContext &n, const Operand &x) {
  return n.ok() ? dequantize(n, x.q, x.scale, x.zero) : Value();
}
Value quantized(NodeContext &n, Value x, const Target &y) {
  return n.ok() ? saturate(n, div(n, x, y.scale), y.zero, y.type) : Value();
}

/// A zero point as f32.
Value zeroAsFloat(NodeContext &n, Value zero) {
  return zero ? n.castTo(zero, f32(n)) : n.scalar(0, f32(n));
}

//===----------------------------------------------------------------------===//
// Elementwise
//===----------------------------------------------------------------------===//

/// a * b + c, rounded to f32 once; a and b together have fewer bits than f64.
Value fused(NodeContext &n, Value a, Value b, Value c) {
  Type f64 = n.builder().getF64Type();
  return n.castTo(add(n, mul(n, n.castTo(a, f64), n.castTo(b, f64)), n.castTo(c, f64)), f32(n));
}

/// Whether `a` is repeated along the innermost dimension of its sum with `b`.
bool repeatsInnermost(ArrayRef<Dim> a, ArrayRef<Dim> b) {
  for (size_t i = 1; i <= std::max(a.size(), b.size()); ++i) {
    bool one = i > a.size() || a[a.size() - i].isOne();
    bool other = i > b.size() || b[b.size() - i].isOne();
    if (!one || !other)
      return one;
  }
  return false;
}

/// a * a_scale / c_scale + b * b_scale / c_scale + what the zero points come to, by two fused
/// multiplications and additions.
LogicalResult buildQLinearAdd(NodeContext &n) {
  Operand first = operandAt(n, 0), second = operandAt(n, 3);
  Target y = targetAt(n, 6, 0);
  if (!n.ok() || !n.sameElementType(0, 3))
    return failure();
  SmallVector<Dim> a = n.shape(0), b = n.shape(3);
  if (repeatsInnermost(a, b))
    std::swap(first, second);
  Value ratio = div(n, first.scale, y.scale), otherRatio = div(n, second.scale, y.scale);
  Value shift =
      fused(n, ratio, zeroAsFloat(n, first.zero), mul(n, otherRatio, zeroAsFloat(n, second.zero)));
  Value sum = sub(n, zeroAsFloat(n, y.zero), shift);
  sum = fused(n, second.q, otherRatio, fused(n, first.q, ratio, sum));
  return n.result(saturate(n, sum, {}, y.type));
}

LogicalResult buildQLinearMul(NodeContext &n) {
  Operand a = operandAt(n, 0), b = operandAt(n, 3);
  Target y = targetAt(n, 6, 0);
  if (!n.ok() || !n.sameElementType(0, 3))
    return failure();
  Value product = mul(n, centred(n, a.q, a.zero), centred(n, b.q, b.zero));
  Value ratio = div(n, mul(n, a.scale, b.scale), y.scale);
  Value scaled = mul(n, n.castTo(product, f32(n)), ratio);
  return n.result(saturate(n, add(n, scaled, zeroAsFloat(n, y.zero)), {}, y.type));
}

LogicalResult buildQLinearSigmoid(NodeContext &n) {
  Operand x = operandAt(n, 0);
  Target y = targetAt(n, 3, 0);
  return n.result(quantized(n, n.create<nn::SigmoidOp>(dequantized(n, x)), y));
}

LogicalResult buildQLinearLeakyRelu(NodeContext &n) {
  Operand x = operandAt(n, 0);
  Target y = targetAt(n, 3, 0);
  FloatAttr alpha = n.builder().getF64FloatAttr(n.floatAttr("alpha", 0.01f));
  return n.result(quantized(n, n.create<nn::LeakyReluOp>(dequantized(n, x), alpha), y));
}

LogicalResult buildQLinearWhere(NodeContext &n) {
  Operand x = operandAt(n, 1), y = operandAt(n, 4);
  Target z = targetAt(n, 7, 1);
  if (!n.ok() || !n.sameElementType(1, 4))
    return failure();
  Value left = quantized(n, dequantized(n, x), z), right = quantized(n, dequantized(n, y), z);
  return n.result(n.create<nn::WhereOp>(n.input(0), left, right));
}

LogicalResult buildQLinearConcat(NodeContext &n) {
  Target y = targetAt(n, 0, 1);
  unsigned count = n.numInputs();
  if (count < 5 || (count - 2) % 3 != 0)
    return n.error("each tensor needs a scale and a zero point");
  int64_t axis = n.requiredAxis("axis", n.rank(2));
  SmallVector<Value> parts;
  for (unsigned i = 2; i < count; i += 3) {
    if (!n.hasInput(i) || !n.hasInput(i + 1))
      return n.error("each tensor needs a scale and a zero point");
    parts.push_back(quantized(n, dequantized(n, operandAt(n, i)), y));
  }
  return n.result(n.ok() ? n.concat(parts, axis) : Value());
}

//===----------------------------------------------------------------------===//
// Means and softmax
//===----------------------------------------------------------------------===//

/// The mean over the axes: an exact sum, and one factor for its scale and the number of terms.
LogicalResult quantizedMean(NodeContext &n, const Operand &x, const Target &y,
                            ArrayRef<int64_t> axes, bool keepDims) {
  if (!n.ok())
    return failure();
  Dim terms(1);
  SmallVector<Dim> dims = n.shape(0);
  for (int64_t axis : axes)
    terms = terms * dims[axis];
  Value count = n.dimsTensor({terms}, {}, n.builder().getI64Type());
  Value sum = n.create<nn::ReduceOp>(n.castTo(x.q, i32(n)), nn::ReduceKind::Sum, axes, keepDims);
  if (x.zero)
    sum = sub(n, sum, mul(n, n.castTo(x.zero, i32(n)), n.castTo(count, i32(n))));
  Value factor = div(n, x.scale, mul(n, y.scale, n.castTo(count, f32(n))));
  return n.result(saturate(n, mul(n, n.castTo(sum, f32(n)), factor), y.zero, y.type));
}

LogicalResult meanOverSpace(NodeContext &n, const Operand &x, const Target &y, bool last) {
  int64_t rank = n.rank(0);
  if (rank < 3)
    return n.error("X needs at least 3 dimensions");
  SmallVector<int64_t> axes = llvm::to_vector(llvm::seq<int64_t>(last ? 1 : 2, rank - last));
  return quantizedMean(n, x, y, axes, /*keepDims=*/true);
}

LogicalResult buildQLinearGlobalAveragePool(NodeContext &n) {
  Operand x = operandAt(n, 0);
  Target y = targetAt(n, 3, 0);
  return meanOverSpace(n, x, y, n.intAttr("channels_last", 0));
}

LogicalResult buildQLinearReduceMean(NodeContext &n) {
  Operand x = operandAt(n, 0);
  Target y = targetAt(n, 3, 0);
  bool keepDims = n.requiredInt("keepdims");
  SmallVector<int64_t> axes = n.requiredInts("axes");
  for (int64_t &axis : axes)
    axis = n.normalizeAxis(axis, n.rank(0), "axes");
  llvm::sort(axes);
  if (std::adjacent_find(axes.begin(), axes.end()) != axes.end())
    return n.error("attribute 'axes' names an axis twice");
  return quantizedMean(n, x, y, axes, keepDims);
}

/// Means of the dequantised elements; the zero point of the result is added before it is rounded.
LogicalResult buildQLinearAveragePool(NodeContext &n) {
  Operand x = operandAt(n, 0);
  Target y = targetAt(n, 3, 0);
  bool last = n.intAttr("channels_last", 0);
  bool ceil = n.intAttr("ceil_mode", 0), includePad = n.intAttr("count_include_pad", 0);
  if (n.ok() && n.rank(0) < 3)
    return n.error("X needs at least 3 dimensions");
  Value q = last ? channelsFirst(n, x.q) : x.q;
  if (!n.ok())
    return failure();
  SmallVector<Dim> dims = nn::dimsOf(q.getType());
  ArrayRef<Dim> spatial = ArrayRef(dims).drop_front(2);
  FailureOr<nn::WindowAttr> window = windowAttr(n, spatial, {});
  if (failed(window))
    return failure();
  bool pads = llvm::any_of(window->getPad(), [](int64_t pad) { return pad != 0; });
  bool whole = llvm::all_of(llvm::zip_equal(spatial, window->getKernel()),
                            [](auto pair) { return std::get<0>(pair) == Dim(std::get<1>(pair)); });
  if (whole && !pads)
    return meanOverSpace(n, x, y, last);
  if (ceil && includePad)
    return n.unsupported("ceil_mode with count_include_pad is not supported");
  Value mean = n.create<nn::AvgPoolOp>(dequantize(n, q, x.scale, x.zero), *window, ceil, includePad,
                                       /*channels_last=*/false);
  mean = add(n, div(n, mean, y.scale), zeroAsFloat(n, y.zero));
  Value result = saturate(n, mean, {}, y.type);
  return n.result(last ? channelsLast(n, result) : result);
}

/// onnxruntime takes e^(scale * (q - max)) from a table, and multiplies by floor(1 / y_scale).
LogicalResult buildQLinearSoftmax(NodeContext &n) {
  Operand x = operandAt(n, 0);
  Target y = targetAt(n, 3, 0);
  bool flattens = n.requiredInt("opset") < 13;
  int64_t rank = n.rank(0), axis = n.axisAttr("axis", -1, rank);
  if (!n.ok())
    return failure();
  SmallVector<Dim> dims = n.shape(0);
  Value q = n.castTo(x.q, i32(n));
  if (flattens) {
    q = n.reshape(q, {nn::product(ArrayRef(dims).take_front(axis)),
                      nn::product(ArrayRef(dims).drop_front(axis))});
    axis = 1;
  }
  Value most = n.create<nn::ReduceOp>(q, nn::ReduceKind::Max, ArrayRef<int64_t>{axis},
                                      /*keepdims=*/true);
  Value exponent = mul(n, n.castTo(sub(n, q, most), f32(n)), x.scale);
  Value softmax = n.create<nn::SoftmaxOp>(exponent, axis, /*log=*/false);
  Value factor = n.create<nn::FloorOp>(n.create<nn::ReciprocalOp>(y.scale));
  Value result = saturate(n, mul(n, softmax, factor), y.zero, y.type);
  return n.result(flattens ? n.reshape(result, dims) : result);
}

//===----------------------------------------------------------------------===//
// QGemm
//===----------------------------------------------------------------------===//

/// The result is quantised where a zero point for it is given, else f32.
LogicalResult buildQGemm(NodeContext &n) {
  if (!checkQuantized(n, {0, 2, 3, 5, 8}) || !n.sameElementType(0, 2) || !n.sameElementType(3, 5))
    return failure();
  if (n.rank(0) != 2 || n.rank(3) != 2)
    return n.error("A and B must have two dimensions");
  if (n.rank(4) > 1 || n.rank(5) > 1 || !n.elementType(4).isF32())
    return n.error("b_scale (f32) and b_zero_point must be scalars or have one dimension");
  bool transA = n.intAttr("transA", 0), transB = n.intAttr("transB", 0);
  Value zero = columnParameter(n, 5);
  if (transB && n.ok() && cast<RankedTensorType>(zero.getType()).getRank() == 1)
    zero = n.reshape(zero, {n.shape(5)[0], Dim(1)});
  Value y = n.create<nn::MatmulOp>(centred(n, n.input(0), oneNumber(n, 2)),
                                   centred(n, n.input(3), zero), transA, transB);
  if (n.hasInput(6) && n.ok()) {
    if (!n.elementType(6).isInteger(32) || n.rank(6) > 2)
      return n.error("C must be i32 with at most two dimensions");
    Type product = y.getType();
    y = add(n, y, n.input(6));
    // One way only: C must not enlarge the product.
    if (n.ok() && nn::dimsOf(product) != nn::dimsOf(y.getType()) &&
        cast<RankedTensorType>(y.getType()).hasStaticShape())
      return n.error("C does not broadcast to the product " + nn::printType(product));
  }
  Value factor = mul(n, n.scalar(n.floatAttr("alpha", 1), f32(n)), oneScale(n, 1));
  factor = mul(n, factor, columnParameter(n, 4));
  if (n.hasInput(7))
    factor = div(n, factor, oneScale(n, 7));
  y = mul(n, n.castTo(y, f32(n)), factor);
  return n.result(n.hasInput(8) ? saturate(n, y, oneNumber(n, 8), n.elementType(8)) : y);
}

} // namespace

ArrayRef<OpRow> qlinearRows() {
  static const OpRow rows[] = {
      {"com.microsoft", "QGemm", 1, buildQGemm,
       "A a_scale a_zero_point B b_scale b_zero_point C? y_scale? y_zero_point?", "Y"},
      {"com.microsoft", "QLinearAdd", 1, buildQLinearAdd,
       "A A_scale A_zero_point? B B_scale B_zero_point? C_scale C_zero_point?", "C"},
      {"com.microsoft", "QLinearAveragePool", 1, buildQLinearAveragePool,
       "X x_scale x_zero_point? y_scale y_zero_point?", "Y"},
      {"com.microsoft", "QLinearConcat", 1, buildQLinearConcat, "Y_scale Y_zero_point inputs+",
       "Y"},
      {"com.microsoft", "QLinearGlobalAveragePool", 1, buildQLinearGlobalAveragePool,
       "X x_scale x_zero_point y_scale y_zero_point", "Y"},
      {"com.microsoft", "QLinearLeakyRelu", 1, buildQLinearLeakyRelu,
       "X X_scale X_zero_point? Y_scale Y_zero_point?", "Y"},
      {"com.microsoft", "QLinearMul", 1, buildQLinearMul,
       "A A_scale A_zero_point? B B_scale B_zero_point? C_scale C_zero_point?", "C"},
      {"com.microsoft", "QLinearReduceMean", 1, buildQLinearReduceMean,
       "data data_scale data_zero_point? reduced_scale reduced_zero_point?", "reduced"},
      {"com.microsoft", "QLinearSigmoid", 1, buildQLinearSigmoid,
       "X X_scale X_zero_point? Y_scale Y_zero_point?", "Y"},
      {"com.microsoft", "QLinearSoftmax", 1, buildQLinearSoftmax,
       "X X_scale x_zero_point? y_scale y_zero_point", "Y"},
      {"com.microsoft", "QLinearWhere", 1, buildQLinearWhere,
       "condition X x_scale x_zero_point Y y_scale y_zero_point z_scale z_zero_point", "Z"},
  };
  return rows;
}

} // namespace dlc
