// Control flow: regions become scf.if, scf.for and scf.while on tensors.
#include "compiler/structure/structure.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace {
Value castTo(Lowering &lowering, Value value, Type type) {
  return value.getType() == type
             ? value
             : tensor::CastOp::create(lowering.builder, lowering.loc, type, value);
}

/// The element of a scalar tensor.
Value scalarOf(Lowering &lowering, Value value) {
  return lowering.builder.createOrFold<tensor::ExtractOp>(lowering.loc, lowering.get(value),
                                                          ValueRange());
}

bool isTrue(Value value) {
  auto constant = value.getDefiningOp<nn::ConstantOp>();
  auto dense = constant ? dyn_cast<DenseIntElementsAttr>(constant.getValue()) : nullptr;
  return dense && dense.getNumElements() == 1 && !(*dense.begin()).isZero();
}

struct IfStructure : StructureOpInterface::ExternalModel<IfStructure, nn::IfOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto ifOp = cast<nn::IfOp>(op);
    OpBuilder &b = lowering.builder;
    SmallVector<Type> types;
    for (Type type : ifOp.getResultTypes())
      types.push_back(lowering.typeOf(type));
    auto lowered =
        scf::IfOp::create(b, lowering.loc, types, scalarOf(lowering, ifOp.getCondition()),
                          /*addThenBlock=*/true, /*addElseBlock=*/true);
    for (auto [region, target] : {std::pair(&ifOp.getThenRegion(), lowered.thenBlock()),
                                  std::pair(&ifOp.getElseRegion(), lowered.elseBlock())}) {
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToEnd(target);
      FailureOr<SmallVector<Value>> values = lowering.lowerRegion(region->front(), {});
      if (failed(values))
        return failure();
      for (auto [value, type] : llvm::zip_equal(*values, types))
        value = castTo(lowering, value, type);
      scf::YieldOp::create(b, lowering.loc, *values);
    }
    for (auto [result, value] : llvm::zip_equal(ifOp.getResults(), lowered.getResults()))
      lowering.set(result, value);
    return success();
  }
};

/// What a loop carries: its states, then the stacked values so far.
struct LoopStructure : StructureOpInterface::ExternalModel<LoopStructure, nn::LoopOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto loop = cast<nn::LoopOp>(op);
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    Block &body = loop.getBody().front();
    unsigned states = loop.getStates().size();
    bool counted = loop.getBounded() && isTrue(body.getTerminator()->getOperand(0));

    Value zero = arith::ConstantIndexOp::create(b, loc, 0),
          one = arith::ConstantIndexOp::create(b, loc, 1);
    Value condition = scalarOf(lowering, loop.getCondition());
    Value limit = b.createOrFold<arith::IndexCastOp>(loc, b.getIndexType(),
                                                     scalarOf(lowering, loop.getLimit()));
    limit = b.createOrFold<arith::MaxSIOp>(loc, limit, zero);
    if (counted)
      limit = b.createOrFold<arith::SelectOp>(loc, condition, limit, zero);

    // Stacks of constant shape have room for all iterations; others grow.
    SmallVector<bool> grows(loop.getNumResults(), !loop.getBounded());
    for (unsigned i = states; i < grows.size(); ++i) {
      SmallVector<std::string> names;
      SmallVector<Dim> dims = nn::dimsOf(loop.getResult(i).getType());
      for (const Dim &dim : ArrayRef(dims).drop_front())
        dim.collectSymbols(names);
      grows[i] |= llvm::any_of(names, [&](StringRef name) { return !lowering.symbol(name); });
    }

    SmallVector<Value> carried;
    for (auto [state, argument] :
         llvm::zip_equal(loop.getStates(), body.getArguments().drop_front()))
      carried.push_back(castTo(lowering, lowering.get(state), lowering.typeOf(argument.getType())));
    for (unsigned i = states; i < loop.getNumResults(); ++i) {
      auto output = cast<RankedTensorType>(loop.getResult(i).getType());
      SmallVector<Dim> dims = nn::dimsOf(output);
      SmallVector<OpFoldResult> sizes;
      SmallVector<int64_t> shape(output.getShape());
      if (grows[i]) {
        sizes.assign(dims.size(), zero);
        for (unsigned d = 1; d < dims.size(); ++d)
          if (!output.isDynamicDim(d))
            sizes[d] = lowering.size(dims[d]);
        shape[0] = ShapedType::kDynamic;
      } else {
        sizes = lowering.sizes(ArrayRef(dims).drop_front());
        sizes.insert(sizes.begin(), getAsOpFoldResult(limit));
        shape[0] = getConstantIntValue(sizes[0]).value_or(ShapedType::kDynamic);
      }
      Type element = signless(output.getElementType());
      carried.push_back(
          castTo(lowering, lowering.empty(sizes, element), RankedTensorType::get(shape, element)));
    }
    SmallVector<Type> types(ValueRange(carried).getTypes());

    /// One iteration: the next condition, then what is carried on.
    auto iterate = [&](Value iteration, ValueRange values) -> FailureOr<SmallVector<Value>> {
      SmallVector<Value> arguments;
      Value number = arith::IndexCastOp::create(b, loc, b.getI64Type(), iteration);
      arguments.push_back(tensor::FromElementsOp::create(
          b, loc, RankedTensorType::get({}, b.getI64Type()), number));
      llvm::append_range(arguments, values.take_front(states));
      FailureOr<SmallVector<Value>> yielded = lowering.lowerRegion(body, arguments);
      if (failed(yielded))
        return failure();
      SmallVector<Value> next = {tensor::ExtractOp::create(b, loc, (*yielded)[0], ValueRange())};
      for (unsigned i = 0; i < values.size(); ++i) {
        Value value = (*yielded)[i + 1];
        if (i >= states) {
          SmallVector<Dim> dims = nn::dimsOf(loop.getResult(i).getType());
          value = grows[i] ? append(lowering, value, values[i], iteration)
                           : put(lowering, value, values[i], iteration,
                                 lowering.sizes(ArrayRef(dims).drop_front()));
        }
        next.push_back(castTo(lowering, value, types[i]));
      }
      return next;
    };

    SmallVector<Value> results;
    Value count = limit;
    LogicalResult lowered = success();
    if (counted) {
      auto loopOp = scf::ForOp::create(
          b, loc, zero, limit, one, carried,
          [&](OpBuilder &, Location, Value iteration, ValueRange values) {
            FailureOr<SmallVector<Value>> next = iterate(iteration, values);
            lowered = next;
            scf::YieldOp::create(b, loc,
                                 failed(next) ? SmallVector<Value>(values)
                                              : SmallVector<Value>(ArrayRef(*next).drop_front()));
          });
      results.assign(loopOp.getResults().begin(), loopOp.getResults().end());
    } else {
      SmallVector<Value> inits = {zero, condition};
      llvm::append_range(inits, carried);
      SmallVector<Type> initTypes(ValueRange(inits).getTypes());
      auto loopOp = scf::WhileOp::create(
          b, loc, initTypes, inits,
          [&](OpBuilder &, Location, ValueRange values) {
            Value more = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::slt, values[0], limit);
            scf::ConditionOp::create(b, loc, arith::AndIOp::create(b, loc, more, values[1]),
                                     values);
          },
          [&](OpBuilder &, Location, ValueRange values) {
            SmallVector<Value> next = {arith::AddIOp::create(b, loc, values[0], one)};
            FailureOr<SmallVector<Value>> rest = iterate(values[0], values.drop_front(2));
            lowered = rest;
            if (failed(rest))
              llvm::append_range(next, values.drop_front());
            else
              llvm::append_range(next, *rest);
            scf::YieldOp::create(b, loc, next);
          });
      count = loopOp.getResult(0);
      results.assign(loopOp.getResults().begin() + 2, loopOp.getResults().end());
    }
    if (failed(lowered))
      return failure();

    for (auto [i, output] : llvm::enumerate(loop.getOutputs())) {
      Value value = results[i];
      if (i >= states && !counted && !grows[i]) {
        // Fewer iterations than there was room for.
        SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(b, loc, value),
                                  offsets(sizes.size(), b.getIndexAttr(0)),
                                  ones(sizes.size(), b.getIndexAttr(1));
        sizes[0] = count;
        value = tensor::ExtractSliceOp::create(b, loc, value, offsets, sizes, ones);
      }
      lowering.set(output, castTo(lowering, value, lowering.typeOf(output.getType())));
    }
    return success();
  }

  /// stack[at] = value, which must have these sizes.
  static Value put(Lowering &lowering, Value value, Value stack, Value at,
                   ArrayRef<OpFoldResult> sizes) {
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    auto type = cast<RankedTensorType>(value.getType());
    SmallVector<int64_t> shape;
    for (auto [i, size] : llvm::enumerate(sizes)) {
      Value have = b.createOrFold<tensor::DimOp>(loc, value, i);
      lowering.require(b.createOrFold<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, have,
                                                     getValueOrCreateConstantIndexOp(b, loc, size)),
                       "a value that a loop stacks changes its shape");
      shape.push_back(getConstantIntValue(size).value_or(ShapedType::kDynamic));
    }
    value = castTo(lowering, value, RankedTensorType::get(shape, type.getElementType()));
    SmallVector<OpFoldResult> offsets(sizes.size() + 1, b.getIndexAttr(0)),
        ones(sizes.size() + 1, b.getIndexAttr(1)), extents(sizes);
    offsets[0] = at;
    extents.insert(extents.begin(), b.getIndexAttr(1));
    return tensor::InsertSliceOp::create(b, loc, value, stack, offsets, extents, ones);
  }

  /// A stack with one more entry, all of the shape of the first.
  static Value append(Lowering &lowering, Value value, Value stack, Value count) {
    OpBuilder &b = lowering.builder;
    Location loc = lowering.loc;
    SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(b, loc, value),
                              old = tensor::getMixedSizes(b, loc, stack),
                              offsets(sizes.size() + 1, b.getIndexAttr(0)),
                              ones(sizes.size() + 1, b.getIndexAttr(1)), grown(sizes);
    Value isFirst = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, count,
                                          arith::ConstantIndexOp::create(b, loc, 0));
    for (auto [i, size] : llvm::enumerate(sizes)) {
      Value same = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq,
                                         getValueOrCreateConstantIndexOp(b, loc, old[i + 1]),
                                         getValueOrCreateConstantIndexOp(b, loc, size));
      lowering.require(arith::OrIOp::create(b, loc, isFirst, same),
                       "a value that a loop stacks changes its shape");
    }
    Value more = arith::AddIOp::create(b, loc, count, arith::ConstantIndexOp::create(b, loc, 1));
    grown.insert(grown.begin(), OpFoldResult(more));
    Value next = lowering.empty(grown, getElementTypeOrSelf(stack.getType()));
    next = tensor::InsertSliceOp::create(b, loc, stack, next, offsets, old, ones);
    return put(lowering, value, next, count, sizes);
  }
};
} // namespace

void dlc::registerControlStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::IfOp::attachInterface<IfStructure>(*context);
    nn::LoopOp::attachInterface<LoopStructure>(*context);
  });
}
