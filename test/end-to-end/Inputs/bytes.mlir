func.func @main(%x: tensor<20x64xui8> {dlc.name = "x"}, %w: tensor<64x48xi8> {dlc.name = "w"}) -> (tensor<20x48xi32> {dlc.name = "y"}) {
  %y = nn.matmul_integer %x, %w : (tensor<20x64xui8>, tensor<64x48xi8>) -> tensor<20x48xi32>
  return %y : tensor<20x48xi32>
}
