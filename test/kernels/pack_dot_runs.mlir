// RUN: dlc-opt %s --kernel-choose-schedule=target=znver4 --kernel-apply-schedule | FileCheck %s --check-prefixes=CHECK,FOUR
// RUN: dlc-opt %s --kernel-choose-schedule=target=x86-64-v3 --kernel-apply-schedule | FileCheck %s --check-prefixes=CHECK,PAIRS
// Runs of 21 bytes fill 21 of 24 places of six groups of four. All rows of the window together fill 147 of 148: they are copied one after
// the other for each output, where there are columns enough that this costs less than it saves. Pairs lose little.

// FOUR-DAG: #[[MANY:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1 * 2 + d3 floordiv 21, d2 * 6 + d3 mod 21)>
// FOUR-DAG: #[[DILATED:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1 + (d3 floordiv 6) * 2, d2 * 2 + d3 mod 6)>
// CHECK-LABEL: func.func @main(
// FOUR: kernel.launch @pack_{{.*}} outs(%{{.*}} : tensor<{{[0-9]+}}x37x{{[0-9]+}}x4xi8>)
// PAIRS: kernel.launch @pack_{{.*}} outs(%{{.*}} : tensor<{{[0-9]+}}x7x11x{{[0-9]+}}x2xi8>)
// FOUR: kernel.launch @pack_{{.*}} outs(%{{.*}} : tensor<{{[0-9]+}}x7x6x{{[0-9]+}}x4xi8>)
// FOUR: kernel.launch @pack_{{.*}} outs(%{{.*}} : tensor<{{[0-9]+}}x5x{{[0-9]+}}x4xi8>)
// FOUR: kernel.launch @pack_{{.*}} outs(%{{.*}} : tensor<{{[0-9]+}}x3x1x{{[0-9]+}}x4xi8>)
// Vectors are chosen from up to 15 rows.
// FOUR: kernel.launch @pack_{{.*}} outs(%{{.*}} : tensor<{{[0-9]+}}x17x5x{{[0-9]+}}x4xi8>)
func.func @main(%image: tensor<1x32x32x3xi8>, %gray: tensor<2x9x9x2xi8>, %line: tensor<1x8x8x1xi8>, %tower: tensor<1x20x20x1xi8>) -> (tensor<1x16x16x64xi32>, tensor<1x16x16x16xi32>, tensor<2x5x7x128xi32>, tensor<1x6x6x96xi32>, tensor<1x4x4x96xi32>) {
  %many = arith.constant dense_resource<many> : tensor<64x7x7x3xi8>
  %few = arith.constant dense_resource<few> : tensor<16x7x7x3xi8>
  %dilated = arith.constant dense_resource<dilated> : tensor<128x3x3x2xi8>
  %short = arith.constant dense_resource<short> : tensor<96x3x3x1xi8>
  %e0 = tensor.empty() : tensor<1x16x16x64xi32>
  %0 = kernel.launch @conv_many ins(%image, %many : tensor<1x32x32x3xi8>, tensor<64x7x7x3xi8>) outs(%e0 : tensor<1x16x16x64xi32>) -> tensor<1x16x16x64xi32>
  %e1 = tensor.empty() : tensor<1x16x16x16xi32>
  %1 = kernel.launch @conv_few ins(%image, %few : tensor<1x32x32x3xi8>, tensor<16x7x7x3xi8>) outs(%e1 : tensor<1x16x16x16xi32>) -> tensor<1x16x16x16xi32>
  %e2 = tensor.empty() : tensor<2x5x7x128xi32>
  %2 = kernel.launch @conv_dilated ins(%gray, %dilated : tensor<2x9x9x2xi8>, tensor<128x3x3x2xi8>) outs(%e2 : tensor<2x5x7x128xi32>) -> tensor<2x5x7x128xi32>
  %e3 = tensor.empty() : tensor<1x6x6x96xi32>
  %3 = kernel.launch @conv_short ins(%line, %short : tensor<1x8x8x1xi8>, tensor<96x3x3x1xi8>) outs(%e3 : tensor<1x6x6x96xi32>) -> tensor<1x6x6x96xi32>
  %tall = arith.constant dense_resource<tall> : tensor<96x17x17x1xi8>
  %e4 = tensor.empty() : tensor<1x4x4x96xi32>
  %4 = kernel.launch @conv_tall ins(%tower, %tall : tensor<1x20x20x1xi8>, tensor<96x17x17x1xi8>) outs(%e4 : tensor<1x4x4x96xi32>) -> tensor<1x4x4x96xi32>
  return %0, %1, %2, %3, %4 : tensor<1x16x16x64xi32>, tensor<1x16x16x16xi32>, tensor<2x5x7x128xi32>, tensor<1x6x6x96xi32>, tensor<1x4x4x96xi32>
}

// The last byte of a copy comes of an eighth row; the pad grows by it, and by a column.
// CHECK-LABEL: kernel.func private @conv_{{.*}}tensor<{{.*}}x64xi32> attributes
// FOUR: tensor.pad {{.*}} low[0, 3, 9] high[0, 4, 10]
// FOUR: linalg.generic {indexing_maps = [#[[MANY]],
// FOUR: ins(%{{.*}} : tensor<1x16x16x37x4xi8>,
kernel.func private @conv_many(%image: tensor<1x32x32x3xi8>, %filter: tensor<64x7x7x3xi8>) -> tensor<1x16x16x64xi32> {
  %zero = arith.constant 0 : i32
  %border = arith.constant 5 : i8
  %x = tensor.pad %image low[0, 3, 3, 0] high[0, 3, 3, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %border : i8
  } : tensor<1x32x32x3xi8> to tensor<1x38x38x3xi8>
  %e = tensor.empty() : tensor<1x16x16x64xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e : tensor<1x16x16x64xi32>) -> tensor<1x16x16x64xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(b, y, x, n, i, j, k) -> (b, y * 2 + i * 1, x * 2 + j, k)>, affine_map<(b, y, x, n, i, j, k) -> (n, i, j, k)>,
                                        affine_map<(b, y, x, n, i, j, k) -> (b, y, x, n)>],
                       iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
    ins(%x, %filter : tensor<1x38x38x3xi8>, tensor<64x7x7x3xi8>) outs(%init : tensor<1x16x16x64xi32>) {
  ^bb0(%a: i8, %b: i8, %c: i32):
    %1 = arith.extui %a : i8 to i32
    %2 = arith.extsi %b : i8 to i32
    %3 = arith.muli %1, %2 : i32
    %4 = arith.addi %c, %3 : i32
    linalg.yield %4 : i32
  } -> tensor<1x16x16x64xi32>
  kernel.return %0 : tensor<1x16x16x64xi32>
}

// CHECK-LABEL: kernel.func private @conv_{{.*}}tensor<{{.*}}x16xi32> attributes
// FOUR: linalg.generic {{.*}}ins(%padded, %arg1 : tensor<1x38x{{[0-9]+}}xi8>,
kernel.func private @conv_few(%image: tensor<1x32x32x3xi8>, %filter: tensor<16x7x7x3xi8>) -> tensor<1x16x16x16xi32> {
  %zero = arith.constant 0 : i32
  %border = arith.constant 5 : i8
  %x = tensor.pad %image low[0, 3, 3, 0] high[0, 3, 3, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %border : i8
  } : tensor<1x32x32x3xi8> to tensor<1x38x38x3xi8>
  %e = tensor.empty() : tensor<1x16x16x16xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e : tensor<1x16x16x16xi32>) -> tensor<1x16x16x16xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(b, y, x, n, i, j, k) -> (b, y * 2 + i * 1, x * 2 + j, k)>, affine_map<(b, y, x, n, i, j, k) -> (n, i, j, k)>,
                                        affine_map<(b, y, x, n, i, j, k) -> (b, y, x, n)>],
                       iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
    ins(%x, %filter : tensor<1x38x38x3xi8>, tensor<16x7x7x3xi8>) outs(%init : tensor<1x16x16x16xi32>) {
  ^bb0(%a: i8, %b: i8, %c: i32):
    %1 = arith.extui %a : i8 to i32
    %2 = arith.extsi %b : i8 to i32
    %3 = arith.muli %1, %2 : i32
    %4 = arith.addi %c, %3 : i32
    linalg.yield %4 : i32
  } -> tensor<1x16x16x16xi32>
  kernel.return %0 : tensor<1x16x16x16xi32>
}

// CHECK-LABEL: kernel.func private @conv_{{.*}}tensor<{{.*}}x5x7x128xi32> attributes
// FOUR: tensor.pad {{.*}} low[0, 0, 0] high[0, 2, 1]
// FOUR: linalg.generic {indexing_maps = [#[[DILATED]],
// FOUR: ins(%{{.*}} : tensor<2x5x7x5x4xi8>,
kernel.func private @conv_dilated(%image: tensor<2x9x9x2xi8>, %filter: tensor<128x3x3x2xi8>) -> tensor<2x5x7x128xi32> {
  %zero = arith.constant 0 : i32
  %e = tensor.empty() : tensor<2x5x7x128xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e : tensor<2x5x7x128xi32>) -> tensor<2x5x7x128xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(b, y, x, n, i, j, k) -> (b, y * 1 + i * 2, x * 1 + j, k)>, affine_map<(b, y, x, n, i, j, k) -> (n, i, j, k)>,
                                        affine_map<(b, y, x, n, i, j, k) -> (b, y, x, n)>],
                       iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
    ins(%image, %filter : tensor<2x9x9x2xi8>, tensor<128x3x3x2xi8>) outs(%init : tensor<2x5x7x128xi32>) {
  ^bb0(%a: i8, %b: i8, %c: i32):
    %1 = arith.extui %a : i8 to i32
    %2 = arith.extsi %b : i8 to i32
    %3 = arith.muli %1, %2 : i32
    %4 = arith.addi %c, %3 : i32
    linalg.yield %4 : i32
  } -> tensor<2x5x7x128xi32>
  kernel.return %0 : tensor<2x5x7x128xi32>
}

// Three bytes are one group, of which there are as many without a copy.
// CHECK-LABEL: kernel.func private @conv_{{.*}}tensor<{{.*}}x6x6x96xi32> attributes
// FOUR: linalg.generic {{.*}}ins(%padded, %arg1 : tensor<1x8x{{[0-9]+}}xi8>,
kernel.func private @conv_short(%image: tensor<1x8x8x1xi8>, %filter: tensor<96x3x3x1xi8>) -> tensor<1x6x6x96xi32> {
  %zero = arith.constant 0 : i32
  %e = tensor.empty() : tensor<1x6x6x96xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e : tensor<1x6x6x96xi32>) -> tensor<1x6x6x96xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(b, y, x, n, i, j, k) -> (b, y * 1 + i * 1, x * 1 + j, k)>, affine_map<(b, y, x, n, i, j, k) -> (n, i, j, k)>,
                                        affine_map<(b, y, x, n, i, j, k) -> (b, y, x, n)>],
                       iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
    ins(%image, %filter : tensor<1x8x8x1xi8>, tensor<96x3x3x1xi8>) outs(%init : tensor<1x6x6x96xi32>) {
  ^bb0(%a: i8, %b: i8, %c: i32):
    %1 = arith.extui %a : i8 to i32
    %2 = arith.extsi %b : i8 to i32
    %3 = arith.muli %1, %2 : i32
    %4 = arith.addi %c, %3 : i32
    linalg.yield %4 : i32
  } -> tensor<1x6x6x96xi32>
  kernel.return %0 : tensor<1x6x6x96xi32>
}

// CHECK-LABEL: kernel.func private @conv_{{.*}}tensor<{{.*}}x4x4x96xi32> attributes
// FOUR: linalg.generic {{.*}}ins(%padded, %arg1 : tensor<1x20x{{[0-9]+}}xi8>,
kernel.func private @conv_tall(%image: tensor<1x20x20x1xi8>, %filter: tensor<96x17x17x1xi8>) -> tensor<1x4x4x96xi32> {
  %zero = arith.constant 0 : i32
  %e = tensor.empty() : tensor<1x4x4x96xi32>
  %init = linalg.fill ins(%zero : i32) outs(%e : tensor<1x4x4x96xi32>) -> tensor<1x4x4x96xi32>
  %0 = linalg.generic {indexing_maps = [affine_map<(b, y, x, n, i, j, k) -> (b, y * 1 + i * 1, x * 1 + j, k)>, affine_map<(b, y, x, n, i, j, k) -> (n, i, j, k)>,
                                        affine_map<(b, y, x, n, i, j, k) -> (b, y, x, n)>],
                       iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
    ins(%image, %filter : tensor<1x20x20x1xi8>, tensor<96x17x17x1xi8>) outs(%init : tensor<1x4x4x96xi32>) {
  ^bb0(%a: i8, %b: i8, %c: i32):
    %1 = arith.extui %a : i8 to i32
    %2 = arith.extsi %b : i8 to i32
    %3 = arith.muli %1, %2 : i32
    %4 = arith.addi %c, %3 : i32
    linalg.yield %4 : i32
  } -> tensor<1x4x4x96xi32>
  kernel.return %0 : tensor<1x4x4x96xi32>
}
