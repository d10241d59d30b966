// kernel-winograd: a stride-1 convolution of r x r taps on channels-last data becomes Winograd's
// F(m x m, r x r), one of r taps of a line F(m, r), as plain linalg: F(2, 3), F(4, 3) or F(2, 5).
// See winograd_form.h.
#include "compiler/kernels/backend.h"
#include "compiler/kernels/grouping.h"
#include "compiler/kernels/operand_rewrite.h"
#include "compiler/kernels/outline.h"
#include "compiler/kernels/passes.h"
#include "compiler/kernels/window.h"
#include "compiler/kernels/winograd_form.h"

#include "dialects/kernel/places.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace dlc {
#define GEN_PASS_DEF_KERNELWINOGRAD
#include "compiler/kernels/passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

//===-- Which convolutions -------------------------------------------------------------------===//

/// What the transformed filter is stored as where the filter is `given`. The sums over six points
/// take its rounding errors several times: too much for the 8 bits of bf16.
static Type storedType(Type given, int64_t alpha) {
  return given.isBF16() && alpha == 6 ? Float32Type::get(given.getContext()) : given;
}

namespace {
/// What moving a byte costs, in float operations.
struct MoveCosts {
  double filters = 0; ///< each run reads them from memory, or from the caches if they stay there
  double image = 0;   ///< transformed, it stays in the caches
};
} // namespace

/// The m of F(m, r) that costs least, 0 for the direct form.
static int64_t chooseTile(WinogradPlan plan, int64_t images, MoveCosts costs) {
  double filters = double(plan.inputs) * double(plan.outputs);
  auto bytes = [](Type type) { return double(type.getIntOrFloatBitWidth()) / 8; };
  auto window = [&](int64_t side) { return double(plan.sides == 1 ? side : side * side); };
  double taps = window(plan.taps);
  double direct = 2 * taps * double(images * plan.height * plan.width) * filters +
                  costs.filters * taps * bytes(plan.given) * filters;
  int64_t best = 0;
  double least = 0.9 * direct; // what is hardly better is not worth its errors and its memory
  for (int64_t tile : {2, 4}) {
    if (!isWinogradKnown(tile, plan.taps))
      continue;
    plan.tile = tile;
    double tiles = double(images * plan.tilesY() * plan.tilesX());
    double products = window(plan.alpha());
    // Both transformed images are written and read once.
    double image = 2 * 4 * products * tiles * double(plan.inputs + plan.outputs);
    double cost = 2 * products * tiles * filters +
                  costs.filters * bytes(storedType(plan.given, plan.alpha())) * products * filters +
                  costs.image * image;
    if (cost < least) {
      least = cost;
      best = tile;
    }
  }
  return best;
}

/// The window of step 1 over dimension `i` of the data, which the loop of the result's dimension
/// `i` moves.
static std::optional<Window> windowAt(linalg::LinalgOp op, AffineMap data, AffineMap out,
                                      unsigned i) {
  std::optional<Window> window = windowOf(data.getResult(i), op);
  bool isPlain = window && window->step == 1 &&
                 out.getResult(i) == getAffineDimExpr(window->loop, op.getContext());
  return isPlain ? window : std::nullopt;
}

/// Finds the convolution, its operands and their types.
static std::optional<WinogradPlan> findConvolution(kernel::FuncOp func) {
  WinogradPlan plan;
  for (auto op : func.getBody().getOps<linalg::LinalgOp>()) {
    if (classify(op) != OpClass::Contraction)
      continue;
    if (plan.op)
      return std::nullopt;
    plan.op = op;
  }
  linalg::LinalgOp op = plan.op;
  // Tiles of the result are computed from tiles of the products: no transpose may lie between.
  if (!op || !linalg::isaConvolutionOpInterface(op) || op.getNumDpsInputs() != 2 ||
      !reachesOutput(op->getResult(0)))
    return std::nullopt;
  // The sizes of the result are read off its destination.
  auto fill = op.getDpsInits().front().getDefiningOp<linalg::FillOp>();
  if (!fill || !fill.getOutputs().front().getDefiningOp<tensor::EmptyOp>())
    return std::nullopt;
  plan.data = op.getDpsInputOperand(0);
  plan.filter = op.getDpsInputOperand(1);
  auto argument = dyn_cast<BlockArgument>(plan.filter->get());
  if (!argument || !argument.hasOneUse())
    return std::nullopt;
  plan.given = getElementTypeOrSelf(argument.getType());
  bool known = plan.given.isF32() || plan.given.isBF16() || plan.given.isF16();
  for (OpOperand &operand : op->getOpOperands())
    if (&operand != plan.filter && !getElementTypeOrSelf(operand.get().getType()).isF32())
      return std::nullopt;
  return known ? std::optional(plan) : std::nullopt;
}

/// Reads the window, the channels and the extents.
static bool readWindow(WinogradPlan &plan) {
  linalg::LinalgOp op = plan.op;
  AffineMap data = op.getMatchingIndexingMap(plan.data), out = op.getIndexingMapsArray().back(),
            filter = op.getMatchingIndexingMap(plan.filter);
  unsigned rank = data.getNumResults();
  plan.sides = int64_t(rank) - 2;
  if ((plan.sides != 1 && plan.sides != 2) || op.getNumLoops() != 3 + 2 * plan.sides ||
      out.getNumResults() != rank || filter.getNumResults() != rank ||
      !filter.isProjectedPermutation() || data.getResult(0) != out.getResult(0))
    return false;
  auto ci = dyn_cast<AffineDimExpr>(data.getResults().back()),
       co = dyn_cast<AffineDimExpr>(out.getResults().back());
  std::optional<Window> columns = windowAt(op, data, out, rank - 2),
                        rows = plan.sides == 1 ? columns : windowAt(op, data, out, 1);
  if (!rows || !columns || !ci || !co ||
      (plan.sides == 2 && !(rows->isDense() && columns->isDense())))
    return false;
  SmallVector<unsigned> wanted = {co.getPosition(), ci.getPosition(), rows->tap};
  if (plan.sides == 2)
    wanted.push_back(columns->tap);
  for (unsigned loop : wanted) {
    std::optional<unsigned> position =
        filter.getResultPosition(getAffineDimExpr(loop, op.getContext()));
    if (!position)
      return false;
    plan.positions.push_back(*position);
  }
  // Of the data all but the number of images is known, as of the result.
  if (llvm::any_of(cast<ShapedType>(plan.data->get().getType()).getShape().drop_front(),
                   ShapedType::isDynamic))
    return false;
  SmallVector<int64_t> ranges = op.getStaticLoopRanges();
  plan.height = plan.sides == 1 ? 1 : ranges[rows->loop];
  plan.width = ranges[columns->loop];
  plan.dilation = columns->dilation;
  plan.inputs = ranges[ci.getPosition()];
  plan.outputs = ranges[co.getPosition()];
  plan.taps = ranges[rows->tap];
  return ranges[columns->tap] == plan.taps && !ShapedType::isDynamic(plan.height) &&
         !ShapedType::isDynamic(plan.width) && plan.inputs >= 16 && plan.outputs >= 16 &&
         plan.inputs % 8 == 0; // the transforms run along the channels
}

/// `tile` as the pass has it: 0, 2, 4, or -1 to choose.
static std::optional<WinogradPlan> planWinograd(kernel::FuncOp func, MoveCosts costs,
                                                int64_t tile) {
  std::optional<WinogradPlan> plan = findConvolution(func);
  if (!plan || !readWindow(*plan))
    return std::nullopt;
  int64_t images = cast<ShapedType>(plan->data->get().getType()).getDimSize(0);
  plan->tile =
      tile >= 0 ? tile : chooseTile(*plan, ShapedType::isDynamic(images) ? 1 : images, costs);
  if (!isWinogradKnown(plan->tile, plan->taps))
    return std::nullopt;
  plan->stored = storedType(plan->given, plan->alpha());
  return plan;
}

/// Of all constants in functions: the weights of the model.
static int64_t constantBytes(ModuleOp module) {
  int64_t bytes = 0;
  for (auto func : module.getOps<func::FuncOp>())
    func.walk([&](arith::ConstantOp constant) {
      auto type = dyn_cast<ShapedType>(constant.getType());
      if (type && type.hasStaticShape() && type.getElementType().isIntOrFloat())
        bytes += llvm::divideCeil(type.getNumElements() * type.getElementTypeBitWidth(), 8);
    });
  return bytes;
}

static void rewriteKernel(kernel::FuncOp func, int64_t tile) {
  WinogradPlan plan = *planWinograd(func, MoveCosts(), tile);
  IRRewriter rewriter(func.getContext());
  auto argument = cast<BlockArgument>(plan.filter->get());
  auto type = RankedTensorType::get(winogradFilterShape(plan), plan.stored);
  // The old op is erased below and must not see a filter of another shape before.
  Value filter =
      func.getBody().insertArgument(argument.getArgNumber() + 1, type, argument.getLoc());
  buildWinograd(rewriter, plan, filter);
  func.getBody().eraseArgument(argument.getArgNumber());
  eraseDeadOps(func.getBody().front());
  func.setFunctionType(FunctionType::get(func.getContext(), func.getBody().getArgumentTypes(),
                                         func.getResultTypes()));
  func->setAttr(kernel::kWinogradAttr, rewriter.getI64IntegerAttr(tile));
}

namespace {
struct KernelWinograd : dlc::impl::KernelWinogradBase<KernelWinograd> {
  using KernelWinogradBase::KernelWinogradBase;

  void runOnOperation() override {
    FailureOr<TargetInfo> info = resolveTarget(getOperation(), target);
    if (failed(info))
      return signalPassFailure();
    MoveCosts costs{info->flopsPerByte, info->flopsPerByte / 3};
    if (constantBytes(getOperation()) <= info->cacheBytes / 2)
      costs.filters = 0;
    if (tile != -1 && tile != 0 && tile != 2 && tile != 4) {
      getOperation().emitError("tile must be -1, 0, 2 or 4");
      return signalPassFailure();
    }
    rewriteOperands(getOperation(), [&](kernel::FuncOp func) -> std::optional<OperandRewrite> {
      if (kernel::winogradTile(func))
        return std::nullopt;
      kernel::ScheduleAttr schedule = func.getScheduleAttr();
      std::optional<WinogradPlan> plan =
          planWinograd(func, costs, schedule ? schedule.getWinograd() : int64_t(tile));
      if (!plan)
        return std::nullopt;
      OperandRewrite rewrite;
      rewrite.argument = cast<BlockArgument>(plan->filter->get()).getArgNumber();
      rewrite.key = "winograd" + std::to_string(plan->tile);
      for (unsigned i : plan->positions)
        rewrite.key += " " + std::to_string(i);
      rewrite.kind = "winograd";
      rewrite.operandKind = "filter";
      rewrite.rewriteKernel = [tile = plan->tile](kernel::FuncOp copy) {
        rewriteKernel(copy, tile);
      };
      rewrite.buildOperand = [plan = *plan](OpBuilder &b, Value filter,
                                            SmallVectorImpl<Operation *> &ops) {
        return buildWinogradFilter(b, filter, plan, ops);
      };
      return rewrite;
    });
    // A schedule for a form that a kernel does not have (its filter may be no constant) is none.
    for (auto func : getOperation().getOps<kernel::FuncOp>())
      if (kernel::ScheduleAttr schedule = func.getScheduleAttr();
          schedule && schedule.getWinograd() != kernel::winogradTile(func))
        func.removeScheduleAttr();
  }
};
} // namespace
