// Parts of tensors joined, cut out and padded: what they lower to, and their numbers.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// Each piece is written into its slice of the result.
// CHECK-LABEL: func.func @concat
// CHECK: tensor.insert_slice {{.*}}[0, 0] [2, 1] [1, 1]
// CHECK: tensor.insert_slice {{.*}}[0, 1] [2, 3] [1, 1]
func.func @concat(%x: tensor<2x1xf32>, %y: tensor<2x3xf32>) -> tensor<2x4xf32> {
  %z = nn.concat %x, %y {axis = 1 : i64} : (tensor<2x1xf32>, tensor<2x3xf32>) -> tensor<2x4xf32>
  return %z : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @slice
// CHECK: tensor.extract_slice %{{.*}}[1] [2] [3] : tensor<8xf32> to tensor<2xf32>
func.func @slice(%x: tensor<8xf32>) -> tensor<2xf32> {
  %y = nn.slice %x ["1"] [3] : (tensor<8xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// Backwards, element by element.
// CHECK-LABEL: func.func @reverse
// CHECK: linalg.generic
// CHECK: tensor.extract
func.func @reverse(%x: tensor<8xf32>) -> tensor<8xf32> {
  %y = nn.slice %x ["7"] [-1] : (tensor<8xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

// CHECK-LABEL: func.func @pad_constant
// CHECK: tensor.pad %{{.*}} low[1] high[2]
func.func @pad_constant(%x: tensor<4xf32>, %v: tensor<f32>) -> tensor<7xf32> {
  %y = nn.pad %x, %v {low = ["1"], high = ["2"], mode = 0 : i32} : (tensor<4xf32>, tensor<f32>) -> tensor<7xf32>
  return %y : tensor<7xf32>
}

// CHECK-LABEL: func.func @pad_edge
// CHECK: arith.maxsi
// CHECK: arith.minsi
// CHECK: tensor.extract
func.func @pad_edge(%x: tensor<4xf32>, %v: tensor<f32>) -> tensor<7xf32> {
  %y = nn.pad %x, %v {low = ["1"], high = ["2"], mode = 2 : i32} : (tensor<4xf32>, tensor<f32>) -> tensor<7xf32>
  return %y : tensor<7xf32>
}

// CHECK-LABEL: func.func @iota
// CHECK: linalg.index 1
func.func @iota() -> tensor<2x3xi64> {
  %y = nn.iota {axis = 1 : i64} : tensor<2x3xi64>
  return %y : tensor<2x3xi64>
}

//--- run.mlir
func.func @concat(%x: tensor<2x2xf32> {check.value = dense<[[1.0, 0x7FC00000], [3.0, 4.0]]> : tensor<2x2xf32>}, %y: tensor<2x1xf32> {check.value = dense<[[5.0], [0x7F800000]]> : tensor<2x1xf32>}) {
  %0 = nn.concat %x, %y, %x {axis = 1 : i64} : (tensor<2x2xf32>, tensor<2x1xf32>, tensor<2x2xf32>) -> tensor<2x5xf32>
  check.expect_close %0, dense<[[1.0, 0x7FC00000, 5.0, 1.0, 0x7FC00000], [3.0, 4.0, 0x7F800000, 3.0, 4.0]]> : tensor<2x5xf32> : tensor<2x5xf32>
  %1 = nn.concat %x, %x {axis = 0 : i64} : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<4x2xf32>
  check.expect_close %1, dense<[[1.0, 0x7FC00000], [3.0, 4.0], [1.0, 0x7FC00000], [3.0, 4.0]]> : tensor<4x2xf32> : tensor<4x2xf32>
  %2 = nn.concat %y {axis = 0 : i64} : (tensor<2x1xf32>) -> tensor<2x1xf32>
  check.expect_close %2, dense<[[5.0], [0x7F800000]]> : tensor<2x1xf32> : tensor<2x1xf32>
  return
}

func.func @concat_empty(%x: tensor<2x2xf32> {check.value = dense<[[1.0, 0x7FC00000], [3.0, 4.0]]> : tensor<2x2xf32>}, %y: tensor<2x0xf32> {check.value = dense<> : tensor<2x0xf32>}) {
  %0 = nn.concat %y, %x, %y {axis = 1 : i64} : (tensor<2x0xf32>, tensor<2x2xf32>, tensor<2x0xf32>) -> tensor<2x2xf32>
  check.expect_close %0, dense<[[1.0, 0x7FC00000], [3.0, 4.0]]> : tensor<2x2xf32> : tensor<2x2xf32>
  return
}

func.func @concat_dynamic(%x: tensor<?x2xf32, #nn.dims<"N">> {check.value = dense<[[1.0, 0x7FC00000], [3.0, 4.0]]> : tensor<2x2xf32>}, %y: tensor<?x1xf32, #nn.dims<"N">> {check.value = dense<[[5.0], [0x7F800000]]> : tensor<2x1xf32>}, %z: tensor<?x2xf32, #nn.dims<"M">> {check.value = dense<[[1.0, 0x7FC00000]]> : tensor<1x2xf32>}) {
  %0 = nn.concat %x, %y {axis = 1 : i64} : (tensor<?x2xf32, #nn.dims<"N">>, tensor<?x1xf32, #nn.dims<"N">>) -> tensor<?x3xf32, #nn.dims<"N">>
  check.expect_close %0, dense<[[1.0, 0x7FC00000, 5.0], [3.0, 4.0, 0x7F800000]]> : tensor<2x3xf32> : tensor<?x3xf32, #nn.dims<"N">>
  %1 = nn.concat %x, %z {axis = 0 : i64} : (tensor<?x2xf32, #nn.dims<"N">>, tensor<?x2xf32, #nn.dims<"M">>) -> tensor<?x2xf32, #nn.dims<"M + N">>
  check.expect_close %1, dense<[[1.0, 0x7FC00000], [3.0, 4.0], [1.0, 0x7FC00000]]> : tensor<3x2xf32> : tensor<?x2xf32, #nn.dims<"M + N">>
  return
}

func.func @concat_differs(%x: tensor<?x2xf32, #nn.dims<"N">> {check.value = dense<[[1.0, 0x7FC00000], [3.0, 4.0]]> : tensor<2x2xf32>}, %y: tensor<?x1xf32, #nn.dims<"M">> {check.value = dense<[[5.0]]> : tensor<1x1xf32>}) attributes {check.error = "dimensions of joined tensors differ"} {
  %0 = nn.concat %x, %y {axis = 1 : i64} : (tensor<?x2xf32, #nn.dims<"N">>, tensor<?x1xf32, #nn.dims<"M">>) -> tensor<?x3xf32, #nn.dims<"N">>
  check.expect_close %0, dense<[[1.0, 0x7FC00000, 5.0], [3.0, 4.0, 0x7F800000]]> : tensor<2x3xf32> : tensor<?x3xf32, #nn.dims<"N">>
  return
}

func.func @concat_f16(%x: tensor<3xf16> {check.value = dense<[1.0, 0.0, 1.0]> : tensor<3xf16>}) {
  %0 = nn.concat %x, %x {axis = 0 : i64} : (tensor<3xf16>, tensor<3xf16>) -> tensor<6xf16>
  check.expect_equal %0, dense<[1.0, 0.0, 1.0, 1.0, 0.0, 1.0]> : tensor<6xf16> : tensor<6xf16>
  return
}

func.func @concat_i8(%x: tensor<3xi8> {check.value = dense<[1, 0, 1]> : tensor<3xi8>}) {
  %0 = nn.concat %x, %x {axis = 0 : i64} : (tensor<3xi8>, tensor<3xi8>) -> tensor<6xi8>
  check.expect_equal %0, dense<[1, 0, 1, 1, 0, 1]> : tensor<6xi8> : tensor<6xi8>
  return
}

func.func @concat_ui64(%x: tensor<3xui64> {check.value = dense<[1, 0, 1]> : tensor<3xui64>}) {
  %0 = nn.concat %x, %x {axis = 0 : i64} : (tensor<3xui64>, tensor<3xui64>) -> tensor<6xui64>
  check.expect_equal %0, dense<[1, 0, 1, 1, 0, 1]> : tensor<6xui64> : tensor<6xui64>
  return
}

func.func @concat_i1(%x: tensor<3xi1> {check.value = dense<[true, false, true]> : tensor<3xi1>}) {
  %0 = nn.concat %x, %x {axis = 0 : i64} : (tensor<3xi1>, tensor<3xi1>) -> tensor<6xi1>
  check.expect_equal %0, dense<[true, false, true, true, false, true]> : tensor<6xi1> : tensor<6xi1>
  return
}

func.func @slice(%x: tensor<4x5xf32> {check.value = dense<[[0.0, 1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0, 9.0], [10.0, 11.0, 12.0, 13.0, 14.0], [15.0, 16.0, 17.0, 18.0, 19.0]]> : tensor<4x5xf32>}) {
  %0 = nn.slice %x ["1", "0"] [1, 2] : (tensor<4x5xf32>) -> tensor<2x3xf32>
  check.expect_close %0, dense<[[5.0, 7.0, 9.0], [10.0, 12.0, 14.0]]> : tensor<2x3xf32> : tensor<2x3xf32>
  %1 = nn.slice %x ["0", "4"] [1, -2] : (tensor<4x5xf32>) -> tensor<4x3xf32>
  check.expect_close %1, dense<[[4.0, 2.0, 0.0], [9.0, 7.0, 5.0], [14.0, 12.0, 10.0], [19.0, 17.0, 15.0]]> : tensor<4x3xf32> : tensor<4x3xf32>
  %2 = nn.slice %x ["3", "4"] [-1, -1] : (tensor<4x5xf32>) -> tensor<4x5xf32>
  check.expect_close %2, dense<[[19.0, 18.0, 17.0, 16.0, 15.0], [14.0, 13.0, 12.0, 11.0, 10.0], [9.0, 8.0, 7.0, 6.0, 5.0], [4.0, 3.0, 2.0, 1.0, 0.0]]> : tensor<4x5xf32> : tensor<4x5xf32>
  %3 = nn.slice %x ["4", "5"] [1, 1] : (tensor<4x5xf32>) -> tensor<0x0xf32>
  check.expect_close %3, dense<> : tensor<0x0xf32> : tensor<0x0xf32>
  %4 = nn.slice %x ["2", "0"] [1, 1] : (tensor<4x5xf32>) -> tensor<2x0xf32>
  check.expect_close %4, dense<> : tensor<2x0xf32> : tensor<2x0xf32>
  return
}

func.func @slice_dynamic(%x: tensor<?x5xf32, #nn.dims<"N">> {check.value = dense<[[0.0, 1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0, 9.0], [10.0, 11.0, 12.0, 13.0, 14.0], [15.0, 16.0, 17.0, 18.0, 19.0]]> : tensor<4x5xf32>}) {
  %0 = nn.slice %x ["N - 2", "1"] [1, 1] : (tensor<?x5xf32, #nn.dims<"N">>) -> tensor<2x3xf32>
  check.expect_close %0, dense<[[11.0, 12.0, 13.0], [16.0, 17.0, 18.0]]> : tensor<2x3xf32> : tensor<2x3xf32>
  %1 = nn.slice %x ["N - 1", "0"] [-1, 1] : (tensor<?x5xf32, #nn.dims<"N">>) -> tensor<?x5xf32, #nn.dims<"N">>
  check.expect_close %1, dense<[[15.0, 16.0, 17.0, 18.0, 19.0], [10.0, 11.0, 12.0, 13.0, 14.0], [5.0, 6.0, 7.0, 8.0, 9.0], [0.0, 1.0, 2.0, 3.0, 4.0]]> : tensor<4x5xf32> : tensor<?x5xf32, #nn.dims<"N">>
  %2 = nn.slice %x ["1", "0"] [1, 1] : (tensor<?x5xf32, #nn.dims<"N">>) -> tensor<?x5xf32, #nn.dims<"N - 1">>
  check.expect_close %2, dense<[[5.0, 6.0, 7.0, 8.0, 9.0], [10.0, 11.0, 12.0, 13.0, 14.0], [15.0, 16.0, 17.0, 18.0, 19.0]]> : tensor<3x5xf32> : tensor<?x5xf32, #nn.dims<"N - 1">>
  return
}

func.func @slice_f16(%x: tensor<4xf16> {check.value = dense<[1.0, 0.0, 1.0, 0.0]> : tensor<4xf16>}) {
  %0 = nn.slice %x ["1"] [2] : (tensor<4xf16>) -> tensor<2xf16>
  check.expect_equal %0, dense<0.0> : tensor<2xf16> : tensor<2xf16>
  %1 = nn.slice %x ["3"] [-1] : (tensor<4xf16>) -> tensor<4xf16>
  check.expect_equal %1, dense<[0.0, 1.0, 0.0, 1.0]> : tensor<4xf16> : tensor<4xf16>
  return
}

func.func @slice_i8(%x: tensor<4xi8> {check.value = dense<[1, 0, 1, 0]> : tensor<4xi8>}) {
  %0 = nn.slice %x ["1"] [2] : (tensor<4xi8>) -> tensor<2xi8>
  check.expect_equal %0, dense<0> : tensor<2xi8> : tensor<2xi8>
  %1 = nn.slice %x ["3"] [-1] : (tensor<4xi8>) -> tensor<4xi8>
  check.expect_equal %1, dense<[0, 1, 0, 1]> : tensor<4xi8> : tensor<4xi8>
  return
}

func.func @slice_i1(%x: tensor<4xi1> {check.value = dense<[true, false, true, false]> : tensor<4xi1>}) {
  %0 = nn.slice %x ["1"] [2] : (tensor<4xi1>) -> tensor<2xi1>
  check.expect_equal %0, dense<false> : tensor<2xi1> : tensor<2xi1>
  %1 = nn.slice %x ["3"] [-1] : (tensor<4xi1>) -> tensor<4xi1>
  check.expect_equal %1, dense<[false, true, false, true]> : tensor<4xi1> : tensor<4xi1>
  return
}

func.func @pad_constants(%x: tensor<2x3xf32> {check.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 0x7FC00000]]> : tensor<2x3xf32>}, %v: tensor<f32> {check.value = dense<0xFF800000> : tensor<f32>}) {
  %0 = nn.pad %x, %v {low = ["1", "2"], high = ["0", "1"], mode = 0 : i32} : (tensor<2x3xf32>, tensor<f32>) -> tensor<3x6xf32>
  check.expect_close %0, dense<[[0xFF800000, 0xFF800000, 0xFF800000, 0xFF800000, 0xFF800000, 0xFF800000], [0xFF800000, 0xFF800000, 1.0, 2.0, 3.0, 0xFF800000], [0xFF800000, 0xFF800000, 4.0, 5.0, 0x7FC00000, 0xFF800000]]> : tensor<3x6xf32> : tensor<3x6xf32>
  %1 = nn.pad %x, %v {low = ["0", "0"], high = ["0", "0"], mode = 0 : i32} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  check.expect_close %1, dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 0x7FC00000]]> : tensor<2x3xf32> : tensor<2x3xf32>
  return
}

func.func @pad_reflects(%x: tensor<2x3xf32> {check.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 0x7FC00000]]> : tensor<2x3xf32>}, %v: tensor<f32> {check.value = dense<0xFF800000> : tensor<f32>}) {
  %0 = nn.pad %x, %v {low = ["1", "2"], high = ["0", "1"], mode = 1 : i32} : (tensor<2x3xf32>, tensor<f32>) -> tensor<3x6xf32>
  check.expect_close %0, dense<[[0x7FC00000, 5.0, 4.0, 5.0, 0x7FC00000, 5.0], [3.0, 2.0, 1.0, 2.0, 3.0, 2.0], [0x7FC00000, 5.0, 4.0, 5.0, 0x7FC00000, 5.0]]> : tensor<3x6xf32> : tensor<3x6xf32>
  %1 = nn.pad %x, %v {low = ["0", "0"], high = ["0", "0"], mode = 1 : i32} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  check.expect_close %1, dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 0x7FC00000]]> : tensor<2x3xf32> : tensor<2x3xf32>
  return
}

func.func @pad_edges(%x: tensor<2x3xf32> {check.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 0x7FC00000]]> : tensor<2x3xf32>}, %v: tensor<f32> {check.value = dense<0xFF800000> : tensor<f32>}) {
  %0 = nn.pad %x, %v {low = ["1", "2"], high = ["0", "1"], mode = 2 : i32} : (tensor<2x3xf32>, tensor<f32>) -> tensor<3x6xf32>
  check.expect_close %0, dense<[[1.0, 1.0, 1.0, 2.0, 3.0, 3.0], [1.0, 1.0, 1.0, 2.0, 3.0, 3.0], [4.0, 4.0, 4.0, 5.0, 0x7FC00000, 0x7FC00000]]> : tensor<3x6xf32> : tensor<3x6xf32>
  %1 = nn.pad %x, %v {low = ["0", "0"], high = ["0", "0"], mode = 2 : i32} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  check.expect_close %1, dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 0x7FC00000]]> : tensor<2x3xf32> : tensor<2x3xf32>
  return
}

func.func @pad_wraps(%x: tensor<2x3xf32> {check.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 0x7FC00000]]> : tensor<2x3xf32>}, %v: tensor<f32> {check.value = dense<0xFF800000> : tensor<f32>}) {
  %0 = nn.pad %x, %v {low = ["1", "2"], high = ["0", "1"], mode = 3 : i32} : (tensor<2x3xf32>, tensor<f32>) -> tensor<3x6xf32>
  check.expect_close %0, dense<[[5.0, 0x7FC00000, 4.0, 5.0, 0x7FC00000, 4.0], [2.0, 3.0, 1.0, 2.0, 3.0, 1.0], [5.0, 0x7FC00000, 4.0, 5.0, 0x7FC00000, 4.0]]> : tensor<3x6xf32> : tensor<3x6xf32>
  %1 = nn.pad %x, %v {low = ["0", "0"], high = ["0", "0"], mode = 3 : i32} : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  check.expect_close %1, dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 0x7FC00000]]> : tensor<2x3xf32> : tensor<2x3xf32>
  return
}

// Further than the tensor is long.
func.func @pad_far(%x: tensor<3xf32> {check.value = dense<[1.0, 2.0, 3.0]> : tensor<3xf32>}, %v: tensor<f32> {check.value = dense<0.0> : tensor<f32>}) {
  %0 = nn.pad %x, %v {low = ["5"], high = ["7"], mode = 1 : i32} : (tensor<3xf32>, tensor<f32>) -> tensor<15xf32>
  check.expect_close %0, dense<[2.0, 1.0, 2.0, 3.0, 2.0, 1.0, 2.0, 3.0, 2.0, 1.0, 2.0, 3.0, 2.0, 1.0, 2.0]> : tensor<15xf32> : tensor<15xf32>
  %1 = nn.pad %x, %v {low = ["5"], high = ["7"], mode = 2 : i32} : (tensor<3xf32>, tensor<f32>) -> tensor<15xf32>
  check.expect_close %1, dense<[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0]> : tensor<15xf32> : tensor<15xf32>
  %2 = nn.pad %x, %v {low = ["5"], high = ["7"], mode = 3 : i32} : (tensor<3xf32>, tensor<f32>) -> tensor<15xf32>
  check.expect_close %2, dense<[2.0, 3.0, 1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 1.0]> : tensor<15xf32> : tensor<15xf32>
  return
}

func.func @pad_one(%x: tensor<1xf32> {check.value = dense<[4.0]> : tensor<1xf32>}, %v: tensor<f32> {check.value = dense<0.0> : tensor<f32>}) {
  %0 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 1 : i32} : (tensor<1xf32>, tensor<f32>) -> tensor<4xf32>
  check.expect_close %0, dense<4.0> : tensor<4xf32> : tensor<4xf32>
  %1 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 2 : i32} : (tensor<1xf32>, tensor<f32>) -> tensor<4xf32>
  check.expect_close %1, dense<4.0> : tensor<4xf32> : tensor<4xf32>
  %2 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 3 : i32} : (tensor<1xf32>, tensor<f32>) -> tensor<4xf32>
  check.expect_close %2, dense<4.0> : tensor<4xf32> : tensor<4xf32>
  return
}

func.func @pad_nothing(%x: tensor<0x2xf32> {check.value = dense<> : tensor<0x2xf32>}, %v: tensor<f32> {check.value = dense<9.0> : tensor<f32>}) {
  %0 = nn.pad %x, %v {low = ["1", "0"], high = ["2", "1"], mode = 0 : i32} : (tensor<0x2xf32>, tensor<f32>) -> tensor<3x3xf32>
  check.expect_close %0, dense<9.0> : tensor<3x3xf32> : tensor<3x3xf32>
  %1 = nn.pad %x, %v {low = ["0", "1"], high = ["0", "1"], mode = 2 : i32} : (tensor<0x2xf32>, tensor<f32>) -> tensor<0x4xf32>
  check.expect_close %1, dense<> : tensor<0x4xf32> : tensor<0x4xf32>
  return
}

func.func @pad_edge_of_nothing(%x: tensor<?x2xf32, #nn.dims<"N">> {check.value = dense<> : tensor<0x2xf32>}, %v: tensor<f32> {check.value = dense<9.0> : tensor<f32>}) attributes {check.error = "an empty dimension cannot be padded by its own elements"} {
  %0 = nn.pad %x, %v {low = ["1", "0"], high = ["0", "0"], mode = 2 : i32} : (tensor<?x2xf32, #nn.dims<"N">>, tensor<f32>) -> tensor<?x2xf32, #nn.dims<"N + 1">>
  check.expect_close %0, dense<0.0> : tensor<1x2xf32> : tensor<?x2xf32, #nn.dims<"N + 1">>
  return
}

func.func @pad_dynamic(%x: tensor<?x3xf32, #nn.dims<"N">> {check.value = dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 0x7FC00000]]> : tensor<2x3xf32>}, %v: tensor<f32> {check.value = dense<7.0> : tensor<f32>}) {
  %0 = nn.pad %x, %v {low = ["N", "1"], high = ["1", "0"], mode = 0 : i32} : (tensor<?x3xf32, #nn.dims<"N">>, tensor<f32>) -> tensor<?x4xf32, #nn.dims<"2*N + 1">>
  check.expect_close %0, dense<[[7.0, 7.0, 7.0, 7.0], [7.0, 7.0, 7.0, 7.0], [7.0, 1.0, 2.0, 3.0], [7.0, 4.0, 5.0, 0x7FC00000], [7.0, 7.0, 7.0, 7.0]]> : tensor<5x4xf32> : tensor<?x4xf32, #nn.dims<"2*N + 1">>
  %1 = nn.pad %x, %v {low = ["N", "1"], high = ["1", "0"], mode = 1 : i32} : (tensor<?x3xf32, #nn.dims<"N">>, tensor<f32>) -> tensor<?x4xf32, #nn.dims<"2*N + 1">>
  check.expect_close %1, dense<[[2.0, 1.0, 2.0, 3.0], [5.0, 4.0, 5.0, 0x7FC00000], [2.0, 1.0, 2.0, 3.0], [5.0, 4.0, 5.0, 0x7FC00000], [2.0, 1.0, 2.0, 3.0]]> : tensor<5x4xf32> : tensor<?x4xf32, #nn.dims<"2*N + 1">>
  return
}

func.func @pad_f16(%x: tensor<3xf16> {check.value = dense<[1.0, 0.0, 1.0]> : tensor<3xf16>}, %v: tensor<f16> {check.value = dense<1.0> : tensor<f16>}) {
  %0 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 0 : i32} : (tensor<3xf16>, tensor<f16>) -> tensor<6xf16>
  check.expect_equal %0, dense<[1.0, 1.0, 1.0, 0.0, 1.0, 1.0]> : tensor<6xf16> : tensor<6xf16>
  %1 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 1 : i32} : (tensor<3xf16>, tensor<f16>) -> tensor<6xf16>
  check.expect_equal %1, dense<[1.0, 0.0, 1.0, 0.0, 1.0, 0.0]> : tensor<6xf16> : tensor<6xf16>
  return
}

func.func @pad_i8(%x: tensor<3xi8> {check.value = dense<[1, 0, 1]> : tensor<3xi8>}, %v: tensor<i8> {check.value = dense<1> : tensor<i8>}) {
  %0 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 0 : i32} : (tensor<3xi8>, tensor<i8>) -> tensor<6xi8>
  check.expect_equal %0, dense<[1, 1, 1, 0, 1, 1]> : tensor<6xi8> : tensor<6xi8>
  %1 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 1 : i32} : (tensor<3xi8>, tensor<i8>) -> tensor<6xi8>
  check.expect_equal %1, dense<[1, 0, 1, 0, 1, 0]> : tensor<6xi8> : tensor<6xi8>
  return
}

func.func @pad_ui8(%x: tensor<3xui8> {check.value = dense<[1, 0, 1]> : tensor<3xui8>}, %v: tensor<ui8> {check.value = dense<1> : tensor<ui8>}) {
  %0 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 0 : i32} : (tensor<3xui8>, tensor<ui8>) -> tensor<6xui8>
  check.expect_equal %0, dense<[1, 1, 1, 0, 1, 1]> : tensor<6xui8> : tensor<6xui8>
  %1 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 1 : i32} : (tensor<3xui8>, tensor<ui8>) -> tensor<6xui8>
  check.expect_equal %1, dense<[1, 0, 1, 0, 1, 0]> : tensor<6xui8> : tensor<6xui8>
  return
}

func.func @pad_i64(%x: tensor<3xi64> {check.value = dense<[1, 0, 1]> : tensor<3xi64>}, %v: tensor<i64> {check.value = dense<1> : tensor<i64>}) {
  %0 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 0 : i32} : (tensor<3xi64>, tensor<i64>) -> tensor<6xi64>
  check.expect_equal %0, dense<[1, 1, 1, 0, 1, 1]> : tensor<6xi64> : tensor<6xi64>
  %1 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 1 : i32} : (tensor<3xi64>, tensor<i64>) -> tensor<6xi64>
  check.expect_equal %1, dense<[1, 0, 1, 0, 1, 0]> : tensor<6xi64> : tensor<6xi64>
  return
}

func.func @pad_f64(%x: tensor<3xf64> {check.value = dense<[1.0, 0.0, 1.0]> : tensor<3xf64>}, %v: tensor<f64> {check.value = dense<1.0> : tensor<f64>}) {
  %0 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 0 : i32} : (tensor<3xf64>, tensor<f64>) -> tensor<6xf64>
  check.expect_equal %0, dense<[1.0, 1.0, 1.0, 0.0, 1.0, 1.0]> : tensor<6xf64> : tensor<6xf64>
  %1 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 1 : i32} : (tensor<3xf64>, tensor<f64>) -> tensor<6xf64>
  check.expect_equal %1, dense<[1.0, 0.0, 1.0, 0.0, 1.0, 0.0]> : tensor<6xf64> : tensor<6xf64>
  return
}

func.func @pad_i1(%x: tensor<3xi1> {check.value = dense<[true, false, true]> : tensor<3xi1>}, %v: tensor<i1> {check.value = dense<true> : tensor<i1>}) {
  %0 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 0 : i32} : (tensor<3xi1>, tensor<i1>) -> tensor<6xi1>
  check.expect_equal %0, dense<[true, true, true, false, true, true]> : tensor<6xi1> : tensor<6xi1>
  %1 = nn.pad %x, %v {low = ["2"], high = ["1"], mode = 1 : i32} : (tensor<3xi1>, tensor<i1>) -> tensor<6xi1>
  check.expect_equal %1, dense<[true, false, true, false, true, false]> : tensor<6xi1> : tensor<6xi1>
  return
}

func.func @iota() {
  %0 = nn.iota {axis = 1 : i64} : tensor<2x3xi64>
  check.expect_equal %0, dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xi64> : tensor<2x3xi64>
  %1 = nn.iota {axis = 0 : i64} : tensor<4xi32>
  check.expect_equal %1, dense<[0, 1, 2, 3]> : tensor<4xi32> : tensor<4xi32>
  %2 = nn.iota {axis = 0 : i64} : tensor<2x2xui8>
  check.expect_equal %2, dense<[[0, 0], [1, 1]]> : tensor<2x2xui8> : tensor<2x2xui8>
  return
}

func.func @iota_dynamic(%x: tensor<?xf32, #nn.dims<"N">> {check.value = dense<[1.0, 2.0, 3.0]> : tensor<3xf32>}) {
  %0 = nn.iota {axis = 0 : i64} : tensor<?xi64, #nn.dims<"N">>
  check.expect_equal %0, dense<[0, 1, 2]> : tensor<3xi64> : tensor<?xi64, #nn.dims<"N">>
  return
}
