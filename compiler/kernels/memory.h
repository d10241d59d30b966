// What the memory passes of floor 4 share with each other and with the host floor: the names of the
// attributes by which they speak, and sizes in memory.
//
// After these passes `@main` has memref arguments: the model's inputs, one index per symbol, then
// (each marked by an attribute) the weights block, one destination per output and the arena. Only
// outputs with a data-dependent dimension are still returned. `@weights` computes the constants
// that need code: its arguments carry kWeightKeyAttr (and the destinations kWeightOffsetAttr).
#ifndef DLC_COMPILER_KERNELS_MEMORY_H
#define DLC_COMPILER_KERNELS_MEMORY_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"

#include <string>
#include <vector>

namespace dlc {

inline constexpr llvm::StringLiteral kMainFunc = "main";
inline constexpr llvm::StringLiteral kPlanFunc = "plan";
inline constexpr llvm::StringLiteral kWeightsFunc = "weights";

/// Argument and result attributes of @main (floor 3 writes them).
inline constexpr llvm::StringLiteral kNameAttr = "dlc.name";
inline constexpr llvm::StringLiteral kDtypeAttr = "dlc.dtype";
inline constexpr llvm::StringLiteral kDimsAttr = "dlc.dims";
inline constexpr llvm::StringLiteral kSymbolAttr = "dlc.symbol";

/// Unit argument attributes: the weights block and the arena, both memref<?xi8>.
inline constexpr llvm::StringLiteral kWeightsBaseAttr = "dlc.weights_base";
inline constexpr llvm::StringLiteral kArenaAttr = "dlc.arena";
/// Position among the outputs, on a destination argument or on a result that stayed.
inline constexpr llvm::StringLiteral kOutputAttr = "dlc.output";
/// The memref type of the output, on a destination argument (which is a block of bytes).
inline constexpr llvm::StringLiteral kOutputTypeAttr = "dlc.type";
/// On arguments of @weights: the key of the raw constant in the WeightTable.
inline constexpr llvm::StringLiteral kWeightKeyAttr = "dlc.weight";
/// On results, later destinations, of @weights: the place in the weights block.
inline constexpr llvm::StringLiteral kWeightOffsetAttr = "dlc.offset";
/// On @weights: bytes of its arena.
inline constexpr llvm::StringLiteral kArenaBytesAttr = "dlc.arena_bytes";
/// On the module: the layout of the weights block, see WeightsLayout.
inline constexpr llvm::StringLiteral kWeightsLayoutAttr = "dlc.weights_layout";

/// Alignment of everything that is placed in a block of memory.
inline constexpr int64_t kAlignment = 64;
inline int64_t alignUp(int64_t bytes) { return (bytes + kAlignment - 1) / kAlignment * kAlignment; }

/// Bytes of one element in memory: i1 takes one, index eight.
int64_t elementBytes(mlir::Type element);
/// Bytes of a dense buffer with static shape.
int64_t staticBytes(mlir::ShapedType type);

/// The weights block of a model. Raw constants are copied from the WeightTable; the rest is written
/// by @weights.
struct WeightsLayout {
  struct Raw {
    std::string key;
    int64_t offset = 0;
    int64_t size = 0;
  };
  int64_t size = 0;     ///< bytes of the whole block; 0: the model has no weights
  std::vector<Raw> raw; ///< used as they are
  bool hasCode = false; ///< whether the module has a function @weights
};

/// Reads what hoist-weights noted on the module.
WeightsLayout weightsLayout(mlir::ModuleOp module);
/// Notes it.
void setWeightsLayout(mlir::ModuleOp module, const WeightsLayout &layout);

} // namespace dlc

#endif // DLC_COMPILER_KERNELS_MEMORY_H
