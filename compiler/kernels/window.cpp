// See window.h.
#include "compiler/kernels/window.h"

using namespace mlir;
using namespace dlc;

/// (loop, factor) of `factor * loop`.
static std::optional<std::pair<unsigned, int64_t>> multipleOf(AffineExpr expr) {
  int64_t factor = 1;
  if (auto product = dyn_cast<AffineBinaryOpExpr>(expr);
      product && product.getKind() == AffineExprKind::Mul) {
    auto constant = dyn_cast<AffineConstantExpr>(product.getRHS());
    if (!constant)
      return std::nullopt;
    factor = constant.getValue();
    expr = product.getLHS();
  }
  auto loop = dyn_cast<AffineDimExpr>(expr);
  if (!loop || factor < 1)
    return std::nullopt;
  return std::pair(loop.getPosition(), factor);
}

std::optional<Window> dlc::windowOf(AffineExpr expr, linalg::LinalgOp op) {
  auto sum = dyn_cast<AffineBinaryOpExpr>(expr);
  if (!sum || sum.getKind() != AffineExprKind::Add)
    return std::nullopt;
  auto moving = multipleOf(sum.getLHS()), inside = multipleOf(sum.getRHS());
  if (!moving || !inside)
    return std::nullopt;
  SmallVector<utils::IteratorType> iterators = op.getIteratorTypesArray();
  if (iterators[moving->first] == utils::IteratorType::reduction)
    std::swap(moving, inside);
  if (iterators[moving->first] != utils::IteratorType::parallel ||
      iterators[inside->first] != utils::IteratorType::reduction)
    return std::nullopt;
  return Window{moving->first, inside->first, moving->second, inside->second};
}
