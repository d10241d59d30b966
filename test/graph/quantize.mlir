// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(nn-quantize,cse))' | FileCheck %s
// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(nn-quantize{precise=true},cse))' | FileCheck %s --check-prefix=PRECISE

// A dequantised product, quantised again: bytes throughout. i8 becomes ui8, whose zero point is 128
// more; the zero point of the activations takes a constant off; one scale is left.
// CHECK-LABEL: @matmul
// CHECK-SAME: %[[X:.*]]: tensor<4x8xui8>
// CHECK-DAG: %[[W:.*]] = nn.constant dense_resource<w>
// CHECK: nn.reduce
// CHECK: %[[P:.*]] = nn.matmul_integer %[[X]], %[[W]] : (tensor<4x8xui8>, tensor<8x6xi8>) -> tensor<4x6xi32>
// CHECK: %[[C:.*]] = nn.add %[[P]]
// CHECK: %[[F:.*]] = nn.cast %[[C]] {to = f32}
// CHECK: %[[S:.*]] = nn.div
// CHECK: %[[M:.*]] = nn.mul %[[F]], %[[S]]
// CHECK: %[[R:.*]] = nn.relu %[[M]]
// CHECK: nn.quantize %[[R]] {to = ui8, zero_point = 128 : i64}
// PRECISE-LABEL: @matmul
// PRECISE: nn.matmul %{{.*}} : (tensor<4x8xf32>, tensor<8x6xf32>)
// PRECISE: nn.quantize
func.func @matmul(%x: tensor<4x8xui8>) -> tensor<4x6xi8> {
  %w = nn.constant dense_resource<w> : tensor<8x6xi8>
  %zx = nn.constant dense<7> : tensor<i32>
  %sx = nn.constant dense<0.5> : tensor<f32>
  %sw = nn.constant dense<[0.1, 0.2, 0.3, 0.4, 0.5, 0.6]> : tensor<6xf32>
  %sy = nn.constant dense<0.25> : tensor<f32>
  %low = nn.constant dense<-128.0> : tensor<f32>
  %high = nn.constant dense<127.0> : tensor<f32>
  %x1 = nn.cast %x {to = i32} : (tensor<4x8xui8>) -> tensor<4x8xi32>
  %x2 = nn.sub %x1, %zx : (tensor<4x8xi32>, tensor<i32>) -> tensor<4x8xi32>
  %x3 = nn.cast %x2 {to = f32} : (tensor<4x8xi32>) -> tensor<4x8xf32>
  %x4 = nn.mul %x3, %sx : (tensor<4x8xf32>, tensor<f32>) -> tensor<4x8xf32>
  %w1 = nn.cast %w {to = f32} : (tensor<8x6xi8>) -> tensor<8x6xf32>
  %w2 = nn.mul %w1, %sw : (tensor<8x6xf32>, tensor<6xf32>) -> tensor<8x6xf32>
  %y = nn.matmul %x4, %w2 : (tensor<4x8xf32>, tensor<8x6xf32>) -> tensor<4x6xf32>
  %r = nn.relu %y : (tensor<4x6xf32>) -> tensor<4x6xf32>
  %d = nn.div %r, %sy : (tensor<4x6xf32>, tensor<f32>) -> tensor<4x6xf32>
  %n = nn.round %d : (tensor<4x6xf32>) -> tensor<4x6xf32>
  %a = nn.max %n, %low : (tensor<4x6xf32>, tensor<f32>) -> tensor<4x6xf32>
  %b = nn.min %a, %high : (tensor<4x6xf32>, tensor<f32>) -> tensor<4x6xf32>
  %q = nn.cast %b {to = i8} : (tensor<4x6xf32>) -> tensor<4x6xi8>
  return %q : tensor<4x6xi8>
}

// Signed activations move by 128, and what lies beyond the border with them. This is exact.
// CHECK-LABEL: @conv
// CHECK: %[[U:.*]] = nn.cast %{{.*}} {to = ui8}
// CHECK: nn.conv_integer %[[U]], %{{.*}} {groups = 1 : i64, pad_value = 131 : i64, to = i32
// PRECISE-LABEL: @conv
// PRECISE: nn.conv_integer %{{.*}} {groups = 1 : i64, pad_value = 131 : i64, to = i32
func.func @conv(%x: tensor<1x3x8x8xi8>) -> tensor<1x4x8x8xi32> {
  %w = nn.constant dense_resource<w> : tensor<4x3x3x3xi8>
  %zx = nn.constant dense<3> : tensor<i32>
  %x1 = nn.cast %x {to = i32} : (tensor<1x3x8x8xi8>) -> tensor<1x3x8x8xi32>
  %x2 = nn.sub %x1, %zx : (tensor<1x3x8x8xi32>, tensor<i32>) -> tensor<1x3x8x8xi32>
  %x3 = nn.cast %x2 {to = f32} : (tensor<1x3x8x8xi32>) -> tensor<1x3x8x8xf32>
  %w1 = nn.cast %w {to = i32} : (tensor<4x3x3x3xi8>) -> tensor<4x3x3x3xi32>
  %w2 = nn.cast %w1 {to = f32} : (tensor<4x3x3x3xi32>) -> tensor<4x3x3x3xf32>
  %y = nn.conv %x3, %w2 {window = #nn.window<kernel = [3, 3], stride = [1, 1], dilation = [1, 1], pad = [1, 1, 1, 1]>, groups = 1 : i64} : (tensor<1x3x8x8xf32>, tensor<4x3x3x3xf32>) -> tensor<1x4x8x8xf32>
  %z = nn.cast %y {to = i32} : (tensor<1x4x8x8xf32>) -> tensor<1x4x8x8xi32>
  return %z : tensor<1x4x8x8xi32>
}

// Weights with a zero point: a sum of the activations joins.
// CHECK-LABEL: @weights_with_zero
// CHECK: nn.reduce %{{.*}} : (tensor<4x8xi32>) -> tensor<4xi32>
// CHECK: nn.matmul_integer
func.func @weights_with_zero(%x: tensor<4x8xui8>) -> tensor<4x6xi32> {
  %w = nn.constant dense_resource<w> : tensor<8x6xui8>
  %zw = nn.constant dense<100> : tensor<i32>
  %x1 = nn.cast %x {to = i32} : (tensor<4x8xui8>) -> tensor<4x8xi32>
  %w1 = nn.cast %w {to = i32} : (tensor<8x6xui8>) -> tensor<8x6xi32>
  %w2 = nn.sub %w1, %zw : (tensor<8x6xi32>, tensor<i32>) -> tensor<8x6xi32>
  %y = nn.matmul %x1, %w2 : (tensor<4x8xi32>, tensor<8x6xi32>) -> tensor<4x6xi32>
  return %y : tensor<4x6xi32>
}

// Quantised again with the parameters with which it was dequantised.
// CHECK-LABEL: @pool
// CHECK: %[[Y:.*]] = nn.max_pool %arg0
// CHECK-SAME: tensor<1x4x4x4xui8>
// CHECK: return %[[Y]]
func.func @pool(%x: tensor<1x4x8x8xui8>) -> tensor<1x4x4x4xui8> {
  %s = nn.constant dense<0.1> : tensor<f32>
  %zero = nn.constant dense<0.0> : tensor<f32>
  %high = nn.constant dense<255.0> : tensor<f32>
  %x1 = nn.cast %x {to = f32} : (tensor<1x4x8x8xui8>) -> tensor<1x4x8x8xf32>
  %x2 = nn.mul %x1, %s : (tensor<1x4x8x8xf32>, tensor<f32>) -> tensor<1x4x8x8xf32>
  %y = nn.max_pool %x2 {window = #nn.window<kernel = [2, 2], stride = [2, 2], dilation = [1, 1], pad = [0, 0, 0, 0]>} : (tensor<1x4x8x8xf32>) -> tensor<1x4x4x4xf32>
  %d = nn.div %y, %s : (tensor<1x4x4x4xf32>, tensor<f32>) -> tensor<1x4x4x4xf32>
  %n = nn.round %d : (tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xf32>
  %a = nn.max %n, %zero : (tensor<1x4x4x4xf32>, tensor<f32>) -> tensor<1x4x4x4xf32>
  %b = nn.min %a, %high : (tensor<1x4x4x4xf32>, tensor<f32>) -> tensor<1x4x4x4xf32>
  %q = nn.cast %b {to = ui8} : (tensor<1x4x4x4xf32>) -> tensor<1x4x4x4xui8>
  return %q : tensor<1x4x4x4xui8>
}

// Limits that the quantised type has anyway go, through what comes between; those inside it stay.
// CHECK-LABEL: @limits
// CHECK: %[[R:.*]] = nn.relu %arg0
// CHECK: %[[D:.*]] = nn.div %arg0
// CHECK: %[[D2:.*]] = nn.div %[[R]]
// CHECK: %[[Q:.*]] = nn.quantize %[[D]] {to = ui8, zero_point = 0 : i64}
// CHECK: %[[Q2:.*]] = nn.quantize %[[D2]] {to = ui8, zero_point = 3 : i64}
// CHECK: %[[M:.*]] = nn.min %arg0
// CHECK: %[[D3:.*]] = nn.div %[[M]]
// CHECK: %[[Q3:.*]] = nn.quantize %[[D3]] {to = ui8, zero_point = 0 : i64}
// CHECK: return %[[Q]], %[[Q]], %[[Q2]], %[[Q3]]
func.func @limits(%x: tensor<4xf32>) -> (tensor<4xui8>, tensor<4xui8>, tensor<4xui8>, tensor<4xui8>) {
  %s = nn.constant dense<0.0625> : tensor<f32>
  %six = nn.constant dense<16.0> : tensor<f32>
  %zero = nn.constant dense<0.0> : tensor<f32>
  %four = nn.constant dense<4.0> : tensor<f32>
  %r = nn.relu %x : (tensor<4xf32>) -> tensor<4xf32>
  %d0 = nn.div %r, %s : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %q0 = nn.quantize %d0 {to = ui8, zero_point = 0 : i64} : (tensor<4xf32>) -> tensor<4xui8>
  // min(max(x, 0), 16): 16 is number 256.
  %a1 = nn.max %x, %zero : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %b1 = nn.min %a1, %six : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %d1 = nn.div %b1, %s : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %q1 = nn.quantize %d1 {to = ui8, zero_point = 0 : i64} : (tensor<4xf32>) -> tensor<4xui8>
  %q2 = nn.quantize %d0 {to = ui8, zero_point = 3 : i64} : (tensor<4xf32>) -> tensor<4xui8>
  %b3 = nn.min %a1, %four : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %d3 = nn.div %b3, %s : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %q3 = nn.quantize %d3 {to = ui8, zero_point = 0 : i64} : (tensor<4xf32>) -> tensor<4xui8>
  return %q0, %q1, %q2, %q3 : tensor<4xui8>, tensor<4xui8>, tensor<4xui8>, tensor<4xui8>
}
