// For programs that run compiled models in their own process (the JIT): the runtime's functions by
// name, since its symbols are hidden. Hand them to ORC as absolute symbols.
#ifndef DLC_RUNTIME_JIT_SYMBOLS_H
#define DLC_RUNTIME_JIT_SYMBOLS_H

#include <stddef.h>

namespace dlc {

struct JitSymbol {
  const char *name; // as in C, without the platform's prefix
  void *address;
};

// All of them; `count` receives how many.
const JitSymbol *jitSymbols(size_t &count);

} // namespace dlc
#endif // DLC_RUNTIME_JIT_SYMBOLS_H
