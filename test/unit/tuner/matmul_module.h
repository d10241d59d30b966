// A model of one product, as the tuner's tests use it.
#ifndef DLC_TEST_UNIT_TUNER_MATMUL_MODULE_H
#define DLC_TEST_UNIT_TUNER_MATMUL_MODULE_H

#include "compiler/register.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"

#include "dialects/kernel/kernel.h"

namespace dlc::test {

inline constexpr const char *kMatmulModule = R"(
module {
  kernel.func private @gemm(%x: tensor<28x64xf32>, %w: tensor<64x96xf32>) -> tensor<28x96xf32> {
    %zero = arith.constant 0.0 : f32
    %empty = tensor.empty() : tensor<28x96xf32>
    %init = linalg.fill ins(%zero : f32) outs(%empty : tensor<28x96xf32>) -> tensor<28x96xf32>
    %y = linalg.matmul ins(%x, %w : tensor<28x64xf32>, tensor<64x96xf32>) outs(%init : tensor<28x96xf32>) -> tensor<28x96xf32>
    kernel.return %y : tensor<28x96xf32>
  }
  func.func @main(%x: tensor<28x64xf32> {dlc.name = "x", dlc.dtype = "f32"})
      -> (tensor<28x96xf32> {dlc.name = "y", dlc.dtype = "f32"}) {
    %w = arith.constant dense_resource<w> : tensor<64x96xf32>
    %empty = tensor.empty() : tensor<28x96xf32>
    %y = kernel.launch @gemm ins(%x, %w : tensor<28x64xf32>, tensor<64x96xf32>) outs(%empty : tensor<28x96xf32>) -> tensor<28x96xf32>
    return %y : tensor<28x96xf32>
  }
  func.func @plan() -> (index, index) {
    %0 = arith.constant 28 : index
    %1 = arith.constant 96 : index
    return %0, %1 : index, index
  }
}
)";

/// That module in a context of its own.
struct MatmulModule {
  std::unique_ptr<mlir::MLIRContext> context;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  kernel::FuncOp func;

  MatmulModule() {
    mlir::DialectRegistry registry;
    registerDialects(registry);
    context = std::make_unique<mlir::MLIRContext>(registry);
    module = mlir::parseSourceString<mlir::ModuleOp>(kMatmulModule, context.get());
    func = module->lookupSymbol<kernel::FuncOp>("gemm");
  }
};

} // namespace dlc::test

#endif // DLC_TEST_UNIT_TUNER_MATMUL_MODULE_H
