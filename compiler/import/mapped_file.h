// Files mapped into memory, and the only door to files that a model names (external data).
#ifndef DLC_COMPILER_IMPORT_MAPPED_FILE_H
#define DLC_COMPILER_IMPORT_MAPPED_FILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <string>

namespace dlc {

/// A read-only mapping of a regular file; unmapped by the destructor.
class MappedFile {
public:
  MappedFile(const MappedFile &) = delete;
  MappedFile &operator=(const MappedFile &) = delete;
  ~MappedFile();

  llvm::ArrayRef<char> bytes() const { return {data, size}; }

  /// Takes the descriptor, whatever happens. On failure returns null and says why.
  static std::shared_ptr<MappedFile> map(int fd, std::string &why, unsigned maxLinks = 0);

private:
  MappedFile(const char *data, size_t size) : data(data), size(size) {}
  const char *data;
  size_t size;
};

/// Opens a file that the user named. On failure returns null and says why.
std::shared_ptr<MappedFile> openUserFile(llvm::StringRef path, std::string &why);

struct ExternalFileRules {
  /// A hard link can lead out of the folder as a symbolic link can, so files with more than one
  /// name are refused.
  bool allowHardLinks = false;
};

/// Opens a file that the *model* named, relative to the model's folder. It must lie beneath that
/// folder: no absolute path, no
/// `..`, no symbolic link in any component, no device or pipe. `wrongModel` says whether the name
/// itself breaks the rules (rather than the file being missing or unreadable).
std::shared_ptr<MappedFile> openBeneath(llvm::StringRef folder, llvm::StringRef location,
                                        const ExternalFileRules &rules, std::string &why,
                                        bool &wrongModel);

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_MAPPED_FILE_H
