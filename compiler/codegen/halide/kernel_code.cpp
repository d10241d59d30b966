// See kernel_code.h. Halide optimises its function; what is left to do here is to inline it into
// the thunk, so that the buffer descriptors vanish, and to prefetch: Halide's own prefetches pass
// by the second-level cache.
#include "compiler/codegen/halide/kernel_code.h"

#include "compiler/codegen/halide/choose.h"
#include "compiler/codegen/halide/emit.h"
#include "compiler/codegen/halide/thunk.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Transforms/IPO/AlwaysInliner.h"
#include "llvm/Transforms/IPO/GlobalDCE.h"
#include "llvm/Transforms/IPO/Internalize.h"
#include "llvm/Transforms/InstCombine/InstCombine.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/SROA.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"
#include "llvm/Transforms/Utils/ScalarEvolutionExpander.h"

#include <optional>

using namespace llvm;
using namespace dlc;
using namespace dlc::halide;

/// Halide promises of its plain operators that they meet neither NaN nor infinities; selects among
/// them have constants that are one.
static void allowSpecialValues(Module &module) {
  for (Function &function : module)
    for (Instruction &instruction : instructions(function))
      if (isa<FPMathOperator>(instruction)) {
        instruction.setHasNoNaNs(false);
        instruction.setHasNoInfs(false);
      }
}

/// Whether the loop sums into vectors that stay in registers.
static bool accumulates(const Loop &loop) {
  return any_of(loop.getHeader()->phis(),
                [](const PHINode &phi) { return phi.getType()->isVectorTy(); });
}

namespace {
/// A vector that an innermost reduction loads from packed weights.
struct PanelLoad {
  LoadInst *load;
  const SCEVAddRecExpr *address;
  int64_t step; ///< bytes between iterations
};

/// The panel after the one that a load runs through. The panel is read once for each step of the
/// `passes` loops around the reduction, where it does not change; meanwhile the next one can come
/// from memory.
struct NextPanel {
  const SCEV *begin = nullptr; ///< of this load in this panel
  const SCEV *pass = nullptr;  ///< index among the passes
  int64_t passes = 1, size = 0;
};
} // namespace

static std::optional<NextPanel> nextPanel(const PanelLoad &from, ScalarEvolution &evolution) {
  NextPanel panel;
  panel.begin = from.address;
  const Loop *loop = from.address->getLoop();
  auto steps = [&] {
    auto *address = dyn_cast<SCEVAddRecExpr>(panel.begin);
    return address && address->getLoop() == loop ? address : nullptr;
  };
  // The reduction's loops, of which the outermost runs through the panel, then the passes, then the
  // loop over the panels, which may be the threads' and not be seen here.
  for (; loop && steps(); loop = loop->getParentLoop()) {
    auto *step = dyn_cast<SCEVConstant>(steps()->getStepRecurrence(evolution));
    int64_t trips = evolution.getSmallConstantTripCount(loop);
    if (!step || !step->getAPInt().isStrictlyPositive() || trips == 0)
      return std::nullopt;
    panel.size = step->getAPInt().getSExtValue() * trips;
    panel.begin = steps()->getStart();
  }
  panel.pass = evolution.getZero(evolution.getEffectiveSCEVType(panel.begin->getType()));
  for (; loop && !steps(); loop = loop->getParentLoop()) {
    int64_t trips = evolution.getSmallConstantTripCount(loop);
    if (trips == 0)
      return std::nullopt;
    Type *type = panel.pass->getType();
    panel.pass = evolution.getAddExpr(
        panel.pass, evolution.getAddRecExpr(evolution.getZero(type),
                                            evolution.getConstant(type, uint64_t(panel.passes)),
                                            loop, SCEV::FlagAnyWrap));
    panel.passes *= trips;
  }
  if (panel.passes < 2)
    return std::nullopt;
  return panel;
}

static void emitPrefetch(IRBuilder<> &builder, Value *address, int locality) {
  builder.CreateIntrinsic(Intrinsic::prefetch, {address->getType()},
                          {address, /*rw=*/builder.getInt32(0), builder.getInt32(locality),
                           /*data=*/builder.getInt32(1)});
}

/// Fetches the next panel into the second-level cache at the speed at which this one is used up:
/// in all passes together, each line once.
static void prefetchPanel(const PanelLoad &from, const NextPanel &panel, SCEVExpander &expander) {
  BasicBlock *before = from.address->getLoop()->getLoopPreheader();
  IRBuilder<> builder(before->getTerminator());
  Type *type = panel.pass->getType();
  Value *begin = expander.expandCodeFor(panel.begin, from.load->getPointerOperandType(),
                                        before->getTerminator());
  Value *pass = expander.expandCodeFor(panel.pass, type, before->getTerminator());
  builder.SetInsertPoint(before->getTerminator());
  // begin + size + (pass * size + offset) / passes
  Value *done = builder.CreateSub(builder.CreateMul(pass, ConstantInt::get(type, panel.size)),
                                  builder.CreatePtrToInt(begin, type));
  Value *next = builder.CreateConstGEP1_64(builder.getInt8Ty(), begin, uint64_t(panel.size));
  builder.SetInsertPoint(from.load);
  Value *used =
      builder.CreateAdd(builder.CreatePtrToInt(from.load->getPointerOperand(), type), done);
  Value *offset = builder.CreateUDiv(used, ConstantInt::get(type, panel.passes));
  emitPrefetch(builder, builder.CreateGEP(builder.getInt8Ty(), next, offset), /*locality=*/2);
}

/// In the innermost loops of reductions, what vectors are loaded from by constant steps (packed
/// weights; the other factor is read by scalars) is fetched `distance` iterations ahead, and, where
/// a panel is read several times, the panel after it, if both fit into `cache` bytes and all do
/// not.
static void prefetchOperands(Function &function, FunctionAnalysisManager &analyses,
                             int64_t distance, int64_t cache) {
  constexpr int64_t lineBytes = 64;
  auto &loops = analyses.getResult<LoopAnalysis>(function);
  auto &evolution = analyses.getResult<ScalarEvolutionAnalysis>(function);
  SmallVector<SmallVector<PanelLoad>> found; // loop by loop
  for (Loop *loop : loops.getLoopsInPreorder()) {
    if (!loop->isInnermost() || !accumulates(*loop))
      continue;
    found.emplace_back();
    for (BasicBlock *block : loop->blocks())
      for (Instruction &instruction : *block) {
        auto *load = dyn_cast<LoadInst>(&instruction);
        if (!load || !load->getType()->isVectorTy())
          continue;
        auto *address = dyn_cast<SCEVAddRecExpr>(evolution.getSCEV(load->getPointerOperand()));
        auto *step = address && address->getLoop() == loop
                         ? dyn_cast<SCEVConstant>(address->getStepRecurrence(evolution))
                         : nullptr;
        if (step && step->getAPInt().isStrictlyPositive())
          found.back().push_back({load, address, step->getAPInt().getSExtValue()});
      }
  }
  SCEVExpander expander(evolution, "panel");
  for (ArrayRef<PanelLoad> list : found) {
    int64_t lines = 0; // of the next panel, fetched in an iteration
    for (const PanelLoad &from : list) {
      std::optional<NextPanel> panel = nextPanel(from, evolution);
      if (!panel || 2 * panel->size > cache || !from.address->getLoop()->getLoopPreheader() ||
          lines * lineBytes * panel->passes >= from.step)
        continue;
      ++lines;
      prefetchPanel(from, *panel, expander);
    }
  }
  for (ArrayRef<PanelLoad> list : found)
    for (const PanelLoad &from : list) {
      IRBuilder<> builder(from.load);
      emitPrefetch(builder,
                   builder.CreateConstGEP1_64(builder.getInt8Ty(), from.load->getPointerOperand(),
                                              uint64_t(distance * from.step)),
                   /*locality=*/3);
    }
}

/// Bytes of the largest buffer, where sizes are known.
static int64_t largestBuffer(const Program &program) {
  int64_t largest = 0;
  for (const BufferArgument &buffer : program.buffers) {
    int64_t elements = 1;
    for (const Size &extent : buffer.extents)
      elements *= extent.isStatic() ? extent.value : 0;
    largest = std::max(largest, elements * 4);
  }
  return largest;
}

static void finish(Module &module, const Program &program, const TargetInfo &target,
                   Function &callee) {
  callee.removeFnAttr(Attribute::NoInline);
  callee.addFnAttr(Attribute::AlwaysInline);
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager sccs;
  ModuleAnalysisManager modules;
  PassBuilder builder;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(sccs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, sccs, modules);
  FunctionPassManager cleanup;
  cleanup.addPass(SROAPass(SROAOptions::ModifyCFG));
  cleanup.addPass(EarlyCSEPass());
  cleanup.addPass(InstCombinePass());
  cleanup.addPass(SimplifyCFGPass());
  ModulePassManager passes;
  passes.addPass(
      InternalizePass([&](const GlobalValue &value) { return value.getName() == program.name; }));
  passes.addPass(AlwaysInlinerPass());
  passes.addPass(GlobalDCEPass());
  passes.addPass(createModuleToFunctionPassAdaptor(std::move(cleanup)));
  passes.run(module, modules);
  Function *thunk = module.getFunction(program.name);
  // Weights that stay in the cache from run to run need no more than the first fetch.
  int64_t cache = largestBuffer(program) > target.cacheBytes ? target.cacheBytes : 0;
  if (program.schedule.prefetch > 0 && thunk)
    for (Function &function : module)
      if (!function.isDeclaration())
        prefetchOperands(function, functions, program.schedule.prefetch, cache);
}

mlir::FailureOr<std::string> dlc::halide::emitKernelCode(const Program &program,
                                                         const TargetInfo &target,
                                                         const CodegenOptions &options,
                                                         CodeKind kind, std::string &error) {
  // Halide's own function has another name; the thunk has the kernel's.
  Program halideProgram = program;
  halideProgram.name += "_halide";
  std::string bitcode;
  if (!emitBitcode(halideProgram, emitOptions(target, options), bitcode, error)) {
    StringRef text = StringRef(error).rtrim();
    error = text.empty() ? "Halide could not compile the kernel" : text.str();
    return mlir::failure();
  }
  LLVMContext context;
  Expected<std::unique_ptr<Module>> module =
      parseBitcodeFile(MemoryBufferRef(bitcode, program.name), context);
  if (!module) {
    error = "Halide's bitcode cannot be read: " + toString(module.takeError());
    return mlir::failure();
  }
  Function *callee = (*module)->getFunction(halideProgram.name);
  if (!callee) {
    error = "Halide's bitcode lacks the kernel";
    return mlir::failure();
  }
  allowSpecialValues(**module);
  addThunk(program, *callee, **module);
  finish(**module, program, target, *callee);
  return emitCode(**module, target, options.level, kind, error, /*optimized=*/true);
}
