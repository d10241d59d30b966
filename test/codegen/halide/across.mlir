// Copies that read across what they store are made in blocks: whole vectors are read along the operand's rows. Bytes that a dot loads
// four at a time stay neighbours; a window reads stored vectors, it does not gather one for each tap.
// RUN: kernel-check %s
// RUN: kernel-check %s --checked
// RUN: kernel-check %s --strided
// RUN: kernel-check %s --target=x86-64-v3
// RUN: kernel-check %s --target=x86-64-v2
// RUN: kernel-check %s --target=x86-64-v3 --print | FileCheck %s
#data = affine_map<(n, y, x, no, ni, i, j, g, r) -> (n, y + i, x + j, g, r)>
#weights = affine_map<(n, y, x, no, ni, i, j, g, r) -> (no, i, j, g, ni, r)>
#sums = affine_map<(n, y, x, no, ni, i, j, g, r) -> (n, y, x, no, ni)>

// CHECK-LABEL: four_channels
// CHECK: interleave_vectors(
kernel.func @four_channels(%arg0: tensor<2x4x9x37xi8>, %arg1: tensor<1x3x3x1x16x4xi8>) -> tensor<2x9x37x16xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 8, 16], order = [0, 1, 2, 3], lanes = 16, producers = root, pad = root, dot = 4>} {
  %c0_i8 = arith.constant 5 : i8
  %c0_i32 = arith.constant 0 : i32
  %0 = tensor.empty() : tensor<2x9x37x4xi8>
  %transposed = linalg.transpose ins(%arg0 : tensor<2x4x9x37xi8>) outs(%0 : tensor<2x9x37x4xi8>) permutation = [0, 2, 3, 1]
  %padded = tensor.pad %transposed low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %c0_i8 : i8
  } : tensor<2x9x37x4xi8> to tensor<2x11x39x4xi8>
  %groups = tensor.expand_shape %padded [[0], [1], [2], [3, 4]] output_shape [2, 11, 39, 1, 4] : tensor<2x11x39x4xi8> into tensor<2x11x39x1x4xi8>
  %1 = tensor.empty() : tensor<2x9x37x1x16xi32>
  %2 = linalg.fill ins(%c0_i32 : i32) outs(%1 : tensor<2x9x37x1x16xi32>) -> tensor<2x9x37x1x16xi32>
  %3 = linalg.generic {indexing_maps = [#data, #weights, #sums], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]} ins(%groups, %arg1 : tensor<2x11x39x1x4xi8>, tensor<1x3x3x1x16x4xi8>) outs(%2 : tensor<2x9x37x1x16xi32>) {
  ^bb0(%in: i8, %in_0: i8, %out: i32):
    %5 = arith.extui %in : i8 to i32
    %6 = arith.extsi %in_0 : i8 to i32
    %7 = arith.muli %5, %6 : i32
    %8 = arith.addi %out, %7 : i32
    linalg.yield %8 : i32
  } -> tensor<2x9x37x1x16xi32>
  %4 = tensor.collapse_shape %3 [[0], [1], [2], [3, 4]] : tensor<2x9x37x1x16xi32> into tensor<2x9x37x16xi32>
  kernel.return %4 : tensor<2x9x37x16xi32>
}

// CHECK-LABEL: eight_channels
// CHECK: for {{.*}}dlc_rows
kernel.func @eight_channels(%arg0: tensor<2x8x9x37xi8>, %arg1: tensor<1x3x3x2x32x4xi8>) -> tensor<2x9x37x32xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 7, 32], order = [0, 1, 2, 3], lanes = 16, producers = root, pad = root, dot = 4>} {
  %c0_i8 = arith.constant 5 : i8
  %c0_i32 = arith.constant 0 : i32
  %0 = tensor.empty() : tensor<2x9x37x8xi8>
  %transposed = linalg.transpose ins(%arg0 : tensor<2x8x9x37xi8>) outs(%0 : tensor<2x9x37x8xi8>) permutation = [0, 2, 3, 1]
  %padded = tensor.pad %transposed low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %c0_i8 : i8
  } : tensor<2x9x37x8xi8> to tensor<2x11x39x8xi8>
  %groups = tensor.expand_shape %padded [[0], [1], [2], [3, 4]] output_shape [2, 11, 39, 2, 4] : tensor<2x11x39x8xi8> into tensor<2x11x39x2x4xi8>
  %1 = tensor.empty() : tensor<2x9x37x1x32xi32>
  %2 = linalg.fill ins(%c0_i32 : i32) outs(%1 : tensor<2x9x37x1x32xi32>) -> tensor<2x9x37x1x32xi32>
  %3 = linalg.generic {indexing_maps = [#data, #weights, #sums], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]} ins(%groups, %arg1 : tensor<2x11x39x2x4xi8>, tensor<1x3x3x2x32x4xi8>) outs(%2 : tensor<2x9x37x1x32xi32>) {
  ^bb0(%in: i8, %in_0: i8, %out: i32):
    %5 = arith.extui %in : i8 to i32
    %6 = arith.extsi %in_0 : i8 to i32
    %7 = arith.muli %5, %6 : i32
    %8 = arith.addi %out, %7 : i32
    linalg.yield %8 : i32
  } -> tensor<2x9x37x1x32xi32>
  %4 = tensor.collapse_shape %3 [[0], [1], [2], [3, 4]] : tensor<2x9x37x1x32xi32> into tensor<2x9x37x32xi32>
  kernel.return %4 : tensor<2x9x37x32xi32>
}

// CHECK-LABEL: twenty_channels
// CHECK: for {{.*}}dlc_rows
kernel.func @twenty_channels(%arg0: tensor<2x20x9x37xi8>, %arg1: tensor<1x3x3x5x16x4xi8>) -> tensor<2x9x37x16xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 8, 16], order = [0, 1, 2, 3], lanes = 16, producers = root, pad = root, dot = 4>} {
  %c0_i8 = arith.constant 5 : i8
  %c0_i32 = arith.constant 0 : i32
  %0 = tensor.empty() : tensor<2x9x37x20xi8>
  %transposed = linalg.transpose ins(%arg0 : tensor<2x20x9x37xi8>) outs(%0 : tensor<2x9x37x20xi8>) permutation = [0, 2, 3, 1]
  %padded = tensor.pad %transposed low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %c0_i8 : i8
  } : tensor<2x9x37x20xi8> to tensor<2x11x39x20xi8>
  %groups = tensor.expand_shape %padded [[0], [1], [2], [3, 4]] output_shape [2, 11, 39, 5, 4] : tensor<2x11x39x20xi8> into tensor<2x11x39x5x4xi8>
  %1 = tensor.empty() : tensor<2x9x37x1x16xi32>
  %2 = linalg.fill ins(%c0_i32 : i32) outs(%1 : tensor<2x9x37x1x16xi32>) -> tensor<2x9x37x1x16xi32>
  %3 = linalg.generic {indexing_maps = [#data, #weights, #sums], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction", "reduction"]} ins(%groups, %arg1 : tensor<2x11x39x5x4xi8>, tensor<1x3x3x5x16x4xi8>) outs(%2 : tensor<2x9x37x1x16xi32>) {
  ^bb0(%in: i8, %in_0: i8, %out: i32):
    %5 = arith.extui %in : i8 to i32
    %6 = arith.extsi %in_0 : i8 to i32
    %7 = arith.muli %5, %6 : i32
    %8 = arith.addi %out, %7 : i32
    linalg.yield %8 : i32
  } -> tensor<2x9x37x1x16xi32>
  %4 = tensor.collapse_shape %3 [[0], [1], [2], [3, 4]] : tensor<2x9x37x1x16xi32> into tensor<2x9x37x16xi32>
  kernel.return %4 : tensor<2x9x37x16xi32>
}

// CHECK-LABEL: window
// CHECK: produce dlc_pad
kernel.func @window(%x: tensor<2x20x11x19xf32>, %w: tensor<3x3x20xf32>) -> tensor<2x11x19x20xf32> attributes {schedule = #kernel.schedule<halide, window, tile = [1, 4, 2, 4], order = [0, 1, 2, 3], lanes = 4>} {
  %z = arith.constant 0.0 : f32
  %0 = tensor.empty() : tensor<2x11x19x20xf32>
  %t = linalg.transpose ins(%x : tensor<2x20x11x19xf32>) outs(%0 : tensor<2x11x19x20xf32>) permutation = [0, 2, 3, 1]
  %p = tensor.pad %t low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<2x11x19x20xf32> to tensor<2x13x21x20xf32>
  %e = tensor.empty() : tensor<2x11x19x20xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x11x19x20xf32>) -> tensor<2x11x19x20xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(n, y, x, c, i, j) -> (n, y + i, x + j, c)>, affine_map<(n, y, x, c, i, j) -> (i, j, c)>, affine_map<(n, y, x, c, i, j) -> (n, y, x, c)>], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%p, %w : tensor<2x13x21x20xf32>, tensor<3x3x20xf32>) outs(%f : tensor<2x11x19x20xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<2x11x19x20xf32>
  kernel.return %r : tensor<2x11x19x20xf32>
}

// Four channels, too: they stay neighbours for the window.
// CHECK-LABEL: small_window
// CHECK: produce dlc_pad
// CHECK: interleave_vectors(
kernel.func @small_window(%x: tensor<2x4x11x19xf32>, %w: tensor<3x3x4xf32>) -> tensor<2x11x19x4xf32> attributes {schedule = #kernel.schedule<halide, window, tile = [1, 4, 2, 4], order = [0, 1, 2, 3], lanes = 4>} {
  %z = arith.constant 0.0 : f32
  %0 = tensor.empty() : tensor<2x11x19x4xf32>
  %t = linalg.transpose ins(%x : tensor<2x4x11x19xf32>) outs(%0 : tensor<2x11x19x4xf32>) permutation = [0, 2, 3, 1]
  %p = tensor.pad %t low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<2x11x19x4xf32> to tensor<2x13x21x4xf32>
  %e = tensor.empty() : tensor<2x11x19x4xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x11x19x4xf32>) -> tensor<2x11x19x4xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(n, y, x, c, i, j) -> (n, y + i, x + j, c)>, affine_map<(n, y, x, c, i, j) -> (i, j, c)>, affine_map<(n, y, x, c, i, j) -> (n, y, x, c)>], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%p, %w : tensor<2x13x21x4xf32>, tensor<3x3x4xf32>) outs(%f : tensor<2x11x19x4xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<2x11x19x4xf32>
  kernel.return %r : tensor<2x11x19x4xf32>
}

// Places that take divisions are found once for an element, not for each tap.
// CHECK-LABEL: shuffled
// CHECK: produce dlc_pad
kernel.func @shuffled(%x: tensor<2x8x11x19xf32>, %w: tensor<3x3x8xf32>) -> tensor<2x11x19x8xf32> attributes {schedule = #kernel.schedule<halide, window, tile = [1, 4, 2, 8], order = [0, 1, 2, 3], lanes = 8>} {
  %z = arith.constant 0.0 : f32
  %g = tensor.collapse_shape %x [[0, 1, 2, 3]] : tensor<2x8x11x19xf32> into tensor<3344xf32>
  %h = tensor.expand_shape %g [[0, 1, 2, 3]] output_shape [2, 2, 4, 209] : tensor<3344xf32> into tensor<2x2x4x209xf32>
  %places = tensor.empty() : tensor<2x4x2x209xf32>
  %s = linalg.transpose ins(%h : tensor<2x2x4x209xf32>) outs(%places : tensor<2x4x2x209xf32>) permutation = [0, 2, 1, 3]
  %q = tensor.collapse_shape %s [[0, 1, 2, 3]] : tensor<2x4x2x209xf32> into tensor<3344xf32>
  %v = tensor.expand_shape %q [[0, 1, 2, 3]] output_shape [2, 11, 19, 8] : tensor<3344xf32> into tensor<2x11x19x8xf32>
  %p = tensor.pad %v low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<2x11x19x8xf32> to tensor<2x13x21x8xf32>
  %e = tensor.empty() : tensor<2x11x19x8xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x11x19x8xf32>) -> tensor<2x11x19x8xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(n, y, x, c, i, j) -> (n, y + i, x + j, c)>, affine_map<(n, y, x, c, i, j) -> (i, j, c)>, affine_map<(n, y, x, c, i, j) -> (n, y, x, c)>], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%p, %w : tensor<2x13x21x8xf32>, tensor<3x3x8xf32>) outs(%f : tensor<2x11x19x8xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %sum = arith.addf %o, %m : f32
    linalg.yield %sum : f32
  } -> tensor<2x11x19x8xf32>
  kernel.return %r : tensor<2x11x19x8xf32>
}
