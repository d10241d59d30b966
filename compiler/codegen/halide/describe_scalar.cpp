// Scalar operations, in bodies and between tensors. Names pass through; what is structural is
// resolved here.
#include "compiler/codegen/halide/describe.h"
#include "compiler/codegen/halide/emit.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::halide;

/// Appends to `body`, or to the kernel itself.
LogicalResult Describer::emit(ScalarOp op, Body *body) {
  if (body) {
    body->operations.push_back(std::move(op));
    return success();
  }
  Node node;
  node.kind = Node::Scalar;
  node.element = op.type;
  node.results = {op.result};
  node.scalar = std::move(op);
  program.nodes.push_back(std::move(node));
  return success();
}

FailureOr<ValueId> Describer::affineScalar(AffineExpr expr, ValueRange dims, ValueRange symbols,
                                           Body *body) {
  auto ofValue = [&](Value value) -> FailureOr<ValueId> {
    ValueId number = id(value);
    if (number < 0)
      return fail("an affine expression of a value that the kernel lacks");
    return number;
  };
  if (auto dim = dyn_cast<AffineDimExpr>(expr))
    return ofValue(dims[dim.getPosition()]);
  if (auto symbol = dyn_cast<AffineSymbolExpr>(expr))
    return ofValue(symbols[symbol.getPosition()]);
  ScalarOp op;
  op.type = ElementType::Index;
  if (auto constant = dyn_cast<AffineConstantExpr>(expr)) {
    op.name = "constant";
    op.integer = constant.getValue();
  } else {
    auto binary = cast<AffineBinaryOpExpr>(expr);
    FailureOr<ValueId> lhs = affineScalar(binary.getLHS(), dims, symbols, body);
    FailureOr<ValueId> rhs = affineScalar(binary.getRHS(), dims, symbols, body);
    if (failed(lhs) || failed(rhs))
      return failure();
    op.operands = {*lhs, *rhs};
    switch (binary.getKind()) {
    case AffineExprKind::Add:
      op.name = "arith.addi";
      break;
    case AffineExprKind::Mul:
      op.name = "arith.muli";
      break;
    case AffineExprKind::FloorDiv:
      op.name = "arith.floordivsi";
      break;
    case AffineExprKind::CeilDiv:
      op.name = "arith.ceildivsi";
      break;
    default:
      op.name = "floormod";
      break;
    }
  }
  op.result = fresh();
  ValueId result = op.result;
  if (failed(emit(std::move(op), body)))
    return failure();
  return result;
}

LogicalResult Describer::scalarOperation(Operation &op, Body *body) {
  StringRef name = op.getName().getStringRef();
  if (op.getNumRegions() != 0 || op.getNumResults() != 1)
    return fail("'" + name + "' inside a kernel");
  if (auto apply = dyn_cast<affine::AffineApplyOp>(op)) {
    AffineMap map = apply.getAffineMap();
    ValueRange operands = apply.getMapOperands();
    FailureOr<ValueId> value = affineScalar(map.getResult(0), operands.take_front(map.getNumDims()),
                                            operands.drop_front(map.getNumDims()), body);
    if (failed(value))
      return failure();
    ids[apply.getResult()] = *value;
    return success();
  }
  std::optional<ElementType> type = elementTypeOf(op.getResult(0).getType());
  if (!type)
    return fail("'" + name + "' of a type that kernels do not have");
  ScalarOp scalar;
  scalar.type = *type;
  scalar.name = name.str();
  ValueRange operands = op.getOperands();
  if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    scalar.name = "constant";
    if (auto integer = dyn_cast<IntegerAttr>(constant.getValue())) {
      scalar.integer = *type == ElementType::I1 ? integer.getValue().getZExtValue()
                                                : integer.getValue().getSExtValue();
    } else if (auto real = dyn_cast<FloatAttr>(constant.getValue())) {
      bool lossy;
      APFloat value = real.getValue();
      value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &lossy);
      scalar.real = value.convertToDouble();
    } else {
      return fail("a scalar constant that is no number");
    }
  } else if (auto index = dyn_cast<linalg::IndexOp>(op)) {
    scalar.name = "index";
    scalar.integer = index.getDim();
  } else if (isa<tensor::ExtractOp>(op)) {
    scalar.name = "extract";
  } else if (auto dim = dyn_cast<tensor::DimOp>(op)) {
    std::optional<int64_t> constant = dim.getConstantIndex();
    if (!constant)
      return fail("a dimension of a tensor by a computed number");
    scalar.name = "dim";
    scalar.integer = *constant;
    operands = operands.take_front(1);
  } else {
    if (auto compare = dyn_cast<arith::CmpIOp>(op))
      scalar.integer = int64_t(compare.getPredicate());
    else if (auto compareReal = dyn_cast<arith::CmpFOp>(op))
      scalar.integer = int64_t(compareReal.getPredicate());
    if (!knowsScalarOp(scalar.name))
      return fail("no code for '" + name + "'");
  }
  for (Value operand : operands) {
    ValueId number = id(operand);
    if (number < 0)
      return fail("'" + name + "' of a value that the kernel lacks");
    scalar.operands.push_back(number);
  }
  scalar.result = define(op.getResult(0));
  return emit(std::move(scalar), body);
}

LogicalResult Describer::bodyOf(Block &block, Body &body) {
  for (BlockArgument argument : block.getArguments())
    body.arguments.push_back(define(argument));
  for (Operation &op : block.without_terminator())
    if (failed(scalarOperation(op, &body)))
      return failure();
  for (Value value : block.getTerminator()->getOperands()) {
    ValueId number = id(value);
    if (number < 0)
      return fail("a body that yields a value that the kernel lacks");
    body.yields.push_back(number);
  }
  return success();
}
