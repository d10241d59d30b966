// RUN: dlc-opt %s --nn-lower-to-linalg | FileCheck %s

// `clip` bounds what the activation reads; half floats are computed in f32.
// CHECK-LABEL: func.func @rnn
// CHECK: scf.for {{.*}} -> (tensor<2x4xf32>, tensor<5x1x2x4xf32>)
// CHECK: arith.maximumf
// CHECK: arith.minimumf
// CHECK: math.tanh
// CHECK: arith.truncf
func.func @rnn(%x: tensor<5x2x3xf16>, %w: tensor<1x4x3xf16>, %r: tensor<1x4x4xf16>, %b: tensor<1x8xf16>, %h: tensor<1x2x4xf16>) -> tensor<1x2x4xf16> {
  %y:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 3.0 : f64}>
      : (tensor<5x2x3xf16>, tensor<1x4x3xf16>, tensor<1x4x4xf16>, tensor<1x8xf16>, tensor<1x2x4xf16>) -> (tensor<5x1x2x4xf16>, tensor<1x2x4xf16>)
  return %y#1 : tensor<1x2x4xf16>
}
