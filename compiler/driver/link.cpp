// lld reads its inputs from unnamed in-memory files and writes beside the output, which then is
// renamed. lld keeps global state, so there is one link at a time.
#include "compiler/driver/link.h"

#include "compiler/driver/output_file.h"

#include "lld/Common/Driver.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ObjCopy/ConfigManager.h"
#include "llvm/ObjCopy/ObjCopy.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

#include <cerrno>
#include <cstring>
#include <dlfcn.h>
#include <mutex>
#include <sys/mman.h>
#include <unistd.h>

LLD_HAS_DRIVER(elf)

using namespace dlc;
using llvm::StringRef;

namespace {

constexpr uint64_t kHugePage = uint64_t(2) << 20;

bool fail(LinkError &error, int exitCode, const llvm::Twine &message) {
  error.exitCode = exitCode;
  error.message = message.str();
  return false;
}

/// Unnamed files that hold bytes for lld; closed at the end.
struct MemoryFiles {
  std::vector<int> fds;
  ~MemoryFiles() {
    for (int fd : fds)
      close(fd);
  }
  /// The path of a file with those bytes, or empty.
  std::string add(StringRef bytes) {
    int fd = memfd_create("dlc-object", MFD_CLOEXEC);
    if (fd < 0)
      return "";
    fds.push_back(fd);
    while (!bytes.empty()) {
      ssize_t n = write(fd, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return "";
      bytes = bytes.drop_front(static_cast<size_t>(n));
    }
    return "/proc/self/fd/" + std::to_string(fd);
  }
};

/// Runs lld; its messages come back in `messages`.
bool runLld(const std::vector<std::string> &arguments, std::string &messages) {
  static std::mutex oneAtATime;
  std::lock_guard<std::mutex> lock(oneAtATime);
  std::vector<const char *> argv;
  for (const std::string &a : arguments)
    argv.push_back(a.c_str());
  llvm::raw_string_ostream os(messages);
  lld::Result result = lld::lldMain(argv, os, os, {{lld::Gnu, &lld::elf::link}});
  return result.retCode == 0;
}

/// The file that libNAME of this machine's C library is.
std::string findLibrary(StringRef triple, StringRef name) {
  std::string multiarch =
      llvm::Triple(triple).isAArch64() ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  for (const std::string &folder :
       {"/lib/" + multiarch, "/usr/lib/" + multiarch, std::string("/lib64"),
        std::string("/usr/lib64"), "/usr/" + std::string(StringRef(multiarch)) + "/lib"}) {
    std::string path = folder + "/" + name.str();
    if (llvm::sys::fs::exists(path))
      return path;
  }
  return "";
}

/// Makes every symbol but `symbol` local.
bool hideSymbols(StringRef object, StringRef symbol, std::string &result, std::string &why) {
  llvm::objcopy::ConfigManager config;
  config.Common.InputFilename = "model.o";
  config.Common.OutputFilename = "model.o";
  auto ignore = [](llvm::Error e) {
    llvm::consumeError(std::move(e));
    return llvm::Error::success();
  };
  auto matcher =
      llvm::objcopy::NameOrPattern::create(symbol, llvm::objcopy::MatchStyle::Literal, ignore);
  if (!matcher || config.Common.SymbolsToKeepGlobal.addMatcher(std::move(matcher))) {
    why = "cannot match the symbol";
    return false;
  }
  auto file = llvm::object::ObjectFile::createObjectFile(llvm::MemoryBufferRef(object, "model.o"));
  if (!file) {
    why = llvm::toString(file.takeError());
    return false;
  }
  llvm::SmallString<0> buffer;
  llvm::raw_svector_ostream os(buffer);
  if (llvm::Error e = llvm::objcopy::executeObjcopyOnBinary(config, **file, os)) {
    why = llvm::toString(std::move(e));
    return false;
  }
  result = buffer.str().str();
  return true;
}

bool writeRelocatable(StringRef linked, const LinkInput &input, LinkKind kind, StringRef output,
                      LinkError &error) {
  auto buffer = llvm::MemoryBuffer::getFile(linked);
  if (!buffer)
    return fail(error, 70, "cannot read the linked object: " + buffer.getError().message());
  std::string object, why;
  if (!hideSymbols((*buffer)->getBuffer(), input.symbol, object, why))
    return fail(error, 70, "objcopy: " + why);
  if (kind == LinkKind::Archive) {
    llvm::NewArchiveMember member(llvm::MemoryBufferRef(object, "model.o"));
    auto archive = llvm::writeArchiveToBuffer(member, llvm::SymtabWritingMode::NormalSymtab,
                                              llvm::object::Archive::K_GNU, /*Deterministic=*/true,
                                              /*Thin=*/false);
    if (!archive)
      return fail(error, 70, llvm::toString(archive.takeError()));
    object = (*archive)->getBuffer().str();
  }
  return writeFile(output, object, why) || fail(error, 4, why);
}

} // namespace

static std::string runtimeArchiveName(StringRef triple) {
  llvm::Triple target(triple), host(llvm::sys::getProcessTriple());
  return target.getArch() == host.getArch() ? "libdlcrt.a"
                                            : ("libdlcrt-" + target.getArchName() + ".a").str();
}

std::string dlc::findRuntimeArchive(StringRef triple) {
  std::string name = runtimeArchiveName(triple);
  // In lib/ beside the folder of the program (bin/) or of the library (lib/) that this is part of.
  std::vector<std::string> self = {llvm::sys::fs::getMainExecutable(nullptr, nullptr)};
  if (Dl_info info; dladdr(reinterpret_cast<void *>(&dlc::findRuntimeArchive), &info))
    self.push_back(info.dli_fname);
  for (StringRef file : self) {
    StringRef prefix = llvm::sys::path::parent_path(llvm::sys::path::parent_path(file));
    for (StringRef folder : {"lib", "lib/dlc"}) {
      llvm::SmallString<256> path(prefix);
      llvm::sys::path::append(path, folder, name);
      if (llvm::sys::fs::exists(path))
        return path.str().str();
    }
  }
#ifdef DLC_BUILD_RUNTIME_ARCHIVE // programs of the build tree that lie elsewhere (unit tests)
  if (name == "libdlcrt.a" && llvm::sys::fs::exists(DLC_BUILD_RUNTIME_ARCHIVE))
    return DLC_BUILD_RUNTIME_ARCHIVE;
#endif
  return "";
}

bool dlc::link(const LinkInput &input, LinkKind kind, StringRef output, LinkError &error) {
  std::string runtime = findRuntimeArchive(input.triple);
  if (runtime.empty())
    return fail(error, 5,
                "there is no runtime archive (" + runtimeArchiveName(input.triple) + ") for " +
                    input.triple + " beside this program's folder");
  MemoryFiles files;
  bool relocatable = kind != LinkKind::Shared;
  bool hugeWeights = !relocatable && input.weights && input.weights->size() >= kHugePage;
  std::vector<std::string> arguments = {"ld.lld"};
  auto add = [&](std::initializer_list<std::string> more) {
    arguments.insert(arguments.end(), more);
  };
  if (relocatable) {
    add({"-r", "-u", input.symbol});
  } else {
    std::string script = files.add("{ global: " + input.symbol + "; local: *; };\n");
    if (script.empty())
      return fail(error, 5, llvm::Twine("no memory to link: ") + std::strerror(errno));
    add({"-shared", "--version-script=" + script, "--gc-sections", "--no-undefined-version", "-z",
         "defs", "-z", "relro", "-z", "now", "-z", "noexecstack", "--hash-style=gnu",
         "--build-id=none", "--as-needed", "-O1"});
    // Addresses and file offsets that agree modulo 2 MB: huge pages of the page cache are mapped as
    // such.
    if (hugeWeights)
      add({"-z", "max-page-size=" + std::to_string(kHugePage)});
    if (!input.keepSymbols)
      add({"--strip-all"});
  }
  for (StringRef object : input.objects) {
    arguments.push_back(files.add(object));
    if (arguments.back().empty())
      return fail(error, 5, llvm::Twine("no memory to link: ") + std::strerror(errno));
  }
  if (input.weights && input.weights->size())
    arguments.push_back(input.weights->linkerPath());
  arguments.push_back(runtime);
  if (!relocatable) {
    // The library files themselves: no development package is needed. Without them (another
    // architecture) the symbols stay open and bind in the process that loads the model.
    std::string libm = findLibrary(input.triple, "libm.so.6"),
                libc = findLibrary(input.triple, "libc.so.6");
    if (libm.empty() || libc.empty())
      add({"-z", "undefs"});
    else
      add({libm, libc});
  }

  // The name is reserved in the output's folder, and removed if anything goes wrong.
  OutputFile file(output, 0777);
  if (!file.error().empty())
    return fail(error, 4, output + ": " + file.error());
  // A device or a pipe is no place to link in: what is linked elsewhere is copied to it. So is a
  // library with large weights: lld fills a mapping page by page, and a file that is written in
  // long pieces lies in the page cache in huge pages.
  llvm::SmallString<128> elsewhere;
  if (file.temporaryPath().empty()) {
    if (std::error_code code = llvm::sys::fs::createTemporaryFile("dlc-link", "o", elsewhere))
      return fail(error, 4, "no temporary file: " + code.message());
  } else if (hugeWeights) {
    elsewhere = file.temporaryPath();
    elsewhere += ".link";
  }
  llvm::FileRemover remover(elsewhere, /*deleteIt=*/!elsewhere.empty());
  std::string target = elsewhere.empty() ? file.temporaryPath() : elsewhere.str().str();
  add({"-o", target});
  std::string messages;
  if (!runLld(arguments, messages)) {
    StringRef text = messages;
    // What lld says about its output is about the disk: "failed to open FILE: No space left on
    // device".
    if (text.contains(target))
      return fail(error, 4, output + ": " + text.trim().rsplit(": ").second);
    return fail(error, 70, "lld: " + text.trim());
  }
  if (relocatable)
    return writeRelocatable(target, input, kind, output, error);
  if (!elsewhere.empty())
    file.append(elsewhere);
  if (!file.commit())
    return fail(error, 4, output + ": " + file.error());
  return true;
}
