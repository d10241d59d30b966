// What a kernel costs and what it is, read off its linalg: for profiles and reports. Nothing is
// decided by this.
#ifndef DLC_COMPILER_KERNELS_COST_H
#define DLC_COMPILER_KERNELS_COST_H

#include "dialects/kernel/kernel.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dlc {

/// A sum of products of a kernel's index arguments (by number), or unknown.
class Amount {
public:
  using Factors = std::vector<int32_t>; ///< sorted

  Amount(int64_t value = 0) {
    if (value)
      terms[{}] = value;
  }
  static Amount argument(int32_t number) {
    Amount result;
    result.terms[{number}] = 1;
    return result;
  }
  static Amount unknown() {
    Amount result;
    result.known = false;
    return result;
  }
  Amount operator+(const Amount &other) const;
  Amount operator*(const Amount &other) const;

  bool isKnown() const { return known; }
  const std::map<Factors, int64_t> &getTerms() const { return terms; }

private:
  bool known = true;
  std::map<Factors, int64_t> terms;
};

struct KernelCost {
  /// Arithmetic operations of the linalg bodies, once for each point of their loops; a multiply-add
  /// is two. What a schedule computes again is not counted.
  Amount flops;
  /// For Winograd: what the direct convolution would take. Else the same.
  Amount directFlops;
  /// Everything that is read or written, once.
  Amount bytes;
};

/// Of a specialised kernel.
KernelCost costOf(kernel::FuncOp func);

/// In words: "convolution 3x3 over 64, then add, max".
std::string describeKernel(kernel::FuncOp func);

/// "f32[{0},64] f32[64,10] -> f32[{0},10]" of a specialised kernel; {k} is index argument k.
std::string operandShapes(kernel::FuncOp func);

/// Those shapes with sizes for the {k}; "?" where there is none.
std::string fillSizes(llvm::StringRef shapes,
                      llvm::function_ref<std::optional<int64_t>(unsigned)> sizeOf);

/// The schedule as it is printed, without the brackets around it; "" if there is none.
std::string scheduleText(kernel::FuncOp func);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_COST_H
