// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @control_c1(%c: tensor<i1>, %x: tensor<4xf32>) {
  // expected-error@+1 {{gives f32[4] but its region yields f32[2]}}
  %y = nn.if %c {
    nn.yield %x : tensor<4xf32>
  } else {
    %a = nn.slice %x ["0"] [1] : (tensor<4xf32>) -> tensor<2xf32>
    nn.yield %a : tensor<2xf32>
  } : (tensor<i1>) -> tensor<4xf32>
  return
}

// -----

func.func @control_c3(%x: tensor<3xf32>) {
  %limit = nn.constant dense<5> : tensor<i64>
  %true = nn.constant dense<true> : tensor<i1>
  // expected-error@+1 {{has 1 states, but its region takes 1 arguments and there are 1 results}}
  %y = nn.loop %limit, %true, %x {
  ^bb0(%i: tensor<i64>):
    nn.yield %true, %x : tensor<i1>, tensor<3xf32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<3xf32>) -> tensor<3xf32>
  return
}
