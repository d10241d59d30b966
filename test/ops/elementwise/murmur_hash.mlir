// The 32-bit MurmurHash3 of the bytes of each element. Numbers: onnxruntime's MurmurHash3.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// Eight bytes are two blocks, the low one first.
// CHECK-LABEL: func.func @two_blocks
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel"]
// CHECK: arith.bitcast %{{.*}} : f64 to i64
// CHECK: arith.shrui %{{.*}} : i64
// CHECK-COUNT-2: arith.trunci %{{.*}} : i64 to i32
// CHECK-COUNT-8: arith.muli %{{.*}} : i32
// CHECK-NOT: arith.muli
func.func @two_blocks(%x: tensor<4xf64>) -> tensor<4xui32> {
  %y = nn.murmur_hash %x {seed = 0 : i32} : (tensor<4xf64>) -> tensor<4xui32>
  return %y : tensor<4xui32>
}

//--- run.mlir
func.func @i32(%x: tensor<2x2xi32> {check.value = dense<[[0, 1], [-1, 123456789]]> : tensor<2x2xi32>}) {
  %y = nn.murmur_hash %x {seed = 0 : i32} : (tensor<2x2xi32>) -> tensor<2x2xui32>
  check.expect_equal %y, dense<[[593689054, 4226891818], [1982413648, 3206620847]]> : tensor<2x2xui32> : tensor<2x2xui32>
  return
}

func.func @ui32_seed(%x: tensor<4xui32> {check.value = dense<[0, 1, 4294967295, 5]> : tensor<4xui32>}) {
  %y = nn.murmur_hash %x {seed = 42 : i32} : (tensor<4xui32>) -> tensor<4xui32>
  check.expect_equal %y, dense<[933211791, 3735386339, 2690190909, 1023896466]> : tensor<4xui32> : tensor<4xui32>
  return
}

func.func @i64(%x: tensor<4xi64> {check.value = dense<[0, 1, -1, 1099511627776]> : tensor<4xi64>}) {
  %y = nn.murmur_hash %x {seed = 42 : i32} : (tensor<4xi64>) -> tensor<4xui32>
  check.expect_equal %y, dense<[2624043101, 2582647965, 3355477289, 2698199609]> : tensor<4xui32> : tensor<4xui32>
  return
}

// The zeros differ, as their bytes do.
func.func @f32(%x: tensor<3xf32> {check.value = dense<[0.0, -0.0, 1.5]> : tensor<3xf32>}) {
  %y = nn.murmur_hash %x {seed = 0 : i32} : (tensor<3xf32>) -> tensor<3xui32>
  check.expect_equal %y, dense<[593689054, 2576668564, 376679366]> : tensor<3xui32> : tensor<3xui32>
  return
}

func.func @f64(%x: tensor<4xf64> {check.value = dense<[0.0, -0.0, 1.5, 0x7FF0000000000000]> : tensor<4xf64>}) {
  %y = nn.murmur_hash %x {seed = 0 : i32} : (tensor<4xf64>) -> tensor<4xui32>
  check.expect_equal %y, dense<[1669671676, 1366273829, 4034560987, 420913893]> : tensor<4xui32> : tensor<4xui32>
  return
}
