// Compiled kernels, and the host code of models, on disk, shared by all processes of a user:
// $XDG_CACHE_HOME/dlc, else ~/.cache/dlc. An entry is written beside its name and renamed, carries a
// checksum, and is removed if it is damaged: writers may race and be killed at any point. Any
// failure here only means that something is compiled again.
#ifndef DLC_COMPILER_DRIVER_OBJECT_CACHE_H
#define DLC_COMPILER_DRIVER_OBJECT_CACHE_H

#include "compiler/kernels/backend.h"

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace dlc {

class ObjectCache {
public:
  /// In the user's folder; disabled if that cannot be made.
  ObjectCache();
  /// In `folder`; the oldest entries go when more than `limit` bytes are there.
  ObjectCache(llvm::StringRef folder, uint64_t limit);

  std::optional<KernelObject> lookup(llvm::StringRef key) const;
  void store(llvm::StringRef key, const KernelObject &object);
  /// Removes old entries and what killed writers left; called after storing.
  void trim() const;

private:
  std::string path(llvm::StringRef key) const;
  std::string folder;
  uint64_t limit;
  bool stored = false;

public:
  /// Trims if anything was stored.
  ~ObjectCache();
};

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_OBJECT_CACHE_H
