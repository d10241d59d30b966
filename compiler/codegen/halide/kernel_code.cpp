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

/// In the innermost loops of reductions, what vectors are loaded from by constant steps (packed
/// weights; the other factor is read by scalars) is fetched `distance` iterations ahead.
static void prefetchOperands(Function &function, FunctionAnalysisManager &analyses,
                             int64_t distance) {
  auto &loops = analyses.getResult<LoopAnalysis>(function);
  auto &evolution = analyses.getResult<ScalarEvolutionAnalysis>(function);
  SmallVector<std::pair<LoadInst *, int64_t>> found;
  for (Loop *loop : loops.getLoopsInPreorder()) {
    if (!loop->isInnermost() || !accumulates(*loop))
      continue;
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
          found.emplace_back(load, step->getAPInt().getSExtValue());
      }
  }
  for (auto [load, step] : found) {
    IRBuilder<> builder(load);
    Value *ahead = builder.CreateConstGEP1_64(builder.getInt8Ty(), load->getPointerOperand(),
                                              uint64_t(distance * step));
    builder.CreateIntrinsic(Intrinsic::prefetch, {ahead->getType()},
                            {ahead, /*rw=*/builder.getInt32(0), /*locality=*/builder.getInt32(3),
                             /*data=*/builder.getInt32(1)});
  }
}

static void finish(Module &module, const Program &program, Function &callee) {
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
  if (program.schedule.prefetch > 0 && thunk)
    prefetchOperands(*thunk, functions, program.schedule.prefetch);
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
  finish(**module, program, *callee);
  return emitCode(**module, target, options.level, kind, error, /*optimized=*/true);
}
