// RUN: dlc-opt %s --kernel-apply-schedule | FileCheck %s
// A vector that is added to sums along their columns is what they begin with.

#id = affine_map<(a, b) -> (a, b)>
#columns = affine_map<(a, b) -> (b)>
#rows = affine_map<(a, b) -> (a, 0)>

// Whole panels of constant weights: [n] as [no, ni], for all rows.
// CHECK-LABEL: kernel.func private @contraction_
// CHECK-SAME: %{{.*}}: tensor<3x16xf32>, %{{.*}}: tensor<2x16x16xf32>, %[[B:.*]]: tensor<32xf32>
// CHECK: %[[E:.*]] = tensor.expand_shape %[[B]] {{\[\[}}0, 1]] output_shape [2, 16]
// CHECK: %[[I:.*]] = linalg.generic {indexing_maps = [#[[N:.*]], #[[ALL:.*]]], {{.*}} ins(%[[E]] : tensor<2x16xf32>) outs(%{{.*}} : tensor<3x2x16xf32>)
// CHECK: %[[S:.*]] = linalg.generic {{.*}}"reduction"]} {{.*}} outs(%[[I]] : tensor<3x2x16xf32>)
// CHECK: %[[C:.*]] = tensor.collapse_shape %[[S]]
// CHECK: linalg.generic {{.*}} ins(%[[C]] : tensor<3x32xf32>)
// CHECK-NOT: arith.addf
// CHECK: arith.maximumf
// CHECK: kernel.return
func.func @main(%x: tensor<3x16xf32>, %b: tensor<32xf32>) -> tensor<3x32xf32> {
  %w = arith.constant dense_resource<w> : tensor<16x32xf32>
  %e = tensor.empty() : tensor<3x32xf32>
  %0 = kernel.launch @contraction_1 ins(%x, %w, %b : tensor<3x16xf32>, tensor<16x32xf32>, tensor<32xf32>) outs(%e : tensor<3x32xf32>) -> tensor<3x32xf32>
  return %0 : tensor<3x32xf32>
}
kernel.func private @contraction_1(%x: tensor<3x16xf32>, %w: tensor<16x32xf32>, %b: tensor<32xf32>) -> tensor<3x32xf32>
    attributes {schedule = #kernel.schedule<halide, contraction, tile = [3, 16], lanes = 16>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<3x32xf32>) -> tensor<3x32xf32>
  %s = linalg.matmul ins(%x, %w : tensor<3x16xf32>, tensor<16x32xf32>) outs(%f : tensor<3x32xf32>) -> tensor<3x32xf32>
  %y = linalg.generic {indexing_maps = [#id, #columns, #id], iterator_types = ["parallel", "parallel"]} ins(%s, %b : tensor<3x32xf32>, tensor<32xf32>) outs(%e : tensor<3x32xf32>) {
  ^bb0(%u: f32, %v: f32, %o: f32):
    %a = arith.addf %v, %u : f32
    %m = arith.maximumf %a, %z : f32
    linalg.yield %m : f32
  } -> tensor<3x32xf32>
  kernel.return %y : tensor<3x32xf32>
}

// Not packed; the vector has units, is made after the sums, and they pass a view.
// CHECK-LABEL: kernel.func private @views(
// CHECK: %[[V:.*]] = tensor.collapse_shape %{{.*}} : tensor<1x24xi32> into tensor<24xi32>
// CHECK: %[[I:.*]] = linalg.generic {{.*}} ins(%[[V]] : tensor<24xi32>) outs(%{{.*}} : tensor<5x24xi32>)
// CHECK: linalg.matmul {{.*}} outs(%[[I]] : tensor<5x24xi32>)
// CHECK-NOT: arith.addi
// CHECK: arith.sitofp
kernel.func private @views(%x: tensor<5x8xi32>, %w: tensor<8x24xi32>, %b: tensor<2x12xi32>) -> tensor<1x5x24xf32>
    attributes {schedule = #kernel.schedule<halide, contraction, tile = [5, 16], lanes = 1>} {
  %z = arith.constant 0 : i32
  %e = tensor.empty() : tensor<5x24xi32>
  %f = linalg.fill ins(%z : i32) outs(%e : tensor<5x24xi32>) -> tensor<5x24xi32>
  %s = linalg.matmul ins(%x, %w : tensor<5x8xi32>, tensor<8x24xi32>) outs(%f : tensor<5x24xi32>) -> tensor<5x24xi32>
  %t = tensor.expand_shape %s [[0, 1], [2]] output_shape [1, 5, 24] : tensor<5x24xi32> into tensor<1x5x24xi32>
  %c = tensor.collapse_shape %b [[0, 1]] : tensor<2x12xi32> into tensor<24xi32>
  %d = tensor.expand_shape %c [[0, 1]] output_shape [1, 24] : tensor<24xi32> into tensor<1x24xi32>
  %r = tensor.empty() : tensor<1x5x24xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(a, b, c) -> (a, b, c)>, affine_map<(a, b, c) -> (0, c)>, affine_map<(a, b, c) -> (a, b, c)>], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%t, %d : tensor<1x5x24xi32>, tensor<1x24xi32>) outs(%r : tensor<1x5x24xf32>) {
  ^bb0(%u: i32, %v: i32, %o: f32):
    %a = arith.addi %u, %v : i32
    %g = arith.sitofp %a : i32 to f32
    linalg.yield %g : f32
  } -> tensor<1x5x24xf32>
  kernel.return %y : tensor<1x5x24xf32>
}

// One number a row is no vector along the columns, though as long as one.
// CHECK-LABEL: kernel.func private @rows(
// CHECK: %[[F:.*]] = linalg.fill
// CHECK: linalg.matmul {{.*}} outs(%[[F]] :
// CHECK: arith.addf
kernel.func private @rows(%x: tensor<8x8xf32>, %w: tensor<8x8xf32>, %b: tensor<8x1xf32>) -> tensor<8x8xf32>
    attributes {schedule = #kernel.schedule<halide, contraction, tile = [8, 8], lanes = 1>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<8x8xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<8x8xf32>) -> tensor<8x8xf32>
  %s = linalg.matmul ins(%x, %w : tensor<8x8xf32>, tensor<8x8xf32>) outs(%f : tensor<8x8xf32>) -> tensor<8x8xf32>
  %y = linalg.generic {indexing_maps = [#id, #rows, #id], iterator_types = ["parallel", "parallel"]} ins(%s, %b : tensor<8x8xf32>, tensor<8x1xf32>) outs(%e : tensor<8x8xf32>) {
  ^bb0(%u: f32, %v: f32, %o: f32):
    %a = arith.addf %u, %v : f32
    linalg.yield %a : f32
  } -> tensor<8x8xf32>
  kernel.return %y : tensor<8x8xf32>
}

// The sum itself is needed, too.
// CHECK-LABEL: kernel.func private @twice(
// CHECK: linalg.matmul {{.*}} outs(%{{.*}} :
// CHECK: arith.addf
kernel.func private @twice(%x: tensor<8x8xf32>, %w: tensor<8x8xf32>, %b: tensor<8xf32>) -> tensor<8x8xf32>
    attributes {schedule = #kernel.schedule<halide, contraction, tile = [8, 8], lanes = 1>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<8x8xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<8x8xf32>) -> tensor<8x8xf32>
  %s = linalg.matmul ins(%x, %w : tensor<8x8xf32>, tensor<8x8xf32>) outs(%f : tensor<8x8xf32>) -> tensor<8x8xf32>
  %y = linalg.generic {indexing_maps = [#id, #columns, #id], iterator_types = ["parallel", "parallel"]} ins(%s, %b : tensor<8x8xf32>, tensor<8xf32>) outs(%e : tensor<8x8xf32>) {
  ^bb0(%u: f32, %v: f32, %o: f32):
    %a = arith.addf %u, %v : f32
    %m = arith.mulf %a, %u : f32
    linalg.yield %m : f32
  } -> tensor<8x8xf32>
  kernel.return %y : tensor<8x8xf32>
}

// Columns that a view moves are not those of the vector.
// CHECK-LABEL: kernel.func private @regrouped(
// CHECK: linalg.matmul {{.*}} outs(%{{.*}} :
// CHECK: arith.addf
kernel.func private @regrouped(%x: tensor<8x8xf32>, %w: tensor<8x12xf32>, %b: tensor<6xf32>) -> tensor<8x2x6xf32>
    attributes {schedule = #kernel.schedule<halide, contraction, tile = [8, 12], lanes = 1>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<8x12xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<8x12xf32>) -> tensor<8x12xf32>
  %s = linalg.matmul ins(%x, %w : tensor<8x8xf32>, tensor<8x12xf32>) outs(%f : tensor<8x12xf32>) -> tensor<8x12xf32>
  %t = tensor.expand_shape %s [[0], [1, 2]] output_shape [8, 2, 6] : tensor<8x12xf32> into tensor<8x2x6xf32>
  %r = tensor.empty() : tensor<8x2x6xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(a, b, c) -> (a, b, c)>, affine_map<(a, b, c) -> (c)>, affine_map<(a, b, c) -> (a, b, c)>], iterator_types = ["parallel", "parallel", "parallel"]}
      ins(%t, %b : tensor<8x2x6xf32>, tensor<6xf32>) outs(%r : tensor<8x2x6xf32>) {
  ^bb0(%u: f32, %v: f32, %o: f32):
    %a = arith.addf %u, %v : f32
    linalg.yield %a : f32
  } -> tensor<8x2x6xf32>
  kernel.return %y : tensor<8x2x6xf32>
}

// Sums that begin with something else already keep it.
// CHECK-LABEL: kernel.func private @ones(
// CHECK: %[[F:.*]] = linalg.fill
// CHECK: linalg.matmul {{.*}} outs(%[[F]] :
// CHECK: arith.addf
kernel.func private @ones(%x: tensor<8x8xf32>, %w: tensor<8x8xf32>, %b: tensor<8xf32>) -> tensor<8x8xf32>
    attributes {schedule = #kernel.schedule<halide, contraction, tile = [8, 8], lanes = 1>} {
  %one = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<8x8xf32>
  %f = linalg.fill ins(%one : f32) outs(%e : tensor<8x8xf32>) -> tensor<8x8xf32>
  %s = linalg.matmul ins(%x, %w : tensor<8x8xf32>, tensor<8x8xf32>) outs(%f : tensor<8x8xf32>) -> tensor<8x8xf32>
  %y = linalg.generic {indexing_maps = [#id, #columns, #id], iterator_types = ["parallel", "parallel"]} ins(%s, %b : tensor<8x8xf32>, tensor<8xf32>) outs(%e : tensor<8x8xf32>) {
  ^bb0(%u: f32, %v: f32, %o: f32):
    %a = arith.addf %u, %v : f32
    linalg.yield %a : f32
  } -> tensor<8x8xf32>
  kernel.return %y : tensor<8x8xf32>
}
