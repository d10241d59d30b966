// dlc-run --compare, --bisect, --dump-tensors: the values of a model beside those of the `loops`
// backend or of onnxruntime.
#include "compiler/driver/extended_model.h"
#include "compiler/driver/loaded_model.h"
#include "compiler/driver/run_inputs.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

#include <cmath>
#include <cstdlib>

using namespace dlc;
using namespace mlir;

namespace {

/// Runs a model in onnxruntime: inputs from in_J.npy, outputs to out_J.npy of a folder.
constexpr const char *kOnnxruntimeScript = R"(
import sys, numpy, onnxruntime
model, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.log_severity_level = 3
options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
feeds = {i.name: numpy.load(f"{folder}/in_{j}.npy") for j, i in enumerate(session.get_inputs()[:count])}
for j, value in enumerate(session.run(None, feeds)):
    numpy.save(f"{folder}/out_{j}.npy", value)
)";

struct Comparison {
  const RunOptions &options;
  Diagnostics diags{};
  std::vector<HostTensor> inputs{};

  int fail(ErrorClass errorClass, const llvm::Twine &message) {
    (void)diags.error(errorClass, options.compile.model, message);
    return diags.exitCode();
  }

  /// Compiles `path` with a backend and runs it; the inputs are collected the first time.
  LogicalResult run(const std::string &path, const std::string &backend,
                    std::vector<HostTensor> &outputs, bool exactWeights = false) {
    CompileOptions compile = options.compile;
    if (exactWeights)
      compile.weights = "f32";
    compile.model = path;
    compile.backend = backend;
    Progress progress(compile.progress);
    LoadedModel model;
    if (failed(LoadedModel::load(compile, diags, progress, model)))
      return failure();
    if (inputs.empty() &&
        failed(collectInputs(options, model.get(), /*random=*/true, diags, inputs)))
      return failure();
    RunError error;
    if (!runModel(model.get(), inputs, compile.threads, outputs, error))
      return diags.error(errorClassOf(error.status), path, error.message);
    return success();
  }

  LogicalResult runOnnxruntime(const std::string &path, size_t count,
                               std::vector<HostTensor> &outputs) {
    SmallString<128> folder;
    if (std::error_code code = llvm::sys::fs::createUniqueDirectory("dlc-compare", folder))
      return diags.error(ErrorClass::Io, "", "no temporary folder: " + code.message());
    LogicalResult result = callOnnxruntime(path, count, folder.str().str(), outputs);
    (void)llvm::sys::fs::remove_directories(folder);
    return result;
  }

  LogicalResult callOnnxruntime(const std::string &path, size_t count, const std::string &folder,
                                std::vector<HostTensor> &outputs) {
    FileError error;
    for (auto [i, input] : llvm::enumerate(inputs))
      if (!writeTensor(folder + "/in_" + std::to_string(i) + ".npy", input, error))
        return diags.error(static_cast<ErrorClass>(error.exitCode), error.path, error.message);
    // The build's own virtual environment, if it is there; DLC_PYTHON chooses another.
    const char *chosen = std::getenv("DLC_PYTHON");
    std::string python = chosen ? chosen : DLC_BUILD_PYTHON;
    if (!llvm::sys::fs::can_execute(python)) {
      auto found = llvm::sys::findProgramByName("python3");
      if (!found)
        return diags.error(ErrorClass::Resource, "", "no python3 to run onnxruntime with");
      python = *found;
    }
    std::string number = std::to_string(inputs.size()), why;
    int code =
        llvm::sys::ExecuteAndWait(python, {python, "-c", kOnnxruntimeScript, path, folder, number},
                                  std::nullopt, {}, 0, 0, &why);
    if (code != 0)
      return diags.error(ErrorClass::Resource, path,
                         "onnxruntime did not run the model" + (why.empty() ? why : ": " + why),
                         "DLC_PYTHON=FILE names a Python that has onnxruntime");
    for (size_t i = 0; i < count; ++i) {
      auto tensor = readTensor(folder + "/out_" + std::to_string(i) + ".npy", error);
      if (!tensor)
        return diags.error(static_cast<ErrorClass>(error.exitCode), error.path, error.message);
      outputs.push_back(std::move(*tensor));
    }
    return success();
  }

  LogicalResult runOther(const std::string &path, size_t count, std::vector<HostTensor> &outputs) {
    if (options.compare == "f32")
      return run(path, options.compile.backend, outputs, /*exactWeights=*/true);
    return options.compare == "loops" ? run(path, "loops", outputs)
                                      : runOnnxruntime(path, count, outputs);
  }

  Tolerance tolerance() const { return {options.rtol.value_or(1e-3), options.atol.value_or(1e-5)}; }

  /// The root of the mean square of the differences, against that of the values.
  static double relativeError(const HostTensor &got, const HostTensor &expected) {
    double error = 0, all = 0;
    for (int64_t i = 0, n = std::min(got.elements(), expected.elements()); i < n; ++i) {
      double a = got.at(i), b = expected.at(i);
      error += a == b ? 0 : (a - b) * (a - b); // the same infinity is no difference
      all += b * b;
    }
    return error == 0 ? 0 : std::sqrt(error / all);
  }

  int compare() {
    std::vector<HostTensor> ours, theirs;
    if (failed(run(options.compile.model, options.compile.backend, ours)) ||
        failed(runOther(options.compile.model, ours.size(), theirs)))
      return diags.exitCode();
    int different = 0;
    for (auto [a, b] : llvm::zip_equal(ours, theirs)) {
      if (options.compare == "f32") { // what rounding costs: a number, not a verdict on elements
        double error = relativeError(a, b);
        llvm::outs() << escapeName(a.name) << llvm::format(": relative error %.2g\n", error);
        different += !(error <= options.rtol.value_or(0x1p-6));
        continue;
      }
      std::string difference = compareTensors(a, b, tolerance());
      llvm::outs() << escapeName(a.name) << ": " << (difference.empty() ? "equal" : difference)
                   << "\n";
      different += !difference.empty();
    }
    return different ? 1 : 0;
  }

  /// The first node, in the order of the model, that has a value which differs.
  int bisect() {
    ExtendedModel model;
    std::vector<HostTensor> ours, theirs;
    if (failed(model.create(options.compile.model, "*", diags)) ||
        failed(run(model.path, options.compile.backend, ours)) ||
        failed(runOther(model.path, ours.size(), theirs)))
      return diags.exitCode();
    for (const NodeValue &value : model.values) {
      std::string difference =
          compareTensors(ours[value.output], theirs[value.output], tolerance());
      if (difference.empty())
        continue;
      llvm::outs() << "first difference: node " << value.node << ", value '"
                   << escapeName(value.name) << "': " << difference << "\n";
      return 1;
    }
    llvm::outs() << "no difference in " << model.values.size() << " values\n";
    return 0;
  }

  int dump() {
    ExtendedModel model;
    std::vector<HostTensor> values;
    if (failed(model.create(options.compile.model, options.dumpTensors, diags)) ||
        failed(run(model.path, options.compile.backend, values)))
      return diags.exitCode();
    if (!options.outputDir.empty())
      if (std::error_code code = llvm::sys::fs::create_directories(options.outputDir))
        return fail(ErrorClass::Io, options.outputDir + ": " + code.message());
    for (const NodeValue &value : model.values) {
      const HostTensor &tensor = values[value.output];
      llvm::outs() << value.node << " ";
      printSummary(llvm::outs(), tensor);
      if (options.outputDir.empty())
        continue;
      std::string name = value.name;
      std::replace_if(
          name.begin(), name.end(),
          [](char c) { return !llvm::isAlnum(c) && c != '.' && c != '-'; }, '_');
      FileError error;
      if (!writeTensor(options.outputDir + "/" + name + "." + options.outputFormat, tensor, error))
        return fail(static_cast<ErrorClass>(error.exitCode), error.text());
    }
    return 0;
  }
};

} // namespace

int dlc::runCompare(const RunOptions &options) {
  Comparison comparison{options};
  if (!StringRef(options.compile.model).ends_with(".onnx") &&
      (options.bisect || !options.dumpTensors.empty() || options.compare == "onnxruntime"))
    return comparison.fail(ErrorClass::Model, "only an ONNX model has nodes to look at");
  if (!options.dumpTensors.empty())
    return comparison.dump();
  return options.bisect ? comparison.bisect() : comparison.compare();
}
