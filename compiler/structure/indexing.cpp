// Gathers and scatters. Gathers are generics with tensor.extract at clamped indices, after a check
// that all indices are inside; scatters are loops, in row-major order of the indices, so duplicates
// behave as the definition says.
#include "compiler/structure/structure.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace {
/// An index of any integer type as index, with negative ones counted from the end and the rest
/// clamped into [0, size).
Value normalised(OpBuilder &b, Location loc, Value raw, Value size) {
  Value index = arith::IndexCastOp::create(b, loc, b.getIndexType(), raw);
  Value zero = arith::ConstantIndexOp::create(b, loc, 0),
        one = arith::ConstantIndexOp::create(b, loc, 1);
  Value negative = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, index, zero);
  index =
      arith::SelectOp::create(b, loc, negative, arith::AddIOp::create(b, loc, index, size), index);
  index = arith::MinSIOp::create(b, loc, index, arith::SubIOp::create(b, loc, size, one));
  return arith::MaxSIOp::create(b, loc, index, zero);
}

/// Requires -size(k) <= index < size(k) for every element of `indices`, where k is the position in
/// the last dimension if there are several sizes.
void checkIndices(Lowering &lowering, Value indices, ArrayRef<Value> sizes) {
  OpBuilder &b = lowering.builder;
  Location loc = lowering.loc;
  unsigned rank = cast<RankedTensorType>(indices.getType()).getRank();
  Value init = lowering.fill(lowering.empty({}, b.getI1Type()), lowering.scalar(b.getI1Type(), 1));
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::reduction);
  Value valid = lowering.reduce(
      init, indices, b.getMultiDimIdentityMap(rank), AffineMap::get(rank, 0, b.getContext()),
      iterators, [&](OpBuilder &b, Location loc, ValueRange x) -> Value {
        Value size = sizes[0];
        for (unsigned k = 1; k < sizes.size(); ++k) {
          Value here = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq,
                                             linalg::IndexOp::create(b, loc, rank - 1),
                                             arith::ConstantIndexOp::create(b, loc, k));
          size = arith::SelectOp::create(b, loc, here, sizes[k], size);
        }
        Value index = arith::IndexCastOp::create(b, loc, b.getIndexType(), x[0]);
        Value low = arith::SubIOp::create(b, loc, arith::ConstantIndexOp::create(b, loc, 0), size);
        Value inside = arith::AndIOp::create(
            b, loc, arith::CmpIOp::create(b, loc, arith::CmpIPredicate::sge, index, low),
            arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, index, size));
        return arith::AndIOp::create(b, loc, x[1], inside);
      });
  lowering.require(tensor::ExtractOp::create(b, loc, valid, ValueRange()),
                   "an index is outside its dimension");
}

struct GatherStructure : StructureOpInterface::ExternalModel<GatherStructure, nn::GatherOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto gather = cast<nn::GatherOp>(op);
    unsigned axis = gather.getAxis();
    Value indices = lowering.get(gather.getIndices());
    unsigned count = cast<RankedTensorType>(indices.getType()).getRank();
    Value size = lowering.sizeValue(nn::dimOf(gather.getData().getType(), axis));
    checkIndices(lowering, indices, size);
    lowering.set(gather,
                 lowering.gather(lowering.empty(gather.getType()), lowering.get(gather.getData()),
                                 [&](OpBuilder &b, Location loc, ValueRange at) {
                                   SmallVector<Value> position(at.take_front(axis));
                                   Value raw = tensor::ExtractOp::create(b, loc, indices,
                                                                         at.slice(axis, count));
                                   position.push_back(normalised(b, loc, raw, size));
                                   llvm::append_range(position, at.drop_front(axis + count));
                                   return position;
                                 }));
    return success();
  }
};

struct GatherElementsStructure
    : StructureOpInterface::ExternalModel<GatherElementsStructure, nn::GatherElementsOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto gather = cast<nn::GatherElementsOp>(op);
    OpBuilder &b = lowering.builder;
    unsigned axis = gather.getAxis();
    Value indices = lowering.get(gather.getIndices());
    SmallVector<Dim> data = nn::dimsOf(gather.getData().getType()),
                     out = nn::dimsOf(gather.getType());
    Value size = lowering.sizeValue(data[axis]);
    checkIndices(lowering, indices, size);
    for (unsigned i = 0; i < data.size(); ++i)
      if (i != axis && data[i] != out[i])
        lowering.require(arith::CmpIOp::create(b, lowering.loc, arith::CmpIPredicate::sle,
                                               lowering.sizeValue(out[i]),
                                               lowering.sizeValue(data[i])),
                         "indices reach outside the data");
    lowering.set(
        gather, lowering.gather(lowering.empty(gather.getType()), lowering.get(gather.getData()),
                                [&](OpBuilder &b, Location loc, ValueRange at) {
                                  SmallVector<Value> position(at);
                                  position[axis] = normalised(
                                      b, loc, tensor::ExtractOp::create(b, loc, indices, at), size);
                                  return position;
                                }));
    return success();
  }
};

struct GatherNDStructure : StructureOpInterface::ExternalModel<GatherNDStructure, nn::GatherNDOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto gather = cast<nn::GatherNDOp>(op);
    unsigned batch = gather.getBatchDims();
    Value indices = lowering.get(gather.getIndices());
    SmallVector<Dim> data = nn::dimsOf(gather.getData().getType()),
                     tuples = nn::dimsOf(gather.getIndices().getType());
    int64_t length = *tuples.back().constant();
    SmallVector<Value> sizes;
    for (int64_t k = 0; k < length; ++k)
      sizes.push_back(lowering.sizeValue(data[batch + k]));
    if (length > 0)
      checkIndices(lowering, indices, sizes);
    for (unsigned i = 0; i < batch; ++i)
      lowering.requireEqual(tuples[i], data[i], "batch dimensions of a gather differ");
    lowering.set(gather,
                 lowering.gather(lowering.empty(gather.getType()), lowering.get(gather.getData()),
                                 [&](OpBuilder &b, Location loc, ValueRange at) {
                                   SmallVector<Value> position(at.take_front(batch));
                                   SmallVector<Value> tuple(at.take_front(tuples.size() - 1));
                                   tuple.push_back(Value());
                                   for (int64_t k = 0; k < length; ++k) {
                                     tuple.back() = arith::ConstantIndexOp::create(b, loc, k);
                                     position.push_back(normalised(
                                         b, loc, tensor::ExtractOp::create(b, loc, indices, tuple),
                                         sizes[k]));
                                   }
                                   llvm::append_range(position, at.drop_front(tuples.size() - 1));
                                   return position;
                                 }));
    return success();
  }
};

/// What an element becomes when `update` is written to it.
Value combine(OpBuilder &b, Location loc, nn::ScatterReduction reduction, Value old, Value update,
              bool isUnsigned) {
  bool isFloat = isa<FloatType>(old.getType());
  switch (reduction) {
  case nn::ScatterReduction::None:
    return update;
  case nn::ScatterReduction::Add:
    return isFloat ? Value(arith::AddFOp::create(b, loc, old, update))
                   : Value(arith::AddIOp::create(b, loc, old, update));
  case nn::ScatterReduction::Mul:
    return isFloat ? Value(arith::MulFOp::create(b, loc, old, update))
                   : Value(arith::MulIOp::create(b, loc, old, update));
  case nn::ScatterReduction::Max:
    return isFloat      ? Value(arith::MaximumFOp::create(b, loc, old, update))
           : isUnsigned ? Value(arith::MaxUIOp::create(b, loc, old, update))
                        : Value(arith::MaxSIOp::create(b, loc, old, update));
  case nn::ScatterReduction::Min:
    return isFloat      ? Value(arith::MinimumFOp::create(b, loc, old, update))
           : isUnsigned ? Value(arith::MinUIOp::create(b, loc, old, update))
                        : Value(arith::MinSIOp::create(b, loc, old, update));
  }
  llvm_unreachable("all reductions are handled");
}

/// Loops over `updates`, in row-major order, and writes each element into a copy of `data` at
/// `position(indices of the update)`.
Value scatter(Lowering &lowering, Value data, Value updates, nn::ScatterReduction reduction,
              bool isUnsigned,
              llvm::function_ref<SmallVector<Value>(OpBuilder &, Location, ValueRange)> position) {
  OpBuilder &b = lowering.builder;
  Location loc = lowering.loc;
  Value zero = arith::ConstantIndexOp::create(b, loc, 0),
        one = arith::ConstantIndexOp::create(b, loc, 1);
  unsigned rank = cast<RankedTensorType>(updates.getType()).getRank();
  SmallVector<Value> lower(rank, zero), upper, steps(rank, one);
  for (unsigned i = 0; i < rank; ++i)
    upper.push_back(b.createOrFold<tensor::DimOp>(loc, updates, i));
  scf::LoopNest nest = scf::buildLoopNest(
      b, loc, lower, upper, steps, data,
      [&](OpBuilder &b, Location loc, ValueRange at, ValueRange state) -> scf::ValueVector {
        SmallVector<Value> target = position(b, loc, at);
        Value update = tensor::ExtractOp::create(b, loc, updates, at);
        if (reduction != nn::ScatterReduction::None)
          update = combine(b, loc, reduction, tensor::ExtractOp::create(b, loc, state[0], target),
                           update, isUnsigned);
        return {tensor::InsertOp::create(b, loc, update, state[0], target)};
      });
  return nest.results[0];
}

struct ScatterElementsStructure
    : StructureOpInterface::ExternalModel<ScatterElementsStructure, nn::ScatterElementsOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto scatterOp = cast<nn::ScatterElementsOp>(op);
    OpBuilder &b = lowering.builder;
    unsigned axis = scatterOp.getAxis();
    Value indices = lowering.get(scatterOp.getIndices());
    SmallVector<Dim> data = nn::dimsOf(scatterOp.getData().getType()),
                     at = nn::dimsOf(scatterOp.getIndices().getType()),
                     updates = nn::dimsOf(scatterOp.getUpdates().getType());
    Value size = lowering.sizeValue(data[axis]);
    checkIndices(lowering, indices, size);
    for (unsigned i = 0; i < data.size(); ++i) {
      lowering.requireEqual(updates[i], at[i], "indices and updates of a scatter differ");
      if (i != axis && at[i] != data[i])
        lowering.require(arith::CmpIOp::create(b, lowering.loc, arith::CmpIPredicate::sle,
                                               lowering.sizeValue(at[i]),
                                               lowering.sizeValue(data[i])),
                         "indices reach outside the data");
    }
    lowering.set(
        scatterOp,
        scatter(lowering, lowering.get(scatterOp.getData()), lowering.get(scatterOp.getUpdates()),
                scatterOp.getReduction(), nn::isUnsigned(scatterOp.getType()),
                [&](OpBuilder &b, Location loc, ValueRange at) {
                  SmallVector<Value> target(at);
                  target[axis] =
                      normalised(b, loc, tensor::ExtractOp::create(b, loc, indices, at), size);
                  return target;
                }));
    return success();
  }
};

struct ScatterNDStructure
    : StructureOpInterface::ExternalModel<ScatterNDStructure, nn::ScatterNDOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto scatterOp = cast<nn::ScatterNDOp>(op);
    Value indices = lowering.get(scatterOp.getIndices());
    SmallVector<Dim> data = nn::dimsOf(scatterOp.getData().getType()),
                     tuples = nn::dimsOf(scatterOp.getIndices().getType()),
                     updates = nn::dimsOf(scatterOp.getUpdates().getType());
    int64_t length = *tuples.back().constant(), prefix = tuples.size() - 1;
    SmallVector<Value> sizes;
    for (int64_t k = 0; k < length; ++k)
      sizes.push_back(lowering.sizeValue(data[k]));
    if (length > 0)
      checkIndices(lowering, indices, sizes);
    for (int64_t i = 0; i < int64_t(updates.size()); ++i)
      lowering.requireEqual(updates[i], i < prefix ? tuples[i] : data[length + i - prefix],
                            "updates of a scatter do not fit");
    lowering.set(
        scatterOp,
        scatter(lowering, lowering.get(scatterOp.getData()), lowering.get(scatterOp.getUpdates()),
                scatterOp.getReduction(), nn::isUnsigned(scatterOp.getType()),
                [&](OpBuilder &b, Location loc, ValueRange at) {
                  SmallVector<Value> tuple(at.take_front(prefix)), target;
                  tuple.push_back(Value());
                  for (int64_t k = 0; k < length; ++k) {
                    tuple.back() = arith::ConstantIndexOp::create(b, loc, k);
                    target.push_back(normalised(
                        b, loc, tensor::ExtractOp::create(b, loc, indices, tuple), sizes[k]));
                  }
                  llvm::append_range(target, at.drop_front(prefix));
                  return target;
                }));
    return success();
  }
};
} // namespace

void dlc::registerIndexingStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::GatherOp::attachInterface<GatherStructure>(*context);
    nn::GatherElementsOp::attachInterface<GatherElementsStructure>(*context);
    nn::GatherNDOp::attachInterface<GatherNDStructure>(*context);
    nn::ScatterElementsOp::attachInterface<ScatterElementsStructure>(*context);
    nn::ScatterNDOp::attachInterface<ScatterNDStructure>(*context);
  });
}
