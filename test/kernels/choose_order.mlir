// What is read across its rows: blocks along the operand's rows, wherever the result has these; and gathered factors.
// RUN: dlc-opt %s --kernel-choose-schedule=target=x86-64-v3 | FileCheck %s
// RUN: dlc-opt %s --kernel-choose-schedule=target=znver4 | FileCheck %s --check-prefix=HALVES

// Channels last to channels first: the operand's rows are channels, in dimension 1.
// CHECK: @planes({{.*}}transpose, tile = [1, 16, 1, 8], order = [0, 2, 1, 3], lanes = 8
// HALVES: @planes({{.*}}transpose, tile = [1, 16, 1, 8], order = [0, 2, 1, 3], lanes = 8
kernel.func @planes(%x: tensor<1x7x56x64xf32>) -> tensor<1x64x7x56xf32> {
  %e = tensor.empty() : tensor<1x64x7x56xf32>
  %r = linalg.transpose ins(%x : tensor<1x7x56x64xf32>) outs(%e : tensor<1x64x7x56xf32>) permutation = [0, 3, 1, 2]
  kernel.return %r : tensor<1x64x7x56xf32>
}

// Rows of three taps make no block; what shares lines of memory follows each other.
// CHECK: @taps({{.*}}elementwise, tile = [1, 1, 1, 1, 16], order = [0, 3, 1, 2, 4]
kernel.func @taps(%x: tensor<4x32x64x3x3xf32>) -> tensor<4x3x3x64x32xf32> {
  %e = tensor.empty() : tensor<4x3x3x64x32xf32>
  %r = linalg.transpose ins(%x : tensor<4x32x64x3x3xf32>) outs(%e : tensor<4x3x3x64x32xf32>) permutation = [0, 3, 4, 2, 1]
  kernel.return %r : tensor<4x3x3x64x32xf32>
}

// Unit dimensions are no rows.
// CHECK: @pointwise({{.*}}transpose, tile = [1, 1, 1, 16, 8]
kernel.func @pointwise(%x: tensor<4x32x64x1x1xf32>) -> tensor<4x1x1x64x32xf32> {
  %e = tensor.empty() : tensor<4x1x1x64x32xf32>
  %r = linalg.transpose ins(%x : tensor<4x32x64x1x1xf32>) outs(%e : tensor<4x1x1x64x32xf32>) permutation = [0, 3, 4, 2, 1]
  kernel.return %r : tensor<4x1x1x64x32xf32>
}

// Filters of Winograd: a gathered vector of them serves all j, which are the rows of the tile.
// CHECK: @filters({{.*}}contraction, tile = [1, 6, 1, 8], order = [2, 3, 0, 1], lanes = 8
kernel.func @filters(%f: tensor<32x16x3x3xf32>, %g: tensor<6x3xf32>) -> tensor<6x6x16x32xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<6x6x16x32xf32>
  %i = linalg.fill ins(%z : f32) outs(%e : tensor<6x6x16x32xf32>) -> tensor<6x6x16x32xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i, j, ci, co, kh, kw) -> (co, ci, kh, kw)>, affine_map<(i, j, ci, co, kh, kw) -> (i, kh)>, affine_map<(i, j, ci, co, kh, kw) -> (j, kw)>, affine_map<(i, j, ci, co, kh, kw) -> (i, j, ci, co)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%f, %g, %g : tensor<32x16x3x3xf32>, tensor<6x3xf32>, tensor<6x3xf32>) outs(%i : tensor<6x6x16x32xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32, %o: f32):
    %m = arith.mulf %b, %c : f32
    %n = arith.mulf %a, %m : f32
    %s = arith.addf %o, %n : f32
    linalg.yield %s : f32
  } -> tensor<6x6x16x32xf32>
  kernel.return %r : tensor<6x6x16x32xf32>
}

// A result with fewer dimensions than the sums have: nothing is told by their places.
// CHECK: @collapsed({{.*}}tile = [1, 6, 16], order = [0, 1, 2]
kernel.func @collapsed(%x: tensor<7x1x15x32xf32>, %w: tensor<48x32x1x4xf32>) -> tensor<7x12x48xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<7x1x12x48xf32>
  %i = linalg.fill ins(%z : f32) outs(%e : tensor<7x1x12x48xf32>) -> tensor<7x1x12x48xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(n, h, w, co, ci, kh, kw) -> (n, h + kh, w + kw, ci)>, affine_map<(n, h, w, co, ci, kh, kw) -> (co, ci, kh, kw)>, affine_map<(n, h, w, co, ci, kh, kw) -> (n, h, w, co)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%x, %w : tensor<7x1x15x32xf32>, tensor<48x32x1x4xf32>) outs(%i : tensor<7x1x12x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<7x1x12x48xf32>
  %c = tensor.collapse_shape %r [[0], [1, 2], [3]] : tensor<7x1x12x48xf32> into tensor<7x12x48xf32>
  kernel.return %c : tensor<7x12x48xf32>
}
