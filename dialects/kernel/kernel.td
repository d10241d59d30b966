// The kernel dialect: what runs as one unit, and how.
//
// A `kernel.func` holds linalg on tensors (isolated, no side effects) and the schedule that a backend applies to it; a
// `kernel.launch` calls it in destination-passing style. Everything that a backend must know is in these two.
#ifndef DLC_DIALECTS_KERNEL_TD
#define DLC_DIALECTS_KERNEL_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/FunctionInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"

def Kernel_Dialect : Dialect {
  let name = "kernel";
  let cppNamespace = "::dlc::kernel";
  let summary = "units of computation, their schedules, and their launches";
  let useDefaultAttributePrinterParser = 1;
  let dependentDialects = ["::mlir::func::FuncDialect"];
}

class Kernel_Op<string mnemonic, list<Trait> traits = []> : Op<Kernel_Dialect, mnemonic, traits>;

//===-- Schedules --------------------------------------------------------------------------------------------------===//

def Kernel_Template : I32EnumAttr<"Template", "how the loops of a kernel are arranged", [
    I32EnumAttrCase<"Contraction", 0, "contraction">, // GEMM, convolution, depthwise
    I32EnumAttrCase<"Winograd", 1, "winograd">,       // transformed stride-1 convolution
    I32EnumAttrCase<"Rowwise", 2, "rowwise">,         // reductions, softmax, norms
    I32EnumAttrCase<"Window", 3, "window">,           // pooling, depthwise with few taps
    I32EnumAttrCase<"Elementwise", 4, "elementwise">,
    I32EnumAttrCase<"Transpose", 5, "transpose">]> {
  let cppNamespace = "::dlc::kernel";
  let genSpecializedAttr = 0;
}

def Kernel_Placement : I32EnumAttr<"Placement", "where a producer is computed", [
    I32EnumAttrCase<"Inline", 0, "inline">, // at each use
    I32EnumAttrCase<"Outer", 1, "outer">,   // at the outermost tile loop
    I32EnumAttrCase<"Root", 2, "root">]> {  // once, before the loops
  let cppNamespace = "::dlc::kernel";
  let genSpecializedAttr = 0;
}

def Kernel_ScheduleAttr : AttrDef<Kernel_Dialect, "Schedule"> {
  let mnemonic = "schedule";
  let summary = "how a backend arranges the loops of a kernel";
  let description = [{
    `#kernel.schedule<halide, contraction, tile = [1, 1, 7, 32], order = [3, 0, 1, 2], lanes = 16, parallel = [1],
                      producers = outer, pad = root, unroll = 1, prefetch = 32, winograd = 0, dot = 4, apart>`

    Dimensions are those of the kernel's (first) output, by position. A field that is absent has its default:
    `tile` empty (the template chooses nothing: 1 in each dimension), `order` the natural one (outermost first),
    `lanes` 1, `parallel` none, `producers` and `pad` inline, `unroll` 1 (of the innermost reduction dimension),
    `prefetch` 0 (how many steps of the innermost reduction ahead packed weights are fetched), `winograd` 0 (the kernel
    as it was formed; m is the convolution in Winograd's form F(m x m, r x r), or F(m, r), into which kernel-winograd brings it:
    this comes with the template of that name), `dot` 0 (products of bytes: how many terms of a sum lie side by side, as
    one instruction of the processor adds them: 4 or 2), `apart` off (the contraction is computed into a buffer of its
    own, and `tile` and `order` are about that: for results that reach the output under other dimensions). Tails are
    always guarded: a kernel never writes outside its output.
  }];
  let parameters = (ins
    StringRefParameter<"halide or loops">:$backend,
    "::dlc::kernel::Template":$kind,
    OptionalArrayRefParameter<"int64_t">:$tile,
    OptionalArrayRefParameter<"int64_t">:$order,
    "int64_t":$lanes,
    OptionalArrayRefParameter<"int64_t">:$parallel,
    "::dlc::kernel::Placement":$producers,
    "::dlc::kernel::Placement":$pad,
    "int64_t":$unroll,
    "int64_t":$prefetch,
    "int64_t":$winograd,
    "int64_t":$dot,
    "bool":$apart);
  let hasCustomAssemblyFormat = 1;
}

//===-- Operations -------------------------------------------------------------------------------------------------===//

def Kernel_FuncOp : Kernel_Op<"func", [FunctionOpInterface, IsolatedFromAbove, Symbol]> {
  let summary = "a computation that runs as one unit";
  let description = [{
    The body is linalg on tensors (any LinalgOp, one result map per generic, `arith.select` rather than `scf.if`) with
    `tensor.{empty,pad,extract_slice,insert_slice,expand_shape,collapse_shape,concat,cast}`; scalar bodies use arith,
    math, `linalg.index` and `tensor.extract`. It ends in `kernel.return`.

    `kernel.winograd = m` marks the convolution that kernel-winograd has brought into that form.

    There are two forms. As outlined, arguments are tensors and then `index` values, and results are tensors. As
    specialised (pass kernel-specialize), arguments are memrefs (inputs, then one per result, static or dynamic strides) and
    then `index` values, there are no results, and the body begins with `bufferization.to_tensor` of each input and
    ends with `bufferization.materialize_in_destination` of each result: the layouts are in the signature, the
    computation is unchanged.

    Dynamic extents: every `?` of an argument or result is one of the `index` arguments. The argument (result)
    attribute `kernel.extents = array<i64: ...>` of a tensor or memref lists, for each `?` in order, the position of that
    value among the `index` arguments (0 is the first index argument).

    In memory a kernel is `int32_t name(void *const *buffers, const int64_t *dims)`: `buffers` are the memrefs in
    order, pointing at their first element (offsets are added by the caller); `dims` are the index arguments in order, followed by each dynamic
    stride of the memrefs in order. It returns 0, or a dlc_status. Elements of type i1 occupy one byte, 0 or 1.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name,
                       TypeAttrOf<FunctionType>:$function_type,
                       OptionalAttr<Kernel_ScheduleAttr>:$schedule,
                       OptionalAttr<StrAttr>:$sym_visibility,
                       OptionalAttr<DictArrayAttr>:$arg_attrs,
                       OptionalAttr<DictArrayAttr>:$res_attrs);
  let regions = (region AnyRegion:$body);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let builders = [OpBuilder<(ins "::llvm::StringRef":$name, "::mlir::FunctionType":$type)>];
  let skipDefaultBuilders = 1;
  let extraClassDeclaration = [{
    ::llvm::ArrayRef<::mlir::Type> getArgumentTypes() { return getFunctionType().getInputs(); }
    ::llvm::ArrayRef<::mlir::Type> getResultTypes() { return getFunctionType().getResults(); }
    ::mlir::Region *getCallableRegion() { return &getBody(); }
    /// True in the form that kernel-specialize makes: memref arguments, no results.
    bool isSpecialized() { return getFunctionType().getNumResults() == 0; }
    /// The index arguments, in order.
    ::llvm::SmallVector<::mlir::BlockArgument> getIndexArguments();
    /// For argument `i` (a tensor or memref): its extents, static ones as attributes, dynamic ones as index arguments.
    ::llvm::SmallVector<::mlir::OpFoldResult> getArgumentExtents(unsigned i);
  }];
}

def Kernel_ReturnOp : Kernel_Op<"return", [Pure, Terminator, HasParent<"FuncOp">]> {
  let summary = "ends a kernel.func";
  let arguments = (ins Variadic<AnyType>:$operands);
  let assemblyFormat = "attr-dict ($operands^ `:` type($operands))?";
}

def Kernel_LaunchOp : Kernel_Op<"launch", [
    AttrSizedOperandSegments, DestinationStyleOpInterface,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>,
    DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "runs a kernel.func";
  let description = [{
    `ins` are the kernel's tensor arguments, `sizes` its index arguments, `outs` one destination for each result. On
    tensors the results are tied to `outs`; on memrefs there are no results. `elementwise` says that every element of the inputs
    is read at the written index only, so that an output may lie in the place of an input. `reads_outs` says
    that the destinations are also read (they are then the last tensor arguments of the kernel, too).
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$ins, Variadic<Index>:$sizes,
                       Variadic<AnyType>:$outs, UnitAttr:$elementwise, UnitAttr:$reads_outs);
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let assemblyFormat = [{
    $callee (`ins` `(` $ins^ `:` type($ins) `)`)? (`sizes` `(` $sizes^ `)`)? (`outs` `(` $outs^ `:` type($outs) `)`)?
    attr-dict (`->` type($results)^)?
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    ::mlir::MutableOperandRange getDpsInitsMutable() { return getOutsMutable(); }
  }];
}

#endif // DLC_DIALECTS_KERNEL_TD
