// Step 2 of nn-quantize: products of dequantised tensors become products of integers; see
// quantize.cpp for the formula.
#include "compiler/graph/quantized.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::quantized;
using nn::Dim;

/// As ui8, with the zero point that belongs to it.
static Value unsignedBytes(OpBuilder &b, Location loc, Value value) {
  if (nn::isUnsigned(elementOf(value)))
    return value;
  if (Value source = unsignedSource(value))
    return source;
  Value wide = castTo(b, loc, value, b.getI32Type());
  return castTo(b, loc, shifted(b, loc, wide, 128), byteType(b.getContext(), true));
}

/// As i8 (constant weights).
static Value signedBytes(OpBuilder &b, Location loc, Value value) {
  return nn::isUnsigned(elementOf(value)) ? toSigned(b, loc, value) : value;
}

static Value negated(OpBuilder &b, Location loc, Value value) {
  if (std::optional<int64_t> number = uniformInteger(value); number && isOne(value))
    return constant(b, loc, elementOf(value), double(-*number));
  return nn::NegOp::create(b, loc, value);
}

static Value sumOver(OpBuilder &b, Location loc, Value value, ArrayRef<int64_t> axes) {
  return nn::ReduceOp::create(b, loc, castTo(b, loc, value, b.getI32Type()), nn::ReduceKind::Sum,
                              axes, /*keepdims=*/false);
}

/// Sums of products of bytes stay below 2^31 for as many terms.
static constexpr int64_t kMostTerms = 30000, kMostFloatTerms = 256;

/// Applies the scales to the sums, in the type that the product had.
static Value scaled(OpBuilder &b, Location loc, Value sum, Type type, ArrayRef<Value> scales) {
  Value result = castTo(b, loc, sum, type), factor;
  for (Value scale : scales)
    factor = factor ? nn::MulOp::create(b, loc, factor, scale).getOutput() : scale;
  return factor ? nn::MulOp::create(b, loc, result, factor).getOutput() : result;
}

static LogicalResult multiplyConv(nn::ConvOp op, bool exactOnly, PatternRewriter &rewriter) {
  Bytes x, w;
  if (op.getChannelsLast() || !matchBytes(op.getInput(), x) || !matchBytes(op.getFilter(), w) ||
      !x.isPerTensor() || !isConstantValue(w.bytes) ||
      llvm::any_of(w.views, [](Operation *v) { return isa<nn::ReshapeOp>(v); }))
    return failure();
  if (exactOnly && !(x.scales.empty() && w.scales.empty()))
    return failure();
  Location loc = op.getLoc();
  SmallVector<Dim> filter = nn::dimsOf(op.getFilter().getType());
  int64_t rank = filter.size();
  std::optional<int64_t> terms = nn::product(ArrayRef(filter).drop_front()).constant();
  std::optional<int64_t> channels = filter[0].constant(), inputs = filter[1].constant();
  if (!terms || !channels || *terms > kMostTerms)
    return failure();
  int64_t groups = op.getGroups();
  bool depthwise = *inputs == 1 && groups == *channels;
  // Parameters of the filter: one, or one a channel.
  if (!llvm::all_of(w.scales, [&](Value scale) { return w.liesAlong(scale, 0); }) ||
      (w.zero && !w.liesAlong(w.zero, 0)))
    return failure();
  int64_t xOffset = nn::isUnsigned(elementOf(x.bytes)) ? 0 : 128,
          wOffset = nn::isUnsigned(elementOf(w.bytes)) ? -128 : 0;
  std::optional<int64_t> outside = x.knownZero();
  if (outside)
    *outside += xOffset;
  bool pads = llvm::any_of(op.getWindow().getPad(), [](int64_t p) { return p != 0; });
  bool centred = w.knownZero() == -wOffset;
  if ((pads && !outside) || (outside && (*outside < 0 || *outside > 255)) ||
      (!centred && (groups != 1 || *terms * 255 >= (1 << 24))) ||
      (depthwise && *terms > kMostFloatTerms))
    return failure();
  SmallVector<Value> parameters;
  for (Value value : w.scales)
    parameters.push_back(w.parameter(rewriter, loc, value));
  Value xZero = x.zeroPoint(rewriter, loc, xOffset), wZero = w.zeroPoint(rewriter, loc, wOffset);
  if (xZero)
    xZero = reshapeTo(rewriter, loc, xZero, {});
  if (wZero)
    wZero = isOne(wZero) ? wZero : w.parameter(rewriter, loc, wZero);

  // Per channel of the result, which has the channels second.
  auto perChannel = [&](Value value) {
    if (isOne(value))
      return reshapeTo(rewriter, loc, value, {});
    SmallVector<Dim> dims(rank - 1, Dim(1));
    dims[0] = *channels;
    return reshapeTo(rewriter, loc, value, dims);
  };
  Value input = unsignedBytes(rewriter, loc, x.seen(rewriter, loc));
  Value weights = signedBytes(rewriter, loc, w.seen(rewriter, loc));
  Type f32 = rewriter.getF32Type(), i32 = rewriter.getI32Type(), sumType = depthwise ? f32 : i32;
  // Corrections come before the product, so that the product can begin with them or end with them.
  SmallVector<Value> corrections;
  if (xZero) {
    SmallVector<int64_t> axes = llvm::to_vector(llvm::seq<int64_t>(1, rank));
    Value correction = nn::MulOp::create(rewriter, loc, sumOver(rewriter, loc, weights, axes),
                                         negated(rewriter, loc, xZero));
    corrections.push_back(castTo(rewriter, loc, perChannel(correction), sumType));
  }
  if (wZero) {
    // The sum of the centred inputs under the window: one channel, exact in f32.
    SmallVector<Dim> dims = nn::dimsOf(input.getType());
    dims[1] = 1;
    Value line = reshapeTo(rewriter, loc, sumOver(rewriter, loc, input, {1}), dims);
    if (xZero)
      line = nn::SubOp::create(rewriter, loc, line,
                               nn::MulOp::create(rewriter, loc, reshapeTo(rewriter, loc, xZero, {}),
                                                 constant(rewriter, loc, i32, double(*inputs))));
    SmallVector<int64_t> ones(rank, 1);
    llvm::copy(op.getWindow().getKernel(), ones.begin() + 2);
    Value box = nn::ConvOp::create(rewriter, loc, castTo(rewriter, loc, line, f32),
                                   constant(rewriter, loc, f32, 1, ones), op.getWindow(), 1,
                                   /*channels_last=*/false);
    corrections.push_back(nn::MulOp::create(rewriter, loc, castTo(rewriter, loc, box, i32),
                                            perChannel(negated(rewriter, loc, wZero))));
  }
  Value sum = nn::ConvIntegerOp::create(rewriter, loc, input, weights, op.getWindow(), groups,
                                        outside.value_or(0), sumType, /*channels_last=*/false);
  for (Value value : corrections)
    sum = nn::AddOp::create(rewriter, loc, sum, value);
  SmallVector<Value> scales;
  for (Value scale : x.scales)
    scales.push_back(reshapeTo(rewriter, loc, scale, {}));
  for (Value scale : parameters)
    scales.push_back(perChannel(scale));
  rewriter.replaceOp(op, scaled(rewriter, loc, sum, elementOf(op.getOutput()), scales));
  return success();
}

static LogicalResult multiplyMatrices(nn::MatmulOp op, bool exactOnly, PatternRewriter &rewriter) {
  Bytes x, w;
  if (!matchBytes(op.getLhs(), x) || !matchBytes(op.getRhs(), w) || !isConstantValue(w.bytes))
    return failure();
  if (exactOnly && !(x.scales.empty() && w.scales.empty()))
    return failure();
  Location loc = op.getLoc();
  int64_t xRank = cast<RankedTensorType>(op.getLhs().getType()).getRank(),
          wRank = cast<RankedTensorType>(op.getRhs().getType()).getRank();
  int64_t xRow = op.getTransposeLhs() ? xRank - 1 : xRank - 2,
          xDepth = op.getTransposeLhs() ? xRank - 2 : xRank - 1,
          wDepth = op.getTransposeRhs() ? wRank - 1 : wRank - 2,
          wColumn = op.getTransposeRhs() ? wRank - 2 : wRank - 1;
  std::optional<int64_t> terms = nn::dimsOf(op.getRhs().getType())[wDepth].constant();
  if (!terms || *terms > kMostTerms)
    return failure();
  auto lies = [](const Bytes &side, int64_t axis) {
    return llvm::all_of(side.scales, [&](Value scale) { return side.liesAlong(scale, axis); }) &&
           (!side.zero || side.liesAlong(side.zero, axis));
  };
  if (!lies(x, xRow) || !lies(w, wColumn))
    return failure();
  // Parameters in the place of the result's rows and columns.
  auto place = [&](const Bytes &side, Value value, bool isRow) -> Value {
    if (!value || isOne(value))
      return value ? reshapeTo(rewriter, loc, value, {}) : value;
    Value line = side.parameter(rewriter, loc, value);
    Dim count = nn::product(nn::dimsOf(line.getType()));
    return reshapeTo(rewriter, loc, line,
                     isRow ? ArrayRef<Dim>{count, Dim(1)} : ArrayRef<Dim>{count});
  };
  SmallVector<Value> scales;
  for (Value scale : x.scales)
    scales.push_back(place(x, scale, true));
  for (Value scale : w.scales)
    scales.push_back(place(w, scale, false));
  int64_t xOffset = nn::isUnsigned(elementOf(x.bytes)) ? 0 : 128,
          wOffset = nn::isUnsigned(elementOf(w.bytes)) ? -128 : 0;
  Value xZero = place(x, x.zeroPoint(rewriter, loc, xOffset), true),
        wZero = place(w, w.zeroPoint(rewriter, loc, wOffset), false);
  Value lhs = unsignedBytes(rewriter, loc, x.seen(rewriter, loc));
  Value rhs = signedBytes(rewriter, loc, w.seen(rewriter, loc));
  // Sums over k keep their dimension beside it.
  auto along = [&](Value value, int64_t depth, bool isRow) {
    Value line = sumOver(rewriter, loc, value, depth);
    SmallVector<Dim> dims = nn::dimsOf(line.getType());
    dims.insert(isRow ? dims.end() : dims.end() - 1, Dim(1));
    return reshapeTo(rewriter, loc, line, dims);
  };
  SmallVector<Value> corrections;
  if (xZero)
    corrections.push_back(
        nn::MulOp::create(rewriter, loc, along(rhs, wDepth, false), negated(rewriter, loc, xZero)));
  if (wZero) {
    Value line = along(lhs, xDepth, true);
    if (xZero)
      line = nn::SubOp::create(
          rewriter, loc, line,
          nn::MulOp::create(rewriter, loc, xZero,
                            constant(rewriter, loc, rewriter.getI32Type(), double(*terms))));
    corrections.push_back(nn::MulOp::create(rewriter, loc, line, negated(rewriter, loc, wZero)));
  }
  Value sum = nn::MatmulIntegerOp::create(rewriter, loc, lhs, rhs, op.getTransposeLhs(),
                                          op.getTransposeRhs());
  for (Value value : corrections)
    sum = nn::AddOp::create(rewriter, loc, sum, value);
  rewriter.replaceOp(op, scaled(rewriter, loc, sum, elementOf(op.getOutput()), scales));
  return success();
}

namespace {
template <typename OpTy, LogicalResult (*rewrite)(OpTy, bool, PatternRewriter &)>
struct Product : OpRewritePattern<OpTy> {
  Product(MLIRContext *context, bool exactOnly)
      : OpRewritePattern<OpTy>(context), exactOnly(exactOnly) {}
  LogicalResult matchAndRewrite(OpTy op, PatternRewriter &rewriter) const override {
    return rewrite(op, exactOnly, rewriter);
  }
  bool exactOnly;
};
} // namespace

/// Sums that went through a float type that holds them, for want of integers there.
static LogicalResult mergeCasts(nn::CastOp op, PatternRewriter &rewriter) {
  auto inner = op.getInput().getDefiningOp<nn::CastOp>();
  if (!inner || !op.getTo().isInteger(32) || !isa<FloatType>(inner.getTo()) ||
      !elementOf(inner.getInput()).isInteger(32))
    return failure();
  // f32 holds 24 bits: the product's own sums, which were to be computed in it.
  Value sum = inner.getInput();
  while (isa_and_nonnull<nn::AddOp>(sum.getDefiningOp()))
    sum = sum.getDefiningOp()->getOperand(0);
  if (!isa_and_nonnull<nn::ConvIntegerOp>(sum.getDefiningOp()))
    return failure();
  rewriter.replaceOp(op, inner.getInput());
  return success();
}

void quantized::addProductPatterns(RewritePatternSet &patterns, bool exactOnly) {
  patterns.add<Product<nn::ConvOp, multiplyConv>>(patterns.getContext(), exactOnly);
  patterns.add<Product<nn::MatmulOp, multiplyMatrices>>(patterns.getContext(), exactOnly);
  patterns.add(mergeCasts);
}
