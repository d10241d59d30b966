// The nn dialect: a network as a graph of about a hundred normalised operations on ranked tensors.
//
// Values have no side effects; there are no opset versions, no holes for optional operands, and every default is
// written out. One file a family holds the operations (elementwise.td, convolution.td, ...); this one holds what they share.
#ifndef DLC_DIALECTS_NN_TD
#define DLC_DIALECTS_NN_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "dialects/nn/interfaces.td"

def NN_Dialect : Dialect {
  let name = "nn";
  let cppNamespace = "::dlc::nn";
  let summary = "neural networks as graphs of normalised operations";
  let description = [{
    **Types.** Ranked tensors of `f16 bf16 f32 f64`, `i1` (booleans), `i8 i16 i32 i64` (signed) and `ui8 ui16 ui32 ui64`.
    A dimension that is not a constant is an expression over symbols, written in the tensor's encoding, one expression for each `?` in order:
    `tensor<?x?x64xf32, #nn.dims<"N", "2*S + 1">>`. Equal expressions are equal dimensions. A symbol is a free variable of
    the function's arguments, or is defined by the first operation whose result type names it.

    **Results follow from operands.** Every operation infers its result types (InferTypeOpInterface); `nn::create` builds an operation
    from untrusted input and turns a failure into a diagnostic.
  }];
  let useDefaultAttributePrinterParser = 1;
  let hasConstantMaterializer = 0;
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect", "::mlir::func::FuncDialect"];
  let extraClassDeclaration = [{ void registerOps(); }];
}

//===-- Attributes -------------------------------------------------------------------------------------------------===//

def NN_DimsAttr : AttrDef<NN_Dialect, "Dims"> {
  let mnemonic = "dims";
  let summary = "the dynamic dimensions of a tensor as expressions over symbols (dim.h), one for each `?`";
  let parameters = (ins ArrayRefParameter<"::mlir::StringAttr">:$dims);
  let assemblyFormat = "`<` $dims `>`";
}

def NN_WindowAttr : AttrDef<NN_Dialect, "Window"> {
  let mnemonic = "window";
  let summary = "how a filter moves over the spatial dimensions";
  let description = [{
    `kernel`, `stride`, `dilation` have one entry a spatial dimension; `pad` has two: all begins, then all ends (ONNX's order).
  }];
  let parameters = (ins ArrayRefParameter<"int64_t">:$kernel, ArrayRefParameter<"int64_t">:$stride,
                        ArrayRefParameter<"int64_t">:$dilation, ArrayRefParameter<"int64_t">:$pad);
  let hasCustomAssemblyFormat = 1;
  let extraClassDeclaration = [{
    unsigned rank() const { return getKernel().size(); }
    int64_t padBegin(unsigned i) const { return getPad()[i]; }
    int64_t padEnd(unsigned i) const { return getPad()[rank() + i]; }
    /// Extent of the dilated filter along dimension i: dilation * (kernel - 1) + 1.
    int64_t extent(unsigned i) const { return getDilation()[i] * (getKernel()[i] - 1) + 1; }
  }];
}

//===-- Types ------------------------------------------------------------------------------------------------------===//

def NN_AnyInteger : AnyTypeOf<[AnySignlessInteger, AnyUnsignedInteger]>;
def NN_Tensor : RankedTensorOf<[AnyFloat, NN_AnyInteger]>;
def NN_FloatTensor : RankedTensorOf<[AnyFloat]>;
def NN_IntegerTensor : RankedTensorOf<[NN_AnyInteger]>;
def NN_BoolTensor : RankedTensorOf<[I1]>;
def NN_IndexTensor : RankedTensorOf<[I32, I64]>;

//===-- Operations -------------------------------------------------------------------------------------------------===//

class NN_Op<string mnemonic, list<Trait> traits = []> : Op<NN_Dialect, mnemonic, traits>;

/// An operation without side effects that infers its result types: nearly all of them.
class NN_PureOp<string mnemonic, list<Trait> traits = []>
    : NN_Op<mnemonic, !listconcat([Pure, InferTypeOpAdaptor], traits)> {
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
}

def NN_ConstantOp : NN_Op<"constant", [Pure, ConstantLike, AllTypesMatch<["value", "output"]>,
                                       DeclareOpInterfaceMethods<ShapeValueOpInterface>]> {
  let summary = "a constant tensor";
  let description = [{
    Weights are `dense_resource` handles without a blob: their bytes lie in a table beside the module (key -> mapped bytes),
    so the IR stays small. Small tensors (up to 64 elements) are `dense`.
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs NN_Tensor:$output);
  let assemblyFormat = "attr-dict $value";
  let hasFolder = 1;
}

def NN_YieldOp : NN_Op<"yield", [Pure, Terminator, ReturnLike]> {
  let summary = "ends a region of an nn operation";
  let arguments = (ins Variadic<NN_Tensor>:$operands);
  let assemblyFormat = "attr-dict ($operands^ `:` type($operands))?";
}

#endif // DLC_DIALECTS_NN_TD
