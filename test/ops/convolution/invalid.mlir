// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @conv_transpose_c1(%x: tensor<1x4x3xf32>, %w: tensor<4x2xf32>) {
  // expected-error@+2 {{input and filter need the same rank}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv_transpose %x, %w {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 0]>, output_padding = array<i64: 0>, groups = 1 : i64} : (tensor<1x4x3xf32>, tensor<4x2xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c2(%x: tensor<1x4x3xf32>, %w: tensor<4x2x2xf32>) {
  // expected-error@+2 {{output_padding needs 1 entries, none negative}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv_transpose %x, %w {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 0]>, output_padding = array<i64: -1>, groups = 1 : i64} : (tensor<1x4x3xf32>, tensor<4x2x2xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c3(%x: tensor<1x3x3xf32>, %w: tensor<4x2x2xf32>) {
  // expected-error@+2 {{input has 3 channels but the filter expects 4}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv_transpose %x, %w {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 0]>, output_padding = array<i64: 0>, groups = 1 : i64} : (tensor<1x3x3xf32>, tensor<4x2x2xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c4(%x: tensor<1x4x3xf32>, %w: tensor<4x2x3xf32>) {
  // expected-error@+2 {{the filter is [4,2,3] but kernel_shape is [2]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv_transpose %x, %w {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 0]>, output_padding = array<i64: 0>, groups = 1 : i64} : (tensor<1x4x3xf32>, tensor<4x2x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_transpose_c5(%x: tensor<1x4x3xf32>, %w: tensor<4x2x2xf32>) {
  // expected-error@+2 {{the pads take more than dimension 0 has: -6 elements would be left}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv_transpose %x, %w {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [5, 5]>, output_padding = array<i64: 0>, groups = 1 : i64} : (tensor<1x4x3xf32>, tensor<4x2x2xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c1(%x: tensor<1x4x3xf32>, %w: tensor<4x2xf32>) {
  // expected-error@+2 {{input and filter need the same rank, at least 3; they are [1,4,3] and [4,2]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv %x, %w {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 0]>, groups = 1 : i64} : (tensor<1x4x3xf32>, tensor<4x2xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c2(%x: tensor<1x3x3xf32>, %w: tensor<2x4x2xf32>) {
  // expected-error@+2 {{input has 3 channels but the filter expects 4 (groups = 1)}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv %x, %w {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 0]>, groups = 1 : i64} : (tensor<1x3x3xf32>, tensor<2x4x2xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c2_groups(%x: tensor<1x4x3xf32>, %w: tensor<3x2x2xf32>) {
  // expected-error@+2 {{the filter [3,2,2] does not divide into 2 groups}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv %x, %w {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 0]>, groups = 2 : i64} : (tensor<1x4x3xf32>, tensor<3x2x2xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c2_no_groups(%x: tensor<1x4x3xf32>, %w: tensor<3x2x2xf32>) {
  // expected-error@+2 {{group must be positive; it is 0}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv %x, %w {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 0]>, groups = 0 : i64} : (tensor<1x4x3xf32>, tensor<3x2x2xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @conv_c3(%x: tensor<1x4x3xf32>, %w: tensor<3x4x3xf32>) {
  // expected-error@+2 {{the filter is [3,4,3] but kernel_shape is [2]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv %x, %w {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 0]>, groups = 1 : i64} : (tensor<1x4x3xf32>, tensor<3x4x3xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @window_c1(%x: tensor<1x4x3xf32>, %w: tensor<3x4x2xf32>) {
  // expected-error@+2 {{kernel, strides and dilations need 1 entries and pads 2, one (two) for each spatial dimension; they have 1, 2, 1 and 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv %x, %w {window = #nn.window<kernel = [2], stride = [1, 1], dilation = [1], pad = [0, 0]>, groups = 1 : i64} : (tensor<1x4x3xf32>, tensor<3x4x2xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @window_c2(%x: tensor<1x4x3xf32>, %w: tensor<3x4x2xf32>) {
  // expected-error@+2 {{kernel, strides and dilations must be positive; along dimension 0 they are 2, 0 and 1}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv %x, %w {window = #nn.window<kernel = [2], stride = [0], dilation = [1], pad = [0, 0]>, groups = 1 : i64} : (tensor<1x4x3xf32>, tensor<3x4x2xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @window_c3(%x: tensor<1x4x3xf32>, %w: tensor<3x4x2xf32>) {
  // expected-error@+2 {{kernel, strides, dilations or pads are too large along dimension 0}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv %x, %w {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 1099511627776]>, groups = 1 : i64} : (tensor<1x4x3xf32>, tensor<3x4x2xf32>) -> tensor<1x1x1xf32>
  return
}

// -----

func.func @window_does_not_fit(%x: tensor<1x4x3xf32>, %w: tensor<3x4x2xf32>) {
  // expected-error@+2 {{the window of extent 5 does not fit dimension 0 of size 3 with pads 0 and 0}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.conv %x, %w {window = #nn.window<kernel = [2], stride = [1], dilation = [4], pad = [0, 0]>, groups = 1 : i64} : (tensor<1x4x3xf32>, tensor<3x4x2xf32>) -> tensor<1x1x1xf32>
  return
}
