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
//   3. The division by the scale of the result goes into the constants of that scale, and limits
//      that the quantised type has anyway go.
#include "compiler/graph/quantized.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::quantized;

namespace dlc {
#define GEN_PASS_DEF_NNQUANTIZE
#include "compiler/graph/passes.h.inc"
} // namespace dlc

//===-- Step 1: quantise ---------------------------------------------------------------------===//

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

//===-- Step 1: what quantises again what was just dequantised -------------------------------===//

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

//===-- Step 3: limits -----------------------------------------------------------------------===//

/// One step of what comes before nn.quantize: y = f(x), which never falls.
static std::optional<Value> argumentOfStep(Operation *def) {
  if (isa<nn::ReluOp>(def))
    return def->getOperand(0);
  if (!isa<nn::DivOp, nn::MulOp, nn::MaxOp, nn::MinOp>(def) ||
      def->getOperand(0).getType() != def->getResult(0).getType())
    return std::nullopt;
  std::optional<double> number = uniform(def->getOperand(1));
  bool isFactor = isa<nn::DivOp, nn::MulOp>(def);
  bool isPositive = number && *number > 0 && std::isfinite(*number);
  return number && (isPositive || !isFactor) ? std::optional(def->getOperand(0)) : std::nullopt;
}

/// The limit that a step sets, after the factors of `later` steps (last one first).
static float limitOf(Operation *step, ArrayRef<Operation *> later) {
  auto limit = float(isa<nn::ReluOp>(step) ? 0 : *uniform(step->getOperand(1)));
  for (Operation *op : llvm::reverse(later)) {
    if (isa<nn::DivOp>(op))
      limit /= float(*uniform(op->getOperand(1)));
    if (isa<nn::MulOp>(op))
      limit *= float(*uniform(op->getOperand(1)));
  }
  return limit;
}

/// quantize(relu(x) / scale) is quantize(x / scale), if 0 is the lowest number of the type; so for
/// other limits beyond those of the type. Rounding keeps the order, and NaN becomes the lowest.
static LogicalResult dropLimit(nn::QuantizeOp op, PatternRewriter &rewriter) {
  auto low = float((nn::isUnsigned(op.getTo()) ? 0 : -128) - int64_t(op.getZeroPoint()));
  SmallVector<Operation *> later;
  for (Value value = op.getInput(); Operation *step = value.getDefiningOp();) {
    std::optional<Value> argument = argumentOfStep(step);
    if (!argument)
      return failure();
    bool drops = isa<nn::ReluOp, nn::MaxOp>(step) ? limitOf(step, later) <= low
                 : isa<nn::MinOp>(step)           ? limitOf(step, later) >= low + 255
                                                  : false;
    if (drops) {
      Value input = *argument;
      for (Operation *after : llvm::reverse(later)) {
        rewriter.setInsertionPoint(after);
        Operation *copy = rewriter.clone(*after);
        copy->setOperand(0, input);
        input = copy->getResult(0);
      }
      rewriter.modifyOpInPlace(op, [&] { op->setOperand(0, input); });
      return success();
    }
    later.push_back(step);
    value = *argument;
  }
  return failure();
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
    run([&](RewritePatternSet &patterns) { addProductPatterns(patterns, precise); });
    if (!precise)
      run([&](RewritePatternSet &patterns) { patterns.add(divideConstants); });
    run([&](RewritePatternSet &patterns) { patterns.add(dropLimit); });
  }

  void run(llvm::function_ref<void(RewritePatternSet &)> add) {
    RewritePatternSet patterns(&getContext());
    add(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
