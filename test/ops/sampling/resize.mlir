// Resize: tables of positions and weights, then one gather.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// CHECK-LABEL: func.func @nearest
// CHECK: math.ceil
// CHECK: linalg.generic {{.*}}["parallel"]
// CHECK: tensor.extract
func.func @nearest(%x: tensor<4xf32>, %s: tensor<1xf32>, %r: tensor<2xf32>) -> tensor<8xf32> {
  %y = nn.resize %x, %s, %r {axes = array<i64: 0>, sizes = ["8"], mode = #nn.interpolation<nearest>, coordinates = #nn.coordinates<half_pixel>, rounding = #nn.rounding<prefer_floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64} : (tensor<4xf32>, tensor<1xf32>, tensor<2xf32>) -> tensor<8xf32>
  return %y : tensor<8xf32>
}

//--- run.mlir
func.func @nearest(%a: tensor<3x4xf32> {check.value = dense<[[2.500000000e+00, 0.0, 2.000000000e+00, 1.500000000e+00], [5.000000000e-01, 2.500000000e+00, -2.000000000e+00, 0.0], [3.000000000e+00, 2.500000000e+00, 0.0, -3.500000000e+00]]> : tensor<3x4xf32>}, %b: tensor<2xf32> {check.value = dense<[2.000000000e+00, 1.750000000e+00]> : tensor<2xf32>}, %c: tensor<4xf32> {check.value = dense<[0.0, 0.0, 0.0, 0.0]> : tensor<4xf32>}) {
  %y = nn.resize %a, %b, %c {axes = array<i64: 0, 1>, sizes = ["6", "7"], mode = #nn.interpolation<nearest>, coordinates = #nn.coordinates<half_pixel>, rounding = #nn.rounding<prefer_floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64} : (tensor<3x4xf32>, tensor<2xf32>, tensor<4xf32>) -> tensor<6x7xf32>
  check.expect_close %y, dense<[[2.500000000e+00, 2.500000000e+00, 0.0, 0.0, 2.000000000e+00, 1.500000000e+00, 1.500000000e+00], [2.500000000e+00, 2.500000000e+00, 0.0, 0.0, 2.000000000e+00, 1.500000000e+00, 1.500000000e+00], [5.000000000e-01, 5.000000000e-01, 2.500000000e+00, 2.500000000e+00, -2.000000000e+00, 0.0, 0.0], [5.000000000e-01, 5.000000000e-01, 2.500000000e+00, 2.500000000e+00, -2.000000000e+00, 0.0, 0.0], [3.000000000e+00, 3.000000000e+00, 2.500000000e+00, 2.500000000e+00, 0.0, -3.500000000e+00, -3.500000000e+00], [3.000000000e+00, 3.000000000e+00, 2.500000000e+00, 2.500000000e+00, 0.0, -3.500000000e+00, -3.500000000e+00]]> : tensor<6x7xf32> : tensor<6x7xf32>
  return
}

func.func @nearest_floor(%a: tensor<3x4xf32> {check.value = dense<[[2.500000000e+00, 0.0, 2.000000000e+00, 1.500000000e+00], [5.000000000e-01, 2.500000000e+00, -2.000000000e+00, 0.0], [3.000000000e+00, 2.500000000e+00, 0.0, -3.500000000e+00]]> : tensor<3x4xf32>}, %b: tensor<2xf32> {check.value = dense<[1.666666627e+00, 5.000000000e-01]> : tensor<2xf32>}, %c: tensor<4xf32> {check.value = dense<[0.0, 0.0, 0.0, 0.0]> : tensor<4xf32>}) {
  %y = nn.resize %a, %b, %c {axes = array<i64: 0, 1>, sizes = ["5", "2"], mode = #nn.interpolation<nearest>, coordinates = #nn.coordinates<asymmetric>, rounding = #nn.rounding<floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64} : (tensor<3x4xf32>, tensor<2xf32>, tensor<4xf32>) -> tensor<5x2xf32>
  check.expect_close %y, dense<[[2.500000000e+00, 2.000000000e+00], [2.500000000e+00, 2.000000000e+00], [5.000000000e-01, -2.000000000e+00], [5.000000000e-01, -2.000000000e+00], [3.000000000e+00, 0.0]]> : tensor<5x2xf32> : tensor<5x2xf32>
  return
}

func.func @linear(%a: tensor<3x4xf32> {check.value = dense<[[2.500000000e+00, 0.0, 2.000000000e+00, 1.500000000e+00], [5.000000000e-01, 2.500000000e+00, -2.000000000e+00, 0.0], [3.000000000e+00, 2.500000000e+00, 0.0, -3.500000000e+00]]> : tensor<3x4xf32>}, %b: tensor<2xf32> {check.value = dense<[1.666666627e+00, 2.000000000e+00]> : tensor<2xf32>}, %c: tensor<4xf32> {check.value = dense<[0.0, 0.0, 0.0, 0.0]> : tensor<4xf32>}) {
  %y = nn.resize %a, %b, %c {axes = array<i64: 0, 1>, sizes = ["5", "8"], mode = #nn.interpolation<linear>, coordinates = #nn.coordinates<half_pixel>, rounding = #nn.rounding<prefer_floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64} : (tensor<3x4xf32>, tensor<2xf32>, tensor<4xf32>) -> tensor<5x8xf32>
  check.expect_close %y, dense<[[2.500000000e+00, 1.875000000e+00, 6.250000000e-01, 5.000000000e-01, 1.500000000e+00, 1.875000000e+00, 1.625000000e+00, 1.500000000e+00], [1.700000048e+00, 1.524999976e+00, 1.174999952e+00, 8.500000238e-01, 5.500000119e-01, 5.249999762e-01, 7.749999762e-01, 8.999999762e-01], [5.000000000e-01, 1.000000000e+00, 2.000000000e+00, 1.375000000e+00, -8.750000000e-01, -1.500000000e+00, -5.000000000e-01, 0.0], [2.000000000e+00, 2.125000000e+00, 2.375000000e+00, 1.674999952e+00, 2.500000037e-02, -1.125000000e+00, -1.774999976e+00, -2.099999905e+00], [3.000000000e+00, 2.875000000e+00, 2.625000000e+00, 1.875000000e+00, 6.250000000e-01, -8.750000000e-01, -2.625000000e+00, -3.500000000e+00]]> : tensor<5x8xf32> : tensor<5x8xf32>
  return
}

func.func @linear_corners(%a: tensor<3x4xf32> {check.value = dense<[[2.500000000e+00, 0.0, 2.000000000e+00, 1.500000000e+00], [5.000000000e-01, 2.500000000e+00, -2.000000000e+00, 0.0], [3.000000000e+00, 2.500000000e+00, 0.0, -3.500000000e+00]]> : tensor<3x4xf32>}, %b: tensor<2xf32> {check.value = dense<[1.666666627e+00, 2.000000000e+00]> : tensor<2xf32>}, %c: tensor<4xf32> {check.value = dense<[0.0, 0.0, 0.0, 0.0]> : tensor<4xf32>}) {
  %y = nn.resize %a, %b, %c {axes = array<i64: 0, 1>, sizes = ["5", "8"], mode = #nn.interpolation<linear>, coordinates = #nn.coordinates<align_corners>, rounding = #nn.rounding<prefer_floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64} : (tensor<3x4xf32>, tensor<2xf32>, tensor<4xf32>) -> tensor<5x8xf32>
  check.expect_close %y, dense<[[2.500000000e+00, 1.428571463e+00, 3.571428657e-01, 5.714285970e-01, 1.428571463e+00, 1.928571463e+00, 1.714285731e+00, 1.500000000e+00], [1.500000000e+00, 1.392857194e+00, 1.285714269e+00, 8.928571343e-01, 3.571428657e-01, 1.071428582e-01, 4.285714328e-01, 7.500000000e-01], [5.000000000e-01, 1.357142806e+00, 2.214285612e+00, 1.214285731e+00, -7.142857313e-01, -1.714285731e+00, -8.571428657e-01, 0.0], [1.750000000e+00, 2.071428537e+00, 2.392857075e+00, 1.500000000e+00, 3.330669074e-16, -1.107142806e+00, -1.428571463e+00, -1.750000000e+00], [3.000000000e+00, 2.785714388e+00, 2.571428537e+00, 1.785714269e+00, 7.142857313e-01, -5.000000000e-01, -2.000000000e+00, -3.500000000e+00]]> : tensor<5x8xf32> : tensor<5x8xf32>
  return
}

func.func @linear_down(%a: tensor<3x4xf32> {check.value = dense<[[2.500000000e+00, 0.0, 2.000000000e+00, 1.500000000e+00], [5.000000000e-01, 2.500000000e+00, -2.000000000e+00, 0.0], [3.000000000e+00, 2.500000000e+00, 0.0, -3.500000000e+00]]> : tensor<3x4xf32>}, %b: tensor<2xf32> {check.value = dense<[6.666666865e-01, 5.000000000e-01]> : tensor<2xf32>}, %c: tensor<4xf32> {check.value = dense<[0.0, 0.0, 0.0, 0.0]> : tensor<4xf32>}) {
  %y = nn.resize %a, %b, %c {axes = array<i64: 0, 1>, sizes = ["2", "2"], mode = #nn.interpolation<linear>, coordinates = #nn.coordinates<pytorch_half_pixel>, rounding = #nn.rounding<prefer_floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64} : (tensor<3x4xf32>, tensor<2xf32>, tensor<4xf32>) -> tensor<2x2xf32>
  check.expect_close %y, dense<[[1.312500000e+00, 1.062500000e+00], [2.437500000e+00, -1.562500000e+00]]> : tensor<2x2xf32> : tensor<2x2xf32>
  return
}

func.func @cubic(%a: tensor<3x4xf32> {check.value = dense<[[2.500000000e+00, 0.0, 2.000000000e+00, 1.500000000e+00], [5.000000000e-01, 2.500000000e+00, -2.000000000e+00, 0.0], [3.000000000e+00, 2.500000000e+00, 0.0, -3.500000000e+00]]> : tensor<3x4xf32>}, %b: tensor<2xf32> {check.value = dense<[2.000000000e+00, 2.000000000e+00]> : tensor<2xf32>}, %c: tensor<4xf32> {check.value = dense<[0.0, 0.0, 0.0, 0.0]> : tensor<4xf32>}) {
  %y = nn.resize %a, %b, %c {axes = array<i64: 0, 1>, sizes = ["6", "8"], mode = #nn.interpolation<cubic>, coordinates = #nn.coordinates<half_pixel>, rounding = #nn.rounding<prefer_floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64} : (tensor<3x4xf32>, tensor<2xf32>, tensor<4xf32>) -> tensor<6x8xf32>
  check.expect_close %y, dense<[[3.024665833e+00, 1.942588806e+00, 1.270217896e-01, 5.789184570e-02, 1.789398193e+00, 2.532096863e+00, 1.925636292e+00, 1.577659607e+00], [2.105857849e+00, 1.627410889e+00, 8.337097168e-01, 5.139465332e-01, 8.435363770e-01, 1.130493164e+00, 1.240417480e+00, 1.310600281e+00], [5.582351685e-01, 1.085174561e+00, 1.993255615e+00, 1.260345459e+00, -7.396545410e-01, -1.190002441e+00, 1.389160156e-01, 9.213638306e-01], [6.542129517e-01, 1.454170227e+00, 2.830467224e+00, 1.856964111e+00, -9.367980957e-01, -2.237327576e+00, -1.348091125e+00, -8.438491821e-01], [2.339591980e+00, 2.526023865e+00, 2.872566223e+00, 1.966888428e+00, 3.634338379e-01, -1.420051575e+00, -2.380882263e+00, -2.988212585e+00], [3.344215393e+00, 3.171127319e+00, 2.914443970e+00, 2.044281006e+00, 1.133026123e+00, -9.548797607e-01, -3.025222778e+00, -4.299461365e+00]]> : tensor<6x8xf32> : tensor<6x8xf32>
  return
}

func.func @cubic_exclude(%a: tensor<3x4xf32> {check.value = dense<[[2.500000000e+00, 0.0, 2.000000000e+00, 1.500000000e+00], [5.000000000e-01, 2.500000000e+00, -2.000000000e+00, 0.0], [3.000000000e+00, 2.500000000e+00, 0.0, -3.500000000e+00]]> : tensor<3x4xf32>}, %b: tensor<2xf32> {check.value = dense<[6.666666865e-01, 7.500000000e-01]> : tensor<2xf32>}, %c: tensor<4xf32> {check.value = dense<[0.0, 0.0, 0.0, 0.0]> : tensor<4xf32>}) {
  %y = nn.resize %a, %b, %c {axes = array<i64: 0, 1>, sizes = ["2", "3"], mode = #nn.interpolation<cubic>, coordinates = #nn.coordinates<half_pixel>, rounding = #nn.rounding<prefer_floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64, exclude_outside} : (tensor<3x4xf32>, tensor<2xf32>, tensor<4xf32>) -> tensor<2x3xf32>
  check.expect_close %y, dense<[[1.803098202e+00, 6.564708352e-01, 1.288807750e+00], [2.494344711e+00, 1.250772953e+00, -2.577331781e+00]]> : tensor<2x3xf32> : tensor<2x3xf32>
  return
}

func.func @linear_antialias(%a: tensor<8xf32> {check.value = dense<[1.000000000e+00, -3.500000000e+00, 0.0, 1.500000000e+00, -2.500000000e+00, 0.0, 2.000000000e+00, -2.000000000e+00]> : tensor<8xf32>}, %b: tensor<1xf32> {check.value = dense<[3.750000000e-01]> : tensor<1xf32>}, %c: tensor<2xf32> {check.value = dense<[0.0, 0.0]> : tensor<2xf32>}) {
  %y = nn.resize %a, %b, %c {axes = array<i64: 0>, sizes = ["3"], mode = #nn.interpolation<linear>, coordinates = #nn.coordinates<half_pixel>, rounding = #nn.rounding<prefer_floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64, antialias} : (tensor<8xf32>, tensor<1xf32>, tensor<2xf32>) -> tensor<3xf32>
  check.expect_close %y, dense<[-7.441860437e-01, -3.452380896e-01, -2.209302336e-01]> : tensor<3xf32> : tensor<3xf32>
  return
}

func.func @cubic_antialias(%a: tensor<9xf32> {check.value = dense<[2.000000000e+00, -3.000000000e+00, 0.0, 3.000000000e+00, 0.0, -5.000000000e-01, 5.000000000e-01, -2.000000000e+00, 1.500000000e+00]> : tensor<9xf32>}, %b: tensor<1xf32> {check.value = dense<[4.444444478e-01]> : tensor<1xf32>}, %c: tensor<2xf32> {check.value = dense<[0.0, 0.0]> : tensor<2xf32>}) {
  %y = nn.resize %a, %b, %c {axes = array<i64: 0>, sizes = ["4"], mode = #nn.interpolation<cubic>, coordinates = #nn.coordinates<half_pixel>, rounding = #nn.rounding<prefer_floor>, cubic_coefficient = -0.75 : f64, extrapolation = 0.0 : f64, antialias} : (tensor<9xf32>, tensor<1xf32>, tensor<2xf32>) -> tensor<4xf32>
  check.expect_close %y, dense<[-4.230142534e-01, 9.568939805e-01, -2.164614350e-01, -7.136426121e-02]> : tensor<4xf32> : tensor<4xf32>
  return
}
