// The child's side: compiles a model of one kernel (or a whole model), runs it beside the default
// and compares time and results.
//
// Time: bursts of at least two milliseconds of the default, its twin and the candidate take turns,
// and the least time of each counts: what other processes do to the caches and the clock hits all
// three alike, and only makes times longer. With one thread it is the thread's processor time. The
// twin is the default compiled in at another place: what the two differ by is the noise. Runs go
// through copies of the weights, as those of a whole model are never warm, unless the kernel is
// launched in a loop.
#include "compiler/driver/loaded_model.h"
#include "compiler/driver/random_weights.h"
#include "compiler/driver/run_inputs.h"
#include "compiler/driver/worker_process.h"
#include "compiler/tuner/protocol.h"

#include "compiler/kernels/memory.h"

#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SHA256.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstring>
#include <ctime>
#include <map>
#include <sys/prctl.h>

using namespace dlc;
using namespace mlir;
namespace json = llvm::json;

static constexpr double kBurstSeconds = 2e-3;
/// Copies of the weights are made until they fill this much, or there are so many.
static constexpr uint64_t kColdBytes = uint64_t(16) << 20;
static constexpr uint64_t kMostCopies = 8;

namespace {

//===-- A compiled model ---------------------------------------------------------------------===//

/// Contexts over copies of the weights of one compiled model; runs take turns.
class Variant {
public:
  ~Variant() {
    for (dlc_context *context : contexts)
      dlc_context_destroy(context);
    for (dlc_model *model : models)
      dlc_close(model);
  }

  /// `compiled` is for Purpose::Jit.
  bool load(CompiledModel compiled, const std::string &symbol, int threads, uint64_t mostCopies,
            std::string &error) {
    const char *weights = compiled.weights ? compiled.weights->data() : nullptr;
    uint64_t bytes = compiled.weights ? compiled.weights->size() : 0;
    const dlc_model *table = nullptr;
    llvm::raw_string_ostream os(error);
    Diagnostics diags(os);
    if (failed(linkInMemory(std::move(compiled), symbol, "kernel", diags, code, table)))
      return false;
    uint64_t copies = bytes ? std::clamp<uint64_t>(kColdBytes / bytes, 1, mostCopies) : 1;
    for (uint64_t i = 0; i < copies; ++i) {
      dlc_load_options options = dlc_load_defaults();
      if (i > 0) {
        auto block = WeightsBlock::create(WeightsBlock::Place::Memory, bytes, "", "", error);
        if (!block)
          return false;
        std::memcpy(block->data(), weights, bytes);
        options.weights = block->data();
        options.weights_bytes = bytes;
        blocks.push_back(std::move(block));
      }
      dlc_model *model = nullptr;
      if (dlc_load(table, &options, &model)) {
        error = dlc_error_message();
        return false;
      }
      models.push_back(model);
    }
    threadCount = threads;
    return true;
  }

  /// One arena for all contexts: it is warm in a whole model, too.
  bool makeContexts(ArrayRef<dlc_tensor> inputs, std::string &error) {
    uint64_t bytes = 0;
    std::vector<int64_t> symbols(static_cast<size_t>(models[0]->program->symbol_count) + 1);
    bool planned = dlc_plan(models[0], inputs.data(), inputs.size(), symbols.data(), nullptr,
                            &bytes) == DLC_OK;
    if (planned && bytes) {
      workspace = WeightsBlock::create(WeightsBlock::Place::Memory, bytes, "", "", error);
      if (!workspace)
        return false;
    }
    for (dlc_model *model : models) {
      dlc_context_options options = {};
      options.size = sizeof(options);
      options.threads = threadCount;
      if (workspace) {
        options.workspace = workspace->data();
        options.workspace_bytes = bytes;
      }
      dlc_context *context;
      if (dlc_context_create(model, &options, &context)) {
        error = dlc_error_message();
        return false;
      }
      contexts.push_back(context);
    }
    return true;
  }

  bool run(ArrayRef<dlc_tensor> inputs, std::vector<dlc_tensor> &outputs) {
    next = next + 1 < contexts.size() ? next + 1 : 0;
    return dlc_run(contexts[next], inputs.data(), inputs.size(), outputs.data(), outputs.size()) ==
           DLC_OK;
  }

  dlc_model *model() const { return models[0]; }
  size_t copies() const { return contexts.size(); }

private:
  std::shared_ptr<void> code;
  std::vector<dlc_model *> models;
  std::vector<dlc_context *> contexts;
  std::vector<std::unique_ptr<WeightsBlock>> blocks;
  std::unique_ptr<WeightsBlock> workspace;
  int threadCount = 1;
  size_t next = 0;
};

/// SHA-256 of the machine code, which names of symbols are no part of.
std::string codeHash(ArrayRef<std::string> objects) {
  llvm::SHA256 hash;
  for (const std::string &bytes : objects) {
    auto object = llvm::object::ObjectFile::createObjectFile(llvm::MemoryBufferRef(bytes, "code"));
    if (!object) {
      llvm::consumeError(object.takeError());
      hash.update(bytes);
      continue;
    }
    for (const llvm::object::SectionRef &section : (*object)->sections()) {
      if (!section.isText())
        continue;
      if (auto contents = section.getContents())
        hash.update(*contents);
      else
        llvm::consumeError(contents.takeError());
    }
  }
  auto digest = hash.final();
  return std::string(reinterpret_cast<const char *>(digest.data()), digest.size());
}

/// The same once more, to be linked at another place.
bool copyCompiled(const CompiledModel &from, CompiledModel &to, std::string &error) {
  to.target = from.target;
  to.objects = from.objects;
  if (!from.weights || !from.weights->size())
    return true;
  to.weights =
      WeightsBlock::create(WeightsBlock::Place::Memory, from.weights->size(), "", "", error);
  if (to.weights)
    std::memcpy(to.weights->data(), from.weights->data(), from.weights->size());
  return to.weights != nullptr;
}

ScheduleLookup lookupOf(ArrayRef<Candidate> recorded) {
  llvm::StringMap<std::string> schedules;
  for (const Candidate &candidate : recorded)
    schedules[candidate.kernel] = candidate.schedule;
  return [schedules](StringRef key) { return schedules.lookup(key); };
}

//===-- Time ---------------------------------------------------------------------------------===//

double seconds(bool processor) {
  timespec time;
  clock_gettime(processor ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double median(std::vector<double> values) {
  llvm::sort(values);
  return values[values.size() / 2];
}

struct Comparison {
  Variant &base, &twin, &candidate;
  std::vector<dlc_tensor> inputs, outputs;
  bool processorTime;

  bool burst(Variant &variant, int runs, double &time) {
    double start = seconds(processorTime);
    for (int i = 0; i < runs; ++i)
      if (!variant.run(inputs, outputs))
        return false;
    time = (seconds(processorTime) - start) / runs;
    return true;
  }

  /// Seconds of a run, roughly; warms up.
  bool estimate(Variant &variant, double &time) {
    double ignored;
    if (!burst(variant, 1, ignored) || !burst(variant, 1, time))
      return false;
    int runs = static_cast<int>(std::clamp(kBurstSeconds / std::max(time, 1e-7), 1.0, 10000.0));
    return runs == 1 || burst(variant, runs, time);
  }

  Measurement run(const Effort &effort) {
    Measurement result;
    auto failed = [&] {
      result.status = "failed";
      result.message = dlc_error_message();
      return result;
    };
    double baseTime = 0, candidateTime = 0;
    if (!estimate(base, baseTime) || !estimate(candidate, candidateTime))
      return failed();
    auto runsFor = [](double time) {
      return static_cast<int>(
          std::clamp(std::ceil(kBurstSeconds / std::max(time, 1e-8)), 1.0, 1e5));
    };
    std::vector<double> a, b, c;
    bool slow = candidateTime > 2 * effort.giveUp * baseTime;
    if (slow) {
      a.push_back(baseTime), b.push_back(baseTime), c.push_back(candidateTime);
    }
    int baseRuns = runsFor(baseTime), runs = runsFor(candidateTime);
    auto least = [](ArrayRef<double> values) { return *llvm::min_element(values); };
    auto goesOn = [&](int round) {
      return round < effort.rounds ||
             (round < effort.rounds * effort.extend && least(c) < std::min(least(a), least(b)));
    };
    for (int round = 0; !slow && goesOn(round); ++round) {
      double times[3];
      // Each comes first, second and third in turn.
      for (int turn = 0; turn < 3; ++turn) {
        int which = (round + turn) % 3;
        Variant &variant = which == 0 ? base : which == 1 ? candidate : twin;
        if (!burst(variant, which == 1 ? runs : baseRuns, times[which]))
          return failed();
      }
      a.push_back(times[0]), c.push_back(times[1]), b.push_back(times[2]);
      slow = round == 0 && times[1] > effort.giveUp * std::min(times[0], times[2]);
    }
    double leastA = least(a), leastB = least(b);
    result.status = "ok";
    result.ns = least(c) * 1e9;
    result.defaultNs = std::min(leastA, leastB) * 1e9;
    result.noise = std::fabs(leastA - leastB) / std::min(leastA, leastB);
    size_t half = c.size() / 2;
    if (half < 2)
      return result;
    auto faster = [&](size_t from, size_t count) {
      return least(ArrayRef(c).slice(from, count)) <
             std::min(least(ArrayRef(a).slice(from, count)), least(ArrayRef(b).slice(from, count)));
    };
    std::vector<double> ratios;
    for (size_t i = 0; i < c.size(); ++i)
      ratios.push_back(2 * c[i] / (a[i] + b[i]));
    result.consistent = faster(0, half) && faster(half, c.size() - half) && median(ratios) < 1;
    return result;
  }
};

//===-- The work -----------------------------------------------------------------------------===//

class Worker {
public:
  json::Object answer(StringRef message) {
    auto value = json::parse(message);
    const json::Object *object = nullptr;
    if (value)
      object = value->getAsObject();
    else
      llvm::consumeError(value.takeError());
    if (!object)
      return toJson(failure("the question cannot be read"));
    StringRef op = object->getString("op").value_or("");
    if (op == "begin")
      return toJson(begin(*object));
    if (op == "measure")
      return toJson(measure(*object));
    if (op == "nets")
      return toJson(nets(*object));
    return toJson(failure("there is no such operation"));
  }

private:
  static Measurement failure(const std::string &message, StringRef status = "failed") {
    Measurement result;
    result.status = status.str();
    result.message = message;
    return result;
  }

  /// The module of the task, with random weights.
  bool parse(ModelInProgress &model, std::string &error) {
    model.module = parseSourceString<ModuleOp>(module, context.get());
    if (!model.module) {
      error = "the module does not parse";
      return false;
    }
    return drawWeights(*model.module, model.weights, error);
  }

  /// Compiles the task's module with these schedules. A kernel that fell back to plain loops is a
  /// failure.
  bool compile(ArrayRef<Candidate> recorded, bool cache, CompiledModel &compiled,
               std::string &error) {
    ModelInProgress model;
    if (!parse(model, error))
      return false;
    CompileOptions compileOptions = options;
    compileOptions.model = "kernel";
    compileOptions.recorded = lookupOf(recorded);
    compileOptions.cache = cache;
    llvm::raw_string_ostream os(error);
    Diagnostics diags(os);
    Progress progress("none");
    DiagnosticPrinter printer(context.get(), diags);
    return succeeded(compileModule(std::move(model), compileOptions, Stage::So, Purpose::Jit, diags,
                                   progress, compiled)) &&
           diags.warningCount() == 0;
  }

  Measurement begin(const json::Object &object) {
    reset();
    const json::Object *given = object.getObject("options");
    module = object.getString("module").value_or("").str();
    copies = object.getBoolean("warm").value_or(false) ? 1 : kMostCopies;
    if (!given || !fromJson(*given, options))
      return failure("the task has no options");
    context = createContext();
    std::string error;
    CompiledModel compiled;
    if (!compile({}, options.cache, compiled, error))
      return failure("the default schedule: " + error);
    results[codeHash(compiled.objects)] = {};
    if (!loadBoth(std::move(compiled), copies, error))
      return failure(error);
    const dlc_model *model = base->model();
    for (int32_t i = 0; i < dlc_input_count(model); ++i) {
      const dlc_port *port = dlc_input(model, i);
      std::optional<HostTensor> tensor =
          makeTensor(port->dtype, ArrayRef(port->shape, static_cast<size_t>(port->rank)));
      if (!tensor)
        return failure("no memory for the inputs");
      fillRandom(*tensor, static_cast<uint64_t>(i) + 1001);
      inputs.push_back(std::move(*tensor));
    }
    if (!prepare(*base, error) || !prepare(*twin, error) || !reference(error))
      return failure(error);
    Measurement result = compare(*base, Effort{6, 1e9, 1});
    for (auto &[hash, measurement] : results)
      measurement = result;
    known = true;
    return result;
  }

  /// `base`, and `twin`, which is the same code at another place.
  bool loadBoth(CompiledModel compiled, uint64_t mostCopies, std::string &error) {
    CompiledModel again;
    base = std::make_unique<Variant>();
    twin = std::make_unique<Variant>();
    return copyCompiled(compiled, again, error) &&
           base->load(std::move(compiled), options.symbol, options.threads, mostCopies, error) &&
           twin->load(std::move(again), options.symbol, options.threads, mostCopies, error);
  }

  std::vector<dlc_tensor> views() const {
    std::vector<dlc_tensor> result;
    for (const HostTensor &input : inputs)
      result.push_back(input.view());
    return result;
  }

  bool prepare(Variant &variant, std::string &error) {
    return variant.makeContexts(views(), error);
  }

  /// Runs once; outputs of the first run become the destination of all later ones.
  bool outputsOf(Variant &variant, std::vector<HostTensor> &outputs, std::string &error) {
    std::vector<dlc_tensor> out(static_cast<size_t>(dlc_output_count(variant.model())),
                                dlc_tensor{});
    if (!variant.run(views(), out)) {
      error = dlc_error_message();
      return false;
    }
    for (const dlc_tensor &tensor : out) {
      std::optional<HostTensor> copy = copyTensor(tensor, "y");
      if (!copy) {
        error = "no memory for the outputs";
        return false;
      }
      outputs.push_back(std::move(*copy));
    }
    return true;
  }

  bool reference(std::string &error) {
    expected.clear();
    destination.clear();
    if (!outputsOf(*base, expected, error))
      return false;
    for (const HostTensor &tensor : expected)
      if (std::optional<HostTensor> place = makeTensor(tensor.dtype, tensor.dims))
        destination.push_back(std::move(*place));
    error = "no memory for the outputs";
    return destination.size() == expected.size();
  }

  /// Other results than the default's: sums may be taken in another order.
  std::string differs(Variant &variant) {
    std::vector<HostTensor> got;
    std::string error;
    if (!outputsOf(variant, got, error))
      return error;
    for (auto [tensor, wanted] : llvm::zip(got, expected)) {
      double largest = 0;
      for (int64_t i = 0, e = wanted.elements(); i < e; ++i)
        if (double value = std::fabs(wanted.at(i)); std::isfinite(value))
          largest = std::max(largest, value);
      std::string difference = compareTensors(tensor, wanted, {1e-3, 1e-4 * largest});
      if (!difference.empty())
        return difference;
    }
    return "";
  }

  Measurement compare(Variant &candidate, const Effort &effort) {
    std::vector<dlc_tensor> out;
    for (const HostTensor &tensor : destination)
      out.push_back(tensor.view());
    return Comparison{*base, *twin, candidate, views(), out, options.threads == 1}.run(effort);
  }

  Measurement measure(const json::Object &object) {
    std::vector<Candidate> candidates;
    Effort effort;
    if (!known || !fromJson(object.getArray("candidate"), candidates) ||
        !fromJson(object.getObject("effort"), effort))
      return failure("no kernel, or no candidate");
    CompiledModel compiled;
    std::string error;
    if (!compile(candidates, /*cache=*/false, compiled, error)) // the cache is for what lasts
      return failure(error);
    std::string hash = codeHash(compiled.objects);
    bool thorough = effort.rounds > Effort::search().rounds;
    if (auto seen = results.find(hash); seen != results.end() && !thorough) {
      // The same code as before takes the same time.
      Measurement result = seen->second;
      result.status = "same";
      return result;
    }
    Variant candidate;
    if (!candidate.load(std::move(compiled), options.symbol, options.threads, copies, error) ||
        !prepare(candidate, error))
      return failure(error);
    std::string difference = differs(candidate);
    if (!difference.empty())
      return failure(difference, "wrong");
    Measurement result = compare(candidate, effort);
    if (result.ok() && !thorough)
      results[hash] = result;
    return result;
  }

  /// A whole model with a set of schedules.
  bool compileNet(ArrayRef<Candidate> recorded, CompiledModel &compiled, std::string &error) {
    CompileOptions net = options;
    net.recorded = lookupOf(recorded);
    llvm::raw_string_ostream os(error);
    Diagnostics diags(os);
    Progress progress("none");
    return succeeded(compileModel(net, Stage::So, Purpose::Jit, diags, progress, compiled));
  }

  Measurement nets(const json::Object &object) {
    reset();
    std::vector<Candidate> without, with;
    Effort effort;
    const json::Object *given = object.getObject("options");
    if (!given || !fromJson(*given, options) || !fromJson(object.getArray("base"), without) ||
        !fromJson(object.getArray("recorded"), with) ||
        !fromJson(object.getObject("effort"), effort))
      return failure("the question is not complete");
    std::string error;
    Variant candidate;
    CompiledModel compiledBase, compiled;
    if (!compileNet(without, compiledBase, error) || !compileNet(with, compiled, error) ||
        !loadBoth(std::move(compiledBase), 1, error) ||
        !candidate.load(std::move(compiled), options.symbol, options.threads, 1, error))
      return failure(error);
    RunOptions run;
    run.compile = options;
    run.seed = 7;
    llvm::raw_string_ostream os(error);
    Diagnostics diags(os);
    if (failed(collectInputs(run, base->model(), /*random=*/true, diags, inputs)) ||
        !prepare(*base, error) || !prepare(*twin, error) || !prepare(candidate, error))
      return failure(error);
    if (!reference(error))
      return failure(error);
    std::string difference = differs(candidate);
    if (!difference.empty())
      return failure(difference, "wrong");
    return compare(candidate, effort);
  }

  void reset() {
    known = false;
    base.reset();
    twin.reset();
    inputs.clear();
    expected.clear();
    destination.clear();
    results.clear();
    options = CompileOptions();
  }

  std::unique_ptr<MLIRContext> context;
  CompileOptions options;
  std::string module;
  uint64_t copies = kMostCopies; ///< of the weights
  bool known = false;            ///< a kernel is there
  std::unique_ptr<Variant> base, twin;
  std::vector<HostTensor> inputs, expected, destination;
  std::map<std::string, Measurement> results; ///< by code
};

} // namespace

void dlc::runIfMeasureWorker(int argc, char **argv) {
  if (argc != 2 || StringRef(argv[1]) != kMeasureFlag)
    return;
  // Ctrl-C is for the parent, and this process ends with it.
  std::signal(SIGINT, SIG_IGN);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  serveMessages([](StringRef message) {
    static Worker worker;
    return print(worker.answer(message));
  });
}
