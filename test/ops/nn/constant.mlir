// Constants of every element type, unsigned ones among them, as results and as operands.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// CHECK-LABEL: func.func @unsigned
// CHECK: arith.constant dense<[-1, 2]> : tensor<2xi8>
func.func @unsigned() -> tensor<2xui8> {
  %x = nn.constant dense<[255, 2]> : tensor<2xui8>
  return %x : tensor<2xui8>
}

// A weight is a name here; its bytes lie beside the module.
// CHECK-LABEL: func.func @weight
// CHECK: arith.constant dense_resource<w> : tensor<2xi8>
func.func @weight() -> tensor<2xui8> {
  %x = nn.constant dense_resource<w> : tensor<2xui8>
  return %x : tensor<2xui8>
}

//--- run.mlir
func.func @f32() {
  %0 = nn.constant dense<[1.5, 0x7FC00000, 0xFF800000, -0.0]> : tensor<4xf32>
  check.expect_equal %0, dense<[1.5, 0x7FC00000, 0xFF800000, -0.0]> : tensor<4xf32> : tensor<4xf32>
  return
}

func.func @f64() {
  %0 = nn.constant dense<[0.3333333333333333, 0x7FF8000000000000, 0x7FF0000000000000]> : tensor<3xf64>
  check.expect_equal %0, dense<[0.3333333333333333, 0x7FF8000000000000, 0x7FF0000000000000]> : tensor<3xf64> : tensor<3xf64>
  return
}

func.func @f16() {
  %0 = nn.constant dense<[6.55e+04, -0.0, 0x7E00]> : tensor<3xf16>
  check.expect_equal %0, dense<[6.55e+04, -0.0, 0x7E00]> : tensor<3xf16> : tensor<3xf16>
  return
}

func.func @bf16() {
  %0 = nn.constant dense<[1.5, 0x7F80]> : tensor<2xbf16>
  check.expect_equal %0, dense<[1.5, 0x7F80]> : tensor<2xbf16> : tensor<2xbf16>
  return
}

func.func @i8() {
  %0 = nn.constant dense<[-128, 127]> : tensor<2xi8>
  check.expect_equal %0, dense<[-128, 127]> : tensor<2xi8> : tensor<2xi8>
  return
}

func.func @ui8() {
  %0 = nn.constant dense<[255, 0]> : tensor<2xui8>
  check.expect_equal %0, dense<[255, 0]> : tensor<2xui8> : tensor<2xui8>
  return
}

func.func @i16() {
  %0 = nn.constant dense<[-32768]> : tensor<1xi16>
  check.expect_equal %0, dense<[-32768]> : tensor<1xi16> : tensor<1xi16>
  return
}

func.func @ui16() {
  %0 = nn.constant dense<[65535]> : tensor<1xui16>
  check.expect_equal %0, dense<[65535]> : tensor<1xui16> : tensor<1xui16>
  return
}

func.func @i32() {
  %0 = nn.constant dense<[-2147483648, 5]> : tensor<2xi32>
  check.expect_equal %0, dense<[-2147483648, 5]> : tensor<2xi32> : tensor<2xi32>
  return
}

func.func @ui32() {
  %0 = nn.constant dense<[4294967295]> : tensor<1xui32>
  check.expect_equal %0, dense<[4294967295]> : tensor<1xui32> : tensor<1xui32>
  return
}

func.func @i64() {
  %0 = nn.constant dense<[-9223372036854775808, 9223372036854775807]> : tensor<2xi64>
  check.expect_equal %0, dense<[-9223372036854775808, 9223372036854775807]> : tensor<2xi64> : tensor<2xi64>
  return
}

func.func @ui64() {
  %0 = nn.constant dense<[18446744073709551615, 1]> : tensor<2xui64>
  check.expect_equal %0, dense<[18446744073709551615, 1]> : tensor<2xui64> : tensor<2xui64>
  return
}

func.func @i1(%x: tensor<3xi1> {check.value = dense<[true, false, true]> : tensor<3xi1>}) {
  %0 = nn.constant dense<[true, false, true]> : tensor<3xi1>
  check.expect_equal %0, dense<[true, false, true]> : tensor<3xi1> : tensor<3xi1>
  %1 = nn.not %0 : (tensor<3xi1>) -> tensor<3xi1>
  check.expect_equal %1, dense<[false, true, false]> : tensor<3xi1> : tensor<3xi1>
  return
}

func.func @operand(%x: tensor<2x2xf32> {check.value = dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>}) {
  %c = nn.constant dense<[[0.5], [2.0]]> : tensor<2x1xf32>
  %0 = nn.mul %x, %c : (tensor<2x2xf32>, tensor<2x1xf32>) -> tensor<2x2xf32>
  check.expect_equal %0, dense<[[0.5, 1.0], [6.0, 8.0]]> : tensor<2x2xf32> : tensor<2x2xf32>
  return
}

func.func @scalar() {
  %0 = nn.constant dense<7> : tensor<i64>
  check.expect_equal %0, dense<7> : tensor<i64> : tensor<i64>
  return
}

func.func @splat() {
  %0 = nn.constant dense<2.5> : tensor<3x2xf32>
  check.expect_equal %0, dense<2.5> : tensor<3x2xf32> : tensor<3x2xf32>
  return
}

func.func @empty() {
  %0 = nn.constant dense<> : tensor<0x2xf32>
  check.expect_equal %0, dense<> : tensor<0x2xf32> : tensor<0x2xf32>
  return
}

// What depends on constants alone is computed once, by the same code.
func.func @folded() {
  %a = nn.constant dense<[3.0, -4.0]> : tensor<2xf32>
  %b = nn.constant dense<[1.0, 0x7FC00000]> : tensor<2xf32>
  %0 = nn.max %a, %b : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  check.expect_equal %0, dense<[3.0, 0x7FC00000]> : tensor<2xf32> : tensor<2xf32>
  return
}
