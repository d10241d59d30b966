// Weights that are larger than a cache: fetched ahead; and where they are read once, one thread may read them from either end.
// RUN: kernel-check %s
// RUN: kernel-check %s --only=one_row --target=x86-64-v3 --compile-only --dump-object=%t.one
// RUN: llvm-nm %t.one | FileCheck %s --check-prefix=ONCE
// RUN: llvm-objdump -d --no-show-raw-insn %t.one | FileCheck %s --check-prefix=AHEAD
// RUN: kernel-check %s --only=many_rows --target=x86-64-v3 --compile-only --dump-object=%t.many
// RUN: llvm-nm %t.many | FileCheck %s --check-prefix=AGAIN
// RUN: llvm-objdump -d --no-show-raw-insn %t.many | FileCheck %s --check-prefix=NEXT
// RUN: llvm-objdump -d --no-show-raw-insn %t.many | FileCheck %s --check-prefix=HERE
// RUN: kernel-check %s --only=half_lines --target=x86-64-v3 --compile-only --dump-object=%t.half
// RUN: llvm-objdump -d --no-show-raw-insn %t.half | FileCheck %s --check-prefix=LINES

// ONCE: U dlc_rt_alternating_for
// AHEAD-NOT: prefetcht1
// AHEAD: prefetcht0
// AHEAD-NOT: prefetcht1

// Where rows are several tiles, the next panel comes into the second-level cache while this one is read again, and so do the
// rows of the next tile. The order of the panels is fixed then.
// AGAIN: U halide_do_par_for
// NEXT-COUNT-2: prefetcht1
// NEXT-NOT: prefetcht1
// HERE: prefetcht0

// Two vectors of half a line each are one fetch.
// LINES: prefetcht0
// LINES-NOT: prefetcht0

#pa = affine_map<(m, no, ni, k) -> (m, k)>
#pb = affine_map<(m, no, ni, k) -> (no, k, ni)>
#pc = affine_map<(m, no, ni, k) -> (m, no, ni)>

kernel.func @one_row(%a: tensor<1x1536xf32>, %b: tensor<8x1536x32xf32>) -> tensor<1x256xf32>
    attributes {schedule = #kernel.schedule<halide, contraction, tile = [1, 32], order = [1, 0], lanes = 16, parallel = [1], producers = root, pad = root, prefetch = 32>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x8x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x8x32xf32>) -> tensor<1x8x32xf32>
  %r = linalg.generic {indexing_maps = [#pa, #pb, #pc], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<1x1536xf32>, tensor<8x1536x32xf32>) outs(%f : tensor<1x8x32xf32>) {
  ^bb0(%x: f32, %y: f32, %o: f32):
    %p = arith.mulf %x, %y : f32
    %s = arith.addf %o, %p : f32
    linalg.yield %s : f32
  } -> tensor<1x8x32xf32>
  %v = tensor.collapse_shape %r [[0], [1, 2]] : tensor<1x8x32xf32> into tensor<1x256xf32>
  kernel.return %v : tensor<1x256xf32>
}

kernel.func @many_rows(%a: tensor<21x4096xf32>, %b: tensor<32x4096x32xf32>) -> tensor<21x1024xf32>
    attributes {schedule = #kernel.schedule<halide, contraction, tile = [7, 32], order = [1, 0], lanes = 16, parallel = [1], producers = root, pad = root, prefetch = 32>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<21x32x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<21x32x32xf32>) -> tensor<21x32x32xf32>
  %r = linalg.generic {indexing_maps = [#pa, #pb, #pc], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<21x4096xf32>, tensor<32x4096x32xf32>) outs(%f : tensor<21x32x32xf32>) {
  ^bb0(%x: f32, %y: f32, %o: f32):
    %p = arith.mulf %x, %y : f32
    %s = arith.addf %o, %p : f32
    linalg.yield %s : f32
  } -> tensor<21x32x32xf32>
  %v = tensor.collapse_shape %r [[0], [1, 2]] : tensor<21x32x32xf32> into tensor<21x1024xf32>
  kernel.return %v : tensor<21x1024xf32>
}

kernel.func @half_lines(%a: tensor<2x1536xf32>, %b: tensor<16x1536x16xf32>) -> tensor<2x256xf32>
    attributes {schedule = #kernel.schedule<halide, contraction, tile = [2, 16], order = [1, 0], lanes = 8, producers = root, pad = root, prefetch = 64>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x16x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x16x16xf32>) -> tensor<2x16x16xf32>
  %r = linalg.generic {indexing_maps = [#pa, #pb, #pc], iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<2x1536xf32>, tensor<16x1536x16xf32>) outs(%f : tensor<2x16x16xf32>) {
  ^bb0(%x: f32, %y: f32, %o: f32):
    %p = arith.mulf %x, %y : f32
    %s = arith.addf %o, %p : f32
    linalg.yield %s : f32
  } -> tensor<2x16x16xf32>
  %v = tensor.collapse_shape %r [[0], [1, 2]] : tensor<2x16x16xf32> into tensor<2x256xf32>
  kernel.return %v : tensor<2x256xf32>
}
