// Sums that begin with a vector along their columns (compiler/kernels/seed_sums.h).
// RUN: kernel-check %s
// RUN: kernel-check %s --checked
// RUN: kernel-check %s --strided
// RUN: kernel-check %s --no-schedule --checked
// RUN: kernel-check %s --target=x86-64-v3

#id2 = affine_map<(a, b) -> (a, b)>
#id3 = affine_map<(a, b, c) -> (a, b, c)>
#last2 = affine_map<(a, b, c) -> (b, c)>
#x = affine_map<(m, no, ni, k) -> (m, k)>
#w = affine_map<(m, no, ni, k) -> (no, k, ni)>
#y = affine_map<(m, no, ni, k) -> (m, no, ni)>

// Panels, of which the last one is not full; the number of rows is not known.
kernel.func @packed(%x: tensor<?x9xf32> {kernel.extents = array<i64: 0>}, %w: tensor<2x9x32xf32>, %b: tensor<40xf32>, %m: index)
    -> (tensor<?x40xf32> {kernel.extents = array<i64: 0>}) attributes {test.sizes = [array<i64: 17>, array<i64: 1>]} {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %b low[0] high[24] {
  ^bb0(%i: index):
    tensor.yield %z : f32
  } : tensor<40xf32> to tensor<64xf32>
  %v = tensor.expand_shape %p [[0, 1]] output_shape [2, 32] : tensor<64xf32> into tensor<2x32xf32>
  %e = tensor.empty(%m) : tensor<?x2x32xf32>
  %i = linalg.generic {indexing_maps = [#last2, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%v : tensor<2x32xf32>) outs(%e : tensor<?x2x32xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<?x2x32xf32>
  %s = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%x, %w : tensor<?x9xf32>, tensor<2x9x32xf32>) outs(%i : tensor<?x2x32xf32>) {
  ^bb0(%a: f32, %b0: f32, %o: f32):
    %t = arith.mulf %a, %b0 : f32
    %u = arith.addf %o, %t : f32
    linalg.yield %u : f32
  } -> tensor<?x2x32xf32>
  %c = tensor.collapse_shape %s [[0], [1, 2]] : tensor<?x2x32xf32> into tensor<?x64xf32>
  %d = tensor.extract_slice %c[0, 0] [%m, 40] [1, 1] : tensor<?x64xf32> to tensor<?x40xf32>
  %f = tensor.empty(%m) : tensor<?x40xf32>
  %r = linalg.generic {indexing_maps = [#id2, #id2], iterator_types = ["parallel", "parallel"]} ins(%d : tensor<?x40xf32>) outs(%f : tensor<?x40xf32>) {
  ^bb0(%a: f32, %o: f32):
    %n = arith.maximumf %a, %z : f32
    linalg.yield %n : f32
  } -> tensor<?x40xf32>
  kernel.return %r : tensor<?x40xf32>
}

#id4 = affine_map<(n, h, w, c) -> (n, h, w, c)>
#channels = affine_map<(n, h, w, c) -> (c)>
kernel.func @depthwise(%x: tensor<1x9x9x20xf32>, %w: tensor<3x3x20xf32>, %b: tensor<20xf32>) -> tensor<1x9x9x20xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x9x9x20xf32> to tensor<1x11x11x20xf32>
  %e = tensor.empty() : tensor<1x9x9x20xf32>
  %f = linalg.generic {indexing_maps = [#channels, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%b : tensor<20xf32>) outs(%e : tensor<1x9x9x20xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<1x9x9x20xf32>
  %c = linalg.depthwise_conv_2d_nhwc_hwc ins(%p, %w : tensor<1x11x11x20xf32>, tensor<3x3x20xf32>) outs(%f : tensor<1x9x9x20xf32>) -> tensor<1x9x9x20xf32>
  kernel.return %c : tensor<1x9x9x20xf32>
}

#qx = affine_map<(m, no, ni, g, t) -> (m, g, t)>
#qw = affine_map<(m, no, ni, g, t) -> (no, g, ni, t)>
#qy = affine_map<(m, no, ni, g, t) -> (m, no, ni)>
kernel.func @bytes(%x: tensor<5x8xi8>, %w: tensor<1x2x32x4xi8>, %b: tensor<1x32xi32>) -> tensor<5x32xi32>
    attributes {schedule = #kernel.schedule<halide, contraction, tile = [5, 32], order = [0, 1], lanes = 16, dot = 4>} {
  %xs = tensor.expand_shape %x [[0], [1, 2]] output_shape [5, 2, 4] : tensor<5x8xi8> into tensor<5x2x4xi8>
  %e = tensor.empty() : tensor<5x1x32xi32>
  %i = linalg.generic {indexing_maps = [#last2, #id3], iterator_types = ["parallel", "parallel", "parallel"]} ins(%b : tensor<1x32xi32>) outs(%e : tensor<5x1x32xi32>) {
  ^bb0(%a: i32, %o: i32):
    linalg.yield %a : i32
  } -> tensor<5x1x32xi32>
  %s = linalg.generic {indexing_maps = [#qx, #qw, #qy], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%xs, %w : tensor<5x2x4xi8>, tensor<1x2x32x4xi8>) outs(%i : tensor<5x1x32xi32>) {
  ^bb0(%a: i8, %c: i8, %o: i32):
    %t = arith.extui %a : i8 to i32
    %u = arith.extsi %c : i8 to i32
    %v = arith.muli %t, %u : i32
    %n = arith.addi %o, %v : i32
    linalg.yield %n : i32
  } -> tensor<5x1x32xi32>
  %y = tensor.collapse_shape %s [[0], [1, 2]] : tensor<5x1x32xi32> into tensor<5x32xi32>
  kernel.return %y : tensor<5x32xi32>
}
