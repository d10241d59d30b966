// nn-quantize: products of dequantised tensors become products of integers.
//
// A quantised tensor stands for scale * (q - zero). Between products, such graphs are written with
// elementwise operations:
//   dequantise  mul(cast f32(sub(cast i32 q, zero)), scale)
//   quantise    cast i8(min(max(add(round(div(x, scale)), zero), low), high))
// The pass runs in three steps:
//   1. quantise becomes nn.quantize, always of type ui8 (i8 is that less 128), and vanishes after a
//      dequantise with the same parameters.
//   2. With x the activations (ui8) and w the weights (i8),
//        sum (x - zx)(w - zw) = sum x w - zx sum w - zw sum (x - zx);
//      the first sum is an integer product, the second a constant, the third, where zw is not 0, a
//      sum without weights. Scales follow the product.
//   3. The division by the scale of the result goes into the constants of that scale.
#include "compiler/graph/graph.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

#include <optional>

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace dlc {
#define GEN_PASS_DEF_NNQUANTIZE
#include "compiler/graph/passes.h.inc"
} // namespace dlc

//===-- Constants ----------------------------------------------------------------------------===//

static Type elementOf(Value value) { return getElementTypeOrSelf(value.getType()); }
static bool isByte(Type type) { return type.isInteger(8); }
static bool isOne(Value value) { return nn::product(nn::dimsOf(value.getType())).isOne(); }

/// The number that all elements of a constant are.
static std::optional<double> uniform(Value value) {
  for (int depth = 0; depth < 8; ++depth) {
    Operation *def = value.getDefiningOp();
    if (isa_and_nonnull<nn::ReshapeOp, nn::ExpandOp>(def)) {
      value = def->getOperand(0);
      continue;
    }
    if (auto cast = dyn_cast_or_null<nn::CastOp>(def)) {
      // Where the number keeps its value: to a wider type.
      Type from = elementOf(cast.getInput()), to = cast.getTo();
      if (!isa<IntegerType>(from) || from.getIntOrFloatBitWidth() > 16 ||
          to.getIntOrFloatBitWidth() < 32)
        return std::nullopt;
      value = cast.getInput();
      continue;
    }
    break;
  }
  auto constant = value.getDefiningOp<nn::ConstantOp>();
  auto dense = constant ? dyn_cast<DenseElementsAttr>(constant.getValue()) : DenseElementsAttr();
  if (!dense || dense.empty())
    return std::nullopt;
  if (!dense.isSplat() && !llvm::all_equal(dense.getValues<Attribute>()))
    return std::nullopt;
  Type type = dense.getElementType();
  if (isa<FloatType>(type))
    return (*dense.value_begin<APFloat>()).convertToDouble();
  APInt bits = *dense.value_begin<APInt>();
  return nn::isUnsigned(type) ? double(bits.getZExtValue()) : double(bits.getSExtValue());
}

static std::optional<int64_t> uniformInteger(Value value) {
  std::optional<double> number = uniform(value);
  if (!number || *number != double(int64_t(*number)))
    return std::nullopt;
  return int64_t(*number);
}

/// Every element `number`; a scalar unless `dims` says otherwise.
static Value constant(OpBuilder &b, Location loc, Type element, double number,
                      ArrayRef<int64_t> dims = {}) {
  auto type = RankedTensorType::get(dims, element);
  Attribute value = isa<FloatType>(element)
                        ? Attribute(b.getFloatAttr(element, number))
                        : IntegerAttr::get(element, APInt(element.getIntOrFloatBitWidth(),
                                                          uint64_t(int64_t(number)), false, true));
  return nn::ConstantOp::create(b, loc, type, DenseElementsAttr::get(type, value));
}

static Value castTo(OpBuilder &b, Location loc, Value value, Type to) {
  return elementOf(value) == to ? value : nn::CastOp::create(b, loc, value, to).getOutput();
}

/// value + number, which may meet a constant that is added already.
static Value shifted(OpBuilder &b, Location loc, Value value, int64_t number) {
  if (number == 0)
    return value;
  return nn::AddOp::create(b, loc, value, constant(b, loc, elementOf(value), double(number)));
}

//===-- Step 1: quantise ---------------------------------------------------------------------===//

static Type byteType(MLIRContext *context, bool isUnsigned) {
  return IntegerType::get(context, 8, isUnsigned ? IntegerType::Unsigned : IntegerType::Signless);
}

/// The i8 tensor that is 128 less than a ui8 one.
static Value toSigned(OpBuilder &b, Location loc, Value value) {
  Value wide = castTo(b, loc, value, b.getI32Type());
  return castTo(b, loc, shifted(b, loc, wide, -128), byteType(b.getContext(), false));
}

/// The ui8 tensor of which `value` is toSigned, or null.
static Value unsignedSource(Value value) {
  auto narrow = value.getDefiningOp<nn::CastOp>();
  auto add = narrow ? narrow.getInput().getDefiningOp<nn::AddOp>() : nn::AddOp();
  auto wide = add ? add.getLhs().getDefiningOp<nn::CastOp>() : nn::CastOp();
  if (!wide || !narrow.getTo().isSignlessInteger(8) || !wide.getTo().isInteger(32) ||
      elementOf(wide.getInput()) != byteType(value.getContext(), true) ||
      uniformInteger(add.getRhs()) != -128 || add.getType() != wide.getType())
    return {};
  return wide.getInput();
}

/// cast(min(max(add(round(x), zero), low), high)) is nn.quantize.
static LogicalResult formQuantize(nn::CastOp op, PatternRewriter &rewriter) {
  Type to = op.getTo();
  if (!isByte(to) || !elementOf(op.getInput()).isF32())
    return failure();
  int64_t low = nn::isUnsigned(to) ? 0 : -128;
  auto min = op.getInput().getDefiningOp<nn::MinOp>();
  auto max = min ? min.getLhs().getDefiningOp<nn::MaxOp>() : nn::MaxOp();
  if (!max || uniformInteger(min.getRhs()) != low + 255 || uniformInteger(max.getRhs()) != low ||
      min.getType() != max.getType())
    return failure();
  Value rounded = max.getLhs();
  int64_t zero = 0;
  if (auto add = rounded.getDefiningOp<nn::AddOp>()) {
    std::optional<int64_t> number = uniformInteger(add.getRhs());
    if (!number || *number < low || *number > low + 255)
      return failure();
    zero = *number;
    rounded = add.getLhs();
  }
  auto round = rounded.getDefiningOp<nn::RoundOp>();
  if (!round || round.getType() != max.getType())
    return failure();
  Location loc = op.getLoc();
  Value result = nn::QuantizeOp::create(rewriter, loc, round.getInput(), zero - low,
                                        byteType(op.getContext(), true));
  rewriter.replaceOp(op, low ? toSigned(rewriter, loc, result) : result);
  return success();
}

/// cast(toSigned(x)) is cast(x) - 128.
static LogicalResult widenSigned(nn::CastOp op, PatternRewriter &rewriter) {
  Value source = unsignedSource(op.getInput());
  if (!source || op.getTo().getIntOrFloatBitWidth() < 32)
    return failure();
  Value wide = castTo(rewriter, op.getLoc(), source, op.getTo());
  rewriter.replaceOp(op, shifted(rewriter, op.getLoc(), wide, -128));
  return success();
}

/// The offset of x + c or x - c, with c constant and the same for all.
static std::optional<std::pair<Value, int64_t>> offsetOf(Operation *op) {
  if (!isa_and_nonnull<nn::AddOp, nn::SubOp>(op) ||
      op->getOperand(0).getType() != op->getResult(0).getType())
    return std::nullopt;
  std::optional<int64_t> number = uniformInteger(op->getOperand(1));
  if (!number)
    return std::nullopt;
  return std::pair(op->getOperand(0), isa<nn::AddOp>(op) ? *number : -*number);
}

/// Offsets of integers meet.
static LogicalResult mergeOffsets(Operation *op, PatternRewriter &rewriter) {
  if (!elementOf(op->getResult(0)).isInteger(32))
    return failure();
  auto outer = offsetOf(op);
  if (!outer)
    return failure();
  auto inner = offsetOf(outer->first.getDefiningOp());
  if (!inner && outer->second != 0)
    return failure();
  rewriter.replaceOp(
      op, inner ? shifted(rewriter, op->getLoc(), inner->first, inner->second + outer->second)
                : outer->first);
  return success();
}

/// max_pool(toSigned(x)) is toSigned(max_pool(x)); so with views.
static LogicalResult poolUnsigned(Operation *op, PatternRewriter &rewriter) {
  Value source = unsignedSource(op->getOperand(0));
  if (!source || op->getNumOperands() != 1)
    return failure();
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  Operation *moved = rewriter.clone(*op);
  moved->setOperand(0, source);
  moved->getResult(0).setType(
      RankedTensorType::get(type.getShape(), elementOf(source), type.getEncoding()));
  rewriter.replaceOp(op, toSigned(rewriter, op->getLoc(), moved->getResult(0)));
  return success();
}

//===-- Dequantised tensors ------------------------------------------------------------------===//

namespace {
/// A tensor that is `scale * (bytes - zero)`, seen through `views` (outermost first).
struct Bytes {
  Value bytes;
  Value zero; ///< i32; null: `number`
  int64_t number = 0;
  SmallVector<Value> scales; ///< factors
  SmallVector<Operation *> views;

  bool isPerTensor() const {
    return (!zero || isOne(zero)) && llvm::all_of(scales, [](Value s) { return isOne(s); });
  }
  /// The zero point, where it is known.
  std::optional<int64_t> knownZero() const { return zero ? uniformInteger(zero) : number; }
  /// The zero point plus `offset`, null where that is 0.
  Value zeroPoint(OpBuilder &b, Location loc, int64_t offset) const {
    if (std::optional<int64_t> known = knownZero())
      return *known + offset ? constant(b, loc, b.getI32Type(), double(*known + offset)) : Value();
    return shifted(b, loc, zero, offset);
  }
  /// Whether a zero point or scale has all its elements along dimension `axis` of the tensor as it
  /// is seen.
  bool liesAlong(Value value, int64_t axis) const {
    if (isOne(value))
      return true;
    int64_t rank = cast<RankedTensorType>(bytes.getType()).getRank(), at = -1;
    SmallVector<Dim> dims = nn::dimsOf(value.getType());
    for (auto [i, dim] : llvm::enumerate(dims)) {
      if (dim.isOne())
        continue;
      if (at >= 0)
        return false;
      at = rank - int64_t(dims.size()) + int64_t(i);
    }
    for (Operation *view : llvm::reverse(views)) {
      auto transpose = dyn_cast<nn::TransposeOp>(view);
      if (!transpose)
        return false;
      at = llvm::find(transpose.getPermutation(), at) - transpose.getPermutation().begin();
    }
    return at == axis;
  }
  /// The bytes as they are seen.
  Value seen(OpBuilder &b, Location loc) const { return through(b, loc, bytes); }
  Value through(OpBuilder &b, Location loc, Value value) const {
    for (Operation *view : llvm::reverse(views)) {
      if (auto transpose = dyn_cast<nn::TransposeOp>(view)) {
        value = permute(b, loc, value, transpose.getPermutation());
        continue;
      }
      value = reshapeTo(b, loc, value, nn::dimsOf(view->getResult(0).getType()));
    }
    return value;
  }
  /// A zero point or scale with the rank of the tensor, as it is seen.
  Value parameter(OpBuilder &b, Location loc, Value value) const {
    if (isOne(value))
      return reshapeTo(b, loc, value, {});
    int64_t rank = cast<RankedTensorType>(bytes.getType()).getRank();
    SmallVector<Dim> dims = nn::dimsOf(value.getType());
    dims.insert(dims.begin(), rank - dims.size(), Dim(1));
    value = reshapeTo(b, loc, value, dims);
    for (Operation *view : llvm::reverse(views))
      value = permute(b, loc, value, cast<nn::TransposeOp>(view).getPermutation());
    return value;
  }
};
} // namespace

/// i32: bytes, or bytes less their zero point.
static bool matchCentred(Value value, Bytes &result) {
  if (auto cast = value.getDefiningOp<nn::CastOp>()) {
    result.bytes = cast.getInput();
    return isByte(elementOf(result.bytes));
  }
  auto sub = value.getDefiningOp<nn::SubOp>();
  auto cast = sub ? sub.getLhs().getDefiningOp<nn::CastOp>() : nn::CastOp();
  if (cast && isByte(elementOf(cast.getInput())) && sub.getType() == cast.getType()) {
    result.bytes = cast.getInput();
    result.zero = sub.getRhs();
    return true;
  }
  return false;
}

static bool matchBytes(Value value, Bytes &result) {
  Type type = elementOf(value);
  for (int depth = 0; depth < 8; ++depth) {
    Operation *def = value.getDefiningOp();
    if (!def)
      return false;
    if (auto mul = dyn_cast<nn::MulOp>(def); mul && isa<FloatType>(type)) {
      bool left = mul.getLhs().getType() == mul.getType();
      bool right = mul.getRhs().getType() == mul.getType();
      // The scale is the smaller factor.
      if (left && right)
        return false;
      result.scales.push_back(left ? mul.getRhs() : mul.getLhs());
      value = left ? mul.getLhs() : mul.getRhs();
      continue;
    }
    if (isa<nn::TransposeOp, nn::ReshapeOp>(def) && result.scales.empty()) {
      result.views.push_back(def);
      value = def->getOperand(0);
      continue;
    }
    break;
  }
  auto cast = value.getDefiningOp<nn::CastOp>();
  Value centred = value;
  if (cast && isa<FloatType>(type)) {
    if (isByte(elementOf(cast.getInput()))) {
      result.bytes = cast.getInput();
    } else if (elementOf(cast.getInput()).isInteger(32)) {
      centred = cast.getInput();
    } else {
      return false;
    }
  } else if (!elementOf(value).isInteger(32)) {
    return false;
  }
  if (!result.bytes) {
    // An offset: the zero point with the other sign.
    if (auto add = centred.getDefiningOp<nn::AddOp>()) {
      std::optional<int64_t> number = uniformInteger(add.getRhs());
      auto wide = add.getLhs().getDefiningOp<nn::CastOp>();
      if (!number || !wide || !isByte(elementOf(wide.getInput())) ||
          add.getType() != wide.getType())
        return false;
      result.bytes = wide.getInput();
      result.number = -*number;
    } else if (!matchCentred(centred, result)) {
      return false;
    }
  }
  // A reshape may tear apart what parameters of one dimension belong to.
  bool reshapes = llvm::any_of(result.views, [](Operation *v) { return isa<nn::ReshapeOp>(v); });
  return !reshapes || result.isPerTensor();
}

//===-- Step 1: what quantises again what was just dequantised -------------------------------===//

static bool sameNumber(Value a, Value b) {
  if (a == b)
    return true;
  std::optional<double> x = uniform(a), y = uniform(b);
  return x && y && *x == *y;
}

/// Whether quantize(div(value, scale)) is f(q), where value is f(dequantise(q)) with the same
/// parameters and f is made of views, maxima and concatenations.
static bool canUndo(Value value, Value scale, int64_t zero, int depth) {
  Bytes bytes;
  if (matchBytes(value, bytes))
    return bytes.scales.size() == 1 && bytes.isPerTensor() && sameNumber(bytes.scales[0], scale) &&
           bytes.knownZero() == zero && nn::isUnsigned(elementOf(bytes.bytes));
  Operation *def = value.getDefiningOp();
  return def && depth < 8 &&
         isa<nn::MaxPoolOp, nn::TransposeOp, nn::ReshapeOp, nn::SliceOp, nn::ConcatOp>(def) &&
         llvm::all_of(
             def->getOperands(), [&](Value v) { return canUndo(v, scale, zero, depth + 1); });
}

/// f(q).
static Value undo(OpBuilder &b, Value value) {
  Bytes bytes;
  if (matchBytes(value, bytes))
    return bytes.seen(b, value.getLoc());
  Operation *def = value.getDefiningOp();
  SmallVector<Value> operands;
  for (Value operand : def->getOperands())
    operands.push_back(undo(b, operand));
  Operation *clone = b.clone(*def);
  clone->setOperands(operands);
  auto type = cast<RankedTensorType>(value.getType());
  clone->getResult(0).setType(
      RankedTensorType::get(type.getShape(), elementOf(operands[0]), type.getEncoding()));
  return clone->getResult(0);
}

static LogicalResult dropRequantize(nn::QuantizeOp op, PatternRewriter &rewriter) {
  auto div = op.getInput().getDefiningOp<nn::DivOp>();
  // A scale of an ordinary size: then q * scale / scale rounds to q.
  std::optional<double> scale = div ? uniform(div.getRhs()) : std::nullopt;
  if (!scale || !(*scale > 1e-30 && *scale < 1e30) || !nn::isUnsigned(op.getTo()))
    return failure();
  if (!canUndo(div.getLhs(), div.getRhs(), op.getZeroPoint(), 0) ||
      div.getLhs().getType() != div.getType())
    return failure();
  rewriter.replaceOp(op, undo(rewriter, div.getLhs()));
  return success();
}

//===-- Step 2: products ---------------------------------------------------------------------===//

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
  // What is taken off comes before the product, so that it can be part of the product's epilogue.
  SmallVector<Value> taken;
  if (xZero) {
    SmallVector<int64_t> axes = llvm::to_vector(llvm::seq<int64_t>(1, rank));
    Value correction =
        nn::MulOp::create(rewriter, loc, sumOver(rewriter, loc, weights, axes), xZero);
    taken.push_back(castTo(rewriter, loc, perChannel(correction), sumType));
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
    taken.push_back(
        nn::MulOp::create(rewriter, loc, castTo(rewriter, loc, box, i32), perChannel(wZero)));
  }
  Value sum = nn::ConvIntegerOp::create(rewriter, loc, input, weights, op.getWindow(), groups,
                                        outside.value_or(0), sumType, /*channels_last=*/false);
  for (Value value : taken)
    sum = nn::SubOp::create(rewriter, loc, sum, value);
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
  SmallVector<Value> taken;
  if (xZero)
    taken.push_back(nn::MulOp::create(rewriter, loc, along(rhs, wDepth, false), xZero));
  if (wZero) {
    Value line = along(lhs, xDepth, true);
    if (xZero)
      line = nn::SubOp::create(
          rewriter, loc, line,
          nn::MulOp::create(rewriter, loc, xZero,
                            constant(rewriter, loc, rewriter.getI32Type(), double(*terms))));
    taken.push_back(nn::MulOp::create(rewriter, loc, line, wZero));
  }
  Value sum = nn::MatmulIntegerOp::create(rewriter, loc, lhs, rhs, op.getTransposeLhs(),
                                          op.getTransposeRhs());
  for (Value value : taken)
    sum = nn::SubOp::create(rewriter, loc, sum, value);
  rewriter.replaceOp(op, scaled(rewriter, loc, sum, elementOf(op.getOutput()), scales));
  return success();
}

//===-- Step 3: one scale --------------------------------------------------------------------===//

/// Whether value / c, c > 0, can be had by dividing constants.
static bool takesFactor(Value value, int depth) {
  Operation *def = value.getDefiningOp();
  if (!def || depth > 12)
    return false;
  if (auto mul = dyn_cast<nn::MulOp>(def))
    return isConstantValue(mul.getRhs()) || isConstantValue(mul.getLhs());
  if (!value.hasOneUse())
    return false;
  if (isa<nn::AddOp, nn::SubOp, nn::MaxOp, nn::MinOp>(def)) {
    bool left = isConstantValue(def->getOperand(0)), right = isConstantValue(def->getOperand(1));
    return left != right && takesFactor(def->getOperand(left ? 1 : 0), depth + 1)
               ? true
               : !left && !right && takesFactor(def->getOperand(0), depth + 1) &&
                     takesFactor(def->getOperand(1), depth + 1);
  }
  return isa<nn::ReluOp, nn::LeakyReluOp, nn::PreluOp, nn::MaxPoolOp, nn::TransposeOp,
             nn::ReshapeOp>(def) &&
         takesFactor(def->getOperand(0), depth + 1);
}

static Value divided(OpBuilder &b, Value value, Value divisor) {
  Location loc = value.getLoc();
  auto byConstant = [&](Value number) -> Value {
    return nn::DivOp::create(b, loc, number, divisor);
  };
  Operation *def = value.getDefiningOp();
  Operation *clone = b.clone(*def);
  if (isa<nn::MulOp>(def)) {
    unsigned at = isConstantValue(def->getOperand(1)) ? 1 : 0;
    b.setInsertionPoint(clone);
    Value factor = byConstant(def->getOperand(at));
    // The same scale twice.
    if (sameNumber(def->getOperand(at), divisor) &&
        def->getOperand(1 - at).getType() == value.getType()) {
      clone->erase();
      b.setInsertionPointAfterValue(def->getOperand(1 - at));
      return def->getOperand(1 - at);
    }
    clone->setOperand(at, factor);
  } else {
    bool all = isa<nn::AddOp, nn::SubOp, nn::MaxOp, nn::MinOp>(def);
    for (unsigned i = 0; i < (all ? def->getNumOperands() : 1); ++i) {
      b.setInsertionPoint(clone);
      Value operand = def->getOperand(i);
      clone->setOperand(i, isConstantValue(operand) ? byConstant(operand)
                                                    : divided(b, operand, divisor));
    }
  }
  b.setInsertionPointAfter(clone);
  return clone->getResult(0);
}

static LogicalResult divideConstants(nn::QuantizeOp op, PatternRewriter &rewriter) {
  auto div = op.getInput().getDefiningOp<nn::DivOp>();
  std::optional<double> scale = div ? uniform(div.getRhs()) : std::nullopt;
  if (!scale || !(*scale > 0) || div.getLhs().getType() != div.getType() ||
      !takesFactor(div.getLhs(), 0))
    return failure();
  rewriter.setInsertionPoint(div);
  Value divisor = reshapeTo(rewriter, op.getLoc(), div.getRhs(), {});
  Value input = divided(rewriter, div.getLhs(), divisor);
  rewriter.modifyOpInPlace(op, [&] { op->setOperand(0, input); });
  return success();
}

//===-- The pass -----------------------------------------------------------------------------===//

namespace {
struct Quantize : dlc::impl::NNQuantizeBase<Quantize> {
  using NNQuantizeBase::NNQuantizeBase;

  void runOnOperation() override {
    bool bytes = false;
    getOperation().walk([&](Operation *op) {
      bytes |= llvm::any_of(op->getResultTypes(),
                            [](Type type) { return isByte(getElementTypeOrSelf(type)); });
      bytes |= llvm::any_of(op->getOperandTypes(),
                            [](Type type) { return isByte(getElementTypeOrSelf(type)); });
    });
    if (!bytes)
      return;
    run([&](RewritePatternSet &patterns) {
      patterns.add(formQuantize);
      patterns.add(widenSigned);
      patterns.add(+[](nn::AddOp op, PatternRewriter &b) { return mergeOffsets(op, b); });
      patterns.add(+[](nn::SubOp op, PatternRewriter &b) { return mergeOffsets(op, b); });
      patterns.add(+[](nn::MaxPoolOp op, PatternRewriter &b) { return poolUnsigned(op, b); });
      patterns.add(+[](nn::TransposeOp op, PatternRewriter &b) { return poolUnsigned(op, b); });
      patterns.add(+[](nn::ReshapeOp op, PatternRewriter &b) { return poolUnsigned(op, b); });
    });
    if (!precise)
      run([&](RewritePatternSet &patterns) { patterns.add(dropRequantize); });
    bool exactOnly = precise;
    run([&](RewritePatternSet &patterns) {
      patterns.add<Product<nn::ConvOp, multiplyConv>>(&getContext(), exactOnly);
      patterns.add<Product<nn::MatmulOp, multiplyMatrices>>(&getContext(), exactOnly);
      patterns.add(mergeCasts);
    });
    if (!precise)
      run([&](RewritePatternSet &patterns) { patterns.add(divideConstants); });
  }

  template <typename OpTy, LogicalResult (*rewrite)(OpTy, bool, PatternRewriter &)>
  struct Product : OpRewritePattern<OpTy> {
    Product(MLIRContext *context, bool exactOnly)
        : OpRewritePattern<OpTy>(context), exactOnly(exactOnly) {}
    LogicalResult matchAndRewrite(OpTy op, PatternRewriter &rewriter) const override {
      return rewrite(op, exactOnly, rewriter);
    }
    bool exactOnly;
  };

  /// Sums that went through a float type that holds them, for want of integers there.
  static LogicalResult mergeCasts(nn::CastOp op, PatternRewriter &rewriter) {
    auto inner = op.getInput().getDefiningOp<nn::CastOp>();
    if (!inner || !op.getTo().isInteger(32) || !isa<FloatType>(inner.getTo()) ||
        !elementOf(inner.getInput()).isInteger(32))
      return failure();
    // f32 holds 24 bits: the product's own sums, which were to be computed in it.
    Value sum = inner.getInput();
    while (isa_and_nonnull<nn::SubOp>(sum.getDefiningOp()))
      sum = sum.getDefiningOp()->getOperand(0);
    if (!isa_and_nonnull<nn::ConvIntegerOp>(sum.getDefiningOp()))
      return failure();
    rewriter.replaceOp(op, inner.getInput());
    return success();
  }

  void run(llvm::function_ref<void(RewritePatternSet &)> add) {
    RewritePatternSet patterns(&getContext());
    add(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
