// The kernel as a whole: buffers and their layouts, sizes, the order of operations.
#include "compiler/codegen/halide/describe.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::halide;

std::optional<ElementType> dlc::halide::elementTypeOf(Type type) {
  if (type.isIndex())
    return ElementType::Index;
  if (type.isF16())
    return ElementType::F16;
  if (type.isBF16())
    return ElementType::BF16;
  if (type.isF32())
    return ElementType::F32;
  if (type.isF64())
    return ElementType::F64;
  auto integer = dyn_cast<IntegerType>(type);
  if (!integer || !integer.isSignless())
    return std::nullopt;
  switch (integer.getWidth()) {
  case 1:
    return ElementType::I1;
  case 8:
    return ElementType::I8;
  case 16:
    return ElementType::I16;
  case 32:
    return ElementType::I32;
  case 64:
    return ElementType::I64;
  default:
    return std::nullopt;
  }
}

LogicalResult Describer::fail(const Twine &message) {
  if (reason.empty())
    reason = message.str();
  return failure();
}

ValueId Describer::define(Value value) { return ids[value] = fresh(); }

ValueId Describer::id(Value value) {
  auto found = ids.find(value);
  return found == ids.end() ? -1 : found->second;
}

FailureOr<Size> Describer::size(OpFoldResult value) {
  if (std::optional<int64_t> constant = getConstantIntValue(value))
    return Size{*constant, -1};
  ValueId scalar = id(cast<Value>(value));
  if (scalar < 0)
    return fail("a size that is not computed in the kernel");
  return Size{0, scalar};
}

FailureOr<std::vector<Size>> Describer::sizes(ArrayRef<OpFoldResult> values) {
  std::vector<Size> result;
  for (OpFoldResult value : values) {
    FailureOr<Size> one = size(value);
    if (failed(one))
      return failure();
    result.push_back(*one);
  }
  return result;
}

FailureOr<std::vector<Size>> Describer::shapeOf(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return fail("a tensor without a rank");
  int64_t elements = 1;
  std::vector<Size> shape;
  for (int64_t extent : tensor.getShape()) {
    if (extent == 0)
      return fail("an empty tensor");
    if (!ShapedType::isDynamic(extent)) {
      if (extent >= (int64_t(1) << 31) || (elements *= extent) >= (int64_t(1) << 31))
        return fail("a tensor of 2^31 elements or more");
    }
    shape.push_back(Size{ShapedType::isDynamic(extent) ? -1 : extent, -1});
  }
  return shape;
}

/// One buffer of the program, with the layout of `type`.
LogicalResult Describer::buffer(MemRefType type, std::vector<Size> extents) {
  std::optional<ElementType> element = elementTypeOf(type.getElementType());
  if (!element)
    return fail("an element type that kernels do not have");
  BufferArgument buffer;
  buffer.element = *element;
  buffer.extents = std::move(extents);
  if (failed(shapeOf(RankedTensorType::get(type.getShape(), type.getElementType()))))
    return failure();
  SmallVector<int64_t> strides;
  int64_t offset;
  if (failed(type.getStridesAndOffset(strides, offset)))
    return fail("a layout without strides");
  bool identity = type.getLayout().isIdentity();
  for (int64_t stride : strides) {
    // The strides of an identity layout follow from the extents; others are passed.
    bool dynamic = ShapedType::isDynamic(stride);
    buffer.strides.push_back(dynamic ? Size{identity ? 0 : BufferArgument::dynamicStride, -1}
                                     : Size{stride, -1});
  }
  program.buffers.push_back(std::move(buffer));
  return success();
}

/// `value` is the tensor in a buffer.
void Describer::readBuffer(int index, Value value) {
  Node node;
  node.kind = Node::Buffer;
  node.buffer = index;
  node.element = program.buffers[index].element;
  node.shape = program.buffers[index].extents;
  node.results = {define(value)};
  program.nodes.push_back(std::move(node));
}

/// As outlined, what is returned goes to buffers behind the others.
LogicalResult Describer::results(kernel::ReturnOp end) {
  SmallVector<BlockArgument> indices = func.getIndexArguments();
  for (auto [i, operand] : llvm::enumerate(end.getOperands())) {
    auto type = dyn_cast<RankedTensorType>(operand.getType());
    if (!type)
      return fail("a result that is no tensor");
    auto positions = func.getResultAttrOfType<DenseI64ArrayAttr>(i, kernel::kExtentsAttr);
    SmallVector<OpFoldResult> extents;
    unsigned next = 0;
    for (int64_t extent : type.getShape()) {
      if (!ShapedType::isDynamic(extent)) {
        extents.push_back(Builder(func.getContext()).getIndexAttr(extent));
        continue;
      }
      if (!positions || next >= positions.size())
        return fail("a result of unknown extent");
      extents.push_back(indices[positions[next++]]);
    }
    FailureOr<std::vector<Size>> described = sizes(extents);
    if (failed(described) ||
        failed(buffer(MemRefType::get(type.getShape(), type.getElementType()), *described)))
      return failure();
    program.buffers.back().output = true;
    program.buffers.back().value = id(operand);
    if (program.buffers.back().value < 0)
      return fail("a result that the kernel does not compute");
  }
  return success();
}

/// Arguments become buffers and size arguments, in the order of the kernel's ABI.
LogicalResult Describer::buffers() {
  SmallVector<BlockArgument> indices = func.getIndexArguments();
  for (BlockArgument index : indices) {
    Node node;
    node.kind = Node::SizeArgument;
    node.buffer = program.sizeArguments++;
    node.element = ElementType::Index;
    node.results = {define(index)};
    program.nodes.push_back(std::move(node));
  }
  for (BlockArgument argument : func.getArguments()) {
    if (argument.getType().isIndex())
      continue;
    FailureOr<std::vector<Size>> extents = sizes(func.getArgumentExtents(argument.getArgNumber()));
    if (failed(extents))
      return failure();
    // As outlined, arguments are tensors: they are described like dense buffers.
    if (auto tensor = dyn_cast<RankedTensorType>(argument.getType())) {
      if (failed(buffer(MemRefType::get(tensor.getShape(), tensor.getElementType()), *extents)))
        return failure();
      readBuffer(program.buffers.size() - 1, argument);
      continue;
    }
    auto type = dyn_cast<MemRefType>(argument.getType());
    if (!type)
      return fail("an argument that is neither a tensor nor a memref");
    if (failed(buffer(type, *extents)))
      return failure();
    ids[argument] = -2 - int(program.buffers.size() - 1);
  }
  return success();
}

LogicalResult Describer::operation(Operation &op) {
  if (auto input = dyn_cast<bufferization::ToTensorOp>(op)) {
    int code = id(input.getBuffer());
    if (code > -2)
      return fail("a tensor that is made from no argument");
    readBuffer(-2 - code, input.getResult());
    return success();
  }
  if (auto output = dyn_cast<bufferization::MaterializeInDestinationOp>(op)) {
    int code = id(output.getDest());
    if (code > -2)
      return fail("a result that is written to no argument");
    BufferArgument &buffer = program.buffers[-2 - code];
    if (buffer.output)
      return fail("two results in one argument");
    buffer.output = true;
    buffer.value = id(output.getSource());
    return buffer.value < 0 ? fail("a result that the kernel does not compute") : success();
  }
  if (auto end = dyn_cast<kernel::ReturnOp>(op))
    return results(end);
  bool known = false;
  if (failed(tensorOperation(op, known)))
    return failure();
  return known ? success() : scalarOperation(op, nullptr);
}

LogicalResult Describer::run() {
  if (func.getBody().empty())
    return fail("the kernel has no body");
  if (!llvm::hasSingleElement(func.getBody()))
    return fail("the kernel has control flow");
  program.name = func.getSymName().str();
  if (failed(buffers()))
    return failure();
  for (Operation &op : func.getBody().front())
    if (failed(operation(op)))
      return failure();
  bool output = false;
  for (const BufferArgument &buffer : program.buffers)
    output |= buffer.output;
  if (!output)
    return fail("the kernel has no result");
  if (kernel::ScheduleAttr schedule = func.getScheduleAttr();
      schedule && schedule.getBackend() == "halide") {
    ScheduleSpec &spec = program.schedule;
    spec.kind = Template(int(schedule.getKind()) + 1);
    spec.tile = std::vector<int64_t>(schedule.getTile());
    spec.order = std::vector<int64_t>(schedule.getOrder());
    spec.parallel = std::vector<int64_t>(schedule.getParallel());
    spec.lanes = schedule.getLanes();
    spec.producers = Placement(int(schedule.getProducers()));
    spec.pad = Placement(int(schedule.getPad()));
    spec.unroll = schedule.getUnroll();
    spec.prefetch = schedule.getPrefetch();
    spec.dot = schedule.getDot();
    spec.apart = schedule.getApart();
  }
  return success();
}

FailureOr<Program> dlc::halide::describe(kernel::FuncOp func, std::string &reason) {
  Program program;
  if (failed(Describer(func, program, reason).run()))
    return failure();
  return program;
}
