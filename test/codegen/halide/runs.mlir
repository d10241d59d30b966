// Runs of the rows of a window, copied one after the other for each output: vectors of the copy are chosen from vectors of the padded
// rows, none is gathered, and the copy is made for a line of outputs at a time. Without a pad nothing may be read beyond the rows.
// RUN: kernel-check %s
// RUN: kernel-check %s --checked
// RUN: kernel-check %s --strided
// RUN: kernel-check %s --no-schedule --checked
// RUN: kernel-check %s --target=x86-64-v3
// RUN: kernel-check %s --target=x86-64-v2
// RUN: kernel-check %s --target=x86-64-v3 --print | FileCheck %s
#same = affine_map<(n, y, x, k) -> (n, y, x, k)>
#data = affine_map<(n, y, x, no, ni, g, r) -> (n, y, x, g, r)>
#weights = affine_map<(n, y, x, no, ni, g, r) -> (no, g, ni, r)>
#sums = affine_map<(n, y, x, no, ni, g, r) -> (n, y, x, no, ni)>

// CHECK-LABEL: seven_rows
// CHECK: for (dlc_out
// CHECK: allocate {{.*}}[int8 * 148 * 15 * 1 * 1]
// CHECK: select(int8x{{16|32}}(ramp(0, 1, {{16|32}})) < {{.*}}, dlc_pad{{[^ ]*}}[ramp({{[^,]*}}, 1, {{16|32}}){{.*}}], 
#copy_seven_rows = affine_map<(n, y, x, k) -> (n, y * 2 + (k floordiv 21) * 1, x * 6 + k mod 21)>
kernel.func @seven_rows(%arg0: tensor<1x23x87xi8>, %arg1: tensor<4x37x16x4xi8>) -> tensor<1x12x15x64xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 4, 16], order = [0, 1, 2, 3], lanes = 16, producers = root, pad = root, dot = 4>} {
  %border = arith.constant 9 : i8
  %zero = arith.constant 0 : i32
  %padded = tensor.pad %arg0 low[0, 3, 9] high[0, 4, 10] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %border : i8
  } : tensor<1x23x87xi8> to tensor<1x30x106xi8>
  %0 = tensor.empty() : tensor<1x12x15x148xi8>
  %runs = linalg.generic {indexing_maps = [#copy_seven_rows, #same], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%padded : tensor<1x30x106xi8>) outs(%0 : tensor<1x12x15x148xi8>) {
  ^bb0(%in: i8, %out: i8):
    linalg.yield %in : i8
  } -> tensor<1x12x15x148xi8>
  %groups = tensor.expand_shape %runs [[0], [1], [2], [3, 4]] output_shape [1, 12, 15, 37, 4] : tensor<1x12x15x148xi8> into tensor<1x12x15x37x4xi8>
  %1 = tensor.empty() : tensor<1x12x15x4x16xi32>
  %2 = linalg.fill ins(%zero : i32) outs(%1 : tensor<1x12x15x4x16xi32>) -> tensor<1x12x15x4x16xi32>
  %3 = linalg.generic {indexing_maps = [#data, #weights, #sums], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%groups, %arg1 : tensor<1x12x15x37x4xi8>, tensor<4x37x16x4xi8>) outs(%2 : tensor<1x12x15x4x16xi32>) {
  ^bb0(%in: i8, %in_0: i8, %out: i32):
    %5 = arith.extui %in : i8 to i32
    %6 = arith.extsi %in_0 : i8 to i32
    %7 = arith.muli %5, %6 : i32
    %8 = arith.addi %out, %7 : i32
    linalg.yield %8 : i32
  } -> tensor<1x12x15x4x16xi32>
  %4 = tensor.collapse_shape %3 [[0], [1], [2], [3, 4]] : tensor<1x12x15x4x16xi32> into tensor<1x12x15x64xi32>
  kernel.return %4 : tensor<1x12x15x64xi32>
}

// CHECK-LABEL: dilated_rows
// CHECK: select(int8x{{16|32}}(ramp(0, 1, {{16|32}})) < {{.*}}, dlc_pad{{[^ ]*}}[ramp({{[^,]*}}, 1, {{16|32}}){{.*}}], 
#copy_dilated_rows = affine_map<(n, y, x, k) -> (n, y * 1 + (k floordiv 6) * 2, x * 2 + k mod 6)>
kernel.func @dilated_rows(%arg0: tensor<2x11x26xi8>, %arg1: tensor<1x5x32x4xi8>) -> tensor<2x11x13x32xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 6, 32], order = [0, 1, 2, 3], lanes = 16, parallel = [1], producers = root, pad = root, dot = 4>} {
  %border = arith.constant -5 : i8
  %zero = arith.constant 0 : i32
  %padded = tensor.pad %arg0 low[0, 2, 2] high[0, 4, 3] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %border : i8
  } : tensor<2x11x26xi8> to tensor<2x17x31xi8>
  %0 = tensor.empty() : tensor<2x11x13x20xi8>
  %runs = linalg.generic {indexing_maps = [#copy_dilated_rows, #same], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%padded : tensor<2x17x31xi8>) outs(%0 : tensor<2x11x13x20xi8>) {
  ^bb0(%in: i8, %out: i8):
    linalg.yield %in : i8
  } -> tensor<2x11x13x20xi8>
  %groups = tensor.expand_shape %runs [[0], [1], [2], [3, 4]] output_shape [2, 11, 13, 5, 4] : tensor<2x11x13x20xi8> into tensor<2x11x13x5x4xi8>
  %1 = tensor.empty() : tensor<2x11x13x1x32xi32>
  %2 = linalg.fill ins(%zero : i32) outs(%1 : tensor<2x11x13x1x32xi32>) -> tensor<2x11x13x1x32xi32>
  %3 = linalg.generic {indexing_maps = [#data, #weights, #sums], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%groups, %arg1 : tensor<2x11x13x5x4xi8>, tensor<1x5x32x4xi8>) outs(%2 : tensor<2x11x13x1x32xi32>) {
  ^bb0(%in: i8, %in_0: i8, %out: i32):
    %5 = arith.extui %in : i8 to i32
    %6 = arith.extsi %in_0 : i8 to i32
    %7 = arith.muli %5, %6 : i32
    %8 = arith.addi %out, %7 : i32
    linalg.yield %8 : i32
  } -> tensor<2x11x13x1x32xi32>
  %4 = tensor.collapse_shape %3 [[0], [1], [2], [3, 4]] : tensor<2x11x13x1x32xi32> into tensor<2x11x13x32xi32>
  kernel.return %4 : tensor<2x11x13x32xi32>
}

// CHECK-LABEL: one_channel
// CHECK: select(int8x{{16|32}}(ramp(0, 1, {{16|32}})) < {{.*}}, dlc_pad{{[^ ]*}}[ramp({{[^,]*}}, 1, {{16|32}}){{.*}}], 
#copy_one_channel = affine_map<(n, y, x, k) -> (n, y * 1 + (k floordiv 5) * 1, x * 1 + k mod 5)>
kernel.func @one_channel(%arg0: tensor<1x9x17xi8>, %arg1: tensor<2x7x16x4xi8>) -> tensor<1x9x17x32xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 4, 16], order = [0, 1, 2, 3], lanes = 16, producers = root, pad = root, dot = 4>} {
  %border = arith.constant 0 : i8
  %zero = arith.constant 0 : i32
  %padded = tensor.pad %arg0 low[0, 2, 2] high[0, 3, 3] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %border : i8
  } : tensor<1x9x17xi8> to tensor<1x14x22xi8>
  %0 = tensor.empty() : tensor<1x9x17x28xi8>
  %runs = linalg.generic {indexing_maps = [#copy_one_channel, #same], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%padded : tensor<1x14x22xi8>) outs(%0 : tensor<1x9x17x28xi8>) {
  ^bb0(%in: i8, %out: i8):
    linalg.yield %in : i8
  } -> tensor<1x9x17x28xi8>
  %groups = tensor.expand_shape %runs [[0], [1], [2], [3, 4]] output_shape [1, 9, 17, 7, 4] : tensor<1x9x17x28xi8> into tensor<1x9x17x7x4xi8>
  %1 = tensor.empty() : tensor<1x9x17x2x16xi32>
  %2 = linalg.fill ins(%zero : i32) outs(%1 : tensor<1x9x17x2x16xi32>) -> tensor<1x9x17x2x16xi32>
  %3 = linalg.generic {indexing_maps = [#data, #weights, #sums], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%groups, %arg1 : tensor<1x9x17x7x4xi8>, tensor<2x7x16x4xi8>) outs(%2 : tensor<1x9x17x2x16xi32>) {
  ^bb0(%in: i8, %in_0: i8, %out: i32):
    %5 = arith.extui %in : i8 to i32
    %6 = arith.extsi %in_0 : i8 to i32
    %7 = arith.muli %5, %6 : i32
    %8 = arith.addi %out, %7 : i32
    linalg.yield %8 : i32
  } -> tensor<1x9x17x2x16xi32>
  %4 = tensor.collapse_shape %3 [[0], [1], [2], [3, 4]] : tensor<1x9x17x2x16xi32> into tensor<1x9x17x32xi32>
  kernel.return %4 : tensor<1x9x17x32xi32>
}

// Another division than that of the runs stays what it is.
// CHECK-LABEL: rows_twice
#twice = affine_map<(i, k) -> (i floordiv 2, k floordiv 4, k mod 4)>
#place = affine_map<(i, k) -> (i, k)>
kernel.func @rows_twice(%x: tensor<4x3x9xf32>) -> tensor<8x12xf32> attributes {schedule = #kernel.schedule<halide, elementwise, tile = [1, 12], order = [0, 1], lanes = 8>} {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 0, 0] high[0, 0, 1] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<4x3x9xf32> to tensor<4x3x10xf32>
  %e = tensor.empty() : tensor<8x12xf32>
  %c = linalg.generic {indexing_maps = [#twice, #place], iterator_types = ["parallel", "parallel"]} ins(%p : tensor<4x3x10xf32>) outs(%e : tensor<8x12xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %a, %a : f32
    linalg.yield %s : f32
  } -> tensor<8x12xf32>
  kernel.return %c : tensor<8x12xf32>
}

// CHECK-LABEL: no_pad
// CHECK-NOT: select(int8x
#copy_no_pad = affine_map<(n, y, x, k) -> (n, y + k floordiv 12, x * 4 + k mod 12)>
kernel.func @no_pad(%arg0: tensor<1x7x36xi8>, %arg1: tensor<1x9x16x4xi8>) -> tensor<1x5x7x16xi32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 7, 16], order = [0, 1, 2, 3], lanes = 16, producers = root, pad = root, dot = 4>} {
  %zero = arith.constant 0 : i32
  %0 = tensor.empty() : tensor<1x5x7x36xi8>
  %runs = linalg.generic {indexing_maps = [#copy_no_pad, #same], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%arg0 : tensor<1x7x36xi8>) outs(%0 : tensor<1x5x7x36xi8>) {
  ^bb0(%in: i8, %out: i8):
    linalg.yield %in : i8
  } -> tensor<1x5x7x36xi8>
  %groups = tensor.expand_shape %runs [[0], [1], [2], [3, 4]] output_shape [1, 5, 7, 9, 4] : tensor<1x5x7x36xi8> into tensor<1x5x7x9x4xi8>
  %1 = tensor.empty() : tensor<1x5x7x1x16xi32>
  %2 = linalg.fill ins(%zero : i32) outs(%1 : tensor<1x5x7x1x16xi32>) -> tensor<1x5x7x1x16xi32>
  %3 = linalg.generic {indexing_maps = [#data, #weights, #sums], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%groups, %arg1 : tensor<1x5x7x9x4xi8>, tensor<1x9x16x4xi8>) outs(%2 : tensor<1x5x7x1x16xi32>) {
  ^bb0(%in: i8, %in_0: i8, %out: i32):
    %5 = arith.extui %in : i8 to i32
    %6 = arith.extsi %in_0 : i8 to i32
    %7 = arith.muli %5, %6 : i32
    %8 = arith.addi %out, %7 : i32
    linalg.yield %8 : i32
  } -> tensor<1x5x7x1x16xi32>
  %4 = tensor.collapse_shape %3 [[0], [1], [2], [3, 4]] : tensor<1x5x7x1x16xi32> into tensor<1x5x7x16xi32>
  kernel.return %4 : tensor<1x5x7x16xi32>
}
