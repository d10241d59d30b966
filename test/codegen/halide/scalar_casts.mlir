// Conversions and comparisons. Numbers that do not fit are the one thing left out: the oracle leaves them undefined.
// RUN: kernel-check %s

kernel.func @extsi_i8_i16(%x: tensor<1024xi8>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xi16>)
    (%a: i8, %o: i16) {
      %v = arith.extsi %a : i8 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @extui_i8_i16(%x: tensor<1024xi8>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xi16>)
    (%a: i8, %o: i16) {
      %v = arith.extui %a : i8 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @extsi_i8_i32(%x: tensor<1024xi8>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xi32>)
    (%a: i8, %o: i32) {
      %v = arith.extsi %a : i8 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @extui_i8_i32(%x: tensor<1024xi8>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xi32>)
    (%a: i8, %o: i32) {
      %v = arith.extui %a : i8 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @extsi_i8_i64(%x: tensor<1024xi8>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xi64>)
    (%a: i8, %o: i64) {
      %v = arith.extsi %a : i8 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @extui_i8_i64(%x: tensor<1024xi8>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xi64>)
    (%a: i8, %o: i64) {
      %v = arith.extui %a : i8 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @extsi_i1_i8(%x: tensor<1024xi1>) -> tensor<1024xi8> attributes {} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xi1>) outs(%e : tensor<1024xi8>)
    (%a: i1, %o: i8) {
      %v = arith.extsi %a : i1 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @extui_i1_i8(%x: tensor<1024xi1>) -> tensor<1024xi8> attributes {} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xi1>) outs(%e : tensor<1024xi8>)
    (%a: i1, %o: i8) {
      %v = arith.extui %a : i1 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @trunci_i8_i1(%x: tensor<1024xi8>) -> tensor<1024xi1> attributes {} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xi1>)
    (%a: i8, %o: i1) {
      %v = arith.trunci %a : i8 to i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @sitofp_i8_f32(%x: tensor<1024xi8>) -> tensor<1024xf32> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xf32>)
    (%a: i8, %o: f32) {
      %v = arith.sitofp %a : i8 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @uitofp_i8_f32(%x: tensor<1024xi8>) -> tensor<1024xf32> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xf32>)
    (%a: i8, %o: f32) {
      %v = arith.uitofp %a : i8 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @fptosi_f32_i8(%x: tensor<1024xf32>) -> tensor<1024xi8> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xi8>)
    (%a: f32, %o: i8) {
      %v = arith.fptosi %a : f32 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @fptoui_f32_i8(%x: tensor<1024xf32>) -> tensor<1024xi8> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xi8>)
    (%a: f32, %o: i8) {
      %v = arith.fptoui %a : f32 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @sitofp_i8_f64(%x: tensor<1024xi8>) -> tensor<1024xf64> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xf64>)
    (%a: i8, %o: f64) {
      %v = arith.sitofp %a : i8 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @uitofp_i8_f64(%x: tensor<1024xi8>) -> tensor<1024xf64> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xf64>)
    (%a: i8, %o: f64) {
      %v = arith.uitofp %a : i8 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @fptosi_f64_i8(%x: tensor<1024xf64>) -> tensor<1024xi8> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xf64>) outs(%e : tensor<1024xi8>)
    (%a: f64, %o: i8) {
      %v = arith.fptosi %a : f64 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @fptoui_f64_i8(%x: tensor<1024xf64>) -> tensor<1024xi8> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xf64>) outs(%e : tensor<1024xi8>)
    (%a: f64, %o: i8) {
      %v = arith.fptoui %a : f64 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @sitofp_i8_f16(%x: tensor<1024xi8>) -> tensor<1024xf16> attributes {test.integers = 2000, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xf16>)
    (%a: i8, %o: f16) {
      %v = arith.sitofp %a : i8 to f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @fptosi_f16_i8(%x: tensor<1024xf16>) -> tensor<1024xi8> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xi8>)
    (%a: f16, %o: i8) {
      %v = arith.fptosi %a : f16 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @fptoui_f16_i8(%x: tensor<1024xf16>) -> tensor<1024xi8> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xi8>)
    (%a: f16, %o: i8) {
      %v = arith.fptoui %a : f16 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @sitofp_i8_bf16(%x: tensor<1024xi8>) -> tensor<1024xbf16> attributes {test.integers = 100, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xbf16>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xbf16>)
    (%a: i8, %o: bf16) {
      %v = arith.sitofp %a : i8 to bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<1024xbf16>
}
kernel.func @fptosi_bf16_i8(%x: tensor<1024xbf16>) -> tensor<1024xi8> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xi8>)
    (%a: bf16, %o: i8) {
      %v = arith.fptosi %a : bf16 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @fptoui_bf16_i8(%x: tensor<1024xbf16>) -> tensor<1024xi8> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xi8>)
    (%a: bf16, %o: i8) {
      %v = arith.fptoui %a : bf16 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @trunci_i16_i8(%x: tensor<1024xi16>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xi8>)
    (%a: i16, %o: i8) {
      %v = arith.trunci %a : i16 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @extsi_i16_i32(%x: tensor<1024xi16>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xi32>)
    (%a: i16, %o: i32) {
      %v = arith.extsi %a : i16 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @extui_i16_i32(%x: tensor<1024xi16>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xi32>)
    (%a: i16, %o: i32) {
      %v = arith.extui %a : i16 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @extsi_i16_i64(%x: tensor<1024xi16>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xi64>)
    (%a: i16, %o: i64) {
      %v = arith.extsi %a : i16 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @extui_i16_i64(%x: tensor<1024xi16>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xi64>)
    (%a: i16, %o: i64) {
      %v = arith.extui %a : i16 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @extsi_i1_i16(%x: tensor<1024xi1>) -> tensor<1024xi16> attributes {} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xi1>) outs(%e : tensor<1024xi16>)
    (%a: i1, %o: i16) {
      %v = arith.extsi %a : i1 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @extui_i1_i16(%x: tensor<1024xi1>) -> tensor<1024xi16> attributes {} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xi1>) outs(%e : tensor<1024xi16>)
    (%a: i1, %o: i16) {
      %v = arith.extui %a : i1 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @trunci_i16_i1(%x: tensor<1024xi16>) -> tensor<1024xi1> attributes {} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xi1>)
    (%a: i16, %o: i1) {
      %v = arith.trunci %a : i16 to i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @sitofp_i16_f32(%x: tensor<1024xi16>) -> tensor<1024xf32> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xf32>)
    (%a: i16, %o: f32) {
      %v = arith.sitofp %a : i16 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @uitofp_i16_f32(%x: tensor<1024xi16>) -> tensor<1024xf32> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xf32>)
    (%a: i16, %o: f32) {
      %v = arith.uitofp %a : i16 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @fptosi_f32_i16(%x: tensor<1024xf32>) -> tensor<1024xi16> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xi16>)
    (%a: f32, %o: i16) {
      %v = arith.fptosi %a : f32 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @fptoui_f32_i16(%x: tensor<1024xf32>) -> tensor<1024xi16> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xi16>)
    (%a: f32, %o: i16) {
      %v = arith.fptoui %a : f32 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @sitofp_i16_f64(%x: tensor<1024xi16>) -> tensor<1024xf64> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xf64>)
    (%a: i16, %o: f64) {
      %v = arith.sitofp %a : i16 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @uitofp_i16_f64(%x: tensor<1024xi16>) -> tensor<1024xf64> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xf64>)
    (%a: i16, %o: f64) {
      %v = arith.uitofp %a : i16 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @fptosi_f64_i16(%x: tensor<1024xf64>) -> tensor<1024xi16> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xf64>) outs(%e : tensor<1024xi16>)
    (%a: f64, %o: i16) {
      %v = arith.fptosi %a : f64 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @fptoui_f64_i16(%x: tensor<1024xf64>) -> tensor<1024xi16> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xf64>) outs(%e : tensor<1024xi16>)
    (%a: f64, %o: i16) {
      %v = arith.fptoui %a : f64 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @sitofp_i16_f16(%x: tensor<1024xi16>) -> tensor<1024xf16> attributes {test.integers = 2000, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xf16>)
    (%a: i16, %o: f16) {
      %v = arith.sitofp %a : i16 to f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @fptosi_f16_i16(%x: tensor<1024xf16>) -> tensor<1024xi16> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xi16>)
    (%a: f16, %o: i16) {
      %v = arith.fptosi %a : f16 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @fptoui_f16_i16(%x: tensor<1024xf16>) -> tensor<1024xi16> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xi16>)
    (%a: f16, %o: i16) {
      %v = arith.fptoui %a : f16 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @sitofp_i16_bf16(%x: tensor<1024xi16>) -> tensor<1024xbf16> attributes {test.integers = 100, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xbf16>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xbf16>)
    (%a: i16, %o: bf16) {
      %v = arith.sitofp %a : i16 to bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<1024xbf16>
}
kernel.func @fptosi_bf16_i16(%x: tensor<1024xbf16>) -> tensor<1024xi16> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xi16>)
    (%a: bf16, %o: i16) {
      %v = arith.fptosi %a : bf16 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @fptoui_bf16_i16(%x: tensor<1024xbf16>) -> tensor<1024xi16> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xi16>)
    (%a: bf16, %o: i16) {
      %v = arith.fptoui %a : bf16 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @trunci_i32_i8(%x: tensor<1024xi32>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi8>)
    (%a: i32, %o: i8) {
      %v = arith.trunci %a : i32 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @trunci_i32_i16(%x: tensor<1024xi32>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi16>)
    (%a: i32, %o: i16) {
      %v = arith.trunci %a : i32 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @extsi_i32_i64(%x: tensor<1024xi32>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi64>)
    (%a: i32, %o: i64) {
      %v = arith.extsi %a : i32 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @extui_i32_i64(%x: tensor<1024xi32>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi64>)
    (%a: i32, %o: i64) {
      %v = arith.extui %a : i32 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @extsi_i1_i32(%x: tensor<1024xi1>) -> tensor<1024xi32> attributes {} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi1>) outs(%e : tensor<1024xi32>)
    (%a: i1, %o: i32) {
      %v = arith.extsi %a : i1 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @extui_i1_i32(%x: tensor<1024xi1>) -> tensor<1024xi32> attributes {} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi1>) outs(%e : tensor<1024xi32>)
    (%a: i1, %o: i32) {
      %v = arith.extui %a : i1 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @trunci_i32_i1(%x: tensor<1024xi32>) -> tensor<1024xi1> attributes {} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi1>)
    (%a: i32, %o: i1) {
      %v = arith.trunci %a : i32 to i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @sitofp_i32_f32(%x: tensor<1024xi32>) -> tensor<1024xf32> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xf32>)
    (%a: i32, %o: f32) {
      %v = arith.sitofp %a : i32 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @uitofp_i32_f32(%x: tensor<1024xi32>) -> tensor<1024xf32> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xf32>)
    (%a: i32, %o: f32) {
      %v = arith.uitofp %a : i32 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @fptosi_f32_i32(%x: tensor<1024xf32>) -> tensor<1024xi32> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xi32>)
    (%a: f32, %o: i32) {
      %v = arith.fptosi %a : f32 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @fptoui_f32_i32(%x: tensor<1024xf32>) -> tensor<1024xi32> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xi32>)
    (%a: f32, %o: i32) {
      %v = arith.fptoui %a : f32 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @sitofp_i32_f64(%x: tensor<1024xi32>) -> tensor<1024xf64> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xf64>)
    (%a: i32, %o: f64) {
      %v = arith.sitofp %a : i32 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @uitofp_i32_f64(%x: tensor<1024xi32>) -> tensor<1024xf64> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xf64>)
    (%a: i32, %o: f64) {
      %v = arith.uitofp %a : i32 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @fptosi_f64_i32(%x: tensor<1024xf64>) -> tensor<1024xi32> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xf64>) outs(%e : tensor<1024xi32>)
    (%a: f64, %o: i32) {
      %v = arith.fptosi %a : f64 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @fptoui_f64_i32(%x: tensor<1024xf64>) -> tensor<1024xi32> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xf64>) outs(%e : tensor<1024xi32>)
    (%a: f64, %o: i32) {
      %v = arith.fptoui %a : f64 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @fptosi_f16_i32(%x: tensor<1024xf16>) -> tensor<1024xi32> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xi32>)
    (%a: f16, %o: i32) {
      %v = arith.fptosi %a : f16 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @fptoui_f16_i32(%x: tensor<1024xf16>) -> tensor<1024xi32> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xi32>)
    (%a: f16, %o: i32) {
      %v = arith.fptoui %a : f16 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @fptosi_bf16_i32(%x: tensor<1024xbf16>) -> tensor<1024xi32> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xi32>)
    (%a: bf16, %o: i32) {
      %v = arith.fptosi %a : bf16 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @fptoui_bf16_i32(%x: tensor<1024xbf16>) -> tensor<1024xi32> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xi32>)
    (%a: bf16, %o: i32) {
      %v = arith.fptoui %a : bf16 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @trunci_i64_i8(%x: tensor<1024xi64>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xi8>)
    (%a: i64, %o: i8) {
      %v = arith.trunci %a : i64 to i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @trunci_i64_i16(%x: tensor<1024xi64>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xi16>)
    (%a: i64, %o: i16) {
      %v = arith.trunci %a : i64 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @trunci_i64_i32(%x: tensor<1024xi64>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xi32>)
    (%a: i64, %o: i32) {
      %v = arith.trunci %a : i64 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @extsi_i1_i64(%x: tensor<1024xi1>) -> tensor<1024xi64> attributes {} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi1>) outs(%e : tensor<1024xi64>)
    (%a: i1, %o: i64) {
      %v = arith.extsi %a : i1 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @extui_i1_i64(%x: tensor<1024xi1>) -> tensor<1024xi64> attributes {} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi1>) outs(%e : tensor<1024xi64>)
    (%a: i1, %o: i64) {
      %v = arith.extui %a : i1 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @trunci_i64_i1(%x: tensor<1024xi64>) -> tensor<1024xi1> attributes {} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xi1>)
    (%a: i64, %o: i1) {
      %v = arith.trunci %a : i64 to i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @sitofp_i64_f32(%x: tensor<1024xi64>) -> tensor<1024xf32> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xf32>)
    (%a: i64, %o: f32) {
      %v = arith.sitofp %a : i64 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @uitofp_i64_f32(%x: tensor<1024xi64>) -> tensor<1024xf32> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xf32>)
    (%a: i64, %o: f32) {
      %v = arith.uitofp %a : i64 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @fptosi_f32_i64(%x: tensor<1024xf32>) -> tensor<1024xi64> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xi64>)
    (%a: f32, %o: i64) {
      %v = arith.fptosi %a : f32 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @fptoui_f32_i64(%x: tensor<1024xf32>) -> tensor<1024xi64> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xi64>)
    (%a: f32, %o: i64) {
      %v = arith.fptoui %a : f32 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @sitofp_i64_f64(%x: tensor<1024xi64>) -> tensor<1024xf64> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xf64>)
    (%a: i64, %o: f64) {
      %v = arith.sitofp %a : i64 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @uitofp_i64_f64(%x: tensor<1024xi64>) -> tensor<1024xf64> attributes {test.integers = 0, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xf64>)
    (%a: i64, %o: f64) {
      %v = arith.uitofp %a : i64 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @fptosi_f64_i64(%x: tensor<1024xf64>) -> tensor<1024xi64> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xf64>) outs(%e : tensor<1024xi64>)
    (%a: f64, %o: i64) {
      %v = arith.fptosi %a : f64 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @fptoui_f64_i64(%x: tensor<1024xf64>) -> tensor<1024xi64> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xf64>) outs(%e : tensor<1024xi64>)
    (%a: f64, %o: i64) {
      %v = arith.fptoui %a : f64 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @fptosi_f16_i64(%x: tensor<1024xf16>) -> tensor<1024xi64> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xi64>)
    (%a: f16, %o: i64) {
      %v = arith.fptosi %a : f16 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @fptoui_f16_i64(%x: tensor<1024xf16>) -> tensor<1024xi64> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xi64>)
    (%a: f16, %o: i64) {
      %v = arith.fptoui %a : f16 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @fptosi_bf16_i64(%x: tensor<1024xbf16>) -> tensor<1024xi64> attributes {test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xi64>)
    (%a: bf16, %o: i64) {
      %v = arith.fptosi %a : bf16 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @fptoui_bf16_i64(%x: tensor<1024xbf16>) -> tensor<1024xi64> attributes {test.scale = 200.0, test.low = 0.5} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xi64>)
    (%a: bf16, %o: i64) {
      %v = arith.fptoui %a : bf16 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @sitofp_i1_f32(%x: tensor<1024xi1>) -> tensor<1024xf32> attributes {} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xi1>) outs(%e : tensor<1024xf32>)
    (%a: i1, %o: f32) {
      %v = arith.sitofp %a : i1 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @uitofp_i1_f32(%x: tensor<1024xi1>) -> tensor<1024xf32> attributes {} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xi1>) outs(%e : tensor<1024xf32>)
    (%a: i1, %o: f32) {
      %v = arith.uitofp %a : i1 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @sitofp_i1_f64(%x: tensor<1024xi1>) -> tensor<1024xf64> attributes {} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xi1>) outs(%e : tensor<1024xf64>)
    (%a: i1, %o: f64) {
      %v = arith.sitofp %a : i1 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @uitofp_i1_f64(%x: tensor<1024xi1>) -> tensor<1024xf64> attributes {} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xi1>) outs(%e : tensor<1024xf64>)
    (%a: i1, %o: f64) {
      %v = arith.uitofp %a : i1 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @extf_f16_f32(%x: tensor<1024xf16>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xf32>)
    (%a: f16, %o: f32) {
      %v = arith.extf %a : f16 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @truncf_f32_f16(%x: tensor<1024xf32>) -> tensor<1024xf16> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf16>)
    (%a: f32, %o: f16) {
      %v = arith.truncf %a : f32 to f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @extf_bf16_f32(%x: tensor<1024xbf16>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xf32>)
    (%a: bf16, %o: f32) {
      %v = arith.extf %a : bf16 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @truncf_f32_bf16(%x: tensor<1024xf32>) -> tensor<1024xbf16> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xbf16>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xbf16>)
    (%a: f32, %o: bf16) {
      %v = arith.truncf %a : f32 to bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<1024xbf16>
}
kernel.func @extf_f32_f64(%x: tensor<1024xf32>) -> tensor<1024xf64> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf64>)
    (%a: f32, %o: f64) {
      %v = arith.extf %a : f32 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @truncf_f64_f32(%x: tensor<1024xf64>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf64>) outs(%e : tensor<1024xf32>)
    (%a: f64, %o: f32) {
      %v = arith.truncf %a : f64 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @extf_f16_f64(%x: tensor<1024xf16>) -> tensor<1024xf64> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xf64>)
    (%a: f16, %o: f64) {
      %v = arith.extf %a : f16 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @truncf_f64_f16(%x: tensor<1024xf64>) -> tensor<1024xf16> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x : tensor<1024xf64>) outs(%e : tensor<1024xf16>)
    (%a: f64, %o: f16) {
      %v = arith.truncf %a : f64 to f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @extf_bf16_f64(%x: tensor<1024xbf16>) -> tensor<1024xf64> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xf64>)
    (%a: bf16, %o: f64) {
      %v = arith.extf %a : bf16 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @bitcast_f32_i32(%x: tensor<1024xf32>) -> tensor<1024xi32> attributes {test.integers = 1000} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xi32>)
    (%a: f32, %o: i32) {
      %v = arith.bitcast %a : f32 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @bitcast_i32_f32(%x: tensor<1024xi32>) -> tensor<1024xf32> attributes {test.integers = 1000} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xf32>)
    (%a: i32, %o: f32) {
      %v = arith.bitcast %a : i32 to f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @bitcast_f64_i64(%x: tensor<1024xf64>) -> tensor<1024xi64> attributes {test.integers = 1000} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xf64>) outs(%e : tensor<1024xi64>)
    (%a: f64, %o: i64) {
      %v = arith.bitcast %a : f64 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @bitcast_i64_f64(%x: tensor<1024xi64>) -> tensor<1024xf64> attributes {test.integers = 1000} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xf64>)
    (%a: i64, %o: f64) {
      %v = arith.bitcast %a : i64 to f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @bitcast_f16_i16(%x: tensor<1024xf16>) -> tensor<1024xi16> attributes {test.integers = 1000} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xi16>)
    (%a: f16, %o: i16) {
      %v = arith.bitcast %a : f16 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @bitcast_i16_f16(%x: tensor<1024xi16>) -> tensor<1024xf16> attributes {test.integers = 1000} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xf16>)
    (%a: i16, %o: f16) {
      %v = arith.bitcast %a : i16 to f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @bitcast_bf16_i16(%x: tensor<1024xbf16>) -> tensor<1024xi16> attributes {test.integers = 1000} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xi16>)
    (%a: bf16, %o: i16) {
      %v = arith.bitcast %a : bf16 to i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @bitcast_i16_bf16(%x: tensor<1024xi16>) -> tensor<1024xbf16> attributes {test.integers = 1000} {
  %e = tensor.empty() : tensor<1024xbf16>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xbf16>)
    (%a: i16, %o: bf16) {
      %v = arith.bitcast %a : i16 to bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<1024xbf16>
}
kernel.func @cmpf_oeq(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf oeq, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_ogt(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf ogt, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_oge(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf oge, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_olt(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf olt, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_ole(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf ole, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_one(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf one, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_ord(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf ord, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_ueq(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf ueq, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_ugt(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf ugt, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_uge(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf uge, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_ult(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf ult, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_ule(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf ule, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_une(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf une, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_uno(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf uno, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_true(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf true, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @cmpf_false(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %b: f32, %o: i1) {
      %v = arith.cmpf false, %a, %b : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @isnan(%x: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %o: i1) {
      %v = math.isnan %a : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
kernel.func @isfinite(%x: tensor<1024xf32>) -> tensor<1024xi1> attributes {test.specials} {
  %e = tensor.empty() : tensor<1024xi1>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xi1>)
    (%a: f32, %o: i1) {
      %v = math.isfinite %a : f32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<1024xi1>
}
// Narrowed and widened again: the low bits alone.
kernel.func @low_bits_i32_i8(%x: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %o: i32) {
      %n = arith.trunci %a : i32 to i8
      %v = arith.extui %n : i8 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @low_bits_signed_i32_i8(%x: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %o: i32) {
      %n = arith.trunci %a : i32 to i8
      %v = arith.extsi %n : i8 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @low_bits_i32_i16(%x: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %o: i32) {
      %n = arith.trunci %a : i32 to i16
      %v = arith.extui %n : i16 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @low_bits_signed_i32_i16(%x: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %o: i32) {
      %n = arith.trunci %a : i32 to i16
      %v = arith.extsi %n : i16 to i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @low_bits_i64_i8(%x: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %o: i64) {
      %n = arith.trunci %a : i64 to i8
      %v = arith.extui %n : i8 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @low_bits_signed_i64_i8(%x: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %o: i64) {
      %n = arith.trunci %a : i64 to i8
      %v = arith.extsi %n : i8 to i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
// One of two literals, one of them infinite, in vectors without a loop.
kernel.func @select_infinity(%x: tensor<4x6xi1>) -> tensor<4x6xbf16> {
  %e = tensor.empty() : tensor<4x6xbf16>
  %r = linalg.map ins(%x : tensor<4x6xi1>) outs(%e : tensor<4x6xbf16>)
    (%a: i1, %o: bf16) {
      %inf = arith.constant 0xFF800000 : f32
      %zero = arith.constant 0.0 : f32
      %s = arith.select %a, %inf, %zero : f32
      %v = arith.truncf %s : f32 to bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<4x6xbf16>
}
