// See output_file.h.
#include "compiler/driver/output_file.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Signals.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace dlc;

OutputFile::OutputFile(llvm::StringRef name, unsigned mode) : path(name.str()) {
  // A device such as /dev/null and a pipe have no "beside": they are written as they are.
  struct stat status;
  if (stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    if (S_ISDIR(status.st_mode)) {
      why = "is a folder";
      return;
    }
    special = true;
    fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0)
      why = std::strerror(errno);
    return;
  }
  temporary = path + ".XXXXXX";
  fd = mkostemp(temporary.data(), O_CLOEXEC);
  if (fd < 0) {
    why = std::strerror(errno);
    temporary.clear();
    return;
  }
  llvm::sys::RemoveFileOnSignal(temporary);
  mode_t mask = umask(0);
  umask(mask);
  if (fchmod(fd, mode & ~mask) != 0)
    setError(std::strerror(errno));
}

OutputFile::~OutputFile() {
  if (fd >= 0)
    close(fd);
  if (!temporary.empty()) {
    unlink(temporary.c_str());
    llvm::sys::DontRemoveFileOnSignal(temporary);
  }
}

void OutputFile::setError(const llvm::Twine &reason) {
  if (why.empty())
    why = reason.str();
}

void OutputFile::write(llvm::StringRef bytes) {
  while (why.empty() && !bytes.empty()) {
    ssize_t written = ::write(fd, bytes.data(), std::min<size_t>(bytes.size(), size_t(1) << 30));
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0) {
      setError(written < 0 ? std::strerror(errno) : "nothing was written");
      return;
    }
    bytes = bytes.drop_front(static_cast<size_t>(written));
  }
}

bool OutputFile::commit() {
  if (fd >= 0 && close(fd) != 0)
    setError(std::strerror(errno));
  fd = -1;
  if (!why.empty())
    return false;
  if (special)
    return true;
  if (rename(temporary.c_str(), path.c_str()) != 0) {
    setError(std::strerror(errno));
    return false;
  }
  llvm::sys::DontRemoveFileOnSignal(temporary);
  temporary.clear();
  return true;
}

bool dlc::writeFile(llvm::StringRef path, llvm::StringRef bytes, std::string &error) {
  OutputFile file(path);
  file.write(bytes);
  if (file.commit())
    return true;
  error = (path + ": " + file.error()).str();
  return false;
}
