// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @resize_c1(%x: tensor<4xf32>, %s: tensor<1xf32>, %q: tensor<2xf32>) {
  // expected-error@+2 {{a resize of 1 dimensions needs as many sizes and scales}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.resize %x, %s, %q {axes = array<i64: 0>, sizes = ["8", "8"], mode = #nn.interpolation<linear>, coordinates = #nn.coordinates<half_pixel>, rounding = #nn.rounding<floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64} : (tensor<4xf32>, tensor<1xf32>, tensor<2xf32>) -> tensor<8xf32>
  return
}

// -----

func.func @resize_c2(%x: tensor<4xf32>, %s: tensor<1xf32>, %q: tensor<2xf32>) {
  // expected-error@+2 {{axes are not distinct dimensions of [4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.resize %x, %s, %q {axes = array<i64: 1>, sizes = ["8"], mode = #nn.interpolation<linear>, coordinates = #nn.coordinates<half_pixel>, rounding = #nn.rounding<floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64} : (tensor<4xf32>, tensor<1xf32>, tensor<2xf32>) -> tensor<8xf32>
  return
}

// -----

func.func @resize_c4(%x: tensor<4xf32>, %s: tensor<1xf32>, %q: tensor<2xf32>) {
  // expected-error@+2 {{antialias with nearest interpolation}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.resize %x, %s, %q {axes = array<i64: 0>, sizes = ["8"], mode = #nn.interpolation<nearest>, coordinates = #nn.coordinates<half_pixel>, rounding = #nn.rounding<floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64, antialias} : (tensor<4xf32>, tensor<1xf32>, tensor<2xf32>) -> tensor<8xf32>
  return
}

// -----

func.func @grid_sample_c1(%x: tensor<1x1x4xf32>, %g: tensor<1x2x2xf32>) {
  // expected-error@+2 {{a grid of shape [1,2,2] for an input of shape [1,1,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.grid_sample %x, %g {mode = #nn.interpolation<linear>, outside = #nn.outside<zeros>} : (tensor<1x1x4xf32>, tensor<1x2x2xf32>) -> tensor<1x1x2xf32>
  return
}

// -----

func.func @col_to_im_c3(%x: tensor<1x6x4xf32>) {
  // expected-error@+2 {{blocks of 4 elements do not divide 6}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.col_to_im %x {image = ["3", "3"], block = ["2", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x6x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @grid_sample_c2(%x: tensor<1x1x4x4xf32>, %g: tensor<2x2x2x2xf32>) {
  // expected-error@+2 {{input and grid have different batches, 1 and 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.grid_sample %x, %g {mode = #nn.interpolation<linear>, outside = #nn.outside<zeros>} : (tensor<1x1x4x4xf32>, tensor<2x2x2x2xf32>) -> tensor<1x1x2x2xf32>
  return
}

// -----

func.func @grid_sample_c3(%x: tensor<1x1x0x4xf32>, %g: tensor<1x2x2x2xf32>) {
  // expected-error@+2 {{the input [1,1,0,4] is empty}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.grid_sample %x, %g {mode = #nn.interpolation<linear>, outside = #nn.outside<zeros>} : (tensor<1x1x0x4xf32>, tensor<1x2x2x2xf32>) -> tensor<1x1x2x2xf32>
  return
}

// -----

func.func @grid_sample_c3_booleans(%x: tensor<1x1x4x4xi1>, %g: tensor<1x2x2x2xf32>) {
  // expected-error@+2 {{booleans cannot be interpolated}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.grid_sample %x, %g {mode = #nn.interpolation<linear>, outside = #nn.outside<zeros>} : (tensor<1x1x4x4xi1>, tensor<1x2x2x2xf32>) -> tensor<1x1x2x2xi1>
  return
}

// -----

func.func @col_to_im_c1(%x: tensor<1x4x4xf32>) {
  // expected-error@+2 {{an input of shape [1,4,4] with an image of 1 dimensions and blocks, strides, dilations or pads of others}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.col_to_im %x {image = ["3"], block = ["2", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @col_to_im_c2(%x: tensor<1x4x4xf32>) {
  // expected-error@+2 {{sizes, strides and dilations must be positive}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.col_to_im %x {image = ["3", "3"], block = ["2", "2"], stride = array<i64: 1, 0>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @col_to_im_text(%x: tensor<1x4x4xf32>) {
  // expected-error@+2 {{cannot read 'H*' as an expression over symbols}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.col_to_im %x {image = ["3", "H*"], block = ["2", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return
}

// -----

func.func @roi_align_c1(%x: tensor<1x2x4x4xf32>, %r: tensor<3x5xf32>, %b: tensor<3xi64>) {
  // expected-error@+2 {{an input of shape [1,2,4,4] with regions of shape [3,5] and batch indices of shape [3]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.roi_align %x, %r, %b {height = 2 : i64, width = 2 : i64, sampling_ratio = 2 : i64, spatial_scale = 1.0 : f64} : (tensor<1x2x4x4xf32>, tensor<3x5xf32>, tensor<3xi64>) -> tensor<3x2x2x2xf32>
  return
}

// -----

func.func @roi_align_c1_counts(%x: tensor<1x2x4x4xf32>, %r: tensor<3x4xf32>, %b: tensor<2xi64>) {
  // expected-error@+2 {{an input of shape [1,2,4,4] with regions of shape [3,4] and batch indices of shape [2]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.roi_align %x, %r, %b {height = 2 : i64, width = 2 : i64, sampling_ratio = 2 : i64, spatial_scale = 1.0 : f64} : (tensor<1x2x4x4xf32>, tensor<3x4xf32>, tensor<2xi64>) -> tensor<3x2x2x2xf32>
  return
}

// -----

func.func @roi_align_c2(%x: tensor<1x2x4x4xf32>, %r: tensor<3x4xf32>, %b: tensor<3xi64>) {
  // expected-error@+2 {{output_height, output_width and sampling_ratio are out of range}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.roi_align %x, %r, %b {height = 0 : i64, width = 2 : i64, sampling_ratio = 2 : i64, spatial_scale = 1.0 : f64} : (tensor<1x2x4x4xf32>, tensor<3x4xf32>, tensor<3xi64>) -> tensor<3x2x2x2xf32>
  return
}

// -----

func.func @roi_align_c2_samples(%x: tensor<1x2x4x4xf32>, %r: tensor<3x4xf32>, %b: tensor<3xi64>) {
  // expected-error@+2 {{output_height, output_width and sampling_ratio are out of range}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.roi_align %x, %r, %b {height = 2 : i64, width = 2 : i64, sampling_ratio = -1 : i64, spatial_scale = 1.0 : f64} : (tensor<1x2x4x4xf32>, tensor<3x4xf32>, tensor<3xi64>) -> tensor<3x2x2x2xf32>
  return
}
