// Dim: the size of a dimension, or an element of a shape tensor, as an integer expression over
// symbols.
//
// A Dim is a polynomial with integer coefficients over atoms; an atom is a symbol (`N`) or
// `floordiv(a, b)`, `min(a, b)`, `max(a, b)` of two Dims. The form is canonical, so equal texts are
// equal expressions: `N*S*768` divided by `N*S*12` is 64. Symbols are sizes and therefore not
// negative.
#ifndef DLC_DIALECTS_NN_DIM_H
#define DLC_DIALECTS_NN_DIM_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/STLExtras.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dlc::nn {

class Dim {
public:
  Dim(int64_t value = 0);
  Dim(const Dim &) = default;
  Dim(Dim &&) = default;
  Dim &operator=(const Dim &) = default;
  /// Safe for an assignment to itself, which the insertion of nothing into a vector makes.
  Dim &operator=(Dim &&other) {
    if (this != &other)
      terms = std::move(other.terms);
    return *this;
  }
  /// `name` must be an identifier ([A-Za-z_][A-Za-z0-9_.]*).
  static Dim symbol(llvm::StringRef name);
  /// Reads the text that str() writes; failure for anything else.
  static mlir::FailureOr<Dim> parse(llvm::StringRef text);

  std::string str() const;
  /// The value where it does not depend on a symbol.
  std::optional<int64_t> constant() const;
  /// The name where the expression is one symbol and nothing else.
  std::optional<std::string> symbolName() const;
  /// All symbols in it, nested ones included, in order of appearance.
  void collectSymbols(llvm::SmallVectorImpl<std::string> &names) const;
  bool isOne() const { return constant() == 1; }
  /// Not negative, whatever the symbols are (which are not negative). False where that does not
  /// show.
  bool provablyNonNegative() const;
  /// An intermediate result did not fit 64 bits: no size that a tensor can have.
  bool overflowed() const;

  Dim operator+(const Dim &other) const;
  Dim operator-(const Dim &other) const;
  Dim operator*(const Dim &other) const;
  bool operator==(const Dim &other) const { return terms == other.terms; }
  bool operator!=(const Dim &other) const { return !(*this == other); }

  /// Rounds towards minus infinity. `b` must not be the constant 0.
  static Dim floorDiv(const Dim &a, const Dim &b);
  static Dim ceilDiv(const Dim &a, const Dim &b);
  static Dim mod(const Dim &a, const Dim &b) { return a - b * floorDiv(a, b); }
  static Dim min(const Dim &a, const Dim &b);
  static Dim max(const Dim &a, const Dim &b);
  /// The expression with symbols replaced; a symbol for which `value` returns nullopt stays.
  Dim substitute(llvm::function_ref<std::optional<Dim>(llvm::StringRef)> value) const;

  /// Emits the expression as index arithmetic; `symbol` gives the value of a symbol.
  mlir::OpFoldResult build(mlir::OpBuilder &builder, mlir::Location loc,
                           llvm::function_ref<mlir::Value(llvm::StringRef)> symbol) const;

private:
  using Monomial = std::vector<std::string>; // sorted atoms; empty for the constant term
  std::map<Monomial, int64_t> terms;         // no zero coefficients
  void add(const Monomial &monomial, int64_t coefficient);
  static Dim atom(std::string text);
  static Dim call(llvm::StringRef function, const Dim &a, const Dim &b);
  friend class DimParser;
};

/// The elements of a small integer tensor, row-major.
using ShapeValue = llvm::SmallVector<Dim>;

/// The dimensions of a tensor type of the nn dialect.
llvm::SmallVector<Dim> dimsOf(mlir::Type type);
Dim dimOf(mlir::Type type, unsigned i);
/// A tensor type with these dimensions; symbolic ones go into the encoding.
mlir::RankedTensorType tensorOf(llvm::ArrayRef<Dim> dims, mlir::Type element);
/// Product of all dimensions.
Dim product(llvm::ArrayRef<Dim> dims);
/// The dimension that two broadcast to (numpy's rule); nullopt where both are constants that
/// differ. Two different symbolic dimensions are taken to be equal: lowering checks that at run
/// time.
std::optional<Dim> broadcastDim(const Dim &a, const Dim &b);
/// Elements of a small tensor of shape `from`, broadcast to `to` (both constant).
ShapeValue broadcastElements(const ShapeValue &elements, llvm::ArrayRef<int64_t> from,
                             llvm::ArrayRef<int64_t> to);
/// For people: `[N,3,28,28]`.
std::string printShape(llvm::ArrayRef<Dim> dims);

} // namespace dlc::nn

#endif // DLC_DIALECTS_NN_DIM_H
