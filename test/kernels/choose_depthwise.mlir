// Depthwise windows of channels that do not fill vectors: no masks in a loop over taps.
// RUN: dlc-opt %s --kernel-choose-schedule=target=x86-64-v4 | FileCheck %s
#x = affine_map<(n, y, x, c, i, j) -> (n, y + i, x + j, c)>
#w = affine_map<(n, y, x, c, i, j) -> (i, j, c)>
#y = affine_map<(n, y, x, c, i, j) -> (n, y, x, c)>

// Vectors of four,
// CHECK: @twelve({{.*}}contraction, tile = [1, 1, 14, 4], {{.*}}lanes = 4,
kernel.func @twelve(%x: tensor<1x40x40x12xf32>, %w: tensor<5x5x12xf32>) -> tensor<1x40x40x12xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 2, 2, 0] high[0, 2, 2, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x40x40x12xf32> to tensor<1x44x44x12xf32>
  %e = tensor.empty() : tensor<1x40x40x12xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x40x40x12xf32>) -> tensor<1x40x40x12xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%p, %w : tensor<1x44x44x12xf32>, tensor<5x5x12xf32>) outs(%f : tensor<1x40x40x12xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x40x40x12xf32>
  kernel.return %r : tensor<1x40x40x12xf32>
}

// all taps at once,
// CHECK: @ten({{.*}}window, tile = [1, 2, 2, 16], {{.*}}lanes = 16>
kernel.func @ten(%x: tensor<1x40x40x10xf32>, %w: tensor<5x5x10xf32>) -> tensor<1x40x40x10xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 2, 2, 0] high[0, 2, 2, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x40x40x10xf32> to tensor<1x44x44x10xf32>
  %e = tensor.empty() : tensor<1x40x40x10xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x40x40x10xf32>) -> tensor<1x40x40x10xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%p, %w : tensor<1x44x44x10xf32>, tensor<5x5x10xf32>) outs(%f : tensor<1x40x40x10xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x40x40x10xf32>
  kernel.return %r : tensor<1x40x40x10xf32>
}

// or, of very many taps, pairs.
// CHECK: @eighteen({{.*}}contraction, tile = [1, 1, 14, 2], {{.*}}lanes = 2,
kernel.func @eighteen(%x: tensor<1x40x40x18xf32>, %w: tensor<7x7x18xf32>) -> tensor<1x40x40x18xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 3, 3, 0] high[0, 3, 3, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x40x40x18xf32> to tensor<1x46x46x18xf32>
  %e = tensor.empty() : tensor<1x40x40x18xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x40x40x18xf32>) -> tensor<1x40x40x18xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%p, %w : tensor<1x46x46x18xf32>, tensor<7x7x18xf32>) outs(%f : tensor<1x40x40x18xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x40x40x18xf32>
  kernel.return %r : tensor<1x40x40x18xf32>
}

// Many channels: halves that divide them.
// CHECK: @two_hundred({{.*}}contraction, tile = [1, 1, 14, 8], {{.*}}lanes = 8,
kernel.func @two_hundred(%x: tensor<1x40x40x200xf32>, %w: tensor<7x7x200xf32>) -> tensor<1x40x40x200xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 3, 3, 0] high[0, 3, 3, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x40x40x200xf32> to tensor<1x46x46x200xf32>
  %e = tensor.empty() : tensor<1x40x40x200xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x40x40x200xf32>) -> tensor<1x40x40x200xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%p, %w : tensor<1x46x46x200xf32>, tensor<7x7x200xf32>) outs(%f : tensor<1x40x40x200xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x40x40x200xf32>
  kernel.return %r : tensor<1x40x40x200xf32>
}
