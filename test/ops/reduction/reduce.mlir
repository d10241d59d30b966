// Reductions: what they lower to, and their numbers.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// Parallel over what is kept, then divided by the count.
// CHECK-LABEL: func.func @mean
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "reduction"]
// CHECK: arith.addf
// CHECK: arith.constant 3.0
// CHECK: arith.divf
func.func @mean(%x: tensor<2x3xf32>) -> tensor<2x1xf32> {
  %y = nn.reduce %x {kind = #nn.reduce_kind<mean>, axes = array<i64: 1>, keepdims} : (tensor<2x3xf32>) -> tensor<2x1xf32>
  return %y : tensor<2x1xf32>
}

// Half floats accumulate in f32.
// CHECK-LABEL: func.func @half
// CHECK: arith.extf {{.*}} : f16 to f32
// CHECK: arith.addf {{.*}} : f32
// CHECK: arith.truncf {{.*}} : f32 to f16
func.func @half(%x: tensor<2x3xf16>) -> tensor<2xf16> {
  %y = nn.reduce %x {kind = #nn.reduce_kind<sum>, axes = array<i64: 1>} : (tensor<2x3xf16>) -> tensor<2xf16>
  return %y : tensor<2xf16>
}

// Axes that are data: a window as large as the input along reduced dimensions; checked first.
// CHECK-LABEL: func.func @dynamic
// CHECK: cf.assert %{{.*}}, "an axis is out of range"
// CHECK: linalg.generic {{.*}}["parallel", "parallel", "reduction", "reduction"]
func.func @dynamic(%x: tensor<2x3xf32>, %a: tensor<1xi64>) -> tensor<?xf32, #nn.dims<"u">> {
  %y = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<sum>, sizes = ["u"]} : (tensor<2x3xf32>, tensor<1xi64>) -> tensor<?xf32, #nn.dims<"u">>
  return %y : tensor<?xf32, #nn.dims<"u">>
}

//--- run.mlir
func.func @sum_last(%a: tensor<2x3x4xf32> {check.value = dense<[[[3.000000000e+00, -1.000000000e+00, -1.000000000e+00, -2.000000000e+00], [1.500000000e+00, -4.500000000e+00, 3.500000000e+00, -1.500000000e+00], [5.000000000e-01, -5.000000000e-01, 3.000000000e+00, -4.000000000e+00]], [[-5.000000000e-01, -1.000000000e+00, 2.500000000e+00, -2.000000000e+00], [-5.000000000e-01, -2.000000000e+00, 0.0, 1.000000000e+00], [-2.000000000e+00, 2.500000000e+00, 2.000000000e+00, 1.000000000e+00]]]> : tensor<2x3x4xf32>}) {
  %y = nn.reduce %a {kind = #nn.reduce_kind<sum>, axes = array<i64: 2>} : (tensor<2x3x4xf32>) -> tensor<2x3xf32>
  check.expect_close %y, dense<[[-1.000000000e+00, -1.000000000e+00, -1.000000000e+00], [-1.000000000e+00, -1.500000000e+00, 3.500000000e+00]]> : tensor<2x3xf32> : tensor<2x3xf32>
  return
}

func.func @sum_outer(%a: tensor<2x3x4xf32> {check.value = dense<[[[3.000000000e+00, -1.000000000e+00, -1.000000000e+00, -2.000000000e+00], [1.500000000e+00, -4.500000000e+00, 3.500000000e+00, -1.500000000e+00], [5.000000000e-01, -5.000000000e-01, 3.000000000e+00, -4.000000000e+00]], [[-5.000000000e-01, -1.000000000e+00, 2.500000000e+00, -2.000000000e+00], [-5.000000000e-01, -2.000000000e+00, 0.0, 1.000000000e+00], [-2.000000000e+00, 2.500000000e+00, 2.000000000e+00, 1.000000000e+00]]]> : tensor<2x3x4xf32>}) {
  %y = nn.reduce %a {kind = #nn.reduce_kind<sum>, axes = array<i64: 0, 2>, keepdims} : (tensor<2x3x4xf32>) -> tensor<1x3x1xf32>
  check.expect_close %y, dense<[[[-2.000000000e+00], [-2.500000000e+00], [2.500000000e+00]]]> : tensor<1x3x1xf32> : tensor<1x3x1xf32>
  return
}

func.func @sum_all(%a: tensor<2x3x4xf32> {check.value = dense<[[[3.000000000e+00, -1.000000000e+00, -1.000000000e+00, -2.000000000e+00], [1.500000000e+00, -4.500000000e+00, 3.500000000e+00, -1.500000000e+00], [5.000000000e-01, -5.000000000e-01, 3.000000000e+00, -4.000000000e+00]], [[-5.000000000e-01, -1.000000000e+00, 2.500000000e+00, -2.000000000e+00], [-5.000000000e-01, -2.000000000e+00, 0.0, 1.000000000e+00], [-2.000000000e+00, 2.500000000e+00, 2.000000000e+00, 1.000000000e+00]]]> : tensor<2x3x4xf32>}) {
  %y = nn.reduce %a {kind = #nn.reduce_kind<sum>, axes = array<i64: 0, 1, 2>} : (tensor<2x3x4xf32>) -> tensor<f32>
  check.expect_close %y, dense<-2.000000000e+00> : tensor<f32> : tensor<f32>
  return
}

func.func @mean(%a: tensor<2x3x4xf32> {check.value = dense<[[[3.000000000e+00, -1.000000000e+00, -1.000000000e+00, -2.000000000e+00], [1.500000000e+00, -4.500000000e+00, 3.500000000e+00, -1.500000000e+00], [5.000000000e-01, -5.000000000e-01, 3.000000000e+00, -4.000000000e+00]], [[-5.000000000e-01, -1.000000000e+00, 2.500000000e+00, -2.000000000e+00], [-5.000000000e-01, -2.000000000e+00, 0.0, 1.000000000e+00], [-2.000000000e+00, 2.500000000e+00, 2.000000000e+00, 1.000000000e+00]]]> : tensor<2x3x4xf32>}) {
  %y = nn.reduce %a {kind = #nn.reduce_kind<mean>, axes = array<i64: 1>} : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  check.expect_close %y, dense<[[1.666666627e+00, -2.000000000e+00, 1.833333373e+00, -2.500000000e+00], [-1.000000000e+00, -1.666666716e-01, 1.500000000e+00, 0.0]]> : tensor<2x4xf32> : tensor<2x4xf32>
  return
}

func.func @prod(%a: tensor<2x3x4xf32> {check.value = dense<[[[3.000000000e+00, -1.000000000e+00, -1.000000000e+00, -2.000000000e+00], [1.500000000e+00, -4.500000000e+00, 3.500000000e+00, -1.500000000e+00], [5.000000000e-01, -5.000000000e-01, 3.000000000e+00, -4.000000000e+00]], [[-5.000000000e-01, -1.000000000e+00, 2.500000000e+00, -2.000000000e+00], [-5.000000000e-01, -2.000000000e+00, 0.0, 1.000000000e+00], [-2.000000000e+00, 2.500000000e+00, 2.000000000e+00, 1.000000000e+00]]]> : tensor<2x3x4xf32>}) {
  %y = nn.reduce %a {kind = #nn.reduce_kind<prod>, axes = array<i64: 1>} : (tensor<2x3x4xf32>) -> tensor<2x4xf32>
  check.expect_close %y, dense<[[2.250000000e+00, -2.250000000e+00, -1.050000000e+01, -1.200000000e+01], [-5.000000000e-01, 5.000000000e+00, 0.0, -2.000000000e+00]]> : tensor<2x4xf32> : tensor<2x4xf32>
  return
}

// NaN among the elements gives NaN.
func.func @max_nan(%a: tensor<2x3x4xf32> {check.value = dense<[[[3.000000000e+00, -1.000000000e+00, -1.000000000e+00, -2.000000000e+00], [1.500000000e+00, -4.500000000e+00, 0x7FC00000, -1.500000000e+00], [5.000000000e-01, -5.000000000e-01, 3.000000000e+00, -4.000000000e+00]], [[0x7F800000, -1.000000000e+00, 2.500000000e+00, -2.000000000e+00], [-5.000000000e-01, -2.000000000e+00, 0.0, 1.000000000e+00], [-2.000000000e+00, 2.500000000e+00, 2.000000000e+00, 1.000000000e+00]]]> : tensor<2x3x4xf32>}) {
  %y = nn.reduce %a {kind = #nn.reduce_kind<max>, axes = array<i64: 2>} : (tensor<2x3x4xf32>) -> tensor<2x3xf32>
  check.expect_close %y, dense<[[3.000000000e+00, 0x7FC00000, 3.000000000e+00], [0x7F800000, 1.000000000e+00, 2.500000000e+00]]> : tensor<2x3xf32> : tensor<2x3xf32>
  return
}

func.func @min_nan(%a: tensor<2x3x4xf32> {check.value = dense<[[[3.000000000e+00, -1.000000000e+00, -1.000000000e+00, -2.000000000e+00], [1.500000000e+00, -4.500000000e+00, 0x7FC00000, -1.500000000e+00], [5.000000000e-01, -5.000000000e-01, 3.000000000e+00, -4.000000000e+00]], [[0x7F800000, -1.000000000e+00, 2.500000000e+00, -2.000000000e+00], [-5.000000000e-01, -2.000000000e+00, 0.0, 1.000000000e+00], [-2.000000000e+00, 2.500000000e+00, 2.000000000e+00, 1.000000000e+00]]]> : tensor<2x3x4xf32>}) {
  %y = nn.reduce %a {kind = #nn.reduce_kind<min>, axes = array<i64: 2>} : (tensor<2x3x4xf32>) -> tensor<2x3xf32>
  check.expect_close %y, dense<[[-2.000000000e+00, 0x7FC00000, -4.000000000e+00], [-2.000000000e+00, -2.000000000e+00, -2.000000000e+00]]> : tensor<2x3xf32> : tensor<2x3xf32>
  return
}

func.func @max_i64(%a: tensor<2x5xi64> {check.value = dense<[[4, 0, 6, -9, -5], [6, -7, -2, -1, 0]]> : tensor<2x5xi64>}) {
  %y = nn.reduce %a {kind = #nn.reduce_kind<max>, axes = array<i64: 1>} : (tensor<2x5xi64>) -> tensor<2xi64>
  check.expect_equal %y, dense<[6, 6]> : tensor<2xi64> : tensor<2xi64>
  return
}

// A mean of integers rounds towards zero.
func.func @mean_i64(%a: tensor<2x5xi64> {check.value = dense<[[4, 0, 6, -9, -5], [6, -7, -2, -1, 0]]> : tensor<2x5xi64>}) {
  %y = nn.reduce %a {kind = #nn.reduce_kind<mean>, axes = array<i64: 1>} : (tensor<2x5xi64>) -> tensor<2xi64>
  check.expect_equal %y, dense<[0, 0]> : tensor<2xi64> : tensor<2xi64>
  return
}

// The first of equal ones; NaN is the extreme.
func.func @argmax_first(%a: tensor<3x4xf32> {check.value = dense<[[1.000000000e+00, 3.000000000e+00, 3.000000000e+00, 2.000000000e+00], [0x7FC00000, 5.000000000e+00, 0x7FC00000, 1.000000000e+00], [0xFF800000, 0xFF800000, 0xFF800000, 0xFF800000]]> : tensor<3x4xf32>}) {
  %y = nn.arg_reduce %a {axis = 1 : i64} : (tensor<3x4xf32>) -> tensor<3xi64>
  check.expect_equal %y, dense<[1, 0, 0]> : tensor<3xi64> : tensor<3xi64>
  return
}

func.func @argmax_last(%a: tensor<3x4xf32> {check.value = dense<[[1.000000000e+00, 3.000000000e+00, 3.000000000e+00, 2.000000000e+00], [0x7FC00000, 5.000000000e+00, 0x7FC00000, 1.000000000e+00], [0xFF800000, 0xFF800000, 0xFF800000, 0xFF800000]]> : tensor<3x4xf32>}) {
  %y = nn.arg_reduce %a {axis = 1 : i64, last} : (tensor<3x4xf32>) -> tensor<3xi64>
  check.expect_equal %y, dense<[2, 2, 3]> : tensor<3xi64> : tensor<3xi64>
  return
}

func.func @argmin(%a: tensor<3x4xf32> {check.value = dense<[[1.000000000e+00, 3.000000000e+00, 3.000000000e+00, 2.000000000e+00], [0x7FC00000, 5.000000000e+00, 0x7FC00000, 1.000000000e+00], [0xFF800000, 0xFF800000, 0xFF800000, 0xFF800000]]> : tensor<3x4xf32>}) {
  %y = nn.arg_reduce %a {axis = 1 : i64, smallest, keepdims} : (tensor<3x4xf32>) -> tensor<3x1xi64>
  check.expect_equal %y, dense<[[0], [0], [0]]> : tensor<3x1xi64> : tensor<3x1xi64>
  return
}

func.func @cumsum(%a: tensor<2x3x4xf32> {check.value = dense<[[[3.000000000e+00, -1.000000000e+00, -1.000000000e+00, -2.000000000e+00], [1.500000000e+00, -4.500000000e+00, 3.500000000e+00, -1.500000000e+00], [5.000000000e-01, -5.000000000e-01, 3.000000000e+00, -4.000000000e+00]], [[-5.000000000e-01, -1.000000000e+00, 2.500000000e+00, -2.000000000e+00], [-5.000000000e-01, -2.000000000e+00, 0.0, 1.000000000e+00], [-2.000000000e+00, 2.500000000e+00, 2.000000000e+00, 1.000000000e+00]]]> : tensor<2x3x4xf32>}) {
  %y = nn.cumulative %a {kind = #nn.reduce_kind<sum>, axis = 1 : i64} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  check.expect_close %y, dense<[[[3.000000000e+00, -1.000000000e+00, -1.000000000e+00, -2.000000000e+00], [4.500000000e+00, -5.500000000e+00, 2.500000000e+00, -3.500000000e+00], [5.000000000e+00, -6.000000000e+00, 5.500000000e+00, -7.500000000e+00]], [[-5.000000000e-01, -1.000000000e+00, 2.500000000e+00, -2.000000000e+00], [-1.000000000e+00, -3.000000000e+00, 2.500000000e+00, -1.000000000e+00], [-3.000000000e+00, -5.000000000e-01, 4.500000000e+00, 0.0]]]> : tensor<2x3x4xf32> : tensor<2x3x4xf32>
  return
}

func.func @cumsum_exclusive_reverse(%a: tensor<2x3x4xf32> {check.value = dense<[[[3.000000000e+00, -1.000000000e+00, -1.000000000e+00, -2.000000000e+00], [1.500000000e+00, -4.500000000e+00, 3.500000000e+00, -1.500000000e+00], [5.000000000e-01, -5.000000000e-01, 3.000000000e+00, -4.000000000e+00]], [[-5.000000000e-01, -1.000000000e+00, 2.500000000e+00, -2.000000000e+00], [-5.000000000e-01, -2.000000000e+00, 0.0, 1.000000000e+00], [-2.000000000e+00, 2.500000000e+00, 2.000000000e+00, 1.000000000e+00]]]> : tensor<2x3x4xf32>}) {
  %y = nn.cumulative %a {kind = #nn.reduce_kind<sum>, axis = 2 : i64, exclusive, reverse} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  check.expect_close %y, dense<[[[-4.000000000e+00, -3.000000000e+00, -2.000000000e+00, 0.0], [-2.500000000e+00, 2.000000000e+00, -1.500000000e+00, 0.0], [-1.500000000e+00, -1.000000000e+00, -4.000000000e+00, 0.0]], [[-5.000000000e-01, 5.000000000e-01, -2.000000000e+00, 0.0], [-1.000000000e+00, 1.000000000e+00, 1.000000000e+00, 0.0], [5.500000000e+00, 3.000000000e+00, 1.000000000e+00, 0.0]]]> : tensor<2x3x4xf32> : tensor<2x3x4xf32>
  return
}

func.func @cumprod(%a: tensor<2x3x4xf32> {check.value = dense<[[[3.000000000e+00, -1.000000000e+00, -1.000000000e+00, -2.000000000e+00], [1.500000000e+00, -4.500000000e+00, 3.500000000e+00, -1.500000000e+00], [5.000000000e-01, -5.000000000e-01, 3.000000000e+00, -4.000000000e+00]], [[-5.000000000e-01, -1.000000000e+00, 2.500000000e+00, -2.000000000e+00], [-5.000000000e-01, -2.000000000e+00, 0.0, 1.000000000e+00], [-2.000000000e+00, 2.500000000e+00, 2.000000000e+00, 1.000000000e+00]]]> : tensor<2x3x4xf32>}) {
  %y = nn.cumulative %a {kind = #nn.reduce_kind<prod>, axis = 0 : i64} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  check.expect_close %y, dense<[[[3.000000000e+00, -1.000000000e+00, -1.000000000e+00, -2.000000000e+00], [1.500000000e+00, -4.500000000e+00, 3.500000000e+00, -1.500000000e+00], [5.000000000e-01, -5.000000000e-01, 3.000000000e+00, -4.000000000e+00]], [[-1.500000000e+00, 1.000000000e+00, -2.500000000e+00, 4.000000000e+00], [-7.500000000e-01, 9.000000000e+00, 0.0, -1.500000000e+00], [-1.000000000e+00, -1.250000000e+00, 6.000000000e+00, -4.000000000e+00]]]> : tensor<2x3x4xf32> : tensor<2x3x4xf32>
  return
}
