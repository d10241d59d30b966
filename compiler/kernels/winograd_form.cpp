// See winograd_form.h.
#include "compiler/kernels/winograd_form.h"

#include "compiler/kernels/padding.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <cmath>

using namespace mlir;
using namespace dlc;

/// Six points are 0, a, -a, b, -b, infinity. Of the multiples of 1/16 these had the least error on
/// random sums, less than half that of 1 and 2, with which a transform has a few products less.
static constexpr double kInner = 0.625, kOuter = 1.5;
static constexpr double kInner2 = kInner * kInner, kOuter2 = kOuter * kOuter;

bool dlc::isWinogradKnown(int64_t tile, int64_t taps) {
  int64_t alpha = tile + taps - 1;
  return (tile == 2 || tile == 4) && taps >= 3 && (alpha == 4 || alpha == 6);
}

SmallVector<int64_t> dlc::winogradFilterShape(const WinogradPlan &plan) {
  return {plan.alpha(), plan.sides == 1 ? 1 : plan.alpha(), plan.inputs, plan.outputs};
}

//===-- Scalar bodies ------------------------------------------------------------------------===//

namespace {
/// f32 arithmetic in a body.
struct Scalars {
  OpBuilder &b;
  Location loc;
  Value add(Value x, Value y) { return arith::AddFOp::create(b, loc, x, y); }
  Value sub(Value x, Value y) { return arith::SubFOp::create(b, loc, x, y); }
  Value times(double factor, Value x) {
    Value constant = arith::ConstantOp::create(b, loc, b.getF32FloatAttr(factor));
    return arith::MulFOp::create(b, loc, x, constant);
  }
};
using Rows = SmallVector<Value>;
} // namespace

/// B^T d.
static Rows inputTransform(Scalars s, int64_t, ValueRange d) {
  if (d.size() == 4)
    return {s.sub(d[0], d[2]), s.add(d[1], d[2]), s.sub(d[2], d[1]), s.sub(d[1], d[3])};
  // Rows of x (x + a) (x^2 - b^2) and the like; of x (x^2 - a^2) (x^2 - b^2) for infinity.
  auto pair = [&](double own, double others2, Rows &rows) {
    Value even = s.sub(d[4], s.times(others2, d[2])), odd = s.sub(d[3], s.times(others2, d[1]));
    Value scaled = s.times(own, odd);
    rows.append({s.add(even, scaled), s.sub(even, scaled)});
  };
  auto whole = [&](unsigned k) {
    Value low = s.sub(s.times(kInner2 * kOuter2, d[k]), s.times(kInner2 + kOuter2, d[k + 2]));
    return s.add(low, d[k + 4]);
  };
  Rows rows = {whole(0)};
  pair(kInner, kOuter2, rows);
  pair(kOuter, kInner2, rows);
  rows.push_back(whole(1));
  return rows;
}

/// A^T m: row i is the sum over the points of their power i; infinity counts in the last row.
static Rows outputTransform(Scalars s, int64_t tile, ValueRange m) {
  Value sum = s.add(m[1], m[2]), difference = s.sub(m[1], m[2]);
  if (m.size() == 4)
    return {s.add(m[0], sum), s.sub(difference, m[3])};
  Value sum2 = s.add(m[3], m[4]), difference2 = s.sub(m[3], m[4]);
  auto powers = [&](int power, Value inner, Value outer) {
    return s.add(s.times(std::pow(kInner, power), inner), s.times(std::pow(kOuter, power), outer));
  };
  Value first = s.add(s.add(m[0], sum), sum2), second = powers(1, difference, difference2);
  if (tile == 2)
    return {first, s.add(second, m[5])};
  return {first, second, powers(2, sum, sum2), s.add(powers(3, difference, difference2), m[5])};
}

/// rows[index of loop `dim`].
static Value selectRow(OpBuilder &b, Location loc, ArrayRef<Value> rows, unsigned dim) {
  Value index = linalg::IndexOp::create(b, loc, dim);
  Value result = rows.back();
  for (int64_t i = static_cast<int64_t>(rows.size()) - 2; i >= 0; --i) {
    Value here = arith::ConstantIndexOp::create(b, loc, i);
    Value isHere = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, index, here);
    result = arith::SelectOp::create(b, loc, isHere, rows[i], result);
  }
  return result;
}

/// f32 of a filter's element.
static Value widened(OpBuilder &b, Location loc, Value x) {
  return x.getType().isF32() ? x : arith::ExtFOp::create(b, loc, b.getF32Type(), x).getResult();
}

//===-- The generics -------------------------------------------------------------------------===//

/// G, row-major, alpha x taps: the powers of a point, and its weight.
static SmallVector<float> filterMatrix(int64_t alpha, int64_t taps) {
  using Weighted = std::pair<double, double>;
  SmallVector<Weighted> points = {{0, 1}, {1, 0.5}, {-1, 0.5}};
  if (alpha == 6) {
    double inner = 0.5 / (kInner2 * (kInner2 - kOuter2));
    double outer = 0.5 / (kOuter2 * (kOuter2 - kInner2));
    points = {{0, 1 / (kInner2 * kOuter2)},
              {kInner, inner},
              {-kInner, inner},
              {kOuter, outer},
              {-kOuter, outer}};
  }
  SmallVector<float> matrix;
  for (auto [point, weight] : points)
    for (int64_t tap = 0; tap < taps; ++tap) {
      matrix.push_back(static_cast<float>(weight));
      weight *= point;
    }
  matrix.append(static_cast<size_t>(taps - 1), 0);
  matrix.push_back(1); // infinity
  return matrix;
}

namespace {
class WinogradBuilder {
public:
  WinogradBuilder(IRRewriter &b, WinogradPlan &plan)
      : plan(plan), b(b), loc(plan.op.getLoc()), a(plan.alpha()), m(plan.tile) {}

  void run(Value transformedFilter) {
    b.setInsertionPoint(plan.op);
    auto fill = plan.op.getDpsInits().front().getDefiningOp<linalg::FillOp>();
    auto destination = fill.getOutputs().front().getDefiningOp<tensor::EmptyOp>();
    n = destination.getMixedSizes()[0];
    Value y = plan.sides == 1 ? line(transformedFilter) : image(transformedFilter);
    SmallVector<OpFoldResult> sizes = destination.getMixedSizes();
    b.replaceOp(plan.op, cutAtEnd(b, loc, y, plan.op->getResult(0).getType(), sizes));
  }

private:
  using MapOf = llvm::function_ref<AffineMap(int64_t)>;
  OpFoldResult size(int64_t value) { return b.getIndexAttr(value); }
  AffineExpr d(unsigned i) { return getAffineDimExpr(i, b.getContext()); }
  AffineExpr c(int64_t value) { return getAffineConstantExpr(value, b.getContext()); }
  AffineMap map(ArrayRef<AffineExpr> results) {
    return AffineMap::get(6, 0, results, b.getContext());
  }
  /// Of two dimensions: [n, ty * m, tx * m, co].
  Value image(Value filter) {
    auto type = cast<RankedTensorType>(plan.data->get().getType());
    Value x = padAtEnd(b, loc, plan.data->get(),
                       {0, plan.tilesY() * m + plan.taps - 1 - type.getDimSize(1),
                        plan.tilesX() * m + plan.taps - 1 - type.getDimSize(2), 0});
    // Loops (i, q, n, ty, tx, c): operand p is x[n, m*ty + p, m*tx + q, c].
    Value t = transform(x, shape(a, a, plan.inputs), /*row=*/0, inputTransform, [&](int64_t p) {
      return map({d(2), d(3) * m + p, d(4) * m + d(1), d(5)});
    });
    Value v = transform(t, shape(a, a, plan.inputs), /*row=*/1, inputTransform,
                        [&](int64_t q) { return map({d(0), c(q), d(2), d(3), d(4), d(5)}); });
    Value products = multiply(v, filter, shape(a, a, plan.outputs));
    Value p = transform(products, shape(m, a, plan.outputs), /*row=*/0, outputTransform,
                        [&](int64_t i) { return map({c(i), d(1), d(2), d(3), d(4), d(5)}); });
    // Loops (n, ty, r, tx, s, co).
    SmallVector<OpFoldResult> outShape = {
        n, size(plan.tilesY()), size(m), size(plan.tilesX()), size(m), size(plan.outputs)};
    Value y = transform(p, outShape, /*row=*/4, outputTransform,
                        [&](int64_t j) { return map({d(2), c(j), d(0), d(1), d(3), d(5)}); });
    return tensor::CollapseShapeOp::create(
        b, loc, y, SmallVector<ReassociationIndices>{{0}, {1, 2}, {3, 4}, {5}});
  }

  /// Of one: [n, t * m * d, co].
  Value line(Value filter) {
    int64_t apart = plan.dilation, tiles = plan.tilesY();
    auto type = cast<RankedTensorType>(plan.data->get().getType());
    // At least one element more, so that there is a pad: it can be read beyond its end, as the last
    // tiles of a block are.
    int64_t missing = (tiles * m + plan.taps - 1) * apart - type.getDimSize(1);
    Value x = padAtEnd(b, loc, plan.data->get(), {0, std::max<int64_t>(missing, 1), 0});
    // Loops (i, j, n, t, f, c).
    Value v = transform(x, shape(a, 1, plan.inputs), /*row=*/0, inputTransform, [&](int64_t p) {
      return map({d(2), d(3) * (m * apart) + d(4) + p * apart, d(5)});
    });
    Value products = multiply(v, filter, shape(a, 1, plan.outputs));
    SmallVector<OpFoldResult> outShape = {n, size(tiles), size(m), size(apart), size(plan.outputs)};
    Value y = transform(products, outShape, /*row=*/2, outputTransform, [&](int64_t i) {
      return AffineMap::get(5, 0, {c(i), c(0), d(0), d(1), d(3), d(4)}, b.getContext());
    });
    return tensor::CollapseShapeOp::create(b, loc, y,
                                           SmallVector<ReassociationIndices>{{0}, {1, 2, 3}, {4}});
  }

  SmallVector<OpFoldResult> shape(int64_t i, int64_t j, int64_t channels) {
    return {size(i), size(j), n, size(plan.tilesY()), size(plan.tilesX()), size(channels)};
  }

  /// One row of a transform for each value of loop `row`, from the a operands that `mapOf` reads.
  Value transform(Value source, ArrayRef<OpFoldResult> shape, unsigned row,
                  Rows (*rows)(Scalars, int64_t, ValueRange), MapOf mapOf) {
    Value empty = tensor::EmptyOp::create(b, loc, shape, b.getF32Type());
    SmallVector<AffineMap> maps;
    for (int64_t i = 0; i < a; ++i)
      maps.push_back(mapOf(i));
    maps.push_back(b.getMultiDimIdentityMap(unsigned(shape.size())));
    SmallVector<Value> operands(a, source);
    SmallVector<utils::IteratorType> iterators(shape.size(), utils::IteratorType::parallel);
    auto generic = linalg::GenericOp::create(
        b, loc, empty.getType(), operands, empty, maps, iterators,
        [&](OpBuilder &builder, Location l, ValueRange arguments) {
          Rows all = rows({builder, l}, m, arguments.drop_back());
          linalg::YieldOp::create(builder, l, selectRow(builder, l, all, row));
        });
    return generic.getResult(0);
  }

  /// Loops (i, j, n, ty, tx, co | c).
  Value multiply(Value v, Value u, ArrayRef<OpFoldResult> shape) {
    Value init = tensor::EmptyOp::create(b, loc, shape, b.getF32Type());
    Value zero = arith::ConstantOp::create(b, loc, b.getF32FloatAttr(0));
    init = linalg::FillOp::create(b, loc, zero, init).getResult(0);
    auto map7 = [&](ArrayRef<AffineExpr> results) {
      return AffineMap::get(7, 0, results, b.getContext());
    };
    SmallVector<AffineMap> maps = {map7({d(0), d(1), d(2), d(3), d(4), d(6)}),
                                   map7({d(0), d(1), d(6), d(5)}),
                                   map7({d(0), d(1), d(2), d(3), d(4), d(5)})};
    SmallVector<utils::IteratorType> iterators(7, utils::IteratorType::parallel);
    iterators.back() = utils::IteratorType::reduction;
    auto generic = linalg::GenericOp::create(
        b, loc, init.getType(), ValueRange{v, u}, init, maps, iterators,
        [](OpBuilder &builder, Location l, ValueRange x) {
          Value product = arith::MulFOp::create(builder, l, x[0], widened(builder, l, x[1]));
          linalg::YieldOp::create(builder, l,
                                  Value(arith::AddFOp::create(builder, l, x[2], product)));
        });
    return generic.getResult(0);
  }

  WinogradPlan &plan;
  IRRewriter &b;
  Location loc;
  int64_t a, m;
  OpFoldResult n; ///< images
};
} // namespace

void dlc::buildWinograd(IRRewriter &rewriter, WinogradPlan &plan, Value filter) {
  WinogradBuilder(rewriter, plan).run(filter);
}

//===-- The filter ---------------------------------------------------------------------------===//

/// U[i, j, ci, co] = sum over kh, kw of G[i, kh] * G[j, kw] * filter, or over k of G[i, k] *
/// filter.
Value dlc::buildWinogradFilter(OpBuilder &b, Value filter, const WinogradPlan &plan,
                               SmallVectorImpl<Operation *> &ops) {
  Location loc = filter.getLoc();
  int64_t a = plan.alpha();
  auto matrixType = RankedTensorType::get({a, plan.taps}, b.getF32Type());
  Value matrix = arith::ConstantOp::create(
      b, loc, DenseElementsAttr::get(matrixType, ArrayRef(filterMatrix(a, plan.taps))));
  SmallVector<int64_t> shape = winogradFilterShape(plan);
  Value init = tensor::EmptyOp::create(b, loc, shape, b.getF32Type());
  Value zero = arith::ConstantOp::create(b, loc, b.getF32FloatAttr(0));
  init = linalg::FillOp::create(b, loc, zero, init).getResult(0);
  // Loops (i, j, ci, co | taps).
  unsigned sides = unsigned(plan.sides), loops = 4 + sides;
  auto d = [&](unsigned i) { return getAffineDimExpr(i, b.getContext()); };
  SmallVector<AffineExpr> source(2 + sides);
  source[plan.positions[0]] = d(3);
  source[plan.positions[1]] = d(2);
  auto map = [&](ArrayRef<AffineExpr> results) {
    return AffineMap::get(loops, 0, results, b.getContext());
  };
  SmallVector<Value> inputs = {filter};
  SmallVector<AffineMap> maps(1);
  for (unsigned side = 0; side < sides; ++side) {
    source[plan.positions[2 + side]] = d(4 + side);
    inputs.push_back(matrix);
    maps.push_back(map({d(side), d(4 + side)}));
  }
  maps.front() = map(source);
  maps.push_back(map({d(0), d(1), d(2), d(3)}));
  SmallVector<utils::IteratorType> iterators(4, utils::IteratorType::parallel);
  iterators.append(sides, utils::IteratorType::reduction);
  auto generic = linalg::GenericOp::create(
      b, loc, init.getType(), inputs, init, maps, iterators,
      [](OpBuilder &builder, Location l, ValueRange x) {
        Value factor = x[1];
        for (Value other : x.drop_front(2).drop_back())
          factor = arith::MulFOp::create(builder, l, factor, other);
        Value product = arith::MulFOp::create(builder, l, widened(builder, l, x[0]), factor);
        linalg::YieldOp::create(builder, l,
                                Value(arith::AddFOp::create(builder, l, x.back(), product)));
      });
  ops.push_back(generic);
  if (plan.stored.isF32())
    return generic.getResult(0);
  Value narrow = tensor::EmptyOp::create(b, loc, shape, plan.stored);
  SmallVector<utils::IteratorType> parallels(4, utils::IteratorType::parallel);
  auto rounded = linalg::GenericOp::create(
      b, loc, narrow.getType(), generic.getResult(0), narrow,
      SmallVector<AffineMap>(2, b.getMultiDimIdentityMap(4)), parallels,
      [&](OpBuilder &builder, Location l, ValueRange x) {
        linalg::YieldOp::create(builder, l,
                                Value(arith::TruncFOp::create(builder, l, plan.stored, x[0])));
      });
  ops.push_back(rounded);
  return rounded.getResult(0);
}
