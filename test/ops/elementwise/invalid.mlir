// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @shapes(%x: tensor<2x3xf32>, %y: tensor<2xf32>) {
  // expected-error@+2 {{shapes [2,3] and [2] do not broadcast: 3 and 2 differ}}
  // expected-error@+1 {{failed to infer returned types}}
  %z = nn.add %x, %y : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @result(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{inferred type(s) 'tensor<2x3xf32>' are incompatible with return type(s) of operation 'tensor<3x2xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %z = nn.relu %x : (tensor<2x3xf32>) -> tensor<3x2xf32>
  return
}

// -----

func.func @elements(%x: tensor<2xf32>, %y: tensor<2xf64>) {
  // expected-error@+1 {{failed to verify that all of {lhs, rhs} have same element type}}
  %z = nn.sub %x, %y : (tensor<2xf32>, tensor<2xf64>) -> tensor<2xf32>
  return
}

// -----

func.func @exp_of_integers(%x: tensor<2xi32>) {
  // expected-error@+1 {{operand #0 must be ranked tensor of floating-point values, but got 'tensor<2xi32>'}}
  %z = nn.exp %x : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----

func.func @and_of_floats(%x: tensor<2xf32>) {
  // expected-error@+1 {{operand #0 must be ranked tensor of 1-bit signless integer values, but got 'tensor<2xf32>'}}
  %z = nn.and %x, %x : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
  return
}

// -----

func.func @bits_of_floats(%x: tensor<2xf32>) {
  // expected-error@+1 {{operand #0 must be ranked tensor of}}
  %z = nn.bitwise_not %x : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @where_condition(%c: tensor<2xi8>, %x: tensor<2xf32>) {
  // expected-error@+1 {{operand #0 must be ranked tensor of 1-bit signless integer values, but got 'tensor<2xi8>'}}
  %z = nn.where %c, %x, %x : (tensor<2xi8>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @missing_attribute(%x: tensor<2xf32>) {
  // expected-error@+1 {{requires attribute 'alpha'}}
  %z = nn.elu %x : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func @cast_result(%x: tensor<2xf32>) {
  // expected-error@+2 {{inferred type(s) 'tensor<2xi8>' are incompatible with return type(s) of operation 'tensor<2xi16>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %z = nn.cast %x {to = i8} : (tensor<2xf32>) -> tensor<2xi16>
  return
}

// -----

func.func @bitcast_c1(%x: tensor<2xf32>) {
  // expected-error@+2 {{a bitcast from 'f32' to 'i16', whose widths differ}}
  // expected-error@+1 {{failed to infer returned types}}
  %z = nn.bitcast %x {to = i16} : (tensor<2xf32>) -> tensor<2xi16>
  return
}

// -----

func.func @murmur_hash(%x: tensor<2xi8>) {
  // expected-error@+1 {{operand #0 must be ranked tensor of 32-bit signless integer or 32-bit unsigned integer or 64-bit signless integer or 64-bit unsigned integer or 32-bit float or 64-bit float values}}
  %z = nn.murmur_hash %x {seed = 0 : i32} : (tensor<2xi8>) -> tensor<2xui32>
  return
}
