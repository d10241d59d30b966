// Casts: saturation, rounding, wrapping; the same bits under another name.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// A float outside the range of an integer must not reach the conversion, where it is undefined.
// CHECK-LABEL: func.func @saturate
// CHECK: arith.cmpf oge
// CHECK: arith.cmpf olt
// CHECK: arith.cmpf uno
// CHECK: %[[SAFE:.*]] = arith.select
// CHECK: arith.fptosi %[[SAFE]] : f32 to i8
func.func @saturate(%x: tensor<3xf32>) -> tensor<3xi8> {
  %y = nn.cast %x {to = i8} : (tensor<3xf32>) -> tensor<3xi8>
  return %y : tensor<3xi8>
}

//--- run.mlir
// Towards zero; beyond the range the nearest end, and 0 for NaN.
func.func @f32_to_integers(%x: tensor<16xf32> {check.value = dense<[1.9, -1.9, 0.5, -0.5, 127.5, 128.0, -129.0, 255.9, -1.0, 3.0e+09, -3.0e+09, 1.0e+19, 0x7F800000, 0xFF800000, 0x7FC00000, 2.1474836e+09]> : tensor<16xf32>}) {
  %0 = nn.cast %x {to = i8} : (tensor<16xf32>) -> tensor<16xi8>
  check.expect_equal %0, dense<[1, -1, 0, 0, 127, 127, -128, 127, -1, 127, -128, 127, 127, -128, 0, 127]> : tensor<16xi8> : tensor<16xi8>
  %1 = nn.cast %x {to = ui8} : (tensor<16xf32>) -> tensor<16xui8>
  check.expect_equal %1, dense<[1, 0, 0, 0, 127, 128, 0, 255, 0, 255, 0, 255, 255, 0, 0, 255]> : tensor<16xui8> : tensor<16xui8>
  %2 = nn.cast %x {to = i16} : (tensor<16xf32>) -> tensor<16xi16>
  check.expect_equal %2, dense<[1, -1, 0, 0, 127, 128, -129, 255, -1, 32767, -32768, 32767, 32767, -32768, 0, 32767]> : tensor<16xi16> : tensor<16xi16>
  %3 = nn.cast %x {to = ui16} : (tensor<16xf32>) -> tensor<16xui16>
  check.expect_equal %3, dense<[1, 0, 0, 0, 127, 128, 0, 255, 0, 65535, 0, 65535, 65535, 0, 0, 65535]> : tensor<16xui16> : tensor<16xui16>
  %4 = nn.cast %x {to = i32} : (tensor<16xf32>) -> tensor<16xi32>
  check.expect_equal %4, dense<[1, -1, 0, 0, 127, 128, -129, 255, -1, 2147483647, -2147483648, 2147483647, 2147483647, -2147483648, 0, 2147483647]> : tensor<16xi32> : tensor<16xi32>
  %5 = nn.cast %x {to = ui32} : (tensor<16xf32>) -> tensor<16xui32>
  check.expect_equal %5, dense<[1, 0, 0, 0, 127, 128, 0, 255, 0, 3000000000, 0, 4294967295, 4294967295, 0, 0, 2147483648]> : tensor<16xui32> : tensor<16xui32>
  %6 = nn.cast %x {to = i64} : (tensor<16xf32>) -> tensor<16xi64>
  check.expect_equal %6, dense<[1, -1, 0, 0, 127, 128, -129, 255, -1, 3000000000, -3000000000, 9223372036854775807, 9223372036854775807, -9223372036854775808, 0, 2147483648]> : tensor<16xi64> : tensor<16xi64>
  %7 = nn.cast %x {to = ui64} : (tensor<16xf32>) -> tensor<16xui64>
  check.expect_equal %7, dense<[1, 0, 0, 0, 127, 128, 0, 255, 0, 3000000000, 0, 9999999980506447872, 18446744073709551615, 0, 0, 2147483648]> : tensor<16xui64> : tensor<16xui64>
  return
}

func.func @f64_to_integers(%x: tensor<8xf64> {check.value = dense<[9.007199254740994e+15, -9.223372036854776e+18, 9.223372036854776e+18, 1.0e+300, 0x7FF8000000000000, -0.9, 2.1474836475e+09, -1.0e-300]> : tensor<8xf64>}) {
  %0 = nn.cast %x {to = i64} : (tensor<8xf64>) -> tensor<8xi64>
  check.expect_equal %0, dense<[9007199254740994, -9223372036854775808, 9223372036854775807, 9223372036854775807, 0, 0, 2147483647, 0]> : tensor<8xi64> : tensor<8xi64>
  %1 = nn.cast %x {to = ui64} : (tensor<8xf64>) -> tensor<8xui64>
  check.expect_equal %1, dense<[9007199254740994, 0, 9223372036854775808, 18446744073709551615, 0, 0, 2147483647, 0]> : tensor<8xui64> : tensor<8xui64>
  %2 = nn.cast %x {to = i32} : (tensor<8xf64>) -> tensor<8xi32>
  check.expect_equal %2, dense<[2147483647, -2147483648, 2147483647, 2147483647, 0, 0, 2147483647, 0]> : tensor<8xi32> : tensor<8xi32>
  %3 = nn.cast %x {to = ui8} : (tensor<8xf64>) -> tensor<8xui8>
  check.expect_equal %3, dense<[255, 0, 255, 255, 0, 0, 255, 0]> : tensor<8xui8> : tensor<8xui8>
  return
}

func.func @f16_to_integers(%x: tensor<6xf16> {check.value = dense<[1.9, -1.9, 6.55e+04, 3.0e+02, 0x7C00, 0x7E00]> : tensor<6xf16>}) {
  %0 = nn.cast %x {to = i8} : (tensor<6xf16>) -> tensor<6xi8>
  check.expect_equal %0, dense<[1, -1, 127, 127, 127, 0]> : tensor<6xi8> : tensor<6xi8>
  %1 = nn.cast %x {to = ui8} : (tensor<6xf16>) -> tensor<6xui8>
  check.expect_equal %1, dense<[1, 0, 255, 255, 255, 0]> : tensor<6xui8> : tensor<6xui8>
  %2 = nn.cast %x {to = i32} : (tensor<6xf16>) -> tensor<6xi32>
  check.expect_equal %2, dense<[1, -1, 65504, 300, 2147483647, 0]> : tensor<6xi32> : tensor<6xi32>
  %3 = nn.cast %x {to = i64} : (tensor<6xf16>) -> tensor<6xi64>
  check.expect_equal %3, dense<[1, -1, 65504, 300, 9223372036854775807, 0]> : tensor<6xi64> : tensor<6xi64>
  return
}

func.func @bf16_to_integers(%x: tensor<6xbf16> {check.value = dense<[1.9, -1.9, 6.55e+04, 3.0e+02, 0x7F80, 0x7FC0]> : tensor<6xbf16>}) {
  %0 = nn.cast %x {to = i8} : (tensor<6xbf16>) -> tensor<6xi8>
  check.expect_equal %0, dense<[1, -1, 127, 127, 127, 0]> : tensor<6xi8> : tensor<6xi8>
  %1 = nn.cast %x {to = ui8} : (tensor<6xbf16>) -> tensor<6xui8>
  check.expect_equal %1, dense<[1, 0, 255, 255, 255, 0]> : tensor<6xui8> : tensor<6xui8>
  %2 = nn.cast %x {to = i64} : (tensor<6xbf16>) -> tensor<6xi64>
  check.expect_equal %2, dense<[1, -1, 65536, 300, 9223372036854775807, 0]> : tensor<6xi64> : tensor<6xi64>
  return
}

// Ties round to even.
func.func @f32_to_floats(%x: tensor<12xf32> {check.value = dense<[1.0, 1.0004883, 1.0014648, 65519.0, 65520.0, -1.0e-08, 6.0e-08, 0x7F800000, 0x7FC00000, 1.0e+38, 1.0039062, 1.0117188]> : tensor<12xf32>}) {
  %0 = nn.cast %x {to = f16} : (tensor<12xf32>) -> tensor<12xf16>
  check.expect_equal %0, dense<[1.0, 1.0, 1.002, 6.55e+04, 0x7C00, -0.0, 6.0e-08, 0x7C00, 0x7E00, 0x7C00, 1.004, 1.012]> : tensor<12xf16> : tensor<12xf16>
  %1 = nn.cast %x {to = bf16} : (tensor<12xf32>) -> tensor<12xbf16>
  check.expect_equal %1, dense<[1.0, 1.0, 1.0, 6.55e+04, 6.55e+04, -1.0e-08, 6.0e-08, 0x7F80, 0x7FC0, 1.0e+38, 1.0, 1.016]> : tensor<12xbf16> : tensor<12xbf16>
  %2 = nn.cast %x {to = f64} : (tensor<12xf32>) -> tensor<12xf64>
  check.expect_equal %2, dense<[1.0, 1.00048828125, 1.00146484375, 65519.0, 65520.0, -9.99999993922529e-09, 5.99999978589949e-08, 0x7FF0000000000000, 0x7FF8000000000000, 9.999999680285692e+37, 1.00390625, 1.01171875]> : tensor<12xf64> : tensor<12xf64>
  return
}

// Rounded once: 1 + 2^-11 + 2^-40 would be a tie if it went through f32.
func.func @f64_to_floats(%x: tensor<6xf64> {check.value = dense<[1.0004882812509095, 1.0039062500009095, 1.0e+39, 0xFFF0000000000000, 0x7FF8000000000000, 0.3333333333333333]> : tensor<6xf64>}) {
  %0 = nn.cast %x {to = f16} : (tensor<6xf64>) -> tensor<6xf16>
  check.expect_equal %0, dense<[1.001, 1.004, 0x7C00, 0xFC00, 0x7E00, 0.3333]> : tensor<6xf16> : tensor<6xf16>
  %1 = nn.cast %x {to = bf16} : (tensor<6xf64>) -> tensor<6xbf16>
  check.expect_equal %1, dense<[1.0, 1.01, 0x7F80, 0xFF80, 0x7FC0, 0.334]> : tensor<6xbf16> : tensor<6xbf16>
  %2 = nn.cast %x {to = f32} : (tensor<6xf64>) -> tensor<6xf32>
  check.expect_equal %2, dense<[1.0004883, 1.0039062, 0x7F800000, 0xFF800000, 0x7FC00000, 0.33333334]> : tensor<6xf32> : tensor<6xf32>
  return
}

func.func @f16_to_floats(%x: tensor<5xf16> {check.value = dense<[0.3333, 6.55e+04, 6.0e-08, 0xFC00, 0x7E00]> : tensor<5xf16>}) {
  %0 = nn.cast %x {to = f32} : (tensor<5xf16>) -> tensor<5xf32>
  check.expect_equal %0, dense<[0.33325195, 65504.0, 5.9604645e-08, 0xFF800000, 0x7FC00000]> : tensor<5xf32> : tensor<5xf32>
  %1 = nn.cast %x {to = f64} : (tensor<5xf16>) -> tensor<5xf64>
  check.expect_equal %1, dense<[0.333251953125, 65504.0, 5.960464477539063e-08, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<5xf64> : tensor<5xf64>
  %2 = nn.cast %x {to = bf16} : (tensor<5xf16>) -> tensor<5xbf16>
  check.expect_equal %2, dense<[0.334, 6.55e+04, 5.96e-08, 0xFF80, 0x7FC0]> : tensor<5xbf16> : tensor<5xbf16>
  return
}

func.func @bf16_to_floats(%x: tensor<5xbf16> {check.value = dense<[0.334, 3.0e+38, 9.0e-41, 0xFF80, 0x7FC0]> : tensor<5xbf16>}) {
  %0 = nn.cast %x {to = f32} : (tensor<5xbf16>) -> tensor<5xf32>
  check.expect_equal %0, dense<[0.33398438, 3.0040553e+38, 9.1835e-41, 0xFF800000, 0x7FC00000]> : tensor<5xf32> : tensor<5xf32>
  %1 = nn.cast %x {to = f64} : (tensor<5xbf16>) -> tensor<5xf64>
  check.expect_equal %1, dense<[0.333984375, 3.00405527047391e+38, 9.183549615799121e-41, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<5xf64> : tensor<5xf64>
  %2 = nn.cast %x {to = f16} : (tensor<5xbf16>) -> tensor<5xf16>
  check.expect_equal %2, dense<[0.334, 0x7C00, 0.0, 0xFC00, 0x7E00]> : tensor<5xf16> : tensor<5xf16>
  return
}

// Integers wrap.
func.func @i64_to_integers(%x: tensor<6xi64> {check.value = dense<[-1, 300, -129, 2147483648, 1099511627781, -9223372036854775808]> : tensor<6xi64>}) {
  %0 = nn.cast %x {to = i8} : (tensor<6xi64>) -> tensor<6xi8>
  check.expect_equal %0, dense<[-1, 44, 127, 0, 5, 0]> : tensor<6xi8> : tensor<6xi8>
  %1 = nn.cast %x {to = ui8} : (tensor<6xi64>) -> tensor<6xui8>
  check.expect_equal %1, dense<[255, 44, 127, 0, 5, 0]> : tensor<6xui8> : tensor<6xui8>
  %2 = nn.cast %x {to = i16} : (tensor<6xi64>) -> tensor<6xi16>
  check.expect_equal %2, dense<[-1, 300, -129, 0, 5, 0]> : tensor<6xi16> : tensor<6xi16>
  %3 = nn.cast %x {to = i32} : (tensor<6xi64>) -> tensor<6xi32>
  check.expect_equal %3, dense<[-1, 300, -129, -2147483648, 5, 0]> : tensor<6xi32> : tensor<6xi32>
  %4 = nn.cast %x {to = ui32} : (tensor<6xi64>) -> tensor<6xui32>
  check.expect_equal %4, dense<[4294967295, 300, 4294967167, 2147483648, 5, 0]> : tensor<6xui32> : tensor<6xui32>
  %5 = nn.cast %x {to = ui64} : (tensor<6xi64>) -> tensor<6xui64>
  check.expect_equal %5, dense<[18446744073709551615, 300, 18446744073709551487, 2147483648, 1099511627781, 9223372036854775808]> : tensor<6xui64> : tensor<6xui64>
  %6 = nn.cast %x {to = i1} : (tensor<6xi64>) -> tensor<6xi1>
  check.expect_equal %6, dense<true> : tensor<6xi1> : tensor<6xi1>
  return
}

func.func @i8_to_others(%x: tensor<4xi8> {check.value = dense<[-1, -128, 127, 0]> : tensor<4xi8>}) {
  %0 = nn.cast %x {to = i64} : (tensor<4xi8>) -> tensor<4xi64>
  check.expect_equal %0, dense<[-1, -128, 127, 0]> : tensor<4xi64> : tensor<4xi64>
  %1 = nn.cast %x {to = ui64} : (tensor<4xi8>) -> tensor<4xui64>
  check.expect_equal %1, dense<[18446744073709551615, 18446744073709551488, 127, 0]> : tensor<4xui64> : tensor<4xui64>
  %2 = nn.cast %x {to = f32} : (tensor<4xi8>) -> tensor<4xf32>
  check.expect_close %2, dense<[-1.0, -128.0, 127.0, 0.0]> : tensor<4xf32> : tensor<4xf32>
  %3 = nn.cast %x {to = f16} : (tensor<4xi8>) -> tensor<4xf16>
  check.expect_close %3, dense<[-1.0, -128.0, 127.0, 0.0]> : tensor<4xf16> {rtol = 1.0e-3} : tensor<4xf16>
  %4 = nn.cast %x {to = i1} : (tensor<4xi8>) -> tensor<4xi1>
  check.expect_equal %4, dense<[true, true, true, false]> : tensor<4xi1> : tensor<4xi1>
  return
}

func.func @ui8_to_others(%x: tensor<3xui8> {check.value = dense<[255, 128, 0]> : tensor<3xui8>}) {
  %0 = nn.cast %x {to = i8} : (tensor<3xui8>) -> tensor<3xi8>
  check.expect_equal %0, dense<[-1, -128, 0]> : tensor<3xi8> : tensor<3xi8>
  %1 = nn.cast %x {to = i32} : (tensor<3xui8>) -> tensor<3xi32>
  check.expect_equal %1, dense<[255, 128, 0]> : tensor<3xi32> : tensor<3xi32>
  %2 = nn.cast %x {to = f32} : (tensor<3xui8>) -> tensor<3xf32>
  check.expect_close %2, dense<[255.0, 128.0, 0.0]> : tensor<3xf32> : tensor<3xf32>
  %3 = nn.cast %x {to = bf16} : (tensor<3xui8>) -> tensor<3xbf16>
  check.expect_close %3, dense<[255.0, 128.0, 0.0]> : tensor<3xbf16> {rtol = 8.0e-3} : tensor<3xbf16>
  %4 = nn.cast %x {to = f64} : (tensor<3xui8>) -> tensor<3xf64>
  check.expect_close %4, dense<[255.0, 128.0, 0.0]> : tensor<3xf64> : tensor<3xf64>
  return
}

func.func @ui64_to_floats(%x: tensor<4xui64> {check.value = dense<[18446744073709551615, 9223372036854775808, 16777217, 3]> : tensor<4xui64>}) {
  %0 = nn.cast %x {to = f32} : (tensor<4xui64>) -> tensor<4xf32>
  check.expect_equal %0, dense<[1.8446744e+19, 9.223372e+18, 1.6777216e+07, 3.0]> : tensor<4xf32> : tensor<4xf32>
  %1 = nn.cast %x {to = f64} : (tensor<4xui64>) -> tensor<4xf64>
  check.expect_equal %1, dense<[1.8446744073709552e+19, 9.223372036854776e+18, 1.6777217e+07, 3.0]> : tensor<4xf64> : tensor<4xf64>
  %2 = nn.cast %x {to = f16} : (tensor<4xui64>) -> tensor<4xf16>
  check.expect_equal %2, dense<[0x7C00, 0x7C00, 0x7C00, 3.0]> : tensor<4xf16> : tensor<4xf16>
  return
}

func.func @i64_to_floats(%x: tensor<4xi64> {check.value = dense<[16777217, -16777219, 4611686018427387905, -5]> : tensor<4xi64>}) {
  %0 = nn.cast %x {to = f32} : (tensor<4xi64>) -> tensor<4xf32>
  check.expect_equal %0, dense<[1.6777216e+07, -1.677722e+07, 4.611686e+18, -5.0]> : tensor<4xf32> : tensor<4xf32>
  %1 = nn.cast %x {to = f64} : (tensor<4xi64>) -> tensor<4xf64>
  check.expect_equal %1, dense<[1.6777217e+07, -1.6777219e+07, 4.611686018427388e+18, -5.0]> : tensor<4xf64> : tensor<4xf64>
  %2 = nn.cast %x {to = f16} : (tensor<4xi64>) -> tensor<4xf16>
  check.expect_equal %2, dense<[0x7C00, 0xFC00, 0x7C00, -5.0]> : tensor<4xf16> : tensor<4xf16>
  return
}

// A true boolean is 1, not -1.
func.func @i1_to_others(%x: tensor<2xi1> {check.value = dense<[true, false]> : tensor<2xi1>}) {
  %0 = nn.cast %x {to = f32} : (tensor<2xi1>) -> tensor<2xf32>
  check.expect_close %0, dense<[1.0, 0.0]> : tensor<2xf32> : tensor<2xf32>
  %1 = nn.cast %x {to = f16} : (tensor<2xi1>) -> tensor<2xf16>
  check.expect_close %1, dense<[1.0, 0.0]> : tensor<2xf16> {rtol = 1.0e-3} : tensor<2xf16>
  %2 = nn.cast %x {to = i8} : (tensor<2xi1>) -> tensor<2xi8>
  check.expect_equal %2, dense<[1, 0]> : tensor<2xi8> : tensor<2xi8>
  %3 = nn.cast %x {to = ui8} : (tensor<2xi1>) -> tensor<2xui8>
  check.expect_equal %3, dense<[1, 0]> : tensor<2xui8> : tensor<2xui8>
  %4 = nn.cast %x {to = i64} : (tensor<2xi1>) -> tensor<2xi64>
  check.expect_equal %4, dense<[1, 0]> : tensor<2xi64> : tensor<2xi64>
  return
}

// NaN differs from 0, and so does the smallest number.
func.func @f32_to_i1(%x: tensor<6xf32> {check.value = dense<[0.0, -0.0, 0.1, 0x7FC00000, 0x7F800000, 1.0e-45]> : tensor<6xf32>}) {
  %0 = nn.cast %x {to = i1} : (tensor<6xf32>) -> tensor<6xi1>
  check.expect_equal %0, dense<[false, false, true, true, true, true]> : tensor<6xi1> : tensor<6xi1>
  return
}

func.func @dynamic(%x: tensor<?x2xf32, #nn.dims<"N">> {check.value = dense<[[1.5, -2.5], [3.5, 0x7FC00000], [0.0, 9.0]]> : tensor<3x2xf32>}) {
  %0 = nn.cast %x {to = i32} : (tensor<?x2xf32, #nn.dims<"N">>) -> tensor<?x2xi32, #nn.dims<"N">>
  check.expect_equal %0, dense<[[1, -2], [3, 0], [0, 9]]> : tensor<3x2xi32> : tensor<?x2xi32, #nn.dims<"N">>
  return
}

func.func @bitcast_32(%x: tensor<5xf32> {check.value = dense<[1.0, -0.0, 0x7F800000, 0x7FC00000, 1.0e-45]> : tensor<5xf32>}, %y: tensor<5xi32> {check.value = dense<[1065353216, -2147483648, 2139095040, 2143289344, 1]> : tensor<5xi32>}) {
  %0 = nn.bitcast %x {to = i32} : (tensor<5xf32>) -> tensor<5xi32>
  check.expect_equal %0, dense<[1065353216, -2147483648, 2139095040, 2143289344, 1]> : tensor<5xi32> : tensor<5xi32>
  %1 = nn.bitcast %x {to = ui32} : (tensor<5xf32>) -> tensor<5xui32>
  check.expect_equal %1, dense<[1065353216, 2147483648, 2139095040, 2143289344, 1]> : tensor<5xui32> : tensor<5xui32>
  %2 = nn.bitcast %y {to = f32} : (tensor<5xi32>) -> tensor<5xf32>
  check.expect_equal %2, dense<[1.0, -0.0, 0x7F800000, 0x7FC00000, 1.0e-45]> : tensor<5xf32> : tensor<5xf32>
  return
}

func.func @bitcast_64(%x: tensor<3xf64> {check.value = dense<[1.0, -2.5, 1.0e-310]> : tensor<3xf64>}, %y: tensor<3xi64> {check.value = dense<[4607182418800017408, -4610560118520545280, 20240225330731]> : tensor<3xi64>}) {
  %0 = nn.bitcast %x {to = ui64} : (tensor<3xf64>) -> tensor<3xui64>
  check.expect_equal %0, dense<[4607182418800017408, 13836183955189006336, 20240225330731]> : tensor<3xui64> : tensor<3xui64>
  %1 = nn.bitcast %y {to = f64} : (tensor<3xi64>) -> tensor<3xf64>
  check.expect_equal %1, dense<[1.0, -2.5, 1.0e-310]> : tensor<3xf64> : tensor<3xf64>
  return
}

func.func @bitcast_16(%x: tensor<3xf16> {check.value = dense<[1.0, -2.5, 6.0e-08]> : tensor<3xf16>}, %y: tensor<3xui16> {check.value = dense<[15360, 49408, 1]> : tensor<3xui16>}, %z: tensor<3xbf16> {check.value = dense<[0.0078, -8.0, 9.0e-41]> : tensor<3xbf16>}) {
  %0 = nn.bitcast %z {to = f16} : (tensor<3xbf16>) -> tensor<3xf16>
  check.expect_equal %0, dense<[1.0, -2.5, 6.0e-08]> : tensor<3xf16> : tensor<3xf16>
  %1 = nn.bitcast %z {to = ui16} : (tensor<3xbf16>) -> tensor<3xui16>
  check.expect_equal %1, dense<[15360, 49408, 1]> : tensor<3xui16> : tensor<3xui16>
  %2 = nn.bitcast %x {to = i16} : (tensor<3xf16>) -> tensor<3xi16>
  check.expect_equal %2, dense<[15360, -16128, 1]> : tensor<3xi16> : tensor<3xi16>
  %3 = nn.bitcast %x {to = bf16} : (tensor<3xf16>) -> tensor<3xbf16>
  check.expect_equal %3, dense<[0.0078, -8.0, 9.0e-41]> : tensor<3xbf16> : tensor<3xbf16>
  %4 = nn.bitcast %y {to = f16} : (tensor<3xui16>) -> tensor<3xf16>
  check.expect_equal %4, dense<[1.0, -2.5, 6.0e-08]> : tensor<3xf16> : tensor<3xf16>
  return
}

func.func @bitcast_8(%x: tensor<4xi8> {check.value = dense<[-1, 0, 1, -128]> : tensor<4xi8>}, %p: tensor<2xi1> {check.value = dense<[true, false]> : tensor<2xi1>}) {
  %0 = nn.bitcast %x {to = ui8} : (tensor<4xi8>) -> tensor<4xui8>
  check.expect_equal %0, dense<[255, 0, 1, 128]> : tensor<4xui8> : tensor<4xui8>
  %1 = nn.bitcast %p {to = ui8} : (tensor<2xi1>) -> tensor<2xui8>
  check.expect_equal %1, dense<[1, 0]> : tensor<2xui8> : tensor<2xui8>
  return
}
