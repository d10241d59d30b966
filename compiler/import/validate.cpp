// What model_file.h promises about a model. Errors are collected: a model with three wrong
// initialisers gets three messages.
#include "compiler/import/model_file.h"

#include "onnx/onnx.pb.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>
#include <queue>

using namespace llvm;
using onnx::AttributeProto;

namespace dlc {
namespace {

constexpr int kMaxCallDepth = 32;
constexpr int64_t kMaxExpandedNodes = 1000000;

using OpsetImports = google::protobuf::RepeatedPtrField<onnx::OperatorSetIdProto>;

/// The names of one graph; `outer` is the graph around it.
struct Scope {
  StringMap<int> producers; ///< node index, or -1 for inputs and initialisers
  const Scope *outer = nullptr;

  bool knows(StringRef name) const {
    for (const Scope *s = this; s; s = s->outer)
      if (s->producers.count(name))
        return true;
    return false;
  }
};

std::string quoted(StringRef name) { return "'" + escapeName(name) + "'"; }

std::string nodeLabel(const onnx::NodeProto &node, int index) {
  if (!node.name().empty())
    return escapeName(node.name());
  return escapeName(node.op_type()) + " #" + std::to_string(index);
}

class Validator {
public:
  Validator(ModelFile &model, Diagnostics &diags) : model(model), diags(diags) {}

  mlir::LogicalResult run() {
    const onnx::ModelProto &proto = *model.proto;
    size_t before = diags.errorCount();
    header(proto);
    if (diags.errorCount() != before)
      return mlir::failure();
    functions(proto);
    imports = &proto.opset_import();
    graphTypes(proto.graph());
    graph(proto.graph(), nullptr);
    return mlir::success(diags.errorCount() == before);
  }

private:
  void error(const Twine &message, StringRef help = {}, ErrorClass c = ErrorClass::Model) {
    (void)diags.error(c, model.path, message, help);
  }
  void nodeError(const onnx::NodeProto &node, int index, const Twine &message,
                 ErrorClass c = ErrorClass::Model) {
    Diagnostic d;
    d.errorClass = c;
    d.node = NodeRef{model.path, node.name(), node.op_type(), node.domain(), index, 0};
    for (const auto &import : *imports)
      if (normalizedDomain(import.domain()) == normalizedDomain(node.domain()))
        d.node.opset = import.version();
    d.message = message.str();
    diags.report(d);
  }

  void header(const onnx::ModelProto &proto);
  void opsets(const OpsetImports &list, StringRef where, bool required);
  void functions(const onnx::ModelProto &proto);
  void callGraph(const onnx::ModelProto &proto);
  void graphTypes(const onnx::GraphProto &graph);
  StringSet<> graph(const onnx::GraphProto &graph, const Scope *outer);
  StringSet<> nodes(const NodeList &list, Scope &scope);
  void sort(const NodeList &list, const std::vector<std::vector<int>> &uses);
  void attribute(const onnx::NodeProto &node, int index, const AttributeProto &attribute);
  std::string tensor(const onnx::TensorProto &tensor, ErrorClass &c);

  ModelFile &model;
  Diagnostics &diags;
  const OpsetImports *imports = nullptr;
  bool inFunction = false;
};

//===----------------------------------------------------------------------===//
// Header and functions
//===----------------------------------------------------------------------===//

void Validator::opsets(const OpsetImports &list, StringRef where, bool required) {
  bool found = false;
  int64_t version = 0;
  for (const auto &import : list) {
    if (!normalizedDomain(import.domain()).empty())
      continue; // other domains matter only where a node uses them
    if (found && import.version() != version)
      error(where + "opset_import names the default domain twice, with opset " + Twine(version) +
            " and opset " + Twine(import.version()));
    else if (import.version() < 1)
      error(where + "opset " + Twine(import.version()) + " does not exist");
    else if (import.version() > kMaxOpset)
      error(where + "opset " + Twine(import.version()) + " is newer than the newest known, opset " +
                Twine(kMaxOpset),
            "export the model with an older opset", ErrorClass::Unsupported);
    found = true;
    version = import.version();
  }
  if (!found && required)
    error(where +
          "no opset_import for the default domain: the version of the operators is unknown");
}

void Validator::header(const onnx::ModelProto &proto) {
  if (!proto.has_ir_version())
    error("no ir_version: not an ONNX model, or a damaged one");
  else if (proto.ir_version() < 1)
    error("ir_version " + Twine(proto.ir_version()) + " does not exist");
  else if (proto.ir_version() < kMinIrVersion || proto.ir_version() > kMaxIrVersion)
    error("ir_version " + Twine(proto.ir_version()) + " is not supported (" + Twine(kMinIrVersion) +
              " to " + Twine(kMaxIrVersion) + " are)",
          "convert the model with onnx.version_converter, or export it again",
          ErrorClass::Unsupported);
  // A model whose nodes are all of another domain need not import the default one.
  bool needsDefault = proto.opset_import().empty();
  for (const auto &node : proto.graph().node())
    needsDefault |= normalizedDomain(node.domain()).empty();
  opsets(proto.opset_import(), "", needsDefault);
  if (!proto.has_graph())
    error("the model has no graph");
}

void Validator::functions(const onnx::ModelProto &proto) {
  for (const auto &function : proto.functions()) {
    std::string key = functionKey(function.domain(), function.name(), function.overload());
    std::string name = quoted(function.name());
    if (function.name().empty())
      error("a function has no name");
    if (!model.functions.emplace(key, &function).second)
      error("function " + name + " is defined twice");
    opsets(function.opset_import(), "function " + name + ": ", false);

    imports = &function.opset_import();
    inFunction = true;
    Scope scope;
    for (const auto &input : function.input())
      if (!scope.producers.try_emplace(input, -1).second)
        error("function " + name + ": input " + quoted(input) + " is declared twice");
    nodes(function.node(), scope);
    for (const auto &output : function.output())
      if (!scope.producers.count(output))
        error("function " + name + ": output " + quoted(output) + " is never produced");
    inFunction = false;
  }
  callGraph(proto);
}

/// Refuses recursion, and chains or trees of calls that would explode when expanded.
void Validator::callGraph(const onnx::ModelProto &proto) {
  struct Info {
    std::vector<const onnx::FunctionProto *> callees;
    int64_t size = 0;
    int depth = 0;
    enum { New, Open, Done } state = New;
  };
  std::map<const onnx::FunctionProto *, Info> infos;

  auto collect = [&](const NodeList &list, Info &info) {
    std::vector<const NodeList *> work{&list};
    while (!work.empty()) {
      const NodeList &nodes = *work.back();
      work.pop_back();
      info.size += nodes.size();
      for (const auto &node : nodes) {
        if (const auto *f = model.findFunction(node.domain(), node.op_type(), node.overload()))
          info.callees.push_back(f);
        for (const auto &attribute : node.attribute()) {
          if (attribute.has_g())
            work.push_back(&attribute.g().node());
          for (const auto &g : attribute.graphs())
            work.push_back(&g.node());
        }
      }
    }
  };
  auto finish = [&](Info &info) {
    for (const auto *callee : info.callees) {
      info.depth = std::max(info.depth, infos[callee].depth + 1);
      info.size = SaturatingAdd(uint64_t(info.size), uint64_t(infos[callee].size)) >
                          uint64_t(kMaxExpandedNodes)
                      ? kMaxExpandedNodes + 1
                      : info.size + infos[callee].size;
    }
    info.state = Info::Done;
  };

  for (const auto &root : proto.functions()) {
    // Depth first with an explicit stack: a chain may have as many functions as the file has room
    // for.
    std::vector<std::pair<const onnx::FunctionProto *, size_t>> path;
    auto enter = [&](const onnx::FunctionProto *function) {
      Info &info = infos[function];
      info.state = Info::Open;
      collect(function->node(), info);
      path.push_back({function, 0});
    };
    if (infos[&root].state == Info::New)
      enter(&root);
    while (!path.empty()) {
      Info &info = infos[path.back().first];
      if (path.back().second == info.callees.size()) {
        finish(info);
        path.pop_back();
        continue;
      }
      const auto *callee = info.callees[path.back().second++];
      if (infos[callee].state == Info::New) {
        enter(callee);
      } else if (infos[callee].state == Info::Open) {
        std::string names;
        bool on = false;
        for (auto &step : path) {
          on |= step.first == callee;
          if (on && names.size() < 500)
            names += quoted(step.first->name()) + " calls ";
        }
        error("recursive function: " + names + quoted(callee->name()));
        return;
      }
    }
  }
  Info whole;
  collect(proto.graph().node(), whole);
  finish(whole);
  if (whole.depth > kMaxCallDepth)
    error("functions call each other " + Twine(whole.depth) + " levels deep; the limit is " +
              Twine(kMaxCallDepth),
          {}, ErrorClass::Unsupported);
  if (whole.size > kMaxExpandedNodes)
    error("the graph has more than " + Twine(kMaxExpandedNodes) +
              " nodes when its functions are expanded",
          {}, ErrorClass::Resource);
}

//===----------------------------------------------------------------------===//
// Graphs
//===----------------------------------------------------------------------===//

void Validator::graphTypes(const onnx::GraphProto &graph) {
  for (const auto &input : graph.input()) {
    if (!input.type().has_tensor_type())
      continue; // the importer says which kinds it takes
    const auto &type = input.type().tensor_type();
    std::string name = "input " + quoted(input.name());
    if (!elementBits(type.elem_type()) && type.elem_type() != onnx::TensorProto::STRING)
      error(name + " has no element type (elem_type = " + Twine(type.elem_type()) + ")");
    SmallVector<int64_t> known;
    for (const auto &dim : type.shape().dim())
      known.push_back(dim.has_dim_value() && dim.dim_value() >= 0 ? dim.dim_value() : 1);
    std::string why;
    if (!checkedByteSize(known, elementBits(type.elem_type()), why))
      error(name + ": " + why);
  }
}

std::string Validator::tensor(const onnx::TensorProto &tensor, ErrorClass &c) {
  TensorReader::Error e;
  if (model.tensors->read(tensor, e))
    return {};
  c = e.errorClass;
  return e.message;
}

StringSet<> Validator::graph(const onnx::GraphProto &graph, const Scope *outer) {
  Scope scope;
  scope.outer = outer;
  for (const auto &input : graph.input()) {
    if (input.name().empty())
      error("a graph input has no name");
    else if (!scope.producers.try_emplace(input.name(), -1).second)
      error("input " + quoted(input.name()) + " is declared twice");
  }
  StringSet<> initializers;
  for (const auto &initializer : graph.initializer()) {
    std::string name = "initialiser " + quoted(initializer.name());
    if (initializer.name().empty())
      error("an initialiser has no name");
    else if (!initializers.insert(initializer.name()).second)
      error(name + " is declared twice");
    scope.producers.try_emplace(initializer.name(),
                                -1); // may also be an input: then it is its default
    ErrorClass c;
    std::string why = tensor(initializer, c);
    if (!why.empty())
      error(name + ": " + why, {}, c);
  }
  for (const auto &initializer : graph.sparse_initializer()) {
    scope.producers.try_emplace(initializer.values().name(), -1);
    error("sparse initialiser " + quoted(initializer.values().name()) + " is not supported", {},
          ErrorClass::Unsupported);
  }
  StringSet<> captured = nodes(graph.node(), scope);
  for (const auto &output : graph.output()) {
    if (scope.producers.count(output.name()))
      continue;
    if (outer && outer->knows(output.name()))
      captured.insert(output.name());
    else
      error("output " + quoted(output.name()) + " is never produced");
  }
  return captured;
}

/// Checks the nodes and finds their order; returns the names that come from graphs around this one.
StringSet<> Validator::nodes(const NodeList &list, Scope &scope) {
  for (int i = 0; i < list.size(); ++i)
    for (const auto &output : list[i].output()) {
      if (output.empty())
        continue; // an optional output that is not wanted
      auto [it, fresh] = scope.producers.try_emplace(output, i);
      if (!fresh && it->second >= 0)
        nodeError(list[i], i,
                  "output " + quoted(output) + " is already produced by node '" +
                      nodeLabel(list[it->second], it->second) + "'");
      else if (!fresh)
        nodeError(list[i], i, "output " + quoted(output) + " is also an input or an initialiser");
    }

  StringSet<> captured;
  std::vector<std::vector<int>> uses(list.size());
  bool sorted = true;
  for (int i = 0; i < list.size(); ++i) {
    const onnx::NodeProto &node = list[i];
    if (node.op_type().empty())
      nodeError(node, i, "the node has no op_type");
    auto use = [&](StringRef name) {
      auto it = scope.producers.find(name);
      if (it == scope.producers.end()) {
        captured.insert(name);
      } else if (it->second >= 0) {
        uses[i].push_back(it->second);
        sorted &= it->second < i;
      }
    };
    for (const auto &input : node.input()) {
      if (input.empty())
        continue; // an optional input that is not given
      if (scope.knows(input))
        use(input);
      else
        nodeError(node, i,
                  "input " + quoted(input) +
                      " is not a graph input, an initialiser or the output of a node");
    }
    StringSet<> names;
    for (const auto &attr : node.attribute()) {
      if (!names.insert(attr.name()).second)
        nodeError(node, i, "attribute " + quoted(attr.name()) + " is given twice");
      attribute(node, i, attr);
      if (attr.has_g())
        for (const auto &entry : graph(attr.g(), &scope))
          use(entry.getKey());
      for (const auto &g : attr.graphs())
        for (const auto &entry : graph(g, &scope))
          use(entry.getKey());
    }
  }
  if (!sorted)
    sort(list, uses);
  return captured;
}

/// A stable topological order, or an error that names a cycle.
void Validator::sort(const NodeList &list, const std::vector<std::vector<int>> &uses) {
  size_t count = uses.size();
  std::vector<int> missing(count, 0), order;
  std::vector<std::vector<int>> users(count);
  for (size_t i = 0; i < count; ++i)
    for (int producer : uses[i]) {
      users[producer].push_back(static_cast<int>(i));
      ++missing[i];
    }
  std::priority_queue<int, std::vector<int>, std::greater<int>> ready;
  for (size_t i = 0; i < count; ++i)
    if (!missing[i])
      ready.push(static_cast<int>(i));
  while (!ready.empty()) {
    int i = ready.top();
    ready.pop();
    order.push_back(i);
    for (int user : users[i])
      if (--missing[user] == 0)
        ready.push(user);
  }
  if (order.size() == count) {
    model.order[&list] = std::move(order);
    return;
  }
  // Walk back from a node that never became ready: some producer of it never did either, so the
  // walk must meet itself.
  int at = 0;
  while (!missing[at])
    ++at;
  std::vector<int> path;
  std::vector<bool> seen(count, false);
  while (!seen[at]) {
    seen[at] = true;
    path.push_back(at);
    at = *llvm::find_if(uses[at], [&](int producer) { return missing[producer] > 0; });
  }
  path.erase(path.begin(), llvm::find(path, at));
  std::reverse(path.begin(), path.end()); // in the direction of the data
  std::rotate(path.begin(), std::min_element(path.begin(), path.end()), path.end());
  std::string names;
  constexpr size_t maxNames = 10;
  for (size_t i = 0; i < path.size() && i < maxNames; ++i)
    names += (i ? ", " : "") + nodeLabel(list[path[i]], path[i]);
  if (path.size() > maxNames)
    names += " and " + std::to_string(path.size() - maxNames) + " more";
  nodeError(list[path[0]], path[0], "the graph has a cycle through " + names);
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

void Validator::attribute(const onnx::NodeProto &node, int index, const AttributeProto &attribute) {
  std::string name = "attribute " + quoted(attribute.name());
  if (attribute.name().empty())
    return nodeError(node, index, "an attribute has no name");
  if (!attribute.ref_attr_name().empty()) {
    if (!inFunction)
      nodeError(node, index, name + " refers to a function's attribute outside a function");
    return;
  }
  // What is stored must be what the type says; scalars default to 0 and lists to empty in protobuf.
  bool agrees = true;
  switch (attribute.type()) {
  case AttributeProto::TENSOR:
    agrees = attribute.has_t();
    break;
  case AttributeProto::GRAPH:
    agrees = attribute.has_g();
    break;
  case AttributeProto::SPARSE_TENSOR:
    agrees = attribute.has_sparse_tensor();
    break;
  case AttributeProto::TYPE_PROTO:
    agrees = attribute.has_tp();
    break;
  case AttributeProto::UNDEFINED:
    return nodeError(node, index, name + " has no type");
  case AttributeProto::FLOAT:
    agrees = !attribute.has_i() && !attribute.has_s();
    break;
  case AttributeProto::INT:
    agrees = !attribute.has_f() && !attribute.has_s();
    break;
  case AttributeProto::STRING:
    agrees = !attribute.has_f() && !attribute.has_i();
    break;
  default:
    break;
  }
  if (attribute.has_g() && attribute.type() != AttributeProto::GRAPH)
    agrees = false;
  if (!agrees)
    return nodeError(node, index, name + " does not hold what its type says");

  auto check = [&](const onnx::TensorProto &t) {
    ErrorClass c;
    std::string why = tensor(t, c);
    if (!why.empty())
      nodeError(node, index, name + ": the tensor " + why, c);
  };
  if (attribute.has_t())
    check(attribute.t());
  for (const auto &t : attribute.tensors())
    check(t);
}

} // namespace

mlir::LogicalResult validateModel(ModelFile &model, Diagnostics &diags) {
  return Validator(model, diags).run();
}

} // namespace dlc
