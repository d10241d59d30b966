// RUN: dlc-opt %s --kernel-choose-schedule=target=znver4 --kernel-apply-schedule | FileCheck %s --check-prefixes=CHECK,FOUR
// RUN: dlc-opt %s --kernel-choose-schedule=target=x86-64-v2 --kernel-apply-schedule | FileCheck %s --check-prefixes=CHECK,PAIRS
// RUN: dlc-opt %s --kernel-choose-schedule=target=x86-64-v3 --kernel-apply-schedule | FileCheck %s --check-prefixes=CHECK,PAIRS
// RUN: dlc-opt %s --kernel-choose-schedule=target=x86-64-v4 --kernel-apply-schedule | FileCheck %s --check-prefixes=CHECK,PAIRS
// RUN: dlc-opt %s --kernel-choose-schedule=target=aarch64-linux --kernel-apply-schedule | FileCheck %s --check-prefixes=CHECK,PAIRS
// Weights of products of bytes lie in groups of as many terms as one instruction adds: four with 8-bit dot products, else pairs, for which
// the data is widened to 16 bits once, after its pad.

// CHECK-LABEL: func.func @main(
// FOUR: kernel.launch @pack_{{.*}} outs(%{{.*}} : tensor<{{[0-9]+}}x3x{{[0-9]+}}x4xi8>)
// PAIRS: kernel.launch @pack_{{.*}} outs(%{{.*}} : tensor<{{[0-9]+}}x5x{{[0-9]+}}x2xi8>)
// Three channels and five taps: a run of fifteen.
// FOUR: kernel.launch @pack_{{.*}} outs(%{{.*}} : tensor<{{[0-9]+}}x5x4x{{[0-9]+}}x4xi8>)
// PAIRS: kernel.launch @pack_{{.*}} outs(%{{.*}} : tensor<{{[0-9]+}}x5x8x{{[0-9]+}}x2xi8>)
func.func @main(%x: tensor<5x10xi8>, %image: tensor<1x9x9x3xi8>) -> (tensor<5x24xi32>, tensor<1x7x7x24xi32>) {
  %w = arith.constant dense_resource<w> : tensor<24x10xi8>
  %filter = arith.constant dense_resource<filter> : tensor<24x5x5x3xi8>
  %0 = tensor.empty() : tensor<5x24xi32>
  %1 = kernel.launch @contraction_1 ins(%x, %w : tensor<5x10xi8>, tensor<24x10xi8>) outs(%0 : tensor<5x24xi32>) -> tensor<5x24xi32>
  %2 = tensor.empty() : tensor<1x7x7x24xi32>
  %3 = kernel.launch @conv_1 ins(%image, %filter : tensor<1x9x9x3xi8>, tensor<24x5x5x3xi8>) outs(%2 : tensor<1x7x7x24xi32>) -> tensor<1x7x7x24xi32>
  return %1, %3 : tensor<5x24xi32>, tensor<1x7x7x24xi32>
}

// Ten terms are padded for groups of four. Each factor keeps its sign.
// CHECK: kernel.func private @contraction_
// FOUR-SAME: dot = 4
// PAIRS-SAME: dot = 2
// FOUR: tensor.pad
// PAIRS-NOT: tensor.pad
// PAIRS: arith.extui {{.*}} : i8 to i16
// FOUR: linalg.generic {{.*}}ins(%{{.*}} : tensor<5x3x4xi8>,
// PAIRS: linalg.generic {{.*}}ins(%{{.*}} : tensor<5x5x2xi16>,
// FOUR: arith.extui {{.*}} : i8 to i32
// PAIRS: arith.extsi {{.*}} : i16 to i32
// CHECK: arith.extsi {{.*}} : i8 to i32
kernel.func private @contraction_1(%x: tensor<5x10xi8>, %w: tensor<24x10xi8>) -> tensor<5x24xi32> {
  %zero = arith.constant 0 : i32
  %e = tensor.empty() : tensor<5x24xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e : tensor<5x24xi32>) -> tensor<5x24xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (n, k)>, affine_map<(m, n, k) -> (m, n)>],
                       iterator_types = ["parallel", "parallel", "reduction"]}
    ins(%x, %w : tensor<5x10xi8>, tensor<24x10xi8>) outs(%init : tensor<5x24xi32>) {
  ^bb0(%a: i8, %b: i8, %c: i32):
    %1 = arith.extui %a : i8 to i32
    %2 = arith.extsi %b : i8 to i32
    %3 = arith.muli %1, %2 : i32
    %4 = arith.addi %c, %3 : i32
    linalg.yield %4 : i32
  } -> tensor<5x24xi32>
  kernel.return %0 : tensor<5x24xi32>
}

// The pad and what follows the run are one.
// CHECK: kernel.func private @conv_
// CHECK: tensor.pad
// PAIRS: arith.extsi {{.*}} : i8 to i16
// FOUR: linalg.generic {{.*}}ins(%{{.*}} : tensor<1x11x34xi8>,
// PAIRS: linalg.generic {{.*}}ins(%{{.*}} : tensor<1x11x34xi16>,
// PAIRS: arith.extsi {{.*}} : i16 to i32
// PAIRS: arith.extui {{.*}} : i8 to i32
kernel.func private @conv_1(%image: tensor<1x9x9x3xi8>, %filter: tensor<24x5x5x3xi8>) -> tensor<1x7x7x24xi32> {
  %zero = arith.constant 0 : i32
  %border = arith.constant 5 : i8
  %x = tensor.pad %image low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %border : i8
  } : tensor<1x9x9x3xi8> to tensor<1x11x11x3xi8>
  %e = tensor.empty() : tensor<1x7x7x24xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e : tensor<1x7x7x24xi32>) -> tensor<1x7x7x24xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(b, y, x, n, i, j, k) -> (b, y + i, x + j, k)>, affine_map<(b, y, x, n, i, j, k) -> (n, i, j, k)>,
                                        affine_map<(b, y, x, n, i, j, k) -> (b, y, x, n)>],
                       iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
    ins(%x, %filter : tensor<1x11x11x3xi8>, tensor<24x5x5x3xi8>) outs(%init : tensor<1x7x7x24xi32>) {
  ^bb0(%a: i8, %b: i8, %c: i32):
    %1 = arith.extsi %a : i8 to i32
    %2 = arith.extui %b : i8 to i32
    %3 = arith.muli %1, %2 : i32
    %4 = arith.addi %c, %3 : i32
    linalg.yield %4 : i32
  } -> tensor<1x7x7x24xi32>
  kernel.return %0 : tensor<1x7x7x24xi32>
}
