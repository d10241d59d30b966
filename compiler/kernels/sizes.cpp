// A size is followed through destinations, views and pads to where it is named; a function's
// argument says it by its attribute dlc.dims.
#include "compiler/kernels/sizes.h"

#include "dialects/nn/dim.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"

using namespace mlir;
using namespace dlc;

Value Sizes::value(OpFoldResult size, Location loc) {
  return getValueOrCreateConstantIndexOp(builder, loc, size);
}

OpFoldResult Sizes::combine(bool isSum, OpFoldResult a, OpFoldResult b, Location loc) {
  std::optional<int64_t> ca = getConstantIntValue(a), cb = getConstantIntValue(b);
  if (ca && cb)
    return builder.getIndexAttr(isSum ? *ca + *cb : *ca * *cb);
  int64_t neutral = isSum ? 0 : 1;
  if (ca == neutral)
    return b;
  if (cb == neutral)
    return a;
  auto [it, isNew] = built.try_emplace(
      Key(builder.getInsertionBlock(), isSum, a.getOpaqueValue(), b.getOpaqueValue()));
  if (isNew) {
    Value va = value(a, loc), vb = value(b, loc);
    it->second = isSum ? Value(arith::AddIOp::create(builder, loc, va, vb))
                       : Value(arith::MulIOp::create(builder, loc, va, vb));
  }
  return it->second;
}

/// The size where it is written down somewhere; null where only the tensor knows it. Nothing is
/// built. Where the size is that of `known`, the answer is `known` itself.
static OpFoldResult writtenSize(Value tensor, unsigned d, Value known = {}) {
  if (tensor == known)
    return known;
  auto type = cast<RankedTensorType>(tensor.getType());
  if (!type.isDynamicDim(d))
    return OpFoldResult(IntegerAttr::get(IndexType::get(tensor.getContext()), type.getDimSize(d)));
  Operation *def = tensor.getDefiningOp();
  if (!def)
    return {};
  if (auto empty = dyn_cast<tensor::EmptyOp>(def))
    return empty.getMixedSizes()[d];
  if (auto dps = dyn_cast<DestinationStyleOpInterface>(def))
    return writtenSize(dps.getTiedOpOperand(cast<OpResult>(tensor))->get(), d, known);
  if (auto cast = dyn_cast<tensor::CastOp>(def))
    return writtenSize(cast.getSource(), d, known);
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(def))
    return writtenSize(insert.getDest(), d, known);
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(def))
    return expand.getMixedOutputShape()[d];
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(def)) {
    llvm::SmallBitVector dropped = slice.getDroppedDims();
    unsigned kept = 0;
    for (auto [i, size] : llvm::enumerate(slice.getMixedSizes()))
      if (!dropped.test(i) && kept++ == d)
        return size;
  }
  return {};
}

/// The tensor before a loop whose dimension `d` a loop-carried one keeps; null where it may change.
static Value loopInvariant(scf::ForOp loop, BlockArgument carried, unsigned d) {
  Value init = loop.getTiedLoopInit(carried)->get();
  OpOperand *yielded = loop.getTiedLoopYieldedValue(carried);
  OpFoldResult after = yielded ? writtenSize(yielded->get(), d, carried) : OpFoldResult();
  if (!after)
    return {};
  if (after == OpFoldResult(Value(carried)))
    return init;
  if (auto value = dyn_cast<Value>(after))
    if (auto dim = value.getDefiningOp<tensor::DimOp>();
        dim && dim.getSource() == carried && dim.getConstantIndex() == int64_t(d))
      return init;
  return after == writtenSize(init, d) ? init : Value();
}

OpFoldResult Sizes::ask(Value tensor, unsigned d) {
  Value &size = asked[{builder.getInsertionBlock(), tensor.getAsOpaquePointer(), d}];
  if (!size)
    size = tensor::DimOp::create(builder, tensor.getLoc(), tensor, d);
  return size;
}

OpFoldResult Sizes::ofArgument(BlockArgument argument, unsigned d) {
  Location loc = argument.getLoc();
  if (auto loop = dyn_cast<scf::ForOp>(argument.getOwner()->getParentOp()))
    if (Value before = loopInvariant(loop, argument, d))
      return of(before, d);
  auto func = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
  auto dims =
      func ? func.getArgAttrOfType<ArrayAttr>(argument.getArgNumber(), "dlc.dims") : ArrayAttr();
  if (dims) {
    auto type = cast<RankedTensorType>(argument.getType());
    unsigned position = 0;
    for (unsigned i = 0; i < d; ++i)
      position += type.isDynamicDim(i);
    auto symbol = [&](StringRef name) -> Value {
      for (BlockArgument other : func.getArguments())
        if (auto attr = func.getArgAttrOfType<StringAttr>(other.getArgNumber(), "dlc.symbol");
            attr && attr.getValue() == name)
          return other;
      return {};
    };
    if (position < dims.size())
      if (auto text = dyn_cast<StringAttr>(dims[position])) {
        FailureOr<nn::Dim> dim = nn::Dim::parse(text.getValue());
        SmallVector<std::string> names;
        if (succeeded(dim))
          dim->collectSymbols(names);
        if (succeeded(dim) && llvm::all_of(names, symbol))
          return dim->build(builder, loc, symbol);
      }
  }
  return ask(argument, d);
}

OpFoldResult Sizes::of(Value tensor, unsigned d) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (!type.isDynamicDim(d))
    return builder.getIndexAttr(type.getDimSize(d));
  if (auto argument = dyn_cast<BlockArgument>(tensor))
    return ofArgument(argument, d);
  Operation *def = tensor.getDefiningOp();
  Location loc = def->getLoc();
  if (auto loop = dyn_cast<scf::ForOp>(def)) {
    BlockArgument carried = loop.getTiedLoopRegionIterArg(cast<OpResult>(tensor));
    if (Value before = loopInvariant(loop, carried, d))
      return of(before, d);
  }
  if (OpFoldResult written = writtenSize(tensor, d))
    return written;
  if (auto dps = dyn_cast<DestinationStyleOpInterface>(def))
    return of(dps.getTiedOpOperand(cast<OpResult>(tensor))->get(), d);
  if (auto cast = dyn_cast<tensor::CastOp>(def))
    return of(cast.getSource(), d);
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(def))
    return of(insert.getDest(), d);
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(def)) {
    ReassociationIndices group = collapse.getReassociationIndices()[d];
    OpFoldResult size = builder.getIndexAttr(1);
    for (int64_t from : group)
      size = combine(/*isSum=*/false, size, of(collapse.getSrc(), from), loc);
    return size;
  }
  if (auto pad = dyn_cast<tensor::PadOp>(def)) {
    OpFoldResult inner = of(pad.getSource(), d);
    return combine(/*isSum=*/true, combine(/*isSum=*/true, inner, pad.getMixedLowPad()[d], loc),
                   pad.getMixedHighPad()[d], loc);
  }
  return ask(tensor, d);
}

SmallVector<OpFoldResult> Sizes::of(Value tensor) {
  SmallVector<OpFoldResult> sizes;
  for (unsigned d = 0, rank = cast<RankedTensorType>(tensor.getType()).getRank(); d < rank; ++d)
    sizes.push_back(of(tensor, d));
  return sizes;
}
