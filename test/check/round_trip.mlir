// RUN: dlc-opt %s | dlc-opt | FileCheck %s

// CHECK: func.func @close(%[[X:.*]]: tensor<2xf32> {check.value = dense<[1.0{{.*}}, 2.0{{.*}}]> : tensor<2xf32>})
func.func @close(%x: tensor<2xf32> {check.value = dense<[1.0, 2.0]> : tensor<2xf32>}) {
  // CHECK: check.expect_close %[[X]], dense<{{.*}}> : tensor<2xf32> : tensor<2xf32>
  check.expect_close %x, dense<[1.0, 2.0]> : tensor<2xf32> : tensor<2xf32>
  // CHECK: check.expect_close {{.*}} {rtol = 1.000000e-03 : f64}
  check.expect_close %x, dense<[1.0, 2.0]> : tensor<2xf32> {rtol = 1.0e-3 : f64} : tensor<2xf32>
  return
}

// CHECK: func.func @dynamic(%{{.*}}: tensor<?x2xi64> {check.value = dense<7> : tensor<3x2xi64>})
func.func @dynamic(%x: tensor<?x2xi64> {check.value = dense<7> : tensor<3x2xi64>}) attributes {check.error = "range"} {
  // CHECK: check.expect_equal
  check.expect_equal %x, dense<7> : tensor<3x2xi64> : tensor<?x2xi64>
  return
}
