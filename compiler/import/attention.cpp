// Attention and what belongs to it: matrix products, masks and a softmax, from which later floors
// build kernels.
#include "compiler/import/registry.h"

#include <cmath>

using namespace mlir;

namespace dlc {
namespace {

ArrayAttr dimTexts(NodeContext &n, ArrayRef<nn::Dim> dims) {
  std::vector<std::string> storage;
  for (const nn::Dim &dim : dims)
    storage.push_back(dim.str());
  SmallVector<StringRef> texts(storage.begin(), storage.end());
  return n.builder().getStrArrayAttr(texts);
}

/// Elements from, from + stride, ... along the last dimension, `count` of them.
Value sliceLast(NodeContext &n, Value x, const nn::Dim &from, int64_t stride,
                const nn::Dim &count) {
  if (!n.ok())
    return {};
  SmallVector<nn::Dim> dims = nn::dimsOf(x.getType()), offsets(dims.size(), nn::Dim(0));
  SmallVector<int64_t> strides(dims.size(), 1);
  dims.back() = count;
  offsets.back() = from;
  strides.back() = stride;
  return nn::SliceOp::create(n.builder(), n.loc(),
                             nn::tensorOf(dims, getElementTypeOrSelf(x.getType())), x,
                             dimTexts(n, offsets), n.builder().getDenseI64ArrayAttr(strides));
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

/// Query, key and value as [batch, heads, sequence, head size].
struct Heads {
  Value q, k, v;
  bool threeDimensional = false;
};

/// [B, S, heads * D] -> [B, heads, S, D].
Value splitHeads(NodeContext &n, unsigned input, int64_t heads) {
  SmallVector<nn::Dim> dims = n.shape(input);
  std::optional<int64_t> hidden = dims[2].constant();
  if (heads < 1 || (hidden && *hidden % heads != 0)) {
    (void)n.error(Twine(heads) + " heads do not divide the hidden size of " + n.inputName(input) +
                  ", " + dims[2].str());
    return {};
  }
  Value split = n.reshape(n.input(input), {dims[0], dims[1], nn::Dim(heads),
                                           nn::Dim::floorDiv(dims[2], nn::Dim(heads))});
  return n.transpose(split, {0, 2, 1, 3});
}

FailureOr<Heads> readHeads(NodeContext &n) {
  Heads h;
  int64_t rank = n.rank(0);
  if (!n.sameElementType(0, 1))
    return failure();
  if ((rank != 3 && rank != 4) || n.rank(1) != rank || n.rank(2) != rank)
    return n.error("Q, K and V must all have 3 or all have 4 dimensions");
  h.threeDimensional = rank == 3;
  if (h.threeDimensional) {
    int64_t queryHeads = n.requiredInt("q_num_heads"), keyHeads = n.requiredInt("kv_num_heads");
    if (!n.ok())
      return failure();
    h.q = splitHeads(n, 0, queryHeads);
    h.k = splitHeads(n, 1, keyHeads);
    h.v = splitHeads(n, 2, keyHeads);
  } else {
    n.ignoreAttr("q_num_heads");
    n.ignoreAttr("kv_num_heads");
    h.q = n.input(0);
    h.k = n.input(1);
    h.v = n.input(2);
  }
  if (!n.ok())
    return failure();
  return h;
}

/// lhs * rhs (or its transpose), where each key or value head serves `group` query heads.
Value headProduct(NodeContext &n, Value lhs, Value rhs, bool transposeRhs, int64_t group) {
  if (group == 1)
    return n.create<nn::MatmulOp>(lhs, rhs, /*transpose_lhs=*/false, transposeRhs);
  if (!n.ok())
    return {};
  SmallVector<nn::Dim> l = nn::dimsOf(lhs.getType()), r = nn::dimsOf(rhs.getType());
  Value grouped = n.reshape(lhs, {l[0], r[1], nn::Dim(group), l[2], l[3]});
  Value shared = n.reshape(rhs, {r[0], r[1], nn::Dim(1), r[2], r[3]});
  Value product = n.create<nn::MatmulOp>(grouped, shared, /*transpose_lhs=*/false, transposeRhs);
  return n.reshape(product, {l[0], l[1], l[2], transposeRhs ? r[2] : r[3]});
}

/// What may be seen: a boolean mask, an additive one, either or none. Both broadcast to [B, heads,
/// S, T].
struct Mask {
  Value allowed, additive;
  bool rowsMayBeEmpty = false;

  void allow(NodeContext &n, Value condition) {
    allowed = allowed ? n.create<nn::AndOp>(allowed, condition) : condition;
  }
};

/// Positions 0, 1, ... along the last (column) or the one before it (row) of a mask: i64 [T] or [S,
/// 1].
Value positions(NodeContext &n, const nn::Dim &count, bool column) {
  if (!n.ok())
    return {};
  Value iota =
      nn::IotaOp::create(n.builder(), n.loc(), nn::tensorOf({count}, n.builder().getI64Type()), 0);
  return column ? iota : n.reshape(iota, {count, nn::Dim(1)});
}

LogicalResult readMask(NodeContext &n, const nn::Dim &queries, const nn::Dim &keys,
                       const nn::Dim &past, Mask &mask) {
  Type element = n.elementType(0), i64 = n.builder().getI64Type();
  if (n.hasInput(3)) {
    Value given = n.input(3);
    bool isBool = n.elementType(3).isInteger(1);
    SmallVector<nn::Dim> dims = n.shape(3);
    if (!isBool && n.elementType(3) != element)
      return n.error("attn_mask must be of booleans or of the type of Q");
    if (dims.empty() || dims.size() > 4)
      return n.error("attn_mask must have 1 to 4 dimensions");
    // A short mask is padded: what it does not mention is not seen.
    std::optional<int64_t> missing = (keys - dims.back()).constant();
    if (missing && *missing < 0)
      return n.error("attn_mask has " + dims.back().str() + " columns for " + keys.str() + " keys");
    if (missing && *missing > 0) {
      SmallVector<nn::Dim> low(dims.size(), nn::Dim(0)), high = low;
      high.back() = nn::Dim(*missing);
      Value fill = isBool ? n.scalar(0, n.elementType(3)) : n.scalar(-INFINITY, element);
      given = n.create<nn::PadOp>(given, fill, dimTexts(n, low), dimTexts(n, high),
                                  nn::PadMode::Constant);
    }
    (isBool ? mask.allowed : mask.additive) = given;
    mask.rowsMayBeEmpty = true;
  }
  // How many keys precede the first query: the cache's, given as past_key or by the number of valid
  // keys.
  Value offset, valid;
  if (n.hasInput(6)) {
    if (n.hasInput(4))
      return n.error("nonpad_kv_seqlen and past_key exclude each other");
    if (n.rank(6) != 1)
      return n.error("nonpad_kv_seqlen must have one dimension");
    valid =
        n.reshape(n.castTo(n.input(6), i64), {n.shape(6)[0], nn::Dim(1), nn::Dim(1), nn::Dim(1)});
    offset = n.create<nn::SubOp>(valid, n.dimsTensor({queries}, {}, i64));
    mask.allow(n, n.create<nn::LessOp>(positions(n, keys, true), valid));
    mask.rowsMayBeEmpty = true;
  } else {
    offset = n.dimsTensor({past}, {}, i64);
  }
  int64_t left = n.intAttr("left_window_size", -1), right = n.intAttr("right_window_size", -1);
  bool causal = n.intAttr("is_causal", 0);
  if (left < -1 || right < -1)
    return n.error("window sizes must be -1 or not negative");
  if (causal)
    right = right < 0 ? 0 : std::min<int64_t>(right, 0);
  if (left >= 0 || right >= 0) {
    Value row = n.create<nn::AddOp>(positions(n, queries, false), offset),
          column = positions(n, keys, true);
    if (right >= 0)
      mask.allow(n,
                 n.create<nn::LessEqualOp>(
                     column, right ? n.create<nn::AddOp>(row, n.scalar(double(right), i64)) : row));
    if (left >= 0) {
      mask.allow(n, n.create<nn::LessEqualOp>(
                        row, n.create<nn::AddOp>(column, n.scalar(double(left), i64))));
      mask.rowsMayBeEmpty = true;
    }
  }
  return success(n.ok());
}

LogicalResult buildAttention(NodeContext &n) {
  FailureOr<Heads> heads = readHeads(n);
  if (failed(heads))
    return failure();
  Type element = n.elementType(0), valueElement = n.elementType(2);
  if (!isa<FloatType>(element) || !isa<FloatType>(valueElement))
    return n.error("Q, K and V must be of floats");
  Value k = heads->k, v = heads->v;
  nn::Dim past(0);
  if (n.hasInput(4) != n.hasInput(5))
    return n.error("past_key and past_value must be given together");
  if (n.hasInput(4)) {
    if (n.rank(4) != 4 || n.rank(5) != 4)
      return n.error("past_key and past_value must have 4 dimensions");
    past = n.shape(4)[2];
    k = n.create<nn::ConcatOp>(ValueRange{n.input(4), k}, 2);
    v = n.create<nn::ConcatOp>(ValueRange{n.input(5), v}, 2);
  }
  if (!n.ok())
    return failure();
  SmallVector<nn::Dim> q = nn::dimsOf(heads->q.getType()), keys = nn::dimsOf(k.getType());
  int64_t group = 1;
  if (q[1] != keys[1]) {
    std::optional<int64_t> queryHeads = q[1].constant(), keyHeads = keys[1].constant();
    if (!queryHeads || !keyHeads)
      return n.unsupported("the numbers of heads are not known", "give the shape with --shape");
    if (*keyHeads == 0 || *queryHeads % *keyHeads != 0)
      return n.error(Twine(*queryHeads) + " query heads for " + Twine(*keyHeads) + " key heads");
    group = *queryHeads / *keyHeads;
  }
  Mask mask;
  if (failed(readMask(n, q[2], keys[2], past, mask)))
    return failure();

  // Scores. The scale's root goes to both factors, as ONNX says, where the sum could overflow; else
  // the scale to the sum.
  std::optional<int64_t> headSize = q[3].constant();
  if (!n.hasAttr("scale") && !headSize)
    return n.unsupported("the head size is not known", "give the shape with --shape");
  double scale = n.hasAttr("scale") ? n.floatAttr("scale", 1)
                                    : 1 / std::sqrt(double(std::max<int64_t>(*headSize, 1)));
  bool isHalf = element.isF16() || element.isBF16();
  Value query = heads->q, key = k;
  if (isHalf) {
    Value root = n.scalar(std::sqrt(scale), element);
    query = n.create<nn::MulOp>(query, root);
    key = n.create<nn::MulOp>(key, root);
  }
  Value scores = headProduct(n, query, key, /*transposeRhs=*/true, group);
  if (!isHalf)
    scores = n.create<nn::MulOp>(scores, n.scalar(scale, element));
  int64_t mode = n.intAttr("qk_matmul_output_mode", 0);
  if (mode < 0 || mode > 3)
    return n.error("attribute 'qk_matmul_output_mode' must be 0, 1, 2 or 3");
  Value shown = scores;
  if (double cap = n.floatAttr("softcap", 0); cap > 0) {
    Value limit = n.scalar(cap, element);
    scores = n.create<nn::MulOp>(n.create<nn::TanhOp>(n.create<nn::DivOp>(scores, limit)), limit);
  }
  if (mode == 1)
    shown = scores;
  if (mask.additive)
    scores = n.create<nn::AddOp>(scores, mask.additive);
  if (mask.allowed)
    scores = n.create<nn::WhereOp>(mask.allowed, scores, n.scalar(-INFINITY, element));
  if (mode == 2)
    shown = scores;

  // Probabilities; a row that sees nothing gets zeros.
  Type precision = n.hasAttr("softmax_precision") ? n.typeAttr("softmax_precision", 1) : element;
  if (!n.ok())
    return failure();
  if (!isa<FloatType>(precision))
    return n.error("attribute 'softmax_precision' must name a float type");
  Value probabilities =
      n.castTo(n.create<nn::SoftmaxOp>(n.castTo(scores, precision), 3, /*log=*/false), element);
  if (mask.rowsMayBeEmpty) {
    Value lowest = n.scalar(-INFINITY, element),
          bias = mask.additive ? mask.additive : n.scalar(0, element);
    if (mask.allowed)
      bias = n.create<nn::WhereOp>(mask.allowed, bias, lowest);
    if (!n.ok())
      return failure();
    int64_t last = cast<RankedTensorType>(bias.getType()).getRank() - 1;
    Value best = n.create<nn::ReduceOp>(bias, nn::ReduceKind::Max, ArrayRef<int64_t>{last},
                                        /*keepdims=*/true);
    probabilities = n.create<nn::WhereOp>(n.create<nn::EqualOp>(best, lowest), n.scalar(0, element),
                                          probabilities);
  }
  if (mode == 3)
    shown = probabilities;
  Value y = headProduct(n, n.castTo(probabilities, valueElement), v, /*transposeRhs=*/false, group);
  if (heads->threeDimensional && n.ok()) {
    SmallVector<nn::Dim> dims = nn::dimsOf(y.getType());
    y = n.reshape(n.transpose(y, {0, 2, 1, 3}), {dims[0], dims[2], dims[1] * dims[3]});
  }
  return n.results({y, k, v, shown});
}

//===----------------------------------------------------------------------===//
// Rotary embedding
//===----------------------------------------------------------------------===//

/// Pairs of elements, turned by an angle that depends on the position.
LogicalResult buildRotaryEmbedding(NodeContext &n) {
  bool interleaved = n.intAttr("interleaved", 0);
  int64_t heads = n.intAttr("num_heads", 0), turned = n.intAttr("rotary_embedding_dim", 0);
  Value x = n.input(0);
  SmallVector<nn::Dim> dims = n.shape(0);
  if (dims.size() == 3) {
    if (heads < 1)
      return n.error("num_heads must be given for an input with 3 dimensions");
    x = splitHeads(n, 0, heads);
  } else if (dims.size() != 4) {
    return n.error("X must have 3 or 4 dimensions");
  }
  if (!n.ok() || !n.sameElementType(0, 1) || !n.sameElementType(0, 2))
    return failure();
  SmallVector<nn::Dim> shape = nn::dimsOf(x.getType()); // [B, heads, S, D]
  std::optional<int64_t> headSize = shape[3].constant();
  if (!headSize)
    return n.unsupported("the head size is not known", "give the shape with --shape");
  if (turned == 0)
    turned = *headSize;
  if (turned < 2 || turned > *headSize || turned % 2 != 0)
    return n.error("rotary_embedding_dim = " + Twine(turned) + " for a head size of " +
                   Twine(*headSize));
  int64_t half = turned / 2;
  // The caches as [B or 1, 1, S, half].
  auto cache = [&](unsigned input) -> Value {
    Value table = n.input(input);
    if (n.hasInput(3))
      table = n.create<nn::GatherOp>(table, n.input(3), 0);
    if (!n.ok())
      return {};
    SmallVector<nn::Dim> t = nn::dimsOf(table.getType());
    if (t.size() != 3 || t[2] != nn::Dim(half)) {
      (void)n.error(n.inputName(input) + " gives angles of shape " + nn::printShape(t) +
                    "; the last dimension must be " + Twine(half));
      return {};
    }
    return n.reshape(table, {t[0], nn::Dim(1), t[1], t[2]});
  };
  Value cos = cache(1), sin = cache(2);
  if (!n.ok())
    return failure();
  Value first = interleaved ? sliceLast(n, x, 0, 2, half) : sliceLast(n, x, 0, 1, half);
  Value second = interleaved ? sliceLast(n, x, 1, 2, half) : sliceLast(n, x, half, 1, half);
  Value real =
      n.create<nn::SubOp>(n.create<nn::MulOp>(cos, first), n.create<nn::MulOp>(sin, second));
  Value imaginary =
      n.create<nn::AddOp>(n.create<nn::MulOp>(sin, first), n.create<nn::MulOp>(cos, second));
  if (!n.ok())
    return failure();
  Value y;
  if (interleaved) {
    SmallVector<nn::Dim> pair = nn::dimsOf(real.getType()), joined = pair;
    pair.push_back(1);
    joined.back() = turned;
    y = n.reshape(
        n.create<nn::ConcatOp>(ValueRange{n.reshape(real, pair), n.reshape(imaginary, pair)}, 4),
        joined);
  } else {
    y = n.create<nn::ConcatOp>(ValueRange{real, imaginary}, 3);
  }
  if (turned != *headSize)
    y = n.create<nn::ConcatOp>(ValueRange{y, sliceLast(n, x, turned, 1, *headSize - turned)}, 3);
  if (dims.size() == 3)
    y = n.reshape(n.transpose(y, {0, 2, 1, 3}), dims);
  return n.result(y);
}

} // namespace

ArrayRef<OpRow> attentionRows() {
  static const OpRow rows[] = {
      {"", "Attention", 23, buildAttention,
       "Q K V attn_mask? past_key? past_value? nonpad_kv_seqlen?",
       "Y present_key? present_value? qk_matmul_output?"},
      {"", "RotaryEmbedding", 23, buildRotaryEmbedding, "X cos_cache sin_cache position_ids?"},
  };
  return rows;
}

} // namespace dlc
