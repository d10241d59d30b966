#include "compiler/import/importer.h"
#include "compiler/import/graph_importer.h"
#include "compiler/import/registry.h"

#include "mlir/IR/Iterators.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/ScopeExit.h"
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

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

LogicalResult GraphImporter::importNodes(const NodeList &nodes) {
  size_t before = diags.errorCount() + unsupportedOps.size();
  for (int index : model.nodesInOrder(nodes))
    importNode(nodes[index], index);
  return success(diags.errorCount() + unsupportedOps.size() == before);
}

namespace {
/// Arity that a row's list of formal names gives.
struct Arity {
  unsigned least = 0, most = 0;
  bool variadic = false;
  SmallVector<bool> optional; ///< by position; the inputs of a variadic one are all there
  explicit Arity(StringRef names) {
    SmallVector<StringRef> parts;
    names.split(parts, ' ', -1, /*KeepEmpty=*/false);
    for (StringRef part : parts) {
      ++most;
      optional.push_back(part.ends_with("?"));
      variadic |= part.ends_with("*") || part.ends_with("+");
      if (!part.ends_with("?") && !part.ends_with("*"))
        least = most;
    }
  }
  std::string text(StringRef noun) const {
    std::string count = variadic        ? "at least " + std::to_string(least)
                        : least == most ? std::to_string(least)
                                        : std::to_string(least) + " to " + std::to_string(most);
    return count + " " + noun.str() + (count == "1" ? "" : "s");
  }
};
} // namespace

bool GraphImporter::checkArity(const onnx::NodeProto &node, const NodeRef &ref, const OpRow &row,
                               unsigned inputs, unsigned outputs) {
  Arity in(row.inputs), out(row.outputs);
  if (inputs < in.least || (inputs > in.most && !in.variadic)) {
    nodeError(ref, "expects " + in.text("input") + " but has " + Twine(inputs));
    return false;
  }
  if (outputs > out.most && !out.variadic) {
    nodeError(ref, "expects " + out.text("output") + " but has " + Twine(outputs));
    return false;
  }
  return true;
}

/// The number of entries without empty ones at the end.
static unsigned trimmedSize(const google::protobuf::RepeatedPtrField<std::string> &names) {
  int size = names.size();
  while (size && names[size - 1].empty())
    --size;
  return size;
}

void GraphImporter::importNode(const onnx::NodeProto &node, int index) {
  NodeRef ref = nodeRef(node, index);
  if (const auto *function = model.findFunction(node.domain(), node.op_type(), node.overload()))
    return importCall(*function, node, ref);

  bool known = false;
  const OpRow *row = findOp(normalizedDomain(node.domain()), node.op_type(), ref.opset, known);
  if (!row) {
    recordUnsupported(ref, known);
    scanForUnsupported(node);
    return bindOutputs(node, {});
  }
  unsigned inputs = trimmedSize(node.input());
  if (!checkArity(node, ref, *row, inputs, trimmedSize(node.output())))
    return bindOutputs(node, {});

  SmallVector<Value> values;
  for (unsigned i = 0; i < inputs; ++i) {
    Binding binding = node.input(i).empty() ? Binding{Binding::Absent, {}} : lookup(node.input(i));
    if (binding.kind == Binding::Unknown) {
      scanForUnsupported(node);
      return bindOutputs(node, {});
    }
    values.push_back(binding.value);
  }
  // Absent arguments of a function call are holes like those that the node itself leaves.
  while (!values.empty() && !values.back())
    values.pop_back();
  Arity arity(row->inputs);
  for (unsigned i = 0; i < std::max<size_t>(arity.least, values.size()); ++i)
    if ((i >= values.size() || !values[i]) && (i >= arity.optional.size() || !arity.optional[i])) {
      nodeError(ref, "input " + Twine(i) + " is missing");
      return bindOutputs(node, {});
    }

  NodeContext context(*this, node, ref, nodeLocation(this->context, ref), *row, values);
  NodeContext *outer = current;
  current = &context;
  size_t before = diags.errorCount() + unsupportedOps.size();
  bool ok = succeeded(row->build(context)) && !context.failed;
  if (!ok && !context.isConsequence && diags.errorCount() + unsupportedOps.size() == before)
    nodeError(ref, "the importer failed without a reason", ErrorClass::Internal);
  if (ok)
    context.warnUnaskedAttributes();
  for (Value &value : context.outputValues) {
    if (!ok || !value)
      continue;
    FailureOr<Value> finished = finishResult(ref, value);
    ok = succeeded(finished);
    if (ok)
      value = *finished;
  }
  current = outer;
  bindOutputs(node, ok ? ArrayRef<Value>(context.outputValues) : ArrayRef<Value>());
}

void GraphImporter::bindOutputs(const onnx::NodeProto &node, ArrayRef<Value> values) {
  for (int i = 0; i < node.output_size(); ++i)
    if (!node.output(i).empty()) {
      Value value = size_t(i) < values.size() ? values[i] : Value();
      scope->names[node.output(i)] = {value ? Binding::Known : Binding::Unknown, value};
    }
}

FailureOr<Value> GraphImporter::finishResult(const NodeRef &ref, Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type)
    return value;
  SmallVector<int64_t> known;
  bool overflowed = false;
  for (const nn::Dim &dim : nn::dimsOf(type)) {
    overflowed |= dim.overflowed();
    known.push_back(dim.constant().value_or(1));
  }
  std::string why;
  if (overflowed || !checkedNumElements(known, why)) {
    nodeError(ref,
              "the result " + (overflowed ? std::string("has a dimension that overflows") : why));
    return failure();
  }
  if (value.getDefiningOp<nn::ConstantOp>() || value.getDefiningOp<nn::DimsOp>())
    return value;
  std::optional<nn::ShapeValue> elements = shapeValue(value);
  if (!elements || !current)
    return value;
  Value simple = current->dimsTensor(*elements, type.getShape(), type.getElementType());
  return simple ? simple : value;
}

//===----------------------------------------------------------------------===//
// Functions and subgraphs
//===----------------------------------------------------------------------===//

void GraphImporter::importCall(const onnx::FunctionProto &function, const onnx::NodeProto &node,
                               const NodeRef &ref) {
  auto fail = [&](const Twine &message) {
    nodeError(ref, message);
    bindOutputs(node, {});
  };
  if (node.input_size() > function.input_size())
    return fail("the function takes " + Twine(function.input_size()) + " inputs but the node has " +
                Twine(node.input_size()));
  if (node.output_size() > function.output_size())
    return fail("the function gives " + Twine(function.output_size()) +
                " outputs but the node has " + Twine(node.output_size()));

  Scope inner;
  for (int i = 0; i < function.input_size(); ++i)
    inner.names[function.input(i)] = i < node.input_size() && !node.input(i).empty()
                                         ? lookup(node.input(i))
                                         : Binding{Binding::Absent, {}};
  CallFrame call;
  call.imports = &function.opset_import();
  call.namePrefix = frame->namePrefix + (node.name().empty() ? node.op_type() : node.name()) + "/";
  for (const auto &attribute : function.attribute_proto())
    call.attributes[attribute.name()] = &attribute;
  for (const auto &attribute : node.attribute()) {
    const onnx::AttributeProto *actual = &attribute;
    if (!attribute.ref_attr_name().empty()) {
      auto it = frame->attributes.find(attribute.ref_attr_name());
      if (it == frame->attributes.end())
        continue; // not given to the outer function either
      actual = it->second;
    }
    call.attributes[attribute.name()] = actual;
  }

  Scope *outerScope = scope;
  CallFrame *outerFrame = frame;
  scope = &inner;
  frame = &call;
  (void)importNodes(function.node());
  SmallVector<Binding> results;
  for (int i = 0; i < node.output_size(); ++i)
    results.push_back(lookup(function.output(i)));
  scope = outerScope;
  frame = outerFrame;
  for (int i = 0; i < node.output_size(); ++i)
    if (!node.output(i).empty())
      scope->names[node.output(i)] = results[i];
}

/// Imports a subgraph at the insertion point.
FailureOr<SmallVector<Value>> GraphImporter::importGraph(const onnx::GraphProto &graph,
                                                         ArrayRef<Value> arguments) {
  Scope inner;
  inner.outer = scope;
  for (const auto &initializer : graph.initializer())
    inner.initializers[initializer.name()] = &initializer;
  size_t next = 0;
  for (const auto &input : graph.input()) {
    if (inner.initializers.count(input.name()))
      continue;
    if (next == arguments.size())
      return current->error("the subgraph '" + escapeName(graph.name()) + "' has more than the " +
                            Twine(arguments.size()) + " inputs that it is given");
    inner.names[input.name()] = {Binding::Known, arguments[next++]};
  }
  if (next != arguments.size())
    return current->error("the subgraph '" + escapeName(graph.name()) + "' has " + Twine(next) +
                          " inputs but is given " + Twine(arguments.size()));

  NodeContext *node = current;
  scope = &inner;
  bool ok = succeeded(importNodes(graph.node()));
  current = node;
  SmallVector<Value> results;
  for (const auto &output : graph.output()) {
    Binding binding = lookup(output.name());
    ok &= binding.kind == Binding::Known;
    results.push_back(binding.value);
  }
  scope = inner.outer;
  if (!ok) {
    current->failed = true; // reported where it happened
    current->isConsequence = true;
    return failure();
  }
  return results;
}

//===----------------------------------------------------------------------===//
// Unsupported operators
//===----------------------------------------------------------------------===//

void GraphImporter::recordUnsupported(const NodeRef &ref, bool otherVersionKnown) {
  UnsupportedOp &entry = unsupportedOps[{normalizedDomain(ref.domain).str(), ref.opType}];
  if (entry.count++ == 0) {
    entry.first = ref;
    entry.otherVersionKnown = otherVersionKnown;
  }
  if (entry.names.size() < 5)
    entry.names.push_back(ref.name.empty() ? "#" + std::to_string(ref.index)
                                           : "'" + escapeName(ref.name, 60) + "'");
}

/// Looks into the subgraphs of a node that is skipped: what they use counts too.
void GraphImporter::scanForUnsupported(const onnx::NodeProto &node) {
  auto scan = [&](const onnx::GraphProto &graph) {
    for (int i = 0; i < graph.node_size(); ++i) {
      const auto &inner = graph.node(i);
      NodeRef ref = nodeRef(inner, i);
      bool known = false;
      if (!model.findFunction(inner.domain(), inner.op_type(), inner.overload()) &&
          !findOp(normalizedDomain(inner.domain()), inner.op_type(), ref.opset, known))
        recordUnsupported(ref, known);
      scanForUnsupported(inner);
    }
  };
  for (const auto &attribute : node.attribute()) {
    if (attribute.has_g())
      scan(attribute.g());
    for (const auto &graph : attribute.graphs())
      scan(graph);
  }
}

void GraphImporter::reportUnsupported() {
  size_t nodes = 0;
  for (const auto &[key, op] : unsupportedOps) {
    nodes += op.count;
    Diagnostic d;
    d.errorClass = ErrorClass::Unsupported;
    d.node = op.first;
    d.message = op.otherVersionKnown
                    ? "the operator is not supported at opset " + std::to_string(op.first.opset)
                    : "the operator is not supported";
    if (op.count > 1) {
      d.message += " (" + std::to_string(op.count) + " nodes: " + llvm::join(op.names, ", ");
      d.message += op.names.size() < op.count ? ", ...)" : ")";
    }
    diags.report(d);
  }
  if (unsupportedOps.size() > 1) {
    Diagnostic d;
    d.severity = Severity::Note;
    d.file = model.path;
    d.message = std::to_string(nodes) + " nodes of " + std::to_string(unsupportedOps.size()) +
                " operators are not supported";
    diags.report(d);
  }
}

} // namespace dlc
