// The weights of a compiled model: one block of memory that the compiler fills once, and that then
// is what the linker reads (an ELF object around it), what is mapped beside the library, or what a
// JIT-compiled model uses. It is never copied.
#ifndef DLC_COMPILER_DRIVER_WEIGHTS_BLOCK_H
#define DLC_COMPILER_DRIVER_WEIGHTS_BLOCK_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <memory>
#include <string>

namespace dlc {

/// The name of the weights block in objects.
inline constexpr llvm::StringLiteral kWeightsSymbol = "dlc_weights";

class WeightsBlock {
public:
  enum class Place {
    Memory,  ///< for the JIT
    Object,  ///< an ELF object in an unnamed file
    Sidecar, ///< the bare bytes in an unnamed file, to be published beside the library
  };
  WeightsBlock(const WeightsBlock &) = delete;
  WeightsBlock &operator=(const WeightsBlock &) = delete;
  ~WeightsBlock();

  /// Zeros, 4096-byte aligned. `folder` is where the output will lie (files are made there, so that
  /// a large block neither fills the temporary folder nor has to be copied). Null if there is no
  /// room; `error` says why.
  static std::unique_ptr<WeightsBlock> create(Place place, uint64_t size, llvm::StringRef folder,
                                              llvm::StringRef triple, std::string &error);

  char *data() const { return base; }
  uint64_t size() const { return bytes; }
  Place place() const { return where; }
  /// A path by which lld in this process can read the object.
  std::string linkerPath() const;
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
