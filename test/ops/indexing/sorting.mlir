// RUN: dlc-opt %s --nn-lower-to-linalg | FileCheck %s

// Runs of growing width are merged; NaN is larger than everything else.
// CHECK-LABEL: func.func @sort
// CHECK: scf.while
// CHECK: arith.cmpf olt
// CHECK: arith.cmpf uno
// CHECK: tensor.insert
func.func @sort(%x: tensor<2x7x1xf32>) -> tensor<2x7xi64> {
  %y = nn.arg_sort %x : (tensor<2x7x1xf32>) -> tensor<2x7xi64>
  return %y : tensor<2x7xi64>
}

// CHECK-LABEL: func.func @suppress
// CHECK: scf.for
// CHECK:   arith.divf
// CHECK:   scf.if
// CHECK:     tensor.insert
func.func @suppress(%boxes: tensor<1x6x4xf32>, %scores: tensor<1x2x6xf32>, %order: tensor<2x6xi64>, %limit: tensor<i64>, %iou: tensor<f32>, %least: tensor<f32>)
    -> (tensor<12x3xi64>, tensor<i64>) {
  %y:2 = nn.non_max_suppression %boxes, %scores, %order, %limit, %iou, %least
      : (tensor<1x6x4xf32>, tensor<1x2x6xf32>, tensor<2x6xi64>, tensor<i64>, tensor<f32>, tensor<f32>) -> (tensor<12x3xi64>, tensor<i64>)
  return %y#0, %y#1 : tensor<12x3xi64>, tensor<i64>
}
