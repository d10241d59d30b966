// A function on memrefs on its way to one on the caller's arrays: what host-abi is made of.
//
// Everything happens on a control-flow graph (scf is gone), so that a launch or an assertion can
// simply end its block with a branch to the exit. Addresses of launch operands are computed beside
// the launch, from the block that they lie in: almost always one `base + constant`.
#ifndef DLC_COMPILER_HOST_ABI_FUNCTION_H
#define DLC_COMPILER_HOST_ABI_FUNCTION_H

#include "dialects/kernel/kernel.h"

#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace dlc {

// Values of dlc_status in dlc/abi.h.
enum Status : int32_t { ErrorShape = 2, ErrorMemory = 4, ErrorIndex = 5, ErrorData = 6 };

/// Declarations of what generated code calls, and texts, one of each per module.
class Externals {
public:
  explicit Externals(mlir::ModuleOp module);
  mlir::LLVM::LLVMFuncOp function(llvm::StringRef name, mlir::Type result,
                                  llvm::ArrayRef<mlir::Type> arguments);
  mlir::LLVM::GlobalOp text(llvm::StringRef value);

  mlir::LLVM::LLVMPointerType pointer;
  llvm::StringMap<kernel::FuncOp> kernels; ///< by name: declarations will have the same names

private:
  mlir::ModuleOp module;
  mlir::OpBuilder b;
  llvm::StringMap<mlir::LLVM::GlobalOp> texts;
  llvm::StringMap<mlir::LLVM::LLVMFuncOp> functions;
};

/// One function, rewritten in place.
class AbiFunction {
public:
  AbiFunction(mlir::func::FuncOp func, Externals &externals)
      : func(func), externals(externals), types(func.getContext()), b(func.getContext()),
        pointer(externals.pointer), i32(b.getI32Type()), i64(b.getI64Type()) {}

  // What it becomes (host_abi.cpp).
  mlir::LogicalResult infer();
  mlir::LogicalResult plan();
  mlir::LogicalResult weights();

private:
  mlir::Location loc() { return func.getLoc(); }
  mlir::Value constant(mlir::Type type, int64_t value) {
    return mlir::LLVM::ConstantOp::create(b, loc(), type, b.getIntegerAttr(type, value));
  }
  mlir::Value toIndex(mlir::Value value) {
    return mlir::arith::IndexCastOp::create(b, loc(), b.getIndexType(), value);
  }
  mlir::Value toWord(mlir::Value value) {
    return mlir::arith::IndexCastOp::create(b, loc(), i64, value);
  }
  mlir::Value step(mlir::Value base, int64_t bytes) {
    if (bytes == 0)
      return base;
    return mlir::LLVM::GEPOp::create(
        b, loc(), pointer, b.getI8Type(), base,
        llvm::ArrayRef<mlir::LLVM::GEPArg>{mlir::LLVM::GEPArg(int32_t(bytes))});
  }
  /// Element `position` of an array of pointers or words.
  mlir::Value element(mlir::Value array, int64_t position, mlir::Type type) {
    return mlir::LLVM::LoadOp::create(b, loc(), type, slot(array, position));
  }
  mlir::Value slot(mlir::Value array, int64_t position) { return step64(array, position * 8); }
  mlir::Value step64(mlir::Value base, int64_t bytes) {
    if (bytes == 0)
      return base;
    if (bytes < (1 << 28)) // what a constant index can hold
      return step(base, bytes);
    return mlir::LLVM::GEPOp::create(
        b, loc(), pointer, b.getI8Type(), base,
        llvm::ArrayRef<mlir::LLVM::GEPArg>{mlir::LLVM::GEPArg(constant(i64, bytes))});
  }

  /// Puts `arguments` pointers before the function's own arguments and returns the latter; finish()
  /// removes them.
  llvm::SmallVector<mlir::BlockArgument> begin(llvm::StringRef name, unsigned arguments);
  void finish();
  /// The returns of the function itself, without the one that the exit ends with.
  llvm::SmallVector<mlir::func::ReturnOp> returns();
  /// Goes to the exit with status 0 in place of `ret`.
  void succeed(mlir::func::ReturnOp ret);
  /// Replaces a memref by one at `address`, dense.
  void bind(mlir::Value memref, mlir::Value address, llvm::ArrayRef<mlir::Value> dynamicSizes);
  mlir::Value descriptor(mlir::Value memref);
  /// The address of the first element, computed at the insertion point. Views at fixed offsets are
  /// looked through.
  mlir::Value address(mlir::Value memref);
  mlir::Value viewAddress(mlir::Value memref);
  /// Ends the block after the insertion point: goes on if `status` is 0, else returns it.
  void checkStatus(mlir::Value status);
  void failUnless(mlir::Value condition, Status status, llvm::StringRef message);
  mlir::LogicalResult lowerLaunch(kernel::LaunchOp launch);
  void lowerAlloc(mlir::memref::AllocOp alloc);
  void lowerDealloc(mlir::memref::DeallocOp dealloc);
  mlir::LogicalResult lowerBody();
  mlir::Block *exit();

  mlir::func::FuncOp func;
  Externals &externals;
  mlir::LLVMTypeConverter types;
  mlir::OpBuilder b;
  mlir::LLVM::LLVMPointerType pointer;
  mlir::Type i32, i64;
  mlir::Value run;                                    ///< the run's state; null where there is none
  mlir::Value bufferArray, wordArray;                 ///< scratch for the arguments of kernels
  llvm::DenseMap<mlir::Value, mlir::Value> addresses; ///< of what was bound
  mlir::Block *exitBlock = nullptr;                   ///< returns its argument
};

} // namespace dlc

#endif // DLC_COMPILER_HOST_ABI_FUNCTION_H
