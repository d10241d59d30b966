// A specialised kernel.func becomes a func.func on memrefs, is bufferised and turned into loops by
// upstream passes, and gets the uniform entry point `int32_t name(void *const *buffers, const
// int64_t *dims)` just before the LLVM dialect.
//
// Temporaries come from halide_malloc / halide_free of the runtime; where there is no memory the
// kernel returns DLC_ERROR_MEMORY.
#include "compiler/codegen/loops/loops.h"

#include "compiler/codegen/llvm/expand_views.h"

#include "runtime/include/dlc/abi.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/MathToFuncs/MathToFuncs.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MathToLibm/MathToLibm.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/Pipelines/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace dlc;

//===-- kernel.func to func.func on memrefs --------------------------------------------------===//

static OwningOpRef<ModuleOp> moduleWithFunction(kernel::FuncOp kernel) {
  Location loc = kernel.getLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  OpBuilder builder(module->getBodyRegion());
  auto type = builder.getFunctionType(kernel.getArgumentTypes(), {});
  auto function = func::FuncOp::create(builder, loc, kernel.getSymName(), type);
  IRMapping mapping;
  kernel.getBody().cloneInto(&function.getBody(), mapping);
  function.walk([](kernel::ReturnOp op) {
    OpBuilder at(op);
    func::ReturnOp::create(at, op.getLoc());
    op.erase();
  });
  return module;
}

/// Frees each buffer of the entry block at its end: kernels are straight-line code, so nothing else
/// is needed. False where a buffer is made inside a nested region.
static bool freeAtEnd(func::FuncOp function) {
  SmallVector<memref::AllocOp> buffers;
  bool nested = false;
  function.walk([&](memref::AllocOp op) {
    nested |= op->getParentOp() != function;
    buffers.push_back(op);
  });
  if (nested || !function.getBody().hasOneBlock())
    return false;
  OpBuilder builder(function.getBody().front().getTerminator());
  for (memref::AllocOp op : buffers)
    memref::DeallocOp::create(builder, op.getLoc(), op.getResult());
  return true;
}

static void addMathPasses(OpPassManager &pm) {
  arith::ArithEmulateUnsupportedFloatsOptions emulate;
  emulate.sourceTypeStrs = {"bf16", "f16"};
  emulate.targetTypeStr = "f32";
  math::MathExtendToSupportedTypesOptions extend;
  arith::ArithExpandOpsPassOptions expand;
  expand.includeBf16 = true;
  pm.addPass(math::createMathExtendToSupportedTypes(extend));
  pm.addPass(arith::createArithEmulateUnsupportedFloats(emulate));
  pm.addPass(arith::createArithExpandOpsPass(expand));
  pm.addPass(createConvertMathToFuncs());
}

static LogicalResult lowerToLoops(ModuleOp module) {
  {
    PassManager pm(module.getContext());
    pm.addPass(bufferization::createEmptyTensorEliminationPass());
    pm.addPass(bufferization::createOneShotBufferizePass());
    pm.addPass(createCSEPass());
    pm.addPass(createCanonicalizerPass());
    if (failed(pm.run(module)))
      return failure();
  }
  PassManager pm(module.getContext());
  auto function = *module.getOps<func::FuncOp>().begin();
  if (!freeAtEnd(function))
    bufferization::buildBufferDeallocationPipeline(
        pm, bufferization::BufferDeallocationPipelineOptions());
  pm.addNestedPass<func::FuncOp>(createConvertLinalgToLoopsPass());
  pm.addPass(createExpandViewsPass());
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  addMathPasses(pm);
  pm.addPass(createSCFToControlFlowPass());
  return pm.run(module);
}

//===-- The entry point ----------------------------------------------------------------------===//

static Value loadWord(OpBuilder &builder, Location loc, Value base, int64_t index, Type type) {
  Value address = LLVM::GEPOp::create(builder, loc, base.getType(), type, base,
                                      ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(index)});
  return LLVM::LoadOp::create(builder, loc, type, address, /*alignment=*/8);
}

namespace {
/// Replaces a function's arguments by (buffers, dims) and makes the memrefs anew from them.
class EntryBuilder {
public:
  EntryBuilder(kernel::FuncOp kernel, func::FuncOp function)
      : kernel(kernel), function(function), builder(function.getContext()), loc(function.getLoc()),
        word(builder.getI64Type()), pointer(LLVM::LLVMPointerType::get(function.getContext())) {}

  void run() {
    Block &entry = function.getBody().front();
    unsigned count = entry.getNumArguments();
    buffers = entry.addArgument(pointer, loc);
    dims = entry.addArgument(pointer, loc);
    builder.setInsertionPointToStart(&entry);
    for (unsigned i = 0; i < count; ++i)
      if (entry.getArgument(i).getType().isIndex())
        indices.push_back(loadWord(builder, loc, dims, indices.size(), word));
    int64_t nextIndex = 0, nextBuffer = 0;
    nextStride = indices.size();
    for (unsigned i = 0; i < count; ++i) {
      BlockArgument argument = entry.getArgument(i);
      Value value = argument.getType().isIndex()
                        ? indices[nextIndex++]
                        : descriptor(i, cast<MemRefType>(argument.getType()), nextBuffer++);
      argument.replaceAllUsesWith(cast(value, argument.getType()));
    }
    entry.eraseArguments(0, count);
    function.removeArgAttrsAttr();
    function.setFunctionType(builder.getFunctionType({pointer, pointer}, {builder.getI32Type()}));
    function.setPublic();
    function.walk([&](func::ReturnOp op) {
      builder.setInsertionPoint(op);
      Value ok = LLVM::ConstantOp::create(builder, loc, builder.getI32Type(), 0);
      func::ReturnOp::create(builder, loc, ok);
      op.erase();
    });
  }

private:
  Value cast(Value value, Type type) {
    return UnrealizedConversionCastOp::create(builder, loc, type, value).getResult(0);
  }
  template <typename T> static T cast(Type type) { return llvm::cast<T>(type); }
  Value constant(int64_t value) { return LLVM::ConstantOp::create(builder, loc, word, value); }

  /// The struct {allocated, aligned, offset, [sizes], [strides]} of argument `i`. The buffer points
  /// at the first element, so a static offset in the type is taken off the base.
  Value descriptor(unsigned i, MemRefType type, int64_t buffer) {
    auto [strides, offset] = type.getStridesAndOffset();
    if (ShapedType::isDynamic(offset))
      offset = 0;
    Value base = loadWord(builder, loc, buffers, buffer, pointer);
    int64_t rank = type.getRank();
    SmallVector<Type> fields = {pointer, pointer, word};
    if (rank)
      fields.append(2, LLVM::LLVMArrayType::get(word, rank));
    Value result = LLVM::PoisonOp::create(
        builder, loc, LLVM::LLVMStructType::getLiteral(builder.getContext(), fields));
    auto insert = [&](Value value, ArrayRef<int64_t> position) {
      result = LLVM::InsertValueOp::create(builder, loc, result, value, position);
    };
    if (offset) {
      Type element = LLVMElement(type.getElementType());
      base = LLVM::GEPOp::create(builder, loc, pointer, element, base,
                                 ArrayRef<LLVM::GEPArg>{static_cast<int32_t>(-offset)});
    }
    insert(base, 0);
    insert(base, 1);
    insert(constant(offset), 2);
    auto extents = kernel.getArgAttrOfType<DenseI64ArrayAttr>(i, kernel::kExtentsAttr);
    int64_t dynamic = 0;
    for (int64_t d = 0; d < rank; ++d) {
      bool isStatic = !type.isDynamicDim(d);
      insert(isStatic ? constant(type.getDimSize(d)) : indices[extents[dynamic++]], {3, d});
    }
    for (int64_t d = 0; d < rank; ++d) {
      bool isStatic = !ShapedType::isDynamic(strides[d]);
      // An identity layout has dynamic strides that follow from the extents.
      Value stride = isStatic ? constant(strides[d])
                     : type.getLayout().isIdentity()
                         ? identityStride(result, type, d)
                         : loadWord(builder, loc, dims, nextStride++, word);
      insert(stride, {4, d});
    }
    return UnrealizedConversionCastOp::create(builder, loc, type, result).getResult(0);
  }

  Value identityStride(Value descriptor, MemRefType type, int64_t d) {
    Value stride = constant(1);
    for (int64_t inner = type.getRank() - 1; inner > d; --inner) {
      Value extent =
          LLVM::ExtractValueOp::create(builder, loc, descriptor, ArrayRef<int64_t>{3, inner});
      stride = LLVM::MulOp::create(builder, loc, stride, extent);
    }
    return stride;
  }

  Type LLVMElement(Type element) { return element.isIndex() ? Type(word) : element; }

  kernel::FuncOp kernel;
  func::FuncOp function;
  OpBuilder builder;
  Location loc;
  Type word, pointer;
  Value buffers, dims;
  SmallVector<Value> indices;
  int64_t nextStride = 0;
};
} // namespace

//===-- To LLVM ------------------------------------------------------------------------------===//

/// malloc and free become the runtime's, which know the context's memory; a null block ends the
/// kernel.
static void useRuntimeHeap(ModuleOp module) {
  OpBuilder builder(module.getContext());
  auto pointer = LLVM::LLVMPointerType::get(module.getContext());
  Type word = builder.getI64Type();
  auto replaceDeclaration = [&](StringRef from, StringRef to, Type result, Type argument) {
    auto old = module.lookupSymbol<LLVM::LLVMFuncOp>(from);
    if (!old)
      return false;
    builder.setInsertionPoint(old);
    auto type = LLVM::LLVMFunctionType::get(result, {pointer, argument});
    LLVM::LLVMFuncOp::create(builder, old.getLoc(), to, type);
    old.erase();
    return true;
  };
  bool allocates = replaceDeclaration("malloc", "halide_malloc", pointer, word);
  bool frees = replaceDeclaration("free", "halide_free",
                                  LLVM::LLVMVoidType::get(module.getContext()), pointer);
  if (!allocates && !frees)
    return;
  SmallVector<LLVM::CallOp> calls;
  module.walk([&](LLVM::CallOp op) { calls.push_back(op); });
  for (LLVM::CallOp call : calls) {
    std::optional<StringRef> callee = call.getCallee();
    if (!callee || (*callee != "malloc" && *callee != "free"))
      continue;
    Location loc = call.getLoc();
    builder.setInsertionPoint(call);
    Value context = LLVM::ZeroOp::create(builder, loc, pointer);
    bool isMalloc = *callee == "malloc";
    auto replacement = LLVM::CallOp::create(
        builder, loc, call.getResultTypes(),
        SymbolRefAttr::get(builder.getContext(), isMalloc ? "halide_malloc" : "halide_free"),
        ValueRange{context, call.getArgOperands().front()});
    call.replaceAllUsesWith(replacement.getResults());
    call.erase();
    if (!isMalloc)
      continue;
    Block *before = replacement->getBlock();
    Block *after = before->splitBlock(std::next(replacement->getIterator()));
    Block *failed = builder.createBlock(after);
    Value status =
        LLVM::ConstantOp::create(builder, loc, builder.getI32Type(), int64_t(DLC_ERROR_MEMORY));
    LLVM::ReturnOp::create(builder, loc, status);
    builder.setInsertionPointToEnd(before);
    Value null = LLVM::ZeroOp::create(builder, loc, pointer);
    Value isNull =
        LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::eq, replacement.getResult(), null);
    LLVM::CondBrOp::create(builder, loc, isNull, failed, after);
  }
}

/// math.log1p and math.expm1 as calls of libm: the LLVM dialect would make log(1 + x) and exp(x) -
/// 1 of them, which are nothing near 0.
template <typename Op> static void callLibm(ModuleOp module, StringRef name) {
  SmallVector<Op> ops;
  module.walk([&](Op op) { ops.push_back(op); });
  for (Op op : ops) {
    Type type = op.getType();
    std::string function = (name + (type.isF32() ? "f" : "")).str();
    OpBuilder builder(op);
    if (!module.lookupSymbol(function)) {
      OpBuilder top(module.getBodyRegion());
      func::FuncOp::create(top, op.getLoc(), function, top.getFunctionType({type}, {type}))
          .setPrivate();
    }
    auto call =
        func::CallOp::create(builder, op.getLoc(), function, TypeRange(type), op->getOperands());
    op.replaceAllUsesWith(call.getResult(0));
    op.erase();
  }
}

static LogicalResult lowerToLlvmDialect(ModuleOp module) {
  PassManager pm(module.getContext());
  callLibm<math::Log1pOp>(module, "log1p");
  callLibm<math::ExpM1Op>(module, "expm1");
  pm.addPass(createConvertMathToLLVMPass());
  pm.addPass(createConvertMathToLibmPass());
  pm.addPass(createArithToLLVMConversionPass());
  pm.addPass(createFinalizeMemRefToLLVMConversionPass());
  pm.addPass(createConvertFuncToLLVMPass());
  pm.addPass(createConvertControlFlowToLLVMPass());
  pm.addPass(createUBToLLVMConversionPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
  if (failed(pm.run(module)))
    return failure();
  useRuntimeHeap(module);
  return success();
}

FailureOr<OwningOpRef<ModuleOp>> dlc::lowerKernelToLlvm(kernel::FuncOp kernel, std::string &error) {
  MLIRContext *context = kernel.getContext();
  context->loadDialect<affine::AffineDialect, arith::ArithDialect, func::FuncDialect,
                       LLVM::LLVMDialect, math::MathDialect, memref::MemRefDialect>();
  ScopedDiagnosticHandler diagnostics(context, [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      error += (error.empty() ? "" : "\n") + diagnostic.str();
    return success();
  });
  if (!kernel.isSpecialized()) {
    error = "the kernel still takes tensors";
    return failure();
  }
  OwningOpRef<ModuleOp> module = moduleWithFunction(kernel);
  LogicalResult lowered = lowerToLoops(*module);
  if (succeeded(lowered)) {
    EntryBuilder(kernel, module->lookupSymbol<func::FuncOp>(kernel.getSymName())).run();
    lowered = lowerToLlvmDialect(*module);
  }
  if (failed(lowered)) {
    if (error.empty())
      error = "a conversion failed without a message";
    return failure();
  }
  return module;
}

//===-- The backend --------------------------------------------------------------------------===//

namespace {
class LoopsBackend : public KernelBackend {
public:
  StringRef name() const override { return "loops"; }

  bool supports(kernel::FuncOp, std::string &) const override { return true; }

  SmallVector<kernel::ScheduleAttr> candidates(kernel::FuncOp func,
                                               const TargetInfo &) const override {
    return {kernel::ScheduleAttr::get(func.getContext(), name(), kernel::Template::Elementwise, {},
                                      {}, /*lanes=*/1, {}, kernel::Placement::Inline,
                                      kernel::Placement::Inline, /*unroll=*/1, /*prefetch=*/0,
                                      /*winograd=*/0,
                                      /*dot=*/0, /*apart=*/false)};
  }

  FailureOr<KernelObject> compile(kernel::FuncOp func, const TargetInfo &target,
                                  const CodegenOptions &options,
                                  std::string &error) const override {
    auto module = lowerKernelToLlvm(func, error);
    if (failed(module))
      return failure();
    auto object = emitCode(**module, target, options.level, CodeKind::Object, error);
    if (failed(object))
      return failure();
    return KernelObject{{std::move(*object)}};
  }
};
} // namespace

const KernelBackend &dlc::loopsBackend() {
  static const LoopsBackend backend;
  return backend;
}
