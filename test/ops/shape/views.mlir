// RUN: dlc-opt %s --nn-lower-to-linalg | FileCheck %s

// CHECK-LABEL: func.func @reshape
// CHECK: tensor.collapse_shape %{{.*}} {{\[\[}}0, 1], [2]] : tensor<?x3x4xf32> into tensor<?x4xf32>
func.func @reshape(%x: tensor<?x3x4xf32, #nn.dims<"N">>) -> tensor<?x4xf32, #nn.dims<"3*N">> {
  %y = nn.reshape %x : (tensor<?x3x4xf32, #nn.dims<"N">>) -> tensor<?x4xf32, #nn.dims<"3*N">>
  return %y : tensor<?x4xf32, #nn.dims<"3*N">>
}

// CHECK-LABEL: func.func @transpose
// CHECK: linalg.transpose {{.*}} permutation = [1, 0]
func.func @transpose(%x: tensor<2x3xf32>) -> tensor<3x2xf32> {
  %y = nn.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// A shape that is data: its elements become sizes, which must not be negative.
// CHECK-LABEL: func.func @bind
// CHECK: %[[E:.*]] = tensor.extract
// CHECK: %[[U:.*]] = arith.index_cast %[[E]] : i64 to index
// CHECK: cf.assert
// CHECK: tensor.empty(%[[U]]) : tensor<?x3xf32>
func.func @bind(%x: tensor<3xf32>, %s: tensor<1xi64>) -> tensor<?x3xf32, #nn.dims<"u">> {
  nn.bind %s ["u"] : tensor<1xi64>
  %y = nn.expand %x : (tensor<3xf32>) -> tensor<?x3xf32, #nn.dims<"u">>
  return %y : tensor<?x3xf32, #nn.dims<"u">>
}

// CHECK-LABEL: func.func @dims
// CHECK-SAME: %[[N:.*]]: index {dlc.symbol = "N"}
// CHECK: tensor.from_elements
func.func @dims(%x: tensor<?xf32, #nn.dims<"N">>) -> tensor<2xi64> {
  %y = nn.dims ["N", "2*N + 1"] : tensor<2xi64>
  return %y : tensor<2xi64>
}
