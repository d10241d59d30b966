// Elements at positions of a grid: nearest rounds them, linear and cubic interpolation sum over taps.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// CHECK-LABEL: func.func @linear
// CHECK: linalg.generic {{.*}}["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]
// CHECK: math.floor
// CHECK: tensor.extract
func.func @linear(%x: tensor<1x2x3x4xf32>, %g: tensor<1x5x6x2xf32>) -> tensor<1x2x5x6xf32> {
  %y = nn.grid_sample %x, %g {mode = #nn.interpolation<linear>, outside = #nn.outside<zeros>} : (tensor<1x2x3x4xf32>, tensor<1x5x6x2xf32>) -> tensor<1x2x5x6xf32>
  return %y : tensor<1x2x5x6xf32>
}

//--- run.mlir
func.func @nearest_zeros(%x: tensor<1x2x3x4xf32> {check.value = dense<[[[[-0.5, 3.0, 4.0, -2.0], [-3.5, 1.0, 1.5, 2.5], [1.0, 2.0, 3.5, 3.5]], [[3.5, 3.0, 2.0, 3.5], [-4.0, -4.0, 2.5, -0.5], [2.0, 0.0, 3.5, -3.5]]]]> : tensor<1x2x3x4xf32>}, %g: tensor<1x2x4x2xf32> {check.value = dense<[[[[-1.0, -1.0], [1.0, 1.0], [0.0, 0.0], [0.3, -0.7]], [[-1.2, 0.4], [0.55, 1.9], [-2.6, -3.1], [0.9, -0.9]]]]> : tensor<1x2x4x2xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<nearest>, outside = #nn.outside<zeros>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %0, dense<[[[[-0.5, 0.0, 1.5, 4.0], [0.0, 0.0, 0.0, -2.0]], [[3.5, 0.0, 2.5, 2.0], [0.0, 0.0, 0.0, 3.5]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  %1 = nn.grid_sample %x, %g {align_corners, mode = #nn.interpolation<nearest>, outside = #nn.outside<zeros>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %1, dense<[[[[-0.5, 3.5, 1.5, 4.0], [-3.5, 0.0, 0.0, -2.0]], [[3.5, -3.5, 2.5, 2.0], [-4.0, 0.0, 0.0, 3.5]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  return
}

func.func @nearest_border(%x: tensor<1x2x3x4xf32> {check.value = dense<[[[[-0.5, 3.0, 4.0, -2.0], [-3.5, 1.0, 1.5, 2.5], [1.0, 2.0, 3.5, 3.5]], [[3.5, 3.0, 2.0, 3.5], [-4.0, -4.0, 2.5, -0.5], [2.0, 0.0, 3.5, -3.5]]]]> : tensor<1x2x3x4xf32>}, %g: tensor<1x2x4x2xf32> {check.value = dense<[[[[-1.0, -1.0], [1.0, 1.0], [0.0, 0.0], [0.3, -0.7]], [[-1.2, 0.4], [0.55, 1.9], [-2.6, -3.1], [0.9, -0.9]]]]> : tensor<1x2x4x2xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<nearest>, outside = #nn.outside<border>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %0, dense<[[[[-0.5, 3.5, 1.5, 4.0], [1.0, 3.5, -0.5, -2.0]], [[3.5, -3.5, 2.5, 2.0], [2.0, -3.5, 3.5, 3.5]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  %1 = nn.grid_sample %x, %g {align_corners, mode = #nn.interpolation<nearest>, outside = #nn.outside<border>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %1, dense<[[[[-0.5, 3.5, 1.5, 4.0], [-3.5, 3.5, -0.5, -2.0]], [[3.5, -3.5, 2.5, 2.0], [-4.0, 3.5, 3.5, 3.5]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  return
}

func.func @nearest_reflection(%x: tensor<1x2x3x4xf32> {check.value = dense<[[[[-0.5, 3.0, 4.0, -2.0], [-3.5, 1.0, 1.5, 2.5], [1.0, 2.0, 3.5, 3.5]], [[3.5, 3.0, 2.0, 3.5], [-4.0, -4.0, 2.5, -0.5], [2.0, 0.0, 3.5, -3.5]]]]> : tensor<1x2x3x4xf32>}, %g: tensor<1x2x4x2xf32> {check.value = dense<[[[[-1.0, -1.0], [1.0, 1.0], [0.0, 0.0], [0.3, -0.7]], [[-1.2, 0.4], [0.55, 1.9], [-2.6, -3.1], [0.9, -0.9]]]]> : tensor<1x2x4x2xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<nearest>, outside = #nn.outside<reflection>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %0, dense<[[[[-0.5, 3.5, 1.5, 4.0], [1.0, 2.5, 3.5, -2.0]], [[3.5, -3.5, 2.5, 2.0], [2.0, -0.5, -3.5, 3.5]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  %1 = nn.grid_sample %x, %g {align_corners, mode = #nn.interpolation<nearest>, outside = #nn.outside<reflection>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %1, dense<[[[[-0.5, 3.5, 1.5, 4.0], [-3.5, 1.5, 3.5, -2.0]], [[3.5, -3.5, 2.5, 2.0], [-4.0, 2.5, 3.5, 3.5]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  return
}

func.func @linear_zeros(%x: tensor<1x2x3x4xf32> {check.value = dense<[[[[-0.5, 3.0, 4.0, -2.0], [-3.5, 1.0, 1.5, 2.5], [1.0, 2.0, 3.5, 3.5]], [[3.5, 3.0, 2.0, 3.5], [-4.0, -4.0, 2.5, -0.5], [2.0, 0.0, 3.5, -3.5]]]]> : tensor<1x2x3x4xf32>}, %g: tensor<1x2x4x2xf32> {check.value = dense<[[[[-1.0, -1.0], [1.0, 1.0], [0.0, 0.0], [0.3, -0.7]], [[-1.2, 0.4], [0.55, 1.9], [-2.6, -3.1], [0.9, -0.9]]]]> : tensor<1x2x4x2xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<linear>, outside = #nn.outside<zeros>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %0, dense<[[[[-0.125, 0.875, 1.25, 3.2300007], [-0.07999997, 0.0, 0.0, -0.9100001]], [[0.875, -0.875, -0.75, 2.0425], [-0.04000003, 0.0, 0.0, 1.5925003]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  %1 = nn.grid_sample %x, %g {align_corners, mode = #nn.interpolation<linear>, outside = #nn.outside<zeros>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %1, dense<[[[[-0.5, 3.5, 1.25, 3.2075], [-1.1899999, 0.34999967, 0.0, -0.7549994]], [[3.5, -3.5, -0.75, 2.0874999], [-1.1200001, 0.12250002, 0.0, 2.9424999]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  return
}

func.func @linear_border(%x: tensor<1x2x3x4xf32> {check.value = dense<[[[[-0.5, 3.0, 4.0, -2.0], [-3.5, 1.0, 1.5, 2.5], [1.0, 2.0, 3.5, 3.5]], [[3.5, 3.0, 2.0, 3.5], [-4.0, -4.0, 2.5, -0.5], [2.0, 0.0, 3.5, -3.5]]]]> : tensor<1x2x3x4xf32>}, %g: tensor<1x2x4x2xf32> {check.value = dense<[[[[-1.0, -1.0], [1.0, 1.0], [0.0, 0.0], [0.3, -0.7]], [[-1.2, 0.4], [0.55, 1.9], [-2.6, -3.1], [0.9, -0.9]]]]> : tensor<1x2x4x2xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<linear>, outside = #nn.outside<border>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %0, dense<[[[[-0.5, 3.5, 1.25, 3.4000006], [-0.8000004, 3.5, -0.5, -2.0]], [[3.5, -3.5, -0.75, 2.1499999], [-0.40000057, -0.69999933, 3.5, 3.5]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  %1 = nn.grid_sample %x, %g {align_corners, mode = #nn.interpolation<linear>, outside = #nn.outside<border>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %1, dense<[[[[-0.5, 3.5, 1.25, 3.2075], [-1.7000002, 3.5, -0.5, -0.7549994]], [[3.5, -3.5, -0.75, 2.0874999], [-1.6000001, 1.2250013, 3.5, 2.9424999]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  return
}

func.func @linear_reflection(%x: tensor<1x2x3x4xf32> {check.value = dense<[[[[-0.5, 3.0, 4.0, -2.0], [-3.5, 1.0, 1.5, 2.5], [1.0, 2.0, 3.5, 3.5]], [[3.5, 3.0, 2.0, 3.5], [-4.0, -4.0, 2.5, -0.5], [2.0, 0.0, 3.5, -3.5]]]]> : tensor<1x2x3x4xf32>}, %g: tensor<1x2x4x2xf32> {check.value = dense<[[[[-1.0, -1.0], [1.0, 1.0], [0.0, 0.0], [0.3, -0.7]], [[-1.2, 0.4], [0.55, 1.9], [-2.6, -3.1], [0.9, -0.9]]]]> : tensor<1x2x4x2xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<linear>, outside = #nn.outside<reflection>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %0, dense<[[[[-0.5, 3.5, 1.25, 3.4000006], [-0.8000004, 2.3099995, 3.5, -2.0]], [[3.5, -3.5, -0.75, 2.1499999], [-0.40000057, 0.49000087, -1.3999987, 3.5]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  %1 = nn.grid_sample %x, %g {align_corners, mode = #nn.interpolation<linear>, outside = #nn.outside<reflection>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %1, dense<[[[[-0.5, 3.5, 1.25, 3.2075], [-0.76999986, 1.9924997, 3.3400002, -0.7549994]], [[3.5, -3.5, -0.75, 2.0874999], [-1.8400002, 1.4950007, 0.7600008, 2.9424999]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  return
}

func.func @cubic_zeros(%x: tensor<1x2x3x4xf32> {check.value = dense<[[[[-0.5, 3.0, 4.0, -2.0], [-3.5, 1.0, 1.5, 2.5], [1.0, 2.0, 3.5, 3.5]], [[3.5, 3.0, 2.0, 3.5], [-4.0, -4.0, 2.5, -0.5], [2.0, 0.0, 3.5, -3.5]]]]> : tensor<1x2x3x4xf32>}, %g: tensor<1x2x4x2xf32> {check.value = dense<[[[[-1.0, -1.0], [1.0, 1.0], [0.0, 0.0], [0.3, -0.7]], [[-1.2, 0.4], [0.55, 1.9], [-2.6, -3.1], [0.9, -0.9]]]]> : tensor<1x2x4x2xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<cubic>, outside = #nn.outside<zeros>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %0, dense<[[[[-0.13964844, 0.91308594, 1.578125, 3.4806688], [-0.08715963, -0.057173196, 0.0, -1.848592]], [[1.2543945, -1.3789062, -0.46875, 1.9849354], [-0.043986782, 0.0130525725, 0.0, 2.1685252]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  %1 = nn.grid_sample %x, %g {align_corners, mode = #nn.interpolation<cubic>, outside = #nn.outside<zeros>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %1, dense<[[[[-0.5, 3.5, 1.578125, 3.7781627], [-1.812576, 0.3285526, 0.0, -1.1491992]], [[3.5, -3.5, -0.46875, 2.2477217], [-1.5902224, 0.123156525, 0.0, 3.5160267]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  return
}

func.func @cubic_border(%x: tensor<1x2x3x4xf32> {check.value = dense<[[[[-0.5, 3.0, 4.0, -2.0], [-3.5, 1.0, 1.5, 2.5], [1.0, 2.0, 3.5, 3.5]], [[3.5, 3.0, 2.0, 3.5], [-4.0, -4.0, 2.5, -0.5], [2.0, 0.0, 3.5, -3.5]]]]> : tensor<1x2x3x4xf32>}, %g: tensor<1x2x4x2xf32> {check.value = dense<[[[[-1.0, -1.0], [1.0, 1.0], [0.0, 0.0], [0.3, -0.7]], [[-1.2, 0.4], [0.55, 1.9], [-2.6, -3.1], [0.9, -0.9]]]]> : tensor<1x2x4x2xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<cubic>, outside = #nn.outside<border>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %0, dense<[[[[-0.53808594, 3.584961, 1.578125, 3.63496], [-0.9784037, 3.6079993, -0.50000006, -3.2461677]], [[4.2543945, -4.4726562, -0.46875, 2.0423954], [-0.85998225, -0.53199816, 3.5000005, 4.164023]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  %1 = nn.grid_sample %x, %g {align_corners, mode = #nn.interpolation<cubic>, outside = #nn.outside<border>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %1, dense<[[[[-0.5, 3.5, 1.578125, 3.3184233], [-2.4363108, 3.678774, -0.50000024, -0.9321185]], [[3.5, -3.5, -0.46875, 2.0285833], [-2.4023993, 1.7443179, 3.500001, 3.0391555]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  return
}

func.func @cubic_reflection(%x: tensor<1x2x3x4xf32> {check.value = dense<[[[[-0.5, 3.0, 4.0, -2.0], [-3.5, 1.0, 1.5, 2.5], [1.0, 2.0, 3.5, 3.5]], [[3.5, 3.0, 2.0, 3.5], [-4.0, -4.0, 2.5, -0.5], [2.0, 0.0, 3.5, -3.5]]]]> : tensor<1x2x3x4xf32>}, %g: tensor<1x2x4x2xf32> {check.value = dense<[[[[-1.0, -1.0], [1.0, 1.0], [0.0, 0.0], [0.3, -0.7]], [[-1.2, 0.4], [0.55, 1.9], [-2.6, -3.1], [0.9, -0.9]]]]> : tensor<1x2x4x2xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<cubic>, outside = #nn.outside<reflection>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %0, dense<[[[[-0.55859375, 3.6523438, 1.578125, 3.638446], [-1.1260256, 2.4765022, 3.7971668, -3.9009252]], [[5.017578, -5.515625, -0.46875, 2.0413501], [-0.78781164, 0.78021353, -1.7272671, 4.5396805]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  %1 = nn.grid_sample %x, %g {align_corners, mode = #nn.interpolation<cubic>, outside = #nn.outside<reflection>} : (tensor<1x2x3x4xf32>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf32>
  check.expect_close %1, dense<[[[[-0.5, 3.5, 1.578125, 3.6178026], [-1.2908964, 2.0678113, 3.6314769, -1.6258079]], [[3.5, -3.5, -0.46875, 1.9890757], [-2.4763322, 2.0584455, 0.67760766, 3.3570578]]]]> : tensor<1x2x2x4xf32> : tensor<1x2x2x4xf32>
  return
}

func.func @three_dimensions(%x: tensor<1x1x2x3x2xf32> {check.value = dense<[[[[[1.5, -4.0], [-3.0, 3.0], [-2.0, 4.0]], [[-1.5, 2.5], [4.0, -1.5], [4.0, 1.5]]]]]> : tensor<1x1x2x3x2xf32>}, %g: tensor<1x1x2x3x3xf32> {check.value = dense<[[[[[1.125, -0.5, 0.0], [0.625, 1.125, -0.5], [0.0, 0.625, 0.75]], [[1.125, -0.625, 1.125], [-0.875, 0.875, 0.875], [1.0, 0.875, 0.5]]]]]> : tensor<1x1x2x3x3xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<nearest>, outside = #nn.outside<border>} : (tensor<1x1x2x3x2xf32>, tensor<1x1x2x3x3xf32>) -> tensor<1x1x1x2x3xf32>
  check.expect_close %0, dense<[[[[[-4.0, 4.0, 4.0], [2.5, 4.0, 1.5]]]]]> : tensor<1x1x1x2x3xf32> : tensor<1x1x1x2x3xf32>
  %1 = nn.grid_sample %x, %g {mode = #nn.interpolation<linear>, outside = #nn.outside<border>} : (tensor<1x1x2x3x2xf32>, tensor<1x1x2x3x3xf32>) -> tensor<1x1x1x2x3xf32>
  check.expect_close %1, dense<[[[[[-0.375, 4.0, 2.65625], [2.25, 4.0, 1.5]]]]]> : tensor<1x1x1x2x3xf32> : tensor<1x1x1x2x3xf32>
  return
}

func.func @one_dimension(%x: tensor<2x1x5xf32> {check.value = dense<[[[0.5, 0.5, -3.5, 3.5, 3.5]], [[-3.5, 1.0, -1.0, 2.0, 1.0]]]> : tensor<2x1x5xf32>}, %g: tensor<2x4x1xf32> {check.value = dense<[[[0.25], [0.0], [-0.875], [0.75]], [[0.875], [-0.75], [-0.125], [-1.0]]]> : tensor<2x4x1xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<linear>, outside = #nn.outside<zeros>} : (tensor<2x1x5xf32>, tensor<2x4x1xf32>) -> tensor<2x1x4xf32>
  check.expect_close %0, dense<[[[0.875, -3.5, 0.40625, 3.5]], [[0.8125, -2.9375, -0.375, -1.75]]]> : tensor<2x1x4xf32> : tensor<2x1x4xf32>
  return
}

func.func @dynamic(%x: tensor<?x1x?x2xf32, #nn.dims<"N", "H">> {check.value = dense<[[[[-0.5, -3.0], [-1.0, 4.0]]], [[[-3.0, -3.0], [1.5, -2.5]]]]> : tensor<2x1x2x2xf32>}, %g: tensor<?x?x1x2xf32, #nn.dims<"N", "P">> {check.value = dense<[[[[-0.875, -0.25]], [[-0.625, 0.25]]], [[[0.125, 0.5]], [[0.25, -0.75]]]]> : tensor<2x2x1x2xf32>}) {
  %0 = nn.grid_sample %x, %g {align_corners, mode = #nn.interpolation<linear>, outside = #nn.outside<border>} : (tensor<?x1x?x2xf32, #nn.dims<"N", "H">>, tensor<?x?x1x2xf32, #nn.dims<"N", "P">>) -> tensor<?x1x?x1xf32, #nn.dims<"N", "P">>
  check.expect_close %0, dense<[[[[-0.66796875], [-0.40234375]]], [[[-1.3125], [-2.75]]]]> : tensor<2x1x2x1xf32> : tensor<?x1x?x1xf32, #nn.dims<"N", "P">>
  return
}

func.func @half(%x: tensor<1x2x3x4xf16> {check.value = dense<[[[[-0.5, 3.0, 4.0, -2.0], [-3.5, 1.0, 1.5, 2.5], [1.0, 2.0, 3.5, 3.5]], [[3.5, 3.0, 2.0, 3.5], [-4.0, -4.0, 2.5, -0.5], [2.0, 0.0, 3.5, -3.5]]]]> : tensor<1x2x3x4xf16>}, %g: tensor<1x2x4x2xf32> {check.value = dense<[[[[-1.0, -1.0], [1.0, 1.0], [0.0, 0.0], [0.3, -0.7]], [[-1.2, 0.4], [0.55, 1.9], [-2.6, -3.1], [0.9, -0.9]]]]> : tensor<1x2x4x2xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<linear>, outside = #nn.outside<zeros>} : (tensor<1x2x3x4xf16>, tensor<1x2x4x2xf32>) -> tensor<1x2x2x4xf16>
  check.expect_close %0, dense<[[[[-0.125, 0.875, 1.25, 3.23], [-0.08, 0.0, 0.0, -0.91]], [[0.875, -0.875, -0.75, 2.043], [-0.04, 0.0, 0.0, 1.593]]]]> : tensor<1x2x2x4xf16> {rtol = 1.0e-3} : tensor<1x2x2x4xf16>
  return
}

func.func @double(%x: tensor<1x2x3x4xf64> {check.value = dense<[[[[-0.5, 3.0, 4.0, -2.0], [-3.5, 1.0, 1.5, 2.5], [1.0, 2.0, 3.5, 3.5]], [[3.5, 3.0, 2.0, 3.5], [-4.0, -4.0, 2.5, -0.5], [2.0, 0.0, 3.5, -3.5]]]]> : tensor<1x2x3x4xf64>}, %g: tensor<1x2x4x2xf64> {check.value = dense<[[[[-1.0, -1.0], [1.0, 1.0], [0.0, 0.0], [0.30000001192092896, -0.699999988079071]], [[-1.2000000476837158, 0.4000000059604645], [0.550000011920929, 1.899999976158142], [-2.5999999046325684, -3.0999999046325684], [0.8999999761581421, -0.8999999761581421]]]]> : tensor<1x2x4x2xf64>}) {
  %0 = nn.grid_sample %x, %g {align_corners, mode = #nn.interpolation<cubic>, outside = #nn.outside<border>} : (tensor<1x2x3x4xf64>, tensor<1x2x4x2xf64>) -> tensor<1x2x2x4xf64>
  check.expect_close %0, dense<[[[[-0.5, 3.5, 1.578125, 3.318421489799502], [-2.436312478210055, 3.6787733601906156, -0.5, -0.9321204188600465]], [[3.5, -3.5, -0.46875, 2.028583492761766], [-2.4023994520803957, 1.7443164660482635, 3.5, 3.0391558886239975]]]]> : tensor<1x2x2x4xf64> : tensor<1x2x2x4xf64>
  return
}

func.func @integers(%x: tensor<1x1x2x2xi8> {check.value = dense<[[[[10, -20], [30, 100]]]]> : tensor<1x1x2x2xi8>}, %g: tensor<1x1x3x2xf32> {check.value = dense<[[[[-0.5, -0.5], [0.5, 0.5], [0.4, -0.6]]]]> : tensor<1x1x3x2xf32>}) {
  %0 = nn.grid_sample %x, %g {mode = #nn.interpolation<nearest>, outside = #nn.outside<zeros>} : (tensor<1x1x2x2xi8>, tensor<1x1x3x2xf32>) -> tensor<1x1x1x3xi8>
  check.expect_equal %0, dense<[[[[10, 100, -20]]]]> : tensor<1x1x1x3xi8> : tensor<1x1x1x3xi8>
  return
}
