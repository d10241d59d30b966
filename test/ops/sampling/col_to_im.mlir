// Blocks summed into the image that they were taken from.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// Each element of the image sums over the taps of a block: parallel over the image, so there is no race.
// CHECK-LABEL: func.func @sum
// CHECK: linalg.generic {{.*}}["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]
// CHECK: arith.addf
func.func @sum(%x: tensor<1x4x4xf32>) -> tensor<1x1x3x3xf32> {
  %y = nn.col_to_im %x {image = ["3", "3"], block = ["2", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4xf32>) -> tensor<1x1x3x3xf32>
  return %y : tensor<1x1x3x3xf32>
}

//--- run.mlir
// Blocks overlap.
func.func @plain(%x: tensor<1x8x4xf32> {check.value = dense<[[[-3.5, 3.5, 2.0, 2.0], [2.5, -1.5, 0.5, -2.5], [-4.0, 1.0, -2.5, 1.0], [3.5, -2.0, -2.0, -3.0], [-1.5, 2.5, 1.5, 1.5], [-4.0, 2.5, 2.0, -2.5], [1.0, 2.0, -4.0, -3.5], [-2.5, -4.0, 1.0, -2.5]]]> : tensor<1x8x4xf32>}) {
  %0 = nn.col_to_im %x {image = ["3", "3"], block = ["2", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x8x4xf32>) -> tensor<1x2x3x3xf32>
  check.expect_close %0, dense<[[[[-3.5, 6.0, -1.5], [-2.0, 7.0, -4.5], [-2.5, -1.0, -3.0]], [[-1.5, -1.5, 2.5], [2.5, 3.0, -6.5], [-4.0, -2.5, -2.5]]]]> : tensor<1x2x3x3xf32> : tensor<1x2x3x3xf32>
  return
}

func.func @strided(%x: tensor<1x4x4xf32> {check.value = dense<[[[0.5, 2.5, -2.0, 0.5], [1.0, 1.0, -2.0, 1.0], [-2.5, 1.0, -2.0, -1.5], [4.0, 2.0, -3.0, -4.0]]]> : tensor<1x4x4xf32>}) {
  %0 = nn.col_to_im %x {image = ["4", "5"], block = ["2", "2"], stride = array<i64: 2, 3>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4xf32>) -> tensor<1x1x4x5xf32>
  check.expect_close %0, dense<[[[[0.5, 1.0, 0.0, 2.5, 1.0], [-2.5, 4.0, 0.0, 1.0, 2.0], [-2.0, -2.0, 0.0, 0.5, 1.0], [-2.0, -3.0, 0.0, -1.5, -4.0]]]]> : tensor<1x1x4x5xf32> : tensor<1x1x4x5xf32>
  return
}

func.func @padded(%x: tensor<1x6x8xf32> {check.value = dense<[[[-3.5, -1.0, 3.5, -4.0, -3.5, -3.0, -2.0, 3.5], [-1.5, 1.0, -4.0, 2.5, 0.5, 1.0, 4.0, 0.5], [-3.5, 2.5, 0.5, 1.0, -4.0, 0.0, 3.5, 0.5], [-0.5, 0.5, -4.0, -1.5, 3.0, 1.5, -2.0, -1.0], [-3.5, 1.5, 2.5, 0.0, 1.0, 2.0, 2.5, 1.5], [1.5, -4.0, -1.5, 2.5, 2.5, 3.5, -1.5, -1.5]]]> : tensor<1x6x8xf32>}) {
  %0 = nn.col_to_im %x {image = ["3", "4"], block = ["2", "3"], stride = array<i64: 1, 2>, dilation = array<i64: 1, 1>, pad = array<i64: 1, 0, 1, 2>} : (tensor<1x6x8xf32>) -> tensor<1x1x3x4xf32>
  check.expect_close %0, dense<[[[[3.0, -7.5, -1.5, 4.0], [-7.5, 3.0, -10.0, 1.0], [1.0, 5.0, 11.0, 2.5]]]]> : tensor<1x1x3x4xf32> : tensor<1x1x3x4xf32>
  return
}

func.func @dilated(%x: tensor<1x4x6xf32> {check.value = dense<[[[4.0, 2.0, -4.0, 3.0, -1.5, 0.0], [2.0, -3.0, 1.5, 2.0, 1.5, 3.0], [4.0, -1.5, -3.0, -2.5, 0.0, 2.5], [0.5, 0.0, 3.5, -4.0, 3.0, -2.5]]]> : tensor<1x4x6xf32>}) {
  %0 = nn.col_to_im %x {image = ["5", "5"], block = ["2", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 2, 3>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x6xf32>) -> tensor<1x1x5x5xf32>
  check.expect_close %0, dense<[[[[4.0, 2.0, 0.0, 2.0, -3.0], [-4.0, 3.0, 0.0, 1.5, 2.0], [2.5, -1.5, 0.0, 2.0, 3.0], [-3.0, -2.5, 0.0, 3.5, -4.0], [0.0, 2.5, 0.0, 3.0, -2.5]]]]> : tensor<1x1x5x5xf32> : tensor<1x1x5x5xf32>
  return
}

func.func @batches(%x: tensor<2x4x4xf32> {check.value = dense<[[[3.0, -2.5, 2.5, 0.5], [0.0, 0.5, 2.5, 0.0], [-4.0, -1.5, 1.0, -1.0], [-3.5, 0.0, -3.5, 0.5]], [[0.5, 0.5, 2.0, 2.0], [0.5, 4.0, 2.0, 2.0], [0.0, 0.0, 2.0, 4.0], [1.5, -3.0, 2.5, 4.0]]]> : tensor<2x4x4xf32>}) {
  %0 = nn.col_to_im %x {image = ["2", "3"], block = ["1", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<2x4x4xf32>) -> tensor<2x2x2x3xf32>
  check.expect_close %0, dense<[[[[3.0, -2.5, 0.5], [2.5, 3.0, 0.0]], [[-4.0, -5.0, 0.0], [1.0, -4.5, 0.5]]], [[[0.5, 1.0, 4.0], [2.0, 4.0, 2.0]], [[0.0, 1.5, -3.0], [2.0, 6.5, 4.0]]]]> : tensor<2x2x2x3xf32> : tensor<2x2x2x3xf32>
  return
}

func.func @one_dimension(%x: tensor<1x6x5xf32> {check.value = dense<[[[-1.5, 0.0, 3.0, 0.0, -2.5], [3.0, -4.0, 1.0, -0.5, 2.5], [-3.0, -1.0, 1.0, 0.5, 3.5], [1.5, 0.5, -2.0, 2.0, 2.0], [1.0, -3.0, 0.5, -3.0, 3.0], [-2.0, -0.5, 2.5, -3.0, 0.0]]]> : tensor<1x6x5xf32>}) {
  %0 = nn.col_to_im %x {image = ["5"], block = ["3"], stride = array<i64: 1>, dilation = array<i64: 1>, pad = array<i64: 1, 1>} : (tensor<1x6x5xf32>) -> tensor<1x2x5xf32>
  check.expect_close %0, dense<[[[3.0, -4.0, 0.0, -2.0, 3.0], [1.5, -7.0, 2.0, 1.5, 0.0]]]> : tensor<1x2x5xf32> : tensor<1x2x5xf32>
  return
}

func.func @three_dimensions(%x: tensor<1x4x4xf32> {check.value = dense<[[[2.0, -4.0, 3.5, -2.5], [0.5, 0.5, 1.0, -3.5], [3.5, -1.5, 0.0, -2.5], [4.0, 1.5, -3.0, -3.0]]]> : tensor<1x4x4xf32>}) {
  %0 = nn.col_to_im %x {image = ["2", "2", "3"], block = ["2", "1", "2"], stride = array<i64: 1, 1, 1>, dilation = array<i64: 1, 1, 1>, pad = array<i64: 0, 0, 0, 0, 0, 0>} : (tensor<1x4x4xf32>) -> tensor<1x1x2x2x3xf32>
  check.expect_close %0, dense<[[[[[2.0, -3.5, 0.5], [3.5, -1.5, -3.5]], [[3.5, 2.5, 1.5], [0.0, -5.5, -3.0]]]]]> : tensor<1x1x2x2x3xf32> : tensor<1x1x2x2x3xf32>
  return
}

func.func @dynamic_batch(%x: tensor<?x4x4xf32, #nn.dims<"N">> {check.value = dense<[[[2.0, -1.0, -2.0, -0.5], [-2.0, 3.5, 0.0, -1.0], [-2.0, -3.0, 3.5, -0.5], [1.5, -1.0, 2.5, 0.5]], [[-3.0, -3.0, 2.0, -0.5], [-2.0, 1.5, 1.0, -1.0], [-2.5, 4.0, 2.0, -1.0], [0.0, 3.0, 1.0, -1.5]], [[-2.5, -1.0, -2.0, 1.5], [-2.5, 0.5, -2.5, 3.5], [-1.0, 3.5, -3.0, -2.0], [2.0, -1.5, -1.0, 1.0]]]> : tensor<3x4x4xf32>}) {
  %0 = nn.col_to_im %x {image = ["3", "3"], block = ["2", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<?x4x4xf32, #nn.dims<"N">>) -> tensor<?x1x3x3xf32, #nn.dims<"N">>
  check.expect_close %0, dense<[[[[2.0, -3.0, 3.5], [-4.0, -2.0, -2.0], [3.5, 2.0, 0.5]]], [[[-3.0, -5.0, 1.5], [-0.5, 4.5, 2.0], [2.0, 0.0, -1.5]]], [[[-2.5, -3.5, 0.5], [-3.0, 4.5, 2.0], [-3.0, -3.0, 1.0]]]]> : tensor<3x1x3x3xf32> : tensor<?x1x3x3xf32, #nn.dims<"N">>
  return
}

func.func @t_f16(%x: tensor<1x4x4xf16> {check.value = dense<[[[4.0, 2.5, 3.5, -3.5], [2.5, 3.5, 3.5, -1.0], [2.0, -3.0, 2.5, -2.0], [-1.0, 2.5, 1.5, -2.0]]]> : tensor<1x4x4xf16>}) {
  %0 = nn.col_to_im %x {image = ["3", "3"], block = ["2", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4xf16>) -> tensor<1x1x3x3xf16>
  check.expect_close %0, dense<[[[[4.0, 5.0, 3.5], [5.5, -4.0, 1.5], [2.5, -0.5, -2.0]]]]> : tensor<1x1x3x3xf16> {rtol = 1.0e-3} : tensor<1x1x3x3xf16>
  return
}

func.func @t_f64(%x: tensor<1x4x4xf64> {check.value = dense<[[[-2.5, -3.5, 1.5, 1.0], [-2.5, 3.5, 0.5, -1.5], [2.5, 0.0, 1.0, -1.0], [3.5, 4.0, 0.5, 3.0]]]> : tensor<1x4x4xf64>}) {
  %0 = nn.col_to_im %x {image = ["3", "3"], block = ["2", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4xf64>) -> tensor<1x1x3x3xf64>
  check.expect_close %0, dense<[[[[-2.5, -6.0, 3.5], [4.0, 5.0, 2.5], [1.0, -0.5, 3.0]]]]> : tensor<1x1x3x3xf64> : tensor<1x1x3x3xf64>
  return
}

func.func @t_i32(%x: tensor<1x4x4xi32> {check.value = dense<[[[3, 0, -2, 4], [0, -2, -1, 0], [1, 0, 3, 2], [1, 1, -1, 0]]]> : tensor<1x4x4xi32>}) {
  %0 = nn.col_to_im %x {image = ["3", "3"], block = ["2", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4xi32>) -> tensor<1x1x3x3xi32>
  check.expect_equal %0, dense<[[[[3, 0, -2], [-1, 4, 1], [3, 1, 0]]]]> : tensor<1x1x3x3xi32> : tensor<1x1x3x3xi32>
  return
}

// The size of the image is data, and NaN goes where its block goes.
func.func @image_dynamic(%x: tensor<1x4x4xf32> {check.value = dense<[[[-3.0, 0x7FC00000, -4.0, 4.0], [-3.0, 3.0, 0.5, -0.5], [-4.0, 2.5, 3.0, -2.0], [4.0, -3.0, -3.0, -3.5]]]> : tensor<1x4x4xf32>}, %s: tensor<2xi64> {check.value = dense<3> : tensor<2xi64>}) {
  nn.bind %s ["H", "W"] : tensor<2xi64>
  %0 = nn.col_to_im %x {image = ["H", "W"], block = ["2", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4xf32>) -> tensor<1x1x?x?xf32, #nn.dims<"H", "W">>
  check.expect_close %0, dense<[[[[-3.0, 0x7FC00000, 3.0], [-8.0, 11.0, -3.5], [3.0, -5.0, -3.5]]]]> : tensor<1x1x3x3xf32> : tensor<1x1x?x?xf32, #nn.dims<"H", "W">>
  return
}

func.func @columns_missing(%x: tensor<1x4x4xf32> {check.value = dense<[[[-3.0, 0x7FC00000, -4.0, 4.0], [-3.0, 3.0, 0.5, -0.5], [-4.0, 2.5, 3.0, -2.0], [4.0, -3.0, -3.0, -3.5]]]> : tensor<1x4x4xf32>}, %s: tensor<2xi64> {check.value = dense<[3, 4]> : tensor<2xi64>}) attributes {check.error = "the number of columns is not that of the windows"} {
  nn.bind %s ["H", "W"] : tensor<2xi64>
  %0 = nn.col_to_im %x {image = ["H", "W"], block = ["2", "2"], stride = array<i64: 1, 1>, dilation = array<i64: 1, 1>, pad = array<i64: 0, 0, 0, 0>} : (tensor<1x4x4xf32>) -> tensor<1x1x?x?xf32, #nn.dims<"H", "W">>
  check.expect_close %0, dense<[[[[-3.0, 0x7FC00000, 3.0], [-8.0, 11.0, -3.5], [3.0, -5.0, -3.5]]]]> : tensor<1x1x3x3xf32> : tensor<1x1x?x?xf32, #nn.dims<"H", "W">>
  return
}
