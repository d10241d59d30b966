// RUN: dlc-opt %s --kernel-winograd=target=znver4 --split-input-file | FileCheck %s
// Thirty-two tiles of six points for a hundred results: worth it where the filters, twice as large then, stay in the caches from run to
// run, and not where all weights of the model do not.

// CHECK-LABEL: func.func @main(
// CHECK: kernel.launch @winograd_
func.func @main(%x0: tensor<1x100x32xf32>) -> (tensor<1x100x32xf32>) {
  %w0 = arith.constant dense_resource<near> : tensor<32x32x3xf32>
  %e0 = tensor.empty() : tensor<1x100x32xf32>
  %0 = kernel.launch @near ins(%x0, %w0 : tensor<1x100x32xf32>, tensor<32x32x3xf32>) outs(%e0 : tensor<1x100x32xf32>) -> tensor<1x100x32xf32>
  return %0 : tensor<1x100x32xf32>
}

kernel.func private @near(%x: tensor<1x100x32xf32>, %w: tensor<32x32x3xf32>) -> tensor<1x100x32xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 16, 0] high[0, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x100x32xf32> to tensor<1x116x32xf32>
  %e = tensor.empty() : tensor<1x100x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x100x32xf32>) -> tensor<1x100x32xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, l, co, ci, k) -> (n, l + k * 8, ci)>, affine_map<(n, l, co, ci, k) -> (co, ci, k)>, affine_map<(n, l, co, ci, k) -> (n, l, co)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%p, %w : tensor<1x116x32xf32>, tensor<32x32x3xf32>) outs(%f : tensor<1x100x32xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x100x32xf32>
  %r = linalg.exp ins(%c : tensor<1x100x32xf32>) outs(%e : tensor<1x100x32xf32>) -> tensor<1x100x32xf32>
  kernel.return %r : tensor<1x100x32xf32>
}

// -----

// CHECK-LABEL: func.func @main(
// CHECK: kernel.launch @near
func.func @main(%x0: tensor<1x100x32xf32>) -> (tensor<1x100x32xf32>, tensor<512x512xf32>) {
  %w0 = arith.constant dense_resource<near> : tensor<32x32x3xf32>
  %e0 = tensor.empty() : tensor<1x100x32xf32>
  %0 = kernel.launch @near ins(%x0, %w0 : tensor<1x100x32xf32>, tensor<32x32x3xf32>) outs(%e0 : tensor<1x100x32xf32>) -> tensor<1x100x32xf32>
  %big = arith.constant dense_resource<big> : tensor<512x512xf32>
  return %0, %big : tensor<1x100x32xf32>, tensor<512x512xf32>
}

kernel.func private @near(%x: tensor<1x100x32xf32>, %w: tensor<32x32x3xf32>) -> tensor<1x100x32xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 16, 0] high[0, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x100x32xf32> to tensor<1x116x32xf32>
  %e = tensor.empty() : tensor<1x100x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x100x32xf32>) -> tensor<1x100x32xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, l, co, ci, k) -> (n, l + k * 8, ci)>, affine_map<(n, l, co, ci, k) -> (co, ci, k)>, affine_map<(n, l, co, ci, k) -> (n, l, co)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%p, %w : tensor<1x116x32xf32>, tensor<32x32x3xf32>) outs(%f : tensor<1x100x32xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x100x32xf32>
  %r = linalg.exp ins(%c : tensor<1x100x32xf32>) outs(%e : tensor<1x100x32xf32>) -> tensor<1x100x32xf32>
  kernel.return %r : tensor<1x100x32xf32>
}
