// .npy: six magic bytes, a version, a header that is a Python dictionary, then the elements. .pb:
// one TensorProto, which the importer's reader checks and the writer here spells byte by byte (it
// has four fields).
#include "compiler/driver/tensor_file.h"

#include "compiler/driver/output_file.h"
#include "compiler/import/mapped_file.h"
#include "compiler/import/tensor_data.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cstring>

using namespace dlc;
using llvm::StringRef;

namespace {

struct NpyType {
  const char *code; // without the byte order
  int32_t dtype;
};

// bfloat16 has no code of its own in NumPy; a raw two-byte item ("V2") is what ml_dtypes writes.
constexpr NpyType kNpyTypes[] = {
    {"f4", DLC_F32}, {"f8", DLC_F64}, {"f2", DLC_F16}, {"V2", DLC_BF16}, {"b1", DLC_BOOL},
    {"i1", DLC_I8},  {"i2", DLC_I16}, {"i4", DLC_I32}, {"i8", DLC_I64},  {"u1", DLC_U8},
    {"u2", DLC_U16}, {"u4", DLC_U32}, {"u8", DLC_U64}};

std::nullopt_t fail(FileError &error, int exitCode, StringRef path, const llvm::Twine &why) {
  error.exitCode = exitCode;
  error.path = path.str();
  error.message = why.str();
  return std::nullopt;
}

/// Reads `'key': value` pairs of the dictionary in a .npy header.
struct NpyHeader {
  StringRef rest;
  std::string descr;
  bool fortran = false;
  llvm::SmallVector<int64_t> dims;

  bool parse() {
    bool seen[3] = {};
    if (!take("{"))
      return false;
    while (!take("}")) {
      std::string key;
      if (!string(key) || !take(":"))
        return false;
      if (key == "descr" && !seen[0]) {
        seen[0] = string(descr);
        if (!seen[0])
          return false;
      } else if (key == "fortran_order" && !seen[1]) {
        seen[1] = true;
        fortran = take("True");
        if (!fortran && !take("False"))
          return false;
      } else if (key == "shape" && !seen[2]) {
        seen[2] = tuple();
        if (!seen[2])
          return false;
      } else {
        return false;
      }
      take(",");
    }
    return seen[0] && seen[1] && seen[2] && rest.trim().empty();
  }

private:
  bool take(StringRef token) {
    rest = rest.ltrim();
    return rest.consume_front(token);
  }
  bool string(std::string &text) {
    rest = rest.ltrim();
    if (rest.empty() || (rest[0] != '\'' && rest[0] != '"'))
      return false;
    size_t end = rest.find(rest[0], 1);
    if (end == StringRef::npos)
      return false;
    text = rest.slice(1, end).str();
    rest = rest.drop_front(end + 1);
    return true;
  }
  bool tuple() {
    if (!take("("))
      return false;
    while (!take(")")) {
      uint64_t value;
      rest = rest.ltrim();
      if (rest.consumeInteger(10, value) || value > (uint64_t(1) << 40) || dims.size() >= 16)
        return false;
      rest.consume_front("L");
      dims.push_back(static_cast<int64_t>(value));
      if (!take(",")) {
        if (!take(")"))
          return false;
        return true;
      }
    }
    return true;
  }
};

void swapBytes(char *data, size_t count, size_t size) {
  for (size_t i = 0; i < count; ++i)
    std::reverse(data + i * size, data + (i + 1) * size);
}

/// Column-major `from` into row-major `to`.
void transposeFortran(const char *from, HostTensor &to) {
  size_t size = dlc_dtype_bytes(to.dtype), rank = to.dims.size();
  llvm::SmallVector<int64_t> index(rank, 0), stride(rank, 1);
  for (size_t d = 1; d < rank; ++d)
    stride[d] = stride[d - 1] * to.dims[d - 1];
  int64_t source = 0;
  for (int64_t i = 0, e = to.elements(); i < e; ++i) {
    std::memcpy(to.data.get() + i * size, from + source * size, size);
    for (size_t d = rank; d-- > 0;) {
      source += stride[d];
      if (++index[d] < to.dims[d])
        break;
      source -= stride[d] * to.dims[d];
      index[d] = 0;
    }
  }
}

std::optional<HostTensor> readNpy(StringRef path, FileError &error) {
  std::string why;
  auto file = openUserFile(path, why);
  if (!file)
    return fail(error, 4, path, why);
  StringRef bytes(file->bytes().data(), file->bytes().size());
  if (!bytes.starts_with("\x93NUMPY") || bytes.size() < 12)
    return fail(error, 1, path, "not a .npy file");
  unsigned major = static_cast<unsigned char>(bytes[6]);
  if (major < 1 || major > 3)
    return fail(error, 1, path, ".npy version " + llvm::Twine(major) + " is not known");
  size_t start = major == 1 ? 10 : 12;
  uint64_t length = major == 1 ? llvm::support::endian::read16le(bytes.data() + 8)
                               : llvm::support::endian::read32le(bytes.data() + 8);
  if (length > bytes.size() - start)
    return fail(error, 1, path, "the header ends after the end of the file");
  NpyHeader header{bytes.substr(start, length), {}, false, {}};
  if (!header.parse())
    return fail(error, 1, path, "the .npy header cannot be read");
  StringRef descr = header.descr;
  char order = descr.empty() ? '?' : descr[0];
  const auto *type = std::find_if(std::begin(kNpyTypes), std::end(kNpyTypes),
                                  [&](const NpyType &t) { return descr.substr(1) == t.code; });
  if (!StringRef("<>|=").contains(order) || type == std::end(kNpyTypes))
    return fail(error, 3, path, "element type '" + descr + "' is not supported");
  StringRef data = bytes.drop_front(start + length);
  // Before memory is taken: the file must hold as many bytes as the header says.
  int64_t needed = static_cast<int64_t>(dlc_dtype_bytes(type->dtype));
  for (int64_t d : header.dims)
    if (llvm::MulOverflow(needed, d, needed))
      return fail(error, 1, path, "the shape is too large");
  if (static_cast<uint64_t>(needed) > data.size())
    return fail(error, 1, path,
                "holds " + llvm::Twine(data.size()) + " bytes of data, its shape needs " +
                    llvm::Twine(needed));
  auto tensor = makeTensor(type->dtype, header.dims);
  if (!tensor)
    return fail(error, 5, path, "not enough memory for " + llvm::Twine(needed) + " bytes");
  if (header.fortran && header.dims.size() > 1)
    transposeFortran(data.data(), *tensor);
  else if (tensor->bytes)
    std::memcpy(tensor->data.get(), data.data(), tensor->bytes);
  if (order == '>')
    swapBytes(tensor->data.get(), tensor->elements(), dlc_dtype_bytes(type->dtype));
  return tensor;
}

std::optional<HostTensor> readPb(StringRef path, FileError &error) {
  TensorReader::Error why;
  auto data = readTensorFile(path, why);
  if (!data)
    return fail(error, static_cast<int>(why.errorClass), path, why.message);
  if (!dlc_dtype_bytes(data->type))
    return fail(error, 3, path, "element type " + elementName(data->type) + " is not supported");
  auto tensor = makeTensor(data->type, data->dims);
  if (!tensor || tensor->bytes != data->bytes.size())
    return fail(error, tensor ? 1 : 5, path, tensor ? "wrong length" : "not enough memory");
  tensor->name = data->name;
  if (tensor->bytes)
    std::memcpy(tensor->data.get(), data->bytes.data(), tensor->bytes);
  return tensor;
}

std::string npyHeader(const HostTensor &tensor) {
  const auto *type = std::find_if(std::begin(kNpyTypes), std::end(kNpyTypes),
                                  [&](const NpyType &t) { return tensor.dtype == t.dtype; });
  bool one = dlc_dtype_bytes(tensor.dtype) == 1 || tensor.dtype == DLC_BF16;
  std::string text = std::string("{'descr': '") + (one ? "|" : "<") + type->code +
                     "', 'fortran_order': False, 'shape': (";
  for (size_t i = 0; i < tensor.dims.size(); ++i)
    text += (i ? ", " : "") + std::to_string(tensor.dims[i]);
  text += tensor.dims.size() == 1 ? ",), }" : "), }";
  text.append(64 - (10 + text.size() + 1) % 64, ' ');
  text += '\n';
  std::string head("\x93NUMPY\x01\x00", 8);
  head += static_cast<char>(text.size() & 255);
  head += static_cast<char>(text.size() >> 8);
  return head + text;
}

/// TensorProto without its data: dims = 1, data_type = 2, name = 8, and the tag and length of
/// raw_data = 9.
std::string pbHeader(const HostTensor &tensor) {
  std::string text;
  llvm::raw_string_ostream os(text);
  for (int64_t d : tensor.dims) {
    os << '\x08';
    llvm::encodeULEB128(static_cast<uint64_t>(d), os);
  }
  os << '\x10';
  llvm::encodeULEB128(static_cast<uint64_t>(tensor.dtype), os);
  if (!tensor.name.empty()) {
    os << '\x42';
    llvm::encodeULEB128(tensor.name.size(), os);
    os << tensor.name;
  }
  os << '\x4a';
  llvm::encodeULEB128(tensor.bytes, os);
  return text;
}

} // namespace

std::optional<HostTensor> dlc::readTensor(StringRef path, FileError &error) {
  if (path.ends_with(".npy"))
    return readNpy(path, error);
  if (path.ends_with(".pb"))
    return readPb(path, error);
  return fail(error, 2, path, "a tensor file is .npy or .pb");
}

bool dlc::writeTensor(StringRef path, const HostTensor &tensor, FileError &error) {
  std::string head = path.ends_with(".pb") ? pbHeader(tensor) : npyHeader(tensor);
  OutputFile file(path);
  file.write(head);
  file.write(StringRef(tensor.data.get(), tensor.bytes));
  if (file.commit())
    return true;
  fail(error, 4, path, file.error());
  return false;
}
