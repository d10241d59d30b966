// kernel-check: runs each kernel.func of a file (outlined form) through two backends on the same
// random data and compares.
//
//   kernel-check FILE.mlir [--backend=halide] [--only=NAME] [--checked] [--no-schedule] [--strided]
//   [--bench] [--print] [--target=T] [--without=FEATURE,...]
//
// Attributes of a kernel.func say how it is run:
//   test.sizes = [array<i64: ...>, ...]  values of the index arguments, a run for each
//   test.scale, test.low                 floats are uniform in [-scale, scale], or in [low, scale]
//   test.integers                        integers are uniform in [-n, n]; 0: any
//   test.specials                        NaN, infinities and other corners among the floats
//   test.tolerance                       largest difference relative to the largest element (1e-5)
//   test.ulps                            largest difference in units of the last place, for each
//   element test.flops                           operations of a run, to print a rate
#include "specialize.h"
#include "tensor_data.h"

#include "compiler/codegen/halide/choose.h"
#include "compiler/codegen/halide/describe.h"
#include "compiler/codegen/llvm/emit.h"
#include "compiler/kernels/backend.h"
#include "compiler/register.h"
#include "runtime/jit_symbols.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <cstdlib>
#include <cstring>

#include <sys/mman.h>
#include <unistd.h>

using namespace mlir;
using namespace dlc;
using namespace dlc::test;

static llvm::cl::opt<std::string> inputFile(llvm::cl::Positional, llvm::cl::Required);
static llvm::cl::opt<std::string> backendName("backend", llvm::cl::init("halide"));
static llvm::cl::opt<std::string> only("only");
static llvm::cl::opt<std::string> targetName("target", llvm::cl::init("native"));
static llvm::cl::opt<int> targetThreads("target-threads", llvm::cl::init(1));
/// Of the target: as virtual machines have processors without all that their name stands for.
static llvm::cl::list<std::string> without("without", llvm::cl::CommaSeparated);
static llvm::cl::opt<bool> checked("checked");
static llvm::cl::opt<bool> precise("precise");
static llvm::cl::opt<bool> noSchedule("no-schedule");
static llvm::cl::opt<bool> strided("strided");
static llvm::cl::opt<bool> bench("bench");
static llvm::cl::opt<bool> cold("cold"); // with --bench: operands are not in the caches
static llvm::cl::opt<bool> noOracle("no-oracle");
static llvm::cl::opt<bool> printLoops("print");
static llvm::cl::opt<bool> compileOnly("compile-only");
static llvm::cl::opt<std::string> dumpObject("dump-object");

using KernelFn = int32_t (*)(void *const *, const int64_t *);

//===-- the runtime that kernels see --===//

static int64_t liveBlocks = 0;

static void *checkMalloc(void *, size_t size) {
  ++liveBlocks;
  return std::aligned_alloc(64, (size + 127) & ~size_t(63));
}
static void checkFree(void *, void *block) {
  liveBlocks -= block != nullptr;
  std::free(block);
}
static int checkParallel(void *context, int (*body)(void *, int, uint8_t *), int min, int count,
                         uint8_t *closure) {
  for (int i = min + count; i-- > min;)
    if (int status = body(context, i, closure))
      return status;
  return 0;
}
/// In turns from both ends, as one thread of the runtime does.
static int checkAlternating(void *context, int (*body)(void *, int, uint8_t *), int min, int count,
                            uint8_t *closure) {
  static bool backward = true;
  backward = !backward;
  if (backward)
    return checkParallel(context, body, min, count, closure);
  for (int i = min; i < min + count; ++i)
    if (int status = body(context, i, closure))
      return status;
  return 0;
}

namespace {
struct Compiled {
  std::unique_ptr<llvm::orc::LLJIT> jit;
  KernelFn function = nullptr;
  double seconds = 0;
};
} // namespace

static bool load(const KernelObject &object, StringRef name, Compiled &compiled,
                 std::string &error) {
  auto made = llvm::orc::LLJITBuilder().create();
  if (!made) {
    error = llvm::toString(made.takeError());
    return false;
  }
  compiled.jit = std::move(*made);
  llvm::orc::SymbolMap symbols;
  auto define = [&](StringRef symbol, void *address) {
    symbols[compiled.jit->mangleAndIntern(symbol)] = {llvm::orc::ExecutorAddr::fromPtr(address),
                                                      llvm::JITSymbolFlags::Exported};
  };
  for (size_t i = 0; i < dlc_jit_symbol_count; ++i)
    define(dlc_jit_symbols[i].name, dlc_jit_symbols[i].address);
  define("halide_malloc", reinterpret_cast<void *>(&checkMalloc));
  define("halide_free", reinterpret_cast<void *>(&checkFree));
  define("halide_do_par_for", reinterpret_cast<void *>(&checkParallel));
  define("dlc_rt_alternating_for", reinterpret_cast<void *>(&checkAlternating));
  auto add = [&](llvm::Error failed) {
    if (!failed)
      return true;
    error = llvm::toString(std::move(failed));
    return false;
  };
  if (!add(compiled.jit->getMainJITDylib().define(llvm::orc::absoluteSymbols(symbols))))
    return false;
  for (const std::string &bytes : object.objects)
    if (!add(compiled.jit->addObjectFile(llvm::MemoryBuffer::getMemBufferCopy(bytes))))
      return false;
  auto address = compiled.jit->lookup(name);
  if (!address)
    return add(address.takeError());
  compiled.function = address->toPtr<KernelFn>();
  return true;
}

static bool compile(const KernelBackend &backend, kernel::FuncOp func, const TargetInfo &target,
                    Compiled &compiled, std::string &error) {
  CodegenOptions options;
  options.checked = checked;
  options.precise = precise;
  auto begin = std::chrono::steady_clock::now();
  auto object = backend.compile(func, target, options, error);
  compiled.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (failed(object))
    return false;
  if (!dumpObject.empty() && backend.name() == "halide") {
    std::error_code code;
    llvm::raw_fd_ostream stream(dumpObject, code);
    stream << object->objects.front();
  }
  return compileOnly || load(*object, func.getSymName(), compiled, error);
}

//===-- one kernel --===//

namespace {
/// A copy of bytes that ends where a page ends, with a page behind it that must not be touched.
class GuardedCopy {
public:
  explicit GuardedCopy(const std::vector<char> &bytes) : size(bytes.size()) {
    size_t page = size_t(sysconf(_SC_PAGESIZE));
    mapped = (size + page - 1) / page * page + page;
    base = static_cast<char *>(
        mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    mprotect(base + mapped - page, page, PROT_NONE);
    data = base + mapped - page - size;
    std::memcpy(data, bytes.data(), size);
  }
  ~GuardedCopy() { munmap(base, mapped); }
  GuardedCopy(const GuardedCopy &) = delete;

  char *data;
  size_t size;

private:
  char *base;
  size_t mapped;
};
} // namespace

static double number(kernel::FuncOp func, StringRef name, double other) {
  if (auto real = func->getAttrOfType<FloatAttr>(name))
    return real.getValueAsDouble();
  if (auto integer = func->getAttrOfType<IntegerAttr>(name))
    return double(integer.getInt());
  return other;
}

static double cpuSeconds() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

/// Best time of one call, over batches of about 3 ms.
static double bestTime(const std::function<void()> &call) {
  double best = 1e30;
  int64_t batch = 1;
  for (double total = 0; total < 0.4;) {
    double begin = cpuSeconds();
    for (int64_t i = 0; i < batch; ++i)
      call();
    double spent = cpuSeconds() - begin;
    total += spent;
    if (spent < 3e-3 && batch < (1 << 24))
      batch *= 2;
    else
      best = std::min(best, spent / double(batch));
  }
  return best;
}

/// Of the contractions whose sizes are known.
static double contractionFlops(kernel::FuncOp func) {
  double flops = 0;
  func.walk([&](linalg::LinalgOp op) {
    if (op.getNumReductionLoops() == 0)
      return;
    double work = 2;
    for (int64_t range : op.getStaticLoopRanges())
      work *= ShapedType::isDynamic(range) ? 0 : double(range);
    flops += work;
  });
  return flops;
}

/// Runs both kernels for one choice of sizes; true if they agree.
static bool run(kernel::FuncOp func, kernel::FuncOp outlined, const Compiled &reference,
                const Compiled &tested, const std::vector<int64_t> &sizes, bool apart) {
  Filling filling;
  filling.scale = number(outlined, "test.scale", 1);
  filling.low = number(outlined, "test.low", 0);
  filling.integers = int64_t(number(outlined, "test.integers", 100));
  filling.specials = outlined->hasAttr("test.specials");
  bool ulps = outlined->hasAttr("test.ulps");
  double tolerance =
      ulps ? number(outlined, "test.ulps", 0) : number(outlined, "test.tolerance", 1e-5);

  std::mt19937_64 random(17);
  unsigned buffers = func.getNumArguments() - func.getIndexArguments().size();
  unsigned inputs = buffers - outlined.getNumResults();
  std::vector<TensorData> data;
  std::vector<int64_t> dims = sizes;
  for (unsigned i = 0; i < buffers; ++i) {
    auto type = cast<MemRefType>(func.getArgumentTypes()[i]);
    std::vector<int64_t> extents(type.getShape().begin(), type.getShape().end());
    auto positions = func.getArgAttrOfType<DenseI64ArrayAttr>(i, kernel::kExtentsAttr);
    int64_t next = 0;
    for (int64_t &extent : extents)
      if (ShapedType::isDynamic(extent))
        extent = sizes.at(positions[next++]);
    data.push_back(TensorData::make(type.getElementType(), extents, apart));
    if (i < inputs)
      fill(data.back(), filling, random);
    if (apart)
      for (size_t d = 0; d + 1 < extents.size(); ++d)
        dims.push_back(data.back().strides[d]);
  }
  auto call = [&](const Compiled &compiled, std::vector<TensorData> &tensors) {
    std::vector<std::unique_ptr<GuardedCopy>> copies;
    std::vector<void *> pointers;
    for (TensorData &tensor : tensors) {
      copies.push_back(std::make_unique<GuardedCopy>(tensor.bytes));
      pointers.push_back(copies.back()->data);
    }
    int32_t status = compiled.function(pointers.data(), dims.data());
    for (size_t i = 0; i < tensors.size(); ++i)
      if (!tensors[i].bytes.empty())
        std::memcpy(tensors[i].bytes.data(), copies[i]->data, copies[i]->size);
    return status;
  };
  std::vector<TensorData> expected = data, got = data;
  std::string sizesText;
  for (int64_t size : sizes)
    sizesText += " " + std::to_string(size);
  bool good = true;
  double worst = 0;
  std::string where;
  if (int32_t status = call(tested, got)) {
    llvm::outs() << func.getSymName() << sizesText << ": FAILED, status " << status << "\n";
    return false;
  }
  if (reference.function) {
    if (int32_t status = call(reference, expected)) {
      llvm::outs() << func.getSymName() << sizesText << ": FAILED, reference status " << status
                   << "\n";
      return false;
    }
    for (unsigned i = inputs; i < buffers; ++i) {
      std::string at;
      double error = difference(expected[i], got[i], ulps, at);
      bool wrong = !(error <= (expected[i].isFloat() ? tolerance : 0));
      if (error > worst || (wrong && good))
        worst = error, where = "result " + std::to_string(i - inputs) + ", " + at;
      good &= !wrong;
      // Bytes between the rows.
      for (size_t b = 0; good && apart && b < got[i].bytes.size(); ++b)
        if (expected[i].bytes[b] == 0x5a && got[i].bytes[b] != 0x5a && error == 0) {
          good = false;
          where = "bytes outside of result " + std::to_string(i - inputs) + " were written";
        }
    }
  }
  // Alternating loops go the other way in the next call, but not to other numbers.
  std::vector<TensorData> again = data;
  bool same = call(tested, again) == 0;
  for (unsigned i = inputs; i < buffers; ++i)
    same &= again[i].bytes == got[i].bytes;
  if (good && !same) {
    good = false;
    where = "the second call gives other bits";
  }
  if (liveBlocks != 0) {
    good = false;
    where = "scratch memory was not freed";
    liveBlocks = 0;
  }
  llvm::outs() << outlined.getSymName() << sizesText << (good ? ": ok" : ": WRONG")
               << llvm::format(" (%.2g)", worst);
  if (!good)
    llvm::outs() << " " << where;
  if (bench) {
    double moved = 0;
    for (TensorData &tensor : data)
      moved += double(tensor.bytes.size());
    // As many copies of the operands as fill a large cache.
    size_t count = cold ? size_t(std::clamp(128e6 / moved, 2.0, 64.0)) : 1;
    std::vector<std::vector<TensorData>> copies(count, got);
    std::vector<std::vector<void *>> pointers(count);
    for (size_t i = 0; i < count; ++i)
      for (TensorData &tensor : copies[i])
        pointers[i].push_back(tensor.bytes.data());
    size_t next = 0;
    double time = bestTime([&] { tested.function(pointers[next++ % count].data(), dims.data()); });
    llvm::outs() << llvm::format(" %.2f us, compiled in %.2f s", time * 1e6, tested.seconds);
    double flops = number(outlined, "test.flops", 0);
    if (flops == 0)
      flops = contractionFlops(outlined);
    if (flops != 0)
      llvm::outs() << llvm::format(", %.1f GFLOP/s", flops / time * 1e-9);
    llvm::outs() << llvm::format(", %.1f GB/s", moved / time * 1e-9);
  }
  llvm::outs() << "\n";
  llvm::outs().flush();
  return good;
}

static bool check(kernel::FuncOp outlined, const KernelBackend &backend, const TargetInfo &target,
                  bool apart) {
  std::string reason, error;
  kernel::FuncOp func = specialize(outlined, apart);
  StringRef name = outlined.getSymName();
  if (!backend.supports(func, reason)) {
    llvm::outs() << name << ": refused: " << reason << "\n";
    return outlined->hasAttr("test.refused");
  }
  if (!func.getScheduleAttr() && !noSchedule)
    func.setScheduleAttr(backend.candidates(func, target).front());
  if (printLoops) {
    llvm::outs() << name << ": " << func.getScheduleAttr() << "\n";
    auto program = halide::describe(func, reason);
    std::string text;
    if (succeeded(program) &&
        halide::emitStatement(*program, halide::emitOptions(target, {}), text, error))
      llvm::outs() << text;
    if (!error.empty())
      llvm::outs() << error << "\n";
  }
  Compiled reference, tested;
  if (!compile(backend, func, target, tested, error)) {
    llvm::outs() << name << ": FAILED: " << error << "\n";
    return false;
  }
  if (compileOnly) {
    llvm::outs() << name << ": compiled\n";
    return true;
  }
  // The oracle is slow: large kernels are only timed.
  bool large = noOracle || number(outlined, "test.flops", 0) > 2e8;
  if (!large) {
    auto plain = cast<kernel::FuncOp>(func->clone());
    plain.setScheduleAttr(loopsBackend().candidates(plain, target).front());
    OwningOpRef<kernel::FuncOp> owner(plain);
    if (!compile(loopsBackend(), plain, target, reference, error)) {
      llvm::outs() << name << ": FAILED in the reference: " << error << "\n";
      return false;
    }
  }
  bool good = true;
  auto list = outlined->getAttrOfType<ArrayAttr>("test.sizes");
  if (!list)
    return run(func, outlined, reference, tested, {}, apart);
  for (Attribute sizes : list)
    good &= run(func, outlined, reference, tested,
                std::vector<int64_t>(cast<DenseI64ArrayAttr>(sizes).asArrayRef()), apart);
  return good;
}

int main(int argc, char **argv) {
  llvm::cl::ParseCommandLineOptions(argc, argv, "compares a backend's kernels with the oracle\n");
  DialectRegistry registry;
  registerDialects(registry);
  MLIRContext context(registry);
  context.loadAllAvailableDialects();
  auto module = parseSourceFile<ModuleOp>(inputFile, &context);
  std::string error;
  auto target = resolveTarget(targetName, error);
  const KernelBackend *backend = findBackend(backendName);
  if (!module || failed(target) || !backend) {
    llvm::errs() << "kernel-check: " << (error.empty() ? "bad input or backend" : error) << "\n";
    return 2;
  }
  target->threads = targetThreads;
  for (const std::string &feature : without) {
    std::string has = "+" + feature;
    if (size_t at = target->features.find(has); at != std::string::npos)
      target->features[at] = '-';
  }
  SmallVector<kernel::FuncOp> kernels(module->getOps<kernel::FuncOp>());
  bool good = true;
  for (kernel::FuncOp func : kernels)
    if (only.empty() || func.getSymName() == only)
      good &= check(func, *backend, *target, strided);
  return good ? 0 : 1;
}
