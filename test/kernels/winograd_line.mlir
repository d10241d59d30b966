// RUN: dlc-opt %s --kernel-winograd=tile=4 | FileCheck %s
// A convolution of one dimension: three generics; tiles of taps three apart interleave, and the pad grows to whole tiles.

// CHECK-LABEL: func.func @main(
// CHECK: %[[U:.*]] = kernel.launch @filter_{{.*}} ins(%{{.*}}, %{{.*}} : tensor<32x24x3xf32>, tensor<6x3xf32>) outs(%{{.*}} : tensor<6x1x24x32xf32>)
// CHECK: kernel.launch @[[K:winograd_.*]] ins(%{{.*}}, %[[U]] :
// No pad: one element is added, for tiles beyond the end.
// CHECK: kernel.launch @[[B:winograd_.*]] ins(
// Few channels: nothing to do.
// CHECK: kernel.launch @few
// CHECK: kernel.func private @[[K]]({{.*}}kernel.winograd = 4
// CHECK: tensor.pad {{.*}} low[0, 6, 0] high[0, 11, 0]
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<6x1x1x6x3x24xf32>)
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<6x1x1x6x3x32xf32>)
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<1x6x4x3x32xf32>)
// CHECK: tensor.extract_slice {{.*}} : tensor<1x72x32xf32> to tensor<1x61x32xf32>
// CHECK: linalg.exp
// CHECK: kernel.func private @[[B]](
// CHECK: tensor.pad {{.*}} low[0, 0, 0] high[0, 1, 0]
func.func @main(%x0: tensor<1x61x24xf32>, %x1: tensor<1x42x16xf32>, %x2: tensor<1x42x8xf32>) -> (tensor<1x61x32xf32>, tensor<1x40x16xf32>, tensor<1x42x16xf32>) {
  %w0 = arith.constant dense_resource<dilated> : tensor<32x24x3xf32>
  %e0 = tensor.empty() : tensor<1x61x32xf32>
  %0 = kernel.launch @dilated ins(%x0, %w0 : tensor<1x61x24xf32>, tensor<32x24x3xf32>) outs(%e0 : tensor<1x61x32xf32>) -> tensor<1x61x32xf32>
  %w1 = arith.constant dense_resource<bare> : tensor<16x16x3xf32>
  %e1 = tensor.empty() : tensor<1x40x16xf32>
  %1 = kernel.launch @bare ins(%x1, %w1 : tensor<1x42x16xf32>, tensor<16x16x3xf32>) outs(%e1 : tensor<1x40x16xf32>) -> tensor<1x40x16xf32>
  %w2 = arith.constant dense_resource<few> : tensor<16x8x3xf32>
  %e2 = tensor.empty() : tensor<1x42x16xf32>
  %2 = kernel.launch @few ins(%x2, %w2 : tensor<1x42x8xf32>, tensor<16x8x3xf32>) outs(%e2 : tensor<1x42x16xf32>) -> tensor<1x42x16xf32>
  return %0, %1, %2 : tensor<1x61x32xf32>, tensor<1x40x16xf32>, tensor<1x42x16xf32>
}

kernel.func private @dilated(%x: tensor<1x61x24xf32>, %w: tensor<32x24x3xf32>) -> tensor<1x61x32xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 6, 0] high[0, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x61x24xf32> to tensor<1x67x24xf32>
  %e = tensor.empty() : tensor<1x61x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x61x32xf32>) -> tensor<1x61x32xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, l, co, ci, k) -> (n, l + k * 3, ci)>, affine_map<(n, l, co, ci, k) -> (co, ci, k)>, affine_map<(n, l, co, ci, k) -> (n, l, co)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%p, %w : tensor<1x67x24xf32>, tensor<32x24x3xf32>) outs(%f : tensor<1x61x32xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x61x32xf32>
  %r = linalg.exp ins(%c : tensor<1x61x32xf32>) outs(%e : tensor<1x61x32xf32>) -> tensor<1x61x32xf32>
  kernel.return %r : tensor<1x61x32xf32>
}

kernel.func private @bare(%x: tensor<1x42x16xf32>, %w: tensor<16x16x3xf32>) -> tensor<1x40x16xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 0, 0] high[0, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x42x16xf32> to tensor<1x42x16xf32>
  %e = tensor.empty() : tensor<1x40x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x40x16xf32>) -> tensor<1x40x16xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, l, co, ci, k) -> (n, l + k * 1, ci)>, affine_map<(n, l, co, ci, k) -> (co, ci, k)>, affine_map<(n, l, co, ci, k) -> (n, l, co)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%p, %w : tensor<1x42x16xf32>, tensor<16x16x3xf32>) outs(%f : tensor<1x40x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x40x16xf32>
  %r = linalg.exp ins(%c : tensor<1x40x16xf32>) outs(%e : tensor<1x40x16xf32>) -> tensor<1x40x16xf32>
  kernel.return %r : tensor<1x40x16xf32>
}

kernel.func private @few(%x: tensor<1x42x8xf32>, %w: tensor<16x8x3xf32>) -> tensor<1x42x16xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 0] high[0, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x42x8xf32> to tensor<1x44x8xf32>
  %e = tensor.empty() : tensor<1x42x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x42x16xf32>) -> tensor<1x42x16xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, l, co, ci, k) -> (n, l + k * 1, ci)>, affine_map<(n, l, co, ci, k) -> (co, ci, k)>, affine_map<(n, l, co, ci, k) -> (n, l, co)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%p, %w : tensor<1x44x8xf32>, tensor<16x8x3xf32>) outs(%f : tensor<1x42x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x42x16xf32>
  %r = linalg.exp ins(%c : tensor<1x42x16xf32>) outs(%e : tensor<1x42x16xf32>) -> tensor<1x42x16xf32>
  kernel.return %r : tensor<1x42x16xf32>
}
