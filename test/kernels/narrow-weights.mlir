// Constant factors of 16 bits are widened in the kernel that multiplies; the rounding is done ahead.
// RUN: dlc-opt %s --kernel-form --split-input-file | FileCheck %s

#id = affine_map<(d0, d1) -> (d0, d1)>

// The product reads the narrow tensor, also through a slice.
// CHECK-LABEL: func.func @main(
// CHECK: %[[N:.*]] = kernel.launch @elementwise_{{.*}} ins(%{{.*}} : tensor<64x32xf32>) outs(%{{.*}} : tensor<64x32xbf16>)
// CHECK: %[[S:.*]] = tensor.extract_slice %[[N]][32, 0] [32, 32] [1, 1] : tensor<64x32xbf16> to tensor<32x32xbf16>
// CHECK: kernel.launch @contraction_{{.*}} ins(%arg0, %[[S]] : tensor<8x32xf32>, tensor<32x32xbf16>)
// CHECK-NOT: kernel.launch
// CHECK: return
// CHECK: kernel.func private @contraction
// CHECK: ^bb0(%{{.*}}: f32, %[[W:.*]]: bf16, %{{.*}}: f32):
// CHECK-NEXT: arith.extf %[[W]] : bf16 to f32
func.func @main(%x: tensor<8x32xf32>) -> tensor<8x32xf32> {
  %w = arith.constant dense_resource<w> : tensor<64x32xf32>
  %zero = arith.constant 0.0 : f32
  %e16 = tensor.empty() : tensor<64x32xbf16>
  %n = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%w : tensor<64x32xf32>) outs(%e16 : tensor<64x32xbf16>) {
  ^bb0(%a: f32, %o: bf16):
    %t = arith.truncf %a : f32 to bf16
    linalg.yield %t : bf16
  } -> tensor<64x32xbf16>
  %e32 = tensor.empty() : tensor<64x32xf32>
  %f = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]} ins(%n : tensor<64x32xbf16>) outs(%e32 : tensor<64x32xf32>) {
  ^bb0(%a: bf16, %o: f32):
    %t = arith.extf %a : bf16 to f32
    linalg.yield %t : f32
  } -> tensor<64x32xf32>
  %s = tensor.extract_slice %f[32, 0] [32, 32] [1, 1] : tensor<64x32xf32> to tensor<32x32xf32>
  %ey = tensor.empty() : tensor<8x32xf32>
  %y0 = linalg.fill ins(%zero : f32) outs(%ey : tensor<8x32xf32>) -> tensor<8x32xf32>
  %y = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>],
      iterator_types = ["parallel", "parallel", "reduction"]} ins(%x, %s : tensor<8x32xf32>, tensor<32x32xf32>) outs(%y0 : tensor<8x32xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %r = arith.addf %o, %m : f32
    linalg.yield %r : f32
  } -> tensor<8x32xf32>
  return %y : tensor<8x32xf32>
}
