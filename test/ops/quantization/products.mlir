// Products of 8-bit integers and rounding to them: what they lower to, and their numbers.
// RUN: split-file %s %t
// RUN: dlc-opt %t/lower.mlir --nn-lower-to-linalg | FileCheck %s
// RUN: %dlc-run %t/run.mlir --check --backend=loops
// RUN: %dlc-run %t/run.mlir --check --backend=halide
// RUN: %dlc-run %t/run.mlir --check --backend=halide --target=x86-64-v2
// RUN: %dlc-run %t/run.mlir --check --backend=halide --target=x86-64-v3

//--- lower.mlir
// The body widens the bytes, each by its own sign; the border is padded with the number given.
// CHECK-LABEL: func.func @conv
// CHECK: %[[PAD:.*]] = arith.constant -56 : i8
// CHECK: tensor.yield %[[PAD]] : i8
// CHECK: linalg.generic
// CHECK: %[[X:.*]] = arith.extui %{{.*}} : i8 to i32
// CHECK: %[[W:.*]] = arith.extsi %{{.*}} : i8 to i32
// CHECK: arith.muli %[[X]], %[[W]] : i32
func.func @conv(%x: tensor<1x2x5x5xui8>, %w: tensor<3x2x3x3xi8>) -> tensor<1x3x5x5xi32> {
  %y = nn.conv_integer %x, %w {window = #nn.window<kernel = [3, 3], stride = [1, 1], dilation = [1, 1], pad = [1, 1, 1, 1]>, groups = 1 : i64, pad_value = 200 : i64, to = i32} : (tensor<1x2x5x5xui8>, tensor<3x2x3x3xi8>) -> tensor<1x3x5x5xi32>
  return %y : tensor<1x3x5x5xi32>
}

// Depthwise: sums of so few products are exact in f32.
// CHECK-LABEL: func.func @depthwise
// CHECK: arith.uitofp
// CHECK: arith.mulf
func.func @depthwise(%x: tensor<1x4x5x5xui8>, %w: tensor<4x1x3x3xi8>) -> tensor<1x4x3x3xf32> {
  %y = nn.conv_integer %x, %w {window = #nn.window<kernel = [3, 3], stride = [1, 1], dilation = [1, 1], pad = [0, 0, 0, 0]>, groups = 4 : i64, pad_value = 0 : i64, to = f32} : (tensor<1x4x5x5xui8>, tensor<4x1x3x3xi8>) -> tensor<1x4x3x3xf32>
  return %y : tensor<1x4x3x3xf32>
}

//--- run.mlir
func.func @unsigned_by_signed(%x: tensor<1x3x4x4xui8> {check.value = dense<[[[[255, 255, 255, 255], [255, 255, 255, 255], [255, 255, 255, 255], [255, 255, 255, 255]], [[119, 166, 224, 148], [172, 93, 167, 142], [248, 26, 81, 218], [150, 66, 2, 191]], [[60, 129, 179, 90], [69, 104, 110, 97], [157, 106, 152, 251], [62, 7, 248, 171]]]]> : tensor<1x3x4x4xui8>}, %w: tensor<3x3x3x3xi8> {check.value = dense<[[[[-128, -128, -128], [-128, -128, -128], [-128, -128, -128]], [[-128, -128, -128], [-128, -128, -128], [-128, -128, -128]], [[-128, -128, -128], [-128, -128, -128], [-128, -128, -128]]], [[[46, -95, -15], [-127, -43, -11], [-9, 74, 107]], [[-4, 100, -29], [91, 16, 127], [-48, 32, 16]], [[114, -110, -53], [55, -32, 95], [13, 37, 30]]], [[[-80, 61, -95], [-76, 113, 124], [114, -126, 28]], [[-92, -38, 104], [44, 48, -69], [74, 54, 112]], [[100, -37, 113], [-107, -15, -72], [-24, -89, -99]]]]> : tensor<3x3x3x3xi8>}) {
  %0 = nn.conv_integer %x, %w {window = #nn.window<kernel = [3, 3], stride = [1, 1], dilation = [1, 1], pad = [1, 1, 1, 1]>, groups = 1 : i64, pad_value = 200 : i64, to = i32} : (tensor<1x3x4x4xui8>, tensor<3x3x3x3xi8>) -> tensor<1x3x4x4xi32>
  check.expect_equal %0, dense<[[[[-631296, -630016, -637312, -662656], [-611712, -596096, -611584, -664192], [-587520, -552320, -579456, -660480], [-619776, -593280, -620672, -682752]], [[64171, 52052, 47392, 68089], [63760, 24189, 49023, 73306], [52612, 32153, 58718, 56286], [54201, 27072, 10649, 39955]], [[34982, 43492, 47126, 23585], [27627, 27783, -3539, 11786], [39114, -4980, -21267, 671], [19026, 19394, 44366, 4722]]]]> : tensor<1x3x4x4xi32> : tensor<1x3x4x4xi32>
  return
}

func.func @signed(%x: tensor<1x4x4x4xi8> {check.value = dense<[[[[32, 48, -119, -95], [111, 119, 60, 88], [-73, -117, 84, 10], [-16, 80, -52, -60]], [[-84, -84, 123, -109], [16, -8, 98, 39], [50, 65, -93, 45], [114, -76, -127, -110]], [[63, -126, 87, 99], [20, -66, 81, -106], [92, 107, 7, 57], [97, 43, -96, 124]], [[-36, -68, 16, -101], [-75, -21, -120, -108], [-120, 24, 78, -52], [-109, -28, 9, -102]]]]> : tensor<1x4x4x4xi8>}, %w: tensor<2x4x2x2xi8> {check.value = dense<[[[[50, -68], [5, 84]], [[119, -33], [105, -22]], [[-47, -119], [-96, 13]], [[126, -84], [-57, -36]]], [[[-92, -3], [42, 72]], [[124, -102], [24, 20]], [[-66, 44], [30, 17]], [[-12, -96], [53, -42]]]]> : tensor<2x4x2x2xi8>}) {
  %0 = nn.conv_integer %x, %w {window = #nn.window<kernel = [2, 2], stride = [2, 2], dilation = [1, 1], pad = [0, 0, 0, 0]>, groups = 1 : i64, pad_value = 0 : i64, to = i32} : (tensor<1x4x4x4xi8>, tensor<2x4x2x2xi8>) -> tensor<1x2x2x2xi32>
  check.expect_equal %0, dense<[[[[18981, 32072], [-7332, -4176]], [[2161, 56513], [9753, -25541]]]]> : tensor<1x2x2x2xi32> : tensor<1x2x2x2xi32>
  return
}

func.func @unsigned(%x: tensor<1x2x3x3xui8> {check.value = dense<[[[[39, 60, 95], [32, 215, 88], [161, 124, 85]], [[51, 90, 207], [92, 11, 246], [233, 252, 17]]]]> : tensor<1x2x3x3xui8>}, %w: tensor<2x2x2x2xui8> {check.value = dense<[[[[179, 71], [13, 95]], [[196, 255], [222, 63]]], [[[41, 13], [205, 96]], [[216, 60], [175, 164]]]]> : tensor<2x2x2x2xui8>}) {
  %0 = nn.conv_integer %x, %w {window = #nn.window<kernel = [2, 2], stride = [1, 1], dilation = [1, 1], pad = [0, 1, 0, 0]>, groups = 1 : i64, pad_value = 7 : i64, to = i32} : (tensor<1x2x3x3xui8>, tensor<2x2x2x2xui8>) -> tensor<1x2x2x3xi32>
  check.expect_equal %0, dense<[[[[28880, 86145, 117005], [59976, 123305, 176321]], [[26186, 63899, 130347], [64063, 151651, 107563]]]]> : tensor<1x2x2x3xi32> : tensor<1x2x2x3xi32>
  return
}

func.func @grouped(%x: tensor<1x8x3x3xui8> {check.value = dense<[[[[183, 234, 184], [213, 198, 87], [220, 12, 156]], [[111, 110, 138], [139, 35, 213], [220, 49, 72]], [[217, 34, 11], [89, 248, 217], [187, 132, 85]], [[221, 0, 184], [94, 173, 199], [97, 226, 149]], [[162, 250, 238], [29, 170, 7], [222, 158, 76]], [[203, 246, 167], [57, 177, 245], [231, 108, 172]], [[21, 94, 41], [199, 220, 34], [143, 22, 45]], [[36, 168, 90], [52, 9, 147], [232, 69, 182]]]]> : tensor<1x8x3x3xui8>}, %w: tensor<4x4x2x2xi8> {check.value = dense<[[[[12, -102], [35, 24]], [[52, 98], [-85, -9]], [[23, 50], [-110, -64]], [[71, 90], [53, 32]]], [[[-50, -6], [83, -102]], [[-125, 37], [-107, -18]], [[116, -6], [23, 109]], [[-52, -110], [-94, -36]]], [[[-122, 70], [19, -68]], [[77, -10], [103, 127]], [[-19, -89], [-64, -68]], [[12, 40], [-7, -124]]], [[[-86, 117], [100, -3]], [[-70, 94], [21, 108]], [[-128, -93], [-51, -107]], [[-60, 98], [-35, -59]]]]> : tensor<4x4x2x2xi8>}) {
  %0 = nn.conv_integer %x, %w {window = #nn.window<kernel = [2, 2], stride = [1, 1], dilation = [1, 1], pad = [0, 0, 0, 0]>, groups = 2 : i64, pad_value = 0 : i64, to = i32} : (tensor<1x8x3x3xui8>, tensor<4x4x2x2xi8>) -> tensor<1x4x2x2xi32>
  check.expect_equal %0, dense<[[[[2195, -329], [1911, 59080]], [[-10888, -31898], [-48951, -46098]], [[-2541, 21030], [-1241, -7006]], [[13769, 11029], [-1723, -3291]]]]> : tensor<1x4x2x2xi32> : tensor<1x4x2x2xi32>
  return
}

func.func @depthwise(%x: tensor<1x4x5x5xui8> {check.value = dense<[[[[125, 113, 231, 169, 198], [219, 45, 160, 65, 223], [199, 224, 195, 215, 253], [25, 115, 26, 206, 229], [150, 76, 11, 30, 225]], [[79, 245, 131, 70, 46], [47, 248, 142, 75, 5], [214, 207, 119, 208, 188], [162, 193, 38, 50, 187], [18, 29, 191, 21, 154]], [[140, 23, 17, 158, 36], [7, 74, 25, 99, 113], [138, 226, 179, 1, 245], [84, 110, 53, 238, 122], [82, 140, 196, 113, 3]], [[190, 34, 108, 49, 42], [188, 4, 149, 72, 19], [1, 146, 230, 69, 183], [177, 219, 75, 255, 3], [202, 89, 19, 213, 240]]]]> : tensor<1x4x5x5xui8>}, %w: tensor<4x1x3x3xi8> {check.value = dense<[[[[39, -30, 44], [-122, -34, -66], [26, 112, -5]]], [[[95, -31, 0], [-92, -74, -50], [37, 102, 106]]], [[[36, -39, -105], [-19, 96, -44], [18, 74, 120]]], [[[-39, -84, -97], [91, 76, -24], [11, -14, 111]]]]> : tensor<4x1x3x3xi8>}) {
  %0 = nn.conv_integer %x, %w {window = #nn.window<kernel = [3, 3], stride = [1, 1], dilation = [1, 1], pad = [1, 1, 1, 1]>, groups = 4 : i64, pad_value = 9 : i64, to = f32} : (tensor<1x4x5x5xui8>, tensor<4x1x3x3xi8>) -> tensor<1x4x5x5xf32>
  check.expect_equal %0, dense<[[[[12208.0, -23927.0, -13552.0, -36194.0, -846.0], [11461.0, 2128.0, 16282.0, 4088.0, 18822.0], [-24428.0, -17133.0, -43461.0, -11093.0, -8226.0], [11353.0, 13302.0, -13106.0, -10482.0, -6386.0], [-5356.0, -21744.0, 2340.0, -11105.0, -9147.0]], [[13067.0, 10715.0, -3548.0, -5522.0, -5479.0], [25803.0, 11780.0, 23985.0, 36958.0, 25330.0], [9699.0, -14471.0, -2775.0, 1753.0, -4650.0], [-23002.0, 6697.0, 15689.0, 13844.0, 12483.0], [-5572.0, -1740.0, 1510.0, -22561.0, -12620.0]], [[20845.0, 6430.0, 8333.0, 33625.0, 10310.0], [27188.0, 48917.0, -2353.0, 27423.0, 31138.0], [14992.0, 21951.0, 38602.0, 4295.0, 35709.0], [-2705.0, 19347.0, 24160.0, 9403.0, -334.0], [-11053.0, -1665.0, -10005.0, -11284.0, 2518.0]], [[10374.0, 33853.0, 14096.0, 13304.0, 6980.0], [11693.0, 16591.0, 854.0, 28050.0, 664.0], [2790.0, -9248.0, 39118.0, 5668.0, 18456.0], [1568.0, -577.0, 12158.0, 17483.0, 4263.0], [-21455.0, -6912.0, -34173.0, -11507.0, 27309.0]]]]> : tensor<1x4x5x5xf32> : tensor<1x4x5x5xf32>
  return
}

func.func @matmul(%x: tensor<3x10xui8> {check.value = dense<[[255, 255, 255, 255, 255, 255, 255, 255, 255, 255], [55, 138, 105, 5, 59, 110, 92, 9, 182, 189], [84, 166, 236, 123, 211, 96, 118, 83, 33, 196]]> : tensor<3x10xui8>}, %w: tensor<10x5xi8> {check.value = dense<[[-128, 95, -82, 46, 113], [-128, -79, 8, -103, 99], [-128, -116, -63, 84, -24], [-128, -11, -20, 20, 99], [-128, -99, 32, -40, 106], [-128, 20, 99, 127, 67], [-128, 113, -105, -119, -95], [-128, 13, -18, 28, -46], [-128, 45, 108, 112, -57], [-128, 69, -62, -98, -126]]> : tensor<10x5xi8>}) {
  %0 = nn.matmul_integer %x, %w : (tensor<3x10xui8>, tensor<10x5xi8>) -> tensor<3x5xi32>
  check.expect_equal %0, dense<[[-326400, 12750, -26265, 14535, 34680], [-120832, 10191, 773, 12, -11866], [-172288, -23410, -29104, -14428, 19632]]> : tensor<3x5xi32> : tensor<3x5xi32>
  return
}

func.func @matmul_transposed(%x: tensor<3x10xui8> {check.value = dense<[[255, 255, 255, 255, 255, 255, 255, 255, 255, 255], [55, 138, 105, 5, 59, 110, 92, 9, 182, 189], [84, 166, 236, 123, 211, 96, 118, 83, 33, 196]]> : tensor<3x10xui8>}, %w: tensor<5x10xi8> {check.value = dense<[[65, -109, 58, 43, -108, 28, -77, 90, 40, -50], [80, 94, -106, -40, 35, 121, 95, -41, 97, 126], [-72, -68, -110, -65, -84, -86, -104, 95, -84, 32], [-124, 40, 126, -56, -74, -76, -18, -117, 51, 96], [-52, -84, 100, 125, 48, 117, 26, -14, -126, -58]]> : tensor<5x10xi8>}) {
  %0 = nn.matmul_integer %x, %w {transpose_rhs} : (tensor<3x10xui8>, tensor<5x10xi8>) -> tensor<3x5xi32>
  check.expect_equal %0, dense<[[-5100, 117555, -139230, -38760, 20910], [-16898, 71256, -57588, 23641, -19253], [-23853, 47093, -78158, 4826, 28403]]> : tensor<3x5xi32> : tensor<3x5xi32>
  return
}

// Ties go to even before the zero point is added; NaN gives the lowest number.
func.func @quantize(%x: tensor<16xf32> {check.value = dense<[0.5, 1.5, 2.5, -0.5, -1.5, 3.49, -200.0, 127.4, 1.0e30, -1.0e30, 0x7F800000, 0xFF800000, 0x7FC00000, 122.5, 123.5, -133.5]> : tensor<16xf32>}) {
  %0 = nn.quantize %x {zero_point = 5 : i64, to = i8} : (tensor<16xf32>) -> tensor<16xi8>
  check.expect_equal %0, dense<[5, 7, 7, 5, 3, 8, -128, 127, 127, -128, 127, -128, -128, 127, 127, -128]> : tensor<16xi8> : tensor<16xi8>
  %1 = nn.quantize %x {zero_point = 133 : i64, to = ui8} : (tensor<16xf32>) -> tensor<16xui8>
  check.expect_equal %1, dense<[133, 135, 135, 133, 131, 136, 0, 255, 255, 0, 255, 0, 0, 255, 255, 0]> : tensor<16xui8> : tensor<16xui8>
  // Even zero points are part of the constant that rounds.
  %2 = nn.quantize %x {zero_point = 6 : i64, to = i8} : (tensor<16xf32>) -> tensor<16xi8>
  check.expect_equal %2, dense<[6, 8, 8, 6, 4, 9, -128, 127, 127, -128, 127, -128, -128, 127, 127, -128]> : tensor<16xi8> : tensor<16xi8>
  %3 = nn.quantize %x {zero_point = 128 : i64, to = ui8} : (tensor<16xf32>) -> tensor<16xui8>
  check.expect_equal %3, dense<[128, 130, 130, 128, 126, 131, 0, 255, 255, 0, 255, 0, 0, 250, 252, 0]> : tensor<16xui8> : tensor<16xui8>
  return
}
