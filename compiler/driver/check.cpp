// dlc-run --check: the functions of a .mlir test, each compiled as a model of its own by the whole
// pipeline, run, and compared with what its check operations expect.
#include "compiler/driver/loaded_model.h"
#include "compiler/driver/random_weights.h"
#include "compiler/driver/run_options.h"

#include "dialects/check/check.h"
#include "dialects/nn/nn.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/Format.h"

#include <cstring>

using namespace dlc;
using namespace mlir;

namespace {

struct Expectation {
  HostTensor value;
  Tolerance tolerance;
  Location loc;
};

std::optional<HostTensor> toHost(ElementsAttr attribute) {
  auto dense = dyn_cast<DenseElementsAttr>(attribute);
  if (!dense)
    return std::nullopt;
  auto tensor = makeTensor(dtypeOf(dense.getElementType()), dense.getType().getShape());
  if (!tensor)
    return std::nullopt;
  size_t size = dlc_dtype_bytes(tensor->dtype);
  char *to = tensor->data.get();
  auto put = [&](const llvm::APInt &bits) {
    uint64_t value = bits.getZExtValue(); // little-endian: its first bytes are the element
    std::memcpy(to, &value, size);
    to += size;
  };
  if (isa<FloatType>(dense.getElementType()))
    for (const llvm::APFloat &value : dense.getValues<llvm::APFloat>())
      put(value.bitcastToAPInt());
  else
    for (const llvm::APInt &value : dense.getValues<llvm::APInt>())
      put(value);
  return tensor;
}

struct Checker {
  const RunOptions &options;
  Diagnostics &diags;
  ModuleOp file;
  int passed = 0, failedCount = 0;

  void report(func::FuncOp func, StringRef backend, const llvm::Twine &message) {
    llvm::outs() << "FAIL @" << func.getName() << " [" << backend << "]: " << message << "\n";
    ++failedCount;
  }

  /// A module with the test as @main, whose results are what the check operations look at.
  LogicalResult makeModel(func::FuncOp test, OwningOpRef<ModuleOp> &module,
                          std::vector<HostTensor> &inputs, std::vector<Expectation> &expectations) {
    OpBuilder b(test.getContext());
    module = ModuleOp::create(b.getUnknownLoc());
    for (func::FuncOp other : file.getOps<func::FuncOp>())
      if (other != test && other.isPrivate())
        module->push_back(other->clone());
    auto main = cast<func::FuncOp>(test->clone());
    module->push_back(main);
    main.setName("main");
    main->removeAttr(check::kErrorAttr);

    SmallVector<Value> results;
    bool usesNn = false;
    for (Operation &op : llvm::make_early_inc_range(main.getBody().front())) {
      usesNn |= isa<nn::NNDialect>(op.getDialect());
      if (!isa<check::CheckDialect>(op.getDialect()))
        continue;
      auto attribute = op.getAttrOfType<ElementsAttr>("expected");
      auto expected = toHost(attribute);
      if (!expected)
        return op.emitError("the expected value has no host type");
      Tolerance tolerance{0, 0};
      if (auto close = dyn_cast<check::ExpectCloseOp>(op))
        tolerance = {close.getRtol().convertToDouble(), close.getAtol().convertToDouble()};
      expectations.push_back({std::move(*expected), tolerance, op.getLoc()});
      results.push_back(op.getOperand(0));
      op.erase();
    }
    Operation *end = main.getBody().front().getTerminator();
    b.setInsertionPoint(end);
    func::ReturnOp::create(b, end->getLoc(), results);
    end->erase();
    SmallVector<Type> types(ValueRange(results).getTypes());
    main.setType(b.getFunctionType(main.getArgumentTypes(), types));
    for (unsigned i = 0; i < results.size(); ++i)
      main.setResultAttr(i, "dlc.name", b.getStringAttr("result" + std::to_string(i)));
    for (unsigned i = 0; i < main.getNumArguments(); ++i) {
      auto tensor = inputOf(main, i);
      if (!tensor)
        return main.emitError() << "argument " << i << " has no check.value";
      inputs.push_back(std::move(*tensor));
      main.removeArgAttr(i, check::kValueAttr);
      main.removeArgAttr(i, check::kRandomAttr);
      main.setArgAttr(i, "dlc.name", b.getStringAttr("arg" + std::to_string(i)));
    }
    return usesNn ? success() : describeLinalg(main, types);
  }

  static std::optional<HostTensor> inputOf(func::FuncOp main, unsigned i) {
    if (auto value = main.getArgAttrOfType<ElementsAttr>(i, check::kValueAttr))
      return toHost(value);
    auto seed = main.getArgAttrOfType<IntegerAttr>(i, check::kRandomAttr);
    auto type = dyn_cast<RankedTensorType>(main.getArgumentTypes()[i]);
    if (!seed || !type)
      return std::nullopt;
    auto tensor = makeTensor(dtypeOf(type.getElementType()), type.getShape());
    if (tensor)
      fillRandom(*tensor, static_cast<uint64_t>(seed.getInt()));
    return tensor;
  }

  /// A test in linalg begins after the floor that writes signatures: types of static shape say it
  /// all.
  static LogicalResult describeLinalg(func::FuncOp main, ArrayRef<Type> results) {
    OpBuilder b(main);
    SmallVector<int64_t> dims;
    auto dtypeName = [&](Type type) {
      std::string text;
      llvm::raw_string_ostream(text) << getElementTypeOrSelf(type);
      return b.getStringAttr(text);
    };
    for (auto [i, type] : llvm::enumerate(main.getArgumentTypes()))
      main.setArgAttr(i, "dlc.dtype", dtypeName(type));
    for (auto [i, type] : llvm::enumerate(results)) {
      auto shaped = dyn_cast<RankedTensorType>(type);
      if (!shaped || !shaped.hasStaticShape())
        return main.emitError("tests in linalg have static shapes");
      main.setResultAttr(i, "dlc.dtype", dtypeName(type));
      llvm::append_range(dims, shaped.getShape());
    }
    auto plan = func::FuncOp::create(
        b, main.getLoc(), "plan",
        b.getFunctionType({}, SmallVector<Type>(dims.size(), b.getIndexType())));
    b.setInsertionPointToStart(plan.addEntryBlock());
    SmallVector<Value> values;
    for (int64_t dim : dims)
      values.push_back(arith::ConstantIndexOp::create(b, main.getLoc(), dim));
    func::ReturnOp::create(b, main.getLoc(), values);
    return success();
  }

  void check(func::FuncOp test, const std::string &backend) {
    ModelInProgress model;
    std::vector<HostTensor> inputs;
    std::vector<Expectation> expectations;
    if (failed(makeModel(test, model.module, inputs, expectations)))
      return report(test, backend, "is no test");
    CompileOptions compile = options.compile;
    compile.backend = backend;
    compile.workers = 0; // a handful of kernels
    if (!compile.printStages.empty())
      compile.printStages += "/" + test.getName().str() + "-" + backend;
    CompiledModel compiled;
    Progress progress("none");
    LoadedModel loaded;
    if (failed(compileModule(std::move(model), compile, Stage::So, Purpose::Jit, diags, progress,
                             compiled)) ||
        failed(LoadedModel::fromCompiled(std::move(compiled), compile.symbol, compile.model, diags,
                                         loaded)))
      return report(test, backend, "does not compile");
    std::vector<HostTensor> outputs;
    RunError error;
    bool ran = runModel(loaded.get(), inputs, compile.threads, outputs, error);
    auto words = test->getAttrOfType<StringAttr>(check::kErrorAttr);
    if (expectations.empty() && !words)
      return report(test, backend, "expects nothing");
    if (words) {
      if (ran)
        return report(test, backend, "runs, but should fail with '" + words.getValue() + "'");
      if (!StringRef(error.message).contains(words.getValue()))
        return report(test, backend,
                      "fails with '" + error.message + "', expected '" + words.getValue() + "'");
      ++passed;
      return;
    }
    if (!ran)
      return report(test, backend, error.message);
    bool equal = true;
    for (auto [output, expectation] : llvm::zip_equal(outputs, expectations)) {
      std::string difference = compareTensors(output, expectation.value, expectation.tolerance);
      if (difference.empty())
        continue;
      equal = false;
      std::string where;
      llvm::raw_string_ostream(where) << expectation.loc;
      llvm::outs() << where << ": @" << test.getName() << " [" << backend << "]: " << difference
                   << "\n";
      if (output.elements() <= 64) {
        llvm::outs() << "  got";
        for (int64_t i = 0; i < output.elements(); ++i)
          llvm::outs() << (i ? ", " : " ") << llvm::format("%.9g", output.at(i));
        llvm::outs() << "\n";
      }
    }
    equal ? ++passed : ++failedCount;
  }
};

} // namespace

int dlc::runCheck(const RunOptions &options) {
  std::unique_ptr<MLIRContext> context = createContext();
  Diagnostics diags;
  DiagnosticPrinter printer(context.get(), diags, options.compile.model);
  printer.defaultClass = ErrorClass::Model;
  auto file = parseSourceFile<ModuleOp>(options.compile.model, context.get());
  if (!file)
    return diags.hasErrors() ? diags.exitCode() : 4;
  Checker checker{options, diags, *file};
  for (func::FuncOp func : file->getOps<func::FuncOp>()) {
    if (func.isPrivate() || func.isExternal())
      continue;
    for (const std::string &backend : options.backends)
      checker.check(func, backend);
  }
  llvm::outs() << checker.passed << " passed, " << checker.failedCount << " failed\n";
  if (checker.passed + checker.failedCount == 0)
    llvm::errs() << "dlc-run: error: " << options.compile.model << ": no test functions\n";
  return checker.failedCount || checker.passed == 0 ? 1 : 0;
}
