// Views, and the operations that name sizes: what they lower to, and their numbers.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
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

//--- run.mlir
func.func @reshape(%x: tensor<2x3x4xf32> {check.value = dense<[[[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0]], [[12.0, 13.0, 14.0, 15.0], [16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0]]]> : tensor<2x3x4xf32>}) {
  %0 = nn.reshape %x : (tensor<2x3x4xf32>) -> tensor<4x6xf32>
  check.expect_close %0, dense<[[0.0, 1.0, 2.0, 3.0, 4.0, 5.0], [6.0, 7.0, 8.0, 9.0, 10.0, 11.0], [12.0, 13.0, 14.0, 15.0, 16.0, 17.0], [18.0, 19.0, 20.0, 21.0, 22.0, 23.0]]> : tensor<4x6xf32> : tensor<4x6xf32>
  %1 = nn.reshape %x : (tensor<2x3x4xf32>) -> tensor<24xf32>
  check.expect_close %1, dense<[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0, 20.0, 21.0, 22.0, 23.0]> : tensor<24xf32> : tensor<24xf32>
  %2 = nn.reshape %x : (tensor<2x3x4xf32>) -> tensor<2x1x12x1xf32>
  check.expect_close %2, dense<[[[[0.0], [1.0], [2.0], [3.0], [4.0], [5.0], [6.0], [7.0], [8.0], [9.0], [10.0], [11.0]]], [[[12.0], [13.0], [14.0], [15.0], [16.0], [17.0], [18.0], [19.0], [20.0], [21.0], [22.0], [23.0]]]]> : tensor<2x1x12x1xf32> : tensor<2x1x12x1xf32>
  return
}

func.func @reshape_scalar(%x: tensor<1x1xf32> {check.value = dense<[[7.0]]> : tensor<1x1xf32>}) {
  %0 = nn.reshape %x : (tensor<1x1xf32>) -> tensor<f32>
  check.expect_close %0, dense<7.0> : tensor<f32> : tensor<f32>
  return
}

func.func @reshape_of_scalar(%x: tensor<f32> {check.value = dense<7.0> : tensor<f32>}) {
  %0 = nn.reshape %x : (tensor<f32>) -> tensor<1x1xf32>
  check.expect_close %0, dense<[[7.0]]> : tensor<1x1xf32> : tensor<1x1xf32>
  return
}

func.func @reshape_empty(%x: tensor<0x3xf32> {check.value = dense<> : tensor<0x3xf32>}) {
  %0 = nn.reshape %x : (tensor<0x3xf32>) -> tensor<2x0x5xf32>
  check.expect_close %0, dense<> : tensor<2x0x5xf32> : tensor<2x0x5xf32>
  return
}

func.func @reshape_dynamic(%x: tensor<?x3x4xf32, #nn.dims<"N">> {check.value = dense<[[[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0]], [[12.0, 13.0, 14.0, 15.0], [16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0]]]> : tensor<2x3x4xf32>}) {
  %0 = nn.reshape %x : (tensor<?x3x4xf32, #nn.dims<"N">>) -> tensor<?x4xf32, #nn.dims<"3*N">>
  check.expect_close %0, dense<[[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0], [12.0, 13.0, 14.0, 15.0], [16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0]]> : tensor<6x4xf32> : tensor<?x4xf32, #nn.dims<"3*N">>
  return
}

// Counts that only a run can compare.
func.func @reshape_into_symbols(%x: tensor<?x?x4xf32, #nn.dims<"N", "M">> {check.value = dense<[[[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0]], [[12.0, 13.0, 14.0, 15.0], [16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0]]]> : tensor<2x3x4xf32>}, %y: tensor<?xf32, #nn.dims<"K">> {check.value = dense<0.0> : tensor<3xf32>}) {
  %0 = nn.reshape %x : (tensor<?x?x4xf32, #nn.dims<"N", "M">>) -> tensor<?x8xf32, #nn.dims<"K">>
  check.expect_close %0, dense<[[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0], [16.0, 17.0, 18.0, 19.0, 20.0, 21.0, 22.0, 23.0]]> : tensor<3x8xf32> : tensor<?x8xf32, #nn.dims<"K">>
  return
}

func.func @reshape_mismatch(%x: tensor<?x3x4xf32, #nn.dims<"N">> {check.value = dense<[[[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0]], [[12.0, 13.0, 14.0, 15.0], [16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0]]]> : tensor<2x3x4xf32>}, %y: tensor<?xf32, #nn.dims<"K">> {check.value = dense<0.0> : tensor<2xf32>}) attributes {check.error = "reshape changes the number of elements: 12*N and 6*K"} {
  %0 = nn.reshape %x : (tensor<?x3x4xf32, #nn.dims<"N">>) -> tensor<?x6xf32, #nn.dims<"K">>
  check.expect_close %0, dense<[[0.0, 1.0, 2.0, 3.0, 4.0, 5.0], [6.0, 7.0, 8.0, 9.0, 10.0, 11.0]]> : tensor<2x6xf32> : tensor<?x6xf32, #nn.dims<"K">>
  return
}

func.func @moves_f16(%x: tensor<2x3xf16> {check.value = dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 0.0]]> : tensor<2x3xf16>}) {
  %0 = nn.reshape %x : (tensor<2x3xf16>) -> tensor<3x2xf16>
  check.expect_equal %0, dense<[[0.0, 1.0], [2.0, 3.0], [4.0, 0.0]]> : tensor<3x2xf16> : tensor<3x2xf16>
  %1 = nn.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xf16>) -> tensor<3x2xf16>
  check.expect_equal %1, dense<[[0.0, 3.0], [1.0, 4.0], [2.0, 0.0]]> : tensor<3x2xf16> : tensor<3x2xf16>
  %2 = nn.expand %x : (tensor<2x3xf16>) -> tensor<2x2x3xf16>
  check.expect_equal %2, dense<[[[0.0, 1.0, 2.0], [3.0, 4.0, 0.0]], [[0.0, 1.0, 2.0], [3.0, 4.0, 0.0]]]> : tensor<2x2x3xf16> : tensor<2x2x3xf16>
  return
}

func.func @moves_i8(%x: tensor<2x3xi8> {check.value = dense<[[0, 1, 2], [3, 4, 0]]> : tensor<2x3xi8>}) {
  %0 = nn.reshape %x : (tensor<2x3xi8>) -> tensor<3x2xi8>
  check.expect_equal %0, dense<[[0, 1], [2, 3], [4, 0]]> : tensor<3x2xi8> : tensor<3x2xi8>
  %1 = nn.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xi8>) -> tensor<3x2xi8>
  check.expect_equal %1, dense<[[0, 3], [1, 4], [2, 0]]> : tensor<3x2xi8> : tensor<3x2xi8>
  %2 = nn.expand %x : (tensor<2x3xi8>) -> tensor<2x2x3xi8>
  check.expect_equal %2, dense<[[[0, 1, 2], [3, 4, 0]], [[0, 1, 2], [3, 4, 0]]]> : tensor<2x2x3xi8> : tensor<2x2x3xi8>
  return
}

func.func @moves_ui8(%x: tensor<2x3xui8> {check.value = dense<[[0, 1, 2], [3, 4, 0]]> : tensor<2x3xui8>}) {
  %0 = nn.reshape %x : (tensor<2x3xui8>) -> tensor<3x2xui8>
  check.expect_equal %0, dense<[[0, 1], [2, 3], [4, 0]]> : tensor<3x2xui8> : tensor<3x2xui8>
  %1 = nn.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xui8>) -> tensor<3x2xui8>
  check.expect_equal %1, dense<[[0, 3], [1, 4], [2, 0]]> : tensor<3x2xui8> : tensor<3x2xui8>
  %2 = nn.expand %x : (tensor<2x3xui8>) -> tensor<2x2x3xui8>
  check.expect_equal %2, dense<[[[0, 1, 2], [3, 4, 0]], [[0, 1, 2], [3, 4, 0]]]> : tensor<2x2x3xui8> : tensor<2x2x3xui8>
  return
}

func.func @moves_i64(%x: tensor<2x3xi64> {check.value = dense<[[0, 1, 2], [3, 4, 0]]> : tensor<2x3xi64>}) {
  %0 = nn.reshape %x : (tensor<2x3xi64>) -> tensor<3x2xi64>
  check.expect_equal %0, dense<[[0, 1], [2, 3], [4, 0]]> : tensor<3x2xi64> : tensor<3x2xi64>
  %1 = nn.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xi64>) -> tensor<3x2xi64>
  check.expect_equal %1, dense<[[0, 3], [1, 4], [2, 0]]> : tensor<3x2xi64> : tensor<3x2xi64>
  %2 = nn.expand %x : (tensor<2x3xi64>) -> tensor<2x2x3xi64>
  check.expect_equal %2, dense<[[[0, 1, 2], [3, 4, 0]], [[0, 1, 2], [3, 4, 0]]]> : tensor<2x2x3xi64> : tensor<2x2x3xi64>
  return
}

func.func @moves_i1(%x: tensor<2x3xi1> {check.value = dense<[[false, true, true], [true, true, false]]> : tensor<2x3xi1>}) {
  %0 = nn.reshape %x : (tensor<2x3xi1>) -> tensor<3x2xi1>
  check.expect_equal %0, dense<[[false, true], [true, true], [true, false]]> : tensor<3x2xi1> : tensor<3x2xi1>
  %1 = nn.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xi1>) -> tensor<3x2xi1>
  check.expect_equal %1, dense<[[false, true], [true, true], [true, false]]> : tensor<3x2xi1> : tensor<3x2xi1>
  %2 = nn.expand %x : (tensor<2x3xi1>) -> tensor<2x2x3xi1>
  check.expect_equal %2, dense<[[[false, true, true], [true, true, false]], [[false, true, true], [true, true, false]]]> : tensor<2x2x3xi1> : tensor<2x2x3xi1>
  return
}

func.func @moves_f64(%x: tensor<2x3xf64> {check.value = dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 0.0]]> : tensor<2x3xf64>}) {
  %0 = nn.reshape %x : (tensor<2x3xf64>) -> tensor<3x2xf64>
  check.expect_equal %0, dense<[[0.0, 1.0], [2.0, 3.0], [4.0, 0.0]]> : tensor<3x2xf64> : tensor<3x2xf64>
  %1 = nn.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xf64>) -> tensor<3x2xf64>
  check.expect_equal %1, dense<[[0.0, 3.0], [1.0, 4.0], [2.0, 0.0]]> : tensor<3x2xf64> : tensor<3x2xf64>
  %2 = nn.expand %x : (tensor<2x3xf64>) -> tensor<2x2x3xf64>
  check.expect_equal %2, dense<[[[0.0, 1.0, 2.0], [3.0, 4.0, 0.0]], [[0.0, 1.0, 2.0], [3.0, 4.0, 0.0]]]> : tensor<2x2x3xf64> : tensor<2x2x3xf64>
  return
}

func.func @moves_bf16(%x: tensor<2x3xbf16> {check.value = dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 0.0]]> : tensor<2x3xbf16>}) {
  %0 = nn.reshape %x : (tensor<2x3xbf16>) -> tensor<3x2xbf16>
  check.expect_equal %0, dense<[[0.0, 1.0], [2.0, 3.0], [4.0, 0.0]]> : tensor<3x2xbf16> : tensor<3x2xbf16>
  %1 = nn.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x3xbf16>) -> tensor<3x2xbf16>
  check.expect_equal %1, dense<[[0.0, 3.0], [1.0, 4.0], [2.0, 0.0]]> : tensor<3x2xbf16> : tensor<3x2xbf16>
  %2 = nn.expand %x : (tensor<2x3xbf16>) -> tensor<2x2x3xbf16>
  check.expect_equal %2, dense<[[[0.0, 1.0, 2.0], [3.0, 4.0, 0.0]], [[0.0, 1.0, 2.0], [3.0, 4.0, 0.0]]]> : tensor<2x2x3xbf16> : tensor<2x2x3xbf16>
  return
}

func.func @transpose(%x: tensor<2x3x4xf32> {check.value = dense<[[[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0]], [[12.0, 13.0, 14.0, 15.0], [16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0]]]> : tensor<2x3x4xf32>}) {
  %0 = nn.transpose %x {permutation = array<i64: 2, 0, 1>} : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  check.expect_close %0, dense<[[[0.0, 4.0, 8.0], [12.0, 16.0, 20.0]], [[1.0, 5.0, 9.0], [13.0, 17.0, 21.0]], [[2.0, 6.0, 10.0], [14.0, 18.0, 22.0]], [[3.0, 7.0, 11.0], [15.0, 19.0, 23.0]]]> : tensor<4x2x3xf32> : tensor<4x2x3xf32>
  %1 = nn.transpose %x {permutation = array<i64: 0, 2, 1>} : (tensor<2x3x4xf32>) -> tensor<2x4x3xf32>
  check.expect_close %1, dense<[[[0.0, 4.0, 8.0], [1.0, 5.0, 9.0], [2.0, 6.0, 10.0], [3.0, 7.0, 11.0]], [[12.0, 16.0, 20.0], [13.0, 17.0, 21.0], [14.0, 18.0, 22.0], [15.0, 19.0, 23.0]]]> : tensor<2x4x3xf32> : tensor<2x4x3xf32>
  %2 = nn.transpose %x {permutation = array<i64: 2, 1, 0>} : (tensor<2x3x4xf32>) -> tensor<4x3x2xf32>
  check.expect_close %2, dense<[[[0.0, 12.0], [4.0, 16.0], [8.0, 20.0]], [[1.0, 13.0], [5.0, 17.0], [9.0, 21.0]], [[2.0, 14.0], [6.0, 18.0], [10.0, 22.0]], [[3.0, 15.0], [7.0, 19.0], [11.0, 23.0]]]> : tensor<4x3x2xf32> : tensor<4x3x2xf32>
  %3 = nn.transpose %x {permutation = array<i64: 0, 1, 2>} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  check.expect_close %3, dense<[[[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0]], [[12.0, 13.0, 14.0, 15.0], [16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0]]]> : tensor<2x3x4xf32> : tensor<2x3x4xf32>
  return
}

func.func @transpose_nan(%x: tensor<2x2xf32> {check.value = dense<[[1.0, 0x7FC00000], [0x7F800000, -0.0]]> : tensor<2x2xf32>}) {
  %0 = nn.transpose %x {permutation = array<i64: 1, 0>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  check.expect_equal %0, dense<[[1.0, 0x7F800000], [0x7FC00000, -0.0]]> : tensor<2x2xf32> : tensor<2x2xf32>
  return
}

func.func @transpose_scalar(%x: tensor<f32> {check.value = dense<3.0> : tensor<f32>}) {
  %0 = nn.transpose %x {permutation = array<i64>} : (tensor<f32>) -> tensor<f32>
  check.expect_close %0, dense<3.0> : tensor<f32> : tensor<f32>
  return
}

func.func @transpose_dynamic(%x: tensor<?x3x?xf32, #nn.dims<"N", "M">> {check.value = dense<[[[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0]], [[12.0, 13.0, 14.0, 15.0], [16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0]]]> : tensor<2x3x4xf32>}) {
  %0 = nn.transpose %x {permutation = array<i64: 2, 1, 0>} : (tensor<?x3x?xf32, #nn.dims<"N", "M">>) -> tensor<?x3x?xf32, #nn.dims<"M", "N">>
  check.expect_close %0, dense<[[[0.0, 12.0], [4.0, 16.0], [8.0, 20.0]], [[1.0, 13.0], [5.0, 17.0], [9.0, 21.0]], [[2.0, 14.0], [6.0, 18.0], [10.0, 22.0]], [[3.0, 15.0], [7.0, 19.0], [11.0, 23.0]]]> : tensor<4x3x2xf32> : tensor<?x3x?xf32, #nn.dims<"M", "N">>
  return
}

func.func @expand(%x: tensor<2x1xf32> {check.value = dense<[[1.0], [2.0]]> : tensor<2x1xf32>}) {
  %0 = nn.expand %x : (tensor<2x1xf32>) -> tensor<2x3xf32>
  check.expect_close %0, dense<[[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]> : tensor<2x3xf32> : tensor<2x3xf32>
  %1 = nn.expand %x : (tensor<2x1xf32>) -> tensor<3x2x2xf32>
  check.expect_close %1, dense<[[[1.0, 1.0], [2.0, 2.0]], [[1.0, 1.0], [2.0, 2.0]], [[1.0, 1.0], [2.0, 2.0]]]> : tensor<3x2x2xf32> : tensor<3x2x2xf32>
  return
}

func.func @expand_dynamic(%x: tensor<2xf32> {check.value = dense<[1.0, 2.0]> : tensor<2xf32>}, %y: tensor<?xf32, #nn.dims<"N">> {check.value = dense<0.0> : tensor<3xf32>}) {
  %0 = nn.expand %x : (tensor<2xf32>) -> tensor<?x2xf32, #nn.dims<"N">>
  check.expect_close %0, dense<[[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]]> : tensor<3x2xf32> : tensor<?x2xf32, #nn.dims<"N">>
  return
}

func.func @expand_does_not_fit(%x: tensor<?xf32, #nn.dims<"M">> {check.value = dense<[1.0, 2.0]> : tensor<2xf32>}, %y: tensor<?xf32, #nn.dims<"N">> {check.value = dense<0.0> : tensor<3xf32>}) attributes {check.error = "dimensions that must be equal differ"} {
  %0 = nn.expand %x : (tensor<?xf32, #nn.dims<"M">>) -> tensor<?xf32, #nn.dims<"N">>
  check.expect_close %0, dense<[1.0, 2.0, 3.0]> : tensor<3xf32> : tensor<?xf32, #nn.dims<"N">>
  return
}

func.func @dims(%x: tensor<?x3x?xf32, #nn.dims<"N", "M">> {check.value = dense<[[[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0]], [[12.0, 13.0, 14.0, 15.0], [16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0]]]> : tensor<2x3x4xf32>}) {
  %0 = nn.dims ["N", "2*M + 1", "7", "N*M"] : tensor<4xi64>
  check.expect_equal %0, dense<[2, 9, 7, 8]> : tensor<4xi64> : tensor<4xi64>
  %1 = nn.dims ["N"] : tensor<i32>
  check.expect_equal %1, dense<2> : tensor<i32> : tensor<i32>
  return
}

// Symbols are numbers that the run computes.
func.func @bind(%x: tensor<2xf32> {check.value = dense<[1.0, 2.0]> : tensor<2xf32>}, %s: tensor<2xi64> {check.value = dense<[3, 2]> : tensor<2xi64>}) {
  nn.bind %s ["u", "v"] : tensor<2xi64>
  %0 = nn.expand %x : (tensor<2xf32>) -> tensor<?x?x2xf32, #nn.dims<"u", "v">>
  check.expect_equal %0, dense<[[[1.0, 2.0], [1.0, 2.0]], [[1.0, 2.0], [1.0, 2.0]], [[1.0, 2.0], [1.0, 2.0]]]> : tensor<3x2x2xf32> : tensor<?x?x2xf32, #nn.dims<"u", "v">>
  %1 = nn.dims ["u + v"] : tensor<1xi64>
  check.expect_equal %1, dense<5> : tensor<1xi64> : tensor<1xi64>
  return
}

func.func @bind_zero(%x: tensor<2xf32> {check.value = dense<[1.0, 2.0]> : tensor<2xf32>}, %s: tensor<1xi32> {check.value = dense<[0]> : tensor<1xi32>}) {
  nn.bind %s ["u"] : tensor<1xi32>
  %0 = nn.expand %x : (tensor<2xf32>) -> tensor<?x2xf32, #nn.dims<"u">>
  check.expect_equal %0, dense<> : tensor<0x2xf32> : tensor<?x2xf32, #nn.dims<"u">>
  return
}

func.func @bind_negative(%x: tensor<2xf32> {check.value = dense<[1.0, 2.0]> : tensor<2xf32>}, %s: tensor<1xi64> {check.value = dense<[-1]> : tensor<1xi64>}) attributes {check.error = "a size computed at run time is negative"} {
  nn.bind %s ["u"] : tensor<1xi64>
  %0 = nn.expand %x : (tensor<2xf32>) -> tensor<?x2xf32, #nn.dims<"u">>
  check.expect_equal %0, dense<> : tensor<0x2xf32> : tensor<?x2xf32, #nn.dims<"u">>
  return
}

func.func @bind_too_large(%x: tensor<2xf32> {check.value = dense<[1.0, 2.0]> : tensor<2xf32>}, %s: tensor<1xi64> {check.value = dense<[2305843009213693952]> : tensor<1xi64>}) attributes {check.error = "not enough memory"} {
  nn.bind %s ["u"] : tensor<1xi64>
  %0 = nn.expand %x : (tensor<2xf32>) -> tensor<?x2xf32, #nn.dims<"u">>
  check.expect_equal %0, dense<> : tensor<0x2xf32> : tensor<?x2xf32, #nn.dims<"u">>
  return
}

func.func @bind_any(%x: tensor<4xf32> {check.value = dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>}, %s: tensor<1xi64> {check.value = dense<[-1]> : tensor<1xi64>}) {
  nn.bind %s ["u"] {any} : tensor<1xi64>
  %0 = nn.dims ["u + 4"] : tensor<1xi64>
  check.expect_equal %0, dense<3> : tensor<1xi64> : tensor<1xi64>
  return
}
