// Reductions, softmax, norms.
// RUN: kernel-check %s
// RUN: kernel-check %s --checked
// RUN: kernel-check %s --strided
// RUN: kernel-check %s --no-schedule --checked

#id = affine_map<(i, j) -> (i, j)>
#r = affine_map<(i, j) -> (i)>
#c = affine_map<(i, j) -> (j)>
kernel.func @softmax(%x: tensor<9x70xf32>) -> tensor<9x70xf32> attributes {test.scale = 20.0} {
  %z = arith.constant 0.0 : f32
  %low = arith.constant 0xFF800000 : f32
  %e = tensor.empty() : tensor<9x70xf32>
  %er = tensor.empty() : tensor<9xf32>
  %f0 = linalg.fill ins(%low : f32) outs(%er : tensor<9xf32>) -> tensor<9xf32>
  %max = linalg.generic {indexing_maps = [#id, #r], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<9x70xf32>) outs(%f0 : tensor<9xf32>) {
  ^bb0(%a: f32, %o: f32):
    %m = arith.maximumf %a, %o : f32
    linalg.yield %m : f32
  } -> tensor<9xf32>
  %exp = linalg.generic {indexing_maps = [#id, #r, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %max : tensor<9x70xf32>, tensor<9xf32>) outs(%e : tensor<9x70xf32>) {
  ^bb0(%a: f32, %m: f32, %o: f32):
    %d = arith.subf %a, %m : f32
    %t = math.exp %d : f32
    linalg.yield %t : f32
  } -> tensor<9x70xf32>
  %f1 = linalg.fill ins(%z : f32) outs(%er : tensor<9xf32>) -> tensor<9xf32>
  %sum = linalg.generic {indexing_maps = [#id, #r], iterator_types = ["parallel", "reduction"]}
      ins(%exp : tensor<9x70xf32>) outs(%f1 : tensor<9xf32>) {
  ^bb0(%a: f32, %o: f32):
    %m = arith.addf %o, %a : f32
    linalg.yield %m : f32
  } -> tensor<9xf32>
  %res = linalg.generic {indexing_maps = [#id, #r, #id], iterator_types = ["parallel", "parallel"]}
      ins(%exp, %sum : tensor<9x70xf32>, tensor<9xf32>) outs(%e : tensor<9x70xf32>) {
  ^bb0(%a: f32, %m: f32, %o: f32):
    %d = arith.divf %a, %m : f32
    linalg.yield %d : f32
  } -> tensor<9x70xf32>
  kernel.return %res : tensor<9x70xf32>
}

kernel.func @layer_norm(%x: tensor<?x128xf32> {kernel.extents = array<i64: 0>}, %g: tensor<128xf32>, %b: tensor<128xf32>, %n: index)
    -> (tensor<?x128xf32> {kernel.extents = array<i64: 0>}, tensor<?xf32> {kernel.extents = array<i64: 0>})
    attributes {test.sizes = [array<i64: 1>, array<i64: 5>, array<i64: 16>]} {
  %z = arith.constant 0.0 : f32
  %count = arith.constant 128.0 : f32
  %eps = arith.constant 1.0e-5 : f32
  %e = tensor.empty(%n) : tensor<?x128xf32>
  %er = tensor.empty(%n) : tensor<?xf32>
  %f = linalg.fill ins(%z : f32) outs(%er : tensor<?xf32>) -> tensor<?xf32>
  %sum = linalg.reduce {arith.addf} ins(%x : tensor<?x128xf32>) outs(%f : tensor<?xf32>) dimensions = [1]
  %mean = linalg.map ins(%sum : tensor<?xf32>) outs(%er : tensor<?xf32>)
    (%a: f32, %o: f32) {
      %t = arith.divf %a, %count : f32
      linalg.yield %t : f32
    }
  %center = linalg.generic {indexing_maps = [#id, #r, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x, %mean : tensor<?x128xf32>, tensor<?xf32>) outs(%e : tensor<?x128xf32>) {
  ^bb0(%a: f32, %m: f32, %o: f32):
    %d = arith.subf %a, %m : f32
    linalg.yield %d : f32
  } -> tensor<?x128xf32>
  %var = linalg.generic {indexing_maps = [#id, #r], iterator_types = ["parallel", "reduction"]}
      ins(%center : tensor<?x128xf32>) outs(%f : tensor<?xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.mulf %a, %a : f32
    %m = arith.addf %o, %s : f32
    linalg.yield %m : f32
  } -> tensor<?xf32>
  %inv = linalg.map ins(%var : tensor<?xf32>) outs(%er : tensor<?xf32>)
    (%a: f32, %o: f32) {
      %t = arith.divf %a, %count : f32
      %u = arith.addf %t, %eps : f32
      %v = math.rsqrt %u : f32
      linalg.yield %v : f32
    }
  %res = linalg.generic {indexing_maps = [#id, #r, #c, #c, #id], iterator_types = ["parallel", "parallel"]}
      ins(%center, %inv, %g, %b : tensor<?x128xf32>, tensor<?xf32>, tensor<128xf32>, tensor<128xf32>) outs(%e : tensor<?x128xf32>) {
  ^bb0(%a: f32, %m: f32, %u: f32, %v: f32, %o: f32):
    %d = arith.mulf %a, %m : f32
    %s = arith.mulf %d, %u : f32
    %t = arith.addf %s, %v : f32
    linalg.yield %t : f32
  } -> tensor<?x128xf32>
  kernel.return %res, %mean : tensor<?x128xf32>, tensor<?xf32>
}

kernel.func @row_sum(%x: tensor<13x100xf32>) -> tensor<13xf32> {
  %z = arith.constant 0.0 : f32
  %er = tensor.empty() : tensor<13xf32>
  %f = linalg.fill ins(%z : f32) outs(%er : tensor<13xf32>) -> tensor<13xf32>
  %sum = linalg.reduce {arith.addf} ins(%x : tensor<13x100xf32>) outs(%f : tensor<13xf32>) dimensions = [1]
  kernel.return %sum : tensor<13xf32>
}
kernel.func @row_sum_dynamic(%x: tensor<?x?xf32> {kernel.extents = array<i64: 0, 1>}, %n: index, %m: index) -> (tensor<?xf32> {kernel.extents = array<i64: 0>})
    attributes {test.sizes = [array<i64: 1, 1>, array<i64: 3, 17>, array<i64: 5, 64>, array<i64: 2, 300>]} {
  %z = arith.constant 0.0 : f32
  %er = tensor.empty(%n) : tensor<?xf32>
  %f = linalg.fill ins(%z : f32) outs(%er : tensor<?xf32>) -> tensor<?xf32>
  %sum = linalg.reduce {arith.addf} ins(%x : tensor<?x?xf32>) outs(%f : tensor<?xf32>) dimensions = [1]
  kernel.return %sum : tensor<?xf32>
}
kernel.func @row_max_special(%x: tensor<40x35xf32>) -> tensor<40xf32> attributes {test.specials} {
  %z = arith.constant 0xFF800000 : f32
  %er = tensor.empty() : tensor<40xf32>
  %f = linalg.fill ins(%z : f32) outs(%er : tensor<40xf32>) -> tensor<40xf32>
  %sum = linalg.reduce {arith.maximumf} ins(%x : tensor<40x35xf32>) outs(%f : tensor<40xf32>) dimensions = [1]
  kernel.return %sum : tensor<40xf32>
}
kernel.func @row_min_numbers(%x: tensor<40x35xf32>) -> tensor<40xf32> attributes {test.specials} {
  %z = arith.constant 0x7F800000 : f32
  %er = tensor.empty() : tensor<40xf32>
  %f = linalg.fill ins(%z : f32) outs(%er : tensor<40xf32>) -> tensor<40xf32>
  %sum = linalg.reduce {arith.minnumf} ins(%x : tensor<40x35xf32>) outs(%f : tensor<40xf32>) dimensions = [1]
  kernel.return %sum : tensor<40xf32>
}
kernel.func @column_sum(%x: tensor<60x45xf32>) -> tensor<45xf32> {
  %z = arith.constant 0.0 : f32
  %er = tensor.empty() : tensor<45xf32>
  %f = linalg.fill ins(%z : f32) outs(%er : tensor<45xf32>) -> tensor<45xf32>
  %sum = linalg.reduce {arith.addf} ins(%x : tensor<60x45xf32>) outs(%f : tensor<45xf32>) dimensions = [0]
  kernel.return %sum : tensor<45xf32>
}
kernel.func @all_axes(%x: tensor<6x7x8xf32>) -> tensor<f32> {
  %z = arith.constant 0.0 : f32
  %er = tensor.empty() : tensor<f32>
  %f = linalg.fill ins(%z : f32) outs(%er : tensor<f32>) -> tensor<f32>
  %sum = linalg.reduce {arith.addf} ins(%x : tensor<6x7x8xf32>) outs(%f : tensor<f32>) dimensions = [0, 1, 2]
  kernel.return %sum : tensor<f32>
}
kernel.func @outer_and_inner_axis(%x: tensor<6x7x20xi32>) -> tensor<7xi32> attributes {test.integers = 0} {
  %z = arith.constant 0 : i32
  %er = tensor.empty() : tensor<7xi32>
  %f = linalg.fill ins(%z : i32) outs(%er : tensor<7xi32>) -> tensor<7xi32>
  %sum = linalg.reduce {arith.addi} ins(%x : tensor<6x7x20xi32>) outs(%f : tensor<7xi32>) dimensions = [0, 2]
  kernel.return %sum : tensor<7xi32>
}
kernel.func @product_f64(%x: tensor<5x33xf64>) -> tensor<5xf64> attributes {test.scale = 1.5, test.low = 0.7, test.tolerance = 1.0e-13} {
  %z = arith.constant 1.0 : f64
  %er = tensor.empty() : tensor<5xf64>
  %f = linalg.fill ins(%z : f64) outs(%er : tensor<5xf64>) -> tensor<5xf64>
  %sum = linalg.reduce {arith.mulf} ins(%x : tensor<5x33xf64>) outs(%f : tensor<5xf64>) dimensions = [1]
  kernel.return %sum : tensor<5xf64>
}
kernel.func @any(%x: tensor<5x33xi1>) -> tensor<5xi1> {
  %z = arith.constant false
  %er = tensor.empty() : tensor<5xi1>
  %f = linalg.fill ins(%z : i1) outs(%er : tensor<5xi1>) -> tensor<5xi1>
  %sum = linalg.reduce {arith.ori} ins(%x : tensor<5x33xi1>) outs(%f : tensor<5xi1>) dimensions = [1]
  kernel.return %sum : tensor<5xi1>
}
// Two results, the second a position.
kernel.func @argmax(%x: tensor<7x50xf32>) -> (tensor<7xf32>, tensor<7xi64>) {
  %low = arith.constant 0xFF800000 : f32
  %i0 = arith.constant 0 : i64
  %er = tensor.empty() : tensor<7xf32>
  %ei = tensor.empty() : tensor<7xi64>
  %f = linalg.fill ins(%low : f32) outs(%er : tensor<7xf32>) -> tensor<7xf32>
  %g = linalg.fill ins(%i0 : i64) outs(%ei : tensor<7xi64>) -> tensor<7xi64>
  %r:2 = linalg.generic {indexing_maps = [#id, #r, #r], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<7x50xf32>) outs(%f, %g : tensor<7xf32>, tensor<7xi64>) {
  ^bb0(%a: f32, %m: f32, %p: i64):
    %j = linalg.index 1 : index
    %k = arith.index_cast %j : index to i64
    %gt = arith.cmpf ogt, %a, %m : f32
    %v = arith.select %gt, %a, %m : f32
    %w = arith.select %gt, %k, %p : i64
    linalg.yield %v, %w : f32, i64
  } -> (tensor<7xf32>, tensor<7xi64>)
  kernel.return %r#0, %r#1 : tensor<7xf32>, tensor<7xi64>
}
// A running sum, written as a triangular reduction.
kernel.func @cumulative_sum(%x: tensor<4x20xf32>) -> tensor<4x20xf32> {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<4x20xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<4x20xf32>) -> tensor<4x20xf32>
  %s = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (i, k)>, affine_map<(i, j, k) -> (i, j)>], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x : tensor<4x20xf32>) outs(%f : tensor<4x20xf32>) {
  ^bb0(%a: f32, %o: f32):
    %j = linalg.index 1 : index
    %k = linalg.index 2 : index
    %in = arith.cmpi ule, %k, %j : index
    %v = arith.select %in, %a, %z : f32
    %t = arith.addf %o, %v : f32
    linalg.yield %t : f32
  } -> tensor<4x20xf32>
  kernel.return %s : tensor<4x20xf32>
}
// A body that never reads the elements.
kernel.func @count(%x: tensor<4x20xf32>) -> tensor<4xf32> {
  %z = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %e = tensor.empty() : tensor<4xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<4xf32>) -> tensor<4xf32>
  %s = linalg.generic {indexing_maps = [#id, #r], iterator_types = ["parallel", "reduction"]}
      ins(%x : tensor<4x20xf32>) outs(%f : tensor<4xf32>) {
  ^bb0(%a: f32, %o: f32):
    %t = arith.addf %o, %one : f32
    linalg.yield %t : f32
  } -> tensor<4xf32>
  kernel.return %s : tensor<4xf32>
}

// Rows reduced by vectors, and the lanes of the last vector two by two (12 of them: odd numbers, too).
#r3 = affine_map<(a, b, c) -> (a, b, c)>
#lanes3 = affine_map<(a, b, c) -> (a, c)>
#r2 = affine_map<(a, b) -> (a, b)>
#row2 = affine_map<(a, b) -> (a)>
kernel.func @lanes(%x: tensor<40x48xf32>) -> tensor<40x48xf32> attributes {test.specials} {
  %low = arith.constant 0xFF800000 : f32
  %v = tensor.expand_shape %x [[0], [1, 2]] output_shape [40, 4, 12] : tensor<40x48xf32> into tensor<40x4x12xf32>
  %ep = tensor.empty() : tensor<40x12xf32>
  %fp = linalg.fill ins(%low : f32) outs(%ep : tensor<40x12xf32>) -> tensor<40x12xf32>
  %p = linalg.generic {indexing_maps = [#r3, #lanes3], iterator_types = ["parallel", "reduction", "parallel"]} ins(%v : tensor<40x4x12xf32>) outs(%fp : tensor<40x12xf32>) {
  ^bb0(%a: f32, %o: f32):
    %m = arith.maximumf %o, %a : f32
    linalg.yield %m : f32
  } -> tensor<40x12xf32>
  %er = tensor.empty() : tensor<40xf32>
  %fr = linalg.fill ins(%low : f32) outs(%er : tensor<40xf32>) -> tensor<40xf32>
  %t = linalg.generic {indexing_maps = [#r2, #row2], iterator_types = ["parallel", "reduction"]} ins(%p : tensor<40x12xf32>) outs(%fr : tensor<40xf32>) {
  ^bb0(%a: f32, %o: f32):
    %m = arith.maximumf %o, %a : f32
    linalg.yield %m : f32
  } -> tensor<40xf32>
  %e = tensor.empty() : tensor<40x48xf32>
  %r = linalg.generic {indexing_maps = [#r2, #row2, #r2], iterator_types = ["parallel", "parallel"]} ins(%x, %t : tensor<40x48xf32>, tensor<40xf32>) outs(%e : tensor<40x48xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %d = arith.subf %a, %b : f32
    linalg.yield %d : f32
  } -> tensor<40x48xf32>
  kernel.return %r : tensor<40x48xf32>
}
