// See case.h.
#include "compiler/driver/case.h"

#include "compiler/driver/loaded_model.h"
#include "compiler/driver/worker_process.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace dlc;
namespace json = llvm::json;

json::Object CaseRequest::toJson() const {
  json::Object shapes;
  for (const auto &[name, dims] : compile.shapes)
    shapes[name] = json::Array(dims);
  json::Object object{
      {"folder", folder},           {"backend", compile.backend}, {"target", compile.target},
      {"threads", compile.threads}, {"level", compile.level},     {"small", compile.small},
      {"weights", compile.weights}, {"precise", compile.precise}, {"checked", compile.checked},
      {"cache", compile.cache},     {"shapes", std::move(shapes)}};
  if (rtol)
    object["rtol"] = *rtol;
  if (atol)
    object["atol"] = *atol;
  return object;
}

CaseRequest CaseRequest::fromJson(const json::Object &object) {
  CaseRequest request;
  auto text = [&](llvm::StringRef key) { return object.getString(key).value_or("").str(); };
  request.folder = text("folder");
  request.compile.backend = text("backend");
  request.compile.target = text("target");
  request.compile.threads = static_cast<int>(object.getInteger("threads").value_or(0));
  request.compile.level = static_cast<int>(object.getInteger("level").value_or(2));
  request.compile.small = object.getBoolean("small").value_or(false);
  request.compile.weights = object.getString("weights").value_or("f32").str();
  request.compile.precise = object.getBoolean("precise").value_or(false);
  request.compile.checked = object.getBoolean("checked").value_or(false);
  request.compile.cache = object.getBoolean("cache").value_or(true);
  // The cases run in parallel already, and their process may be lost.
  request.compile.workers = 0;
  request.compile.progress = "none";
  if (const json::Object *shapes = object.getObject("shapes"))
    for (const auto &[name, dims] : *shapes)
      if (const json::Array *array = dims.getAsArray())
        for (const json::Value &dim : *array)
          request.compile.shapes[name.str()].push_back(dim.getAsString().value_or("").str());
  request.rtol = object.getNumber("rtol");
  request.atol = object.getNumber("atol");
  return request;
}

json::Object CaseResult::toJson() const {
  static constexpr const char *names[] = {"passed", "failed", "skipped"};
  return json::Object{{"status", names[static_cast<int>(status)]},
                      {"message", json::fixUTF8(message)},
                      {"seconds", seconds}};
}

CaseResult CaseResult::fromJson(const json::Object &object) {
  CaseResult result;
  llvm::StringRef status = object.getString("status").value_or("");
  result.status = status == "passed"    ? Status::Passed
                  : status == "skipped" ? Status::Skipped
                                        : Status::Failed;
  result.message = object.getString("message").value_or("").str();
  result.seconds = object.getNumber("seconds").value_or(0);
  return result;
}

namespace {

/// The JSON object in a file; empty if there is none.
json::Object readJson(const std::string &path) {
  auto file = llvm::MemoryBuffer::getFile(path);
  if (!file)
    return {};
  auto value = json::parse((*file)->getBuffer());
  if (!value) {
    llvm::consumeError(value.takeError());
    return {};
  }
  json::Object *object = value->getAsObject();
  return object ? std::move(*object) : json::Object();
}

struct Case {
  const CaseRequest &request;
  json::Object meta, general;

  explicit Case(const CaseRequest &request)
      : request(request), meta(readJson(request.folder + "/meta.json")),
        general(readJson(request.folder + "/case.json")) {}

  /// meta.json's for the output, else case.json's, else the default; the command line overrides.
  Tolerance tolerance(llvm::StringRef output) const {
    Tolerance result;
    auto take = [&](const json::Object &object) {
      result.rtol = object.getNumber("rtol").value_or(result.rtol);
      result.atol = object.getNumber("atol").value_or(result.atol);
    };
    take(general);
    if (const json::Array *list = meta.getArray("tolerance"))
      for (const json::Value &entry : *list)
        if (const json::Object *object = entry.getAsObject();
            object && object->getString("output") == output)
          take(*object);
    result.rtol = request.rtol.value_or(result.rtol);
    result.atol = request.atol.value_or(result.atol);
    return result;
  }

  /// input_J.pb, output_J.pb; the first that is missing ends the list.
  bool readAll(const std::string &folder, llvm::StringRef kind, std::vector<HostTensor> &tensors,
               FileError &error) {
    for (int i = 0;; ++i) {
      std::string path = folder + "/" + kind.str() + "_" + std::to_string(i) + ".pb";
      if (!llvm::sys::fs::exists(path))
        return true;
      auto tensor = readTensor(path, error);
      if (!tensor)
        return false;
      tensors.push_back(std::move(*tensor));
    }
  }

  /// Inputs in the order of the model: by position, as ONNX says.
  CaseResult runSet(dlc_model *model, const std::string &folder) {
    std::vector<HostTensor> inputs, expected, outputs;
    FileError fileError;
    if (!readAll(folder, "input", inputs, fileError) ||
        !readAll(folder, "output", expected, fileError))
      return {fileError.exitCode == 3 ? CaseResult::Status::Skipped : CaseResult::Status::Failed,
              fileError.text(), 0};
    RunError error;
    if (!runModel(model, inputs, request.compile.threads, outputs, error))
      return {CaseResult::Status::Failed, folder + ": " + error.message, 0};
    if (outputs.size() != expected.size())
      return {CaseResult::Status::Failed,
              folder + ": " + std::to_string(outputs.size()) + " outputs, expected " +
                  std::to_string(expected.size()),
              0};
    for (size_t i = 0; i < outputs.size(); ++i) {
      std::string difference = compareTensors(outputs[i], expected[i], tolerance(outputs[i].name));
      if (!difference.empty())
        return {CaseResult::Status::Failed,
                llvm::sys::path::filename(folder).str() + ": output '" +
                    escapeName(outputs[i].name) + "' " + difference,
                0};
    }
    return {CaseResult::Status::Passed, "", 0};
  }

  /// Compiles the model for the sizes of a data set's inputs.
  bool loadFor(const std::string &folder, CompileOptions options, LoadedModel &model) {
    std::vector<HostTensor> inputs;
    FileError fileError;
    if (!readAll(folder, "input", inputs, fileError))
      return false;
    for (const HostTensor &input : inputs) {
      std::vector<std::string> &shape = options.shapes[input.name];
      for (int64_t size : input.dims)
        shape.push_back(std::to_string(size));
    }
    llvm::raw_null_ostream silent;
    Diagnostics diags(silent);
    Progress progress("none");
    return mlir::succeeded(LoadedModel::load(options, diags, progress, model));
  }

  CaseResult run() {
    std::string messages;
    llvm::raw_string_ostream os(messages);
    Diagnostics diags(os);
    Progress progress("none");
    CompileOptions options = request.compile;
    options.model = request.folder + "/model.onnx";
    LoadedModel model;
    bool perSet = false;
    if (mlir::failed(LoadedModel::load(options, diags, progress, model))) {
      if (diags.exitCode() != 3)
        return {CaseResult::Status::Failed, messages, 0};
      // What symbolic sizes leave open (the rank of a squeezed tensor, say) the sizes of the inputs
      // may settle: each data set then has a model of its own.
      perSet = options.shapes.empty();
      if (!perSet)
        return {CaseResult::Status::Skipped, messages, 0};
    }
    int sets = 0;
    for (;; ++sets) {
      std::string folder = request.folder + "/test_data_set_" + std::to_string(sets);
      if (!llvm::sys::fs::is_directory(folder))
        break;
      if (perSet && !loadFor(folder, options, model))
        return {CaseResult::Status::Skipped, messages, 0};
      CaseResult result = runSet(model.get(), folder);
      if (result.status != CaseResult::Status::Passed)
        return result;
    }
    if (sets == 0)
      return {CaseResult::Status::Failed, "no test_data_set_0", 0};
    return {CaseResult::Status::Passed, "", 0};
  }
};

} // namespace

CaseResult dlc::verifyCase(const CaseRequest &request) {
  double start = now();
  CaseResult result = Case(request).run();
  result.seconds = now() - start;
  return result;
}
