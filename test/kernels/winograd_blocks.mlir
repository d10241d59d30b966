// Blocks of Winograd's tiles: rows where filters and a row stay in the second-level cache, or where reading the filters again costs
// less than the blocks of a whole image beyond it; a byte costs more of faster cores (v4).
// RUN: dlc-opt %s --kernel-winograd="tile=4 target=znver4" --kernel-choose-schedule=target=znver4 | FileCheck %s --check-prefixes=CHECK,SLOW
// RUN: dlc-opt %s --kernel-winograd="tile=4 target=x86-64-v4" --kernel-choose-schedule=target=x86-64-v4 | FileCheck %s --check-prefixes=CHECK,FAST

// CHECK: kernel.func private @winograd{{.*}} -> tensor<1x56x56x64xf32> {{.*}}tile = [1, 4, 56, 32], lanes = 16, prefetch
// SLOW: kernel.func private @winograd{{.*}} -> tensor<1x56x56x256xf32> {{.*}}tile = [1, 4, 56, 32], lanes = 16, prefetch
// FAST: kernel.func private @winograd{{.*}} -> tensor<1x56x56x256xf32> {{.*}}tile = [1, 4, 56, 32], lanes = 16, pad = root
// CHECK: kernel.func private @winograd{{.*}} -> tensor<1x28x28x512xf32> {{.*}}lanes = 16, pad = root
#x = affine_map<(n, h, w, co, ci, kh, kw) -> (n, h + kh, w + kw, ci)>
#w = affine_map<(n, h, w, co, ci, kh, kw) -> (co, ci, kh, kw)>
#y = affine_map<(n, h, w, co, ci, kh, kw) -> (n, h, w, co)>
#loops = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]
func.func @main(%x0: tensor<1x56x56x64xf32>, %x1: tensor<1x56x56x256xf32>, %x2: tensor<1x28x28x512xf32>) -> (tensor<1x56x56x64xf32>, tensor<1x56x56x256xf32>, tensor<1x28x28x512xf32>) {
  %w0 = arith.constant dense_resource<w0> : tensor<64x64x3x3xf32>
  %e0 = tensor.empty() : tensor<1x56x56x64xf32>
  %r0 = kernel.launch @near ins(%x0, %w0 : tensor<1x56x56x64xf32>, tensor<64x64x3x3xf32>) outs(%e0 : tensor<1x56x56x64xf32>) -> tensor<1x56x56x64xf32>
  %w1 = arith.constant dense_resource<w1> : tensor<256x256x3x3xf32>
  %e1 = tensor.empty() : tensor<1x56x56x256xf32>
  %r1 = kernel.launch @middle ins(%x1, %w1 : tensor<1x56x56x256xf32>, tensor<256x256x3x3xf32>) outs(%e1 : tensor<1x56x56x256xf32>) -> tensor<1x56x56x256xf32>
  %w2 = arith.constant dense_resource<w2> : tensor<512x512x3x3xf32>
  %e2 = tensor.empty() : tensor<1x28x28x512xf32>
  %r2 = kernel.launch @far ins(%x2, %w2 : tensor<1x28x28x512xf32>, tensor<512x512x3x3xf32>) outs(%e2 : tensor<1x28x28x512xf32>) -> tensor<1x28x28x512xf32>
  return %r0, %r1, %r2 : tensor<1x56x56x64xf32>, tensor<1x56x56x256xf32>, tensor<1x28x28x512xf32>
}
kernel.func private @near(%x: tensor<1x56x56x64xf32>, %w: tensor<64x64x3x3xf32>) -> tensor<1x56x56x64xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x56x56x64xf32> to tensor<1x58x58x64xf32>
  %e = tensor.empty() : tensor<1x56x56x64xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x56x56x64xf32>) -> tensor<1x56x56x64xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%p, %w : tensor<1x58x58x64xf32>, tensor<64x64x3x3xf32>) outs(%f : tensor<1x56x56x64xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x56x56x64xf32>
  kernel.return %c : tensor<1x56x56x64xf32>
}
kernel.func private @middle(%x: tensor<1x56x56x256xf32>, %w: tensor<256x256x3x3xf32>) -> tensor<1x56x56x256xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x56x56x256xf32> to tensor<1x58x58x256xf32>
  %e = tensor.empty() : tensor<1x56x56x256xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x56x56x256xf32>) -> tensor<1x56x56x256xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%p, %w : tensor<1x58x58x256xf32>, tensor<256x256x3x3xf32>) outs(%f : tensor<1x56x56x256xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x56x56x256xf32>
  kernel.return %c : tensor<1x56x56x256xf32>
}
kernel.func private @far(%x: tensor<1x28x28x512xf32>, %w: tensor<512x512x3x3xf32>) -> tensor<1x28x28x512xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x28x28x512xf32> to tensor<1x30x30x512xf32>
  %e = tensor.empty() : tensor<1x28x28x512xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x28x28x512xf32>) -> tensor<1x28x28x512xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%p, %w : tensor<1x30x30x512xf32>, tensor<512x512x3x3xf32>) outs(%f : tensor<1x28x28x512xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x28x28x512xf32>
  kernel.return %c : tensor<1x28x28x512xf32>
}
