// Weights inside a linked file. The linker lays out a section without bytes of its own (NOBITS), so
// that it never copies them; the bytes are then put in the file where that section is.
#ifndef DLC_COMPILER_DRIVER_WEIGHTS_SECTION_H
#define DLC_COMPILER_DRIVER_WEIGHTS_SECTION_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <string>

namespace dlc {

/// The name of the weights block in objects.
inline constexpr llvm::StringLiteral kWeightsSymbol = "dlc_weights";

/// The name of a word of .bss, after which the weights are placed: the linker must keep it.
inline constexpr llvm::StringLiteral kWeightsAnchor = "dlc_before_weights";

/// An ELF object that defines kWeightsSymbol as a section of `size` bytes without contents, and
/// kWeightsAnchor.
std::string weightsStub(uint64_t size, llvm::StringRef triple);

/// For the linker: the weights come last and have a segment of their own.
inline constexpr llvm::StringLiteral kWeightsScript =
    "SECTIONS { .dlc_weights : { *(.dlc_weights) } } INSERT AFTER .bss;\n";

/// Where the weights go in a linked file: its bytes up to `offset`, the weights, `padding` zeros,
/// the rest.
struct WeightsGap {
  uint64_t offset = 0, padding = 0;
};

/// Changes the headers of `elf`, a shared library or an object with a section of weightsStub(), to
/// those of the file with the weights in it; may append zeros at the gap. False, with `error`, if
/// `elf` is not what the linker makes of such a section.
bool openWeightsGap(std::string &elf, uint64_t size, WeightsGap &gap, std::string &error);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_WEIGHTS_SECTION_H
