// The register tiles of sums of products, where registers are few and where they are many; what is fetched ahead.
// RUN: dlc-opt %s --kernel-choose-schedule=target=x86-64-v3 | FileCheck %s --check-prefix=FEW
// RUN: dlc-opt %s --kernel-choose-schedule=target=x86-64-v4 | FileCheck %s --check-prefix=MANY
// RUN: dlc-opt %s --kernel-choose-schedule=target=znver4 | FileCheck %s --check-prefix=HALVES
#x = affine_map<(n, h, w, co, ci, kh, kw) -> (n, h + kh, w + kw, ci)>
#w = affine_map<(n, h, w, co, ci, kh, kw) -> (kh, kw, ci, co)>
#y = affine_map<(n, h, w, co, ci, kh, kw) -> (n, h, w, co)>
#loops = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]

// Rows of seven: two of them share a tile of many registers, and none shares one of few.
// FEW: @seven({{.*}}tile = [1, 1, 4, 24], {{.*}}pad = root>
// MANY: @seven({{.*}}tile = [1, 2, 7, 32], {{.*}}prefetch = 32>
kernel.func @seven(%x: tensor<1x7x7x512xf32>, %w: tensor<3x3x512x512xf32>) -> tensor<1x7x7x512xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x7x7x512xf32> to tensor<1x9x9x512xf32>
  %e = tensor.empty() : tensor<1x7x7x512xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x7x7x512xf32>) -> tensor<1x7x7x512xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%p, %w : tensor<1x9x9x512xf32>, tensor<3x3x512x512xf32>) outs(%f : tensor<1x7x7x512xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x7x7x512xf32>
  kernel.return %r : tensor<1x7x7x512xf32>
}

// FEW: @few_channels({{.*}}tile = [1, 1, 6, 16], {{.*}}pad = root>
// MANY: @few_channels({{.*}}tile = [1, 1, 14, 32], {{.*}}pad = root>
// HALVES: @few_channels({{.*}}tile = [1, 1, 8, 16], {{.*}}pad = root>
kernel.func @few_channels(%x: tensor<1x56x56x64xf32>, %w: tensor<1x1x64x32xf32>) -> tensor<1x56x56x32xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x56x56x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x56x56x32xf32>) -> tensor<1x56x56x32xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%x, %w : tensor<1x56x56x64xf32>, tensor<1x1x64x32xf32>) outs(%f : tensor<1x56x56x32xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x56x56x32xf32>
  kernel.return %r : tensor<1x56x56x32xf32>
}

// FEW: @three_vectors({{.*}}tile = [1, 1, 4, 24], {{.*}}pad = root>
// MANY: @three_vectors({{.*}}tile = [1, 1, 14, 32], {{.*}}pad = root>
kernel.func @three_vectors(%x: tensor<1x28x28x64xf32>, %w: tensor<1x1x64x24xf32>) -> tensor<1x28x28x24xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x28x28x24xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x28x28x24xf32>) -> tensor<1x28x28x24xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%x, %w : tensor<1x28x28x64xf32>, tensor<1x1x64x24xf32>) outs(%f : tensor<1x28x28x24xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x28x28x24xf32>
  kernel.return %r : tensor<1x28x28x24xf32>
}

// A panel that is read some times is fetched ahead,
// FEW: @rows({{.*}}tile = [4, 24], {{.*}}prefetch = 42>
// MANY: @rows({{.*}}tile = [14, 32], {{.*}}prefetch = 32>
kernel.func @rows(%a: tensor<32x768xf32>, %b: tensor<768x3072xf32>) -> tensor<32x3072xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<32x3072xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<32x3072xf32>) -> tensor<32x3072xf32>
  %r = linalg.matmul ins(%a, %b : tensor<32x768xf32>, tensor<768x3072xf32>) outs(%f : tensor<32x3072xf32>) -> tensor<32x3072xf32>
  kernel.return %r : tensor<32x3072xf32>
}

// one that is read once, in order, is not where loads are scarce.
// FEW: @one_row({{.*}}tile = [1, 32], {{.*}}pad = root>
// MANY: @one_row({{.*}}tile = [1, 64], {{.*}}prefetch = 16>
// HALVES: @one_row({{.*}}tile = [1, 64], {{.*}}pad = root>
kernel.func @one_row(%a: tensor<1x768xf32>, %b: tensor<768x3072xf32>) -> tensor<1x3072xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x3072xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x3072xf32>) -> tensor<1x3072xf32>
  %r = linalg.matmul ins(%a, %b : tensor<1x768xf32>, tensor<768x3072xf32>) outs(%f : tensor<1x3072xf32>) -> tensor<1x3072xf32>
  kernel.return %r : tensor<1x3072xf32>
}

// Rows of 4 kB share the sets of the first-level cache: eight of them at most, where twice as many tiles cost nothing.
// MANY: @far_rows({{.*}}tile = [1, 1, 14, 32]
// HALVES: @far_rows({{.*}}tile = [1, 1, 7, 32]
kernel.func @far_rows(%x: tensor<1x14x14x1024xf32>, %w: tensor<1x1x1024x256xf32>) -> tensor<1x14x14x256xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x14x14x256xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x14x14x256xf32>) -> tensor<1x14x14x256xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%x, %w : tensor<1x14x14x1024xf32>, tensor<1x1x1024x256xf32>) outs(%f : tensor<1x14x14x256xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x14x14x256xf32>
  kernel.return %r : tensor<1x14x14x256xf32>
}

// Short sums: whole rows of up to nine vectors; or small tiles, so that one is finished while the next one begins.
// MANY: @short_sums({{.*}}tile = [1, 1, 2, 144]
// HALVES: @short_sums({{.*}}tile = [1, 1, 4, 48]
kernel.func @short_sums(%x: tensor<1x56x56x24xf32>, %w: tensor<1x1x24x144xf32>) -> tensor<1x56x56x144xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x56x56x144xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x56x56x144xf32>) -> tensor<1x56x56x144xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%x, %w : tensor<1x56x56x24xf32>, tensor<1x1x24x144xf32>) outs(%f : tensor<1x56x56x144xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x56x56x144xf32>
  kernel.return %r : tensor<1x56x56x144xf32>
}

// Where loads are scarce: a vector for each row only while all weights are near.
// MANY: @near_bytes({{.*}}tile = [13, 32], {{.*}}dot = 2>
// HALVES: @near_bytes({{.*}}tile = [4, 16], {{.*}}dot = 4>
kernel.func @near_bytes(%a: tensor<784x128xi8>, %b: tensor<128x256xi8>) -> tensor<784x256xi32> {
  %z = arith.constant 0 : i32
  %e = tensor.empty() : tensor<784x256xi32>
  %f = linalg.fill ins(%z : i32) outs(%e : tensor<784x256xi32>) -> tensor<784x256xi32>
  %r = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction"]} ins(%a, %b : tensor<784x128xi8>, tensor<128x256xi8>) outs(%f : tensor<784x256xi32>) {
  ^bb0(%x: i8, %w: i8, %o: i32):
    %c = arith.extui %x : i8 to i32
    %d = arith.extsi %w : i8 to i32
    %m = arith.muli %c, %d : i32
    %s = arith.addi %o, %m : i32
    linalg.yield %s : i32
  } -> tensor<784x256xi32>
  kernel.return %r : tensor<784x256xi32>
}

// HALVES: @far_bytes({{.*}}tile = [4, 32], {{.*}}dot = 4>
kernel.func @far_bytes(%a: tensor<196x256xi8>, %b: tensor<256x1024xi8>) -> tensor<196x1024xi32> {
  %z = arith.constant 0 : i32
  %e = tensor.empty() : tensor<196x1024xi32>
  %f = linalg.fill ins(%z : i32) outs(%e : tensor<196x1024xi32>) -> tensor<196x1024xi32>
  %r = linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>, affine_map<(m, n, k) -> (m, n)>], iterator_types = ["parallel", "parallel", "reduction"]} ins(%a, %b : tensor<196x256xi8>, tensor<256x1024xi8>) outs(%f : tensor<196x1024xi32>) {
  ^bb0(%x: i8, %w: i8, %o: i32):
    %c = arith.extui %x : i8 to i32
    %d = arith.extsi %w : i8 to i32
    %m = arith.muli %c, %d : i32
    %s = arith.addi %o, %m : i32
    linalg.yield %s : i32
  } -> tensor<196x1024xi32>
  kernel.return %r : tensor<196x1024xi32>
}

// Dots load four bytes at a time: padded bytes are stored, however short the sums.
// HALVES: @padded_bytes({{.*}}tile = [1, 1, 4, 16], {{.*}}pad = root, dot = 4>
kernel.func @padded_bytes(%x: tensor<1x48x48x3xi8>, %w: tensor<3x3x3x32xi8>) -> tensor<1x48x48x32xi32> {
  %b = arith.constant 0 : i8
  %z = arith.constant 0 : i32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %b : i8
  } : tensor<1x48x48x3xi8> to tensor<1x50x50x3xi8>
  %e = tensor.empty() : tensor<1x48x48x32xi32>
  %f = linalg.fill ins(%z : i32) outs(%e : tensor<1x48x48x32xi32>) -> tensor<1x48x48x32xi32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%p, %w : tensor<1x50x50x3xi8>, tensor<3x3x3x32xi8>) outs(%f : tensor<1x48x48x32xi32>) {
  ^bb0(%a: i8, %c: i8, %o: i32):
    %d = arith.extui %a : i8 to i32
    %g = arith.extsi %c : i8 to i32
    %m = arith.muli %d, %g : i32
    %s = arith.addi %o, %m : i32
    linalg.yield %s : i32
  } -> tensor<1x48x48x32xi32>
  kernel.return %r : tensor<1x48x48x32xi32>
}

// No small tiles where the last one would wait for its only sum,
// HALVES: @idle({{.*}}tile = [1, 1, 14, 16]
kernel.func @idle(%x: tensor<1x25x25x64xf32>, %w: tensor<1x1x64x16xf32>) -> tensor<1x25x25x16xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x25x25x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x25x25x16xf32>) -> tensor<1x25x25x16xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%x, %w : tensor<1x25x25x64xf32>, tensor<1x1x64x16xf32>) outs(%f : tensor<1x25x25x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x25x25x16xf32>
  kernel.return %r : tensor<1x25x25x16xf32>
}

// or where the weights come from far.
// HALVES: @far_weights({{.*}}tile = [1, 1, 14, 32]
kernel.func @far_weights(%x: tensor<1x14x14x256xf32>, %w: tensor<1x1x256x1024xf32>) -> tensor<1x14x14x1024xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x14x14x1024xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x14x14x1024xf32>) -> tensor<1x14x14x1024xf32>
  %r = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = #loops} ins(%x, %w : tensor<1x14x14x256xf32>, tensor<1x1x256x1024xf32>) outs(%f : tensor<1x14x14x1024xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x14x14x1024xf32>
  kernel.return %r : tensor<1x14x14x1024xf32>
}
