// host-abi: functions on memrefs become functions on the caller's arrays. The entry points of a
// model; their bodies are abi_function.cpp's.
#include "compiler/host/abi_function.h"
#include "compiler/host/passes.h"
#include "compiler/kernels/memory.h"

#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"

namespace dlc {
#define GEN_PASS_DEF_HOSTABI
#include "compiler/host/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

LogicalResult AbiFunction::infer() {
  SmallVector<DictionaryAttr> attrs, resultAttrs;
  func.getAllArgAttrs(attrs);
  func.getAllResultAttrs(resultAttrs);
  SmallVector<BlockArgument> old = begin("dlc_infer", 5);
  run = func.getArgument(0);
  Value buffers = func.getArgument(1), symbols = func.getArgument(2);
  auto marked = [&](size_t i, StringRef name) { return attrs[i] && attrs[i].contains(name); };

  // Symbols first: dimensions of inputs are among them.
  llvm::StringMap<Value> symbolOf;
  int64_t symbolCount = 0, inputCount = 0;
  for (auto [i, argument] : llvm::enumerate(old))
    if (argument.getType().isIndex()) {
      Value word = element(symbols, symbolCount++, i64);
      if (marked(i, kSymbolAttr))
        symbolOf[cast<StringAttr>(attrs[i].get(kSymbolAttr)).getValue()] = word;
      argument.replaceAllUsesWith(toIndex(word));
    }
  for (auto [i, argument] : llvm::enumerate(old)) {
    auto type = dyn_cast<MemRefType>(argument.getType());
    if (!type)
      continue;
    SmallVector<Value> sizes(type.getNumDynamicDims());
    Value address;
    if (marked(i, kWeightsBaseAttr)) {
      address = func.getArgument(4);
    } else if (marked(i, kArenaAttr)) {
      address = func.getArgument(3);
    } else if (!marked(i, kOutputAttr)) {
      address = element(buffers, inputCount++, pointer);
      auto dims = attrs[i] ? attrs[i].getAs<ArrayAttr>(kDimsAttr) : nullptr;
      for (size_t dim = 0; dim < sizes.size(); ++dim) {
        Value size = dims && dim < dims.size()
                         ? symbolOf.lookup(cast<StringAttr>(dims[dim]).getValue())
                         : nullptr;
        if (!size)
          return func.emitError() << "input " << inputCount - 1
                                  << " has a dynamic dimension that no symbol names";
        sizes[dim] = size;
      }
    }
    if (!address)
      continue;
    for (Value &size : sizes) // the extent of a block is never asked
      if (!size)
        size = LLVM::PoisonOp::create(b, loc(), i64);
    bind(argument, address, sizes);
  }
  for (auto [i, argument] : llvm::enumerate(old))
    if (marked(i, kOutputAttr)) {
      int64_t output = cast<IntegerAttr>(attrs[i].get(kOutputAttr)).getInt();
      bind(argument, element(buffers, inputCount + output, pointer),
           {LLVM::PoisonOp::create(b, loc(), i64)});
    }

  if (failed(lowerBody()))
    return failure();
  for (func::ReturnOp ret : returns()) {
    b.setInsertionPoint(ret);
    for (auto [i, result] : llvm::enumerate(SmallVector<Value>(ret.getOperands()))) {
      auto type = dyn_cast<MemRefType>(result.getType());
      auto position = resultAttrs[i] ? resultAttrs[i].getAs<IntegerAttr>(kOutputAttr) : nullptr;
      if (!type || !position)
        return ret.emitError("has a result that is not an output");
      auto deliver = externals.function("dlc_rt_output", i32, {pointer, i32, pointer, pointer});
      MemRefDescriptor parts(descriptor(result));
      Value dims;
      {
        OpBuilder::InsertionGuard guard(b);
        b.setInsertionPointToStart(&func.front());
        dims = LLVM::AllocaOp::create(b, loc(), pointer, i64,
                                      constant(i32, std::max<int64_t>(type.getRank(), 1)));
      }
      for (int64_t dim = 0; dim < type.getRank(); ++dim)
        LLVM::StoreOp::create(b, loc(), parts.size(b, loc(), dim), slot(dims, dim));
      Value status = LLVM::CallOp::create(
                         b, loc(), deliver,
                         ValueRange{run, constant(i32, position.getInt()), address(result), dims})
                         .getResult();
      checkStatus(status);
      b.setInsertionPoint(ret);
    }
    succeed(ret);
  }
  finish();
  return success();
}

LogicalResult AbiFunction::plan() {
  SmallVector<BlockArgument> old = begin("dlc_plan", 3);
  for (auto [i, argument] : llvm::enumerate(old))
    argument.replaceAllUsesWith(toIndex(element(func.getArgument(0), i, i64)));
  if (failed(lowerBody()))
    return failure();
  for (func::ReturnOp ret : returns()) {
    b.setInsertionPoint(ret);
    unsigned dims = ret.getNumOperands() - 1;
    for (unsigned i = 0; i < dims; ++i)
      LLVM::StoreOp::create(b, loc(), toWord(ret.getOperand(i)), slot(func.getArgument(1), i));
    LLVM::StoreOp::create(b, loc(), toWord(ret.getOperand(dims)), func.getArgument(2));
    succeed(ret);
  }
  finish();
  return success();
}

LogicalResult AbiFunction::weights() {
  SmallVector<DictionaryAttr> attrs;
  func.getAllArgAttrs(attrs);
  SmallVector<BlockArgument> old = begin("dlc_make_weights", 4);
  func.setPublic();
  func->removeAttr("llvm.linkage");
  run = func.getArgument(0);
  int64_t raws = 0;
  for (auto [i, argument] : llvm::enumerate(old)) {
    if (attrs[i] && attrs[i].contains(kWeightKeyAttr)) {
      bind(argument, element(func.getArgument(1), raws++, pointer), {});
    } else if (auto offset = attrs[i] ? attrs[i].getAs<IntegerAttr>(kWeightOffsetAttr) : nullptr) {
      bind(argument, step64(func.getArgument(2), offset.getInt()),
           {LLVM::PoisonOp::create(b, loc(), i64)});
    } else {
      bind(argument, func.getArgument(3), {LLVM::PoisonOp::create(b, loc(), i64)});
    }
  }
  if (failed(lowerBody()))
    return failure();
  for (func::ReturnOp ret : returns())
    succeed(ret);
  finish();
  return success();
}

namespace {
struct HostAbiPass : dlc::impl::HostAbiBase<HostAbiPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    Externals externals(module);
    bool good = true;
    if (auto func = module.lookupSymbol<func::FuncOp>(kMainFunc))
      good &= succeeded(AbiFunction(func, externals).infer());
    if (auto func = module.lookupSymbol<func::FuncOp>(kPlanFunc))
      good &= succeeded(AbiFunction(func, externals).plan());
    if (auto func = module.lookupSymbol<func::FuncOp>(kWeightsFunc))
      good &= succeeded(AbiFunction(func, externals).weights());
    for (auto kernel : llvm::make_early_inc_range(module.getOps<kernel::FuncOp>()))
      kernel.erase();
    if (!good)
      signalPassFailure();
  }
};
} // namespace
