// Sampling: Resize and its older form Upsample, GridSample, AffineGrid, Col2Im, and the
// rearrangements between depth and space.
#include "compiler/import/registry.h"

#include <cmath>

using namespace mlir;

namespace dlc {
namespace {

//===----------------------------------------------------------------------===//
// Resize
//===----------------------------------------------------------------------===//

/// What a resize does along one dimension of the input.
struct ResizedAxis {
  int64_t dim;
  nn::Dim size;
  std::optional<double> scale;
};

struct Resize {
  nn::Interpolation mode = nn::Interpolation::Nearest;
  nn::Coordinates coordinates = nn::Coordinates::HalfPixel;
  nn::Rounding rounding = nn::Rounding::PreferFloor;
  double cubicCoefficient = -0.75, extrapolation = 0;
  bool excludeOutside = false, antialias = false;
  SmallVector<ResizedAxis> axes;
  Value scales; ///< one an axis, where they are not constants
  Value roi;    ///< two an axis, or null
};

template <typename Enum>
LogicalResult choose(NodeContext &n, StringRef attribute, StringRef otherwise,
                     ArrayRef<std::pair<StringRef, Enum>> names, Enum &result) {
  std::string text = n.stringAttr(attribute, otherwise);
  for (auto [name, value] : names)
    if (name == text) {
      result = value;
      return success(n.ok());
    }
  return n.error("attribute '" + attribute + "' has the unknown value '" + escapeName(text) + "'");
}

/// The elements of a vector at these positions.
Value pick(NodeContext &n, Value vector, ArrayRef<int64_t> positions) {
  if (!n.ok() || nn::dimOf(vector.getType(), 0) == nn::Dim(int64_t(positions.size())))
    return vector;
  return n.create<nn::GatherOp>(vector, n.intsConstant(positions), 0);
}

/// Leaves out what stays as it is, and builds the operation.
LogicalResult finish(NodeContext &n, const Resize &r) {
  SmallVector<nn::Dim> dims = n.shape(0);
  SmallVector<int64_t> axes, positions, roiPositions;
  std::vector<std::string> sizes;
  SmallVector<double> scales;
  for (auto [i, axis] : llvm::enumerate(r.axes)) {
    if (r.coordinates != nn::Coordinates::Crop && axis.scale == 1.0 && axis.size == dims[axis.dim])
      continue;
    axes.push_back(axis.dim);
    positions.push_back(i);
    sizes.push_back(axis.size.str());
    if (axis.scale)
      scales.push_back(*axis.scale);
  }
  if (axes.empty())
    return n.result(n.input(0));
  for (int64_t half : {0, 1})
    for (int64_t position : positions)
      roiPositions.push_back(half * int64_t(r.axes.size()) + position);
  int64_t count = axes.size();
  Type f32 = n.builder().getF32Type();
  for (double scale : scales)
    if (!(scale > 0) || !std::isfinite(scale))
      return n.error("scales must be positive and finite; one is " + std::to_string(scale));
  Value scaleVector = int64_t(scales.size()) == count ? n.constant(scales, {count}, f32)
                                                      : pick(n, r.scales, positions);
  Value roi = r.roi ? pick(n, r.roi, roiPositions)
                    : n.constant(SmallVector<double>(2 * count, 0), {2 * count}, f32);
  SmallVector<StringRef> texts(sizes.begin(), sizes.end());
  return n.result(n.create<nn::ResizeOp>(n.input(0), scaleVector, roi, axes,
                                         n.builder().getStrArrayAttr(texts), r.mode, r.coordinates,
                                         r.rounding, APFloat(r.cubicCoefficient),
                                         APFloat(r.extrapolation), r.excludeOutside, r.antialias));
}

/// floor(size * scale), in f32 as ONNX's shape inference has it; nullopt where that is no
/// expression over symbols.
std::optional<nn::Dim> scaled(const nn::Dim &size, double scale) {
  if (std::optional<int64_t> known = size.constant()) {
    float product = std::floor(float(*known) * float(scale));
    return product >= 0 && product < float(int64_t(1) << 40)
               ? std::optional<nn::Dim>(nn::Dim(int64_t(product)))
               : std::nullopt;
  }
  for (int64_t divisor = 1; divisor <= 64; divisor *= 2)
    if (double factor = scale * double(divisor);
        factor == std::floor(factor) && factor >= 1 && factor < (1 << 20))
      return nn::Dim::floorDiv(size * nn::Dim(int64_t(factor)), nn::Dim(divisor));
  return std::nullopt;
}

/// Sizes from scales, one for each of r.axes.
LogicalResult applyScales(NodeContext &n, Resize &r, Value scales,
                          std::optional<SmallVector<double>> known) {
  SmallVector<nn::Dim> dims = n.shape(0);
  size_t count = r.axes.size();
  if (known && known->size() != count)
    return n.error(Twine(known->size()) + " scales for " + Twine(count) + " dimensions");
  bool allKnown = known.has_value();
  for (size_t i = 0; known && i < count; ++i) {
    r.axes[i].scale = (*known)[i];
    std::optional<nn::Dim> size = scaled(dims[r.axes[i].dim], (*known)[i]);
    if (size)
      r.axes[i].size = *size;
    allKnown &= size.has_value();
  }
  if (allKnown)
    return success();
  // At run time: floor(size * scale).
  Type f32 = n.builder().getF32Type();
  if (nn::dimsOf(scales.getType()) != SmallVector<nn::Dim>{nn::Dim(int64_t(count))})
    return n.error("scales of shape " + nn::printShape(nn::dimsOf(scales.getType())) + " for " +
                   Twine(count) + " dimensions");
  SmallVector<nn::Dim> inputs;
  for (const ResizedAxis &axis : r.axes)
    inputs.push_back(dims[axis.dim]);
  Value product = n.create<nn::MulOp>(n.castTo(n.dimsTensor(inputs), f32), scales);
  Value sizes = n.castTo(n.create<nn::FloorOp>(product), n.builder().getI64Type());
  if (!n.ok())
    return failure();
  FailureOr<nn::ShapeValue> elements = n.elementsOrBind(sizes);
  if (failed(elements))
    return failure();
  for (size_t i = 0; i < count; ++i)
    r.axes[i].size = (*elements)[i];
  r.scales = scales;
  return success();
}

/// One scale for all dimensions, at run time: the smallest (or largest) ratio of the sizes; sizes
/// follow from it.
LogicalResult keepAspectRatio(NodeContext &n, Resize &r, ArrayRef<nn::Dim> inputs,
                              ArrayRef<nn::Dim> sizes, bool notLarger) {
  Type f32 = n.builder().getF32Type();
  int64_t count = inputs.size();
  Value from = n.castTo(n.dimsTensor(inputs), f32);
  Value ratios = n.create<nn::DivOp>(n.castTo(n.dimsTensor(sizes), f32), from);
  Value scale =
      n.create<nn::ReduceOp>(ratios, notLarger ? nn::ReduceKind::Min : nn::ReduceKind::Max,
                             ArrayRef<int64_t>{0}, /*keepdims=*/true);
  Value half = n.scalar(0.5, f32);
  Value rounded =
      n.create<nn::FloorOp>(n.create<nn::AddOp>(n.create<nn::MulOp>(from, scale), half));
  Value target = n.castTo(rounded, n.builder().getI64Type());
  if (!n.ok())
    return failure();
  FailureOr<nn::ShapeValue> elements = n.elementsOrBind(target);
  if (failed(elements))
    return failure();
  for (int64_t i = 0; i < count; ++i) {
    r.axes[i].size = (*elements)[i];
    r.axes[i].scale = std::nullopt;
  }
  r.scales = n.create<nn::MulOp>(scale, n.constant(SmallVector<double>(count, 1), {count}, f32));
  return success(n.ok());
}

/// Scales from sizes; with a policy that keeps the aspect ratio one scale for all, and sizes from
/// it.
LogicalResult applySizes(NodeContext &n, Resize &r, unsigned input, StringRef policy) {
  SmallVector<nn::Dim> dims = n.shape(0);
  FailureOr<nn::ShapeValue> sizes = n.elementsOrBind(input);
  if (failed(sizes))
    return failure();
  size_t count = r.axes.size();
  if (sizes->size() != count)
    return n.error(Twine(sizes->size()) + " sizes for " + Twine(count) + " dimensions");
  SmallVector<nn::Dim> inputs;
  bool allKnown = true;
  for (size_t i = 0; i < count; ++i) {
    const nn::Dim &from = dims[r.axes[i].dim], &to = (*sizes)[i];
    inputs.push_back(from);
    r.axes[i].size = to;
    std::optional<int64_t> a = from.constant(), b = to.constant();
    if (from == to)
      r.axes[i].scale = 1;
    else if (a && b && *a > 0)
      r.axes[i].scale = float(*b) / float(*a);
    else
      allKnown = false;
  }
  if (policy != "stretch") {
    if (policy != "not_larger" && policy != "not_smaller")
      return n.error(
          "attribute 'keep_aspect_ratio_policy' must be stretch, not_larger or not_smaller");
    if (!allKnown || !llvm::all_of(inputs, [](const nn::Dim &d) { return d.constant(); }))
      return keepAspectRatio(n, r, inputs, *sizes, policy == "not_larger");
    double scale = *r.axes[0].scale;
    for (const ResizedAxis &axis : r.axes)
      scale = policy == "not_larger" ? std::min(scale, *axis.scale) : std::max(scale, *axis.scale);
    for (size_t i = 0; i < count; ++i) {
      r.axes[i].scale = scale;
      r.axes[i].size = nn::Dim(int64_t(std::floor(scale * double(*inputs[i].constant()) + 0.5)));
    }
    return success();
  }
  if (!allKnown) {
    Type f32 = n.builder().getF32Type();
    r.scales = n.create<nn::DivOp>(n.castTo(n.dimsTensor(*sizes), f32),
                                   n.castTo(n.dimsTensor(inputs), f32));
  }
  return success(n.ok());
}

LogicalResult buildResize(NodeContext &n) {
  Resize r;
  int64_t rank = n.rank(0);
  bool old = n.opset() < 11; // inputs X and scales; coordinates as in Upsample
  unsigned scalesInput = old ? 1 : 2, sizesInput = 3;
  if (failed(choose<nn::Interpolation>(n, "mode", "nearest",
                                       {{"nearest", nn::Interpolation::Nearest},
                                        {"linear", nn::Interpolation::Linear},
                                        {"cubic", nn::Interpolation::Cubic}},
                                       r.mode)))
    return failure();
  if (old) {
    r.coordinates = nn::Coordinates::Asymmetric;
    r.rounding = nn::Rounding::Floor;
  } else {
    if (n.stringAttr("coordinate_transformation_mode", "half_pixel") == "tf_half_pixel_for_nn")
      return n.unsupported(
          "coordinate_transformation_mode = tf_half_pixel_for_nn is not supported");
    using C = nn::Coordinates;
    using R = nn::Rounding;
    if (failed(choose<C>(n, "coordinate_transformation_mode", "half_pixel",
                         {{"half_pixel", C::HalfPixel},
                          {"pytorch_half_pixel", C::PytorchHalfPixel},
                          {"half_pixel_symmetric", C::HalfPixelSymmetric},
                          {"align_corners", C::AlignCorners},
                          {"asymmetric", C::Asymmetric},
                          {"tf_crop_and_resize", C::Crop}},
                         r.coordinates)) ||
        failed(choose<R>(n, "nearest_mode", "round_prefer_floor",
                         {{"round_prefer_floor", R::PreferFloor},
                          {"round_prefer_ceil", R::PreferCeil},
                          {"floor", R::Floor},
                          {"ceil", R::Ceil}},
                         r.rounding)))
      return failure();
    r.cubicCoefficient = n.floatAttr("cubic_coeff_a", -0.75);
    r.extrapolation = n.floatAttr("extrapolation_value", 0);
    r.excludeOutside = n.intAttr("exclude_outside", 0) && r.mode != nn::Interpolation::Nearest;
    r.antialias = n.intAttr("antialias", 0) && r.mode != nn::Interpolation::Nearest;
  }
  std::string policy = n.stringAttr("keep_aspect_ratio_policy", "stretch");
  SmallVector<int64_t> axes =
      n.intsAttr("axes").value_or(llvm::to_vector(llvm::seq<int64_t>(0, rank)));
  for (int64_t axis : axes) {
    r.axes.push_back({n.normalizeAxis(axis, rank, "axes"), nn::Dim(1), std::nullopt});
    if (!n.ok())
      return failure();
  }
  if (r.axes.empty())
    return n.result(n.input(0));
  auto given = [&](unsigned i) {
    return n.hasInput(i) && n.rank(i) == 1 && n.shape(i)[0] != nn::Dim(0);
  };
  if (r.coordinates == nn::Coordinates::Crop) {
    if (!given(1) || n.shape(1)[0] != nn::Dim(2 * int64_t(r.axes.size())))
      return n.error("roi must have two numbers for each of the " + Twine(r.axes.size()) +
                     " dimensions");
    r.roi = n.castTo(n.input(1), n.builder().getF32Type());
  }
  if (given(scalesInput)) {
    if (failed(applyScales(n, r, n.input(scalesInput), n.constantFloats(scalesInput))))
      return failure();
  } else if (!old && given(sizesInput)) {
    if (failed(applySizes(n, r, sizesInput, policy)))
      return failure();
  } else {
    return n.error("one of scales and sizes must be given");
  }
  return finish(n, r);
}

LogicalResult buildUpsample(NodeContext &n) {
  Resize r;
  r.coordinates = nn::Coordinates::Asymmetric;
  r.rounding = nn::Rounding::Floor;
  using I = nn::Interpolation;
  if (failed(choose<I>(n, "mode", "nearest",
                       {{"nearest", I::Nearest}, {"linear", I::Linear}, {"bilinear", I::Linear}},
                       r.mode)))
    return failure();
  for (int64_t i = 0; i < n.rank(0); ++i)
    r.axes.push_back({i, nn::Dim(1), std::nullopt});
  std::optional<SmallVector<double>> scales;
  Value input;
  if (n.opset() >= 9) {
    scales = n.constantFloats(1);
    input = n.input(1);
  } else if (n.opset() >= 7) {
    scales = n.floatsAttr("scales");
    if (!scales)
      return n.error("attribute 'scales' is missing");
  } else {
    scales = {1, 1, n.floatAttr("height_scale", 1), n.floatAttr("width_scale", 1)};
  }
  if (scales && !input)
    input = n.constant(*scales, {int64_t(scales->size())}, n.builder().getF32Type());
  if (!n.ok() || failed(applyScales(n, r, input, scales)))
    return failure();
  return finish(n, r);
}

//===----------------------------------------------------------------------===//
// Grids
//===----------------------------------------------------------------------===//

LogicalResult buildGridSample(NodeContext &n) {
  using I = nn::Interpolation;
  using O = nn::Outside;
  I mode;
  O outside;
  if (failed(choose<I>(n, "mode", n.opset() < 20 ? "bilinear" : "linear",
                       {{"bilinear", I::Linear},
                        {"linear", I::Linear},
                        {"nearest", I::Nearest},
                        {"bicubic", I::Cubic},
                        {"cubic", I::Cubic}},
                       mode)) ||
      failed(choose<O>(n, "padding_mode", "zeros",
                       {{"zeros", O::Zeros}, {"border", O::Border}, {"reflection", O::Reflection}},
                       outside)))
    return failure();
  return n.result(n.create<nn::GridSampleOp>(n.input(0), n.input(1), mode, outside,
                                             bool(n.intAttr("align_corners", 0))));
}

/// grid[n, p..., k] = theta[n, k, 0] * x + theta[n, k, 1] * y (+ ...) + theta[n, k, r], with
/// coordinates from -1 to 1.
LogicalResult buildAffineGrid(NodeContext &n) {
  bool alignCorners = n.intAttr("align_corners", 0);
  FailureOr<nn::ShapeValue> size = n.elementsOrBind(1);
  if (failed(size))
    return failure();
  if (size->size() != 4 && size->size() != 5)
    return n.error("size must have 4 or 5 elements; it has " + Twine(size->size()));
  int64_t rank = size->size() - 2;
  SmallVector<nn::Dim> theta = n.shape(0);
  if (theta.size() != 3 || theta[1] != nn::Dim(rank) || theta[2] != nn::Dim(rank + 1))
    return n.error("theta must be of shape [N," + Twine(rank) + "," + Twine(rank + 1) +
                   "]; it is " + nn::printShape(theta));
  Type element = n.elementType(0), i64 = n.builder().getI64Type();
  // Column j of theta as [N, 1..., r].
  auto column = [&](int64_t j) {
    Value picked = n.create<nn::GatherOp>(n.input(0), n.intsConstant({j}), 2);
    SmallVector<nn::Dim> dims = {theta[0]};
    dims.append(rank, nn::Dim(1));
    dims.push_back(nn::Dim(rank));
    return n.reshape(picked, dims);
  };
  Value grid = column(rank);
  for (int64_t j = 0; j < rank; ++j) {
    // Coordinate j runs along spatial dimension rank - 1 - j.
    const nn::Dim &extent = (*size)[2 + rank - 1 - j];
    SmallVector<nn::Dim> dims(rank + 2, nn::Dim(1));
    dims[1 + rank - 1 - j] = extent;
    if (!n.ok())
      return failure();
    Value index = nn::IotaOp::create(n.builder(), n.loc(), nn::tensorOf({extent}, i64), 0);
    Value at = n.castTo(n.reshape(index, dims), element),
          count = n.castTo(n.dimsTensor({extent}, {}, i64), element), one = n.scalar(1, element),
          two = n.scalar(2, element);
    Value position;
    if (alignCorners) {
      Value last = n.create<nn::MaxOp>(n.create<nn::SubOp>(count, one), one);
      position = n.create<nn::SubOp>(n.create<nn::DivOp>(n.create<nn::MulOp>(at, two), last), one);
    } else {
      Value odd = n.create<nn::AddOp>(n.create<nn::MulOp>(at, two), one);
      position = n.create<nn::SubOp>(n.create<nn::DivOp>(odd, count), one);
    }
    grid = n.create<nn::AddOp>(grid, n.create<nn::MulOp>(position, column(j)));
  }
  return n.result(grid);
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

LogicalResult buildColToIm(NodeContext &n) {
  FailureOr<nn::ShapeValue> image = n.elementsOrBind(1), block = n.elementsOrBind(2);
  if (failed(image) || failed(block))
    return failure();
  size_t rank = image->size();
  SmallVector<int64_t> ones(rank, 1), zeros(2 * rank, 0);
  SmallVector<int64_t> strides = n.intsAttr("strides").value_or(ones),
                       dilations = n.intsAttr("dilations").value_or(ones),
                       pads = n.intsAttr("pads").value_or(zeros);
  for (ArrayRef<int64_t> list : {ArrayRef(strides), ArrayRef(dilations), ArrayRef(pads)})
    for (int64_t value : list)
      if (value < 0 || value > (int64_t(1) << 31))
        return n.error("an entry of strides, dilations or pads is out of range: " + Twine(value));
  auto texts = [&](const nn::ShapeValue &dims) {
    std::vector<std::string> storage;
    for (const nn::Dim &dim : dims)
      storage.push_back(dim.str());
    SmallVector<StringRef> refs(storage.begin(), storage.end());
    return n.builder().getStrArrayAttr(refs);
  };
  return n.result(
      n.create<nn::ColToImOp>(n.input(0), texts(*image), texts(*block), strides, dilations, pads));
}

LogicalResult buildRoiAlign(NodeContext &n) {
  std::string pooling = n.stringAttr("mode", "avg");
  std::string coordinates = n.opset() < 16
                                ? "output_half_pixel"
                                : n.stringAttr("coordinate_transformation_mode", "half_pixel");
  if (pooling != "avg" && pooling != "max")
    return n.error("attribute 'mode' must be avg or max");
  if (coordinates != "half_pixel" && coordinates != "output_half_pixel")
    return n.error(
        "attribute 'coordinate_transformation_mode' must be half_pixel or output_half_pixel");
  int64_t height = n.intAttr("output_height", 1), width = n.intAttr("output_width", 1),
          ratio = n.intAttr("sampling_ratio", 0);
  return n.result(n.create<nn::RoiAlignOp>(n.input(0), n.input(1), n.input(2), height, width, ratio,
                                           APFloat(n.floatAttr("spatial_scale", 1)),
                                           coordinates == "half_pixel", pooling == "max"));
}

} // namespace

ArrayRef<OpRow> samplingRows() {
  static const OpRow rows[] = {
      {"", "AffineGrid", 20, buildAffineGrid, "theta size", "grid"},
      {"", "Col2Im", 18, buildColToIm, "input image_shape block_shape", "output"},
      {"", "GridSample", 16, buildGridSample, "X grid"},
      {"", "Resize", 10, buildResize, "X scales"},
      {"", "Resize", 11, buildResize, "X roi? scales? sizes?"},
      {"", "RoiAlign", 10, buildRoiAlign, "X rois batch_indices"},
      {"", "Upsample", 1, buildUpsample},
      {"", "Upsample", 9, buildUpsample, "X scales"},
  };
  return rows;
}

} // namespace dlc
