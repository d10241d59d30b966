// RUN: dlc-opt %s --nn-lower-to-linalg | FileCheck %s

// A size that the branches do not agree on is a symbol that the operation defines.
// CHECK-LABEL: func.func @sizes
// CHECK: %[[C:.*]] = tensor.extract
// CHECK: %[[Y:.*]] = scf.if %[[C]] -> (tensor<?xf32>)
// CHECK:   scf.yield
// CHECK: } else {
// CHECK:   scf.yield
// CHECK: return %[[Y]]
func.func @sizes(%c: tensor<i1>, %x: tensor<4xf32>) -> tensor<?xf32, #nn.dims<"u">> {
  %y = nn.if %c {
    %a = nn.add %x, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    nn.yield %a : tensor<4xf32>
  } else {
    %a = nn.slice %x ["0"] [1] : (tensor<4xf32>) -> tensor<2xf32>
    nn.yield %a : tensor<2xf32>
  } : (tensor<i1>) -> tensor<?xf32, #nn.dims<"u">>
  return %y : tensor<?xf32, #nn.dims<"u">>
}
