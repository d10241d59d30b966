// The register tile of a sum of products, by a model of the processor's core, for targets whose
// registers are few: each row's factor takes a load and a register of its own there, and what is
// best depends on how the extents divide.
#ifndef DLC_COMPILER_CODEGEN_HALIDE_REGISTER_TILE_H
#define DLC_COMPILER_CODEGEN_HALIDE_REGISTER_TILE_H

#include "compiler/kernels/backend.h"

namespace dlc::halide {

/// What is to be tiled: x rows, y times (1 where rows of rows do not share their weights), of
/// vectors.
struct TiledExtents {
  int64_t x = 1, y = 1, vectors = 1;
  int64_t range = 1;        ///< terms of each sum
  bool pairs = false;       ///< of bytes are multiplied, which are added to one sum of 32 bits
  int64_t fixedVectors = 0; ///< of the tile, where weights are packed already
  int64_t mostRows = 14;
};

struct RegisterTile {
  int64_t x = 1, y = 1, vectors = 1;
};

/// The tile that takes least time over all extents, the smaller ones at their ends included.
RegisterTile chooseRegisterTile(const TiledExtents &extents, const TargetInfo &target);

} // namespace dlc::halide

#endif // DLC_COMPILER_CODEGEN_HALIDE_REGISTER_TILE_H
