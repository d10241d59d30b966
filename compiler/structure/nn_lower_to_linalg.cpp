// The pass nn-lower-to-linalg: functions lose symbolic types; the families do the rest.
#include "compiler/structure/structure.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

namespace dlc {
#define GEN_PASS_DEF_NNLOWERTOLINALG
#include "compiler/structure/passes.h.inc"
} // namespace dlc

void dlc::registerStructure(DialectRegistry &registry) {
  registerContractionStructure(registry);
  registerControlStructure(registry);
  registerConvolutionStructure(registry);
  registerElementwiseStructure(registry);
  registerNormalizationStructure(registry);
  registerPoolingStructure(registry);
  registerQuantizationStructure(registry);
  registerRecurrentStructure(registry);
  registerReductionStructure(registry);
  registerIndexingStructure(registry);
  registerResizeStructure(registry);
  registerSamplingStructure(registry);
  registerShapeStructure(registry);
  registerSortingStructure(registry);
}

namespace {
/// The name of an element type in signatures: f32, i64, ui8.
std::string dtypeName(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << getElementTypeOrSelf(type);
  return text;
}

/// What a tensor type said, as attributes of the argument or result: dlc.dtype, and dlc.dims for
/// each `?`. Of results, dimensions that name a symbol that is not the function's own are "?"
/// (known after the run).
DictionaryAttr describe(DictionaryAttr attributes, Type type, const llvm::StringMap<Value> *known) {
  Builder b(type.getContext());
  NamedAttrList list(attributes);
  list.set("dlc.dtype", b.getStringAttr(dtypeName(type)));
  SmallVector<Attribute> dims;
  for (const Dim &dim : nn::dimsOf(type)) {
    if (dim.constant())
      continue;
    SmallVector<std::string> names;
    dim.collectSymbols(names);
    bool computable =
        !known || llvm::all_of(names, [&](StringRef name) { return known->count(name); });
    dims.push_back(b.getStringAttr(computable ? dim.str() : "?"));
  }
  if (!dims.empty())
    list.set("dlc.dims", b.getArrayAttr(dims));
  return list.getDictionary(type.getContext());
}

DictionaryAttr orEmpty(DictionaryAttr attributes, MLIRContext *context) {
  return attributes ? attributes : DictionaryAttr::get(context);
}

struct LowerToLinalg : dlc::impl::NNLowerToLinalgBase<LowerToLinalg> {
  void runOnOperation() override {
    for (func::FuncOp func : llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>()))
      if (failed(lower(func)))
        return signalPassFailure();
  }

  LogicalResult lower(func::FuncOp func) {
    MLIRContext *context = &getContext();
    if (func.isExternal())
      return func.emitError("a function without a body cannot be compiled");
    OpBuilder b(func);
    auto lowered =
        func::FuncOp::create(b, func.getLoc(), func.getName(), FunctionType::get(context, {}, {}));
    Block *entry = lowered.addEntryBlock();
    b.setInsertionPointToStart(entry);
    Lowering lowering(b);
    lowering.loc = func.getLoc();

    // Symbols first (their types do not depend on anything), then tensors; in the signature tensors
    // come first.
    SmallVector<std::string> symbolNames;
    for (Type type : func.getArgumentTypes()) {
      if (!isa<RankedTensorType>(type))
        return func.emitError() << "argument of type " << type << "; tensors are expected";
      for (const Dim &dim : nn::dimsOf(type))
        dim.collectSymbols(symbolNames);
    }
    SmallVector<Type> types;
    SmallVector<DictionaryAttr> argumentAttrs, resultAttrs;
    llvm::StringMap<Value> known;
    for (auto [i, type] : llvm::enumerate(func.getArgumentTypes())) {
      types.push_back(lowering.typeOf(type));
      argumentAttrs.push_back(describe(orEmpty(func.getArgAttrDict(i), context), type, nullptr));
      entry->addArgument(types.back(), func.getArgument(i).getLoc());
    }
    for (const std::string &name : symbolNames) {
      types.push_back(b.getIndexType());
      argumentAttrs.push_back(
          b.getDictionaryAttr(b.getNamedAttr("dlc.symbol", b.getStringAttr(name))));
      Value value = entry->addArgument(types.back(), func.getLoc());
      lowering.define(name, value);
      known[name] = value;
    }
    for (auto [i, argument] : llvm::enumerate(func.getArguments()))
      lowering.set(argument, entry->getArgument(i));

    if (failed(lowering.lowerBlock(func.getBody().front())))
      return failure();

    SmallVector<Value> results;
    SmallVector<Type> resultTypes;
    Operation *terminator = func.getBody().front().getTerminator();
    for (auto [i, operand] : llvm::enumerate(terminator->getOperands())) {
      results.push_back(lowering.get(operand));
      resultTypes.push_back(results.back().getType());
      resultAttrs.push_back(
          describe(orEmpty(func.getResultAttrDict(i), context), operand.getType(), &known));
    }
    func::ReturnOp::create(b, terminator->getLoc(), results);
    lowered.setType(FunctionType::get(context, types, resultTypes));
    lowered.setAllArgAttrs(argumentAttrs);
    lowered.setAllResultAttrs(resultAttrs);
    lowered.setVisibility(func.getVisibility());

    if (func.getName() == "main")
      buildPlan(func, terminator->getOperandTypes(), symbolNames);
    func.erase();
    return success();
  }

  /// @plan: the dimensions of all results, flattened, from the symbols.
  void buildPlan(func::FuncOp func, TypeRange results, ArrayRef<std::string> symbolNames) {
    OpBuilder b(func);
    SmallVector<Type> arguments(symbolNames.size(), b.getIndexType());
    SmallVector<Dim> dims;
    for (Type type : results)
      llvm::append_range(dims, nn::dimsOf(type));
    auto plan = func::FuncOp::create(
        b, func.getLoc(), "plan",
        b.getFunctionType(arguments, SmallVector<Type>(dims.size(), b.getIndexType())));
    b.setInsertionPointToStart(plan.addEntryBlock());
    Lowering lowering(b);
    lowering.loc = func.getLoc();
    for (auto [i, name] : llvm::enumerate(symbolNames)) {
      lowering.define(name, plan.getArgument(i));
      plan.setArgAttr(i, "dlc.symbol", b.getStringAttr(name));
    }
    SmallVector<Value> values;
    for (const Dim &dim : dims) {
      SmallVector<std::string> names;
      dim.collectSymbols(names);
      bool computable = llvm::all_of(
          names, [&](StringRef name) { return llvm::is_contained(symbolNames, name); });
      values.push_back(lowering.sizeValue(computable ? dim : Dim(-1)));
    }
    func::ReturnOp::create(b, func.getLoc(), values);
  }
};
} // namespace
