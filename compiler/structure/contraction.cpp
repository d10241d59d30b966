// Contractions as one linalg.generic: parallel batch, m, n; reduction k. Half floats accumulate in
// f32.
#include "compiler/structure/reduction.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

Value dlc::multiply(Lowering &lowering, Value lhs, ArrayRef<Dim> lhsDims, bool transposeLhs,
                    Value rhs, ArrayRef<Dim> rhsDims, bool transposeRhs, ArrayRef<Dim> out,
                    Type sumType, Lowering::Body body) {
  OpBuilder &b = lowering.builder;
  unsigned rank = out.size(), k = rank; // loops: the output's dimensions, then k
  lowering.requireEqual(transposeLhs ? lhsDims.end()[-2] : lhsDims.end()[-1],
                        transposeRhs ? rhsDims.end()[-1] : rhsDims.end()[-2],
                        "the inner dimensions of a matrix product differ");
  // Batch dimensions broadcast; the last two are (row, k) or (k, column), or swapped.
  auto operandMap = [&](ArrayRef<Dim> dims, unsigned first, unsigned second) {
    AffineMap batch = lowering.broadcastMap(dims.drop_back(2), out.drop_back(2));
    SmallVector<AffineExpr> exprs(batch.getResults());
    exprs.push_back(b.getAffineDimExpr(first));
    exprs.push_back(b.getAffineDimExpr(second));
    return AffineMap::get(rank + 1, 0, exprs, b.getContext());
  };
  unsigned m = rank - 2, n = rank - 1;
  AffineMap lhsMap = transposeLhs ? operandMap(lhsDims, k, m) : operandMap(lhsDims, m, k);
  AffineMap rhsMap = transposeRhs ? operandMap(rhsDims, n, k) : operandMap(rhsDims, k, n);
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
  iterators.push_back(utils::IteratorType::reduction);
  AffineMap outMap =
      AffineMap::getMultiDimIdentityMap(rank + 1, b.getContext()).getMajorSubMap(rank);
  Value init = lowering.filled(lowering.sizes(out), sumType, 0);
  return lowering.reduce(init, {lhs, rhs}, {lhsMap, rhsMap}, outMap, iterators, body);
}

namespace {
struct MatmulStructure : StructureOpInterface::ExternalModel<MatmulStructure, nn::MatmulOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto matmul = cast<nn::MatmulOp>(op);
    SmallVector<Dim> lhs = nn::dimsOf(matmul.getLhs().getType()),
                     rhs = nn::dimsOf(matmul.getRhs().getType()),
                     out = nn::dimsOf(matmul.getOutput().getType());
    Type element = signless(getElementTypeOrSelf(matmul.getOutput().getType()));
    Value sum = multiply(
        lowering, lowering.get(matmul.getLhs()), lhs, matmul.getTransposeLhs(),
        lowering.get(matmul.getRhs()), rhs, matmul.getTransposeRhs(), out, accumulatorType(element),
        [&](OpBuilder &b, Location loc, ValueRange x) { return multiplyAdd(b, loc, x); });
    lowering.set(matmul.getOutput(), lowering.convert(sum, element));
    return success();
  }

  /// x[2] + x[0] * x[1], in the type of x[2].
  static Value multiplyAdd(OpBuilder &b, Location loc, ValueRange x) {
    Value lhs = x[0], rhs = x[1];
    if (isa<FloatType>(x[2].getType())) {
      if (lhs.getType() != x[2].getType()) {
        lhs = arith::ExtFOp::create(b, loc, x[2].getType(), lhs);
        rhs = arith::ExtFOp::create(b, loc, x[2].getType(), rhs);
      }
      return arith::AddFOp::create(b, loc, x[2], arith::MulFOp::create(b, loc, lhs, rhs));
    }
    return arith::AddIOp::create(b, loc, x[2], arith::MulIOp::create(b, loc, lhs, rhs));
  }
};

/// One generic: the result's labels are parallel loops, the others reductions.
struct EinsumStructure : StructureOpInterface::ExternalModel<EinsumStructure, nn::EinsumOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto einsum = cast<nn::EinsumOp>(op);
    OpBuilder &b = lowering.builder;
    SmallVector<int64_t> loops(einsum.getOutputLabels());
    auto labelsOf = [&](unsigned i) {
      return cast<DenseI64ArrayAttr>(einsum.getLabels()[i]).asArrayRef();
    };
    std::map<int64_t, Dim> sizes;
    for (auto [i, operand] : llvm::enumerate(einsum.getInputs()))
      for (auto [label, dim] : llvm::zip(labelsOf(i), nn::dimsOf(operand.getType()))) {
        auto it = sizes.try_emplace(label, dim).first;
        it->second = *nn::broadcastDim(it->second, dim);
        if (!llvm::is_contained(loops, label))
          loops.push_back(label);
      }
    SmallVector<Value> inputs;
    SmallVector<AffineMap> maps;
    for (auto [i, operand] : llvm::enumerate(einsum.getInputs())) {
      SmallVector<AffineExpr> exprs;
      for (auto [label, dim] : llvm::zip(labelsOf(i), nn::dimsOf(operand.getType()))) {
        bool broadcasts = dim.isOne() && !sizes[label].isOne();
        if (!broadcasts)
          lowering.requireEqual(dim, sizes[label], "dimensions with one label differ");
        exprs.push_back(broadcasts ? b.getAffineConstantExpr(0)
                                   : b.getAffineDimExpr(llvm::find(loops, label) - loops.begin()));
      }
      inputs.push_back(lowering.get(operand));
      maps.push_back(AffineMap::get(loops.size(), 0, exprs, b.getContext()));
    }
    unsigned rank = einsum.getOutputLabels().size();
    Type element = signless(getElementTypeOrSelf(einsum.getOutput().getType()));
    Type sumType = element.isF16() || element.isBF16() ? b.getF32Type() : element;
    auto extended = [&](OpBuilder &b, Location loc, Value x) -> Value {
      return x.getType() == sumType ? x : arith::ExtFOp::create(b, loc, sumType, x);
    };
    bool isFloat = isa<FloatType>(sumType);
    auto product = [&](OpBuilder &b, Location loc, ValueRange x) {
      Value result = extended(b, loc, x[0]);
      for (Value factor : x.drop_front()) {
        factor = extended(b, loc, factor);
        result = isFloat ? Value(arith::MulFOp::create(b, loc, result, factor))
                         : arith::MulIOp::create(b, loc, result, factor);
      }
      return result;
    };
    SmallVector<OpFoldResult> outSizes = lowering.sizes(einsum.getOutput().getType());
    Value sum;
    if (loops.size() == rank) {
      sum = lowering.parallel(lowering.empty(outSizes, sumType), inputs, maps, product);
    } else {
      SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
      iterators.append(loops.size() - rank, utils::IteratorType::reduction);
      AffineMap outMap = AffineMap::get(
          loops.size(), 0, b.getMultiDimIdentityMap(loops.size()).getResults().take_front(rank),
          b.getContext());
      sum = lowering.reduce(lowering.filled(outSizes, sumType, 0), inputs, maps, outMap, iterators,
                            [&](OpBuilder &b, Location loc, ValueRange x) -> Value {
                              Value term = product(b, loc, x.drop_back());
                              if (isFloat)
                                return arith::AddFOp::create(b, loc, x.back(), term);
                              return arith::AddIOp::create(b, loc, x.back(), term);
                            });
    }
    lowering.set(einsum.getOutput(), lowering.convert(sum, element));
    return success();
  }
};
} // namespace

void dlc::registerContractionStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::EinsumOp::attachInterface<EinsumStructure>(*context);
    nn::MatmulOp::attachInterface<MatmulStructure>(*context);
  });
}
