// RUN: dlc-opt %s --kernel-winograd=tile=4 --split-input-file | FileCheck %s
// The pad grows to whole tiles, the batch stays symbolic, the filter is transformed in the caller.

// CHECK-LABEL: func.func @main(
// CHECK: %[[U:.*]] = kernel.launch @filter_{{.*}} ins(%{{.*}}, %{{.*}} : tensor<16x32x3x3xf32>, tensor<6x3xf32>) outs(%{{.*}} : tensor<6x6x32x16xf32>)
// CHECK: kernel.launch @[[K:winograd_.*]] ins(%{{.*}}, %[[U]] : {{.*}}) sizes(%{{.*}})
// CHECK-NOT: kernel.func private @conv_1
// CHECK: kernel.func private @[[K]](
// CHECK: tensor.pad {{.*}} low[0, 1, 1, 0] high[0, 3, 3, 0]
// CHECK-NOT: tensor.pad
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<6x6x?x4x4x32xf32>)
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<6x6x?x4x4x32xf32>)
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<6x6x?x4x4x16xf32>)
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<4x6x?x4x4x16xf32>)
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<?x4x4x4x4x16xf32>)
// CHECK: tensor.extract_slice {{.*}} : tensor<?x16x16x16xf32> to tensor<?x14x14x16xf32>
// CHECK: linalg.exp
func.func @main(%x: tensor<?x14x14x32xf32> {dlc.dims=["N"]}, %n: index {dlc.symbol="N"}) -> tensor<?x14x14x16xf32> {
  %w = arith.constant dense_resource<w> : tensor<16x32x3x3xf32>
  %0 = tensor.empty(%n) : tensor<?x14x14x16xf32>
  %1 = kernel.launch @conv_1 ins(%x, %w : tensor<?x14x14x32xf32>, tensor<16x32x3x3xf32>) sizes(%n) outs(%0 : tensor<?x14x14x16xf32>) -> tensor<?x14x14x16xf32>
  return %1 : tensor<?x14x14x16xf32>
}
kernel.func private @conv_1(%x: tensor<?x14x14x32xf32> {kernel.extents = array<i64: 0>}, %w: tensor<16x32x3x3xf32>, %n: index) -> (tensor<?x14x14x16xf32> {kernel.extents = array<i64: 0>}) {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0,1,1,0] high[0,1,1,0] { ^bb0(%i: index, %j: index, %k: index, %l: index): tensor.yield %z : f32 } : tensor<?x14x14x32xf32> to tensor<?x16x16x32xf32>
  %e = tensor.empty(%n) : tensor<?x14x14x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<?x14x14x16xf32>) -> tensor<?x14x14x16xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n,h,w,co,ci,kh,kw)->(n,h+kh,w+kw,ci)>, affine_map<(n,h,w,co,ci,kh,kw)->(co,ci,kh,kw)>, affine_map<(n,h,w,co,ci,kh,kw)->(n,h,w,co)>],
     iterator_types = ["parallel","parallel","parallel","parallel","reduction","reduction","reduction"]} ins(%p, %w : tensor<?x16x16x32xf32>, tensor<16x32x3x3xf32>) outs(%f : tensor<?x14x14x16xf32>) {
     ^bb0(%a: f32, %bb: f32, %o: f32): %m = arith.mulf %a, %bb : f32  %s = arith.addf %o, %m : f32 linalg.yield %s : f32 } -> tensor<?x14x14x16xf32>
  %r = linalg.exp ins(%c : tensor<?x14x14x16xf32>) outs(%e : tensor<?x14x14x16xf32>) -> tensor<?x14x14x16xf32>
  kernel.return %r : tensor<?x14x14x16xf32>
}

// -----

// A stride, few channels, or a filter that is not constant: nothing to do.
// CHECK-LABEL: func.func @main(
// CHECK: kernel.launch @conv_few
// CHECK: kernel.launch @conv_stride
// CHECK: kernel.launch @conv_input
#x = affine_map<(n,h,w,co,ci,kh,kw)->(n,h+kh,w+kw,ci)>
#x2 = affine_map<(n,h,w,co,ci,kh,kw)->(n,h*2+kh,w*2+kw,ci)>
#w = affine_map<(n,h,w,co,ci,kh,kw)->(co,ci,kh,kw)>
#y = affine_map<(n,h,w,co,ci,kh,kw)->(n,h,w,co)>
func.func @main(%x: tensor<1x14x14x8xf32>, %x2: tensor<1x14x14x16xf32>, %g: tensor<16x16x3x3xf32>) -> (tensor<1x12x12x16xf32>, tensor<1x6x6x16xf32>, tensor<1x12x12x16xf32>) {
  %few = arith.constant dense_resource<a> : tensor<16x8x3x3xf32>
  %many = arith.constant dense_resource<b> : tensor<16x16x3x3xf32>
  %0 = tensor.empty() : tensor<1x12x12x16xf32>
  %1 = tensor.empty() : tensor<1x6x6x16xf32>
  %2 = kernel.launch @conv_few ins(%x, %few : tensor<1x14x14x8xf32>, tensor<16x8x3x3xf32>) outs(%0 : tensor<1x12x12x16xf32>) -> tensor<1x12x12x16xf32>
  %3 = kernel.launch @conv_stride ins(%x2, %many : tensor<1x14x14x16xf32>, tensor<16x16x3x3xf32>) outs(%1 : tensor<1x6x6x16xf32>) -> tensor<1x6x6x16xf32>
  %4 = kernel.launch @conv_input ins(%x2, %g : tensor<1x14x14x16xf32>, tensor<16x16x3x3xf32>) outs(%0 : tensor<1x12x12x16xf32>) -> tensor<1x12x12x16xf32>
  return %2, %3, %4 : tensor<1x12x12x16xf32>, tensor<1x6x6x16xf32>, tensor<1x12x12x16xf32>
}
kernel.func private @conv_few(%x: tensor<1x14x14x8xf32>, %w: tensor<16x8x3x3xf32>) -> tensor<1x12x12x16xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x12x12x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x12x12x16xf32>) -> tensor<1x12x12x16xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel","parallel","parallel","parallel","reduction","reduction","reduction"]} ins(%x, %w : tensor<1x14x14x8xf32>, tensor<16x8x3x3xf32>) outs(%f : tensor<1x12x12x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x12x12x16xf32>
  kernel.return %c : tensor<1x12x12x16xf32>
}
kernel.func private @conv_stride(%x: tensor<1x14x14x16xf32>, %w: tensor<16x16x3x3xf32>) -> tensor<1x6x6x16xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x6x6x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x6x6x16xf32>) -> tensor<1x6x6x16xf32>
  %c = linalg.generic {indexing_maps = [#x2, #w, #y], iterator_types = ["parallel","parallel","parallel","parallel","reduction","reduction","reduction"]} ins(%x, %w : tensor<1x14x14x16xf32>, tensor<16x16x3x3xf32>) outs(%f : tensor<1x6x6x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x6x6x16xf32>
  kernel.return %c : tensor<1x6x6x16xf32>
}
kernel.func private @conv_input(%x: tensor<1x14x14x16xf32>, %w: tensor<16x16x3x3xf32>) -> tensor<1x12x12x16xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x12x12x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x12x12x16xf32>) -> tensor<1x12x12x16xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel","parallel","parallel","parallel","reduction","reduction","reduction"]} ins(%x, %w : tensor<1x14x14x16xf32>, tensor<16x16x3x3xf32>) outs(%f : tensor<1x12x12x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x12x12x16xf32>
  kernel.return %c : tensor<1x12x12x16xf32>
}
