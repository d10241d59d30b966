// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @einsum_c1(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{1 labels for an operand of shape [2,3]}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.einsum %x {labels = [array<i64: 0>], output_labels = array<i64: 0>} : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @einsum_c2(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{dimensions with one label differ: 2 and 3}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.einsum %x {labels = [array<i64: 0, 0>], output_labels = array<i64: 0>} : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @einsum_c3(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{a label of the result does not occur in the operands}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.einsum %x {labels = [array<i64: 0, 1>], output_labels = array<i64: 2>} : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @matmul_rank(%x: tensor<3xf32>, %y: tensor<3x2xf32>) {
  // expected-error@+2 {{operands of a matrix product need two dimensions; they have 1 and 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.matmul %x, %y : (tensor<3xf32>, tensor<3x2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @matmul_inner(%x: tensor<2x3xf32>, %y: tensor<4x2xf32>) {
  // expected-error@+2 {{the inner dimensions of [2,3] and [4,2] differ: 3 and 4}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.matmul %x, %y : (tensor<2x3xf32>, tensor<4x2xf32>) -> tensor<2x2xf32>
  return
}

// -----

func.func @matmul_transposed(%x: tensor<2x3xf32>, %y: tensor<3x2xf32>) {
  // expected-error@+2 {{the inner dimensions of [2,3] and [3,2] differ: 3 and 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.matmul %x, %y {transpose_rhs} : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @matmul_batch(%x: tensor<2x2x3xf32>, %y: tensor<4x3x2xf32>) {
  // expected-error@+2 {{batch dimensions of [2,2,3] and [4,3,2] do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.matmul %x, %y : (tensor<2x2x3xf32>, tensor<4x3x2xf32>) -> tensor<4x2x2xf32>
  return
}

// -----

func.func @matmul_elements(%x: tensor<2x3xf32>, %y: tensor<3x2xf16>) {
  // expected-error@+1 {{failed to verify that all of {lhs, rhs} have same element type}}
  %r = nn.matmul %x, %y : (tensor<2x3xf32>, tensor<3x2xf16>) -> tensor<2x2xf32>
  return
}

// -----

func.func @einsum_c1_lists(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{an einsum of 1 operands with 0 lists of labels}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.einsum %x {labels = [], output_labels = array<i64>} : (tensor<2x3xf32>) -> tensor<f32>
  return
}

// -----

func.func @einsum_elements(%x: tensor<2xf32>, %y: tensor<2xf64>) {
  // expected-error@+2 {{operands have different element types}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.einsum %x, %y {labels = [array<i64: 0>, array<i64: 0>], output_labels = array<i64>} : (tensor<2xf32>, tensor<2xf64>) -> tensor<f32>
  return
}
