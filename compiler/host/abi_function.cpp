// See abi_function.h: the bodies of functions.
#include "compiler/host/abi_function.h"
#include "compiler/host/kernel_table.h"
#include "compiler/kernels/memory.h"

#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace dlc;

/// What an assertion's message says: its kind, and the text for the user.
static std::pair<Status, StringRef> splitMessage(StringRef message) {
  auto [kind, text] = message.split(": ");
  std::optional<Status> status = llvm::StringSwitch<std::optional<Status>>(kind)
                                     .Case("shape", ErrorShape)
                                     .Case("memory", ErrorMemory)
                                     .Case("index", ErrorIndex)
                                     .Case("data", ErrorData)
                                     .Default(std::nullopt);
  return status ? std::make_pair(*status, text) : std::make_pair(ErrorData, message);
}

//===-- Externals --===//

Externals::Externals(ModuleOp module) : module(module), b(module.getContext()) {
  pointer = LLVM::LLVMPointerType::get(module.getContext());
  for (auto kernel : module.getOps<kernel::FuncOp>())
    kernels[kernel.getName()] = kernel;
}

LLVM::LLVMFuncOp Externals::function(StringRef name, Type result, ArrayRef<Type> arguments) {
  LLVM::LLVMFuncOp &func = functions[name];
  if (!func) {
    b.setInsertionPointToStart(module.getBody());
    func = LLVM::LLVMFuncOp::create(b, module.getLoc(), name,
                                    LLVM::LLVMFunctionType::get(result, arguments));
  }
  return func;
}

LLVM::GlobalOp Externals::text(StringRef value) {
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

//===-- Bodies --===//

SmallVector<BlockArgument> AbiFunction::begin(StringRef name, unsigned arguments) {
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

SmallVector<func::ReturnOp> AbiFunction::returns() {
  SmallVector<func::ReturnOp> found;
  func.walk([&](func::ReturnOp ret) {
    if (ret->getBlock() != exitBlock)
      found.push_back(ret);
  });
  return found;
}

void AbiFunction::succeed(func::ReturnOp ret) {
  b.setInsertionPoint(ret);
  cf::BranchOp::create(b, loc(), exit(), constant(i32, 0));
  ret.erase();
}

void AbiFunction::finish() {
  Block &entry = func.front();
  entry.eraseArguments([&](BlockArgument argument) { return argument.getType() != pointer; });
  func.setFunctionType(b.getFunctionType(entry.getArgumentTypes(), {i32}));
}

Block *AbiFunction::exit() {
  if (!exitBlock) {
    OpBuilder::InsertionGuard guard(b);
    exitBlock = b.createBlock(&func.getBody(), func.getBody().end(), {i32}, {loc()});
    func::ReturnOp::create(b, loc(), exitBlock->getArgument(0));
  }
  return exitBlock;
}

void AbiFunction::bind(Value memref, Value address, ArrayRef<Value> dynamicSizes) {
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

Value AbiFunction::descriptor(Value memref) {
  Type type = types.convertType(memref.getType());
  return UnrealizedConversionCastOp::create(b, loc(), type, memref).getResult(0);
}

Value AbiFunction::address(Value memref) {
  if (Value known = viewAddress(memref))
    return known;
  auto type = cast<MemRefType>(memref.getType());
  MemRefDescriptor parts(descriptor(memref));
  Value aligned = parts.alignedPtr(b, loc());
  return LLVM::GEPOp::create(b, loc(), pointer, types.convertType(type.getElementType()), aligned,
                             ArrayRef<LLVM::GEPArg>{LLVM::GEPArg(parts.offset(b, loc()))});
}

Value AbiFunction::viewAddress(Value memref) {
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

void AbiFunction::checkStatus(Value status) {
  Block *block = b.getInsertionBlock();
  Block *next = block->splitBlock(b.getInsertionPoint());
  b.setInsertionPointToEnd(block);
  Value good = arith::CmpIOp::create(b, loc(), arith::CmpIPredicate::eq, status,
                                     arith::ConstantOp::create(b, loc(), b.getI32IntegerAttr(0)));
  cf::CondBranchOp::create(b, loc(), good, next, ValueRange(), exit(), ValueRange(status));
  b.setInsertionPointToStart(next);
}

void AbiFunction::failUnless(Value condition, Status status, StringRef message) {
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

LogicalResult AbiFunction::lowerLaunch(kernel::LaunchOp launch) {
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
void AbiFunction::lowerAlloc(memref::AllocOp alloc) {
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

void AbiFunction::lowerDealloc(memref::DeallocOp dealloc) {
  b.setInsertionPoint(dealloc);
  auto function = externals.function("dlc_rt_free", LLVM::LLVMVoidType::get(func.getContext()),
                                     {pointer, pointer});
  Value block = MemRefDescriptor(descriptor(dealloc.getMemref())).allocatedPtr(b, loc());
  LLVM::CallOp::create(b, loc(), function, ValueRange{run, block});
  dealloc.erase();
}

LogicalResult AbiFunction::lowerBody() {
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
