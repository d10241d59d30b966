// Shared by the files of the scalar translator.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_SCALAR_H
#define DLC_COMPILER_CODEGEN_HALIDE_SCALAR_H

#include "compiler/codegen/halide/translator.h"

namespace dlc::halide {

using Ranges = Halide::Internal::Scope<Halide::Internal::Interval>;

bool isFloat(ElementType type);

// integer.cpp. `ranges` (may be null) of variables helps to prove that indices are not negative.
Halide::Expr integerBinary(const std::string &name, Halide::Expr a, Halide::Expr b,
                           ElementType type, bool relaxed, const Ranges *ranges);
Halide::Expr compareIntegers(int64_t predicate, Halide::Expr a, Halide::Expr b);
Halide::Expr integerMath(const std::string &name, Halide::Expr a);

// math.cpp
/// A call of libm's function of this name, with "f" appended for floats; scalar also in vector
/// code.
Halide::Expr libmCall(const std::string &name, Halide::Expr a, Halide::Expr b = Halide::Expr());
Halide::Expr infinity(Halide::Type type);
Halide::Expr negate(Halide::Expr x);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_SCALAR_H
