// Reshapes, slices, pads, concatenations, gathers, transposes; static and dynamic.
// RUN: kernel-check %s
// RUN: kernel-check %s --checked
// RUN: kernel-check %s --strided
// RUN: kernel-check %s --no-schedule --checked

kernel.func @transpose(%x: tensor<33x50xf32>) -> tensor<50x33xf32> {
  %e = tensor.empty() : tensor<50x33xf32>
  %r = linalg.transpose ins(%x : tensor<33x50xf32>) outs(%e : tensor<50x33xf32>) permutation = [1, 0]
  kernel.return %r : tensor<50x33xf32>
}
kernel.func @transpose_heads(%x: tensor<2x20x4x16xf32>) -> tensor<2x4x16x20xf32> {
  %e = tensor.empty() : tensor<2x4x16x20xf32>
  %r = linalg.transpose ins(%x : tensor<2x20x4x16xf32>) outs(%e : tensor<2x4x16x20xf32>) permutation = [0, 2, 3, 1]
  kernel.return %r : tensor<2x4x16x20xf32>
}
kernel.func @reshape_chain(%x: tensor<7x11x13x6xf32>) -> tensor<66x91xf32> {
  %a = tensor.collapse_shape %x [[0, 1, 2, 3]] : tensor<7x11x13x6xf32> into tensor<6006xf32>
  %b = tensor.expand_shape %a [[0, 1]] output_shape [91, 66] : tensor<6006xf32> into tensor<91x66xf32>
  %e = tensor.empty() : tensor<66x91xf32>
  %r = linalg.transpose ins(%b : tensor<91x66xf32>) outs(%e : tensor<66x91xf32>) permutation = [1, 0]
  kernel.return %r : tensor<66x91xf32>
}
// A factor without dimensions, from one with a dimension of 1.
kernel.func @reshape_to_number(%x: tensor<5x40xf32>, %f: tensor<1xf32>) -> tensor<5x40xf32> {
  %n = tensor.collapse_shape %f [] : tensor<1xf32> into tensor<f32>
  %e = tensor.empty() : tensor<5x40xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> ()>, affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} ins(%x, %n : tensor<5x40xf32>, tensor<f32>) outs(%e : tensor<5x40xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %p = arith.mulf %a, %b : f32
    linalg.yield %p : f32
  } -> tensor<5x40xf32>
  kernel.return %r : tensor<5x40xf32>
}
kernel.func @dynamic_reshape(%x: tensor<?x12xf32> {kernel.extents = array<i64: 0>}, %n: index) -> (tensor<?x3x4xf32> {kernel.extents = array<i64: 0>})
    attributes {test.sizes = [array<i64: 1>, array<i64: 9>]} {
  %a = tensor.expand_shape %x [[0], [1, 2]] output_shape [%n, 3, 4] : tensor<?x12xf32> into tensor<?x3x4xf32>
  kernel.return %a : tensor<?x3x4xf32>
}
kernel.func @concat_channels(%x: tensor<5x3x8xf32>, %y: tensor<5x3x20xf32>, %z: tensor<5x3x1xf32>) -> tensor<5x3x29xf32> {
  %r = tensor.concat dim(2) %x, %y, %z : (tensor<5x3x8xf32>, tensor<5x3x20xf32>, tensor<5x3x1xf32>) -> tensor<5x3x29xf32>
  kernel.return %r : tensor<5x3x29xf32>
}
kernel.func @concat_rows(%x: tensor<?x9xf32> {kernel.extents = array<i64: 0>}, %y: tensor<?x9xf32> {kernel.extents = array<i64: 1>}, %n: index, %m: index, %s: index)
    -> (tensor<?x9xf32> {kernel.extents = array<i64: 2>})
    attributes {test.sizes = [array<i64: 1, 1, 2>, array<i64: 4, 7, 11>]} {
  %r = tensor.concat dim(0) %x, %y : (tensor<?x9xf32>, tensor<?x9xf32>) -> tensor<?x9xf32>
  kernel.return %r : tensor<?x9xf32>
}
kernel.func @strided_slice(%x: tensor<20x30xf32>) -> tensor<7x9xf32> {
  %r = tensor.extract_slice %x[2, 3] [7, 9] [2, 3] : tensor<20x30xf32> to tensor<7x9xf32>
  kernel.return %r : tensor<7x9xf32>
}
kernel.func @rank_reducing_slice(%x: tensor<20x3x30xf32>) -> tensor<20x30xf32> {
  %r = tensor.extract_slice %x[0, 1, 0] [20, 1, 30] [1, 1, 1] : tensor<20x3x30xf32> to tensor<20x30xf32>
  kernel.return %r : tensor<20x30xf32>
}
kernel.func @insert(%x: tensor<4x5xf32>, %y: tensor<10x17xf32>) -> tensor<10x17xf32> {
  %r = tensor.insert_slice %x into %y[1, 2] [4, 5] [2, 3] : tensor<4x5xf32> into tensor<10x17xf32>
  kernel.return %r : tensor<10x17xf32>
}
kernel.func @pad_value(%x: tensor<4x5xi32>, %v: tensor<i32>) -> tensor<9x8xi32> {
  %s = tensor.extract %v[] : tensor<i32>
  %p = tensor.pad %x low[2, 0] high[3, 3] {
  ^bb0(%i: index, %j: index):
    tensor.yield %s : i32
  } : tensor<4x5xi32> to tensor<9x8xi32>
  kernel.return %p : tensor<9x8xi32>
}
kernel.func @dynamic_pad(%x: tensor<?x5xf32> {kernel.extents = array<i64: 0>}, %n: index, %m: index) -> (tensor<?x8xf32> {kernel.extents = array<i64: 1>})
    attributes {test.sizes = [array<i64: 3, 10>, array<i64: 1, 1>]} {
  %z = arith.constant 7.0 : f32
  %high = arith.subi %m, %n : index
  %p = tensor.pad %x low[0, 1] high[%high, 2] {
  ^bb0(%i: index, %j: index):
    tensor.yield %z : f32
  } : tensor<?x5xf32> to tensor<?x8xf32>
  kernel.return %p : tensor<?x8xf32>
}
#id = affine_map<(i, j) -> (i, j)>
// Indices from data: negative and too large ones are clamped.
kernel.func @gather(%t: tensor<40x12xf32>, %i: tensor<9xi64>) -> tensor<9x12xf32> attributes {test.integers = 10} {
  %e = tensor.empty() : tensor<9x12xf32>
  %c40 = arith.constant 40 : i64
  %zero = arith.constant 0 : i64
  %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i)>, #id], iterator_types = ["parallel", "parallel"]}
      ins(%i : tensor<9xi64>) outs(%e : tensor<9x12xf32>) {
  ^bb0(%n: i64, %o: f32):
    %neg = arith.cmpi slt, %n, %zero : i64
    %up = arith.addi %n, %c40 : i64
    %k = arith.select %neg, %up, %n : i64
    %x = arith.index_cast %k : i64 to index
    %j = linalg.index 1 : index
    %v = tensor.extract %t[%x, %j] : tensor<40x12xf32>
    linalg.yield %v : f32
  } -> tensor<9x12xf32>
  kernel.return %r : tensor<9x12xf32>
}
kernel.func @reversed(%x: tensor<8x50xf32>) -> tensor<8x50xf32> {
  %e = tensor.empty() : tensor<8x50xf32>
  %c49 = arith.constant 49 : index
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<8x50xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %k = arith.subi %c49, %j : index
    %v = tensor.extract %x[%i, %k] : tensor<8x50xf32>
    linalg.yield %v : f32
  } -> tensor<8x50xf32>
  kernel.return %r : tensor<8x50xf32>
}
kernel.func @reversed_by_map(%x: tensor<8x50xf32>) -> tensor<8x50xf32> {
  %e = tensor.empty() : tensor<8x50xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, 49 - j)>, #id], iterator_types = ["parallel", "parallel"]}
     ins(%x : tensor<8x50xf32>) outs(%e : tensor<8x50xf32>) {
  ^bb0(%v: f32, %o: f32):
    linalg.yield %v : f32
  } -> tensor<8x50xf32>
  kernel.return %r : tensor<8x50xf32>
}
// Reflection by arithmetic on indices; roll by a remainder.
kernel.func @reflect_pad(%x: tensor<8x20xf32>) -> tensor<8x26xf32> {
  %e = tensor.empty() : tensor<8x26xf32>
  %c3 = arith.constant 3 : index
  %c19 = arith.constant 19 : index
  %c38 = arith.constant 38 : index
  %zero = arith.constant 0 : index
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<8x26xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %k = arith.subi %j, %c3 : index
    %n = arith.subi %zero, %k : index
    %a = arith.maxsi %k, %n : index
    %m = arith.subi %c38, %a : index
    %b = arith.minsi %a, %m : index
    %v = tensor.extract %x[%i, %b] : tensor<8x20xf32>
    linalg.yield %v : f32
  } -> tensor<8x26xf32>
  kernel.return %r : tensor<8x26xf32>
}
kernel.func @roll_by_apply(%x: tensor<8x20xf32>) -> tensor<8x20xf32> {
  %e = tensor.empty() : tensor<8x20xf32>
  %r = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel", "parallel"]} outs(%e : tensor<8x20xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %k = affine.apply affine_map<(d0) -> ((d0 + 7) mod 20)>(%j)
    %v = tensor.extract %x[%i, %k] : tensor<8x20xf32>
    linalg.yield %v : f32
  } -> tensor<8x20xf32>
  kernel.return %r : tensor<8x20xf32>
}
kernel.func @nearest_resize(%x: tensor<1x5x5x9xf32>) -> tensor<1x13x8x9xf32> {
  %e = tensor.empty() : tensor<1x13x8x9xf32>
  %z = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %s = arith.constant 0.384615391 : f32
  %t = arith.constant 0.625 : f32
  %r = linalg.generic {indexing_maps = [affine_map<(a, b, c, d) -> (a, b, c, d)>], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} outs(%e : tensor<1x13x8x9xf32>) {
  ^bb0(%o: f32):
    %i = linalg.index 1 : index
    %j = linalg.index 2 : index
    %k = linalg.index 3 : index
    %i1 = arith.index_cast %i : index to i64
    %j1 = arith.index_cast %j : index to i64
    %fi = arith.sitofp %i1 : i64 to f32
    %fj = arith.sitofp %j1 : i64 to f32
    %pi = arith.mulf %fi, %s : f32
    %pj = arith.mulf %fj, %t : f32
    %qi = math.floor %pi : f32
    %qj = math.floor %pj : f32
    %ni = arith.fptosi %qi : f32 to i64
    %nj = arith.fptosi %qj : f32 to i64
    %xi = arith.index_cast %ni : i64 to index
    %xj = arith.index_cast %nj : i64 to index
    %v = tensor.extract %x[%z, %xi, %xj, %k] : tensor<1x5x5x9xf32>
    linalg.yield %v : f32
  } -> tensor<1x13x8x9xf32>
  kernel.return %r : tensor<1x13x8x9xf32>
}
kernel.func @channel_shuffle(%x: tensor<2x4x3x6xf32>) -> tensor<2x4x18xf32> {
  %e = tensor.empty() : tensor<2x4x6x3xf32>
  %t = linalg.transpose ins(%x : tensor<2x4x3x6xf32>) outs(%e : tensor<2x4x6x3xf32>) permutation = [0, 1, 3, 2]
  %r = tensor.collapse_shape %t [[0], [1], [2, 3]] : tensor<2x4x6x3xf32> into tensor<2x4x18xf32>
  kernel.return %r : tensor<2x4x18xf32>
}
kernel.func @broadcast_chain(%x: tensor<5x1x9xf32>, %y: tensor<7x1xf32>, %s: tensor<f32>) -> tensor<5x7x9xf32> {
  %c = arith.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]> : tensor<9xf32>
  %e = tensor.empty() : tensor<5x7x9xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(a, b, c) -> (a, 0, c)>, affine_map<(a, b, c) -> (b, 0)>, affine_map<(a, b, c) -> ()>, affine_map<(a, b, c) -> (c)>, affine_map<(a, b, c) -> (a, b, c)>],
      iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%x, %y, %s, %c : tensor<5x1x9xf32>, tensor<7x1xf32>, tensor<f32>, tensor<9xf32>) outs(%e : tensor<5x7x9xf32>) {
  ^bb0(%a: f32, %b: f32, %d: f32, %k: f32, %o: f32):
    %t = arith.addf %a, %b : f32
    %u = arith.mulf %t, %d : f32
    %v = arith.subf %u, %k : f32
    linalg.yield %v : f32
  } -> tensor<5x7x9xf32>
  kernel.return %r : tensor<5x7x9xf32>
}
kernel.func @constants(%x: tensor<6xi64>) -> (tensor<6xi64>, tensor<6xi1>, tensor<6xf16>, tensor<2x3xf32>) {
  %a = arith.constant dense<[1, -2, 3, 9223372036854775807, 5, 6]> : tensor<6xi64>
  %b = arith.constant dense<[true, false, true, true, false, false]> : tensor<6xi1>
  %h = arith.constant dense<[1.0, 2.5, -3.0, 65504.0, 0.0, 6.0]> : tensor<6xf16>
  %f = arith.constant 2.5 : f32
  %g = arith.constant -1.0 : f32
  %t = tensor.from_elements %f, %g, %f, %g, %g, %f : tensor<2x3xf32>
  %e = tensor.empty() : tensor<6xi64>
  %r = linalg.add ins(%x, %a : tensor<6xi64>, tensor<6xi64>) outs(%e : tensor<6xi64>) -> tensor<6xi64>
  kernel.return %r, %b, %h, %t : tensor<6xi64>, tensor<6xi1>, tensor<6xf16>, tensor<2x3xf32>
}
kernel.func @generated(%n: index) -> (tensor<?x4xi64> {kernel.extents = array<i64: 0>}) attributes {test.sizes = [array<i64: 5>]} {
  %t = tensor.generate %n {
  ^bb0(%i: index, %j: index):
    %c = arith.constant 10 : index
    %m = arith.muli %i, %c : index
    %s = arith.addi %m, %j : index
    %v = arith.index_cast %s : index to i64
    tensor.yield %v : i64
  } : tensor<?x4xi64>
  kernel.return %t : tensor<?x4xi64>
}
// Roll and split into windows, as shifted-window attention does.
kernel.func @windows(%x: tensor<1x12x12x8xf32>) -> tensor<9x4x4x8xf32> {
  %a = tensor.extract_slice %x[0, 2, 0, 0] [1, 10, 12, 8] [1, 1, 1, 1] : tensor<1x12x12x8xf32> to tensor<1x10x12x8xf32>
  %b = tensor.extract_slice %x[0, 0, 0, 0] [1, 2, 12, 8] [1, 1, 1, 1] : tensor<1x12x12x8xf32> to tensor<1x2x12x8xf32>
  %c = tensor.concat dim(1) %a, %b : (tensor<1x10x12x8xf32>, tensor<1x2x12x8xf32>) -> tensor<1x12x12x8xf32>
  %d = tensor.expand_shape %c [[0], [1, 2], [3, 4], [5]] output_shape [1, 3, 4, 3, 4, 8] : tensor<1x12x12x8xf32> into tensor<1x3x4x3x4x8xf32>
  %e = tensor.empty() : tensor<1x3x3x4x4x8xf32>
  %t = linalg.transpose ins(%d : tensor<1x3x4x3x4x8xf32>) outs(%e : tensor<1x3x3x4x4x8xf32>) permutation = [0, 1, 3, 2, 4, 5]
  %r = tensor.collapse_shape %t [[0, 1, 2], [3], [4], [5]] : tensor<1x3x3x4x4x8xf32> into tensor<9x4x4x8xf32>
  kernel.return %r : tensor<9x4x4x8xf32>
}
