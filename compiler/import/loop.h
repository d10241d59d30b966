// nn.loop from a function that builds its body.
#ifndef DLC_COMPILER_IMPORT_LOOP_H
#define DLC_COMPILER_IMPORT_LOOP_H

#include "compiler/import/node_context.h"

#include <functional>

namespace dlc {

/// A constant without dimensions.
mlir::Value boolean(NodeContext &n, bool value);

struct LoopSpec {
  mlir::Value limit, condition; ///< scalars
  bool bounded;
  nn::Dim count; ///< iterations, where the condition always holds
  llvm::SmallVector<mlir::Value> states;
  unsigned stacked = 0;
  /// Imports the body at the insertion point from the iteration and the states; gives the
  /// condition, the next states and the values to be stacked.
  std::function<mlir::FailureOr<llvm::SmallVector<mlir::Value>>(mlir::Value iteration,
                                                                llvm::ArrayRef<mlir::Value> states)>
      body;
};

/// Gives the last states, then the stacked values.
mlir::FailureOr<llvm::SmallVector<mlir::Value>> buildLoopOp(NodeContext &n, LoopSpec &spec);

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_LOOP_H
