// See footprint.h: Linux says it in /proc/self/smaps_rollup.
#include "compiler/driver/footprint.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace dlc;
using llvm::StringRef;

/// Bytes of a line "Name:   12 kB", or 0 where it is another one.
static int64_t bytesOf(StringRef line, StringRef name) {
  int64_t kilobytes = 0;
  if (!line.consume_front(name) || !line.consume_front(":"))
    return 0;
  return line.trim().split(' ').first.getAsInteger(10, kilobytes) ? 0 : kilobytes * 1024;
}

Footprint dlc::readFootprint() {
  Footprint result;
  auto file = llvm::MemoryBuffer::getFileAsStream("/proc/self/smaps_rollup");
  if (!file)
    return result;
  for (StringRef line : llvm::split((*file)->getBuffer(), '\n')) {
    result.anonymous += bytesOf(line, "Anonymous");
    result.huge += bytesOf(line, "AnonHugePages") + bytesOf(line, "FilePmdMapped");
  }
  return result;
}
