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
