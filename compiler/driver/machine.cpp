// See machine.h. Two loops are generated for the processor: multiply-adds on independent
// accumulators, and loads. The best of many short stretches counts, so that what else the machine
// does matters little.
#include "compiler/driver/machine.h"

#include "compiler/codegen/llvm/emit.h"
#include "compiler/driver/jit.h"
#include "compiler/driver/worker_process.h"

#include "llvm/IR/IRBuilder.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <sys/mman.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace dlc;

namespace {

constexpr unsigned kAccumulators = 12; // two pipes, five cycles, and what 16 registers leave
constexpr double kSeconds = 0.03;      // for each measurement
constexpr uint64_t kMiB = 1 << 20;

/// `void name(i64 count, float *data, float *out)`; the body updates the accumulators in a loop.
class LoopBuilder {
public:
  LoopBuilder(llvm::Module &module, llvm::StringRef name, int64_t lanes)
      : b(module.getContext()), lanes(lanes) {
    auto *pointer = llvm::PointerType::get(b.getContext(), 0);
    auto *type = llvm::FunctionType::get(b.getVoidTy(), {b.getInt64Ty(), pointer, pointer}, false);
    function = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module);
    vector = llvm::FixedVectorType::get(b.getFloatTy(), static_cast<unsigned>(lanes));
  }

  void build(llvm::function_ref<llvm::Value *(llvm::Value *old, llvm::Value *address)> update,
             llvm::function_ref<void()> prepare) {
    auto *entry = llvm::BasicBlock::Create(b.getContext(), "", function);
    auto *loop = llvm::BasicBlock::Create(b.getContext(), "", function);
    auto *exit = llvm::BasicBlock::Create(b.getContext(), "", function);
    b.SetInsertPoint(entry);
    prepare();
    llvm::Value *start = b.CreateLoad(vector, function->getArg(2));
    b.CreateBr(loop);
    b.SetInsertPoint(loop);
    auto *i = b.CreatePHI(b.getInt64Ty(), 2);
    i->addIncoming(b.getInt64(0), entry);
    std::vector<llvm::PHINode *> sums;
    for (unsigned k = 0; k < kAccumulators; ++k) {
      sums.push_back(b.CreatePHI(vector, 2));
      sums.back()->addIncoming(start, entry);
    }
    std::vector<llvm::Value *> next;
    for (unsigned k = 0; k < kAccumulators; ++k) {
      llvm::Value *offset =
          b.CreateAdd(b.CreateMul(i, b.getInt64(kAccumulators * lanes)), b.getInt64(k * lanes));
      next.push_back(update(sums[k], b.CreateGEP(b.getFloatTy(), function->getArg(1), offset)));
      sums[k]->addIncoming(next.back(), loop);
    }
    llvm::Value *after = b.CreateAdd(i, b.getInt64(1));
    i->addIncoming(after, loop);
    b.CreateCondBr(b.CreateICmpULT(after, function->getArg(0)), loop, exit);
    b.SetInsertPoint(exit);
    llvm::Value *total = next[0];
    for (unsigned k = 1; k < kAccumulators; ++k)
      total = b.CreateFAdd(total, next[k]);
    b.CreateStore(total, function->getArg(2));
    b.CreateRetVoid();
  }

  llvm::IRBuilder<> b;
  llvm::Function *function;
  llvm::FixedVectorType *vector;
  int64_t lanes;
};

using Loop = void (*)(int64_t count, const float *data, float *out);

struct Loops {
  std::unique_ptr<JitLibrary> library;
  Loop multiplyAdd = nullptr, read = nullptr;
  int64_t lanes = 4;

  bool build(std::string &error) {
    auto target = resolveTarget("native", error);
    if (failed(target))
      return false;
    lanes = target->vectorBytes / 4;
    llvm::LLVMContext context;
    llvm::Module module("roofs", context);
    auto machine = createTargetMachine(*target, 2, error);
    if (failed(machine))
      return false;
    module.setTargetTriple((*machine)->getTargetTriple());
    module.setDataLayout((*machine)->createDataLayout());
    LoopBuilder peak(module, "multiply_add", lanes);
    llvm::Value *factor = nullptr;
    peak.build(
        [&](llvm::Value *old, llvm::Value *) {
          return peak.b.CreateIntrinsic(llvm::Intrinsic::fma, {peak.vector}, {old, factor, factor});
        },
        [&] { factor = peak.b.CreateLoad(peak.vector, peak.function->getArg(1)); });
    LoopBuilder loads(module, "read", lanes);
    loads.build(
        [&](llvm::Value *old, llvm::Value *address) {
          return loads.b.CreateFAdd(old, loads.b.CreateLoad(loads.vector, address));
        },
        [] {});
    // Vectors wider than one register would not be faster: the width is the target's.
    for (llvm::Function &function : module)
      if (!function.isDeclaration())
        function.addFnAttr("prefer-vector-width", std::to_string(target->vectorBytes * 8));
    auto object = emitCode(module, *target, 2, CodeKind::Object, error);
    if (failed(object))
      return false;
    library = JitLibrary::create({*object}, {}, error);
    if (!library)
      return false;
    multiplyAdd = reinterpret_cast<Loop>(library->lookup("multiply_add", error));
    read = reinterpret_cast<Loop>(library->lookup("read", error));
    return multiplyAdd && read;
  }
};

/// Calls `work` on each thread at the same time; the sum of their best rates (amount a second).
double sumOfRates(int threads, double amount, const std::function<void(int)> &work) {
  std::vector<double> best(static_cast<size_t>(threads), 1e30);
  std::atomic<int> ready{0};
  auto measure = [&](int thread) {
    work(thread); // warm
    ++ready;
    while (ready < threads)
      std::this_thread::yield();
    double start = now(), before = start, time = start;
    do {
      work(thread);
      time = now();
      best[static_cast<size_t>(thread)] =
          std::min(best[static_cast<size_t>(thread)], time - before);
      before = time;
    } while (time - start < kSeconds);
  };
  std::vector<std::thread> others;
  for (int thread = 1; thread < threads; ++thread)
    others.emplace_back(measure, thread);
  measure(0);
  for (std::thread &other : others)
    other.join();
  double sum = 0;
  for (double seconds : best)
    sum += amount / std::max(seconds, 1e-9);
  return sum;
}

/// A block of memory that is there, or null.
struct Block {
  explicit Block(uint64_t bytes) : bytes(bytes) {
    void *mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED)
      return;
    madvise(mapped, bytes, MADV_HUGEPAGE);
    data = static_cast<float *>(mapped);
    for (uint64_t i = 0; i < bytes / sizeof(float); i += 1024)
      data[i] = 0.0f;
  }
  ~Block() {
    if (data)
      munmap(data, bytes);
  }
  float *data = nullptr;
  uint64_t bytes;
};

/// Gigabytes a second of reading `bytes`, split among the threads; 0 if there is no such memory.
double readRate(const Loops &loops, int threads, uint64_t bytes) {
  auto threadCount = static_cast<uint64_t>(threads);
  uint64_t step = kAccumulators * static_cast<uint64_t>(loops.lanes) * sizeof(float);
  // Between two looks at the clock a megabyte or so is read: a part of a large block, which then
  // is not read again before the rest, or a small block several times.
  uint64_t part = std::max<uint64_t>(bytes / threadCount / step, 1);
  uint64_t pieces = std::max<uint64_t>(part * step / kMiB, 1);
  part /= pieces;
  uint64_t sweeps = std::max<uint64_t>(kMiB / (part * step), 1);
  uint64_t floats = part * step / sizeof(float);
  Block block(part * step * pieces * threadCount);
  if (!block.data)
    return 0;
  std::vector<uint64_t> next(threadCount * 16); // apart, each on its own cache line
  auto work = [&](int thread) {
    alignas(64) float out[64] = {};
    auto number = static_cast<uint64_t>(thread);
    uint64_t piece = next[number * 16]++ % pieces;
    for (uint64_t sweep = 0; sweep < sweeps; ++sweep)
      loops.read(static_cast<int64_t>(part), block.data + floats * (number * pieces + piece), out);
  };
  return sumOfRates(threads, static_cast<double>(part * step * sweeps), work) / 1e9;
}

} // namespace

std::optional<Machine> dlc::measureMachine(int threads, uint64_t workingSet, std::string &error) {
  Loops loops;
  if (!loops.build(error))
    return std::nullopt;
  Machine machine;
  machine.threads = std::max(threads, 1);
  constexpr int64_t kRounds = 20000;
  double operations = 2.0 * kRounds * kAccumulators * static_cast<double>(loops.lanes);
  machine.peakGflops = sumOfRates(machine.threads, operations,
                                  [&](int) {
                                    alignas(64) float half[64], out[64] = {};
                                    std::fill(half, half + 64, 0.5f);
                                    loops.multiplyAdd(kRounds, half, out);
                                  }) /
                       1e9;
  auto available = static_cast<uint64_t>(sysconf(_SC_AVPHYS_PAGES)) *
                   static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
  uint64_t most = std::max(std::min(512 * kMiB, available / 4), 16 * kMiB);
  machine.memoryGbps = readRate(loops, machine.threads, most);
  machine.cacheGbps =
      readRate(loops, machine.threads, kMiB / 2 * static_cast<uint64_t>(machine.threads));
  machine.workingSet = std::clamp<uint64_t>(workingSet, kMiB / 4, most);
  machine.workingSetGbps = readRate(loops, machine.threads, machine.workingSet);
  return machine;
}
