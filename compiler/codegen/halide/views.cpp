// Tensors that are only another way to index: slices, reshapes, constants; and the copies that are
// selects.
#include "compiler/codegen/halide/translator.h"

#include <cstring>

using namespace Halide;
using namespace dlc::halide;

static std::vector<bool> allKept(const Node &node, size_t rank) {
  return node.kept.empty() ? std::vector<bool>(rank, true) : node.kept;
}

static bool isUnit(const Expr &extent) { return Internal::as_const_int(extent).value_or(0) == 1; }

void Translator::view(const Node &node) {
  Tensor result;
  result.type = node.element;
  if (node.kind == Node::Empty) {
    result.extents = resultExtents(node, {});
    Expr zero = constantScalar(node.element, 0, 0).value;
    result.at = [zero](const Exprs &) { return zero; };
    tensors[node.results[0]] = result;
    return;
  }
  const Tensor source = tensors.at(node.operands[0]);
  switch (node.kind) {
  case Node::Alias:
    result.extents = resultExtents(node, source.extents);
    result.at = source.at;
    break;
  case Node::Slice: {
    Exprs offsets = sizeExprs(node.offsets), sizes = sizeExprs(node.sizes),
          strides = sizeExprs(node.strides), kept;
    std::vector<bool> keep = allKept(node, sizes.size());
    for (size_t i = 0; i < sizes.size(); ++i)
      if (keep[i])
        kept.push_back(sizes[i]);
    result.extents = resultExtents(node, kept);
    result.at = [=](const Exprs &indices) {
      Exprs inner;
      size_t next = 0;
      for (size_t i = 0; i < sizes.size(); ++i)
        inner.push_back(keep[i] ? offsets[i] + indices[next++] * strides[i] : offsets[i]);
      return source.at(inner);
    };
    break;
  }
  case Node::Expand: {
    result.extents = resultExtents(node, {});
    auto groups = node.groups;
    Exprs extents = result.extents;
    result.at = [=](const Exprs &indices) {
      Exprs inner;
      for (const std::vector<int64_t> &group : groups) {
        Expr linear = 0;
        for (int64_t d : group)
          if (!isUnit(extents[d]))
            linear = linear * extents[d] + indices[d];
        inner.push_back(Internal::simplify(linear));
      }
      return source.at(inner);
    };
    break;
  }
  case Node::Collapse: {
    Exprs extents;
    for (const std::vector<int64_t> &group : node.groups) {
      Expr product = 1;
      for (int64_t d : group)
        product = product * source.extents[d];
      extents.push_back(product);
    }
    result.extents = resultExtents(node, extents);
    auto groups = node.groups;
    result.at = [=](const Exprs &indices) {
      // Units have the index 0; where nothing is left, no group names them.
      Exprs inner(source.extents.size(), Expr(0));
      for (size_t g = 0; g < groups.size(); ++g) {
        Expr rest = indices[g];
        std::vector<int64_t> proper;
        for (int64_t d : groups[g])
          if (!isUnit(source.extents[d]))
            proper.push_back(d);
        // The outermost of the group needs no remainder: Halide cannot see through it how large the
        // region is that a tile reads.
        for (size_t k = proper.size(); k-- > 1;) {
          Expr extent = source.extents[proper[k]];
          inner[proper[k]] = rest % extent;
          rest = rest / extent;
        }
        if (!proper.empty())
          inner[proper.front()] = rest;
      }
      return source.at(inner);
    };
    break;
  }
  default:
    throw Unsupported("a node without a translation");
  }
  tensors[node.results[0]] = result;
}

static Expr element(ElementType type, const char *data, size_t i) {
  auto as = [&](auto sample) {
    decltype(sample) value;
    std::memcpy(&value, data + i * sizeof(value), sizeof(value));
    return value;
  };
  switch (type) {
  case ElementType::I1:
  case ElementType::I8:
    return constantScalar(type, as(int8_t()), 0).value;
  case ElementType::I16:
    return constantScalar(type, as(int16_t()), 0).value;
  case ElementType::I32:
    return constantScalar(type, as(int32_t()), 0).value;
  case ElementType::I64:
  case ElementType::Index:
    return constantScalar(type, as(int64_t()), 0).value;
  case ElementType::F16:
    return constantScalar(type, 0, double(float(as(float16_t())))).value;
  case ElementType::BF16:
    return constantScalar(type, 0, double(float(as(bfloat16_t())))).value;
  case ElementType::F32:
    return constantScalar(type, 0, as(float())).value;
  case ElementType::F64:
    return constantScalar(type, 0, as(double())).value;
  }
  return Expr();
}

/// Row-major number of the element at `indices`.
static Expr linearIndex(const Exprs &extents, const Exprs &indices) {
  Expr linear = 0;
  for (size_t i = 0; i < extents.size(); ++i)
    linear = linear * extents[i] + indices[i];
  return Internal::simplify(linear);
}

void Translator::constant(const Node &node) {
  Tensor result;
  result.type = node.element;
  result.extents = resultExtents(node, {});
  if (node.kind == Node::FromElements) {
    Exprs values;
    for (ValueId operand : node.operands) {
      auto found = scalars.find(operand);
      if (found == scalars.end())
        throw Unsupported("tensor.from_elements of something that is no scalar");
      Expr value = found->second.value;
      // Scalars between tensors have 32-bit indices, elements 64-bit ones.
      values.push_back(cast(computeType(node.element), value));
    }
    Exprs extents = result.extents;
    result.at = [=](const Exprs &indices) {
      Expr value = values.back(), linear = linearIndex(extents, indices);
      for (size_t i = values.size() - 1; i-- > 0;)
        value = select(linear == int(i), values[i], value);
      return value;
    };
    tensors[node.results[0]] = result;
    return;
  }
  if (node.splat) {
    Expr value = element(node.element, node.data.data(), 0);
    result.at = [value](const Exprs &) { return value; };
    tensors[node.results[0]] = result;
    return;
  }
  std::vector<int> extents;
  for (auto it = result.extents.rbegin(); it != result.extents.rend(); ++it)
    extents.push_back(int(Internal::as_const_int(*it).value()));
  ElementType type = node.element;
  Buffer<> buffer(storageType(type), extents, newName("const"));
  std::memcpy(buffer.data(), node.data.data(), node.data.size());
  embedded.push_back(buffer);
  result.at = [buffer, type](const Exprs &indices) {
    Exprs reversed(indices.rbegin(), indices.rend());
    return fromStorage(type, buffer(reversed));
  };
  tensors[node.results[0]] = result;
}

void Translator::concat(const Node &node) {
  std::vector<Tensor> sources;
  Exprs starts, extents;
  Expr total = 0;
  for (ValueId operand : node.operands) {
    sources.push_back(tensors.at(operand));
    starts.push_back(Internal::simplify(total));
    total = total + sources.back().extents[node.dim];
  }
  extents = sources[0].extents;
  extents[node.dim] = total;
  extents = resultExtents(node, extents);
  Stage stage;
  stage.func = Func(newName("cat"));
  stage.node = &node;
  stage.cost = int(sources.size());
  Exprs loops;
  for (const Expr &extent : extents) {
    Var var = newVar(extent);
    loops.push_back(var);
    stage.vars.insert(stage.vars.begin(), var);
    stage.extents.insert(stage.extents.begin(), Internal::as_const_int(extent).value_or(-1));
  }
  recordReads(stage, [&] {
    Expr value;
    for (size_t k = sources.size(); k-- > 0;) {
      Exprs indices = loops;
      Expr index = loops[node.dim] - starts[k];
      if (sources.size() > 1)
        indices[node.dim] = clamp(likely(index), 0, sources[k].extents[node.dim] - 1);
      Expr read = sources[k].at(indices);
      value = value.defined() ? select(index < sources[k].extents[node.dim], read, value) : read;
    }
    stage.func(stage.vars) = value;
  });
  int index = addStage(std::move(stage));
  tensors[node.results[0]] = readStage(index, node.element, extents, 0);
}

void Translator::insert(const Node &node) {
  const Tensor source = tensors.at(node.operands[0]), destination = tensors.at(node.operands[1]);
  Exprs offsets = sizeExprs(node.offsets), sizes = sizeExprs(node.sizes),
        strides = sizeExprs(node.strides);
  std::vector<bool> keep = allKept(node, sizes.size());
  Stage stage;
  stage.func = Func(newName("ins"));
  stage.node = &node;
  stage.cost = 2;
  Exprs loops;
  for (const Expr &extent : destination.extents) {
    Var var = newVar(extent);
    loops.push_back(var);
    stage.vars.insert(stage.vars.begin(), var);
    stage.extents.insert(stage.extents.begin(), Internal::as_const_int(extent).value_or(-1));
  }
  Expr inside = Internal::const_true();
  Exprs indices;
  for (size_t i = 0; i < sizes.size(); ++i) {
    Expr distance = loops[i] - offsets[i], position = distance / strides[i];
    bool whole = Internal::can_prove(offsets[i] == 0 && sizes[i] == destination.extents[i] &&
                                     strides[i] == 1);
    if (!whole) {
      inside = inside && distance >= 0 && position < sizes[i];
      if (!Internal::is_const_one(strides[i]))
        inside = inside && distance % strides[i] == 0;
    }
    if (keep[i])
      indices.push_back(whole ? loops[i] : clamp(likely(position), 0, sizes[i] - 1));
  }
  recordReads(stage, [&] {
    stage.func(stage.vars) =
        select(Internal::simplify(inside), source.at(indices), destination.at(loops));
  });
  int index = addStage(std::move(stage));
  tensors[node.results[0]] = readStage(index, node.element, destination.extents, 0);
}
