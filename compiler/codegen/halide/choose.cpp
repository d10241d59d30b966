// The heuristics, but for sums of products (choose_contraction.cpp).
#include "compiler/codegen/halide/choose.h"

#include "compiler/codegen/halide/choice.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::halide;
using Kind = dlc::kernel::Template;

bool dlc::halide::halvesAreFree(const TargetInfo &target) {
  return target.datapathBytes * 2 <= target.vectorBytes;
}

int64_t dlc::halide::lanesFor(const KernelInfo &kernel, int64_t channels) {
  int64_t full =
      std::max<int64_t>(kernel.target.vectorBytes * 8 / std::max<int64_t>(kernel.bits, 32), 1);
  while (full > 1 && full / 2 >= channels)
    full /= 2;
  int64_t rest = channels % full;
  if (halvesAreFree(kernel.target) && full >= 8 && rest != 0 && rest <= full / 2 &&
      channels < 8 * full)
    return full / 2;
  return full;
}

int64_t dlc::halide::lanesWithoutTail(const KernelInfo &kernel, int64_t channels) {
  int64_t lanes = lanesFor(kernel, channels);
  return lanes >= 8 && channels % lanes != 0 && channels % (lanes / 2) == 0 ? lanes / 2 : lanes;
}

int64_t dlc::halide::lanesWithoutMasks(const KernelInfo &kernel, int64_t channels) {
  int64_t lanes = lanesWithoutTail(kernel, channels), many = 8 * lanes;
  while (channels < many && channels % lanes != 0)
    lanes /= 2;
  return lanes;
}

int64_t dlc::halide::productOf(ArrayRef<int64_t> shape) {
  int64_t product = 1;
  for (int64_t extent : shape)
    product = std::min<int64_t>(product * known(extent), int64_t(1) << 50);
  return product;
}

/// Bytes of what the root multiplies.
static SmallVector<int64_t> factorBytes(const KernelInfo &kernel) {
  SmallVector<int64_t> bytes;
  linalg::LinalgOp root = kernel.root;
  for (OpOperand *input : root.getDpsInputOperands())
    if (auto type = dyn_cast<ShapedType>(input->get().getType()))
      bytes.push_back(productOf(type.getShape()) * kernel.bits / 8);
  return bytes;
}

/// Whether the kernel takes long enough that other threads can be asked for help, which costs some
/// microseconds.
bool dlc::halide::isWorthThreads(const KernelInfo &kernel) {
  if (kernel.role != Role::Contraction && kernel.role != Role::Depthwise)
    return kernel.work >= 200000;
  // Microseconds: multiply-adds of vectors, or reading the factors.
  double compute = double(kernel.work) / (kernel.role == Role::Depthwise ? 4e4 : 1e5), bytes = 0;
  if (kernel.winograd) // transforms take about as long as few products
    compute *= 2;
  for (int64_t factor : factorBytes(kernel))
    bytes += double(factor);
  return std::max(compute, bytes / 3e4) >= 15;
}

bool dlc::halide::outlastsCache(int64_t bytes, const TargetInfo &target) {
  return bytes > target.cacheBytes / 2 && bytes <= 2 * target.cacheBytes;
}

/// Whether each run reads weights once that about fill the cache. One thread, too, leaves the loop
/// over them to the runtime then, which changes its direction from run to run.
static bool alternates(const Choice &choice, const KernelInfo &kernel) {
  if (kernel.role != Role::Contraction)
    return false;
  for (auto [extent, tile] : llvm::zip(ArrayRef(kernel.shape).drop_back(), choice.tile))
    if (extent > tile)
      return false;
  int64_t bytes = 0;
  for (int64_t factor : factorBytes(kernel))
    bytes = std::max(bytes, factor);
  return outlastsCache(bytes, kernel.target);
}

void dlc::halide::chooseParallel(Choice &choice, const KernelInfo &kernel) {
  if (!isWorthThreads(kernel) || (kernel.target.threads <= 1 && !alternates(choice, kernel)))
    return;
  // The outermost loop whose steps keep all threads busy; else the one with most. Neighbouring
  // pixels and channels of a window share lines of memory: rows then.
  SmallVector<int64_t> order = choice.order;
  for (size_t d = 0; d < kernel.shape.size(); ++d)
    if (!llvm::is_contained(order, int64_t(d)))
      order.push_back(d);
  int64_t best = -1, most = 1;
  for (int64_t d : order) {
    int64_t tile = size_t(d) < choice.tile.size() ? choice.tile[d] : 1;
    int64_t steps = (kernel.shape[d] + tile - 1) / tile;
    int64_t threads = kernel.target.threads, rounds = (steps + threads - 1) / threads;
    bool isBusy = steps >= 2 * threads && steps * 8 >= rounds * threads * 7;
    if (isBusy && !(choice.kind == Kind::Window && d + 2 >= int64_t(kernel.shape.size()) &&
                    kernel.shape.size() >= 4)) {
      best = d;
      break;
    }
    if (steps > most)
      best = d, most = steps;
  }
  if (best < 0)
    return;
  choice.parallel = {best};
  // It becomes the outermost loop.
  llvm::erase(order, best);
  order.insert(order.begin(), best);
  choice.order = order;
}

/// The steps of the window between neighbouring outputs, from the map of the input.
static int64_t windowStride(linalg::LinalgOp op) {
  int64_t stride = 1;
  AffineMap map = op.getMatchingIndexingMap(op.getDpsInputOperand(0));
  for (AffineExpr expr : map.getResults())
    expr.walk([&](AffineExpr part) {
      auto product = dyn_cast<AffineBinaryOpExpr>(part);
      if (!product || product.getKind() != AffineExprKind::Mul)
        return;
      auto dim = dyn_cast<AffineDimExpr>(product.getLHS());
      auto factor = dyn_cast<AffineConstantExpr>(product.getRHS());
      if (dim && factor &&
          op.getIteratorTypesArray()[dim.getPosition()] == utils::IteratorType::parallel)
        stride = std::max(stride, factor.getValue());
    });
  return stride;
}

static std::optional<Choice> chooseWindow(const KernelInfo &kernel) {
  size_t rank = kernel.shape.size();
  linalg::LinalgOp root = kernel.root;
  int64_t taps = 1;
  for (auto [range, iterator] : llvm::zip(root.getStaticLoopRanges(), root.getIteratorTypesArray()))
    if (iterator == utils::IteratorType::reduction)
      taps *= ShapedType::isDynamic(range) ? 1000 : range;
  bool depthwise = kernel.role == Role::Depthwise;
  // Masks for the last channels are better in all taps at once than in a loop over them.
  bool masked = depthwise && kernel.shape.back() % 4 != 0;
  if (rank < 3 || taps > (masked ? 25 : depthwise ? 9 : 16))
    return chooseContraction(kernel);
  Choice choice;
  choice.kind = Kind::Window;
  choice.lanes = lanesWithoutTail(kernel, kernel.shape.back());
  choice.tile.assign(rank, 1);
  choice.tile[rank - 1] = choice.lanes;
  int64_t width = kernel.shape[rank - 2];
  bool strided = windowStride(root) > 1, pooling = kernel.role == Role::Window;
  int64_t rows = 1, columns = 1;
  if (rank >= 4 && (pooling || width >= 28)) {
    rows = strided || pooling ? 2 : 4;
    columns = 2;
  } else if (rank >= 4 && width >= 14) {
    rows = 2, columns = 7;
  } else {
    rows = rank >= 4 ? 2 : 1;
    columns = std::min<int64_t>(7, width);
  }
  if (kernel.target.vectorRegisters < 32) {
    rows = std::min<int64_t>(rows, 2);
    columns = std::min<int64_t>(columns, 4);
  }
  if (taps > 16)
    rows = std::min<int64_t>(rows, 2), columns = 2;
  choice.tile[rank - 2] = std::min(columns, width);
  if (rank >= 4)
    choice.tile[rank - 3] = std::min(rows, kernel.shape[rank - 3]);
  for (size_t d = 0; d < rank; ++d)
    choice.order.push_back(d);
  if (width < 14 && !pooling) {
    choice.order.pop_back();
    choice.order.insert(choice.order.begin(), int64_t(rank) - 1);
  }
  chooseParallel(choice, kernel);
  return choice;
}

/// Whether the innermost dimension of what is reduced is. Weights for places, which serve all
/// channels, are not what is reduced.
static bool reducesRows(linalg::LinalgOp op) {
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypesArray();
  for (OpOperand *operand : op.getDpsInputOperands()) {
    AffineMap map = op.getMatchingIndexingMap(operand);
    bool whole = true;
    for (auto [loop, range] : llvm::enumerate(ranges))
      whole &= range == 1 || iterators[loop] == utils::IteratorType::reduction ||
               map.isFunctionOfDim(loop);
    if (map.getNumResults() == 0 || !whole)
      continue;
    auto dim = dyn_cast<AffineDimExpr>(map.getResults().back());
    if (dim && iterators[dim.getPosition()] == utils::IteratorType::reduction)
      return true;
  }
  return false;
}

/// The same for some reduction of the kernel: the heaviest may be one of vectors
/// (kernel-split-sums).
static bool reducesRows(kernel::FuncOp func) {
  bool found = false;
  func.walk([&](linalg::LinalgOp op) {
    found |= op.hasPureTensorSemantics() && roleOf(op) == Role::Reduction && reducesRows(op);
  });
  return found;
}

static Choice chooseElementwise(const KernelInfo &kernel) {
  Choice choice;
  size_t rank = kernel.shape.size();
  int64_t lanes = std::max<int64_t>(kernel.target.vectorBytes / 4, 1);
  choice.lanes = rank ? lanesWithoutTail(kernel, kernel.shape.back()) : 1;
  choice.tile.assign(rank, 1);
  if (rank == 0)
    return choice;
  choice.tile[rank - 1] = choice.lanes;
  constexpr int64_t kLine = 16;
  bool ordered = !kernel.across.empty() &&
                 llvm::all_of(kernel.across, [&](int64_t d) { return d + 1 < int64_t(rank); });
  if (ordered) {
    // What shares lines of memory is read one after the other.
    for (int64_t d = 0; d + 1 < int64_t(rank); ++d)
      if (!llvm::is_contained(kernel.across, d))
        choice.order.push_back(d);
    llvm::append_range(choice.order, kernel.across);
    choice.order.push_back(int64_t(rank) - 1);
  }
  if (int64_t row = ordered ? kernel.across.back() : -1; ordered && kernel.shape[row] >= 8) {
    // A block of vectors: rows are loaded, a line of memory each, shuffled and stored whole.
    choice.kind = Kind::Transpose;
    choice.lanes =
        std::min<int64_t>(halvesAreFree(kernel.target) ? lanes / 2 : lanes, choice.lanes);
    choice.tile[rank - 1] = choice.lanes;
    choice.tile[row] = std::min(kLine, kernel.shape[row]);
  } else if (kernel.isStatic.back() && kernel.shape.back() % (2 * choice.lanes) == 0) {
    choice.tile[rank - 1] = 2 * choice.lanes;
  }
  chooseParallel(choice, kernel);
  return choice;
}

SmallVector<kernel::ScheduleAttr> dlc::halide::chooseSchedules(kernel::FuncOp func,
                                                               const TargetInfo &target) {
  KernelInfo kernel = analyze(func, target);
  Choice choice;
  std::optional<Choice> found;
  if (kernel.role == Role::Contraction)
    found = chooseContraction(kernel);
  else if (kernel.role == Role::Depthwise || kernel.role == Role::Window)
    found = chooseWindow(kernel);
  if (found) {
    choice = *found;
  } else if (kernel.role == Role::Reduction && reducesRows(func)) {
    choice.kind = Kind::Rowwise;
    choice.lanes =
        std::max<int64_t>(target.vectorBytes * 8 / std::max<int64_t>(kernel.bits, 32), 1);
    if (!kernel.shape.empty())
      chooseParallel(choice, kernel);
  } else if (kernel.role == Role::Reduction && !kernel.shape.empty()) {
    // Columns: vectors along them, accumulators in registers. The result may end with units.
    int64_t column = kernel.dimension(0), columns = kernel.shape[column];
    choice.kind = Kind::Contraction;
    choice.lanes = lanesWithoutMasks(kernel, columns);
    choice.tile.assign(kernel.shape.size(), 1);
    choice.tile[column] =
        std::min<int64_t>(8, std::max<int64_t>(columns / choice.lanes, 1)) * choice.lanes;
    choice.producers = kernel::Placement::Inline;
    chooseParallel(choice, kernel);
  } else {
    choice = chooseElementwise(kernel);
  }
  SmallVector<Choice> choices = {choice};
  // Which template is better cannot always be told by the shape; the tuner tries both.
  if (choice.kind == Kind::Window) {
    if (std::optional<Choice> other = chooseContraction(kernel))
      choices.push_back(*other);
  } else if (choice.kind == Kind::Transpose) {
    kernel.across.clear();
    choices.push_back(chooseElementwise(kernel));
  }
  return llvm::map_to_vector(choices, [&](const Choice &c) {
    return kernel::ScheduleAttr::get(func.getContext(), "halide", c.kind, c.tile, c.order, c.lanes,
                                     c.parallel, c.producers, c.pad, c.unroll, c.prefetch,
                                     c.winograd, c.dot, kernel.apart);
  });
}
