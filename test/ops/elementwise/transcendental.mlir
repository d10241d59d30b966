// Exponentials, logarithms, the error function, circular and hyperbolic functions, over their ranges and at their poles.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// CHECK-LABEL: func.func @names
// CHECK: math.exp
// CHECK: math.log
// CHECK: math.erf
// CHECK: math.tanh
func.func @names(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) {
  %0 = nn.exp %x : (tensor<3xf32>) -> tensor<3xf32>
  %1 = nn.log %x : (tensor<3xf32>) -> tensor<3xf32>
  %2 = nn.erf %x : (tensor<3xf32>) -> tensor<3xf32>
  %3 = nn.tanh %x : (tensor<3xf32>) -> tensor<3xf32>
  return %0, %1, %2, %3 : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
}

//--- run.mlir
func.func @exp(%x: tensor<14xf32> {check.value = dense<[0.0, 1.0, -1.0, 0.5, 10.0, 88.5, 90.0, -87.0, -100.0, -110.0, 1.0e-08, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<14xf32>}) {
  %0 = nn.exp %x : (tensor<14xf32>) -> tensor<14xf32>
  check.expect_close %0, dense<[1.0, 2.7182817, 0.36787945, 1.6487212, 22026.465, 2.723088e+38, 0x7F800000, 1.6458115e-38, 3.8e-44, 0.0, 1.0, 0x7F800000, 0.0, 0x7FC00000]> : tensor<14xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<14xf32>
  return
}

func.func @log(%x: tensor<14xf32> {check.value = dense<[1.0, 2.7182817, 0.5, 10.0, 1.0e-38, 1.0e-45, 3.0e+38, 0.0, -0.0, -1.0, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0000001]> : tensor<14xf32>}) {
  %0 = nn.log %x : (tensor<14xf32>) -> tensor<14xf32>
  check.expect_close %0, dense<[0.0, 0.99999994, -0.6931472, 2.3025851, -87.49823, -103.27893, 88.59685, 0xFF800000, 0xFF800000, 0x7FC00000, 0x7F800000, 0x7FC00000, 0x7FC00000, 1.1920928e-07]> : tensor<14xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<14xf32>
  return
}

func.func @erf(%x: tensor<15xf32> {check.value = dense<[0.0, -0.0, 0.25, -0.5, 1.0, -1.0, 1.5, 2.0, -3.0, 3.9, 5.0, 1.0e-10, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<15xf32>}) {
  %0 = nn.erf %x : (tensor<15xf32>) -> tensor<15xf32>
  check.expect_close %0, dense<[0.0, -0.0, 0.2763264, -0.5204999, 0.8427008, -0.8427008, 0.96610516, 0.9953223, -0.9999779, 0.99999994, 1.0, 1.1283792e-10, 1.0, -1.0, 0x7FC00000]> : tensor<15xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<15xf32>
  return
}

func.func @sin(%x: tensor<13xf32> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.5707964, 3.1415927, 10.0, -100.0, 1000.0, 100000.0, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<13xf32>}) {
  %0 = nn.sin %x : (tensor<13xf32>) -> tensor<13xf32>
  check.expect_close %0, dense<[0.0, -0.0, 0.47942555, -0.84147096, 1.0, -8.742278e-08, -0.5440211, 0.50636566, 0.82687956, 0.0357488, 0x7FC00000, 0x7FC00000, 0x7FC00000]> : tensor<13xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<13xf32>
  return
}

func.func @cos(%x: tensor<13xf32> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.5707964, 3.1415927, 10.0, -100.0, 1000.0, 100000.0, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<13xf32>}) {
  %0 = nn.cos %x : (tensor<13xf32>) -> tensor<13xf32>
  check.expect_close %0, dense<[1.0, 1.0, 0.87758255, 0.5403023, -4.371139e-08, -1.0, -0.8390715, 0.8623189, 0.56237906, -0.9993608, 0x7FC00000, 0x7FC00000, 0x7FC00000]> : tensor<13xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<13xf32>
  return
}

func.func @tan(%x: tensor<12xf32> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.5, 3.1415927, 10.0, -100.0, 1000.0, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<12xf32>}) {
  %0 = nn.tan %x : (tensor<12xf32>) -> tensor<12xf32>
  check.expect_close %0, dense<[0.0, -0.0, 0.5463025, -1.5574077, 14.10142, 8.742278e-08, 0.64836085, 0.58721393, 1.4703242, 0x7FC00000, 0x7FC00000, 0x7FC00000]> : tensor<12xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<12xf32>
  return
}

func.func @asin(%x: tensor<12xf32> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 0.99, 1.5, -2.0, 0x7F800000, 0x7FC00000, 1.0e-05]> : tensor<12xf32>}) {
  %0 = nn.asin %x : (tensor<12xf32>) -> tensor<12xf32>
  check.expect_close %0, dense<[0.0, -0.0, 0.5235988, -0.5235988, 1.5707964, -1.5707964, 1.4292569, 0x7FC00000, 0x7FC00000, 0x7FC00000, 0x7FC00000, 1.0e-05]> : tensor<12xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<12xf32>
  return
}

func.func @acos(%x: tensor<12xf32> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 0.99, 1.5, -2.0, 0x7F800000, 0x7FC00000, 1.0e-05]> : tensor<12xf32>}) {
  %0 = nn.acos %x : (tensor<12xf32>) -> tensor<12xf32>
  check.expect_close %0, dense<[1.5707964, 1.5707964, 1.0471976, 2.0943952, 0.0, 3.1415927, 0.14153941, 0x7FC00000, 0x7FC00000, 0x7FC00000, 0x7FC00000, 1.5707864]> : tensor<12xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<12xf32>
  return
}

func.func @atan(%x: tensor<12xf32> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 10.0, -1000.0, 0x7F800000, 0xFF800000, 0x7FC00000, 1.0e-05]> : tensor<12xf32>}) {
  %0 = nn.atan %x : (tensor<12xf32>) -> tensor<12xf32>
  check.expect_close %0, dense<[0.0, -0.0, 0.4636476, -0.4636476, 0.7853982, -0.7853982, 1.4711276, -1.5697963, 1.5707964, -1.5707964, 0x7FC00000, 1.0e-05]> : tensor<12xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<12xf32>
  return
}

func.func @sinh(%x: tensor<13xf32> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, -0.001, 10.0, -20.0, 89.0, 100.0, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<13xf32>}) {
  %0 = nn.sinh %x : (tensor<13xf32>) -> tensor<13xf32>
  check.expect_close %0, dense<[0.0, -0.0, 0.5210953, -1.1752012, 1.0e-05, -0.0010000002, 11013.232, -2.425826e+08, 2.2448064e+38, 0x7F800000, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<13xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<13xf32>
  return
}

func.func @cosh(%x: tensor<12xf32> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, 10.0, -20.0, 89.0, 100.0, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<12xf32>}) {
  %0 = nn.cosh %x : (tensor<12xf32>) -> tensor<12xf32>
  check.expect_close %0, dense<[1.0, 1.0, 1.127626, 1.5430807, 1.0, 11013.233, 2.425826e+08, 2.2448064e+38, 0x7F800000, 0x7F800000, 0x7F800000, 0x7FC00000]> : tensor<12xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<12xf32>
  return
}

func.func @tanh(%x: tensor<14xf32> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, -0.001, 3.0, -5.0, 9.0, 20.0, -100.0, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<14xf32>}) {
  %0 = nn.tanh %x : (tensor<14xf32>) -> tensor<14xf32>
  check.expect_close %0, dense<[0.0, -0.0, 0.46211717, -0.7615942, 1.0e-05, -0.0009999997, 0.9950548, -0.9999092, 0.99999994, 1.0, -1.0, 1.0, -1.0, 0x7FC00000]> : tensor<14xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<14xf32>
  return
}

func.func @asinh(%x: tensor<13xf32> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, -0.001, 10.0, -1000.0, 1.0e+20, -1.0e+20, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<13xf32>}) {
  %0 = nn.asinh %x : (tensor<13xf32>) -> tensor<13xf32>
  check.expect_close %0, dense<[0.0, -0.0, 0.4812118, -0.8813736, 1.0e-05, -0.0009999999, 2.998223, -7.6009026, 46.74485, -46.74485, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<13xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<13xf32>
  return
}

func.func @acosh(%x: tensor<12xf32> {check.value = dense<[1.0, 1.00001, 1.5, 2.0, 10.0, 1.0e+20, 0.5, 0.0, -1.0, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<12xf32>}) {
  %0 = nn.acosh %x : (tensor<12xf32>) -> tensor<12xf32>
  check.expect_close %0, dense<[0.0, 0.004475168, 0.9624236, 1.316958, 2.993223, 46.74485, 0x7FC00000, 0x7FC00000, 0x7FC00000, 0x7F800000, 0x7FC00000, 0x7FC00000]> : tensor<12xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<12xf32>
  return
}

func.func @atanh(%x: tensor<12xf32> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0e-05, 0.999, -0.999, 1.0, -1.0, 2.0, 0x7F800000, 0x7FC00000]> : tensor<12xf32>}) {
  %0 = nn.atanh %x : (tensor<12xf32>) -> tensor<12xf32>
  check.expect_close %0, dense<[0.0, -0.0, 0.54930615, -0.54930615, 1.0e-05, 3.8002076, -3.8002076, 0x7F800000, 0xFF800000, 0x7FC00000, 0x7FC00000, 0x7FC00000]> : tensor<12xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<12xf32>
  return
}

func.func @exp_f64(%x: tensor<14xf64> {check.value = dense<[0.0, 1.0, -1.0, 0.5, 10.0, 88.5, 90.0, -87.0, -100.0, -110.0, 1.0e-08, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<14xf64>}) {
  %0 = nn.exp %x : (tensor<14xf64>) -> tensor<14xf64>
  check.expect_close %0, dense<[1.0, 2.718281828459045, 0.36787944117144233, 1.6487212707001282, 22026.465794806718, 2.7230878250681117e+38, 1.2204032943178408e+39, 1.6458114310822737e-38, 3.720075976020836e-44, 1.6889118802245324e-48, 1.00000001, 0x7FF0000000000000, 0.0, 0x7FF8000000000000]> : tensor<14xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<14xf64>
  return
}

func.func @exp_f16(%x: tensor<10xf16> {check.value = dense<[0.0, 1.0, -1.0, 0.5, 1.0e+01, 88.5, 9.0e+01, -87.0, -1.0e+02, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.exp %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[1.0, 2.719, 0.368, 1.648, 2.203e+04, 0x7C00, 0x7C00, 0.0, 0.0, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @exp_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, 1.0, -1.0, 0.5, 1.0e+01, 88.5, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.exp %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[1.0, 2.72, 0.367, 1.65, 2.2e+04, 2.72e+38, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @log_f64(%x: tensor<14xf64> {check.value = dense<[1.0, 2.718281828, 0.5, 10.0, 1.0e-38, 1.0e-45, 3.0e+38, 0.0, -0.0, -1.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 1.0000001]> : tensor<14xf64>}) {
  %0 = nn.log %x : (tensor<14xf64>) -> tensor<14xf64>
  check.expect_close %0, dense<[0.0, 0.9999999998311266, -0.6931471805599453, 2.302585092994046, -87.49823353377374, -103.61632918473205, 88.59684582244185, 0xFFF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 0x7FF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 9.999999505838704e-08]> : tensor<14xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<14xf64>
  return
}

func.func @log_f16(%x: tensor<10xf16> {check.value = dense<[1.0, 2.719, 0.5, 1.0e+01, 0.0, 0.0, 0x7C00, 0.0, -0.0, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.log %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[0.0, 1.0, -0.6934, 2.303, 0xFC00, 0xFC00, 0x7C00, 0xFC00, 0xFC00, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @log_bf16(%x: tensor<7xbf16> {check.value = dense<[1.0, 2.72, 0.5, 1.0e+01, 1.0e-38, 0.0, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.log %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[0.0, 1.0, -0.69, 2.3, -87.5, 0xFF80, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @erf_f64(%x: tensor<15xf64> {check.value = dense<[0.0, -0.0, 0.25, -0.5, 1.0, -1.0, 1.5, 2.0, -3.0, 3.9, 5.0, 1.0e-10, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<15xf64>}) {
  %0 = nn.erf %x : (tensor<15xf64>) -> tensor<15xf64>
  check.expect_close %0, dense<[0.0, -0.0, 0.2763263901682369, -0.5204998778130465, 0.8427007929497149, -0.8427007929497149, 0.9661051464753108, 0.9953222650189527, -0.9999779095030014, 0.9999999652077514, 0.9999999999984626, 1.1283791670955126e-10, 1.0, -1.0, 0x7FF8000000000000]> : tensor<15xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<15xf64>
  return
}

func.func @erf_f16(%x: tensor<10xf16> {check.value = dense<[0.0, -0.0, 0.25, -0.5, 1.0, -1.0, 1.5, 2.0, -3.0, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.erf %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.2764, -0.5205, 0.843, -0.843, 0.9663, 0.995, -1.0, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @erf_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, -0.0, 0.25, -0.5, 1.0, -1.0, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.erf %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.275, -0.52, 0.844, -0.844, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @sin_f64(%x: tensor<13xf64> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.5707964, 3.1415927, 10.0, -100.0, 1000.0, 100000.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<13xf64>}) {
  %0 = nn.sin %x : (tensor<13xf64>) -> tensor<13xf64>
  check.expect_close %0, dense<[0.0, -0.0, 0.479425538604203, -0.8414709848078965, 0.9999999999999973, -4.641020666628482e-08, -0.5440211108893698, 0.5063656411097588, 0.8268795405320025, 0.03574879797201651, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000]> : tensor<13xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<13xf64>
  return
}

func.func @sin_f16(%x: tensor<10xf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.57, 3.14, 1.0e+01, -1.0e+02, 1.0e+03, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.sin %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.4795, -0.8413, 1.0, 0.0009675, -0.544, 0.5063, 0.8267, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @sin_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.57, 3.14, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.sin %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.479, -0.84, 1.0, 0.00097, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @cos_f64(%x: tensor<13xf64> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.5707964, 3.1415927, 10.0, -100.0, 1000.0, 100000.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<13xf64>}) {
  %0 = nn.cos %x : (tensor<13xf64>) -> tensor<13xf64>
  check.expect_close %0, dense<[1.0, 1.0, 0.8775825618903728, 0.5403023058681398, -7.320510347335801e-08, -0.9999999999999989, -0.8390715290764524, 0.8623188722876839, 0.5623790762907029, -0.9993608074382124, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000]> : tensor<13xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<13xf64>
  return
}

func.func @cos_f16(%x: tensor<10xf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.57, 3.14, 1.0e+01, -1.0e+02, 1.0e+03, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.cos %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[1.0, 1.0, 0.8774, 0.5405, 0.0004838, -1.0, -0.839, 0.8623, 0.5625, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @cos_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.57, 3.14, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.cos %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[1.0, 1.0, 0.88, 0.54, 0.000484, -1.0, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @tan_f64(%x: tensor<12xf64> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.5, 3.1415927, 10.0, -100.0, 1000.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<12xf64>}) {
  %0 = nn.tan %x : (tensor<12xf64>) -> tensor<12xf64>
  check.expect_close %0, dense<[0.0, -0.0, 0.5463024898437905, -1.5574077246549023, 14.101419947171719, 4.6410206666284874e-08, 0.6483608274590866, 0.5872139151569291, 1.4703241557027185, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000]> : tensor<12xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<12xf64>
  return
}

func.func @tan_f16(%x: tensor<10xf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.5, 3.14, 1.0e+01, -1.0e+02, 1.0e+03, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.tan %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.5464, -1.558, 14.1, -0.0009675, 0.6484, 0.5874, 1.471, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @tan_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.5, 3.14, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.tan %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.547, -1.555, 14.1, -0.00097, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @asin_f64(%x: tensor<12xf64> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 0.99, 1.5, -2.0, 0x7FF0000000000000, 0x7FF8000000000000, 1.0e-05]> : tensor<12xf64>}) {
  %0 = nn.asin %x : (tensor<12xf64>) -> tensor<12xf64>
  check.expect_close %0, dense<[0.0, -0.0, 0.5235987755982989, -0.5235987755982989, 1.5707963267948966, -1.5707963267948966, 1.4292568534704693, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 1.0000000000166668e-05]> : tensor<12xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<12xf64>
  return
}

func.func @asin_f16(%x: tensor<10xf16> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 0.99, 1.5, -2.0, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.asin %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.5234, -0.5234, 1.57, -1.57, 1.431, 0x7E00, 0x7E00, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @asin_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.asin %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.523, -0.523, 1.57, -1.57, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @acos_f64(%x: tensor<12xf64> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 0.99, 1.5, -2.0, 0x7FF0000000000000, 0x7FF8000000000000, 1.0e-05]> : tensor<12xf64>}) {
  %0 = nn.acos %x : (tensor<12xf64>) -> tensor<12xf64>
  check.expect_close %0, dense<[1.5707963267948966, 1.5707963267948966, 1.0471975511965976, 2.0943951023931957, 0.0, 3.141592653589793, 0.1415394733244273, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 1.5707863267948965]> : tensor<12xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<12xf64>
  return
}

func.func @acos_f16(%x: tensor<10xf16> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 0.99, 1.5, -2.0, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.acos %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[1.57, 1.57, 1.047, 2.094, 0.0, 3.14, 0.1399, 0x7E00, 0x7E00, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @acos_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.acos %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[1.57, 1.57, 1.05, 2.1, 0.0, 3.14, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @atan_f64(%x: tensor<12xf64> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 10.0, -1000.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 1.0e-05]> : tensor<12xf64>}) {
  %0 = nn.atan %x : (tensor<12xf64>) -> tensor<12xf64>
  check.expect_close %0, dense<[0.0, -0.0, 0.4636476090008061, -0.4636476090008061, 0.7853981633974483, -0.7853981633974483, 1.4711276743037347, -1.5697963271282298, 1.5707963267948966, -1.5707963267948966, 0x7FF8000000000000, 9.999999999666668e-06]> : tensor<12xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<12xf64>
  return
}

func.func @atan_f16(%x: tensor<10xf16> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 1.0e+01, -1.0e+03, 0x7C00, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.atan %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.4636, -0.4636, 0.785, -0.785, 1.471, -1.569, 1.57, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @atan_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.atan %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.463, -0.463, 0.785, -0.785, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @sinh_f64(%x: tensor<13xf64> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, -0.001, 10.0, -20.0, 89.0, 100.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<13xf64>}) {
  %0 = nn.sinh %x : (tensor<13xf64>) -> tensor<13xf64>
  check.expect_close %0, dense<[0.0, -0.0, 0.5210953054937474, -1.1752011936438014, 1.0000000000166668e-05, -0.001000000166666675, 11013.232874703393, -2.4258259770489514e+08, 2.2448064095871728e+38, 1.3440585709080678e+43, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<13xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<13xf64>
  return
}

func.func @sinh_f16(%x: tensor<10xf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, -0.001, 1.0e+01, -2.0e+01, 89.0, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.sinh %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.521, -1.175, 1.0e-05, -0.001, 11016.0, 0xFC00, 0x7C00, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @sinh_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, -0.001, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.sinh %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.52, -1.17, 1.0e-05, -0.001, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @cosh_f64(%x: tensor<12xf64> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, 10.0, -20.0, 89.0, 100.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<12xf64>}) {
  %0 = nn.cosh %x : (tensor<12xf64>) -> tensor<12xf64>
  check.expect_close %0, dense<[1.0, 1.0, 1.1276259652063807, 1.5430806348152437, 1.00000000005, 11013.232920103323, 2.4258259770489514e+08, 2.2448064095871728e+38, 1.3440585709080678e+43, 0x7FF0000000000000, 0x7FF0000000000000, 0x7FF8000000000000]> : tensor<12xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<12xf64>
  return
}

func.func @cosh_f16(%x: tensor<10xf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, 1.0e+01, -2.0e+01, 89.0, 1.0e+02, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.cosh %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[1.0, 1.0, 1.128, 1.543, 1.0, 11016.0, 0x7C00, 0x7C00, 0x7C00, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @cosh_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, 1.0e+01, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.cosh %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[1.0, 1.0, 1.125, 1.55, 1.0, 1.1e+04, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @tanh_f64(%x: tensor<14xf64> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, -0.001, 3.0, -5.0, 9.0, 20.0, -100.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<14xf64>}) {
  %0 = nn.tanh %x : (tensor<14xf64>) -> tensor<14xf64>
  check.expect_close %0, dense<[0.0, -0.0, 0.46211715726000974, -0.7615941559557649, 9.999999999666668e-06, -0.0009999996666668, 0.9950547536867305, -0.9999092042625951, 0.9999999695400409, 1.0, -1.0, 1.0, -1.0, 0x7FF8000000000000]> : tensor<14xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<14xf64>
  return
}

func.func @tanh_f16(%x: tensor<10xf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, -0.001, 3.0, -5.0, 9.0, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.tanh %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.4622, -0.7617, 1.0e-05, -0.001, 0.995, -1.0, 1.0, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @tanh_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, -0.001, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.tanh %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.463, -0.76, 1.0e-05, -0.001, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @asinh_f64(%x: tensor<13xf64> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, -0.001, 10.0, -1000.0, 1.0e+20, -1.0e+20, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<13xf64>}) {
  %0 = nn.asinh %x : (tensor<13xf64>) -> tensor<13xf64>
  check.expect_close %0, dense<[0.0, -0.0, 0.48121182505960347, -0.881373587019543, 9.999999999833334e-06, -0.0009999998333334083, 2.99822295029797, -7.600902709541988, 46.74484904044086, -46.74484904044086, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<13xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<13xf64>
  return
}

func.func @asinh_f16(%x: tensor<10xf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, -0.001, 1.0e+01, -1.0e+03, 0x7C00, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.asinh %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.4812, -0.8813, 1.0e-05, -0.001, 2.998, -7.6, 0x7C00, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @asinh_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, -0.0, 0.5, -1.0, 1.0e-05, -0.001, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.asinh %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.48, -0.883, 1.0e-05, -0.001, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @acosh_f64(%x: tensor<12xf64> {check.value = dense<[1.0, 1.00001, 1.5, 2.0, 10.0, 1.0e+20, 0.5, 0.0, -1.0, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000]> : tensor<12xf64>}) {
  %0 = nn.acosh %x : (tensor<12xf64>) -> tensor<12xf64>
  check.expect_close %0, dense<[0.0, 0.004472132228242651, 0.9624236501192069, 1.3169578969248168, 2.993222846126381, 46.74484904044086, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000]> : tensor<12xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<12xf64>
  return
}

func.func @acosh_f16(%x: tensor<10xf16> {check.value = dense<[1.0, 1.0, 1.5, 2.0, 1.0e+01, 0x7C00, 0.5, 0.0, -1.0, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.acosh %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[0.0, 0.0, 0.9624, 1.317, 2.994, 0x7C00, 0x7E00, 0x7E00, 0x7E00, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @acosh_bf16(%x: tensor<7xbf16> {check.value = dense<[1.0, 1.0, 1.5, 2.0, 1.0e+01, 1.0e+20, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.acosh %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[0.0, 0.0, 0.96, 1.32, 3.0, 46.8, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}

func.func @atanh_f64(%x: tensor<12xf64> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0e-05, 0.999, -0.999, 1.0, -1.0, 2.0, 0x7FF0000000000000, 0x7FF8000000000000]> : tensor<12xf64>}) {
  %0 = nn.atanh %x : (tensor<12xf64>) -> tensor<12xf64>
  check.expect_close %0, dense<[0.0, -0.0, 0.5493061443340549, -0.5493061443340549, 1.0000000000333334e-05, 3.8002011672501994, -3.8002011672501994, 0x7FF0000000000000, 0xFFF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000, 0x7FF8000000000000]> : tensor<12xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<12xf64>
  return
}

func.func @atanh_f16(%x: tensor<10xf16> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0e-05, 0.999, -0.999, 1.0, -1.0, 0x7E00]> : tensor<10xf16>}) {
  %0 = nn.atanh %x : (tensor<10xf16>) -> tensor<10xf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.5493, -0.5493, 1.0e-05, 3.812, -3.812, 0x7C00, 0xFC00, 0x7E00]> : tensor<10xf16> {rtol = 1.0e-3, atol = 1.0e-7} : tensor<10xf16>
  return
}

func.func @atanh_bf16(%x: tensor<7xbf16> {check.value = dense<[0.0, -0.0, 0.5, -0.5, 1.0e-05, 1.0, 0x7FC0]> : tensor<7xbf16>}) {
  %0 = nn.atanh %x : (tensor<7xbf16>) -> tensor<7xbf16>
  check.expect_close %0, dense<[0.0, -0.0, 0.55, -0.55, 1.0e-05, 0x7F80, 0x7FC0]> : tensor<7xbf16> {rtol = 8.0e-3} : tensor<7xbf16>
  return
}
