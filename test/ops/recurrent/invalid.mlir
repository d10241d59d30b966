// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @recurrent_c2(%x: tensor<5x2x3xf32>, %w: tensor<1x4x2xf32>, %r: tensor<1x4x4xf32>, %b: tensor<1x8xf32>, %h: tensor<1x2x4xf32>) {
  // expected-error@+2 {{W must be f32[1,4,3], not f32[1,4,2]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}>
      : (tensor<5x2x3xf32>, tensor<1x4x2xf32>, tensor<1x4x4xf32>, tensor<1x8xf32>, tensor<1x2x4xf32>) -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>)
  return
}

// -----

func.func @recurrent_c5(%x: tensor<5x2x3xf32>, %w: tensor<1x4x3xf32>, %r: tensor<1x4x4xf32>, %b: tensor<1x8xf32>, %h: tensor<1x2x4xf32>) {
  // expected-error@+2 {{'Cosine' is no activation of a recurrent layer}}
  // expected-error@+1 {{failed to infer returned types}}
  %y:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Cosine"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}>
      : (tensor<5x2x3xf32>, tensor<1x4x3xf32>, tensor<1x4x4xf32>, tensor<1x8xf32>, tensor<1x2x4xf32>) -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>)
  return
}
