// Integers with MLIR's meaning: they wrap, nothing traps.
// RUN: kernel-check %s

kernel.func @addi_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %v = arith.addi %a, %b : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @subi_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %v = arith.subi %a, %b : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @muli_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %v = arith.muli %a, %b : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @andi_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %v = arith.andi %a, %b : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @ori_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %v = arith.ori %a, %b : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @xori_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %v = arith.xori %a, %b : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @maxsi_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %v = arith.maxsi %a, %b : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @maxui_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %v = arith.maxui %a, %b : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @minsi_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %v = arith.minsi %a, %b : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @minui_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %v = arith.minui %a, %b : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @divsi_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %one = arith.constant 1 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %q = arith.shrsi %b, %one : i8
      %z = arith.ori %q, %one : i8
      %v = arith.divsi %a, %z : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @divsi_small_i8(%x: tensor<1024xi8>) -> (tensor<1024xi8>, tensor<1024xi8>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i8
  %d = arith.constant -3 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi8>) outs(%e, %e : tensor<1024xi8>, tensor<1024xi8>) {
  ^bb0(%a: i8, %o: i8, %p: i8):
      %v = arith.divsi %a, %c : i8
      %w = arith.divsi %a, %d : i8
      linalg.yield %v, %w : i8, i8
  } -> (tensor<1024xi8>, tensor<1024xi8>)
  kernel.return %r#0, %r#1 : tensor<1024xi8>, tensor<1024xi8>
}
kernel.func @divui_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %one = arith.constant 1 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %q = arith.shrsi %b, %one : i8
      %z = arith.ori %q, %one : i8
      %v = arith.divui %a, %z : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @divui_small_i8(%x: tensor<1024xi8>) -> (tensor<1024xi8>, tensor<1024xi8>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i8
  %d = arith.constant -3 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi8>) outs(%e, %e : tensor<1024xi8>, tensor<1024xi8>) {
  ^bb0(%a: i8, %o: i8, %p: i8):
      %v = arith.divui %a, %c : i8
      %w = arith.divui %a, %d : i8
      linalg.yield %v, %w : i8, i8
  } -> (tensor<1024xi8>, tensor<1024xi8>)
  kernel.return %r#0, %r#1 : tensor<1024xi8>, tensor<1024xi8>
}
kernel.func @ceildivsi_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %one = arith.constant 1 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %q = arith.shrsi %b, %one : i8
      %z = arith.ori %q, %one : i8
      %v = arith.ceildivsi %a, %z : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @ceildivsi_small_i8(%x: tensor<1024xi8>) -> (tensor<1024xi8>, tensor<1024xi8>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i8
  %d = arith.constant -3 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi8>) outs(%e, %e : tensor<1024xi8>, tensor<1024xi8>) {
  ^bb0(%a: i8, %o: i8, %p: i8):
      %v = arith.ceildivsi %a, %c : i8
      %w = arith.ceildivsi %a, %d : i8
      linalg.yield %v, %w : i8, i8
  } -> (tensor<1024xi8>, tensor<1024xi8>)
  kernel.return %r#0, %r#1 : tensor<1024xi8>, tensor<1024xi8>
}
kernel.func @ceildivui_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %one = arith.constant 1 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %q = arith.shrsi %b, %one : i8
      %z = arith.ori %q, %one : i8
      %v = arith.ceildivui %a, %z : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @ceildivui_small_i8(%x: tensor<1024xi8>) -> (tensor<1024xi8>, tensor<1024xi8>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i8
  %d = arith.constant -3 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi8>) outs(%e, %e : tensor<1024xi8>, tensor<1024xi8>) {
  ^bb0(%a: i8, %o: i8, %p: i8):
      %v = arith.ceildivui %a, %c : i8
      %w = arith.ceildivui %a, %d : i8
      linalg.yield %v, %w : i8, i8
  } -> (tensor<1024xi8>, tensor<1024xi8>)
  kernel.return %r#0, %r#1 : tensor<1024xi8>, tensor<1024xi8>
}
kernel.func @floordivsi_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %one = arith.constant 1 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %q = arith.shrsi %b, %one : i8
      %z = arith.ori %q, %one : i8
      %v = arith.floordivsi %a, %z : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @floordivsi_small_i8(%x: tensor<1024xi8>) -> (tensor<1024xi8>, tensor<1024xi8>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i8
  %d = arith.constant -3 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi8>) outs(%e, %e : tensor<1024xi8>, tensor<1024xi8>) {
  ^bb0(%a: i8, %o: i8, %p: i8):
      %v = arith.floordivsi %a, %c : i8
      %w = arith.floordivsi %a, %d : i8
      linalg.yield %v, %w : i8, i8
  } -> (tensor<1024xi8>, tensor<1024xi8>)
  kernel.return %r#0, %r#1 : tensor<1024xi8>, tensor<1024xi8>
}
kernel.func @remsi_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %one = arith.constant 1 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %q = arith.shrsi %b, %one : i8
      %z = arith.ori %q, %one : i8
      %v = arith.remsi %a, %z : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @remsi_small_i8(%x: tensor<1024xi8>) -> (tensor<1024xi8>, tensor<1024xi8>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i8
  %d = arith.constant -3 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi8>) outs(%e, %e : tensor<1024xi8>, tensor<1024xi8>) {
  ^bb0(%a: i8, %o: i8, %p: i8):
      %v = arith.remsi %a, %c : i8
      %w = arith.remsi %a, %d : i8
      linalg.yield %v, %w : i8, i8
  } -> (tensor<1024xi8>, tensor<1024xi8>)
  kernel.return %r#0, %r#1 : tensor<1024xi8>, tensor<1024xi8>
}
kernel.func @remui_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %one = arith.constant 1 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %q = arith.shrsi %b, %one : i8
      %z = arith.ori %q, %one : i8
      %v = arith.remui %a, %z : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @remui_small_i8(%x: tensor<1024xi8>) -> (tensor<1024xi8>, tensor<1024xi8>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i8
  %d = arith.constant -3 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi8>) outs(%e, %e : tensor<1024xi8>, tensor<1024xi8>) {
  ^bb0(%a: i8, %o: i8, %p: i8):
      %v = arith.remui %a, %c : i8
      %w = arith.remui %a, %d : i8
      linalg.yield %v, %w : i8, i8
  } -> (tensor<1024xi8>, tensor<1024xi8>)
  kernel.return %r#0, %r#1 : tensor<1024xi8>, tensor<1024xi8>
}
kernel.func @shli_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %mask = arith.constant 7 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %q = arith.andi %b, %mask : i8
      %v = arith.shli %a, %q : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @shrsi_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %mask = arith.constant 7 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %q = arith.andi %b, %mask : i8
      %v = arith.shrsi %a, %q : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @shrui_i8(%x: tensor<1024xi8>, %y: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %mask = arith.constant 7 : i8
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x, %y : tensor<1024xi8>, tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %b: i8, %o: i8) {
      %q = arith.andi %b, %mask : i8
      %v = arith.shrui %a, %q : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @absi_i8(%x: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %o: i8) {
      %v = math.absi %a : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @ctlz_i8(%x: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %o: i8) {
      %v = math.ctlz %a : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @cttz_i8(%x: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %o: i8) {
      %v = math.cttz %a : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @ctpop_i8(%x: tensor<1024xi8>) -> tensor<1024xi8> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi8>
  %r = linalg.map ins(%x : tensor<1024xi8>) outs(%e : tensor<1024xi8>)
    (%a: i8, %o: i8) {
      %v = math.ctpop %a : i8
      linalg.yield %v : i8
    }
  kernel.return %r : tensor<1024xi8>
}
kernel.func @cmpi_eq_i8(%x: tensor<256xi8>, %y: tensor<256xi8>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi8>, tensor<256xi8>) outs(%e : tensor<256xi1>)
    (%a: i8, %b: i8, %o: i1) {
      %v = arith.cmpi eq, %a, %b : i8
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ne_i8(%x: tensor<256xi8>, %y: tensor<256xi8>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi8>, tensor<256xi8>) outs(%e : tensor<256xi1>)
    (%a: i8, %b: i8, %o: i1) {
      %v = arith.cmpi ne, %a, %b : i8
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_slt_i8(%x: tensor<256xi8>, %y: tensor<256xi8>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi8>, tensor<256xi8>) outs(%e : tensor<256xi1>)
    (%a: i8, %b: i8, %o: i1) {
      %v = arith.cmpi slt, %a, %b : i8
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sle_i8(%x: tensor<256xi8>, %y: tensor<256xi8>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi8>, tensor<256xi8>) outs(%e : tensor<256xi1>)
    (%a: i8, %b: i8, %o: i1) {
      %v = arith.cmpi sle, %a, %b : i8
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sgt_i8(%x: tensor<256xi8>, %y: tensor<256xi8>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi8>, tensor<256xi8>) outs(%e : tensor<256xi1>)
    (%a: i8, %b: i8, %o: i1) {
      %v = arith.cmpi sgt, %a, %b : i8
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sge_i8(%x: tensor<256xi8>, %y: tensor<256xi8>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi8>, tensor<256xi8>) outs(%e : tensor<256xi1>)
    (%a: i8, %b: i8, %o: i1) {
      %v = arith.cmpi sge, %a, %b : i8
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ult_i8(%x: tensor<256xi8>, %y: tensor<256xi8>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi8>, tensor<256xi8>) outs(%e : tensor<256xi1>)
    (%a: i8, %b: i8, %o: i1) {
      %v = arith.cmpi ult, %a, %b : i8
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ule_i8(%x: tensor<256xi8>, %y: tensor<256xi8>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi8>, tensor<256xi8>) outs(%e : tensor<256xi1>)
    (%a: i8, %b: i8, %o: i1) {
      %v = arith.cmpi ule, %a, %b : i8
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ugt_i8(%x: tensor<256xi8>, %y: tensor<256xi8>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi8>, tensor<256xi8>) outs(%e : tensor<256xi1>)
    (%a: i8, %b: i8, %o: i1) {
      %v = arith.cmpi ugt, %a, %b : i8
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_uge_i8(%x: tensor<256xi8>, %y: tensor<256xi8>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi8>, tensor<256xi8>) outs(%e : tensor<256xi1>)
    (%a: i8, %b: i8, %o: i1) {
      %v = arith.cmpi uge, %a, %b : i8
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @addi_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %v = arith.addi %a, %b : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @subi_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %v = arith.subi %a, %b : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @muli_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %v = arith.muli %a, %b : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @andi_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %v = arith.andi %a, %b : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @ori_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %v = arith.ori %a, %b : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @xori_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %v = arith.xori %a, %b : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @maxsi_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %v = arith.maxsi %a, %b : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @maxui_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %v = arith.maxui %a, %b : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @minsi_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %v = arith.minsi %a, %b : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @minui_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %v = arith.minui %a, %b : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @divsi_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %one = arith.constant 1 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %q = arith.shrsi %b, %one : i16
      %z = arith.ori %q, %one : i16
      %v = arith.divsi %a, %z : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @divsi_small_i16(%x: tensor<1024xi16>) -> (tensor<1024xi16>, tensor<1024xi16>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i16
  %d = arith.constant -3 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi16>) outs(%e, %e : tensor<1024xi16>, tensor<1024xi16>) {
  ^bb0(%a: i16, %o: i16, %p: i16):
      %v = arith.divsi %a, %c : i16
      %w = arith.divsi %a, %d : i16
      linalg.yield %v, %w : i16, i16
  } -> (tensor<1024xi16>, tensor<1024xi16>)
  kernel.return %r#0, %r#1 : tensor<1024xi16>, tensor<1024xi16>
}
kernel.func @divui_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %one = arith.constant 1 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %q = arith.shrsi %b, %one : i16
      %z = arith.ori %q, %one : i16
      %v = arith.divui %a, %z : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @divui_small_i16(%x: tensor<1024xi16>) -> (tensor<1024xi16>, tensor<1024xi16>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i16
  %d = arith.constant -3 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi16>) outs(%e, %e : tensor<1024xi16>, tensor<1024xi16>) {
  ^bb0(%a: i16, %o: i16, %p: i16):
      %v = arith.divui %a, %c : i16
      %w = arith.divui %a, %d : i16
      linalg.yield %v, %w : i16, i16
  } -> (tensor<1024xi16>, tensor<1024xi16>)
  kernel.return %r#0, %r#1 : tensor<1024xi16>, tensor<1024xi16>
}
kernel.func @ceildivsi_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %one = arith.constant 1 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %q = arith.shrsi %b, %one : i16
      %z = arith.ori %q, %one : i16
      %v = arith.ceildivsi %a, %z : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @ceildivsi_small_i16(%x: tensor<1024xi16>) -> (tensor<1024xi16>, tensor<1024xi16>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i16
  %d = arith.constant -3 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi16>) outs(%e, %e : tensor<1024xi16>, tensor<1024xi16>) {
  ^bb0(%a: i16, %o: i16, %p: i16):
      %v = arith.ceildivsi %a, %c : i16
      %w = arith.ceildivsi %a, %d : i16
      linalg.yield %v, %w : i16, i16
  } -> (tensor<1024xi16>, tensor<1024xi16>)
  kernel.return %r#0, %r#1 : tensor<1024xi16>, tensor<1024xi16>
}
kernel.func @ceildivui_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %one = arith.constant 1 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %q = arith.shrsi %b, %one : i16
      %z = arith.ori %q, %one : i16
      %v = arith.ceildivui %a, %z : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @ceildivui_small_i16(%x: tensor<1024xi16>) -> (tensor<1024xi16>, tensor<1024xi16>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i16
  %d = arith.constant -3 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi16>) outs(%e, %e : tensor<1024xi16>, tensor<1024xi16>) {
  ^bb0(%a: i16, %o: i16, %p: i16):
      %v = arith.ceildivui %a, %c : i16
      %w = arith.ceildivui %a, %d : i16
      linalg.yield %v, %w : i16, i16
  } -> (tensor<1024xi16>, tensor<1024xi16>)
  kernel.return %r#0, %r#1 : tensor<1024xi16>, tensor<1024xi16>
}
kernel.func @floordivsi_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %one = arith.constant 1 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %q = arith.shrsi %b, %one : i16
      %z = arith.ori %q, %one : i16
      %v = arith.floordivsi %a, %z : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @floordivsi_small_i16(%x: tensor<1024xi16>) -> (tensor<1024xi16>, tensor<1024xi16>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i16
  %d = arith.constant -3 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi16>) outs(%e, %e : tensor<1024xi16>, tensor<1024xi16>) {
  ^bb0(%a: i16, %o: i16, %p: i16):
      %v = arith.floordivsi %a, %c : i16
      %w = arith.floordivsi %a, %d : i16
      linalg.yield %v, %w : i16, i16
  } -> (tensor<1024xi16>, tensor<1024xi16>)
  kernel.return %r#0, %r#1 : tensor<1024xi16>, tensor<1024xi16>
}
kernel.func @remsi_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %one = arith.constant 1 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %q = arith.shrsi %b, %one : i16
      %z = arith.ori %q, %one : i16
      %v = arith.remsi %a, %z : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @remsi_small_i16(%x: tensor<1024xi16>) -> (tensor<1024xi16>, tensor<1024xi16>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i16
  %d = arith.constant -3 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi16>) outs(%e, %e : tensor<1024xi16>, tensor<1024xi16>) {
  ^bb0(%a: i16, %o: i16, %p: i16):
      %v = arith.remsi %a, %c : i16
      %w = arith.remsi %a, %d : i16
      linalg.yield %v, %w : i16, i16
  } -> (tensor<1024xi16>, tensor<1024xi16>)
  kernel.return %r#0, %r#1 : tensor<1024xi16>, tensor<1024xi16>
}
kernel.func @remui_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %one = arith.constant 1 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %q = arith.shrsi %b, %one : i16
      %z = arith.ori %q, %one : i16
      %v = arith.remui %a, %z : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @remui_small_i16(%x: tensor<1024xi16>) -> (tensor<1024xi16>, tensor<1024xi16>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i16
  %d = arith.constant -3 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi16>) outs(%e, %e : tensor<1024xi16>, tensor<1024xi16>) {
  ^bb0(%a: i16, %o: i16, %p: i16):
      %v = arith.remui %a, %c : i16
      %w = arith.remui %a, %d : i16
      linalg.yield %v, %w : i16, i16
  } -> (tensor<1024xi16>, tensor<1024xi16>)
  kernel.return %r#0, %r#1 : tensor<1024xi16>, tensor<1024xi16>
}
kernel.func @shli_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %mask = arith.constant 7 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %q = arith.andi %b, %mask : i16
      %v = arith.shli %a, %q : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @shrsi_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %mask = arith.constant 7 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %q = arith.andi %b, %mask : i16
      %v = arith.shrsi %a, %q : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @shrui_i16(%x: tensor<1024xi16>, %y: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %mask = arith.constant 7 : i16
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x, %y : tensor<1024xi16>, tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %b: i16, %o: i16) {
      %q = arith.andi %b, %mask : i16
      %v = arith.shrui %a, %q : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @absi_i16(%x: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %o: i16) {
      %v = math.absi %a : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @ctlz_i16(%x: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %o: i16) {
      %v = math.ctlz %a : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @cttz_i16(%x: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %o: i16) {
      %v = math.cttz %a : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @ctpop_i16(%x: tensor<1024xi16>) -> tensor<1024xi16> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi16>
  %r = linalg.map ins(%x : tensor<1024xi16>) outs(%e : tensor<1024xi16>)
    (%a: i16, %o: i16) {
      %v = math.ctpop %a : i16
      linalg.yield %v : i16
    }
  kernel.return %r : tensor<1024xi16>
}
kernel.func @cmpi_eq_i16(%x: tensor<256xi16>, %y: tensor<256xi16>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi16>, tensor<256xi16>) outs(%e : tensor<256xi1>)
    (%a: i16, %b: i16, %o: i1) {
      %v = arith.cmpi eq, %a, %b : i16
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ne_i16(%x: tensor<256xi16>, %y: tensor<256xi16>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi16>, tensor<256xi16>) outs(%e : tensor<256xi1>)
    (%a: i16, %b: i16, %o: i1) {
      %v = arith.cmpi ne, %a, %b : i16
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_slt_i16(%x: tensor<256xi16>, %y: tensor<256xi16>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi16>, tensor<256xi16>) outs(%e : tensor<256xi1>)
    (%a: i16, %b: i16, %o: i1) {
      %v = arith.cmpi slt, %a, %b : i16
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sle_i16(%x: tensor<256xi16>, %y: tensor<256xi16>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi16>, tensor<256xi16>) outs(%e : tensor<256xi1>)
    (%a: i16, %b: i16, %o: i1) {
      %v = arith.cmpi sle, %a, %b : i16
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sgt_i16(%x: tensor<256xi16>, %y: tensor<256xi16>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi16>, tensor<256xi16>) outs(%e : tensor<256xi1>)
    (%a: i16, %b: i16, %o: i1) {
      %v = arith.cmpi sgt, %a, %b : i16
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sge_i16(%x: tensor<256xi16>, %y: tensor<256xi16>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi16>, tensor<256xi16>) outs(%e : tensor<256xi1>)
    (%a: i16, %b: i16, %o: i1) {
      %v = arith.cmpi sge, %a, %b : i16
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ult_i16(%x: tensor<256xi16>, %y: tensor<256xi16>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi16>, tensor<256xi16>) outs(%e : tensor<256xi1>)
    (%a: i16, %b: i16, %o: i1) {
      %v = arith.cmpi ult, %a, %b : i16
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ule_i16(%x: tensor<256xi16>, %y: tensor<256xi16>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi16>, tensor<256xi16>) outs(%e : tensor<256xi1>)
    (%a: i16, %b: i16, %o: i1) {
      %v = arith.cmpi ule, %a, %b : i16
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ugt_i16(%x: tensor<256xi16>, %y: tensor<256xi16>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi16>, tensor<256xi16>) outs(%e : tensor<256xi1>)
    (%a: i16, %b: i16, %o: i1) {
      %v = arith.cmpi ugt, %a, %b : i16
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_uge_i16(%x: tensor<256xi16>, %y: tensor<256xi16>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi16>, tensor<256xi16>) outs(%e : tensor<256xi1>)
    (%a: i16, %b: i16, %o: i1) {
      %v = arith.cmpi uge, %a, %b : i16
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @addi_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %v = arith.addi %a, %b : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @subi_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %v = arith.subi %a, %b : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @muli_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %v = arith.muli %a, %b : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @andi_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %v = arith.andi %a, %b : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @ori_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %v = arith.ori %a, %b : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @xori_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %v = arith.xori %a, %b : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @maxsi_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %v = arith.maxsi %a, %b : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @maxui_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %v = arith.maxui %a, %b : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @minsi_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %v = arith.minsi %a, %b : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @minui_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %v = arith.minui %a, %b : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @divsi_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %one = arith.constant 1 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %q = arith.shrsi %b, %one : i32
      %z = arith.ori %q, %one : i32
      %v = arith.divsi %a, %z : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @divsi_small_i32(%x: tensor<1024xi32>) -> (tensor<1024xi32>, tensor<1024xi32>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i32
  %d = arith.constant -3 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi32>) outs(%e, %e : tensor<1024xi32>, tensor<1024xi32>) {
  ^bb0(%a: i32, %o: i32, %p: i32):
      %v = arith.divsi %a, %c : i32
      %w = arith.divsi %a, %d : i32
      linalg.yield %v, %w : i32, i32
  } -> (tensor<1024xi32>, tensor<1024xi32>)
  kernel.return %r#0, %r#1 : tensor<1024xi32>, tensor<1024xi32>
}
kernel.func @divui_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %one = arith.constant 1 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %q = arith.shrsi %b, %one : i32
      %z = arith.ori %q, %one : i32
      %v = arith.divui %a, %z : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @divui_small_i32(%x: tensor<1024xi32>) -> (tensor<1024xi32>, tensor<1024xi32>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i32
  %d = arith.constant -3 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi32>) outs(%e, %e : tensor<1024xi32>, tensor<1024xi32>) {
  ^bb0(%a: i32, %o: i32, %p: i32):
      %v = arith.divui %a, %c : i32
      %w = arith.divui %a, %d : i32
      linalg.yield %v, %w : i32, i32
  } -> (tensor<1024xi32>, tensor<1024xi32>)
  kernel.return %r#0, %r#1 : tensor<1024xi32>, tensor<1024xi32>
}
kernel.func @ceildivsi_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %one = arith.constant 1 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %q = arith.shrsi %b, %one : i32
      %z = arith.ori %q, %one : i32
      %v = arith.ceildivsi %a, %z : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @ceildivsi_small_i32(%x: tensor<1024xi32>) -> (tensor<1024xi32>, tensor<1024xi32>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i32
  %d = arith.constant -3 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi32>) outs(%e, %e : tensor<1024xi32>, tensor<1024xi32>) {
  ^bb0(%a: i32, %o: i32, %p: i32):
      %v = arith.ceildivsi %a, %c : i32
      %w = arith.ceildivsi %a, %d : i32
      linalg.yield %v, %w : i32, i32
  } -> (tensor<1024xi32>, tensor<1024xi32>)
  kernel.return %r#0, %r#1 : tensor<1024xi32>, tensor<1024xi32>
}
kernel.func @ceildivui_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %one = arith.constant 1 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %q = arith.shrsi %b, %one : i32
      %z = arith.ori %q, %one : i32
      %v = arith.ceildivui %a, %z : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @ceildivui_small_i32(%x: tensor<1024xi32>) -> (tensor<1024xi32>, tensor<1024xi32>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i32
  %d = arith.constant -3 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi32>) outs(%e, %e : tensor<1024xi32>, tensor<1024xi32>) {
  ^bb0(%a: i32, %o: i32, %p: i32):
      %v = arith.ceildivui %a, %c : i32
      %w = arith.ceildivui %a, %d : i32
      linalg.yield %v, %w : i32, i32
  } -> (tensor<1024xi32>, tensor<1024xi32>)
  kernel.return %r#0, %r#1 : tensor<1024xi32>, tensor<1024xi32>
}
kernel.func @floordivsi_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %one = arith.constant 1 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %q = arith.shrsi %b, %one : i32
      %z = arith.ori %q, %one : i32
      %v = arith.floordivsi %a, %z : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @floordivsi_small_i32(%x: tensor<1024xi32>) -> (tensor<1024xi32>, tensor<1024xi32>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i32
  %d = arith.constant -3 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi32>) outs(%e, %e : tensor<1024xi32>, tensor<1024xi32>) {
  ^bb0(%a: i32, %o: i32, %p: i32):
      %v = arith.floordivsi %a, %c : i32
      %w = arith.floordivsi %a, %d : i32
      linalg.yield %v, %w : i32, i32
  } -> (tensor<1024xi32>, tensor<1024xi32>)
  kernel.return %r#0, %r#1 : tensor<1024xi32>, tensor<1024xi32>
}
kernel.func @remsi_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %one = arith.constant 1 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %q = arith.shrsi %b, %one : i32
      %z = arith.ori %q, %one : i32
      %v = arith.remsi %a, %z : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @remsi_small_i32(%x: tensor<1024xi32>) -> (tensor<1024xi32>, tensor<1024xi32>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i32
  %d = arith.constant -3 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi32>) outs(%e, %e : tensor<1024xi32>, tensor<1024xi32>) {
  ^bb0(%a: i32, %o: i32, %p: i32):
      %v = arith.remsi %a, %c : i32
      %w = arith.remsi %a, %d : i32
      linalg.yield %v, %w : i32, i32
  } -> (tensor<1024xi32>, tensor<1024xi32>)
  kernel.return %r#0, %r#1 : tensor<1024xi32>, tensor<1024xi32>
}
kernel.func @remui_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %one = arith.constant 1 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %q = arith.shrsi %b, %one : i32
      %z = arith.ori %q, %one : i32
      %v = arith.remui %a, %z : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @remui_small_i32(%x: tensor<1024xi32>) -> (tensor<1024xi32>, tensor<1024xi32>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i32
  %d = arith.constant -3 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi32>) outs(%e, %e : tensor<1024xi32>, tensor<1024xi32>) {
  ^bb0(%a: i32, %o: i32, %p: i32):
      %v = arith.remui %a, %c : i32
      %w = arith.remui %a, %d : i32
      linalg.yield %v, %w : i32, i32
  } -> (tensor<1024xi32>, tensor<1024xi32>)
  kernel.return %r#0, %r#1 : tensor<1024xi32>, tensor<1024xi32>
}
kernel.func @shli_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %mask = arith.constant 7 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %q = arith.andi %b, %mask : i32
      %v = arith.shli %a, %q : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @shrsi_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %mask = arith.constant 7 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %q = arith.andi %b, %mask : i32
      %v = arith.shrsi %a, %q : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @shrui_i32(%x: tensor<1024xi32>, %y: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %mask = arith.constant 7 : i32
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x, %y : tensor<1024xi32>, tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %b: i32, %o: i32) {
      %q = arith.andi %b, %mask : i32
      %v = arith.shrui %a, %q : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @absi_i32(%x: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %o: i32) {
      %v = math.absi %a : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @ctlz_i32(%x: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %o: i32) {
      %v = math.ctlz %a : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @cttz_i32(%x: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %o: i32) {
      %v = math.cttz %a : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @ctpop_i32(%x: tensor<1024xi32>) -> tensor<1024xi32> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi32>
  %r = linalg.map ins(%x : tensor<1024xi32>) outs(%e : tensor<1024xi32>)
    (%a: i32, %o: i32) {
      %v = math.ctpop %a : i32
      linalg.yield %v : i32
    }
  kernel.return %r : tensor<1024xi32>
}
kernel.func @cmpi_eq_i32(%x: tensor<256xi32>, %y: tensor<256xi32>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi32>, tensor<256xi32>) outs(%e : tensor<256xi1>)
    (%a: i32, %b: i32, %o: i1) {
      %v = arith.cmpi eq, %a, %b : i32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ne_i32(%x: tensor<256xi32>, %y: tensor<256xi32>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi32>, tensor<256xi32>) outs(%e : tensor<256xi1>)
    (%a: i32, %b: i32, %o: i1) {
      %v = arith.cmpi ne, %a, %b : i32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_slt_i32(%x: tensor<256xi32>, %y: tensor<256xi32>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi32>, tensor<256xi32>) outs(%e : tensor<256xi1>)
    (%a: i32, %b: i32, %o: i1) {
      %v = arith.cmpi slt, %a, %b : i32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sle_i32(%x: tensor<256xi32>, %y: tensor<256xi32>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi32>, tensor<256xi32>) outs(%e : tensor<256xi1>)
    (%a: i32, %b: i32, %o: i1) {
      %v = arith.cmpi sle, %a, %b : i32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sgt_i32(%x: tensor<256xi32>, %y: tensor<256xi32>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi32>, tensor<256xi32>) outs(%e : tensor<256xi1>)
    (%a: i32, %b: i32, %o: i1) {
      %v = arith.cmpi sgt, %a, %b : i32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sge_i32(%x: tensor<256xi32>, %y: tensor<256xi32>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi32>, tensor<256xi32>) outs(%e : tensor<256xi1>)
    (%a: i32, %b: i32, %o: i1) {
      %v = arith.cmpi sge, %a, %b : i32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ult_i32(%x: tensor<256xi32>, %y: tensor<256xi32>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi32>, tensor<256xi32>) outs(%e : tensor<256xi1>)
    (%a: i32, %b: i32, %o: i1) {
      %v = arith.cmpi ult, %a, %b : i32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ule_i32(%x: tensor<256xi32>, %y: tensor<256xi32>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi32>, tensor<256xi32>) outs(%e : tensor<256xi1>)
    (%a: i32, %b: i32, %o: i1) {
      %v = arith.cmpi ule, %a, %b : i32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ugt_i32(%x: tensor<256xi32>, %y: tensor<256xi32>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi32>, tensor<256xi32>) outs(%e : tensor<256xi1>)
    (%a: i32, %b: i32, %o: i1) {
      %v = arith.cmpi ugt, %a, %b : i32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_uge_i32(%x: tensor<256xi32>, %y: tensor<256xi32>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi32>, tensor<256xi32>) outs(%e : tensor<256xi1>)
    (%a: i32, %b: i32, %o: i1) {
      %v = arith.cmpi uge, %a, %b : i32
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @addi_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %v = arith.addi %a, %b : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @subi_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %v = arith.subi %a, %b : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @muli_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %v = arith.muli %a, %b : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @andi_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %v = arith.andi %a, %b : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @ori_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %v = arith.ori %a, %b : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @xori_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %v = arith.xori %a, %b : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @maxsi_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %v = arith.maxsi %a, %b : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @maxui_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %v = arith.maxui %a, %b : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @minsi_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %v = arith.minsi %a, %b : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @minui_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %v = arith.minui %a, %b : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @divsi_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %one = arith.constant 1 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %q = arith.shrsi %b, %one : i64
      %z = arith.ori %q, %one : i64
      %v = arith.divsi %a, %z : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @divsi_small_i64(%x: tensor<1024xi64>) -> (tensor<1024xi64>, tensor<1024xi64>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i64
  %d = arith.constant -3 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi64>) outs(%e, %e : tensor<1024xi64>, tensor<1024xi64>) {
  ^bb0(%a: i64, %o: i64, %p: i64):
      %v = arith.divsi %a, %c : i64
      %w = arith.divsi %a, %d : i64
      linalg.yield %v, %w : i64, i64
  } -> (tensor<1024xi64>, tensor<1024xi64>)
  kernel.return %r#0, %r#1 : tensor<1024xi64>, tensor<1024xi64>
}
kernel.func @divui_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %one = arith.constant 1 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %q = arith.shrsi %b, %one : i64
      %z = arith.ori %q, %one : i64
      %v = arith.divui %a, %z : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @divui_small_i64(%x: tensor<1024xi64>) -> (tensor<1024xi64>, tensor<1024xi64>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i64
  %d = arith.constant -3 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi64>) outs(%e, %e : tensor<1024xi64>, tensor<1024xi64>) {
  ^bb0(%a: i64, %o: i64, %p: i64):
      %v = arith.divui %a, %c : i64
      %w = arith.divui %a, %d : i64
      linalg.yield %v, %w : i64, i64
  } -> (tensor<1024xi64>, tensor<1024xi64>)
  kernel.return %r#0, %r#1 : tensor<1024xi64>, tensor<1024xi64>
}
kernel.func @ceildivsi_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %one = arith.constant 1 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %q = arith.shrsi %b, %one : i64
      %z = arith.ori %q, %one : i64
      %v = arith.ceildivsi %a, %z : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @ceildivsi_small_i64(%x: tensor<1024xi64>) -> (tensor<1024xi64>, tensor<1024xi64>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i64
  %d = arith.constant -3 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi64>) outs(%e, %e : tensor<1024xi64>, tensor<1024xi64>) {
  ^bb0(%a: i64, %o: i64, %p: i64):
      %v = arith.ceildivsi %a, %c : i64
      %w = arith.ceildivsi %a, %d : i64
      linalg.yield %v, %w : i64, i64
  } -> (tensor<1024xi64>, tensor<1024xi64>)
  kernel.return %r#0, %r#1 : tensor<1024xi64>, tensor<1024xi64>
}
kernel.func @ceildivui_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %one = arith.constant 1 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %q = arith.shrsi %b, %one : i64
      %z = arith.ori %q, %one : i64
      %v = arith.ceildivui %a, %z : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @ceildivui_small_i64(%x: tensor<1024xi64>) -> (tensor<1024xi64>, tensor<1024xi64>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i64
  %d = arith.constant -3 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi64>) outs(%e, %e : tensor<1024xi64>, tensor<1024xi64>) {
  ^bb0(%a: i64, %o: i64, %p: i64):
      %v = arith.ceildivui %a, %c : i64
      %w = arith.ceildivui %a, %d : i64
      linalg.yield %v, %w : i64, i64
  } -> (tensor<1024xi64>, tensor<1024xi64>)
  kernel.return %r#0, %r#1 : tensor<1024xi64>, tensor<1024xi64>
}
kernel.func @floordivsi_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %one = arith.constant 1 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %q = arith.shrsi %b, %one : i64
      %z = arith.ori %q, %one : i64
      %v = arith.floordivsi %a, %z : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @floordivsi_small_i64(%x: tensor<1024xi64>) -> (tensor<1024xi64>, tensor<1024xi64>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i64
  %d = arith.constant -3 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi64>) outs(%e, %e : tensor<1024xi64>, tensor<1024xi64>) {
  ^bb0(%a: i64, %o: i64, %p: i64):
      %v = arith.floordivsi %a, %c : i64
      %w = arith.floordivsi %a, %d : i64
      linalg.yield %v, %w : i64, i64
  } -> (tensor<1024xi64>, tensor<1024xi64>)
  kernel.return %r#0, %r#1 : tensor<1024xi64>, tensor<1024xi64>
}
kernel.func @remsi_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %one = arith.constant 1 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %q = arith.shrsi %b, %one : i64
      %z = arith.ori %q, %one : i64
      %v = arith.remsi %a, %z : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @remsi_small_i64(%x: tensor<1024xi64>) -> (tensor<1024xi64>, tensor<1024xi64>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i64
  %d = arith.constant -3 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi64>) outs(%e, %e : tensor<1024xi64>, tensor<1024xi64>) {
  ^bb0(%a: i64, %o: i64, %p: i64):
      %v = arith.remsi %a, %c : i64
      %w = arith.remsi %a, %d : i64
      linalg.yield %v, %w : i64, i64
  } -> (tensor<1024xi64>, tensor<1024xi64>)
  kernel.return %r#0, %r#1 : tensor<1024xi64>, tensor<1024xi64>
}
kernel.func @remui_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %one = arith.constant 1 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %q = arith.shrsi %b, %one : i64
      %z = arith.ori %q, %one : i64
      %v = arith.remui %a, %z : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @remui_small_i64(%x: tensor<1024xi64>) -> (tensor<1024xi64>, tensor<1024xi64>) attributes {test.integers = 20} {
  %c = arith.constant 7 : i64
  %d = arith.constant -3 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r:2 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<1024xi64>) outs(%e, %e : tensor<1024xi64>, tensor<1024xi64>) {
  ^bb0(%a: i64, %o: i64, %p: i64):
      %v = arith.remui %a, %c : i64
      %w = arith.remui %a, %d : i64
      linalg.yield %v, %w : i64, i64
  } -> (tensor<1024xi64>, tensor<1024xi64>)
  kernel.return %r#0, %r#1 : tensor<1024xi64>, tensor<1024xi64>
}
kernel.func @shli_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %mask = arith.constant 7 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %q = arith.andi %b, %mask : i64
      %v = arith.shli %a, %q : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @shrsi_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %mask = arith.constant 7 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %q = arith.andi %b, %mask : i64
      %v = arith.shrsi %a, %q : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @shrui_i64(%x: tensor<1024xi64>, %y: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %mask = arith.constant 7 : i64
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x, %y : tensor<1024xi64>, tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %b: i64, %o: i64) {
      %q = arith.andi %b, %mask : i64
      %v = arith.shrui %a, %q : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @absi_i64(%x: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %o: i64) {
      %v = math.absi %a : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @ctlz_i64(%x: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %o: i64) {
      %v = math.ctlz %a : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @cttz_i64(%x: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %o: i64) {
      %v = math.cttz %a : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @ctpop_i64(%x: tensor<1024xi64>) -> tensor<1024xi64> attributes {test.integers = 0} {
  %e = tensor.empty() : tensor<1024xi64>
  %r = linalg.map ins(%x : tensor<1024xi64>) outs(%e : tensor<1024xi64>)
    (%a: i64, %o: i64) {
      %v = math.ctpop %a : i64
      linalg.yield %v : i64
    }
  kernel.return %r : tensor<1024xi64>
}
kernel.func @cmpi_eq_i64(%x: tensor<256xi64>, %y: tensor<256xi64>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi64>, tensor<256xi64>) outs(%e : tensor<256xi1>)
    (%a: i64, %b: i64, %o: i1) {
      %v = arith.cmpi eq, %a, %b : i64
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ne_i64(%x: tensor<256xi64>, %y: tensor<256xi64>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi64>, tensor<256xi64>) outs(%e : tensor<256xi1>)
    (%a: i64, %b: i64, %o: i1) {
      %v = arith.cmpi ne, %a, %b : i64
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_slt_i64(%x: tensor<256xi64>, %y: tensor<256xi64>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi64>, tensor<256xi64>) outs(%e : tensor<256xi1>)
    (%a: i64, %b: i64, %o: i1) {
      %v = arith.cmpi slt, %a, %b : i64
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sle_i64(%x: tensor<256xi64>, %y: tensor<256xi64>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi64>, tensor<256xi64>) outs(%e : tensor<256xi1>)
    (%a: i64, %b: i64, %o: i1) {
      %v = arith.cmpi sle, %a, %b : i64
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sgt_i64(%x: tensor<256xi64>, %y: tensor<256xi64>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi64>, tensor<256xi64>) outs(%e : tensor<256xi1>)
    (%a: i64, %b: i64, %o: i1) {
      %v = arith.cmpi sgt, %a, %b : i64
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sge_i64(%x: tensor<256xi64>, %y: tensor<256xi64>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi64>, tensor<256xi64>) outs(%e : tensor<256xi1>)
    (%a: i64, %b: i64, %o: i1) {
      %v = arith.cmpi sge, %a, %b : i64
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ult_i64(%x: tensor<256xi64>, %y: tensor<256xi64>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi64>, tensor<256xi64>) outs(%e : tensor<256xi1>)
    (%a: i64, %b: i64, %o: i1) {
      %v = arith.cmpi ult, %a, %b : i64
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ule_i64(%x: tensor<256xi64>, %y: tensor<256xi64>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi64>, tensor<256xi64>) outs(%e : tensor<256xi1>)
    (%a: i64, %b: i64, %o: i1) {
      %v = arith.cmpi ule, %a, %b : i64
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ugt_i64(%x: tensor<256xi64>, %y: tensor<256xi64>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi64>, tensor<256xi64>) outs(%e : tensor<256xi1>)
    (%a: i64, %b: i64, %o: i1) {
      %v = arith.cmpi ugt, %a, %b : i64
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_uge_i64(%x: tensor<256xi64>, %y: tensor<256xi64>) -> tensor<256xi1> attributes {test.integers = 2} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi64>, tensor<256xi64>) outs(%e : tensor<256xi1>)
    (%a: i64, %b: i64, %o: i1) {
      %v = arith.cmpi uge, %a, %b : i64
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @andi_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.andi %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @ori_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.ori %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @xori_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.xori %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @maxsi_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.maxsi %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @maxui_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.maxui %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @minsi_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.minsi %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @minui_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.minui %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @addi_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.addi %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @muli_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.muli %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_eq_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.cmpi eq, %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ne_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.cmpi ne, %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_slt_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.cmpi slt, %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sle_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.cmpi sle, %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sgt_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.cmpi sgt, %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_sge_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.cmpi sge, %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ult_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.cmpi ult, %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ule_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.cmpi ule, %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_ugt_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.cmpi ugt, %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
kernel.func @cmpi_uge_i1(%x: tensor<256xi1>, %y: tensor<256xi1>) -> tensor<256xi1> attributes {} {
  %e = tensor.empty() : tensor<256xi1>
  %r = linalg.map ins(%x, %y : tensor<256xi1>, tensor<256xi1>) outs(%e : tensor<256xi1>)
    (%a: i1, %b: i1, %o: i1) {
      %v = arith.cmpi uge, %a, %b : i1
      linalg.yield %v : i1
    }
  kernel.return %r : tensor<256xi1>
}
