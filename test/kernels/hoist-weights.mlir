// RUN: %dlc-opt %s --hoist-weights --split-input-file | FileCheck %s

// A raw weight is copied; a transposed one is computed by @weights; views of them, fills, small constants and
// what depends on an input stay.
// CHECK: module attributes {dlc.weights_layout = {raw = [{key = "raw", offset = 0 : i64, size = 64 : i64}], size = 192 : i64}}
// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[X:[a-z0-9]+]]: tensor<1x4xf32>, %[[BLOCK:[a-z0-9]+]]: memref<?xi8> {dlc.weights_base})
// CHECK: %[[C0:.*]] = arith.constant 0 : index
// CHECK: %[[RAW_VIEW:.*]] = memref.view %[[BLOCK]][%[[C0]]][] : memref<?xi8> to memref<4x4xf32>
// CHECK: %[[RAW:.*]] = bufferization.to_tensor %[[RAW_VIEW]] restrict
// CHECK: %[[C64:.*]] = arith.constant 64 : index
// CHECK: %[[MADE_VIEW:.*]] = memref.view %[[BLOCK]][%[[C64]]][] : memref<?xi8> to memref<4x8xf32>
// CHECK: %[[MADE:.*]] = bufferization.to_tensor %[[MADE_VIEW]] restrict
// CHECK-NOT: dense_resource
// CHECK: %[[SMALL:.*]] = arith.constant dense<[1.0{{.*}}, 2.0{{.*}}, 3.0{{.*}}, 4.0{{.*}}]>
// CHECK: linalg.matmul ins(%[[X]], %[[RAW]]
// CHECK: linalg.broadcast ins(%[[SMALL]]
// CHECK: linalg.matmul ins({{.*}}, %[[MADE]]
// CHECK: tensor.expand_shape %[[MADE]]
// CHECK-LABEL: func.func private @weights(
// CHECK-SAME: %[[W:.*]]: tensor<8x4xf32> {bufferization.writable = false, dlc.weight = "packed"}) -> (tensor<4x8xf32> {dlc.offset = 64 : i64})
// CHECK: %[[T:.*]] = linalg.transpose ins(%[[W]]
// CHECK: return %[[T]]
func.func @main(%x: tensor<1x4xf32>) -> (tensor<1x8xf32>, tensor<4x2x4xf32>) {
  %w0 = arith.constant dense_resource<raw> : tensor<4x4xf32>
  %w1 = arith.constant dense_resource<packed> : tensor<8x4xf32>
  %b = arith.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  %zero = arith.constant 0.0 : f32
  %e0 = tensor.empty() : tensor<1x4xf32>
  %i0 = linalg.fill ins(%zero : f32) outs(%e0 : tensor<1x4xf32>) -> tensor<1x4xf32>
  %h = linalg.matmul ins(%x, %w0 : tensor<1x4xf32>, tensor<4x4xf32>) outs(%i0 : tensor<1x4xf32>) -> tensor<1x4xf32>
  %hb = linalg.broadcast ins(%b : tensor<4xf32>) outs(%h : tensor<1x4xf32>) dimensions = [0]
  %e1 = tensor.empty() : tensor<4x8xf32>
  %t = linalg.transpose ins(%w1 : tensor<8x4xf32>) outs(%e1 : tensor<4x8xf32>) permutation = [1, 0]
  %e2 = tensor.empty() : tensor<1x8xf32>
  %i2 = linalg.fill ins(%zero : f32) outs(%e2 : tensor<1x8xf32>) -> tensor<1x8xf32>
  %y = linalg.matmul ins(%hb, %t : tensor<1x4xf32>, tensor<4x8xf32>) outs(%i2 : tensor<1x8xf32>) -> tensor<1x8xf32>
  %v = tensor.expand_shape %t [[0], [1, 2]] output_shape [4, 2, 4] : tensor<4x8xf32> into tensor<4x2x4xf32>
  return %y, %v : tensor<1x8xf32>, tensor<4x2x4xf32>
}

// -----

// Packing inside a loop moves out; one key has one place; a scalar read from a weight is read at each run.
// CHECK: module attributes {dlc.weights_layout = {raw = [{key = "w", offset = 0 : i64, size = 16 : i64}], size = 128 : i64}}
// CHECK-LABEL: func.func @main(
// CHECK: tensor.extract
// CHECK: scf.for
// CHECK-NOT: kernel.launch @pack
// CHECK: kernel.launch @use
// CHECK: @weights(
// CHECK: kernel.launch @pack
kernel.func @pack(%w: tensor<2x2xf32>) -> tensor<2x2xf32> {
  kernel.return %w : tensor<2x2xf32>
}
kernel.func @use(%x: tensor<2x2xf32>, %w: tensor<2x2xf32>) -> tensor<2x2xf32> {
  kernel.return %w : tensor<2x2xf32>
}
func.func @main(%x: tensor<2x2xf32>) -> (tensor<2x2xf32>, f32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %w = arith.constant dense_resource<w> : tensor<2x2xf32>
  %s = tensor.extract %w[%c0, %c1] : tensor<2x2xf32>
  %y = scf.for %i = %c0 to %c4 step %c1 iter_args(%h = %x) -> (tensor<2x2xf32>) {
    %e = tensor.empty() : tensor<2x2xf32>
    %p = kernel.launch @pack ins(%w : tensor<2x2xf32>) outs(%e : tensor<2x2xf32>) -> tensor<2x2xf32>
    %e2 = tensor.empty() : tensor<2x2xf32>
    %n = kernel.launch @use ins(%h, %p : tensor<2x2xf32>, tensor<2x2xf32>) outs(%e2 : tensor<2x2xf32>) -> tensor<2x2xf32>
    scf.yield %n : tensor<2x2xf32>
  }
  return %y, %s : tensor<2x2xf32>, f32
}

// -----

// A model without weights has no block.
// CHECK: module attributes {dlc.weights_layout = {raw = [], size = 0 : i64}}
// CHECK: func.func @main(%{{.*}}: tensor<2xf32>) -> tensor<2xf32>
func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}
