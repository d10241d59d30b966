// Control flow: If, Loop, Scan.
#include "compiler/import/graph_importer.h"
#include "compiler/import/loop.h"
#include "compiler/import/registry.h"
#include "compiler/import/shape_math.h"

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {
namespace {

/// A scalar from a tensor of one element.
Value scalarInput(NodeContext &n, Value value, StringRef name) {
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getRank() > 1 || (type.hasStaticShape() && type.getNumElements() != 1)) {
    (void)n.error(name + " must be a scalar, not " + nn::printType(type));
    return {};
  }
  return n.reshape(value, ArrayRef<Dim>{});
}

/// Dimensions that two types agree on; others become new symbols. Null where ranks or element types
/// differ.
Type join(NodeContext &n, Type a, Type b, llvm::function_ref<bool(const Dim &)> isOuter) {
  SmallVector<Dim> x = nn::dimsOf(a), y = nn::dimsOf(b);
  Type element = getElementTypeOrSelf(a);
  if (x.size() != y.size() || element != getElementTypeOrSelf(b))
    return {};
  for (size_t i = 0; i < x.size(); ++i)
    if (x[i] != y[i] || !isOuter(x[i]))
      x[i] = n.freshSymbol();
  return nn::tensorOf(x, element);
}

//===----------------------------------------------------------------------===//
// If
//===----------------------------------------------------------------------===//

LogicalResult buildIf(NodeContext &n) {
  const onnx::GraphProto *thenGraph = n.graphAttr("then_branch"),
                         *elseGraph = n.graphAttr("else_branch");
  if (!thenGraph || !elseGraph)
    return n.error("attribute 'then_branch' or 'else_branch' is missing");
  if (!n.elementType(0).isInteger(1))
    return n.error("cond must be a boolean");
  Value condition = scalarInput(n, n.input(0), "cond");
  if (!n.ok())
    return failure();
  if (std::optional<nn::ShapeValue> known = n.elements(condition))
    if (std::optional<int64_t> value = (*known)[0].constant()) {
      FailureOr<SmallVector<Value>> results =
          n.inlineSubgraph(*value ? *thenGraph : *elseGraph, {});
      if (failed(results))
        return failure();
      if (results->size() < n.numOutputs())
        return n.error("the branch gives fewer values than the node has outputs");
      results->resize(n.numOutputs());
      return n.results(*results);
    }

  SymbolScope outer = n.symbolScope();
  Region thenRegion, elseRegion;
  if (failed(n.importSubgraph(*thenGraph, thenRegion, {})) ||
      failed(n.importSubgraph(*elseGraph, elseRegion, {})))
    return failure();
  auto thenValues = thenRegion.front().getTerminator()->getOperands(),
       elseValues = elseRegion.front().getTerminator()->getOperands();
  if (thenValues.size() != elseValues.size() || thenValues.size() < n.numOutputs())
    return n.error("the branches give " + Twine(thenValues.size()) + " and " +
                   Twine(elseValues.size()) + " values for " + Twine(n.numOutputs()) + " outputs");
  SmallVector<Type> types;
  for (auto [a, b] : llvm::zip_equal(thenValues, elseValues)) {
    types.push_back(
        join(n, a.getType(), b.getType(), [&](const Dim &dim) { return n.isOuter(dim, outer); }));
    if (!types.back())
      return n.unsupported("the branches give " + nn::printType(a.getType()) + " and " +
                           nn::printType(b.getType()) + ": their ranks or element types differ");
  }
  auto op = nn::IfOp::create(n.builder(), n.loc(), types, condition);
  op.getThenRegion().takeBody(thenRegion);
  op.getElseRegion().takeBody(elseRegion);
  SmallVector<Value> results(op.getResults());
  results.resize(n.numOutputs());
  return n.results(results);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

LogicalResult buildLoop(NodeContext &n) {
  const onnx::GraphProto *graph = n.graphAttr("body");
  if (!graph)
    return n.error("attribute 'body' is missing");
  LoopSpec spec;
  ShapeMath m{n};
  spec.bounded = n.hasInput(0);
  spec.limit = spec.bounded ? m.i64(scalarInput(n, n.input(0), "M")) : m.number(INT64_MAX);
  spec.condition = n.hasInput(1) ? scalarInput(n, n.input(1), "cond") : boolean(n, true);
  if (!n.ok())
    return failure();
  if (std::optional<SmallVector<int64_t>> limit = n.constantInts(spec.limit);
      limit && (*limit)[0] > INT32_MAX)
    spec.bounded = false; // exporters write the largest number for "without end"
  if (spec.bounded) {
    FailureOr<nn::ShapeValue> bound = n.elementsOrBind(m.max(spec.limit, m.number(0)));
    if (failed(bound))
      return failure();
    spec.count = (*bound)[0];
  }
  for (unsigned i = 2; i < n.numInputs(); ++i) {
    if (!n.hasInput(i))
      return n.error("a state of the loop is missing");
    spec.states.push_back(n.input(i));
  }
  int64_t outputs = graph->output_size() - 1, states = spec.states.size();
  if (outputs < states || graph->input_size() != states + 2)
    return n.error("the body takes " + Twine(graph->input_size()) + " values and gives " +
                   Twine(graph->output_size()) + " for " + Twine(states) + " states");
  spec.stacked = outputs - states;
  // Inside, the condition holds; said as a constant, bodies that hand it on are counted loops.
  spec.body = [&](Value iteration, ArrayRef<Value> states) {
    SmallVector<Value> arguments = {iteration, boolean(n, true)};
    llvm::append_range(arguments, states);
    FailureOr<SmallVector<Value>> values = n.inlineSubgraph(*graph, arguments);
    if (succeeded(values) && !values->empty())
      (*values)[0] = scalarInput(n, (*values)[0], "the body's condition");
    return n.ok() ? values : FailureOr<SmallVector<Value>>(failure());
  };
  FailureOr<SmallVector<Value>> results = buildLoopOp(n, spec);
  if (failed(results))
    return failure();
  if (results->size() < n.numOutputs())
    return n.error("the body gives fewer values than the node has outputs");
  results->resize(n.numOutputs());
  return n.results(*results);
}

//===----------------------------------------------------------------------===//
// Scan
//===----------------------------------------------------------------------===//

/// Attribute with one entry for each of `count` values; `otherwise` where it is absent.
FailureOr<SmallVector<int64_t>> listAttr(NodeContext &n, StringRef name, size_t count) {
  SmallVector<int64_t> list = n.intsAttr(name).value_or(SmallVector<int64_t>(count, 0));
  if (list.size() != count)
    return n.error("attribute '" + name + "' must have " + Twine(count) + " entries");
  return list;
}

LogicalResult buildScan(NodeContext &n) {
  const onnx::GraphProto *graph = n.graphAttr("body");
  int64_t scanned = n.requiredInt("num_scan_inputs"), states = int64_t(n.numInputs()) - scanned;
  if (!graph || !n.ok())
    return n.error("attribute 'body' is missing");
  int64_t outputs = int64_t(graph->output_size()) - states;
  if (scanned < 1 || states < 0 || outputs < 0 || graph->input_size() != int(n.numInputs()))
    return n.error("the body takes " + Twine(graph->input_size()) + " values and gives " +
                   Twine(graph->output_size()) + " for " + Twine(n.numInputs()) + " inputs");
  FailureOr<SmallVector<int64_t>> inAxes = listAttr(n, "scan_input_axes", scanned),
                                  inBackwards = listAttr(n, "scan_input_directions", scanned),
                                  outAxes = listAttr(n, "scan_output_axes", outputs),
                                  outBackwards = listAttr(n, "scan_output_directions", outputs);
  if (failed(inAxes) || failed(inBackwards) || failed(outAxes) || failed(outBackwards))
    return failure();

  ShapeMath m{n};
  LoopSpec spec;
  std::optional<Dim> count;
  for (int64_t i = 0; i < scanned; ++i) {
    unsigned input = states + i;
    int64_t &axis = (*inAxes)[i];
    axis = n.normalizeAxis(axis, n.rank(input), "scan_input_axes");
    if (!n.ok())
      return failure();
    Dim size = n.shape(input)[axis];
    std::optional<Dim> joined = count ? nn::broadcastDim(*count, size) : size;
    if (!joined || (count && count->constant() && size.constant() && *count != size))
      return n.error("the scanned inputs have " + count->str() + " and " + size.str() + " steps");
    count = joined;
  }
  spec.bounded = true;
  spec.count = *count;
  spec.limit = n.dimsTensor({*count}, {}, n.builder().getI64Type());
  spec.condition = boolean(n, true);
  for (int64_t i = 0; i < states; ++i)
    spec.states.push_back(n.input(i));
  spec.stacked = outputs;
  spec.body = [&](Value iteration, ArrayRef<Value> states) -> FailureOr<SmallVector<Value>> {
    SmallVector<Value> arguments(states);
    for (int64_t i = 0; i < scanned; ++i) {
      Value at = iteration;
      if ((*inBackwards)[i])
        at = m.sub(m.sub(spec.limit, m.number(1)), iteration);
      arguments.push_back(n.gather(n.input(states.size() + i), at, (*inAxes)[i]));
    }
    if (!n.ok())
      return failure();
    FailureOr<SmallVector<Value>> values = n.inlineSubgraph(*graph, arguments);
    if (failed(values))
      return failure();
    values->insert(values->begin(), boolean(n, true));
    return values;
  };
  FailureOr<SmallVector<Value>> results = buildLoopOp(n, spec);
  if (failed(results))
    return failure();
  for (int64_t i = 0; i < outputs; ++i) {
    Value &value = (*results)[states + i];
    SmallVector<Dim> dims = nn::dimsOf(value.getType()), offsets(dims.size(), Dim(0));
    int64_t rank = dims.size(), axis = n.normalizeAxis((*outAxes)[i], rank, "scan_output_axes");
    if (!n.ok())
      return failure();
    if ((*outBackwards)[i]) {
      SmallVector<int64_t> strides(rank, 1);
      strides[0] = -1;
      offsets[0] = nonNegative(dims[0] - Dim(1));
      value = n.slice(value, offsets, dims, strides);
    }
    if (axis != 0) {
      SmallVector<int64_t> permutation = llvm::to_vector(llvm::seq<int64_t>(1, rank));
      permutation.insert(permutation.begin() + axis, 0);
      value = n.transpose(value, permutation);
    }
  }
  results->resize(std::max<size_t>(results->size(), n.numOutputs()));
  results->resize(n.numOutputs());
  return n.results(*results);
}

LogicalResult buildLegacyScan(NodeContext &n) {
  return n.unsupported("Scan of opset 8 (with a batch dimension) is not supported",
                       "convert the model to opset 9 or newer");
}

} // namespace

ArrayRef<OpRow> controlRows() {
  static const OpRow rows[] = {
      {"", "If", 1, buildIf, "cond", "outputs*"},
      {"", "Loop", 1, buildLoop, "M? cond? v_initial*", "v_final_and_scan_outputs*"},
      {"", "Scan", 8, buildLegacyScan, "sequence_lens? initial_state_and_scan_inputs*",
       "final_state_and_scan_outputs*"},
      {"", "Scan", 9, buildScan, "initial_state_and_scan_inputs+", "final_state_and_scan_outputs+"},
  };
  return rows;
}

} // namespace dlc
