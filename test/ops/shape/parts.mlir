// RUN: dlc-opt %s --nn-lower-to-linalg | FileCheck %s

// Each piece is written into its slice of the result.
// CHECK-LABEL: func.func @concat
// CHECK: tensor.insert_slice {{.*}}[0, 0] [2, 1] [1, 1]
// CHECK: tensor.insert_slice {{.*}}[0, 1] [2, 3] [1, 1]
func.func @concat(%x: tensor<2x1xf32>, %y: tensor<2x3xf32>) -> tensor<2x4xf32> {
  %z = nn.concat %x, %y {axis = 1 : i64} : (tensor<2x1xf32>, tensor<2x3xf32>) -> tensor<2x4xf32>
  return %z : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @slice
// CHECK: tensor.extract_slice %{{.*}}[1] [2] [3] : tensor<8xf32> to tensor<2xf32>
func.func @slice(%x: tensor<8xf32>) -> tensor<2xf32> {
  %y = nn.slice %x ["1"] [3] : (tensor<8xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// Backwards, element by element.
// CHECK-LABEL: func.func @reverse
// CHECK: linalg.generic
// CHECK: tensor.extract
func.func @reverse(%x: tensor<8xf32>) -> tensor<8xf32> {
  %y = nn.slice %x ["7"] [-1] : (tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// CHECK-LABEL: func.func @pad_constant
// CHECK: tensor.pad %{{.*}} low[1] high[2]
func.func @pad_constant(%x: tensor<4xf32>, %v: tensor<f32>) -> tensor<7xf32> {
  %y = nn.pad %x, %v {low = ["1"], high = ["2"], mode = 0 : i32} : (tensor<4xf32>, tensor<f32>) -> tensor<7xf32>
  return %y : tensor<7xf32>
}

// CHECK-LABEL: func.func @pad_edge
// CHECK: arith.maxsi
// CHECK: arith.minsi
// CHECK: tensor.extract
func.func @pad_edge(%x: tensor<4xf32>, %v: tensor<f32>) -> tensor<7xf32> {
  %y = nn.pad %x, %v {low = ["1"], high = ["2"], mode = 2 : i32} : (tensor<4xf32>, tensor<f32>) -> tensor<7xf32>
  return %y : tensor<7xf32>
}

// CHECK-LABEL: func.func @iota
// CHECK: linalg.index 1
func.func @iota() -> tensor<2x3xi64> {
  %y = nn.iota {axis = 1 : i64} : tensor<2x3xi64>
  return %y : tensor<2x3xi64>
}
