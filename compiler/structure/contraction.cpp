// Contractions as one linalg.generic: parallel batch, m, n; reduction k. Half floats accumulate in f32.
#include "compiler/structure/structure.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace {
struct MatmulStructure : StructureOpInterface::ExternalModel<MatmulStructure, nn::MatmulOp> {
  LogicalResult lower(Operation *op, Lowering &lowering) const {
    auto matmul = cast<nn::MatmulOp>(op);
    OpBuilder &b = lowering.builder;
    SmallVector<Dim> lhs = nn::dimsOf(matmul.getLhs().getType()), rhs = nn::dimsOf(matmul.getRhs().getType()),
                     out = nn::dimsOf(matmul.getOutput().getType());
    unsigned rank = out.size(), k = rank; // loops: the output's dimensions, then k
    lowering.requireEqual(matmul.getTransposeLhs() ? lhs.end()[-2] : lhs.end()[-1],
                          matmul.getTransposeRhs() ? rhs.end()[-1] : rhs.end()[-2],
                          "the inner dimensions of a matrix product differ");
    // Batch dimensions broadcast; the last two are (row, k) or (k, column), or swapped.
    auto operandMap = [&](ArrayRef<Dim> dims, unsigned first, unsigned second) {
      AffineMap batch = lowering.broadcastMap(dims.drop_back(2), ArrayRef(out).drop_back(2));
      SmallVector<AffineExpr> exprs(batch.getResults());
      exprs.push_back(b.getAffineDimExpr(first));
      exprs.push_back(b.getAffineDimExpr(second));
      return AffineMap::get(rank + 1, 0, exprs, b.getContext());
    };
    unsigned m = rank - 2, n = rank - 1;
    AffineMap lhsMap = matmul.getTransposeLhs() ? operandMap(lhs, k, m) : operandMap(lhs, m, k);
    AffineMap rhsMap = matmul.getTransposeRhs() ? operandMap(rhs, n, k) : operandMap(rhs, k, n);
    SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
    iterators.push_back(utils::IteratorType::reduction);
    Type element = signless(getElementTypeOrSelf(matmul.getOutput().getType()));
    Type sumType = element.isF16() || element.isBF16() ? b.getF32Type() : element;
    Value init = lowering.filled(lowering.sizes(out), sumType, 0);
    AffineMap outMap = AffineMap::getMultiDimIdentityMap(rank + 1, b.getContext()).getMajorSubMap(rank);
    Value sum = lowering.reduce(init, {lowering.get(matmul.getLhs()), lowering.get(matmul.getRhs())}, {lhsMap, rhsMap}, outMap,
                                iterators, [&](OpBuilder &b, Location loc, ValueRange x) { return multiplyAdd(b, loc, x); });
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
} // namespace

void dlc::registerContractionStructure(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, nn::NNDialect *) {
    nn::MatmulOp::attachInterface<MatmulStructure>(*context);
  });
}
