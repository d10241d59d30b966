// Elementwise operators and casts: mostly one nn operation each.
#include "compiler/import/registry.h"

using namespace mlir;

namespace dlc {
namespace {

template <typename OpTy> LogicalResult unary(NodeContext &n) {
  n.ignoreAttr("consumed_inputs"); // a hint of opset 1
  return n.result(n.create<OpTy>(n.input(0)));
}

/// Operands of the same element type that broadcast as in numpy.
template <typename OpTy> LogicalResult binary(NodeContext &n) {
  if (!n.sameElementType(0, 1))
    return failure();
  return n.result(n.create<OpTy>(n.input(0), n.input(1)));
}

/// Before opset 7 only the second operand broadcast, if `broadcast` said so, and `axis` where it
/// begins.
FailureOr<Value> legacyOperand(NodeContext &n) {
  n.ignoreAttr("consumed_inputs");
  Value rhs = n.input(1);
  bool broadcast = n.intAttr("broadcast", 0);
  int64_t left = n.rank(0), right = n.rank(1);
  if (!n.hasAttr("axis") || !broadcast)
    return n.ok() ? FailureOr<Value>(rhs) : FailureOr<Value>(failure());
  int64_t axis = n.axisAttr("axis", 0, left);
  if (!n.ok())
    return failure();
  if (axis + right > left)
    return n.error("axis = " + Twine(axis) + " leaves no room for the " + Twine(right) +
                   " dimensions of B");
  SmallVector<nn::Dim> dims = n.shape(1);
  dims.append(left - axis - right, nn::Dim(1));
  return n.reshape(rhs, dims);
}

template <typename OpTy> LogicalResult legacyBinary(NodeContext &n) {
  if (!n.sameElementType(0, 1))
    return failure();
  FailureOr<Value> rhs = legacyOperand(n);
  if (failed(rhs))
    return failure();
  return n.result(n.create<OpTy>(n.input(0), *rhs));
}

/// a > b is b < a.
template <typename OpTy> LogicalResult swapped(NodeContext &n) {
  if (!n.sameElementType(0, 1))
    return failure();
  return n.result(n.create<OpTy>(n.input(1), n.input(0)));
}
template <typename OpTy> LogicalResult legacySwapped(NodeContext &n) {
  if (!n.sameElementType(0, 1))
    return failure();
  FailureOr<Value> rhs = legacyOperand(n);
  if (failed(rhs))
    return failure();
  return n.result(n.create<OpTy>(*rhs, n.input(0)));
}

/// Max, Min, Sum, Mean: any number of operands, folded from the left.
template <typename OpTy> Value fold(NodeContext &n) {
  n.ignoreAttr("consumed_inputs");
  Value total = n.input(0);
  for (unsigned i = 1; i < n.numInputs(); ++i) {
    if (!n.sameElementType(0, i))
      return {};
    total = n.create<OpTy>(total, n.input(i));
  }
  return n.ok() ? total : Value();
}
template <typename OpTy> LogicalResult variadic(NodeContext &n) { return n.result(fold<OpTy>(n)); }

LogicalResult buildMean(NodeContext &n) {
  Value sum = fold<nn::AddOp>(n);
  return n.result(n.create<nn::DivOp>(sum, n.scalar(n.numInputs(), n.elementType(0))));
}

/// The exponent may have another type than the base (and the result) since opset 12.
LogicalResult buildPow(NodeContext &n) {
  return n.result(n.create<nn::PowOp>(n.input(0), n.input(1)));
}
LogicalResult buildLegacyPow(NodeContext &n) {
  FailureOr<Value> rhs = legacyOperand(n);
  if (failed(rhs))
    return failure();
  return n.result(n.create<nn::PowOp>(n.input(0), *rhs));
}

LogicalResult buildMod(NodeContext &n) {
  bool fmod = n.intAttr("fmod", 0);
  // Opset 28 gave the other remainder of floats a meaning, too.
  if (!fmod && isa<FloatType>(n.elementType(0)) && n.opset() < 28)
    return n.error("fmod must be 1 for floating-point inputs");
  return fmod ? binary<nn::FmodOp>(n) : binary<nn::ModOp>(n);
}

LogicalResult buildBitShift(NodeContext &n) {
  std::string direction = n.stringAttr("direction", "");
  if (direction == "LEFT")
    return binary<nn::ShiftLeftOp>(n);
  if (direction == "RIGHT")
    return binary<nn::ShiftRightOp>(n);
  return n.error("attribute 'direction' must be LEFT or RIGHT");
}

/// `positive` asks for the hash as an unsigned number, else the same bits are a signed one.
LogicalResult buildMurmurHash(NodeContext &n) {
  bool positive = n.intAttr("positive", 1);
  auto seed = static_cast<int32_t>(n.intAttr("seed", 0));
  Value hash = n.create<nn::MurmurHashOp>(n.input(0), n.builder().getI32IntegerAttr(seed));
  return n.result(positive ? hash : n.castTo(hash, n.builder().getI32Type()));
}

LogicalResult buildWhere(NodeContext &n) {
  if (!n.sameElementType(1, 2))
    return failure();
  return n.result(n.create<nn::WhereOp>(n.input(0), n.input(1), n.input(2)));
}

LogicalResult buildIsInf(NodeContext &n) {
  bool positive = n.intAttr("detect_positive", 1), negative = n.intAttr("detect_negative", 1);
  return n.result(n.create<nn::IsInfOp>(n.input(0), positive, negative));
}

//===----------------------------------------------------------------------===//
// Clip
//===----------------------------------------------------------------------===//

/// max(x, low), then min with high: ONNX says that high wins where low > high.
LogicalResult clip(NodeContext &n, Value low, Value high) {
  Value y = n.input(0);
  if (low)
    y = n.create<nn::MaxOp>(y, low);
  if (high)
    y = n.create<nn::MinOp>(y, high);
  return n.result(y);
}
LogicalResult buildClip(NodeContext &n) {
  for (unsigned i : {1, 2})
    if (n.hasInput(i)) {
      if (!n.sameElementType(0, i))
        return failure();
      if (n.rank(i) != 0 && n.type(i).getNumElements() != 1)
        return n.error(n.inputName(i) + " must be a scalar");
    }
  auto scalarInput = [&](unsigned i) {
    return n.hasInput(i) ? n.reshape(n.input(i), ArrayRef<nn::Dim>{}) : Value();
  };
  Value low = scalarInput(1), high = scalarInput(2);
  return clip(n, low, high);
}
LogicalResult buildLegacyClip(NodeContext &n) {
  n.ignoreAttr("consumed_inputs");
  Value low, high;
  if (n.hasAttr("min"))
    low = n.scalar(n.floatAttr("min", 0), n.elementType(0));
  if (n.hasAttr("max"))
    high = n.scalar(n.floatAttr("max", 0), n.elementType(0));
  return clip(n, low, high);
}

//===----------------------------------------------------------------------===//
// Activations with parameters
//===----------------------------------------------------------------------===//

template <typename OpTy> LogicalResult alphaOp(NodeContext &n, double alpha) {
  n.ignoreAttr("consumed_inputs");
  return n.result(
      n.create<OpTy>(n.input(0), n.builder().getF64FloatAttr(n.floatAttr("alpha", alpha))));
}
LogicalResult buildLeakyRelu(NodeContext &n) { return alphaOp<nn::LeakyReluOp>(n, 0.01f); }
LogicalResult buildElu(NodeContext &n) { return alphaOp<nn::EluOp>(n, 1); }
LogicalResult buildCelu(NodeContext &n) { return alphaOp<nn::CeluOp>(n, 1); }
LogicalResult buildThresholdedRelu(NodeContext &n) { return alphaOp<nn::ThresholdedReluOp>(n, 1); }
LogicalResult buildSwish(NodeContext &n) { return alphaOp<nn::SwishOp>(n, 1); }
LogicalResult buildQuickGelu(NodeContext &n) { return alphaOp<nn::SwishOp>(n, 1.702f); }

template <bool Legacy> LogicalResult buildSelu(NodeContext &n) {
  n.ignoreAttr("consumed_inputs");
  Builder &b = n.builder();
  double alpha = n.floatAttr("alpha", Legacy ? 1.6732f : 1.67326319217681884765625f);
  double gamma = n.floatAttr("gamma", Legacy ? 1.0507f : 1.05070102214813232421875f);
  return n.result(
      n.create<nn::SeluOp>(n.input(0), b.getF64FloatAttr(alpha), b.getF64FloatAttr(gamma)));
}
LogicalResult buildHardSigmoid(NodeContext &n) {
  n.ignoreAttr("consumed_inputs");
  Builder &b = n.builder();
  return n.result(n.create<nn::HardSigmoidOp>(n.input(0),
                                              b.getF64FloatAttr(n.floatAttr("alpha", 0.2f)),
                                              b.getF64FloatAttr(n.floatAttr("beta", 0.5f))));
}
LogicalResult buildShrink(NodeContext &n) {
  Builder &b = n.builder();
  return n.result(n.create<nn::ShrinkOp>(n.input(0), b.getF64FloatAttr(n.floatAttr("bias", 0)),
                                         b.getF64FloatAttr(n.floatAttr("lambd", 0.5f))));
}
LogicalResult buildGelu(NodeContext &n) {
  std::string approximate = n.stringAttr("approximate", "none");
  if (approximate != "none" && approximate != "tanh")
    return n.error("attribute 'approximate' must be none or tanh");
  return n.result(n.create<nn::GeluOp>(n.input(0), /*tanh=*/approximate == "tanh"));
}

/// The activations of com.microsoft that onnxruntime's own optimiser makes: with a bias before.
template <bool Tanh> LogicalResult buildBiasGelu(NodeContext &n) {
  Value x = n.input(0);
  if (n.hasInput(1)) {
    if (!n.sameElementType(0, 1))
      return failure();
    x = n.create<nn::AddOp>(x, n.input(1));
  }
  return n.result(n.create<nn::GeluOp>(x, Tanh));
}

/// The slope broadcasts to x, one way; before opset 7 a vector slope is one a channel.
LogicalResult buildPRelu(NodeContext &n) {
  if (!n.sameElementType(0, 1))
    return failure();
  n.ignoreAttr("consumed_inputs");
  Value slope = n.input(1);
  if (n.opset() < 7 && n.rank(1) == 1 && n.rank(0) > 2) {
    SmallVector<nn::Dim> dims = n.shape(1);
    dims.append(n.rank(0) - 2, nn::Dim(1));
    slope = n.reshape(slope, dims);
  }
  return n.result(n.create<nn::PreluOp>(n.input(0), slope));
}

//===----------------------------------------------------------------------===//
// Casts
//===----------------------------------------------------------------------===//

LogicalResult buildCast(NodeContext &n) {
  if (!n.hasAttr("to"))
    return n.error("attribute 'to' is missing");
  if (!n.intAttr("saturate", 1))
    return n.unsupported("saturate = 0 is not supported");
  n.ignoreAttr("round_mode"); // concerns float8e8m0 alone
  Type to = n.typeAttr("to", 0);
  if (!to)
    return failure();
  return n.result(n.castTo(n.input(0), to));
}
LogicalResult buildLegacyCast(NodeContext &n) {
  // Opset 1 names the type.
  static const std::pair<const char *, int32_t> names[] = {
      {"FLOAT", 1}, {"UINT8", 2}, {"INT8", 3},     {"UINT16", 4},  {"INT16", 5},   {"INT32", 6},
      {"INT64", 7}, {"BOOL", 9},  {"FLOAT16", 10}, {"DOUBLE", 11}, {"UINT32", 12}, {"UINT64", 13}};
  std::string to = n.stringAttr("to", "");
  for (auto [name, number] : names)
    if (to == name) {
      Type type = n.typeAttr("dtype", number);
      return type ? n.result(n.castTo(n.input(0), type)) : failure();
    }
  return n.error("attribute 'to' names no element type: '" + escapeName(to) + "'");
}
LogicalResult buildCastLike(NodeContext &n) {
  n.ignoreAttr("round_mode");
  if (!n.intAttr("saturate", 1))
    return n.unsupported("saturate = 0 is not supported");
  return n.result(n.castTo(n.input(0), n.elementType(1)));
}

LogicalResult buildBitCast(NodeContext &n) {
  if (!n.hasAttr("to"))
    return n.error("attribute 'to' is missing");
  Type to = n.typeAttr("to", 0);
  return to ? n.result(n.create<nn::BitCastOp>(n.input(0), TypeAttr::get(to))) : failure();
}

/// Swish of the gate, times the value.
LogicalResult buildSwiGlu(NodeContext &n) {
  if (!n.sameElementType(0, 1))
    return failure();
  Value gate =
      n.create<nn::SwishOp>(n.input(0), n.builder().getF64FloatAttr(n.floatAttr("alpha", 1)));
  return n.result(n.create<nn::MulOp>(gate, n.input(1)));
}

/// Nothing is dropped in inference: the mask says "all kept".
LogicalResult buildDropout(NodeContext &n) {
  for (const char *name : {"seed", "ratio", "is_test", "consumed_inputs"})
    n.ignoreAttr(name);
  if (n.hasInput(2)) {
    std::optional<SmallVector<int64_t>> training = n.constantInts(2);
    std::optional<SmallVector<double>> ratio =
        n.hasInput(1) ? n.constantFloats(1) : SmallVector<double>{0.5};
    bool dropsNothing = ratio && ratio->size() == 1 && (*ratio)[0] == 0;
    if (!dropsNothing &&
        (!training || llvm::any_of(*training, [](int64_t flag) { return flag != 0; })))
      return n.unsupported("training_mode is not the constant false");
  }
  Value mask;
  if (n.wantsOutput(1)) {
    // Whether x == x or not: true for all, in x's shape.
    Value boolean = n.castTo(n.input(0), n.builder().getI1Type());
    mask = n.create<nn::OrOp>(boolean, n.create<nn::NotOp>(boolean));
    if (n.opset() < 10)
      mask = n.castTo(mask, n.elementType(0));
  }
  return n.results({n.input(0), mask});
}

LogicalResult buildIdentity(NodeContext &n) { return n.result(n.input(0)); }

} // namespace

ArrayRef<OpRow> elementwiseRows() {
  static const OpRow rows[] = {
      // Arithmetic
      {"", "Abs", 1, unary<nn::AbsOp>},
      {"", "Add", 1, legacyBinary<nn::AddOp>, "A B", "C"},
      {"", "Add", 7, binary<nn::AddOp>, "A B", "C"},
      {"", "Ceil", 1, unary<nn::CeilOp>},
      {"", "Clip", 1, buildLegacyClip, "input", "output"},
      {"", "Clip", 11, buildClip, "input min? max?", "output"},
      {"", "Div", 1, legacyBinary<nn::DivOp>, "A B", "C"},
      {"", "Div", 7, binary<nn::DivOp>, "A B", "C"},
      {"", "Floor", 1, unary<nn::FloorOp>},
      {"", "Max", 1, variadic<nn::MaxOp>, "data+", "max"},
      {"", "Mean", 1, buildMean, "data+", "mean"},
      {"", "Min", 1, variadic<nn::MinOp>, "data+", "min"},
      {"", "Mod", 10, buildMod, "A B", "C"},
      {"", "Mul", 1, legacyBinary<nn::MulOp>, "A B", "C"},
      {"", "Mul", 7, binary<nn::MulOp>, "A B", "C"},
      {"", "Neg", 1, unary<nn::NegOp>},
      {"", "Pow", 1, buildLegacyPow, "X Y", "Z"},
      {"", "Pow", 7, buildPow, "X Y", "Z"},
      {"", "Reciprocal", 1, unary<nn::ReciprocalOp>},
      {"", "Round", 11, unary<nn::RoundOp>},
      {"", "Sign", 9, unary<nn::SignOp>},
      {"", "Sqrt", 1, unary<nn::SqrtOp>},
      {"", "Sub", 1, legacyBinary<nn::SubOp>, "A B", "C"},
      {"", "Sub", 7, binary<nn::SubOp>, "A B", "C"},
      {"", "Sum", 1, variadic<nn::AddOp>, "data+", "sum"},
      // Transcendental functions
      {"", "Acos", 7, unary<nn::AcosOp>},
      {"", "Acosh", 9, unary<nn::AcoshOp>},
      {"", "Asin", 7, unary<nn::AsinOp>},
      {"", "Asinh", 9, unary<nn::AsinhOp>},
      {"", "Atan", 7, unary<nn::AtanOp>},
      {"", "Atanh", 9, unary<nn::AtanhOp>},
      {"", "Cos", 7, unary<nn::CosOp>},
      {"", "Cosh", 9, unary<nn::CoshOp>},
      {"", "Erf", 9, unary<nn::ErfOp>},
      {"", "Exp", 1, unary<nn::ExpOp>},
      {"", "Log", 1, unary<nn::LogOp>},
      {"", "Sin", 7, unary<nn::SinOp>},
      {"", "Sinh", 9, unary<nn::SinhOp>},
      {"", "Tan", 7, unary<nn::TanOp>},
      {"", "Tanh", 1, unary<nn::TanhOp>},
      // Activations
      {"", "Celu", 12, buildCelu},
      {"", "Elu", 1, buildElu},
      {"", "Gelu", 20, buildGelu},
      {"", "HardSigmoid", 1, buildHardSigmoid},
      {"", "HardSwish", 14, unary<nn::HardSwishOp>},
      {"", "LeakyRelu", 1, buildLeakyRelu},
      {"", "Mish", 18, unary<nn::MishOp>},
      {"", "PRelu", 1, buildPRelu, "X slope"},
      {"", "Relu", 1, unary<nn::ReluOp>},
      {"", "Selu", 1, buildSelu<true>},
      {"", "Selu", 6, buildSelu<false>},
      {"", "Shrink", 9, buildShrink},
      {"", "Sigmoid", 1, unary<nn::SigmoidOp>},
      {"", "Softplus", 1, unary<nn::SoftplusOp>},
      {"", "Softsign", 1, unary<nn::SoftsignOp>},
      {"", "SwiGLU", 28, buildSwiGlu, "A B"},
      {"", "Swish", 24, buildSwish},
      {"", "ThresholdedRelu", 10, buildThresholdedRelu},
      {"com.microsoft", "BiasGelu", 1, buildBiasGelu<false>, "A B", "C"},
      {"com.microsoft", "FastGelu", 1, buildBiasGelu<true>, "X bias?"},
      {"com.microsoft", "Gelu", 1, buildBiasGelu<false>},
      {"com.microsoft", "QuickGelu", 1, buildQuickGelu},
      // Comparison and logic
      {"", "And", 1, legacyBinary<nn::AndOp>, "A B", "C"},
      {"", "And", 7, binary<nn::AndOp>, "A B", "C"},
      {"", "Equal", 1, legacyBinary<nn::EqualOp>, "A B", "C"},
      {"", "Equal", 7, binary<nn::EqualOp>, "A B", "C"},
      {"", "Greater", 1, legacySwapped<nn::LessOp>, "A B", "C"},
      {"", "Greater", 7, swapped<nn::LessOp>, "A B", "C"},
      {"", "GreaterOrEqual", 12, swapped<nn::LessEqualOp>, "A B", "C"},
      {"", "IsInf", 10, buildIsInf},
      {"", "IsNaN", 9, unary<nn::IsNanOp>},
      {"", "Less", 1, legacyBinary<nn::LessOp>, "A B", "C"},
      {"", "Less", 7, binary<nn::LessOp>, "A B", "C"},
      {"", "LessOrEqual", 12, binary<nn::LessEqualOp>, "A B", "C"},
      {"", "Not", 1, unary<nn::NotOp>},
      {"", "Or", 1, legacyBinary<nn::OrOp>, "A B", "C"},
      {"", "Or", 7, binary<nn::OrOp>, "A B", "C"},
      {"", "Where", 9, buildWhere, "condition X Y", "output"},
      {"", "Xor", 1, legacyBinary<nn::XorOp>, "A B", "C"},
      {"", "Xor", 7, binary<nn::XorOp>, "A B", "C"},
      // Bits
      {"", "BitShift", 11, buildBitShift, "X Y", "Z"},
      {"", "BitwiseAnd", 18, binary<nn::BitwiseAndOp>, "A B", "C"},
      {"", "BitwiseNot", 18, unary<nn::BitwiseNotOp>},
      {"", "BitwiseOr", 18, binary<nn::BitwiseOrOp>, "A B", "C"},
      {"", "BitwiseXor", 18, binary<nn::BitwiseXorOp>, "A B", "C"},
      {"com.microsoft", "MurmurHash3", 1, buildMurmurHash},
      // Casts
      {"", "Cast", 1, buildLegacyCast, "input", "output"},
      {"", "Cast", 6, buildCast, "input", "output"},
      {"", "CastLike", 15, buildCastLike, "input target_type", "output"},
      {"", "BitCast", 26, buildBitCast, "input", "output"},
      {"", "Dropout", 1, buildDropout, "data ratio? training_mode?", "output mask?"},
      {"", "Identity", 1, buildIdentity, "input", "output"},
  };
  return rows;
}

} // namespace dlc
