// RUN: dlc-opt %s -split-input-file -verify-diagnostics

func.func @constant_type() {
  // expected-error@+1 {{failed to verify that all of {value, output} have same type}}
  %r = "nn.constant"() <{value = dense<1.0> : tensor<2xf32>}> : () -> tensor<3xf32>
  return
}

// -----

func.func @encoding_count(%x: tensor<?x?xf32, #nn.dims<"N">>) {
  // expected-error@+2 {{inferred type(s) 'tensor<?x?xf32, #nn.dims<"N", "unnamed">>' are incompatible with return type(s) of operation 'tensor<?x?xf32, #nn.dims<"N">>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %r = nn.abs %x : (tensor<?x?xf32, #nn.dims<"N">>) -> tensor<?x?xf32, #nn.dims<"N">>
  return
}
