// Weights of a model, by key. `dense_resource` handles in the IR carry only the key: a blob in the
// IR would be turned into hex whenever the IR is printed, even elided. The bytes lie in the mapped
// model file, or in a buffer that the table owns.
#ifndef DLC_COMPILER_IMPORT_WEIGHT_TABLE_H
#define DLC_COMPILER_IMPORT_WEIGHT_TABLE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include <memory>
#include <optional>

namespace dlc {

class WeightTable {
public:
  /// `owner` keeps the bytes alive. A key is added once: keys come from the dialect's resource
  /// manager, which makes them unique. The bytes need not be aligned.
  void add(llvm::StringRef key, llvm::ArrayRef<char> bytes, std::shared_ptr<const void> owner) {
    entries[key] = {bytes, std::move(owner)};
  }
  std::optional<llvm::ArrayRef<char>> lookup(llvm::StringRef key) const {
    auto it = entries.find(key);
    if (it == entries.end())
      return std::nullopt;
    return it->second.bytes;
  }
  size_t size() const { return entries.size(); }

private:
  struct Entry {
    llvm::ArrayRef<char> bytes;
    std::shared_ptr<const void> owner;
  };
  llvm::StringMap<Entry> entries;
};

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_WEIGHT_TABLE_H
