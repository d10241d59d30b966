// From the neutral description to Halide Funcs. Everything that includes this file is on the Halide
// side: exceptions are on, no MLIR or LLVM header is included, and emit.cpp is where Halide::Error
// is caught.
//
// Every tensor value is something that can be read at indices (`Tensor::at`). Structured operations
// and pads are Funcs; views, empties and constants are only index rewrites. Whether a Func is
// computed anywhere or inlined is the schedule's decision (schedule.h).
//
// Names given to Halide begin with "dlc_": its own generator never makes such names, and a clash
// can miscompile.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_TRANSLATOR_H
#define DLC_COMPILER_CODEGEN_HALIDE_TRANSLATOR_H

#include "compiler/codegen/halide/emit.h"

#include <Halide.h>

#include <functional>
#include <map>
#include <optional>
#include <stdexcept>

namespace dlc::halide {

using Exprs = std::vector<Halide::Expr>;

/// What Halide::Error is for Halide: a kernel that the translator cannot do. Caught in emit.cpp.
struct Unsupported : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A scalar: i1 is Bool, integers are Int(n), f16 and bf16 are rounded Float(32), index is Int(64)
/// in bodies and Int(32) between tensors.
struct Scalar {
  Halide::Expr value;
  ElementType type = ElementType::F32;
};

/// A tensor: indices are Int(32), outermost first, as in MLIR.
struct Tensor {
  ElementType type = ElementType::F32;
  Exprs extents;
  std::function<Halide::Expr(const Exprs &)> at;
};

/// A Func and what schedules need to know of it.
struct Stage {
  Halide::Func func;
  const Node *node = nullptr;             ///< null for outputs
  std::vector<Halide::Var> vars;          ///< innermost first
  std::vector<Halide::RVar> rvars;        ///< innermost first; empty: a pure definition
  std::vector<int64_t> extents;           ///< of vars; dynamic ones -1
  std::vector<int64_t> ranges;            ///< of rvars; dynamic ones -1
  std::vector<std::pair<int, int>> reads; ///< producer stage, how many call sites
  int cost = 0;                           ///< scalar operations of one element
  bool heavy = false;                     ///< calls a function (exp, tanh, ...)
  bool output = false;
  bool pieces = false; ///< copies runs of a few lines one after the other; see pieces.cpp
  Role role = Role::Plain;

  bool isReduction() const { return !rvars.empty(); }
};

class Translator {
public:
  Translator(const Program &program, const EmitOptions &options);
  /// Builds all Funcs. Throws Unsupported or Halide::Error.
  void run();
  std::vector<Stage> stages; ///< in the order of definition; outputs last
  std::vector<int> outputs;  ///< their stages
  std::vector<Halide::Argument> arguments;
  const Program &program;
  const EmitOptions &options;

private:
  friend class ScalarBuilder;

  // translator.cpp
  void buffer(const Node &node);
  void nodeValue(const Node &node);
  void output(int index);
  Halide::Expr sizeExpr(const Size &size);
  Exprs sizeExprs(const std::vector<Size> &sizes);
  Exprs resultExtents(const Node &node, const Exprs &computed);
  Halide::Var newVar(const Halide::Expr &extent);
  std::string newName(const std::string &hint);
  int addStage(Stage stage);
  /// Reads that happen while `build` runs become reads of `stage`.
  void recordReads(Stage &stage, const std::function<void()> &build);
  Tensor readStage(int stage, ElementType type, Exprs extents, int result);

  // structured.cpp
  void structured(const Node &node);
  void generate(const Node &node);
  void pad(const Node &node);
  Halide::Expr affine(const Affine &expr, const Exprs &loops);
  Exprs indicesOf(const std::vector<Affine> &map, const Exprs &loops);
  std::vector<Scalar> evaluate(const Node &node, const Exprs &loops,
                               const std::vector<Scalar> &accumulators);
  Scalar foldLanes(const Node &node, Exprs loops, int loop, int64_t lanes, Scalar init);
  Exprs loopRanges(const Node &node);
  bool isRelaxed(const Node &node) const;
  bool reducesInline(const Node &node, const Exprs &loopExtents) const;
  /// Loop of each result dimension; -1 for a constant 0.
  std::vector<int> resultLoops(const Node &node) const;

  // pieces.cpp
  struct Pieces {
    int64_t loop = 0, size = 0, count = 0;
  };
  std::optional<Pieces> piecesOf(const Node &node, size_t operand) const;
  Halide::Expr readPieces(const Node &node, size_t operand, const Pieces &pieces,
                          const Exprs &loops);

  // views.cpp
  void view(const Node &node);
  void constant(const Node &node);
  void concat(const Node &node);
  void insert(const Node &node);

  std::map<ValueId, Tensor> tensors;
  std::map<ValueId, Scalar> scalars; ///< of the kernel itself, not of bodies
  std::vector<Halide::ImageParam> images;
  std::vector<Halide::Param<int32_t>> sizeParams;
  std::vector<Halide::Buffer<>> embedded;
  /// Ranges of all variables, to prove indices right.
  Halide::Internal::Scope<Halide::Internal::Interval> ranges;
  std::map<int, int> *currentReads = nullptr;
  int names = 0;
  /// Off while operands of relaxed bodies are read: nothing there asks whether a number is NaN.
  bool laundering = true;
};

/// Evaluates scalar operations (scalar.cpp).
class ScalarBuilder {
public:
  ScalarBuilder(Translator &translator, bool body, const Exprs &loops)
      : translator(translator), body(body), loops(loops) {}
  void set(ValueId id, Scalar scalar) { local[id] = scalar; }
  Scalar get(ValueId id) const;
  void run(const std::vector<ScalarOp> &operations);
  Scalar evaluate(const ScalarOp &op);
  /// Plain (not strict) products and sums: the inner product of a contraction.
  bool relaxed = false;

private:
  Scalar extract(const ScalarOp &op);

  Translator &translator;
  bool body;
  const Exprs &loops;
  std::map<ValueId, Scalar> local;
};

// scalar.cpp: what scalars are to Halide.
Halide::Type computeType(ElementType type, bool body = true);
Halide::Type storageType(ElementType type);
Halide::Expr fromStorage(ElementType type, Halide::Expr value);
Halide::Expr toStorage(ElementType type, Halide::Expr value);
Scalar constantScalar(ElementType type, int64_t integer, double real, bool body = true);
/// `a op b` for the names of scalarOps with two operands, e.g. to combine partial sums.
Scalar combine(const std::string &name, const Scalar &a, const Scalar &b, bool relaxed);
bool isHeavyScalarOp(const std::string &name);

// strict.cpp: float arithmetic that respects NaN, infinities and the order of operations.
Halide::Expr strictAdd(Halide::Expr a, Halide::Expr b);
Halide::Expr strictSub(Halide::Expr a, Halide::Expr b);
Halide::Expr strictMul(Halide::Expr a, Halide::Expr b);
Halide::Expr strictDiv(Halide::Expr a, Halide::Expr b);
Halide::Expr strictLess(Halide::Expr a, Halide::Expr b);
Halide::Expr strictLessEqual(Halide::Expr a, Halide::Expr b);
Halide::Expr strictEqual(Halide::Expr a, Halide::Expr b);
Halide::Expr isNan(Halide::Expr x);
/// A NaN that is not taken for a constant.
Halide::Expr notANumber(Halide::Type type);
/// The same value, of which the optimiser no longer believes that it is no NaN and not infinite.
/// Needed after Halide's plain operators and casts between floats, which promise just that: tests
/// for NaN would be folded away.
Halide::Expr launder(Halide::Expr x);
/// Name of the last scalar argument of every kernel, which is 0.
inline constexpr const char *kZeroArgument = "dlc_zero";
Halide::Expr roundToHalf(Halide::Expr x);
Halide::Expr roundToBFloat(Halide::Expr x);
/// Maximum (minimum) that gives NaN where either is NaN, or where both are (`numbers`).
Halide::Expr maximum(Halide::Expr a, Halide::Expr b, bool numbers);
Halide::Expr minimum(Halide::Expr a, Halide::Expr b, bool numbers);

// math.cpp: math.* by polynomials (f32), by libm (f64).
/// `name` without its "math." prefix; null where it is no function of floats.
Halide::Expr mathFunction(const std::string &name, const Exprs &arguments);
bool isMathFunction(const std::string &name);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_TRANSLATOR_H
