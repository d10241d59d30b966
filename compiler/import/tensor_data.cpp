#include "compiler/import/tensor_data.h"
#include "compiler/import/wire.h"

#include "onnx/onnx.pb.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"
#include <cstring>
#include <google/protobuf/io/coded_stream.h>

using namespace llvm;
using onnx::TensorProto;

namespace dlc {

//===----------------------------------------------------------------------===//
// Types and sizes
//===----------------------------------------------------------------------===//

namespace {
struct ElementInfo {
  const char *name;
  unsigned bits;
};
// By TensorProto.DataType.
constexpr ElementInfo kElements[] = {
    {"undefined", 0},  {"f32", 32},  {"u8", 8},       {"i8", 8},         {"u16", 16},
    {"i16", 16},       {"i32", 32},  {"i64", 64},     {"string", 0},     {"bool", 8},
    {"f16", 16},       {"f64", 64},  {"u32", 32},     {"u64", 64},       {"c64", 64},
    {"c128", 128},     {"bf16", 16}, {"f8e4m3fn", 8}, {"f8e4m3fnuz", 8}, {"f8e5m2", 8},
    {"f8e5m2fnuz", 8}, {"u4", 4},    {"i4", 4},       {"f4e2m1", 4},     {"f8e8m0", 8},
    {"u2", 2},         {"i2", 2},    {"f6e2m3", 6},   {"f6e3m2", 6},
};
const ElementInfo &elementInfo(int32_t type) {
  return kElements[type >= 0 && size_t(type) < std::size(kElements) ? type : 0];
}
} // namespace

unsigned elementBits(int32_t type) { return elementInfo(type).bits; }
StringRef elementName(int32_t type) { return elementInfo(type).name; }

std::string typeText(int32_t type, ArrayRef<int64_t> dims) {
  std::string text = elementName(type).str() + "[";
  for (size_t i = 0; i < dims.size() && i < kMaxRank; ++i)
    text += (i ? "," : "") + std::to_string(dims[i]);
  return text + (dims.size() > kMaxRank ? ",...]" : "]");
}

std::optional<int64_t> checkedNumElements(ArrayRef<int64_t> dims, std::string &why) {
  if (dims.size() > kMaxRank) {
    why = "has rank " + std::to_string(dims.size()) + "; the limit is " + std::to_string(kMaxRank);
    return std::nullopt;
  }
  int64_t count = 1;
  bool overflow = false, empty = false;
  for (int64_t dim : dims) {
    if (dim < 0) {
      why = "has the negative dimension " + std::to_string(dim);
      return std::nullopt;
    }
    if (dim > kMaxDim) {
      why = "has the dimension " + std::to_string(dim) + ", which is too large";
      return std::nullopt;
    }
    empty |= dim == 0;
    overflow |= MulOverflow(count, dim, count) != 0;
  }
  if (empty)
    return 0;
  if (overflow || count > kMaxTensorBytes) {
    why = "has too many elements (the size overflows)";
    return std::nullopt;
  }
  return count;
}

std::optional<int64_t> checkedByteSize(ArrayRef<int64_t> dims, unsigned bits, std::string &why) {
  std::optional<int64_t> count = checkedNumElements(dims, why);
  if (!count)
    return std::nullopt;
  int64_t total;
  if (MulOverflow<int64_t>(*count, bits, total) || total / 8 > kMaxTensorBytes) {
    why = "has too many bytes (the size overflows)";
    return std::nullopt;
  }
  return total / 8 + (total % 8 != 0);
}

int64_t TensorData::numElements() const {
  int64_t count = 1;
  for (int64_t dim : dims)
    count *= dim;
  return count;
}

//===----------------------------------------------------------------------===//
// Typed fields
//===----------------------------------------------------------------------===//

namespace {
using Buffer = std::shared_ptr<std::vector<char>>;

template <typename To, typename Field> void append(std::vector<char> &out, const Field &field) {
  out.resize(field.size() * sizeof(To));
  char *at = out.data();
  for (auto value : field) {
    To narrow = static_cast<To>(value);
    std::memcpy(at, &narrow, sizeof(To));
    at += sizeof(To);
  }
}

/// Writes the typed field that belongs to the type. Returns the name of the field, for messages.
const char *readTypedField(const TensorProto &tensor, int64_t count, std::vector<char> &out) {
  switch (tensor.data_type()) {
  case TensorProto::FLOAT:
  case TensorProto::COMPLEX64:
    append<float>(out, tensor.float_data());
    return "float_data";
  case TensorProto::DOUBLE:
  case TensorProto::COMPLEX128:
    append<double>(out, tensor.double_data());
    return "double_data";
  case TensorProto::INT64:
    append<int64_t>(out, tensor.int64_data());
    return "int64_data";
  case TensorProto::UINT64:
    append<uint64_t>(out, tensor.uint64_data());
    return "uint64_data";
  case TensorProto::UINT32:
    append<uint32_t>(out, tensor.uint64_data());
    return "uint64_data";
  case TensorProto::INT32:
    append<int32_t>(out, tensor.int32_data());
    return "int32_data";
  case TensorProto::FLOAT6E2M3:
  case TensorProto::FLOAT6E3M2: {
    // One element an entry here, four in three bytes as raw data.
    if (tensor.int32_data_size() != count)
      return "int32_data";
    out.assign((count * 6 + 7) / 8, 0);
    for (int64_t i = 0; i < count; ++i) {
      unsigned value = (tensor.int32_data(i) & 63) << (i * 6 % 8);
      out[i * 6 / 8] |= static_cast<char>(value);
      if (value > 255)
        out[i * 6 / 8 + 1] |= static_cast<char>(value >> 8);
    }
    return "int32_data";
  }
  default:
    if (elementBits(tensor.data_type()) == 16)
      append<uint16_t>(out, tensor.int32_data());
    else
      append<uint8_t>(out, tensor.int32_data()); // sub-byte types: an entry is a packed byte
    return "int32_data";
  }
}

bool hasTypedData(const TensorProto &tensor) {
  return tensor.float_data_size() || tensor.int32_data_size() || tensor.int64_data_size() ||
         tensor.double_data_size() || tensor.uint64_data_size() || tensor.string_data_size();
}
} // namespace

//===----------------------------------------------------------------------===//
// TensorReader
//===----------------------------------------------------------------------===//

std::optional<TensorData> TensorReader::fail(Error &error, ErrorClass c, std::string message) {
  error = {c, std::move(message)};
  return std::nullopt;
}

bool TensorReader::readExternal(const TensorProto &tensor, int64_t needed, TensorData &to,
                                Error &error) {
  std::string location;
  std::optional<uint64_t> offset = 0, length;
  bool hasLength = false;
  for (const auto &entry : tensor.external_data()) {
    auto number = [&]() -> std::optional<uint64_t> {
      uint64_t value;
      // Digits alone: no sign, no space, no 0x.
      if (entry.value().empty() || !llvm::all_of(entry.value(), llvm::isDigit) ||
          StringRef(entry.value()).getAsInteger(10, value))
        return std::nullopt;
      return value;
    };
    if (entry.key() == "location") {
      location = entry.value();
    } else if (entry.key() == "offset") {
      offset = number();
    } else if (entry.key() == "length") {
      hasLength = true;
      length = number();
    } else if (entry.key() != "checksum" && entry.key() != "basepath") {
      fail(error, ErrorClass::Model, "unknown external data key '" + escapeName(entry.key()) + "'");
      return false;
    }
    if (!offset || (hasLength && !length)) {
      fail(error, ErrorClass::Model,
           "external data " + entry.key() + " '" + escapeName(entry.value()) + "' is not a number");
      return false;
    }
  }

  std::string what = "external data file '" + escapeName(location) + "'";
  std::shared_ptr<MappedFile> &mapped = external[location];
  if (!mapped) {
    std::string why;
    bool wrongModel = false;
    mapped = openBeneath(folder, location, rules, why, wrongModel);
    if (!mapped) {
      fail(error, wrongModel ? ErrorClass::Model : ErrorClass::Io, what + ": " + why);
      return false;
    }
  }
  uint64_t size = mapped->bytes().size();
  if (*offset > size || uint64_t(needed) > size - *offset) {
    fail(error, ErrorClass::Model,
         what + " has " + std::to_string(size) + " bytes; the tensor needs " +
             std::to_string(needed) + " from offset " + std::to_string(*offset));
    return false;
  }
  if (length && *length != uint64_t(needed)) {
    fail(error, ErrorClass::Model,
         what + ": the length is given as " + std::to_string(*length) +
             " bytes but the tensor needs " + std::to_string(needed));
    return false;
  }
  to.bytes = mapped->bytes().slice(*offset, needed);
  to.owner = mapped;
  return true;
}

std::optional<TensorData> TensorReader::read(const TensorProto &tensor, Error &error) {
  TensorData data;
  data.name = tensor.name();
  data.type = tensor.data_type();
  data.dims.assign(tensor.dims().begin(), tensor.dims().end());
  bool isString = data.type == TensorProto::STRING;
  unsigned bits = elementBits(data.type);
  if (!bits && !isString)
    return fail(error, ErrorClass::Model,
                "has no element type (data_type = " + std::to_string(data.type) + ")");

  std::string why;
  std::optional<int64_t> count = checkedNumElements(data.dims, why);
  std::optional<int64_t> needed;
  if (count)
    needed = checkedByteSize(data.dims, bits, why);
  if (!count || !needed)
    return fail(error, ErrorClass::Model, why);

  bool external = tensor.data_location() == TensorProto::EXTERNAL;
  bool raw = tensor.has_segment(); // see wire.h
  std::string type = typeText(data.type, data.dims);
  if (int(external) + int(raw) + int(hasTypedData(tensor)) > 1)
    return fail(error, ErrorClass::Model, "has its data in more than one place");

  if (isString) {
    if (external || raw)
      return fail(error, ErrorClass::Model, "holds strings, which must be in string_data");
    if (tensor.string_data_size() != *count)
      return fail(error, ErrorClass::Model,
                  type + " needs " + std::to_string(*count) + " strings but string_data has " +
                      std::to_string(tensor.string_data_size()));
    data.strings.assign(tensor.string_data().begin(), tensor.string_data().end());
    return data;
  }
  if (external) {
    if (!readExternal(tensor, *needed, data, error))
      return std::nullopt;
  } else if (raw) {
    uint64_t begin = tensor.segment().begin(), end = tensor.segment().end();
    ArrayRef<char> all = file ? file->bytes() : ArrayRef<char>();
    if (begin > end || end > all.size())
      return fail(error, ErrorClass::Internal, "raw_data lies outside the file");
    if (end - begin != uint64_t(*needed))
      return fail(error, ErrorClass::Model,
                  type + " needs " + std::to_string(*needed) + " bytes but raw_data has " +
                      std::to_string(end - begin));
    data.bytes = all.slice(begin, *needed);
    data.owner = file;
  } else {
    auto buffer = std::make_shared<std::vector<char>>();
    const char *field = readTypedField(tensor, *count, *buffer);
    if (buffer->size() != uint64_t(*needed))
      return fail(error, ErrorClass::Model,
                  type + " needs " + std::to_string(*needed) + " bytes but " + field + " gives " +
                      std::to_string(buffer->size()));
    data.bytes = *buffer;
    data.owner = buffer;
  }
  // A bool is 0 or 1 everywhere behind this line.
  if (data.type == TensorProto::BOOL &&
      llvm::any_of(data.bytes, [](char b) { return static_cast<unsigned char>(b) > 1; })) {
    auto buffer = std::make_shared<std::vector<char>>(data.bytes.begin(), data.bytes.end());
    for (char &b : *buffer)
      b = b != 0;
    data.bytes = *buffer;
    data.owner = buffer;
  }
  return data;
}

std::optional<TensorData> readTensorFile(StringRef path, TensorReader::Error &error) {
  std::string why;
  std::shared_ptr<MappedFile> file = openUserFile(path, why);
  if (!file) {
    error = {ErrorClass::Io, why};
    return std::nullopt;
  }
  std::string compact;
  TensorProto tensor;
  if (!compactMessage(file->bytes(), WireRoot::Tensor, compact, why)) {
    error = {ErrorClass::Model, "is not an ONNX tensor: " + why};
    return std::nullopt;
  }
  if (!tensor.ParseFromString(compact)) {
    error = {ErrorClass::Model, "is not an ONNX tensor"};
    return std::nullopt;
  }
  size_t slash = path.rfind('/');
  std::string folder = slash == StringRef::npos ? "" : path.substr(0, slash + 1).str();
  return TensorReader(std::move(file), folder).read(tensor, error);
}

} // namespace dlc
