// Rows and columns that whole tiles do not cover: each combination has sums of its own, without guards inside them.
// RUN: kernel-check %s
// RUN: kernel-check %s --compile-only --target=x86-64-v3 --dump-object=%t.o
// RUN: llvm-objdump -d --no-show-raw-insn %t.o | FileCheck %s

// Four loops of sums: of whole tiles (4 rows of 3 vectors), of the last 3 rows, of the last vector, of both.
// CHECK-COUNT-28: vfmadd
// CHECK-NOT: vfmadd
#a = affine_map<(m, n, k) -> (m, k)>
#b = affine_map<(m, n, k) -> (k, n)>
#c = affine_map<(m, n, k) -> (m, n)>
kernel.func @tails(%a: tensor<23x512xf32>, %b: tensor<512x50xf32>) -> tensor<23x50xf32>
    attributes {schedule = #kernel.schedule<halide, contraction, tile = [4, 24], order = [1, 0], lanes = 8, producers = root, pad = root>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<23x50xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<23x50xf32>) -> tensor<23x50xf32>
  %r = linalg.generic {indexing_maps = [#a, #b, #c], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : tensor<23x512xf32>, tensor<512x50xf32>) outs(%f : tensor<23x50xf32>) {
  ^bb0(%x: f32, %y: f32, %o: f32):
    %p = arith.mulf %x, %y : f32
    %s = arith.addf %o, %p : f32
    linalg.yield %s : f32
  } -> tensor<23x50xf32>
  kernel.return %r : tensor<23x50xf32>
}
