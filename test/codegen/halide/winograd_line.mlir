// Transformed convolutions of lines by the Halide template against the oracle: lines that whole tiles do not cover, taps apart (fewer
// places between them than a register tile has, and more), whole lines and blocks, in parallel; of 32 and of 16 registers.
// RUN: dlc-opt %s --kernel-winograd=tile=2 --kernel-choose-schedule --kernel-apply-schedule --kernel-choose-schedule -o %t.2.mlir
// RUN: FileCheck %s < %t.2.mlir
// RUN: kernel-check %t.2.mlir
// RUN: kernel-check %t.2.mlir --strided
// RUN: dlc-opt %s --kernel-winograd=tile=4 --kernel-choose-schedule=threads=2 --kernel-apply-schedule --kernel-choose-schedule=threads=2 -o %t.4.mlir
// RUN: kernel-check %t.4.mlir
// RUN: kernel-check %t.4.mlir --checked
// RUN: kernel-check %t.4.mlir --target-threads=16 --print | FileCheck %s --check-prefix=SHARED
// RUN: dlc-opt %s --kernel-winograd="tile=4 target=znver4" --kernel-choose-schedule=target=znver4 --kernel-apply-schedule --kernel-choose-schedule=target=znver4 -o %t.z4.mlir
// RUN: FileCheck %s --check-prefix=Z4 < %t.z4.mlir
// RUN: kernel-check %t.z4.mlir
// RUN: dlc-opt %s --kernel-winograd="tile=2 target=x86-64-v3" --kernel-choose-schedule=target=x86-64-v3 --kernel-apply-schedule --kernel-choose-schedule=target=x86-64-v3 -o %t.v3.mlir
// RUN: kernel-check %t.v3.mlir --target=x86-64-v3

// CHECK-COUNT-7: kernel.func {{.*}}schedule<halide, winograd
// Tiles of a line are ten: a register tile. Of 650, blocks are four register tiles.
// Z4: kernel.func private @winograd_{{.*}}tensor<2x37x20xf32> {{.*}}tile = [1, 40, 8]{{.*}} pad = root
// Blocks are register tiles where that many threads want them.
// SHARED: winograd_{{.*}}parallel = [1]
// SHARED: halide_do_par_for({{.*}}blocks, 0, 47,
// SHARED: winograd_{{.*}}parallel = [1]
// SHARED: halide_do_par_for({{.*}}blocks, 0, 33,
// Z4: kernel.func private @winograd_{{.*}}tensor<1x2603x48xf32> {{.*}}tile = [1, 56, {{[0-9]+}}], lanes = 16, prefetch
func.func @main(%x0: tensor<2x37x16xf32>, %x1: tensor<1x61x24xf32>, %x2: tensor<1x130x16xf32>, %x3: tensor<1x2603x32xf32>, %x4: tensor<1x2603x32xf32>, %x5: tensor<1x50x32xf32>, %x6: tensor<1x41x16xf32>) -> (tensor<2x37x20xf32>, tensor<1x61x32xf32>, tensor<1x130x16xf32>, tensor<1x2603x48xf32>, tensor<1x2603x48xf32>, tensor<1x50x16xf32>, tensor<1x39x16xf32>) {
  %w0 = arith.constant dense_resource<whole> : tensor<20x16x3xf32>
  %e0 = tensor.empty() : tensor<2x37x20xf32>
  %0 = kernel.launch @whole ins(%x0, %w0 : tensor<2x37x16xf32>, tensor<20x16x3xf32>) outs(%e0 : tensor<2x37x20xf32>) -> tensor<2x37x20xf32>
  %w1 = arith.constant dense_resource<dilated> : tensor<32x24x3xf32>
  %e1 = tensor.empty() : tensor<1x61x32xf32>
  %1 = kernel.launch @dilated ins(%x1, %w1 : tensor<1x61x24xf32>, tensor<32x24x3xf32>) outs(%e1 : tensor<1x61x32xf32>) -> tensor<1x61x32xf32>
  %w2 = arith.constant dense_resource<far> : tensor<16x16x3xf32>
  %e2 = tensor.empty() : tensor<1x130x16xf32>
  %2 = kernel.launch @far ins(%x2, %w2 : tensor<1x130x16xf32>, tensor<16x16x3xf32>) outs(%e2 : tensor<1x130x16xf32>) -> tensor<1x130x16xf32>
  %w3 = arith.constant dense_resource<long> : tensor<48x32x3xf32>
  %e3 = tensor.empty() : tensor<1x2603x48xf32>
  %3 = kernel.launch @long ins(%x3, %w3 : tensor<1x2603x32xf32>, tensor<48x32x3xf32>) outs(%e3 : tensor<1x2603x48xf32>) -> tensor<1x2603x48xf32>
  %w4 = arith.constant dense_resource<apart> : tensor<48x32x3xf32>
  %e4 = tensor.empty() : tensor<1x2603x48xf32>
  %4 = kernel.launch @apart ins(%x4, %w4 : tensor<1x2603x32xf32>, tensor<48x32x3xf32>) outs(%e4 : tensor<1x2603x48xf32>) -> tensor<1x2603x48xf32>
  %w5 = arith.constant dense_resource<five> : tensor<16x32x5xf32>
  %e5 = tensor.empty() : tensor<1x50x16xf32>
  %5 = kernel.launch @five ins(%x5, %w5 : tensor<1x50x32xf32>, tensor<16x32x5xf32>) outs(%e5 : tensor<1x50x16xf32>) -> tensor<1x50x16xf32>
  %w6 = arith.constant dense_resource<bare> : tensor<16x16x3xf32>
  %e6 = tensor.empty() : tensor<1x39x16xf32>
  %6 = kernel.launch @bare ins(%x6, %w6 : tensor<1x41x16xf32>, tensor<16x16x3xf32>) outs(%e6 : tensor<1x39x16xf32>) -> tensor<1x39x16xf32>
  return %0, %1, %2, %3, %4, %5, %6 : tensor<2x37x20xf32>, tensor<1x61x32xf32>, tensor<1x130x16xf32>, tensor<1x2603x48xf32>, tensor<1x2603x48xf32>, tensor<1x50x16xf32>, tensor<1x39x16xf32>
}

kernel.func private @whole(%x: tensor<2x37x16xf32>, %w: tensor<20x16x3xf32>) -> tensor<2x37x20xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 0] high[0, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<2x37x16xf32> to tensor<2x39x16xf32>
  %e = tensor.empty() : tensor<2x37x20xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x37x20xf32>) -> tensor<2x37x20xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, l, co, ci, k) -> (n, l + k * 1, ci)>, affine_map<(n, l, co, ci, k) -> (co, ci, k)>, affine_map<(n, l, co, ci, k) -> (n, l, co)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%p, %w : tensor<2x39x16xf32>, tensor<20x16x3xf32>) outs(%f : tensor<2x37x20xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<2x37x20xf32>
  %r = linalg.exp ins(%c : tensor<2x37x20xf32>) outs(%e : tensor<2x37x20xf32>) -> tensor<2x37x20xf32>
  kernel.return %r : tensor<2x37x20xf32>
}

kernel.func private @dilated(%x: tensor<1x61x24xf32>, %w: tensor<32x24x3xf32>) -> tensor<1x61x32xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 6, 0] high[0, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x61x24xf32> to tensor<1x67x24xf32>
  %e = tensor.empty() : tensor<1x61x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x61x32xf32>) -> tensor<1x61x32xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, l, co, ci, k) -> (n, l + k * 3, ci)>, affine_map<(n, l, co, ci, k) -> (co, ci, k)>, affine_map<(n, l, co, ci, k) -> (n, l, co)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%p, %w : tensor<1x67x24xf32>, tensor<32x24x3xf32>) outs(%f : tensor<1x61x32xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x61x32xf32>
  %r = linalg.exp ins(%c : tensor<1x61x32xf32>) outs(%e : tensor<1x61x32xf32>) -> tensor<1x61x32xf32>
  kernel.return %r : tensor<1x61x32xf32>
}

kernel.func private @far(%x: tensor<1x130x16xf32>, %w: tensor<16x16x3xf32>) -> tensor<1x130x16xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 20, 0] high[0, 20, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x130x16xf32> to tensor<1x170x16xf32>
  %e = tensor.empty() : tensor<1x130x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x130x16xf32>) -> tensor<1x130x16xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, l, co, ci, k) -> (n, l + k * 20, ci)>, affine_map<(n, l, co, ci, k) -> (co, ci, k)>, affine_map<(n, l, co, ci, k) -> (n, l, co)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%p, %w : tensor<1x170x16xf32>, tensor<16x16x3xf32>) outs(%f : tensor<1x130x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x130x16xf32>
  %r = linalg.exp ins(%c : tensor<1x130x16xf32>) outs(%e : tensor<1x130x16xf32>) -> tensor<1x130x16xf32>
  kernel.return %r : tensor<1x130x16xf32>
}

kernel.func private @long(%x: tensor<1x2603x32xf32>, %w: tensor<48x32x3xf32>) -> tensor<1x2603x48xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 0] high[0, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x2603x32xf32> to tensor<1x2605x32xf32>
  %e = tensor.empty() : tensor<1x2603x48xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x2603x48xf32>) -> tensor<1x2603x48xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, l, co, ci, k) -> (n, l + k * 1, ci)>, affine_map<(n, l, co, ci, k) -> (co, ci, k)>, affine_map<(n, l, co, ci, k) -> (n, l, co)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%p, %w : tensor<1x2605x32xf32>, tensor<48x32x3xf32>) outs(%f : tensor<1x2603x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x2603x48xf32>
  %r = linalg.exp ins(%c : tensor<1x2603x48xf32>) outs(%e : tensor<1x2603x48xf32>) -> tensor<1x2603x48xf32>
  kernel.return %r : tensor<1x2603x48xf32>
}

kernel.func private @apart(%x: tensor<1x2603x32xf32>, %w: tensor<48x32x3xf32>) -> tensor<1x2603x48xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 5, 0] high[0, 5, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x2603x32xf32> to tensor<1x2613x32xf32>
  %e = tensor.empty() : tensor<1x2603x48xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x2603x48xf32>) -> tensor<1x2603x48xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, l, co, ci, k) -> (n, l + k * 5, ci)>, affine_map<(n, l, co, ci, k) -> (co, ci, k)>, affine_map<(n, l, co, ci, k) -> (n, l, co)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%p, %w : tensor<1x2613x32xf32>, tensor<48x32x3xf32>) outs(%f : tensor<1x2603x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x2603x48xf32>
  %r = linalg.exp ins(%c : tensor<1x2603x48xf32>) outs(%e : tensor<1x2603x48xf32>) -> tensor<1x2603x48xf32>
  kernel.return %r : tensor<1x2603x48xf32>
}

kernel.func private @five(%x: tensor<1x50x32xf32>, %w: tensor<16x32x5xf32>) -> tensor<1x50x16xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 2, 0] high[0, 2, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x50x32xf32> to tensor<1x54x32xf32>
  %e = tensor.empty() : tensor<1x50x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x50x16xf32>) -> tensor<1x50x16xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, l, co, ci, k) -> (n, l + k * 1, ci)>, affine_map<(n, l, co, ci, k) -> (co, ci, k)>, affine_map<(n, l, co, ci, k) -> (n, l, co)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%p, %w : tensor<1x54x32xf32>, tensor<16x32x5xf32>) outs(%f : tensor<1x50x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x50x16xf32>
  %r = linalg.exp ins(%c : tensor<1x50x16xf32>) outs(%e : tensor<1x50x16xf32>) -> tensor<1x50x16xf32>
  kernel.return %r : tensor<1x50x16xf32>
}

kernel.func private @bare(%x: tensor<1x41x16xf32>, %w: tensor<16x16x3xf32>) -> tensor<1x39x16xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 0, 0] high[0, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x41x16xf32> to tensor<1x41x16xf32>
  %e = tensor.empty() : tensor<1x39x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x39x16xf32>) -> tensor<1x39x16xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, l, co, ci, k) -> (n, l + k * 1, ci)>, affine_map<(n, l, co, ci, k) -> (co, ci, k)>, affine_map<(n, l, co, ci, k) -> (n, l, co)>], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]}
    ins(%p, %w : tensor<1x41x16xf32>, tensor<16x16x3xf32>) outs(%f : tensor<1x39x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x39x16xf32>
  %r = linalg.exp ins(%c : tensor<1x39x16xf32>) outs(%e : tensor<1x39x16xf32>) -> tensor<1x39x16xf32>
  kernel.return %r : tensor<1x39x16xf32>
}
