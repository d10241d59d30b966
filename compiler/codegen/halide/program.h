// What the Halide side of the backend is told about a kernel: plain data, standard C++ only.
//
// MLIR and Halide never meet in one translation unit. The MLIR side (describe*.cpp) walks a
// kernel.func and writes this description; the Halide side (everything that includes translator.h)
// turns it into Funcs, schedules and code. The vocabulary is linalg's and tensor's: one node an
// operation, values numbered in SSA order. Scalar operations keep the names of the arith and math
// dialects.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_PROGRAM_H
#define DLC_COMPILER_CODEGEN_HALIDE_PROGRAM_H

#include <cstdint>
#include <string>
#include <vector>

namespace dlc::halide {

using ValueId = int;

enum class ElementType { I1, I8, I16, I32, I64, F16, BF16, F32, F64, Index };

/// A size: a constant, or the value of a scalar.
struct Size {
  int64_t value = 0;
  ValueId scalar = -1;
  bool isStatic() const { return scalar < 0; }
};

/// An affine expression over loop indices (or other dimensions).
struct Affine {
  enum Kind { Dim, Constant, Add, Mul, FloorDiv, CeilDiv, Mod };
  Kind kind = Constant;
  int64_t value = 0; ///< position of the dimension, or the constant
  std::vector<Affine> operands;
};

/// One scalar operation. `name` is MLIR's ("arith.addf", "math.exp"), or
///   "constant"  a value: `integer` or `real` by type,
///   "index"     loop index number `integer`,
///   "extract"   an element: a tensor and its indices,
///   "dim"       extent number `integer` of a tensor.
/// `integer` is also the predicate of comparisons (the numbers are arith's).
struct ScalarOp {
  std::string name;
  ElementType type = ElementType::F32;
  std::vector<ValueId> operands;
  int64_t integer = 0;
  double real = 0;
  ValueId result = -1;
};

/// A block of scalar operations.
struct Body {
  std::vector<ValueId> arguments;
  std::vector<ScalarOp> operations;
  std::vector<ValueId> yields;
};

/// What a structured node computes, as far as templates care.
enum class Role {
  Plain,
  Contraction, ///< sums of products over dimensions that both operands have: GEMM, convolution
  Depthwise,   ///< a convolution without a channel reduction
  Window,      ///< another reduction over a sliding window: pooling
  Reduction    ///< any other reduction
};

/// Range of a loop of a structured node: a constant, or dimension `dim` of operand number
/// `operand`.
struct LoopRange {
  int64_t value = -1;
  int operand = -1;
  int dim = -1;
};

struct Node {
  enum Kind {
    Buffer,       ///< argument `buffer`, an input
    SizeArgument, ///< index argument number `buffer`
    Scalar,       ///< `scalar`
    Constant,     ///< `data`, row-major, or one element that fills the tensor
    Structured,   ///< a LinalgOp: maps, iterators, body
    Generate,     ///< every element by `body` of its indices (body "index" operations)
    Pad,          ///< `offsets` before, `sizes` of the result; `body` yields the padding value
    Slice,        ///< offsets, sizes, strides; `kept` dimensions survive
    Insert,       ///< source, destination; offsets, sizes, strides
    Expand,       ///< groups
    Collapse,     ///< groups
    Concat,       ///< along `dim`
    Alias,        ///< the operand under another type
    Empty,
    FromElements ///< operands are scalars, row-major
  };
  Kind kind = Empty;
  std::vector<ValueId> operands;
  std::vector<ValueId> results;
  ElementType element = ElementType::F32; ///< of the (first) result
  std::vector<Size> shape;                ///< of the (first) result, where it is no structured op's

  int buffer = -1;
  ScalarOp scalar;
  std::vector<char> data; ///< elements in memory order; i1 as bytes
  bool splat = false;

  int inputs = 0; ///< of the operands, how many are inputs; the others are inits
  std::vector<std::vector<Affine>> maps;
  std::vector<bool> reduction; ///< of each loop
  std::vector<LoopRange> ranges;
  std::vector<ElementType> resultElements;
  Body body;
  Role role = Role::Plain;

  std::vector<Size> offsets, sizes, strides;
  std::vector<bool> kept;
  std::vector<std::vector<int64_t>> groups;
  int64_t dim = 0;
};

/// A memref argument.
struct BufferArgument {
  ElementType element = ElementType::F32;
  std::vector<Size> extents;
  /// Strides in elements; `dynamicStride` where the caller passes them.
  static constexpr int64_t dynamicStride = -1;
  std::vector<Size> strides;
  bool output = false;
  ValueId value = -1; ///< what an output receives
};

/// The fields of #kernel.schedule; see kernel.td.
enum class Template { None, Contraction, Winograd, Rowwise, Window, Elementwise, Transpose };
enum class Placement { Inline, Outer, Root };
struct ScheduleSpec {
  Template kind = Template::None;
  std::vector<int64_t> tile, order, parallel;
  int64_t lanes = 1;
  Placement producers = Placement::Inline, pad = Placement::Inline;
  int64_t unroll = 1, prefetch = 0, dot = 0;
  bool apart = false;
};

struct Program {
  std::string name; ///< of the function to define
  std::vector<BufferArgument> buffers;
  int sizeArguments = 0;
  std::vector<Node> nodes;
  int values = 0; ///< how many value numbers are in use
  ScheduleSpec schedule;
};

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_PROGRAM_H
