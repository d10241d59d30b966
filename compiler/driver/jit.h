// The other last floor: the objects that would become a library, placed in the memory of this
// process by ORC. The table that comes out is the same `dlc_model`, so everything that runs a model
// is one code path.
#ifndef DLC_COMPILER_DRIVER_JIT_H
#define DLC_COMPILER_DRIVER_JIT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace dlc {

class JitLibrary {
public:
  ~JitLibrary();
  /// Links the ELF objects with the thin runtime of this process and with `symbols` (name,
  /// address). Null on failure; `error` says why.
  static std::unique_ptr<JitLibrary>
  create(llvm::ArrayRef<llvm::StringRef> objects,
         llvm::ArrayRef<std::pair<std::string, const void *>> symbols, std::string &error);

  /// The address of a symbol, or null; then `error` says why.
  void *lookup(llvm::StringRef symbol, std::string &error);

private:
  struct State;
  explicit JitLibrary(std::unique_ptr<State> state);
  std::unique_ptr<State> state;
};

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_JIT_H
