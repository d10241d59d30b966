// Runs that are copied one after the other: a loop k reads line k / size, column k % size. Where
// those lines are a pad, which can be read beyond its ends, vectors that span several runs are made
// of whole vectors of each line, of which a choice keeps the right lanes; else every lane would be
// gathered. Once the loop is unrolled, only the choices within a vector are left.
#include "compiler/codegen/halide/translator.h"

#include <algorithm>

using namespace Halide;
using namespace dlc::halide;

/// `loop / size` or `loop % size`; null where it is neither.
static const Affine *dividedLoop(const Affine &expr) {
  bool divides = expr.kind == Affine::FloorDiv || expr.kind == Affine::Mod;
  return divides && expr.operands[0].kind == Affine::Dim &&
                 expr.operands[1].kind == Affine::Constant
             ? &expr.operands[0]
             : nullptr;
}

/// The first such expression inside `expr`, of the given kind.
static const Affine *findDivided(const Affine &expr, Affine::Kind kind) {
  if (expr.kind == kind && dividedLoop(expr))
    return &expr;
  for (const Affine &operand : expr.operands)
    if (const Affine *found = findDivided(operand, kind))
      return found;
  return nullptr;
}

std::optional<Translator::Pieces> Translator::piecesOf(const Node &node, size_t operand) const {
  constexpr int64_t shortest = 4, most = 16;
  const std::vector<Affine> &map = node.maps[operand];
  if (map.size() < 2)
    return std::nullopt;
  const Affine *line = findDivided(map[map.size() - 2], Affine::FloorDiv),
               *column = findDivided(map.back(), Affine::Mod);
  if (!line || !column)
    return std::nullopt;
  Pieces pieces;
  pieces.loop = line->operands[0].value;
  pieces.size = line->operands[1].value;
  int64_t range = node.ranges[pieces.loop].value;
  pieces.count = (range + pieces.size - 1) / std::max<int64_t>(pieces.size, 1);
  if (column->operands[0].value != pieces.loop || column->operands[1].value != pieces.size ||
      node.reduction[pieces.loop] || pieces.size < shortest || range < 0 || pieces.count > most)
    return std::nullopt;
  // Only dimensions with pads are clamped.
  for (const Node &other : program.nodes)
    if (other.kind == Node::Pad && other.results[0] == node.operands[operand] &&
        other.sizes.back().isStatic() && other.sizes.back().value > 0)
      return pieces;
  return std::nullopt;
}

/// `expr` where the loop is within piece number `piece`.
static Affine within(const Affine &expr, int64_t dim, int64_t size, int64_t piece) {
  Affine result = expr;
  const Affine *loop = dividedLoop(expr);
  if (loop && loop->value == dim && expr.operands[1].value == size) {
    result = Affine();
    result.value = expr.kind == Affine::FloorDiv ? piece : -piece * size;
    if (expr.kind == Affine::FloorDiv)
      return result;
    Affine sum;
    sum.kind = Affine::Add;
    sum.operands = {*loop, result};
    return sum;
  }
  for (Affine &operand : result.operands)
    operand = within(operand, dim, size, piece);
  return result;
}

Expr Translator::readPieces(const Node &node, size_t operand, const Pieces &pieces,
                            const Exprs &loops) {
  const Tensor &source = tensors.at(node.operands[operand]);
  Expr value;
  for (int64_t piece = pieces.count; piece-- > 0;) {
    std::vector<Affine> map;
    for (const Affine &expr : node.maps[operand])
      map.push_back(within(expr, pieces.loop, pieces.size, piece));
    Expr read = source.at(indicesOf(map, loops));
    value = value.defined()
                ? select(loops[pieces.loop] < int32_t(pieces.size * (piece + 1)), read, value)
                : read;
  }
  return value;
}
