// Loops: what they lower to, and their numbers.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// A loop whose condition always holds is counted: what it stacks is written in place.
// CHECK-LABEL: func.func @counted
// CHECK: scf.for {{.*}} -> (tensor<3xf32>, tensor<5x3xf32>)
// CHECK:   tensor.insert_slice {{.*}} : tensor<3xf32> into tensor<5x3xf32>
func.func @counted(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<5x3xf32>) {
  %limit = nn.constant dense<5> : tensor<i64>
  %true = nn.constant dense<true> : tensor<i1>
  %y:2 = nn.loop %limit, %true, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<3xf32>):
    %next = nn.add %s, %s : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    nn.yield %true, %next, %s : tensor<i1>, tensor<3xf32>, tensor<3xf32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<3xf32>) -> (tensor<3xf32>, tensor<5x3xf32>)
  return %y#0, %y#1 : tensor<3xf32>, tensor<5x3xf32>
}

// With a condition that is data it is a while loop; of what was stacked, the part that was written counts.
// CHECK-LABEL: func.func @conditional
// CHECK: %[[L:.*]]:4 = scf.while
// CHECK:   scf.condition
// CHECK: tensor.extract_slice %[[L]]#3[0] [%[[L]]#0] [1]
func.func @conditional(%x: tensor<f32>, %limit: tensor<i64>, %c: tensor<i1>) -> tensor<?xf32, #nn.dims<"u">> {
  %bound = nn.constant dense<10.0> : tensor<f32>
  %y:2 = nn.loop %limit, %c, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<f32>):
    %next = nn.add %s, %s : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %go = nn.less %next, %bound : (tensor<f32>, tensor<f32>) -> tensor<i1>
    nn.yield %go, %next, %next : tensor<i1>, tensor<f32>, tensor<f32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<f32>) -> (tensor<f32>, tensor<?xf32, #nn.dims<"u">>)
  return %y#1 : tensor<?xf32, #nn.dims<"u">>
}

// A state may grow: its size is a symbol of the loop.
// CHECK-LABEL: func.func @growing
// CHECK: scf.for {{.*}} -> (tensor<?xf32>)
func.func @growing(%x: tensor<1xf32>) -> tensor<?xf32, #nn.dims<"v">> {
  %limit = nn.constant dense<5> : tensor<i64>
  %true = nn.constant dense<true> : tensor<i1>
  %y = nn.loop %limit, %true, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<?xf32, #nn.dims<"s">>):
    %next = nn.concat %s, %x {axis = 0 : i64} : (tensor<?xf32, #nn.dims<"s">>, tensor<1xf32>) -> tensor<?xf32, #nn.dims<"s + 1">>
    nn.yield %true, %next : tensor<i1>, tensor<?xf32, #nn.dims<"s + 1">>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<1xf32>) -> tensor<?xf32, #nn.dims<"v">>
  return %y : tensor<?xf32, #nn.dims<"v">>
}

//--- run.mlir
// The limit is data; below 1 nothing is run.
func.func @counted_5(%limit: tensor<i64> {check.value = dense<5> : tensor<i64>}, %x: tensor<3xf32> {check.value = dense<[1.0, -2.0, 0.5]> : tensor<3xf32>}) {
  %true = nn.constant dense<true> : tensor<i1>
  %0:2 = nn.loop %limit, %true, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<3xf32>):
    %next = nn.add %s, %s : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    nn.yield %true, %next, %s : tensor<i1>, tensor<3xf32>, tensor<3xf32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<3xf32>) -> (tensor<3xf32>, tensor<?x3xf32, #nn.dims<"u">>)
  check.expect_equal %0#0, dense<[32.0, -64.0, 16.0]> : tensor<3xf32> : tensor<3xf32>
  check.expect_equal %0#1, dense<[[1.0, -2.0, 0.5], [2.0, -4.0, 1.0], [4.0, -8.0, 2.0], [8.0, -16.0, 4.0], [16.0, -32.0, 8.0]]> : tensor<5x3xf32> : tensor<?x3xf32, #nn.dims<"u">>
  return
}

func.func @counted_1(%limit: tensor<i64> {check.value = dense<1> : tensor<i64>}, %x: tensor<3xf32> {check.value = dense<[1.0, -2.0, 0.5]> : tensor<3xf32>}) {
  %true = nn.constant dense<true> : tensor<i1>
  %0:2 = nn.loop %limit, %true, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<3xf32>):
    %next = nn.add %s, %s : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    nn.yield %true, %next, %s : tensor<i1>, tensor<3xf32>, tensor<3xf32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<3xf32>) -> (tensor<3xf32>, tensor<?x3xf32, #nn.dims<"u">>)
  check.expect_equal %0#0, dense<[2.0, -4.0, 1.0]> : tensor<3xf32> : tensor<3xf32>
  check.expect_equal %0#1, dense<[[1.0, -2.0, 0.5]]> : tensor<1x3xf32> : tensor<?x3xf32, #nn.dims<"u">>
  return
}

func.func @counted_0(%limit: tensor<i64> {check.value = dense<0> : tensor<i64>}, %x: tensor<3xf32> {check.value = dense<[1.0, -2.0, 0.5]> : tensor<3xf32>}) {
  %true = nn.constant dense<true> : tensor<i1>
  %0:2 = nn.loop %limit, %true, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<3xf32>):
    %next = nn.add %s, %s : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    nn.yield %true, %next, %s : tensor<i1>, tensor<3xf32>, tensor<3xf32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<3xf32>) -> (tensor<3xf32>, tensor<?x3xf32, #nn.dims<"u">>)
  check.expect_equal %0#0, dense<[1.0, -2.0, 0.5]> : tensor<3xf32> : tensor<3xf32>
  check.expect_equal %0#1, dense<> : tensor<0x3xf32> : tensor<?x3xf32, #nn.dims<"u">>
  return
}

func.func @counted_minus_3(%limit: tensor<i64> {check.value = dense<-3> : tensor<i64>}, %x: tensor<3xf32> {check.value = dense<[1.0, -2.0, 0.5]> : tensor<3xf32>}) {
  %true = nn.constant dense<true> : tensor<i1>
  %0:2 = nn.loop %limit, %true, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<3xf32>):
    %next = nn.add %s, %s : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    nn.yield %true, %next, %s : tensor<i1>, tensor<3xf32>, tensor<3xf32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<3xf32>) -> (tensor<3xf32>, tensor<?x3xf32, #nn.dims<"u">>)
  check.expect_equal %0#0, dense<[1.0, -2.0, 0.5]> : tensor<3xf32> : tensor<3xf32>
  check.expect_equal %0#1, dense<> : tensor<0x3xf32> : tensor<?x3xf32, #nn.dims<"u">>
  return
}

func.func @no_memory(%limit: tensor<i64> {check.value = dense<1152921504606846976> : tensor<i64>}, %x: tensor<3xf32> {check.value = dense<[1.0, -2.0, 0.5]> : tensor<3xf32>}) attributes {check.error = "not enough memory"} {
  %true = nn.constant dense<true> : tensor<i1>
  %0:2 = nn.loop %limit, %true, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<3xf32>):
    %next = nn.add %s, %s : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    nn.yield %true, %next, %s : tensor<i1>, tensor<3xf32>, tensor<3xf32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<3xf32>) -> (tensor<3xf32>, tensor<?x3xf32, #nn.dims<"u">>)
  check.expect_equal %0#0, dense<[1.0, -2.0, 0.5]> : tensor<3xf32> : tensor<3xf32>
  check.expect_equal %0#1, dense<> : tensor<0x3xf32> : tensor<?x3xf32, #nn.dims<"u">>
  return
}

// The condition that an iteration yields decides about the next.
func.func @until(%limit: tensor<i64> {check.value = dense<50> : tensor<i64>}, %c: tensor<i1> {check.value = dense<true> : tensor<i1>}, %x: tensor<f32> {check.value = dense<1.5> : tensor<f32>}) {
  %bound = nn.constant dense<10.0> : tensor<f32>
  %0:2 = nn.loop %limit, %c, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<f32>):
    %next = nn.add %s, %s : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %go = nn.less %next, %bound : (tensor<f32>, tensor<f32>) -> tensor<i1>
    nn.yield %go, %next, %next : tensor<i1>, tensor<f32>, tensor<f32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<f32>) -> (tensor<f32>, tensor<?xf32, #nn.dims<"u">>)
  check.expect_equal %0#0, dense<12.0> : tensor<f32> : tensor<f32>
  check.expect_equal %0#1, dense<[3.0, 6.0, 12.0]> : tensor<3xf32> : tensor<?xf32, #nn.dims<"u">>
  return
}

func.func @until_unbounded(%limit: tensor<i64> {check.value = dense<50> : tensor<i64>}, %c: tensor<i1> {check.value = dense<true> : tensor<i1>}, %x: tensor<f32> {check.value = dense<1.5> : tensor<f32>}) {
  %bound = nn.constant dense<10.0> : tensor<f32>
  %0:2 = nn.loop %limit, %c, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<f32>):
    %next = nn.add %s, %s : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %go = nn.less %next, %bound : (tensor<f32>, tensor<f32>) -> tensor<i1>
    nn.yield %go, %next, %next : tensor<i1>, tensor<f32>, tensor<f32>
  }  : (tensor<i64>, tensor<i1>, tensor<f32>) -> (tensor<f32>, tensor<?xf32, #nn.dims<"u">>)
  check.expect_equal %0#0, dense<12.0> : tensor<f32> : tensor<f32>
  check.expect_equal %0#1, dense<[3.0, 6.0, 12.0]> : tensor<3xf32> : tensor<?xf32, #nn.dims<"u">>
  return
}

func.func @limited(%limit: tensor<i64> {check.value = dense<2> : tensor<i64>}, %c: tensor<i1> {check.value = dense<true> : tensor<i1>}, %x: tensor<f32> {check.value = dense<1.5> : tensor<f32>}) {
  %bound = nn.constant dense<10.0> : tensor<f32>
  %0:2 = nn.loop %limit, %c, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<f32>):
    %next = nn.add %s, %s : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %go = nn.less %next, %bound : (tensor<f32>, tensor<f32>) -> tensor<i1>
    nn.yield %go, %next, %next : tensor<i1>, tensor<f32>, tensor<f32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<f32>) -> (tensor<f32>, tensor<?xf32, #nn.dims<"u">>)
  check.expect_equal %0#0, dense<6.0> : tensor<f32> : tensor<f32>
  check.expect_equal %0#1, dense<[3.0, 6.0]> : tensor<2xf32> : tensor<?xf32, #nn.dims<"u">>
  return
}

func.func @limited_unbounded(%limit: tensor<i64> {check.value = dense<2> : tensor<i64>}, %c: tensor<i1> {check.value = dense<true> : tensor<i1>}, %x: tensor<f32> {check.value = dense<1.5> : tensor<f32>}) {
  %bound = nn.constant dense<10.0> : tensor<f32>
  %0:2 = nn.loop %limit, %c, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<f32>):
    %next = nn.add %s, %s : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %go = nn.less %next, %bound : (tensor<f32>, tensor<f32>) -> tensor<i1>
    nn.yield %go, %next, %next : tensor<i1>, tensor<f32>, tensor<f32>
  }  : (tensor<i64>, tensor<i1>, tensor<f32>) -> (tensor<f32>, tensor<?xf32, #nn.dims<"u">>)
  check.expect_equal %0#0, dense<6.0> : tensor<f32> : tensor<f32>
  check.expect_equal %0#1, dense<[3.0, 6.0]> : tensor<2xf32> : tensor<?xf32, #nn.dims<"u">>
  return
}

func.func @never(%limit: tensor<i64> {check.value = dense<50> : tensor<i64>}, %c: tensor<i1> {check.value = dense<false> : tensor<i1>}, %x: tensor<f32> {check.value = dense<1.5> : tensor<f32>}) {
  %bound = nn.constant dense<10.0> : tensor<f32>
  %0:2 = nn.loop %limit, %c, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<f32>):
    %next = nn.add %s, %s : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %go = nn.less %next, %bound : (tensor<f32>, tensor<f32>) -> tensor<i1>
    nn.yield %go, %next, %next : tensor<i1>, tensor<f32>, tensor<f32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<f32>) -> (tensor<f32>, tensor<?xf32, #nn.dims<"u">>)
  check.expect_equal %0#0, dense<1.5> : tensor<f32> : tensor<f32>
  check.expect_equal %0#1, dense<> : tensor<0xf32> : tensor<?xf32, #nn.dims<"u">>
  return
}

// Comparing NaN says no.
func.func @nan(%limit: tensor<i64> {check.value = dense<50> : tensor<i64>}, %c: tensor<i1> {check.value = dense<true> : tensor<i1>}, %x: tensor<f32> {check.value = dense<0x7FC00000> : tensor<f32>}) {
  %bound = nn.constant dense<10.0> : tensor<f32>
  %0:2 = nn.loop %limit, %c, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<f32>):
    %next = nn.add %s, %s : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %go = nn.less %next, %bound : (tensor<f32>, tensor<f32>) -> tensor<i1>
    nn.yield %go, %next, %next : tensor<i1>, tensor<f32>, tensor<f32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<f32>) -> (tensor<f32>, tensor<?xf32, #nn.dims<"u">>)
  check.expect_equal %0#0, dense<0x7FC00000> : tensor<f32> : tensor<f32>
  check.expect_equal %0#1, dense<[0x7FC00000]> : tensor<1xf32> : tensor<?xf32, #nn.dims<"u">>
  return
}

// A state that grows.
func.func @growing(%x: tensor<2xf32> {check.value = dense<[1.0, 2.0]> : tensor<2xf32>}) {
  %limit = nn.constant dense<3> : tensor<i64>
  %true = nn.constant dense<true> : tensor<i1>
  %0 = nn.loop %limit, %true, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<?xf32, #nn.dims<"s">>):
    %next = nn.concat %s, %x {axis = 0 : i64} : (tensor<?xf32, #nn.dims<"s">>, tensor<2xf32>) -> tensor<?xf32, #nn.dims<"s + 2">>
    nn.yield %true, %next : tensor<i1>, tensor<?xf32, #nn.dims<"s + 2">>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<2xf32>) -> tensor<?xf32, #nn.dims<"v">>
  check.expect_equal %0, dense<[1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0]> : tensor<8xf32> : tensor<?xf32, #nn.dims<"v">>
  return
}

// A scan: rows of an input, read at the number of the iteration.
func.func @scan(%x: tensor<?x2xi64, #nn.dims<"N">> {check.value = dense<[[1, 2], [3, 4], [-5, 6], [7, -8]]> : tensor<4x2xi64>}) {
  %limit = nn.constant dense<4> : tensor<i64>
  %true = nn.constant dense<true> : tensor<i1>
  %zero = nn.constant dense<0> : tensor<i64>
  %0:2 = nn.loop %limit, %true, %zero {
  ^bb0(%i: tensor<i64>, %s: tensor<i64>):
    %row = nn.gather %x, %i {axis = 0 : i64} : (tensor<?x2xi64, #nn.dims<"N">>, tensor<i64>) -> tensor<2xi64>
    %sum = nn.reduce %row {kind = #nn.reduce_kind<sum>, axes = array<i64: 0>} : (tensor<2xi64>) -> tensor<i64>
    %next = nn.add %s, %sum : (tensor<i64>, tensor<i64>) -> tensor<i64>
    nn.yield %true, %next, %next : tensor<i1>, tensor<i64>, tensor<i64>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<i64>) -> (tensor<i64>, tensor<4xi64>)
  check.expect_equal %0#0, dense<10> : tensor<i64> : tensor<i64>
  check.expect_equal %0#1, dense<[3, 10, 11, 10]> : tensor<4xi64> : tensor<4xi64>
  return
}

// An iteration that fails ends the run.
func.func @scan_too_far(%x: tensor<?x2xi64, #nn.dims<"N">> {check.value = dense<[[1, 2], [3, 4], [-5, 6]]> : tensor<3x2xi64>}) attributes {check.error = "an index is outside its dimension"} {
  %limit = nn.constant dense<4> : tensor<i64>
  %true = nn.constant dense<true> : tensor<i1>
  %zero = nn.constant dense<0> : tensor<i64>
  %0:2 = nn.loop %limit, %true, %zero {
  ^bb0(%i: tensor<i64>, %s: tensor<i64>):
    %row = nn.gather %x, %i {axis = 0 : i64} : (tensor<?x2xi64, #nn.dims<"N">>, tensor<i64>) -> tensor<2xi64>
    %sum = nn.reduce %row {kind = #nn.reduce_kind<sum>, axes = array<i64: 0>} : (tensor<2xi64>) -> tensor<i64>
    %next = nn.add %s, %sum : (tensor<i64>, tensor<i64>) -> tensor<i64>
    nn.yield %true, %next, %next : tensor<i1>, tensor<i64>, tensor<i64>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<i64>) -> (tensor<i64>, tensor<4xi64>)
  check.expect_equal %0#0, dense<10> : tensor<i64> : tensor<i64>
  check.expect_equal %0#1, dense<[3, 10, 11, 10]> : tensor<4xi64> : tensor<4xi64>
  return
}

// The inner limit is the outer iteration: 0 + 1 + 2 additions.
func.func @nested(%x: tensor<2xf32> {check.value = dense<[1.0, -0.5]> : tensor<2xf32>}) {
  %limit = nn.constant dense<3> : tensor<i64>
  %true = nn.constant dense<true> : tensor<i1>
  %0 = nn.loop %limit, %true, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<2xf32>):
    %1 = nn.loop %i, %true, %s {
    ^bb0(%j: tensor<i64>, %t: tensor<2xf32>):
      %2 = nn.add %t, %x : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
      nn.yield %true, %2 : tensor<i1>, tensor<2xf32>
    } {bounded} : (tensor<i64>, tensor<i1>, tensor<2xf32>) -> tensor<2xf32>
    nn.yield %true, %1 : tensor<i1>, tensor<2xf32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<2xf32>) -> tensor<2xf32>
  check.expect_equal %0, dense<[4.0, -2.0]> : tensor<2xf32> : tensor<2xf32>
  return
}

// States that change places must not overwrite each other.
func.func @swap(%limit: tensor<i64> {check.value = dense<3> : tensor<i64>}, %x: tensor<2xf32> {check.value = dense<[1.0, 2.0]> : tensor<2xf32>}, %y: tensor<2xf32> {check.value = dense<[3.0, 4.0]> : tensor<2xf32>}) {
  %true = nn.constant dense<true> : tensor<i1>
  %0:2 = nn.loop %limit, %true, %x, %y {
  ^bb0(%i: tensor<i64>, %s: tensor<2xf32>, %t: tensor<2xf32>):
    nn.yield %true, %t, %s : tensor<i1>, tensor<2xf32>, tensor<2xf32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<2xf32>, tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  check.expect_equal %0#0, dense<[3.0, 4.0]> : tensor<2xf32> : tensor<2xf32>
  check.expect_equal %0#1, dense<[1.0, 2.0]> : tensor<2xf32> : tensor<2xf32>
  return
}
