// Few output channels: neighbouring pixels become channels, with a filter for each.
// RUN: dlc-opt %s --kernel-fold-pixels=target=x86-64-v4 --split-input-file | FileCheck %s

#data = affine_map<(n, y, x, co, ky, kx, ci) -> (n, y + ky, x + kx, ci)>
#filter = affine_map<(n, y, x, co, ky, kx, ci) -> (co, ci, ky, kx)>
#out = affine_map<(n, y, x, co, ky, kx, ci) -> (n, y, x, co)>

// 16 pixels of one channel; 30 pixels are 2 x 16, of which two are cut, and their data is zeros.
// CHECK: #[[DATA:.*]] = affine_map<(d0, d1, d2, d3, d4, d5, d6) -> (d0, d1 + d4, d2 * 16 + d5, d6)>
// CHECK-LABEL: func.func @one_channel
// CHECK: tensor.pad %arg0 low[0, 0, 0, 0] high[0, 0, 2, 0]
// CHECK: } : tensor<1x12x34x8xf32> to tensor<1x12x36x8xf32>
// CHECK: tensor.pad %{{.*}} low[0, 0, 0, 15] high[0, 0, 0, 15]
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<16x1x8x5x20xf32>)
// CHECK: linalg.generic {{.*}}#[[DATA]]
// CHECK-SAME: ins(%{{.*}}, %{{.*}} : tensor<1x12x36x8xf32>, tensor<16x8x5x20xf32>)
// CHECK: tensor.expand_shape %{{.*}} into tensor<1x8x32x1xf32>
// CHECK: tensor.extract_slice %{{.*}} to tensor<1x8x30x1xf32>
func.func @one_channel(%x: tensor<1x12x34x8xf32>) -> tensor<1x8x30x1xf32> {
  %w = arith.constant dense<0.5> : tensor<1x8x5x5xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<1x8x30x1xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x8x30x1xf32>) -> tensor<1x8x30x1xf32>
  %y = linalg.generic {indexing_maps = [#data, #filter, #out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
      ins(%x, %w : tensor<1x12x34x8xf32>, tensor<1x8x5x5xf32>) outs(%init : tensor<1x8x30x1xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %c, %p : f32
    linalg.yield %s : f32
  } -> tensor<1x8x30x1xf32>
  return %y : tensor<1x8x30x1xf32>
}

// -----

#data = affine_map<(n, y, x, co, ky, kx, ci) -> (n, y * 2 + ky, x * 2 + kx, ci)>
#filter = affine_map<(n, y, x, co, ky, kx, ci) -> (co, ci, ky, kx)>
#out = affine_map<(n, y, x, co, ky, kx, ci) -> (n, y, x, co)>

// Where the steps are as large as the window nothing is shared: 2 pixels would take 2 + 2 taps.
// CHECK-LABEL: func.func @no_overlap
// CHECK-NOT: tensor.expand_shape
func.func @no_overlap(%x: tensor<1x16x64x8xf32>) -> tensor<1x8x32x4xf32> {
  %w = arith.constant dense<0.5> : tensor<4x8x2x2xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<1x8x32x4xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x8x32x4xf32>) -> tensor<1x8x32x4xf32>
  %y = linalg.generic {indexing_maps = [#data, #filter, #out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
      ins(%x, %w : tensor<1x16x64x8xf32>, tensor<4x8x2x2xf32>) outs(%init : tensor<1x8x32x4xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %c, %p : f32
    linalg.yield %s : f32
  } -> tensor<1x8x32x4xf32>
  return %y : tensor<1x8x32x4xf32>
}

// -----

#data = affine_map<(n, y, x, co, ky, kx, ci) -> (n, y + ky, x + kx, ci)>
#filter = affine_map<(n, y, x, co, ky, kx, ci) -> (co, ci, ky, kx)>
#out = affine_map<(n, y, x, co, ky, kx, ci) -> (n, y, x, co)>

// A filter that is no constant would be arranged anew in each run.
// CHECK-LABEL: func.func @filter_of_the_run
// CHECK-NOT: tensor.expand_shape
func.func @filter_of_the_run(%x: tensor<1x12x34x8xf32>, %w: tensor<1x8x5x5xf32>) -> tensor<1x8x30x1xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<1x8x30x1xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x8x30x1xf32>) -> tensor<1x8x30x1xf32>
  %y = linalg.generic {indexing_maps = [#data, #filter, #out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
      ins(%x, %w : tensor<1x12x34x8xf32>, tensor<1x8x5x5xf32>) outs(%init : tensor<1x8x30x1xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %c, %p : f32
    linalg.yield %s : f32
  } -> tensor<1x8x30x1xf32>
  return %y : tensor<1x8x30x1xf32>
}

// -----

#data = affine_map<(n, y, x, co, ky, kx, ci) -> (n, y + ky, x + kx, ci)>
#filter = affine_map<(n, y, x, co, ky, kx, ci) -> (co, ci, ky, kx)>
#out = affine_map<(n, y, x, co, ky, kx, ci) -> (n, y, x, co)>
#whole = affine_map<(n, y, x, co) -> (n, y, x, co)>
#columns = affine_map<(n, y, x, co) -> (n, 0, 0, co)>

// 2 pixels of 6 channels. What follows element by element computes on them, too: with a whole tensor in another shape, and with
// the bias twice. It is reshaped at the end.
// CHECK-LABEL: func.func @consumers
// CHECK-SAME: %[[X:.*]]: tensor<1x12x32x1xf32>, %[[R:.*]]: tensor<1x8x28x6xf32>
// CHECK: %[[P:.*]] = linalg.generic {{.*}} outs(%{{.*}} : tensor<1x8x14x12xf32>)
// CHECK: %[[B:.*]] = linalg.generic {{.*}} ins(%{{.*}} : tensor<1x1x1x6xf32>) outs(%{{.*}} : tensor<2x6xf32>)
// CHECK: %[[BB:.*]] = tensor.collapse_shape %[[B]] {{\[}}[0, 1]] : tensor<2x6xf32> into tensor<12xf32>
// CHECK: %[[A:.*]] = linalg.generic {{.*}} ins(%[[P]], %[[BB]] : tensor<1x8x14x12xf32>, tensor<12xf32>)
// CHECK: tensor.collapse_shape %[[R]]
// CHECK: %[[RR:.*]] = tensor.expand_shape {{.*}} into tensor<1x8x14x12xf32>
// CHECK: %[[S:.*]] = linalg.generic {{.*}} ins(%[[A]], %[[RR]] : tensor<1x8x14x12xf32>, tensor<1x8x14x12xf32>)
// CHECK: %[[C:.*]] = tensor.collapse_shape %[[S]]
// CHECK: %[[Y:.*]] = tensor.expand_shape %[[C]] {{.*}} into tensor<1x8x28x6xf32>
// CHECK: return %[[Y]]
func.func @consumers(%x: tensor<1x12x32x1xf32>, %r: tensor<1x8x28x6xf32>) -> tensor<1x8x28x6xf32> {
  %w = arith.constant dense<0.5> : tensor<6x1x5x5xf32>
  %b = arith.constant dense<[[[[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]]]]> : tensor<1x1x1x6xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<1x8x28x6xf32>
  %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<1x8x28x6xf32>) -> tensor<1x8x28x6xf32>
  %y = linalg.generic {indexing_maps = [#data, #filter, #out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
      ins(%x, %w : tensor<1x12x32x1xf32>, tensor<6x1x5x5xf32>) outs(%init : tensor<1x8x28x6xf32>) {
  ^bb0(%a: f32, %c: f32, %d: f32):
    %p = arith.mulf %a, %c : f32
    %s = arith.addf %d, %p : f32
    linalg.yield %s : f32
  } -> tensor<1x8x28x6xf32>
  %z = linalg.generic {indexing_maps = [#whole, #columns, #whole], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%y, %b : tensor<1x8x28x6xf32>, tensor<1x1x1x6xf32>) outs(%empty : tensor<1x8x28x6xf32>) {
  ^bb0(%a: f32, %c: f32, %d: f32):
    %s = arith.addf %a, %c : f32
    linalg.yield %s : f32
  } -> tensor<1x8x28x6xf32>
  %v = linalg.generic {indexing_maps = [#whole, #whole, #whole], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%z, %r : tensor<1x8x28x6xf32>, tensor<1x8x28x6xf32>) outs(%empty : tensor<1x8x28x6xf32>) {
  ^bb0(%a: f32, %c: f32, %d: f32):
    %s = arith.addf %a, %c : f32
    linalg.yield %s : f32
  } -> tensor<1x8x28x6xf32>
  return %v : tensor<1x8x28x6xf32>
}
