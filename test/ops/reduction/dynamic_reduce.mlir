// Reductions whose axes are data. reduce.mlir has what they lower to.
// RUN: %dlc-run %s --check --backend=loops
// RUN: %dlc-run %s --check --backend=halide

func.func @last(%x: tensor<2x3x4xf32> {check.value = dense<[[[-0.5, 1.5, 3.0, -2.5], [3.0, -4.0, 0.5, 1.0], [2.0, -3.5, 0.5, -2.5]], [[-3.5, 2.0, -3.5, 4.0], [2.0, -0.5, 2.5, -0.5], [-4.0, -4.0, 0.0, 0.0]]]> : tensor<2x3x4xf32>}, %a: tensor<1xi64> {check.value = dense<[2]> : tensor<1xi64>}) {
  %0 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<sum>, sizes = ["u0_0", "u0_1"]} : (tensor<2x3x4xf32>, tensor<1xi64>) -> tensor<?x?xf32, #nn.dims<"u0_0", "u0_1">>
  check.expect_close %0, dense<[[1.5, 0.5, -3.5], [-1.0, 3.5, -8.0]]> : tensor<2x3xf32> : tensor<?x?xf32, #nn.dims<"u0_0", "u0_1">>
  %1 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<log_sum_exp>, sizes = ["u1_0", "u1_1"]} : (tensor<2x3x4xf32>, tensor<1xi64>) -> tensor<?x?xf32, #nn.dims<"u1_0", "u1_1">>
  check.expect_close %1, dense<[[3.2290576, 3.1974828, 2.2137604], [4.127902, 3.0342128, 0.7112971]]> : tensor<2x3xf32> : tensor<?x?xf32, #nn.dims<"u1_0", "u1_1">>
  return
}

func.func @first_kept(%x: tensor<2x3x4xf32> {check.value = dense<[[[-0.5, 1.5, 3.0, -2.5], [3.0, -4.0, 0.5, 1.0], [2.0, -3.5, 0.5, -2.5]], [[-3.5, 2.0, -3.5, 4.0], [2.0, -0.5, 2.5, -0.5], [-4.0, -4.0, 0.0, 0.0]]]> : tensor<2x3x4xf32>}, %a: tensor<1xi64> {check.value = dense<[0]> : tensor<1xi64>}) {
  %0 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<sum>, keepdims, sizes = ["u0_0", "u0_1", "u0_2"]} : (tensor<2x3x4xf32>, tensor<1xi64>) -> tensor<?x?x?xf32, #nn.dims<"u0_0", "u0_1", "u0_2">>
  check.expect_close %0, dense<[[[-4.0, 3.5, -0.5, 1.5], [5.0, -4.5, 3.0, 0.5], [-2.0, -7.5, 0.5, -2.5]]]> : tensor<1x3x4xf32> : tensor<?x?x?xf32, #nn.dims<"u0_0", "u0_1", "u0_2">>
  return
}

func.func @two(%x: tensor<2x3x4xf32> {check.value = dense<[[[-0.5, 1.5, 3.0, -2.5], [3.0, -4.0, 0.5, 1.0], [2.0, -3.5, 0.5, -2.5]], [[-3.5, 2.0, -3.5, 4.0], [2.0, -0.5, 2.5, -0.5], [-4.0, -4.0, 0.0, 0.0]]]> : tensor<2x3x4xf32>}, %a: tensor<2xi64> {check.value = dense<[0, 2]> : tensor<2xi64>}) {
  %0 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<prod>, sizes = ["u0_0"]} : (tensor<2x3x4xf32>, tensor<2xi64>) -> tensor<?xf32, #nn.dims<"u0_0">>
  check.expect_close %0, dense<[551.25, -7.5, 0.0]> : tensor<3xf32> : tensor<?xf32, #nn.dims<"u0_0">>
  return
}

// From the end, in any order.
func.func @negative(%x: tensor<2x3x4xf32> {check.value = dense<[[[-0.5, 1.5, 3.0, -2.5], [3.0, -4.0, 0.5, 1.0], [2.0, -3.5, 0.5, -2.5]], [[-3.5, 2.0, -3.5, 4.0], [2.0, -0.5, 2.5, -0.5], [-4.0, -4.0, 0.0, 0.0]]]> : tensor<2x3x4xf32>}, %a: tensor<2xi32> {check.value = dense<[-1, -3]> : tensor<2xi32>}) {
  %0 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<mean>, keepdims, sizes = ["u0_0", "u0_1", "u0_2"]} : (tensor<2x3x4xf32>, tensor<2xi32>) -> tensor<?x?x?xf32, #nn.dims<"u0_0", "u0_1", "u0_2">>
  check.expect_close %0, dense<[[[0.0625], [0.5], [-1.4375]]]> : tensor<1x3x1xf32> : tensor<?x?x?xf32, #nn.dims<"u0_0", "u0_1", "u0_2">>
  return
}

func.func @all(%x: tensor<2x3x4xf32> {check.value = dense<[[[-0.5, 1.5, 3.0, -2.5], [3.0, -4.0, 0.5, 1.0], [2.0, -3.5, 0.5, -2.5]], [[-3.5, 2.0, -3.5, 4.0], [2.0, -0.5, 2.5, -0.5], [-4.0, -4.0, 0.0, 0.0]]]> : tensor<2x3x4xf32>}, %a: tensor<3xi64> {check.value = dense<[2, 0, 1]> : tensor<3xi64>}) {
  %0 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<sum>, sizes = []} : (tensor<2x3x4xf32>, tensor<3xi64>) -> tensor<f32>
  check.expect_close %0, dense<-7.0> : tensor<f32> : tensor<f32>
  return
}

// No axes: nothing is joined.
func.func @none(%x: tensor<2x3x4xf32> {check.value = dense<[[[-0.5, 1.5, 3.0, -2.5], [3.0, -4.0, 0.5, 1.0], [2.0, -3.5, 0.5, -2.5]], [[-3.5, 2.0, -3.5, 4.0], [2.0, -0.5, 2.5, -0.5], [-4.0, -4.0, 0.0, 0.0]]]> : tensor<2x3x4xf32>}, %a: tensor<0xi64> {check.value = dense<> : tensor<0xi64>}) {
  %0 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<max>, sizes = ["u0_0", "u0_1", "u0_2"]} : (tensor<2x3x4xf32>, tensor<0xi64>) -> tensor<?x?x?xf32, #nn.dims<"u0_0", "u0_1", "u0_2">>
  check.expect_close %0, dense<[[[-0.5, 1.5, 3.0, -2.5], [3.0, -4.0, 0.5, 1.0], [2.0, -3.5, 0.5, -2.5]], [[-3.5, 2.0, -3.5, 4.0], [2.0, -0.5, 2.5, -0.5], [-4.0, -4.0, 0.0, 0.0]]]> : tensor<2x3x4xf32> : tensor<?x?x?xf32, #nn.dims<"u0_0", "u0_1", "u0_2">>
  return
}

func.func @nan(%x: tensor<2x3x4xf32> {check.value = dense<[[[-0.5, 1.5, 3.0, -2.5], [3.0, -4.0, 0x7FC00000, 1.0], [2.0, -3.5, 0.5, -2.5]], [[0x7F800000, 2.0, -3.5, 4.0], [2.0, -0.5, 2.5, -0.5], [-4.0, -4.0, 0.0, 0.0]]]> : tensor<2x3x4xf32>}, %a: tensor<1xi64> {check.value = dense<[1]> : tensor<1xi64>}) {
  %0 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<sum>, sizes = ["u0_0", "u0_1"]} : (tensor<2x3x4xf32>, tensor<1xi64>) -> tensor<?x?xf32, #nn.dims<"u0_0", "u0_1">>
  check.expect_close %0, dense<[[4.5, -6.0, 0x7FC00000, -4.0], [0x7F800000, -2.5, -1.0, 3.5]]> : tensor<2x4xf32> : tensor<?x?xf32, #nn.dims<"u0_0", "u0_1">>
  %1 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<max>, sizes = ["u1_0", "u1_1"]} : (tensor<2x3x4xf32>, tensor<1xi64>) -> tensor<?x?xf32, #nn.dims<"u1_0", "u1_1">>
  check.expect_close %1, dense<[[3.0, 1.5, 0x7FC00000, 1.0], [0x7F800000, 2.0, 2.5, 4.0]]> : tensor<2x4xf32> : tensor<?x?xf32, #nn.dims<"u1_0", "u1_1">>
  return
}

func.func @i64(%x: tensor<2x3xi64> {check.value = dense<[[3, -4, 5], [7, 8, -9]]> : tensor<2x3xi64>}, %a: tensor<1xi64> {check.value = dense<[1]> : tensor<1xi64>}) {
  %0 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<prod>, sizes = ["u0_0"]} : (tensor<2x3xi64>, tensor<1xi64>) -> tensor<?xi64, #nn.dims<"u0_0">>
  check.expect_equal %0, dense<[-60, -504]> : tensor<2xi64> : tensor<?xi64, #nn.dims<"u0_0">>
  %1 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<min>, sizes = ["u1_0"]} : (tensor<2x3xi64>, tensor<1xi64>) -> tensor<?xi64, #nn.dims<"u1_0">>
  check.expect_equal %1, dense<[-4, -9]> : tensor<2xi64> : tensor<?xi64, #nn.dims<"u1_0">>
  return
}

func.func @ui8(%x: tensor<2x2xui8> {check.value = dense<[[200, 3], [7, 250]]> : tensor<2x2xui8>}, %a: tensor<1xi64> {check.value = dense<[0]> : tensor<1xi64>}) {
  %0 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<max>, keepdims, sizes = ["u0_0", "u0_1"]} : (tensor<2x2xui8>, tensor<1xi64>) -> tensor<?x?xui8, #nn.dims<"u0_0", "u0_1">>
  check.expect_equal %0, dense<[[200, 250]]> : tensor<1x2xui8> : tensor<?x?xui8, #nn.dims<"u0_0", "u0_1">>
  return
}

func.func @dynamic(%x: tensor<?x3x4xf32, #nn.dims<"N">> {check.value = dense<[[[-0.5, 1.5, 3.0, -2.5], [3.0, -4.0, 0.5, 1.0], [2.0, -3.5, 0.5, -2.5]], [[-3.5, 2.0, -3.5, 4.0], [2.0, -0.5, 2.5, -0.5], [-4.0, -4.0, 0.0, 0.0]]]> : tensor<2x3x4xf32>}, %a: tensor<1xi64> {check.value = dense<[1]> : tensor<1xi64>}) {
  %0 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<sum>, sizes = ["u0_0", "u0_1"]} : (tensor<?x3x4xf32, #nn.dims<"N">>, tensor<1xi64>) -> tensor<?x?xf32, #nn.dims<"u0_0", "u0_1">>
  check.expect_close %0, dense<[[4.5, -6.0, 4.0, -4.0], [-5.5, -2.5, -1.0, 3.5]]> : tensor<2x4xf32> : tensor<?x?xf32, #nn.dims<"u0_0", "u0_1">>
  return
}

func.func @outside(%x: tensor<2x3x4xf32> {check.value = dense<[[[-0.5, 1.5, 3.0, -2.5], [3.0, -4.0, 0.5, 1.0], [2.0, -3.5, 0.5, -2.5]], [[-3.5, 2.0, -3.5, 4.0], [2.0, -0.5, 2.5, -0.5], [-4.0, -4.0, 0.0, 0.0]]]> : tensor<2x3x4xf32>}, %a: tensor<1xi64> {check.value = dense<[3]> : tensor<1xi64>}) attributes {check.error = "an axis is out of range"} {
  %0 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<sum>, sizes = ["u0_0", "u0_1"]} : (tensor<2x3x4xf32>, tensor<1xi64>) -> tensor<?x?xf32, #nn.dims<"u0_0", "u0_1">>
  check.expect_close %0, dense<[[-4.0, 3.5, -0.5, 1.5], [5.0, -4.5, 3.0, 0.5], [-2.0, -7.5, 0.5, -2.5]]> : tensor<3x4xf32> : tensor<?x?xf32, #nn.dims<"u0_0", "u0_1">>
  return
}

func.func @twice(%x: tensor<2x3x4xf32> {check.value = dense<[[[-0.5, 1.5, 3.0, -2.5], [3.0, -4.0, 0.5, 1.0], [2.0, -3.5, 0.5, -2.5]], [[-3.5, 2.0, -3.5, 4.0], [2.0, -0.5, 2.5, -0.5], [-4.0, -4.0, 0.0, 0.0]]]> : tensor<2x3x4xf32>}, %a: tensor<2xi64> {check.value = dense<[1, -2]> : tensor<2xi64>}) attributes {check.error = "an axis is given twice"} {
  %0 = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<sum>, sizes = ["u0_0"]} : (tensor<2x3x4xf32>, tensor<2xi64>) -> tensor<?xf32, #nn.dims<"u0_0">>
  check.expect_close %0, dense<[-1.0, -8.5, 3.0, -0.5]> : tensor<4xf32> : tensor<?xf32, #nn.dims<"u0_0">>
  return
}
