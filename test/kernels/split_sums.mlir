// RUN: dlc-opt %s --kernel-split-sums=target=x86-64-v4 | FileCheck %s
// Rows of 64 are 4 vectors of 16; what is done to each element comes first, the lanes are joined by the combiner alone.

// CHECK: #[[ROW:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
// CHECK: #[[LANES:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-LABEL: @rows
// CHECK: tensor.expand_shape %arg0 {{.*}} : tensor<8x64xf32> into tensor<8x4x16xf32>
// CHECK: linalg.generic {indexing_maps = [#[[ROW]], #[[LANES]]], iterator_types = ["parallel", "reduction", "parallel"]}
// CHECK: math.exp
// CHECK: arith.addf
// CHECK: } -> tensor<8x16xf32>
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction"]
// CHECK-NOT: math.exp
// CHECK: arith.addf
// CHECK: } -> tensor<8xf32>
kernel.func private @rows(%x: tensor<8x64xf32>) -> tensor<8xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<8xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<8xf32>) -> tensor<8xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(i, k) -> (i, k)>, affine_map<(i, k) -> (i)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<8x64xf32>) outs(%f : tensor<8xf32>) {
  ^bb0(%a: f32, %o: f32):
    %p = math.exp %a : f32
    %t = arith.addf %o, %p : f32
    linalg.yield %t : f32
  } -> tensor<8xf32>
  kernel.return %s : tensor<8xf32>
}

// Columns are vectors already; a length of 15 has no lanes.
// CHECK-LABEL: @others
// CHECK-NOT: tensor.expand_shape
kernel.func private @others(%x: tensor<8x64xf32>, %y: tensor<8x15xf32>) -> (tensor<64xf32>, tensor<8xf32>) {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<64xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<64xf32>) -> tensor<64xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(i, k) -> (k, i)>, affine_map<(i, k) -> (i)>], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<8x64xf32>) outs(%f : tensor<64xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.maximumf %o, %a : f32
    linalg.yield %t : f32
  } -> tensor<64xf32>
  %e2 = tensor.empty() : tensor<8xf32>
  %f2 = linalg.fill ins(%z : f32) outs(%e2 : tensor<8xf32>) -> tensor<8xf32>
  %s2 = linalg.generic {indexing_maps = [affine_map<(i, k) -> (i, k)>, affine_map<(i, k) -> (i)>], iterator_types = ["parallel", "reduction"]}
      ins(%y : tensor<8x15xf32>) outs(%f2 : tensor<8xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.addf %o, %a : f32
    linalg.yield %t : f32
  } -> tensor<8xf32>
  kernel.return %s, %s2 : tensor<64xf32>, tensor<8xf32>
}

// All of it may be one row.
// CHECK-LABEL: @total
// CHECK: linalg.generic {{.*}} iterator_types = ["reduction", "parallel"]
// CHECK: linalg.generic {{.*}} iterator_types = ["reduction"]
kernel.func private @total(%x: tensor<64xf32>) -> tensor<f32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<f32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<f32>) -> tensor<f32>
  %s = linalg.generic {indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> ()>], iterator_types = ["reduction"]}
      ins(%x : tensor<64xf32>) outs(%f : tensor<f32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.addf %o, %a : f32
    linalg.yield %t : f32
  } -> tensor<f32>
  kernel.return %s : tensor<f32>
}

// Several rows make one sum (a group of channels at all places): the other loops stay. Three rows of 12 are too few.
// CHECK-LABEL: @several
// CHECK: tensor.expand_shape %arg0 {{.*}} : tensor<9x4x32xf32> into tensor<9x4x2x16xf32>
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction", "reduction", "parallel"]
// CHECK: } -> tensor<4x16xf32>
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction"]
// CHECK: } -> tensor<4xf32>
// CHECK-NOT: tensor.expand_shape
kernel.func private @several(%x: tensor<9x4x32xf32>, %y: tensor<3x4x12xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(g, p, c) -> (p, g, c)>, affine_map<(g, p, c) -> (g)>], iterator_types = ["parallel", "reduction", "reduction"]}
      ins(%x : tensor<9x4x32xf32>) outs(%f : tensor<4xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.addf %o, %a : f32
    linalg.yield %t : f32
  } -> tensor<4xf32>
  %s2 = linalg.generic {indexing_maps = [affine_map<(g, p, c) -> (p, g, c)>, affine_map<(g, p, c) -> (g)>], iterator_types = ["parallel", "reduction", "reduction"]}
      ins(%y : tensor<3x4x12xf32>) outs(%f : tensor<4xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.addf %o, %a : f32
    linalg.yield %t : f32
  } -> tensor<4xf32>
  kernel.return %s, %s2 : tensor<4xf32>, tensor<4xf32>
}
