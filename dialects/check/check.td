// The check dialect: what a test expects. A test function states its numbers in the IR; `dlc-run FILE.mlir --check` compiles
// the function with every backend asked for, runs it, and compares.
#ifndef DLC_DIALECTS_CHECK_TD
#define DLC_DIALECTS_CHECK_TD

include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/OpBase.td"

def Check_Dialect : Dialect {
  let name = "check";
  let cppNamespace = "::dlc::check";
  let summary = "expectations of tests";
  let description = [{
    An argument of a test function says with what it is run: `%x: tensor<?x3xf32, #nn.dims<"N">> {check.value = dense<1.0> : tensor<2x3xf32>}`.
    An argument attribute rather than a constant makes sure that the value is not known when the function is compiled. A value may be a splat; `check.random = SEED` draws the values instead,
    for arguments of static shape.

    A function with the unit attribute `check.error = "words"` must fail when it runs, with a message that contains the words.
  }];
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
}

class Check_Op<string mnemonic> : Op<Check_Dialect, mnemonic> {
  let hasVerifier = 1;
}

def Check_ExpectCloseOp : Check_Op<"expect_close"> {
  let summary = "each element is within a tolerance of the expected one";
  let description = [{
    `|got - expected| <= atol + rtol * |expected|`; NaN matches NaN, infinities match by sign; integers are exact.
    The type of `expected` has the shape that the value has when it runs.
  }];
  let arguments = (ins AnyRankedTensor:$got, ElementsAttr:$expected,
                       DefaultValuedAttr<F64Attr, "1e-5">:$rtol, DefaultValuedAttr<F64Attr, "1e-6">:$atol);
  let assemblyFormat = "$got `,` $expected attr-dict `:` type($got)";
}

def Check_ExpectEqualOp : Check_Op<"expect_equal"> {
  let summary = "each element is the expected one, bit for bit (but NaN matches NaN)";
  let arguments = (ins AnyRankedTensor:$got, ElementsAttr:$expected);
  let assemblyFormat = "$got `,` $expected attr-dict `:` type($got)";
}

#endif // DLC_DIALECTS_CHECK_TD
