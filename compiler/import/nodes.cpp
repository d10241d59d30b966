// The importer's walk over nodes: operators of the registry, functions, subgraphs, and what is not
// supported.
#include "compiler/import/graph_importer.h"
#include "compiler/import/registry.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace dlc {

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
