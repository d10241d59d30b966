// Tiles along a signal, and where its pad is: a padded copy where much of an image is at its borders, none where little is.
// RUN: dlc-opt %s --kernel-choose-schedule=target=x86-64-v4 | FileCheck %s

#x = affine_map<(n, l, c, t, k) -> (n, l + t, k)>
#w = affine_map<(n, l, c, t, k) -> (t, k, c)>
#y = affine_map<(n, l, c, t, k) -> (n, l, c)>

// CHECK: @long({{.*}}tile = [1, 14, 32]
// CHECK-NOT: pad =
// CHECK: @short({{.*}}tile = [1, 14, 32]{{.*}}pad = root
kernel.func @long(%x: tensor<1x2000x64xf32>, %w: tensor<3x64x64xf32>) -> tensor<1x2000x64xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 0] high[0, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x2000x64xf32> to tensor<1x2002x64xf32>
  %e = tensor.empty() : tensor<1x2000x64xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x2000x64xf32>) -> tensor<1x2000x64xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%p, %w : tensor<1x2002x64xf32>, tensor<3x64x64xf32>) outs(%f : tensor<1x2000x64xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x2000x64xf32>
  kernel.return %r : tensor<1x2000x64xf32>
}

kernel.func @short(%x: tensor<1x140x64xf32>, %w: tensor<3x64x64xf32>) -> tensor<1x140x64xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 0] high[0, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index):
    tensor.yield %z : f32
  } : tensor<1x140x64xf32> to tensor<1x142x64xf32>
  %e = tensor.empty() : tensor<1x140x64xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x140x64xf32>) -> tensor<1x140x64xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel", "parallel", "parallel", "reduction", "reduction"]} ins(%p, %w : tensor<1x142x64xf32>, tensor<3x64x64xf32>) outs(%f : tensor<1x140x64xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x140x64xf32>
  kernel.return %r : tensor<1x140x64xf32>
}

// An image: its rows are short, however many there are.
#x2 = affine_map<(n, h, w, c, kh, kw, k) -> (n, h + kh, w + kw, k)>
#w2 = affine_map<(n, h, w, c, kh, kw, k) -> (kh, kw, k, c)>
#y2 = affine_map<(n, h, w, c, kh, kw, k) -> (n, h, w, c)>
// CHECK: @image({{.*}}pad = root
kernel.func @image(%x: tensor<1x900x70x16xf32>, %w: tensor<3x3x16x64xf32>) -> tensor<1x900x70x64xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x900x70x16xf32> to tensor<1x902x72x16xf32>
  %e = tensor.empty() : tensor<1x900x70x64xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x900x70x64xf32>) -> tensor<1x900x70x64xf32>
  %r = linalg.generic {indexing_maps = [#x2, #w2, #y2], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]} ins(%p, %w : tensor<1x902x72x16xf32>, tensor<3x3x16x64xf32>) outs(%f : tensor<1x900x70x64xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x900x70x64xf32>
  kernel.return %r : tensor<1x900x70x64xf32>
}

// Seven tiles of 14 would leave two rows: too few sums at a time. Seven of 13 leave nine.
// CHECK: @rest({{.*}}tile = [13, 32]
kernel.func @rest(%x: tensor<100x64xf32>, %w: tensor<64x64xf32>) -> tensor<100x64xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<100x64xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<100x64xf32>) -> tensor<100x64xf32>
  %r = linalg.matmul ins(%x, %w : tensor<100x64xf32>, tensor<64x64xf32>) outs(%f : tensor<100x64xf32>) -> tensor<100x64xf32>
  kernel.return %r : tensor<100x64xf32>
}

// Ten rows are enough.
// CHECK: @enough({{.*}}tile = [14, 32]
kernel.func @enough(%x: tensor<150x64xf32>, %w: tensor<64x64xf32>) -> tensor<150x64xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<150x64xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<150x64xf32>) -> tensor<150x64xf32>
  %r = linalg.matmul ins(%x, %w : tensor<150x64xf32>, tensor<64x64xf32>) outs(%f : tensor<150x64xf32>) -> tensor<150x64xf32>
  kernel.return %r : tensor<150x64xf32>
}
