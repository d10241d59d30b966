// The part of the indexing family that needs sequential loops: sorting and non-maximum suppression.
#include "compiler/structure/structure.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace {

/// index arithmetic in short.
struct Indices {
  OpBuilder &b;
  Location loc;
  Value constant(int64_t value) { return arith::ConstantIndexOp::create(b, loc, value); }
  Value add(Value x, Value y) { return arith::AddIOp::create(b, loc, x, y); }
  Value sub(Value x, Value y) { return arith::SubIOp::create(b, loc, x, y); }
  Value mul(Value x, Value y) { return arith::MulIOp::create(b, loc, x, y); }
  Value min(Value x, Value y) { return arith::MinSIOp::create(b, loc, x, y); }
  Value less(Value x, Value y) {
    return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, x, y);
  }
  Value both(Value x, Value y) { return arith::AndIOp::create(b, loc, x, y); }
  Value either(Value x, Value y) { return arith::OrIOp::create(b, loc, x, y); }
  Value negate(Value x) {
    return arith::XOrIOp::create(b, loc, x, arith::ConstantIntOp::create(b, loc, 1, 1));
  }
  Value select(Value c, Value x, Value y) { return arith::SelectOp::create(b, loc, c, x, y); }
  Value asIndex(Value x) { return arith::IndexCastOp::create(b, loc, b.getIndexType(), x); }
  Value asI64(Value x) { return arith::IndexCastOp::create(b, loc, b.getI64Type(), x); }
  Value extract(Value tensor, ValueRange at) {
    return tensor::ExtractOp::create(b, loc, tensor, at);
  }
};

/// Merge sort, bottom up: runs of `width` rows are merged pairwise until one is left.
struct ArgSortStructure : StructureOpInterface::ExternalModel<ArgSortStructure, nn::ArgSortOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto sort = cast<nn::ArgSortOp>(op);
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    Indices ix{b, loc};
    Value input = lowering.get(sort.getInput());
    SmallVector<Dim> dims = nn::dimsOf(sort.getInput().getType());
    Value batch = lowering.sizeValue(dims[0]), count = lowering.sizeValue(dims[1]),
          columns = lowering.sizeValue(dims[2]);
    Value zero = ix.constant(0), one = ix.constant(1);
    bool isUnsigned = nn::isUnsigned(sort.getInput().getType());
    bool descending = sort.getDescending();

    Value order =
        lowering.parallel(lowering.empty(sort.getType()), {}, {},
                          [](OpBuilder &b, Location loc, ValueRange) -> Value {
                            return arith::IndexCastOp::create(b, loc, b.getI64Type(),
                                                              linalg::IndexOp::create(b, loc, 1));
                          });
    Type type = order.getType();

    /// Whether row y of a batch entry comes before row x.
    auto isBefore = [&](Value entry, Value y, Value x) -> Value {
      Value no = arith::ConstantIntOp::create(b, loc, 0, 1);
      auto compare =
          scf::ForOp::create(b, loc, zero, columns, one, ValueRange{no, no},
                             [&](OpBuilder &, Location, Value column, ValueRange state) {
                               Value a = ix.extract(input, {entry, y, column}),
                                     c = ix.extract(input, {entry, x, column});
                               Value before = descending ? less(b, loc, c, a, isUnsigned)
                                                         : less(b, loc, a, c, isUnsigned);
                               Value after = descending ? less(b, loc, a, c, isUnsigned)
                                                        : less(b, loc, c, a, isUnsigned);
                               // The first column that differs decides.
                               Value result = ix.select(state[0], state[1], before);
                               Value decided = ix.either(state[0], ix.either(before, after));
                               scf::YieldOp::create(b, loc, ValueRange{decided, result});
                             });
      return compare.getResult(1);
    };

    auto passes = scf::WhileOp::create(
        b, loc, TypeRange{b.getIndexType(), type}, ValueRange{one, order},
        [&](OpBuilder &, Location, ValueRange state) {
          scf::ConditionOp::create(b, loc, ix.less(state[0], count), state);
        },
        [&](OpBuilder &, Location, ValueRange state) {
          Value width = state[0], from = state[1], last = ix.sub(count, one);
          Value step = ix.add(width, width);
          Value merged = lowering.empty(sort.getType());
          auto entries = scf::ForOp::create(
              b, loc, zero, batch, one, merged,
              [&](OpBuilder &, Location, Value entry, ValueRange to) {
                auto runs = scf::ForOp::create(
                    b, loc, zero, count, step, to,
                    [&](OpBuilder &, Location, Value start, ValueRange to) {
                      Value middle = ix.min(ix.add(start, width), count);
                      Value end = ix.min(ix.add(start, step), count);
                      auto merge = scf::ForOp::create(
                          b, loc, start, end, one, ValueRange{start, middle, to[0]},
                          [&](OpBuilder &, Location, Value at, ValueRange v) {
                            Value left = v[0], right = v[1];
                            Value rowLeft = ix.extract(from, {entry, ix.min(left, last)});
                            Value rowRight = ix.extract(from, {entry, ix.min(right, last)});
                            Value rightFirst =
                                isBefore(entry, ix.asIndex(rowRight), ix.asIndex(rowLeft));
                            Value leftEmpty = ix.negate(ix.less(left, middle));
                            Value takeRight =
                                ix.both(ix.less(right, end), ix.either(leftEmpty, rightFirst));
                            Value row = ix.select(takeRight, rowRight, rowLeft);
                            Value next =
                                tensor::InsertOp::create(b, loc, row, v[2], ValueRange{entry, at});
                            scf::YieldOp::create(
                                b, loc,
                                ValueRange{ix.select(takeRight, left, ix.add(left, one)),
                                           ix.select(takeRight, ix.add(right, one), right), next});
                          });
                      scf::YieldOp::create(b, loc, merge.getResult(2));
                    });
                scf::YieldOp::create(b, loc, runs.getResults());
              });
          scf::YieldOp::create(b, loc, ValueRange{step, entries.getResult(0)});
        });
    lowering.set(sort, passes.getResult(1));
    return success();
  }

  /// a < c, where NaN is larger than everything else.
  static Value less(OpBuilder &b, Location loc, Value a, Value c, bool isUnsigned) {
    if (!isa<FloatType>(a.getType()))
      return arith::CmpIOp::create(
          b, loc, isUnsigned ? arith::CmpIPredicate::ult : arith::CmpIPredicate::slt, a, c);
    Value smaller = arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OLT, a, c);
    Value isNumber = arith::CmpFOp::create(b, loc, arith::CmpFPredicate::ORD, a, a);
    Value isNaN = arith::CmpFOp::create(b, loc, arith::CmpFPredicate::UNO, c, c);
    return arith::OrIOp::create(b, loc, smaller, arith::AndIOp::create(b, loc, isNumber, isNaN));
  }
};

struct NonMaxSuppressionStructure
    : StructureOpInterface::ExternalModel<NonMaxSuppressionStructure, nn::NonMaxSuppressionOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto nms = cast<nn::NonMaxSuppressionOp>(op);
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    Indices ix{b, loc};
    SmallVector<Dim> scoreDims = nn::dimsOf(nms.getScores().getType()),
                     boxDims = nn::dimsOf(nms.getBoxes().getType()),
                     orderDims = nn::dimsOf(nms.getOrder().getType());
    lowering.requireEqual(boxDims[0], scoreDims[0], "the batches of boxes and scores differ");
    lowering.requireEqual(boxDims[1], scoreDims[2], "there is not one score for each box");
    lowering.requireEqual(orderDims[1], scoreDims[2], "the order does not list every box");
    Value boxes = lowering.get(nms.getBoxes()), scores = lowering.get(nms.getScores()),
          order = lowering.get(nms.getOrder());
    auto scalar = [&](Value value) { return ix.extract(lowering.get(value), {}); };
    Value limit = ix.asIndex(scalar(nms.getLimit())), threshold = scalar(nms.getIouThreshold()),
          least = scalar(nms.getScoreThreshold());
    Value batches = lowering.sizeValue(scoreDims[0]), classes = lowering.sizeValue(scoreDims[1]),
          count = lowering.sizeValue(scoreDims[2]);
    Value zero = ix.constant(0), one = ix.constant(1);
    bool center = nms.getCenter();

    Value selected =
        lowering.filled(lowering.sizes(nms.getSelected().getType()), b.getI64Type(), 0);
    auto overBatches = scf::ForOp::create(
        b, loc, zero, batches, one, ValueRange{zero, selected},
        [&](OpBuilder &, Location, Value entry, ValueRange state) {
          auto overClasses = scf::ForOp::create(
              b, loc, zero, classes, one, state,
              [&](OpBuilder &, Location, Value cls, ValueRange state) {
                Value first = state[0], line = ix.add(ix.mul(entry, classes), cls);
                auto overBoxes = scf::ForOp::create(
                    b, loc, zero, count, one, state,
                    [&](OpBuilder &, Location, Value rank, ValueRange state) {
                      Value total = state[0], taken = state[1];
                      Value raw = ix.extract(order, {line, rank});
                      Value box = ix.asIndex(raw);
                      Value score = ix.extract(scores, {entry, cls, box});
                      Value good =
                          arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OGT, score, least);
                      good = ix.both(good, ix.less(ix.sub(total, first), limit));
                      auto overTaken = scf::ForOp::create(
                          b, loc, first, total, one, good,
                          [&](OpBuilder &, Location, Value at, ValueRange free) {
                            Value other = ix.asIndex(ix.extract(taken, {at, ix.constant(2)}));
                            Value hit = overlap(ix, boxes, entry, box, other, center, threshold);
                            scf::YieldOp::create(b, loc, ix.both(free[0], ix.negate(hit)));
                          });
                      Value take = overTaken.getResult(0);
                      auto put = scf::IfOp::create(
                          b, loc, take,
                          [&](OpBuilder &, Location) {
                            Value rows = taken;
                            Value numbers[] = {ix.asI64(entry), ix.asI64(cls), ix.asI64(box)};
                            for (int64_t i = 0; i < 3; ++i)
                              rows = tensor::InsertOp::create(b, loc, numbers[i], rows,
                                                              ValueRange{total, ix.constant(i)});
                            scf::YieldOp::create(b, loc, ValueRange{ix.add(total, one), rows});
                          },
                          [&](OpBuilder &, Location) {
                            scf::YieldOp::create(b, loc, ValueRange{total, taken});
                          });
                      scf::YieldOp::create(b, loc, put.getResults());
                    });
                scf::YieldOp::create(b, loc, overBoxes.getResults());
              });
          scf::YieldOp::create(b, loc, overClasses.getResults());
        });
    lowering.set(nms.getSelected(), overBatches.getResult(1));
    lowering.set(nms.getCount(),
                 tensor::FromElementsOp::create(b, loc, RankedTensorType::get({}, b.getI64Type()),
                                                ix.asI64(overBatches.getResult(0))));
    return success();
  }

  /// Whether the intersection over union of two boxes exceeds the threshold; false for empty boxes.
  static Value overlap(Indices &ix, Value boxes, Value entry, Value x, Value y, bool center,
                       Value threshold) {
    OpBuilder &b = ix.b;
    Location loc = ix.loc;
    auto minimum = [&](Value p, Value q) -> Value {
      return arith::MinimumFOp::create(b, loc, p, q);
    };
    auto maximum = [&](Value p, Value q) -> Value {
      return arith::MaximumFOp::create(b, loc, p, q);
    };
    auto sub = [&](Value p, Value q) -> Value { return arith::SubFOp::create(b, loc, p, q); };
    auto mul = [&](Value p, Value q) -> Value { return arith::MulFOp::create(b, loc, p, q); };
    // low and high of both axes of a box.
    auto corners = [&](Value box, Value(&low)[2], Value(&high)[2]) {
      Value v[4];
      for (int64_t i = 0; i < 4; ++i)
        v[i] = ix.extract(boxes, {entry, box, ix.constant(i)});
      for (int axis = 0; axis < 2; ++axis) {
        if (center) {
          Value half = arith::ConstantOp::create(b, loc, b.getFloatAttr(v[0].getType(), 0.5));
          Value extent = mul(v[axis + 2], half);
          low[axis] = sub(v[axis], extent);
          high[axis] = arith::AddFOp::create(b, loc, v[axis], extent);
        } else {
          low[axis] = minimum(v[axis], v[axis + 2]);
          high[axis] = maximum(v[axis], v[axis + 2]);
        }
      }
    };
    Value lowX[2], highX[2], lowY[2], highY[2];
    corners(x, lowX, highX);
    corners(y, lowY, highY);
    Value zero = arith::ConstantOp::create(b, loc, b.getFloatAttr(lowX[0].getType(), 0));
    Value shared[2];
    for (int axis = 0; axis < 2; ++axis)
      shared[axis] =
          maximum(sub(minimum(highX[axis], highY[axis]), maximum(lowX[axis], lowY[axis])), zero);
    Value intersection = mul(shared[0], shared[1]);
    Value areaX = mul(sub(highX[0], lowX[0]), sub(highX[1], lowX[1]));
    Value areaY = mul(sub(highY[0], lowY[0]), sub(highY[1], lowY[1]));
    Value total = sub(arith::AddFOp::create(b, loc, areaX, areaY), intersection);
    auto greater = [&](Value p, Value q) -> Value {
      return arith::CmpFOp::create(b, loc, arith::CmpFPredicate::OGT, p, q);
    };
    Value solid =
        ix.both(greater(areaX, zero), ix.both(greater(areaY, zero), greater(total, zero)));
    Value ratio = arith::DivFOp::create(b, loc, intersection, total);
    return ix.both(solid, greater(ratio, threshold));
  }
};
} // namespace

void dlc::registerSortingStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::ArgSortOp::attachInterface<ArgSortStructure>(*context);
    nn::NonMaxSuppressionOp::attachInterface<NonMaxSuppressionStructure>(*context);
  });
}
