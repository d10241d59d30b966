// Bits of integers.
// RUN: %dlc-run %s --check --backend=loops
// RUN: %dlc-run %s --check --backend=halide

func.func @bitwise_i8(%x: tensor<3xi8> {check.value = dense<[6, -1, -128]> : tensor<3xi8>}, %y: tensor<3xi8> {check.value = dense<[3, 5, 127]> : tensor<3xi8>}) {
  %0 = nn.bitwise_and %x, %y : (tensor<3xi8>, tensor<3xi8>) -> tensor<3xi8>
  check.expect_equal %0, dense<[2, 5, 0]> : tensor<3xi8> : tensor<3xi8>
  %1 = nn.bitwise_or %x, %y : (tensor<3xi8>, tensor<3xi8>) -> tensor<3xi8>
  check.expect_equal %1, dense<[7, -1, -1]> : tensor<3xi8> : tensor<3xi8>
  %2 = nn.bitwise_xor %x, %y : (tensor<3xi8>, tensor<3xi8>) -> tensor<3xi8>
  check.expect_equal %2, dense<[5, -6, -1]> : tensor<3xi8> : tensor<3xi8>
  %3 = nn.bitwise_not %x : (tensor<3xi8>) -> tensor<3xi8>
  check.expect_equal %3, dense<[-7, 0, 127]> : tensor<3xi8> : tensor<3xi8>
  return
}

func.func @bitwise_ui8(%x: tensor<3xui8> {check.value = dense<[240, 255, 1]> : tensor<3xui8>}, %y: tensor<3xui8> {check.value = dense<[60, 0, 1]> : tensor<3xui8>}) {
  %0 = nn.bitwise_and %x, %y : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xui8>
  check.expect_equal %0, dense<[48, 0, 1]> : tensor<3xui8> : tensor<3xui8>
  %1 = nn.bitwise_or %x, %y : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xui8>
  check.expect_equal %1, dense<[252, 255, 1]> : tensor<3xui8> : tensor<3xui8>
  %2 = nn.bitwise_xor %x, %y : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xui8>
  check.expect_equal %2, dense<[204, 255, 0]> : tensor<3xui8> : tensor<3xui8>
  %3 = nn.bitwise_not %x : (tensor<3xui8>) -> tensor<3xui8>
  check.expect_equal %3, dense<[15, 0, 254]> : tensor<3xui8> : tensor<3xui8>
  return
}

func.func @bitwise_i64(%x: tensor<2xi64> {check.value = dense<[-1, 1099511627777]> : tensor<2xi64>}, %y: tensor<2xi64> {check.value = dense<[4611686018427387904, 3]> : tensor<2xi64>}) {
  %0 = nn.bitwise_and %x, %y : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi64>
  check.expect_equal %0, dense<[4611686018427387904, 1]> : tensor<2xi64> : tensor<2xi64>
  %1 = nn.bitwise_or %x, %y : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi64>
  check.expect_equal %1, dense<[-1, 1099511627779]> : tensor<2xi64> : tensor<2xi64>
  %2 = nn.bitwise_xor %x, %y : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi64>
  check.expect_equal %2, dense<[-4611686018427387905, 1099511627778]> : tensor<2xi64> : tensor<2xi64>
  %3 = nn.bitwise_not %x : (tensor<2xi64>) -> tensor<2xi64>
  check.expect_equal %3, dense<[0, -1099511627778]> : tensor<2xi64> : tensor<2xi64>
  return
}

func.func @bitwise_ui32(%x: tensor<2xui32> {check.value = dense<[4294967295, 5]> : tensor<2xui32>}, %y: tensor<2xui32> {check.value = dense<[2147483648, 6]> : tensor<2xui32>}) {
  %0 = nn.bitwise_and %x, %y : (tensor<2xui32>, tensor<2xui32>) -> tensor<2xui32>
  check.expect_equal %0, dense<[2147483648, 4]> : tensor<2xui32> : tensor<2xui32>
  %1 = nn.bitwise_or %x, %y : (tensor<2xui32>, tensor<2xui32>) -> tensor<2xui32>
  check.expect_equal %1, dense<[4294967295, 7]> : tensor<2xui32> : tensor<2xui32>
  %2 = nn.bitwise_xor %x, %y : (tensor<2xui32>, tensor<2xui32>) -> tensor<2xui32>
  check.expect_equal %2, dense<[2147483647, 3]> : tensor<2xui32> : tensor<2xui32>
  %3 = nn.bitwise_not %x : (tensor<2xui32>) -> tensor<2xui32>
  check.expect_equal %3, dense<[0, 4294967290]> : tensor<2xui32> : tensor<2xui32>
  return
}

// By the width or more: nothing is left but the sign.
func.func @shift_ui8(%x: tensor<4xui8> {check.value = dense<[1, 255, 3, 3]> : tensor<4xui8>}, %y: tensor<4xui8> {check.value = dense<[3, 4, 8, 200]> : tensor<4xui8>}) {
  %0 = nn.shift_left %x, %y : (tensor<4xui8>, tensor<4xui8>) -> tensor<4xui8>
  check.expect_equal %0, dense<[8, 240, 0, 0]> : tensor<4xui8> : tensor<4xui8>
  %1 = nn.shift_right %x, %y : (tensor<4xui8>, tensor<4xui8>) -> tensor<4xui8>
  check.expect_equal %1, dense<[0, 15, 0, 0]> : tensor<4xui8> : tensor<4xui8>
  return
}

func.func @shift_i8(%x: tensor<6xi8> {check.value = dense<[1, -128, -3, -3, 5, -5]> : tensor<6xi8>}, %y: tensor<6xi8> {check.value = dense<[3, 1, 1, 8, -1, -1]> : tensor<6xi8>}) {
  %0 = nn.shift_left %x, %y : (tensor<6xi8>, tensor<6xi8>) -> tensor<6xi8>
  check.expect_equal %0, dense<[8, 0, -6, 0, 0, 0]> : tensor<6xi8> : tensor<6xi8>
  %1 = nn.shift_right %x, %y : (tensor<6xi8>, tensor<6xi8>) -> tensor<6xi8>
  check.expect_equal %1, dense<[0, -64, -2, -1, 0, -1]> : tensor<6xi8> : tensor<6xi8>
  return
}

func.func @shift_ui64(%x: tensor<3xui64> {check.value = dense<[18446744073709551615, 1, 7]> : tensor<3xui64>}, %y: tensor<3xui64> {check.value = dense<[63, 63, 64]> : tensor<3xui64>}) {
  %0 = nn.shift_left %x, %y : (tensor<3xui64>, tensor<3xui64>) -> tensor<3xui64>
  check.expect_equal %0, dense<[9223372036854775808, 9223372036854775808, 0]> : tensor<3xui64> : tensor<3xui64>
  %1 = nn.shift_right %x, %y : (tensor<3xui64>, tensor<3xui64>) -> tensor<3xui64>
  check.expect_equal %1, dense<[1, 0, 0]> : tensor<3xui64> : tensor<3xui64>
  return
}

func.func @shift_i32(%x: tensor<3xi32> {check.value = dense<[-8, 1, 9]> : tensor<3xi32>}, %y: tensor<3xi32> {check.value = dense<[1, 31, 32]> : tensor<3xi32>}) {
  %0 = nn.shift_left %x, %y : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
  check.expect_equal %0, dense<[-16, -2147483648, 0]> : tensor<3xi32> : tensor<3xi32>
  %1 = nn.shift_right %x, %y : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
  check.expect_equal %1, dense<[-4, 0, 0]> : tensor<3xi32> : tensor<3xi32>
  return
}

func.func @shift_ui16(%x: tensor<2xui16> {check.value = dense<[32769, 5]> : tensor<2xui16>}, %y: tensor<2xui16> {check.value = dense<[15, 16]> : tensor<2xui16>}) {
  %0 = nn.shift_left %x, %y : (tensor<2xui16>, tensor<2xui16>) -> tensor<2xui16>
  check.expect_equal %0, dense<[32768, 0]> : tensor<2xui16> : tensor<2xui16>
  %1 = nn.shift_right %x, %y : (tensor<2xui16>, tensor<2xui16>) -> tensor<2xui16>
  check.expect_equal %1, dense<[1, 0]> : tensor<2xui16> : tensor<2xui16>
  return
}

func.func @broadcast(%x: tensor<2x1xui32> {check.value = dense<[[1], [2]]> : tensor<2x1xui32>}, %y: tensor<2xui32> {check.value = dense<[1, 4]> : tensor<2xui32>}) {
  %0 = nn.shift_left %x, %y : (tensor<2x1xui32>, tensor<2xui32>) -> tensor<2x2xui32>
  check.expect_equal %0, dense<[[2, 16], [4, 32]]> : tensor<2x2xui32> : tensor<2x2xui32>
  %1 = nn.bitwise_or %x, %y : (tensor<2x1xui32>, tensor<2xui32>) -> tensor<2x2xui32>
  check.expect_equal %1, dense<[[1, 5], [3, 6]]> : tensor<2x2xui32> : tensor<2x2xui32>
  return
}
