// See thunk.h. Struct layouts are those of HalideRuntime.h:
//   halide_buffer_t { i64 device, ptr interface, ptr host, i64 flags, {i8 code, i8 bits, i16
//   lanes}, i32 dimensions, ptr dim, ptr } halide_dimension_t { i32 min, i32 extent, i32 stride,
//   i32 flags }
#include "compiler/codegen/halide/thunk.h"

#include "runtime/include/dlc/abi.h"

#include "llvm/IR/IRBuilder.h"

using namespace llvm;
using namespace dlc;
using namespace dlc::halide;

/// Halide's type codes: 0 int, 1 uint, 2 float.
static std::pair<int, int> halideType(ElementType type) {
  switch (type) {
  case ElementType::I1:
    return {1, 8};
  case ElementType::I8:
    return {0, 8};
  case ElementType::I16:
    return {0, 16};
  case ElementType::I32:
    return {0, 32};
  case ElementType::I64:
  case ElementType::Index:
    return {0, 64};
  case ElementType::F16:
    return {2, 16};
  case ElementType::BF16:
    return {1, 16};
  case ElementType::F32:
    return {2, 32};
  case ElementType::F64:
    return {2, 64};
  }
  return {0, 0};
}

namespace {
struct ThunkBuilder {
  const Program &program;
  IRBuilder<> builder;
  Value *buffers, *dims;
  Type *i8, *i16, *i32, *i64;
  PointerType *pointer;
  StructType *bufferType, *dimType;
  std::vector<Value *> sizes; ///< index arguments
  size_t nextStride;          ///< number of the next dynamic stride in `dims`

  Value *dimension(size_t i) {
    return builder.CreateLoad(i64, builder.CreateConstInBoundsGEP1_64(i64, dims, i));
  }
  Value *extent(const Size &size) {
    if (size.isStatic())
      return builder.getInt64(size.value);
    // Extents of arguments are index arguments, whose values are numbered first.
    return sizes[size.scalar];
  }
  void store(Value *value, Type *structure, Value *base, unsigned field) {
    builder.CreateStore(value, builder.CreateStructGEP(structure, base, field));
  }
  Value *buffer(size_t index, Value *host);
};
} // namespace

/// A filled halide_buffer_t.
Value *ThunkBuilder::buffer(size_t index, Value *host) {
  const BufferArgument &argument = program.buffers[index];
  int rank = int(argument.extents.size());
  auto [code, bits] = halideType(argument.element);
  Value *structure = builder.CreateAlloca(bufferType);
  Value *dimArray = builder.CreateAlloca(dimType, builder.getInt32(std::max(rank, 1)));
  store(builder.getInt64(0), bufferType, structure, 0);
  store(ConstantPointerNull::get(pointer), bufferType, structure, 1);
  store(host, bufferType, structure, 2);
  store(builder.getInt64(0), bufferType, structure, 3);
  store(builder.getInt8(code), bufferType, structure, 4);
  store(builder.getInt8(bits), bufferType, structure, 5);
  store(builder.getInt16(1), bufferType, structure, 6);
  store(builder.getInt32(rank), bufferType, structure, 7);
  store(dimArray, bufferType, structure, 8);
  store(ConstantPointerNull::get(pointer), bufferType, structure, 9);
  // The caller's strides come in the order of the memref's dimensions, Halide's dimensions are
  // reversed.
  std::vector<Value *> strides(rank);
  for (int i = 0; i < rank; ++i)
    if (argument.strides[i].value == BufferArgument::dynamicStride)
      strides[i] = dimension(nextStride++);
  Value *running = builder.getInt64(1);
  for (int i = rank; i-- > 0;) {
    Value *size = extent(argument.extents[i]);
    if (!strides[i])
      strides[i] =
          argument.strides[i].value == 0 ? running : builder.getInt64(argument.strides[i].value);
    running = builder.CreateMul(running, size);
    Value *dim = builder.CreateConstInBoundsGEP1_32(dimType, dimArray, rank - 1 - i);
    store(builder.getInt32(0), dimType, dim, 0);
    store(builder.CreateTrunc(size, i32), dimType, dim, 1);
    store(builder.CreateTrunc(strides[i], i32), dimType, dim, 2);
    store(builder.getInt32(0), dimType, dim, 3);
  }
  return structure;
}

void dlc::halide::addThunk(const Program &program, Function &callee, Module &module) {
  LLVMContext &context = module.getContext();
  IRBuilder<> builder(context);
  Type *i8 = builder.getInt8Ty(), *i16 = builder.getInt16Ty(), *i32 = builder.getInt32Ty(),
       *i64 = builder.getInt64Ty();
  PointerType *pointer = builder.getPtrTy();
  auto *bufferType = StructType::create(
      context, {i64, pointer, pointer, i64, i8, i8, i16, i32, pointer, pointer}, "halide_buffer_t");
  auto *dimType = StructType::create(context, {i32, i32, i32, i32}, "halide_dimension_t");
  auto *function = Function::Create(FunctionType::get(i32, {pointer, pointer}, false),
                                    GlobalValue::ExternalLinkage, program.name, module);
  // The same processor, or else the callee could not be inlined.
  function->setAttributes(
      AttributeList::get(context, AttributeList::FunctionIndex,
                         AttrBuilder(context, callee.getAttributes().getFnAttrs())));
  auto *entry = BasicBlock::Create(context, "entry", function);
  auto *call = BasicBlock::Create(context, "call", function);
  auto *empty = BasicBlock::Create(context, "empty", function);
  auto *large = BasicBlock::Create(context, "large", function);
  builder.SetInsertPoint(empty);
  builder.CreateRet(builder.getInt32(0));
  builder.SetInsertPoint(large);
  builder.CreateRet(builder.getInt32(DLC_ERROR_SHAPE));

  builder.SetInsertPoint(entry);
  ThunkBuilder thunk{program,
                     IRBuilder<>(entry),
                     function->getArg(0),
                     function->getArg(1),
                     i8,
                     i16,
                     i32,
                     i64,
                     pointer,
                     bufferType,
                     dimType,
                     {},
                     size_t(program.sizeArguments)};
  IRBuilder<> &b = thunk.builder;
  for (int i = 0; i < program.sizeArguments; ++i)
    thunk.sizes.push_back(thunk.dimension(i));

  // Halide counts elements in 32 bits and never sees an empty result.
  Value *tooLarge = b.getFalse(), *allEmpty = b.getTrue();
  std::vector<Value *> counts;
  for (const BufferArgument &argument : program.buffers) {
    Value *count = b.getInt64(1);
    for (const Size &size : argument.extents)
      count = b.CreateMul(count, thunk.extent(size));
    counts.push_back(count);
    for (const Size &size : argument.extents)
      if (!size.isStatic())
        tooLarge =
            b.CreateOr(tooLarge, b.CreateICmpUGE(thunk.extent(size), b.getInt64(int64_t(1) << 31)));
    tooLarge = b.CreateOr(tooLarge, b.CreateICmpUGE(count, b.getInt64(int64_t(1) << 31)));
    if (argument.output)
      allEmpty = b.CreateAnd(allEmpty, b.CreateICmpEQ(count, b.getInt64(0)));
  }
  auto *check = BasicBlock::Create(context, "check", function, call);
  b.CreateCondBr(tooLarge, large, check);
  b.SetInsertPoint(check);
  b.CreateCondBr(allEmpty, empty, call);

  b.SetInsertPoint(call);
  Value *someOutput = nullptr;
  auto host = [&](size_t i) {
    return b.CreateLoad(pointer, b.CreateConstInBoundsGEP1_64(pointer, thunk.buffers, i));
  };
  for (size_t i = 0; i < program.buffers.size(); ++i)
    if (program.buffers[i].output && !someOutput)
      someOutput = host(i);
  std::vector<Value *> inputs, outputs, arguments;
  for (size_t i = 0; i < program.buffers.size(); ++i) {
    Value *data = host(i);
    // What is read of an empty input is thrown away, but it must be readable; and it may be null.
    if (!program.buffers[i].output && !isa<ConstantInt>(counts[i]))
      data = b.CreateSelect(b.CreateICmpEQ(counts[i], b.getInt64(0)), someOutput, data);
    (program.buffers[i].output ? outputs : inputs).push_back(thunk.buffer(i, data));
  }
  arguments = inputs;
  for (Value *size : thunk.sizes)
    arguments.push_back(b.CreateTrunc(size, i32));
  arguments.push_back(b.getInt32(0)); // kZeroArgument: no promises are left that it hides from
  llvm::append_range(arguments, outputs);
  b.CreateRet(b.CreateCall(&callee, arguments));
}
