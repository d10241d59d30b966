// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @normalization_c1(%x: tensor<2x3x4xf32>) {
  // expected-error@+2 {{axis 3 is not a dimension of [2,3,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.softmax %x {axis = 3 : i64} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return
}

// -----

func.func @normalize_c1(%x: tensor<2x3x4xf32>) {
  // expected-error@+2 {{axes are not distinct dimensions of [2,3,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.normalize %x {axes = array<i64: 2, 1>, epsilon = 1.0e-5 : f64} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return
}

// -----

func.func @batch_norm_c1(%x: tensor<2x3x4xf32>, %s: tensor<3xf32>, %m: tensor<2xf32>) {
  // expected-error@+2 {{need one element for each of the 3 channels; one of them is [2]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.batch_norm %x, %s, %s, %m, %s {epsilon = 1.0e-5 : f64, axis = 1 : i64} : (tensor<2x3x4xf32>, tensor<3xf32>, tensor<3xf32>, tensor<2xf32>, tensor<3xf32>) -> tensor<2x3x4xf32>
  return
}

// -----

func.func @lrn_c1(%x: tensor<2x3x4xf32>) {
  // expected-error@+2 {{size must be positive; it is 0}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.lrn %x {axis = 1 : i64, size = 0 : i64, alpha = 1.0 : f64, beta = 1.0 : f64, bias = 1.0 : f64} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return
}
