// See check.td.
#include "dialects/check/check.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace dlc::check;

#include "dialects/check/check_dialect.cpp.inc"
#define GET_OP_CLASSES
#include "dialects/check/check_ops.cpp.inc"

void CheckDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "dialects/check/check_ops.cpp.inc"
      >();
}

/// A value of that type may stand where `type` is expected: same element type, same static
/// dimensions.
static bool fits(ShapedType value, Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && value.hasStaticShape() && tensor.getElementType() == value.getElementType() &&
         succeeded(verifyCompatibleShape(value.getShape(), tensor.getShape()));
}

static LogicalResult verifyExpectation(Operation *op, Value got, ElementsAttr expected) {
  if (!fits(expected.getShapedType(), got.getType()))
    return op->emitOpError() << "expects " << expected.getShapedType() << " of a value of type "
                             << got.getType();
  return success();
}

LogicalResult ExpectCloseOp::verify() { return verifyExpectation(*this, getGot(), getExpected()); }
LogicalResult ExpectEqualOp::verify() { return verifyExpectation(*this, getGot(), getExpected()); }

LogicalResult CheckDialect::verifyOperationAttribute(Operation *op, NamedAttribute attribute) {
  if (attribute.getName() == kErrorAttr) {
    if (isa<FunctionOpInterface>(op) && isa<StringAttr>(attribute.getValue()))
      return success();
    return op->emitError() << kErrorAttr << " is a string on a function";
  }
  return op->emitError() << "the dialect check has no attribute '" << attribute.getName() << "'";
}

LogicalResult CheckDialect::verifyRegionArgAttribute(Operation *op, unsigned region,
                                                     unsigned argument, NamedAttribute attribute) {
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (!function)
    return op->emitError("check attributes stand on arguments of functions");
  Type type = function.getArgumentTypes()[argument];
  if (attribute.getName() == kValueAttr) {
    auto value = dyn_cast<ElementsAttr>(attribute.getValue());
    if (!value || !fits(value.getShapedType(), type))
      return op->emitError() << "argument " << argument << " of type " << type
                             << " cannot have the value " << attribute.getValue();
    return success();
  }
  if (attribute.getName() == kRandomAttr) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    if (!isa<IntegerAttr>(attribute.getValue()) || !tensor || !tensor.hasStaticShape())
      return op->emitError() << kRandomAttr << " is a number on an argument of static shape";
    return success();
  }
  return op->emitError() << "the dialect check has no attribute '" << attribute.getName() << "'";
}
