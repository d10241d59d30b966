// Einsum: one loop a label.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// CHECK-DAG: #[[A:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d3)>
// CHECK-DAG: #[[B:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d3, d2)>
// CHECK-LABEL: func.func @batched
// CHECK: linalg.generic {indexing_maps = [#[[A]], #[[B]], #{{.*}}], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
func.func @batched(%x: tensor<2x3x4xf32>, %y: tensor<2x4x5xf32>) -> tensor<2x3x5xf32> {
  %z = nn.einsum %x, %y {labels = [array<i64: 0, 1, 3>, array<i64: 0, 3, 2>], output_labels = array<i64: 0, 1, 2>} : (tensor<2x3x4xf32>, tensor<2x4x5xf32>) -> tensor<2x3x5xf32>
  return %z : tensor<2x3x5xf32>
}

//--- run.mlir
func.func @matmul(%a: tensor<2x3xf32> {check.value = dense<[[1.500000000e+00, -1.000000000e+00, -2.500000000e+00], [5.000000000e-01, -1.000000000e+00, 0.0]]> : tensor<2x3xf32>}, %b: tensor<3x4xf32> {check.value = dense<[[3.000000000e+00, -3.500000000e+00, 5.000000000e-01, 1.000000000e+00], [-5.000000000e-01, -5.000000000e-01, -1.000000000e+00, -1.000000000e+00], [-3.500000000e+00, -2.000000000e+00, 2.000000000e+00, 2.000000000e+00]]> : tensor<3x4xf32>}) {
  %y = nn.einsum %a, %b {labels = [array<i64: 105, 106>, array<i64: 106, 107>], output_labels = array<i64: 105, 107>} : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
  check.expect_close %y, dense<[[1.375000000e+01, 2.500000000e-01, -3.250000000e+00, -2.500000000e+00], [2.000000000e+00, -1.250000000e+00, 1.250000000e+00, 1.500000000e+00]]> : tensor<2x4xf32> : tensor<2x4xf32>
  return
}

func.func @inner(%a: tensor<5xf32> {check.value = dense<[5.000000000e-01, 5.000000000e-01, -4.500000000e+00, -1.000000000e+00, -2.000000000e+00]> : tensor<5xf32>}, %b: tensor<5xf32> {check.value = dense<[0.0, -2.500000000e+00, 5.000000000e-01, 3.500000000e+00, -1.500000000e+00]> : tensor<5xf32>}) {
  %y = nn.einsum %a, %b {labels = [array<i64: 105>, array<i64: 105>], output_labels = array<i64>} : (tensor<5xf32>, tensor<5xf32>) -> tensor<f32>
  check.expect_close %y, dense<-4.000000000e+00> : tensor<f32> : tensor<f32>
  return
}

func.func @diagonal(%a: tensor<4x4xf32> {check.value = dense<[[-5.000000000e-01, 0.0, 5.000000000e-01, -3.500000000e+00], [-5.000000000e-01, 5.000000000e-01, -5.000000000e-01, 0.0], [2.500000000e+00, 1.500000000e+00, -2.000000000e+00, 1.500000000e+00], [-2.000000000e+00, 1.000000000e+00, 2.000000000e+00, 0.0]]> : tensor<4x4xf32>}) {
  %y = nn.einsum %a {labels = [array<i64: 105, 105>], output_labels = array<i64: 105>} : (tensor<4x4xf32>) -> tensor<4xf32>
  check.expect_close %y, dense<[-5.000000000e-01, 5.000000000e-01, -2.000000000e+00, 0.0]> : tensor<4xf32> : tensor<4xf32>
  return
}

func.func @trace(%a: tensor<4x4xf32> {check.value = dense<[[2.500000000e+00, 0.0, -5.000000000e-01, 5.000000000e-01], [-4.000000000e+00, 4.500000000e+00, -5.000000000e-01, -3.000000000e+00], [-4.000000000e+00, -5.000000000e-01, 0.0, -5.000000000e-01], [-1.000000000e+00, 5.000000000e-01, 5.000000000e-01, -2.000000000e+00]]> : tensor<4x4xf32>}) {
  %y = nn.einsum %a {labels = [array<i64: 105, 105>], output_labels = array<i64>} : (tensor<4x4xf32>) -> tensor<f32>
  check.expect_close %y, dense<5.000000000e+00> : tensor<f32> : tensor<f32>
  return
}

func.func @transpose(%a: tensor<2x3xf32> {check.value = dense<[[1.500000000e+00, -5.000000000e-01, -1.500000000e+00], [1.500000000e+00, 1.000000000e+00, -2.000000000e+00]]> : tensor<2x3xf32>}) {
  %y = nn.einsum %a {labels = [array<i64: 105, 106>], output_labels = array<i64: 106, 105>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  check.expect_close %y, dense<[[1.500000000e+00, 1.500000000e+00], [-5.000000000e-01, 1.000000000e+00], [-1.500000000e+00, -2.000000000e+00]]> : tensor<3x2xf32> : tensor<3x2xf32>
  return
}

func.func @three(%a: tensor<2x3xf32> {check.value = dense<[[0.0, -2.500000000e+00, -2.000000000e+00], [2.000000000e+00, -1.500000000e+00, -5.000000000e-01]]> : tensor<2x3xf32>}, %b: tensor<3x4xf32> {check.value = dense<[[-2.500000000e+00, 1.000000000e+00, -3.000000000e+00, 2.000000000e+00], [-1.000000000e+00, 3.000000000e+00, 1.500000000e+00, 3.500000000e+00], [-2.000000000e+00, -1.500000000e+00, 2.000000000e+00, 1.500000000e+00]]> : tensor<3x4xf32>}, %c: tensor<4xf32> {check.value = dense<[5.000000000e+00, 5.000000000e-01, 0.0, -1.000000000e+00]> : tensor<4xf32>}) {
  %y = nn.einsum %a, %b, %c {labels = [array<i64: 105, 106>, array<i64: 106, 107>, array<i64: 107>], output_labels = array<i64: 105>} : (tensor<2x3xf32>, tensor<3x4xf32>, tensor<4xf32>) -> tensor<2xf32>
  check.expect_close %y, dense<[4.200000000e+01, -1.137500000e+01]> : tensor<2xf32> : tensor<2xf32>
  return
}

func.func @outer(%a: tensor<2xf32> {check.value = dense<[0.0, 5.000000000e-01]> : tensor<2xf32>}, %b: tensor<3xf32> {check.value = dense<[-4.500000000e+00, 2.500000000e+00, -5.000000000e-01]> : tensor<3xf32>}) {
  %y = nn.einsum %a, %b {labels = [array<i64: 105>, array<i64: 106>], output_labels = array<i64: 105, 106>} : (tensor<2xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  check.expect_close %y, dense<[[0.0, 0.0, 0.0], [-2.250000000e+00, 1.250000000e+00, -2.500000000e-01]]> : tensor<2x3xf32> : tensor<2x3xf32>
  return
}
