// See weights_block.h.
#include "compiler/driver/weights_block.h"

#include "compiler/driver/output_file.h"

#include "llvm/ADT/Twine.h"
#include "llvm/Support/MathExtras.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

using namespace dlc;

namespace {

/// An unnamed file in `folder`, or in memory where the file system there has no such thing.
int unnamedFile(llvm::StringRef folder) {
  int fd = open(folder.empty() ? "." : folder.str().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0644);
  return fd >= 0 ? fd : memfd_create("dlc-weights", MFD_CLOEXEC);
}

} // namespace

std::unique_ptr<WeightsBlock> WeightsBlock::create(Place place, uint64_t size,
                                                   llvm::StringRef folder, std::string &error) {
  std::unique_ptr<WeightsBlock> block(new WeightsBlock);
  block->where = place;
  block->bytes = size;
  if (size == 0)
    return block;
  if (size > (uint64_t(1) << 46)) {
    error = "the weights need " + std::to_string(size) + " bytes";
    return nullptr;
  }
  auto fail = [&](const char *what) {
    error = (llvm::Twine(what) + ": " + std::strerror(errno)).str();
    return nullptr;
  };
  if (place == Place::Memory) {
    block->mappingBytes = llvm::alignTo(size, 4096);
    void *memory = mmap(nullptr, block->mappingBytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
      return fail("no memory for the weights");
    madvise(memory, block->mappingBytes, MADV_HUGEPAGE);
    block->mapping = block->base = static_cast<char *>(memory);
    return block;
  }
  block->fd = unnamedFile(folder);
  if (block->fd < 0)
    return fail("no room for the weights");
  block->mappingBytes = size;
  // Reserved now: a disk that fills up while the pages are written back would end in a signal.
  if (int code = posix_fallocate(block->fd, 0, static_cast<off_t>(block->mappingBytes))) {
    errno = code;
    return fail("no room for the weights");
  }
  void *memory =
      mmap(nullptr, block->mappingBytes, PROT_READ | PROT_WRITE, MAP_SHARED, block->fd, 0);
  if (memory == MAP_FAILED)
    return fail("cannot map the weights");
  block->mapping = block->base = static_cast<char *>(memory);
  return block;
}

WeightsBlock::~WeightsBlock() {
  if (mapping)
    munmap(mapping, mappingBytes);
  if (fd >= 0)
    close(fd);
}

bool WeightsBlock::publish(llvm::StringRef path, std::string &error) const {
  // A copy inside one file system shares blocks or stays in the kernel; linkat() cannot replace a
  // file that exists.
  OutputFile file(path);
  off_t from = 0;
  uint64_t left = bytes;
  while (left && file.descriptor() >= 0) {
    ssize_t n = copy_file_range(fd, &from, file.descriptor(), nullptr, left, 0);
    if (n <= 0)
      break;
    left -= static_cast<uint64_t>(n);
  }
  file.write(llvm::StringRef(base + (bytes - left), left));
  if (file.commit())
    return true;
  error = (path + ": " + file.error()).str();
  return false;
}
