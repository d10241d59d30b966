// The simple recurrent layer: what it lowers to, and its numbers.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// `clip` bounds what the activation reads; half floats are computed in f32.
// CHECK-LABEL: func.func @rnn
// CHECK: scf.for {{.*}} -> (tensor<2x4xf32>, tensor<5x1x2x4xf32>)
// CHECK: arith.maximumf
// CHECK: arith.minimumf
// CHECK: math.tanh
// CHECK: arith.truncf
func.func @rnn(%x: tensor<5x2x3xf16>, %w: tensor<1x4x3xf16>, %r: tensor<1x4x4xf16>, %b: tensor<1x8xf16>, %h: tensor<1x2x4xf16>) -> tensor<1x2x4xf16> {
  %y:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 3.0 : f64}>
      : (tensor<5x2x3xf16>, tensor<1x4x3xf16>, tensor<1x4x4xf16>, tensor<1x8xf16>, tensor<1x2x4xf16>) -> (tensor<5x1x2x4xf16>, tensor<1x2x4xf16>)
  return %y#1 : tensor<1x2x4xf16>
}

//--- run.mlir
func.func @forward(%x: tensor<3x2x2xf32> {check.value = dense<[[[0.375, 0.625], [-1.0, 0.625]], [[-0.125, 0.0], [0.25, -0.5]], [[1.0, -1.0], [-0.5, -0.25]]]> : tensor<3x2x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[0.125, -0.25], [-0.75, -1.0], [-1.0, -1.0]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[-0.75, 1.0, -0.625], [0.375, 0.5, -0.625], [-0.5, -0.125, -0.5]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[1.0, -0.625, 0.875, 0.625, 0.75, -0.875]]> : tensor<1x6xf32>}, %h: tensor<1x2x3xf32> {check.value = dense<[[[-0.25, 0.25, 0.0], [0.375, 0.375, 0.375]]]> : tensor<1x2x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<3x2x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x2x3xf32>) -> (tensor<3x1x2x3xf32>, tensor<1x2x3xf32>)
  check.expect_close %0#0, dense<[[[[0.96056175, -0.63514894, -0.7193275], [0.83460534, 0.33082113, -0.046840698]]], [[[0.6065116, 0.61128217, 0.08358105], [0.90789133, 0.73758537, -0.18314503]]], [[[0.9706932, 0.6941106, -0.39815682], [0.94640404, 0.91761506, 0.28712368]]]]> : tensor<3x1x2x3xf32> : tensor<3x1x2x3xf32>
  check.expect_close %0#1, dense<[[[0.9706932, 0.6941106, -0.39815682], [0.94640404, 0.91761506, 0.28712368]]]> : tensor<1x2x3xf32> : tensor<1x2x3xf32>
  return
}

func.func @reverse(%x: tensor<3x2x2xf32> {check.value = dense<[[[-0.875, 1.0], [0.125, 0.875]], [[-0.5, -0.25], [0.75, -0.625]], [[-0.875, -0.25], [0.375, -0.75]]]> : tensor<3x2x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[0.75, -0.375], [-0.625, 0.125], [0.875, 0.875]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[0.75, -0.375, -1.0], [0.625, 0.5, 0.625], [-1.0, -1.0, 0.0]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[-0.375, -0.125, 0.875, -0.625, 0.0, -0.375]]> : tensor<1x6xf32>}, %h: tensor<1x2x3xf32> {check.value = dense<[[[-0.375, 0.625, -0.75], [-0.375, -0.75, -0.75]]]> : tensor<1x2x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 1 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<3x2x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x2x3xf32>) -> (tensor<3x1x2x3xf32>, tensor<1x2x3xf32>)
  check.expect_close %0#0, dense<[[[[-0.99549633, 0.06401162, 0.97183806], [-0.9790748, -0.04599204, 0.97638047]]], [[[-0.86354184, -0.6514583, 0.6122673], [-0.45858648, -0.37988713, 0.838857]]], [[[-0.8687903, 0.0, -0.6257346], [0.30270973, -0.9106383, 0.8609165]]]]> : tensor<3x1x2x3xf32> : tensor<3x1x2x3xf32>
  check.expect_close %0#1, dense<[[[-0.99549633, 0.06401162, 0.97183806], [-0.9790748, -0.04599204, 0.97638047]]]> : tensor<1x2x3xf32> : tensor<1x2x3xf32>
  return
}

func.func @bidirectional(%x: tensor<3x2x2xf32> {check.value = dense<[[[-0.5, 0.375], [0.125, -0.125]], [[-0.75, 0.625], [0.625, -0.5]], [[-0.875, -0.375], [-0.75, 0.625]]]> : tensor<3x2x2xf32>}, %w: tensor<2x3x2xf32> {check.value = dense<[[[0.0, 0.0], [-0.5, 0.0], [1.0, -0.5]], [[0.625, -1.0], [-0.375, 0.875], [0.75, -0.875]]]> : tensor<2x3x2xf32>}, %r: tensor<2x3x3xf32> {check.value = dense<[[[0.75, 0.75, -0.125], [-0.25, 1.0, 1.0], [0.375, -0.25, -0.625]], [[0.875, -0.5, 0.125], [0.375, -0.5, -0.375], [0.5, -0.625, 0.375]]]> : tensor<2x3x3xf32>}, %b: tensor<2x6xf32> {check.value = dense<[[1.0, 0.375, 0.25, -0.125, 1.0, -0.625], [-0.25, 0.25, 0.375, -0.875, -0.75, 0.375]]> : tensor<2x6xf32>}, %h: tensor<2x2x3xf32> {check.value = dense<[[[0.75, 0.25, 0.875], [-0.25, -0.375, 0.625]], [[-1.0, -0.625, -0.625], [-0.25, -0.75, 0.625]]]> : tensor<2x2x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 2 : i32, activations = ["Tanh", "Tanh"], alphas = array<f64: 0.0, 0.0>, betas = array<f64: 0.0, 0.0>, clip = 0.0 : f64}> : (tensor<3x2x2xf32>, tensor<2x3x2xf32>, tensor<2x3x3xf32>, tensor<2x6xf32>, tensor<2x2x3xf32>) -> (tensor<3x2x2x3xf32>, tensor<2x2x3xf32>)
  check.expect_close %0#0, dense<[[[[0.9079322, 0.98817784, -0.8833083], [0.31683502, 0.9253462, -0.5213013]], [[-0.99261546, -0.19850014, -0.6140161], [-0.7965401, -0.65815246, 0.88827646]]], [[[0.9839158, 0.92576003, -0.6595418], [0.9537569, 0.88258344, 0.6127357]], [[-0.99384165, 0.09724605, -0.54538125], [-0.8423417, -0.94606483, 0.7745375]]], [[[0.9833379, 0.9500934, -0.4720913], [0.97454864, 0.9951222, -0.9333074]], [[-0.95933527, -0.31683502, 0.077966444], [-0.9629069, 0.3583574, 0.21532634]]]]> : tensor<3x2x2x3xf32> : tensor<3x2x2x3xf32>
  check.expect_close %0#1, dense<[[[0.9833379, 0.9500934, -0.4720913], [0.97454864, 0.9951222, -0.9333074]], [[-0.99261546, -0.19850014, -0.6140161], [-0.7965401, -0.65815246, 0.88827646]]]> : tensor<2x2x3xf32> : tensor<2x2x3xf32>
  return
}

// Outputs past a batch entry's own steps are 0; the last state is that of its last step.
func.func @lengths(%x: tensor<4x3x2xf32> {check.value = dense<[[[0.75, -0.25], [-1.0, 0.5], [-0.875, 0.25]], [[-0.75, 0.875], [0.375, 1.0], [0.25, 0.5]], [[-0.25, 0.625], [-0.875, -0.75], [-0.25, 0.5]], [[0.0, 0.75], [1.0, -0.25], [-0.125, 0.125]]]> : tensor<4x3x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[0.25, 0.0], [0.25, 1.0], [0.5, -0.375]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[-0.125, -0.25, -0.75], [-1.0, 0.625, -0.125], [-0.375, 0.25, 0.125]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[0.875, 0.25, 0.875, 0.125, -0.375, -0.375]]> : tensor<1x6xf32>}, %h: tensor<1x3x3xf32> {check.value = dense<[[[1.0, 0.125, -0.625], [0.75, 0.625, -1.0], [-0.75, 0.375, -0.25]]]> : tensor<1x3x3xf32>}, %n: tensor<3xi32> {check.value = dense<[4, 1, 2]> : tensor<3xi32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h, %n) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<4x3x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x3x3xf32>, tensor<3xi32>) -> (tensor<4x1x3x3xf32>, tensor<1x3x3xf32>)
  check.expect_close %0#0, dense<[[[[0.90514827, -0.7744092, 0.49817443], [0.84828365, -0.10894093, -0.41157004], [0.74815446, 0.7267832, 0.30270973]]], [[[0.47718117, -0.71086276, -0.5875303], [0.0, 0.0, 0.0], [0.5081648, 0.10535392, 0.3596437]]], [[[0.9044621, -0.38892183, -0.28165144], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]], [[[0.8322496, -0.45209613, -0.24760537], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<4x1x3x3xf32> : tensor<4x1x3x3xf32>
  check.expect_close %0#1, dense<[[[0.8322496, -0.45209613, -0.24760537], [0.84828365, -0.10894093, -0.41157004], [0.5081648, 0.10535392, 0.3596437]]]> : tensor<1x3x3xf32> : tensor<1x3x3xf32>
  return
}

// Backwards each batch entry begins with its own last step.
func.func @lengths_reverse(%x: tensor<4x3x2xf32> {check.value = dense<[[[-0.375, -0.875], [-0.625, 0.75], [0.75, 0.75]], [[0.125, -0.75], [-0.375, 0.0], [1.0, -0.5]], [[0.125, 0.0], [0.0, 0.125], [0.375, -0.875]], [[1.0, 0.75], [0.625, -0.5], [-0.125, -0.125]]]> : tensor<4x3x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[-0.375, -1.0], [0.5, -1.0], [0.5, -0.625]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[0.25, -0.375, -0.5], [0.875, 0.0, 0.875], [-0.625, 0.0, -0.375]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[-0.125, -1.0, 0.375, -0.375, 0.75, -0.625]]> : tensor<1x6xf32>}, %h: tensor<1x3x3xf32> {check.value = dense<[[[-0.375, -1.0, 0.625], [0.125, -0.25, 0.875], [0.25, 1.0, 0.5]]]> : tensor<1x3x3xf32>}, %n: tensor<3xi32> {check.value = dense<[4, 1, 2]> : tensor<3xi32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h, %n) <{direction = 1 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<4x3x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x3x3xf32>, tensor<3xi32>) -> (tensor<4x1x3x3xf32>, tensor<1x3x3xf32>)
  check.expect_close %0#0, dense<[[[[0.17607512, 0.7354646, -0.14604853], [-0.8687903, -0.41157004, -0.89319336], [-0.973486, -0.7927916, 0.03428388]]], [[[0.1635688, 0.4611412, 0.41131985], [0.0, 0.0, 0.0], [-0.7340715, 0.88669515, 0.21532634]]], [[[-0.5145262, -0.83039486, 0.44168022], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]], [[[-0.9297103, -0.2740616, -0.21532634], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]]]> : tensor<4x1x3x3xf32> : tensor<4x1x3x3xf32>
  check.expect_close %0#1, dense<[[[0.17607512, 0.7354646, -0.14604853], [-0.8687903, -0.41157004, -0.89319336], [-0.973486, -0.7927916, 0.03428388]]]> : tensor<1x3x3xf32> : tensor<1x3x3xf32>
  return
}

func.func @lengths_both(%x: tensor<3x2x2xf32> {check.value = dense<[[[0.125, 0.0], [-0.625, 0.375]], [[0.625, 0.375], [-0.125, -1.0]], [[0.5, -1.0], [0.625, -0.75]]]> : tensor<3x2x2xf32>}, %w: tensor<2x3x2xf32> {check.value = dense<[[[-0.375, -0.625], [0.125, -0.625], [-0.5, -1.0]], [[1.0, -0.625], [-0.625, 0.25], [-0.75, 0.875]]]> : tensor<2x3x2xf32>}, %r: tensor<2x3x3xf32> {check.value = dense<[[[0.625, -0.375, -0.25], [-0.25, 0.5, -0.125], [-0.5, 0.375, -0.75]], [[0.625, -0.125, 0.875], [-0.5, -0.25, 0.75], [0.5, -1.0, -0.375]]]> : tensor<2x3x3xf32>}, %b: tensor<2x6xf32> {check.value = dense<[[-1.0, 0.75, -0.125, -0.625, 0.5, 0.75], [-0.875, 0.0, -0.25, 0.5, 0.875, 0.125]]> : tensor<2x6xf32>}, %h: tensor<2x2x3xf32> {check.value = dense<[[[0.5, -0.375, 0.125], [0.0, 0.5, -1.0]], [[-0.5, -1.0, 1.0], [0.125, 0.0, 0.0]]]> : tensor<2x2x3xf32>}, %n: tensor<2xi32> {check.value = dense<[2, 3]> : tensor<2xi32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h, %n) <{direction = 2 : i32, activations = ["Tanh", "Tanh"], alphas = array<f64: 0.0, 0.0>, betas = array<f64: 0.0, 0.0>, clip = 0.0 : f64}> : (tensor<3x2x2xf32>, tensor<2x3x2xf32>, tensor<2x3x3xf32>, tensor<2x6xf32>, tensor<2x2x3xf32>, tensor<2xi32>) -> (tensor<3x2x2x3xf32>, tensor<2x2x3xf32>)
  check.expect_close %0#0, dense<[[[[-0.84828365, 0.7340715, 0.077966444], [-0.91582453, 0.8649066, 0.90514827]], [[0.10519465, 0.3256874, -0.71924126], [-0.9390837, 0.8328046, 0.7761649]]], [[[-0.9941841, 0.930635, 0.5215334], [-0.9690302, 0.98392045, 0.94585454]], [[0.6063476, 0.9496423, 0.10894093], [-0.21262574, -0.29853767, -0.45746997]]], [[[0.0, 0.0, 0.0], [-0.9890645, 0.9840861, 0.835655]], [[0.0, 0.0, 0.0], [0.6622861, 0.2301757, -0.8298019]]]]> : tensor<3x2x2x3xf32> : tensor<3x2x2x3xf32>
  check.expect_close %0#1, dense<[[[-0.9941841, 0.930635, 0.5215334], [-0.9890645, 0.9840861, 0.835655]], [[0.10519465, 0.3256874, -0.71924126], [-0.9390837, 0.8328046, 0.7761649]]]> : tensor<2x2x3xf32> : tensor<2x2x3xf32>
  return
}

func.func @one_step(%x: tensor<1x1x2xf32> {check.value = dense<[[[-1.0, 0.75]]]> : tensor<1x1x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[0.75, -1.0], [0.25, 0.125], [-0.25, 0.0]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[0.75, 0.25, 0.0], [0.5, 0.375, 0.0], [0.75, 0.125, 0.25]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[0.0, 0.25, 0.25, 0.875, -0.5, -0.25]]> : tensor<1x6xf32>}, %h: tensor<1x1x3xf32> {check.value = dense<[[[0.125, -0.375, 0.375]]]> : tensor<1x1x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<1x1x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x1x3xf32>) -> (tensor<1x1x1x3xf32>, tensor<1x1x3xf32>)
  check.expect_close %0#0, dense<[[[[-0.5545997, -0.44974056, 0.37189892]]]]> : tensor<1x1x1x3xf32> : tensor<1x1x1x3xf32>
  check.expect_close %0#1, dense<[[[-0.5545997, -0.44974056, 0.37189892]]]> : tensor<1x1x3xf32> : tensor<1x1x3xf32>
  return
}

func.func @clip(%x: tensor<3x2x2xf32> {check.value = dense<[[[0.75, -0.625], [-1.0, 1.0]], [[0.0, 0.5], [0.5, 1.0]], [[-1.0, -0.5], [1.0, -0.125]]]> : tensor<3x2x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[-0.25, -0.5], [-1.0, -1.0], [1.0, -1.0]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[-0.75, -0.5, -0.5], [0.75, -0.375, -0.75], [-0.25, 0.375, -0.125]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[-0.5, -0.75, -0.875, 0.0, -0.625, 0.125]]> : tensor<1x6xf32>}, %h: tensor<1x2x3xf32> {check.value = dense<[[[0.375, -0.25, 0.0], [-1.0, 0.125, -0.625]]]> : tensor<1x2x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.5 : f64}> : (tensor<3x2x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x2x3xf32>) -> (tensor<3x1x2x3xf32>, tensor<1x2x3xf32>)
  check.expect_close %0#0, dense<[[[[-0.46211717, -0.46211717, 0.41157004], [0.24491866, -0.46211717, -0.46211717]]], [[[-0.36108986, -0.46211717, -0.46211717], [-0.46211717, -0.46211717, -0.46211717]]], [[[0.46211717, 0.35754168, -0.46211717], [0.12061497, -0.46211717, 0.3583574]]]]> : tensor<3x1x2x3xf32> : tensor<3x1x2x3xf32>
  check.expect_close %0#1, dense<[[[0.46211717, 0.35754168, -0.46211717], [0.12061497, -0.46211717, 0.3583574]]]> : tensor<1x2x3xf32> : tensor<1x2x3xf32>
  return
}

func.func @f16(%x: tensor<3x2x2xf16> {check.value = dense<[[[-0.125, -0.875], [-0.5, -0.125]], [[0.0, -1.0], [0.875, -0.125]], [[-0.625, -0.625], [0.5, -0.125]]]> : tensor<3x2x2xf16>}, %w: tensor<1x3x2xf16> {check.value = dense<[[[-0.5, -0.125], [-0.625, -0.75], [-0.375, 1.0]]]> : tensor<1x3x2xf16>}, %r: tensor<1x3x3xf16> {check.value = dense<[[[-0.875, 0.125, 0.875], [-0.125, -0.25, 0.125], [-0.75, 0.375, -1.0]]]> : tensor<1x3x3xf16>}, %b: tensor<1x6xf16> {check.value = dense<[[0.125, -0.875, -1.0, -0.625, 0.5, -0.125]]> : tensor<1x6xf16>}, %h: tensor<1x2x3xf16> {check.value = dense<[[[-0.125, 0.25, -0.875], [1.0, 0.0, 0.875]]]> : tensor<1x2x3xf16>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<3x2x2xf16>, tensor<1x3x2xf16>, tensor<1x3x3xf16>, tensor<1x6xf16>, tensor<1x2x3xf16>) -> (tensor<3x1x2x3xf16>, tensor<1x2x3xf16>)
  check.expect_close %0#0, dense<[[[[-0.741, 0.2003, -0.712], [-0.3308, 0.015625, -0.9907]]], [[[-0.3132, 0.3171, -0.654], [-0.905, -0.723, -0.3215]]], [[[-0.352, 0.3474, -0.4683], [-0.3047, -0.3274, -0.61]]]]> : tensor<3x1x2x3xf16> {rtol = 4.0e-3, atol = 2.0e-3} : tensor<3x1x2x3xf16>
  check.expect_close %0#1, dense<[[[-0.352, 0.3474, -0.4683], [-0.3047, -0.3274, -0.61]]]> : tensor<1x2x3xf16> {rtol = 4.0e-3, atol = 2.0e-3} : tensor<1x2x3xf16>
  return
}

func.func @bf16(%x: tensor<3x2x2xbf16> {check.value = dense<[[[0.5, -0.5], [-0.375, 0.25]], [[0.75, 0.875], [0.0, -0.875]], [[1.0, 0.75], [0.5, -0.25]]]> : tensor<3x2x2xbf16>}, %w: tensor<1x3x2xbf16> {check.value = dense<[[[-0.75, 0.625], [-0.625, -0.375], [0.75, 0.25]]]> : tensor<1x3x2xbf16>}, %r: tensor<1x3x3xbf16> {check.value = dense<[[[-0.375, 0.0, 0.25], [-0.875, -0.5, 0.5], [0.25, 0.625, 0.5]]]> : tensor<1x3x3xbf16>}, %b: tensor<1x6xbf16> {check.value = dense<[[0.0, -0.375, -0.25, -0.625, 1.0, -1.0]]> : tensor<1x6xbf16>}, %h: tensor<1x2x3xbf16> {check.value = dense<[[[-0.25, -0.875, 0.75], [0.375, -0.125, 0.625]]]> : tensor<1x2x3xbf16>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<3x2x2xbf16>, tensor<1x3x2xbf16>, tensor<1x3x3xbf16>, tensor<1x6xbf16>, tensor<1x2x3xbf16>) -> (tensor<3x1x2x3xbf16>, tensor<1x2x3xbf16>)
  check.expect_close %0#0, dense<[[[[-0.773, 0.91, -0.844], [-0.17, 0.67, -0.816]]], [[[-0.508, -0.355, -0.475], [-0.863, 0.344, -0.906]]], [[[-0.684, 0.1045, -0.715], [-0.785, 0.492, -0.883]]]]> : tensor<3x1x2x3xbf16> {rtol = 3.0e-2, atol = 2.0e-2} : tensor<3x1x2x3xbf16>
  check.expect_close %0#1, dense<[[[-0.684, 0.1045, -0.715], [-0.785, 0.492, -0.883]]]> : tensor<1x2x3xbf16> {rtol = 3.0e-2, atol = 2.0e-2} : tensor<1x2x3xbf16>
  return
}

func.func @f64(%x: tensor<3x2x2xf64> {check.value = dense<[[[-0.25, -0.125], [-0.25, 0.5]], [[-0.875, 0.125], [-0.5, 1.0]], [[-0.625, -0.25], [-0.875, 0.0]]]> : tensor<3x2x2xf64>}, %w: tensor<1x3x2xf64> {check.value = dense<[[[0.125, 0.5], [-0.125, -0.5], [-1.0, 0.875]]]> : tensor<1x3x2xf64>}, %r: tensor<1x3x3xf64> {check.value = dense<[[[-0.75, 0.625, 0.875], [-0.375, -0.75, 0.375], [-0.25, -1.0, 1.0]]]> : tensor<1x3x3xf64>}, %b: tensor<1x6xf64> {check.value = dense<[[0.875, -0.875, 0.5, -0.25, -0.875, 0.625]]> : tensor<1x6xf64>}, %h: tensor<1x2x3xf64> {check.value = dense<[[[0.75, -1.0, -0.875], [-0.875, 1.0, 0.875]]]> : tensor<1x2x3xf64>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<3x2x2xf64>, tensor<1x3x2xf64>, tensor<1x3x3xf64>, tensor<1x6xf64>, tensor<1x2x3xf64>) -> (tensor<3x1x2x3xf64>, tensor<1x2x3xf64>)
  check.expect_close %0#0, dense<[[[[-0.8899894234130917, -0.9079321952015192, 0.8346053146499223], [0.9938492602999035, -0.9681872165763706, 0.9567693344747047]]], [[[0.8871622088208704, -0.35875200908184907, 0.9994220143897835], [0.4998972937783591, -0.9005769802978174, 0.9995287288571433]]], [[[0.3857331562586988, -0.844228645109033, 0.9904089682822719], [0.4238936431649612, -0.6514596921532103, 0.9989486092048675]]]]> : tensor<3x1x2x3xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<3x1x2x3xf64>
  check.expect_close %0#1, dense<[[[0.3857331562586988, -0.844228645109033, 0.9904089682822719], [0.4238936431649612, -0.6514596921532103, 0.9989486092048675]]]> : tensor<1x2x3xf64> {rtol = 1.0e-12, atol = 1.0e-14} : tensor<1x2x3xf64>
  return
}

// NaN stays in its batch entry and goes on through time.
func.func @nan(%x: tensor<3x2x2xf32> {check.value = dense<[[[0.75, 0.375], [-0.875, -0.5]], [[0x7FC00000, 0.0], [-0.875, -0.5]], [[0.375, 0.875], [-0.875, 1.0]]]> : tensor<3x2x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[-0.375, -0.875], [0.875, 0.0], [0.375, -0.625]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[0.875, -0.25, -0.25], [0.5, 0.5, 0.5], [-0.625, -0.625, 0.125]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[-0.375, -1.0, -0.125, 0.625, -0.25, -0.125]]> : tensor<1x6xf32>}, %h: tensor<1x2x3xf32> {check.value = dense<[[[0.375, 1.0, 0.625], [-0.75, -0.375, 0.125]]]> : tensor<1x2x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<3x2x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x2x3xf32>) -> (tensor<3x1x2x3xf32>, tensor<1x2x3xf32>)
  check.expect_close %0#0, dense<[[[[-0.41157004, 0.38528398, -0.75495356], [0.39850885, -0.9870235, 0.42446437]]], [[[0x7FC00000, 0x7FC00000, 0x7FC00000], [0.90604055, -0.9703148, 0.15401918]]], [[[0x7FC00000, 0x7FC00000, 0x7FC00000], [0.60435784, -0.9619019, -0.81565666]]]]> : tensor<3x1x2x3xf32> : tensor<3x1x2x3xf32>
  check.expect_close %0#1, dense<[[[0x7FC00000, 0x7FC00000, 0x7FC00000], [0.60435784, -0.9619019, -0.81565666]]]> : tensor<1x2x3xf32> : tensor<1x2x3xf32>
  return
}

func.func @dynamic(%x: tensor<?x?x2xf32, #nn.dims<"T", "B">> {check.value = dense<[[[-0.125, -0.625], [-0.875, 0.375]], [[-0.25, -0.375], [1.0, 0.75]], [[0.0, 0.875], [0.125, 0.875]]]> : tensor<3x2x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[0.25, -0.25], [0.125, 0.375], [0.625, 1.0]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[-0.5, -0.875, -0.375], [0.125, 0.875, 0.875], [0.0, -1.0, 1.0]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[-0.625, -0.75, -0.625, 0.625, 0.125, 0.0]]> : tensor<1x6xf32>}, %h: tensor<1x?x3xf32, #nn.dims<"B">> {check.value = dense<[[[-0.375, 0.0, 0.5], [0.75, 1.0, -0.75]]]> : tensor<1x2x3xf32>}, %n: tensor<?xi32, #nn.dims<"B">> {check.value = dense<[3, 2]> : tensor<2xi32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h, %n) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<?x?x2xf32, #nn.dims<"T", "B">>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x?x3xf32, #nn.dims<"B">>, tensor<?xi32, #nn.dims<"B">>) -> (tensor<?x1x?x3xf32, #nn.dims<"T", "B">>, tensor<1x?x3xf32, #nn.dims<"B">>)
  check.expect_close %0#0, dense<[[[[0.124353, -0.44974056, -0.6794679], [-0.8568176, -0.2740616, -0.9878049]]], [[[0.54931307, -0.94354236, -0.88228273], [0.80090797, -0.8916636, 0.036240835]]], [[[0.58038896, -0.9494143, 0.30158257], [0.0, 0.0, 0.0]]]]> : tensor<3x1x2x3xf32> : tensor<?x1x?x3xf32, #nn.dims<"T", "B">>
  check.expect_close %0#1, dense<[[[0.58038896, -0.9494143, 0.30158257], [0.80090797, -0.8916636, 0.036240835]]]> : tensor<1x2x3xf32> : tensor<1x?x3xf32, #nn.dims<"B">>
  return
}

// Without steps the last state is the first one.
func.func @no_steps(%x: tensor<0x2x2xf32> {check.value = dense<> : tensor<0x2x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[0.5, 0.0], [-0.25, -0.5], [-0.875, -0.375]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[-0.625, 0.625, 0.875], [-0.25, -0.25, 0.625], [-0.75, -1.0, -0.625]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[1.0, -0.125, 1.0, -1.0, 0.375, -0.5]]> : tensor<1x6xf32>}, %h: tensor<1x2x3xf32> {check.value = dense<[[[-0.625, 0.25, 0.375], [0.625, -0.625, 0.75]]]> : tensor<1x2x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Tanh"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<0x2x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x2x3xf32>) -> (tensor<0x1x2x3xf32>, tensor<1x2x3xf32>)
  check.expect_close %0#0, dense<> : tensor<0x1x2x3xf32> : tensor<0x1x2x3xf32>
  check.expect_close %0#1, dense<[[[-0.625, 0.25, 0.375], [0.625, -0.625, 0.75]]]> : tensor<1x2x3xf32> : tensor<1x2x3xf32>
  return
}

func.func @activation_relu(%x: tensor<2x1x2xf32> {check.value = dense<[[[-0.25, -0.875]], [[-1.0, -0.875]]]> : tensor<2x1x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[-0.875, 0.375], [-0.75, 0.125], [-0.625, 0.5]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[0.75, 0.75, -0.5], [-0.125, 0.75, 0.625], [-1.0, 0.375, -1.0]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[0.25, -0.875, 0.125, 0.875, -0.25, 0.625]]> : tensor<1x6xf32>}, %h: tensor<1x1x3xf32> {check.value = dense<[[[-0.375, -1.0, 0.0]]]> : tensor<1x1x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Relu"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<2x1x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x1x3xf32>) -> (tensor<2x1x1x3xf32>, tensor<1x1x3xf32>)
  check.expect_close %0#0, dense<[[[[0.0, 0.0, 0.46875]]], [[[1.4375, 0.0, 0.46875]]]]> : tensor<2x1x1x3xf32> : tensor<2x1x1x3xf32>
  check.expect_close %0#1, dense<[[[1.4375, 0.0, 0.46875]]]> : tensor<1x1x3xf32> : tensor<1x1x3xf32>
  return
}

func.func @activation_affine(%x: tensor<2x1x2xf32> {check.value = dense<[[[0.875, 0.5]], [[-0.625, -0.5]]]> : tensor<2x1x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[-0.5, 0.125], [0.125, 0.25], [-0.625, 0.5]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[1.0, -0.625, -0.25], [-0.125, 0.125, 0.875], [0.125, 1.0, -0.5]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[0.375, 0.5, 0.75, 1.0, 0.0, 0.25]]> : tensor<1x6xf32>}, %h: tensor<1x1x3xf32> {check.value = dense<[[[0.5, -0.875, 0.5]]]> : tensor<1x1x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Affine"], alphas = array<f64: 0.5>, betas = array<f64: 0.25>, clip = 0.0 : f64}> : (tensor<2x1x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x1x3xf32>) -> (tensor<2x1x1x3xf32>, tensor<1x1x3xf32>)
  check.expect_close %0#0, dense<[[[[1.2109375, 0.75, 0.0703125]]], [[[1.4248047, 0.40039062, 1.253418]]]]> : tensor<2x1x1x3xf32> : tensor<2x1x1x3xf32>
  check.expect_close %0#1, dense<[[[1.4248047, 0.40039062, 1.253418]]]> : tensor<1x1x3xf32> : tensor<1x1x3xf32>
  return
}

func.func @activation_leakyrelu(%x: tensor<2x1x2xf32> {check.value = dense<[[[0.625, 0.125]], [[0.375, 0.625]]]> : tensor<2x1x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[0.0, -0.875], [0.375, 0.25], [-0.5, -0.125]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[-0.375, -0.75, 0.0], [-0.125, -0.875, -0.5], [0.125, -1.0, -0.625]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[-0.5, -0.5, 1.0, 0.875, -0.375, 0.125]]> : tensor<1x6xf32>}, %h: tensor<1x1x3xf32> {check.value = dense<[[[-0.125, -0.5, -0.75]]]> : tensor<1x1x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["LeakyRelu"], alphas = array<f64: 0.125>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<2x1x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x1x3xf32>) -> (tensor<2x1x1x3xf32>, tensor<1x1x3xf32>)
  check.expect_close %0#0, dense<[[[[0.6875, 0.21875, 1.75]]], [[[-0.07421875, -0.2163086, -0.045898438]]]]> : tensor<2x1x1x3xf32> : tensor<2x1x1x3xf32>
  check.expect_close %0#1, dense<[[[-0.07421875, -0.2163086, -0.045898438]]]> : tensor<1x1x3xf32> : tensor<1x1x3xf32>
  return
}

func.func @activation_thresholdedrelu(%x: tensor<2x1x2xf32> {check.value = dense<[[[0.375, 0.5]], [[1.0, -0.375]]]> : tensor<2x1x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[0.875, 0.875], [0.625, 0.625], [-0.375, 0.25]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[0.125, -0.125, 0.125], [-0.125, -0.875, -0.125], [0.375, 0.75, 0.0]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[-1.0, 0.0, -0.25, 0.5, 0.375, -0.875]]> : tensor<1x6xf32>}, %h: tensor<1x1x3xf32> {check.value = dense<[[[0.875, -0.625, 0.125]]]> : tensor<1x1x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["ThresholdedRelu"], alphas = array<f64: 0.5>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<2x1x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x1x3xf32>) -> (tensor<2x1x1x3xf32>, tensor<1x1x3xf32>)
  check.expect_close %0#0, dense<[[[[0.0, 1.34375, 0.0]]], [[[0.0, 0.0, 0.0]]]]> : tensor<2x1x1x3xf32> : tensor<2x1x1x3xf32>
  check.expect_close %0#1, dense<0.0> : tensor<1x1x3xf32> : tensor<1x1x3xf32>
  return
}

func.func @activation_scaledtanh(%x: tensor<2x1x2xf32> {check.value = dense<[[[1.0, -0.875]], [[-0.375, 0.625]]]> : tensor<2x1x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[-0.5, 0.25], [-0.875, -0.75], [-0.375, 0.0]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[0.125, -0.125, -1.0], [0.125, -0.5, -0.125], [-0.5, -1.0, -0.75]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[-0.25, 0.625, 0.625, 1.0, -0.5, 0.875]]> : tensor<1x6xf32>}, %h: tensor<1x1x3xf32> {check.value = dense<[[[-0.125, -0.125, -0.625]]]> : tensor<1x1x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["ScaledTanh"], alphas = array<f64: 1.5>, betas = array<f64: 0.5>, clip = 0.0 : f64}> : (tensor<2x1x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x1x3xf32>) -> (tensor<2x1x1x3xf32>, tensor<1x1x3xf32>)
  check.expect_close %0#0, dense<[[[[0.4752525, 0.023435593, 1.0675534]]], [[[0.061969962, -0.075970255, 0.42244145]]]]> : tensor<2x1x1x3xf32> : tensor<2x1x1x3xf32>
  check.expect_close %0#1, dense<[[[0.061969962, -0.075970255, 0.42244145]]]> : tensor<1x1x3xf32> : tensor<1x1x3xf32>
  return
}

func.func @activation_hardsigmoid(%x: tensor<2x1x2xf32> {check.value = dense<[[[-0.875, 0.625]], [[-0.375, 0.375]]]> : tensor<2x1x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[0.0, -0.125], [-0.25, -0.75], [0.5, 0.875]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[0.5, 0.0, 0.875], [1.0, -0.125, -0.75], [-0.5, 0.375, 0.875]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[-0.125, 0.875, -0.875, -0.75, -0.125, -0.625]]> : tensor<1x6xf32>}, %h: tensor<1x1x3xf32> {check.value = dense<[[[-0.375, 0.375, 0.875]]]> : tensor<1x1x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["HardSigmoid"], alphas = array<f64: 0.25>, betas = array<f64: 0.5>, clip = 0.0 : f64}> : (tensor<2x1x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x1x3xf32>) -> (tensor<2x1x1x3xf32>, tensor<1x1x3xf32>)
  check.expect_close %0#0, dense<[[[[0.40625, 0.35546875, 0.42578125]]], [[[0.41345215, 0.6512451, 0.23583984]]]]> : tensor<2x1x1x3xf32> : tensor<2x1x1x3xf32>
  check.expect_close %0#1, dense<[[[0.41345215, 0.6512451, 0.23583984]]]> : tensor<1x1x3xf32> : tensor<1x1x3xf32>
  return
}

func.func @activation_elu(%x: tensor<2x1x2xf32> {check.value = dense<[[[0.625, -0.5]], [[1.0, -1.0]]]> : tensor<2x1x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[-1.0, 0.75], [-0.625, 0.625], [-0.125, 0.125]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[0.125, 0.125, 0.625], [0.5, 0.125, 0.75], [0.0, -0.875, -0.5]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[-1.0, 0.375, -0.5, 0.125, -0.875, 1.0]]> : tensor<1x6xf32>}, %h: tensor<1x1x3xf32> {check.value = dense<[[[0.75, -0.625, 0.125]]]> : tensor<1x1x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Elu"], alphas = array<f64: 2.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<2x1x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x1x3xf32>) -> (tensor<2x1x1x3xf32>, tensor<1x1x3xf32>)
  check.expect_close %0#0, dense<[[[[-1.6631451, -1.1125054, 0.84375]]], [[[-1.8264805, -1.7520866, 0.8015672]]]]> : tensor<2x1x1x3xf32> : tensor<2x1x1x3xf32>
  check.expect_close %0#1, dense<[[[-1.8264805, -1.7520866, 0.8015672]]]> : tensor<1x1x3xf32> : tensor<1x1x3xf32>
  return
}

func.func @activation_softsign(%x: tensor<2x1x2xf32> {check.value = dense<[[[-0.75, 0.375]], [[-0.25, 0.125]]]> : tensor<2x1x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[-0.375, 0.0], [-0.125, -0.25], [-0.75, -0.625]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[0.5, 0.875, 0.625], [0.25, -1.0, 0.625], [0.875, -0.375, -0.875]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[-0.625, -0.375, -0.25, 0.0, -0.375, -0.125]]> : tensor<1x6xf32>}, %h: tensor<1x1x3xf32> {check.value = dense<[[[-0.25, -0.625, 0.25]]]> : tensor<1x1x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Softsign"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<2x1x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x1x3xf32>) -> (tensor<2x1x1x3xf32>, tensor<1x1x3xf32>)
  check.expect_close %0#0, dense<[[[[-0.46218488, -0.030303031, -0.2]]], [[[-0.47749507, -0.48985922, -0.32599708]]]]> : tensor<2x1x1x3xf32> : tensor<2x1x1x3xf32>
  check.expect_close %0#1, dense<[[[-0.47749507, -0.48985922, -0.32599708]]]> : tensor<1x1x3xf32> : tensor<1x1x3xf32>
  return
}

func.func @activation_softplus(%x: tensor<2x1x2xf32> {check.value = dense<[[[0.5, 0.25]], [[0.75, -0.75]]]> : tensor<2x1x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[-0.625, -0.75], [-0.75, -0.5], [0.0, -0.625]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[-0.75, -1.0, 0.875], [-0.375, 0.75, 0.25], [0.75, -1.0, -0.25]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[0.625, 0.625, -0.625, -0.25, 1.0, -0.125]]> : tensor<1x6xf32>}, %h: tensor<1x1x3xf32> {check.value = dense<[[[0.625, -0.875, 0.375]]]> : tensor<1x1x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Softplus"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<2x1x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x1x3xf32>) -> (tensor<2x1x1x3xf32>, tensor<1x1x3xf32>)
  check.expect_close %0#0, dense<[[[[1.043551, 0.870608, 0.8797205]]], [[[0.5071157, 2.0559826, 0.44135502]]]]> : tensor<2x1x1x3xf32> : tensor<2x1x1x3xf32>
  check.expect_close %0#1, dense<[[[0.5071157, 2.0559826, 0.44135502]]]> : tensor<1x1x3xf32> : tensor<1x1x3xf32>
  return
}

func.func @activation_sigmoid(%x: tensor<2x1x2xf32> {check.value = dense<[[[-1.0, 0.375]], [[0.375, -0.625]]]> : tensor<2x1x2xf32>}, %w: tensor<1x3x2xf32> {check.value = dense<[[[-0.625, -0.5], [1.0, 0.875], [0.125, 0.875]]]> : tensor<1x3x2xf32>}, %r: tensor<1x3x3xf32> {check.value = dense<[[[0.125, 0.25, 0.875], [-0.375, -0.375, 0.25], [-1.0, -0.375, -0.625]]]> : tensor<1x3x3xf32>}, %b: tensor<1x6xf32> {check.value = dense<[[-1.0, -0.125, 0.125, -0.75, 0.125, -0.5]]> : tensor<1x6xf32>}, %h: tensor<1x1x3xf32> {check.value = dense<[[[-0.75, 0.5, -0.125]]]> : tensor<1x1x3xf32>}) {
  %0:2 = "nn.rnn"(%x, %w, %r, %b, %h) <{direction = 0 : i32, activations = ["Sigmoid"], alphas = array<f64: 0.0>, betas = array<f64: 0.0>, clip = 0.0 : f64}> : (tensor<2x1x2xf32>, tensor<1x3x2xf32>, tensor<1x3x3xf32>, tensor<1x6xf32>, tensor<1x1x3xf32>) -> (tensor<2x1x1x3xf32>, tensor<1x1x3xf32>)
  check.expect_close %0#0, dense<[[[[0.199308, 0.3522018, 0.61508787]]], [[[0.26488927, 0.44400606, 0.16926946]]]]> : tensor<2x1x1x3xf32> : tensor<2x1x1x3xf32>
  check.expect_close %0#1, dense<[[[0.26488927, 0.44400606, 0.16926946]]]> : tensor<1x1x3xf32> : tensor<1x1x3xf32>
  return
}
