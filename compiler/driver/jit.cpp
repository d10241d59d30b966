// See jit.h. Code is linked with JITLink; nothing is compiled here.
#include "compiler/driver/jit.h"

#include "runtime/jit_symbols.h"

#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/TargetSelect.h"

#include <mutex>

using namespace dlc;
namespace orc = llvm::orc;

struct JitLibrary::State {
  std::unique_ptr<orc::LLJIT> jit;
};

JitLibrary::JitLibrary(std::unique_ptr<State> state) : state(std::move(state)) {}
JitLibrary::~JitLibrary() = default;

std::unique_ptr<JitLibrary>
JitLibrary::create(llvm::ArrayRef<llvm::StringRef> objects,
                   llvm::ArrayRef<std::pair<std::string, const void *>> symbols,
                   std::string &error) {
  static std::once_flag targets;
  std::call_once(targets, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
  });
  auto fail = [&](llvm::Error e) {
    error = llvm::toString(std::move(e));
    return nullptr;
  };
  auto jit = orc::LLJITBuilder()
                 .setObjectLinkingLayerCreator([](orc::ExecutionSession &session) {
                   return std::make_unique<orc::ObjectLinkingLayer>(session);
                 })
                 .create();
  if (!jit)
    return fail(jit.takeError());
  orc::LLJIT &lib = **jit;
  // What does not come with the objects or the runtime is of the C library: memcpy, expf, ...
  auto process = orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(
      lib.getDataLayout().getGlobalPrefix());
  if (!process)
    return fail(process.takeError());
  lib.getMainJITDylib().addGenerator(std::move(*process));

  orc::SymbolMap map;
  auto define = [&](llvm::StringRef name, const void *address) {
    map[lib.mangleAndIntern(name)] = {orc::ExecutorAddr::fromPtr(address),
                                      llvm::JITSymbolFlags::Exported};
  };
  for (size_t i = 0; i < dlc_jit_symbol_count; ++i)
    define(dlc_jit_symbols[i].name, dlc_jit_symbols[i].address);
  for (const auto &[name, address] : symbols)
    define(name, address);
  if (llvm::Error e = lib.getMainJITDylib().define(orc::absoluteSymbols(std::move(map))))
    return fail(std::move(e));
  for (llvm::StringRef object : objects)
    if (llvm::Error e = lib.addObjectFile(
            llvm::MemoryBuffer::getMemBuffer(object, "model", /*RequiresNullTerminator=*/false)))
      return fail(std::move(e));
  auto state = std::make_unique<State>();
  state->jit = std::move(*jit);
  return std::unique_ptr<JitLibrary>(new JitLibrary(std::move(state)));
}

void *JitLibrary::lookup(llvm::StringRef symbol, std::string &error) {
  auto address = state->jit->lookup(symbol);
  if (!address) {
    error = llvm::toString(address.takeError());
    return nullptr;
  }
  return address->toPtr<void *>();
}
