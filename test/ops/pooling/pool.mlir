// Pooling: what it lowers to, and its numbers.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// Pads with the lowest value; a tensor without data gives the window's extents.
// CHECK-LABEL: func.func @max
// CHECK: tensor.pad {{.*}} low[0, 0, 1, 1] high[0, 0, 1, 1]
// CHECK: linalg.generic {{.*}}["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]
// CHECK: arith.maximumf
func.func @max(%x: tensor<1x2x8x8xf32>) -> tensor<1x2x4x4xf32> {
  %y = nn.max_pool %x {window = #nn.window<kernel = [3, 3], stride = [2, 2], dilation = [1, 1], pad = [1, 1, 1, 1]>} : (tensor<1x2x8x8xf32>) -> tensor<1x2x4x4xf32>
  return %y : tensor<1x2x4x4xf32>
}

// Without pads the count is a constant.
// CHECK-LABEL: func.func @avg
// CHECK-NOT: linalg.index
// CHECK: arith.constant 4.0
// CHECK: arith.divf
func.func @avg(%x: tensor<1x8x8x2xf32>) -> tensor<1x4x4x2xf32> {
  %y = nn.avg_pool %x {window = #nn.window<kernel = [2, 2], stride = [2, 2], dilation = [1, 1], pad = [0, 0, 0, 0]>, channels_last} : (tensor<1x8x8x2xf32>) -> tensor<1x4x4x2xf32>
  return %y : tensor<1x4x4x2xf32>
}

//--- run.mlir
func.func @max(%a: tensor<1x2x7xf32> {check.value = dense<[[[0.0, -2.000000000e+00, -5.000000000e-01, 1.000000000e+00, 3.000000000e+00, 4.000000000e+00, 1.000000000e+00], [0.0, -1.500000000e+00, -1.500000000e+00, 1.500000000e+00, 0.0, 6.000000000e+00, -1.000000000e+00]]]> : tensor<1x2x7xf32>}) {
  %y = nn.max_pool %a {window = #nn.window<kernel = [3], stride = [2], dilation = [1], pad = [1, 1]>} : (tensor<1x2x7xf32>) -> tensor<1x2x4xf32>
  check.expect_close %y, dense<[[[0.0, 1.000000000e+00, 4.000000000e+00, 4.000000000e+00], [0.0, 1.500000000e+00, 6.000000000e+00, 6.000000000e+00]]]> : tensor<1x2x4xf32> : tensor<1x2x4xf32>
  return
}

func.func @max_indices(%a: tensor<1x2x7xf32> {check.value = dense<[[[0.0, -2.000000000e+00, -5.000000000e-01, 1.000000000e+00, 3.000000000e+00, 4.000000000e+00, 1.000000000e+00], [0.0, -1.500000000e+00, -1.500000000e+00, 1.500000000e+00, 0.0, 6.000000000e+00, -1.000000000e+00]]]> : tensor<1x2x7xf32>}) {
  %y = nn.max_pool_indices %a {window = #nn.window<kernel = [3], stride = [2], dilation = [1], pad = [1, 1]>} : (tensor<1x2x7xf32>) -> tensor<1x2x4xi64>
  check.expect_equal %y, dense<[[[0, 3, 5, 5], [7, 10, 12, 12]]]> : tensor<1x2x4xi64> : tensor<1x2x4xi64>
  return
}

func.func @max_dilated(%a: tensor<1x2x7xf32> {check.value = dense<[[[0.0, -2.000000000e+00, -5.000000000e-01, 1.000000000e+00, 3.000000000e+00, 4.000000000e+00, 1.000000000e+00], [0.0, -1.500000000e+00, -1.500000000e+00, 1.500000000e+00, 0.0, 6.000000000e+00, -1.000000000e+00]]]> : tensor<1x2x7xf32>}) {
  %y = nn.max_pool %a {window = #nn.window<kernel = [2], stride = [1], dilation = [3], pad = [0, 0]>} : (tensor<1x2x7xf32>) -> tensor<1x2x4xf32>
  check.expect_close %y, dense<[[[1.000000000e+00, 3.000000000e+00, 4.000000000e+00, 1.000000000e+00], [1.500000000e+00, 0.0, 6.000000000e+00, 1.500000000e+00]]]> : tensor<1x2x4xf32> : tensor<1x2x4xf32>
  return
}

// The last window hangs over.
func.func @max_ceil(%a: tensor<1x2x7xf32> {check.value = dense<[[[0.0, -2.000000000e+00, -5.000000000e-01, 1.000000000e+00, 3.000000000e+00, 4.000000000e+00, 1.000000000e+00], [0.0, -1.500000000e+00, -1.500000000e+00, 1.500000000e+00, 0.0, 6.000000000e+00, -1.000000000e+00]]]> : tensor<1x2x7xf32>}) {
  %y = nn.max_pool %a {window = #nn.window<kernel = [3], stride = [3], dilation = [1], pad = [0, 0]>, ceil_mode} : (tensor<1x2x7xf32>) -> tensor<1x2x3xf32>
  check.expect_close %y, dense<[[[0.0, 4.000000000e+00, 1.000000000e+00], [0.0, 6.000000000e+00, -1.000000000e+00]]]> : tensor<1x2x3xf32> : tensor<1x2x3xf32>
  return
}

func.func @max_nan(%a: tensor<1x2x7xf32> {check.value = dense<[[[0.0, -2.000000000e+00, 0x7FC00000, 1.000000000e+00, 3.000000000e+00, 4.000000000e+00, 1.000000000e+00], [0.0, -1.500000000e+00, -1.500000000e+00, 1.500000000e+00, 0.0, 6.000000000e+00, -1.000000000e+00]]]> : tensor<1x2x7xf32>}) {
  %y = nn.max_pool %a {window = #nn.window<kernel = [3], stride = [2], dilation = [1], pad = [1, 1]>} : (tensor<1x2x7xf32>) -> tensor<1x2x4xf32>
  check.expect_close %y, dense<[[[0.0, 0x7FC00000, 4.000000000e+00, 4.000000000e+00], [0.0, 1.500000000e+00, 6.000000000e+00, 6.000000000e+00]]]> : tensor<1x2x4xf32> : tensor<1x2x4xf32>
  return
}

func.func @avg(%a: tensor<1x2x7xf32> {check.value = dense<[[[0.0, -2.000000000e+00, -5.000000000e-01, 1.000000000e+00, 3.000000000e+00, 4.000000000e+00, 1.000000000e+00], [0.0, -1.500000000e+00, -1.500000000e+00, 1.500000000e+00, 0.0, 6.000000000e+00, -1.000000000e+00]]]> : tensor<1x2x7xf32>}) {
  %y = nn.avg_pool %a {window = #nn.window<kernel = [3], stride = [2], dilation = [1], pad = [1, 1]>} : (tensor<1x2x7xf32>) -> tensor<1x2x4xf32>
  check.expect_close %y, dense<[[[-1.000000000e+00, -5.000000000e-01, 2.666666746e+00, 2.500000000e+00], [-7.500000000e-01, -5.000000000e-01, 2.500000000e+00, 2.500000000e+00]]]> : tensor<1x2x4xf32> : tensor<1x2x4xf32>
  return
}

func.func @avg_include_pad(%a: tensor<1x2x7xf32> {check.value = dense<[[[0.0, -2.000000000e+00, -5.000000000e-01, 1.000000000e+00, 3.000000000e+00, 4.000000000e+00, 1.000000000e+00], [0.0, -1.500000000e+00, -1.500000000e+00, 1.500000000e+00, 0.0, 6.000000000e+00, -1.000000000e+00]]]> : tensor<1x2x7xf32>}) {
  %y = nn.avg_pool %a {window = #nn.window<kernel = [3], stride = [2], dilation = [1], pad = [1, 1]>, count_include_pad} : (tensor<1x2x7xf32>) -> tensor<1x2x4xf32>
  check.expect_close %y, dense<[[[-6.666666865e-01, -5.000000000e-01, 2.666666746e+00, 1.666666627e+00], [-5.000000000e-01, -5.000000000e-01, 2.500000000e+00, 1.666666627e+00]]]> : tensor<1x2x4xf32> : tensor<1x2x4xf32>
  return
}

func.func @avg_ceil_include_pad(%a: tensor<1x2x7xf32> {check.value = dense<[[[0.0, -2.000000000e+00, -5.000000000e-01, 1.000000000e+00, 3.000000000e+00, 4.000000000e+00, 1.000000000e+00], [0.0, -1.500000000e+00, -1.500000000e+00, 1.500000000e+00, 0.0, 6.000000000e+00, -1.000000000e+00]]]> : tensor<1x2x7xf32>}) {
  %y = nn.avg_pool %a {window = #nn.window<kernel = [3], stride = [3], dilation = [1], pad = [1, 1]>, ceil_mode, count_include_pad} : (tensor<1x2x7xf32>) -> tensor<1x2x3xf32>
  check.expect_close %y, dense<[[[-6.666666865e-01, 1.166666627e+00, 1.666666627e+00], [-5.000000000e-01, 0.0, 1.666666627e+00]]]> : tensor<1x2x3xf32> : tensor<1x2x3xf32>
  return
}

func.func @avg_dilated(%a: tensor<1x2x7xf32> {check.value = dense<[[[0.0, -2.000000000e+00, -5.000000000e-01, 1.000000000e+00, 3.000000000e+00, 4.000000000e+00, 1.000000000e+00], [0.0, -1.500000000e+00, -1.500000000e+00, 1.500000000e+00, 0.0, 6.000000000e+00, -1.000000000e+00]]]> : tensor<1x2x7xf32>}) {
  %y = nn.avg_pool %a {window = #nn.window<kernel = [2], stride = [1], dilation = [2], pad = [1, 1]>} : (tensor<1x2x7xf32>) -> tensor<1x2x7xf32>
  check.expect_close %y, dense<[[[-2.000000000e+00, -2.500000000e-01, -5.000000000e-01, 1.250000000e+00, 2.500000000e+00, 2.000000000e+00, 4.000000000e+00], [-1.500000000e+00, -7.500000000e-01, 0.0, -7.500000000e-01, 3.750000000e+00, -5.000000000e-01, 6.000000000e+00]]]> : tensor<1x2x7xf32> : tensor<1x2x7xf32>
  return
}

func.func @lp(%a: tensor<1x2x7xf32> {check.value = dense<[[[0.0, -2.000000000e+00, -5.000000000e-01, 1.000000000e+00, 3.000000000e+00, 4.000000000e+00, 1.000000000e+00], [0.0, -1.500000000e+00, -1.500000000e+00, 1.500000000e+00, 0.0, 6.000000000e+00, -1.000000000e+00]]]> : tensor<1x2x7xf32>}) {
  %y = nn.lp_pool %a {window = #nn.window<kernel = [3], stride = [2], dilation = [1], pad = [0, 0]>, p = 2 : i64} : (tensor<1x2x7xf32>) -> tensor<1x2x3xf32>
  check.expect_close %y, dense<[[[2.061552763e+00, 3.201562166e+00, 5.099019527e+00], [2.121320248e+00, 2.121320248e+00, 6.082762718e+00]]]> : tensor<1x2x3xf32> : tensor<1x2x3xf32>
  return
}

func.func @max_channels_last(%a: tensor<1x4x4x3xf32> {check.value = dense<[[[[5.000000000e-01, -1.000000000e+00, -4.500000000e+00], [3.500000000e+00, -5.000000000e-01, 1.500000000e+00], [4.000000000e+00, 1.000000000e+00, 2.000000000e+00], [-4.000000000e+00, -2.000000000e+00, 5.000000000e-01]], [[2.000000000e+00, 2.500000000e+00, 2.500000000e+00], [-1.500000000e+00, 2.500000000e+00, -1.500000000e+00], [-1.500000000e+00, 0.0, 1.000000000e+00], [-5.000000000e-01, 2.500000000e+00, -1.000000000e+00]], [[-1.500000000e+00, 2.000000000e+00, -1.000000000e+00], [1.000000000e+00, -5.000000000e-01, 0.0], [-5.000000000e-01, 3.500000000e+00, -5.000000000e-01], [3.000000000e+00, 1.500000000e+00, -1.000000000e+00]], [[-1.500000000e+00, 0.0, 3.500000000e+00], [-5.000000000e-01, -5.000000000e-01, -2.500000000e+00], [0.0, -3.000000000e+00, -2.500000000e+00], [0.0, -2.000000000e+00, -5.000000000e-01]]]]> : tensor<1x4x4x3xf32>}) {
  %y = nn.max_pool %a {window = #nn.window<kernel = [2, 2], stride = [2, 2], dilation = [1, 1], pad = [0, 0, 0, 0]>, channels_last} : (tensor<1x4x4x3xf32>) -> tensor<1x2x2x3xf32>
  check.expect_close %y, dense<[[[[3.500000000e+00, 2.500000000e+00, 2.500000000e+00], [4.000000000e+00, 2.500000000e+00, 2.000000000e+00]], [[1.000000000e+00, 2.000000000e+00, 3.500000000e+00], [3.000000000e+00, 3.500000000e+00, -5.000000000e-01]]]]> : tensor<1x2x2x3xf32> : tensor<1x2x2x3xf32>
  return
}
