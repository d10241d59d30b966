// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(nn-narrow-weights))' | FileCheck %s
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(nn-narrow-weights{type=f16}))' | FileCheck %s --check-prefix=F16

// Constant factors of enough elements; not what is added, and not what depends on an input.
// CHECK-LABEL: @layers
// CHECK: %[[W:.*]] = nn.constant dense_resource<w>
// CHECK: %[[N:.*]] = nn.cast %[[W]] {to = bf16} : (tensor<64x64xf32>) -> tensor<64x64xbf16>
// CHECK: %[[F:.*]] = nn.cast %[[N]] {to = f32} : (tensor<64x64xbf16>) -> tensor<64x64xf32>
// CHECK: %[[Y:.*]] = nn.matmul %arg0, %[[F]]
// CHECK-NOT: nn.cast
// CHECK: nn.add %[[Y]], %{{.*}}
// CHECK: nn.matmul %{{.*}}, %{{.*}} : (tensor<64x64xf32>, tensor<64x64xf32>)
// CHECK: return
// F16-LABEL: @layers
// F16: nn.cast %{{.*}} {to = f16}
func.func @layers(%x: tensor<64x64xf32>) -> tensor<64x64xf32> {
  %w = nn.constant dense_resource<w> : tensor<64x64xf32>
  %b = nn.constant dense_resource<b> : tensor<64x64xf32>
  %y = nn.matmul %x, %w : (tensor<64x64xf32>, tensor<64x64xf32>) -> tensor<64x64xf32>
  %s = nn.add %y, %b : (tensor<64x64xf32>, tensor<64x64xf32>) -> tensor<64x64xf32>
  %z = nn.matmul %s, %x : (tensor<64x64xf32>, tensor<64x64xf32>) -> tensor<64x64xf32>
  return %z : tensor<64x64xf32>
}

// Filters of convolutions, but small ones and those of depthwise convolutions.
// CHECK-LABEL: @filters
// CHECK: nn.cast %{{.*}} {to = bf16} : (tensor<64x32x3x3xf32>)
// CHECK-COUNT-1: nn.cast
// CHECK-NOT: nn.cast
func.func @filters(%x: tensor<1x32x8x8xf32>) -> tensor<1x2x8x8xf32> {
  %w = nn.constant dense_resource<w> : tensor<64x32x3x3xf32>
  %d = nn.constant dense_resource<d> : tensor<64x1x5x5xf32>
  %s = nn.constant dense_resource<s> : tensor<2x64x1x1xf32>
  %0 = nn.conv %x, %w {window = #nn.window<kernel = [3, 3], stride = [1, 1], dilation = [1, 1], pad = [1, 1, 1, 1]>, groups = 1 : i64} : (tensor<1x32x8x8xf32>, tensor<64x32x3x3xf32>) -> tensor<1x64x8x8xf32>
  %1 = nn.conv %0, %d {window = #nn.window<kernel = [5, 5], stride = [1, 1], dilation = [1, 1], pad = [2, 2, 2, 2]>, groups = 64 : i64} : (tensor<1x64x8x8xf32>, tensor<64x1x5x5xf32>) -> tensor<1x64x8x8xf32>
  %2 = nn.conv %1, %s {window = #nn.window<kernel = [1, 1], stride = [1, 1], dilation = [1, 1], pad = [0, 0, 0, 0]>, groups = 1 : i64} : (tensor<1x64x8x8xf32>, tensor<2x64x1x1xf32>) -> tensor<1x2x8x8xf32>
  return %2 : tensor<1x2x8x8xf32>
}
