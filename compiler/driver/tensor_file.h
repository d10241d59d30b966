// Tensors on the host: read from and written to .npy (NumPy) and .pb (ONNX TensorProto) files,
// drawn at random, compared. Files are untrusted: every size is checked before memory is taken.
#ifndef DLC_COMPILER_DRIVER_TENSOR_FILE_H
#define DLC_COMPILER_DRIVER_TENSOR_FILE_H

#include "dlc/dlc.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <memory>
#include <optional>
#include <string>

namespace dlc {

/// A dense row-major tensor that owns its bytes. `dtype` is a dlc_dtype.
struct HostTensor {
  std::string name;
  int32_t dtype = 0;
  llvm::SmallVector<int64_t> dims;
  std::shared_ptr<char> data; ///< 64-byte aligned, never null
  size_t bytes = 0;

  int64_t elements() const;
  /// A view for dlc_run; valid while this tensor lives and `dims` does not change.
  dlc_tensor view() const;
  /// "f32[1,3,224,224]"
  std::string typeText() const;
  /// Element `i` as a number (integers of 64 bits lose their low bits).
  double at(int64_t i) const;
};

/// Zeros. Nothing if the size overflows or memory is exhausted.
std::optional<HostTensor> makeTensor(int32_t dtype, llvm::ArrayRef<int64_t> dims);

/// A copy of a dense tensor that somebody else owns.
std::optional<HostTensor> copyTensor(const dlc_tensor &tensor, llvm::StringRef name);

/// Why a file could not be used; `exitCode` is 1 (its contents are wrong), 3 (a type that is not
/// supported), 4 (it cannot be read or written) or 5 (memory).
struct FileError {
  int exitCode = 0;
  std::string path;
  std::string message;

  std::string text() const { return path + ": " + message; }
};

/// Reads FILE.npy or FILE.pb, by extension.
std::optional<HostTensor> readTensor(llvm::StringRef path, FileError &error);

/// Writes FILE.npy or FILE.pb, by extension; nothing is left behind on failure.
bool writeTensor(llvm::StringRef path, const HostTensor &tensor, FileError &error);

/// Floating-point elements uniform in [-1, 1), bool 0 or 1, 8-bit integers of their whole range,
/// wider ones in [0, 10). The same bits for the same seed everywhere.
void fillRandom(HostTensor &tensor, uint64_t seed);

/// What an element may differ by: |a - b| <= atol + rtol * |b|.
struct Tolerance {
  double rtol = 1e-3, atol = 1e-7;
};

/// Empty if `got` equals `expected` within the tolerance: same type and shape; NaN matches NaN,
/// infinities match by sign, integers are exact; bf16 has rtol of at least 2^-6. Otherwise says
/// where and by how much they differ.
std::string compareTensors(const HostTensor &got, const HostTensor &expected,
                           const Tolerance &tolerance);

/// Half and bfloat16 to float.
float halfToFloat(uint16_t bits);
float bfloatToFloat(uint16_t bits);

} // namespace dlc

#endif // DLC_COMPILER_DRIVER_TENSOR_FILE_H
