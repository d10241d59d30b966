// RUN: dlc-opt %s --nn-lower-to-linalg | FileCheck %s

// A loop whose condition always holds is counted: what it stacks is written in place.
// CHECK-LABEL: func.func @counted
// CHECK: scf.for {{.*}} -> (tensor<3xf32>, tensor<5x3xf32>)
// CHECK:   tensor.insert_slice {{.*}} : tensor<3xf32> into tensor<5x3xf32>
func.func @counted(%x: tensor<3xf32>) -> (tensor<3xf32>, tensor<5x3xf32>) {
  %limit = nn.constant dense<5> : tensor<i64>
  %true = nn.constant dense<true> : tensor<i1>
  %y:2 = nn.loop %limit, %true, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<3xf32>):
    %next = nn.add %s, %s : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
    nn.yield %true, %next, %s : tensor<i1>, tensor<3xf32>, tensor<3xf32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<3xf32>) -> (tensor<3xf32>, tensor<5x3xf32>)
  return %y#0, %y#1 : tensor<3xf32>, tensor<5x3xf32>
}

// With a condition that is data it is a while loop; of what was stacked, the part that was written counts.
// CHECK-LABEL: func.func @conditional
// CHECK: %[[L:.*]]:4 = scf.while
// CHECK:   scf.condition
// CHECK: tensor.extract_slice %[[L]]#3[0] [%[[L]]#0] [1]
func.func @conditional(%x: tensor<f32>, %limit: tensor<i64>, %c: tensor<i1>) -> tensor<?xf32, #nn.dims<"u">> {
  %bound = nn.constant dense<10.0> : tensor<f32>
  %y:2 = nn.loop %limit, %c, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<f32>):
    %next = nn.add %s, %s : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %go = nn.less %next, %bound : (tensor<f32>, tensor<f32>) -> tensor<i1>
    nn.yield %go, %next, %next : tensor<i1>, tensor<f32>, tensor<f32>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<f32>) -> (tensor<f32>, tensor<?xf32, #nn.dims<"u">>)
  return %y#1 : tensor<?xf32, #nn.dims<"u">>
}

// A state may grow: its size is a symbol of the loop.
// CHECK-LABEL: func.func @growing
// CHECK: scf.for {{.*}} -> (tensor<?xf32>)
func.func @growing(%x: tensor<1xf32>) -> tensor<?xf32, #nn.dims<"v">> {
  %limit = nn.constant dense<5> : tensor<i64>
  %true = nn.constant dense<true> : tensor<i1>
  %y = nn.loop %limit, %true, %x {
  ^bb0(%i: tensor<i64>, %s: tensor<?xf32, #nn.dims<"s">>):
    %next = nn.concat %s, %x {axis = 0 : i64} : (tensor<?xf32, #nn.dims<"s">>, tensor<1xf32>) -> tensor<?xf32, #nn.dims<"s + 1">>
    nn.yield %true, %next : tensor<i1>, tensor<?xf32, #nn.dims<"s + 1">>
  } {bounded} : (tensor<i64>, tensor<i1>, tensor<1xf32>) -> tensor<?xf32, #nn.dims<"v">>
  return %y : tensor<?xf32, #nn.dims<"v">>
}
