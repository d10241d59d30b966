// A file that appears whole or not at all: written beside its name, renamed when complete. What a
// failure or a signal handler leaves is removed.
#ifndef DLC_COMPILER_DRIVER_OUTPUT_FILE_H
#define DLC_COMPILER_DRIVER_OUTPUT_FILE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"

#include <string>

namespace dlc {

class OutputFile {
public:
  /// `mode` is what a new file gets, less the umask.
  explicit OutputFile(llvm::StringRef path, unsigned mode = 0666);
  ~OutputFile();
  OutputFile(const OutputFile &) = delete;
  OutputFile &operator=(const OutputFile &) = delete;

  /// Appends; after the first failure nothing more is written. The page cache holds what is written
  /// in long pieces in huge pages, where the file system can.
  void write(llvm::StringRef bytes);
  /// The descriptor, for those who fill the file in another way; -1 after a failure.
  int descriptor() const { return fd; }
  /// The name that it has until commit().
  const std::string &temporaryPath() const { return temporary; }
  /// Puts the file in its place; false if anything failed (then error() says what).
  bool commit();
  /// Says that something else went wrong, so that commit() fails.
  void setError(const llvm::Twine &why);
  const std::string &error() const { return why; }

private:
  std::string path, temporary, why;
  int fd = -1;
  bool special = false; // a device or a pipe: written in place
};

/// Writes one file whole; on failure says why in `error`.
bool writeFile(llvm::StringRef path, llvm::StringRef bytes, std::string &error);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_OUTPUT_FILE_H
