// The database as JSON, for other machines and for editing by hand:
//
//   {"format": "dlc-tuning", "version": 1,
//    "best": [{"kernel": "...", "processor": "...", "schedule": "#kernel.schedule<...>", "ns": 1.0,
//              "default_ns": 2.0, "label": "conv 1x56x56x64", "origin": "resnet18.onnx",
//              "time": 0}, ...],
//    "trials": [{"kernel": "...", ..., "status": "ok"}, ...]}
#include "compiler/driver/output_file.h"
#include "compiler/tuner/tuner.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

#include <set>
#include <tuple>

using namespace dlc;
using llvm::StringRef;
namespace json = llvm::json;

static constexpr const char *kFormat = "dlc-tuning";
static constexpr int64_t kVersion = 1;

bool dlc::exportDatabase(TuningDatabase &database, StringRef path, std::string &error) {
  std::vector<BestRecord> best;
  std::vector<TrialRecord> trials;
  if (!database.allBest(best) || !database.allTrials(trials)) {
    error = database.error();
    return false;
  }
  json::Array bestList, trialList;
  for (const BestRecord &b : best)
    bestList.push_back(json::Object{{"kernel", b.kernel},
                                    {"processor", b.processor},
                                    {"schedule", b.schedule},
                                    {"ns", b.ns},
                                    {"default_ns", b.defaultNs},
                                    {"label", json::fixUTF8(b.label)},
                                    {"origin", json::fixUTF8(b.origin)},
                                    {"time", b.time}});
  for (const TrialRecord &t : trials)
    trialList.push_back(json::Object{{"kernel", t.kernel},
                                     {"processor", t.processor},
                                     {"schedule", t.schedule},
                                     {"status", t.status},
                                     {"ns", t.ns},
                                     {"default_ns", t.defaultNs},
                                     {"strategy", json::fixUTF8(t.strategy)},
                                     {"message", json::fixUTF8(t.message)},
                                     {"time", t.time}});
  json::Value all = json::Object{{"format", kFormat},
                                 {"version", kVersion},
                                 {"best", std::move(bestList)},
                                 {"trials", std::move(trialList)}};
  return writeFile(path, llvm::formatv("{0:2}\n", all).str(), error);
}

namespace {

/// Reads fields of one object; `ok` turns false at the first that is missing or of another type.
struct FieldReader {
  const json::Object *object;
  bool ok = true;
  std::string string(StringRef key) {
    auto value = object ? object->getString(key) : std::nullopt;
    ok &= value.has_value();
    return value.value_or("").str();
  }
  double number(StringRef key) {
    auto value = object ? object->getNumber(key) : std::nullopt;
    ok &= value.has_value() && *value >= 0;
    return value.value_or(0);
  }
  int64_t integer(StringRef key) {
    auto value = object ? object->getInteger(key) : std::nullopt;
    ok &= value.has_value();
    return value.value_or(0);
  }
};

} // namespace

bool dlc::importDatabase(TuningDatabase &database, StringRef path, std::string &error,
                         std::string &summary) {
  auto file = llvm::MemoryBuffer::getFile(path);
  if (!file) {
    error = path.str() + ": " + file.getError().message();
    return false;
  }
  auto value = json::parse((*file)->getBuffer());
  if (!value) {
    error = path.str() + ": " + llvm::toString(value.takeError());
    return false;
  }
  const json::Object *all = value->getAsObject();
  if (!all || all->getString("format") != StringRef(kFormat) ||
      all->getInteger("version") != kVersion) {
    error = path.str() + ": this is no export of dlc-tune (format dlc-tuning, version 1)";
    return false;
  }
  auto list = [&](StringRef key) {
    static const json::Array none;
    const json::Array *array = all->getArray(key);
    return array ? array : &none;
  };
  // Read everything before anything is written.
  std::vector<BestRecord> best;
  std::vector<TrialRecord> trials;
  for (const json::Value &entry : *list("best")) {
    FieldReader r{entry.getAsObject()};
    BestRecord b;
    b.kernel = r.string("kernel");
    b.processor = r.string("processor");
    b.schedule = r.string("schedule");
    b.ns = r.number("ns");
    b.defaultNs = r.number("default_ns");
    b.label = r.string("label");
    b.origin = r.string("origin");
    b.time = r.integer("time");
    if (!r.ok) {
      error = path.str() + ": entry " + std::to_string(best.size()) + " of 'best' is not complete";
      return false;
    }
    best.push_back(std::move(b));
  }
  for (const json::Value &entry : *list("trials")) {
    FieldReader r{entry.getAsObject()};
    TrialRecord t;
    t.kernel = r.string("kernel");
    t.processor = r.string("processor");
    t.schedule = r.string("schedule");
    t.status = r.string("status");
    t.ns = r.number("ns");
    t.defaultNs = r.number("default_ns");
    t.strategy = r.string("strategy");
    t.message = r.string("message");
    t.time = r.integer("time");
    if (!r.ok) {
      error =
          path.str() + ": entry " + std::to_string(trials.size()) + " of 'trials' is not complete";
      return false;
    }
    trials.push_back(std::move(t));
  }

  size_t newBest = 0, newTrials = 0;
  auto fail = [&] {
    error = database.error();
    return false;
  };
  if (!database.begin())
    return fail();
  std::vector<TrialRecord> known;
  if (!database.allTrials(known))
    return fail();
  using Key = std::tuple<std::string, std::string, std::string, double, int64_t>;
  std::set<Key> seen;
  auto keyOf = [](const TrialRecord &t) {
    return Key{t.kernel, t.processor, t.schedule, t.ns, t.time};
  };
  for (const TrialRecord &trial : known)
    seen.insert(keyOf(trial));
  for (const TrialRecord &trial : trials) {
    if (!seen.insert(keyOf(trial)).second)
      continue;
    if (!database.addTrial(trial))
      return fail();
    ++newTrials;
  }
  // The faster of two records stays, by what each gained over its default; one made by hand wins.
  auto gain = [](const BestRecord &b) { return b.defaultNs > 0 ? b.ns / b.defaultNs : 1; };
  for (const BestRecord &record : best) {
    auto own = database.best(record.kernel, record.processor);
    if (!own && !database.error().empty())
      return fail();
    bool wins = !own || record.origin == "hand" || gain(record) < gain(*own);
    if (!wins)
      continue;
    if (!database.setBest(record))
      return fail();
    ++newBest;
  }
  if (!database.commit())
    return fail();
  summary = "imported " + std::to_string(newBest) + " schedules and " + std::to_string(newTrials) +
            " trials";
  return true;
}
