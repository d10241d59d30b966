// Control flow: regions become scf.if, scf.for and scf.while on tensors.
#include "compiler/structure/structure.h"

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

    SmallVector<Value> carried;
    for (auto [state, argument] :
         llvm::zip_equal(loop.getStates(), body.getArguments().drop_front()))
      carried.push_back(castTo(lowering, lowering.get(state), lowering.typeOf(argument.getType())));
    for (Value output : loop.getOutputs().drop_front(states)) {
      SmallVector<Dim> dims = nn::dimsOf(output.getType());
      SmallVector<OpFoldResult> sizes = lowering.sizes(ArrayRef(dims).drop_front());
      sizes.insert(sizes.begin(),
                   loop.getBounded() ? getAsOpFoldResult(limit) : OpFoldResult(b.getIndexAttr(0)));
      Value stack = lowering.empty(sizes, signless(getElementTypeOrSelf(output.getType())));
      // Without a bound the first dimension grows.
      auto type = cast<RankedTensorType>(stack.getType());
      SmallVector<int64_t> shape(type.getShape());
      if (!loop.getBounded())
        shape[0] = ShapedType::kDynamic;
      carried.push_back(
          castTo(lowering, stack, RankedTensorType::get(shape, type.getElementType())));
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
          Type output = loop.getOutputs()[i].getType();
          // Sizes of stacked values are those of the result, which do not depend on the iteration.
          SmallVector<Dim> wanted(ArrayRef(nn::dimsOf(output)).drop_front());
          requireShape(lowering, value, wanted);
          value = loop.getBounded() ? put(lowering, value, values[i], iteration, wanted)
                                    : append(lowering, value, values[i], iteration, wanted);
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
      if (i >= states && !counted && loop.getBounded()) {
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

  static void requireShape(Lowering &lowering, Value value, ArrayRef<Dim> wanted) {
    OpBuilder &b = lowering.builder;
    for (auto [i, dim] : llvm::enumerate(wanted)) {
      Value have = b.createOrFold<tensor::DimOp>(lowering.loc, value, i);
      lowering.require(b.createOrFold<arith::CmpIOp>(lowering.loc, arith::CmpIPredicate::eq, have,
                                                     lowering.sizeValue(dim)),
                       "a value that a loop stacks changes its shape");
    }
  }

  /// stack[at] = value
  static Value put(Lowering &lowering, Value value, Value stack, Value at, ArrayRef<Dim> dims) {
    OpBuilder &b = lowering.builder;
    SmallVector<OpFoldResult> offsets(dims.size() + 1, b.getIndexAttr(0)),
        ones(dims.size() + 1, b.getIndexAttr(1)), sizes = lowering.sizes(dims);
    offsets[0] = at;
    sizes.insert(sizes.begin(), b.getIndexAttr(1));
    value = castTo(lowering, value,
                   lowering.typeOf(nn::tensorOf(dims, getElementTypeOrSelf(value.getType()))));
    return tensor::InsertSliceOp::create(b, lowering.loc, value, stack, offsets, sizes, ones);
  }

  /// A stack with one more entry.
  static Value append(Lowering &lowering, Value value, Value stack, Value count,
                      ArrayRef<Dim> dims) {
    OpBuilder &b = lowering.builder;
    SmallVector<OpFoldResult> sizes = lowering.sizes(dims),
                              offsets(dims.size() + 1, b.getIndexAttr(0)),
                              ones(dims.size() + 1, b.getIndexAttr(1));
    Value more = arith::AddIOp::create(b, lowering.loc, count,
                                       arith::ConstantIndexOp::create(b, lowering.loc, 1));
    sizes.insert(sizes.begin(), OpFoldResult(more));
    Value grown = lowering.empty(sizes, getElementTypeOrSelf(stack.getType()));
    sizes[0] = count;
    grown = tensor::InsertSliceOp::create(b, lowering.loc, stack, grown, offsets, sizes, ones);
    return put(lowering, value, grown, count, dims);
  }
};
} // namespace

void dlc::registerControlStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::IfOp::attachInterface<IfStructure>(*context);
    nn::LoopOp::attachInterface<LoopStructure>(*context);
  });
}
