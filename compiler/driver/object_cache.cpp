// An entry: 8 bytes of magic, 32 of SHA-256 of the rest, then the encoded result.
#include "compiler/driver/object_cache.h"

#include "compiler/driver/kernel_job.h"
#include "compiler/driver/output_file.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SHA256.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace dlc;
namespace fs = llvm::sys::fs;
using llvm::StringRef;

static constexpr StringRef kMagic("dlcobj2\n", 8);
static constexpr uint64_t kDefaultLimit = uint64_t(512) << 20;

static std::string digest(StringRef bytes) {
  llvm::SHA256 hash;
  hash.update(bytes);
  auto result = hash.final();
  return std::string(reinterpret_cast<const char *>(result.data()), result.size());
}

static std::string userFolder() {
  llvm::SmallString<256> path;
  if (const char *cache = std::getenv("XDG_CACHE_HOME"); cache && *cache == '/')
    path = cache;
  else if (const char *home = std::getenv("HOME"); home && *home == '/')
    llvm::sys::path::append(path, home, ".cache");
  else
    return "";
  llvm::sys::path::append(path, "dlc", "objects");
  return path.str().str();
}

ObjectCache::ObjectCache() : ObjectCache(userFolder(), kDefaultLimit) {}

ObjectCache::ObjectCache(StringRef where, uint64_t limit) : folder(where.str()), limit(limit) {
  if (!folder.empty() && fs::create_directories(folder))
    folder.clear();
}

ObjectCache::~ObjectCache() {
  if (stored)
    trim();
}

std::string ObjectCache::path(StringRef key) const { return folder + "/" + key.str() + ".o"; }

std::optional<KernelObject> ObjectCache::lookup(StringRef key) const {
  if (folder.empty())
    return std::nullopt;
  std::string name = path(key);
  auto file = llvm::MemoryBuffer::getFile(name, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!file)
    return std::nullopt;
  StringRef bytes = (*file)->getBuffer();
  KernelResult result;
  if (!bytes.consume_front(kMagic) || bytes.size() < 32 ||
      bytes.take_front(32) != digest(bytes.drop_front(32)) ||
      !decode(bytes.drop_front(32), result) || !result.ok) {
    unlink(name.c_str());
    return std::nullopt;
  }
  // What was used lately stays longest.
  utimensat(AT_FDCWD, name.c_str(), nullptr, 0);
  return std::move(result.object);
}

void ObjectCache::store(StringRef key, const KernelObject &object) {
  if (folder.empty())
    return;
  KernelResult result;
  result.ok = true;
  result.object = object;
  std::string payload = encode(result);
  OutputFile file(path(key));
  file.write(kMagic);
  file.write(digest(payload));
  file.write(payload);
  stored |= file.commit();
}

void ObjectCache::trim() const {
  struct Entry {
    std::string path;
    uint64_t size;
    time_t used;
  };
  std::vector<Entry> entries;
  uint64_t total = 0;
  time_t today = time(nullptr);
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; it != end && !error; it.increment(error)) {
    struct stat status;
    if (stat(it->path().c_str(), &status) != 0 || !S_ISREG(status.st_mode))
      continue;
    // A name that does not end in .o is of a writer at work, or of one that was killed.
    if (!StringRef(it->path()).ends_with(".o")) {
      if (today - status.st_mtime > 3600)
        unlink(it->path().c_str());
      continue;
    }
    entries.push_back({it->path(), static_cast<uint64_t>(status.st_size), status.st_mtime});
    total += entries.back().size;
  }
  if (total <= limit)
    return;
  std::sort(entries.begin(), entries.end(),
            [](const Entry &a, const Entry &b) { return a.used < b.used; });
  // Down to four fifths, so that not every store has to trim.
  for (const Entry &entry : entries) {
    if (total <= limit / 5 * 4)
      break;
    if (unlink(entry.path.c_str()) == 0)
      total -= entry.size;
  }
}
