// Structured operations: parallel loops become Vars, reductions an RDom, maps index expressions,
// the body an Expr.
#include "compiler/codegen/halide/scalar.h"
#include "compiler/codegen/halide/translator.h"

#include <algorithm>
#include <utility>

using namespace Halide;
using namespace dlc::halide;

Expr Translator::affine(const Affine &expr, const Exprs &loops) {
  if (expr.kind == Affine::Dim)
    return loops[expr.value];
  if (expr.kind == Affine::Constant)
    return Expr(int32_t(expr.value));
  Expr a = affine(expr.operands[0], loops), b = affine(expr.operands[1], loops);
  switch (expr.kind) {
  case Affine::Add:
    return a + b;
  case Affine::Mul:
    return a * b;
  case Affine::FloorDiv: // Halide's division rounds down for positive divisors, which maps have
    return a / b;
  case Affine::CeilDiv:
    return (a + b - 1) / b;
  default:
    return a % b;
  }
}

Exprs Translator::indicesOf(const std::vector<Affine> &map, const Exprs &loops) {
  Exprs indices;
  for (const Affine &expr : map)
    indices.push_back(affine(expr, loops));
  return indices;
}

Exprs Translator::loopRanges(const Node &node) {
  Exprs result;
  for (const LoopRange &range : node.ranges) {
    if (range.operand < 0) {
      result.push_back(Expr(int32_t(range.value)));
      continue;
    }
    auto found = tensors.find(node.operands[range.operand]);
    if (found == tensors.end())
      throw Unsupported("a loop range of a value that is no tensor");
    result.push_back(found->second.extents[range.dim]);
  }
  return result;
}

std::vector<int> Translator::resultLoops(const Node &node) const {
  std::vector<int> loops;
  const std::vector<Affine> &map = node.maps[node.inputs];
  for (size_t k = node.inputs + 1; k < node.maps.size(); ++k)
    for (size_t d = 0; d < std::max(map.size(), node.maps[k].size()); ++d)
      if (map.size() != node.maps[k].size() || map[d].kind != node.maps[k][d].kind ||
          map[d].value != node.maps[k][d].value)
        throw Unsupported("an operation whose results have different maps");
  std::vector<bool> used(node.ranges.size());
  for (const Affine &expr : map) {
    bool dim = expr.kind == Affine::Dim;
    if (dim ? used[expr.value] || node.reduction[expr.value]
            : expr.kind != Affine::Constant || expr.value != 0)
      throw Unsupported("a result map that is not a permutation of the parallel loops");
    loops.push_back(dim ? int(expr.value) : -1);
    if (dim)
      used[expr.value] = true;
  }
  for (size_t loop = 0; loop < used.size(); ++loop)
    if (!used[loop] && !node.reduction[loop])
      throw Unsupported("a parallel loop that the result map lacks");
  return loops;
}

/// Whether the body is computed with plain operators: fused multiply-add, which strict arithmetic
/// is not. Sums of integers are the same in any order.
bool Translator::isRelaxed(const Node &node) const {
  bool hasFloats =
      std::any_of(node.resultElements.begin(), node.resultElements.end(), dlc::halide::isFloat);
  if (options.precise && hasFloats)
    return false;
  if (node.role == Role::Contraction || node.role == Role::Depthwise)
    return true;
  // The transforms of a Winograd kernel are sums with five or six loops; its epilogue has fewer.
  if (program.schedule.kind != Template::Winograd || node.ranges.size() < 5)
    return false;
  for (const ScalarOp &op : node.body.operations)
    if (op.name != "arith.addf" && op.name != "arith.subf" && op.name != "arith.mulf" &&
        op.name != "arith.select" && op.name != "arith.cmpi" && op.name != "index" &&
        op.name != "constant")
      return false;
  return node.body.operations.size() > 4;
}

/// The body at one point of the loops.
std::vector<Scalar> Translator::evaluate(const Node &node, const Exprs &loops,
                                         const std::vector<Scalar> &accumulators) {
  ScalarBuilder builder(*this, /*body=*/true, loops);
  builder.relaxed = isRelaxed(node);
  bool outer = std::exchange(laundering, !builder.relaxed);
  for (size_t k = 0; k < node.operands.size(); ++k) {
    if (k >= size_t(node.inputs)) {
      builder.set(node.body.arguments[k], accumulators[k - node.inputs]);
      continue;
    }
    auto tensor = tensors.find(node.operands[k]);
    if (tensor == tensors.end()) {
      builder.set(node.body.arguments[k], builder.get(node.operands[k]));
      continue;
    }
    // The element is read only where the body uses it: a pooling window is a tensor without values.
    bool used = false;
    for (const ScalarOp &op : node.body.operations)
      used |= std::count(op.operands.begin(), op.operands.end(), node.body.arguments[k]) != 0;
    used |=
        std::count(node.body.yields.begin(), node.body.yields.end(), node.body.arguments[k]) != 0;
    if (!used)
      continue;
    if (std::optional<Pieces> pieces = piecesOf(node, k)) {
      builder.set(node.body.arguments[k],
                  {readPieces(node, k, *pieces, loops), tensor->second.type});
      continue;
    }
    builder.set(node.body.arguments[k],
                {tensor->second.at(indicesOf(node.maps[k], loops)), tensor->second.type});
  }
  laundering = outer;
  builder.run(node.body.operations);
  std::vector<Scalar> results;
  for (ValueId yield : node.body.yields)
    results.push_back(builder.get(yield));
  return results;
}

static int64_t constantOr(const Expr &expr, int64_t other) {
  return Internal::as_const_int(expr).value_or(other);
}

/// Few taps are best written out as one expression: then the window slides in registers.
bool Translator::reducesInline(const Node &node, const Exprs &loopExtents) const {
  if (program.schedule.kind != Template::Window ||
      (node.role != Role::Depthwise && node.role != Role::Window))
    return false;
  int64_t taps = 1;
  for (size_t loop = 0; loop < node.reduction.size(); ++loop)
    if (node.reduction[loop])
      taps *= std::min<int64_t>(constantOr(loopExtents[loop], 1000), 1000);
  return taps <= 32;
}

/// Whether the node folds the lanes of a vector by one operation that does not mind in which order.
static bool foldsLanes(const Node &node, const Exprs &loopExtents) {
  if (node.inputs != 1 || node.results.size() != 1 || node.body.operations.size() != 1 ||
      std::count(node.reduction.begin(), node.reduction.end(), true) != 1)
    return false;
  const ScalarOp &op = node.body.operations[0];
  bool isKnown = op.name == "arith.addf" || op.name == "arith.mulf" ||
                 op.name == "arith.maximumf" || op.name == "arith.minimumf";
  std::vector<ValueId> operands = op.operands, arguments = node.body.arguments;
  std::sort(operands.begin(), operands.end());
  std::sort(arguments.begin(), arguments.end());
  size_t loop =
      std::find(node.reduction.begin(), node.reduction.end(), true) - node.reduction.begin();
  int64_t lanes = constantOr(loopExtents[loop], 0);
  const std::vector<Affine> &map = node.maps[0];
  bool isInnermost =
      !map.empty() && map.back().kind == Affine::Dim && map.back().value == int64_t(loop);
  return isKnown && isInnermost && operands == arguments && node.body.yields[0] == op.result &&
         lanes > 1 && lanes <= 16;
}

/// The lanes combined two by two, and then with the init, so that none waits for all others.
Scalar Translator::foldLanes(const Node &node, Exprs loops, int loop, int64_t lanes, Scalar init) {
  auto combine = [&](const Scalar &a, const Scalar &b) {
    ScalarBuilder builder(*this, /*body=*/true, loops);
    builder.set(node.body.arguments[0], b);
    builder.set(node.body.arguments[1], a);
    builder.run(node.body.operations);
    return builder.get(node.body.yields[0]);
  };
  const Tensor &source = tensors.at(node.operands[0]);
  std::vector<Scalar> values;
  for (int64_t lane = 0; lane < lanes; ++lane) {
    loops[loop] = Expr(int32_t(lane));
    values.push_back({source.at(indicesOf(node.maps[0], loops)), source.type});
  }
  while (values.size() > 1) {
    // The last one of an odd number waits.
    size_t half = (values.size() + 1) / 2;
    for (size_t i = 0; i + half < values.size(); ++i)
      values[i] = combine(values[i], values[i + half]);
    values.resize(half);
  }
  return combine(init, values[0]);
}

static int bodyCost(const Node &node, bool &heavy) {
  for (const ScalarOp &op : node.body.operations)
    heavy |= isHeavyScalarOp(op.name);
  return int(node.body.operations.size());
}

/// Whether a reduction variable occurs in `value`.
static bool usesDomain(const Expr &value) {
  struct Finder : Internal::IRGraphVisitor {
    using IRGraphVisitor::visit;
    void visit(const Internal::Variable *variable) override {
      found = found || variable->reduction_domain.defined();
    }
    bool found = false;
  } finder;
  value.accept(&finder);
  return finder.found;
}

void Translator::structured(const Node &node) {
  Exprs extents = loopRanges(node);
  std::vector<int> order = resultLoops(node);
  size_t results = node.results.size();

  Stage stage;
  stage.func = Func(newName("f"));
  stage.node = &node;
  stage.role = node.role;
  stage.cost = bodyCost(node, stage.heavy);
  for (int k = 0; k < node.inputs; ++k)
    stage.pieces |= piecesOf(node, size_t(k)).has_value();
  Exprs loops(extents.size()), outIndices, outExtents;
  for (int loop : order) {
    if (loop < 0) {
      outIndices.push_back(0);
      outExtents.push_back(1);
      continue;
    }
    Var var = newVar(extents[loop]);
    loops[loop] = var;
    outIndices.push_back(var);
    outExtents.push_back(extents[loop]);
    stage.vars.insert(stage.vars.begin(), var);
    stage.extents.insert(stage.extents.begin(), constantOr(extents[loop], -1));
  }
  Region domain;
  std::vector<int> reductionLoops; // innermost first
  for (int loop = int(extents.size()) - 1; loop >= 0; --loop)
    if (node.reduction[loop]) {
      reductionLoops.push_back(loop);
      domain.push_back(Range(0, extents[loop]));
    }

  auto inits = [&] {
    std::vector<Scalar> values;
    for (size_t k = 0; k < results; ++k) {
      ValueId init = node.operands[node.inputs + k];
      auto tensor = tensors.find(init);
      if (tensor == tensors.end())
        throw Unsupported("an init that is no tensor");
      values.push_back({tensor->second.at(outIndices), tensor->second.type});
    }
    return values;
  };
  auto define = [&](const std::vector<Scalar> &values) {
    if (results == 1) {
      stage.func(stage.vars) = values[0].value;
      return;
    }
    Exprs tuple;
    for (const Scalar &value : values)
      tuple.push_back(value.value);
    stage.func(stage.vars) = Tuple(tuple);
  };

  recordReads(stage, [&] {
    if (domain.empty()) {
      define(evaluate(node, loops, inits()));
      return;
    }
    if (reducesInline(node, extents)) {
      std::vector<Scalar> values = inits();
      int64_t points = 1;
      for (const Range &range : domain)
        points *= constantOr(range.extent, 1);
      for (int64_t point = 0; point < points; ++point) {
        int64_t rest = point;
        for (size_t r = 0; r < domain.size(); ++r) {
          int64_t extent = constantOr(domain[r].extent, 1);
          loops[reductionLoops[r]] = Expr(int32_t(rest % extent));
          rest /= extent;
        }
        values = evaluate(node, loops, values);
      }
      stage.cost *= int(points);
      define(values);
      return;
    }
    if (program.schedule.kind == Template::Rowwise && foldsLanes(node, extents)) {
      int loop = reductionLoops[0];
      int64_t lanes = constantOr(extents[loop], 1);
      define({foldLanes(node, loops, loop, lanes, inits()[0])});
      stage.cost *= int(lanes);
      return;
    }
    define(inits());
    RDom reduction(domain, newName("r"));
    for (size_t r = 0; r < domain.size(); ++r) {
      loops[reductionLoops[r]] = reduction[int(r)];
      stage.rvars.push_back(reduction[int(r)]);
      stage.ranges.push_back(constantOr(domain[r].extent, -1));
      ranges.push(RVar(reduction[int(r)]).name(),
                  Internal::Interval(0, Internal::simplify(domain[r].extent - 1)));
    }
    std::vector<Scalar> accumulators;
    for (size_t k = 0; k < results; ++k)
      accumulators.push_back(
          {results == 1 ? Expr(stage.func(stage.vars)) : Expr(stage.func(stage.vars)[int(k)]),
           node.resultElements[k]});
    std::vector<Scalar> values = evaluate(node, loops, accumulators);
    if (results == 1) {
      // A body that never mentions the domain must still run over it.
      if (!usesDomain(values[0].value))
        values[0].value = select(reduction[0] >= 0, values[0].value, accumulators[0].value);
    } else {
      // Halide stores the results one by one unless it sees that they depend on each other, and it
      // does not look into the operands of calls, such as strict arithmetic: show it. Bit 1 of a
      // square is 0, which LLVM knows and Halide does not.
      Expr always = ((reduction[0] * reduction[0]) & 2) == 0;
      Expr unused = cast<int32_t>(accumulators[0].value);
      for (size_t k = 1; k < results; ++k)
        unused = unused + cast<int32_t>(accumulators[k].value);
      for (size_t k = 0; k < results; ++k)
        values[k].value = select(always, values[k].value, cast(values[k].value.type(), unused));
    }
    define(values);
  });

  bool relaxed = isRelaxed(node);
  int index = addStage(std::move(stage));
  for (size_t k = 0; k < results; ++k) {
    Tensor tensor = readStage(index, node.resultElements[k], outExtents, int(k));
    auto read = tensor.at;
    tensor.at = [this, read, order, relaxed](const Exprs &indices) {
      Exprs kept;
      for (size_t d = 0; d < order.size(); ++d)
        if (order[d] >= 0)
          kept.push_back(indices[d]);
      Expr value = read(kept);
      return relaxed && laundering && value.type().is_float() ? launder(value) : value;
    };
    tensors[node.results[k]] = tensor;
  }
}

void Translator::generate(const Node &node) {
  Stage stage;
  stage.func = Func(newName("g"));
  stage.node = &node;
  stage.cost = bodyCost(node, stage.heavy);
  Exprs extents = resultExtents(node, {}), loops;
  for (const Expr &extent : extents) {
    Var var = newVar(extent);
    loops.push_back(var);
    stage.vars.insert(stage.vars.begin(), var);
    stage.extents.insert(stage.extents.begin(), constantOr(extent, -1));
  }
  recordReads(stage, [&] {
    ScalarBuilder builder(*this, /*body=*/true, loops);
    for (size_t i = 0; i < loops.size(); ++i)
      builder.set(node.body.arguments[i], {cast<int64_t>(loops[i]), ElementType::Index});
    builder.run(node.body.operations);
    stage.func(stage.vars) = builder.get(node.body.yields[0]).value;
  });
  int index = addStage(std::move(stage));
  tensors[node.results[0]] = readStage(index, node.element, extents, 0);
}

/// `likely` lets Halide run the interior without the test.
void Translator::pad(const Node &node) {
  const Tensor source = tensors.at(node.operands[0]);
  Exprs low = sizeExprs(node.offsets), high = sizeExprs(node.sizes), extents;
  for (size_t i = 0; i < low.size(); ++i)
    extents.push_back(source.extents[i] + low[i] + high[i]);
  extents = resultExtents(node, extents);
  Stage stage;
  stage.func = Func(newName("pad"));
  stage.node = &node;
  stage.cost = 1;
  Exprs loops, indices;
  for (const Expr &extent : extents) {
    Var var = newVar(extent);
    loops.push_back(var);
    stage.vars.insert(stage.vars.begin(), var);
    stage.extents.insert(stage.extents.begin(), constantOr(extent, -1));
  }
  Exprs inside;
  for (size_t i = 0; i < low.size(); ++i) {
    Expr index = loops[i] - low[i];
    if (Internal::is_const_zero(Internal::simplify(low[i])) &&
        Internal::is_const_zero(Internal::simplify(high[i]))) {
      indices.push_back(loops[i]);
      continue;
    }
    inside.push_back(Internal::simplify(index >= 0 && index < source.extents[i]));
    indices.push_back(clamp(likely(index), 0, source.extents[i] - 1));
  }
  recordReads(stage, [&] {
    ScalarBuilder builder(*this, /*body=*/true, loops);
    for (size_t i = 0; i < loops.size(); ++i)
      builder.set(node.body.arguments[i], {cast<int64_t>(loops[i]), ElementType::Index});
    builder.run(node.body.operations);
    // A choice for each dimension. All conditions in one would be simplified: x >= 1 && y >= 1 is
    // min(x, y) >= 1, and the interior of a line would depend on the line.
    Expr value = source.at(indices), padding = builder.get(node.body.yields[0]).value;
    for (const Expr &condition : inside)
      value = select(condition, likely(value), padding);
    stage.func(stage.vars) = value;
  });
  int index = addStage(std::move(stage));
  tensors[node.results[0]] = readStage(index, node.element, extents, 0);
}
