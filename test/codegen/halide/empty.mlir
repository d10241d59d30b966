// Dynamic extents that are 0: empty inputs may be null or anything, empty results are nothing to do.
// RUN: kernel-check %s
kernel.func @concat_rows(%x: tensor<?x9xf32> {kernel.extents = array<i64: 0>}, %y: tensor<?x9xf32> {kernel.extents = array<i64: 1>}, %n: index, %m: index, %s: index)
    -> (tensor<?x9xf32> {kernel.extents = array<i64: 2>})
    attributes {test.sizes = [array<i64: 0, 6, 6>, array<i64: 5, 0, 5>, array<i64: 0, 0, 0>]} {
  %r = tensor.concat dim(0) %x, %y : (tensor<?x9xf32>, tensor<?x9xf32>) -> tensor<?x9xf32>
  kernel.return %r : tensor<?x9xf32>
}
kernel.func @row_sum(%x: tensor<?x?xf32> {kernel.extents = array<i64: 0, 1>}, %n: index, %m: index) -> (tensor<?xf32> {kernel.extents = array<i64: 0>})
    attributes {test.sizes = [array<i64: 0, 5>, array<i64: 5, 0>, array<i64: 0, 0>]} {
  %z = arith.constant 2.0 : f32
  %er = tensor.empty(%n) : tensor<?xf32>
  %f = linalg.fill ins(%z : f32) outs(%er : tensor<?xf32>) -> tensor<?xf32>
  %sum = linalg.reduce {arith.addf} ins(%x : tensor<?x?xf32>) outs(%f : tensor<?xf32>) dimensions = [1]
  kernel.return %sum : tensor<?xf32>
}
