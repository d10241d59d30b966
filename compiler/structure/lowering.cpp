// The building blocks that the families share; see structure.h.
#include "compiler/structure/structure.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"

using namespace mlir;
using namespace dlc;
using nn::Dim;

#include "compiler/structure/structure_interfaces.cpp.inc"

Type dlc::signless(Type element) {
  if (auto integer = dyn_cast<IntegerType>(element))
    return IntegerType::get(element.getContext(), integer.getWidth());
  return element;
}

//===-- Values and symbols --===//

void Lowering::set(Value value, Value lowered) {
  values.map(value, lowered);
  for (auto [i, dim] : llvm::enumerate(nn::dimsOf(value.getType())))
    if (std::optional<std::string> name = dim.symbolName(); name && !symbols.count(*name))
      define(*name, builder.createOrFold<tensor::DimOp>(loc, lowered, i));
}

LogicalResult Lowering::lowerBlock(Block &block) {
  llvm::StringMap<Value> outer = symbols;
  for (Operation &op : block.without_terminator()) {
    loc = op.getLoc();
    LogicalResult lowered = success();
    if (auto structured = dyn_cast<StructureOpInterface>(&op))
      lowered = structured.lower(*this);
    else if (auto elementwise = dyn_cast<nn::ElementwiseOpInterface>(&op))
      lowered = lowerElementwise(elementwise, *this);
    else if (op.getName().getDialectNamespace() == "check")
      continue; // what a test expects is no part of the computation
    else
      return op.emitError("this operation has no lowering");
    if (failed(lowered))
      return failure();
  }
  if (block.getParentOp() && !isa<FunctionOpInterface>(block.getParentOp()))
    symbols = std::move(outer);
  return success();
}

FailureOr<SmallVector<Value>> Lowering::lowerRegion(Block &block, ValueRange arguments) {
  llvm::StringMap<Value> outer = symbols;
  Location outerLoc = loc;
  for (auto [argument, value] : llvm::zip_equal(block.getArguments(), arguments))
    set(argument, value);
  LogicalResult lowered = lowerBlock(block);
  symbols = std::move(outer);
  loc = outerLoc;
  if (failed(lowered))
    return failure();
  return llvm::map_to_vector(block.getTerminator()->getOperands(),
                             [&](Value value) { return get(value); });
}

//===-- Types and sizes --===//

RankedTensorType Lowering::typeOf(Type nnType) const {
  auto tensor = cast<RankedTensorType>(nnType);
  return RankedTensorType::get(tensor.getShape(), signless(tensor.getElementType()));
}

OpFoldResult Lowering::size(const Dim &dim) {
  return dim.build(builder, loc, [&](StringRef name) {
    Value value = symbol(name);
    assert(value && "symbol used before it is defined");
    return value;
  });
}

Value Lowering::sizeValue(const Dim &dim) {
  return getValueOrCreateConstantIndexOp(builder, loc, size(dim));
}

SmallVector<OpFoldResult> Lowering::sizes(ArrayRef<Dim> dims) {
  return llvm::map_to_vector(dims, [&](const Dim &dim) { return size(dim); });
}

//===-- Building blocks --===//

Value Lowering::empty(ArrayRef<OpFoldResult> sizes, Type element) {
  return tensor::EmptyOp::create(builder, loc, sizes, element);
}

Value Lowering::empty(Type nnType) {
  return empty(sizes(nnType), signless(getElementTypeOrSelf(nnType)));
}

Value Lowering::scalar(Type type, double value) {
  if (isa<FloatType>(type))
    return arith::ConstantOp::create(builder, loc, builder.getFloatAttr(type, value));
  return arith::ConstantOp::create(builder, loc, builder.getIntegerAttr(type, int64_t(value)));
}

Value Lowering::scalar(Type type, const APInt &value) {
  return arith::ConstantOp::create(builder, loc, builder.getIntegerAttr(type, value));
}

Value Lowering::fill(Value tensor, Value scalar) {
  return linalg::FillOp::create(builder, loc, scalar, tensor).getResult(0);
}

Value Lowering::filled(ArrayRef<OpFoldResult> sizes, Type element, double value) {
  return fill(empty(sizes, element), scalar(element, value));
}

Value Lowering::parallel(Value output, ValueRange inputs, ArrayRef<AffineMap> inputMaps,
                         Body body) {
  unsigned rank = cast<RankedTensorType>(output.getType()).getRank();
  SmallVector<AffineMap> maps(inputMaps);
  maps.push_back(builder.getMultiDimIdentityMap(rank));
  SmallVector<utils::IteratorType> iterators(rank, utils::IteratorType::parallel);
  auto generic =
      linalg::GenericOp::create(builder, loc, output.getType(), inputs, output, maps, iterators,
                                [&](OpBuilder &b, Location l, ValueRange arguments) {
                                  linalg::YieldOp::create(b, l, body(b, l, arguments.drop_back()));
                                });
  return generic.getResult(0);
}

Value Lowering::reduce(Value init, ValueRange inputs, ArrayRef<AffineMap> inputMaps,
                       AffineMap outputMap, ArrayRef<utils::IteratorType> iterators, Body body) {
  SmallVector<AffineMap> maps(inputMaps);
  maps.push_back(outputMap);
  auto generic =
      linalg::GenericOp::create(builder, loc, init.getType(), inputs, init, maps, iterators,
                                [&](OpBuilder &b, Location l, ValueRange arguments) {
                                  linalg::YieldOp::create(b, l, body(b, l, arguments));
                                });
  return generic.getResult(0);
}

Value Lowering::gather(
    Value output, Value data,
    llvm::function_ref<SmallVector<Value>(OpBuilder &, Location, ValueRange)> position) {
  unsigned rank = cast<RankedTensorType>(output.getType()).getRank();
  return parallel(output, {}, {}, [&](OpBuilder &b, Location l, ValueRange) -> Value {
    SmallVector<Value> indices;
    for (unsigned i = 0; i < rank; ++i)
      indices.push_back(linalg::IndexOp::create(b, l, i));
    return tensor::ExtractOp::create(b, l, data, position(b, l, indices));
  });
}

Value Lowering::convert(Value tensor, Type to, bool isUnsigned) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (type.getElementType() == to)
    return tensor;
  Value output = empty(tensor::getMixedSizes(builder, loc, tensor), to);
  return parallel(output, tensor, builder.getMultiDimIdentityMap(type.getRank()),
                  [&](OpBuilder &b, Location l, ValueRange x) {
                    return convertScalarToDtype(b, l, x[0], to, isUnsigned);
                  });
}

AffineMap Lowering::broadcastMap(ArrayRef<Dim> from, ArrayRef<Dim> to) {
  SmallVector<AffineExpr> exprs;
  unsigned skip = to.size() - from.size();
  for (auto [i, dim] : llvm::enumerate(from)) {
    if (dim.isOne() && !to[skip + i].isOne()) {
      exprs.push_back(builder.getAffineConstantExpr(0));
      continue;
    }
    requireEqual(dim, to[skip + i], "dimensions that must be equal differ");
    exprs.push_back(builder.getAffineDimExpr(skip + i));
  }
  return AffineMap::get(to.size(), 0, exprs, builder.getContext());
}

void Lowering::require(Value condition, const Twine &message) {
  if (APInt value; matchPattern(condition, m_ConstantInt(&value)) && value.isOne())
    return;
  cf::AssertOp::create(builder, loc, condition, message.str());
}

void Lowering::requireEqual(const Dim &a, const Dim &b, const Twine &what) {
  if (a == b)
    return;
  require(arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, sizeValue(a), sizeValue(b)),
          what + ": " + a.str() + " and " + b.str());
}

Value Lowering::transpose(Value tensor, ArrayRef<int64_t> permutation) {
  SmallVector<OpFoldResult> from = tensor::getMixedSizes(builder, loc, tensor), to;
  for (int64_t dim : permutation)
    to.push_back(from[dim]);
  Value output = empty(to, getElementTypeOrSelf(tensor.getType()));
  return linalg::TransposeOp::create(builder, loc, tensor, output, permutation)->getResult(0);
}

Value Lowering::pad(Value tensor, ArrayRef<OpFoldResult> low, ArrayRef<OpFoldResult> high,
                    Value scalar) {
  auto isZero = [](OpFoldResult v) { return isConstantIntValue(v, 0); };
  if (llvm::all_of(low, isZero) && llvm::all_of(high, isZero))
    return tensor;
  return tensor::PadOp::create(builder, loc, /*resultType=*/Type(), tensor, low, high, scalar);
}

//===-- Reshape --===//

/// Groups consecutive dimensions of `many` so that group i has the size of `few[i]`; nullopt where
/// they do not align. Dimensions of size 1 join a neighbour.
static std::optional<SmallVector<ReassociationIndices>> align(ArrayRef<Dim> many,
                                                              ArrayRef<Dim> few) {
  SmallVector<ReassociationIndices> groups;
  size_t next = 0;
  for (const Dim &target : few) {
    ReassociationIndices group;
    Dim size(1);
    while (next < many.size() && (group.empty() || size != target)) {
      size = size * many[next];
      group.push_back(next++);
    }
    if (group.empty() || size != target)
      return std::nullopt;
    groups.push_back(group);
  }
  for (; next < many.size(); ++next) {
    if (groups.empty() || !many[next].isOne())
      return std::nullopt;
    groups.back().push_back(next);
  }
  return groups;
}

Value Lowering::reshape(Value tensor, ArrayRef<Dim> from, ArrayRef<Dim> to) {
  if (from == to)
    return tensor;
  Type element = getElementTypeOrSelf(tensor.getType());
  RankedTensorType type = typeOf(nn::tensorOf(to, element));
  if (from.size() > to.size())
    if (auto groups = align(from, to)) {
      Value collapsed = tensor::CollapseShapeOp::create(
          builder, loc, tensor, to.empty() ? SmallVector<ReassociationIndices>{} : *groups);
      return collapsed.getType() == type ? collapsed
                                         : tensor::CastOp::create(builder, loc, type, collapsed);
    }
  if (from.size() < to.size())
    if (auto groups = align(to, from))
      return tensor::ExpandShapeOp::create(
          builder, loc, type, tensor, from.empty() ? SmallVector<ReassociationIndices>{} : *groups,
          sizes(to));
  if (from.size() == to.size() && llvm::all_of(llvm::zip(from, to), [](auto pair) {
        return std::get<0>(pair) == std::get<1>(pair);
      }))
    return tensor;
  // Through one dimension. Symbolic counts that are not known to be equal are checked.
  Dim count = nn::product(from);
  requireEqual(count, nn::product(to), "reshape changes the number of elements");
  if (from.size() == 1 || to.size() == 1) {
    // The counts agree at run time, though their expressions differ.
    if (from.size() == 1 && to.size() == 1)
      return tensor::CastOp::create(builder, loc, type, tensor);
  }
  SmallVector<Dim> flat = {nn::product(to)};
  RankedTensorType flatType = typeOf(nn::tensorOf(flat, element));
  Value line = tensor;
  if (from.size() != 1) {
    if (from.empty()) {
      line = tensor::ExpandShapeOp::create(builder, loc, RankedTensorType::get({1}, element),
                                           tensor, SmallVector<ReassociationIndices>{},
                                           SmallVector<OpFoldResult>{builder.getIndexAttr(1)});
    } else {
      ReassociationIndices all = llvm::to_vector(llvm::seq<int64_t>(0, from.size()));
      line = tensor::CollapseShapeOp::create(builder, loc, tensor,
                                             SmallVector<ReassociationIndices>{all});
    }
  }
  if (line.getType() != flatType)
    line = tensor::CastOp::create(builder, loc, flatType, line);
  if (to.size() == 1)
    return line;
  if (to.empty())
    return tensor::CollapseShapeOp::create(builder, loc, line, SmallVector<ReassociationIndices>{});
  ReassociationIndices all = llvm::to_vector(llvm::seq<int64_t>(0, to.size()));
  return tensor::ExpandShapeOp::create(builder, loc, type, line,
                                       SmallVector<ReassociationIndices>{all}, sizes(to));
}
