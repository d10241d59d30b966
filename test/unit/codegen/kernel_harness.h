// Compiles a specialised kernel.func written as text and runs it in this process: for tests of the
// backends.
#ifndef DLC_TEST_UNIT_KERNEL_HARNESS_H
#define DLC_TEST_UNIT_KERNEL_HARNESS_H

#include "compiler/codegen/llvm/emit.h"
#include "compiler/kernels/backend.h"
#include "compiler/register.h"

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
    auto kernels = module->getOps<kernel::FuncOp>();
    kernel::FuncOp func = *kernels.begin();
    if (!func.getScheduleAttr())
      func.setScheduleAttr(backend.candidates(func, *target).front());
    auto object = backend.compile(func, *target, options, error);
    if (failed(object))
      return;
    load(*object, func.getSymName());
  }

  explicit operator bool() const { return function != nullptr; }
  int32_t run(std::vector<void *> buffers, std::vector<int64_t> dims = {}) const {
    return function(buffers.data(), dims.data());
  }

  std::string error;

private:
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
