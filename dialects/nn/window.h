// What convolutions, products and pooling share: checks and output sizes.
#ifndef DLC_DIALECTS_NN_WINDOW_H
#define DLC_DIALECTS_NN_WINDOW_H

#include "dialects/nn/nn.h"

namespace dlc::nn {

/// Checks a window over `rank` spatial dimensions; reports at `loc`.
mlir::LogicalResult checkWindow(std::optional<mlir::Location> loc, WindowAttr window,
                                unsigned rank);

/// Number of positions along spatial dimension `i` of an input of that size: floor (or, for pooling
/// with ceil_mode, the rounded-up number whose last window begins inside the input). Reports where
/// the window does not fit.
mlir::FailureOr<Dim> windowOutput(std::optional<mlir::Location> loc, WindowAttr window, unsigned i,
                                  const Dim &input, bool ceil);

/// Result type of a convolution, whose elements are of type `element`.
mlir::LogicalResult inferConv(std::optional<mlir::Location> loc, mlir::Type input,
                              mlir::Type filter, WindowAttr window, int64_t groups,
                              bool channelsLast, mlir::Type element,
                              llvm::SmallVectorImpl<mlir::Type> &results);
/// Result type of a matrix product.
mlir::LogicalResult inferMatmul(std::optional<mlir::Location> loc, mlir::Type lhs, mlir::Type rhs,
                                bool transposeLhs, bool transposeRhs, mlir::Type element,
                                llvm::SmallVectorImpl<mlir::Type> &results);

} // namespace dlc::nn

#endif // DLC_DIALECTS_NN_WINDOW_H
