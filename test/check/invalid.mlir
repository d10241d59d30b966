// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @shape(%x: tensor<2xf32>) {
  // expected-error@+1 {{expects 'tensor<3xf32>' of a value of type 'tensor<2xf32>'}}
  check.expect_close %x, dense<1.0> : tensor<3xf32> : tensor<2xf32>
  return
}

// -----

func.func @type(%x: tensor<2xf32>) {
  // expected-error@+1 {{expects 'tensor<2xf64>' of a value of type 'tensor<2xf32>'}}
  check.expect_equal %x, dense<1.0> : tensor<2xf64> : tensor<2xf32>
  return
}

// -----

// expected-error@+1 {{argument 0 of type 'tensor<2xf32>' cannot have the value dense<1.000000e+00> : tensor<3xf32>}}
func.func @value(%x: tensor<2xf32> {check.value = dense<1.0> : tensor<3xf32>}) {
  return
}

// -----

// expected-error@+1 {{check.random is a number on an argument of static shape}}
func.func @random(%x: tensor<?xf32> {check.random = 1}) {
  return
}
