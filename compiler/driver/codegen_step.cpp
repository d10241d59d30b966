// See codegen_step.h.
#include "compiler/driver/codegen_step.h"

#include "compiler/codegen/halide/choose.h"
#include "compiler/codegen/halide/describe.h"
#include "compiler/codegen/halide/kernel_code.h"
#include "compiler/codegen/loops/loops.h"
#include "compiler/driver/crash.h"
#include "compiler/driver/jit.h"
#include "compiler/driver/kernel_pool.h"
#include "compiler/driver/object_cache.h"
#include "compiler/driver/weights_section.h"
#include "compiler/host/kernel_table.h"
#include "compiler/kernels/grouping.h"
#include "runtime/include/dlc/abi.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/Path.h"

#include <cstring>
#include <thread>

using namespace dlc;
using namespace mlir;

CodegenOptions CodegenStep::codegenOptions() const {
  CodegenOptions result;
  result.level = options.level;
  result.checked = options.checked;
  result.precise = options.precise;
  return result;
}

HostOptions CodegenStep::hostOptions() const {
  HostOptions host;
  host.target = target;
  host.level = options.level;
  host.modelName = ModuleOp(module).getName().value_or(llvm::sys::path::stem(options.model)).str();
  host.producer = std::string("dlc ") + DLC_VERSION;
  host.symbol = options.symbol;
  host.weightsSymbol = kWeightsSymbol.str();
  return host;
}

LogicalResult CodegenStep::internal(const llvm::Twine &message, ModuleOp keep) {
  Diagnostic diagnostic;
  diagnostic.errorClass = ErrorClass::Internal;
  diagnostic.file = options.model;
  diagnostic.message = message.str();
  diagnostic.help = reportHelp();
  std::string path = keepIr(keep);
  if (!path.empty())
    diagnostic.notes.push_back("the IR is in " + path);
  diags.report(diagnostic);
  return failure();
}

/// A printed module has handles in place of its large weights: it can be read back, but not run.
LogicalResult CodegenStep::missingWeight(StringRef key) {
  if (!StringRef(options.model).ends_with(".mlir"))
    return internal("weight '" + key + "' is not in the table", module);
  return diags.error(ErrorClass::Model, options.model,
                     "the bytes of weight '" + escapeName(key) + "' are not in the module",
                     "a printed stage names its large weights only: compile the ONNX file");
}

std::string dlc::kernelText(kernel::FuncOp func) {
  std::string text = "module {\n";
  llvm::raw_string_ostream os(text);
  func->print(os, OpPrintingFlags().useLocalScope());
  os << "\n}\n";
  return text;
}

/// Machine code in the objects of a kernel.
static uint64_t codeBytes(const KernelObject &object) {
  uint64_t bytes = 0;
  for (const std::string &file : object.objects) {
    auto parsed = llvm::object::ObjectFile::createObjectFile(llvm::MemoryBufferRef(file, "kernel"));
    if (!parsed) {
      llvm::consumeError(parsed.takeError());
      continue;
    }
    for (const llvm::object::SectionRef &section : (*parsed)->sections())
      if (section.isText())
        bytes += section.getSize();
  }
  return bytes;
}

LogicalResult CodegenStep::compileKernels(std::vector<std::string> &objects,
                                          std::vector<KernelBuild> &builds) {
  SmallVector<kernel::FuncOp> kernels = kernelsOf(module, kMainFunc);
  const size_t mainCount = kernels.size();
  if (weightsLayout(module).hasCode)
    llvm::append_range(kernels, kernelsOf(module, kWeightsFunc));
  auto resolved = weightsTarget();
  if (failed(resolved))
    return failure();
  std::vector<KernelJob> jobs; // those that the cache does not have
  std::vector<size_t> jobOf;   // kernel of a job
  std::vector<KernelObject> compiled(kernels.size());
  std::vector<std::string> keys(kernels.size());
  std::optional<ObjectCache> cache;
  if (options.cache)
    cache.emplace();
  for (auto [i, func] : llvm::enumerate(kernels)) {
    KernelJob job;
    job.name = func.getSymName().str();
    job.ir = kernelText(func);
    kernel::ScheduleAttr schedule = func.getScheduleAttr();
    job.backend = schedule ? schedule.getBackend().str() : options.backend;
    job.target = i < mainCount ? target : *resolved;
    job.options = codegenOptions();
    keys[i] = cacheKey(job);
    if (cache)
      if (auto object = cache->lookup(keys[i])) {
        compiled[i] = std::move(*object);
        continue;
      }
    // The long ones first, so that all workers end at about the same time.
    size_t place =
        llvm::partition_point(
            jobs, [&](const KernelJob &before) { return before.ir.size() >= job.ir.size(); }) -
        jobs.begin();
    jobs.insert(jobs.begin() + place, std::move(job));
    jobOf.insert(jobOf.begin() + place, i);
  }

  PoolOptions pool;
  int cores = std::max(1u, std::thread::hardware_concurrency());
  pool.workers = options.workers < 0 ? cores : options.workers;
  pool.threads = options.workers < 0 ? cores : 1;
  auto report = [&](size_t done) { progress.step(done, jobs.size()); };
  std::vector<KernelResult> results = dlc::compileKernels(jobs, pool, report);

  // What another backend cannot do, loops does: it accepts every kernel.
  for (size_t i = 0; i < jobs.size(); ++i) {
    KernelResult &result = results[i];
    bool fellBack = !result.ok; // not stored: the next compilation tries again
    if (!result.ok && jobs[i].backend != "loops") {
      diags.warning(options.model, "kernel " + jobs[i].name + ": " + jobs[i].backend + " failed (" +
                                       result.error +
                                       "); compiled as plain loops, which is slower");
      jobs[i].backend = "loops";
      result = dlc::compileKernels(jobs[i], pool).front();
    }
    if (!result.ok)
      return internal("kernel " + jobs[i].name + " cannot be compiled: " + result.error, module);
    if (cache && !fellBack)
      cache->store(keys[jobOf[i]], result.object);
    compiled[jobOf[i]] = std::move(result.object);
  }
  llvm::StringMap<std::string> made; // by which backend, if it was not cached
  for (const KernelJob &job : jobs)
    made[job.name] = job.backend;
  for (auto [i, func] : llvm::enumerate(kernels)) {
    llvm::append_range(i < mainCount ? objects : weightsObjects, compiled[i].objects);
    if (i >= mainCount)
      continue;
    auto found = made.find(func.getName());
    kernel::ScheduleAttr schedule = func.getScheduleAttr();
    std::string backend = found != made.end() ? found->second
                          : schedule          ? schedule.getBackend().str()
                                              : options.backend;
    builds.push_back({func.getName().str(), backend, found == made.end(), compiled[i].seconds,
                      codeBytes(compiled[i])});
  }
  return success();
}

/// Whether something is added up from products. Nobody sees numbers below the smallest normal one
/// in such sums, but processors take a hundred times as long for them.
static bool hasSumsOfProducts(ModuleOp module) {
  return module
      .walk([](linalg::LinalgOp op) {
        return classify(op) == OpClass::Contraction ? WalkResult::interrupt()
                                                    : WalkResult::advance();
      })
      .wasInterrupted();
}

std::string CodegenStep::hostKey(const HostOptions &host) {
  KernelJob job;
  job.name = host.modelName;
  job.backend = "host";
  job.target = host.target;
  job.options = codegenOptions();
  job.options.level = host.level;
  llvm::raw_string_ostream os(job.ir);
  for (StringRef part :
       {StringRef(host.producer), StringRef(host.symbol), StringRef(host.weightsSymbol),
        StringRef(host.weightsFile), StringRef(host.flushSubnormals ? "flush" : "keep")})
    os << part << '\0';
  ModuleOp(module).print(os, OpPrintingFlags().useLocalScope());
  // Locations are not printed, since they hold the model's path; of what they say the code has the
  // names of nodes.
  for (const KernelTable::Launch &launch : readKernelTable(module).launches)
    for (const std::string &node : launch.nodes)
      os << node << '\0';
  return cacheKey(job);
}

LogicalResult CodegenStep::compileHost(StringRef weightsFile, CodeKind kind, std::string &code) {
  HostOptions host = hostOptions();
  host.weightsFile = weightsFile.str();
  host.flushSubnormals = !options.precise && hasSumsOfProducts(module);
  std::optional<ObjectCache> cache;
  std::string key, error;
  if (options.cache && kind == CodeKind::Object) {
    cache.emplace();
    key = hostKey(host);
    if (auto object = cache->lookup(key); object && object->objects.size() == 1) {
      code = std::move(object->objects.front());
      return success();
    }
  }
  auto result = buildHostObject(module, host, kind, error);
  if (failed(result))
    return internal("the host code cannot be compiled: " + error, module);
  code = std::move(*result);
  if (cache)
    cache->store(key, {{code}, 0});
  return success();
}

FailureOr<std::string> CodegenStep::printKernel(kernel::FuncOp func, Stage stage,
                                                std::string &error) {
  kernel::ScheduleAttr schedule = func.getScheduleAttr();
  if (schedule && schedule.getBackend() == "halide") {
    auto program = halide::describe(func, error);
    if (failed(program))
      return failure();
    if (stage != Stage::Halide)
      return halide::emitKernelCode(*program, target, codegenOptions(), CodeKind::Assembly, error);
    std::string text;
    if (!halide::emitStatement(*program, halide::emitOptions(target, codegenOptions()), text,
                               error))
      return failure();
    return text;
  }
  if (stage == Stage::Halide)
    return kernelText(func);
  auto lowered = lowerKernelToLlvm(func, error);
  if (failed(lowered))
    return failure();
  return emitCode(**lowered, target, options.level, CodeKind::Assembly, error);
}

LogicalResult CodegenStep::print(Stage stage, std::string &text) {
  if (stage == Stage::Asm && failed(compileHost("", CodeKind::Assembly, text)))
    return failure();
  for (kernel::FuncOp func : kernelsOf(module, kMainFunc)) {
    std::string error;
    auto printed = printKernel(func, stage, error);
    if (failed(printed))
      return internal("kernel " + func.getSymName() + " cannot be printed: " + error, module);
    text += (stage == Stage::Asm ? "# kernel " : "// kernel ") + func.getSymName().str() + "\n" +
            *printed;
  }
  return success();
}

LogicalResult CodegenStep::fillWeights(WeightsBlock::Place place, StringRef folder,
                                       std::unique_ptr<WeightsBlock> &block) {
  WeightsLayout layout = weightsLayout(module);
  std::string error;
  block = WeightsBlock::create(place, static_cast<uint64_t>(layout.size), folder, error);
  if (!block)
    return diags.error(place == WeightsBlock::Place::Memory ? ErrorClass::Resource : ErrorClass::Io,
                       options.model, error);
  for (const WeightsLayout::Raw &raw : layout.raw) {
    auto bytes = table.lookup(raw.key);
    if (!bytes || bytes->size() != static_cast<size_t>(raw.size) ||
        raw.offset + raw.size > layout.size)
      return missingWeight(raw.key);
    std::memcpy(block->data() + raw.offset, bytes->data(), bytes->size());
  }
  return layout.hasCode ? runWeightsCode(*block) : success();
}

/// Whether code for `target` runs on `here`.
static bool runsOn(const TargetInfo &target, const TargetInfo &here) {
  if (llvm::Triple(target.triple).getArch() != llvm::Triple(here.triple).getArch())
    return false;
  llvm::StringSet<> has;
  SmallVector<StringRef> features;
  std::string list = enabledFeatures(here);
  StringRef(list).split(features, ',');
  for (StringRef feature : features)
    has.insert(feature);
  std::string needed = enabledFeatures(target);
  features.clear();
  StringRef(needed).split(features, ',', -1, /*KeepEmpty=*/false);
  return llvm::all_of(features, [&](StringRef feature) { return has.contains(feature); });
}

bool dlc::runsHere(const TargetInfo &target) {
  std::string error;
  auto native = resolveTarget("native", error);
  return succeeded(native) && runsOn(target, *native);
}

FailureOr<TargetInfo> CodegenStep::weightsTarget() {
  std::string error;
  auto native = resolveTarget("native", error);
  if (failed(native))
    return internal("no native target: " + error, nullptr);
  return runsOn(target, *native) ? target : *native;
}

LogicalResult CodegenStep::runWeightsCode(WeightsBlock &block) {
  std::string error;
  HostOptions host = hostOptions();
  auto here = weightsTarget();
  if (failed(here))
    return failure();
  host.target = *here;
  auto code = buildWeightsObject(module, host, error);
  if (failed(code))
    return internal("the weights' code cannot be compiled: " + error, module);
  std::vector<StringRef> objects = {code->object};
  llvm::append_range(objects, weightsObjects);
  auto library = JitLibrary::create(objects, {}, error);
  void *address = library ? library->lookup("dlc_make_weights", error) : nullptr;
  if (!address)
    return internal("the weights' code cannot be linked: " + error, module);

  std::vector<const void *> raw;
  for (const std::string &key : code->rawKeys) {
    auto bytes = table.lookup(key);
    if (!bytes)
      return missingWeight(key);
    raw.push_back(bytes->data());
  }
  auto arena = WeightsBlock::create(WeightsBlock::Place::Memory,
                                    static_cast<uint64_t>(code->arenaBytes), "", error);
  if (!arena)
    return diags.error(ErrorClass::Resource, options.model, error);
  auto compute =
      reinterpret_cast<int32_t (*)(void *, const void *const *, void *, void *)>(address);
  int32_t status = compute(nullptr, raw.data(), block.data(), arena->data());
  if (status == DLC_ERROR_MEMORY)
    return diags.error(
        ErrorClass::Resource, options.model,
        "what follows from the model's constants alone needs more memory than there is");
  if (status)
    return internal("the weights' code returned " + llvm::Twine(status), module);
  if (options.weights == "f16")
    warnOfOverflow(block);
  return success();
}

/// f16 ends at 65,504.
void CodegenStep::warnOfOverflow(const WeightsBlock &block) {
  auto weights = module.lookupSymbol<func::FuncOp>(kWeightsFunc);
  int64_t infinite = 0;
  for (unsigned i = 0; i < weights.getNumArguments(); ++i) {
    auto type = dyn_cast<ShapedType>(weights.getArgument(i).getType());
    auto offset = weights.getArgAttrOfType<IntegerAttr>(i, kWeightOffsetAttr);
    if (!type || !offset || !type.getElementType().isF16() || !type.hasStaticShape())
      continue;
    const char *data = block.data() + offset.getInt();
    for (int64_t k = 0; k < type.getNumElements(); ++k) {
      uint16_t bits;
      std::memcpy(&bits, data + 2 * k, sizeof(bits));
      infinite += (bits & 0x7fff) == 0x7c00;
    }
  }
  if (infinite)
    diags.warning(options.model, llvm::Twine(infinite) +
                                     " weights are infinite as f16: bf16 has the range of f32");
}
