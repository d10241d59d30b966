// RUN: dlc-opt %s --kernel-apply-schedule | FileCheck %s
// Weights become panels of the innermost tile, zero-padded, packed by a kernel of their own. A kernel that is also launched with weights
// from outside stays beside its packed form.

// CHECK-LABEL: func.func @main(
// CHECK: %[[P0:.*]] = kernel.launch @[[PAD:pack_.*]] ins(%{{.*}} : tensor<16x24xf32>) outs(%{{.*}} : tensor<1x16x32xf32>)
// CHECK: %[[P1:.*]] = kernel.launch @pack_{{.*}} outs(%{{.*}} : tensor<2x3x3x16x16xf32>)
// CHECK: %[[P2:.*]] = kernel.launch @pack_{{.*}} ins(%{{.*}} : tensor<16x3x3xf32>) outs(%{{.*}} : tensor<3x3x16xf32>)
// CHECK: kernel.launch @[[GEMM:contraction_.*]] ins(%{{.*}}, %[[P0]] :
// CHECK: kernel.launch @conv_{{.*}} ins(%{{.*}}, %[[P1]] :
// CHECK: kernel.launch @depthwise_{{.*}} ins(%{{.*}}, %[[P2]] :
// CHECK: kernel.launch @contraction_1 ins(%{{.*}} : tensor<3x16xf32>, tensor<16x24xf32>)

// The loops are (m, no, ni | k); what the last panel has too much is cut off.
// CHECK: kernel.func private @[[GEMM]](%{{.*}}: tensor<3x16xf32>, %{{.*}}: tensor<1x16x32xf32>) -> tensor<3x24xf32>
// CHECK: linalg.generic {indexing_maps = [#[[X:.*]], #[[W:.*]], #[[O:.*]]], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
// CHECK: tensor.collapse_shape {{.*}} : tensor<3x1x32xf32> into tensor<3x32xf32>
// CHECK: tensor.extract_slice {{.*}} : tensor<3x32xf32> to tensor<3x24xf32>
// CHECK: kernel.func private @contraction_1(
// CHECK: linalg.matmul

// Reductions run as the data lies: rows, columns, channels.
// CHECK: kernel.func private @conv_
// CHECK: iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]
// CHECK: kernel.func private @[[PAD]](
// CHECK: tensor.pad
// CHECK: linalg.transpose

#id2 = affine_map<(a,b)->(a,b)>
func.func @main(%x: tensor<3x16xf32>, %x2: tensor<1x10x10x16xf32>, %d: tensor<16x24xf32>) -> (tensor<3x24xf32>, tensor<1x8x8x32xf32>,tensor<1x8x8x16xf32>, tensor<3x24xf32>) {
  %w = arith.constant dense_resource<w> : tensor<16x24xf32>
  %cw = arith.constant dense_resource<cw> : tensor<32x16x3x3xf32>
  %dw = arith.constant dense_resource<dw> : tensor<16x3x3xf32>
  %0 = tensor.empty() : tensor<3x24xf32>
  %1 = kernel.launch @contraction_1 ins(%x, %w : tensor<3x16xf32>, tensor<16x24xf32>) outs(%0 : tensor<3x24xf32>) -> tensor<3x24xf32>
  %2 = tensor.empty() : tensor<1x8x8x32xf32>
  %3 = kernel.launch @conv_1 ins(%x2, %cw : tensor<1x10x10x16xf32>, tensor<32x16x3x3xf32>) outs(%2 : tensor<1x8x8x32xf32>) -> tensor<1x8x8x32xf32>
  %4 = tensor.empty() : tensor<1x8x8x16xf32>
  %5 = kernel.launch @depthwise_1 ins(%x2, %dw : tensor<1x10x10x16xf32>, tensor<16x3x3xf32>) outs(%4 : tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32>
  %6 = kernel.launch @contraction_1 ins(%x, %d : tensor<3x16xf32>, tensor<16x24xf32>) outs(%0 : tensor<3x24xf32>) -> tensor<3x24xf32>
  return %1, %3, %5, %6 : tensor<3x24xf32>, tensor<1x8x8x32xf32>, tensor<1x8x8x16xf32>, tensor<3x24xf32>
}
kernel.func private @contraction_1(%x: tensor<3x16xf32>, %w: tensor<16x24xf32>) -> tensor<3x24xf32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [3, 32], lanes = 16>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x24xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<3x24xf32>) -> tensor<3x24xf32>
  %m = linalg.matmul ins(%x, %w : tensor<3x16xf32>, tensor<16x24xf32>) outs(%f : tensor<3x24xf32>) -> tensor<3x24xf32>
  %r = linalg.exp ins(%m : tensor<3x24xf32>) outs(%e : tensor<3x24xf32>) -> tensor<3x24xf32>
  kernel.return %r : tensor<3x24xf32>
}
kernel.func private @conv_1(%x: tensor<1x10x10x16xf32>, %w: tensor<32x16x3x3xf32>) -> tensor<1x8x8x32xf32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 8, 16], lanes = 16>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x8x8x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x8x8x32xf32>) -> tensor<1x8x8x32xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n,h,w,co,ci,kh,kw)->(n,h+kh,w+kw,ci)>, affine_map<(n,h,w,co,ci,kh,kw)->(co,ci,kh,kw)>, affine_map<(n,h,w,co,ci,kh,kw)->(n,h,w,co)>],
     iterator_types = ["parallel","parallel","parallel","parallel","reduction","reduction","reduction"]} ins(%x, %w : tensor<1x10x10x16xf32>, tensor<32x16x3x3xf32>) outs(%f : tensor<1x8x8x32xf32>) {
     ^bb0(%a: f32, %bb: f32, %o: f32): %m = arith.mulf %a, %bb : f32  %s = arith.addf %o, %m : f32 linalg.yield %s : f32 } -> tensor<1x8x8x32xf32>
  kernel.return %c : tensor<1x8x8x32xf32>
}
kernel.func private @depthwise_1(%x: tensor<1x10x10x16xf32>, %w: tensor<16x3x3xf32>) -> tensor<1x8x8x16xf32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 1, 4, 16], lanes = 16>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x8x8x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x8x8x16xf32>) -> tensor<1x8x8x16xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n,h,w,c,kh,kw)->(n,h+kh,w+kw,c)>, affine_map<(n,h,w,c,kh,kw)->(c,kh,kw)>, affine_map<(n,h,w,c,kh,kw)->(n,h,w,c)>],
     iterator_types = ["parallel","parallel","parallel","parallel","reduction","reduction"]} ins(%x, %w : tensor<1x10x10x16xf32>, tensor<16x3x3xf32>) outs(%f : tensor<1x8x8x16xf32>) {
     ^bb0(%a: f32, %bb: f32, %o: f32): %m = arith.mulf %a, %bb : f32  %s = arith.addf %o, %m : f32 linalg.yield %s : f32 } -> tensor<1x8x8x16xf32>
  kernel.return %c : tensor<1x8x8x16xf32>
}
