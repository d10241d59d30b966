// dlc-run --verify: cases in ONNX's test layout against their recorded outputs. The parent hands
// case folders to worker processes and judges nothing itself, so that a crash or a case that hangs
// costs that case alone.
#include "compiler/driver/case.h"
#include "compiler/driver/output_file.h"
#include "compiler/driver/worker_process.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <memory>
#include <poll.h>
#include <thread>

using namespace dlc;
namespace json = llvm::json;

static constexpr const char *kVerifyWorkerFlag = "--verify-worker";

//===-- The worker --===//

void dlc::runIfVerifyWorker(int argc, char **argv) {
  if (argc != 2 || llvm::StringRef(argv[1]) != kVerifyWorkerFlag)
    return;
  serveMessages([](llvm::StringRef message) {
    CaseResult result;
    if (auto request = json::parse(message); request && request->getAsObject())
      result = verifyCase(CaseRequest::fromJson(*request->getAsObject()));
    else
      llvm::consumeError(request.takeError());
    return llvm::formatv("{0}", json::Value(result.toJson())).str();
  });
}

//===-- The parent --===//

namespace {

/// Folders that hold a model.onnx: those given, or the ones below them.
void findCases(llvm::StringRef folder, int depth, std::vector<std::string> &cases) {
  namespace fs = llvm::sys::fs;
  if (fs::exists(folder + "/model.onnx")) {
    cases.push_back(folder.str());
    return;
  }
  if (depth == 0)
    return;
  std::vector<std::string> below;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; it != end && !error; it.increment(error))
    if (fs::is_directory(it->path()))
      below.push_back(it->path());
  std::sort(below.begin(), below.end());
  for (const std::string &path : below)
    findCases(path, depth - 1, cases);
}

struct Slot {
  WorkerProcess process;
  size_t job = SIZE_MAX;
  double deadline = 0;
};

struct Verifier {
  const RunOptions &options;
  std::vector<CaseRequest> requests;
  std::vector<CaseResult> results;
  std::vector<std::unique_ptr<Slot>> slots;
  size_t next = 0, done = 0;

  void feed(Slot &slot) {
    slot.job = SIZE_MAX;
    while (next < requests.size()) {
      size_t job = next++;
      std::string message = llvm::formatv("{0}", json::Value(requests[job].toJson())).str();
      if ((slot.process.running() || slot.process.start({kVerifyWorkerFlag})) &&
          slot.process.send(message)) {
        slot.job = job;
        slot.deadline = now() + options.caseTimeLimit;
        return;
      }
      results[job] = {CaseResult::Status::Failed,
                      "no worker process can be started: " + slot.process.stop(), 0};
      report(job);
    }
  }

  void report(size_t job) {
    ++done;
    const CaseResult &result = results[job];
    const CaseRequest &request = requests[job];
    if (result.status == CaseResult::Status::Failed)
      llvm::outs() << "FAIL " << request.folder << " [" << request.compile.backend
                   << "]: " << oneLine(result.message) << "\n";
    llvm::outs().flush();
  }

  /// The first lines of a message, as one.
  static std::string oneLine(llvm::StringRef text) {
    std::string line;
    for (char c : text.trim())
      line += c == '\n' ? ' ' : c;
    if (line.size() > 400)
      line = line.substr(0, 400) + " ...";
    return line;
  }

  void run() {
    results.resize(requests.size());
    size_t jobs = options.jobs > 0 ? static_cast<size_t>(options.jobs)
                                   : std::max(1u, std::thread::hardware_concurrency());
    for (size_t i = 0; i < std::min(jobs, requests.size()); ++i) {
      slots.push_back(std::make_unique<Slot>());
      feed(*slots.back());
    }
    while (done < requests.size()) {
      std::vector<pollfd> polls;
      std::vector<Slot *> waiting;
      double soonest = now() + 60;
      for (auto &slot : slots)
        if (slot->job != SIZE_MAX) {
          polls.push_back({slot->process.descriptor(), POLLIN, 0});
          waiting.push_back(slot.get());
          soonest = std::min(soonest, slot->deadline);
        }
      if (polls.empty())
        break;
      poll(polls.data(), polls.size(), static_cast<int>(std::max(0.0, soonest - now()) * 1000) + 1);
      for (size_t i = 0; i < polls.size(); ++i)
        serve(*waiting[i], polls[i].revents != 0);
    }
  }

  void serve(Slot &slot, bool readable) {
    CaseResult &result = results[slot.job];
    if (readable) {
      std::string answer;
      WorkerProcess::State state = slot.process.receive(answer);
      if (state == WorkerProcess::State::Waiting)
        return;
      auto value =
          state == WorkerProcess::State::Answered ? json::parse(answer) : json::parse("null");
      if (value && value->getAsObject()) {
        result = CaseResult::fromJson(*value->getAsObject());
      } else {
        llvm::consumeError(value.takeError());
        result = {CaseResult::Status::Failed, "crashed: " + slot.process.stop(), 0};
      }
    } else if (now() > slot.deadline) {
      slot.process.stop();
      result = {CaseResult::Status::Failed,
                llvm::formatv("took more than {0} seconds", static_cast<int>(options.caseTimeLimit))
                    .str(),
                0};
    } else {
      return;
    }
    report(slot.job);
    feed(slot);
  }
};

} // namespace

int dlc::runVerify(const RunOptions &options) {
  Verifier verifier{options, {}, {}, {}};
  std::vector<std::string> cases;
  for (const std::string &folder : options.files) {
    size_t before = cases.size();
    findCases(folder, 4, cases);
    if (cases.size() == before) {
      llvm::errs() << "dlc-run: error: " << folder
                   << ": no case (a folder with model.onnx) here or below\n";
      return 4;
    }
  }
  for (const std::string &folder : cases)
    for (const std::string &backend : options.backends) {
      CaseRequest request{folder, options.compile, options.rtol, options.atol};
      request.compile.backend = backend;
      verifier.requests.push_back(std::move(request));
    }
  verifier.run();

  size_t counts[3] = {};
  json::Array report;
  for (auto [request, result] : llvm::zip_equal(verifier.requests, verifier.results)) {
    ++counts[static_cast<int>(result.status)];
    json::Object entry = result.toJson();
    entry["case"] = json::fixUTF8(request.folder);
    entry["backend"] = request.compile.backend;
    report.push_back(std::move(entry));
  }
  int exitCode = counts[1] ? 1 : 0;
  if (!options.report.empty()) {
    std::string error;
    json::Object all{{"passed", static_cast<int64_t>(counts[0])},
                     {"failed", static_cast<int64_t>(counts[1])},
                     {"skipped", static_cast<int64_t>(counts[2])},
                     {"cases", std::move(report)}};
    if (!writeFile(options.report, llvm::formatv("{0:1}\n", json::Value(std::move(all))).str(),
                   error)) {
      llvm::errs() << "dlc-run: error: " << error << "\n";
      exitCode = 4;
    }
  }
  llvm::outs() << llvm::formatv("{0} passed, {1} failed, {2} skipped\n", counts[0], counts[1],
                                counts[2]);
  return exitCode;
}
