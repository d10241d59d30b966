// From the LLVM dialect to LLVM IR, and from there to objects, assembly or text.
#include "compiler/codegen/llvm/emit.h"

#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/Analysis/CGSCCPassManager.h"
#include "llvm/Analysis/LoopAnalysisManager.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace dlc;

void dlc::registerLlvmTranslation(DialectRegistry &registry) {
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
}

FailureOr<std::unique_ptr<llvm::Module>> dlc::translateToLlvm(ModuleOp module,
                                                              llvm::LLVMContext &context,
                                                              const TargetInfo &target,
                                                              std::string &error) {
  auto machine = createTargetMachine(target, /*level=*/2, error);
  if (failed(machine))
    return failure();
  std::unique_ptr<llvm::Module> result = translateModuleToLLVMIR(module, context, "dlc");
  if (!result) {
    error = "the LLVM dialect could not be translated to LLVM IR";
    return failure();
  }
  result->setTargetTriple((*machine)->getTargetTriple());
  result->setDataLayout((*machine)->createDataLayout());
  return result;
}

static void optimize(llvm::Module &module, llvm::TargetMachine &machine, int level) {
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager sccs;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(&machine);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(sccs);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, sccs, modules);
  llvm::OptimizationLevel optimization = level <= 0   ? llvm::OptimizationLevel::O0
                                         : level == 1 ? llvm::OptimizationLevel::O1
                                         : level == 2 ? llvm::OptimizationLevel::O2
                                                      : llvm::OptimizationLevel::O3;
  llvm::ModulePassManager passes = level <= 0 ? builder.buildO0DefaultPipeline(optimization)
                                              : builder.buildPerModuleDefaultPipeline(optimization);
  passes.run(module, modules);
}

/// A masked store of one lane becomes a store of an element: of a truncated vector, LLVM 22 would
/// store the element as it was before, and overwrite what lies behind it.
static void storeSingleLanes(llvm::Module &module) {
  llvm::SmallVector<std::pair<llvm::IntrinsicInst *, unsigned>> stores;
  for (llvm::Function &function : module)
    for (llvm::Instruction &instruction : llvm::instructions(function)) {
      auto *store = llvm::dyn_cast<llvm::IntrinsicInst>(&instruction);
      if (!store || store->getIntrinsicID() != llvm::Intrinsic::masked_store)
        continue;
      auto *mask = llvm::dyn_cast<llvm::Constant>(store->getArgOperand(store->arg_size() - 1));
      auto *type = llvm::dyn_cast<llvm::FixedVectorType>(store->getArgOperand(0)->getType());
      unsigned set = 0, lane = 0;
      for (unsigned i = 0; mask && type && i < type->getNumElements(); ++i)
        if (llvm::Constant *bit = mask->getAggregateElement(i); !bit || !bit->isNullValue()) {
          ++set;
          lane = i;
        }
      if (set == 1)
        stores.push_back({store, lane});
    }
  for (auto [store, lane] : stores) {
    llvm::IRBuilder<> b(store);
    llvm::Value *element = b.CreateExtractElement(store->getArgOperand(0), lane);
    llvm::Value *address =
        b.CreateConstInBoundsGEP1_32(element->getType(), store->getArgOperand(1), lane);
    b.CreateAlignedStore(element, address, llvm::Align(1));
    store->eraseFromParent();
  }
}

FailureOr<std::string> dlc::emitCode(llvm::Module &module, const TargetInfo &target, int level,
                                     CodeKind kind, std::string &error, bool optimized) {
  auto machine = createTargetMachine(target, level, error);
  if (failed(machine))
    return failure();
  module.setTargetTriple((*machine)->getTargetTriple());
  module.setDataLayout((*machine)->createDataLayout());
  {
    llvm::raw_string_ostream message(error);
    if (llvm::verifyModule(module, &message))
      return failure();
  }
  if (!optimized)
    optimize(module, **machine, level);
  storeSingleLanes(module);
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  if (kind == CodeKind::IR) {
    module.print(stream, nullptr);
    return stream.str().str();
  }
  llvm::legacy::PassManager passes;
  llvm::CodeGenFileType file = kind == CodeKind::Object ? llvm::CodeGenFileType::ObjectFile
                                                        : llvm::CodeGenFileType::AssemblyFile;
  if ((*machine)->addPassesToEmitFile(passes, stream, nullptr, file)) {
    error = "LLVM cannot write this kind of file for " + target.triple;
    return failure();
  }
  passes.run(module);
  return stream.str().str();
}

FailureOr<std::string> dlc::emitCode(ModuleOp module, const TargetInfo &target, int level,
                                     CodeKind kind, std::string &error) {
  DialectRegistry registry;
  registerLlvmTranslation(registry);
  module.getContext()->appendDialectRegistry(registry);
  llvm::LLVMContext context;
  auto translated = translateToLlvm(module, context, target, error);
  if (failed(translated))
    return failure();
  return emitCode(**translated, target, level, kind, error);
}
