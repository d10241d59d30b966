// Random tensors and their comparison.
#ifndef DLC_TEST_KERNEL_CHECK_TENSOR_DATA_H
#define DLC_TEST_KERNEL_CHECK_TENSOR_DATA_H

#include "mlir/IR/BuiltinTypes.h"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace dlc::test {

/// A buffer with a row-major tensor in it, rows (of the innermost dimension) perhaps apart.
struct TensorData {
  mlir::Type element;
  std::vector<int64_t> extents, strides; ///< in elements
  std::vector<char> bytes;

  static TensorData make(mlir::Type element, std::vector<int64_t> extents, bool apart);
  int64_t elementBytes() const;
  int64_t count() const;
  /// Byte offset of the element with the row-major number `i`.
  int64_t offset(int64_t i) const;
  double real(int64_t i) const;
  int64_t integer(int64_t i) const;
  bool isFloat() const { return mlir::isa<mlir::FloatType>(element); }
};

struct Filling {
  bool specials = false;  ///< NaN, infinities, zeros, the smallest and largest numbers among floats
  double scale = 1;       ///< of floats: uniform in [-scale, scale]
  double low = 0;         ///< if not 0: uniform in [low, scale]
  int64_t integers = 100; ///< of integers: uniform in [-integers, integers]; 0: all values
};
void fill(TensorData &data, const Filling &filling, std::mt19937_64 &random);

/// Largest difference. Floats: relative to the largest number of the reference, or in units of the
/// last place of each element with `ulps`; 1e30 where one is NaN or infinite and the other is not.
/// Integers: count of differences.
double difference(const TensorData &reference, const TensorData &other, bool ulps,
                  std::string &where);

} // namespace dlc::test

#endif // DLC_TEST_KERNEL_CHECK_TENSOR_DATA_H
