// The domain ai.onnx.ml: what converters of classic machine learning put around a network.
#include "compiler/import/registry.h"
#include "compiler/import/shape_math.h"
#include "onnx/onnx.pb.h"

using namespace mlir;
using dlc::nn::Dim;

namespace dlc {
namespace {

/// Lists of an attribute may be long: they take the way of tensors.
Value floats(NodeContext &n, ArrayRef<double> values, ArrayRef<int64_t> dims) {
  onnx::TensorProto tensor;
  tensor.set_data_type(onnx::TensorProto::FLOAT);
  for (int64_t dim : dims)
    tensor.add_dims(dim);
  for (double value : values)
    tensor.add_float_data(static_cast<float>(value));
  return n.ok() ? n.constant(tensor) : Value();
}

/// A vector attribute as a constant that broadcasts along the last dimension. One entry serves all.
Value vectorAttr(NodeContext &n, StringRef name, int64_t columns) {
  SmallVector<double> values = n.floatsAttr(name).value_or(SmallVector<double>());
  if (int64_t(values.size()) != 1 && int64_t(values.size()) != columns) {
    (void)n.error("attribute '" + name + "' has " + Twine(values.size()) + " entries for " +
                  Twine(columns) + " features");
    return {};
  }
  return floats(n, values, {int64_t(values.size())});
}

/// The number of features: the size of the last dimension.
FailureOr<int64_t> featureCount(NodeContext &n) {
  if (n.rank(0) == 0)
    return n.error("X must have at least one dimension");
  std::optional<int64_t> columns = n.shape(0).back().constant();
  if (!columns)
    return n.unsupported("the number of features is not constant: X is " +
                         nn::printType(n.type(0)));
  return *columns;
}

Value features(NodeContext &n) { return n.castTo(n.input(0), n.builder().getF32Type()); }

LogicalResult buildScaler(NodeContext &n) {
  FailureOr<int64_t> columns = featureCount(n);
  if (failed(columns))
    return failure();
  Value x = features(n);
  if (n.hasAttr("offset"))
    x = n.create<nn::SubOp>(x, vectorAttr(n, "offset", *columns));
  if (n.ok() && n.hasAttr("scale"))
    x = n.create<nn::MulOp>(x, vectorAttr(n, "scale", *columns));
  return n.result(x);
}

LogicalResult buildBinarizer(NodeContext &n) {
  Value threshold = n.scalar(n.floatAttr("threshold", 0), n.elementType(0));
  return n.result(n.castTo(n.create<nn::LessOp>(threshold, n.input(0)), n.elementType(0)));
}

LogicalResult buildNormalizer(NodeContext &n) {
  std::string norm = n.stringAttr("norm", "MAX");
  int64_t rank = n.rank(0);
  if (rank < 1 || rank > 2)
    return n.error("X must have one or two dimensions");
  Value x = features(n), size;
  auto reduce = [&](Value value, nn::ReduceKind kind) {
    return n.create<nn::ReduceOp>(value, kind, ArrayRef<int64_t>{rank - 1}, /*keepdims=*/true);
  };
  if (norm == "L1")
    size = reduce(n.create<nn::AbsOp>(x), nn::ReduceKind::Sum);
  else if (norm == "L2")
    size = n.create<nn::SqrtOp>(reduce(n.create<nn::MulOp>(x, x), nn::ReduceKind::Sum));
  else if (norm == "MAX")
    size = reduce(x, nn::ReduceKind::Max);
  else
    return n.error("attribute 'norm' must be MAX, L1 or L2");
  // Rows of zeros stay as they are.
  Value zero = n.scalar(0, n.builder().getF32Type()), one = n.scalar(1, n.builder().getF32Type());
  size = n.create<nn::WhereOp>(n.create<nn::EqualOp>(size, zero), one, size);
  return n.result(n.create<nn::DivOp>(x, size));
}

LogicalResult buildArrayFeatureExtractor(NodeContext &n) {
  if (n.rank(0) == 0)
    return n.error("X must have at least one dimension");
  if (!n.elementType(1).isInteger(64))
    return n.error("Y must be i64");
  Value indices = n.reshape(n.input(1), {nn::product(n.shape(1))});
  Value picked = n.gather(n.input(0), indices, n.rank(0) - 1);
  // A vector counts as one row.
  if (n.rank(0) == 1)
    picked = n.reshape(picked, {Dim(1), nn::product(n.shape(1))});
  return n.result(picked);
}

LogicalResult buildLinearRegressor(NodeContext &n) {
  FailureOr<int64_t> columns = featureCount(n);
  std::string transform = n.stringAttr("post_transform", "NONE");
  int64_t targets = n.intAttr("targets", 1);
  SmallVector<double> weights = n.floatsAttr("coefficients").value_or(SmallVector<double>());
  if (failed(columns) || !n.ok())
    return failure();
  if (n.rank(0) > 2)
    return n.error("X must have one or two dimensions");
  if (transform != "NONE")
    return n.unsupported("post_transform = " + escapeName(transform) + " is not supported");
  if (targets < 1 || targets > int64_t(weights.size()) ||
      int64_t(weights.size()) != targets * *columns)
    return n.error("attribute 'coefficients' has " + Twine(weights.size()) + " entries for " +
                   Twine(targets) + " targets and " + Twine(*columns) + " features");
  Value x = features(n);
  if (n.rank(0) == 1)
    x = n.reshape(x, {Dim(1), Dim(*columns)});
  Value w = floats(n, weights, {targets, *columns});
  Value y = n.create<nn::MatmulOp>(x, w, /*transpose_lhs=*/false, /*transpose_rhs=*/true);
  if (n.hasAttr("intercepts"))
    y = n.create<nn::AddOp>(y, vectorAttr(n, "intercepts", targets));
  return n.result(y);
}

} // namespace

ArrayRef<OpRow> mlRows() {
  static const OpRow rows[] = {
      {"ai.onnx.ml", "ArrayFeatureExtractor", 1, buildArrayFeatureExtractor, "X Y", "Z"},
      {"ai.onnx.ml", "Binarizer", 1, buildBinarizer},
      {"ai.onnx.ml", "LinearRegressor", 1, buildLinearRegressor},
      {"ai.onnx.ml", "Normalizer", 1, buildNormalizer},
      {"ai.onnx.ml", "Scaler", 1, buildScaler},
  };
  return rows;
}

} // namespace dlc
