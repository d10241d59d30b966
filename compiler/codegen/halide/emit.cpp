// The border of the Halide side: target, compilation, and where its exceptions end.
#include "compiler/codegen/halide/emit.h"

#include "compiler/codegen/halide/schedule.h"
#include "compiler/codegen/halide/translator.h"

#include <algorithm>
#include <fstream>
#include <mutex>
#include <sstream>
#include <sys/mman.h>
#include <unistd.h>

using namespace Halide;
using namespace dlc::halide;

static bool has(const EmitOptions &options, const char *feature) {
  return std::find(options.features.begin(), options.features.end(), feature) !=
         options.features.end();
}

static Target targetOf(const EmitOptions &options) {
  std::vector<Target::Feature> features{Target::NoRuntime};
  auto add = [&](std::initializer_list<const char *> names, Target::Feature feature) {
    for (const char *name : names)
      if (!has(options, name))
        return;
    features.push_back(feature);
  };
  if (!options.checked) {
    features.push_back(Target::NoAsserts);
    features.push_back(Target::NoBoundsQuery);
  }
  if (options.architecture == "aarch64") {
    add({"dotprod"}, Target::ARMDotProd);
    add({"fullfp16"}, Target::ARMFp16);
    return Target(Target::Linux, Target::ARM, 64, features);
  }
  if (options.architecture != "x86_64")
    throw Unsupported("Halide kernels for " + options.architecture);
  add({"sse4.1"}, Target::SSE41);
  add({"avx"}, Target::AVX);
  add({"avx2"}, Target::AVX2);
  add({"fma"}, Target::FMA);
  add({"f16c"}, Target::F16C);
  add({"avxvnni"}, Target::AVXVNNI);
  // Each of these names a processor to Halide, with everything that it has.
  bool skylake = has(options, "avx512f") && has(options, "avx512cd") && has(options, "avx512vl") &&
                 has(options, "avx512dq") && has(options, "avx512bw");
  bool zen4 = skylake && has(options, "avx512vnni") && has(options, "avx512bf16") &&
              has(options, "avx512vbmi") && has(options, "avx512ifma") &&
              has(options, "avx512bitalg") && has(options, "avx512vpopcntdq") &&
              has(options, "avx512vbmi2") && has(options, "gfni") && has(options, "vaes") &&
              has(options, "vpclmulqdq");
  bool sapphire = zen4 && has(options, "avxvnni") && has(options, "avx512fp16") &&
                  has(options, "amx-tile") && has(options, "amx-int8") && has(options, "amx-bf16");
  if (skylake)
    for (Target::Feature feature : {Target::AVX512, Target::AVX512_Skylake})
      features.push_back(feature);
  if (sapphire)
    for (Target::Feature feature : {Target::AVX512_Cannonlake, Target::AVX512_SapphireRapids})
      features.push_back(feature);
  else if (zen4)
    for (Target::Feature feature : {Target::AVX512_Cannonlake, Target::AVX512_Zen4})
      features.push_back(feature);
  return Target(Target::Linux, Target::X86, 64, features);
}

namespace {
/// Warnings are for those who write schedules by hand; errors come as exceptions.
struct QuietReporter : CompileTimeErrorReporter {
  void warning(const char *) override {}
  [[noreturn]] void error(const char *message) override { throw CompileError(message); }
};
} // namespace

static void silence() {
  static std::once_flag once;
  static QuietReporter reporter;
  std::call_once(once, [] { set_custom_compile_time_error_reporter(&reporter); });
}

/// Translates, schedules, and gives the pipeline to `use`.
static bool withPipeline(const Program &program, const EmitOptions &options, std::string &error,
                         const std::function<void(Pipeline &, Translator &, const Target &)> &use) {
  silence();
  try {
    Target target = targetOf(options);
    Translator translator(program, options);
    translator.run();
    applySchedule(translator);
    std::vector<Func> outputs;
    for (int stage : translator.outputs)
      outputs.push_back(translator.stages[stage].func);
    Pipeline pipeline(outputs);
    use(pipeline, translator, target);
    return true;
  } catch (const Halide::Error &caught) {
    error = caught.what();
  } catch (const std::exception &caught) {
    error = caught.what();
  }
  return false;
}

namespace {
/// A file that lives in memory: Halide writes bitcode to paths alone.
class MemoryFile {
public:
  MemoryFile() : descriptor(memfd_create("dlc-bitcode", MFD_CLOEXEC)) {
    if (descriptor < 0)
      throw std::runtime_error("no memory for the bitcode of a kernel");
  }
  ~MemoryFile() { close(descriptor); }
  MemoryFile(const MemoryFile &) = delete;
  MemoryFile &operator=(const MemoryFile &) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor); }

private:
  int descriptor;
};
} // namespace

bool dlc::halide::emitBitcode(const Program &program, const EmitOptions &options,
                              std::string &bitcode, std::string &error) {
  return withPipeline(program, options, error,
                      [&](Pipeline &pipeline, Translator &translator, const Target &target) {
                        Module module =
                            pipeline.compile_to_module(translator.arguments, program.name, target);
                        MemoryFile file;
                        module.compile({{OutputFileType::bitcode, file.path()}});
                        std::ifstream stream(file.path(), std::ios::binary);
                        bitcode.assign(std::istreambuf_iterator<char>(stream), {});
                      });
}

bool dlc::halide::emitStatement(const Program &program, const EmitOptions &options,
                                std::string &text, std::string &error) {
  return withPipeline(program, options, error,
                      [&](Pipeline &pipeline, Translator &translator, const Target &target) {
                        Module module =
                            pipeline.compile_to_module(translator.arguments, program.name, target);
                        std::ostringstream stream;
                        for (const auto &function : module.functions())
                          stream << function << "\n";
                        text = stream.str();
                      });
}
