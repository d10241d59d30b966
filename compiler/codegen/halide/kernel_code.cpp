// See kernel_code.h. Halide optimises its function; what is left to do here is to inline it into
// the thunk, so that the buffer descriptors vanish, and to care for the caches.
#include "compiler/codegen/halide/kernel_code.h"

#include "compiler/codegen/halide/choose.h"
#include "compiler/codegen/halide/emit.h"
#include "compiler/codegen/halide/prefetch.h"
#include "compiler/codegen/halide/thunk.h"

#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Operator.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Transforms/IPO/AlwaysInliner.h"
#include "llvm/Transforms/IPO/GlobalDCE.h"
#include "llvm/Transforms/IPO/Internalize.h"
#include "llvm/Transforms/InstCombine/InstCombine.h"
#include "llvm/Transforms/Scalar/DeadStoreElimination.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/SROA.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"

using namespace llvm;
using namespace dlc;
using namespace dlc::halide;

/// Halide promises of its plain operators that they meet neither NaN nor infinities; selects among
/// them have constants that are one. What stays is that sums may be reordered and products be part
/// of them: conversions round as they say.
static void allowSpecialValues(Module &module) {
  for (Function &function : module)
    for (Instruction &instruction : instructions(function)) {
      if (!isa<FPMathOperator>(instruction))
        continue;
      if (isa<CastInst>(instruction))
        instruction.setFastMathFlags(FastMathFlags());
      instruction.setHasNoNaNs(false);
      instruction.setHasNoInfs(false);
    }
}

/// Halide names a processor that has more than what was asked for: code is made for the target.
static void forgetProcessor(Module &module) {
  for (Function &function : module)
    for (const char *attribute : {"target-cpu", "target-features", "tune-cpu"})
      function.removeFnAttr(attribute);
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
  cleanup.addPass(EarlyCSEPass(/*UseMemorySSA=*/true));
  cleanup.addPass(InstCombinePass());
  cleanup.addPass(SimplifyCFGPass());
  cleanup.addPass(DSEPass()); // what was left of the descriptors
  ModulePassManager passes;
  passes.addPass(
      InternalizePass([&](const GlobalValue &value) { return value.getName() == program.name; }));
  passes.addPass(AlwaysInlinerPass());
  passes.addPass(GlobalDCEPass());
  passes.addPass(createModuleToFunctionPassAdaptor(std::move(cleanup)));
  passes.run(module, modules);
  // Weights that stay in the cache from run to run need no more than the first fetch.
  int64_t cache = largestBuffer(program) > target.cacheBytes ? target.cacheBytes : 0;
  bool nextPanels = false;
  if (program.schedule.prefetch > 0)
    for (Function &function : module)
      if (!function.isDeclaration())
        nextPanels |= prefetchWeights(function, functions, program.schedule.prefetch, cache);
  // The other factor, where it comes from beyond the first-level cache.
  if (program.schedule.kind == Template::Contraction &&
      largestBuffer(program) >= target.cacheBytes / 8)
    for (Function &function : module)
      if (!function.isDeclaration())
        prefetchRows(function, functions);
  // Not against the direction in which panels are fetched.
  if (Function *loop = module.getFunction("halide_do_par_for");
      loop && !nextPanels && outlastsCache(largestBuffer(program), target))
    loop->setName("dlc_rt_alternating_for");
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
  forgetProcessor(**module);
  addThunk(program, *callee, **module);
  finish(**module, program, target, *callee);
  return emitCode(**module, target, options.level, kind, error, /*optimized=*/true);
}
