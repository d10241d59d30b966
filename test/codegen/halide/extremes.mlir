// A maximum of two values takes the processor's instruction and a choice of NaN, not two comparisons of which one waits for the
// other.
// RUN: kernel-check %s
// RUN: kernel-check %s --compile-only --target=x86-64-v4 --dump-object=%t.o
// RUN: llvm-objdump -d --no-show-raw-insn %t.o | FileCheck %s

// CHECK-NOT: kor
// CHECK: vmaxps
// CHECK-NOT: kor
kernel.func @largest(%x: tensor<4x64x16xf32>) -> tensor<4x16xf32> attributes {test.specials} {
  %low = arith.constant 0xFF800000 : f32
  %e = tensor.empty() : tensor<4x16xf32>
  %f = linalg.fill ins(%low : f32) outs(%e : tensor<4x16xf32>) -> tensor<4x16xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(i, k, c) -> (i, k, c)>, affine_map<(i, k, c) -> (i, c)>], iterator_types = ["parallel", "reduction", "parallel"]}
      ins(%x : tensor<4x64x16xf32>) outs(%f : tensor<4x16xf32>) {
  ^bb0(%a: f32, %o: f32):
    %m = arith.maximumf %o, %a : f32
    linalg.yield %m : f32
  } -> tensor<4x16xf32>
  kernel.return %r : tensor<4x16xf32>
}
