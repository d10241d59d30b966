// How operations commute with a transposition; see layout.td.
#include "compiler/graph/graph.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace {
/// Attribute entries, one a dimension of the graph's form, for the other form.
template <typename T>
SmallVector<T> permuteEntries(ArrayRef<T> entries, ArrayRef<int64_t> permutation) {
  SmallVector<T> result(entries);
  for (auto [i, dim] : llvm::enumerate(permutation))
    result[dim] = entries[i];
  return result;
}

ArrayAttr permuteTexts(OpBuilder &b, ArrayAttr texts, ArrayRef<int64_t> permutation) {
  return b.getArrayAttr(permuteEntries<Attribute>(texts.getValue(), permutation));
}

/// The type of a result of the graph's form, in the other form.
RankedTensorType permuteType(Type type, ArrayRef<int64_t> permutation) {
  return nn::tensorOf(permuteEntries<Dim>(nn::dimsOf(type), permutation),
                      getElementTypeOrSelf(type));
}

//===-- Operations that are rebuilt channels-last --===//

struct ConvLayout : LayoutOpInterface::ExternalModel<ConvLayout, nn::ConvOp> {
  Value buildChannelsLast(Operation *op, OpBuilder &b, Value input) const {
    auto conv = cast<nn::ConvOp>(op);
    if (conv.getChannelsLast())
      return {};
    return nn::ConvOp::create(b, conv.getLoc(), input, conv.getFilter(), conv.getWindow(),
                              conv.getGroups(), true);
  }
};

/// Pooling, integer convolution: the same attributes with channels_last set.
template <typename OpTy>
struct LastLayout : LayoutOpInterface::ExternalModel<LastLayout<OpTy>, OpTy> {
  Value buildChannelsLast(Operation *op, OpBuilder &b, Value input) const {
    if (cast<OpTy>(op).getChannelsLast())
      return {};
    NamedAttrList attributes(op->getAttrDictionary());
    attributes.set("channels_last", b.getUnitAttr());
    SmallVector<Value> operands(op->getOperands());
    operands[0] = input;
    return OpTy::create(b, op->getLoc(), operands, attributes.getAttrs())->getResult(0);
  }
};

struct ConvTransposeLayout
    : LayoutOpInterface::ExternalModel<ConvTransposeLayout, nn::ConvTransposeOp> {
  Value buildChannelsLast(Operation *op, OpBuilder &b, Value input) const {
    auto conv = cast<nn::ConvTransposeOp>(op);
    if (conv.getChannelsLast())
      return {};
    return nn::ConvTransposeOp::create(b, conv.getLoc(), input, conv.getFilter(), conv.getWindow(),
                                       conv.getOutputPadding(), conv.getGroups(), true);
  }
};

//===-- Operations that commute --===//

template <typename OpTy>
struct ElementwiseLayout : LayoutOpInterface::ExternalModel<ElementwiseLayout<OpTy>, OpTy> {
  SmallVector<unsigned> getPermutedOperands(Operation *op) const {
    return llvm::to_vector(llvm::seq<unsigned>(0, op->getNumOperands()));
  }
  Value buildPermuted(Operation *op, OpBuilder &b, ValueRange operands,
                      SmallVectorImpl<int64_t> &permutation) const {
    if (cast<RankedTensorType>(op->getResult(0).getType()).getRank() != int64_t(permutation.size()))
      return {};
    Operation *clone = b.clone(*op);
    clone->setOperands(operands);
    clone->getResult(0).setType(permuteType(op->getResult(0).getType(), permutation));
    return clone->getResult(0);
  }
};

struct ConcatLayout : LayoutOpInterface::ExternalModel<ConcatLayout, nn::ConcatOp> {
  SmallVector<unsigned> getPermutedOperands(Operation *op) const {
    return llvm::to_vector(llvm::seq<unsigned>(0, op->getNumOperands()));
  }
  Value buildPermuted(Operation *op, OpBuilder &b, ValueRange operands,
                      SmallVectorImpl<int64_t> &permutation) const {
    return nn::ConcatOp::create(b, op->getLoc(), operands,
                                permutation[cast<nn::ConcatOp>(op).getAxis()]);
  }
};

struct SliceLayout : LayoutOpInterface::ExternalModel<SliceLayout, nn::SliceOp> {
  Value buildPermuted(Operation *op, OpBuilder &b, ValueRange operands,
                      SmallVectorImpl<int64_t> &permutation) const {
    auto slice = cast<nn::SliceOp>(op);
    return nn::SliceOp::create(b, op->getLoc(), permuteType(slice.getType(), permutation),
                               operands[0], permuteTexts(b, slice.getOffsets(), permutation),
                               permuteEntries(slice.getStrides(), permutation));
  }
};

struct PadLayout : LayoutOpInterface::ExternalModel<PadLayout, nn::PadOp> {
  Value buildPermuted(Operation *op, OpBuilder &b, ValueRange operands,
                      SmallVectorImpl<int64_t> &permutation) const {
    auto pad = cast<nn::PadOp>(op);
    return nn::PadOp::create(b, op->getLoc(), operands[0], operands[1],
                             permuteTexts(b, pad.getLow(), permutation),
                             permuteTexts(b, pad.getHigh(), permutation), pad.getMode());
  }
};

template <typename OpTy>
struct AxisLayout : LayoutOpInterface::ExternalModel<AxisLayout<OpTy>, OpTy> {
  Value buildPermuted(Operation *op, OpBuilder &b, ValueRange operands,
                      SmallVectorImpl<int64_t> &permutation) const {
    int64_t axis = cast<OpTy>(op).getAxis();
    Operation *clone = b.clone(*op);
    clone->setOperands(operands);
    cast<OpTy>(clone).setAxis(permutation[axis]);
    clone->getResult(0).setType(permuteType(op->getResult(0).getType(), permutation));
    return clone->getResult(0);
  }
};

struct NormalizeLayout : LayoutOpInterface::ExternalModel<NormalizeLayout, nn::NormalizeOp> {
  Value buildPermuted(Operation *op, OpBuilder &b, ValueRange operands,
                      SmallVectorImpl<int64_t> &permutation) const {
    auto normalize = cast<nn::NormalizeOp>(op);
    SmallVector<int64_t> axes;
    for (int64_t axis : normalize.getAxes())
      axes.push_back(permutation[axis]);
    llvm::sort(axes);
    return nn::NormalizeOp::create(b, op->getLoc(), operands[0], axes, normalize.getEpsilon(),
                                   normalize.getRms());
  }
};

struct ReduceLayout : LayoutOpInterface::ExternalModel<ReduceLayout, nn::ReduceOp> {
  Value buildPermuted(Operation *op, OpBuilder &b, ValueRange operands,
                      SmallVectorImpl<int64_t> &permutation) const {
    auto reduce = cast<nn::ReduceOp>(op);
    SmallVector<int64_t> axes;
    for (int64_t axis : reduce.getAxes())
      axes.push_back(permutation[axis]);
    llvm::sort(axes);
    Value result = nn::ReduceOp::create(b, op->getLoc(), operands[0], reduce.getKind(), axes,
                                        reduce.getKeepdims());
    if (!reduce.getKeepdims()) {
      // The dimensions that stay, renumbered.
      SmallVector<int64_t> left;
      for (int64_t i = 0; i < int64_t(permutation.size()); ++i) {
        int64_t dim = permutation[i];
        if (!llvm::is_contained(reduce.getAxes(), i))
          left.push_back(dim - llvm::count_if(axes, [&](int64_t axis) { return axis < dim; }));
      }
      permutation.assign(left.begin(), left.end());
    }
    return result;
  }
};

struct ResizeLayout : LayoutOpInterface::ExternalModel<ResizeLayout, nn::ResizeOp> {
  Value buildPermuted(Operation *op, OpBuilder &b, ValueRange operands,
                      SmallVectorImpl<int64_t> &permutation) const {
    auto clone = cast<nn::ResizeOp>(b.clone(*op));
    SmallVector<int64_t> axes;
    for (int64_t axis : clone.getAxes())
      axes.push_back(permutation[axis]);
    clone->setOperands(operands);
    clone.setAxes(axes);
    clone->getResult(0).setType(permuteType(op->getResult(0).getType(), permutation));
    return clone.getOutput();
  }
};

/// For each of the `joined` dimensions the consecutive ones of `split` whose product it is; nullopt
/// where that cannot be.
std::optional<SmallVector<SmallVector<int64_t>>> joinedGroups(ArrayRef<Dim> split,
                                                              ArrayRef<Dim> joined) {
  SmallVector<SmallVector<int64_t>> groups;
  size_t next = 0;
  for (const Dim &target : joined) {
    SmallVector<int64_t> &group = groups.emplace_back();
    Dim size(1);
    while (next < split.size() && (group.empty() || size != target)) {
      size = size * split[next];
      group.push_back(next++);
    }
    if (size != target || group.empty())
      return std::nullopt;
  }
  while (next < split.size() && split[next].isOne() && !groups.empty())
    groups.back().push_back(next++);
  return next == split.size() ? std::optional(groups) : std::nullopt;
}

/// A reshape that joins dimensions commutes where those that it joins lie side by side, in the same
/// order, in both forms; one that splits dimensions always does.
struct ReshapeLayout : LayoutOpInterface::ExternalModel<ReshapeLayout, nn::ReshapeOp> {
  Value buildPermuted(Operation *op, OpBuilder &b, ValueRange operands,
                      SmallVectorImpl<int64_t> &permutation) const {
    auto reshape = cast<nn::ReshapeOp>(op);
    SmallVector<Dim> in = nn::dimsOf(reshape.getInput().getType()),
                     out = nn::dimsOf(reshape.getType());
    if (out.size() == in.size())
      return {};
    return out.size() < in.size() ? join(b, reshape, operands[0], in, out, permutation)
                                  : split(b, reshape, operands[0], in, out, permutation);
  }

private:
  static Value split(OpBuilder &b, nn::ReshapeOp reshape, Value input, ArrayRef<Dim> in,
                     ArrayRef<Dim> out, SmallVectorImpl<int64_t> &permutation) {
    std::optional<SmallVector<SmallVector<int64_t>>> groups = joinedGroups(out, in);
    if (!groups)
      return {};
    SmallVector<int64_t> order; // of the output dimensions, in the other form
    for (int64_t i : inverse(permutation))
      llvm::append_range(order, (*groups)[i]);
    SmallVector<Dim> dims;
    for (int64_t i : order)
      dims.push_back(out[i]);
    permutation = inverse(order);
    return nn::ReshapeOp::create(
        b, reshape.getLoc(), nn::tensorOf(dims, getElementTypeOrSelf(reshape.getType())), input);
  }

  static Value join(OpBuilder &b, nn::ReshapeOp reshape, Value input, ArrayRef<Dim> in,
                    ArrayRef<Dim> out, SmallVectorImpl<int64_t> &permutation) {
    std::optional<SmallVector<SmallVector<int64_t>>> found = joinedGroups(in, out);
    if (!found)
      return {};
    ArrayRef<SmallVector<int64_t>> groups = *found;
    // Where each group begins in the other form.
    SmallVector<int64_t> begin;
    for (ArrayRef<int64_t> group : groups) {
      for (size_t k = 1; k < group.size(); ++k)
        if (permutation[group[k]] != permutation[group[k - 1]] + 1)
          return {};
      begin.push_back(permutation[group[0]]);
    }
    SmallVector<int64_t> order = llvm::to_vector(llvm::seq<int64_t>(0, groups.size()));
    llvm::sort(order, [&](int64_t x, int64_t y) { return begin[x] < begin[y]; });
    SmallVector<Dim> dims;
    for (int64_t group : order)
      dims.push_back(out[group]);
    permutation = inverse(order);
    return nn::ReshapeOp::create(
        b, reshape.getLoc(), nn::tensorOf(dims, getElementTypeOrSelf(reshape.getType())), input);
  }
};

/// All elementwise operations at once: the formula does not see the layout.
template <typename... Ops> void attachElementwise(MLIRContext *context) {
  (Ops::template attachInterface<ElementwiseLayout<Ops>>(*context), ...);
}
} // namespace

void dlc::registerLayout(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::ConvOp::attachInterface<ConvLayout>(*context);
    nn::ConvIntegerOp::attachInterface<LastLayout<nn::ConvIntegerOp>>(*context);
    nn::ConvTransposeOp::attachInterface<ConvTransposeLayout>(*context);
    nn::MaxPoolOp::attachInterface<LastLayout<nn::MaxPoolOp>>(*context);
    nn::AvgPoolOp::attachInterface<LastLayout<nn::AvgPoolOp>>(*context);
    nn::LpPoolOp::attachInterface<LastLayout<nn::LpPoolOp>>(*context);
    nn::ConcatOp::attachInterface<ConcatLayout>(*context);
    nn::SliceOp::attachInterface<SliceLayout>(*context);
    nn::PadOp::attachInterface<PadLayout>(*context);
    nn::SoftmaxOp::attachInterface<AxisLayout<nn::SoftmaxOp>>(*context);
    nn::LrnOp::attachInterface<AxisLayout<nn::LrnOp>>(*context);
    nn::HardmaxOp::attachInterface<AxisLayout<nn::HardmaxOp>>(*context);
    nn::CumulativeOp::attachInterface<AxisLayout<nn::CumulativeOp>>(*context);
    nn::BatchNormOp::attachInterface<AxisLayout<nn::BatchNormOp>>(*context);
    nn::NormalizeOp::attachInterface<NormalizeLayout>(*context);
    nn::ReduceOp::attachInterface<ReduceLayout>(*context);
    nn::ResizeOp::attachInterface<ResizeLayout>(*context);
    nn::ReshapeOp::attachInterface<ReshapeLayout>(*context);
    attachElementwise<nn::AbsOp, nn::AddOp, nn::AndOp, nn::CastOp, nn::CeilOp, nn::CeluOp,
                      nn::DivOp, nn::EluOp, nn::EqualOp, nn::ErfOp, nn::ExpOp, nn::FloorOp,
                      nn::GeluOp, nn::HardSigmoidOp, nn::HardSwishOp, nn::LeakyReluOp,
                      nn::LessEqualOp, nn::LessOp, nn::LogOp, nn::MaxOp, nn::MinOp, nn::MishOp,
                      nn::ModOp, nn::MulOp, nn::NegOp, nn::NotOp, nn::OrOp, nn::PowOp, nn::PreluOp,
                      nn::QuantizeOp, nn::ReciprocalOp, nn::ReluOp, nn::RoundOp, nn::SeluOp,
                      nn::SigmoidOp, nn::SignOp, nn::SoftplusOp, nn::SoftsignOp, nn::SqrtOp,
                      nn::SubOp, nn::SwishOp, nn::TanhOp, nn::ThresholdedReluOp, nn::WhereOp>(
        context);
  });
}
