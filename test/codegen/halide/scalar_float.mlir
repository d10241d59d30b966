// Functions of floats against libm: units in the last place, and every corner (NaN, infinities, huge, tiny).
// RUN: kernel-check %s

kernel.func @exp(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 2.0, test.scale = 105.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.exp %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @exp2(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 2.0, test.scale = 152.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.exp2 %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @expm1(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 2.0, test.scale = 20.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.expm1 %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @log(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 2.0, test.scale = 1.0e6} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.log %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @log2(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 3.0, test.scale = 4.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.log2 %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @log10(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 3.0, test.scale = 1.0e6} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.log10 %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @log1p(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 4.0, test.scale = 1.0e3} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.log1p %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @tanh(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 4.0, test.scale = 10.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.tanh %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @erf(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 4.0, test.scale = 4.5} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.erf %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @erfc(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 1.0, test.scale = 10.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.erfc %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @sin(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 2.0, test.scale = 1000.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.sin %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @cos(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 2.0, test.scale = 1000.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.cos %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @tan(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 4.0, test.scale = 10.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.tan %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @asin(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 3.0, test.scale = 1.1} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.asin %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @acos(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 3.0, test.scale = 1.1} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.acos %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @atan(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 3.0, test.scale = 10.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.atan %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @sinh(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 5.0, test.scale = 90.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.sinh %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @cosh(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 4.0, test.scale = 90.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.cosh %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @asinh(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 5.0, test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.asinh %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @acosh(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 5.0, test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.acosh %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @atanh(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 5.0, test.scale = 1.1} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.atanh %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @cbrt(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 1.0, test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.cbrt %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @sqrt(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.6, test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.sqrt %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @rsqrt(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 2.0, test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.rsqrt %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @absf(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.absf %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @floor(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 5.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.floor %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @ceil(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 5.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.ceil %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @trunc(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 5.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.trunc %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @round(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 5.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.round %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @roundeven(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 5.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.roundeven %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @sin_small(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.ulps = 2.0, test.scale = 3.2} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.sin %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @sin_huge(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.ulps = 2.0, test.scale = 3.0e38} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.sin %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @cos_huge(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.ulps = 2.0, test.scale = 3.0e12} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.cos %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @tanh_small(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.ulps = 4.0, test.scale = 0.01} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.tanh %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @erf_small(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.ulps = 4.0, test.scale = 0.9} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.erf %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @log1p_small(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.ulps = 4.0, test.scale = 1.0e-3} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.log1p %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @expm1_small(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.ulps = 2.0, test.scale = 1.0e-2} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.expm1 %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @log_near_one(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.ulps = 2.0, test.low = 0.5, test.scale = 1.5} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.log %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @asinh_small(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.ulps = 4.0, test.scale = 1.0e-2} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = math.asinh %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @negf(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = arith.negf %a : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @atan2(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 4.0, test.scale = 5.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %v = math.atan2 %a, %b : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @powf(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 1.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %v = math.powf %a, %b : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @copysign(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %v = math.copysign %a, %b : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @addf(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %v = arith.addf %a, %b : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @subf(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %v = arith.subf %a, %b : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @mulf(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %v = arith.mulf %a, %b : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @divf(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %v = arith.divf %a, %b : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @remf(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %v = arith.remf %a, %b : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @maximumf(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 2.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %v = arith.maximumf %a, %b : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @minimumf(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 2.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %v = arith.minimumf %a, %b : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @maxnumf(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 2.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %v = arith.maxnumf %a, %b : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @minnumf(%x: tensor<1024xf32>, %y: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 2.0} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y : tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %o: f32) {
      %v = arith.minnumf %a, %b : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @exp_f64(%x: tensor<256xf64>) -> tensor<256xf64> attributes {test.specials, test.ulps = 4.0, test.scale = 20.0} {
  %e = tensor.empty() : tensor<256xf64>
  %r = linalg.map ins(%x : tensor<256xf64>) outs(%e : tensor<256xf64>)
    (%a: f64, %o: f64) {
      %v = math.exp %a : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<256xf64>
}
kernel.func @log_f64(%x: tensor<256xf64>) -> tensor<256xf64> attributes {test.specials, test.ulps = 4.0, test.scale = 20.0} {
  %e = tensor.empty() : tensor<256xf64>
  %r = linalg.map ins(%x : tensor<256xf64>) outs(%e : tensor<256xf64>)
    (%a: f64, %o: f64) {
      %v = math.log %a : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<256xf64>
}
kernel.func @tanh_f64(%x: tensor<256xf64>) -> tensor<256xf64> attributes {test.specials, test.ulps = 4.0, test.scale = 20.0} {
  %e = tensor.empty() : tensor<256xf64>
  %r = linalg.map ins(%x : tensor<256xf64>) outs(%e : tensor<256xf64>)
    (%a: f64, %o: f64) {
      %v = math.tanh %a : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<256xf64>
}
kernel.func @erf_f64(%x: tensor<256xf64>) -> tensor<256xf64> attributes {test.specials, test.ulps = 4.0, test.scale = 20.0} {
  %e = tensor.empty() : tensor<256xf64>
  %r = linalg.map ins(%x : tensor<256xf64>) outs(%e : tensor<256xf64>)
    (%a: f64, %o: f64) {
      %v = math.erf %a : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<256xf64>
}
kernel.func @sin_f64(%x: tensor<256xf64>) -> tensor<256xf64> attributes {test.specials, test.ulps = 4.0, test.scale = 20.0} {
  %e = tensor.empty() : tensor<256xf64>
  %r = linalg.map ins(%x : tensor<256xf64>) outs(%e : tensor<256xf64>)
    (%a: f64, %o: f64) {
      %v = math.sin %a : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<256xf64>
}
kernel.func @cos_f64(%x: tensor<256xf64>) -> tensor<256xf64> attributes {test.specials, test.ulps = 4.0, test.scale = 20.0} {
  %e = tensor.empty() : tensor<256xf64>
  %r = linalg.map ins(%x : tensor<256xf64>) outs(%e : tensor<256xf64>)
    (%a: f64, %o: f64) {
      %v = math.cos %a : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<256xf64>
}
kernel.func @sqrt_f64(%x: tensor<256xf64>) -> tensor<256xf64> attributes {test.specials, test.ulps = 4.0, test.scale = 20.0} {
  %e = tensor.empty() : tensor<256xf64>
  %r = linalg.map ins(%x : tensor<256xf64>) outs(%e : tensor<256xf64>)
    (%a: f64, %o: f64) {
      %v = math.sqrt %a : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<256xf64>
}
kernel.func @atan_f64(%x: tensor<256xf64>) -> tensor<256xf64> attributes {test.specials, test.ulps = 4.0, test.scale = 20.0} {
  %e = tensor.empty() : tensor<256xf64>
  %r = linalg.map ins(%x : tensor<256xf64>) outs(%e : tensor<256xf64>)
    (%a: f64, %o: f64) {
      %v = math.atan %a : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<256xf64>
}
kernel.func @floor_f64(%x: tensor<256xf64>) -> tensor<256xf64> attributes {test.specials, test.ulps = 4.0, test.scale = 20.0} {
  %e = tensor.empty() : tensor<256xf64>
  %r = linalg.map ins(%x : tensor<256xf64>) outs(%e : tensor<256xf64>)
    (%a: f64, %o: f64) {
      %v = math.floor %a : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<256xf64>
}
kernel.func @roundeven_f64(%x: tensor<256xf64>) -> tensor<256xf64> attributes {test.specials, test.ulps = 4.0, test.scale = 20.0} {
  %e = tensor.empty() : tensor<256xf64>
  %r = linalg.map ins(%x : tensor<256xf64>) outs(%e : tensor<256xf64>)
    (%a: f64, %o: f64) {
      %v = math.roundeven %a : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<256xf64>
}
kernel.func @round_f64(%x: tensor<256xf64>) -> tensor<256xf64> attributes {test.specials, test.ulps = 4.0, test.scale = 20.0} {
  %e = tensor.empty() : tensor<256xf64>
  %r = linalg.map ins(%x : tensor<256xf64>) outs(%e : tensor<256xf64>)
    (%a: f64, %o: f64) {
      %v = math.round %a : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<256xf64>
}
kernel.func @addf_f16(%x: tensor<1024xf16>, %y: tensor<1024xf16>) -> tensor<1024xf16> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x, %y : tensor<1024xf16>, tensor<1024xf16>) outs(%e : tensor<1024xf16>)
    (%a: f16, %b: f16, %o: f16) {
      %v = arith.addf %a, %b : f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @addf_bf16(%x: tensor<1024xbf16>, %y: tensor<1024xbf16>) -> tensor<1024xbf16> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xbf16>
  %r = linalg.map ins(%x, %y : tensor<1024xbf16>, tensor<1024xbf16>) outs(%e : tensor<1024xbf16>)
    (%a: bf16, %b: bf16, %o: bf16) {
      %v = arith.addf %a, %b : bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<1024xbf16>
}
kernel.func @addf_f64(%x: tensor<1024xf64>, %y: tensor<1024xf64>) -> tensor<1024xf64> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x, %y : tensor<1024xf64>, tensor<1024xf64>) outs(%e : tensor<1024xf64>)
    (%a: f64, %b: f64, %o: f64) {
      %v = arith.addf %a, %b : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @mulf_f16(%x: tensor<1024xf16>, %y: tensor<1024xf16>) -> tensor<1024xf16> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x, %y : tensor<1024xf16>, tensor<1024xf16>) outs(%e : tensor<1024xf16>)
    (%a: f16, %b: f16, %o: f16) {
      %v = arith.mulf %a, %b : f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @mulf_bf16(%x: tensor<1024xbf16>, %y: tensor<1024xbf16>) -> tensor<1024xbf16> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xbf16>
  %r = linalg.map ins(%x, %y : tensor<1024xbf16>, tensor<1024xbf16>) outs(%e : tensor<1024xbf16>)
    (%a: bf16, %b: bf16, %o: bf16) {
      %v = arith.mulf %a, %b : bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<1024xbf16>
}
kernel.func @mulf_f64(%x: tensor<1024xf64>, %y: tensor<1024xf64>) -> tensor<1024xf64> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x, %y : tensor<1024xf64>, tensor<1024xf64>) outs(%e : tensor<1024xf64>)
    (%a: f64, %b: f64, %o: f64) {
      %v = arith.mulf %a, %b : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @divf_f16(%x: tensor<1024xf16>, %y: tensor<1024xf16>) -> tensor<1024xf16> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x, %y : tensor<1024xf16>, tensor<1024xf16>) outs(%e : tensor<1024xf16>)
    (%a: f16, %b: f16, %o: f16) {
      %v = arith.divf %a, %b : f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @divf_bf16(%x: tensor<1024xbf16>, %y: tensor<1024xbf16>) -> tensor<1024xbf16> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xbf16>
  %r = linalg.map ins(%x, %y : tensor<1024xbf16>, tensor<1024xbf16>) outs(%e : tensor<1024xbf16>)
    (%a: bf16, %b: bf16, %o: bf16) {
      %v = arith.divf %a, %b : bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<1024xbf16>
}
kernel.func @divf_f64(%x: tensor<1024xf64>, %y: tensor<1024xf64>) -> tensor<1024xf64> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x, %y : tensor<1024xf64>, tensor<1024xf64>) outs(%e : tensor<1024xf64>)
    (%a: f64, %b: f64, %o: f64) {
      %v = arith.divf %a, %b : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @maximumf_f16(%x: tensor<1024xf16>, %y: tensor<1024xf16>) -> tensor<1024xf16> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x, %y : tensor<1024xf16>, tensor<1024xf16>) outs(%e : tensor<1024xf16>)
    (%a: f16, %b: f16, %o: f16) {
      %v = arith.maximumf %a, %b : f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @maximumf_bf16(%x: tensor<1024xbf16>, %y: tensor<1024xbf16>) -> tensor<1024xbf16> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xbf16>
  %r = linalg.map ins(%x, %y : tensor<1024xbf16>, tensor<1024xbf16>) outs(%e : tensor<1024xbf16>)
    (%a: bf16, %b: bf16, %o: bf16) {
      %v = arith.maximumf %a, %b : bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<1024xbf16>
}
kernel.func @maximumf_f64(%x: tensor<1024xf64>, %y: tensor<1024xf64>) -> tensor<1024xf64> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf64>
  %r = linalg.map ins(%x, %y : tensor<1024xf64>, tensor<1024xf64>) outs(%e : tensor<1024xf64>)
    (%a: f64, %b: f64, %o: f64) {
      %v = arith.maximumf %a, %b : f64
      linalg.yield %v : f64
    }
  kernel.return %r : tensor<1024xf64>
}
kernel.func @exp_f16(%x: tensor<1024xf16>) -> tensor<1024xf16> attributes {test.specials, test.ulps = 1.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xf16>)
    (%a: f16, %o: f16) {
      %v = math.exp %a : f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @tanh_f16(%x: tensor<1024xf16>) -> tensor<1024xf16> attributes {test.specials, test.ulps = 1.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xf16>)
    (%a: f16, %o: f16) {
      %v = math.tanh %a : f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @negf_f16(%x: tensor<1024xf16>) -> tensor<1024xf16> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xf16>)
    (%a: f16, %o: f16) {
      %v = arith.negf %a : f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @sqrt_f16(%x: tensor<1024xf16>) -> tensor<1024xf16> attributes {test.specials, test.ulps = 0.0, test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xf16>
  %r = linalg.map ins(%x : tensor<1024xf16>) outs(%e : tensor<1024xf16>)
    (%a: f16, %o: f16) {
      %v = math.sqrt %a : f16
      linalg.yield %v : f16
    }
  kernel.return %r : tensor<1024xf16>
}
kernel.func @exp_bf16(%x: tensor<1024xbf16>) -> tensor<1024xbf16> attributes {test.specials, test.ulps = 1.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xbf16>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xbf16>)
    (%a: bf16, %o: bf16) {
      %v = math.exp %a : bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<1024xbf16>
}
kernel.func @tanh_bf16(%x: tensor<1024xbf16>) -> tensor<1024xbf16> attributes {test.specials, test.ulps = 1.0, test.scale = 9.0} {
  %e = tensor.empty() : tensor<1024xbf16>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xbf16>)
    (%a: bf16, %o: bf16) {
      %v = math.tanh %a : bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<1024xbf16>
}
kernel.func @negf_bf16(%x: tensor<1024xbf16>) -> tensor<1024xbf16> attributes {test.specials, test.ulps = 0.0} {
  %e = tensor.empty() : tensor<1024xbf16>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xbf16>)
    (%a: bf16, %o: bf16) {
      %v = arith.negf %a : bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<1024xbf16>
}
kernel.func @sqrt_bf16(%x: tensor<1024xbf16>) -> tensor<1024xbf16> attributes {test.specials, test.ulps = 0.0, test.scale = 100.0} {
  %e = tensor.empty() : tensor<1024xbf16>
  %r = linalg.map ins(%x : tensor<1024xbf16>) outs(%e : tensor<1024xbf16>)
    (%a: bf16, %o: bf16) {
      %v = math.sqrt %a : bf16
      linalg.yield %v : bf16
    }
  kernel.return %r : tensor<1024xbf16>
}
kernel.func @relu_keeps_nan(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0} {
  %z = arith.constant 0.0 : f32
  %six = arith.constant 6.0 : f32
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = arith.maximumf %a, %z : f32
      %w = arith.minimumf %six, %v : f32
      linalg.yield %w : f32
    }
  kernel.return %r : tensor<1024xf32>
}
// Constants that would make Halide's fast arithmetic forget NaN and infinities.
kernel.func @not_simplified(%x: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.specials, test.ulps = 0.0, test.scale = 9.0} {
  %z = arith.constant 0.0 : f32
  %big = arith.constant 3.0e38 : f32
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x : tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %o: f32) {
      %v = arith.mulf %a, %z : f32
      %w = arith.subf %a, %a : f32
      %u = arith.divf %a, %a : f32
      %s = arith.addf %a, %big : f32
      %t = arith.subf %s, %big : f32
      %p = arith.addf %v, %w : f32
      %q = arith.addf %p, %u : f32
      %k = arith.addf %q, %t : f32
      linalg.yield %k : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @fma(%x: tensor<1024xf32>, %y: tensor<1024xf32>, %z: tensor<1024xf32>) -> tensor<1024xf32> attributes {test.tolerance = 1.0e-7} {
  %e = tensor.empty() : tensor<1024xf32>
  %r = linalg.map ins(%x, %y, %z : tensor<1024xf32>, tensor<1024xf32>, tensor<1024xf32>) outs(%e : tensor<1024xf32>)
    (%a: f32, %b: f32, %c: f32, %o: f32) {
      %v = math.fma %a, %b, %c : f32
      linalg.yield %v : f32
    }
  kernel.return %r : tensor<1024xf32>
}
kernel.func @pow_constants(%x: tensor<1024xf32>) -> (tensor<1024xf32>, tensor<1024xf32>, tensor<1024xf32>, tensor<1024xf32>) attributes {test.specials, test.ulps = 2.0, test.scale = 9.0} {
  %c2 = arith.constant 2.0 : f32
  %c3 = arith.constant 3.0 : f32
  %ch = arith.constant 0.5 : f32
  %cm = arith.constant -1.0 : f32
  %e = tensor.empty() : tensor<1024xf32>
  %r:4 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xf32>) outs(%e, %e, %e, %e : tensor<1024xf32>, tensor<1024xf32>, tensor<1024xf32>, tensor<1024xf32>) {
  ^bb0(%a: f32, %o: f32, %o1: f32, %o2: f32, %o3: f32):
    %u = math.powf %a, %c2 : f32
    %v = math.powf %a, %c3 : f32
    %w = math.powf %a, %ch : f32
    %t = math.powf %a, %cm : f32
    linalg.yield %u, %v, %w, %t : f32, f32, f32, f32
  } -> (tensor<1024xf32>, tensor<1024xf32>, tensor<1024xf32>, tensor<1024xf32>)
  kernel.return %r#0, %r#1, %r#2, %r#3 : tensor<1024xf32>, tensor<1024xf32>, tensor<1024xf32>, tensor<1024xf32>
}
// One vector without a loop, of a value that was rounded: its sign is copied and its NaN kept by bit operations.
kernel.func @erf_f16_2(%x: tensor<2xf16>) -> tensor<2xf16> attributes {test.scale = 5.0} {
  %e = tensor.empty() : tensor<2xf16>
  %r = linalg.map ins(%x : tensor<2xf16>) outs(%e : tensor<2xf16>)
    (%a: f16, %o: f16) {
      %w = arith.extf %a : f16 to f32
      %v = math.erf %w : f32
      %h = arith.truncf %v : f32 to f16
      linalg.yield %h : f16
    }
  kernel.return %r : tensor<2xf16>
}
// One vector without a loop, of a value that was rounded: its sign is copied and its NaN kept by bit operations.
kernel.func @erf_f16_8(%x: tensor<8xf16>) -> tensor<8xf16> attributes {test.scale = 5.0} {
  %e = tensor.empty() : tensor<8xf16>
  %r = linalg.map ins(%x : tensor<8xf16>) outs(%e : tensor<8xf16>)
    (%a: f16, %o: f16) {
      %w = arith.extf %a : f16 to f32
      %v = math.erf %w : f32
      %h = arith.truncf %v : f32 to f16
      linalg.yield %h : f16
    }
  kernel.return %r : tensor<8xf16>
}
// One vector without a loop, of a value that was rounded: its sign is copied and its NaN kept by bit operations.
kernel.func @erf_f16_16(%x: tensor<16xf16>) -> tensor<16xf16> attributes {test.scale = 5.0} {
  %e = tensor.empty() : tensor<16xf16>
  %r = linalg.map ins(%x : tensor<16xf16>) outs(%e : tensor<16xf16>)
    (%a: f16, %o: f16) {
      %w = arith.extf %a : f16 to f32
      %v = math.erf %w : f32
      %h = arith.truncf %v : f32 to f16
      linalg.yield %h : f16
    }
  kernel.return %r : tensor<16xf16>
}
