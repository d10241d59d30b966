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
