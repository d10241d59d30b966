// Products of bytes with packed weights in pairs, the data widened to 16 bits: GEMM and convolutions, with depths and channels that are odd,
// pads and strides, all signs.
// RUN: kernel-check %s
// RUN: kernel-check %s --checked
// RUN: kernel-check %s --strided
// RUN: kernel-check %s --no-schedule --checked
// RUN: kernel-check %s --target=x86-64-v2
// RUN: kernel-check %s --target=x86-64-v3

#map = affine_map<(d0, d1) -> (d0, d1)>
#map1 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d3, d4)>
#map2 = affine_map<(d0, d1, d2, d3, d4) -> (d1, d3, d2, d4)>
#map3 = affine_map<(d0, d1, d2, d3, d4) -> (d0, d1, d2)>
#map4 = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#map5 = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1 + d5, d2 * 3 + d6 * 2 + d7)>
#map6 = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d3, d5, d6, d4, d7)>
#map7 = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1, d2, d3, d4)>
#map8 = affine_map<(d0, d1, d2, d3, d4, d5, d6, d7) -> (d0, d1 * 2 + d5, d2 * 10 + d6 * 2 + d7)>
  kernel.func @rows(%arg0: tensor<5x10xi8>, %arg1: tensor<1x5x24x2xi8>) -> tensor<5x24xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [3, 24], order = [0, 1], lanes = 8, producers = outer, dot = 2>} {
    %c0_i32 = arith.constant 0 : i32
    %0 = tensor.empty() : tensor<5x10xi16>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%arg0 : tensor<5x10xi8>) outs(%0 : tensor<5x10xi16>) {
    ^bb0(%in: i8, %out: i16):
      %5 = arith.extui %in : i8 to i16
      linalg.yield %5 : i16
    } -> tensor<5x10xi16>
    %expanded = tensor.expand_shape %1 [[0], [1, 2]] output_shape [5, 5, 2] : tensor<5x10xi16> into tensor<5x5x2xi16>
    %2 = tensor.empty() : tensor<5x1x24xi32>
    %3 = linalg.fill ins(%c0_i32 : i32) outs(%2 : tensor<5x1x24xi32>) -> tensor<5x1x24xi32>
    %4 = linalg.generic {indexing_maps = [#map1, #map2, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%expanded, %arg1 : tensor<5x5x2xi16>, tensor<1x5x24x2xi8>) outs(%3 : tensor<5x1x24xi32>) {
    ^bb0(%in: i16, %in_0: i8, %out: i32):
      %5 = arith.extsi %in : i16 to i32
      %6 = arith.extsi %in_0 : i8 to i32
      %7 = arith.muli %5, %6 : i32
      %8 = arith.addi %out, %7 : i32
      linalg.yield %8 : i32
    } -> tensor<5x1x24xi32>
    %collapsed = tensor.collapse_shape %4 [[0], [1, 2]] : tensor<5x1x24xi32> into tensor<5x24xi32>
    kernel.return %collapsed : tensor<5x24xi32>
  }
  kernel.func @image(%arg0: tensor<1x9x9x3xi8>, %arg1: tensor<3x5x8x8x2xi8>) -> tensor<1x7x7x24xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 7, 8], order = [0, 1, 2, 3], lanes = 8, producers = root, dot = 2>} {
    %c0_i32 = arith.constant 0 : i32
    %c5_i8 = arith.constant 5 : i8
    %collapsed = tensor.collapse_shape %arg0 [[0], [1], [2, 3]] : tensor<1x9x9x3xi8> into tensor<1x9x27xi8>
    %padded = tensor.pad %collapsed low[0, 1, 3] high[0, 1, 4] {
    ^bb0(%arg2: index, %arg3: index, %arg4: index):
      tensor.yield %c5_i8 : i8
    } : tensor<1x9x27xi8> to tensor<1x11x34xi8>
    %0 = tensor.empty() : tensor<1x11x34xi16>
    %1 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%padded : tensor<1x11x34xi8>) outs(%0 : tensor<1x11x34xi16>) {
    ^bb0(%in: i8, %out: i16):
      %5 = arith.extsi %in : i8 to i16
      linalg.yield %5 : i16
    } -> tensor<1x11x34xi16>
    %2 = tensor.empty() : tensor<1x7x7x3x8xi32>
    %3 = linalg.fill ins(%c0_i32 : i32) outs(%2 : tensor<1x7x7x3x8xi32>) -> tensor<1x7x7x3x8xi32>
    %4 = linalg.generic {indexing_maps = [#map5, #map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%1, %arg1 : tensor<1x11x34xi16>, tensor<3x5x8x8x2xi8>) outs(%3 : tensor<1x7x7x3x8xi32>) {
    ^bb0(%in: i16, %in_1: i8, %out: i32):
      %5 = arith.extsi %in : i16 to i32
      %6 = arith.extui %in_1 : i8 to i32
      %7 = arith.muli %5, %6 : i32
      %8 = arith.addi %out, %7 : i32
      linalg.yield %8 : i32
    } -> tensor<1x7x7x3x8xi32>
    %collapsed_0 = tensor.collapse_shape %4 [[0], [1], [2], [3, 4]] : tensor<1x7x7x3x8xi32> into tensor<1x7x7x24xi32>
    kernel.return %collapsed_0 : tensor<1x7x7x24xi32>
  }
  kernel.func @odd_depth(%arg0: tensor<9x7xi8>, %arg1: tensor<5x4x8x2xi8>) -> tensor<9x33xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [9, 8], order = [0, 1], lanes = 8, producers = outer, dot = 2>} {
    %c0_i32 = arith.constant 0 : i32
    %c0_i8 = arith.constant 0 : i8
    %padded = tensor.pad %arg0 low[0, 0] high[0, 1] {
    ^bb0(%arg2: index, %arg3: index):
      tensor.yield %c0_i8 : i8
    } : tensor<9x7xi8> to tensor<9x8xi8>
    %0 = tensor.empty() : tensor<9x8xi16>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%padded : tensor<9x8xi8>) outs(%0 : tensor<9x8xi16>) {
    ^bb0(%in: i8, %out: i16):
      %5 = arith.extsi %in : i8 to i16
      linalg.yield %5 : i16
    } -> tensor<9x8xi16>
    %expanded = tensor.expand_shape %1 [[0], [1, 2]] output_shape [9, 4, 2] : tensor<9x8xi16> into tensor<9x4x2xi16>
    %2 = tensor.empty() : tensor<9x5x8xi32>
    %3 = linalg.fill ins(%c0_i32 : i32) outs(%2 : tensor<9x5x8xi32>) -> tensor<9x5x8xi32>
    %4 = linalg.generic {indexing_maps = [#map1, #map2, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%expanded, %arg1 : tensor<9x4x2xi16>, tensor<5x4x8x2xi8>) outs(%3 : tensor<9x5x8xi32>) {
    ^bb0(%in: i16, %in_0: i8, %out: i32):
      %5 = arith.extsi %in : i16 to i32
      %6 = arith.extui %in_0 : i8 to i32
      %7 = arith.muli %5, %6 : i32
      %8 = arith.addi %out, %7 : i32
      linalg.yield %8 : i32
    } -> tensor<9x5x8xi32>
    %collapsed = tensor.collapse_shape %4 [[0], [1, 2]] : tensor<9x5x8xi32> into tensor<9x40xi32>
    %extracted_slice = tensor.extract_slice %collapsed[0, 0] [9, 33] [1, 1] : tensor<9x40xi32> to tensor<9x33xi32>
    kernel.return %extracted_slice : tensor<9x33xi32>
  }
  kernel.func @one_row(%arg0: tensor<1x7xi8>, %arg1: tensor<2x4x32x2xi8>) -> tensor<1x33xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 32], order = [0, 1], lanes = 8, producers = outer, dot = 2>} {
    %c0_i32 = arith.constant 0 : i32
    %c0_i8 = arith.constant 0 : i8
    %padded = tensor.pad %arg0 low[0, 0] high[0, 1] {
    ^bb0(%arg2: index, %arg3: index):
      tensor.yield %c0_i8 : i8
    } : tensor<1x7xi8> to tensor<1x8xi8>
    %0 = tensor.empty() : tensor<1x8xi16>
    %1 = linalg.generic {indexing_maps = [#map, #map], iterator_types = ["parallel", "parallel"]} ins(%padded : tensor<1x8xi8>) outs(%0 : tensor<1x8xi16>) {
    ^bb0(%in: i8, %out: i16):
      %5 = arith.extui %in : i8 to i16
      linalg.yield %5 : i16
    } -> tensor<1x8xi16>
    %expanded = tensor.expand_shape %1 [[0], [1, 2]] output_shape [1, 4, 2] : tensor<1x8xi16> into tensor<1x4x2xi16>
    %2 = tensor.empty() : tensor<1x2x32xi32>
    %3 = linalg.fill ins(%c0_i32 : i32) outs(%2 : tensor<1x2x32xi32>) -> tensor<1x2x32xi32>
    %4 = linalg.generic {indexing_maps = [#map1, #map2, #map3], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%expanded, %arg1 : tensor<1x4x2xi16>, tensor<2x4x32x2xi8>) outs(%3 : tensor<1x2x32xi32>) {
    ^bb0(%in: i16, %in_0: i8, %out: i32):
      %5 = arith.extsi %in : i16 to i32
      %6 = arith.extui %in_0 : i8 to i32
      %7 = arith.muli %5, %6 : i32
      %8 = arith.addi %out, %7 : i32
      linalg.yield %8 : i32
    } -> tensor<1x2x32xi32>
    %collapsed = tensor.collapse_shape %4 [[0], [1, 2]] : tensor<1x2x32xi32> into tensor<1x64xi32>
    %extracted_slice = tensor.extract_slice %collapsed[0, 0] [1, 33] [1, 1] : tensor<1x64xi32> to tensor<1x33xi32>
    kernel.return %extracted_slice : tensor<1x33xi32>
  }
  kernel.func @strided(%arg0: tensor<1x13x13x5xi8>, %arg1: tensor<5x3x8x8x2xi8>) -> tensor<1x7x7x40xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 7, 8], order = [0, 1, 2, 3], lanes = 8, producers = root, dot = 2>} {
    %c0_i32 = arith.constant 0 : i32
    %c5_i8 = arith.constant 5 : i8
    %collapsed = tensor.collapse_shape %arg0 [[0], [1], [2, 3]] : tensor<1x13x13x5xi8> into tensor<1x13x65xi8>
    %padded = tensor.pad %collapsed low[0, 1, 5] high[0, 1, 6] {
    ^bb0(%arg2: index, %arg3: index, %arg4: index):
      tensor.yield %c5_i8 : i8
    } : tensor<1x13x65xi8> to tensor<1x15x76xi8>
    %0 = tensor.empty() : tensor<1x15x76xi16>
    %1 = linalg.generic {indexing_maps = [#map4, #map4], iterator_types = ["parallel", "parallel", "parallel"]} ins(%padded : tensor<1x15x76xi8>) outs(%0 : tensor<1x15x76xi16>) {
    ^bb0(%in: i8, %out: i16):
      %5 = arith.extsi %in : i8 to i16
      linalg.yield %5 : i16
    } -> tensor<1x15x76xi16>
    %2 = tensor.empty() : tensor<1x7x7x5x8xi32>
    %3 = linalg.fill ins(%c0_i32 : i32) outs(%2 : tensor<1x7x7x5x8xi32>) -> tensor<1x7x7x5x8xi32>
    %4 = linalg.generic {indexing_maps = [#map8, #map6, #map7], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%1, %arg1 : tensor<1x15x76xi16>, tensor<5x3x8x8x2xi8>) outs(%3 : tensor<1x7x7x5x8xi32>) {
    ^bb0(%in: i16, %in_1: i8, %out: i32):
      %5 = arith.extsi %in : i16 to i32
      %6 = arith.extui %in_1 : i8 to i32
      %7 = arith.muli %5, %6 : i32
      %8 = arith.addi %out, %7 : i32
      linalg.yield %8 : i32
    } -> tensor<1x7x7x5x8xi32>
    %collapsed_0 = tensor.collapse_shape %4 [[0], [1], [2], [3, 4]] : tensor<1x7x7x5x8xi32> into tensor<1x7x7x40xi32>
    kernel.return %collapsed_0 : tensor<1x7x7x40xi32>
  }
