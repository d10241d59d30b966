// The weights of a compiled model: one block of memory that the compiler fills once, and that then
// is written into the library, is what is mapped beside the library, or what a JIT-compiled model
// uses.
#ifndef DLC_COMPILER_DRIVER_WEIGHTS_BLOCK_H
#define DLC_COMPILER_DRIVER_WEIGHTS_BLOCK_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <memory>
#include <string>

namespace dlc {

class WeightsBlock {
public:
  enum class Place {
    Memory,  ///< on huge pages where the system has them
    Sidecar, ///< the bare bytes in an unnamed file, to be published beside the library
  };
  WeightsBlock(const WeightsBlock &) = delete;
  WeightsBlock &operator=(const WeightsBlock &) = delete;
  ~WeightsBlock();

  /// Zeros, 4096-byte aligned. `folder` is where the output will lie (a sidecar is made there, so
  /// that a large block neither fills the temporary folder nor has to be copied). Null if there is
  /// no room; `error` says why.
  static std::unique_ptr<WeightsBlock> create(Place place, uint64_t size, llvm::StringRef folder,
                                              std::string &error);

  char *data() const { return base; }
  uint64_t size() const { return bytes; }
  Place place() const { return where; }
  /// Gives a sidecar its name; replaces what was there. False on failure.
  bool publish(llvm::StringRef path, std::string &error) const;

private:
  WeightsBlock() = default;
  Place where = Place::Memory;
  char *base = nullptr;
  uint64_t bytes = 0;
  char *mapping = nullptr;
  uint64_t mappingBytes = 0;
  int fd = -1;
};

/// Blocks of at least this size always lie beside the library: code reaches 2 GB at most.
inline constexpr uint64_t kLargestEmbeddedWeights = uint64_t(1) << 31;

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_WEIGHTS_BLOCK_H
