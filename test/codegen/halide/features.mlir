// Halide knows processors, not features: without the matrix unit one of Intel's is what it takes for one of AMD's, with instructions of
// its own (insertq). Kernels have the target's alone.
// RUN: kernel-check %S/dot.mlir --only=first7 --compile-only --target=sapphirerapids --without=amx-tile,amx-int8,amx-bf16 --dump-object=%t.o
// RUN: llvm-objdump -d %t.o | FileCheck %s --implicit-check-not=insertq --implicit-check-not=extrq
// CHECK: vpdpbusd
