// lld reads its inputs from unnamed in-memory files and writes beside the output; what it makes is
// copied, since weights are put in only then. lld keeps global state, so there is one link at a
// time.
#include "compiler/driver/link.h"

#include "compiler/driver/output_file.h"
#include "compiler/driver/weights_section.h"

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
#include "llvm/Support/Signals.h"
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

/// Puts the object, with the weights in it, in an archive.
bool archive(std::string &object, LinkError &error) {
  llvm::NewArchiveMember member(llvm::MemoryBufferRef(object, "model.o"));
  auto archive = llvm::writeArchiveToBuffer(member, llvm::SymtabWritingMode::NormalSymtab,
                                            llvm::object::Archive::K_GNU, /*Deterministic=*/true,
                                            /*Thin=*/false);
  if (!archive)
    return fail(error, 70, llvm::toString(archive.takeError()));
  object = (*archive)->getBuffer().str();
  return true;
}

/// The embedded weights.
StringRef weightsOf(const LinkInput &input) {
  return input.weights ? StringRef(input.weights->data(), input.weights->size()) : StringRef();
}

/// The linked file becomes the output: symbols are hidden, weights put in.
bool writeOutput(StringRef linked, const LinkInput &input, LinkKind kind, OutputFile &output,
                 LinkError &error) {
  auto buffer = llvm::MemoryBuffer::getFile(linked, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!buffer)
    return fail(error, 70, "cannot read the linked file: " + buffer.getError().message());
  std::string file = (*buffer)->getBuffer().str(), why;
  if (kind != LinkKind::Shared && !hideSymbols((*buffer)->getBuffer(), input.symbol, file, why))
    return fail(error, 70, "objcopy: " + why);
  StringRef weights = weightsOf(input);
  WeightsGap gap{file.size(), 0};
  if (!weights.empty() && !openWeightsGap(file, weights.size(), gap, why))
    return fail(error, 70, why);
  if (kind == LinkKind::Archive) {
    file.insert(gap.offset, weights.str() + std::string(gap.padding, '\0'));
    if (!archive(file, error))
      return false;
    output.write(file);
    return true;
  }
  output.write(StringRef(file).take_front(gap.offset));
  output.write(weights);
  output.write(std::string(gap.padding, '\0'));
  output.write(StringRef(file).drop_front(gap.offset));
  return true;
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
  StringRef weights = weightsOf(input);
  std::vector<std::string> arguments = {"ld.lld"};
  auto noMemory = [&] {
    return fail(error, 5, llvm::Twine("no memory to link: ") + std::strerror(errno));
  };
  auto add = [&](std::initializer_list<std::string> more) {
    arguments.insert(arguments.end(), more);
  };
  if (relocatable) {
    add({"-r", "-u", input.symbol});
  } else {
    std::string script = files.add("{ global: " + input.symbol + "; local: *; };\n");
    if (script.empty())
      return noMemory();
    add({"-shared", "--version-script=" + script, "--gc-sections", "--no-undefined-version", "-z",
         "defs", "-z", "relro", "-z", "now", "-z", "noexecstack", "--hash-style=gnu",
         "--build-id=none", "--as-needed", "-O1"});
    // Addresses and file offsets that agree modulo 2 MB: huge pages of the page cache are mapped as
    // such.
    if (weights.size() >= kHugePage)
      add({"-z", "max-page-size=" + std::to_string(kHugePage)});
    if (!weights.empty())
      add({"-u", kWeightsAnchor.str()});
    if (!input.keepSymbols)
      add({"--strip-all"});
  }
  auto addFile = [&](StringRef bytes) {
    arguments.push_back(files.add(bytes));
    return !arguments.back().empty();
  };
  for (StringRef object : input.objects)
    if (!addFile(object))
      return noMemory();
  if (!weights.empty())
    if (!addFile(weightsStub(weights.size(), input.triple)) ||
        (!relocatable && !addFile(kWeightsScript)))
      return noMemory();
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

  // The name is reserved in the output's folder, and removed if anything goes wrong. A device or a
  // pipe is no place to link beside.
  OutputFile file(output, kind == LinkKind::Shared ? 0777 : 0666);
  if (!file.error().empty())
    return fail(error, 4, output + ": " + file.error());
  llvm::SmallString<128> target(file.temporaryPath());
  target += ".link";
  if (file.temporaryPath().empty())
    if (std::error_code code = llvm::sys::fs::createTemporaryFile("dlc-link", "o", target))
      return fail(error, 4, "no temporary file: " + code.message());
  llvm::FileRemover remover(target);
  llvm::sys::RemoveFileOnSignal(target);
  llvm::scope_exit keepSignals([&] { llvm::sys::DontRemoveFileOnSignal(target); });
  add({"-o", target.str().str()});
  std::string messages;
  if (!runLld(arguments, messages)) {
    StringRef text = messages;
    // What lld says about its output is about the disk: "failed to open FILE: No space left on
    // device".
    if (text.contains(target))
      return fail(error, 4, output + ": " + text.trim().rsplit(": ").second);
    return fail(error, 70, "lld: " + text.trim());
  }
  if (!writeOutput(target, input, kind, file, error))
    return false;
  if (!file.commit())
    return fail(error, 4, output + ": " + file.error());
  return true;
}
