// See places.h.
#include "compiler/report/places.h"

#include "compiler/kernels/memory.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace mlir;
using namespace dlc;

int64_t Places::bytesOf(MemRefType type, ValueRange dynamicSizes) {
  int64_t bytes = elementBytes(type.getElementType());
  unsigned next = 0;
  for (int64_t dim : type.getShape()) {
    if (ShapedType::isDynamic(dim))
      dim = next < dynamicSizes.size() ? evaluate(dynamicSizes[next++]).value_or(1) : 1;
    bytes *= dim;
  }
  return bytes;
}

SmallVector<Place> Places::of(Value memref) {
  auto [it, isNew] = places.try_emplace(memref);
  if (!isNew)
    return it->second; // empty while it is being found: a cycle adds nothing
  SmallVector<Place> found = find(memref);
  return places[memref] = std::move(found);
}

SmallVector<Place> Places::ofAll(ValueRange values) {
  SmallVector<Place> all;
  for (Value value : values)
    llvm::append_range(all, of(value));
  if (all.size() > 1)
    for (Place &place : all)
      place.exact = false;
  return all;
}

static Place block(Space space, const void *which, int64_t bytes) {
  Place place;
  place.space = space;
  place.block = which;
  place.runs = {{0, std::max<int64_t>(bytes, 1)}};
  return place;
}

SmallVector<Place> Places::ofArgument(BlockArgument argument) {
  Operation *parent = argument.getOwner()->getParentOp();
  unsigned number = argument.getArgNumber();
  if (parent == main) {
    auto marked = [&](StringRef name) { return main.getArgAttr(number, name) != nullptr; };
    Space space = marked(kArenaAttr)         ? Space::Arena
                  : marked(kWeightsBaseAttr) ? Space::Weights
                  : marked(kOutputAttr)      ? Space::Output
                                             : Space::Input;
    int64_t bytes = bytesOf(cast<MemRefType>(argument.getType()), {});
    return {block(space, argument.getAsOpaquePointer(),
                  space == Space::Input ? bytes : int64_t(1) << 50)};
  }
  if (auto loop = dyn_cast<scf::ForOp>(parent)) {
    unsigned i = number - 1;
    return ofAll({loop.getInitArgs()[i], loop.getYieldedValues()[i]});
  }
  if (auto loop = dyn_cast<scf::WhileOp>(parent)) {
    bool before = argument.getOwner() == loop.getBeforeBody();
    if (!before)
      return ofAll({loop.getConditionOp().getArgs()[number]});
    return ofAll({loop.getInits()[number], loop.getYieldOp().getResults()[number]});
  }
  return {};
}

SmallVector<Place> Places::find(Value memref) {
  auto type = cast<BaseMemRefType>(memref.getType());
  if (auto argument = dyn_cast<BlockArgument>(memref))
    return ofArgument(argument);
  Operation *def = memref.getDefiningOp();
  unsigned result = cast<OpResult>(memref).getResultNumber();
  if (auto view = dyn_cast<memref::ViewOp>(def)) {
    SmallVector<Place> found = of(view.getSource());
    std::optional<int64_t> shift = evaluate(view.getByteShift());
    for (Place &place : found) {
      if (!shift) {
        place.exact = false;
        continue;
      }
      int64_t bytes = bytesOf(view.getType(), view.getSizes());
      place.runs = {{*shift, *shift + std::max<int64_t>(bytes, 1)}};
      place.base = view;
    }
    return found;
  }
  if (auto slice = dyn_cast<memref::SubViewOp>(def))
    return ofSlice(slice);
  if (auto view = dyn_cast<ViewLikeOpInterface>(def))
    return of(view.getViewSource());
  if (auto loop = dyn_cast<scf::ForOp>(def))
    return ofAll({loop.getInitArgs()[result], loop.getYieldedValues()[result]});
  if (auto loop = dyn_cast<scf::WhileOp>(def))
    return ofAll({loop.getConditionOp().getArgs()[result]});
  if (auto branch = dyn_cast<scf::IfOp>(def))
    return ofAll({branch.thenYield().getOperand(result), branch.elseYield().getOperand(result)});
  if (isa<arith::SelectOp>(def))
    return ofAll({def->getOperand(1), def->getOperand(2)});
  int64_t bytes = isa<MemRefType>(type) ? bytesOf(cast<MemRefType>(type), {}) : 1;
  return {block(isa<memref::GetGlobalOp>(def) ? Space::Weights : Space::Heap, def, bytes)};
}

SmallVector<Place> Places::ofSlice(memref::SubViewOp slice) {
  SmallVector<Place> found = of(slice.getSource());
  SmallVector<int64_t> strides;
  int64_t ignored;
  bool known = succeeded(slice.getSourceType().getStridesAndOffset(strides, ignored));
  int64_t element = elementBytes(slice.getType().getElementType()), offset = 0;
  SmallVector<std::pair<int64_t, int64_t>> dims; // extent, stride in bytes
  bool all = true;
  for (auto [d, stride] : llvm::enumerate(strides)) {
    std::optional<int64_t> from = evaluate(slice.getMixedOffsets()[d]),
                           size = evaluate(slice.getMixedSizes()[d]),
                           step = evaluate(slice.getMixedStrides()[d]);
    if (ShapedType::isDynamic(stride) || !from || !size || !step) {
      known = false;
      break;
    }
    offset += *from * stride * element;
    if (*size != 1)
      dims.push_back({*size, *step * stride * element});
    all &= *size == slice.getSourceType().getDimSize(d);
  }
  // Outer dimensions are runs; what is contiguous inside is one.
  int64_t inner = element, count = 1;
  while (known && !dims.empty() && dims.back().second == inner)
    inner *= dims.pop_back_val().first;
  for (auto [extent, stride] : dims)
    count *= extent;
  known &= count <= 4096;
  for (Place &place : found) {
    place.whole &= all;
    if (!known || place.runs.size() != 1) {
      place.exact = false;
      continue;
    }
    int64_t start = place.runs[0].first + offset;
    place.runs.clear();
    for (int64_t i = 0; i < count; ++i) {
      int64_t rest = i, at = start;
      for (auto [extent, stride] : llvm::reverse(dims)) {
        at += rest % extent * stride;
        rest /= extent;
      }
      place.runs.push_back({at, at + inner});
    }
  }
  return found;
}
