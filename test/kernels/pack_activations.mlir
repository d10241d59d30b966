// RUN: dlc-opt %s --kernel-apply-schedule | FileCheck %s
// A factor that is computed in each run is packed, too, where its columns do not fill vectors (20 of 32) or run across them (the
// transposed one), and each element is read four times at least. Whole vectors are read where they are.

// CHECK-LABEL: func.func @main(
// CHECK-DAG: kernel.launch @pack_{{.*}} ins(%arg1 : tensor<2x16x20xf32>) outs(%{{.*}} : tensor<2x1x16x32xf32>)
// CHECK-DAG: kernel.launch @pack_{{.*}} ins(%{{.*}} : tensor<2x1x32x16xf32>) outs(%{{.*}} : tensor<2x1x16x32xf32>)
// CHECK: kernel.launch @whole ins(%arg0, %arg2 : tensor<2x8x16xf32>, tensor<2x16x32xf32>)
func.func @main(%x: tensor<2x8x16xf32>, %uneven: tensor<2x16x20xf32>, %even: tensor<2x16x32xf32>, %across: tensor<2x32x16xf32>) -> (tensor<2x8x20xf32>, tensor<2x8x32xf32>, tensor<2x8x32xf32>) {
  %0 = tensor.empty() : tensor<2x8x20xf32>
  %1 = kernel.launch @cut ins(%x, %uneven : tensor<2x8x16xf32>, tensor<2x16x20xf32>) outs(%0 : tensor<2x8x20xf32>) -> tensor<2x8x20xf32>
  %2 = tensor.empty() : tensor<2x8x32xf32>
  %3 = kernel.launch @whole ins(%x, %even : tensor<2x8x16xf32>, tensor<2x16x32xf32>) outs(%2 : tensor<2x8x32xf32>) -> tensor<2x8x32xf32>
  %4 = tensor.empty() : tensor<2x8x32xf32>
  %5 = kernel.launch @turned ins(%x, %across : tensor<2x8x16xf32>, tensor<2x32x16xf32>) outs(%4 : tensor<2x8x32xf32>) -> tensor<2x8x32xf32>
  return %1, %3, %5 : tensor<2x8x20xf32>, tensor<2x8x32xf32>, tensor<2x8x32xf32>
}
kernel.func private @cut(%x: tensor<2x8x16xf32>, %w: tensor<2x16x20xf32>) -> tensor<2x8x20xf32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 8, 32], lanes = 16>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x8x20xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x8x20xf32>) -> tensor<2x8x20xf32>
  %m = linalg.batch_matmul ins(%x, %w : tensor<2x8x16xf32>, tensor<2x16x20xf32>) outs(%f : tensor<2x8x20xf32>) -> tensor<2x8x20xf32>
  kernel.return %m : tensor<2x8x20xf32>
}
kernel.func private @whole(%x: tensor<2x8x16xf32>, %w: tensor<2x16x32xf32>) -> tensor<2x8x32xf32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 8, 32], lanes = 16>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x8x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x8x32xf32>) -> tensor<2x8x32xf32>
  %m = linalg.batch_matmul ins(%x, %w : tensor<2x8x16xf32>, tensor<2x16x32xf32>) outs(%f : tensor<2x8x32xf32>) -> tensor<2x8x32xf32>
  kernel.return %m : tensor<2x8x32xf32>
}
kernel.func private @turned(%x: tensor<2x8x16xf32>, %w: tensor<2x32x16xf32>) -> tensor<2x8x32xf32> attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 8, 32], lanes = 16>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x8x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x8x32xf32>) -> tensor<2x8x32xf32>
  %m = linalg.generic {indexing_maps = [affine_map<(b,m,n,k)->(b,m,k)>, affine_map<(b,m,n,k)->(b,n,k)>, affine_map<(b,m,n,k)->(b,m,n)>], iterator_types = ["parallel","parallel","parallel","reduction"]}
      ins(%x, %w : tensor<2x8x16xf32>, tensor<2x32x16xf32>) outs(%f : tensor<2x8x32xf32>) {
  ^bb0(%a: f32, %c: f32, %o: f32):
    %p = arith.mulf %a, %c : f32
    %s = arith.addf %o, %p : f32
    linalg.yield %s : f32
  } -> tensor<2x8x32xf32>
  kernel.return %m : tensor<2x8x32xf32>
}
