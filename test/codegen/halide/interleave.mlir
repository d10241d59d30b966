// Planes that a padded row interleaves: whole vectors of each plane are read, and shuffled into one
// that is stored. Widths are no multiples of vectors, and the row need not end with a whole pixel.
// RUN: kernel-check %s
// RUN: kernel-check %s --checked
// RUN: kernel-check %s --strided
// RUN: kernel-check %s --target=x86-64-v3
// RUN: kernel-check %s --target=x86-64-v2
// RUN: kernel-check %s --target=x86-64-v3 --print | FileCheck %s

// CHECK-LABEL: three_planes
// CHECK: interleave_vectors(dlc_arg_0[ramp({{.*}}, 1, {{8|16}})
#row = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1 + d5, d2 * 3 + d6 * 4 + d7)>
#pixel = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1 + d5, d2 * 2 + d6 * 4 + d7)>
#weights = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d3, d5, d6, d4, d7)>
#sums = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1, d2, d3, d4)>
kernel.func @three_planes(%arg0: tensor<1x3x19x37xi8>, %arg1: tensor<1x5x4x32x4xi8>) -> tensor<1x19x37x32xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 14, 32], order = [0, 1, 2, 3], lanes = 16, producers = root, pad = root, dot = 4>} {
  %c0_i8 = arith.constant 0 : i8
  %c0_i32 = arith.constant 0 : i32
  %0 = tensor.empty() : tensor<1x19x37x3xi8>
  %transposed = linalg.transpose ins(%arg0 : tensor<1x3x19x37xi8>) outs(%0 : tensor<1x19x37x3xi8>) permutation = [0, 2, 3, 1]
  %collapsed = tensor.collapse_shape %transposed [[0], [1], [2, 3]] : tensor<1x19x37x3xi8> into tensor<1x19x111xi8>
  %padded = tensor.pad %collapsed low[0, 2, 6] high[0, 2, 7] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %c0_i8 : i8
  } : tensor<1x19x111xi8> to tensor<1x23x124xi8>
  %1 = tensor.empty() : tensor<1x19x37x1x32xi32>
  %2 = linalg.fill ins(%c0_i32 : i32) outs(%1 : tensor<1x19x37x1x32xi32>) -> tensor<1x19x37x1x32xi32>
  %3 = linalg.generic {indexing_maps = [#row, #weights, #sums], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%padded, %arg1 : tensor<1x23x124xi8>, tensor<1x5x4x32x4xi8>) outs(%2 : tensor<1x19x37x1x32xi32>) {
  ^bb0(%in: i8, %in_0: i8, %out: i32):
    %5 = arith.extui %in : i8 to i32
    %6 = arith.extsi %in_0 : i8 to i32
    %7 = arith.muli %5, %6 : i32
    %8 = arith.addi %out, %7 : i32
    linalg.yield %8 : i32
  } -> tensor<1x19x37x1x32xi32>
  %4 = tensor.collapse_shape %3 [[0], [1], [2], [3, 4]] : tensor<1x19x37x1x32xi32> into tensor<1x19x37x32xi32>
  kernel.return %4 : tensor<1x19x37x32xi32>
}

// CHECK-LABEL: two_planes
// CHECK: interleave_vectors(dlc_arg_0[ramp({{.*}}, 1, {{8|16}})
kernel.func @two_planes(%arg0: tensor<2x2x9x70xi8>, %arg1: tensor<1x3x2x32x4xi8>) -> tensor<2x9x70x32xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 14, 32], order = [0, 1, 2, 3], lanes = 16, producers = root, pad = root, dot = 4>} {
  %c0_i8 = arith.constant 7 : i8
  %c0_i32 = arith.constant 0 : i32
  %0 = tensor.empty() : tensor<2x9x70x2xi8>
  %transposed = linalg.transpose ins(%arg0 : tensor<2x2x9x70xi8>) outs(%0 : tensor<2x9x70x2xi8>) permutation = [0, 2, 3, 1]
  %collapsed = tensor.collapse_shape %transposed [[0], [1], [2, 3]] : tensor<2x9x70x2xi8> into tensor<2x9x140xi8>
  %padded = tensor.pad %collapsed low[0, 1, 2] high[0, 1, 4] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %c0_i8 : i8
  } : tensor<2x9x140xi8> to tensor<2x11x146xi8>
  %1 = tensor.empty() : tensor<2x9x70x1x32xi32>
  %2 = linalg.fill ins(%c0_i32 : i32) outs(%1 : tensor<2x9x70x1x32xi32>) -> tensor<2x9x70x1x32xi32>
  %3 = linalg.generic {indexing_maps = [#pixel, #weights, #sums], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%padded, %arg1 : tensor<2x11x146xi8>, tensor<1x3x2x32x4xi8>) outs(%2 : tensor<2x9x70x1x32xi32>) {
  ^bb0(%in: i8, %in_0: i8, %out: i32):
    %5 = arith.extui %in : i8 to i32
    %6 = arith.extsi %in_0 : i8 to i32
    %7 = arith.muli %5, %6 : i32
    %8 = arith.addi %out, %7 : i32
    linalg.yield %8 : i32
  } -> tensor<2x9x70x1x32xi32>
  %4 = tensor.collapse_shape %3 [[0], [1], [2], [3, 4]] : tensor<2x9x70x1x32xi32> into tensor<2x9x70x32xi32>
  kernel.return %4 : tensor<2x9x70x32xi32>
}

// Pads of one before lines and columns: the interior of a line begins at the same column in every line.
// CHECK-LABEL: low_pads
// CHECK: for (dlc_pad
// CHECK: for (dlc_pad{{.*}}dlc_columns.rebased, 0, {{[0-9]+}})
#even = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1 * 2 + d5, d2 * 6 + d6 * 4 + d7)>
kernel.func @low_pads(%arg0: tensor<1x3x38x74xi8>, %arg1: tensor<1x3x3x32x4xi8>) -> tensor<1x19x37x32xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 14, 32], order = [0, 1, 2, 3], lanes = 16, producers = root, pad = root, dot = 4>} {
  %c0_i8 = arith.constant 3 : i8
  %c0_i32 = arith.constant 0 : i32
  %0 = tensor.empty() : tensor<1x38x74x3xi8>
  %transposed = linalg.transpose ins(%arg0 : tensor<1x3x38x74xi8>) outs(%0 : tensor<1x38x74x3xi8>) permutation = [0, 2, 3, 1]
  %collapsed = tensor.collapse_shape %transposed [[0], [1], [2, 3]] : tensor<1x38x74x3xi8> into tensor<1x38x222xi8>
  %padded = tensor.pad %collapsed low[0, 1, 3] high[0, 1, 6] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %c0_i8 : i8
  } : tensor<1x38x222xi8> to tensor<1x40x231xi8>
  %1 = tensor.empty() : tensor<1x19x37x1x32xi32>
  %2 = linalg.fill ins(%c0_i32 : i32) outs(%1 : tensor<1x19x37x1x32xi32>) -> tensor<1x19x37x1x32xi32>
  %3 = linalg.generic {indexing_maps = [#even, #weights, #sums], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%padded, %arg1 : tensor<1x40x231xi8>, tensor<1x3x3x32x4xi8>) outs(%2 : tensor<1x19x37x1x32xi32>) {
  ^bb0(%in: i8, %in_0: i8, %out: i32):
    %5 = arith.extui %in : i8 to i32
    %6 = arith.extsi %in_0 : i8 to i32
    %7 = arith.muli %5, %6 : i32
    %8 = arith.addi %out, %7 : i32
    linalg.yield %8 : i32
  } -> tensor<1x19x37x1x32xi32>
  %4 = tensor.collapse_shape %3 [[0], [1], [2], [3, 4]] : tensor<1x19x37x1x32xi32> into tensor<1x19x37x32xi32>
  kernel.return %4 : tensor<1x19x37x32xi32>
}
