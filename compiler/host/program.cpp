// See program.h. The tables are built as LLVM constants; their layouts are those of dlc/abi.h,
// which is included here to say so (only its numbers are used).
#include "compiler/host/program.h"

#include "dlc/abi.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/IRBuilder.h"

using namespace mlir;
using namespace dlc;

static std::optional<int32_t> dtypeNumber(StringRef name) {
  return llvm::StringSwitch<std::optional<int32_t>>(name)
      .Case("f32", DLC_F32)
      .Case("ui8", DLC_U8)
      .Case("i8", DLC_I8)
      .Case("ui16", DLC_U16)
      .Case("i16", DLC_I16)
      .Case("i32", DLC_I32)
      .Case("i64", DLC_I64)
      .Case("i1", DLC_BOOL)
      .Case("f16", DLC_F16)
      .Case("f64", DLC_F64)
      .Case("ui32", DLC_U32)
      .Case("ui64", DLC_U64)
      .Case("bf16", DLC_BF16)
      .Default(std::nullopt);
}

/// A port from its attributes and type. `isOutput`: dimensions may be computed or data-dependent.
static LogicalResult readPort(DictionaryAttr attrs, MemRefType type, bool isOutput,
                              const ProgramInfo &program, PortInfo &port, std::string &error) {
  auto name = attrs ? attrs.getAs<StringAttr>(kNameAttr) : nullptr;
  auto dtype = attrs ? attrs.getAs<StringAttr>(kDtypeAttr) : nullptr;
  auto dims = attrs ? attrs.getAs<ArrayAttr>(kDimsAttr) : nullptr;
  if (!name || !dtype) {
    error = "an input or output of @main lacks dlc.name or dlc.dtype";
    return failure();
  }
  port.name = name.str();
  std::optional<int32_t> number = dtypeNumber(dtype.getValue());
  if (!number) {
    error = "'" + port.name + "': no element type is called '" + dtype.str() + "'";
    return failure();
  }
  port.dtype = *number;
  size_t position = 0;
  for (int64_t dim : type.getShape()) {
    if (!ShapedType::isDynamic(dim)) {
      port.shape.push_back(dim);
      continue;
    }
    StringRef expression;
    if (dims && position < dims.size())
      expression = cast<StringAttr>(dims[position]).getValue();
    ++position;
    auto symbol = llvm::find(program.symbols, expression);
    if (symbol != program.symbols.end()) {
      port.shape.push_back(-1 - (symbol - program.symbols.begin()));
    } else if (isOutput) {
      port.shape.push_back(expression == "?" ? DLC_DIM_DATA : DLC_DIM_COMPUTED);
    } else {
      error = "input '" + port.name + "': dimension '" + expression.str() + "' is not a symbol";
      return failure();
    }
  }
  return success();
}

FailureOr<ProgramInfo> dlc::readProgram(ModuleOp module, std::string &error) {
  ProgramInfo program;
  auto main = module.lookupSymbol<func::FuncOp>(kMainFunc);
  if (!main || !module.lookupSymbol<func::FuncOp>(kPlanFunc)) {
    error = "the module has no @main or no @plan";
    return failure();
  }
  for (unsigned i = 0; i < main.getNumArguments(); ++i)
    if (main.getArgument(i).getType().isIndex()) {
      auto name = main.getArgAttrOfType<StringAttr>(i, kSymbolAttr);
      program.symbols.push_back(name ? name.str() : "");
    }
  std::vector<std::pair<int64_t, PortInfo>> outputs;
  for (unsigned i = 0; i < main.getNumArguments(); ++i) {
    DictionaryAttr attrs = main.getArgAttrDict(i);
    auto type = dyn_cast<MemRefType>(main.getArgument(i).getType());
    if (!type || (attrs && (attrs.contains(kWeightsBaseAttr) || attrs.contains(kArenaAttr))))
      continue;
    auto output = attrs ? attrs.getAs<IntegerAttr>(kOutputAttr) : nullptr;
    PortInfo port;
    if (output)
      type = cast<MemRefType>(attrs.getAs<TypeAttr>(kOutputTypeAttr).getValue());
    if (failed(readPort(attrs, type, bool(output), program, port, error)))
      return failure();
    if (output)
      outputs.push_back({output.getInt(), port});
    else
      program.inputs.push_back(port);
  }
  for (unsigned i = 0; i < main.getNumResults(); ++i) {
    DictionaryAttr attrs = main.getResultAttrDict(i);
    auto output = attrs ? attrs.getAs<IntegerAttr>(kOutputAttr) : nullptr;
    auto type = dyn_cast<MemRefType>(main.getResultTypes()[i]);
    PortInfo port;
    if (!output || !type) {
      error = "a result of @main is not a tensor";
      return failure();
    }
    if (failed(readPort(attrs, type, true, program, port, error)))
      return failure();
    outputs.push_back({output.getInt(), port});
  }
  llvm::sort(outputs, [](auto &a, auto &b) { return a.first < b.first; });
  for (auto &[position, port] : outputs)
    program.outputs.push_back(port);
  program.weightsSize = weightsLayout(module).size;
  return program;
}

namespace {
/// Makes constants of the module; all are private and relocatable without code.
struct Tables {
  llvm::Module &module;
  llvm::LLVMContext &context;
  llvm::PointerType *pointer;
  llvm::IntegerType *i32, *i64;

  explicit Tables(llvm::Module &module)
      : module(module), context(module.getContext()), pointer(llvm::PointerType::get(context, 0)),
        i32(llvm::Type::getInt32Ty(context)), i64(llvm::Type::getInt64Ty(context)) {}

  llvm::Constant *word(int64_t value) { return llvm::ConstantInt::getSigned(i64, value); }
  llvm::Constant *half(int64_t value) { return llvm::ConstantInt::getSigned(i32, value); }
  llvm::Constant *null() { return llvm::ConstantPointerNull::get(pointer); }

  llvm::Constant *global(llvm::Constant *value, StringRef name) {
    return new llvm::GlobalVariable(module, value->getType(), /*isConstant=*/true,
                                    llvm::GlobalValue::PrivateLinkage, value, name);
  }
  llvm::Constant *text(StringRef value) {
    llvm::Constant *&known = texts[value];
    if (!known)
      known = global(llvm::ConstantDataArray::getString(context, value), "dlc_name");
    return known;
  }
  llvm::Constant *record(ArrayRef<llvm::Constant *> fields) {
    return llvm::ConstantStruct::getAnon(context, fields);
  }
  llvm::Constant *list(llvm::Type *type, ArrayRef<llvm::Constant *> elements, StringRef name) {
    if (elements.empty())
      return null();
    return global(llvm::ConstantArray::get(llvm::ArrayType::get(type, elements.size()), elements),
                  name);
  }
  llvm::Constant *external(StringRef name, bool isConstant) {
    auto *value = new llvm::GlobalVariable(module, llvm::Type::getInt8Ty(context), isConstant,
                                           llvm::GlobalValue::ExternalLinkage, nullptr, name);
    value->setVisibility(llvm::GlobalValue::HiddenVisibility);
    return value;
  }
  llvm::Constant *ports(ArrayRef<PortInfo> ports, StringRef name) {
    SmallVector<llvm::Constant *> records;
    for (const PortInfo &port : ports) {
      SmallVector<llvm::Constant *> shape;
      for (int64_t dim : port.shape)
        shape.push_back(word(dim));
      records.push_back(record({text(port.name), half(port.dtype), half(port.shape.size()),
                                list(i64, shape, "dlc_shape")}));
    }
    return records.empty() ? null() : list(records[0]->getType(), records, name);
  }
  llvm::Constant *cost(const Amount &amount) {
    SmallVector<llvm::Constant *> terms;
    bool known = amount.isKnown();
    for (const auto &[factors, coefficient] : amount.getTerms()) {
      known &= factors.size() <= DLC_COST_FACTORS;
      SmallVector<int32_t> numbers(factors.begin(), factors.end());
      numbers.resize(DLC_COST_FACTORS, -1);
      terms.push_back(
          record({word(coefficient),
                  llvm::ConstantDataArray::get(
                      context, ArrayRef<uint32_t>(reinterpret_cast<uint32_t *>(numbers.data()),
                                                  numbers.size()))}));
    }
    if (!known)
      return record({half(-1), half(0), null()});
    return record({half(terms.size()), half(0),
                   terms.empty() ? null() : list(terms[0]->getType(), terms, "dlc_cost")});
  }
  llvm::Constant *kernels(const KernelTable &table) {
    SmallVector<llvm::Constant *> records;
    for (const KernelTable::Kernel &kernel : table.kernels)
      records.push_back(record({text(kernel.name), text(kernel.what), text(kernel.shapes),
                                text(kernel.schedule), cost(kernel.cost.flops),
                                cost(kernel.cost.directFlops), cost(kernel.cost.bytes)}));
    return records.empty() ? null() : list(records[0]->getType(), records, "dlc_kernels");
  }
  llvm::Constant *launches(const KernelTable &table) {
    SmallVector<llvm::Constant *> records;
    for (const KernelTable::Launch &launch : table.launches) {
      std::string nodes;
      for (const std::string &node : launch.nodes)
        nodes += node + "\n";
      records.push_back(record({half(launch.kernel), half(0), text(nodes)}));
    }
    return records.empty() ? null() : list(records[0]->getType(), records, "dlc_launches");
  }

private:
  llvm::StringMap<llvm::Constant *> texts;
};
} // namespace

void dlc::emitProgram(llvm::Module &module, const ProgramInfo &program,
                      const HostOptions &options) {
  Tables t(module);
  SmallVector<llvm::Constant *> symbols;
  for (const std::string &symbol : program.symbols)
    symbols.push_back(t.text(symbol));
  bool hasWeights = program.weightsSize > 0, inFile = !options.weightsFile.empty();
  llvm::Constant *weights =
      hasWeights && !inFile ? t.external(options.weightsSymbol, /*isConstant=*/true) : t.null();
  std::string features = enabledFeatures(options.target);
  // dlc_program
  llvm::Constant *table =
      t.global(t.record({t.half(DLC_ABI_VERSION),
                         t.half(sizeof(dlc_program)),
                         t.text(options.modelName),
                         t.text(options.target.triple + "/" + options.target.cpu),
                         features.empty() ? t.null() : t.text(features),
                         t.text(options.producer),
                         t.half(program.inputs.size()),
                         t.half(program.outputs.size()),
                         t.half(program.symbols.size()),
                         t.half(options.flushSubnormals ? DLC_FLUSH_SUBNORMALS : 0),
                         t.ports(program.inputs, "dlc_inputs"),
                         t.ports(program.outputs, "dlc_outputs"),
                         t.list(t.pointer, symbols, "dlc_symbols"),
                         module.getFunction("dlc_plan"),
                         module.getFunction("dlc_infer"),
                         weights,
                         t.word(program.weightsSize),
                         hasWeights && inFile ? t.text(options.weightsFile) : t.null(),
                         t.half(program.table.kernels.size()),
                         t.half(program.table.launches.size()),
                         t.half(sizeof(dlc_kernel)),
                         t.half(sizeof(dlc_launch)),
                         t.kernels(program.table),
                         t.launches(program.table)}),
               "dlc_program_table");
  // dlc_model
  llvm::Constant *model =
      t.global(t.record({t.half(DLC_ABI_VERSION), t.half(sizeof(dlc_model)), table,
                         t.external("dlc_rt_api_v1", /*isConstant=*/true), t.null(), t.null()}),
               "dlc_model_table");
  auto *type = llvm::FunctionType::get(t.pointer, /*isVarArg=*/false);
  auto *entry =
      llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, options.symbol, module);
  llvm::IRBuilder<> builder(llvm::BasicBlock::Create(t.context, "", entry));
  builder.CreateRet(model);
}
