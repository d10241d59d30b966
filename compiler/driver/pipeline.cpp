// See pipeline.h.
#include "compiler/driver/pipeline.h"

#include "compiler/codegen/llvm/emit.h"
#include "compiler/driver/codegen_step.h"
#include "compiler/driver/crash.h"
#include "compiler/driver/link.h"
#include "compiler/driver/output_file.h"
#include "compiler/driver/report_file.h"
#include "compiler/graph/graph.h"
#include "compiler/host/kernel_table.h"
#include "compiler/import/importer.h"
#include "compiler/kernels/pipeline.h"
#include "compiler/register.h"
#include "compiler/structure/structure.h"
#include "compiler/tuner/database.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <thread>

using namespace dlc;
using namespace mlir;

namespace {

struct Pipeline {
  const CompileOptions &options;
  Stage last;
  Purpose purpose;
  Diagnostics &diags;
  Progress &progress;
  CompiledModel &result;
  ModelInProgress model;

  //===-- The floors --===//

  LogicalResult import(MLIRContext &context) {
    progress.stage("import");
    if (StringRef(options.model).ends_with(".mlir"))
      return parse(context);
    std::unique_ptr<ModelFile> file = openModel(options.model, diags);
    if (!file)
      return failure();
    ImportOptions import;
    import.shapes = options.shapes;
    model.module = importModel(*file, &context, import, model.weights, diags);
    return success(static_cast<bool>(model.module));
  }

  LogicalResult graph() {
    return runPasses(
        "graph", [&](OpPassManager &pm) { addGraphPasses(pm, options.precise, options.weights); });
  }

  LogicalResult structure() {
    return runPasses("structure", [](OpPassManager &pm) { pm.addPass(createNNLowerToLinalg()); });
  }

  LogicalResult kernels() {
    KernelPipelineOptions kernels;
    if (failed(kernelOptions(options, result.target, diags, kernels)))
      return failure();
    return runPasses("kernels", [&](OpPassManager &pm) { addKernelPasses(pm, kernels); });
  }

  LogicalResult code() {
    CodegenStep step{options, result.target, diags, progress, *model.module, model.weights};
    CrashContext crash("code", *model.module);
    progress.stage("code");
    bool sidecar = false;
    StringRef folder = llvm::sys::path::parent_path(options.output);
    if (purpose == Purpose::Library) {
      uint64_t size = static_cast<uint64_t>(weightsLayout(*model.module).size);
      sidecar = size && (options.externalWeights || size >= kLargestEmbeddedWeights);
    }
    if (sidecar)
      result.weightsFile = (llvm::sys::path::filename(options.output) + ".weights").str();
    result.objects.emplace_back();
    if (failed(step.compileKernels(result.objects, result.kept.builds)))
      return failure();
    progress.stage("host");
    if (failed(step.compileHost(result.weightsFile, CodeKind::Object, result.objects.front())))
      return failure();
    progress.stage("weights");
    return step.fillWeights(sidecar ? WeightsBlock::Place::Sidecar : WeightsBlock::Place::Memory,
                            folder, result.weights);
  }

  //===-- Around them --===//

  LogicalResult parse(MLIRContext &context) {
    model.module = parseSourceFile<ModuleOp>(options.model, &context);
    if (!model.module)
      return diags.hasErrors() ? failure()
                               : diags.error(ErrorClass::Io, options.model, "cannot be read");
    if (!model.module->lookupSymbol("main"))
      return diags.error(ErrorClass::Model, options.model, "the module has no function @main");
    return success();
  }

  LogicalResult resolve() { return resolveOptions(options, diags, result.target); }

  template <typename Fill> LogicalResult runPasses(StringRef name, Fill fill) {
    progress.stage(name);
    // What a crash or a failure keeps: the module as it was before this floor.
    OwningOpRef<ModuleOp> before(cast<ModuleOp>(model.module.get()->clone()));
    CrashContext crash(name.str(), *before);
    PassManager pm(model.module->getContext(), ModuleOp::getOperationName());
    fill(pm);
    size_t errorsBefore = diags.errorCount();
    if (succeeded(pm.run(*model.module)))
      return success();
    if (diags.errorCount() == errorsBefore)
      (void)diags.error(ErrorClass::Internal, options.model, "stage '" + name + "' failed",
                        reportHelp());
    if (diags.exitCode() == static_cast<int>(ErrorClass::Internal)) {
      std::string path = keepIr(*before);
      if (!path.empty())
        llvm::errs() << "  note: the IR before stage '" << name << "' is in " << path << "\n";
    }
    return failure();
  }

  std::string text() {
    std::string printed;
    llvm::raw_string_ostream os(printed);
    ModuleOp(model.module.get()).print(os, OpPrintingFlags().useLocalScope());
    os << "\n";
    return printed;
  }

  /// After a stage: writes it for --print-stages, and ends here if it is the one asked for.
  LogicalResult reached(Stage stage, bool &done) {
    if (!options.printStages.empty()) {
      std::string error;
      std::string path = options.printStages + "/" + std::to_string(static_cast<int>(stage) + 1) +
                         "-" + stageName(stage).str() + ".mlir";
      if (std::error_code code = llvm::sys::fs::create_directories(options.printStages))
        return diags.error(ErrorClass::Io, options.printStages, code.message());
      if (!writeFile(path, text(), error))
        return diags.error(ErrorClass::Io, "", error);
    }
    done = stage == last;
    if (done)
      result.text = text();
    return success();
  }

  /// The stages after the kernels that are printed: not MLIR of this module.
  LogicalResult printCode(bool &done) {
    done = last == Stage::Halide || last == Stage::Asm || last == Stage::Llvm;
    if (!done)
      return success();
    CodegenStep step{options, result.target, diags, progress, *model.module, model.weights};
    progress.stage("host");
    if (last == Stage::Llvm && !StringRef(options.output).ends_with(".ll")) {
      numberLaunches(*model.module);
      if (failed(runPasses("host", [](OpPassManager &pm) { addHostPasses(pm); })))
        return failure();
      result.text = text();
      return success();
    }
    return last == Stage::Llvm ? step.compileHost("", CodeKind::IR, result.text)
                               : step.print(last, result.text);
  }

  LogicalResult run() {
    bool done = false;
    auto after = [&](Stage stage) { return failed(reached(stage, done)) || done; };
    // A module that is read from a file may begin on a later floor; then the earlier ones have
    // nothing to do.
    if (after(Stage::Nn))
      return success(done);
    bool lowered = model.module->lookupSymbol(kPlanFunc) != nullptr;
    if (!lowered && failed(graph()))
      return failure();
    if (after(Stage::Graph))
      return success(done);
    if (!lowered && failed(structure()))
      return failure();
    if (after(Stage::Linalg))
      return success(done);
    if (failed(kernels()))
      return failure();
    if (after(Stage::Kernel))
      return success(done);
    if (failed(printCode(done)) || done)
      return success(done);
    return code();
  }
};

} // namespace

std::unique_ptr<MLIRContext> dlc::createContext() {
  DialectRegistry registry;
  registerDialects(registry);
  return std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
}

LogicalResult dlc::resolveOptions(const CompileOptions &options, Diagnostics &diags,
                                  TargetInfo &result) {
  std::string error;
  auto target = resolveTarget(options.target, error);
  if (failed(target))
    return diags.error(ErrorClass::Usage, "", "--target: " + error);
  result = *target;
  result.threads = options.threads
                       ? options.threads
                       : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  return success();
}

LogicalResult dlc::kernelOptions(const CompileOptions &options, const TargetInfo &target,
                                 Diagnostics &diags, KernelPipelineOptions &kernels) {
  kernels.backend = options.backend;
  kernels.target = options.target;
  kernels.threads = target.threads;
  kernels.precise = options.precise;
  kernels.winograd = options.small ? 0 : options.winograd;
  kernels.recorded = options.recorded;
  if (kernels.recorded || options.tuningDb.empty())
    return success();
  std::string error;
  std::shared_ptr<TuningDatabase> database =
      TuningDatabase::open(options.tuningDb, TuningDatabase::Mode::Read, error);
  if (!database)
    return diags.error(ErrorClass::Io, "", error);
  kernels.recorded = [database, processor = processorKey(target)](StringRef key) {
    auto best = database->best(key, processor);
    return best ? best->schedule : std::string();
  };
  return success();
}

LogicalResult dlc::lowerModel(const CompileOptions &options, MLIRContext &context,
                              Diagnostics &diags, Progress &progress, ModelInProgress &model) {
  DiagnosticPrinter printer(&context, diags, options.model);
  CompiledModel result;
  Pipeline pipeline{options, Stage::Linalg, Purpose::Jit, diags, progress, result, {}};
  if (failed(pipeline.import(context)))
    return failure();
  bool lowered = pipeline.model.module->lookupSymbol(kPlanFunc) != nullptr;
  if (!lowered && (failed(pipeline.graph()) || failed(pipeline.structure())))
    return failure();
  model = std::move(pipeline.model);
  progress.finish();
  return success();
}

LogicalResult dlc::compileModel(const CompileOptions &options, Stage stage, Purpose purpose,
                                Diagnostics &diags, Progress &progress, CompiledModel &result) {
  std::unique_ptr<MLIRContext> context = createContext();
  DiagnosticPrinter printer(context.get(), diags, options.model);
  if (StringRef(options.model).ends_with(".mlir"))
    printer.defaultClass = ErrorClass::Model;
  Pipeline pipeline{options, stage, purpose, diags, progress, result, {}};
  if (failed(pipeline.resolve()) || failed(pipeline.import(*context)))
    return failure();
  LogicalResult done = pipeline.run();
  progress.finish();
  if (succeeded(done) && (options.timing || !options.report.empty())) {
    result.kept.target = result.target;
    result.kept.module = std::move(pipeline.model.module);
    result.kept.context = std::move(context);
  }
  return done;
}

LogicalResult dlc::compileModule(ModelInProgress model, const CompileOptions &options, Stage stage,
                                 Purpose purpose, Diagnostics &diags, Progress &progress,
                                 CompiledModel &result) {
  Pipeline pipeline{options, stage, purpose, diags, progress, result, std::move(model)};
  if (failed(pipeline.resolve()))
    return failure();
  LogicalResult done = pipeline.run();
  progress.finish();
  return done;
}

/// A C header that declares the model's function.
static std::string headerText(const CompileOptions &options) {
  std::string guard = "DLC_MODEL_" + StringRef(options.symbol).upper() + "_H";
  return "/* " + escapeName(llvm::sys::path::filename(options.model)) +
         ", compiled by dlc: load it with dlc_load(" + options.symbol +
         "(), ...) of dlc/dlc.h. */\n#ifndef " + guard + "\n#define " + guard +
         "\n\n#include \"dlc/dlc.h\"\n\n#ifdef __cplusplus\nextern \"C\"\n#endif\nconst dlc_model "
         "*" +
         options.symbol + "(void);\n\n#endif\n";
}

int dlc::compileToFile(const CompileOptions &options, Diagnostics &diags, Progress &progress) {
  std::optional<Stage> stage = options.stage();
  auto fail = [&](ErrorClass errorClass, const llvm::Twine &message) {
    progress.finish();
    (void)diags.error(errorClass, options.model, message);
    return diags.exitCode();
  };
  std::optional<MeasuredTimes> times;
  if (!options.profile.empty() && failed(readProfile(options.profile, diags, times)))
    return diags.exitCode();
  CompiledModel compiled;
  if (failed(compileModel(options, *stage, Purpose::Library, diags, progress, compiled))) {
    progress.finish();
    return diags.hasErrors() ? diags.exitCode()
                             : fail(ErrorClass::Internal, "compilation failed without a reason");
  }
  std::string error;
  if (*stage < Stage::Obj) {
    if (options.output.empty() || options.output == "-") {
      llvm::outs() << compiled.text;
      llvm::outs().flush();
      if (llvm::outs().has_error()) {
        llvm::outs().clear_error();
        return fail(ErrorClass::Io, "standard output cannot be written");
      }
      return 0;
    }
    return writeFile(options.output, compiled.text, error) ? 0 : fail(ErrorClass::Io, error);
  }

  progress.stage("link");
  LinkInput input;
  input.objects.assign(compiled.objects.begin(), compiled.objects.end());
  if (compiled.weightsFile.empty())
    input.weights = compiled.weights.get();
  input.symbol = options.symbol;
  input.triple = compiled.target.triple;
  input.keepSymbols = options.checked || options.symbols;
  LinkKind kind = *stage == Stage::So                         ? LinkKind::Shared
                  : StringRef(options.output).ends_with(".a") ? LinkKind::Archive
                                                              : LinkKind::Relocatable;
  if (!compiled.weightsFile.empty() &&
      !compiled.weights->publish(options.output + ".weights", error))
    return fail(ErrorClass::Io, error);
  LinkError linkError;
  if (!link(input, kind, options.output, linkError)) {
    if (!compiled.weightsFile.empty())
      (void)llvm::sys::fs::remove(options.output + ".weights");
    return fail(static_cast<ErrorClass>(linkError.exitCode), linkError.message);
  }
  if (!options.header.empty() && !writeFile(options.header, headerText(options), error))
    return fail(ErrorClass::Io, error);
  progress.finish();
  if (options.timing && compiled.kept.module)
    progress.note(describeMemory(*compiled.kept.module));
  if (!options.report.empty()) {
    uint64_t size = 0;
    (void)llvm::sys::fs::file_size(options.output, size);
    if (failed(writeReport(options, compiled.kept, progress, size, times, diags)))
      return diags.exitCode();
  }
  return 0;
}
