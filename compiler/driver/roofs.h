// The roofs of this processor as loops that can be run: fused multiply-adds in registers, sums
// of products of bytes in registers, loads from a block of memory, and stores into one. Whoever
// measures a kernel runs them in turns with it, so that both see the same clock and the same
// neighbours.
#ifndef DLC_COMPILER_DRIVER_ROOFS_H
#define DLC_COMPILER_DRIVER_ROOFS_H

#include "compiler/driver/jit.h"

#include <cstdint>
#include <memory>
#include <string>

namespace dlc {

class Roofs {
public:
  /// Makes the loops for the processor that this runs on. Null on failure; `error` says why.
  static std::unique_ptr<Roofs> create(std::string &error);

  /// Each runs its loop and returns how much it did: float operations (a multiply-add is two) of
  /// one thread, the same of 8-bit integers (0 where no instruction is known for them),
  /// bytes. A step is a few instructions; bytes must be a multiple of stepBytes(), and blocks be
  /// aligned to vectors.
  double multiplyAdds(int64_t steps) const;
  double dotProducts(int64_t steps) const;
  double read(const void *block, uint64_t bytes) const;
  /// Reads all of one block and writes all of the other, both from begin to end at the same time.
  double stream(const void *source, uint64_t reads, void *target, uint64_t writes) const;

  uint64_t stepBytes() const;

private:
  using Loop = void (*)(int64_t steps, const void *data, void *out);
  std::unique_ptr<JitLibrary> library;
  Loop multiplyAdd = nullptr, dotProduct = nullptr, load = nullptr, store = nullptr;
  int64_t lanes = 4;    ///< of f32
  int64_t dotTerms = 0; ///< products that a lane adds at a time
};

/// A block of memory on huge pages where there are some, written once so that it is there; or null.
class MemoryBlock {
public:
  explicit MemoryBlock(uint64_t bytes);
  ~MemoryBlock();
  MemoryBlock(const MemoryBlock &) = delete;
  MemoryBlock &operator=(const MemoryBlock &) = delete;
  char *get() const { return data; }

private:
  char *data = nullptr;
  uint64_t bytes;
};

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_ROOFS_H
