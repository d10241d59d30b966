// The projection of all steps is one product outside of the loop; a step is one product and one
// pointwise operation that updates both states.
// RUN: dlc-opt %s --nn-lower-to-linalg | FileCheck %s

// CHECK-LABEL: func.func @lstm
// CHECK: %[[X:.*]] = tensor.collapse_shape %{{.*}} {{\[\[}}0, 1], [2]] : tensor<5x2x3xf32> into tensor<10x3xf32>
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "parallel", "reduction"]{{.*}} ins(%[[X]],
// CHECK: scf.for {{.*}} -> (tensor<2x4xf32>, tensor<2x4xf32>, tensor<5x1x2x4xf32>)
// CHECK:   linalg.generic {{.*}}iterator_types = ["parallel", "parallel", "reduction"]
// CHECK:   linalg.generic {{.*}}iterator_types = ["parallel", "parallel"]
// CHECK:   tensor.insert_slice {{.*}} : tensor<2x4xf32> into tensor<5x1x2x4xf32>
// CHECK:   scf.yield
func.func @lstm(%x: tensor<5x2x3xf32>, %w: tensor<1x16x3xf32>, %r: tensor<1x16x4xf32>, %b: tensor<1x32xf32>, %h: tensor<1x2x4xf32>, %c: tensor<1x2x4xf32>)
    -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>, tensor<1x2x4xf32>) {
  %y:3 = "nn.lstm"(%x, %w, %r, %b, %h, %c) <{direction = 0 : i32, activations = ["Sigmoid", "Tanh", "Tanh"], alphas = array<f64: 0.0, 0.0, 0.0>,
      betas = array<f64: 0.0, 0.0, 0.0>, clip = 0.0 : f64, operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 0, 0>}>
      : (tensor<5x2x3xf32>, tensor<1x16x3xf32>, tensor<1x16x4xf32>, tensor<1x32xf32>, tensor<1x2x4xf32>, tensor<1x2x4xf32>)
      -> (tensor<5x1x2x4xf32>, tensor<1x2x4xf32>, tensor<1x2x4xf32>)
  return %y#0, %y#1, %y#2 : tensor<5x1x2x4xf32>, tensor<1x2x4xf32>, tensor<1x2x4xf32>
}

// Both directions run over the same steps, one after the other; lengths mask the states.
// CHECK-LABEL: func.func @both
// CHECK: linalg.generic
// CHECK-SAME: outs(%{{.*}} : tensor<?x?xi1>)
// CHECK: scf.for
// CHECK: scf.for
// CHECK: arith.subi
func.func @both(%x: tensor<?x?x3xf32, #nn.dims<"T", "B">>, %w: tensor<2x16x3xf32>, %r: tensor<2x16x4xf32>, %b: tensor<2x32xf32>, %h: tensor<2x?x4xf32, #nn.dims<"B">>,
                %c: tensor<2x?x4xf32, #nn.dims<"B">>, %p: tensor<2x12xf32>, %n: tensor<?xi32, #nn.dims<"B">>) -> tensor<?x2x?x4xf32, #nn.dims<"T", "B">> {
  %y:3 = "nn.lstm"(%x, %w, %r, %b, %h, %c, %p, %n) <{direction = 2 : i32, activations = ["Sigmoid", "Tanh", "Tanh", "Sigmoid", "Tanh", "Tanh"],
      alphas = array<f64: 0.0, 0.0, 0.0, 0.0, 0.0, 0.0>, betas = array<f64: 0.0, 0.0, 0.0, 0.0, 0.0, 0.0>, clip = 0.0 : f64,
      operandSegmentSizes = array<i32: 1, 1, 1, 1, 1, 1, 1, 1>}>
      : (tensor<?x?x3xf32, #nn.dims<"T", "B">>, tensor<2x16x3xf32>, tensor<2x16x4xf32>, tensor<2x32xf32>, tensor<2x?x4xf32, #nn.dims<"B">>,
         tensor<2x?x4xf32, #nn.dims<"B">>, tensor<2x12xf32>, tensor<?xi32, #nn.dims<"B">>)
      -> (tensor<?x2x?x4xf32, #nn.dims<"T", "B">>, tensor<2x?x4xf32, #nn.dims<"B">>, tensor<2x?x4xf32, #nn.dims<"B">>)
  return %y#0 : tensor<?x2x?x4xf32, #nn.dims<"T", "B">>
}
