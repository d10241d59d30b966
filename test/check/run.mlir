// What check operations say is what happens: equal values pass, others fail and are shown.
// RUN: split-file %s %t
// RUN: %dlc-run %t/good.mlir --check --backend=loops | FileCheck %s --check-prefix=GOOD
// RUN: not %dlc-run %t/bad.mlir --check --backend=loops | FileCheck %s --check-prefix=BAD

// GOOD: 3 passed, 0 failed
//--- good.mlir
func.func @constant() {
  %x = nn.constant dense<[1.0, -2.0]> : tensor<2xf32>
  %y = nn.relu %x : (tensor<2xf32>) -> tensor<2xf32>
  check.expect_close %y, dense<[1.0, 0.0]> : tensor<2xf32> : tensor<2xf32>
  return
}
func.func @argument(%x: tensor<2xf32> {check.value = dense<[1.0, -2.0]> : tensor<2xf32>}) {
  %y = nn.relu %x : (tensor<2xf32>) -> tensor<2xf32>
  check.expect_equal %y, dense<[1.0, 0.0]> : tensor<2xf32> : tensor<2xf32>
  return
}
func.func @symbol(%x: tensor<?x2xf32, #nn.dims<"N">> {check.value = dense<[[1.0, -2.0], [-3.0, 4.0], [0x7FC00000, 6.0]]> : tensor<3x2xf32>}) {
  %y = nn.relu %x : (tensor<?x2xf32, #nn.dims<"N">>) -> tensor<?x2xf32, #nn.dims<"N">>
  check.expect_equal %y, dense<[[1.0, 0.0], [0.0, 4.0], [0x7FC00000, 6.0]]> : tensor<3x2xf32> : tensor<?x2xf32, #nn.dims<"N">>
  return
}

// BAD: @wrong [loops]: 1 of 2 elements differ, worst at [1]: 0, expected 5
// BAD: got 1, 0
// BAD: 0 passed, 1 failed
//--- bad.mlir
func.func @wrong(%x: tensor<2xf32> {check.value = dense<[1.0, -2.0]> : tensor<2xf32>}) {
  %y = nn.relu %x : (tensor<2xf32>) -> tensor<2xf32>
  check.expect_close %y, dense<[1.0, 5.0]> : tensor<2xf32> : tensor<2xf32>
  return
}
