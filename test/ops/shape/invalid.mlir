// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @reshape_c1(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{cannot turn 6 elements of f32[2,3] into f32[4]}}
  %r = nn.reshape %x : (tensor<2x3xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @reshape_elements(%x: tensor<2xf32>) {
  // expected-error@+1 {{requires the same element type for all operands and results}}
  %r = nn.reshape %x : (tensor<2xf32>) -> tensor<2xf64>
  return
}

// -----

func.func @transpose_twice(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{perm is not a permutation of the 2 dimensions of [2,3]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.transpose %x {permutation = array<i64: 1, 1>} : (tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}

// -----

func.func @transpose_short(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{perm is not a permutation of the 2 dimensions of [2,3]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.transpose %x {permutation = array<i64: 0>} : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @dims_count(%x: tensor<2xf32>) {
  // expected-error@+1 {{lists 2 elements for 'tensor<3xi64>'}}
  %r = nn.dims ["1", "2"] : tensor<3xi64>
  return
}

// -----

func.func @dims_expression(%x: tensor<2xf32>) {
  // expected-error@+1 {{cannot read 'N +' as an expression over symbols}}
  %r = nn.dims ["N +"] : tensor<1xi64>
  return
}

// -----

func.func @bind_count(%s: tensor<2xi64>) {
  // expected-error@+1 {{names 1 symbols for 'tensor<2xi64>'}}
  nn.bind %s ["u"] : tensor<2xi64>
  return
}

// -----

func.func @bind_floats(%s: tensor<1xf32>) {
  // expected-error@+1 {{operand #0 must be ranked tensor of 32-bit signless integer or 64-bit signless integer values, but got 'tensor<1xf32>'}}
  nn.bind %s ["u"] : tensor<1xf32>
  return
}

// -----

func.func @expand_c1(%x: tensor<2xf32>) {
  // expected-error@+1 {{cannot broadcast f32[2] to f32[3]}}
  %r = nn.expand %x : (tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @expand_rank(%x: tensor<1x2xf32>) {
  // expected-error@+1 {{cannot broadcast f32[1,2] to f32[2]}}
  %r = nn.expand %x : (tensor<1x2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @concat_nothing() {
  // expected-error@+2 {{there is nothing to join}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.concat {axis = 0 : i64} : () -> tensor<2xf32>
  return
}

// -----

func.func @concat_c1(%x: tensor<2xf32>) {
  // expected-error@+2 {{axis 1 is outside the 1 dimensions of [2]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.concat %x {axis = 1 : i64} : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @concat_c2(%x: tensor<2xf32>, %y: tensor<2xf64>) {
  // expected-error@+2 {{cannot join f32[2] and f64[2]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.concat %x, %y {axis = 0 : i64} : (tensor<2xf32>, tensor<2xf64>) -> tensor<4xf32>
  return
}

// -----

func.func @concat_c2_sizes(%x: tensor<2x3xf32>, %y: tensor<2x4xf32>) {
  // expected-error@+2 {{dimension 1 differs: f32[2,3] and f32[2,4]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.concat %x, %y {axis = 0 : i64} : (tensor<2x3xf32>, tensor<2x4xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @slice_c1(%x: tensor<4x4xf32>) {
  // expected-error@+1 {{needs one offset and one stride for each of the 2 dimensions}}
  %r = nn.slice %x ["0"] [1] : (tensor<4x4xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @slice_stride(%x: tensor<4xf32>) {
  // expected-error@+1 {{offset '0' or stride 0 is not usable}}
  %r = nn.slice %x ["0"] [0] : (tensor<4xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @slice_c2(%x: tensor<4xf32>) {
  // expected-error@+1 {{reads 1 to 5 of a dimension of size 4}}
  %r = nn.slice %x ["1"] [2] : (tensor<4xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @slice_c2_backwards(%x: tensor<4xf32>) {
  // expected-error@+1 {{reads 1 to -1 of a dimension of size 4}}
  %r = nn.slice %x ["1"] [-1] : (tensor<4xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @pad_count(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+2 {{pads need two entries for each of the 1 dimensions}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.pad %x, %v {low = ["1", "1"], high = ["2"], mode = 0 : i32} : (tensor<4xf32>, tensor<f32>) -> tensor<7xf32>
  return
}

// -----

func.func @pad_expression(%x: tensor<4xf32>, %v: tensor<f32>) {
  // expected-error@+2 {{pads are not expressions over symbols}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.pad %x, %v {low = ["-"], high = ["2"], mode = 0 : i32} : (tensor<4xf32>, tensor<f32>) -> tensor<7xf32>
  return
}

// -----

func.func @iota_axis() {
  // expected-error@+1 {{axis 1 is outside the 1 dimensions}}
  %r = nn.iota {axis = 1 : i64} : tensor<4xi64>
  return
}
