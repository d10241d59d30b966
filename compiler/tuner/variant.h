// Compiled models side by side in the measurer's child process, and how their times are compared.
#ifndef DLC_COMPILER_TUNER_VARIANT_H
#define DLC_COMPILER_TUNER_VARIANT_H

#include "compiler/driver/loaded_model.h"
#include "compiler/tuner/measure.h"

namespace dlc {

/// Contexts over copies of the weights of one compiled model; runs take turns.
class Variant {
public:
  ~Variant();

  /// `compiled` is for Purpose::Jit.
  bool load(CompiledModel compiled, const std::string &symbol, int threads, uint64_t mostCopies,
            std::string &error);

  /// One arena for all contexts: it is warm in a whole model, too.
  bool makeContexts(llvm::ArrayRef<dlc_tensor> inputs, std::string &error);

  bool run(llvm::ArrayRef<dlc_tensor> inputs, std::vector<dlc_tensor> &outputs);

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
std::string codeHash(llvm::ArrayRef<std::string> objects);

/// The same once more, to be linked at another place.
bool copyCompiled(const CompiledModel &from, CompiledModel &to, std::string &error);

/// Bursts of at least two milliseconds of the default, its twin and the candidate take turns, and
/// the least time of each counts: what other processes do to the caches and the clock hits all
/// three alike, and only makes times longer. The twin is the default at another place: what the two
/// differ by is the noise.
struct Comparison {
  Variant &base, &twin, &candidate;
  std::vector<dlc_tensor> inputs, outputs;
  bool processorTime;

  bool burst(Variant &variant, int runs, double &time);

  /// Seconds of a run, roughly; warms up.
  bool estimate(Variant &variant, double &time);

  Measurement run(const Effort &effort);
};

} // namespace dlc

#endif // DLC_COMPILER_TUNER_VARIANT_H
