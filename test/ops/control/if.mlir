// Branches: what they lower to, and their numbers.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide

//--- lower.mlir
// A size that the branches do not agree on is a symbol that the operation defines.
// CHECK-LABEL: func.func @sizes
// CHECK: %[[C:.*]] = tensor.extract
// CHECK: %[[Y:.*]] = scf.if %[[C]] -> (tensor<?xf32>)
// CHECK:   scf.yield
// CHECK: } else {
// CHECK:   scf.yield
// CHECK: return %[[Y]]
func.func @sizes(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<?xf32, #nn.dims<"u">> {
  %y = nn.if %c {
    %a = nn.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    nn.yield %a : tensor<4xf32>
  } else {
    %a = nn.slice %x ["0"] [1] : (tensor<4xf32>) -> tensor<2xf32>
    nn.yield %a : tensor<2xf32>
  } : (tensor<i1>) -> tensor<?xf32, #nn.dims<"u">>
  return %y : tensor<?xf32, #nn.dims<"u">>
}

//--- run.mlir
// The branches differ in size.
func.func @sizes_then(%c: tensor<i1> {check.value = dense<true> : tensor<i1>}, %x: tensor<4xf32> {check.value = dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32>}) {
  %0 = nn.if %c {
    %a = nn.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    nn.yield %a : tensor<4xf32>
  } else {
    %a = nn.slice %x ["0"] [1] : (tensor<4xf32>) -> tensor<2xf32>
    nn.yield %a : tensor<2xf32>
  } : (tensor<i1>) -> tensor<?xf32, #nn.dims<"u">>
  check.expect_equal %0, dense<[2.0, 4.0, 6.0, 0x7FC00000]> : tensor<4xf32> : tensor<?xf32, #nn.dims<"u">>
  return
}

func.func @sizes_else(%c: tensor<i1> {check.value = dense<false> : tensor<i1>}, %x: tensor<4xf32> {check.value = dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32>}) {
  %0 = nn.if %c {
    %a = nn.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    nn.yield %a : tensor<4xf32>
  } else {
    %a = nn.slice %x ["0"] [1] : (tensor<4xf32>) -> tensor<2xf32>
    nn.yield %a : tensor<2xf32>
  } : (tensor<i1>) -> tensor<?xf32, #nn.dims<"u">>
  check.expect_equal %0, dense<[1.0, 2.0]> : tensor<2xf32> : tensor<?xf32, #nn.dims<"u">>
  return
}

// What lies outside is visible inside.
func.func @two_values_then(%c: tensor<i1> {check.value = dense<true> : tensor<i1>}, %x: tensor<2x?xf32, #nn.dims<"N">> {check.value = dense<[[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]]> : tensor<2x3xf32>}, %i: tensor<i64> {check.value = dense<7> : tensor<i64>}) {
  %0:2 = nn.if %c {
    %a = nn.mul %x, %x : (tensor<2x?xf32, #nn.dims<"N">>, tensor<2x?xf32, #nn.dims<"N">>) -> tensor<2x?xf32, #nn.dims<"N">>
    nn.yield %a, %i : tensor<2x?xf32, #nn.dims<"N">>, tensor<i64>
  } else {
    %j = nn.neg %i : (tensor<i64>) -> tensor<i64>
    nn.yield %x, %j : tensor<2x?xf32, #nn.dims<"N">>, tensor<i64>
  } : (tensor<i1>) -> (tensor<2x?xf32, #nn.dims<"N">>, tensor<i64>)
  check.expect_equal %0#0, dense<[[1.0, 4.0, 9.0], [16.0, 25.0, 36.0]]> : tensor<2x3xf32> : tensor<2x?xf32, #nn.dims<"N">>
  check.expect_equal %0#1, dense<7> : tensor<i64> : tensor<i64>
  return
}

func.func @two_values_else(%c: tensor<i1> {check.value = dense<false> : tensor<i1>}, %x: tensor<2x?xf32, #nn.dims<"N">> {check.value = dense<[[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]]> : tensor<2x3xf32>}, %i: tensor<i64> {check.value = dense<7> : tensor<i64>}) {
  %0:2 = nn.if %c {
    %a = nn.mul %x, %x : (tensor<2x?xf32, #nn.dims<"N">>, tensor<2x?xf32, #nn.dims<"N">>) -> tensor<2x?xf32, #nn.dims<"N">>
    nn.yield %a, %i : tensor<2x?xf32, #nn.dims<"N">>, tensor<i64>
  } else {
    %j = nn.neg %i : (tensor<i64>) -> tensor<i64>
    nn.yield %x, %j : tensor<2x?xf32, #nn.dims<"N">>, tensor<i64>
  } : (tensor<i1>) -> (tensor<2x?xf32, #nn.dims<"N">>, tensor<i64>)
  check.expect_equal %0#0, dense<[[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]]> : tensor<2x3xf32> : tensor<2x?xf32, #nn.dims<"N">>
  check.expect_equal %0#1, dense<-7> : tensor<i64> : tensor<i64>
  return
}

func.func @nested_yes_yes(%c: tensor<i1> {check.value = dense<true> : tensor<i1>}, %d: tensor<i1> {check.value = dense<true> : tensor<i1>}, %x: tensor<2xi32> {check.value = dense<[1, 2]> : tensor<2xi32>}) {
  %0 = nn.if %c {
    %1 = nn.if %d {
      nn.yield %x : tensor<2xi32>
    } else {
      %2 = nn.neg %x : (tensor<2xi32>) -> tensor<2xi32>
      nn.yield %2 : tensor<2xi32>
    } : (tensor<i1>) -> tensor<2xi32>
    nn.yield %1 : tensor<2xi32>
  } else {
    %3 = nn.constant dense<[8, 9]> : tensor<2xi32>
    nn.yield %3 : tensor<2xi32>
  } : (tensor<i1>) -> tensor<2xi32>
  check.expect_equal %0, dense<[1, 2]> : tensor<2xi32> : tensor<2xi32>
  return
}

func.func @nested_yes_no(%c: tensor<i1> {check.value = dense<true> : tensor<i1>}, %d: tensor<i1> {check.value = dense<false> : tensor<i1>}, %x: tensor<2xi32> {check.value = dense<[1, 2]> : tensor<2xi32>}) {
  %0 = nn.if %c {
    %1 = nn.if %d {
      nn.yield %x : tensor<2xi32>
    } else {
      %2 = nn.neg %x : (tensor<2xi32>) -> tensor<2xi32>
      nn.yield %2 : tensor<2xi32>
    } : (tensor<i1>) -> tensor<2xi32>
    nn.yield %1 : tensor<2xi32>
  } else {
    %3 = nn.constant dense<[8, 9]> : tensor<2xi32>
    nn.yield %3 : tensor<2xi32>
  } : (tensor<i1>) -> tensor<2xi32>
  check.expect_equal %0, dense<[-1, -2]> : tensor<2xi32> : tensor<2xi32>
  return
}

func.func @nested_no_yes(%c: tensor<i1> {check.value = dense<false> : tensor<i1>}, %d: tensor<i1> {check.value = dense<true> : tensor<i1>}, %x: tensor<2xi32> {check.value = dense<[1, 2]> : tensor<2xi32>}) {
  %0 = nn.if %c {
    %1 = nn.if %d {
      nn.yield %x : tensor<2xi32>
    } else {
      %2 = nn.neg %x : (tensor<2xi32>) -> tensor<2xi32>
      nn.yield %2 : tensor<2xi32>
    } : (tensor<i1>) -> tensor<2xi32>
    nn.yield %1 : tensor<2xi32>
  } else {
    %3 = nn.constant dense<[8, 9]> : tensor<2xi32>
    nn.yield %3 : tensor<2xi32>
  } : (tensor<i1>) -> tensor<2xi32>
  check.expect_equal %0, dense<[8, 9]> : tensor<2xi32> : tensor<2xi32>
  return
}

// What would fail is not run.
func.func @not_taken(%c: tensor<i1> {check.value = dense<false> : tensor<i1>}, %x: tensor<4xf32> {check.value = dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32>}, %i: tensor<1xi64> {check.value = dense<[9]> : tensor<1xi64>}) {
  %0 = nn.if %c {
    %1 = nn.gather %x, %i {axis = 0 : i64} : (tensor<4xf32>, tensor<1xi64>) -> tensor<1xf32>
    nn.yield %1 : tensor<1xf32>
  } else {
    %1 = nn.constant dense<0.5> : tensor<1xf32>
    nn.yield %1 : tensor<1xf32>
  } : (tensor<i1>) -> tensor<1xf32>
  check.expect_equal %0, dense<0.5> : tensor<1xf32> : tensor<1xf32>
  return
}

func.func @taken(%c: tensor<i1> {check.value = dense<true> : tensor<i1>}, %x: tensor<4xf32> {check.value = dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32>}, %i: tensor<1xi64> {check.value = dense<[9]> : tensor<1xi64>}) attributes {check.error = "an index is outside its dimension"} {
  %0 = nn.if %c {
    %1 = nn.gather %x, %i {axis = 0 : i64} : (tensor<4xf32>, tensor<1xi64>) -> tensor<1xf32>
    nn.yield %1 : tensor<1xf32>
  } else {
    %1 = nn.constant dense<0.5> : tensor<1xf32>
    nn.yield %1 : tensor<1xf32>
  } : (tensor<i1>) -> tensor<1xf32>
  check.expect_equal %0, dense<0.5> : tensor<1xf32> : tensor<1xf32>
  return
}
