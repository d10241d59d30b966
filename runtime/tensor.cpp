// Tensors against the signature: binding the symbols, saying what does not match, copying strided
// data.
#include "internal.h"
#include <stdarg.h>
#include <stdio.h>

using namespace dlc::rt;

void Text::add(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int added = vsnprintf(buffer + length, sizeof(buffer) - length, format, arguments);
  va_end(arguments);
  if (added > 0)
    length += static_cast<size_t>(added);
  if (length >= sizeof(buffer))
    length = sizeof(buffer) - 1;
}

void dlc::rt::addTensor(Text &text, const dlc_tensor &tensor) {
  text.add("%s[", dlc_dtype_name(tensor.dtype));
  for (int32_t d = 0; d < tensor.rank && tensor.rank <= maxRank && tensor.shape; ++d)
    text.add("%s%lld", d ? "," : "", static_cast<long long>(tensor.shape[d]));
  text.add("]");
}

void dlc::rt::addPort(Text &text, const dlc_program &program, const dlc_port &port,
                      const int64_t *symbols, const int32_t *boundBy) {
  text.add("%s[", dlc_dtype_name(port.dtype));
  for (int32_t d = 0; d < port.rank; ++d) {
    int64_t size = port.shape[d];
    text.add("%s", d ? "," : "");
    if (size >= 0)
      text.add("%lld", static_cast<long long>(size));
    else if (-1 - size >= program.symbol_count)
      text.add("?");
    else if (symbols && boundBy[-1 - size] >= 0)
      text.add("%s=%lld", program.symbol_names[-1 - size],
               static_cast<long long>(symbols[-1 - size]));
    else
      text.add("%s", program.symbol_names[-1 - size]);
  }
  text.add("]");
}

int32_t dlc::rt::bindInputs(const dlc_program &program, const dlc_tensor *inputs, size_t count,
                            int64_t *symbols, int32_t *boundBy) {
  if (count != static_cast<size_t>(program.input_count))
    return fail(DLC_ERROR_ARGUMENT, "the model has %d input%s, got %zu", program.input_count,
                program.input_count == 1 ? "" : "s", count);
  if (count && !inputs)
    return fail(DLC_ERROR_ARGUMENT, "inputs is NULL");
  for (int32_t s = 0; s < program.symbol_count; ++s)
    boundBy[s] = -1;

  for (int32_t i = 0; i < program.input_count; ++i) {
    const dlc_port &port = program.inputs[i];
    const dlc_tensor &tensor = inputs[i];
    auto mismatch = [&](int32_t status, const char *why, const char *detail = "") {
      Text text;
      text.add("input '%s': expected ", port.name);
      addPort(text, program, port, symbols, boundBy);
      text.add(", got ");
      addTensor(text, tensor);
      text.add("%s%s", why, detail);
      return fail(status, "%s", text.buffer);
    };
    if (tensor.dtype != port.dtype)
      return mismatch(DLC_ERROR_DTYPE, "");
    if (tensor.rank != port.rank)
      return mismatch(DLC_ERROR_SHAPE, ": the ranks differ");
    if (tensor.rank && !tensor.shape)
      return fail(DLC_ERROR_ARGUMENT, "input '%s': shape is NULL", port.name);
    for (int32_t d = 0; d < port.rank; ++d) {
      int64_t size = tensor.shape[d], expected = port.shape[d];
      char detail[256];
      if (size < 0) {
        snprintf(detail, sizeof(detail), ": dimension %d is negative", d);
        return mismatch(DLC_ERROR_SHAPE, detail);
      }
      if (expected >= 0) {
        if (size == expected)
          continue;
        snprintf(detail, sizeof(detail), ": dimension %d must be %lld", d,
                 static_cast<long long>(expected));
        return mismatch(DLC_ERROR_SHAPE, detail);
      }
      int64_t symbol = -1 - expected;
      if (boundBy[symbol] < 0) {
        boundBy[symbol] = i;
        symbols[symbol] = size;
      } else if (symbols[symbol] != size) {
        snprintf(detail, sizeof(detail), ": %s is %lld in ", program.symbol_names[symbol],
                 static_cast<long long>(symbols[symbol]));
        char source[128];
        snprintf(source, sizeof(source), boundBy[symbol] == i ? "another dimension" : "input '%s'",
                 program.inputs[boundBy[symbol]].name);
        return mismatch(DLC_ERROR_SHAPE, detail, source);
      }
    }
    size_t bytes;
    if (!denseBytes(tensor.dtype, tensor.rank, tensor.shape, bytes))
      return mismatch(DLC_ERROR_SHAPE, ": too large");
  }
  return DLC_OK;
}

bool dlc::rt::denseBytes(int32_t dtype, int32_t rank, const int64_t *shape, size_t &bytes) {
  int64_t total = static_cast<int64_t>(dlc_dtype_bytes(dtype));
  bool empty = false;
  for (int32_t d = 0; d < rank; ++d) {
    if (shape[d] < 0)
      return false;
    if (shape[d] == 0)
      empty = true;
    else if (__builtin_mul_overflow(total, shape[d], &total))
      return false;
  }
  bytes = empty ? 0 : static_cast<size_t>(total);
  return total <= int64_t(1) << 60;
}

bool dlc::rt::isDense(const dlc_tensor &tensor) {
  if (reinterpret_cast<uintptr_t>(tensor.data) % dlc_dtype_bytes(tensor.dtype) != 0)
    return false;
  if (!tensor.strides)
    return true;
  int64_t stride = 1;
  for (int32_t d = tensor.rank - 1; d >= 0; --d) {
    if (tensor.shape[d] == 0)
      return true;
    if (tensor.shape[d] != 1 && tensor.strides[d] != stride)
      return false;
    stride *= tensor.shape[d];
  }
  return true;
}

// A dimension of a copy, with strides in bytes.
namespace {
struct CopyDim {
  int64_t size, source, target;
};
} // namespace

static void copyDims(const CopyDim *dims, int32_t rank, size_t elementBytes, const char *source,
                     char *target) {
  if (rank == 0) {
    memcpy(target, source, elementBytes);
    return;
  }
  if (rank > 1) {
    for (int64_t i = 0; i < dims->size; ++i)
      copyDims(dims + 1, rank - 1, elementBytes, source + i * dims->source,
               target + i * dims->target);
    return;
  }
  auto run = [&](auto element) {
    for (int64_t i = 0; i < dims->size; ++i) {
      memcpy(&element, source + i * dims->source, sizeof(element));
      memcpy(target + i * dims->target, &element, sizeof(element));
    }
  };
  if (dims->source == static_cast<int64_t>(elementBytes) &&
      dims->target == static_cast<int64_t>(elementBytes))
    memcpy(target, source, static_cast<size_t>(dims->size) * elementBytes);
  else if (elementBytes == 1)
    run(uint8_t());
  else if (elementBytes == 2)
    run(uint16_t());
  else if (elementBytes == 4)
    run(uint32_t());
  else if (elementBytes == 8)
    run(uint64_t());
  else
    for (int64_t i = 0; i < dims->size; ++i)
      memcpy(target + i * dims->target, source + i * dims->source, elementBytes);
}

void dlc::rt::copyStrided(size_t elementBytes, int32_t rank, const int64_t *shape,
                          const char *source, const int64_t *sourceStrides, char *target,
                          const int64_t *targetStrides) {
  CopyDim dims[maxRank];
  int32_t used = maxRank;
  int64_t dense = 1;
  for (int32_t d = rank - 1; d >= 0; --d) { // innermost first, joining what is contiguous in both
    if (shape[d] == 0)
      return;
    if (shape[d] == 1)
      continue;
    auto bytes = static_cast<int64_t>(elementBytes);
    CopyDim dim = {shape[d], (sourceStrides ? sourceStrides[d] : dense) * bytes,
                   (targetStrides ? targetStrides[d] : dense) * bytes};
    dense *= shape[d];
    CopyDim *inner = used < maxRank ? &dims[used] : nullptr;
    if (inner && dim.source == inner->source * inner->size &&
        dim.target == inner->target * inner->size)
      inner->size *= dim.size;
    else
      dims[--used] = dim;
  }
  copyDims(dims + used, maxRank - used, elementBytes, source, target);
}

// MLIR passes {rank, pointer to {allocated, aligned, offset, sizes[rank], strides[rank]}}.
extern "C" void memrefCopy(int64_t elementBytes, void *source, void *target) {
  struct Unranked {
    int64_t rank;
    char *descriptor;
  };
  struct Ranked {
    char *data;
    int64_t offset;
    const int64_t *sizes, *strides;
  };
  auto unpack = [](const void *argument) {
    auto *unranked = static_cast<const Unranked *>(argument);
    auto *fields = reinterpret_cast<int64_t *>(unranked->descriptor);
    Ranked ranked;
    memcpy(&ranked.data, fields + 1, sizeof(ranked.data));
    ranked.offset = fields[2];
    ranked.sizes = fields + 3;
    ranked.strides = fields + 3 + unranked->rank;
    return ranked;
  };
  auto rank = static_cast<int32_t>(static_cast<const Unranked *>(source)->rank);
  if (rank > maxRank)
    return abandon(DLC_ERROR_INTERNAL, "memrefCopy: rank above 64");
  Ranked from = unpack(source), to = unpack(target);
  copyStrided(static_cast<size_t>(elementBytes), rank, from.sizes,
              from.data + from.offset * elementBytes, from.strides,
              to.data + to.offset * elementBytes, to.strides);
}
