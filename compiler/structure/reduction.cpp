// Reductions as one linalg.generic: parallel loops over the kept dimensions, then the reduced ones.
// Scans are loops over elements.
#include "compiler/structure/reduction.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"

#include <cmath>

using namespace mlir;
using namespace dlc;
using nn::Dim;
using nn::ReduceKind;

//===-- nn.reduce --===//

static Type elementOf(Value value) { return getElementTypeOrSelf(value.getType()); }

namespace {
struct ReduceStructure : StructureOpInterface::ExternalModel<ReduceStructure, nn::ReduceOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto reduce = cast<nn::ReduceOp>(op);
    SmallVector<Dim> dims = nn::dimsOf(reduce.getInput().getType());
    Value result = reduceAxes(lowering, lowering.get(reduce.getInput()), dims, reduce.getAxes(),
                              reduce.getKind(), nn::isUnsigned(reduce.getInput().getType()));
    result = lowering.convert(result, signless(elementOf(reduce.getOutput())));
    lowering.set(reduce.getOutput(), lowering.reshape(result, dropDims(dims, reduce.getAxes()),
                                                      nn::dimsOf(reduce.getOutput().getType())));
    return success();
  }
};

//===-- nn.dynamic_reduce --===//

/// Like pooling with stride 1 and a window as large as the input along reduced dimensions and 1
/// along the others, where the result has the other's size: output o sums input o + r, and one of
/// both is always 0.
struct DynamicReduceStructure
    : StructureOpInterface::ExternalModel<DynamicReduceStructure, nn::DynamicReduceOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto reduce = cast<nn::DynamicReduceOp>(op);
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    bool isUnsigned = nn::isUnsigned(reduce.getInput().getType());
    nn::ReduceKind kind = reduce.getKind();
    Value x = lowering.get(reduce.getInput());
    SmallVector<Value> sizes;
    for (const Dim &dim : nn::dimsOf(reduce.getInput().getType()))
      sizes.push_back(lowering.sizeValue(dim));
    unsigned rank = sizes.size();
    auto index = [&](int64_t value) -> Value {
      return arith::ConstantIndexOp::create(b, loc, value);
    };
    auto equal = [&](Value x, Value y) -> Value {
      return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, x, y);
    };

    SmallVector<Value> axes = normalizedAxes(lowering, lowering.get(reduce.getAxes()), rank);
    SmallVector<Value> reduced, window, kept;
    Value count = index(1);
    for (unsigned d = 0; d < rank; ++d) {
      Value hit = arith::ConstantOp::create(b, loc, b.getBoolAttr(false));
      for (Value axis : axes)
        hit = arith::OrIOp::create(b, loc, hit, equal(axis, index(d)));
      reduced.push_back(hit);
      window.push_back(arith::SelectOp::create(b, loc, hit, sizes[d], index(1)));
      kept.push_back(arith::SelectOp::create(b, loc, hit, index(1), sizes[d]));
      count = arith::MulIOp::create(b, loc, count, window.back());
    }

    Type type = accumulatorType(elementOf(x));
    SmallVector<OpFoldResult> windowSizes = getAsOpFoldResult(window),
                              keptSizes = getAsOpFoldResult(kept);
    Value init =
        lowering.fill(lowering.empty(keptSizes, type), identityOf(b, loc, kind, type, isUnsigned));
    SmallVector<AffineExpr> inputExprs, windowExprs;
    for (unsigned d = 0; d < rank; ++d) {
      windowExprs.push_back(b.getAffineDimExpr(rank + d));
      inputExprs.push_back(b.getAffineDimExpr(d) + windowExprs.back());
    }
    SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
    iterators.append(rank, utils::IteratorType::reduction);
    auto map = [&](ArrayRef<AffineExpr> exprs) {
      return AffineMap::get(2 * rank, 0, exprs, b.getContext());
    };
    // All extents are dynamic, also those of the input.
    auto dynamic =
        RankedTensorType::get(SmallVector<int64_t>(rank, ShapedType::kDynamic), elementOf(x));
    if (x.getType() != dynamic)
      x = tensor::CastOp::create(b, loc, dynamic, x);
    Value result = lowering.reduce(
        init, {x, lowering.empty(windowSizes, type)}, {map(inputExprs), map(windowExprs)},
        AffineMap::getMultiDimIdentityMap(2 * rank, b.getContext()).getMajorSubMap(rank), iterators,
        [&](OpBuilder &b, Location l, ValueRange s) {
          return join(b, l, kind, isUnsigned, s[2], extend(b, l, s[0]));
        });
    if (kind == nn::ReduceKind::Mean)
      result = divideBy(lowering, result, count, isUnsigned);
    result = lowering.convert(result, signless(elementOf(reduce.getOutput())));

    SmallVector<Value> outputSizes = kept;
    if (!reduce.getKeepdims()) {
      outputSizes = keptInOrder(lowering, sizes, reduced, rank - axes.size());
      result = squeeze(lowering, result, outputSizes);
    }
    for (auto [text, size] :
         llvm::zip(reduce.getSizes().getAsValueRange<StringAttr>(), outputSizes))
      if (FailureOr<Dim> dim = Dim::parse(text); succeeded(dim))
        if (std::optional<std::string> name = dim->symbolName(); name && !lowering.symbol(*name))
          lowering.define(*name, size);
    RankedTensorType outputType = lowering.typeOf(reduce.getOutput().getType());
    if (result.getType() != outputType)
      result = tensor::CastOp::create(b, loc, outputType, result);
    lowering.set(reduce.getOutput(), result);
    return success();
  }

  /// The elements of `axes` counted from the front; checked to be in range and distinct.
  static SmallVector<Value> normalizedAxes(Lowering &lowering, Value tensor, int64_t rank) {
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    Value zero = arith::ConstantIndexOp::create(b, loc, 0),
          n = arith::ConstantIndexOp::create(b, loc, rank);
    SmallVector<Value> axes;
    for (int64_t i = 0; i < cast<RankedTensorType>(tensor.getType()).getDimSize(0); ++i) {
      Value at = arith::ConstantIndexOp::create(b, loc, i);
      Value element = tensor::ExtractOp::create(b, loc, tensor, at);
      Value axis = arith::IndexCastOp::create(b, loc, b.getIndexType(), element);
      Value negative = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, axis, zero);
      axis =
          arith::SelectOp::create(b, loc, negative, arith::AddIOp::create(b, loc, axis, n), axis);
      // One unsigned comparison for both ends.
      lowering.require(arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ult, axis, n),
                       "an axis is out of range");
      for (Value other : axes)
        lowering.require(arith::CmpIOp::create(b, loc, arith::CmpIPredicate::ne, axis, other),
                         "an axis is given twice");
      axes.push_back(axis);
    }
    return axes;
  }

  /// sizes[d] of the dimensions that are not reduced, of which there are `count`.
  static SmallVector<Value> keptInOrder(Lowering &lowering, ArrayRef<Value> sizes,
                                        ArrayRef<Value> reduced, unsigned count) {
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    SmallVector<Value> result(count, arith::ConstantIndexOp::create(b, loc, 1));
    Value seen = arith::ConstantIndexOp::create(b, loc, 0),
          one = arith::ConstantIndexOp::create(b, loc, 1);
    for (auto [size, hit] : llvm::zip(sizes, reduced)) {
      Value keep = arith::XOrIOp::create(b, loc, hit,
                                         arith::ConstantOp::create(b, loc, b.getBoolAttr(true)));
      for (unsigned i = 0; i < count; ++i) {
        Value at = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, seen,
                                         arith::ConstantIndexOp::create(b, loc, i));
        result[i] = arith::SelectOp::create(b, loc, arith::AndIOp::create(b, loc, keep, at), size,
                                            result[i]);
      }
      seen = arith::SelectOp::create(b, loc, keep, arith::AddIOp::create(b, loc, seen, one), seen);
    }
    return result;
  }

  /// The tensor without the dimensions of size 1 that are not in `sizes`, through one dimension.
  static Value squeeze(Lowering &lowering, Value tensor, ArrayRef<Value> sizes) {
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    auto type = cast<RankedTensorType>(tensor.getType());
    if (type.getRank() > 1) {
      ReassociationIndices all = llvm::to_vector(llvm::seq<int64_t>(0, type.getRank()));
      tensor =
          tensor::CollapseShapeOp::create(b, loc, tensor, SmallVector<ReassociationIndices>{all});
    }
    if (sizes.size() == 1)
      return tensor;
    Type element = type.getElementType();
    if (sizes.empty()) {
      tensor = tensor::CastOp::create(b, loc, RankedTensorType::get({1}, element), tensor);
      return tensor::CollapseShapeOp::create(b, loc, tensor, SmallVector<ReassociationIndices>{});
    }
    ReassociationIndices all = llvm::to_vector(llvm::seq<int64_t>(0, sizes.size()));
    auto target =
        RankedTensorType::get(SmallVector<int64_t>(sizes.size(), ShapedType::kDynamic), element);
    return tensor::ExpandShapeOp::create(
        b, loc, target, tensor, SmallVector<ReassociationIndices>{all}, getAsOpFoldResult(sizes));
  }
};

//===-- nn.arg_reduce --===//

/// One generic with two results, the extreme value and its position.
struct ArgReduceStructure
    : StructureOpInterface::ExternalModel<ArgReduceStructure, nn::ArgReduceOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto reduce = cast<nn::ArgReduceOp>(op);
    SmallVector<Dim> dims = nn::dimsOf(reduce.getInput().getType());
    if (!dims[reduce.getAxis()].constant())
      lowering.require(
          arith::CmpIOp::create(lowering.builder, lowering.loc, arith::CmpIPredicate::sgt,
                                lowering.sizeValue(dims[reduce.getAxis()]), lowering.sizeValue(0)),
          "the dimension whose extreme is asked for is empty");
    Value result = extremePositions(lowering, lowering.get(reduce.getInput()), dims,
                                    reduce.getAxis(), reduce.getSmallest(), reduce.getLast(),
                                    nn::isUnsigned(reduce.getInput().getType()));
    lowering.set(reduce.getOutput(), lowering.reshape(result, dropDims(dims, reduce.getAxis()),
                                                      nn::dimsOf(reduce.getOutput().getType())));
    return success();
  }
};

//===-- nn.cumulative --===//

/// Over [before, axis, after]: for each pair of outer positions a loop along the axis carries the
/// sum.
struct CumulativeStructure
    : StructureOpInterface::ExternalModel<CumulativeStructure, nn::CumulativeOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto scan = cast<nn::CumulativeOp>(op);
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    SmallVector<Dim> dims = nn::dimsOf(scan.getInput().getType());
    int64_t axis = scan.getAxis();
    SmallVector<Dim> view = {nn::product(ArrayRef(dims).take_front(axis)), dims[axis],
                             nn::product(ArrayRef(dims).drop_front(axis + 1))};
    Value x = lowering.reshape(lowering.get(scan.getInput()), dims, view);
    Type element = elementOf(x), type = accumulatorType(element);
    bool isUnsigned = nn::isUnsigned(scan.getInput().getType());
    Value zero = lowering.sizeValue(0), one = lowering.sizeValue(1),
          length = lowering.sizeValue(view[1]);
    Value start = identityOf(b, loc, scan.getKind(), type, isUnsigned);
    Value output = lowering.empty(lowering.sizes(view), element);
    auto outer = scf::ForOp::create(
        b, loc, zero, lowering.sizeValue(view[0]), one, output,
        [&](OpBuilder &b, Location loc, Value i, ValueRange out0) {
          auto middle = scf::ForOp::create(
              b, loc, zero, lowering.sizeValue(view[2]), one, out0,
              [&](OpBuilder &b, Location loc, Value k, ValueRange out1) {
                auto inner = scf::ForOp::create(
                    b, loc, zero, length, one, ValueRange{out1[0], start},
                    [&](OpBuilder &b, Location loc, Value j, ValueRange carried) {
                      if (scan.getReverse())
                        j = arith::SubIOp::create(b, loc,
                                                  arith::SubIOp::create(b, loc, length, one), j);
                      Value value =
                          extend(b, loc, tensor::ExtractOp::create(b, loc, x, ValueRange{i, j, k}));
                      Value sum = join(b, loc, scan.getKind(), isUnsigned, carried[1], value);
                      Value written = scan.getExclusive() ? carried[1] : sum;
                      if (type != element)
                        written = arith::TruncFOp::create(b, loc, element, written);
                      Value out = tensor::InsertOp::create(b, loc, written, carried[0],
                                                           ValueRange{i, j, k});
                      scf::YieldOp::create(b, loc, ValueRange{out, sum});
                    });
                scf::YieldOp::create(b, loc, inner.getResult(0));
              });
          scf::YieldOp::create(b, loc, middle.getResult(0));
        });
    lowering.set(scan.getOutput(), lowering.reshape(outer.getResult(0), view, dims));
    return success();
  }
};
} // namespace

Value dlc::exceeds(OpBuilder &b, Location loc, Value x, Value best, bool smallest, bool last,
                   bool isUnsigned) {
  if (isa<FloatType>(x.getType())) {
    // Ordered comparisons only: that two of them are not each other's opposite is easily forgotten
    // by what optimises them.
    using P = arith::CmpFPredicate;
    Value beyond = arith::CmpFOp::create(b, loc, smallest ? P::OLT : P::OGT, x, best);
    if (last)
      beyond = arith::OrIOp::create(b, loc, beyond, arith::CmpFOp::create(b, loc, P::OEQ, x, best));
    Value isNan = arith::CmpFOp::create(b, loc, P::UNO, x, x);
    if (!last)
      isNan =
          arith::AndIOp::create(b, loc, isNan, arith::CmpFOp::create(b, loc, P::ORD, best, best));
    return arith::OrIOp::create(b, loc, beyond, isNan);
  }
  using P = arith::CmpIPredicate;
  P predicate = isUnsigned ? (smallest ? (last ? P::ule : P::ult) : (last ? P::uge : P::ugt))
                           : (smallest ? (last ? P::sle : P::slt) : (last ? P::sge : P::sgt));
  return arith::CmpIOp::create(b, loc, predicate, x, best);
}

Value dlc::extremePositions(Lowering &lowering, Value x, ArrayRef<Dim> dims, int64_t axis,
                            bool smallest, bool last, bool isUnsigned) {
  OpBuilder &b = lowering.builder;
  Location loc = lowering.loc;
  unsigned rank = dims.size();
  Type type = accumulatorType(elementOf(x));
  SmallVector<OpFoldResult> sizes = lowering.sizes(dropDims(dims, axis));
  Value best = lowering.fill(
      lowering.empty(sizes, type),
      identityOf(b, loc, smallest ? ReduceKind::Min : ReduceKind::Max, type, isUnsigned));
  Value position = lowering.filled(sizes, b.getI64Type(), 0);
  AffineMap kept = keptDims(b.getContext(), rank, axis);
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
  iterators[axis] = utils::IteratorType::reduction;
  auto generic = linalg::GenericOp::create(
      b, loc, TypeRange{best.getType(), position.getType()}, x, ValueRange{best, position},
      ArrayRef<AffineMap>{b.getMultiDimIdentityMap(rank), kept, kept}, iterators,
      [&](OpBuilder &b, Location loc, ValueRange s) {
        Value value = extend(b, loc, s[0]);
        Value better = exceeds(b, loc, value, s[1], smallest, last, isUnsigned);
        Value at = arith::IndexCastOp::create(b, loc, b.getI64Type(),
                                              linalg::IndexOp::create(b, loc, axis));
        Value newBest = arith::SelectOp::create(b, loc, better, value, s[1]);
        Value newPosition = arith::SelectOp::create(b, loc, better, at, s[2]);
        linalg::YieldOp::create(b, loc, ValueRange{newBest, newPosition});
      });
  return generic.getResult(1);
}

//===-- nn.pairwise_distance --===//

namespace {
/// Parallel over pairs of rows, folded over their elements.
struct PairwiseDistanceStructure
    : StructureOpInterface::ExternalModel<PairwiseDistanceStructure, nn::PairwiseDistanceOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto distance = cast<nn::PairwiseDistanceOp>(op);
    OpBuilder &b = lowering.builder;
    SmallVector<Dim> lhs = nn::dimsOf(distance.getLhs().getType()),
                     rhs = nn::dimsOf(distance.getRhs().getType());
    lowering.requireEqual(lhs[1], rhs[1], "the lengths of rows of which distances are taken");

    AffineExpr m = b.getAffineDimExpr(0), n = b.getAffineDimExpr(1), k = b.getAffineDimExpr(2);
    auto map = [&](AffineExpr row, AffineExpr column) {
      return AffineMap::get(3, 0, {row, column}, b.getContext());
    };
    Type type = accumulatorType(elementOf(distance.getLhs()));
    Value sum =
        lowering.reduce(lowering.filled(lowering.sizes({lhs[0], rhs[0]}), type, 0),
                        {lowering.get(distance.getLhs()), lowering.get(distance.getRhs())},
                        {map(m, k), map(n, k)}, map(m, n),
                        {utils::IteratorType::parallel, utils::IteratorType::parallel,
                         utils::IteratorType::reduction},
                        [](OpBuilder &b, Location loc, ValueRange s) -> Value {
                          Value difference = arith::SubFOp::create(b, loc, extend(b, loc, s[0]),
                                                                   extend(b, loc, s[1]));
                          return arith::AddFOp::create(
                              b, loc, s[2], arith::MulFOp::create(b, loc, difference, difference));
                        });
    if (distance.getRoot())
      sum = lowering.parallel(lowering.empty(lowering.sizes({lhs[0], rhs[0]}), type), sum,
                              b.getMultiDimIdentityMap(2),
                              [](OpBuilder &b, Location loc, ValueRange s) -> Value {
                                return math::SqrtOp::create(b, loc, s[0]);
                              });
    lowering.set(distance.getOutput(), lowering.convert(sum, elementOf(distance.getOutput())));
    return success();
  }
};
} // namespace

void dlc::registerReductionStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::ReduceOp::attachInterface<ReduceStructure>(*context);
    nn::DynamicReduceOp::attachInterface<DynamicReduceStructure>(*context);
    nn::ArgReduceOp::attachInterface<ArgReduceStructure>(*context);
    nn::CumulativeOp::attachInterface<CumulativeStructure>(*context);
    nn::PairwiseDistanceOp::attachInterface<PairwiseDistanceStructure>(*context);
  });
}
