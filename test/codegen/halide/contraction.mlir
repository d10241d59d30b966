// RUN: kernel-check %s
// RUN: kernel-check %s --checked
// RUN: kernel-check %s --strided
// RUN: kernel-check %s --no-schedule --checked

#id2 = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (j)>
kernel.func @matmul_bias_relu(%a: tensor<17x40xf32>, %b: tensor<40x36xf32>, %c: tensor<36xf32>) -> tensor<17x36xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<17x36xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<17x36xf32>) -> tensor<17x36xf32>
  %m = linalg.matmul ins(%a, %b : tensor<17x40xf32>, tensor<40x36xf32>) outs(%f : tensor<17x36xf32>) -> tensor<17x36xf32>
  %r = linalg.generic {indexing_maps = [#id2, #row, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%m, %c : tensor<17x36xf32>, tensor<36xf32>) outs(%e : tensor<17x36xf32>) {
  ^bb0(%x: f32, %y: f32, %o: f32):
    %s = arith.addf %x, %y : f32
    %p = arith.maximumf %s, %z : f32
    linalg.yield %p : f32
  } -> tensor<17x36xf32>
  kernel.return %r : tensor<17x36xf32>
}

// C += A B: the init is read.
kernel.func @accumulate(%a: tensor<8x12xf32>, %b: tensor<12x10xf32>, %c: tensor<8x10xf32>) -> tensor<8x10xf32> {
  %m = linalg.matmul ins(%a, %b : tensor<8x12xf32>, tensor<12x10xf32>) outs(%c : tensor<8x10xf32>) -> tensor<8x10xf32>
  kernel.return %m : tensor<8x10xf32>
}

kernel.func @dynamic_rows(%a: tensor<?x64xf32> {kernel.extents = array<i64: 0>}, %b: tensor<64x96xf32>, %m: index)
    -> (tensor<?x96xf32> {kernel.extents = array<i64: 0>})
    attributes {test.sizes = [array<i64: 1>, array<i64: 7>, array<i64: 8>, array<i64: 33>]} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty(%m) : tensor<?x96xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<?x96xf32>) -> tensor<?x96xf32>
  %r = linalg.matmul ins(%a, %b : tensor<?x64xf32>, tensor<64x96xf32>) outs(%f : tensor<?x96xf32>) -> tensor<?x96xf32>
  kernel.return %r : tensor<?x96xf32>
}

// Weights in panels: two parallel dimensions (no, ni), then a view.
#pa = affine_map<(m, no, ni, k) -> (m, k)>
#pb = affine_map<(m, no, ni, k) -> (no, k, ni)>
#pc = affine_map<(m, no, ni, k) -> (m, no, ni)>
kernel.func @packed(%a: tensor<?x64xf32> {kernel.extents = array<i64: 0>}, %b: tensor<3x64x32xf32>, %c: tensor<96xf32>, %m: index)
    -> (tensor<?x96xf32> {kernel.extents = array<i64: 0>})
    attributes {test.sizes = [array<i64: 1>, array<i64: 7>, array<i64: 8>, array<i64: 33>]} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty(%m) : tensor<?x3x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<?x3x32xf32>) -> tensor<?x3x32xf32>
  %r = linalg.generic {indexing_maps = [#pa, #pb, #pc], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<?x64xf32>, tensor<3x64x32xf32>) outs(%f : tensor<?x3x32xf32>) {
  ^bb0(%x: f32, %y: f32, %o: f32):
    %p = arith.mulf %x, %y : f32
    %s = arith.addf %o, %p : f32
    linalg.yield %s : f32
  } -> tensor<?x3x32xf32>
  %v = tensor.collapse_shape %r [[0], [1, 2]] : tensor<?x3x32xf32> into tensor<?x96xf32>
  %e2 = tensor.empty(%m) : tensor<?x96xf32>
  %o = linalg.generic {indexing_maps = [#id2, #row, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%v, %c : tensor<?x96xf32>, tensor<96xf32>) outs(%e2 : tensor<?x96xf32>) {
  ^bb0(%x: f32, %y: f32, %q: f32):
    %s = arith.addf %x, %y : f32
    linalg.yield %s : f32
  } -> tensor<?x96xf32>
  kernel.return %o : tensor<?x96xf32>
}

// 40 columns in two panels of 32: the last one is padded with zeros.
kernel.func @packed_tail(%a: tensor<9x24xf32>, %b: tensor<2x24x32xf32>) -> tensor<9x40xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<9x2x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<9x2x32xf32>) -> tensor<9x2x32xf32>
  %r = linalg.generic {indexing_maps = [#pa, #pb, #pc], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<9x24xf32>, tensor<2x24x32xf32>) outs(%f : tensor<9x2x32xf32>) {
  ^bb0(%x: f32, %y: f32, %o: f32):
    %p = arith.mulf %x, %y : f32
    %s = arith.addf %o, %p : f32
    linalg.yield %s : f32
  } -> tensor<9x2x32xf32>
  %v = tensor.collapse_shape %r [[0], [1, 2]] : tensor<9x2x32xf32> into tensor<9x64xf32>
  %o = tensor.extract_slice %v[0, 0] [9, 40] [1, 1] : tensor<9x64xf32> to tensor<9x40xf32>
  kernel.return %o : tensor<9x40xf32>
}

kernel.func @batch_matmul(%a: tensor<3x10x16xf32>, %b: tensor<3x16x20xf32>) -> tensor<3x10x20xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<3x10x20xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<3x10x20xf32>) -> tensor<3x10x20xf32>
  %r = linalg.batch_matmul ins(%a, %b : tensor<3x10x16xf32>, tensor<3x16x20xf32>) outs(%f : tensor<3x10x20xf32>) -> tensor<3x10x20xf32>
  kernel.return %r : tensor<3x10x20xf32>
}

// The second operand is transposed: the reduction is its innermost dimension.
kernel.func @transposed(%a: tensor<10x48xf32>, %b: tensor<21x48xf32>) -> tensor<10x21xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<10x21xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<10x21xf32>) -> tensor<10x21xf32>
  %r = linalg.contract indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>]
      ins(%a, %b : tensor<10x48xf32>, tensor<21x48xf32>) outs(%f : tensor<10x21xf32>) -> tensor<10x21xf32>
  kernel.return %r : tensor<10x21xf32>
}

kernel.func @matvec(%a: tensor<33x50xf32>, %b: tensor<50xf32>) -> tensor<33xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<33xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<33xf32>) -> tensor<33xf32>
  %r = linalg.matvec ins(%a, %b : tensor<33x50xf32>, tensor<50xf32>) outs(%f : tensor<33xf32>) -> tensor<33xf32>
  kernel.return %r : tensor<33xf32>
}

// A producer of the left operand.
kernel.func @relu_before(%a: tensor<12x30xf32>, %b: tensor<30x40xf32>) -> tensor<12x40xf32> {
  %z = arith.constant 0.0 : f32
  %ea = tensor.empty() : tensor<12x30xf32>
  %p = linalg.generic {indexing_maps = [#id2, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%a : tensor<12x30xf32>) outs(%ea : tensor<12x30xf32>) {
  ^bb0(%x: f32, %o: f32):
    %t = math.tanh %x : f32
    linalg.yield %t : f32
  } -> tensor<12x30xf32>
  %e = tensor.empty() : tensor<12x40xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<12x40xf32>) -> tensor<12x40xf32>
  %r = linalg.matmul ins(%p, %b : tensor<12x30xf32>, tensor<30x40xf32>) outs(%f : tensor<12x40xf32>) -> tensor<12x40xf32>
  kernel.return %r : tensor<12x40xf32>
}

kernel.func @integers(%a: tensor<6x24xi8>, %b: tensor<24x18xi8>) -> tensor<6x18xi32> {
  %z = arith.constant 0 : i32
  %e = tensor.empty() : tensor<6x18xi32>
  %f = linalg.fill ins(%z : i32) outs(%e : tensor<6x18xi32>) -> tensor<6x18xi32>
  %r = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>],
      iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<6x24xi8>, tensor<24x18xi8>) outs(%f : tensor<6x18xi32>) {
  ^bb0(%x: i8, %y: i8, %o: i32):
    %u = arith.extui %x : i8 to i32
    %s = arith.extsi %y : i8 to i32
    %p = arith.muli %u, %s : i32
    %q = arith.addi %o, %p : i32
    linalg.yield %q : i32
  } -> tensor<6x18xi32>
  kernel.return %r : tensor<6x18xi32>
}

kernel.func @quantized(%a: tensor<6x24xi8>, %b: tensor<24x18xi8>) -> tensor<6x18xi32> {
  %z = arith.constant 0 : i32
  %za = arith.constant 3 : i32
  %zb = arith.constant -5 : i32
  %e = tensor.empty() : tensor<6x18xi32>
  %f = linalg.fill ins(%z : i32) outs(%e : tensor<6x18xi32>) -> tensor<6x18xi32>
  %r = linalg.quantized_matmul ins(%a, %b, %za, %zb : tensor<6x24xi8>, tensor<24x18xi8>, i32, i32) outs(%f : tensor<6x18xi32>) -> tensor<6x18xi32>
  kernel.return %r : tensor<6x18xi32>
}

kernel.func @halves(%a: tensor<6x24xf16>, %b: tensor<24x18xbf16>) -> tensor<6x18xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<6x18xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<6x18xf32>) -> tensor<6x18xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>],
      iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<6x24xf16>, tensor<24x18xbf16>) outs(%f : tensor<6x18xf32>) {
  ^bb0(%x: f16, %y: bf16, %o: f32):
    %u = arith.extf %x : f16 to f32
    %s = arith.extf %y : bf16 to f32
    %p = arith.mulf %u, %s : f32
    %q = arith.addf %o, %p : f32
    linalg.yield %q : f32
  } -> tensor<6x18xf32>
  kernel.return %r : tensor<6x18xf32>
}

kernel.func @two_results(%a: tensor<10x24xf32>, %b: tensor<24x32xf32>) -> (tensor<10x32xf32>, tensor<10x32xf32>) {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<10x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<10x32xf32>) -> tensor<10x32xf32>
  %m = linalg.matmul ins(%a, %b : tensor<10x24xf32>, tensor<24x32xf32>) outs(%f : tensor<10x32xf32>) -> tensor<10x32xf32>
  %r:2 = linalg.generic {indexing_maps = [#id2, #id2, #id2], iterator_types = ["parallel", "parallel"]}
      ins(%m : tensor<10x32xf32>) outs(%e, %e : tensor<10x32xf32>, tensor<10x32xf32>) {
  ^bb0(%x: f32, %o: f32, %q: f32):
    %s = arith.mulf %x, %x : f32
    %n = arith.negf %x : f32
    linalg.yield %s, %n : f32, f32
  } -> (tensor<10x32xf32>, tensor<10x32xf32>)
  kernel.return %r#0, %r#1 : tensor<10x32xf32>, tensor<10x32xf32>
}
