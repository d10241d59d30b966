// The page of dlc-tune --report: a table of the kernels; for each the time of every trial with the
// best so far as a line, and the schedule space as parallel axes, one a knob, one line a trial,
// coloured by its time. Everything is in the one file: no script, no other source.
#include "compiler/tuner/tuner.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cmath>

using namespace dlc;

namespace {

std::string escape(llvm::StringRef text) {
  std::string result;
  llvm::raw_string_ostream os(result);
  llvm::printHTMLEscaped(text, os);
  return result;
}

std::string fixed(double value, int digits = 1) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.*f", digits, value);
  return text;
}

/// From green (fast) over yellow to red; `cost` is relative to the default's time.
std::string colour(double cost) {
  if (!std::isfinite(cost))
    return "#bbb";
  double t = std::clamp((cost - 0.6) / 1.2, 0.0, 1.0);
  return "hsl(" + fixed(130 * (1 - t), 0) + ",65%,42%)";
}

constexpr const char *kStyle = R"(
:root { color-scheme: light; --ink: #1c2430; --faint: #6b7686; --line: #d9dee6; --accent: #1f6fd0; }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); max-width: 76rem; margin: 2rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.5rem; margin-bottom: .2rem; } h2 { font-size: 1.1rem; margin: 2.2rem 0 .3rem; }
p { margin: .3rem 0; } .faint { color: var(--faint); }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .6rem; text-align: right; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child, td:last-child, th:last-child { text-align: left; }
th { font-weight: 600; color: var(--faint); }
code { font: 12.5px ui-monospace, monospace; background: #f3f5f8; padding: .1rem .3rem; border-radius: 3px; overflow-wrap: anywhere; }
svg { display: block; width: 100%; height: auto; margin: .5rem 0; }
svg text { font: 11px system-ui, sans-serif; fill: var(--faint); } svg text.name { fill: var(--ink); font-weight: 600; }
a { color: var(--accent); text-decoration: none; }
details summary { cursor: pointer; color: var(--faint); }
)";

class Report {
public:
  explicit Report(const TuningSession &session) : session(session), os(text) {}

  std::string run() {
    os << "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta "
          "name=\"viewport\" "
          "content=\"width=device-width, initial-scale=1\">\n<title>dlc-tune: "
       << escape(session.options.compile.model) << "</title>\n<style>" << kStyle
       << "</style></head><body>\n<h1>" << escape(session.options.compile.model) << "</h1>\n<p>"
       << escape(session.processor);
    if (session.peakGflops > 0)
      os << ", " << fixed(session.peakGflops, 0) << " GFLOP/s a thread at most";
    os << "; strategy " << escape(session.options.search) << ".</p>\n<p><b>"
       << escape(session.netVerdict) << "</b></p>\n";
    table();
    for (size_t i = 0; i < session.kernels.size(); ++i)
      if (session.kernels[i].history.size() > 1)
        kernel(i);
    os << "</body></html>\n";
    return std::move(text);
  }

private:
  double gflops(const TuningState &state, double cost) const {
    double ns = state.defaultNs * cost;
    return ns > 0 ? state.unit->cost.flops / ns : 0;
  }

  void table() {
    double total = 0;
    for (const TuningState &state : session.kernels)
      total += state.weight();
    os << "<table><tr><th>kernel</th><th>launches</th><th>share</th><th>default, us</th><th>best, "
          "us</th><th>GFLOP/s</th><th>of peak</th><th>trials</th><th></th></tr>\n";
    for (size_t i = 0; i < session.kernels.size(); ++i) {
      const TuningState &state = session.kernels[i];
      double best = state.bestCost(), speed = gflops(state, best);
      double peak = session.peakGflops * session.options.compile.threads;
      os << "<tr><td><a href=\"#k" << i << "\">" << escape(state.unit->label) << "</a></td><td>"
         << fixed(state.unit->launches, 0) << "</td><td>"
         << fixed(total > 0 ? 100 * state.weight() / total : 0) << " %</td><td>"
         << fixed(state.defaultNs * 1e-3) << "</td><td>" << fixed(state.defaultNs * best * 1e-3)
         << "</td><td>" << fixed(speed) << "</td><td>"
         << (peak > 0 ? fixed(100 * speed / peak) + " %" : "") << "</td><td>"
         << (state.history.empty() ? 0 : state.history.size() - 1) << "</td><td>"
         << escape(state.broken.empty() ? state.verdict : "cannot be measured") << "</td></tr>\n";
    }
    os << "</table>\n<p class=\"faint\">Operations are those of the direct computation, so "
          "Winograd may "
          "pass the peak. &ldquo;Best&rdquo; is the best of the search; only schedules that were "
          "faster "
          "again in longer measurements, alone and in the model, are recorded.</p>\n";
  }

  void kernel(size_t number) {
    const TuningState &state = session.kernels[number];
    const ScheduleSpace &space = state.unit->space;
    os << "<h2 id=\"k" << number << "\">" << escape(state.unit->label)
       << "</h2>\n<p class=\"faint\">kernel " << state.unit->key.substr(0, 16) << ", "
       << fixed(space.size(), 0) << " points in the space, " << state.history.size() - 1
       << " tried.</p>\n<p>default "
       << "<code>" << escape(state.unit->initial.schedule) << "</code></p>\n<p>best in the search ("
       << fixed(100 * (1 - state.bestCost())) << " % less time) <code>"
       << escape(space.at(state.history[state.best].point).schedule) << "</code></p>\n";
    curve(state);
    axes(state);
  }

  /// Trials as points over their number, the best so far as a line. Up is fast.
  void curve(const TuningState &state) {
    constexpr double width = 1000, height = 220, left = 60, right = 16, top = 12, bottom = 30;
    double fastest = 1;
    for (const Evaluation &e : state.history)
      fastest = std::min(fastest, e.cost);
    // The axis is speed relative to the default.
    double most = std::ceil(1.05 / fastest * 10) / 10;
    auto n = static_cast<double>(state.history.size() - 1);
    auto x = [&](double i) { return left + (width - left - right) * i / std::max(n, 1.0); };
    auto y = [&](double cost) {
      double speed = std::isfinite(cost) ? 1 / cost : 0;
      return top + (height - top - bottom) * (1 - std::min(speed, most) / most);
    };
    os << "<svg viewBox=\"0 0 " << width << " " << height
       << "\" role=\"img\" aria-label=\"speed of "
       << "the trials\">\n";
    double step = most > 3 ? 1 : most > 1.5 ? 0.5 : 0.25;
    for (double speed = 0; speed <= most + 1e-9; speed += step) {
      double at = top + (height - top - bottom) * (1 - speed / most);
      os << "<line x1=\"" << left << "\" x2=\"" << width - right << "\" y1=\"" << fixed(at)
         << "\" y2=\"" << fixed(at) << "\" stroke=\"" << (speed == 1 ? "#8894a6" : "#e4e8ee")
         << "\"/><text x=\"" << left - 6 << "\" y=\"" << fixed(at + 4) << "\" text-anchor=\"end\">"
         << fixed(speed, 2) << "x</text>\n";
    }
    os << "<text x=\"" << left << "\" y=\"" << height - 8 << "\">trial 1</text><text x=\""
       << width - right << "\" y=\"" << height - 8 << "\" text-anchor=\"end\">trial " << fixed(n, 0)
       << "</text><text x=\"" << width / 2 << "\" y=\"" << height - 8
       << "\" text-anchor=\"middle\">speed relative to the default; grey: no result</text>\n";
    std::string line;
    double best = 1;
    for (size_t i = 0; i < state.history.size(); ++i) {
      const Evaluation &e = state.history[i];
      best = std::min(best, e.cost);
      std::string at = fixed(x(static_cast<double>(i))) + "," + fixed(y(best));
      line += (i ? " H" + fixed(x(static_cast<double>(i))) + " V" + fixed(y(best)) : "M" + at);
      os << "<circle cx=\"" << fixed(x(static_cast<double>(i))) << "\" cy=\"" << fixed(y(e.cost))
         << "\" r=\"3\" fill=\"" << colour(e.cost) << "\"><title>"
         << escape(state.unit->space.at(e.point).schedule) << ": "
         << (std::isfinite(e.cost) ? fixed(1 / e.cost, 3) + "x" : "no result")
         << "</title></circle>\n";
    }
    os << "<path d=\"" << line
       << "\" fill=\"none\" stroke=\"#1f6fd0\" stroke-width=\"2\"/></svg>\n";
  }

  /// Parallel axes: the best trials are drawn last.
  void axes(const TuningState &state) {
    const SearchSpace &space = state.unit->space.search();
    constexpr double width = 1000, height = 300, left = 40, right = 80, top = 40, bottom = 14;
    size_t count = space.knobs.size();
    auto x = [&](size_t knob) {
      return left +
             (width - left - right) *
                 (count > 1 ? static_cast<double>(knob) / static_cast<double>(count - 1) : 0.5);
    };
    auto y = [&](size_t knob, unsigned value) {
      auto values = static_cast<double>(space.knobs[knob].values.size());
      return height - bottom - (height - top - bottom) * (value + 0.5) / values;
    };
    os << "<svg viewBox=\"0 0 " << width << " " << height
       << "\" role=\"img\" aria-label=\"the schedule space\">\n";
    std::vector<const Evaluation *> order;
    for (const Evaluation &e : state.history)
      order.push_back(&e);
    llvm::sort(order, [](const Evaluation *a, const Evaluation *b) { return a->cost > b->cost; });
    for (size_t i = 0; i < order.size(); ++i) {
      bool best = i + 1 == order.size();
      os << "<path d=\"";
      for (size_t knob = 0; knob < count; ++knob) {
        double at = y(knob, order[i]->point[knob]);
        // A curve between the axes, level at both ends.
        if (knob) {
          double before = y(knob - 1, order[i]->point[knob - 1]);
          double middle = (x(knob - 1) + x(knob)) / 2;
          os << " C" << fixed(middle) << "," << fixed(before) << " " << fixed(middle) << ","
             << fixed(at) << " " << fixed(x(knob)) << "," << fixed(at);
        } else {
          os << "M" << fixed(x(knob)) << "," << fixed(at);
        }
      }
      os << "\" fill=\"none\" stroke=\"" << (best ? "#1f6fd0" : colour(order[i]->cost))
         << "\" stroke-width=\"" << (best ? "3" : "1.2") << "\" opacity=\"" << (best ? "1" : "0.55")
         << "\"/>\n";
    }
    for (size_t knob = 0; knob < count; ++knob) {
      const Knob &k = space.knobs[knob];
      os << "<line x1=\"" << fixed(x(knob)) << "\" x2=\"" << fixed(x(knob)) << "\" y1=\"" << top
         << "\" y2=\"" << height - bottom << "\" stroke=\"#8894a6\"/><text class=\"name\" x=\""
         << fixed(x(knob)) << "\" y=\"" << (knob % 2 && count > 8 ? 14 : 28) << "\" text-anchor=\""
         << (knob ? "middle" : "start") << "\">" << escape(k.name) << "</text>\n";
      // Labels as dense as they can be read.
      size_t every = (k.values.size() + 17) / 18;
      for (size_t v = 0; v < k.values.size(); v += every)
        os << "<text x=\"" << fixed(x(knob) + 5) << "\" y=\""
           << fixed(y(knob, static_cast<unsigned>(v)) + 4)
           << "\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\">" << escape(k.values[v])
           << "</text>\n";
    }
    os << "</svg>\n<p class=\"faint\">Each line is a trial, from green (fast) to red; the thick "
          "blue "
          "one is the best.</p>\n";
  }

  const TuningSession &session;
  std::string text;
  llvm::raw_string_ostream os;
};

} // namespace

std::string dlc::tuningReport(const TuningSession &session) { return Report(session).run(); }
