// RUN: %dlc-opt %s --kernel-specialize --split-input-file | FileCheck %s

// One clone for each layout; the offset does not matter, nor does the stride of a dimension of one element.
// CHECK-LABEL: kernel.func private @k(
// CHECK-SAME: %[[X:.*]]: memref<1x4xf32>, %[[OUT:.*]]: memref<1x4xf32>)
// CHECK: %[[T:.*]] = bufferization.to_tensor %[[X]] restrict : memref<1x4xf32> to tensor<1x4xf32>
// CHECK: %[[R:.*]] = linalg.exp ins(%[[T]]
// CHECK: bufferization.materialize_in_destination %[[R]] in restrict writable %[[OUT]]
// CHECK: kernel.return
// CHECK: kernel.func private @k_1(%{{.*}}: memref<1x4xf32>, %{{.*}}: memref<1x4xf32, strided<[4, 2]>>)
// CHECK-NOT: kernel.func
// CHECK-LABEL: func.func @main
// CHECK: kernel.launch @k ins
// CHECK: kernel.launch @k ins
// CHECK: kernel.launch @k_1 ins
kernel.func @k(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  %e = tensor.empty() : tensor<1x4xf32>
  %y = linalg.exp ins(%x : tensor<1x4xf32>) outs(%e : tensor<1x4xf32>) -> tensor<1x4xf32>
  kernel.return %y : tensor<1x4xf32>
}
kernel.func @unused(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  kernel.return %x : tensor<1x4xf32>
}
func.func @main(%x: memref<1x4xf32>, %d: memref<1x8xf32>) {
  kernel.launch @k ins(%x : memref<1x4xf32>) outs(%x : memref<1x4xf32>)
  %s = memref.subview %d[0, 4] [1, 4] [1, 1] : memref<1x8xf32> to memref<1x4xf32, strided<[8, 1], offset: 4>>
  kernel.launch @k ins(%x : memref<1x4xf32>) outs(%s : memref<1x4xf32, strided<[8, 1], offset: 4>>)
  %t = memref.subview %d[0, 0] [1, 4] [1, 2] : memref<1x8xf32> to memref<1x4xf32, strided<[8, 2]>>
  kernel.launch @k ins(%s : memref<1x4xf32, strided<[8, 1], offset: 4>>) outs(%t : memref<1x4xf32, strided<[8, 2]>>)
  return
}

// -----

// Extents move along; a schedule is kept; a destination that is read is a tensor of the body, too.
// CHECK: kernel.func private @add(%[[X:.*]]: memref<?x4xf32> {kernel.extents = array<i64: 0>}, %[[ACC:.*]]: memref<?x4xf32, strided<[?, 1]>> {kernel.extents = array<i64: 0>}, %[[N:.*]]: index)
// CHECK-SAME: #kernel.schedule<loops, elementwise>
// CHECK-DAG: bufferization.to_tensor %[[X]] restrict :
// CHECK-DAG: bufferization.to_tensor %[[ACC]] restrict writable :
// CHECK: tensor.empty(%[[N]])
kernel.func @add(%x: tensor<?x4xf32> {kernel.extents = array<i64: 0>}, %acc: tensor<?x4xf32> {kernel.extents = array<i64: 0>}, %n: index)
    -> (tensor<?x4xf32> {kernel.extents = array<i64: 0>}) attributes {schedule = #kernel.schedule<loops, elementwise>} {
  %e = tensor.empty(%n) : tensor<?x4xf32>
  %y = linalg.add ins(%x, %acc : tensor<?x4xf32>, tensor<?x4xf32>) outs(%e : tensor<?x4xf32>) -> tensor<?x4xf32>
  kernel.return %y : tensor<?x4xf32>
}
func.func @main(%x: memref<?x4xf32>, %a: memref<?x4xf32, strided<[?, 1], offset: ?>>, %n: index) {
  kernel.launch @add ins(%x : memref<?x4xf32>) sizes(%n) outs(%a : memref<?x4xf32, strided<[?, 1], offset: ?>>) {reads_outs}
  return
}
