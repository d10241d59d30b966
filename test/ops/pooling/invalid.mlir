// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @pool_c1(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{the input needs at least 3 dimensions; it is [2,3]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.max_pool %x {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 0]>} : (tensor<2x3xf32>) -> tensor<2x2xf32>
  return
}

// -----

func.func @window_c2(%x: tensor<2x3x4xf32>) {
  // expected-error@+2 {{kernel, strides and dilations must be positive}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.max_pool %x {window = #nn.window<kernel = [2], stride = [0], dilation = [1], pad = [0, 0]>} : (tensor<2x3x4xf32>) -> tensor<2x3x3xf32>
  return
}

// -----

func.func @too_large(%x: tensor<2x3x4xf32>) {
  // expected-error@+2 {{the window of extent 5 does not fit dimension 0 of size 4}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.max_pool %x {window = #nn.window<kernel = [5], stride = [1], dilation = [1], pad = [0, 0]>} : (tensor<2x3x4xf32>) -> tensor<2x3x0xf32>
  return
}

// -----

func.func @avg_pool_c1(%x: tensor<2x3x4xi32>) {
  // expected-error@+2 {{average pooling of}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.avg_pool %x {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 0]>} : (tensor<2x3x4xi32>) -> tensor<2x3x3xi32>
  return
}

// -----

func.func @lp_pool_c1(%x: tensor<2x3x4xf32>) {
  // expected-error@+2 {{the 0-norm of}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.lp_pool %x {window = #nn.window<kernel = [2], stride = [1], dilation = [1], pad = [0, 0]>, p = 0 : i64} : (tensor<2x3x4xf32>) -> tensor<2x3x3xf32>
  return
}
