// The child's side: compiles a model of one kernel (or a whole model), runs it beside the default
// and compares time and results.
//
// With one thread time is the thread's processor time. Runs go through copies of the weights, as
// those of a whole model are never warm, unless the kernel is launched in a loop. How times are
// compared is in variant.h.
#include "compiler/driver/random_weights.h"
#include "compiler/driver/run_inputs.h"
#include "compiler/driver/worker_process.h"
#include "compiler/tuner/protocol.h"
#include "compiler/tuner/variant.h"

#include "compiler/kernels/memory.h"

#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringMap.h"

#include <cmath>
#include <csignal>
#include <map>
#include <sys/prctl.h>

using namespace dlc;
using namespace mlir;
namespace json = llvm::json;

/// Of the weights.
static constexpr uint64_t kMostCopies = 8;

namespace {

ScheduleLookup lookupOf(ArrayRef<Candidate> recorded) {
  llvm::StringMap<std::string> schedules;
  for (const Candidate &candidate : recorded)
    schedules[candidate.kernel] = candidate.schedule;
  return [schedules](StringRef key) { return schedules.lookup(key); };
}

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
