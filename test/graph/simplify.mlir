// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(nn-simplify))' | FileCheck %s
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(nn-simplify{precise=true}))' | FileCheck %s --check-prefix=PRECISE

// Batch normalisation goes into the filter and the bias; precisely, it stays.
// CHECK-LABEL: @batch_norm
// CHECK-NOT: nn.batch_norm
// CHECK: %[[W:.*]] = nn.mul %{{.*}}, %{{.*}} : (tensor<4x3x1x1xf32>, tensor<4x1x1x1xf32>)
// CHECK: %[[C:.*]] = nn.conv %arg0, %[[W]]
// CHECK: %[[Y:.*]] = nn.add %[[C]]
// CHECK-NEXT: return %[[Y]]
// PRECISE-LABEL: @batch_norm
// PRECISE: nn.batch_norm
func.func @batch_norm(%x: tensor<1x3x8x8xf32>) -> tensor<1x4x8x8xf32> {
  %w = nn.constant dense_resource<w> : tensor<4x3x1x1xf32>
  %s = nn.constant dense_resource<s> : tensor<4xf32>
  %c = nn.conv %x, %w {window = #nn.window<kernel = [1, 1], stride = [1, 1], dilation = [1, 1], pad = [0, 0, 0, 0]>, groups = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<4x3x1x1xf32>) -> tensor<1x4x8x8xf32>
  %y = nn.batch_norm %c, %s, %s, %s, %s {epsilon = 1.0e-5 : f64, axis = 1 : i64} : (tensor<1x4x8x8xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> tensor<1x4x8x8xf32>
  return %y : tensor<1x4x8x8xf32>
}

// CHECK-LABEL: @views
// CHECK-NEXT: return %arg0
func.func @views(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %a = nn.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %b = nn.transpose %a {permutation = array<i64: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
  %c = nn.reshape %b : (tensor<2x3xf32>) -> tensor<6xf32>
  %d = nn.reshape %c : (tensor<6xf32>) -> tensor<2x3xf32>
  %e = nn.cast %d {to = f32} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %e : tensor<2x3xf32>
}

// Divisions by a power of two are products; by other numbers they are where no function that jumps reads the result, but not precisely.
// CHECK-LABEL: @divisions
// CHECK-DAG: %[[HALF:.*]] = nn.constant dense<5.000000e-01> : tensor<f32>
// CHECK-DAG: %[[THIRD:.*]] = nn.constant dense<0.333333343> : tensor<f32>
// CHECK-DAG: %[[THREE:.*]] = nn.constant dense<3.000000e+00> : tensor<f32>
// CHECK: %[[A:.*]] = nn.mul %arg0, %[[HALF]]
// CHECK: nn.floor %[[A]]
// CHECK: %[[B:.*]] = nn.mul %arg0, %[[THIRD]]
// CHECK: nn.erf %[[B]]
// CHECK: %[[C:.*]] = nn.div %arg0, %[[THREE]]
// CHECK: nn.tanh %[[C]]
// CHECK: nn.floor %[[C]]
// PRECISE-LABEL: @divisions
// PRECISE: nn.mul
// PRECISE: nn.floor
// PRECISE: nn.div
// PRECISE: nn.erf
func.func @divisions(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %two = nn.constant dense<2.0> : tensor<f32>
  %three = nn.constant dense<3.0> : tensor<f32>
  %a = nn.div %x, %two : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %fa = nn.floor %a : (tensor<4xf32>) -> tensor<4xf32>
  %b = nn.div %x, %three : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %eb = nn.erf %b : (tensor<4xf32>) -> tensor<4xf32>
  %c = nn.div %x, %three : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %tc = nn.tanh %c : (tensor<4xf32>) -> tensor<4xf32>
  %fc = nn.floor %c : (tensor<4xf32>) -> tensor<4xf32>
  return %fa, %eb, %tc, %fc : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// What has no normal reciprocal stays.
// CHECK-LABEL: @no_reciprocal
// CHECK: nn.div
// CHECK: nn.div
func.func @no_reciprocal(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %zero = nn.constant dense<0.0> : tensor<f32>
  %tiny = nn.constant dense<1.0e-44> : tensor<f32>
  %a = nn.div %x, %zero : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %b = nn.div %x, %tiny : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %ta = nn.tanh %a : (tensor<4xf32>) -> tensor<4xf32>
  %tb = nn.tanh %b : (tensor<4xf32>) -> tensor<4xf32>
  return %ta, %tb : tensor<4xf32>, tensor<4xf32>
}

// Groups of 2 of 6 channels at all places are normalised without being joined; a factor of 1 is nothing.
// CHECK-LABEL: @group_norm
// CHECK: %[[SPLIT:.*]] = nn.reshape %arg0 : (tensor<2x6x5x7xf32>) -> tensor<2x3x2x5x7xf32>
// CHECK: %[[Y:.*]] = nn.normalize %[[SPLIT]] {axes = array<i64: 2, 3, 4>
// CHECK: nn.reshape %[[Y]] : (tensor<2x3x2x5x7xf32>) -> tensor<2x6x5x7xf32>
// CHECK-NEXT: return
func.func @group_norm(%x: tensor<2x6x5x7xf32>) -> tensor<2x6x5x7xf32> {
  %one = nn.constant dense<1.0> : tensor<3x1xf32>
  %r = nn.reshape %x : (tensor<2x6x5x7xf32>) -> tensor<2x3x70xf32>
  %n = nn.normalize %r {axes = array<i64: 2>, epsilon = 1.0e-5 : f64} : (tensor<2x3x70xf32>) -> tensor<2x3x70xf32>
  %m = nn.mul %n, %one : (tensor<2x3x70xf32>, tensor<3x1xf32>) -> tensor<2x3x70xf32>
  %y = nn.reshape %m : (tensor<2x3x70xf32>) -> tensor<2x6x5x7xf32>
  return %y : tensor<2x6x5x7xf32>
}

// One group, and sizes that are not known: all but the batch is normalised.
// CHECK-LABEL: @one_group
// CHECK-NEXT: %[[Y:.*]] = nn.normalize %arg0 {axes = array<i64: 1, 2>
// CHECK-NEXT: return %[[Y]]
func.func @one_group(%x: tensor<2x6x?xf32, #nn.dims<"T">>) -> tensor<2x6x?xf32, #nn.dims<"T">> {
  %r = nn.reshape %x : (tensor<2x6x?xf32, #nn.dims<"T">>) -> tensor<2x1x?xf32, #nn.dims<"T * 6">>
  %n = nn.normalize %r {axes = array<i64: 2>, epsilon = 1.0e-5 : f64} : (tensor<2x1x?xf32, #nn.dims<"T * 6">>) -> tensor<2x1x?xf32, #nn.dims<"T * 6">>
  %y = nn.reshape %n : (tensor<2x1x?xf32, #nn.dims<"T * 6">>) -> tensor<2x6x?xf32, #nn.dims<"T">>
  return %y : tensor<2x6x?xf32, #nn.dims<"T">>
}

// 4 of 6 channels are no group; neither is what ends elsewhere than it began.
// CHECK-LABEL: @no_groups
// CHECK: nn.normalize {{.*}} -> tensor<3x40xf32>
// CHECK: nn.normalize {{.*}} -> tensor<12x10xf32>
func.func @no_groups(%x: tensor<2x6x10xf32>) -> (tensor<2x6x10xf32>, tensor<6x20xf32>) {
  %r = nn.reshape %x : (tensor<2x6x10xf32>) -> tensor<3x40xf32>
  %n = nn.normalize %r {axes = array<i64: 1>, epsilon = 1.0e-5 : f64} : (tensor<3x40xf32>) -> tensor<3x40xf32>
  %y = nn.reshape %n : (tensor<3x40xf32>) -> tensor<2x6x10xf32>
  %r2 = nn.reshape %x : (tensor<2x6x10xf32>) -> tensor<12x10xf32>
  %n2 = nn.normalize %r2 {axes = array<i64: 1>, epsilon = 1.0e-5 : f64} : (tensor<12x10xf32>) -> tensor<12x10xf32>
  %y2 = nn.reshape %n2 : (tensor<12x10xf32>) -> tensor<6x20xf32>
  return %y, %y2 : tensor<2x6x10xf32>, tensor<6x20xf32>
}
