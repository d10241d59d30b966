// The object is written by hand: an ELF header, the bytes at offset 4096, then a symbol table with
// one symbol. Any tool would hold the bytes in memory at least once.
#include "compiler/driver/weights_block.h"

#include "compiler/driver/output_file.h"

#include "llvm/ADT/Twine.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/TargetParser/Triple.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

using namespace dlc;
namespace elf = llvm::ELF;

namespace {

constexpr uint64_t kDataOffset = 4096;
/// From this size on the section is marked as large, so that the linker keeps it away from between
/// code and its constants.
constexpr uint64_t kLargeSection = uint64_t(256) << 20;

void append(std::string &to, const void *data, size_t size) {
  to.append(static_cast<const char *>(data), size);
}

struct ElfText {
  std::string head; ///< at offset 0
  std::string tail; ///< after the data
};

ElfText elfAround(uint64_t size, const llvm::Triple &triple) {
  static constexpr char kSectionNames[] =
      "\0.dlc_weights\0.symtab\0.strtab\0.shstrtab\0.note.GNU-stack";
  enum { NameWeights = 1, NameSymtab = 14, NameStrtab = 22, NameShstrtab = 30, NameStack = 40 };
  ElfText text;
  uint64_t at = llvm::alignTo(kDataOffset + size, 8);
  text.tail.assign(at - kDataOffset - size, '\0');

  uint64_t symtab = at;
  elf::Elf64_Sym symbols[2];
  std::memset(symbols, 0, sizeof(symbols));
  symbols[1].st_name = 1;
  symbols[1].setBindingAndType(elf::STB_GLOBAL, elf::STT_OBJECT);
  symbols[1].st_other = elf::STV_HIDDEN;
  symbols[1].st_shndx = 1;
  symbols[1].st_size = size;
  append(text.tail, symbols, sizeof(symbols));
  at += sizeof(symbols);

  uint64_t strtab = at, strtabSize = kWeightsSymbol.size() + 2;
  text.tail += '\0';
  text.tail += kWeightsSymbol;
  text.tail += '\0';
  at += strtabSize;

  uint64_t shstrtab = at;
  append(text.tail, kSectionNames, sizeof(kSectionNames));
  at += sizeof(kSectionNames);
  uint64_t sections = llvm::alignTo(at, 8);
  text.tail.append(sections - at, '\0');

  elf::Elf64_Shdr shdr[6];
  std::memset(shdr, 0, sizeof(shdr));
  shdr[1].sh_name = NameWeights;
  shdr[1].sh_type = elf::SHT_PROGBITS;
  shdr[1].sh_flags = elf::SHF_ALLOC;
  if (size >= kLargeSection && triple.getArch() == llvm::Triple::x86_64)
    shdr[1].sh_flags |= elf::SHF_X86_64_LARGE;
  shdr[1].sh_offset = kDataOffset;
  shdr[1].sh_size = size;
  shdr[1].sh_addralign = 4096;
  shdr[2].sh_name = NameSymtab;
  shdr[2].sh_type = elf::SHT_SYMTAB;
  shdr[2].sh_offset = symtab;
  shdr[2].sh_size = sizeof(symbols);
  shdr[2].sh_link = 3;
  shdr[2].sh_info = 1; // the first global symbol
  shdr[2].sh_addralign = 8;
  shdr[2].sh_entsize = sizeof(elf::Elf64_Sym);
  shdr[3].sh_name = NameStrtab;
  shdr[3].sh_type = elf::SHT_STRTAB;
  shdr[3].sh_offset = strtab;
  shdr[3].sh_size = strtabSize;
  shdr[3].sh_addralign = 1;
  shdr[4].sh_name = NameShstrtab;
  shdr[4].sh_type = elf::SHT_STRTAB;
  shdr[4].sh_offset = shstrtab;
  shdr[4].sh_size = sizeof(kSectionNames);
  shdr[4].sh_addralign = 1;
  shdr[5].sh_name = NameStack; // says that the stack need not be executable
  shdr[5].sh_type = elf::SHT_PROGBITS;
  shdr[5].sh_offset = shstrtab;
  shdr[5].sh_addralign = 1;
  append(text.tail, shdr, sizeof(shdr));

  elf::Elf64_Ehdr header;
  std::memset(&header, 0, sizeof(header));
  std::memcpy(header.e_ident, elf::ElfMagic, 4);
  header.e_ident[elf::EI_CLASS] = elf::ELFCLASS64;
  header.e_ident[elf::EI_DATA] = elf::ELFDATA2LSB;
  header.e_ident[elf::EI_VERSION] = elf::EV_CURRENT;
  header.e_type = elf::ET_REL;
  header.e_machine = triple.isAArch64() ? elf::EM_AARCH64 : elf::EM_X86_64;
  header.e_version = elf::EV_CURRENT;
  header.e_shoff = sections;
  header.e_ehsize = sizeof(header);
  header.e_shentsize = sizeof(elf::Elf64_Shdr);
  header.e_shnum = 6;
  header.e_shstrndx = 4;
  append(text.head, &header, sizeof(header));
  text.head.resize(kDataOffset, '\0');
  return text;
}

bool writeAt(int fd, llvm::StringRef text, uint64_t offset) {
  while (!text.empty()) {
    ssize_t n = pwrite(fd, text.data(), text.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return false;
    text = text.drop_front(static_cast<size_t>(n));
    offset += static_cast<uint64_t>(n);
  }
  return true;
}

/// An unnamed file in `folder`, or in memory where the file system there has no such thing.
int unnamedFile(llvm::StringRef folder) {
  int fd = open(folder.empty() ? "." : folder.str().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0644);
  return fd >= 0 ? fd : memfd_create("dlc-weights", MFD_CLOEXEC);
}

} // namespace

std::unique_ptr<WeightsBlock> WeightsBlock::create(Place place, uint64_t size,
                                                   llvm::StringRef folder,
                                                   llvm::StringRef tripleText, std::string &error) {
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
  ElfText text;
  uint64_t start = 0;
  if (place == Place::Object) {
    text = elfAround(size, llvm::Triple(tripleText));
    start = kDataOffset;
  }
  block->mappingBytes = start + size + text.tail.size();
  // Reserved now: a disk that fills up while the pages are written back would end in a signal.
  if (int code = posix_fallocate(block->fd, 0, static_cast<off_t>(block->mappingBytes))) {
    errno = code;
    return fail("no room for the weights");
  }
  if (place == Place::Object &&
      (!writeAt(block->fd, text.head, 0) || !writeAt(block->fd, text.tail, start + size)))
    return fail("cannot write the weights");
  void *memory =
      mmap(nullptr, block->mappingBytes, PROT_READ | PROT_WRITE, MAP_SHARED, block->fd, 0);
  if (memory == MAP_FAILED)
    return fail("cannot map the weights");
  block->mapping = static_cast<char *>(memory);
  block->base = block->mapping + start;
  return block;
}

WeightsBlock::~WeightsBlock() {
  if (mapping)
    munmap(mapping, mappingBytes);
  if (fd >= 0)
    close(fd);
}

std::string WeightsBlock::linkerPath() const { return "/proc/self/fd/" + std::to_string(fd); }

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
