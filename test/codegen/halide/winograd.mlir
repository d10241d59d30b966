// Transformed convolutions by the Halide template against the oracle: images that whole tiles do not cover, blocks of a row of
// tiles and of an image, one and two vectors of channels, 5 x 5 taps; of 32 and of 16 registers.
// RUN: dlc-opt %s --kernel-winograd=tile=2 --kernel-choose-schedule --kernel-apply-schedule --kernel-choose-schedule -o %t.2.mlir
// RUN: FileCheck %s < %t.2.mlir
// RUN: kernel-check %t.2.mlir
// RUN: kernel-check %t.2.mlir --strided
// RUN: dlc-opt %s --kernel-winograd=tile=4 --kernel-choose-schedule --kernel-apply-schedule --kernel-choose-schedule -o %t.4.mlir
// RUN: kernel-check %t.4.mlir
// RUN: kernel-check %t.4.mlir --checked
// RUN: dlc-opt %s --kernel-winograd="tile=2 target=x86-64-v3" --kernel-choose-schedule=target=x86-64-v3 --kernel-apply-schedule --kernel-choose-schedule=target=x86-64-v3 -o %t.v3.mlir
// RUN: FileCheck %s < %t.v3.mlir
// RUN: kernel-check %t.v3.mlir --target=x86-64-v3

// CHECK-COUNT-4: kernel.func {{.*}}schedule<halide, winograd
#x = affine_map<(n, h, w, co, ci, kh, kw) -> (n, h + kh, w + kw, ci)>
#w = affine_map<(n, h, w, co, ci, kh, kw) -> (co, ci, kh, kw)>
#y = affine_map<(n, h, w, co, ci, kh, kw) -> (n, h, w, co)>
#loops = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]
func.func @main(%x0: tensor<2x13x7x16xf32>, %x1: tensor<2x8x29x16xf32>, %x2: tensor<2x6x5x32xf32>, %x3: tensor<1x9x11x16xf32>) -> (tensor<2x13x7x32xf32>, tensor<2x8x29x48xf32>, tensor<2x6x5x16xf32>, tensor<1x9x11x32xf32>) {
  %w0 = arith.constant dense_resource<w0> : tensor<32x16x3x3xf32>
  %e0 = tensor.empty() : tensor<2x13x7x32xf32>
  %r0 = kernel.launch @conv_odd ins(%x0, %w0 : tensor<2x13x7x16xf32>, tensor<32x16x3x3xf32>) outs(%e0 : tensor<2x13x7x32xf32>) -> tensor<2x13x7x32xf32>
  %w1 = arith.constant dense_resource<w1> : tensor<48x16x3x3xf32>
  %e1 = tensor.empty() : tensor<2x8x29x48xf32>
  %r1 = kernel.launch @conv_row ins(%x1, %w1 : tensor<2x8x29x16xf32>, tensor<48x16x3x3xf32>) outs(%e1 : tensor<2x8x29x48xf32>) -> tensor<2x8x29x48xf32>
  %w2 = arith.constant dense_resource<w2> : tensor<16x32x3x3xf32>
  %e2 = tensor.empty() : tensor<2x6x5x16xf32>
  %r2 = kernel.launch @conv_few ins(%x2, %w2 : tensor<2x6x5x32xf32>, tensor<16x32x3x3xf32>) outs(%e2 : tensor<2x6x5x16xf32>) -> tensor<2x6x5x16xf32>
  %w3 = arith.constant dense_resource<w3> : tensor<32x16x5x5xf32>
  %e3 = tensor.empty() : tensor<1x9x11x32xf32>
  %r3 = kernel.launch @conv_five ins(%x3, %w3 : tensor<1x9x11x16xf32>, tensor<32x16x5x5xf32>) outs(%e3 : tensor<1x9x11x32xf32>) -> tensor<1x9x11x32xf32>
  return %r0, %r1, %r2, %r3 : tensor<2x13x7x32xf32>, tensor<2x8x29x48xf32>, tensor<2x6x5x16xf32>, tensor<1x9x11x32xf32>
}
kernel.func private @conv_odd(%x: tensor<2x13x7x16xf32>, %w: tensor<32x16x3x3xf32>) -> tensor<2x13x7x32xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<2x13x7x16xf32> to tensor<2x15x9x16xf32>
  %e = tensor.empty() : tensor<2x13x7x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x13x7x32xf32>) -> tensor<2x13x7x32xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%p, %w : tensor<2x15x9x16xf32>, tensor<32x16x3x3xf32>) outs(%f : tensor<2x13x7x32xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<2x13x7x32xf32>
  %r = linalg.map ins(%c : tensor<2x13x7x32xf32>) outs(%e : tensor<2x13x7x32xf32>) (%v: f32, %o: f32) {
    %m = arith.maximumf %v, %z : f32
    linalg.yield %m : f32
  }
  kernel.return %r : tensor<2x13x7x32xf32>
}
kernel.func private @conv_row(%x: tensor<2x8x29x16xf32>, %w: tensor<48x16x3x3xf32>) -> tensor<2x8x29x48xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<2x8x29x16xf32> to tensor<2x10x31x16xf32>
  %e = tensor.empty() : tensor<2x8x29x48xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x8x29x48xf32>) -> tensor<2x8x29x48xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%p, %w : tensor<2x10x31x16xf32>, tensor<48x16x3x3xf32>) outs(%f : tensor<2x8x29x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<2x8x29x48xf32>
  %r = linalg.map ins(%c : tensor<2x8x29x48xf32>) outs(%e : tensor<2x8x29x48xf32>) (%v: f32, %o: f32) {
    %m = arith.maximumf %v, %z : f32
    linalg.yield %m : f32
  }
  kernel.return %r : tensor<2x8x29x48xf32>
}
kernel.func private @conv_few(%x: tensor<2x6x5x32xf32>, %w: tensor<16x32x3x3xf32>) -> tensor<2x6x5x16xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<2x6x5x32xf32> to tensor<2x8x7x32xf32>
  %e = tensor.empty() : tensor<2x6x5x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x6x5x16xf32>) -> tensor<2x6x5x16xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%p, %w : tensor<2x8x7x32xf32>, tensor<16x32x3x3xf32>) outs(%f : tensor<2x6x5x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<2x6x5x16xf32>
  %r = linalg.map ins(%c : tensor<2x6x5x16xf32>) outs(%e : tensor<2x6x5x16xf32>) (%v: f32, %o: f32) {
    %m = arith.maximumf %v, %z : f32
    linalg.yield %m : f32
  }
  kernel.return %r : tensor<2x6x5x16xf32>
}
kernel.func private @conv_five(%x: tensor<1x9x11x16xf32>, %w: tensor<32x16x5x5xf32>) -> tensor<1x9x11x32xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 2, 2, 0] high[0, 2, 2, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x9x11x16xf32> to tensor<1x13x15x16xf32>
  %e = tensor.empty() : tensor<1x9x11x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x9x11x32xf32>) -> tensor<1x9x11x32xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%p, %w : tensor<1x13x15x16xf32>, tensor<32x16x5x5xf32>) outs(%f : tensor<1x9x11x32xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x9x11x32xf32>
  %r = linalg.map ins(%c : tensor<1x9x11x32xf32>) outs(%e : tensor<1x9x11x32xf32>) (%v: f32, %o: f32) {
    %m = arith.maximumf %v, %z : f32
    linalg.yield %m : f32
  }
  kernel.return %r : tensor<1x9x11x32xf32>
}
