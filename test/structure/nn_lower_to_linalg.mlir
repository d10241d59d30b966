// RUN: dlc-opt %s --nn-lower-to-linalg --canonicalize --cse | FileCheck %s

// Symbols become index arguments; @plan computes the sizes of results from them.
// CHECK-LABEL: func.func @main(
// CHECK-SAME: tensor<?x3x8x?xf32> {dlc.dims = ["N", "W"], dlc.dtype = "f32"}
// CHECK-SAME: index {dlc.symbol = "N"}, %[[W:.*]]: index {dlc.symbol = "W"}
// CHECK-SAME: -> (tensor<?x4x4x?xf32> {dlc.dims = ["N", "floordiv(W - 1, 2) + 1"], dlc.dtype = "f32"})
// CHECK: tensor.pad {{.*}} low[0, 0, 1, 1] high[0, 0, 1, 1]
// CHECK: linalg.generic {{.*}} "reduction", "reduction", "reduction"
// CHECK-LABEL: func.func @plan(
// CHECK: return %arg0, %c4, %c4, %{{.*}} : index, index, index, index
func.func @main(%x: tensor<?x3x8x?xf32, #nn.dims<"N", "W">>) -> tensor<?x4x4x?xf32, #nn.dims<"N", "floordiv(W - 1, 2) + 1">> {
  %w = nn.constant dense_resource<w> : tensor<4x3x3x3xf32>
  %c = nn.conv %x, %w {window = #nn.window<kernel = [3, 3], stride = [2, 2], dilation = [1, 1], pad = [1, 1, 1, 1]>, groups = 1 : i64} : (tensor<?x3x8x?xf32, #nn.dims<"N", "W">>, tensor<4x3x3x3xf32>) -> tensor<?x4x4x?xf32, #nn.dims<"N", "floordiv(W - 1, 2) + 1">>
  return %c : tensor<?x4x4x?xf32, #nn.dims<"N", "floordiv(W - 1, 2) + 1">>
}
