// See progress.h.
#include "compiler/driver/progress.h"

#include "compiler/driver/worker_process.h"

#include "llvm/Support/Format.h"

#include <unistd.h>

using namespace dlc;

Progress::Progress(llvm::StringRef mode)
    : terminal(mode == "auto" && isatty(STDERR_FILENO)), plain(mode == "plain"), start(now()),
      stageStart(start) {}

Progress::~Progress() { finish(); }

void Progress::show(const std::string &text) {
  llvm::errs() << "\r\033[K" << text;
  shown = true;
}

void Progress::stage(llvm::StringRef name) {
  double time = now();
  if (!current.empty())
    times.emplace_back(current, time - stageStart);
  current = name.str();
  stageStart = time;
  if (plain)
    llvm::errs() << "dlc: " << name << "\n";
  else if (terminal && time - start > 2)
    show(current);
}

void Progress::step(size_t done, size_t total) {
  double time = now();
  if (terminal && time - start > 2 && time - lastShown > 0.1) {
    lastShown = time;
    show(current + " " + std::to_string(done) + "/" + std::to_string(total));
  }
}

void Progress::finish() {
  if (!current.empty())
    times.emplace_back(current, now() - stageStart);
  current.clear();
  if (shown)
    llvm::errs() << "\r\033[K";
  shown = false;
}

void Progress::printTiming(llvm::raw_ostream &os) const {
  double total = 0;
  for (const auto &[name, seconds] : times) {
    os << llvm::format("%9.1f ms  ", seconds * 1e3) << name << "\n";
    total += seconds;
  }
  os << llvm::format("%9.1f ms  total\n", total * 1e3);
  for (const std::string &line : notes)
    os << line << "\n";
}
