// Convolutions and pooling, with their pads.
// RUN: kernel-check %s
// RUN: kernel-check %s --checked
// RUN: kernel-check %s --strided
// RUN: kernel-check %s --no-schedule --checked

#id4 = affine_map<(n, h, w, c) -> (n, h, w, c)>
#last = affine_map<(n, h, w, c) -> (c)>
kernel.func @conv_residual(%x: tensor<1x14x14x24xf32>, %w: tensor<3x3x24x40xf32>, %b: tensor<40xf32>, %res: tensor<1x14x14x40xf32>) -> tensor<1x14x14x40xf32> {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x14x14x24xf32> to tensor<1x16x16x24xf32>
  %e = tensor.empty() : tensor<1x14x14x40xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x14x14x40xf32>) -> tensor<1x14x14x40xf32>
  %c = linalg.conv_2d_nhwc_hwcf ins(%p, %w : tensor<1x16x16x24xf32>, tensor<3x3x24x40xf32>) outs(%f : tensor<1x14x14x40xf32>) -> tensor<1x14x14x40xf32>
  %r = linalg.generic {indexing_maps = [#id4, #last, #id4, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%c, %b, %res : tensor<1x14x14x40xf32>, tensor<40xf32>, tensor<1x14x14x40xf32>) outs(%e : tensor<1x14x14x40xf32>) {
  ^bb0(%u: f32, %v: f32, %t: f32, %o: f32):
    %s = arith.addf %u, %v : f32
    %q = arith.addf %s, %t : f32
    %m = arith.maximumf %q, %z : f32
    linalg.yield %m : f32
  } -> tensor<1x14x14x40xf32>
  kernel.return %r : tensor<1x14x14x40xf32>
}

kernel.func @conv_strided_dilated(%x: tensor<2x15x17x8xf32>, %w: tensor<16x3x3x8xf32>) -> tensor<2x6x7x16xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x6x7x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<2x6x7x16xf32>) -> tensor<2x6x7x16xf32>
  %c = linalg.conv_2d_nhwc_fhwc {strides = dense<2> : tensor<2xi64>, dilations = dense<2> : tensor<2xi64>}
      ins(%x, %w : tensor<2x15x17x8xf32>, tensor<16x3x3x8xf32>) outs(%f : tensor<2x6x7x16xf32>) -> tensor<2x6x7x16xf32>
  kernel.return %c : tensor<2x6x7x16xf32>
}

// Panels of 32 output channels; rows and columns are dynamic.
#x = affine_map<(n, h, w, no, ni, kh, kw, c) -> (n, h + kh, w + kw, c)>
#w = affine_map<(n, h, w, no, ni, kh, kw, c) -> (no, kh, kw, c, ni)>
#o = affine_map<(n, h, w, no, ni, kh, kw, c) -> (n, h, w, no, ni)>
kernel.func @conv_packed(%x: tensor<1x?x?x16xf32> {kernel.extents = array<i64: 0, 1>}, %w: tensor<2x3x3x16x32xf32>, %h: index, %v: index)
    -> (tensor<1x?x?x64xf32> {kernel.extents = array<i64: 0, 1>})
    attributes {test.sizes = [array<i64: 14, 14>, array<i64: 1, 2>, array<i64: 9, 13>]} {
  %z = arith.constant 0.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x?x?x16xf32> to tensor<1x?x?x16xf32>
  %e = tensor.empty(%h, %v) : tensor<1x?x?x2x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x?x?x2x32xf32>) -> tensor<1x?x?x2x32xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #o], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
      ins(%p, %w : tensor<1x?x?x16xf32>, tensor<2x3x3x16x32xf32>) outs(%f : tensor<1x?x?x2x32xf32>) {
  ^bb0(%a: f32, %b: f32, %q: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %q, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x?x?x2x32xf32>
  %r = tensor.collapse_shape %c [[0], [1], [2], [3, 4]] : tensor<1x?x?x2x32xf32> into tensor<1x?x?x64xf32>
  kernel.return %r : tensor<1x?x?x64xf32>
}

// Input channels outermost, as a model gives them.
kernel.func @conv_first(%x: tensor<1x3x20x20xf32>, %w: tensor<1x3x3x3x32xf32>) -> tensor<1x9x9x32xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x9x9x1x32xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x9x9x1x32xf32>) -> tensor<1x9x9x1x32xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, h, w, no, ni, kh, kw, c) -> (n, c, h * 2 + kh, w * 2 + kw)>, #w, #o], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
      ins(%x, %w : tensor<1x3x20x20xf32>, tensor<1x3x3x3x32xf32>) outs(%f : tensor<1x9x9x1x32xf32>) {
  ^bb0(%a: f32, %b: f32, %q: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %q, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x9x9x1x32xf32>
  %r = tensor.collapse_shape %c [[0], [1], [2], [3, 4]] : tensor<1x9x9x1x32xf32> into tensor<1x9x9x32xf32>
  kernel.return %r : tensor<1x9x9x32xf32>
}

kernel.func @depthwise(%x: tensor<1x14x14x48xf32>, %w: tensor<3x3x48xf32>) -> tensor<1x14x14x48xf32> {
  %z = arith.constant 0.0 : f32
  %six = arith.constant 6.0 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x14x14x48xf32> to tensor<1x16x16x48xf32>
  %e = tensor.empty() : tensor<1x14x14x48xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x14x14x48xf32>) -> tensor<1x14x14x48xf32>
  %c = linalg.depthwise_conv_2d_nhwc_hwc ins(%p, %w : tensor<1x16x16x48xf32>, tensor<3x3x48xf32>) outs(%f : tensor<1x14x14x48xf32>) -> tensor<1x14x14x48xf32>
  %r = linalg.generic {indexing_maps = [#id4, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%c : tensor<1x14x14x48xf32>) outs(%e : tensor<1x14x14x48xf32>) {
  ^bb0(%u: f32, %o: f32):
    %m = arith.maximumf %u, %z : f32
    %n = arith.minimumf %m, %six : f32
    linalg.yield %n : f32
  } -> tensor<1x14x14x48xf32>
  kernel.return %r : tensor<1x14x14x48xf32>
}

kernel.func @depthwise_5x5_stride2(%x: tensor<1x17x17x20xf32>, %w: tensor<5x5x20xf32>) -> tensor<1x7x7x20xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x7x7x20xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x7x7x20xf32>) -> tensor<1x7x7x20xf32>
  %c = linalg.depthwise_conv_2d_nhwc_hwc {strides = dense<2> : tensor<2xi64>}
      ins(%x, %w : tensor<1x17x17x20xf32>, tensor<5x5x20xf32>) outs(%f : tensor<1x7x7x20xf32>) -> tensor<1x7x7x20xf32>
  kernel.return %c : tensor<1x7x7x20xf32>
}

kernel.func @grouped(%x: tensor<1x9x9x2x12xf32>, %w: tensor<2x3x3x12x16xf32>) -> tensor<1x7x7x2x16xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x7x7x2x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x7x7x2x16xf32>) -> tensor<1x7x7x2x16xf32>
  %c = linalg.generic {indexing_maps = [affine_map<(n, h, w, g, f, kh, kw, c) -> (n, h + kh, w + kw, g, c)>, affine_map<(n, h, w, g, f, kh, kw, c) -> (g, kh, kw, c, f)>, affine_map<(n, h, w, g, f, kh, kw, c) -> (n, h, w, g, f)>],
      iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction", "reduction"]}
      ins(%x, %w : tensor<1x9x9x2x12xf32>, tensor<2x3x3x12x16xf32>) outs(%f : tensor<1x7x7x2x16xf32>) {
  ^bb0(%a: f32, %b: f32, %q: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %q, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x7x7x2x16xf32>
  kernel.return %c : tensor<1x7x7x2x16xf32>
}

// NaN must win a maximum.
kernel.func @max_pool(%x: tensor<1x16x16x40xf32>) -> tensor<1x8x8x40xf32> attributes {test.specials} {
  %z = arith.constant 0xFF800000 : f32
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 0, 0, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x16x16x40xf32> to tensor<1x17x17x40xf32>
  %win = tensor.empty() : tensor<3x3xf32>
  %e = tensor.empty() : tensor<1x8x8x40xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x8x8x40xf32>) -> tensor<1x8x8x40xf32>
  %c = linalg.pooling_nhwc_max {strides = dense<2> : tensor<2xi64>}
      ins(%p, %win : tensor<1x17x17x40xf32>, tensor<3x3xf32>) outs(%f : tensor<1x8x8x40xf32>) -> tensor<1x8x8x40xf32>
  kernel.return %c : tensor<1x8x8x40xf32>
}

// The divisor counts the taps inside, by the indices.
#in = affine_map<(n, h, w, c, kh, kw) -> (n, h + kh, w + kw, c)>
#win = affine_map<(n, h, w, c, kh, kw) -> (kh, kw)>
#out = affine_map<(n, h, w, c, kh, kw) -> (n, h, w, c)>
kernel.func @average_pool(%x: tensor<1x9x9x12xf32>) -> tensor<1x9x9x12xf32> {
  %z = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %c1 = arith.constant 1 : index
  %c9 = arith.constant 9 : index
  %p = tensor.pad %x low[0, 1, 1, 0] high[0, 1, 1, 0] {
  ^bb0(%i: index, %j: index, %k: index, %l: index):
    tensor.yield %z : f32
  } : tensor<1x9x9x12xf32> to tensor<1x11x11x12xf32>
  %win = tensor.empty() : tensor<3x3xf32>
  %e = tensor.empty() : tensor<1x9x9x12xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x9x9x12xf32>) -> tensor<1x9x9x12xf32>
  %s:2 = linalg.generic {indexing_maps = [#in, #win, #out, #out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
      ins(%p, %win : tensor<1x11x11x12xf32>, tensor<3x3xf32>) outs(%f, %f : tensor<1x9x9x12xf32>, tensor<1x9x9x12xf32>) {
  ^bb0(%a: f32, %b: f32, %sum: f32, %count: f32):
    %h = linalg.index 1 : index
    %kh = linalg.index 4 : index
    %w = linalg.index 2 : index
    %kw = linalg.index 5 : index
    %y0 = arith.addi %h, %kh : index
    %x0 = arith.addi %w, %kw : index
    %y1 = arith.subi %y0, %c1 : index
    %x1 = arith.subi %x0, %c1 : index
    %iny = arith.cmpi ult, %y1, %c9 : index
    %inx = arith.cmpi ult, %x1, %c9 : index
    %both = arith.andi %iny, %inx : i1
    %more = arith.select %both, %one, %z : f32
    %sum1 = arith.addf %sum, %a : f32
    %count1 = arith.addf %count, %more : f32
    linalg.yield %sum1, %count1 : f32, f32
  } -> (tensor<1x9x9x12xf32>, tensor<1x9x9x12xf32>)
  %r = linalg.generic {indexing_maps = [#id4, #id4, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%s#0, %s#1 : tensor<1x9x9x12xf32>, tensor<1x9x9x12xf32>) outs(%e : tensor<1x9x9x12xf32>) {
  ^bb0(%u: f32, %v: f32, %o: f32):
    %d = arith.divf %u, %v : f32
    linalg.yield %d : f32
  } -> tensor<1x9x9x12xf32>
  kernel.return %r : tensor<1x9x9x12xf32>
}

kernel.func @global_average(%x: tensor<1x7x7x64xf32>) -> tensor<1x64xf32> {
  %z = arith.constant 0.0 : f32
  %n = arith.constant 49.0 : f32
  %e = tensor.empty() : tensor<1x64xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x64xf32>) -> tensor<1x64xf32>
  %s = linalg.reduce ins(%x : tensor<1x7x7x64xf32>) outs(%f : tensor<1x64xf32>) dimensions = [1, 2]
    (%a: f32, %b: f32) {
      %t = arith.addf %a, %b : f32
      linalg.yield %t : f32
    }
  %r = linalg.map ins(%s : tensor<1x64xf32>) outs(%e : tensor<1x64xf32>)
    (%a: f32, %o: f32) {
      %t = arith.divf %a, %n : f32
      linalg.yield %t : f32
    }
  kernel.return %r : tensor<1x64xf32>
}
