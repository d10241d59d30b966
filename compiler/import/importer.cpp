#include "compiler/import/importer.h"
#include "compiler/import/graph_importer.h"

#include "mlir/IR/Iterators.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace dlc {

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

LogicalResult parseShapeOption(StringRef text, ImportOptions &options, std::string &why) {
  size_t colon = text.rfind(':');
  if (colon == StringRef::npos || colon == 0) {
    why = "expected NAME:DIMS, as in X:1,3,224,224";
    return failure();
  }
  std::vector<std::string> dims;
  SmallVector<StringRef> parts;
  if (colon + 1 < text.size())
    text.substr(colon + 1).split(parts, ',');
  for (StringRef part : parts) {
    part = part.trim();
    int64_t number;
    bool isNumber = !part.getAsInteger(10, number);
    bool isName = !part.empty() && (llvm::isAlpha(part[0]) || part[0] == '_') &&
                  llvm::all_of(part, [](char c) { return llvm::isAlnum(c) || c == '_'; });
    if (isNumber ? number < 0 || number > kMaxDim : !isName && part != "?") {
      why = "'" + escapeName(part) + "' is not a dimension: a number, a name, or ?";
      return failure();
    }
    dims.push_back(part.str());
  }
  options.shapes[text.substr(0, colon).str()] = std::move(dims);
  return success();
}

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

std::string GraphImporter::uniqueSymbol(StringRef hint) {
  std::string name;
  for (char c : hint.take_front(40))
    name += llvm::isAlnum(c) ? c : '_';
  if (name.empty() || llvm::isDigit(name[0]))
    name = "_" + name;
  // Words that the text form of Dim uses itself.
  bool reserved =
      llvm::is_contained({"floordiv", "min", "max", "overflow", "unnamed"}, StringRef(name));
  if (!reserved && symbols.try_emplace(name, symbols.size()).second)
    return name;
  for (unsigned i = 1;; ++i) {
    std::string candidate = name + "_" + std::to_string(i);
    if (symbols.try_emplace(candidate, symbols.size()).second)
      return candidate;
  }
}

nn::Dim GraphImporter::symbolFor(StringRef parameter) {
  if (auto it = parameterValues.find(parameter); it != parameterValues.end())
    return it->second;
  auto [it, fresh] = parameterSymbols.try_emplace(parameter);
  if (fresh)
    it->second = uniqueSymbol(parameter);
  return nn::Dim::symbol(it->second);
}

//===----------------------------------------------------------------------===//
// The graph and its inputs
//===----------------------------------------------------------------------===//

GraphImporter::GraphImporter(ModelFile &model, MLIRContext *context, const ImportOptions &options,
                             WeightTable &weights, Diagnostics &diags)
    : model(model), context(context), options(options), weights(weights), diags(diags),
      builder(context) {
  context->loadDialect<nn::NNDialect, func::FuncDialect>();
}

/// Null after an error.
Type GraphImporter::importInputType(const onnx::ValueInfoProto &input) {
  std::string label = "input '" + escapeName(input.name()) + "'";
  auto fail = [&](ErrorClass c, const Twine &message, StringRef help = {}) {
    (void)diags.error(c, model.path, label + message, help);
    return Type();
  };
  if (!input.type().has_tensor_type())
    return fail(ErrorClass::Unsupported, input.has_type() ? " is not a tensor" : " has no type");
  const auto &tensor = input.type().tensor_type();
  Type element = elementType(tensor.elem_type());
  if (!element)
    return fail(ErrorClass::Unsupported, " has element type " + elementName(tensor.elem_type()) +
                                             ", which is not supported");

  auto option = options.shapes.find(input.name());
  bool given = option != options.shapes.end();
  if (!tensor.has_shape() && !given)
    return fail(ErrorClass::Unsupported, " has no shape, not even a rank",
                "give it with --shape=" + escapeName(input.name()) + ":DIMS");
  size_t rank = given ? option->second.size() : tensor.shape().dim_size();
  if (given && tensor.has_shape() && size_t(tensor.shape().dim_size()) != rank)
    return fail(ErrorClass::Model, " has rank " + Twine(tensor.shape().dim_size()) +
                                       " but --shape gives " + Twine(rank) + " dimensions");
  if (rank > kMaxRank)
    return fail(ErrorClass::Unsupported,
                " has rank " + Twine(rank) + "; the limit is " + Twine(kMaxRank));

  SmallVector<nn::Dim> dims;
  for (size_t i = 0; i < rank; ++i) {
    auto fresh = [&] {
      return nn::Dim::symbol(uniqueSymbol(input.name() + "_" + std::to_string(i)));
    };
    if (given) {
      StringRef text = option->second[i];
      int64_t number;
      dims.push_back(!text.getAsInteger(10, number) ? nn::Dim(number)
                     : text == "?"                  ? fresh()
                                                    : symbolFor(text));
      continue;
    }
    const auto &dim = tensor.shape().dim(i);
    if (dim.has_dim_value() && dim.dim_value() >= 0) {
      dims.push_back(dim.dim_value());
      continue;
    }
    // Exporters write -1 for "any"; other negative numbers are odd, but can mean nothing else.
    if (dim.has_dim_value() && dim.dim_value() != -1)
      diags.warning(model.path,
                    label + " has dimension " + Twine(dim.dim_value()) + "; taken as dynamic");
    // A parameter without a letter or digit ("?") is a way of writing "unknown", not a name.
    bool named = llvm::any_of(dim.dim_param(), [](char c) { return llvm::isAlnum(c); });
    dims.push_back(named ? symbolFor(dim.dim_param()) : fresh());
  }
  return nn::tensorOf(dims, element);
}

LogicalResult GraphImporter::importInputs(func::FuncOp function) {
  const onnx::GraphProto &graph = model.proto->graph();
  // A dim_param that --shape fixes for one input is fixed for all.
  for (const auto &input : graph.input()) {
    auto option = options.shapes.find(input.name());
    const auto &dims = input.type().tensor_type().shape().dim();
    if (option == options.shapes.end() || size_t(dims.size()) != option->second.size())
      continue;
    for (int i = 0; i < dims.size(); ++i) {
      int64_t number;
      if (!dims[i].dim_param().empty() && !StringRef(option->second[i]).getAsInteger(10, number))
        parameterValues[dims[i].dim_param()] = number;
    }
  }

  bool ok = true;
  llvm::StringSet<> inputs;
  for (const auto &input : graph.input()) {
    if (scope->initializers.count(input.name()))
      continue; // an initialiser that older models list as an input too
    inputs.insert(input.name());
    Type type = importInputType(input);
    ok &= bool(type);
    if (!type) {
      scope->names[input.name()] = {Binding::Unknown, {}};
      continue;
    }
    Location loc = NameLoc::get(builder.getStringAttr(input.name()));
    unsigned index = entry->getNumArguments();
    if (failed(function.insertArgument(index, type,
                                       builder.getDictionaryAttr(builder.getNamedAttr(
                                           kPortNameAttr, builder.getStringAttr(input.name()))),
                                       loc)))
      return failure();
    scope->names[input.name()] = {Binding::Known, entry->getArgument(index)};
  }
  for (const auto &[name, dims] : options.shapes)
    if (!inputs.contains(name))
      ok &= succeeded(diags.error(ErrorClass::Model, model.path,
                                  "--shape: the model has no input '" + escapeName(name) + "'"));
  return success(ok);
}

OwningOpRef<ModuleOp> GraphImporter::run() {
  const onnx::GraphProto &graph = model.proto->graph();
  size_t errorsBefore = diags.errorCount();

  DiagnosticPrinter printer(context, diags, model.path);
  printer.complete = [&](Diagnostic &d) {
    if (!current || d.severity != Severity::Error)
      return true;
    if (current->failed)
      return false; // a consequence of what was reported already
    current->failed = true;
    current->describeInputs(d);
    return true;
  };

  Location fileLoc = FileLineColLoc::get(context, model.path, 0, 0);
  OwningOpRef<ModuleOp> module = ModuleOp::create(fileLoc);
  builder.setInsertionPointToStart(module->getBody());
  auto function = func::FuncOp::create(builder, fileLoc, "main", builder.getFunctionType({}, {}));
  entry = function.addEntryBlock();
  builder.setInsertionPointToStart(entry);

  Scope top;
  scope = &top;
  for (const auto &initializer : graph.initializer())
    top.initializers[initializer.name()] = &initializer;
  CallFrame main;
  main.imports = &model.proto->opset_import();
  frame = &main;

  (void)importInputs(function);
  (void)importNodes(graph.node());
  reportUnsupported();
  if (diags.errorCount() != errorsBefore)
    return {};

  SmallVector<Value> results;
  SmallVector<Type> types;
  SmallVector<Attribute> attributes;
  for (const auto &output : graph.output()) {
    Binding binding = lookup(output.name());
    if (binding.kind != Binding::Known) {
      (void)diags.error(diags.errorCount() == errorsBefore ? ErrorClass::Internal
                                                           : ErrorClass::Model,
                        model.path, "output '" + escapeName(output.name()) + "' has no value");
      return {};
    }
    // A type that is declared and of another kind means that the model is not what it says; shapes
    // are not held against it, as exporters often leave them stale.
    int32_t declared = output.type().tensor_type().elem_type();
    if (output.type().has_tensor_type() && declared != onnx::TensorProto::UNDEFINED &&
        elementType(declared) != getElementTypeOrSelf(binding.value.getType()))
      (void)diags.error(ErrorClass::Model, model.path,
                        "output '" + escapeName(output.name()) + "' is declared as " +
                            elementName(declared) + " but is " +
                            nn::printType(binding.value.getType()));
    results.push_back(binding.value);
    types.push_back(binding.value.getType());
    attributes.push_back(builder.getDictionaryAttr(
        builder.getNamedAttr(kPortNameAttr, builder.getStringAttr(output.name()))));
  }
  func::ReturnOp::create(builder, fileLoc, results);
  function.setType(builder.getFunctionType(function.getArgumentTypes(), types));
  function.setResAttrsAttr(builder.getArrayAttr(attributes));

  if (diags.errorCount() != errorsBefore)
    return {};

  // Shape arithmetic that became constants leaves its operations behind.
  function.walk<WalkOrder::PostOrder, ReverseIterator>([](Operation *op) {
    if (isOpTriviallyDead(op))
      op->erase();
  });
  current = nullptr;
  if (failed(module->verify())) {
    if (!diags.hasErrors())
      (void)diags.error(ErrorClass::Internal, model.path, "the imported module is not valid");
    return {};
  }
  return module;
}

OwningOpRef<ModuleOp> importModel(ModelFile &model, MLIRContext *context,
                                  const ImportOptions &options, WeightTable &weights,
                                  Diagnostics &diags) {
  return GraphImporter(model, context, options, weights, diags).run();
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

Binding GraphImporter::lookup(StringRef name) {
  for (Scope *s = scope; s; s = s->outer) {
    if (auto it = s->names.find(name); it != s->names.end())
      return it->second;
    auto it = s->initializers.find(name);
    if (it == s->initializers.end())
      continue;
    Binding binding;
    TensorReader::Error error;
    std::optional<TensorData> data = model.tensors->read(*it->second, error);
    Value value;
    if (!data) {
      (void)diags.error(error.errorClass, model.path,
                        "initialiser '" + escapeName(name) + "': " + error.message);
    } else {
      value = constantOf(*data, NameLoc::get(builder.getStringAttr(name)));
      if (!value)
        (void)diags.error(ErrorClass::Unsupported, model.path,
                          "initialiser '" + escapeName(name) + "' has element type " +
                              elementName(data->type) + ", which is not supported");
    }
    if (value)
      binding = {Binding::Known, value};
    s->names[name] = binding;
    return binding;
  }
  return {};
}

NodeRef GraphImporter::nodeRef(const onnx::NodeProto &node, int index) const {
  return {model.path, frame->namePrefix + node.name(), node.op_type(), node.domain(),
          index,      opsetOf(node.domain())};
}

int64_t GraphImporter::opsetOf(StringRef domain) const {
  domain = normalizedDomain(domain);
  for (const auto *imports : {frame->imports, &model.proto->opset_import()})
    for (const auto &import : *imports)
      if (normalizedDomain(import.domain()) == domain)
        return import.version();
  return 1; // a domain that nobody imports: its first version
}

void GraphImporter::nodeError(const NodeRef &ref, const Twine &message, ErrorClass c) {
  Diagnostic d;
  d.errorClass = c;
  d.node = ref;
  d.message = message.str();
  diags.report(d);
}

} // namespace dlc
