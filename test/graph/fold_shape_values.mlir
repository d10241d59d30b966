// RUN: dlc-opt %s --pass-pipeline='builtin.module(func.func(nn-fold-shape-values))' | FileCheck %s

// CHECK-LABEL: @arithmetic
// CHECK: %[[V:.*]] = nn.dims ["N", "2*N - 1"]
// CHECK-NEXT: return %[[V]]
func.func @arithmetic(%x: tensor<?x4xf32, #nn.dims<"N">>) -> tensor<2xi64> {
  %shape = nn.dims ["N", "4"] : tensor<2xi64>
  %zero = nn.constant dense<0> : tensor<1xi64>
  %one = nn.constant dense<1> : tensor<1xi64>
  %n = nn.gather %shape, %zero {axis = 0 : i64} : (tensor<2xi64>, tensor<1xi64>) -> tensor<1xi64>
  %twice = nn.add %n, %n : (tensor<1xi64>, tensor<1xi64>) -> tensor<1xi64>
  %less = nn.sub %twice, %one : (tensor<1xi64>, tensor<1xi64>) -> tensor<1xi64>
  %joined = nn.concat %n, %less {axis = 0 : i64} : (tensor<1xi64>, tensor<1xi64>) -> tensor<2xi64>
  return %joined : tensor<2xi64>
}

// CHECK-LABEL: @constants
// CHECK: %[[V:.*]] = nn.constant dense<[3, 12]> : tensor<2xi64>
// CHECK-NEXT: return %[[V]]
func.func @constants() -> tensor<2xi64> {
  %a = nn.constant dense<[1, 4]> : tensor<2xi64>
  %b = nn.constant dense<3> : tensor<1xi64>
  %c = nn.mul %a, %b : (tensor<2xi64>, tensor<1xi64>) -> tensor<2xi64>
  return %c : tensor<2xi64>
}
