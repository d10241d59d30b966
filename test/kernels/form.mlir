// What fuses, what stays. RUN lines check the callers; the bodies are checked where they matter.
// RUN: dlc-opt %s --kernel-form --split-input-file | FileCheck %s

#id = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#last = affine_map<(d0, d1) -> (d1)>

// Softmax: two reductions of the same rows and what lies between and after them.
// CHECK-LABEL: func.func @main(
// CHECK-COUNT-1: kernel.launch @rowwise_
// CHECK-NOT: kernel.launch
// CHECK: return
// CHECK: kernel.func private @rowwise_
func.func @main(%x: tensor<4x?xf32> {dlc.dims = ["N"]}, %n: index {dlc.symbol = "N"}) -> tensor<4x?xf32> {
  %low = arith.constant 0xFF800000 : f32
  %zero = arith.constant 0.0 : f32
  %r = tensor.empty() : tensor<4xf32>
  %full = tensor.empty(%n) : tensor<4x?xf32>
  %i0 = linalg.fill ins(%low : f32) outs(%r : tensor<4xf32>) -> tensor<4xf32>
  %max = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%x : tensor<4x?xf32>) outs(%i0 : tensor<4xf32>) {
  ^bb0(%a: f32, %o: f32):
    %m = arith.maximumf %a, %o : f32
    linalg.yield %m : f32
  } -> tensor<4xf32>
  %e = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%x, %max : tensor<4x?xf32>, tensor<4xf32>) outs(%full : tensor<4x?xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.subf %a, %b : f32
    %t = math.exp %s : f32
    linalg.yield %t : f32
  } -> tensor<4x?xf32>
  %i1 = linalg.fill ins(%zero : f32) outs(%r : tensor<4xf32>) -> tensor<4xf32>
  %sum = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["parallel", "reduction"]} ins(%e : tensor<4x?xf32>) outs(%i1 : tensor<4xf32>) {
  ^bb0(%a: f32, %o: f32):
    %m = arith.addf %a, %o : f32
    linalg.yield %m : f32
  } -> tensor<4xf32>
  %y = linalg.generic {indexing_maps = [#id, #row, #id], iterator_types = ["parallel", "parallel"]} ins(%e, %sum : tensor<4x?xf32>, tensor<4xf32>) outs(%full : tensor<4x?xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.divf %a, %b : f32
    linalg.yield %s : f32
  } -> tensor<4x?xf32>
  return %y : tensor<4x?xf32>
}

// -----

// A value that is used twice, swish: the second use joins where the first did. Equal kernels are one function. The
// size of the dynamic dimension is the symbol.
// CHECK-LABEL: func.func @main(
// CHECK-SAME: %[[N:[^:]*]]: index
// CHECK: %[[E0:.*]] = tensor.empty(%[[N]])
// CHECK: %[[A:.*]] = kernel.launch @[[K:contraction_[0-9a-f]+]] ins({{.*}}) sizes(%[[N]]) outs(%[[E0]]
// CHECK: kernel.launch @[[K]] ins(%[[A]]
// CHECK-NOT: kernel.launch
// CHECK: kernel.func private @[[K]](
// CHECK-SAME: tensor<?x8xf32> {kernel.extents = array<i64: 0>}
// CHECK-SAME: %[[M:.*]]: index) -> (tensor<?x8xf32> {kernel.extents = array<i64: 0>})
// CHECK: linalg.matmul
// CHECK: linalg.generic
// CHECK: math.exp
// CHECK: kernel.return
#id = affine_map<(d0, d1) -> (d0, d1)>
func.func @main(%x: tensor<?x8xf32> {dlc.dims = ["N"]}, %w: tensor<8x8xf32>, %n: index {dlc.symbol = "N"}) -> tensor<?x8xf32> {
  %zero = arith.constant 0.0 : f32
  %one = arith.constant dense<1.0> : tensor<1xf32>
  %e = tensor.empty(%n) : tensor<?x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<?x8xf32>) -> tensor<?x8xf32>
  %m0 = linalg.matmul ins(%x, %w : tensor<?x8xf32>, tensor<8x8xf32>) outs(%f : tensor<?x8xf32>) -> tensor<?x8xf32>
  %s0 = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (0)>, #id], iterator_types = ["parallel", "parallel"]} ins(%m0, %one : tensor<?x8xf32>, tensor<1xf32>) outs(%e : tensor<?x8xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.negf %a : f32
    %1 = math.exp %0 : f32
    %2 = arith.addf %1, %b : f32
    %3 = arith.divf %b, %2 : f32
    linalg.yield %3 : f32
  } -> tensor<?x8xf32>
  %p0 = linalg.mul ins(%m0, %s0 : tensor<?x8xf32>, tensor<?x8xf32>) outs(%e : tensor<?x8xf32>) -> tensor<?x8xf32>
  %m1 = linalg.matmul ins(%p0, %w : tensor<?x8xf32>, tensor<8x8xf32>) outs(%f : tensor<?x8xf32>) -> tensor<?x8xf32>
  %s1 = linalg.generic {indexing_maps = [#id, affine_map<(d0, d1) -> (0)>, #id], iterator_types = ["parallel", "parallel"]} ins(%m1, %one : tensor<?x8xf32>, tensor<1xf32>) outs(%e : tensor<?x8xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %0 = arith.negf %a : f32
    %1 = math.exp %0 : f32
    %2 = arith.addf %1, %b : f32
    %3 = arith.divf %b, %2 : f32
    linalg.yield %3 : f32
  } -> tensor<?x8xf32>
  %p1 = linalg.mul ins(%m1, %s1 : tensor<?x8xf32>, tensor<?x8xf32>) outs(%e : tensor<?x8xf32>) -> tensor<?x8xf32>
  return %p1 : tensor<?x8xf32>
}

// -----

// A residual sum goes to the later contraction; a sum of two things that are there is elementwise.
// CHECK-LABEL: func.func @main(
// CHECK: %[[A:.*]] = kernel.launch @contraction_{{.*}} ins(%{{[^,]*}}, %{{[^,]*}} : tensor<4x8xf32>, tensor<8x8xf32>)
// CHECK: %[[B:.*]] = kernel.launch @contraction_{{.*}} ins({{.*}}, %[[A]]{{.*}} : tensor<4x8xf32>, tensor<8x8xf32>, tensor<4x8xf32>)
// CHECK: %[[C:.*]] = kernel.launch @elementwise_{{.*}} {elementwise}
// CHECK-NOT: kernel.launch
func.func @main(%x: tensor<4x8xf32>, %w: tensor<8x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x8xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %a = linalg.matmul ins(%x, %w : tensor<4x8xf32>, tensor<8x8xf32>) outs(%f : tensor<4x8xf32>) -> tensor<4x8xf32>
  %b = linalg.matmul ins(%x, %w : tensor<4x8xf32>, tensor<8x8xf32>) outs(%f : tensor<4x8xf32>) -> tensor<4x8xf32>
  %s = linalg.add ins(%a, %b : tensor<4x8xf32>, tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  %t = linalg.add ins(%s, %x : tensor<4x8xf32>, tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) -> tensor<4x8xf32>
  return %s, %t : tensor<4x8xf32>, tensor<4x8xf32>
}

// -----

// Views between kernels stay outside; where a slice is collapsed, that happens inside; concatenation becomes slices of one destination; shape
// arithmetic stays.
// CHECK-LABEL: func.func @main(
// CHECK: linalg.add ins({{.*}} : tensor<2xi64>, tensor<2xi64>)
// CHECK: kernel.launch @elementwise_{{.*}} ins(%{{.*}} : tensor<4x2xf32>) outs(%{{.*}} : tensor<8xf32>)
// CHECK: %[[V:.*]] = tensor.expand_shape
// CHECK: tensor.insert_slice
// CHECK: tensor.insert_slice %[[V]]
// CHECK: kernel.func
// CHECK: tensor.collapse_shape
func.func @main(%x: tensor<4x6xf32>, %s: tensor<2xi64>) -> (tensor<4x4xf32>, tensor<2xi64>) {
  %es = tensor.empty() : tensor<2xi64>
  %s2 = linalg.add ins(%s, %s : tensor<2xi64>, tensor<2xi64>) outs(%es : tensor<2xi64>) -> tensor<2xi64>
  %v = tensor.extract_slice %x[0, 2] [4, 2] [1, 1] : tensor<4x6xf32> to tensor<4x2xf32>
  %c = tensor.collapse_shape %v [[0, 1]] : tensor<4x2xf32> into tensor<8xf32>
  %e = tensor.empty() : tensor<8xf32>
  %y = linalg.exp ins(%c : tensor<8xf32>) outs(%e : tensor<8xf32>) -> tensor<8xf32>
  %z = tensor.expand_shape %y [[0, 1]] output_shape [4, 2] : tensor<8xf32> into tensor<4x2xf32>
  %k = tensor.concat dim(1) %v, %z : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<4x4xf32>
  return %k, %s2 : tensor<4x4xf32>, tensor<2xi64>
}

// -----

// Loops are gone through; scalars from outside come in as indices or as tensors of one element; constants of their own are kernels of their own.
// CHECK-LABEL: func.func @main(
// CHECK: kernel.launch @elementwise_{{[0-9a-f]+}} ins({{.*}} : tensor<4x4xf32>) outs
// CHECK: scf.for
// CHECK: %[[S:.*]] = tensor.from_elements %{{.*}} : tensor<f32>
// CHECK: %[[I:.*]] = arith.index_cast %{{.*}} : i32 to index
// CHECK: kernel.launch @elementwise_{{.*}} ins(%{{.*}}, %{{.*}}, %[[S]] : {{.*}}) sizes(%[[I]])
func.func @main(%x: tensor<4x4xf32>, %s: tensor<1xf32>, %t: tensor<1xi32>) -> tensor<4x4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %w = arith.constant dense_resource<w> : tensor<4x4xf32>
  %e = tensor.empty() : tensor<4x4xf32>
  %wt = linalg.transpose ins(%w : tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) permutation = [1, 0]
  %f = tensor.extract %s[%c0] : tensor<1xf32>
  %i = tensor.extract %t[%c0] : tensor<1xi32>
  %r = scf.for %k = %c0 to %c8 step %c1 iter_args(%h = %x) -> (tensor<4x4xf32>) {
    %y = linalg.generic {indexing_maps = [affine_map<(a, b) -> (a, b)>, affine_map<(a, b) -> (a, b)>, affine_map<(a, b) -> (a, b)>], iterator_types = ["parallel", "parallel"]} ins(%h, %wt : tensor<4x4xf32>, tensor<4x4xf32>) outs(%e : tensor<4x4xf32>) {
    ^bb0(%a: f32, %b: f32, %o: f32):
      %1 = arith.mulf %a, %f : f32
      %2 = arith.sitofp %i : i32 to f32
      %3 = arith.addf %1, %2 : f32
      %4 = arith.mulf %3, %b : f32
      linalg.yield %4 : f32
    } -> tensor<4x4xf32>
    scf.yield %y : tensor<4x4xf32>
  }
  return %r : tensor<4x4xf32>
}

// -----

// A pad goes into each window that reads it; alone it is a kernel; so is a fill that leaves.
// CHECK-LABEL: func.func @main(
// CHECK-DAG: kernel.launch @window_{{.*}} ins(%{{.*}} : tensor<1x8x8x4xf32>)
// CHECK-DAG: kernel.launch @pad_{{.*}} ins(%{{.*}} : tensor<1x8x8x4xf32>)
// CHECK-DAG: kernel.launch @fill_
func.func @main(%x: tensor<1x8x8x4xf32>) -> (tensor<1x8x8x4xf32>, tensor<1x10x10x4xf32>, tensor<1x8x8x4xf32>) {
  %zero = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %zero : f32
  } : tensor<1x8x8x4xf32> to tensor<1x10x10x4xf32>
  %e = tensor.empty() : tensor<1x8x8x4xf32>
  %f = linalg.fill ins(%zero : f32) outs(%e : tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32>
  %w = tensor.empty() : tensor<3x3xf32>
  %m = linalg.pooling_nhwc_sum ins(%p, %w : tensor<1x10x10x4xf32>, tensor<3x3xf32>) outs(%f : tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32>
  return %m, %p, %f : tensor<1x8x8x4xf32>, tensor<1x10x10x4xf32>, tensor<1x8x8x4xf32>
}

// -----

// A factor of a contraction that has the innermost dimension of the result further out is transposed first; a constant one is not, and a
// constant of one value is filled.
// CHECK-LABEL: func.func @main(
// CHECK: kernel.launch @fill_
// CHECK: %[[T:.*]] = kernel.launch @elementwise_{{.*}} ins(%{{.*}} : tensor<2x8x16xf32>) outs(%{{.*}} : tensor<2x16x8xf32>)
// CHECK: kernel.launch @contraction_{{.*}} ins(%{{.*}}, %[[T]] :
// CHECK: kernel.launch @contraction_{{.*}} ins(%{{.*}}, %{{.*}} : tensor<2x32x16xf32>, tensor<2x8x16xf32>)
#q = affine_map<(b, m, n, k) -> (b, m, k)>
#k = affine_map<(b, m, n, k) -> (b, n, k)>
#o = affine_map<(b, m, n, k) -> (b, m, n)>
func.func @main(%q: tensor<2x32x16xf32>, %k: tensor<2x8x16xf32>) -> (tensor<2x32x8xf32>, tensor<2x32x8xf32>, tensor<9x9xf32>) {
  %w = arith.constant dense_resource<w> : tensor<2x8x16xf32>
  %half = arith.constant dense<0.5> : tensor<9x9xf32>
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x32x8xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x32x8xf32>) -> tensor<2x32x8xf32>
  %0 = linalg.generic {indexing_maps = [#q, #k, #o], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%q, %k : tensor<2x32x16xf32>, tensor<2x8x16xf32>) outs(%f : tensor<2x32x8xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %c, %m : f32
    linalg.yield %s : f32
  } -> tensor<2x32x8xf32>
  %1 = linalg.generic {indexing_maps = [#q, #k, #o], iterator_types = ["parallel", "parallel", "parallel", "reduction"]} ins(%q, %w : tensor<2x32x16xf32>, tensor<2x8x16xf32>) outs(%f : tensor<2x32x8xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %c, %m : f32
    linalg.yield %s : f32
  } -> tensor<2x32x8xf32>
  return %0, %1, %half : tensor<2x32x8xf32>, tensor<2x32x8xf32>, tensor<9x9xf32>
}
