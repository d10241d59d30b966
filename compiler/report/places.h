// Where the memrefs of @main lie: in which blocks, and at which bytes of them.
#ifndef DLC_COMPILER_REPORT_PLACES_H
#define DLC_COMPILER_REPORT_PLACES_H

#include "compiler/report/dataflow.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace dlc {

enum class Space { Input, Output, Arena, Weights, Heap };

using Run = std::pair<int64_t, int64_t>; ///< from, to

/// Bytes that a memref covers. `exact`: it covers these and no others, in each iteration.
struct Place {
  Space space = Space::Heap;
  const void *block = nullptr; ///< which input, output or allocation
  llvm::SmallVector<Run> runs;
  bool exact = true;
  mlir::Operation *base = nullptr; ///< the memref.view of the arena
  bool whole = true;               ///< all of what `base` covers
};

/// Finds them, each once.
class Places {
public:
  /// `main` may be null where nothing is asked.
  Places(mlir::func::FuncOp main, SizeEvaluator &evaluate) : main(main), evaluate(evaluate) {}

  /// Where a memref may lie: more than one place where control flow meets.
  llvm::SmallVector<Place> of(mlir::Value memref);
  int64_t bytesOf(mlir::MemRefType type, mlir::ValueRange dynamicSizes);

private:
  llvm::SmallVector<Place> ofAll(mlir::ValueRange values);
  llvm::SmallVector<Place> find(mlir::Value memref);
  llvm::SmallVector<Place> ofArgument(mlir::BlockArgument argument);
  llvm::SmallVector<Place> ofSlice(mlir::memref::SubViewOp slice);

  mlir::func::FuncOp main;
  SizeEvaluator &evaluate;
  llvm::DenseMap<mlir::Value, llvm::SmallVector<Place>> places;
};

} // namespace dlc

#endif // DLC_COMPILER_REPORT_PLACES_H
