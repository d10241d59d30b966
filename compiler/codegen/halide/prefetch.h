// Prefetches of what products multiply, by our own LLVM: Halide's own pass by the second-level
// cache.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_PREFETCH_H
#define DLC_COMPILER_CODEGEN_HALIDE_PREFETCH_H

#include "llvm/IR/PassManager.h"

#include <cstdint>

namespace dlc::halide {

/// In the innermost loops of reductions, what vectors are loaded from by constant steps (packed
/// weights) is fetched `distance` iterations ahead, and, where a panel is read several times, the
/// panel after it, if both fit into `cache` bytes and all do not. Returns whether next panels are
/// fetched.
bool prefetchWeights(llvm::Function &function, llvm::FunctionAnalysisManager &analyses,
                     int64_t distance, int64_t cache);

/// There too: while a tile is computed, the rows of the other factor that the next one needs are
/// fetched, where they lie one behind the other. A tile reads as many places at once as it has
/// rows, which the processor's prefetchers do not follow.
void prefetchRows(llvm::Function &function, llvm::FunctionAnalysisManager &analyses);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_PREFETCH_H
