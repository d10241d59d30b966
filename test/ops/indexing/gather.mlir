// Indices are checked once for the whole tensor, and clamped where they are used.
// RUN: dlc-opt %s --nn-lower-to-linalg | FileCheck %s

// CHECK-LABEL: func.func @gather
// CHECK: linalg.generic {{.*}}"reduction"
// CHECK: cf.assert %{{.*}}, "an index is outside its dimension"
// CHECK: linalg.generic
// CHECK: arith.minsi
// CHECK: arith.maxsi
// CHECK: tensor.extract
func.func @gather(%x: tensor<5x4xf32>, %i: tensor<3xi64>) -> tensor<3x4xf32> {
  %y = nn.gather %x, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<3xi64>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// CHECK-LABEL: func.func @gather_elements
// CHECK: cf.assert
// CHECK: tensor.extract
func.func @gather_elements(%x: tensor<5x4xf32>, %i: tensor<5x2xi32>) -> tensor<5x2xf32> {
  %y = nn.gather_elements %x, %i {axis = 1 : i64} : (tensor<5x4xf32>, tensor<5x2xi32>) -> tensor<5x2xf32>
  return %y : tensor<5x2xf32>
}

// CHECK-LABEL: func.func @gather_nd
// CHECK: cf.assert
// CHECK: tensor.extract
func.func @gather_nd(%x: tensor<5x4xf32>, %i: tensor<3x2xi64>) -> tensor<3xf32> {
  %y = nn.gather_nd %x, %i {batch_dims = 0 : i64} : (tensor<5x4xf32>, tensor<3x2xi64>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}
