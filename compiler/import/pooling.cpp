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

/// Elements go to the flat positions that MaxPool's Indices named; the rest is 0.
LogicalResult buildMaxUnpool(NodeContext &n) {
  SmallVector<nn::Dim> dims = n.shape(0), output;
  if (dims.size() < 3)
    return n.error("X needs at least 3 dimensions");
  size_t rank = dims.size() - 2;
  SmallVector<int64_t> kernel = n.requiredInts("kernel_shape");
  SmallVector<int64_t> strides = n.intsAttr("strides").value_or(SmallVector<int64_t>(rank, 1));
  SmallVector<int64_t> pads = n.intsAttr("pads").value_or(SmallVector<int64_t>(2 * rank, 0));
  if (!n.ok())
    return failure();
  if (kernel.size() != rank || strides.size() != rank || pads.size() != 2 * rank)
    return n.error("kernel_shape, strides and pads need one entry (pads: two) for each of the " +
                   Twine(rank) + " spatial dimensions");
  SmallVector<nn::Dim> natural = {dims[0], dims[1]};
  for (size_t i = 0; i < rank; ++i)
    natural.push_back((dims[2 + i] - nn::Dim(1)) * nn::Dim(strides[i]) + nn::Dim(kernel[i]) -
                      nn::Dim(pads[i]) - nn::Dim(pads[rank + i]));
  output = natural;
  if (n.hasInput(2)) {
    FailureOr<nn::ShapeValue> given = n.elementsOrBind(2);
    if (failed(given))
      return failure();
    if (given->size() != dims.size())
      return n.error("output_shape has " + Twine(given->size()) + " elements for " +
                     Twine(dims.size()) + " dimensions");
    output.assign(given->begin(), given->end());
  }
  // Positions count in the shape that pooling came from, which output_shape may enlarge: they are
  // then carried over.
  nn::Dim count = nn::product(natural), flat = nn::product(dims);
  Value zeros = nullptr;
  if (!n.ok())
    return failure();
  zeros = nn::ExpandOp::create(n.builder(), n.loc(), nn::tensorOf({count}, n.elementType(0)),
                               n.scalar(0, n.elementType(0)));
  Value y =
      n.create<nn::ScatterElementsOp>(zeros, n.reshape(n.input(1), {flat}),
                                      n.reshape(n.input(0), {flat}), 0, nn::ScatterReduction::None);
  y = n.reshape(y, natural);
  if (output != natural) {
    std::vector<std::string> low(dims.size(), "0"), high;
    for (size_t i = 0; i < dims.size(); ++i)
      high.push_back((output[i] - natural[i]).str());
    auto texts = [&](const std::vector<std::string> &list) {
      SmallVector<StringRef> refs(list.begin(), list.end());
      return n.builder().getStrArrayAttr(refs);
    };
    y = n.create<nn::PadOp>(y, n.scalar(0, n.elementType(0)), texts(low), texts(high),
                            nn::PadMode::Constant);
  }
  return n.result(y);
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
      {"", "MaxUnpool", 9, buildMaxUnpool, "X I output_shape?", "output"},
  };
  return rows;
}

} // namespace dlc
