// With linear_before_reset a step has one product, otherwise two: the reset gate multiplies the
// hidden state before the second.
// RUN: dlc-opt %s --nn-lower-to-linalg | FileCheck %s

// CHECK-LABEL: func.func @linear
// CHECK: scf.for
// CHECK: iterator_types = ["parallel", "parallel", "reduction"]
// CHECK-NOT: iterator_types = ["parallel", "parallel", "reduction"]
// CHECK: scf.yield
func.func @linear(%x: tensor<5x2x3xf32>, %w: tensor<1x12x3xf32>, %r: tensor<1x12x4xf32>, %b: tensor<1x24xf32>, %h: tensor<1x2x4xf32>) -> tensor<5x1x2x4xf32> {
  %y:2 = "nn.gru"(%x, %w, %r, %b, %h) <{direction = 1 : i32, activations = ["Sigmoid", "Tanh"], alphas = array<f64: 0.0, 0.0>, betas = array<f64: 0.0, 0.0>,
      clip = 0.0 : f64, linear_before_reset}>
      : (tensor<5x2x3xf32>, tensor<1x12x3xf32>, tensor<1x12x4xf32>, tensor<1x24xf32>, tensor<1x2x4xf32>) -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>)
  return %y#0 : tensor<5x1x2x4xf32>
}

// CHECK-LABEL: func.func @reset
// CHECK: scf.for
// CHECK: iterator_types = ["parallel", "parallel", "reduction"]
// CHECK: iterator_types = ["parallel", "parallel"]
// CHECK: iterator_types = ["parallel", "parallel", "reduction"]
// CHECK: iterator_types = ["parallel", "parallel"]
// CHECK: scf.yield
func.func @reset(%x: tensor<5x2x3xf32>, %w: tensor<1x12x3xf32>, %r: tensor<1x12x4xf32>, %b: tensor<1x24xf32>, %h: tensor<1x2x4xf32>) -> tensor<5x1x2x4xf32> {
  %y:2 = "nn.gru"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Sigmoid", "Tanh"], alphas = array<f64: 0.0, 0.0>, betas = array<f64: 0.0, 0.0>,
      clip = 0.0 : f64}>
      : (tensor<5x2x3xf32>, tensor<1x12x3xf32>, tensor<1x12x4xf32>, tensor<1x24xf32>, tensor<1x2x4xf32>) -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>)
  return %y#0 : tensor<5x1x2x4xf32>
}
