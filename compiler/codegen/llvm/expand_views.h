// memref.expand_shape into several sizes that are not constants, rewritten as a cast. Upstream's
// expand-strided-metadata, which makes arithmetic of all other views, stops the process on these.
#ifndef DLC_COMPILER_CODEGEN_LLVM_EXPAND_VIEWS_H
#define DLC_COMPILER_CODEGEN_LLVM_EXPAND_VIEWS_H

#include "mlir/Pass/Pass.h"

namespace dlc {

/// To be run before memref::createExpandStridedMetadataPass().
std::unique_ptr<mlir::Pass> createExpandViewsPass();

} // namespace dlc

#endif // DLC_COMPILER_CODEGEN_LLVM_EXPAND_VIEWS_H
