// Distances of the rows of two matrices: what they lower to, and their numbers.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// Parallel over pairs of rows, folded over their elements; no tensor of differences.
// CHECK-LABEL: func.func @squared
// CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "parallel", "reduction"]
// CHECK: %[[D:.*]] = arith.subf
// CHECK: %[[S:.*]] = arith.mulf %[[D]], %[[D]]
// CHECK: arith.addf %{{.*}}, %[[S]]
// CHECK-NOT: math.sqrt
func.func @squared(%x: tensor<2x3xf32>, %y: tensor<4x3xf32>) -> tensor<2x4xf32> {
  %d = nn.pairwise_distance %x, %y : (tensor<2x3xf32>, tensor<4x3xf32>) -> tensor<2x4xf32>
  return %d : tensor<2x4xf32>
}

// Half floats accumulate in f32. Symbols that must be equal are compared at run time.
// CHECK-LABEL: func.func @half
// CHECK: cf.assert
// CHECK: arith.subf {{.*}} : f32
// CHECK: math.sqrt {{.*}} : f32
// CHECK: arith.truncf {{.*}} : f32 to f16
func.func @half(%x: tensor<2x?xf16, #nn.dims<"K">>, %y: tensor<4x?xf16, #nn.dims<"L">>) -> tensor<2x4xf16> {
  %d = nn.pairwise_distance %x, %y {root} : (tensor<2x?xf16, #nn.dims<"K">>, tensor<4x?xf16, #nn.dims<"L">>) -> tensor<2x4xf16>
  return %d : tensor<2x4xf16>
}

//--- run.mlir
func.func @numbers(%x: tensor<2x3xf32> {check.value = dense<[[0.0, 0.0, 0.0], [1.0, 2.0, 2.0]]> : tensor<2x3xf32>},
                   %y: tensor<3x3xf32> {check.value = dense<[[3.0, 4.0, 0.0], [1.0, 2.0, 2.0], [0x7F800000, 0.0, 0x7FC00000]]> : tensor<3x3xf32>}) {
  %squared = nn.pairwise_distance %x, %y : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  check.expect_close %squared, dense<[[25.0, 9.0, 0x7FC00000], [12.0, 0.0, 0x7FC00000]]> : tensor<2x3xf32> : tensor<2x3xf32>
  %distance = nn.pairwise_distance %x, %y {root} : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x3xf32>
  check.expect_close %distance, dense<[[5.0, 3.0, 0x7FC00000], [3.4641016, 0.0, 0x7FC00000]]> : tensor<2x3xf32> : tensor<2x3xf32>
  return
}

// Points that are near each other and far from the origin: the expansion |x|^2 - 2xy + |y|^2 would give 0.
func.func @near(%x: tensor<1x2xf32> {check.value = dense<[[4096.0, 4096.0]]> : tensor<1x2xf32>},
                %y: tensor<1x2xf32> {check.value = dense<[[4096.5, 4096.0]]> : tensor<1x2xf32>}) {
  %d = nn.pairwise_distance %x, %y : (tensor<1x2xf32>, tensor<1x2xf32>) -> tensor<1x1xf32>
  check.expect_close %d, dense<0.25> : tensor<1x1xf32> : tensor<1x1xf32>
  return
}

// Points without coordinates are all the same.
func.func @no_columns(%x: tensor<2x0xf32> {check.value = dense<> : tensor<2x0xf32>}) {
  %d = nn.pairwise_distance %x, %x {root} : (tensor<2x0xf32>, tensor<2x0xf32>) -> tensor<2x2xf32>
  check.expect_close %d, dense<0.0> : tensor<2x2xf32> : tensor<2x2xf32>
  return
}
