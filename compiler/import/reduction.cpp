// Reductions, positions of extremes, running sums. ONNX's compound reductions (L1, LogSumExp, ...)
// become elementwise operations around nn.reduce.
#include "compiler/import/registry.h"

using namespace mlir;

namespace dlc {
namespace {

/// The axes of a Reduce* node: an attribute, later an input, perhaps known at run time only.
struct Axes {
  SmallVector<int64_t> known; ///< ascending
  Value dynamic;
  bool keepdims = true;
};

FailureOr<Axes> readAxes(NodeContext &n, int64_t inputSince) {
  Axes axes;
  int64_t rank = n.rank(0);
  axes.keepdims = n.intAttr("keepdims", 1);
  std::optional<SmallVector<int64_t>> given;
  bool noop = false;
  if (n.opset() < inputSince) {
    given = n.intsAttr("axes");
  } else {
    noop = n.intAttr("noop_with_empty_axes", 0);
    if (n.hasInput(1)) {
      std::optional<int64_t> count = n.rank(1) == 1 ? n.shape(1)[0].constant() : std::nullopt;
      given = n.constantInts(1);
      if (!given && n.rank(1) != 1)
        return n.error("axes must have one dimension");
      if (!given && !count)
        return n.unsupported("the rank of the result depends on data: the number of axes");
      if (!given && *count > 0 && *count != rank) {
        axes.dynamic = n.input(1);
        return axes;
      }
    }
  }
  if (!given || given->empty()) {
    if (!noop)
      axes.known = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  } else {
    for (int64_t axis : *given) {
      axes.known.push_back(n.normalizeAxis(axis, rank, "axes"));
      if (!n.ok())
        return failure();
    }
    llvm::sort(axes.known);
    axes.known.erase(std::unique(axes.known.begin(), axes.known.end()), axes.known.end());
  }
  if (!n.ok())
    return failure();
  return axes;
}

Value reduce(NodeContext &n, Value x, nn::ReduceKind kind, const Axes &axes, bool keepdims) {
  if (!n.ok())
    return {};
  if (!axes.dynamic)
    return n.create<nn::ReduceOp>(x, kind, axes.known, keepdims);
  auto type = cast<RankedTensorType>(x.getType());
  std::optional<int64_t> count = nn::dimOf(axes.dynamic.getType(), 0).constant();
  int64_t rank = type.getRank() - (keepdims ? 0 : *count);
  std::vector<std::string> names;
  for (int64_t i = 0; i < rank; ++i)
    names.push_back(n.freshSymbol().str());
  SmallVector<StringRef> sizes(names.begin(), names.end());
  return n.create<nn::DynamicReduceOp>(x, axes.dynamic, kind, keepdims,
                                       n.builder().getStrArrayAttr(sizes));
}

template <nn::ReduceKind Kind, int64_t InputSince> LogicalResult buildReduce(NodeContext &n) {
  FailureOr<Axes> axes = readAxes(n, InputSince);
  if (failed(axes))
    return failure();
  return n.result(reduce(n, n.input(0), Kind, *axes, axes->keepdims));
}

enum class Compound { L1, L2, LogSum, LogSumExp, SumSquare };

/// Computed in f32 for half floats, and for integers where the formula leaves them.
template <Compound Kind> LogicalResult buildCompound(NodeContext &n) {
  FailureOr<Axes> axes = readAxes(n, 18);
  if (failed(axes))
    return failure();
  Type element = n.elementType(0), f32 = n.builder().getF32Type();
  Value x = n.input(0);
  bool isInteger = !isa<FloatType>(element);
  if (element.isF16() || element.isBF16() ||
      (isInteger && Kind != Compound::L1 && Kind != Compound::SumSquare))
    x = n.castTo(x, isInteger && element.getIntOrFloatBitWidth() > 16 ? n.builder().getF64Type()
                                                                      : f32);
  auto sum = [&](Value terms) {
    return reduce(n, terms, nn::ReduceKind::Sum, *axes, axes->keepdims);
  };
  Value y;
  switch (Kind) {
  case Compound::L1:
    y = sum(n.create<nn::AbsOp>(x));
    break;
  case Compound::L2:
    y = n.create<nn::SqrtOp>(sum(n.create<nn::MulOp>(x, x)));
    break;
  case Compound::LogSum:
    y = n.create<nn::LogOp>(sum(x));
    break;
  case Compound::SumSquare:
    y = sum(n.create<nn::MulOp>(x, x));
    break;
  case Compound::LogSumExp:
    if (axes->dynamic) {
      y = reduce(n, x, nn::ReduceKind::LogSumExp, *axes, axes->keepdims);
      break;
    }
    // The largest element (where it is finite) is taken out, so that nothing overflows.
    Value max = reduce(n, x, nn::ReduceKind::Max, *axes, /*keepdims=*/true);
    if (!n.ok())
      return failure();
    Type type = getElementTypeOrSelf(max.getType());
    Value infinite =
        n.create<nn::IsInfOp>(max, n.builder().getBoolAttr(true), n.builder().getBoolAttr(true));
    Value shift = n.create<nn::WhereOp>(infinite, n.scalar(0, type), max);
    y = n.create<nn::LogOp>(sum(n.create<nn::ExpOp>(n.create<nn::SubOp>(x, shift))));
    if (n.ok())
      y = n.create<nn::AddOp>(y, n.reshape(shift, nn::dimsOf(y.getType())));
    break;
  }
  return n.result(n.castTo(y, element));
}

template <bool Smallest> LogicalResult buildArgReduce(NodeContext &n) {
  int64_t axis = n.axisAttr("axis", 0, n.rank(0));
  bool keepdims = n.intAttr("keepdims", 1), last = n.intAttr("select_last_index", 0);
  if (!n.ok())
    return failure();
  return n.result(n.create<nn::ArgReduceOp>(n.input(0), axis, Smallest, keepdims, last));
}

//===----------------------------------------------------------------------===//
// Running sums and products
//===----------------------------------------------------------------------===//

/// The input as [before, axis, after] for an axis that is known at run time only: three symbols.
FailureOr<Value> viewAroundAxis(NodeContext &n, Value x, Value axis) {
  Type i64 = n.builder().getI64Type();
  SmallVector<nn::Dim> dims = nn::dimsOf(x.getType());
  int64_t rank = dims.size();
  SmallVector<int64_t> positions = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  Value zero = n.scalar(0, i64), one = n.scalar(1, i64);
  Value a = n.castTo(n.reshape(axis, ArrayRef<nn::Dim>{}), i64);
  a = n.create<nn::WhereOp>(n.create<nn::LessOp>(a, zero),
                            n.create<nn::AddOp>(a, n.scalar(double(rank), i64)), a);
  Value iota = n.intsConstant(positions), sizes = n.dimsTensor(dims);
  auto join = [&](Value condition, Value otherwise, nn::ReduceKind kind) {
    Value chosen = n.create<nn::WhereOp>(condition, sizes, otherwise);
    return n.create<nn::ReduceOp>(chosen, kind, ArrayRef<int64_t>{0}, /*keepdims=*/false);
  };
  // An axis out of range gives a size of 0 in the middle, and the reshape below then fails.
  Value parts[] = {join(n.create<nn::LessOp>(iota, a), one, nn::ReduceKind::Prod),
                   join(n.create<nn::EqualOp>(iota, a), zero, nn::ReduceKind::Sum),
                   join(n.create<nn::LessOp>(a, iota), one, nn::ReduceKind::Prod)};
  SmallVector<nn::Dim> view;
  for (Value part : parts) {
    if (!n.ok())
      return failure();
    FailureOr<nn::ShapeValue> size = n.elementsOrBind(part);
    if (failed(size))
      return failure();
    view.push_back((*size)[0]);
  }
  return n.reshape(x, view);
}

template <nn::ReduceKind Kind> LogicalResult buildCumulative(NodeContext &n) {
  bool exclusive = n.intAttr("exclusive", 0), reverse = n.intAttr("reverse", 0);
  if (!n.ok())
    return failure();
  std::optional<SmallVector<int64_t>> axis = n.constantInts(1);
  Value x = n.input(0);
  if (n.type(1).hasStaticShape() && n.type(1).getNumElements() != 1)
    return n.error("axis must be a scalar");
  if (n.rank(0) == 0)
    return n.error("x must have a dimension");
  if (axis && axis->size() == 1) {
    int64_t normalized = n.normalizeAxis((*axis)[0], n.rank(0));
    return n.result(n.create<nn::CumulativeOp>(x, Kind, normalized, exclusive, reverse));
  }
  if (n.rank(0) == 1)
    return n.result(n.create<nn::CumulativeOp>(x, Kind, 0, exclusive, reverse));
  FailureOr<Value> view = viewAroundAxis(n, x, n.input(1));
  if (failed(view))
    return failure();
  Value y = n.create<nn::CumulativeOp>(*view, Kind, 1, exclusive, reverse);
  return n.result(n.reshape(y, n.shape(0)));
}

LogicalResult buildCDist(NodeContext &n) {
  std::string metric = n.stringAttr("metric", "sqeuclidean");
  if (metric != "euclidean" && metric != "sqeuclidean")
    return n.unsupported("metric = '" + escapeName(metric) + "'");
  if (!n.sameElementType(0, 1))
    return failure();
  bool root = metric == "euclidean";
  return n.result(n.create<nn::PairwiseDistanceOp>(n.input(0), n.input(1), root));
}

} // namespace

ArrayRef<OpRow> reductionRows() {
  using K = nn::ReduceKind;
  static const OpRow rows[] = {
      {"", "ArgMax", 1, buildArgReduce<false>, "data", "reduced"},
      {"", "ArgMin", 1, buildArgReduce<true>, "data", "reduced"},
      {"", "CumProd", 26, buildCumulative<K::Prod>, "x axis", "y"},
      {"", "CumSum", 11, buildCumulative<K::Sum>, "x axis", "y"},
      {"", "ReduceL1", 1, buildCompound<Compound::L1>, "data axes?", "reduced"},
      {"", "ReduceL2", 1, buildCompound<Compound::L2>, "data axes?", "reduced"},
      {"", "ReduceLogSum", 1, buildCompound<Compound::LogSum>, "data axes?", "reduced"},
      {"", "ReduceLogSumExp", 1, buildCompound<Compound::LogSumExp>, "data axes?", "reduced"},
      {"", "ReduceMax", 1, buildReduce<K::Max, 18>, "data axes?", "reduced"},
      {"", "ReduceMean", 1, buildReduce<K::Mean, 18>, "data axes?", "reduced"},
      {"", "ReduceMin", 1, buildReduce<K::Min, 18>, "data axes?", "reduced"},
      {"", "ReduceProd", 1, buildReduce<K::Prod, 18>, "data axes?", "reduced"},
      {"", "ReduceSum", 1, buildReduce<K::Sum, 13>, "data axes?", "reduced"},
      {"", "ReduceSumSquare", 1, buildCompound<Compound::SumSquare>, "data axes?", "reduced"},
      {"com.microsoft", "CDist", 1, buildCDist, "A B", "C"},
  };
  return rows;
}

} // namespace dlc
