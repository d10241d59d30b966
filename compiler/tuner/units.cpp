// See units.h.
#include "compiler/tuner/units.h"

#include "compiler/kernels/grouping.h"
#include "compiler/kernels/memory.h"
#include "compiler/kernels/passes.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace dlc;

namespace {

struct Launches {
  kernel::LaunchOp first;
  double count = 0;
};

/// How often an operation runs, by the loops around it; loops of unknown length count as ten.
double runsOf(Operation *op) {
  double runs = 1;
  for (Operation *parent = op->getParentOp(); parent; parent = parent->getParentOp()) {
    if (auto loop = dyn_cast<scf::ForOp>(parent)) {
      std::optional<int64_t> low = getConstantIntValue(loop.getLowerBound()),
                             high = getConstantIntValue(loop.getUpperBound()),
                             step = getConstantIntValue(loop.getStep());
      bool known = low && high && step && *step > 0;
      runs *= known ? static_cast<double>(std::max<int64_t>((*high - *low + *step - 1) / *step, 0))
                    : 10;
    } else if (isa<scf::WhileOp>(parent)) {
      runs *= 10;
    }
  }
  return runs;
}

bool isStatic(kernel::FuncOp func) {
  auto fixed = [](Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor && tensor.hasStaticShape() && tensor.getElementType().isIntOrFloat();
  };
  return llvm::all_of(func.getArgumentTypes(), fixed) && llvm::all_of(func.getResultTypes(), fixed);
}

std::string labelOf(kernel::FuncOp func) {
  StringRef name = func.getSymName();
  std::string label = name.rsplit('_').first.str() + " ";
  llvm::interleave(
      cast<RankedTensorType>(func.getResultTypes().front()).getShape(),
      [&](int64_t extent) { label += std::to_string(extent); }, [&] { label += "x"; });
  return label;
}

/// A model of this kernel alone.
OwningOpRef<ModuleOp> isolate(kernel::FuncOp func, ArrayRef<bool> constant) {
  MLIRContext *context = func.getContext();
  OpBuilder b(context);
  Location loc = b.getUnknownLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  b.setInsertionPointToEnd(module->getBody());
  auto copy = cast<kernel::FuncOp>(b.clone(*func));
  auto dtype = [&](Type type) {
    std::string text;
    llvm::raw_string_ostream(text) << getElementTypeOrSelf(type);
    return b.getStringAttr(text);
  };
  auto port = [&](StringRef name, size_t i, Type type) {
    return b.getDictionaryAttr({b.getNamedAttr(kNameAttr, b.getStringAttr(name + Twine(i))),
                                b.getNamedAttr(kDtypeAttr, dtype(type))});
  };
  SmallVector<Type> inputs;
  SmallVector<Attribute> inputPorts, outputPorts;
  for (auto [i, type] : llvm::enumerate(func.getArgumentTypes()))
    if (!constant[i]) {
      inputPorts.push_back(port("x", i, type));
      inputs.push_back(type);
    }
  for (auto [i, type] : llvm::enumerate(func.getResultTypes()))
    outputPorts.push_back(port("y", i, type));
  auto main =
      func::FuncOp::create(b, loc, kMainFunc, b.getFunctionType(inputs, func.getResultTypes()));
  main.setArgAttrsAttr(b.getArrayAttr(inputPorts));
  main.setResAttrsAttr(b.getArrayAttr(outputPorts));
  b.setInsertionPointToStart(main.addEntryBlock());
  auto &manager = DenseResourceElementsHandle::getManagerInterface(context);
  SmallVector<Value> operands, destinations;
  size_t next = 0;
  for (auto [i, type] : llvm::enumerate(func.getArgumentTypes())) {
    if (!constant[i]) {
      operands.push_back(main.getArgument(next++));
      continue;
    }
    auto value = DenseResourceElementsAttr::get(cast<ShapedType>(type), manager.insert("w"));
    operands.push_back(arith::ConstantOp::create(b, loc, value));
  }
  SmallVector<int64_t> extents;
  for (Type type : func.getResultTypes()) {
    auto tensor = cast<RankedTensorType>(type);
    destinations.push_back(
        tensor::EmptyOp::create(b, loc, tensor.getShape(), tensor.getElementType()));
    llvm::append_range(extents, tensor.getShape());
  }
  auto launch = kernel::LaunchOp::create(b, loc, func.getResultTypes(),
                                         FlatSymbolRefAttr::get(copy.getSymNameAttr()), operands,
                                         ValueRange(), destinations, UnitAttr(), UnitAttr());
  func::ReturnOp::create(b, loc, launch.getResults());

  b.setInsertionPointToEnd(module->getBody());
  auto plan = func::FuncOp::create(
      b, loc, kPlanFunc,
      b.getFunctionType({}, SmallVector<Type>(extents.size(), b.getIndexType())));
  b.setInsertionPointToStart(plan.addEntryBlock());
  SmallVector<Value> dims;
  for (int64_t extent : extents)
    dims.push_back(arith::ConstantIndexOp::create(b, loc, extent));
  func::ReturnOp::create(b, loc, dims);
  return module;
}

std::string textOf(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module->print(os, OpPrintingFlags().useLocalScope());
  return text;
}

/// The kernel whose results @main returns.
kernel::FuncOp mainKernel(ModuleOp module) {
  auto main = module.lookupSymbol<func::FuncOp>(kMainFunc);
  Value result = main.getBody().front().getTerminator()->getOperand(0);
  auto launch = result.getDefiningOp<kernel::LaunchOp>();
  return launch ? module.lookupSymbol<kernel::FuncOp>(launch.getCallee()) : kernel::FuncOp();
}

struct Collector {
  const CompileOptions &options;
  const TargetInfo &target;
  KernelPipelineOptions passes;
  Diagnostics &diags;
  UnitList &result;

  /// A copy of the module with schedules; convolutions in Winograd's form as `winograd` says (see
  /// KernelPipelineOptions).
  OwningOpRef<ModuleOp> schedule(ModuleOp formed, int winograd) {
    OwningOpRef<ModuleOp> scheduled(cast<ModuleOp>(formed->clone()));
    KernelPipelineOptions own = passes;
    own.winograd = winograd;
    PassManager pm(formed.getContext(), ModuleOp::getOperationName());
    addScheduledKernelPasses(pm, own);
    return succeeded(pm.run(*scheduled)) ? std::move(scheduled) : OwningOpRef<ModuleOp>();
  }

  /// The forms of a unit, the default's first: those that the passes make of it, each with the
  /// templates that the backend proposes.
  bool formsOf(TuningUnit &unit, ModuleOp formed, const KernelBackend &backend,
               std::vector<ScheduleForm> &forms) {
    llvm::StringSet<> names;
    auto add = [&](kernel::FuncOp func, kernel::ScheduleAttr schedule) {
      std::string name = kernel::stringifyTemplate(schedule.getKind()).str();
      if (schedule.getWinograd())
        name += std::to_string(schedule.getWinograd());
      if (schedule.getBackend() == options.backend && names.insert(name).second)
        forms.push_back({name, func, schedule});
    };
    for (int winograd : {-1, 0, 2, 4}) {
      OwningOpRef<ModuleOp> module = schedule(formed, winograd);
      if (!module)
        return false;
      kernel::FuncOp func = mainKernel(*module);
      kernel::ScheduleAttr chosen = func ? func.getScheduleAttr() : kernel::ScheduleAttr();
      if (!chosen)
        return true;
      add(func, chosen);
      if (forms.empty())
        return true; // a kernel for another backend
      std::string reason;
      if (backend.supports(func, reason))
        for (kernel::ScheduleAttr other : backend.candidates(func, target))
          add(func, other);
      unit.forms.push_back(std::move(module));
    }
    return true;
  }

  LogicalResult unit(Launches launches, kernel::FuncOp func, llvm::DenseMap<Value, bool> &known) {
    SmallVector<bool> constant;
    for (Value operand : launches.first.getIns())
      constant.push_back(isConstant(operand, known));
    if (llvm::all_of(constant, [](bool c) { return c; }) && !constant.empty())
      return success(); // computed at compile time
    if (!isStatic(func) || !launches.first.getSizes().empty() || launches.first.getReadsOuts()) {
      ++result.dynamic;
      return success();
    }
    const KernelBackend *backend = findBackend(options.backend);
    if (!backend)
      return success();
    OwningOpRef<ModuleOp> formed = isolate(func, constant);
    std::string key = kernelKey(func);
    TuningUnit unit{key,
                    labelOf(func),
                    textOf(*formed),
                    launches.count,
                    false,
                    tuningCostOf(func),
                    ScheduleSpace(key, {}, target),
                    {},
                    {}};
    std::vector<ScheduleForm> forms;
    if (!formsOf(unit, *formed, *backend, forms))
      return failure();
    if (forms.empty())
      return success();
    unit.initial = {key, scheduleText(forms.front().start)};
    unit.warm = launches.first->getParentOfType<scf::ForOp>() ||
                launches.first->getParentOfType<scf::WhileOp>();
    unit.space = ScheduleSpace(key, forms, target);
    if (unit.space.size() <= 1) {
      ++result.fixed;
      return success();
    }
    result.units.push_back(std::move(unit));
    return success();
  }
};

} // namespace

LogicalResult dlc::collectUnits(const CompileOptions &options, const TargetInfo &target,
                                MLIRContext &context, Diagnostics &diags, Progress &progress,
                                UnitList &result) {
  ModelInProgress model;
  if (failed(lowerModel(options, context, diags, progress, model)))
    return failure();
  DiagnosticPrinter printer(&context, diags, options.model);
  PassManager pm(&context, ModuleOp::getOperationName());
  pm.addPass(createKernelForm());
  if (failed(pm.run(*model.module)))
    return failure();
  // The default's schedules are wanted here, not recorded ones.
  CompileOptions untuned = options;
  untuned.tuningDb.clear();
  untuned.recorded = nullptr;
  Collector collector{options, target, {}, diags, result};
  if (failed(kernelOptions(untuned, target, diags, collector.passes)))
    return failure();
  auto main = model.module->lookupSymbol<func::FuncOp>(kMainFunc);
  llvm::MapVector<StringRef, Launches> launches;
  main.walk([&](kernel::LaunchOp launch) {
    Launches &entry = launches[launch.getCallee()];
    if (!entry.first)
      entry.first = launch;
    entry.count += runsOf(launch);
  });
  llvm::DenseMap<Value, bool> known;
  for (auto &[name, entry] : launches) {
    auto func = model.module->lookupSymbol<kernel::FuncOp>(name);
    if (func && failed(collector.unit(entry, func, known)))
      return failure();
  }
  return success();
}
