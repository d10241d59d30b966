// The parent's side of measuring, and the messages.
#include "compiler/tuner/measure.h"

#include "compiler/driver/worker_process.h"
#include "compiler/tuner/protocol.h"

#include <poll.h>

using namespace dlc;
using llvm::StringRef;
namespace json = llvm::json;

//===-- Messages -----------------------------------------------------------------------------===//

std::string dlc::print(json::Object object) {
  std::string text;
  llvm::raw_string_ostream(text) << json::Value(std::move(object));
  return text;
}

static std::string string(const json::Object &object, StringRef key) {
  return object.getString(key).value_or("").str();
}

json::Object dlc::toJson(const CompileOptions &o) {
  json::Object shapes;
  for (const auto &[name, dims] : o.shapes)
    shapes[json::fixUTF8(name)] = json::Array(dims);
  return json::Object{{"model", json::fixUTF8(o.model)},
                      {"target", o.target},
                      {"backend", o.backend},
                      {"shapes", std::move(shapes)},
                      {"threads", o.threads},
                      {"level", o.level},
                      {"precise", o.precise},
                      {"checked", o.checked},
                      {"cache", o.cache}};
}

bool dlc::fromJson(const json::Object &object, CompileOptions &o) {
  o.model = string(object, "model");
  o.target = string(object, "target");
  o.backend = string(object, "backend");
  if (const json::Object *shapes = object.getObject("shapes"))
    for (const auto &[name, dims] : *shapes)
      if (const json::Array *list = dims.getAsArray())
        for (const json::Value &dim : *list)
          o.shapes[name.str()].push_back(dim.getAsString().value_or("").str());
  o.threads = static_cast<int>(object.getInteger("threads").value_or(1));
  o.level = static_cast<int>(object.getInteger("level").value_or(2));
  o.precise = object.getBoolean("precise").value_or(false);
  o.checked = object.getBoolean("checked").value_or(false);
  o.cache = object.getBoolean("cache").value_or(true);
  o.progress = "none";
  o.workers = 0; // the child is the worker
  return !o.target.empty() && !o.backend.empty();
}

json::Array dlc::toJson(llvm::ArrayRef<Candidate> candidates) {
  json::Array array;
  for (const Candidate &candidate : candidates)
    array.push_back(json::Object{{"kernel", candidate.kernel}, {"schedule", candidate.schedule}});
  return array;
}

bool dlc::fromJson(const json::Array *array, std::vector<Candidate> &candidates) {
  if (!array)
    return false;
  for (const json::Value &value : *array) {
    const json::Object *object = value.getAsObject();
    if (!object)
      return false;
    candidates.push_back({string(*object, "kernel"), string(*object, "schedule")});
  }
  return true;
}

json::Object dlc::toJson(const Effort &effort) {
  return json::Object{
      {"rounds", effort.rounds}, {"give_up", effort.giveUp}, {"extend", effort.extend}};
}

bool dlc::fromJson(const json::Object *object, Effort &effort) {
  if (!object)
    return false;
  effort.rounds = static_cast<int>(object->getInteger("rounds").value_or(effort.rounds));
  effort.giveUp = object->getNumber("give_up").value_or(effort.giveUp);
  effort.extend = static_cast<int>(object->getInteger("extend").value_or(effort.extend));
  return effort.rounds > 0;
}

json::Object dlc::toJson(const Measurement &m) {
  return json::Object{{"status", m.status}, {"message", json::fixUTF8(m.message)},
                      {"ns", m.ns},         {"default_ns", m.defaultNs},
                      {"noise", m.noise},   {"consistent", m.consistent}};
}

bool dlc::fromJson(const json::Object &object, Measurement &m) {
  m.status = string(object, "status");
  m.message = string(object, "message");
  m.ns = object.getNumber("ns").value_or(0);
  m.defaultNs = object.getNumber("default_ns").value_or(0);
  m.noise = object.getNumber("noise").value_or(0);
  m.consistent = object.getBoolean("consistent").value_or(false);
  return !m.status.empty();
}

json::Object dlc::beginQuestion(const MeasureTask &task) {
  return json::Object{{"op", "begin"},
                      {"module", json::fixUTF8(task.module)},
                      {"warm", task.warm},
                      {"options", toJson(task.options)}};
}

json::Object dlc::measureQuestion(const Candidate &candidate, const Effort &effort) {
  return json::Object{{"op", "measure"},
                      {"candidate", toJson(llvm::ArrayRef(candidate))},
                      {"effort", toJson(effort)}};
}

json::Object dlc::netsQuestion(const CompileOptions &model, llvm::ArrayRef<Candidate> base,
                               llvm::ArrayRef<Candidate> recorded, const Effort &effort) {
  return json::Object{{"op", "nets"},
                      {"options", toJson(model)},
                      {"base", toJson(base)},
                      {"recorded", toJson(recorded)},
                      {"effort", toJson(effort)}};
}

//===-- The parent ---------------------------------------------------------------------------===//

namespace {

class ProcessMeasurer : public Measurer {
public:
  explicit ProcessMeasurer(double timeLimit) : timeLimit(timeLimit) {}

  std::optional<Measurement> begin(const MeasureTask &newTask, std::string &error) override {
    task = newTask;
    begun = false;
    Measurement result = restart();
    if (begun)
      return result;
    error = result.message;
    return std::nullopt;
  }

  Measurement measure(const Candidate &candidate, const Effort &effort) override {
    if (!begun) {
      Measurement again = restart();
      if (!begun)
        return again;
    }
    Measurement result = ask(measureQuestion(candidate, effort), timeLimit);
    begun = process.running();
    return result;
  }

  Measurement compareNets(const CompileOptions &model, llvm::ArrayRef<Candidate> base,
                          llvm::ArrayRef<Candidate> recorded, const Effort &effort) override {
    begun = false; // the child forgets its kernel
    return ask(netsQuestion(model, base, recorded, effort), 10 * timeLimit);
  }

private:
  Measurement restart() {
    Measurement result = ask(beginQuestion(task), timeLimit);
    begun = result.ok();
    return result;
  }

  /// One question; the child is gone afterwards if it did not answer.
  Measurement ask(json::Object question, double limit) {
    Measurement result;
    if (!process.running() && !process.start({kMeasureFlag})) {
      result.message = "no child process can be started";
      return result;
    }
    auto ended = [&](StringRef status, const std::string &message) {
      result = {};
      result.status = status.str();
      result.message = message + process.stop();
      return result;
    };
    if (!process.send(print(std::move(question))))
      return ended("crashed", "");
    double deadline = now() + limit;
    while (true) {
      pollfd poll = {process.descriptor(), POLLIN, 0};
      double left = deadline - now();
      if (left <= 0)
        return ended("timeout",
                     "more than " + std::to_string(static_cast<int>(limit)) + " seconds: ");
      if (::poll(&poll, 1, static_cast<int>(left * 1000) + 1) <= 0)
        continue;
      std::string answer;
      WorkerProcess::State state = process.receive(answer);
      if (state == WorkerProcess::State::Dead)
        return ended("crashed", "");
      if (state == WorkerProcess::State::Waiting)
        continue;
      auto value = json::parse(answer);
      if (!value)
        return ended("crashed", llvm::toString(value.takeError()));
      const json::Object *object = value->getAsObject();
      if (!object || !fromJson(*object, result))
        return ended("crashed", "an answer that cannot be read");
      return result;
    }
  }

  WorkerProcess process;
  MeasureTask task;
  bool begun = false;
  double timeLimit;
};

} // namespace

std::unique_ptr<Measurer> dlc::makeProcessMeasurer(double timeLimit) {
  return std::make_unique<ProcessMeasurer>(timeLimit);
}
