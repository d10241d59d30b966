// nn-simplify: local rewrites. Constants that arise are computed ahead of time with all others, by
// @weights.
#include "compiler/graph/graph.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace dlc {
#define GEN_PASS_DEF_NNSIMPLIFY
#include "compiler/graph/passes.h.inc"
} // namespace dlc

namespace {
//===-- Views that do nothing --===//

/// transpose(transpose(x)) is one transposition; one that moves nothing is a reshape.
LogicalResult mergeTransposes(nn::TransposeOp op, PatternRewriter &rewriter) {
  SmallVector<int64_t> permutation(op.getPermutation());
  Value input = op.getInput();
  if (auto inner = input.getDefiningOp<nn::TransposeOp>()) {
    for (int64_t &dim : permutation)
      dim = inner.getPermutation()[dim];
    rewriter.replaceOp(op, permute(rewriter, op.getLoc(), inner.getInput(), permutation));
    return success();
  }
  Value moved = permute(rewriter, op.getLoc(), input, permutation);
  if (moved.getDefiningOp<nn::TransposeOp>()) {
    rewriter.eraseOp(moved.getDefiningOp());
    return failure();
  }
  rewriter.replaceOp(op, moved);
  return success();
}

/// reshape(reshape(x)) is one reshape; one to the same type is nothing.
LogicalResult mergeReshapes(nn::ReshapeOp op, PatternRewriter &rewriter) {
  Value input = op.getInput();
  if (auto inner = input.getDefiningOp<nn::ReshapeOp>())
    input = inner.getInput();
  if (input.getType() == op.getType()) {
    rewriter.replaceOp(op, input);
    return success();
  }
  if (input == op.getInput())
    return failure();
  rewriter.replaceOpWithNewOp<nn::ReshapeOp>(op, op.getType(), input);
  return success();
}

LogicalResult dropCast(nn::CastOp op, PatternRewriter &rewriter) {
  if (op.getInput().getType() != op.getType())
    return failure();
  rewriter.replaceOp(op, op.getInput());
  return success();
}

LogicalResult dropExpand(nn::ExpandOp op, PatternRewriter &rewriter) {
  if (op.getInput().getType() != op.getType())
    return failure();
  rewriter.replaceOp(op, op.getInput());
  return success();
}

LogicalResult dropConcat(nn::ConcatOp op, PatternRewriter &rewriter) {
  if (op.getInputs().size() != 1)
    return failure();
  rewriter.replaceOp(op, op.getInputs());
  return success();
}

LogicalResult dropSlice(nn::SliceOp op, PatternRewriter &rewriter) {
  if (op.getInput().getType() != op.getType() ||
      !llvm::all_of(op.getStrides(), [](int64_t s) { return s == 1; }))
    return failure();
  rewriter.replaceOp(op, op.getInput());
  return success();
}

//===-- Scales and shifts into filters --===//

/// Batch normalisation with constant statistics is a scale and a shift, both constant.
LogicalResult splitBatchNorm(nn::BatchNormOp op, PatternRewriter &rewriter) {
  Type element = getElementTypeOrSelf(op.getType());
  for (Value operand : op->getOperands().drop_front())
    if (!isConstantValue(operand) || getElementTypeOrSelf(operand.getType()) != element)
      return failure();
  Location loc = op.getLoc();
  auto epsilonType = RankedTensorType::get({}, element);
  Value epsilon = nn::ConstantOp::create(
      rewriter, loc, epsilonType,
      DenseElementsAttr::get(
          epsilonType,
          rewriter.getFloatAttr(element, op.getEpsilon().convertToDouble()).getValue()));
  Value deviation = nn::SqrtOp::create(rewriter, loc,
                                       nn::AddOp::create(rewriter, loc, op.getVariance(), epsilon));
  Value scale = nn::DivOp::create(rewriter, loc, op.getScale(), deviation);
  Value shift = nn::SubOp::create(rewriter, loc, op.getBias(),
                                  nn::MulOp::create(rewriter, loc, op.getMean(), scale));
  // [C] aligned with dimension `axis`: ones after it.
  auto aligned = [&](Value value) {
    SmallVector<Dim> dims = nn::dimsOf(value.getType());
    dims.append(cast<RankedTensorType>(op.getType()).getRank() - op.getAxis() - 1, Dim(1));
    return reshapeTo(rewriter, loc, value, dims);
  };
  Value scaled = nn::MulOp::create(rewriter, loc, op.getInput(), aligned(scale));
  rewriter.replaceOpWithNewOp<nn::AddOp>(op, scaled, aligned(shift));
  return success();
}

/// For a commutative operation with one constant operand: the other one and the constant.
std::optional<std::pair<Value, Value>> constantOperand(Operation *op) {
  Value lhs = op->getOperand(0), rhs = op->getOperand(1);
  if (isConstantValue(rhs) && !isConstantValue(lhs))
    return std::make_pair(lhs, rhs);
  if (isConstantValue(lhs) && !isConstantValue(rhs))
    return std::make_pair(rhs, lhs);
  return std::nullopt;
}

/// (x + a) * b is x * b + a * b: constants meet, and the product can go into a filter.
LogicalResult scaleBeforeShift(nn::MulOp op, PatternRewriter &rewriter) {
  auto product = constantOperand(op);
  if (!product || !isa<FloatType>(getElementTypeOrSelf(op.getType())))
    return failure();
  auto sum = product->first.getDefiningOp<nn::AddOp>();
  if (!sum || !sum->hasOneUse() || sum.getType() != op.getType())
    return failure();
  auto shift = constantOperand(sum);
  if (!shift || !shift->first.getDefiningOp<nn::ConvOp>() || shift->first.getType() != op.getType())
    return failure();
  Value scaled = nn::MulOp::create(rewriter, op.getLoc(), shift->first, product->second);
  Value moved = nn::MulOp::create(rewriter, op.getLoc(), shift->second, product->second);
  rewriter.replaceOpWithNewOp<nn::AddOp>(op, scaled, moved);
  return success();
}

/// (x + a) + b is x + (a + b).
LogicalResult mergeShifts(nn::AddOp op, PatternRewriter &rewriter) {
  auto outer = constantOperand(op);
  auto sum = outer && isa<FloatType>(getElementTypeOrSelf(op.getType()))
                 ? outer->first.getDefiningOp<nn::AddOp>()
                 : nn::AddOp();
  if (!sum || !sum->hasOneUse() || sum.getType() != op.getType())
    return failure();
  auto inner = constantOperand(sum);
  if (!inner || inner->first.getType() != op.getType())
    return failure();
  Value shift = nn::AddOp::create(rewriter, op.getLoc(), inner->second, outer->second);
  rewriter.replaceOpWithNewOp<nn::AddOp>(op, inner->first, shift);
  return success();
}

/// conv(x, w) * s, with s constant and one entry a channel, is conv(x, w * s).
LogicalResult scaleFilter(nn::MulOp op, PatternRewriter &rewriter) {
  auto product = constantOperand(op);
  auto conv = product ? product->first.getDefiningOp<nn::ConvOp>() : nn::ConvOp();
  if (!conv || !conv->hasOneUse() || conv.getType() != op.getType() ||
      !isConstantValue(conv.getFilter()))
    return failure();
  SmallVector<Dim> scale = nn::dimsOf(product->second.getType()), out = nn::dimsOf(conv.getType());
  unsigned channel = conv.getChannelsLast() ? out.size() - 1 : 1;
  for (auto [i, dim] : llvm::enumerate(scale)) {
    size_t at = out.size() - scale.size() + i;
    if (!dim.isOne() && at != channel)
      return failure();
  }
  Dim count = nn::product(scale);
  if (!count.isOne() && count != out[channel])
    return failure();
  SmallVector<Dim> perFilter(out.size(), Dim(1));
  perFilter[0] = count;
  Value factor = reshapeTo(rewriter, op.getLoc(), product->second, perFilter);
  Value filter = nn::MulOp::create(rewriter, op.getLoc(), conv.getFilter(), factor);
  Location loc = rewriter.getFusedLoc({conv.getLoc(), op.getLoc()});
  rewriter.replaceOp(op,
                     nn::ConvOp::create(rewriter, loc, conv.getInput(), filter, conv.getWindow(),
                                        conv.getGroups(), conv.getChannelsLast()));
  return success();
}

//===-- Normalisation of groups --===//

/// x * 1 and x + 0.
LogicalResult dropNeutral(Operation *op, double neutral, PatternRewriter &rewriter) {
  std::optional<double> number = uniform(op->getOperand(1));
  if (number != neutral || op->getOperand(0).getType() != op->getResult(0).getType() ||
      !isa<FloatType>(getElementTypeOrSelf(op->getResult(0).getType())))
    return failure();
  rewriter.replaceOp(op, op->getOperand(0));
  return success();
}

/// Dimensions that both shapes can be joined from, and for each of them the dimension of `joined`
/// that it is part of; nullopt where there are none.
std::optional<std::pair<SmallVector<Dim>, SmallVector<int64_t>>> refine(ArrayRef<Dim> split,
                                                                        ArrayRef<Dim> joined) {
  SmallVector<Dim> dims;
  SmallVector<int64_t> owners;
  auto add = [&](const Dim &dim, size_t owner) {
    dims.push_back(dim);
    owners.push_back(int64_t(owner));
  };
  size_t i = 0;
  Dim left = split.empty() ? Dim(1) : split[0]; // of split[i]
  for (size_t j = 0; j < joined.size(); ++j) {
    Dim wanted = joined[j];
    while (!wanted.isOne()) {
      if (i == split.size())
        return std::nullopt;
      std::optional<int64_t> have = left.constant(), want = wanted.constant();
      bool isLast = j + 1 == joined.size();
      if (have && want && *have > *want && *have % *want == 0) {
        add(wanted, j);
        left = Dim(*have / *want);
        break;
      }
      // Symbolic sizes: all that is left belongs to the last one.
      if (have && want ? *want % *have != 0
                       : left != wanted &&
                             !(isLast && nn::product(split.drop_front(i + 1)) * left == wanted))
        return std::nullopt;
      add(left, j);
      wanted = have && want     ? Dim(*want / *have)
               : left == wanted ? Dim(1)
                                : nn::product(split.drop_front(i + 1));
      left = ++i < split.size() ? split[i] : Dim(1);
    }
  }
  if (!llvm::all_of(split.drop_front(i), [](const Dim &dim) { return dim.isOne(); }))
    return std::nullopt;
  return std::pair(dims, owners);
}

/// Groups of channels that are joined with the places in them, normalised and split again:
/// normalised as they are, so that the layout of channels can be any.
LogicalResult normalizeUnjoined(nn::ReshapeOp op, PatternRewriter &rewriter) {
  auto normalize = op.getInput().getDefiningOp<nn::NormalizeOp>();
  auto join = normalize ? normalize.getInput().getDefiningOp<nn::ReshapeOp>() : nn::ReshapeOp();
  if (!join || !normalize->hasOneUse() || join.getInput().getType() != op.getType())
    return failure();
  SmallVector<Dim> split = nn::dimsOf(op.getType()), joined = nn::dimsOf(join.getType());
  auto refined = refine(split, joined);
  if (!refined || refined->first == joined)
    return failure();
  SmallVector<int64_t> axes;
  for (auto [dim, owner] : llvm::enumerate(refined->second))
    if (llvm::is_contained(normalize.getAxes(), owner))
      axes.push_back(int64_t(dim));
  Location loc = rewriter.getFusedLoc({normalize.getLoc(), op.getLoc()});
  Value input = reshapeTo(rewriter, loc, join.getInput(), refined->first);
  Value result = nn::NormalizeOp::create(rewriter, loc, input, axes, normalize.getEpsilon(),
                                         normalize.getRms());
  rewriter.replaceOp(op, reshapeTo(rewriter, loc, result, split));
  return success();
}

//===-- Divisions by a number --===//

/// x / c as x * (1 / c), where 1 / c is a normal number.
LogicalResult multiply(nn::DivOp op, PatternRewriter &rewriter, bool exactOnly) {
  auto type = dyn_cast<FloatType>(getElementTypeOrSelf(op.getType()));
  std::optional<double> divisor = uniform(op.getRhs());
  if (!type || !divisor || op.getLhs().getType() != op.getType())
    return failure();
  APFloat number(*divisor), inverse(type.getFloatSemantics(), 1);
  bool lost = false;
  number.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven, &lost);
  if (!number.getExactInverse(&inverse)) {
    inverse.divide(number, APFloat::rmNearestTiesToEven);
    if (exactOnly || !inverse.isNormal())
      return failure();
  }
  auto scalar = RankedTensorType::get({}, type);
  Value factor = nn::ConstantOp::create(rewriter, op.getLoc(), scalar,
                                        DenseElementsAttr::get(scalar, inverse));
  rewriter.replaceOpWithNewOp<nn::MulOp>(op, op.getLhs(), factor);
  return success();
}

/// By a power of two.
LogicalResult multiplyExactly(nn::DivOp op, PatternRewriter &rewriter) {
  return multiply(op, rewriter, /*exactOnly=*/true);
}

/// By any number, which costs up to a unit in the last place, where only functions read the result
/// that do not jump: a quantised number, say, may be another one for that.
LogicalResult multiplySmoothly(nn::DivOp op, PatternRewriter &rewriter) {
  bool isSmooth = llvm::all_of(op->getUsers(), [](Operation *user) {
    return isa<nn::ErfOp, nn::ExpOp, nn::SigmoidOp, nn::SoftmaxOp, nn::TanhOp>(user);
  });
  return isSmooth ? multiply(op, rewriter, /*exactOnly=*/false) : failure();
}

struct Simplify : dlc::impl::NNSimplifyBase<Simplify> {
  using NNSimplifyBase::NNSimplifyBase;
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add(mergeTransposes);
    patterns.add(mergeReshapes);
    patterns.add(dropCast);
    patterns.add(dropExpand);
    patterns.add(dropConcat);
    patterns.add(dropSlice);
    patterns.add(multiplyExactly);
    patterns.add(normalizeUnjoined);
    patterns.add(+[](nn::MulOp op, PatternRewriter &b) { return dropNeutral(op, 1, b); });
    if (!precise) {
      patterns.add(+[](nn::AddOp op, PatternRewriter &b) { return dropNeutral(op, 0, b); });
      patterns.add(splitBatchNorm);
      patterns.add(scaleBeforeShift);
      patterns.add(mergeShifts);
      patterns.add(scaleFilter);
      patterns.add(multiplySmoothly);
    }
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
