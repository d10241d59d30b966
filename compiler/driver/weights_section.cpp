// See weights_section.h. The stub is written by hand: a header, a symbol table, the section
// headers.
#include "compiler/driver/weights_section.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/TargetParser/Triple.h"

#include <cstring>
#include <vector>

using namespace dlc;
using llvm::StringRef;
namespace elf = llvm::ELF;

/// From this size on the section is marked as large, so that whoever links the object keeps it away
/// from between code and its constants.
static constexpr uint64_t kLargeSection = uint64_t(256) << 20;
static constexpr uint64_t kPage = 4096;
static constexpr StringRef kSectionName = ".dlc_weights";

static void append(std::string &to, const void *data, size_t size) {
  to.append(static_cast<const char *>(data), size);
}

std::string dlc::weightsStub(uint64_t size, StringRef tripleText) {
  llvm::Triple triple(tripleText);
  static constexpr char kSectionNames[] =
      "\0.dlc_weights\0.bss\0.symtab\0.strtab\0.shstrtab\0.note.GNU-stack";
  enum { NameWeights = 1, NameBss = 14, NameSymtab = 19, NameStrtab = 27, NameShstrtab = 35 };
  enum { NameStack = 45 };
  enum { Weights = 1, Bss, Symtab, Strtab, Shstrtab, Stack, Sections };
  std::string text(sizeof(elf::Elf64_Ehdr), '\0');

  elf::Elf64_Shdr shdr[Sections];
  std::memset(shdr, 0, sizeof(shdr));
  auto begin = [&](int section, uint32_t name, uint32_t type) -> elf::Elf64_Shdr & {
    text.resize(llvm::alignTo(text.size(), 8), '\0');
    shdr[section].sh_name = name;
    shdr[section].sh_type = type;
    shdr[section].sh_offset = text.size();
    shdr[section].sh_addralign = 1;
    return shdr[section];
  };
  elf::Elf64_Shdr &weights = begin(Weights, NameWeights, elf::SHT_NOBITS);
  weights.sh_flags = elf::SHF_ALLOC;
  if (size >= kLargeSection && triple.getArch() == llvm::Triple::x86_64)
    weights.sh_flags |= elf::SHF_X86_64_LARGE;
  weights.sh_size = size;
  weights.sh_addralign = kPage;

  elf::Elf64_Shdr &bss = begin(Bss, NameBss, elf::SHT_NOBITS);
  bss.sh_flags = elf::SHF_ALLOC | elf::SHF_WRITE;
  bss.sh_size = bss.sh_addralign = 8;

  std::string strings(1, '\0');
  elf::Elf64_Sym symbols[3];
  std::memset(symbols, 0, sizeof(symbols));
  auto define = [&](elf::Elf64_Sym &symbol, StringRef name, int section) {
    symbol.st_name = uint32_t(strings.size());
    symbol.setBindingAndType(elf::STB_GLOBAL, elf::STT_OBJECT);
    symbol.st_other = elf::STV_HIDDEN;
    symbol.st_shndx = uint16_t(section);
    symbol.st_size = shdr[section].sh_size;
    strings += name;
    strings += '\0';
  };
  define(symbols[1], kWeightsSymbol, Weights);
  define(symbols[2], kWeightsAnchor, Bss);
  elf::Elf64_Shdr &symtab = begin(Symtab, NameSymtab, elf::SHT_SYMTAB);
  append(text, symbols, sizeof(symbols));
  symtab.sh_size = sizeof(symbols);
  symtab.sh_link = Strtab;
  symtab.sh_info = 1; // the first global symbol
  symtab.sh_addralign = 8;
  symtab.sh_entsize = sizeof(elf::Elf64_Sym);

  begin(Strtab, NameStrtab, elf::SHT_STRTAB).sh_size = strings.size();
  text += strings;

  begin(Shstrtab, NameShstrtab, elf::SHT_STRTAB).sh_size = sizeof(kSectionNames);
  append(text, kSectionNames, sizeof(kSectionNames));

  begin(Stack, NameStack, elf::SHT_PROGBITS); // says that the stack need not be executable

  elf::Elf64_Ehdr header;
  std::memset(&header, 0, sizeof(header));
  std::memcpy(header.e_ident, elf::ElfMagic, 4);
  header.e_ident[elf::EI_CLASS] = elf::ELFCLASS64;
  header.e_ident[elf::EI_DATA] = elf::ELFDATA2LSB;
  header.e_ident[elf::EI_VERSION] = elf::EV_CURRENT;
  header.e_type = elf::ET_REL;
  header.e_machine = triple.isAArch64() ? elf::EM_AARCH64 : elf::EM_X86_64;
  header.e_version = elf::EV_CURRENT;
  header.e_shoff = text.size();
  header.e_ehsize = sizeof(header);
  header.e_shentsize = sizeof(elf::Elf64_Shdr);
  header.e_shnum = Sections;
  header.e_shstrndx = Shstrtab;
  std::memcpy(text.data(), &header, sizeof(header));
  append(text, shdr, sizeof(shdr));
  return text;
}

namespace {
/// A table of a file's headers, changed in place.
template <typename Header> class Table {
public:
  Table(std::string &file, uint64_t offset, uint64_t count) : file(file), offset(offset) {
    if (offset <= file.size() && count <= (file.size() - offset) / sizeof(Header)) {
      headers.resize(count);
      std::memcpy(headers.data(), file.data() + offset, count * sizeof(Header));
    }
  }
  void write() {
    std::memcpy(file.data() + offset, headers.data(), headers.size() * sizeof(Header));
  }

  std::vector<Header> headers;

private:
  std::string &file;
  uint64_t offset;
};
} // namespace

bool dlc::openWeightsGap(std::string &file, uint64_t size, WeightsGap &gap, std::string &error) {
  auto fail = [&](const char *what) {
    error = what;
    return false;
  };
  elf::Elf64_Ehdr header;
  if (file.size() < sizeof(header))
    return fail("the linked file has no header");
  std::memcpy(&header, file.data(), sizeof(header));
  Table<elf::Elf64_Shdr> sections(file, header.e_shoff, header.e_shnum);
  Table<elf::Elf64_Phdr> segments(file, header.e_phoff, header.e_phnum);
  if (header.e_shstrndx >= sections.headers.size())
    return fail("the linked file has no sections");
  uint64_t names = sections.headers[header.e_shstrndx].sh_offset;
  size_t own = 0;
  for (auto [i, section] : llvm::enumerate(sections.headers))
    if (StringRef(file).substr(names + section.sh_name, kSectionName.size() + 1) ==
            StringRef(kSectionName.data(), kSectionName.size() + 1) &&
        section.sh_type == elf::SHT_NOBITS && section.sh_size == size)
      own = i;
  if (own == 0)
    return fail("the linked file has no section of weights");
  elf::Elf64_Shdr &weights = sections.headers[own];
  uint64_t at = weights.sh_offset, place = llvm::alignTo(at, kPage);
  uint64_t end = llvm::alignTo(place + size, kPage);
  for (elf::Elf64_Phdr &segment : segments.headers) {
    if (segment.p_type == elf::PT_LOAD && segment.p_vaddr == weights.sh_addr &&
        segment.p_memsz == size && segment.p_filesz == 0) {
      segment.p_filesz = size;
      segment.p_offset = place;
    } else if (segment.p_type == elf::PT_LOAD && segment.p_offset + segment.p_filesz > at) {
      return fail("the linked file has a segment behind the weights");
    }
  }
  for (auto [i, section] : llvm::enumerate(sections.headers))
    if (section.sh_offset > at || (section.sh_offset == at && i > own))
      section.sh_offset += end - at;
  weights.sh_type = elf::SHT_PROGBITS;
  weights.sh_offset = place;
  sections.write();
  segments.write();
  if (header.e_shoff >= at)
    header.e_shoff += end - at;
  std::memcpy(file.data(), &header, sizeof(header));
  file.insert(at, place - at, '\0');
  gap = {place, end - place - size};
  return true;
}
