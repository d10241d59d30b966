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

// -----

func.func @recurrent_c1(%x: tensor<5x3xf32>, %w: tensor<1x4x3xf32>, %r: tensor<1x4x4xf32>, %b: tensor<1x8xf32>, %h: tensor<1x2x4xf32>) {
  // expected-error@+2 {{X, W and R need three dimensions and B two, not f32[5,3], f32[1,4,3], f32[1,4,4], f32[1,8]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<5x3xf32>, tensor<1x4x3xf32>, tensor<1x4x4xf32>, tensor<1x8xf32>, tensor<1x2x4xf32>) -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>)
  return
}

// -----

func.func @recurrent_c2_r(%x: tensor<5x2x3xf32>, %w: tensor<1x4x3xf32>, %r: tensor<1x5x4xf32>, %b: tensor<1x8xf32>, %h: tensor<1x2x4xf32>) {
  // expected-error@+2 {{R must be f32[1,4,4], not f32[1,5,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<5x2x3xf32>, tensor<1x4x3xf32>, tensor<1x5x4xf32>, tensor<1x8xf32>, tensor<1x2x4xf32>) -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>)
  return
}

// -----

func.func @recurrent_c2_bias(%x: tensor<5x2x3xf32>, %w: tensor<1x4x3xf32>, %r: tensor<1x4x4xf32>, %b: tensor<1x4xf32>, %h: tensor<1x2x4xf32>) {
  // expected-error@+2 {{B must be f32[1,8], not f32[1,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<5x2x3xf32>, tensor<1x4x3xf32>, tensor<1x4x4xf32>, tensor<1x4xf32>, tensor<1x2x4xf32>) -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>)
  return
}

// -----

func.func @recurrent_c3(%x: tensor<5x2x3xf32>, %w: tensor<1x4x3xf32>, %r: tensor<1x4x4xf32>, %b: tensor<1x8xf32>, %h: tensor<1x3x4xf32>) {
  // expected-error@+2 {{an initial state must be f32[1,2,4], not f32[1,3,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<5x2x3xf32>, tensor<1x4x3xf32>, tensor<1x4x4xf32>, tensor<1x8xf32>, tensor<1x3x4xf32>) -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>)
  return
}

// -----

func.func @recurrent_c4(%x: tensor<5x2x3xf32>, %w: tensor<1x4x3xf32>, %r: tensor<1x4x4xf32>, %b: tensor<1x8xf32>, %h: tensor<1x2x4xf32>, %n: tensor<3xi32>) {
  // expected-error@+2 {{sequence_lens must have one entry for each of the 2 batch entries}}
  // expected-error@+1 {{failed to infer returned types}}
  %y:2 = "nn.rnn"(%x, %w, %r, %b, %h, %n) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<5x2x3xf32>, tensor<1x4x3xf32>, tensor<1x4x4xf32>, tensor<1x8xf32>, tensor<1x2x4xf32>, tensor<3xi32>) -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>)
  return
}

// -----

func.func @recurrent_c5_count(%x: tensor<5x2x3xf32>, %w: tensor<1x4x3xf32>, %r: tensor<1x4x4xf32>, %b: tensor<1x8xf32>, %h: tensor<1x2x4xf32>) {
  // expected-error@+2 {{activations must name 1 functions}}
  // expected-error@+1 {{failed to infer returned types}}
  %y:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh", "Relu"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<5x2x3xf32>, tensor<1x4x3xf32>, tensor<1x4x4xf32>, tensor<1x8xf32>, tensor<1x2x4xf32>) -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>)
  return
}

// -----

func.func @recurrent_c6(%x: tensor<5x2x3xf32>, %w: tensor<1x16x3xf32>, %r: tensor<1x16x4xf32>, %b: tensor<1x32xf32>, %h: tensor<1x2x4xf32>, %p: tensor<1x8xf32>) {
  // expected-error@+2 {{P [1,8] must have three entries for each of the 4 hidden units}}
  // expected-error@+1 {{failed to infer returned types}}
  %y:3 = "nn.lstm"(%x, %w, %r, %b, %h, %h, %p) <{direction = 0 : i32, activations = ["Sigmoid", "Tanh", "Tanh"], alphas = array<f64: 0.0, 0.0, 0.0>, betas = array<f64: 0.0, 0.0, 0.0>, clip = 0.0 : f64, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 1, 0>}> : (tensor<5x2x3xf32>, tensor<1x16x3xf32>, tensor<1x16x4xf32>, tensor<1x32xf32>, tensor<1x2x4xf32>, tensor<1x2x4xf32>, tensor<1x8xf32>) -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>, tensor<1x2x4xf32>)
  return
}

// -----

func.func @recurrent_c2_gru(%x: tensor<5x2x3xf32>, %w: tensor<1x8x3xf32>, %r: tensor<1x12x4xf32>, %b: tensor<1x24xf32>, %h: tensor<1x2x4xf32>) {
  // expected-error@+2 {{W must be f32[1,12,3], not f32[1,8,3]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y:2 = "nn.gru"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Sigmoid", "Tanh"], alphas = array<f64: 0.0, 0.0>, betas = array<f64: 0.0, 0.0>, clip = 0.0 : f64}> : (tensor<5x2x3xf32>, tensor<1x8x3xf32>, tensor<1x12x4xf32>, tensor<1x24xf32>, tensor<1x2x4xf32>) -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>)
  return
}
