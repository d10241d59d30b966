// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @reduce_c1(%x: tensor<2x3x4xf32>) {
  // expected-error@+2 {{axes are not distinct dimensions of [2,3,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.reduce %x {kind = #nn.reduce_kind<sum>, axes = array<i64: 1, 1>, keepdims} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return
}

// -----

func.func @reduce_c2(%x: tensor<2xi32>) {
  // expected-error@+2 {{log_sum_exp of integers}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.reduce %x {kind = #nn.reduce_kind<log_sum_exp>, axes = array<i64: 0>} : (tensor<2xi32>) -> tensor<i32>
  return
}

// -----

func.func @dynamic_reduce_c1(%x: tensor<2x3x4xf32>, %a: tensor<4xi64>) {
  // expected-error@+2 {{axes of shape [4] for an input of shape [2,3,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<sum>, sizes = []} : (tensor<2x3x4xf32>, tensor<4xi64>) -> tensor<f32>
  return
}

// -----

func.func @dynamic_reduce_c2(%x: tensor<2x3x4xf32>, %a: tensor<1xi64>) {
  // expected-error@+2 {{sizes has 1 entries for an input of shape [2,3,4] and 1 axes}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.dynamic_reduce %x, %a {kind = #nn.reduce_kind<sum>, sizes = ["u"]} : (tensor<2x3x4xf32>, tensor<1xi64>) -> tensor<?xf32, #nn.dims<"u">>
  return
}

// -----

func.func @arg_reduce_c1(%x: tensor<2x3x4xf32>) {
  // expected-error@+2 {{axis 3 is not a dimension of [2,3,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.arg_reduce %x {axis = 3 : i64} : (tensor<2x3x4xf32>) -> tensor<2x3xi64>
  return
}

// -----

func.func @arg_reduce_empty(%x: tensor<2x0xf32>) {
  // expected-error@+2 {{dimension 1 of [2,0] is empty}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.arg_reduce %x {axis = 1 : i64} : (tensor<2x0xf32>) -> tensor<2xi64>
  return
}

// -----

func.func @cumulative_c1(%x: tensor<2x3x4xf32>) {
  // expected-error@+2 {{axis -1 is not a dimension of [2,3,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.cumulative %x {kind = #nn.reduce_kind<sum>, axis = -1 : i64} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return
}

// -----

func.func @cumulative_c2(%x: tensor<2x3x4xf32>) {
  // expected-error@+2 {{a running max is not defined}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.cumulative %x {kind = #nn.reduce_kind<max>, axis = 1 : i64} : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return
}

// -----

func.func @pairwise_distance_c1(%x: tensor<2x3x4xf32>, %y: tensor<2x3xf32>) {
  // expected-error@+2 {{the rows of [2,3,4] and [2,3]: both must be matrices}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.pairwise_distance %x, %y : (tensor<2x3x4xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  return
}

// -----

func.func @pairwise_distance_c2(%x: tensor<2x3xf32>, %y: tensor<2x4xf32>) {
  // expected-error@+2 {{the rows of [2,3] and [2,4] have different lengths}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.pairwise_distance %x, %y : (tensor<2x3xf32>, tensor<2x4xf32>) -> tensor<2x2xf32>
  return
}
