// The contents of TensorProto as little-endian bytes, without a copy where the file already holds
// them so.
#ifndef DLC_COMPILER_IMPORT_TENSOR_DATA_H
#define DLC_COMPILER_IMPORT_TENSOR_DATA_H

#include "compiler/import/diagnostics.h"
#include "compiler/import/mapped_file.h"
#include "llvm/ADT/SmallVector.h"
#include <map>
#include <optional>

namespace onnx {
class TensorProto;
}

namespace dlc {

/// Bits of an element of the ONNX type; 0 for strings and for numbers that name no type.
unsigned elementBits(int32_t onnxType);
/// Short name, as messages print it: "f32", "i64", "bool", "string"; "undefined" for numbers that
/// name no type.
llvm::StringRef elementName(int32_t onnxType);
/// `f32[N,3]`-like text of a static type.
std::string typeText(int32_t onnxType, llvm::ArrayRef<int64_t> dims);

constexpr size_t kMaxRank = 16;
constexpr int64_t kMaxDim = int64_t(1) << 40;
constexpr int64_t kMaxTensorBytes = int64_t(1) << 46;

/// The number of elements, if rank, every dimension and the product stay in range; nullopt
/// otherwise, with the reason. Dimensions that are negative are an error.
std::optional<int64_t> checkedNumElements(llvm::ArrayRef<int64_t> dims, std::string &why);
/// The same in bytes; sub-byte types are packed.
std::optional<int64_t> checkedByteSize(llvm::ArrayRef<int64_t> dims, unsigned bits,
                                       std::string &why);

/// One tensor. `bytes` has exactly the size that type and dims need, is row-major, little-endian,
/// packed for sub-byte types (first element in the low bits) and **not aligned**. Strings are in
/// `strings`.
struct TensorData {
  std::string name;
  int32_t type = 0;
  llvm::SmallVector<int64_t> dims;
  llvm::ArrayRef<char> bytes;
  std::vector<std::string> strings;
  std::shared_ptr<const void> owner; ///< keeps `bytes` alive

  int64_t numElements() const;
};

/// Reads tensors of one model file (whose messages went through compactMessage) and its external
/// data.
class TensorReader {
public:
  TensorReader(std::shared_ptr<MappedFile> file, std::string folder, ExternalFileRules rules = {})
      : file(std::move(file)), folder(std::move(folder)), rules(rules) {}

  struct Error {
    ErrorClass errorClass = ErrorClass::Model;
    std::string message; ///< without the tensor's name
  };

  /// Checks everything (type, dims, length, external file) and gives the bytes.
  std::optional<TensorData> read(const onnx::TensorProto &tensor, Error &error);

private:
  std::optional<TensorData> fail(Error &error, ErrorClass c, std::string message);
  bool readExternal(const onnx::TensorProto &tensor, int64_t needed, TensorData &to, Error &error);

  std::shared_ptr<MappedFile> file;
  std::string folder;
  ExternalFileRules rules;
  std::map<std::string, std::shared_ptr<MappedFile>> external;
};

/// Reads a file that holds one serialised TensorProto, such as `input_0.pb` of ONNX's test layout.
std::optional<TensorData> readTensorFile(llvm::StringRef path, TensorReader::Error &error);

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_TENSOR_DATA_H
