// Which way sums run: vectors along the columns of the result, wherever units stand, or along the reduced rows.
// RUN: dlc-opt %s --kernel-choose-schedule=target=x86-64-v4 | FileCheck %s

// A mean over places whose result ends with units.
// CHECK: @units({{.*}}contraction, tile = [1, 64, 1, 1], lanes = 16
kernel.func @units(%x: tensor<1x20x20x64xf32>) -> tensor<1x64x1x1xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x64xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x64xf32>) -> tensor<1x64xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(n, y, x, c) -> (n, y, x, c)>, affine_map<(n, y, x, c) -> (n, c)>], iterator_types = ["parallel", "reduction", "reduction", "parallel"]} ins(%x : tensor<1x20x20x64xf32>) outs(%f : tensor<1x64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %o, %a : f32
    linalg.yield %s : f32
  } -> tensor<1x64xf32>
  %u = tensor.expand_shape %r [[0], [1, 2, 3]] output_shape [1, 64, 1, 1] : tensor<1x64xf32> into tensor<1x64x1x1xf32>
  kernel.return %u : tensor<1x64x1x1xf32>
}

// Few columns that do not fill vectors: no masks.
// CHECK: @twelve({{.*}}contraction, tile = [1, 12], lanes = 4
kernel.func @twelve(%x: tensor<1x20x20x12xf32>) -> tensor<1x12xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x12xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x12xf32>) -> tensor<1x12xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(n, y, x, c) -> (n, y, x, c)>, affine_map<(n, y, x, c) -> (n, c)>], iterator_types = ["parallel", "reduction", "reduction", "parallel"]} ins(%x : tensor<1x20x20x12xf32>) outs(%f : tensor<1x12xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %o, %a : f32
    linalg.yield %s : f32
  } -> tensor<1x12xf32>
  kernel.return %r : tensor<1x12xf32>
}

// Of many columns the last ones may be masked.
// CHECK: @many({{.*}}contraction, tile = [1, 128], lanes = 16
kernel.func @many(%x: tensor<1x20x20x202xf32>) -> tensor<1x202xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x202xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x202xf32>) -> tensor<1x202xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(n, y, x, c) -> (n, y, x, c)>, affine_map<(n, y, x, c) -> (n, c)>], iterator_types = ["parallel", "reduction", "reduction", "parallel"]} ins(%x : tensor<1x20x20x202xf32>) outs(%f : tensor<1x202xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %o, %a : f32
    linalg.yield %s : f32
  } -> tensor<1x202xf32>
  kernel.return %r : tensor<1x202xf32>
}

// Weights for places, as linear interpolation has them, serve all channels: they are not the rows.
// CHECK: @places({{.*}}contraction, tile = [1, 1, 32], lanes = 16
kernel.func @places(%x: tensor<1x20x32xf32>, %i: tensor<40x2xi64>, %w: tensor<40x2xf32>) -> tensor<1x40x32xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x40x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x40x32xf32>) -> tensor<1x40x32xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(n, y, c, k) -> (y, k)>, affine_map<(n, y, c, k) -> (y, k)>, affine_map<(n, y, c, k) -> (n, y, c)>], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%i, %w : tensor<40x2xi64>, tensor<40x2xf32>) outs(%f : tensor<1x40x32xf32>) {
  ^bb0(%a: i64, %b: f32, %o: f32):
    %n = linalg.index 0 : index
    %p = arith.index_cast %a : i64 to index
    %c = linalg.index 2 : index
    %v = tensor.extract %x[%n, %p, %c] : tensor<1x20x32xf32>
    %m = arith.mulf %v, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x40x32xf32>
  kernel.return %r : tensor<1x40x32xf32>
}

// CHECK: @rows({{.*}}rowwise, lanes = 16
kernel.func @rows(%x: tensor<32x768xf32>) -> tensor<32xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<32xf32>) -> tensor<32xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(n, c) -> (n, c)>, affine_map<(n, c) -> (n)>], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<32x768xf32>) outs(%f : tensor<32xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %o, %a : f32
    linalg.yield %s : f32
  } -> tensor<32xf32>
  kernel.return %r : tensor<32xf32>
}
