// See roofs.h.
#include "compiler/driver/roofs.h"

#include "compiler/codegen/llvm/emit.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/IntrinsicsX86.h"

#include <algorithm>
#include <sys/mman.h>
#include <vector>

using namespace dlc;

static constexpr unsigned kAccumulators = 12; // two pipes, five cycles, and what 16 registers leave

namespace {

/// `void name(i64 steps, ptr data, ptr out)`; the body updates the accumulators in a loop.
class LoopBuilder {
public:
  LoopBuilder(llvm::Module &module, llvm::StringRef name, llvm::VectorType *vector)
      : b(module.getContext()), vector(vector) {
    auto *pointer = llvm::PointerType::get(b.getContext(), 0);
    auto *type = llvm::FunctionType::get(b.getVoidTy(), {b.getInt64Ty(), pointer, pointer}, false);
    function = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module);
  }

  void build(llvm::function_ref<llvm::Value *(llvm::Value *old, llvm::Value *address)> update) {
    auto *entry = llvm::BasicBlock::Create(b.getContext(), "", function);
    auto *loop = llvm::BasicBlock::Create(b.getContext(), "", function);
    auto *exit = llvm::BasicBlock::Create(b.getContext(), "", function);
    b.SetInsertPoint(entry);
    // From memory, so that nothing folds.
    factor = b.CreateAlignedLoad(vector, function->getArg(1), llvm::Align(4));
    llvm::Value *start = b.CreateAlignedLoad(vector, function->getArg(2), llvm::Align(4));
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
      llvm::Value *offset = b.CreateAdd(b.CreateMul(i, b.getInt64(kAccumulators)), b.getInt64(k));
      next.push_back(update(sums[k], b.CreateGEP(vector, function->getArg(1), offset)));
      sums[k]->addIncoming(next.back(), loop);
    }
    llvm::Value *after = b.CreateAdd(i, b.getInt64(1));
    i->addIncoming(after, loop);
    b.CreateCondBr(b.CreateICmpULT(after, function->getArg(0)), loop, exit);
    b.SetInsertPoint(exit);
    llvm::Value *total = next[0];
    for (unsigned k = 1; k < kAccumulators; ++k)
      total =
          vector->isFPOrFPVectorTy() ? b.CreateFAdd(total, next[k]) : b.CreateAdd(total, next[k]);
    b.CreateAlignedStore(total, function->getArg(2), llvm::Align(4));
    b.CreateRetVoid();
  }

  llvm::IRBuilder<> b;
  llvm::Function *function;
  llvm::VectorType *vector;
  llvm::Value *factor = nullptr;
};

/// What adds products of bytes to i32 fastest: four a lane by vpdpbusd, else two of what was
/// widened to 16 bits, by vpmaddwd and an addition. None on other processors.
struct DotInstruction {
  llvm::Intrinsic::ID intrinsic = llvm::Intrinsic::not_intrinsic;
  int64_t terms = 0;
};

DotInstruction dotInstruction(const TargetInfo &target) {
  int64_t bytes = target.vectorBytes;
  if (target.vnni)
    return {bytes == 64   ? llvm::Intrinsic::x86_avx512_vpdpbusd_512
            : bytes == 32 ? llvm::Intrinsic::x86_avx512_vpdpbusd_256
                          : llvm::Intrinsic::x86_avx512_vpdpbusd_128,
            4};
  if (bytes == 64 && target.has("avx512bw"))
    return {llvm::Intrinsic::x86_avx512_pmaddw_d_512, 2};
  if (bytes == 32 && target.has("avx2"))
    return {llvm::Intrinsic::x86_avx2_pmadd_wd, 2};
  if (bytes == 16 && target.has("sse2"))
    return {llvm::Intrinsic::x86_sse2_pmadd_wd, 2};
  return {};
}

/// The products depend on the sums, or they would be computed once, before the loop.
llvm::Value *multiplyAddBytes(LoopBuilder &loop, llvm::Function *instruction, int64_t terms,
                              llvm::Value *old) {
  llvm::Type *operand = instruction->getFunctionType()->getParamType(1);
  llvm::Value *bytes = loop.b.CreateBitCast(loop.factor, operand);
  if (terms == 4)
    return loop.b.CreateCall(instruction, {old, bytes, bytes});
  llvm::Value *products =
      loop.b.CreateCall(instruction, {loop.b.CreateBitCast(old, operand), bytes});
  return loop.b.CreateAdd(old, products);
}

} // namespace

std::unique_ptr<Roofs> Roofs::create(std::string &error) {
  auto target = resolveTarget("native", error);
  if (failed(target))
    return nullptr;
  auto roofs = std::make_unique<Roofs>();
  roofs->lanes = target->vectorBytes / 4;
  llvm::LLVMContext context;
  llvm::Module module("roofs", context);
  auto machine = createTargetMachine(*target, 2, error);
  if (failed(machine))
    return nullptr;
  module.setTargetTriple((*machine)->getTargetTriple());
  module.setDataLayout((*machine)->createDataLayout());
  auto lanes = static_cast<unsigned>(roofs->lanes);
  auto *floats = llvm::FixedVectorType::get(llvm::Type::getFloatTy(context), lanes);
  auto *integers = llvm::FixedVectorType::get(llvm::Type::getInt32Ty(context), lanes);
  LoopBuilder peak(module, "multiply_add", floats);
  peak.build([&](llvm::Value *old, llvm::Value *) {
    return peak.b.CreateIntrinsic(llvm::Intrinsic::fma, {floats}, {old, peak.factor, peak.factor});
  });
  LoopBuilder loads(module, "read", floats);
  loads.build([&](llvm::Value *old, llvm::Value *address) {
    return loads.b.CreateFAdd(old, loads.b.CreateLoad(floats, address));
  });
  LoopBuilder stores(module, "write", floats);
  stores.build([&](llvm::Value *old, llvm::Value *address) {
    stores.b.CreateStore(old, address);
    return old;
  });
  DotInstruction dot = dotInstruction(*target);
  roofs->dotTerms = dot.terms;
  if (dot.terms > 0) {
    LoopBuilder dots(module, "dot_product", integers);
    llvm::Function *instruction = llvm::Intrinsic::getOrInsertDeclaration(&module, dot.intrinsic);
    dots.build([&](llvm::Value *old, llvm::Value *) {
      return multiplyAddBytes(dots, instruction, dot.terms, old);
    });
  }
  // Vectors wider than one register would not be faster: the width is the target's.
  for (llvm::Function &function : module)
    if (!function.isDeclaration())
      function.addFnAttr("prefer-vector-width", std::to_string(target->vectorBytes * 8));
  auto object = emitCode(module, *target, 2, CodeKind::Object, error);
  if (failed(object))
    return nullptr;
  roofs->library = JitLibrary::create({*object}, {}, error);
  if (!roofs->library)
    return nullptr;
  roofs->multiplyAdd = reinterpret_cast<Loop>(roofs->library->lookup("multiply_add", error));
  roofs->load = reinterpret_cast<Loop>(roofs->library->lookup("read", error));
  roofs->store = reinterpret_cast<Loop>(roofs->library->lookup("write", error));
  if (dot.terms > 0)
    roofs->dotProduct = reinterpret_cast<Loop>(roofs->library->lookup("dot_product", error));
  return roofs->multiplyAdd && roofs->load && roofs->store ? std::move(roofs) : nullptr;
}

double Roofs::multiplyAdds(int64_t steps) const {
  alignas(64) float half[64], out[64] = {};
  std::fill(half, half + 64, 0.5f);
  multiplyAdd(steps, half, out);
  return 2.0 * kAccumulators * static_cast<double>(lanes * steps);
}

double Roofs::dotProducts(int64_t steps) const {
  if (!dotProduct)
    return 0;
  alignas(64) int8_t ones[256];
  alignas(64) int32_t out[64] = {};
  std::fill(ones, ones + 256, int8_t(1));
  dotProduct(steps, ones, out);
  return 2.0 * kAccumulators * static_cast<double>(dotTerms * lanes * steps);
}

double Roofs::read(const void *block, uint64_t bytes) const {
  alignas(64) float out[64] = {};
  load(static_cast<int64_t>(bytes / stepBytes()), block, out);
  return static_cast<double>(bytes);
}

double Roofs::stream(const void *source, uint64_t reads, void *target, uint64_t writes) const {
  alignas(64) float out[64] = {};
  // Pieces are short enough that the processor has loads and stores under way together.
  uint64_t step = stepBytes(), from = reads / step, to = writes / step;
  uint64_t pieces = std::max<uint64_t>(std::max(from, to) / 4, 1);
  for (uint64_t i = 0; i < pieces; ++i) {
    auto piece = [&](uint64_t steps, const void *block, Loop loop) {
      uint64_t begin = steps * i / pieces, end = steps * (i + 1) / pieces;
      if (begin < end)
        loop(static_cast<int64_t>(end - begin), static_cast<const char *>(block) + begin * step,
             out);
    };
    piece(from, source, load);
    piece(to, target, store);
  }
  return static_cast<double>(reads + writes);
}

uint64_t Roofs::stepBytes() const {
  return kAccumulators * static_cast<uint64_t>(lanes) * sizeof(float);
}

MemoryBlock::MemoryBlock(uint64_t bytes) : bytes(bytes) {
  void *mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED)
    return;
  madvise(mapped, bytes, MADV_HUGEPAGE);
  data = static_cast<char *>(mapped);
  for (uint64_t i = 0; i < bytes; i += 4096)
    data[i] = 0;
}

MemoryBlock::~MemoryBlock() {
  if (data)
    munmap(data, bytes);
}
