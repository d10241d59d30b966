// RUN: %dlc-opt %s --pass-pipeline="builtin.module(arena-plan,func.func(cse,canonicalize))" --split-input-file | FileCheck %s

// A chain needs two places: the third buffer lies where the first was.
// CHECK-LABEL: func.func @main
// CHECK-SAME: %[[ARENA:[a-z0-9]+]]: memref<?xi8> {dlc.arena})
// CHECK-DAG: %[[C0:.*]] = arith.constant 0 : index
// CHECK-DAG: %[[C64:.*]] = arith.constant 64 : index
// CHECK: memref.view %[[ARENA]][%[[C0]]][] : memref<?xi8> to memref<4xf32>
// CHECK: memref.view %[[ARENA]][%[[C64]]][] : memref<?xi8> to memref<4xf32>
// CHECK: memref.view %[[ARENA]][%[[C0]]][] : memref<?xi8> to memref<4xi1>
// CHECK-LABEL: func.func @plan
// CHECK: %[[SIZE:[a-z0-9_]+]] = arith.constant 128 : index
// CHECK: return %{{.*}}, %[[SIZE]]
func.func @main(%x: memref<4xf32>, %y: memref<4xf32>) {
  %zero = arith.constant 0.0 : f32
  %a = memref.alloc() : memref<4xf32>
  linalg.exp ins(%x : memref<4xf32>) outs(%a : memref<4xf32>)
  %b = memref.alloc() : memref<4xf32>
  linalg.exp ins(%a : memref<4xf32>) outs(%b : memref<4xf32>)
  %c = memref.alloc() : memref<4xi1>
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%b : memref<4xf32>) outs(%c : memref<4xi1>) {
    ^bb0(%i: f32, %o: i1):
      %p = arith.cmpf ogt, %i, %zero : f32
      linalg.yield %p : i1
  }
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      ins(%c : memref<4xi1>) outs(%y : memref<4xf32>) {
    ^bb0(%i: i1, %o: f32):
      %p = arith.uitofp %i : i1 to f32
      linalg.yield %p : f32
  }
  return
}
func.func @plan() -> index {
  %c4 = arith.constant 4 : index
  return %c4 : index
}

// -----

// One product of symbols: offsets are multiples of it, after the static part.
// CHECK-LABEL: func.func @main
// CHECK-SAME: %[[N:[a-z0-9]+]]: index {dlc.symbol = "N"}, %[[ARENA:[a-z0-9]+]]: memref<?xi8> {dlc.arena})
// CHECK-DAG: %[[C64:.*]] = arith.constant 64 : index
// CHECK-DAG: %[[UNIT:.*]] = arith.muli %[[N]], %[[C64]]
// CHECK-DAG: %[[SECOND:.*]] = arith.addi %[[UNIT]], %[[C64]]
// CHECK: memref.view %[[ARENA]][%[[C64]]][%[[N]]] : memref<?xi8> to memref<?x16xf32>
// CHECK: memref.view %[[ARENA]][%[[SECOND]]][%[[N]]] : memref<?xi8> to memref<?x4xf32>
// CHECK-LABEL: func.func @plan
// CHECK-SAME: %[[N:[a-z0-9]+]]: index
// CHECK: cf.assert %{{.*}}, "shape: a dimension would be negative
// CHECK: cf.assert %{{.*}}, "memory:
// CHECK: %[[UNITS:.*]] = arith.muli %[[N]], %c128
// CHECK: %[[BYTES:.*]] = arith.addi %[[UNITS]], %c64
// CHECK: return %[[N]], %[[BYTES]]
kernel.func @k(%x: tensor<4xf32>) -> tensor<4xf32> {
  kernel.return %x : tensor<4xf32>
}
func.func @main(%x: memref<4xf32>, %n: index {dlc.symbol = "N"}) {
  %s = memref.alloc() : memref<4xf32>
  %a = memref.alloc(%n) : memref<?x16xf32>
  %b = memref.alloc(%n) : memref<?x4xf32>
  memref.copy %x, %s : memref<4xf32> to memref<4xf32>
  %c0 = arith.constant 0 : index
  %v = memref.load %s[%c0] : memref<4xf32>
  linalg.fill ins(%v : f32) outs(%a : memref<?x16xf32>)
  linalg.fill ins(%v : f32) outs(%b : memref<?x4xf32>)
  %w = memref.load %a[%c0, %c0] : memref<?x16xf32>
  memref.store %w, %b[%c0, %c0] : memref<?x4xf32>
  %u = memref.load %s[%c0] : memref<4xf32>
  memref.store %u, %b[%c0, %c0] : memref<?x4xf32>
  return
}
func.func @plan(%n: index) -> index {
  return %n : index
}

// -----

// Several products: the later-placed buffer lies above those that live with it, wherever they end.
// CHECK-LABEL: func.func @main
// CHECK: arith.maxsi
// CHECK: memref.view
// CHECK-LABEL: func.func @plan
// CHECK: arith.maxsi
func.func @main(%n: index {dlc.symbol = "N"}, %m: index {dlc.symbol = "M"}) {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %a = memref.alloc(%n) : memref<?xf32>
  linalg.fill ins(%zero : f32) outs(%a : memref<?xf32>)
  %b = memref.alloc(%n, %m) : memref<?x?xf32>
  linalg.fill ins(%zero : f32) outs(%b : memref<?x?xf32>)
  %v = memref.load %a[%c0] : memref<?xf32>
  %c = memref.alloc(%m) : memref<?xf32>
  linalg.fill ins(%v : f32) outs(%c : memref<?xf32>)
  %w = memref.load %b[%c0, %c0] : memref<?x?xf32>
  %u = memref.load %c[%c0] : memref<?xf32>
  return
}
func.func @plan(%n: index, %m: index) -> index {
  return %n : index
}

// -----

// A size from data stays an allocation; what a loop uses is live all through it.
// CHECK-LABEL: func.func @main
// CHECK: memref.alloc(
// CHECK-DAG: memref.view %{{.*}}[%c0][] : memref<?xi8> to memref<16xf32>
// CHECK-DAG: memref.view %{{.*}}[%c64][] : memref<?xi8> to memref<16xf32>
// CHECK: scf.for
func.func @main(%k: memref<i64>) {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %v = memref.load %k[] : memref<i64>
  %n = arith.index_cast %v : i64 to index
  %d = memref.alloc(%n) : memref<?xf32>
  linalg.fill ins(%zero : f32) outs(%d : memref<?xf32>)
  %a = memref.alloc() : memref<16xf32>
  %b = memref.alloc() : memref<16xf32>
  scf.for %i = %c0 to %n step %c1 {
    linalg.fill ins(%zero : f32) outs(%a : memref<16xf32>)
    %x = memref.load %a[%i] : memref<16xf32>
    linalg.fill ins(%x : f32) outs(%b : memref<16xf32>)
    %y = memref.load %b[%i] : memref<16xf32>
    memref.store %y, %d[%i] : memref<?xf32>
  }
  return
}
func.func @plan() -> index {
  %m = arith.constant -1 : index
  return %m : index
}

// -----

// An elementwise kernel writes where its dying input was.
// CHECK-LABEL: func.func @main
// CHECK: %[[A:.*]] = memref.view %{{.*}}[%c0][] : memref<?xi8> to memref<4xf32>
// CHECK: kernel.launch @k ins(%[[A]] : memref<4xf32>) outs(%[[A]] : memref<4xf32>) {elementwise}
// CHECK-LABEL: func.func @plan
// CHECK: return %c4, %c64
kernel.func @k(%x: tensor<4xf32>) -> tensor<4xf32> {
  kernel.return %x : tensor<4xf32>
}
func.func @main(%x: memref<4xf32>, %y: memref<4xf32>) {
  %a = memref.alloc() : memref<4xf32>
  linalg.exp ins(%x : memref<4xf32>) outs(%a : memref<4xf32>)
  %b = memref.alloc() : memref<4xf32>
  kernel.launch @k ins(%a : memref<4xf32>) outs(%b : memref<4xf32>) {elementwise}
  linalg.exp ins(%b : memref<4xf32>) outs(%y : memref<4xf32>)
  return
}
func.func @plan() -> index {
  %c4 = arith.constant 4 : index
  return %c4 : index
}

// -----

// Branches of an scf.if share; scratch inside a loop is planned, too.
// CHECK-LABEL: func.func @main
// CHECK: scf.if
// CHECK: memref.view %{{.*}}[%[[PLACE:c[0-9]+]]][] : memref<?xi8> to memref<4xf32>
// CHECK: else
// CHECK: memref.view %{{.*}}[%[[PLACE]]][] : memref<?xi8> to memref<8xf32>
// CHECK: scf.for
// CHECK: memref.view %{{.*}} : memref<?xi8> to memref<2xf32>
// CHECK-LABEL: func.func @plan
// CHECK: return %c4, %c64
func.func @main(%x: memref<f32>, %c: memref<i1>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %v = memref.load %x[] : memref<f32>
  %p = memref.load %c[] : memref<i1>
  scf.if %p {
    %a = memref.alloc() : memref<4xf32>
    linalg.fill ins(%v : f32) outs(%a : memref<4xf32>)
    %r = memref.load %a[%c0] : memref<4xf32>
    memref.store %r, %x[] : memref<f32>
  } else {
    %a = memref.alloc() : memref<8xf32>
    linalg.fill ins(%v : f32) outs(%a : memref<8xf32>)
    %r = memref.load %a[%c0] : memref<8xf32>
    memref.store %r, %x[] : memref<f32>
  }
  scf.for %i = %c0 to %c4 step %c1 {
    %a = memref.alloc() : memref<2xf32>
    linalg.fill ins(%v : f32) outs(%a : memref<2xf32>)
    %r = memref.load %a[%c0] : memref<2xf32>
    memref.store %r, %x[] : memref<f32>
  }
  return
}
func.func @plan() -> index {
  %c4 = arith.constant 4 : index
  return %c4 : index
}
