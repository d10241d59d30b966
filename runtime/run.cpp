// Running a context: where inputs are read and results are written, the call of generated code, and
// what it left behind.
#include "internal.h"

using namespace dlc::rt;

// The bytes that a tensor of known size touches, strides and all.
static bool extentOf(const dlc_tensor &tensor, const char *&begin, size_t &bytes) {
  auto element = static_cast<int64_t>(dlc_dtype_bytes(tensor.dtype));
  if (!tensor.strides) {
    begin = static_cast<const char *>(tensor.data);
    return denseBytes(tensor.dtype, tensor.rank, tensor.shape, bytes);
  }
  int64_t low = 0, high = element;
  for (int32_t d = 0; d < tensor.rank; ++d) {
    int64_t reach;
    if (tensor.shape[d] == 0) {
      low = high = 0;
      break;
    }
    if (__builtin_mul_overflow(tensor.shape[d] - 1, tensor.strides[d], &reach) ||
        __builtin_mul_overflow(reach, element, &reach) ||
        __builtin_add_overflow(reach < 0 ? low : high, reach, reach < 0 ? &low : &high))
      return false;
  }
  begin = static_cast<const char *>(tensor.data) + low;
  return !__builtin_sub_overflow(high, low, &high) && (bytes = static_cast<size_t>(high), true);
}

static int32_t takeInputs(dlc_context *context, const dlc_tensor *inputs) {
  const dlc_program &program = *context->model->program;
  for (int32_t i = 0; i < program.input_count; ++i) {
    const dlc_tensor &tensor = inputs[i];
    size_t bytes;
    denseBytes(tensor.dtype, tensor.rank, tensor.shape, bytes);
    if (bytes && !tensor.data)
      return fail(DLC_ERROR_ARGUMENT, "input '%s': data is NULL", program.inputs[i].name);
    context->buffers[i] = tensor.data;
    if (bytes == 0 || isDense(tensor))
      continue;
    const char *begin;
    size_t extent;
    if (!extentOf(tensor, begin, extent))
      return fail(DLC_ERROR_SHAPE, "input '%s': the strides are too large", program.inputs[i].name);
    if (!context->inputs[i].reserve(context->allocator, bytes))
      return fail(DLC_ERROR_MEMORY, "no memory for a dense copy of input '%s'",
                  program.inputs[i].name);
    copyStrided(dlc_dtype_bytes(tensor.dtype), tensor.rank, tensor.shape,
                static_cast<const char *>(tensor.data), tensor.strides,
                static_cast<char *>(context->inputs[i].data), nullptr);
    context->buffers[i] = context->inputs[i].data;
  }
  return DLC_OK;
}

static bool isOwn(const dlc_tensor &tensor) {
  return !tensor.data || tensor.flags & DLC_TENSOR_BORROWED;
}

// A buffer of the caller must be what the model will write.
static int32_t checkOutput(dlc_context *context, int32_t index, const dlc_tensor &tensor,
                           const int64_t *dims) {
  const dlc_port &port = context->model->program->outputs[index];
  bool same =
      tensor.dtype == port.dtype && tensor.rank == port.rank && (tensor.rank == 0 || tensor.shape);
  for (int32_t d = 0; same && d < port.rank; ++d)
    same = tensor.shape[d] >= 0 && (dims[d] < 0 || tensor.shape[d] == dims[d]);
  if (same)
    return DLC_OK;
  dlc_tensor expected =
      dlc_tensor_dense(static_cast<dlc_dtype>(port.dtype), port.rank, dims, nullptr);
  Text text;
  text.add("output '%s': the model gives ", port.name);
  addTensor(text, expected);
  text.add(", the buffer is ");
  addTensor(text, tensor);
  return fail(tensor.dtype == port.dtype ? DLC_ERROR_SHAPE : DLC_ERROR_DTYPE, "%s", text.buffer);
}

static int32_t checkOverlaps(dlc_context *context, const dlc_tensor *inputs,
                             const dlc_tensor *outputs, int32_t index) {
  const dlc_program &program = *context->model->program;
  const char *mine, *its;
  size_t bytes, itsBytes;
  if (!extentOf(outputs[index], mine, bytes))
    return fail(DLC_ERROR_SHAPE, "output '%s': the strides are too large",
                program.outputs[index].name);
  auto overlaps = [&](const dlc_tensor &other) {
    return extentOf(other, its, itsBytes) && bytes && itsBytes && mine < its + itsBytes &&
           its < mine + bytes;
  };
  for (int32_t i = 0; i < program.input_count; ++i)
    if (overlaps(inputs[i]))
      return fail(DLC_ERROR_ARGUMENT, "output '%s' overlaps input '%s'",
                  program.outputs[index].name, program.inputs[i].name);
  for (int32_t i = 0; i < index; ++i)
    if (!isOwn(outputs[i]) && overlaps(outputs[i]))
      return fail(DLC_ERROR_ARGUMENT, "output '%s' overlaps output '%s'",
                  program.outputs[index].name, program.outputs[i].name);
  return DLC_OK;
}

static bool anyInputIn(dlc_context *context, const Buffer &buffer, const dlc_tensor *inputs) {
  const char *begin;
  size_t bytes;
  for (int32_t i = 0; i < context->model->program->input_count; ++i)
    if (context->buffers[i] == inputs[i].data && extentOf(inputs[i], begin, bytes) &&
        buffer.overlaps(begin, bytes))
      return true;
  return false;
}

static int32_t takeOutputs(dlc_context *context, const dlc_tensor *inputs,
                           const dlc_tensor *outputs) {
  const dlc_program &program = *context->model->program;
  void **buffers = context->buffers + program.input_count;
  for (int32_t i = 0; i < program.output_count; ++i) {
    Output &output = context->outputs[i];
    output.data = nullptr;
    buffers[i] = nullptr;
    if (!isOwn(outputs[i])) {
      if (int32_t status = checkOutput(context, i, outputs[i], output.dims))
        return status;
      if (int32_t status = checkOverlaps(context, inputs, outputs, i))
        return status;
    }
    if (output.dataDependent)
      continue;
    bool direct = !isOwn(outputs[i]) && isDense(outputs[i]);
    if (direct) {
      buffers[i] = outputs[i].data;
      continue;
    }
    Buffer *target = &output.staging;
    if (isOwn(outputs[i])) {
      if (anyInputIn(
              context, output.own,
              inputs)) { // the last run's result goes in again: keep it while the next is written
        Buffer kept = output.own;
        output.own = output.spare;
        output.spare = kept;
      }
      target = &output.own;
    }
    if (!target->reserve(context->allocator, output.bytes))
      return fail(DLC_ERROR_MEMORY, "no memory for output '%s'", program.outputs[i].name);
    buffers[i] = target->data;
  }
  return DLC_OK;
}

// Runs generated code. Nothing here changes between setjmp and a return through it.
static int32_t invoke(dlc_context *context) {
  const dlc_program &program = *context->model->program;
  void *arena = context->options.workspace ? context->options.workspace : context->arena.data;
  if (context->arenaBytes == 0)
    arena = nullptr;
  jmp_buf unwind;
  ThreadScope scope({&context->run, &context->scratch[0], &unwind, false, nullptr, 0});
  SubnormalScope subnormals(flushesSubnormals(program));
  if (_setjmp(unwind) != 0)
    return DLC_ERROR_INTERNAL; // abandon() recorded the true one
  return program.infer(&context->run, context->buffers, context->symbols, arena,
                       context->model->state->weights);
}

// Turns what generated code returned and recorded into the status and message of the run.
static int32_t conclude(dlc_context *context, int32_t returned) {
  dlc_run_state &run = context->run;
  int32_t recorded = run.status.load(std::memory_order_acquire);
  if (recorded != DLC_OK) {
    bool known = recorded > 0 && recorded <= DLC_ERROR_INTERNAL;
    return fail(known ? recorded : DLC_ERROR_INTERNAL, "%s",
                run.described.load(std::memory_order_acquire) ? run.message
                                                              : "an error in parallel code");
  }
  if (returned > 0 && returned <= DLC_ERROR_INTERNAL)
    return fail(returned, "the model failed: %s", dlc_status_name(returned));
  if (returned != 0)
    return fail(DLC_ERROR_INTERNAL, "the model failed with status %d: this is a bug in dlc",
                returned);
  if (run.indexFlag)
    return fail(DLC_ERROR_INDEX, "an index in the data is out of range");
  return DLC_OK;
}

static int32_t deliver(dlc_context *context, dlc_tensor *outputs) {
  const dlc_program &program = *context->model->program;
  for (int32_t i = 0; i < program.output_count; ++i) {
    Output &output = context->outputs[i];
    const dlc_port &port = program.outputs[i];
    int64_t *actual = context->actualDims + (output.dims - context->outputDims);
    if (!output.dataDependent)
      memcpy(actual, output.dims, static_cast<size_t>(port.rank) * sizeof(int64_t));
    else if (!output.data)
      return fail(DLC_ERROR_INTERNAL, "the model did not deliver output '%s': this is a bug in dlc",
                  port.name);
    void *data = output.dataDependent ? output.data : context->buffers[program.input_count + i];
    dlc_tensor &tensor = outputs[i];
    if (isOwn(tensor)) {
      tensor = dlc_tensor_dense(static_cast<dlc_dtype>(port.dtype), port.rank, actual, data);
      tensor.flags = DLC_TENSOR_BORROWED;
    } else if (data != tensor.data) {
      if (int32_t status = checkOutput(context, i, tensor, actual))
        return status;
      copyStrided(dlc_dtype_bytes(port.dtype), port.rank, actual, static_cast<const char *>(data),
                  nullptr, static_cast<char *>(tensor.data), tensor.strides);
    }
  }
  return DLC_OK;
}

static void endRun(dlc_context *context) {
  const Allocator &allocator = context->allocator;
  freeBlocks(allocator, context->run.blocks);
  HeapBlock *kept = nullptr;
  for (HeapBlock *block = context->run.delivered, *next; block; block = next) {
    next = block->next;
    if (block->delivered == 1) { // of this run: stays until the next one ends, which may read it
      block->delivered = 2;
      block->previous = nullptr;
      block->next = kept;
      if (kept)
        kept->previous = block;
      kept = block;
    } else {
      releaseBlock(allocator, block, block->bytes + blockAlignment);
    }
  }
  context->run.delivered = kept;
  for (int32_t i = 0; i < context->threads; ++i)
    context->scratch[i].reset(allocator);
  for (LentScratch *lent = context->lent; lent; lent = lent->next)
    lent->scratch.reset(allocator);
}

static int32_t runLocked(dlc_context *context, const dlc_tensor *inputs, size_t inputCount,
                         dlc_tensor *outputs, size_t outputCount) {
  const dlc_program &program = *context->model->program;
  if (outputCount != static_cast<size_t>(program.output_count))
    return fail(DLC_ERROR_ARGUMENT, "the model has %d output%s, got %zu", program.output_count,
                program.output_count == 1 ? "" : "s", outputCount);
  if (outputCount && !outputs)
    return fail(DLC_ERROR_ARGUMENT, "outputs is NULL");
  if (int32_t status =
          bindInputs(program, inputs, inputCount, context->newSymbols, context->boundBy))
    return status;
  if (int32_t status = planContext(context))
    return status;
  if (int32_t status = takeInputs(context, inputs))
    return status;
  if (int32_t status = takeOutputs(context, inputs, outputs))
    return status;

  context->run.status.store(DLC_OK, std::memory_order_relaxed);
  context->run.described.store(0, std::memory_order_relaxed);
  context->run.indexFlag = 0;
  context->run.backward = context->run.beganBackward = !context->run.beganBackward;
  uint64_t begin = context->run.profile ? nanoseconds() : 0;
  int32_t returned = invoke(context);
  if (context->run.profile) {
    dlc_kernel_span span = {sizeof(span), -1, nullptr, begin, nanoseconds(), returned, 0};
    context->run.profile(context->options.user, &span);
  }
  int32_t status = conclude(context, returned);
  if (status == DLC_OK)
    status = deliver(context, outputs);
  endRun(context);
  return status;
}

int32_t dlc::rt::runContext(dlc_context *context, const dlc_tensor *inputs, size_t inputCount,
                            dlc_tensor *outputs, size_t outputCount) {
  if (context->busy.exchange(true, std::memory_order_acquire))
    return fail(DLC_ERROR_ARGUMENT, "dlc_run: the context is in use by another run");
  int32_t status = runLocked(context, inputs, inputCount, outputs, outputCount);
  context->busy.store(false, std::memory_order_release);
  return status;
}
