// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(nn-propagate-layout))' | FileCheck %s

// One transposition at the input; the one at the end moves only dimensions of size 1.
// CHECK-LABEL: @chain
// CHECK: %[[X:.*]] = nn.transpose %arg0 {permutation = array<i64: 0, 2, 3, 1>}
// CHECK: %[[C:.*]] = nn.conv %[[X]], {{.*}}channels_last
// CHECK: %[[B:.*]] = nn.reshape {{.*}} -> tensor<1x1x1x4xf32>
// CHECK: %[[A:.*]] = nn.add %[[C]], %[[B]]
// CHECK: %[[P:.*]] = nn.max_pool %[[A]] {channels_last
// CHECK: nn.reduce %[[P]] {axes = array<i64: 1, 2>
// CHECK-NOT: nn.transpose
func.func @chain(%x: tensor<1x3x8x8xf32>) -> tensor<1x4x1x1xf32> {
  %w = nn.constant dense_resource<w> : tensor<4x3x3x3xf32>
  %b = nn.constant dense_resource<b> : tensor<4x1x1xf32>
  %c = nn.conv %x, %w {window = #nn.window<kernel = [3, 3], stride = [1, 1], dilation = [1, 1], pad = [1, 1, 1, 1]>, groups = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32>) -> tensor<1x4x8x8xf32>
  %a = nn.add %c, %b : (tensor<1x4x8x8xf32>, tensor<4x1x1xf32>) -> tensor<1x4x8x8xf32>
  %p = nn.max_pool %a {window = #nn.window<kernel = [2, 2], stride = [2, 2], dilation = [1, 1], pad = [0, 0, 0, 0]>} : (tensor<1x4x8x8xf32>) -> tensor<1x4x4x4xf32>
  %g = nn.reduce %p {kind = #nn.reduce_kind<mean>, axes = array<i64: 2, 3>, keepdims} : (tensor<1x4x4x4xf32>) -> tensor<1x4x1x1xf32>
  return %g : tensor<1x4x1x1xf32>
}

// Concatenation and slices along another dimension; both branches are channels-last.
// CHECK-LABEL: @branches
// CHECK: nn.concat {{.*}} {axis = 3 : i64}
// CHECK: nn.slice {{.*}} ["0", "0", "1", "2"] [1, 1, 1, 1]
// CHECK: nn.transpose
// CHECK-NEXT: return
func.func @branches(%x: tensor<1x3x8x8xf32>) -> tensor<1x4x8x7xf32> {
  %w = nn.constant dense_resource<w> : tensor<4x3x1x1xf32>
  %c = nn.conv %x, %w {window = #nn.window<kernel = [1, 1], stride = [1, 1], dilation = [1, 1], pad = [0, 0, 0, 0]>, groups = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<4x3x1x1xf32>) -> tensor<1x4x8x8xf32>
  %r = nn.relu %c : (tensor<1x4x8x8xf32>) -> tensor<1x4x8x8xf32>
  %j = nn.concat %c, %r {axis = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<1x4x8x8xf32>) -> tensor<1x8x8x8xf32>
  %s = nn.slice %j ["0", "2", "0", "1"] [1, 1, 1, 1] : (tensor<1x8x8x8xf32>) -> tensor<1x4x8x7xf32>
  return %s : tensor<1x4x8x7xf32>
}

// Joining the spatial dimensions commutes, and the transposition that follows is the inverse.
// CHECK-LABEL: @tokens
// CHECK: %[[C:.*]] = nn.conv
// CHECK: %[[R:.*]] = nn.reshape %[[C]] : (tensor<1x8x8x4xf32>) -> tensor<1x64x4xf32>
// CHECK: return %[[R]]
func.func @tokens(%x: tensor<1x3x8x8xf32>) -> tensor<1x64x4xf32> {
  %w = nn.constant dense_resource<w> : tensor<4x3x1x1xf32>
  %c = nn.conv %x, %w {window = #nn.window<kernel = [1, 1], stride = [1, 1], dilation = [1, 1], pad = [0, 0, 0, 0]>, groups = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<4x3x1x1xf32>) -> tensor<1x4x8x8xf32>
  %r = nn.reshape %c : (tensor<1x4x8x8xf32>) -> tensor<1x4x64xf32>
  %t = nn.transpose %r {permutation = array<i64: 0, 2, 1>} : (tensor<1x4x64xf32>) -> tensor<1x64x4xf32>
  return %t : tensor<1x64x4xf32>
}

// Resizing names its axes; a reshape that splits the channels (as shuffles do) stays one that splits them.
// CHECK-LABEL: @resize
// CHECK: %[[C:.*]] = nn.conv
// CHECK: %[[R:.*]] = nn.resize %[[C]], {{.*}}axes = array<i64: 1, 2>{{.*}} -> tensor<1x16x16x4xf32>
// CHECK: nn.reshape %[[R]] : (tensor<1x16x16x4xf32>) -> tensor<1x16x16x2x2xf32>
func.func @resize(%x: tensor<1x3x8x8xf32>, %scales: tensor<2xf32>, %roi: tensor<4xf32>) -> tensor<1x2x2x16x16xf32> {
  %w = nn.constant dense_resource<w> : tensor<4x3x1x1xf32>
  %c = nn.conv %x, %w {window = #nn.window<kernel = [1, 1], stride = [1, 1], dilation = [1, 1], pad = [0, 0, 0, 0]>, groups = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<4x3x1x1xf32>) -> tensor<1x4x8x8xf32>
  %r = nn.resize %c, %scales, %roi {axes = array<i64: 2, 3>, coordinates = #nn.coordinates<asymmetric>, cubic_coefficient = -7.500000e-01 : f64, extrapolation = 0.000000e+00 : f64, mode = #nn.interpolation<nearest>, rounding = #nn.rounding<floor>, sizes = ["16", "16"]} : (tensor<1x4x8x8xf32>, tensor<2xf32>, tensor<4xf32>) -> tensor<1x4x16x16xf32>
  %s = nn.reshape %r : (tensor<1x4x16x16xf32>) -> tensor<1x2x2x16x16xf32>
  return %s : tensor<1x2x2x16x16xf32>
}
