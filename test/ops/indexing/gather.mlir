// Indices are checked once for the whole tensor, and clamped where they are used.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// CHECK-LABEL: func.func @gather
// CHECK: linalg.generic {{.*}}"reduction"
// CHECK: cf.assert %{{.*}}, "an index is outside its dimension"
// CHECK: linalg.generic
// CHECK: arith.minsi
// CHECK: arith.maxsi
// CHECK: tensor.extract
func.func @gather(%x: tensor<5x4xf32>, %i: tensor<3xi64>) -> tensor<3x4xf32> {
  %y = nn.gather %x, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<3xi64>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// CHECK-LABEL: func.func @gather_elements
// CHECK: cf.assert
// CHECK: tensor.extract
func.func @gather_elements(%x: tensor<5x4xf32>, %i: tensor<5x2xi32>) -> tensor<5x2xf32> {
  %y = nn.gather_elements %x, %i {axis = 1 : i64} : (tensor<5x4xf32>, tensor<5x2xi32>) -> tensor<5x2xf32>
  return %y : tensor<5x2xf32>
}

// CHECK-LABEL: func.func @gather_nd
// CHECK: cf.assert
// CHECK: tensor.extract
func.func @gather_nd(%x: tensor<5x4xf32>, %i: tensor<3x2xi64>) -> tensor<3xf32> {
  %y = nn.gather_nd %x, %i {batch_dims = 0 : i64} : (tensor<5x4xf32>, tensor<3x2xi64>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

//--- run.mlir
// Negative indices count from the end.
func.func @rows(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2x2xi64> {check.value = dense<[[4, 0], [-1, -5]]> : tensor<2x2xi64>}) {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<2x2xi64>) -> tensor<2x2x4xf32>
  check.expect_close %0, dense<[[[5.0, 5.5, 6.0, 6.5], [-3.0, -2.5, -2.0, -1.5]], [[5.0, 5.5, 6.0, 6.5], [-3.0, -2.5, -2.0, -1.5]]]> : tensor<2x2x4xf32> : tensor<2x2x4xf32>
  return
}

func.func @columns_i32(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<3xi32> {check.value = dense<[3, -4, 1]> : tensor<3xi32>}) {
  %0 = nn.gather %x, %i {axis = 1 : i64} : (tensor<5x4xf32>, tensor<3xi32>) -> tensor<5x3xf32>
  check.expect_close %0, dense<[[-1.5, -3.0, -2.5], [0.5, -1.0, -0.5], [2.5, 1.0, 1.5], [4.5, 3.0, 3.5], [6.5, 5.0, 5.5]]> : tensor<5x3xf32> : tensor<5x3xf32>
  return
}

func.func @scalar_index(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<i64> {check.value = dense<-2> : tensor<i64>}) {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<i64>) -> tensor<4xf32>
  check.expect_close %0, dense<[3.0, 3.5, 4.0, 4.5]> : tensor<4xf32> : tensor<4xf32>
  return
}

func.func @gather_f16(%x: tensor<6xf16> {check.value = dense<[-1.0, 0.0, 1.0, 2.0, -1.0, 0.0]> : tensor<6xf16>}, %i: tensor<3xi64> {check.value = dense<[5, 0, -2]> : tensor<3xi64>}) {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<6xf16>, tensor<3xi64>) -> tensor<3xf16>
  check.expect_equal %0, dense<[0.0, -1.0, -1.0]> : tensor<3xf16> : tensor<3xf16>
  return
}

func.func @gather_i8(%x: tensor<6xi8> {check.value = dense<[-1, 0, 1, 2, -1, 0]> : tensor<6xi8>}, %i: tensor<3xi64> {check.value = dense<[5, 0, -2]> : tensor<3xi64>}) {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<6xi8>, tensor<3xi64>) -> tensor<3xi8>
  check.expect_equal %0, dense<[0, -1, -1]> : tensor<3xi8> : tensor<3xi8>
  return
}

func.func @gather_ui64(%x: tensor<6xui64> {check.value = dense<[0, 1, 2, 0, 1, 2]> : tensor<6xui64>}, %i: tensor<3xi64> {check.value = dense<[5, 0, -2]> : tensor<3xi64>}) {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<6xui64>, tensor<3xi64>) -> tensor<3xui64>
  check.expect_equal %0, dense<[2, 0, 1]> : tensor<3xui64> : tensor<3xui64>
  return
}

func.func @gather_f64(%x: tensor<6xf64> {check.value = dense<[-1.0, 0.0, 1.0, 2.0, -1.0, 0.0]> : tensor<6xf64>}, %i: tensor<3xi64> {check.value = dense<[5, 0, -2]> : tensor<3xi64>}) {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<6xf64>, tensor<3xi64>) -> tensor<3xf64>
  check.expect_equal %0, dense<[0.0, -1.0, -1.0]> : tensor<3xf64> : tensor<3xf64>
  return
}

func.func @gather_i1(%x: tensor<6xi1> {check.value = dense<[false, true, true, false, true, true]> : tensor<6xi1>}, %i: tensor<3xi64> {check.value = dense<[5, 0, -2]> : tensor<3xi64>}) {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<6xi1>, tensor<3xi64>) -> tensor<3xi1>
  check.expect_equal %0, dense<[true, false, true]> : tensor<3xi1> : tensor<3xi1>
  return
}

func.func @gather_bf16(%x: tensor<6xbf16> {check.value = dense<[-1.0, 0.0, 1.0, 2.0, -1.0, 0.0]> : tensor<6xbf16>}, %i: tensor<3xi64> {check.value = dense<[5, 0, -2]> : tensor<3xi64>}) {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<6xbf16>, tensor<3xi64>) -> tensor<3xbf16>
  check.expect_equal %0, dense<[0.0, -1.0, -1.0]> : tensor<3xbf16> : tensor<3xbf16>
  return
}

func.func @no_index(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<0xi64> {check.value = dense<> : tensor<0xi64>}) {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<0xi64>) -> tensor<0x4xf32>
  check.expect_close %0, dense<> : tensor<0x4xf32> : tensor<0x4xf32>
  return
}

// Indices count in the size that the run has.
func.func @dynamic(%x: tensor<?x4xf32, #nn.dims<"N">> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<?xi64, #nn.dims<"M">> {check.value = dense<[1, -1]> : tensor<2xi64>}) {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<?x4xf32, #nn.dims<"N">>, tensor<?xi64, #nn.dims<"M">>) -> tensor<?x4xf32, #nn.dims<"M">>
  check.expect_close %0, dense<[[-1.0, -0.5, 0.0, 0.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<2x4xf32> : tensor<?x4xf32, #nn.dims<"M">>
  return
}

func.func @too_large(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2xi64> {check.value = dense<[0, 5]> : tensor<2xi64>}) attributes {check.error = "an index is outside its dimension"} {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<2xi64>) -> tensor<2x4xf32>
  check.expect_close %0, dense<[[-3.0, -2.5, -2.0, -1.5], [-3.0, -2.5, -2.0, -1.5]]> : tensor<2x4xf32> : tensor<2x4xf32>
  return
}

func.func @too_small(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2xi64> {check.value = dense<[-6, 0]> : tensor<2xi64>}) attributes {check.error = "an index is outside its dimension"} {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<2xi64>) -> tensor<2x4xf32>
  check.expect_close %0, dense<[[-3.0, -2.5, -2.0, -1.5], [-3.0, -2.5, -2.0, -1.5]]> : tensor<2x4xf32> : tensor<2x4xf32>
  return
}

func.func @huge(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2xi64> {check.value = dense<[4611686018427387904, -9223372036854775808]> : tensor<2xi64>}) attributes {check.error = "an index is outside its dimension"} {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<2xi64>) -> tensor<2x4xf32>
  check.expect_close %0, dense<[[-3.0, -2.5, -2.0, -1.5], [-3.0, -2.5, -2.0, -1.5]]> : tensor<2x4xf32> : tensor<2x4xf32>
  return
}

func.func @of_nothing(%x: tensor<?x4xf32, #nn.dims<"N">> {check.value = dense<> : tensor<0x4xf32>}, %i: tensor<1xi64> {check.value = dense<[0]> : tensor<1xi64>}) attributes {check.error = "an index is outside its dimension"} {
  %0 = nn.gather %x, %i {axis = 0 : i64} : (tensor<?x4xf32, #nn.dims<"N">>, tensor<1xi64>) -> tensor<1x4xf32>
  check.expect_close %0, dense<[[-3.0, -2.5, -2.0, -1.5]]> : tensor<1x4xf32> : tensor<1x4xf32>
  return
}

func.func @elements(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<5x2xi64> {check.value = dense<[[0, -1], [3, 2], [1, 1], [-4, 0], [2, -2]]> : tensor<5x2xi64>}) {
  %0 = nn.gather_elements %x, %i {axis = 1 : i64} : (tensor<5x4xf32>, tensor<5x2xi64>) -> tensor<5x2xf32>
  check.expect_close %0, dense<[[-3.0, -1.5], [0.5, 0.0], [1.5, 1.5], [3.0, 3.0], [6.0, 6.0]]> : tensor<5x2xf32> : tensor<5x2xf32>
  return
}

func.func @elements_rows(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2x4xi32> {check.value = dense<[[0, -1, 4, 2], [3, 2, -5, 1]]> : tensor<2x4xi32>}) {
  %0 = nn.gather_elements %x, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<2x4xi32>) -> tensor<2x4xf32>
  check.expect_close %0, dense<[[-3.0, 5.5, 6.0, 2.5], [3.0, 1.5, -2.0, 0.5]]> : tensor<2x4xf32> : tensor<2x4xf32>
  return
}

// Other dimensions of the indices may be smaller.
func.func @elements_fewer(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<1x2xi64> {check.value = dense<[[0, -1]]> : tensor<1x2xi64>}) {
  %0 = nn.gather_elements %x, %i {axis = 1 : i64} : (tensor<5x4xf32>, tensor<1x2xi64>) -> tensor<1x2xf32>
  check.expect_close %0, dense<[[-3.0, -1.5]]> : tensor<1x2xf32> : tensor<1x2xf32>
  return
}

func.func @elements_outside(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<1x2xi64> {check.value = dense<[[4, 0]]> : tensor<1x2xi64>}) attributes {check.error = "an index is outside its dimension"} {
  %0 = nn.gather_elements %x, %i {axis = 1 : i64} : (tensor<5x4xf32>, tensor<1x2xi64>) -> tensor<1x2xf32>
  check.expect_close %0, dense<[[-3.0, -2.5]]> : tensor<1x2xf32> : tensor<1x2xf32>
  return
}

func.func @elements_too_many(%x: tensor<?x4xf32, #nn.dims<"N">> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<6x1xi64> {check.value = dense<0> : tensor<6x1xi64>}) attributes {check.error = "indices reach outside the data"} {
  %0 = nn.gather_elements %x, %i {axis = 1 : i64} : (tensor<?x4xf32, #nn.dims<"N">>, tensor<6x1xi64>) -> tensor<6x1xf32>
  check.expect_close %0, dense<0.0> : tensor<6x1xf32> : tensor<6x1xf32>
  return
}

func.func @tuples(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<3x2xi64> {check.value = dense<[[0, 1], [-1, -1], [4, 0]]> : tensor<3x2xi64>}) {
  %0 = nn.gather_nd %x, %i {batch_dims = 0 : i64} : (tensor<5x4xf32>, tensor<3x2xi64>) -> tensor<3xf32>
  check.expect_close %0, dense<[-2.5, 6.5, 5.0]> : tensor<3xf32> : tensor<3xf32>
  return
}

func.func @tuples_of_slices(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<2x1x1xi64> {check.value = dense<[[[1]], [[-2]]]> : tensor<2x1x1xi64>}) {
  %0 = nn.gather_nd %x, %i {batch_dims = 0 : i64} : (tensor<5x4xf32>, tensor<2x1x1xi64>) -> tensor<2x1x4xf32>
  check.expect_close %0, dense<[[[-1.0, -0.5, 0.0, 0.5]], [[3.0, 3.5, 4.0, 4.5]]]> : tensor<2x1x4xf32> : tensor<2x1x4xf32>
  return
}

func.func @tuples_batched(%x: tensor<2x3x2xf32> {check.value = dense<[[[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]], [[6.0, 7.0], [8.0, 9.0], [10.0, 11.0]]]> : tensor<2x3x2xf32>}, %i: tensor<2x1xi64> {check.value = dense<[[2], [0]]> : tensor<2x1xi64>}) {
  %0 = nn.gather_nd %x, %i {batch_dims = 1 : i64} : (tensor<2x3x2xf32>, tensor<2x1xi64>) -> tensor<2x2xf32>
  check.expect_close %0, dense<[[4.0, 5.0], [6.0, 7.0]]> : tensor<2x2xf32> : tensor<2x2xf32>
  return
}

func.func @tuples_outside(%x: tensor<5x4xf32> {check.value = dense<[[-3.0, -2.5, -2.0, -1.5], [-1.0, -0.5, 0.0, 0.5], [1.0, 1.5, 2.0, 2.5], [3.0, 3.5, 4.0, 4.5], [5.0, 5.5, 6.0, 6.5]]> : tensor<5x4xf32>}, %i: tensor<1x2xi64> {check.value = dense<[[0, 4]]> : tensor<1x2xi64>}) attributes {check.error = "an index is outside its dimension"} {
  %0 = nn.gather_nd %x, %i {batch_dims = 0 : i64} : (tensor<5x4xf32>, tensor<1x2xi64>) -> tensor<1xf32>
  check.expect_close %0, dense<[0.0]> : tensor<1xf32> : tensor<1xf32>
  return
}
