// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @index_c1(%x: tensor<5x4xf32>, %i: tensor<3xi64>) {
  // expected-error@+2 {{axis 2 is outside the 2 dimensions of [5,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.gather %x, %i {axis = 2 : i64} : (tensor<5x4xf32>, tensor<3xi64>) -> tensor<5x3xf32>
  return
}

// -----

func.func @index_c2(%x: tensor<5x4xf32>, %i: tensor<3xi64>) {
  // expected-error@+2 {{data [5,4] and indices [3] differ in rank}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.gather_elements %x, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<3xi64>) -> tensor<3xf32>
  return
}
