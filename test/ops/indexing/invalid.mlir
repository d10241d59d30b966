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

// -----

func.func @index_c1_elements(%x: tensor<5x4xf32>, %i: tensor<5x4xi64>) {
  // expected-error@+2 {{axis -1 is outside the 2 dimensions of [5,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.gather_elements %x, %i {axis = -1 : i64} : (tensor<5x4xf32>, tensor<5x4xi64>) -> tensor<5x4xf32>
  return
}

// -----

func.func @index_float(%x: tensor<5x4xf32>, %i: tensor<3xf32>) {
  // expected-error@+1 {{operand #1 must be ranked tensor of 32-bit signless integer or 64-bit signless integer values, but got 'tensor<3xf32>'}}
  %y = nn.gather %x, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<3xf32>) -> tensor<3x4xf32>
  return
}

// -----

func.func @index_c3(%x: tensor<5x4xf32>, %i: tensor<2x3xi64>) {
  // expected-error@+2 {{the last dimension of indices [2,3] does not index data [5,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.gather_nd %x, %i {batch_dims = 0 : i64} : (tensor<5x4xf32>, tensor<2x3xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @index_c3_batch(%x: tensor<5x4xf32>, %i: tensor<2x1xi64>) {
  // expected-error@+2 {{batch_dims 2 does not fit data [5,4] and indices [2,1]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.gather_nd %x, %i {batch_dims = 2 : i64} : (tensor<5x4xf32>, tensor<2x1xi64>) -> tensor<2xf32>
  return
}

// -----

func.func @gather_nd_scalar(%x: tensor<5x4xf32>, %i: tensor<i64>) {
  // expected-error@+2 {{indices need at least one dimension}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.gather_nd %x, %i {batch_dims = 0 : i64} : (tensor<5x4xf32>, tensor<i64>) -> tensor<4xf32>
  return
}

// -----

func.func @scatter_ranks(%x: tensor<5x4xf32>, %i: tensor<2x2xi64>, %u: tensor<2xf32>) {
  // expected-error@+2 {{data [5,4], indices [2,2] and updates [2] differ in rank}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 0 : i32} : (tensor<5x4xf32>, tensor<2x2xi64>, tensor<2xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @scatter_elements_types(%x: tensor<5x4xf32>, %i: tensor<2x2xi64>, %u: tensor<2x2xf64>) {
  // expected-error@+2 {{data and updates differ in element type}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.scatter_elements %x, %i, %u {axis = 0 : i64, reduction = 0 : i32} : (tensor<5x4xf32>, tensor<2x2xi64>, tensor<2x2xf64>) -> tensor<5x4xf32>
  return
}

// -----

func.func @scatter_c1(%x: tensor<5x4xf32>, %i: tensor<2x1xi64>, %u: tensor<2xf32>) {
  // expected-error@+2 {{updates [2] do not match indices [2,1] into data [5,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.scatter_nd %x, %i, %u {reduction = 0 : i32} : (tensor<5x4xf32>, tensor<2x1xi64>, tensor<2xf32>) -> tensor<5x4xf32>
  return
}

// -----

func.func @sort_rank(%x: tensor<5x4xf32>) {
  // expected-error@+2 {{sorting needs batch, rows and columns, not [5,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y = nn.arg_sort %x : (tensor<5x4xf32>) -> tensor<5xi64>
  return
}

// -----

func.func @nms_c1(%b: tensor<1x6x3xf32>, %s: tensor<1x2x6xf32>, %o: tensor<2x6xi64>, %l: tensor<i64>, %t: tensor<f32>) {
  // expected-error@+2 {{boxes must be [B,N,4] and scores [B,K,N], not [1,6,3] and [1,2,6]}}
  // expected-error@+1 {{failed to infer returned types}}
  %y:2 = nn.non_max_suppression %b, %s, %o, %l, %t, %t : (tensor<1x6x3xf32>, tensor<1x2x6xf32>, tensor<2x6xi64>, tensor<i64>, tensor<f32>, tensor<f32>) -> (tensor<12x3xi64>, tensor<i64>)
  return
}

// -----

func.func @nms_scalars(%b: tensor<1x6x4xf32>, %s: tensor<1x2x6xf32>, %o: tensor<2x6xi64>, %l: tensor<1xi64>, %t: tensor<f32>) {
  // expected-error@+2 {{the limit and the thresholds must be scalars}}
  // expected-error@+1 {{failed to infer returned types}}
  %y:2 = nn.non_max_suppression %b, %s, %o, %l, %t, %t : (tensor<1x6x4xf32>, tensor<1x2x6xf32>, tensor<2x6xi64>, tensor<1xi64>, tensor<f32>, tensor<f32>) -> (tensor<12x3xi64>, tensor<i64>)
  return
}
