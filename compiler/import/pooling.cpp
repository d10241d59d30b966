// Pooling. Global pooling is a reduction over the spatial dimensions.
#include "compiler/import/registry.h"
#include "compiler/import/window.h"

using namespace mlir;

namespace dlc {
namespace {

FailureOr<nn::WindowAttr> poolWindow(NodeContext &n) {
  if (n.rank(0) < 3)
    return n.error("X needs at least 3 dimensions");
  SmallVector<nn::Dim> dims = n.shape(0);
  return windowAttr(n, ArrayRef(dims).drop_front(2), {});
}

LogicalResult buildMaxPool(NodeContext &n) {
  FailureOr<nn::WindowAttr> window = poolWindow(n);
  if (failed(window))
    return failure();
  bool ceil = n.intAttr("ceil_mode", 0), columnMajor = n.intAttr("storage_order", 0);
  Value y = n.create<nn::MaxPoolOp>(n.input(0), *window, ceil, /*channels_last=*/false), indices;
  if (n.wantsOutput(1))
    indices = n.create<nn::MaxPoolIndicesOp>(n.input(0), *window, ceil, columnMajor,
                                             /*channels_last=*/false);
  return n.results({y, indices});
}

LogicalResult buildAveragePool(NodeContext &n) {
  FailureOr<nn::WindowAttr> window = poolWindow(n);
  if (failed(window))
    return failure();
  bool ceil = n.intAttr("ceil_mode", 0), includePad = n.intAttr("count_include_pad", 0);
  return n.result(n.create<nn::AvgPoolOp>(n.input(0), *window, ceil, includePad,
                                          /*channels_last=*/false));
}

LogicalResult buildLpPool(NodeContext &n) {
  FailureOr<nn::WindowAttr> window = poolWindow(n);
  if (failed(window))
    return failure();
  // A float in opset 1.
  double power = n.opset() < 2 ? n.floatAttr("p", 2) : double(n.intAttr("p", 2));
  if (power != double(int64_t(power)))
    return n.unsupported("p = " + std::to_string(power) + " is not supported: not an integer");
  return n.result(n.create<nn::LpPoolOp>(n.input(0), *window, bool(n.intAttr("ceil_mode", 0)),
                                         int64_t(power), /*channels_last=*/false));
}

/// x reduced over the spatial dimensions, which stay with size 1.
Value reduceSpatial(NodeContext &n, Value x, nn::ReduceKind kind) {
  SmallVector<int64_t> axes;
  for (int64_t i = 2; i < n.rank(0); ++i)
    axes.push_back(i);
  return n.create<nn::ReduceOp>(x, kind, axes, /*keepdims=*/true);
}
template <nn::ReduceKind Kind> LogicalResult buildGlobalPool(NodeContext &n) {
  return n.result(reduceSpatial(n, n.input(0), Kind));
}
LogicalResult buildGlobalLpPool(NodeContext &n) {
  double power = n.opset() < 2 ? n.floatAttr("p", 2) : double(n.intAttr("p", 2));
  Type element = n.elementType(0);
  Value terms = n.create<nn::PowOp>(n.create<nn::AbsOp>(n.input(0)), n.scalar(power, element));
  Value sum = reduceSpatial(n, terms, nn::ReduceKind::Sum);
  return n.result(n.create<nn::PowOp>(sum, n.scalar(1 / power, element)));
}

} // namespace

ArrayRef<OpRow> poolingRows() {
  static const OpRow rows[] = {
      {"", "AveragePool", 1, buildAveragePool},
      {"", "GlobalAveragePool", 1, buildGlobalPool<nn::ReduceKind::Mean>},
      {"", "GlobalLpPool", 1, buildGlobalLpPool},
      {"", "GlobalMaxPool", 1, buildGlobalPool<nn::ReduceKind::Max>},
      {"", "LpPool", 1, buildLpPool},
      {"", "MaxPool", 1, buildMaxPool, "X", "Y Indices?"},
  };
  return rows;
}

} // namespace dlc
