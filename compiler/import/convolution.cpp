// Convolutions: Conv.
#include "compiler/import/registry.h"
#include "compiler/import/window.h"

using namespace mlir;

namespace dlc {

/// Adds a bias of one entry a channel, where the channels are dimension 1.
static Value addBias(NodeContext &n, Value y, unsigned bias) {
  if (!n.hasInput(bias) || !n.ok())
    return y;
  SmallVector<nn::Dim> dims = n.shape(bias);
  if (dims.size() != 1) {
    (void)n.error(n.inputName(bias) + " must have one dimension");
    return {};
  }
  auto output = cast<RankedTensorType>(y.getType());
  std::optional<int64_t> entries = dims[0].constant(), channels = nn::dimOf(output, 1).constant();
  if (entries && channels && *entries != *channels) {
    (void)n.error(n.inputName(bias) + " has " + Twine(*entries) + " entries for " +
                  Twine(*channels) + " channels");
    return {};
  }
  dims.append(output.getRank() - 2, nn::Dim(1));
  return n.create<nn::AddOp>(y, n.reshape(n.input(bias), dims));
}

static LogicalResult buildConv(NodeContext &n) {
  if (!n.sameElementType(0, 1) || (n.hasInput(2) && !n.sameElementType(0, 2)))
    return failure();
  if (n.rank(0) < 3 || n.rank(1) != n.rank(0))
    return n.error("X and W need the same rank, at least 3");
  FailureOr<SmallVector<int64_t>> kernel = filterKernel(n, 1);
  if (failed(kernel))
    return failure();
  SmallVector<nn::Dim> x = n.shape(0);
  FailureOr<nn::WindowAttr> window = windowAttr(n, ArrayRef(x).drop_front(2), *kernel);
  if (failed(window))
    return failure();
  int64_t groups = n.intAttr("group", 1);
  Value y =
      n.create<nn::ConvOp>(n.input(0), n.input(1), *window, n.builder().getI64IntegerAttr(groups),
                           /*channels_last=*/UnitAttr());
  return n.result(addBias(n, y, 2));
}

ArrayRef<OpRow> convolutionRows() {
  static const OpRow rows[] = {
      {"", "Conv", 1, buildConv, "X W B?", "Y"},
  };
  return rows;
}

} // namespace dlc
