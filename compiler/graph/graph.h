// Floor 2: nn to nn. Simplification and layout; the passes are declared in passes.td.
#ifndef DLC_COMPILER_GRAPH_GRAPH_H
#define DLC_COMPILER_GRAPH_GRAPH_H

#include "dialects/nn/nn.h"

#include "mlir/IR/PatternMatch.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"

#include "compiler/graph/layout_interfaces.h.inc"

#include <optional>

namespace dlc {

/// Attaches LayoutOpInterface to all operations that have it.
void registerLayout(mlir::DialectRegistry &registry);

/// The passes of this floor on every function of a module. `weights`: f32, or what constant factors
/// are stored as (bf16, f16).
void addGraphPasses(mlir::OpPassManager &manager, bool precise, llvm::StringRef weights = "f32");

/// Whether a value depends on constants alone (it will be computed ahead, in @weights).
bool isConstantValue(mlir::Value value);

/// The number that all elements of a constant are.
std::optional<double> uniform(mlir::Value value);

/// The inverse permutation: result[permutation[i]] = i.
llvm::SmallVector<int64_t> inverse(llvm::ArrayRef<int64_t> permutation);

/// `value` with its dimensions permuted; a reshape where only dimensions of size 1 move, nothing
/// where none does.
mlir::Value permute(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value value,
                    llvm::ArrayRef<int64_t> permutation);

/// nn.reshape to these dimensions, unless the value has them already.
mlir::Value reshapeTo(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value value,
                      llvm::ArrayRef<nn::Dim> dims);

#define GEN_PASS_DECL
#define GEN_PASS_REGISTRATION
#include "compiler/graph/passes.h.inc"

} // namespace dlc

#endif // DLC_COMPILER_GRAPH_GRAPH_H
