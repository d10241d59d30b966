// host-abi: functions on memrefs become functions on the caller's arrays.
//
// Everything happens on a control-flow graph (scf is gone), so that a launch or an assertion can
// simply end its block with a branch to the exit. Addresses of launch operands are computed beside
// the launch, from the block that they lie in: almost always one `base + constant`.
#include "compiler/host/kernel_table.h"
#include "compiler/host/passes.h"
#include "compiler/kernels/memory.h"
#include "dialects/kernel/kernel.h"

#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "llvm/ADT/StringSwitch.h"

namespace dlc {
#define GEN_PASS_DEF_HOSTABI
#include "compiler/host/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
// Values of dlc_status in dlc/abi.h.
enum Status : int32_t { ErrorShape = 2, ErrorMemory = 4, ErrorIndex = 5, ErrorData = 6 };

/// What an assertion's message says: its kind, and the text for the user.
std::pair<Status, StringRef> splitMessage(StringRef message) {
  auto [kind, text] = message.split(": ");
  std::optional<Status> status = llvm::StringSwitch<std::optional<Status>>(kind)
                                     .Case("shape", ErrorShape)
                                     .Case("memory", ErrorMemory)
                                     .Case("index", ErrorIndex)
                                     .Case("data", ErrorData)
                                     .Default(std::nullopt);
  return status ? std::make_pair(*status, text) : std::make_pair(ErrorData, message);
}

/// Declarations of what generated code calls, and texts, one of each per module.
class Externals {
public:
  explicit Externals(ModuleOp module) : module(module), b(module.getContext()) {
    pointer = LLVM::LLVMPointerType::get(module.getContext());
    for (auto kernel : module.getOps<kernel::FuncOp>())
      kernels[kernel.getName()] = kernel;
  }

  LLVM::LLVMFuncOp function(StringRef name, Type result, ArrayRef<Type> arguments) {
    LLVM::LLVMFuncOp &func = functions[name];
    if (!func) {
      b.setInsertionPointToStart(module.getBody());
      func = LLVM::LLVMFuncOp::create(b, module.getLoc(), name,
                                      LLVM::LLVMFunctionType::get(result, arguments));
    }
    return func;
  }

  LLVM::GlobalOp text(StringRef value) {
    LLVM::GlobalOp &global = texts[value];
    if (!global) {
      std::string bytes = value.str();
      bytes.push_back('\0');
      auto type = LLVM::LLVMArrayType::get(b.getI8Type(), bytes.size());
      b.setInsertionPointToStart(module.getBody());
      global = LLVM::GlobalOp::create(
          b, module.getLoc(), type, /*isConstant=*/true, LLVM::Linkage::Private,
          ("dlc_text_" + Twine(texts.size())).str(), b.getStringAttr(bytes));
    }
    return global;
  }

  LLVM::LLVMPointerType pointer;
  llvm::StringMap<kernel::FuncOp> kernels; ///< by name: declarations will have the same names

private:
  ModuleOp module;
  OpBuilder b;
  llvm::StringMap<LLVM::GlobalOp> texts;
  llvm::StringMap<LLVM::LLVMFuncOp> functions;
};

/// Rewrites one function.
class Converter {
public:
  Converter(func::FuncOp func, Externals &externals)
      : func(func), externals(externals), types(func.getContext()), b(func.getContext()),
        pointer(externals.pointer), i32(b.getI32Type()), i64(b.getI64Type()) {}

  LogicalResult infer();
  LogicalResult plan();
  LogicalResult weights();

private:
  Location loc() { return func.getLoc(); }
  Value constant(Type type, int64_t value) {
    return LLVM::ConstantOp::create(b, loc(), type, b.getIntegerAttr(type, value));
  }
  Value toIndex(Value value) {
    return arith::IndexCastOp::create(b, loc(), b.getIndexType(), value);
  }
  Value toWord(Value value) { return arith::IndexCastOp::create(b, loc(), i64, value); }
  Value step(Value base, int64_t bytes) {
    if (bytes == 0)
      return base;
    return LLVM::GEPOp::create(b, loc(), pointer, b.getI8Type(), base,
                               ArrayRef<LLVM::GEPArg>{LLVM::GEPArg(int32_t(bytes))});
  }
  /// Element `position` of an array of pointers or words.
  Value element(Value array, int64_t position, Type type) {
    return LLVM::LoadOp::create(b, loc(), type, slot(array, position));
  }
  Value slot(Value array, int64_t position) { return step64(array, position * 8); }
  Value step64(Value base, int64_t bytes) {
    if (bytes == 0)
      return base;
    if (bytes < (1 << 28)) // what a constant index can hold
      return step(base, bytes);
    return LLVM::GEPOp::create(b, loc(), pointer, b.getI8Type(), base,
                               ArrayRef<LLVM::GEPArg>{LLVM::GEPArg(constant(i64, bytes))});
  }

  SmallVector<BlockArgument> begin(StringRef name, unsigned arguments);
  void finish();
  void bind(Value memref, Value address, ArrayRef<Value> dynamicSizes);
  Value descriptor(Value memref);
  Value address(Value memref);
  Value viewAddress(Value memref);
  void checkStatus(Value status);
  void failUnless(Value condition, Status status, StringRef message);
  LogicalResult lowerLaunch(kernel::LaunchOp launch);
  void lowerAlloc(memref::AllocOp alloc);
  void lowerDealloc(memref::DeallocOp dealloc);
  LogicalResult lowerBody();
  Block *exit();

  func::FuncOp func;
  Externals &externals;
  LLVMTypeConverter types;
  OpBuilder b;
  LLVM::LLVMPointerType pointer;
  Type i32, i64;
  Value run;                        ///< the run's state; null where there is none
  Value bufferArray, wordArray;     ///< scratch for the arguments of kernels
  DenseMap<Value, Value> addresses; ///< of what was bound
  Block *exitBlock = nullptr;       ///< returns its argument
};

/// Puts `arguments` pointers before the function's own arguments and returns the latter; finish()
/// removes them.
SmallVector<BlockArgument> Converter::begin(StringRef name, unsigned arguments) {
  SmallVector<BlockArgument> old(func.getArguments());
  Block &entry = func.front();
  for (unsigned i = 0; i < arguments; ++i)
    entry.insertArgument(i, pointer, loc());
  // Attributes describe the old arguments.
  func.removeArgAttrsAttr();
  func.removeResAttrsAttr();
  func.setName(name);
  func.setPrivate();
  func->setAttr("llvm.linkage", LLVM::LinkageAttr::get(func.getContext(), LLVM::Linkage::Internal));
  b.setInsertionPointToStart(&entry);
  return old;
}

void Converter::finish() {
  Block &entry = func.front();
  entry.eraseArguments([&](BlockArgument argument) { return argument.getType() != pointer; });
  func.setFunctionType(b.getFunctionType(entry.getArgumentTypes(), {i32}));
}

Block *Converter::exit() {
  if (!exitBlock) {
    OpBuilder::InsertionGuard guard(b);
    exitBlock = b.createBlock(&func.getBody(), func.getBody().end(), {i32}, {loc()});
    func::ReturnOp::create(b, loc(), exitBlock->getArgument(0));
  }
  return exitBlock;
}

/// Replaces a memref by one at `address`, dense.
void Converter::bind(Value memref, Value address, ArrayRef<Value> dynamicSizes) {
  auto type = cast<MemRefType>(memref.getType());
  MemRefDescriptor result = MemRefDescriptor::poison(b, loc(), types.convertType(type));
  result.setAllocatedPtr(b, loc(), address);
  result.setAlignedPtr(b, loc(), address);
  result.setConstantOffset(b, loc(), 0);
  Value stride = constant(i64, 1);
  SmallVector<Value> sizes;
  for (unsigned dim = 0, position = 0; dim < type.getRank(); ++dim)
    sizes.push_back(type.isDynamicDim(dim) ? dynamicSizes[position++]
                                           : constant(i64, type.getDimSize(dim)));
  for (int64_t dim = type.getRank() - 1; dim >= 0; --dim) {
    result.setSize(b, loc(), dim, sizes[dim]);
    result.setStride(b, loc(), dim, stride);
    stride = LLVM::MulOp::create(b, loc(), stride, sizes[dim]);
  }
  Value bound = UnrealizedConversionCastOp::create(b, loc(), type, Value(result)).getResult(0);
  memref.replaceAllUsesWith(bound);
  addresses[bound] = address;
}

Value Converter::descriptor(Value memref) {
  Type type = types.convertType(memref.getType());
  return UnrealizedConversionCastOp::create(b, loc(), type, memref).getResult(0);
}

/// The address of the first element, computed at the insertion point. Views at fixed offsets are
/// looked through.
Value Converter::address(Value memref) {
  if (Value known = viewAddress(memref))
    return known;
  auto type = cast<MemRefType>(memref.getType());
  MemRefDescriptor parts(descriptor(memref));
  Value aligned = parts.alignedPtr(b, loc());
  return LLVM::GEPOp::create(b, loc(), pointer, types.convertType(type.getElementType()), aligned,
                             ArrayRef<LLVM::GEPArg>{LLVM::GEPArg(parts.offset(b, loc()))});
}

Value Converter::viewAddress(Value memref) {
  if (Value known = addresses.lookup(memref))
    return known;
  Operation *def = memref.getDefiningOp();
  if (!def)
    return nullptr;
  if (auto view = dyn_cast<memref::ViewOp>(def)) {
    Value base = viewAddress(view.getSource());
    if (!base)
      return nullptr;
    if (auto shift = getConstantIntValue(OpFoldResult(view.getByteShift())))
      return step64(base, *shift);
    return LLVM::GEPOp::create(b, loc(), pointer, b.getI8Type(), base,
                               ArrayRef<LLVM::GEPArg>{LLVM::GEPArg(toWord(view.getByteShift()))});
  }
  if (auto slice = dyn_cast<memref::SubViewOp>(def)) {
    auto type = slice.getSourceType();
    SmallVector<int64_t> strides;
    int64_t sourceOffset;
    if (failed(type.getStridesAndOffset(strides, sourceOffset)))
      return nullptr;
    int64_t offset = 0;
    for (auto [position, stride] : llvm::zip(slice.getStaticOffsets(), strides)) {
      if (position == 0)
        continue;
      if (ShapedType::isDynamic(position) || ShapedType::isDynamic(stride))
        return nullptr;
      offset += position * stride;
    }
    Value base = viewAddress(slice.getSource());
    return base ? step64(base, offset * elementBytes(type.getElementType())) : nullptr;
  }
  if (isa<memref::ExpandShapeOp, memref::CollapseShapeOp, memref::CastOp>(def) &&
      isa<MemRefType>(def->getOperand(0).getType()))
    return viewAddress(def->getOperand(0));
  return nullptr;
}

/// Ends the block after the insertion point: goes on if `status` is 0, else returns it.
void Converter::checkStatus(Value status) {
  Block *block = b.getInsertionBlock();
  Block *next = block->splitBlock(b.getInsertionPoint());
  b.setInsertionPointToEnd(block);
  Value good = arith::CmpIOp::create(b, loc(), arith::CmpIPredicate::eq, status,
                                     arith::ConstantOp::create(b, loc(), b.getI32IntegerAttr(0)));
  cf::CondBranchOp::create(b, loc(), good, next, ValueRange(), exit(), ValueRange(status));
  b.setInsertionPointToStart(next);
}

void Converter::failUnless(Value condition, Status status, StringRef message) {
  Block *block = b.getInsertionBlock();
  Block *next = block->splitBlock(b.getInsertionPoint());
  Block *bad = b.createBlock(exit());
  Value result = constant(i32, status);
  if (run) {
    auto fail = externals.function("dlc_rt_fail", i32, {pointer, i32, pointer});
    Value text = LLVM::AddressOfOp::create(b, loc(), externals.text(message));
    result = LLVM::CallOp::create(b, loc(), fail, ValueRange{run, result, text}).getResult();
  }
  cf::BranchOp::create(b, loc(), exit(), ValueRange(result));
  b.setInsertionPointToEnd(block);
  cf::CondBranchOp::create(b, loc(), condition, next, bad);
  b.setInsertionPointToStart(next);
}

LogicalResult Converter::lowerLaunch(kernel::LaunchOp launch) {
  kernel::FuncOp callee = externals.kernels.lookup(launch.getCallee());
  if (!callee || !callee.isSpecialized())
    return launch.emitError("launches a kernel that has no memory form");
  b.setInsertionPoint(launch);
  SmallVector<Value> buffers(launch.getIns());
  if (launch.getReadsOuts() && callee.getNumArguments() - callee.getIndexArguments().size() ==
                                   launch.getIns().size() + 2 * launch.getOuts().size())
    buffers.append(launch.getOuts().begin(), launch.getOuts().end());
  buffers.append(launch.getOuts().begin(), launch.getOuts().end());

  // An empty result needs no kernel: backends never see one.
  Value empty;
  for (Value out : launch.getOuts()) {
    auto type = cast<MemRefType>(out.getType());
    Value elements = constant(i64, 1);
    bool known = true;
    for (int64_t dim = 0; dim < type.getRank(); ++dim) {
      if (type.isDynamicDim(dim)) {
        elements = LLVM::MulOp::create(b, loc(), elements,
                                       toWord(memref::DimOp::create(b, loc(), out, dim)));
        known = false;
      } else if (type.getDimSize(dim) == 0) {
        elements = constant(i64, 0);
        known = false;
        break;
      }
    }
    if (known) {
      empty = nullptr;
      break;
    }
    Value none =
        LLVM::ICmpOp::create(b, loc(), LLVM::ICmpPredicate::eq, elements, constant(i64, 0));
    empty = empty ? LLVM::AndOp::create(b, loc(), empty, none).getResult() : none;
  }
  Block *after = nullptr;
  if (empty) {
    Block *block = launch->getBlock();
    Block *call = block->splitBlock(launch);
    after = call->splitBlock(std::next(launch->getIterator()));
    b.setInsertionPointToEnd(block);
    cf::CondBranchOp::create(b, loc(), empty, after, call);
    b.setInsertionPointToEnd(call);
    cf::BranchOp::create(b, loc(), after);
    b.setInsertionPoint(launch);
  }

  for (auto [i, buffer] : llvm::enumerate(buffers))
    LLVM::StoreOp::create(b, loc(), address(buffer), slot(bufferArray, i));
  SmallVector<Value> words;
  for (Value size : launch.getSizes())
    words.push_back(toWord(size));
  for (auto [i, buffer] : llvm::enumerate(buffers)) {
    auto type = cast<MemRefType>(callee.getArgumentTypes()[i]);
    SmallVector<int64_t> strides;
    int64_t offset;
    if (type.getLayout().isIdentity() || failed(type.getStridesAndOffset(strides, offset)))
      continue; // strides follow from the extents
    for (auto [dim, stride] : llvm::enumerate(strides))
      if (ShapedType::isDynamic(stride))
        words.push_back(MemRefDescriptor(descriptor(buffer)).stride(b, loc(), dim));
  }
  for (auto [i, word] : llvm::enumerate(words))
    LLVM::StoreOp::create(b, loc(), word, slot(wordArray, i));

  auto kernel = externals.function(callee.getName(), i32, {pointer, pointer});
  auto number = launch->getAttrOfType<IntegerAttr>(kLaunchAttr);
  Value status;
  if (run && number) {
    auto call = externals.function("dlc_rt_launch", i32, {pointer, pointer, pointer, pointer, i32});
    Value code = LLVM::AddressOfOp::create(b, loc(), kernel);
    status = LLVM::CallOp::create(
                 b, loc(), call,
                 ValueRange{bufferArray, wordArray, code, run, constant(i32, number.getInt())})
                 .getResult();
  } else {
    status = LLVM::CallOp::create(b, loc(), kernel, ValueRange{bufferArray, wordArray}).getResult();
  }
  checkStatus(status);
  launch.erase();
  return success();
}

/// Sizes come from the data: they are checked in floating point, where nothing overflows.
void Converter::lowerAlloc(memref::AllocOp alloc) {
  b.setInsertionPoint(alloc);
  MemRefType type = alloc.getType();
  int64_t fixed = elementBytes(type.getElementType());
  for (int64_t dim : type.getShape())
    if (!ShapedType::isDynamic(dim))
      fixed *= dim;
  Value bytes = constant(i64, fixed);
  Value estimate = arith::ConstantOp::create(b, loc(), b.getF64FloatAttr(double(fixed)));
  Value good;
  SmallVector<Value> sizes;
  for (Value size : alloc.getDynamicSizes()) {
    Value word = toWord(size);
    sizes.push_back(word);
    bytes = LLVM::MulOp::create(b, loc(), bytes, word);
    estimate = arith::MulFOp::create(b, loc(), estimate,
                                     arith::SIToFPOp::create(b, loc(), b.getF64Type(), word));
    Value sane = LLVM::ICmpOp::create(b, loc(), LLVM::ICmpPredicate::sge, word, constant(i64, 0));
    good = good ? LLVM::AndOp::create(b, loc(), good, sane).getResult() : sane;
  }
  if (good) {
    Value small = arith::CmpFOp::create(
        b, loc(), arith::CmpFPredicate::OLE, estimate,
        arith::ConstantOp::create(b, loc(), b.getF64FloatAttr(double(int64_t(1) << 50))));
    good = LLVM::AndOp::create(b, loc(), good, small);
    bytes = LLVM::SelectOp::create(b, loc(), good, bytes, constant(i64, -1));
  }
  auto function = externals.function("dlc_rt_alloc", pointer, {pointer, i64});
  Value address = LLVM::CallOp::create(b, loc(), function, ValueRange{run, bytes}).getResult();
  Value found = LLVM::ICmpOp::create(b, loc(), LLVM::ICmpPredicate::ne, address,
                                     LLVM::ZeroOp::create(b, loc(), pointer));
  failUnless(found, ErrorMemory, "not enough memory for a result whose size depends on the data");
  bind(alloc, address, sizes);
  alloc.erase();
}

void Converter::lowerDealloc(memref::DeallocOp dealloc) {
  b.setInsertionPoint(dealloc);
  auto function = externals.function("dlc_rt_free", LLVM::LLVMVoidType::get(func.getContext()),
                                     {pointer, pointer});
  Value block = MemRefDescriptor(descriptor(dealloc.getMemref())).allocatedPtr(b, loc());
  LLVM::CallOp::create(b, loc(), function, ValueRange{run, block});
  dealloc.erase();
}

LogicalResult Converter::lowerBody() {
  SmallVector<Operation *> ops;
  int64_t buffers = 0, words = 0;
  WalkResult walked = func.walk([&](Operation *op) -> WalkResult {
    if (auto launch = dyn_cast<kernel::LaunchOp>(op)) {
      int64_t count = launch.getIns().size() + 2 * launch.getOuts().size(), rank = 0;
      for (Value operand : launch->getOperands())
        if (auto type = dyn_cast<MemRefType>(operand.getType()))
          rank += type.getRank();
      buffers = std::max(buffers, count);
      words = std::max<int64_t>(words, launch.getSizes().size() + 2 * rank);
    }
    if (isa<memref::AllocaOp>(op)) {
      op->emitError("stack allocation in host code");
      return WalkResult::interrupt();
    }
    if (isa<kernel::LaunchOp, cf::AssertOp, memref::AllocOp, memref::DeallocOp>(op))
      ops.push_back(op);
    return WalkResult::advance();
  });
  if (walked.wasInterrupted())
    return failure();
  if (buffers > 0) {
    b.setInsertionPointToStart(&func.front());
    bufferArray = LLVM::AllocaOp::create(b, loc(), pointer, pointer, constant(i32, buffers));
    wordArray =
        LLVM::AllocaOp::create(b, loc(), pointer, i64, constant(i32, std::max<int64_t>(words, 1)));
  }
  for (Operation *op : ops) {
    if (auto launch = dyn_cast<kernel::LaunchOp>(op)) {
      if (failed(lowerLaunch(launch)))
        return failure();
    } else if (auto check = dyn_cast<cf::AssertOp>(op)) {
      b.setInsertionPoint(check);
      auto [status, text] = splitMessage(check.getMsg());
      failUnless(check.getArg(), status, text);
      check.erase();
    } else if (auto alloc = dyn_cast<memref::AllocOp>(op)) {
      lowerAlloc(alloc);
    } else {
      lowerDealloc(cast<memref::DeallocOp>(op));
    }
  }
  return success();
}

LogicalResult Converter::infer() {
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
  SmallVector<func::ReturnOp> returns;
  func.walk([&](func::ReturnOp ret) {
    if (ret->getBlock() != exitBlock)
      returns.push_back(ret);
  });
  for (func::ReturnOp ret : returns) {
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
    cf::BranchOp::create(b, loc(), exit(), constant(i32, 0));
    ret.erase();
  }
  finish();
  return success();
}

LogicalResult Converter::plan() {
  SmallVector<BlockArgument> old = begin("dlc_plan", 3);
  for (auto [i, argument] : llvm::enumerate(old))
    argument.replaceAllUsesWith(toIndex(element(func.getArgument(0), i, i64)));
  if (failed(lowerBody()))
    return failure();
  SmallVector<func::ReturnOp> returns;
  func.walk([&](func::ReturnOp ret) {
    if (ret->getBlock() != exitBlock)
      returns.push_back(ret);
  });
  for (func::ReturnOp ret : returns) {
    b.setInsertionPoint(ret);
    unsigned dims = ret.getNumOperands() - 1;
    for (unsigned i = 0; i < dims; ++i)
      LLVM::StoreOp::create(b, loc(), toWord(ret.getOperand(i)), slot(func.getArgument(1), i));
    LLVM::StoreOp::create(b, loc(), toWord(ret.getOperand(dims)), func.getArgument(2));
    cf::BranchOp::create(b, loc(), exit(), constant(i32, 0));
    ret.erase();
  }
  finish();
  return success();
}

LogicalResult Converter::weights() {
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
  SmallVector<func::ReturnOp> returns;
  func.walk([&](func::ReturnOp ret) {
    if (ret->getBlock() != exitBlock)
      returns.push_back(ret);
  });
  for (func::ReturnOp ret : returns) {
    b.setInsertionPoint(ret);
    cf::BranchOp::create(b, loc(), exit(), constant(i32, 0));
    ret.erase();
  }
  finish();
  return success();
}

struct HostAbiPass : dlc::impl::HostAbiBase<HostAbiPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    Externals externals(module);
    bool good = true;
    if (auto func = module.lookupSymbol<func::FuncOp>(kMainFunc))
      good &= succeeded(Converter(func, externals).infer());
    if (auto func = module.lookupSymbol<func::FuncOp>(kPlanFunc))
      good &= succeeded(Converter(func, externals).plan());
    if (auto func = module.lookupSymbol<func::FuncOp>(kWeightsFunc))
      good &= succeeded(Converter(func, externals).weights());
    for (auto kernel : llvm::make_early_inc_range(module.getOps<kernel::FuncOp>()))
      kernel.erase();
    if (!good)
      signalPassFailure();
  }
};
} // namespace
