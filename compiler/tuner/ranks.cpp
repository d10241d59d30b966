// See ranks.h. A question or an answer is one message of JSON; an empty one ends a rank. Whoever
// waits sleeps between looks: MPI's own waiting keeps a core busy, which on the same machine would
// disturb what is measured.
#include "compiler/tuner/ranks.h"

#include "compiler/tuner/protocol.h"

using namespace dlc;
namespace json = llvm::json;

#ifndef DLC_HAS_MPI

const bool Ranks::kAvailable = false;

std::unique_ptr<Ranks> Ranks::join(const std::string &, std::string &error) {
  error = "this dlc was built without MPI (Debian: libopenmpi-dev)";
  return nullptr;
}

#else

#include <mpi.h>

#include <mutex>
#include <unistd.h>

const bool Ranks::kAvailable = true;

namespace {

constexpr int kTag = 1;
constexpr unsigned kPause = 500; // microseconds

/// MPI is called by one thread at a time.
std::mutex mpiMutex;

void sendText(int rank, const std::string &text) {
  std::lock_guard lock(mpiMutex);
  MPI_Send(text.data(), static_cast<int>(text.size()), MPI_CHAR, rank, kTag, MPI_COMM_WORLD);
}

std::string receiveText(int rank) {
  while (true) {
    {
      std::lock_guard lock(mpiMutex);
      int there = 0, size = 0;
      MPI_Status status;
      MPI_Iprobe(rank, kTag, MPI_COMM_WORLD, &there, &status);
      if (there) {
        MPI_Get_count(&status, MPI_CHAR, &size);
        std::string text(static_cast<size_t>(size), '\0');
        MPI_Recv(text.data(), size, MPI_CHAR, rank, kTag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        return text;
      }
    }
    usleep(kPause);
  }
}

Measurement failed(const std::string &message) {
  Measurement result;
  result.message = message;
  return result;
}

/// Another rank's measurer.
class RankMeasurer : public Measurer {
public:
  explicit RankMeasurer(int rank) : rank(rank) {}

  std::optional<Measurement> begin(const MeasureTask &task, std::string &error) override {
    Measurement result = ask(beginQuestion(task));
    if (result.ok())
      return result;
    error = result.message;
    return std::nullopt;
  }
  Measurement measure(const Candidate &candidate, const Effort &effort) override {
    return ask(measureQuestion(candidate, effort));
  }
  Measurement compareNets(const CompileOptions &model, llvm::ArrayRef<Candidate> base,
                          llvm::ArrayRef<Candidate> recorded, const Effort &effort) override {
    return ask(netsQuestion(model, base, recorded, effort));
  }

private:
  Measurement ask(json::Object question) {
    sendText(rank, print(std::move(question)));
    auto value = json::parse(receiveText(rank));
    Measurement result;
    if (!value)
      return failed(llvm::toString(value.takeError()));
    const json::Object *object = value->getAsObject();
    return object && fromJson(*object, result) ? result : failed("an answer that cannot be read");
  }

  int rank;
};

/// Puts a question to a measurer here.
Measurement answer(Measurer &measurer, const std::string &question) {
  auto value = json::parse(question);
  if (!value)
    return failed(llvm::toString(value.takeError()));
  const json::Object *object = value->getAsObject();
  if (!object)
    return failed("a question that cannot be read");
  llvm::StringRef op = object->getString("op").value_or("");
  const json::Object *given = object->getObject("options");
  CompileOptions options;
  if (given && !fromJson(*given, options))
    return failed("options that cannot be read");
  std::vector<Candidate> first, second;
  Effort effort;
  if (op == "begin" && given) {
    MeasureTask task;
    task.module = object->getString("module").value_or("").str();
    task.warm = object->getBoolean("warm").value_or(false);
    task.options = options;
    std::string error;
    std::optional<Measurement> result = measurer.begin(task, error);
    return result ? *result : failed(error);
  }
  if (!fromJson(object->getObject("effort"), effort))
    return failed("an effort that cannot be read");
  if (op == "measure" && fromJson(object->getArray("candidate"), first) && first.size() == 1)
    return measurer.measure(first.front(), effort);
  if (op == "nets" && given && fromJson(object->getArray("base"), first) &&
      fromJson(object->getArray("recorded"), second))
    return measurer.compareNets(options, first, second, effort);
  return failed("there is no such question");
}

class MpiRanks : public Ranks {
public:
  MpiRanks(int rank, int size) : rank(rank), size(size) {}
  ~MpiRanks() override {
    for (int other = 1; rank == 0 && other < size; ++other)
      sendText(other, "");
    MPI_Finalize();
  }
  bool searches() const override { return rank == 0; }

  std::vector<std::unique_ptr<Measurer>> measurers(std::string &error) override {
    std::vector<std::unique_ptr<Measurer>> result;
    for (int other = 1; other < size; ++other)
      result.push_back(std::make_unique<RankMeasurer>(other));
    for (int other = 1; other < size; ++other) {
      std::string theirs = receiveText(other);
      if (theirs == processor)
        continue;
      error = "rank " + std::to_string(other) + " runs on '" + theirs + "', rank 0 on '" +
              processor + "': schedules are for one kind of processor";
      result.clear();
      return result;
    }
    return result;
  }

  void serve(Measurer &measurer) override {
    sendText(0, processor);
    while (true) {
      std::string question = receiveText(0);
      if (question.empty())
        return;
      sendText(0, print(toJson(answer(measurer, question))));
    }
  }

  std::string processor;

private:
  int rank, size;
};

} // namespace

std::unique_ptr<Ranks> Ranks::join(const std::string &processor, std::string &error) {
  int provided = 0, rank = 0, size = 0;
  if (MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided) != MPI_SUCCESS) {
    error = "MPI does not start";
    return nullptr;
  }
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  auto ranks = std::make_unique<MpiRanks>(rank, size);
  ranks->processor = processor;
  if (provided < MPI_THREAD_SERIALIZED)
    error = "this MPI does not work with threads";
  else if (size < 2)
    error = "rank 0 searches and the others measure: start two ranks or more, mpirun -n 2 dlc-tune "
            "--mpi ...";
  else
    return ranks;
  return nullptr;
}

#endif // DLC_HAS_MPI
