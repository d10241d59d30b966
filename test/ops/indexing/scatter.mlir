// Loops in row-major order of the indices, so that the last of several writes counts.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// CHECK-LABEL: func.func @elements
// CHECK: cf.assert
// CHECK: scf.for
// CHECK:   scf.for
// CHECK:     tensor.insert
func.func @elements(%x: tensor<5x4xf32>, %i: tensor<2x2xi64>, %u: tensor<2x2xf32>) -> tensor<5x4xf32> {
  %y = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 0 : i32} : (tensor<5x4xf32>, tensor<2x2xi64>, tensor<2x2xf32>) -> tensor<5x4xf32>
  return %y : tensor<5x4xf32>
}

// CHECK-LABEL: func.func @nd_add
// CHECK: cf.assert
// CHECK: scf.for
// CHECK:   arith.addf
// CHECK:   tensor.insert
func.func @nd_add(%x: tensor<5x4xf32>, %i: tensor<3x2xi64>, %u: tensor<3xf32>) -> tensor<5x4xf32> {
  %y = nn.scatter_nd %x, %i, %u {reduction = 1 : i32} : (tensor<5x4xf32>, tensor<3x2xi64>, tensor<3xf32>) -> tensor<5x4xf32>
  return %y : tensor<5x4xf32>
}

//--- run.mlir
// The later of two writes to one place counts.
func.func @elements_none(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2x2xi64> {check.value = dense<[[0, -1], [2, 2]]> : tensor<2x2xi64>}, %u: tensor<2x2xf32> {check.value = dense<[[10.0, -20.0], [30.0, -40.0]]> : tensor<2x2xf32>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 0 : i32} : (tensor<5x4xf32>, tensor<2x2xi64>, tensor<2x2xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[10.0, -2.5, -2.0, -20.0], [-1.0, -0.5, -40.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @elements_add(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2x2xi64> {check.value = dense<[[0, -1], [2, 2]]> : tensor<2x2xi64>}, %u: tensor<2x2xf32> {check.value = dense<[[10.0, -20.0], [30.0, -40.0]]> : tensor<2x2xf32>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 1 : i32} : (tensor<5x4xf32>, tensor<2x2xi64>, tensor<2x2xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[7.0, -2.5, -2.0, -21.5], [-1.0, -0.5, -10.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @elements_mul(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2x2xi64> {check.value = dense<[[0, -1], [2, 2]]> : tensor<2x2xi64>}, %u: tensor<2x2xf32> {check.value = dense<[[10.0, -20.0], [30.0, -40.0]]> : tensor<2x2xf32>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 2 : i32} : (tensor<5x4xf32>, tensor<2x2xi64>, tensor<2x2xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[-30.0, -2.5, -2.0, 30.0], [-1.0, -0.5, -0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @elements_max(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2x2xi64> {check.value = dense<[[0, -1], [2, 2]]> : tensor<2x2xi64>}, %u: tensor<2x2xf32> {check.value = dense<[[10.0, -20.0], [30.0, -40.0]]> : tensor<2x2xf32>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 3 : i32} : (tensor<5x4xf32>, tensor<2x2xi64>, tensor<2x2xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[10.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 30.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @elements_min(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2x2xi64> {check.value = dense<[[0, -1], [2, 2]]> : tensor<2x2xi64>}, %u: tensor<2x2xf32> {check.value = dense<[[10.0, -20.0], [30.0, -40.0]]> : tensor<2x2xf32>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 4 : i32} : (tensor<5x4xf32>, tensor<2x2xi64>, tensor<2x2xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[-3.0, -2.5, -2.0, -20.0], [-1.0, -0.5, -40.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

// NaN stays and wins.
func.func @nan(%x: tensor<1x3xf32> {check.value = dense<[[1.0, 0x7FC00000, 3.0]]> : tensor<1x3xf32>}, %i: tensor<1x3xi64> {check.value = dense<[[0, 1, 2]]> : tensor<1x3xi64>}, %u: tensor<1x3xf32> {check.value = dense<[[0x7FC00000, 5.0, 0xFF800000]]> : tensor<1x3xf32>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 3 : i32} : (tensor<1x3xf32>, tensor<1x3xi64>, tensor<1x3xf32>) -> tensor<1x3xf32>
  check.expect_close %0, dense<[[0x7FC00000, 0x7FC00000, 3.0]]> : tensor<1x3xf32> : tensor<1x3xf32>
  %1 = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 4 : i32} : (tensor<1x3xf32>, tensor<1x3xi64>, tensor<1x3xf32>) -> tensor<1x3xf32>
  check.expect_close %1, dense<[[0x7FC00000, 0x7FC00000, 0xFF800000]]> : tensor<1x3xf32> : tensor<1x3xf32>
  return
}

func.func @elements_i8(%x: tensor<2x2xi8> {check.value = dense<[[100, 3], [5, 60]]> : tensor<2x2xi8>}, %i: tensor<1x2xi32> {check.value = dense<1> : tensor<1x2xi32>}, %u: tensor<1x2xi8> {check.value = dense<[[90, 4]]> : tensor<1x2xi8>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 0 : i32} : (tensor<2x2xi8>, tensor<1x2xi32>, tensor<1x2xi8>) -> tensor<2x2xi8>
  check.expect_equal %0, dense<[[100, 3], [90, 4]]> : tensor<2x2xi8> : tensor<2x2xi8>
  %1 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 1 : i32} : (tensor<2x2xi8>, tensor<1x2xi32>, tensor<1x2xi8>) -> tensor<2x2xi8>
  check.expect_equal %1, dense<[[100, 3], [95, 64]]> : tensor<2x2xi8> : tensor<2x2xi8>
  %2 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 2 : i32} : (tensor<2x2xi8>, tensor<1x2xi32>, tensor<1x2xi8>) -> tensor<2x2xi8>
  check.expect_equal %2, dense<[[100, 3], [-62, -16]]> : tensor<2x2xi8> : tensor<2x2xi8>
  %3 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 3 : i32} : (tensor<2x2xi8>, tensor<1x2xi32>, tensor<1x2xi8>) -> tensor<2x2xi8>
  check.expect_equal %3, dense<[[100, 3], [90, 60]]> : tensor<2x2xi8> : tensor<2x2xi8>
  %4 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 4 : i32} : (tensor<2x2xi8>, tensor<1x2xi32>, tensor<1x2xi8>) -> tensor<2x2xi8>
  check.expect_equal %4, dense<[[100, 3], [5, 4]]> : tensor<2x2xi8> : tensor<2x2xi8>
  return
}

func.func @elements_ui8(%x: tensor<2x2xui8> {check.value = dense<[[100, 3], [5, 60]]> : tensor<2x2xui8>}, %i: tensor<1x2xi32> {check.value = dense<1> : tensor<1x2xi32>}, %u: tensor<1x2xui8> {check.value = dense<[[200, 4]]> : tensor<1x2xui8>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 0 : i32} : (tensor<2x2xui8>, tensor<1x2xi32>, tensor<1x2xui8>) -> tensor<2x2xui8>
  check.expect_equal %0, dense<[[100, 3], [200, 4]]> : tensor<2x2xui8> : tensor<2x2xui8>
  %1 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 1 : i32} : (tensor<2x2xui8>, tensor<1x2xi32>, tensor<1x2xui8>) -> tensor<2x2xui8>
  check.expect_equal %1, dense<[[100, 3], [205, 64]]> : tensor<2x2xui8> : tensor<2x2xui8>
  %2 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 2 : i32} : (tensor<2x2xui8>, tensor<1x2xi32>, tensor<1x2xui8>) -> tensor<2x2xui8>
  check.expect_equal %2, dense<[[100, 3], [232, 240]]> : tensor<2x2xui8> : tensor<2x2xui8>
  %3 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 3 : i32} : (tensor<2x2xui8>, tensor<1x2xi32>, tensor<1x2xui8>) -> tensor<2x2xui8>
  check.expect_equal %3, dense<[[100, 3], [200, 60]]> : tensor<2x2xui8> : tensor<2x2xui8>
  %4 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 4 : i32} : (tensor<2x2xui8>, tensor<1x2xi32>, tensor<1x2xui8>) -> tensor<2x2xui8>
  check.expect_equal %4, dense<[[100, 3], [5, 4]]> : tensor<2x2xui8> : tensor<2x2xui8>
  return
}

func.func @elements_i64(%x: tensor<2x2xi64> {check.value = dense<[[100, 3], [5, 60]]> : tensor<2x2xi64>}, %i: tensor<1x2xi32> {check.value = dense<1> : tensor<1x2xi32>}, %u: tensor<1x2xi64> {check.value = dense<[[90, 4]]> : tensor<1x2xi64>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 0 : i32} : (tensor<2x2xi64>, tensor<1x2xi32>, tensor<1x2xi64>) -> tensor<2x2xi64>
  check.expect_equal %0, dense<[[100, 3], [90, 4]]> : tensor<2x2xi64> : tensor<2x2xi64>
  %1 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 1 : i32} : (tensor<2x2xi64>, tensor<1x2xi32>, tensor<1x2xi64>) -> tensor<2x2xi64>
  check.expect_equal %1, dense<[[100, 3], [95, 64]]> : tensor<2x2xi64> : tensor<2x2xi64>
  %2 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 2 : i32} : (tensor<2x2xi64>, tensor<1x2xi32>, tensor<1x2xi64>) -> tensor<2x2xi64>
  check.expect_equal %2, dense<[[100, 3], [450, 240]]> : tensor<2x2xi64> : tensor<2x2xi64>
  %3 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 3 : i32} : (tensor<2x2xi64>, tensor<1x2xi32>, tensor<1x2xi64>) -> tensor<2x2xi64>
  check.expect_equal %3, dense<[[100, 3], [90, 60]]> : tensor<2x2xi64> : tensor<2x2xi64>
  %4 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 4 : i32} : (tensor<2x2xi64>, tensor<1x2xi32>, tensor<1x2xi64>) -> tensor<2x2xi64>
  check.expect_equal %4, dense<[[100, 3], [5, 4]]> : tensor<2x2xi64> : tensor<2x2xi64>
  return
}

func.func @elements_f16(%x: tensor<2x2xf16> {check.value = dense<[[1.0e+02, 3.0], [5.0, 6.0e+01]]> : tensor<2x2xf16>}, %i: tensor<1x2xi32> {check.value = dense<1> : tensor<1x2xi32>}, %u: tensor<1x2xf16> {check.value = dense<[[9.0e+01, 4.0]]> : tensor<1x2xf16>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 0 : i32} : (tensor<2x2xf16>, tensor<1x2xi32>, tensor<1x2xf16>) -> tensor<2x2xf16>
  check.expect_close %0, dense<[[1.0e+02, 3.0], [9.0e+01, 4.0]]> : tensor<2x2xf16> {rtol = 1.0e-3} : tensor<2x2xf16>
  %1 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 1 : i32} : (tensor<2x2xf16>, tensor<1x2xi32>, tensor<1x2xf16>) -> tensor<2x2xf16>
  check.expect_close %1, dense<[[1.0e+02, 3.0], [95.0, 64.0]]> : tensor<2x2xf16> {rtol = 1.0e-3} : tensor<2x2xf16>
  %2 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 2 : i32} : (tensor<2x2xf16>, tensor<1x2xi32>, tensor<1x2xf16>) -> tensor<2x2xf16>
  check.expect_close %2, dense<[[1.0e+02, 3.0], [4.5e+02, 2.4e+02]]> : tensor<2x2xf16> {rtol = 1.0e-3} : tensor<2x2xf16>
  %3 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 3 : i32} : (tensor<2x2xf16>, tensor<1x2xi32>, tensor<1x2xf16>) -> tensor<2x2xf16>
  check.expect_close %3, dense<[[1.0e+02, 3.0], [9.0e+01, 6.0e+01]]> : tensor<2x2xf16> {rtol = 1.0e-3} : tensor<2x2xf16>
  %4 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 4 : i32} : (tensor<2x2xf16>, tensor<1x2xi32>, tensor<1x2xf16>) -> tensor<2x2xf16>
  check.expect_close %4, dense<[[1.0e+02, 3.0], [5.0, 4.0]]> : tensor<2x2xf16> {rtol = 1.0e-3} : tensor<2x2xf16>
  return
}

func.func @elements_f64(%x: tensor<2x2xf64> {check.value = dense<[[100.0, 3.0], [5.0, 60.0]]> : tensor<2x2xf64>}, %i: tensor<1x2xi32> {check.value = dense<1> : tensor<1x2xi32>}, %u: tensor<1x2xf64> {check.value = dense<[[90.0, 4.0]]> : tensor<1x2xf64>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 0 : i32} : (tensor<2x2xf64>, tensor<1x2xi32>, tensor<1x2xf64>) -> tensor<2x2xf64>
  check.expect_close %0, dense<[[100.0, 3.0], [90.0, 4.0]]> : tensor<2x2xf64> : tensor<2x2xf64>
  %1 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 1 : i32} : (tensor<2x2xf64>, tensor<1x2xi32>, tensor<1x2xf64>) -> tensor<2x2xf64>
  check.expect_close %1, dense<[[100.0, 3.0], [95.0, 64.0]]> : tensor<2x2xf64> : tensor<2x2xf64>
  %2 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 2 : i32} : (tensor<2x2xf64>, tensor<1x2xi32>, tensor<1x2xf64>) -> tensor<2x2xf64>
  check.expect_close %2, dense<[[100.0, 3.0], [450.0, 240.0]]> : tensor<2x2xf64> : tensor<2x2xf64>
  %3 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 3 : i32} : (tensor<2x2xf64>, tensor<1x2xi32>, tensor<1x2xf64>) -> tensor<2x2xf64>
  check.expect_close %3, dense<[[100.0, 3.0], [90.0, 60.0]]> : tensor<2x2xf64> : tensor<2x2xf64>
  %4 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 4 : i32} : (tensor<2x2xf64>, tensor<1x2xi32>, tensor<1x2xf64>) -> tensor<2x2xf64>
  check.expect_close %4, dense<[[100.0, 3.0], [5.0, 4.0]]> : tensor<2x2xf64> : tensor<2x2xf64>
  return
}

func.func @elements_i1(%x: tensor<3xi1> {check.value = dense<[true, false, true]> : tensor<3xi1>}, %i: tensor<2xi64> {check.value = dense<[2, -2]> : tensor<2xi64>}, %u: tensor<2xi1> {check.value = dense<[false, true]> : tensor<2xi1>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 0 : i32} : (tensor<3xi1>, tensor<2xi64>, tensor<2xi1>) -> tensor<3xi1>
  check.expect_equal %0, dense<[true, true, false]> : tensor<3xi1> : tensor<3xi1>
  return
}

func.func @dynamic(%x: tensor<?x4xf32, #nn.dims<"N">> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<?x2xi64, #nn.dims<"M">> {check.value = dense<[[0, -1], [2, 2]]> : tensor<2x2xi64>}, %u: tensor<?x2xf32, #nn.dims<"M">> {check.value = dense<[[10.0, -20.0], [30.0, -40.0]]> : tensor<2x2xf32>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 1 : i32} : (tensor<?x4xf32, #nn.dims<"N">>, tensor<?x2xi64, #nn.dims<"M">>, tensor<?x2xf32, #nn.dims<"M">>) -> tensor<?x4xf32, #nn.dims<"N">>
  check.expect_close %0, dense<[[7.0, -2.5, -2.0, -21.5], [-1.0, -0.5, -10.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32> : tensor<?x4xf32, #nn.dims<"N">>
  return
}

func.func @outside(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<1x1xi64> {check.value = dense<[[4]]> : tensor<1x1xi64>}, %u: tensor<1x1xf32> {check.value = dense<[[1.0]]> : tensor<1x1xf32>}) attributes {check.error = "an index is outside its dimension"} {
  %0 = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 0 : i32} : (tensor<5x4xf32>, tensor<1x1xi64>, tensor<1x1xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @fewer_updates(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<?x2xi64, #nn.dims<"M">> {check.value = dense<[[0, -1], [2, 2]]> : tensor<2x2xi64>}, %u: tensor<?x2xf32, #nn.dims<"K">> {check.value = dense<[[10.0, -20.0], [30.0, -40.0]]> : tensor<2x2xf32>}) {
  %0 = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 0 : i32} : (tensor<5x4xf32>, tensor<?x2xi64, #nn.dims<"M">>, tensor<?x2xf32, #nn.dims<"K">>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[10.0, -2.5, -2.0, -20.0], [-1.0, -0.5, -40.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @updates_differ(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<?x2xi64, #nn.dims<"M">> {check.value = dense<[[0, -1], [2, 2]]> : tensor<2x2xi64>}, %u: tensor<?x2xf32, #nn.dims<"K">> {check.value = dense<[[10.0, -20.0]]> : tensor<1x2xf32>}) attributes {check.error = "indices and updates of a scatter differ"} {
  %0 = nn.scatter_elements %x, %i, %u {axis = 1 : i64, reduction = 0 : i32} : (tensor<5x4xf32>, tensor<?x2xi64, #nn.dims<"M">>, tensor<?x2xf32, #nn.dims<"K">>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @tuples_none(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<3x2xi64> {check.value = dense<[[0, 1], [-1, -1], [0, 1]]> : tensor<3x2xi64>}, %u: tensor<3xf32> {check.value = dense<[7.0, 8.0, 9.0]> : tensor<3xf32>}) {
  %0 = nn.scatter_nd %x, %i, %u {reduction = 0 : i32} : (tensor<5x4xf32>, tensor<3x2xi64>, tensor<3xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[-3.0, 9.0, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 8.0]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @tuples_add(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<3x2xi64> {check.value = dense<[[0, 1], [-1, -1], [0, 1]]> : tensor<3x2xi64>}, %u: tensor<3xf32> {check.value = dense<[7.0, 8.0, 9.0]> : tensor<3xf32>}) {
  %0 = nn.scatter_nd %x, %i, %u {reduction = 1 : i32} : (tensor<5x4xf32>, tensor<3x2xi64>, tensor<3xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[-3.0, 13.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 14.5]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @tuples_mul(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<3x2xi64> {check.value = dense<[[0, 1], [-1, -1], [0, 1]]> : tensor<3x2xi64>}, %u: tensor<3xf32> {check.value = dense<[7.0, 8.0, 9.0]> : tensor<3xf32>}) {
  %0 = nn.scatter_nd %x, %i, %u {reduction = 2 : i32} : (tensor<5x4xf32>, tensor<3x2xi64>, tensor<3xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[-3.0, -157.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 52.0]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @tuples_max(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<3x2xi64> {check.value = dense<[[0, 1], [-1, -1], [0, 1]]> : tensor<3x2xi64>}, %u: tensor<3xf32> {check.value = dense<[7.0, 8.0, 9.0]> : tensor<3xf32>}) {
  %0 = nn.scatter_nd %x, %i, %u {reduction = 3 : i32} : (tensor<5x4xf32>, tensor<3x2xi64>, tensor<3xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[-3.0, 9.0, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 8.0]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @tuples_min(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<3x2xi64> {check.value = dense<[[0, 1], [-1, -1], [0, 1]]> : tensor<3x2xi64>}, %u: tensor<3xf32> {check.value = dense<[7.0, 8.0, 9.0]> : tensor<3xf32>}) {
  %0 = nn.scatter_nd %x, %i, %u {reduction = 4 : i32} : (tensor<5x4xf32>, tensor<3x2xi64>, tensor<3xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @tuples_of_slices(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2x1xi64> {check.value = dense<[[1], [-1]]> : tensor<2x1xi64>}, %u: tensor<2x4xf32> {check.value = dense<[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]> : tensor<2x4xf32>}) {
  %0 = nn.scatter_nd %x, %i, %u {reduction = 1 : i32} : (tensor<5x4xf32>, tensor<2x1xi64>, tensor<2x4xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[-3.0, -2.5, -2.0, -1.5], [0.0, 1.5, 3.0, 4.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [10.0, 11.5, 13.0, 14.5]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @tuples_dynamic(%x: tensor<?x4xf32, #nn.dims<"N">> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<?x1xi64, #nn.dims<"M">> {check.value = dense<[[1], [-1]]> : tensor<2x1xi64>}, %u: tensor<?x4xf32, #nn.dims<"M">> {check.value = dense<[[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]> : tensor<2x4xf32>}) {
  %0 = nn.scatter_nd %x, %i, %u {reduction = 0 : i32} : (tensor<?x4xf32, #nn.dims<"N">>, tensor<?x1xi64, #nn.dims<"M">>, tensor<?x4xf32, #nn.dims<"M">>) -> tensor<?x4xf32, #nn.dims<"N">>
  check.expect_close %0, dense<[[-3.0, -2.5, -2.0, -1.5], [1.0, 2.0, 3.0, 4.0], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 6.0, 7.0, 8.0]]> : tensor<5x4xf32> : tensor<?x4xf32, #nn.dims<"N">>
  return
}

func.func @tuples_outside(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<1x1xi64> {check.value = dense<[[5]]> : tensor<1x1xi64>}, %u: tensor<1x4xf32> {check.value = dense<[[1.0, 2.0, 3.0, 4.0]]> : tensor<1x4xf32>}) attributes {check.error = "an index is outside its dimension"} {
  %0 = nn.scatter_nd %x, %i, %u {reduction = 0 : i32} : (tensor<5x4xf32>, tensor<1x1xi64>, tensor<1x4xf32>) -> tensor<5x4xf32>
  check.expect_close %0, dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32> : tensor<5x4xf32>
  return
}

func.func @tuples_do_not_fit(%x: tensor<5x?xf32, #nn.dims<"C">> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2x1xi64> {check.value = dense<[[1], [-1]]> : tensor<2x1xi64>}, %u: tensor<2x?xf32, #nn.dims<"D">> {check.value = dense<[[1.0, 2.0, 3.0], [5.0, 6.0, 7.0]]> : tensor<2x3xf32>}) attributes {check.error = "updates of a scatter do not fit"} {
  %0 = nn.scatter_nd %x, %i, %u {reduction = 0 : i32} : (tensor<5x?xf32, #nn.dims<"C">>, tensor<2x1xi64>, tensor<2x?xf32, #nn.dims<"D">>) -> tensor<5x?xf32, #nn.dims<"C">>
  check.expect_close %0, dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32> : tensor<5x?xf32, #nn.dims<"C">>
  return
}
