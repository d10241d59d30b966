#include "compiler/import/mapped_file.h"

#include "llvm/ADT/SmallVector.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace llvm;

namespace dlc {

MappedFile::~MappedFile() {
  if (size)
    munmap(const_cast<char *>(data), size);
}

std::shared_ptr<MappedFile> MappedFile::map(int fd, std::string &why, unsigned maxLinks) {
  struct stat info;
  auto fail = [&](std::string reason) {
    why = std::move(reason);
    close(fd);
    return nullptr;
  };
  if (fstat(fd, &info) != 0)
    return fail(std::strerror(errno));
  if (S_ISDIR(info.st_mode))
    return fail("is a folder");
  if (!S_ISREG(info.st_mode))
    return fail("is not a regular file");
  if (maxLinks && info.st_nlink > maxLinks)
    return fail("has more than one name (hard links)");
  size_t size = info.st_size;
  const char *data = nullptr;
  if (size) {
    void *address = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (address == MAP_FAILED)
      return fail(std::strerror(errno));
    data = static_cast<const char *>(address);
  }
  close(fd);
  return std::shared_ptr<MappedFile>(new MappedFile(data, size));
}

// O_NONBLOCK: opening a pipe must not wait for a writer.
static constexpr int kOpenFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

std::shared_ptr<MappedFile> openUserFile(StringRef path, std::string &why) {
  int fd = open(path.str().c_str(), kOpenFlags);
  if (fd < 0) {
    why = std::strerror(errno);
    return nullptr;
  }
  return MappedFile::map(fd, why);
}

std::shared_ptr<MappedFile> openBeneath(StringRef folder, StringRef location,
                                        const ExternalFileRules &rules, std::string &why,
                                        bool &wrongModel) {
  wrongModel = true;
  if (location.empty() || location.contains('\0')) {
    why = location.empty() ? "the location is empty" : "the location holds a NUL byte";
    return nullptr;
  }
  SmallVector<StringRef> parts;
  location.split(parts, '/', -1, /*KeepEmpty=*/false);
  if (location.starts_with("/") || llvm::is_contained(parts, StringRef(".."))) {
    why = "the location leaves the folder of the model";
    return nullptr;
  }
  llvm::erase(parts, StringRef("."));
  if (parts.empty()) {
    why = "the location is a folder";
    return nullptr;
  }

  // One component at a time, none of them a symbolic link: there is no moment between a check and
  // an open.
  int directory =
      open(folder.empty() ? "." : folder.str().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (size_t i = 0; i < parts.size(); ++i) {
    bool last = i + 1 == parts.size();
    int next = directory < 0
                   ? -1
                   : openat(directory, parts[i].str().c_str(),
                            (last ? kOpenFlags : O_RDONLY | O_DIRECTORY | O_CLOEXEC) | O_NOFOLLOW);
    int error = errno;
    if (directory >= 0)
      close(directory);
    if (next < 0) {
      // A link is ELOOP as a file and ENOTDIR as a folder.
      bool link = error == ELOOP || (!last && error == ENOTDIR);
      why = link ? "a symbolic link (or a file) is on the way" : std::strerror(error);
      wrongModel = link;
      return nullptr;
    }
    directory = next;
  }
  wrongModel = true; // what remains wrong is the kind of file
  return MappedFile::map(directory, why, rules.allowHardLinks ? 0 : 1);
}

} // namespace dlc
