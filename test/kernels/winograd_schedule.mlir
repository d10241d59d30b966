// A kernel that has a schedule takes the form that this is for; where it has no such form, the schedule is dropped.
// RUN: dlc-opt %s --kernel-winograd | FileCheck %s
// CHECK: kernel.launch @winograd_[[TWO:[0-9a-f]*]] ins({{.*}}, tensor<4x4x16x16xf32>)
// CHECK: kernel.launch @direct ins({{.*}}, tensor<16x16x3x3xf32>)
// CHECK: kernel.launch @impossible ins({{.*}}, tensor<16x16x3x3xf32>)
// CHECK: kernel.func private @winograd_[[TWO]]({{.*}} {kernel.winograd = 2 : i64, schedule = #kernel.schedule<halide, winograd, tile = [1, 2, 12, 16], lanes = 16, winograd = 2>}
// CHECK: kernel.func private @direct({{.*}} {schedule = #kernel.schedule<halide, contraction, lanes = 16>}
// CHECK: kernel.func private @impossible(
// CHECK-NOT: schedule
#x = affine_map<(n,h,w,co,ci,kh,kw)->(n,h+kh,w+kw,ci)>
#w = affine_map<(n,h,w,co,ci,kh,kw)->(co,ci,kh,kw)>
#y = affine_map<(n,h,w,co,ci,kh,kw)->(n,h,w,co)>
func.func @main(%x: tensor<1x14x14x16xf32>, %g: tensor<16x16x3x3xf32>) -> (tensor<1x12x12x16xf32>, tensor<1x12x12x16xf32>, tensor<1x12x12x16xf32>) {
  %w = arith.constant dense_resource<w> : tensor<16x16x3x3xf32>
  %0 = tensor.empty() : tensor<1x12x12x16xf32>
  %1 = kernel.launch @two ins(%x, %w : tensor<1x14x14x16xf32>, tensor<16x16x3x3xf32>) outs(%0 : tensor<1x12x12x16xf32>) -> tensor<1x12x12x16xf32>
  %2 = kernel.launch @direct ins(%x, %w : tensor<1x14x14x16xf32>, tensor<16x16x3x3xf32>) outs(%0 : tensor<1x12x12x16xf32>) -> tensor<1x12x12x16xf32>
  %3 = kernel.launch @impossible ins(%x, %g : tensor<1x14x14x16xf32>, tensor<16x16x3x3xf32>) outs(%0 : tensor<1x12x12x16xf32>) -> tensor<1x12x12x16xf32>
  return %1, %2, %3 : tensor<1x12x12x16xf32>, tensor<1x12x12x16xf32>, tensor<1x12x12x16xf32>
}
kernel.func private @two(%x: tensor<1x14x14x16xf32>, %w: tensor<16x16x3x3xf32>) -> tensor<1x12x12x16xf32> attributes {schedule = #kernel.schedule<halide, winograd, tile = [1, 2, 12, 16], lanes = 16, winograd = 2>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x12x12x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x12x12x16xf32>) -> tensor<1x12x12x16xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel","parallel","parallel","parallel","reduction","reduction","reduction"]} ins(%x, %w : tensor<1x14x14x16xf32>, tensor<16x16x3x3xf32>) outs(%f : tensor<1x12x12x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x12x12x16xf32>
  kernel.return %c : tensor<1x12x12x16xf32>
}
kernel.func private @direct(%x: tensor<1x14x14x16xf32>, %w: tensor<16x16x3x3xf32>) -> tensor<1x12x12x16xf32> attributes {schedule = #kernel.schedule<halide, contraction, lanes = 16>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x12x12x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x12x12x16xf32>) -> tensor<1x12x12x16xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel","parallel","parallel","parallel","reduction","reduction","reduction"]} ins(%x, %w : tensor<1x14x14x16xf32>, tensor<16x16x3x3xf32>) outs(%f : tensor<1x12x12x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x12x12x16xf32>
  kernel.return %c : tensor<1x12x12x16xf32>
}
kernel.func private @impossible(%x: tensor<1x14x14x16xf32>, %w: tensor<16x16x3x3xf32>) -> tensor<1x12x12x16xf32> attributes {schedule = #kernel.schedule<halide, winograd, tile = [1, 2, 12, 16], lanes = 16, winograd = 2>} {
  %z = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<1x12x12x16xf32>
  %f = linalg.fill ins(%z : f32) outs(%e : tensor<1x12x12x16xf32>) -> tensor<1x12x12x16xf32>
  %c = linalg.generic {indexing_maps = [#x, #w, #y], iterator_types = ["parallel","parallel","parallel","parallel","reduction","reduction","reduction"]} ins(%x, %w : tensor<1x14x14x16xf32>, tensor<16x16x3x3xf32>) outs(%f : tensor<1x12x12x16xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %m = arith.mulf %a, %b : f32
    %s = arith.addf %o, %m : f32
    linalg.yield %s : f32
  } -> tensor<1x12x12x16xf32>
  kernel.return %c : tensor<1x12x12x16xf32>
}
