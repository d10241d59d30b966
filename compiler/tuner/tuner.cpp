// The order of things: earlier trials come back from the database; search gives each kernel time by
// its share of the model's; the best of each kernel are measured again, longer, since the least of
// many noisy numbers looks better than it is; the model is measured as a whole with what was
// accepted; only what stands all that is recorded for dlc.
//
// With several measurers (the ranks of an MPI job) each has a thread here and a kernel of its own
// at a time. All that they share is behind one lock, which is open only while something is
// measured.
#include "compiler/tuner/tuner.h"

#include "compiler/driver/output_file.h"
#include "compiler/driver/worker_process.h"
#include "compiler/kernels/recorded_schedule.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Path.h"

#include <cmath>
#include <csignal>
#include <mutex>
#include <thread>
#include <unistd.h>

using namespace dlc;
using llvm::StringRef;

/// Parts of the time: search ends and confirmation ends.
static constexpr double kSearchShare = 0.65, kConfirmShare = 0.8;
/// The comparison of whole models may take this much more time than was given.
static constexpr double kOverrun = 0.1;
/// A kernel is worth search if it takes this share of the time.
static constexpr double kLeastShare = 0.002;
/// A kernel keeps the measurer for so long at a time.
static constexpr double kSliceSeconds = 3;
/// What is faster by less is not worth a record.
static constexpr double kLeastGain = 0.01;
/// How many of a kernel's best are measured again.
static constexpr size_t kConfirmed = 4;

static volatile std::sig_atomic_t interrupted = 0;

static void onInterrupt(int) {
  if (interrupted)
    _exit(130);
  interrupted = 1;
}

namespace {

/// A measurer and the kernel that it has.
struct Worker {
  std::unique_ptr<Measurer> measurer;
  TuningState *current = nullptr;
  std::unique_lock<std::mutex> lock;

  /// What takes long and touches nothing that is shared.
  template <typename Measure> auto unlocked(Measure measure) {
    lock.unlock();
    auto result = measure(*measurer);
    lock.lock();
    return result;
  }
};

class Tuner {
public:
  Tuner(const TuneOptions &options, TuningDatabase &database,
        std::vector<std::unique_ptr<Measurer>> measurers)
      : options(options), database(database), workers(measurers.size()),
        session{options, "", 0, {}, "", now(), 0, ""}, display(session, options.compile.progress),
        random(options.seed) {
    for (auto [worker, measurer] : llvm::zip(workers, measurers))
      worker.measurer = std::move(measurer);
    session.deadline = session.started + options.seconds;
  }

  int run() {
    Progress progress(options.compile.progress);
    std::unique_ptr<mlir::MLIRContext> context = createContext();
    TargetInfo target;
    UnitList list;
    if (failed(resolveOptions(options.compile, diags, target)) ||
        failed(collectUnits(options.compile, target, *context, diags, progress, list)))
      return diags.hasErrors() ? diags.exitCode() : static_cast<int>(ErrorClass::Internal);
    progress.finish();
    session.processor = processorKey(target);
    session.peakGflops = measurePeak(target);
    if (list.dynamic)
      display.say("note: " + std::to_string(list.dynamic) +
                  " kernels have sizes that are not known: --shape= fixes them");
    if (list.units.empty()) {
      display.say("there is nothing to tune: no kernel has more than one schedule");
      return 0;
    }
    for (const TuningUnit &unit : list.units) {
      TuningState state;
      state.unit = &unit;
      session.kernels.push_back(std::move(state));
    }
    if (!restore() || !measureDefaults() || !search())
      return databaseError();
    std::vector<Accepted> accepted = confirm();
    session.phase = "model";
    display.update();
    accepted = keepWhatHelps(session, *workers.front().measurer, std::move(accepted),
                             session.deadline + kOverrun * options.seconds);
    if (!record(accepted))
      return databaseError();
    session.phase = "done";
    display.final();
    return writeReport();
  }

private:
  int databaseError() {
    (void)diags.error(ErrorClass::Io, options.compile.tuningDb, database.error());
    return diags.exitCode();
  }

  int writeReport() {
    std::string error;
    if (options.report.empty() || writeFile(options.report, tuningReport(session), error))
      return 0;
    (void)diags.error(ErrorClass::Io, "", error);
    return diags.exitCode();
  }

  MeasureTask taskOf(const TuningState &state) const {
    return {state.unit->module, state.unit->warm, options.compile};
  }

  /// Does this with every measurer at the same time; false if the database failed in one.
  bool onEach(llvm::function_ref<bool(Worker &)> work) {
    auto run = [&](Worker &worker) {
      worker.lock = std::unique_lock(mutex);
      if (!work(worker))
        broken = true;
      worker.lock.unlock();
    };
    std::vector<std::thread> threads;
    for (size_t i = 1; i < workers.size(); ++i)
      threads.emplace_back(run, std::ref(workers[i]));
    run(workers.front());
    for (std::thread &thread : threads)
      thread.join();
    return !broken;
  }

  bool begin(Worker &worker, TuningState &state) {
    if (worker.current == &state)
      return true;
    std::string error;
    MeasureTask task = taskOf(state);
    auto own = worker.unlocked([&](Measurer &measurer) { return measurer.begin(task, error); });
    worker.current = own ? &state : nullptr;
    if (!own) {
      state.broken = error;
      state.exhausted = true;
      return false;
    }
    state.defaultNs = state.defaultNs ? std::min(state.defaultNs, own->defaultNs) : own->defaultNs;
    return true;
  }

  /// What earlier runs tried.
  bool restore() {
    for (TuningState &state : session.kernels) {
      const TuningUnit &unit = *state.unit;
      state.history.push_back({unit.space.search().initial(), 1});
      std::vector<TrialRecord> trials;
      if (!database.trials(unit.key, session.processor, trials))
        return false;
      for (const TrialRecord &trial : trials)
        if (auto point = unit.space.find({trial.kernel, trial.schedule}))
          note(state, *point, costOf(trial));
    }
    return true;
  }

  static double costOf(const TrialRecord &trial) {
    bool measured = (trial.status == "ok" || trial.status == "same") && trial.defaultNs > 0;
    return measured ? trial.ns / trial.defaultNs : INFINITY;
  }

  /// One more point; a point that was tried again keeps the better cost.
  static void note(TuningState &state, const Point &point, double cost) {
    for (Evaluation &evaluation : state.history)
      if (evaluation.point == point && &evaluation != &state.history.front()) {
        evaluation.cost = std::min(evaluation.cost, cost);
        return;
      }
    state.history.push_back({point, cost});
    if (cost < state.history[state.best].cost)
      state.best = state.history.size() - 1;
  }

  bool measureDefaults() {
    session.phase = "defaults";
    size_t next = 0;
    onEach([&](Worker &worker) {
      while (next < session.kernels.size()) {
        TuningState &state = session.kernels[next++];
        if (stop(session.started + kSearchShare / 2 * options.seconds)) {
          state.exhausted = true;
          continue;
        }
        if (!begin(worker, state))
          display.say("note: " + state.unit->label + " cannot be measured: " + state.broken);
        display.update();
      }
      return true;
    });
    double total = 0;
    for (TuningState &state : session.kernels)
      total += state.weight();
    for (TuningState &state : session.kernels)
      if (state.weight() < kLeastShare * total)
        state.exhausted = true;
    return true;
  }

  bool stop(double until) const { return interrupted || broken || now() >= until; }

  /// The kernel that has had least time for its weight; at first the one that weighs most.
  TuningState *nextKernel() {
    constexpr double kAtFirst = 1e-3; // seconds
    TuningState *next = nullptr;
    for (TuningState &state : session.kernels)
      if (!state.exhausted && !state.busy &&
          (!next ||
           (state.spent + kAtFirst) * next->weight() < (next->spent + kAtFirst) * state.weight()))
        next = &state;
    return next;
  }

  bool search() {
    session.phase = "search";
    double until = session.started + kSearchShare * options.seconds;
    std::unique_ptr<SearchStrategy> strategy = makeSearch(options.search);
    return onEach([&](Worker &worker) {
      auto open = [](const TuningState &state) { return !state.exhausted; };
      while (!stop(until) && llvm::any_of(session.kernels, open)) {
        TuningState *state = nextKernel();
        if (!state) { // the others have them all
          worker.unlocked([](Measurer &) { return usleep(20000); });
          continue;
        }
        state->busy = true;
        bool good = searchSlice(worker, *state, *strategy, until);
        state->busy = false;
        if (!good)
          return false;
      }
      return true;
    });
  }

  /// Some trials of one kernel. False: the database failed.
  bool searchSlice(Worker &worker, TuningState &state, SearchStrategy &strategy, double until) {
    double sliceStart = now(), before = sliceStart;
    if (!begin(worker, state))
      return true;
    while (!state.exhausted && !stop(until) && now() - sliceStart < kSliceSeconds) {
      bool enough = static_cast<int>(state.history.size()) > options.trials;
      auto point = enough ? std::nullopt : hint(state);
      if (!enough && !point)
        point = strategy.propose(state.unit->space.search(), state.history, random);
      if (!point) {
        state.exhausted = true;
        break;
      }
      if (!tryPoint(worker, state, *point))
        return false;
      double time = now();
      state.spent += time - before;
      before = time;
      display.update();
    }
    return true;
  }

  /// What was good for a kernel with the same space (the same convolution with another epilogue) is
  /// tried first.
  std::optional<Point> hint(const TuningState &state) const {
    const SearchSpace &own = state.unit->space.search();
    TriedPoints tried(state.history);
    for (const TuningState &other : session.kernels) {
      if (&other == &state || other.bestCost() > 1 - kLeastGain)
        continue;
      const SearchSpace &space = other.unit->space.search();
      const Point &point = other.history[other.best].point;
      bool same = other.unit->label == state.unit->label &&
                  std::equal(space.knobs.begin(), space.knobs.end(), own.knobs.begin(),
                             own.knobs.end(), [](const Knob &a, const Knob &b) {
                               return a.name == b.name && a.values == b.values;
                             });
      if (same && own.contains(point) && !tried.contains(point))
        return point;
    }
    return std::nullopt;
  }

  /// Measures and records one point. False: the database failed.
  bool tryPoint(Worker &worker, TuningState &state, const Point &point) {
    TrialRecord trial;
    Candidate candidate = state.unit->space.at(point);
    Measurement result = worker.unlocked(
        [&](Measurer &measurer) { return measurer.measure(candidate, Effort::search()); });
    trial.kernel = candidate.kernel;
    trial.processor = session.processor;
    trial.schedule = candidate.schedule;
    trial.status = result.status;
    trial.message = StringRef(result.message).take_front(400).str();
    trial.ns = result.ns;
    trial.defaultNs = result.defaultNs;
    trial.strategy = options.search;
    double before = state.bestCost(), cost = costOf(trial);
    note(state, point, cost);
    if (result.ok())
      state.defaultNs = std::min(state.defaultNs, result.defaultNs);
    if (cost < before)
      display.say(llvm::formatv("{0}: {1:f3} of the default's time with {2}", state.unit->label,
                                cost, candidate.schedule));
    return database.addTrial(trial);
  }

  /// What a kernel's best trials are when they are measured for longer.
  std::vector<Accepted> confirm() {
    session.phase = "confirm";
    double until = session.started + kConfirmShare * options.seconds;
    std::vector<size_t> order;
    for (size_t i = 0; i < session.kernels.size(); ++i)
      order.push_back(i);
    auto gain = [&](size_t i) {
      const TuningState &state = session.kernels[i];
      return state.weight() * (1 - state.bestCost());
    };
    llvm::sort(order, [&](size_t a, size_t b) { return gain(a) > gain(b); });
    std::vector<Accepted> accepted;
    size_t next = 0;
    onEach([&](Worker &worker) {
      while (next < order.size()) {
        size_t i = order[next++];
        if (std::optional<Accepted> best = confirmKernel(worker, i, until))
          accepted.push_back(*best);
      }
      return true;
    });
    return accepted;
  }

  std::optional<Accepted> confirmKernel(Worker &worker, size_t number, double until) {
    TuningState &state = session.kernels[number];
    std::vector<Candidate> candidates = finalists(state);
    if (candidates.empty())
      return std::nullopt;
    // After Ctrl-C what was found is still confirmed, but for a short time only.
    if (now() >= until || !begin(worker, state)) {
      state.verdict = "not confirmed: out of time";
      return std::nullopt;
    }
    std::optional<Accepted> best;
    for (const Candidate &candidate : candidates) {
      Measurement result = worker.unlocked(
          [&](Measurer &measurer) { return measurer.measure(candidate, Effort::confirm()); });
      bool faster = result.ok() && result.consistent &&
                    result.ratio() < 1 - std::max(kLeastGain, 1.5 * result.noise);
      if (faster && (!best || result.ratio() < best->ns / best->defaultNs))
        best = Accepted{number, candidate, result.ns, result.defaultNs};
      display.update();
      if (now() >= until)
        break;
    }
    state.verdict = best ? "confirmed" : "no faster when measured again";
    return best;
  }

  /// The best few that look faster than the default, and what is recorded already.
  std::vector<Candidate> finalists(const TuningState &state) {
    std::vector<Evaluation> best(state.history.begin(), state.history.end());
    llvm::erase_if(best, [](const Evaluation &e) { return !(e.cost < 1 - kLeastGain); });
    llvm::sort(best, [](const Evaluation &a, const Evaluation &b) { return a.cost < b.cost; });
    if (best.size() > kConfirmed)
      best.resize(kConfirmed);
    std::vector<Candidate> result;
    for (const Evaluation &evaluation : best)
      result.push_back(state.unit->space.at(evaluation.point));
    if (auto record = database.best(state.unit->key, session.processor))
      if (llvm::none_of(result, [&](const Candidate &c) { return c.schedule == record->schedule; }))
        result.push_back({state.unit->key, record->schedule});
    return result;
  }

  /// The database says what holds now: kernels of this model that gained nothing lose their record,
  /// unless it was made by hand.
  bool record(llvm::ArrayRef<Accepted> accepted) {
    if (!database.begin())
      return false;
    for (TuningState &state : session.kernels) {
      auto record = database.best(state.unit->key, session.processor);
      if (record && record->origin != "hand" && !state.verdict.empty() &&
          !StringRef(state.verdict).starts_with("not confirmed") &&
          !database.removeBest(state.unit->key, session.processor))
        return false;
    }
    for (const Accepted &entry : accepted) {
      TuningState &state = session.kernels[entry.kernel];
      BestRecord best;
      best.kernel = entry.candidate.kernel;
      best.processor = session.processor;
      best.schedule = entry.candidate.schedule;
      best.ns = entry.ns;
      best.defaultNs = entry.defaultNs;
      best.label = state.unit->label;
      best.origin = llvm::sys::path::filename(options.compile.model).str();
      if (!database.setBest(best))
        return false;
    }
    return database.commit();
  }

  const TuneOptions &options;
  TuningDatabase &database;
  std::vector<Worker> workers;
  std::mutex mutex;    ///< of all that follows
  bool broken = false; ///< the database
  TuningSession session;
  TuningDisplay display;
  std::mt19937_64 random;
  Diagnostics diags;
};

} // namespace

int dlc::searchSchedules(const TuneOptions &options, TuningDatabase &database,
                         std::vector<std::unique_ptr<Measurer>> measurers) {
  std::signal(SIGINT, onInterrupt);
  std::signal(SIGTERM, onInterrupt);
  return Tuner(options, database, std::move(measurers)).run();
}
