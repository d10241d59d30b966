// Operations of the kernel dialect: syntax, verifiers, effects.
#include "dialects/kernel/kernel.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Interfaces/FunctionImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc::kernel;

#include "dialects/kernel/kernel_dialect.cpp.inc"
#include "dialects/kernel/kernel_enums.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "dialects/kernel/kernel_attrs.cpp.inc"
#define GET_OP_CLASSES
#include "dialects/kernel/kernel_ops.cpp.inc"

void KernelDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "dialects/kernel/kernel_attrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "dialects/kernel/kernel_ops.cpp.inc"
      >();
}

//===-- kernel.func --===//

void FuncOp::build(OpBuilder &builder, OperationState &state, StringRef name, FunctionType type) {
  state.addAttribute(SymbolTable::getSymbolAttrName(), builder.getStringAttr(name));
  state.addAttribute(getFunctionTypeAttrName(state.name), TypeAttr::get(type));
  state.addAttribute(SymbolTable::getVisibilityAttrName(), builder.getStringAttr("private"));
  state.addRegion();
}

int64_t dlc::kernel::winogradTile(FuncOp func) {
  auto tile = func->getAttrOfType<IntegerAttr>(kWinogradAttr);
  return tile ? tile.getInt() : 0;
}

ParseResult FuncOp::parse(OpAsmParser &parser, OperationState &result) {
  auto type = [](Builder &builder, ArrayRef<Type> arguments, ArrayRef<Type> results,
                 function_interface_impl::VariadicFlag,
                 std::string &) { return builder.getFunctionType(arguments, results); };
  return function_interface_impl::parseFunctionOp(
      parser, result, /*allowVariadic=*/false, getFunctionTypeAttrName(result.name), type,
      getArgAttrsAttrName(result.name), getResAttrsAttrName(result.name));
}

void FuncOp::print(OpAsmPrinter &printer) {
  function_interface_impl::printFunctionOp(printer, *this, /*isVariadic=*/false,
                                           getFunctionTypeAttrName(), getArgAttrsAttrName(),
                                           getResAttrsAttrName());
}

/// The number of `?` of a shaped type, and the extents attribute that must match it.
static LogicalResult verifyExtents(FuncOp func, Type type, DenseI64ArrayAttr extents,
                                   int64_t indexCount, const Twine &what) {
  auto shaped = dyn_cast<ShapedType>(type);
  int64_t dynamic = shaped ? shaped.getNumDynamicDims() : 0;
  if ((extents ? extents.size() : 0) != dynamic)
    return func.emitOpError() << what << " has " << dynamic
                              << " dynamic dimensions, but kernel.extents lists "
                              << (extents ? extents.size() : 0);
  for (int64_t i = 0; i < dynamic; ++i)
    if (extents[i] < 0 || extents[i] >= indexCount)
      return func.emitOpError() << what << ": kernel.extents names index argument " << extents[i]
                                << " of " << indexCount;
  return success();
}

LogicalResult FuncOp::verify() {
  bool indices = false;
  int64_t indexCount = llvm::count_if(getArgumentTypes(), [](Type t) { return t.isIndex(); });
  for (auto [i, type] : llvm::enumerate(getArgumentTypes())) {
    if (indices && !type.isIndex())
      return emitOpError("index arguments come last");
    indices |= type.isIndex();
    if (!type.isIndex() && !isa<RankedTensorType, MemRefType>(type))
      return emitOpError() << "argument " << i << " has type " << type
                           << "; tensors, memrefs and index are allowed";
    auto extents = getArgAttrOfType<DenseI64ArrayAttr>(i, kExtentsAttr);
    if (failed(verifyExtents(*this, type, extents, indexCount, "argument " + Twine(i))))
      return failure();
  }
  for (auto [i, type] : llvm::enumerate(getResultTypes())) {
    if (!isa<RankedTensorType>(type))
      return emitOpError() << "result " << i << " has type " << type << "; tensors are allowed";
    auto extents = getResultAttrOfType<DenseI64ArrayAttr>(i, kExtentsAttr);
    if (failed(verifyExtents(*this, type, extents, indexCount, "result " + Twine(i))))
      return failure();
  }
  return success();
}

SmallVector<BlockArgument> FuncOp::getIndexArguments() {
  SmallVector<BlockArgument> indices;
  for (BlockArgument argument : getArguments())
    if (argument.getType().isIndex())
      indices.push_back(argument);
  return indices;
}

SmallVector<OpFoldResult> FuncOp::getArgumentExtents(unsigned i) {
  auto type = cast<ShapedType>(getArgumentTypes()[i]);
  auto extents = getArgAttrOfType<DenseI64ArrayAttr>(i, kExtentsAttr);
  SmallVector<BlockArgument> indices = getIndexArguments();
  SmallVector<OpFoldResult> result;
  int64_t dynamic = 0;
  Builder builder(getContext());
  for (int64_t extent : type.getShape())
    if (ShapedType::isDynamic(extent))
      result.push_back(Value(indices[extents[dynamic++]]));
    else
      result.push_back(builder.getIndexAttr(extent));
  return result;
}

//===-- kernel.launch --===//

LogicalResult LaunchOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto func = symbols.lookupNearestSymbolFrom<FuncOp>(*this, getCalleeAttr());
  if (!func)
    return emitOpError() << "launches " << getCallee() << ", which is not a kernel.func";
  int64_t indices = func.getIndexArguments().size();
  int64_t buffers = func.getNumArguments() - indices;
  int64_t passed =
      getIns().size() + (func.isSpecialized() || getReadsOuts() ? getOuts().size() : 0);
  if (buffers != passed || indices != int64_t(getSizes().size()))
    return emitOpError() << "passes " << passed << " tensors and " << getSizes().size()
                         << " sizes; " << getCallee() << " takes " << buffers << " and " << indices;
  if (!func.isSpecialized() && func.getNumResults() != getOuts().size())
    return emitOpError() << "has " << getOuts().size() << " destinations; " << getCallee()
                         << " returns " << func.getNumResults();
  return success();
}

LogicalResult LaunchOp::verify() {
  bool tensors = llvm::any_of(getOuts(), [](Value v) { return isa<TensorType>(v.getType()); });
  if (getNumResults() != (tensors ? getOuts().size() : 0))
    return emitOpError("has one result for each tensor destination, and none on memrefs");
  return success();
}

void LaunchOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>> &effects) {
  for (OpOperand &operand : getInsMutable())
    if (isa<MemRefType>(operand.get().getType()))
      effects.emplace_back(MemoryEffects::Read::get(), &operand);
  for (OpOperand &operand : getOutsMutable())
    if (isa<MemRefType>(operand.get().getType())) {
      if (getReadsOuts())
        effects.emplace_back(MemoryEffects::Read::get(), &operand);
      effects.emplace_back(MemoryEffects::Write::get(), &operand);
    }
}
