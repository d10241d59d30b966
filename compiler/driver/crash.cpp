// See crash.h. LLVM installs the handlers (with a stack of their own, and removing unfinished
// outputs first); ours runs last and does not return.
#include "compiler/driver/crash.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>
#include <unistd.h>

using namespace dlc;

static const char *toolName = "dlc";
static thread_local CrashContext *innermost = nullptr;
static CrashContext *last = nullptr; // of any thread

CrashContext::CrashContext(std::string stage, mlir::ModuleOp module)
    : stage(std::move(stage)), module(module), outer(innermost) {
  innermost = last = this;
}

CrashContext::~CrashContext() { innermost = last = outer; }

static void say(const char *text) {
  // write() may fail; there is nothing left to do about it.
  [[maybe_unused]] ssize_t n = write(STDERR_FILENO, text, std::strlen(text));
}

std::string dlc::reportHelp() {
  return "this is a bug of dlc: please report it with the model, or with the IR that was kept";
}

std::string dlc::keepIr(mlir::ModuleOp module) {
  if (!module)
    return "";
  llvm::SmallString<128> path;
  int fd;
  if (llvm::sys::fs::createTemporaryFile("dlc-internal-error", "mlir", fd, path))
    return "";
  llvm::raw_fd_ostream os(fd, /*shouldClose=*/true);
  module->print(os, mlir::OpPrintingFlags().useLocalScope().printGenericOpForm(false));
  os.close();
  if (os.has_error()) {
    os.clear_error();
    return "";
  }
  return path.str().str();
}

static void onCrash(void *) {
  static volatile sig_atomic_t entered = 0;
  if (entered)
    _exit(70);
  entered = 1;
  // Printing the IR below may hang or crash again; both end in exit code 70.
  signal(SIGALRM, [](int) { _exit(70); });
  alarm(10);
  say(toolName);
  say(": error: internal error");
  CrashContext *context = innermost ? innermost : last;
  if (context) {
    say(" in stage '");
    say(context->stage.c_str());
    say("'");
  }
  say("\n  help: this is a bug of dlc: please report it with the model");
  if (context) {
    std::string path = keepIr(context->module);
    if (!path.empty()) {
      say("; the IR is in ");
      say(path.c_str());
    }
  }
  say("\n");
  _exit(70);
}

[[noreturn]] static void outOfMemory() {
  say(toolName);
  say(": error: out of memory\n");
  llvm::sys::RunInterruptHandlers(); // removes unfinished outputs
  _exit(5);
}

void dlc::installCrashHandler(const char *tool) {
  toolName = tool;
  llvm::sys::PrintStackTraceOnErrorSignal(tool, /*DisableCrashReporting=*/true);
  llvm::sys::AddSignalHandler(onCrash, nullptr);
  signal(SIGXFSZ, SIG_IGN); // a file that grows too large is an error of write()
  llvm::sys::SetOneShotPipeSignalFunction([] { _exit(0); }); // `dlc-run ... | head` is no error
  // report_fatal_error exits with 1 by itself; abort instead, which comes here.
  llvm::install_fatal_error_handler(
      [](void *, const char *reason, bool) {
        say(toolName);
        say(": ");
        say(reason);
        say("\n");
        std::abort();
      },
      nullptr);
  llvm::install_bad_alloc_error_handler([](void *, const char *, bool) { outOfMemory(); }, nullptr);
  std::set_new_handler(outOfMemory);
}
