// The last floor: objects, weights and the thin runtime become a shared library, an object or an
// archive, with lld inside this process. The same input gives the same bytes.
#ifndef DLC_COMPILER_DRIVER_LINK_H
#define DLC_COMPILER_DRIVER_LINK_H

#include "compiler/driver/weights_block.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace dlc {

enum class LinkKind {
  Shared,      ///< .so: exports the model's function, needs libc and libm
  Relocatable, ///< .o: the same as one object, everything but the model's function is local
  Archive,     ///< .a: that object in an archive
};

struct LinkInput {
  std::vector<llvm::StringRef>
      objects; ///< ELF relocatable files, in the order in which they are laid out
  const WeightsBlock *weights = nullptr; ///< an embedded block, or null
  std::string symbol = "dlc_model_v1";   ///< the one function to export
  std::string triple;                    ///< LLVM triple of the target
  bool keepSymbols = false;              ///< keep the symbol table for debuggers
};

/// What went wrong: an exit code (4: the output cannot be written, 5: a part of dlc's installation
/// is missing, 70) and text.
struct LinkError {
  int exitCode = 70;
  std::string message;
};

/// Writes `output` whole or not at all.
bool link(const LinkInput &input, LinkKind kind, llvm::StringRef output, LinkError &error);

/// The runtime archive for the architecture of `triple`: beside this executable (lib/ of the build
/// tree, lib/dlc/ of an installation). Empty if there is none.
std::string findRuntimeArchive(llvm::StringRef triple);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_LINK_H
