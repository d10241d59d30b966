// Sizes of tensors as index values of the caller: found, where possible, without asking the tensor.
#ifndef DLC_COMPILER_KERNELS_SIZES_H
#define DLC_COMPILER_KERNELS_SIZES_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/Value.h"

#include <map>
#include <tuple>

namespace dlc {

/// Finds or builds sizes at `builder`'s position. Equal expressions built in one block are one
/// value, provided that positions in a block only move forwards.
class Sizes {
public:
  explicit Sizes(mlir::OpBuilder &builder) : builder(builder) {}

  /// Size of dimension `d` of `tensor`.
  mlir::OpFoldResult of(mlir::Value tensor, unsigned d);
  llvm::SmallVector<mlir::OpFoldResult> of(mlir::Value tensor);
  /// The same as a value.
  mlir::Value value(mlir::OpFoldResult size, mlir::Location loc);

private:
  mlir::OpFoldResult ofArgument(mlir::BlockArgument argument, unsigned d);
  mlir::OpFoldResult ask(mlir::Value tensor, unsigned d);
  mlir::OpFoldResult combine(bool isSum, mlir::OpFoldResult a, mlir::OpFoldResult b,
                             mlir::Location loc);

  mlir::OpBuilder &builder;
  using Key = std::tuple<mlir::Block *, bool, void *, void *>;
  std::map<Key, mlir::Value> built;
  std::map<std::tuple<mlir::Block *, void *, unsigned>, mlir::Value> asked;
};

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_SIZES_H
