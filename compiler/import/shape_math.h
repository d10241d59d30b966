// Arithmetic on shape tensors that are known at run time only: small i64 vectors, written with nn
// operations. What turns out to be known after all is simplified away by the symbolic evaluation of
// the importer.
#ifndef DLC_COMPILER_IMPORT_SHAPE_MATH_H
#define DLC_COMPILER_IMPORT_SHAPE_MATH_H

#include "compiler/import/node_context.h"

namespace dlc {

/// max(dim, 0), written without the max where nothing can be negative.
nn::Dim nonNegative(const nn::Dim &dim);

struct ShapeMath {
  NodeContext &n;

  mlir::Value number(int64_t value) { return scalar(value); }
  mlir::Value dims(llvm::ArrayRef<nn::Dim> values) { return n.dimsTensor(values); }
  mlir::Value add(mlir::Value a, mlir::Value b) { return n.create<nn::AddOp>(a, b); }
  mlir::Value sub(mlir::Value a, mlir::Value b) { return n.create<nn::SubOp>(a, b); }
  mlir::Value mul(mlir::Value a, mlir::Value b) { return n.create<nn::MulOp>(a, b); }
  mlir::Value div(mlir::Value a, mlir::Value b) { return n.create<nn::DivOp>(a, b); }
  mlir::Value mod(mlir::Value a, mlir::Value b) { return n.create<nn::ModOp>(a, b); }
  mlir::Value max(mlir::Value a, mlir::Value b) { return n.create<nn::MaxOp>(a, b); }
  mlir::Value min(mlir::Value a, mlir::Value b) { return n.create<nn::MinOp>(a, b); }
  mlir::Value neg(mlir::Value a) { return n.create<nn::NegOp>(a); }
  mlir::Value equal(mlir::Value a, mlir::Value b) { return n.create<nn::EqualOp>(a, b); }
  mlir::Value less(mlir::Value a, mlir::Value b) { return n.create<nn::LessOp>(a, b); }
  mlir::Value lessEqual(mlir::Value a, mlir::Value b) { return n.create<nn::LessEqualOp>(a, b); }
  mlir::Value where(mlir::Value c, mlir::Value a, mlir::Value b) {
    return n.create<nn::WhereOp>(c, a, b);
  }
  mlir::Value sum(mlir::Value value, llvm::ArrayRef<int64_t> axes) {
    return reduce(value, nn::ReduceKind::Sum, axes);
  }
  mlir::Value prod(mlir::Value value, llvm::ArrayRef<int64_t> axes) {
    return reduce(value, nn::ReduceKind::Prod, axes);
  }
  /// i64, whatever integer type it was.
  mlir::Value i64(mlir::Value value) { return n.castTo(value, n.builder().getI64Type()); }
  /// Adds `size` to negative elements.
  mlir::Value fromEnd(mlir::Value value, mlir::Value size) {
    return where(less(value, number(0)), add(value, size), value);
  }
  mlir::Value clamp(mlir::Value value, mlir::Value low, mlir::Value high) {
    return min(max(value, low), high);
  }
  /// `values[k]` at position `axes[k]` of a vector of `rank` entries, `otherwise` elsewhere.
  /// `axes` lies in [-rank, rank).
  mlir::Value spread(mlir::Value values, mlir::Value axes, int64_t rank, int64_t otherwise);
  /// [rank] booleans: whether the position is among the axes.
  mlir::Value isAmong(mlir::Value axes, int64_t rank);
  /// [rank]: how many entries before position i hold.
  mlir::Value countBefore(mlir::Value mask, int64_t rank);
  /// Ascending positions, [count], of the true elements of a vector of booleans; the count becomes
  /// a symbol.
  mlir::Value truePositions(mlir::Value mask);
  /// i64 constant 0, 1, ..., count - 1.
  mlir::Value positions(int64_t count);
  /// The same as a column, [count, 1].
  mlir::Value column(int64_t count) {
    return n.reshape(positions(count), {nn::Dim(count), nn::Dim(1)});
  }

private:
  mlir::Value scalar(int64_t value);
  mlir::Value reduce(mlir::Value value, nn::ReduceKind kind, llvm::ArrayRef<int64_t> axes);
  mlir::Value hits(mlir::Value axes, int64_t rank);
};

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_SHAPE_MATH_H
