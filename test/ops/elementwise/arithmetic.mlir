// Arithmetic: what it lowers to, and its numbers.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// Operands broadcast by their indexing maps; nothing is copied.
// CHECK-DAG: #[[ROW:.*]] = affine_map<(d0, d1) -> (d1)>
// CHECK-DAG: #[[COLUMN:.*]] = affine_map<(d0, d1) -> (d0, 0)>
// CHECK-LABEL: func.func @broadcast
// CHECK: linalg.generic {indexing_maps = [#[[COLUMN]], #[[ROW]], #{{.*}}], iterator_types = ["parallel", "parallel"]}
// CHECK: arith.addf
func.func @broadcast(%x: tensor<2x1xf32>, %y: tensor<3xf32>) -> tensor<2x3xf32> {
  %z = nn.add %x, %y : (tensor<2x1xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %z : tensor<2x3xf32>
}

// Half floats are computed in f32 and rounded once.
// CHECK-LABEL: func.func @half
// CHECK: arith.extf {{.*}} : f16 to f32
// CHECK: arith.extf {{.*}} : f16 to f32
// CHECK: arith.divf {{.*}} : f32
// CHECK: arith.truncf {{.*}} : f32 to f16
func.func @half(%x: tensor<3xf16>, %y: tensor<3xf16>) -> tensor<3xf16> {
  %z = nn.div %x, %y : (tensor<3xf16>, tensor<3xf16>) -> tensor<3xf16>
  return %z : tensor<3xf16>
}

// A division of integers cannot trap.
// CHECK-LABEL: func.func @guarded
// CHECK: %[[D:.*]] = arith.select
// CHECK: arith.divsi %{{.*}}, %[[D]] : i32
func.func @guarded(%x: tensor<3xi32>, %y: tensor<3xi32>) -> tensor<3xi32> {
  %z = nn.div %x, %y : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
  return %z : tensor<3xi32>
}

//--- run.mlir
// NaN and infinities as IEEE 754 has them; results are exact.
func.func @f32(%x: tensor<10xf32> {check.value = dense<[1.5, -2.0, 0.0, -0.0, 0x7F800000, 0xFF800000, 0x7FC00000, 7.25, 3.0e+38, 1.0e-45]> : tensor<10xf32>}, %y: tensor<10xf32> {check.value = dense<[2.0, -0.5, 0.0, 3.0, 0x7F800000, 0x7F800000, 1.0, -3.0, 3.0e+38, 2.0]> : tensor<10xf32>}) {
  %0 = nn.add %x, %y : (tensor<10xf32>, tensor<10xf32>) -> tensor<10xf32>
  check.expect_equal %0, dense<[3.5, -2.5, 0.0, 3.0, 0x7F800000, 0x7FC00000, 0x7FC00000, 4.25, 0x7F800000, 2.0]> : tensor<10xf32> : tensor<10xf32>
  %1 = nn.sub %x, %y : (tensor<10xf32>, tensor<10xf32>) -> tensor<10xf32>
  check.expect_equal %1, dense<[-0.5, -1.5, 0.0, -3.0, 0x7FC00000, 0xFF800000, 0x7FC00000, 10.25, 0.0, -2.0]> : tensor<10xf32> : tensor<10xf32>
  %2 = nn.mul %x, %y : (tensor<10xf32>, tensor<10xf32>) -> tensor<10xf32>
  check.expect_equal %2, dense<[3.0, 1.0, 0.0, -0.0, 0x7F800000, 0xFF800000, 0x7FC00000, -21.75, 0x7F800000, 3.0e-45]> : tensor<10xf32> : tensor<10xf32>
  %3 = nn.div %x, %y : (tensor<10xf32>, tensor<10xf32>) -> tensor<10xf32>
  check.expect_equal %3, dense<[0.75, 4.0, 0x7FC00000, -0.0, 0x7FC00000, 0x7FC00000, 0x7FC00000, -2.4166667, 1.0, 0.0]> : tensor<10xf32> : tensor<10xf32>
  return
}

func.func @f16(%x: tensor<6xf16> {check.value = dense<[1.5, -2.0, 6.55e+04, 1.0e-07, 0x7E00, 0.1]> : tensor<6xf16>}, %y: tensor<6xf16> {check.value = dense<[3.0, 7.0, 6.55e+04, 0.5, 1.0, 3.0]> : tensor<6xf16>}) {
  %0 = nn.add %x, %y : (tensor<6xf16>, tensor<6xf16>) -> tensor<6xf16>
  check.expect_equal %0, dense<[4.5, 5.0, 0x7C00, 0.5, 0x7E00, 3.1]> : tensor<6xf16> : tensor<6xf16>
  %1 = nn.sub %x, %y : (tensor<6xf16>, tensor<6xf16>) -> tensor<6xf16>
  check.expect_equal %1, dense<[-1.5, -9.0, 0.0, -0.5, 0x7E00, -2.9]> : tensor<6xf16> : tensor<6xf16>
  %2 = nn.mul %x, %y : (tensor<6xf16>, tensor<6xf16>) -> tensor<6xf16>
  check.expect_equal %2, dense<[4.5, -14.0, 0x7C00, 6.0e-08, 0x7E00, 0.2998]> : tensor<6xf16> : tensor<6xf16>
  %3 = nn.div %x, %y : (tensor<6xf16>, tensor<6xf16>) -> tensor<6xf16>
  check.expect_equal %3, dense<[0.5, -0.2856, 1.0, 2.4e-07, 0x7E00, 0.03333]> : tensor<6xf16> : tensor<6xf16>
  return
}

func.func @bf16(%x: tensor<6xbf16> {check.value = dense<[1.5, -2.0, 3.0e+38, 1.19e-07, 0x7FC0, 0.1]> : tensor<6xbf16>}, %y: tensor<6xbf16> {check.value = dense<[3.0, 7.0, 3.0e+38, 0.5, 1.0, 3.0]> : tensor<6xbf16>}) {
  %0 = nn.add %x, %y : (tensor<6xbf16>, tensor<6xbf16>) -> tensor<6xbf16>
  check.expect_equal %0, dense<[4.5, 5.0, 0x7F80, 0.5, 0x7FC0, 3.1]> : tensor<6xbf16> : tensor<6xbf16>
  %1 = nn.sub %x, %y : (tensor<6xbf16>, tensor<6xbf16>) -> tensor<6xbf16>
  check.expect_equal %1, dense<[-1.5, -9.0, 0.0, -0.5, 0x7FC0, -2.9]> : tensor<6xbf16> : tensor<6xbf16>
  %2 = nn.mul %x, %y : (tensor<6xbf16>, tensor<6xbf16>) -> tensor<6xbf16>
  check.expect_equal %2, dense<[4.5, -14.0, 0x7F80, 5.96e-08, 0x7FC0, 0.3]> : tensor<6xbf16> : tensor<6xbf16>
  %3 = nn.div %x, %y : (tensor<6xbf16>, tensor<6xbf16>) -> tensor<6xbf16>
  check.expect_equal %3, dense<[0.5, -0.285, 1.0, 2.38e-07, 0x7FC0, 0.0334]> : tensor<6xbf16> : tensor<6xbf16>
  return
}

func.func @f64(%x: tensor<4xf64> {check.value = dense<[0.3333333333333333, 1.0e+300, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<4xf64>}, %y: tensor<4xf64> {check.value = dense<[7.0, 1.0e+10, 0x7FF0000000000000, 2.0]> : tensor<4xf64>}) {
  %0 = nn.add %x, %y : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  check.expect_equal %0, dense<[7.333333333333333, 1.0e+300, 0x7FF8000000000000, 0x7FF8000000000000]> : tensor<4xf64> : tensor<4xf64>
  %1 = nn.sub %x, %y : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  check.expect_equal %1, dense<[-6.666666666666667, 1.0e+300, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<4xf64> : tensor<4xf64>
  %2 = nn.mul %x, %y : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  check.expect_equal %2, dense<[2.333333333333333, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<4xf64> : tensor<4xf64>
  %3 = nn.div %x, %y : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  check.expect_equal %3, dense<[0.047619047619047616, 1.0e+290, 0x7FF8000000000000, 0x7FF8000000000000]> : tensor<4xf64> : tensor<4xf64>
  return
}

// Integers wrap, division rounds towards zero; by zero it gives 0, and the lowest by -1 wraps.
func.func @i8(%x: tensor<6xi8> {check.value = dense<[100, -128, 7, -7, 7, 5]> : tensor<6xi8>}, %y: tensor<6xi8> {check.value = dense<[100, -1, -2, 2, 2, 0]> : tensor<6xi8>}) {
  %0 = nn.add %x, %y : (tensor<6xi8>, tensor<6xi8>) -> tensor<6xi8>
  check.expect_equal %0, dense<[-56, 127, 5, -5, 9, 5]> : tensor<6xi8> : tensor<6xi8>
  %1 = nn.sub %x, %y : (tensor<6xi8>, tensor<6xi8>) -> tensor<6xi8>
  check.expect_equal %1, dense<[0, -127, 9, -9, 5, 5]> : tensor<6xi8> : tensor<6xi8>
  %2 = nn.mul %x, %y : (tensor<6xi8>, tensor<6xi8>) -> tensor<6xi8>
  check.expect_equal %2, dense<[16, -128, -14, -14, 14, 0]> : tensor<6xi8> : tensor<6xi8>
  %3 = nn.div %x, %y : (tensor<6xi8>, tensor<6xi8>) -> tensor<6xi8>
  check.expect_equal %3, dense<[1, -128, -3, -3, 3, 0]> : tensor<6xi8> : tensor<6xi8>
  return
}

func.func @ui8(%x: tensor<4xui8> {check.value = dense<[200, 3, 255, 9]> : tensor<4xui8>}, %y: tensor<4xui8> {check.value = dense<[100, 5, 16, 0]> : tensor<4xui8>}) {
  %0 = nn.add %x, %y : (tensor<4xui8>, tensor<4xui8>) -> tensor<4xui8>
  check.expect_equal %0, dense<[44, 8, 15, 9]> : tensor<4xui8> : tensor<4xui8>
  %1 = nn.sub %x, %y : (tensor<4xui8>, tensor<4xui8>) -> tensor<4xui8>
  check.expect_equal %1, dense<[100, 254, 239, 9]> : tensor<4xui8> : tensor<4xui8>
  %2 = nn.mul %x, %y : (tensor<4xui8>, tensor<4xui8>) -> tensor<4xui8>
  check.expect_equal %2, dense<[32, 15, 240, 0]> : tensor<4xui8> : tensor<4xui8>
  %3 = nn.div %x, %y : (tensor<4xui8>, tensor<4xui8>) -> tensor<4xui8>
  check.expect_equal %3, dense<[2, 0, 15, 0]> : tensor<4xui8> : tensor<4xui8>
  return
}

func.func @i32(%x: tensor<4xi32> {check.value = dense<[2147483647, -2147483648, -7, 9]> : tensor<4xi32>}, %y: tensor<4xi32> {check.value = dense<[1, -1, 3, 0]> : tensor<4xi32>}) {
  %0 = nn.add %x, %y : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  check.expect_equal %0, dense<[-2147483648, 2147483647, -4, 9]> : tensor<4xi32> : tensor<4xi32>
  %1 = nn.sub %x, %y : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  check.expect_equal %1, dense<[2147483646, -2147483647, -10, 9]> : tensor<4xi32> : tensor<4xi32>
  %2 = nn.mul %x, %y : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  check.expect_equal %2, dense<[2147483647, -2147483648, -21, 0]> : tensor<4xi32> : tensor<4xi32>
  %3 = nn.div %x, %y : (tensor<4xi32>, tensor<4xi32>) -> tensor<4xi32>
  check.expect_equal %3, dense<[2147483647, -2147483648, -2, 0]> : tensor<4xi32> : tensor<4xi32>
  return
}

func.func @i64(%x: tensor<4xi64> {check.value = dense<[4611686018427387904, -9223372036854775808, -7, 9]> : tensor<4xi64>}, %y: tensor<4xi64> {check.value = dense<[4, -1, 3, 0]> : tensor<4xi64>}) {
  %0 = nn.add %x, %y : (tensor<4xi64>, tensor<4xi64>) -> tensor<4xi64>
  check.expect_equal %0, dense<[4611686018427387908, 9223372036854775807, -4, 9]> : tensor<4xi64> : tensor<4xi64>
  %1 = nn.sub %x, %y : (tensor<4xi64>, tensor<4xi64>) -> tensor<4xi64>
  check.expect_equal %1, dense<[4611686018427387900, -9223372036854775807, -10, 9]> : tensor<4xi64> : tensor<4xi64>
  %2 = nn.mul %x, %y : (tensor<4xi64>, tensor<4xi64>) -> tensor<4xi64>
  check.expect_equal %2, dense<[0, -9223372036854775808, -21, 0]> : tensor<4xi64> : tensor<4xi64>
  %3 = nn.div %x, %y : (tensor<4xi64>, tensor<4xi64>) -> tensor<4xi64>
  check.expect_equal %3, dense<[1152921504606846976, -9223372036854775808, -2, 0]> : tensor<4xi64> : tensor<4xi64>
  return
}

func.func @ui64(%x: tensor<3xui64> {check.value = dense<[18446744073709551615, 9223372036854775813, 3]> : tensor<3xui64>}, %y: tensor<3xui64> {check.value = dense<[2, 7, 0]> : tensor<3xui64>}) {
  %0 = nn.add %x, %y : (tensor<3xui64>, tensor<3xui64>) -> tensor<3xui64>
  check.expect_equal %0, dense<[1, 9223372036854775820, 3]> : tensor<3xui64> : tensor<3xui64>
  %1 = nn.sub %x, %y : (tensor<3xui64>, tensor<3xui64>) -> tensor<3xui64>
  check.expect_equal %1, dense<[18446744073709551613, 9223372036854775806, 3]> : tensor<3xui64> : tensor<3xui64>
  %2 = nn.mul %x, %y : (tensor<3xui64>, tensor<3xui64>) -> tensor<3xui64>
  check.expect_equal %2, dense<[18446744073709551614, 9223372036854775843, 0]> : tensor<3xui64> : tensor<3xui64>
  %3 = nn.div %x, %y : (tensor<3xui64>, tensor<3xui64>) -> tensor<3xui64>
  check.expect_equal %3, dense<[9223372036854775807, 1317624576693539401, 0]> : tensor<3xui64> : tensor<3xui64>
  return
}

// A dimension of size 1 runs together with any other; missing ones are added in front.
func.func @broadcast(%x: tensor<2x1x3xf32> {check.value = dense<[[[-2.5, -1.5, -0.5]], [[0.5, 1.5, 2.5]]]> : tensor<2x1x3xf32>}, %y: tensor<4x1xf32> {check.value = dense<[[0.0], [1.0], [2.0], [3.0]]> : tensor<4x1xf32>}, %s: tensor<f32> {check.value = dense<2.5> : tensor<f32>}) {
  %0 = nn.sub %x, %y : (tensor<2x1x3xf32>, tensor<4x1xf32>) -> tensor<2x4x3xf32>
  check.expect_close %0, dense<[[[-2.5, -1.5, -0.5], [-3.5, -2.5, -1.5], [-4.5, -3.5, -2.5], [-5.5, -4.5, -3.5]], [[0.5, 1.5, 2.5], [-0.5, 0.5, 1.5], [-1.5, -0.5, 0.5], [-2.5, -1.5, -0.5]]]> : tensor<2x4x3xf32> : tensor<2x4x3xf32>
  %1 = nn.mul %s, %x : (tensor<f32>, tensor<2x1x3xf32>) -> tensor<2x1x3xf32>
  check.expect_close %1, dense<[[[-6.25, -3.75, -1.25]], [[1.25, 3.75, 6.25]]]> : tensor<2x1x3xf32> : tensor<2x1x3xf32>
  return
}

func.func @empty(%x: tensor<0x3xf32> {check.value = dense<> : tensor<0x3xf32>}, %y: tensor<3xf32> {check.value = dense<[1.0, 2.0, 3.0]> : tensor<3xf32>}) {
  %0 = nn.add %x, %y : (tensor<0x3xf32>, tensor<3xf32>) -> tensor<0x3xf32>
  check.expect_close %0, dense<> : tensor<0x3xf32> : tensor<0x3xf32>
  return
}

// A symbol broadcasts with itself and with 1.
func.func @dynamic(%x: tensor<?x3xf32, #nn.dims<"N">> {check.value = dense<[[0.0, 0.25, 0.5], [0.75, 1.0, 1.25], [1.5, 1.75, 2.0], [2.25, 2.5, 2.75]]> : tensor<4x3xf32>}, %y: tensor<3xf32> {check.value = dense<[1.0, -2.0, 3.0]> : tensor<3xf32>}, %z: tensor<?x1xf32, #nn.dims<"N">> {check.value = dense<[[1.0], [2.0], [3.0], [4.0]]> : tensor<4x1xf32>}) {
  %0 = nn.add %x, %y : (tensor<?x3xf32, #nn.dims<"N">>, tensor<3xf32>) -> tensor<?x3xf32, #nn.dims<"N">>
  check.expect_close %0, dense<[[1.0, -1.75, 3.5], [1.75, -1.0, 4.25], [2.5, -0.25, 5.0], [3.25, 0.5, 5.75]]> : tensor<4x3xf32> : tensor<?x3xf32, #nn.dims<"N">>
  %1 = nn.mul %z, %x : (tensor<?x1xf32, #nn.dims<"N">>, tensor<?x3xf32, #nn.dims<"N">>) -> tensor<?x3xf32, #nn.dims<"N">>
  check.expect_close %1, dense<[[0.0, 0.25, 0.5], [1.5, 2.0, 2.5], [4.5, 5.25, 6.0], [9.0, 10.0, 11.0]]> : tensor<4x3xf32> : tensor<?x3xf32, #nn.dims<"N">>
  return
}

// Sizes that only a run can compare.
func.func @symbols_agree(%x: tensor<?xf32, #nn.dims<"N">> {check.value = dense<[1.0, 2.0, 3.0]> : tensor<3xf32>}, %y: tensor<?xf32, #nn.dims<"M">> {check.value = dense<[4.0, 5.0, 6.0]> : tensor<3xf32>}) {
  %0 = nn.add %x, %y : (tensor<?xf32, #nn.dims<"N">>, tensor<?xf32, #nn.dims<"M">>) -> tensor<?xf32, #nn.dims<"N">>
  check.expect_close %0, dense<[5.0, 7.0, 9.0]> : tensor<3xf32> : tensor<?xf32, #nn.dims<"N">>
  return
}

func.func @symbols_differ(%x: tensor<?xf32, #nn.dims<"N">> {check.value = dense<[1.0, 2.0, 3.0]> : tensor<3xf32>}, %y: tensor<?xf32, #nn.dims<"M">> {check.value = dense<[4.0, 5.0]> : tensor<2xf32>}) attributes {check.error = "dimensions that must be equal differ: M and N"} {
  %0 = nn.add %x, %y : (tensor<?xf32, #nn.dims<"N">>, tensor<?xf32, #nn.dims<"M">>) -> tensor<?xf32, #nn.dims<"N">>
  check.expect_close %0, dense<[5.0, 7.0, 9.0]> : tensor<3xf32> : tensor<?xf32, #nn.dims<"N">>
  return
}

// mod has the sign of the divisor, fmod that of the dividend.
func.func @mod_f32(%x: tensor<10xf32> {check.value = dense<[5.5, -5.5, 5.5, -5.5, 4.0, 5.0, -5.0, 0x7F800000, 0x7FC00000, 1.0]> : tensor<10xf32>}, %y: tensor<10xf32> {check.value = dense<[2.0, 2.0, -2.0, -2.0, 2.0, 0x7F800000, 0x7F800000, 2.0, 1.0, 0.0]> : tensor<10xf32>}) {
  %0 = nn.mod %x, %y : (tensor<10xf32>, tensor<10xf32>) -> tensor<10xf32>
  check.expect_close %0, dense<[1.5, 0.5, -0.5, -1.5, 0.0, 5.0, 0x7F800000, 0x7FC00000, 0x7FC00000, 0x7FC00000]> : tensor<10xf32> : tensor<10xf32>
  %1 = nn.fmod %x, %y : (tensor<10xf32>, tensor<10xf32>) -> tensor<10xf32>
  check.expect_close %1, dense<[1.5, -1.5, 1.5, -1.5, 0.0, 5.0, -5.0, 0x7FC00000, 0x7FC00000, 0x7FC00000]> : tensor<10xf32> : tensor<10xf32>
  return
}

func.func @mod_f16(%x: tensor<4xf16> {check.value = dense<[7.5, -7.5, 1.0e+02, -1.0]> : tensor<4xf16>}, %y: tensor<4xf16> {check.value = dense<[2.0, 2.0, 0.75, 3.0]> : tensor<4xf16>}) {
  %0 = nn.mod %x, %y : (tensor<4xf16>, tensor<4xf16>) -> tensor<4xf16>
  check.expect_close %0, dense<[1.5, 0.5, 0.25, 2.0]> : tensor<4xf16> {rtol = 1.0e-3} : tensor<4xf16>
  %1 = nn.fmod %x, %y : (tensor<4xf16>, tensor<4xf16>) -> tensor<4xf16>
  check.expect_close %1, dense<[1.5, -1.5, 0.25, -1.0]> : tensor<4xf16> {rtol = 1.0e-3} : tensor<4xf16>
  return
}

func.func @mod_i8(%x: tensor<6xi8> {check.value = dense<[-128, 7, -7, 7, -7, 5]> : tensor<6xi8>}, %y: tensor<6xi8> {check.value = dense<[-1, 3, 3, -3, -3, 0]> : tensor<6xi8>}) {
  %0 = nn.mod %x, %y : (tensor<6xi8>, tensor<6xi8>) -> tensor<6xi8>
  check.expect_equal %0, dense<[0, 1, 2, -2, -1, 0]> : tensor<6xi8> : tensor<6xi8>
  %1 = nn.fmod %x, %y : (tensor<6xi8>, tensor<6xi8>) -> tensor<6xi8>
  check.expect_equal %1, dense<[0, 1, -1, 1, -1, 0]> : tensor<6xi8> : tensor<6xi8>
  return
}

func.func @mod_i64(%x: tensor<4xi64> {check.value = dense<[-9223372036854775808, 4611686018427387907, -7, 5]> : tensor<4xi64>}, %y: tensor<4xi64> {check.value = dense<[-1, 4, 3, 0]> : tensor<4xi64>}) {
  %0 = nn.mod %x, %y : (tensor<4xi64>, tensor<4xi64>) -> tensor<4xi64>
  check.expect_equal %0, dense<[0, 3, 2, 0]> : tensor<4xi64> : tensor<4xi64>
  %1 = nn.fmod %x, %y : (tensor<4xi64>, tensor<4xi64>) -> tensor<4xi64>
  check.expect_equal %1, dense<[0, 3, -1, 0]> : tensor<4xi64> : tensor<4xi64>
  return
}

func.func @mod_ui8(%x: tensor<3xui8> {check.value = dense<[250, 7, 3]> : tensor<3xui8>}, %y: tensor<3xui8> {check.value = dense<[7, 9, 0]> : tensor<3xui8>}) {
  %0 = nn.mod %x, %y : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xui8>
  check.expect_equal %0, dense<[5, 7, 0]> : tensor<3xui8> : tensor<3xui8>
  %1 = nn.fmod %x, %y : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xui8>
  check.expect_equal %1, dense<[5, 7, 0]> : tensor<3xui8> : tensor<3xui8>
  return
}

func.func @mod_ui64(%x: tensor<2xui64> {check.value = dense<[18446744073709551615, 9223372036854775808]> : tensor<2xui64>}, %y: tensor<2xui64> {check.value = dense<[10, 0]> : tensor<2xui64>}) {
  %0 = nn.mod %x, %y : (tensor<2xui64>, tensor<2xui64>) -> tensor<2xui64>
  check.expect_equal %0, dense<[5, 0]> : tensor<2xui64> : tensor<2xui64>
  %1 = nn.fmod %x, %y : (tensor<2xui64>, tensor<2xui64>) -> tensor<2xui64>
  check.expect_equal %1, dense<[5, 0]> : tensor<2xui64> : tensor<2xui64>
  return
}

func.func @pow_f32(%x: tensor<13xf32> {check.value = dense<[2.0, -2.0, -8.0, 0.0, 0.0, 0x7FC00000, 1.0, 0x7F800000, 0xFF800000, 0.5, 9.0, 2.0, -0.0]> : tensor<13xf32>}, %y: tensor<13xf32> {check.value = dense<[3.0, 3.0, 0.33333334, 0.0, -1.0, 0.0, 0x7FC00000, -1.0, 3.0, -2.0, 0.5, 0xFF800000, -3.0]> : tensor<13xf32>}) {
  %0 = nn.pow %x, %y : (tensor<13xf32>, tensor<13xf32>) -> tensor<13xf32>
  check.expect_close %0, dense<[8.0, -8.0, 0x7FC00000, 1.0, 0x7F800000, 1.0, 1.0, 0.0, 0xFF800000, 4.0, 3.0, 0.0, 0xFF800000]> : tensor<13xf32> : tensor<13xf32>
  return
}

func.func @pow_f64(%x: tensor<13xf64> {check.value = dense<[2.0, -2.0, -8.0, 0.0, 0.0, 0x7FF8000000000000, 1.0, 0x7FF0000000000000, 0xFFF0000000000000, 0.5, 9.0, 2.0, -0.0]> : tensor<13xf64>}, %y: tensor<13xf64> {check.value = dense<[3.0, 3.0, 0.3333333432674408, 0.0, -1.0, 0.0, 0x7FF8000000000000, -1.0, 3.0, -2.0, 0.5, 0xFFF0000000000000, -3.0]> : tensor<13xf64>}) {
  %0 = nn.pow %x, %y : (tensor<13xf64>, tensor<13xf64>) -> tensor<13xf64>
  check.expect_close %0, dense<[8.0, -8.0, 0x7FF8000000000000, 1.0, 0x7FF0000000000000, 1.0, 1.0, 0.0, 0xFFF0000000000000, 4.0, 3.0, 0.0, 0xFFF0000000000000]> : tensor<13xf64> {rtol = 1.0e-14} : tensor<13xf64>
  return
}

// The result has the type of the base.
func.func @pow_f32_i64(%x: tensor<3xf32> {check.value = dense<[2.0, -3.0, 0.5]> : tensor<3xf32>}, %y: tensor<3xi64> {check.value = dense<[10, 3, -2]> : tensor<3xi64>}) {
  %0 = nn.pow %x, %y : (tensor<3xf32>, tensor<3xi64>) -> tensor<3xf32>
  check.expect_close %0, dense<[1024.0, -27.0, 4.0]> : tensor<3xf32> : tensor<3xf32>
  return
}

// Integers towards zero, saturated.
func.func @pow_i64(%x: tensor<7xi64> {check.value = dense<[2, -3, 7, 2, 5, 0, 2]> : tensor<7xi64>}, %y: tensor<7xi64> {check.value = dense<[40, 5, 0, -1, 3, 0, 63]> : tensor<7xi64>}) {
  %0 = nn.pow %x, %y : (tensor<7xi64>, tensor<7xi64>) -> tensor<7xi64>
  check.expect_equal %0, dense<[1099511627776, -243, 1, 0, 125, 1, 9223372036854775807]> : tensor<7xi64> : tensor<7xi64>
  return
}

func.func @pow_i32_f32(%x: tensor<3xi32> {check.value = dense<[9, 2, 10]> : tensor<3xi32>}, %y: tensor<3xf32> {check.value = dense<[0.5, -1.0, 1.5]> : tensor<3xf32>}) {
  %0 = nn.pow %x, %y : (tensor<3xi32>, tensor<3xf32>) -> tensor<3xi32>
  check.expect_equal %0, dense<[3, 0, 31]> : tensor<3xi32> : tensor<3xi32>
  return
}

func.func @pow_f16(%x: tensor<3xf16> {check.value = dense<[2.0, -3.0, 1.0e+01]> : tensor<3xf16>}, %y: tensor<3xf16> {check.value = dense<[0.5, 3.0, 4.5]> : tensor<3xf16>}) {
  %0 = nn.pow %x, %y : (tensor<3xf16>, tensor<3xf16>) -> tensor<3xf16>
  check.expect_close %0, dense<[1.414, -27.0, 3.162e+04]> : tensor<3xf16> {rtol = 1.0e-3} : tensor<3xf16>
  return
}

// NaN if either is NaN.
func.func @extremes(%x: tensor<7xf32> {check.value = dense<[1.0, 0x7FC00000, 2.0, 0x7F800000, 0xFF800000, -1.0, 0x7FC00000]> : tensor<7xf32>}, %y: tensor<7xf32> {check.value = dense<[2.0, 1.0, 0x7FC00000, 3.0, -5.0, -1.0, 0x7FC00000]> : tensor<7xf32>}) {
  %0 = nn.max %x, %y : (tensor<7xf32>, tensor<7xf32>) -> tensor<7xf32>
  check.expect_equal %0, dense<[2.0, 0x7FC00000, 0x7FC00000, 0x7F800000, -5.0, -1.0, 0x7FC00000]> : tensor<7xf32> : tensor<7xf32>
  %1 = nn.min %x, %y : (tensor<7xf32>, tensor<7xf32>) -> tensor<7xf32>
  check.expect_equal %1, dense<[1.0, 0x7FC00000, 0x7FC00000, 3.0, 0xFF800000, -1.0, 0x7FC00000]> : tensor<7xf32> : tensor<7xf32>
  return
}

func.func @extremes_f16(%x: tensor<3xf16> {check.value = dense<[1.0, 0x7E00, 0x7C00]> : tensor<3xf16>}, %y: tensor<3xf16> {check.value = dense<[2.0, 1.0, 3.0]> : tensor<3xf16>}) {
  %0 = nn.max %x, %y : (tensor<3xf16>, tensor<3xf16>) -> tensor<3xf16>
  check.expect_close %0, dense<[2.0, 0x7E00, 0x7C00]> : tensor<3xf16> {rtol = 1.0e-3} : tensor<3xf16>
  %1 = nn.min %x, %y : (tensor<3xf16>, tensor<3xf16>) -> tensor<3xf16>
  check.expect_close %1, dense<[1.0, 0x7E00, 3.0]> : tensor<3xf16> {rtol = 1.0e-3} : tensor<3xf16>
  return
}

func.func @extremes_f64(%x: tensor<3xf64> {check.value = dense<[1.0, 0x7FF8000000000000, 2.0]> : tensor<3xf64>}, %y: tensor<3xf64> {check.value = dense<[0x7FF8000000000000, 1.0, 3.5]> : tensor<3xf64>}) {
  %0 = nn.max %x, %y : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
  check.expect_close %0, dense<[0x7FF8000000000000, 0x7FF8000000000000, 3.5]> : tensor<3xf64> : tensor<3xf64>
  %1 = nn.min %x, %y : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
  check.expect_close %1, dense<[0x7FF8000000000000, 0x7FF8000000000000, 2.0]> : tensor<3xf64> : tensor<3xf64>
  return
}

func.func @extremes_i8(%x: tensor<2xi8> {check.value = dense<[-128, 5]> : tensor<2xi8>}, %y: tensor<2xi8> {check.value = dense<[127, -5]> : tensor<2xi8>}) {
  %0 = nn.max %x, %y : (tensor<2xi8>, tensor<2xi8>) -> tensor<2xi8>
  check.expect_equal %0, dense<[127, 5]> : tensor<2xi8> : tensor<2xi8>
  %1 = nn.min %x, %y : (tensor<2xi8>, tensor<2xi8>) -> tensor<2xi8>
  check.expect_equal %1, dense<[-128, -5]> : tensor<2xi8> : tensor<2xi8>
  return
}

func.func @extremes_ui8(%x: tensor<2xui8> {check.value = dense<[200, 5]> : tensor<2xui8>}, %y: tensor<2xui8> {check.value = dense<[100, 6]> : tensor<2xui8>}) {
  %0 = nn.max %x, %y : (tensor<2xui8>, tensor<2xui8>) -> tensor<2xui8>
  check.expect_equal %0, dense<[200, 6]> : tensor<2xui8> : tensor<2xui8>
  %1 = nn.min %x, %y : (tensor<2xui8>, tensor<2xui8>) -> tensor<2xui8>
  check.expect_equal %1, dense<[100, 5]> : tensor<2xui8> : tensor<2xui8>
  return
}

func.func @extremes_ui64(%x: tensor<2xui64> {check.value = dense<[9223372036854775808, 5]> : tensor<2xui64>}, %y: tensor<2xui64> {check.value = dense<[1, 6]> : tensor<2xui64>}) {
  %0 = nn.max %x, %y : (tensor<2xui64>, tensor<2xui64>) -> tensor<2xui64>
  check.expect_equal %0, dense<[9223372036854775808, 6]> : tensor<2xui64> : tensor<2xui64>
  %1 = nn.min %x, %y : (tensor<2xui64>, tensor<2xui64>) -> tensor<2xui64>
  check.expect_equal %1, dense<[1, 5]> : tensor<2xui64> : tensor<2xui64>
  return
}

func.func @extremes_i64(%x: tensor<2xi64> {check.value = dense<[-9223372036854775808, 5]> : tensor<2xi64>}, %y: tensor<2xi64> {check.value = dense<[1, -6]> : tensor<2xi64>}) {
  %0 = nn.max %x, %y : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi64>
  check.expect_equal %0, dense<[1, 5]> : tensor<2xi64> : tensor<2xi64>
  %1 = nn.min %x, %y : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi64>
  check.expect_equal %1, dense<[-9223372036854775808, -6]> : tensor<2xi64> : tensor<2xi64>
  return
}
