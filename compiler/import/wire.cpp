#include "compiler/import/wire.h"

#include <cstdint>

using namespace llvm;

namespace dlc {
namespace {

// The messages that lead to a tensor or a graph; everything else is copied as it is.
enum Kind : uint8_t { Leaf, Model, Graph, Node, Attribute, Tensor, SparseTensor, Function, Drop };

/// The kind of a message field. Field numbers are those of onnx.proto.
Kind childKind(Kind parent, uint32_t field) {
  switch (parent) {
  case Model:
    return field == 7 ? Graph : field == 25 ? Function : field == 20 ? Drop : Leaf;
  case Graph:
    return field == 1 ? Node : field == 5 ? Tensor : field == 15 ? SparseTensor : Leaf;
  case Function:
    return field == 7 ? Node : field == 11 ? Attribute : Leaf;
  case Node:
    return field == 5 ? Attribute : Leaf;
  case Attribute:
    return field == 5 || field == 10    ? Tensor
           : field == 6 || field == 11  ? Graph
           : field == 22 || field == 23 ? SparseTensor
                                        : Leaf;
  case SparseTensor:
    return field == 1 || field == 2 ? Tensor : Leaf;
  default:
    return Leaf;
  }
}

constexpr uint32_t kTensorRawData = 9, kTensorSegment = 3;

class Compactor {
public:
  Compactor(ArrayRef<char> bytes, std::string &why) : bytes(bytes), why(why) {}

  bool message(Kind kind, size_t begin, size_t end, int graphDepth, std::string &out) {
    if (kind == Graph && ++graphDepth > kMaxGraphNesting)
      return fail("subgraphs are nested more than " + std::to_string(kMaxGraphNesting) +
                  " levels deep");
    for (size_t at = begin; at < end;) {
      size_t tagAt = at;
      uint64_t tag, value;
      if (!varint(at, end, tag))
        return false;
      uint64_t field = tag >> 3;
      if (field == 0 || field > 0x1fffffff)
        return fail("byte " + std::to_string(tagAt) + ": no field has the number " +
                    std::to_string(field));
      switch (tag & 7) {
      case 0:
        if (!varint(at, end, value))
          return false;
        break;
      case 1:
      case 5: {
        size_t width = (tag & 7) == 1 ? 8 : 4;
        if (end - at < width)
          return truncated(tagAt, width, end - at);
        at += width;
        break;
      }
      case 2: {
        if (!varint(at, end, value))
          return false;
        if (value > end - at)
          return truncated(tagAt, value, end - at);
        size_t childEnd = at + value;
        Kind child = childKind(kind, field);
        if (kind == Tensor && field == kTensorRawData) {
          writeSegment(out, at, childEnd);
        } else if (kind == Tensor && field == kTensorSegment) {
          return fail("a tensor is stored in segments, which dlc does not read");
        } else if (child == Leaf) {
          out.append(bytes.data() + tagAt, childEnd - tagAt);
        } else if (child != Drop) {
          std::string body;
          if (!message(child, at, childEnd, graphDepth, body))
            return false;
          writeVarint(out, tag);
          writeVarint(out, body.size());
          out += body;
        }
        at = childEnd;
        continue;
      }
      default:
        return fail("byte " + std::to_string(tagAt) + ": wire type " + std::to_string(tag & 7) +
                    " does not occur in ONNX");
      }
      out.append(bytes.data() + tagAt, at - tagAt);
    }
    return true;
  }

private:
  bool fail(std::string reason) {
    why = std::move(reason);
    return false;
  }
  bool truncated(size_t at, uint64_t wants, uint64_t left) {
    return fail("byte " + std::to_string(at) + ": a field claims " + std::to_string(wants) +
                " bytes but " + std::to_string(left) + " are left (is the file truncated?)");
  }
  bool varint(size_t &at, size_t end, uint64_t &value) {
    value = 0;
    size_t start = at;
    for (unsigned shift = 0; shift < 70; shift += 7) {
      if (at == end)
        return fail("byte " + std::to_string(start) +
                    ": the file ends inside a number (is it truncated?)");
      uint8_t byte = bytes[at++];
      if (shift < 64)
        value |= uint64_t(byte & 0x7f) << shift;
      if (!(byte & 0x80))
        return true;
    }
    return fail("byte " + std::to_string(start) + ": a number of more than ten bytes");
  }
  static void writeVarint(std::string &out, uint64_t value) {
    for (; value >= 0x80; value >>= 7)
      out += static_cast<char>(value | 0x80);
    out += static_cast<char>(value);
  }
  static void writeSegment(std::string &out, uint64_t begin, uint64_t end) {
    std::string body;
    writeVarint(body, 1 << 3);
    writeVarint(body, begin);
    writeVarint(body, 2 << 3);
    writeVarint(body, end);
    writeVarint(out, (kTensorSegment << 3) | 2);
    writeVarint(out, body.size());
    out += body;
  }

  ArrayRef<char> bytes;
  std::string &why;
};

} // namespace

bool compactMessage(ArrayRef<char> bytes, WireRoot root, std::string &compact, std::string &why) {
  compact.clear();
  return Compactor(bytes, why)
      .message(root == WireRoot::Model ? Model : Tensor, 0, bytes.size(), -1, compact);
}

} // namespace dlc
