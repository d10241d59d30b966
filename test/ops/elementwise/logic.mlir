// Comparisons, logic, selection.
// RUN: %dlc-run %s --check --backend=loops
// RUN: %dlc-run %s --check --backend=halide

// NaN equals nothing and is not less than anything; -0 equals 0.
func.func @compare_f32(%x: tensor<8xf32> {check.value = dense<[1.0, 2.0, 0x7FC00000, 0x7FC00000, 0x7F800000, 0xFF800000, 0.0, -1.0]> : tensor<8xf32>}, %y: tensor<8xf32> {check.value = dense<[1.0, 1.0, 0x7FC00000, 1.0, 0x7F800000, 0x7F800000, -0.0, 2.0]> : tensor<8xf32>}) {
  %0 = nn.equal %x, %y : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xi1>
  check.expect_equal %0, dense<[true, false, false, false, true, false, true, false]> : tensor<8xi1> : tensor<8xi1>
  %1 = nn.less %x, %y : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xi1>
  check.expect_equal %1, dense<[false, false, false, false, false, true, false, true]> : tensor<8xi1> : tensor<8xi1>
  %2 = nn.less_equal %x, %y : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xi1>
  check.expect_equal %2, dense<[true, false, false, false, true, true, true, true]> : tensor<8xi1> : tensor<8xi1>
  return
}

func.func @compare_f16(%x: tensor<3xf16> {check.value = dense<[1.0, 0x7E00, 2.0]> : tensor<3xf16>}, %y: tensor<3xf16> {check.value = dense<[1.0, 1.0, 3.0]> : tensor<3xf16>}) {
  %0 = nn.equal %x, %y : (tensor<3xf16>, tensor<3xf16>) -> tensor<3xi1>
  check.expect_equal %0, dense<[true, false, false]> : tensor<3xi1> : tensor<3xi1>
  %1 = nn.less %x, %y : (tensor<3xf16>, tensor<3xf16>) -> tensor<3xi1>
  check.expect_equal %1, dense<[false, false, true]> : tensor<3xi1> : tensor<3xi1>
  %2 = nn.less_equal %x, %y : (tensor<3xf16>, tensor<3xf16>) -> tensor<3xi1>
  check.expect_equal %2, dense<[true, false, true]> : tensor<3xi1> : tensor<3xi1>
  return
}

func.func @compare_bf16(%x: tensor<3xbf16> {check.value = dense<[1.0, 0x7FC0, 2.0]> : tensor<3xbf16>}, %y: tensor<3xbf16> {check.value = dense<[1.0, 1.0, 3.0]> : tensor<3xbf16>}) {
  %0 = nn.equal %x, %y : (tensor<3xbf16>, tensor<3xbf16>) -> tensor<3xi1>
  check.expect_equal %0, dense<[true, false, false]> : tensor<3xi1> : tensor<3xi1>
  %1 = nn.less %x, %y : (tensor<3xbf16>, tensor<3xbf16>) -> tensor<3xi1>
  check.expect_equal %1, dense<[false, false, true]> : tensor<3xi1> : tensor<3xi1>
  %2 = nn.less_equal %x, %y : (tensor<3xbf16>, tensor<3xbf16>) -> tensor<3xi1>
  check.expect_equal %2, dense<[true, false, true]> : tensor<3xi1> : tensor<3xi1>
  return
}

func.func @compare_f64(%x: tensor<3xf64> {check.value = dense<[1.0, 0x7FF8000000000000, 1.0000000000000002]> : tensor<3xf64>}, %y: tensor<3xf64> {check.value = dense<1.0> : tensor<3xf64>}) {
  %0 = nn.equal %x, %y : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xi1>
  check.expect_equal %0, dense<[true, false, false]> : tensor<3xi1> : tensor<3xi1>
  %1 = nn.less %x, %y : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xi1>
  check.expect_equal %1, dense<false> : tensor<3xi1> : tensor<3xi1>
  %2 = nn.less_equal %x, %y : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xi1>
  check.expect_equal %2, dense<[true, false, false]> : tensor<3xi1> : tensor<3xi1>
  return
}

func.func @compare_i8(%x: tensor<3xi8> {check.value = dense<[-1, 5, -128]> : tensor<3xi8>}, %y: tensor<3xi8> {check.value = dense<[1, 5, 127]> : tensor<3xi8>}) {
  %0 = nn.equal %x, %y : (tensor<3xi8>, tensor<3xi8>) -> tensor<3xi1>
  check.expect_equal %0, dense<[false, true, false]> : tensor<3xi1> : tensor<3xi1>
  %1 = nn.less %x, %y : (tensor<3xi8>, tensor<3xi8>) -> tensor<3xi1>
  check.expect_equal %1, dense<[true, false, true]> : tensor<3xi1> : tensor<3xi1>
  %2 = nn.less_equal %x, %y : (tensor<3xi8>, tensor<3xi8>) -> tensor<3xi1>
  check.expect_equal %2, dense<true> : tensor<3xi1> : tensor<3xi1>
  return
}

func.func @compare_ui8(%x: tensor<3xui8> {check.value = dense<[255, 5, 0]> : tensor<3xui8>}, %y: tensor<3xui8> {check.value = dense<[1, 5, 1]> : tensor<3xui8>}) {
  %0 = nn.equal %x, %y : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xi1>
  check.expect_equal %0, dense<[false, true, false]> : tensor<3xi1> : tensor<3xi1>
  %1 = nn.less %x, %y : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xi1>
  check.expect_equal %1, dense<[false, false, true]> : tensor<3xi1> : tensor<3xi1>
  %2 = nn.less_equal %x, %y : (tensor<3xui8>, tensor<3xui8>) -> tensor<3xi1>
  check.expect_equal %2, dense<[false, true, true]> : tensor<3xi1> : tensor<3xi1>
  return
}

func.func @compare_i64(%x: tensor<2xi64> {check.value = dense<[-1, 4611686018427387904]> : tensor<2xi64>}, %y: tensor<2xi64> {check.value = dense<4611686018427387904> : tensor<2xi64>}) {
  %0 = nn.equal %x, %y : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi1>
  check.expect_equal %0, dense<[false, true]> : tensor<2xi1> : tensor<2xi1>
  %1 = nn.less %x, %y : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi1>
  check.expect_equal %1, dense<[true, false]> : tensor<2xi1> : tensor<2xi1>
  %2 = nn.less_equal %x, %y : (tensor<2xi64>, tensor<2xi64>) -> tensor<2xi1>
  check.expect_equal %2, dense<true> : tensor<2xi1> : tensor<2xi1>
  return
}

func.func @compare_ui64(%x: tensor<2xui64> {check.value = dense<[9223372036854775808, 1]> : tensor<2xui64>}, %y: tensor<2xui64> {check.value = dense<[1, 18446744073709551615]> : tensor<2xui64>}) {
  %0 = nn.equal %x, %y : (tensor<2xui64>, tensor<2xui64>) -> tensor<2xi1>
  check.expect_equal %0, dense<false> : tensor<2xi1> : tensor<2xi1>
  %1 = nn.less %x, %y : (tensor<2xui64>, tensor<2xui64>) -> tensor<2xi1>
  check.expect_equal %1, dense<[false, true]> : tensor<2xi1> : tensor<2xi1>
  %2 = nn.less_equal %x, %y : (tensor<2xui64>, tensor<2xui64>) -> tensor<2xi1>
  check.expect_equal %2, dense<[false, true]> : tensor<2xi1> : tensor<2xi1>
  return
}

func.func @compare_i32(%x: tensor<2xi32> {check.value = dense<[-1, 3]> : tensor<2xi32>}, %y: tensor<2xi32> {check.value = dense<[2, 3]> : tensor<2xi32>}) {
  %0 = nn.equal %x, %y : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi1>
  check.expect_equal %0, dense<[false, true]> : tensor<2xi1> : tensor<2xi1>
  %1 = nn.less %x, %y : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi1>
  check.expect_equal %1, dense<[true, false]> : tensor<2xi1> : tensor<2xi1>
  %2 = nn.less_equal %x, %y : (tensor<2xi32>, tensor<2xi32>) -> tensor<2xi1>
  check.expect_equal %2, dense<true> : tensor<2xi1> : tensor<2xi1>
  return
}

func.func @equal_i1(%x: tensor<2x1xi1> {check.value = dense<[[true], [false]]> : tensor<2x1xi1>}, %y: tensor<2xi1> {check.value = dense<[true, false]> : tensor<2xi1>}) {
  %0 = nn.equal %x, %y : (tensor<2x1xi1>, tensor<2xi1>) -> tensor<2x2xi1>
  check.expect_equal %0, dense<[[true, false], [false, true]]> : tensor<2x2xi1> : tensor<2x2xi1>
  return
}

func.func @logic(%x: tensor<2x1xi1> {check.value = dense<[[true], [false]]> : tensor<2x1xi1>}, %y: tensor<2xi1> {check.value = dense<[true, false]> : tensor<2xi1>}) {
  %0 = nn.and %x, %y : (tensor<2x1xi1>, tensor<2xi1>) -> tensor<2x2xi1>
  check.expect_equal %0, dense<[[true, false], [false, false]]> : tensor<2x2xi1> : tensor<2x2xi1>
  %1 = nn.or %x, %y : (tensor<2x1xi1>, tensor<2xi1>) -> tensor<2x2xi1>
  check.expect_equal %1, dense<[[true, true], [true, false]]> : tensor<2x2xi1> : tensor<2x2xi1>
  %2 = nn.xor %x, %y : (tensor<2x1xi1>, tensor<2xi1>) -> tensor<2x2xi1>
  check.expect_equal %2, dense<[[false, true], [true, false]]> : tensor<2x2xi1> : tensor<2x2xi1>
  %3 = nn.not %x : (tensor<2x1xi1>) -> tensor<2x1xi1>
  check.expect_equal %3, dense<[[false], [true]]> : tensor<2x1xi1> : tensor<2x1xi1>
  return
}

func.func @is_f32(%x: tensor<5xf32> {check.value = dense<[1.0, 0x7F800000, 0xFF800000, 0x7FC00000, 0.0]> : tensor<5xf32>}) {
  %0 = nn.is_nan %x : (tensor<5xf32>) -> tensor<5xi1>
  check.expect_equal %0, dense<[false, false, false, true, false]> : tensor<5xi1> : tensor<5xi1>
  %1 = nn.is_inf %x {negative = true, positive = true} : (tensor<5xf32>) -> tensor<5xi1>
  check.expect_equal %1, dense<[false, true, true, false, false]> : tensor<5xi1> : tensor<5xi1>
  %2 = nn.is_inf %x {negative = false, positive = true} : (tensor<5xf32>) -> tensor<5xi1>
  check.expect_equal %2, dense<[false, true, false, false, false]> : tensor<5xi1> : tensor<5xi1>
  %3 = nn.is_inf %x {negative = true, positive = false} : (tensor<5xf32>) -> tensor<5xi1>
  check.expect_equal %3, dense<[false, false, true, false, false]> : tensor<5xi1> : tensor<5xi1>
  %4 = nn.is_inf %x {negative = false, positive = false} : (tensor<5xf32>) -> tensor<5xi1>
  check.expect_equal %4, dense<false> : tensor<5xi1> : tensor<5xi1>
  return
}

func.func @is_f16(%x: tensor<5xf16> {check.value = dense<[1.0, 0x7C00, 0xFC00, 0x7E00, 0.0]> : tensor<5xf16>}) {
  %0 = nn.is_nan %x : (tensor<5xf16>) -> tensor<5xi1>
  check.expect_equal %0, dense<[false, false, false, true, false]> : tensor<5xi1> : tensor<5xi1>
  %1 = nn.is_inf %x {negative = true, positive = true} : (tensor<5xf16>) -> tensor<5xi1>
  check.expect_equal %1, dense<[false, true, true, false, false]> : tensor<5xi1> : tensor<5xi1>
  %2 = nn.is_inf %x {negative = false, positive = true} : (tensor<5xf16>) -> tensor<5xi1>
  check.expect_equal %2, dense<[false, true, false, false, false]> : tensor<5xi1> : tensor<5xi1>
  %3 = nn.is_inf %x {negative = true, positive = false} : (tensor<5xf16>) -> tensor<5xi1>
  check.expect_equal %3, dense<[false, false, true, false, false]> : tensor<5xi1> : tensor<5xi1>
  %4 = nn.is_inf %x {negative = false, positive = false} : (tensor<5xf16>) -> tensor<5xi1>
  check.expect_equal %4, dense<false> : tensor<5xi1> : tensor<5xi1>
  return
}

func.func @is_f64(%x: tensor<5xf64> {check.value = dense<[1.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 0.0]> : tensor<5xf64>}) {
  %0 = nn.is_nan %x : (tensor<5xf64>) -> tensor<5xi1>
  check.expect_equal %0, dense<[false, false, false, true, false]> : tensor<5xi1> : tensor<5xi1>
  %1 = nn.is_inf %x {negative = true, positive = true} : (tensor<5xf64>) -> tensor<5xi1>
  check.expect_equal %1, dense<[false, true, true, false, false]> : tensor<5xi1> : tensor<5xi1>
  %2 = nn.is_inf %x {negative = false, positive = true} : (tensor<5xf64>) -> tensor<5xi1>
  check.expect_equal %2, dense<[false, true, false, false, false]> : tensor<5xi1> : tensor<5xi1>
  %3 = nn.is_inf %x {negative = true, positive = false} : (tensor<5xf64>) -> tensor<5xi1>
  check.expect_equal %3, dense<[false, false, true, false, false]> : tensor<5xi1> : tensor<5xi1>
  %4 = nn.is_inf %x {negative = false, positive = false} : (tensor<5xf64>) -> tensor<5xi1>
  check.expect_equal %4, dense<false> : tensor<5xi1> : tensor<5xi1>
  return
}

// All three broadcast; what is not chosen leaves no trace, be it NaN.
func.func @where(%c: tensor<2x1xi1> {check.value = dense<[[true], [false]]> : tensor<2x1xi1>}, %x: tensor<3xf32> {check.value = dense<[1.0, 0x7FC00000, 0x7F800000]> : tensor<3xf32>}, %y: tensor<f32> {check.value = dense<-1.0> : tensor<f32>}) {
  %0 = nn.where %c, %x, %y : (tensor<2x1xi1>, tensor<3xf32>, tensor<f32>) -> tensor<2x3xf32>
  check.expect_close %0, dense<[[1.0, 0x7FC00000, 0x7F800000], [-1.0, -1.0, -1.0]]> : tensor<2x3xf32> : tensor<2x3xf32>
  return
}

func.func @where_i64(%c: tensor<2x1xi1> {check.value = dense<[[true], [false]]> : tensor<2x1xi1>}, %x: tensor<2xi64> {check.value = dense<[4611686018427387904, 5]> : tensor<2xi64>}, %y: tensor<2xi64> {check.value = dense<[-1, 7]> : tensor<2xi64>}) {
  %0 = nn.where %c, %x, %y : (tensor<2x1xi1>, tensor<2xi64>, tensor<2xi64>) -> tensor<2x2xi64>
  check.expect_equal %0, dense<[[4611686018427387904, 5], [-1, 7]]> : tensor<2x2xi64> : tensor<2x2xi64>
  return
}

func.func @where_ui8(%c: tensor<2x1xi1> {check.value = dense<[[true], [false]]> : tensor<2x1xi1>}, %x: tensor<2xui8> {check.value = dense<[1, 2]> : tensor<2xui8>}, %y: tensor<2xui8> {check.value = dense<[250, 4]> : tensor<2xui8>}) {
  %0 = nn.where %c, %x, %y : (tensor<2x1xi1>, tensor<2xui8>, tensor<2xui8>) -> tensor<2x2xui8>
  check.expect_equal %0, dense<[[1, 2], [250, 4]]> : tensor<2x2xui8> : tensor<2x2xui8>
  return
}

func.func @where_f16(%c: tensor<2x1xi1> {check.value = dense<[[true], [false]]> : tensor<2x1xi1>}, %x: tensor<2xf16> {check.value = dense<[1.5, 2.0]> : tensor<2xf16>}, %y: tensor<2xf16> {check.value = dense<[-1.0, 0x7E00]> : tensor<2xf16>}) {
  %0 = nn.where %c, %x, %y : (tensor<2x1xi1>, tensor<2xf16>, tensor<2xf16>) -> tensor<2x2xf16>
  check.expect_close %0, dense<[[1.5, 2.0], [-1.0, 0x7E00]]> : tensor<2x2xf16> {rtol = 1.0e-3} : tensor<2x2xf16>
  return
}

func.func @where_i1(%c: tensor<2x1xi1> {check.value = dense<[[true], [false]]> : tensor<2x1xi1>}, %x: tensor<1x2xi1> {check.value = dense<[[true, false]]> : tensor<1x2xi1>}, %y: tensor<2xi1> {check.value = dense<[false, true]> : tensor<2xi1>}) {
  %0 = nn.where %c, %x, %y : (tensor<2x1xi1>, tensor<1x2xi1>, tensor<2xi1>) -> tensor<2x2xi1>
  check.expect_equal %0, dense<[[true, false], [false, true]]> : tensor<2x2xi1> : tensor<2x2xi1>
  return
}

func.func @dynamic(%c: tensor<?x1xi1, #nn.dims<"N">> {check.value = dense<[[true], [false], [true]]> : tensor<3x1xi1>}, %x: tensor<?x2xf32, #nn.dims<"N">> {check.value = dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>}, %y: tensor<2xf32> {check.value = dense<[0.0, -1.0]> : tensor<2xf32>}) {
  %0 = nn.less %x, %y : (tensor<?x2xf32, #nn.dims<"N">>, tensor<2xf32>) -> tensor<?x2xi1, #nn.dims<"N">>
  check.expect_equal %0, dense<false> : tensor<3x2xi1> : tensor<?x2xi1, #nn.dims<"N">>
  %1 = nn.where %c, %x, %y : (tensor<?x1xi1, #nn.dims<"N">>, tensor<?x2xf32, #nn.dims<"N">>, tensor<2xf32>) -> tensor<?x2xf32, #nn.dims<"N">>
  check.expect_close %1, dense<[[1.0, 2.0], [0.0, -1.0], [5.0, 6.0]]> : tensor<3x2xf32> : tensor<?x2xf32, #nn.dims<"N">>
  return
}
