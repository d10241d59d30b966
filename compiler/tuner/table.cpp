// The table of dlc-tune: kernel, its share of the model's time, speed, what was tried.
#include "compiler/driver/worker_process.h"
#include "compiler/tuner/tuner.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace dlc;

static constexpr const char *kHeader = "kernel                            share   default us   "
                                       "best us    GFLOP/s  of peak    gain  trials\n";

TuningDisplay::TuningDisplay(const TuningSession &session, llvm::StringRef mode)
    : session(session), terminal(mode == "auto" && isatty(STDERR_FILENO)), plain(mode != "none") {}

TuningDisplay::~TuningDisplay() = default;

std::string TuningDisplay::row(const TuningState &state, double total) const {
  std::string text;
  llvm::raw_string_ostream os(text);
  double ns = state.defaultNs * state.bestCost();
  double gflops = ns > 0 ? state.unit->cost.flops / ns : 0;
  os << llvm::format("%-32.32s %5.1f %% %12.1f %9.1f", state.unit->label.c_str(),
                     total > 0 ? 100 * state.weight() / total : 0.0, state.defaultNs * 1e-3,
                     ns * 1e-3);
  os << llvm::format(" %10.1f", gflops);
  if (session.peakGflops > 0)
    os << llvm::format(" %6.1f %%",
                       100 * gflops / (session.peakGflops * session.options.compile.threads));
  else
    os << "        -";
  os << llvm::format(" %5.1f %% %6zu", 100 * (1 - state.bestCost()),
                     state.history.empty() ? size_t(0) : state.history.size() - 1);
  return text;
}

static std::string duration(double seconds) {
  int s = std::max(0, static_cast<int>(seconds));
  return llvm::formatv("{0}:{1:2}", s / 60, llvm::format("%02d", s % 60));
}

void TuningDisplay::update() {
  double time = now();
  if (!terminal || time - last < 0.2)
    return;
  last = time;
  std::vector<const TuningState *> order;
  double total = 0;
  for (const TuningState &state : session.kernels) {
    order.push_back(&state);
    total += state.weight();
  }
  llvm::sort(order,
             [](const TuningState *a, const TuningState *b) { return a->weight() > b->weight(); });
  winsize size = {};
  int height = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row ? size.ws_row : 24;
  size_t rows = std::min<size_t>(order.size(), static_cast<size_t>(std::max(height - 4, 3)));
  std::string text;
  if (lines)
    text = "\033[" + std::to_string(lines) + "A\r\033[J";
  text += session.phase + ", " + duration(time - session.started) + " of " +
          duration(session.options.seconds) + ", " + duration(session.deadline - time) + " left\n" +
          kHeader;
  for (size_t i = 0; i < rows; ++i)
    text += row(*order[i], total) + "\n";
  lines = static_cast<int>(rows) + 2;
  llvm::errs() << text;
}

void TuningDisplay::say(const std::string &text) {
  if (terminal && lines) {
    llvm::errs() << "\033[" << lines << "A\r\033[J";
    lines = 0;
    last = 0;
  } else if (!plain) {
    return;
  }
  llvm::errs() << "dlc-tune: " << text << "\n";
}

void TuningDisplay::final() {
  if (terminal && lines)
    llvm::errs() << "\033[" << lines << "A\r\033[J";
  lines = 0;
  double total = 0;
  for (const TuningState &state : session.kernels)
    total += state.weight();
  llvm::outs() << "processor " << session.processor;
  if (session.peakGflops > 0)
    llvm::outs() << llvm::format(", peak %.0f GFLOP/s a thread", session.peakGflops);
  llvm::outs() << "\n" << kHeader;
  for (const TuningState &state : session.kernels)
    llvm::outs() << row(state, total) << (state.verdict.empty() ? "" : "  " + state.verdict)
                 << "\n";
  llvm::outs() << session.netVerdict << "\n";
}
