// The kernel as a whole: parameters, sizes, the walk over the nodes, outputs.
#include "compiler/codegen/halide/translator.h"

using namespace Halide;
using namespace dlc::halide;

Translator::Translator(const Program &program, const EmitOptions &options)
    : program(program), options(options) {}

std::string Translator::newName(const std::string &hint) {
  return "dlc_" + hint + "_" + std::to_string(names++);
}

Var Translator::newVar(const Expr &extent) {
  Var var(newName("v"));
  ranges.push(var.name(), Internal::Interval(0, simplify(extent - 1)));
  return var;
}

Expr Translator::sizeExpr(const Size &size) {
  if (size.isStatic())
    return Expr(int32_t(size.value));
  auto found = scalars.find(size.scalar);
  if (found == scalars.end())
    throw Unsupported("a size that is not a scalar of the kernel");
  return Internal::simplify(cast<int32_t>(found->second.value));
}

Exprs Translator::sizeExprs(const std::vector<Size> &sizes) {
  Exprs result;
  for (const Size &size : sizes)
    result.push_back(sizeExpr(size));
  return result;
}

/// The static extents of the node's type where there are any, else what was computed.
Exprs Translator::resultExtents(const Node &node, const Exprs &computed) {
  Exprs result;
  for (size_t i = 0; i < node.shape.size(); ++i) {
    const Size &size = node.shape[i];
    bool known = !size.isStatic() || size.value >= 0;
    if (!known && i >= computed.size())
      throw Unsupported("a dynamic extent that follows from nothing");
    result.push_back(known ? sizeExpr(size) : Internal::simplify(computed[i]));
  }
  return result;
}

void Translator::recordReads(Stage &stage, const std::function<void()> &build) {
  std::map<int, int> reads;
  currentReads = &reads;
  build();
  currentReads = nullptr;
  for (auto [producer, count] : reads)
    stage.reads.emplace_back(producer, count);
}

void Translator::buffer(const Node &node) {
  const BufferArgument &argument = program.buffers[node.buffer];
  Tensor tensor;
  tensor.type = argument.element;
  tensor.extents = sizeExprs(argument.extents);
  ImageParam param = images[node.buffer];
  ElementType type = argument.element;
  tensor.at = [param, type](const Exprs &indices) {
    Exprs reversed(indices.rbegin(), indices.rend());
    return fromStorage(type, param(reversed));
  };
  tensors[node.results[0]] = tensor;
}

/// Extents and strides of a parameter, as far as they are known when compiling or follow from
/// sizes.
static void constrain(Parameter param, const BufferArgument &argument, const Exprs &extents) {
  int rank = int(extents.size());
  Expr running = 1;
  for (int d = 0; d < rank; ++d) {
    int i = rank - 1 - d;
    const Size &stride = argument.strides[i];
    param.set_min_constraint(d, 0);
    param.set_extent_constraint(d, extents[i]);
    if (stride.value == BufferArgument::dynamicStride)
      param.set_stride_constraint(d, Expr());
    else if (stride.value == 0 && !Internal::is_const(extents[i]))
      param.set_stride_constraint(d, Internal::simplify(running));
    else
      param.set_stride_constraint(d, stride.value == 0 ? Internal::simplify(running)
                                                       : Expr(int32_t(stride.value)));
    running = Internal::simplify(running * extents[i]);
  }
}

void Translator::output(int index) {
  const BufferArgument &argument = program.buffers[index];
  auto found = tensors.find(argument.value);
  if (found == tensors.end())
    throw Unsupported("a result that is not a tensor");
  const Tensor &tensor = found->second;
  Stage stage;
  stage.func = Func(newName("out"));
  stage.output = true;
  Exprs indices;
  std::vector<Var> vars;
  for (size_t i = 0; i < tensor.extents.size(); ++i) {
    Expr extent = sizeExpr(argument.extents[i]);
    vars.push_back(newVar(extent));
    indices.push_back(vars.back());
    stage.extents.insert(stage.extents.begin(), Internal::as_const_int(extent).value_or(-1));
  }
  stage.vars.assign(vars.rbegin(), vars.rend());
  recordReads(stage,
              [&] { stage.func(stage.vars) = toStorage(argument.element, tensor.at(indices)); });
  Parameter param = stage.func.output_buffer().parameter();
  constrain(param, argument, sizeExprs(argument.extents));
  outputs.push_back(addStage(std::move(stage)));
}

int Translator::addStage(Stage stage) {
  stages.push_back(std::move(stage));
  return int(stages.size()) - 1;
}

Tensor Translator::readStage(int stage, ElementType type, Exprs extents, int result) {
  Tensor tensor;
  tensor.type = type;
  tensor.extents = std::move(extents);
  Func func = stages[stage].func;
  bool tuple = func.outputs() > 1;
  tensor.at = [this, stage, func, tuple, result](const Exprs &indices) -> Expr {
    if (currentReads)
      ++(*currentReads)[stage];
    Exprs reversed(indices.rbegin(), indices.rend());
    return tuple ? Expr(func(reversed)[result]) : Expr(func(reversed));
  };
  return tensor;
}

void Translator::nodeValue(const Node &node) {
  switch (node.kind) {
  case Node::Buffer:
    return buffer(node);
  case Node::SizeArgument:
    scalars[node.results[0]] = {sizeParams[node.buffer], ElementType::Index};
    return;
  case Node::Scalar: {
    Exprs none;
    ScalarBuilder builder(*this, /*body=*/false, none);
    Scalar scalar = builder.evaluate(node.scalar);
    scalar.value = Internal::simplify(scalar.value);
    scalars[node.results[0]] = scalar;
    return;
  }
  case Node::Structured:
    return structured(node);
  case Node::Generate:
    return generate(node);
  case Node::Pad:
    return pad(node);
  case Node::Concat:
    return concat(node);
  case Node::Insert:
    return insert(node);
  case Node::Constant:
  case Node::FromElements:
    return constant(node);
  default:
    return view(node);
  }
}

void Translator::run() {
  for (size_t i = 0; i < program.buffers.size(); ++i) {
    const BufferArgument &argument = program.buffers[i];
    images.emplace_back(storageType(argument.element), int(argument.extents.size()),
                        "dlc_arg_" + std::to_string(i));
  }
  for (int i = 0; i < program.sizeArguments; ++i) {
    sizeParams.emplace_back("dlc_size_" + std::to_string(i));
    // Sizes are positive and below 2^31: whoever calls the kernel sees to it.
    ranges.push(sizeParams.back().name(), Internal::Interval(1, Internal::Interval::pos_inf()));
  }
  // Sizes come first: the extents of buffers refer to them.
  for (const Node &node : program.nodes)
    if (node.kind == Node::SizeArgument)
      nodeValue(node);
  for (size_t i = 0; i < program.buffers.size(); ++i) {
    const BufferArgument &argument = program.buffers[i];
    if (argument.output)
      continue;
    constrain(images[i].parameter(), argument, sizeExprs(argument.extents));
    arguments.push_back(images[i]);
  }
  for (Param<int32_t> &size : sizeParams)
    arguments.push_back(size);
  arguments.emplace_back(kZeroArgument, Argument::InputScalar, Int(32), 0, ArgumentEstimates{});
  for (const Node &node : program.nodes)
    if (node.kind != Node::SizeArgument)
      nodeValue(node);
  for (size_t i = 0; i < program.buffers.size(); ++i)
    if (program.buffers[i].output)
      output(int(i));
}
