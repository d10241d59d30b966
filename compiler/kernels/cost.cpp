// See cost.h. Extents are followed through views to the kernel's arguments, as polynomials.
#include "compiler/kernels/cost.h"

#include "compiler/kernels/grouping.h"
#include "compiler/kernels/memory.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc;

//===-- Amounts ------------------------------------------------------------------------------===//

Amount Amount::operator+(const Amount &other) const {
  if (!known || !other.known)
    return unknown();
  Amount result = *this;
  for (const auto &[factors, coefficient] : other.terms)
    if (llvm::AddOverflow(result.terms[factors], coefficient, result.terms[factors]))
      return unknown();
  for (auto term = result.terms.begin(); term != result.terms.end();)
    term = term->second == 0 ? result.terms.erase(term) : std::next(term);
  return result;
}

Amount Amount::operator*(const Amount &other) const {
  if (!known || !other.known)
    return unknown();
  Amount result;
  for (const auto &[a, x] : terms)
    for (const auto &[b, y] : other.terms) {
      Factors factors;
      std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(factors));
      int64_t product;
      if (llvm::MulOverflow(x, y, product) ||
          llvm::AddOverflow(result.terms[factors], product, result.terms[factors]))
        return unknown();
    }
  return result;
}

namespace {
/// Sizes inside one kernel.
class Extents {
public:
  explicit Extents(kernel::FuncOp func) : func(func) {
    for (auto [number, argument] : llvm::enumerate(func.getIndexArguments()))
      numbers[argument] = static_cast<int32_t>(number);
  }

  Amount of(OpFoldResult size) {
    if (auto attr = dyn_cast<Attribute>(size))
      return Amount(cast<IntegerAttr>(attr).getInt());
    Value value = cast<Value>(size);
    if (auto number = numbers.find(value); number != numbers.end())
      return Amount::argument(number->second);
    APInt constant;
    if (matchPattern(value, m_ConstantInt(&constant)))
      return Amount(constant.getSExtValue());
    Operation *def = value.getDefiningOp();
    if (auto dim = dyn_cast_or_null<tensor::DimOp>(def))
      if (auto index = dim.getConstantIndex())
        return of(dim.getSource(), static_cast<unsigned>(*index));
    if (isa_and_nonnull<arith::AddIOp>(def))
      return of(def->getOperand(0)) + of(def->getOperand(1));
    if (isa_and_nonnull<arith::SubIOp>(def))
      return of(def->getOperand(0)) + of(def->getOperand(1)) * Amount(-1);
    if (isa_and_nonnull<arith::MulIOp>(def))
      return of(def->getOperand(0)) * of(def->getOperand(1));
    return Amount::unknown();
  }

  /// Of dimension `d` of a tensor.
  Amount of(Value tensor, unsigned d) {
    auto type = cast<ShapedType>(tensor.getType());
    if (!type.isDynamicDim(d))
      return Amount(type.getDimSize(d));
    Operation *def = tensor.getDefiningOp();
    if (auto argument = dyn_cast<BlockArgument>(tensor))
      return argument.getOwner()->getParentOp() == func
                 ? of(func.getArgumentExtents(argument.getArgNumber())[d])
                 : Amount::unknown();
    if (auto made = dyn_cast<bufferization::ToTensorOp>(def))
      return of(made.getBuffer(), d);
    if (auto empty = dyn_cast<tensor::EmptyOp>(def))
      return of(empty.getMixedSizes()[d]);
    if (auto op = dyn_cast<DestinationStyleOpInterface>(def))
      return of(op.getTiedOpOperand(cast<OpResult>(tensor))->get(), d);
    if (auto pad = dyn_cast<tensor::PadOp>(def))
      return of(pad.getSource(), d) + of(pad.getMixedLowPad()[d]) + of(pad.getMixedHighPad()[d]);
    if (auto slice = dyn_cast<tensor::ExtractSliceOp>(def)) {
      llvm::SmallBitVector dropped = slice.getDroppedDims();
      for (unsigned i = 0; i < dropped.size(); ++i)
        if (!dropped[i] && d-- == 0)
          return of(slice.getMixedSizes()[i]);
      return Amount::unknown();
    }
    if (auto expand = dyn_cast<tensor::ExpandShapeOp>(def))
      return of(expand.getMixedOutputShape()[d]);
    if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(def)) {
      Amount product(1);
      SmallVector<ReassociationIndices> groups = collapse.getReassociationIndices();
      for (int64_t source : groups[d])
        product = product * of(collapse.getSrc(), static_cast<unsigned>(source));
      return product;
    }
    if (auto cast = dyn_cast<tensor::CastOp>(def))
      return of(cast.getSource(), d);
    return Amount::unknown();
  }

  Amount elements(Value tensor) {
    Amount product(1);
    for (int64_t d = 0; d < cast<ShapedType>(tensor.getType()).getRank(); ++d)
      product = product * of(tensor, static_cast<unsigned>(d));
    return product;
  }

  /// Of a loop of `op`.
  Amount ofLoop(linalg::LinalgOp op, unsigned loop) {
    int64_t range = op.getStaticLoopRanges()[loop];
    if (!ShapedType::isDynamic(range))
      return Amount(range);
    AffineExpr expr = getAffineDimExpr(loop, op.getContext());
    for (OpOperand &operand : op->getOpOperands())
      if (auto position = op.getMatchingIndexingMap(&operand).getResultPosition(expr))
        return of(operand.get(), *position);
    return Amount::unknown();
  }

  Amount points(linalg::LinalgOp op) {
    Amount product(1);
    for (unsigned loop = 0; loop < op.getNumLoops(); ++loop)
      product = product * ofLoop(op, loop);
    return product;
  }

private:
  kernel::FuncOp func;
  DenseMap<Value, int32_t> numbers;
};
} // namespace

//===-- Operations ---------------------------------------------------------------------------===//

/// Operations that one op of a body stands for.
static int64_t operationsOf(Operation &op) {
  if (op.getNumResults() != 1)
    return 0;
  Type type = getElementTypeOrSelf(op.getResult(0).getType());
  if (isa<math::FmaOp>(op))
    return 2;
  if (isa<math::MathDialect>(op.getDialect()))
    return 1;
  if (isa<arith::AddFOp, arith::SubFOp, arith::MulFOp, arith::DivFOp, arith::MaximumFOp,
          arith::MinimumFOp, arith::MaxNumFOp, arith::MinNumFOp, arith::NegFOp, arith::RemFOp>(op))
    return 1;
  // Integers count where they are data, not positions.
  return isa<arith::AddIOp, arith::SubIOp, arith::MulIOp, arith::DivSIOp, arith::DivUIOp,
             arith::MaxSIOp, arith::MinSIOp, arith::MaxUIOp, arith::MinUIOp>(op) &&
         !type.isIndex() && !type.isInteger(1);
}

/// The loop whose index chooses what the body yields, if there is one: such a body computes the
/// values of all indices, and with that loop unrolled does so once for all of them.
static std::optional<unsigned> choosingLoop(linalg::LinalgOp op) {
  for (auto select : op.getBlock()->getOps<arith::SelectOp>()) {
    auto compare = select.getCondition().getDefiningOp<arith::CmpIOp>();
    auto index = compare ? compare.getLhs().getDefiningOp<linalg::IndexOp>() : nullptr;
    if (index && compare.getPredicate() == arith::CmpIPredicate::eq &&
        matchPattern(compare.getRhs(), m_Constant()) &&
        !ShapedType::isDynamic(op.getStaticLoopRanges()[index.getDim()]))
      return static_cast<unsigned>(index.getDim());
  }
  return std::nullopt;
}

static Amount operationsOf(linalg::LinalgOp op, Extents &extents) {
  int64_t body = 0;
  for (Operation &inner : *op.getBlock())
    body += operationsOf(inner);
  if (body == 0)
    return Amount(0);
  std::optional<unsigned> chosen = choosingLoop(op);
  Amount points(body);
  for (unsigned loop = 0; loop < op.getNumLoops(); ++loop)
    if (loop != chosen)
      points = points * extents.ofLoop(op, loop);
  return points;
}

/// The root of a Winograd kernel and its matrix size and output tile; null in other kernels.
namespace {
struct Winograd {
  linalg::LinalgOp products; ///< loops (i, j, ... | c)
  int64_t alpha = 0, tile = 0;
  bool isLine = false; ///< of one dimension: j is 0
  int64_t taps() const { return alpha - tile + 1; }
};
} // namespace

static Winograd findWinograd(kernel::FuncOp func) {
  Winograd result;
  result.tile = kernel::winogradTile(func);
  if (result.tile == 0)
    return result;
  for (auto op : func.getBody().getOps<linalg::LinalgOp>()) {
    SmallVector<int64_t> ranges = op.getStaticLoopRanges();
    if (op.getNumReductionLoops() == 1 && ranges.size() > 6 && ranges[0] > result.tile &&
        (ranges[1] == ranges[0] || ranges[1] == 1)) {
      result.products = op;
      result.alpha = ranges[0];
      result.isLine = ranges[1] == 1;
    }
  }
  return result;
}

KernelCost dlc::costOf(kernel::FuncOp func) {
  KernelCost cost;
  Extents extents(func);
  for (auto op : func.getBody().getOps<linalg::LinalgOp>())
    cost.flops = cost.flops + operationsOf(op, extents);

  auto add = [&](Value tensor, Amount elements) {
    Type element = cast<ShapedType>(tensor.getType()).getElementType();
    cost.bytes = cost.bytes + elements * Amount(elementBytes(element));
  };
  for (auto read : func.getBody().getOps<bufferization::ToTensorOp>()) {
    // Of a table that is only looked into, what is looked at counts.
    linalg::LinalgOp reader;
    bool lookedInto = !read.use_empty();
    for (Operation *user : read->getUsers()) {
      auto parent = dyn_cast<linalg::LinalgOp>(user->getParentOp());
      lookedInto &= isa<tensor::ExtractOp>(user) && parent && (!reader || reader == parent);
      reader = parent;
    }
    if (!read.use_empty())
      add(read, lookedInto ? extents.points(reader) : extents.elements(read));
  }
  for (auto write : func.getBody().getOps<bufferization::MaterializeInDestinationOp>())
    add(write.getSource(), extents.elements(write.getSource()));

  cost.directFlops = cost.flops;
  if (Winograd winograd = findWinograd(func); winograd.products) {
    SmallVector<unsigned> reductions;
    winograd.products.getReductionDims(reductions);
    int64_t taps = winograd.taps() * (winograd.isLine ? 1 : winograd.taps());
    auto write = *func.getBody().getOps<bufferization::MaterializeInDestinationOp>().begin();
    cost.directFlops = extents.elements(write.getSource()) * Amount(2 * taps) *
                       extents.ofLoop(winograd.products, reductions.front());
  }
  return cost;
}

//===-- Words --------------------------------------------------------------------------------===//

static std::string number(int64_t value) {
  return ShapedType::isDynamic(value) ? "?" : std::to_string(value);
}

/// "3x3" for the loops given.
static std::string product(linalg::LinalgOp op, ArrayRef<unsigned> loops) {
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  std::string text;
  for (unsigned loop : loops)
    text += (text.empty() ? "" : "x") + number(ranges[loop]);
  return text;
}

/// "convolution 3x3 over 64", "contraction over 512 + bias", "maximum over 3x3".
static std::string describeReduction(linalg::LinalgOp op) {
  SmallVector<unsigned> reductions, taps, sums;
  op.getReductionDims(reductions);
  // A tap is added to another loop in an input's map.
  for (unsigned loop : reductions) {
    bool tap = false;
    for (OpOperand *input : op.getDpsInputOperands())
      for (AffineExpr expr : op.getMatchingIndexingMap(input).getResults())
        tap |= !isa<AffineDimExpr>(expr) && expr.isFunctionOfDim(loop);
    (tap ? taps : sums).push_back(loop);
  }
  bool contraction = classify(op) == OpClass::Contraction;
  std::string text = contraction    ? taps.empty() ? "contraction" : "convolution"
                     : taps.empty() ? "reduction"
                                    : "pooling";
  if (!taps.empty())
    text += " " + product(op, taps);
  if (!sums.empty())
    text += " over " + product(op, sums);
  // Sums begin with zeros, or with a vector (seed_sums.h).
  if (contraction && op.getDpsInits().front().getDefiningOp<linalg::GenericOp>())
    text += " + bias";
  return text;
}

/// "add", "maximum": the op's name without its dialect and type.
static std::string wordFor(Operation &op) {
  StringRef name = op.getName().stripDialect();
  bool typed = isa<arith::ArithDialect>(op.getDialect())
                   ? name.ends_with("f") || name.ends_with("i")
                   : isa<math::PowFOp, math::AbsFOp>(op);
  if (typed)
    name = name.drop_back();
  return name.str();
}

std::string dlc::describeKernel(kernel::FuncOp func) {
  linalg::LinalgOp root;
  int64_t most = -1;
  auto rank = [](linalg::LinalgOp op) {
    int64_t points = 1;
    for (int64_t range : op.getStaticLoopRanges())
      points *= ShapedType::isDynamic(range) ? 64 : std::max<int64_t>(range, 1);
    return classify(op) == OpClass::Contraction ? points + (int64_t(1) << 60) : points;
  };
  for (auto op : func.getBody().getOps<linalg::LinalgOp>())
    if (op.getNumReductionLoops() && rank(op) > most) {
      root = op;
      most = rank(op);
    }
  std::string text;
  Winograd winograd = findWinograd(func);
  if (winograd.products) {
    std::string tile = std::to_string(winograd.tile), taps = std::to_string(winograd.taps()),
                window = winograd.isLine ? taps : taps + "x" + taps;
    SmallVector<unsigned> reductions;
    winograd.products.getReductionDims(reductions);
    text = "convolution " + window + " over " + product(winograd.products, reductions) +
           " by Winograd F(" + tile + "," + taps + ")";
  } else if (root) {
    text = describeReduction(root);
  }

  llvm::SetVector<StringRef> seen;
  std::vector<std::string> words;
  bool copies = false;
  for (auto op : func.getBody().getOps<linalg::LinalgOp>()) {
    bool part = op == root && classify(op) == OpClass::Contraction;
    if (part || (winograd.products && (choosingLoop(op) || op == winograd.products)))
      continue;
    copies |= !isa<linalg::FillOp>(op);
    for (Operation &inner : *op.getBlock())
      if (operationsOf(inner) && seen.insert(inner.getName().getStringRef()))
        words.push_back(wordFor(inner));
  }
  std::string list;
  constexpr size_t kMost = 6;
  for (size_t i = 0; i < std::min(words.size(), kMost); ++i)
    list += (i ? ", " : "") + words[i];
  if (words.size() > kMost)
    list += ", ...";
  if (text.empty())
    return !list.empty() ? list : copies ? "copy" : "fill";
  return list.empty() ? text : text + (root && text[0] == 'c' ? ", then " : ": ") + list;
}

std::string dlc::operandShapes(kernel::FuncOp func) {
  std::string text;
  llvm::raw_string_ostream os(text);
  auto indices = func.getIndexArguments();
  auto print = [&](unsigned i) {
    auto type = cast<ShapedType>(func.getArgumentTypes()[i]);
    os << (text.empty() ? "" : " ") << type.getElementType() << "[";
    for (auto [d, extent] : llvm::enumerate(func.getArgumentExtents(i))) {
      os << (d ? "," : "");
      if (auto attr = dyn_cast<Attribute>(extent))
        os << cast<IntegerAttr>(attr).getInt();
      else
        os << "{" << llvm::find(indices, cast<Value>(extent)) - indices.begin() << "}";
    }
    os << "]";
  };
  llvm::SmallDenseSet<unsigned> written;
  for (auto write : func.getBody().getOps<bufferization::MaterializeInDestinationOp>())
    if (auto argument = dyn_cast<BlockArgument>(write.getDest()))
      written.insert(argument.getArgNumber());
  unsigned count = func.getNumArguments() - static_cast<unsigned>(indices.size());
  for (unsigned i = 0; i < count; ++i)
    if (!written.contains(i))
      print(i);
  os << (text.empty() ? "->" : " ->");
  for (unsigned i = 0; i < count; ++i)
    if (written.contains(i))
      print(i);
  return text;
}

std::string dlc::fillSizes(StringRef shapes,
                           llvm::function_ref<std::optional<int64_t>(unsigned)> sizeOf) {
  std::string text;
  while (true) {
    auto [before, rest] = shapes.split('{');
    text += before;
    if (rest.empty())
      return text;
    auto [digits, after] = rest.split('}');
    unsigned number;
    std::optional<int64_t> size;
    if (!digits.getAsInteger(10, number))
      size = sizeOf(number);
    text += size ? std::to_string(*size) : "?";
    shapes = after;
  }
}

std::string dlc::scheduleText(kernel::FuncOp func) {
  kernel::ScheduleAttr schedule = func.getScheduleAttr();
  if (!schedule)
    return "";
  std::string text;
  llvm::raw_string_ostream os(text);
  os << schedule;
  StringRef inner = text;
  inner.consume_front("#kernel.schedule<");
  inner.consume_back(">");
  return inner.str();
}
