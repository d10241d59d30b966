func.func @main(%x: tensor<3x4xf32> {dlc.name = "x"}) -> (tensor<3x4xf32> {dlc.name = "y"}, tensor<3x2xf32> {dlc.name = "z"}) {
  %w = nn.constant dense<[1.0e-40, 1.0, -3.0e-39, 2.0e-38]> : tensor<4xf32>
  %y = nn.mul %x, %w : (tensor<3x4xf32>, tensor<4xf32>) -> tensor<3x4xf32>
  %v = nn.constant dense<[[1.0e-40, 0.0], [2.0e-40, 0.0], [3.0e-40, 0.0], [0.0, 0.0]]> : tensor<4x2xf32>
  %z = nn.matmul %x, %v : (tensor<3x4xf32>, tensor<4x2xf32>) -> tensor<3x2xf32>
  return %y, %z : tensor<3x4xf32>, tensor<3x2xf32>
}
