// Elementwise operations, casts included. Each has one formula on scalars (elementwise.cpp, activation.cpp, cast.cpp); operands broadcast as in numpy.
#ifndef DLC_DIALECTS_NN_ELEMENTWISE_TD
#define DLC_DIALECTS_NN_ELEMENTWISE_TD

include "dialects/nn/nn.td"

/// `element` is a C++ expression over `operands` for the element type of the result.
class NN_ElementwiseOp<string mnemonic, string sum, dag ins, string element, list<Trait> traits = []>
    : NN_PureOp<mnemonic, !listconcat([DeclareOpInterfaceMethods<ElementwiseOpInterface>], traits)> {
  let summary = sum;
  let arguments = ins;
  let results = (outs NN_Tensor:$output);
  let extraClassDefinition = [{
    ::mlir::LogicalResult $cppClass::inferReturnTypes(::mlir::MLIRContext *context, std::optional<::mlir::Location> loc,
        Adaptor adaptor, ::llvm::SmallVectorImpl<::mlir::Type> &results) {
      ::mlir::ValueRange operands = adaptor.getOperands();
      return inferElementwise(loc, operands, }] # element # [{, results);
    }
  }];
}
defvar sameElement = "::mlir::getElementTypeOrSelf(operands[0].getType())";
defvar boolElement = "::mlir::IntegerType::get(context, 1)";

class NN_Unary<string mnemonic, string sum> : NN_ElementwiseOp<mnemonic, sum, (ins NN_Tensor:$input), sameElement>;
class NN_UnaryFloat<string mnemonic, string sum> : NN_ElementwiseOp<mnemonic, sum, (ins NN_FloatTensor:$input), sameElement>;
class NN_Binary<string mnemonic, string sum> : NN_ElementwiseOp<mnemonic, sum, (ins NN_Tensor:$lhs, NN_Tensor:$rhs), sameElement,
    [AllElementTypesMatch<["lhs", "rhs"]>]>;
class NN_Compare<string mnemonic, string sum> : NN_ElementwiseOp<mnemonic, sum, (ins NN_Tensor:$lhs, NN_Tensor:$rhs), boolElement,
    [AllElementTypesMatch<["lhs", "rhs"]>]>;

//===-- Arithmetic -------------------------------------------------------------------------------------------------===//

def NN_AddOp : NN_Binary<"add", "lhs + rhs">;
def NN_SubOp : NN_Binary<"sub", "lhs - rhs">;
def NN_MulOp : NN_Binary<"mul", "lhs * rhs">;
def NN_DivOp : NN_Binary<"div", "lhs / rhs; integers round towards zero, and division by 0 gives 0">;
def NN_ModOp : NN_Binary<"mod", "lhs - floor(lhs / rhs) * rhs: the sign of the divisor; modulo 0 gives 0">;
def NN_FmodOp : NN_Binary<"fmod", "C's fmod: the sign of the dividend; modulo 0 of integers gives 0">;
def NN_PowOp : NN_ElementwiseOp<"pow", "lhs to the power of rhs, in the type of lhs", (ins NN_Tensor:$lhs, NN_Tensor:$rhs), sameElement>;
def NN_MaxOp : NN_Binary<"max", "the larger; NaN if either is NaN">;
def NN_MinOp : NN_Binary<"min", "the smaller; NaN if either is NaN">;
def NN_AbsOp : NN_Unary<"abs", "|x|">;
def NN_NegOp : NN_Unary<"neg", "-x">;
def NN_SignOp : NN_Unary<"sign", "-1, 0 or 1; NaN for NaN">;
def NN_ReciprocalOp : NN_UnaryFloat<"reciprocal", "1 / x">;
def NN_SqrtOp : NN_UnaryFloat<"sqrt", "square root">;
def NN_FloorOp : NN_UnaryFloat<"floor", "rounds down">;
def NN_CeilOp : NN_UnaryFloat<"ceil", "rounds up">;
def NN_RoundOp : NN_UnaryFloat<"round", "rounds to nearest, ties to even">;

//===-- Transcendental functions -----------------------------------------------------------------------------------===//

def NN_ExpOp : NN_UnaryFloat<"exp", "e to the x">;
def NN_LogOp : NN_UnaryFloat<"log", "natural logarithm">;
def NN_ErfOp : NN_UnaryFloat<"erf", "error function">;
def NN_SinOp : NN_UnaryFloat<"sin", "sine">;
def NN_CosOp : NN_UnaryFloat<"cos", "cosine">;
def NN_TanOp : NN_UnaryFloat<"tan", "tangent">;
def NN_AsinOp : NN_UnaryFloat<"asin", "inverse sine">;
def NN_AcosOp : NN_UnaryFloat<"acos", "inverse cosine">;
def NN_AtanOp : NN_UnaryFloat<"atan", "inverse tangent">;
def NN_SinhOp : NN_UnaryFloat<"sinh", "hyperbolic sine">;
def NN_CoshOp : NN_UnaryFloat<"cosh", "hyperbolic cosine">;
def NN_TanhOp : NN_UnaryFloat<"tanh", "hyperbolic tangent">;
def NN_AsinhOp : NN_UnaryFloat<"asinh", "inverse hyperbolic sine">;
def NN_AcoshOp : NN_UnaryFloat<"acosh", "inverse hyperbolic cosine">;
def NN_AtanhOp : NN_UnaryFloat<"atanh", "inverse hyperbolic tangent">;

//===-- Activations ------------------------------------------------------------------------------------------------===//

def NN_ReluOp : NN_Unary<"relu", "max(x, 0)">;
def NN_SigmoidOp : NN_UnaryFloat<"sigmoid", "1 / (1 + e^-x)">;
def NN_SoftplusOp : NN_UnaryFloat<"softplus", "log(1 + e^x)">;
def NN_SoftsignOp : NN_UnaryFloat<"softsign", "x / (1 + |x|)">;
def NN_MishOp : NN_UnaryFloat<"mish", "x * tanh(log(1 + e^x))">;
def NN_HardSwishOp : NN_UnaryFloat<"hard_swish", "x * min(max(x / 6 + 1/2, 0), 1)">;

class NN_UnaryAlpha<string mnemonic, string sum> : NN_ElementwiseOp<mnemonic, sum, (ins NN_FloatTensor:$input, F64Attr:$alpha), sameElement>;
def NN_LeakyReluOp : NN_UnaryAlpha<"leaky_relu", "x for x >= 0, else alpha * x">;
def NN_EluOp : NN_UnaryAlpha<"elu", "x for x >= 0, else alpha * (e^x - 1)">;
def NN_CeluOp : NN_UnaryAlpha<"celu", "max(0, x) + min(0, alpha * (e^(x / alpha) - 1))">;
def NN_ThresholdedReluOp : NN_UnaryAlpha<"thresholded_relu", "x for x > alpha, else 0">;
def NN_SwishOp : NN_UnaryAlpha<"swish", "x * sigmoid(alpha * x)">;
def NN_SeluOp : NN_ElementwiseOp<"selu", "gamma * (x for x > 0, else alpha * (e^x - 1))",
    (ins NN_FloatTensor:$input, F64Attr:$alpha, F64Attr:$gamma), sameElement>;
def NN_HardSigmoidOp : NN_ElementwiseOp<"hard_sigmoid", "min(max(alpha * x + beta, 0), 1)",
    (ins NN_FloatTensor:$input, F64Attr:$alpha, F64Attr:$beta), sameElement>;
def NN_ShrinkOp : NN_ElementwiseOp<"shrink", "x + bias for x < -lambda, x - bias for x > lambda, else 0",
    (ins NN_Tensor:$input, F64Attr:$bias, F64Attr:$lambd), sameElement>;
def NN_GeluOp : NN_ElementwiseOp<"gelu", "x * Phi(x); with `tanh` by the approximation with tanh",
    (ins NN_FloatTensor:$input, UnitAttr:$tanh), sameElement>;
def NN_PreluOp : NN_Binary<"prelu", "lhs for lhs >= 0, else rhs * lhs">;

//===-- Comparison and logic ---------------------------------------------------------------------------------------===//

def NN_EqualOp : NN_Compare<"equal", "lhs == rhs">;
def NN_LessOp : NN_Compare<"less", "lhs < rhs">;
def NN_LessEqualOp : NN_Compare<"less_equal", "lhs <= rhs">;
def NN_AndOp : NN_ElementwiseOp<"and", "both", (ins NN_BoolTensor:$lhs, NN_BoolTensor:$rhs), boolElement>;
def NN_OrOp : NN_ElementwiseOp<"or", "either", (ins NN_BoolTensor:$lhs, NN_BoolTensor:$rhs), boolElement>;
def NN_XorOp : NN_ElementwiseOp<"xor", "one of both", (ins NN_BoolTensor:$lhs, NN_BoolTensor:$rhs), boolElement>;
def NN_NotOp : NN_ElementwiseOp<"not", "negation", (ins NN_BoolTensor:$input), boolElement>;
def NN_IsNanOp : NN_ElementwiseOp<"is_nan", "whether x is NaN", (ins NN_FloatTensor:$input), boolElement>;
def NN_IsInfOp : NN_ElementwiseOp<"is_inf", "whether x is infinite, of either sign that is asked for",
    (ins NN_FloatTensor:$input, BoolAttr:$positive, BoolAttr:$negative), boolElement>;

def NN_WhereOp : NN_ElementwiseOp<"where", "lhs where the condition holds, else rhs",
    (ins NN_BoolTensor:$condition, NN_Tensor:$lhs, NN_Tensor:$rhs), "::mlir::getElementTypeOrSelf(operands[1].getType())",
    [AllElementTypesMatch<["lhs", "rhs"]>]>;

//===-- Bits -------------------------------------------------------------------------------------------------------===//

class NN_Bits<string mnemonic, string sum> : NN_ElementwiseOp<mnemonic, sum, (ins NN_IntegerTensor:$lhs, NN_IntegerTensor:$rhs), sameElement,
    [AllElementTypesMatch<["lhs", "rhs"]>]>;
def NN_BitwiseAndOp : NN_Bits<"bitwise_and", "bitwise and">;
def NN_BitwiseOrOp : NN_Bits<"bitwise_or", "bitwise or">;
def NN_BitwiseXorOp : NN_Bits<"bitwise_xor", "bitwise exclusive or">;
def NN_ShiftLeftOp : NN_Bits<"shift_left", "lhs << rhs; 0 where rhs is at least the width">;
def NN_ShiftRightOp : NN_Bits<"shift_right", "lhs >> rhs; where rhs is at least the width (or negative) 0, or the sign of a signed number">;
def NN_BitwiseNotOp : NN_ElementwiseOp<"bitwise_not", "bitwise complement", (ins NN_IntegerTensor:$input), sameElement>;

def NN_HashInput : RankedTensorOf<[I32, UI32, I64, UI64, F32, F64]>;
def NN_MurmurHashOp : NN_ElementwiseOp<"murmur_hash", "the 32-bit MurmurHash3 of the bytes of each element (little endian), begun with `seed`",
    (ins NN_HashInput:$input, I32Attr:$seed), "::mlir::IntegerType::get(context, 32, ::mlir::IntegerType::Unsigned)">;

//===-- Casts ------------------------------------------------------------------------------------------------------===//

def NN_CastOp : NN_PureOp<"cast", [DeclareOpInterfaceMethods<ElementwiseOpInterface>]> {
  let summary = "conversion of the element type";
  let description = [{
    Float to integer rounds towards zero and wraps as C does within range; out of range saturates, NaN gives 0. Anything to `i1`
    asks whether it differs from 0 (NaN does). Integers wrap.
  }];
  let arguments = (ins NN_Tensor:$input, TypeAttr:$to);
  let results = (outs NN_Tensor:$output);
}

def NN_BitCastOp : NN_PureOp<"bitcast"> {
  let summary = "the same bits as another element type of the same width (booleans count as bytes 0 and 1)";
  let arguments = (ins NN_Tensor:$input, TypeAttr:$to);
  let results = (outs NN_Tensor:$output);
}

#endif // DLC_DIALECTS_NN_ELEMENTWISE_TD
