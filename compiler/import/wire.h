// A first pass over the protobuf bytes of a model, before the protobuf library sees them.
//
// The library's parser copies every byte of weight data to the heap and answers bad input with a
// bare "false". This pass walks the messages once; it checks that all lengths fit, bounds the
// nesting of subgraphs (a few kilobytes can nest 60,000 of them), says at which byte a file is
// broken, and leaves the weights where they are: `TensorProto.raw_data` is replaced by
// `TensorProto.segment`, whose begin and end are byte offsets in the file. (ONNX's own use of
// `segment` is refused: no reader implements it.)
#ifndef DLC_COMPILER_IMPORT_WIRE_H
#define DLC_COMPILER_IMPORT_WIRE_H

#include "llvm/ADT/ArrayRef.h"
#include <string>

namespace dlc {

enum class WireRoot { Model, Tensor };

/// Subgraphs within subgraphs, counted from the main graph.
constexpr int kMaxGraphNesting = 32;

/// Writes the messages without their raw_data to `compact`. Returns false and says why.
bool compactMessage(llvm::ArrayRef<char> bytes, WireRoot root, std::string &compact,
                    std::string &why);

} // namespace dlc

#endif // DLC_COMPILER_IMPORT_WIRE_H
