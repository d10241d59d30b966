// RUN: %dlc-opt %s --host-pipeline --split-input-file | FileCheck %s

// A launch: addresses and sizes in arrays, a status that is checked, and no launch for an empty result.
// CHECK-LABEL: llvm.func internal @dlc_infer(
// CHECK-SAME: %[[STATE:.*]]: !llvm.ptr, %[[BUFFERS:.*]]: !llvm.ptr, %[[SYMBOLS:.*]]: !llvm.ptr, %[[ARENA:.*]]: !llvm.ptr, %[[WEIGHTS:.*]]: !llvm.ptr) -> i32
// CHECK: %[[N:.*]] = llvm.load %[[SYMBOLS]]
// CHECK: %[[X:.*]] = llvm.load %[[BUFFERS]]
// CHECK: %[[EMPTY:.*]] = llvm.icmp "eq"
// CHECK: llvm.cond_br %[[EMPTY]], ^[[AFTER:bb[0-9]+]], ^[[CALL:bb[0-9]+]]
// CHECK: ^[[CALL]]:
// CHECK: llvm.store %[[X]], %[[ARGS:[0-9]+]]
// CHECK: %[[W:.*]] = llvm.getelementptr %[[WEIGHTS]][128]
// CHECK: llvm.store %[[W]]
// CHECK: llvm.store %[[N]], %[[SIZES:[0-9]+]]
// CHECK: %[[STATUS:.*]] = llvm.call @k(%[[ARGS]], %[[SIZES]])
// CHECK: llvm.cond_br %{{.*}}, ^{{.*}}, ^[[EXIT:bb[0-9]+]](%[[STATUS]] : i32)
// CHECK: ^[[EXIT]](%[[RESULT:[0-9]+]]: i32):
// CHECK: llvm.return %[[RESULT]]
// CHECK-LABEL: llvm.func internal @dlc_plan(
// CHECK: llvm.return
kernel.func private @k(%x: memref<?x4xf32> {kernel.extents = array<i64: 0>}, %w: memref<4xf32>,
                       %y: memref<?x4xf32> {kernel.extents = array<i64: 0>}, %n: index) {
  kernel.return
}
func.func @main(%x: memref<?x4xf32> {dlc.dims = ["N"], dlc.dtype = "f32", dlc.name = "x"}, %n: index {dlc.symbol = "N"},
                %weights: memref<?xi8> {dlc.weights_base},
                %y: memref<?xi8> {dlc.dims = ["N"], dlc.dtype = "f32", dlc.name = "y", dlc.output = 0 : i64, dlc.type = memref<?x4xf32>}) {
  %c0 = arith.constant 0 : index
  %c128 = arith.constant 128 : index
  %w = memref.view %weights[%c128][] : memref<?xi8> to memref<4xf32>
  %out = memref.view %y[%c0][%n] : memref<?xi8> to memref<?x4xf32>
  kernel.launch @k ins(%x, %w : memref<?x4xf32>, memref<4xf32>) sizes(%n) outs(%out : memref<?x4xf32>)
  return
}
func.func @plan(%n: index) -> (index, index, index) {
  %c4 = arith.constant 4 : index
  %c0 = arith.constant 0 : index
  return %n, %c4, %c0 : index, index, index
}

// -----

// A check, memory from the run's heap, and an output of unknown size.
// CHECK-DAG: llvm.mlir.global private constant @[[TEXT:.*]]("too many\00")
// CHECK-LABEL: llvm.func internal @dlc_infer(
// CHECK-SAME: %[[STATE:[a-z0-9]+]]: !llvm.ptr
// CHECK-DAG: %[[MESSAGE:.*]] = llvm.mlir.addressof @[[TEXT]]
// CHECK-DAG: %[[STATUS:.*]] = llvm.mlir.constant(5 : i32)
// CHECK: llvm.cond_br %{{.*}}, ^{{.*}}, ^[[FAIL:bb[0-9]+]](%[[STATUS]], %[[MESSAGE]] : i32, !llvm.ptr)
// CHECK: llvm.call @dlc_rt_alloc(%[[STATE]], %{{.*}})
// CHECK: llvm.call @dlc_rt_output(%[[STATE]],
// CHECK: ^[[FAIL]](%[[CODE:[0-9]+]]: i32, %[[WHY:[0-9]+]]: !llvm.ptr):
// CHECK: llvm.call @dlc_rt_fail(%[[STATE]], %[[CODE]], %[[WHY]])
// CHECK-NOT: malloc
func.func @main(%x: memref<i64> {dlc.dims = [], dlc.dtype = "i64", dlc.name = "x"})
    -> (memref<?xi64> {dlc.dims = ["?"], dlc.dtype = "i64", dlc.name = "y", dlc.output = 0 : i64}) {
  %c100 = arith.constant 100 : index
  %v = memref.load %x[] : memref<i64>
  %n = arith.index_cast %v : i64 to index
  %good = arith.cmpi ult, %n, %c100 : index
  cf.assert %good, "index: too many"
  %y = memref.alloc(%n) : memref<?xi64>
  linalg.fill ins(%v : i64) outs(%y : memref<?xi64>)
  return %y : memref<?xi64>
}
func.func @plan() -> (index, index) {
  %m = arith.constant -1 : index
  %c0 = arith.constant 0 : index
  return %m, %c0 : index, index
}

// -----

// A launch with a number goes through the runtime, which may measure it; @weights has no run to measure.
// CHECK-LABEL: llvm.func internal @dlc_infer(
// CHECK-SAME: %[[STATE:[a-z0-9]+]]: !llvm.ptr
// CHECK-DAG: %[[NUMBER:.*]] = llvm.mlir.constant(5 : i32)
// CHECK-DAG: %[[CODE:.*]] = llvm.mlir.addressof @k
// CHECK: %[[STATUS:.*]] = llvm.call @dlc_rt_launch(%{{.*}}, %{{.*}}, %[[CODE]], %[[STATE]], %[[NUMBER]])
// CHECK: llvm.cond_br %{{.*}}, ^{{.*}}, ^{{bb[0-9]+}}(%[[STATUS]] : i32)
kernel.func private @k(%x: memref<4xf32>, %y: memref<4xf32>) {
  kernel.return
}
func.func @main(%x: memref<4xf32> {dlc.dims = [], dlc.dtype = "f32", dlc.name = "x"},
                %y: memref<?xi8> {dlc.dims = [], dlc.dtype = "f32", dlc.name = "y", dlc.output = 0 : i64, dlc.type = memref<4xf32>}) {
  %c0 = arith.constant 0 : index
  %out = memref.view %y[%c0][] : memref<?xi8> to memref<4xf32>
  kernel.launch @k ins(%x : memref<4xf32>) outs(%out : memref<4xf32>) {dlc.launch = 5 : i32}
  return
}
func.func @plan() -> (index, index) {
  %c4 = arith.constant 4 : index
  %c0 = arith.constant 0 : index
  return %c4, %c0 : index, index
}
