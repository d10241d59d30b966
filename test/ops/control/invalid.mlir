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

// -----

func.func @control_c2(%c: tensor<1xi1>, %x: tensor<4xf32>) {
  // expected-error@+1 {{needs a scalar condition, not i1[1]}}
  %y = nn.if %c {
    nn.yield %x : tensor<4xf32>
  } else {
    nn.yield %x : tensor<4xf32>
  } : (tensor<1xi1>) -> tensor<4xf32>
  return
}

// -----

func.func @control_c1_count(%c: tensor<i1>, %x: tensor<4xf32>) {
  // expected-error@+1 {{needs 1 values from its region, not 2}}
  %y = nn.if %c {
    nn.yield %x, %x : tensor<4xf32>, tensor<4xf32>
  } else {
    nn.yield %x : tensor<4xf32>
  } : (tensor<i1>) -> tensor<4xf32>
  return
}

// -----

func.func @control_c4(%l: tensor<i64>, %c: tensor<i1>, %x: tensor<f32>) {
  // expected-error@+1 {{stacks values into f32[]}}
  %y = nn.loop %l, %c {
  ^bb0(%i: tensor<i64>):
    nn.yield %c, %x : tensor<i1>, tensor<f32>
  } : (tensor<i64>, tensor<i1>) -> tensor<f32>
  return
}

// -----

func.func @loop_limit(%l: tensor<2xi64>, %c: tensor<i1>, %x: tensor<f32>) {
  // expected-error@+1 {{needs a scalar i64 limit and a scalar condition}}
  %y = nn.loop %l, %c, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<f32>):
    nn.yield %c, %s : tensor<i1>, tensor<f32>
  } : (tensor<2xi64>, tensor<i1>, tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @loop_condition(%l: tensor<i64>, %c: tensor<i1>, %x: tensor<f32>) {
  // expected-error@+1 {{needs a scalar condition from its region}}
  %y = nn.loop %l, %c, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<f32>):
    nn.yield %s, %s : tensor<f32>, tensor<f32>
  } : (tensor<i64>, tensor<i1>, tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @loop_state(%l: tensor<i64>, %c: tensor<i1>, %x: tensor<2xf32>) {
  // expected-error@+1 {{has a state f32[2] that its region takes as f32[3]}}
  %y = nn.loop %l, %c, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<3xf32>):
    nn.yield %c, %s : tensor<i1>, tensor<3xf32>
  } : (tensor<i64>, tensor<i1>, tensor<2xf32>) -> tensor<2xf32>
  return
}
