// For programs that run compiled models in their own process (the JIT): everything that generated
// code refers to, by name, since the runtime's symbols are hidden. Hand it to ORC as absolute
// symbols.
#ifndef DLC_RUNTIME_JIT_SYMBOLS_H
#define DLC_RUNTIME_JIT_SYMBOLS_H

#include <stddef.h>

struct dlc_jit_symbol {
  const char *name; // as in C, without the platform's prefix
  void *address;
};

extern "C" const dlc_jit_symbol dlc_jit_symbols[];
extern "C" const size_t dlc_jit_symbol_count;

#endif // DLC_RUNTIME_JIT_SYMBOLS_H
