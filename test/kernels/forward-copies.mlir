// RUN: %dlc-opt %s --pass-pipeline="builtin.module(func.func(forward-copies,canonicalize))" --split-input-file | FileCheck %s

// Pieces of a concatenation are written in place, and a piece that is read elsewhere is read there.
// CHECK-LABEL: @concat
// CHECK: %[[D:.*]] = memref.alloc() : memref<2x8xf32>
// CHECK-NOT: memref.alloc
// CHECK: %[[A:.*]] = memref.subview %[[D]][0, 0] [2, 4] [1, 1]
// CHECK: linalg.exp {{.*}} outs(%[[A]]
// CHECK: %[[B:.*]] = memref.subview %[[D]][0, 4] [2, 4] [1, 1]
// CHECK: linalg.add ins(%[[A]], %{{.*}} outs(%[[B]]
// CHECK: linalg.mul ins(%[[A]], %[[B]]
// CHECK-NOT: memref.copy
func.func @concat(%x: memref<2x4xf32>, %out: memref<2x4xf32>) -> memref<2x8xf32> {
  %a = memref.alloc() : memref<2x4xf32>
  linalg.exp ins(%x : memref<2x4xf32>) outs(%a : memref<2x4xf32>)
  %b = memref.alloc() : memref<2x4xf32>
  linalg.add ins(%a, %x : memref<2x4xf32>, memref<2x4xf32>) outs(%b : memref<2x4xf32>)
  %d = memref.alloc() : memref<2x8xf32>
  %d0 = memref.subview %d[0, 0] [2, 4] [1, 1] : memref<2x8xf32> to memref<2x4xf32, strided<[8, 1]>>
  memref.copy %a, %d0 : memref<2x4xf32> to memref<2x4xf32, strided<[8, 1]>>
  %d1 = memref.subview %d[0, 4] [2, 4] [1, 1] : memref<2x8xf32> to memref<2x4xf32, strided<[8, 1], offset: 4>>
  memref.copy %b, %d1 : memref<2x4xf32> to memref<2x4xf32, strided<[8, 1], offset: 4>>
  linalg.mul ins(%a, %b : memref<2x4xf32>, memref<2x4xf32>) outs(%out : memref<2x4xf32>)
  return %d : memref<2x8xf32>
}

// -----

// A halo: the fill moves up, before the piece is written.
// CHECK-LABEL: @halo
// CHECK: %[[D:.*]] = memref.alloc() : memref<6xf32>
// CHECK: linalg.fill {{.*}} outs(%[[D]]
// CHECK: linalg.exp {{.*}} outs(%{{.*}} : memref<4xf32, strided<[1], offset: 1>>)
// CHECK-NOT: memref.copy
func.func @halo(%x: memref<4xf32>) -> memref<6xf32> {
  %zero = arith.constant 0.0 : f32
  %a = memref.alloc() : memref<4xf32>
  linalg.exp ins(%x : memref<4xf32>) outs(%a : memref<4xf32>)
  %d = memref.alloc() : memref<6xf32>
  linalg.fill ins(%zero : f32) outs(%d : memref<6xf32>)
  %s = memref.subview %d[1] [4] [1] : memref<6xf32> to memref<4xf32, strided<[1], offset: 1>>
  memref.copy %a, %s : memref<4xf32> to memref<4xf32, strided<[1], offset: 1>>
  return %d : memref<6xf32>
}

// -----

// Not sound: the target is read before the copy.
// CHECK-LABEL: @read_before
// CHECK: memref.copy
func.func @read_before(%x: memref<4xf32>, %d: memref<4xf32>) {
  %a = memref.alloc() : memref<4xf32>
  linalg.exp ins(%x : memref<4xf32>) outs(%a : memref<4xf32>)
  linalg.add ins(%d, %x : memref<4xf32>, memref<4xf32>) outs(%x : memref<4xf32>)
  memref.copy %a, %d : memref<4xf32> to memref<4xf32>
  return
}

// -----

// Not sound: the target is written while the piece is still read.
// CHECK-LABEL: @written_after
// CHECK: memref.copy
func.func @written_after(%x: memref<4xf32>, %d: memref<4xf32>, %out: memref<4xf32>) {
  %a = memref.alloc() : memref<4xf32>
  linalg.exp ins(%x : memref<4xf32>) outs(%a : memref<4xf32>)
  memref.copy %a, %d : memref<4xf32> to memref<4xf32>
  linalg.add ins(%x, %x : memref<4xf32>, memref<4xf32>) outs(%d : memref<4xf32>)
  linalg.add ins(%a, %x : memref<4xf32>, memref<4xf32>) outs(%out : memref<4xf32>)
  return
}

// -----

// Not sound: one value in two places can be forwarded to one of them only.
// CHECK-LABEL: @twice
// CHECK-COUNT-1: memref.copy
// CHECK-NOT: memref.copy
func.func @twice(%x: memref<4xf32>) -> memref<8xf32> {
  %a = memref.alloc() : memref<4xf32>
  linalg.exp ins(%x : memref<4xf32>) outs(%a : memref<4xf32>)
  %d = memref.alloc() : memref<8xf32>
  %d0 = memref.subview %d[0] [4] [1] : memref<8xf32> to memref<4xf32, strided<[1]>>
  memref.copy %a, %d0 : memref<4xf32> to memref<4xf32, strided<[1]>>
  %d1 = memref.subview %d[4] [4] [1] : memref<8xf32> to memref<4xf32, strided<[1], offset: 4>>
  memref.copy %a, %d1 : memref<4xf32> to memref<4xf32, strided<[1], offset: 4>>
  return %d : memref<8xf32>
}

// -----

// Symbolic positions: the second piece begins where the first one ends.
// CHECK-LABEL: @symbolic
// CHECK-NOT: memref.copy
func.func @symbolic(%x: memref<?xf32>, %n: index, %m: index) -> memref<?xf32> {
  %s = arith.addi %n, %m : index
  %a = memref.alloc(%n) : memref<?xf32>
  linalg.exp ins(%x : memref<?xf32>) outs(%a : memref<?xf32>)
  %b = memref.alloc(%m) : memref<?xf32>
  linalg.log ins(%x : memref<?xf32>) outs(%b : memref<?xf32>)
  %d = memref.alloc(%s) : memref<?xf32>
  %d0 = memref.subview %d[0] [%n] [1] : memref<?xf32> to memref<?xf32, strided<[1]>>
  memref.copy %a, %d0 : memref<?xf32> to memref<?xf32, strided<[1]>>
  %d1 = memref.subview %d[%n] [%m] [1] : memref<?xf32> to memref<?xf32, strided<[1], offset: ?>>
  memref.copy %b, %d1 : memref<?xf32> to memref<?xf32, strided<[1], offset: ?>>
  return %d : memref<?xf32>
}

// -----

// What is copied is a reshape: the piece is the reshape backwards of its place.
// CHECK-LABEL: @reshaped
// CHECK: %[[D:.*]] = memref.alloc(%{{.*}}) : memref<2x?x4xf32>
// CHECK: %[[S:.*]] = memref.subview %[[D]][1, 0, 0]
// CHECK: %[[A:.*]] = memref.collapse_shape %[[S]] {{\[\[}}0, 1], [2]]
// CHECK: linalg.exp {{.*}} outs(%[[A]]
// CHECK-NOT: memref.copy
func.func @reshaped(%x: memref<?x4xf32>, %n: index) -> memref<2x?x4xf32> {
  %a = memref.alloc(%n) : memref<?x4xf32>
  linalg.exp ins(%x : memref<?x4xf32>) outs(%a : memref<?x4xf32>)
  %e = memref.expand_shape %a [[0, 1], [2]] output_shape [1, %n, 4] : memref<?x4xf32> into memref<1x?x4xf32>
  %d = memref.alloc(%n) : memref<2x?x4xf32>
  %s = memref.subview %d[1, 0, 0] [1, %n, 4] [1, 1, 1] : memref<2x?x4xf32> to memref<1x?x4xf32, strided<[?, 4, 1], offset: ?>>
  memref.copy %e, %s : memref<1x?x4xf32> to memref<1x?x4xf32, strided<[?, 4, 1], offset: ?>>
  return %d : memref<2x?x4xf32>
}
