// Activations, small and large on both sides, and NaN.
// RUN: %dlc-run %s --check --backend=loops
// RUN: %dlc-run %s --check --backend=halide

func.func @relu(%x: tensor<19xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000, 0xFF800000]> : tensor<19xf32>}) {
  %0 = nn.relu %x : (tensor<19xf32>) -> tensor<19xf32>
  check.expect_close %0, dense<[0.0, 0.5, 0.0, 0.75, 0.0, 1.0, 0.0, 2.5, 0.0, 3.5, 1.0e-04, 0.0, 30.0, 0.0, 100.0, 0.0, 0x7FC00000, 0x7F800000, 0.0]> : tensor<19xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<19xf32>
  return
}

func.func @sigmoid(%x: tensor<19xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000, 0xFF800000]> : tensor<19xf32>}) {
  %0 = nn.sigmoid %x : (tensor<19xf32>) -> tensor<19xf32>
  check.expect_close %0, dense<[0.5, 0.62245935, 0.37754068, 0.6791787, 0.32082132, 0.7310586, 0.26894143, 0.9241418, 0.07585818, 0.97068775, 0.500025, 0.499975, 1.0, 9.357623e-14, 1.0, 3.8e-44, 0x7FC00000, 1.0, 0.0]> : tensor<19xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<19xf32>
  return
}

func.func @softplus(%x: tensor<19xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000, 0xFF800000]> : tensor<19xf32>}) {
  %0 = nn.softplus %x : (tensor<19xf32>) -> tensor<19xf32>
  check.expect_close %0, dense<[0.6931472, 0.974077, 0.474077, 1.136871, 0.386871, 1.3132616, 0.3132617, 2.5788898, 0.078889735, 3.5297503, 0.6931972, 0.6930972, 30.0, 9.357623e-14, 100.0, 3.8e-44, 0x7FC00000, 0x7F800000, 0.0]> : tensor<19xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<19xf32>
  return
}

func.func @softsign(%x: tensor<17xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000]> : tensor<17xf32>}) {
  %0 = nn.softsign %x : (tensor<17xf32>) -> tensor<17xf32>
  check.expect_close %0, dense<[0.0, 0.33333334, -0.33333334, 0.42857143, -0.42857143, 0.5, -0.5, 0.71428573, -0.71428573, 0.7777778, 9.999e-05, -9.999e-05, 0.9677419, -0.9677419, 0.990099, -0.990099, 0x7FC00000]> : tensor<17xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<17xf32>
  return
}

func.func @mish(%x: tensor<18xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000]> : tensor<18xf32>}) {
  %0 = nn.mish %x : (tensor<18xf32>) -> tensor<18xf32>
  check.expect_close %0, dense<[0.0, 0.3752452, -0.22074378, 0.6100183, -0.2764947, 0.8650984, -0.30340147, 2.4713924, -0.1968162, 3.4939907, 6.00032e-05, -5.9996797e-05, 30.0, -2.807287e-12, 100.0, -3.72e-42, 0x7FC00000, 0x7F800000]> : tensor<18xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<18xf32>
  return
}

func.func @hard_swish(%x: tensor<18xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000]> : tensor<18xf32>}) {
  %0 = nn.hard_swish %x : (tensor<18xf32>) -> tensor<18xf32>
  check.expect_close %0, dense<[0.0, 0.29166666, -0.20833333, 0.46875, -0.28125, 0.6666667, -0.33333334, 2.2916667, -0.20833333, 3.5, 5.0001665e-05, -4.9998333e-05, 30.0, -0.0, 100.0, -0.0, 0x7FC00000, 0x7F800000]> : tensor<18xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<18xf32>
  return
}

func.func @leaky_relu(%x: tensor<19xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000, 0xFF800000]> : tensor<19xf32>}) {
  %0 = nn.leaky_relu %x {alpha = 0.125 : f64} : (tensor<19xf32>) -> tensor<19xf32>
  check.expect_close %0, dense<[0.0, 0.5, -0.0625, 0.75, -0.09375, 1.0, -0.125, 2.5, -0.3125, 3.5, 1.0e-04, -1.25e-05, 30.0, -3.75, 100.0, -12.5, 0x7FC00000, 0x7F800000, 0xFF800000]> : tensor<19xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<19xf32>
  return
}

func.func @elu(%x: tensor<19xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000, 0xFF800000]> : tensor<19xf32>}) {
  %0 = nn.elu %x {alpha = 2.0 : f64} : (tensor<19xf32>) -> tensor<19xf32>
  check.expect_close %0, dense<[0.0, 0.5, -0.78693867, 0.75, -1.0552669, 1.0, -1.2642411, 2.5, -1.83583, 3.5, 1.0e-04, -0.00019999, 30.0, -2.0, 100.0, -2.0, 0x7FC00000, 0x7F800000, -2.0]> : tensor<19xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<19xf32>
  return
}

func.func @celu(%x: tensor<19xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000, 0xFF800000]> : tensor<19xf32>}) {
  %0 = nn.celu %x {alpha = 0.5 : f64} : (tensor<19xf32>) -> tensor<19xf32>
  check.expect_close %0, dense<[0.0, 0.5, -0.31606027, 0.75, -0.38843492, 1.0, -0.43233237, 2.5, -0.49663103, 3.5, 1.0e-04, -9.999e-05, 30.0, -0.5, 100.0, -0.5, 0x7FC00000, 0x7F800000, -0.5]> : tensor<19xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<19xf32>
  return
}

func.func @thresholded_relu(%x: tensor<19xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000, 0xFF800000]> : tensor<19xf32>}) {
  %0 = nn.thresholded_relu %x {alpha = 0.75 : f64} : (tensor<19xf32>) -> tensor<19xf32>
  check.expect_close %0, dense<[0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 2.5, 0.0, 3.5, 0.0, 0.0, 30.0, 0.0, 100.0, 0.0, 0.0, 0x7F800000, 0.0]> : tensor<19xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<19xf32>
  return
}

func.func @swish(%x: tensor<18xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000]> : tensor<18xf32>}) {
  %0 = nn.swish %x {alpha = 1.5 : f64} : (tensor<18xf32>) -> tensor<18xf32>
  check.expect_close %0, dense<[0.0, 0.33958936, -0.16041066, 0.56618625, -0.18381377, 0.8175745, -0.18242553, 2.4425566, -0.057443425, 3.4817295, 5.000375e-05, -4.9996248e-05, 30.0, -8.587556e-19, 100.0, -0.0, 0x7FC00000, 0x7F800000]> : tensor<18xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<18xf32>
  return
}

func.func @selu(%x: tensor<19xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000, 0xFF800000]> : tensor<19xf32>}) {
  %0 = nn.selu %x {alpha = 1.6732632 : f64, gamma = 1.0507009 : f64} : (tensor<19xf32>) -> tensor<19xf32>
  check.expect_close %0, dense<[0.0, 0.52535045, -0.6917581, 0.7880257, -0.9276319, 1.0507009, -1.1113306, 2.6267521, -1.6137856, 3.677453, 0.00010507009, -0.00017580112, 31.521027, -1.7580992, 105.07009, -1.7580992, 0x7FC00000, 0x7F800000, -1.7580992]> : tensor<19xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<19xf32>
  return
}

func.func @hard_sigmoid(%x: tensor<19xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000, 0xFF800000]> : tensor<19xf32>}) {
  %0 = nn.hard_sigmoid %x {alpha = 0.2 : f64, beta = 0.5 : f64} : (tensor<19xf32>) -> tensor<19xf32>
  check.expect_close %0, dense<[0.5, 0.6, 0.4, 0.65, 0.35, 0.7, 0.3, 1.0, 0.0, 1.0, 0.50002, 0.49998, 1.0, 0.0, 1.0, 0.0, 0x7FC00000, 1.0, 0.0]> : tensor<19xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<19xf32>
  return
}

func.func @shrink(%x: tensor<19xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000, 0xFF800000]> : tensor<19xf32>}) {
  %0 = nn.shrink %x {bias = 0.25 : f64, lambd = 0.75 : f64} : (tensor<19xf32>) -> tensor<19xf32>
  check.expect_close %0, dense<[0.0, 0.0, 0.0, 0.0, 0.0, 0.75, -0.75, 2.25, -2.25, 3.25, 0.0, 0.0, 29.75, -29.75, 99.75, -99.75, 0.0, 0x7F800000, 0xFF800000]> : tensor<19xf32> {rtol = 2.0e-6, atol = 1.0e-7} : tensor<19xf32>
  return
}

func.func @gelu(%x: tensor<18xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000]> : tensor<18xf32>}) {
  %0 = nn.gelu %x : (tensor<18xf32>) -> tensor<18xf32>
  check.expect_close %0, dense<[0.0, 0.34573123, -0.15426877, 0.5800295, -0.16997051, 0.8413448, -0.15865526, 2.4844759, -0.015524163, 3.4991858, 5.000399e-05, -4.9996008e-05, 30.0, -0.0, 100.0, -0.0, 0x7FC00000, 0x7F800000]> : tensor<18xf32> {rtol = 3.0e-6, atol = 1.0e-6} : tensor<18xf32>
  return
}

func.func @gelu_tanh(%x: tensor<18xf32> {check.value = dense<[0.0, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0, 2.5, -2.5, 3.5, 1.0e-04, -1.0e-04, 30.0, -30.0, 100.0, -100.0, 0x7FC00000, 0x7F800000]> : tensor<18xf32>}) {
  %0 = nn.gelu %x {tanh} : (tensor<18xf32>) -> tensor<18xf32>
  check.expect_close %0, dense<[0.0, 0.345714, -0.154286, 0.5799606, -0.17003945, 0.841192, -0.15880801, 2.4849157, -0.015084266, 3.4993837, 5.000399e-05, -4.9996008e-05, 30.0, -0.0, 100.0, -0.0, 0x7FC00000, 0x7F800000]> : tensor<18xf32> {rtol = 3.0e-6, atol = 1.0e-6} : tensor<18xf32>
  return
}

func.func @all_f16(%x: tensor<11xf16> {check.value = dense<[0.0, 0.5, -0.5, 0.7, 1.0, -1.0, 2.5, -2.5, 3.0e+01, -3.0e+01, 0x7E00]> : tensor<11xf16>}) {
  %0 = nn.relu %x : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %0, dense<[0.0, 0.5, 0.0, 0.7, 1.0, 0.0, 2.5, 0.0, 3.0e+01, 0.0, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %1 = nn.sigmoid %x : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %1, dense<[0.5, 0.6226, 0.3774, 0.6685, 0.731, 0.269, 0.9243, 0.07587, 1.0, 0.0, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %2 = nn.softplus %x : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %2, dense<[0.6934, 0.974, 0.474, 1.104, 1.313, 0.3132, 2.578, 0.0789, 3.0e+01, 0.0, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %3 = nn.softsign %x : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %3, dense<[0.0, 0.3333, -0.3333, 0.4119, 0.5, -0.5, 0.7144, -0.7144, 0.968, -0.968, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %4 = nn.mish %x : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %4, dense<[0.0, 0.3752, -0.2207, 0.5615, 0.865, -0.3035, 2.47, -0.1968, 3.0e+01, -0.0, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %5 = nn.hard_swish %x : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %5, dense<[0.0, 0.2917, -0.2084, 0.432, 0.6665, -0.3333, 2.291, -0.2084, 3.0e+01, -0.0, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %6 = nn.leaky_relu %x {alpha = 0.125 : f64} : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %6, dense<[0.0, 0.5, -0.0625, 0.7, 1.0, -0.125, 2.5, -0.3125, 3.0e+01, -3.75, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %7 = nn.elu %x {alpha = 2.0 : f64} : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %7, dense<[0.0, 0.5, -0.787, 0.7, 1.0, -1.265, 2.5, -1.836, 3.0e+01, -2.0, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %8 = nn.celu %x {alpha = 0.5 : f64} : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %8, dense<[0.0, 0.5, -0.3162, 0.7, 1.0, -0.4324, 2.5, -0.4966, 3.0e+01, -0.5, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %9 = nn.thresholded_relu %x {alpha = 0.75 : f64} : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %9, dense<[0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 2.5, 0.0, 3.0e+01, 0.0, 0.0]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %10 = nn.swish %x {alpha = 1.5 : f64} : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %10, dense<[0.0, 0.3396, -0.1604, 0.5186, 0.8174, -0.1824, 2.443, -0.05743, 3.0e+01, -0.0, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %11 = nn.selu %x {alpha = 1.6732632 : f64, gamma = 1.0507009 : f64} : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %11, dense<[0.0, 0.5254, -0.692, 0.736, 1.051, -1.111, 2.627, -1.614, 31.52, -1.758, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %12 = nn.hard_sigmoid %x {alpha = 0.2 : f64, beta = 0.5 : f64} : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %12, dense<[0.5, 0.6, 0.4, 0.64, 0.7, 0.3, 1.0, 0.0, 1.0, 0.0, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %13 = nn.shrink %x {bias = 0.25 : f64, lambd = 0.75 : f64} : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %13, dense<[0.0, 0.0, 0.0, 0.0, 0.75, -0.75, 2.25, -2.25, 29.75, -29.75, 0.0]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %14 = nn.gelu %x : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %14, dense<[0.0, 0.3457, -0.1543, 0.531, 0.8413, -0.1587, 2.484, -0.015526, 3.0e+01, -0.0, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  %15 = nn.gelu %x {tanh} : (tensor<11xf16>) -> tensor<11xf16>
  check.expect_close %15, dense<[0.0, 0.3457, -0.1543, 0.531, 0.8413, -0.1588, 2.484, -0.01508, 3.0e+01, -0.0, 0x7E00]> : tensor<11xf16> {rtol = 1.0e-3, atol = 1.0e-5} : tensor<11xf16>
  return
}

func.func @all_bf16(%x: tensor<11xbf16> {check.value = dense<[0.0, 0.5, -0.5, 0.7, 1.0, -1.0, 2.5, -2.5, 3.0e+01, -3.0e+01, 0x7FC0]> : tensor<11xbf16>}) {
  %0 = nn.relu %x : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %0, dense<[0.0, 0.5, 0.0, 0.7, 1.0, 0.0, 2.5, 0.0, 3.0e+01, 0.0, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %1 = nn.sigmoid %x : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %1, dense<[0.5, 0.62, 0.377, 0.668, 0.73, 0.27, 0.926, 0.0757, 1.0, 9.37e-14, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %2 = nn.softplus %x : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %2, dense<[0.69, 0.973, 0.475, 1.1, 1.31, 0.312, 2.58, 0.079, 3.0e+01, 9.37e-14, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %3 = nn.softsign %x : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %3, dense<[0.0, 0.334, -0.334, 0.412, 0.5, -0.5, 0.715, -0.715, 0.97, -0.97, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %4 = nn.mish %x : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %4, dense<[0.0, 0.375, -0.221, 0.56, 0.863, -0.303, 2.47, -0.197, 3.0e+01, -2.81e-12, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %5 = nn.hard_swish %x : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %5, dense<[0.0, 0.291, -0.208, 0.432, 0.668, -0.334, 2.3, -0.208, 3.0e+01, -0.0, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %6 = nn.leaky_relu %x {alpha = 0.125 : f64} : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %6, dense<[0.0, 0.5, -0.0625, 0.7, 1.0, -0.125, 2.5, -0.312, 3.0e+01, -3.75, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %7 = nn.elu %x {alpha = 2.0 : f64} : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %7, dense<[0.0, 0.5, -0.785, 0.7, 1.0, -1.266, 2.5, -1.836, 3.0e+01, -2.0, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %8 = nn.celu %x {alpha = 0.5 : f64} : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %8, dense<[0.0, 0.5, -0.316, 0.7, 1.0, -0.432, 2.5, -0.496, 3.0e+01, -0.5, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %9 = nn.thresholded_relu %x {alpha = 0.75 : f64} : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %9, dense<[0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 2.5, 0.0, 3.0e+01, 0.0, 0.0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %10 = nn.swish %x {alpha = 1.5 : f64} : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %10, dense<[0.0, 0.34, -0.16, 0.52, 0.816, -0.183, 2.44, -0.0574, 3.0e+01, -8.57e-19, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %11 = nn.selu %x {alpha = 1.6732632 : f64, gamma = 1.0507009 : f64} : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %11, dense<[0.0, 0.523, -0.69, 0.734, 1.05, -1.11, 2.62, -1.62, 31.5, -1.76, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %12 = nn.hard_sigmoid %x {alpha = 0.2 : f64, beta = 0.5 : f64} : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %12, dense<[0.5, 0.6, 0.4, 0.64, 0.7, 0.3, 1.0, 0.0, 1.0, 0.0, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %13 = nn.shrink %x {bias = 0.25 : f64, lambd = 0.75 : f64} : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %13, dense<[0.0, 0.0, 0.0, 0.0, 0.75, -0.75, 2.25, -2.25, 29.8, -29.8, 0.0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %14 = nn.gelu %x : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %14, dense<[0.0, 0.346, -0.154, 0.53, 0.84, -0.158, 2.48, -0.0155, 3.0e+01, -0.0, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  %15 = nn.gelu %x {tanh} : (tensor<11xbf16>) -> tensor<11xbf16>
  check.expect_close %15, dense<[0.0, 0.346, -0.154, 0.53, 0.84, -0.159, 2.48, -0.0151, 3.0e+01, -0.0, 0x7FC0]> : tensor<11xbf16> {rtol = 8.0e-3, atol = 1.0e-5} : tensor<11xbf16>
  return
}

func.func @all_f64(%x: tensor<11xf64> {check.value = dense<[0.0, 0.5, -0.5, 0.7, 1.0, -1.0, 2.5, -2.5, 30.0, -30.0, 0x7FF8000000000000]> : tensor<11xf64>}) {
  %0 = nn.relu %x : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %0, dense<[0.0, 0.5, 0.0, 0.7, 1.0, 0.0, 2.5, 0.0, 30.0, 0.0, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %1 = nn.sigmoid %x : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %1, dense<[0.5, 0.6224593312018546, 0.3775406687981454, 0.6681877721681662, 0.7310585786300049, 0.2689414213699951, 0.9241418199787566, 0.07585818002124355, 0.9999999999999065, 9.357622968839299e-14, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %2 = nn.softplus %x : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %2, dense<[0.6931471805599453, 0.9740769841801067, 0.4740769841801067, 1.103186048885458, 1.3132616875182228, 0.31326168751822286, 2.5788897342925496, 0.07888973429254963, 30.000000000000092, 9.357622968839737e-14, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %3 = nn.softsign %x : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %3, dense<[0.0, 0.3333333333333333, -0.3333333333333333, 0.4117647058823529, 0.5, -0.5, 0.7142857142857143, -0.7142857142857143, 0.967741935483871, -0.967741935483871, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %4 = nn.mish %x : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %4, dense<[0.0, 0.3752452113048951, -0.22074377465173, 0.5611483776438518, 0.8650983882673103, -0.30340146137410895, 2.471392304557881, -0.19681620390653332, 30.0, -2.807286890651921e-12, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %5 = nn.hard_swish %x : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %5, dense<[0.0, 0.2916666666666667, -0.20833333333333334, 0.43166666666666664, 0.6666666666666666, -0.33333333333333337, 2.2916666666666665, -0.20833333333333343, 30.0, -0.0, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %6 = nn.leaky_relu %x {alpha = 0.125 : f64} : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %6, dense<[0.0, 0.5, -0.0625, 0.7, 1.0, -0.125, 2.5, -0.3125, 30.0, -3.75, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %7 = nn.elu %x {alpha = 2.0 : f64} : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %7, dense<[0.0, 0.5, -0.7869386805747332, 0.7, 1.0, -1.2642411176571153, 2.5, -1.8358300027522023, 30.0, -1.9999999999998128, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %8 = nn.celu %x {alpha = 0.5 : f64} : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %8, dense<[0.0, 0.5, -0.31606027941427883, 0.7, 1.0, -0.43233235838169365, 2.5, -0.49663102650045726, 30.0, -0.5, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %9 = nn.thresholded_relu %x {alpha = 0.75 : f64} : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %9, dense<[0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 2.5, 0.0, 30.0, 0.0, 0.0]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %10 = nn.swish %x {alpha = 1.5 : f64} : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %10, dense<[0.0, 0.3395893495876965, -0.1604106504123035, 0.5185424294275077, 0.8175744761936437, -0.18242552380635635, 2.442556575224936, -0.057443424775064034, 30.0, -8.587555741648181e-19, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %11 = nn.selu %x {alpha = 1.6732632 : f64, gamma = 1.0507009 : f64} : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %11, dense<[0.0, 0.52535045, -0.6917581127798769, 0.73549063, 1.0507009, -1.1113306172858217, 2.62675225, -1.6137855838539332, 31.521027, -1.7580991501767156, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %12 = nn.hard_sigmoid %x {alpha = 0.2 : f64, beta = 0.5 : f64} : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %12, dense<[0.5, 0.6, 0.4, 0.64, 0.7, 0.3, 1.0, 0.0, 1.0, 0.0, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %13 = nn.shrink %x {bias = 0.25 : f64, lambd = 0.75 : f64} : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %13, dense<[0.0, 0.0, 0.0, 0.0, 0.75, -0.75, 2.25, -2.25, 29.75, -29.75, 0.0]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %14 = nn.gelu %x : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %14, dense<[0.0, 0.34573123063700656, -0.15426876936299344, 0.5306254434438489, 0.8413447460685429, -0.15865525393145707, 2.4844758366855597, -0.015524163314440398, 30.0, -0.0, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  %15 = nn.gelu %x {tanh} : (tensor<11xf64>) -> tensor<11xf64>
  check.expect_close %15, dense<[0.0, 0.34571400982514394, -0.15428599017485606, 0.5305701347051167, 0.8411919906082768, -0.1588080093917233, 2.484915733910001, -0.015084266089998577, 30.0, -0.0, 0x7FF8000000000000]> : tensor<11xf64> {rtol = 1.0e-10, atol = 1.0e-12} : tensor<11xf64>
  return
}

func.func @relu_i8(%x: tensor<4xi8> {check.value = dense<[3, -3, 0, -128]> : tensor<4xi8>}) {
  %0 = nn.relu %x : (tensor<4xi8>) -> tensor<4xi8>
  check.expect_equal %0, dense<[3, 0, 0, 0]> : tensor<4xi8> : tensor<4xi8>
  return
}

func.func @relu_ui8(%x: tensor<2xui8> {check.value = dense<[200, 0]> : tensor<2xui8>}) {
  %0 = nn.relu %x : (tensor<2xui8>) -> tensor<2xui8>
  check.expect_equal %0, dense<[200, 0]> : tensor<2xui8> : tensor<2xui8>
  return
}

func.func @relu_i64(%x: tensor<2xi64> {check.value = dense<[-1099511627776, 7]> : tensor<2xi64>}) {
  %0 = nn.relu %x : (tensor<2xi64>) -> tensor<2xi64>
  check.expect_equal %0, dense<[0, 7]> : tensor<2xi64> : tensor<2xi64>
  return
}

// Integers shrink as numbers and round towards zero.
func.func @shrink_i8(%x: tensor<7xi8> {check.value = dense<[3, -3, 1, -1, 0, 100, -100]> : tensor<7xi8>}) {
  %0 = nn.shrink %x {bias = 0.5 : f64, lambd = 1.5 : f64} : (tensor<7xi8>) -> tensor<7xi8>
  check.expect_equal %0, dense<[2, -2, 0, 0, 0, 99, -99]> : tensor<7xi8> : tensor<7xi8>
  return
}

// The slope broadcasts.
func.func @prelu(%x: tensor<2x3xf32> {check.value = dense<[[1.0, -2.0, 0x7FC00000], [-0.5, 0x7F800000, -4.0]]> : tensor<2x3xf32>}, %s: tensor<3xf32> {check.value = dense<[0.5, 0.25, -1.0]> : tensor<3xf32>}) {
  %0 = nn.prelu %x, %s : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  check.expect_close %0, dense<[[1.0, -0.5, 0x7FC00000], [-0.25, 0x7F800000, 4.0]]> : tensor<2x3xf32> : tensor<2x3xf32>
  return
}

func.func @prelu_i32(%x: tensor<2x2xi32> {check.value = dense<[[5, -3], [-7, 0]]> : tensor<2x2xi32>}, %s: tensor<2x1xi32> {check.value = dense<[[2], [-1]]> : tensor<2x1xi32>}) {
  %0 = nn.prelu %x, %s : (tensor<2x2xi32>, tensor<2x1xi32>) -> tensor<2x2xi32>
  check.expect_equal %0, dense<[[5, -6], [7, 0]]> : tensor<2x2xi32> : tensor<2x2xi32>
  return
}

func.func @prelu_ui8(%x: tensor<2xui8> {check.value = dense<[250, 3]> : tensor<2xui8>}, %s: tensor<1xui8> {check.value = dense<[2]> : tensor<1xui8>}) {
  %0 = nn.prelu %x, %s : (tensor<2xui8>, tensor<1xui8>) -> tensor<2xui8>
  check.expect_equal %0, dense<[250, 3]> : tensor<2xui8> : tensor<2xui8>
  return
}

func.func @dynamic(%x: tensor<?x2xf32, #nn.dims<"N">> {check.value = dense<[[1.0, -2.0], [3.0, -4.0], [-5.0, 6.0]]> : tensor<3x2xf32>}) {
  %0 = nn.leaky_relu %x {alpha = 0.5 : f64} : (tensor<?x2xf32, #nn.dims<"N">>) -> tensor<?x2xf32, #nn.dims<"N">>
  check.expect_close %0, dense<[[1.0, -1.0], [3.0, -2.0], [-2.5, 6.0]]> : tensor<3x2xf32> : tensor<?x2xf32, #nn.dims<"N">>
  %1 = nn.sigmoid %x : (tensor<?x2xf32, #nn.dims<"N">>) -> tensor<?x2xf32, #nn.dims<"N">>
  check.expect_close %1, dense<[[0.7310586, 0.11920292], [0.95257413, 0.01798621], [0.006692851, 0.99752736]]> : tensor<3x2xf32> : tensor<?x2xf32, #nn.dims<"N">>
  return
}
