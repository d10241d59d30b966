// Sampling: tensors read between and beside their elements.
#ifndef DLC_DIALECTS_NN_SAMPLING_TD
#define DLC_DIALECTS_NN_SAMPLING_TD

include "dialects/nn/nn.td"

def NN_Interpolation : I32EnumAttr<"Interpolation", "how a value between elements is made", [
    I32EnumAttrCase<"Nearest", 0, "nearest">, I32EnumAttrCase<"Linear", 1, "linear">, I32EnumAttrCase<"Cubic", 2, "cubic">]> {
  let cppNamespace = "::dlc::nn";
  let genSpecializedAttr = 0;
}
def NN_InterpolationAttr : EnumAttr<NN_Dialect, NN_Interpolation, "interpolation"> { let assemblyFormat = "`<` $value `>`"; }

def NN_Rounding : I32EnumAttr<"Rounding", "which element is the nearest", [
    I32EnumAttrCase<"PreferFloor", 0, "prefer_floor">, I32EnumAttrCase<"PreferCeil", 1, "prefer_ceil">,
    I32EnumAttrCase<"Floor", 2, "floor">, I32EnumAttrCase<"Ceil", 3, "ceil">]> {
  let cppNamespace = "::dlc::nn";
  let genSpecializedAttr = 0;
}
def NN_RoundingAttr : EnumAttr<NN_Dialect, NN_Rounding, "rounding"> { let assemblyFormat = "`<` $value `>`"; }

def NN_Coordinates : I32EnumAttr<"Coordinates", "where in the input an element of the output lies", [
    I32EnumAttrCase<"HalfPixel", 0, "half_pixel">, I32EnumAttrCase<"PytorchHalfPixel", 1, "pytorch_half_pixel">,
    I32EnumAttrCase<"HalfPixelSymmetric", 2, "half_pixel_symmetric">, I32EnumAttrCase<"AlignCorners", 3, "align_corners">,
    I32EnumAttrCase<"Asymmetric", 4, "asymmetric">, I32EnumAttrCase<"Crop", 5, "crop">]> {
  let cppNamespace = "::dlc::nn";
  let genSpecializedAttr = 0;
}
def NN_CoordinatesAttr : EnumAttr<NN_Dialect, NN_Coordinates, "coordinates"> { let assemblyFormat = "`<` $value `>`"; }

def NN_ResizeOp : NN_PureOp<"resize"> {
  let summary = "another size along some dimensions, by interpolation";
  let description = [{
    Output o along dimension `axes[k]` (input size D, output size O = `sizes[k]`, scale s = `scales[k]`) reads at x:
    half_pixel `(o + 0.5) / s - 0.5` (pytorch_half_pixel: -0.5 for O = 1; half_pixel_symmetric: plus `D / 2 * (1 - O / (s * D))`), align_corners
    `o * (D - 1) / (s * D - 1)` (0 for s * D = 1), asymmetric `o / s`, crop `(roi[k] * (D - 1) + o * (roi[n + k] - roi[k]) * (D - 1) / (s * D - 1))`, and where
    that is outside of `[0, D - 1]` the result is `extrapolation`. Beyond the border the input repeats its outermost element; with `exclude_outside` weights
    there are 0 and the rest is scaled to 1. `antialias` widens the filter by 1 / s where s < 1. Coordinates are f32. Source: ONNX Resize.
  }];
  let arguments = (ins NN_Tensor:$input, RankedTensorOf<[F32]>:$scales, RankedTensorOf<[F32]>:$roi, DenseI64ArrayAttr:$axes, StrArrayAttr:$sizes,
                       NN_InterpolationAttr:$mode, NN_CoordinatesAttr:$coordinates, NN_RoundingAttr:$rounding, F64Attr:$cubic_coefficient,
                       F64Attr:$extrapolation, UnitAttr:$exclude_outside, UnitAttr:$antialias);
  let results = (outs NN_Tensor:$output);
}

def NN_Outside : I32EnumAttr<"Outside", "what lies beyond the border", [
    I32EnumAttrCase<"Zeros", 0, "zeros">, I32EnumAttrCase<"Border", 1, "border">, I32EnumAttrCase<"Reflection", 2, "reflection">]> {
  let cppNamespace = "::dlc::nn";
  let genSpecializedAttr = 0;
}
def NN_OutsideAttr : EnumAttr<NN_Dialect, NN_Outside, "outside"> { let assemblyFormat = "`<` $value `>`"; }

def NN_GridSampleOp : NN_PureOp<"grid_sample"> {
  let summary = "elements at positions that a grid names";
  let description = [{
    input `[N, C, D...]`, grid `[N, O..., r]` with r spatial dimensions, result `[N, C, O...]`. Element k of a grid vector is the position along spatial dimension r - 1 - k, from -1 to
    1: between the centres of the outermost elements with `align_corners`, else between their outer edges. Source: ONNX GridSample.
  }];
  let arguments = (ins NN_Tensor:$input, NN_FloatTensor:$grid, NN_InterpolationAttr:$mode, NN_OutsideAttr:$outside, UnitAttr:$align_corners);
  let results = (outs NN_Tensor:$output);
}

def NN_ColToImOp : NN_PureOp<"col_to_im"> {
  let summary = "sums blocks into the image that they were taken from";
  let description = [{
    input `[N, C * product(block), L]`, where column l is the block at the l-th position of a window over the padded image (row-major), result `[N, C, image...]`.
    `image` and `block` are expressions over symbols; `pad` has all begins, then all ends. Source: ONNX Col2Im.
  }];
  let arguments = (ins NN_Tensor:$input, StrArrayAttr:$image, StrArrayAttr:$block, DenseI64ArrayAttr:$stride, DenseI64ArrayAttr:$dilation, DenseI64ArrayAttr:$pad);
  let results = (outs NN_Tensor:$output);
}

def NN_RoiAlignOp : NN_PureOp<"roi_align"> {
  let summary = "regions of images, each brought to one size by pooling of interpolated samples";
  let description = [{
    input `[N, C, H, W]`, rois `[R, 4]` (x1, y1, x2, y2, times `spatial_scale` in elements), batch_indices `[R]`, result `[R, C, height, width]`. Each element is the mean (with `max`
    the largest weighted corner) of `sampling_ratio`^2 samples, of as many as the region has elements where it is 0. Source: ONNX RoiAlign.
  }];
  let arguments = (ins NN_FloatTensor:$input, NN_FloatTensor:$rois, NN_IndexTensor:$batch_indices, I64Attr:$height, I64Attr:$width, I64Attr:$sampling_ratio,
                       F64Attr:$spatial_scale, UnitAttr:$half_pixel, UnitAttr:$max);
  let results = (outs NN_FloatTensor:$output);
}

#endif // DLC_DIALECTS_NN_SAMPLING_TD
