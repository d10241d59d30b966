// Loops in row-major order of the indices, so that the last of several writes counts.
// RUN: dlc-opt %s --nn-lower-to-linalg | FileCheck %s

// CHECK-LABEL: func.func @elements
// CHECK: cf.assert
// CHECK: scf.for
// CHECK:   scf.for
// CHECK:     tensor.insert
func.func @elements(%x: tensor<5x4xf32>, %i: tensor<2x2xi64>, %u: tensor<2x2xf32>) -> tensor<5x4xf32> {
  %y = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 0 : i32} : (tensor<5x4xf32>, tensor<2x2xi64>, tensor<2x2xf32>) -> tensor<5x4xf32>
  return %y : tensor<5x4xf32>
}

// CHECK-LABEL: func.func @nd_add
// CHECK: cf.assert
// CHECK: scf.for
// CHECK:   arith.addf
// CHECK:   tensor.insert
func.func @nd_add(%x: tensor<5x4xf32>, %i: tensor<3x2xi64>, %u: tensor<3xf32>) -> tensor<5x4xf32> {
  %y = nn.scatter_nd %x, %i, %u {reduction = 1 : i32} : (tensor<5x4xf32>, tensor<3x2xi64>, tensor<3xf32>) -> tensor<5x4xf32>
  return %y : tensor<5x4xf32>
}
