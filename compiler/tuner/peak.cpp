// The peak that percentages are of: fused multiply-adds on vectors in registers, as many
// independent ones as hide their latency.
#include "compiler/codegen/llvm/emit.h"
#include "compiler/driver/jit.h"
#include "compiler/tuner/measure.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Verifier.h"

#include <ctime>

using namespace dlc;

static constexpr int kChains = 12;

/// void dlc_peak(i64 steps, ptr sink): kChains multiply-adds a step.
static std::unique_ptr<llvm::Module> build(const TargetInfo &target, llvm::LLVMContext &context) {
  auto module = std::make_unique<llvm::Module>("peak", context);
  llvm::IRBuilder<> b(context);
  auto lanes = static_cast<unsigned>(target.vectorBytes / 4);
  auto *vector = llvm::FixedVectorType::get(b.getFloatTy(), lanes);
  auto *function = llvm::Function::Create(
      llvm::FunctionType::get(b.getVoidTy(), {b.getInt64Ty(), b.getPtrTy()}, false),
      llvm::Function::ExternalLinkage, "dlc_peak", *module);
  auto *entry = llvm::BasicBlock::Create(context, "entry", function);
  auto *loop = llvm::BasicBlock::Create(context, "loop", function);
  auto *exit = llvm::BasicBlock::Create(context, "exit", function);
  b.SetInsertPoint(entry);
  // Operands from memory, so that nothing folds.
  llvm::Value *factor = b.CreateAlignedLoad(vector, function->getArg(1), llvm::Align(4));
  b.CreateBr(loop);
  b.SetInsertPoint(loop);
  auto *step = b.CreatePHI(b.getInt64Ty(), 2);
  step->addIncoming(b.getInt64(0), entry);
  llvm::SmallVector<llvm::PHINode *> sums;
  for (int i = 0; i < kChains; ++i) {
    sums.push_back(b.CreatePHI(vector, 2));
    sums.back()->addIncoming(
        llvm::ConstantVector::getSplat(llvm::ElementCount::getFixed(lanes),
                                       llvm::ConstantFP::get(b.getFloatTy(), i)),
        entry);
  }
  llvm::SmallVector<llvm::Value *> next;
  for (llvm::PHINode *sum : sums)
    next.push_back(b.CreateIntrinsic(llvm::Intrinsic::fma, {vector}, {sum, factor, factor}));
  for (auto [sum, value] : llvm::zip(sums, next))
    sum->addIncoming(value, loop);
  llvm::Value *following = b.CreateAdd(step, b.getInt64(1));
  step->addIncoming(following, loop);
  b.CreateCondBr(b.CreateICmpULT(following, function->getArg(0)), loop, exit);
  b.SetInsertPoint(exit);
  llvm::Value *total = next[0];
  for (int i = 1; i < kChains; ++i)
    total = b.CreateFAdd(total, next[i]);
  b.CreateAlignedStore(total, function->getArg(1), llvm::Align(4));
  b.CreateRetVoid();
  return module;
}

static double processorSeconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double dlc::measurePeak(const TargetInfo &target) {
  std::string error;
  auto native = resolveTarget("native", error);
  if (mlir::failed(native) || native->cpu != target.cpu)
    return 0; // code for another processor
  llvm::LLVMContext context;
  auto module = build(target, context);
  auto object = emitCode(*module, target, 2, CodeKind::Object, error);
  if (mlir::failed(object))
    return 0;
  auto library = JitLibrary::create({llvm::StringRef(*object)}, {}, error);
  auto *run = library
                  ? reinterpret_cast<void (*)(int64_t, float *)>(library->lookup("dlc_peak", error))
                  : nullptr;
  if (!run)
    return 0;
  constexpr int64_t steps = 1000000;
  double best = 1e30;
  for (int i = 0; i < 12; ++i) {
    std::vector<float> sink(64, 0.5f);
    double start = processorSeconds();
    run(steps, sink.data());
    best = std::min(best, processorSeconds() - start);
  }
  double lanes = static_cast<double>(target.vectorBytes) / 4;
  return 2.0 * kChains * lanes * static_cast<double>(steps) / best * 1e-9;
}
