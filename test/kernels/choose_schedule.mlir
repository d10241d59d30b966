// RUN: dlc-opt %s --kernel-choose-schedule="backend=loops target=x86-64-v3" | FileCheck %s
// RUN: not dlc-opt %s --kernel-choose-schedule="backend=none" 2>&1 | FileCheck %s --check-prefix=BACKEND
// RUN: not dlc-opt %s --kernel-choose-schedule="target=none" 2>&1 | FileCheck %s --check-prefix=TARGET

// BACKEND: there is no backend 'none'
// TARGET: unknown target 'none'

// CHECK: kernel.func private @k(
// CHECK-SAME: schedule = #kernel.schedule<loops, elementwise>
kernel.func private @k(%x: tensor<4xf32>) -> tensor<4xf32> {
  kernel.return %x : tensor<4xf32>
}

// One that is given stays.
// CHECK: kernel.func private @given(
// CHECK-SAME: schedule = #kernel.schedule<loops, rowwise>
kernel.func private @given(%x: tensor<4xf32>) -> tensor<4xf32> attributes {schedule = #kernel.schedule<loops, rowwise>} {
  kernel.return %x : tensor<4xf32>
}
