// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// Runs of growing width are merged; NaN is larger than everything else.
// CHECK-LABEL: func.func @sort
// CHECK: scf.while
// CHECK: arith.cmpf olt
// CHECK: arith.cmpf uno
// CHECK: tensor.insert
func.func @sort(%x: tensor<2x7x1xf32>) -> tensor<2x7xi64> {
  %y = nn.arg_sort %x : (tensor<2x7x1xf32>) -> tensor<2x7xi64>
  return %y : tensor<2x7xi64>
}

// CHECK-LABEL: func.func @suppress
// CHECK: scf.for
// CHECK:   arith.divf
// CHECK:   scf.if
// CHECK:     tensor.insert
func.func @suppress(%boxes: tensor<1x6x4xf32>, %scores: tensor<1x2x6xf32>, %order: tensor<2x6xi64>, %limit: tensor<i64>, %iou: tensor<f32>, %least: tensor<f32>)
    -> (tensor<12x3xi64>, tensor<i64>) {
  %y:2 = nn.non_max_suppression %boxes, %scores, %order, %limit, %iou, %least
      : (tensor<1x6x4xf32>, tensor<1x2x6xf32>, tensor<2x6xi64>, tensor<i64>, tensor<f32>, tensor<f32>) -> (tensor<12x3xi64>, tensor<i64>)
  return %y#0, %y#1 : tensor<12x3xi64>, tensor<i64>
}

//--- run.mlir
// Equal rows keep their order, both ways; NaN is the largest.
func.func @rows(%x: tensor<2x7x1xf32> {check.value = dense<[[[3.0], [1.0], [2.0], [1.0], [0x7FC00000], [0xFF800000], [0x7F800000]], [[0.0], [-0.0], [-1.0], [5.0], [5.0], [2.0], [0x7FC00000]]]> : tensor<2x7x1xf32>}) {
  %0 = nn.arg_sort %x : (tensor<2x7x1xf32>) -> tensor<2x7xi64>
  check.expect_equal %0, dense<[[5, 1, 3, 2, 0, 6, 4], [2, 0, 1, 5, 3, 4, 6]]> : tensor<2x7xi64> : tensor<2x7xi64>
  %1 = nn.arg_sort %x {descending} : (tensor<2x7x1xf32>) -> tensor<2x7xi64>
  check.expect_equal %1, dense<[[4, 6, 0, 2, 1, 3, 5], [6, 3, 4, 5, 0, 1, 2]]> : tensor<2x7xi64> : tensor<2x7xi64>
  return
}

func.func @lexicographic(%x: tensor<1x5x2xi64> {check.value = dense<[[[2, 1], [1, 9], [2, 0], [1, 9], [-5, 3]]]> : tensor<1x5x2xi64>}) {
  %0 = nn.arg_sort %x : (tensor<1x5x2xi64>) -> tensor<1x5xi64>
  check.expect_equal %0, dense<[[4, 1, 3, 2, 0]]> : tensor<1x5xi64> : tensor<1x5xi64>
  %1 = nn.arg_sort %x {descending} : (tensor<1x5x2xi64>) -> tensor<1x5xi64>
  check.expect_equal %1, dense<[[0, 2, 1, 3, 4]]> : tensor<1x5xi64> : tensor<1x5xi64>
  return
}

func.func @sort_i8(%x: tensor<1x4x1xi8> {check.value = dense<[[[5], [-100], [5], [7]]]> : tensor<1x4x1xi8>}) {
  %0 = nn.arg_sort %x : (tensor<1x4x1xi8>) -> tensor<1x4xi64>
  check.expect_equal %0, dense<[[1, 0, 2, 3]]> : tensor<1x4xi64> : tensor<1x4xi64>
  %1 = nn.arg_sort %x {descending} : (tensor<1x4x1xi8>) -> tensor<1x4xi64>
  check.expect_equal %1, dense<[[3, 0, 2, 1]]> : tensor<1x4xi64> : tensor<1x4xi64>
  return
}

func.func @sort_ui8(%x: tensor<1x4x1xui8> {check.value = dense<[[[5], [200], [5], [7]]]> : tensor<1x4x1xui8>}) {
  %0 = nn.arg_sort %x : (tensor<1x4x1xui8>) -> tensor<1x4xi64>
  check.expect_equal %0, dense<[[0, 2, 3, 1]]> : tensor<1x4xi64> : tensor<1x4xi64>
  %1 = nn.arg_sort %x {descending} : (tensor<1x4x1xui8>) -> tensor<1x4xi64>
  check.expect_equal %1, dense<[[1, 3, 0, 2]]> : tensor<1x4xi64> : tensor<1x4xi64>
  return
}

func.func @sort_f16(%x: tensor<1x4x1xf16> {check.value = dense<[[[5.0], [-1.0e+02], [5.0], [7.0]]]> : tensor<1x4x1xf16>}) {
  %0 = nn.arg_sort %x : (tensor<1x4x1xf16>) -> tensor<1x4xi64>
  check.expect_equal %0, dense<[[1, 0, 2, 3]]> : tensor<1x4xi64> : tensor<1x4xi64>
  %1 = nn.arg_sort %x {descending} : (tensor<1x4x1xf16>) -> tensor<1x4xi64>
  check.expect_equal %1, dense<[[3, 0, 2, 1]]> : tensor<1x4xi64> : tensor<1x4xi64>
  return
}

func.func @sort_f64(%x: tensor<1x4x1xf64> {check.value = dense<[[[5.0], [-100.0], [5.0], [7.0]]]> : tensor<1x4x1xf64>}) {
  %0 = nn.arg_sort %x : (tensor<1x4x1xf64>) -> tensor<1x4xi64>
  check.expect_equal %0, dense<[[1, 0, 2, 3]]> : tensor<1x4xi64> : tensor<1x4xi64>
  %1 = nn.arg_sort %x {descending} : (tensor<1x4x1xf64>) -> tensor<1x4xi64>
  check.expect_equal %1, dense<[[3, 0, 2, 1]]> : tensor<1x4xi64> : tensor<1x4xi64>
  return
}

func.func @sort_ui64(%x: tensor<1x4x1xui64> {check.value = dense<[[[5], [200], [5], [7]]]> : tensor<1x4x1xui64>}) {
  %0 = nn.arg_sort %x : (tensor<1x4x1xui64>) -> tensor<1x4xi64>
  check.expect_equal %0, dense<[[0, 2, 3, 1]]> : tensor<1x4xi64> : tensor<1x4xi64>
  %1 = nn.arg_sort %x {descending} : (tensor<1x4x1xui64>) -> tensor<1x4xi64>
  check.expect_equal %1, dense<[[1, 3, 0, 2]]> : tensor<1x4xi64> : tensor<1x4xi64>
  return
}

func.func @sort_i32(%x: tensor<1x4x1xi32> {check.value = dense<[[[5], [-100], [5], [7]]]> : tensor<1x4x1xi32>}) {
  %0 = nn.arg_sort %x : (tensor<1x4x1xi32>) -> tensor<1x4xi64>
  check.expect_equal %0, dense<[[1, 0, 2, 3]]> : tensor<1x4xi64> : tensor<1x4xi64>
  %1 = nn.arg_sort %x {descending} : (tensor<1x4x1xi32>) -> tensor<1x4xi64>
  check.expect_equal %1, dense<[[3, 0, 2, 1]]> : tensor<1x4xi64> : tensor<1x4xi64>
  return
}

func.func @merges(%x: tensor<1x33x1xf32> {check.value = dense<[[[7.0], [0.0], [1.0], [2.0], [1.0], [7.0], [7.0], [5.0], [0.0], [0.0], [2.0], [3.0], [5.0], [4.0], [2.0], [1.0], [6.0], [6.0], [0.0], [1.0], [4.0], [3.0], [7.0], [4.0], [3.0], [3.0], [5.0], [5.0], [1.0], [6.0], [6.0], [8.0], [7.0]]]> : tensor<1x33x1xf32>}) {
  %0 = nn.arg_sort %x : (tensor<1x33x1xf32>) -> tensor<1x33xi64>
  check.expect_equal %0, dense<[[1, 8, 9, 18, 2, 4, 15, 19, 28, 3, 10, 14, 11, 21, 24, 25, 13, 20, 23, 7, 12, 26, 27, 16, 17, 29, 30, 0, 5, 6, 22, 32, 31]]> : tensor<1x33xi64> : tensor<1x33xi64>
  return
}

func.func @one_row(%x: tensor<1x1x1xf32> {check.value = dense<[[[4.0]]]> : tensor<1x1x1xf32>}) {
  %0 = nn.arg_sort %x : (tensor<1x1x1xf32>) -> tensor<1x1xi64>
  check.expect_equal %0, dense<[[0]]> : tensor<1x1xi64> : tensor<1x1xi64>
  return
}

func.func @no_rows(%x: tensor<2x0x1xf32> {check.value = dense<> : tensor<2x0x1xf32>}) {
  %0 = nn.arg_sort %x : (tensor<2x0x1xf32>) -> tensor<2x0xi64>
  check.expect_equal %0, dense<> : tensor<2x0xi64> : tensor<2x0xi64>
  return
}

func.func @dynamic(%x: tensor<?x?x1xf32, #nn.dims<"B", "N">> {check.value = dense<[[[3.0], [1.0], [2.0], [1.0], [0x7FC00000], [0xFF800000], [0x7F800000]], [[0.0], [-0.0], [-1.0], [5.0], [5.0], [2.0], [0x7FC00000]]]> : tensor<2x7x1xf32>}) {
  %0 = nn.arg_sort %x : (tensor<?x?x1xf32, #nn.dims<"B", "N">>) -> tensor<?x?xi64, #nn.dims<"B", "N">>
  check.expect_equal %0, dense<[[5, 1, 3, 2, 0, 6, 4], [2, 0, 1, 5, 3, 4, 6]]> : tensor<2x7xi64> : tensor<?x?xi64, #nn.dims<"B", "N">>
  return
}

func.func @suppress_limit(%b: tensor<1x6x4xf32> {check.value = dense<[[[0.0, 0.0, 1.0, 1.0], [0.0, 0.1, 1.0, 1.1], [0.0, -0.1, 1.0, 0.9], [0.0, 10.0, 1.0, 11.0], [0.0, 10.1, 1.0, 11.1], [0.0, 100.0, 1.0, 101.0]]]> : tensor<1x6x4xf32>}, %s: tensor<1x1x6xf32> {check.value = dense<[[[0.9, 0.75, 0.6, 0.95, 0.5, 0.3]]]> : tensor<1x1x6xf32>}, %o: tensor<1x6xi64> {check.value = dense<[[3, 0, 1, 2, 4, 5]]> : tensor<1x6xi64>}, %limit: tensor<i64> {check.value = dense<3> : tensor<i64>}, %iou: tensor<f32> {check.value = dense<0.5> : tensor<f32>}, %least: tensor<f32> {check.value = dense<0.0> : tensor<f32>}) {
  %0:2 = nn.non_max_suppression %b, %s, %o, %limit, %iou, %least : (tensor<1x6x4xf32>, tensor<1x1x6xf32>, tensor<1x6xi64>, tensor<i64>, tensor<f32>, tensor<f32>) -> (tensor<6x3xi64>, tensor<i64>)
  check.expect_equal %0#0, dense<[[0, 0, 3], [0, 0, 0], [0, 0, 5], [0, 0, 0], [0, 0, 0], [0, 0, 0]]> : tensor<6x3xi64> : tensor<6x3xi64>
  check.expect_equal %0#1, dense<3> : tensor<i64> : tensor<i64>
  return
}

// Rows beyond the count are 0.
func.func @suppress_scores(%b: tensor<1x6x4xf32> {check.value = dense<[[[0.0, 0.0, 1.0, 1.0], [0.0, 0.1, 1.0, 1.1], [0.0, -0.1, 1.0, 0.9], [0.0, 10.0, 1.0, 11.0], [0.0, 10.1, 1.0, 11.1], [0.0, 100.0, 1.0, 101.0]]]> : tensor<1x6x4xf32>}, %s: tensor<1x1x6xf32> {check.value = dense<[[[0.9, 0.75, 0.6, 0.95, 0.5, 0.3]]]> : tensor<1x1x6xf32>}, %o: tensor<1x6xi64> {check.value = dense<[[3, 0, 1, 2, 4, 5]]> : tensor<1x6xi64>}, %limit: tensor<i64> {check.value = dense<9> : tensor<i64>}, %iou: tensor<f32> {check.value = dense<0.5> : tensor<f32>}, %least: tensor<f32> {check.value = dense<0.4> : tensor<f32>}) {
  %0:2 = nn.non_max_suppression %b, %s, %o, %limit, %iou, %least : (tensor<1x6x4xf32>, tensor<1x1x6xf32>, tensor<1x6xi64>, tensor<i64>, tensor<f32>, tensor<f32>) -> (tensor<6x3xi64>, tensor<i64>)
  check.expect_equal %0#0, dense<[[0, 0, 3], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]> : tensor<6x3xi64> : tensor<6x3xi64>
  check.expect_equal %0#1, dense<2> : tensor<i64> : tensor<i64>
  return
}

// Which opposite corners are given does not matter.
func.func @suppress_flipped(%b: tensor<1x6x4xf32> {check.value = dense<[[[1.0, 1.0, 0.0, 0.0], [1.0, 1.1, 0.0, 0.1], [1.0, 0.9, 0.0, -0.1], [1.0, 11.0, 0.0, 10.0], [1.0, 11.1, 0.0, 10.1], [1.0, 101.0, 0.0, 100.0]]]> : tensor<1x6x4xf32>}, %s: tensor<1x1x6xf32> {check.value = dense<[[[0.9, 0.75, 0.6, 0.95, 0.5, 0.3]]]> : tensor<1x1x6xf32>}, %o: tensor<1x6xi64> {check.value = dense<[[3, 0, 1, 2, 4, 5]]> : tensor<1x6xi64>}, %limit: tensor<i64> {check.value = dense<9> : tensor<i64>}, %iou: tensor<f32> {check.value = dense<0.5> : tensor<f32>}, %least: tensor<f32> {check.value = dense<0.0> : tensor<f32>}) {
  %0:2 = nn.non_max_suppression %b, %s, %o, %limit, %iou, %least : (tensor<1x6x4xf32>, tensor<1x1x6xf32>, tensor<1x6xi64>, tensor<i64>, tensor<f32>, tensor<f32>) -> (tensor<6x3xi64>, tensor<i64>)
  check.expect_equal %0#0, dense<[[0, 0, 3], [0, 0, 0], [0, 0, 5], [0, 0, 0], [0, 0, 0], [0, 0, 0]]> : tensor<6x3xi64> : tensor<6x3xi64>
  check.expect_equal %0#1, dense<3> : tensor<i64> : tensor<i64>
  return
}

func.func @suppress_center(%b: tensor<1x6x4xf32> {check.value = dense<[[[0.5, 0.5, 1.0, 1.0], [0.5, 0.6, 1.0, 1.0], [0.5, 0.4, 1.0, 1.0], [0.5, 10.5, 1.0, 1.0], [0.5, 10.6, 1.0, 1.0], [0.5, 100.5, 1.0, 1.0]]]> : tensor<1x6x4xf32>}, %s: tensor<1x1x6xf32> {check.value = dense<[[[0.9, 0.75, 0.6, 0.95, 0.5, 0.3]]]> : tensor<1x1x6xf32>}, %o: tensor<1x6xi64> {check.value = dense<[[3, 0, 1, 2, 4, 5]]> : tensor<1x6xi64>}, %limit: tensor<i64> {check.value = dense<9> : tensor<i64>}, %iou: tensor<f32> {check.value = dense<0.5> : tensor<f32>}, %least: tensor<f32> {check.value = dense<0.0> : tensor<f32>}) {
  %0:2 = nn.non_max_suppression %b, %s, %o, %limit, %iou, %least {center} : (tensor<1x6x4xf32>, tensor<1x1x6xf32>, tensor<1x6xi64>, tensor<i64>, tensor<f32>, tensor<f32>) -> (tensor<6x3xi64>, tensor<i64>)
  check.expect_equal %0#0, dense<[[0, 0, 3], [0, 0, 0], [0, 0, 5], [0, 0, 0], [0, 0, 0], [0, 0, 0]]> : tensor<6x3xi64> : tensor<6x3xi64>
  check.expect_equal %0#1, dense<3> : tensor<i64> : tensor<i64>
  return
}

// Each batch entry and class by itself.
func.func @suppress_batches(%b: tensor<2x6x4xf32> {check.value = dense<[[[0.0, 0.0, 1.0, 1.0], [0.0, 0.1, 1.0, 1.1], [0.0, -0.1, 1.0, 0.9], [0.0, 10.0, 1.0, 11.0], [0.0, 10.1, 1.0, 11.1], [0.0, 100.0, 1.0, 101.0]], [[2.0, 2.0, 1.0, 1.0], [2.0, 2.1, 1.0, 1.1], [2.0, 1.9, 1.0, 0.9], [2.0, 12.0, 1.0, 11.0], [2.0, 12.1, 1.0, 11.1], [2.0, 102.0, 1.0, 101.0]]]> : tensor<2x6x4xf32>}, %s: tensor<2x2x6xf32> {check.value = dense<[[[0.9, 0.75, 0.6, 0.95, 0.5, 0.3], [0.3, 0.5, 0.95, 0.6, 0.75, 0.9]], [[0.9, 0.75, 0.6, 0.95, 0.5, 0.3], [0.3, 0.5, 0.95, 0.6, 0.75, 0.9]]]> : tensor<2x2x6xf32>}, %o: tensor<4x6xi64> {check.value = dense<[[3, 0, 1, 2, 4, 5], [2, 5, 4, 3, 1, 0], [3, 0, 1, 2, 4, 5], [2, 5, 4, 3, 1, 0]]> : tensor<4x6xi64>}, %limit: tensor<i64> {check.value = dense<2> : tensor<i64>}, %iou: tensor<f32> {check.value = dense<0.5> : tensor<f32>}, %least: tensor<f32> {check.value = dense<0.0> : tensor<f32>}) {
  %0:2 = nn.non_max_suppression %b, %s, %o, %limit, %iou, %least : (tensor<2x6x4xf32>, tensor<2x2x6xf32>, tensor<4x6xi64>, tensor<i64>, tensor<f32>, tensor<f32>) -> (tensor<24x3xi64>, tensor<i64>)
  check.expect_equal %0#0, dense<[[0, 0, 3], [0, 0, 0], [0, 1, 2], [0, 1, 5], [1, 0, 3], [1, 0, 0], [1, 1, 2], [1, 1, 5], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]]> : tensor<24x3xi64> : tensor<24x3xi64>
  check.expect_equal %0#1, dense<8> : tensor<i64> : tensor<i64>
  return
}

func.func @suppress_none(%b: tensor<1x6x4xf32> {check.value = dense<[[[0.0, 0.0, 1.0, 1.0], [0.0, 0.1, 1.0, 1.1], [0.0, -0.1, 1.0, 0.9], [0.0, 10.0, 1.0, 11.0], [0.0, 10.1, 1.0, 11.1], [0.0, 100.0, 1.0, 101.0]]]> : tensor<1x6x4xf32>}, %s: tensor<1x1x6xf32> {check.value = dense<[[[0.9, 0.75, 0.6, 0.95, 0.5, 0.3]]]> : tensor<1x1x6xf32>}, %o: tensor<1x6xi64> {check.value = dense<[[3, 0, 1, 2, 4, 5]]> : tensor<1x6xi64>}, %limit: tensor<i64> {check.value = dense<0> : tensor<i64>}, %iou: tensor<f32> {check.value = dense<0.5> : tensor<f32>}, %least: tensor<f32> {check.value = dense<0.0> : tensor<f32>}) {
  %0:2 = nn.non_max_suppression %b, %s, %o, %limit, %iou, %least : (tensor<1x6x4xf32>, tensor<1x1x6xf32>, tensor<1x6xi64>, tensor<i64>, tensor<f32>, tensor<f32>) -> (tensor<6x3xi64>, tensor<i64>)
  check.expect_equal %0#0, dense<0> : tensor<6x3xi64> : tensor<6x3xi64>
  check.expect_equal %0#1, dense<0> : tensor<i64> : tensor<i64>
  return
}

func.func @suppress_dynamic(%b: tensor<1x?x4xf32, #nn.dims<"N">> {check.value = dense<[[[0.0, 0.0, 1.0, 1.0], [0.0, 0.1, 1.0, 1.1], [0.0, -0.1, 1.0, 0.9], [0.0, 10.0, 1.0, 11.0], [0.0, 10.1, 1.0, 11.1], [0.0, 100.0, 1.0, 101.0]]]> : tensor<1x6x4xf32>}, %s: tensor<1x1x?xf32, #nn.dims<"N">> {check.value = dense<[[[0.9, 0.75, 0.6, 0.95, 0.5, 0.3]]]> : tensor<1x1x6xf32>}, %o: tensor<1x?xi64, #nn.dims<"N">> {check.value = dense<[[3, 0, 1, 2, 4, 5]]> : tensor<1x6xi64>}, %limit: tensor<i64> {check.value = dense<3> : tensor<i64>}, %iou: tensor<f32> {check.value = dense<0.5> : tensor<f32>}, %least: tensor<f32> {check.value = dense<0.0> : tensor<f32>}) {
  %0:2 = nn.non_max_suppression %b, %s, %o, %limit, %iou, %least : (tensor<1x?x4xf32, #nn.dims<"N">>, tensor<1x1x?xf32, #nn.dims<"N">>, tensor<1x?xi64, #nn.dims<"N">>, tensor<i64>, tensor<f32>, tensor<f32>) -> (tensor<?x3xi64, #nn.dims<"N">>, tensor<i64>)
  check.expect_equal %0#0, dense<[[0, 0, 3], [0, 0, 0], [0, 0, 5], [0, 0, 0], [0, 0, 0], [0, 0, 0]]> : tensor<6x3xi64> : tensor<?x3xi64, #nn.dims<"N">>
  check.expect_equal %0#1, dense<3> : tensor<i64> : tensor<i64>
  return
}
