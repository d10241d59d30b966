// Compiles a specialised kernel.func written as text and runs it in this process: for tests of the
// backends.
#ifndef DLC_TEST_UNIT_KERNEL_HARNESS_H
#define DLC_TEST_UNIT_KERNEL_HARNESS_H

#include "compiler/codegen/llvm/emit.h"
#include "compiler/kernels/backend.h"
#include "compiler/register.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/MemoryBuffer.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace dlc::test {

using KernelFn = int32_t (*)(void *const *, const int64_t *);

/// Blocks that a kernel has not freed.
inline int64_t &liveBlocks() {
  static int64_t count = 0;
  return count;
}

extern "C" inline void *testMalloc(void *, size_t size) {
  ++liveBlocks();
  return std::malloc(size);
}
extern "C" inline void testFree(void *, void *block) {
  liveBlocks() -= block != nullptr;
  std::free(block);
}

/// The part of a memref descriptor before its sizes and strides.
struct UnrankedMemRef {
  int64_t rank;
  struct Descriptor {
    char *allocated, *aligned;
    int64_t offset, sizesAndStrides[];
  } *descriptor;
};

extern "C" inline void testMemrefCopy(int64_t elementBytes, UnrankedMemRef *from,
                                      UnrankedMemRef *to) {
  int64_t rank = from->rank;
  const int64_t *sizes = from->descriptor->sizesAndStrides;
  const int64_t *fromStrides = sizes + rank, *toStrides = to->descriptor->sizesAndStrides + rank;
  int64_t total = 1;
  for (int64_t d = 0; d < rank; ++d)
    total *= sizes[d];
  for (int64_t i = 0; i < total; ++i) {
    int64_t rest = i, source = from->descriptor->offset, target = to->descriptor->offset;
    for (int64_t d = rank - 1; d >= 0; --d) {
      source += rest % sizes[d] * fromStrides[d];
      target += rest % sizes[d] * toStrides[d];
      rest /= sizes[d];
    }
    std::memcpy(to->descriptor->aligned + target * elementBytes,
                from->descriptor->aligned + source * elementBytes, elementBytes);
  }
}

/// The one kernel.func of a text, compiled for this machine. `error` says what went wrong where
/// `function` is null.
class CompiledKernel {
public:
  CompiledKernel(const KernelBackend &backend, llvm::StringRef text, CodegenOptions options = {}) {
    mlir::DialectRegistry registry;
    registerDialects(registry);
    mlir::MLIRContext context(registry);
    auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
    auto target = resolveTarget("native", error);
    if (!module || failed(target)) {
      error += " (parsing)";
      return;
    }
    compile(backend, *module->getOps<kernel::FuncOp>().begin(), *target, options);
  }

  /// A kernel of the caller's module; one that still takes tensors is made to take dense memrefs.
  CompiledKernel(const KernelBackend &backend, kernel::FuncOp func, CodegenOptions options = {}) {
    auto target = resolveTarget("native", error);
    if (failed(target))
      return;
    mlir::OpBuilder builder(func);
    auto copy = llvm::cast<kernel::FuncOp>(builder.clone(*func));
    if (!copy.isSpecialized())
      specializeDensely(copy);
    compile(backend, copy, *target, options);
    copy.erase();
  }

  explicit operator bool() const { return function != nullptr; }
  int32_t run(std::vector<void *> buffers, std::vector<int64_t> dims = {}) const {
    return function(buffers.data(), dims.data());
  }

  std::string error;

private:
  static void specializeDensely(kernel::FuncOp func) {
    using namespace mlir;
    Block &body = func.getBody().front();
    OpBuilder b = OpBuilder::atBlockBegin(&body);
    Location loc = func.getLoc();
    auto memref = [](Type type) {
      auto tensor = cast<RankedTensorType>(type);
      return MemRefType::get(tensor.getShape(), tensor.getElementType());
    };
    unsigned inputs = func.getNumArguments() - func.getIndexArguments().size();
    for (unsigned i = 0; i < inputs; ++i) {
      BlockArgument argument = body.getArgument(i);
      Type type = argument.getType();
      argument.setType(memref(type));
      auto tensor = bufferization::ToTensorOp::create(b, loc, type, argument, /*restrict=*/true);
      argument.replaceAllUsesExcept(tensor.getResult(), tensor);
    }
    Operation *end = body.getTerminator();
    b.setInsertionPoint(end);
    for (auto [i, result] : llvm::enumerate(end->getOperands())) {
      Value out = body.insertArgument(inputs + i, memref(result.getType()), loc);
      auto write = bufferization::MaterializeInDestinationOp::create(b, loc, Type(), result, out);
      write.setRestrict(true);
      write.setWritable(true);
    }
    kernel::ReturnOp::create(b, loc, ValueRange());
    end->erase();
    SmallVector<DictionaryAttr> attrs;
    for (unsigned i = 0; i < inputs; ++i)
      attrs.push_back(func.getArgAttrDict(i));
    for (unsigned i = 0; i < func.getNumResults(); ++i)
      attrs.push_back(func.getResultAttrDict(i));
    attrs.resize(body.getNumArguments());
    func.removeArgAttrsAttr();
    func.removeResAttrsAttr();
    func.setFunctionType(b.getFunctionType(body.getArgumentTypes(), {}));
    for (auto &attr : attrs)
      if (!attr)
        attr = b.getDictionaryAttr({});
    func.setAllArgAttrs(attrs);
  }

  void compile(const KernelBackend &backend, kernel::FuncOp func, const TargetInfo &target,
               CodegenOptions options) {
    if (!func.getScheduleAttr())
      func.setScheduleAttr(backend.candidates(func, target).front());
    auto object = backend.compile(func, target, options, error);
    if (succeeded(object))
      load(*object, func.getSymName());
  }

  void load(const KernelObject &object, llvm::StringRef name) {
    auto made = llvm::orc::LLJITBuilder().create();
    if (!made) {
      error = llvm::toString(made.takeError());
      return;
    }
    jit = std::move(*made);
    llvm::orc::SymbolMap symbols;
    auto define = [&](llvm::StringRef symbol, void *address) {
      symbols[jit->mangleAndIntern(symbol)] = {llvm::orc::ExecutorAddr::fromPtr(address),
                                               llvm::JITSymbolFlags::Exported};
    };
    define("halide_malloc", reinterpret_cast<void *>(&testMalloc));
    define("halide_free", reinterpret_cast<void *>(&testFree));
    define("memrefCopy", reinterpret_cast<void *>(&testMemrefCopy));
    llvm::cantFail(jit->getMainJITDylib().define(llvm::orc::absoluteSymbols(symbols)));
    for (const std::string &bytes : object.objects)
      llvm::cantFail(jit->addObjectFile(llvm::MemoryBuffer::getMemBufferCopy(bytes)));
    auto address = jit->lookup(name);
    if (!address) {
      error = llvm::toString(address.takeError());
      return;
    }
    function = address->toPtr<KernelFn>();
  }

  std::unique_ptr<llvm::orc::LLJIT> jit;
  KernelFn function = nullptr;
};

} // namespace dlc::test

#endif // DLC_TEST_UNIT_KERNEL_HARNESS_H
