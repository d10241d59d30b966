// The window attributes that convolution and pooling share: auto_pad, dilations, kernel_shape,
// pads, strides.
#ifndef DLC_COMPILER_IMPORT_WINDOW_H
#define DLC_COMPILER_IMPORT_WINDOW_H

#include "compiler/import/node_context.h"

namespace dlc {

/// Reads them for spatial dimensions of these sizes; `kernel` is the filter's size, or empty where
/// `kernel_shape` must say it. `auto_pad` becomes numbers, which needs a constant size where the
/// stride is not 1 (else reported as unsupported).
mlir::FailureOr<nn::WindowAttr> windowAttr(NodeContext &n, llvm::ArrayRef<nn::Dim> spatial,
                                           llvm::ArrayRef<int64_t> kernel);

/// The constant sizes of a filter's spatial dimensions, from dimension 2 on; reported where they
/// are not constant.
mlir::FailureOr<llvm::SmallVector<int64_t>> filterKernel(NodeContext &n, unsigned input);

/// The channels moved from the end to dimension 1, as nn operations have them, and back.
mlir::Value channelsFirst(NodeContext &n, mlir::Value value);
mlir::Value channelsLast(NodeContext &n, mlir::Value value);

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_WINDOW_H
