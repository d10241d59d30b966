// Signs, magnitudes and rounding.
// RUN: %dlc-run %s --check --backend=loops
// RUN: %dlc-run %s --check --backend=halide

// The sign of NaN is NaN.
func.func @signs(%x: tensor<16xf32> {check.value = dense<[1.5, -2.25, 0.0, -0.0, 0x7F800000, 0xFF800000, 0x7FC00000, 0.5, -0.5, 2.5, 3.5, -1.5, 8.388609e+06, 1.6777216e+07, 1.0e+10, 1.0e-40]> : tensor<16xf32>}) {
  %0 = nn.abs %x : (tensor<16xf32>) -> tensor<16xf32>
  check.expect_equal %0, dense<[1.5, 2.25, 0.0, 0.0, 0x7F800000, 0x7F800000, 0x7FC00000, 0.5, 0.5, 2.5, 3.5, 1.5, 8.388609e+06, 1.6777216e+07, 1.0e+10, 1.0e-40]> : tensor<16xf32> : tensor<16xf32>
  %1 = nn.neg %x : (tensor<16xf32>) -> tensor<16xf32>
  check.expect_equal %1, dense<[-1.5, 2.25, -0.0, 0.0, 0xFF800000, 0x7F800000, 0x7FC00000, -0.5, 0.5, -2.5, -3.5, 1.5, -8.388609e+06, -1.6777216e+07, -1.0e+10, -1.0e-40]> : tensor<16xf32> : tensor<16xf32>
  %2 = nn.sign %x : (tensor<16xf32>) -> tensor<16xf32>
  check.expect_close %2, dense<[1.0, -1.0, 0.0, 0.0, 1.0, -1.0, 0x7FC00000, 1.0, -1.0, 1.0, 1.0, -1.0, 1.0, 1.0, 1.0, 1.0]> : tensor<16xf32> : tensor<16xf32>
  %3 = nn.reciprocal %x : (tensor<16xf32>) -> tensor<16xf32>
  check.expect_close %3, dense<[0.6666667, -0.44444445, 0x7F800000, 0xFF800000, 0.0, -0.0, 0x7FC00000, 2.0, -2.0, 0.4, 0.2857143, -0.6666667, 1.19209275e-07, 5.9604645e-08, 1.0e-10, 0x7F800000]> : tensor<16xf32> : tensor<16xf32>
  return
}

// Ties round to even; -0 stays.
func.func @rounding(%x: tensor<16xf32> {check.value = dense<[1.5, -2.25, 0.0, -0.0, 0x7F800000, 0xFF800000, 0x7FC00000, 0.5, -0.5, 2.5, 3.5, -1.5, 8.388609e+06, 1.6777216e+07, 1.0e+10, 1.0e-40]> : tensor<16xf32>}) {
  %0 = nn.floor %x : (tensor<16xf32>) -> tensor<16xf32>
  check.expect_equal %0, dense<[1.0, -3.0, 0.0, -0.0, 0x7F800000, 0xFF800000, 0x7FC00000, 0.0, -1.0, 2.0, 3.0, -2.0, 8.388609e+06, 1.6777216e+07, 1.0e+10, 0.0]> : tensor<16xf32> : tensor<16xf32>
  %1 = nn.ceil %x : (tensor<16xf32>) -> tensor<16xf32>
  check.expect_equal %1, dense<[2.0, -2.0, 0.0, -0.0, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0, -0.0, 3.0, 4.0, -1.0, 8.388609e+06, 1.6777216e+07, 1.0e+10, 1.0]> : tensor<16xf32> : tensor<16xf32>
  %2 = nn.round %x : (tensor<16xf32>) -> tensor<16xf32>
  check.expect_equal %2, dense<[2.0, -2.0, 0.0, -0.0, 0x7F800000, 0xFF800000, 0x7FC00000, 0.0, -0.0, 2.0, 4.0, -2.0, 8.388609e+06, 1.6777216e+07, 1.0e+10, 0.0]> : tensor<16xf32> : tensor<16xf32>
  return
}

func.func @sqrt(%x: tensor<8xf32> {check.value = dense<[4.0, 2.0, 0.0, -0.0, -1.0, 0x7F800000, 0x7FC00000, 1.0e-40]> : tensor<8xf32>}) {
  %0 = nn.sqrt %x : (tensor<8xf32>) -> tensor<8xf32>
  check.expect_close %0, dense<[2.0, 1.4142135, 0.0, -0.0, 0x7FC00000, 0x7F800000, 0x7FC00000, 9.999973e-21]> : tensor<8xf32> {rtol = 1.0e-7, atol = 0.0} : tensor<8xf32>
  return
}

func.func @all_f16(%x: tensor<9xf16> {check.value = dense<[1.5, -2.25, 0.0, 0x7C00, 0xFC00, 0x7E00, 2.5, -0.5, 1.0e+02]> : tensor<9xf16>}) {
  %0 = nn.abs %x : (tensor<9xf16>) -> tensor<9xf16>
  check.expect_equal %0, dense<[1.5, 2.25, 0.0, 0x7C00, 0x7C00, 0x7E00, 2.5, 0.5, 1.0e+02]> : tensor<9xf16> : tensor<9xf16>
  %1 = nn.neg %x : (tensor<9xf16>) -> tensor<9xf16>
  check.expect_equal %1, dense<[-1.5, 2.25, -0.0, 0xFC00, 0x7C00, 0x7E00, -2.5, 0.5, -1.0e+02]> : tensor<9xf16> : tensor<9xf16>
  %2 = nn.sign %x : (tensor<9xf16>) -> tensor<9xf16>
  check.expect_equal %2, dense<[1.0, -1.0, 0.0, 1.0, -1.0, 0x7E00, 1.0, -1.0, 1.0]> : tensor<9xf16> : tensor<9xf16>
  %3 = nn.reciprocal %x : (tensor<9xf16>) -> tensor<9xf16>
  check.expect_close %3, dense<[0.6665, -0.4443, 0x7C00, 0.0, -0.0, 0x7E00, 0.4, -2.0, 0.01]> : tensor<9xf16> {rtol = 1.0e-3} : tensor<9xf16>
  %4 = nn.sqrt %x : (tensor<9xf16>) -> tensor<9xf16>
  check.expect_close %4, dense<[1.225, 0x7E00, 0.0, 0x7C00, 0x7E00, 0x7E00, 1.581, 0x7E00, 1.0e+01]> : tensor<9xf16> {rtol = 1.0e-3} : tensor<9xf16>
  %5 = nn.floor %x : (tensor<9xf16>) -> tensor<9xf16>
  check.expect_equal %5, dense<[1.0, -3.0, 0.0, 0x7C00, 0xFC00, 0x7E00, 2.0, -1.0, 1.0e+02]> : tensor<9xf16> : tensor<9xf16>
  %6 = nn.ceil %x : (tensor<9xf16>) -> tensor<9xf16>
  check.expect_equal %6, dense<[2.0, -2.0, 0.0, 0x7C00, 0xFC00, 0x7E00, 3.0, -0.0, 1.0e+02]> : tensor<9xf16> : tensor<9xf16>
  %7 = nn.round %x : (tensor<9xf16>) -> tensor<9xf16>
  check.expect_equal %7, dense<[2.0, -2.0, 0.0, 0x7C00, 0xFC00, 0x7E00, 2.0, -0.0, 1.0e+02]> : tensor<9xf16> : tensor<9xf16>
  return
}

func.func @all_bf16(%x: tensor<9xbf16> {check.value = dense<[1.5, -2.25, 0.0, 0x7F80, 0xFF80, 0x7FC0, 2.5, -0.5, 1.0e+02]> : tensor<9xbf16>}) {
  %0 = nn.abs %x : (tensor<9xbf16>) -> tensor<9xbf16>
  check.expect_equal %0, dense<[1.5, 2.25, 0.0, 0x7F80, 0x7F80, 0x7FC0, 2.5, 0.5, 1.0e+02]> : tensor<9xbf16> : tensor<9xbf16>
  %1 = nn.neg %x : (tensor<9xbf16>) -> tensor<9xbf16>
  check.expect_equal %1, dense<[-1.5, 2.25, -0.0, 0xFF80, 0x7F80, 0x7FC0, -2.5, 0.5, -1.0e+02]> : tensor<9xbf16> : tensor<9xbf16>
  %2 = nn.sign %x : (tensor<9xbf16>) -> tensor<9xbf16>
  check.expect_equal %2, dense<[1.0, -1.0, 0.0, 1.0, -1.0, 0x7FC0, 1.0, -1.0, 1.0]> : tensor<9xbf16> : tensor<9xbf16>
  %3 = nn.reciprocal %x : (tensor<9xbf16>) -> tensor<9xbf16>
  check.expect_close %3, dense<[0.668, -0.445, 0x7F80, 0.0, -0.0, 0x7FC0, 0.4, -2.0, 0.01]> : tensor<9xbf16> {rtol = 8.0e-3} : tensor<9xbf16>
  %4 = nn.sqrt %x : (tensor<9xbf16>) -> tensor<9xbf16>
  check.expect_close %4, dense<[1.23, 0x7FC0, 0.0, 0x7F80, 0x7FC0, 0x7FC0, 1.58, 0x7FC0, 1.0e+01]> : tensor<9xbf16> {rtol = 8.0e-3} : tensor<9xbf16>
  %5 = nn.floor %x : (tensor<9xbf16>) -> tensor<9xbf16>
  check.expect_equal %5, dense<[1.0, -3.0, 0.0, 0x7F80, 0xFF80, 0x7FC0, 2.0, -1.0, 1.0e+02]> : tensor<9xbf16> : tensor<9xbf16>
  %6 = nn.ceil %x : (tensor<9xbf16>) -> tensor<9xbf16>
  check.expect_equal %6, dense<[2.0, -2.0, 0.0, 0x7F80, 0xFF80, 0x7FC0, 3.0, -0.0, 1.0e+02]> : tensor<9xbf16> : tensor<9xbf16>
  %7 = nn.round %x : (tensor<9xbf16>) -> tensor<9xbf16>
  check.expect_equal %7, dense<[2.0, -2.0, 0.0, 0x7F80, 0xFF80, 0x7FC0, 2.0, -0.0, 1.0e+02]> : tensor<9xbf16> : tensor<9xbf16>
  return
}

func.func @all_f64(%x: tensor<9xf64> {check.value = dense<[1.5, -2.25, 0.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 2.5, -0.5, 100.0]> : tensor<9xf64>}) {
  %0 = nn.abs %x : (tensor<9xf64>) -> tensor<9xf64>
  check.expect_equal %0, dense<[1.5, 2.25, 0.0, 0x7FF0000000000000, 0x7FF0000000000000, 0x7FF8000000000000, 2.5, 0.5, 100.0]> : tensor<9xf64> : tensor<9xf64>
  %1 = nn.neg %x : (tensor<9xf64>) -> tensor<9xf64>
  check.expect_equal %1, dense<[-1.5, 2.25, -0.0, 0xFFF0000000000000, 0x7FF0000000000000, 0x7FF8000000000000, -2.5, 0.5, -100.0]> : tensor<9xf64> : tensor<9xf64>
  %2 = nn.sign %x : (tensor<9xf64>) -> tensor<9xf64>
  check.expect_equal %2, dense<[1.0, -1.0, 0.0, 1.0, -1.0, 0x7FF8000000000000, 1.0, -1.0, 1.0]> : tensor<9xf64> : tensor<9xf64>
  %3 = nn.reciprocal %x : (tensor<9xf64>) -> tensor<9xf64>
  check.expect_close %3, dense<[0.6666666666666666, -0.4444444444444444, 0x7FF0000000000000, 0.0, -0.0, 0x7FF8000000000000, 0.4, -2.0, 0.01]> : tensor<9xf64> {rtol = 1.0e-14} : tensor<9xf64>
  %4 = nn.sqrt %x : (tensor<9xf64>) -> tensor<9xf64>
  check.expect_close %4, dense<[1.224744871391589, 0x7FF8000000000000, 0.0, 0x7FF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 1.5811388300841898, 0x7FF8000000000000, 10.0]> : tensor<9xf64> {rtol = 1.0e-14} : tensor<9xf64>
  %5 = nn.floor %x : (tensor<9xf64>) -> tensor<9xf64>
  check.expect_equal %5, dense<[1.0, -3.0, 0.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 2.0, -1.0, 100.0]> : tensor<9xf64> : tensor<9xf64>
  %6 = nn.ceil %x : (tensor<9xf64>) -> tensor<9xf64>
  check.expect_equal %6, dense<[2.0, -2.0, 0.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 3.0, -0.0, 100.0]> : tensor<9xf64> : tensor<9xf64>
  %7 = nn.round %x : (tensor<9xf64>) -> tensor<9xf64>
  check.expect_equal %7, dense<[2.0, -2.0, 0.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 2.0, -0.0, 100.0]> : tensor<9xf64> : tensor<9xf64>
  return
}

// The lowest integer has no positive counterpart: it wraps.
func.func @signs_i8(%x: tensor<5xi8> {check.value = dense<[5, -5, 0, -128, 127]> : tensor<5xi8>}) {
  %0 = nn.abs %x : (tensor<5xi8>) -> tensor<5xi8>
  check.expect_equal %0, dense<[5, 5, 0, -128, 127]> : tensor<5xi8> : tensor<5xi8>
  %1 = nn.neg %x : (tensor<5xi8>) -> tensor<5xi8>
  check.expect_equal %1, dense<[-5, 5, 0, -128, -127]> : tensor<5xi8> : tensor<5xi8>
  %2 = nn.sign %x : (tensor<5xi8>) -> tensor<5xi8>
  check.expect_equal %2, dense<[1, -1, 0, -1, 1]> : tensor<5xi8> : tensor<5xi8>
  return
}

func.func @signs_i64(%x: tensor<4xi64> {check.value = dense<[5, -5, 0, -9223372036854775808]> : tensor<4xi64>}) {
  %0 = nn.abs %x : (tensor<4xi64>) -> tensor<4xi64>
  check.expect_equal %0, dense<[5, 5, 0, -9223372036854775808]> : tensor<4xi64> : tensor<4xi64>
  %1 = nn.neg %x : (tensor<4xi64>) -> tensor<4xi64>
  check.expect_equal %1, dense<[-5, 5, 0, -9223372036854775808]> : tensor<4xi64> : tensor<4xi64>
  %2 = nn.sign %x : (tensor<4xi64>) -> tensor<4xi64>
  check.expect_equal %2, dense<[1, -1, 0, -1]> : tensor<4xi64> : tensor<4xi64>
  return
}

func.func @signs_ui8(%x: tensor<3xui8> {check.value = dense<[5, 0, 255]> : tensor<3xui8>}) {
  %0 = nn.abs %x : (tensor<3xui8>) -> tensor<3xui8>
  check.expect_equal %0, dense<[5, 0, 255]> : tensor<3xui8> : tensor<3xui8>
  %1 = nn.neg %x : (tensor<3xui8>) -> tensor<3xui8>
  check.expect_equal %1, dense<[251, 0, 1]> : tensor<3xui8> : tensor<3xui8>
  %2 = nn.sign %x : (tensor<3xui8>) -> tensor<3xui8>
  check.expect_equal %2, dense<[1, 0, 1]> : tensor<3xui8> : tensor<3xui8>
  return
}

func.func @dynamic(%x: tensor<?x2xf32, #nn.dims<"N">> {check.value = dense<[[-2.5, -1.5], [-0.5, 0.5], [1.5, 2.5]]> : tensor<3x2xf32>}) {
  %0 = nn.abs %x : (tensor<?x2xf32, #nn.dims<"N">>) -> tensor<?x2xf32, #nn.dims<"N">>
  check.expect_close %0, dense<[[2.5, 1.5], [0.5, 0.5], [1.5, 2.5]]> : tensor<3x2xf32> : tensor<?x2xf32, #nn.dims<"N">>
  return
}
