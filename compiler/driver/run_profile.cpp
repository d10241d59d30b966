// dlc-run --profile and --report: runs the model with a listener and writes down what it heard.
#include "compiler/driver/loaded_model.h"
#include "compiler/driver/output_file.h"
#include "compiler/driver/profile.h"
#include "compiler/driver/report_file.h"
#include "compiler/driver/run_inputs.h"
#include "compiler/driver/worker_process.h"

#include "llvm/ADT/ScopeExit.h"

using namespace dlc;
using namespace mlir;

namespace {

/// Runs until the time is over, and often enough to be called a profile.
dlc_status record(dlc_context *context, Profile &profile, const std::vector<dlc_tensor> &in,
                  double seconds) {
  std::vector<dlc_tensor> out(static_cast<size_t>(dlc_output_count(profile.model)), dlc_tensor{});
  auto once = [&] { return dlc_run(context, in.data(), in.size(), out.data(), out.size()); };
  double start = now();
  do {
    if (dlc_status status = once())
      return status;
  } while (now() - start < seconds / 10); // warm, and the processor's clock up
  profile.restart();
  start = now();
  do {
    if (dlc_status status = once())
      return status;
    // On a busy machine, longer: a few undisturbed runs are wanted.
  } while (now() - start < seconds || profile.allRuns < 3 ||
           (profile.runs < 5 && now() - start < 4 * seconds));
  return DLC_OK;
}

/// As LoadedModel::load, but keeps what a report needs.
LogicalResult load(const RunOptions &options, Diagnostics &diags, Progress &progress,
                   LoadedModel &loaded, KeptModel &kept) {
  const CompileOptions &compile = options.compile;
  if (compile.report.empty())
    return LoadedModel::load(compile, diags, progress, loaded);
  CompiledModel compiled;
  if (failed(compileModel(compile, Stage::So, Purpose::Jit, diags, progress, compiled)))
    return failure();
  kept = std::move(compiled.kept);
  return LoadedModel::fromCompiled(std::move(compiled), compile.symbol, compile.model, diags,
                                   loaded);
}

} // namespace

int dlc::runProfile(const RunOptions &options) {
  Diagnostics diags;
  Progress progress(options.compile.progress);
  auto fail = [&](ErrorClass errorClass, const llvm::Twine &message) {
    progress.finish();
    (void)diags.error(errorClass, options.compile.model, message);
    return diags.exitCode();
  };
  LoadedModel loaded;
  KeptModel kept;
  if (failed(load(options, diags, progress, loaded, kept)))
    return diags.hasErrors() ? diags.exitCode() : 70;
  progress.finish();
  dlc_model *model = loaded.get();
  if (dlc_launch_count(model) == 0 && model->program->size < sizeof(dlc_program))
    return fail(ErrorClass::Model,
                "the model was compiled without a table of its kernels: compile it again");

  std::vector<HostTensor> inputs;
  if (failed(collectInputs(options, model, /*random=*/true, diags, inputs)))
    return diags.hasErrors() ? diags.exitCode() : 70;
  std::vector<dlc_tensor> in;
  for (const HostTensor &input : inputs)
    in.push_back(input.view());

  Profile profile(model);
  profile.symbols.resize(static_cast<size_t>(dlc_symbol_count(model)));
  uint64_t arena = 0;
  if (dlc_status status =
          dlc_plan(model, in.data(), in.size(), profile.symbols.data(), nullptr, &arena))
    return fail(errorClassOf(status), dlc_error_message());
  dlc_context_options contextOptions = dlc_context_defaults();
  contextOptions.threads = options.compile.threads;
  profile.listen(contextOptions);
  dlc_context *context;
  if (dlc_status status = dlc_context_create(model, &contextOptions, &context))
    return fail(errorClassOf(status), dlc_error_message());
  llvm::scope_exit destroy([&] { dlc_context_destroy(context); });
  profile.threads = dlc_context_threads(context);
  double seconds = options.bench ? options.benchSeconds : 0.5;
  if (dlc_status status = record(context, profile, in, seconds))
    return fail(errorClassOf(status), dlc_error_message());
  std::string error;
  profile.machine = measureMachine(profile.threads, arena + model->program->weights_size, error);
  if (!profile.machine)
    diags.warning(options.compile.model, "the machine's peak is not known: " + error);

  if (!options.profile.empty()) {
    std::string text;
    llvm::raw_string_ostream os(text);
    writeTrace(os, profile);
    if (!writeFile(options.profile, text, error))
      return fail(ErrorClass::Io, error);
  }
  if (!options.compile.report.empty() &&
      failed(writeReport(options.compile, kept, progress, /*library=*/0, measuredTimes(profile),
                         diags)))
    return diags.exitCode();
  if (options.json)
    llvm::outs() << llvm::json::Value(profileJson(profile)) << "\n";
  else
    printProfile(llvm::outs(), profile);
  return 0;
}
