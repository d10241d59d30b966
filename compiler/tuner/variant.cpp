// See variant.h.
#include "compiler/tuner/variant.h"

#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SHA256.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <ctime>

using namespace dlc;
using namespace mlir;

static constexpr double kBurstSeconds = 2e-3;
/// Copies of the weights are made until they fill this much, or there are as many as were asked
/// for.
static constexpr uint64_t kColdBytes = uint64_t(16) << 20;

Variant::~Variant() {
  for (dlc_context *context : contexts)
    dlc_context_destroy(context);
  for (dlc_model *model : models)
    dlc_close(model);
}

bool Variant::load(CompiledModel compiled, const std::string &symbol, int threads,
                   uint64_t mostCopies, std::string &error) {
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
      auto block = WeightsBlock::create(WeightsBlock::Place::Memory, bytes, "", error);
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

bool Variant::makeContexts(ArrayRef<dlc_tensor> inputs, std::string &error) {
  uint64_t bytes = 0;
  std::vector<int64_t> symbols(static_cast<size_t>(models[0]->program->symbol_count) + 1);
  bool planned =
      dlc_plan(models[0], inputs.data(), inputs.size(), symbols.data(), nullptr, &bytes) == DLC_OK;
  if (planned && bytes) {
    workspace = WeightsBlock::create(WeightsBlock::Place::Memory, bytes, "", error);
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

bool Variant::run(ArrayRef<dlc_tensor> inputs, std::vector<dlc_tensor> &outputs) {
  next = next + 1 < contexts.size() ? next + 1 : 0;
  return dlc_run(contexts[next], inputs.data(), inputs.size(), outputs.data(), outputs.size()) ==
         DLC_OK;
}

std::string dlc::codeHash(ArrayRef<std::string> objects) {
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

bool dlc::copyCompiled(const CompiledModel &from, CompiledModel &to, std::string &error) {
  to.target = from.target;
  to.objects = from.objects;
  if (!from.weights || !from.weights->size())
    return true;
  to.weights = WeightsBlock::create(WeightsBlock::Place::Memory, from.weights->size(), "", error);
  if (to.weights)
    std::memcpy(to.weights->data(), from.weights->data(), from.weights->size());
  return to.weights != nullptr;
}

//===-- Time ---------------------------------------------------------------------------------===//

static double seconds(bool processor) {
  timespec time;
  clock_gettime(processor ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

static double median(std::vector<double> values) {
  llvm::sort(values);
  return values[values.size() / 2];
}

bool Comparison::burst(Variant &variant, int runs, double &time) {
  double start = seconds(processorTime);
  for (int i = 0; i < runs; ++i)
    if (!variant.run(inputs, outputs))
      return false;
  time = (seconds(processorTime) - start) / runs;
  return true;
}

bool Comparison::estimate(Variant &variant, double &time) {
  double ignored;
  if (!burst(variant, 1, ignored) || !burst(variant, 1, time))
    return false;
  int runs = static_cast<int>(std::clamp(kBurstSeconds / std::max(time, 1e-7), 1.0, 10000.0));
  return runs == 1 || burst(variant, runs, time);
}

Measurement Comparison::run(const Effort &effort) {
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
    return static_cast<int>(std::clamp(std::ceil(kBurstSeconds / std::max(time, 1e-8)), 1.0, 1e5));
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
