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
